#include "follow.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli.h"
#include "deathbook.h"
#include "runner.h"
#include "signals.h"
#include "units.h"

enum { INPUT_CHUNK = 64 * 1024 };

static void show_value(const Follow *follow, const IpcOutcome *outcome) {
    IpcSlice repr = outcome->value_repr;
    if (!repr.ptr || (!follow->called && ipc_slice_is(repr, "None")))
        return; /* as at Python's own prompt */
    remote_write(STDOUT_FILENO, repr.ptr, repr.len);
    remote_write(STDOUT_FILENO, "\n", 1);
}

static void show_plainly(const Follow *follow, const IpcOutcome *outcome) {
    char text[512];
    if (outcome->verdict == IPC_VERDICT_OK) show_value(follow, outcome);
    remote_write(STDERR_FILENO, outcome->error.traceback.ptr, outcome->error.traceback.len);
    const char *complaint = outcome_complaint(outcome, text, sizeof text);
    if (!complaint) return;
    cli_failure(follow->options->verb, "job %llu: %s", (unsigned long long)outcome->job, complaint);
    IpcBuf stack;
    ipc_buf_init(&stack, NULL);
    death_stack_lines(&outcome->death, &stack);
    remote_write(STDERR_FILENO, stack.data, stack.len);
    ipc_buf_free(&stack);
}

static void show_json(const IpcOutcome *outcome) {
    IpcBuf line;
    ipc_buf_init(&line, NULL);
    remote_outcome_json(outcome, &line);
    remote_write(STDOUT_FILENO, line.data, line.len);
    ipc_buf_free(&line);
}

/* Output of a detached job that was too much to be kept. */
static void note_skipped(const Follow *follow, uint64_t bytes) {
    char size[32];
    cli_failure(follow->options->verb, "job %llu: the first %s of its output were not kept",
                (unsigned long long)follow->job, unit_format_size(bytes, size, sizeof size));
}

static IpcCode send_file(Follow *follow, const IpcFileRequest *request, IpcError *error) {
    IpcFile answer;
    if (!follow->sources) return IPC_OK; /* only its first client has them, and the server knows that */
    sources_answer(follow->sources, request, &answer);
    return ipc_client_file(follow->client, &answer, error);
}

static IpcCode on_event(Follow *follow, const IpcClientEvent *event, IpcError *error) {
    if (event->job != follow->job) return IPC_OK;
    switch (event->method) {
    case IPC_M_ON_OUTPUT: {
        const IpcOutput *output = &event->record->output;
        if (output->skipped) note_skipped(follow, output->skipped);
        remote_write(output->stream == IPC_STREAM_STDERR ? STDERR_FILENO : STDOUT_FILENO, output->data.ptr,
                     output->data.len);
        break;
    }
    case IPC_M_ON_INPUT_REQUEST:
        follow->wants_input = true;
        break;
    case IPC_M_ON_FILE_REQUEST:
        return send_file(follow, &event->record->file_request, error);
    case IPC_M_ON_OUTCOME:
        if (opt_flag(follow->options, OPT_JSON)) show_json(&event->record->outcome);
        else show_plainly(follow, &event->record->outcome);
        follow->code = outcome_exit_code(&event->record->outcome);
        follow->done = true;
        break;
    default:
        break;
    }
    return IPC_OK;
}

static IpcCode feed_input(Follow *follow, IpcError *error) {
    char bytes[INPUT_CHUNK];
    ssize_t got;
    do
        got = read(STDIN_FILENO, bytes, sizeof bytes);
    while (got < 0 && errno == EINTR);
    follow->wants_input = false;
    return ipc_client_input(follow->client, follow->job, bytes, got > 0 ? (size_t)got : 0, got <= 0,
                            error);
}

/* The first Ctrl-C cancels the job, the second leaves it. */
static IpcCode take_signal(Follow *follow, IpcError *error) {
    int number = signals_take(follow->signal_fd);
    if (!number) return IPC_OK;
    if (++follow->interrupts > 1 || number != SIGINT) {
        follow->done = true;
        follow->code = EXIT_SIGNAL_BASE + number;
        return IPC_OK;
    }
    return ipc_client_cancel(follow->client, follow->job, NULL, error);
}

static IpcCode take_events(Follow *follow, IpcError *error) {
    IpcClientEvent event;
    IpcCode code = IPC_OK;
    while (!follow->done && (code = ipc_client_next(follow->client, &event, 0, error)) == IPC_OK) {
        code = on_event(follow, &event, error);
        if (code) break;
    }
    return code == IPC_E_TIMEOUT ? IPC_OK : code;
}

static int follow_to_the_end(Follow *follow) {
    IpcError error;
    IpcCode failed = IPC_OK;
    while (!failed && !follow->done) {
        failed = take_events(follow, &error);
        if (failed || follow->done) break;
        struct pollfd waits[3] = {{.fd = ipc_client_fd(follow->client), .events = POLLIN},
                                  {.fd = follow->signal_fd, .events = POLLIN},
                                  {.fd = follow->wants_input ? STDIN_FILENO : -1, .events = POLLIN}};
        if (poll(waits, 3, -1) < 0 && errno != EINTR) break;
        if (waits[1].revents) failed = take_signal(follow, &error);
        if (!failed && waits[2].revents) failed = feed_input(follow, &error);
    }
    return failed ? remote_failure(follow->options, &error) : follow->code;
}

int follow_job(Follow *follow) {
    follow->signal_fd = signals_open_ending();
    int code = follow_to_the_end(follow);
    close(follow->signal_fd);
    return code;
}
