/*
 * lru_cache: a function that remembers its results.
 *
 * Idea. `cache` maps the key of a call (its only argument, if that is a plain int or str; else a tuple of all) to the result, or
 * in a bounded cache to a Link, which stands in a row from the least to the most recently used one. The dict and the row own a
 * reference each.
 *
 * The wrapped function, and the hash and equality of keys, may call the cache again, so after each such step the state is looked
 * at anew.
 */
#include "modules/functools.h"

#include "objects/dict.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Link {
    HeapObject head;
    Value key, result;
    Hash hash;
    struct Link *older, *newer;
    bool in_row;
} Link;

typedef struct LruCache LruCache;

struct LruCache {
    HeapObject head;
    Value function, cache, info_type;
    Value (*call)(LruCache *, Value const *args, size_t nargs, Value kwnames);
    ssize_t max_size; /* -1: unbounded */
    Link *oldest, *newest;
    int64_t hits, misses;
    bool typed;
    Attrs attrs;
};

static LruCache *cache_of(Value v) { return (LruCache *)v; }

/* ---- the row; putting in steals a reference, taking out gives it back ---- */

FIELDS_LIFE(link, 2)

const TypeSpec lru_link_spec = {
    .name = "functools._lru_list_elem",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Link),
    .slots = {.traverse = link_traverse, .free = link_free},
};

static void link_take_out(LruCache *c, Link *l) {
    *(l->older ? &l->older->newer : &c->oldest) = l->newer;
    *(l->newer ? &l->newer->older : &c->newest) = l->older;
    l->in_row = false;
}

static void link_put_newest_steal(LruCache *c, Link *l) {
    l->in_row = true;
    l->newer = NULL;
    l->older = c->newest;
    *(c->newest ? &c->newest->newer : &c->oldest) = l;
    c->newest = l;
}

static void link_put_oldest_steal(LruCache *c, Link *l) {
    l->in_row = true;
    l->older = NULL;
    l->newer = c->oldest;
    *(c->oldest ? &c->oldest->older : &c->newest) = l;
    c->oldest = l;
}

static Link *link_new(Value key, Hash hash, Value result) {
    Link *l = (Link *)value_alloc(FUNCTOOLS->lru_link, 0);
    if (!l) return NULL;
    l->key = incref(key);
    l->result = incref(result);
    l->hash = hash;
    l->older = l->newer = NULL;
    l->in_row = false;
    value_track(AS_VALUE(l));
    return l;
}

static void forget_all(LruCache *c) {
    Link *l = c->oldest;
    c->oldest = c->newest = NULL;
    dict_clear(c->cache);
    for (Link *newer; l; l = newer) {
        newer = l->newer;
        l->in_row = false;
        DECREF(l);
    }
}

/* ---- keys ---- */

static inline bool is_plain_key(Value v) { return is_small_int(v) || IS_EXACT(v, str) || IS_EXACT(v, int); }

/* A tuple of the arguments, the keywords behind a mark, and the types if they count. */
static Value long_key(const LruCache *c, Value const *args, size_t nargs, Value kwnames) {
    size_t keywords = kwnames ? tuple_length(kwnames) : 0, n = 0;
    Value key = tuple_new((nargs + keywords) * (c->typed ? 2 : 1) + (keywords ? 1 + keywords : 0));
    if (!key) return NULL;
    for (size_t i = 0; i < nargs; i++) tuple_init_item_steal(key, n++, incref(args[i]));
    if (keywords) tuple_init_item_steal(key, n++, incref(FUNCTOOLS->keyword_mark));
    for (size_t i = 0; i < keywords; i++) {
        tuple_init_item_steal(key, n++, incref(tuple_item_borrow(kwnames, i)));
        tuple_init_item_steal(key, n++, incref(args[nargs + i]));
    }
    for (size_t i = 0; c->typed && i < nargs + keywords; i++)
        tuple_init_item_steal(key, n++, incref(AS_VALUE(type_of(args[i]))));
    return key;
}

static inline Value key_of(const LruCache *c, Value const *args, size_t nargs, Value kwnames, Hash *hash) {
    bool plain = nargs == 1 && !c->typed && (!kwnames || tuple_length(kwnames) == 0) && is_plain_key(args[0]);
    Value key = plain ? incref(args[0]) : long_key(c, args, nargs, kwnames);
    if (!key) return NULL;
    *hash = value_hash(key);
    if (*hash != -1) return key;
    decref(key);
    return NULL;
}

/* ---- the three ways to call ---- */

/* The function's own answer. The cache's part of the recursion limit is its own, as in CPython: a recursive function
 * that is cached gets half as deep. */
static Value call_through(LruCache *c, Value const *args, size_t nargs, Value kwnames) {
    c->misses++;
    if (recursion_enter(" while calling a Python object") < 0) return NULL;
    Value result = value_call(c->function, args, nargs, kwnames);
    recursion_leave();
    return result;
}

static Value call_unbounded(LruCache *c, Value const *args, size_t nargs, Value kwnames) {
    Hash hash;
    Value key = key_of(c, args, nargs, kwnames, &hash), result;
    if (!key) return NULL;
    int found = dict_find_hash(c->cache, key, hash, &result);
    if (found > 0) {
        c->hits++;
        incref(result);
    } else if (found == 0) {
        result = call_through(c, args, nargs, kwnames);
        if (result && dict_set_hash(c->cache, key, hash, result) < 0) CLEAR_FIELD(result);
    }
    decref(key);
    return result;
}

/* A result for the cache; `key` and `result` stay the caller's. 0, -1 raised. */
static int remember_new(LruCache *c, Value key, Hash hash, Value result) {
    Link *l = link_new(key, hash, result);
    if (!l) return -1;
    int status = dict_set_hash(c->cache, key, hash, AS_VALUE(l));
    if (status == 0) link_put_newest_steal(c, l);
    else DECREF(l);
    return status;
}

/* The oldest link gets the new key and result. */
static int remember_instead_of_oldest(LruCache *c, Value key, Hash hash, Value result) {
    Link *l = c->oldest;
    link_take_out(c, l);
    Value popped = dict_pop_hash(c->cache, l->key, l->hash);
    if (!popped) {
        if (error_pending()) link_put_oldest_steal(c, l);
        else DECREF(l); /* a nested call has cleared or changed the cache: leave it alone */
        return error_pending() ? -1 : 0;
    }
    Value old_key = l->key, old_result = l->result;
    l->key = incref(key);
    l->result = incref(result);
    l->hash = hash;
    int status = dict_set_hash(c->cache, key, hash, popped);
    if (status == 0) link_put_newest_steal(c, l);
    else DECREF(l);
    decref(popped);
    decref(old_key);
    decref(old_result);
    return status;
}

static Value call_bounded(LruCache *c, Value const *args, size_t nargs, Value kwnames) {
    Hash hash;
    Value key = key_of(c, args, nargs, kwnames, &hash), found, result = NULL;
    if (!key) return NULL;
    int status = dict_find_hash(c->cache, key, hash, &found);
    if (status > 0) {
        Link *l = (Link *)found;
        if (l != c->newest && l->in_row) {
            link_take_out(c, l);
            link_put_newest_steal(c, l);
        }
        c->hits++;
        decref(key);
        return incref(l->result);
    }
    if (status == 0) result = call_through(c, args, nargs, kwnames);
    if (result) {
        status = dict_find_hash(c->cache, key, hash, &found); /* the call may have put it in */
        if (status == 0)
            status = (ssize_t)dict_length(c->cache) < c->max_size || !c->oldest
                         ? remember_new(c, key, hash, result)
                         : remember_instead_of_oldest(c, key, hash, result);
        if (status < 0) CLEAR_FIELD(result);
    }
    decref(key);
    return result;
}

static Value lru_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    LruCache *c = cache_of(v);
    return c->call(c, args, nargs, kwnames);
}

/* ---- life ---- */

static Value lru_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"user_function", "maxsize", "typed", "cache_info_type", NULL};
    static const ArgSpec spec = {"lru_cache", names, 4, 4, 4};
    Value out[4];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!value_is_callable(out[0])) return raise_error(T_TypeError, "the first argument must be callable");
    int typed = value_is_true(out[2]);
    ssize_t max_size = -1;
    if (typed < 0) return NULL;
    if (out[1] != NONE) {
        if (!value_has_index(out[1])) return raise_error(T_TypeError, "maxsize should be integer or None");
        max_size = value_as_ssize(out[1], TYPE(OverflowError));
        if (max_size == -1 && error_pending()) return NULL;
        if (max_size < 0) max_size = 0;
    }
    Value cache = dict_new();
    LruCache *c = cache ? (LruCache *)value_alloc(type, 0) : NULL;
    if (!c) {
        xdecref(cache);
        return NULL;
    }
    c->function = incref(out[0]);
    c->cache = cache;
    c->info_type = incref(out[3]);
    c->call = max_size < 0 ? call_unbounded : max_size == 0 ? call_through : call_bounded;
    c->max_size = max_size;
    c->oldest = c->newest = NULL;
    c->hits = c->misses = 0;
    c->typed = typed;
    value_track(AS_VALUE(c));
    return AS_VALUE(c);
}

static int lru_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    for (Link *l = cache_of(AS_VALUE(o))->oldest; l; l = l->newer) VISIT(l);
    int stop = fields_traverse(o, 3, visit, arg);
    return stop ? stop : attrs_traverse(AS_VALUE(o), visit, arg);
}

/* The function and the (empty) cache stay: somebody may call on. */
static void lru_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    forget_all(cache_of(AS_VALUE(o)));
    attrs_clear(AS_VALUE(o));
}

static void lru_free(Heap *heap, HeapObject *o) {
    (void)heap;
    forget_all(cache_of(AS_VALUE(o)));
    fields_drop(o, 3);
    value_free(AS_VALUE(o));
}

/* ---- methods ---- */

static Value lru_descr_get(Value v, Value instance, Value owner) {
    (void)owner;
    return !instance || instance == NONE ? incref(v) : method_new(v, instance);
}

static Value lru_cache_info(Value v) {
    LruCache *c = cache_of(v);
    Value args[4] = {int_from_i64(c->hits), int_from_i64(c->misses),
                     c->max_size < 0 ? NONE : small_int_new(c->max_size),
                     small_int_new((int64_t)dict_length(c->cache))};
    return value_call(c->info_type, args, 4, NULL);
}

static Value lru_cache_clear(Value v) {
    LruCache *c = cache_of(v);
    c->hits = c->misses = 0;
    forget_all(c);
    return NONE;
}

static Value lru_reduce(Value v) { return value_getattr(v, NAME(__qualname__)); }
static Value lru_copy(Value v) { return incref(v); }

static Value lru_deepcopy(Value v, Value memo) {
    (void)memo;
    return incref(v);
}

static Value lru_get_dict(Value v, void *closure) {
    (void)closure;
    Dict *dict = attrs_dict_borrow(v);
    return dict ? INCREF(AS_VALUE(dict)) : NULL;
}

static int lru_set_dict(Value v, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(v, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

static const NativeMethod lru_methods[] = {
    METHOD_NOARGS("cache_info", lru_cache_info, "cache_info($self, /)\n--\n\nReport cache statistics"),
    METHOD_NOARGS("cache_clear", lru_cache_clear,
                  "cache_clear($self, /)\n--\n\nClear the cache and cache statistics"),
    METHOD_NOARGS("__reduce__", lru_reduce, NULL),
    METHOD_NOARGS("__copy__", lru_copy, NULL),
    METHOD_ONE("__deepcopy__", lru_deepcopy, NULL),
    METHOD_END,
};

static const GetSet lru_getset[] = {
    {"__dict__", lru_get_dict, lru_set_dict, NULL, NULL},
    {0},
};

const TypeSpec lru_cache_spec = {
    .name = "functools._lru_cache_wrapper",
    .doc = "A function that keeps its results by arguments: maxsize of them, none for 0, all for None; typed "
           "keeps 1 and 1.0 apart. cache_info_type makes what cache_info() gives.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE | TYPE_METHOD_DESCRIPTOR,
    .basic_size = sizeof(LruCache),
    .has_attrs = true,
    .slots = {.traverse = lru_traverse,
              .clear = lru_clear,
              .free = lru_free,
              .call = lru_call,
              .descr_get = lru_descr_get,
              .new_ = lru_make},
    .methods = lru_methods,
    .getset = lru_getset,
};
