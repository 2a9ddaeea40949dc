/* partial: a callable with some of its arguments given beforehand. */
#include "modules/functools.h"

#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Partial {
    HeapObject head;
    Value function, args, keywords; /* tuple, dict */
    Attrs attrs;
} Partial;

enum { FEW_ARGS = 12 }; /* joined on the C stack */

static Partial *partial_of(Value v) { return (Partial *)v; }

static int partial_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    int stop = fields_traverse(o, 3, visit, arg);
    return stop ? stop : attrs_traverse(AS_VALUE(o), visit, arg);
}

static void partial_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    fields_drop(o, 3);
    attrs_clear(AS_VALUE(o));
}

static void partial_free(Heap *heap, HeapObject *o) {
    (void)heap;
    fields_drop(o, 3);
    value_free(AS_VALUE(o));
}

static bool has_attributes(Value v) {
    Attrs *a = attrs_of(v);
    return attrs_is_dict(a) || a->shape->count > 0;
}

/* The keywords of the call over those that are there already. */
static int add_keywords(Value dict, Value const *values, Value kwnames) {
    for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++)
        if (dict_set(dict, tuple_item_borrow(kwnames, i), values[i]) < 0) return -1;
    return 0;
}

static Value partial_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (nargs < 1) return raise_error(T_TypeError, "type 'partial' takes at least one argument");
    Value function = args[0];
    if (!value_is_callable(function)) return raise_error(T_TypeError, "the first argument must be callable");
    /* A partial of a partial that bears no attributes is one partial. */
    Partial *inner = value_is_instance(function, FUNCTOOLS->partial) && !has_attributes(function)
                         ? partial_of(function)
                         : NULL;
    Value rest = tuple_from_array(args + 1, nargs - 1), all = rest;
    if (rest && inner) {
        all = value_concat(inner->args, rest);
        decref(rest);
    }
    Value keywords = !all ? NULL : inner ? dict_copy(inner->keywords) : dict_new();
    bool ok = keywords && add_keywords(keywords, args + nargs, kwnames) == 0;
    Partial *p = ok ? (Partial *)value_alloc(type, 0) : NULL;
    if (!p) {
        xdecref(all);
        xdecref(keywords);
        return NULL;
    }
    p->function = incref(inner ? inner->function : function);
    p->args = all;
    p->keywords = keywords;
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static Value call_with_keywords(Partial *p, Value const *args, size_t nargs, Value kwnames) {
    Value merged = dict_copy(p->keywords);
    if (!merged) return NULL;
    Value result = NULL, rest = NULL, all = NULL;
    if (add_keywords(merged, args + nargs, kwnames) == 0 && (rest = tuple_from_array(args, nargs)) != NULL &&
        (all = value_concat(p->args, rest)) != NULL)
        result = value_call_tuple_dict(p->function, all, merged);
    decref(merged);
    xdecref(rest);
    xdecref(all);
    return result;
}

/* The call may replace the partial's state: the function and its arguments are held meanwhile. */
static Value partial_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Partial *p = partial_of(v);
    if (!p->function) return raise_error(T_RuntimeError, "partial object was cleared");
    Value function = incref(p->function), own = incref(p->args), result = NULL;
    size_t given = tuple_length(own), total = given + nargs + (kwnames ? tuple_length(kwnames) : 0);
    if (dict_length(p->keywords) == 0) {
        Value few[FEW_ARGS];
        Value *all = total <= FEW_ARGS ? few : heap_calloc(rt->heap, total, sizeof *all);
        if (all) {
            memcpy(all, ((Tuple *)own)->items, given * sizeof *all);
            if (total > given) memcpy(all + given, args, (total - given) * sizeof *all);
            result = value_call(function, all, given + nargs, kwnames);
            if (all != few) heap_free(rt->heap, all);
        } else {
            raise_no_memory();
        }
    } else {
        result = call_with_keywords(p, args, nargs, kwnames);
    }
    decref(function);
    decref(own);
    return result;
}

static int add_arg(StrBuilder *b, const char *format, Value key, Value value) {
    Value text = key ? str_format(format, key, value) : str_format(format, value);
    int status = text ? str_builder_add(b, text) : -1;
    xdecref(text);
    return status;
}

static Value partial_repr(Value v) {
    Partial *p = partial_of(v);
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("...");
    StrBuilder b = STR_BUILDER_INIT;
    int status = str_builder_add_cstr(&b, type_name_of(v));
    if (status == 0) status = add_arg(&b, "(%R", NULL, p->function);
    for (size_t i = 0; status == 0 && i < tuple_length(p->args); i++)
        status = add_arg(&b, ", %R", NULL, tuple_item_borrow(p->args, i));
    size_t position = 0;
    Value key, value;
    while (status == 0 && dict_next(p->keywords, &position, &key, &value)) {
        incref(key);
        incref(value);
        status = add_arg(&b, ", %S=%R", key, value);
        decref(key);
        decref(value);
    }
    if (status == 0) status = str_builder_add_char(&b, ')');
    repr_leave(v);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static Value partial_reduce(Value v) {
    Partial *p = partial_of(v);
    Value attributes = has_attributes(v) ? AS_VALUE(attrs_dict_borrow(v)) : NONE;
    if (!attributes) return NULL;
    Value args = tuple_pack(1, p->function);
    Value state = args ? tuple_pack(4, p->function, p->args, p->keywords, attributes) : NULL;
    Value result = state ? tuple_pack(3, AS_VALUE(type_of(v)), args, state) : NULL;
    xdecref(args);
    xdecref(state);
    return result;
}

static Value partial_setstate(Value v, Value state) {
    Partial *p = partial_of(v);
    bool whole = is_tuple(state) && tuple_length(state) == 4;
    Value part[4] = {NONE, NONE, NONE, NONE};
    for (size_t i = 0; whole && i < 4; i++) part[i] = tuple_item_borrow(state, i);
    if (!whole || !value_is_callable(part[0]) || !is_tuple(part[1]) || (part[2] != NONE && !is_dict(part[2])))
        return raise_error(T_TypeError, "invalid partial state");
    Value args = IS_EXACT(part[1], tuple) ? incref(part[1]) : value_to_tuple(part[1]);
    Value keywords = !args                     ? NULL
                     : part[2] == NONE         ? dict_new()
                     : IS_EXACT(part[2], dict) ? incref(part[2])
                                               : dict_copy(part[2]);
    if (!keywords) {
        xdecref(args);
        return NULL;
    }
    SET_FIELD_STEAL(p->function, incref(part[0]));
    SET_FIELD_STEAL(p->args, args);
    SET_FIELD_STEAL(p->keywords, keywords);
    if (part[3] != NONE && attrs_set_dict(v, part[3]) < 0) return NULL;
    if (part[3] == NONE) attrs_clear(v);
    return NONE;
}

static Value partial_get_dict(Value v, void *closure) {
    (void)closure;
    Dict *dict = attrs_dict_borrow(v);
    return dict ? INCREF(AS_VALUE(dict)) : NULL;
}

static int partial_set_dict(Value v, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(v, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

static const NativeMethod partial_methods[] = {
    METHOD_NOARGS("__reduce__", partial_reduce, NULL),
    METHOD_ONE("__setstate__", partial_setstate, NULL),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const Member partial_members[] = {
    {"func", MEMBER_VALUE, offsetof(Partial, function), true, "what a call calls"},
    {"args", MEMBER_VALUE, offsetof(Partial, args), true, "the arguments that a call puts first"},
    {"keywords", MEMBER_VALUE, offsetof(Partial, keywords), true,
     "the keyword arguments that a call begins with"},
    {0},
};

static const GetSet partial_getset[] = {
    {"__dict__", partial_get_dict, partial_set_dict, NULL, NULL},
    {0},
};

const TypeSpec partial_spec = {
    .name = "functools.partial",
    .doc = "partial(func, *args, **keywords): func with some of its arguments given already",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Partial),
    .has_attrs = true,
    .slots = {.traverse = partial_traverse,
              .clear = partial_clear,
              .free = partial_free,
              .repr = partial_repr,
              .call = partial_call,
              .new_ = partial_make},
    .methods = partial_methods,
    .members = partial_members,
    .getset = partial_getset,
};
