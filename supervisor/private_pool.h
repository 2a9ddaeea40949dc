/* A pool of one command's own: a server forked off whose only client is this process, over a socketpair. From
 * there on it is like any other pool. */
#ifndef ATOLL_PRIVATE_POOL_H
#define ATOLL_PRIVATE_POOL_H

#include <ipc/client.h>
#include <sys/types.h>

#include "options.h"

/* Starts it with these options; *pid is the server's. NULL after one line on stderr. */
IpcClient *private_pool_start(Options *options, pid_t *pid);

/* Closes the connection (NULL is fine), which ends the pool, and waits for it. */
void private_pool_end(IpcClient *client, pid_t pid);

#endif
