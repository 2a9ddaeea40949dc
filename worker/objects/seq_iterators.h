/* The iterators of list and tuple, which the evaluator steps through itself. */
#ifndef ATOLL_OBJECTS_SEQ_ITERATORS_H
#define ATOLL_OBJECTS_SEQ_ITERATORS_H

#include "objects/list.h"
#include "objects/tuple.h"

typedef struct SeqIterator {
    HeapObject head;
    Value seq;    /* NULL: exhausted */
    size_t index; /* of the next item; backwards: one past it */
} SeqIterator;

/* The next slot of any iterator; those of lists and tuples in line. */
static inline Value iterator_step(Value iterator) {
    const HeapKind *kind = iterator->head.kind;
    if (kind == &TYPE(list_iterator)->kind) {
        SeqIterator *i = (SeqIterator *)iterator;
        const List *l = (const List *)i->seq;
        if (l && i->index < l->length) return incref(l->items[i->index++]);
    } else if (kind == &TYPE(tuple_iterator)->kind) {
        SeqIterator *i = (SeqIterator *)iterator;
        const Tuple *tuple = (const Tuple *)i->seq;
        if (tuple && i->index < tuple->length) return incref(tuple->items[i->index++]);
    }
    return ((Type *)(void *)kind)->slots.next(iterator);
}

Value list_iterator_new(Value list);
Value tuple_iterator_new(Value tuple);
Value list_reverse_iterator_new(Value list);
Value set_iterator_new(Value set);
Value sequence_iterator_new(Value seq);                      /* by seq[0], seq[1], ... until IndexError */
Value callable_iterator_new(Value callable, Value sentinel); /* iter(f, sentinel) */

/* What pickle takes an iterator apart into: (function, (source,)), with a state (function, (source,), state), where function is
 * "iter" or "reversed". Steals both, each of which may be NULL: a source after an error, a state when there is none. New, NULL raised. */
Value iterator_taken_apart_steal(const char *function, Value source, Value state);

#endif
