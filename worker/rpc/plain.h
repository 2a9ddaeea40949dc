/* plain: running a program on the process's own standard streams, without a supervisor: for debugging the interpreter and for the
 * build's own use. */
#ifndef ATOLL_RPC_PLAIN_H
#define ATOLL_RPC_PLAIN_H

/* `FILE [ARGS...]` or `-c CODE [ARGS...]`; the program's exit code. */
int plain_run(int argc, char **argv);

#endif
