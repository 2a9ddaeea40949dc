/* property: attributes that call functions. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct Property {
    HeapObject head;
    Value get, set, del, doc;
    Value name; /* by __set_name__, or NULL */
    bool doc_is_getters;
} Property;

static Value property_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Property *p = (Property *)value_alloc(t, 0);
    if (!p) return NULL;
    p->get = p->set = p->del = p->doc = p->name = NULL;
    p->doc_is_getters = false;
    value_track(AS_VALUE(p));
    return AS_VALUE(p);
}

/* The getter's docstring is the property's, unless one was given. A subclass keeps it as an attribute of the
 * instance. */
static int take_doc(Property *p, Value get) {
    Value doc;
    int found = value_getattr_optional(get, NAME(__doc__), &doc);
    if (found < 0) return -1;
    if (!found) return 0;
    p->doc_is_getters = true;
    if (type_of(AS_VALUE(p)) == TYPE(property)) {
        SET_FIELD_STEAL(p->doc, doc);
        return 0;
    }
    int status = value_setattr(AS_VALUE(p), NAME(__doc__), doc);
    decref(doc);
    return status;
}

static Value none_to_null(Value v) { return v && v != NONE ? incref(v) : NULL; }

static int property_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"fget", "fset", "fdel", "doc", NULL};
    static const ArgSpec spec = {"property", names, 4, 0, 4};
    Value a[4];
    if (!args_bind(&spec, args, nargs, kwnames, a)) return -1;
    Property *p = (Property *)self;
    SET_FIELD_STEAL(p->get, none_to_null(a[0]));
    SET_FIELD_STEAL(p->set, none_to_null(a[1]));
    SET_FIELD_STEAL(p->del, none_to_null(a[2]));
    SET_FIELD_STEAL(p->doc, xincref(a[3]));
    CLEAR_FIELD(p->name);
    p->doc_is_getters = false;
    if ((!a[3] || a[3] == NONE) && p->get) return take_doc(p, p->get);
    return 0;
}

static int property_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Property *p = (Property *)o;
    VISIT(p->get);
    VISIT(p->set);
    VISIT(p->del);
    VISIT(p->doc);
    VISIT(p->name);
    return 0;
}

static void property_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Property *p = (Property *)o;
    CLEAR_FIELD(p->get);
    CLEAR_FIELD(p->set);
    CLEAR_FIELD(p->del);
    CLEAR_FIELD(p->doc);
    CLEAR_FIELD(p->name);
}

static void property_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    property_clear(heap, o);
    value_free((Value)o);
}

/* ---- access ---- */

static Value raise_lacks(Property *p, Value o, const char *what) {
    Value qualname = type_qualname(type_of(o));
    if (qualname && p->name)
        raise_error(T_AttributeError, "property %R of %R object has no %s", p->name, qualname, what);
    else if (qualname) raise_error(T_AttributeError, "property of %R object has no %s", qualname, what);
    xdecref(qualname);
    return NULL;
}

static Value property_get(Value self, Value instance, Value owner) {
    (void)owner;
    Property *p = (Property *)self;
    if (!instance || instance == NONE) return incref(self);
    if (!p->get) return raise_lacks(p, instance, "getter");
    return value_call_one(p->get, instance);
}

static int property_set(Value self, Value instance, Value value) {
    Property *p = (Property *)self;
    Value f = value ? p->set : p->del;
    if (!f) return raise_lacks(p, instance, value ? "setter" : "deleter"), -1;
    Value result = value ? value_call_two(f, instance, value) : value_call_one(f, instance);
    xdecref(result);
    return result ? 0 : -1;
}

/* ---- methods ---- */

static Value with(Value self, Value get, Value set, Value del) {
    Property *p = (Property *)self;
    Value doc = p->doc_is_getters && (get || p->get) ? NONE : p->doc; /* the getter's is taken anew */
    Value args[4] = {get ? get : p->get, set ? set : p->set, del ? del : p->del, doc};
    for (int i = 0; i < 4; i++)
        if (!args[i]) args[i] = NONE;
    Value made = value_call(AS_VALUE(type_of(self)), args, 4, NULL);
    if (made && IS(made, property)) SET_FIELD_STEAL(((Property *)made)->name, xincref(p->name));
    return made;
}

static Value property_getter(Value self, Value f) { return with(self, f, NULL, NULL); }
static Value property_setter(Value self, Value f) { return with(self, NULL, f, NULL); }
static Value property_deleter(Value self, Value f) { return with(self, NULL, NULL, f); }

static Value property_set_name(Value self, Value const *args, size_t nargs) {
    if (nargs != 2)
        return raise_error(T_TypeError, "__set_name__() takes 2 positional arguments but %zu were given",
                           nargs);
    SET_FIELD_STEAL(((Property *)self)->name, incref(args[1]));
    return NONE;
}

static Value get_abstract(Value self, void *closure) {
    (void)closure;
    Property *p = (Property *)self;
    Value parts[3] = {p->get, p->set, p->del};
    for (int i = 0; i < 3; i++) {
        Value flag;
        int found = parts[i] ? value_getattr_optional(parts[i], NAME(__isabstractmethod__), &flag) : 0;
        if (found < 0) return NULL;
        int truth = found ? value_is_true(flag) : 0;
        if (found) decref(flag);
        if (truth < 0) return NULL;
        if (truth) return TRUE;
    }
    return FALSE;
}

static const NativeMethod property_methods[] = {
    METHOD_ONE("getter", property_getter, "The same property with another function for reading."),
    METHOD_ONE("setter", property_setter, "The same property with another function for setting."),
    METHOD_ONE("deleter", property_deleter, "The same property with another function for deleting."),
    METHOD_BARE("__set_name__", property_set_name, "Learns under what name its class keeps it."),
    METHOD_END,
};

static const GetSet property_getset[] = {{"__isabstractmethod__", get_abstract, NULL, NULL, NULL}, {0}};

static const Member property_members[] = {
    {"fget", MEMBER_VALUE, offsetof(Property, get), true, NULL},
    {"fset", MEMBER_VALUE, offsetof(Property, set), true, NULL},
    {"fdel", MEMBER_VALUE, offsetof(Property, del), true, NULL},
    {"__doc__", MEMBER_VALUE, offsetof(Property, doc), false, NULL},
    {0},
};

const TypeSpec property_type_spec = {
    .name = "property",
    .doc = "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\nAn attribute that is got, set and "
           "deleted by functions; doc, or else fget's docstring, explains it.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Property),
    .slots = {.getattr = object_getattr,
              .traverse = property_traverse,
              .clear = property_clear,
              .free = property_free,
              .descr_get = property_get,
              .descr_set = property_set,
              .new_ = property_slot_new,
              .init = property_init},
    .methods = property_methods,
    .getset = property_getset,
    .members = property_members,
};
