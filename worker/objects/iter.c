/* iter: iterators of any value, and collecting them. */
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/sequence.h"

Value iter_next_missing(Value o) { return raise_error(T_TypeError, "'%T' object is not iterable", o); }

bool value_is_iterator(Value o) {
    UnaryFn next = type_of(o)->slots.next;
    return next && next != iter_next_missing;
}

Value value_iter(Value o) {
    UnaryFn iter = type_of(o)->slots.iter;
    if (!iter) {
        if (value_is_sequence(o)) return sequence_iterator_new(o);
        return raise_error(T_TypeError, "'%T' object is not iterable", o);
    }
    Value iterator = iter(o);
    if (!iterator || value_is_iterator(iterator)) return iterator;
    raise_error(T_TypeError, "iter() returned non-iterator of type '%T'", iterator);
    decref(iterator);
    return NULL;
}

Value value_next(Value iterator) {
    UnaryFn next = type_of(iterator)->slots.next;
    if (!next) return raise_error(T_TypeError, "'%T' object is not an iterator", iterator);
    if (work_charge(1) < 0) return NULL; /* an iterator may be endless, and native from end to end */
    Value item = next(iterator);
    if (!item && __builtin_expect(error_pending(), 0)) error_swallow(T_StopIteration);
    return item;
}

Value value_to_list(Value iterable) {
    Value list = list_new(0);
    if (list && list_extend(list, iterable) < 0) CLEAR_FIELD(list);
    return list;
}

Value value_to_tuple(Value iterable) {
    if (IS_EXACT(iterable, tuple)) return incref(iterable);
    if (is_list(iterable) && type_of(iterable) == TYPE(list)) return list_to_tuple(iterable);
    Value list = value_to_list(iterable);
    if (!list) return NULL;
    size_t n = list_length(list);
    ((List *)list)->length = 0; /* nobody else knows the list: its items move */
    Value tuple = tuple_from_array_steal(((List *)list)->items, n);
    decref(list);
    return tuple;
}

Value value_fast_sequence(Value o, const char *message) {
    if (IS_EXACT(o, list) || IS_EXACT(o, tuple)) return incref(o);
    Value iterator = value_iter(o);
    if (!iterator) {
        if (error_swallow(T_TypeError)) raise_error(T_TypeError, "%s", message);
        return NULL;
    }
    Value list = value_to_list(iterator);
    decref(iterator);
    return list;
}
