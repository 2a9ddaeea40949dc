/* sleep: see sleep.h. */
#include "modules/sleep.h"

#include <math.h>

#include "base/host.h"
#include "modules/clock.h"
#include "modules/signal.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "vm/gil.h"
#include "vm/vm.h"

int sleep_argument(Value v, double *seconds) {
    int64_t whole = 0;
    if (!is_int(v) && !is_float(v))
        return raise_int(T_TypeError, "'%T' object cannot be interpreted as an integer", v);
    bool fits = is_float(v) || int_to_i64(v, &whole);
    *seconds = is_float(v) ? float_value(v) : (double)whole;
    if (isnan(*seconds)) return raise_int(T_ValueError, "Invalid value NaN (not a number)");
    if (!fits || fabs(*seconds) > 9223372036.0)
        return raise_int(T_OverflowError, "timestamp too large to convert to C _PyTime_t");
    return 0;
}

/* Without the GIL: other threads run. */
static void wait_really(double seconds) {
    Host *host = rt->host;
    bool main_thread = vm_is_main_thread();
    struct Thread *t = gil_release();
    if (!main_thread) gil_nap(seconds);
    else if (host && host->sleep) host->sleep(host->ctx, seconds);
    gil_acquire(t);
    if (main_thread && host && host->tick) host->tick(host->ctx);
}

int sleep_once(double seconds) {
    Host *host = rt->host;
    double most = vm_is_main_thread() ? signal_next_timer() : INFINITY;
    if (seconds < most) most = seconds;
    if (host && host->flush) host->flush(host->ctx, 1);
    if (clock_stands_still() && !isinf(most)) {
        clock_advance(most);
        gil_yield(); /* others get their turn, as they would have */
    } else {
        wait_really(isinf(most) ? 1e9 : clock_real_seconds(most));
    }
    if (rt->program_timers) rt->program_timers();
    return breaker_poll();
}

int sleep_whole(double seconds) {
    int64_t end = clock_monotonic_ns() + (int64_t)ceil(fmin(seconds, 9e9) * 1e9), left;
    if (sleep_once(seconds) < 0) return -1;
    while ((left = end - clock_monotonic_ns()) > 0)
        if (sleep_once((double)left / 1e9) < 0) return -1;
    return 0;
}
