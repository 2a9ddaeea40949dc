/*
 * slot_dispatch: the slots of Python classes. Each looks its special method up on the type (method cache) and
 * calls it with self in front, without making a bound method.
 */
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/sequence.h"
#include "objects/slots.h"
#include "objects/str.h"

Value call_found_method(Value found, Value self, Value const *args, size_t n) {
    if (stack_is_low()) return NULL;
    Type *t = type_of(found);
    Value stack[5];
    Value callable = incref(found);
    size_t first = 0;
    if (t->flags & TYPE_METHOD_DESCRIPTOR) {
        stack[first++] = self;
    } else if (t->slots.descr_get) {
        callable = t->slots.descr_get(found, self, AS_VALUE(type_of(self)));
        decref(found);
        if (!callable) return NULL;
    }
    for (size_t i = 0; i < n; i++) stack[first + i] = args[i];
    /* Python functions count themselves; a native one may lead back here: `C.__repr__ = C.__str__`. */
    bool counts = IS_EXACT(callable, function);
    Value result = NULL;
    if (counts || recursion_enter(" while calling a Python object") == 0) {
        result = value_call(callable, stack, first + n, NULL);
        if (!counts) recursion_leave();
    }
    decref(callable);
    return result;
}

/* Calls type(self).name(self, args...). *absent is set, and nothing raised, when there is no such method. */
static Value call_special(Value self, Value name, Value const *args, size_t n, bool *absent) {
    Value found = type_lookup_borrow(type_of(self), name);
    *absent = !found;
    return found ? call_found_method(found, self, args, n) : NULL;
}

/* The method must be there: it was when the slot was set. */
static Value call_required(Value self, Value name, Value const *args, size_t n) {
    bool absent;
    Value result = call_special(self, name, args, n, &absent);
    return absent ? raise_with(T_AttributeError, name) : result;
}

static Value call_maybe(Value self, Value name, Value arg) {
    bool absent;
    Value result = call_special(self, name, &arg, 1, &absent);
    return absent ? NOT_IMPLEMENTED : result;
}

/* ---- attributes ---- */

/* The class's __getattribute__, whatever it is; AttributeError stays pending, or nothing is (*quiet). */
static Value run_getattribute(Value self, Value name, bool quiet) {
    Value found = type_lookup_borrow(type_of(self), NAME(__getattribute__));
    const Descriptor *d = (const Descriptor *)found;
    if (found && IS_EXACT(found, wrapper_descriptor) &&
        ((const SlotRow *)d->row)->name_id == N___getattribute__ && value_is_instance(self, d->type)) {
        BinaryFn fn = (BinaryFn)d->wrapped;
        if (quiet && fn == object_getattr) return object_getattr_quiet(self, name);
        if (quiet && fn == type_getattr) return type_getattr_quiet(self, name);
        return fn(self, name);
    }
    return call_required(self, NAME(__getattribute__), &name, 1);
}

Value slot_dispatch_getattr_hook(Value self, Value name) {
    Value hook = type_lookup_borrow(type_of(self), NAME(__getattr__));
    if (!hook) return run_getattribute(self, name, false);
    incref(hook);
    Value result = run_getattribute(self, name, true);
    if (!result && (!error_pending() || error_swallow(T_AttributeError)))
        result = call_found_method(hook, self, &name, 1);
    decref(hook);
    return result;
}

int slot_dispatch_setattr(Value self, Value name, Value value) {
    Value args[2] = {name, value};
    Value result = value ? call_required(self, NAME(__setattr__), args, 2)
                         : call_required(self, NAME(__delattr__), args, 1);
    if (!result) return -1;
    decref(result);
    return 0;
}

Value slot_dispatch_descr_get(Value self, Value instance, Value owner) {
    bool absent;
    Value args[2] = {instance ? instance : NONE, owner ? owner : NONE};
    Value result = call_special(self, NAME(__get__), args, 2, &absent);
    return absent ? incref(self) : result;
}

int slot_dispatch_descr_set(Value self, Value instance, Value value) {
    Value args[2] = {instance, value};
    Value name = value ? NAME(__set__) : NAME(__delete__);
    bool absent;
    Value result = call_special(self, name, args, value ? 2 : 1, &absent);
    if (absent) raise_error(T_AttributeError, "%U", name);
    if (!result) return -1;
    decref(result);
    return 0;
}

/* ---- object ---- */

Value slot_dispatch_repr(Value self) {
    bool absent;
    Value result = call_special(self, NAME(__repr__), NULL, 0, &absent);
    return absent ? object_repr(self) : result;
}

Value slot_dispatch_str(Value self) {
    bool absent;
    Value result = call_special(self, NAME(__str__), NULL, 0, &absent);
    return absent ? value_repr(self) : result;
}

Hash slot_dispatch_hash(Value self) {
    Value found = type_lookup_borrow(type_of(self), NAME(__hash__));
    if (!found || found == NONE) return hash_not_implemented(self);
    Value result = call_found_method(found, self, NULL, 0);
    if (!result) return -1;
    int64_t h = -1;
    if (!is_int(result)) raise_error(T_TypeError, "__hash__ method should return an integer");
    else {
        if (!int_to_i64(result, &h)) h = int_hash(result);
        if (h == -1) h = -2;
    }
    decref(result);
    return h;
}

/* A method that cannot be had (a property that raises) counts as none: so CPython compares. */
Value slot_dispatch_compare(Value a, Value b, CompareOp op) {
    static const uint16_t names[] = {N___lt__, N___le__, N___eq__, N___ne__, N___gt__, N___ge__};
    Value found = type_lookup_borrow(type_of(a), rt->names[names[op]]);
    if (!found) return NOT_IMPLEMENTED;
    Type *t = type_of(found);
    if (t->flags & TYPE_METHOD_DESCRIPTOR || !t->slots.descr_get) return call_found_method(found, a, &b, 1);
    Value bound = t->slots.descr_get(found, a, AS_VALUE(type_of(a)));
    if (!bound) {
        if (error_matches(T_MemoryError)) return NULL;
        error_clear();
        return NOT_IMPLEMENTED;
    }
    Value result = value_call_one(bound, b);
    decref(bound);
    return result;
}

Value slot_dispatch_iter(Value self) {
    Value found = type_lookup_borrow(type_of(self), NAME(__iter__));
    if (found == NONE) return raise_error(T_TypeError, "'%T' object is not iterable", self);
    if (found) return call_found_method(found, self, NULL, 0);
    if (!type_lookup_borrow(type_of(self), NAME(__getitem__)))
        return raise_error(T_TypeError, "'%T' object is not iterable", self);
    return sequence_iterator_new(self);
}

Value slot_dispatch_next(Value self) { return call_required(self, NAME(__next__), NULL, 0); }

/* Calls a found method with self put in front of any number of arguments. */
static Value call_with_self(Value found, Value self, Value const *args, size_t nargs, Value kwnames) {
    Type *t = type_of(found);
    if (!(t->flags & TYPE_METHOD_DESCRIPTOR)) {
        Value bound =
            t->slots.descr_get ? t->slots.descr_get(found, self, AS_VALUE(type_of(self))) : incref(found);
        if (!bound) return NULL;
        Value result = value_call(bound, args, nargs, kwnames);
        decref(bound);
        return result;
    }
    incref(found);
    Value result = value_call_prepend(found, self, args, nargs, kwnames);
    decref(found);
    return result;
}

Value slot_dispatch_call(Value self, Value const *args, size_t nargs, Value kwnames) {
    Value found = type_lookup_borrow(type_of(self), NAME(__call__));
    if (!found) return raise_error(T_TypeError, "'%T' object is not callable", self);
    if (recursion_enter(" while calling a Python object")) return NULL;
    Value result = call_with_self(found, self, args, nargs, kwnames);
    recursion_leave();
    return result;
}

int slot_dispatch_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    Value found = type_lookup_borrow(type_of(self), NAME(__init__));
    if (!found) return 0;
    Value result = call_with_self(found, self, args, nargs, kwnames);
    if (!result) return -1;
    if (result == NONE) return 0;
    raise_error(T_TypeError, "__init__() should return None, not '%T'", result);
    decref(result);
    return -1;
}

Value slot_dispatch_new(Type *type, Value const *args, size_t nargs, Value kwnames) {
    Value found = value_getattr(AS_VALUE(type), NAME(__new__));
    if (!found) return NULL;
    Value result = value_call_prepend(found, AS_VALUE(type), args, nargs, kwnames);
    decref(found);
    return result;
}

/* __del__ may run at any time: what was pending stays pending, what it raises is reported. */
bool slot_dispatch_finalize(Heap *heap, HeapObject *object) {
    (void)heap;
    Value self = (Value)object;
    Value found = type_lookup_borrow(type_of(self), NAME(__del__));
    if (!found) return false;
    Value pending = error_pending() ? error_take() : NULL;
    incref(found);
    Value result = call_found_method(found, self, NULL, 0);
    if (result) decref(result);
    else error_unraisable(found, NULL);
    decref(found);
    if (pending) error_restore_steal(pending);
    return true;
}

Value slot_dispatch_await(Value self) { return call_required(self, NAME(__await__), NULL, 0); }
Value slot_dispatch_aiter(Value self) { return call_required(self, NAME(__aiter__), NULL, 0); }
Value slot_dispatch_anext(Value self) { return call_required(self, NAME(__anext__), NULL, 0); }

/* ---- numbers ---- */

int slot_dispatch_bool(Value self) {
    bool absent;
    Value result = call_special(self, NAME(__bool__), NULL, 0, &absent);
    if (absent) {
        if (!type_lookup_borrow(type_of(self), NAME(__len__))) return 1;
        ssize_t n = slot_dispatch_length(self);
        return n < 0 ? -1 : n > 0;
    }
    if (!result) return -1;
    if (is_bool(result)) return result == TRUE;
    raise_error(T_TypeError, "__bool__ should return bool, returned %T", result);
    decref(result);
    return -1;
}

#define DISPATCH_UNARY(slot, name)                                                                           \
    Value slot_dispatch_##slot(Value self) { return call_required(self, NAME(name), NULL, 0); }
DISPATCH_UNARY(negative, __neg__)
DISPATCH_UNARY(positive, __pos__)
DISPATCH_UNARY(absolute, __abs__)
DISPATCH_UNARY(invert, __invert__)
DISPATCH_UNARY(int, __int__)
DISPATCH_UNARY(float, __float__)
DISPATCH_UNARY(index, __index__)

/* Does b's class give another method `name` than a's class does? -1 raised. */
static int overrides(Value a, Value b, Value name) {
    Value of_b = type_lookup_borrow(type_of(b), name);
    if (!of_b) return 0;
    Value of_a = type_lookup_borrow(type_of(a), name);
    if (!of_a) return 1;
    return of_a != of_b && value_compare_bool(of_a, of_b, CMP_NE);
}

/*
 * Left operand's method, then the right's reflected one; the right's comes first when its class is a subclass
 * of the left's and overrides the reflected method. `slot_of` tells whether a type's slot is this dispatcher.
 */
static Value dispatch_binary(Value a, Value b, bool left, bool right, Value name, Value reflected) {
    Type *ta = type_of(a), *tb = type_of(b);
    bool try_right = ta != tb && right;
    if (left) {
        if (try_right && type_is_subtype(tb, ta)) {
            int first = overrides(a, b, reflected);
            if (first < 0) return NULL;
            if (first) {
                Value result = call_maybe(b, reflected, a);
                if (result != NOT_IMPLEMENTED) return result;
                try_right = false;
            }
        }
        Value result = call_maybe(a, name, b);
        if (result != NOT_IMPLEMENTED || ta == tb) return result;
    }
    return try_right ? call_maybe(b, reflected, a) : NOT_IMPLEMENTED;
}

#define DISPATCH_BINARY(slot, field, name, reflected)                                                        \
    Value slot_dispatch_##slot(Value a, Value b) {                                                           \
        return dispatch_binary(a, b, type_of(a)->slots.field == slot_dispatch_##slot,                        \
                               type_of(b)->slots.field == slot_dispatch_##slot, NAME(name),                  \
                               NAME(reflected));                                                             \
    }
DISPATCH_BINARY(add, add, __add__, __radd__)
DISPATCH_BINARY(subtract, subtract, __sub__, __rsub__)
DISPATCH_BINARY(multiply, multiply, __mul__, __rmul__)
DISPATCH_BINARY(matrix_multiply, matrix_multiply, __matmul__, __rmatmul__)
DISPATCH_BINARY(true_divide, true_divide, __truediv__, __rtruediv__)
DISPATCH_BINARY(floor_divide, floor_divide, __floordiv__, __rfloordiv__)
DISPATCH_BINARY(remainder, remainder, __mod__, __rmod__)
DISPATCH_BINARY(divmod, divmod, __divmod__, __rdivmod__)
DISPATCH_BINARY(lshift, lshift, __lshift__, __rlshift__)
DISPATCH_BINARY(rshift, rshift, __rshift__, __rrshift__)
DISPATCH_BINARY(and, and_, __and__, __rand__)
DISPATCH_BINARY(or, or_, __or__, __ror__)
DISPATCH_BINARY(xor, xor_, __xor__, __rxor__)

Value slot_dispatch_power(Value a, Value b, Value modulus) {
    bool left = type_of(a)->slots.power == slot_dispatch_power;
    if (modulus == NONE)
        return dispatch_binary(a, b, left, type_of(b)->slots.power == slot_dispatch_power, NAME(__pow__),
                               NAME(__rpow__));
    if (!left) return NOT_IMPLEMENTED; /* the three-argument form is never reflected */
    Value args[2] = {b, modulus};
    return call_required(a, NAME(__pow__), args, 2);
}

#define DISPATCH_INPLACE(slot, name)                                                                         \
    Value slot_dispatch_##slot(Value a, Value b) { return call_required(a, NAME(name), &b, 1); }
DISPATCH_INPLACE(iadd, __iadd__)
DISPATCH_INPLACE(isubtract, __isub__)
DISPATCH_INPLACE(imultiply, __imul__)
DISPATCH_INPLACE(imatrix_multiply, __imatmul__)
DISPATCH_INPLACE(itrue_divide, __itruediv__)
DISPATCH_INPLACE(ifloor_divide, __ifloordiv__)
DISPATCH_INPLACE(iremainder, __imod__)
DISPATCH_INPLACE(ilshift, __ilshift__)
DISPATCH_INPLACE(irshift, __irshift__)
DISPATCH_INPLACE(iand, __iand__)
DISPATCH_INPLACE(ior, __ior__)
DISPATCH_INPLACE(ixor, __ixor__)

Value slot_dispatch_ipower(Value a, Value b, Value modulus) {
    (void)modulus;
    return call_required(a, NAME(__ipow__), &b, 1);
}

/* ---- containers ---- */

ssize_t slot_dispatch_length(Value self) {
    Value result = call_required(self, NAME(__len__), NULL, 0);
    if (!result) return -1;
    Value index = value_index(result);
    decref(result);
    if (!index) return -1;
    ssize_t n = -1;
    if (int_sign(index) < 0) raise_error(T_ValueError, "__len__() should return >= 0");
    else n = value_as_ssize(index, TYPE(OverflowError));
    decref(index);
    return n;
}

Value slot_dispatch_getitem(Value self, Value key) { return call_required(self, NAME(__getitem__), &key, 1); }

int slot_dispatch_setitem(Value self, Value key, Value value) {
    Value args[2] = {key, value};
    Value result = value ? call_required(self, NAME(__setitem__), args, 2)
                         : call_required(self, NAME(__delitem__), args, 1);
    if (!result) return -1;
    decref(result);
    return 0;
}

int slot_dispatch_contains(Value self, Value item) {
    Value found = type_lookup_borrow(type_of(self), NAME(__contains__));
    if (found == NONE) return raise_int(T_TypeError, "'%T' object is not a container", self);
    if (!found) return iterable_contains(self, item);
    Value result = call_found_method(found, self, &item, 1);
    if (!result) return -1;
    int r = value_is_true(result);
    decref(result);
    return r;
}
