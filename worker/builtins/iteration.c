/* aiter all anext any iter len max min next sorted */
#include "builtins/builtins.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq_iterators.h"
#include "objects/str.h"
#include "vm/generator.h"

static Value builtin_len(Value module, Value o) {
    (void)module;
    ssize_t n = value_length(o);
    return n < 0 ? NULL : int_from_i64(n);
}

/* The first item whose truth is `stop_at` decides. */
static Value truth_of_items(Value iterable, bool stop_at) {
    Value iterator = value_iter(iterable);
    if (!iterator) return NULL;
    UnaryFn next = type_of(iterator)->slots.next;
    uint32_t count = 0;
    int found = 0;
    for (Value item; found == 0 && (item = next(iterator)) != NULL;) {
        int truth = value_is_true(item);
        decref(item);
        found = truth < 0 ? -1 : truth == stop_at;
        if ((++count & 4095) == 0 && found == 0 && work_charge(4096) < 0) found = -1;
    }
    decref(iterator);
    if (found < 0 || (!found && error_pending() && !error_swallow(T_StopIteration))) return NULL;
    return BOOL((found != 0) == stop_at);
}

static Value builtin_all(Value module, Value iterable) {
    (void)module;
    return truth_of_items(iterable, false);
}

static Value builtin_any(Value module, Value iterable) {
    (void)module;
    return truth_of_items(iterable, true);
}

static Value builtin_iter(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("iter", nargs, 1, 2)) return NULL;
    if (nargs == 1) return value_iter(args[0]);
    if (!value_is_callable(args[0])) return raise_error(T_TypeError, "iter(v, w): v must be callable");
    return callable_iterator_new(args[0], args[1]);
}

static Value builtin_next(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("next", nargs, 1, 2)) return NULL;
    if (!value_is_iterator(args[0]))
        return raise_error(T_TypeError, "'%.200T' object is not an iterator", args[0]);
    Value item = type_of(args[0])->slots.next(args[0]);
    if (item) return item;
    if (nargs == 2) {
        if (error_pending() && !error_swallow(T_StopIteration)) return NULL;
        return incref(args[1]);
    }
    return error_pending() ? NULL : raise_stop_iteration(NULL);
}

static Value builtin_aiter(Value module, Value o) {
    (void)module;
    UnaryFn aiter = type_of(o)->slots.aiter;
    if (!aiter) return raise_error(T_TypeError, "'%.200T' object is not an async iterable", o);
    Value result = aiter(o);
    if (result && !type_of(result)->slots.anext) {
        raise_error(T_TypeError, "aiter() returned not an async iterator of type '%.200T'", result);
        decref(result);
        return NULL;
    }
    return result;
}

static Value builtin_anext(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("anext", nargs, 1, 2)) return NULL;
    UnaryFn anext = type_of(args[0])->slots.anext;
    if (!anext) return raise_error(T_TypeError, "'%.200T' object is not an async iterator", args[0]);
    Value awaitable = anext(args[0]);
    if (!awaitable || nargs == 1) return awaitable;
    Value result = anext_awaitable_new(awaitable, args[1]);
    decref(awaitable);
    return result;
}

static Value builtin_sorted(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (!args_count("sorted", nargs, 1, 1)) return NULL;
    Value list = value_to_list(args[0]);
    if (!list) return NULL;
    static const char *const names[] = {"key", "reverse", NULL};
    static const ArgSpec spec = {"sort", names, 2, 0, 0};
    Value out[2];
    int reverse = 0, status = -1;
    if (args_bind(&spec, args + 1, 0, kwnames, out)) {
        if (out[1]) {
            int n = 0;
            reverse = value_as_int(out[1], &n) < 0 ? -1 : n != 0;
        }
        if (reverse >= 0) status = list_sort(list, out[0] ? out[0] : NONE, reverse);
    }
    if (status == 0) return list;
    decref(list);
    return NULL;
}

/* ---- min and max ---- */

typedef struct Extreme {
    CompareOp op; /* a candidate wins if candidate OP best */
    const char *name;
    Value key;            /* or NULL */
    Value best, best_key; /* owned */
} Extreme;

static inline int wins(CompareOp op, Value a, Value b) {
    if (are_small_ints(a, b))
        return op == CMP_LT ? (int64_t)BITS(a) < (int64_t)BITS(b) : (int64_t)BITS(a) > (int64_t)BITS(b);
    if (is_small_float(a) && is_small_float(b))
        return op == CMP_LT ? small_float(a) < small_float(b) : small_float(a) > small_float(b);
    return value_compare_bool(a, b, op);
}

/* 0, -1 raised. Takes the item. */
static int extreme_offer_steal(Extreme *x, Value item) {
    Value key = x->key ? value_call_one(x->key, item) : incref(item);
    int better = !key ? -1 : !x->best ? 1 : wins(x->op, key, x->best_key);
    if (better > 0) {
        SET_FIELD_STEAL(x->best, item);
        SET_FIELD_STEAL(x->best_key, key);
        return 0;
    }
    xdecref(key);
    decref(item);
    return better;
}

static int extreme_of_iterable(Extreme *x, Value iterable) {
    Value iterator = value_iter(iterable);
    if (!iterator) return -1;
    UnaryFn next = type_of(iterator)->slots.next;
    uint32_t count = 0;
    int status = 0;
    for (Value item; status == 0 && (item = next(iterator)) != NULL;) {
        status = extreme_offer_steal(x, item);
        if ((++count & 4095) == 0 && status == 0) status = work_charge(4096);
    }
    decref(iterator);
    return status < 0 || (error_pending() && !error_swallow(T_StopIteration)) ? -1 : 0;
}

static int extreme_find(Extreme *x, Value const *args, size_t nargs, bool has_default) {
    if (nargs == 1) return extreme_of_iterable(x, args[0]);
    if (has_default)
        return raise_int(T_TypeError, "Cannot specify a default for %s() with multiple positional arguments",
                         x->name);
    for (size_t i = 0; i < nargs; i++)
        if (extreme_offer_steal(x, incref(args[i])) < 0) return -1;
    return 0;
}

static Value extreme(const char *name, CompareOp op, Value const *args, size_t nargs, Value kwnames) {
    if (nargs == 0) return raise_error(T_TypeError, "%s expected at least 1 argument, got 0", name);
    if (nargs == 2 && !kwnames && are_small_ints(args[0], args[1]))
        return wins(op, args[1], args[0]) ? args[1] : args[0];
    static const char *const names[] = {"key", "default", NULL};
    ArgSpec spec = {name, names, 2, 0, 0};
    Value out[2];
    if (!args_bind(&spec, args + nargs, 0, kwnames, out)) return NULL;
    Extreme x = {.op = op, .name = name, .key = out[0] == NONE ? NULL : out[0]};
    int status = extreme_find(&x, args, nargs, out[1] != NULL);
    xdecref(x.best_key);
    if (status < 0) {
        xdecref(x.best);
        return NULL;
    }
    if (x.best) return x.best;
    return out[1] ? incref(out[1]) : raise_error(T_ValueError, "%s() arg is an empty sequence", name);
}

static Value builtin_max(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return extreme("max", CMP_GT, args, nargs, kwnames);
}

static Value builtin_min(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return extreme("min", CMP_LT, args, nargs, kwnames);
}

const NativeMethod builtins_iteration[] = {
    METHOD_ONE("aiter", builtin_aiter,
               "aiter($module, async_iterable, /)\n--\n\nThe asynchronous "
               "iterator of an object."),
    METHOD_ONE("all", builtin_all, "all($module, iterable, /)\n--\n\nWhether all items are true."),
    METHOD_FAST("anext", builtin_anext,
                "anext(async_iterator[, default])\n\nAn awaitable for the next "
                "item, or for the default at the end."),
    METHOD_ONE("any", builtin_any, "any($module, iterable, /)\n--\n\nWhether any item is true."),
    METHOD_FAST("iter", builtin_iter,
                "iter(iterable)\niter(callable, sentinel)\n\nAn iterator over the "
                "items, or over what a function gives until it gives the sentinel."),
    METHOD_ONE("len", builtin_len, "len($module, obj, /)\n--\n\nHow many items there are."),
    METHOD_KW("max", builtin_max,
              "max(iterable, *[, default=obj, key=func])\nmax(arg1, arg2, *args, *[, "
              "key=func])\n\nThe greatest item or argument."),
    METHOD_KW("min", builtin_min,
              "min(iterable, *[, default=obj, key=func])\nmin(arg1, arg2, *args, *[, "
              "key=func])\n\nThe least item or argument."),
    METHOD_FAST("next", builtin_next,
                "next(iterator[, default])\n\nThe next item; at the end the "
                "default, or StopIteration."),
    METHOD_KW("sorted", builtin_sorted,
              "sorted($module, iterable, /, *, key=None, "
              "reverse=False)\n--\n\nA new list of all items in order."),
    METHOD_END,
};
