/* range and its iterators. The evaluator counts RangeIterators itself. */
#ifndef ATOLL_OBJECTS_RANGE_H
#define ATOLL_OBJECTS_RANGE_H

#include "objects/object.h"

typedef struct Range {
    HeapObject head;
    Value start, stop, step, length; /* exact ints */
} Range;

/* `left` numbers from `next` on, of `length` in all; all of them, and the one after the last, are small ints. */
typedef struct RangeIterator {
    HeapObject head;
    int64_t next, step, left, length;
} RangeIterator;

typedef struct LongRangeIterator {
    HeapObject head;
    Value next, step, left, length;
} LongRangeIterator;

#endif
