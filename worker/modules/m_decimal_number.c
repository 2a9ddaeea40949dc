/* _decimal_number: the type Number and what connects it with the pure methods; decimal_number.h says how they
 * share the work. */
#include <math.h>

#include "modules/decimal_wide.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* ---- the pure methods ---- */

static Value slow_borrow(const char *name) {
    Value key = str_intern_cstr(name),
          found = key && DECIMAL->slow ? dict_get_str_borrow(DECIMAL->slow, key) : NULL;
    xdecref(key);
    if (!found && !error_pending()) raise_error(T_RuntimeError, "decimal has no method %s", name);
    return found;
}

/* The pure methods make strs of coefficients, to which the limit on the digits of ints is not meant. */
static Value slow_all(const char *name, Value v, Value const *args, size_t nargs, Value kwnames) {
    Value method = slow_borrow(name);
    int32_t limit = rt->int_max_str_digits;
    rt->int_max_str_digits = 0;
    Value result = !method ? NULL
                   : v     ? value_call_prepend(method, v, args, nargs, kwnames)
                           : value_call(method, args, nargs, kwnames);
    rt->int_max_str_digits = limit;
    return result;
}

static Value slow_one(const char *name, Value v) { return slow_all(name, v, NULL, 0, NULL); }
static Value slow_two(const char *name, Value a, Value b) { return slow_all(name, a, &b, 1, NULL); }

/* ---- operands ---- */

static Value number_from_int(Type *type, Value n) {
    bool negative = int_sign(n) < 0;
    return number_new_steal(type, negative, negative ? int_negative(n) : int_exact(n), 0);
}

/* Exactly the value of a finite float: its mantissa times a power of two, which is one of five with as many places. */
static Value number_from_double(Type *type, double d) {
    int exponent;
    int64_t mantissa = (int64_t)ldexp(frexp(fabs(d), &exponent), 53);
    exponent -= 53;
    int zeros = mantissa ? __builtin_ctzll((uint64_t)mantissa) : 0;
    if (exponent < 0 && mantissa) {
        zeros = zeros < -exponent ? zeros : -exponent;
        mantissa >>= zeros;
        exponent += zeros;
    }
    if (mantissa == 0) exponent = 0;
    Value base = small_int_new(exponent < 0 ? 5 : 2), whole = int_from_i64(mantissa);
    Value power = int_power(base, small_int_new(exponent < 0 ? -exponent : exponent), NONE);
    Value coefficient = power && whole ? int_multiply(whole, power) : NULL;
    xdecref(power);
    xdecref(whole);
    return number_new_steal(type, signbit(d), coefficient, exponent < 0 ? exponent : 0);
}

/* A finite operand: v itself or made of an int. New; NULL without an error: it is no such thing. */
static Value operand(Value v) {
    if (is_number(v)) return is_finite(v) ? incref(v) : NULL;
    return is_int(v) ? number_from_int(NULL, v) : NULL;
}

/* ---- arithmetic ---- */

typedef struct BinaryRow {
    const char *name, *reflected;
    NumberOp run;
} BinaryRow;

static const BinaryRow add_row = {"__add__", "__radd__", number_add},
                       subtract_row = {"__sub__", "__rsub__", number_subtract},
                       multiply_row = {"__mul__", "__rmul__", number_multiply},
                       divide_row = {"__truediv__", "__rtruediv__", number_divide},
                       floor_row = {"__floordiv__", "__rfloordiv__", number_floor_divide},
                       remainder_row = {"__mod__", "__rmod__", number_remainder},
                       power_row = {"__pow__", "__rpow__", number_power};

/* NOT_IMPLEMENTED: by the pure method. */
static Value run_binary(const BinaryRow *row, Value a, Value b, Value context_or_null) {
    Limits limits;
    Value x = operand(a), y = x ? operand(b) : NULL, result = error_pending() ? NULL : NOT_IMPLEMENTED;
    if (y) {
        int status = limits_get(&limits, context_or_null);
        if (status > 0) {
            result = row->run(&limits, x, y);
            limits_drop(&limits);
        } else if (status < 0) {
            result = NULL;
        }
    }
    xdecref(x);
    xdecref(y);
    return result;
}

static Value binary(const BinaryRow *row, Value a, Value b) {
    Value result = run_binary(row, a, b, NULL);
    if (result != NOT_IMPLEMENTED) return result;
    return is_number(a) ? slow_two(row->name, a, b) : slow_two(row->reflected, b, a);
}

/* a.__add__(b, context=None), as the pure methods call it. */
static Value binary_method(const BinaryRow *row, bool reflected, Value v, Value const *args, size_t nargs,
                           Value kwnames) {
    static const char *const names[] = {"other", "context", NULL};
    const char *name = reflected ? row->reflected : row->name;
    const ArgSpec spec = {name, names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value result = reflected ? run_binary(row, out[0], v, out[1]) : run_binary(row, v, out[0], out[1]);
    return result != NOT_IMPLEMENTED ? result : slow_all(name, v, args, nargs, kwnames);
}

#define BINARY(id)                                                                                           \
    static Value slot_##id(Value a, Value b) { return binary(&id##_row, a, b); }                             \
    static Value method_##id(Value v, Value const *args, size_t nargs, Value kwnames) {                      \
        return binary_method(&id##_row, false, v, args, nargs, kwnames);                                     \
    }                                                                                                        \
    static Value reflected_##id(Value v, Value const *args, size_t nargs, Value kwnames) {                   \
        return binary_method(&id##_row, true, v, args, nargs, kwnames);                                      \
    }
BINARY(add)
BINARY(subtract)
BINARY(multiply)
BINARY(divide)
BINARY(floor)
BINARY(remainder)

static Value method_power(Value v, Value const *args, size_t nargs, Value kwnames) {
    Value result = nargs == 1 && !kwnames ? run_binary(&power_row, v, args[0], NULL) : NOT_IMPLEMENTED;
    return result != NOT_IMPLEMENTED ? result : slow_all("__pow__", v, args, nargs, kwnames);
}

/* Of wide numbers that are not 0; NOT_IMPLEMENTED: by the pure method. */
static Value divide_both(const Limits *l, Value a, Value b) {
    Value parts[2] = {NULL, NULL};
    Wide quotient, rest;
    int64_t exponent;
    bool negative = number_of(a)->negative;
    if (!wide_divmod(a, b, &quotient, &rest, &exponent) || wide_digits(quotient) > l->precision)
        return NOT_IMPLEMENTED;
    if (!wide_finish(l, negative != number_of(b)->negative, quotient, 0, &parts[0]))
        parts[0] = NOT_IMPLEMENTED;
    if (!wide_finish(l, negative, rest, exponent, &parts[1])) parts[1] = NOT_IMPLEMENTED;
    if (parts[0] && parts[1] && parts[0] != NOT_IMPLEMENTED && parts[1] != NOT_IMPLEMENTED)
        return tuple_from_array_steal(parts, 2);
    bool failed = !parts[0] || !parts[1];
    xdecref(parts[0]);
    xdecref(parts[1]);
    return failed ? NULL : NOT_IMPLEMENTED;
}

static Value slot_divmod(Value a, Value b) {
    Limits limits;
    Value result = NOT_IMPLEMENTED;
    bool plain = is_number(a) && is_number(b) && is_finite(a) && is_finite(b) && both_wide(a, b) &&
                 !is_zero(a) && !is_zero(b);
    int status = plain ? limits_get(&limits, NULL) : 0;
    if (status < 0) return NULL;
    if (status > 0) {
        result = divide_both(&limits, a, b);
        limits_drop(&limits);
    }
    if (result != NOT_IMPLEMENTED) return result;
    return is_number(a) ? slow_two("__divmod__", a, b) : slow_two("__rdivmod__", b, a);
}

/* With a modulus any of the three may be the Decimal that has it called. */
static Value slot_power(Value a, Value b, Value modulus) {
    if (modulus == NONE) return binary(&power_row, a, b);
    Value base = is_number(a) ? incref(a) : is_int(a) ? number_from_int(NULL, a) : NOT_IMPLEMENTED;
    if (!base || base == NOT_IMPLEMENTED) return base;
    Value args[2] = {b, modulus}, result = slow_all("__pow__", base, args, 2, NULL);
    decref(base);
    return result;
}

/* sqrt(context=None) */
static Value method_sqrt(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"context", NULL};
    static const ArgSpec spec = {"sqrt", names, 1, 0, 1};
    Value out[1], result = NOT_IMPLEMENTED;
    Limits limits;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int status = is_finite(v) ? limits_get(&limits, out[0]) : 0;
    if (status < 0) return NULL;
    if (status > 0) {
        result = number_sqrt(&limits, v);
        limits_drop(&limits);
    }
    return result != NOT_IMPLEMENTED ? result : slow_all("sqrt", v, args, nargs, kwnames);
}

/* A finite one within the limits; NOT_IMPLEMENTED: by the pure method. */
static Value within(const Limits *l, Value v, bool negative) {
    Number *n = number_of(v);
    Value result;
    if (n->wide && wide_finish(l, negative, number_wide(n), n->exponent, &result)) return result;
    return number_integer(v) ? number_finish_steal(l, negative, incref(n->coefficient), n->exponent) : NULL;
}

/* The value rounded to the context: +v, -v, abs(v). A zero loses its sign, but for rounding down. */
static Value rounded(const char *name, Value v, bool negative) {
    Limits limits;
    int status = is_finite(v) && !is_zero(v) ? limits_get(&limits, NULL) : 0;
    if (status < 0) return NULL;
    if (status > 0) {
        Value result = within(&limits, v, negative);
        limits_drop(&limits);
        if (result != NOT_IMPLEMENTED) return result;
    }
    return slow_one(name, v);
}

static Value number_negative(Value v) { return rounded("__neg__", v, !number_of(v)->negative); }
static Value number_positive(Value v) { return rounded("__pos__", v, number_of(v)->negative); }
static Value number_absolute(Value v) { return rounded("__abs__", v, false); }

#define UNARY_METHOD(id, name)                                                                               \
    static Value method_##id(Value v, Value const *args, size_t nargs, Value kwnames) {                      \
        return nargs || kwnames ? slow_all(name, v, args, nargs, kwnames) : number_##id(v);                  \
    }
UNARY_METHOD(negative, "__neg__")
UNARY_METHOD(positive, "__pos__")
UNARY_METHOD(absolute, "__abs__")

static int number_bool(Value v) { return !is_finite(v) || !is_zero(v); }

/* ---- comparison ---- */

static const char *const compare_names[] = {"__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__"};

/* The same, and made of a finite float where the context lets it. */
static Value comparison_operand(Value v) {
    if (!is_float(v) || !isfinite(float_value(v))) return operand(v);
    return signal_float_operation() > 0 ? number_from_double(NULL, float_value(v)) : NULL;
}

static Value number_compare(Value a, Value b, CompareOp op) {
    int order;
    Value x = operand(a), y = x ? comparison_operand(b) : NULL;
    bool known = y && number_order(x, y, &order);
    xdecref(x);
    xdecref(y);
    if (error_pending()) return NULL;
    if (!known) {
        if (op != CMP_NE) return slow_two(compare_names[op], a, b);
        Value equal = slow_two("__eq__", a, b);
        return equal == TRUE || equal == FALSE ? BOOL(equal == FALSE) : equal;
    }
    return BOOL(compare_holds(order, 0, op));
}

/* self._cmp(other), for the pure methods: no NaNs come here. */
static Value number_cmp(Value v, Value other) {
    int order;
    if (is_number(other) && is_finite(v) && is_finite(other) && number_order(v, other, &order))
        return small_int_new(order);
    return error_pending() ? NULL : slow_two("_cmp", v, other);
}

/* As an int or a float of the same value hashes: modulo 2**61 - 1. */
static const uint64_t hash_modulus = (UINT64_C(1) << 61) - 1;

static uint64_t power_modulo(uint64_t base, uint64_t exponent) {
    uint64_t result = 1;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1) result = (uint64_t)((unsigned __int128)result * base % hash_modulus);
        base = (uint64_t)((unsigned __int128)base * base % hash_modulus);
    }
    return result;
}

static Hash number_hash(Value v) {
    Number *n = number_of(v);
    if (n->hash != -1) return n->hash;
    if (n->kind != FINITE) {
        Value h = slow_one("__hash__", v);
        int64_t hash = -1;
        if (h) int_to_i64(h, &hash);
        xdecref(h);
        return n->hash = (Hash)hash;
    }
    uint64_t size = n->exponent < 0 ? -(uint64_t)n->exponent : (uint64_t)n->exponent;
    uint64_t base = n->exponent < 0 ? power_modulo(10, hash_modulus - 2) : 10;
    uint64_t coefficient =
        n->wide ? (uint64_t)(number_wide(n) % hash_modulus) : (uint64_t)int_hash(n->coefficient);
    uint64_t m = (uint64_t)((unsigned __int128)coefficient * power_modulo(base, size) % hash_modulus);
    Hash h = n->negative ? -(Hash)m : (Hash)m;
    return n->hash = h == -1 ? -2 : h;
}

/* ---- text and other numbers ---- */

static Value number_str(Value v) {
    if (!is_finite(v)) return slow_one("__str__", v);
    const Number *n = number_of(v);
    int64_t left = n->exponent + number_digits(v), capitals = 1;
    if (n->exponent > 0 || left <= -6) {
        Limits limits;
        int status = limits_get(&limits, NULL);
        if (status <= 0) return status < 0 ? NULL : slow_one("__str__", v);
        Value setting = attrs_get_borrow(limits.context, NAME(capitals));
        if (setting) int_to_i64(setting, &capitals);
        limits_drop(&limits);
    }
    return number_text(v, capitals != 0);
}

static Value method_str(Value v, Value const *args, size_t nargs, Value kwnames) {
    return nargs || kwnames ? slow_all("__str__", v, args, nargs, kwnames) : number_str(v);
}

static Value number_repr(Value v) {
    Value text = number_str(v), result = text ? str_format("Decimal('%U')", text) : NULL;
    xdecref(text);
    return result;
}

static Value number_int(Value v) {
    const Number *n = number_of(v);
    if (n->kind != FINITE || n->exponent > 5000 || n->exponent < -5000) return slow_one("__int__", v);
    if (!number_integer(v)) return NULL;
    Value power = power_of_ten(n->exponent < 0 ? -n->exponent : n->exponent), result = NULL;
    if (power)
        result =
            n->exponent < 0 ? int_floor_divide(n->coefficient, power) : int_multiply(n->coefficient, power);
    xdecref(power);
    if (result && n->negative) SET_FIELD_STEAL(result, int_negative(result));
    return result;
}

static Value number_float(Value v) {
    const Number *n = number_of(v);
    if (!is_finite(v)) return slow_one("__float__", v);
    /* Of two doubles that are exact the quotient and the product are right. */
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                    1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (n->wide && !n->high && n->low < UINT64_C(1) << 53 && n->exponent >= -22 && n->exponent <= 22) {
        double d = (double)n->low;
        d = n->exponent < 0 ? d / powers[-n->exponent] : d * powers[n->exponent];
        return float_new(n->negative ? -d : d);
    }
    Value text = number_text(v, true), result = text ? float_from_text(text) : NULL;
    xdecref(text);
    return result;
}

/* ---- formats ---- */

/* ".2f" or ",.2f": the number of digits; -1: another one. */
static int fixed_spec(Value spec, bool *grouped) {
    size_t n = str_length(spec), i = 0;
    int digits = 0;
    *grouped = n > 0 && str_read(spec, 0) == ',';
    i += *grouped;
    if (n < i + 3 || n > i + 5 || str_read(spec, i) != '.' || (str_read(spec, n - 1) | 32) != 'f') return -1;
    for (i++; i < n - 1; i++) {
        uint32_t c = str_read(spec, i);
        if (c < '0' || c > '9') return -1;
        digits = digits * 10 + (int)(c - '0');
    }
    return digits;
}

/* A coefficient's digits with so many behind the point. */
static Value fixed_text(Value coefficient, bool negative, int places, bool grouped) {
    Value text = coefficient_text(coefficient);
    if (!text) return NULL;
    const char *digits = (const char *)str_data(text);
    int64_t n = (int64_t)str_length(text), whole = n - places;
    StrBuilder out = STR_BUILDER_INIT;
    int status = negative ? str_builder_add_char(&out, '-') : 0;
    if (status == 0 && whole <= 0) status = str_builder_add_char(&out, '0');
    for (int64_t i = 0; status == 0 && i < whole; i++) {
        if (grouped && i > 0 && (whole - i) % 3 == 0) status = str_builder_add_char(&out, ',');
        if (status == 0) status = str_builder_add_char(&out, (uint8_t)digits[i]);
    }
    if (status == 0 && places) status = str_builder_add_char(&out, '.');
    if (status == 0 && whole < 0) status = str_builder_add_repeat(&out, '0', (size_t)-whole);
    if (status == 0 && places)
        status =
            str_builder_add_ascii(&out, digits + (whole > 0 ? whole : 0), (size_t)(whole > 0 ? places : n));
    decref(text);
    if (status == 0) return str_builder_finish(&out);
    str_builder_drop(&out);
    return NULL;
}

static Value format_fixed(Value v, int places, bool grouped) {
    const Number *n = number_of(v);
    Limits limits;
    bool inexact;
    int status = n->exponent > 100 || n->exponent < -10000 ? 0 : limits_get(&limits, NULL);
    if (status <= 0) return status < 0 ? NULL : NOT_IMPLEMENTED;
    int64_t drop = -(int64_t)places - n->exponent;
    if (!number_integer(v)) return limits_drop(&limits), NULL;
    Value coefficient, power = drop < 0 ? power_of_ten(-drop) : NULL;
    if (drop < 0) coefficient = power ? int_multiply(n->coefficient, power) : NULL;
    else
        coefficient =
            round_coefficient(n->coefficient, number_digits(v), drop, limits.rounding, n->negative, &inexact);
    Value text = coefficient ? fixed_text(coefficient, n->negative, places, grouped) : NULL;
    xdecref(power);
    xdecref(coefficient);
    limits_drop(&limits);
    return text;
}

static Value number_format(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs == 1 && !kwnames && is_str(args[0]) && is_finite(v)) {
        if (str_length(args[0]) == 0 && number_of(v)->exponent <= 0) return number_str(v);
        bool grouped;
        int places = fixed_spec(args[0], &grouped);
        Value text = places >= 0 ? format_fixed(v, places, grouped) : NOT_IMPLEMENTED;
        if (text != NOT_IMPLEMENTED) return text;
    }
    return slow_all("__format__", v, args, nargs, kwnames);
}

/* ---- methods ---- */

static Value number_quantize_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"exp", "rounding", "context", NULL};
    static const ArgSpec spec = {"quantize", names, 3, 1, 3};
    Value out[3], result = NOT_IMPLEMENTED;
    Limits limits;
    bool plain = nargs <= 3 && is_finite(v) && args_bind(&spec, args, nargs, kwnames, out);
    if (plain && (!out[1] || out[1] == NONE || is_str(out[1]))) {
        Value exponent = operand(out[0]);
        int status = exponent ? limits_get(&limits, out[2]) : 0;
        if (status > 0) {
            bool known = !out[1] || out[1] == NONE;
            for (int i = 0; !known && i < ROUNDING_COUNT; i++)
                if ((known = str_equal(DECIMAL->roundings[i], out[1]))) limits.rounding = (Rounding)i;
            result =
                known
                    ? number_quantize(&limits, v, exponent)
                    : raise_error(
                          T_TypeError,
                          "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, "
                          "ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]");
            limits_drop(&limits);
        }
        xdecref(exponent);
        if (status < 0) return NULL;
    }
    if (result != NOT_IMPLEMENTED) return result;
    error_clear();
    return slow_all("quantize", v, args, nargs, kwnames);
}

/* Within the context; NOT_IMPLEMENTED: by the pure method. */
static Value fixed(Value v, Value context_or_null) {
    Limits limits;
    int status = is_finite(v) && !is_zero(v) ? limits_get(&limits, context_or_null) : 0;
    if (status <= 0) return status < 0 ? NULL : NOT_IMPLEMENTED;
    Value result = within(&limits, v, number_of(v)->negative);
    limits_drop(&limits);
    return result;
}

/* _fix(context), for the pure methods. */
static Value number_fix(Value v, Value const *args, size_t nargs) {
    Value result = nargs == 1 ? fixed(v, args[0]) : NOT_IMPLEMENTED;
    return result != NOT_IMPLEMENTED ? result : slow_all("_fix", v, args, nargs, NULL);
}

/* normalize(context=None) */
static Value number_normalize(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"context", NULL};
    static const ArgSpec spec = {"normalize", names, 1, 0, 1};
    Value out[1], result = NOT_IMPLEMENTED;
    Limits l;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int status = is_finite(v) && !is_zero(v) ? limits_get(&l, out[0]) : 0;
    if (status < 0) return NULL;
    if (status > 0) {
        Value fixed = within(&l, v, number_of(v)->negative);
        if (fixed && fixed != NOT_IMPLEMENTED && number_of(fixed)->wide) {
            int64_t exponent = number_of(fixed)->exponent, most = l.clamp ? l.most - l.precision + 1 : l.most;
            Wide bare = wide_strip(number_wide(number_of(fixed)), &exponent, most);
            result = number_new_wide(NULL, number_of(v)->negative, bare, exponent);
        } else if (!fixed) {
            result = NULL;
        }
        if (fixed && fixed != NOT_IMPLEMENTED) decref(fixed);
        limits_drop(&l);
    }
    return result != NOT_IMPLEMENTED ? result : slow_all("normalize", v, args, nargs, kwnames);
}

/* to_integral_value(rounding=None, context=None) */
static Value number_to_integral(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"rounding", "context", NULL};
    static const ArgSpec spec = {"to_integral_value", names, 2, 0, 2};
    Value out[2], result = NOT_IMPLEMENTED;
    Limits limits;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    bool plain =
        is_finite(v) && number_of(v)->wide && number_of(v)->exponent < 0 && (!out[0] || out[0] == NONE);
    int status = plain ? limits_get(&limits, out[1]) : 0;
    if (status < 0) return NULL;
    if (status > 0) {
        Wide whole;
        bool inexact;
        if (wide_shift(v, -number_of(v)->exponent, limits.rounding, &whole, &inexact))
            result = number_new_wide(NULL, number_of(v)->negative, whole, 0);
        limits_drop(&limits);
    }
    return result != NOT_IMPLEMENTED ? result : slow_all("to_integral_value", v, args, nargs, kwnames);
}

/* __round__(n=None): without n an int, with it so many places. */
static Value number_round(Value v, Value const *args, size_t nargs) {
    Wide whole;
    bool inexact;
    if (nargs == 0 && is_finite(v) && number_of(v)->wide && number_of(v)->exponent < 0 &&
        wide_shift(v, -number_of(v)->exponent, HALF_EVEN, &whole, &inexact) && whole <= INT64_MAX)
        return int_from_i64(number_of(v)->negative ? -(int64_t)whole : (int64_t)whole);
    if (nargs == 1 && is_small_int(args[0]) && is_finite(v) && small_int(args[0]) < 1000000 &&
        small_int(args[0]) > -1000000) {
        Limits limits;
        Value places = number_new_wide(NULL, false, 1, -small_int(args[0])), result = NOT_IMPLEMENTED;
        int status = places ? limits_get(&limits, NULL) : -1;
        if (status > 0) {
            result = number_quantize(&limits, v, places);
            limits_drop(&limits);
        }
        xdecref(places);
        if (status < 0 || result != NOT_IMPLEMENTED) return status < 0 ? NULL : result;
    }
    return slow_all("__round__", v, args, nargs, NULL);
}

/* compare(other, context=None) */
static Value number_compare_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    int order;
    if (nargs == 1 && !kwnames && is_number(args[0]) && is_finite(v) && is_finite(args[0]) &&
        number_order(v, args[0], &order))
        return number_new_wide(NULL, order < 0, order != 0, 0);
    return error_pending() ? NULL : slow_all("compare", v, args, nargs, kwnames);
}

/* The greater or lesser of two that differ. */
static Value extreme(const char *name, Value v, int wanted, Value const *args, size_t nargs, Value kwnames) {
    int order;
    if (nargs == 1 && !kwnames && is_number(args[0]) && is_finite(v) && is_finite(args[0]) &&
        number_order(v, args[0], &order) && order != 0) {
        Value chosen = fixed(order == wanted ? v : args[0], NULL);
        if (chosen != NOT_IMPLEMENTED) return chosen;
    }
    return error_pending() ? NULL : slow_all(name, v, args, nargs, kwnames);
}

static Value number_max(Value v, Value const *args, size_t nargs, Value kwnames) {
    return extreme("max", v, 1, args, nargs, kwnames);
}
static Value number_min(Value v, Value const *args, size_t nargs, Value kwnames) {
    return extreme("min", v, -1, args, nargs, kwnames);
}

static Value number_adjusted(Value v) {
    return is_finite(v) ? int_from_i64(number_of(v)->exponent + number_digits(v) - 1) : small_int_new(0);
}

static Value is_signed(Value v) { return BOOL(number_of(v)->negative); }
static Value is_zero_method(Value v) { return BOOL(is_finite(v) && is_zero(v)); }
static Value is_finite_method(Value v) { return BOOL(is_finite(v)); }
static Value is_infinite(Value v) { return BOOL(number_of(v)->kind == INFINITE); }
static Value is_nan(Value v) { return BOOL(number_of(v)->kind == QUIET || number_of(v)->kind == SIGNALING); }
static Value is_qnan(Value v) { return BOOL(number_of(v)->kind == QUIET); }
static Value is_snan(Value v) { return BOOL(number_of(v)->kind == SIGNALING); }

static Value number_copy_as(Type *type, Value v, bool negative) {
    const Number *n = number_of(v);
    Value result = n->wide ? number_new_wide(type, negative, number_wide(n), n->exponent)
                           : number_new_steal(type, negative, incref(n->coefficient), n->exponent);
    if (result) number_of(result)->kind = n->kind;
    return result;
}

static Value number_copy(Value v, bool negative) { return number_copy_as(NULL, v, negative); }

static Value number_copy_abs(Value v) { return number_copy(v, false); }
static Value number_copy_negate(Value v) { return number_copy(v, !number_of(v)->negative); }

/* ---- making ---- */

static bool is_decimal_space(uint32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1c && c <= 0x1f);
}

/* Digits of the common form; false: not that form. On success: digits in buf, sign, exponent. */
static bool parse(const char *p, const char *end, char *buf, size_t room, size_t *count, bool *negative,
                  int64_t *exponent) {
    while (p < end && is_decimal_space((uint8_t)*p)) p++;
    while (end > p && is_decimal_space((uint8_t)end[-1])) end--;
    *negative = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    int64_t after = 0, given = 0;
    bool point = false, digits = false;
    for (*count = 0; p < end && (*p == '.' || (*p >= '0' && *p <= '9')); p++) {
        if (*p == '.') {
            if (point) return false;
            point = true;
            continue;
        }
        digits = true;
        after += point;
        if (*count == 0 && *p == '0') continue;
        if (*count == room) return false;
        buf[(*count)++] = *p;
    }
    if (!digits) return false;
    if (p < end && (*p | 32) == 'e') {
        bool minus = ++p < end && *p == '-';
        p += p < end && (*p == '-' || *p == '+');
        if (p == end || end - p > 15) return false;
        for (; p < end && *p >= '0' && *p <= '9'; p++) given = given * 10 + (*p - '0');
        if (minus) given = -given;
    }
    *exponent = given - after;
    return p == end;
}

static Value number_from_text(Type *type, Value text) {
    char buf[1024];
    size_t count;
    bool negative;
    int64_t exponent;
    if (!((Str *)text)->ascii || str_length(text) > 2 * sizeof buf) return NOT_IMPLEMENTED;
    const char *p = (const char *)str_data(text);
    if (!parse(p, p + str_length(text), buf, sizeof buf, &count, &negative, &exponent))
        return NOT_IMPLEMENTED;
    if (count > WIDE_DIGITS)
        return number_new_steal(type, negative, int_from_digits(buf, count, 10), exponent);
    Wide coefficient = 0;
    for (size_t i = 0; i < count; i++) coefficient = coefficient * 10 + (Wide)(buf[i] - '0');
    return number_new_wide(type, negative, coefficient, exponent);
}

static Value convert(Type *type, Value v) {
    if (is_number(v)) {
        if (type == DECIMAL->type && type_of(v) == type) return incref(v);
        return number_copy_as(type, v, number_of(v)->negative);
    }
    if (is_str(v)) return number_from_text(type, v);
    if (is_float(v) && isfinite(float_value(v))) {
        int status = signal_float_operation();
        return status > 0 ? number_from_double(type, float_value(v)) : status < 0 ? NULL : NOT_IMPLEMENTED;
    }
    return is_int(v) ? number_from_int(type, v) : NOT_IMPLEMENTED;
}

/* By the pure constructor, whose result may be a NaN of the class already or an instance of the pure class.
 */
static Value make_slowly(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Value made = slow_all("__new__", NULL, args, nargs, kwnames);
    Value result = made ? is_number(made) ? convert(type, made) : NOT_IMPLEMENTED : NULL;
    if (result == NOT_IMPLEMENTED)
        result = raise_error(T_TypeError, "conversion from %T to Decimal is not supported", made);
    xdecref(made);
    return result;
}

static Value number_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"value", "context", NULL};
    static const ArgSpec spec = {"Decimal", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) {
        error_clear(); /* it is told below */
        return make_slowly(type, args, nargs, kwnames);
    }
    bool is_context = !out[1] || out[1] == NONE || (DECIMAL->shape && type_of(out[1]) == DECIMAL->shape_type);
    if (!is_context) return make_slowly(type, args, nargs, kwnames);
    if (!out[0]) return number_new_wide(type, false, 0, 0);
    Value result = convert(type, out[0]);
    return result != NOT_IMPLEMENTED ? result : make_slowly(type, args, nargs, kwnames);
}

/* ---- for the pure methods ---- */

/* _dec_from_triple(sign, coefficient, exponent, special=False) */
static Value from_triple(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_dec_from_triple", nargs, 3, 4)) return NULL;
    int sign;
    int64_t exponent = 0;
    uint8_t kind = FINITE;
    if (value_as_int(args[0], &sign) < 0) return NULL;
    if (is_str(args[2])) kind = (uint8_t)str_read(args[2], 0);
    else if (value_as_i64(args[2], &exponent) < 0) return NULL;
    if (!is_str(args[1]) || !((Str *)args[1])->ascii)
        return raise_error(T_TypeError, "the coefficient must be digits");
    size_t n = str_length(args[1]);
    Value coefficient = n ? int_from_digits((const char *)str_data(args[1]), n, 10) : small_int_new(0);
    Value v = number_new_steal(NULL, sign != 0, coefficient, exponent);
    if (v) number_of(v)->kind = kind;
    return v;
}

static Value get_sign(Value v, void *closure) { return (void)closure, small_int_new(number_of(v)->negative); }
static Value get_special(Value v, void *closure) { return (void)closure, BOOL(!is_finite(v)); }

static Value get_exponent(Value v, void *closure) {
    (void)closure;
    return is_finite(v) ? int_from_i64(number_of(v)->exponent) : str_from_char(number_of(v)->kind);
}

/* The digits; a NaN without a payload has none. */
static Value get_digits(Value v, void *closure) {
    (void)closure;
    if (number_of(v)->kind > INFINITE && is_zero(v)) return str_from_ascii("", 0);
    return number_integer(v) ? coefficient_text(number_of(v)->coefficient) : NULL;
}

static Value get_real(Value v, void *closure) { return (void)closure, incref(v); }
static Value get_imag(Value v, void *closure) {
    return (void)v, (void)closure, number_new_steal(NULL, false, small_int_new(0), 0);
}

static const GetSet number_getset[] = {{"_sign", get_sign, NULL, NULL, NULL},
                                       {"_int", get_digits, NULL, NULL, NULL},
                                       {"_exp", get_exponent, NULL, NULL, NULL},
                                       {"_is_special", get_special, NULL, NULL, NULL},
                                       {"real", get_real, NULL, NULL, NULL},
                                       {"imag", get_imag, NULL, NULL, NULL},
                                       {0}};

#define COEXISTING(name, f)                                                                                  \
    { name, (void *)(f), NATIVE_KW, NATIVE_COEXIST, NULL }

static const NativeMethod number_methods[] = {
    COEXISTING("__add__", method_add),
    COEXISTING("__radd__", reflected_add),
    COEXISTING("__sub__", method_subtract),
    COEXISTING("__rsub__", reflected_subtract),
    COEXISTING("__mul__", method_multiply),
    COEXISTING("__rmul__", reflected_multiply),
    COEXISTING("__truediv__", method_divide),
    COEXISTING("__rtruediv__", reflected_divide),
    COEXISTING("__floordiv__", method_floor),
    COEXISTING("__rfloordiv__", reflected_floor),
    COEXISTING("__mod__", method_remainder),
    COEXISTING("__rmod__", reflected_remainder),
    COEXISTING("__pow__", method_power),
    METHOD_KW("sqrt", method_sqrt, "sqrt($self, /, context=None)\n--\n\nThe square root, rounded to even."),
    COEXISTING("__neg__", method_negative),
    COEXISTING("__pos__", method_positive),
    COEXISTING("__abs__", method_absolute),
    COEXISTING("__str__", method_str),
    METHOD_KW("__format__", number_format, NULL),
    METHOD_KW("quantize", number_quantize_method,
              "quantize($self, /, exp, rounding=None, context=None)\n--\n\nRound to the exponent of another "
              "decimal."),
    METHOD_NOARGS("adjusted", number_adjusted, "adjusted($self, /)\n--\n\nThe exponent of the first digit."),
    METHOD_NOARGS("is_signed", is_signed, "is_signed($self, /)\n--\n\nIs there a negative sign?"),
    METHOD_NOARGS("is_zero", is_zero_method, "is_zero($self, /)\n--\n\nIs it a zero of either sign?"),
    METHOD_NOARGS("is_finite", is_finite_method,
                  "is_finite($self, /)\n--\n\nIs it neither infinite nor a NaN?"),
    METHOD_NOARGS("is_infinite", is_infinite, "is_infinite($self, /)\n--\n\nIs it infinite?"),
    METHOD_NOARGS("is_nan", is_nan, "is_nan($self, /)\n--\n\nIs it a NaN, quiet or signaling?"),
    METHOD_NOARGS("is_qnan", is_qnan, "is_qnan($self, /)\n--\n\nIs it a quiet NaN?"),
    METHOD_NOARGS("is_snan", is_snan, "is_snan($self, /)\n--\n\nIs it a signaling NaN?"),
    METHOD_NOARGS("copy_abs", number_copy_abs,
                  "copy_abs($self, /)\n--\n\nThe same without its sign; no rounding."),
    METHOD_NOARGS("copy_negate", number_copy_negate,
                  "copy_negate($self, /)\n--\n\nThe same with the other sign; no rounding."),
    METHOD_ONE("_cmp", number_cmp, NULL),
    METHOD_FAST("_fix", number_fix, NULL),
    METHOD_FAST("__round__", number_round, NULL),
    METHOD_KW("normalize", number_normalize,
              "normalize($self, /, context=None)\n--\n\nThe same value without zeros at its end."),
    METHOD_KW("to_integral_value", number_to_integral,
              "to_integral_value($self, /, rounding=None, context=None)\n--\n\nThe nearest whole number; no "
              "signals."),
    METHOD_KW("compare", number_compare_method,
              "compare($self, /, other, context=None)\n--\n\n-1, 0 or 1 as a decimal, or a NaN."),
    METHOD_KW("max", number_max, "max($self, /, other, context=None)\n--\n\nThe greater of the two."),
    METHOD_KW("min", number_min, "min($self, /, other, context=None)\n--\n\nThe lesser of the two."),
    METHOD_END,
};

static void number_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((Number *)(void *)o)->coefficient);
    value_free(AS_VALUE(o));
}

static const TypeSpec number_spec = {
    .name = "_decimal_number.Number",
    .doc = "What decimal.Decimal is made upon.",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Number),
    .slots = {.free = number_free,
              .repr = number_repr,
              .str = number_str,
              .hash = number_hash,
              .compare = number_compare,
              .new_ = number_make,
              .add = slot_add,
              .subtract = slot_subtract,
              .multiply = slot_multiply,
              .true_divide = slot_divide,
              .floor_divide = slot_floor,
              .remainder = slot_remainder,
              .divmod = slot_divmod,
              .power = slot_power,
              .negative = number_negative,
              .positive = number_positive,
              .absolute = number_absolute,
              .bool_ = number_bool,
              .int_ = number_int,
              .float_ = number_float},
    .methods = number_methods,
    .getset = number_getset,
};

/* ---- the module ---- */

/* install(Decimal, pure methods by name, ContextVar, getcontext, Inexact, Rounded, FloatOperation) */
static Value install(Value module, Value const *args, size_t nargs) {
    DecimalState *s = DECIMAL;
    (void)module;
    if (!args_count("install", nargs, 7, 7)) return NULL;
    if (!is_type(args[0]) || !type_is_subtype((Type *)args[0], s->number) || !is_dict(args[1]))
        return raise_error(T_TypeError, "a subclass of Number and a dict are wanted");
    SET_FIELD_STEAL(s->type, (Type *)incref(args[0]));
    SET_FIELD_STEAL(s->slow, incref(args[1]));
    SET_FIELD_STEAL(s->variable, incref(args[2]));
    SET_FIELD_STEAL(s->get_context, incref(args[3]));
    SET_FIELD_STEAL(s->inexact, incref(args[4]));
    SET_FIELD_STEAL(s->rounded, incref(args[5]));
    SET_FIELD_STEAL(s->float_operation, incref(args[6]));
    return NONE;
}

/* A dict of signals of the same class with the same entries; anything else as it is. New. */
static Value copy_signals(Value signals) {
    if (!is_dict(signals)) return incref(signals);
    Value copy = TYPE(dict)->slots.new_(type_of(signals), NULL, 0, NULL);
    if (copy && dict_merge(copy, signals, true) < 0) CLEAR_FIELD(copy);
    return copy;
}

/* copy_context(context, deep): another one of its class that has the same attributes in the same order; if deep, dicts of
 * signals of its own. NotImplemented: the attributes are not all where a context has them. */
static Value copy_context(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value names[] = {NAME(prec),  NAME(rounding),       NAME(Emin),  NAME(Emax), NAME(capitals),
                     NAME(clamp), NAME(_ignored_flags), NAME(traps), NAME(flags)};
    if (!args_count("copy_context", nargs, 2, 2)) return NULL;
    Type *type = type_of(args[0]);
    if (!(type->flags & TYPE_HAS_ATTRS)) return NOT_IMPLEMENTED;
    Value copy = TYPE(object)->slots.new_(type, NULL, 0, NULL);
    for (int i = 0; copy && copy != NOT_IMPLEMENTED && i < 9; i++) {
        Value value = attrs_get_borrow(args[0], names[i]);
        Value given = !value ? NULL : i >= 7 && args[1] == TRUE ? copy_signals(value) : incref(value);
        if (!given || attrs_set(copy, names[i], given) < 0)
            SET_FIELD_STEAL(copy, error_pending() ? NULL : NOT_IMPLEMENTED);
        xdecref(given);
    }
    return copy;
}

static const NativeMethod decimal_functions[] = {
    METHOD_FAST("install", install, NULL),
    METHOD_FAST("copy_context", copy_context, NULL),
    METHOD_FAST("from_triple", from_triple, NULL),
    METHOD_END,
};

static int decimal_ready(Value module) {
    static const char *const roundings[ROUNDING_COUNT] = {
        "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_DOWN",
        "ROUND_UP",        "ROUND_CEILING", "ROUND_FLOOR",     "ROUND_05UP"};
    DecimalState *s = module_state_new(M_decimal_number, sizeof *s);
    if (!s) return -1;
    for (int i = 0; i < ROUNDING_COUNT; i++)
        if (!s->roundings[i] && !(s->roundings[i] = str_intern_cstr(roundings[i]))) return -1;
    return module_make_type(module, &s->number, &number_spec, NULL);
}

const ModuleSpec module_decimal_number = {
    .name = "_decimal_number",
    .doc = "The usual cases of decimal's arithmetic.",
    .functions = decimal_functions,
    .ready = decimal_ready,
};
