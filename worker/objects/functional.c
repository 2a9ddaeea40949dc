/* functional: enumerate, zip, map, filter and reversed, the iterators that wrap others. */
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/pairs.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/str.h"

static Value self_iter(Value v) { return incref(v); }

/* ---- enumerate ---- */

typedef struct Enumerate {
    HeapObject head;
    Value iterator;
    Value index; /* int */
} Enumerate;

/* The class itself, called without a subclass, has words of its own for what is wrong. */
static bool enumerate_check(size_t nargs, Value kwnames) {
    size_t nkeywords = kwnames ? tuple_length(kwnames) : 0;
    if (nargs + nkeywords == 0)
        return raise_int(T_TypeError, "enumerate() missing required argument 'iterable'"), false;
    if (nargs + nkeywords > 2) return true;
    bool iterable_missing = nargs == 0;
    for (size_t i = 0; i < nkeywords; i++) {
        Value key = tuple_item_borrow(kwnames, i);
        bool iterable = str_equal_cstr(key, "iterable");
        if (iterable && iterable_missing) iterable_missing = false;
        else if (iterable || !str_equal_cstr(key, "start") || (iterable_missing && nkeywords == 1))
            return raise_int(T_TypeError, "'%.200U' is an invalid keyword argument for enumerate()", key),
                   false;
    }
    return true;
}

static Value enumerate_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"iterable", "start", NULL};
    static const ArgSpec spec = {"enumerate", names, 2, 1, 2};
    Value out[2];
    if (type == TYPE(enumerate) && !enumerate_check(nargs, kwnames)) return NULL;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value index = out[1] ? value_index(out[1]) : small_int_new(0);
    if (!index) return NULL;
    Value iterator = value_iter(out[0]);
    Enumerate *e = iterator ? (Enumerate *)value_alloc(type, 0) : NULL;
    if (!e) {
        xdecref(iterator);
        decref(index);
        return NULL;
    }
    e->iterator = iterator;
    e->index = index;
    heap_track(rt->heap, &e->head);
    return AS_VALUE(e);
}

static int enumerate_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Enumerate *)o)->iterator);
    return 0;
}

static void enumerate_free(Heap *heap, HeapObject *o) {
    (void)heap;
    decref(((Enumerate *)o)->iterator);
    decref(((Enumerate *)o)->index);
    value_free(AS_VALUE(o));
}

bool enumerate_next_pair(Value v, Value pair[2]) {
    if (stack_is_low()) return false;
    Enumerate *e = (Enumerate *)v;
    Value item = iterator_step(e->iterator);
    if (!item) return false;
    Value index = e->index, next = index != small_int_new(SMALL_INT_MAX) && is_small_int(index)
                                       ? VALUE(BITS(index) + 2)
                                       : int_add(index, small_int_new(1));
    if (!next) {
        decref(item);
        return false;
    }
    e->index = next;
    pair[0] = index;
    pair[1] = item;
    return true;
}

static Value enumerate_next(Value v) {
    Value pair[2];
    return enumerate_next_pair(v, pair) ? tuple_from_array_steal(pair, 2) : NULL;
}

static Value enumerate_reduce(Value v) {
    Enumerate *e = (Enumerate *)v;
    Value args = tuple_pack(2, e->iterator, e->index);
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(args);
    return result;
}

static const NativeMethod enumerate_methods[] = {
    METHOD_NOARGS("__reduce__", enumerate_reduce, "What pickle takes it apart into."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const TypeSpec enumerate_type_spec = {
    .name = "enumerate",
    .doc = "enumerate(iterable, start=0)\n--\n\nPairs of a number, counted from start, and an item of the "
           "iterable.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Enumerate),
    .slots = {.getattr = object_getattr,
              .traverse = enumerate_traverse,
              .free = enumerate_free,
              .iter = self_iter,
              .next = enumerate_next,
              .new_ = enumerate_make},
    .methods = enumerate_methods,
};

/* ---- zip and map: a tuple of iterators ---- */

typedef struct Iterators {
    HeapObject head;
    Value function;  /* map's; NULL for zip */
    Value iterators; /* tuple */
    bool strict;
} Iterators;

static Value iterators_of(Value const *args, size_t n) {
    Value tuple = tuple_new(n);
    for (size_t i = 0; tuple && i < n; i++) {
        Value it = value_iter(args[i]);
        if (!it) {
            decref(tuple);
            return NULL;
        }
        tuple_init_item_steal(tuple, i, it);
    }
    return tuple;
}

static Value iterators_new_steal(Type *type, Value function, Value iterators, bool strict) {
    Iterators *z = iterators ? (Iterators *)value_alloc(type, 0) : NULL;
    if (!z) {
        xdecref(iterators);
        return NULL;
    }
    z->function = xincref(function);
    z->iterators = iterators;
    z->strict = strict;
    heap_track(rt->heap, &z->head);
    return AS_VALUE(z);
}

static int iterators_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Iterators *)o)->function);
    VISIT(((Iterators *)o)->iterators);
    return 0;
}

static void iterators_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((Iterators *)o)->function);
    decref(((Iterators *)o)->iterators);
    value_free(AS_VALUE(o));
}

static Value step(Value iterators, size_t i) { return iterator_step(tuple_item_borrow(iterators, i)); }

static Value zip_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"strict", NULL};
    static const ArgSpec spec = {"zip", names, 1, 0, 0};
    Value strict_value = NULL;
    if (kwnames && !args_bind(&spec, args + nargs, 0, kwnames, &strict_value)) return NULL;
    int strict = strict_value ? value_is_true(strict_value) : 0;
    if (strict < 0) return NULL;
    Value iterators = tuple_new(nargs);
    for (size_t i = 0; iterators && i < nargs; i++) {
        Value it = value_iter(args[i]);
        if (!it) {
            decref(iterators);
            return NULL;
        }
        tuple_init_item_steal(iterators, i, it);
    }
    return iterators_new_steal(type, NULL, iterators, strict != 0);
}

static const char *plural(size_t i) { return i == 1 ? " " : "s 1-"; }

/* Iterator i ended first, or raised: with strict, all must end now. */
static void zip_end(Iterators *z, size_t i) {
    if ((error_pending() && !error_swallow(T_StopIteration)) || !z->strict) return;
    size_t n = tuple_length(z->iterators);
    if (i > 0) {
        raise_error(T_ValueError, "zip() argument %zd is shorter than argument%s%zd", (ssize_t)i + 1,
                    plural(i), (ssize_t)i);
        return;
    }
    for (size_t k = 1; k < n; k++) {
        Value item = step(z->iterators, k);
        if (item) {
            decref(item);
            raise_error(T_ValueError, "zip() argument %zd is longer than argument%s%zd", (ssize_t)k + 1,
                        plural(k), (ssize_t)k);
            return;
        }
        if (error_pending() && !error_swallow(T_StopIteration)) return;
    }
}

/* Of two iterators. */
static bool zip_step_pair(Iterators *z, Value pair[2]) {
    pair[0] = step(z->iterators, 0);
    if (!pair[0]) {
        zip_end(z, 0);
        return false;
    }
    pair[1] = step(z->iterators, 1);
    if (pair[1]) return true;
    decref(pair[0]);
    zip_end(z, 1);
    return false;
}

bool zip_next_pair(Value v, Value pair[2]) { return !stack_is_low() && zip_step_pair((Iterators *)v, pair); }

bool zip_has_two(Value v) { return tuple_length(((Iterators *)v)->iterators) == 2; }

static Value zip_next(Value v) {
    if (stack_is_low()) return NULL;
    Iterators *z = (Iterators *)v;
    size_t n = tuple_length(z->iterators);
    if (n == 0 || (n > 16 && work_charge(n) < 0)) return NULL;
    if (n == 2) {
        Value pair[2];
        return zip_step_pair(z, pair) ? tuple_from_array_steal(pair, 2) : NULL;
    }
    Value result = tuple_new(n);
    for (size_t i = 0; result && i < n; i++) {
        Value item = step(z->iterators, i);
        if (!item) {
            decref(result);
            zip_end(z, i);
            return NULL;
        }
        tuple_init_item_steal(result, i, item);
    }
    return result;
}

static Value zip_reduce(Value v) {
    Iterators *z = (Iterators *)v;
    return z->strict ? tuple_pack(3, AS_VALUE(type_of(v)), z->iterators, TRUE)
                     : tuple_pack(2, AS_VALUE(type_of(v)), z->iterators);
}

static Value zip_setstate(Value v, Value state) {
    int strict = value_is_true(state);
    if (strict < 0) return NULL;
    ((Iterators *)v)->strict = strict;
    return NONE;
}

static const NativeMethod zip_methods[] = {
    METHOD_NOARGS("__reduce__", zip_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", zip_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec zip_type_spec = {
    .name = "zip",
    .doc = "zip(*iterables, strict=False): tuples of one item of each, until one is at its end; strict: then "
           "all must be",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Iterators),
    .slots = {.getattr = object_getattr,
              .traverse = iterators_traverse,
              .free = iterators_free,
              .iter = self_iter,
              .next = zip_next,
              .new_ = zip_make},
    .methods = zip_methods,
};

static Value map_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type->slots.init == TYPE(map)->slots.init && !args_no_keywords("map", kwnames)) return NULL;
    if (nargs < 2) return raise_error(T_TypeError, "map() must have at least two arguments.");
    return iterators_new_steal(type, args[0], iterators_of(args + 1, nargs - 1), false);
}

static Value map_next(Value v) {
    if (stack_is_low()) return NULL;
    Iterators *m = (Iterators *)v;
    size_t n = tuple_length(m->iterators), got = 0;
    Value few[8], *items = few, result = NULL;
    if (n > 8 && !(items = heap_alloc(rt->heap, n * sizeof(Value)))) return raise_no_memory();
    while (got < n && (items[got] = step(m->iterators, got)) != NULL) got++;
    if (got == n) result = value_call(m->function, items, n, NULL);
    while (got > 0) decref(items[--got]);
    if (items != few) heap_free(rt->heap, items);
    return result;
}

static Value map_reduce(Value v) {
    Iterators *m = (Iterators *)v;
    size_t n = tuple_length(m->iterators);
    Value args = tuple_new(n + 1);
    if (!args) return NULL;
    tuple_init_item_steal(args, 0, incref(m->function));
    for (size_t i = 0; i < n; i++)
        tuple_init_item_steal(args, i + 1, incref(tuple_item_borrow(m->iterators, i)));
    Value result = tuple_pack(2, AS_VALUE(type_of(v)), args);
    decref(args);
    return result;
}

static const NativeMethod map_methods[] = {
    METHOD_NOARGS("__reduce__", map_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec map_type_spec = {
    .name = "map",
    .doc = "map(func, *iterables): what func makes of one item of each, until one is at its end",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Iterators),
    .slots = {.getattr = object_getattr,
              .traverse = iterators_traverse,
              .free = iterators_free,
              .iter = self_iter,
              .next = map_next,
              .new_ = map_make},
    .methods = map_methods,
};

/* ---- filter ---- */

typedef struct Filter {
    HeapObject head;
    Value function, iterator;
} Filter;

static Value filter_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type->slots.init == TYPE(filter)->slots.init && !args_no_keywords("filter", kwnames)) return NULL;
    if (!args_count("filter", nargs, 2, 2)) return NULL;
    Value iterator = value_iter(args[1]);
    Filter *f = iterator ? (Filter *)value_alloc(type, 0) : NULL;
    if (!f) {
        xdecref(iterator);
        return NULL;
    }
    f->function = incref(args[0]);
    f->iterator = iterator;
    heap_track(rt->heap, &f->head);
    return AS_VALUE(f);
}

static int filter_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Filter *)o)->function);
    VISIT(((Filter *)o)->iterator);
    return 0;
}

static void filter_free(Heap *heap, HeapObject *o) {
    (void)heap;
    decref(((Filter *)o)->function);
    decref(((Filter *)o)->iterator);
    value_free(AS_VALUE(o));
}

static int passes(Value function, Value item) {
    if (function == NONE || function == AS_VALUE(TYPE(bool))) return value_is_true(item);
    Value verdict = value_call_one(function, item);
    if (!verdict) return -1;
    int truth = value_is_true(verdict);
    decref(verdict);
    return truth;
}

static Value filter_next(Value v) {
    if (stack_is_low()) return NULL;
    Filter *f = (Filter *)v;
    UnaryFn next = type_of(f->iterator)->slots.next;
    size_t skipped = 0;
    for (Value item; (item = next(f->iterator)) != NULL; decref(item)) {
        int pass = passes(f->function, item);
        if (pass > 0) return item;
        if (pass < 0 || ((++skipped & 0xfff) == 0 && work_charge(0x1000) < 0)) {
            decref(item);
            return NULL;
        }
    }
    return NULL;
}

static Value filter_reduce(Value v) {
    Filter *f = (Filter *)v;
    Value args = tuple_pack(2, f->function, f->iterator);
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(args);
    return result;
}

static const NativeMethod filter_methods[] = {
    METHOD_NOARGS("__reduce__", filter_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec filter_type_spec = {
    .name = "filter",
    .doc = "filter(function or None, iterable): the items for which the function says yes, or that count as "
           "true",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Filter),
    .slots = {.getattr = object_getattr,
              .traverse = filter_traverse,
              .free = filter_free,
              .iter = self_iter,
              .next = filter_next,
              .new_ = filter_make},
    .methods = filter_methods,
};

/* ---- reversed ---- */

typedef struct Reversed {
    HeapObject head;
    Value seq;     /* NULL: exhausted */
    ssize_t index; /* of the next item */
} Reversed;

static Value reversed_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type->slots.init == TYPE(reversed)->slots.init && !args_no_keywords("reversed", kwnames)) return NULL;
    if (!args_count("reversed", nargs, 1, 1)) return NULL;
    Value seq = args[0], self, method = value_lookup_special(seq, NAME(__reversed__), &self);
    if (method == NONE) return raise_error(T_TypeError, "'%T' object is not reversible", seq);
    if (method) {
        Value result = self ? value_call_one(method, self) : value_call_noargs(method);
        decref(method);
        return result;
    }
    if (error_pending()) return NULL;
    if (!value_is_sequence(seq)) return raise_error(T_TypeError, "'%T' object is not reversible", seq);
    ssize_t n = value_length(seq);
    if (n < 0) return NULL;
    Reversed *r = (Reversed *)value_alloc(type, 0);
    if (!r) return NULL;
    r->seq = incref(seq);
    r->index = n - 1;
    heap_track(rt->heap, &r->head);
    return AS_VALUE(r);
}

static int reversed_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Reversed *)o)->seq);
    return 0;
}

static void reversed_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((Reversed *)o)->seq);
    value_free(AS_VALUE(o));
}

static Value reversed_next(Value v) {
    if (stack_is_low()) return NULL;
    Reversed *r = (Reversed *)v;
    if (!r->seq) return NULL;
    if (r->index >= 0) {
        if (IS_EXACT(r->seq, str) && (size_t)r->index < str_length(r->seq))
            return str_from_char(str_read(r->seq, (size_t)r->index--));
        if (IS_EXACT(r->seq, bytes) && (size_t)r->index < bytes_length(r->seq))
            return small_int_new(bytes_data(r->seq)[r->index--]);
        Value item = value_getitem_index(r->seq, r->index);
        if (item) {
            r->index--;
            return item;
        }
        if (!error_swallow(T_IndexError) && !error_swallow(T_StopIteration)) return NULL;
    }
    r->index = -1;
    CLEAR_FIELD(r->seq);
    return NULL;
}

static Value reversed_hint(Value v) {
    Reversed *r = (Reversed *)v;
    if (!r->seq) return small_int_new(0);
    ssize_t n = value_length(r->seq);
    if (n < 0) return NULL;
    return small_int_new(r->index + 1 <= n ? r->index + 1 : 0);
}

static Value reversed_reduce(Value v) {
    Reversed *r = (Reversed *)v;
    Value args = tuple_pack(1, r->seq ? r->seq : rt->empty_tuple), type = AS_VALUE(type_of(v));
    Value result = !args    ? NULL
                   : r->seq ? tuple_pack(3, type, args, small_int_new(r->index))
                            : tuple_pack(2, type, args);
    xdecref(args);
    return result;
}

static Value reversed_setstate(Value v, Value state) {
    Reversed *r = (Reversed *)v;
    ssize_t i = value_int_as_ssize(state);
    if (i == -1 && error_pending()) return NULL;
    if (!r->seq) return NONE;
    ssize_t n = value_length(r->seq);
    if (n < 0) return NULL;
    r->index = i < -1 ? -1 : i > n - 1 ? n - 1 : i;
    return NONE;
}

static const NativeMethod reversed_methods[] = {
    METHOD_NOARGS("__length_hint__", reversed_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", reversed_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", reversed_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec reversed_type_spec = {
    .name = "reversed",
    .doc = "reversed(sequence, /)\n--\n\nThe items of a sequence, last to first.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Reversed),
    .slots = {.getattr = object_getattr,
              .traverse = reversed_traverse,
              .free = reversed_free,
              .iter = self_iter,
              .next = reversed_next,
              .new_ = reversed_make},
    .methods = reversed_methods,
};
