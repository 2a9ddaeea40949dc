#include "modules/decimal_wide.h"

#include "objects/int.h"

/* A result before it is rounded: at most 77 digits, the lowest limb first; more follows behind them if `sticky`. */
typedef struct Long {
    uint64_t limb[4];
    bool sticky;
} Long;

enum { CHUNK = WIDE_LIMB_DIGITS };

const uint64_t wide_powers[CHUNK + 1] = {1,
                                         10,
                                         100,
                                         1000,
                                         10000,
                                         100000,
                                         1000000,
                                         10000000,
                                         100000000,
                                         1000000000,
                                         10000000000,
                                         100000000000,
                                         1000000000000,
                                         10000000000000,
                                         100000000000000,
                                         1000000000000000,
                                         10000000000000000,
                                         100000000000000000,
                                         1000000000000000000,
                                         UINT64_C(10000000000000000000)};

/* 10**n for n <= WIDE_DIGITS. */
static inline Wide power(int n) {
    return n <= CHUNK ? wide_powers[n] : (Wide)wide_powers[CHUNK] * wide_powers[n - CHUNK];
}

int wide_digits(Wide c) {
    uint64_t high = (uint64_t)(c >> 64), low = (uint64_t)c;
    int bits = high ? 128 - __builtin_clzll(high) : 64 - __builtin_clzll(low | 1);
    int digits = bits * 1233 >> 12; /* right, or one too few */
    return digits + (c >= power(digits)) + (c == 0);
}

/* ---- limbs ---- */

/* high:low / d with high < d. */
static inline uint64_t divide_step(uint64_t high, uint64_t low, uint64_t d, uint64_t *rest) {
#ifdef __x86_64__
    uint64_t quotient;
    __asm__("divq %4" : "=a"(quotient), "=d"(*rest) : "a"(low), "d"(high), "r"(d) : "cc");
    return quotient;
#else
    Wide n = (Wide)high << 64 | low;
    *rest = (uint64_t)(n % d);
    return (uint64_t)(n / d);
#endif
}

/* The limbs by d; the rest. */
static uint64_t divide_limbs(uint64_t limb[4], uint64_t d) {
    uint64_t rest = 0;
    int i = 3;
    while (i > 0 && !limb[i]) i--;
    for (; i >= 0; i--) limb[i] = divide_step(rest, limb[i], d, &rest);
    return rest;
}

static void multiply_limbs(uint64_t limb[4], uint64_t factor) {
    Wide carry = 0;
    for (int i = 0; i < 4; i++) {
        carry += (Wide)limb[i] * factor;
        limb[i] = (uint64_t)carry;
        carry >>= 64;
    }
}

static Long long_of(Wide c) { return (Long){{(uint64_t)c, (uint64_t)(c >> 64), 0, 0}, false}; }

static Long product(Wide a, Wide b) {
    uint64_t a0 = (uint64_t)a, a1 = (uint64_t)(a >> 64), b0 = (uint64_t)b, b1 = (uint64_t)(b >> 64);
    if (!a1 && !b1) return long_of((Wide)a0 * b0);
    Wide low = (Wide)a0 * b0, cross = (Wide)a0 * b1, other = (Wide)a1 * b0, high = (Wide)a1 * b1;
    Wide middle = (low >> 64) + (uint64_t)cross + (uint64_t)other;
    high += (cross >> 64) + (other >> 64) + (middle >> 64);
    return (Long){{(uint64_t)low, (uint64_t)middle, (uint64_t)high, (uint64_t)(high >> 64)}, false};
}

static bool is_longer(const Long *n) { return n->limb[2] || n->limb[3]; }

/* How many digits there are; of what is longer than two limbs there may be one more. */
static int long_digits(const Long *n) {
    if (!is_longer(n)) return wide_digits((Wide)n->limb[1] << 64 | n->limb[0]);
    int bits = n->limb[3] ? 256 - __builtin_clzll(n->limb[3]) : 192 - __builtin_clzll(n->limb[2]);
    return bits * 1233 >> 12;
}

/* ---- rounding ---- */

/* Takes digits from the end of a Long; what was taken is remembered as far as rounding asks for it. */
typedef struct Cut {
    Long n;
    int order; /* of the part taken to half of the last digit left */
    bool inexact;
} Cut;

static void cut_digits(Cut *c, int64_t drop) {
    while (drop > 0) {
        int step = drop < CHUNK ? (int)drop : CHUNK;
        uint64_t rest = divide_limbs(c->n.limb, wide_powers[step]), half = wide_powers[step] / 2;
        c->order = (rest > half) - (rest < half);
        if (c->order == 0 && c->inexact) c->order = 1;
        c->inexact |= rest != 0;
        drop -= step;
    }
}

static Wide rounded(const Cut *c, Rounding rounding, bool negative) {
    Wide q = (Wide)c->n.limb[1] << 64 | c->n.limb[0];
    if (!c->inexact) return q;
    int last = (int)(c->n.limb[1] ? (uint64_t)(q % 10) : c->n.limb[0] % 10);
    return q + rounds_up(rounding, c->order, negative, last);
}

/* The coefficient of exactly `precision` digits for one of at least as many; the exponent grows with what is taken. */
static Wide round_to(Cut *cut, int digits, const Limits *l, bool negative, int64_t *exponent) {
    cut_digits(cut, digits - l->precision);
    *exponent += digits - l->precision;
    if (wide_digits((Wide)cut->n.limb[1] << 64 | cut->n.limb[0]) > l->precision) { /* there was one more */
        cut_digits(cut, 1);
        ++*exponent;
    }
    Wide coefficient = rounded(cut, l->rounding, negative);
    if (wide_digits(coefficient) <= l->precision) return coefficient;
    ++*exponent; /* 99.9 became 100 */
    return coefficient / 10;
}

/* Rounds to the precision and checks the exponent. */
static bool finish(const Limits *l, bool negative, const Long *n, int64_t exponent, Value *out) {
    int64_t etop = l->most - l->precision + 1, etiny = l->least - l->precision + 1;
    int digits = long_digits(n);
    Wide coefficient = (Wide)n->limb[1] << 64 | n->limb[0];
    *out = NOT_IMPLEMENTED;
    if (digits > l->precision || n->sticky || is_longer(n)) {
        if (l->precision >= WIDE_DIGITS || digits < l->precision) return false;
        Cut cut = {*n, -1, n->sticky};
        coefficient = round_to(&cut, digits, l, negative, &exponent);
        if (exponent > etop || exponent < etiny) return true;
        int status = limits_signal(l, cut.inexact);
        if (status <= 0) return *out = status < 0 ? NULL : NOT_IMPLEMENTED, true;
    } else if (digits > WIDE_DIGITS) {
        return false;
    } else if (coefficient == 0) {
        if (exponent < etiny || exponent > (l->clamp ? etop : l->most)) return true;
    } else {
        int64_t least = digits + exponent - l->precision;
        if (least < etiny || least > etop || (l->clamp && exponent > etop)) return true;
    }
    *out = number_new_wide(NULL, negative, coefficient, exponent);
    return true;
}

bool wide_finish(const Limits *l, bool negative, Wide coefficient, int64_t exponent, Value *out) {
    Long n = long_of(coefficient);
    return finish(l, negative, &n, exponent, out);
}

bool wide_shift(Value v, int64_t drop, Rounding rounding, Wide *out, bool *inexact) {
    const Number *n = number_of(v);
    Wide c = number_wide(n);
    *inexact = false;
    if (drop <= 0) {
        if (c && number_digits(v) - drop > WIDE_DIGITS) return false;
        *out = c ? c * power((int)-drop) : 0;
        return true;
    }
    Cut cut = {long_of(c), -1, false};
    cut_digits(&cut, drop < 2 * WIDE_DIGITS ? drop : 2 * WIDE_DIGITS);
    *out = rounded(&cut, rounding, n->negative);
    *inexact = cut.inexact;
    return true;
}

/* ---- operations ---- */

/* Both coefficients at the smaller exponent. */
static bool align(Value a, Value b, Wide *x, Wide *y, int64_t *exponent) {
    const Number *m = number_of(a), *n = number_of(b);
    int64_t shift;
    *x = number_wide(m);
    *y = number_wide(n);
    *exponent = m->exponent;
    if (m->exponent == n->exponent) return true;
    if (__builtin_sub_overflow(m->exponent, n->exponent, &shift)) return false;
    Wide *longer = shift > 0 ? x : y;
    if (shift > 0) *exponent = n->exponent;
    else shift = -shift;
    if (*longer == 0) return true;
    if (shift > WIDE_DIGITS || number_digits(longer == x ? a : b) + shift > WIDE_DIGITS) return false;
    *longer *= power((int)shift);
    return true;
}

bool wide_sum(const Limits *l, Value a, Value b, bool negate_b, Value *out) {
    bool sign_a = number_of(a)->negative, sign_b = number_of(b)->negative != negate_b, negative = sign_a;
    int64_t exponent;
    Wide x, y;
    if (!align(a, b, &x, &y, &exponent)) return false;
    if (sign_a == sign_b) return wide_finish(l, negative, x + y, exponent, out);
    negative = x == y ? l->rounding == FLOOR : x > y ? sign_a : sign_b;
    return wide_finish(l, negative, x > y ? x - y : y - x, exponent, out);
}

bool wide_multiply(const Limits *l, Value a, Value b, Value *out) {
    const Number *m = number_of(a), *n = number_of(b);
    int64_t exponent;
    if (__builtin_add_overflow(m->exponent, n->exponent, &exponent)) return false;
    Long whole = product(number_wide(m), number_wide(n));
    return finish(l, m->negative != n->negative, &whole, exponent, out);
}

/* n / d; n becomes the quotient. Is there a rest? */
static bool divide_long(Long *n, Wide d) {
    if (!(uint64_t)(d >> 64)) return divide_limbs(n->limb, (uint64_t)d) != 0;
    mp_limb_t divisor[2] = {(uint64_t)d, (uint64_t)(d >> 64)}, quotient[4] = {0}, rest[2];
    mp_size_t limbs = n->limb[3] ? 4 : n->limb[2] ? 3 : 2;
    mpn_tdiv_qr(quotient, rest, 0, n->limb, limbs, divisor, 2);
    memcpy(n->limb, quotient, sizeof n->limb);
    return rest[0] || rest[1];
}

bool wide_divide(const Limits *l, Value a, Value b, Value *out) {
    const Number *m = number_of(a), *n = number_of(b);
    int64_t ideal, shift = number_digits(b) - number_digits(a) + l->precision + 1;
    if (l->precision > WIDE_DIGITS - 2 || __builtin_sub_overflow(m->exponent, n->exponent, &ideal))
        return false;
    Long whole = long_of(number_wide(m));
    Wide divisor = number_wide(n);
    for (int64_t left = shift; left > 0; left -= CHUNK)
        multiply_limbs(whole.limb, wide_powers[left < CHUNK ? left : CHUNK]);
    if (shift < 0) {
        if (number_digits(b) - shift > WIDE_DIGITS) return false;
        divisor *= power((int)-shift);
    }
    int64_t exponent = ideal - shift;
    whole.sticky = divide_long(&whole, divisor);
    if (whole.sticky) return finish(l, m->negative != n->negative, &whole, exponent, out);
    Wide quotient = wide_strip((Wide)whole.limb[1] << 64 | whole.limb[0], &exponent, ideal);
    return wide_finish(l, m->negative != n->negative, quotient, exponent, out);
}

bool wide_divmod(Value a, Value b, Wide *quotient, Wide *rest, int64_t *exponent) {
    Wide x, y;
    if (!align(a, b, &x, &y, exponent)) return false;
    *quotient = x / y;
    *rest = x - *quotient * y;
    return true;
}

bool wide_compare(Value a, Value b, int *order) {
    Wide x, y;
    int64_t exponent;
    if (!align(a, b, &x, &y, &exponent)) return false;
    *order = (x > y) - (x < y);
    return true;
}

Wide wide_strip(Wide c, int64_t *exponent, int64_t most_exponent) {
    for (int step = 16; step > 0; step >>= 1)
        while (c && most_exponent - *exponent >= step && c % wide_powers[step] == 0) {
            c /= wide_powers[step];
            *exponent += step;
        }
    return c;
}

char *wide_text(Wide c, char *end) {
    if (c >= wide_powers[CHUNK]) { /* the high limb is below 10**19 too */
        uint64_t rest;
        c = divide_step((uint64_t)(c >> 64), (uint64_t)c, wide_powers[CHUNK], &rest);
        for (int i = 0; i < CHUNK; i++, rest /= 10) *--end = (char)('0' + rest % 10);
    }
    if (c > INT64_MAX) {
        *--end = (char)('0' + (int)(c % 10));
        c /= 10;
    }
    return int_machine_decimal((int64_t)c, end);
}
