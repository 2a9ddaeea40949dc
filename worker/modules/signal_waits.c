/*
 * Signals that are kept from arriving, and waits for them: pthread_sigmask, sigpending, sigwait and its kin, pause, pthread_kill.
 *
 * There is one mask for the whole program, not one for each thread: handlers run in the main thread anyway.
 */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <unistd.h>

#include "modules/clock.h"
#include "modules/signal_state.h"
#include "modules/sleep.h"
#include "modules/struct_seq.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "vm/vm.h"

/* The bits of an iterable of signal numbers. 0, -1 raised. */
static int read_set(Value iterable, uint64_t *bits) {
    Value iterator = value_iter(iterable);
    if (!iterator) return -1;
    *bits = 0;
    int status = 0;
    for (Value item; status == 0 && (item = value_next(iterator)) != NULL; decref(item)) {
        int64_t number;
        status = value_as_i64(item, &number);
        if (status == 0 && (number < 1 || number >= SIGNALS))
            status = raise_int(T_ValueError, "signal number %lld out of range [1; %d]", (long long)number,
                               SIGNALS - 1);
        if (status == 0) *bits |= signal_bit((int)number);
    }
    decref(iterator);
    return status < 0 || error_pending() ? -1 : 0;
}

Value signal_set_of(uint64_t bits) {
    Value set = set_new(NULL);
    for (int number = 1; set && number < SIGNALS; number++)
        if ((bits & signal_bit(number)) && set_add(set, small_int_new(number)) < 0) CLEAR_FIELD(set);
    return set;
}

/* ---- the mask ---- */

/* What was held and is not blocked any more arrives; its handler runs before anything else does. 0, -1 raised. */
static int block_only(uint64_t bits) {
    SignalState *state = SIGNAL_STATE;
    state->blocked = bits & ~(signal_bit(SIGKILL) | signal_bit(SIGSTOP) | signal_bit(32) | signal_bit(33));
    for (int number = 1; number < SIGNALS; number++) {
        uint64_t bit = signal_bit(number);
        if (!(state->held & bit & ~state->blocked)) continue;
        state->held &= ~bit;
        if (signal_arrive(number) < 0) return -1;
    }
    return breaker_poll();
}

static Value signal_pthread_sigmask(Value module, Value const *args, size_t nargs) {
    (void)module;
    int how;
    uint64_t given, before = SIGNAL_STATE->blocked;
    if (!args_count("pthread_sigmask", nargs, 2, 2) || value_as_int(args[0], &how) < 0 ||
        read_set(args[1], &given) < 0)
        return NULL;
    if (how != SIG_BLOCK && how != SIG_UNBLOCK && how != SIG_SETMASK) return raise_os_error(EINVAL, NULL);
    uint64_t mask = how == SIG_BLOCK ? before | given : how == SIG_UNBLOCK ? before & ~given : given;
    return block_only(mask) < 0 ? NULL : signal_set_of(before);
}

static Value signal_sigpending(Value module) { return (void)module, signal_set_of(SIGNAL_STATE->held); }

/* ---- waits ---- */

/* The first signal of the set that came or comes within so many seconds; 0 none, -1 raised. */
static int wait_for_one(uint64_t set, double seconds) {
    SignalState *state = SIGNAL_STATE;
    uint64_t before = state->blocked;
    int status = 0, number = 0;
    state->blocked |= set;
    int64_t begun = clock_monotonic_ns();
    while (!(state->held & set) && status == 0) {
        double left = seconds - (double)(clock_monotonic_ns() - begun) / 1e9;
        if (left <= 0) break;
        status = sleep_once(left);
    }
    if (status == 0 && (state->held & set)) {
        number = __builtin_ctzll(state->held & set) + 1;
        state->held &= ~signal_bit(number);
    }
    Value raised = status < 0 ? error_take() : NULL; /* handlers run without it */
    status = block_only(before);
    if (!raised) return status < 0 ? -1 : number;
    if (status < 0) error_chain_steal(raised);
    else error_restore_steal(raised);
    return -1;
}

static Value siginfo_of(int number) {
    return struct_seq_new_steal(SIGNAL_STATE->siginfo,
                                (Value[]){small_int_new(number), small_int_new(SI_USER), small_int_new(0),
                                          int_from_i64(getpid()), int_from_i64(getuid()), small_int_new(0),
                                          small_int_new(0)});
}

static Value signal_sigwait(Value module, Value v) {
    (void)module;
    uint64_t set;
    int number = read_set(v, &set) < 0 ? -1 : wait_for_one(set, INFINITY);
    return number < 0 ? NULL : small_int_new(number);
}

static Value signal_sigwaitinfo(Value module, Value v) {
    (void)module;
    uint64_t set;
    int number = read_set(v, &set) < 0 ? -1 : wait_for_one(set, INFINITY);
    return number < 0 ? NULL : siginfo_of(number);
}

static Value signal_sigtimedwait(Value module, Value const *args, size_t nargs) {
    (void)module;
    uint64_t set;
    double seconds;
    if (!args_count("sigtimedwait", nargs, 2, 2) || sleep_argument(args[1], &seconds) < 0 ||
        read_set(args[0], &set) < 0)
        return NULL;
    if (seconds < 0) return raise_error(T_ValueError, "timeout must be non-negative");
    int number = wait_for_one(set, seconds);
    return number < 0 ? NULL : number == 0 ? NONE : siginfo_of(number);
}

static Value signal_pause(Value module) {
    (void)module;
    const SignalState *state = SIGNAL_STATE;
    for (uint64_t before = state->handled; state->handled == before;)
        if (sleep_once(INFINITY) < 0) return NULL;
    return NONE;
}

static Value signal_pthread_kill(Value module, Value const *args, size_t nargs) {
    (void)module;
    uint64_t thread;
    int number;
    if (!args_count("pthread_kill", nargs, 2, 2)) return NULL;
    if (!is_int(args[0]))
        return raise_error(T_TypeError, "pthread_kill() argument 1 must be int, not %T", args[0]);
    if (value_as_u64(args[0], &thread) < 0 || value_as_int(args[1], &number) < 0) return NULL;
    if (!thread_exists(thread)) return raise_os_error(ESRCH, NULL);
    return signal_send_self(number) < 0 ? NULL : NONE;
}

const NativeMethod signal_wait_functions[] = {
    METHOD_FAST("pthread_sigmask", signal_pthread_sigmask,
                "pthread_sigmask(how, mask) -> the signals that were blocked\n\nBlocks signals, or lets them "
                "through."),
    METHOD_NOARGS("sigpending", signal_sigpending,
                  "sigpending() -> set\n\nThe signals that came while they were blocked."),
    METHOD_ONE("sigwait", signal_sigwait,
               "sigwait(sigset) -> number\n\nWaits for one of some signals, and takes it."),
    METHOD_ONE("sigwaitinfo", signal_sigwaitinfo,
               "sigwaitinfo($module, sigset, /)\n--\n\nWaits for one of some signals, and tells of it."),
    METHOD_FAST("sigtimedwait", signal_sigtimedwait,
                "sigtimedwait($module, sigset, timeout, /)\n--\n\nThe same for so many seconds at most; "
                "None: none came."),
    METHOD_NOARGS("pause", signal_pause, "pause($module, /)\n--\n\nWaits until a handler was called."),
    METHOD_FAST(
        "pthread_kill", signal_pthread_kill,
        "pthread_kill($module, thread_id, signalnum, /)\n--\n\nSends a signal to a thread of the program."),
    METHOD_END,
};

int signal_waits_ready(Value module) {
    static const char *const fields[] = {"si_signo", "si_code",   "si_errno", "si_pid",
                                         "si_uid",   "si_status", "si_band",  NULL};
    static const StructSeqSpec spec = {"signal.struct_siginfo", "What is known of a signal that came.",
                                       fields, 0, true};
    SignalState *state = SIGNAL_STATE;
    if (!state->siginfo && !(state->siginfo = struct_seq_type(&spec))) return -1;
    return module_add(module, "struct_siginfo", incref(AS_VALUE(state->siginfo))) < 0 ||
                   module_add_int(module, "SIG_BLOCK", SIG_BLOCK) < 0 ||
                   module_add_int(module, "SIG_UNBLOCK", SIG_UNBLOCK) < 0 ||
                   module_add_int(module, "SIG_SETMASK", SIG_SETMASK) < 0
               ? -1
               : 0;
}
