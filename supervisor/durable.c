/* What the server does so that its journal tells the truth: answers wait for the rows, and are taken back
 * when the rows cannot be written; what a former server left goes on.
 *
 * A submit is answered at the end of the turn, when its row is there; until then it stands in `unanswered`,
 * by id. Jobs for workers are held by the pool until the same moment (pool_send_held). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "recover.h"
#include "server.h"

enum { MESSAGE_MOST = 16 << 20 }; /* bytes of an outcome: one row must not hold the loop up for long */

static const char no_journal[] = "the server's journal cannot be written, so no job is accepted: ";

/* The date as it was when the server began, and what has passed since: setting the clock does not age what is kept. */
static uint64_t server_wall_ms(const Server *server) {
    return server->began_wall_ms + (clock_ns() - server->began_ns) / NS_PER_MS;
}

bool durable_open(Server *server, char *error, size_t capacity) {
    const Options *options = server->options;
    JournalConfig config = {
        .path = opt_text(options, OPT_JOURNAL),
        .sync = opt_flag(options, OPT_JOURNAL_SYNC),
        .keep_ms = opt_number(options, OPT_KEEP_TIME) / NS_PER_MS,
        .keep_bytes = opt_number(options, OPT_KEEP_BYTES),
        .loop = &server->loop,
        .log = &server->log,
    };
    server->began_wall_ms = clock_wall_ms();
    server->began_ns = clock_ns();
    if (!config.path) return true;
    server->journal = journal_open(&config, error, capacity);
    return server->journal != NULL;
}

/* --- answers ---------------------------------------------------------------------------------- */

bool durable_has_room(Server *server) {
    if (server->unanswered_count < server->unanswered_capacity) return true;
    size_t more = server->unanswered_capacity ? 2 * server->unanswered_capacity : 64;
    Unanswered *grown = realloc(server->unanswered, more * sizeof *grown);
    if (!grown) return false;
    server->unanswered = grown;
    server->unanswered_capacity = more;
    return true;
}

void durable_accept(Client *client, uint32_t id, const Job *job, IpcSlice submit, size_t before) {
    Server *server = client->server;
    Unanswered *added = &server->unanswered[server->unanswered_count++];
    *added = (Unanswered){.client = client, .id = id, .job = job->id, .before = before};
    journal_accept(server->journal, job->id, server_wall_ms(server), job->retries_left, client->uid, submit);
}

static Unanswered *find_unanswered(const Server *server, uint64_t job) {
    size_t low = 0, high = server->unanswered_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (server->unanswered[middle].job < job) low = middle + 1;
        else high = middle;
    }
    bool found = low < server->unanswered_count && server->unanswered[low].job == job;
    return found ? &server->unanswered[low] : NULL;
}

bool durable_is_unanswered(const Server *server, uint64_t job) {
    return find_unanswered(server, job) != NULL;
}

void durable_client_left(const Client *client) {
    Server *server = client->server;
    for (size_t i = 0; i < server->unanswered_count; i++) {
        if (server->unanswered[i].client == client) server->unanswered[i].client = NULL;
    }
}

static void answer_all(Server *server) {
    for (size_t i = 0; i < server->unanswered_count; i++) {
        const Unanswered *one = &server->unanswered[i];
        if (one->client) client_tell_accepted(one->client, one->id, one->job, one->before);
    }
    server->unanswered_count = 0;
}

/* The jobs of this turn are none: nobody has been told of them, and no worker has one. */
static void refuse_all(Server *server) {
    IpcError error = {.code = IPC_E_JOURNAL};
    snprintf(error.text, sizeof error.text, "%s%s", no_journal, journal_fault(server->journal));
    for (size_t i = 0; i < server->unanswered_count; i++) {
        const Unanswered *one = &server->unanswered[i];
        Job *job = pool_find_job(&server->pool, one->job);
        if (job) pool_forget(&server->pool, job);
        keep_forget(&server->keep, one->job);
        if (one->client) client_refuse(one->client, one->id, &error);
    }
    server->unanswered_count = 0;
}

/* --- the end of a turn ------------------------------------------------------------------------ */

bool durable_turn(Server *server) {
    Journal *journal = server->journal;
    Pool *pool = &server->pool;
    if (!journal) return false;
    if (journal_commit(journal)) {
        answer_all(server);
        pool_send_held(pool);
    } else {
        pool_take_back_held(pool);
        refuse_all(server);
    }
    bool was_suspended = pool->suspended;
    pool->suspended = journal_fault(journal) != NULL;
    if (was_suspended && !pool->suspended) pool_note_schedule(pool);
    return !pool->suspended && (pool->want_schedule || journal_pending(journal));
}

void durable_tick(Server *server) {
    if (server->journal) journal_tick(server->journal, server_wall_ms(server));
}

/* --- what happens to jobs --------------------------------------------------------------------- */

void durable_assigned(Server *server, const Job *job) {
    journal_begin(server->journal, job->id, job->attempt, job->retries_left);
}

void durable_returned(Server *server, const Job *job) {
    if (server->journal) journal_begin(server->journal, job->id, job->attempt - 1, job->retries_left);
}

/* One that waits has not begun, whatever workers it was with before. One that a worker has may run again only if
 * that was asked for. */
bool durable_stays(Server *server, const Job *job) {
    bool waits = job->state == JOB_WAITING, had_its_client = job->streams_input || job->asks_files || job->session_named;
    bool may_run = job->at_least_once || (waits && job->attempt == 1);
    if (!server->journal || had_its_client || !may_run || job->asked != ASKED_NOTHING) return false;
    if (waits) durable_returned(server, job);
    server->jobs_left++;
    return true;
}

static void write_end(IpcBuf *message, const Job *job, const IpcOutcome *outcome) {
    if (job->keep) tail_write(&job->tail, job->id, message);
    ipc_write_notification(message, IPC_M_ON_OUTCOME, outcome);
    if (!ipc_buf_failed(message) && message->len <= MESSAGE_MOST) return;
    IpcOutcome less = *outcome;
    less.value = less.value_repr = (IpcSlice){0};
    less.detail = ipc_str("its value was too large to be kept");
    ipc_buf_clear(message);
    ipc_write_notification(message, IPC_M_ON_OUTCOME, &less);
}

static void keep_in_journal(Server *server, const Job *job, const IpcOutcome *outcome, IpcSlice message) {
    Unanswered *one = find_unanswered(server, job->id);
    if (one && one->client) { /* it hears of its job before it hears how that ended */
        client_tell_accepted(one->client, one->id, one->job, one->before);
        one->client = NULL;
    }
    const Kept *kept = job->keyed ? keep_find_job(&server->keep, job->id) : NULL;
    IpcSlice key = kept ? ipc_slice(kept->key, kept->key_length) : (IpcSlice){0};
    journal_end(server->journal, job->id, server_wall_ms(server), outcome->poisoned, key, message);
    if (kept) keep_forget(&server->keep, job->id); /* the journal has it */
}

void durable_job_ends(Server *server, const Job *job, const IpcOutcome *outcome) {
    IpcBuf message;
    if (!server->journal && !job->keep && !job->keyed) return;
    ipc_buf_init(&message, NULL);
    write_end(&message, job, outcome);
    if (server->journal) keep_in_journal(server, job, outcome, ipc_buf_slice(&message));
    else if (!ipc_buf_failed(&message))
        keep_outcome(&server->keep, job->id, ipc_buf_slice(&message), clock_ns());
    ipc_buf_free(&message);
}

/* --- what a former server left ---------------------------------------------------------------- */

static void end_row(Server *server, const JournalRow *row, const Recovery *recovery, const char *detail) {
    IpcBuf message;
    IpcOutcome outcome = {.job = row->job,
                          .verdict = recovery->verdict,
                          .attempt = row->attempt,
                          .label = recovery->label,
                          .detail = ipc_str(detail)};
    ipc_buf_init(&message, NULL);
    ipc_write_notification(&message, IPC_M_ON_OUTCOME, &outcome);
    journal_end(server->journal, row->job, server_wall_ms(server), false, recovery->submit.idempotency_key,
                ipc_buf_slice(&message));
    server->pool.verdicts[outcome.verdict]++;
    log_event(&server->log, LOG_WARN, "job-not-restored", LOG_UINT("job", row->job),
              LOG_TEXT("verdict", ipc_verdict_name(outcome.verdict)), LOG_TEXT("cause", detail));
    ipc_buf_free(&message);
}

static void go_on(Server *server, const JournalRow *row, Recovery *recovery) {
    IpcError error = {0};
    Job *job;
    Restored restored = {.id = row->job, .attempt = row->attempt, .uid = row->uid};
    if (restored.attempt < UINT32_MAX) restored.attempt++;
    if (pool_restore(&server->pool, &server->detached, &restored, &recovery->submit, &job, &error) != IPC_OK) {
        recovery->verdict = IPC_VERDICT_REJECTED; /* the server has other limits now */
        return end_row(server, row, recovery, error.text);
    }
    job->retried = recovery->retried;
    if (job->keyed) keep_key(&server->keep, recovery->submit.idempotency_key, job->id);
}

static void restore_row(void *data, const JournalRow *row) {
    Server *server = data;
    Recovery recovery;
    IpcBuf key;
    ipc_buf_init(&key, NULL);
    recover_row(row, server_wall_ms(server), &recovery);
    tenant_scope_key(row->uid, &recovery.submit, &key);
    if (recovery.goes_on) go_on(server, row, &recovery);
    else end_row(server, row, &recovery, recovery.detail);
    ipc_buf_free(&key);
}

static void restore_poisoned(void *data, uint64_t ended_ms, IpcSlice message) {
    Server *server = data;
    IpcOutcome outcome;
    if (journal_message_is_good(message, 0, &outcome)) poison_add(&server->poison, &outcome, ended_ms);
}

bool durable_recover(Server *server, char *error, size_t capacity) {
    Pool *pool = &server->pool;
    if (!server->journal) return true;
    pool->holds_sends = true;
    pool->last_job_id = journal_last_job(server->journal);
    journal_each_poisoned(server->journal, restore_poisoned, server);
    if (!journal_each_job(server->journal, restore_row, server, error, capacity)) return false;
    log_event(&server->log, LOG_INFO, "journal-open", LOG_UINT("jobs", pool_job_count(pool)),
              LOG_UINT("last", pool->last_job_id));
    return true;
}
