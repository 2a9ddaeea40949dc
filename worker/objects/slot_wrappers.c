/* slot_wrappers: built-in slots as methods: int.__add__(1, 2), [].__len__(), object.__setattr__(o, "n", 1).
 */
#include "objects/int.h"
#include "objects/slots.h"

static bool check(const SlotRow *row, size_t nargs, size_t min, size_t max, Value kwnames) {
    if (kwnames && tuple_length(kwnames)) {
        raise_error(T_TypeError, "wrapper %U() takes no keyword arguments", rt->names[row->name_id]);
        return false;
    }
    if (nargs >= min && nargs <= max) return true;
    if (max > 1) return args_count("", nargs, min, max); /* the name is empty, its space is not */
    raise_error(T_TypeError, "expected %zu argument%s, got %zu", min, min == 1 ? "" : "s", nargs);
    return false;
}

static Value none_if_ok(int status) { return status < 0 ? NULL : NONE; }

SLOT_WRAP(unary) {
    (void)args;
    return check(row, nargs, 0, 0, kwnames) ? ((UnaryFn)slot)(self) : NULL;
}

SLOT_WRAP(binary) { return check(row, nargs, 1, 1, kwnames) ? ((BinaryFn)slot)(self, args[0]) : NULL; }

SLOT_WRAP(binary_left) { return slot_wrap_binary(self, row, slot, args, nargs, kwnames); }

SLOT_WRAP(binary_right) { return check(row, nargs, 1, 1, kwnames) ? ((BinaryFn)slot)(args[0], self) : NULL; }

SLOT_WRAP(power) {
    return check(row, nargs, 1, 2, kwnames) ? ((TernaryFn)slot)(self, args[0], nargs > 1 ? args[1] : NONE)
                                            : NULL;
}

SLOT_WRAP(power_right) {
    return check(row, nargs, 1, 2, kwnames) ? ((TernaryFn)slot)(args[0], self, nargs > 1 ? args[1] : NONE)
                                            : NULL;
}

SLOT_WRAP(inquiry) {
    (void)args;
    if (!check(row, nargs, 0, 0, kwnames)) return NULL;
    int r = ((InquiryFn)slot)(self);
    return r < 0 ? NULL : BOOL(r);
}

SLOT_WRAP(length) {
    (void)args;
    if (!check(row, nargs, 0, 0, kwnames)) return NULL;
    ssize_t n = ((LengthFn)slot)(self);
    return n < 0 ? NULL : int_from_i64(n);
}

SLOT_WRAP(hash) {
    (void)args;
    if (!check(row, nargs, 0, 0, kwnames)) return NULL;
    Hash h = ((Hash(*)(Value))slot)(self);
    return h == -1 ? NULL : int_from_i64(h);
}

SLOT_WRAP(call) {
    (void)row;
    return ((CallFn)slot)(self, args, nargs, kwnames);
}

/* object.__setattr__(SomeType, ...) must not go around the checks of type: the slot has to be the one that
 * the nearest built-in type of self has. */
static bool may_set(Value self, void *slot, const char *what) {
    if (!is_type(self) || (void *)type_of(self)->native_base->slots.setattr == slot) return true;
    raise_error(T_TypeError, "can't apply this %s to %T object", what, self);
    return false;
}

SLOT_WRAP(getattr) {
    if (!check(row, nargs, 1, 1, kwnames)) return NULL;
    if (!is_str(args[0])) return raise_error(T_TypeError, "attribute name must be string, not '%T'", args[0]);
    return ((BinaryFn)slot)(self, args[0]);
}

SLOT_WRAP(setattr) {
    if (!check(row, nargs, 2, 2, kwnames) || !may_set(self, slot, "__setattr__")) return NULL;
    if (!is_str(args[0])) return raise_error(T_TypeError, "attribute name must be string, not '%T'", args[0]);
    return none_if_ok(((int (*)(Value, Value, Value))slot)(self, args[0], args[1]));
}

SLOT_WRAP(delattr) {
    if (!check(row, nargs, 1, 1, kwnames) || !may_set(self, slot, "__delattr__")) return NULL;
    if (!is_str(args[0])) return raise_error(T_TypeError, "attribute name must be string, not '%T'", args[0]);
    return none_if_ok(((int (*)(Value, Value, Value))slot)(self, args[0], NULL));
}

#define WRAP_COMPARE(name, op)                                                                               \
    SLOT_WRAP(name) { return check(row, nargs, 1, 1, kwnames) ? ((CompareFn)slot)(self, args[0], op) : NULL; }
WRAP_COMPARE(lt, CMP_LT)
WRAP_COMPARE(le, CMP_LE)
WRAP_COMPARE(eq, CMP_EQ)
WRAP_COMPARE(ne, CMP_NE)
WRAP_COMPARE(gt, CMP_GT)
WRAP_COMPARE(ge, CMP_GE)

SLOT_WRAP(next) {
    (void)args;
    if (!check(row, nargs, 0, 0, kwnames)) return NULL;
    Value v = ((UnaryFn)slot)(self);
    return v || error_pending() ? v : raise_stop_iteration(NULL);
}

SLOT_WRAP(descr_get) {
    if (!check(row, nargs, 1, 2, kwnames)) return NULL;
    Value instance = args[0] == NONE ? NULL : args[0];
    Value owner = nargs < 2 || args[1] == NONE ? NULL : args[1];
    if (!instance && !owner) return raise_error(T_TypeError, "__get__(None, None) is invalid");
    return ((Value(*)(Value, Value, Value))slot)(self, instance, owner);
}

SLOT_WRAP(descr_set) {
    if (!check(row, nargs, 2, 2, kwnames)) return NULL;
    return none_if_ok(((int (*)(Value, Value, Value))slot)(self, args[0], args[1]));
}

SLOT_WRAP(descr_delete) {
    if (!check(row, nargs, 1, 1, kwnames)) return NULL;
    return none_if_ok(((int (*)(Value, Value, Value))slot)(self, args[0], NULL));
}

SLOT_WRAP(init) {
    (void)row;
    return none_if_ok(((InitFn)slot)(self, args, nargs, kwnames));
}

SLOT_WRAP(finalize) {
    (void)args;
    if (!check(row, nargs, 0, 0, kwnames)) return NULL;
    ((bool (*)(Heap *, HeapObject *))slot)(rt->heap, &self->head);
    return error_pending() ? NULL : NONE;
}

SLOT_WRAP(setitem) {
    return check(row, nargs, 2, 2, kwnames) ? none_if_ok(((SetItemFn)slot)(self, args[0], args[1])) : NULL;
}

SLOT_WRAP(delitem) {
    return check(row, nargs, 1, 1, kwnames) ? none_if_ok(((SetItemFn)slot)(self, args[0], NULL)) : NULL;
}

SLOT_WRAP(contains) {
    if (!check(row, nargs, 1, 1, kwnames)) return NULL;
    int r = ((int (*)(Value, Value))slot)(self, args[0]);
    return r < 0 ? NULL : BOOL(r);
}

SLOT_WRAP(repeat) {
    if (kwnames && !check(row, 1, 1, 1, kwnames)) return NULL;
    if (!args_count("", nargs, 1, 1)) return NULL;
    ssize_t n = value_as_ssize(args[0], TYPE(OverflowError));
    if (n == -1 && error_pending()) return NULL;
    return ((RepeatFn)slot)(self, n);
}
