/* The queue: bounded, by priority, fair between owners.
 *
 * Each owner has one lane per priority. Each priority keeps the lanes that have jobs in a ring; taking a job
 * takes it from the ring's head and may move the head on, so owners of one priority are served in turn
 * however much one of them submitted. A held owner's lanes are out of the ring until it is released.
 *
 * The bounds count jobs and bytes of waiting messages. A job that comes back (its worker left before it
 * began) is put at the front and never refused. */
#ifndef ATOLL_QUEUE_H
#define ATOLL_QUEUE_H

#include "job.h"

typedef struct {
    Lane *ring[PRIORITY_LEVELS];      /* the head of each, NULL: empty */
    uint32_t filled;                  /* bit per non-empty ring */
    size_t jobs, bytes;               /* waiting, those of held owners too */
    size_t pinned_jobs, pinned_bytes; /* waiting for the worker of their session: elsewhere, but counted */
    size_t most_jobs, most_bytes;
} Queue;

void queue_init(Queue *queue, size_t most_jobs, size_t most_bytes);
/* Whether a job of that many bytes may come in. An empty queue takes any. */
bool queue_has_room(const Queue *queue, size_t bytes);

void queue_push_back(Queue *queue, Job *job);
void queue_push_front(Queue *queue, Job *job);
void queue_remove(Queue *queue, Job *job);

/* The job that is next in turn, or NULL. It stays in the queue. */
Job *queue_peek(const Queue *queue);
/* The first job of the lane that is in turn after this job's, NULL: it was the last. The job must be the first of its lane. */
Job *queue_peek_after(const Queue *queue, const Job *job);
/* The owner's own next job by priority, or NULL: for giving a worker more of the same owner's. */
Job *queue_peek_owner(const Queue *queue, const Owner *owner);
/* A job of that lane was taken: if it was the lane's turn, it is the next one's now. */
void queue_served(Queue *queue, const Lane *lane, unsigned level);
/* True if no other owner has a job waiting at this level or above. */
bool queue_owner_alone(const Queue *queue, const Owner *owner, unsigned level);

void queue_hold(Queue *queue, Owner *owner);
void queue_release(Queue *queue, Owner *owner);

#endif
