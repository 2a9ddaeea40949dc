/* slice: three values, any of which may be None. */
#ifndef ATOLL_OBJECTS_SLICE_H
#define ATOLL_OBJECTS_SLICE_H

#include "objects/object.h"

typedef struct Slice {
    HeapObject head;
    Value start, stop, step;
} Slice;

Value slice_new(Value start, Value stop, Value step); /* borrowed; NULL means None */

#endif
