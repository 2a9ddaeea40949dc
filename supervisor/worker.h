/* A worker as the supervisor sees it: a process, its two pipes, and a place in worker_states.def.
 *
 * Jobs sent to it stand in `in_flight`, in the order in which it does them: the first is the one it runs (or
 * is about to run), the others were sent ahead so that its pipe never runs dry. Only the first can be hurt by
 * its death.
 *
 * One timer serves all that a worker can be late with: `due_ns` is when OVERDUE happens next (what that means
 * depends on the state); the first job's wall-clock limit and the recall of jobs stuck behind a long one are
 * looked at as well. The timer is armed lazily: it may go off too early, finds nothing, and is armed again;
 * starting a job costs no timer. */
#ifndef ATOLL_WORKER_H
#define ATOLL_WORKER_H

#include "pool.h"

typedef enum {
    WORKER_EVENT_READY,
    WORKER_EVENT_ASSIGN,
    WORKER_EVENT_IDLE,
    WORKER_EVENT_DRAIN,
    WORKER_EVENT_STOP,
    WORKER_EVENT_VIOLATION,
    WORKER_EVENT_OVERDUE,
    WORKER_EVENT_SILENT,
    WORKER_EVENT_CLOSED,
    WORKER_EVENT_EXIT,
    WORKER_EVENT_COUNT,
} WorkerEventKind;

enum { WORKER_STATE_COUNT = IPC_WORKER_DEAD + 1 };

struct Worker {
    Pool *pool;
    Worker *next, *previous;
    uint32_t number; /* slot, from 1; the smallest that was free */
    IpcWorkerState state;
    pid_t pid;
    int pid_fd;
    uv_poll_t exit_poll;
    uv_timer_t timer;
    Link link;
    int open_handles; /* of exit_poll, timer and link */
    const void *page; /* its telemetry */
    SandboxReport layers;
    JobList in_flight;
    uint32_t held;     /* of those in flight, the last ones: not sent yet (pool_send_held) */
    JobList pinned;    /* waiting jobs of the sessions it holds */
    uint32_t sessions; /* bound to it */
    bool made;         /* by the template */
    bool spare;        /* ready, beside the pool's size */
    bool used;         /* has been given a job */
    bool single_use;   /* runs a job of `process` isolation and leaves after it */
    Tenant *tenant;    /* whose jobs it has run, held; NULL: nobody's yet */
    Wear wear;         /* what may make it tired, and be replaced */
    bool told_to_leave, exited, status_known, heap_asked;
    LeaveReason leave_reason;
    KillReason kill_reason;
    int wait_status;
    char violation[120];
    uint64_t born_ns, ready_ns;
    uint64_t due_ns;         /* 0: nothing is due */
    uint64_t armed_ns;       /* when the timer goes off; 0: it does not */
    uint64_t head_since_ns;  /* since when the first job in flight is the first */
    uint64_t heard_ns;       /* when it was last known to answer, or was asked whether it does */
    bool pinged;             /* it was asked */
    uint64_t cpu_begun_ns;   /* its processor time when the first job in flight became the first */
    uint64_t cpu_check_ns;   /* when that job may be over its limit of processor time; 0: it has none */
    bool cpu_over;           /* and it was */
    uint64_t recalled_ns;    /* when jobs were last asked back from behind a long one */
    uint64_t batch_since_ns; /* since when outcomes are counted */
    uint32_t batch_outcomes;
    uint64_t service_ns; /* time per job, smoothed; 0: not known */
    uint64_t jobs_done;
    uint64_t heap_bytes, heap_peak, objects, collections, boot_us;
    uint64_t oom_kills;      /* in its control group before it came */
    uint64_t resident_bytes; /* as last looked at; 0: not known */
};

/* Appends the `hello` that a worker's session begins with, for one that the template is to make. */
void worker_greeting(const Pool *pool, IpcBuf *out);
/* Starts a process and links it into the pool. NULL: it could not be started, which has been logged and
 * noted. */
Worker *worker_start(Pool *pool);
/* One step of the state table. */
void worker_step(Worker *worker, WorkerEventKind event);

/* Hands over a job that is in no list. */
void worker_send_job(Worker *worker, Job *job);
/* Sends the jobs that are held for it, or puts them back to the front of the queue. */
void worker_send_held(Worker *worker);
void worker_take_back_held(Worker *worker);
/* Asks for jobs back that it has not begun. */
void worker_recall(Worker *worker, Job *job);
/* Asks the running job to end; with a kill after the grace unless `gently`. */
void worker_ask_job(Worker *worker, Job *job, Asked why);
/* The same wish again, for a job that began after it was asked; the grace goes on. */
void worker_repeat_ask(Worker *worker, Job *job);
void worker_kill(Worker *worker, KillReason reason);
/* Stops or starts reading: its running job's owner is held or released. */
void worker_follow_hold(Worker *worker);
void worker_send_watch(Worker *worker);

/* How many more jobs may be sent to it now. */
uint32_t worker_room(const Worker *worker);
bool worker_serves(const Worker *worker); /* ready or busy, in service, not about to leave */

/* To be replaced, unless it has come to hold sessions meanwhile, which nobody else could go on with. */
static inline bool worker_is_tired(const Worker *worker) {
    return worker->wear.tired && !worker->sessions;
}

static inline Job *worker_head(const Worker *worker) {
    return worker->in_flight.first;
}

const char *worker_state_name(IpcWorkerState state);

/* The table, for the dispatcher and its test: what it says about a pair. */
typedef struct {
    const char *action;
    IpcWorkerState next;
    bool impossible;
} WorkerRule;
WorkerRule worker_rule(IpcWorkerState state, WorkerEventKind event);

#endif
