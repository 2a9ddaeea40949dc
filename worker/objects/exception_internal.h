/* exception_internal: what the files of the exception types share. */
#ifndef ATOLL_OBJECTS_EXCEPTION_INTERNAL_H
#define ATOLL_OBJECTS_EXCEPTION_INTERNAL_H

#include "objects/exception.h"
#include "objects/object.h"
#include "objects/protocols.h"

Value exception_slot_new(Type *t, Value const *args, size_t nargs, Value kwnames);
int exception_slot_init(Value self, Value const *args, size_t nargs, Value kwnames);
Value exception_slot_str(Value self);
Value exception_slot_repr(Value self);
int exception_traverse(HeapObject *o, HeapVisit visit, void *arg);
void exception_clear(Heap *heap, HeapObject *o);
void exception_free(Heap *heap, HeapObject *o);
Value exception_method_reduce(Value self);
extern const NativeMethod exception_methods[];
extern const GetSet exception_getset[];
extern const Member exception_members[];

/* A field as an attribute; unset reads as None. */
#define EXCEPTION_PLACE(place) (offsetof(BaseException, fields) + (place) * sizeof(Value))
#define EXCEPTION_FIELD(name, place, doc)                                                                    \
    { name, MEMBER_VALUE, EXCEPTION_PLACE(place), false, doc }

static inline Value exception_field(Value e, int place) { return exception_of(e)->fields[place]; }
static inline void exception_field_put(Value e, int place, Value value) {
    SET_FIELD_STEAL(exception_of(e)->fields[place], xincref(value));
}

/* OSError (exception_os.c) and groups (exception_group.c). */
Value os_error_new(Type *t, Value const *args, size_t nargs, Value kwnames);
int os_error_init(Value self, Value const *args, size_t nargs, Value kwnames);
Value os_error_str(Value self);
extern const NativeMethod os_error_methods[];
extern const GetSet os_error_getset[];
extern const Member os_error_members[];
Value group_new(Type *t, Value const *args, size_t nargs, Value kwnames);
int group_init(Value self, Value const *args, size_t nargs, Value kwnames);
Value group_str(Value self);
extern const NativeMethod group_methods[];
extern const Member group_members[];

#endif
