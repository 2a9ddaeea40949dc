/*
 * _datetime: days, times of day, moments, spans between them, and zones.
 *
 * Idea. A date is three numbers, a datetime is a date with a time of day behind it, so that what reads a date
 * reads both. Arithmetic goes through days counted from 0001-01-01, which is day 1, and __int128
 * microseconds. Zones are asked by calling their methods; those of timezone are answered without a call.
 *
 * Invariants. Every object's fields are in range; a span is normalised (0 <= seconds < 86400, 0 <=
 * microseconds < 10**6). `zone` is None or an instance of tzinfo. `hash` is -1 until it is computed.
 */
#ifndef ATOLL_MODULES_DATETIME_H
#define ATOLL_MODULES_DATETIME_H

#include <stdio.h>

#include "base/names.h"
#include "modules/module.h"
#include "objects/str.h"

enum {
    YEAR_MIN = 1,
    YEAR_MAX = 9999,
    ORDINAL_MAX = 3652059,
    SPAN_DAYS_MAX = 999999999,
    DAY_SECONDS = 86400,
    MILLION = 1000000
};

typedef struct Clock { /* a time of day */
    uint8_t hour, minute, second, fold;
    uint32_t microsecond;
} Clock;

typedef struct Date {
    HeapObject head;
    Hash hash;
    uint16_t year;
    uint8_t month, day;
} Date;

typedef struct DateTime {
    Date date;
    Clock clock;
    Value zone;
} DateTime;

typedef struct Time {
    HeapObject head;
    Hash hash;
    Clock clock;
    Value zone;
} Time;

typedef struct Delta {
    HeapObject head;
    Hash hash;
    int32_t days, seconds, microseconds;
} Delta;

typedef struct TimeZone {
    HeapObject head;
    Value offset; /* Delta */
    Value name;   /* str or NULL */
} TimeZone;

typedef struct DatetimeState {
    Type *delta, *date, *time, *datetime, *tzinfo, *timezone, *iso_date;
    Value utc;
} DatetimeState;

#define DATETIME MODULE_STATE(datetime, DatetimeState)

static inline Date *date_of(Value v) { return (Date *)v; }
static inline DateTime *datetime_of(Value v) { return (DateTime *)v; }
static inline Time *time_of(Value v) { return (Time *)v; }
static inline Delta *delta_of(Value v) { return (Delta *)v; }
static inline bool is_date(Value v) { return value_is_instance(v, DATETIME->date); }
static inline bool is_datetime(Value v) { return value_is_instance(v, DATETIME->datetime); }
static inline bool is_time(Value v) { return value_is_instance(v, DATETIME->time); }
static inline bool is_delta(Value v) { return value_is_instance(v, DATETIME->delta); }
static inline bool is_zone(Value v) { return value_is_instance(v, DATETIME->tzinfo); }

extern const TypeSpec delta_spec, date_spec, iso_date_spec, day_time_spec, datetime_spec, tzinfo_spec,
    timezone_spec;
/* Puts a constant into a type; value NULL: already raised. 0, -1. */
int datetime_constant(Type *t, const char *name, Value value_steal);
int delta_ready_constants(Type *t);
int date_ready_constants(Type *t);
int time_ready_constants(Type *t);
int datetime_ready_constants(Type *t);
int timezone_ready_constants(Type *t);

/* The parts of a time of day and its zone, for the two types that have them; the closure is where the part stands. */
Value clock_get_byte(Value v, void *offset);
Value clock_get_microsecond(Value v, void *offset);
Value clock_get_zone(Value v, void *offset);
#define CLOCK_PART(T, name, get, field)                                                                      \
    { name, get, NULL, NULL, (void *)offsetof(T, field) }
#define CLOCK_PARTS(T)                                                                                       \
    CLOCK_PART(T, "hour", clock_get_byte, clock.hour),                                                       \
        CLOCK_PART(T, "minute", clock_get_byte, clock.minute),                                               \
        CLOCK_PART(T, "second", clock_get_byte, clock.second),                                               \
        CLOCK_PART(T, "microsecond", clock_get_microsecond, clock.microsecond),                              \
        CLOCK_PART(T, "tzinfo", clock_get_zone, zone), CLOCK_PART(T, "fold", clock_get_byte, clock.fold)

/* ---- the calendar (datetime_calendar.c): plain numbers ---- */
typedef struct Ymd {
    int year, month, day;
} Ymd;

bool is_leap_year(int year);
int days_in_month(int year, int month);
int days_before_month(int year, int month);
int ymd_to_ordinal(int year, int month, int day);
Ymd ordinal_to_ymd(int ordinal);               /* ordinal >= 1 */
int ymd_weekday(int year, int month, int day); /* Monday is 0 */
int iso_week_1_monday(int year);
/* 0; what is wrong: -1 the year, -2 the week, -3 the day. */
int iso_to_ymd(int year, int week, int day, Ymd *out);
int64_t floor_divide(int64_t n, int64_t by, int64_t *remainder);

/* isoformat's text back to numbers. n bytes and a NUL. */
typedef struct IsoTime {
    Clock clock;
    bool has_zone;
    int zone_seconds, zone_microseconds;
} IsoTime;
bool iso_parse_date(const char *text, size_t n, Ymd *out);
bool iso_parse_time(const char *text, size_t n, int fields[4], IsoTime *out);
size_t iso_find_separator(const char *text, size_t n); /* n >= 7; (size_t)-1: none */

/* ---- spans (datetime_delta.c) ---- */
/* normalise: seconds and microseconds of any size. OverflowError when the days are too many. */
Value delta_new(Type *type, int64_t days, int64_t seconds, int64_t microseconds);
static inline Value delta_plain(int64_t days, int64_t seconds, int64_t us) {
    return delta_new(DATETIME->delta, days, seconds, us);
}
static inline __int128 delta_total(Value v) {
    const Delta *d = delta_of(v);
    return ((__int128)d->days * DAY_SECONDS + d->seconds) * MILLION + d->microseconds;
}
Value delta_negative(Value v);
static inline bool delta_is_zero(Value v) { return delta_total(v) == 0; }
Value text_new(const char *format, ...)
    __attribute__((format(printf, 1, 2))); /* ASCII, at most 200 characters */

/* ---- zones (datetime_zone.c) ---- */
/* What zone.utcoffset(argument), zone.dst(argument) say: None or a Delta in range. */
Value zone_offset(Value zone, Value name, Value argument);
static inline Value zone_utcoffset(Value zone, Value argument) {
    return zone_offset(zone, NAME(utcoffset), argument);
}
Value zone_name(Value zone, Value argument); /* None or a str */
Value timezone_new(Value offset, Value name_or_null);
Value timezone_of_seconds(int seconds, int microseconds); /* 0 s: utc */
int check_zone(Value v);                                  /* None or a tzinfo: 0, -1 raised */
/* "+05:30" with sep ":"; "" for None. */
Value offset_text(Value offset, const char *separator);
/* The local zone at a POSIX time. */
Value zone_local(int64_t posix);

/* ---- dates, times, datetimes ---- */
int check_date(int year, int month, int day);
int check_clock(int hour, int minute, int second, int microsecond, int fold);
bool make_clock(int hour, int minute, int second, int us, int fold, Clock *out); /* false raised */
Value date_new(Type *type, int year, int month, int day);
Value date_from_ordinal(Type *type, int64_t ordinal); /* OverflowError: date value out of range */
Value time_make(Type *type, Clock clock, Value zone);
Value datetime_make(Type *type, Ymd day, Clock clock, Value zone); /* checked; a subclass is called */
Value datetime_make_plain(Type *type, Ymd day, Clock clock,
                          Value zone); /* fields are known to be right; no call */
Value datetime_add_us(Value v, __int128 us, bool plain);
int64_t datetime_local_to_seconds(const DateTime *d, int fold); /* POSIX-like seconds since 0001; -1 raised */
Value moment_format(Value v, Value format, Value time_tuple, Value zone_argument);
Value moment_dunder_format(Value v, Value const *args, size_t nargs);
/* isoformat's timespec: a function's printf into buf. False raised. */
bool clock_text(Clock c, Value timespec_or_null, char *buf, size_t room);
/* The C library's broken-down time. 0, -1 raised. */
struct tm;
int local_tm(int64_t t, struct tm *out);
int utc_tm(int64_t t, struct tm *out);
/* Seconds (and microseconds, if asked for) of a timestamp argument. 0, -1 raised. */
int timestamp_seconds(Value v, int64_t *seconds);
int timestamp_parts(Value v, int64_t *seconds, int *us);
Value build_time_tuple(Ymd day, int hour, int minute, int second, int dst);
/* An int argument or its present value. */
int int_argument(Value v_or_null, int *in_out);
/* false raised: "name() takes exactly 1 argument (0 given)". */
bool exact_count(const char *name, size_t nargs, size_t wanted);
bool leading_ints(Value const *args, size_t nargs, Value kwnames, size_t required); /* false raised */
Hash hash_of_fields(const void *fields, size_t n);
/* The state that pickles carry: n bytes, or a str of so many characters < 256. 1 copied to out, 0 it is none,
 * -1 raised. */
int pickled_state(Value v, size_t n, size_t month_at, const char *what, uint8_t *out);

#endif
