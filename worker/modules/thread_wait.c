/* thread_wait: see thread_wait.h. */
#include "modules/thread_wait.h"

#include <math.h>
#include <time.h>

#include "vm/park.h"
#include "vm/vm.h"

static const double SLICE = 0.02; /* seconds */

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void thread_wait_wake(Value v) { unpark_one(v); }

int thread_wait_until(Value v, bool (*is_ready)(Value), double seconds) {
    double end = isinf(seconds) ? seconds : now() + seconds;
    bool woken = false;
    int result = 1;
    while (result > 0 && !is_ready(v)) {
        double left = isinf(end) ? end : end - now();
        if (left <= 0) {
            result = 0;
        } else {
            woken = park(v, vm_is_main_thread() && left > SLICE ? SLICE : left);
            if (breaker_poll() < 0) result = -1;
        }
    }
    if (result <= 0 && woken) unpark_one(v); /* what it was woken for is left to the next */
    return result;
}
