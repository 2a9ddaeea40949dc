/*
 * sleep: waits of the running thread that pass by the program's clock (modules/clock.h), without the GIL.
 *
 * The main thread's are cut short by whatever the breaker has to tell and by the program's timers; what that leads to runs before
 * they go on. Those of other threads end early only when the job does.
 */
#ifndef ATOLL_MODULES_SLEEP_H
#define ATOLL_MODULES_SLEEP_H

#include "objects/object.h"

/* A length of time as the program gives it. 0, -1 raised TypeError, ValueError for a NaN, OverflowError. */
int sleep_argument(Value v, double *seconds);
/* Waits at most so many seconds (INFINITY: for ever), then does what is to be done. 0, -1 raised. */
int sleep_once(double seconds);
/* Waits so many seconds to the end. 0, -1 raised. */
int sleep_whole(double seconds);

#endif
