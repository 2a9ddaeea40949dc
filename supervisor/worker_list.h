/* The workers of a pool that a verb speaks to: all that are up, or the one of --worker. */
#ifndef ATOLL_WORKER_LIST_H
#define ATOLL_WORKER_LIST_H

#include <ipc/client.h>

#include "options.h"

enum { WORKER_LIST_MOST = 1024 };

typedef struct {
    uint64_t numbers[WORKER_LIST_MOST];
    size_t count;
} WorkerList;

/* In order of number, maybe none. 0, or the exit code after one line on stderr. */
int worker_list_look(WorkerList *list, IpcClient *client, const Options *options);
/* The same; none is a failure, too. */
int worker_list_read(WorkerList *list, IpcClient *client, const Options *options);

#endif
