/*
 * seq_iterators: iterators over list, tuple and set, over anything with integer indices, and over calls of a function until
 * a sentinel comes. All but the set's share one struct.
 */
#include "objects/seq_iterators.h"

#include "objects/int.h"
#include "objects/seq.h"
#include "objects/set_internal.h"
#include "objects/str.h"

static Value seq_iterator_alloc(TypeId type, Value seq, size_t index) {
    SeqIterator *it = heap_object_new(rt->heap, &rt->types[type]->kind, sizeof(SeqIterator));
    if (!it) return raise_no_memory();
    it->seq = incref(seq);
    it->index = index;
    heap_track(rt->heap, &it->head);
    return AS_VALUE(it);
}

Value list_iterator_new(Value list) { return seq_iterator_alloc(T_list_iterator, list, 0); }
Value tuple_iterator_new(Value tuple) { return seq_iterator_alloc(T_tuple_iterator, tuple, 0); }
Value sequence_iterator_new(Value seq) { return seq_iterator_alloc(T_sequence_iterator, seq, 0); }
Value list_reverse_iterator_new(Value list) {
    return seq_iterator_alloc(T_list_reverse_iterator, list, list_length(list));
}

static int seq_iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((SeqIterator *)o)->seq);
    return 0;
}

static void seq_iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((SeqIterator *)o)->seq);
    value_free(AS_VALUE(o));
}

static Value self_iter(Value v) { return incref(v); }

static Value forward_next(Value v) {
    SeqIterator *it = (SeqIterator *)v;
    if (!it->seq) return NULL;
    if (it->index < fast_sequence_length(it->seq)) return incref(fast_sequence_items(it->seq)[it->index++]);
    CLEAR_FIELD(it->seq);
    return NULL;
}

static Value reverse_next(Value v) {
    SeqIterator *it = (SeqIterator *)v;
    if (!it->seq) return NULL;
    if (it->index > 0 && it->index <= list_length(it->seq))
        return incref(list_item_borrow(it->seq, --it->index));
    CLEAR_FIELD(it->seq);
    return NULL;
}

/* IndexError and StopIteration end it. */
static Value index_next(Value v) {
    SeqIterator *it = (SeqIterator *)v;
    if (!it->seq) return NULL;
    Value item = value_getitem(it->seq, small_int_new((int64_t)it->index));
    if (item) {
        it->index++;
        return item;
    }
    if (error_swallow(T_IndexError) || error_swallow(T_StopIteration)) CLEAR_FIELD(it->seq);
    return NULL;
}

static Value forward_hint(Value v) {
    SeqIterator *it = (SeqIterator *)v;
    ssize_t n = 0;
    if (it->seq) {
        n = is_list(it->seq)    ? (ssize_t)list_length(it->seq)
            : is_tuple(it->seq) ? (ssize_t)tuple_length(it->seq)
                                : value_length(it->seq);
        if (n < 0) {
            if (!error_swallow(T_TypeError)) return NULL;
            return NOT_IMPLEMENTED;
        }
        n = n > (ssize_t)it->index ? n - (ssize_t)it->index : 0;
    }
    return small_int_new(n);
}

static Value reverse_hint(Value v) {
    SeqIterator *it = (SeqIterator *)v;
    return small_int_new(it->seq && it->index <= list_length(it->seq) ? (int64_t)it->index : 0);
}

Value iterator_taken_apart_steal(const char *function, Value source, Value state) {
    Value f = source ? builtin_by_name(function) : NULL, args = f ? tuple_pack(1, source) : NULL;
    Value result = !args ? NULL : state ? tuple_pack(3, f, args, state) : tuple_pack(2, f, args);
    xdecref(args);
    xdecref(f);
    xdecref(source);
    xdecref(state);
    return result;
}

static Value reduce_seq(Value v, const char *function, Value empty_steal, int64_t index) {
    SeqIterator *it = (SeqIterator *)v;
    if (!it->seq) return iterator_taken_apart_steal("iter", empty_steal, NULL);
    xdecref(empty_steal);
    return iterator_taken_apart_steal(function, incref(it->seq), small_int_new(index));
}

static Value list_reduce(Value v) {
    return reduce_seq(v, "iter", list_new(0), (int64_t)((SeqIterator *)v)->index);
}
static Value tuple_reduce(Value v) {
    return reduce_seq(v, "iter", tuple_new(0), (int64_t)((SeqIterator *)v)->index);
}
static Value reverse_reduce(Value v) {
    return reduce_seq(v, "reversed", list_new(0), (int64_t)((SeqIterator *)v)->index - 1);
}

static Value set_state(Value v, Value state, ssize_t offset) {
    SeqIterator *it = (SeqIterator *)v;
    ssize_t i = value_int_as_ssize(state);
    if (i == -1 && error_pending()) return NULL;
    if (!it->seq) return NONE;
    i += offset;
    if (i < 0) i = 0;
    if (type_of(v) != TYPE(sequence_iterator) && (size_t)i > fast_sequence_length(it->seq))
        i = (ssize_t)fast_sequence_length(it->seq);
    it->index = (size_t)i;
    return NONE;
}

static Value forward_setstate(Value v, Value state) { return set_state(v, state, 0); }
static Value reverse_setstate(Value v, Value state) { return set_state(v, state, 1); }

#define ITERATOR_METHODS(name, hint, reduce, setstate)                                                       \
    static const NativeMethod name[] = {                                                                     \
        METHOD_NOARGS("__length_hint__", hint, "How many items are left, as an estimate."),                  \
        METHOD_NOARGS("__reduce__", reduce, "What pickle takes it apart into."),                             \
        METHOD_ONE("__setstate__", setstate, "Takes over what pickle has kept."),                            \
        METHOD_END,                                                                                          \
    };
ITERATOR_METHODS(list_iterator_methods, forward_hint, list_reduce, forward_setstate)
ITERATOR_METHODS(tuple_iterator_methods, forward_hint, tuple_reduce, forward_setstate)
ITERATOR_METHODS(reverse_methods, reverse_hint, reverse_reduce, reverse_setstate)

#define SEQ_ITERATOR_SPEC(id, python_name, next_function, method_table)                                      \
    const TypeSpec id##_type_spec = {                                                                        \
        .name = python_name,                                                                                 \
        .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,                                                            \
        .basic_size = sizeof(SeqIterator),                                                                   \
        .slots = {.getattr = object_getattr,                                                                 \
                  .traverse = seq_iterator_traverse,                                                         \
                  .free = seq_iterator_free,                                                                 \
                  .iter = self_iter,                                                                         \
                  .next = next_function},                                                                    \
        .methods = method_table,                                                                             \
    };
SEQ_ITERATOR_SPEC(list_iterator, "list_iterator", forward_next, list_iterator_methods)
SEQ_ITERATOR_SPEC(tuple_iterator, "tuple_iterator", forward_next, tuple_iterator_methods)
SEQ_ITERATOR_SPEC(list_reverse_iterator, "list_reverseiterator", reverse_next, reverse_methods)
SEQ_ITERATOR_SPEC(sequence_iterator, "iterator", index_next, list_iterator_methods)

/* ---- set ---- */

typedef struct SetIterator {
    HeapObject head;
    Value set; /* NULL: exhausted */
    size_t position, length, left;
} SetIterator;

Value set_iterator_new(Value set) {
    SetIterator *it = (SetIterator *)value_alloc(TYPE(set_iterator), 0);
    if (!it) return NULL;
    it->set = incref(set);
    it->position = 0;
    it->length = it->left = set_length(set);
    heap_track(rt->heap, &it->head);
    return AS_VALUE(it);
}

static int set_iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((SetIterator *)o)->set);
    return 0;
}

static void set_iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((SetIterator *)o)->set);
    value_free(AS_VALUE(o));
}

static Value set_iterator_next(Value v) {
    SetIterator *it = (SetIterator *)v;
    if (!it->set) return NULL;
    if (set_length(it->set) != it->length) {
        it->length = SIZE_MAX; /* stays broken */
        return raise_error(T_RuntimeError, "Set changed size during iteration");
    }
    Value key;
    if (set_next(it->set, &it->position, &key)) {
        it->left--;
        return incref(key);
    }
    CLEAR_FIELD(it->set);
    return NULL;
}

static Value set_iterator_hint(Value v) {
    SetIterator *it = (SetIterator *)v;
    return small_int_new(it->set && set_length(it->set) == it->length ? (int64_t)it->left : 0);
}

static Value set_iterator_reduce(Value v) {
    SetIterator *it = (SetIterator *)v, saved = *it;
    Value list = list_new(0);
    xincref(saved.set);
    for (Value item; list && (item = set_iterator_next(v)) != NULL;)
        if (list_append_steal(list, item) < 0) break;
    xdecref(it->set);
    it->set = saved.set;
    it->position = saved.position;
    it->left = saved.left;
    if (error_pending()) CLEAR_FIELD(list);
    return iterator_taken_apart_steal("iter", list, NULL);
}

static const NativeMethod set_iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", set_iterator_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", set_iterator_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec set_iterator_type_spec = {
    .name = "set_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(SetIterator),
    .slots = {.getattr = object_getattr,
              .traverse = set_iterator_traverse,
              .free = set_iterator_free,
              .iter = self_iter,
              .next = set_iterator_next},
    .methods = set_iterator_methods,
};

/* ---- iter(callable, sentinel) ---- */

typedef struct CallableIterator {
    HeapObject head;
    Value callable, sentinel; /* NULL: exhausted */
} CallableIterator;

Value callable_iterator_new(Value callable, Value sentinel) {
    CallableIterator *it = (CallableIterator *)value_alloc(TYPE(callable_iterator), 0);
    if (!it) return NULL;
    it->callable = incref(callable);
    it->sentinel = incref(sentinel);
    heap_track(rt->heap, &it->head);
    return AS_VALUE(it);
}

static int callable_iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((CallableIterator *)o)->callable);
    VISIT(((CallableIterator *)o)->sentinel);
    return 0;
}

static void callable_iterator_end(CallableIterator *it) {
    CLEAR_FIELD(it->callable);
    CLEAR_FIELD(it->sentinel);
}

static void callable_iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    callable_iterator_end((CallableIterator *)o);
    value_free(AS_VALUE(o));
}

static Value callable_iterator_next(Value v) {
    CallableIterator *it = (CallableIterator *)v;
    if (!it->callable || stack_is_low()) return NULL;
    Value item = value_call_noargs(it->callable);
    if (!item) {
        if (error_swallow(T_StopIteration)) callable_iterator_end(it);
        return NULL;
    }
    if (!it->sentinel) { /* ended from within the call */
        decref(item);
        return NULL;
    }
    int equal = value_equal(it->sentinel, item);
    if (equal == 0) return item;
    decref(item);
    if (equal > 0) callable_iterator_end(it);
    return NULL;
}

static Value callable_iterator_reduce(Value v) {
    CallableIterator *it = (CallableIterator *)v;
    Value iter = builtin_by_name("iter"), result = NULL;
    Value args = !iter          ? NULL
                 : it->callable ? tuple_pack(2, it->callable, it->sentinel)
                                : tuple_pack(1, rt->empty_tuple);
    if (args) result = tuple_pack(2, iter, args);
    xdecref(args);
    xdecref(iter);
    return result;
}

static const NativeMethod callable_iterator_methods[] = {
    METHOD_NOARGS("__reduce__", callable_iterator_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec callable_iterator_type_spec = {
    .name = "callable_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(CallableIterator),
    .slots = {.getattr = object_getattr,
              .traverse = callable_iterator_traverse,
              .free = callable_iterator_free,
              .iter = self_iter,
              .next = callable_iterator_next},
    .methods = callable_iterator_methods,
};
