#include "pool.h"

#include <stdlib.h>
#include <string.h>

#include <ipc/files.h>

#include "clock.h"
#include "worker.h"

enum { EARLY_INPUT_MOST = 1 << 20 };

static const PoolObserver nobody;

/* --- making and ending ------------------------------------------------------------------------ */

static void on_balance_timer(uv_timer_t *timer) {
    pool_note_balance(timer->data);
}

int pool_init(Pool *pool, Hub *hub, Log *log, const PoolConfig *config, const char *worker_path,
              const SandboxPlan *plan, const PoolObserver *observer, void *observer_data) {
    *pool =
        (Pool){.loop = hub->loop, .hub = hub, .log = log, .config = *config, .observer_data = observer_data};
    pool->observer = observer ? observer : &nobody;
    pool->started_ns = clock_ns();
    spawner_init(&pool->spawner, worker_path, plan);
    template_init(&pool->template, &pool->spawner, log);
    worker_greeting(pool, &pool->template.greeting);
    queue_init(&pool->queue, config->queue_jobs, config->queue_bytes);
    ipc_idmap_init(&pool->jobs, NULL);
    ipc_idmap_init(&pool->sessions, NULL);
    ipc_idmap_init(&pool->slot_deaths, NULL);
    ipc_buf_init(&pool->scratch, NULL);
    restart_init(&pool->restart, config->restart_most, config->restart_window_ns, config->restart_pause_ns);
    pool->balance_timer.data = pool;
    pool->loop->data = pool; /* for the jobs' timers */
    pool->want_balance = true;
    return uv_timer_init(pool->loop, &pool->balance_timer);
}

void pool_free(Pool *pool) {
    uv_close((uv_handle_t *)&pool->balance_timer, NULL);
    template_free(&pool->template);
    spawner_free(&pool->spawner);
    ipc_idmap_free(&pool->jobs);
    ipc_idmap_free(&pool->sessions);
    ipc_idmap_free(&pool->slot_deaths);
    ipc_buf_free(&pool->scratch);
    deathbook_free(&pool->deathbook);
}

void pool_note_balance(Pool *pool) {
    pool->want_balance = true;
}

void pool_note_schedule(Pool *pool) {
    pool->want_schedule = true;
}

size_t pool_job_count(const Pool *pool) {
    return pool->jobs.used;
}

/* --- the right number of workers -------------------------------------------------------------- */

typedef struct {
    uint32_t starting; /* on their way */
    uint32_t serving;  /* in service (those that leave after their job too) */
    uint32_t spare;
    uint32_t tired; /* of those serving */
    uint32_t dying; /* pipe closed, fate not known yet: replaced when it is, so that the restart rules can
                       judge it */
} Census;

static bool is_dying(const Worker *worker) {
    return worker->state == IPC_WORKER_STOPPING && !worker->told_to_leave && worker->kill_reason == KILL_NONE;
}

static Census take_census(const Pool *pool) {
    Census census = {0};
    for (const Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->exited) continue;
        if (worker->state == IPC_WORKER_STARTING) census.starting++;
        if (is_dying(worker)) census.dying++;
        if (worker->state != IPC_WORKER_READY && worker->state != IPC_WORKER_BUSY) continue;
        if (worker->spare) census.spare++;
        else census.serving++;
        if (worker_is_tired(worker)) census.tired++;
    }
    return census;
}

/* A worker that became ready serves if one is missing, else it is a spare; spares step in for those that
 * died. */
static void assign_roles(Pool *pool) {
    Census census = take_census(pool);
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        bool up = worker->state == IPC_WORKER_READY && !worker->exited && !worker->used;
        if (!up || worker_is_tired(worker)) continue;
        if (worker->spare && census.serving < pool->config.size) {
            worker->spare = false;
            census.serving++;
            pool_note_schedule(pool);
        } else if (!worker->spare && census.serving > pool->config.size &&
                   census.spare < pool->config.spares) {
            worker->spare = true;
            census.serving--;
            census.spare++;
        }
    }
}

/* Whom the pool misses least: one that is to be replaced, one that idles, one without sessions. */
static int reluctance(const Worker *worker) {
    return (worker_is_tired(worker) ? 0 : 8) + (worker->sessions ? 4 : 0) + (worker->state == IPC_WORKER_BUSY ? 2 : 0) +
           (worker->spare ? 0 : 1);
}

static Worker *pick_leaver(const Pool *pool) {
    Worker *best = NULL;
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->exited || (worker->state != IPC_WORKER_READY && worker->state != IPC_WORKER_BUSY))
            continue;
        if (worker->single_use) continue;
        if (!best || reluctance(worker) < reluctance(best)) best = worker;
    }
    return best;
}

static void start_missing(Pool *pool, uint32_t missing, uint32_t starting) {
    while (missing > 0) {
        uint64_t now = clock_ns(), again;
        if (!restart_may_start(&pool->restart, now, starting, &again)) {
            if (again > now)
                uv_timer_start(&pool->balance_timer, on_balance_timer, clock_ms_ceil(again - now), 0);
            return;
        }
        if (pool->deaths > pool->restarts) pool->restarts++; /* this one makes up for a death */
        if (!worker_start(pool))
            continue; /* noted as a failure, so that the next question may be answered no */
        missing--;
        starting++;
    }
}

static void keep_template(Pool *pool) {
    if (pool->config.use_template && template_suits(&pool->spawner.plan)) template_keep(&pool->template, clock_ns());
    else template_end(&pool->template);
}

static void pool_balance(Pool *pool) {
    uint64_t look_again = recycle_ages(pool);
    if (look_again) uv_timer_start(&pool->balance_timer, on_balance_timer, clock_ms_ceil(look_again), 0);
    assign_roles(pool);
    Census census = take_census(pool);
    uint32_t wanted = pool->config.size + pool->config.spares;
    uint32_t up = census.serving + census.spare, coming = up + census.starting + census.dying;
    if (coming < wanted) start_missing(pool, wanted - coming, census.starting);
    else if (census.tired && coming == wanted)
        start_missing(pool, 1, census.starting); /* a replacement first */
    else if (up > wanted) {
        for (uint32_t excess = up - wanted; excess > 0; excess--) {
            Worker *leaver = pick_leaver(pool);
            if (leaver) worker_step(leaver, WORKER_EVENT_DRAIN);
        }
    }
    keep_template(pool);
}

void pool_tick(Pool *pool) {
    bool had = pool->template.pid != 0;
    template_tend(&pool->template, clock_ns());
    if (!had && pool->config.use_template) pool_note_balance(pool); /* its pause may be over */
}

static void note_stopped(Pool *pool) {
    if (!pool->stopping || pool->stopped || pool->workers) return;
    pool->stopped = true;
    uv_timer_stop(&pool->balance_timer);
    if (pool->observer->stopped) pool->observer->stopped(pool->observer_data);
}

static void tell_room(Pool *pool) {
    if (!pool->was_full || !queue_has_room(&pool->queue, 0)) return;
    pool->was_full = false;
    if (pool->observer->room) pool->observer->room(pool->observer_data);
}

void pool_turn(Pool *pool) {
    while (pool->want_balance || pool->want_schedule) {
        bool balance = pool->want_balance;
        pool->want_balance = pool->want_schedule = false;
        if (balance && !pool->stopping) pool_balance(pool);
        if (!pool->stopping) scheduler_run(pool);
        tell_room(pool);
    }
    if (pool->tell_idle && pool->jobs.used == 0) {
        pool->tell_idle = false;
        if (pool->observer->idle) pool->observer->idle(pool->observer_data);
    }
    note_stopped(pool);
}

/* --- accepting -------------------------------------------------------------------------------- */

bool pool_has_room(const Pool *pool, size_t bytes) {
    return queue_has_room(&pool->queue, bytes);
}

static IpcCode check_submit(const Grants *grants, const IpcSubmit *submit, IpcError *error) {
    bool call = submit->call.function.ptr || submit->call.source.ptr;
    if (call + (submit->source.ptr != NULL) + (submit->module.ptr != NULL) != 1) {
        return ipc_fail(error, IPC_E_BAD_VALUE, "submit: exactly one of source, call and module is needed");
    }
    if (submit->module.ptr && submit->mode != IPC_MODE_EXEC)
        return ipc_fail(error, IPC_E_BAD_VALUE, "submit: a module can only be run");
    if (call && !submit->call.function.len)
        return ipc_fail(error, IPC_E_MISSING_FIELD, "submit.call.function is required");
    if (submit->tenant.len > TENANT_NAME_MOST)
        return ipc_fail(error, IPC_E_BAD_VALUE, "submit.tenant: the name is too long");
    if (submit->session.len > 256)
        return ipc_fail(error, IPC_E_BAD_VALUE, "submit.session: the name is too long");
    if (submit->idempotency_key.len > 1024)
        return ipc_fail(error, IPC_E_BAD_VALUE, "submit.idempotency_key: more than 1024 bytes");
    if (submit->session.len && submit->isolation == IPC_ISOLATION_PROCESS) {
        return ipc_fail(error, IPC_E_BAD_VALUE, "submit: a session cannot have a process per job");
    }
    IpcCode failed = ipc_sources_check(&submit->sources, error);
    return failed ? failed : grants_cover(grants, submit->grants, error);
}

static void end_late(Pool *pool, Job *job) {
    pool_end_job_plainly(pool, job, IPC_VERDICT_REJECTED, "its deadline passed before it began");
}

static void on_deadline(uv_timer_t *timer) {
    Job *job = timer->data;
    Pool *pool = timer->loop->data;
    if (job->state == JOB_WAITING) {
        pool_take_out(pool, job);
        end_late(pool, job);
    } else if (job->state == JOB_SENT) {
        job->late = true;
        worker_recall(job->worker, job); /* unless it is just beginning */
    }
}

static bool set_deadline(Pool *pool, Job *job, uint64_t deadline_ms) {
    if (!deadline_ms) return true;
    job->deadline = calloc(1, sizeof *job->deadline);
    if (!job->deadline) return false;
    uv_timer_init(pool->loop, job->deadline);
    job->deadline->data = job;
    uv_timer_start(job->deadline, on_deadline, deadline_ms, 0);
    return true;
}

static bool register_job(Pool *pool, Job *job, IpcSlice session_name, uint64_t deadline_ms) {
    bool added;
    if (session_name.len) {
        job->session = session_get(pool, job->tenant, session_name);
        if (!job->session) return false;
        job->session_named = true;
        session_hold(job->session);
    }
    if (set_deadline(pool, job, deadline_ms) &&
        ipc_idmap_add(&pool->jobs, job->id, (uint64_t)(uintptr_t)job, &added)) {
        return true;
    }
    if (job->session) session_drop(pool, job->session);
    return false;
}

void pool_pin(Pool *pool, Worker *worker, Job *job, bool in_front) {
    job->worker = worker;
    job->state = JOB_WAITING;
    pool->queue.pinned_jobs++;
    pool->queue.pinned_bytes += job->message_length;
    if (in_front) joblist_push_front(&worker->pinned, job);
    else joblist_push_back(&worker->pinned, job);
}

void pool_unpin(Pool *pool, Job *job) {
    pool->queue.pinned_jobs--;
    pool->queue.pinned_bytes -= job->message_length;
    joblist_remove(&job->worker->pinned, job);
}

void pool_take_out(Pool *pool, Job *job) {
    if (job->worker) pool_unpin(pool, job);
    else queue_remove(&pool->queue, job);
}

static void enqueue(Pool *pool, Job *job) {
    Worker *holder = job->session ? session_worker(job->session) : NULL;
    if (holder) pool_pin(pool, holder, job, false);
    else queue_push_back(&pool->queue, job);
    pool_note_schedule(pool);
}

/* A submit that was looked at, and what the job will run under. */
typedef struct {
    IpcSubmit submit;
    IpcLimits limits;
    uint32_t retry_on;
} Checked;

static IpcCode check(const Pool *pool, const IpcSubmit *asked, Checked *checked, IpcError *error) {
    checked->submit = *asked;
    IpcCode bad = check_submit(pool->spawner.plan.grants, asked, error);
    if (!bad) bad = limits_apply(&pool->config.limits, &asked->limits, &checked->limits, error);
    if (!bad) bad = job_retry_causes(asked, &checked->retry_on, error);
    if (asked->session.len) checked->submit.isolation = IPC_ISOLATION_SESSION;
    return bad;
}

static Job *make_job(Pool *pool, const Restored *as, const Checked *checked) {
    ipc_buf_clear(&pool->scratch);
    job_encode(&pool->scratch, as->id, as->attempt, &checked->submit, &checked->limits);
    if (ipc_buf_failed(&pool->scratch)) return NULL;
    Job *job = job_new(as->id, &checked->submit, ipc_buf_slice(&pool->scratch));
    if (!job) return NULL;
    job->tenant = tenant_get(&pool->tenants, as->uid, checked->submit.tenant);
    if (!job->tenant) return free(job), NULL;
    job->attempt = as->attempt;
    job->limits = checked->limits;
    job->retry_on = checked->retry_on;
    ipc_buf_init(&job->early_input, NULL);
    job->accepted_ns = clock_ns();
    return job;
}

static IpcCode take_in(Pool *pool, Owner *owner, const Restored *as, const Checked *checked, Job **accepted,
                       IpcError *error) {
    Job *job = make_job(pool, as, checked);
    if (!job) return ipc_fail(error, IPC_E_NO_MEMORY, NULL);
    if (!register_job(pool, job, checked->submit.session, checked->submit.deadline_ms)) {
        job_free(job);
        return ipc_fail(error, IPC_E_TOO_MANY, "too many sessions, or out of memory");
    }
    if (as->id > pool->last_job_id) pool->last_job_id = as->id;
    pool->accepted++;
    owner_add_job(owner, job);
    enqueue(pool, job);
    *accepted = job;
    return IPC_OK;
}

IpcCode pool_submit(Pool *pool, Owner *owner, uid_t uid, const IpcSubmit *submit, Job **accepted, IpcError *error) {
    Checked checked;
    if (pool->draining || pool->stopping) return ipc_fail(error, IPC_E_DRAINING, NULL);
    IpcCode bad = check(pool, submit, &checked, error);
    if (bad) return bad;
    size_t bytes = submit->source.len + submit->call.source.len + submit->args.len + submit->kwargs.len +
                   submit->sources.files.len + submit->sources.archive.len;
    if (!queue_has_room(&pool->queue, bytes)) {
        pool->was_full = true;
        return ipc_fail(error, IPC_E_QUEUE_FULL, NULL);
    }
    Restored as = {.id = pool->last_job_id + 1, .attempt = 1, .uid = uid};
    return take_in(pool, owner, &as, &checked, accepted, error);
}

IpcCode pool_restore(Pool *pool, Owner *owner, const Restored *restored, const IpcSubmit *submit,
                     Job **accepted, IpcError *error) {
    Checked checked;
    IpcCode bad = check(pool, submit, &checked, error);
    if (!bad) bad = take_in(pool, owner, restored, &checked, accepted, error);
    if (!bad) (*accepted)->keep = true;
    return bad;
}

Job *pool_find_job(const Pool *pool, uint64_t id) {
    uint64_t *found = id ? ipc_idmap_find(&pool->jobs, id) : NULL;
    return found ? (Job *)(uintptr_t)*found : NULL;
}

void pool_forget(Pool *pool, Job *job) {
    pool_take_out(pool, job);
    ipc_idmap_remove(&pool->jobs, job->id, NULL);
    owner_remove_job(job);
    if (job->session) session_drop(pool, job->session);
    job_free(job);
    pool->accepted--;
    pool_note_schedule(pool); /* room */
}

void pool_send_held(Pool *pool) {
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->held) worker_send_held(worker);
    }
}

void pool_take_back_held(Pool *pool) {
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->held) worker_take_back_held(worker);
    }
}

/* --- ending ----------------------------------------------------------------------------------- */

/* Whether the verdict is one that the job is retried for. */
static bool is_cause(const Job *job, IpcVerdict verdict) {
    bool unwanted = job->asked == ASKED_CANCEL || job->asked == ASKED_INTERRUPT;
    return !unwanted && (job->retry_on >> verdict & 1);
}

void pool_end_job(Pool *pool, Job *job, IpcOutcome *outcome) {
    outcome->job = job->id;
    uint64_t now = clock_ns();
    if (outcome->end_ns == 0 || outcome->end_ns > now) outcome->end_ns = now; /* else as its worker says */
    outcome->poisoned = job->retried && !job->retries_left && is_cause(job, outcome->verdict);
    job->state = JOB_ENDED;
    ipc_idmap_remove(&pool->jobs, job->id, NULL);
    pool->verdicts[outcome->verdict]++;
    if (pool->observer->job_ends) pool->observer->job_ends(pool->observer_data, job, outcome);
    Owner *owner = job->owner;
    owner_remove_job(job);
    owner->events->outcome(owner, job, outcome);
    if (pool->observer->job_ended) pool->observer->job_ended(pool->observer_data, owner, outcome);
    if (job->session) session_drop(pool, job->session);
    job_free(job);
    if (pool->jobs.used == 0) pool->tell_idle = true;
}

void pool_end_job_plainly(Pool *pool, Job *job, IpcVerdict verdict, const char *detail) {
    IpcOutcome outcome = {
        .verdict = verdict,
        .detail = ipc_str(detail),
        .attempt = job->sent_ns ? job->attempt : 0,
        .label = ipc_slice(job->label, job->label_length),
        .queued_us = ((job->sent_ns ? job->sent_ns : clock_ns()) - job->accepted_ns) / NS_PER_US,
    };
    pool_end_job(pool, job, &outcome);
}

/* A job, in no list of the queue or of a worker, that is not ended by the pool's stop: see job_stays. */
static bool stays_for_later(Pool *pool, Job *job) {
    const PoolObserver *observer = pool->observer;
    if (!observer->job_stays || !observer->job_stays(pool->observer_data, job)) return false;
    ipc_idmap_remove(&pool->jobs, job->id, NULL);
    owner_remove_job(job);
    if (job->session) session_drop(pool, job->session);
    job_free(job);
    return true;
}

static void end_by_stop(Pool *pool, Job *job) {
    if (!stays_for_later(pool, job))
        pool_end_job_plainly(pool, job, IPC_VERDICT_CANCELLED, "the pool was stopped");
}

void pool_requeue(Pool *pool, Job *job) {
    job->worker = NULL;
    job->sent_ns = job->started_ns = 0;
    job->file_asked = false;
    if (job->asked == ASKED_CANCEL)
        return pool_end_job_plainly(pool, job, IPC_VERDICT_CANCELLED, "cancelled before it began");
    if (job->late) return end_late(pool, job);
    if (pool->stopping) return end_by_stop(pool, job);
    Worker *holder = job->session ? session_worker(job->session) : NULL;
    if (holder) pool_pin(pool, holder, job, true);
    else queue_push_front(&pool->queue, job);
    pool_note_schedule(pool);
}

bool pool_retry(Pool *pool, Job *job, IpcVerdict verdict) {
    Owner *owner = job->owner;
    /* What was read from its input is gone, and so is what its session held. */
    bool can = job->retries_left && !job->input_seen && !job->session_named && !pool->stopping;
    if (!can || !is_cause(job, verdict)) return false;
    owner_remove_job(job);
    Job *moved = job_next_attempt(job);
    owner_add_job(owner, moved ? moved : job);
    if (!moved) return false;
    moved->retries_left--;
    moved->suspicions = 0;
    moved->asked = ASKED_NOTHING;
    moved->retried = true;
    tail_clear(&moved->tail); /* the next attempt writes it anew */
    *ipc_idmap_find(&pool->jobs, moved->id) = (uint64_t)(uintptr_t)moved;
    log_event(pool->log, LOG_INFO, "job-retried", LOG_UINT("job", moved->id),
              LOG_TEXT("verdict", ipc_verdict_name(verdict)), LOG_UINT("attempt", moved->attempt));
    pool_requeue(pool, moved);
    return true;
}

void pool_job_died(Pool *pool, Job *job, const Worker *worker, const Death *death, const IpcDeath *certificate) {
    if (pool_retry(pool, job, death->verdict)) return;
    IpcOutcome outcome = {
        .verdict = death->verdict,
        .detail = ipc_str(death->text),
        .worker = worker->number,
        .pid = (uint64_t)worker->pid,
        .attempt = job->attempt,
        .signal = (uint64_t)death->signal,
        .exit_code = death->exit_code,
        .label = ipc_slice(job->label, job->label_length),
        .queued_us = (job->sent_ns - job->accepted_ns) / NS_PER_US,
        .usage = {.wall_us = (clock_ns() - (job->started_ns ? job->started_ns : job->sent_ns)) / NS_PER_US,
                  .fuel = certificate->fuel,
                  .heap_peak = certificate->heap_peak,
                  .collections = certificate->collections},
        .death = *certificate,
    };
    pool_end_job(pool, job, &outcome);
}

void pool_cancel(Pool *pool, Job *job) {
    switch (job->state) {
    case JOB_WAITING:
        pool_take_out(pool, job);
        pool_end_job_plainly(pool, job, IPC_VERDICT_CANCELLED, "cancelled before it began");
        pool_note_schedule(pool); /* room */
        break;
    case JOB_SENT:
    case JOB_STARTED:
        if (job->asked == ASKED_NOTHING || job->asked == ASKED_INTERRUPT)
            worker_ask_job(job->worker, job, ASKED_CANCEL);
        break;
    case JOB_ENDED:
        break;
    }
}

void pool_interrupt(Pool *pool, Job *job) {
    if (job->state == JOB_WAITING) pool_cancel(pool, job);
    else if (job->state != JOB_ENDED) worker_ask_job(job->worker, job, ASKED_INTERRUPT);
}

/* --- input ------------------------------------------------------------------------------------ */

IpcCode pool_input(Pool *pool, Job *job, const IpcInput *input) {
    (void)pool;
    if (!job->streams_input) return IPC_E_CONFLICT;
    job->input_seen += input->data.len + 1;
    if (job->state == JOB_SENT || job->state == JOB_STARTED) {
        IpcCode failed = ipc_session_notify(&job->worker->link.session, IPC_M_JOB_INPUT, input);
        link_touch(&job->worker->link);
        return failed;
    }
    if (job->early_input.len + input->data.len > EARLY_INPUT_MOST) return IPC_E_TOO_MANY;
    ipc_write_notification(&job->early_input, IPC_M_JOB_INPUT, input);
    return ipc_buf_failed(&job->early_input);
}

IpcCode pool_file(Pool *pool, Job *job, const IpcFile *file) {
    (void)pool;
    if (!job->file_asked || job->state != JOB_STARTED) return IPC_E_CONFLICT;
    job->file_asked = false;
    IpcCode failed = ipc_session_notify(&job->worker->link.session, IPC_M_JOB_FILE, file);
    link_touch(&job->worker->link);
    return failed;
}

void pool_refuse_file(Pool *pool, Job *job) {
    IpcFile refused = {
        .job = job->id, .kind = IPC_FILE_REFUSED, .detail = ipc_str("the client that has it is gone")};
    pool_file(pool, job, &refused);
}

/* --- owners ----------------------------------------------------------------------------------- */

static void follow_hold_everywhere(Pool *pool) {
    for (Worker *worker = pool->workers; worker; worker = worker->next)
        worker_follow_hold(worker);
    pool_note_schedule(pool);
}

void pool_hold(Pool *pool, Owner *owner) {
    if (owner->held) return;
    queue_hold(&pool->queue, owner);
    follow_hold_everywhere(pool);
}

void pool_release(Pool *pool, Owner *owner) {
    if (!owner->held) return;
    queue_release(&pool->queue, owner);
    follow_hold_everywhere(pool);
}

void pool_move_job(Pool *pool, Job *job, Owner *to) {
    bool queued = job->state == JOB_WAITING && !job->worker;
    if (queued) queue_remove(&pool->queue, job);
    owner_remove_job(job);
    owner_add_job(to, job);
    if (queued) queue_push_back(&pool->queue, job);
    pool_note_schedule(pool);
}

static void ignore_outcome(Owner *owner, Job *job, const IpcOutcome *outcome) {
    (void)owner, (void)job, (void)outcome;
}

static void ignore_output(Owner *owner, Job *job, const IpcOutput *output, IpcSlice frame) {
    (void)owner, (void)job, (void)output, (void)frame;
}

/* The job is being cancelled. */
static void ignore_file_request(Owner *owner, Job *job, const IpcFileRequest *request, IpcSlice frame) {
    (void)owner, (void)job, (void)request, (void)frame;
}

static void ignore_input_request(Owner *owner, Job *job, const IpcInputRequest *request, IpcSlice frame) {
    (void)owner, (void)job, (void)request, (void)frame;
}

void pool_disown(Pool *pool, Owner *owner, Owner *heir) {
    static const OwnerEvents ignore = {
        .output = ignore_output,
        .input_request = ignore_input_request,
        .file_request = ignore_file_request,
        .outcome = ignore_outcome,
    };
    pool_release(pool, owner);
    owner->events = &ignore;
    for (Job *job = owner->jobs, *next; job; job = next) {
        next = job->next_owned;
        bool keep = job->keep;
        pool_move_job(pool, job, heir);
        pool_refuse_file(pool, job);
        if (!keep) {
            job->want_output = job->want_events = false;
            pool_cancel(pool, job);
        }
    }
}

/* --- the pool as a whole ---------------------------------------------------------------------- */

void pool_set_size(Pool *pool, uint32_t size) {
    pool->config.size = size;
    pool_note_balance(pool);
    pool_note_schedule(pool);
}

void pool_reconfigure(Pool *pool, const PoolConfig *config) {
    bool gc_events = pool->config.gc_events, gil_events = pool->config.gil_events;
    uint64_t heap_every_ms = pool->config.heap_every_ms;
    pool->config = *config;
    pool->config.gc_events = gc_events;
    pool->config.gil_events = gil_events;
    pool->config.heap_every_ms = heap_every_ms;
    pool->queue.most_jobs = config->queue_jobs;
    pool->queue.most_bytes = config->queue_bytes;
    restart_reconfigure(&pool->restart, config->restart_most, config->restart_window_ns, config->restart_pause_ns);
    pool->was_full = true;
    pool_note_balance(pool);
    pool_note_schedule(pool);
}

void pool_drain(Pool *pool) {
    pool->draining = true;
    pool->tell_idle = true;
}

static void end_waiting(Pool *pool) {
    Job *job;
    for (size_t slot = 0; slot <= pool->jobs.mask && pool->jobs.slots; slot++) {
        uint64_t id = pool->jobs.slots[slot].key;
        if (!id) continue;
        job = (Job *)(uintptr_t)pool->jobs.slots[slot].value;
        if (job->state != JOB_WAITING) continue;
        pool_take_out(pool, job);
        end_by_stop(pool, job);
        slot--; /* the removal may have moved another one here */
    }
}

void pool_stop(Pool *pool, bool politely) {
    if (pool->stopping) return;
    pool->draining = pool->stopping = true;
    end_waiting(pool);
    for (Worker *worker = pool->workers, *next; worker; worker = next) {
        next = worker->next;
        bool may_say_goodbye = politely && worker->state == IPC_WORKER_READY;
        if (!worker->exited) worker_step(worker, may_say_goodbye ? WORKER_EVENT_DRAIN : WORKER_EVENT_STOP);
    }
    pool_note_balance(pool);
}

void pool_watch(Pool *pool, bool gc_events, bool gil_events, uint64_t heap_every_ms) {
    const PoolConfig *now = &pool->config;
    if (now->gc_events == gc_events && now->gil_events == gil_events && now->heap_every_ms == heap_every_ms) return;
    pool->config.gc_events = gc_events;
    pool->config.gil_events = gil_events;
    pool->config.heap_every_ms = heap_every_ms;
    for (Worker *worker = pool->workers; worker; worker = worker->next)
        worker_send_watch(worker);
}

/* --- heap numbers on demand ------------------------------------------------------------------- */

void pool_free_heap_ask(Pool *pool) {
    if (pool->heap_asked > 0 && --pool->heap_asked == 0 && pool->observer->heap_known) {
        pool->observer->heap_known(pool->observer_data);
    }
}

/* Only idle workers are asked: a busy one may be deep in a long operation, and its last numbers do. */
void pool_ask_heap(Pool *pool) {
    pool->heap_asked++; /* our own, given back below */
    for (Worker *worker = pool->workers; worker; worker = worker->next) {
        if (worker->state != IPC_WORKER_READY || worker->heap_asked || worker->exited) continue;
        if (ipc_session_call(&worker->link.session, IPC_M_WORKER_HEAP, NULL, 0, 0, NULL) != IPC_OK) continue;
        link_touch(&worker->link);
        worker->heap_asked = true;
        pool->heap_asked++;
    }
    pool_free_heap_ask(pool);
}
