/*
 * attr: getattr, setattr, and what an object without rules of its own does for them.
 *
 * The order of a lookup: the type's attribute, if it is a data descriptor; the instance's own; the type's
 * attribute, bound if it is a descriptor; AttributeError.
 */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/slots.h"
#include "objects/str.h"

/* An interned exact str equal to name: borrowed name itself in the common case; *owned is what to drop after
 * use. */
static Value intern_name(Value name, Value *owned) {
    *owned = NULL;
    if (__builtin_expect(is_object(name) && type_of(name) == TYPE(str) && ((Str *)name)->interned, 1))
        return name;
    if (!is_str(name)) return raise_error(T_TypeError, "attribute name must be string, not '%T'", name);
    return *owned = str_intern(name);
}

/* ---- object's rules ---- */

/* One that only sets leaves reading to the instance. */
static inline bool is_data_descriptor(Value v) {
    return type_of(v)->slots.descr_set && type_of(v)->slots.descr_get;
}

/* Binds a type's attribute to an instance; new. */
static inline Value bind(Value found, Value o, Type *t) {
    Type *kind = type_of(found);
    return kind->slots.descr_get ? kind->slots.descr_get(found, o, AS_VALUE(t)) : incref(found);
}

/* The dict that is an instance's own attributes where it has no Attrs: of modules and classes, which have rules of
 * their own, but may be asked by object's. NULL: none. Borrowed. */
static Dict *namespace_borrow(Value o, Type *t) {
    if (t->native_base == TYPE(module)) return ((Module *)o)->dict;
    return t->flags & TYPE_TYPE_SUBCLASS ? type_dict_borrow((Type *)o) : NULL;
}

static Value own_attribute_borrow(Value o, Type *t, Value name) {
    if (t->flags & TYPE_HAS_ATTRS) return attrs_get_borrow(o, name);
    Dict *d = namespace_borrow(o, t);
    return d ? dict_get_borrow(AS_VALUE(d), name) : NULL;
}

/* NULL with nothing raised: absent. */
static Value plain_getattr(Value o, Value name) {
    Type *t = type_of(o);
    Value found = type_lookup_borrow(t, name);
    if (!found && __builtin_expect(error_pending(), 0)) return NULL;
    xincref(found); /* a strange key's __eq__ may take it out of the class */
    if (!(found && is_data_descriptor(found))) {
        Value own = xincref(own_attribute_borrow(o, t, name));
        if (own || __builtin_expect(error_pending(), 0)) {
            xdecref(found);
            return own;
        }
    }
    if (!found) return NULL;
    Value result = bind(found, o, t);
    decref(found);
    return result;
}

Value object_getattr_quiet(Value o, Value name) {
    Value owned;
    if (!(name = intern_name(name, &owned))) return NULL;
    Value result = plain_getattr(o, name);
    xdecref(owned);
    return result;
}

Value object_getattr(Value o, Value name) {
    Value owned;
    if (!(name = intern_name(name, &owned))) return NULL;
    Value result = plain_getattr(o, name);
    if (!result && !error_pending()) raise_attribute_error(o, name);
    xdecref(owned);
    return result;
}

static int plain_setattr(Value o, Value name, Value value) {
    Type *t = type_of(o);
    Value found = type_lookup_borrow(t, name);
    if (!found && __builtin_expect(error_pending(), 0)) return -1;
    if (found && type_of(found)->slots.descr_set) {
        incref(found);
        int status = type_of(found)->slots.descr_set(found, o, value);
        decref(found);
        return status;
    }
    Dict *d = t->flags & TYPE_HAS_ATTRS ? NULL : namespace_borrow(o, t);
    if (d || (t->flags & TYPE_HAS_ATTRS)) {
        int status = value ? (d ? dict_set(AS_VALUE(d), name, value) : attrs_set(o, name, value))
                           : (d ? dict_delete(AS_VALUE(d), name) : attrs_delete(o, name));
        if (status == 1) raise_cannot_set(o, name);
        return status ? -1 : 0;
    }
    if (!found) raise_cannot_set(o, name);
    else raise_error(T_AttributeError, "'%.100T' object attribute '%U' is read-only", o, name);
    return -1;
}

/* A name of a subclass of str is kept as it is, with its own hash and ==: the instance lives on a dict then. */
static int setattr_by_odd_name(Value o, Value plain, Value name, Value value) {
    Type *t = type_of(o);
    Value found = type_lookup_borrow(t, plain);
    if (!(t->flags & TYPE_HAS_ATTRS) || (found && type_of(found)->slots.descr_set))
        return plain_setattr(o, plain, value);
    if (!found && error_pending()) return -1;
    Dict *d = attrs_dict_borrow(o);
    if (!d) return -1;
    if (value) return dict_set(AS_VALUE(d), name, value);
    int status = dict_delete(AS_VALUE(d), name);
    if (status == 1) raise_cannot_set(o, name);
    return status ? -1 : 0;
}

static inline bool is_odd_name(Value name) { return is_str(name) && type_of(name) != TYPE(str); }

int object_setattr(Value o, Value name, Value value) {
    Value owned;
    if (is_odd_name(name)) {
        Value plain = str_intern(name);
        int odd = plain ? setattr_by_odd_name(o, plain, name, value) : -1;
        xdecref(plain);
        return odd;
    }
    if (!(name = intern_name(name, &owned))) return -1;
    int status = plain_setattr(o, name, value);
    xdecref(owned);
    return status;
}

/* ---- any value ---- */

/* An AttributeError raised by hand, in __getattr__ or a getter, says neither what was missing nor where. */
static void complete_attribute_error(Value o, Value name) {
    if (!error_matches(T_AttributeError)) return;
    Value e = error_take();
    Value *fields = exception_of(e)->fields;
    if (!fields[ATTRIBUTE_NAME] && !fields[ATTRIBUTE_OBJ]) {
        fields[ATTRIBUTE_NAME] = incref(name);
        fields[ATTRIBUTE_OBJ] = incref(o);
    }
    error_restore_steal(e);
}

Value value_getattr(Value o, Value name) {
    Value owned;
    if (is_odd_name(name) && type_of(o)->slots.getattr == slot_dispatch_getattr_hook)
        return slot_dispatch_getattr_hook(o, name);
    if (!(name = intern_name(name, &owned))) return NULL;
    Value result = type_of(o)->slots.getattr(o, name);
    if (__builtin_expect(!result, 0)) complete_attribute_error(o, name);
    xdecref(owned);
    return result;
}

int value_getattr_optional(Value o, Value name, Value *out) {
    Value owned;
    *out = NULL;
    if (!(name = intern_name(name, &owned))) return -1;
    Type *t = type_of(o);
    if (t->flags & TYPE_PLAIN_GETATTR) *out = plain_getattr(o, name);
    else if (t->slots.getattr == type_getattr) *out = type_getattr_quiet(o, name);
    else *out = t->slots.getattr(o, name);
    xdecref(owned);
    if (*out) return 1;
    if (!error_pending()) return 0;
    return error_swallow(T_AttributeError) ? 0 : -1;
}

Value value_getattr_cstr(Value o, const char *name) {
    Value str = str_intern_cstr(name);
    if (!str) return NULL;
    Value result = value_getattr(o, str);
    decref(str);
    return result;
}

int value_setattr(Value o, Value name, Value value) {
    Value owned = NULL;
    int (*setattr)(Value, Value, Value) = type_of(o)->slots.setattr;
    bool as_it_is = is_odd_name(name) && (setattr == object_setattr || setattr == slot_dispatch_setattr);
    if (!as_it_is && !(name = intern_name(name, &owned))) return -1;
    int status = setattr(o, name, value);
    xdecref(owned);
    return status;
}

Value value_get_method(Value o, Value name, Value *self) {
    Type *t = type_of(o);
    *self = NULL;
    if (!(t->flags & TYPE_PLAIN_GETATTR) || !is_object(name) || !((Str *)name)->interned)
        return value_getattr(o, name);
    Value found = type_lookup_borrow(t, name);
    bool method = found && (type_of(found)->flags & TYPE_METHOD_DESCRIPTOR);
    if (found && !method && is_data_descriptor(found)) return value_getattr(o, name);
    xincref(found);
    if (t->flags & TYPE_HAS_ATTRS) {
        Value own = xincref(attrs_get_borrow(o, name));
        if (own || __builtin_expect(error_pending(), 0)) {
            xdecref(found);
            return own;
        }
    }
    if (method) {
        *self = o;
        return found;
    }
    if (!found) return error_pending() ? NULL : raise_attribute_error(o, name);
    Value result = bind(found, o, t);
    decref(found);
    return result;
}

Value value_lookup_special(Value o, Value name, Value *self) {
    Type *t = type_of(o);
    *self = NULL;
    Value found = type_lookup_borrow(t, name);
    if (!found) return NULL;
    incref(found);
    if (type_of(found)->flags & TYPE_METHOD_DESCRIPTOR) {
        *self = o;
        return found;
    }
    Value result = bind(found, o, t);
    decref(found);
    return result;
}
