/* atoll submit: one job on a running pool, with this terminal's stdin, stdout and stderr. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli.h"
#include "json.h"
#include "remote.h"
#include "runner.h"

enum { INPUT_CHUNK = 64 * 1024 };

typedef struct {
    const Options *options;
    IpcClient *client;
    uint64_t job;
    int signal_fd;
    int interrupts;
    bool wants_input, feeds_stdin, called;
    Program program;
    IpcBuf args, kwargs, argv, grants;
    char *cwd; /* NULL: the program's sources have it */
    int code;
    bool done;
} Submission;

/* --- what to submit --------------------------------------------------------------------------- */

static bool encode_arguments(Submission *submission, IpcSubmit *submit) {
    const char *args = opt_text(submission->options, OPT_ARGS),
               *kwargs = opt_text(submission->options, OPT_KWARGS);
    char error[256];
    if (args &&
        !json_to_msgpack(args, strlen(args), JSON_ARRAY_ONLY, &submission->args, error, sizeof error)) {
        return submission->code = cli_usage_error(VERB_SUBMIT, "--args: %s", error), false;
    }
    if (kwargs && !json_to_msgpack(kwargs, strlen(kwargs), JSON_OBJECT_ONLY, &submission->kwargs, error,
                                   sizeof error)) {
        return submission->code = cli_usage_error(VERB_SUBMIT, "--kwargs: %s", error), false;
    }
    if (args) submit->args = ipc_buf_slice(&submission->args);
    if (kwargs) submit->kwargs = ipc_buf_slice(&submission->kwargs);
    return true;
}

static bool load_file(Submission *submission, IpcSubmit *submit, const char *path) {
    Program *program = &submission->program;
    submission->code = program_load_whole(program, submission->options, path);
    submission->feeds_stdin = strcmp(path, "-") != 0;
    bool detach = opt_flag(submission->options, OPT_DETACH);
    if (!submission->code) submission->code = program_submit(program, VERB_SUBMIT, detach, submit);
    return !submission->code;
}

static bool load_call(Submission *submission, IpcSubmit *submit, const char *target) {
    Program *program = &submission->program;
    bool detach = opt_flag(submission->options, OPT_DETACH);
    submission->called = true;
    submission->code = remote_load_call(submission->options, target, &submit->call, program);
    if (!submission->code) submission->code = program_submit(program, VERB_SUBMIT, detach, submit);
    submit->source = (IpcSlice){0}; /* the call has it */
    return !submission->code && encode_arguments(submission, submit);
}

static void add_argv(Submission *submission, IpcSubmit *submit, const char *name, char **rest, int count) {
    ipc_list_add_str(&submission->argv, &submit->argv, name, strlen(name));
    for (int i = 0; i < count; i++)
        ipc_list_add_str(&submission->argv, &submit->argv, rest[i], strlen(rest[i]));
    ipc_list_finish(&submission->argv, &submit->argv);
}

static bool load_program(Submission *submission, IpcSubmit *submit) {
    const Options *options = submission->options;
    const char *code = opt_text(options, OPT_CODE), *target = opt_text(options, OPT_CALL);
    char **rest = options->operands;
    int count = options->operand_count;
    if ((code != NULL) + (target != NULL) + (count > 0 && !code && !target) != 1) {
        submission->code =
            cli_usage_error(VERB_SUBMIT, "one of FILE, -c CODE and --call FILE.py:FUNC is needed");
        return false;
    }
    submission->feeds_stdin = true;
    if (!program_words_are_text(VERB_SUBMIT, (const char *const *)rest, count) ||
        !program_words_are_text(VERB_SUBMIT, &code, 1)) {
        return submission->code = EXIT_USAGE, false;
    }
    if (!target && (opt_given(options, OPT_ARGS) || opt_given(options, OPT_KWARGS))) {
        submission->code = cli_usage_error(VERB_SUBMIT, "--args and --kwargs belong to --call");
        return false;
    }
    if (target) return load_call(submission, submit, target);
    if (!code) {
        if (!load_file(submission, submit, rest[0])) return false;
        add_argv(submission, submit, rest[0], rest + 1, count - 1);
        return true;
    }
    submit->source = ipc_str(code);
    submit->filename = ipc_str("<string>");
    add_argv(submission, submit, "-c", rest, count);
    return true;
}

static bool build(Submission *submission, IpcSubmit *submit) {
    const Options *options = submission->options;
    bool detach = opt_flag(options, OPT_DETACH);
    submission->code = EXIT_USAGE;
    if (!remote_submit_options(submit, options) || !remote_ask_grants(submit, &submission->grants, options) ||
        !load_program(submission, submit))
        return false;
    submission->cwd = sources_tell_cwd(&submit->sources);
    submit->want_output = !detach;
    submit->events = IPC_EVENTS_OUTCOME;
    submit->stdin_mode = detach || !submission->feeds_stdin ? IPC_STDIN_NONE : IPC_STDIN_STREAM;
    submit->on_disconnect = detach ? IPC_DISCONNECT_KEEP : IPC_DISCONNECT_CANCEL;
    submit->when_full = opt_flag(options, OPT_WAIT) ? IPC_WHEN_FULL_WAIT : IPC_WHEN_FULL_REJECT;
    submit->value_as = opt_flag(options, OPT_JSON) ? IPC_VALUE_JSON : IPC_VALUE_REPR;
    return true;
}

/* --- following it ----------------------------------------------------------------------------- */

static void show_value(const Submission *submission, const IpcOutcome *outcome) {
    IpcSlice repr = outcome->value_repr;
    if (!repr.ptr || (!submission->called && ipc_slice_is(repr, "None")))
        return; /* as at Python's own prompt */
    remote_write(STDOUT_FILENO, repr.ptr, repr.len);
    remote_write(STDOUT_FILENO, "\n", 1);
}

static void show_plainly(const Submission *submission, const IpcOutcome *outcome) {
    char text[512];
    if (outcome->verdict == IPC_VERDICT_OK) show_value(submission, outcome);
    remote_write(STDERR_FILENO, outcome->error.traceback.ptr, outcome->error.traceback.len);
    const char *complaint = outcome_complaint(outcome, text, sizeof text);
    if (complaint) cli_failure(VERB_SUBMIT, "job %llu: %s", (unsigned long long)outcome->job, complaint);
}

static void show_json(const IpcOutcome *outcome) {
    IpcBuf line;
    ipc_buf_init(&line, NULL);
    remote_outcome_json(outcome, &line);
    remote_write(STDOUT_FILENO, line.data, line.len);
    ipc_buf_free(&line);
}

static IpcCode send_file(Submission *submission, const IpcFileRequest *request, IpcError *error) {
    IpcFile answer;
    sources_answer(&submission->program.sources, request, &answer);
    return ipc_client_file(submission->client, &answer, error);
}

static IpcCode on_event(Submission *submission, const IpcClientEvent *event, IpcError *error) {
    if (event->job != submission->job) return IPC_OK;
    switch (event->method) {
    case IPC_M_ON_OUTPUT: {
        const IpcOutput *output = &event->record->output;
        remote_write(output->stream == IPC_STREAM_STDERR ? STDERR_FILENO : STDOUT_FILENO, output->data.ptr,
                     output->data.len);
        break;
    }
    case IPC_M_ON_INPUT_REQUEST:
        submission->wants_input = true;
        break;
    case IPC_M_ON_FILE_REQUEST:
        return send_file(submission, &event->record->file_request, error);
    case IPC_M_ON_OUTCOME:
        if (opt_flag(submission->options, OPT_JSON)) show_json(&event->record->outcome);
        else show_plainly(submission, &event->record->outcome);
        submission->code = outcome_exit_code(&event->record->outcome);
        submission->done = true;
        break;
    default:
        break;
    }
    return IPC_OK;
}

static IpcCode feed_input(Submission *submission, IpcError *error) {
    char bytes[INPUT_CHUNK];
    ssize_t got;
    do
        got = read(STDIN_FILENO, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    submission->wants_input = false;
    return ipc_client_input(submission->client, submission->job, bytes, got > 0 ? (size_t)got : 0, got <= 0,
                            error);
}

/* The first Ctrl-C cancels the job, the second leaves it. */
static IpcCode take_signal(Submission *submission, IpcError *error) {
    struct signalfd_siginfo info;
    if (read(submission->signal_fd, &info, sizeof info) != (ssize_t)sizeof info) return IPC_OK;
    if (++submission->interrupts > 1 || info.ssi_signo != SIGINT) {
        submission->done = true;
        submission->code = EXIT_SIGNAL_BASE + (int)info.ssi_signo;
        return IPC_OK;
    }
    return ipc_client_cancel(submission->client, submission->job, NULL, error);
}

static IpcCode take_events(Submission *submission, IpcError *error) {
    IpcClientEvent event;
    IpcCode code = IPC_OK;
    while (!submission->done && (code = ipc_client_next(submission->client, &event, 0, error)) == IPC_OK) {
        code = on_event(submission, &event, error);
        if (code) break;
    }
    return code == IPC_E_TIMEOUT ? IPC_OK : code;
}

static int follow(Submission *submission) {
    IpcError error;
    IpcCode failed = IPC_OK;
    while (!failed && !submission->done) {
        failed = take_events(submission, &error);
        if (failed || submission->done) break;
        struct pollfd waits[3] = {{.fd = ipc_client_fd(submission->client), .events = POLLIN},
                                  {.fd = submission->signal_fd, .events = POLLIN},
                                  {.fd = submission->wants_input ? STDIN_FILENO : -1, .events = POLLIN}};
        if (poll(waits, 3, -1) < 0 && errno != EINTR) break;
        if (waits[1].revents) failed = take_signal(submission, &error);
        if (!failed && waits[2].revents) failed = feed_input(submission, &error);
    }
    return failed ? remote_failure(submission->options, &error) : submission->code;
}

static int watch_signals(void) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static int submit_and_follow(Submission *submission, const IpcSubmit *submit) {
    IpcError error;
    submission->client = remote_connect(submission->options);
    if (!submission->client) return EXIT_FAILURE;
    if (ipc_client_submit(submission->client, submit, &submission->job, &error) != IPC_OK) {
        return remote_failure(submission->options, &error);
    }
    if (opt_flag(submission->options, OPT_DETACH))
        return printf("%llu\n", (unsigned long long)submission->job), EXIT_SUCCESS;
    submission->signal_fd = watch_signals();
    int code = follow(submission);
    close(submission->signal_fd);
    return code;
}

int cmd_submit(Options *options) {
    Submission submission = {.options = options, .signal_fd = -1};
    sources_init(&submission.program.sources);
    IpcSubmit submit = {0};
    signal(SIGPIPE, SIG_IGN);
    ipc_buf_init(&submission.args, NULL);
    ipc_buf_init(&submission.kwargs, NULL);
    ipc_buf_init(&submission.argv, NULL);
    ipc_buf_init(&submission.grants, NULL);
    int code = build(&submission, &submit) ? submit_and_follow(&submission, &submit) : submission.code;
    ipc_client_close(submission.client);
    ipc_buf_free(&submission.args);
    ipc_buf_free(&submission.kwargs);
    ipc_buf_free(&submission.argv);
    ipc_buf_free(&submission.grants);
    free(submission.cwd);
    program_free(&submission.program);
    return code;
}
