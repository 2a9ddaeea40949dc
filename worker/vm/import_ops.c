/* import_ops: the instructions of import statements. Finding and loading is import/'s. */
#include "vm/vm_internal.h"

Value ops_import(Frame *f, Value name, Value fromlist, Value level) {
    Value import = dict_get_str_borrow(AS_VALUE(frame_builtins(f)), NAME(__import__));
    if (!import) return raise_error(T_ImportError, "__import__ not found");
    if (import == VM->import) return import_name(name, frame_globals(f), fromlist, level);
    Value args[5] = {name, AS_VALUE(frame_globals(f)), f->bits & FRAME_HAS_LOCALS ? f->locals : NONE,
                     fromlist, level};
    incref(import);
    Value module = value_call(import, args, 5, NULL);
    decref(import);
    return module;
}

/* module.__spec__._initializing */
static bool is_initializing(Value module) {
    Value spec = NULL, flag = NULL;
    bool yes = false;
    if (value_getattr_optional(module, NAME(__spec__), &spec) > 0) {
        Value name = str_intern_cstr("_initializing");
        if (name && value_getattr_optional(spec, name, &flag) > 0) yes = value_is_true(flag) == 1;
        xdecref(name);
    }
    error_clear();
    xdecref(flag);
    xdecref(spec);
    return yes;
}

static Value raise_cannot_import(Value module, Value name, Value package) {
    Value path = NULL, text;
    Value shown = package ? incref(package) : str_from_cstr("<unknown module name>");
    if (!shown) return NULL;
    if (value_getattr_optional(module, NAME(__file__), &path) < 0) error_clear();
    if (path && !is_str(path)) CLEAR_FIELD(path);
    if (!path) text = str_format("cannot import name %R from %R (unknown location)", name, shown);
    else if (is_initializing(module))
        text = str_format(
            "cannot import name %R from partially initialized module %R (most likely due to a circular "
            "import) (%S)",
            name, shown, path);
    else text = str_format("cannot import name %R from %R (%S)", name, shown, path);
    Value e = text ? exception_from_text(T_ImportError, text) : NULL;
    if (e) {
        SET_FIELD_STEAL(exception_of(e)->fields[IMPORT_NAME], xincref(package));
        SET_FIELD_STEAL(exception_of(e)->fields[IMPORT_PATH], xincref(path));
        raise_value(e);
        decref(e);
    }
    xdecref(text);
    xdecref(path);
    decref(shown);
    return NULL;
}

Value import_from(Value module, Value name) {
    Value v, package = NULL;
    int found = value_getattr_optional(module, name, &v);
    if (found != 0) return v;
    if (value_getattr_optional(module, NAME(__name__), &package) < 0) return NULL;
    if (package && is_str(package)) { /* a submodule that is still being imported (circular imports) */
        Value full = str_format("%U.%U", package, name);
        if (full && rt->modules && is_dict(rt->modules)) v = xincref(dict_get_borrow(rt->modules, full));
        xdecref(full);
    } else if (package) {
        CLEAR_FIELD(package);
    }
    if (!v && !error_pending()) raise_cannot_import(module, name, package);
    xdecref(package);
    return v;
}

/* Names of __all__, or all of __dict__ (then *skip_private). New; NULL raised. */
static Value star_names(Value module, bool *skip_private) {
    Value all, dict;
    *skip_private = false;
    int found = value_getattr_optional(module, NAME(__all__), &all);
    if (found != 0) return all;
    found = value_getattr_optional(module, NAME(__dict__), &dict);
    if (found < 0) return NULL;
    if (found == 0) return raise_error(T_ImportError, "from-import-* object has no __dict__ and no __all__");
    *skip_private = true;
    Value keys = is_dict(dict) ? dict_keys_list(dict) : value_call_method_noargs(dict, NAME(keys));
    decref(dict);
    return keys;
}

static int raise_bad_star_name(Value module, Value name, bool from_dict) {
    Value module_name = value_getattr(module, NAME(__name__));
    if (!module_name) return -1;
    raise_error(T_TypeError,
                from_dict ? "Key in %S.__dict__ must be str, not %T"
                          : "Item in %S.__all__ must be str, not %T",
                module_name, name);
    decref(module_name);
    return -1;
}

int import_star(Frame *f, Value module) {
    bool skip_private;
    Value names = star_names(module, &skip_private);
    if (!names) return -1;
    Value it = value_iter(names), name;
    decref(names);
    if (!it) return -1;
    int status = 0;
    while (status == 0 && (name = value_next(it))) {
        if (!is_str(name)) {
            status = raise_bad_star_name(module, name, skip_private);
        } else if (!skip_private || str_length(name) == 0 || str_read(name, 0) != '_') {
            Value v = value_getattr(module, name);
            status = v ? ops_store_name(f, name, v) : -1;
            xdecref(v);
        }
        decref(name);
    }
    decref(it);
    return error_pending() ? -1 : status;
}
