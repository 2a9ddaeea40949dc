/* thread_wait: see thread_wait.h. */
#include "modules/thread_wait.h"

#include <math.h>
#include <time.h>

#include "modules/clock.h"
#include "vm/park.h"
#include "vm/vm.h"

static const double SLICE = 0.02; /* seconds */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void thread_wait_wake(Value v) { unpark_one(v); }

static int wait_until(Value v, bool (*is_ready)(Value), double seconds) {
    double end = isinf(seconds) ? seconds : now() + seconds;
    uint64_t ticket = 0;
    bool woken = false;
    int result = 1;
    while (result > 0 && !is_ready(v)) {
        double left = isinf(end) ? end : end - now();
        if (left <= 0) {
            result = 0;
        } else {
            woken = park(v, vm_is_main_thread() && left > SLICE ? SLICE : left, &ticket);
            if (breaker_poll() < 0) result = -1;
        }
    }
    if (result <= 0 && woken) unpark_one(v); /* what it was woken for is left to the next */
    return result;
}

/* What another thread may yet do is waited for; where there is none, time is over at once. */
static int wait_by_still_clock(Value v, bool (*is_ready)(Value), double seconds) {
    int ready = wait_until(v, is_ready, thread_count() > 1 ? seconds : 0);
    if (ready == 0) clock_advance(seconds);
    return ready;
}

int thread_wait_until(Value v, bool (*is_ready)(Value), double seconds) {
    if (clock_stands_still() && !isinf(seconds)) return wait_by_still_clock(v, is_ready, seconds);
    return wait_until(v, is_ready, clock_real_seconds(seconds));
}
