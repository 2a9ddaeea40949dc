/* simple_namespace: types.SimpleNamespace: an object with nothing but attributes. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct Namespace {
    HeapObject head;
    Attrs attrs;
} Namespace;

static Value namespace_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return value_alloc_tracked(t);
}

static int namespace_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    if (nargs) return raise_int(T_TypeError, "no positional arguments expected");
    for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
        Value name = str_intern(tuple_item_borrow(kwnames, i));
        int status = name ? attrs_set(self, name, args[i]) : -1;
        xdecref(name);
        if (status < 0) return -1;
    }
    return 0;
}

static int namespace_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return attrs_traverse((Value)o, visit, arg);
}

static void namespace_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    attrs_clear((Value)o);
}

static void namespace_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    value_free((Value)o);
}

static int add_pairs(StrBuilder *b, Value dict) {
    size_t at = 0;
    bool first = true;
    Value key, value;
    while (dict_next(dict, &at, &key, &value)) {
        if (!is_str(key) || str_length(key) == 0) continue;
        Value text = str_format("%s%U=%R", first ? "" : ", ", key, value);
        int status = text ? str_builder_add(b, text) : -1;
        xdecref(text);
        if (status < 0) return -1;
        first = false;
    }
    return 0;
}

static Value namespace_repr(Value self) {
    bool exact = IS_EXACT(self, simple_namespace);
    const char *name = exact ? "namespace" : type_name_of(self);
    int active = repr_enter(self);
    if (active) return active < 0 ? NULL : str_format("%s(...)", name);
    Dict *dict = attrs_dict_borrow(self);
    StrBuilder b = STR_BUILDER_INIT;
    Value result = NULL;
    if (dict && add_pairs(&b, AS_VALUE(dict)) == 0) {
        Value pairs = str_builder_finish(&b);
        result = pairs ? str_format("%s(%U)", name, pairs) : NULL;
        xdecref(pairs);
    } else {
        str_builder_drop(&b);
    }
    repr_leave(self);
    return result;
}

static Value namespace_compare(Value a, Value b, CompareOp op) {
    if (!IS(a, simple_namespace) || !IS(b, simple_namespace)) return NOT_IMPLEMENTED;
    Dict *x = attrs_dict_borrow(a), *y = x ? attrs_dict_borrow(b) : NULL;
    return y ? value_compare(AS_VALUE(x), AS_VALUE(y), op) : NULL;
}

static Value namespace_reduce(Value self) {
    Dict *d = attrs_dict_borrow(self);
    return d ? tuple_pack(3, AS_VALUE(type_of(self)), rt->empty_tuple, AS_VALUE(d)) : NULL;
}

static Value get_dict(Value self, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static const NativeMethod namespace_methods[] = {
    METHOD_NOARGS("__reduce__", namespace_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

static const GetSet namespace_getset[] = {GETSET_MEMBER("__dict__", get_dict, NULL), {0}};

const TypeSpec simple_namespace_type_spec = {
    .name = "types.SimpleNamespace",
    .doc = "SimpleNamespace(**names): an object with these attributes",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Namespace),
    .has_attrs = true,
    .slots = {.getattr = object_getattr,
              .setattr = object_setattr,
              .traverse = namespace_traverse,
              .clear = namespace_clear,
              .free = namespace_free,
              .repr = namespace_repr,
              .compare = namespace_compare,
              .new_ = namespace_new,
              .init = namespace_init},
    .methods = namespace_methods,
    .getset = namespace_getset,
};
