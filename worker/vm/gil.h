/*
 * gil: one thread at a time runs Python.
 *
 * Idea. A flag under a mutex, with a condition for those who wait. A waiter sleeps for the switch interval; if the same holder
 * still has the flag, it sets BREAK_GIL_REQUEST and the holder lets go at its next poll of the breaker. A holder that was
 * asked waits until somebody else has run (forced switch), so that a busy loop cannot take the flag right back.
 *
 * Native code that blocks (sleeps, reads) gives the flag up meanwhile: gil_release ... gil_acquire.
 *
 * At a program's end the main thread closes the flag to all others: whoever wants it then, or comes back from blocking, ends on
 * the spot. What such a thread holds stays as it is.
 */
#ifndef ATOLL_VM_GIL_H
#define ATOLL_VM_GIL_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

struct Thread;

typedef struct Gil {
    pthread_mutex_t mutex;
    pthread_cond_t free;     /* the flag was given up */
    pthread_cond_t switched; /* somebody took it */
    pthread_cond_t napping;  /* gil_nap waits here */
    bool held;
    bool closed;         /* to all but the main thread */
    uint32_t left;       /* threads that ended because of that */
    struct Thread *last; /* who took it last */
    uint64_t switches;
    uint32_t waiting;
    uint32_t interval_us; /* sys.setswitchinterval */
} Gil;

int gil_init(Gil *gil);
void gil_drop(Gil *gil);
/* Gives the flag up; returns the thread to hand to gil_acquire. No Python value may be touched in between. */
struct Thread *gil_release(void);
void gil_acquire(struct Thread *t);
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
/* The switch interval in microseconds. */
uint32_t gil_interval(void);
void gil_set_interval(uint32_t us);

#endif
