/* Questions of clients that only a worker can answer: about its heap, or to collect it now.
 *
 * A question goes to the worker with a tag of its own and is kept here until the answer comes, the worker goes, the client goes or
 * the time is over. A busy worker answers between two instructions of its program; one that is inside of a long operation may not
 * answer in time, and then that is said. */
#ifndef ATOLL_RELAY_H
#define ATOLL_RELAY_H

#include <ipc/rpc.h>

#include "pool.h"

typedef struct Client Client;
typedef struct Server Server;
typedef struct Relay Relay;

typedef struct {
    Relay *first;
    uint64_t last_tag;
} Relays;

/* Puts a client's request `id` (HEAP or COLLECT) to the worker it names, or refuses it. */
void relay_ask(Client *client, uint32_t id, IpcMethod method, const IpcRecord *params);
/* The answer to a tagged call. */
void relay_answered(Server *server, const Worker *worker, IpcEvent *event);
/* Nothing more will come from this worker; nothing more is wanted by this client. */
void relay_worker_gone(Server *server, uint32_t worker);
void relay_client_gone(Client *client);
/* Refuses what has waited too long. */
void relay_expire(Server *server);

#endif
