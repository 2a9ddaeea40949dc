/* tuple: a fixed array of values in the object itself. The empty tuple is one immortal object. */
#ifndef ATOLL_OBJECTS_TUPLE_H
#define ATOLL_OBJECTS_TUPLE_H

#include "objects/object.h"

struct Tuple {
    HeapObject head;
    size_t length;
    Value items[];
};

Value tuple_new(
    size_t
        length); /* items NULL, to be set with tuple_init_item_steal; tracked (a NULL item is skipped by visits) */
Value tuple_from_array(Value const *items, size_t n);
/* A pair, made in line: both stolen; NULL, nothing raised and nothing stolen: ask tuple_from_array_steal. */
static inline Value tuple_pair_try_steal(Value first, Value second) {
    Tuple *t = heap_object_new(rt->heap, &TYPE(tuple)->kind, sizeof(Tuple) + 2 * sizeof(Value));
    if (__builtin_expect(!t, 0)) return NULL;
    t->length = 2;
    t->items[0] = first;
    t->items[1] = second;
    heap_track_new(rt->heap, &t->head);
    return AS_VALUE(t);
}
Value tuple_from_array_steal(Value *items, size_t n);
Value tuple_pack(size_t n, ...); /* of borrowed values */
Value tuple_slice(Value tuple, size_t low, size_t high);
static inline size_t tuple_length(Value v) { return ((Tuple *)v)->length; }
static inline Value tuple_item_borrow(Value v, size_t i) { return ((Tuple *)v)->items[i]; }
static inline void tuple_init_item_steal(Value v, size_t i, Value item) { ((Tuple *)v)->items[i] = item; }

#endif
