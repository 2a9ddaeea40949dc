/* Signals as something to wait for beside a connection: they are blocked and read from a descriptor, so that no
 * handler runs and nothing global remembers them. For the verbs that wait until Ctrl-C. */
#ifndef ATOLL_SIGNALS_H
#define ATOLL_SIGNALS_H

#include <ipc/client.h>

/* The descriptor, for poll(2); -1 with errno. They stay blocked until the process ends. */
int signals_open(const int *numbers, size_t count);
/* SIGINT and SIGTERM, which end what waits. */
int signals_open_ending(void);
/* The number of the next one; 0: none has come. */
int signals_take(int signals);

/* ipc_client_next, but a signal ends the wait: then IPC_E_TIMEOUT, and *signal is its number (0 else). */
IpcCode signals_or_next(int signals, IpcClient *client, IpcClientEvent *event, int timeout_ms, int *signal,
                        IpcError *error);

#endif
