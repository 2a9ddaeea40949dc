/* _functools: the module; reduce, cmp_to_key. */
#include "modules/functools.h"

#include "objects/slots.h"
#include "objects/tuple.h"

/* ---- reduce ---- */

static Value fold(Value function, Value it, Value result) {
    UnaryFn next = type_of(it)->slots.next;
    size_t n = 0;
    for (Value item; (item = next(it)) != NULL;) {
        if (!result) {
            result = item;
            continue;
        }
        Value args[2] = {result, item}, folded = value_call(function, args, 2, NULL);
        decref(result);
        decref(item);
        result = folded;
        if (!result) return NULL;
        if ((++n & 0xfff) == 0 && work_charge(0x1000) < 0) break;
    }
    if (error_pending() && !error_swallow(T_StopIteration)) {
        xdecref(result);
        return NULL;
    }
    return result ? result : raise_error(T_TypeError, "reduce() of empty iterable with no initial value");
}

static Value functools_reduce(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("reduce", nargs, 2, 3)) return NULL;
    Value it = value_iter(args[1]);
    if (!it) {
        if (error_swallow(T_TypeError)) raise_error(T_TypeError, "reduce() arg 2 must support iteration");
        return NULL;
    }
    Value result = fold(args[0], it, nargs > 2 ? incref(args[2]) : NULL);
    decref(it);
    return result;
}

/* ---- cmp_to_key: the key function, and what it makes of each item ---- */

typedef struct KeyWrapper {
    HeapObject head;
    Value compare;
    Value object; /* NULL in the key function itself */
} KeyWrapper;

FIELDS_LIFE(key, 2)

static Value key_new(Value compare, Value object) {
    KeyWrapper *k = (KeyWrapper *)value_alloc(FUNCTOOLS->key, 0);
    if (!k) return NULL;
    k->compare = incref(compare);
    k->object = xincref(object);
    value_track(AS_VALUE(k));
    return AS_VALUE(k);
}

static Value key_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"obj", NULL};
    static const ArgSpec spec = {"K", names, 1, 1, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? key_new(((KeyWrapper *)v)->compare, out[0]) : NULL;
}

static Value key_compare(Value a, Value b, CompareOp op) {
    if (type_of(b) != FUNCTOOLS->key) return raise_error(T_TypeError, "other argument must be K instance");
    KeyWrapper *x = (KeyWrapper *)a, *y = (KeyWrapper *)b;
    if (!x->object || !y->object) return raise_error(T_AttributeError, "object");
    Value order = value_call_two(x->compare, x->object, y->object);
    if (!order) return NULL;
    Value answer = value_compare(order, small_int_new(0), op);
    decref(order);
    return answer;
}

static const Member key_members[] = {
    {"obj", MEMBER_VALUE, offsetof(KeyWrapper, object), false, "Value wrapped by a key function."},
    {0},
};

static const TypeSpec key_spec = {
    .name = "functools.KeyWrapper",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(KeyWrapper),
    .slots = {.getattr = object_getattr,
              .traverse = key_traverse,
              .clear = key_clear,
              .free = key_free,
              .hash = hash_not_implemented,
              .call = key_call,
              .compare = key_compare},
    .members = key_members,
};

static Value cmp_to_key(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"mycmp", NULL};
    static const ArgSpec spec = {"cmp_to_key", names, 1, 1, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? key_new(out[0], NULL) : NULL;
}

/* ---- the module ---- */

static int functools_ready(Value module) {
    FunctoolsState *s = module_state_new(M_functools, sizeof *s);
    if (!s) return -1;
    if (!s->keyword_mark && !(s->keyword_mark = value_call_noargs(AS_VALUE(TYPE(object))))) return -1;
    if (module_make_type(module, &s->partial, &partial_spec, NULL) < 0 ||
        module_make_type(module, &s->lru_cache, &lru_cache_spec, NULL) < 0 ||
        module_ready_type(&s->lru_link, &lru_link_spec, NULL) < 0 ||
        module_ready_type(&s->key, &key_spec, NULL) < 0)
        return -1;
    return 0;
}

static const NativeMethod functools_functions[] = {
    METHOD_BARE("reduce", functools_reduce,
                "reduce(function, iterable[, initial], /) -> value\n\nWhat is left when function has joined "
                "the items two by two, from the first on."),
    METHOD_KW("cmp_to_key", cmp_to_key,
              "cmp_to_key($module, /, mycmp)\n--\n\nA key function for sorting by mycmp, which compares two "
              "items."),
    METHOD_END,
};

const ModuleSpec module_functools = {
    .name = "_functools",
    .doc = "What functools does natively.",
    .functions = functools_functions,
    .ready = functools_ready,
};
