/*
 * float_digits: see the header. A double is m * 2**-s with m below 2**53, and 10**k is 5**k * 2**k, so d * 10**k is the
 * product m * 5**k (at most 53 + 63 bits) shifted right by s - k: its whole part are the digits wanted, and what is shifted
 * out tells how far they are from d. Half a unit of d's last place, in the same scale, is 5**k / 2: digits that are nearer
 * than this read back as d.
 */
#include "objects/float_digits.h"

#include <math.h>
#include <stdint.h>

typedef unsigned __int128 Wide;

enum { FIVES = 28 };
static const uint64_t fives[FIVES] = {
    /* 5**k */
    UINT64_C(1),
    UINT64_C(5),
    UINT64_C(25),
    UINT64_C(125),
    UINT64_C(625),
    UINT64_C(3125),
    UINT64_C(15625),
    UINT64_C(78125),
    UINT64_C(390625),
    UINT64_C(1953125),
    UINT64_C(9765625),
    UINT64_C(48828125),
    UINT64_C(244140625),
    UINT64_C(1220703125),
    UINT64_C(6103515625),
    UINT64_C(30517578125),
    UINT64_C(152587890625),
    UINT64_C(762939453125),
    UINT64_C(3814697265625),
    UINT64_C(19073486328125),
    UINT64_C(95367431640625),
    UINT64_C(476837158203125),
    UINT64_C(2384185791015625),
    UINT64_C(11920928955078125),
    UINT64_C(59604644775390625),
    UINT64_C(298023223876953125),
    UINT64_C(1490116119384765625),
    UINT64_C(7450580596923828125),
};
static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

void digits_strip_zeros(Digits *d) {
    while (d->count > 1 && d->text[d->count - 1] == '0') d->count--;
}

/* whole * 10**-places */
static void put_digits(uint64_t whole, int places, Digits *out) {
    char text[20], *end = text + sizeof text, *p = end;
    for (; whole; whole /= 10) *--p = (char)('0' + whole % 10);
    out->count = (int)(end - p);
    for (int i = 0; i < out->count; i++) out->text[i] = p[i];
    out->point = out->count - places;
    digits_strip_zeros(out);
}

/* ---- to digits ---- */

typedef struct Scaled {
    uint64_t m; /* the double is m * 2**-s */
    int s;
    int k;         /* decimal places */
    int shift;     /* s - k */
    Wide product;  /* m * 5**k */
    uint64_t near; /* the nearest whole number to d * 10**k */
} Scaled;

static void scale(Scaled *x, int k) {
    x->k = k;
    x->shift = x->s - k;
    x->product = (Wide)x->m * fives[k];
    Wide rest = x->product & (((Wide)1 << x->shift) - 1), half = (Wide)1 << (x->shift - 1);
    x->near = (uint64_t)(x->product >> x->shift);
    if (rest > half || (rest == half && (x->near & 1))) x->near++;
}

static bool reads_back(const Scaled *x, uint64_t whole) {
    Wide at = (Wide)whole << x->shift, five = fives[x->k];
    bool below = at < x->product;
    Wide distance = below ? x->product - at : at - x->product;
    if (below && x->m == UINT64_C(1) << 52) distance *= 2; /* the next double below is twice as near */
    return 2 * distance < five || (2 * distance == five && !(x->m & 1));
}

/* Few places are the common case: exact products and quotients of doubles tell. */
static bool few_places(double d, Digits *out) {
    for (int k = 0; k <= 4; k++) {
        double whole = nearbyint(d * powers[k]);
        if (whole < 1 || whole >= 1e15 || whole / powers[k] != d) continue;
        put_digits((uint64_t)whole, k, out);
        return true;
    }
    return false;
}

/* Decimal places for 15 significant digits; one less just below a power of ten. */
static int places_for_15(double d) {
    int point = 0;
    if (d >= 1) {
        while (d >= powers[point]) point++;
        return 15 - point;
    }
    while (point < 7 && d * powers[point + 1] < 1) point++;
    return 15 + point;
}

bool digits_shortest(double d, Digits *out) {
    if (!(d >= 1e-7 && d < 1e15)) return false;
    if (few_places(d, out)) return true;
    int exponent;
    Scaled x = {.m = (uint64_t)ldexp(frexp(d, &exponent), 53)};
    x.s = 53 - exponent;
    int k = places_for_15(d);
    for (int more = 0; more <= 2; more++) {
        scale(&x, k + more);
        uint64_t found = reads_back(&x, x.near) ? x.near : 0;
        if (!found && more == 1) {
            if (reads_back(&x, x.near - 1)) found = x.near - 1;
            else if (reads_back(&x, x.near + 1)) found = x.near + 1;
        }
        if (!found) continue;
        put_digits(found, x.k, out);
        return true;
    }
    return false;
}

/* ---- from digits ---- */

static int width(Wide n) {
    uint64_t high = (uint64_t)(n >> 64);
    return high ? 128 - __builtin_clzll(high) : n ? 64 - __builtin_clzll((uint64_t)n) : 0;
}

/* n * 2**exponent, n of at least 55 bits, with something more below it when `sticky`. */
static double round_wide(Wide n, bool sticky, int exponent) {
    int drop = width(n) - 53;
    uint64_t mantissa = (uint64_t)(n >> drop);
    Wide rest = n & (((Wide)1 << drop) - 1), half = (Wide)1 << (drop - 1);
    if (rest > half || (rest == half && (sticky || (mantissa & 1)))) mantissa++;
    return ldexp((double)mantissa, exponent + drop);
}

/* m * 10**e */
static bool compose(uint64_t m, int e, double *out) {
    const uint64_t exact = UINT64_C(1) << 53;
    if (m <= exact && e >= -22 && e <= 22) {
        *out = e < 0 ? (double)m / powers[-e] : (double)m * powers[e];
        return true;
    }
    if (m == 0 || e <= -FIVES || e >= FIVES) return false;
    if (e >= 0) {
        Wide n = (Wide)m * fives[e];
        if (width(n) < 55) return false;
        *out = round_wide(n, false, e);
        return true;
    }
    Wide dividend = (Wide)m << 64, quotient = dividend / fives[-e];
    if (width(quotient) < 55) return false;
    *out = round_wide(quotient, quotient * fives[-e] != dividend, e - 64);
    return true;
}

bool decimal_read(const char *text, size_t n, double *out) {
    const char *p = text, *end = text + n;
    bool negative = p < end && *p == '-', point = false, any = false;
    if (p < end && (*p == '-' || *p == '+')) p++;
    uint64_t m = 0;
    int e = 0;
    for (; p < end; p++) {
        if (*p == '.' && !point) {
            point = true;
            continue;
        }
        unsigned digit = (unsigned)(*p - '0');
        if (digit > 9) break;
        if (m > (UINT64_MAX - 9) / 10) return false;
        m = m * 10 + digit;
        e -= point;
        any = true;
    }
    if (!any) return false;
    if (p < end && (*p == 'e' || *p == 'E')) {
        bool minus = ++p < end && *p == '-';
        if (p < end && (*p == '-' || *p == '+')) p++;
        int value = 0;
        if (p == end) return false;
        for (; p < end && *p >= '0' && *p <= '9' && value < 1000; p++) value = value * 10 + (*p - '0');
        e += minus ? -value : value;
    }
    if (p != end || !compose(m, e, out)) return false;
    if (negative) *out = -*out;
    return true;
}
