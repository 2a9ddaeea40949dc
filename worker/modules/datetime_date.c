/* datetime_date: date, what isocalendar() gives, and what dates and datetimes have in common. */
#include <errno.h>
#include <math.h>
#include <time.h>

#include "base/siphash.h"
#include "modules/clock.h"
#include "modules/datetime.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/tuple.h"

/* ---- fields ---- */

int check_date(int year, int month, int day) {
    if (year < YEAR_MIN || year > YEAR_MAX) return raise_int(T_ValueError, "year %i is out of range", year);
    if (month < 1 || month > 12) return raise_int(T_ValueError, "month must be in 1..12");
    if (day < 1 || day > days_in_month(year, month))
        return raise_int(T_ValueError, "day is out of range for month");
    return 0;
}

Hash hash_of_fields(const void *fields, size_t n) {
    Hash h = (Hash)siphash13(rt->hash_key, fields, n);
    return h == -1 ? -2 : h;
}

/* As CPython's general argument parser tells it, not as its newer one. */
int int_argument(Value v_or_null, int *in_out) {
    int64_t n;
    if (!v_or_null) return 0;
    Value index = value_index(v_or_null);
    if (!index) return -1;
    bool fits = int_to_i64(index, &n);
    decref(index);
    if (!fits) return raise_int(T_OverflowError, "Python int too large to convert to C long");
    if (n > INT32_MAX) return raise_int(T_OverflowError, "signed integer is greater than maximum");
    if (n < INT32_MIN) return raise_int(T_OverflowError, "signed integer is less than minimum");
    *in_out = (int)n;
    return 0;
}

/* What is given is looked at before what is missing. */
bool leading_ints(Value const *args, size_t nargs, Value kwnames, size_t required) {
    int ignored;
    if (nargs >= required || kwnames) return true;
    for (size_t i = 0; i < nargs; i++)
        if (int_argument(args[i], &ignored) < 0) return false;
    return true;
}

static Value call_with_ymd(Type *type, int year, int month, int day) {
    return value_call_three(AS_VALUE(type), small_int_new(year), small_int_new(month), small_int_new(day));
}

static Value date_raw(Type *type, int year, int month, int day) {
    Date *d = (Date *)value_alloc(type, 0);
    if (!d) return NULL;
    d->hash = -1;
    d->year = (uint16_t)year;
    d->month = (uint8_t)month;
    d->day = (uint8_t)day;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

Value date_new(Type *type, int year, int month, int day) {
    if (type != DATETIME->date) return call_with_ymd(type, year, month, day);
    return check_date(year, month, day) < 0 ? NULL : date_raw(type, year, month, day);
}

Value date_from_ordinal(Type *type, int64_t ordinal) {
    if (ordinal < 1 || ordinal > ORDINAL_MAX) return raise_error(T_OverflowError, "date value out of range");
    Ymd d = ordinal_to_ymd((int)ordinal);
    return date_new(type, d.year, d.month, d.day);
}

static int ordinal_of(Value v) {
    const Date *d = date_of(v);
    return ymd_to_ordinal(d->year, d->month, d->day);
}

/* ---- state of pickles ---- */

/* A str may be a state that Python 2 wrote: a character a byte. */
static int state_of_str(Value v, size_t n, size_t month_at, const char *what, uint8_t *out) {
    if (str_length(v) != n) return 0;
    uint32_t month = str_read(v, month_at) & (n == 4 ? ~0u : 0x7fu);
    if (n == 6 ? month >= 24 : month < 1 || month > 12) return 0;
    if (str_kind(v) != 1)
        return raise_int(T_ValueError,
                         "Failed to encode latin1 string when unpickling a %s object. pickle.load(data, "
                         "encoding='latin1') is assumed.",
                         what);
    memcpy(out, str_data(v), n);
    return 1;
}

int pickled_state(Value v, size_t n, size_t month_at, const char *what, uint8_t *out) {
    if (is_str(v)) return state_of_str(v, n, month_at, what, out);
    if (!is_bytes(v) || bytes_length(v) != n) return 0;
    uint8_t month = bytes_data(v)[month_at] & (n == 4 ? 0xff : 0x7f);
    if (n == 6 ? month >= 24 : month < 1 || month > 12) return 0;
    memcpy(out, bytes_data(v), n);
    return 1;
}

/* ---- making ---- */

static Value date_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"year", "month", "day", NULL};
    static const ArgSpec spec = {NULL, names, 3, 3, 3};
    Value out[3];
    uint8_t state[4];
    int year, month, day;
    if (nargs == 1 && !kwnames) {
        int found = pickled_state(args[0], 4, 2, "date", state);
        if (found) return found < 0 ? NULL : date_raw(type, state[0] << 8 | state[1], state[2], state[3]);
    }
    if (!leading_ints(args, nargs, kwnames, 3) || !args_bind(&spec, args, nargs, kwnames, out) ||
        int_argument(out[0], &year) < 0 || int_argument(out[1], &month) < 0 ||
        int_argument(out[2], &day) < 0 || check_date(year, month, day) < 0)
        return NULL;
    return date_raw(type, year, month, day);
}

int local_tm(int64_t t, struct tm *out) {
    time_t when = t;
    errno = 0;
    return localtime_r(&when, out) ? 0 : (raise_os_error(errno ? errno : EINVAL, NULL), -1);
}

int utc_tm(int64_t t, struct tm *out) {
    time_t when = t;
    errno = 0;
    return gmtime_r(&when, out) ? 0 : (raise_os_error(errno ? errno : EINVAL, NULL), -1);
}

static int time_out_of_range(void) {
    return raise_int(T_OverflowError, "timestamp out of range for platform time_t");
}

static int whole_seconds(Value v, int64_t *seconds) {
    Value n = value_index(v);
    if (!n) return -1;
    int status = int_to_i64(n, seconds) ? 0 : time_out_of_range();
    decref(n);
    return status;
}

static int seconds_of_double(double d, int64_t *seconds) {
    if (!(d >= -9223372036854775808.0 && d < 9223372036854775808.0)) return time_out_of_range();
    *seconds = (int64_t)d;
    return 0;
}

int timestamp_seconds(Value v, int64_t *seconds) {
    if (!is_float(v)) return whole_seconds(v, seconds);
    double d = float_value(v);
    if (isnan(d)) return raise_int(T_ValueError, "Invalid value NaN (not a number)");
    return seconds_of_double(floor(d), seconds);
}

int timestamp_parts(Value v, int64_t *seconds, int *us) {
    *us = 0;
    if (!is_float(v)) return whole_seconds(v, seconds);
    double d = float_value(v), whole, fraction;
    if (isnan(d)) return raise_int(T_ValueError, "Invalid value NaN (not a number)");
    fraction = nearbyint(modf(d, &whole) * MILLION); /* halves to even: the rounding mode is never changed */
    if (fraction >= MILLION) {
        fraction -= MILLION;
        whole += 1;
    } else if (fraction < 0) {
        fraction += MILLION;
        whole -= 1;
    }
    *us = (int)fraction;
    return seconds_of_double(whole, seconds);
}

static Value date_fromtimestamp(Value cls, Value timestamp) {
    int64_t seconds;
    struct tm tm;
    if (timestamp_seconds(timestamp, &seconds) < 0 || local_tm(seconds, &tm) < 0) return NULL;
    return date_new((Type *)cls, tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

static Value date_today(Value cls) {
    struct timespec now;
    clock_read(CLOCK_REALTIME, &now);
    Value seconds = float_new((double)now.tv_sec + (double)now.tv_nsec * 1e-9);
    Value result = seconds ? value_call_method_one(cls, NAME(fromtimestamp), seconds) : NULL;
    xdecref(seconds);
    return result;
}

static Value date_fromordinal(Value cls, Value const *args, size_t nargs) {
    int ordinal;
    if (!exact_count("fromordinal", nargs, 1) || int_argument(args[0], &ordinal) < 0) return NULL;
    if (ordinal < 1) return raise_error(T_ValueError, "ordinal must be >= 1");
    Ymd d = ordinal_to_ymd(ordinal);
    return date_new((Type *)cls, d.year, d.month, d.day);
}

static Value date_fromisoformat(Value cls, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "fromisoformat: argument must be str");
    size_t n;
    const char *utf8 = str_wtf8(text, &n);
    if (!utf8) return NULL;
    Ymd d;
    if ((n != 7 && n != 8 && n != 10) || !iso_parse_date(utf8, n, &d))
        return raise_error(T_ValueError, "Invalid isoformat string: %R", text);
    return date_new((Type *)cls, d.year, d.month, d.day);
}

static Value date_fromisocalendar(Value cls, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"year", "week", "day", NULL};
    static const ArgSpec spec = {"fromisocalendar", names, 3, 3, 3};
    Value out[3];
    int n[3];
    Ymd d;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    for (int i = 0; i < 3; i++)
        if (int_argument(out[i], &n[i]) < 0) {
            if (error_swallow(T_OverflowError))
                raise_error(T_ValueError, "ISO calendar component out of range");
            return NULL;
        }
    switch (iso_to_ymd(n[0], n[1], n[2], &d)) {
    case -1: return raise_error(T_ValueError, "Year is out of range: %d", n[0]);
    case -2: return raise_error(T_ValueError, "Invalid week: %d", n[1]);
    case -3: return raise_error(T_ValueError, "Invalid day: %d (range is [1, 7])", n[2]);
    default: return date_new((Type *)cls, d.year, d.month, d.day);
    }
}

/* ---- text ---- */

static Value date_repr(Value v) {
    const Date *d = date_of(v);
    return str_format("%s(%d, %d, %d)", type_name_of(v), d->year, d->month, d->day);
}

static Value date_isoformat(Value v) {
    const Date *d = date_of(v);
    return text_new("%04d-%02d-%02d", d->year, d->month, d->day);
}

static Value date_str(Value v) { return value_call_method_noargs(v, NAME(isoformat)); }

static Value ctime_text(const Date *d, Clock c) {
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return text_new("%s %s %2d %02d:%02d:%02d %04d", days[ymd_weekday(d->year, d->month, d->day)],
                    months[d->month - 1], d->day, c.hour, c.minute, c.second, d->year);
}

static Value date_ctime(Value v) {
    return ctime_text(date_of(v), is_datetime(v) ? datetime_of(v)->clock : (Clock){0});
}

/* What stands for %f, %z or %Z; NULL raised. */
static Value format_piece(Value v, char code, Value zone_argument) {
    if (code == 'f') {
        int us = is_datetime(v) ? (int)datetime_of(v)->clock.microsecond
                 : is_time(v)   ? (int)time_of(v)->clock.microsecond
                                : 0;
        return text_new("%06d", us);
    }
    Value zone = is_datetime(v) ? datetime_of(v)->zone : is_time(v) ? time_of(v)->zone : NONE;
    if (code == 'z') {
        Value offset = zone_utcoffset(zone, zone_argument), text = offset ? offset_text(offset, "") : NULL;
        xdecref(offset);
        return text;
    }
    Value name = zone_name(zone, zone_argument);
    if (!name) return NULL;
    if (name == NONE) return str_from_ascii("", 0);
    /* strftime will look at it: each % is written twice. */
    Value one = str_from_char('%'), two = str_from_ascii("%%", 2), args[2] = {one, two};
    Value escaped = one && two ? value_call_method(name, NAME(replace), args, 2) : NULL;
    xdecref(one);
    xdecref(two);
    decref(name);
    if (!escaped || is_str(escaped)) return escaped;
    decref(escaped);
    return raise_error(T_TypeError, "tzname.replace() did not return a string");
}

/* The format with what the C library does not know already put in. */
static Value expand_format(Value v, Value format, Value zone_argument) {
    StrBuilder out = STR_BUILDER_INIT;
    size_t n = str_length(format);
    for (size_t i = 0; i < n; i++) {
        uint32_t c = str_read(format, i), code = c == '%' && i + 1 < n ? str_read(format, i + 1) : 0;
        if (code == 'f' || code == 'z' || code == 'Z') {
            Value piece = format_piece(v, (char)code, zone_argument);
            int status = piece ? str_builder_add(&out, piece) : -1;
            xdecref(piece);
            if (status < 0) goto fail;
            i++;
        } else {
            if (str_builder_add_char(&out, c) < 0) goto fail;
            if (code && (i++, str_builder_add_char(&out, code) < 0)) goto fail;
        }
    }
    return str_builder_finish(&out);
fail:
    str_builder_drop(&out);
    return NULL;
}

Value moment_format(Value v, Value format, Value time_tuple, Value zone_argument) {
    Value expanded = expand_format(v, format, zone_argument);
    Value strftime_ = expanded ? module_import_attr("time", "strftime") : NULL;
    Value result = strftime_ ? value_call_two(strftime_, expanded, time_tuple) : NULL;
    xdecref(expanded);
    xdecref(strftime_);
    return result;
}

static Value date_strftime(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"format", NULL};
    static const ArgSpec spec = {"strftime", names, 1, 1, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[0])) return raise_error(T_TypeError, "strftime() argument 1 must be str, not %K", out[0]);
    Value parts = value_call_method_noargs(v, NAME(timetuple));
    Value result = parts ? moment_format(v, out[0], parts, v) : NULL;
    xdecref(parts);
    return result;
}

bool exact_count(const char *name, size_t nargs, size_t wanted) {
    if (nargs == wanted) return true;
    raise_error(T_TypeError, "%s() takes exactly %zu argument%s (%zu given)", name, wanted,
                wanted == 1 ? "" : "s", nargs);
    return false;
}

Value moment_dunder_format(Value v, Value const *args, size_t nargs) {
    if (!exact_count("__format__", nargs, 1)) return NULL;
    Value format = args[0];
    if (!is_str(format))
        return raise_error(T_TypeError, "__format__() argument 1 must be str, not %K", format);
    return str_length(format) == 0 ? value_str(v) : value_call_method_one(v, NAME(strftime), format);
}

Value build_time_tuple(Ymd d, int hour, int minute, int second, int dst) {
    int year_day = days_before_month(d.year, d.month) + d.day;
    Value maker = module_import_attr("time", "struct_time");
    Value fields = maker ? tuple_pack(9, small_int_new(d.year), small_int_new(d.month), small_int_new(d.day),
                                      small_int_new(hour), small_int_new(minute), small_int_new(second),
                                      small_int_new(ymd_weekday(d.year, d.month, d.day)),
                                      small_int_new(year_day), small_int_new(dst))
                         : NULL;
    Value result = fields ? value_call_one(maker, fields) : NULL;
    xdecref(maker);
    xdecref(fields);
    return result;
}

static Value date_timetuple(Value v) {
    const Date *d = date_of(v);
    return build_time_tuple((Ymd){d->year, d->month, d->day}, 0, 0, 0, -1);
}

/* ---- numbers ---- */

static Value date_toordinal(Value v) { return small_int_new(ordinal_of(v)); }
static Value date_weekday(Value v) { return small_int_new((ordinal_of(v) + 6) % 7); }
static Value date_isoweekday(Value v) { return small_int_new((ordinal_of(v) + 6) % 7 + 1); }

static Value date_isocalendar(Value v) {
    const Date *d = date_of(v);
    int year = d->year, today = ordinal_of(v), monday = iso_week_1_monday(year);
    int64_t weekday, week = floor_divide(today - monday, 7, &weekday);
    if (week < 0) week = floor_divide(today - iso_week_1_monday(--year), 7, &weekday);
    else if (week >= 52 && today >= iso_week_1_monday(year + 1)) year++, week = 0;
    Value fields[3] = {small_int_new(year), small_int_new(week + 1), small_int_new(weekday + 1)};
    Value result = value_alloc(DATETIME->iso_date, 3);
    if (!result) return NULL;
    ((Tuple *)result)->length = 3;
    for (size_t i = 0; i < 3; i++) tuple_init_item_steal(result, i, fields[i]);
    value_track(result);
    return result;
}

static Value date_replace(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"year", "month", "day", NULL};
    static const ArgSpec spec = {"replace", names, 3, 0, 3};
    Value out[3];
    int year = date_of(v)->year, month = date_of(v)->month, day = date_of(v)->day;
    if (!args_bind(&spec, args, nargs, kwnames, out) || int_argument(out[0], &year) < 0 ||
        int_argument(out[1], &month) < 0 || int_argument(out[2], &day) < 0 ||
        check_date(year, month, day) < 0)
        return NULL;
    return date_raw(type_of(v), year, month, day);
}

/* ---- arithmetic, comparison ---- */

static Value date_plus(Value v, Value delta, int sign) {
    return date_from_ordinal(type_of(v), ordinal_of(v) + sign * (int64_t)delta_of(delta)->days);
}

static Value date_add(Value a, Value b) {
    if (is_datetime(a) || is_datetime(b)) return NOT_IMPLEMENTED;
    if (is_date(a)) return is_delta(b) ? date_plus(a, b, 1) : NOT_IMPLEMENTED;
    return is_delta(a) ? date_plus(b, a, 1) : NOT_IMPLEMENTED;
}

static Value date_subtract(Value a, Value b) {
    if (!is_date(a) || is_datetime(a) || is_datetime(b)) return NOT_IMPLEMENTED;
    if (is_date(b)) return delta_plain(ordinal_of(a) - ordinal_of(b), 0, 0);
    return is_delta(b) ? date_plus(a, b, -1) : NOT_IMPLEMENTED;
}

static uint32_t date_key(Value v) {
    const Date *d = date_of(v);
    return (uint32_t)d->year << 16 | (uint32_t)d->month << 8 | d->day;
}

static Value date_compare(Value a, Value b, CompareOp op) {
    if (!is_date(b)) return NOT_IMPLEMENTED;
    uint32_t x = date_key(a), y = date_key(b);
    return BOOL(compare_holds((x > y) - (x < y), 0, op));
}

static Hash date_hash(Value v) {
    Date *d = date_of(v);
    if (d->hash == -1) {
        uint32_t key = date_key(v);
        d->hash = hash_of_fields(&key, sizeof key);
    }
    return d->hash;
}

/* ---- pickling ---- */

static Value date_reduce(Value v) {
    const Date *d = date_of(v);
    uint8_t state[4] = {(uint8_t)(d->year >> 8), (uint8_t)d->year, d->month, d->day};
    Value bytes = bytes_from(state, 4), args = bytes ? tuple_pack(1, bytes) : NULL;
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(bytes);
    xdecref(args);
    return result;
}

/* ---- type ---- */

static Value get_year(Value v, void *closure) { return (void)closure, small_int_new(date_of(v)->year); }
static Value get_month(Value v, void *closure) { return (void)closure, small_int_new(date_of(v)->month); }
static Value get_day(Value v, void *closure) { return (void)closure, small_int_new(date_of(v)->day); }

static const GetSet date_getset[] = {{"year", get_year, NULL, NULL, NULL},
                                     {"month", get_month, NULL, NULL, NULL},
                                     {"day", get_day, NULL, NULL, NULL},
                                     {0}};

#define CLASS_METHOD(name, f, call, doc)                                                                     \
    { name, (void *)(f), call, NATIVE_CLASS, doc }
#define CLASS_METHOD_BARE(name, f, call, doc)                                                                \
    { name, (void *)(f), call, NATIVE_CLASS | NATIVE_BARE_NAME, doc }

static const NativeMethod date_methods[] = {
    CLASS_METHOD("fromtimestamp", date_fromtimestamp, NATIVE_ONE,
                 "fromtimestamp($type, timestamp, /)\n--\n\nThe day, in local time, of a number of seconds "
                 "since 1970."),
    CLASS_METHOD_BARE("fromordinal", date_fromordinal, NATIVE_FAST,
                      "The day of a number that counts from 1 January of year 1."),
    CLASS_METHOD("fromisoformat", date_fromisoformat, NATIVE_ONE, "The day that an ISO 8601 text tells."),
    CLASS_METHOD("fromisocalendar", date_fromisocalendar, NATIVE_KW,
                 "The day of an ISO year, week and weekday; isocalendar() the other way round."),
    CLASS_METHOD("today", date_today, NATIVE_NOARGS, "Today, by the local clock."),
    METHOD_NOARGS("ctime", date_ctime, "Return ctime() style string."),
    METHOD_KW("strftime", date_strftime, "A text made after a format, as time.strftime does."),
    METHOD_BARE("__format__", moment_dunder_format, "Formats self with strftime."),
    METHOD_NOARGS("isoformat", date_isoformat, "The day as YYYY-MM-DD."),
    METHOD_NOARGS("isoweekday", date_isoweekday, "1 for Monday to 7 for Sunday."),
    METHOD_NOARGS("isocalendar", date_isocalendar, "ISO year, week and weekday, as a tuple with names."),
    METHOD_NOARGS("timetuple", date_timetuple, "The parts as time.localtime() gives them."),
    METHOD_NOARGS("weekday", date_weekday, "0 for Monday to 6 for Sunday."),
    METHOD_NOARGS("toordinal", date_toordinal, "The number of the day, where 1 January of year 1 is 1."),
    METHOD_KW("replace", date_replace, "The same with the given fields changed."),
    METHOD_NOARGS("__reduce__", date_reduce, "__reduce__() -> (cls, state)"),
    METHOD_END,
};

static void date_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free(AS_VALUE(o));
}

int date_ready_constants(Type *t) {
    return datetime_constant(t, "min", date_raw(t, YEAR_MIN, 1, 1)) < 0 ||
                   datetime_constant(t, "max", date_raw(t, YEAR_MAX, 12, 31)) < 0 ||
                   datetime_constant(t, "resolution", delta_plain(1, 0, 0)) < 0
               ? -1
               : 0;
}

const TypeSpec date_spec = {
    .name = "datetime.date",
    .doc = "date(year, month, day): a day of the Gregorian calendar",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Date),
    .slots = {.getattr = object_getattr,
              .free = date_free,
              .repr = date_repr,
              .str = date_str,
              .hash = date_hash,
              .compare = date_compare,
              .new_ = date_make,
              .add = date_add,
              .subtract = date_subtract},
    .methods = date_methods,
    .getset = date_getset,
};

/* ---- what isocalendar() gives ---- */

static Value iso_item(Value v, void *closure) {
    return incref(tuple_item_borrow(v, (size_t)(uintptr_t)closure));
}

static const GetSet iso_getset[] = {{"year", iso_item, NULL, NULL, (void *)0},
                                    {"week", iso_item, NULL, NULL, (void *)1},
                                    {"weekday", iso_item, NULL, NULL, (void *)2},
                                    {0}};

static Value iso_repr(Value v) {
    return str_format("%s(year=%S, week=%S, weekday=%S)", type_name_of(v), tuple_item_borrow(v, 0),
                      tuple_item_borrow(v, 1), tuple_item_borrow(v, 2));
}

/* A pickle of it gives a plain tuple. */
static Value iso_reduce(Value v) {
    Value plain = tuple_from_array(((Tuple *)v)->items, 3), args = plain ? tuple_pack(1, plain) : NULL;
    Value result = args ? tuple_pack(2, AS_VALUE(TYPE(tuple)), args) : NULL;
    xdecref(plain);
    xdecref(args);
    return result;
}

static Value iso_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"year", "week", "weekday", NULL};
    static const ArgSpec spec = {"IsoCalendarDate", names, 3, 3, 3};
    Value out[3];
    int n[3];
    (void)type;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value result = value_alloc(DATETIME->iso_date, 3);
    if (!result) return NULL;
    ((Tuple *)result)->length = 3;
    for (size_t i = 0; i < 3; i++) tuple_init_item_steal(result, i, small_int_new(0));
    value_track(result);
    for (size_t i = 0; i < 3; i++) {
        if (int_argument(out[i], &n[i]) < 0) return decref(result), NULL;
        tuple_init_item_steal(result, i, small_int_new(n[i]));
    }
    return result;
}

static const NativeMethod iso_methods[] = {
    METHOD_NOARGS("__reduce__", iso_reduce, "__reduce__($self, /)\n--\n\n"),
    METHOD_END,
};

const TypeSpec iso_date_spec = {
    .name = "datetime.IsoCalendarDate",
    .doc = "The result of date.isocalendar() or datetime.isocalendar()\n\n"
           "This object may be accessed either as a tuple of\n  ((year, week, weekday))\nor via the object "
           "attributes as named in "
           "the above tuple.",
    .flags = TYPE_GC,
    .basic_size = sizeof(Tuple),
    .item_size = sizeof(Value),
    .slots = {.repr = iso_repr, .new_ = iso_make},
    .methods = iso_methods,
    .getset = iso_getset,
};
