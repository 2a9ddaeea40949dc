/* module: a namespace with a name. Its attributes are the items of its dict. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

static Value module_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Value dict = dict_new();
    Module *m = dict ? (Module *)value_alloc(t, 0) : NULL;
    if (!m) {
        xdecref(dict);
        return NULL;
    }
    m->dict = (Dict *)dict;
    m->name = NULL;
    value_track(AS_VALUE(m));
    return AS_VALUE(m);
}

static int module_fill(Module *m, Value name, Value doc) {
    Value dict = AS_VALUE(m->dict);
    SET_FIELD_STEAL(m->name, incref(name));
    return dict_set(dict, NAME(__name__), name) < 0 || dict_set(dict, NAME(__doc__), doc) < 0 ||
                   dict_set(dict, NAME(__package__), NONE) < 0 ||
                   dict_set(dict, NAME(__loader__), NONE) < 0 || dict_set(dict, NAME(__spec__), NONE) < 0
               ? -1
               : 0;
}

Value module_new(Value name) {
    Value m = module_slot_new(TYPE(module), NULL, 0, NULL);
    if (m && module_fill((Module *)m, name, NONE) < 0) CLEAR_FIELD(m);
    return m;
}

static int module_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"name", "doc", NULL};
    static const ArgSpec spec = {"module", names, 2, 1, 2};
    Value a[2];
    if (!args_bind(&spec, args, nargs, kwnames, a)) return -1;
    if (!is_str(a[0])) return raise_int(T_TypeError, "module() argument 'name' must be str, not %K", a[0]);
    return module_fill((Module *)self, a[0], a[1] ? a[1] : NONE);
}

static int module_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Module *)o)->dict);
    return 0;
}

static void module_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    if (((Module *)o)->dict) dict_clear(AS_VALUE(((Module *)o)->dict));
}

static void module_free(Heap *heap, HeapObject *o) {
    Module *m = (Module *)o;
    heap_untrack(heap, o);
    xdecref(AS_VALUE(m->dict));
    xdecref(m->name);
    value_free((Value)o);
}

/* ---- attributes ---- */

static Value dict_item(Module *m, Value name) { return dict_get_str_borrow(AS_VALUE(m->dict), name); }

static bool is_initializing(Module *m) {
    Value spec = dict_item(m, NAME(__spec__)), flag = NULL;
    if (!spec || spec == NONE) return false;
    Value key = str_intern_cstr("_initializing");
    bool yes = key && value_getattr_optional(spec, key, &flag) > 0 && value_is_true(flag) == 1;
    xdecref(key);
    xdecref(flag);
    error_clear();
    return yes;
}

/* Is the name that of a submodule which is being imported? */
static bool is_uninitialized(Module *m, Value name) {
    Value spec = dict_item(m, NAME(__spec__)), list = NULL;
    if (!spec || spec == NONE) return false;
    Value key = str_intern_cstr("_uninitialized_submodules");
    bool yes = key && value_getattr_optional(spec, key, &list) > 0 && value_contains(list, name) == 1;
    xdecref(key);
    xdecref(list);
    error_clear();
    return yes;
}

static Value raise_missing(Module *m, Value name) {
    Value own = dict_item(m, NAME(__name__));
    Value text;
    if (!own || !is_str(own)) text = str_format("module has no attribute '%U'", name);
    else if (is_initializing(m))
        text = str_format(
            "partially initialized module '%U' has no attribute '%U' (most likely due to a circular "
            "import)",
            own, name);
    else if (is_uninitialized(m, name))
        text = str_format(
            "cannot access submodule '%U' of module '%U' (most likely due to a circular import)", name, own);
    else text = str_format("module '%U' has no attribute '%U'", own, name);
    if (!text) return NULL;
    Value kwnames = tuple_pack(2, NAME(name), NAME(obj));
    Value args[3] = {text, name, AS_VALUE(m)};
    Value e = kwnames ? value_call(AS_VALUE(TYPE(AttributeError)), args, 1, kwnames) : NULL;
    if (e) raise_value(e);
    xdecref(e);
    xdecref(kwnames);
    decref(text);
    return NULL;
}

static Value module_getattr(Value self, Value name) {
    Module *m = (Module *)self;
    Type *t = type_of(self);
    Value found = type_lookup_borrow(t, name);
    bool data = found && type_of(found)->slots.descr_set;
    Value own = data ? NULL : dict_item(m, name);
    if (own) return incref(own);
    if (found || error_pending()) return object_getattr_quiet(self, name);
    Value hook = dict_item(m, NAME(__getattr__));
    if (!hook) return raise_missing(m, name);
    incref(hook);
    Value result = value_call_one(hook, name);
    decref(hook);
    return result;
}

/* object's, under a name of its own: the type's dict has __setattr__ and __delattr__, as CPython's. */
static int module_setattr(Value self, Value name, Value value) { return object_setattr(self, name, value); }

static Value get_annotations(Value self, void *closure) {
    (void)closure;
    Value found = dict_item((Module *)self, NAME(__annotations__));
    if (found) return incref(found);
    Value dict = dict_new();
    if (dict && dict_set(AS_VALUE(((Module *)self)->dict), NAME(__annotations__), dict) < 0)
        CLEAR_FIELD(dict);
    return dict;
}

static int set_annotations(Value self, Value value, void *closure) {
    (void)closure;
    Value dict = AS_VALUE(((Module *)self)->dict);
    int status =
        value ? dict_set(dict, NAME(__annotations__), value) : dict_delete(dict, NAME(__annotations__));
    if (status == 1) raise_error(T_AttributeError, "__annotations__");
    return status ? -1 : 0;
}

/* ---- repr: as the import system describes a module ---- */

static Value repr_by_spec(Value spec) {
    Value name = value_getattr_cstr(spec, "name"), origin = name ? value_getattr_cstr(spec, "origin") : NULL;
    Value loader = NULL, located = NULL, result = NULL;
    if (origin == NONE) {
        loader = value_getattr_cstr(spec, "loader");
        if (name == NONE) SET_FIELD_STEAL(name, str_from_cstr("?"));
        if (loader && name)
            result = loader == NONE ? str_format("<module %R>", name)
                                    : str_format("<module %R (%R)>", name, loader);
    } else if (origin && (located = value_getattr_cstr(spec, "has_location"))) {
        int is_located = value_is_true(located);
        if (is_located >= 0)
            result = is_located ? str_format("<module %R from %R>", name, origin)
                                : str_format("<module %R (%S)>", name, origin);
    }
    xdecref(name);
    xdecref(origin);
    xdecref(located);
    xdecref(loader);
    return result;
}

/* loader.module_repr(module), for old loaders; NULL with nothing raised: there is none, or it failed. */
static Value repr_by_loader(Value loader, Value self) {
    Value key = str_intern_cstr("module_repr"), method = NULL, result = NULL;
    if (key && value_getattr_optional(loader, key, &method) > 0) result = value_call_one(method, self);
    xdecref(method);
    xdecref(key);
    if (!result) error_swallow(T_Exception);
    return result;
}

/* The attributes are asked for as a program would: a module's __getattr__ may answer. */
static Value module_repr(Value self) {
    Value loader = NULL, spec = NULL, name = NULL, file = NULL, result = NULL;
    if (value_getattr_optional(self, NAME(__loader__), &loader) < 0) return NULL;
    int has_spec = value_getattr_optional(self, NAME(__spec__), &spec);
    if (has_spec > 0) has_spec = value_is_true(spec);
    if (has_spec > 0) result = repr_by_spec(spec);
    else if (has_spec == 0 && loader && loader != NONE) result = repr_by_loader(loader, self);
    if (!result && has_spec == 0 && !error_pending() &&
        value_getattr_optional(self, NAME(__name__), &name) >= 0) {
        if (!name) name = str_from_cstr("?");
        int has_file = name ? value_getattr_optional(self, NAME(__file__), &file) : -1;
        if (has_file > 0) result = str_format("<module %R from %R>", name, file);
        else if (has_file == 0 && loader && loader != NONE)
            result = str_format("<module %R (%R)>", name, loader);
        else if (has_file == 0) result = str_format("<module %R>", name);
    }
    xdecref(loader);
    xdecref(spec);
    xdecref(name);
    xdecref(file);
    return result;
}

static Value module_dir(Value self) {
    Value dict = value_getattr(self, NAME(__dict__)), names = NULL;
    if (!dict) return NULL;
    if (!is_dict(dict)) {
        raise_error(T_TypeError, "<module>.__dict__ is not a dictionary");
    } else {
        Value hook;
        int found = dict_find(dict, NAME(__dir__), &hook);
        if (found >= 0) names = found ? value_call_noargs(hook) : dict_keys_list(dict);
    }
    decref(dict);
    return names;
}

static const NativeMethod module_methods[] = {
    METHOD_NOARGS("__dir__", module_dir, "The module's names, or what its own __dir__ says."),
    METHOD_END,
};

static const GetSet module_getset[] = {
    {"__annotations__", get_annotations, set_annotations, NULL, NULL},
    {0},
};

static const Member module_members[] = {
    {"__dict__", MEMBER_VALUE, offsetof(Module, dict), true, NULL},
    {0},
};

const TypeSpec module_type_spec = {
    .name = "module",
    .doc = "module(name, doc=None)\n--\n\nCreate a module object.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Module),
    .slots = {.traverse = module_traverse,
              .clear = module_clear,
              .free = module_free,
              .getattr = module_getattr,
              .setattr = module_setattr,
              .repr = module_repr,
              .new_ = module_slot_new,
              .init = module_init},
    .methods = module_methods,
    .getset = module_getset,
    .members = module_members,
};
