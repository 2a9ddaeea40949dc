/* dict_internal: what the files of dict share with each other alone. */
#ifndef ATOLL_OBJECTS_DICT_INTERNAL_H
#define ATOLL_OBJECTS_DICT_INTERNAL_H

#include "objects/dict.h"

int dict_traverse(HeapObject *, HeapVisit, void *);
void dict_clear_references(Heap *, HeapObject *);
void dict_free(Heap *, HeapObject *);
size_t dict_size(const HeapObject *);
bool dict_is_atomic(const HeapObject *);
Value dict_make(Type *type, Value const *args, size_t nargs, Value kwnames);

/* views and iterators (dict_views.c); new */
Value dict_keys_view(Value dict);
Value dict_values_view(Value dict);
Value dict_items_view(Value dict);
Value dict_key_iterator(Value dict);
Value dict_reversed(Value dict);

#endif
