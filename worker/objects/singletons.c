/* singletons: None, Ellipsis and NotImplemented: constants, not objects (object.h). */
#include "objects/protocols.h"
#include "objects/str.h"

static Value only(Value v, const char *name, size_t nargs, Value kwnames) {
    if (nargs || (kwnames && tuple_length(kwnames)))
        return raise_error(T_TypeError, "%s takes no arguments", name);
    return v;
}

/* ---- None ---- */

static Value none_repr(Value v) { return (void)v, str_intern_cstr("None"); }
static int none_bool(Value v) { return (void)v, 0; }
static Value none_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t, (void)args;
    return only(NONE, "NoneType", nargs, kwnames);
}

const TypeSpec NoneType_type_spec = {
    .name = "NoneType",
    .basic_size = sizeof(Object),
    .slots = {.repr = none_repr, .bool_ = none_bool, .new_ = none_new},
};

/* ---- Ellipsis ---- */

static Value ellipsis_repr(Value v) { return (void)v, str_intern_cstr("Ellipsis"); }
static Value ellipsis_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t, (void)args;
    return only(ELLIPSIS, "EllipsisType", nargs, kwnames);
}

static const NativeMethod ellipsis_methods[] = {METHOD_NOARGS("__reduce__", ellipsis_repr, NULL), METHOD_END};

const TypeSpec ellipsis_type_spec = {
    .name = "ellipsis",
    .basic_size = sizeof(Object),
    .slots = {.getattr = object_getattr, .repr = ellipsis_repr, .new_ = ellipsis_new},
    .methods = ellipsis_methods,
};

/* ---- NotImplemented ---- */

static Value not_implemented_repr(Value v) { return (void)v, str_intern_cstr("NotImplemented"); }
static Value not_implemented_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)t, (void)args;
    return only(NOT_IMPLEMENTED, "NotImplementedType", nargs, kwnames);
}
static int not_implemented_bool(Value v) {
    (void)v;
    return raise_warning(T_DeprecationWarning, 1, "NotImplemented should not be used in a boolean context") <
                   0
               ? -1
               : 1;
}

static const NativeMethod not_implemented_methods[] = {
    METHOD_NOARGS("__reduce__", not_implemented_repr, NULL), METHOD_END};

const TypeSpec NotImplementedType_type_spec = {
    .name = "NotImplementedType",
    .basic_size = sizeof(Object),
    .slots = {.repr = not_implemented_repr, .bool_ = not_implemented_bool, .new_ = not_implemented_new},
    .methods = not_implemented_methods,
};
