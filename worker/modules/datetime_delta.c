/* datetime_delta: timedelta. Sums of machine numbers are __int128 microseconds; what is larger goes through
 * ints. */
#include <math.h>

#include "modules/datetime.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/tuple.h"

/* ---- making ---- */

static Value delta_raw(Type *type, int64_t days, int seconds, int microseconds) {
    if (days < INT32_MIN || days > INT32_MAX)
        return raise_error(T_OverflowError, "Python int too large to convert to C int");
    if (days < -SPAN_DAYS_MAX || days > SPAN_DAYS_MAX)
        return raise_error(T_OverflowError, "days=%d; must have magnitude <= %d", (int)days, SPAN_DAYS_MAX);
    Delta *d = (Delta *)value_alloc(type, 0);
    if (!d) return NULL;
    d->hash = -1;
    d->days = (int32_t)days;
    d->seconds = seconds;
    d->microseconds = microseconds;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

static Value delta_from_us(Type *type, __int128 us) {
    __int128 per_day = (__int128)DAY_SECONDS * MILLION, days = us / per_day, rest = us % per_day;
    if (rest < 0) {
        rest += per_day;
        days--;
    }
    if (days < INT64_MIN || days > INT64_MAX) days = INT64_MAX;
    return delta_raw(type, (int64_t)days, (int)((int64_t)rest / MILLION), (int)((int64_t)rest % MILLION));
}

Value delta_new(Type *type, int64_t days, int64_t seconds, int64_t microseconds) {
    return delta_from_us(type, ((__int128)days * DAY_SECONDS + seconds) * MILLION + microseconds);
}

/* ---- microseconds as ints ---- */

static Value wide_to_int(__int128 n) {
    if (n >= INT64_MIN && n <= INT64_MAX) return int_from_i64((int64_t)n);
    Value high = int_from_i64((int64_t)(n >> 64)), low = int_from_u64((uint64_t)n);
    Value shifted = high ? int_lshift(high, small_int_new(64)) : NULL;
    Value result = shifted && low ? int_add(shifted, low) : NULL;
    xdecref(shifted);
    xdecref(low);
    xdecref(high);
    return result;
}

/* False: beyond 120 bits, or (raised) out of memory. */
static bool int_to_wide(Value v, __int128 *out) {
    int64_t n;
    uint64_t low_bits;
    if (int_to_i64(v, &n)) return *out = n, true;
    if (int_bit_length(v) > 120) return false;
    Value high = int_rshift(v, small_int_new(64)),
          shifted = high ? int_lshift(high, small_int_new(64)) : NULL;
    Value low = shifted ? int_subtract(v, shifted) : NULL;
    bool ok = low && int_to_i64(high, &n) && int_to_u64(low, &low_bits);
    if (ok) *out = (__int128)n * ((__int128)1 << 64) + low_bits;
    xdecref(high);
    xdecref(shifted);
    xdecref(low);
    return ok;
}

static Value delta_from_int(Type *type, Value us) {
    __int128 n;
    if (int_to_wide(us, &n)) return delta_from_us(type, n);
    return error_pending() ? NULL : raise_error(T_OverflowError, "Python int too large to convert to C int");
}

static Value delta_from_int_steal(Type *type, Value us_or_null) {
    Value result = us_or_null ? delta_from_int(type, us_or_null) : NULL;
    xdecref(us_or_null);
    return result;
}

static Value delta_us(Value v) { return wide_to_int(delta_total(v)); }

/* ---- timedelta(...) ---- */

typedef struct Component {
    const char *name;
    int64_t us;
} Component;

static const Component components[] = {
    {"days", INT64_C(86400000000)},   {"seconds", MILLION},      {"microseconds", 1},
    {"milliseconds", 1000},           {"minutes", 60 * MILLION}, {"hours", INT64_C(3600000000)},
    {"weeks", INT64_C(604800000000)},
};

enum { COMPONENT_COUNT = 7 };

/* The sum so far: machine part, larger ints (or NULL), what is left of fractions. */
typedef struct Sum {
    __int128 us;
    Value big;
    double leftover;
} Sum;

static int sum_int(Sum *sum, Value n, int64_t factor) {
    int64_t small;
    if (int_to_i64(n, &small)) return sum->us += (__int128)small * factor, 0;
    Value scale = int_from_i64(factor), product = scale ? int_multiply(n, scale) : NULL;
    Value total = product && sum->big ? int_add(sum->big, product) : xincref(product);
    xdecref(scale);
    xdecref(product);
    if (!total) return -1;
    SET_FIELD_STEAL(sum->big, total);
    return 0;
}

static int sum_float(Sum *sum, double d, int64_t factor) {
    double whole, fraction = modf(d, &whole);
    Value n = int_from_double(whole);
    int status = n ? sum_int(sum, n, factor) : -1;
    xdecref(n);
    if (status < 0 || fraction == 0) return status;
    sum->leftover += modf((double)factor * fraction, &whole);
    sum->us += (int64_t)whole;
    return 0;
}

static int sum_component(Sum *sum, Value v, const Component *c) {
    if (is_int(v)) return sum_int(sum, v, c->us);
    if (is_float(v)) return sum_float(sum, float_value(v), c->us);
    return raise_int(T_TypeError, "unsupported type for timedelta %s component: %s", c->name,
                     type_name_of(v));
}

/* Rounds the fractions half to even, as they would be with the sum added. */
static __int128 whole_leftover(const Sum *sum, bool big_is_odd) {
    double whole = round(sum->leftover);
    if (fabs(whole - sum->leftover) == 0.5) {
        int odd = (int)(sum->us & 1) ^ big_is_odd;
        whole = 2.0 * round((sum->leftover + odd) * 0.5) - odd;
    }
    return (__int128)whole;
}

static Value sum_finish(Type *type, Sum *sum) {
    bool odd = false;
    if (sum->big) {
        Value low = int_and(sum->big, small_int_new(1));
        if (!low) return NULL;
        odd = low == small_int_new(1);
    }
    __int128 us = sum->us + whole_leftover(sum, odd);
    if (!sum->big) return delta_from_us(type, us);
    Value rest = wide_to_int(us), total = rest ? int_add(sum->big, rest) : NULL;
    xdecref(rest);
    return delta_from_int_steal(type, total);
}

static Value delta_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"days",    "seconds", "microseconds", "milliseconds",
                                        "minutes", "hours",   "weeks",        NULL};
    static const ArgSpec spec = {"__new__", names, COMPONENT_COUNT, 0, COMPONENT_COUNT};
    static const uint8_t order[COMPONENT_COUNT] = {2, 3, 1, 4, 5, 0, 6}; /* from the smallest */
    Value out[COMPONENT_COUNT];
    Sum sum = {0, NULL, 0};
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int status = 0;
    for (int i = 0; status == 0 && i < COMPONENT_COUNT; i++)
        if (out[order[i]]) status = sum_component(&sum, out[order[i]], &components[order[i]]);
    Value result = status == 0 ? sum_finish(type, &sum) : NULL;
    xdecref(sum.big);
    return result;
}

/* ---- arithmetic ---- */

Value delta_negative(Value v) {
    const Delta *d = delta_of(v);
    return delta_plain(-(int64_t)d->days, -(int64_t)d->seconds, -(int64_t)d->microseconds);
}

static Value delta_positive(Value v) {
    const Delta *d = delta_of(v);
    return delta_plain(d->days, d->seconds, d->microseconds);
}

static Value delta_absolute(Value v) { return delta_of(v)->days < 0 ? delta_negative(v) : delta_positive(v); }

static Value delta_add(Value a, Value b) {
    if (!is_delta(a) || !is_delta(b)) return NOT_IMPLEMENTED;
    return delta_from_us(DATETIME->delta, delta_total(a) + delta_total(b));
}

static Value delta_subtract(Value a, Value b) {
    if (!is_delta(a) || !is_delta(b)) return NOT_IMPLEMENTED;
    return delta_from_us(DATETIME->delta, delta_total(a) - delta_total(b));
}

/* n / by to the nearest int, halves to the even one. */
static Value divide_nearest(Value n, Value by) {
    Value quotient, rest;
    if (int_divmod(n, by, &quotient, &rest) < 0) return NULL;
    Value twice = int_add(rest, rest), one = NULL;
    decref(rest);
    if (twice) {
        int order = int_compare(twice, by);
        if (int_sign(by) < 0) order = -order;
        one = order == 0 ? int_and(quotient, small_int_new(1)) : small_int_new(order > 0);
    }
    Value result = one ? int_add(quotient, one) : NULL;
    xdecref(twice);
    xdecref(quotient);
    return result;
}

/* v * numerator / denominator, rounded. */
static Value delta_scale(Value v, Value numerator, Value denominator) {
    Value us = delta_us(v), product = us ? int_multiply(us, numerator) : NULL;
    Value result = product ? divide_nearest(product, denominator) : NULL;
    xdecref(us);
    xdecref(product);
    return delta_from_int_steal(DATETIME->delta, result);
}

static Value delta_scale_float(Value v, Value factor, bool divide) {
    Value ratio = value_call_method_noargs(factor, NAME(as_integer_ratio));
    if (!ratio) return NULL;
    Value result = NULL;
    if (!is_tuple(ratio))
        raise_error(T_TypeError, "unexpected return type from as_integer_ratio(): expected tuple, got '%T'",
                    ratio);
    else if (tuple_length(ratio) != 2) raise_error(T_ValueError, "as_integer_ratio() must return a 2-tuple");
    else if (!is_int(tuple_item_borrow(ratio, 0)) || !is_int(tuple_item_borrow(ratio, 1)))
        raise_error(T_TypeError, "as_integer_ratio() must return ints");
    else result = delta_scale(v, tuple_item_borrow(ratio, divide), tuple_item_borrow(ratio, !divide));
    decref(ratio);
    return result;
}

static Value delta_times(Value v, Value factor) {
    if (is_int(factor)) {
        Value us = delta_us(v), product = us ? int_multiply(us, factor) : NULL;
        xdecref(us);
        return delta_from_int_steal(DATETIME->delta, product);
    }
    return is_float(factor) ? delta_scale_float(v, factor, false) : NOT_IMPLEMENTED;
}

static Value delta_multiply(Value a, Value b) { return is_delta(a) ? delta_times(a, b) : delta_times(b, a); }

typedef Value (*IntOp)(Value, Value);

/* The operation on the microseconds of both. */
static Value on_both(IntOp op, Value a, Value b) {
    Value x = delta_us(a), y = x ? delta_us(b) : NULL;
    Value result = y ? op(x, y) : NULL;
    xdecref(x);
    xdecref(y);
    return result;
}

static Value delta_true_divide(Value a, Value b) {
    if (!is_delta(a)) return NOT_IMPLEMENTED;
    if (is_delta(b)) return on_both(int_true_divide, a, b);
    if (is_float(b)) return delta_scale_float(a, b, true);
    return is_int(b) ? delta_scale(a, small_int_new(1), b) : NOT_IMPLEMENTED;
}

static Value delta_floor_divide(Value a, Value b) {
    if (!is_delta(a)) return NOT_IMPLEMENTED;
    if (is_delta(b)) return on_both(int_floor_divide, a, b);
    if (!is_int(b)) return NOT_IMPLEMENTED;
    Value us = delta_us(a), quotient = us ? int_floor_divide(us, b) : NULL;
    xdecref(us);
    return delta_from_int_steal(DATETIME->delta, quotient);
}

static Value delta_remainder(Value a, Value b) {
    if (!is_delta(a) || !is_delta(b)) return NOT_IMPLEMENTED;
    return delta_from_int_steal(DATETIME->delta, on_both(int_remainder, a, b));
}

static Value delta_divmod(Value a, Value b) {
    if (!is_delta(a) || !is_delta(b)) return NOT_IMPLEMENTED;
    Value quotient = on_both(int_floor_divide, a, b), rest = quotient ? delta_remainder(a, b) : NULL;
    Value result = rest ? tuple_pack(2, quotient, rest) : NULL;
    xdecref(quotient);
    xdecref(rest);
    return result;
}

static int delta_bool(Value v) { return !delta_is_zero(v); }

/* ---- comparison, text ---- */

static Value delta_compare(Value a, Value b, CompareOp op) {
    if (!is_delta(b)) return NOT_IMPLEMENTED;
    __int128 x = delta_total(a), y = delta_total(b);
    return BOOL(compare_holds((x > y) - (x < y), 0, op));
}

static Value delta_fields(Value v) {
    const Delta *d = delta_of(v);
    return tuple_pack(3, small_int_new(d->days), small_int_new(d->seconds), small_int_new(d->microseconds));
}

static Hash delta_hash(Value v) {
    Delta *d = delta_of(v);
    if (d->hash != -1) return d->hash;
    Value fields = delta_fields(v);
    if (!fields) return -1;
    d->hash = value_hash(fields);
    decref(fields);
    return d->hash;
}

Value text_new(const char *format, ...) {
    char buf[208];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(buf, sizeof buf, format, args);
    va_end(args);
    return str_from_ascii(buf, n < (int)sizeof buf ? (size_t)n : sizeof buf - 1);
}

static Value delta_repr(Value v) {
    const Delta *d = delta_of(v);
    char fields[80] = "";
    size_t n = 0;
    if (d->days) n += (size_t)snprintf(fields + n, sizeof fields - n, "days=%d", d->days);
    if (d->seconds)
        n += (size_t)snprintf(fields + n, sizeof fields - n, "%sseconds=%d", n ? ", " : "", d->seconds);
    if (d->microseconds)
        n += (size_t)snprintf(fields + n, sizeof fields - n, "%smicroseconds=%d", n ? ", " : "",
                              d->microseconds);
    return str_format("%s(%s)", type_name_of(v), n ? fields : "0");
}

static Value delta_str(Value v) {
    const Delta *d = delta_of(v);
    char days[32] = "", us[16] = "";
    if (d->days) snprintf(days, sizeof days, "%d day%s, ", d->days, d->days == 1 || d->days == -1 ? "" : "s");
    if (d->microseconds) snprintf(us, sizeof us, ".%06d", d->microseconds);
    return text_new("%s%d:%02d:%02d%s", days, d->seconds / 3600, d->seconds / 60 % 60, d->seconds % 60, us);
}

/* ---- methods ---- */

static Value delta_total_seconds(Value v) {
    Value us = delta_us(v), result = us ? int_true_divide(us, small_int_new(MILLION)) : NULL;
    xdecref(us);
    return result;
}

static Value delta_reduce(Value v) {
    Value fields = delta_fields(v);
    Value result = fields ? tuple_pack(2, AS_VALUE(type_of(v)), fields) : NULL;
    xdecref(fields);
    return result;
}

static const NativeMethod delta_methods[] = {
    METHOD_NOARGS("total_seconds", delta_total_seconds, "The span as a number of seconds."),
    METHOD_NOARGS("__reduce__", delta_reduce, "__reduce__() -> (cls, state)"),
    METHOD_END,
};

static const Member delta_members[] = {
    {"days", MEMBER_INT, offsetof(Delta, days), true, "Number of days."},
    {"seconds", MEMBER_INT, offsetof(Delta, seconds), true, "Seconds of the last, incomplete day."},
    {"microseconds", MEMBER_INT, offsetof(Delta, microseconds), true,
     "Microseconds of the last, incomplete second."},
    {0},
};

/* ---- type ---- */

static void delta_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free(AS_VALUE(o));
}

int datetime_constant(Type *t, const char *name, Value value_steal) {
    Dict *dict = value_steal ? type_dict_borrow(t) : NULL;
    int status = dict ? dict_set_cstr(AS_VALUE(dict), name, value_steal) : -1;
    xdecref(value_steal);
    return status;
}

int delta_ready_constants(Type *t) {
    return datetime_constant(t, "min", delta_new(t, -SPAN_DAYS_MAX, 0, 0)) < 0 ||
                   datetime_constant(t, "max", delta_new(t, SPAN_DAYS_MAX, DAY_SECONDS - 1, MILLION - 1)) <
                       0 ||
                   datetime_constant(t, "resolution", delta_new(t, 0, 0, 1)) < 0
               ? -1
               : 0;
}

const TypeSpec delta_spec = {
    .name = "datetime.timedelta",
    .doc = "timedelta(days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0): a "
           "span of time; parts may be fractions and negative",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Delta),
    .slots = {.getattr = object_getattr,
              .free = delta_free,
              .repr = delta_repr,
              .str = delta_str,
              .hash = delta_hash,
              .compare = delta_compare,
              .new_ = delta_make,
              .add = delta_add,
              .subtract = delta_subtract,
              .multiply = delta_multiply,
              .true_divide = delta_true_divide,
              .floor_divide = delta_floor_divide,
              .remainder = delta_remainder,
              .divmod = delta_divmod,
              .negative = delta_negative,
              .positive = delta_positive,
              .absolute = delta_absolute,
              .bool_ = delta_bool},
    .methods = delta_methods,
    .members = delta_members,
};
