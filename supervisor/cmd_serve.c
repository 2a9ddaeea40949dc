/* atoll serve: a pool on a unix socket, until it is told to stop. */
#include "cli.h"
#include "server.h"

int cmd_serve(Options *options) {
    if (options->operand_count)
        return cli_usage_error(VERB_SERVE, "unexpected argument '%s'", options->operands[0]);
    return server_run(options);
}
