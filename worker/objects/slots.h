/*
 * slots: the functions that slots.def names. slot_wrap_x makes a native slot callable as a method;
 * slot_dispatch_x is the slot of a Python class which defines the method.
 */
#ifndef ATOLL_OBJECTS_SLOTS_H
#define ATOLL_OBJECTS_SLOTS_H

#include "base/names.h"
#include "objects/object.h"
#include "objects/protocols.h"

#define SLOT_WRAP(name)                                                                                      \
    Value slot_wrap_##name(Value self, const SlotRow *row, void *slot, Value const *args, size_t nargs,      \
                           Value kwnames)

#define slot_wrap_none NULL
SLOT_WRAP(unary);
SLOT_WRAP(binary);
SLOT_WRAP(binary_left);
SLOT_WRAP(binary_right);
SLOT_WRAP(power);
SLOT_WRAP(power_right);
SLOT_WRAP(inquiry);
SLOT_WRAP(length);
SLOT_WRAP(hash);
SLOT_WRAP(call);
SLOT_WRAP(getattr);
SLOT_WRAP(setattr);
SLOT_WRAP(delattr);
SLOT_WRAP(lt);
SLOT_WRAP(le);
SLOT_WRAP(eq);
SLOT_WRAP(ne);
SLOT_WRAP(gt);
SLOT_WRAP(ge);
SLOT_WRAP(next);
SLOT_WRAP(descr_get);
SLOT_WRAP(descr_set);
SLOT_WRAP(descr_delete);
SLOT_WRAP(init);
SLOT_WRAP(finalize);
SLOT_WRAP(setitem);
SLOT_WRAP(delitem);
SLOT_WRAP(contains);
SLOT_WRAP(repeat);

#define slot_dispatch_none NULL
Value slot_dispatch_getattr_hook(Value self, Value name);
int slot_dispatch_setattr(Value self, Value name, Value value);
Value slot_dispatch_repr(Value self);
Value slot_dispatch_str(Value self);
Hash slot_dispatch_hash(Value self);
Value slot_dispatch_call(Value self, Value const *args, size_t nargs, Value kwnames);
Value slot_dispatch_compare(Value a, Value b, CompareOp op);
Value slot_dispatch_iter(Value self);
Value slot_dispatch_next(Value self);
Value slot_dispatch_descr_get(Value self, Value instance, Value owner);
int slot_dispatch_descr_set(Value self, Value instance, Value value);
int slot_dispatch_init(Value self, Value const *args, size_t nargs, Value kwnames);
Value slot_dispatch_new(Type *type, Value const *args, size_t nargs, Value kwnames);
bool slot_dispatch_finalize(Heap *heap, HeapObject *object);
Value slot_dispatch_await(Value self);
Value slot_dispatch_aiter(Value self);
Value slot_dispatch_anext(Value self);
int slot_dispatch_bool(Value self);
ssize_t slot_dispatch_length(Value self);
Value slot_dispatch_getitem(Value self, Value key);
int slot_dispatch_setitem(Value self, Value key, Value value);
int slot_dispatch_contains(Value self, Value item);
Value slot_dispatch_power(Value a, Value b, Value modulus);
Value slot_dispatch_ipower(Value a, Value b, Value modulus);
#define SLOT_UNARY(name) Value slot_dispatch_##name(Value self)
SLOT_UNARY(negative);
SLOT_UNARY(positive);
SLOT_UNARY(absolute);
SLOT_UNARY(invert);
SLOT_UNARY(int);
SLOT_UNARY(float);
SLOT_UNARY(index);
#undef SLOT_UNARY
#define SLOT_BINARY(name) Value slot_dispatch_##name(Value a, Value b)
SLOT_BINARY(add);
SLOT_BINARY(subtract);
SLOT_BINARY(multiply);
SLOT_BINARY(matrix_multiply);
SLOT_BINARY(true_divide);
SLOT_BINARY(floor_divide);
SLOT_BINARY(remainder);
SLOT_BINARY(divmod);
SLOT_BINARY(lshift);
SLOT_BINARY(rshift);
SLOT_BINARY(and);
SLOT_BINARY(or);
SLOT_BINARY(xor);
SLOT_BINARY(iadd);
SLOT_BINARY(isubtract);
SLOT_BINARY(imultiply);
SLOT_BINARY(imatrix_multiply);
SLOT_BINARY(itrue_divide);
SLOT_BINARY(ifloor_divide);
SLOT_BINARY(iremainder);
SLOT_BINARY(ilshift);
SLOT_BINARY(irshift);
SLOT_BINARY(iand);
SLOT_BINARY(ior);
SLOT_BINARY(ixor);
#undef SLOT_BINARY

/* "'X' object is not ..." and the rest in object_type.c. */
Value object_repr(Value self);
Value object_str(Value self);
Value object_new(Type *type, Value const *args, size_t nargs, Value kwnames);
int object_init(Value self, Value const *args, size_t nargs, Value kwnames);
Hash object_hash(Value self);
Value object_compare(Value a, Value b, CompareOp op);
Value type_getattr(Value type, Value name);
int type_setattr(Value type, Value name, Value value);
/* As object_getattr; an absent attribute gives NULL with nothing raised. */
Value object_getattr_quiet(Value o, Value name);
Value type_getattr_quiet(Value type, Value name);
/* Calls a borrowed attribute found on self's type as a method of self; n at most 4. */
Value call_found_method(Value found, Value self, Value const *args, size_t n);
/* The native row behind every built-in type's __new__. */
extern const NativeMethod type_new_row;

#endif
