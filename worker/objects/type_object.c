/*
 * type_object: the type `type`: calling classes, their attributes, repr, and the getset rows of classes.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/slots.h"
#include "objects/str.h"

/* ---- names ---- */

const char *type_name(const Type *t) { return t->kind.name; }

Value type_qualname(Type *t) { return incref(AS_VALUE(t->qualname)); }

Value type_module(Type *t) {
    if (!(t->flags & TYPE_HEAP)) return str_intern_cstr(t->module);
    Value module = dict_get_str_borrow(AS_VALUE(t->dict), NAME(__module__));
    return xincref(module);
}

Value type_full_name(Type *t) {
    Value module = type_module(t);
    if (!module && error_pending()) return NULL;
    bool bare = !module || !is_str(module) || str_equal_cstr(module, "builtins");
    Value result = bare ? type_qualname(t) : str_format("%U.%U", module, t->qualname);
    xdecref(module);
    return result;
}

static Value type_repr(Value v) {
    Value name = type_full_name((Type *)v);
    Value result = name ? str_format("<class '%U'>", name) : NULL;
    xdecref(name);
    return result;
}

/* ---- calling ---- */

Value type_call(Value callable, Value const *args, size_t nargs, Value kwnames) {
    Type *t = (Type *)callable;
    if (t->construct) return t->construct(callable, args, nargs, kwnames);
    if (t == TYPE(type)) {
        size_t all = nargs + (kwnames ? tuple_length(kwnames) : 0);
        if (all == 1 && nargs == 1) return incref(AS_VALUE(type_of(args[0])));
        if (nargs == 1) return raise_error(T_TypeError, "type() takes no keyword arguments");
        if (nargs != 3) return raise_error(T_TypeError, "type() takes 1 or 3 arguments");
    }
    if (!t->slots.new_) return raise_error(T_TypeError, "cannot create '%s' instances", type_name(t));
    Value o = t->slots.new_(t, args, nargs, kwnames);
    if (!o) return NULL;
    Type *made = type_of(o);
    if (made != t && !type_is_subtype(made, t)) return o;
    if (made->slots.init && made->slots.init(o, args, nargs, kwnames) < 0) {
        decref(o);
        return NULL;
    }
    return o;
}

/* Slot new_ of type: three positional arguments, the rest goes to __init_subclass__. */
static Value type_slot_new(Type *metatype, Value const *args, size_t nargs, Value kwnames) {
    if (nargs != 3)
        return raise_error(T_TypeError, "type.__new__() takes exactly 3 arguments (%zu given)", nargs);
    static const char *const wants[] = {"str", "tuple", "dict"};
    bool ok[] = {is_str(args[0]), is_tuple(args[1]), is_dict(args[2])};
    for (int i = 0; i < 3; i++)
        if (!ok[i])
            return raise_error(T_TypeError, "type.__new__() argument %d must be %s, not %K", i + 1, wants[i],
                               args[i]);
    return type_new(metatype, args[0], args[1], args[2], args + 3, kwnames);
}

static int type_slot_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)self, (void)args;
    if (kwnames && tuple_length(kwnames) && nargs == 1)
        return raise_int(T_TypeError, "type.__init__() takes no keyword arguments");
    if (nargs != 1 && nargs != 3) return raise_int(T_TypeError, "type.__init__() takes 1 or 3 arguments");
    return 0;
}

/* `T.__new__(cls, ...)` for a built-in T: cls must be a class that T makes instances of. */
static Value type_new_method(Value self, Value const *args, size_t nargs, Value kwnames) {
    Type *t = (Type *)self;
    if (nargs < 1) return raise_error(T_TypeError, "%N.__new__(): not enough arguments", t);
    if (!is_type(args[0]))
        return raise_error(T_TypeError, "%N.__new__(X): X is not a type object (%T)", t, args[0]);
    Type *cls = (Type *)args[0];
    if (!type_is_subtype(cls, t))
        return raise_error(T_TypeError, "%N.__new__(%N): %N is not a subtype of %N", t, cls, cls, t);
    Type *safe = cls;
    while (safe->slots.new_ == slot_dispatch_new) safe = safe->base;
    if (safe->slots.new_ != t->slots.new_)
        return raise_error(T_TypeError, "%N.__new__(%N) is not safe, use %N.__new__()", t, cls, safe);
    return t->slots.new_(cls, args + 1, nargs - 1, kwnames);
}

const NativeMethod type_new_row = {"__new__", (void *)type_new_method, NATIVE_KW, 0,
                                   "__new__($type, *args, **kwargs)\n--\n\nMakes a new object."};

/* ---- attributes ---- */

static Value raise_no_attribute(Type *t, Value name) {
    if (error_pending()) return NULL;
    return raise_attribute_error(AS_VALUE(t), name);
}

Value type_getattr_quiet(Value v, Value name) {
    Type *t = (Type *)v, *meta = type_of(v);
    Value of_meta = xincref(type_lookup_borrow(meta, name));
    if (!of_meta && error_pending()) return NULL;
    Type *kind = of_meta ? type_of(of_meta) : NULL;
    Value result = NULL;
    if (of_meta && kind->slots.descr_set && kind->slots.descr_get) {
        result = kind->slots.descr_get(of_meta, v, AS_VALUE(meta));
    } else {
        Value own = type_lookup_borrow(t, name);
        if (own) {
            incref(own);
            Type *own_kind = type_of(own);
            result = own_kind->slots.descr_get ? own_kind->slots.descr_get(own, NULL, v) : incref(own);
            decref(own);
        } else if (of_meta && !error_pending()) {
            result =
                kind->slots.descr_get ? kind->slots.descr_get(of_meta, v, AS_VALUE(meta)) : incref(of_meta);
        }
    }
    xdecref(of_meta);
    return result;
}

Value type_getattr(Value v, Value name) {
    Value result = type_getattr_quiet(v, name);
    return result || error_pending() ? result : raise_no_attribute((Type *)v, name);
}

static int set_in_dict(Type *t, Value name, Value value) {
    Value dict = AS_VALUE(t->dict);
    if (value) return dict_set(dict, name, value);
    int status = dict_delete(dict, name);
    if (status == 1) raise_cannot_set(AS_VALUE(t), name);
    return status ? -1 : 0;
}

int type_setattr(Value v, Value name, Value value) {
    Type *t = (Type *)v;
    if (!(t->flags & TYPE_HEAP))
        return raise_int(T_TypeError, "cannot set %R attribute of immutable type '%N'", name, t);
    Value interned = is_str(name) ? str_intern(name) : NULL;
    if (!interned) return -1;
    Value of_meta = type_lookup_borrow(type_of(v), interned);
    int status = -1;
    if (!of_meta && error_pending()) {
        /* no memory for the metaclass's dict */
    } else if (of_meta && type_of(of_meta)->slots.descr_set) {
        incref(of_meta);
        status = type_of(of_meta)->slots.descr_set(of_meta, v, value);
        decref(of_meta);
    } else {
        Value old =
            xincref(dict_get_str_borrow(AS_VALUE(t->dict), interned)); /* caches borrow it until forgotten */
        status = set_in_dict(t, interned, value);
        if (status == 0) status = type_modified(t, interned);
        xdecref(old);
    }
    decref(interned);
    return status;
}

/* ---- getset ---- */

static bool mutable_type(Type *t, Value value, const char *name) {
    if (!(t->flags & TYPE_HEAP)) {
        raise_error(T_TypeError, "cannot set '%s' attribute of immutable type '%N'", name, t);
        return false;
    }
    if (value) return true;
    raise_error(T_TypeError, "cannot delete '%s' attribute of immutable type '%N'", name, t);
    return false;
}

static Value get_name(Value v, void *closure) {
    (void)closure;
    return incref(AS_VALUE(((Type *)v)->name));
}

static int set_name(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!mutable_type(t, value, "__name__")) return -1;
    if (!is_str(value))
        return raise_int(T_TypeError, "can only assign string to %N.__name__, not '%N'", t, type_of(value));
    for (size_t i = 0; i < str_length(value); i++)
        if (str_read(value, i) == 0)
            return raise_int(T_ValueError, "type name must not contain null characters");
    const char *text = str_utf8(value, NULL);
    if (!text) return -1;
    t->kind.name = text;
    SET_FIELD_STEAL(t->name, (Str *)incref(value));
    return 0;
}

static Value get_qualname(Value v, void *closure) {
    (void)closure;
    return type_qualname((Type *)v);
}

static int set_qualname(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!mutable_type(t, value, "__qualname__")) return -1;
    if (!is_str(value))
        return raise_int(T_TypeError, "can only assign string to %N.__qualname__, not '%N'", t,
                         type_of(value));
    SET_FIELD_STEAL(t->qualname, (Str *)incref(value));
    return 0;
}

static Value get_module(Value v, void *closure) {
    (void)closure;
    Value module = type_module((Type *)v);
    return module || error_pending() ? module : raise_error(T_AttributeError, "__module__");
}

static int set_module(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!mutable_type(t, value, "__module__")) return -1;
    if (dict_set(AS_VALUE(t->dict), NAME(__module__), value) < 0) return -1;
    return type_modified(t, NAME(__module__));
}

static Value get_bases(Value v, void *closure) {
    (void)closure;
    return ((Type *)v)->bases ? incref(((Type *)v)->bases) : NONE;
}

static int set_bases(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    return mutable_type(t, value, "__bases__") ? type__set_bases(t, value) : -1;
}

static Value get_dict(Value v, void *closure) {
    (void)closure;
    Dict *dict = type_dict_borrow((Type *)v);
    return dict ? mapping_proxy_new(AS_VALUE(dict)) : NULL;
}

static Value get_doc(Value v, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!(t->flags & TYPE_HEAP)) return doc_text(t->spec->name, t->doc);
    Value doc = dict_get_str_borrow(AS_VALUE(t->dict), NAME(__doc__));
    if (!doc) return NONE;
    Type *kind = type_of(doc);
    return kind->slots.descr_get ? kind->slots.descr_get(doc, NULL, v) : incref(doc);
}

static int set_doc(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!mutable_type(t, value, "__doc__") || dict_set(AS_VALUE(t->dict), NAME(__doc__), value) < 0)
        return -1;
    return type_modified(t, NAME(__doc__));
}

static Value get_signature(Value v, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    return t->flags & TYPE_HEAP ? NONE : doc_signature(t->spec->name, t->doc);
}

static Value get_abstract(Value v, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    Value names =
        t->flags & TYPE_HEAP ? dict_get_str_borrow(AS_VALUE(t->dict), NAME(__abstractmethods__)) : NULL;
    return names ? incref(names) : raise_error(T_AttributeError, "__abstractmethods__");
}

static int set_abstract(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!(t->flags & TYPE_HEAP))
        return raise_int(T_TypeError, "cannot set '__abstractmethods__' attribute of immutable type '%N'", t);
    int abstract = value ? value_is_true(value) : 0;
    if (abstract < 0) return -1;
    int status = value ? dict_set(AS_VALUE(t->dict), NAME(__abstractmethods__), value)
                       : dict_delete(AS_VALUE(t->dict), NAME(__abstractmethods__));
    if (status == 1) raise_error(T_AttributeError, "__abstractmethods__");
    if (status) return -1;
    t->flags = abstract ? t->flags | TYPE_ABSTRACT : t->flags & ~(uint32_t)TYPE_ABSTRACT;
    return type_modified(t, NAME(__abstractmethods__));
}

static Value get_annotations(Value v, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!(t->flags & TYPE_HEAP)) return raise_no_attribute(t, NAME(__annotations__));
    Value annotations = dict_get_str_borrow(AS_VALUE(t->dict), NAME(__annotations__));
    if (annotations) {
        Type *kind = type_of(annotations);
        return kind->slots.descr_get ? kind->slots.descr_get(annotations, NULL, v) : incref(annotations);
    }
    annotations = dict_new();
    if (annotations && (dict_set(AS_VALUE(t->dict), NAME(__annotations__), annotations) < 0 ||
                        type_modified(t, NAME(__annotations__)) < 0))
        CLEAR_FIELD(annotations);
    return annotations;
}

static int set_annotations(Value v, Value value, void *closure) {
    (void)closure;
    Type *t = (Type *)v;
    if (!(t->flags & TYPE_HEAP))
        return raise_int(T_TypeError, "cannot set '__annotations__' attribute of immutable type '%N'", t);
    int status = value ? dict_set(AS_VALUE(t->dict), NAME(__annotations__), value)
                       : dict_delete(AS_VALUE(t->dict), NAME(__annotations__));
    if (status == 1) raise_error(T_AttributeError, "__annotations__");
    return status ? -1 : type_modified(t, NAME(__annotations__));
}

/* The bits of CPython's tp_flags that programs read. */
static Value get_flags(Value v, void *closure) {
    (void)closure;
    uint32_t f = ((Type *)v)->flags, out = 1u << 12;
    static const struct {
        uint32_t ours, theirs;
    } map[] = {
        {TYPE_SEQUENCE, 1u << 5},
        {TYPE_MAPPING, 1u << 6},
        {TYPE_HEAP, 1u << 9},
        {TYPE_SUBCLASSABLE, 1u << 10},
        {TYPE_GC, 1u << 14},
        {TYPE_METHOD_DESCRIPTOR, 1u << 17},
        {TYPE_ABSTRACT, 1u << 20},
        {TYPE_MATCH_SELF, 1u << 22},
        {TYPE_INT_SUBCLASS, 1u << 24},
        {TYPE_LIST_SUBCLASS, 1u << 25},
        {TYPE_TUPLE_SUBCLASS, 1u << 26},
        {TYPE_BYTES_SUBCLASS, 1u << 27},
        {TYPE_STR_SUBCLASS, 1u << 28},
        {TYPE_DICT_SUBCLASS, 1u << 29},
        {TYPE_EXCEPTION_SUBCLASS, 1u << 30},
        {TYPE_TYPE_SUBCLASS, 1u << 31},
    };
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (f & map[i].ours) out |= map[i].theirs;
    if (!(f & TYPE_HEAP)) out |= 1u << 8;
    return int_from_i64(out);
}

static Value get_number(Value v, void *closure) {
    Type *t = (Type *)v;
    switch ((uintptr_t)closure) {
    case 0:
        return int_from_i64(t->flags & TYPE_HAS_ATTRS && !(t->item_size) ? t->instance_size : t->basic_size);
    case 1: return int_from_i64(t->flags & TYPE_STR_SUBCLASS ? 0 : t->item_size);
    case 2: return int_from_i64(t->flags & TYPE_HAS_ATTRS ? (t->item_size ? -1 : t->attrs_offset) : 0);
    default: return int_from_i64(t->flags & TYPE_WEAKREFABLE ? (int64_t)t->basic_size : 0);
    }
}

static const GetSet type_getset[] = {
    {"__name__", get_name, set_name, NULL, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL, NULL},
    {"__bases__", get_bases, set_bases, NULL, NULL},
    {"__module__", get_module, set_module, NULL, NULL},
    {"__abstractmethods__", get_abstract, set_abstract, NULL, NULL},
    {"__dict__", get_dict, NULL, NULL, NULL},
    {"__doc__", get_doc, set_doc, NULL, NULL},
    {"__text_signature__", get_signature, NULL, NULL, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL, NULL},
    GETSET_MEMBER("__flags__", get_flags, NULL),
    GETSET_MEMBER("__basicsize__", get_number, (void *)0),
    GETSET_MEMBER("__itemsize__", get_number, (void *)1),
    GETSET_MEMBER("__dictoffset__", get_number, (void *)2),
    GETSET_MEMBER("__weakrefoffset__", get_number, (void *)3),
    {0},
};

static const Member type_members[] = {
    {"__base__", MEMBER_VALUE, offsetof(Type, base), true, NULL},
    {"__mro__", MEMBER_VALUE, offsetof(Type, mro), true, NULL},
    {0},
};

/* ---- methods ---- */

static Value type_mro_method(Value self) { return type_default_mro((Type *)self); }

static Value type_subclasses_method(Value self) { return type__subclasses((Type *)self); }

static Value type_prepare(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return dict_new();
}

static Value type_instancecheck(Value self, Value o) {
    int r = class_is_instance(o, self);
    return r < 0 ? NULL : BOOL(r);
}

static Value type_subclasscheck(Value self, Value cls) {
    int r = class_is_subclass(cls, self);
    return r < 0 ? NULL : BOOL(r);
}

/* Names of the class and its bases, not of the metaclass. */
static int merge_class_dict(Value into, Value cls) {
    Value dict;
    int found = value_getattr_optional(cls, NAME(__dict__), &dict);
    if (found < 0) return -1;
    int status = found ? dict_update(into, dict) : 0;
    xdecref(dict);
    Value bases = NULL;
    if (status < 0 || (found = value_getattr_optional(cls, NAME(__bases__), &bases)) < 0) return -1;
    if (found && is_tuple(bases))
        for (size_t i = 0; status == 0 && i < tuple_length(bases); i++)
            status = merge_class_dict(into, tuple_item_borrow(bases, i));
    xdecref(bases);
    return status;
}

int type_merge_names(Value into, Value cls) { return merge_class_dict(into, cls); }

static Value type_dir(Value self) {
    Value dict = dict_new();
    Value names = dict && merge_class_dict(dict, self) == 0 ? dict_keys_list(dict) : NULL;
    xdecref(dict);
    return names;
}

static Value type_sizeof(Value self) {
    (void)self;
    return int_from_i64((int64_t)sizeof(Type));
}

static const NativeMethod type_methods[] = {
    METHOD_NOARGS("mro", type_mro_method,
                  "mro($self, /)\n--\n\nThe order in which the classes are searched."),
    METHOD_NOARGS("__subclasses__", type_subclasses_method,
                  "__subclasses__($self, /)\n--\n\nThe classes that derive from it directly."),
    {"__prepare__", (void *)type_prepare, NATIVE_KW, NATIVE_CLASS,
     "The dict that a class statement's body fills."},
    METHOD_ONE("__instancecheck__", type_instancecheck,
               "__instancecheck__($self, instance, /)\n--\n\nWhether an object is an instance."),
    METHOD_ONE("__subclasscheck__", type_subclasscheck,
               "__subclasscheck__($self, subclass, /)\n--\n\nWhether a class derives from this one."),
    METHOD_NOARGS("__dir__", type_dir,
                  "__dir__($self, /)\n--\n\nThe names that a class has, with its bases'."),
    METHOD_NOARGS("__sizeof__", type_sizeof, "__sizeof__($self, /)\n--\n\nBytes of memory."),
    METHOD_END,
};

/* ---- life of Python classes ---- */

static int type_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Type *t = (Type *)o;
    VISIT(t->dict);
    VISIT(t->bases);
    VISIT(t->mro);
    VISIT(t->base);
    VISIT(t->subclasses);
    VISIT(t->body);
    return 0;
}

static void type_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Type *t = (Type *)o;
    if (!(t->flags & TYPE_HEAP)) return;
    type_modified(t, NAME(__mro__)); /* forgets cached lookups */
    if (t->dict) dict_clear(AS_VALUE(t->dict));
    CLEAR_FIELD(t->mro);
    CLEAR_FIELD(t->body);
}

static void type_free(Heap *heap, HeapObject *o) {
    Type *t = (Type *)o;
    heap_untrack(heap, o);
    for (size_t i = 0; t->bases && i < tuple_length(t->bases); i++)
        type__remove_subclass((Type *)tuple_item_borrow(t->bases, i), t);
    shapes_drop(t);
    xdecref(t->subclasses);
    xdecref(t->slot_names);
    xdecref(t->expected_attrs);
    xdecref(t->body);
    xdecref(t->mro);
    xdecref(AS_VALUE(t->dict));
    xdecref(t->bases);
    xdecref(AS_VALUE(t->base));
    xdecref(AS_VALUE(t->name));
    xdecref(AS_VALUE(t->qualname));
    value_free((Value)o);
}

const TypeSpec type_type_spec = {
    .name = "type",
    .doc = "type(object): its class; type(name, bases, dict, **keywords): a new class",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Type),
    .slots = {.traverse = type_traverse,
              .clear = type_clear,
              .free = type_free,
              .call = type_call,
              .getattr = type_getattr,
              .setattr = type_setattr,
              .repr = type_repr,
              .new_ = type_slot_new,
              .init = type_slot_init,
              .or_ = union_or},
    .methods = type_methods,
    .getset = type_getset,
    .members = type_members,
};
