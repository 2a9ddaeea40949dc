/* Clients: what they ask for and what they are told.
 *
 * A client can hurt only itself. Its frames are bounded by the session, its waiting jobs by the queue; when
 * it reads too slowly its jobs are held back (and the workers that run them are not read), and when it does
 * not read at all it is dropped. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "listen.h"
#include "server.h"
#include "worker.h"

#define HELLO_TIME (10 * NS_PER_S)
enum { BAD_MESSAGES_MOST = 100000, WORKERS_MOST = 1024 };

/* --- telling a client ------------------------------------------------------------------------- */

static Client *client_of(Owner *owner) {
    return (Client *)((char *)owner - offsetof(Client, owner));
}

/* To be called after anything was written to the client. */
static void wrote(Client *client) {
    Link *link = &client->link;
    link_touch(link);
    if (!link->was_high || client->leaving) return;
    if (!client->high_since_ns) {
        client->high_since_ns = clock_ns();
        client->high_backlog = link_backlog(link);
    }
    pool_hold(&client->server->pool, &client->owner);
    if (link_backlog(link) > 2 * link->high_water) link_pause(link);
}

static void notify(Client *client, IpcMethod method, const void *params) {
    ipc_session_notify(&client->link.session, method, params);
    wrote(client);
}

void client_refuse(Client *client, uint32_t id, const IpcError *error) {
    ipc_session_refuse(&client->link.session, id, error->code, "%s", error->text);
    wrote(client);
}

static void reply(Client *client, uint32_t id, IpcMethod method, const void *result) {
    ipc_session_reply(&client->link.session, id, method, result);
    wrote(client);
}

/* --- events of its jobs ----------------------------------------------------------------------- */

static void job_started(Owner *owner, Job *job, const IpcStarted *started) {
    (void)job;
    notify(client_of(owner), IPC_M_ON_STARTED, started);
}

/* The worker's message has the form that the client gets; it has been checked, and is passed on as it is. */
static void pass_on(Client *client, IpcSlice frame) {
    ipc_session_append(&client->link.session, frame);
    wrote(client);
}

static void job_output(Owner *owner, Job *job, const IpcOutput *output, IpcSlice frame) {
    (void)job, (void)output;
    pass_on(client_of(owner), frame);
}

static void job_progress(Owner *owner, Job *job, const IpcProgress *progress, IpcSlice frame) {
    (void)job, (void)progress;
    pass_on(client_of(owner), frame);
}

static void job_input_request(Owner *owner, Job *job, const IpcInputRequest *request, IpcSlice frame) {
    (void)job, (void)request;
    pass_on(client_of(owner), frame);
}

static void job_outcome(Owner *owner, Job *job, const IpcOutcome *outcome) {
    (void)job;
    Client *client = client_of(owner);
    IpcCode failed = ipc_session_notify(&client->link.session, IPC_M_ON_OUTCOME, outcome);
    if (failed == IPC_E_TOO_LARGE) {
        /* More than the client said it accepts. The job has ended all the same, and that much must be
         * said. */
        IpcOutcome less = *outcome;
        less.verdict = IPC_VERDICT_OUTPUT;
        less.value = less.value_repr = (IpcSlice){0};
        less.detail = ipc_str("the outcome is larger than the client accepts");
        ipc_session_notify(&client->link.session, IPC_M_ON_OUTCOME, &less);
    }
    wrote(client);
}

static void job_file_request(Owner *owner, Job *job, const IpcFileRequest *request, IpcSlice frame) {
    (void)job, (void)request;
    pass_on(client_of(owner), frame);
}

static const OwnerEvents client_events = {job_started,       job_output,       job_progress,
                                          job_input_request, job_file_request, job_outcome};

/* Jobs that nobody has: their output and outcomes are kept (server.c), for who asks later. */
static void detached_outcome(Owner *owner, Job *job, const IpcOutcome *outcome) {
    (void)owner, (void)job, (void)outcome;
}

static void detached_output(Owner *owner, Job *job, const IpcOutput *output, IpcSlice frame) {
    (void)owner, (void)job, (void)output, (void)frame;
}

static void detached_input_request(Owner *owner, Job *job, const IpcInputRequest *request, IpcSlice frame) {
    (void)request, (void)frame;
    Server *server = (Server *)((char *)owner - offsetof(Server, detached));
    pool_input(&server->pool, job, &(IpcInput){.job = job->id, .eof = true});
}

static void detached_file_request(Owner *owner, Job *job, const IpcFileRequest *request, IpcSlice frame) {
    (void)request, (void)frame;
    Server *server = (Server *)((char *)owner - offsetof(Server, detached));
    pool_refuse_file(&server->pool, job);
}

const OwnerEvents detached_events = {
    .output = detached_output,
    .input_request = detached_input_request,
    .file_request = detached_file_request,
    .outcome = detached_outcome,
};

/* --- requests --------------------------------------------------------------------------------- */

void client_tell_accepted(Client *client, uint32_t id, uint64_t job_id, size_t before) {
    const Job *job = pool_find_job(&client->server->pool, job_id); /* NULL: it has ended already */
    reply(client, id, IPC_M_SUBMIT, &(IpcSubmitted){.job = job_id});
    if (job && job->want_events && job->owner == &client->owner)
        notify(client, IPC_M_ON_ACCEPTED, &(IpcAccepted){.job = job_id, .position = before});
}

/* Gives a job that nobody has to a client, with what it has written so far. */
static void hand_to(Client *client, Job *job) {
    Pool *pool = &client->server->pool;
    ipc_buf_clear(&pool->scratch);
    tail_write(&job->tail, job->id, &pool->scratch);
    if (!ipc_buf_failed(&pool->scratch)) pass_on(client, ipc_buf_slice(&pool->scratch));
    job->want_output = true;
    pool_move_job(pool, job, &client->owner);
}

/* Whether the client may act for others: it is the server's own user, or root. */
static bool may_name_tenant(const Client *client, IpcSlice tenant) {
    return !tenant.len || client->uid == geteuid() || client->uid == 0;
}

static void refuse_tenant(Client *client, uint32_t id) {
    client_refuse(client, id, &(IpcError){.code = IPC_E_NOT_PERMITTED, .text = "submit.tenant: this client acts for nobody but its own user"});
}

/* A key is its tenant's own: what is kept begins with whose it is. */
bool tenant_scope_key(uid_t uid, IpcSubmit *submit, IpcBuf *key) {
    if (!submit->idempotency_key.len) return true;
    char head[64];
    int length = snprintf(head, sizeof head, "%u:%zu:", (unsigned)uid, submit->tenant.len);
    ipc_buf_append(key, head, (size_t)length);
    ipc_buf_append(key, submit->tenant.ptr, submit->tenant.len);
    ipc_buf_append(key, submit->idempotency_key.ptr, submit->idempotency_key.len);
    submit->idempotency_key = ipc_buf_slice(key);
    return !ipc_buf_failed(key);
}

/* Passes on what is kept of a job that has ended. */
static void pass_kept(Client *client, uint64_t job, IpcSlice message) {
    if (ipc_session_append(&client->link.session, message) != IPC_OK)
        log_event(&client->server->log, LOG_WARN, "outcome-not-told", LOG_UINT("job", job));
    wrote(client);
}

/* The key of an earlier job that has ended, in memory or in the journal. */
static bool answer_by_outcome(Client *client, uint32_t id, IpcSlice key, bool wanted) {
    Server *server = client->server;
    const Kept *kept = keep_find_key(&server->keep, key);
    IpcBuf message;
    uint64_t job = kept ? kept->job : 0;
    ipc_buf_init(&message, NULL);
    bool found = kept && kept->message;
    if (found) ipc_buf_append(&message, kept->message, kept->length);
    else if (server->journal && !kept) found = journal_find_key(server->journal, key, &job, &message);
    if (found) {
        reply(client, id, IPC_M_SUBMIT, &(IpcSubmitted){.job = job, .existing = true});
        if (wanted) pass_kept(client, job, ipc_buf_slice(&message));
    }
    ipc_buf_free(&message);
    return found;
}

/* The key of an earlier job: the same job, whether it runs still or has ended. */
static bool answer_by_key(Client *client, uint32_t id, const IpcSubmit *submit) {
    Server *server = client->server;
    IpcSlice key = submit->idempotency_key;
    bool wanted = submit->on_disconnect != IPC_DISCONNECT_DETACH;
    if (!key.len) return false;
    const Kept *kept = keep_find_key(&server->keep, key);
    /* Of a job of this turn nobody knows yet whether it will be there. */
    if (kept && durable_is_unanswered(server, kept->job)) durable_turn(server);
    if (answer_by_outcome(client, id, key, wanted)) return true;
    kept = keep_find_key(&server->keep, key);
    Job *job = kept ? pool_find_job(&server->pool, kept->job) : NULL;
    if (!job) return false;
    reply(client, id, IPC_M_SUBMIT, &(IpcSubmitted){.job = job->id, .existing = true});
    if (job->owner == &server->detached && wanted) hand_to(client, job);
    return true;
}

/* Whether the owner's jobs are few and small enough for one more of about so many bytes. One may always be. */
static bool has_share(const Server *server, const Owner *owner, size_t bytes) {
    bool few = !server->client_jobs || owner->job_count < server->client_jobs;
    bool small = !server->client_bytes || owner->job_bytes + bytes <= server->client_bytes;
    return owner->job_count == 0 || (few && small);
}

static IpcCode no_share(Server *server, const Owner *owner, IpcError *error) {
    server->pool.was_full = true; /* so that we are told when some of them have ended */
    return ipc_fail(error, IPC_E_TOO_MANY,
                    "this client has %zu jobs of %zu bytes that have not ended: no more for now",
                    owner->job_count, owner->job_bytes);
}

static Owner *owner_for(Client *client, const IpcSubmit *submit) {
    return submit->on_disconnect == IPC_DISCONNECT_DETACH ? &client->server->detached : &client->owner;
}

/* Sets a submit aside until there is room, and reads nothing more from its client till then. */
static bool stall(Client *client, uint32_t id, IpcSlice params) {
    char *copy = client->stalled ? NULL : malloc(params.len ? params.len : 1);
    if (!copy) return false;
    memcpy(copy, params.ptr, params.len);
    client->stalled = copy;
    client->stalled_length = params.len;
    client->stalled_id = id;
    link_pause(&client->link);
    return true;
}

static void submit_scoped(Client *client, uint32_t id, const IpcSubmit *submit, IpcSlice params) {
    Server *server = client->server;
    Pool *pool = &server->pool;
    IpcError error = {0};
    Job *job;
    if (answer_by_key(client, id, submit)) return;
    if (server->journal && !durable_has_room(server))
        return client_refuse(client, id, &(IpcError){.code = IPC_E_NO_MEMORY, .text = "out of memory"});
    size_t before = pool->queue.jobs;
    Owner *owner = owner_for(client, submit);
    bool shared = has_share(server, owner, params.len);
    IpcCode failed = shared ? pool_submit(pool, owner, client->uid, submit, &job, &error)
                            : no_share(server, owner, &error);
    bool full = failed == IPC_E_QUEUE_FULL || !shared;
    if (full && submit->when_full == IPC_WHEN_FULL_WAIT && stall(client, id, params)) return;
    if (failed) return client_refuse(client, id, &error);
    if (job->keyed) keep_key(&server->keep, submit->idempotency_key, job->id);
    if (server->journal) durable_accept(client, id, job, params, before);
    else client_tell_accepted(client, id, job->id, before);
}

static void on_submit(Client *client, uint32_t id, const IpcSubmit *asked, IpcSlice params) {
    IpcSubmit submit = *asked;
    IpcBuf key;
    ipc_buf_init(&key, NULL);
    if (!may_name_tenant(client, submit.tenant)) refuse_tenant(client, id);
    else if (!tenant_scope_key(client->uid, &submit, &key)) client_refuse(client, id, &(IpcError){.code = IPC_E_NO_MEMORY});
    else submit_scoped(client, id, &submit, params);
    ipc_buf_free(&key);
}

static void on_input(Client *client, const IpcInput *input) {
    Pool *pool = &client->server->pool;
    Job *job = pool_find_job(pool, input->job);
    if (!job || job->owner != &client->owner) return; /* it has ended meanwhile */
    if (pool_input(pool, job, input) == IPC_E_TOO_MANY)
        client_drop(client, "sent too much input for a job that waits");
    else if (job->worker && link_backlog(&job->worker->link) > job->worker->link.high_water)
        link_pause(&client->link);
}

static void on_file(Client *client, const IpcFile *file) {
    Pool *pool = &client->server->pool;
    Job *job = pool_find_job(pool, file->job);
    if (!job || job->owner != &client->owner) return; /* it has ended meanwhile */
    if (pool_file(pool, job, file) == IPC_E_TOO_LARGE) client_drop(client, "sent a file that is too large");
    else if (job->worker && link_backlog(&job->worker->link) > job->worker->link.high_water)
        link_pause(&client->link);
}

static void on_interrupt(Client *client, uint32_t id, uint64_t job_id) {
    Pool *pool = &client->server->pool;
    Job *job = pool_find_job(pool, job_id);
    reply(client, id, IPC_M_INTERRUPT, &(IpcCancelResult){.found = job != NULL});
    if (job) pool_interrupt(pool, job);
}

static void on_cancel(Client *client, uint32_t id, uint64_t job_id) {
    Pool *pool = &client->server->pool;
    Job *job = pool_find_job(pool, job_id);
    reply(client, id, IPC_M_CANCEL, &(IpcCancelResult){.found = job != NULL});
    if (job) pool_cancel(pool, job);
}

static void on_end_session(Client *client, uint32_t id, const IpcSessionRef *ref) {
    IpcSessionEnded ended = {0};
    if (!may_name_tenant(client, ref->tenant)) return refuse_tenant(client, id);
    Pool *pool = &client->server->pool;
    Tenant *tenant = tenant_get(&pool->tenants, client->uid, ref->tenant);
    bool free = tenant && session_end_named(pool, tenant, ref->session, &ended.found);
    tenant_drop(tenant);
    if (free) return reply(client, id, IPC_M_END_SESSION, &ended);
    client_refuse(client, id, &(IpcError){.code = IPC_E_CONFLICT, .text = "the session has jobs"});
}

/* A job that has ended, with what is kept of it. */
static void attach_to_outcome(Client *client, uint32_t id, uint64_t job) {
    Server *server = client->server;
    const Kept *kept = keep_find_job(&server->keep, job);
    IpcBuf message;
    ipc_buf_init(&message, NULL);
    bool found = kept && kept->message;
    if (found) ipc_buf_append(&message, kept->message, kept->length);
    else if (server->journal) found = journal_find(server->journal, job, &message);
    if (found) {
        reply(client, id, IPC_M_ATTACH, &(IpcSubmitted){.job = job, .existing = true});
        pass_kept(client, job, ipc_buf_slice(&message));
    } else {
        client_refuse(
            client, id,
            &(IpcError){.code = IPC_E_UNKNOWN_JOB, .text = "no such job, or its outcome is not kept"});
    }
    ipc_buf_free(&message);
}

static void on_attach(Client *client, uint32_t id, uint64_t job_id) {
    Server *server = client->server;
    Job *job = pool_find_job(&server->pool, job_id);
    if (!job) return attach_to_outcome(client, id, job_id);
    if (job->owner != &server->detached) {
        return client_refuse(client, id,
                      &(IpcError){.code = IPC_E_CONFLICT, .text = "the job has a client already"});
    }
    reply(client, id, IPC_M_ATTACH, &(IpcSubmitted){.job = job_id, .existing = true});
    hand_to(client, job);
}

static void on_logs(Client *client, uint32_t id) {
    IpcLogs answer = {0};
    IpcBuf lines, deaths;
    ipc_buf_init(&lines, NULL);
    ipc_buf_init(&deaths, NULL);
    logbook_list(&client->server->logbook, &lines, &answer.lines);
    deathbook_list(&client->server->pool.deathbook, DEATHS_KEPT, false, &deaths, &answer.deaths);
    reply(client, id, IPC_M_LOGS, &answer);
    ipc_buf_free(&lines);
    ipc_buf_free(&deaths);
}

static void on_poisoned(Client *client, uint32_t id) {
    IpcPoisonedJobs answer = {0};
    IpcBuf jobs;
    ipc_buf_init(&jobs, NULL);
    poison_list(&client->server->poison, &jobs, &answer.jobs);
    reply(client, id, IPC_M_POISONED, &answer);
    ipc_buf_free(&jobs);
}

static void on_status(Client *client, uint32_t id) {
    Server *server = client->server;
    if (client->status_waits == STATUS_WAITS) {
        status_reply(client, id);
        return wrote(client);
    }
    client->status_ids[client->status_waits++] = id;
    server_expect_status(server);
    pool_ask_heap(&server->pool);
}

static void count_watchers(Server *server) {
    bool gc = false, gil = false, heap = false;
    for (const Client *client = server->clients; client; client = client->next) {
        gc |= client->wants.gc;
        gil |= client->wants.gil;
        heap |= client->wants.heap;
    }
    pool_watch(&server->pool, gc, gil, heap ? 100 : 0);
}

static void on_subscribe(Client *client, uint32_t id, const IpcSubscribe *wants) {
    client->wants = *wants;
    count_watchers(client->server);
    reply(client, id, IPC_M_SUBSCRIBE, NULL);
}

static void on_drain(Client *client, uint32_t id) {
    Pool *pool = &client->server->pool;
    if (client->drain_waits)
        return client_refuse(client, id, &(IpcError){.code = IPC_E_CONFLICT, .text = "already waiting for a drain"});
    client->drain_id = id;
    client->drain_waits = true;
    pool_drain(pool);
}

static void on_scale(Client *client, uint32_t id, uint64_t workers) {
    if (workers > WORKERS_MOST) {
        return client_refuse(client, id,
                      &(IpcError){.code = IPC_E_BAD_VALUE, .text = "scale.workers: at most 1024"});
    }
    pool_set_size(&client->server->pool, (uint32_t)workers);
    reply(client, id, IPC_M_SCALE, NULL);
}

static IpcList name_list(IpcBuf *buf, const char *const *names, size_t count) {
    IpcList list = {0};
    for (size_t i = 0; i < count; i++)
        ipc_list_add_str(buf, &list, names[i], strlen(names[i]));
    ipc_list_finish(buf, &list);
    return list;
}

static void on_reload(Client *client, uint32_t id) {
    IpcError error = {.code = IPC_E_BAD_VALUE};
    ReloadReport report;
    if (!server_reload(client->server, &report, error.text, sizeof error.text)) return client_refuse(client, id, &error);
    IpcBuf changed, kept;
    ipc_buf_init(&changed, NULL);
    ipc_buf_init(&kept, NULL);
    IpcReloaded reloaded = {.changed = name_list(&changed, report.changed, report.changed_count),
                            .kept = name_list(&kept, report.kept, report.kept_count)};
    reply(client, id, IPC_M_RELOAD, &reloaded);
    ipc_buf_free(&changed);
    ipc_buf_free(&kept);
}

/* What it says must be settled before it leaves. */
static void flush_now(Client *client) {
    durable_turn(client->server);
    link_flush(&client->link);
}

static void on_request(Client *client, IpcEvent *event) {
    IpcRecord *record = event->record;
    uint32_t id = event->id;
    switch (event->method) {
    case IPC_M_SUBMIT:
        on_submit(client, id, &record->submit, event->params);
        break;
    case IPC_M_CANCEL:
        on_cancel(client, id, record->job_ref.job);
        break;
    case IPC_M_INTERRUPT:
        on_interrupt(client, id, record->job_ref.job);
        break;
    case IPC_M_END_SESSION:
        on_end_session(client, id, &record->session_ref);
        break;
    case IPC_M_ATTACH:
        on_attach(client, id, record->job_ref.job);
        break;
    case IPC_M_POISONED:
        on_poisoned(client, id);
        break;
    case IPC_M_STATUS:
        on_status(client, id);
        break;
    case IPC_M_HEAP:
    case IPC_M_COLLECT:
        relay_ask(client, id, event->method, record);
        break;
    case IPC_M_LOGS:
        on_logs(client, id);
        break;
    case IPC_M_SUBSCRIBE:
        on_subscribe(client, id, &record->subscribe);
        break;
    case IPC_M_DRAIN:
        on_drain(client, id);
        break;
    case IPC_M_STOP:
        reply(client, id, IPC_M_STOP, NULL);
        flush_now(client);
        server_stop(client->server, record->stop.now);
        break;
    case IPC_M_SCALE:
        on_scale(client, id, record->scale.workers);
        break;
    case IPC_M_RELOAD:
        on_reload(client, id);
        break;
    case IPC_M_PING:
        reply(client, id, IPC_M_PING, NULL);
        break;
    default:
        client_refuse(client, id, &(IpcError){.code = IPC_E_UNSUPPORTED, .text = "not supported by this server"});
    }
}

/* --- the connection --------------------------------------------------------------------------- */

static void on_message(Link *link, IpcEvent *event) {
    Client *client = link->owner;
    switch (event->kind) {
    case IPC_EV_HELLO:
        wrote(client);
        break;
    case IPC_EV_REQUEST:
        on_request(client, event);
        break;
    case IPC_EV_NOTIFICATION:
        if (event->method == IPC_M_INPUT) on_input(client, &event->record->input);
        else if (event->method == IPC_M_FILE) on_file(client, &event->record->file);
        break;
    case IPC_EV_RESPONSE:
    case IPC_EV_FAILURE:
        break;
    case IPC_EV_BAD:
        wrote(client);
        if (++client->bad_messages > BAD_MESSAGES_MOST) client_drop(client, "sent too many wrong messages");
        break;
    case IPC_EV_FATAL:
        flush_now(client); /* the error, as far as it goes */
        client_drop(client, event->error.text);
        break;
    }
}

static void on_ended(Link *link, const IpcError *error) {
    client_drop(link->owner, error ? error->text : NULL);
}

static void on_drained(Link *link) {
    Client *client = link->owner;
    client->high_since_ns = 0;
    pool_release(&client->server->pool, &client->owner);
    if (!client->stalled) link_resume(link);
}

static void on_gone(Link *link) {
    free(link->owner);
}

static const LinkEvents link_events = {
    .message = on_message, .ended = on_ended, .drained = on_drained, .gone = on_gone};

static bool has_too_many(const Server *server, pid_t pid) {
    uint32_t count = 0;
    for (const Client *client = server->clients; client; client = client->next)
        count += client->pid == pid;
    return server->most_connections && count >= server->most_connections;
}

/* Why a connection is turned away, or NULL. */
static const char *objection(const Server *server, bool allowed, pid_t pid) {
    if (!allowed) return "another user";
    if (server->client_count >= server->most_clients) return "too many clients";
    if (has_too_many(server, pid)) return "too many connections of one process";
    return NULL;
}

void client_accept(Server *server, int connection) {
    uid_t uid = (uid_t)-1;
    pid_t pid = 0;
    Client *client = NULL;
    bool allowed = listen_may_use(connection, &uid, &pid);
    const char *cause = objection(server, allowed, pid);
    if (!cause && !(client = calloc(1, sizeof *client))) cause = "out of memory";
    if (cause) {
        server->measures.clients_refused++;
        log_event(&server->log, LOG_WARN, "client-refused", LOG_UINT("uid", uid), LOG_INT("pid", pid),
                  LOG_TEXT("cause", cause));
        close(connection);
        return;
    }
    client->server = server;
    client->uid = uid;
    client->pid = pid;
    client->since_ns = clock_ns();
    owner_init(&client->owner, &client_events);
    IpcSessionConfig config = {.role = IPC_ROLE_SERVER,
                               .name = "atoll",
                               .version = ATOLL_VERSION,
                               .pid = (uint64_t)server->pool.spawner.plan.parent};
    log_event(&server->log, LOG_DEBUG, "client-came", LOG_UINT("uid", uid), LOG_INT("pid", pid));
    if (link_open(&client->link, &server->hub, connection, connection, &config, &link_events, client)) return;
    client->link.high_water = server->client_buffer;
    client->next = server->clients;
    if (server->clients) server->clients->previous = client;
    server->clients = client;
    server->client_count++;
}

void client_drop(Client *client, const char *why) {
    Server *server = client->server;
    if (client->leaving) return;
    client->leaving = true;
    log_event(&server->log, why ? LOG_WARN : LOG_DEBUG, "client-left", LOG_INT("pid", client->pid),
              LOG_TEXT("cause", why ? why : "closed"), LOG_UINT("jobs", client->owner.job_count));
    if (client->previous) client->previous->next = client->next;
    else server->clients = client->next;
    if (client->next) client->next->previous = client->previous;
    server->client_count--;
    relay_client_gone(client);
    durable_client_left(client);
    pool_disown(&server->pool, &client->owner, &server->detached);
    count_watchers(server);
    free(client->stalled);
    client->stalled = NULL;
    link_close(&client->link);
}

/* --- all clients ------------------------------------------------------------------------------ */

static const char *complaint(const Client *client, uint64_t now) {
    bool silent = client->link.session.state == IPC_SESSION_HELLO && now - client->since_ns > HELLO_TIME;
    if (silent) return "said no hello";
    uint64_t patience = client->server->slow_client_ns;
    /* Its jobs occupy workers that cannot get rid of their output: shorter, when others wait for one. */
    if (client->server->pool.queue.filled) patience /= 10;
    if (client->high_since_ns && patience && now - client->high_since_ns > patience) return "reads nothing";
    return NULL;
}

void clients_check(Server *server) {
    uint64_t now = clock_ns();
    for (Client *client = server->clients, *next; client; client = next) {
        next = client->next;
        size_t backlog = link_backlog(&client->link);
        if (client->high_since_ns && backlog < client->high_backlog)
            client->high_since_ns = now; /* slow, but reading */
        client->high_backlog = backlog;
        const char *why = complaint(client, now);
        if (why) client_drop(client, why);
        else if (!client->stalled && backlog < client->link.high_water) link_resume(&client->link);
    }
}

static void retry_stalled(Client *client) {
    IpcSubmit submit;
    IpcError error;
    IpcSlice params = ipc_slice(client->stalled, client->stalled_length);
    char *copy = client->stalled;
    client->stalled = NULL;
    link_resume(&client->link);
    /* May stall again, with a copy of its own. */
    if (ipc_record_decode(params, IPC_REC_Submit, &submit, &error) == IPC_OK) {
        on_submit(client, client->stalled_id, &submit, params);
    }
    free(copy);
}

void clients_room(Server *server) {
    for (Client *client = server->clients, *next; client; client = next) {
        next = client->next;
        if (!client->stalled) {
            if (link_backlog(&client->link) <= 2 * client->link.high_water) link_resume(&client->link);
        } else if (pool_has_room(&server->pool, client->stalled_length)) {
            retry_stalled(client); /* its own share may be full still: then it stalls again */
        }
    }
}

void clients_idle(Server *server) {
    for (Client *client = server->clients; client; client = client->next) {
        if (!client->drain_waits) continue;
        client->drain_waits = false;
        reply(client, client->drain_id, IPC_M_DRAIN, NULL);
    }
}

void clients_answer_status(Server *server) {
    for (Client *client = server->clients; client; client = client->next) {
        for (uint32_t i = 0; i < client->status_waits; i++)
            status_reply(client, client->status_ids[i]);
        if (client->status_waits) wrote(client);
        client->status_waits = 0;
    }
}

void clients_drop_all(Server *server) {
    while (server->clients) {
        link_flush(&server->clients->link); /* outcomes that are still on their way */
        if (server->clients) client_drop(server->clients, NULL);
    }
}

/* --- subscribers ------------------------------------------------------------------------------ */

#define TELL(server_, wish, method, params)                                                                  \
    for (Client *client = (server_)->clients; client; client = client->next) {                               \
        if (client->wants.wish && !client->owner.held) notify(client, method, params);                       \
    }

void clients_tell_worker(Server *server, const IpcWorkerEvent *event) {
    TELL(server, workers, IPC_M_ON_WORKER, event)
}

void clients_tell_gc(Server *server, const IpcGcEvent *event) {
    TELL(server, gc, IPC_M_ON_GC, event)
}

void clients_tell_gil(Server *server, const IpcGilEvent *event) {
    TELL(server, gil, IPC_M_ON_GIL, event)
}

void clients_tell_heap(Server *server, const IpcHeapStats *stats) {
    TELL(server, heap, IPC_M_ON_HEAP, stats)
}

/* Of its own jobs a client is told anyway. */
void clients_tell_started(Server *server, const Owner *owner, const IpcStarted *started) {
    TELL(server, jobs && &client->owner != owner, IPC_M_ON_STARTED, started)
}

void clients_tell_ended(Server *server, const Owner *owner, const IpcOutcome *outcome) {
    IpcOutcome less = *outcome;
    less.value = less.value_repr = (IpcSlice){0};
    TELL(server, jobs && &client->owner != owner, IPC_M_ON_OUTCOME, &less)
}

void clients_tell_log(Server *server, const IpcLog *line) {
    TELL(server, logs, IPC_M_ON_LOG, line)
}

void clients_tell_death(Server *server, const IpcDeath *death) {
    TELL(server, deaths, IPC_M_ON_DEATH, death)
}
