/*
 * breaker: what happens when the polled word is set, and the fuel account.
 *
 * Fuel is counted down in thread->fuel_left: one for each backward jump and call, more for long native operations
 * (work_charge). Below zero the work done goes on host->fuel and the next step begins; a step never reaches past the limit, so
 * the limit is met at exactly the same instruction in every run.
 *
 * BREAK_DEADLINE and BREAK_FUEL end the program: the exception that a poll raises then passes all handlers (eval.c asks
 * vm_is_ending), and every later poll raises it again. BREAK_CANCEL is an ordinary KeyboardInterrupt.
 */
#include "base/host.h"
#include "vm/vm_internal.h"

enum { FUEL_STEP = 1 << 24 };

static void fuel_begin_step(Thread *t) {
    int64_t step = FUEL_STEP;
    const Host *host = rt->host;
    if (host && host->fuel_limit) {
        uint64_t rest = host->fuel_limit > host->fuel ? host->fuel_limit - host->fuel : 0;
        if (rest < (uint64_t)step) step = (int64_t)rest;
    }
    t->fuel_step = t->fuel_left = step;
}

void fuel_settle(void) {
    Thread *t = THREAD;
    if (rt->host) rt->host->fuel += (uint64_t)(t->fuel_step - t->fuel_left);
    fuel_begin_step(t);
}

void fuel_limit_changed(void) {
    fuel_settle();
    if (!rt->host || !rt->host->fuel_limit || rt->host->fuel <= rt->host->fuel_limit)
        breaker_clear(BREAK_FUEL);
}

static void fuel_spent(void) {
    fuel_settle();
    const Host *host = rt->host;
    if (host && host->fuel_limit && host->fuel > host->fuel_limit) breaker_set(BREAK_FUEL);
}

/* What signal.signal(SIGINT, ...) asked for; KeyboardInterrupt if nothing. 0, -1 raised. */
static int interrupt(void) {
    Value handler = xincref(rt->interrupt_handler);
    breaker_clear(BREAK_CANCEL);
    if (!handler || handler == small_int_new(0)) return raise_int(T_KeyboardInterrupt, "");
    Value frame = is_int(handler) ? NONE : vm_current_frame();
    if (!frame && !error_pending()) frame = NONE;
    Value done = is_int(handler) ? NONE : frame ? value_call_two(handler, small_int_new(2), frame) : NULL;
    xdecref(frame);
    decref(handler);
    xdecref(done);
    return done ? 0 : -1;
}

/* The host's turn; what the breaker says then. */
static uint32_t tick(void) {
    breaker_clear(BREAK_HOST);
    if (rt->host && rt->host->tick) rt->host->tick(rt->host->ctx);
    if (rt->program_timers) rt->program_timers();
    return breaker_bits();
}

enum { BREAK_OVER = BREAK_FUEL | BREAK_DEADLINE };

static int raise_over(uint32_t bits) {
    const char *limit = rt->host ? rt->host->limit_met : NULL;
    return raise_int(T_KeyboardInterrupt, bits & BREAK_FUEL ? "fuel is used up"
                                          : limit           ? limit
                                                            : "time is over");
}

int work_charge(uint64_t units) {
    Thread *t = THREAD;
    t->fuel_left -= units > INT32_MAX ? INT32_MAX : (int64_t)units;
    if (LIKELY(t->fuel_left >= 0 && breaker_bits() == 0)) return 0;
    return breaker_poll();
}

/* A cancel for which the program has a handler waits for the next poll that may run it. */
static bool may_interrupt(const Thread *t) {
    return t == VM->main_thread && (!rt->interrupt_handler || rt->interrupt_handler == small_int_new(0));
}

int work_charge_alone(uint64_t units) {
    Thread *t = THREAD;
    t->fuel_left -= units > INT32_MAX ? INT32_MAX : (int64_t)units;
    if (LIKELY(t->fuel_left >= 0 && breaker_bits() == 0)) return 0;
    if (t->fuel_left < 0) fuel_spent();
    uint32_t bits = breaker_bits();
    if (bits & BREAK_HOST) bits = tick();
    if (bits & BREAK_OVER) return raise_over(bits);
    return (bits & BREAK_CANCEL) && may_interrupt(t) ? interrupt() : 0;
}

bool pending_call_add(int (*function)(void *), void *arg) {
    VmState *vm = VM;
    bool added = false;
    pthread_mutex_lock(&vm->gil.mutex);
    if (vm->pending_count < PENDING_CALLS) {
        vm->pending[(vm->pending_first + vm->pending_count++) % PENDING_CALLS] = (PendingCall){function, arg};
        added = true;
    }
    pthread_mutex_unlock(&vm->gil.mutex);
    if (added) breaker_set(BREAK_PENDING);
    return added;
}

static bool pending_take(PendingCall *out) {
    VmState *vm = VM;
    pthread_mutex_lock(&vm->gil.mutex);
    bool taken = vm->pending_count > 0;
    if (taken) {
        *out = vm->pending[vm->pending_first];
        vm->pending_first = (vm->pending_first + 1) % PENDING_CALLS;
        vm->pending_count--;
    }
    pthread_mutex_unlock(&vm->gil.mutex);
    return taken;
}

static int run_pending_calls(void) {
    PendingCall call;
    breaker_clear(BREAK_PENDING);
    while (pending_take(&call))
        if (call.function(call.arg) < 0) return breaker_set(BREAK_PENDING), -1;
    for (Thread *t = VM->threads; t; t = t->next)
        if (t->async_exception) breaker_set(BREAK_PENDING);
    return 0;
}

static int raise_async(Thread *t) {
    Value exception = t->async_exception;
    t->async_exception = NULL;
    if (is_type(exception)) {
        Value made = value_call_noargs(exception);
        decref(exception);
        if (!made) return -1;
        exception = made;
    }
    raise_value(exception);
    decref(exception);
    return -1;
}

/* A collection runs finalizers: the pending exception, if any, is set aside. */
static void collect(void) {
    Value pending = THREAD->pending ? error_take() : NULL;
    heap_collect_due(rt->heap);
    if (pending) error_restore_steal(pending);
}

bool vm_is_main_thread(void) { return THREAD == VM->main_thread; }

int breaker_poll(void) {
    Thread *t = THREAD;
    if (t->fuel_left < 0) fuel_spent();
    uint32_t bits = breaker_bits();
    if (bits == 0 && !t->async_exception) return 0;
    if (bits & BREAK_HOST) bits = tick();
    if (bits & BREAK_GIL_REQUEST) gil_yield();
    if ((bits & BREAK_COLLECT) && t->critical == 0) collect();
    bool is_main = t == VM->main_thread;
    if (bits & BREAK_OVER) return raise_over(bits);
    if ((bits & BREAK_PENDING) && is_main && run_pending_calls() < 0) return -1;
    if ((bits & BREAK_CANCEL) && is_main && interrupt() < 0) return -1;
    if (t->async_exception) return raise_async(t);
    return 0;
}
