/*
 * eval_fast_paths: arithmetic, comparison and truth of immediates, in line. Each returns false (or -1) when it does not apply;
 * nothing here raises or allocates unless said.
 */
#ifndef ATOLL_VM_EVAL_FAST_PATHS_H
#define ATOLL_VM_EVAL_FAST_PATHS_H

#include "objects/float.h"
#include "objects/key.h"
#include "vm/vm_internal.h"

static inline bool are_small_floats(Value a, Value b) { return (((BITS(a) ^ 2) | (BITS(b) ^ 2)) & 3) == 0; }

/* Tagged words of ints are 2n + 1, so sums and differences need one correction. */
static inline bool fast_add(Value a, Value b, Value *out) {
    if (LIKELY(are_small_ints(a, b))) {
        int64_t sum;
        if (UNLIKELY(__builtin_add_overflow((int64_t)BITS(a), (int64_t)BITS(b) - 1, &sum))) return false;
        *out = VALUE(sum);
        return true;
    }
    if (are_small_floats(a, b)) return (*out = small_float_try(small_float(a) + small_float(b))) != NULL;
    return false;
}

static inline bool fast_subtract(Value a, Value b, Value *out) {
    if (LIKELY(are_small_ints(a, b))) {
        int64_t difference;
        if (UNLIKELY(__builtin_sub_overflow((int64_t)BITS(a), (int64_t)BITS(b) - 1, &difference))) return false;
        *out = VALUE(difference);
        return true;
    }
    if (are_small_floats(a, b)) return (*out = small_float_try(small_float(a) - small_float(b))) != NULL;
    return false;
}

static inline bool fast_multiply(Value a, Value b, Value *out) {
    if (are_small_ints(a, b)) {
        int64_t product;
        if (UNLIKELY(__builtin_mul_overflow((int64_t)BITS(a) - 1, small_int(b), &product))) return false;
        *out = VALUE(product + 1);
        return true;
    }
    if (are_small_floats(a, b)) return (*out = small_float_try(small_float(a) * small_float(b))) != NULL;
    return false;
}

static inline bool fast_true_divide(Value a, Value b, Value *out) {
    double x, y;
    if (are_small_floats(a, b)) {
        x = small_float(a), y = small_float(b);
    } else if (are_small_ints(a, b)) {
        int64_t m = small_int(a), n = small_int(b);
        if (m > (INT64_C(1) << 53) || m < -(INT64_C(1) << 53) || n > (INT64_C(1) << 53) || n < -(INT64_C(1) << 53))
            return false;
        x = (double)m, y = (double)n;
    } else if (is_small_float(a) && is_small_int(b)) {
        x = small_float(a), y = (double)small_int(b);
    } else if (is_small_int(a) && is_small_float(b)) {
        x = (double)small_int(a), y = small_float(b);
    } else {
        return false;
    }
    return y != 0.0 && (*out = small_float_try(x / y)) != NULL;
}

static inline bool fast_floor_divide(Value a, Value b, Value *out) {
    if (!are_small_ints(a, b)) return false;
    int64_t m = small_int(a), n = small_int(b);
    if (UNLIKELY(n == 0 || n == -1)) return false;
    int64_t q = (m | n) >> 32 == 0 ? (int64_t)((uint32_t)m / (uint32_t)n) : m / n;
    if ((m ^ n) < 0 && q * n != m) q--;
    *out = small_int_new(q);
    return true;
}

static inline bool fast_remainder(Value a, Value b, Value *out) {
    if (!are_small_ints(a, b)) return false;
    int64_t m = small_int(a), n = small_int(b);
    if (UNLIKELY(n == 0 || n == -1)) return false;
    int64_t r = (m | n) >> 32 == 0 ? (int64_t)((uint32_t)m % (uint32_t)n) : m % n;
    if (r != 0 && (r ^ n) < 0) r += n;
    *out = small_int_new(r);
    return true;
}

static inline bool fast_lshift(Value a, Value b, Value *out) {
    if (!are_small_ints(a, b)) return false;
    int64_t m = small_int(a), n = small_int(b);
    if ((uint64_t)n > 61) return false;
    int64_t r = (int64_t)((uint64_t)m << n);
    if (r >> n != m || !fits_small_int(r)) return false;
    *out = small_int_new(r);
    return true;
}

static inline bool fast_rshift(Value a, Value b, Value *out) {
    if (!are_small_ints(a, b)) return false;
    int64_t n = small_int(b);
    if (n < 0) return false;
    *out = small_int_new(small_int(a) >> (n > 63 ? 63 : n));
    return true;
}

/* The bitwise operators. Plain or in place alike. */
static inline bool fast_bits(unsigned op, Value a, Value b, Value *out) {
    if (op >= BINARY_OP_COUNT) op -= BINARY_OP_COUNT;
    switch (op) {
    case OP_LSHIFT: return fast_lshift(a, b, out);
    case OP_RSHIFT: return fast_rshift(a, b, out);
    default: break;
    }
    if (!are_small_ints(a, b)) return false;
    switch (op) {
    case OP_AND: *out = VALUE(BITS(a) & BITS(b)); return true;
    case OP_OR: *out = VALUE(BITS(a) | BITS(b)); return true;
    case OP_XOR: *out = VALUE((BITS(a) ^ BITS(b)) | 1); return true;
    default: return false;
    }
}

/* Any operator but + - *. */
static inline bool fast_arithmetic(unsigned op, Value a, Value b, Value *out) {
    if (op >= BINARY_OP_COUNT) op -= BINARY_OP_COUNT;
    switch (op) {
    case OP_FLOOR_DIVIDE: return fast_floor_divide(a, b, out);
    case OP_REMAINDER: return fast_remainder(a, b, out);
    case OP_TRUE_DIVIDE: return fast_true_divide(a, b, out);
    default: return fast_bits(op, a, b, out);
    }
}

/* Outcomes of a comparison, one bit each, and the operators as sets of them. */
enum { OUTCOME_LESS = 1, OUTCOME_EQUAL = 2, OUTCOME_GREATER = 4, OUTCOME_UNORDERED = 8, OUTCOME_ALL = 15 };

static inline unsigned compare_outcomes(unsigned op) {
    /* LT, LE, EQ, NE, GT, GE, four bits each */
    return 0x64d231u >> (op * 4) & OUTCOME_ALL;
}

/* The outcome for two immediate numbers of one kind, or 0. */
static inline unsigned fast_compare(Value a, Value b) {
    if (LIKELY(are_small_ints(a, b))) {
        int64_t x = (int64_t)BITS(a), y = (int64_t)BITS(b);
        return x < y ? OUTCOME_LESS : x == y ? OUTCOME_EQUAL : OUTCOME_GREATER;
    }
    if (are_small_floats(a, b)) { /* none of them is a NaN: those have no immediate */
        double x = small_float(a), y = small_float(b);
        return x < y ? OUTCOME_LESS : x == y ? OUTCOME_EQUAL : OUTCOME_GREATER;
    }
    return 0;
}

/* Index for a sequence of this length: small int, negative from the end. -1: not one, or out of range. */
static inline ssize_t fast_index(Value key, size_t length) {
    if (!is_small_int(key)) return -1;
    int64_t i = small_int(key);
    if (i < 0) i += (int64_t)length;
    return (uint64_t)i < length ? (ssize_t)i : -1;
}

/* list[int] and tuple[int]: borrowed, or NULL. */
static inline Value fast_item_borrow(Value container, Value key) {
    if (!is_object(container) || !is_small_int(key)) return NULL;
    const HeapKind *kind = container->head.kind;
    if (kind == &TYPE(list)->kind) {
        List *l = (List *)container;
        ssize_t i = fast_index(key, l->length);
        return i < 0 ? NULL : l->items[i];
    }
    if (kind == &TYPE(tuple)->kind) {
        Tuple *tuple = (Tuple *)container;
        ssize_t i = fast_index(key, tuple->length);
        return i < 0 ? NULL : tuple->items[i];
    }
    return NULL;
}

#endif
