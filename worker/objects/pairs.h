/*
 * pairs: iterators whose items are made as pairs, for loops that take each item apart at once: no tuple is made between.
 */
#ifndef ATOLL_OBJECTS_PAIRS_H
#define ATOLL_OBJECTS_PAIRS_H

#include "objects/object.h"

/* Both new and true; false: exhausted, or raised (as a next slot tells it). */
typedef bool (*PairFn)(Value iterator, Value pair[2]);

bool enumerate_next_pair(Value iterator, Value pair[2]);
bool dict_items_next_pair(Value iterator, Value pair[2]);
bool zip_next_pair(Value iterator, Value pair[2]);
bool zip_has_two(Value iterator);

/* What steps this iterator, exact types only; NULL: its items are not made as pairs. */
static inline PairFn pair_function(Value iterator) {
    if (!is_object(iterator)) return NULL;
    const HeapKind *kind = iterator->head.kind;
    if (kind == &TYPE(enumerate)->kind) return enumerate_next_pair;
    if (kind == &TYPE(dict_item_iterator)->kind) return dict_items_next_pair;
    if (kind == &TYPE(zip)->kind && zip_has_two(iterator)) return zip_next_pair;
    return NULL;
}

#endif
