/* sequence: len, subscription, membership, concatenation and repetition of any value. */
#include "objects/sequence.h"

#include "base/names.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/slots.h"

ssize_t value_length(Value o) {
    LengthFn length = type_of(o)->slots.length;
    return length ? length(o) : raise_int(T_TypeError, "object of type '%T' has no len()", o);
}

static ssize_t hint_from(Value result, ssize_t fallback) {
    if (result == NOT_IMPLEMENTED) return fallback;
    if (!is_int(result)) return raise_int(T_TypeError, "__length_hint__ must be an integer, not %T", result);
    ssize_t n = value_as_ssize_argument(result);
    if (n == -1 && error_pending()) return -1;
    return n < 0 ? raise_int(T_ValueError, "__length_hint__() should return >= 0") : n;
}

ssize_t value_length_hint(Value o, ssize_t fallback) {
    if (type_of(o)->slots.length) {
        ssize_t n = value_length(o);
        if (n >= 0 || !error_swallow(T_TypeError)) return n;
    }
    Value self, hint = value_lookup_special(o, NAME(__length_hint__), &self);
    if (!hint) return error_pending() ? -1 : fallback;
    Value result = self ? value_call_one(hint, self) : value_call_noargs(hint);
    decref(hint);
    if (!result) return error_swallow(T_TypeError) ? fallback : -1;
    ssize_t n = hint_from(result, fallback);
    decref(result);
    return n;
}

/* C[x] for a class: type[int], or its __class_getitem__. */
static Value class_getitem(Value cls, Value key) {
    if (cls == AS_VALUE(TYPE(type))) return generic_alias_new(cls, key);
    Value f;
    int found = value_getattr_optional(cls, NAME(__class_getitem__), &f);
    if (found < 0) return NULL;
    if (!found || f == NONE) return raise_error(T_TypeError, "type '%N' is not subscriptable", (Type *)cls);
    Value result = value_call_one(f, key);
    decref(f);
    return result;
}

Value value_getitem(Value o, Value key) {
    BinaryFn getitem = type_of(o)->slots.getitem;
    if (__builtin_expect(getitem != NULL, 1)) return getitem(o, key);
    if (is_type(o)) return class_getitem(o, key);
    return raise_error(T_TypeError, "'%T' object is not subscriptable", o);
}

bool value_has_sequence_protocol(Value o) {
    const Type *t = type_of(o);
    return (t->flags & TYPE_HEAP) || t->slots.contains || t->slots.concat || t->slots.repeat ||
           value_is_sequence(o);
}

/* Where CPython would ask a sequence, the index is read first: it may be none. 0, -1 raised. */
static int read_vain_index(Value o, Value key) {
    if (!value_has_sequence_protocol(o) || !value_has_index(key)) return 0;
    return value_as_ssize(key, TYPE(IndexError)) == -1 && error_pending() ? -1 : 0;
}

int value_setitem(Value o, Value key, Value value) {
    SetItemFn setitem = type_of(o)->slots.setitem;
    if (setitem) return setitem(o, key, value);
    if (read_vain_index(o, key) < 0) return -1;
    return raise_int(T_TypeError, "'%T' object does not support item assignment", o);
}

/* CPython's two ways to say it: by the sequence protocol, and when a type has none or the key is no index. */
int value_delitem(Value o, Value key) {
    const Type *t = type_of(o);
    if (t->slots.setitem) return t->slots.setitem(o, key, NULL);
    if (read_vain_index(o, key) < 0) return -1;
    return raise_int(T_TypeError, "'%T' object %s support item deletion", o,
                     value_has_sequence_protocol(o) && value_has_index(key) ? "doesn't" : "does not");
}

int iterable_contains(Value iterable, Value item) {
    Value iterator = value_iter(iterable);
    if (!iterator) {
        if (error_swallow(T_TypeError))
            raise_error(T_TypeError, "argument of type '%T' is not iterable", iterable);
        return -1;
    }
    int found = 0;
    while (!found) {
        Value candidate = value_next(iterator);
        if (!candidate) {
            if (error_pending()) found = -1;
            break;
        }
        found = value_equal(candidate, item);
        decref(candidate);
    }
    decref(iterator);
    return found;
}

int value_contains(Value o, Value item) {
    int (*contains)(Value, Value) = type_of(o)->slots.contains;
    return contains ? contains(o, item) : iterable_contains(o, item);
}

bool value_is_sequence(Value o) {
    const Type *t = type_of(o);
    if (is_dict(o) || !t->slots.getitem) return false;
    return t->slots.getitem == slot_dispatch_getitem || (t->slots.length && !(t->flags & TYPE_MAPPING));
}

Value value_getitem_index(Value o, ssize_t i) {
    Value key = int_from_i64(i);
    Value result = key ? value_getitem(o, key) : NULL;
    xdecref(key);
    return result;
}

Value value_concat(Value a, Value b) {
    BinaryFn concat = type_of(a)->slots.concat;
    if (concat) return concat(a, b);
    if (value_is_sequence(a) && value_is_sequence(b)) {
        Value sum = value_binary_number(OP_ADD, a, b);
        if (sum != NOT_IMPLEMENTED) return sum;
    }
    return raise_error(T_TypeError, "'%T' object can't be concatenated", a);
}
