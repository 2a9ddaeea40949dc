#include "repl_line.h"

#include <ctype.h>
#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

enum { HISTORY_MOST = 10000, READ_CHUNK = 64 * 1024 };

struct LineEditor {
    LineHooks hooks;
    EditLine *edit;
    History *history;
    char *history_path;
    const char *prompt;
    mbstate_t decoding;
    bool interrupted;
    IpcBuf names; /* of the last completion */
};

static LineEditor *editor_of(EditLine *edit) {
    LineEditor *editor = NULL;
    el_get(edit, EL_CLIENTDATA, &editor);
    return editor;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Waits for a byte of the keyboard; what comes elsewhere meanwhile is told. */
static bool await_key(LineEditor *editor) {
    for (;;) {
        struct pollfd waits[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                  {.fd = editor->hooks.fd, .events = POLLIN}};
        if (poll(waits, 2, -1) < 0 && errno != EINTR) return false;
        if (waits[1].revents && editor->hooks.news(editor->hooks.owner)) el_set(editor->edit, EL_REFRESH);
        if (waits[1].revents & (POLLHUP | POLLERR)) editor->hooks.fd = -1;
        if (waits[0].revents) return true;
    }
}

static int read_key(EditLine *edit, wchar_t *out) {
    LineEditor *editor = editor_of(edit);
    for (;;) {
        char byte;
        if (!await_key(editor)) return -1;
        ssize_t got = read(STDIN_FILENO, &byte, 1);
        if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (got <= 0) return (int)got;
        size_t used = mbrtowc(out, &byte, 1, &editor->decoding);
        if (used == (size_t)-2) continue;
        if (used != (size_t)-1) return 1;
        memset(&editor->decoding, 0, sizeof editor->decoding); /* a byte that is no text is dropped */
    }
}

static unsigned char on_interrupt(EditLine *edit, wint_t key) {
    (void)key;
    editor_of(edit)->interrupted = true;
    return CC_EOF;
}

/* Ctrl-Z, which the terminal does not act on while a line is edited. */
static unsigned char on_suspend(EditLine *edit, wint_t key) {
    (void)key;
    el_set(edit, EL_PREP_TERM, 0);
    kill(0, SIGTSTP);
    el_set(edit, EL_PREP_TERM, 1);
    return CC_REFRESH;
}

/* --- completion ------------------------------------------------------------------------------- */

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static size_t common_prefix(const IpcBuf *names, size_t *count, size_t *widest) {
    const char *first = names->data;
    size_t common = names->len ? strlen(first) : 0;
    *count = *widest = 0;
    for (size_t at = 0; at < names->len; at += strlen(names->data + at) + 1) {
        size_t same = 0, length = strlen(names->data + at);
        while (same < common && names->data[at + same] == first[same]) same++;
        common = same;
        if (length > *widest) *widest = length;
        ++*count;
    }
    while (common && ((unsigned char)first[common] & 0xc0) == 0x80) common--; /* whole characters */
    return common;
}

static void show_names(const IpcBuf *names, size_t widest) {
    struct winsize size;
    size_t columns = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : 80;
    size_t width = widest + 2, across = columns / width ? columns / width : 1, column = 0;
    putchar('\n');
    for (size_t at = 0; at < names->len; at += strlen(names->data + at) + 1) {
        bool ends = ++column % across == 0;
        printf("%-*s%s", ends ? 0 : (int)width, names->data + at, ends ? "\n" : "");
    }
    if (column % across) putchar('\n');
    fflush(stdout);
}

static unsigned char on_tab(EditLine *edit, wint_t key) {
    LineEditor *editor = editor_of(edit);
    const LineInfo *line = el_line(edit);
    const char *word = line->cursor;
    size_t count, widest;
    (void)key;
    while (word > line->buffer && is_word(word[-1])) word--;
    size_t length = (size_t)(line->cursor - word);
    if (!length) return el_insertstr(edit, "    ") == 0 ? CC_REFRESH : CC_ERROR;
    ipc_buf_clear(&editor->names);
    editor->hooks.complete(editor->hooks.owner, word, length, &editor->names);
    size_t common = common_prefix(&editor->names, &count, &widest);
    if (common > length) {
        char *rest = strndup(editor->names.data + length, common - length);
        bool good = rest && el_insertstr(edit, rest) == 0;
        free(rest);
        return good ? CC_REFRESH : CC_ERROR;
    }
    if (count < 2) return count ? CC_REFRESH : CC_ERROR;
    show_names(&editor->names, widest);
    return CC_REDISPLAY;
}

/* --- lines ------------------------------------------------------------------------------------ */

static char *show_prompt(EditLine *edit) { return (char *)(uintptr_t)editor_of(edit)->prompt; }

static void remember(LineEditor *editor, const char *line) {
    HistEvent event;
    if (editor->history && line[strspn(line, " \t\n")]) history(editor->history, &event, H_ENTER, line);
}

LineResult line_edit(LineEditor *editor, const char *prompt, IpcBuf *out) {
    int count = 0;
    editor->prompt = prompt;
    editor->interrupted = false;
    fflush(stdout);
    const char *line = el_gets(editor->edit, &count);
    if (editor->interrupted) return LINE_INTERRUPTED;
    if (!line || count <= 0) return LINE_END;
    remember(editor, line);
    ipc_buf_append(out, line, strcspn(line, "\n"));
    return LINE_READ;
}

/* --- opening and closing ---------------------------------------------------------------------- */

/* Makes the folders on the way to a file, for their owner alone. */
static void make_folders(const char *path) {
    char *copy = strdup(path);
    for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(copy, 0700);
        *slash = '/';
    }
    free(copy);
}

static void open_history(LineEditor *editor, const char *path) {
    HistEvent event;
    editor->history = history_init();
    if (!editor->history) return;
    history(editor->history, &event, H_SETSIZE, HISTORY_MOST);
    history(editor->history, &event, H_SETUNIQUE, 1);
    el_set(editor->edit, EL_HIST, history, editor->history);
    editor->history_path = path ? strdup(path) : NULL;
    if (editor->history_path) history(editor->history, &event, H_LOAD, path);
}

static void bind_keys(EditLine *edit) {
    el_set(edit, EL_EDITOR, "emacs");
    /* Wide: the other call copies the texts and never frees them. */
    el_wset(edit, EL_ADDFN, L"atoll-complete", L"complete a name", on_tab);
    el_wset(edit, EL_ADDFN, L"atoll-interrupt", L"give the line up", on_interrupt);
    el_wset(edit, EL_ADDFN, L"atoll-suspend", L"stop the process", on_suspend);
    el_set(edit, EL_BIND, "^I", "atoll-complete", NULL);
    el_set(edit, EL_BIND, "^C", "atoll-interrupt", NULL);
    el_set(edit, EL_BIND, "^Z", "atoll-suspend", NULL);
    el_set(edit, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_set(edit, EL_SETTY, "-d", "-isig", NULL);
}

LineEditor *line_open(const LineHooks *hooks, const char *history_path) {
    LineEditor *editor = calloc(1, sizeof *editor);
    setlocale(LC_CTYPE, "");
    if (!editor) return NULL;
    editor->hooks = *hooks;
    ipc_buf_init(&editor->names, NULL);
    editor->edit = el_init("atoll", stdin, stdout, stderr);
    if (!editor->edit) return free(editor), NULL;
    el_set(editor->edit, EL_CLIENTDATA, editor);
    el_set(editor->edit, EL_SIGNAL, 1);
    el_set(editor->edit, EL_PROMPT, show_prompt);
    el_set(editor->edit, EL_GETCFN, read_key);
    bind_keys(editor->edit);
    open_history(editor, history_path);
    el_source(editor->edit, NULL);
    return editor;
}

void line_close(LineEditor *editor) {
    HistEvent event;
    if (!editor) return;
    if (editor->history && editor->history_path) {
        mode_t mask = umask(077);
        make_folders(editor->history_path);
        history(editor->history, &event, H_SAVE, editor->history_path);
        umask(mask);
    }
    if (editor->history) history_end(editor->history);
    el_end(editor->edit);
    ipc_buf_free(&editor->names);
    free(editor->history_path);
    free(editor);
}

/* --- lines that nobody edits ------------------------------------------------------------------ */

static bool read_more(LineReader *reader) {
    ssize_t got;
    ipc_buf_drop_front(&reader->bytes, reader->taken);
    reader->taken = 0;
    char *room = ipc_buf_reserve(&reader->bytes, READ_CHUNK);
    if (!room) return false;
    do got = read(STDIN_FILENO, room, READ_CHUNK);
    while (got < 0 && errno == EINTR);
    if (got > 0) reader->bytes.len += (size_t)got;
    return got > 0;
}

IpcSlice line_take(LineReader *reader) {
    size_t searched = 0;
    for (;;) {
        const char *start = reader->bytes.data + reader->taken;
        size_t left = reader->bytes.len - reader->taken;
        const char *newline = left > searched ? memchr(start + searched, '\n', left - searched) : NULL;
        if (newline || reader->ended) {
            size_t length = newline ? (size_t)(newline - start) + 1 : left;
            reader->taken += length;
            return ipc_slice(start, length);
        }
        searched = left;
        reader->ended = !read_more(reader);
    }
}

LineResult line_read(LineReader *reader, IpcBuf *out) {
    IpcSlice line = line_take(reader);
    if (!line.len) return LINE_END;
    if (line.ptr[line.len - 1] == '\n') line.len--;
    ipc_buf_append(out, line.ptr, line.len);
    return LINE_READ;
}
