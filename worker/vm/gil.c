/* gil: see gil.h. */
#include "vm/vm_internal.h"

#include <setjmp.h>
#include <time.h>

int gil_init(Gil *gil) {
    pthread_condattr_t monotonic;
    memset(gil, 0, sizeof *gil);
    gil->interval_us = 5000;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    int status = pthread_mutex_init(&gil->mutex, NULL) || pthread_cond_init(&gil->free, &monotonic) ||
                 pthread_cond_init(&gil->switched, &monotonic) ||
                 pthread_cond_init(&gil->napping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return status ? -1 : 0;
}

void gil_drop(Gil *gil) {
    pthread_cond_destroy(&gil->napping);
    pthread_cond_destroy(&gil->switched);
    pthread_cond_destroy(&gil->free);
    pthread_mutex_destroy(&gil->mutex);
}

static struct timespec microseconds_from_now(uint64_t us) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += (long)(us % 1000000) * 1000;
    at.tv_sec += (time_t)(us / 1000000) + at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

/* This thread ends here, if the flag is closed to it. The mutex is held, and given up by a thread that goes. */
static void leave_if_closed(Gil *gil, Thread *t) {
    if (!gil->closed || t == VM->main_thread) return;
    jmp_buf *out = t->leave;
    gil->left++;
    pthread_cond_broadcast(&gil->switched);
    pthread_mutex_unlock(&gil->mutex); /* from here on its Thread may be gone */
    longjmp(*out, 1);
}

void gil_acquire(Thread *t) {
    Gil *gil = &VM->gil;
    pthread_mutex_lock(&gil->mutex);
    leave_if_closed(gil, t);
    while (gil->held) {
        uint64_t switches = gil->switches;
        struct timespec at = microseconds_from_now(gil->interval_us);
        gil->waiting++;
        int status = pthread_cond_timedwait(&gil->free, &gil->mutex, &at);
        gil->waiting--;
        leave_if_closed(gil, t);
        if (status && gil->held && gil->switches == switches) breaker_set(BREAK_GIL_REQUEST);
    }
    gil->held = true;
    if (gil->last != t) gil->switches++;
    gil->last = t;
    rt->thread = t;
    heap_death_depth_exchange(rt->heap, t->death_depth);
    pthread_cond_broadcast(&gil->switched);
    pthread_mutex_unlock(&gil->mutex);
}

static void let_go(Gil *gil, bool for_good) {
    pthread_mutex_lock(&gil->mutex);
    gil->held = false;
    if (for_good) gil->last = NULL; /* another Thread may get its address */
    pthread_cond_signal(&gil->free);
    pthread_mutex_unlock(&gil->mutex);
}

Thread *gil_release(void) {
    Thread *t = rt->thread;
    t->death_depth = heap_death_depth_exchange(rt->heap, 0);
    let_go(&VM->gil, false);
    return t;
}

void gil_leave(void) {
    heap_death_depth_exchange(rt->heap, 0);
    let_go(&VM->gil, true);
}

void gil_yield(void) {
    Gil *gil = &VM->gil;
    Thread *t = rt->thread;
    breaker_clear(BREAK_GIL_REQUEST);
    pthread_mutex_lock(&gil->mutex);
    if (gil->waiting) {
        uint64_t switches = gil->switches;
        t->death_depth = heap_death_depth_exchange(rt->heap, 0);
        gil->held = false;
        pthread_cond_signal(&gil->free);
        while (gil->switches == switches && gil->waiting && !gil->closed)
            pthread_cond_wait(&gil->switched, &gil->mutex);
        pthread_mutex_unlock(&gil->mutex);
        gil_acquire(t);
        return;
    }
    pthread_mutex_unlock(&gil->mutex);
}

void gil_nap(double seconds) {
    Gil *gil = &VM->gil;
    struct timespec end = microseconds_from_now((uint64_t)(seconds * 1e6) + 1);
    pthread_mutex_lock(&gil->mutex);
    if (!gil->closed) pthread_cond_timedwait(&gil->napping, &gil->mutex, &end);
    pthread_mutex_unlock(&gil->mutex);
}

void gil_wake_naps(void) {
    Gil *gil = &VM->gil;
    pthread_mutex_lock(&gil->mutex);
    pthread_cond_broadcast(&gil->napping);
    pthread_mutex_unlock(&gil->mutex);
}

uint32_t gil_close(uint32_t others, uint32_t grace_ms) {
    Gil *gil = &VM->gil;
    struct timespec end = microseconds_from_now((uint64_t)grace_ms * 1000);
    pthread_mutex_lock(&gil->mutex);
    gil->closed = true;
    gil->left = 0;
    pthread_cond_broadcast(&gil->free);
    pthread_cond_broadcast(&gil->switched);
    pthread_cond_broadcast(&gil->napping);
    while (gil->left < others && pthread_cond_timedwait(&gil->switched, &gil->mutex, &end) == 0) {}
    uint32_t stuck = others - gil->left;
    if (stuck == 0) gil->closed = false;
    pthread_mutex_unlock(&gil->mutex);
    return stuck;
}

uint32_t gil_interval(void) { return VM->gil.interval_us; }

void gil_set_interval(uint32_t us) { VM->gil.interval_us = us; }

bool gil_has_lost_threads(void) {
    const Gil *gil = &VM->gil;
    return gil->closed || gil->left > 0;
}
