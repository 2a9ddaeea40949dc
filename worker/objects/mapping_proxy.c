/* mapping_proxy: a read-only view of a mapping, as a class's __dict__ is seen. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct Proxy {
    HeapObject head;
    Value mapping;
} Proxy;

Value mapping_proxy_new(Value mapping) {
    Proxy *p = heap_object_new(rt->heap, &TYPE(mapping_proxy)->kind, sizeof *p);
    if (!p) return raise_no_memory();
    p->mapping = incref(mapping);
    heap_track(rt->heap, &p->head);
    return AS_VALUE(p);
}

static Value mapping_of(Value v) { return ((Proxy *)v)->mapping; }
static Value unwrap(Value v) { return IS_EXACT(v, mapping_proxy) ? mapping_of(v) : v; }

static int proxy_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Proxy *)o)->mapping);
    return 0;
}

static void proxy_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    decref(((Proxy *)o)->mapping);
    heap_object_free(heap, o);
}

static Value proxy_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t;
    static const char *const names[] = {"mapping", NULL};
    static const ArgSpec spec = {"mappingproxy", names, 1, 1, 1};
    Value mapping;
    if (!args_bind(&spec, args, nargs, kwnames, &mapping)) return NULL;
    if (!type_of(mapping)->slots.getitem || is_list(mapping) || is_tuple(mapping))
        return raise_error(T_TypeError, "mappingproxy() argument must be a mapping, not %.50T", mapping);
    return mapping_proxy_new(mapping);
}

static ssize_t proxy_length(Value v) { return value_length(mapping_of(v)); }
static Value proxy_getitem(Value v, Value key) { return value_getitem(mapping_of(v), key); }
static int proxy_contains(Value v, Value key) { return value_contains(mapping_of(v), key); }
static Value proxy_iter(Value v) { return value_iter(mapping_of(v)); }
static Value proxy_str(Value v) { return value_str(mapping_of(v)); }
static Value proxy_repr(Value v) { return str_format("mappingproxy(%R)", mapping_of(v)); }
static Value proxy_compare(Value a, Value b, CompareOp op) {
    return value_compare(mapping_of(a), unwrap(b), op);
}
static Value proxy_or(Value a, Value b) { return value_binary(OP_OR, unwrap(a), unwrap(b)); }
static Value proxy_ior(Value a, Value b) {
    (void)b;
    return raise_error(T_TypeError, "'|=' is not supported by %T; use '|' instead", a);
}

static Value proxy_get(Value self, Value const *args, size_t nargs) {
    if (!args_count("get", nargs, 1, 2)) return NULL;
    Value all[2] = {args[0], nargs > 1 ? args[1] : NONE};
    return value_call_method(mapping_of(self), NAME(get), all, 2);
}
static Value proxy_keys(Value self) { return value_call_method_noargs(mapping_of(self), NAME(keys)); }
static Value proxy_values(Value self) { return value_call_method_noargs(mapping_of(self), NAME(values)); }
static Value proxy_items(Value self) { return value_call_method_noargs(mapping_of(self), NAME(items)); }
static Value proxy_copy(Value self) { return value_call_method_noargs(mapping_of(self), NAME(copy)); }
static Value proxy_reversed(Value self) {
    return value_call_method_noargs(mapping_of(self), NAME(__reversed__));
}

static const NativeMethod proxy_methods[] = {
    METHOD_FAST("get", proxy_get, "The value of key, or default if it has none."),
    METHOD_NOARGS("keys", proxy_keys, "The keys as a set that follows the dict."),
    METHOD_NOARGS("values", proxy_values, "The values, as a view that follows the dict."),
    METHOD_NOARGS("items", proxy_items, "The pairs as a set that follows the dict."),
    METHOD_NOARGS("copy", proxy_copy, "D.copy() -> a shallow copy of D"),
    METHOD_NOARGS("__reversed__", proxy_reversed, "An iterator over the keys, last to first."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const TypeSpec mapping_proxy_type_spec = {
    .name = "mappingproxy",
    .doc = "mappingproxy(mapping)\n--\n\nRead-only proxy of a mapping.",
    .flags = TYPE_GC | TYPE_MAPPING,
    .basic_size = sizeof(Proxy),
    .slots = {.getattr = object_getattr,
              .traverse = proxy_traverse,
              .free = proxy_free,
              .repr = proxy_repr,
              .str = proxy_str,
              .compare = proxy_compare,
              .hash = hash_not_implemented,
              .iter = proxy_iter,
              .new_ = proxy_new,
              .length = proxy_length,
              .getitem = proxy_getitem,
              .contains = proxy_contains,
              .or_ = proxy_or,
              .ior = proxy_ior},
    .methods = proxy_methods,
};
