/* complex: pairs of doubles, with CPython's rules for signs of zero, overflow and powers. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "objects/float.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"

Value complex_format(Value v, Value spec); /* str_format_spec.c */
char *number_text_ascii(Value v, size_t *length);
double double_from_ascii(const char *text, const char **end);

typedef struct Pair {
    double re, im;
} Pair;

static Value complex_alloc(Type *type, double re, double im) {
    Complex *c = (Complex *)value_alloc(type, 0);
    if (!c) return NULL;
    c->real = re;
    c->imag = im;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(c));
    return AS_VALUE(c);
}

Value complex_new(double re, double im) { return complex_alloc(TYPE(complex), re, im); }

static bool is_complex(Value v) { return is_object(v) && IS(v, complex); }
static Pair pair_of(Value v) { return (Pair){((Complex *)v)->real, ((Complex *)v)->imag}; }
static Value from_pair(Pair p) { return complex_new(p.re, p.im); }

/* 1, 0 not a number here, -1 raised. */
static int operand(Value v, Pair *out) {
    if (is_complex(v)) return *out = pair_of(v), 1;
    out->im = 0;
    if (is_float(v)) return out->re = float_value(v), 1;
    if (!is_int(v)) return 0;
    out->re = int_to_double(v);
    return out->re == -1.0 && error_pending() ? -1 : 1;
}

#define OPERANDS(a, b)                                                                                       \
    Pair x, y;                                                                                               \
    int got_ = operand(a, &x);                                                                               \
    if (got_ > 0) got_ = operand(b, &y);                                                                     \
    if (got_ <= 0) return got_ < 0 ? NULL : NOT_IMPLEMENTED

static Pair product(Pair x, Pair y) { return (Pair){x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re}; }

/* Smith's method: scales by the larger part of the divisor. errno EDOM for a zero divisor. */
static Pair quotient(Pair x, Pair y) {
    double re = fabs(y.re), im = fabs(y.im);
    if (re >= im) {
        if (re == 0) {
            errno = EDOM;
            return (Pair){0, 0};
        }
        double ratio = y.im / y.re, divisor = y.re + y.im * ratio;
        return (Pair){(x.re + x.im * ratio) / divisor, (x.im - x.re * ratio) / divisor};
    }
    if (im >= re) {
        double ratio = y.re / y.im, divisor = y.re * ratio + y.im;
        return (Pair){(x.re * ratio + x.im) / divisor, (x.im * ratio - x.re) / divisor};
    }
    return (Pair){NAN, NAN};
}

static Value complex_add(Value a, Value b) {
    OPERANDS(a, b);
    return complex_new(x.re + y.re, x.im + y.im);
}
static Value complex_subtract(Value a, Value b) {
    OPERANDS(a, b);
    return complex_new(x.re - y.re, x.im - y.im);
}
static Value complex_multiply(Value a, Value b) {
    OPERANDS(a, b);
    return from_pair(product(x, y));
}
static Value complex_true_divide(Value a, Value b) {
    OPERANDS(a, b);
    errno = 0;
    Pair q = quotient(x, y);
    if (errno == EDOM) return raise_error(T_ZeroDivisionError, "complex division by zero");
    return from_pair(q);
}

static Pair power_unsigned(Pair x, long n) {
    Pair r = {1, 0}, p = x;
    for (long mask = 1; mask > 0 && n >= mask; mask <<= 1) {
        if (n & mask) r = product(r, p);
        p = product(p, p);
    }
    return r;
}

static Pair power_general(Pair x, Pair y) {
    if (y.re == 0 && y.im == 0) return (Pair){1, 0};
    if (x.re == 0 && x.im == 0) {
        if (y.im != 0 || y.re < 0) errno = EDOM;
        return (Pair){0, 0};
    }
    double size = hypot(x.re, x.im), length = pow(size, y.re), angle = atan2(x.im, x.re),
           phase = angle * y.re;
    if (y.im != 0) {
        length /= exp(angle * y.im);
        phase += y.im * log(size);
    }
    return (Pair){length * cos(phase), length * sin(phase)};
}

static Value complex_power(Value a, Value b, Value modulus) {
    OPERANDS(a, b);
    if (modulus != NONE) return raise_error(T_ValueError, "complex modulo");
    errno = 0;
    Pair r;
    if (y.im == 0 && y.re == floor(y.re) && fabs(y.re) <= 100.0) {
        long n = (long)y.re;
        r = n > 0 ? power_unsigned(x, n) : quotient((Pair){1, 0}, power_unsigned(x, -n));
    } else {
        r = power_general(x, y);
    }
    if (errno == EDOM) return raise_error(T_ZeroDivisionError, "0.0 to a negative or complex power");
    if (isinf(r.re) || isinf(r.im)) return raise_error(T_OverflowError, "complex exponentiation");
    return from_pair(r);
}

static Value complex_negative(Value v) { return complex_new(-pair_of(v).re, -pair_of(v).im); }
static Value complex_positive(Value v) { return IS_EXACT(v, complex) ? incref(v) : from_pair(pair_of(v)); }

static Value complex_absolute(Value v) {
    Pair p = pair_of(v);
    double d = hypot(p.re, p.im);
    if (isinf(d) && isfinite(p.re) && isfinite(p.im))
        return raise_error(T_OverflowError, "absolute value too large");
    return float_new(d);
}

static int complex_bool(Value v) { return pair_of(v).re != 0 || pair_of(v).im != 0; }

static Hash complex_hash(Value v) {
    uint64_t h = (uint64_t)double_hash(pair_of(v).re) + 1000003 * (uint64_t)double_hash(pair_of(v).im);
    return h == UINT64_MAX ? -2 : (Hash)h;
}

static Value complex_compare(Value a, Value b, CompareOp op) {
    if (op != CMP_EQ && op != CMP_NE) return NOT_IMPLEMENTED;
    Pair x = pair_of(a);
    bool equal;
    if (is_complex(b)) {
        equal = x.re == pair_of(b).re && x.im == pair_of(b).im;
    } else if (is_float(b) || is_int(b)) {
        Value re = x.im == 0 ? float_new(x.re) : NULL;
        int same = re ? value_compare_bool(re, b, CMP_EQ) : 0;
        xdecref(re);
        if (same < 0) return NULL;
        equal = same && !isnan(x.re);
    } else {
        return NOT_IMPLEMENTED;
    }
    return BOOL(equal == (op == CMP_EQ));
}

/* A part as repr shows it: integral ones without ".0". */
static size_t part_text(double d, char *buf, bool with_sign) {
    char *p = buf;
    if (with_sign && !signbit(d) && !isnan(d)) *p++ = '+';
    if (with_sign && isnan(d)) *p++ = '+';
    size_t n = double_repr(d, p);
    if (n > 2 && p[n - 2] == '.' && p[n - 1] == '0') n -= 2;
    return (size_t)(p - buf) + n;
}

static Value complex_repr(Value v) {
    Pair x = pair_of(v);
    char buf[96], *p = buf;
    bool whole = !(x.re == 0 && !signbit(x.re));
    if (whole) {
        *p++ = '(';
        p += part_text(x.re, p, false);
    }
    p += part_text(x.im, p, whole);
    *p++ = 'j';
    if (whole) *p++ = ')';
    return str_from_ascii(buf, (size_t)(p - buf));
}

/* ---- construction ---- */

static Value raise_malformed(void) {
    return raise_error(T_ValueError, "complex() arg is a malformed string");
}

/* "a", "bj", "a+bj", in parentheses or not, spaces around allowed. 0, -1 malformed. */
static int parse(const char *s, Pair *out) {
    while (*s == ' ') s++;
    bool open = *s == '(';
    if (open) do
            s++;
        while (*s == ' ');
    const char *end;
    out->re = out->im = 0;
    double first = double_from_ascii(s, &end);
    if (end != s) {
        s = end;
        if (*s == '+' || *s == '-') {
            out->re = first;
            out->im = double_from_ascii(s, &end);
            if (end == s) {
                out->im = *s == '+' ? 1.0 : -1.0;
                end = s + 1;
            }
            s = end;
            if (*s != 'j' && *s != 'J') return -1;
            s++;
        } else if (*s == 'j' || *s == 'J') {
            s++;
            out->im = first;
        } else {
            out->re = first;
        }
    } else {
        out->im = 1.0;
        if (*s == '+' || *s == '-') out->im = *s++ == '+' ? 1.0 : -1.0;
        if (*s != 'j' && *s != 'J') return -1;
        s++;
    }
    while (*s == ' ') s++;
    if (open) {
        if (*s++ != ')') return -1;
        while (*s == ' ') s++;
    }
    return *s ? -1 : 0;
}

/* Takes out the underscores between digits; false if there is any other. */
static bool drop_underscores(char *text) {
    char *to = text, previous = 0;
    for (char *p = text; *p; previous = *p++) {
        bool digits = previous >= '0' && previous <= '9' && p[1] >= '0' && p[1] <= '9';
        if (*p == '_' && !digits) return false;
        if (*p != '_') *to++ = *p;
    }
    *to = 0;
    return true;
}

static Value from_text(Type *type, Value text) {
    size_t n;
    char *ascii = number_text_ascii(text, &n);
    if (!ascii) return NULL;
    for (char *p = ascii; *p; p++)
        if (*p >= 9 && *p <= 13) *p = ' ';
    Pair p = {0, 0};
    bool whole = strlen(ascii) == n, plain = drop_underscores(ascii);
    int status = whole && plain ? parse(ascii, &p) : -1;
    heap_free(rt->heap, ascii);
    if (error_pending()) return NULL;
    if (!plain) return raise_error(T_ValueError, "could not convert string to complex: %R", text);
    return status < 0 ? raise_malformed() : complex_alloc(type, p.re, p.im);
}

/* Value of __complex__ when v has one: 1, 0, -1. */
static int special(Value v, Pair *out) {
    if (IS_EXACT(v, complex)) return *out = pair_of(v), 1;
    Value self, method = value_lookup_special(v, NAME(__complex__), &self);
    if (!method) {
        if (error_pending()) return -1;
        if (is_complex(v)) return *out = pair_of(v), 1;
        return 0;
    }
    Value result = self ? value_call_one(method, self) : value_call_noargs(method);
    decref(method);
    if (!result) return -1;
    int status = 1;
    if (!is_complex(result))
        status = raise_int(T_TypeError, "__complex__ returned non-complex (type %T)", result);
    else if (!IS_EXACT(result, complex) &&
             raise_warning(
                 T_DeprecationWarning, 1,
                 "__complex__ returned non-complex (type %.200T).  The ability to return an instance of a "
                 "strict "
                 "subclass of complex is deprecated, and may be removed in a future version of Python.",
                 result) < 0)
        status = -1;
    else *out = pair_of(result);
    decref(result);
    return status;
}

/* An argument that is no str: 1 from a complex number or __complex__ (asked of the first one only), 2 from a real number, -1. */
static int numeric(Value v, Pair *out, const char *which) {
    int got = which[0] == 's' ? 0 : special(v, out);
    if (got != 0) return got;
    if (!is_float(v) && !type_of(v)->slots.float_ && !value_has_index(v))
        return raise_int(T_TypeError,
                         which[0] == 's' ? "complex() second argument must be a number, not '%T'"
                                         : "complex() first argument must be a string or a number, not '%T'",
                         v);
    Value real = value_float(v);
    if (!real) return -1;
    *out = (Pair){float_value(real), 0};
    decref(real);
    return 2;
}

static Value complex_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"real", "imag", NULL};
    static const ArgSpec spec = {"complex", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value r = out[0], i = out[1];
    if (r && !i && type == TYPE(complex) && IS_EXACT(r, complex)) return incref(r);
    if (r && is_str(r)) {
        if (i) return raise_error(T_TypeError, "complex() can't take second arg if first is a string");
        return from_text(type, r);
    }
    if (i && is_str(i)) return raise_error(T_TypeError, "complex() second arg can't be a string");
    Pair x = {0, 0}, y = {0, 0};
    int first = 2, second = 2;
    if (r && (first = numeric(r, &x, "first")) < 0) return NULL;
    if (i && is_complex(i)) y = pair_of(i), second = 1;
    else if (i && (second = numeric(i, &y, "second")) < 0) return NULL;
    double re = x.re, im = i ? y.re : 0;
    if (i && second == 1) re -= y.im;
    if (first == 1) im = i ? im + x.im : x.im;
    return complex_alloc(type, re, im);
}

static Value complex_conjugate(Value v) { return complex_new(pair_of(v).re, -pair_of(v).im); }

static Value complex_getnewargs(Value v) {
    Value parts[2] = {float_new(pair_of(v).re), float_new(pair_of(v).im)};
    if (parts[0] && parts[1]) return tuple_from_array_steal(parts, 2);
    xdecref(parts[0]);
    xdecref(parts[1]);
    return NULL;
}

static Value complex_complex(Value v) { return complex_positive(v); }

static Value complex_format_method(Value v, Value spec) {
    if (!is_str(spec)) return raise_error(T_TypeError, "__format__() argument must be str, not %K", spec);
    return complex_format(v, spec);
}

static void complex_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free(AS_VALUE(o));
}

static const NativeMethod complex_methods[] = {
    METHOD_NOARGS("conjugate", complex_conjugate,
                  "conjugate($self, /)\n--\n\nThe same with the imaginary part negated."),
    METHOD_NOARGS("__complex__", complex_complex,
                  "__complex__($self, /)\n--\n\nThe same as a plain complex."),
    METHOD_NOARGS("__getnewargs__", complex_getnewargs, "__getnewargs__($self, /)\n--\n\n"),
    METHOD_ONE("__format__", complex_format_method,
               "__format__($self, format_spec, /)\n--\n\nA text after a format specification."),
    METHOD_END,
};

static const Member complex_members[] = {
    {"real", MEMBER_DOUBLE, offsetof(Complex, real), true, "the real part"},
    {"imag", MEMBER_DOUBLE, offsetof(Complex, imag), true, "the imaginary part"},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec complex_type_spec = {
    .name = "complex",
    .doc = "complex(real=0, imag=0)\n--\n\ncomplex(real=0, imag=0): a number with two parts, or the one that "
           "a text tells.",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Complex),
    .slots = {.getattr = object_getattr,
              .free = complex_free,
              .repr = complex_repr,
              .hash = complex_hash,
              .compare = complex_compare,
              .new_ = complex_make,
              .add = complex_add,
              .subtract = complex_subtract,
              .multiply = complex_multiply,
              .power = complex_power,
              .negative = complex_negative,
              .positive = complex_positive,
              .absolute = complex_absolute,
              .bool_ = complex_bool,
              .true_divide = complex_true_divide},
    .methods = complex_methods,
    .members = complex_members,
};
