/* abstract: isinstance, issubclass, dir. */
#include "base/names.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/generic.h"
#include "objects/list.h"
#include "objects/protocols.h"

/* The __bases__ of something that looks like a class; NULL without error: it does not. */
static Value abstract_bases(Value cls) {
    Value bases;
    if (value_getattr_optional(cls, NAME(__bases__), &bases) <= 0) return NULL;
    if (!is_tuple(bases)) CLEAR_FIELD(bases);
    return bases;
}

static int check_class(Value cls, const char *message) {
    Value bases = abstract_bases(cls);
    if (!bases) return error_pending() ? -1 : raise_int(T_TypeError, "%s", message);
    decref(bases);
    return 0;
}

/* By following __bases__ from derived up to cls. */
static int abstract_is_subclass(Value derived, Value cls) {
    if (derived == cls) return 1;
    Value bases = abstract_bases(derived);
    if (!bases) return error_pending() ? -1 : 0;
    int found = recursion_enter(" in __subclasscheck__") ? -1 : 0;
    if (found == 0) {
        for (size_t i = 0; found == 0 && i < tuple_length(bases); i++)
            found = abstract_is_subclass(tuple_item_borrow(bases, i), cls);
        recursion_leave();
    }
    decref(bases);
    return found;
}

/* o.__class__ can be nothing but its type. */
static bool class_is_type(Value o) {
    Type *t = type_of(o);
    if (!(t->flags & TYPE_PLAIN_GETATTR)) return false;
    if (!(t->flags & TYPE_HEAP)) return true;
    Value found = type_lookup_borrow(t, NAME(__class__)),
          plain = found ? type_lookup_borrow(TYPE(object), NAME(__class__)) : NULL;
    if (!found && error_pending()) error_clear();
    return found && found == plain;
}

int class_is_instance(Value o, Value cls) {
    Value own;
    if (is_type(cls)) {
        if (value_is_instance(o, (Type *)cls)) return 1;
        if (class_is_type(o)) return 0;
        int found = value_getattr_optional(o, NAME(__class__), &own);
        if (found <= 0) return found;
        int r = own != AS_VALUE(type_of(o)) && is_type(own) && type_is_subtype((Type *)own, (Type *)cls);
        decref(own);
        return r;
    }
    if (check_class(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union") < 0) return -1;
    int found = value_getattr_optional(o, NAME(__class__), &own);
    if (found <= 0) return found;
    int r = abstract_is_subclass(own, cls);
    decref(own);
    return r;
}

int class_is_subclass(Value derived, Value cls) {
    if (is_type(cls) && is_type(derived)) return type_is_subtype((Type *)derived, (Type *)cls);
    if (check_class(derived, "issubclass() arg 1 must be a class") < 0 ||
        check_class(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union") < 0)
        return -1;
    return abstract_is_subclass(derived, cls);
}

/* Asks cls's class by its special method; -2: it has none. */
static int ask_class(Value cls, Value name, Value arg, const char *where) {
    Value self, check = value_lookup_special(cls, name, &self);
    if (!check) return error_pending() ? -1 : -2;
    int r = -1;
    if (recursion_enter(where) == 0) {
        Value args[2] = {cls, arg};
        Value result = self ? value_call(check, args, 2, NULL) : value_call(check, args + 1, 1, NULL);
        recursion_leave();
        r = result ? value_is_true(result) : -1;
        xdecref(result);
    }
    decref(check);
    return r;
}

static int any_of(Value o, Value classes, int (*test)(Value, Value), const char *where) {
    if (recursion_enter(where)) return -1;
    int r = 0;
    for (size_t i = 0; r == 0 && i < tuple_length(classes); i++) r = test(o, tuple_item_borrow(classes, i));
    recursion_leave();
    return r;
}

int value_isinstance(Value o, Value cls) {
    if (AS_VALUE(type_of(o)) == cls) return 1;
    if (is_object(cls) && type_of(cls) == TYPE(type)) return class_is_instance(o, cls);
    if (is_tuple(cls)) return any_of(o, cls, value_isinstance, " in __instancecheck__");
    int r = ask_class(cls, NAME(__instancecheck__), o, " in __instancecheck__");
    return r == -2 ? class_is_instance(o, cls) : r;
}

int value_issubclass(Value derived, Value cls) {
    if (is_object(cls) && type_of(cls) == TYPE(type)) {
        if (derived == cls) return 1;
        return class_is_subclass(derived, cls);
    }
    if (is_tuple(cls)) return any_of(derived, cls, value_issubclass, " in __subclasscheck__");
    int r = ask_class(cls, NAME(__subclasscheck__), derived, " in __subclasscheck__");
    return r == -2 ? class_is_subclass(derived, cls) : r;
}

/* ---- dir ---- */

static Value names_in_scope(void) {
    Value locals = vm_locals();
    if (!locals) return NULL;
    Value keys = value_call_method_noargs(locals, NAME(keys));
    decref(locals);
    return keys;
}

static Value names_of(Value o) {
    Value self, dir = value_lookup_special(o, NAME(__dir__), &self);
    if (!dir) return error_pending() ? NULL : raise_error(T_TypeError, "object does not provide __dir__");
    Value names = self ? value_call_one(dir, self) : value_call_noargs(dir);
    decref(dir);
    return names;
}

Value value_dir(Value o) {
    Value names = o ? names_of(o) : names_in_scope();
    Value list = names ? value_to_list(names) : NULL;
    xdecref(names);
    if (list && list_sort(list, NONE, false) < 0) CLEAR_FIELD(list);
    return list;
}
