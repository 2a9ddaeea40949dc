/*
 * gil: one thread at a time runs Python.
 *
 * Idea. A flag under a mutex, and a queue of those who wait for it, each on a condition of its own. The first of the queue sleeps
 * for the switch interval; if the same holder still has the flag then, it sets BREAK_GIL_REQUEST. The holder finds that at its next
 * poll of the breaker, hands the flag to the first of the queue and stands at the end of it: threads that compute take exact turns,
 * however many there are, and none starves. A flag that is given up by itself (before blocking) is free for whoever comes first.
 * Those further back sleep longer, for so many intervals as there are before them (QUEUE_PATIENCE at most), so that a long queue costs
 * few wake-ups.
 *
 * Native code that blocks (sleeps, reads) gives the flag up meanwhile: gil_release ... gil_acquire.
 *
 * Who wants to see the threads take turns has each hold told to it (gil_watch); nobody else pays more than a test for that.
 *
 * At a program's end the main thread closes the flag to all others: whoever wants it then, or comes back from blocking, ends on
 * the spot. What such a thread holds stays as it is.
 */
#ifndef ATOLL_VM_GIL_H
#define ATOLL_VM_GIL_H

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct Thread;

/* A thread has had the flag from start_ns (CLOCK_MONOTONIC) for ns. Called by that thread while it has it. */
typedef void GilWatcher(void *ctx, uint64_t thread, uint64_t start_ns, uint64_t ns);

/* One who waits; on its thread's stack. */
typedef struct GilWaiter {
    pthread_cond_t woken;
    bool granted;    /* the flag was handed to it */
    uint64_t ticket; /* they go up along the queue */
    struct GilWaiter *next;
} GilWaiter;

typedef struct Gil {
    pthread_mutex_t mutex;
    pthread_cond_t gone;    /* a thread has ended because the flag is closed */
    pthread_cond_t napping; /* gil_nap waits here */
    GilWaiter *first, *last;
    uint64_t next_ticket;
    bool held;
    bool closed;   /* to all but the main thread */
    uint32_t left; /* threads that ended because of that */
    struct Thread *last_holder;
    uint64_t switched_ns; /* when it took it from another */
    uint32_t interval_us; /* sys.setswitchinterval */
    GilWatcher *watcher;  /* NULL: nobody */
    void *watcher_ctx;
    uint64_t taken_ns; /* when the holder took it, for the watcher */
} Gil;

int gil_init(Gil *gil);
/* Gives the flag up; returns the thread to hand to gil_acquire. No Python value may be touched in between. */
struct Thread *gil_release(void);
void gil_acquire(struct Thread *t);
/* A call that may block, without the flag; errno is kept. */
#define GIL_BLOCKING(call)                                                                                   \
    __extension__({                                                                                          \
        struct Thread *self_ = gil_release();                                                                \
        __typeof__(call) result_ = (call);                                                                   \
        int errno_ = errno;                                                                                  \
        gil_acquire(self_);                                                                                  \
        errno = errno_;                                                                                      \
        result_;                                                                                             \
    })
/* Gives the flag up for good: the Thread that had it is gone. */
void gil_leave(void);
/* The holder was asked: lets somebody else run, then goes on. */
void gil_yield(void);
/* Without the flag: sleeps so long, or less. For threads other than the main one. */
void gil_nap(double seconds);
void gil_wake_naps(void);
/* Held by the main thread: closes the flag to the `others` that there are and waits until they have ended. How many did not in that
 * time; the flag stays closed to them. */
uint32_t gil_close(uint32_t others, uint32_t grace_ms);
/* The program is at its end, and threads ended in the middle of what they did: what they hold will never be given back. */
bool gil_has_lost_threads(void);
/* From now on each hold is told to the watcher when it ends; NULL: no longer. The caller's own hold begins now. */
void gil_watch(GilWatcher *watcher, void *ctx);
/* Tells the watcher, if there is one, of the caller's hold so far, and begins another. */
void gil_tell_hold(void);
/* The switch interval in microseconds. */
uint32_t gil_interval(void);
void gil_set_interval(uint32_t us);

#endif
