#include "modules/clock.h"

#include <errno.h>
#include <math.h>

#include "base/host.h"
#include "base/runtime.h"

enum { BILLION = 1000000000 };

static const HostClock *set_clock(void) { return rt->host && rt->host->clock.set ? &rt->host->clock : NULL; }

static int64_t machine_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * BILLION + t.tv_nsec;
}

/* Nanoseconds that the set clock has gone. */
static int64_t gone(const HostClock *clock) {
    if (clock->rate == 0) return rt->clock_advanced_ns;
    int64_t real = rt->clock_begun_ns ? machine_ns() - rt->clock_begun_ns : 0;
    return clock->rate == 1 ? real : (int64_t)((double)real * clock->rate);
}

static struct timespec moment(int64_t ns) {
    int64_t seconds = ns / BILLION, rest = ns % BILLION;
    if (rest < 0) seconds--, rest += BILLION;
    return (struct timespec){(time_t)seconds, (long)rest};
}

int clock_read(clockid_t id, struct timespec *out) {
    const HostClock *clock = set_clock();
    if (!clock) return clock_gettime(id, out);
    switch (id) {
    case CLOCK_REALTIME:
    case CLOCK_TAI: *out = moment(clock->start_ns + gone(clock)); return 0;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_BOOTTIME: *out = moment(gone(clock)); return 0;
    default:
        if (clock->rate != 0) return clock_gettime(id, out);
        *out = (struct timespec){0, 0};
        return clock_gettime(id, &(struct timespec){0}); /* is there such a clock? */
    }
}

time_t clock_unix_seconds(void) {
    struct timespec t;
    return clock_read(CLOCK_REALTIME, &t) == 0 ? t.tv_sec : 0;
}

int64_t clock_monotonic_ns(void) {
    struct timespec t = {0};
    clock_read(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * BILLION + t.tv_nsec;
}

void clock_begin(void) {
    if (set_clock() && !rt->clock_begun_ns) rt->clock_begun_ns = machine_ns();
}

bool clock_stands_still(void) { return set_clock() && set_clock()->rate == 0; }

double clock_real_seconds(double seconds) {
    const HostClock *clock = set_clock();
    return clock && clock->rate > 0 ? seconds / clock->rate : seconds;
}

void clock_advance(double seconds) {
    int64_t most = INT64_MAX - rt->clock_advanced_ns;
    double ns = ceil(seconds * BILLION);
    if (!clock_stands_still() || seconds <= 0) return;
    rt->clock_advanced_ns += ns < (double)most ? (int64_t)ns : most;
}
