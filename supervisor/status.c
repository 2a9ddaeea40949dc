/* What `atoll status` shows: the pool's numbers as one Status record. */
#include <stdio.h>
#include <string.h>

#include <ipc/telemetry.h>

#include "clock.h"
#include "process_facts.h"
#include "server.h"
#include "units.h"
#include "worker.h"

typedef struct {
    IpcBuf workers, layers, verdicts, grants, deaths;
    IpcList list, grant_list, death_list;
} Scratch;

static void pack_layers(IpcBuf *buf, const SandboxReport *report) {
    ipc_pack_map(buf, LAYER_COUNT);
    for (int i = 0; i < LAYER_COUNT; i++) {
        ipc_pack_cstr(buf, sandbox_layer_name((Layer)i));
        ipc_pack_cstr(buf, sandbox_state_name((LayerState)report->state[i]));
    }
}

/* Of a page that may be hostile; texts are clean. */
static void read_page(const Worker *worker, IpcTelemetry *told, char *at, size_t capacity) {
    at[0] = '\0';
    if (!worker->page || !ipc_telemetry_read(told, worker->page) || !told->count) return;
    const IpcTelemetryPlace *place = &told->stack[0];
    snprintf(at, capacity, "%s:%u in %s%s%s", place->file, place->line, place->function, *told->native ? ", in " : "",
             told->native);
}

static void add_worker(Scratch *scratch, const Pool *pool, const Worker *worker, uint64_t now) {
    const Job *head = worker_head(worker);
    const uint64_t *deaths = ipc_idmap_find(&pool->slot_deaths, worker->number);
    char tenant[TENANT_NAME_MOST + 1], at[IPC_TELEMETRY_FILE + IPC_TELEMETRY_FUNCTION + IPC_TELEMETRY_NATIVE + 32];
    IpcTelemetry told = {0};
    read_page(worker, &told, at, sizeof at);
    ipc_buf_clear(&scratch->layers);
    pack_layers(&scratch->layers, &worker->layers);
    IpcWorkerStatus status = {
        .worker = worker->number,
        .spare = worker->spare,
        .tenant = ipc_str(tenant_name(worker->tenant, tenant, sizeof tenant)),
        .leaving = ipc_str(worker->wear.tired ? recycle_reason_name(worker->wear.tired) : NULL),
        .rss = process_resident_bytes(worker->pid),
        .pid = (uint64_t)worker->pid,
        .state = worker->state,
        .jobs = worker->jobs_done,
        .job = head ? head->id : 0,
        .uptime_ms = (now - worker->born_ns) / NS_PER_MS,
        .heap_bytes = worker->heap_bytes,
        .heap_peak = worker->heap_peak,
        .objects = worker->objects,
        .collections = worker->collections,
        .deaths = deaths ? *deaths : 0,
        .activity = told.activity,
        .at = *at ? ipc_str(at) : (IpcSlice){0},
        .boot_us = worker->boot_us,
        .layers = ipc_buf_slice(&scratch->layers),
    };
    ipc_list_add_record(&scratch->workers, &scratch->list, IPC_REC_WorkerStatus, &status);
}

static void add_workers(Scratch *scratch, const Pool *pool, uint64_t now) {
    /* The pool lists the newest first; people read by number. */
    for (uint32_t number = 1, left = pool->worker_count; left > 0; number++) {
        for (const Worker *worker = pool->workers; worker; worker = worker->next) {
            if (worker->number != number) continue;
            add_worker(scratch, pool, worker, now);
            left--;
        }
    }
    ipc_list_finish(&scratch->workers, &scratch->list);
}

static void pack_verdicts(IpcBuf *buf, const Pool *pool) {
    uint32_t seen = 0;
    for (int i = 0; i < IPC_VERDICT_COUNT; i++)
        seen += pool->verdicts[i] != 0;
    ipc_pack_map(buf, seen);
    for (int i = 0; i < IPC_VERDICT_COUNT; i++) {
        if (!pool->verdicts[i]) continue;
        ipc_pack_cstr(buf, ipc_verdict_name((IpcVerdict)i));
        ipc_pack_uint(buf, pool->verdicts[i]);
    }
}

/* Why no workers are started; NULL: they are. */
static const char *circuit_text(const Pool *pool, uint64_t now, char *out, size_t capacity) {
    const Restart *restart = &pool->restart;
    uint64_t left = restart->not_before_ns > now ? restart->not_before_ns - now : 0;
    char window[32], pause[32];
    switch (restart->circuit) {
    case CIRCUIT_OPEN:
        snprintf(out, capacity, "open: more than %u workers failed within %s with no job to blame, the last one: %s; the queue is kept, "
                 "and one worker is tried in %s", restart->most, unit_format_time(restart->window_ns, window, sizeof window),
                 restart->last_cause, unit_format_time(left, pause, sizeof pause));
        return out;
    case CIRCUIT_PROBING:
        snprintf(out, capacity, "probing: one worker is tried; the last one failed: %s", restart->last_cause);
        return out;
    case CIRCUIT_CLOSED:
        break;
    }
    return NULL;
}

static uint64_t count_recycled(const Pool *pool) {
    uint64_t count = 0;
    for (int reason = 0; reason < TIRED_COUNT; reason++)
        count += pool->recycled[reason];
    return count;
}

static void pack_grants(Scratch *scratch, const Grants *grants) {
    for (size_t i = 0; grants && i < grants->text_count; i++)
        ipc_list_add_str(&scratch->grants, &scratch->grant_list, grants->texts[i], strlen(grants->texts[i]));
    ipc_list_finish(&scratch->grants, &scratch->grant_list);
}

void status_reply(Client *client, uint32_t id) {
    const Server *server = client->server;
    const Pool *pool = &server->pool;
    Scratch scratch = {.list = {0}};
    uint64_t now = clock_ns();
    uint32_t spares = 0;
    char circuit[320];
    ipc_buf_init(&scratch.workers, NULL);
    ipc_buf_init(&scratch.layers, NULL);
    ipc_buf_init(&scratch.verdicts, NULL);
    ipc_buf_init(&scratch.grants, NULL);
    pack_grants(&scratch, pool->spawner.plan.grants);
    add_workers(&scratch, pool, now);
    pack_verdicts(&scratch.verdicts, pool);
    for (const Worker *worker = pool->workers; worker; worker = worker->next)
        spares += worker->spare;
    size_t running = 0;
    for (const Worker *worker = pool->workers; worker; worker = worker->next)
        running += worker_head(worker) != NULL;
    uint64_t kept = server->keep.count, kept_bytes = server->keep.bytes;
    if (server->journal) kept = journal_kept(server->journal, &kept_bytes);
    ipc_buf_init(&scratch.deaths, NULL);
    deathbook_list(&pool->deathbook, DEATHS_IN_STATUS, true, &scratch.deaths, &scratch.death_list);
    IpcStatus status = {
        .version = ipc_str(ATOLL_VERSION),
        .pid = (uint64_t)pool->spawner.plan.parent,
        .uptime_ms = (now - pool->started_ns) / NS_PER_MS,
        .workers = scratch.list,
        .spares = spares,
        .queued = pool_job_count(pool) - running,
        .queue_capacity = pool->queue.most_jobs,
        .running = running,
        .clients = server->client_count,
        .accepted = pool->accepted,
        .verdicts = ipc_buf_slice(&scratch.verdicts),
        .deaths = pool->deaths,
        .restarts = pool->restarts,
        .recycled = count_recycled(pool),
        .wanted = pool->config.size,
        .metrics = ipc_str(server->http ? http_where(server->http) : NULL),
        .draining = pool->draining,
        .circuit = ipc_str(circuit_text(pool, now, circuit, sizeof circuit)),
        .grants = scratch.grant_list,
        .kept = kept,
        .kept_bytes = kept_bytes,
        .journal = ipc_str(server->journal ? opt_text(server->options, OPT_JOURNAL) : NULL),
        .journal_fault = ipc_str(server->journal ? journal_fault(server->journal) : NULL),
        .last_deaths = scratch.death_list,
        .poisoned = poison_listed(&server->poison),
    };
    ipc_session_reply(&client->link.session, id, IPC_M_STATUS, &status);
    link_touch(&client->link);
    ipc_buf_free(&scratch.workers);
    ipc_buf_free(&scratch.layers);
    ipc_buf_free(&scratch.verdicts);
    ipc_buf_free(&scratch.grants);
    ipc_buf_free(&scratch.deaths);
}
