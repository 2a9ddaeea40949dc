/* spec: ModuleSpec, what a finder knows about a module. */
#include "import/import.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"

static ModuleSpecObject *spec_alloc(Type *type) {
    ModuleSpecObject *s = (ModuleSpecObject *)value_alloc(type, 0);
    if (!s) return NULL;
    s->set_file_attribute = s->initializing = false;
    s->name = s->loader = s->origin = s->loader_state = s->locations = s->cached = s->uninitialized = NULL;
    value_track(AS_VALUE(s));
    return s;
}

Value import_spec_new(Value name, Value loader, Value origin, Value locations, bool has_location) {
    ModuleSpecObject *s = spec_alloc(IMPORT->spec_type);
    if (!s) return NULL;
    s->name = incref(name);
    s->loader = xincref(loader);
    s->origin = xincref(origin);
    s->locations = xincref(locations);
    s->set_file_attribute = has_location;
    return AS_VALUE(s);
}

static Value spec_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return AS_VALUE(spec_alloc(type));
}

static int spec_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"name", "loader", "origin", "loader_state", "is_package", NULL};
    static const ArgSpec spec = {"ModuleSpec.__init__", names, 5, 2, 2};
    ModuleSpecObject *s = (ModuleSpecObject *)self;
    Value out[5];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    int package = out[4] ? value_is_true(out[4]) : 0;
    if (package < 0) return -1;
    Value locations = package ? list_new(0) : NULL;
    if (package && !locations) return -1;
    SET_FIELD_STEAL(s->name, incref(out[0]));
    SET_FIELD_STEAL(s->loader, incref(out[1]));
    SET_FIELD_STEAL(s->origin, xincref(out[2]));
    SET_FIELD_STEAL(s->loader_state, xincref(out[3]));
    SET_FIELD_STEAL(s->locations, locations);
    return 0;
}

static bool is_none(Value v) { return !v || v == NONE; }

static Value spec_repr(Value self) {
    ModuleSpecObject *s = (ModuleSpecObject *)self;
    Value origin = is_none(s->origin) ? incref(rt->empty_str) : str_format(", origin=%R", s->origin);
    Value places = is_none(s->locations) ? incref(rt->empty_str)
                                         : str_format(", submodule_search_locations=%R", s->locations);
    Value text = origin && places
                     ? str_format("%U(name=%R, loader=%R%U%U)", AS_VALUE(type_of(self)->name),
                                  s->name ? s->name : NONE, s->loader ? s->loader : NONE, origin, places)
                     : NULL;
    xdecref(origin);
    xdecref(places);
    return text;
}

/* With anything that has a spec's attributes. */
static Value compare_by_attributes(Value a, Value b, CompareOp op) {
    static const char *const names[] = {"name",   "loader",      "origin", "submodule_search_locations",
                                        "cached", "has_location"};
    int same = 1;
    for (size_t i = 0; same > 0 && i < sizeof names / sizeof *names; i++) {
        Value x = value_getattr_cstr(a, names[i]), y = x ? value_getattr_cstr(b, names[i]) : NULL;
        same = y ? value_equal(x, y) : -1;
        xdecref(x);
        xdecref(y);
    }
    if (same < 0) return error_swallow(T_AttributeError) ? NOT_IMPLEMENTED : NULL;
    return BOOL(same == (op == CMP_EQ));
}

static Value spec_compare(Value a, Value b, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !type_is_subtype(type_of(a), IMPORT->spec_type))
        return NOT_IMPLEMENTED;
    if (!import_is_native_spec(a) || !import_is_native_spec(b)) return compare_by_attributes(a, b, op);
    ModuleSpecObject *x = (ModuleSpecObject *)a, *y = (ModuleSpecObject *)b;
    Value left[] = {x->name, x->loader, x->origin, x->locations},
          right[] = {y->name, y->loader, y->origin, y->locations};
    bool same = x->set_file_attribute == y->set_file_attribute;
    for (int i = 0; same && i < 4; i++) {
        int equal = value_equal(left[i] ? left[i] : NONE, right[i] ? right[i] : NONE);
        if (equal < 0) return NULL;
        same = equal;
    }
    return BOOL(same == (op == CMP_EQ));
}

/* ---- attributes that are computed ---- */

static Value spec_get_parent(Value self, void *closure) {
    (void)closure;
    ModuleSpecObject *s = (ModuleSpecObject *)self;
    if (!s->name) return NONE;
    if (!is_none(s->locations)) return incref(s->name);
    ssize_t dot = str_find(s->name, NAME(dot_), 0, str_length(s->name), -1);
    return dot < -1 ? NULL : dot < 0 ? incref(rt->empty_str) : str_slice(s->name, 0, (size_t)dot);
}

static Value spec_get_has_location(Value self, void *closure) {
    (void)closure;
    return BOOL(((ModuleSpecObject *)self)->set_file_attribute);
}

static int spec_set_has_location(Value self, Value value, void *closure) {
    (void)closure;
    int truth = value ? value_is_true(value) : raise_int(T_AttributeError, "cannot delete attribute");
    if (truth >= 0) ((ModuleSpecObject *)self)->set_file_attribute = truth;
    return truth < 0 ? -1 : 0;
}

static Value spec_get_cached(Value self, void *closure) {
    (void)closure;
    ModuleSpecObject *s = (ModuleSpecObject *)self;
    if (is_none(s->cached) && s->set_file_attribute && s->origin && is_str(s->origin)) {
        const char *file = str_wtf8(s->origin, NULL);
        size_t n = file ? strlen(file) : 0;
        if (!file) return NULL;
        bool source = n > 3 && strcmp(file + n - 3, ".py") == 0;
        Value place = n > 4 && strcmp(file + n - 4, ".pyc") == 0 ? incref(s->origin)
                      : source                                   ? import_cached_path(file)
                                                                 : incref(NONE);
        if (!place) return NULL;
        SET_FIELD_STEAL(s->cached, place);
    }
    return s->cached ? incref(s->cached) : NONE;
}

static Value name_pair(const char *a, const char *b) {
    Value x = str_intern_cstr(a), y = x ? str_intern_cstr(b) : NULL, pair = y ? tuple_pack(2, x, y) : NULL;
    xdecref(x);
    xdecref(y);
    return pair;
}

/* Of a frozen module: namespace(filename=, origname=), made of the path when somebody asks. */
static Value spec_get_loader_state(Value self, void *closure) {
    (void)closure;
    ModuleSpecObject *s = (ModuleSpecObject *)self;
    if (s->loader_state && s->loader == AS_VALUE(IMPORT->frozen_importer) && is_str(s->loader_state)) {
        Value names = name_pair("filename", "origname"), both[2] = {s->loader_state, s->name};
        Value state = names ? value_call(AS_VALUE(TYPE(simple_namespace)), both, 0, names) : NULL;
        xdecref(names);
        if (!state) return NULL;
        SET_FIELD_STEAL(s->loader_state, state);
    }
    return s->loader_state ? incref(s->loader_state) : NONE;
}

static int spec_set_loader_state(Value self, Value value, void *closure) {
    (void)closure;
    SET_FIELD_STEAL(((ModuleSpecObject *)self)->loader_state, xincref(value));
    return 0;
}

static Value spec_get_uninitialized(Value self, void *closure) {
    (void)closure;
    ModuleSpecObject *s = (ModuleSpecObject *)self;
    if (!s->uninitialized) s->uninitialized = list_new(0);
    return xincref(s->uninitialized);
}

static int spec_set_cached(Value self, Value value, void *closure) {
    (void)closure;
    SET_FIELD_STEAL(((ModuleSpecObject *)self)->cached, xincref(value));
    return 0;
}

static int spec_set_uninitialized(Value self, Value value, void *closure) {
    (void)closure;
    SET_FIELD_STEAL(((ModuleSpecObject *)self)->uninitialized, xincref(value));
    return 0;
}

/* ---- all attributes ---- */

/* A copy: the fields in the order of CPython's __init__, then what a program has put there. */
static Value spec_get_dict(Value self, void *closure) {
    (void)closure;
    static const char *const names[] = {"name",
                                        "loader",
                                        "origin",
                                        "loader_state",
                                        "submodule_search_locations",
                                        "_uninitialized_submodules",
                                        "_set_fileattr",
                                        "_cached"};
    Value all = dict_new();
    for (size_t i = 0; all && i < sizeof names / sizeof *names; i++) {
        Value value = value_getattr_cstr(self, names[i]);
        if (!value || dict_set_cstr(all, names[i], value) < 0) CLEAR_FIELD(all);
        xdecref(value);
    }
    Dict *others = all ? attrs_dict_borrow(self) : NULL;
    if (all && (!others || dict_merge(all, AS_VALUE(others), true) < 0)) CLEAR_FIELD(all);
    return all;
}

static Value spec_reduce(Value self) {
    Value make = module_import_attr("copyreg", "__newobj__"), class = NULL, state = NULL, result = NULL;
    if (make && (class = tuple_pack(1, AS_VALUE(type_of(self)))) && (state = spec_get_dict(self, NULL)))
        result = tuple_pack(3, make, class, state);
    xdecref(make);
    xdecref(class);
    xdecref(state);
    return result;
}

static Value spec_set_state(Value self, Value state) {
    if (!is_dict(state)) return raise_error(T_TypeError, "a spec's state is a dict, not %T", state);
    Value key, value;
    for (size_t i = 0; dict_next(state, &i, &key, &value);)
        if (value_setattr(self, key, value) < 0) return NULL;
    return incref(NONE);
}

static const NativeMethod spec_methods[] = {
    METHOD_NOARGS("__reduce__", spec_reduce, NULL),
    METHOD_ONE("__setstate__", spec_set_state, NULL),
    METHOD_END,
};

static int spec_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    ModuleSpecObject *s = (ModuleSpecObject *)o;
    VISIT(s->name);
    VISIT(s->loader);
    VISIT(s->origin);
    VISIT(s->loader_state);
    VISIT(s->locations);
    VISIT(s->cached);
    VISIT(s->uninitialized);
    return attrs_traverse((Value)o, visit, arg);
}

static void spec_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    ModuleSpecObject *s = (ModuleSpecObject *)o;
    CLEAR_FIELD(s->loader);
    CLEAR_FIELD(s->loader_state);
    CLEAR_FIELD(s->locations);
    attrs_clear((Value)o);
}

static void spec_free(Heap *heap, HeapObject *o) {
    (void)heap;
    ModuleSpecObject *s = (ModuleSpecObject *)o;
    Value fields[] = {s->name,      s->loader, s->origin,       s->loader_state,
                      s->locations, s->cached, s->uninitialized};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) xdecref(fields[i]);
    value_free((Value)o);
}

static const Member spec_members[] = {
    {"name", MEMBER_VALUE, offsetof(ModuleSpecObject, name), false, NULL},
    {"loader", MEMBER_VALUE, offsetof(ModuleSpecObject, loader), false, NULL},
    {"origin", MEMBER_VALUE, offsetof(ModuleSpecObject, origin), false, NULL},
    {"submodule_search_locations", MEMBER_VALUE, offsetof(ModuleSpecObject, locations), false, NULL},
    {"_cached", MEMBER_VALUE, offsetof(ModuleSpecObject, cached), false, NULL},
    {"_initializing", MEMBER_BOOL, offsetof(ModuleSpecObject, initializing), false, NULL},
    {"_set_fileattr", MEMBER_BOOL, offsetof(ModuleSpecObject, set_file_attribute), false, NULL},
    {0},
};

static const GetSet spec_getset[] = {
    {"parent", spec_get_parent, NULL, "The name of the module's parent.", NULL},
    {"has_location", spec_get_has_location, spec_set_has_location, NULL, NULL},
    {"loader_state", spec_get_loader_state, spec_set_loader_state, NULL, NULL},
    {"_uninitialized_submodules", spec_get_uninitialized, spec_set_uninitialized, NULL, NULL},
    {"cached", spec_get_cached, spec_set_cached, NULL, NULL},
    {"__dict__", spec_get_dict, NULL, NULL, NULL},
    {0},
};

const TypeSpec import_spec_type_spec = {
    .name = "_frozen_importlib.ModuleSpec",
    .doc = "ModuleSpec(name, loader, *, origin=None, loader_state=None, is_package=None)\n--\n\nWhat a "
           "finder knows about a module.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(ModuleSpecObject),
    .has_attrs = true,
    .slots = {.traverse = spec_traverse,
              .clear = spec_clear,
              .free = spec_free,
              .new_ = spec_make,
              .init = spec_init,
              .repr = spec_repr,
              .compare = spec_compare,
              .hash = hash_not_implemented},
    .methods = spec_methods,
    .getset = spec_getset,
    .members = spec_members,
};
