/* atoll attach: a job that nobody has, its output so far, what follows, and its outcome. */
#include <signal.h>
#include <stdlib.h>

#include "cli.h"
#include "follow.h"
#include "units.h"

int cmd_attach(Options *options) {
    Follow follow = {.options = options};
    IpcError error;
    if (options->operand_count != 1 || !unit_parse_count(options->operands[0], &follow.job) || !follow.job)
        return cli_usage_error(VERB_ATTACH, "the ID of a job is needed");
    signal(SIGPIPE, SIG_IGN);
    follow.client = remote_connect(options);
    if (!follow.client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_attach(follow.client, follow.job, &error) != IPC_OK) code = remote_failure(options, &error);
    else code = follow_job(&follow);
    ipc_client_close(follow.client);
    return code;
}
