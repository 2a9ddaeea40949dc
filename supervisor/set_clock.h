/* A clock that programs see in place of the machine's, as --clock tells it: TIME[,RATE|,frozen].
 *
 * TIME is `now`, @SECONDS since 1970, or a date with or without a time: 2024-05-06, 2024-05-06T07:08:09.5, with Z or +hh:mm (UTC
 * when neither is there). RATE is how many of its seconds go by in a real one; 1 when nothing is said. */
#ifndef ATOLL_SET_CLOCK_H
#define ATOLL_SET_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    bool set;
    int64_t start_ns; /* since 1970 */
    double rate;      /* 0: frozen */
} SetClock;

bool set_clock_parse(const char *text, SetClock *clock);

#endif
