/* set_methods: set and frozenset as Python types. Operators take sets only, methods any iterable. */
#include "objects/set_internal.h"

#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/sizes.h"
#include "objects/str.h"

static bool is_frozen(Value v) { return value_is_instance(v, TYPE(frozenset)); }

/* The built-in type that a result has: an operation on a subclass gives the plain type. */
static Type *result_type(Value v) { return is_frozen(v) ? TYPE(frozenset) : TYPE(set); }

static Value copy_of(Value v) { return set_alloc(result_type(v), v); }

/* ---- the four operations: in place with any iterable; 0, -1 raised ---- */

static Value intersection_of(Value v, Value other);

static int discard_items_of_set(Value v, Value other) {
    size_t position = 0;
    Value key;
    Hash hash;
    while (set_next_entry(other, &position, &key, &hash)) {
        incref(key);
        int status = set_discard_hash((Set *)v, key, hash);
        decref(key);
        if (status < 0) return -1;
    }
    return 0;
}

static int discard_items(Value v, Value iterable) {
    Value it = value_iter(iterable);
    if (!it) return -1;
    int status = 0;
    for (Value key; status >= 0 && (key = value_next(it)) != NULL; decref(key)) {
        Hash hash = value_hash(key); /* a set among them is an error here, though discard() takes one */
        status = hash == -1 ? -1 : set_discard_hash((Set *)v, key, hash);
    }
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

/* A much larger set is first cut down to what both have. A table that is left with many marks is made anew. */
static int subtract_set(Value v, Value other) {
    if (v == other) return set_clear(v), 0;
    Set *s = (Set *)v;
    int status;
    if (!is_any_set(other)) {
        status = discard_items(v, other);
    } else if (set_length(other) >> 3 > s->length) {
        Value common = intersection_of(v, other);
        status = common ? discard_items_of_set(v, common) : -1;
        xdecref(common);
    } else {
        status = discard_items_of_set(v, other);
    }
    if (status < 0 || s->used - s->length <= s->mask / 4) return status;
    return set_resize(s, s->length > 50000 ? s->length * 2 : s->length * 4);
}

static int contains_hash(Value set_or_dict, Value key, Hash hash) {
    Value ignored;
    return is_any_set(set_or_dict) ? set_contains_hash((Set *)set_or_dict, key, hash)
                                   : dict_find_hash(set_or_dict, key, hash, &ignored);
}

/* New set of type with the items of v that are (or are not) in other, a set or a dict. */
static Value filtered(Value v, Value other, Type *type, bool wanted) {
    Value result = set_alloc(type, NULL);
    size_t position = 0;
    Value key;
    Hash hash;
    while (result && set_next_entry(v, &position, &key, &hash)) {
        incref(key);
        int inside = contains_hash(other, key, hash);
        if (inside >= 0 && (inside != 0) == wanted) inside = set_add_hash((Set *)result, key, hash);
        decref(key);
        if (inside < 0) {
            decref(result);
            return NULL;
        }
    }
    return result;
}

static Value intersection_of(Value v, Value other) {
    Type *type = result_type(v);
    if (v == other) return copy_of(v);
    if (is_any_set(other))
        return set_length(other) > set_length(v) ? filtered(v, other, type, true)
                                                 : filtered(other, v, type, true);
    Value result = set_alloc(type, NULL), it = result ? value_iter(other) : NULL;
    int status = it ? 0 : -1;
    for (Value key; status >= 0 && (key = value_next(it)) != NULL; decref(key)) {
        Hash hash = value_hash(key);
        status = hash == -1 ? -1 : set_contains_hash((Set *)v, key, hash);
        if (status > 0) status = set_add_hash((Set *)result, key, hash);
    }
    xdecref(it);
    if (status >= 0 && !error_pending()) return result;
    xdecref(result);
    return NULL;
}

/* Of a set with many more items than the other a copy loses some; else a new one takes what remains. */
static Value difference_of(Value v, Value other) {
    bool known = is_any_set(other) || IS_EXACT(other, dict);
    if (known && set_length(v) >> 2 <= (is_any_set(other) ? set_length(other) : dict_length(other)))
        return filtered(v, other, result_type(v), false);
    Value result = copy_of(v);
    if (result && subtract_set(result, other) < 0) {
        decref(result);
        return NULL;
    }
    return result;
}

static int toggle(Value v, Value key, Hash hash) {
    incref(key);
    int status = set_discard_hash((Set *)v, key, hash);
    if (status == 0) status = set_add_hash((Set *)v, key, hash);
    decref(key);
    return status;
}

static int symmetric_update(Value v, Value other) {
    if (v == other) return set_clear(v), 0;
    size_t position = 0;
    Value key;
    Hash hash;
    int status = 0;
    if (IS_EXACT(other, dict)) {
        while (status >= 0 && dict_next_hash(other, &position, &key, NULL, &hash))
            status = toggle(v, key, hash);
        return status < 0 ? -1 : 0;
    }
    Value items = is_any_set(other) ? incref(other) : set_new(other);
    if (!items) return -1;
    while (status >= 0 && set_next_entry(items, &position, &key, &hash)) status = toggle(v, key, hash);
    decref(items);
    return status < 0 ? -1 : 0;
}

/* The other's items, and then those of v put in or taken out. */
static Value symmetric_difference_of(Value v, Value other) {
    Value result = set_alloc(result_type(v), other);
    if (result && symmetric_update(result, v) < 0) {
        decref(result);
        return NULL;
    }
    return result;
}

/* Gives v the table of result, which dies with v's old one. */
static void take_table(Value v, Value result) {
    Set *a = (Set *)v, *b = (Set *)result, t = *a;
    bool a_small = a->table == a->small, b_small = b->table == b->small;
    a->length = b->length, a->used = b->used, a->mask = b->mask;
    memcpy(a->small, b->small, sizeof a->small);
    a->table = b_small ? a->small : b->table;
    b->length = t.length, b->used = t.used, b->mask = t.mask;
    memcpy(b->small, t.small, sizeof b->small);
    b->table = a_small ? b->small : t.table;
    a->version++;
    decref(result);
}

static int intersect_in_place(Value v, Value other) {
    Value result = intersection_of(v, other);
    if (!result) return -1;
    take_table(v, result);
    return 0;
}

/* ---- comparison ---- */

static int is_subset(Value a, Value b) {
    if (set_length(a) > set_length(b)) return 0;
    size_t position = 0;
    Value key;
    Hash hash;
    while (set_next_entry(a, &position, &key, &hash)) {
        incref(key);
        int inside = set_contains_hash((Set *)b, key, hash);
        decref(key);
        if (inside != 1) return inside;
    }
    return 1;
}

static Value set_compare(Value a, Value b, CompareOp op) {
    if (!is_any_set(b)) return NOT_IMPLEMENTED;
    size_t m = set_length(a), n = set_length(b);
    int result = 0;
    switch (op) {
    case CMP_EQ:
    case CMP_NE:
        result = m == n ? is_subset(a, b) : 0;
        if (op == CMP_NE && result >= 0) result = !result;
        break;
    case CMP_LE: result = is_subset(a, b); break;
    case CMP_GE: result = is_subset(b, a); break;
    case CMP_LT: result = m < n ? is_subset(a, b) : 0; break;
    case CMP_GT: result = n < m ? is_subset(b, a) : 0; break;
    }
    return result < 0 ? NULL : BOOL(result);
}

/* Order must not matter: each item's hash is spread and the results are combined by xor. */
static Hash frozenset_hash(Value v) {
    Set *s = (Set *)v;
    if (s->hash) return s->hash;
    uint64_t h = 0;
    size_t position = 0;
    Value key;
    Hash hash;
    while (set_next_entry(v, &position, &key, &hash)) {
        uint64_t u = (uint64_t)hash;
        h ^= ((u ^ UINT64_C(89869747)) ^ (u << 16)) * UINT64_C(3644798167);
    }
    h ^= ((uint64_t)s->length + 1) * UINT64_C(1927868237);
    h ^= (h >> 11) ^ (h >> 25);
    h = h * UINT64_C(69069) + UINT64_C(907133923);
    if (h == 0 || h == UINT64_MAX) h = 590923713;
    return s->hash = (Hash)h;
}

/* ---- text ---- */

static Value set_repr(Value v) {
    const char *name = type_name_of(v);
    if (set_length(v) == 0) return str_format("%s()", name);
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_format("%s(...)", name);
    Value list = value_to_list(v), text = NULL;
    Value inner = list ? seq_repr(list, "{", "}", "{...}", false) : NULL;
    if (inner) text = IS_EXACT(v, set) ? incref(inner) : str_format("%s(%U)", name, inner);
    xdecref(inner);
    xdecref(list);
    repr_leave(v);
    return text;
}

/* ---- operators ---- */

#define BOTH_SETS(a, b)                                                                                      \
    if (!is_any_set(a) || !is_any_set(b)) return NOT_IMPLEMENTED

static Value set_or(Value a, Value b) {
    BOTH_SETS(a, b);
    Value result = copy_of(a);
    if (result && set_update(result, b) < 0) {
        decref(result);
        return NULL;
    }
    return result;
}

static Value set_and(Value a, Value b) {
    BOTH_SETS(a, b);
    return intersection_of(a, b);
}

static Value set_sub(Value a, Value b) {
    BOTH_SETS(a, b);
    return difference_of(a, b);
}

static Value set_xor(Value a, Value b) {
    BOTH_SETS(a, b);
    return symmetric_difference_of(a, b);
}

static Value in_place(Value a, Value b, int (*update)(Value, Value)) {
    if (!is_any_set(b)) return NOT_IMPLEMENTED;
    return update(a, b) < 0 ? NULL : incref(a);
}

static Value set_ior(Value a, Value b) { return in_place(a, b, set_update); }
static Value set_iand(Value a, Value b) { return in_place(a, b, intersect_in_place); }
static Value set_isub(Value a, Value b) { return in_place(a, b, subtract_set); }
static Value set_ixor(Value a, Value b) { return in_place(a, b, symmetric_update); }

static ssize_t set_len(Value v) { return (ssize_t)set_length(v); }

/* ---- methods ---- */

static Value set_add_method(Value v, Value key) { return set_add(v, key) < 0 ? NULL : NONE; }

static Value set_discard_method(Value v, Value key) { return set_discard(v, key) < 0 ? NULL : NONE; }

static Value set_remove_method(Value v, Value key) {
    int found = set_discard(v, key);
    return found > 0 ? NONE : found < 0 ? NULL : raise_with(T_KeyError, key);
}

static Value set_pop_method(Value v) {
    if (set_length(v)) return set_pop(v);
    Value text = str_from_cstr("pop from an empty set");
    if (!text) return NULL;
    raise_with(T_KeyError, text);
    decref(text);
    return NULL;
}

static Value set_clear_method(Value v) {
    set_clear(v);
    return NONE;
}

static Value set_copy_method(Value v) {
    return IS_EXACT(v, frozenset) ? incref(v) : set_alloc(result_type(v), v);
}

static Value update_all(Value v, Value const *args, size_t nargs, int (*update)(Value, Value)) {
    for (size_t i = 0; i < nargs; i++)
        if (update(v, args[i]) < 0) return NULL;
    return NONE;
}

static Value set_update_method(Value v, Value const *args, size_t nargs) {
    return update_all(v, args, nargs, set_update);
}

static Value set_difference_update(Value v, Value const *args, size_t nargs) {
    return update_all(v, args, nargs, subtract_set);
}

static Value set_symmetric_difference_update(Value v, Value other) {
    return symmetric_update(v, other) < 0 ? NULL : NONE;
}

/* Applies op with one argument after the other, each time on the last result. */
static Value fold(Value v, Value const *args, size_t nargs, Value (*op)(Value, Value)) {
    if (nargs == 0) return copy_of(v);
    Value result = incref(v);
    for (size_t i = 0; result && i < nargs; i++) {
        Value next = op(result, args[i]);
        decref(result);
        result = next;
    }
    return result;
}

/* first, a new set, after an update with each argument; steals it. */
static Value updated_steal(Value first, Value const *args, size_t nargs, int (*update)(Value, Value)) {
    for (size_t i = 0; first && i < nargs; i++)
        if (update(first, args[i]) < 0) CLEAR_FIELD(first);
    return first;
}

static Value set_union(Value v, Value const *args, size_t nargs) {
    return updated_steal(copy_of(v), args, nargs, set_update);
}
static Value set_intersection(Value v, Value const *args, size_t nargs) {
    return fold(v, args, nargs, intersection_of);
}
static Value set_difference(Value v, Value const *args, size_t nargs) {
    if (nargs == 0) return copy_of(v);
    return updated_steal(difference_of(v, args[0]), args + 1, nargs - 1, subtract_set);
}

static Value set_intersection_update(Value v, Value const *args, size_t nargs) {
    Value result = set_intersection(v, args, nargs);
    if (!result) return NULL;
    if (result == v) decref(result);
    else take_table(v, result);
    return NONE;
}

/* Looks for each of the fewer keys among the others. */
static Value sets_are_disjoint(Value v, Value other) {
    Value fewer = set_length(other) > set_length(v) ? v : other, others = fewer == v ? other : v;
    size_t position = 0;
    Value key;
    Hash hash;
    while (set_next_entry(fewer, &position, &key, &hash)) {
        incref(key);
        int inside = set_contains_hash((Set *)others, key, hash);
        decref(key);
        if (inside) return inside < 0 ? NULL : FALSE;
    }
    return TRUE;
}

static Value set_isdisjoint(Value v, Value other) {
    if (is_any_set(other)) return sets_are_disjoint(v, other);
    Value it = value_iter(other);
    if (!it) return NULL;
    int inside = 0;
    for (Value key; inside == 0 && (key = value_next(it)) != NULL; decref(key)) inside = set_contains(v, key);
    decref(it);
    return inside < 0 || error_pending() ? NULL : BOOL(!inside);
}

static Value set_issubset(Value v, Value other) {
    Value set = is_any_set(other) ? incref(other) : set_new(other);
    if (!set) return NULL;
    int result = is_subset(v, set);
    decref(set);
    return result < 0 ? NULL : BOOL(result);
}

static Value set_issuperset(Value v, Value other) {
    if (is_any_set(other)) {
        int result = is_subset(other, v);
        return result < 0 ? NULL : BOOL(result);
    }
    Value it = value_iter(other);
    if (!it) return NULL;
    int inside = 1;
    for (Value key; inside == 1 && (key = value_next(it)) != NULL; decref(key)) inside = set_contains(v, key);
    decref(it);
    return inside < 0 || error_pending() ? NULL : BOOL(inside);
}

static Value set_contains_method(Value v, Value key) {
    int found = set_contains(v, key);
    return found < 0 ? NULL : BOOL(found);
}

static Value set_reduce(Value v) {
    Value list = value_to_list(v), state = NULL;
    if (!list) return NULL;
    Value args = tuple_from_array_steal(&list, 1);
    if (args) state = value_state(v);
    Value result = state ? tuple_pack(3, AS_VALUE(type_of(v)), args, state) : NULL;
    xdecref(args);
    xdecref(state);
    return result;
}

static Value set_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return set_alloc(type, NULL);
}

static int set_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (type_of(v)->slots.init == set_init && !args_no_keywords("set", kwnames)) return -1;
    if (!args_count(type_name_of(v), nargs, 0, 1)) return -1;
    set_clear(v);
    return nargs ? set_update(v, args[0]) : 0;
}

static Value set_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("set", kwnames) || !args_count("set", nargs, 0, 1)) return NULL;
    return set_alloc((Type *)callable, nargs ? args[0] : NULL);
}

static Value frozenset_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type->slots.init == TYPE(frozenset)->slots.init && !args_no_keywords("frozenset", kwnames))
        return NULL;
    if (!args_count(type->kind.name, nargs, 0, 1)) return NULL;
    if (type != TYPE(frozenset)) return set_alloc(type, nargs ? args[0] : NULL);
    Value v = frozenset_new(nargs ? args[0] : NULL);
    if (v && set_length(v) == 0 && rt->empty_frozenset) {
        decref(v);
        return incref(rt->empty_frozenset);
    }
    return v;
}

#define SHARED_METHODS                                                                                       \
    {"__contains__", (void *)set_contains_method, NATIVE_ONE, NATIVE_COEXIST, "Whether it is in."},          \
        METHOD_NOARGS("copy", set_copy_method, "A set of the same elements."),                               \
        METHOD_BARE("difference", set_difference, "What is in this and in none of the others."),             \
        METHOD_BARE("intersection", set_intersection, "What is in this and in all the others."),             \
        METHOD_ONE("isdisjoint", set_isdisjoint, "Whether nothing is in both."),                             \
        METHOD_ONE("issubset", set_issubset, "Whether all is in the other too."),                            \
        METHOD_ONE("issuperset", set_issuperset, "Whether all of the other is in this."),                    \
        METHOD_ONE("symmetric_difference", symmetric_difference_of, "What is in one of the two alone."),     \
        METHOD_BARE("union", set_union, "What is in any of them."),                                          \
        METHOD_NOARGS("__reduce__", set_reduce, "What pickle takes it apart into."),                         \
        METHOD_NOARGS("__sizeof__", value_sizeof, "Bytes of memory."), METHOD_CLASS_GETITEM

static const NativeMethod set_methods[] = {
    SHARED_METHODS,
    METHOD_ONE("add", set_add_method, "Put it in, unless it is there."),
    METHOD_NOARGS("clear", set_clear_method, "Takes all items out."),
    METHOD_ONE("discard", set_discard_method, "Take it out, if it is there."),
    METHOD_BARE("difference_update", set_difference_update, "Takes out what is in the others."),
    METHOD_BARE("intersection_update", set_intersection_update, "Keeps only what is in the others too."),
    METHOD_NOARGS("pop", set_pop_method, "Take out some element."),
    METHOD_ONE("remove", set_remove_method, "Take it out; KeyError if it is not there."),
    METHOD_ONE("symmetric_difference_update", set_symmetric_difference_update,
               "Keeps what is in just one of the two."),
    METHOD_BARE("update", set_update_method, "Takes over what is in the others."),
    METHOD_END,
};

static const NativeMethod frozenset_methods[] = {SHARED_METHODS, METHOD_END};

#define SHARED_SLOTS                                                                                         \
    .traverse = set_traverse, .clear = set_clear_references, .free = set_free, .size = set_size,             \
    .repr = set_repr, .compare = set_compare, .iter = set_iterator_new, .length = set_len,                   \
    .contains = set_contains, .or_ = set_or, .and_ = set_and, .subtract = set_sub, .xor_ = set_xor

Value set_iterator_new(Value set);

const TypeSpec set_type_spec = {
    .name = "set",
    .doc = "set(iterable=()): each item once, in no order, and it can be changed",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_MATCH_SELF | TYPE_SET_SUBCLASS | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Set),
    .layout = {.form = HEAP_FORM_TABLE, .words = offsetof(Set, table), .count = offsetof(Set, mask)},
    .slots = {.getattr = object_getattr,
              SHARED_SLOTS,
              .hash = hash_not_implemented,
              .new_ = set_make,
              .init = set_init,
              .ior = set_ior,
              .iand = set_iand,
              .isubtract = set_isub,
              .ixor = set_ixor},
    .methods = set_methods,
    .construct = set_construct,
};

const TypeSpec frozenset_type_spec = {
    .name = "frozenset",
    .doc = "frozenset(iterable=()): each item once, in no order, for good",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_MATCH_SELF | TYPE_SET_SUBCLASS | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Set),
    .layout = {.form = HEAP_FORM_TABLE, .words = offsetof(Set, table), .count = offsetof(Set, mask)},
    .slots = {.getattr = object_getattr, SHARED_SLOTS, .hash = frozenset_hash, .new_ = frozenset_make},
    .methods = frozenset_methods,
};
