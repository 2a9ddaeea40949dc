/* _operator: the operators as functions; itemgetter, attrgetter and methodcaller. */
#include "modules/digest_object.h"
#include "modules/fields.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct OperatorState {
    Type *itemgetter, *attrgetter, *methodcaller;
} OperatorState;

/* ---- the operators ---- */

static Value truth_of(Value o) {
    int truth = value_is_true(o);
    return truth < 0 ? NULL : BOOL(truth);
}

static Value not_of(Value o) {
    int truth = value_is_true(o);
    return truth < 0 ? NULL : BOOL(!truth);
}

static Value contains(Value container, Value item) {
    int found = value_contains(container, item);
    return found < 0 ? NULL : BOOL(found);
}

static Value is_same(Value a, Value b) { return BOOL(a == b); }
static Value is_other(Value a, Value b) { return BOOL(a != b); }

static Value delete_item(Value a, Value b) { return value_delitem(a, b) < 0 ? NULL : NONE; }

static Value concat(Value a, Value b) {
    if (!value_is_sequence(a)) return raise_error(T_TypeError, "'%T' object can't be concatenated", a);
    return value_concat(a, b);
}

static Value concat_inplace(Value a, Value b) {
    BinaryFn iconcat = type_of(a)->slots.iconcat;
    if (iconcat) return iconcat(a, b);
    if (!value_is_sequence(a)) return raise_error(T_TypeError, "'%T' object can't be concatenated", a);
    if (type_of(a)->slots.concat || !value_is_sequence(b)) return value_concat(a, b);
    return type_of(a)->slots.iadd ? value_binary_inplace(OP_ADD, a, b) : value_concat(a, b);
}

/* Walks the items: the count of equal ones, or the place of the first; -1 absent or raised. */
static ssize_t search_items(Value container, Value item, bool first) {
    Value it = value_iter(container);
    if (!it) {
        if (error_swallow(T_TypeError))
            raise_error(T_TypeError, "argument of type '%T' is not iterable", container);
        return -1;
    }
    ssize_t i = 0, count = 0, result = -1;
    for (Value x; (x = value_next(it)) != NULL; i++) {
        int equal = value_equal(x, item);
        decref(x);
        if (equal < 0) break;
        count += equal;
        if (equal && first) {
            result = i;
            break;
        }
    }
    decref(it);
    if (error_pending()) return -1;
    return first ? result : count;
}

static Value count_of(Value container, Value item) {
    ssize_t count = search_items(container, item, false);
    return count < 0 ? NULL : small_int_new(count);
}

static Value index_of(Value container, Value item) {
    ssize_t i = search_items(container, item, true);
    if (i >= 0) return small_int_new(i);
    return error_pending() ? NULL : raise_error(T_ValueError, "sequence.index(x): x not in sequence");
}

#define UNARY(name, expression)                                                                              \
    static Value operator_##name(Value module, Value a) {                                                    \
        (void)module;                                                                                        \
        return expression;                                                                                   \
    }
#define BINARY(name, expression)                                                                             \
    static Value operator_##name(Value module, Value const *args, size_t nargs) {                            \
        (void)module;                                                                                        \
        if (!args_count(#name, nargs, 2, 2)) return NULL;                                                    \
        Value a = args[0], b = args[1];                                                                      \
        return expression;                                                                                   \
    }

/* name, what it computes, how its doc string says it */
#define UNARY_OPERATORS(X)                                                                                   \
    X(truth, truth_of(a), "Whether a counts as true.")                                                       \
    X(not_, not_of(a), "Same as not a.")                                                                     \
    X(neg, value_negative(a), "Same as -a.")                                                                 \
    X(pos, value_positive(a), "Same as +a.")                                                                 \
    X(abs, value_absolute(a), "Same as abs(a).")                                                             \
    X(inv, value_invert(a), "Same as ~a.")                                                                   \
    X(invert, value_invert(a), "Same as ~a.")                                                                \
    X(index, value_index(a), "Same as a.__index__()")

#define BINARY_OPERATORS(X)                                                                                  \
    X(contains, contains(a, b), "Whether b is in a.")                                                        \
    X(indexOf, index_of(a, b), "Where b first stands in a.")                                                 \
    X(countOf, count_of(a, b), "How many items of a are b or equal it.")                                     \
    X(is_, is_same(a, b), "Same as a is b.")                                                                 \
    X(is_not, is_other(a, b), "Same as a is not b.")                                                         \
    X(add, value_add(a, b), "Same as a + b.")                                                                \
    X(sub, value_subtract(a, b), "Same as a - b.")                                                           \
    X(mul, value_multiply(a, b), "Same as a * b.")                                                           \
    X(matmul, value_binary(OP_MATRIX_MULTIPLY, a, b), "Same as a @ b.")                                      \
    X(floordiv, value_binary(OP_FLOOR_DIVIDE, a, b), "Same as a // b.")                                      \
    X(truediv, value_binary(OP_TRUE_DIVIDE, a, b), "Same as a / b.")                                         \
    X(mod, value_binary(OP_REMAINDER, a, b), "Same as a % b.")                                               \
    X(pow, value_power(a, b, NONE), "Same as a ** b.")                                                       \
    X(lshift, value_binary(OP_LSHIFT, a, b), "Same as a << b.")                                              \
    X(rshift, value_binary(OP_RSHIFT, a, b), "Same as a >> b.")                                              \
    X(and_, value_binary(OP_AND, a, b), "Same as a & b.")                                                    \
    X(xor, value_binary(OP_XOR, a, b), "Same as a ^ b.")                                                     \
    X(or_, value_binary(OP_OR, a, b), "Same as a | b.")                                                      \
    X(iadd, value_binary_inplace(OP_ADD, a, b), "Same as a += b.")                                           \
    X(isub, value_binary_inplace(OP_SUBTRACT, a, b), "Same as a -= b.")                                      \
    X(imul, value_binary_inplace(OP_MULTIPLY, a, b), "Same as a *= b.")                                      \
    X(imatmul, value_binary_inplace(OP_MATRIX_MULTIPLY, a, b), "Same as a @= b.")                            \
    X(ifloordiv, value_binary_inplace(OP_FLOOR_DIVIDE, a, b), "Same as a //= b.")                            \
    X(itruediv, value_binary_inplace(OP_TRUE_DIVIDE, a, b), "Same as a /= b.")                               \
    X(imod, value_binary_inplace(OP_REMAINDER, a, b), "Same as a %= b.")                                     \
    X(ipow, value_binary_inplace(OP_POWER, a, b), "Same as a **= b.")                                        \
    X(ilshift, value_binary_inplace(OP_LSHIFT, a, b), "Same as a <<= b.")                                    \
    X(irshift, value_binary_inplace(OP_RSHIFT, a, b), "Same as a >>= b.")                                    \
    X(iand, value_binary_inplace(OP_AND, a, b), "Same as a &= b.")                                           \
    X(ixor, value_binary_inplace(OP_XOR, a, b), "Same as a ^= b.")                                           \
    X(ior, value_binary_inplace(OP_OR, a, b), "Same as a |= b.")                                             \
    X(concat, concat(a, b), "a + b, where both are sequences.")                                              \
    X(iconcat, concat_inplace(a, b), "a += b, where both are sequences.")                                    \
    X(getitem, value_getitem(a, b), "Same as a[b].")                                                         \
    X(delitem, delete_item(a, b), "Same as del a[b].")                                                       \
    X(lt, value_compare(a, b, CMP_LT), "Same as a < b.")                                                     \
    X(le, value_compare(a, b, CMP_LE), "Same as a <= b.")                                                    \
    X(eq, value_compare(a, b, CMP_EQ), "Same as a == b.")                                                    \
    X(ne, value_compare(a, b, CMP_NE), "Same as a != b.")                                                    \
    X(gt, value_compare(a, b, CMP_GT), "Same as a > b.")                                                     \
    X(ge, value_compare(a, b, CMP_GE), "Same as a >= b.")

#define DEFINE_UNARY(name, expression, doc)  UNARY(name, expression)
#define DEFINE_BINARY(name, expression, doc) BINARY(name, expression)
UNARY_OPERATORS(DEFINE_UNARY)
BINARY_OPERATORS(DEFINE_BINARY)

static Value operator_setitem(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("setitem", nargs, 3, 3)) return NULL;
    return value_setitem(args[0], args[1], args[2]) < 0 ? NULL : NONE;
}

static Value operator_length_hint(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("length_hint", nargs, 1, 2)) return NULL;
    ssize_t fallback = nargs > 1 ? value_as_ssize_argument(args[1]) : 0;
    if (fallback == -1 && error_pending()) return NULL;
    ssize_t hint = value_length_hint(args[0], fallback);
    return hint == -1 && error_pending() ? NULL : int_from_i64(hint);
}

static Value operator_call(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (!args_count("call", nargs, 1, SIZE_MAX)) return NULL;
    return value_call(args[0], args + 1, nargs - 1, kwnames);
}

static Value compare_digest(Value module, Value const *args, size_t nargs) {
    (void)module;
    return args_count("_compare_digest", nargs, 2, 2) ? digest_compare(args[0], args[1]) : NULL;
}

/* ---- itemgetter ---- */

typedef struct Getter {
    HeapObject head;
    Value items; /* tuple: of an attrgetter, strs or (where there are dots) tuples of strs */
} Getter;

FIELDS_LIFE(getter, 1)

static Value getter_new_steal(Type *type, Value items) {
    Getter *g = items ? (Getter *)value_alloc(type, 0) : NULL;
    if (!g) {
        xdecref(items);
        return NULL;
    }
    g->items = items;
    value_track(AS_VALUE(g));
    return AS_VALUE(g);
}

/* One value, or a tuple of what `get` makes of each of the items. */
static Value get_all(Value items, Value o, Value (*get)(Value o, Value item)) {
    size_t n = tuple_length(items);
    if (n == 1) return get(o, tuple_item_borrow(items, 0));
    Value result = tuple_new(n);
    for (size_t i = 0; result && i < n; i++) {
        Value got = get(o, tuple_item_borrow(items, i));
        if (got) tuple_init_item_steal(result, i, got);
        else CLEAR_FIELD(result);
    }
    return result;
}

static Value itemgetter_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("itemgetter", kwnames)) return NULL;
    if (nargs < 1) return raise_error(T_TypeError, "itemgetter expected 1 argument, got 0");
    return getter_new_steal(type, tuple_from_array(args, nargs));
}

static Value itemgetter_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("itemgetter", kwnames) || !args_count("itemgetter", nargs, 1, 1)) return NULL;
    Value items = ((Getter *)v)->items, o = args[0];
    if (tuple_length(items) > 1) return get_all(items, o, value_getitem);
    Value item = tuple_item_borrow(items, 0);
    if (IS_EXACT(o, tuple) && is_small_int(item) && (uint64_t)small_int(item) < tuple_length(o))
        return incref(tuple_item_borrow(o, (size_t)small_int(item)));
    return value_getitem(o, item);
}

/* "operator.itemgetter(1, 2)": the items as the representation of a tuple, without a trailing comma. */
static Value repr_of(Value v, Value items) {
    if (!items) return NULL;
    int active = repr_enter(v);
    if (active != 0) {
        decref(items);
        return active < 0 ? NULL : str_format("%s(...)", type_name_of(v));
    }
    Value text = tuple_length(items) == 1 ? str_format("%s(%R)", type_name_of(v), tuple_item_borrow(items, 0))
                                          : str_format("%s%R", type_name_of(v), items);
    decref(items);
    repr_leave(v);
    return text;
}

static Value itemgetter_repr(Value v) { return repr_of(v, incref(((Getter *)v)->items)); }

static Value itemgetter_reduce(Value v) { return tuple_pack(2, AS_VALUE(type_of(v)), ((Getter *)v)->items); }

static const NativeMethod itemgetter_methods[] = {
    METHOD_NOARGS("__reduce__", itemgetter_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

static const TypeSpec itemgetter_spec = {
    .name = "operator.itemgetter",
    .doc = "itemgetter(item, ...): a function that gives its argument's item, or a tuple of several",
    .flags = TYPE_GC,
    .basic_size = sizeof(Getter),
    .slots = {.getattr = object_getattr,
              .traverse = getter_traverse,
              .free = getter_free,
              .repr = itemgetter_repr,
              .call = itemgetter_call,
              .new_ = itemgetter_make},
    .methods = itemgetter_methods,
};

/* ---- attrgetter ---- */

/* "a.b.c" as a tuple of its parts; a name without dots as it is, interned. */
static Value split_name(Value name) {
    Value dot = str_from_char('.');
    ssize_t at = dot ? str_find(name, dot, 0, SIZE_MAX, 1) : -2;
    Value parts = NULL;
    if (at == -1) parts = str_intern(name);
    if (at >= 0) {
        Value list = value_call_method_one(name, NAME(split), dot);
        parts = list ? list_to_tuple(list) : NULL;
        xdecref(list);
        for (size_t i = 0; parts && i < tuple_length(parts); i++)
            str_intern_in_place(&((Tuple *)parts)->items[i]);
    }
    xdecref(dot);
    return parts;
}

static Value attrgetter_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("attrgetter", kwnames)) return NULL;
    if (nargs < 1) return raise_error(T_TypeError, "attrgetter expected 1 argument, got 0");
    Value items = tuple_new(nargs);
    for (size_t i = 0; items && i < nargs; i++) {
        Value parts = is_str(args[i]) ? split_name(args[i])
                                      : raise_error(T_TypeError, "attribute name must be a string");
        if (parts) tuple_init_item_steal(items, i, parts);
        else CLEAR_FIELD(items);
    }
    return getter_new_steal(type, items);
}

static Value get_dotted(Value o, Value name) {
    if (!is_tuple(name)) return value_getattr(o, name);
    incref(o);
    for (size_t i = 0; o && i < tuple_length(name); i++) {
        Value next = value_getattr(o, tuple_item_borrow(name, i));
        decref(o);
        o = next;
    }
    return o;
}

static Value attrgetter_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("attrgetter", kwnames) || !args_count("attrgetter", nargs, 1, 1)) return NULL;
    return get_all(((Getter *)v)->items, args[0], get_dotted);
}

/* The names as they were given. */
static Value joined_names(Value items) {
    Value dot = str_from_char('.'), names = dot ? tuple_new(tuple_length(items)) : NULL;
    for (size_t i = 0; names && i < tuple_length(items); i++) {
        Value item = tuple_item_borrow(items, i), name = is_tuple(item) ? str_join(dot, item) : incref(item);
        if (name) tuple_init_item_steal(names, i, name);
        else CLEAR_FIELD(names);
    }
    xdecref(dot);
    return names;
}

static Value attrgetter_repr(Value v) { return repr_of(v, joined_names(((Getter *)v)->items)); }

static Value attrgetter_reduce(Value v) {
    Value names = joined_names(((Getter *)v)->items);
    Value result = names ? tuple_pack(2, AS_VALUE(type_of(v)), names) : NULL;
    xdecref(names);
    return result;
}

static const NativeMethod attrgetter_methods[] = {
    METHOD_NOARGS("__reduce__", attrgetter_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

static const TypeSpec attrgetter_spec = {
    .name = "operator.attrgetter",
    .doc = "attrgetter(name, ...): a function that gives its argument's attribute, or a tuple of several; "
           "names may have dots",
    .flags = TYPE_GC,
    .basic_size = sizeof(Getter),
    .slots = {.getattr = object_getattr,
              .traverse = getter_traverse,
              .free = getter_free,
              .repr = attrgetter_repr,
              .call = attrgetter_call,
              .new_ = attrgetter_make},
    .methods = attrgetter_methods,
};

/* ---- methodcaller ---- */

typedef struct MethodCaller {
    HeapObject head;
    Value name, args, keywords; /* keywords: dict or NULL */
} MethodCaller;

FIELDS_LIFE(caller, 3)

static Value methodcaller_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (nargs < 1)
        return raise_error(T_TypeError, "methodcaller needs at least one argument, the method name");
    if (!is_str(args[0])) return raise_error(T_TypeError, "method name must be a string");
    size_t n = kwnames ? tuple_length(kwnames) : 0;
    Value rest = tuple_from_array(args + 1, nargs - 1), keywords = rest && n ? dict_new() : NULL;
    bool ok = rest && (keywords || !n);
    for (size_t i = 0; ok && i < n; i++)
        ok = dict_set(keywords, tuple_item_borrow(kwnames, i), args[nargs + i]) == 0;
    MethodCaller *m = ok ? (MethodCaller *)value_alloc(type, 0) : NULL;
    if (!m) {
        xdecref(rest);
        xdecref(keywords);
        return NULL;
    }
    m->name = incref(args[0]);
    m->args = rest;
    m->keywords = keywords;
    str_intern_in_place(&m->name);
    value_track(AS_VALUE(m));
    return AS_VALUE(m);
}

static Value methodcaller_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("methodcaller", kwnames) || !args_count("methodcaller", nargs, 1, 1)) return NULL;
    MethodCaller *m = (MethodCaller *)v;
    if (!m->keywords)
        return value_call_method(args[0], m->name, ((Tuple *)m->args)->items, tuple_length(m->args));
    Value method = value_getattr(args[0], m->name);
    Value result = method ? value_call_tuple_dict(method, m->args, m->keywords) : NULL;
    xdecref(method);
    return result;
}

static int add_text(StrBuilder *b, Value text) {
    int status = text ? str_builder_add(b, text) : -1;
    xdecref(text);
    return status;
}

static Value methodcaller_repr(Value v) {
    MethodCaller *m = (MethodCaller *)v;
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_format("%s(...)", type_name_of(v));
    StrBuilder b = STR_BUILDER_INIT;
    int status = add_text(&b, str_format("%s(%R", type_name_of(v), m->name));
    for (size_t i = 0; status == 0 && i < tuple_length(m->args); i++)
        status = add_text(&b, str_format(", %R", tuple_item_borrow(m->args, i)));
    size_t position = 0;
    Value key, value;
    while (status == 0 && m->keywords && dict_next(m->keywords, &position, &key, &value))
        status = add_text(&b, str_format(", %U=%R", key, value));
    if (status == 0) status = str_builder_add_char(&b, ')');
    repr_leave(v);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

/* Keywords go through a partial: pickling knows positional arguments alone. */
static Value methodcaller_reduce(Value v) {
    MethodCaller *m = (MethodCaller *)v;
    Value first[2] = {AS_VALUE(type_of(v)), m->name}, result = NULL;
    if (!m->keywords) {
        Value name = tuple_pack(1, m->name), args = name ? value_concat(name, m->args) : NULL;
        result = args ? tuple_pack(2, first[0], args) : NULL;
        xdecref(name);
        xdecref(args);
        return result;
    }
    Value partial = module_import_attr("functools", "partial"),
          args = partial ? tuple_from_array(first, 2) : NULL;
    Value constructor = args ? value_call_tuple_dict(partial, args, m->keywords) : NULL;
    result = constructor ? tuple_pack(2, constructor, m->args) : NULL;
    xdecref(partial);
    xdecref(args);
    xdecref(constructor);
    return result;
}

static const NativeMethod methodcaller_methods[] = {
    METHOD_NOARGS("__reduce__", methodcaller_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

static const TypeSpec methodcaller_spec = {
    .name = "operator.methodcaller",
    .doc = "methodcaller(name, ...): a function that calls that method of its argument, with the other "
           "arguments given here",
    .flags = TYPE_GC,
    .basic_size = sizeof(MethodCaller),
    .slots = {.getattr = object_getattr,
              .traverse = caller_traverse,
              .free = caller_free,
              .repr = methodcaller_repr,
              .call = methodcaller_call,
              .new_ = methodcaller_make},
    .methods = methodcaller_methods,
};

/* ---- the module ---- */

static int operator_ready(Value module) {
    OperatorState *s = module_state_new(M_operator, sizeof *s);
    if (!s) return -1;
    if (module_make_type(module, &s->itemgetter, &itemgetter_spec, NULL) < 0 ||
        module_make_type(module, &s->attrgetter, &attrgetter_spec, NULL) < 0)
        return -1;
    return module_make_type(module, &s->methodcaller, &methodcaller_spec, NULL);
}

static const NativeMethod operator_functions[] = {
#define UNARY_ROW(name, expression, doc)                                                                     \
    METHOD_ONE(#name, operator_##name, #name "($module, a, /)\n--\n\n" doc),
#define BINARY_ROW(name, expression, doc)                                                                    \
    METHOD_FAST(#name, operator_##name, #name "($module, a, b, /)\n--\n\n" doc),
    UNARY_OPERATORS(UNARY_ROW) BINARY_OPERATORS(BINARY_ROW)
        METHOD_FAST("setitem", operator_setitem, "setitem($module, a, b, c, /)\n--\n\nSame as a[b] = c."),
    METHOD_FAST("length_hint", operator_length_hint,
                "length_hint($module, obj, default=0, /)\n--\n\nHow many items may come, or default."),
    METHOD_KW("call", operator_call,
              "call($module, obj, /, *args, **kwargs)\n--\n\nSame as obj(*args, **kwargs)."),
    METHOD_FAST("_compare_digest", compare_digest,
                "_compare_digest($module, a, b, /)\n--\n\nReturn 'a == b', in a time that does not tell "
                "where they differ."),
    METHOD_END,
};

const ModuleSpec module_operator = {
    .name = "_operator",
    .doc = "The operators as functions: operator.add(x, y) is x + y.",
    .functions = operator_functions,
    .ready = operator_ready,
};
