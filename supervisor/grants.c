#include "grants.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- texts ------------------------------------------------------------------------------------ */

typedef enum { GRANT_READ, GRANT_WRITE, GRANT_ENV, GRANT_KINDS } GrantKind;

static const char *const kind_words[GRANT_KINDS] = {"read", "write", "env"};

typedef struct {
    GrantKind kind;
    const char *what; /* a path or a name, `length` bytes */
    size_t length;
} GrantText;

static bool complain(char *error, size_t capacity, const char *format, ...) __attribute__((format(printf, 3, 4)));

static bool complain(char *error, size_t capacity, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error, capacity, format, arguments);
    va_end(arguments);
    return false;
}

static bool parse(const char *text, size_t length, GrantText *out) {
    const char *equals = memchr(text, '=', length);
    for (int kind = 0; equals && kind < GRANT_KINDS; kind++) {
        size_t word = (size_t)(equals - text);
        if (strlen(kind_words[kind]) != word || memcmp(text, kind_words[kind], word) != 0) continue;
        *out = (GrantText){(GrantKind)kind, equals + 1, length - word - 1};
        return out->length && !memchr(out->what, '\0', out->length) &&
               !(kind == GRANT_ENV && memchr(out->what, '=', out->length));
    }
    return false;
}

/* The next line of a list; false at its end. An unfit one is told in `error`, which is empty before. */
static bool next_text(const char **list, GrantText *out, char *error, size_t capacity) {
    const char *line = *list;
    while (line && *line == '\n') line++;
    size_t length = line ? strcspn(line, "\n") : 0;
    if (!length) return false;
    *list = line + length;
    if (parse(line, length, out)) return true;
    return complain(error, capacity, "--grant wants read=DIR, write=DIR or env=NAME, not '%.*s'", (int)length, line);
}

/* --- paths ------------------------------------------------------------------------------------ */

/* A path from the current directory, "." and ".." worked off by the text. To be freed; NULL: no memory. */
static char *absolute(const char *path) {
    char *here = *path == '/' ? strdup("") : getcwd(NULL, 0), *joined = NULL;
    if (!here || asprintf(&joined, "%s/%s", here, path) < 0) joined = NULL;
    free(here);
    size_t n = 0;
    for (char *part = joined; part && *part;) {
        while (*part == '/') part++;
        size_t length = strcspn(part, "/");
        if (length == 2 && memcmp(part, "..", 2) == 0) {
            while (n && joined[--n] != '/') continue;
        } else if (length && !(length == 1 && *part == '.')) {
            joined[n++] = '/';
            memmove(joined + n, part, length);
            n += length;
        }
        part += length;
    }
    if (joined) joined[n ? n : 1] = '\0';
    return joined;
}

/* Is a path the directory itself or beneath it, by its text? */
static bool is_below(const char *path, size_t length, const char *dir) {
    size_t n = dir ? strlen(dir) : 0;
    if (!n || length < n || memcmp(path, dir, n) != 0) return false;
    return dir[n - 1] == '/' || length == n || path[n] == '/';
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool keep_text(Grants *grants, GrantKind kind, const char *what) {
    char *text = NULL;
    if (asprintf(&text, "%s=%s", kind_words[kind], what) < 0) return false;
    grants->texts[grants->text_count++] = text;
    return true;
}

static bool add_dir(Grants *grants, const GrantText *text, char *error, size_t capacity) {
    if (grants->dir_count == GRANT_DIRS_MOST)
        return complain(error, capacity, "at most %d directories can be granted", GRANT_DIRS_MOST);
    char *given = strndup(text->what, text->length), *alias = given ? absolute(given) : NULL;
    char *path = given ? realpath(given, NULL) : NULL;
    int fd = path ? open(path, O_PATH | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd < 0) {
        complain(error, capacity, "cannot grant %s=%s: %s", kind_words[text->kind], given ? given : "", strerror(errno));
    } else {
        if (alias && strcmp(alias, path) == 0) free(alias), alias = NULL;
        grants->dirs[grants->dir_count++] = (GrantedDir){path, alias, text->kind == GRANT_WRITE, fd};
        if (!keep_text(grants, text->kind, path)) complain(error, capacity, "out of memory");
    }
    if (fd < 0) free(path), free(alias);
    free(given);
    return !*error;
}

static bool add_variable(Grants *grants, const GrantText *text, char *error, size_t capacity) {
    char *name = strndup(text->what, text->length), *row = NULL;
    const char *value = name ? getenv(name) : NULL;
    bool good = name != NULL;
    if (grants->variable_count == GRANT_VARIABLES_MOST) {
        free(name);
        return complain(error, capacity, "at most %d variables can be granted", GRANT_VARIABLES_MOST);
    }
    if (good && value) good = asprintf(&row, "%s=%s", name, value) >= 0;
    if (good && row) grants->variables[grants->variable_count++] = row;
    if (good) good = keep_text(grants, GRANT_ENV, name);
    free(name);
    return good || complain(error, capacity, "out of memory");
}

bool grants_open(Grants *grants, const char *list, char *error, size_t capacity) {
    GrantText text;
    *grants = (Grants){0};
    *error = '\0';
    while (next_text(&list, &text, error, capacity)) {
        bool added = text.kind == GRANT_ENV ? add_variable(grants, &text, error, capacity)
                                            : add_dir(grants, &text, error, capacity);
        if (!added) return false;
    }
    return !*error;
}

void grants_free(Grants *grants) {
    for (size_t i = 0; i < grants->dir_count; i++) {
        free(grants->dirs[i].path);
        free(grants->dirs[i].alias);
        close(grants->dirs[i].fd);
    }
    for (size_t i = 0; i < grants->variable_count; i++)
        free(grants->variables[i]);
    for (size_t i = 0; i < grants->text_count; i++)
        free(grants->texts[i]);
    *grants = (Grants){0};
}

/* --- jobs ------------------------------------------------------------------------------------- */

static bool has_variable(const Grants *grants, const GrantText *asked) {
    for (size_t i = 0; grants && i < grants->text_count; i++) {
        GrantText own;
        if (parse(grants->texts[i], strlen(grants->texts[i]), &own) && own.kind == GRANT_ENV &&
            own.length == asked->length && memcmp(own.what, asked->what, own.length) == 0)
            return true;
    }
    return false;
}

/* The path may lead elsewhere by a link; the worker opens it beneath the grant, where such a link leads nowhere. */
static bool has_dir(const Grants *grants, const GrantText *asked) {
    if (memmem(asked->what, asked->length, "/..", 3)) return false;
    for (size_t i = 0; grants && i < grants->dir_count; i++) {
        const GrantedDir *dir = &grants->dirs[i];
        if (asked->kind == GRANT_WRITE && !dir->writable) continue;
        if (is_below(asked->what, asked->length, dir->path) || is_below(asked->what, asked->length, dir->alias)) return true;
    }
    return false;
}

IpcCode grants_cover(const Grants *grants, IpcList asked, IpcError *error) {
    IpcReader reader = ipc_list_reader(asked);
    for (uint32_t i = 0; i < asked.count; i++) {
        IpcSlice text = {0};
        GrantText grant;
        if (ipc_read_str(&reader, &text) != IPC_OK) return ipc_fail(error, IPC_E_WRONG_TYPE, "submit.grants: not a text");
        if (ipc_slice_is(text, "none")) continue;
        if (!parse(text.ptr, text.len, &grant))
            return ipc_fail(error, IPC_E_BAD_VALUE, "submit.grants: '%.*s' is neither read=DIR, write=DIR nor env=NAME",
                            (int)text.len, text.ptr);
        if (!(grant.kind == GRANT_ENV ? has_variable(grants, &grant) : has_dir(grants, &grant)))
            return ipc_fail(error, IPC_E_NOT_PERMITTED, "the pool grants no %.*s", (int)text.len, text.ptr);
    }
    return IPC_OK;
}

bool grants_ask(const char *list, IpcBuf *buf, IpcList *asked, char *error, size_t capacity) {
    GrantText text;
    *error = '\0';
    if (list && strcmp(list, "none") == 0) {
        ipc_list_add_str(buf, asked, list, strlen(list));
        list = NULL;
    }
    while (next_text(&list, &text, error, capacity)) {
        char *given = strndup(text.what, text.length), *line = NULL;
        char *what = !given || text.kind == GRANT_ENV ? given : realpath(given, NULL);
        if (!what) complain(error, capacity, "cannot ask for %s=%s: %s", kind_words[text.kind], given ? given : "", strerror(errno));
        else if (asprintf(&line, "%s=%s", kind_words[text.kind], what) < 0) complain(error, capacity, "out of memory");
        else ipc_list_add_str(buf, asked, line, strlen(line));
        free(line);
        if (what != given) free(what);
        free(given);
        if (*error) return false;
    }
    return !*error;
}
