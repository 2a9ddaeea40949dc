/*
 * clock: what time it is for the program: the machine's clocks, or one that the host sets (base/host.h, HostClock).
 *
 * Idea. A set clock begins at a given moment when a job's world begins to run, and goes on at a given rate, or stands still. All of
 * time, datetime and what rests on them reads it; "monotonic" then counts from 0. Where it stands still nothing waits: a sleep
 * advances it by its length at once, and so does a wait for another thread that nobody could end; processor time is 0.
 * Limits of jobs are real time, whatever the clock says.
 */
#ifndef ATOLL_MODULES_CLOCK_H
#define ATOLL_MODULES_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/* As clock_gettime: 0, or -1 with errno. */
int clock_read(clockid_t id, struct timespec *out);
/* Seconds since 1970. */
time_t clock_unix_seconds(void);
/* A set clock starts, unless the world's has started already: a job begins. */
void clock_begin(void);
/* How many real seconds a wait of so many takes. */
double clock_real_seconds(double seconds);
/* CLOCK_MONOTONIC in nanoseconds. */
int64_t clock_monotonic_ns(void);
bool clock_stands_still(void);
/* Moves a clock that stands still on; others are left alone. */
void clock_advance(double seconds);

#endif
