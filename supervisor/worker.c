#include "worker.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ipc/telemetry.h>

#include "certificate.h"
#include "clock.h"
#include "worker_messages.h"

#define RECALL_AFTER (5 * NS_PER_MS) /* a job runs that long: those sent ahead behind it may be called back 
                                      * \ */
#define EXIT_GRACE      (200 * NS_PER_MS) /* from the end of its pipe to the end of the process */
#define LEAVE_GRACE     (2 * NS_PER_S)    /* from being told to leave to being killed */
#define PIPELINE_TIME   (2 * NS_PER_MS)   /* how much work is sent ahead, at most */
#define BEGIN_TIME      (2 * NS_PER_MS)   /* after which a job that was sent alone has surely begun */
#define CPU_SLACK       (50 * NS_PER_MS)  /* beside the grace: a tick of the worker's, and what it takes to tell the end */
#define SUSPICIONS_MOST 3
#define DRAIN_MOST      ((size_t)1 << 28)
#define INPUT_WAITING   ((size_t)1 << 20) /* bytes for one worker above which its givers pause */

/* --- the state table -------------------------------------------------------------------------- */

typedef void Action(Worker *worker);

static Action do_nothing, do_impossible, do_announce, do_begin, do_rest, do_call_back, do_dismiss, do_kill,
    do_condemn, do_kill_late, do_kill_job, do_kill_leaver, do_kill_silent, do_await_exit, do_bury;

typedef struct {
    Action *action;
    const char *name;
    IpcWorkerState next;
} Step;

static const Step steps[WORKER_STATE_COUNT][WORKER_EVENT_COUNT] = {
#define STEP(state, event, action, next)                                                                     \
    [IPC_WORKER_##state][WORKER_EVENT_##event] = {do_##action, #action, IPC_WORKER_##next},
#include "worker_states.def"
#undef STEP
};

static const char *const event_names[] = {"ready",     "assign",  "idle",   "drain", "stop",
                                          "violation", "overdue", "silent", "closed", "exit"};

const char *worker_state_name(IpcWorkerState state) {
    return ipc_enum_word(IPC_ENUM_WorkerState, (int)state);
}

WorkerRule worker_rule(IpcWorkerState state, WorkerEventKind event) {
    const Step *step = &steps[state][event];
    return (WorkerRule){step->name, step->next, step->action == do_impossible};
}

static void tell_change(Worker *worker, const char *cause) {
    Pool *pool = worker->pool;
    if (!pool->observer->worker_changed) return;
    bool dead = worker->state == IPC_WORKER_DEAD;
    IpcWorkerEvent event = {
        .worker = worker->number,
        .pid = (uint64_t)worker->pid,
        .state = worker->state,
        .at_ns = clock_ns(),
        .cause = ipc_str(cause),
        .signal = dead && WIFSIGNALED(worker->wait_status) ? (uint64_t)WTERMSIG(worker->wait_status) : 0,
        .exit_code = dead && WIFEXITED(worker->wait_status) ? WEXITSTATUS(worker->wait_status) : 0,
        .job = worker_head(worker) ? worker_head(worker)->id : 0,
    };
    pool->observer->worker_changed(pool->observer_data, &event);
}

void worker_step(Worker *worker, WorkerEventKind event) {
    const Step *step = &steps[worker->state][event];
    IpcWorkerState before = worker->state;
    if (step->action == do_impossible) {
        worker->pool->internal_errors++;
        log_event(worker->pool->log, LOG_ERROR, "internal-error", LOG_TEXT("what", "impossible worker event"),
                  LOG_UINT("worker", worker->number), LOG_TEXT("state", worker_state_name(before)),
                  LOG_TEXT("on", event_names[event]));
        return;
    }
    worker->state = step->next;
    if (step->next != before && step->next != IPC_WORKER_DEAD) {
        bool routine = before == IPC_WORKER_READY || before == IPC_WORKER_BUSY; /* too many to log each */
        if (!routine || step->next > IPC_WORKER_BUSY) {
            log_event(worker->pool->log, LOG_DEBUG, "worker-state", LOG_UINT("worker", worker->number),
                      LOG_UINT("pid", worker->pid), LOG_TEXT("state", worker_state_name(step->next)),
                      LOG_TEXT("on", event_names[event]));
        }
        tell_change(worker, NULL);
        pool_note_balance(worker->pool);
    }
    step->action(worker);
}

/* --- the timer -------------------------------------------------------------------------------- */

static void on_timer(uv_timer_t *timer);

static uint64_t wall_due(const Worker *worker) {
    const Job *head = worker_head(worker);
    bool asked = head && head->asked != ASKED_NOTHING && head->asked != ASKED_INTERRUPT; /* may be survived */
    if (!head || !head->limits.wall_ms || asked) return 0;
    uint64_t start = head->started_ns ? head->started_ns : worker->head_since_ns, limit;
    if (__builtin_mul_overflow(head->limits.wall_ms, NS_PER_MS, &limit)) return 0;
    return start + limit;
}

static uint64_t recall_due(const Worker *worker) {
    if (worker->in_flight.count < 2) return 0;
    uint64_t since =
        worker->recalled_ns > worker->head_since_ns ? worker->recalled_ns : worker->head_since_ns;
    return since + RECALL_AFTER;
}

/* Half of the heartbeat's time without a sign, and it is asked; the other half without an answer, and it is silent. A job that
 * was sent and not begun is a question, too. */
static uint64_t pulse_due(const Worker *worker) {
    uint64_t patience = worker->pool->config.heartbeat_ns;
    const Job *head = worker_head(worker);
    if (!patience) return 0;
    if (worker->state == IPC_WORKER_READY) return worker->heard_ns + patience / 2;
    bool waits = head && head->state == JOB_SENT && !head->owner->held;
    bool up = worker->state == IPC_WORKER_BUSY || worker->state == IPC_WORKER_DRAINING;
    if (!up || !waits) return 0;
    return (worker->heard_ns > worker->head_since_ns ? worker->heard_ns : worker->head_since_ns) + patience;
}

static uint64_t cpu_due(const Worker *worker) {
    const Job *head = worker_head(worker);
    return head && head->limits.cpu_ms ? worker->cpu_check_ns : 0;
}

static uint64_t earlier(uint64_t a, uint64_t b) {
    return !a || (b && b < a) ? b : a;
}

/* Arms the timer for the earliest of what may become due, unless it goes off before that anyway. */
static void rearm(Worker *worker, uint64_t now) {
    uint64_t next = earlier(worker->due_ns, earlier(wall_due(worker), recall_due(worker)));
    next = earlier(next, earlier(pulse_due(worker), cpu_due(worker)));
    if (!next || (worker->armed_ns && worker->armed_ns <= next) || worker->exited) return;
    if (worker->armed_ns == 0) uv_update_time(worker->pool->loop);
    worker->armed_ns = next;
    /* At least 1 ms: the loop runs timers that are due until none is, which one of 0 ms always would be. */
    uv_timer_start(&worker->timer, on_timer, next > now ? clock_ms_ceil(next - now) : 1, 0);
}

static void set_due(Worker *worker, uint64_t from_now_ns) {
    uint64_t now = clock_ns();
    worker->due_ns = from_now_ns ? now + from_now_ns : 0;
    rearm(worker, now);
}

static bool others_idle(const Worker *worker) {
    for (const Worker *other = worker->pool->workers; other; other = other->next) {
        if (other != worker && other->state == IPC_WORKER_READY && worker_serves(other)) return true;
    }
    return false;
}

/* Asks for everything but the first job back. Jobs of its sessions can run nowhere else. */
static void recall_rest(Worker *worker) {
    const Job *head = worker_head(worker);
    for (Job *job = head ? head->next : NULL; job; job = job->next) {
        if (!job->session_named) worker_recall(worker, job);
    }
}

/* Jobs behind a long one need not wait for it while another worker has nothing to do. */
static void recall_stuck(Worker *worker) {
    if (others_idle(worker) && worker->state == IPC_WORKER_BUSY) recall_rest(worker);
}

/* What it may have said already is heard first: it may be we who were late. */
static void feel_pulse(Worker *worker, uint64_t now) {
    bool idle = worker->state == IPC_WORKER_READY;
    if (idle && !worker->pinged) {
        worker->heard_ns = now;
        worker->pinged = ipc_session_call(&worker->link.session, IPC_M_WORKER_PING, NULL, 0, 0, NULL) == IPC_OK;
        link_touch(&worker->link);
        return;
    }
    uint64_t due = pulse_due(worker);
    link_drain(&worker->link, DRAIN_MOST);
    if (worker->exited || !due || pulse_due(worker) != due) return;
    const Job *head = worker_head(worker);
    uint64_t told;
    bool begun = head && worker->page && ipc_telemetry_job(worker->page, &told) && told == head->id;
    if (begun) worker->heard_ns = now; /* its `started` is in a buffer still; its limits are watched */
    else worker_step(worker, WORKER_EVENT_SILENT);
}

/* Processor time used by the process so far; 0: it cannot be had. */
static uint64_t cpu_of(const Worker *worker) {
    clockid_t id;
    struct timespec used;
    if (clock_getcpuclockid(worker->pid, &id) != 0 || clock_gettime(id, &used) != 0) return 0;
    return (uint64_t)used.tv_sec * NS_PER_S + (uint64_t)used.tv_nsec;
}

/* The worker ends a job that is over its limit by itself, at its next safe point. Ours is the case in which none comes. */
static uint64_t cpu_allowed(const Worker *worker) {
    uint64_t limit;
    if (__builtin_mul_overflow(worker_head(worker)->limits.cpu_ms, NS_PER_MS, &limit)) return UINT64_MAX / 2;
    return limit + worker->pool->config.grace_ns + CPU_SLACK;
}

static void check_cpu(Worker *worker, uint64_t now) {
    uint64_t used = cpu_of(worker) - worker->cpu_begun_ns, allowed = cpu_allowed(worker);
    worker->cpu_check_ns = now + (used < allowed ? allowed - used : NS_PER_MS);
    worker->cpu_over = used > allowed;
    if (worker->cpu_over) worker_step(worker, WORKER_EVENT_OVERDUE);
}

/* The first job in flight is another one. */
static void note_head(Worker *worker, uint64_t now) {
    const Job *head = worker_head(worker);
    worker->head_since_ns = now;
    worker->cpu_check_ns = 0;
    if (!head->limits.cpu_ms) return;
    worker->cpu_begun_ns = cpu_of(worker);
    worker->cpu_check_ns = now + cpu_allowed(worker);
}

static void on_timer(uv_timer_t *timer) {
    Worker *worker = timer->data;
    uint64_t now = clock_ns();
    worker->armed_ns = 0;
    if (worker->due_ns && now >= worker->due_ns) {
        worker->due_ns = 0;
        worker_step(worker, WORKER_EVENT_OVERDUE);
        return;
    }
    uint64_t wall = wall_due(worker), recall = recall_due(worker);
    if (wall && now >= wall) worker_ask_job(worker, worker_head(worker), ASKED_TIMEOUT);
    if (recall && now >= recall) {
        worker->recalled_ns = now;
        recall_stuck(worker);
    }
    uint64_t pulse = pulse_due(worker), cpu = cpu_due(worker);
    if (pulse && now >= pulse) feel_pulse(worker, now);
    if (cpu && now >= cpu && cpu == cpu_due(worker)) check_cpu(worker, now);
    rearm(worker, clock_ns());
}

/* --- actions ---------------------------------------------------------------------------------- */

static void do_nothing(Worker *worker) {
    (void)worker;
}

static void do_impossible(Worker *worker) {
    (void)worker;
}

static void do_announce(Worker *worker) {
    worker->due_ns = 0;
    worker->ready_ns = worker->heard_ns = clock_ns();
    rearm(worker, worker->ready_ns);
    restart_note_ready(&worker->pool->restart);
    recycle_begin(worker);
    log_event(worker->pool->log, worker->made ? LOG_DEBUG : LOG_INFO, "worker-ready", LOG_UINT("worker", worker->number),
              LOG_UINT("pid", worker->pid),
              LOG_UINT("start_us", (worker->ready_ns - worker->born_ns) / NS_PER_US));
    worker_send_watch(worker);
    pool_note_schedule(worker->pool);
}

static void do_begin(Worker *worker) {
    worker->used = true;
    worker->batch_since_ns = clock_ns();
    worker->batch_outcomes = 0;
}

static void do_rest(Worker *worker) {
    worker->due_ns = 0;
    worker->heard_ns = clock_ns();
    rearm(worker, worker->heard_ns);
    pool_note_schedule(worker->pool);
}

static void do_call_back(Worker *worker) {
    recall_rest(worker);
}

/* Politely: it gets `stop`, then the end of its request pipe, then the grace. One that was for a single job leaves after it by
 * itself. */
static void do_dismiss(Worker *worker) {
    worker->told_to_leave = true;
    worker->leave_reason = worker->pool->stopping ? LEAVE_STOPPED
                           : worker->single_use   ? LEAVE_USED
                           : worker->wear.tired   ? LEAVE_RECYCLED
                                                  : LEAVE_RELEASED;
    IpcStop stop = {.now = true};
    if (!worker->single_use) ipc_session_notify(&worker->link.session, IPC_M_WORKER_STOP, &stop);
    link_touch(&worker->link);
    set_due(worker, LEAVE_GRACE);
}

void worker_kill(Worker *worker, KillReason reason) {
    if (worker->kill_reason == KILL_NONE) worker->kill_reason = reason;
    worker->due_ns = 0;
    if (worker->exited) return;
    syscall(SYS_pidfd_send_signal, worker->pid_fd, SIGKILL, NULL, 0);
}

static void do_kill(Worker *worker) {
    worker->told_to_leave = true;
    worker_kill(worker, worker->pool->stopping ? KILL_STOP : KILL_RETIRE);
}

static void do_condemn(Worker *worker) {
    if (!worker->violation[0]) snprintf(worker->violation, sizeof worker->violation, "said ready twice");
    worker_kill(worker, KILL_PROTOCOL);
}

static void do_kill_late(Worker *worker) {
    worker_kill(worker, KILL_START);
}

static void do_kill_job(Worker *worker) {
    const Job *head = worker_head(worker);
    KillReason asked = head && head->asked == ASKED_TIMEOUT ? KILL_TIMEOUT : KILL_CANCEL;
    worker_kill(worker, worker->cpu_over ? KILL_CPU : asked);
}

static void do_kill_silent(Worker *worker) {
    worker_kill(worker, KILL_SILENT);
}

static void do_kill_leaver(Worker *worker) {
    worker_kill(worker, worker->told_to_leave ? KILL_LEAVE : KILL_PROTOCOL);
}

/* Its pipe ended. Most likely it is dying, and how is better learnt from its status than decided by a
 * kill. */
static void do_await_exit(Worker *worker) {
    if (!worker->violation[0]) snprintf(worker->violation, sizeof worker->violation, "closed its event pipe");
    set_due(worker, EXIT_GRACE);
}

/* --- the end ---------------------------------------------------------------------------------- */

static void free_when_closed(Worker *worker) {
    if (--worker->open_handles > 0) return;
    spawn_forget_page(worker->page);
    close(worker->pid_fd);
    free(worker);
}

static void on_handle_closed(uv_handle_t *handle) {
    free_when_closed(handle->data);
}

void worker__link_gone(Link *link) {
    free_when_closed(link->owner);
}

static void unlink_worker(Worker *worker) {
    Pool *pool = worker->pool;
    if (worker->previous) worker->previous->next = worker->next;
    else pool->workers = worker->next;
    if (worker->next) worker->next->previous = worker->previous;
    pool->worker_count--;
}

/* Whether the death is the first job's own. It is if the job had begun, as the worker or its page says, or was
 * asked to end. Where no page tells, a worker may have died before its `started` got out of its buffer: if it had
 * this one job, it was this one; if several had been sent ahead, nobody can tell which of them it was at. A job that
 * is not known to have begun is not ended: all go back as suspects, which are sent alone from then on, so that the
 * next death names the one that did it and spares the others. One that goes on to be there when workers die is
 * believed to do it. */
static bool is_to_blame(const Worker *worker, const Job *head, const Death *death) {
    if (!head || death->expected) return false;
    if (head->state == JOB_STARTED || head->asked != ASKED_NOTHING) return true;
    if (death->cause == IPC_DEATH_HEARTBEAT) return head->suspicions >= SUSPICIONS_MOST;
    uint64_t told;
    if (worker->page && ipc_telemetry_job(worker->page, &told))
        return told == head->id || head->suspicions >= SUSPICIONS_MOST;
    bool alone = worker->in_flight.count == 1, its_own_doing = death->signal != SIGKILL;
    bool had_time = clock_ns() - worker->head_since_ns > BEGIN_TIME;
    return (alone && (its_own_doing || had_time)) || head->suspicions >= SUSPICIONS_MOST;
}

static void settle_jobs(Worker *worker, const Death *death, const IpcDeath *certificate) {
    Pool *pool = worker->pool;
    Job *head = worker_head(worker);
    Job *job;
    bool blamed = is_to_blame(worker, head, death), suspect = !blamed && !death->expected;
    if (blamed) joblist_remove(&worker->in_flight, head);
    sessions_end(pool, worker);
    while ((job = worker->in_flight.last)) {
        joblist_remove(&worker->in_flight, job);
        job->suspicions += suspect;
        /* What a session held is gone, so its jobs cannot simply go on elsewhere. */
        if (job->session_named && worker->jobs_done)
            pool_end_job_plainly(pool, job, IPC_VERDICT_LOST, "its session ended");
        else pool_requeue(pool, job);
    }
    if (blamed) pool_job_died(pool, head, worker, death, certificate);
}

static void count_death(Worker *worker, const Death *death, bool had_job) {
    Pool *pool = worker->pool;
    bool added;
    uint64_t *of_slot = ipc_idmap_add(&pool->slot_deaths, worker->number, 0, &added);
    if (death->expected) return;
    pool->deaths++;
    if (of_slot) ++*of_slot;
    if (!had_job) restart_note_failure(&pool->restart, clock_ns(), death->text);
    bool never_ready = !worker->ready_ns;
    if (never_ready && pool->observer->failed)
        pool->observer->failed(pool->observer_data, SPAWN_NO_START, death->text);
}

static void tell_death(Worker *worker, IpcDeath *record) {
    Pool *pool = worker->pool;
    char place[400], text[260];
    snprintf(text, sizeof text, "%.*s", (int)record->text.len, record->text.ptr);
    deathbook_add(&pool->deathbook, record);
    bool routine = worker->single_use && record->expected; /* one for each job */
    log_event(pool->log, routine ? LOG_DEBUG : record->expected ? LOG_INFO : LOG_WARN, "worker-died", LOG_UINT("worker", worker->number),
              LOG_UINT("pid", worker->pid), LOG_TEXT("why", ipc_enum_word(IPC_ENUM_DeathCause, (int)record->cause)),
              LOG_TEXT("cause", text), LOG_UINT("job", record->job), LOG_UINT("jobs", worker->jobs_done),
              LOG_TEXT("doing", ipc_enum_word(IPC_ENUM_Activity, (int)record->activity)),
              LOG_TEXT("at", death_place(record, place, sizeof place)), LOG_UINT("fuel", record->fuel),
              LOG_UINT("heap", record->heap_bytes));
    if (pool->observer->died) pool->observer->died(pool->observer_data, record);
    tell_change(worker, text);
}

static void do_bury(Worker *worker) {
    Pool *pool = worker->pool;
    Certificate certificate;
    bool had_job = worker_head(worker) != NULL;
    certificate_write(&certificate, worker);
    tell_death(worker, &certificate.record);
    if (worker->heap_asked) pool_free_heap_ask(pool);
    count_death(worker, &certificate.death, had_job);
    if (pool->cgroups) cgroups_clear(pool->cgroups, worker->number);
    unlink_worker(worker);
    tenant_drop(worker->tenant);
    worker->tenant = NULL;
    settle_jobs(worker, &certificate.death, &certificate.record);
    certificate_free(&certificate);
    pool_note_balance(pool);
    pool_note_schedule(pool);
    link_close(&worker->link);
    uv_close((uv_handle_t *)&worker->timer, on_handle_closed);
    uv_close((uv_handle_t *)&worker->exit_poll, on_handle_closed);
}

/* The process has ended. What it wrote before is in the pipe still, and counts. */
static void on_exit_readable(uv_poll_t *poll, int status, int events) {
    Worker *worker = poll->data;
    (void)status;
    (void)events;
    pid_t waited = waitpid(worker->pid, &worker->wait_status, WNOHANG);
    if (waited == 0 || (waited < 0 && errno == EINTR)) return;
    worker->status_known = waited > 0; /* else somebody else waited for it */
    worker->exited = true;
    uv_poll_stop(poll);
    uv_timer_stop(&worker->timer);
    link_drain(&worker->link, DRAIN_MOST);
    worker_step(worker, WORKER_EVENT_EXIT);
}

/* --- jobs ------------------------------------------------------------------------------------- */

bool worker_serves(const Worker *worker) {
    bool up = worker->state == IPC_WORKER_READY || worker->state == IPC_WORKER_BUSY;
    return up && !worker->spare && !worker->single_use && !worker->exited;
}

uint32_t worker_room(const Worker *worker) {
    uint64_t window = 1;
    if (worker->service_ns) window = PIPELINE_TIME / worker->service_ns;
    if (window > worker->pool->config.depth) window = worker->pool->config.depth;
    if (window < 1) window = 1;
    return worker->in_flight.count < window ? (uint32_t)(window - worker->in_flight.count) : 0;
}

static void send_early_input(Worker *worker, Job *job) {
    if (!job->early_input.len) return;
    ipc_session_append(&worker->link.session, ipc_buf_slice(&job->early_input));
    ipc_buf_free(&job->early_input);
    ipc_buf_init(&job->early_input, NULL);
}

static IpcCode write_job(Worker *worker, Job *job) {
    IpcCode failed = ipc_session_append(&worker->link.session, ipc_slice(job->message, job->message_length));
    if (failed) return failed;
    send_early_input(worker, job);
    link_touch(&worker->link);
    return IPC_OK;
}

/* The job is taken from the worker's list. If it was the only one, the worker has nothing to do. */
static void rest_without(Worker *worker, Job *job) {
    joblist_remove(&worker->in_flight, job);
    worker->held--;
    if (worker_head(worker)) return;
    worker->single_use = false;
    worker->used = worker->jobs_done > 0;
    if (worker->state == IPC_WORKER_BUSY) worker_step(worker, WORKER_EVENT_IDLE);
}

void worker_send_held(Worker *worker) {
    Job *job = worker->in_flight.last;
    for (uint32_t i = 1; i < worker->held; i++)
        job = job->previous;
    for (Job *next; worker->held; job = next) {
        next = job->next;
        IpcCode failed = write_job(worker, job);
        if (failed) {
            rest_without(worker, job);
            pool_end_job_plainly(worker->pool, job, IPC_VERDICT_REJECTED, ipc_code_text(failed));
        } else {
            worker->held--;
        }
    }
}

void worker_take_back_held(Worker *worker) {
    while (worker->held) {
        Job *job = worker->in_flight.last;
        rest_without(worker, job);
        pool_requeue(worker->pool, job);
    }
}

void worker_send_job(Worker *worker, Job *job) {
    Pool *pool = worker->pool;
    IpcCode failed = pool->holds_sends ? IPC_OK : write_job(worker, job);
    if (failed) return pool_end_job_plainly(pool, job, IPC_VERDICT_REJECTED, ipc_code_text(failed));
    job->state = JOB_SENT;
    job->worker = worker;
    joblist_push_back(&worker->in_flight, job);
    if (pool->holds_sends) {
        worker->held++;
        pool->observer->job_assigned(pool->observer_data, job);
    }
    if (worker->in_flight.count == 1) {
        job->sent_ns = clock_ns();
        note_head(worker, job->sent_ns);
        worker_step(worker, WORKER_EVENT_ASSIGN);
    } else {
        job->sent_ns = worker->head_since_ns;
    }
    rearm(worker, worker->head_since_ns);
}

void worker_recall(Worker *worker, Job *job) {
    if (job->state != JOB_SENT) return;
    ipc_session_notify(&worker->link.session, IPC_M_JOB_RECALL, &(IpcJobRef){job->id});
    link_touch(&worker->link);
}

void worker_ask_job(Worker *worker, Job *job, Asked why) {
    if (job->asked == ASKED_NOTHING || job->asked == ASKED_INTERRUPT) job->asked = why;
    if (job != worker_head(worker)) return worker_recall(worker, job);
    if (why == ASKED_TIMEOUT) recall_rest(worker); /* this worker will not be used again */
    else worker_recall(worker, job);               /* it may not have begun */
    ipc_session_notify(&worker->link.session, IPC_M_JOB_CANCEL, &(IpcJobRef){job->id});
    link_touch(&worker->link);
    link_flush(&worker->link);
    if (why != ASKED_INTERRUPT) set_due(worker, worker->pool->config.grace_ns);
}

void worker_repeat_ask(Worker *worker, Job *job) {
    uint64_t due = worker->due_ns;
    worker_ask_job(worker, job, job->asked);
    if (due) worker->due_ns = due;
}

void worker_follow_hold(Worker *worker) {
    const Job *head = worker_head(worker);
    if (head && head->owner->held && !worker->exited) link_pause(&worker->link);
    else link_resume(&worker->link);
}

void worker_send_watch(Worker *worker) {
    const PoolConfig *config = &worker->pool->config;
    IpcWatch watch = {
        .gc_events = config->gc_events, .gil_events = config->gil_events, .heap_every_ms = config->heap_every_ms};
    if (worker->state == IPC_WORKER_STARTING || worker->state >= IPC_WORKER_STOPPING) return;
    ipc_session_notify(&worker->link.session, IPC_M_WORKER_WATCH, &watch);
    link_touch(&worker->link);
}

/* A new job is first in flight: its time runs from now, and a wish that came while it waited is passed on. */
void worker__head_changed(Worker *worker) {
    Job *head = worker_head(worker);
    worker->due_ns = 0;
    if (!head) return;
    note_head(worker, clock_ns());
    if (head->asked != ASKED_NOTHING) worker_ask_job(worker, head, head->asked);
    rearm(worker, worker->head_since_ns);
}

/* --- the beginning ---------------------------------------------------------------------------- */

static uint32_t free_number(const Pool *pool) {
    for (uint32_t number = 1;; number++) {
        const Worker *worker = pool->workers;
        while (worker && worker->number != number)
            worker = worker->next;
        if (!worker) return number;
    }
}

static void link_worker(Pool *pool, Worker *worker) {
    worker->number = free_number(pool);
    worker->next = pool->workers;
    if (pool->workers) pool->workers->previous = worker;
    pool->workers = worker;
    pool->worker_count++;
}

static IpcSessionConfig session_config(const Pool *pool) {
    return (IpcSessionConfig){.role = IPC_ROLE_SUPERVISOR,
                              .name = "atoll",
                              .version = ATOLL_VERSION,
                              .pid = (uint64_t)pool->spawner.plan.parent};
}

static void put_hello(const Pool *pool, IpcSession *session, uint32_t number) {
    const PoolConfig *config = &pool->config;
    IpcWorkerHello settings = {.worker = number,
                               .gc_events = config->gc_events,
                               .gil_events = config->gil_events,
                               .heap_every_ms = config->heap_every_ms};
    ipc_session_hello(session, &settings, 0);
}

/* What has changed of the settings since, and a worker's number, it need not know before `watch`. */
void worker_greeting(const Pool *pool, IpcBuf *out) {
    IpcSession session;
    IpcSessionConfig config = session_config(pool);
    ipc_session_init(&session, &config);
    put_hello(pool, &session, 0);
    IpcSlice bytes = ipc_session_out(&session);
    ipc_buf_append(out, bytes.ptr, bytes.len);
    ipc_session_free(&session);
}

/* One that the template has made has been greeted. */
static void say_hello(Worker *worker) {
    IpcSession *session = &worker->link.session;
    put_hello(worker->pool, session, worker->number);
    if (worker->made) return ipc_session_sent(session, ipc_session_out(session).len);
    link_touch(&worker->link);
    link_flush(&worker->link);
}

/* Before it has heard of anybody: bounded from the beginning. */
static void enter_group(Worker *worker) {
    Cgroups *cgroups = worker->pool->cgroups;
    if (!cgroups || !cgroups->wanted) return;
    int error = cgroups_put(cgroups, worker->number, worker->pid);
    worker->layers.state[LAYER_CGROUP] = error ? LAYER_UNAVAILABLE : LAYER_ACTIVE;
    worker->layers.error[LAYER_CGROUP] = error;
    worker->oom_kills = cgroups_oom_kills(cgroups, worker->number);
    if (!error) return;
    log_event(worker->pool->log, LOG_WARN, "worker-not-grouped", LOG_UINT("worker", worker->number), LOG_TEXT("cause", strerror(error)));
}

static bool adopt(Worker *worker, const Spawned *spawned) {
    Pool *pool = worker->pool;
    worker->pid = spawned->pid;
    worker->pid_fd = spawned->pid_fd;
    worker->page = spawned->page;
    worker->layers = spawned->report;
    IpcSessionConfig config = session_config(pool);
    int failed = uv_poll_init(pool->loop, &worker->exit_poll, worker->pid_fd);
    if (failed) return false;
    uv_timer_init(pool->loop, &worker->timer);
    worker->exit_poll.data = worker->timer.data = worker;
    worker->open_handles = 3;
    link_worker(pool, worker);
    enter_group(worker);
    uv_poll_start(&worker->exit_poll, UV_READABLE, on_exit_readable);
    if (link_open(&worker->link, pool->hub, spawned->event_fd, spawned->request_fd, &config,
                  &worker_link_events, worker)) {
        worker_kill(worker, KILL_LEAVE); /* no pipes, but it is waited for as any other */
        worker->told_to_leave = true;
        worker->state = IPC_WORKER_STOPPING;
    }
    worker->link.high_water = INPUT_WAITING;
    return true;
}

static void note_failed_start(Pool *pool, SpawnResult result, const char *text) {
    log_event(pool->log, LOG_ERROR, "worker-not-started", LOG_TEXT("cause", text));
    restart_note_failure(&pool->restart, clock_ns(), text);
    if (pool->observer->failed) pool->observer->failed(pool->observer_data, result, text);
}

Worker *worker_start(Pool *pool) {
    char error[256];
    Spawned spawned;
    Worker *worker = calloc(1, sizeof *worker);
    if (!worker) return note_failed_start(pool, SPAWN_NO_FORK, "out of memory"), NULL;
    worker->pool = pool;
    worker->born_ns = clock_ns();
    SpawnResult result = SPAWN_OK;
    worker->made = template_take(&pool->template, &spawned);
    if (!worker->made) {
        result = spawn_worker(&pool->spawner, &spawned, error, sizeof error);
        pool->spawned += result == SPAWN_OK;
    }
    if (result != SPAWN_OK || !adopt(worker, &spawned)) {
        if (result == SPAWN_OK) snprintf(error, sizeof error, "cannot watch the new process");
        free(worker);
        note_failed_start(pool, result, error);
        return NULL;
    }
    if (worker->state == IPC_WORKER_STARTING) {
        say_hello(worker);
        set_due(worker, pool->config.start_timeout_ns);
        tell_change(worker, NULL);
    }
    if (!pool->oom.last_ns) oom_watch_init(&pool->oom, clock_ns());
    return worker;
}
