/* The iterators of list and tuple, which the evaluator steps through itself. */
#ifndef ATOLL_OBJECTS_SEQ_ITERATORS_H
#define ATOLL_OBJECTS_SEQ_ITERATORS_H

#include "objects/object.h"

typedef struct SeqIterator {
    HeapObject head;
    Value seq;    /* NULL: exhausted */
    size_t index; /* of the next item; backwards: one past it */
} SeqIterator;

Value list_iterator_new(Value list);
Value tuple_iterator_new(Value tuple);
Value list_reverse_iterator_new(Value list);
Value set_iterator_new(Value set);
Value sequence_iterator_new(Value seq);                    /* by seq[0], seq[1], ... until IndexError */
Value callable_iterator_new(Value callable, Value sentinel); /* iter(f, sentinel) */

#endif
