/* Handing jobs to workers.
 *
 * Idle workers come first, one job each: no job waits while a worker has nothing to do. Then workers whose
 * jobs are short get more of the same owner's, ahead of time, so that their pipes never run dry: as much as
 * worker_room() says, and never more than an even share of what waits, so that one worker does not take what
 * another could do. Jobs of one owner only stand behind each other on a worker: a slow reader holds up nobody
 * else's.
 *
 * INVARIANT: all jobs that a worker ever gets are of one tenant. For another tenant's job an idle worker leaves, and a spare, or the
 * process that is started in its place, takes the job. */
#include "clock.h"
#include "pool.h"
#include "worker.h"

static void hand_over(Pool *pool, Worker *worker, Job *job) {
    const Lane *lane = &job->owner->lanes[job->lane];
    queue_remove(&pool->queue, job);
    queue_served(&pool->queue, lane, job->lane);
    if (job->session) session_bind(job->session, worker);
    if (!worker->tenant) worker->tenant = tenant_hold(job->tenant);
    worker_send_job(worker, job);
}

/* --- jobs of sessions that a worker holds ----------------------------------------------------- */

static void send_pinned(Pool *pool, Worker *worker) {
    while (worker->pinned.first && worker_room(worker)) {
        Job *job = worker->pinned.first, *last = worker->in_flight.last;
        if (last && (last->owner != job->owner || last->suspicions || job->suspicions)) return;
        if (job->owner->held) return;
        pool_unpin(pool, job);
        worker_send_job(worker, job);
    }
}

/* A waiting job whose session has meanwhile been bound belongs to that worker. */
static bool pin_if_bound(Pool *pool, Job *job) {
    Worker *holder = job->session ? session_worker(job->session) : NULL;
    if (!holder) return false;
    queue_remove(&pool->queue, job);
    pool_pin(pool, holder, job, false);
    send_pinned(pool, holder);
    return true;
}

/* --- jobs that want a process of their own ---------------------------------------------------- */

static Worker *find_untouched(const Pool *pool, bool spare) {
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        bool ready = worker->state == IPC_WORKER_READY && !worker->used && !worker->exited && !worker->wear.tired;
        if (ready && worker->spare == spare) return worker;
    }
    return NULL;
}

static bool any_starting(const Pool *pool) {
    const Worker *worker = pool->workers;
    while (worker && worker->state != IPC_WORKER_STARTING)
        worker = worker->next;
    return worker != NULL;
}

static void send_single(Pool *pool, Worker *worker, Job *job) {
    worker->spare = false;
    worker->single_use = true;
    hand_over(pool, worker, job);
}

/* `idle` has a place in service to give. True if the job was sent; false: a new process is on its way. */
static bool send_to_own_process(Pool *pool, Worker *idle, Job *job) {
    if (!idle->used) return send_single(pool, idle, job), true;
    Worker *fresh = find_untouched(pool, false);
    if (fresh) return send_single(pool, fresh, job), true;
    fresh = find_untouched(pool, true);
    /* No worker is given up for a process that cannot be had. */
    if (!fresh && (any_starting(pool) || !restart_is_free(&pool->restart, clock_ns()))) return false;
    worker_step(idle,
                WORKER_EVENT_DRAIN); /* its place goes to the spare, or to the process that replaces it */
    pool_note_balance(pool);
    if (!fresh) return false;
    return send_single(pool, fresh, job), true;
}

/* --- the round -------------------------------------------------------------------------------- */

static bool is_idle(const Worker *worker) {
    return worker->state == IPC_WORKER_READY && worker_serves(worker);
}

/* One that has served the tenant, else one that has served nobody. */
static Worker *find_idle(const Pool *pool, const Tenant *tenant) {
    Worker *unused = NULL;
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (!is_idle(worker)) continue;
        if (worker->tenant == tenant) return worker;
        if (!worker->tenant && !unused) unused = worker;
    }
    return unused;
}

/* Any that idles; rather one whose loss loses no session. */
static Worker *find_replaceable(const Pool *pool) {
    Worker *found = NULL;
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (is_idle(worker) && (!found || (found->sessions && !worker->sessions))) found = worker;
    }
    return found;
}

/* Only workers of other tenants are idle: one of them makes room for a process that has served nobody. */
static bool send_for_other_tenant(Pool *pool, Worker *idle, Job *job) {
    Worker *fresh = find_untouched(pool, true);
    if (!fresh && (any_starting(pool) || !restart_is_free(&pool->restart, clock_ns()))) return false;
    worker_step(idle, WORKER_EVENT_DRAIN);
    pool_note_balance(pool);
    if (!fresh) return false;
    fresh->spare = false;
    hand_over(pool, fresh, job);
    return true;
}

/* Sends the job if a worker can take it now; `idle`: one that has nothing to do. */
static bool place(Pool *pool, Worker *idle, Job *job) {
    if (pin_if_bound(pool, job)) return true;
    if (job->isolation == IPC_ISOLATION_PROCESS) return send_to_own_process(pool, idle, job);
    Worker *worker = find_idle(pool, job->tenant);
    if (!worker) return send_for_other_tenant(pool, idle, job);
    hand_over(pool, worker, job);
    return true;
}

/* A job that must wait for a new process holds up the others of its own client only. */
static void feed_idle(Pool *pool) {
    Job *job = queue_peek(&pool->queue);
    Worker *idle;
    while (job && (idle = find_replaceable(pool)))
        job = place(pool, idle, job) ? queue_peek(&pool->queue) : queue_peek_after(&pool->queue, job);
}

/* More of the owner whose jobs the worker has, if it is that owner's turn. */
static Job *next_for(const Pool *pool, const Worker *worker) {
    const Job *last = worker->in_flight.last;
    if (!last || last->suspicions) return NULL;
    Job *job = queue_peek_owner(&pool->queue, last->owner);
    if (!job || job->isolation == IPC_ISOLATION_PROCESS || job->suspicions || job->tenant != worker->tenant) return NULL;
    return queue_owner_alone(&pool->queue, last->owner, job->lane) ? job : NULL;
}

static void feed_ahead(Pool *pool, Worker *worker, size_t share) {
    uint32_t room = worker_room(worker);
    if (room > share) room = (uint32_t)share;
    while (room-- > 0) {
        Job *job = next_for(pool, worker);
        if (!job) return;
        if (!pin_if_bound(pool, job)) hand_over(pool, worker, job);
    }
}

static uint32_t count_serving(const Pool *pool) {
    uint32_t count = 0;
    for (const Worker *worker = pool->workers; worker; worker = worker->next)
        count += worker_serves(worker);
    return count;
}

void scheduler_run(Pool *pool) {
    if (pool->suspended) return;
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->pinned.first && worker_serves(worker)) send_pinned(pool, worker);
    }
    if (!pool->queue.jobs) return;
    feed_idle(pool);
    size_t serving = count_serving(pool);
    if (!pool->queue.filled || !serving) return;
    size_t share = (pool->queue.jobs + serving - 1) / serving;
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker_serves(worker) && worker->state == IPC_WORKER_BUSY) feed_ahead(pool, worker, share);
    }
}
