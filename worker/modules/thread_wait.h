/*
 * thread_wait: waiting for what another thread does, as locks and queues do.
 *
 * A thread sleeps until it is woken for the object it waits for (vm/park.h). The main thread sleeps in slices, so that it keeps
 * answering the breaker.
 */
#ifndef ATOLL_MODULES_THREAD_WAIT_H
#define ATOLL_MODULES_THREAD_WAIT_H

#include <stdbool.h>

#include "objects/object.h"

/* Waits until is_ready(v), at most so many seconds (INFINITY: for ever). 1 ready, 0 time is over, -1 raised. */
int thread_wait_until(Value v, bool (*is_ready)(Value), double seconds);
/* v has become ready: wakes one who waits for it. */
void thread_wait_wake(Value v);

#endif
