/*
 * legacy: finders and loaders of the protocol before specs: find_module, find_loader, load_module. They are served
 * with a warning, and without importlib, for which they themselves would be asked.
 */
#include "import/import.h"
#include "modules/module.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* "Finder.find_spec() not found; falling back to find_module()", of an object or a class. 0, -1. */
static int warn_missing(Value o, const char *missing, const char *used) {
    Value name;
    int found = value_getattr_optional(o, NAME(__qualname__), &name);
    if (found == 0) name = value_getattr(AS_VALUE(type_of(o)), NAME(__qualname__));
    int status = found < 0 || !name
                     ? -1
                     : raise_warning(T_ImportWarning, 1, "%S.%s() not found; falling back to %s()", name,
                                     missing, used);
    xdecref(name);
    return status;
}

/* o.name, new; NULL without error when there is none. */
static Value optional(Value o, const char *name) {
    Value key = str_intern_cstr(name), found = NULL;
    if (key && value_getattr_optional(o, key, &found) < 0) found = NULL;
    xdecref(key);
    return found;
}

/* Does the loader call the module a package? One that refuses to say does not. */
static int is_package(Value loader, Value name) {
    Value ask = optional(loader, "is_package"), answer = ask ? value_call_one(ask, name) : NULL;
    int status = answer ? value_is_true(answer) : !error_pending() || error_swallow(T_ImportError) ? 0 : -1;
    xdecref(answer);
    xdecref(ask);
    return status;
}

static Value spec_of_loader(Value name, Value loader) {
    int package = is_package(loader, name);
    Value locations = package > 0 ? list_new(0) : NULL;
    if (package < 0 || (package && !locations)) return NULL;
    Value spec = import_spec_new(name, loader, NULL, locations, false);
    xdecref(locations);
    return spec;
}

Value import_legacy_spec(Value finder, Value name, Value path) {
    if (warn_missing(finder, "find_spec", "find_module") < 0) return NULL;
    Value find = value_getattr_cstr(finder, "find_module"),
          loader = find ? value_call_two(find, name, path) : NULL;
    Value spec = !loader || loader == NONE ? loader : spec_of_loader(name, loader);
    if (spec != loader) decref(loader);
    xdecref(find);
    return spec;
}

/* find_loader's answer: a loader, or None and the portions of a namespace. */
static Value spec_of_pair(Value name, Value pair) {
    Value parts = value_to_tuple(pair), spec = NULL;
    if (parts && tuple_length(parts) != 2) raise_error(T_ValueError, "find_loader() is to return a pair");
    else if (parts && tuple_item_borrow(parts, 0) != NONE)
        spec = spec_of_loader(name, tuple_item_borrow(parts, 0));
    else if (parts) {
        Value portions = value_to_list(tuple_item_borrow(parts, 1));
        spec = portions ? import_spec_new(name, NULL, NULL, portions, false) : NULL;
        xdecref(portions);
    }
    xdecref(parts);
    return spec;
}

Value import_legacy_entry_spec(Value finder, Value name) {
    Value find = optional(finder, "find_loader"), spec = NULL;
    if (error_pending()) return NULL;
    bool pairs = find;
    if (warn_missing(finder, "find_spec", pairs ? "find_loader" : "find_module") == 0) {
        if (!pairs) find = value_getattr_cstr(finder, "find_module");
        Value answer = find ? value_call_one(find, name) : NULL;
        if (answer && pairs) spec = spec_of_pair(name, answer);
        else if (answer) spec = answer == NONE ? NONE : spec_of_loader(name, answer);
        if (answer && answer != NONE) decref(answer);
    }
    xdecref(find);
    return spec;
}

/* ---- loading ---- */

static int set_if_missing(Value module, Value name, Value value) {
    Value present;
    int found = value_getattr_optional(module, name, &present);
    bool keep = found > 0 && present != NONE;
    xdecref(present);
    if (found < 0 || keep) return found < 0 ? -1 : 0;
    return value_setattr(module, name, value) == 0 || error_swallow(T_AttributeError) ? 0 : -1;
}

/* A package's own name, or the name of the package that the module is in. New. */
static Value package_of(Value module, Value name) {
    Value path;
    int found = value_getattr_optional(module, NAME(__path__), &path);
    xdecref(path);
    if (found) return found < 0 ? NULL : incref(name);
    ssize_t dot = str_find(name, NAME(dot_), 0, str_length(name), -1);
    return dot < -1 ? NULL : str_slice(name, 0, dot < 0 ? 0 : (size_t)dot);
}

static int complete(Value module, Value spec, Value loader, Value name) {
    Value package = is_str(name) ? package_of(module, name) : NULL;
    int status = package || !error_pending() ? set_if_missing(module, NAME(__loader__), loader) : -1;
    if (status == 0 && package) status = set_if_missing(module, NAME(__package__), package);
    xdecref(package);
    return status < 0 ? -1 : set_if_missing(module, NAME(__spec__), spec);
}

Value import_legacy_load(Value spec, Value loader, Value name) {
    if (warn_missing(loader, "exec_module", "load_module") < 0) return NULL;
    Value load = value_getattr(loader, NAME(load_module)), made = load ? value_call_one(load, name) : NULL;
    Value module = made ? value_getitem(rt->modules, name) : NULL;
    if (module && complete(module, spec, loader, name) < 0) CLEAR_FIELD(module);
    xdecref(made);
    xdecref(load);
    return module;
}

/* ---- our own finders' find_module ---- */

Value import_legacy_find_module(const char *finder, Value spec) {
    int warned = spec ? raise_warning(T_DeprecationWarning, 1,
                                      "%s.find_module() is deprecated and slated for removal in Python 3.12; "
                                      "use find_spec() instead",
                                      finder)
                      : -1;
    Value loader = warned < 0 ? NULL : spec == NONE ? NONE : value_getattr(spec, NAME(loader));
    xdecref(spec);
    return loader;
}
