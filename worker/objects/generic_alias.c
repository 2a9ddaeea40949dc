/*
 * generic_alias: list[int]: types.GenericAlias. It answers as its origin does, remembers the arguments, and
 * puts others in the place of type variables (whatever has __typing_subst__) when it is subscripted.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/slots.h"
#include "objects/str.h"

typedef struct Alias {
    HeapObject head;
    Value origin;
    Value args;       /* tuple */
    Value parameters; /* tuple, or NULL: not yet collected */
    bool starred;     /* *tuple[int, ...] */
} Alias;

static Value alias_make_of(Type *type, Value origin, Value args, bool starred) {
    Value tuple = is_tuple(args) ? incref(args) : tuple_pack(1, args);
    Alias *a = tuple ? (Alias *)value_alloc(type, 0) : NULL;
    if (!a) {
        xdecref(tuple);
        return NULL;
    }
    a->origin = incref(origin);
    a->args = tuple;
    a->parameters = NULL;
    a->starred = starred;
    heap_track(rt->heap, &a->head);
    return AS_VALUE(a);
}

static Value alias_make(Value origin, Value args, bool starred) {
    return alias_make_of(TYPE(generic_alias), origin, args, starred);
}

Value generic_alias_new(Value origin, Value args) { return alias_make(origin, args, false); }

Value generic_alias_class_getitem(Value cls, Value args) { return generic_alias_new(cls, args); }

static Value alias_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("GenericAlias", kwnames) || !args_count("GenericAlias", nargs, 2, 2)) return NULL;
    return alias_make_of(t, args[0], args[1], false);
}

static int alias_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Alias *a = (Alias *)o;
    VISIT(a->origin);
    VISIT(a->args);
    VISIT(a->parameters);
    return 0;
}

static void alias_free(Heap *heap, HeapObject *o) {
    Alias *a = (Alias *)o;
    heap_untrack(heap, o);
    decref(a->origin);
    decref(a->args);
    xdecref(a->parameters);
    value_free((Value)o);
}

/* ---- repr ---- */

Value generic_item_repr(Value item) {
    if (item == ELLIPSIS) return str_from_cstr("...");
    Value origin = NULL, args = NULL, qualname = NULL, module = NULL, result = NULL;
    if (value_getattr_optional(item, NAME(__origin__), &origin) < 0) return NULL;
    if (origin && value_getattr_optional(item, NAME(__args__), &args) < 0) goto done;
    if (origin && args) {
        result = value_repr(item);
        goto done;
    }
    if (value_getattr_optional(item, NAME(__qualname__), &qualname) < 0 ||
        (qualname && value_getattr_optional(item, NAME(__module__), &module) < 0))
        goto done;
    if (!qualname || !module || module == NONE) result = value_repr(item);
    else if (is_str(module) && str_equal_cstr(module, "builtins")) result = value_str(qualname);
    else result = str_format("%S.%S", module, qualname);
done:
    xdecref(origin);
    xdecref(args);
    xdecref(qualname);
    xdecref(module);
    return result;
}

static int add_item(StrBuilder *b, Value item) {
    Value text = generic_item_repr(item);
    int status = text ? str_builder_add(b, text) : -1;
    xdecref(text);
    return status;
}

static Value alias_repr(Value v) {
    Alias *a = (Alias *)v;
    StrBuilder b = STR_BUILDER_INIT;
    size_t n = tuple_length(a->args);
    int status = a->starred ? str_builder_add_char(&b, '*') : 0;
    if (status == 0) status = add_item(&b, a->origin);
    if (status == 0) status = str_builder_add_cstr(&b, n ? "[" : "[()");
    for (size_t i = 0; status == 0 && i < n; i++) {
        if (i) status = str_builder_add_cstr(&b, ", ");
        if (status == 0) status = add_item(&b, tuple_item_borrow(a->args, i));
    }
    if (status == 0 && str_builder_add_char(&b, ']') == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

/* ---- type variables ---- */

static int add_once(Value list, Value v) {
    for (size_t i = 0; i < list_length(list); i++)
        if (list_item_borrow(list, i) == v) return 0;
    return list_append(list, v);
}

static int collect(Value list, Value arg) {
    if (is_type(arg)) return 0;
    Value found;
    int status = value_getattr_optional(arg, NAME(__typing_subst__), &found);
    if (status < 0) return -1;
    xdecref(found);
    if (status) return add_once(list, arg);
    status = value_getattr_optional(arg, NAME(__parameters__), &found);
    if (status <= 0) return status;
    status = 0;
    if (is_tuple(found))
        for (size_t i = 0; status == 0 && i < tuple_length(found); i++)
            status = add_once(list, tuple_item_borrow(found, i));
    decref(found);
    return status;
}

Value generic_parameters(Value args) {
    Value list = list_new(0);
    int status = list ? 0 : -1;
    for (size_t i = 0; status == 0 && i < tuple_length(args); i++)
        status = collect(list, tuple_item_borrow(args, i));
    Value tuple = status == 0 ? list_to_tuple(list) : NULL;
    xdecref(list);
    return tuple;
}

static Value parameters_of(Value v) {
    Alias *a = (Alias *)v;
    if (!a->parameters) a->parameters = generic_parameters(a->args);
    return a->parameters;
}

static ssize_t index_of(Value tuple, Value v) {
    for (size_t i = 0; i < tuple_length(tuple); i++)
        if (tuple_item_borrow(tuple, i) == v) return (ssize_t)i;
    return -1;
}

static int extend(Value list, Value tuple) {
    for (size_t i = 0; i < tuple_length(tuple); i++)
        if (list_append(list, tuple_item_borrow(tuple, i)) < 0) return -1;
    return 0;
}

/* The arguments given, starred tuples taken apart. New tuple. */
static Value unpack_items(Value item) {
    Value list = list_new(0);
    if (!list) return NULL;
    size_t n = is_tuple(item) ? tuple_length(item) : 1;
    int status = 0;
    for (size_t i = 0; status == 0 && i < n; i++) {
        Value at = is_tuple(item) ? tuple_item_borrow(item, i) : item, parts = NULL;
        if (!is_type(at) && value_getattr_optional(at, NAME(__typing_unpacked_tuple_args__), &parts) < 0)
            status = -1;
        bool open = parts && is_tuple(parts) &&
                    !(tuple_length(parts) && tuple_item_borrow(parts, tuple_length(parts) - 1) == ELLIPSIS);
        if (status == 0) status = open ? extend(list, parts) : list_append(list, at);
        xdecref(parts);
    }
    Value tuple = status == 0 ? list_to_tuple(list) : NULL;
    decref(list);
    return tuple;
}

/* Each parameter may rearrange the arguments (a TypeVarTuple takes several). Steals item. */
static Value prepare_items(Value self, Value parameters, Value item) {
    for (size_t i = 0; item && i < tuple_length(parameters); i++) {
        Value prepare;
        int found = value_getattr_optional(tuple_item_borrow(parameters, i), NAME(__typing_prepare_subst__),
                                           &prepare);
        if (found > 0 && prepare != NONE) {
            Value args = is_tuple(item) ? incref(item) : tuple_pack(1, item);
            Value next = args ? value_call_two(prepare, self, args) : NULL;
            xdecref(args);
            decref(item);
            item = next;
        } else if (found < 0) {
            CLEAR_FIELD(item);
        }
        xdecref(prepare);
    }
    return item;
}

/* A nested generic with the parameters in it replaced. New. */
static Value substitute_nested(Value arg, Value parameters, Value items) {
    Value inner;
    int found = is_type(arg) ? 0 : value_getattr_optional(arg, NAME(__parameters__), &inner);
    if (found < 0) return NULL;
    if (!found || !is_tuple(inner) || tuple_length(inner) == 0) {
        if (found) decref(inner);
        return incref(arg);
    }
    Value list = list_new(0);
    int status = list ? 0 : -1;
    for (size_t i = 0; status == 0 && i < tuple_length(inner); i++) {
        Value parameter = tuple_item_borrow(inner, i);
        ssize_t at = index_of(parameters, parameter);
        Value with = at >= 0 ? tuple_item_borrow(items, (size_t)at) : parameter;
        bool several = at >= 0 && is_tuple(with) && type_of(parameter)->slots.iter; /* of a TypeVarTuple */
        status = several ? extend(list, with) : list_append(list, with);
    }
    Value key = status == 0 ? list_to_tuple(list) : NULL;
    Value result = key ? value_getitem(arg, key) : NULL;
    xdecref(key);
    xdecref(list);
    decref(inner);
    return result;
}

static int is_unpacked_variadic(Value arg) {
    Value flag;
    if (is_type(arg)) return 0;
    int found = value_getattr_optional(arg, NAME(__typing_is_unpacked_typevartuple__), &flag);
    if (found <= 0) return found;
    int truth = value_is_true(flag);
    decref(flag);
    return truth;
}

static int substitute_one(Value list, Value arg, Value parameters, Value items) {
    int unpack = is_unpacked_variadic(arg);
    Value subst = NULL;
    if (unpack < 0 || (!is_type(arg) && value_getattr_optional(arg, NAME(__typing_subst__), &subst) < 0))
        return -1;
    Value made;
    ssize_t at = subst ? index_of(parameters, arg) : -1;
    if (subst && at >= 0) made = value_call_one(subst, tuple_item_borrow(items, (size_t)at));
    else made = substitute_nested(arg, parameters, items);
    xdecref(subst);
    if (!made) return -1;
    int status = unpack && is_tuple(made) ? extend(list, made) : list_append(list, made);
    decref(made);
    return status;
}

Value generic_substitute(Value self, Value args, Value parameters, Value item) {
    size_t n = tuple_length(parameters);
    if (n == 0) return raise_error(T_TypeError, "%R is not a generic class", self);
    Value items = unpack_items(item);
    items = items ? prepare_items(self, parameters, items) : NULL;
    if (!items) return NULL;
    if (!is_tuple(items)) {
        Value one = tuple_pack(1, items);
        decref(items);
        if (!(items = one)) return NULL;
    }
    size_t given = tuple_length(items);
    Value list = NULL, result = NULL;
    if (given != n) {
        raise_error(T_TypeError, "Too %s arguments for %R; actual %zu, expected %zu",
                    given > n ? "many" : "few", self, given, n);
    } else if ((list = list_new(0))) {
        int status = 0;
        for (size_t i = 0; status == 0 && i < tuple_length(args); i++)
            status = substitute_one(list, tuple_item_borrow(args, i), parameters, items);
        if (status == 0) result = list_to_tuple(list);
    }
    xdecref(list);
    decref(items);
    return result;
}

static Value alias_getitem(Value self, Value item) {
    Alias *a = (Alias *)self;
    Value parameters = parameters_of(self);
    Value args = parameters ? generic_substitute(self, a->args, parameters, item) : NULL;
    if (!args) return NULL;
    Value result = alias_make(a->origin, args, a->starred);
    decref(args);
    return result;
}

/* ---- protocols ---- */

/* These are the alias's own; all else is the origin's. */
static bool own_attribute(Value name) {
    static const uint16_t own[] = {
        N___class__,       N___origin__,     N___args__,
        N___unpacked__,    N___parameters__, N___typing_unpacked_tuple_args__,
        N___mro_entries__, N___reduce_ex__,  N___reduce__,
        N___copy__,        N___deepcopy__,
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (name == rt->names[own[i]]) return true;
    return false;
}

static Value alias_getattr(Value self, Value name) {
    return own_attribute(name) ? object_getattr(self, name) : value_getattr(((Alias *)self)->origin, name);
}

static Value alias_call(Value self, Value const *args, size_t nargs, Value kwnames) {
    Value made = value_call(((Alias *)self)->origin, args, nargs, kwnames);
    if (made && value_setattr(made, NAME(__orig_class__), self) < 0 && !error_swallow(T_AttributeError) &&
        !error_swallow(T_TypeError))
        CLEAR_FIELD(made);
    return made;
}

static Value alias_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS(a, generic_alias) || !IS(b, generic_alias))
        return NOT_IMPLEMENTED;
    Alias *x = (Alias *)a, *y = (Alias *)b;
    int equal = x->starred == y->starred;
    if (equal) equal = value_equal(x->origin, y->origin);
    if (equal > 0) equal = value_equal(x->args, y->args);
    return equal < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
}

static Hash alias_hash(Value v) {
    if (stack_is_low()) return -1;
    Hash origin = value_hash(((Alias *)v)->origin);
    Hash args = origin == -1 ? -1 : value_hash(((Alias *)v)->args);
    if (args == -1) return -1;
    Hash h = origin ^ args;
    return h == -1 ? -2 : h;
}

/* *list[int] in an argument list: iteration gives the starred alias. */
/* ---- *tuple[int]: one item, the starred alias ---- */

typedef struct AliasIterator {
    HeapObject head;
    Value alias; /* NULL: exhausted */
} AliasIterator;

static Value alias_iter(Value self) {
    AliasIterator *it = (AliasIterator *)value_alloc(TYPE(generic_alias_iterator), 0);
    if (!it) return NULL;
    it->alias = incref(self);
    value_track(AS_VALUE(it));
    return AS_VALUE(it);
}

static Value iterator_self(Value v) { return incref(v); }

static Value iterator_next(Value v) {
    Alias *a = (Alias *)((AliasIterator *)v)->alias;
    Value starred = a ? alias_make(a->origin, a->args, true) : NULL;
    if (starred) CLEAR_FIELD(((AliasIterator *)v)->alias);
    return starred;
}

static int iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((AliasIterator *)o)->alias);
    return 0;
}

static void iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((AliasIterator *)o)->alias);
    value_free(AS_VALUE(o));
}

static Value iterator_reduce(Value v) {
    Value alias = ((AliasIterator *)v)->alias;
    return iterator_taken_apart_steal("iter", incref(alias ? alias : rt->empty_tuple), NULL);
}

static const NativeMethod iterator_methods[] = {METHOD_NOARGS("__reduce__", iterator_reduce, NULL),
                                                METHOD_END};

const TypeSpec generic_alias_iterator_type_spec = {
    .name = "generic_alias_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(AliasIterator),
    .slots = {.traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = iterator_next},
    .methods = iterator_methods,
};

static Value mro_entries(Value self, Value bases) {
    (void)bases;
    return tuple_pack(1, ((Alias *)self)->origin);
}

static Value instance_check(Value self, Value v) {
    (void)self, (void)v;
    return raise_error(T_TypeError, "isinstance() argument 2 cannot be a parameterized generic");
}

static Value subclass_check(Value self, Value v) {
    (void)self, (void)v;
    return raise_error(T_TypeError, "issubclass() argument 2 cannot be a parameterized generic");
}

static Value alias_reduce(Value self) {
    Alias *a = (Alias *)self;
    if (!a->starred) {
        Value args = tuple_pack(2, a->origin, a->args);
        Value result = args ? tuple_pack(2, AS_VALUE(TYPE(generic_alias)), args) : NULL;
        xdecref(args);
        return result;
    }
    Value plain = alias_make(a->origin, a->args, false);
    Value iterator = plain ? value_iter(plain) : NULL;
    Value args = iterator ? tuple_pack(1, iterator) : NULL;
    Value next = args ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(next)) : NULL;
    Value result = next ? tuple_pack(2, next, args) : NULL;
    xdecref(args);
    xdecref(iterator);
    xdecref(plain);
    return result;
}

static Value alias_dir(Value self) {
    Value list = value_dir(((Alias *)self)->origin);
    static const uint16_t extra[] = {N___origin__, N___args__, N___parameters__, N___mro_entries__,
                                     N___unpacked__};
    for (size_t i = 0; list && i < sizeof extra / sizeof *extra; i++) {
        Value name = rt->names[extra[i]];
        int known = value_contains(list, name);
        if (known < 0 || (!known && list_append(list, name) < 0)) CLEAR_FIELD(list);
    }
    return list;
}

static Value get_parameters(Value self, void *closure) {
    (void)closure;
    return xincref(parameters_of(self));
}

static Value get_unpacked_args(Value self, void *closure) {
    (void)closure;
    Alias *a = (Alias *)self;
    return a->starred && a->origin == AS_VALUE(TYPE(tuple)) ? incref(a->args) : NONE;
}

static const NativeMethod alias_methods[] = {
    METHOD_ONE("__mro_entries__", mro_entries, NULL),
    METHOD_ONE("__instancecheck__", instance_check, NULL),
    METHOD_ONE("__subclasscheck__", subclass_check, NULL),
    METHOD_NOARGS("__reduce__", alias_reduce, NULL),
    METHOD_NOARGS("__dir__", alias_dir, NULL),
    METHOD_END,
};

static const GetSet alias_getset[] = {
    {"__parameters__", get_parameters, NULL, "The type variables among the arguments.", NULL},
    {"__typing_unpacked_tuple_args__", get_unpacked_args, NULL, NULL, NULL},
    {0},
};

static const Member alias_members[] = {
    {"__origin__", MEMBER_VALUE, offsetof(Alias, origin), true, NULL},
    {"__args__", MEMBER_VALUE, offsetof(Alias, args), true, NULL},
    {"__unpacked__", MEMBER_BOOL, offsetof(Alias, starred), true, NULL},
    {0},
};

const TypeSpec generic_alias_type_spec = {
    .name = "types.GenericAlias",
    .doc = "A generic type with its arguments, such as list[int]",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Alias),
    .slots = {.traverse = alias_traverse,
              .free = alias_free,
              .repr = alias_repr,
              .hash = alias_hash,
              .call = alias_call,
              .getattr = alias_getattr,
              .compare = alias_compare,
              .iter = alias_iter,
              .new_ = alias_slot_new,
              .getitem = alias_getitem,
              .or_ = union_or},
    .methods = alias_methods,
    .getset = alias_getset,
    .members = alias_members,
};
