/* union: int | str: types.UnionType. */
#include "base/names.h"
#include "objects/generic.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/set.h"
#include "objects/str.h"

typedef struct Union {
    HeapObject head;
    Value args;       /* tuple of at least two */
    Value parameters; /* tuple, or NULL: not yet collected */
} Union;

static Value args_of(Value v) { return ((Union *)v)->args; }

static int union_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Union *)o)->args);
    VISIT(((Union *)o)->parameters);
    return 0;
}

static void union_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    decref(((Union *)o)->args);
    xdecref(((Union *)o)->parameters);
    heap_object_free(heap, o);
}

/* ---- making ---- */

static bool unionable(Value v) {
    if (v == NONE || is_type(v)) return true;
    Type *t = type_of(v);
    return IS(v, generic_alias) || t == TYPE(union) || t == TYPE(type_alias);
}

static int same_member(Value a, Value b) {
    if (a == b) return 1;
    if (IS(a, generic_alias) && IS(b, generic_alias)) return value_equal(a, b);
    return 0;
}

static int add_member(Value list, Value v) {
    if (v == NONE) v = AS_VALUE(TYPE(NoneType));
    for (size_t i = 0; i < list_length(list); i++) {
        int same = same_member(list_item_borrow(list, i), v);
        if (same) return same < 0 ? -1 : 0;
    }
    return list_append(list, v);
}

static int add_flattened(Value list, Value v) {
    if (!IS_EXACT(v, union)) return add_member(list, v);
    for (size_t i = 0; i < tuple_length(args_of(v)); i++)
        if (add_member(list, tuple_item_borrow(args_of(v), i)) < 0) return -1;
    return 0;
}

static Value union_new(Value args_steal) {
    Union *u = heap_object_new(rt->heap, &TYPE(union)->kind, sizeof *u);
    if (!u) {
        decref(args_steal);
        return raise_no_memory();
    }
    u->args = args_steal;
    u->parameters = NULL;
    heap_track(rt->heap, &u->head);
    return AS_VALUE(u);
}

Value union_or(Value a, Value b) {
    if (!unionable(a) || !unionable(b)) return NOT_IMPLEMENTED;
    Value list = list_new(0), result = NULL;
    if (list && add_flattened(list, a) == 0 && add_flattened(list, b) == 0) {
        if (list_length(list) == 1) {
            result = incref(list_item_borrow(list, 0));
        } else {
            Value tuple = list_to_tuple(list);
            result = tuple ? union_new(tuple) : NULL;
        }
    }
    xdecref(list);
    return result;
}

/* ---- protocols ---- */

static Value union_repr(Value v) {
    StrBuilder b = STR_BUILDER_INIT;
    for (size_t i = 0; i < tuple_length(args_of(v)); i++) {
        Value item = tuple_item_borrow(args_of(v), i);
        Value text = item == AS_VALUE(TYPE(NoneType)) ? str_from_cstr("None") : generic_item_repr(item);
        int status =
            text && (i == 0 || str_builder_add_cstr(&b, " | ") == 0) ? str_builder_add(&b, text) : -1;
        xdecref(text);
        if (status < 0) {
            str_builder_drop(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

static Hash union_hash(Value v) {
    Value set = frozenset_new(args_of(v));
    Hash h = set ? value_hash(set) : -1;
    xdecref(set);
    return h;
}

static Value union_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS_EXACT(a, union) || !IS_EXACT(b, union)) return NOT_IMPLEMENTED;
    Value x = frozenset_new(args_of(a)), y = x ? frozenset_new(args_of(b)) : NULL;
    Value result = y ? value_compare(x, y, op) : NULL;
    xdecref(x);
    xdecref(y);
    return result;
}

static Value check_each(Value self, Value v, int (*test)(Value, Value)) {
    Value args = args_of(self);
    for (size_t i = 0; i < tuple_length(args); i++) {
        int r = test(v, tuple_item_borrow(args, i));
        if (r) return r < 0 ? NULL : TRUE;
    }
    return FALSE;
}

static Value union_instancecheck(Value self, Value v) { return check_each(self, v, value_isinstance); }

static Value union_subclasscheck(Value self, Value v) {
    if (!is_type(v)) return raise_error(T_TypeError, "issubclass() arg 1 must be a class");
    return check_each(self, v, value_issubclass);
}

static Value parameters_of(Value v) {
    Union *u = (Union *)v;
    if (!u->parameters) u->parameters = generic_parameters(u->args);
    return u->parameters;
}

static Value union_getitem(Value self, Value item) {
    Value parameters = parameters_of(self);
    if (!parameters) return NULL;
    Value args = generic_substitute(self, args_of(self), parameters, item);
    if (!args) return NULL;
    Value result = incref(tuple_item_borrow(args, 0));
    for (size_t i = 1; result && i < tuple_length(args); i++) {
        Value next = value_binary(OP_OR, result, tuple_item_borrow(args, i));
        decref(result);
        result = next;
    }
    decref(args);
    return result;
}

static Value get_parameters(Value self, void *closure) {
    (void)closure;
    return xincref(parameters_of(self));
}

static const NativeMethod union_methods[] = {
    METHOD_ONE("__instancecheck__", union_instancecheck, NULL),
    METHOD_ONE("__subclasscheck__", union_subclasscheck, NULL),
    METHOD_END,
};

/* As the type's: an alias of it says where it comes from. */
static Value get_module(Value self, void *closure) {
    (void)closure;
    return value_getattr(AS_VALUE(type_of(self)), NAME(__module__));
}

static const GetSet union_getset[] = {
    {"__module__", get_module, NULL, NULL, NULL},
    {"__parameters__", get_parameters, NULL, "The type variables among its types.", NULL},
    {0}};

static const Member union_members[] = {{"__args__", MEMBER_VALUE, offsetof(Union, args), true, NULL}, {0}};

const TypeSpec union_type_spec = {
    .name = "types.UnionType",
    .doc = "One type of several, such as int | str",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Union),
    .slots = {.getattr = object_getattr,
              .traverse = union_traverse,
              .free = union_free,
              .repr = union_repr,
              .hash = union_hash,
              .compare = union_compare,
              .getitem = union_getitem,
              .or_ = union_or},
    .methods = union_methods,
    .getset = union_getset,
    .members = union_members,
};
