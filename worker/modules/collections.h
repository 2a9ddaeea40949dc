/*
 * collections: what the files of the module share: m_collections.c (the module, defaultdict, helpers of namedtuple and Counter),
 * collections_deque.c, collections_ordered.c.
 */
#ifndef ATOLL_MODULES_COLLECTIONS_H
#define ATOLL_MODULES_COLLECTIONS_H

#include "modules/fields.h"
#include "modules/module.h"
#include "objects/dict_internal.h"

typedef struct CollectionsState {
    Type *deque, *deque_iterator, *deque_reverse_iterator;
    Type *defaultdict, *ordered_dict, *ordered_iterator, *ordered_keys, *ordered_values, *ordered_items;
    Type *tuplegetter;
} CollectionsState;

#define COLLECTIONS MODULE_STATE(collections, CollectionsState)

extern const TypeSpec deque_spec, deque_iterator_spec, deque_reverse_iterator_spec;
extern const TypeSpec ordered_dict_spec, ordered_iterator_spec, ordered_keys_spec, ordered_values_spec,
    ordered_items_spec;

/* kind.is_atomic of dicts that refer to more than their items: never. */
bool collections_never_atomic(const HeapObject *o);

#endif
