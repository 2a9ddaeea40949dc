/*
 * key: what dict and set share about keys: the hash, and the equality that needs no slot; both in line for the common types.
 */
#ifndef ATOLL_OBJECTS_KEY_H
#define ATOLL_OBJECTS_KEY_H

#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"

static inline bool is_exact_str(Value v) { return is_object(v) && v->head.kind == &TYPE(str)->kind; }

/* -1 raised. A small int is its own hash below 2**61 - 1; -1 is not a hash. */
static inline Hash key_hash(Value key) {
    if (is_small_int(key)) {
        int64_t n = small_int(key);
        const int64_t modulus = (INT64_C(1) << 61) - 1;
        if (__builtin_expect(n < modulus && n > -modulus, 1)) return n == -1 ? -2 : n;
    } else if (is_exact_str(key)) {
        Hash h = ((Str *)key)->hash;
        return __builtin_expect(h != 0, 1) ? h : str_hash(key);
    }
    return value_hash(key);
}

static inline bool keys_equal_strs(Value a, Value b) {
    const Str *x = (const Str *)a, *y = (const Str *)b;
    return x->length == y->length && x->kind == y->kind &&
           str_bytes_equal(x->data, y->data, x->length * x->kind);
}

/* Different values of one hash: 1 equal, 0 not, -1: value_equal must say. Runs no Python code, raises nothing. */
static inline int keys_equal_atoms(Value a, Value b) {
    if (is_exact_str(a) && is_exact_str(b)) return keys_equal_strs(a, b);
    return is_small_int(a) && is_small_int(b) ? 0 : -1;
}

/* The same, and tuples of such. */
static inline int keys_equal_quick(Value a, Value b) {
    int equal = keys_equal_atoms(a, b);
    if (equal >= 0 || !is_object(a) || !is_object(b)) return equal;
    if (a->head.kind != &TYPE(tuple)->kind || b->head.kind != &TYPE(tuple)->kind) return -1;
    const Tuple *x = (const Tuple *)a, *y = (const Tuple *)b;
    if (x->length != y->length) return 0;
    for (size_t i = 0; i < x->length; i++) {
        if (x->items[i] == y->items[i]) continue;
        equal = keys_equal_atoms(x->items[i], y->items[i]);
        if (equal != 1) return equal;
    }
    return 1;
}

#endif
