/*
 * tuple: an immutable array in the object itself; the empty tuple is one object, and slices and sums that change nothing
 * give the tuple itself.
 */
#include "objects/sizes.h"
#include "objects/tuple.h"

#include <stdarg.h>

#include "objects/bytes.h"
#include "objects/generic.h"
#include "objects/key.h"
#include "objects/seq.h"
#include "objects/str.h"

static inline Tuple *tuple_alloc(size_t n) {
    if (n > (SIZE_MAX >> 4)) {
        raise_no_memory();
        return NULL;
    }
    Tuple *t = heap_object_new(rt->heap, &TYPE(tuple)->kind, sizeof(Tuple) + n * sizeof(Value));
    if (!t) {
        raise_no_memory();
        return NULL;
    }
    t->length = n;
    return t;
}

static Value empty_tuple(void) { return incref(rt->empty_tuple); }

Value tuple_new(size_t n) {
    if (n == 0 && rt->empty_tuple) return empty_tuple();
    Tuple *t = tuple_alloc(n);
    if (!t) return NULL;
    memset(t->items, 0, n * sizeof(Value));
    heap_track(rt->heap, &t->head);
    return AS_VALUE(t);
}

Value tuple_from_array_steal(Value *items, size_t n) {
    if (n == 0) return empty_tuple();
    Tuple *t = tuple_alloc(n);
    if (!t) {
        for (size_t i = 0; i < n; i++) decref(items[i]);
        return NULL;
    }
    for (size_t i = 0; i < n; i++) t->items[i] = items[i];
    heap_track_new(rt->heap, &t->head);
    return AS_VALUE(t);
}

Value tuple_from_array(Value const *items, size_t n) {
    if (n == 0) return empty_tuple();
    Tuple *t = tuple_alloc(n);
    if (!t) return NULL;
    for (size_t i = 0; i < n; i++) t->items[i] = incref(items[i]);
    heap_track_new(rt->heap, &t->head);
    return AS_VALUE(t);
}

Value tuple_pack(size_t n, ...) {
    Value t = tuple_new(n);
    if (!t) return NULL;
    va_list args;
    va_start(args, n);
    for (size_t i = 0; i < n; i++) tuple_init_item_steal(t, i, incref(va_arg(args, Value)));
    va_end(args);
    return t;
}

Value tuple_slice(Value v, size_t low, size_t high) {
    size_t n = tuple_length(v);
    if (high > n) high = n;
    if (low >= high) return empty_tuple();
    if (low == 0 && high == n && IS_EXACT(v, tuple)) return incref(v);
    return tuple_from_array(((Tuple *)v)->items + low, high - low);
}

static int tuple_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Tuple *t = (Tuple *)o;
    for (size_t i = t->length; i-- > 0;) VISIT(t->items[i]);
    return 0;
}

static void tuple_free(Heap *heap, HeapObject *o) {
    Tuple *t = (Tuple *)o;
    values_drop(heap, t->items, t->length);
    if (o->kind == &TYPE(tuple)->kind) heap_object_free(heap, o);
    else value_free(AS_VALUE(t));
}

static size_t tuple_size(const HeapObject *o) {
    if (type_of(AS_VALUE(o)) != TYPE(tuple)) return own_block(o);
    return sizeof(Tuple) + ((const Tuple *)o)->length * sizeof(Value);
}

static bool tuple_is_atomic(const HeapObject *o) {
    const Tuple *t = (const Tuple *)o;
    for (size_t i = 0; i < t->length; i++) {
        Value item = t->items[i];
        if (!item) return false; /* still being filled */
        if (!is_object(item) || !(type_of(item)->flags & TYPE_GC)) continue;
        if (type_of(item) != TYPE(tuple) || heap_is_tracked(&item->head)) return false;
    }
    return true;
}

/* ---- protocols ---- */

static Value tuple_repr(Value v) {
    if (tuple_length(v) == 0) return str_from_cstr("()");
    return seq_repr(v, "(", ")", "(...)", true);
}

/* xxHash-like mixing of the items' hashes, as the language's own tuple hash (order matters, nested tuples spread). */
static Hash tuple_hash(Value v) {
    const uint64_t prime1 = UINT64_C(11400714785074694791), prime2 = UINT64_C(14029467366897019727),
                   prime5 = UINT64_C(2870177450012600261);
    Tuple *t = (Tuple *)v;
    uint64_t acc = prime5;
    if (stack_is_low()) return -1;
    for (size_t i = 0; i < t->length; i++) {
        Hash lane = key_hash(t->items[i]);
        if (lane == -1) return -1;
        acc += (uint64_t)lane * prime2;
        acc = (acc << 31) | (acc >> 33);
        acc *= prime1;
    }
    acc += t->length ^ (prime5 ^ UINT64_C(3527539));
    return acc == UINT64_MAX ? 1546275796 : (Hash)acc;
}

static Value tuple_compare(Value a, Value b, CompareOp op) {
    if (!is_tuple(a) || !is_tuple(b)) return NOT_IMPLEMENTED;
    return seq_compare(a, b, op);
}

static ssize_t tuple_len(Value v) { return (ssize_t)tuple_length(v); }

static Value tuple_take(Value v, ssize_t start, ssize_t step, size_t count) {
    if (count == tuple_length(v) && step == 1 && IS_EXACT(v, tuple)) return incref(v);
    if (count == 0) return empty_tuple();
    Tuple *t = tuple_alloc(count);
    if (!t) return NULL;
    for (size_t i = 0; i < count; i++, start += step) t->items[i] = incref(((Tuple *)v)->items[start]);
    heap_track(rt->heap, &t->head);
    return AS_VALUE(t);
}

static Value tuple_getitem(Value v, Value key) {
    if (is_slice(key)) {
        ssize_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0) return NULL;
        ssize_t count = slice_adjust((ssize_t)tuple_length(v), &start, &stop, step);
        return tuple_take(v, start, step, (size_t)count);
    }
    ssize_t i;
    if (seq_index_from_key(key, tuple_length(v), "tuple", &i) < 0) return NULL;
    if (i < 0 || (size_t)i >= tuple_length(v)) return raise_error(T_IndexError, "tuple index out of range");
    return incref(tuple_item_borrow(v, (size_t)i));
}

static Value tuple_concat(Value a, Value b) {
    if (!is_tuple(b)) return raise_error(T_TypeError, "can only concatenate tuple (not \"%T\") to tuple", b);
    size_t m = tuple_length(a), n = tuple_length(b);
    if (n == 0 && IS_EXACT(a, tuple)) return incref(a);
    if (m == 0 && IS_EXACT(b, tuple)) return incref(b);
    if (m + n == 0) return empty_tuple();
    Tuple *t = tuple_alloc(m + n);
    if (!t) return NULL;
    for (size_t i = 0; i < m; i++) t->items[i] = incref(((Tuple *)a)->items[i]);
    for (size_t i = 0; i < n; i++) t->items[m + i] = incref(((Tuple *)b)->items[i]);
    heap_track(rt->heap, &t->head);
    return AS_VALUE(t);
}

static Value tuple_repeat(Value v, ssize_t times) {
    size_t n = tuple_length(v);
    if (times == 1 && IS_EXACT(v, tuple)) return incref(v);
    if (times <= 0 || n == 0) return empty_tuple();
    size_t total;
    if (__builtin_mul_overflow(n, (size_t)times, &total)) return raise_no_memory();
    if (work_charge(total / 16) < 0) return NULL;
    Tuple *t = tuple_alloc(total);
    if (!t) return NULL;
    for (size_t i = 0; i < total; i += n)
        for (size_t k = 0; k < n; k++) t->items[i + k] = incref(((Tuple *)v)->items[k]);
    heap_track(rt->heap, &t->head);
    return AS_VALUE(t);
}

/* ---- methods ---- */

static Value tuple_count(Value v, Value item) {
    ssize_t count = seq_count(v, item);
    return count < 0 ? NULL : small_int_new(count);
}

static Value tuple_index(Value v, Value const *args, size_t nargs) {
    if (!args_count("index", nargs, 1, 3)) return NULL;
    size_t start, stop;
    if (seq_search_range(args, nargs, tuple_length(v), &start, &stop) < 0) return NULL;
    ssize_t i = seq_find(v, args[0], start, stop);
    if (i == -1) return raise_error(T_ValueError, "tuple.index(x): x not in tuple");
    return i < 0 ? NULL : small_int_new(i);
}

static Value tuple_getnewargs(Value v) {
    Value copy = tuple_from_array(((Tuple *)v)->items, tuple_length(v));
    if (!copy) return NULL;
    return tuple_from_array_steal(&copy, 1);
}

static Value tuple_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (type->slots.init == TYPE(tuple)->slots.init && !args_no_keywords("tuple", kwnames)) return NULL;
    if (!args_count("tuple", nargs, 0, 1)) return NULL;
    Value plain = nargs ? value_to_tuple(args[0]) : empty_tuple();
    if (!plain || type == TYPE(tuple)) return plain;
    size_t n = tuple_length(plain);
    Value v = value_alloc(type, n);
    if (v) {
        Tuple *t = (Tuple *)v;
        t->length = n;
        for (size_t i = 0; i < n; i++) t->items[i] = incref(((Tuple *)plain)->items[i]);
        value_track(v);
    }
    decref(plain);
    return v;
}

static Value tuple_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    return tuple_make((Type *)callable, args, nargs, kwnames);
}

static const NativeMethod tuple_methods[] = {
    METHOD_NOARGS("__getnewargs__", tuple_getnewargs, "__getnewargs__($self, /)\n--\n\n"),
    METHOD_FAST("index", tuple_index,
                "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nWhere the first item that equals "
                "value stands; ValueError if there is none."),
    METHOD_ONE("count", tuple_count, "count($self, value, /)\n--\n\nHow many items equal value."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

Value tuple_iterator_new(Value tuple);

const TypeSpec tuple_type_spec = {
    .name = "tuple",
    .doc = "tuple(iterable=(), /)\n--\n\nA sequence that never changes, of the items of an iterable.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_SEQUENCE | TYPE_MATCH_SELF | TYPE_TUPLE_SUBCLASS,
    .basic_size = sizeof(Tuple),
    .item_size = sizeof(Value),
    .layout = {.form = HEAP_FORM_TAIL,
               .whole = true,
               .words = offsetof(Tuple, items),
               .count = offsetof(Tuple, length)},
    .slots = {.getattr = object_getattr,
              .traverse = tuple_traverse,
              .free = tuple_free,
              .size = tuple_size,
              .is_atomic = tuple_is_atomic,
              .repr = tuple_repr,
              .hash = tuple_hash,
              .compare = tuple_compare,
              .iter = tuple_iterator_new,
              .new_ = tuple_make,
              .length = tuple_len,
              .getitem = tuple_getitem,
              .contains = seq_contains,
              .concat = tuple_concat,
              .repeat = tuple_repeat},
    .methods = tuple_methods,
    .construct = tuple_construct,
};
