/* atoll attach: a job that nobody has, its output so far, what follows, and its outcome. */
#include <signal.h>
#include <stdlib.h>

#include "cli.h"
#include "follow.h"

int cmd_attach(Options *options) {
    Follow follow = {.options = options};
    IpcError error;
    int wrong = cli_number_operand(options, "the ID of a job", false, &follow.job);
    if (wrong) return wrong;
    signal(SIGPIPE, SIG_IGN);
    follow.client = remote_connect(options);
    if (!follow.client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_attach(follow.client, follow.job, &error) != IPC_OK) code = remote_failure(options, &error);
    else code = follow_job(&follow);
    ipc_client_close(follow.client);
    return code;
}
