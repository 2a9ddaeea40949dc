/*
 * Timers that a program sets: alarm, setitimer, getitimer.
 *
 * Each has a moment by its own clock. While one is set the runtime's program_timers is this file's check, which every tick of the
 * host calls, and which sleeps know of (signal_next_timer), so a timer of real time ends a sleep to the moment and a computation
 * to the tick. Real time is the program's (modules/clock.h): where it stands still only sleeping makes a timer
 * ring, and where it is set processor time does not pass.
 */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "base/host.h"
#include "modules/clock.h"
#include "modules/signal_state.h"
#include "modules/sleep.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/vm.h"

static const int rings[TIMERS] = {
    [ITIMER_REAL] = SIGALRM, [ITIMER_VIRTUAL] = SIGVTALRM, [ITIMER_PROF] = SIGPROF};

static int64_t now_by(int which) {
    if (which == ITIMER_REAL) return clock_monotonic_ns();
    if (rt->host && rt->host->clock.set) return 0;
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    int64_t user = (int64_t)used.ru_utime.tv_sec * 1000000000 + (int64_t)used.ru_utime.tv_usec * 1000;
    int64_t system = (int64_t)used.ru_stime.tv_sec * 1000000000 + (int64_t)used.ru_stime.tv_usec * 1000;
    return which == ITIMER_VIRTUAL ? user : user + system;
}

static bool any_is_set(const SignalState *state) {
    for (int i = 0; i < TIMERS; i++)
        if (state->timers[i].due_ns) return true;
    return false;
}

static void ring(IntervalTimer *timer, int which, int64_t now) {
    timer->due_ns =
        timer->interval_ns ? now + timer->interval_ns - (now - timer->due_ns) % timer->interval_ns : 0;
    if (signal_arrive(rings[which]) < 0)
        error_clear(); /* no room for it, so much is waiting to be told already */
}

static void check(void);

static void watch(bool on) {
    rt->program_timers = on ? check : NULL;
    if (rt->host && rt->host->tick_for_program) rt->host->tick_for_program(rt->host->ctx, on);
}

/* Of a timer that has rung once nothing is left. */
static void check(void) {
    SignalState *state = SIGNAL_STATE;
    for (int i = 0; i < TIMERS; i++) {
        IntervalTimer *timer = &state->timers[i];
        int64_t now = timer->due_ns ? now_by(i) : 0;
        if (timer->due_ns && now >= timer->due_ns) ring(timer, i, now);
    }
    if (!any_is_set(state)) watch(false);
}

double signal_next_timer(void) {
    const IntervalTimer *timer = rt->program_timers ? &SIGNAL_STATE->timers[ITIMER_REAL] : NULL;
    if (!timer || !timer->due_ns) return INFINITY;
    double left = (double)(timer->due_ns - now_by(ITIMER_REAL)) / 1e9;
    return left > 0 ? left : 0;
}

/* ---- setting ---- */

typedef struct Setting {
    double seconds, interval;
} Setting;

static Setting read_timer(int which) {
    const IntervalTimer *timer = &SIGNAL_STATE->timers[which];
    if (!timer->due_ns) return (Setting){0, 0};
    double left = (double)(timer->due_ns - now_by(which)) / 1e9;
    return (Setting){left > 1e-6 ? left : 1e-6, (double)timer->interval_ns / 1e9};
}

static int64_t in_nanoseconds(double seconds) {
    double n =
        ceil(seconds * 1e6) * 1e3; /* the kernel counts in microseconds, and no time is too short to be one */
    return n < 9e18 ? (int64_t)n : (int64_t)9e18;
}

/* The setting before. */
static Setting set_timer(int which, Setting to) {
    Setting before = read_timer(which);
    IntervalTimer *timer = &SIGNAL_STATE->timers[which];
    int64_t now = now_by(which), due;
    if (to.seconds <= 0) *timer = (IntervalTimer){0, 0};
    else if (__builtin_add_overflow(now, in_nanoseconds(to.seconds), &due))
        *timer = (IntervalTimer){INT64_MAX, 0};
    else *timer = (IntervalTimer){due ? due : 1, in_nanoseconds(to.interval)};
    watch(any_is_set(SIGNAL_STATE));
    return before;
}

/* The system's count of seconds has no sign. */
static Value signal_alarm(Value module, Value v) {
    (void)module;
    int seconds;
    if (value_as_int(v, &seconds) < 0) return NULL;
    Setting before = set_timer(ITIMER_REAL, (Setting){(uint32_t)seconds, 0});
    double whole = before.seconds > 0 && before.seconds < 1 ? 1 : round(before.seconds);
    return int_from_i64((int64_t)whole);
}

static Value raise_timer_error(void) {
    Value text = str_from_cstr("Invalid argument");
    Value error =
        text ? value_call_two(AS_VALUE(SIGNAL_STATE->timer_error), small_int_new(EINVAL), text) : NULL;
    if (error) raise_value(error);
    xdecref(error);
    xdecref(text);
    return NULL;
}

/* ITIMER_REAL and so on; -1 raised. */
static int timer_number(Value v) {
    int which;
    if (value_as_int(v, &which) < 0) return -1;
    if (which >= 0 && which < TIMERS) return which;
    raise_timer_error();
    return -1;
}

static Value pair(Setting s) {
    return tuple_from_array_steal((Value[]){float_new(s.seconds), float_new(s.interval)}, 2);
}

static Value signal_setitimer(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("setitimer", nargs, 2, 3)) return NULL;
    int which;
    Setting to = {0, 0};
    if (value_as_int(args[0], &which) < 0 || sleep_argument(args[1], &to.seconds) < 0 ||
        (nargs > 2 && sleep_argument(args[2], &to.interval) < 0))
        return NULL;
    if (which < 0 || which >= TIMERS || to.seconds < 0 || to.interval < 0) return raise_timer_error();
    return pair(set_timer(which, to));
}

static Value signal_getitimer(Value module, Value v) {
    (void)module;
    int which = timer_number(v);
    return which < 0 ? NULL : pair(read_timer(which));
}

const NativeMethod signal_timer_functions[] = {
    METHOD_ONE(
        "alarm", signal_alarm,
        "alarm($module, seconds, /)\n--\n\nSIGALRM after so many seconds, 0: none; what was left before."),
    METHOD_FAST("setitimer", signal_setitimer,
                "setitimer($module, which, seconds, interval=0.0, /)\n--\n\n"
                "Sets one of the timers ITIMER_REAL, ITIMER_VIRTUAL and ITIMER_PROF, which sends SIGALRM, "
                "SIGVTALRM or "
                "SIGPROF\nafter so many seconds and then at each interval; what was set before."),
    METHOD_ONE("getitimer", signal_getitimer,
               "getitimer($module, which, /)\n--\n\nThe seconds left of a timer, and its interval."),
    METHOD_END,
};

int signal_timers_ready(Value module) {
    SignalState *state = SIGNAL_STATE;
    Value bases = tuple_pack(1, AS_VALUE(TYPE(OSError)));
    if (!state->timer_error && bases)
        state->timer_error = type_new_simple("signal.itimer_error", bases, NULL, NULL);
    xdecref(bases);
    if (!state->timer_error || module_add(module, "ItimerError", incref(AS_VALUE(state->timer_error))) < 0)
        return -1;
    return module_add_int(module, "ITIMER_REAL", ITIMER_REAL) < 0 ||
                   module_add_int(module, "ITIMER_VIRTUAL", ITIMER_VIRTUAL) < 0 ||
                   module_add_int(module, "ITIMER_PROF", ITIMER_PROF) < 0
               ? -1
               : 0;
}
