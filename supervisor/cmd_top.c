/* atoll top: a pool as it works, drawn anew every interval; one picture with --once. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "remote.h"
#include "signals.h"
#include "units.h"

enum { WIDTH_MOST = 400, NAME_MOST = 24 };

typedef struct {
    char name[NAME_MOST];
    uint64_t count;
} VerdictCount;

/* The numbers of a picture that the next one's rates are taken from. */
typedef struct {
    uint64_t at_ns, accepted, ended, deaths;
    VerdictCount verdicts[IPC_VERDICT_COUNT];
    size_t verdict_count;
} Snapshot;

typedef struct {
    const Options *options;
    IpcClient *client;
    IpcBuf page;
    Snapshot before;
    bool live; /* on a terminal, redrawn */
    int rows, columns, line;
    struct termios saved;
    int signals; /* while it is live */
} Top;

/* --- the page --------------------------------------------------------------------------------- */

/* One line, cut at the screen's width; nothing below the screen's last row. */
static void put_line(Top *top, const char *style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void put_line(Top *top, const char *style, const char *format, ...) {
    char text[WIDTH_MOST + 1];
    va_list arguments;
    if (top->live && top->line >= top->rows - 1) return;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length > WIDTH_MOST) length = WIDTH_MOST;
    if (top->live && length > top->columns) length = top->columns;
    if (top->live && *style) ipc_buf_append(&top->page, style, strlen(style));
    ipc_buf_append(&top->page, text, (size_t)length);
    if (top->live) ipc_buf_append(&top->page, "\x1b[0m\x1b[K\r\n", 9);
    else ipc_buf_append(&top->page, "\n", 1);
    top->line++;
}

static const char bold[] = "\x1b[1m", dim[] = "\x1b[2m", inverse[] = "\x1b[7m", alarm_style[] = "\x1b[1;31m";

static double rate(uint64_t now, uint64_t before, double seconds) {
    return now > before && seconds > 0 ? (double)(now - before) / seconds : 0;
}

static void read_verdicts(Snapshot *snapshot, IpcSlice verdicts) {
    IpcReader reader = ipc_slice_reader(verdicts);
    uint32_t pairs;
    if (!verdicts.ptr || ipc_read_map(&reader, &pairs) != IPC_OK) return;
    while (pairs-- && snapshot->verdict_count < IPC_VERDICT_COUNT) {
        VerdictCount *verdict = &snapshot->verdicts[snapshot->verdict_count];
        IpcSlice name;
        if (ipc_read_str(&reader, &name) != IPC_OK || ipc_read_uint(&reader, &verdict->count) != IPC_OK)
            return;
        snprintf(verdict->name, sizeof verdict->name, "%.*s", (int)name.len, name.ptr);
        snapshot->ended += verdict->count;
        snapshot->verdict_count++;
    }
}

static uint64_t verdict_before(const Snapshot *before, const char *name) {
    for (size_t i = 0; i < before->verdict_count; i++) {
        if (strcmp(before->verdicts[i].name, name) == 0) return before->verdicts[i].count;
    }
    return 0;
}

static void put_verdicts(Top *top, const Snapshot *now, double seconds) {
    char text[WIDTH_MOST] = "verdicts:";
    size_t used = strlen(text);
    for (size_t i = 0; i < now->verdict_count && used < sizeof text; i++) {
        const VerdictCount *verdict = &now->verdicts[i];
        int length = snprintf(text + used, sizeof text - used, "  %s %llu (%.1f/s)", verdict->name,
                              (unsigned long long)verdict->count,
                              rate(verdict->count, verdict_before(&top->before, verdict->name), seconds));
        used += length > 0 ? (size_t)length : 0;
    }
    put_line(top, "", "%s%s", text, now->verdict_count ? "" : "  none yet");
}

static const char *state_style(const IpcWorkerStatus *worker) {
    switch (worker->state) {
    case IPC_WORKER_BUSY:
        return bold;
    case IPC_WORKER_READY:
        return "";
    default:
        return dim;
    }
}

static void put_worker(Top *top, const IpcWorkerStatus *worker) {
    char uptime[32], heap[32], peak[32], rss[32], job[24] = "-";
    if (worker->job) snprintf(job, sizeof job, "%llu", (unsigned long long)worker->job);
    put_line(top, state_style(worker), "%6llu %8llu  %-9s %9s %9llu %9s %10s %10s %10s %9llu %6llu  %s%.*s",
             (unsigned long long)worker->worker, (unsigned long long)worker->pid,
             worker->spare ? "spare" : ipc_enum_word(IPC_ENUM_WorkerState, (int)worker->state), job,
             (unsigned long long)worker->jobs,
             unit_format_time(worker->uptime_ms * NS_PER_MS, uptime, sizeof uptime),
             unit_format_size(worker->heap_bytes, heap, sizeof heap),
             unit_format_size(worker->heap_peak, peak, sizeof peak),
             unit_format_size(worker->rss, rss, sizeof rss), (unsigned long long)worker->collections,
             (unsigned long long)worker->deaths, worker->leaving.len ? "to be replaced: " : "",
             (int)worker->leaving.len, worker->leaving.ptr ? worker->leaving.ptr : "");
}

static void put_workers(Top *top, const IpcStatus *status) {
    IpcReader reader = ipc_list_reader(status->workers);
    IpcWorkerStatus worker;
    put_line(top, inverse, "%6s %8s  %-9s %9s %9s %9s %10s %10s %10s %9s %6s", "worker", "pid", "state",
             "running", "jobs", "uptime", "heap", "peak", "resident", "collects", "deaths");
    while (!ipc_reader_done(&reader) &&
           ipc_record_read(&reader, IPC_REC_WorkerStatus, &worker, NULL) == IPC_OK)
        put_worker(top, &worker);
}

static void draw(Top *top, const IpcStatus *status) {
    char uptime[32];
    Snapshot now = {.at_ns = clock_ns(), .accepted = status->accepted, .deaths = status->deaths};
    read_verdicts(&now, status->verdicts);
    uint64_t start_ns =
        now.at_ns - status->uptime_ms * NS_PER_MS; /* the first picture tells rates since the server began */
    double seconds = (double)(now.at_ns - (top->before.at_ns ? top->before.at_ns : start_ns)) / NS_PER_S;
    put_line(top, bold, "atoll %.*s  pid %llu  up %s  %llu workers wanted, %llu spare%s",
             (int)status->version.len, status->version.ptr, (unsigned long long)status->pid,
             unit_format_time(status->uptime_ms * NS_PER_MS, uptime, sizeof uptime),
             (unsigned long long)status->wanted, (unsigned long long)status->spares,
             status->draining ? "  DRAINING" : "");
    put_line(top, "",
             "jobs:  %.1f/s accepted  %.1f/s ended  %llu waiting of %llu  %llu running  %llu accepted in all",
             rate(now.accepted, top->before.accepted, seconds), rate(now.ended, top->before.ended, seconds),
             (unsigned long long)status->queued, (unsigned long long)status->queue_capacity,
             (unsigned long long)status->running, (unsigned long long)status->accepted);
    put_line(top, "", "pool:  %llu clients  %llu deaths (%.1f/s)  %llu restarts  %llu recycled",
             (unsigned long long)status->clients, (unsigned long long)status->deaths,
             rate(now.deaths, top->before.deaths, seconds), (unsigned long long)status->restarts,
             (unsigned long long)status->recycled);
    put_verdicts(top, &now, seconds);
    if (status->circuit.len)
        put_line(top, alarm_style, "circuit %.*s", (int)status->circuit.len, status->circuit.ptr);
    put_line(top, "", "%s", "");
    put_workers(top, status);
    top->before = now;
}

static bool show(Top *top) {
    IpcStatus status;
    IpcError error;
    top->line = 0;
    ipc_buf_clear(&top->page);
    if (top->live) ipc_buf_append(&top->page, "\x1b[H", 3);
    if (ipc_client_status(top->client, &status, &error) != IPC_OK) {
        remote_failure(top->options, &error);
        return false;
    }
    draw(top, &status);
    if (top->live) ipc_buf_append(&top->page, "\x1b[J\x1b[2mq: leave\x1b[0m", 19);
    if (!ipc_buf_failed(&top->page)) remote_write(STDOUT_FILENO, top->page.data, top->page.len);
    return true;
}

/* --- the terminal ----------------------------------------------------------------------------- */

static void measure_screen(Top *top) {
    struct winsize size = {0};
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col;
    top->rows = known ? size.ws_row : 24;
    top->columns = known ? size.ws_col : 80;
    if (top->columns > WIDTH_MOST) top->columns = WIDTH_MOST;
}

/* The other screen, no cursor, and keys as they are pressed. */
static void enter_screen(Top *top) {
    struct termios raw;
    top->signals = signals_open((const int[]){SIGINT, SIGTERM, SIGHUP, SIGWINCH}, 4);
    if (tcgetattr(STDIN_FILENO, &top->saved) == 0) {
        raw = top->saved;
        raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    }
    remote_write(STDOUT_FILENO, "\x1b[?1049h\x1b[?25l", 14);
}

static void leave_screen(Top *top) {
    remote_write(STDOUT_FILENO, "\x1b[?25h\x1b[?1049l", 14);
    tcsetattr(STDIN_FILENO, TCSANOW, &top->saved);
    close(top->signals);
}

/* Until the next picture is due, or the screen has changed. False: q was pressed, or a signal came. */
static bool wait_for_next(const Top *top, uint64_t interval_ns) {
    uint64_t end = clock_ns() + interval_ns;
    for (;;) {
        uint64_t now = clock_ns();
        struct pollfd waits[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = top->signals, .events = POLLIN}};
        int ready = now < end ? poll(waits, 2, (int)clock_ms_ceil(end - now)) : 0;
        int number = signals_take(top->signals);
        char key = 0;
        if (number && number != SIGWINCH) return false;
        if (number || ready == 0) return true;
        if (waits[0].revents && (read(STDIN_FILENO, &key, 1) <= 0 || key == 'q' || key == 'Q')) return false;
    }
}

static int run(Top *top, uint64_t interval_ns) {
    if (!top->live) return show(top) ? EXIT_SUCCESS : EXIT_FAILURE;
    bool good = true;
    enter_screen(top);
    do {
        measure_screen(top);
        good = show(top);
    } while (good && wait_for_next(top, interval_ns));
    leave_screen(top);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int cmd_top(Options *options) {
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (!terminal && !opt_flag(options, OPT_ONCE))
        return cli_usage_error(VERB_TOP, "not on a terminal; --once prints one picture");
    Top top = {.options = options, .client = remote_connect(options), .live = !opt_flag(options, OPT_ONCE)};
    if (!top.client) return EXIT_FAILURE;
    ipc_buf_init(&top.page, NULL);
    int code = run(&top, opt_number(options, OPT_INTERVAL));
    ipc_buf_free(&top.page);
    ipc_client_close(top.client);
    return code;
}
