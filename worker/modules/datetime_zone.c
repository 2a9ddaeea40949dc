/* datetime_zone: tzinfo, what its methods may say, and timezone. */
#include <stdlib.h>
#include <time.h>

#include "modules/datetime.h"
#include "modules/fields.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/tuple.h"

static const int64_t day_us = (int64_t)DAY_SECONDS * MILLION;

static TimeZone *timezone_of(Value v) { return (TimeZone *)v; }
static bool is_timezone(Value v) { return type_of(v) == DATETIME->timezone; }

static bool offset_in_range(Value delta) {
    __int128 us = delta_total(delta);
    return us > -day_us && us < day_us;
}

/* ---- asking a zone ---- */

int check_zone(Value v) {
    if (v == NONE || is_zone(v)) return 0;
    return raise_int(T_TypeError, "tzinfo argument must be None or of a tzinfo subclass, not type '%s'",
                     type_name_of(v));
}

static Value check_offset_steal(Value offset, Value name) {
    if (!offset || offset == NONE) return offset;
    if (!is_delta(offset))
        raise_error(T_TypeError, "tzinfo.%U() must return None or timedelta, not '%.200s'", name,
                    type_name_of(offset));
    else if (!offset_in_range(offset))
        raise_error(
            T_ValueError,
            "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).");
    else return offset;
    decref(offset);
    return NULL;
}

Value zone_offset(Value zone, Value name, Value argument) {
    if (zone == NONE) return NONE;
    if (is_timezone(zone)) return name == NAME(utcoffset) ? incref(timezone_of(zone)->offset) : NONE;
    return check_offset_steal(value_call_method_one(zone, name, argument), name);
}

Value zone_name(Value zone, Value argument) {
    if (zone == NONE) return NONE;
    Value name = value_call_method_one(zone, NAME(tzname), argument);
    if (!name || name == NONE || is_str(name)) return name;
    raise_error(T_TypeError, "tzinfo.tzname() must return None or a string, not '%s'", type_name_of(name));
    decref(name);
    return NULL;
}

/* ---- offsets as text ---- */

Value offset_text(Value offset, const char *separator) {
    if (offset == NONE) return str_from_ascii("", 0);
    int64_t us = (int64_t)delta_total(offset), magnitude = us < 0 ? -us : us, seconds = magnitude / MILLION;
    int rest = (int)(magnitude % MILLION), s = (int)(seconds % 60);
    char text[40];
    int n = snprintf(text, sizeof text, "%c%02d%s%02d", us < 0 ? '-' : '+', (int)(seconds / 3600), separator,
                     (int)(seconds / 60 % 60));
    if (s || rest) n += snprintf(text + n, sizeof text - (size_t)n, "%s%02d", separator, s);
    if (rest) n += snprintf(text + n, sizeof text - (size_t)n, ".%06d", rest);
    return str_from_ascii(text, (size_t)n);
}

/* ---- tzinfo ---- */

static Value tzinfo_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Value v = value_alloc(type, 0);
    if (v && type->flags & TYPE_GC) value_track(v);
    return v;
}

static void tzinfo_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free(AS_VALUE(o));
}

static Value not_implemented(const char *method) {
    return raise_error(T_NotImplementedError, "a tzinfo subclass must implement %s()", method);
}

static Value tzinfo_tzname(Value v, Value dt) { return (void)v, (void)dt, not_implemented("tzname"); }
static Value tzinfo_utcoffset(Value v, Value dt) { return (void)v, (void)dt, not_implemented("utcoffset"); }
static Value tzinfo_dst(Value v, Value dt) { return (void)v, (void)dt, not_implemented("dst"); }

static Value shifted(Value dt, Value delta) { return datetime_add_us(dt, delta_total(delta), false); }

/* Local time for dt in UTC, by asking for the offsets there. */
static Value tzinfo_fromutc(Value v, Value dt) {
    if (!is_datetime(dt)) return raise_error(T_TypeError, "fromutc: argument must be a datetime");
    if (datetime_of(dt)->zone != v) return raise_error(T_ValueError, "fromutc: dt.tzinfo is not self");
    Value offset = value_call_method_noargs(dt, NAME(utcoffset)), saving = NULL, standard = NULL,
          result = NULL;
    if (!offset) return NULL;
    if (!is_delta(offset)) {
        raise_error(T_ValueError, "fromutc: non-None utcoffset() result required");
        goto done;
    }
    if (!(saving = value_call_method_noargs(dt, NAME(dst)))) goto done;
    if (!is_delta(saving)) {
        raise_error(T_ValueError, "fromutc: non-None dst() result required");
        goto done;
    }
    if (!(standard = value_subtract(offset, saving)) || !(result = shifted(dt, standard))) goto done;
    SET_FIELD_STEAL(saving, value_call_method_noargs(result, NAME(dst)));
    if (saving && !is_delta(saving))
        raise_error(T_ValueError, "fromutc: tz.dst() gave inconsistent results; cannot convert");
    if (!saving || !is_delta(saving)) CLEAR_FIELD(result);
    else if (!delta_is_zero(saving)) SET_FIELD_STEAL(result, shifted(result, saving));
done:
    decref(offset);
    xdecref(saving);
    xdecref(standard);
    return result;
}

static Value tzinfo_reduce(Value v) {
    Value getter, args, state = NULL, result = NULL;
    int found = value_getattr_optional(v, NAME(__getinitargs__), &getter);
    if (found < 0) return NULL;
    args = found ? value_call_noargs(getter) : tuple_new(0);
    xdecref(getter);
    if (args) state = value_call_method_noargs(v, NAME(__getstate__));
    if (state) result = tuple_pack(3, AS_VALUE(type_of(v)), args, state);
    xdecref(args);
    xdecref(state);
    return result;
}

static const NativeMethod tzinfo_methods[] = {
    METHOD_ONE("tzname", tzinfo_tzname, "The zone's name at a moment."),
    METHOD_ONE("utcoffset", tzinfo_utcoffset, "How far the zone is from UTC at a moment, east positive."),
    METHOD_ONE("dst", tzinfo_dst, "How much of that offset is summer time."),
    METHOD_ONE("fromutc", tzinfo_fromutc, "Local time for a moment in UTC."),
    METHOD_NOARGS("__reduce__", tzinfo_reduce, "-> (cls, state)"),
    METHOD_END,
};

const TypeSpec tzinfo_spec = {
    .name = "datetime.tzinfo",
    .doc = "What zones derive from; it knows no offsets itself.",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(HeapObject),
    .slots = {.getattr = object_getattr, .free = tzinfo_free, .new_ = tzinfo_make},
    .methods = tzinfo_methods,
};

/* ---- timezone ---- */

static Value timezone_create(Value offset, Value name_or_null) {
    TimeZone *z = (TimeZone *)value_alloc(DATETIME->timezone, 0);
    if (!z) return NULL;
    z->offset = incref(offset);
    z->name = xincref(name_or_null);
    return AS_VALUE(z);
}

Value timezone_new(Value offset, Value name_or_null) {
    if (!name_or_null && delta_is_zero(offset) && DATETIME->utc) return incref(DATETIME->utc);
    if (offset_in_range(offset)) return timezone_create(offset, name_or_null);
    return raise_error(
        T_ValueError,
        "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not %R.",
        offset);
}

Value timezone_of_seconds(int seconds, int microseconds) {
    if (seconds == 0) return incref(DATETIME->utc);
    Value offset = delta_plain(0, seconds, microseconds), result = offset ? timezone_new(offset, NULL) : NULL;
    xdecref(offset);
    return result;
}

Value zone_local(int64_t posix) {
    struct tm tm;
    if (local_tm(posix, &tm) < 0) return NULL;
    Value offset = delta_plain(0, tm.tm_gmtoff, 0), name = offset ? str_from_cstr(tm.tm_zone) : NULL;
    Value result = name ? timezone_new(offset, name) : NULL;
    xdecref(offset);
    xdecref(name);
    return result;
}

static Value timezone_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"offset", "name", NULL};
    static const ArgSpec spec = {"timezone", names, 2, 1, 2};
    Value out[2];
    (void)type;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_delta(out[0]))
        return raise_error(T_TypeError, "timezone() argument 1 must be datetime.timedelta, not %K", out[0]);
    if (out[1] && !is_str(out[1]))
        return raise_error(T_TypeError, "timezone() argument 2 must be str, not %K", out[1]);
    return timezone_new(out[0], out[1]);
}

static int check_moment(Value dt, const char *method) {
    if (dt == NONE || is_datetime(dt)) return 0;
    return raise_int(T_TypeError, "%s(dt) argument must be a datetime instance or None, not %.200s", method,
                     type_name_of(dt));
}

static Value timezone_str(Value v) {
    TimeZone *z = timezone_of(v);
    if (z->name) return incref(z->name);
    if (v == DATETIME->utc || delta_is_zero(z->offset)) return str_from_ascii("UTC", 3);
    Value text = offset_text(z->offset, ":"), result = text ? str_format("UTC%U", text) : NULL;
    xdecref(text);
    return result;
}

static Value timezone_tzname(Value v, Value dt) {
    return check_moment(dt, "tzname") < 0 ? NULL : timezone_str(v);
}
static Value timezone_utcoffset(Value v, Value dt) {
    return check_moment(dt, "utcoffset") < 0 ? NULL : incref(timezone_of(v)->offset);
}
static Value timezone_dst(Value v, Value dt) { return (void)v, check_moment(dt, "dst") < 0 ? NULL : NONE; }

static Value timezone_fromutc(Value v, Value dt) {
    if (!is_datetime(dt)) return raise_error(T_TypeError, "fromutc: argument must be a datetime");
    if (datetime_of(dt)->zone != v) return raise_error(T_ValueError, "fromutc: dt.tzinfo is not self");
    return shifted(dt, timezone_of(v)->offset);
}

static Value timezone_initargs(Value v) {
    TimeZone *z = timezone_of(v);
    return z->name ? tuple_pack(2, z->offset, z->name) : tuple_pack(1, z->offset);
}

static Value timezone_repr(Value v) {
    TimeZone *z = timezone_of(v);
    const char *name = type_name_of(v);
    if (v == DATETIME->utc) return str_format("%s.utc", name);
    return z->name ? str_format("%s(%R, %R)", name, z->offset, z->name)
                   : str_format("%s(%R)", name, z->offset);
}

static Value timezone_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !is_timezone(b)) return NOT_IMPLEMENTED;
    bool equal = delta_total(timezone_of(a)->offset) == delta_total(timezone_of(b)->offset);
    return BOOL(equal == (op == CMP_EQ));
}

static Hash timezone_hash(Value v) { return value_hash(timezone_of(v)->offset); }

FIELDS_LIFE(timezone, 2)

static const NativeMethod timezone_methods[] = {
    METHOD_ONE("tzname", timezone_tzname, "The name that was given, or 'UTC' with the offset."),
    METHOD_ONE("utcoffset", timezone_utcoffset, "Return fixed offset."),
    METHOD_ONE("dst", timezone_dst, "Return None."),
    METHOD_ONE("fromutc", timezone_fromutc, "Local time for a moment in UTC."),
    METHOD_NOARGS("__getinitargs__", timezone_initargs, "pickle support"),
    METHOD_END,
};

static int put_zone(Type *t, const char *name, int64_t seconds) {
    Value offset = delta_plain(0, seconds, 0), zone = offset ? timezone_create(offset, NULL) : NULL;
    int status = zone ? dict_set_cstr(AS_VALUE(type_dict_borrow(t)), name, zone) : -1;
    xdecref(offset);
    xdecref(zone);
    return status;
}

int timezone_ready_constants(Type *t) {
    Dict *dict = type_dict_borrow(t);
    const int64_t most = 23 * 3600 + 59 * 60;
    if (!dict || dict_set_cstr(AS_VALUE(dict), "utc", DATETIME->utc) < 0) return -1;
    return put_zone(t, "min", -most) < 0 || put_zone(t, "max", most) < 0 ? -1 : 0;
}

const TypeSpec timezone_spec = {
    .name = "datetime.timezone",
    .doc = "A zone that is always equally far from UTC.",
    .basic_size = sizeof(TimeZone),
    .slots = {.traverse = timezone_traverse,
              .free = timezone_free,
              .repr = timezone_repr,
              .str = timezone_str,
              .hash = timezone_hash,
              .compare = timezone_compare,
              .new_ = timezone_make},
    .methods = timezone_methods,
};
