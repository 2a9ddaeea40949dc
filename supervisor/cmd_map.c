/* atoll map: a function called once per line of JSON, many at a time. Without a socket it has a pool of its own.
 *
 * Lines are numbered as they are read. A window of them is in flight; results wait in their slots until all
 * before them are printed (or are printed as they come with --unordered). */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "json.h"
#include "private_pool.h"
#include "remote.h"
#include "runner.h"

enum { WINDOW = 4096, READ_CHUNK = 256 * 1024, LINE_MOST = 64 << 20, WRITE_AT = 64 * 1024 };

typedef struct {
    uint64_t line; /* in the input, from 1 */
    bool done;
    char *result; /* JSON text without newline; NULL: failed */
    size_t length;
} Slot;

typedef struct {
    const Options *options;
    IpcClient *client;
    pid_t pool; /* of a pool of our own, or 0 */
    IpcSubmit submit;
    Program program;
    int input;
    bool ended;  /* the input */
    IpcBuf text; /* read, not yet taken */
    size_t taken, searched;
    uint64_t lines;
    Slot slots[WINDOW];
    uint64_t submitted, printed; /* jobs; slot of job n is n % WINDOW */
    uint64_t finished, failed;
    IpcBuf args, out, grants, causes;
    bool ordered, progress;
    uint64_t read_bytes, input_bytes; /* input_bytes 0: not known */
    uint64_t drawn_ns, start_ns;
} Map;

/* --- progress --------------------------------------------------------------------------------- */

static void draw_progress(Map *map, bool last) {
    uint64_t now = clock_ns();
    if (!map->progress || (!last && now - map->drawn_ns < 100 * NS_PER_MS)) return;
    map->drawn_ns = now;
    double seconds = (double)(now - map->start_ns) / (double)NS_PER_S;
    char bar[48] = "";
    if (map->input_bytes) {
        uint64_t unsubmitted = map->text.len - map->taken, waiting = map->submitted - map->finished;
        double part = (double)(map->read_bytes - unsubmitted) / (double)map->input_bytes;
        if (map->submitted) part *= 1 - (double)waiting / (double)map->submitted;
        int full = part < 0 ? 0 : part > 1 ? 20 : (int)(part * 20);
        snprintf(bar, sizeof bar, "[%.*s%.*s] ", full, "####################", 20 - full,
                 "....................");
    }
    fprintf(stderr, "\r\033[K%s%llu done, %llu failed, %.0f/s%s", bar, (unsigned long long)map->finished,
            (unsigned long long)map->failed, seconds > 0 ? (double)map->finished / seconds : 0,
            last ? "\n" : "");
}

static void report(Map *map, uint64_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void report(Map *map, uint64_t line, const char *format, ...) {
    va_list arguments;
    if (map->progress) fputs("\r\033[K", stderr);
    fprintf(stderr, "atoll map: line %llu: ", (unsigned long long)line);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

/* --- results ---------------------------------------------------------------------------------- */

static void write_out(Map *map) {
    remote_write(STDOUT_FILENO, map->out.data, map->out.len);
    ipc_buf_clear(&map->out);
}

static void print_result(Map *map, const char *text, size_t length) {
    ipc_buf_append(&map->out, text, length);
    ipc_buf_append(&map->out, "\n", 1);
    if (map->out.len > WRITE_AT) write_out(map);
}

static void print_in_order(Map *map) {
    while (map->printed < map->submitted && map->slots[map->printed % WINDOW].done) {
        Slot *slot = &map->slots[map->printed++ % WINDOW];
        if (slot->result) print_result(map, slot->result, slot->length);
        free(slot->result);
        *slot = (Slot){0};
    }
}

static void keep_result(Map *map, Slot *slot, IpcSlice value) {
    IpcBuf text;
    ipc_buf_init(&text, NULL);
    if (!msgpack_to_json(value, &text)) {
        report(map, slot->line, "the result is no JSON value");
        map->failed++;
    } else if (map->ordered) {
        slot->result = malloc(text.len + 1);
        if (slot->result) memcpy(slot->result, text.data, slot->length = text.len);
    } else {
        print_result(map, text.data, text.len);
    }
    ipc_buf_free(&text);
}

static void report_outcome(Map *map, const Slot *slot, const IpcOutcome *outcome) {
    char text[512];
    const IpcJobError *error = &outcome->error;
    const char *complaint = outcome_complaint(outcome, text, sizeof text);
    if (complaint) return report(map, slot->line, "%s", complaint);
    report(map, slot->line, "%.*s%s%.*s", (int)error->type.len, error->type.ptr,
           error->message.len ? ": " : "", (int)error->message.len, error->message.ptr);
}

static void end_slot(Map *map, Slot *slot) {
    map->finished++;
    slot->done = true;
    if (map->ordered) print_in_order(map);
    else *slot = (Slot){0};
}

static void on_outcome(Map *map, Slot *slot, const IpcOutcome *outcome) {
    static const char none[] = {(char)0xc0}; /* nil: an absent value is None */
    bool good = outcome->verdict == IPC_VERDICT_OK && !outcome->exit_code;
    if (good) {
        keep_result(map, slot, outcome->value.ptr ? outcome->value : ipc_slice(none, 1));
    } else {
        report_outcome(map, slot, outcome);
        map->failed++;
    }
    end_slot(map, slot);
}

static void on_event(Map *map, const IpcClientEvent *event) {
    if (!event->tag) return;
    Slot *slot = &map->slots[(event->tag - 1) % WINDOW];
    if (event->method == IPC_M_ON_OUTCOME) {
        on_outcome(map, slot, &event->record->outcome);
    } else if (event->method == IPC_M_SUBMIT && event->error.code != IPC_OK) {
        report(map, slot->line, "not accepted: %s", event->error.text);
        map->failed++;
        end_slot(map, slot);
    }
}

/* --- lines ------------------------------------------------------------------------------------ */

/* The next whole line (the last may lack its newline). */
static bool next_line(Map *map, IpcSlice *line) {
    size_t left = map->text.len - map->taken;
    if (!left) return false;
    char *start = map->text.data + map->taken;
    char *newline = left > map->searched ? memchr(start + map->searched, '\n', left - map->searched) : NULL;
    map->searched = newline ? 0 : left;
    if (!newline && !(map->ended && left)) return false;
    size_t length = newline ? (size_t)(newline - start) : left;
    *line = ipc_slice(start, length);
    map->taken += length + (newline != NULL);
    if (!newline) map->searched = 0;
    map->lines++;
    return true;
}

static bool is_blank(IpcSlice line) {
    for (size_t i = 0; i < line.len; i++) {
        if (!strchr(" \t\r", line.ptr[i])) return false;
    }
    return true;
}

static bool room(const Map *map) {
    uint64_t oldest = map->ordered ? map->printed : map->finished;
    return map->submitted - oldest < WINDOW && !map->slots[map->submitted % WINDOW].line;
}

static IpcCode submit_line(Map *map, IpcSlice line, IpcError *error) {
    char problem[256];
    ipc_buf_clear(&map->args);
    ipc_pack_array(&map->args, 1);
    if (!json_to_msgpack(line.ptr, line.len, JSON_ANY_VALUE, &map->args, problem, sizeof problem)) {
        report(map, map->lines, "%s", problem);
        map->failed++;
        return IPC_OK;
    }
    map->slots[map->submitted % WINDOW] = (Slot){.line = map->lines};
    map->submit.args = ipc_buf_slice(&map->args);
    return ipc_client_post(map->client, &map->submit, ++map->submitted, error);
}

static IpcCode submit_lines(Map *map, IpcError *error) {
    IpcSlice line;
    IpcCode failed = IPC_OK;
    while (!failed && room(map) && next_line(map, &line)) {
        if (!is_blank(line)) failed = submit_line(map, line, error);
    }
    if (map->taken > READ_CHUNK || map->taken == map->text.len) {
        ipc_buf_drop_front(&map->text, map->taken);
        map->taken = 0;
    }
    return failed;
}

static void read_input(Map *map) {
    char *space = ipc_buf_reserve(&map->text, READ_CHUNK);
    ssize_t got = space && map->text.len - map->taken < LINE_MOST ? read(map->input, space, READ_CHUNK) : -1;
    if (got < 0 && errno == EINTR) return;
    if (got < 0)
        report(map, map->lines + 1, "reading the input: %s",
               space ? strerror(errno) : "the line is too long");
    if (got <= 0) {
        if (got < 0) map->failed++;
        map->ended = true;
        return;
    }
    map->text.len += (size_t)got;
    map->read_bytes += (size_t)got;
}

/* --- the loop --------------------------------------------------------------------------------- */

static IpcCode take_events(Map *map, IpcError *error) {
    IpcClientEvent event;
    IpcCode code;
    while ((code = ipc_client_next(map->client, &event, 0, error)) == IPC_OK) {
        on_event(map, &event);
        if (room(map) && map->text.len > map->taken) return IPC_OK; /* keep the pool fed */
    }
    return code == IPC_E_TIMEOUT ? IPC_OK : code;
}

static bool all_done(const Map *map) {
    return map->ended && map->taken == map->text.len && map->finished == map->submitted;
}

static int run(Map *map) {
    IpcError error;
    IpcCode failed = IPC_OK;
    while (!failed) {
        failed = submit_lines(map, &error);
        if (!failed) failed = take_events(map, &error);
        draw_progress(map, false);
        if (failed || all_done(map)) break;
        bool may_read = !map->ended && room(map),
             lines_left = room(map) && map->text.len > map->taken && !map->searched;
        if (lines_left) continue;
        write_out(map);
        struct pollfd waits[2] = {{.fd = ipc_client_fd(map->client), .events = POLLIN},
                                  {.fd = may_read ? map->input : -1, .events = POLLIN}};
        if (poll(waits, 2, map->progress ? 200 : -1) < 0 && errno != EINTR) break;
        if (waits[1].revents) read_input(map);
    }
    write_out(map);
    draw_progress(map, true);
    if (failed) return remote_failure(map->options, &error);
    return map->failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* --- the pool --------------------------------------------------------------------------------- */

static bool connect_pool(Map *map, Options *options) {
    map->client = opt_given(options, OPT_SOCKET) ? remote_connect(options) : private_pool_start(options, &map->pool);
    return map->client != NULL;
}

/* --- the verb --------------------------------------------------------------------------------- */

static bool open_input(Map *map) {
    const char *path = opt_text(map->options, OPT_IN);
    struct stat what;
    map->input = path && strcmp(path, "-") != 0 ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (map->input < 0)
        return cli_failure(VERB_MAP, "can't open file '%s': %s", path, strerror(errno)), false;
    if (fstat(map->input, &what) == 0 && S_ISREG(what.st_mode)) map->input_bytes = (uint64_t)what.st_size;
    return true;
}

static int prepare(Map *map, Options *options) {
    if (options->operand_count != 1) return cli_usage_error(VERB_MAP, "one FILE.py:FUNC is needed");
    if (!remote_submit_options(&map->submit, options)) return EXIT_USAGE;
    bool others = opt_given(options, OPT_SOCKET); /* else the pool is made for this, with these grants */
    if (!remote_retry_causes(&map->submit, &map->causes, options)) return EXIT_USAGE;
    if (others && !remote_ask_grants(&map->submit, &map->grants, options)) return EXIT_USAGE;
    int code = remote_load_call(options, options->operands[0], &map->submit.call, &map->program);
    if (!code) code = program_submit(&map->program, VERB_MAP, true, &map->submit);
    if (code) return code;
    if (!open_input(map)) return EXIT_USAGE;
    map->submit.source = (IpcSlice){0}; /* the call has it */
    map->submit.events = IPC_EVENTS_OUTCOME;
    map->submit.when_full = IPC_WHEN_FULL_WAIT;
    map->submit.value_as = IPC_VALUE_JSON;
    map->ordered = !opt_flag(options, OPT_UNORDERED);
    map->progress = isatty(STDERR_FILENO);
    map->start_ns = clock_ns();
    return EXIT_SUCCESS;
}

static void release(Map *map) {
    private_pool_end(map->client, map->pool);
    for (size_t i = 0; i < WINDOW; i++)
        free(map->slots[i].result);
    ipc_buf_free(&map->text);
    ipc_buf_free(&map->args);
    ipc_buf_free(&map->out);
    ipc_buf_free(&map->grants);
    ipc_buf_free(&map->causes);
    program_free(&map->program);
    free(map);
}

int cmd_map(Options *options) {
    Map *map = calloc(1, sizeof *map);
    if (!map) return cli_failure(VERB_MAP, "out of memory");
    signal(SIGPIPE, SIG_DFL); /* no reader, no work */
    map->options = options;
    sources_init(&map->program.sources);
    ipc_buf_init(&map->text, NULL);
    ipc_buf_init(&map->args, NULL);
    ipc_buf_init(&map->out, NULL);
    ipc_buf_init(&map->grants, NULL);
    ipc_buf_init(&map->causes, NULL);
    int code = prepare(map, options);
    if (code == EXIT_SUCCESS) code = connect_pool(map, options) ? run(map) : EXIT_FAILURE;
    release(map);
    return code;
}
