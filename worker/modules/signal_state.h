/*
 * signal_state: what the parts of _signal share: handlers (m_signal.c), timers (signal_timers.c), masks and waits (signal_waits.c).
 *
 * A signal that arrives is, in this order: held while it is blocked; dropped where its handler is SIG_IGN; the end of the process
 * where that is its default; else queued, and its handler runs in the main thread at the next poll of the breaker.
 */
#ifndef ATOLL_MODULES_SIGNAL_STATE_H
#define ATOLL_MODULES_SIGNAL_STATE_H

#include "modules/signal.h"

enum { SIGNALS = 65, TIMERS = 3 };

/* Of one of the clocks ITIMER_REAL, ITIMER_VIRTUAL, ITIMER_PROF. */
typedef struct IntervalTimer {
    int64_t due_ns;      /* by its clock; 0: not set */
    int64_t interval_ns; /* 0: rings once */
} IntervalTimer;

typedef struct SignalState {
    Value handlers[SIGNALS]; /* callables, 0 or 1; NULL: not set yet */
    Value default_int;       /* default_int_handler itself */
    bool coming[SIGNALS]; /* queued and not delivered: a signal that comes again meanwhile is the same one */
    uint64_t blocked, held; /* signal_bit: signals that may not arrive, and those of them that wanted to */
    uint64_t handled;       /* calls of handlers so far */
    IntervalTimer timers[TIMERS];
    Type *siginfo;     /* struct_siginfo */
    Type *timer_error; /* itimer_error */
} SignalState;

#define SIGNAL_STATE MODULE_STATE(signal, SignalState)

static inline uint64_t signal_bit(int number) { return 1ull << (number - 1); }

/* 1 to 64; -1 raised. */
int signal_number(Value v);
/* A signal comes to the process. 0, -1 raised: it could be neither queued nor obeyed. Any thread, with the GIL. */
int signal_arrive(int number);
/* The set of these signals' numbers; new. */
Value signal_set_of(uint64_t bits);

extern const NativeMethod signal_timer_functions[], signal_wait_functions[];
int signal_timers_ready(Value module);
int signal_waits_ready(Value module);

#endif
