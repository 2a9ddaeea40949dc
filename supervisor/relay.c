#include "relay.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "process_facts.h"
#include "server.h"
#include "worker.h"

struct Relay {
    Relay *next;
    Client *client;
    uint32_t id; /* of the client's request */
    uint32_t worker;
    IpcMethod method; /* of the client's request */
    uint64_t tag, deadline_ns;
};

static const uint64_t PATIENCE = 2 * NS_PER_S;

static void refuse(Client *client, uint32_t id, IpcCode code, const char *text) {
    ipc_session_refuse(&client->link.session, id, code, "%s", text);
    link_touch(&client->link);
}

static Worker *worker_by_number(const Pool *pool, uint64_t number) {
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->number == number) return worker;
    }
    return NULL;
}

/* --- asking ----------------------------------------------------------------------------------- */

static IpcCode call_worker(Worker *worker, IpcMethod method, const IpcRecord *params, uint64_t tag) {
    IpcMethod its = method == IPC_M_HEAP ? IPC_M_WORKER_HEAP_REPORT : IPC_M_WORKER_GC;
    IpcCode code = ipc_session_call(&worker->link.session, its, params, tag, 0, NULL);
    link_touch(&worker->link);
    return code;
}

void relay_ask(Client *client, uint32_t id, IpcMethod method, const IpcRecord *params) {
    Relays *relays = &client->server->relays;
    uint64_t number = method == IPC_M_HEAP ? params->heap_query.worker : params->collect.worker;
    Worker *worker = worker_by_number(&client->server->pool, number);
    if (!worker || !worker_serves(worker)) return refuse(client, id, IPC_E_CONFLICT, "no worker of that number is up");
    Relay *relay = malloc(sizeof *relay);
    if (!relay) return refuse(client, id, IPC_E_NO_MEMORY, "out of memory");
    *relay = (Relay){relays->first, client, id, worker->number, method, ++relays->last_tag, clock_ns() + PATIENCE};
    IpcCode code = call_worker(worker, method, params, relay->tag);
    if (code) {
        free(relay);
        return refuse(client, id, code, "the worker cannot be asked");
    }
    relays->first = relay;
}

/* --- answering -------------------------------------------------------------------------------- */

static void answer(const Relay *relay, const Worker *worker, IpcEvent *event) {
    if (event->kind == IPC_EV_FAILURE) return refuse(relay->client, relay->id, event->error.code, event->error.text);
    if (relay->method == IPC_M_HEAP) {
        IpcHeapReport *report = &event->record->heap_report;
        report->worker = worker->number;
        report->pid = (uint64_t)worker->pid;
        report->rss = process_resident_bytes(worker->pid);
    } else {
        event->record->gc_event.worker = worker->number;
        event->record->gc_event.pid = (uint64_t)worker->pid;
    }
    if (ipc_session_reply(&relay->client->link.session, relay->id, relay->method, event->record) != IPC_OK)
        refuse(relay->client, relay->id, IPC_E_TOO_LARGE, "the answer is larger than the client accepts");
    link_touch(&relay->client->link);
}

void relay_answered(Server *server, const Worker *worker, IpcEvent *event) {
    for (Relay **at = &server->relays.first; *at; at = &(*at)->next) {
        Relay *relay = *at;
        if (relay->tag != event->tag) continue;
        *at = relay->next;
        answer(relay, worker, event);
        free(relay);
        return;
    }
}

/* --- giving up -------------------------------------------------------------------------------- */

/* Ends every question for which `ends` holds; with a refusal if there is a code. */
static void give_up(Server *server, bool (*ends)(const Relay *relay, const void *what), const void *what, IpcCode code,
                    const char *text) {
    for (Relay **at = &server->relays.first; *at;) {
        Relay *relay = *at;
        if (!ends(relay, what)) {
            at = &relay->next;
            continue;
        }
        *at = relay->next;
        if (code) refuse(relay->client, relay->id, code, text);
        free(relay);
    }
}

static bool is_for_worker(const Relay *relay, const void *number) {
    return relay->worker == *(const uint32_t *)number;
}

static bool is_of_client(const Relay *relay, const void *client) {
    return relay->client == client;
}

static bool is_late(const Relay *relay, const void *now) {
    return relay->deadline_ns < *(const uint64_t *)now;
}

void relay_worker_gone(Server *server, uint32_t worker) {
    give_up(server, is_for_worker, &worker, IPC_E_CONFLICT, "the worker has ended");
}

void relay_client_gone(Client *client) {
    give_up(client->server, is_of_client, client, IPC_OK, NULL);
}

void relay_expire(Server *server) {
    uint64_t now = clock_ns();
    give_up(server, is_late, &now, IPC_E_TIMEOUT, "the worker is inside of a long operation and does not answer");
}
