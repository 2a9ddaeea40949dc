/* atoll repl: Python's prompt, with the session in a worker.
 *
 * Each statement is a job of one session (mode "prompt"). Lines are gathered until the worker says that they
 * are a whole statement. The session lives in one worker: when that ends, what it held is gone, which is
 * said, and the next statement begins a new one. Without --socket there is a pool of one worker for this
 * prompt alone. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "limits.h"
#include "private_pool.h"
#include "remote.h"
#include "repl_line.h"
#include "runner.h"

enum { COMPLETION_MS = 2000, INTERRUPTS_MOST = 3 };

typedef struct {
    Options *options;
    IpcClient *client;
    pid_t pool; /* of our own, or 0 */
    char session[64];
    IpcSubmit common; /* what all statements share */
    Sources sources;
    IpcBuf grants;      /* backs those of common */
    LineEditor *editor; /* NULL: lines come from a pipe or a file */
    LineReader reader;
    int signal_fd;

    uint64_t job; /* that is waited for; 0: none */
    int interrupts;
    bool wants_input;
    bool incomplete; /* what the statement was */
    IpcBuf *names;   /* where completions go, or NULL */
    uint64_t worker; /* process that holds the session; 0: none yet */
    bool lost;       /* it has ended */
    char cause[160];
    bool leaving;
    int code;
} Repl;

static void say(const char *text) { remote_write(STDERR_FILENO, text, strlen(text)); }

/* --- the worker's end ------------------------------------------------------------------------- */

static void note_worker(Repl *repl, const IpcWorkerEvent *event) {
    if (event->state != IPC_WORKER_DEAD || !repl->worker || event->pid != repl->worker) return;
    snprintf(repl->cause, sizeof repl->cause, "%.*s", (int)event->cause.len,
             event->cause.ptr ? event->cause.ptr : "");
    repl->lost = true;
    repl->worker = 0;
}

static bool tell_loss(Repl *repl) {
    char text[400];
    if (!repl->lost) return false;
    repl->lost = false;
    snprintf(text, sizeof text,
             "atoll repl: the session's worker has ended%s%s%s: its names and modules are lost; a new worker "
             "has begun\n",
             repl->cause[0] ? " (" : "", repl->cause, repl->cause[0] ? ")" : "");
    say(text);
    return true;
}

/* --- events ----------------------------------------------------------------------------------- */

static void show_output(const IpcOutput *output) {
    remote_write(output->stream == IPC_STREAM_STDERR ? STDERR_FILENO : STDOUT_FILENO, output->data.ptr,
                 output->data.len);
}

static void take_names(Repl *repl, IpcSlice value) {
    IpcReader reader = ipc_slice_reader(value);
    uint32_t count;
    IpcSlice name;
    if (!value.ptr || ipc_read_array(&reader, &count) != IPC_OK) return;
    while (count-- && ipc_read_str(&reader, &name) == IPC_OK) {
        ipc_buf_append(repl->names, name.ptr, name.len);
        ipc_buf_append(repl->names, "", 1);
    }
}

static void show_end(Repl *repl, const IpcOutcome *outcome) {
    char text[512], line[600];
    remote_write(STDERR_FILENO, outcome->error.traceback.ptr, outcome->error.traceback.len);
    const char *complaint = outcome_complaint(outcome, text, sizeof text);
    bool interrupted = outcome->verdict == IPC_VERDICT_CANCELLED && outcome->error.traceback.len;
    if (complaint && !interrupted) {
        snprintf(line, sizeof line, "atoll repl: %s\n", complaint);
        say(line);
    }
    if (!ipc_slice_is(outcome->error.type, "SystemExit")) return;
    repl->leaving = true;
    repl->code = (int)(outcome->exit_code & 0xff);
}

static void on_outcome(Repl *repl, const IpcOutcome *outcome) {
    repl->job = 0;
    repl->incomplete = outcome->incomplete;
    if (repl->names) take_names(repl, outcome->value);
    else show_end(repl, outcome);
}

static IpcCode on_event(Repl *repl, const IpcClientEvent *event, IpcError *error) {
    if (event->method == IPC_M_ON_WORKER) note_worker(repl, &event->record->worker_event);
    if (!repl->job || event->job != repl->job) return IPC_OK;
    switch (event->method) {
    case IPC_M_ON_STARTED: repl->worker = event->record->started.pid; break;
    case IPC_M_ON_OUTPUT:
        if (!repl->names) show_output(&event->record->output);
        break;
    case IPC_M_ON_INPUT_REQUEST: repl->wants_input = true; break;
    case IPC_M_ON_FILE_REQUEST: {
        IpcFile answer;
        sources_answer(&repl->sources, &event->record->file_request, &answer);
        return ipc_client_file(repl->client, &answer, error);
    }
    case IPC_M_ON_OUTCOME: on_outcome(repl, &event->record->outcome); break;
    default: break;
    }
    return IPC_OK;
}

static IpcCode take_events(Repl *repl, IpcError *error) {
    IpcClientEvent event;
    IpcCode code;
    while ((code = ipc_client_next(repl->client, &event, 0, error)) == IPC_OK) {
        if ((code = on_event(repl, &event, error))) return code;
    }
    return code == IPC_E_TIMEOUT ? IPC_OK : code;
}

/* --- while a statement runs ------------------------------------------------------------------- */

static IpcCode feed_input(Repl *repl, IpcError *error) {
    char bytes[4096];
    IpcSlice line = {0};
    repl->wants_input = false;
    if (!repl->editor) {
        line = line_take(&repl->reader);
    } else {
        ssize_t got = read(STDIN_FILENO, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) return repl->wants_input = true, IPC_OK;
        if (got > 0) line = ipc_slice(bytes, (size_t)got);
    }
    return ipc_client_input(repl->client, repl->job, line.ptr, line.len, line.len == 0, error);
}

/* Ctrl-C raises KeyboardInterrupt; for a statement that does not mind, the worker can be given up. */
static IpcCode take_signal(Repl *repl, IpcError *error) {
    struct signalfd_siginfo info;
    if (read(repl->signal_fd, &info, sizeof info) != (ssize_t)sizeof info) return IPC_OK;
    if (repl->editor && !repl->names) say("\n"); /* behind the terminal's own ^C */
    if (++repl->interrupts < INTERRUPTS_MOST) {
        if (repl->interrupts == INTERRUPTS_MOST - 1) say("atoll repl: once more ends the worker\n");
        return ipc_client_interrupt(repl->client, repl->job, NULL, error);
    }
    return ipc_client_cancel(repl->client, repl->job, NULL, error);
}

static IpcCode wait_for_job(Repl *repl, int most_ms, IpcError *error) {
    uint64_t asked_ns = clock_ns();
    IpcCode failed = IPC_OK;
    while (!failed && repl->job) {
        failed = take_events(repl, error);
        if (failed || !repl->job) break;
        bool read_ahead = repl->wants_input && !repl->editor; /* a pipe is read here, whatever poll says */
        struct pollfd waits[3] = {{.fd = ipc_client_fd(repl->client), .events = POLLIN},
                                  {.fd = repl->signal_fd, .events = POLLIN},
                                  {.fd = repl->wants_input ? STDIN_FILENO : -1, .events = POLLIN}};
        if (poll(waits, 3, read_ahead ? 0 : most_ms ? most_ms : -1) < 0 && errno != EINTR) break;
        if (waits[1].revents) failed = take_signal(repl, error);
        if (!failed && repl->job && (waits[2].revents || read_ahead)) failed = feed_input(repl, error);
        bool late = most_ms && clock_ns() - asked_ns > (uint64_t)most_ms * NS_PER_MS;
        if (!failed && repl->job && late) {
            failed = ipc_client_interrupt(repl->client, repl->job, NULL, error);
            asked_ns = clock_ns();
        }
    }
    return failed;
}

static void block_interrupt(bool block) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigprocmask(block ? SIG_BLOCK : SIG_UNBLOCK, &set, NULL);
}

/* Runs a job to its end. False: the pool is gone, or did not take it. */
static bool run_job(Repl *repl, const IpcSubmit *submit, int most_ms) {
    struct signalfd_siginfo info;
    IpcError error = {0};
    repl->interrupts = 0;
    repl->wants_input = repl->incomplete = false;
    block_interrupt(true);
    IpcCode failed = ipc_client_submit(repl->client, submit, &repl->job, &error);
    if (!failed) failed = wait_for_job(repl, most_ms, &error);
    while (read(repl->signal_fd, &info, sizeof info) > 0) {} /* one that came too late */
    block_interrupt(false);
    repl->job = 0;
    if (!failed) return true;
    repl->code = remote_failure(repl->options, &error);
    return false;
}

/* --- what the line editor asks ---------------------------------------------------------------- */

static bool on_news(void *owner) {
    Repl *repl = owner;
    IpcError error;
    if (take_events(repl, &error) != IPC_OK) return false; /* the next statement says so */
    if (!repl->lost) return false;
    say("\n");
    return tell_loss(repl);
}

static void on_complete(void *owner, const char *word, size_t length, IpcBuf *names) {
    Repl *repl = owner;
    IpcSubmit submit = repl->common;
    if (!ipc_utf8_valid(word, length)) return;
    submit.mode = IPC_MODE_COMPLETE;
    submit.source = ipc_slice(word, length);
    submit.value_as = IPC_VALUE_GRAPH;
    submit.want_output = false;
    submit.stdin_mode = IPC_STDIN_NONE;
    repl->names = names;
    if (!run_job(repl, &submit, COMPLETION_MS)) repl->leaving = true;
    repl->names = NULL;
    if (repl->lost) say("\n"), tell_loss(repl);
}

/* --- statements ------------------------------------------------------------------------------- */

/* Gathers lines and runs the statement that they make. False: no more lines, or nobody to run them. */
static bool run_statement(Repl *repl, IpcBuf *text) {
    IpcSubmit submit = repl->common;
    bool more = false;
    ipc_buf_clear(text);
    for (;;) {
        LineResult got = repl->editor ? line_edit(repl->editor, more ? "... " : ">>> ", text)
                                      : line_read(&repl->reader, text);
        if (got == LINE_INTERRUPTED) return say("\nKeyboardInterrupt\n"), true;
        if (got == LINE_END && !more) return false;
        if (got == LINE_END) {
            if (repl->editor) say("\n");
            ipc_buf_append(text, "\n", 1);
            submit.mode = IPC_MODE_EXEC; /* no more lines come: a beginning is an error now */
        }
        if (!ipc_utf8_valid(text->data, text->len))
            return say("SyntaxError: (unicode error) the line is not UTF-8\n"), true;
        submit.source = ipc_slice(text->len ? text->data : "", text->len);
        if (!run_job(repl, &submit, 0)) return false;
        bool lost = tell_loss(repl);
        if (repl->leaving || lost || !repl->incomplete || got == LINE_END) return !repl->leaving;
        more = true;
        ipc_buf_append(text, "\n", 1);
    }
}

static void run_statements(Repl *repl) {
    IpcBuf text;
    ipc_buf_init(&text, NULL);
    while (run_statement(repl, &text)) {}
    if (repl->editor && !repl->leaving) say("\n");
    ipc_buf_free(&text);
}

/* --- the beginning ---------------------------------------------------------------------------- */

static const char *history_path(char *out, size_t capacity) {
    const char *given = getenv("ATOLL_HISTORY"), *home = getenv("HOME");
    if (given) return *given ? given : NULL;
    if (!home || !*home) return NULL;
    int length = snprintf(out, capacity, "%s/.local/state/atoll/history", home);
    return length > 0 && (size_t)length < capacity ? out : NULL;
}

static bool connect_pool(Repl *repl) {
    IpcError error;
    IpcSubscribe wants = {.workers = true};
    if (opt_given(repl->options, OPT_SOCKET)) {
        repl->client = remote_connect(repl->options);
    } else {
        OptionValue *workers = &repl->options->values[OPT_WORKERS];
        workers->given = true;
        workers->number = 1;
        repl->client = private_pool_start(repl->options, &repl->pool);
    }
    if (!repl->client) return false;
    if (ipc_client_call(repl->client, IPC_M_SUBSCRIBE, &wants, NULL, &error) == IPC_OK) return true;
    return remote_failure(repl->options, &error), false;
}

static bool prepare(Repl *repl) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    snprintf(repl->session, sizeof repl->session, "repl-%d-%llx", (int)getpid(),
             (unsigned long long)now.tv_sec * 1000000000u + (unsigned long long)now.tv_nsec);
    const char *tenant = opt_text(repl->options, OPT_TENANT);
    if (!program_words_are_text(VERB_REPL, &tenant, 1)) return repl->code = EXIT_USAGE, false;
    limits_from_options(&repl->common.limits, repl->options);
    repl->common.tenant = ipc_str(tenant);
    repl->common.session = ipc_str(repl->session);
    repl->common.isolation = IPC_ISOLATION_SESSION;
    repl->common.filename = ipc_str("<stdin>");
    repl->common.mode = IPC_MODE_PROMPT;
    repl->common.value_as = IPC_VALUE_NONE;
    repl->common.want_output = true;
    repl->common.stdin_mode = IPC_STDIN_STREAM;
    if (!opt_flag(repl->options, OPT_SAFE_PATH) && sources_below_cwd(&repl->sources)) {
        sources_on_demand(&repl->sources, &repl->common.sources);
        repl->common.sources.nameless = true;
    }
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    repl->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    bool others = opt_given(repl->options, OPT_SOCKET); /* else the pool is our own, with these grants */
    return !others || remote_ask_grants(&repl->common, &repl->grants, repl->options);
}

static bool open_terminal(Repl *repl) {
    char path[4096];
    LineHooks hooks = {repl, ipc_client_fd(repl->client), on_news, on_complete};
    repl->editor = line_open(&hooks, history_path(path, sizeof path));
    if (!repl->editor) return cli_failure(VERB_REPL, "the terminal cannot be used"), false;
    say("Atoll " ATOLL_VERSION ", Python 3.11; the session is in a worker process\n"
        "Ctrl-C interrupts, Ctrl-D leaves; Tab completes.\n");
    return true;
}

/* A pool that others use too is not to keep what nobody can reach any more. */
static void end_session(Repl *repl) {
    IpcError error;
    IpcSessionRef session = {.session = repl->common.session, .tenant = repl->common.tenant};
    if (!repl->client || repl->pool) return;
    ipc_client_call(repl->client, IPC_M_END_SESSION, &session, NULL, &error);
}

int cmd_repl(Options *options) {
    Repl repl = {.options = options, .signal_fd = -1};
    signal(SIGPIPE, SIG_IGN);
    sources_init(&repl.sources);
    ipc_buf_init(&repl.reader.bytes, NULL);
    ipc_buf_init(&repl.grants, NULL);
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (prepare(&repl) && connect_pool(&repl) && (!terminal || open_terminal(&repl))) run_statements(&repl);
    else repl.code = EXIT_FAILURE;
    line_close(repl.editor);
    end_session(&repl);
    private_pool_end(repl.client, repl.pool);
    if (repl.signal_fd >= 0) close(repl.signal_fd);
    ipc_buf_free(&repl.reader.bytes);
    ipc_buf_free(&repl.grants);
    sources_free(&repl.sources);
    return repl.code;
}
