/* The pool: workers, the queue of jobs before them, and the rules that keep both going.
 *
 * Everything happens in one loop and one thread. What clients and workers cause during a turn of the loop is
 * only noted; pool_turn, at the turn's end, starts or retires workers (pool_balance), hands out jobs
 * (scheduler_run) and tells the observer about room and idleness. So a hundred submits cost one round of
 * scheduling.
 *
 * INVARIANTS
 *   - Every accepted job has exactly one outcome, told through its owner (pool_end_job is the only door), but for
 *     those that a stop leaves to a later server (job_stays).
 *   - A worker's death ends at most the one job that it ran; the jobs sent ahead to it go back to the front
 * of the queue.
 *   - The number of workers in service returns to config.size by itself, as fast as restart.h allows. */
#ifndef ATOLL_POOL_H
#define ATOLL_POOL_H

#include "cgroup.h"
#include "deathbook.h"
#include "deaths.h"
#include "job.h"
#include "limits.h"
#include "link.h"
#include "log.h"
#include "oom.h"
#include "queue.h"
#include "recycle.h"
#include "restart.h"
#include "spawn.h"
#include "template.h"

typedef struct {
    uint32_t size, spares;
    uint32_t depth; /* most jobs in flight on one worker */
    size_t queue_jobs, queue_bytes;
    uint64_t grace_ns, start_timeout_ns;
    uint64_t heartbeat_ns; /* a worker without a job that does not answer for so long is killed; 0: never */
    uint64_t recycle_jobs, recycle_age_ns, recycle_bytes, recycle_growth; /* 0: never */
    uint32_t restart_most;
    uint64_t restart_window_ns, restart_pause_ns;
    LimitPolicy limits;
    bool use_template;
    bool gc_events, gil_events;
    uint64_t heap_every_ms;
    size_t output_kept; /* bytes of a job's output, for who attaches later */
} PoolConfig;

/* What an onlooker is told; each may be NULL. */
typedef struct {
    void (*worker_changed)(void *observer, const IpcWorkerEvent *event);
    void (*died)(void *observer, const IpcDeath *death);
    void (*job_started)(void *observer, const Owner *owner, const IpcStarted *started);
    /* It is held for a worker (holds_sends); it has come back from one without having begun. */
    void (*job_assigned)(void *observer, const Job *job);
    void (*job_returned)(void *observer, const Job *job);
    /* The pool stops before the job has ended: whether it is left, without an outcome, to the pool of a later
     * server. */
    bool (*job_stays)(void *observer, const Job *job);
    /* Before its owner is told. */
    void (*job_ends)(void *observer, const Job *job, const IpcOutcome *outcome);
    void (*job_ended)(void *observer, const Owner *owner, const IpcOutcome *outcome);
    void (*gc)(void *observer, const IpcGcEvent *event);
    void (*gil)(void *observer, const IpcGilEvent *event);
    void (*heap)(void *observer, const IpcHeapStats *stats);
    void (*room)(void *observer);    /* the queue, or a worker that was given input, takes more again */
    void (*idle)(void *observer);    /* no job is left */
    void (*stopped)(void *observer); /* after pool_stop: the last worker is gone */
    void (*failed)(void *observer, SpawnResult result, const char *text); /* a worker could not be started */
    /* A worker has answered a call that was made with a tag. */
    void (*answered)(void *observer, const Worker *worker, IpcEvent *event);
    void (*heap_known)(void *observer); /* every worker asked by pool_ask_heap has answered or will not */
} PoolObserver;

struct Pool {
    uv_loop_t *loop;
    Hub *hub;
    Log *log;
    PoolConfig config;
    Spawner spawner;
    Template template;
    Cgroups *cgroups; /* borrowed; NULL: none */
    const PoolObserver *observer;
    void *observer_data;
    Worker *workers; /* every process that has not been buried */
    uint32_t worker_count;
    Queue queue;
    IpcIdMap jobs;     /* id -> Job */
    IpcIdMap sessions; /* hash of the name -> Session, chained */
    size_t session_count;
    Tenant *tenants;
    uint64_t last_job_id;
    Restart restart;
    uv_timer_t balance_timer;
    IpcBuf scratch;         /* jobs are encoded here */
    bool draining;          /* takes no new jobs */
    bool stopping, stopped; /* workers leave and are not replaced */
    bool want_balance, want_schedule, was_full, tell_idle;
    bool holds_sends; /* jobs are given to workers, but sent only by pool_send_held */
    bool suspended;   /* no job is given to a worker for now */
    uint32_t heap_asked;
    uint64_t started_ns;
    uint64_t accepted, deaths, restarts, internal_errors;
    uint64_t spawned; /* workers that were started anew; template.made: the others */
    uint64_t verdicts[IPC_VERDICT_COUNT];
    uint64_t recycled[TIRED_COUNT];
    IpcIdMap slot_deaths; /* worker number -> deaths */
    DeathBook deathbook;
    OomWatch oom; /* from the first worker on */
};

/* Starts nothing yet; workers come with the first turn. The log and the hub are borrowed. 0 or a libuv
 * error. */
int pool_init(Pool *pool, Hub *hub, Log *log, const PoolConfig *config, const char *worker_path,
              const SandboxPlan *plan, const PoolObserver *observer, void *observer_data);
/* After `stopped` was told, or before any turn. Handles still closing are the loop's to finish. */
void pool_free(Pool *pool);
/* Once a second or so. */
void pool_tick(Pool *pool);
/* The end of a turn of the loop; the hub's owner calls it. */
void pool_turn(Pool *pool);

/* --- jobs */

/* Accepts a job for the user `uid`, or the tenant that it names, or says why not (QUEUE_FULL, DRAINING,
 * ABOVE_MAXIMUM, BAD_VALUE, TOO_MANY, NO_MEMORY). */
IpcCode pool_submit(Pool *pool, Owner *owner, uid_t uid, const IpcSubmit *submit, Job **job, IpcError *error);
/* What a job of a former server comes back with. */
typedef struct {
    uint64_t id;
    uint32_t attempt; /* the one that is next */
    uid_t uid;
} Restored;
/* The same for such a job, which is never refused for want of room. */
IpcCode pool_restore(Pool *pool, Owner *owner, const Restored *restored, const IpcSubmit *submit, Job **job,
                     IpcError *error);
/* Takes a waiting job away as if it had never been; nobody is told. */
void pool_forget(Pool *pool, Job *job);
/* Sends what is held, or puts it back to the front of the queue. */
void pool_send_held(Pool *pool);
void pool_take_back_held(Pool *pool);
/* Whether a submit of about that many bytes would be taken now. */
bool pool_has_room(const Pool *pool, size_t bytes);
Job *pool_find_job(const Pool *pool, uint64_t id);
/* Ends a waiting job, or asks a running one to end and kills its worker after the grace. */
void pool_cancel(Pool *pool, Job *job);
/* Raises KeyboardInterrupt in a running job and leaves the rest to it. */
void pool_interrupt(Pool *pool, Job *job);
/* Passes stdin on. IPC_E_TOO_MANY when too much waits for a job that has not begun. */
IpcCode pool_input(Pool *pool, Job *job, const IpcInput *input);

/* Passes the file on that the job asked for; dropped if it did not. */
IpcCode pool_file(Pool *pool, Job *job, const IpcFile *file);
/* The same when nobody has it any more. */
void pool_refuse_file(Pool *pool, Job *job);

/* The owner takes no more events (its jobs wait, the workers that run them are not read), or takes them
 * again. */
void pool_hold(Pool *pool, Owner *owner);
void pool_release(Pool *pool, Owner *owner);
/* The owner is gone: its jobs are cancelled, or those marked `keep` go to `heir`. No event reaches the owner
 * any more. */
void pool_disown(Pool *pool, Owner *owner, Owner *heir);
/* Moves one job to another owner. */
void pool_move_job(Pool *pool, Job *job, Owner *to);

/* --- the pool as a whole */

void pool_set_size(Pool *pool, uint32_t size);
void pool_reconfigure(Pool *pool, const PoolConfig *config);
void pool_drain(Pool *pool);
/* Ends the pool: every job that is left is cancelled (or stays, see job_stays), workers are killed, idle ones told to leave if
 * `politely`. `stopped` follows. */
void pool_stop(Pool *pool, bool politely);
size_t pool_job_count(const Pool *pool);
/* What the workers send about their heaps: gc events as they happen, statistics so often. */
void pool_watch(Pool *pool, bool gc_events, bool gil_events, uint64_t heap_every_ms);
/* Asks the workers that can answer for their heap's numbers; heap_known follows, at once if there is nobody
 * to ask. */
void pool_ask_heap(Pool *pool);

/* --- for the pool's other files */

void pool_note_balance(Pool *pool);  /* workers came, went or changed */
void pool_note_schedule(Pool *pool); /* jobs or room for them appeared */
/* Tells the outcome and frees the job, which must be in no list of workers or queue. */
void pool_end_job(Pool *pool, Job *job, IpcOutcome *outcome);
/* The same without a worker's outcome: a verdict and a text. */
void pool_end_job_plainly(Pool *pool, Job *job, IpcVerdict verdict, const char *detail);
/* Into, and out of, the list of jobs that wait for one worker. */
void pool_pin(Pool *pool, Worker *worker, Job *job, bool in_front);
void pool_unpin(Pool *pool, Job *job);
/* Takes a waiting job out of wherever it waits. */
void pool_take_out(Pool *pool, Job *job);
/* Back to the front of the queue, or of its session's worker. */
void pool_requeue(Pool *pool, Job *job);
/* Whether the job, which is in no list and would end by that verdict, has been put back for another attempt. */
bool pool_retry(Pool *pool, Job *job, IpcVerdict verdict);
/* The job that ran on a worker that has died: retried, or ended by the death's verdict. */
void pool_job_died(Pool *pool, Job *job, const Worker *worker, const Death *death, const IpcDeath *certificate);
void pool_free_heap_ask(Pool *pool);

/* scheduler.c: hands waiting jobs to workers that have room. */
void scheduler_run(Pool *pool);

/* sessions.c */
enum { SESSIONS_MOST = 10000 };
/* The tenant's session of that name, made if need be; NULL: too many, or no memory. */
Session *session_get(Pool *pool, Tenant *tenant, IpcSlice name);
void session_hold(Session *session);             /* one more job refers to it */
void session_drop(Pool *pool, Session *session); /* one less; an unbound one without jobs is freed */
Worker *session_worker(const Session *session);  /* NULL: unbound */
void session_bind(Session *session, Worker *worker);
/* Ends a session that has no jobs. False: it has some. *found: there was one. */
bool session_end_named(Pool *pool, const Tenant *tenant, IpcSlice name, bool *found);
/* The worker is gone, and with it what its sessions held. */
void sessions_end(Pool *pool, Worker *worker);

#endif
