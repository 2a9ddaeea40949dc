/* callable delattr dir getattr globals hasattr isinstance issubclass locals setattr vars */
#include "builtins/builtins.h"
#include "objects/dict.h"
#include "objects/str.h"
#include "vm/vm.h"

static Value builtin_callable(Value module, Value o) {
    (void)module;
    return BOOL(value_is_callable(o));
}

static Value builtin_getattr(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("getattr", nargs, 2, 3)) return NULL;
    if (!is_str(args[1]))
        return raise_error(T_TypeError, "attribute name must be string, not '%.200T'", args[1]);
    if (nargs == 2) return value_getattr(args[0], args[1]);
    Value found;
    int status = value_getattr_optional(args[0], args[1], &found);
    return status < 0 ? NULL : status ? found : incref(args[2]);
}

static Value builtin_hasattr(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("hasattr", nargs, 2, 2)) return NULL;
    if (!is_str(args[1]))
        return raise_error(T_TypeError, "attribute name must be string, not '%.200T'", args[1]);
    Value found;
    int status = value_getattr_optional(args[0], args[1], &found);
    xdecref(found);
    return status < 0 ? NULL : BOOL(status);
}

static Value builtin_setattr(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("setattr", nargs, 3, 3)) return NULL;
    if (!is_str(args[1]))
        return raise_error(T_TypeError, "attribute name must be string, not '%.200T'", args[1]);
    return value_setattr(args[0], args[1], args[2]) < 0 ? NULL : NONE;
}

static Value builtin_delattr(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("delattr", nargs, 2, 2)) return NULL;
    if (!is_str(args[1]))
        return raise_error(T_TypeError, "attribute name must be string, not '%.200T'", args[1]);
    return value_setattr(args[0], args[1], NULL) < 0 ? NULL : NONE;
}

static Value builtin_isinstance(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("isinstance", nargs, 2, 2)) return NULL;
    int status = value_isinstance(args[0], args[1]);
    return status < 0 ? NULL : BOOL(status);
}

static Value builtin_issubclass(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("issubclass", nargs, 2, 2)) return NULL;
    int status = value_issubclass(args[0], args[1]);
    return status < 0 ? NULL : BOOL(status);
}

static Value builtin_dir(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("dir", nargs, 0, 1)) return NULL;
    if (nargs) return value_dir(args[0]);
    Value locals = vm_locals();
    Value keys = locals ? value_call_method_noargs(locals, NAME(keys)) : NULL;
    xdecref(locals);
    Value names = keys ? value_to_list(keys) : NULL;
    xdecref(keys);
    if (names && list_sort(names, NONE, false) == 0) return names;
    xdecref(names);
    return NULL;
}

static Value builtin_vars(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("vars", nargs, 0, 1)) return NULL;
    if (nargs == 0) return vm_locals();
    Value found;
    int status = value_getattr_optional(args[0], NAME(__dict__), &found);
    if (status == 0) raise_error(T_TypeError, "vars() argument must have __dict__ attribute");
    return found;
}

static Value builtin_globals(Value module) {
    (void)module;
    Dict *globals = vm_globals_borrow();
    return globals ? incref(AS_VALUE(globals)) : raise_error(T_SystemError, "globals(): no frame");
}

static Value builtin_locals(Value module) {
    (void)module;
    return vm_locals();
}

const NativeMethod builtins_attributes[] = {
    METHOD_ONE("callable", builtin_callable,
               "callable($module, obj, /)\n--\n\nWhether an object can be "
               "called: functions, classes, instances with __call__."),
    METHOD_FAST("delattr", builtin_delattr,
                "delattr($module, obj, name, /)\n--\n\nDeletes an attribute: "
                "delattr(x, 'y') is del x.y."),
    METHOD_FAST("dir", builtin_dir,
                "dir([object])\n\nThe names in the local scope, or the attributes of "
                "an object; sorted."),
    METHOD_FAST("getattr", builtin_getattr,
                "getattr(object, name[, default])\n\nAn attribute by name: "
                "getattr(x, 'y') is x.y; the default where there is none."),
    METHOD_NOARGS("globals", builtin_globals,
                  "globals($module, /)\n--\n\nThe module's variables as a "
                  "dict."),
    METHOD_FAST("hasattr", builtin_hasattr,
                "hasattr($module, obj, name, /)\n--\n\nWhether an object has "
                "an attribute of that name."),
    METHOD_FAST("isinstance", builtin_isinstance,
                "isinstance($module, obj, class_or_tuple, "
                "/)\n--\n\nWhether an object is an instance of a class, or of one of several."),
    METHOD_FAST("issubclass", builtin_issubclass,
                "issubclass($module, cls, class_or_tuple, "
                "/)\n--\n\nWhether a class is derived from another, or from one of several."),
    METHOD_NOARGS("locals", builtin_locals, "locals($module, /)\n--\n\nThe local variables as a dict."),
    METHOD_FAST("setattr", builtin_setattr,
                "setattr($module, obj, name, value, /)\n--\n\nSets an "
                "attribute: setattr(x, 'y', v) is x.y = v."),
    METHOD_FAST("vars", builtin_vars,
                "vars([object])\n\nThe __dict__ of an object; without one, "
                "locals()."),
    METHOD_END,
};
