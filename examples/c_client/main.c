/* Submits one job to an Atoll server, copies its output here, and says how it ended.
 *
 *     client SOCKET ['python source']
 */
#include <ipc/client.h>

#include <stdio.h>

static int die(const IpcError *error) {
    fprintf(stderr, "client: %s (%s)\n", error->text, ipc_code_name(error->code));
    return 1;
}

static int show_outcome(const IpcOutcome *outcome) {
    if (outcome->error.type.ptr)
        fwrite(outcome->error.traceback.ptr, 1, outcome->error.traceback.len, stderr);
    if (outcome->value_repr.ptr)
        printf("value: %.*s\n", (int)outcome->value_repr.len, outcome->value_repr.ptr);
    printf("verdict: %s (%s), after %.3f ms in worker %llu\n", ipc_verdict_name(outcome->verdict),
           ipc_verdict_text(outcome->verdict), (double)outcome->usage.wall_us / 1000,
           (unsigned long long)outcome->worker);
    return outcome->verdict == IPC_VERDICT_OK ? 0 : 1;
}

int main(int argc, char **argv) {
    IpcError error;
    if (argc < 2) {
        fprintf(stderr, "usage: %s SOCKET [SOURCE]\n", argv[0]);
        return 2;
    }
    IpcClient *client = ipc_client_connect(argv[1], NULL, &error);
    if (!client) return die(&error);

    IpcSubmit submit = {
        .source = ipc_str(argc > 2 ? argv[2] : "print('hello from a worker')\nsum(range(101))\n"),
        .limits = {.wall_ms = 5000},
        .value_as = IPC_VALUE_REPR,
        .want_output = true,
    };
    uint64_t job;
    int status = ipc_client_submit(client, &submit, &job, &error) ? die(&error) : -1;
    while (status < 0) {
        IpcClientEvent event;
        if (ipc_client_next(client, &event, -1, &error)) {
            status = die(&error);
        } else if (event.method == IPC_M_ON_OUTPUT) {
            const IpcOutput *output = &event.record->output;
            fwrite(output->data.ptr, 1, output->data.len,
                   output->stream == IPC_STREAM_STDERR ? stderr : stdout);
        } else if (event.method == IPC_M_ON_OUTCOME) {
            status = show_outcome(&event.record->outcome);
        }
    }
    ipc_client_close(client);
    return status;
}
