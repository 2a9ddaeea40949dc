/* list: a growable array of values. Invariant: length <= capacity; items[length..capacity) are undefined; with no
 * capacity `items` means nothing (while a list is sorted it is a mark). */
#ifndef ATOLL_OBJECTS_LIST_H
#define ATOLL_OBJECTS_LIST_H

#include "objects/object.h"

struct List {
    HeapObject head;
    uint32_t length;
    uint32_t capacity;
    Value *items;
};

Value list_new(size_t length); /* items are NULL (visits skip them) until list_init_item_steal sets them */
Value list_from_array(Value const *items, size_t n);
Value list_from_array_steal(Value *items, size_t n);
int list_append(Value list, Value item);
int list_append_steal(Value list, Value item);
int list_insert(Value list, ssize_t index, Value item);
int list_extend(Value list, Value iterable);
Value list_slice(Value list, size_t low, size_t high);
int list_set_slice(Value list, ssize_t low, ssize_t high, Value iterable_or_null);
int list_sort(Value list, Value key_or_none, bool reverse);
int list_reverse(Value list);
Value list_to_tuple(Value list);
static inline size_t list_length(Value v) { return ((List *)v)->length; }
static inline Value list_item_borrow(Value v, size_t i) { return ((List *)v)->items[i]; }
static inline void list_init_item_steal(Value v, size_t i, Value item) { ((List *)v)->items[i] = item; }

#endif
