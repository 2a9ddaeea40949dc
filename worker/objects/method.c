/* method: a function bound to its first argument. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

Value method_new(Value function, Value self) {
    Method *m = heap_object_new(rt->heap, &TYPE(method)->kind, sizeof *m);
    if (!m) return raise_no_memory();
    m->function = incref(function);
    m->self = incref(self);
    heap_track(rt->heap, &m->head);
    return AS_VALUE(m);
}

static int method_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Method *)o)->function);
    VISIT(((Method *)o)->self);
    return 0;
}

static void method_free(Heap *heap, HeapObject *o) {
    Method *m = (Method *)o;
    heap_untrack(heap, o);
    decref(m->function);
    decref(m->self);
    heap_object_free(heap, o);
}

static Value method_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    Method *m = (Method *)v;
    return value_call_prepend(m->function, m->self, args, nargs, kwnames);
}

/* What the method itself has, else what its function has. */
static Value method_getattr(Value v, Value name) {
    Value found = type_lookup_borrow(TYPE(method), name);
    if (!found && error_pending()) return NULL;
    if (!found) return value_getattr(((Method *)v)->function, name);
    Type *kind = type_of(found);
    return kind->slots.descr_get ? kind->slots.descr_get(found, v, AS_VALUE(TYPE(method))) : incref(found);
}

static Value method_repr(Value v) {
    Method *m = (Method *)v;
    Value name;
    if (value_getattr_optional(m->function, NAME(__qualname__), &name) < 0) return NULL;
    if (!name && value_getattr_optional(m->function, NAME(__name__), &name) < 0) return NULL;
    Value result = name && is_str(name) ? str_format("<bound method %U of %R>", name, m->self)
                                        : str_format("<bound method ? of %R>", m->self);
    xdecref(name);
    return result;
}

static Value method_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS_EXACT(a, method) || !IS_EXACT(b, method))
        return NOT_IMPLEMENTED;
    Method *x = (Method *)a, *y = (Method *)b;
    int equal = x->self == y->self ? value_equal(x->function, y->function) : 0;
    return equal < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
}

static Hash method_hash(Value v) {
    Method *m = (Method *)v;
    if (stack_is_low()) return -1;
    Hash f = value_hash(m->function);
    if (f == -1) return -1;
    Hash h = f ^ object_hash(m->self);
    return h == -1 ? -2 : h;
}

static Value method_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t;
    if (!args_no_keywords("method", kwnames) || !args_count("method", nargs, 2, 2)) return NULL;
    if (!value_is_callable(args[0])) return raise_error(T_TypeError, "first argument must be callable");
    if (args[1] == NONE) return raise_error(T_TypeError, "instance must not be None");
    return method_new(args[0], args[1]);
}

static Value method_reduce(Value v) {
    Method *m = (Method *)v;
    Value getattr = dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(getattr));
    if (!getattr) return raise_error(T_RuntimeError, "no builtins.getattr");
    Value name = value_getattr(m->function, NAME(__name__));
    Value args = name ? tuple_pack(2, m->self, name) : NULL;
    Value result = args ? tuple_pack(2, getattr, args) : NULL;
    xdecref(args);
    xdecref(name);
    return result;
}

static Value get_doc(Value v, void *closure) {
    (void)closure;
    return value_getattr(((Method *)v)->function, NAME(__doc__));
}

static const NativeMethod method_methods[] = {METHOD_NOARGS("__reduce__", method_reduce, NULL), METHOD_END};

static const GetSet method_getset[] = {{"__doc__", get_doc, NULL, NULL, NULL}, {0}};

static const Member method_members[] = {
    {"__func__", MEMBER_VALUE, offsetof(Method, function), true, "what is called"},
    {"__self__", MEMBER_VALUE, offsetof(Method, self), true, "the object it is called for"},
    {0},
};

const TypeSpec method_type_spec = {
    .name = "method",
    .doc = "method(function, instance, /)\n--\n\nA function with the object it is called for.",
    .flags = TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Method),
    .slots = {.traverse = method_traverse,
              .free = method_free,
              .call = method_call,
              .getattr = method_getattr,
              .setattr = object_setattr,
              .repr = method_repr,
              .compare = method_compare,
              .hash = method_hash,
              .new_ = method_slot_new},
    .methods = method_methods,
    .getset = method_getset,
    .members = method_members,
};
