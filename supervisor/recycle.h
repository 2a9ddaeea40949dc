/* When a worker is replaced for what it has become: after so many jobs, at an age, above a size, or because
 * it grows.
 *
 * A worker that is `tired` serves on until its replacement is ready (pool_balance starts one at a time); one
 * that holds sessions is spared, since its state would be lost. Each worker's own bounds are a little below
 * the configured ones, by a share (its jitter) that differs from worker to worker: a pool that was started at
 * once does not tire at once.
 *
 * Growth is told by evidence: the memory that the process was seen with during the last window of GROWTH_JOBS
 * jobs or more against the first window's. It is looked at when a job has ended, before or after what the job
 * used was given back, as it happens: so both the least and the most must have grown. When that is by more
 * than `recycle_growth`, the worker is asked for its heap's live bytes, and is tired if these do not explain
 * it. */
#ifndef ATOLL_RECYCLE_H
#define ATOLL_RECYCLE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Worker Worker;
typedef struct Pool Pool;

typedef enum { TIRED_NOT, TIRED_JOBS, TIRED_AGE, TIRED_BYTES, TIRED_GROWTH, TIRED_COUNT } TiredBy;

/* Resident bytes, as far as they were looked at. */
typedef struct {
    uint64_t least, most;
    uint32_t looks;
} SeenBytes;

typedef struct {
    TiredBy tired;       /* why it is to be replaced */
    uint32_t jitter;     /* of 65536: by how much its bounds are lower, at most an eighth */
    uint64_t checked_ns; /* when its memory was last looked at */
    uint64_t window_jobs;
    SeenBytes window, first; /* the present window; the first whole one */
    uint64_t first_heap;  /* live bytes when it was ready */
    bool suspected;       /* asked for its live bytes */
} Wear;

/* A worker is ready; has ended a job; has told its heap's live bytes. */
void recycle_begin(Worker *worker);
void recycle_note_job(Worker *worker);
void recycle_note_heap(Worker *worker);
/* Marks those that are old; called at every balance. The time after which to look again, 0: never. */
uint64_t recycle_ages(Pool *pool);

/* "jobs", "age", "bytes", "growth"; "" for none. */
const char *recycle_reason_name(TiredBy reason);

#endif
