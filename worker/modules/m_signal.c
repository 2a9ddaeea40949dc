/*
 * _signal: the names of signals, and handlers that a program sets for those that it sends to itself, or has its timers send.
 *
 * A worker's real signals are the supervisor's affair. SIGINT is Ctrl-C: the breaker's cancel bit, which calls the handler that
 * stands in rt->interrupt_handler. Other handlers are kept and run when the program itself raises their signal; one that has none
 * and would end a process ends this one, as it would in CPython.
 */
#include <errno.h>
#include <math.h>
#include <signal.h>

#include "base/host.h"
#include "modules/signal_state.h"
#include "objects/int.h"
#include "objects/str.h"
#include "vm/vm.h"

#define STATE SIGNAL_STATE

int signal_number(Value v) {
    int number;
    if (value_as_int(v, &number) < 0) return -1;
    return number >= 1 && number < SIGNALS ? number : raise_int(T_ValueError, "signal number out of range");
}

/* Borrowed. */
static Value handler_of(int number) {
    SignalState *state = STATE;
    Value handler = state ? state->handlers[number] : NULL;
    if (handler) return handler;
    if (number == SIGINT && state) return state->default_int;
    return small_int_new(number == SIGPIPE || number == SIGXFSZ);
}

/* ---- delivery ---- */

static int call_handler(Value handler, int number) {
    Value frame = vm_current_frame();
    if (!frame && error_pending()) return -1;
    STATE->handled++;
    Value done = value_call_two(handler, small_int_new(number), frame ? frame : NONE);
    xdecref(frame);
    xdecref(done);
    return done ? 0 : -1;
}

/* As a pending call: runs in the main thread. */
static int deliver(void *arg) {
    int number = (int)(intptr_t)arg;
    if (STATE) STATE->coming[number] = false;
    Value handler = incref(handler_of(number));
    int status = is_int(handler) ? 0 : call_handler(handler, number);
    if (handler == small_int_new(0) && number == SIGINT) status = raise_int(T_KeyboardInterrupt, "");
    decref(handler);
    return status;
}

/* False: no room in the queue of pending calls. */
static bool queue(int number) {
    SignalState *state = STATE;
    if (state && state->coming[number]) return true;
    if (!pending_call_add(deliver, (void *)(intptr_t)number)) return false;
    if (state) state->coming[number] = true;
    return true;
}

/* By default they do nothing. */
static const uint64_t harmless =
    1ull << (SIGCHLD - 1) | 1ull << (SIGCONT - 1) | 1ull << (SIGURG - 1) | 1ull << (SIGWINCH - 1);
/* By default they stop the process, which nobody would start again, or they tell the supervisor of something else. */
static const uint64_t refused = 1ull << (SIGSTOP - 1) | 1ull << (SIGTSTP - 1) | 1ull << (SIGTTIN - 1) |
                                1ull << (SIGTTOU - 1) | 1ull << (SIGSYS - 1) | 1ull << (SIGXCPU - 1);

void signal_end_process(int number) {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL);
    raise(number);
}

int signal_die(int number) {
    if (rt->host && rt->host->die) rt->host->die(rt->host->ctx, number);
    return raise_os_error(EPERM, NULL), -1;
}

static int obey_default(int number) {
    if (signal_bit(number) & harmless) return 0;
    return signal_bit(number) & refused ? (raise_os_error(EPERM, NULL), -1) : signal_die(number);
}

int signal_arrive(int number) {
    SignalState *state = STATE;
    if (state && (state->blocked & signal_bit(number))) return state->held |= signal_bit(number), 0;
    Value handler = handler_of(number);
    if (handler == small_int_new(1)) return 0;
    if (handler == small_int_new(0) && number != SIGINT) return obey_default(number);
    if (!state && number == SIGINT) breaker_set(BREAK_CANCEL);
    else if (!queue(number)) return raise_os_error(EAGAIN, NULL), -1;
    return 0;
}

int signal_send_self(int number) {
    if (number < 0 || number >= SIGNALS) return raise_os_error(EINVAL, NULL), -1;
    return number && signal_arrive(number) < 0 ? -1 : breaker_poll();
}

int signal_simulate(int number) {
    if (number < 1 || number >= SIGNALS) return raise_int(T_ValueError, "signal number out of range");
    if (!STATE && number == SIGINT) breaker_set(BREAK_CANCEL);
    else if (!is_int(handler_of(number))) queue(number); /* a full queue is interruption enough */
    return vm_is_main_thread() ? breaker_poll() : 0;
}

/* ---- handlers ---- */

static Value default_int_handler(Value module, Value const *args, size_t nargs) {
    (void)module, (void)args;
    if (!args_count("default_int_handler", nargs, 2, 2)) return NULL;
    return raise_error(T_KeyboardInterrupt, "");
}

static Value signal_signal(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("signal", nargs, 2, 2)) return NULL;
    int number = signal_number(args[0]);
    if (number < 0) return NULL;
    bool plain = args[1] == small_int_new(0) || args[1] == small_int_new(1);
    if (!plain && !value_is_callable(args[1]))
        return raise_error(T_TypeError,
                           "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
    if (!vm_is_main_thread())
        return raise_error(T_ValueError, "signal only works in main thread of the main interpreter");
    if (number == SIGKILL || number == SIGSTOP || number == 32 || number == 33)
        return raise_os_error(EINVAL, NULL);
    Value old = incref(handler_of(number));
    SET_FIELD_STEAL(STATE->handlers[number], incref(args[1]));
    if (number == SIGINT)
        SET_FIELD_STEAL(rt->interrupt_handler, args[1] == STATE->default_int ? NULL : incref(args[1]));
    return old;
}

static Value signal_getsignal(Value module, Value v) {
    (void)module;
    int number = signal_number(v);
    return number < 0 ? NULL : number == 32 || number == 33 ? NONE : incref(handler_of(number));
}

static Value signal_raise(Value module, Value v) {
    (void)module;
    int number;
    if (value_as_int(v, &number) < 0 || signal_send_self(number) < 0) return NULL;
    return NONE;
}

static Value signal_strsignal(Value module, Value v) {
    (void)module;
    int number = signal_number(v);
    if (number < 0) return NULL;
    if (number == 32 || number == 33) return NONE;
    return number >= 34 ? str_format("Real-time signal %d", number - 34) : str_from_cstr(sigdescr_np(number));
}

static Value signal_valid(Value module) {
    (void)module;
    return signal_set_of(~(signal_bit(32) | signal_bit(33)));
}

/* No descriptor is ever written to: signals do not come from outside. */
static Value signal_set_wakeup_fd(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "warn_on_full_buffer", NULL};
    static const ArgSpec spec = {"set_wakeup_fd", names, 2, 1, 1};
    Value out[2];
    int fd;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[0], &fd) < 0) return NULL;
    return small_int_new(-1);
}

static Value signal_siginterrupt(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("siginterrupt", nargs, 2, 2) || signal_number(args[0]) < 0) return NULL;
    return NONE;
}

static const NativeMethod functions[] = {
    METHOD_FAST("default_int_handler", default_int_handler,
                "default_int_handler($module, signalnum, frame, /)\n--\n\nRaises "
                "KeyboardInterrupt."),
    METHOD_FAST("signal", signal_signal,
                "signal($module, signalnum, handler, /)\n--\n\nSets a signal's handler; the previous one."),
    METHOD_ONE("getsignal", signal_getsignal, "getsignal($module, signalnum, /)\n--\n\nA signal's handler."),
    METHOD_ONE("raise_signal", signal_raise,
               "raise_signal($module, signalnum, /)\n--\n\nSends a signal to the program itself."),
    METHOD_ONE("strsignal", signal_strsignal, "strsignal($module, signalnum, /)\n--\n\nWhat a signal means."),
    METHOD_NOARGS("valid_signals", signal_valid,
                  "valid_signals($module, /)\n--\n\nThe numbers of all signals."),
    METHOD_KW("set_wakeup_fd", signal_set_wakeup_fd, "set_wakeup_fd(fd, *, warn_on_full_buffer=True) -> fd"),
    METHOD_FAST("siginterrupt", signal_siginterrupt,
                "siginterrupt($module, signalnum, flag, /)\n--\n\nHas no effect."),
    METHOD_END,
};

static const struct {
    const char *name;
    int number;
} rows[] = {
#define ROW(name) {#name, name},
    ROW(SIGHUP) ROW(SIGINT) ROW(SIGQUIT) ROW(SIGILL) ROW(SIGTRAP) ROW(SIGIOT) ROW(SIGABRT) ROW(SIGFPE)
        ROW(SIGKILL) ROW(SIGBUS) ROW(SIGSEGV) ROW(SIGSYS) ROW(SIGPIPE) ROW(SIGALRM) ROW(SIGTERM) ROW(SIGUSR1)
            ROW(SIGUSR2) ROW(SIGCHLD) ROW(SIGPWR) ROW(SIGIO) ROW(SIGURG) ROW(SIGWINCH) ROW(SIGPOLL)
                ROW(SIGSTOP) ROW(SIGTSTP) ROW(SIGCONT) ROW(SIGTTIN) ROW(SIGTTOU) ROW(SIGVTALRM) ROW(SIGPROF)
                    ROW(SIGXCPU) ROW(SIGXFSZ) ROW(SIGSTKFLT)
#undef ROW
                        {"SIGCLD", SIGCHLD},
    {"SIGRTMIN", 34},
    {"SIGRTMAX", 64},
    {"NSIG", SIGNALS},
    {"SIG_DFL", 0},
    {"SIG_IGN", 1},
};

static int ready(Value module) {
    SignalState *state = module_state_new(M_signal, sizeof *state);
    if (!state) return -1;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (module_add_int(module, rows[i].name, rows[i].number) < 0) return -1;
    if (!state->default_int) state->default_int = value_getattr_cstr(module, "default_int_handler");
    else if (module_add(module, "default_int_handler", incref(state->default_int)) < 0) return -1;
    if (!state->default_int || module_add_functions(module, signal_timer_functions) < 0 ||
        module_add_functions(module, signal_wait_functions) < 0)
        return -1;
    return signal_timers_ready(module) < 0 ? -1 : signal_waits_ready(module);
}

const ModuleSpec module_signal = {
    "_signal",
    "The names of signals, handlers for those that a program sends itself, and timers that send them.",
    functions, ready};
