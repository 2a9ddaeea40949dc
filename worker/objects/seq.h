/* seq: what list and tuple share: comparing, searching, printing arrays of values, and indices from keys. */
#ifndef ATOLL_OBJECTS_SEQ_H
#define ATOLL_OBJECTS_SEQ_H

#include "objects/object.h"
#include "objects/protocols.h"

/* A growing or fixed array seen through its owner: the owner may change the array while Python code runs. */
typedef struct SeqView {
    Value *items;
    size_t length;
} SeqView;

static inline SeqView seq_view(Value list_or_tuple) {
    return (SeqView){fast_sequence_items(list_or_tuple), fast_sequence_length(list_or_tuple)};
}

Value seq_compare(Value a, Value b, CompareOp op);
/* Index of the first item equal to `item` in [start, stop), -1 absent, -2 raised. */
ssize_t seq_find(Value seq, Value item, size_t start, size_t stop);
ssize_t seq_count(Value seq, Value item); /* -1 raised */
int seq_contains(Value seq, Value item);
/* "[a, b]": open and close are ASCII; trailing_comma for one-tuples. */
Value seq_repr(Value seq, const char *open, const char *close, const char *cycle, bool trailing_comma);
/* Start and stop arguments of index(): clipped to [0, length]. args[1], args[2] optional. 0, -1 raised. */
int seq_search_range(Value const *args, size_t nargs, size_t length, size_t *start, size_t *stop);
/* Index argument for `what` indices ("list"); negative counts from the end; *out may be out of range. 0, -1 raised. */
int seq_index_from_key(Value key, size_t length, const char *what, ssize_t *out);
/* builtins.<name> for __reduce__ results; AttributeError when it was deleted. New. */
Value builtin_by_name(const char *name);
static inline bool is_slice(Value v) { return is_object(v) && type_of(v) == TYPE(slice); }
/* Copies n values and counts the new references. What are not objects are copied at once. */
static inline void values_copy(Value *to, Value const *from, size_t n) {
    size_t i = 0;
    while (i < n && !is_object(from[i])) i++;
    memcpy(to, from, n * sizeof(Value));
    for (; i < n; i++) incref(to[i]);
}
void values_drop_slow(Heap *heap, Value *values, size_t n);
/* Drops an array's references from its end on; values may be NULL. What is not an object costs next to nothing. */
static inline void values_drop(Heap *heap, Value *values, size_t n) {
    while (n > 0 && !is_object(values[n - 1])) n--;
    if (__builtin_expect(n > 0, 0)) values_drop_slow(heap, values, n);
}
static inline void value_untrack(Value v) { heap_untrack(rt->heap, &v->head); }

#endif
