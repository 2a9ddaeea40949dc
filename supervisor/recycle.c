#include "recycle.h"

#include "clock.h"
#include "pool.h"
#include "process_facts.h"
#include "worker.h"

#define LOOK_EVERY (50 * NS_PER_MS)
enum { GROWTH_JOBS = 100, GROWTH_LOOKS = 4, JITTER_MOST = 65536 / 8 };

const char *recycle_reason_name(TiredBy reason) {
    static const char *const names[TIRED_COUNT] = {"", "jobs", "age", "bytes", "growth"};
    return names[reason];
}

/* A bound as it is for this worker. */
static uint64_t own_bound(const Worker *worker, uint64_t bound) {
    return bound - (uint64_t)((unsigned __int128)bound * worker->wear.jitter / 65536);
}

static void tire(Worker *worker, TiredBy reason) {
    if (worker->wear.tired) return;
    worker->wear.tired = reason;
    worker->pool->recycled[reason]++;
    log_event(worker->pool->log, LOG_INFO, "worker-tired", LOG_UINT("worker", worker->number),
              LOG_UINT("pid", worker->pid), LOG_TEXT("by", recycle_reason_name(reason)),
              LOG_UINT("jobs", worker->jobs_done));
    pool_note_balance(worker->pool);
}

void recycle_begin(Worker *worker) {
    /* Spread by a multiplicative hash: good enough to keep neighbours apart, and the same for the same
     * process. */
    uint32_t spread = (uint32_t)worker->pid * 2654435761u ^ worker->number * 40503u;
    worker->wear = (Wear){.jitter = (spread >> 8) % JITTER_MOST, .first_heap = worker->heap_bytes};
}

/* --- memory ----------------------------------------------------------------------------------- */

static void ask_for_heap(Worker *worker) {
    if (worker->heap_asked) return;
    if (ipc_session_call(&worker->link.session, IPC_M_WORKER_HEAP, NULL, 0, 0, NULL) != IPC_OK) return;
    link_touch(&worker->link);
    worker->wear.suspected = true;
}

static void see(SeenBytes *seen, uint64_t bytes) {
    if (!seen->looks || bytes < seen->least) seen->least = bytes;
    if (bytes > seen->most) seen->most = bytes;
    seen->looks++;
}

static void close_window(Worker *worker) {
    Wear *wear = &worker->wear;
    uint64_t bound = worker->pool->config.recycle_growth, allowed = own_bound(worker, bound);
    bool grown = wear->window.least > wear->first.least + allowed && wear->window.most > wear->first.most + allowed;
    if (!wear->first.looks) wear->first = wear->window;
    else if (bound && grown) ask_for_heap(worker);
    wear->window_jobs = 0;
    wear->window = (SeenBytes){0};
}

static void look_at_memory(Worker *worker, uint64_t now) {
    Wear *wear = &worker->wear;
    const PoolConfig *config = &worker->pool->config;
    if (!(config->recycle_bytes || config->recycle_growth) || now - wear->checked_ns < LOOK_EVERY) return;
    wear->checked_ns = now;
    uint64_t resident = process_resident_bytes(worker->pid);
    if (!resident) return;
    worker->resident_bytes = resident;
    if (config->recycle_bytes && resident > own_bound(worker, config->recycle_bytes))
        return tire(worker, TIRED_BYTES);
    see(&wear->window, resident);
    if (wear->window_jobs >= GROWTH_JOBS && wear->window.looks >= GROWTH_LOOKS) close_window(worker);
}

void recycle_note_heap(Worker *worker) {
    Wear *wear = &worker->wear;
    if (!wear->suspected) return;
    wear->suspected = false;
    uint64_t live = worker->heap_bytes > wear->first_heap ? worker->heap_bytes - wear->first_heap : 0;
    if (live < worker->pool->config.recycle_growth / 2 && !worker->sessions) tire(worker, TIRED_GROWTH);
}

/* --- jobs and age ----------------------------------------------------------------------------- */

void recycle_note_job(Worker *worker) {
    const PoolConfig *config = &worker->pool->config;
    worker->wear.window_jobs++;
    if (worker->sessions || worker->wear.tired || worker->single_use) return;
    if (config->recycle_jobs && worker->jobs_done >= own_bound(worker, config->recycle_jobs))
        return tire(worker, TIRED_JOBS);
    look_at_memory(worker, clock_ns());
}

uint64_t recycle_ages(Pool *pool) {
    uint64_t now = clock_ns();
    if (!pool->config.recycle_age_ns) return 0;
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        bool up = worker->state == IPC_WORKER_READY || worker->state == IPC_WORKER_BUSY;
        if (up && !worker->sessions && now - worker->born_ns > own_bound(worker, pool->config.recycle_age_ns))
            tire(worker, TIRED_AGE);
    }
    return pool->config.recycle_age_ns < NS_PER_S * 8 ? pool->config.recycle_age_ns / 8 + NS_PER_MS
                                                      : NS_PER_S;
}
