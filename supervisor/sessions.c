/* Sessions: names under which jobs share one interpreter's state. A session is bound to the worker that got
 * its first job and stays there; the later jobs wait in that worker's `pinned` list. It ends with its
 * worker. */
#include <stdlib.h>
#include <string.h>

#include "pool.h"
#include "worker.h"

struct Session {
    Session *next;  /* of the same hash */
    Worker *worker; /* NULL: not bound yet, or its worker has died */
    size_t jobs;    /* that refer to it */
    uint64_t hash;
    Tenant *tenant; /* held */
    size_t length;
    char name[];
};

static uint64_t hash_name(IpcSlice name) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < name.len; i++)
        hash = (hash ^ (unsigned char)name.ptr[i]) * 0x100000001b3u;
    return hash ? hash : 1;
}

static Session *session_new(Tenant *tenant, IpcSlice name, uint64_t hash) {
    Session *session = malloc(sizeof *session + name.len);
    if (!session) return NULL;
    *session = (Session){.hash = hash, .tenant = tenant_hold(tenant), .length = name.len};
    memcpy(session->name, name.ptr, name.len);
    return session;
}

/* The first of a name's hash, and among those the tenant's of the name. */
static Session *find_named(Pool *pool, const Tenant *tenant, IpcSlice name, uint64_t hash, Session **first) {
    const uint64_t *head = ipc_idmap_find(&pool->sessions, hash);
    *first = head ? (Session *)(uintptr_t)*head : NULL;
    Session *at = *first;
    while (at && !(at->tenant == tenant && at->length == name.len && memcmp(at->name, name.ptr, name.len) == 0))
        at = at->next;
    return at;
}

Session *session_get(Pool *pool, Tenant *tenant, IpcSlice name) {
    Session *first;
    uint64_t hash = hash_name(name), *head;
    Session *found = find_named(pool, tenant, name, hash, &first);
    if (found) return found;
    Session *session = pool->session_count < SESSIONS_MOST ? session_new(tenant, name, hash) : NULL;
    if (!session) return NULL;
    session->next = first;
    bool added;
    head = ipc_idmap_add(&pool->sessions, hash, 0, &added);
    if (!head) {
        tenant_drop(tenant);
        free(session);
        return NULL;
    }
    *head = (uint64_t)(uintptr_t)session;
    pool->session_count++;
    return session;
}

static void session_free(Pool *pool, Session *session) {
    uint64_t *head = ipc_idmap_find(&pool->sessions, session->hash);
    Session *first = (Session *)(uintptr_t)*head;
    if (first == session) {
        if (session->next) *head = (uint64_t)(uintptr_t)session->next;
        else ipc_idmap_remove(&pool->sessions, session->hash, NULL);
    } else {
        while (first->next != session)
            first = first->next;
        first->next = session->next;
    }
    pool->session_count--;
    tenant_drop(session->tenant);
    free(session);
}

void session_hold(Session *session) {
    session->jobs++;
}

void session_drop(Pool *pool, Session *session) {
    if (--session->jobs == 0 && !session->worker) session_free(pool, session);
}

Worker *session_worker(const Session *session) {
    return session->worker;
}

void session_bind(Session *session, Worker *worker) {
    if (session->worker) return;
    session->worker = worker;
    worker->sessions++;
}

bool session_end_named(Pool *pool, const Tenant *tenant, IpcSlice name, bool *found) {
    Session *first, *session = name.len ? find_named(pool, tenant, name, hash_name(name), &first) : NULL;
    *found = session != NULL;
    if (!session) return true;
    if (session->jobs) return false;
    Worker *worker = session->worker;
    if (worker) {
        worker->sessions--;
        ipc_session_notify(&worker->link.session, IPC_M_WORKER_END_SESSION, &(IpcSessionRef){.session = name});
        link_touch(&worker->link);
    }
    session_free(pool, session);
    return true;
}

static void end_pinned(Pool *pool, Worker *worker) {
    Job *job;
    while ((job = worker->pinned.first)) {
        pool_unpin(pool, job);
        pool_end_job_plainly(pool, job, IPC_VERDICT_LOST, "its session ended with the worker that held it");
    }
}

static Session *find_bound(const Pool *pool, const Worker *worker) {
    for (size_t slot = 0; pool->sessions.slots && slot <= pool->sessions.mask; slot++) {
        if (!pool->sessions.slots[slot].key) continue;
        Session *session = (Session *)(uintptr_t)pool->sessions.slots[slot].value;
        for (; session; session = session->next) {
            if (session->worker == worker) return session;
        }
    }
    return NULL;
}

void sessions_end(Pool *pool, Worker *worker) {
    Session *session;
    end_pinned(pool, worker);
    while (worker->sessions > 0 && (session = find_bound(pool, worker))) {
        session->worker = NULL;
        worker->sessions--;
        if (session->jobs == 0) session_free(pool, session);
    }
}
