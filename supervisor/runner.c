#include "runner.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "pool.h"
#include "stdio_pump.h"
#include "worker.h"

/* Whether to leave without dismantling what the kernel takes back anyway. */
#if ATOLL_SANITIZE
enum { LEAVE_QUICKLY = 0 };
#else
enum { LEAVE_QUICKLY = 1 };
#endif

enum { INPUT_CHUNK = 64 * 1024 };

typedef struct {
    uv_loop_t loop;
    Hub hub;
    Log log;
    Pool pool;
    Owner owner;
    Sink sink;
    Waiter input;
    Sources *files; /* of the program; NULL: none */
    uv_signal_t signals[4];
    const Options *options;
    uint64_t job;
    bool feeds_stdin, done;
    int interrupts;
    int exit_code;
} Runner;

/* --- outcomes --------------------------------------------------------------------------------- */

int outcome_exit_code(const IpcOutcome *outcome) {
    switch (outcome->verdict) {
    case IPC_VERDICT_TIMEOUT_WALL:
    case IPC_VERDICT_TIMEOUT_CPU:
    case IPC_VERDICT_FUEL:
        return EXIT_TIMEOUT;
    case IPC_VERDICT_SIGNAL:
    case IPC_VERDICT_OOM:
    case IPC_VERDICT_RLIMIT:
        return EXIT_SIGNAL_BASE + (int)outcome->signal;
    case IPC_VERDICT_SYSCALL:
        return EXIT_SIGNAL_BASE + SIGSYS;
    case IPC_VERDICT_CANCELLED:
        return EXIT_SIGNAL_BASE + SIGINT;
    case IPC_VERDICT_PROTOCOL:
    case IPC_VERDICT_LOST:
    case IPC_VERDICT_REJECTED:
    case IPC_VERDICT_INTERNAL:
        return EXIT_SANDBOX;
    default:
        break;
    }
    if (ipc_slice_is(outcome->error.type, "KeyboardInterrupt"))
        return EXIT_SIGNAL_BASE + SIGINT; /* as a shell sees it */
    if (outcome->exit_code) return (int)(outcome->exit_code & 0xff);
    return outcome->verdict == IPC_VERDICT_OK ? 0 : 1;
}

const char *outcome_complaint(const IpcOutcome *outcome, char *out, size_t capacity) {
    bool traceback = outcome->error.traceback.len != 0;
    bool plain = outcome->verdict == IPC_VERDICT_OK || outcome->verdict == IPC_VERDICT_ERROR;
    bool told =
        traceback && (outcome->verdict == IPC_VERDICT_MEMORY || outcome->verdict == IPC_VERDICT_RECURSION);
    if (plain || told) return NULL;
    char line[480];
    if (outcome->death.text.len) {
        snprintf(out, capacity, "%s: %s", ipc_verdict_name(outcome->verdict), death_line(&outcome->death, line, sizeof line));
        return out;
    }
    int length = snprintf(out, capacity, "%s: %s", ipc_verdict_name(outcome->verdict),
                          ipc_verdict_text(outcome->verdict));
    if (outcome->detail.len && length > 0 && (size_t)length < capacity) {
        snprintf(out + length, capacity - (size_t)length, " (%.*s)", (int)outcome->detail.len,
                 outcome->detail.ptr);
    }
    return out;
}

/* --- the end ---------------------------------------------------------------------------------- */

static void on_pool_stopped(void *observer) {
    Runner *runner = observer;
    for (size_t i = 0; i < 4; i++)
        uv_close((uv_handle_t *)&runner->signals[i], NULL);
    waiter_close(&runner->input);
    sink_close(&runner->sink);
    pool_free(&runner->pool);
    hub_close(&runner->hub);
}

static void finish(Runner *runner, int code) {
    if (runner->done) return;
    runner->done = true;
    runner->exit_code = code;
    sink_finish(&runner->sink);
    if (LEAVE_QUICKLY) {
        for (Worker *worker = runner->pool.workers; worker; worker = worker->next)
            worker_kill(worker, KILL_STOP);
        fflush(NULL);
        _exit(code);
    }
    if (pool_job_count(&runner->pool)) pool_stop(&runner->pool, true);
    else pool_drain(&runner->pool); /* the worker is to rest before it is told to leave: then it leaves by itself */
}

static void on_idle(void *observer) {
    Runner *runner = observer;
    if (runner->done) pool_stop(&runner->pool, true);
}

/* --- the job's events ------------------------------------------------------------------------- */

static Runner *runner_of(Owner *owner) {
    return (Runner *)((char *)owner - offsetof(Runner, owner));
}

static void on_output(Owner *owner, Job *job, const IpcOutput *output, IpcSlice frame) {
    (void)job, (void)frame;
    sink_write(&runner_of(owner)->sink, output->stream == IPC_STREAM_STDERR, output->data.ptr,
               output->data.len);
}

static void send_input(Runner *runner, const char *bytes, size_t length) {
    Job *job = pool_find_job(&runner->pool, runner->job);
    if (!job) return;
    IpcInput input = {.job = job->id, .data = ipc_slice(bytes, length), .eof = length == 0};
    pool_input(&runner->pool, job, &input);
}

static void read_input(Waiter *waiter) {
    Runner *runner = waiter->owner;
    char bytes[INPUT_CHUNK];
    ssize_t got;
    do
        got = read(STDIN_FILENO, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    send_input(runner, bytes, got > 0 ? (size_t)got : 0);
}

/* Read only when asked for: what the program does not read stays for who comes after it. */
static void on_input_request(Owner *owner, Job *job, const IpcInputRequest *request, IpcSlice frame) {
    Runner *runner = runner_of(owner);
    (void)job, (void)request, (void)frame;
    if (!runner->feeds_stdin) return send_input(runner, NULL, 0);
    if (!waiter_start(&runner->input, &runner->loop, EPOLLIN)) read_input(&runner->input);
}

static void on_file_request(Owner *owner, Job *job, const IpcFileRequest *request, IpcSlice frame) {
    Runner *runner = runner_of(owner);
    IpcFile answer;
    (void)frame;
    sources_answer(runner->files, request, &answer);
    pool_file(&runner->pool, job, &answer);
}

static void on_outcome(Owner *owner, Job *job, const IpcOutcome *outcome) {
    Runner *runner = runner_of(owner);
    char text[512], line[600];
    (void)job;
    IpcSlice traceback = outcome->error.traceback;
    sink_write(&runner->sink, 1, traceback.ptr, traceback.len);
    const char *complaint = outcome_complaint(outcome, text, sizeof text);
    if (complaint && !(runner->interrupts && outcome->verdict == IPC_VERDICT_CANCELLED)) {
        int length =
            snprintf(line, sizeof line, "atoll %s: %s\n", verb_names[runner->options->verb], complaint);
        sink_write(&runner->sink, 1, line, (size_t)length);
        IpcBuf stack;
        ipc_buf_init(&stack, NULL);
        death_stack_lines(&outcome->death, &stack);
        sink_write(&runner->sink, 1, stack.data, stack.len);
        ipc_buf_free(&stack);
    }
    finish(runner, outcome_exit_code(outcome));
}

static const OwnerEvents owner_events = {
    .output = on_output,
    .input_request = on_input_request,
    .file_request = on_file_request,
    .outcome = on_outcome,
};

/* --- what the pool and the sink tell ---------------------------------------------------------- */

static void fail_start(Runner *runner, const char *text) {
    if (runner->done) return;
    cli_failure(runner->options->verb, "cannot start the worker: %s", text);
    finish(runner, EXIT_SANDBOX);
}

static void on_failed(void *observer, SpawnResult result, const char *text) {
    (void)result;
    fail_start(observer, text);
}

static const PoolObserver observer_events = {.stopped = on_pool_stopped, .failed = on_failed, .idle = on_idle};

static void on_sink_high(void *owner) {
    Runner *runner = owner;
    pool_hold(&runner->pool, &runner->owner);
}

static void on_sink_drained(void *owner) {
    Runner *runner = owner;
    pool_release(&runner->pool, &runner->owner);
}

/* Nobody reads the output any more: as for any program, that is the end. */
static void on_sink_failed(void *owner, int stream, int error) {
    Runner *runner = owner;
    if (error != EPIPE && stream == 0)
        cli_failure(runner->options->verb, "writing the output: %s", strerror(error));
    finish(runner, EXIT_SIGNAL_BASE + SIGPIPE);
}

static void on_turn(void *owner) {
    Runner *runner = owner;
    pool_turn(&runner->pool);
}

/* --- signals ---------------------------------------------------------------------------------- */

static void on_signal(uv_signal_t *handle, int number) {
    Runner *runner = handle->data;
    Job *job = pool_find_job(&runner->pool, runner->job);
    bool gently = number == SIGINT && ++runner->interrupts == 1 && job && job->state != JOB_WAITING;
    if (gently) return pool_interrupt(&runner->pool, job);
    finish(runner, EXIT_SIGNAL_BASE + number);
}

static void watch_signals(Runner *runner) {
    static const int numbers[4] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < 4; i++) {
        uv_signal_init(&runner->loop, &runner->signals[i]);
        runner->signals[i].data = runner;
        uv_signal_start(&runner->signals[i], on_signal, numbers[i]);
    }
}

/* --- the beginning ---------------------------------------------------------------------------- */

static bool submit(Runner *runner, const RunSpec *spec, IpcError *error) {
    IpcBuf scratch;
    IpcList argv = {0};
    Job *job;
    ipc_buf_init(&scratch, NULL);
    for (int i = 0; i < spec->argc; i++)
        ipc_list_add_str(&scratch, &argv, spec->argv[i], strlen(spec->argv[i]));
    ipc_list_finish(&scratch, &argv);
    IpcSubmit submit = {
        .source = ipc_slice(spec->source, spec->source_length),
        .filename = ipc_str(spec->filename),
        .argv = argv,
        .want_output = true,
        .events = IPC_EVENTS_OUTCOME,
        .stdin_mode = IPC_STDIN_STREAM,
        .value_as = IPC_VALUE_NONE,
        .mode = spec->mode,
    };
    if (spec->program) {
        program_submit(spec->program, runner->options->verb, false, &submit);
        runner->files = &spec->program->sources;
    }
    char *cwd = sources_tell_cwd(&submit.sources);
    IpcCode failed = pool_submit(&runner->pool, &runner->owner, geteuid(), &submit, &job, error);
    ipc_buf_free(&scratch);
    free(cwd);
    if (!failed) runner->job = job->id;
    return !failed;
}

static void runner_config(PoolConfig *config, const Options *options) {
    *config = (PoolConfig){
        .size = 1,
        .depth = 1,
        .queue_jobs = 1,
        .queue_bytes = SIZE_MAX,
        .grace_ns = opt_number(options, OPT_GRACE),
        .start_timeout_ns = opt_number(options, OPT_START_TIMEOUT),
        .restart_window_ns = NS_PER_S,
        .restart_pause_ns = NS_PER_S,
    };
    limits_from_options(&config->limits.defaults, options);
    if (!config->grace_ns) config->grace_ns = 50 * NS_PER_MS;
    if (!config->start_timeout_ns) config->start_timeout_ns = 10 * NS_PER_S;
}

static void open_runner_log(Runner *runner, const Options *options) {
    const char *level = opt_text(options, OPT_LOG_LEVEL);
    bool given =
        options->values[OPT_LOG_LEVEL].source != FROM_DEFAULT && level && log_level_parse(level) >= 0;
    log_open(&runner->log, NULL, false, given ? (LogLevel)log_level_parse(level) : LOG_ERROR + 1);
}

static bool start(Runner *runner, const RunSpec *spec, const char *worker_path, const SandboxPlan *plan,
                  IpcError *error) {
    PoolConfig config;
    runner_config(&config, runner->options);
    open_runner_log(runner, runner->options);
    uv_loop_init(&runner->loop);
    hub_init(&runner->hub, &runner->loop, on_turn, runner);
    pool_init(&runner->pool, &runner->hub, &runner->log, &config, worker_path, plan, &observer_events,
              runner);
    owner_init(&runner->owner, &owner_events);
    sink_init(&runner->sink, &runner->loop, runner);
    runner->sink.high = on_sink_high;
    runner->sink.drained = on_sink_drained;
    runner->sink.failed = on_sink_failed;
    waiter_init(&runner->input, STDIN_FILENO, read_input, runner);
    watch_signals(runner);
    return submit(runner, spec, error);
}

int runner_main(const Options *options, const RunSpec *spec) {
    Runner runner = {.options = options, .feeds_stdin = spec->feeds_stdin};
    IpcError error;
    SandboxPlan plan;
    Grants grants;
    char worker_path[4096];
    signal(SIGPIPE, SIG_IGN);
    if (!sandbox_plan_from_options(&plan, options, &grants, error.text, sizeof error.text)) {
        grants_free(&grants);
        return cli_usage_error(options->verb, "%s", error.text);
    }
    if (!spawn_find_worker(opt_text(options, OPT_WORKER_PATH), worker_path, sizeof worker_path, error.text,
                           sizeof error.text)) {
        grants_free(&grants);
        cli_failure(options->verb, "%s", error.text);
        return EXIT_SANDBOX;
    }
    if (!start(&runner, spec, worker_path, &plan, &error)) {
        cli_failure(options->verb, "%s", error.text);
        finish(&runner, EXIT_SANDBOX);
    }
    pool_turn(&runner.pool); /* the worker starts */
    uv_run(&runner.loop, UV_RUN_DEFAULT);
    uv_loop_close(&runner.loop);
    grants_free(&grants);
    return runner.exit_code;
}
