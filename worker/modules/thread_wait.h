/*
 * thread_wait: waiting for what another thread does, as locks and queues do: the GIL is given up in slices,
 * so that the main thread keeps answering the breaker.
 */
#ifndef ATOLL_MODULES_THREAD_WAIT_H
#define ATOLL_MODULES_THREAD_WAIT_H

#include <stdbool.h>

#include "objects/object.h"

/* What waiting needs, made once in a world. 0, -1 raised. */
int thread_wait_ready(void);
/* Waits until is_ready(v), at most so many seconds (INFINITY: for ever). 1 ready, 0 time is over, -1 raised.
 */
int thread_wait_until(Value v, bool (*is_ready)(Value), double seconds);
/* Something that others may wait for has changed. */
void thread_wait_wake(void);

#endif
