/* gil: see gil.h. */
#include "vm/vm_internal.h"

#include <time.h>

int gil_init(Gil *gil) {
    pthread_condattr_t monotonic;
    memset(gil, 0, sizeof *gil);
    gil->interval_us = 5000;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    int status = pthread_mutex_init(&gil->mutex, NULL) || pthread_cond_init(&gil->free, &monotonic) ||
                 pthread_cond_init(&gil->switched, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return status ? -1 : 0;
}

void gil_drop(Gil *gil) {
    pthread_cond_destroy(&gil->switched);
    pthread_cond_destroy(&gil->free);
    pthread_mutex_destroy(&gil->mutex);
}

static struct timespec interval_from_now(const Gil *gil) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += (long)(gil->interval_us % 1000000) * 1000;
    at.tv_sec += gil->interval_us / 1000000 + at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

void gil_acquire(Thread *t) {
    Gil *gil = &VM->gil;
    pthread_mutex_lock(&gil->mutex);
    gil->waiting++;
    while (gil->held) {
        uint64_t switches = gil->switches;
        struct timespec at = interval_from_now(gil);
        int status = pthread_cond_timedwait(&gil->free, &gil->mutex, &at);
        if (status && gil->held && gil->switches == switches) breaker_set(BREAK_GIL_REQUEST);
    }
    gil->waiting--;
    gil->held = true;
    if (gil->last != t) gil->switches++;
    gil->last = t;
    rt->thread = t;
    pthread_cond_signal(&gil->switched);
    pthread_mutex_unlock(&gil->mutex);
}

Thread *gil_release(void) {
    Gil *gil = &VM->gil;
    Thread *t = rt->thread;
    pthread_mutex_lock(&gil->mutex);
    gil->held = false;
    pthread_cond_signal(&gil->free);
    pthread_mutex_unlock(&gil->mutex);
    return t;
}

void gil_yield(void) {
    Gil *gil = &VM->gil;
    Thread *t = rt->thread;
    breaker_clear(BREAK_GIL_REQUEST);
    pthread_mutex_lock(&gil->mutex);
    if (gil->waiting) {
        uint64_t switches = gil->switches;
        gil->held = false;
        pthread_cond_signal(&gil->free);
        while (gil->switches == switches && gil->waiting) pthread_cond_wait(&gil->switched, &gil->mutex);
        pthread_mutex_unlock(&gil->mutex);
        gil_acquire(t);
        return;
    }
    pthread_mutex_unlock(&gil->mutex);
}

uint32_t gil_interval(void) { return VM->gil.interval_us; }

void gil_set_interval(uint32_t us) { VM->gil.interval_us = us; }
