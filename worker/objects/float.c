/* float: arithmetic, comparison with ints of any size, hashing, rounding, and the type. */
#include "objects/float.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "objects/bytes.h"
#include "objects/int_internal.h"
#include "objects/protocols.h"
#include "objects/str.h"

Value float_hex(Value v);
Value float_from_hex(Value cls, Value text);
Value float_from_bytes_text(const char *data, size_t n, Value shown);
Value float_format(Value v, Value spec); /* str_format_spec.c */

Value float_box(double d) {
    Float *f = heap_object_new(rt->heap, &TYPE(float)->kind, sizeof(Float));
    if (!f) return raise_no_memory();
    f->value = d;
    return AS_VALUE(f);
}

/* The operand as a double: 1, 0 not a number here, -1 raised (an int too large). */
static inline int operand(Value v, double *out) {
    if (is_small_float(v)) return *out = small_float(v), 1;
    if (is_small_int(v)) return *out = (double)small_int(v), 1;
    if (is_float(v)) return *out = float_value(v), 1;
    if (!is_int(v)) return 0;
    *out = int_to_double(v);
    return *out == -1.0 && error_pending() ? -1 : 1;
}

#define OPERANDS(a, b)                                                                                       \
    double x, y;                                                                                             \
    int got_ = operand(a, &x);                                                                               \
    if (got_ > 0) got_ = operand(b, &y);                                                                     \
    if (got_ <= 0) return got_ < 0 ? NULL : NOT_IMPLEMENTED

static Value float_add(Value a, Value b) {
    OPERANDS(a, b);
    return float_new(x + y);
}
static Value float_subtract(Value a, Value b) {
    OPERANDS(a, b);
    return float_new(x - y);
}
static Value float_multiply(Value a, Value b) {
    OPERANDS(a, b);
    return float_new(x * y);
}
static Value float_true_divide(Value a, Value b) {
    OPERANDS(a, b);
    if (y == 0) return raise_error(T_ZeroDivisionError, "float division by zero");
    return float_new(x / y);
}

/* Quotient by floor and remainder with the sign of y (y != 0). */
static double floor_divmod(double x, double y, double *quotient) {
    double mod = fmod(x, y), div = (x - mod) / y;
    if (mod != 0) {
        if ((y < 0) != (mod < 0)) mod += y, div -= 1.0;
    } else {
        mod = copysign(0.0, y);
    }
    if (div != 0) {
        *quotient = floor(div);
        if (div - *quotient > 0.5) *quotient += 1.0;
    } else {
        *quotient = copysign(0.0, x / y);
    }
    return mod;
}

static Value float_remainder(Value a, Value b) {
    OPERANDS(a, b);
    if (y == 0) return raise_error(T_ZeroDivisionError, "float modulo");
    double quotient;
    return float_new(floor_divmod(x, y, &quotient));
}
static Value float_floor_divide(Value a, Value b) {
    OPERANDS(a, b);
    if (y == 0) return raise_error(T_ZeroDivisionError, "float floor division by zero");
    double quotient;
    floor_divmod(x, y, &quotient);
    return float_new(quotient);
}
static Value float_divmod(Value a, Value b) {
    OPERANDS(a, b);
    if (y == 0) return raise_error(T_ZeroDivisionError, "float divmod()");
    double quotient, mod = floor_divmod(x, y, &quotient);
    Value pair[2] = {float_new(quotient), float_new(mod)};
    if (pair[0] && pair[1]) return tuple_from_array_steal(pair, 2);
    xdecref(pair[0]);
    xdecref(pair[1]);
    return NULL;
}

static Value float_power(Value a, Value b, Value modulus) {
    if (modulus != NONE)
        return raise_error(T_TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
    OPERANDS(a, b);
    if (x == 0 && y < 0 && isfinite(y))
        return raise_error(T_ZeroDivisionError, "0.0 cannot be raised to a negative power");
    if (x < 0 && isfinite(x) && isfinite(y) && y != floor(y)) {
        Value p = complex_new(x, 0), result = NULL;
        if (p) result = value_power(p, b, NONE);
        xdecref(p);
        return result;
    }
    double result = pow(x, y);
    if (isinf(result) && isfinite(x) && isfinite(y)) {
        Value args[2] = {small_int_new(ERANGE), str_from_cstr("Numerical result out of range")};
        if (!args[1]) return NULL;
        Value pair = tuple_from_array_steal(args, 2);
        Value exception = pair ? value_call_tuple_dict(AS_VALUE(TYPE(OverflowError)), pair, NULL) : NULL;
        xdecref(pair);
        if (exception) raise_value(exception);
        xdecref(exception);
        return NULL;
    }
    return float_new(result);
}

static Value float_negative(Value v) { return float_new(-float_value(v)); }
static Value float_positive(Value v) { return IS_EXACT(v, float) ? incref(v) : float_new(float_value(v)); }
static Value float_absolute(Value v) { return float_new(fabs(float_value(v))); }
static int float_bool(Value v) { return float_value(v) != 0; }
static Value float_int(Value v) { return int_from_double(float_value(v)); }

static Value float_repr(Value v) {
    char buf[40];
    return str_from_ascii(buf, double_repr(float_value(v), buf));
}

/* ---- comparison ---- */

/* Order of a double and an int without rounding the int: -1, 0, 1 (d is not NaN). */
static int compare_with_int(double d, Value i) {
    int64_t n;
    if (int_is_machine(i, &n) && n >= -(INT64_C(1) << 53) && n <= INT64_C(1) << 53)
        return d < (double)n ? -1 : d > (double)n;
    if (isinf(d)) return d < 0 ? -1 : 1;
    IntView view;
    int_view(&view, i);
    return -mpz_cmp_d(view.z, d);
}

static Value float_compare(Value a, Value b, CompareOp op) {
    double x = float_value(a), y = 0;
    if (is_float(b)) {
        y = float_value(b);
    } else if (is_int(b)) {
        if (isnan(x)) return BOOL(op == CMP_NE);
        x = compare_with_int(x, b);
    } else {
        return NOT_IMPLEMENTED;
    }
    switch (op) {
    case CMP_LT: return BOOL(x < y);
    case CMP_LE: return BOOL(x <= y);
    case CMP_EQ: return BOOL(x == y);
    case CMP_NE: return BOOL(x != y);
    case CMP_GT: return BOOL(x > y);
    default: return BOOL(x >= y);
    }
}

/* The value modulo 2**61 - 1, so that equal numbers of any type hash alike. */
Hash double_hash(double d) {
    if (isinf(d)) return d > 0 ? 314159 : -314159;
    if (isnan(d)) return 0;
    int exponent;
    double m = frexp(d, &exponent);
    Hash sign = 1;
    if (m < 0) sign = -1, m = -m;
    uint64_t x = 0;
    const uint64_t modulus = (UINT64_C(1) << 61) - 1;
    while (m != 0) {
        x = ((x << 28) & modulus) | x >> 33;
        m *= 268435456.0;
        exponent -= 28;
        uint64_t y = (uint64_t)m;
        m -= (double)y;
        x += y;
        if (x >= modulus) x -= modulus;
    }
    exponent = exponent >= 0 ? exponent % 61 : 60 - ((-1 - exponent) % 61);
    x = ((x << exponent) & modulus) | x >> (61 - exponent);
    Hash h = (Hash)x * sign;
    return h == -1 ? -2 : h;
}

static Hash float_hash(Value v) {
    double d = float_value(v);
    if (!isnan(d)) return double_hash(d);
    Hash h = (Hash)((uintptr_t)v >> 4 | (uintptr_t)v << 60);
    return h == -1 ? -2 : h;
}

/* ---- methods ---- */

static Value float_is_integer(Value v) {
    double d = float_value(v);
    return BOOL(isfinite(d) && floor(d) == d);
}

static Value float_as_integer_ratio(Value v) {
    double d = float_value(v);
    if (isinf(d)) return raise_error(T_OverflowError, "cannot convert Infinity to integer ratio");
    if (isnan(d)) return raise_error(T_ValueError, "cannot convert NaN to integer ratio");
    int exponent;
    double m = frexp(d, &exponent);
    for (int i = 0; i < 300 && m != floor(m); i++) m *= 2, exponent--;
    Value pair[2] = {int_from_double(m), small_int_new(1)};
    if (!pair[0]) return NULL;
    Value shifted =
        int_lshift(exponent > 0 ? pair[0] : pair[1], small_int_new(exponent > 0 ? exponent : -exponent));
    if (!shifted) {
        decref(pair[0]);
        return NULL;
    }
    decref(pair[exponent <= 0]);
    pair[exponent <= 0] = shifted;
    return tuple_from_array_steal(pair, 2);
}

/* To `digits` places by the shortest decimal that is nearest, halves as the exact value says. */
static Value round_to(double d, int digits) {
    char buf[512];
    if (digits >= 0) {
        snprintf(buf, sizeof buf, "%.*f", digits, d);
    } else {
        /* %e with the right number of digits rounds correctly at a place before the point */
        snprintf(buf, sizeof buf, "%.20e", d);
        int exponent = atoi(strchr(buf, 'e') + 1);
        double unit = pow(10, -digits);
        if (fabs(d) < unit / 2) return float_new(copysign(0.0, d));
        int keep = exponent + digits;
        if (keep < 0) {
            double candidate = fabs(d) > unit / 2 ? unit : 0.0; /* one digit or none is left */
            return float_new(copysign(candidate, d));
        }
        snprintf(buf, sizeof buf, "%.*e", keep, d);
    }
    double result = strtod(buf, NULL);
    if (isinf(result)) return raise_error(T_OverflowError, "rounded value too large to represent");
    return float_new(result);
}

static Value float_round(Value v, Value const *args, size_t nargs) {
    if (!args_count("__round__", nargs, 0, 1)) return NULL;
    double d = float_value(v);
    if (nargs == 0 || args[0] == NONE) return int_from_double(rint(d)); /* to even on ties */
    ssize_t digits = value_as_ssize(args[0], NULL);
    if (digits == -1 && error_pending()) return NULL;
    if (!isfinite(d) || digits > 323) return float_new(d);
    if (digits < -309) return float_new(0.0 * d);
    return round_to(d, (int)digits);
}

static Value float_floor(Value v) { return int_from_double(floor(float_value(v))); }
static Value float_ceil(Value v) { return int_from_double(ceil(float_value(v))); }

static Value float_getnewargs(Value v) {
    Value d = float_new(float_value(v));
    return d ? tuple_from_array_steal(&d, 1) : NULL;
}

static Value float_getformat(Value cls, Value kind) {
    (void)cls;
    if (!is_str(kind)) return raise_error(T_TypeError, "__getformat__() argument must be str, not %K", kind);
    if (!str_utf8(kind, NULL)) return NULL;
    if (!str_equal_cstr(kind, "double") && !str_equal_cstr(kind, "float"))
        return raise_error(T_ValueError, "__getformat__() argument 1 must be 'double' or 'float'");
    return str_from_cstr("IEEE, little-endian");
}

static Value float_format_method(Value v, Value spec) {
    if (!is_str(spec)) return raise_error(T_TypeError, "__format__() argument must be str, not %K", spec);
    return float_format(v, spec);
}

static Value get_real(Value v, void *closure) { return (void)closure, float_positive(v); }
static Value get_imag(Value v, void *closure) { return (void)v, (void)closure, SMALL_FLOAT_ZERO; }

/* ---- construction ---- */

static Value plain_float(Value x) {
    if (!x) return SMALL_FLOAT_ZERO;
    return value_float(x);
}

static Value float_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type->slots.init == TYPE(float)->slots.init && !args_no_keywords("float", kwnames)) return NULL;
    if (!args_count("float", nargs, 0, 1)) return NULL;
    Value v = plain_float(nargs ? args[0] : NULL);
    if (!v || type == TYPE(float)) return v;
    Float *instance = (Float *)value_alloc(type, 0);
    if (instance) {
        instance->value = float_value(v);
        if (type->flags & TYPE_GC) value_track(AS_VALUE(instance));
    }
    decref(v);
    return AS_VALUE(instance);
}

static Value float_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    return float_make((Type *)callable, args, nargs, kwnames);
}

static void float_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free(AS_VALUE(o));
}

static const GetSet float_getset[] = {
    {"real", get_real, NULL, "the real part", NULL},
    {"imag", get_imag, NULL, "the imaginary part", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const NativeMethod float_methods[] = {
    METHOD_NOARGS("conjugate", float_positive, "conjugate($self, /)\n--\n\nThe number itself."),
    METHOD_NOARGS("__trunc__", float_int, "__trunc__($self, /)\n--\n\nThe int next to it towards zero."),
    METHOD_NOARGS("__floor__", float_floor, "__floor__($self, /)\n--\n\nThe largest integer not above it."),
    METHOD_NOARGS("__ceil__", float_ceil, "__ceil__($self, /)\n--\n\nThe smallest int not below it."),
    METHOD_FAST("__round__", float_round,
                "__round__($self, ndigits=None, /)\n--\n\nThe nearest int, or float with ndigits; halves go "
                "to the even one."),
    METHOD_NOARGS("as_integer_ratio", float_as_integer_ratio,
                  "as_integer_ratio($self, /)\n--\n\nThe two integers, the second above zero, whose ratio is "
                  "exactly this."),
    {"fromhex", (void *)float_from_hex, NATIVE_ONE, NATIVE_CLASS,
     "fromhex($type, string, /)\n--\n\nThe float that hex() wrote as this text."},
    METHOD_NOARGS(
        "hex", float_hex,
        "hex($self, /)\n--\n\nThe float to its last bit, in hexadecimal digits and a power of two."),
    METHOD_NOARGS("is_integer", float_is_integer,
                  "is_integer($self, /)\n--\n\nWhether there is no fraction."),
    METHOD_NOARGS("__getnewargs__", float_getnewargs, "__getnewargs__($self, /)\n--\n\n"),
    {"__getformat__", (void *)float_getformat, NATIVE_ONE, NATIVE_CLASS,
     "__getformat__($type, typestr, /)\n--\n\nHow this machine lays out floats or doubles."},
    METHOD_ONE("__format__", float_format_method,
               "__format__($self, format_spec, /)\n--\n\nA text after a format specification."),
    METHOD_END,
};

const TypeSpec float_type_spec = {
    .name = "float",
    .doc = "float(x=0, /)\n--\n\nA number with a fraction, from a number or from the text of one.",
    .flags = TYPE_SUBCLASSABLE | TYPE_MATCH_SELF | TYPE_FLOAT_SUBCLASS,
    .basic_size = sizeof(Float),
    .slots = {.getattr = object_getattr,
              .free = float_free,
              .repr = float_repr,
              .hash = float_hash,
              .compare = float_compare,
              .new_ = float_make,
              .add = float_add,
              .subtract = float_subtract,
              .multiply = float_multiply,
              .remainder = float_remainder,
              .divmod = float_divmod,
              .power = float_power,
              .negative = float_negative,
              .positive = float_positive,
              .absolute = float_absolute,
              .bool_ = float_bool,
              .int_ = float_int,
              .float_ = float_positive,
              .floor_divide = float_floor_divide,
              .true_divide = float_true_divide},
    .methods = float_methods,
    .getset = float_getset,
    .construct = float_construct,
};
