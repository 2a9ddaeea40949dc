/* gil: see gil.h. */
#include "vm/vm_internal.h"

#include <setjmp.h>
#include <time.h>

enum { QUEUE_PATIENCE = 8 };

int gil_init(Gil *gil) {
    pthread_condattr_t monotonic;
    memset(gil, 0, sizeof *gil);
    gil->interval_us = 5000;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    int status = pthread_mutex_init(&gil->mutex, NULL) || pthread_cond_init(&gil->gone, &monotonic) ||
                 pthread_cond_init(&gil->napping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    return status ? -1 : 0;
}

static struct timespec microseconds_from_now(uint64_t us) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_nsec += (long)(us % 1000000) * 1000;
    at.tv_sec += (time_t)(us / 1000000) + at.tv_nsec / 1000000000;
    at.tv_nsec %= 1000000000;
    return at;
}

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void gil_watch(GilWatcher *watcher, void *ctx) {
    Gil *gil = &VM->gil;
    gil->watcher = watcher;
    gil->watcher_ctx = ctx;
    gil->taken_ns = watcher ? now_ns() : 0;
}

void gil_tell_hold(void) {
    Gil *gil = &VM->gil;
    if (LIKELY(!gil->watcher)) return;
    uint64_t start = gil->taken_ns;
    gil->taken_ns = now_ns();
    gil->watcher(gil->watcher_ctx, rt->thread->id, start, gil->taken_ns - start);
}

/* ---- the queue; the mutex is held ---- */

static void enter(Gil *gil, GilWaiter *w) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&w->woken, &monotonic);
    pthread_condattr_destroy(&monotonic);
    w->granted = false;
    w->ticket = gil->next_ticket++;
    w->next = NULL;
    *(gil->last ? &gil->last->next : &gil->first) = w;
    gil->last = w;
}

static void leave(Gil *gil, GilWaiter *w) {
    GilWaiter *before = NULL;
    for (GilWaiter *at = gil->first; at != w; at = at->next) before = at;
    *(before ? &before->next : &gil->first) = w->next;
    if (gil->last == w) gil->last = before;
    pthread_cond_destroy(&w->woken);
}

/* How many are before it. */
static uint64_t place_of(const Gil *gil, const GilWaiter *w) { return w->ticket - gil->first->ticket; }

static void wake_all(Gil *gil) {
    for (GilWaiter *w = gil->first; w; w = w->next) pthread_cond_signal(&w->woken);
}

/* ---- taking turns ---- */

/* This thread ends here, if the flag is closed to it. The mutex is held, and given up by a thread that goes. */
static void end_if_closed(Gil *gil, Thread *t) {
    if (!gil->closed || t == VM->main_thread) return;
    jmp_buf *out = t->leave;
    gil->left++;
    pthread_cond_broadcast(&gil->gone);
    pthread_mutex_unlock(&gil->mutex); /* from here on its Thread may be gone */
    longjmp(*out, 1);
}

static struct timespec moment(uint64_t ns) {
    return (struct timespec){(time_t)(ns / 1000000000u), (long)(ns % 1000000000u)};
}

/* Until the flag is handed over, or free, or closed to this thread. */
static void stand_in_queue(Gil *gil, const Thread *t) {
    GilWaiter w;
    enter(gil, &w);
    for (uint64_t since = now_ns(); !w.granted && gil->held && !(gil->closed && t != VM->main_thread);) {
        uint64_t place = place_of(gil, &w), turns = place < QUEUE_PATIENCE ? place + 1 : QUEUE_PATIENCE;
        uint64_t now = now_ns(), patience = turns * gil->interval_us * 1000;
        if (since < gil->switched_ns) since = gil->switched_ns;
        if (since + patience <= now) {
            if (place == 0) breaker_set(BREAK_GIL_REQUEST);
            since = now;
        }
        struct timespec at = moment(since + patience);
        pthread_cond_timedwait(&w.woken, &gil->mutex, &at);
    }
    leave(gil, &w);
}

/* With the mutex, which is given up. */
static void take(Gil *gil, Thread *t) {
    if (gil->held) stand_in_queue(gil, t);
    end_if_closed(gil, t);
    gil->held = true;
    if (gil->last_holder != t) gil->switched_ns = now_ns();
    gil->last_holder = t;
    rt->thread = t;
    if (UNLIKELY(gil->watcher != NULL)) gil->taken_ns = now_ns();
    heap_death_depth_exchange(rt->heap, t->death_depth);
    pthread_mutex_unlock(&gil->mutex);
}

void gil_acquire(Thread *t) {
    pthread_mutex_lock(&VM->gil.mutex);
    end_if_closed(&VM->gil, t);
    take(&VM->gil, t);
}

static void let_go(Gil *gil, bool for_good) {
    pthread_mutex_lock(&gil->mutex);
    gil->held = false;
    if (for_good) gil->last_holder = NULL; /* another Thread may get its address */
    if (gil->first) pthread_cond_signal(&gil->first->woken);
    pthread_mutex_unlock(&gil->mutex);
}

Thread *gil_release(void) {
    Thread *t = rt->thread;
    gil_tell_hold();
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
    if (!gil->first || gil->closed) {
        pthread_mutex_unlock(&gil->mutex);
        return;
    }
    gil_tell_hold();
    t->death_depth = heap_death_depth_exchange(rt->heap, 0);
    gil->first->granted = true; /* it stays held: nobody comes in between */
    pthread_cond_signal(&gil->first->woken);
    take(gil, t);
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
    wake_all(gil);
    pthread_cond_broadcast(&gil->napping);
    while (gil->left < others && pthread_cond_timedwait(&gil->gone, &gil->mutex, &end) == 0) {}
    uint32_t stuck = others - gil->left;
    if (stuck == 0) gil->closed = false;
    pthread_mutex_unlock(&gil->mutex);
    return stuck;
}

uint32_t gil_interval(void) { return VM->gil.interval_us; }

void gil_set_interval(uint32_t us) {
    Gil *gil = &VM->gil;
    pthread_mutex_lock(&gil->mutex);
    gil->interval_us = us ? us : 1;
    pthread_mutex_unlock(&gil->mutex);
}

bool gil_has_lost_threads(void) {
    Gil *gil = &VM->gil;
    pthread_mutex_lock(&gil->mutex);
    bool lost = gil->closed || gil->left > 0;
    pthread_mutex_unlock(&gil->mutex);
    return lost;
}
