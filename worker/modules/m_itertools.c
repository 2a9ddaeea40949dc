/*
 * itertools: iterators that make iterators. Here: the module, and those that need no logic about their items: count, cycle,
 * repeat, chain.
 *
 * An iterator gives up what it iterates over as soon as it is at the end. None has a clear slot: each refers only to what
 * its constructor got, so that some other member of a cycle (a list, a cell) can break it.
 */
#include "modules/itertools.h"

#include <stdarg.h>

#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

Value itertools_pack_steal(size_t n, ...) {
    Value items[4];
    bool complete = true;
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++)
        if (!(items[i] = va_arg(args, Value))) complete = false;
    va_end(args);
    if (complete) return tuple_from_array_steal(items, n);
    for (size_t i = 0; i < n; i++) xdecref(items[i]);
    return NULL;
}

/* ---- count ---- */

typedef struct Count {
    HeapObject head;
    Value next, step;
    bool plain; /* ints that go up by one, as the representation and pickling show it */
} Count;

FIELDS_LIFE(count, 2)

static bool is_number(Value v) {
    const Slots *s = &type_of(v)->slots;
    return s->index || s->float_ || s->int_ || IS(v, complex);
}

static Value count_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"start", "step", NULL};
    static const ArgSpec spec = {"count", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value start = out[0] ? out[0] : small_int_new(0), step = out[1] ? out[1] : small_int_new(1);
    if (!is_number(start) || !is_number(step)) return raise_error(T_TypeError, "a number is required");
    int64_t ignored;
    bool plain = is_int(start) && int_to_i64(start, &ignored) && is_small_int(step) && small_int(step) == 1;
    Count *c = (Count *)value_alloc(type, 0);
    if (!c) return NULL;
    c->next = plain ? int_exact(start) : incref(start);
    c->step = incref(step);
    c->plain = plain;
    value_track(AS_VALUE(c));
    return AS_VALUE(c);
}

static Value count_next(Value v) {
    Count *c = (Count *)v;
    Value now = c->next, next;
    int64_t sum;
    if (are_small_ints(now, c->step) && fits_small_int(sum = small_int(now) + small_int(c->step)))
        next = small_int_new(sum);
    else if (!(next = value_add(now, c->step))) return NULL;
    c->next = next;
    return now;
}

static bool is_one(Value v) {
    int64_t n;
    return is_int(v) && int_to_i64(v, &n) && n == 1;
}

static Value count_repr(Value v) {
    Count *c = (Count *)v;
    Value name = AS_VALUE(type_of(v)->name);
    return is_one(c->step) ? str_format("%U(%R)", name, c->next)
                           : str_format("%U(%R, %R)", name, c->next, c->step);
}

static Value count_reduce(Value v) {
    Count *c = (Count *)v;
    Value args = c->plain ? tuple_pack(1, c->next) : tuple_pack(2, c->next, c->step);
    return itertools_pack_steal(2, incref(AS_VALUE(type_of(v))), args);
}

static const NativeMethod count_methods[] = {
    METHOD_NOARGS("__reduce__", count_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec itertools_count_spec = {
    .name = "itertools.count",
    .doc = "count(start=0, step=1)\n--\n\nReturn a count object whose .__next__() method returns start, "
           "start + step, ...",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Count),
    .slots = {.getattr = object_getattr,
              .traverse = count_traverse,
              .free = count_free,
              .repr = count_repr,
              .iter = itertools_self,
              .next = count_next,
              .new_ = count_make},
    .methods = count_methods,
};

/* ---- cycle ---- */

typedef struct Cycle {
    HeapObject head;
    Value iterator; /* NULL after the first pass */
    Value saved;    /* list */
    size_t index;   /* in saved, after the first pass */
    bool first_pass;
} Cycle;

FIELDS_LIFE(cycle, 2)

static Value cycle_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!itertools_no_keywords(type, IT_cycle, "cycle", kwnames) || !args_count("cycle", nargs, 1, 1))
        return NULL;
    Value iterator = value_iter(args[0]), saved = iterator ? list_new(0) : NULL;
    Cycle *c = saved ? (Cycle *)value_alloc(type, 0) : NULL;
    if (!c) {
        xdecref(iterator);
        xdecref(saved);
        return NULL;
    }
    c->iterator = iterator;
    c->saved = saved;
    c->index = 0;
    c->first_pass = false;
    value_track(AS_VALUE(c));
    return AS_VALUE(c);
}

static Value cycle_next(Value v) {
    Cycle *c = (Cycle *)v;
    if (stack_is_low()) return NULL;
    if (c->iterator) {
        Value item = iterator_step(c->iterator);
        if (item) {
            if (c->first_pass || list_append(c->saved, item) == 0) return item;
            decref(item);
            return NULL;
        }
        if (!iterator_ended()) return NULL;
        CLEAR_FIELD(c->iterator);
    }
    if (list_length(c->saved) == 0) return NULL;
    if (c->index >= list_length(c->saved)) c->index = 0;
    return incref(list_item_borrow(c->saved, c->index++));
}

static Value cycle_reduce(Value v) {
    Cycle *c = (Cycle *)v;
    Value iterator = c->iterator ? incref(c->iterator) : value_iter(c->saved);
    if (!iterator) return NULL;
    if (!c->iterator && c->index) {
        Value done = value_call_method_one(iterator, NAME(__setstate__), small_int_new((int64_t)c->index));
        if (!done) {
            decref(iterator);
            return NULL;
        }
        decref(done);
    }
    return itertools_pack_steal(3, incref(AS_VALUE(type_of(v))), itertools_pack_steal(1, iterator),
                                tuple_pack(2, c->saved, BOOL(!c->iterator)));
}

static Value cycle_setstate(Value v, Value state) {
    Cycle *c = (Cycle *)v;
    int first_pass;
    if (!is_tuple(state)) return raise_error(T_TypeError, "state is not a tuple");
    if (tuple_length(state) != 2 || !is_list(tuple_item_borrow(state, 0)))
        return raise_error(T_TypeError, "invalid arguments");
    if (value_as_int(tuple_item_borrow(state, 1), &first_pass) < 0) return NULL;
    SET_FIELD_STEAL(c->saved, incref(tuple_item_borrow(state, 0)));
    c->first_pass = first_pass != 0;
    c->index = 0;
    return NONE;
}

static const NativeMethod cycle_methods[] = {
    METHOD_NOARGS("__reduce__", cycle_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", cycle_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec itertools_cycle_spec = {
    .name = "itertools.cycle",
    .doc = "cycle(iterable, /)\n--\n\nGive the elements of the iterable, then give them again, without end.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Cycle),
    .slots = {.getattr = object_getattr,
              .traverse = cycle_traverse,
              .free = cycle_free,
              .iter = itertools_self,
              .next = cycle_next,
              .new_ = cycle_make},
    .methods = cycle_methods,
};

/* ---- repeat ---- */

typedef struct Repeat {
    HeapObject head;
    Value item;
    ssize_t left; /* -1: without end */
} Repeat;

FIELDS_LIFE(repeat, 1)

static Value repeat_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"object", "times", NULL};
    static const ArgSpec spec = {"repeat", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t left = -1;
    if (out[1]) {
        left = value_as_ssize_argument(out[1]);
        if (left == -1 && error_pending()) return NULL;
        if (left < 0) left = 0;
    }
    Repeat *r = (Repeat *)value_alloc(type, 0);
    if (!r) return NULL;
    r->item = incref(out[0]);
    r->left = left;
    value_track(AS_VALUE(r));
    return AS_VALUE(r);
}

static Value repeat_next(Value v) {
    Repeat *r = (Repeat *)v;
    if (r->left == 0) return NULL;
    if (r->left > 0) r->left--;
    return incref(r->item);
}

static Value repeat_repr(Value v) {
    Repeat *r = (Repeat *)v;
    Value name = AS_VALUE(type_of(v)->name);
    return r->left < 0 ? str_format("%U(%R)", name, r->item)
                       : str_format("%U(%R, %zd)", name, r->item, r->left);
}

static Value repeat_reduce(Value v) {
    Repeat *r = (Repeat *)v;
    Value args = r->left < 0 ? tuple_pack(1, r->item) : tuple_pack(2, r->item, small_int_new(r->left));
    return itertools_pack_steal(2, incref(AS_VALUE(type_of(v))), args);
}

static Value repeat_length_hint(Value v) {
    Repeat *r = (Repeat *)v;
    if (r->left < 0) return raise_error(T_TypeError, "len() of unsized object");
    return int_from_i64(r->left);
}

static const NativeMethod repeat_methods[] = {
    METHOD_NOARGS("__length_hint__", repeat_length_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", repeat_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec itertools_repeat_spec = {
    .name = "itertools.repeat",
    .doc = "repeat(object [,times]) -> an iterator which gives the object so many times, or without end.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Repeat),
    .slots = {.getattr = object_getattr,
              .traverse = repeat_traverse,
              .free = repeat_free,
              .repr = repeat_repr,
              .iter = itertools_self,
              .next = repeat_next,
              .new_ = repeat_make},
    .methods = repeat_methods,
};

/* ---- chain ---- */

typedef struct Chain {
    HeapObject head;
    Value source; /* iterator over iterables; NULL at the end */
    Value active; /* iterator, or NULL between two */
} Chain;

FIELDS_LIFE(chain, 2)

static Value chain_new_steal(Type *type, Value source) {
    Chain *c = source ? (Chain *)value_alloc(type, 0) : NULL;
    if (!c) {
        xdecref(source);
        return NULL;
    }
    c->source = source;
    c->active = NULL;
    value_track(AS_VALUE(c));
    return AS_VALUE(c);
}

static Value chain_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!itertools_no_keywords(type, IT_chain, "chain", kwnames)) return NULL;
    Value iterables = tuple_from_array(args, nargs);
    Value source = iterables ? value_iter(iterables) : NULL;
    xdecref(iterables);
    return chain_new_steal(type, source);
}

static Value chain_from_iterable(Value type, Value iterable) {
    return chain_new_steal((Type *)type, value_iter(iterable));
}

static Value chain_next(Value v) {
    Chain *c = (Chain *)v;
    if (stack_is_low()) return NULL;
    for (size_t empty = 0; c->source;) {
        if (!c->active) {
            Value iterable = iterator_step(c->source);
            if (iterable) c->active = value_iter(iterable);
            xdecref(iterable);
            if (!c->active) {
                CLEAR_FIELD(c->source);
                return NULL;
            }
        }
        Value item = iterator_step(c->active);
        if (item) return item;
        if (!iterator_ended()) return NULL;
        CLEAR_FIELD(c->active);
        if (itertools_charge(&empty) < 0) return NULL;
    }
    return NULL;
}

static Value chain_reduce(Value v) {
    Chain *c = (Chain *)v;
    Value type = AS_VALUE(type_of(v));
    if (!c->source) return itertools_pack_steal(2, incref(type), tuple_new(0));
    Value state = c->active ? tuple_pack(2, c->source, c->active) : tuple_pack(1, c->source);
    return itertools_pack_steal(3, incref(type), tuple_new(0), state);
}

static Value chain_setstate(Value v, Value state) {
    Chain *c = (Chain *)v;
    if (!is_tuple(state)) return raise_error(T_TypeError, "state is not a tuple");
    size_t n = tuple_length(state);
    if (!args_count("chain.__setstate__", n, 1, 2)) return NULL;
    for (size_t i = 0; i < n; i++)
        if (!value_is_iterator(tuple_item_borrow(state, i)))
            return raise_error(T_TypeError, "Arguments must be iterators.");
    SET_FIELD_STEAL(c->source, incref(tuple_item_borrow(state, 0)));
    SET_FIELD_STEAL(c->active, n > 1 ? incref(tuple_item_borrow(state, 1)) : NULL);
    return NONE;
}

static const NativeMethod chain_methods[] = {
    {"from_iterable", (void *)chain_from_iterable, NATIVE_ONE, NATIVE_CLASS,
     "from_iterable($type, iterable, /)\n--\n\nChain the iterables that one iterable gives, each when it is "
     "needed."},
    METHOD_NOARGS("__reduce__", chain_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", chain_setstate, "Takes over what pickle has kept."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const TypeSpec itertools_chain_spec = {
    .name = "itertools.chain",
    .doc = "chain(*iterables) --> an iterator over the elements of the first iterable, then of the next, to "
           "the last.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Chain),
    .slots = {.getattr = object_getattr,
              .traverse = chain_traverse,
              .free = chain_free,
              .iter = itertools_self,
              .next = chain_next,
              .new_ = chain_make},
    .methods = chain_methods,
};

/* ---- the module ---- */

static int itertools_ready(Value module) {
    static const TypeSpec *const specs[] = {
#define ITERTOOL(id) &itertools_##id##_spec,
        ITERTOOLS(ITERTOOL)
#undef ITERTOOL
    };
    ItertoolsState *state = module_state_new(M_itertools, sizeof *state);
    if (!state) return -1;
    for (int i = 0; i < ITERTOOL_COUNT; i++)
        if (module_make_type(module, &state->types[i], specs[i], NULL) < 0) return -1;
    return 0;
}

static const NativeMethod itertools_functions[] = {
    METHOD_FAST(
        "tee", itertools_tee,
        "tee($module, iterable, n=2, /)\n--\n\nn iterators over the same items, each at its own place."),
    METHOD_END,
};

const ModuleSpec module_itertools = {
    .name = "itertools",
    .doc =
        "Iterators that make iterators: endless ones, ones that pass or drop items, and ones that combine.",
    .functions = itertools_functions,
    .ready = itertools_ready,
};
