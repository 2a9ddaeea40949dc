/* time: clocks, sleeping, and the calendar of the C library. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <time.h>

#include "base/host.h"
#include "modules/clock.h"
#include "modules/sleep.h"
#include "modules/module.h"
#include "modules/struct_seq.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "vm/gil.h"
#include "vm/vm.h"

typedef struct TimeState {
    Type *struct_time;
} TimeState;

#define TIME MODULE_STATE(time, TimeState)

/* ---- clocks ---- */

static int64_t read_clock(clockid_t id) {
    struct timespec t;
    if (clock_read(id, &t) < 0) return raise_os_error(errno, NULL), -1;
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static Value as_float(int64_t ns) { return error_pending() ? NULL : float_new((double)ns * 1e-9); }
static Value as_int(int64_t ns) { return error_pending() ? NULL : int_from_i64(ns); }

/* Seconds of a timespec without the rounding of a product. */
static Value clock_float(clockid_t id) {
    struct timespec t;
    if (clock_read(id, &t) < 0) return raise_os_error(errno, NULL);
    return float_new((double)t.tv_sec + (double)t.tv_nsec * 1e-9);
}

#define CLOCK_FUNCTIONS(name, id)                                                                            \
    static Value time_##name(Value module) {                                                                 \
        (void)module;                                                                                        \
        return clock_float(id);                                                                              \
    }                                                                                                        \
    static Value time_##name##_ns(Value module) {                                                            \
        (void)module;                                                                                        \
        return as_int(read_clock(id));                                                                       \
    }
CLOCK_FUNCTIONS(time, CLOCK_REALTIME)
CLOCK_FUNCTIONS(monotonic, CLOCK_MONOTONIC)
CLOCK_FUNCTIONS(process_time, CLOCK_PROCESS_CPUTIME_ID)
CLOCK_FUNCTIONS(thread_time, CLOCK_THREAD_CPUTIME_ID)

static Value clock_gettime_of(Value module, Value id) {
    (void)module;
    int n;
    return value_as_int(id, &n) < 0 ? NULL : clock_float(n);
}

static Value clock_gettime_ns(Value module, Value id) {
    (void)module;
    int n;
    return value_as_int(id, &n) < 0 ? NULL : as_int(read_clock(n));
}

static Value clock_getres_of(Value module, Value id) {
    (void)module;
    int n;
    struct timespec t;
    if (value_as_int(id, &n) < 0) return NULL;
    if (clock_getres(n, &t) < 0) return raise_os_error(errno, NULL);
    return as_float((int64_t)t.tv_sec * 1000000000 + t.tv_nsec);
}

static Value get_clock_info(Value module, Value name) {
    (void)module;
    static const struct {
        const char *name, *implementation;
        clockid_t id;
        bool monotonic, adjustable;
    } rows[] = {
        {"time", "clock_gettime(CLOCK_REALTIME)", CLOCK_REALTIME, false, true},
        {"monotonic", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true, false},
        {"perf_counter", "clock_gettime(CLOCK_MONOTONIC)", CLOCK_MONOTONIC, true, false},
        {"process_time", "clock_gettime(CLOCK_PROCESS_CPUTIME_ID)", CLOCK_PROCESS_CPUTIME_ID, true, false},
        {"thread_time", "clock_gettime(CLOCK_THREAD_CPUTIME_ID)", CLOCK_THREAD_CPUTIME_ID, true, false},
    };
    if (!is_str(name))
        return raise_error(T_TypeError, "get_clock_info() argument 1 must be str, not %.50K", name);
    size_t i = 0, n = sizeof rows / sizeof *rows;
    while (i < n && !str_equal_cstr(name, rows[i].name)) i++;
    if (i == n) return raise_error(T_ValueError, "unknown clock");
    Value info = value_call_noargs(AS_VALUE(TYPE(simple_namespace)));
    struct {
        const char *name;
        Value value;
    } fields[] = {{"implementation", str_from_cstr(rows[i].implementation)},
                  {"monotonic", BOOL(rows[i].monotonic)},
                  {"adjustable", BOOL(rows[i].adjustable)},
                  {"resolution", clock_getres_of(NULL, small_int_new(rows[i].id))}};
    for (size_t k = 0; k < 4; k++) {
        Value key = info ? str_intern_cstr(fields[k].name) : NULL;
        if (!key || !fields[k].value || value_setattr(info, key, fields[k].value) < 0) CLEAR_FIELD(info);
        xdecref(key);
        xdecref(fields[k].value);
    }
    return info;
}

/* ---- sleeping ---- */

static Value time_sleep(Value module, Value v) {
    (void)module;
    double seconds;
    if (sleep_argument(v, &seconds) < 0) return NULL;
    if (seconds < 0) return raise_error(T_ValueError, "sleep length must be non-negative");
    return sleep_whole(seconds) < 0 ? NULL : NONE;
}

/* ---- struct_time ---- */

static const char *const time_fields[] = {"tm_year", "tm_mon",  "tm_mday",  "tm_hour", "tm_min",    "tm_sec",
                                          "tm_wday", "tm_yday", "tm_isdst", "tm_zone", "tm_gmtoff", NULL};
static const StructSeqSpec time_spec = {
    "time.struct_time",
    "The parts of a moment, as gmtime(), localtime() and strptime() give and asctime(), strftime() and "
    "mktime() take them.",
    time_fields, 9, true};

static Value time_tuple(const struct tm *tm) {
    int n[9] = {tm->tm_year + 1900, tm->tm_mon + 1,        tm->tm_mday,     tm->tm_hour, tm->tm_min,
                tm->tm_sec,         (tm->tm_wday + 6) % 7, tm->tm_yday + 1, tm->tm_isdst};
    Value values[11];
    for (int i = 0; i < 9; i++) values[i] = small_int_new(n[i]);
    values[9] = str_from_cstr(tm->tm_zone ? tm->tm_zone : "UTC");
    values[10] = small_int_new(tm->tm_gmtoff);
    return struct_seq_new_steal(TIME->struct_time, values);
}

/* The optional argument "seconds since the epoch". 0, -1. */
static int seconds_argument(Value const *args, size_t nargs, const char *function, time_t *out) {
    if (!args_count(function, nargs, 0, 1)) return -1;
    if (nargs == 0 || args[0] == NONE) return *out = clock_unix_seconds(), 0;
    if (is_float(args[0])) {
        double d = floor(float_value(args[0]));
        if (isnan(d)) return raise_int(T_ValueError, "Invalid value NaN (not a number)");
        if (!(fabs(d) < 9.2e18))
            return raise_int(T_OverflowError, "timestamp out of range for platform time_t");
        return *out = (time_t)d, 0;
    }
    int64_t n;
    Value index = value_index(args[0]);
    bool fits = index && int_to_i64(index, &n);
    if (index && !fits) raise_error(T_OverflowError, "timestamp out of range for platform time_t");
    xdecref(index);
    if (fits) *out = n;
    return fits ? 0 : -1;
}

static Value time_gmtime(Value module, Value const *args, size_t nargs) {
    (void)module;
    time_t t;
    struct tm tm;
    if (seconds_argument(args, nargs, "gmtime", &t) < 0) return NULL;
    if (!gmtime_r(&t, &tm)) return raise_os_error(errno ? errno : EINVAL, NULL);
    return time_tuple(&tm);
}

static Value time_localtime(Value module, Value const *args, size_t nargs) {
    (void)module;
    time_t t;
    struct tm tm;
    if (seconds_argument(args, nargs, "localtime", &t) < 0) return NULL;
    return localtime_r(&t, &tm) ? time_tuple(&tm) : raise_os_error(errno ? errno : EINVAL, NULL);
}

static int field_as_int(Value v, int *out) {
    int64_t n;
    if (value_as_i64(v, &n) < 0) return -1;
    if (n > INT32_MAX) return raise_int(T_OverflowError, "signed integer is greater than maximum");
    if (n < INT32_MIN) return raise_int(T_OverflowError, "signed integer is less than minimum");
    *out = (int)n;
    return 0;
}

/* n + by; what no int holds wraps around, and is then out of range. */
static int moved(int n, int by) { return (int)((unsigned)n + (unsigned)by); }

/* A tuple of nine numbers as a struct tm; zone text stays alive with the tuple. */
static bool read_tuple(Value v, struct tm *tm, const char *function) {
    int n[9];
    if (!is_tuple(v)) return raise_error(T_TypeError, "Tuple or struct_time argument required"), false;
    if (tuple_length(v) != 9) {
        raise_error(T_TypeError, "%s(): illegal time tuple argument", function);
        return false;
    }
    for (int i = 0; i < 9; i++)
        if (field_as_int(tuple_item_borrow(v, (size_t)i), &n[i]) < 0) return false;
    if (n[0] < INT32_MIN + 1900) return raise_error(T_OverflowError, "year out of range"), false;
    *tm = (struct tm){.tm_year = n[0] - 1900,
                      .tm_mon = moved(n[1], -1),
                      .tm_mday = n[2],
                      .tm_hour = n[3],
                      .tm_min = n[4],
                      .tm_sec = n[5],
                      .tm_wday = moved(n[6], 1) % 7,
                      .tm_yday = moved(n[7], -1),
                      .tm_isdst = n[8]};
    if (type_of(v) == TIME->struct_time) {
        Value zone = ((Tuple *)v)->items[9], offset = ((Tuple *)v)->items[10];
        int64_t seconds;
        if (is_str(zone)) tm->tm_zone = str_utf8(zone, NULL);
        if (is_int(offset) && int_to_i64(offset, &seconds)) tm->tm_gmtoff = seconds;
    }
    return !error_pending();
}

static bool out_of_range(const char *what) {
    return raise_error(T_ValueError, "%s out of range", what), false;
}

/* Fields as strftime and asctime want them; zeros stand for ones where people forget. */
static bool check_ranges(struct tm *tm) {
    if (tm->tm_mon == -1) tm->tm_mon = 0;
    else if (tm->tm_mon < 0 || tm->tm_mon > 11) return out_of_range("month");
    if (tm->tm_mday == 0) tm->tm_mday = 1;
    else if (tm->tm_mday < 0 || tm->tm_mday > 31) return out_of_range("day of month");
    if (tm->tm_hour < 0 || tm->tm_hour > 23) return out_of_range("hour");
    if (tm->tm_min < 0 || tm->tm_min > 59) return out_of_range("minute");
    if (tm->tm_sec < 0 || tm->tm_sec > 61) return out_of_range("seconds");
    if (tm->tm_wday < 0) return out_of_range("day of week");
    if (tm->tm_yday == -1) tm->tm_yday = 0;
    else if (tm->tm_yday < 0 || tm->tm_yday > 365) return out_of_range("day of year");
    return true;
}

static bool time_argument(Value const *args, size_t nargs, size_t at, const char *function, struct tm *tm) {
    if (nargs > at) return read_tuple(args[at], tm, function) && check_ranges(tm);
    time_t now = clock_unix_seconds();
    localtime_r(&now, tm);
    return true;
}

static Value ascii_time(const struct tm *tm) {
    static const char days[] = "SunMonTueWedThuFriSat", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    return str_format("%.3s %.3s %2d %02d:%02d:%02d %d", days + 3 * tm->tm_wday, months + 3 * tm->tm_mon,
                      tm->tm_mday, tm->tm_hour, tm->tm_min, tm->tm_sec, tm->tm_year + 1900);
}

static Value time_asctime(Value module, Value const *args, size_t nargs) {
    (void)module;
    struct tm tm;
    return args_count("asctime", nargs, 0, 1) && time_argument(args, nargs, 0, "asctime", &tm)
               ? ascii_time(&tm)
               : NULL;
}

static Value time_ctime(Value module, Value const *args, size_t nargs) {
    (void)module;
    time_t t;
    struct tm tm;
    if (seconds_argument(args, nargs, "ctime", &t) < 0) return NULL;
    return localtime_r(&t, &tm) ? ascii_time(&tm) : raise_os_error(errno ? errno : EINVAL, NULL);
}

static Value time_mktime(Value module, Value v) {
    (void)module;
    struct tm tm;
    if (!read_tuple(v, &tm, "mktime")) return NULL;
    tm.tm_wday = -1; /* stays so when it cannot be done */
    time_t t = mktime(&tm);
    if (t == -1 && tm.tm_wday == -1) return raise_error(T_OverflowError, "mktime argument out of range");
    return float_new((double)t);
}

static Value time_strftime(Value module, Value const *args, size_t nargs) {
    (void)module;
    struct tm tm;
    if (nargs < 1 || nargs > 2)
        return raise_error(T_TypeError, "strftime() takes at %s %d argument%s (%zu given)",
                           nargs ? "most" : "least", nargs ? 2 : 1, nargs ? "s" : "", nargs);
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "strftime() argument 1 must be str, not %.50K", args[0]);
    if (!time_argument(args, nargs, 1, "strftime", &tm)) return NULL;
    if (tm.tm_isdst < -1) tm.tm_isdst = -1;
    if (tm.tm_isdst > 1) tm.tm_isdst = 1;
    size_t n;
    const char *format = str_wtf8(args[0], &n);
    if (!format) return NULL;
    if (strlen(format) != n) return raise_error(T_ValueError, "embedded null character");
    if (n == 0) return incref(rt->empty_str);
    for (size_t room = 256; room <= 256 * n + 1024; room *= 2) {
        char *text = heap_alloc(rt->heap, room);
        if (!text) return raise_no_memory();
        size_t length = strftime(text, room, format, &tm);
        Value result = length || room > 256 * n ? str_from_wtf8(text, length) : NULL;
        heap_free(rt->heap, text);
        if (result || error_pending()) return result;
    }
    return incref(rt->empty_str);
}

static Value time_strptime(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value parse = module_import_attr("_strptime", "_strptime_time");
    Value result = parse ? value_call(parse, args, nargs, NULL) : NULL;
    xdecref(parse);
    return result;
}

/* ---- zones ---- */

static int put_zone(Value module) {
    tzset();
    if (module_add_int(module, "timezone", timezone) < 0) return -1;
    time_t t = 1672531200; /* a January and a July tell the two offsets apart */
    struct tm winter, summer;
    localtime_r(&t, &winter);
    t += 181 * 86400;
    localtime_r(&t, &summer);
    bool saves = winter.tm_gmtoff != summer.tm_gmtoff;
    long offset = summer.tm_isdst > 0 ? summer.tm_gmtoff : winter.tm_gmtoff;
    if (module_add_int(module, "altzone", saves ? -offset : timezone) < 0 ||
        module_add_int(module, "daylight", saves) < 0)
        return -1;
    Value names[2] = {str_from_cstr(tzname[0]), str_from_cstr(tzname[1])};
    if (names[0] && names[1]) return module_add(module, "tzname", tuple_from_array_steal(names, 2));
    xdecref(names[0]);
    xdecref(names[1]);
    return -1;
}

/* os.environ["TZ"] as the program has it; borrowed names need no more than str. NULL: none, or raised. */
static Value environment_zone(void) {
    Value os = rt->modules && is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, NAME(os)) : NULL,
          environ_, key, zone = NULL;
    if (!os || value_getattr_optional(os, NAME(environ), &environ_) <= 0) return NULL;
    if ((key = str_from_ascii("TZ", 2))) {
        Value args[1] = {key};
        zone = value_call_method(environ_, NAME(get), args, 1);
    }
    xdecref(key);
    decref(environ_);
    return zone;
}

/* What TZ was before a program changed it, kept in the environment: the next world of this process begins with it again. */
static const char first_zone[] = "ATOLL_FIRST_TZ";

static void keep_first_zone(void) {
    const char *zone = getenv("TZ");
    setenv(first_zone, zone ? zone : "", 0);
}

static void restore_first_zone(void) {
    const char *zone = getenv(first_zone);
    if (!zone) return;
    if (*zone) setenv("TZ", zone, 1);
    else unsetenv("TZ");
    unsetenv(first_zone);
}

/* The environment is the program's own dict, so what it says of the zone is told to the C library here: where files may be read,
 * since the C library looks for a file by that name first. */
static Value time_tzset(Value module) {
    if (!rt->host || !rt->host->files_granted) return NONE;
    Value zone = environment_zone();
    if (error_pending()) return NULL;
    const char *text = zone && is_str(zone) ? str_utf8(zone, NULL) : NULL;
    keep_first_zone();
    if (text) setenv("TZ", text, 1);
    else if (zone == NONE) unsetenv("TZ");
    xdecref(zone);
    return error_pending() || put_zone(module) < 0 ? NULL : NONE;
}

#define METHOD_ONE_BARE(name, f, doc)                                                                        \
    { name, (void *)(f), NATIVE_ONE, NATIVE_BARE_NAME, doc }

static const NativeMethod time_functions[] = {
    METHOD_NOARGS("time", time_time, "time() -> floating point number\n\nSeconds since the epoch."),
    METHOD_NOARGS("time_ns", time_time_ns, "Nanoseconds since the epoch."),
    METHOD_NOARGS("monotonic", time_monotonic, "Seconds of a clock that never goes back."),
    METHOD_NOARGS("monotonic_ns", time_monotonic_ns, "Nanoseconds of a clock that never goes back."),
    METHOD_NOARGS("perf_counter", time_monotonic, "Seconds of the clock to measure short times with."),
    METHOD_NOARGS("perf_counter_ns", time_monotonic_ns,
                  "Nanoseconds of the clock to measure short times with."),
    METHOD_NOARGS("process_time", time_process_time, "Seconds of processor time that the process has used."),
    METHOD_NOARGS("process_time_ns", time_process_time_ns,
                  "Nanoseconds of processor time that the process has used."),
    METHOD_NOARGS("thread_time", time_thread_time, "Seconds of processor time that the thread has used."),
    METHOD_NOARGS("thread_time_ns", time_thread_time_ns,
                  "Nanoseconds of processor time that the thread has used."),
    METHOD_ONE_BARE("clock_gettime", clock_gettime_of, "Seconds of a clock by number."),
    METHOD_ONE_BARE("clock_gettime_ns", clock_gettime_ns, "Nanoseconds of a clock by number."),
    METHOD_ONE_BARE("clock_getres", clock_getres_of, "The step of a clock by number."),
    METHOD_ONE_BARE("get_clock_info", get_clock_info, "What is known about a clock by name."),
    METHOD_ONE("sleep", time_sleep, "sleep(seconds)\n\nWaits."),
    METHOD_BARE("gmtime", time_gmtime, "gmtime([seconds])\n\nThe parts of a moment in UTC."),
    METHOD_BARE("localtime", time_localtime, "localtime([seconds])\n\nThe parts of a moment in local time."),
    METHOD_BARE("asctime", time_asctime, "asctime([tuple])\n\nA moment's parts as text."),
    METHOD_BARE("ctime", time_ctime, "ctime([seconds])\n\nA moment in local time as text."),
    METHOD_ONE("mktime", time_mktime, "mktime(tuple)\n\nLocal time as seconds since the epoch."),
    METHOD_BARE("strftime", time_strftime,
                "strftime(format[, tuple])\n\nA moment's parts as the format asks for."),
    METHOD_BARE("strptime", time_strptime,
                "strptime(string, format)\n\nThe parts of a moment that a text gives."),
    METHOD_NOARGS("tzset", time_tzset, "Reads the time zone anew."),
    METHOD_END,
};

static int time_ready(Value module) {
    TimeState *s = module_state_new(M_time, sizeof *s);
    if (!s) return -1;
    if (!s->struct_time) restore_first_zone();
    if (!s->struct_time && !(s->struct_time = struct_seq_type(&time_spec))) return -1;
    static const struct {
        const char *name;
        int n;
    } rows[] = {
        {"CLOCK_REALTIME", CLOCK_REALTIME},
        {"CLOCK_MONOTONIC", CLOCK_MONOTONIC},
        {"CLOCK_MONOTONIC_RAW", CLOCK_MONOTONIC_RAW},
        {"CLOCK_PROCESS_CPUTIME_ID", CLOCK_PROCESS_CPUTIME_ID},
        {"CLOCK_THREAD_CPUTIME_ID", CLOCK_THREAD_CPUTIME_ID},
        {"CLOCK_BOOTTIME", CLOCK_BOOTTIME},
        {"CLOCK_TAI", CLOCK_TAI},
        {"_STRUCT_TM_ITEMS", 11},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (module_add_int(module, rows[i].name, rows[i].n) < 0) return -1;
    return put_zone(module) < 0 ? -1 : module_add_type(module, s->struct_time);
}

const ModuleSpec module_time = {
    .name = "time",
    .doc = "Clocks, sleeping and the calendar.",
    .functions = time_functions,
    .ready = time_ready,
};
