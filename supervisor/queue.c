#include "queue.h"

void queue_init(Queue *queue, size_t most_jobs, size_t most_bytes) {
    *queue = (Queue){.most_jobs = most_jobs, .most_bytes = most_bytes};
}

bool queue_has_room(const Queue *queue, size_t bytes) {
    size_t jobs = queue->jobs + queue->pinned_jobs, held = queue->bytes + queue->pinned_bytes;
    return jobs == 0 || (jobs < queue->most_jobs && held + bytes <= queue->most_bytes);
}

/* --- the rings -------------------------------------------------------------------------------- */

static void enter_ring(Queue *queue, Lane *lane, unsigned level) {
    Lane *head = queue->ring[level];
    lane->in_ring = true;
    if (!head) {
        queue->ring[level] = lane->next = lane->previous = lane;
        queue->filled |= 1u << level;
        return;
    }
    lane->next = head; /* last in turn */
    lane->previous = head->previous;
    head->previous->next = lane;
    head->previous = lane;
}

static void leave_ring(Queue *queue, Lane *lane, unsigned level) {
    lane->in_ring = false;
    if (lane->next == lane) {
        queue->ring[level] = NULL;
        queue->filled &= ~(1u << level);
    } else {
        lane->previous->next = lane->next;
        lane->next->previous = lane->previous;
        if (queue->ring[level] == lane) queue->ring[level] = lane->next;
    }
    lane->next = lane->previous = NULL;
}

static void settle(Queue *queue, Lane *lane, unsigned level) {
    bool belongs = lane->first && !lane->owner->held;
    if (belongs && !lane->in_ring) enter_ring(queue, lane, level);
    if (!belongs && lane->in_ring) leave_ring(queue, lane, level);
}

void queue_hold(Queue *queue, Owner *owner) {
    owner->held = true;
    for (unsigned level = 0; level < PRIORITY_LEVELS; level++)
        settle(queue, &owner->lanes[level], level);
}

void queue_release(Queue *queue, Owner *owner) {
    owner->held = false;
    for (unsigned level = 0; level < PRIORITY_LEVELS; level++)
        settle(queue, &owner->lanes[level], level);
}

/* --- coming and going ------------------------------------------------------------------------- */

static void count_in(Queue *queue, Job *job) {
    queue->jobs++;
    queue->bytes += job->message_length;
    job->owner->waiting++;
    job->state = JOB_WAITING;
}

void queue_push_back(Queue *queue, Job *job) {
    Lane *lane = &job->owner->lanes[job->lane];
    job->next = NULL;
    job->previous = lane->last;
    if (lane->last) lane->last->next = job;
    else lane->first = job;
    lane->last = job;
    count_in(queue, job);
    settle(queue, lane, job->lane);
}

void queue_push_front(Queue *queue, Job *job) {
    Lane *lane = &job->owner->lanes[job->lane];
    job->previous = NULL;
    job->next = lane->first;
    if (lane->first) lane->first->previous = job;
    else lane->last = job;
    lane->first = job;
    count_in(queue, job);
    settle(queue, lane, job->lane);
}

void queue_remove(Queue *queue, Job *job) {
    Lane *lane = &job->owner->lanes[job->lane];
    if (job->previous) job->previous->next = job->next;
    else lane->first = job->next;
    if (job->next) job->next->previous = job->previous;
    else lane->last = job->previous;
    job->next = job->previous = NULL;
    queue->jobs--;
    queue->bytes -= job->message_length;
    job->owner->waiting--;
    settle(queue, lane, job->lane);
}

/* --- whose turn it is ------------------------------------------------------------------------- */

Job *queue_peek(const Queue *queue) {
    if (!queue->filled) return NULL;
    unsigned level = 31u - (unsigned)__builtin_clz(queue->filled);
    return queue->ring[level]->first;
}

Job *queue_peek_after(const Queue *queue, const Job *job) {
    const Lane *lane = &job->owner->lanes[job->lane];
    if (lane->in_ring && lane->next != queue->ring[job->lane]) return lane->next->first;
    uint32_t below = queue->filled & ((1u << job->lane) - 1);
    return below ? queue->ring[31u - (unsigned)__builtin_clz(below)]->first : NULL;
}

Job *queue_peek_owner(const Queue *queue, const Owner *owner) {
    (void)queue;
    if (owner->held || !owner->waiting) return NULL;
    for (int level = PRIORITY_LEVELS - 1; level >= 0; level--) {
        if (owner->lanes[level].first) return owner->lanes[level].first;
    }
    return NULL;
}

void queue_served(Queue *queue, const Lane *lane, unsigned level) {
    if (queue->ring[level] == lane) queue->ring[level] = lane->next;
}

bool queue_owner_alone(const Queue *queue, const Owner *owner, unsigned level) {
    for (unsigned above = level; above < PRIORITY_LEVELS; above++) {
        const Lane *head = queue->ring[above];
        if (head && (head->owner != owner || head->next != head)) return false;
    }
    return true;
}
