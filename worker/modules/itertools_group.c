/* itertools: those that remember: accumulate, pairwise, zip_longest, groupby, tee. */
#include "modules/itertools.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* ---- accumulate ---- */

typedef struct Accumulate {
    HeapObject head;
    Value iterator, function; /* function NULL: addition */
    Value total;              /* NULL before the first item */
    Value initial;            /* NULL once it was given, or when there is none */
} Accumulate;

FIELDS_LIFE(accumulate, 4)

static Value accumulate_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"iterable", "func", "initial", NULL};
    static const ArgSpec spec = {"accumulate", names, 3, 1, 2};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value iterator = value_iter(out[0]);
    Accumulate *a = iterator ? (Accumulate *)value_alloc(type, 0) : NULL;
    if (!a) {
        xdecref(iterator);
        return NULL;
    }
    a->iterator = iterator;
    a->function = out[1] && out[1] != NONE ? incref(out[1]) : NULL;
    a->total = NULL;
    a->initial = out[2] && out[2] != NONE ? incref(out[2]) : NULL;
    value_track(AS_VALUE(a));
    return AS_VALUE(a);
}

static Value accumulate_next(Value v) {
    if (stack_is_low()) return NULL;
    Accumulate *a = (Accumulate *)v;
    if (a->initial) {
        Value first = a->initial;
        a->initial = NULL;
        SET_FIELD_STEAL(a->total, incref(first));
        return first;
    }
    Value item = iterator_step(a->iterator);
    if (!item) return NULL;
    Value sum = item;
    if (a->total) {
        sum = a->function ? value_call_two(a->function, a->total, item) : value_add(a->total, item);
        decref(item);
        if (!sum) return NULL;
    }
    SET_FIELD_STEAL(a->total, incref(sum));
    return sum;
}

/* chain((first,), iterator), as a new value. */
static Value chain_before(Value first, Value iterator) {
    Value one = tuple_pack(1, first);
    Value pair[2] = {one, iterator};
    Value result = one ? value_call(AS_VALUE(ITERTOOL_TYPE(chain)), pair, 2, NULL) : NULL;
    xdecref(one);
    return result;
}

static Value accumulate_reduce(Value v) {
    Accumulate *a = (Accumulate *)v;
    Value type = AS_VALUE(type_of(v)), function = a->function ? a->function : NONE;
    if (a->initial) {
        Value chained = chain_before(a->initial, a->iterator);
        return itertools_pack_steal(3, incref(type), itertools_pack_steal(2, chained, incref(function)),
                                    NONE);
    }
    if (a->total == NONE) { /* as a state None would mean that there is no total */
        Value chained = chain_before(NONE, a->iterator);
        Value inner[2] = {chained, function};
        Value again = chained ? value_call(type, inner, 2, NULL) : NULL;
        xdecref(chained);
        Value args = itertools_pack_steal(3, again, small_int_new(1), NONE);
        return itertools_pack_steal(2, incref(AS_VALUE(ITERTOOL_TYPE(islice))), args);
    }
    return itertools_pack_steal(3, incref(type), tuple_pack(2, a->iterator, function),
                                a->total ? incref(a->total) : NONE);
}

static Value accumulate_setstate(Value v, Value state) {
    SET_FIELD_STEAL(((Accumulate *)v)->total, incref(state));
    return NONE;
}

static const NativeMethod accumulate_methods[] = {
    METHOD_NOARGS("__reduce__", accumulate_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", accumulate_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec itertools_accumulate_spec = {
    .name = "itertools.accumulate",
    .doc = "accumulate(iterable, func=None, *, initial=None)\n--\n\nGive the sums (or what func makes) of "
           "the items so far.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Accumulate),
    .slots = {.getattr = object_getattr,
              .traverse = accumulate_traverse,
              .free = accumulate_free,
              .iter = itertools_self,
              .next = accumulate_next,
              .new_ = accumulate_make},
    .methods = accumulate_methods,
};

/* ---- pairwise ---- */

typedef struct Pairwise {
    HeapObject head;
    Value iterator; /* NULL at the end */
    Value previous; /* NULL before the first pair */
} Pairwise;

FIELDS_LIFE(pairwise, 2)

static Value pairwise_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!itertools_no_keywords(type, IT_pairwise, "pairwise", kwnames) ||
        !args_count("pairwise", nargs, 1, 1))
        return NULL;
    Value iterator = value_iter(args[0]);
    Pairwise *p = iterator ? (Pairwise *)value_alloc(type, 0) : NULL;
    if (!p) {
        xdecref(iterator);
        return NULL;
    }
    p->iterator = iterator;
    p->previous = NULL;
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static Value pairwise_next(Value v) {
    if (stack_is_low()) return NULL;
    Pairwise *p = (Pairwise *)v;
    if (!p->iterator) return NULL;
    Value iterator = incref(p->iterator), pair[2] = {xincref(p->previous), NULL}, result = NULL;
    if (!pair[0] && (pair[0] = iterator_step(iterator)) != NULL)
        SET_FIELD_STEAL(p->previous, incref(pair[0]));
    if (pair[0]) pair[1] = iterator_step(iterator);
    if (pair[1]) {
        SET_FIELD_STEAL(p->previous, incref(pair[1]));
        result = tuple_from_array_steal(pair, 2);
    } else {
        xdecref(pair[0]);
        CLEAR_FIELD(p->iterator);
        CLEAR_FIELD(p->previous);
    }
    decref(iterator);
    return result;
}

const TypeSpec itertools_pairwise_spec = {
    .name = "itertools.pairwise",
    .doc = "pairwise(iterable, /)\n--\n\nGive each item with the one behind it: s -> (s0, s1), (s1, s2), "
           "(s2, s3), ...",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Pairwise),
    .slots = {.getattr = object_getattr,
              .traverse = pairwise_traverse,
              .free = pairwise_free,
              .iter = itertools_self,
              .next = pairwise_next,
              .new_ = pairwise_make},
};

/* ---- zip_longest ---- */

typedef struct ZipLongest {
    HeapObject head;
    Value iterators; /* tuple; NULL where one has ended */
    Value fill;
    size_t active;
} ZipLongest;

FIELDS_LIFE(zip_longest, 2)

static Value zip_longest_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Value fill = NONE;
    if (kwnames && tuple_length(kwnames)) {
        if (tuple_length(kwnames) > 1 || !str_equal_cstr(tuple_item_borrow(kwnames, 0), "fillvalue"))
            return raise_error(T_TypeError, "zip_longest() got an unexpected keyword argument");
        fill = args[nargs];
    }
    Value iterators = tuple_new(nargs);
    for (size_t i = 0; iterators && i < nargs; i++) {
        Value it = value_iter(args[i]);
        if (it) tuple_init_item_steal(iterators, i, it);
        else CLEAR_FIELD(iterators);
    }
    ZipLongest *z = iterators ? (ZipLongest *)value_alloc(type, 0) : NULL;
    if (!z) {
        xdecref(iterators);
        return NULL;
    }
    z->iterators = iterators;
    z->fill = incref(fill);
    z->active = nargs;
    value_track(AS_VALUE(z));
    return AS_VALUE(z);
}

/* The i-th iterator's item, or the fill value when it has ended; NULL: raised, or all have ended. */
static Value zip_longest_item(ZipLongest *z, size_t i) {
    Value it = tuple_item_borrow(z->iterators, i);
    if (!it) return incref(z->fill);
    Value item = iterator_step(it);
    if (item) return item;
    if (!iterator_ended()) {
        z->active = 0;
        return NULL;
    }
    if (z->active == 0 || --z->active == 0) return NULL;
    tuple_init_item_steal(z->iterators, i, NULL);
    decref(it);
    return incref(z->fill);
}

static Value zip_longest_next(Value v) {
    if (stack_is_low()) return NULL;
    ZipLongest *z = (ZipLongest *)v;
    size_t n = tuple_length(z->iterators);
    if (n == 0 || z->active == 0) return NULL;
    Value result = tuple_new(n);
    for (size_t i = 0; result && i < n; i++) {
        Value item = zip_longest_item(z, i);
        if (item) tuple_init_item_steal(result, i, item);
        else CLEAR_FIELD(result);
    }
    return result;
}

static Value zip_longest_reduce(Value v) {
    ZipLongest *z = (ZipLongest *)v;
    size_t n = tuple_length(z->iterators);
    Value args = tuple_new(n);
    for (size_t i = 0; args && i < n; i++) {
        Value it = tuple_item_borrow(z->iterators, i);
        Value item = it ? incref(it) : tuple_new(0);
        if (item) tuple_init_item_steal(args, i, item);
        else CLEAR_FIELD(args);
    }
    return itertools_pack_steal(3, incref(AS_VALUE(type_of(v))), args, incref(z->fill));
}

static Value zip_longest_setstate(Value v, Value state) {
    SET_FIELD_STEAL(((ZipLongest *)v)->fill, incref(state));
    return NONE;
}

static const NativeMethod zip_longest_methods[] = {
    METHOD_NOARGS("__reduce__", zip_longest_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", zip_longest_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec itertools_zip_longest_spec = {
    .name = "itertools.zip_longest",
    .doc = "zip_longest(*iterables, fillvalue=None): tuples of an item of each, the fill value for those "
           "that have ended.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(ZipLongest),
    .slots = {.getattr = object_getattr,
              .traverse = zip_longest_traverse,
              .free = zip_longest_free,
              .iter = itertools_self,
              .next = zip_longest_next,
              .new_ = zip_longest_make},
    .methods = zip_longest_methods,
};

/* ---- groupby: one place in the source, and at most one group that may still read from it ---- */

typedef struct GroupBy {
    HeapObject head;
    Value iterator, function; /* function NULL: the item is its own key */
    Value group_key;          /* of the group given last */
    Value key, item;          /* read last; item NULL: its group took it */
    const void *group;        /* the Grouper that may go on; not owned */
} GroupBy;

FIELDS_LIFE(groupby, 5)

typedef struct Grouper {
    HeapObject head;
    Value parent, key;
} Grouper;

static Value groupby_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"iterable", "key", NULL};
    static const ArgSpec spec = {"groupby", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value iterator = value_iter(out[0]);
    GroupBy *g = iterator ? (GroupBy *)value_alloc(type, 0) : NULL;
    if (!g) {
        xdecref(iterator);
        return NULL;
    }
    g->iterator = iterator;
    g->function = out[1] && out[1] != NONE ? incref(out[1]) : NULL;
    g->group_key = g->key = g->item = NULL;
    g->group = NULL;
    value_track(AS_VALUE(g));
    return AS_VALUE(g);
}

static int groupby_read(GroupBy *g) {
    Value item = iterator_step(g->iterator);
    if (!item) return -1;
    Value key = g->function ? value_call_one(g->function, item) : incref(item);
    if (!key) {
        decref(item);
        return -1;
    }
    SET_FIELD_STEAL(g->item, item);
    SET_FIELD_STEAL(g->key, key);
    return 0;
}

/* Both are held: the comparison may run code that replaces the fields. */
static int same_key(Value a, Value b) {
    if (a == b && !is_object(a)) return 1;
    incref(a);
    incref(b);
    int same = value_equal(a, b);
    decref(a);
    decref(b);
    return same;
}

static Value grouper_new(Type *type, Value parent, Value key) {
    Grouper *group = (Grouper *)value_alloc(type, 0);
    if (!group) return NULL;
    group->parent = incref(parent);
    group->key = incref(key);
    ((GroupBy *)parent)->group = group;
    value_track(AS_VALUE(group));
    return AS_VALUE(group);
}

static Value groupby_next(Value v) {
    if (stack_is_low()) return NULL;
    GroupBy *g = (GroupBy *)v;
    size_t passed = 0;
    g->group = NULL;
    for (;;) {
        if (g->key) {
            int same = g->group_key ? same_key(g->group_key, g->key) : 0;
            if (same < 0) return NULL;
            if (!same) break;
        }
        if (groupby_read(g) < 0 || itertools_charge(&passed) < 0) return NULL;
    }
    SET_FIELD_STEAL(g->group_key, incref(g->key));
    Value group = grouper_new(ITERTOOL_TYPE(grouper), v, g->group_key);
    return group ? itertools_pack_steal(2, incref(g->key), group) : NULL;
}

static Value groupby_reduce(Value v) {
    GroupBy *g = (GroupBy *)v;
    Value type = incref(AS_VALUE(type_of(v)));
    Value args = tuple_pack(2, g->iterator, g->function ? g->function : NONE);
    if (!g->group_key || !g->key || !g->item) return itertools_pack_steal(2, type, args);
    return itertools_pack_steal(3, type, args, tuple_pack(3, g->key, g->item, g->group_key));
}

static Value groupby_setstate(Value v, Value state) {
    GroupBy *g = (GroupBy *)v;
    if (!is_tuple(state)) return raise_error(T_TypeError, "state is not a tuple");
    if (!args_count("groupby.__setstate__", tuple_length(state), 3, 3)) return NULL;
    SET_FIELD_STEAL(g->key, incref(tuple_item_borrow(state, 0)));
    SET_FIELD_STEAL(g->item, incref(tuple_item_borrow(state, 1)));
    SET_FIELD_STEAL(g->group_key, incref(tuple_item_borrow(state, 2)));
    return NONE;
}

static const NativeMethod groupby_methods[] = {
    METHOD_NOARGS("__reduce__", groupby_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", groupby_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec itertools_groupby_spec = {
    .name = "itertools.groupby",
    .doc = "groupby(iterable, key=None)\n--\n\nGive pairs of a key and the consecutive items of the iterable "
           "that have it.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(GroupBy),
    .slots = {.getattr = object_getattr,
              .traverse = groupby_traverse,
              .free = groupby_free,
              .iter = itertools_self,
              .next = groupby_next,
              .new_ = groupby_make},
    .methods = groupby_methods,
};

static int grouper_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, 2, visit, arg);
}

static void grouper_free(Heap *heap, HeapObject *o) {
    (void)heap;
    GroupBy *g = (GroupBy *)((Grouper *)o)->parent;
    if (g && g->group == o) g->group = NULL;
    fields_drop(o, 2);
    value_free(AS_VALUE(o));
}

static Value grouper_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!itertools_no_keywords(type, IT_grouper, "_grouper", kwnames) || !args_count("_grouper", nargs, 2, 2))
        return NULL;
    if (!value_is_instance(args[0], ITERTOOL_TYPE(groupby)))
        return raise_error(T_TypeError, "_grouper() argument 1 must be itertools.groupby, not %K", args[0]);
    return grouper_new(type, args[0], args[1]);
}

static Value grouper_next(Value v) {
    if (stack_is_low()) return NULL;
    Grouper *group = (Grouper *)v;
    GroupBy *g = (GroupBy *)group->parent;
    if (g->group != group) return NULL;
    if (!g->item && groupby_read(g) < 0) return NULL;
    if (same_key(group->key, g->key) <= 0) return NULL;
    Value item = g->item;
    g->item = NULL;
    CLEAR_FIELD(g->key);
    return item;
}

static Value grouper_reduce(Value v) {
    Grouper *group = (Grouper *)v;
    if (((GroupBy *)group->parent)->group != group)
        return iterator_taken_apart_steal("iter", incref(rt->empty_tuple), NULL);
    return itertools_pack_steal(2, incref(AS_VALUE(type_of(v))), tuple_pack(2, group->parent, group->key));
}

static const NativeMethod grouper_methods[] = {
    METHOD_NOARGS("__reduce__", grouper_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec itertools_grouper_spec = {
    .name = "itertools._grouper",
    .flags = TYPE_GC,
    .basic_size = sizeof(Grouper),
    .slots = {.getattr = object_getattr,
              .traverse = grouper_traverse,
              .free = grouper_free,
              .iter = itertools_self,
              .next = grouper_next,
              .new_ = grouper_make},
    .methods = grouper_methods,
};

/*
 * ---- tee ----
 *
 * The items that some branch has still to see stand in a linked list of blocks. A branch holds the block where it stands, so
 * the blocks that all have passed die by themselves.
 */

enum { TEE_BLOCK = 57 };

typedef struct TeeData {
    HeapObject head;
    Value iterator, next;
    Value items[TEE_BLOCK];
    uint32_t count;
    bool reading;
} TeeData;

typedef struct Tee {
    HeapObject head;
    Value data;
    size_t index;
} Tee;

FIELDS_LIFE(tee_data, 2 + TEE_BLOCK)
FIELDS_LIFE(tee, 1)

static Value tee_data_new(Type *type, Value iterator) {
    TeeData *d = (TeeData *)value_alloc(type, 0);
    if (!d) return NULL;
    memset((char *)d + sizeof(HeapObject), 0, sizeof *d - sizeof(HeapObject));
    d->iterator = incref(iterator);
    value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

static Value tee_data_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("teedataobject", kwnames) || !args_count("teedataobject", nargs, 3, 3)) return NULL;
    Value items = args[1], next = args[2];
    if (!is_list(items))
        return raise_error(T_TypeError, "teedataobject() argument 2 must be list, not %K", items);
    size_t n = list_length(items);
    if (n > TEE_BLOCK) return raise_error(T_ValueError, "Invalid arguments");
    bool linked = n == TEE_BLOCK && next != NONE;
    if (linked ? !IS(next, object) || type_of(next) != type : next != NONE)
        return raise_error(T_ValueError, "Invalid arguments");
    TeeData *d = (TeeData *)tee_data_new(type, args[0]);
    if (!d) return NULL;
    for (size_t i = 0; i < n; i++) d->items[i] = incref(list_item_borrow(items, i));
    d->count = (uint32_t)n;
    if (linked) d->next = incref(next);
    return AS_VALUE(d);
}

/* The i-th item of the block, read now if it is the next one. */
static Value tee_data_item(TeeData *d, size_t i) {
    if (i < d->count) return incref(d->items[i]);
    if (!d->iterator) return NULL;
    if (d->reading) return raise_error(T_RuntimeError, "cannot re-enter the tee iterator");
    d->reading = true;
    Value item = iterator_step(d->iterator);
    d->reading = false;
    if (!item) return NULL;
    d->items[d->count++] = item;
    return incref(item);
}

static Value tee_data_reduce(Value v) {
    TeeData *d = (TeeData *)v;
    Value items = list_from_array(d->items, d->count);
    Value args =
        items ? itertools_pack_steal(3, xincref(d->iterator), items, d->next ? incref(d->next) : NONE) : NULL;
    return itertools_pack_steal(2, incref(AS_VALUE(type_of(v))), args);
}

static const NativeMethod tee_data_methods[] = {
    METHOD_NOARGS("__reduce__", tee_data_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec itertools_tee_data_spec = {
    .name = "itertools._tee_dataobject",
    .doc =
        "teedataobject(iterable, values, next, /)\n--\n\nItems that some branch of a tee has still to see.",
    .flags = TYPE_GC,
    .basic_size = sizeof(TeeData),
    .slots = {.getattr = object_getattr,
              .traverse = tee_data_traverse,
              .clear = tee_data_clear,
              .free = tee_data_free,
              .new_ = tee_data_make},
    .methods = tee_data_methods,
};

static Value tee_at_steal(Value data, size_t index) {
    Tee *t = data ? (Tee *)value_alloc(ITERTOOL_TYPE(tee), 0) : NULL;
    if (!t) {
        xdecref(data);
        return NULL;
    }
    t->data = data;
    t->index = index;
    value_track(AS_VALUE(t));
    return AS_VALUE(t);
}

static Value tee_copy(Value v) {
    Tee *t = (Tee *)v;
    return tee_at_steal(incref(t->data), t->index);
}

/* The first branch over an iterator; a copy if it is a branch. */
static Value tee_over(Value iterable) {
    Value iterator = value_iter(iterable);
    if (!iterator) return NULL;
    Value branch = type_of(iterator) == ITERTOOL_TYPE(tee)
                       ? tee_copy(iterator)
                       : tee_at_steal(tee_data_new(ITERTOOL_TYPE(tee_data), iterator), 0);
    decref(iterator);
    return branch;
}

static Value tee_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    if (!args_no_keywords("_tee", kwnames) || !args_count("_tee", nargs, 1, 1)) return NULL;
    return tee_over(args[0]);
}

static Value tee_next(Value v) {
    if (stack_is_low()) return NULL;
    Tee *t = (Tee *)v;
    if (!t->data) return NULL;
    if (t->index >= TEE_BLOCK) {
        TeeData *d = (TeeData *)t->data;
        if (!d->next && !(d->next = tee_data_new(ITERTOOL_TYPE(tee_data), d->iterator))) return NULL;
        SET_FIELD_STEAL(t->data, incref(d->next));
        t->index = 0;
    }
    Value item = tee_data_item((TeeData *)t->data, t->index);
    if (item) t->index++;
    return item;
}

static Value tee_reduce(Value v) {
    Tee *t = (Tee *)v;
    return itertools_pack_steal(3, incref(AS_VALUE(type_of(v))), itertools_pack_steal(1, tuple_new(0)),
                                tuple_pack(2, t->data, small_int_new((int64_t)t->index)));
}

static Value tee_setstate(Value v, Value state) {
    Tee *t = (Tee *)v;
    if (!is_tuple(state)) return raise_error(T_TypeError, "state is not a tuple");
    if (tuple_length(state) != 2 || type_of(tuple_item_borrow(state, 0)) != ITERTOOL_TYPE(tee_data))
        return raise_error(T_TypeError, "function takes exactly 2 arguments (%zu given)",
                           tuple_length(state));
    int index;
    if (value_as_int(tuple_item_borrow(state, 1), &index) < 0) return NULL;
    if (index < 0 || index > TEE_BLOCK) return raise_error(T_ValueError, "Index out of range");
    SET_FIELD_STEAL(t->data, incref(tuple_item_borrow(state, 0)));
    t->index = (size_t)index;
    return NONE;
}

static const NativeMethod tee_methods[] = {
    METHOD_NOARGS("__copy__", tee_copy, "Returns an independent iterator."),
    METHOD_NOARGS("__reduce__", tee_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", tee_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec itertools_tee_spec = {
    .name = "itertools._tee",
    .doc = "One of several iterators that share an iterable's items.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Tee),
    .slots = {.traverse = tee_traverse,
              .clear = tee_clear,
              .free = tee_free,
              .iter = itertools_self,
              .next = tee_next,
              .new_ = tee_make},
    .methods = tee_methods,
};

/* Iterators that can be copied are; others become the first branch of a tee. */
static Value copyable(Value iterable, Value *copy) {
    Value iterator = value_iter(iterable);
    if (!iterator) return NULL;
    if (value_getattr_optional(iterator, NAME(__copy__), copy) < 0) {
        decref(iterator);
        return NULL;
    }
    if (*copy) return iterator;
    Value branch = tee_over(iterator);
    decref(iterator);
    if (branch && !(*copy = value_getattr(branch, NAME(__copy__)))) CLEAR_FIELD(branch);
    return branch;
}

Value itertools_tee(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("tee", nargs, 1, 2)) return NULL;
    ssize_t n = nargs > 1 ? value_as_ssize_argument(args[1]) : 2;
    if (n == -1 && error_pending()) return NULL;
    if (n < 0) return raise_error(T_ValueError, "n must be >= 0");
    Value result = tuple_new((size_t)n), copy = NULL;
    if (!result || n == 0) return result;
    Value first = copyable(args[0], &copy);
    if (!first) {
        decref(result);
        return NULL;
    }
    tuple_init_item_steal(result, 0, first);
    for (ssize_t i = 1; i < n; i++) {
        Value branch = value_call_noargs(copy);
        if (!branch) {
            CLEAR_FIELD(result);
            break;
        }
        tuple_init_item_steal(result, (size_t)i, branch);
    }
    decref(copy);
    return result;
}
