/* math_integers: the functions of math on ints, and those on many numbers at once. */
#include <math.h>

#include "modules/math.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/int_internal.h"
#include "objects/protocols.h"

/* ---- gcd, lcm, isqrt ---- */

Value math_gcd(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value result = small_int_new(0);
    for (size_t i = 0; result && i < nargs; i++) {
        Value n = value_index(args[i]), next = n ? int_gcd(result, n) : NULL;
        xdecref(n);
        decref(result);
        result = next;
    }
    return result;
}

static Value absolute_int(Value n) { return int_sign(n) < 0 ? int_negative(n) : int_exact(n); }

/* |a / gcd(a, b) * b|; 0 if either is. */
static Value lcm_of(Value a, Value b) {
    if (int_sign(a) == 0 || int_sign(b) == 0) return small_int_new(0);
    Value divisor = int_gcd(a, b), part = divisor ? int_floor_divide(a, divisor) : NULL;
    Value product = part ? int_multiply(part, b) : NULL, result = product ? absolute_int(product) : NULL;
    xdecref(product);
    xdecref(part);
    xdecref(divisor);
    return result;
}

Value math_lcm(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value result = small_int_new(1);
    for (size_t i = 0; result && i < nargs; i++) {
        Value n = value_index(args[i]), next = n ? lcm_of(result, n) : NULL;
        xdecref(n);
        decref(result);
        result = next;
    }
    return result;
}

Value math_isqrt(Value module, Value arg) {
    (void)module;
    Value n = value_index(arg), result = NULL;
    if (!n) return NULL;
    if (int_sign(n) < 0) raise_error(T_ValueError, "isqrt() argument must be nonnegative");
    else result = int_sqrt(n);
    decref(n);
    return result;
}

/* ---- factorial, perm, comb ---- */

/* Product of the numbers first, first + 1, ..., last, halves first so that big factors meet big ones. New. */
static Value product_of_range(uint64_t first, uint64_t last) {
    if (first > last) return small_int_new(1);
    if (last - first < 4) {
        Value product = int_from_u64(first);
        for (uint64_t n = first + 1; product && n <= last; n++) {
            Value factor = int_from_u64(n), next = factor ? int_multiply(product, factor) : NULL;
            xdecref(factor);
            decref(product);
            product = next;
        }
        return product;
    }
    uint64_t middle = first + (last - first) / 2;
    Value low = product_of_range(first, middle), high = low ? product_of_range(middle + 1, last) : NULL;
    Value product = high ? int_multiply(low, high) : NULL;
    xdecref(high);
    xdecref(low);
    return product;
}

Value math_factorial(Value module, Value arg) {
    (void)module;
    int64_t n;
    Value index = value_index(arg);
    if (!index) return NULL;
    bool fits = int_to_i64(index, &n);
    int sign = int_sign(index);
    decref(index);
    if (sign < 0) return raise_error(T_ValueError, "factorial() not defined for negative values");
    if (!fits) return raise_error(T_OverflowError, "factorial() argument should not exceed %ld", INT64_MAX);
    if (n > 40 && int_check_bits((uint64_t)((double)n * log2((double)n))) < 0) return NULL;
    if (n <= 20) {
        int64_t product = 1;
        while (n > 1) product *= n--;
        return int_from_i64(product);
    }
    if (n > 2000) return product_of_range(2, (uint64_t)n);
    mpz_t z;
    mpz_init(z);
    mpz_fac_ui(z, (unsigned long)n);
    Value result = int_from_mpz(z);
    mpz_clear(z);
    return result;
}

/* n(n-1)...(n-k+1), k >= 0. New. */
static Value falling(Value n, uint64_t k) {
    int64_t small;
    if (int_to_i64(n, &small)) return product_of_range((uint64_t)small - k + 1, (uint64_t)small);
    Value product = int_exact(n), at = product ? incref(product) : NULL;
    for (uint64_t i = 1; product && i < k; i++) {
        Value next = int_subtract(at, small_int_new(1)), more = next ? int_multiply(product, next) : NULL;
        xdecref(at);
        decref(product);
        at = next;
        product = more;
    }
    xdecref(at);
    return product;
}

/* n and k as checked by perm and comb; false raised. k NULL: not given. */
static bool counts(Value const *args, size_t nargs, Value *n, Value *k) {
    *n = *k = NULL;
    *n = value_index(args[0]);
    if (!*n) return false;
    *k = nargs > 1 && args[1] != NONE ? value_index(args[1]) : NULL;
    if (!*k && error_pending()) return decref(*n), false;
    if (int_sign(*n) < 0 || (*k && int_sign(*k) < 0)) {
        raise_error(T_ValueError, "%s must be a non-negative integer", int_sign(*n) < 0 ? "n" : "k");
        decref(*n);
        xdecref(*k);
        return false;
    }
    return true;
}

Value math_perm(Value module, Value const *args, size_t nargs) {
    Value n, k, result = NULL;
    int64_t count;
    if (!args_count("perm", nargs, 1, 2)) return NULL;
    if (nargs == 1 || args[1] == NONE) return math_factorial(module, args[0]);
    if (!counts(args, nargs, &n, &k)) return NULL;
    if (int_compare(n, k) < 0) result = small_int_new(0);
    else if (!int_to_i64(k, &count)) raise_error(T_OverflowError, "k must not exceed %ld", INT64_MAX);
    else if (count == 0) result = small_int_new(1);
    else if (int_check_bits((uint64_t)count * int_bit_length(n)) == 0) result = falling(n, (uint64_t)count);
    decref(n);
    decref(k);
    return result;
}

enum { TABLE_MAX = 67 }; /* no binomial coefficient of so few things exceeds 64 bits */

/* n! without its factors of two, modulo 2**64. */
static const uint64_t odd_factorials[TABLE_MAX + 1] = {
    0x0000000000000001, 0x0000000000000001, 0x0000000000000001, 0x0000000000000003, 0x0000000000000003,
    0x000000000000000f, 0x000000000000002d, 0x000000000000013b, 0x000000000000013b, 0x0000000000000b13,
    0x000000000000375f, 0x0000000000026115, 0x000000000007233f, 0x00000000005cca33, 0x0000000002898765,
    0x00000000260eeeeb, 0x00000000260eeeeb, 0x0000000286fddd9b, 0x00000016beecca73, 0x000001b02b930689,
    0x00000870d9df20ad, 0x0000b141df4dae31, 0x00079dd498567c1b, 0x00af2e19afc5266d, 0x020d8a4d0f4f7347,
    0x335281867ec241ef, 0x9b3093d46fdd5923, 0x5e1f9767cc5866b1, 0x92dd23d6966aced7, 0xa30d0f4f0a196e5b,
    0x8dc3e5a1977d7755, 0x2ab8ce915831734b, 0x2ab8ce915831734b, 0x81d2a0bc5e5fdcab, 0x9efcac82445da75b,
    0xbc8b95cf58cde171, 0xa0e8444a1f3cecf9, 0x4191deb683ce3ffd, 0xddd3878bc84ebfc7, 0xcb39a64b83ff3751,
    0xf8203f7993fc1495, 0xbd2a2a78b35f4bdd, 0x84757be6b6d13921, 0x3fbbcfc0b524988b, 0xbd11ed47c8928df9,
    0x3c26b59e41c2f4c5, 0x677a5137e883fdb3, 0xff74e943b03b93dd, 0xfe5ebbcb10b2bb97, 0xb021f1de3235e7e7,
    0x33509eb2e743a58f, 0x390f9da41279fb7d, 0xe5cb0154f031c559, 0x93074695ba4ddb6d, 0x81c471caa636247f,
    0xe1347289b5a1d749, 0x286f21c3f76ce2ff, 0x00be84a2173e8ac7, 0x1595065ca215b88b, 0xf95877595b018809,
    0x9c2efe3c5516f887, 0x373294604679382b, 0xaf1ff7a888adcd35, 0x18ddf279a2c5800b, 0x18ddf279a2c5800b,
    0x505a90e2542582cb, 0x5bacad2cd8d5dc2b, 0xfe3152bcbff89f41};

/* 1 / odd modulo 2**64: each step doubles the bits that are right, three at first. */
static uint64_t odd_inverse(uint64_t odd) {
    uint64_t x = odd;
    for (int i = 0; i < 5; i++) x *= 2 - odd * x;
    return x;
}

/* The odd parts divide modulo 2**64; n! has n - popcount(n) factors of two. */
static uint64_t choose_from_table(unsigned n, unsigned k) {
    uint64_t odd = odd_factorials[n] * odd_inverse(odd_factorials[k] * odd_factorials[n - k]);
    return odd << (__builtin_popcount(k) + __builtin_popcount(n - k) - __builtin_popcount(n));
}

/* What GMP does in one call, without being asked to stop meanwhile. */
enum { ONE_CALL_MAX = 2000 };

static Value choose_by_gmp(uint64_t n, uint64_t k) {
    mpz_t z;
    mpz_init(z);
    mpz_bin_uiui(z, n, k);
    Value result = int_from_mpz(z);
    mpz_clear(z);
    return result;
}

/* n! / (k! (n - k)!) for k <= n / 2. New. */
static Value choose(Value n, uint64_t k) {
    int64_t small;
    if (k == 0) return small_int_new(1);
    bool fits = int_to_i64(n, &small);
    if (fits && small <= TABLE_MAX) return int_from_u64(choose_from_table((unsigned)small, (unsigned)k));
    if (int_check_bits(k * int_bit_length(n)) < 0) return NULL;
    if (fits && k <= ONE_CALL_MAX) return choose_by_gmp((uint64_t)small, k);
    Value top = falling(n, k), bottom = top ? product_of_range(2, k) : NULL;
    Value result = bottom ? int_floor_divide(top, bottom) : NULL;
    xdecref(bottom);
    xdecref(top);
    return result;
}

Value math_comb(Value module, Value const *args, size_t nargs) {
    (void)module;
    Value n, k, result = NULL;
    int64_t count;
    if (!args_count("comb", nargs, 2, 2)) return NULL;
    if (args[1] == NONE) { /* which counts() takes for "not given" */
        xdecref(n = value_index(args[0]));
        return n ? value_index(args[1]) : NULL;
    }
    if (!counts(args, nargs, &n, &k)) return NULL;
    Value rest = int_subtract(n, k);
    if (rest && int_sign(rest) < 0) {
        result = small_int_new(0);
    } else if (rest) {
        Value fewer = int_compare(k, rest) <= 0 ? k : rest;
        if (!int_to_i64(fewer, &count))
            raise_error(T_OverflowError, "min(n - k, k) must not exceed %ld", INT64_MAX);
        else result = choose(n, (uint64_t)count);
    }
    xdecref(rest);
    decref(n);
    decref(k);
    return result;
}

/* ---- prod ---- */

/* product * item; NULL raised. */
static Value multiply_step(Value product, Value item) {
    int64_t n;
    if (are_small_ints(product, item)) {
        if (!__builtin_mul_overflow(small_int(product), small_int(item), &n) && fits_small_int(n))
            return small_int_new(n);
    } else if (is_small_float(product) && is_small_float(item)) {
        return float_new(small_float(product) * small_float(item));
    }
    return value_multiply(product, item);
}

Value math_prod(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "start", NULL};
    static const ArgSpec spec = {"prod", names, 2, 1, 1};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value iterator = value_iter(out[0]),
          product = iterator ? out[1] ? incref(out[1]) : small_int_new(1) : NULL, item;
    while (product && (item = value_next(iterator)) != NULL) {
        Value next = multiply_step(product, item);
        decref(item);
        decref(product);
        product = next;
    }
    xdecref(iterator);
    if (product && error_pending()) CLEAR_FIELD(product);
    return product;
}

/* ---- fsum: Shewchuk's exact partial sums ---- */

typedef struct Partials {
    double *items, own[32];
    size_t count, capacity;
    double special, infinities; /* sums of what is not finite */
} Partials;

static int partials_add(Partials *p, double x) {
    double original = x;
    size_t kept = 0;
    for (size_t j = 0; j < p->count; j++) {
        double y = p->items[j];
        if (fabs(x) < fabs(y)) {
            double t = x;
            x = y;
            y = t;
        }
        volatile double high = x + y, part = high - x, low = y - part;
        if (low != 0.0) p->items[kept++] = low;
        x = high;
    }
    p->count = kept;
    if (x == 0.0) return 0;
    if (!isfinite(x)) {
        if (isfinite(original)) return raise_int(T_OverflowError, "intermediate overflow in fsum");
        if (isinf(original)) p->infinities += original;
        p->special += original;
        p->count = 0;
        return 0;
    }
    if (kept == p->capacity) {
        double *bigger = heap_alloc(rt->heap, 2 * p->capacity * sizeof *bigger);
        if (!bigger) return raise_no_memory(), -1;
        memcpy(bigger, p->items, kept * sizeof *bigger);
        if (p->items != p->own) heap_free(rt->heap, p->items);
        p->items = bigger;
        p->capacity *= 2;
    }
    p->items[p->count++] = x;
    return 0;
}

static double partials_round(const Partials *p) {
    size_t n = p->count;
    if (n == 0) return 0.0;
    double high = p->items[--n], low = 0.0;
    while (n > 0) {
        double x = high, y = p->items[--n];
        volatile double sum = x + y, part = sum - x;
        high = sum;
        low = y - part;
        if (low != 0.0) break;
    }
    /* a tie that the rest decides */
    if (n > 0 && ((low < 0.0 && p->items[n - 1] < 0.0) || (low > 0.0 && p->items[n - 1] > 0.0))) {
        volatile double y = low * 2.0, x = high + y, part = x - high;
        if (y == part) high = x;
    }
    return high;
}

Value math_fsum(Value module, Value iterable) {
    (void)module;
    Partials p = {.capacity = 32};
    p.items = p.own;
    Value iterator = value_iter(iterable), item;
    int status = iterator ? 0 : -1;
    while (status == 0 && (item = value_next(iterator)) != NULL) {
        double x;
        status = value_as_double(item, &x);
        decref(item);
        if (status == 0) status = partials_add(&p, x);
    }
    xdecref(iterator);
    Value result = NULL;
    if (status == 0 && !error_pending()) {
        if (p.special != 0.0)
            result =
                isnan(p.infinities) ? raise_error(T_ValueError, "-inf + inf in fsum") : float_new(p.special);
        else result = float_new(partials_round(&p));
    }
    if (p.items != p.own) heap_free(rt->heap, p.items);
    return result;
}

/* ---- hypot and dist ---- */

/* x * x - square, exactly: x is split into halves of 26 bits, whose products are exact. */
static double square_error(double x, double square) {
    double t = x * 134217729.0, high = t - (t - x), low = x - high;
    return ((high * high - square) + 2.0 * high * low) + low * low;
}

/* The length of a vector: scaled by the greatest part, summed with extra precision. */
static double norm(const double *parts, size_t n, double greatest, bool has_nan) {
    if (isinf(greatest)) return greatest;
    if (has_nan) return NAN;
    if (greatest == 0.0 || n <= 1) return greatest;
    int exponent;
    frexp(greatest, &exponent);
    if (exponent > -400 && exponent < 400) exponent = 0; /* no square leaves the range */
    long double sum = 0.0L, lost = 0.0L, scale = exponent ? ldexpl(1.0L, -exponent) : 1.0L;
    for (size_t i = 0; i < n; i++) {
        double x = (double)(parts[i] * scale), square = x * x, error = square_error(x, square);
        long double next = sum + square;
        lost += (sum >= square ? (sum - next) + square : (square - next) + sum) + error;
        sum = next;
    }
    long double length = sqrtl(sum + lost);
    return (double)(exponent ? ldexpl(length, exponent) : length);
}

static Value norm_of(double *parts, size_t n) {
    double greatest = 0.0;
    bool has_nan = false;
    for (size_t i = 0; i < n; i++) {
        parts[i] = fabs(parts[i]);
        has_nan |= isnan(parts[i]);
        if (parts[i] > greatest) greatest = parts[i];
    }
    return float_new(norm(parts, n, greatest, has_nan));
}

static double *parts_alloc(double *own, size_t n) {
    if (n <= 16) return own;
    double *parts = heap_calloc(rt->heap, n, sizeof *parts);
    if (!parts) raise_no_memory();
    return parts;
}

Value math_hypot(Value module, Value const *args, size_t nargs) {
    (void)module;
    double own[16], *parts = parts_alloc(own, nargs);
    bool good = parts != NULL;
    for (size_t i = 0; good && i < nargs; i++) good = value_as_double(args[i], &parts[i]) == 0;
    Value result = good ? norm_of(parts, nargs) : NULL;
    if (parts != own) heap_free(rt->heap, parts);
    return result;
}

Value math_dist(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("dist", nargs, 2, 2)) return NULL;
    Value p = value_to_tuple(args[0]), q = p ? value_to_tuple(args[1]) : NULL, result = NULL;
    double own[16], *parts = NULL;
    if (q && tuple_length(p) != tuple_length(q))
        raise_error(T_ValueError, "both points must have the same number of dimensions");
    else if (q) parts = parts_alloc(own, tuple_length(p));
    bool good = parts != NULL;
    for (size_t i = 0; good && i < tuple_length(p); i++) {
        double a, b;
        good = value_as_double(tuple_item_borrow(p, i), &a) == 0 &&
               value_as_double(tuple_item_borrow(q, i), &b) == 0;
        if (good) parts[i] = a - b;
    }
    if (good) result = norm_of(parts, tuple_length(p));
    if (parts && parts != own) heap_free(rt->heap, parts);
    xdecref(q);
    xdecref(p);
    return result;
}
