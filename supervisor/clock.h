/* Time as the supervisor uses it: nanoseconds of the monotonic clock, read afresh at each call. */
#ifndef ATOLL_CLOCK_H
#define ATOLL_CLOCK_H

#include <stdint.h>
#include <time.h>

#define NS_PER_US 1000ull
#define NS_PER_MS 1000000ull
#define NS_PER_S  1000000000ull

static inline uint64_t clock_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

/* Milliseconds since 1970, as far as the machine knows: for people, and for what outlives the process. */
static inline uint64_t clock_wall_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / NS_PER_MS;
}

/* Whole milliseconds, rounded up: a timer armed with it never fires before its deadline. */
static inline uint64_t clock_ms_ceil(uint64_t ns) {
    return (ns + NS_PER_MS - 1) / NS_PER_MS;
}

#endif
