/*
 * sizes: what __sizeof__ tells, and sys.getsizeof: the bytes of the heap that an object has for itself. That is its block, and
 * what a type's size slot adds: blocks that are no objects (a list's items), in the size in which the heap gave them.
 */
#ifndef ATOLL_OBJECTS_SIZES_H
#define ATOLL_OBJECTS_SIZES_H

#include "base/runtime.h"
#include "objects/object.h"

static inline size_t own_block(const HeapObject *o) { return heap_usable_size(rt->heap, o); }

/* With a further block, or NULL. */
static inline size_t size_with(const HeapObject *o, const void *block) {
    return own_block(o) + (block ? heap_usable_size(rt->heap, block) : 0);
}

size_t value_size(Value o);
Value value_sizeof(Value self); /* the method */

#endif
