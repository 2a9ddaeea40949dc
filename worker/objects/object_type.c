/* object_type: what every object does if its class says nothing else. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/native.h"
#include "objects/sizes.h"
#include "objects/slots.h"
#include "objects/str.h"

/* ---- new and init: who may be given arguments ---- */

static bool has_arguments(size_t nargs, Value kwnames) { return nargs || (kwnames && tuple_length(kwnames)); }

static Value raise_abstract(Type *t) {
    Value names = value_getattr(AS_VALUE(t), NAME(__abstractmethods__));
    Value list = names ? value_to_list(names) : NULL;
    Value comma = list && list_sort(list, NONE, false) == 0 ? str_from_cstr(", ") : NULL;
    Value text = comma ? str_join(comma, list) : NULL;
    if (text)
        raise_error(T_TypeError, "Can't instantiate abstract class %N with abstract method%s %U", t,
                    list_length(list) > 1 ? "s" : "", text);
    xdecref(text);
    xdecref(comma);
    xdecref(list);
    xdecref(names);
    return NULL;
}

Value object_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (__builtin_expect(has_arguments(nargs, kwnames), 0)) {
        if (t->slots.new_ != object_new)
            return raise_error(T_TypeError,
                               "object.__new__() takes exactly one argument (the type to instantiate)");
        if (t->slots.init == object_init) return raise_error(T_TypeError, "%.200N() takes no arguments", t);
    }
    if (__builtin_expect(t->flags & TYPE_ABSTRACT, 0)) return raise_abstract(t);
    return value_alloc_tracked(t);
}

int object_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (__builtin_expect(!has_arguments(nargs, kwnames), 1)) return 0;
    Type *t = type_of(self);
    if (t->slots.init != object_init)
        return raise_int(T_TypeError,
                         "object.__init__() takes exactly one argument (the instance to initialize)");
    if (t->slots.new_ == object_new)
        return raise_int(T_TypeError, "%N.__init__() takes exactly one argument (the instance to initialize)",
                         t);
    return 0;
}

/* ---- text, hash, equality ---- */

Value object_repr(Value self) {
    Value name = type_full_name(type_of(self));
    Value result = name ? str_format("<%U object at %p>", name, (void *)self) : NULL;
    xdecref(name);
    return result;
}

Value object_str(Value self) { return type_of(self)->slots.repr(self); }

Hash object_hash(Value self) {
    uintptr_t p = BITS(self);
    Hash h = (Hash)((p >> 4) | (p << 60));
    return h == -1 ? -2 : h;
}

Value object_compare(Value a, Value b, CompareOp op) {
    if (op == CMP_EQ) return a == b ? TRUE : NOT_IMPLEMENTED;
    if (op != CMP_NE) return NOT_IMPLEMENTED;
    CompareFn compare = type_of(a)->slots.compare;
    Value equal = compare ? compare(a, b, CMP_EQ) : NOT_IMPLEMENTED;
    if (!equal || equal == NOT_IMPLEMENTED) return equal;
    int r = value_not(equal);
    decref(equal);
    return r < 0 ? NULL : BOOL(r);
}

static Value object_format(Value self, Value spec) {
    if (!is_str(spec)) return raise_error(T_TypeError, "__format__() argument must be str, not %K", spec);
    if (str_length(spec))
        return raise_error(T_TypeError, "unsupported format string passed to %T.__format__", self);
    return value_str(self);
}

/* ---- __class__ ---- */

static Value get_class(Value self, void *closure) {
    (void)closure;
    return incref(AS_VALUE(type_of(self)));
}

static int set_class(Value self, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_TypeError, "can't delete __class__ attribute");
    if (!is_type(value))
        return raise_int(T_TypeError, "__class__ must be set to a class, not '%N' object", type_of(value));
    Type *to = (Type *)value, *from = type_of(self);
    bool modules = type_is_subtype(to, TYPE(module)) && type_is_subtype(from, TYPE(module));
    if (!modules && !(to->flags & from->flags & TYPE_HEAP))
        return raise_int(T_TypeError,
                         "__class__ assignment only supported for mutable types or ModuleType subclasses");
    if (!modules && !type__same_layout(to, from))
        return raise_int(T_TypeError, "__class__ assignment: '%N' object layout differs from '%N'", to, from);
    if (to == from) return 0;
    /* On a dict the instance does not depend on how many values its class keeps in place. */
    if ((from->flags & TYPE_HAS_ATTRS) && !attrs_dict_borrow(self)) return -1;
    if (to->flags & TYPE_HEAP) heap_incref(&to->kind.head);
    self->head.kind = &to->kind;
    type_kind_changed(&from->slots, &to->slots);
    if (from->flags & TYPE_HEAP) DECREF(from);
    return 0;
}

static const GetSet object_getset[] = {
    {"__class__", get_class, set_class, "the object's class", NULL},
    {0},
};

/* ---- copying and pickling ---- */

static Value import_copyreg(void) {
    Value import = rt->builtins ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__)) : NULL;
    if (!import) return raise_error(T_ImportError, "__import__ not found");
    return value_call_one(import, NAME(copyreg));
}

static Value copyreg_get(const char *name) {
    Value module = import_copyreg();
    Value result = module ? value_getattr_cstr(module, name) : NULL;
    xdecref(module);
    return result;
}

/* The class's __slotnames__, which copyreg makes and keeps there the first time: a list, or None. New. */
static Value slot_names(Type *t) {
    if (!(t->flags & TYPE_HEAP)) return NONE;
    Dict *dict = type_dict_borrow(t);
    Value key = dict ? str_intern_cstr("__slotnames__") : NULL;
    if (!key) return NULL;
    Value names = xincref(dict_get_str_borrow(AS_VALUE(dict), key));
    decref(key);
    if (names) {
        if (names == NONE || is_list(names)) return names;
        raise_error(T_TypeError, "%N.__slotnames__ should be a list or None, not %T", t, names);
    } else if (!error_pending()) {
        Value make = copyreg_get("_slotnames");
        names = make ? value_call_one(make, AS_VALUE(t)) : NULL;
        xdecref(make);
        if (!names || names == NONE || is_list(names)) return names;
        raise_error(T_TypeError, "copyreg._slotnames didn't return a list or None");
    }
    xdecref(names);
    return NULL;
}

static int add_slot_state(Value self, Value names, Value state) {
    size_t n = list_length(names);
    for (size_t i = 0; i < n; i++) {
        Value name = incref(list_item_borrow(names, i)), value;
        int found = value_getattr_optional(self, name, &value);
        int status = found > 0 ? dict_set(state, name, value) : found;
        xdecref(value);
        decref(name);
        if (status < 0) return -1;
        if (list_length(names) != n)
            return raise_int(T_RuntimeError, "__slotsname__ changed size during iteration");
    }
    return 0;
}

/* The __dict__ if there is something in it, or None. */
static Value dict_state(Value self) {
    if (!(type_of(self)->flags & TYPE_HAS_ATTRS)) return NONE;
    Attrs *a = attrs_of(self);
    bool empty = attrs_is_dict(a) ? dict_length((Value)(void *)a->values) == 0 : a->shape->count == 0;
    if (empty) return NONE;
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

/* Is there more to an instance than the dict and these slots? */
static bool is_opaque(const Type *t, Value names) {
    size_t named = names == NONE ? 0 : list_length(names);
    return t->native_base->basic_size > sizeof(Object) || t->all_slots > named;
}

static Value with_slots(Value self, Value state, Value names) {
    if (names == NONE || list_length(names) == 0) return incref(state);
    Value slots = dict_new(), result = NULL;
    if (slots && add_slot_state(self, names, slots) == 0)
        result = dict_length(slots) ? tuple_pack(2, state, slots) : incref(state);
    xdecref(slots);
    return result;
}

/* None, the __dict__, or (__dict__ or None, dict of the __slots__). */
static Value default_state(Value self, bool required) {
    Type *t = type_of(self);
    if (required && (t->native_base->item_size || t->native_base == TYPE(memoryview)))
        return raise_error(T_TypeError, "cannot pickle %T objects", self);
    Value state = dict_state(self), names = state ? slot_names(t) : NULL, result = NULL;
    if (names && required && is_opaque(t, names)) raise_error(T_TypeError, "cannot pickle '%T' object", self);
    else if (names) result = with_slots(self, state, names);
    xdecref(names);
    xdecref(state);
    return result;
}

static Value object_getstate(Value self) { return default_state(self, false); }

static bool getstate_is_default(Value self) {
    return type_lookup_borrow(type_of(self), NAME(__getstate__)) ==
           type_lookup_borrow(TYPE(object), NAME(__getstate__));
}

static Value get_state(Value self, bool required) {
    if (getstate_is_default(self)) return default_state(self, required);
    return value_call_method_noargs(self, NAME(__getstate__));
}

Value value_state(Value self) { return get_state(self, false); }

/* The class's method `name` called without arguments: 1 and *result new, 0 there is none, -1 raised. */
static int call_optional(Value self, Value name, Value *result) {
    Value bound_to, method = value_lookup_special(self, name, &bound_to);
    *result = NULL;
    if (!method) return error_pending() ? -1 : 0;
    *result = bound_to ? value_call_one(method, bound_to) : value_call_noargs(method);
    decref(method);
    return *result ? 1 : -1;
}

/* Arguments for __new__: *args a tuple or NULL, *kwargs a dict or NULL. */
static int get_new_arguments(Value self, Value *args, Value *kwargs) {
    *args = *kwargs = NULL;
    Value result;
    int found = call_optional(self, NAME(__getnewargs_ex__), &result);
    if (found < 0) return -1;
    if (found) {
        if (!is_tuple(result))
            raise_error(T_TypeError, "__getnewargs_ex__ should return a tuple, not '%T'", result);
        else if (tuple_length(result) != 2)
            raise_error(T_ValueError, "__getnewargs_ex__ should return a tuple of length 2, not %zu",
                        tuple_length(result));
        else if (!is_tuple(tuple_item_borrow(result, 0)))
            raise_error(T_TypeError,
                        "first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '%T'",
                        tuple_item_borrow(result, 0));
        else if (!is_dict(tuple_item_borrow(result, 1)))
            raise_error(T_TypeError,
                        "second item of the tuple returned by __getnewargs_ex__ must be a dict, not '%T'",
                        tuple_item_borrow(result, 1));
        else {
            *args = incref(tuple_item_borrow(result, 0));
            *kwargs = incref(tuple_item_borrow(result, 1));
        }
        decref(result);
        return *args ? 0 : -1;
    }
    found = call_optional(self, NAME(__getnewargs__), args);
    if (found <= 0) return found;
    if (!is_tuple(*args)) {
        raise_error(T_TypeError, "__getnewargs__ should return a tuple, not '%T'", *args);
        CLEAR_FIELD(*args);
    }
    return *args ? 0 : -1;
}

/* The callable and its arguments: copyreg.__newobj__(cls, *args) or __newobj_ex__(cls, args, kwargs). */
static int new_object_call(Value self, Value args, Value kwargs, Value *callable, Value *call_args) {
    bool with_keywords = kwargs && dict_length(kwargs);
    Value cls = AS_VALUE(type_of(self));
    *callable = copyreg_get(with_keywords ? "__newobj_ex__" : "__newobj__");
    if (!*callable) return -1;
    if (with_keywords) {
        *call_args = tuple_pack(3, cls, args, kwargs);
    } else {
        size_t n = args ? tuple_length(args) : 0;
        *call_args = tuple_new(n + 1);
        if (*call_args) {
            tuple_init_item_steal(*call_args, 0, incref(cls));
            for (size_t i = 0; i < n; i++)
                tuple_init_item_steal(*call_args, i + 1, incref(tuple_item_borrow(args, i)));
        }
    }
    return *call_args ? 0 : -1;
}

static Value iter_items(Value dict) {
    Value items = value_call_method_noargs(dict, NAME(items));
    Value iterator = items ? value_iter(items) : NULL;
    xdecref(items);
    return iterator;
}

static Value reduce_newobj(Value self) {
    Value args, kwargs, callable = NULL, call_args = NULL, state = NULL, list_items = NULL, dict_items = NULL;
    Value result = NULL;
    if (!type_of(self)->slots.new_) return raise_error(T_TypeError, "cannot pickle '%T' object", self);
    if (get_new_arguments(self, &args, &kwargs) < 0) return NULL;
    bool required = !args && !is_list(self) && !is_dict(self);
    if (new_object_call(self, args, kwargs, &callable, &call_args) == 0 &&
        (state = get_state(self, required))) {
        list_items = is_list(self) ? value_iter(self) : NONE;
        dict_items = is_dict(self) ? iter_items(self) : NONE;
        if (list_items && dict_items)
            result = tuple_pack(5, callable, call_args, state, list_items, dict_items);
    }
    xdecref(dict_items);
    xdecref(list_items);
    xdecref(state);
    xdecref(call_args);
    xdecref(callable);
    xdecref(args);
    xdecref(kwargs);
    return result;
}

static Value common_reduce(Value self, int protocol) {
    if (protocol >= 2) return reduce_newobj(self);
    Value f = copyreg_get("_reduce_ex");
    Value result = f ? value_call_two(f, self, small_int_new(protocol)) : NULL;
    xdecref(f);
    return result;
}

static Value object_reduce(Value self) { return common_reduce(self, 0); }

static Value object_reduce_ex(Value self, Value protocol) {
    int n;
    if (value_as_int(protocol, &n) < 0) return NULL;
    Value reduce = type_lookup_borrow(type_of(self), NAME(__reduce__));
    if (reduce && reduce != type_lookup_borrow(TYPE(object), NAME(__reduce__)))
        return value_call_method_noargs(self, NAME(__reduce__));
    return common_reduce(self, n);
}

/* ---- the rest ---- */

static Value object_dir(Value self) {
    Value own, result = NULL, cls = NULL;
    int found = value_getattr_optional(self, NAME(__dict__), &own);
    if (found < 0) return NULL;
    Value names = found && is_dict(own) ? dict_copy(own) : dict_new();
    xdecref(own);
    if (names && value_getattr_optional(self, NAME(__class__), &cls) >= 0 &&
        (!cls || type_merge_names(names, cls) == 0))
        result = dict_keys_list(names);
    xdecref(cls);
    xdecref(names);
    return result;
}

/* What is no object takes the word that it is. Attributes are in the object's block as long as they fit. */
size_t value_size(Value o) {
    if (!is_object(o)) return sizeof o;
    size_t size = heap_object_size(rt->heap, &o->head);
    if (!(type_of(o)->flags & TYPE_HAS_ATTRS)) return size;
    const Attrs *a = attrs_of(o);
    bool apart = !attrs_is_dict(a) && a->values && a->values != a->inline_values;
    return apart ? size + heap_usable_size(rt->heap, a->values) : size;
}

Value value_sizeof(Value self) { return int_from_u64(value_size(self)); }

static Value object_init_subclass(Value self, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    Type *t = (Type *)self;
    if (kwnames && tuple_length(kwnames))
        return raise_error(T_TypeError, "%U.__init_subclass__() takes no keyword arguments", t->qualname);
    if (nargs)
        return raise_error(T_TypeError, "%U.__init_subclass__() takes no arguments (%zu given)", t->qualname,
                           nargs);
    return NONE;
}

/* Takes any number of arguments. */
static Value object_subclasshook(Value self, Value const *args, size_t nargs) {
    (void)self, (void)args, (void)nargs;
    return NOT_IMPLEMENTED;
}

static const NativeMethod object_methods[] = {
    METHOD_ONE("__reduce_ex__", object_reduce_ex,
               "__reduce_ex__($self, protocol, /)\n--\n\nHelper for pickle."),
    METHOD_NOARGS("__reduce__", object_reduce, "__reduce__($self, /)\n--\n\nHelper for pickle."),
    METHOD_NOARGS("__getstate__", object_getstate, "__getstate__($self, /)\n--\n\nHelper for pickle."),
    {"__init_subclass__", (void *)object_init_subclass, NATIVE_KW, NATIVE_CLASS,
     "Called whenever a class is derived from this one; does nothing unless overridden."},
    {"__subclasshook__", (void *)object_subclasshook, NATIVE_FAST, NATIVE_CLASS | NATIVE_BARE_NAME,
     "Lets an abstract class decide issubclass(); NotImplemented leaves it to the usual way."},
    METHOD_ONE("__format__", object_format,
               "__format__($self, format_spec, /)\n--\n\nDefault object formatter."),
    METHOD_NOARGS("__sizeof__", value_sizeof, "__sizeof__($self, /)\n--\n\nBytes of memory."),
    METHOD_NOARGS("__dir__", object_dir, "__dir__($self, /)\n--\n\nDefault dir() implementation."),
    METHOD_END,
};

const TypeSpec object_type_spec = {
    .name = "object",
    .doc = "object()\n--\n\nWhat every class derives from.",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Object),
    .slots = {.repr = object_repr,
              .str = object_str,
              .hash = object_hash,
              .compare = object_compare,
              .getattr = object_getattr,
              .setattr = object_setattr,
              .new_ = object_new,
              .init = object_init},
    .methods = object_methods,
    .getset = object_getset,
};
