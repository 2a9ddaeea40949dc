/*
 * typevar: type parameters and type aliases.
 *
 * One struct for TypeVar, ParamSpec and TypeVarTuple. Bounds, constraints and the values of aliases are
 * computed when first asked for: they may name what is defined later.
 */
#include "objects/typevar.h"

#include "base/names.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/function.h"
#include "objects/generic.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct TypeVar {
    HeapObject head;
    Value name, module;
    Value bound, constraints; /* a value, a function that gives it, or NULL */
    bool covariant, contravariant, infer_variance;
    Attrs attrs;
} TypeVar;

static Value make(Type *t, Value name) {
    TypeVar *v = (TypeVar *)value_alloc(t, 0);
    if (!v) return NULL;
    Dict *globals = vm_globals_borrow();
    Value module = globals ? dict_get_str_borrow(AS_VALUE(globals), NAME(__name__)) : NULL;
    v->name = incref(name);
    v->module = xincref(module);
    v->bound = v->constraints = NULL;
    v->covariant = v->contravariant = v->infer_variance = false;
    value_track(AS_VALUE(v));
    return AS_VALUE(v);
}

Value typevar_new(Value name, Value bound, Value constraints) {
    TypeVar *v = (TypeVar *)make(TYPE(typevar), name);
    if (!v) return NULL;
    v->bound = xincref(bound);
    v->constraints = xincref(constraints);
    v->infer_variance = true;
    return AS_VALUE(v);
}

Value paramspec_new(Value name) {
    TypeVar *v = (TypeVar *)make(TYPE(paramspec), name);
    if (v) v->infer_variance = true;
    return AS_VALUE(v);
}

Value typevartuple_new(Value name) { return make(TYPE(typevartuple), name); }

static int typevar_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    TypeVar *v = (TypeVar *)o;
    VISIT(v->module);
    VISIT(v->bound);
    VISIT(v->constraints);
    return attrs_traverse((Value)o, visit, arg);
}

static void typevar_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    TypeVar *v = (TypeVar *)o;
    CLEAR_FIELD(v->bound);
    CLEAR_FIELD(v->constraints);
    attrs_clear((Value)o);
}

static void typevar_free(Heap *heap, HeapObject *o) {
    TypeVar *v = (TypeVar *)o;
    heap_untrack(heap, o);
    typevar_clear(heap, o);
    decref(v->name);
    xdecref(v->module);
    value_free((Value)o);
}

/* ---- shared protocols ---- */

static Value typevar_repr(Value self) {
    TypeVar *v = (TypeVar *)self;
    if (v->infer_variance || IS(self, typevartuple)) return incref(v->name);
    return str_format("%s%U", v->covariant ? "+" : v->contravariant ? "-" : "~", v->name);
}

static Value typevar_or(Value a, Value b) {
    Value typing = rt->modules ? dict_get_str_borrow(rt->modules, NAME(typing)) : NULL;
    Value import = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__));
    Value module = typing ? incref(typing) : import ? value_call_one(import, NAME(typing)) : NULL;
    if (!module) return error_pending() ? NULL : NOT_IMPLEMENTED;
    Value maker = value_getattr_cstr(module, "Union"), key = maker ? tuple_pack(2, a, b) : NULL;
    Value result = key ? value_getitem(maker, key) : NULL;
    xdecref(key);
    xdecref(maker);
    decref(module);
    return result;
}

/* A function in the field is called once and replaced by what it gives. Borrowed; NULL raised. */
static Value evaluate(Value *field) {
    if (!*field || !IS_EXACT(*field, function)) return *field;
    Value value = value_call_noargs(*field);
    if (!value) return NULL;
    SET_FIELD_STEAL(*field, value);
    return value;
}

static Value get_bound(Value self, void *closure) {
    (void)closure;
    TypeVar *v = (TypeVar *)self;
    if (!v->bound) return NONE;
    return xincref(evaluate(&v->bound));
}

static Value get_constraints(Value self, void *closure) {
    (void)closure;
    TypeVar *v = (TypeVar *)self;
    if (!v->constraints) return incref(rt->empty_tuple);
    return xincref(evaluate(&v->constraints));
}

static Value get_dict(Value self, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static Value subst_one(Value self, Value arg) {
    (void)self;
    return incref(arg);
}

static Value reduce_name(Value self) { return incref(((TypeVar *)self)->name); }

static Value no_subclass(Value self, Value bases) {
    (void)bases;
    return raise_error(T_TypeError, "Cannot subclass an instance of %s",
                       strrchr(type_name_of(self), '.') + 1);
}

#define TYPEVAR_SLOTS                                                                                        \
    .traverse = typevar_traverse, .clear = typevar_clear, .free = typevar_free, .repr = typevar_repr

static const Member typevar_members[] = {
    {"__name__", MEMBER_VALUE, offsetof(TypeVar, name), true, NULL},
    {"__module__", MEMBER_VALUE, offsetof(TypeVar, module), false, NULL},
    {"__covariant__", MEMBER_BOOL, offsetof(TypeVar, covariant), true, NULL},
    {"__contravariant__", MEMBER_BOOL, offsetof(TypeVar, contravariant), true, NULL},
    {"__infer_variance__", MEMBER_BOOL, offsetof(TypeVar, infer_variance), true, NULL},
    {0},
};

/* ---- TypeVar ---- */

static int set_variance(TypeVar *v, Value covariant, Value contravariant, Value infer) {
    int co = covariant ? value_is_true(covariant) : 0,
        contra = contravariant ? value_is_true(contravariant) : 0;
    int inferred = infer ? value_is_true(infer) : 0;
    if (co < 0 || contra < 0 || inferred < 0) return -1;
    if (co && contra) return raise_int(T_ValueError, "Bivariant types are not supported.");
    v->covariant = co, v->contravariant = contra, v->infer_variance = inferred;
    return 0;
}

/* TypeVar(name, *constraints, bound=, covariant=, contravariant=, infer_variance=): the keywords are the last
 * four places. */
static int keyword_options(const char *function, Value const *values, Value kwnames, Value *out) {
    static const char *const names[] = {"bound", "covariant", "contravariant", "infer_variance"};
    for (int i = 0; i < 4; i++) out[i] = NULL;
    for (size_t k = 0; kwnames && k < tuple_length(kwnames); k++) {
        int i = 0;
        while (i < 4 && !str_equal_cstr(tuple_item_borrow(kwnames, k), names[i])) i++;
        if (i == 4)
            return raise_int(T_TypeError, "%s() got an unexpected keyword argument '%U'", function,
                             tuple_item_borrow(kwnames, k));
        out[i] = values[k];
    }
    return 0;
}

static Value new_named(Type *t, const char *function, Value const *args, size_t nargs, size_t max,
                       Value kwnames) {
    Value options[4];
    if (keyword_options(function, args + nargs, kwnames, options) < 0 || !args_count(function, nargs, 1, max))
        return NULL;
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "%s() argument 'name' must be str, not %.50T", function, args[0]);
    Value v = make(t, args[0]);
    if (v && options[0] && options[0] != NONE) ((TypeVar *)v)->bound = incref(options[0]);
    if (v && set_variance((TypeVar *)v, options[1], options[2], options[3]) < 0) CLEAR_FIELD(v);
    return v;
}

static Value typevar_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    TypeVar *v = (TypeVar *)new_named(t, "typevar", args, nargs, SIZE_MAX, kwnames);
    if (!v || nargs == 1) return AS_VALUE(v);
    if (nargs == 2) raise_error(T_TypeError, "A single constraint is not allowed");
    else if (v->bound) raise_error(T_TypeError, "Constraints cannot be combined with bound=...");
    else v->constraints = tuple_from_array(args + 1, nargs - 1);
    if (v->constraints) return AS_VALUE(v);
    DECREF(v);
    return NULL;
}

/* ---- typing ---- */

/* What the typing module calls this kind: its own class of that name, of which ours are instances as far as isinstance can
 * tell, and whose methods work on them. New; NULL without error: typing is not loaded. */
static Value typing_class(Value self) {
    const char *name = strrchr(type_name(type_of(self)), '.') + 1;
    Value module = is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, NAME(typing)) : NULL;
    Value found = module && module != NONE ? value_getattr_cstr(module, name) : NULL;
    if (!found) error_clear();
    return found;
}

static Value get_class(Value self, void *closure) {
    (void)closure;
    Value found = typing_class(self);
    return found ? found : incref(AS_VALUE(type_of(self)));
}

/* The usual way; said so that isinstance asks for __class__. */
static Value own_getattr(Value self, Value name) { return object_getattr(self, name); }

/* Calls typing's method of that name on self. */
static Value by_typing(Value self, const char *method, Value const *args, size_t nargs) {
    Value cls = typing_class(self), f = cls ? value_getattr_cstr(cls, method) : NULL, all[3] = {self},
          result = NULL;
    if (!cls) raise_error(T_TypeError, "typing is not loaded");
    for (size_t i = 0; i < nargs; i++) all[i + 1] = args[i];
    if (f) result = value_call(f, all, nargs + 1, NULL);
    xdecref(f);
    xdecref(cls);
    return result;
}

static Value prepare_subst(Value self, Value const *args, size_t nargs) {
    return args_count("__typing_prepare_subst__", nargs, 2, 2)
               ? by_typing(self, "__typing_prepare_subst__", args, 2)
               : NULL;
}

static Value subst(Value self, Value arg) { return by_typing(self, "__typing_subst__", &arg, 1); }

static const NativeMethod typevar_methods[] = {
    METHOD_ONE("__typing_subst__", subst_one, NULL),
    METHOD_NOARGS("__reduce__", reduce_name, NULL),
    METHOD_ONE("__mro_entries__", no_subclass, NULL),
    METHOD_END,
};

static const GetSet typevar_getset[] = {
    {"__class__", get_class, NULL, NULL, NULL},
    {"__bound__", get_bound, NULL, NULL, NULL},
    {"__constraints__", get_constraints, NULL, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL, NULL},
    {0},
};

const TypeSpec typevar_type_spec = {
    .name = "typing.TypeVar",
    .doc = "Type variable.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(TypeVar),
    .has_attrs = true,
    .slots = {.getattr = own_getattr, TYPEVAR_SLOTS, .or_ = typevar_or, .new_ = typevar_slot_new},
    .methods = typevar_methods,
    .getset = typevar_getset,
    .members = typevar_members,
};

/* ---- ParamSpec, its args and kwargs ---- */

typedef struct ParamPart {
    HeapObject head;
    Value origin;
} ParamPart;

static Value part_new(TypeId type, Value origin) {
    ParamPart *p = (ParamPart *)value_alloc(rt->types[type], 0);
    if (!p) return NULL;
    p->origin = incref(origin);
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

static int part_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((ParamPart *)o)->origin);
    return 0;
}

static void part_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    decref(((ParamPart *)o)->origin);
    value_free((Value)o);
}

static Value part_repr(Value self) {
    return str_format("%S.%s", ((ParamPart *)self)->origin, IS(self, paramspec_args) ? "args" : "kwargs");
}

static Value part_compare(Value a, Value b, CompareOp op) {
    if (type_of(a) != type_of(b)) return NOT_IMPLEMENTED;
    return value_compare(((ParamPart *)a)->origin, ((ParamPart *)b)->origin, op);
}

static Value part_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("ParamSpecArgs", kwnames) || !args_count("ParamSpecArgs", nargs, 1, 1)) return NULL;
    return part_new((TypeId)t->id, args[0]);
}

static const Member part_members[] = {{"__origin__", MEMBER_VALUE, offsetof(ParamPart, origin), true, NULL},
                                      {0}};

#define PART_SPEC(id, text)                                                                                  \
    const TypeSpec id##_type_spec = {                                                                        \
        .name = text,                                                                                        \
        .flags = TYPE_GC | TYPE_WEAKREFABLE,                                                                 \
        .basic_size = sizeof(ParamPart),                                                                     \
        .slots = {.traverse = part_traverse,                                                                 \
                  .free = part_free,                                                                         \
                  .repr = part_repr,                                                                         \
                  .compare = part_compare,                                                                   \
                  .hash = hash_not_implemented,                                                              \
                  .new_ = part_slot_new},                                                                    \
        .members = part_members,                                                                             \
    }
PART_SPEC(paramspec_args, "typing.ParamSpecArgs");
PART_SPEC(paramspec_kwargs, "typing.ParamSpecKwargs");

static Value get_args(Value self, void *closure) { return (void)closure, part_new(T_paramspec_args, self); }
static Value get_kwargs(Value self, void *closure) {
    return (void)closure, part_new(T_paramspec_kwargs, self);
}

static Value paramspec_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    return new_named(t, "paramspec", args, nargs, 1, kwnames);
}

static const GetSet paramspec_getset[] = {
    {"__class__", get_class, NULL, NULL, NULL},
    {"args", get_args, NULL, "Represents positional arguments.", NULL},
    {"kwargs", get_kwargs, NULL, "Represents keyword arguments.", NULL},
    {"__bound__", get_bound, NULL, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL, NULL},
    {0},
};

static const NativeMethod paramspec_methods[] = {
    METHOD_FAST("__typing_prepare_subst__", prepare_subst, NULL),
    METHOD_ONE("__typing_subst__", subst, NULL),
    METHOD_NOARGS("__reduce__", reduce_name, NULL),
    METHOD_ONE("__mro_entries__", no_subclass, NULL),
    METHOD_END,
};

const TypeSpec paramspec_type_spec = {
    .name = "typing.ParamSpec",
    .doc = "Parameter specification variable.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(TypeVar),
    .has_attrs = true,
    .slots = {.getattr = own_getattr, TYPEVAR_SLOTS, .or_ = typevar_or, .new_ = paramspec_slot_new},
    .methods = paramspec_methods,
    .getset = paramspec_getset,
    .members = typevar_members,
};

/* ---- TypeVarTuple ---- */

/* *Ts: typing.Unpack[Ts]. */
static Value variadic_iter(Value self) {
    Value import = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__));
    Value module = import ? value_call_one(import, NAME(typing)) : NULL;
    Value unpack = module ? value_getattr_cstr(module, "Unpack") : NULL;
    Value item = unpack ? value_getitem(unpack, self) : NULL;
    Value tuple = item ? tuple_pack(1, item) : NULL;
    Value iterator = tuple ? value_iter(tuple) : NULL;
    xdecref(tuple);
    xdecref(item);
    xdecref(unpack);
    xdecref(module);
    return iterator;
}

static Value variadic_subst(Value self, Value arg) {
    (void)self, (void)arg;
    return raise_error(T_TypeError, "Substitution of bare TypeVarTuple is not supported");
}

static Value variadic_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    return new_named(t, "typevartuple", args, nargs, 1, kwnames);
}

static const NativeMethod variadic_methods[] = {
    METHOD_FAST("__typing_prepare_subst__", prepare_subst, NULL),
    METHOD_ONE("__typing_subst__", variadic_subst, NULL),
    METHOD_NOARGS("__reduce__", reduce_name, NULL),
    METHOD_ONE("__mro_entries__", no_subclass, NULL),
    METHOD_END,
};

static const GetSet variadic_getset[] = {
    {"__class__", get_class, NULL, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL, NULL},
    {0},
};

static const Member variadic_members[] = {
    {"__name__", MEMBER_VALUE, offsetof(TypeVar, name), true, NULL},
    {"__module__", MEMBER_VALUE, offsetof(TypeVar, module), false, NULL},
    {0},
};

const TypeSpec typevartuple_type_spec = {
    .name = "typing.TypeVarTuple",
    .doc = "Type variable tuple.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(TypeVar),
    .has_attrs = true,
    .slots = {.getattr = own_getattr, TYPEVAR_SLOTS, .iter = variadic_iter, .new_ = variadic_slot_new},
    .methods = variadic_methods,
    .getset = variadic_getset,
    .members = variadic_members,
};

/* ---- type aliases ---- */

typedef struct TypeAlias {
    HeapObject head;
    Value name, module;
    Value params; /* tuple */
    Value value;  /* the value, or the function that gives it */
} TypeAlias;

Value typealias_new(Value name, Value params, Value value) {
    TypeAlias *a = (TypeAlias *)value_alloc(TYPE(type_alias), 0);
    if (!a) return NULL;
    Dict *globals = vm_globals_borrow();
    a->name = incref(name);
    a->module = xincref(globals ? dict_get_str_borrow(AS_VALUE(globals), NAME(__name__)) : NULL);
    a->params = incref(params && params != NONE ? params : rt->empty_tuple);
    a->value = incref(value);
    value_track(AS_VALUE(a));
    return AS_VALUE(a);
}

static int alias_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    TypeAlias *a = (TypeAlias *)o;
    VISIT(a->params);
    VISIT(a->value);
    VISIT(a->module);
    return 0;
}

static void alias_free(Heap *heap, HeapObject *o) {
    TypeAlias *a = (TypeAlias *)o;
    heap_untrack(heap, o);
    decref(a->name);
    xdecref(a->module);
    decref(a->params);
    decref(a->value);
    value_free((Value)o);
}

static Value alias_repr(Value self) { return incref(((TypeAlias *)self)->name); }

static Value alias_value(Value self, void *closure) {
    (void)closure;
    return xincref(evaluate(&((TypeAlias *)self)->value));
}

static Value alias_getitem(Value self, Value item) {
    if (tuple_length(((TypeAlias *)self)->params) == 0)
        return raise_error(T_TypeError, "Only generic type aliases are subscriptable");
    return generic_alias_new(self, item);
}

static Value alias_reduce(Value self) { return incref(((TypeAlias *)self)->name); }

static Value alias_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t;
    static const char *const names[] = {"name", "value", "type_params", NULL};
    static const ArgSpec spec = {"typealias", names, 3, 2, 2};
    Value a[3];
    if (!args_bind(&spec, args, nargs, kwnames, a)) return NULL;
    if (!is_str(a[0]))
        return raise_error(T_TypeError, "typealias() argument 'name' must be str, not %.50T", a[0]);
    if (a[2] && !is_tuple(a[2])) return raise_error(T_TypeError, "type_params must be a tuple");
    return typealias_new(a[0], a[2], a[1]);
}

static const NativeMethod alias_methods[] = {METHOD_NOARGS("__reduce__", alias_reduce, NULL), METHOD_END};

static const GetSet alias_getset[] = {{"__value__", alias_value, NULL, NULL, NULL}, {0}};

static const Member alias_members[] = {
    {"__name__", MEMBER_VALUE, offsetof(TypeAlias, name), true, NULL},
    {"__module__", MEMBER_VALUE, offsetof(TypeAlias, module), true, NULL},
    {"__type_params__", MEMBER_VALUE, offsetof(TypeAlias, params), true, NULL},
    {"__parameters__", MEMBER_VALUE, offsetof(TypeAlias, params), true, NULL},
    {0},
};

const TypeSpec type_alias_type_spec = {
    .name = "typing.TypeAliasType",
    .doc = "Type alias.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(TypeAlias),
    .slots = {.traverse = alias_traverse,
              .free = alias_free,
              .repr = alias_repr,
              .getitem = alias_getitem,
              .or_ = union_or,
              .new_ = alias_slot_new},
    .methods = alias_methods,
    .getset = alias_getset,
    .members = alias_members,
};
