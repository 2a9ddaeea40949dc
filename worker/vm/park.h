/*
 * park: threads that sleep until another one wakes them, as waiting for a lock or for an item of a queue asks.
 *
 * Idea. Who waits for an object parks under its address; who has changed the object unparks one thread that waits for it, the one
 * that has waited longest. Each sleeper has a condition of its own, so a thousand sleepers cost a waker nothing. The sleepers stand
 * in buckets by address, on the stacks of their own threads. Whoever wakes too early and parks again stands where it stood: it shows
 * the ticket it was given when it first came.
 *
 * Invariants: park is called with the GIL held, gives it up while it sleeps and returns with it; because unpark needs the GIL too, no
 * wake-up slips in between looking at the object and sleeping. The lists are guarded by the lot's mutex, which nobody holds while
 * taking the GIL.
 */
#ifndef ATOLL_VM_PARK_H
#define ATOLL_VM_PARK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct Parked Parked;

enum { PARK_BUCKETS = 64 };

typedef struct ParkingLot {
    pthread_mutex_t mutex;
    size_t sleepers; /* grows with the GIL held */
    uint64_t tickets;
    struct {
        Parked *first, *last;
    } buckets[PARK_BUCKETS];
} ParkingLot;

/* 0, -1: the system has no mutex. */
int park_init(ParkingLot *lot);
/* Sleeps until woken for this key, at most so many seconds (INFINITY: no limit). True: woken. *ticket: 0 for the first time, then as it
 * was left. */
bool park(const void *key, double seconds, uint64_t *ticket);
/* Wakes the thread that has waited longest for the key, if there is one. */
void unpark_one(const void *key);
/* Wakes all, whatever they wait for: at the end of a program. Needs no GIL. */
void unpark_all(void);

#endif
