/* set and frozenset: open-addressed tables of (hash, key) with linear probes. Items come in the order that CPython gives them, for
 * programs show it: the table grows when its does, and each operation builds its result in the same way. */
#ifndef ATOLL_OBJECTS_SET_H
#define ATOLL_OBJECTS_SET_H

#include "objects/object.h"

typedef struct SetEntry {
    Value key; /* NULL: free; a private mark: deleted */
    Hash hash;
} SetEntry;

typedef struct Set {
    HeapObject head;
    size_t length, used; /* used counts deleted marks too */
    size_t mask;
    SetEntry *table;
    Hash hash;        /* of a frozenset; 0: not computed */
    uint64_t version; /* changes when keys come or go */
    size_t finger;    /* where pop() looks first */
    SetEntry small[8];
} Set;

Value set_new(Value iterable_or_null);
Value frozenset_new(Value iterable_or_null);
int set_add(Value set, Value key); /* also fills a fresh frozenset */
int set_contains(Value set, Value key);
int set_discard(Value set, Value key); /* 1 found, 0 absent, -1 raised */
int set_update(Value set, Value iterable);
Value set_pop(Value set);
void set_clear(Value set);
bool set_next(Value set, size_t *position, Value *key_borrow);
static inline size_t set_length(Value v) { return ((Set *)v)->length; }
static inline bool is_any_set(Value v) {
    return is_object(v) && HAS_FLAG(v, TYPE_SET_SUBCLASS);
} /* set or frozenset */

#endif
