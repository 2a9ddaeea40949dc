/*
 * type_cache: looking names up along the MRO, the global method cache, and forgetting.
 *
 * Idea. A type in its present state has a version, unique for ever. The cache remembers (version, name) ->
 * value. A change to a type takes the versions of it and of all its subclasses away, so nothing that was
 * remembered can match again.
 *
 * Invariant: a type with a version has a version on each type of its MRO (so a type without one needs no walk
 * below it).
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/slots.h"
#include "objects/weakref.h"

enum { METHOD_CACHE_SIZE = 2048 }; /* a power of two */

typedef struct MethodCacheEntry {
    uint32_t version; /* 0: empty */
    Value name;       /* owned: an address must not be reused while it is a key */
    Value value;      /* borrowed from the type's dict, or NULL: known to be absent */
} MethodCacheEntry;

struct MethodCache {
    MethodCacheEntry entries[METHOD_CACHE_SIZE];
};

static MethodCacheEntry *cache_entry(uint32_t version, Value name) {
    size_t at = ((size_t)version * 31) ^ (BITS(name) >> 5);
    return &rt->method_cache->entries[at & (METHOD_CACHE_SIZE - 1)];
}

static Value find_in_mro(Type *t, Value name) {
    if (!t->mro) return NULL;
    Tuple *mro = INCREF(
        (Tuple *)t->mro); /* keys of a class's dict may be anything, their __eq__ may assign __bases__ */
    Value value = NULL;
    for (size_t i = 0; i < mro->length && !value; i++) {
        Dict *dict = type_dict_borrow((Type *)mro->items[i]);
        if (!dict) break;
        value = dict_get_str_borrow(AS_VALUE(dict), name);
        if (!value && error_pending()) break;
    }
    DECREF(mro);
    return value;
}

uint32_t type_version(Type *t) {
    if (t->version) return t->version;
    if (!t->mro || (t->flags & TYPE_MRO_CUSTOM)) return 0;
    Tuple *mro = (Tuple *)t->mro;
    for (size_t i = 0; i < mro->length; i++) {
        Type *at = (Type *)mro->items[i];
        if (at->version) continue;
        if (rt->next_type_version == UINT32_MAX || (at != t && (at->flags & TYPE_MRO_CUSTOM))) return 0;
        at->version = ++rt->next_type_version;
    }
    return t->version;
}

static bool cache_ready(void) {
    if (__builtin_expect(rt->method_cache != NULL, 1)) return true;
    rt->method_cache = heap_alloc_zero(rt->heap, sizeof *rt->method_cache);
    return rt->method_cache != NULL;
}

Value type_lookup_borrow(Type *t, Value name) {
    if (__builtin_expect(t->version != 0 && rt->method_cache, 1)) {
        MethodCacheEntry *e = cache_entry(t->version, name);
        if (__builtin_expect(e->version == t->version && e->name == name, 1)) return e->value;
    }
    uint32_t version = type_version(t);
    Value found = find_in_mro(t, name);
    if (!found && error_pending()) return NULL;
    if (version && version == t->version && cache_ready()) {
        MethodCacheEntry *e = cache_entry(version, name);
        Value old = e->name;
        *e = (MethodCacheEntry){version, incref(name), found};
        xdecref(old);
    }
    return found;
}

/* A class chain's MROs take memory by the square of its depth: that bounds this recursion. */
static void forget(Type *t) {
    if (!t->version) return;
    t->version = 0;
    for (size_t i = 0; t->id < TYPE_COUNT && i < TYPE_COUNT; i++)
        if (rt->types[i]->base == t && rt->types[i] != t) forget(rt->types[i]);
    if (!t->subclasses) return;
    size_t at = 0;
    Value key, ref;
    while (dict_next(t->subclasses, &at, &key, &ref)) {
        Value sub = weakref_get_borrow(ref);
        if (sub) forget((Type *)sub);
    }
}

void type_kind_changed(const Slots *before, const Slots *after) {
    if (before->descr_get != after->descr_get || before->descr_set != after->descr_set) forget(TYPE(object));
}

int type_modified(Type *t, Value name) {
    Slots before = t->slots;
    forget(t);
    int status = name ? type__update_slot(t, name) : t->flags & TYPE_HEAP ? type__update_slots(t) : 0;
    type_kind_changed(&before, &t->slots);
    return status;
}

/* ---- subclasses ---- */

/* Built-in types find theirs in the table; others are remembered by weak references, by address. The last added is the last. */
int type__add_subclass(Type *base, Type *t) {
    if (!base->subclasses && !(base->subclasses = dict_new())) return -1;
    Value key = small_int_new((int64_t)((uintptr_t)t >> 3));
    Value ref = weakref_new(AS_VALUE(t), NULL);
    int status =
        ref && dict_set(base->subclasses, key, ref) == 0 ? dict_move_to_end(base->subclasses, key, true) : -1;
    xdecref(ref);
    return status;
}

void type__remove_subclass(Type *base, Type *t) {
    if (base->subclasses) dict_delete(base->subclasses, small_int_new((int64_t)((uintptr_t)t >> 3)));
}

Value type__subclasses(Type *t) {
    Value list = list_new(0);
    if (!list) return NULL;
    for (size_t i = 0; t->id < TYPE_COUNT && i < TYPE_COUNT; i++) {
        Type *at = rt->types[i];
        bool direct = at != t && at->base == t;
        if (at == TYPE(ExceptionGroup) && t == TYPE(Exception)) direct = true;
        if (direct && list_append(list, AS_VALUE(at)) < 0) goto failed;
    }
    size_t at = 0;
    Value key, ref;
    while (t->subclasses && dict_next(t->subclasses, &at, &key, &ref)) {
        Value sub = weakref_get_borrow(ref);
        if (sub && list_append(list, sub) < 0) goto failed;
    }
    return list;
failed:
    decref(list);
    return NULL;
}
