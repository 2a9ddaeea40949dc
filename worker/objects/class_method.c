/* class_method: classmethod and staticmethod: functions in a class that do not get the instance. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct Wrapper {
    HeapObject head;
    Value callable; /* NULL before __init__ */
    Attrs attrs;
} Wrapper;

static Value wrapper_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Wrapper *w = (Wrapper *)value_alloc(t, 0);
    if (!w) return NULL;
    w->callable = NULL;
    value_track(AS_VALUE(w));
    return AS_VALUE(w);
}

/* The wrapper looks like what it wraps. */
static int copy_names(Value self, Value callable) {
    const uint16_t names[] = {N___module__, N___name__, N___qualname__, N___doc__, N___annotations__};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        Value value;
        int found = value_getattr_optional(callable, rt->names[names[i]], &value);
        if (found < 0) return -1;
        int status = found ? attrs_set(self, rt->names[names[i]], value) : 0;
        xdecref(value);
        if (status < 0) return -1;
    }
    return 0;
}

static int set_callable(Value self, Value callable) {
    SET_FIELD_STEAL(((Wrapper *)self)->callable, incref(callable));
    return copy_names(self, callable);
}

static int wrapper_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    const char *name = type_name(type_of(self)->native_base);
    if (!args_no_keywords(name, kwnames) || !args_count(name, nargs, 1, 1)) return -1;
    return set_callable(self, args[0]);
}

static Value wrap(Type *t, Value callable) {
    Value self = wrapper_slot_new(t, NULL, 0, NULL);
    if (self && set_callable(self, callable) < 0) CLEAR_FIELD(self);
    return self;
}

Value staticmethod_new(Value function) { return wrap(TYPE(staticmethod), function); }
Value classmethod_new(Value function) { return wrap(TYPE(classmethod), function); }

static int wrapper_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Wrapper *)o)->callable);
    return attrs_traverse((Value)o, visit, arg);
}

static void wrapper_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    CLEAR_FIELD(((Wrapper *)o)->callable);
    attrs_clear((Value)o);
}

static void wrapper_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    wrapper_clear(heap, o);
    value_free((Value)o);
}

static Value wrapper_repr(Value self) {
    const char *kind = type_name(type_of(self)->native_base);
    Value callable = ((Wrapper *)self)->callable;
    return callable ? str_format("<%s(%R)>", kind, callable) : str_format("<%s(<NULL>)>", kind);
}

static Value get_abstract(Value self, void *closure) {
    (void)closure;
    Value flag;
    int found = value_getattr_optional(((Wrapper *)self)->callable, NAME(__isabstractmethod__), &flag);
    if (found < 0) return NULL;
    int truth = found ? value_is_true(flag) : 0;
    if (found) decref(flag);
    return truth < 0 ? NULL : BOOL(truth);
}

static Value get_dict(Value self, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static int set_dict(Value self, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(self, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

static const GetSet wrapper_getset[] = {
    {"__isabstractmethod__", get_abstract, NULL, NULL, NULL},
    {"__dict__", get_dict, set_dict, NULL, NULL},
    {0},
};

static const Member wrapper_members[] = {
    {"__func__", MEMBER_VALUE, offsetof(Wrapper, callable), true, NULL},
    {"__wrapped__", MEMBER_VALUE, offsetof(Wrapper, callable), true, NULL},
    {0},
};

/* ---- classmethod ---- */

static Value classmethod_get(Value self, Value instance, Value owner) {
    Value callable = ((Wrapper *)self)->callable;
    if (!callable) return raise_error(T_RuntimeError, "uninitialized classmethod object");
    if (!owner) owner = AS_VALUE(type_of(instance));
    Type *kind = type_of(callable);
    if (kind == TYPE(function)) return method_new(callable, owner);
    if (kind->slots.descr_get) return kind->slots.descr_get(callable, owner, owner);
    return method_new(callable, owner);
}

const TypeSpec classmethod_type_spec = {
    .name = "classmethod",
    .doc = "classmethod(function) -> method\n\nConvert a function to be a class method: it gets the class as "
           "its first "
           "argument.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Wrapper),
    .has_attrs = true,
    .slots = {.traverse = wrapper_traverse,
              .clear = wrapper_clear,
              .free = wrapper_free,
              .repr = wrapper_repr,
              .descr_get = classmethod_get,
              .new_ = wrapper_slot_new,
              .init = wrapper_init},
    .getset = wrapper_getset,
    .members = wrapper_members,
};

/* ---- staticmethod ---- */

static Value staticmethod_get(Value self, Value instance, Value owner) {
    (void)instance, (void)owner;
    Value callable = ((Wrapper *)self)->callable;
    return callable ? incref(callable) : raise_error(T_RuntimeError, "uninitialized staticmethod object");
}

static Value staticmethod_call(Value self, Value const *args, size_t nargs, Value kwnames) {
    return value_call(((Wrapper *)self)->callable, args, nargs, kwnames);
}

const TypeSpec staticmethod_type_spec = {
    .name = "staticmethod",
    .doc = "staticmethod(function) -> method\n\nConvert a function to be a static method: it gets no "
           "implicit first "
           "argument.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Wrapper),
    .has_attrs = true,
    .slots = {.traverse = wrapper_traverse,
              .clear = wrapper_clear,
              .free = wrapper_free,
              .repr = wrapper_repr,
              .call = staticmethod_call,
              .descr_get = staticmethod_get,
              .new_ = wrapper_slot_new,
              .init = wrapper_init},
    .getset = wrapper_getset,
    .members = wrapper_members,
};
