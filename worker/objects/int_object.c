/* int_object: making ints, reading them as machine numbers, hashing and comparing them. */
#include <math.h>
#include <stdlib.h>

#include <heap/limits.h>

#include "objects/float.h"
#include "objects/int_internal.h"
#include "objects/protocols.h"

#define MAX_BITS (UINT64_C(1) << 36)

int int_check_bits(uint64_t bits) {
    if (bits > MAX_BITS) return raise_no_memory(), -1;
    /* GMP cannot fail softly: see that the heap has room before it is asked. */
    size_t bytes = (size_t)(bits / 8) * 3 + 64;
    if (bytes < 4096) return 0;
    void *probe = heap_alloc(rt->heap, bytes);
    if (!probe) return raise_no_memory(), -1;
    heap_free(rt->heap, probe);
    return 0;
}

/*
 * GMP's memory is the heap's, and GMP cannot be refused: sizes are checked before (int_check_bits). What the heap still refuses
 * comes from malloc for the time of one operation: no mpz outlives it, and the result, a heap object, can be refused.
 */
static void *gmp_allocate(size_t n) {
    void *block = heap_alloc(rt->heap, n);
    if (!block) block = malloc(n);
    if (!block) abort();
    return block;
}

static void gmp_free(void *block, size_t n) {
    (void)n;
    if (heap_owns(rt->heap, block)) heap_free(rt->heap, block);
    else free(block);
}

static void *gmp_reallocate(void *old, size_t old_bytes, size_t n) {
    void *block = heap_owns(rt->heap, old) ? heap_realloc(rt->heap, old, n) : NULL;
    if (block) return block;
    block = gmp_allocate(n);
    memcpy(block, old, old_bytes < n ? old_bytes : n);
    gmp_free(old, old_bytes);
    return block;
}

void int_boot(void) { mp_set_memory_functions(gmp_allocate, gmp_reallocate, gmp_free); }

int int_charge(size_t a, size_t b) {
    uint64_t work = (uint64_t)a * b;
    return work < 4096 ? 0 : work_charge(work / 64);
}

void int_view(IntView *view, Value v) {
    int64_t n;
    if (int_is_machine(v, &n)) {
        view->limb = n < 0 ? -(uint64_t)n : (uint64_t)n;
        *view->z = (__mpz_struct){0, n > 0 ? 1 : n < 0 ? -1 : 0, &view->limb};
        return;
    }
    Int *i = (Int *)v;
    *view->z = (__mpz_struct){0, (int)i->size, i->limbs};
}

Int *int_alloc(size_t limbs) {
    Int *i = heap_object_new(rt->heap, &TYPE(int)->kind, offsetof(Int, limbs) + limbs * sizeof(mp_limb_t));
    return i ? i : (Int *)raise_no_memory();
}

Value int_finish_steal(Int *i, size_t limbs, bool negative) {
    while (limbs && i->limbs[limbs - 1] == 0) limbs--;
    if (limbs <= 1) {
        uint64_t m = limbs ? i->limbs[0] : 0;
        if (m <= (uint64_t)SMALL_INT_MAX || (negative && m == (uint64_t)SMALL_INT_MAX + 1)) {
            heap_object_free(rt->heap, &i->head);
            return small_int_new(negative ? (int64_t)-m : (int64_t)m);
        }
    }
    i->size = negative ? -(int64_t)limbs : (int64_t)limbs;
    return AS_VALUE(i);
}

static Value from_limbs(const mp_limb_t *limbs, size_t n, bool negative) {
    Int *i = heap_object_new(rt->heap, &TYPE(int)->kind, offsetof(Int, limbs) + n * sizeof(mp_limb_t));
    if (!i) return raise_no_memory();
    memcpy(i->limbs, limbs, n * sizeof(mp_limb_t));
    i->size = negative ? -(int64_t)n : (int64_t)n;
    return AS_VALUE(i);
}

Value int_from_mpz(mpz_srcptr z) {
    if (mpz_fits_slong_p(z)) return int_from_i64(mpz_get_si(z));
    return from_limbs(mpz_limbs_read(z), mpz_size(z), mpz_sgn(z) < 0);
}

Value int_from_i64(int64_t n) {
    if (fits_small_int(n)) return small_int_new(n);
    mp_limb_t limb = n < 0 ? -(uint64_t)n : (uint64_t)n;
    return from_limbs(&limb, 1, n < 0);
}

Value int_from_u64(uint64_t n) {
    if (n <= (uint64_t)SMALL_INT_MAX) return small_int_new((int64_t)n);
    return from_limbs(&n, 1, false);
}

Value int_from_double(double d) {
    if (isnan(d)) return raise_error(T_ValueError, "cannot convert float NaN to integer");
    if (isinf(d)) return raise_error(T_OverflowError, "cannot convert float infinity to integer");
    if (d > -4e18 && d < 4e18) return int_from_i64((int64_t)d);
    mpz_t z;
    mpz_init_set_d(z, d);
    Value v = int_from_mpz(z);
    mpz_clear(z);
    return v;
}

/* An instance of a subclass with the value of v. */
Value int_subclass_new(Type *type, Value v) {
    IntView view;
    int_view(&view, v);
    size_t n = int_limbs(&view);
    Int *i = (Int *)value_alloc(type, n);
    if (!i) return NULL;
    if (n) memcpy(i->limbs, mpz_limbs_read(view.z), n * sizeof(mp_limb_t));
    i->size = mpz_sgn(view.z) < 0 ? -(int64_t)n : (int64_t)n;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(i));
    return AS_VALUE(i);
}

bool int_to_i64(Value v, int64_t *out) {
    if (int_is_machine(v, out)) return true;
    Int *i = (Int *)v;
    if (i->size == 0) return *out = 0, true;
    if (i->size == 1 && i->limbs[0] <= INT64_MAX) return *out = (int64_t)i->limbs[0], true;
    if (i->size == -1 && i->limbs[0] <= (uint64_t)INT64_MAX + 1) return *out = (int64_t)-i->limbs[0], true;
    return false;
}

bool int_to_u64(Value v, uint64_t *out) {
    int64_t n;
    if (int_is_machine(v, &n)) return *out = (uint64_t)n, n >= 0;
    Int *i = (Int *)v;
    if (i->size == 0) return *out = 0, true;
    return i->size == 1 ? (*out = i->limbs[0], true) : false;
}

/* Correctly rounded, half to even. */
double int_to_double(Value v) {
    int64_t n;
    if (int_to_i64(v, &n)) return (double)n;
    IntView view;
    int_view(&view, v);
    size_t bits = mpz_sizeinbase(view.z, 2);
    if (bits > 1024) goto too_large;
    mpz_t top;
    mpz_init(top);
    size_t shift = bits - 64; /* bits > 63 here */
    mpz_tdiv_q_2exp(top, view.z, bits > 64 ? shift : 0);
    uint64_t m = mpz_getlimbn(top, 0);
    mpz_clear(top);
    if (bits > 64 && mpz_scan1(view.z, 0) < shift) m |= 1; /* sticky: something was cut off */
    double d = ldexp((double)m, bits > 64 ? (int)shift : 0);
    if (isinf(d)) goto too_large;
    return mpz_sgn(view.z) < 0 ? -d : d;
too_large:
    raise_error(T_OverflowError, "int too large to convert to float");
    return -1.0;
}

int int_sign(Value v) {
    int64_t n;
    if (int_is_machine(v, &n)) return n < 0 ? -1 : n > 0;
    Int *i = (Int *)v;
    return i->size < 0 ? -1 : i->size > 0;
}

size_t int_bit_length(Value v) {
    int64_t n;
    if (int_is_machine(v, &n))
        return n ? 64 - (size_t)__builtin_clzll(n < 0 ? -(uint64_t)n : (uint64_t)n) : 0;
    IntView view;
    int_view(&view, v);
    return mpz_sgn(view.z) ? mpz_sizeinbase(view.z, 2) : 0;
}

#define HASH_MODULUS ((UINT64_C(1) << 61) - 1)

/* The value modulo 2**61 - 1, with the sign; never -1. */
Hash int_hash(Value v) {
    int64_t n;
    uint64_t h;
    bool negative;
    if (int_is_machine(v, &n)) {
        negative = n < 0;
        h = (negative ? -(uint64_t)n : (uint64_t)n) % HASH_MODULUS;
    } else {
        IntView view;
        int_view(&view, v);
        negative = mpz_sgn(view.z) < 0;
        h = mpz_fdiv_ui(view.z, HASH_MODULUS);
        if (negative && h) h = HASH_MODULUS - h;
    }
    Hash signed_hash = negative ? -(Hash)h : (Hash)h;
    return signed_hash == -1 ? -2 : signed_hash;
}

Value int_exact(Value v) {
    if (is_small_int(v)) return v;
    if (is_bool(v)) return small_int_new(v == TRUE);
    if (type_of(v) == TYPE(int)) return incref(v);
    IntView view;
    int_view(&view, v);
    return int_from_mpz(view.z);
}

int int_compare(Value a, Value b) {
    int64_t m, n;
    if (int_is_machine(a, &m) && int_is_machine(b, &n)) return m < n ? -1 : m > n;
    IntView x, y;
    int_view(&x, a);
    int_view(&y, b);
    return mpz_cmp(x.z, y.z);
}

static Value natural_from_bytes(const uint8_t *data, size_t n, bool little) {
    uint64_t few = 0;
    if (n <= 8) {
        for (size_t i = 0; i < n; i++) few |= (uint64_t)data[i] << 8 * (little ? i : n - 1 - i);
        return int_from_u64(few);
    }
    size_t limbs = (n + 7) / 8;
    Int *result = int_alloc(limbs);
    if (!result) return NULL;
    uint8_t *to = (uint8_t *)result->limbs; /* limbs are little-endian, as the machine is */
    result->limbs[limbs - 1] = 0;
    if (little) memcpy(to, data, n);
    for (size_t i = 0; !little && i < n; i++) to[i] = data[n - 1 - i];
    return int_finish_steal(result, limbs, false);
}

Value int_from_bytes(const uint8_t *data, size_t n, bool little, bool is_signed) {
    if (n == 0) return small_int_new(0);
    bool negative = is_signed && (little ? data[n - 1] : data[0]) & 0x80;
    if (!negative) return natural_from_bytes(data, n, little);
    mpz_t z;
    mpz_init(z);
    mpz_import(z, n, little ? -1 : 1, 1, 0, 0, data);
    mpz_t span;
    mpz_init(span);
    mpz_setbit(span, n * 8);
    mpz_sub(z, z, span);
    mpz_clear(span);
    Value v = int_from_mpz(z);
    mpz_clear(z);
    return v;
}

int int_to_bytes(Value v, uint8_t *data, size_t n, bool little, bool is_signed) {
    IntView view;
    int_view(&view, v);
    bool negative = mpz_sgn(view.z) < 0;
    if (negative && !is_signed) return raise_int(T_OverflowError, "can't convert negative int to unsigned");
    size_t bits = mpz_sgn(view.z) ? mpz_sizeinbase(view.z, 2) : 0;
    size_t room = n * 8;
    /* a negative power of two needs one bit less */
    size_t need = !is_signed ? bits : negative && mpz_scan1(view.z, 0) == bits - 1 ? bits : bits + 1;
    if (bits == 0) need = 0;
    if (need > room) return raise_int(T_OverflowError, "int too big to convert");
    memset(data, 0, n);
    if (bits == 0) return 0;
    if (!negative) {
        const uint8_t *from = (const uint8_t *)mpz_limbs_read(view.z);
        size_t bytes = (bits + 7) / 8;
        if (little) memcpy(data, from, bytes);
        for (size_t i = 0; !little && i < bytes; i++) data[n - 1 - i] = from[i];
        return 0;
    }
    mpz_t z, span;
    mpz_init_set(z, view.z);
    mpz_init(span);
    mpz_setbit(span, room);
    mpz_add(z, z, span);
    mpz_clear(span);
    size_t count = (mpz_sizeinbase(z, 2) + 7) / 8;
    mpz_export(little ? data : data + (n - count), NULL, little ? -1 : 1, 1, 0, 0, z);
    mpz_clear(z);
    return 0;
}
