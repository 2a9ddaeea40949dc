/*
 * int_arith: arithmetic. Machine integers are computed in place with overflow checks; the rest goes to GMP, after the size of
 * the result was bounded, since GMP cannot say that memory ran out.
 */
#include <math.h>

#include "objects/float.h"
#include "objects/int_internal.h"
#include "objects/protocols.h"

/* z = op(a, b) for two views, result to a Value. */
#define BIG_BINARY(result_bits, statement)                                                                   \
    IntView x, y;                                                                                            \
    int_view(&x, a);                                                                                         \
    int_view(&y, b);                                                                                         \
    if (int_check_bits(result_bits) < 0) return NULL;                                                        \
    mpz_t z;                                                                                                 \
    mpz_init(z);                                                                                             \
    statement;                                                                                               \
    Value result_ = int_from_mpz(z);                                                                         \
    mpz_clear(z);                                                                                            \
    return result_

#define LARGER(x, y) (int_limbs(&(x)) > int_limbs(&(y)) ? int_limbs(&(x)) : int_limbs(&(y)))

/* Neither is negative: what divides by one limb and what works on bits needs no more than the limbs themselves. */
static inline bool both_natural(const IntView *x, const IntView *y) {
    return mpz_sgn(x->z) >= 0 && mpz_sgn(y->z) >= 0;
}

/* Quotient and rest of x >= 0 by one limb d > 0; either may be left out. */
static Value divide_by_limb(const IntView *x, mp_limb_t d, bool want_rest) {
    size_t n = int_limbs(x);
    const mp_limb_t *p = mpz_limbs_read(x->z);
    if (n <= 1) return int_from_u64(n == 0 ? 0 : want_rest ? p[0] % d : p[0] / d);
    if (want_rest) return int_from_u64(mpn_mod_1(p, (mp_size_t)n, d));
    Int *quotient = int_alloc(n);
    if (!quotient) return NULL;
    mpn_divrem_1(quotient->limbs, 0, p, (mp_size_t)n, d);
    return int_finish_steal(quotient, n, false);
}

/* Sum of magnitudes, or their difference with the sign of the larger. */
static Value add_magnitudes(const IntView *x, const IntView *y, bool negate_y) {
    size_t m = int_limbs(x), n = int_limbs(y);
    const mp_limb_t *p = mpz_limbs_read(x->z), *q = mpz_limbs_read(y->z);
    bool x_negative = mpz_sgn(x->z) < 0, y_negative = (mpz_sgn(y->z) < 0) != negate_y;
    if (m < n || (m == n && mpn_cmp(p, q, (mp_size_t)m) < 0)) { /* the larger first */
        const mp_limb_t *t = p;
        p = q, q = t;
        size_t k = m;
        m = n, n = k;
        bool s = x_negative;
        x_negative = y_negative, y_negative = s;
    }
    Int *result = int_alloc(m + 1);
    if (!result) return NULL;
    if (n == 0) {
        memcpy(result->limbs, p, m * sizeof *p);
        result->limbs[m] = 0;
    } else if (x_negative == y_negative) {
        result->limbs[m] = mpn_add(result->limbs, p, (mp_size_t)m, q, (mp_size_t)n);
    } else {
        mpn_sub(result->limbs, p, (mp_size_t)m, q, (mp_size_t)n);
        result->limbs[m] = 0;
    }
    return int_finish_steal(result, m + 1, x_negative);
}

Value int_add(Value a, Value b) {
    int64_t m, n, sum;
    if (int_is_machine(a, &m) && int_is_machine(b, &n) && !__builtin_add_overflow(m, n, &sum))
        return int_from_i64(sum);
    IntView x, y;
    int_view(&x, a);
    int_view(&y, b);
    return add_magnitudes(&x, &y, false);
}

Value int_subtract(Value a, Value b) {
    int64_t m, n, difference;
    if (int_is_machine(a, &m) && int_is_machine(b, &n) && !__builtin_sub_overflow(m, n, &difference))
        return int_from_i64(difference);
    IntView x, y;
    int_view(&x, a);
    int_view(&y, b);
    return add_magnitudes(&x, &y, true);
}

/* Of magnitudes of one limb, with that sign. */
static Value product_of_limbs(mp_limb_t m, mp_limb_t n, bool negative) {
    unsigned __int128 product = (unsigned __int128)m * n;
    Int *result = int_alloc(2);
    if (!result) return NULL;
    result->limbs[0] = (mp_limb_t)product;
    result->limbs[1] = (mp_limb_t)(product >> 64);
    return int_finish_steal(result, 2, negative);
}

Value int_multiply(Value a, Value b) {
    int64_t m, n, product;
    if (int_is_machine(a, &m) && int_is_machine(b, &n) && !__builtin_mul_overflow(m, n, &product))
        return int_from_i64(product);
    IntView x, y;
    int_view(&x, a);
    int_view(&y, b);
    size_t p = int_limbs(&x), q = int_limbs(&y);
    if (p == 0 || q == 0) return small_int_new(0);
    if (p == 1 && q == 1)
        return product_of_limbs(x.z->_mp_d[0], y.z->_mp_d[0], (mpz_sgn(x.z) < 0) != (mpz_sgn(y.z) < 0));
    if (int_charge(p, q) < 0 || int_check_bits((p + q) * 64) < 0) return NULL;
    Int *result = int_alloc(p + q);
    if (!result) return NULL;
    const mp_limb_t *u = mpz_limbs_read(x.z), *v = mpz_limbs_read(y.z);
    if (a == b) mpn_sqr(result->limbs, u, (mp_size_t)p);
    else if (p >= q) mpn_mul(result->limbs, u, (mp_size_t)p, v, (mp_size_t)q);
    else mpn_mul(result->limbs, v, (mp_size_t)q, u, (mp_size_t)p);
    return int_finish_steal(result, p + q, (mpz_sgn(x.z) < 0) != (mpz_sgn(y.z) < 0));
}

static Value raise_zero_division(const char *message) {
    return raise_error(T_ZeroDivisionError, "%s", message);
}

/* The pair by floor; both new. */
int int_divmod(Value a, Value b, Value *quotient, Value *remainder) {
    int64_t m, n;
    *quotient = *remainder = NULL;
    if (int_is_machine(b, &n) && n == 0) return raise_zero_division("integer division or modulo by zero"), -1;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) {
        int64_t q = m / n, r = m % n;
        if (r && (r ^ n) < 0) q--, r += n;
        *quotient = int_from_i64(q);
        *remainder = *quotient ? int_from_i64(r) : NULL;
    } else {
        IntView x, y;
        int_view(&x, a);
        int_view(&y, b);
        if (mpz_sgn(y.z) == 0) return raise_zero_division("integer division or modulo by zero"), -1;
        if (int_check_bits(LARGER(x, y) * 64) < 0 || int_charge(int_limbs(&x), int_limbs(&y)) < 0) return -1;
        mpz_t q, r;
        mpz_inits(q, r, NULL);
        mpz_fdiv_qr(q, r, x.z, y.z);
        *quotient = int_from_mpz(q);
        *remainder = *quotient ? int_from_mpz(r) : NULL;
        mpz_clears(q, r, NULL);
    }
    if (*remainder) return 0;
    xdecref(*quotient);
    *quotient = NULL;
    return -1;
}

Value int_floor_divide(Value a, Value b) {
    int64_t m, n;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) {
        if (n == 0) return raise_zero_division("integer division or modulo by zero");
        int64_t q = m / n; /* immediates: never INT64_MIN / -1 */
        return int_from_i64(m % n && (m ^ n) < 0 ? q - 1 : q);
    }
    if (int_sign(b) == 0) return raise_zero_division("integer division or modulo by zero");
    IntView p, q;
    int_view(&p, a);
    int_view(&q, b);
    if (int_charge(int_limbs(&p), int_limbs(&q)) < 0) return NULL;
    if (both_natural(&p, &q) && int_limbs(&q) == 1) return divide_by_limb(&p, mpz_getlimbn(q.z, 0), false);
    BIG_BINARY((LARGER(x, y) + 1) * 64, mpz_fdiv_q(z, x.z, y.z));
}

Value int_remainder(Value a, Value b) {
    int64_t m, n;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) {
        if (n == 0) return raise_zero_division("integer modulo by zero");
        int64_t r = m % n;
        return int_from_i64(r && (r ^ n) < 0 ? r + n : r);
    }
    if (int_sign(b) == 0) return raise_zero_division("integer modulo by zero");
    IntView p, q;
    int_view(&p, a);
    int_view(&q, b);
    if (int_charge(int_limbs(&p), int_limbs(&q)) < 0) return NULL;
    if (both_natural(&p, &q) && int_limbs(&q) == 1) return divide_by_limb(&p, mpz_getlimbn(q.z, 0), true);
    BIG_BINARY((LARGER(x, y) + 1) * 64, mpz_fdiv_r(z, x.z, y.z));
}

/*
 * Correctly rounded quotient of big ints: the dividend is scaled so that the integer quotient has 64 to 66 bits with a sticky
 * last bit, which one conversion then rounds; subnormal results are cut before, so that they too round once.
 */
static Value big_true_divide(const IntView *x, const IntView *y) {
    if (mpz_sgn(x->z) == 0) return float_new(mpz_sgn(y->z) < 0 ? -0.0 : 0.0);
    int64_t bits_x = (int64_t)mpz_sizeinbase(x->z, 2), bits_y = (int64_t)mpz_sizeinbase(y->z, 2);
    int64_t shift = bits_x - bits_y - 65; /* quotient = x / y / 2**shift has about 65 bits */
    if (bits_x - bits_y > 1025)
        return raise_error(T_OverflowError, "integer division result too large for a float");
    if (bits_x - bits_y < -1080) return float_new(mpz_sgn(x->z) * mpz_sgn(y->z) < 0 ? -0.0 : 0.0);
    if (shift < -1076) shift = -1076; /* two bits below the last one that can be kept */
    mpz_t n, d, q, r;
    mpz_inits(n, d, q, r, NULL);
    mpz_abs(n, x->z);
    mpz_abs(d, y->z);
    if (shift < 0) mpz_mul_2exp(n, n, (mp_bitcnt_t)-shift);
    else mpz_mul_2exp(d, d, (mp_bitcnt_t)shift);
    mpz_tdiv_qr(q, r, n, d);
    bool sticky = mpz_sgn(r) != 0;
    int extra = (int)mpz_sizeinbase(q, 2) - 64;
    if (extra > 0) {
        sticky = sticky || mpz_scan1(q, 0) < (mp_bitcnt_t)extra;
        mpz_tdiv_q_2exp(q, q, (mp_bitcnt_t)extra);
        shift += extra;
    }
    uint64_t m = mpz_getlimbn(q, 0);
    mpz_clears(n, d, q, r, NULL);
    /* to 53 bits by hand, so that ldexp is exact: subnormals keep fewer */
    int width = m ? 64 - __builtin_clzll(m) : 0, drop = width > 53 ? width - 53 : 0;
    if (shift + drop < -1074) drop = (int)(-1074 - shift);
    if (drop > 63) drop = 63;
    if (drop > 0) {
        uint64_t rest = m & ((UINT64_C(1) << drop) - 1), half = UINT64_C(1) << (drop - 1);
        m >>= drop;
        if (rest > half || (rest == half && (sticky || (m & 1)))) m++;
        shift += drop;
    }
    double result = ldexp((double)m, (int)shift);
    if (isinf(result)) return raise_error(T_OverflowError, "integer division result too large for a float");
    return float_new(mpz_sgn(x->z) * mpz_sgn(y->z) < 0 ? -result : result);
}

Value int_true_divide(Value a, Value b) {
    int64_t m, n;
    const int64_t exact = INT64_C(1) << 53;
    if (int_sign(b) == 0) return raise_zero_division("division by zero");
    if (int_is_machine(a, &m) && int_is_machine(b, &n) && m >= -exact && m <= exact && n >= -exact &&
        n <= exact)
        return float_new((double)m / (double)n);
    IntView x, y;
    int_view(&x, a);
    int_view(&y, b);
    return big_true_divide(&x, &y);
}

/* ---- powers ---- */

static Value machine_power(int64_t base, uint64_t exponent) {
    int64_t result = 1;
    while (exponent) {
        if (exponent & 1 && __builtin_mul_overflow(result, base, &result)) return NULL;
        exponent >>= 1;
        if (exponent && __builtin_mul_overflow(base, base, &base)) return NULL;
    }
    return int_from_i64(result);
}

enum { MODULAR_STEP = 1 << 26 }; /* products of limbs between two looks at the breaker: some milliseconds */

/* z = base ** exponent % m. What takes long is done by digits of the exponent, from the first one on. 0, -1 raised. */
static int power_modulo_in_steps(mpz_t z, const mpz_t base, const mpz_t exponent, const mpz_t m) {
    size_t left = mpz_sizeinbase(exponent, 2), limbs = mpz_size(m);
    size_t step = limbs < 1 << 13 ? MODULAR_STEP / (limbs * limbs) : 1;
    if (step >= left) return mpz_powm(z, base, exponent, m), 0;
    mpz_t digit, factor, shift;
    mpz_inits(digit, factor, shift, NULL);
    mpz_set_ui(z, 1);
    int status = 0;
    while (left && status == 0) {
        size_t n = left % step ? left % step : step;
        left -= n;
        mpz_tdiv_q_2exp(digit, exponent, left);
        mpz_tdiv_r_2exp(digit, digit, n);
        mpz_powm(factor, base, digit, m);
        mpz_set_ui(shift, 0);
        mpz_setbit(shift, n);
        mpz_powm(z, z, shift, m);
        mpz_mul(z, z, factor);
        mpz_mod(z, z, m);
        status = work_charge(1);
    }
    mpz_clears(digit, factor, shift, NULL);
    return status;
}

/* base ** exponent % m of numbers whose products fit a word. */
static int64_t machine_power_modulo(uint64_t base, uint64_t exponent, uint64_t m) {
    uint64_t result = 1 % m;
    for (base %= m; exponent; exponent >>= 1) {
        if (exponent & 1) result = result * base % m;
        base = base * base % m;
    }
    return (int64_t)result;
}

static Value power_modulo(Value a, Value b, Value modulus) {
    IntView x, y, m;
    if (are_small_ints(a, b) && is_small_int(modulus) && small_int(b) >= 0 && small_int(modulus) > 0 &&
        small_int(modulus) <= UINT32_MAX) {
        int64_t n = small_int(modulus), base = small_int(a) % n;
        return small_int_new(machine_power_modulo((uint64_t)(base < 0 ? base + n : base),
                                                  (uint64_t)small_int(b), (uint64_t)n));
    }
    int_view(&x, a);
    int_view(&y, b);
    int_view(&m, modulus);
    if (mpz_sgn(m.z) == 0) return raise_error(T_ValueError, "pow() 3rd argument cannot be 0");
    if (int_check_bits(int_limbs(&m) * 64 * 4) < 0 ||
        int_charge(int_limbs(&m) * int_limbs(&m), int_limbs(&y) * 64) < 0)
        return NULL;
    mpz_t z, base;
    mpz_inits(z, base, NULL);
    mpz_set(base, x.z);
    Value result = NULL;
    if (mpz_sgn(y.z) < 0 && mpz_cmpabs_ui(m.z, 1) != 0 && !mpz_invert(base, x.z, m.z)) {
        raise_error(T_ValueError, "base is not invertible for the given modulus");
    } else {
        mpz_t exponent;
        mpz_init(exponent);
        mpz_abs(exponent, y.z);
        int status = power_modulo_in_steps(z, base, exponent, m.z);
        if (mpz_sgn(m.z) < 0 && mpz_sgn(z) > 0) mpz_add(z, z, m.z);
        mpz_clear(exponent);
        if (status == 0) result = int_from_mpz(z);
    }
    mpz_clears(z, base, NULL);
    return result;
}

Value int_power(Value a, Value b, Value modulus) {
    if (modulus != NONE) return power_modulo(a, b, modulus);
    if (int_sign(b) < 0) {
        if (int_sign(a) == 0) return raise_zero_division("0.0 cannot be raised to a negative power");
        double x = int_to_double(a), y = error_pending() ? 0 : int_to_double(b);
        return error_pending() ? NULL : float_new(pow(x, y));
    }
    uint64_t exponent;
    int64_t base;
    bool machine_exponent = int_to_u64(b, &exponent);
    if (int_is_machine(a, &base)) {
        if (base == 0 || base == 1) return small_int_new(machine_exponent && exponent == 0 ? 1 : base);
        if (base == -1) {
            IntView y;
            int_view(&y, b);
            return small_int_new(mpz_odd_p(y.z) ? -1 : 1);
        }
        if (machine_exponent) {
            Value result = machine_power(base, exponent);
            if (result || error_pending()) return result;
        }
    }
    uint64_t bits;
    if (!machine_exponent || __builtin_mul_overflow((uint64_t)int_bit_length(a), exponent, &bits) ||
        __builtin_add_overflow(bits, 64, &bits))
        return raise_no_memory();
    if (int_check_bits(bits) < 0 || int_charge(bits / 64, bits / 64 > 512 ? 512 : bits / 64) < 0) return NULL;
    IntView x;
    int_view(&x, a);
    mpz_t z;
    mpz_init(z);
    mpz_pow_ui(z, x.z, exponent);
    Value result = int_from_mpz(z);
    mpz_clear(z);
    return result;
}

/* ---- bits ---- */

Value int_lshift(Value a, Value b) {
    if (int_sign(b) < 0) return raise_error(T_ValueError, "negative shift count");
    int64_t m;
    uint64_t n;
    if (int_sign(a) == 0) return small_int_new(0);
    if (!int_to_u64(b, &n)) return raise_error(T_OverflowError, "too many digits in integer");
    if (int_is_machine(a, &m) && n < 62) {
        int64_t shifted = (int64_t)((uint64_t)m << n);
        if (shifted >> n == m) return int_from_i64(shifted);
    }
    if (n > (UINT64_C(1) << 40)) return raise_no_memory();
    IntView x;
    int_view(&x, a);
    if (int_check_bits(int_limbs(&x) * 64 + n) < 0 || work_charge(n / 4096) < 0) return NULL;
    size_t limbs = int_limbs(&x), whole = n / 64, bits = n % 64;
    Int *result = int_alloc(limbs + whole + 1);
    if (!result) return NULL;
    memset(result->limbs, 0, whole * sizeof *result->limbs);
    const mp_limb_t *from = mpz_limbs_read(x.z);
    if (bits) {
        result->limbs[limbs + whole] =
            mpn_lshift(result->limbs + whole, from, (mp_size_t)limbs, (unsigned)bits);
    } else {
        memcpy(result->limbs + whole, from, limbs * sizeof *from);
        result->limbs[limbs + whole] = 0;
    }
    return int_finish_steal(result, limbs + whole + 1, mpz_sgn(x.z) < 0);
}

/* x >= 0 without its last n bits. */
static Value shifted_down(const IntView *x, uint64_t n) {
    size_t limbs = int_limbs(x), bits = n % 64;
    if (n / 64 >= limbs) return small_int_new(0);
    const mp_limb_t *from = mpz_limbs_read(x->z) + n / 64;
    limbs -= n / 64;
    if (limbs == 1) return int_from_u64(from[0] >> bits);
    Int *result = int_alloc(limbs);
    if (!result) return NULL;
    if (bits) mpn_rshift(result->limbs, from, (mp_size_t)limbs, (unsigned)bits);
    else memcpy(result->limbs, from, limbs * sizeof *from);
    return int_finish_steal(result, limbs, false);
}

Value int_rshift(Value a, Value b) {
    if (int_sign(b) < 0) return raise_error(T_ValueError, "negative shift count");
    int64_t m;
    uint64_t n;
    if (!int_to_u64(b, &n)) return small_int_new(int_sign(a) < 0 ? -1 : 0);
    if (int_is_machine(a, &m)) return int_from_i64(m >> (n > 63 ? 63 : n));
    IntView x;
    int_view(&x, a);
    if (mpz_sgn(x.z) > 0) return shifted_down(&x, n);
    mpz_t z;
    mpz_init(z);
    mpz_fdiv_q_2exp(z, x.z, n);
    Value result = int_from_mpz(z);
    mpz_clear(z);
    return result;
}

/* The bits that both have. */
static Value common_bits(const IntView *x, const IntView *y) {
    size_t n = int_limbs(x) < int_limbs(y) ? int_limbs(x) : int_limbs(y);
    const mp_limb_t *p = mpz_limbs_read(x->z), *q = mpz_limbs_read(y->z);
    if (n <= 1) return int_from_u64(n ? p[0] & q[0] : 0);
    Int *result = int_alloc(n);
    if (!result) return NULL;
    for (size_t i = 0; i < n; i++) result->limbs[i] = p[i] & q[i];
    return int_finish_steal(result, n, false);
}

/* The bits that either has, or of `one_only` those that one alone has. */
static Value united_bits(const IntView *x, const IntView *y, bool one_only) {
    const IntView *longer = int_limbs(x) >= int_limbs(y) ? x : y, *other = longer == x ? y : x;
    size_t m = int_limbs(longer), n = int_limbs(other);
    const mp_limb_t *p = mpz_limbs_read(longer->z), *q = mpz_limbs_read(other->z);
    Int *result = int_alloc(m);
    if (!result) return NULL;
    for (size_t i = 0; i < n; i++) result->limbs[i] = one_only ? p[i] ^ q[i] : p[i] | q[i];
    memcpy(result->limbs + n, p + n, (m - n) * sizeof *p);
    return int_finish_steal(result, m, false);
}

Value int_and(Value a, Value b) {
    int64_t m, n;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) return int_from_i64(m & n);
    IntView p, q;
    int_view(&p, a);
    int_view(&q, b);
    if (both_natural(&p, &q)) return common_bits(&p, &q);
    BIG_BINARY((LARGER(x, y) + 1) * 64, mpz_and(z, x.z, y.z));
}

Value int_or(Value a, Value b) {
    int64_t m, n;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) return int_from_i64(m | n);
    IntView p, q;
    int_view(&p, a);
    int_view(&q, b);
    if (both_natural(&p, &q)) return united_bits(&p, &q, false);
    BIG_BINARY((LARGER(x, y) + 1) * 64, mpz_ior(z, x.z, y.z));
}

Value int_xor(Value a, Value b) {
    int64_t m, n;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) return int_from_i64(m ^ n);
    IntView p, q;
    int_view(&p, a);
    int_view(&q, b);
    if (both_natural(&p, &q)) return united_bits(&p, &q, true);
    BIG_BINARY((LARGER(x, y) + 1) * 64, mpz_xor(z, x.z, y.z));
}

#define BIG_UNARY(statement)                                                                                 \
    IntView x;                                                                                               \
    int_view(&x, a);                                                                                         \
    if (int_check_bits((int_limbs(&x) + 1) * 64) < 0) return NULL;                                           \
    mpz_t z;                                                                                                 \
    mpz_init(z);                                                                                             \
    statement;                                                                                               \
    Value result_ = int_from_mpz(z);                                                                         \
    mpz_clear(z);                                                                                            \
    return result_

Value int_negative(Value a) {
    int64_t n;
    if (int_is_machine(a, &n)) return int_from_i64(-n);
    IntView x;
    int_view(&x, a);
    size_t limbs = int_limbs(&x);
    Int *result = int_alloc(limbs);
    if (!result) return NULL;
    memcpy(result->limbs, mpz_limbs_read(x.z), limbs * sizeof *result->limbs);
    return int_finish_steal(result, limbs, mpz_sgn(x.z) > 0);
}

Value int_invert(Value a) {
    int64_t n;
    if (int_is_machine(a, &n)) return int_from_i64(~n);
    BIG_UNARY(mpz_com(z, x.z));
}

Value int_gcd(Value a, Value b) { BIG_BINARY((LARGER(x, y) + 1) * 64, mpz_gcd(z, x.z, y.z)); }

/* Floor of the square root of a non-negative int. */
Value int_sqrt(Value a) { BIG_UNARY(mpz_sqrt(z, x.z)); }
