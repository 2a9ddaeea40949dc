/* atoll submit: one job on a running pool, with this terminal's stdin, stdout and stderr. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "follow.h"
#include "json.h"

typedef struct {
    const Options *options;
    bool feeds_stdin, called;
    Program program;
    IpcBuf args, kwargs, argv, grants, causes;
    char *cwd; /* NULL: the program's sources have it */
    int code;
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
        !remote_retry_causes(submit, &submission->causes, options) || !load_program(submission, submit))
        return false;
    submission->cwd = sources_tell_cwd(&submit->sources);
    submit->want_output = true;
    submit->events = IPC_EVENTS_OUTCOME;
    submit->stdin_mode = detach || !submission->feeds_stdin ? IPC_STDIN_NONE : IPC_STDIN_STREAM;
    submit->on_disconnect = detach ? IPC_DISCONNECT_DETACH : IPC_DISCONNECT_CANCEL;
    submit->when_full = opt_flag(options, OPT_WAIT) ? IPC_WHEN_FULL_WAIT : IPC_WHEN_FULL_REJECT;
    submit->value_as = opt_flag(options, OPT_JSON) ? IPC_VALUE_JSON : IPC_VALUE_REPR;
    return true;
}

static int submit_and_follow(Submission *submission, const IpcSubmit *submit) {
    IpcError error;
    Follow follow = {.options = submission->options,
                     .called = submission->called,
                     .sources = &submission->program.sources};
    follow.client = remote_connect(submission->options);
    if (!follow.client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_submit(follow.client, submit, &follow.job, &error) != IPC_OK)
        code = remote_failure(submission->options, &error);
    else if (opt_flag(submission->options, OPT_DETACH)) printf("%llu\n", (unsigned long long)follow.job);
    else code = follow_job(&follow);
    ipc_client_close(follow.client);
    return code;
}

int cmd_submit(Options *options) {
    Submission submission = {.options = options};
    sources_init(&submission.program.sources);
    IpcSubmit submit = {0};
    signal(SIGPIPE, SIG_IGN);
    ipc_buf_init(&submission.args, NULL);
    ipc_buf_init(&submission.kwargs, NULL);
    ipc_buf_init(&submission.argv, NULL);
    ipc_buf_init(&submission.grants, NULL);
    ipc_buf_init(&submission.causes, NULL);
    int code = build(&submission, &submit) ? submit_and_follow(&submission, &submit) : submission.code;
    ipc_buf_free(&submission.args);
    ipc_buf_free(&submission.kwargs);
    ipc_buf_free(&submission.argv);
    ipc_buf_free(&submission.grants);
    ipc_buf_free(&submission.causes);
    free(submission.cwd);
    program_free(&submission.program);
    return code;
}
