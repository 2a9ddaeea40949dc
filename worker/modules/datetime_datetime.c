/* datetime_datetime: datetime. */
#include <math.h>
#include <time.h>

#include "modules/clock.h"
#include "modules/datetime.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/tuple.h"

static const int64_t day_us = (int64_t)DAY_SECONDS * MILLION;
/* Seconds from 0001-01-01, as day 1, to 1970-01-01. */
static const int64_t posix_epoch = INT64_C(719163) * DAY_SECONDS;

static Ymd ymd_of(const DateTime *d) { return (Ymd){d->date.year, d->date.month, d->date.day}; }

/* ---- making ---- */

Value datetime_make_plain(Type *type, Ymd day, Clock clock, Value zone) {
    DateTime *d = (DateTime *)value_alloc(type, 0);
    if (!d) return NULL;
    d->date.hash = -1;
    d->date.year = (uint16_t)day.year;
    d->date.month = (uint8_t)day.month;
    d->date.day = (uint8_t)day.day;
    d->clock = clock;
    d->zone = incref(zone);
    if (type->flags & TYPE_GC) value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

static Value call_class(Type *type, Ymd day, Clock c, Value zone) {
    Value args[8] = {small_int_new(day.year),      small_int_new(day.month),
                     small_int_new(day.day),       small_int_new(c.hour),
                     small_int_new(c.minute),      small_int_new(c.second),
                     small_int_new(c.microsecond), zone};
    Value result = value_call(AS_VALUE(type), args, 8, NULL);
    if (result && c.fold && is_datetime(result)) datetime_of(result)->clock.fold = 1;
    return result;
}

Value datetime_make(Type *type, Ymd day, Clock clock, Value zone) {
    if (type != DATETIME->datetime) return call_class(type, day, clock, zone);
    return check_date(day.year, day.month, day.day) < 0 ? NULL : datetime_make_plain(type, day, clock, zone);
}

static Value unpickle(Type *type, const uint8_t s[10], Value zone) {
    Clock clock = {s[4], s[5], s[6], s[2] >> 7, (uint32_t)(s[7] << 16 | s[8] << 8 | s[9])};
    if (zone != NONE && !is_zone(zone)) return raise_error(T_TypeError, "bad tzinfo state arg");
    return datetime_make_plain(type, (Ymd){s[0] << 8 | s[1], s[2] & 0x7f, s[3]}, clock, zone);
}

typedef struct Arguments {
    Ymd day;
    int hour, minute, second, us, fold;
    Value zone;
} Arguments;

static bool bind(const char *function, int required, Value const *args, size_t nargs, Value kwnames,
                 Arguments *a) {
    static const char *const names[] = {"year",   "month",       "day",    "hour", "minute",
                                        "second", "microsecond", "tzinfo", "fold", NULL};
    const ArgSpec spec = {function, names, 9, (uint8_t)required, 8};
    Value out[9];
    if (!leading_ints(args, nargs, kwnames, (size_t)required) ||
        !args_bind(&spec, args, nargs, kwnames, out) || int_argument(out[0], &a->day.year) < 0 ||
        int_argument(out[1], &a->day.month) < 0 || int_argument(out[2], &a->day.day) < 0 ||
        int_argument(out[3], &a->hour) < 0 || int_argument(out[4], &a->minute) < 0 ||
        int_argument(out[5], &a->second) < 0 || int_argument(out[6], &a->us) < 0 ||
        int_argument(out[8], &a->fold) < 0)
        return false;
    if (out[7]) a->zone = out[7];
    return true;
}

static Value from_arguments(Type *type, const Arguments *a) {
    Clock clock;
    if (check_date(a->day.year, a->day.month, a->day.day) < 0 ||
        !make_clock(a->hour, a->minute, a->second, a->us, a->fold, &clock) || check_zone(a->zone) < 0)
        return NULL;
    return datetime_make_plain(type, a->day, clock, a->zone);
}

static Value datetime_new(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Arguments a = {.zone = NONE};
    uint8_t state[10];
    if (nargs >= 1 && nargs <= 2 && !kwnames) {
        int found = pickled_state(args[0], 10, 2, "datetime", state);
        if (found) return found < 0 ? NULL : unpickle(type, state, nargs == 2 ? args[1] : NONE);
    }
    return bind(NULL, 3, args, nargs, kwnames, &a) ? from_arguments(type, &a) : NULL;
}

static Value datetime_replace(Value v, Value const *args, size_t nargs, Value kwnames) {
    const DateTime *d = datetime_of(v);
    Clock c = d->clock;
    Arguments a = {ymd_of(d), c.hour, c.minute, c.second, (int)c.microsecond, c.fold, d->zone};
    return bind("replace", 0, args, nargs, kwnames, &a) ? from_arguments(type_of(v), &a) : NULL;
}

/* The same numbers with another zone and fold. */
static Value with_zone(Type *type, Value v, Value zone, int fold) {
    Clock clock = datetime_of(v)->clock;
    clock.fold = (uint8_t)fold;
    return datetime_make(type, ymd_of(datetime_of(v)), clock, zone);
}

/* ---- the C library's time ---- */

static int64_t seconds_of(Ymd day, int hour, int minute, int second) {
    return ((int64_t)ymd_to_ordinal(day.year, day.month, day.day) * 24 + hour) * 3600 + minute * 60 + second;
}

static int64_t seconds_of_tm(const struct tm *tm) {
    int year = tm->tm_year + 1900;
    if (year < YEAR_MIN || year > YEAR_MAX) return raise_int(T_ValueError, "year %i is out of range", year);
    return seconds_of((Ymd){year, tm->tm_mon + 1, tm->tm_mday}, tm->tm_hour, tm->tm_min, tm->tm_sec);
}

/* Local seconds since 0001 of UTC seconds since 0001; -1 raised. */
static int64_t local_of(int64_t utc) {
    struct tm tm;
    return local_tm(utc - posix_epoch, &tm) < 0 ? -1 : seconds_of_tm(&tm);
}

/* The UTC seconds since 0001 for a local time; -1 raised. In a gap or a fold, `fold` chooses. */
int64_t datetime_local_to_seconds(const DateTime *d, int fold) {
    int64_t t = seconds_of(ymd_of(d), d->clock.hour, d->clock.minute, d->clock.second);
    int64_t local = local_of(t), shift, other_shift, first, second;
    if (local == -1) return -1;
    shift = local - t;
    first = t - shift;
    int64_t first_local = local_of(first);
    if (first_local == -1) return -1;
    if (first_local == t) {
        /* One answer; another one may lie a day to the other side. */
        second = fold ? first + DAY_SECONDS : first - DAY_SECONDS;
        if ((local = local_of(second)) == -1) return -1;
        other_shift = local - second;
        if (shift == other_shift) return first;
    } else {
        other_shift = first_local - first;
    }
    second = t - other_shift;
    int64_t second_local = local_of(second);
    if (second_local == -1) return -1;
    if (second_local == t) return second;
    if (first_local == t) return first;
    return fold == (first < second) ? first : second;
}

/* Was this local time already, a while before? -1 raised. */
static int is_fold(const struct tm *tm, int64_t posix) {
    int64_t result = seconds_of_tm(tm);
    if (result == -1) return -1;
    int64_t before = local_of(posix_epoch + posix - DAY_SECONDS);
    if (before == -1) return -1;
    int64_t transition = result - before - DAY_SECONDS;
    if (transition >= 0) return 0;
    before = local_of(posix_epoch + posix + transition);
    return before == -1 ? -1 : before == result;
}

static Value from_posix(Type *type, int64_t posix, int us, bool local, Value zone) {
    struct tm tm;
    int fold = 0;
    if ((local ? local_tm(posix, &tm) : utc_tm(posix, &tm)) < 0) return NULL;
    if (zone == NONE && local && (fold = is_fold(&tm, posix)) < 0) return NULL;
    Clock clock = {(uint8_t)tm.tm_hour, (uint8_t)tm.tm_min, (uint8_t)(tm.tm_sec > 59 ? 59 : tm.tm_sec),
                   (uint8_t)fold, (uint32_t)us};
    return datetime_make(type, (Ymd){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday}, clock, zone);
}

static Value localize_steal(Value v_or_null, Value zone) {
    if (!v_or_null || zone == NONE) return v_or_null;
    Value result = value_call_method_one(zone, NAME(fromutc), v_or_null);
    decref(v_or_null);
    return result;
}

static Value from_now(Type *type, bool local, Value zone) {
    struct timespec now;
    clock_read(CLOCK_REALTIME, &now);
    return from_posix(type, now.tv_sec, (int)(now.tv_nsec / 1000), local, zone);
}

static Value datetime_now(Value cls, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"tz", NULL};
    static const ArgSpec spec = {"now", names, 1, 0, 1};
    Value zone;
    if (!args_bind(&spec, args, nargs, kwnames, &zone)) return NULL;
    if (!zone) zone = NONE;
    return check_zone(zone) < 0 ? NULL : localize_steal(from_now((Type *)cls, zone == NONE, zone), zone);
}

static Value datetime_utcnow(Value cls) { return from_now((Type *)cls, false, NONE); }

static Value from_timestamp(Value cls, Value timestamp, bool local, Value zone) {
    int64_t seconds;
    int us;
    return timestamp_parts(timestamp, &seconds, &us) < 0 ? NULL
                                                         : from_posix((Type *)cls, seconds, us, local, zone);
}

static Value datetime_fromtimestamp(Value cls, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"timestamp", "tz", NULL};
    static const ArgSpec spec = {"fromtimestamp", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value zone = out[1] ? out[1] : NONE;
    return check_zone(zone) < 0 ? NULL
                                : localize_steal(from_timestamp(cls, out[0], zone == NONE, zone), zone);
}

static Value datetime_utcfromtimestamp(Value cls, Value const *args, size_t nargs) {
    return exact_count("utcfromtimestamp", nargs, 1) ? from_timestamp(cls, args[0], false, NONE) : NULL;
}

/* ---- from other things ---- */

static Value datetime_strptime(Value cls, Value const *args, size_t nargs) {
    if (!exact_count("strptime", nargs, 2)) return NULL;
    for (int i = 0; i < 2; i++)
        if (!is_str(args[i]))
            return raise_error(T_TypeError, "strptime() argument %d must be str, not %K", i + 1, args[i]);
    Value parse = module_import_attr("_strptime", "_strptime_datetime");
    Value result = parse ? value_call_three(parse, cls, args[0], args[1]) : NULL;
    xdecref(parse);
    return result;
}

static Value datetime_combine(Value cls, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"date", "time", "tzinfo", NULL};
    static const ArgSpec spec = {"combine", names, 3, 2, 3};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_date(out[0]))
        return raise_error(T_TypeError, "combine() argument 1 must be datetime.date, not %K", out[0]);
    if (!is_time(out[1]))
        return raise_error(T_TypeError, "combine() argument 2 must be datetime.time, not %K", out[1]);
    const Date *d = date_of(out[0]);
    Value zone = out[2] ? out[2] : time_of(out[1])->zone;
    if (((Type *)cls) == DATETIME->datetime && check_zone(zone) < 0) return NULL;
    return datetime_make((Type *)cls, (Ymd){d->year, d->month, d->day}, time_of(out[1])->clock, zone);
}

/* The bytes of the character at p. */
static size_t char_bytes(const char *p) {
    uint8_t c = (uint8_t)*p;
    return c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
}

static bool parse_iso(const char *text, size_t n, Ymd *day, int f[4], IsoTime *iso) {
    *iso = (IsoTime){0};
    memset(f, 0, 4 * sizeof *f);
    if (n < 7) return false;
    size_t at = iso_find_separator(text, n);
    if (at == (size_t)-1 || at > n || !iso_parse_date(text, at, day)) return false;
    if (at == n) return true;
    size_t start = at + char_bytes(text + at);
    return start < n && iso_parse_time(text + start, n - start, f, iso);
}

static Value datetime_fromisoformat(Value cls, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "fromisoformat: argument must be str");
    size_t n;
    const char *utf8 = str_wtf8(text, &n);
    Ymd day;
    int f[4];
    IsoTime iso;
    Clock clock;
    if (!utf8) return NULL;
    if (!parse_iso(utf8, n, &day, f, &iso))
        return raise_error(T_ValueError, "Invalid isoformat string: %R", text);
    Value zone = iso.has_zone ? timezone_of_seconds(iso.zone_seconds, iso.zone_microseconds) : NONE;
    bool good = zone && check_date(day.year, day.month, day.day) == 0 &&
                make_clock(f[0], f[1], f[2], f[3], 0, &clock);
    Value result = good ? datetime_make((Type *)cls, day, clock, zone) : NULL;
    xdecref(zone);
    return result;
}

/* ---- parts ---- */

static Value datetime_date(Value v) {
    const DateTime *d = datetime_of(v);
    return date_new(DATETIME->date, d->date.year, d->date.month, d->date.day);
}

static Value datetime_time(Value v) { return time_make(DATETIME->time, datetime_of(v)->clock, NONE); }
static Value datetime_timetz(Value v) {
    return time_make(DATETIME->time, datetime_of(v)->clock, datetime_of(v)->zone);
}
static Value datetime_utcoffset(Value v) { return zone_utcoffset(datetime_of(v)->zone, v); }
static Value datetime_dst(Value v) { return zone_offset(datetime_of(v)->zone, NAME(dst), v); }
static Value datetime_tzname(Value v) { return zone_name(datetime_of(v)->zone, v); }

static Value datetime_timetuple(Value v) {
    const DateTime *d = datetime_of(v);
    Value saving = datetime_dst(v);
    if (!saving) return NULL;
    int flag = saving == NONE ? -1 : !delta_is_zero(saving);
    decref(saving);
    return build_time_tuple(ymd_of(d), d->clock.hour, d->clock.minute, d->clock.second, flag);
}

static int64_t clock_seconds(const DateTime *d) {
    return seconds_of(ymd_of(d), d->clock.hour, d->clock.minute, d->clock.second);
}

/* Microseconds since 0001, without any zone. */
static __int128 total_us(const DateTime *d) {
    return (__int128)clock_seconds(d) * MILLION + d->clock.microsecond;
}

/* Fields for so many microseconds. False raised. */
static bool split_us(__int128 us, Ymd *day, Clock *clock) {
    __int128 ordinal = us / day_us;
    int64_t rest = (int64_t)(us % day_us);
    if (rest < 0) rest += day_us, ordinal--;
    if (ordinal < 1 || ordinal > ORDINAL_MAX)
        return raise_error(T_OverflowError, "date value out of range"), false;
    int64_t seconds = rest / MILLION;
    *day = ordinal_to_ymd((int)ordinal);
    *clock = (Clock){(uint8_t)(seconds / 3600), (uint8_t)(seconds / 60 % 60), (uint8_t)(seconds % 60), 0,
                     (uint32_t)(rest % MILLION)};
    return true;
}

static Value datetime_utctimetuple(Value v) {
    const DateTime *d = datetime_of(v);
    Ymd day = ymd_of(d);
    Clock clock = d->clock;
    Value offset = datetime_utcoffset(v);
    if (!offset) return NULL;
    bool good = offset == NONE || split_us(total_us(d) - delta_total(offset), &day, &clock);
    decref(offset);
    return good ? build_time_tuple(day, clock.hour, clock.minute, clock.second, 0) : NULL;
}

static Value datetime_timestamp(Value v) {
    const DateTime *d = datetime_of(v);
    if (d->zone == NONE) {
        int64_t seconds = datetime_local_to_seconds(d, d->clock.fold);
        return seconds == -1 ? NULL : float_new((double)(seconds - posix_epoch) + d->clock.microsecond / 1e6);
    }
    Value offset = datetime_utcoffset(v);
    if (!offset) return NULL;
    __int128 us = total_us(d) - (offset == NONE ? 0 : delta_total(offset)) - (__int128)posix_epoch * MILLION;
    decref(offset);
    Value n = int_from_i64((int64_t)us), result = n ? int_true_divide(n, small_int_new(MILLION)) : NULL;
    xdecref(n);
    return result;
}

/* ---- other zones ---- */

static Value local_zone_of_naive(Value v) {
    int64_t seconds = datetime_local_to_seconds(datetime_of(v), datetime_of(v)->clock.fold);
    return seconds == -1 ? NULL : zone_local(seconds - posix_epoch);
}

/* The offset that v has from UTC, local time being what a naive one means. */
static Value offset_from_utc(Value v, Value *zone) {
    Value offset = *zone == NONE ? NONE : value_call_method_one(*zone, NAME(utcoffset), v);
    if (!offset || is_delta(offset)) return offset;
    if (offset != NONE) {
        raise_error(T_TypeError, "utcoffset() returned %.200s, expected timedelta or None",
                    type_name_of(offset));
        decref(offset);
        return NULL;
    }
    SET_FIELD_STEAL(*zone, local_zone_of_naive(v));
    return *zone ? value_call_method_one(*zone, NAME(utcoffset), v) : NULL;
}

static Value datetime_astimezone(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"tz", NULL};
    static const ArgSpec spec = {"astimezone", names, 1, 0, 1};
    Value target, from = incref(datetime_of(v)->zone), offset = NULL, utc = NULL, moment = NULL,
                  result = NULL;
    if (!args_bind(&spec, args, nargs, kwnames, &target)) goto done;
    if (!target) target = NONE;
    if (check_zone(target) < 0) goto done;
    if (from == NONE && !(from = local_zone_of_naive(v))) goto done;
    if (from == target) {
        result = incref(v);
        goto done;
    }
    if (!(offset = offset_from_utc(v, &from)) || !(utc = datetime_add_us(v, -delta_total(offset), false)))
        goto done;
    Value zone = target == NONE ? zone_local((int64_t)(clock_seconds(datetime_of(utc)) - posix_epoch))
                                : incref(target);
    if (zone && (moment = with_zone(type_of(utc), utc, zone, datetime_of(v)->clock.fold)))
        result = value_call_method_one(zone, NAME(fromutc), moment);
    xdecref(zone);
done:
    xdecref(from);
    xdecref(offset);
    xdecref(utc);
    xdecref(moment);
    return result;
}

/* ---- text ---- */

static Value datetime_repr(Value v) {
    const DateTime *d = datetime_of(v);
    Clock c = d->clock;
    char rest[64];
    size_t n = 0;
    if (c.microsecond) n = (size_t)snprintf(rest, sizeof rest, ", %d, %u", c.second, c.microsecond);
    else if (c.second) n = (size_t)snprintf(rest, sizeof rest, ", %d", c.second);
    snprintf(rest + n, sizeof rest - n, "%s", c.fold ? ", fold=1" : "");
    const char *name = type_name_of(v);
    Date day = d->date;
    if (d->zone == NONE)
        return str_format("%s(%d, %d, %d, %d, %d%s)", name, day.year, day.month, day.day, c.hour, c.minute,
                          rest);
    return str_format("%s(%d, %d, %d, %d, %d%s, tzinfo=%R)", name, day.year, day.month, day.day, c.hour,
                      c.minute, rest, d->zone);
}

static Value isoformat(Value v, Value separator, Value timespec_or_null) {
    const DateTime *d = datetime_of(v);
    char clock[32], day[32];
    if (!clock_text(d->clock, timespec_or_null, clock, sizeof clock)) return NULL;
    snprintf(day, sizeof day, "%04d-%02d-%02d", d->date.year, d->date.month, d->date.day);
    Value offset = datetime_utcoffset(v), tail = offset ? offset_text(offset, ":") : NULL;
    Value result = tail ? str_format("%s%U%s%U", day, separator, clock, tail) : NULL;
    xdecref(offset);
    xdecref(tail);
    return result;
}

static Value datetime_isoformat(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"sep", "timespec", NULL};
    static const ArgSpec spec = {"isoformat", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[0] && (!is_str(out[0]) || str_length(out[0]) != 1))
        return raise_error(T_TypeError, "isoformat() argument 1 must be a unicode character, not %.50K",
                           out[0]);
    if (out[1] && !is_str(out[1]))
        return raise_error(T_TypeError, "isoformat() argument 2 must be str, not %K", out[1]);
    Value separator = out[0] ? incref(out[0]) : str_from_char('T'),
          result = separator ? isoformat(v, separator, out[1]) : NULL;
    xdecref(separator);
    return result;
}

static Value datetime_str(Value v) { return value_call_method_one(v, NAME(isoformat), NAME(space_)); }

/* ---- arithmetic ---- */

Value datetime_add_us(Value v, __int128 us, bool plain) {
    const DateTime *d = datetime_of(v);
    Ymd day;
    Clock clock;
    if (!split_us(total_us(d) + us, &day, &clock)) return NULL;
    return plain ? datetime_make_plain(DATETIME->datetime, day, clock, d->zone)
                 : datetime_make(type_of(v), day, clock, d->zone);
}

static Value datetime_add(Value a, Value b) {
    if (is_datetime(a)) return is_delta(b) ? datetime_add_us(a, delta_total(b), false) : NOT_IMPLEMENTED;
    return is_delta(a) ? datetime_add_us(b, delta_total(a), false) : NOT_IMPLEMENTED;
}

static Value delta_of_us(__int128 us) {
    return delta_plain((int64_t)(us / day_us), 0, (int64_t)(us % day_us));
}

/* Both offsets, None when the zones are the same one. 0, -1 raised. */
static int offsets_of(Value a, Value b, Value *offset_a, Value *offset_b) {
    *offset_a = *offset_b = NONE;
    if (datetime_of(a)->zone == datetime_of(b)->zone) return 0;
    if (!(*offset_a = datetime_utcoffset(a))) return -1;
    if ((*offset_b = datetime_utcoffset(b))) return 0;
    decref(*offset_a);
    return -1;
}

static __int128 offset_us(Value offset) { return offset == NONE ? 0 : delta_total(offset); }

static Value difference(Value a, Value b) {
    Value x, y, result;
    if (offsets_of(a, b, &x, &y) < 0) return NULL;
    if ((x == NONE) != (y == NONE))
        result = raise_error(T_TypeError, "can't subtract offset-naive and offset-aware datetimes");
    else
        result = delta_of_us((total_us(datetime_of(a)) - offset_us(x)) -
                             (total_us(datetime_of(b)) - offset_us(y)));
    decref(x);
    decref(y);
    return result;
}

static Value datetime_subtract(Value a, Value b) {
    if (!is_datetime(a)) return NOT_IMPLEMENTED;
    if (is_datetime(b)) return difference(a, b);
    return is_delta(b) ? datetime_add_us(a, -delta_total(b), false) : NOT_IMPLEMENTED;
}

/* ---- comparison ---- */

/* Is the offset another one when fold is? Such a moment equals none of another zone. 1, 0, -1 raised. */
static int fold_matters(Value v, Value offset) {
    Value flipped = with_zone(DATETIME->datetime, v, datetime_of(v)->zone, !datetime_of(v)->clock.fold);
    Value other = flipped ? datetime_utcoffset(flipped) : NULL;
    xdecref(flipped);
    if (!other) return -1;
    int differs =
        other != offset && (other == NONE || offset == NONE || delta_total(other) != delta_total(offset));
    decref(other);
    return differs;
}

static int sign_of(__int128 n) { return (n > 0) - (n < 0); }

/* The order, -2 raised. Different zones whose offset depends on fold are never equal. */
static int order_of(Value a, Value b, Value x, Value y, bool asks_equal) {
    int order =
        sign_of((total_us(datetime_of(a)) - offset_us(x)) - (total_us(datetime_of(b)) - offset_us(y)));
    if (order || !asks_equal || datetime_of(a)->zone == datetime_of(b)->zone) return order;
    int status = fold_matters(a, x);
    if (status == 0) status = fold_matters(b, y);
    return status < 0 ? -2 : status;
}

static Value datetime_compare(Value a, Value b, CompareOp op) {
    bool asks_equal = op == CMP_EQ || op == CMP_NE;
    Value x, y, result;
    if (!is_datetime(b)) {
        if (!is_date(b)) return NOT_IMPLEMENTED;
        if (asks_equal) return BOOL(op == CMP_NE);
        return raise_error(T_TypeError, "can't compare %s to %s", type_name_of(a), type_name_of(b));
    }
    if (offsets_of(a, b, &x, &y) < 0) return NULL;
    if ((x == NONE) != (y == NONE)) {
        result = asks_equal
                     ? BOOL(op == CMP_NE)
                     : raise_error(T_TypeError, "can't compare offset-naive and offset-aware datetimes");
    } else {
        int order = order_of(a, b, x, y, asks_equal);
        result = order == -2 ? NULL : BOOL(compare_holds(order, 0, op));
    }
    decref(x);
    decref(y);
    return result;
}

static Hash datetime_hash(Value v) {
    DateTime *d = datetime_of(v);
    if (d->date.hash != -1) return d->date.hash;
    Value plain = d->clock.fold ? with_zone(DATETIME->datetime, v, d->zone, 0) : incref(v),
          offset = plain ? datetime_utcoffset(plain) : NULL;
    xdecref(plain);
    if (!offset) return -1;
    int64_t us = (int64_t)(total_us(d) - offset_us(offset));
    decref(offset);
    return d->date.hash = hash_of_fields(&us, sizeof us);
}

/* ---- pickling ---- */

static Value state_of(Value v, bool with_fold) {
    const DateTime *d = datetime_of(v);
    uint32_t us = d->clock.microsecond;
    uint8_t month = (uint8_t)(d->date.month | (with_fold && d->clock.fold ? 0x80 : 0));
    uint8_t state[10] = {(uint8_t)(d->date.year >> 8),
                         (uint8_t)d->date.year,
                         month,
                         d->date.day,
                         d->clock.hour,
                         d->clock.minute,
                         d->clock.second,
                         (uint8_t)(us >> 16),
                         (uint8_t)(us >> 8),
                         (uint8_t)us};
    Value bytes = bytes_from(state, 10), args = NULL;
    if (bytes) args = d->zone == NONE ? tuple_pack(1, bytes) : tuple_pack(2, bytes, d->zone);
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(bytes);
    xdecref(args);
    return result;
}

static Value datetime_reduce_ex(Value v, Value const *args, size_t nargs) {
    int protocol;
    if (!args_count("__reduce_ex__", nargs, 1, 1) || value_as_int(args[0], &protocol) < 0) return NULL;
    return state_of(v, protocol > 3);
}

static Value datetime_reduce(Value v) { return state_of(v, false); }

/* ---- type ---- */

static const GetSet datetime_getset[] = {CLOCK_PARTS(DateTime), {0}};

#define CLASS_METHOD(name, f, call, doc)                                                                     \
    { name, (void *)(f), call, NATIVE_CLASS, doc }
#define CLASS_METHOD_BARE(name, f, call, doc)                                                                \
    { name, (void *)(f), call, NATIVE_CLASS | NATIVE_BARE_NAME, doc }

static const NativeMethod datetime_methods[] = {
    CLASS_METHOD("now", datetime_now, NATIVE_KW,
                 "now($type, /, tz=None)\n--\n\nThe moment that it is now, in the zone tz or in local time."),
    CLASS_METHOD("utcnow", datetime_utcnow, NATIVE_NOARGS, "Now in UTC, without a zone."),
    CLASS_METHOD("fromtimestamp", datetime_fromtimestamp, NATIVE_KW,
                 "The moment of a number of seconds since 1970, in the zone tz or in local time."),
    CLASS_METHOD_BARE("utcfromtimestamp", datetime_utcfromtimestamp, NATIVE_FAST,
                      "The moment of a number of seconds since 1970 in UTC, without a zone."),
    CLASS_METHOD_BARE("strptime", datetime_strptime, NATIVE_FAST,
                      "The moment that a text tells, read after a format as time.strptime does."),
    CLASS_METHOD("combine", datetime_combine, NATIVE_KW, "The moment of a date and a time of day."),
    CLASS_METHOD("fromisoformat", datetime_fromisoformat, NATIVE_ONE,
                 "The moment that an ISO 8601 text tells."),
    METHOD_NOARGS("date", datetime_date, "Its day."),
    METHOD_NOARGS("time", datetime_time, "Its time of day, without the zone."),
    METHOD_NOARGS("timetz", datetime_timetz, "Its time of day, with the zone."),
    METHOD_NOARGS("timetuple", datetime_timetuple, "The parts as time.localtime() gives them."),
    METHOD_NOARGS("timestamp", datetime_timestamp, "Seconds since 1970 began in UTC, as a float."),
    METHOD_NOARGS("utctimetuple", datetime_utctimetuple, "The parts in UTC, as time.gmtime() gives them."),
    METHOD_KW("isoformat", datetime_isoformat,
              "ISO 8601 text: date, sep, time, and the offset if there is a zone. timespec says down to "
              "which part of the time; 'auto' leaves out microseconds that are zero."),
    METHOD_NOARGS("utcoffset", datetime_utcoffset, "How far its zone is from UTC, or None."),
    METHOD_NOARGS("tzname", datetime_tzname, "What its zone is called at that time, or None."),
    METHOD_NOARGS("dst", datetime_dst, "How much of the offset is summer time, or None."),
    METHOD_KW("replace", datetime_replace, "The same with the given fields changed."),
    METHOD_KW("astimezone", datetime_astimezone, "The same moment in another zone."),
    METHOD_FAST("__reduce_ex__", datetime_reduce_ex, "What pickle takes it apart into."),
    METHOD_NOARGS("__reduce__", datetime_reduce, "What copy and old pickles take it apart into."),
    METHOD_END,
};

static int datetime_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((DateTime *)(void *)o)->zone);
    return 0;
}

static void datetime_free(Heap *heap, HeapObject *o) {
    (void)heap;
    decref(((DateTime *)(void *)o)->zone);
    value_free(AS_VALUE(o));
}

int datetime_ready_constants(Type *t) {
    return datetime_constant(t, "min", datetime_make_plain(t, (Ymd){YEAR_MIN, 1, 1}, (Clock){0}, NONE)) < 0 ||
                   datetime_constant(t, "max",
                                     datetime_make_plain(t, (Ymd){YEAR_MAX, 12, 31},
                                                         (Clock){23, 59, 59, 0, MILLION - 1}, NONE)) < 0 ||
                   datetime_constant(t, "resolution", delta_plain(0, 0, 1)) < 0
               ? -1
               : 0;
}

const TypeSpec datetime_spec = {
    .name = "datetime.datetime",
    .doc = "datetime(year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None): a moment, in "
           "a zone or in none",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(DateTime),
    .slots = {.getattr = object_getattr,
              .traverse = datetime_traverse,
              .free = datetime_free,
              .repr = datetime_repr,
              .str = datetime_str,
              .hash = datetime_hash,
              .compare = datetime_compare,
              .new_ = datetime_new,
              .add = datetime_add,
              .subtract = datetime_subtract},
    .methods = datetime_methods,
    .getset = datetime_getset,
};
