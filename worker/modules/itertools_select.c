/* itertools: those that pass or drop the items of one iterator: takewhile, dropwhile, filterfalse, compress, islice, starmap. */
#include "modules/itertools.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/tuple.h"

/* ---- what has a function and an iterator ---- */

typedef struct Select {
    HeapObject head;
    Value function, iterator;
    bool done; /* takewhile: at its end; dropwhile: past what it drops */
} Select;

FIELDS_LIFE(select, 2)

static Value select_new(Type *type, ItertoolId id, const char *name, Value const *args, size_t nargs,
                        Value kwnames) {
    if (!itertools_no_keywords(type, id, name, kwnames) || !args_count(name, nargs, 2, 2)) return NULL;
    Value iterator = value_iter(args[1]);
    Select *s = iterator ? (Select *)value_alloc(type, 0) : NULL;
    if (!s) {
        xdecref(iterator);
        return NULL;
    }
    s->function = incref(args[0]);
    s->iterator = iterator;
    s->done = false;
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

/* 1, 0, -1 raised. */
static int verdict(Value function, Value item) {
    Value answer = value_call_one(function, item);
    if (!answer) return -1;
    int truth = answer == TRUE ? 1 : answer == FALSE ? 0 : value_is_true(answer);
    decref(answer);
    return truth;
}

static Value select_reduce(Value v) {
    Select *s = (Select *)v;
    return itertools_pack_steal(2, incref(AS_VALUE(type_of(v))), tuple_pack(2, s->function, s->iterator));
}

static Value select_reduce_state(Value v) {
    Select *s = (Select *)v;
    return itertools_pack_steal(3, incref(AS_VALUE(type_of(v))), tuple_pack(2, s->function, s->iterator),
                                small_int_new(s->done));
}

static Value select_setstate(Value v, Value state) {
    int done = value_is_true(state);
    if (done < 0) return NULL;
    ((Select *)v)->done = done;
    return NONE;
}

static const NativeMethod select_methods[] = {
    METHOD_NOARGS("__reduce__", select_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

static const NativeMethod select_state_methods[] = {
    METHOD_NOARGS("__reduce__", select_reduce_state, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", select_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

#define SELECT_SPEC(id, docs, table)                                                                         \
    const TypeSpec itertools_##id##_spec = {                                                                 \
        .name = "itertools." #id,                                                                            \
        .doc = docs,                                                                                         \
        .flags = TYPE_SUBCLASSABLE | TYPE_GC,                                                                \
        .basic_size = sizeof(Select),                                                                        \
        .slots = {.getattr = object_getattr,                                                                 \
                  .traverse = select_traverse,                                                               \
                  .free = select_free,                                                                       \
                  .iter = itertools_self,                                                                    \
                  .next = id##_next,                                                                         \
                  .new_ = id##_make},                                                                        \
        .methods = table,                                                                                    \
    }

/* ---- takewhile ---- */

static Value takewhile_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    return select_new(type, IT_takewhile, "takewhile", args, nargs, kwnames);
}

static Value takewhile_next(Value v) {
    if (stack_is_low()) return NULL;
    Select *s = (Select *)v;
    if (s->done) return NULL;
    Value item = iterator_step(s->iterator);
    if (!item) return NULL;
    int pass = verdict(s->function, item);
    if (pass > 0) return item;
    decref(item);
    if (pass == 0) s->done = true;
    return NULL;
}

SELECT_SPEC(
    takewhile,
    "takewhile(predicate, iterable, /)\n--\n\nGive entries as long as the predicate is true for each.",
    select_state_methods);

/* ---- dropwhile ---- */

static Value dropwhile_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    return select_new(type, IT_dropwhile, "dropwhile", args, nargs, kwnames);
}

static Value dropwhile_next(Value v) {
    if (stack_is_low()) return NULL;
    Select *s = (Select *)v;
    size_t passed = 0;
    for (Value item; (item = iterator_step(s->iterator)) != NULL; decref(item)) {
        if (s->done) return item;
        int drop = verdict(s->function, item);
        if (drop == 0) {
            s->done = true;
            return item;
        }
        if (drop < 0 || itertools_charge(&passed) < 0) {
            decref(item);
            return NULL;
        }
    }
    return NULL;
}

SELECT_SPEC(dropwhile,
            "dropwhile(predicate, iterable, /)\n--\n\nDrop items as long as the predicate is true; then give "
            "all the rest.",
            select_state_methods);

/* ---- filterfalse ---- */

static Value filterfalse_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    return select_new(type, IT_filterfalse, "filterfalse", args, nargs, kwnames);
}

static Value filterfalse_next(Value v) {
    if (stack_is_low()) return NULL;
    Select *s = (Select *)v;
    bool plain = s->function == NONE || s->function == AS_VALUE(TYPE(bool));
    size_t passed = 0;
    for (Value item; (item = iterator_step(s->iterator)) != NULL; decref(item)) {
        int truth = plain ? value_is_true(item) : verdict(s->function, item);
        if (truth == 0) return item;
        if (truth < 0 || itertools_charge(&passed) < 0) {
            decref(item);
            return NULL;
        }
    }
    return NULL;
}

SELECT_SPEC(filterfalse,
            "filterfalse(function, iterable, /)\n--\n\nGive the items for which function(item) is false; "
            "None: which are "
            "false.",
            select_methods);

/* ---- starmap ---- */

static Value starmap_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    return select_new(type, IT_starmap, "starmap", args, nargs, kwnames);
}

static Value starmap_next(Value v) {
    if (stack_is_low()) return NULL;
    Select *s = (Select *)v;
    Value args = iterator_step(s->iterator);
    if (!args) return NULL;
    if (!IS_EXACT(args, tuple)) {
        Value tuple = value_to_tuple(args);
        decref(args);
        if (!tuple) return NULL;
        args = tuple;
    }
    Value result = value_call(s->function, ((Tuple *)args)->items, tuple_length(args), NULL);
    decref(args);
    return result;
}

SELECT_SPEC(starmap,
            "starmap(function, iterable, /)\n--\n\nGive function(*item) for each item of the iterable.",
            select_methods);

/* ---- compress: `function` is the data, `iterator` the selectors ---- */

static Value compress_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"data", "selectors", NULL};
    static const ArgSpec spec = {"compress", names, 2, 2, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value data = value_iter(out[0]), selectors = data ? value_iter(out[1]) : NULL;
    Select *s = selectors ? (Select *)value_alloc(type, 0) : NULL;
    if (!s) {
        xdecref(data);
        xdecref(selectors);
        return NULL;
    }
    s->function = data;
    s->iterator = selectors;
    s->done = false;
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

static Value compress_next(Value v) {
    if (stack_is_low()) return NULL;
    Select *s = (Select *)v;
    size_t passed = 0;
    for (Value item; (item = iterator_step(s->function)) != NULL; decref(item)) {
        Value selector = iterator_step(s->iterator);
        int take = selector ? value_is_true(selector) : -1;
        xdecref(selector);
        if (take > 0) return item;
        if (take < 0 || itertools_charge(&passed) < 0) {
            decref(item);
            return NULL;
        }
    }
    return NULL;
}

SELECT_SPEC(compress, "compress(data, selectors)\n--\n\nThe items whose selector is true.", select_methods);

/* ---- islice ---- */

typedef struct Islice {
    HeapObject head;
    Value iterator;     /* NULL at the end */
    size_t next, count; /* places in the iterator: of the next item, of where it stands */
    size_t step;
    ssize_t stop; /* -1: none */
} Islice;

FIELDS_LIFE(islice, 1)

static bool not_index(const char *what) {
    raise_error(T_ValueError, "%s for islice() must be None or an integer: 0 <= x <= sys.maxsize.", what);
    return false;
}

/* A place, or `missing` for None. */
static bool islice_place(Value v, const char *what, ssize_t missing, ssize_t *out) {
    *out = missing;
    if (v == NONE) return true;
    if (!value_has_index(v)) return not_index(what);
    *out = value_as_ssize(v, TYPE(OverflowError));
    if (*out == -1 && error_pending()) error_clear();
    return *out >= 0 || not_index(*out == -1 ? what : "Indices");
}

static bool islice_step(Value v, ssize_t *out) {
    *out = 1;
    if (v == NONE) return true;
    *out = value_has_index(v) ? value_as_ssize(v, TYPE(OverflowError)) : -1;
    if (*out == -1 && error_pending()) error_clear();
    if (*out > 0) return true;
    raise_error(T_ValueError, "Step for islice() must be a positive integer or None.");
    return false;
}

static Value islice_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!itertools_no_keywords(type, IT_islice, "islice", kwnames) || !args_count("islice", nargs, 2, 4))
        return NULL;
    ssize_t start = 0, stop = -1, step = 1;
    if (nargs == 2) {
        if (!islice_place(args[1], "Stop argument", -1, &stop)) return NULL;
    } else if (!islice_place(args[2], "Stop argument", -1, &stop) ||
               !islice_place(args[1], "Indices", 0, &start)) {
        return NULL;
    }
    if (nargs == 4 && !islice_step(args[3], &step)) return NULL;
    Value iterator = value_iter(args[0]);
    Islice *s = iterator ? (Islice *)value_alloc(type, 0) : NULL;
    if (!s) {
        xdecref(iterator);
        return NULL;
    }
    s->iterator = iterator;
    s->next = (size_t)start;
    s->count = 0;
    s->step = (size_t)step;
    s->stop = stop;
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

static Value islice_end(Islice *s) {
    CLEAR_FIELD(s->iterator);
    return NULL;
}

static Value islice_next(Value v) {
    if (stack_is_low()) return NULL;
    Islice *s = (Islice *)v;
    Value it = s->iterator;
    if (!it) return NULL;
    size_t charged = 0;
    for (; s->count < s->next; s->count++) {
        Value item = iterator_step(it);
        if (!item || itertools_charge(&charged) < 0) {
            xdecref(item);
            return islice_end(s);
        }
        decref(item);
        if (!s->iterator) return NULL; /* the iterator came back here and reached the end */
    }
    if (s->stop >= 0 && s->count >= (size_t)s->stop) return islice_end(s);
    Value item = iterator_step(it);
    if (!item) return islice_end(s);
    s->count++;
    if (__builtin_add_overflow(s->next, s->step, &s->next) || s->next > SSIZE_MAX) s->next = SSIZE_MAX;
    if (s->stop >= 0 && s->next > (size_t)s->stop) s->next = (size_t)s->stop;
    return item;
}

static Value islice_reduce(Value v) {
    Islice *s = (Islice *)v;
    Value type = AS_VALUE(type_of(v));
    if (!s->iterator) {
        Value none = list_new(0), empty = none ? value_iter(none) : NULL;
        xdecref(none);
        Value args = empty ? tuple_pack(2, empty, small_int_new(0)) : NULL;
        xdecref(empty);
        return itertools_pack_steal(3, incref(type), args, small_int_new(0));
    }
    Value stop = s->stop < 0 ? NONE : int_from_i64(s->stop);
    Value args =
        tuple_pack(4, s->iterator, small_int_new((int64_t)s->next), stop, small_int_new((int64_t)s->step));
    return itertools_pack_steal(3, incref(type), args, small_int_new((int64_t)s->count));
}

static Value islice_setstate(Value v, Value state) {
    uint64_t count;
    if (value_as_u64(state, &count) < 0) return NULL;
    ((Islice *)v)->count = count;
    return NONE;
}

static const NativeMethod islice_methods[] = {
    METHOD_NOARGS("__reduce__", islice_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", islice_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec itertools_islice_spec = {
    .name = "itertools.islice",
    .doc = "islice(iterable, stop) or islice(iterable, start, stop[, step]): the items a slice would have, "
           "one by one.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Islice),
    .slots = {.getattr = object_getattr,
              .traverse = islice_traverse,
              .free = islice_free,
              .iter = itertools_self,
              .next = islice_next,
              .new_ = islice_make},
    .methods = islice_methods,
};
