/* decimal_number: arithmetic on coefficients and exponents. */
#include <stdio.h>

#include "modules/decimal_number.h"
#include "modules/contextvars.h"
#include "modules/decimal_wide.h"
#include "modules/math.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"

enum { POWERS_KEPT = 64, SHIFT_MAX = 20000 /* more digits than this are not made by aligning */ };

/* ---- digits ---- */

Value power_of_ten(int64_t n) {
    if (n <= 18) return int_from_u64(wide_powers[n]);
    Value *kept = n < POWERS_KEPT ? &DECIMAL->powers[n] : NULL;
    if (kept && *kept) return incref(*kept);
    Value power = int_power(small_int_new(10), int_from_i64(n), NONE);
    if (kept && power) *kept = incref(power);
    return power;
}

int64_t count_digits(Value n) {
    if (is_small_int(n)) {
        uint64_t m = (uint64_t)small_int(n);
        int64_t digits = 1;
        while (digits < 19 && m >= wide_powers[digits]) digits++;
        return digits;
    }
    int64_t digits = (int64_t)((double)int_bit_length(n) * 0.30102999566398120); /* right, or one too few */
    Value power = power_of_ten(digits);
    if (!power) return -1;
    int order = int_compare(n, power);
    decref(power);
    return digits + (order >= 0);
}

int64_t number_digits(Value v) {
    Number *n = number_of(v);
    if (n->digits) return n->digits;
    int64_t digits = n->wide ? wide_digits(number_wide(n)) : count_digits(n->coefficient);
    if (digits > 0 && digits <= INT32_MAX) n->digits = (int32_t)digits;
    return digits;
}

/* n * 10**shift. New. */
static Value scaled(Value n, int64_t shift) {
    int64_t product;
    if (shift == 0) return incref(n);
    if (shift <= 18 && is_small_int(n) &&
        !__builtin_mul_overflow(small_int(n), (int64_t)wide_powers[shift], &product))
        return int_from_i64(product);
    Value power = power_of_ten(shift), result = power ? int_multiply(n, power) : NULL;
    xdecref(power);
    return result;
}

/* ---- rounding ---- */

bool rounds_up(Rounding rounding, int order, bool negative, int last_digit) {
    switch (rounding) {
    case HALF_EVEN: return order > 0 || (order == 0 && (last_digit & 1));
    case HALF_UP: return order >= 0;
    case HALF_DOWN: return order > 0;
    case UP: return true;
    case CEILING: return !negative;
    case FLOOR: return negative;
    case ZERO_FIVE_UP: return last_digit == 0 || last_digit == 5;
    default: return false;
    }
}

static int last_digit(Value n) {
    if (is_small_int(n)) return (int)(small_int(n) % 10);
    Value digit = int_remainder(n, small_int_new(10));
    return digit ? (int)small_int(digit) : -1;
}

static Value round_small(int64_t n, int64_t drop, Rounding rounding, bool negative, bool *inexact) {
    int64_t power = (int64_t)wide_powers[drop], quotient = n / power, rest = n % power;
    if (rest == 0) return small_int_new(quotient);
    *inexact = true;
    int order = (2 * (uint64_t)rest > (uint64_t)power) - (2 * (uint64_t)rest < (uint64_t)power);
    return small_int_new(quotient + rounds_up(rounding, order, negative, (int)(quotient % 10)));
}

Value round_coefficient(Value coefficient, int64_t digits, int64_t drop, Rounding rounding, bool negative,
                        bool *inexact) {
    *inexact = false;
    if (coefficient == small_int_new(0)) return small_int_new(0);
    if (drop > digits) { /* all of it is less than half of one */
        *inexact = true;
        return small_int_new(rounds_up(rounding, -1, negative, 0));
    }
    if (is_small_int(coefficient) && drop <= 18)
        return round_small(small_int(coefficient), drop, rounding, negative, inexact);
    Value power = power_of_ten(drop), quotient = NULL, rest = NULL;
    if (!power || int_divmod(coefficient, power, &quotient, &rest) < 0) {
        xdecref(power);
        return NULL;
    }
    if (int_sign(rest) != 0) {
        Value twice = int_add(rest, rest);
        int digit = last_digit(quotient), order = twice ? int_compare(twice, power) : 0;
        *inexact = true;
        if (!twice || digit < 0) CLEAR_FIELD(quotient);
        else if (rounds_up(rounding, (order > 0) - (order < 0), negative, digit))
            SET_FIELD_STEAL(quotient, int_add(quotient, small_int_new(1)));
        xdecref(twice);
    }
    decref(power);
    decref(rest);
    return quotient;
}

/* ---- contexts ---- */

/* The values of a context's attributes, borrowed. Contexts have one shape, whose places are kept. */
static bool read_fields(Value context, Value fields[CONTEXT_FIELDS]) {
    DecimalState *s = DECIMAL;
    Value names[CONTEXT_FIELDS] = {NAME(prec),     NAME(Emin),           NAME(Emax),  NAME(clamp),
                                   NAME(rounding), NAME(_ignored_flags), NAME(traps), NAME(flags)};
    if (!is_object(context) || !(type_of(context)->flags & TYPE_HAS_ATTRS)) return false;
    const Attrs *a = attrs_of(context);
    if (attrs_is_dict(a)) {
        for (int i = 0; i < CONTEXT_FIELDS; i++)
            if (!(fields[i] = attrs_get_borrow(context, names[i]))) return false;
        return true;
    }
    if (a->shape != s->shape) {
        s->shape = NULL;
        for (int i = 0; i < CONTEXT_FIELDS; i++)
            if ((s->places[i] = shape_find(a->shape, names[i])) < 0) return false;
        SET_FIELD_STEAL(s->shape_type, (Type *)incref(AS_VALUE(type_of(context))));
        s->shape = a->shape;
    }
    for (int i = 0; i < CONTEXT_FIELDS; i++)
        if (!(fields[i] = a->values[s->places[i]])) return false;
    return true;
}

static bool read_rounding(Value v, Rounding *out) {
    for (int i = 0; i < ROUNDING_COUNT; i++)
        if (DECIMAL->roundings[i] == v) return *out = (Rounding)i, true;
    for (int i = 0; is_str(v) && i < ROUNDING_COUNT; i++)
        if (str_equal(DECIMAL->roundings[i], v)) return *out = (Rounding)i, true;
    return false;
}

static Value current_context(void) {
    Value context;
    if (context_variable_get(DECIMAL->variable, &context) < 0) return NULL;
    if (context) return context;
    return value_call_noargs(DECIMAL->get_context);
}

static inline bool read_int(Value v, int64_t *out) {
    if (is_small_int(v)) return *out = small_int(v), true;
    return is_int(v) && int_to_i64(v, out);
}

int limits_get(Limits *out, Value context_or_null) {
    Value context = context_or_null && context_or_null != NONE ? incref(context_or_null) : current_context(),
          f[CONTEXT_FIELDS];
    int64_t clamp;
    if (!context) return -1;
    *out = (Limits){.context = context};
    if (read_fields(context, f) && read_int(f[C_PREC], &out->precision) && read_int(f[C_EMIN], &out->least) &&
        read_int(f[C_EMAX], &out->most) && read_int(f[C_CLAMP], &clamp) &&
        read_rounding(f[C_ROUNDING], &out->rounding) && is_list(f[C_IGNORED]) &&
        list_length(f[C_IGNORED]) == 0 && is_dict(f[C_TRAPS]) && is_dict(f[C_FLAGS])) {
        out->clamp = clamp != 0;
        out->traps = f[C_TRAPS];
        out->flags = f[C_FLAGS];
        return 1;
    }
    decref(context);
    return 0;
}

/* The entry of a signal, whose place is the same in all dicts of signals; NULL: none or raised. */
static DictEntry *signal_entry(Value dict, bool inexact) {
    Dict *d = (Dict *)dict;
    Value signal = inexact ? DECIMAL->inexact : DECIMAL->rounded, found;
    uint32_t *place = &DECIMAL->signal_places[inexact];
    if (*place < d->used_entries && d->entries[*place].key == signal) return &d->entries[*place];
    if (dict_find(dict, signal, &found) <= 0) return NULL;
    for (*place = 0; d->entries[*place].key != signal;) ++*place;
    return &d->entries[*place];
}

int limits_signal(const Limits *l, bool inexact) {
    for (int i = 0; i <= inexact; i++) {
        DictEntry *trap = signal_entry(l->traps, i);
        if (!trap || trap->value != FALSE) return error_pending() ? -1 : 0;
    }
    for (int i = 0; i <= inexact; i++) {
        DictEntry *flag = signal_entry(l->flags, i);
        if (flag && flag->value == TRUE) continue;
        if (error_pending() || dict_set(l->flags, i ? DECIMAL->inexact : DECIMAL->rounded, TRUE) < 0)
            return -1;
    }
    return 1;
}

int signal_float_operation(void) {
    Limits l;
    Value found;
    int status = limits_get(&l, NULL);
    if (status <= 0) return status;
    status = dict_find(l.traps, DECIMAL->float_operation, &found);
    if (status > 0) status = found == FALSE;
    if (status > 0 && dict_set(l.flags, DECIMAL->float_operation, TRUE) < 0) status = -1;
    limits_drop(&l);
    return status;
}

/* ---- results ---- */

/* Without a coefficient. */
static inline Number *number_alloc(Type *type, bool negative, int64_t exponent) {
    Number *n = (Number *)value_alloc(type ? type : DECIMAL->type, 0);
    if (!n) return NULL;
    n->coefficient = NULL;
    n->exponent = exponent;
    n->hash = -1;
    n->digits = 0;
    n->kind = FINITE;
    n->negative = negative;
    n->wide = false;
    if (type_of(AS_VALUE(n))->flags & TYPE_GC) value_track(AS_VALUE(n));
    return n;
}

Value number_new_wide(Type *type, bool negative, Wide coefficient, int64_t exponent) {
    Number *n = number_alloc(type, negative, exponent);
    if (!n) return NULL;
    n->wide = true;
    n->low = (uint64_t)coefficient;
    n->high = (uint64_t)(coefficient >> 64);
    return AS_VALUE(n);
}

/* Takes the int for the words where it fits. */
static void set_coefficient_steal(Number *n, Value coefficient) {
    const Int *big = is_small_int(coefficient) ? NULL : (const Int *)(void *)coefficient;
    n->coefficient = coefficient;
    if (big && big->size > 2) return;
    n->low = big ? big->limbs[0] : (uint64_t)small_int(coefficient);
    n->high = big && big->size > 1 ? big->limbs[1] : 0;
    n->wide = wide_digits(number_wide(n)) <= WIDE_DIGITS;
}

Value number_new_steal(Type *type, bool negative, Value coefficient_or_null, int64_t exponent) {
    Number *n = coefficient_or_null ? number_alloc(type, negative, exponent) : NULL;
    if (n) set_coefficient_steal(n, coefficient_or_null);
    else xdecref(coefficient_or_null);
    return AS_VALUE(n);
}

static Value int_from_wide(Wide c) {
    uint64_t words[2] = {(uint64_t)c, (uint64_t)(c >> 64)};
    return words[1] ? int_from_bytes((const uint8_t *)words, sizeof words, true, false)
                    : int_from_u64(words[0]);
}

Value number_integer(Value v) {
    Number *n = number_of(v);
    if (!n->coefficient) n->coefficient = int_from_wide(number_wide(n));
    return n->coefficient;
}

Value number_finish_steal(const Limits *l, bool negative, Value coefficient, int64_t exponent) {
    if (!coefficient) return NULL;
    int64_t digits = count_digits(coefficient), etop = l->most - l->precision + 1,
            etiny = l->least - l->precision + 1;
    if (digits < 0) goto fail;
    if (coefficient == small_int_new(0)) {
        if (exponent < etiny || exponent > (l->clamp ? etop : l->most)) goto slow;
        return number_new_steal(NULL, negative, coefficient, exponent);
    }
    int64_t least = digits + exponent - l->precision;
    if (least > etop || least < etiny || (l->clamp && exponent > etop)) goto slow;
    if (exponent < least) {
        bool inexact;
        Value rounded =
            round_coefficient(coefficient, digits, least - exponent, l->rounding, negative, &inexact);
        if (!rounded) goto fail;
        SET_FIELD_STEAL(coefficient, rounded);
        exponent = least;
        int64_t now = count_digits(coefficient);
        if (now > l->precision) { /* 99.9 became 100 */
            SET_FIELD_STEAL(coefficient, int_floor_divide(coefficient, small_int_new(10)));
            exponent++;
        }
        if (now < 0 || !coefficient) goto fail;
        if (exponent > etop) goto slow;
        int status = limits_signal(l, inexact);
        if (status < 0) goto fail;
        if (status == 0) goto slow;
    }
    return number_new_steal(NULL, negative, coefficient, exponent);
slow:
    decref(coefficient);
    return NOT_IMPLEMENTED;
fail:
    xdecref(coefficient);
    return NULL;
}

/* ---- operations ---- */

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

/* Both coefficients at the smaller exponent. 1; 0 that would be too long; -1 raised. */
static int align(Value a, Value b, Value *x, Value *y, int64_t *exponent) {
    const Number *m = number_of(a), *n = number_of(b);
    if (!number_integer(a) || !number_integer(b)) return -1;
    *exponent = smaller(m->exponent, n->exponent);
    int64_t shift_a, shift_b;
    if (__builtin_sub_overflow(m->exponent, *exponent, &shift_a) ||
        __builtin_sub_overflow(n->exponent, *exponent, &shift_b) || shift_a > SHIFT_MAX ||
        shift_b > SHIFT_MAX)
        return 0;
    *x = scaled(m->coefficient, shift_a);
    *y = *x ? scaled(n->coefficient, shift_b) : NULL;
    if (*y) return 1;
    xdecref(*x);
    return -1;
}

static Value sum(const Limits *l, Value a, Value b, bool negate_b) {
    bool sign_a = number_of(a)->negative, sign_b = number_of(b)->negative != negate_b, negative = sign_a;
    int64_t exponent;
    Value x, y, coefficient;
    if (both_wide(a, b) && wide_sum(l, a, b, negate_b, &coefficient)) return coefficient;
    int status = align(a, b, &x, &y, &exponent);
    if (status <= 0) return status < 0 ? NULL : NOT_IMPLEMENTED;
    if (sign_a == sign_b) {
        coefficient = int_add(x, y);
    } else {
        int order = int_compare(x, y);
        negative = order == 0 ? l->rounding == FLOOR : order > 0 ? sign_a : sign_b;
        coefficient = order >= 0 ? int_subtract(x, y) : int_subtract(y, x);
    }
    decref(x);
    decref(y);
    return number_finish_steal(l, negative, coefficient, exponent);
}

Value number_add(const Limits *l, Value a, Value b) { return sum(l, a, b, false); }
Value number_subtract(const Limits *l, Value a, Value b) { return sum(l, a, b, true); }

Value number_multiply(const Limits *l, Value a, Value b) {
    const Number *m = number_of(a), *n = number_of(b);
    int64_t exponent;
    Value result;
    if (both_wide(a, b) && wide_multiply(l, a, b, &result)) return result;
    if (__builtin_add_overflow(m->exponent, n->exponent, &exponent)) return NOT_IMPLEMENTED;
    if (!number_integer(a) || !number_integer(b)) return NULL;
    return number_finish_steal(l, m->negative != n->negative, int_multiply(m->coefficient, n->coefficient),
                               exponent);
}

/* Takes trailing zeros away as long as the exponent is below the ideal one. */
static Value strip_zeros_steal(Value coefficient, int64_t *exponent, int64_t ideal) {
    while (coefficient && *exponent < ideal) {
        Value quotient, rest;
        if (is_small_int(coefficient)) {
            if (small_int(coefficient) % 10) break;
            coefficient = small_int_new(small_int(coefficient) / 10);
        } else {
            if (int_divmod(coefficient, small_int_new(10), &quotient, &rest) < 0) {
                CLEAR_FIELD(coefficient);
                break;
            }
            bool even = rest == small_int_new(0);
            decref(rest);
            if (!even) {
                decref(quotient);
                break;
            }
            SET_FIELD_STEAL(coefficient, quotient);
        }
        ++*exponent;
    }
    return coefficient;
}

Value number_divide(const Limits *l, Value a, Value b) {
    const Number *m = number_of(a), *n = number_of(b);
    Value result;
    if (is_zero(a) || is_zero(b)) return NOT_IMPLEMENTED;
    if (both_wide(a, b) && wide_divide(l, a, b, &result)) return result;
    if (!number_integer(a) || !number_integer(b)) return NULL;
    int64_t ideal, shift = number_digits(b) - number_digits(a) + l->precision + 1;
    if (__builtin_sub_overflow(m->exponent, n->exponent, &ideal) || shift > SHIFT_MAX || shift < -SHIFT_MAX)
        return NOT_IMPLEMENTED;
    int64_t exponent = ideal - shift;
    Value x = shift >= 0 ? scaled(m->coefficient, shift) : incref(m->coefficient);
    Value y = shift >= 0 ? incref(n->coefficient) : scaled(n->coefficient, -shift), quotient = NULL,
          rest = NULL;
    int status = x && y ? int_divmod(x, y, &quotient, &rest) : -1;
    xdecref(x);
    xdecref(y);
    if (status < 0) return NULL;
    bool exact = int_sign(rest) == 0;
    decref(rest);
    if (exact) {
        quotient = strip_zeros_steal(quotient, &exponent, ideal);
    } else {
        int digit = last_digit(quotient); /* one more digit than needed: it says that something follows */
        if (digit < 0) CLEAR_FIELD(quotient);
        else if (digit % 5 == 0) SET_FIELD_STEAL(quotient, int_add(quotient, small_int_new(1)));
    }
    return number_finish_steal(l, m->negative != n->negative, quotient, exponent);
}

/* Whole quotient and rest of finite ones; NOT_IMPLEMENTED in *quotient when the pure method must do it. 0, -1
 * raised. */
static int divide_whole(const Limits *l, Value a, Value b, Value *quotient, Value *rest, int64_t *exponent) {
    Value x, y;
    Wide q, r;
    *quotient = NOT_IMPLEMENTED;
    *rest = NULL;
    if (is_zero(b)) return 0;
    if (both_wide(a, b) && wide_divmod(a, b, &q, &r, exponent)) {
        if (wide_digits(q) > l->precision) return 0; /* DivisionImpossible */
        *quotient = int_from_wide(q);
        *rest = *quotient ? int_from_wide(r) : NULL;
        if (*rest) return 0;
        CLEAR_FIELD(*quotient);
        return -1;
    }
    int status = align(a, b, &x, &y, exponent);
    if (status <= 0) return status;
    status = int_divmod(x, y, quotient, rest);
    decref(x);
    decref(y);
    if (status < 0) return *quotient = NULL, -1;
    int64_t digits = count_digits(*quotient);
    if (digits > l->precision) { /* DivisionImpossible */
        decref(*quotient);
        CLEAR_FIELD(*rest);
        *quotient = NOT_IMPLEMENTED;
    }
    return 0;
}

Value number_floor_divide(const Limits *l, Value a, Value b) {
    Value quotient, rest;
    int64_t exponent;
    if (divide_whole(l, a, b, &quotient, &rest, &exponent) < 0) return NULL;
    xdecref(rest);
    if (quotient == NOT_IMPLEMENTED) return quotient;
    return number_finish_steal(l, number_of(a)->negative != number_of(b)->negative, quotient, 0);
}

Value number_remainder(const Limits *l, Value a, Value b) {
    Value quotient, rest;
    int64_t exponent;
    if (divide_whole(l, a, b, &quotient, &rest, &exponent) < 0) return NULL;
    if (quotient == NOT_IMPLEMENTED) return quotient;
    decref(quotient);
    return number_finish_steal(l, number_of(a)->negative, rest, exponent);
}

bool number_order(Value a, Value b, int *order) {
    const Number *m = number_of(a), *n = number_of(b);
    bool zero_a = is_zero(a), zero_b = is_zero(b);
    if (zero_a || zero_b || m->negative != n->negative) {
        int x = zero_a ? 0 : m->negative ? -1 : 1, y = zero_b ? 0 : n->negative ? -1 : 1;
        *order = (x > y) - (x < y);
        return true;
    }
    int64_t top_a = number_digits(a) + m->exponent, top_b = number_digits(b) + n->exponent, exponent;
    int result = (top_a > top_b) - (top_a < top_b);
    if (result == 0) {
        Value x, y;
        if (!(both_wide(a, b) && wide_compare(a, b, &result))) {
            if (align(a, b, &x, &y, &exponent) <= 0) return false;
            result = int_compare(x, y);
            result = (result > 0) - (result < 0);
            decref(x);
            decref(y);
        }
    }
    *order = m->negative ? -result : result;
    return true;
}

Value number_quantize(const Limits *l, Value v, Value exponent_of) {
    const Number *n = number_of(v);
    int64_t wanted = number_of(exponent_of)->exponent, digits = number_digits(v), drop, top;
    int64_t etop = l->most - l->precision + 1, etiny = l->least - l->precision + 1;
    if (wanted < etiny || wanted > l->most || (l->clamp && wanted > etop) ||
        __builtin_sub_overflow(wanted, n->exponent, &drop))
        return NOT_IMPLEMENTED;
    if (is_zero(v)) return number_new_steal(NULL, n->negative, small_int_new(0), wanted);
    top = digits + n->exponent - 1;
    if (top > l->most || top - wanted + 1 > l->precision || -drop > SHIFT_MAX) return NOT_IMPLEMENTED;
    bool inexact = false;
    Wide wide;
    if (n->wide && wide_shift(v, drop, l->rounding, &wide, &inexact)) {
        int64_t now = wide_digits(wide);
        bool within =
            now <= l->precision && now + wanted - 1 <= l->most && (wide == 0 || now + wanted - 1 >= l->least);
        int status = !within ? 0 : drop > 0 ? limits_signal(l, inexact) : 1;
        return status > 0   ? number_new_wide(NULL, n->negative, wide, wanted)
               : status < 0 ? NULL
                            : NOT_IMPLEMENTED;
    }
    if (!number_integer(v)) return NULL;
    Value coefficient =
        drop <= 0 ? scaled(n->coefficient, -drop)
                  : round_coefficient(n->coefficient, digits, drop, l->rounding, n->negative, &inexact);
    if (!coefficient) return NULL;
    int64_t now = count_digits(coefficient);
    bool within = now > 0 && now <= l->precision && now + wanted - 1 <= l->most &&
                  (coefficient == small_int_new(0) || now + wanted - 1 >= l->least);
    int status = !within ? 0 : drop > 0 ? limits_signal(l, inexact) : 1;
    if (status > 0) return number_new_steal(NULL, n->negative, coefficient, wanted);
    decref(coefficient);
    return status < 0 ? NULL : NOT_IMPLEMENTED;
}

/* ---- text ---- */

/* The limit on digits is for ints alone. */
Value coefficient_text(Value n) {
    int32_t limit = rt->int_max_str_digits;
    rt->int_max_str_digits = 0;
    Value text = int_to_text(n, 10, false);
    rt->int_max_str_digits = limit;
    return text;
}

/* The digits of the coefficient: in buf, or in *owned. NULL raised. */
static const char *coefficient_digits(Value v, char buf[40], size_t *count, Value *owned) {
    const Number *n = number_of(v);
    *owned = NULL;
    if (n->wide) {
        char *start = wide_text(number_wide(n), buf + 40);
        *count = (size_t)(buf + 40 - start);
        return start;
    }
    if (!(*owned = coefficient_text(n->coefficient))) return NULL;
    *count = str_length(*owned);
    return (const char *)str_data(*owned);
}

Value number_text(Value v, bool capitals) {
    const Number *n = number_of(v);
    Value digits;
    char buf[40];
    size_t length;
    const char *text = coefficient_digits(v, buf, &length, &digits);
    if (!text) return NULL;
    int64_t count = (int64_t)length,
            left = n->exponent + count; /* digits before the point, were there no exponent */
    int64_t point = n->exponent <= 0 && left > -6 ? left : 1;
    StrBuilder out = STR_BUILDER_INIT;
    char tail[32];
    int status = n->negative ? str_builder_add_char(&out, '-') : 0;
    if (status == 0 && point <= 0) {
        status = str_builder_add_ascii(&out, "0.", 2);
        if (status == 0) status = str_builder_add_repeat(&out, '0', (size_t)-point);
        if (status == 0) status = str_builder_add_ascii(&out, text, (size_t)count);
    } else if (status == 0) {
        status = str_builder_add_ascii(&out, text, (size_t)(point < count ? point : count));
        if (status == 0 && point < count) status = str_builder_add_char(&out, '.');
        if (status == 0 && point < count)
            status = str_builder_add_ascii(&out, text + point, (size_t)(count - point));
    }
    if (status == 0 && left != point) {
        int more = snprintf(tail, sizeof tail, "%c%+lld", capitals ? 'E' : 'e', (long long)(left - point));
        status = str_builder_add_ascii(&out, tail, (size_t)more);
    }
    xdecref(digits);
    if (status == 0) return str_builder_finish(&out);
    str_builder_drop(&out);
    return NULL;
}

/* ---- powers and roots ---- */

enum { MOST_POWER = 10000, MOST_POWER_DIGITS = 20000 };

/* Is it 1, 1.0, 1.00, ...? */
static bool is_one(Value v) {
    const Number *n = number_of(v);
    if (n->exponent != 1 - number_digits(v)) return false;
    if (!number_integer(v)) return false;
    Value power = power_of_ten(-n->exponent);
    bool same = power && int_compare(power, n->coefficient) == 0;
    xdecref(power);
    return same;
}

/* The exact power, rounded once, where it has not too many digits for that. */
Value number_power(const Limits *l, Value a, Value b) {
    const Number *m = number_of(a), *n = number_of(b);
    if (!number_integer(a) || !number_integer(b)) return NULL;
    if (n->exponent || n->negative || !is_small_int(n->coefficient)) return NOT_IMPLEMENTED;
    int64_t power = small_int(n->coefficient), exponent;
    if (power < 1 || power > MOST_POWER || is_zero(a) || number_digits(a) * power > MOST_POWER_DIGITS ||
        __builtin_mul_overflow(m->exponent, power, &exponent) || is_one(a))
        return error_pending() ? NULL : NOT_IMPLEMENTED;
    return number_finish_steal(l, m->negative && (power & 1), int_power(m->coefficient, n->coefficient, NONE),
                               exponent);
}

/* v * 10**n, or v without its last -n digits (*exact: they were zeros). Steals v. */
static Value shift_steal(Value v, int64_t n, bool *exact) {
    Value power = v ? power_of_ten(n < 0 ? -n : n) : NULL, result = NULL, rest = NULL;
    if (power && n >= 0) result = int_multiply(v, power);
    else if (power && int_divmod(v, power, &result, &rest) == 0) *exact = *exact && int_sign(rest) == 0;
    xdecref(rest);
    xdecref(power);
    xdecref(v);
    return result;
}

/* The integer root of the coefficient at one digit more than is asked for; where that is not exact its last digit is made to tell
 * rounding so. */
Value number_sqrt(const Limits *l, Value v) {
    const Number *n = number_of(v);
    int64_t digits = number_digits(v), odd = n->exponent & 1, exponent = n->exponent >> 1;
    if (!number_integer(v)) return NULL;
    if (digits < 0 || n->negative || is_zero(v)) return error_pending() ? NULL : NOT_IMPLEMENTED;
    int64_t shift = l->precision + 1 - (odd ? (digits >> 1) + 1 : (digits + 1) >> 1);
    bool exact = true, ignored = true;
    Value square = odd ? int_multiply(n->coefficient, small_int_new(10)) : incref(n->coefficient);
    square = shift_steal(square, 2 * shift, &exact);
    Value root = square ? math_isqrt(NULL, square) : NULL, again = root ? int_multiply(root, root) : NULL;
    if (!again) {
        xdecref(square);
        xdecref(root);
        return NULL;
    }
    exact = exact && int_compare(again, square) == 0;
    decref(again);
    decref(square);
    exponent -= shift;
    if (exact) {
        root = shift_steal(root, -shift, &ignored);
        exponent += shift;
    } else {
        Value quotient, rest;
        if (int_divmod(root, small_int_new(5), &quotient, &rest) < 0) return decref(root), NULL;
        if (int_sign(rest) == 0) SET_FIELD_STEAL(root, int_add(root, small_int_new(1)));
        decref(quotient);
        decref(rest);
    }
    Limits even = *l;
    even.rounding = HALF_EVEN;
    return number_finish_steal(&even, false, root, exponent);
}
