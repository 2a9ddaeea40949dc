/* datetime_time: time, and what times and datetimes have in common. */
#include "modules/datetime.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/tuple.h"

/* ---- fields ---- */

int check_clock(int hour, int minute, int second, int us, int fold) {
    if (hour < 0 || hour > 23) return raise_int(T_ValueError, "hour must be in 0..23");
    if (minute < 0 || minute > 59) return raise_int(T_ValueError, "minute must be in 0..59");
    if (second < 0 || second > 59) return raise_int(T_ValueError, "second must be in 0..59");
    if (us < 0 || us >= MILLION) return raise_int(T_ValueError, "microsecond must be in 0..999999");
    if (fold != 0 && fold != 1) return raise_int(T_ValueError, "fold must be either 0 or 1");
    return 0;
}

bool make_clock(int hour, int minute, int second, int us, int fold, Clock *out) {
    if (check_clock(hour, minute, second, us, fold) < 0) return false;
    *out = (Clock){(uint8_t)hour, (uint8_t)minute, (uint8_t)second, (uint8_t)fold, (uint32_t)us};
    return true;
}

static int64_t clock_us(Clock c) {
    return ((int64_t)(c.hour * 60 + c.minute) * 60 + c.second) * MILLION + c.microsecond;
}

Value time_make(Type *type, Clock clock, Value zone) {
    Time *t = (Time *)value_alloc(type, 0);
    if (!t) return NULL;
    t->hash = -1;
    t->clock = clock;
    t->zone = incref(zone);
    if (type->flags & TYPE_GC) value_track(AS_VALUE(t));
    return AS_VALUE(t);
}

/* A subclass is called, as other code would. */
static Value time_of_class(Type *type, Clock clock, Value zone) {
    if (type == DATETIME->time) return time_make(type, clock, zone);
    Value args[5] = {small_int_new(clock.hour), small_int_new(clock.minute), small_int_new(clock.second),
                     small_int_new(clock.microsecond), zone};
    return value_call(AS_VALUE(type), args, 5, NULL);
}

/* ---- making ---- */

static Value unpickle(Type *type, const uint8_t state[6], Value zone) {
    Clock clock = {state[0] & 0x7f, state[1], state[2], state[0] >> 7,
                   (uint32_t)(state[3] << 16 | state[4] << 8 | state[5])};
    if (zone != NONE && !is_zone(zone)) return raise_error(T_TypeError, "bad tzinfo state arg");
    return time_make(type, clock, zone);
}

typedef struct TimeArguments {
    int hour, minute, second, us, fold;
    Value zone;
} TimeArguments;

static bool bind_time(const char *function, Value const *args, size_t nargs, Value kwnames,
                      TimeArguments *in_out) {
    static const char *const names[] = {"hour", "minute", "second", "microsecond", "tzinfo", "fold", NULL};
    const ArgSpec spec = {function, names, 6, 0, 5};
    Value out[6];
    if (!args_bind(&spec, args, nargs, kwnames, out) || int_argument(out[0], &in_out->hour) < 0 ||
        int_argument(out[1], &in_out->minute) < 0 || int_argument(out[2], &in_out->second) < 0 ||
        int_argument(out[3], &in_out->us) < 0 || int_argument(out[5], &in_out->fold) < 0)
        return false;
    if (out[4]) in_out->zone = out[4];
    return true;
}

static Value time_from_arguments(Type *type, const TimeArguments *a) {
    Clock clock;
    if (!make_clock(a->hour, a->minute, a->second, a->us, a->fold, &clock) || check_zone(a->zone) < 0)
        return NULL;
    return time_make(type, clock, a->zone);
}

static Value time_new(Type *type, Value const *args, size_t nargs, Value kwnames) {
    TimeArguments a = {.zone = NONE};
    uint8_t state[6];
    if (nargs >= 1 && nargs <= 2 && !kwnames) {
        int found = pickled_state(args[0], 6, 0, "time", state);
        if (found) return found < 0 ? NULL : unpickle(type, state, nargs == 2 ? args[1] : NONE);
    }
    return bind_time(NULL, args, nargs, kwnames, &a) ? time_from_arguments(type, &a) : NULL;
}

static Value time_replace(Value v, Value const *args, size_t nargs, Value kwnames) {
    Clock c = time_of(v)->clock;
    TimeArguments a = {c.hour, c.minute, c.second, (int)c.microsecond, c.fold, time_of(v)->zone};
    return bind_time("replace", args, nargs, kwnames, &a) ? time_from_arguments(type_of(v), &a) : NULL;
}

static Value time_fromisoformat(Value cls, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "fromisoformat: argument must be str");
    size_t n;
    const char *utf8 = str_utf8(text, &n), *p = utf8;
    int f[4];
    IsoTime iso;
    Clock clock;
    if (!utf8) {
        error_clear();
        return raise_error(T_ValueError, "Invalid isoformat string: %R", text);
    }
    if (*p == 'T') p++, n--;
    if (!iso_parse_time(p, n, f, &iso))
        return raise_error(T_ValueError, "Invalid isoformat string: %R", text);
    Value zone = iso.has_zone ? timezone_of_seconds(iso.zone_seconds, iso.zone_microseconds) : NONE;
    Value result = zone && make_clock(f[0], f[1], f[2], f[3], 0, &clock)
                       ? time_of_class((Type *)cls, clock, zone)
                       : NULL;
    xdecref(zone);
    return result;
}

/* ---- zone ---- */

static Value time_utcoffset(Value v) { return zone_utcoffset(time_of(v)->zone, NONE); }
static Value time_dst(Value v) { return zone_offset(time_of(v)->zone, NAME(dst), NONE); }
static Value time_tzname(Value v) { return zone_name(time_of(v)->zone, NONE); }

/* ---- text ---- */

typedef enum TimeSpec {
    SPEC_HOURS,
    SPEC_MINUTES,
    SPEC_SECONDS,
    SPEC_MILLISECONDS,
    SPEC_MICROSECONDS,
    SPEC_AUTO,
    SPEC_BAD
} TimeSpec;

static TimeSpec timespec_of(Value v_or_null) {
    static const char *const names[] = {"hours",        "minutes",      "seconds",
                                        "milliseconds", "microseconds", "auto"};
    if (!v_or_null) return SPEC_AUTO;
    int i = 0;
    while (i < SPEC_BAD && !str_equal_cstr(v_or_null, names[i])) i++;
    return (TimeSpec)i;
}

bool clock_text(Clock c, Value timespec_or_null, char *buf, size_t room) {
    if (timespec_or_null && !is_str(timespec_or_null))
        return raise_error(T_TypeError, "isoformat() argument must be str, not %K", timespec_or_null), false;
    TimeSpec spec = timespec_of(timespec_or_null);
    if (spec == SPEC_AUTO) spec = c.microsecond ? SPEC_MICROSECONDS : SPEC_SECONDS;
    switch (spec) {
    case SPEC_HOURS: snprintf(buf, room, "%02d", c.hour); break;
    case SPEC_MINUTES: snprintf(buf, room, "%02d:%02d", c.hour, c.minute); break;
    case SPEC_SECONDS: snprintf(buf, room, "%02d:%02d:%02d", c.hour, c.minute, c.second); break;
    case SPEC_MILLISECONDS:
        snprintf(buf, room, "%02d:%02d:%02d.%03u", c.hour, c.minute, c.second, c.microsecond / 1000);
        break;
    case SPEC_MICROSECONDS:
        snprintf(buf, room, "%02d:%02d:%02d.%06u", c.hour, c.minute, c.second, c.microsecond);
        break;
    default: return raise_error(T_ValueError, "Unknown timespec value"), false;
    }
    return true;
}

static Value time_isoformat(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"timespec", NULL};
    static const ArgSpec spec = {"isoformat", names, 1, 0, 1};
    Value out[1];
    char text[32];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[0] && !is_str(out[0]))
        return raise_error(T_TypeError, "isoformat() argument 1 must be str, not %K", out[0]);
    if (!clock_text(time_of(v)->clock, out[0], text, sizeof text)) return NULL;
    Value offset = time_utcoffset(v), tail = offset ? offset_text(offset, ":") : NULL;
    Value result = tail ? str_format("%s%U", text, tail) : NULL;
    xdecref(offset);
    xdecref(tail);
    return result;
}

static Value time_str(Value v) { return value_call_method_noargs(v, NAME(isoformat)); }

static Value time_repr(Value v) {
    const Time *t = time_of(v);
    Clock c = t->clock;
    char rest[48] = "";
    if (c.microsecond) snprintf(rest, sizeof rest, ", %d, %u", c.second, c.microsecond);
    else if (c.second) snprintf(rest, sizeof rest, ", %d", c.second);
    const char *end = c.fold ? ", fold=1)" : ")";
    if (t->zone == NONE) return str_format("%s(%d, %d%s%s", type_name_of(v), c.hour, c.minute, rest, end);
    return str_format("%s(%d, %d%s, tzinfo=%R%s", type_name_of(v), c.hour, c.minute, rest, t->zone, end);
}

static Value time_strftime(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"format", NULL};
    static const ArgSpec spec = {"strftime", names, 1, 1, 1};
    Value out[1];
    Clock c = time_of(v)->clock;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[0])) return raise_error(T_TypeError, "strftime() argument 1 must be str, not %K", out[0]);
    /* Any day will do; some C libraries want years from 1900 on. */
    Value parts = tuple_pack(9, small_int_new(1900), small_int_new(1), small_int_new(1),
                             small_int_new(c.hour), small_int_new(c.minute), small_int_new(c.second),
                             small_int_new(0), small_int_new(1), small_int_new(-1));
    Value result = parts ? moment_format(v, out[0], parts, NONE) : NULL;
    xdecref(parts);
    return result;
}

/* ---- comparison ---- */

static bool equal_offsets(Value a, Value b) {
    return a == b || (a != NONE && b != NONE && delta_total(a) == delta_total(b));
}

static Value compare_with_offsets(Value a, Value b, Value offset_a, Value offset_b, CompareOp op) {
    int64_t x = clock_us(time_of(a)->clock), y = clock_us(time_of(b)->clock);
    if (!equal_offsets(offset_a, offset_b)) {
        if (offset_a == NONE || offset_b == NONE) {
            if (op == CMP_EQ || op == CMP_NE) return BOOL(op == CMP_NE);
            return raise_error(T_TypeError, "can't compare offset-naive and offset-aware times");
        }
        x -= (int64_t)delta_total(offset_a);
        y -= (int64_t)delta_total(offset_b);
    }
    return BOOL(compare_holds((x > y) - (x < y), 0, op));
}

static Value time_compare(Value a, Value b, CompareOp op) {
    if (!is_time(b)) return NOT_IMPLEMENTED;
    if (time_of(a)->zone == time_of(b)->zone) return compare_with_offsets(a, b, NONE, NONE, op);
    Value offset_a = time_utcoffset(a), offset_b = offset_a ? time_utcoffset(b) : NULL;
    Value result = offset_b ? compare_with_offsets(a, b, offset_a, offset_b, op) : NULL;
    xdecref(offset_a);
    xdecref(offset_b);
    return result;
}

static Hash time_hash(Value v) {
    Time *t = time_of(v);
    if (t->hash != -1) return t->hash;
    Value plain = t->clock.fold ? time_make(DATETIME->time, t->clock, t->zone) : incref(v);
    if (!plain) return -1;
    if (t->clock.fold) time_of(plain)->clock.fold = 0;
    Value offset = time_utcoffset(plain);
    decref(plain);
    if (!offset) return -1;
    int64_t us = clock_us(t->clock);
    if (offset != NONE) us -= (int64_t)delta_total(offset);
    decref(offset);
    return t->hash = hash_of_fields(&us, sizeof us);
}

/* ---- pickling ---- */

static Value time_state(Value v, bool with_fold) {
    const Time *t = time_of(v);
    uint32_t us = t->clock.microsecond;
    uint8_t state[6] = {(uint8_t)(t->clock.hour | (with_fold && t->clock.fold ? 0x80 : 0)),
                        t->clock.minute,
                        t->clock.second,
                        (uint8_t)(us >> 16),
                        (uint8_t)(us >> 8),
                        (uint8_t)us};
    Value bytes = bytes_from(state, 6), args = NULL;
    if (bytes) args = t->zone == NONE ? tuple_pack(1, bytes) : tuple_pack(2, bytes, t->zone);
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(bytes);
    xdecref(args);
    return result;
}

static Value time_reduce_ex(Value v, Value const *args, size_t nargs) {
    int protocol;
    if (!args_count("__reduce_ex__", nargs, 1, 1) || value_as_int(args[0], &protocol) < 0) return NULL;
    return time_state(v, protocol > 3);
}

static Value time_reduce(Value v) { return time_state(v, false); }

/* ---- type ---- */

Value clock_get_byte(Value v, void *offset) { return small_int_new(((uint8_t *)v)[(uintptr_t)offset]); }

Value clock_get_microsecond(Value v, void *offset) {
    return small_int_new(*(uint32_t *)(void *)((char *)v + (uintptr_t)offset));
}

Value clock_get_zone(Value v, void *offset) {
    return incref(*(Value *)(void *)((char *)v + (uintptr_t)offset));
}

static const GetSet time_getset[] = {CLOCK_PARTS(Time), {0}};

static const NativeMethod time_methods[] = {
    {"fromisoformat", (void *)time_fromisoformat, NATIVE_ONE, NATIVE_CLASS,
     "The time that an ISO 8601 text tells."},
    METHOD_KW("isoformat", time_isoformat,
              "ISO 8601 text, with the offset if there is a zone. timespec says down to which part; 'auto' "
              "leaves out microseconds that are zero."),
    METHOD_KW("strftime", time_strftime, "A text made after a format, as time.strftime does."),
    METHOD_BARE("__format__", moment_dunder_format, "A text made after a format, as strftime does."),
    METHOD_NOARGS("utcoffset", time_utcoffset, "How far its zone is from UTC, or None."),
    METHOD_NOARGS("tzname", time_tzname, "What its zone is called at that time, or None."),
    METHOD_NOARGS("dst", time_dst, "How much of the offset is summer time, or None."),
    METHOD_KW("replace", time_replace, "The same with the given fields changed."),
    METHOD_FAST("__reduce_ex__", time_reduce_ex, "What pickle takes it apart into."),
    METHOD_NOARGS("__reduce__", time_reduce, "What copy and old pickles take it apart into."),
    METHOD_END,
};

static int time_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Time *)(void *)o)->zone);
    return 0;
}

static void time_free(Heap *heap, HeapObject *o) {
    (void)heap;
    decref(((Time *)(void *)o)->zone);
    value_free(AS_VALUE(o));
}

int time_ready_constants(Type *t) {
    return datetime_constant(t, "min", time_make(t, (Clock){0}, NONE)) < 0 ||
                   datetime_constant(t, "max", time_make(t, (Clock){23, 59, 59, 0, MILLION - 1}, NONE)) < 0 ||
                   datetime_constant(t, "resolution", delta_plain(0, 0, 1)) < 0
               ? -1
               : 0;
}

const TypeSpec day_time_spec = {
    .name = "datetime.time",
    .doc =
        "time(hour=0, minute=0, second=0, microsecond=0, tzinfo=None): a time of day, in a zone or in none",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Time),
    .slots = {.getattr = object_getattr,
              .traverse = time_traverse,
              .free = time_free,
              .repr = time_repr,
              .str = time_str,
              .hash = time_hash,
              .compare = time_compare,
              .new_ = time_new},
    .methods = time_methods,
    .getset = time_getset,
};
