/* native: making descriptors and bound native functions from table rows. */
#ifndef ATOLL_OBJECTS_NATIVE_H
#define ATOLL_OBJECTS_NATIVE_H

#include "objects/function.h"
#include "objects/object.h"

/* row: NativeMethod, GetSet, Member or SlotRow by the type; wrapped: of a wrapper_descriptor the slot's
 * function, of a member_descriptor without a row the offset of a __slots__ value. New; name borrowed. */
Value descriptor_new(TypeId type, Type *owner, Value name, const void *row, void *wrapped);
/* Adds the rows to a type's dict; rows may be NULL. 0, -1 raised. */
int type__add_methods(Type *t, const NativeMethod *rows);
int type__add_getset(Type *t, const GetSet *rows);
int type__add_members(Type *t, const Member *rows);
/* Text behind the signature line of a table row's doc, and the signature itself ("($self, x, /)"). New; None
 * when absent. */
Value doc_text(const char *name, const char *doc);
Value doc_signature(const char *name, const char *doc);

#endif
