/* A job, from acceptance to its one outcome.
 *
 * STATES
 *   WAITING  in the queue, or in the queue of the worker that holds its session
 *   SENT     handed to a worker, in that worker's list; the worker may not have begun it
 *   STARTED  the worker said that it runs
 *   ENDED    its outcome has been told; the job is about to be freed
 * INVARIANTS
 *   - A job is in exactly one list: a lane of the queue, a worker's `pinned`, or a worker's `in_flight`.
 *   - It is in the pool's map of jobs and in its owner's list until ENDED.
 *   - `message` is the complete notification for the worker, encoded once at acceptance: the payload is not
 * looked at again.
 *
 * An Owner is whoever submitted: a client's connection, or the command that runs a pool of its own. */
#ifndef ATOLL_JOB_H
#define ATOLL_JOB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ipc/rpc.h>
#include <uv.h>

#include "tenants.h"

#include "tail.h"

typedef struct Job Job;
typedef struct Owner Owner;
typedef struct Session Session;
typedef struct Worker Worker;
typedef struct Pool Pool;

typedef enum { JOB_WAITING, JOB_SENT, JOB_STARTED, JOB_ENDED } JobState;
/* Why the job has been asked to end. The first reason stays. */
typedef enum { ASKED_NOTHING, ASKED_CANCEL, ASKED_TIMEOUT, ASKED_INTERRUPT } Asked;

enum { PRIORITY_LEVELS = 16, PRIORITY_LOWEST = -8 };

/* One owner's jobs of one priority, first come first served. In the queue's ring while it has jobs and is not
 * held. */
typedef struct Lane {
    Job *first, *last;
    struct Lane *next, *previous; /* the ring */
    Owner *owner;
    bool in_ring;
} Lane;

typedef struct {
    void (*started)(Owner *owner, Job *job, const IpcStarted *started);
    /* `frame` is the worker's message as it came, fit to be passed on. */
    void (*output)(Owner *owner, Job *job, const IpcOutput *output, IpcSlice frame);
    void (*progress)(Owner *owner, Job *job, const IpcProgress *progress, IpcSlice frame);
    void (*input_request)(Owner *owner, Job *job, const IpcInputRequest *request, IpcSlice frame);
    /* To be answered by pool_file, now or later. */
    void (*file_request)(Owner *owner, Job *job, const IpcFileRequest *request, IpcSlice frame);
    void (*outcome)(Owner *owner, Job *job, const IpcOutcome *outcome);
} OwnerEvents;

struct Owner {
    const OwnerEvents *events;
    Lane lanes[PRIORITY_LEVELS];
    Job *jobs; /* all that have not ended */
    size_t job_count;
    size_t job_bytes; /* of their messages */
    size_t waiting; /* of those, in the queue */
    bool held;      /* takes no more events for now: its jobs wait, workers that run them are not read */
};

struct Job {
    uint64_t id;
    JobState state;
    Asked asked;
    uint8_t lane; /* index of its priority */
    bool want_output, want_events, keep, streams_input;
    bool asks_files; /* its sources are sent on demand */
    bool file_asked; /* and it waits for one */
    bool session_named;
    bool retried;      /* at least once */
    bool at_least_once; /* its delivery */
    bool late;         /* its deadline came while a worker had it that had not begun it */
    bool keyed;        /* has an idempotency key: its outcome is kept for a while */
    uint32_t attempt;  /* from 1 */
    uint32_t retry_on; /* bit per verdict */
    uint32_t retries_left;
    uint32_t suspicions; /* deaths that may have been its doing; a suspect is sent to a worker alone */
    IpcIsolation isolation;
    IpcLimits limits;
    Owner *owner;
    Tenant *tenant;       /* held; NULL only before it is accepted */
    Session *session;     /* NULL: none of a name */
    Worker *worker;       /* SENT, STARTED: who has it; WAITING: whose pinned list it is in, or NULL */
    Job *next, *previous; /* the one list it is in */
    Job *next_owned, *previous_owned;
    uint64_t accepted_ns, sent_ns, started_ns;
    uint64_t input_seen;  /* bytes of stdin passed on */
    IpcBuf early_input;   /* messages that came before the job was sent */
    Tail tail;            /* of the output of a job that is kept */
    uv_timer_t *deadline; /* until it begins; NULL: none */
    char *label;          /* in the same block, or NULL */
    size_t label_length;
    size_t message_length;
    char message[];
};

/* A worker's or a session's list of jobs. */
typedef struct {
    Job *first, *last;
    size_t count;
} JobList;

void joblist_push_back(JobList *list, Job *job);
void joblist_push_front(JobList *list, Job *job);
void joblist_remove(JobList *list, Job *job);

void owner_init(Owner *owner, const OwnerEvents *events);
void owner_add_job(Owner *owner, Job *job);
void owner_remove_job(Job *job);

/* The level of a wanted priority: clamped, higher is more urgent. */
unsigned job_priority_level(int64_t priority);

/* The verdicts after which a job wants another attempt, one bit each. BAD_VALUE names a word that is none. */
IpcCode job_retry_causes(const IpcSubmit *submit, uint32_t *causes, IpcError *error);

/* A job that is not yet in any list. `message` is copied. NULL: no memory. */
Job *job_new(uint64_t id, const IpcSubmit *submit, IpcSlice message);
void job_free(Job *job);
/* It has begun. */
void job_forget_deadline(Job *job);
/* Takes the job with a new attempt number into its message (one that is retried says so to the worker).
 * Returns the job, which may have moved, so it must be in no list; NULL, the job unchanged, without
 * memory. */
Job *job_next_attempt(Job *job);

/* Appends the notification with which a worker gets the job. */
void job_encode(IpcBuf *out, uint64_t id, uint32_t attempt, const IpcSubmit *submit, const IpcLimits *limits);

#endif
