/* atoll serve: a pool on a unix socket, until it is told to stop. */
#include "cli.h"
#include "server.h"

int cmd_serve(Options *options) {
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    return server_run(options);
}
