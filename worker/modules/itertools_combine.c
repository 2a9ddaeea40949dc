/*
 * itertools: product, permutations, combinations. Each steps an array of indices as an odometer.
 *
 * The tuple given last is kept. If nobody else holds it by the time of the next step, it is changed in place: a loop that
 * unpacks its tuples makes one in all.
 */
#include "modules/itertools.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Combine {
    HeapObject head;
    Value pool;      /* tuple: the items; product: a tuple of such tuples */
    Value result;    /* given last; NULL before the first */
    size_t r;        /* items in a result */
    size_t *indices; /* r; permutations: one for each item of the pool, then r cycles */
    bool stopped;
} Combine;

static int combine_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, 2, visit, arg);
}

static void combine_free(Heap *heap, HeapObject *o) {
    fields_drop(o, 2);
    heap_free(heap, ((Combine *)o)->indices);
    value_free(AS_VALUE(o));
}

static size_t combine_size(const HeapObject *o) { return size_with(o, ((const Combine *)o)->indices); }

static size_t pool_length(const Combine *c) { return tuple_length(c->pool); }

/* Steals pool. `places`: of the index array. */
static Combine *combine_new_steal(Type *type, Value pool, size_t r, size_t places, bool stopped) {
    size_t *indices = NULL;
    if (places < SIZE_MAX / sizeof *indices)
        indices = heap_calloc(rt->heap, places ? places : 1, sizeof *indices);
    if (!indices) raise_no_memory();
    Combine *c = indices ? (Combine *)value_alloc(type, 0) : NULL;
    if (!c) {
        heap_free(rt->heap, indices);
        decref(pool);
        return NULL;
    }
    c->pool = pool;
    c->result = NULL;
    c->r = r;
    c->indices = indices;
    c->stopped = stopped;
    value_track(AS_VALUE(c));
    return c;
}

/* The kept tuple, for the caller alone to change; NULL raised. */
static Tuple *own_result(Combine *c) {
    Tuple *old = (Tuple *)c->result;
    if (old->head.refcount == 1) {
        if (!heap_is_tracked(&old->head)) value_track(c->result); /* it may get items that can be in cycles */
        return old;
    }
    Value copy = tuple_from_array(old->items, old->length);
    if (copy) SET_FIELD_STEAL(c->result, copy);
    return (Tuple *)copy;
}

static void put(Tuple *t, size_t i, Value item) { SET_FIELD_STEAL(t->items[i], incref(item)); }

static Value give(Combine *c) { return incref(c->result); }

static Value stop(Combine *c) {
    c->stopped = true;
    return NULL;
}

static Value indices_tuple(const size_t *indices, size_t n) {
    Value t = tuple_new(n);
    for (size_t i = 0; t && i < n; i++) tuple_init_item_steal(t, i, small_int_new((int64_t)indices[i]));
    return t;
}

/* An index of a state tuple, clipped to [0, high]; -1 raised. */
static ssize_t state_index(Value state, size_t i, ssize_t low, ssize_t high) {
    Value item = tuple_item_borrow(state, i);
    if (!is_int(item)) return raise_error(T_TypeError, "an integer is required"), -1;
    ssize_t n = value_as_ssize(item, TYPE(OverflowError));
    if (n == -1 && error_pending()) return -1;
    return n < low ? low : n > high ? high : n;
}

/* ---- product ---- */

static int product_repeat(Value const *args, size_t nargs, Value kwnames, ssize_t *repeat) {
    *repeat = 1;
    if (!kwnames || tuple_length(kwnames) == 0) return 0;
    Value name = tuple_item_borrow(kwnames, 0);
    if (tuple_length(kwnames) > 1)
        return raise_int(T_TypeError, "product() takes at most 1 keyword argument (%zu given)",
                         tuple_length(kwnames));
    if (!str_equal_cstr(name, "repeat"))
        return raise_int(T_TypeError, "'%U' is an invalid keyword argument for product()", name);
    *repeat = value_as_ssize_argument(args[nargs]);
    if (*repeat == -1 && error_pending()) return -1;
    return *repeat < 0 ? raise_int(T_ValueError, "repeat argument cannot be negative") : 0;
}

static Value product_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    ssize_t repeat;
    if (product_repeat(args, nargs, kwnames, &repeat) < 0) return NULL;
    if (repeat == 0) nargs = 0;
    size_t n;
    if (__builtin_mul_overflow(nargs, (size_t)repeat, &n) || n > SSIZE_MAX / sizeof(Value))
        return raise_error(T_OverflowError, "repeat argument too large");
    Value pools = tuple_new(n);
    for (size_t i = 0; pools && i < nargs; i++) {
        Value pool = value_to_tuple(args[i]);
        if (pool) tuple_init_item_steal(pools, i, pool);
        else CLEAR_FIELD(pools);
    }
    if (!pools) return NULL;
    for (size_t i = nargs; i < n; i++)
        tuple_init_item_steal(pools, i, incref(tuple_item_borrow(pools, i - nargs)));
    return AS_VALUE(combine_new_steal(type, pools, n, n, false));
}

static Value product_first(Combine *c) {
    Value result = tuple_new(c->r);
    for (size_t i = 0; result && i < c->r; i++) {
        Value pool = tuple_item_borrow(c->pool, i);
        if (tuple_length(pool) == 0) {
            decref(result);
            return stop(c);
        }
        tuple_init_item_steal(result, i, incref(tuple_item_borrow(pool, 0)));
    }
    if (!result) return NULL;
    c->result = result;
    return give(c);
}

static Value product_next(Value v) {
    if (stack_is_low()) return NULL;
    Combine *c = (Combine *)v;
    if (c->stopped) return NULL;
    if (!c->result) return product_first(c);
    Tuple *result = own_result(c);
    if (!result) return stop(c);
    for (size_t i = c->r; i-- > 0;) {
        Value pool = tuple_item_borrow(c->pool, i);
        bool carry = ++c->indices[i] == tuple_length(pool);
        if (carry) c->indices[i] = 0;
        put(result, i, tuple_item_borrow(pool, c->indices[i]));
        if (!carry) return give(c);
    }
    return stop(c);
}

static Value product_reduce(Value v) {
    Combine *c = (Combine *)v;
    Value type = incref(AS_VALUE(type_of(v)));
    if (c->stopped) return itertools_pack_steal(2, type, itertools_pack_steal(1, tuple_new(0)));
    if (!c->result) return itertools_pack_steal(2, type, incref(c->pool));
    return itertools_pack_steal(3, type, incref(c->pool), indices_tuple(c->indices, c->r));
}

/* The result that the indices stand for. pool_of: the i-th place's items. */
static Value result_at(Combine *c, bool many_pools) {
    Value result = tuple_new(c->r);
    for (size_t i = 0; result && i < c->r; i++) {
        Value pool = many_pools ? tuple_item_borrow(c->pool, i) : c->pool;
        tuple_init_item_steal(result, i, incref(tuple_item_borrow(pool, c->indices[i])));
    }
    if (!result) return NULL;
    SET_FIELD_STEAL(c->result, result);
    return NONE;
}

static bool is_state(Combine *c, Value state) {
    if (is_tuple(state) && tuple_length(state) == c->r) return true;
    raise_error(T_ValueError, "invalid arguments");
    return false;
}

static Value product_setstate(Value v, Value state) {
    Combine *c = (Combine *)v;
    if (!is_state(c, state)) return NULL;
    for (size_t i = 0; i < c->r; i++) {
        size_t n = tuple_length(tuple_item_borrow(c->pool, i));
        if (n == 0) {
            c->stopped = true;
            return NONE;
        }
        ssize_t index = state_index(state, i, 0, (ssize_t)n - 1);
        if (index < 0) return NULL;
        c->indices[i] = (size_t)index;
    }
    return result_at(c, true);
}

/* ---- combinations ---- */

static bool count_r(const char *function, Value const *args, size_t nargs, Value kwnames, Value out[2],
                    ssize_t *r) {
    static const char *const names[] = {"iterable", "r", NULL};
    ArgSpec spec = {function, names, 2, 2, 2};
    if (!args_bind(&spec, args, nargs, kwnames, out)) return false;
    *r = value_as_ssize_argument(out[1]);
    return *r != -1 || !error_pending();
}

static Value combinations_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Value out[2];
    ssize_t r;
    if (!count_r("combinations", args, nargs, kwnames, out, &r)) return NULL;
    Value pool = value_to_tuple(out[0]);
    if (!pool) return NULL;
    if (r < 0) {
        decref(pool);
        return raise_error(T_ValueError, "r must be non-negative");
    }
    bool none = (size_t)r > tuple_length(pool);
    Combine *c = combine_new_steal(type, pool, (size_t)r, none ? 0 : (size_t)r, none);
    for (size_t i = 0; c && !none && i < c->r; i++) c->indices[i] = i;
    return AS_VALUE(c);
}

static Value combinations_next(Value v) {
    if (stack_is_low()) return NULL;
    Combine *c = (Combine *)v;
    if (c->stopped) return NULL;
    if (!c->result) return result_at(c, false) ? give(c) : stop(c);
    size_t n = pool_length(c), i = c->r;
    while (i > 0 && c->indices[i - 1] == n - c->r + i - 1) i--;
    if (i == 0) return stop(c);
    Tuple *result = own_result(c);
    if (!result) return stop(c);
    size_t index = ++c->indices[--i];
    put(result, i, tuple_item_borrow(c->pool, index));
    while (++i < c->r) {
        c->indices[i] = ++index;
        put(result, i, tuple_item_borrow(c->pool, index));
    }
    return give(c);
}

static Value combine_reduce(Value v) {
    Combine *c = (Combine *)v;
    Value type = incref(AS_VALUE(type_of(v))), r = small_int_new((int64_t)c->r);
    if (c->stopped) return itertools_pack_steal(2, type, itertools_pack_steal(2, tuple_new(0), r));
    Value args = tuple_pack(2, c->pool, r);
    if (!c->result) return itertools_pack_steal(2, type, args);
    return itertools_pack_steal(3, type, args, indices_tuple(c->indices, c->r));
}

static Value combinations_setstate(Value v, Value state) {
    Combine *c = (Combine *)v;
    if (!is_state(c, state)) return NULL;
    ssize_t n = (ssize_t)pool_length(c);
    for (size_t i = 0; i < c->r; i++) {
        ssize_t index = c->stopped ? -1 : state_index(state, i, -1, (ssize_t)i + n - (ssize_t)c->r);
        if (index == -1 && error_pending()) return NULL;
        c->indices[i] = index < 0 ? 0 : (size_t)index;
    }
    return result_at(c, false);
}

/* ---- combinations_with_replacement ---- */

static Value multisets_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Value out[2];
    ssize_t r;
    if (!count_r("combinations_with_replacement", args, nargs, kwnames, out, &r)) return NULL;
    Value pool = value_to_tuple(out[0]);
    if (!pool) return NULL;
    if (r < 0) {
        decref(pool);
        return raise_error(T_ValueError, "r must be non-negative");
    }
    return AS_VALUE(combine_new_steal(type, pool, (size_t)r, (size_t)r, tuple_length(pool) == 0 && r > 0));
}

static Value multisets_next(Value v) {
    if (stack_is_low()) return NULL;
    Combine *c = (Combine *)v;
    if (c->stopped) return NULL;
    if (!c->result) return result_at(c, false) ? give(c) : stop(c);
    size_t n = pool_length(c), i = c->r;
    while (i > 0 && c->indices[i - 1] == n - 1) i--;
    if (i == 0) return stop(c);
    Tuple *result = own_result(c);
    if (!result) return stop(c);
    size_t index = c->indices[--i] + 1;
    for (; i < c->r; i++) {
        c->indices[i] = index;
        put(result, i, tuple_item_borrow(c->pool, index));
    }
    return give(c);
}

static Value multisets_setstate(Value v, Value state) {
    Combine *c = (Combine *)v;
    if (!is_state(c, state)) return NULL;
    ssize_t n = (ssize_t)pool_length(c);
    for (size_t i = 0; i < c->r; i++) {
        if (n == 0) return NONE;
        ssize_t index = state_index(state, i, 0, n - 1);
        if (index < 0) return NULL;
        c->indices[i] = (size_t)index;
    }
    return result_at(c, false);
}

/* ---- permutations ---- */

static size_t *cycles_of(Combine *c) { return c->indices + pool_length(c); }

static Value permutations_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"iterable", "r", NULL};
    static const ArgSpec spec = {"permutations", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value pool = value_to_tuple(out[0]);
    if (!pool) return NULL;
    size_t n = tuple_length(pool);
    ssize_t r = (ssize_t)n;
    if (out[1] && out[1] != NONE) {
        if (!is_int(out[1])) {
            decref(pool);
            return raise_error(T_TypeError, "Expected int as r");
        }
        r = value_as_ssize_argument(out[1]);
        if (r < 0) {
            if (!error_pending()) raise_error(T_ValueError, "r must be non-negative");
            decref(pool);
            return NULL;
        }
    }
    bool none = (size_t)r > n;
    Combine *c = combine_new_steal(type, pool, (size_t)r, none ? 0 : n + (size_t)r, none);
    if (!c || none) return AS_VALUE(c);
    for (size_t i = 0; i < n; i++) c->indices[i] = i;
    for (size_t i = 0; i < c->r; i++) cycles_of(c)[i] = n - i;
    return AS_VALUE(c);
}

/* Moves the index at i behind all the others. */
static void rotate(size_t *indices, size_t i, size_t n) {
    size_t index = indices[i];
    memmove(indices + i, indices + i + 1, (n - 1 - i) * sizeof *indices);
    indices[n - 1] = index;
}

static Value permutations_next(Value v) {
    if (stack_is_low()) return NULL;
    Combine *c = (Combine *)v;
    if (c->stopped) return NULL;
    if (!c->result) return result_at(c, false) ? give(c) : stop(c);
    size_t n = pool_length(c), *cycles = cycles_of(c), *indices = c->indices;
    Tuple *result = own_result(c);
    if (!result) return stop(c);
    for (size_t i = c->r; i-- > 0;) {
        if (--cycles[i] == 0) {
            rotate(indices, i, n);
            cycles[i] = n - i;
            continue;
        }
        size_t j = n - cycles[i], index = indices[i];
        indices[i] = indices[j];
        indices[j] = index;
        for (; i < c->r; i++) put(result, i, tuple_item_borrow(c->pool, indices[i]));
        return give(c);
    }
    return stop(c);
}

static Value permutations_reduce(Value v) {
    Combine *c = (Combine *)v;
    Value type = incref(AS_VALUE(type_of(v))), r = small_int_new((int64_t)c->r);
    if (c->stopped) return itertools_pack_steal(2, type, itertools_pack_steal(2, tuple_new(0), r));
    Value args = tuple_pack(2, c->pool, r);
    if (!c->result) return itertools_pack_steal(2, type, args);
    Value state =
        itertools_pack_steal(2, indices_tuple(c->indices, pool_length(c)), indices_tuple(cycles_of(c), c->r));
    return itertools_pack_steal(3, type, args, state);
}

static Value permutations_setstate(Value v, Value state) {
    Combine *c = (Combine *)v;
    if (!is_tuple(state)) return raise_error(T_TypeError, "state is not a tuple");
    size_t n = pool_length(c);
    Value indices = tuple_length(state) == 2 ? tuple_item_borrow(state, 0) : NONE;
    Value cycles = tuple_length(state) == 2 ? tuple_item_borrow(state, 1) : NONE;
    if (!is_tuple(indices) || !is_tuple(cycles) || tuple_length(indices) != n ||
        tuple_length(cycles) != c->r || c->stopped)
        return raise_error(T_ValueError, "invalid arguments");
    for (size_t i = 0; i < n; i++) {
        ssize_t index = state_index(indices, i, 0, (ssize_t)n - 1);
        if (index < 0) return NULL;
        c->indices[i] = (size_t)index;
    }
    for (size_t i = 0; i < c->r; i++) {
        ssize_t cycle = state_index(cycles, i, 1, (ssize_t)(n - i));
        if (cycle < 0) return NULL;
        cycles_of(c)[i] = (size_t)cycle;
    }
    return result_at(c, false);
}

/* ---- the types ---- */

#define COMBINE_SPEC(id, docs, prefix, reduce)                                                               \
    static const NativeMethod id##_methods[] = {                                                             \
        METHOD_NOARGS("__reduce__", reduce, "What pickle takes it apart into."),                             \
        METHOD_ONE("__setstate__", prefix##_setstate, "Takes over what pickle has kept."),                   \
        METHOD_END,                                                                                          \
    };                                                                                                       \
    const TypeSpec itertools_##id##_spec = {                                                                 \
        .name = "itertools." #id,                                                                            \
        .doc = docs,                                                                                         \
        .flags = TYPE_SUBCLASSABLE | TYPE_GC,                                                                \
        .basic_size = sizeof(Combine),                                                                       \
        .slots = {.getattr = object_getattr,                                                                 \
                  .traverse = combine_traverse,                                                              \
                  .free = combine_free,                                                                      \
                  .size = combine_size,                                                                      \
                  .iter = itertools_self,                                                                    \
                  .next = prefix##_next,                                                                     \
                  .new_ = prefix##_make},                                                                    \
        .methods = id##_methods,                                                                             \
    }

COMBINE_SPEC(product,
             "product(*iterables, repeat=1): tuples of an item of each, as nested loops would give them.",
             product, product_reduce);
COMBINE_SPEC(combinations,
             "combinations(iterable, r)\n--\n\nGive the r-tuples of items in the order they stand in.",
             combinations, combine_reduce);
COMBINE_SPEC(combinations_with_replacement,
             "combinations_with_replacement(iterable, r)\n--\n\nGive the r-tuples of items in order, each as "
             "often as one "
             "likes.",
             multisets, combine_reduce);
COMBINE_SPEC(permutations, "permutations(iterable, r=None)\n--\n\nGive the r-tuples of items in every order.",
             permutations, permutations_reduce);
