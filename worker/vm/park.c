/* park: see park.h. */
#include <math.h>
#include <stdint.h>
#include <time.h>

#include "vm/vm_internal.h"

struct Parked {
    const void *key;
    uint64_t ticket; /* they go up along a bucket */
    pthread_cond_t woken;
    bool awake;
    Parked *next, *previous;
};

int park_init(ParkingLot *lot) {
    memset(lot, 0, sizeof *lot);
    return pthread_mutex_init(&lot->mutex, NULL) ? -1 : 0;
}

static size_t bucket_of(const void *key) { return ((uintptr_t)key >> 4) % PARK_BUCKETS; }

static void enter(ParkingLot *lot, Parked *p) {
    size_t b = bucket_of(p->key);
    Parked *before = lot->buckets[b].last;
    while (before && before->ticket > p->ticket) before = before->previous;
    p->previous = before;
    p->next = before ? before->next : lot->buckets[b].first;
    *(before ? &before->next : &lot->buckets[b].first) = p;
    *(p->next ? &p->next->previous : &lot->buckets[b].last) = p;
    __atomic_add_fetch(&lot->sleepers, 1, __ATOMIC_RELAXED);
}

static void leave(ParkingLot *lot, Parked *p) {
    size_t b = bucket_of(p->key);
    *(p->previous ? &p->previous->next : &lot->buckets[b].first) = p->next;
    *(p->next ? &p->next->previous : &lot->buckets[b].last) = p->previous;
    __atomic_sub_fetch(&lot->sleepers, 1, __ATOMIC_RELAXED);
}

static struct timespec moment_in(double seconds) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    double whole = floor(seconds);
    at.tv_sec += (time_t)whole;
    at.tv_nsec += (long)((seconds - whole) * 1e9);
    if (at.tv_nsec >= 1000000000) at.tv_nsec -= 1000000000, at.tv_sec++;
    return at;
}

static void sleep_until_woken(ParkingLot *lot, Parked *p, double seconds) {
    struct timespec end = isinf(seconds) ? (struct timespec){0} : moment_in(seconds);
    int status = 0;
    while (!p->awake && status == 0) {
        if (isinf(seconds)) status = pthread_cond_wait(&p->woken, &lot->mutex);
        else status = pthread_cond_timedwait(&p->woken, &lot->mutex, &end);
    }
}

bool park(const void *key, double seconds, uint64_t *ticket) {
    ParkingLot *lot = &VM->parked;
    Parked p = {.key = key};
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&p.woken, &monotonic);
    pthread_condattr_destroy(&monotonic);

    pthread_mutex_lock(&lot->mutex);
    if (*ticket == 0) *ticket = ++lot->tickets;
    p.ticket = *ticket;
    enter(lot, &p);
    Thread *self = gil_release();
    sleep_until_woken(lot, &p, seconds);
    leave(lot, &p);
    pthread_mutex_unlock(&lot->mutex);

    pthread_cond_destroy(&p.woken);
    gil_acquire(self);
    return p.awake;
}

void unpark_one(const void *key) {
    ParkingLot *lot = &VM->parked;
    if (__atomic_load_n(&lot->sleepers, __ATOMIC_RELAXED) == 0) return;
    pthread_mutex_lock(&lot->mutex);
    Parked *p = lot->buckets[bucket_of(key)].first;
    while (p && (p->key != key || p->awake)) p = p->next;
    if (p) {
        p->awake = true;
        pthread_cond_signal(&p->woken);
    }
    pthread_mutex_unlock(&lot->mutex);
}

void unpark_all(void) {
    ParkingLot *lot = &VM->parked;
    pthread_mutex_lock(&lot->mutex);
    for (size_t b = 0; b < PARK_BUCKETS; b++) {
        for (Parked *p = lot->buckets[b].first; p; p = p->next) {
            p->awake = true;
            pthread_cond_signal(&p->woken);
        }
    }
    pthread_mutex_unlock(&lot->mutex);
}
