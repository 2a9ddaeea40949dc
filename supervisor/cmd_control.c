/* The short verbs that speak to a running pool: cancel, stop, drain, scale, reload. */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "remote.h"

/* One call; for `drain` the answer may take as long as the jobs do. */
static int call(const Options *options, IpcMethod method, const void *params, IpcClient **client) {
    IpcError error;
    *client = remote_connect(options);
    if (!*client) return EXIT_FAILURE;
    if (ipc_client_call(*client, method, params, NULL, &error) == IPC_OK) return EXIT_SUCCESS;
    return remote_failure(options, &error);
}

int cmd_cancel(Options *options) {
    uint64_t job;
    bool found = false;
    IpcError error;
    int wrong = cli_number_operand(options, "the ID of a job", false, &job);
    if (wrong) return wrong;
    IpcClient *client = remote_connect(options);
    if (!client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_cancel(client, job, &found, &error) != IPC_OK) code = remote_failure(options, &error);
    else if (!found)
        code = cli_failure(VERB_CANCEL, "job %llu is neither queued nor running", (unsigned long long)job);
    ipc_client_close(client);
    return code;
}

/* The server closes every connection when it is gone: that is what is waited for. */
static void wait_for_end(IpcClient *client) {
    IpcClientEvent event;
    IpcError error;
    while (ipc_client_next(client, &event, -1, &error) == IPC_OK)
        continue;
}

int cmd_stop(Options *options) {
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    IpcStop stop = {.now = opt_flag(options, OPT_NOW)};
    IpcClient *client;
    int code = call(options, IPC_M_STOP, &stop, &client);
    if (code == EXIT_SUCCESS) wait_for_end(client);
    ipc_client_close(client);
    return code;
}

int cmd_drain(Options *options) {
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    char path[4096];
    IpcError error;
    IpcClientOptions patient = {.name = "atoll", .version = ATOLL_VERSION, .call_timeout_ms = -1};
    IpcClient *client = ipc_client_connect(cli_socket_path(options, path, sizeof path), &patient, &error);
    if (!client) return remote_no_connection(VERB_DRAIN, path, &error);
    int code = EXIT_SUCCESS;
    if (ipc_client_call(client, IPC_M_DRAIN, NULL, NULL, &error) != IPC_OK)
        code = remote_failure(options, &error);
    ipc_client_close(client);
    return code;
}

int cmd_scale(Options *options) {
    IpcScale scale;
    int wrong = cli_number_operand(options, "a number of workers", true, &scale.workers);
    if (wrong) return wrong;
    IpcClient *client;
    int code = call(options, IPC_M_SCALE, &scale, &client);
    ipc_client_close(client);
    return code;
}

static void print_names(const char *what, IpcList names) {
    IpcReader reader = ipc_list_reader(names);
    IpcSlice name;
    for (uint32_t i = 0; i < names.count && ipc_read_str(&reader, &name) == IPC_OK; i++)
        printf("%s%.*s%s", i ? ", " : what, (int)name.len, name.ptr, i + 1 == names.count ? "\n" : "");
}

int cmd_reload(Options *options) {
    IpcError error;
    IpcRecord *answer = NULL;
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    IpcClient *client = remote_connect(options);
    if (!client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_call(client, IPC_M_RELOAD, NULL, &answer, &error) != IPC_OK) {
        code = remote_failure(options, &error);
    } else {
        print_names("changed: ", answer->reloaded.changed);
        print_names("kept, for they cannot change while the server runs: ", answer->reloaded.kept);
        if (!answer->reloaded.changed.count && !answer->reloaded.kept.count) puts("nothing changed");
    }
    ipc_client_close(client);
    return code;
}
