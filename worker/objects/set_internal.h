/* set_internal: what the files of set share with each other alone. */
#ifndef ATOLL_OBJECTS_SET_INTERNAL_H
#define ATOLL_OBJECTS_SET_INTERNAL_H

#include "objects/set.h"

/* Marks a removed entry: no value has these bits. */
#define SET_TOMBSTONE VALUE(0x7ffc)

int set_resize(Set *, size_t minimum);
void set_init_empty(Set *);
int set_add_hash(Set *, Value key, Hash hash);
int set_contains_hash(Set *, Value key, Hash hash);
int set_discard_hash(Set *, Value key, Hash hash);
/* The next key, borrowed, and its hash; false at the end. */
static inline bool set_next_entry(Value v, size_t *position, Value *key, Hash *hash) {
    Set *s = (Set *)v;
    for (size_t i = *position; i <= s->mask; i++) {
        if (!s->table[i].key || s->table[i].key == SET_TOMBSTONE) continue;
        *key = s->table[i].key;
        *hash = s->table[i].hash;
        *position = i + 1;
        return true;
    }
    return false;
}
Value set_alloc(Type *type, Value iterable_or_null);
int set_traverse(HeapObject *, HeapVisit, void *);
void set_clear_references(Heap *, HeapObject *);
void set_free(Heap *, HeapObject *);
size_t set_size(const HeapObject *);

#endif
