/* sequence: what sequence.c and iter.c offer beside protocols.h. */
#ifndef ATOLL_OBJECTS_SEQUENCE_H
#define ATOLL_OBJECTS_SEQUENCE_H

#include "objects/object.h"

/* `item in iterable` by iterating. -1 raised. */
int iterable_contains(Value iterable, Value item);
/* iter() of what has only __getitem__: sequence_iterator. New. */
Value sequence_iterator_new(Value sequence);

#endif
