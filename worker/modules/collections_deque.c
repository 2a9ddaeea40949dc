/*
 * deque: a ring of values.
 *
 * The items stand in a block whose capacity is a power of two: item i is at (first + i) & mask. Both ends grow and shrink in
 * constant time; the middle is reached in constant time too. `state` changes with the length or the order, so that iterators
 * notice.
 */
#include "modules/collections.h"

#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq.h"
#include "objects/sizes.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Deque {
    HeapObject head;
    Value *items;
    size_t mask; /* capacity - 1; meaningless while items is NULL */
    size_t first, length;
    ssize_t max_length; /* -1: none */
    uint64_t state;
} Deque;

enum { FIRST_CAPACITY = 8 };

static Deque *deque_of(Value v) { return (Deque *)v; }
static bool is_deque(Value v) { return value_is_instance(v, COLLECTIONS->deque); }
static size_t capacity_of(const Deque *d) { return d->items ? d->mask + 1 : 0; }
static Value *place(Deque *d, size_t i) { return &d->items[(d->first + i) & d->mask]; }

/* ---- storage ---- */

/* Copies the items, in order, to the front of a new block. */
static int set_capacity(Deque *d, size_t capacity) {
    Value *items =
        capacity > SIZE_MAX / sizeof *items ? NULL : heap_alloc(rt->heap, capacity * sizeof *items);
    if (!items) return raise_no_memory(), -1;
    size_t head = capacity_of(d) - d->first; /* items before the block's end */
    if (head > d->length) head = d->length;
    if (d->length) {
        memcpy(items, d->items + d->first, head * sizeof *items);
        memcpy(items + head, d->items, (d->length - head) * sizeof *items);
    }
    heap_free(rt->heap, d->items);
    d->items = items;
    d->mask = capacity - 1;
    d->first = 0;
    return 0;
}

static inline int make_room(Deque *d) {
    if (__builtin_expect(d->length < capacity_of(d), 1)) return 0;
    return set_capacity(d, d->items ? 2 * capacity_of(d) : FIRST_CAPACITY);
}

static inline void shrink(Deque *d) {
    size_t capacity = capacity_of(d);
    if (capacity <= 64 || d->length >= capacity / 8) return;
    if (set_capacity(d, capacity / 4) < 0) error_clear(); /* no smaller block: the large one stays */
}

static inline bool is_full(const Deque *d) {
    return d->max_length >= 0 && d->length >= (size_t)d->max_length;
}

static Value take_first(Deque *d) {
    Value item = d->items[d->first];
    d->first = (d->first + 1) & d->mask;
    d->length--;
    d->state++;
    return item;
}

static Value take_last(Deque *d) {
    d->state++;
    return *place(d, --d->length);
}

/* A full deque drops from the other end. */
static inline int push_last_steal(Deque *d, Value item) {
    Value dropped = NULL;
    if (is_full(d)) {
        if (d->max_length == 0) {
            decref(item);
            return 0;
        }
        dropped = take_first(d);
    }
    if (make_room(d) < 0) {
        decref(item);
        return -1;
    }
    *place(d, d->length++) = item;
    d->state++;
    xdecref(dropped);
    return 0;
}

static inline int push_first_steal(Deque *d, Value item) {
    Value dropped = NULL;
    if (is_full(d)) {
        if (d->max_length == 0) {
            decref(item);
            return 0;
        }
        dropped = take_last(d);
    }
    if (make_room(d) < 0) {
        decref(item);
        return -1;
    }
    d->first = (d->first - 1) & d->mask;
    d->items[d->first] = item;
    d->length++;
    d->state++;
    xdecref(dropped);
    return 0;
}

/* Emptied before anything is dropped: what that runs sees an empty deque. */
static void drop_all(Deque *d) {
    Value *items = d->items;
    size_t mask = d->mask, first = d->first, n = d->length;
    d->items = NULL;
    d->first = d->length = 0;
    d->state++;
    for (size_t i = 0; i < n; i++) decref(items[(first + i) & mask]);
    heap_free(rt->heap, items);
}

/* Rotates right by n places, 0 <= n < length. */
static void rotate_by(Deque *d, size_t n) {
    if (d->length == capacity_of(d)) {
        d->first = (d->first - n) & d->mask;
        return;
    }
    if (n <= d->length / 2) {
        for (; n > 0; n--) {
            Value item = *place(d, d->length - 1);
            d->first = (d->first - 1) & d->mask;
            d->items[d->first] = item;
        }
        return;
    }
    for (n = d->length - n; n > 0; n--) {
        Value item = d->items[d->first];
        d->first = (d->first + 1) & d->mask;
        *place(d, d->length - 1) = item;
    }
}

static int rotate(Deque *d, ssize_t n) {
    if (d->length <= 1) return 0;
    ssize_t length = (ssize_t)d->length;
    n %= length;
    if (n < 0) n += length;
    if (n) {
        rotate_by(d, (size_t)n);
        d->state++;
    }
    return work_charge(d->length / 64);
}

/* Closes the gap over item i from the nearer end; the item is the caller's. */
static Value take_at(Deque *d, size_t i) {
    Value item = *place(d, i);
    if (i < d->length / 2) {
        for (; i > 0; i--) *place(d, i) = *place(d, i - 1);
        d->first = (d->first + 1) & d->mask;
    } else {
        for (; i + 1 < d->length; i++) *place(d, i) = *place(d, i + 1);
    }
    d->length--;
    d->state++;
    return item;
}

/* ---- life ---- */

static Value deque_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Deque *d = (Deque *)value_alloc(type, 0);
    if (!d) return NULL;
    d->items = NULL;
    d->mask = d->first = d->length = 0;
    d->max_length = -1;
    d->state = 0;
    value_track(AS_VALUE(d));
    return AS_VALUE(d);
}

static Deque *deque_new(ssize_t max_length) {
    Deque *d = (Deque *)deque_make(COLLECTIONS->deque, NULL, 0, NULL);
    if (d) d->max_length = max_length;
    return d;
}

static int deque_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Deque *d = (Deque *)(void *)o;
    for (size_t i = 0; i < d->length; i++) VISIT(*place(d, i));
    return 0;
}

static void deque_clear_references(Heap *heap, HeapObject *o) {
    (void)heap;
    drop_all((Deque *)(void *)o);
}

static void deque_free(Heap *heap, HeapObject *o) {
    (void)heap;
    drop_all((Deque *)(void *)o);
    value_free(AS_VALUE(o));
}

static size_t deque_size(const HeapObject *o) {
    return size_with(o, ((const Deque *)(const void *)o)->items);
}

static int extend(Value v, Value iterable, bool left) {
    Deque *d = deque_of(v);
    Value source = iterable == v ? value_to_list(v) : incref(iterable),
          it = source ? value_iter(source) : NULL;
    xdecref(source);
    if (!it) return -1;
    UnaryFn next = type_of(it)->slots.next;
    int status = 0;
    size_t n = 0;
    for (Value item; status == 0 && (item = next(it)) != NULL;) {
        status = left ? push_first_steal(d, item) : push_last_steal(d, item);
        if ((++n & 0xfff) == 0 && work_charge(0x1000) < 0) status = -1;
    }
    decref(it);
    return status < 0 || (error_pending() && !error_swallow(T_StopIteration)) ? -1 : 0;
}

static int deque_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"iterable", "maxlen", NULL};
    static const ArgSpec spec = {"deque", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    ssize_t max_length = -1;
    if (out[1] && out[1] != NONE) {
        if (!is_int(out[1])) return raise_int(T_TypeError, "an integer is required");
        max_length = value_as_ssize_argument(out[1]);
        if (max_length == -1 && error_pending()) return -1;
        if (max_length < 0) return raise_int(T_ValueError, "maxlen must be non-negative");
    }
    Deque *d = deque_of(v);
    d->max_length = max_length;
    if (d->length) drop_all(d);
    return out[0] ? extend(v, out[0], false) : 0;
}

/* ---- protocols ---- */

static Value deque_repr(Value v) {
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("[...]");
    Value list = value_to_list(v), name = AS_VALUE(type_of(v)->name), text = NULL;
    if (list)
        text = deque_of(v)->max_length < 0
                   ? str_format("%U(%R)", name, list)
                   : str_format("%U(%R, maxlen=%zd)", name, list, deque_of(v)->max_length);
    xdecref(list);
    repr_leave(v);
    return text;
}

static Value mutated(void) { return raise_error(T_RuntimeError, "deque mutated during iteration"); }

/* The first pair that is not equal decides, asked once more by op: 1, 0, -1 raised; 2 when items i are equal. */
static int compare_items(Deque *a, Deque *b, size_t i, CompareOp op) {
    Value x = incref(*place(a, i)), y = incref(*place(b, i));
    int equal = value_equal(x, y);
    int result = equal < 0 ? -1 : equal ? 2 : value_compare_bool(x, y, op);
    decref(x);
    decref(y);
    return result;
}

static Value deque_compare(Value v, Value w, CompareOp op) {
    if (!is_deque(v) || !is_deque(w)) return NOT_IMPLEMENTED;
    Deque *a = deque_of(v), *b = deque_of(w);
    if (op == CMP_EQ && (v == w || a->length != b->length)) return BOOL(v == w);
    if (op == CMP_NE && (v == w || a->length != b->length)) return BOOL(v != w);
    uint64_t states[2] = {a->state, b->state};
    for (size_t i = 0; i < a->length && i < b->length; i++) {
        int result = compare_items(a, b, i, op);
        if (result < 2) return result < 0 ? NULL : BOOL(result);
        if (a->state != states[0] || b->state != states[1]) return mutated();
    }
    return BOOL(compare_holds((int64_t)a->length, (int64_t)b->length, op));
}

static ssize_t deque_length(Value v) { return (ssize_t)deque_of(v)->length; }

/* The place of the first equal item in [start, stop); -1 absent, -2 raised. Who only looks takes what was found, even if == has
 * changed the deque; who takes it out does not. */
static ssize_t find(Value v, Value item, size_t start, size_t stop, bool only_looks) {
    Deque *d = deque_of(v);
    uint64_t state = d->state;
    for (size_t i = start; i < stop && i < d->length; i++) {
        Value candidate = incref(*place(d, i));
        int equal = value_equal(candidate, item);
        decref(candidate);
        if (equal < 0) return -2;
        if (equal && only_looks) return (ssize_t)i;
        if (state != d->state)
            return raise_error(only_looks ? T_RuntimeError : T_IndexError, "deque mutated during iteration"),
                   -2;
        if (equal) return (ssize_t)i;
        if ((i & 0xfff) == 0xfff && work_charge(0x400) < 0) return -2;
    }
    return -1;
}

static int deque_contains(Value v, Value item) {
    ssize_t i = find(v, item, 0, SIZE_MAX, true);
    return i == -2 ? -1 : i >= 0;
}

static bool index_of(Value v, Value key, size_t *out) {
    ssize_t i = value_as_ssize(key, TYPE(IndexError)), n = (ssize_t)deque_of(v)->length;
    if (i == -1 && error_pending()) return false;
    if (i < 0) i += n;
    *out = (size_t)i;
    if (i >= 0 && i < n) return true;
    raise_error(T_IndexError, "deque index out of range");
    return false;
}

static Value deque_getitem(Value v, Value key) {
    if (!value_has_index(key))
        return raise_error(T_TypeError, "sequence index must be integer, not '%T'", key);
    size_t i;
    return index_of(v, key, &i) ? incref(*place(deque_of(v), i)) : NULL;
}

static int deque_setitem(Value v, Value key, Value value) {
    if (!value_has_index(key)) return raise_int(T_TypeError, "sequence index must be integer, not '%T'", key);
    size_t i;
    if (!index_of(v, key, &i)) return -1;
    if (!value) {
        decref(take_at(deque_of(v), i));
        return 0;
    }
    Value *item = place(deque_of(v), i);
    SET_FIELD_STEAL(*item, incref(value));
    return 0;
}

static Value deque_iconcat(Value v, Value iterable) {
    return extend(v, iterable, false) < 0 ? NULL : incref(v);
}

static Value call_type(Value v) {
    Deque *d = deque_of(v);
    Value type = AS_VALUE(type_of(v));
    if (d->max_length < 0) return value_call_one(type, v);
    return value_call_two(type, v, small_int_new(d->max_length));
}

static Value deque_copy(Value v) {
    if (type_of(v) == COLLECTIONS->deque) {
        Deque *copy = deque_new(deque_of(v)->max_length);
        if (copy && extend(AS_VALUE(copy), v, false) < 0) {
            DECREF(copy);
            return NULL;
        }
        return AS_VALUE(copy);
    }
    Value copy = call_type(v);
    if (copy && !is_deque(copy)) {
        raise_error(T_TypeError, "%N() must return a deque, not %T", type_of(v), copy);
        CLEAR_FIELD(copy);
    }
    return copy;
}

static Value deque_concat(Value v, Value other) {
    if (!is_deque(other))
        return raise_error(T_TypeError, "can only concatenate deque (not \"%T\") to deque", other);
    Value copy = deque_copy(v);
    if (copy && extend(copy, other, false) < 0) CLEAR_FIELD(copy);
    return copy;
}

static Value deque_irepeat(Value v, ssize_t times) {
    Deque *d = deque_of(v);
    if (d->length == 0 || times == 1) return incref(v);
    if (times <= 0) {
        drop_all(d);
        return incref(v);
    }
    size_t n = d->length, total;
    if (__builtin_mul_overflow(n, (size_t)times, &total) || total > SSIZE_MAX / sizeof(Value))
        return raise_no_memory();
    if (d->max_length >= 0 &&
        total > (size_t)d->max_length + n) { /* whole copies that would fall out are left out */
        size_t kept = ((size_t)d->max_length + 2 * n - 1) / n;
        total = kept * n;
    }
    Value items = value_to_list(v);
    if (!items) return NULL;
    int status = 0;
    for (size_t i = n; status == 0 && i < total; i++) {
        status = push_last_steal(d, incref(list_item_borrow(items, i % n)));
        if ((i & 0xfff) == 0 && work_charge(0x100) < 0) status = -1;
    }
    decref(items);
    return status < 0 ? NULL : incref(v);
}

static Value deque_repeat(Value v, ssize_t times) {
    Value copy = deque_copy(v);
    if (!copy) return NULL;
    Value result = deque_irepeat(copy, times);
    decref(copy);
    return result;
}

/* ---- methods ---- */

static Value deque_append(Value v, Value item) {
    return push_last_steal(deque_of(v), incref(item)) < 0 ? NULL : NONE;
}
static Value deque_appendleft(Value v, Value item) {
    return push_first_steal(deque_of(v), incref(item)) < 0 ? NULL : NONE;
}
static Value deque_extend(Value v, Value iterable) { return extend(v, iterable, false) < 0 ? NULL : NONE; }
static Value deque_extendleft(Value v, Value iterable) { return extend(v, iterable, true) < 0 ? NULL : NONE; }

static Value deque_pop(Value v) {
    Deque *d = deque_of(v);
    if (d->length == 0) return raise_error(T_IndexError, "pop from an empty deque");
    Value item = take_last(d);
    shrink(d);
    return item;
}

static Value deque_popleft(Value v) {
    Deque *d = deque_of(v);
    if (d->length == 0) return raise_error(T_IndexError, "pop from an empty deque");
    Value item = take_first(d);
    shrink(d);
    return item;
}

static Value deque_clear_method(Value v) {
    drop_all(deque_of(v));
    return NONE;
}

static Value deque_count(Value v, Value item) {
    Deque *d = deque_of(v);
    int64_t count = 0;
    uint64_t state = d->state;
    for (size_t i = 0; i < d->length; i++) {
        Value candidate = incref(*place(d, i));
        int equal = value_equal(candidate, item);
        decref(candidate);
        if (equal < 0) return NULL;
        if (state != d->state) return mutated();
        count += equal;
        if ((i & 0xfff) == 0xfff && work_charge(0x400) < 0) return NULL;
    }
    return small_int_new(count);
}

/* "index() takes at least 1 argument": these count as old-style parsing does. */
static bool count_old_style(const char *name, size_t nargs, size_t min, size_t max) {
    if (nargs >= min && nargs <= max) return true;
    size_t bound = nargs < min ? min : max;
    raise_error(T_TypeError, "%s() takes %s %zu argument%s (%zu given)", name,
                min == max    ? "exactly"
                : nargs < min ? "at least"
                              : "at most",
                bound, bound == 1 ? "" : "s", nargs);
    return false;
}

static Value deque_index(Value v, Value const *args, size_t nargs) {
    size_t start, stop;
    if (!count_old_style("index", nargs, 1, 3) ||
        seq_search_range(args, nargs, deque_of(v)->length, &start, &stop) < 0)
        return NULL;
    ssize_t i = find(v, args[0], start, stop, true);
    if (i == -1) return raise_error(T_ValueError, "%R is not in deque", args[0]);
    return i < 0 ? NULL : small_int_new(i);
}

static Value deque_insert(Value v, Value const *args, size_t nargs) {
    if (!count_old_style("insert", nargs, 2, 2)) return NULL;
    Deque *d = deque_of(v);
    ssize_t i = value_as_ssize_argument(args[0]), n = (ssize_t)d->length;
    if (i == -1 && error_pending()) return NULL;
    if (is_full(d)) return raise_error(T_IndexError, "deque already at its maximum size");
    if (i < 0 && (i += n) < 0) i = 0;
    if (i > n) i = n;
    if (make_room(d) < 0) return NULL;
    if (i < n / 2) {
        d->first = (d->first - 1) & d->mask;
        for (ssize_t k = 0; k < i; k++) *place(d, (size_t)k) = *place(d, (size_t)k + 1);
    } else {
        for (ssize_t k = n; k > i; k--) *place(d, (size_t)k) = *place(d, (size_t)k - 1);
    }
    *place(d, (size_t)i) = incref(args[1]);
    d->length++;
    d->state++;
    return NONE;
}

static Value deque_remove(Value v, Value item) {
    ssize_t i = find(v, item, 0, SIZE_MAX, false);
    if (i == -1) return raise_error(T_ValueError, "%R is not in deque", item);
    if (i < 0) return NULL;
    decref(take_at(deque_of(v), (size_t)i));
    return NONE;
}

static Value deque_reverse(Value v) {
    Deque *d = deque_of(v);
    for (size_t i = 0, k = d->length; i + 1 < k; i++) {
        Value item = *place(d, i);
        *place(d, i) = *place(d, --k);
        *place(d, k) = item;
    }
    return work_charge(d->length / 64) < 0 ? NULL : NONE;
}

static Value deque_rotate(Value v, Value const *args, size_t nargs) {
    if (!args_count("deque.rotate", nargs, 0, 1)) return NULL;
    ssize_t n = nargs ? value_as_ssize_argument(args[0]) : 1;
    if (n == -1 && error_pending()) return NULL;
    return rotate(deque_of(v), n) < 0 ? NULL : NONE;
}

static Value deque_reduce(Value v) {
    Deque *d = deque_of(v);
    Value state = value_call_method_noargs(v, NAME(__getstate__)), it = state ? value_iter(v) : NULL;
    Value none = it ? tuple_new(0) : NULL;
    Value args = !none               ? NULL
                 : d->max_length < 0 ? incref(none)
                                     : tuple_pack(2, none, small_int_new(d->max_length));
    Value result = args ? tuple_pack(4, AS_VALUE(type_of(v)), args, state, it) : NULL;
    xdecref(state);
    xdecref(it);
    xdecref(none);
    xdecref(args);
    return result;
}

static Value deque_get_maxlen(Value v, void *closure) {
    (void)closure;
    return deque_of(v)->max_length < 0 ? NONE : small_int_new(deque_of(v)->max_length);
}

static Value iterator_new(Type *type, Value v);
static Value deque_iter(Value v) { return iterator_new(COLLECTIONS->deque_iterator, v); }
static Value deque_reversed(Value v) { return iterator_new(COLLECTIONS->deque_reverse_iterator, v); }

static const NativeMethod deque_methods[] = {
    METHOD_ONE("append", deque_append, "Adds x at the right end."),
    METHOD_ONE("appendleft", deque_appendleft, "Adds x at the left end."),
    METHOD_NOARGS("clear", deque_clear_method, "Takes all items out."),
    METHOD_NOARGS("__copy__", deque_copy, "A deque of the same items."),
    METHOD_NOARGS("copy", deque_copy, "A deque of the same items."),
    METHOD_ONE("count", deque_count, "D.count(value): how many items equal it"),
    METHOD_ONE("extend", deque_extend, "Adds each item of an iterable at the right end."),
    METHOD_ONE("extendleft", deque_extendleft,
               "Adds each item of an iterable at the left end: they end up in opposite order."),
    METHOD_FAST(
        "index", deque_index,
        "D.index(value, [start, [stop]]): where the first item equal to it stands; ValueError if none does"),
    METHOD_FAST("insert", deque_insert, "Puts x before position i."),
    METHOD_NOARGS("pop", deque_pop, "Takes the item at the right end out and gives it."),
    METHOD_NOARGS("popleft", deque_popleft, "Takes the item at the left end out and gives it."),
    METHOD_NOARGS("__reduce__", deque_reduce, "What pickle takes it apart into."),
    METHOD_ONE("remove", deque_remove, "Takes out the first item that equals value."),
    METHOD_NOARGS("__reversed__", deque_reversed, "An iterator from right to left."),
    METHOD_NOARGS("reverse", deque_reverse, "D.reverse() -- reverse *IN PLACE*"),
    METHOD_FAST("rotate", deque_rotate,
                "Moves the items n places to the right, those that fall off come in at the left; to the left "
                "for a negative n."),
    METHOD_NOARGS("__sizeof__", value_sizeof, "Bytes of memory."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const GetSet deque_getset[] = {
    {"maxlen", deque_get_maxlen, NULL, "How many items it keeps at most; None: any number.", NULL},
    {0},
};

const TypeSpec deque_spec = {
    .name = "collections.deque",
    .doc = "deque([iterable[, maxlen]]) --> deque object\n\nA sequence that is quick to change at both ends.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE | TYPE_SEQUENCE | TYPE_BY_NUMBER,
    .basic_size = sizeof(Deque),
    .slots = {.getattr = object_getattr,
              .traverse = deque_traverse,
              .clear = deque_clear_references,
              .free = deque_free,
              .size = deque_size,
              .repr = deque_repr,
              .hash = hash_not_implemented,
              .compare = deque_compare,
              .iter = deque_iter,
              .new_ = deque_make,
              .init = deque_init,
              .length = deque_length,
              .getitem = deque_getitem,
              .setitem = deque_setitem,
              .contains = deque_contains,
              .concat = deque_concat,
              .iconcat = deque_iconcat,
              .repeat = deque_repeat,
              .irepeat = deque_irepeat},
    .methods = deque_methods,
    .getset = deque_getset,
};

/* ---- iterators ---- */

typedef struct DequeIterator {
    HeapObject head;
    Value deque;
    size_t left;
    uint64_t state;
} DequeIterator;

FIELDS_LIFE(iterator, 1)

static Value iterator_new(Type *type, Value v) {
    DequeIterator *it = (DequeIterator *)value_alloc(type, 0);
    if (!it) return NULL;
    it->deque = incref(v);
    it->left = deque_of(v)->length;
    it->state = deque_of(v)->state;
    value_track(AS_VALUE(it));
    return AS_VALUE(it);
}

/* The deque is to be unchanged; NULL with `left` 0 at the end. */
static Deque *iterator_deque(DequeIterator *it) {
    Deque *d = deque_of(it->deque);
    if (d->state == it->state) return it->left ? d : NULL;
    it->left = 0;
    mutated();
    return NULL;
}

static Value iterator_next(Value v) {
    DequeIterator *it = (DequeIterator *)v;
    Deque *d = iterator_deque(it);
    return d ? incref(*place(d, d->length - it->left--)) : NULL;
}

static Value reverse_iterator_next(Value v) {
    DequeIterator *it = (DequeIterator *)v;
    Deque *d = iterator_deque(it);
    return d ? incref(*place(d, --it->left)) : NULL;
}

static Value iterator_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)kwnames;
    if (nargs < 1 || nargs > 2)
        return raise_error(T_TypeError, "function takes at %s %d argument%s (%zu given)",
                           nargs ? "most" : "least", nargs ? 2 : 1, nargs ? "s" : "", nargs);
    if (!is_deque(args[0]))
        return raise_error(T_TypeError, "argument 1 must be collections.deque, not %T", args[0]);
    ssize_t skip = nargs > 1 ? value_as_ssize(args[1], TYPE(OverflowError)) : 0;
    if (skip == -1 && error_pending()) return NULL;
    DequeIterator *it = (DequeIterator *)iterator_new(type, args[0]);
    if (it && skip > 0) it->left = (size_t)skip < it->left ? it->left - (size_t)skip : 0;
    return AS_VALUE(it);
}

static Value iterator_length_hint(Value v) { return small_int_new((int64_t)((DequeIterator *)v)->left); }

static Value iterator_reduce(Value v) {
    DequeIterator *it = (DequeIterator *)v;
    Value args = tuple_pack(2, it->deque, small_int_new((int64_t)(deque_of(it->deque)->length - it->left)));
    Value result = args ? tuple_pack(2, AS_VALUE(type_of(v)), args) : NULL;
    xdecref(args);
    return result;
}

static Value iterator_self(Value v) { return incref(v); }

static const NativeMethod iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", iterator_length_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", iterator_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec deque_iterator_spec = {
    .name = "_collections._deque_iterator",
    .flags = TYPE_GC,
    .basic_size = sizeof(DequeIterator),
    .slots = {.getattr = object_getattr,
              .traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = iterator_next,
              .new_ = iterator_make},
    .methods = iterator_methods,
};

const TypeSpec deque_reverse_iterator_spec = {
    .name = "_collections._deque_reverse_iterator",
    .flags = TYPE_GC,
    .basic_size = sizeof(DequeIterator),
    .slots = {.getattr = object_getattr,
              .traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = reverse_iterator_next,
              .new_ = iterator_make},
    .methods = iterator_methods,
};
