#include "worker_list.h"

#include <stdlib.h>

#include "cli.h"
#include "remote.h"

static bool is_up(IpcWorkerState state) {
    return state == IPC_WORKER_READY || state == IPC_WORKER_BUSY;
}

int worker_list_look(WorkerList *list, IpcClient *client, const Options *options) {
    uint64_t wanted = opt_number(options, OPT_WORKER);
    IpcStatus status;
    IpcError error;
    list->count = 0;
    if (ipc_client_status(client, &status, &error) != IPC_OK) return remote_failure(options, &error);
    IpcReader reader = ipc_list_reader(status.workers);
    IpcWorkerStatus worker;
    while (!ipc_reader_done(&reader) && list->count < WORKER_LIST_MOST &&
           ipc_record_read(&reader, IPC_REC_WorkerStatus, &worker, NULL) == IPC_OK) {
        if (is_up(worker.state) && (!wanted || worker.worker == wanted)) list->numbers[list->count++] = worker.worker;
    }
    return EXIT_SUCCESS;
}

int worker_list_read(WorkerList *list, IpcClient *client, const Options *options) {
    uint64_t wanted = opt_number(options, OPT_WORKER);
    int code = worker_list_look(list, client, options);
    if (code || list->count) return code;
    if (wanted) return cli_failure(options->verb, "worker %llu is not up", (unsigned long long)wanted);
    return cli_failure(options->verb, "no worker is up");
}
