/*
 * list: a growable array of values. Growth leaves room for an eighth more, so that n appends cost O(n) moves; the array
 * shrinks when less than half is used. While a sort runs the list looks empty to everyone else (list_sort.c).
 */
#include "objects/list.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/generic.h"
#include "objects/seq.h"
#include "objects/sizes.h"
#include "objects/str.h"

#define LIST_MAX ((size_t)INT32_MAX - 8)

static List *list_alloc(Type *type) {
    List *l;
    if (type == TYPE(list)) {
        l = heap_object_new(rt->heap, &type->kind, sizeof(List));
        if (!l) raise_no_memory();
    } else {
        l = (List *)value_alloc(type, 0);
    }
    if (!l) return NULL;
    l->length = l->capacity = 0;
    l->items = NULL;
    return l;
}

/* Room for `length` items in all; the length itself stays. */
static int reserve(List *l, size_t length) {
    if (length <= l->capacity) return 0;
    if (length > LIST_MAX) return raise_no_memory(), -1;
    size_t capacity = (length + (length >> 3) + 6) & ~(size_t)3;
    if (length > l->length + (capacity - length))
        capacity = (length + 3) & ~(size_t)3; /* a big extension: exact */
    Value *items = heap_realloc(rt->heap, l->capacity ? l->items : NULL, capacity * sizeof(Value));
    if (!items) return raise_no_memory(), -1;
    l->items = items;
    l->capacity = (uint32_t)capacity;
    return 0;
}

static void shrink(List *l) {
    if (l->length >= l->capacity / 2) return;
    if (l->length == 0) {
        heap_free(rt->heap, l->items);
        l->items = NULL;
        l->capacity = 0;
        return;
    }
    size_t capacity = (l->length + (l->length >> 3) + 6) & ~(size_t)3;
    if (capacity >= l->capacity) return;
    Value *items = heap_realloc(rt->heap, l->items, capacity * sizeof(Value));
    if (!items) return;
    l->items = items;
    l->capacity = capacity;
}

/* A list of n items that the caller sets before it tracks the list. NULL raised. */
static inline List *list_unfilled(size_t n) {
    List *l = list_alloc(TYPE(list));
    if (!l || n == 0) return l;
    if (n > LIST_MAX || !(l->items = heap_alloc(rt->heap, n * sizeof(Value)))) {
        DECREF(l);
        return (List *)raise_no_memory();
    }
    l->capacity = l->length = (uint32_t)n;
    return l;
}

static Value list_filled(List *l) {
    heap_track_new(rt->heap, &l->head);
    return AS_VALUE(l);
}

Value list_new(size_t n) {
    List *l = list_unfilled(n);
    if (!l) return NULL;
    if (n) memset(l->items, 0, n * sizeof(Value));
    return list_filled(l);
}

/* NULL, with nothing raised: ask list_unfilled. */
static inline List *few_unfilled(size_t n) {
    List *l = heap_object_new(rt->heap, &TYPE(list)->kind, sizeof(List));
    if (!l) return NULL;
    l->length = l->capacity = (uint32_t)n;
    l->items = heap_alloc(rt->heap, n * sizeof(Value));
    if (l->items) return l;
    heap_object_free(rt->heap, &l->head);
    return NULL;
}

Value list_from_array_steal(Value *items, size_t n) {
    enum { FEW = 16 };
    List *few = n && n <= FEW ? few_unfilled(n) : NULL;
    if (few) {
        Value *to = few->items;
        do {
            *to++ = *items++;
            __asm__("" : "+r"(to)); /* no vectors: setting them up costs more than so few items do */
        } while (--n);
        heap_track_new(rt->heap, &few->head);
        return AS_VALUE(few);
    }
    List *l = list_unfilled(n);
    if (!l) {
        for (size_t i = 0; i < n; i++) decref(items[i]);
        return NULL;
    }
    if (n) memcpy(l->items, items, n * sizeof(Value));
    return list_filled(l);
}

Value list_from_array(Value const *items, size_t n) {
    List *l = list_unfilled(n);
    if (!l) return NULL;
    if (n) values_copy(l->items, items, n);
    return list_filled(l);
}

int list_append_steal(Value v, Value item) {
    List *l = (List *)v;
    if (__builtin_expect(l->length == l->capacity, 0) && reserve(l, l->length + 1) < 0) {
        decref(item);
        return -1;
    }
    l->items[l->length++] = item;
    return 0;
}

int list_append(Value v, Value item) { return list_append_steal(v, incref(item)); }

int list_insert(Value v, ssize_t index, Value item) {
    List *l = (List *)v;
    if (reserve(l, l->length + 1) < 0) return -1;
    ssize_t n = (ssize_t)l->length;
    if (index < 0) index = index + n < 0 ? 0 : index + n;
    if (index > n) index = n;
    memmove(l->items + index + 1, l->items + index, (size_t)(n - index) * sizeof(Value));
    l->items[index] = incref(item);
    l->length++;
    return 0;
}

static int extend_by_array(List *l, Value const *items, size_t n) {
    if (reserve(l, l->length + n) < 0) return -1;
    Value *to = l->items + l->length;
    for (size_t i = 0; i < n; i++) to[i] = incref(items[i]);
    l->length += n;
    return 0;
}

static int extend_by_iterator(Value v, Value iterable) {
    Value it = value_iter(iterable);
    if (!it) return -1;
    ssize_t hint = value_length_hint(iterable, 8);
    if (hint < 0) goto fail;
    List *l = (List *)v;
    if ((size_t)hint < LIST_MAX && l->length + (size_t)hint > l->capacity && hint < (1 << 24) &&
        reserve(l, l->length + (size_t)hint) < 0)
        goto fail;
    UnaryFn next = type_of(it)->slots.next;
    size_t since_charge = 0;
    for (Value item; (item = next(it)) != NULL;) {
        if (list_append_steal(v, item) < 0) goto fail;
        if (++since_charge == 0x10000) {
            if (work_charge(since_charge) < 0) goto fail;
            since_charge = 0;
        }
    }
    if (error_pending() && !error_swallow(T_StopIteration)) goto fail;
    decref(it);
    if (l->capacity > l->length + 8) shrink(l);
    return 0;
fail:
    decref(it);
    return -1;
}

static int extend_by_bytes(List *l, const uint8_t *data, size_t n) {
    if (n == 0) return 0;
    if (reserve(l, l->length + n) < 0) return -1;
    Value *to = l->items + l->length;
    for (size_t i = 0; i < n; i++) to[i] = small_int_new(data[i]);
    l->length += n;
    return work_charge_alone(n / 64);
}

static int extend_by_str(List *l, Value text) {
    size_t n = str_length(text);
    if (reserve(l, l->length + n) < 0) return -1;
    for (size_t i = 0; i < n; i++) {
        Value c = str_from_char(str_read(text, i));
        if (!c || work_item(i) < 0) {
            xdecref(c);
            return -1;
        }
        l->items[l->length++] = c;
    }
    return 0;
}

static int extend_by_dict(List *l, const Dict *d, ViewKind kind) {
    if (reserve(l, l->length + d->length) < 0) return -1;
    size_t left = d->length;
    for (const DictEntry *e = d->entries; left; e++) {
        if (!e->key) continue;
        left--;
        Value item = kind == VIEW_VALUES ? incref(e->value) : incref(e->key);
        if (kind == VIEW_ITEMS) {
            Value pair = tuple_pair_try_steal(item, incref(e->value));
            if (!pair) {
                decref(item);
                decref(e->value);
                return raise_no_memory(), -1;
            }
            item = pair;
        }
        l->items[l->length++] = item;
    }
    return work_charge_alone(d->length / 64);
}

int list_extend(Value v, Value iterable) {
    if (IS_EXACT(iterable, list) || IS_EXACT(iterable, tuple)) {
        size_t n = fast_sequence_length(iterable);
        if (n == 0) return 0;
        if (iterable != v) return extend_by_array((List *)v, fast_sequence_items(iterable), n);
        if (reserve((List *)v, 2 * n) < 0) return -1;
        return extend_by_array((List *)v, ((List *)v)->items, n);
    }
    if (IS_EXACT(iterable, bytes))
        return extend_by_bytes((List *)v, bytes_data(iterable), bytes_length(iterable));
    if (IS_EXACT(iterable, bytearray))
        return extend_by_bytes((List *)v, ((ByteArray *)iterable)->data, ((ByteArray *)iterable)->length);
    if (IS_EXACT(iterable, str)) return extend_by_str((List *)v, iterable);
    Dict *dict;
    ViewKind kind;
    if (dict_plain_view(iterable, &dict, &kind)) return extend_by_dict((List *)v, dict, kind);
    return extend_by_iterator(v, iterable);
}

Value list_slice(Value v, size_t low, size_t high) {
    List *l = (List *)v;
    if (high > l->length) high = l->length;
    if (low > high) low = high;
    return list_from_array(l->items + low, high - low);
}

Value list_to_tuple(Value v) { return tuple_from_array(((List *)v)->items, ((List *)v)->length); }

int list_reverse(Value v) {
    List *l = (List *)v;
    for (size_t i = 0, j = l->length; i + 1 < j; i++) {
        Value t = l->items[i];
        l->items[i] = l->items[--j];
        l->items[j] = t;
    }
    return 0;
}

/* Replaces items [low, high) by n borrowed ones. The removed ones are dropped when the list is whole again. */
static int replace_range(List *l, size_t low, size_t high, Value const *items, size_t n) {
    size_t removed_count = high - low, tail = l->length - high;
    Value stack_copy[16];
    Value *removed = stack_copy;
    if (removed_count > 16 && !(removed = heap_alloc(rt->heap, removed_count * sizeof(Value))))
        return raise_no_memory(), -1;
    if (n > removed_count && reserve(l, l->length - removed_count + n) < 0) {
        if (removed != stack_copy) heap_free(rt->heap, removed);
        return -1;
    }
    if (removed_count) memcpy(removed, l->items + low, removed_count * sizeof(Value));
    if (tail && n != removed_count) memmove(l->items + low + n, l->items + high, tail * sizeof(Value));
    for (size_t i = 0; i < n; i++) l->items[low + i] = incref(items[i]);
    l->length = low + n + tail;
    if (n < removed_count) shrink(l);
    for (size_t i = removed_count; i-- > 0;) decref(removed[i]);
    if (removed != stack_copy) heap_free(rt->heap, removed);
    return 0;
}

int list_set_slice(Value v, ssize_t low, ssize_t high, Value iterable) {
    Value seq = NULL;
    if (iterable) {
        seq = iterable == v ? list_slice(v, 0, SIZE_MAX)
                            : value_fast_sequence(iterable, "can only assign an iterable");
        if (!seq) return -1;
    }
    List *l = (List *)v;
    ssize_t n = (ssize_t)l->length;
    if (low < 0) low = 0;
    if (low > n) low = n;
    if (high < low) high = low;
    if (high > n) high = n;
    int status = replace_range(l, (size_t)low, (size_t)high, seq ? fast_sequence_items(seq) : NULL,
                               seq ? fast_sequence_length(seq) : 0);
    xdecref(seq);
    return status;
}

static void drop_items(List *l) {
    if (l->capacity == 0) return;
    Value *items = l->items;
    size_t n = l->length;
    l->items = NULL;
    l->length = l->capacity = 0;
    while (n-- > 0) xdecref(items[n]);
    heap_free(rt->heap, items);
}

static int list_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    List *l = (List *)o;
    for (size_t i = l->length; i-- > 0;) VISIT(l->items[i]);
    return 0;
}

static void list_clear_references(Heap *heap, HeapObject *o) {
    (void)heap;
    drop_items((List *)o);
}

void values_drop_slow(Heap *heap, Value *values, size_t n) {
    while (n-- > 0)
        if (is_object(values[n]) && values[n]) heap_decref(heap, &values[n]->head);
}

static void list_free(Heap *heap, HeapObject *o) {
    List *l = (List *)o;
    Value *items = l->items;
    values_drop(heap, items, l->length);
    if (l->capacity) heap_free(heap, items);
    if (o->kind == &TYPE(list)->kind) heap_object_free(heap, o);
    else value_free(AS_VALUE(o));
}

static size_t list_size(const HeapObject *o) {
    return own_block(o) + ((const List *)o)->capacity * sizeof(Value);
}

/* ---- protocols ---- */

static Value list_repr(Value v) {
    if (list_length(v) == 0) return str_from_cstr("[]");
    return seq_repr(v, "[", "]", "[...]", false);
}

static Value list_compare(Value a, Value b, CompareOp op) {
    if (!is_list(a) || !is_list(b)) return NOT_IMPLEMENTED;
    return seq_compare(a, b, op);
}

static ssize_t list_len(Value v) { return (ssize_t)list_length(v); }

static Value list_take(List *l, ssize_t start, ssize_t step, size_t count) {
    if (step == 1) return list_from_array(l->items + start, count);
    Value v = list_new(count);
    if (!v) return NULL;
    for (size_t i = 0; i < count; i++, start += step) ((List *)v)->items[i] = incref(l->items[start]);
    return v;
}

static Value list_getitem(Value v, Value key) {
    List *l = (List *)v;
    if (is_slice(key)) {
        ssize_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0) return NULL;
        size_t count = (size_t)slice_adjust((ssize_t)l->length, &start, &stop, step);
        return list_take(l, start, step, count);
    }
    ssize_t i;
    if (seq_index_from_key(key, l->length, "list", &i) < 0) return NULL;
    if (i < 0 || (size_t)i >= l->length) return raise_error(T_IndexError, "list index out of range");
    return incref(l->items[i]);
}

/* del l[start:stop:step] for a step other than 1: the kept items close ranks, then the others are dropped. */
static int delete_strided(List *l, ssize_t start, ssize_t step, size_t count) {
    if (count == 0) return 0;
    if (step < 0) {
        start += step * (ssize_t)(count - 1);
        step = -step;
    }
    Value *removed = heap_alloc(rt->heap, count * sizeof(Value));
    if (!removed) return raise_no_memory(), -1;
    size_t to = (size_t)start, taken = 0;
    for (size_t from = to; from < l->length; from++) {
        bool doomed = taken < count && from == (size_t)start + taken * (size_t)step;
        if (doomed) removed[taken++] = l->items[from];
        else l->items[to++] = l->items[from];
    }
    l->length = to;
    shrink(l);
    for (size_t i = 0; i < count; i++) decref(removed[i]);
    heap_free(rt->heap, removed);
    return 0;
}

static int assign_strided(List *l, ssize_t start, ssize_t step, size_t count, Value seq) {
    size_t n = fast_sequence_length(seq);
    if (n != count)
        return raise_int(T_ValueError, "attempt to assign sequence of size %zd to extended slice of size %zd",
                         (ssize_t)n, (ssize_t)count);
    if (count == 0) return 0;
    Value *removed = heap_alloc(rt->heap, count * sizeof(Value));
    if (!removed) return raise_no_memory(), -1;
    for (size_t i = 0; i < count; i++, start += step) {
        removed[i] = l->items[start];
        l->items[start] = incref(fast_sequence_items(seq)[i]);
    }
    for (size_t i = 0; i < count; i++) decref(removed[i]);
    heap_free(rt->heap, removed);
    return 0;
}

static int list_set_slice_object(Value v, Value slice, Value value) {
    ssize_t start, stop, step;
    if (slice_unpack(slice, &start, &stop, &step) < 0) return -1;
    if (step == 1) {
        slice_adjust((ssize_t)list_length(v), &start, &stop, step);
        return list_set_slice(v, start, stop, value);
    }
    if (!value) {
        size_t count = (size_t)slice_adjust((ssize_t)list_length(v), &start, &stop, step);
        return delete_strided((List *)v, start, step, count);
    }
    Value seq = value == v ? list_slice(v, 0, SIZE_MAX)
                           : value_fast_sequence(value, "must assign iterable to extended slice");
    if (!seq) return -1;
    size_t count = (size_t)slice_adjust((ssize_t)list_length(v), &start, &stop, step);
    int status = assign_strided((List *)v, start, step, count, seq);
    decref(seq);
    return status;
}

static int list_setitem(Value v, Value key, Value value) {
    if (is_slice(key)) return list_set_slice_object(v, key, value);
    List *l = (List *)v;
    ssize_t i;
    if (seq_index_from_key(key, l->length, "list", &i) < 0) return -1;
    if (i < 0 || (size_t)i >= l->length) return raise_int(T_IndexError, "list assignment index out of range");
    if (!value) return replace_range(l, (size_t)i, (size_t)i + 1, NULL, 0);
    Value old = l->items[i];
    l->items[i] = incref(value);
    decref(old);
    return 0;
}

static Value list_concat(Value a, Value b) {
    if (!is_list(b)) return raise_error(T_TypeError, "can only concatenate list (not \"%T\") to list", b);
    List *x = (List *)a, *y = (List *)b;
    Value v = list_new(x->length + y->length);
    if (!v) return NULL;
    Value *to = ((List *)v)->items;
    for (size_t i = 0; i < x->length; i++) *to++ = incref(x->items[i]);
    for (size_t i = 0; i < y->length; i++) *to++ = incref(y->items[i]);
    return v;
}

static Value list_iconcat(Value v, Value iterable) { return list_extend(v, iterable) < 0 ? NULL : incref(v); }

/* What comes between two looks at the breaker. */
enum { FILL_PIECE = 1 << 17 };

/* Repeats the first n items up to `total`, each with its reference. -1 when the breaker has raised: then so many are filled. */
static int fill_repeated(Value *items, size_t n, size_t total, size_t *filled_out) {
    bool objects = false;
    for (size_t i = 0; i < n; i++) objects |= is_object(items[i]);
    for (size_t filled = n; filled < total;) {
        size_t from = filled % n, left = total - filled, piece = left < FILL_PIECE ? left : FILL_PIECE;
        if (n > 1 && piece > filled - from) piece = filled - from;
        if (n > 1) memcpy(items + filled, items + from, piece * sizeof(Value));
        else
            for (size_t i = 0; i < piece; i++) items[filled + i] = items[0];
        for (size_t i = 0; objects && i < piece; i++) incref(items[filled + i]);
        filled += piece;
        if (filled > FILL_PIECE && work_charge_alone(0) < 0) return *filled_out = filled, -1;
    }
    return 0;
}

static int repeated_total(size_t n, ssize_t times, size_t *total) {
    if (times < 0) times = 0;
    if (__builtin_mul_overflow(n, (size_t)times, total) || *total > LIST_MAX) return raise_no_memory(), -1;
    return work_charge(*total / 16);
}

static Value list_repeat(Value v, ssize_t times) {
    size_t n = list_length(v), total, filled;
    if (repeated_total(n, times, &total) < 0) return NULL;
    List *result = list_unfilled(total);
    if (!result) return NULL;
    if (total) {
        values_copy(result->items, ((List *)v)->items, n);
        if (fill_repeated(result->items, n, total, &filled) < 0) {
            result->length = (uint32_t)filled;
            decref(AS_VALUE(result));
            return NULL;
        }
    }
    return list_filled(result);
}

static Value list_irepeat(Value v, ssize_t times) {
    List *l = (List *)v;
    size_t n = l->length, total, filled;
    if (repeated_total(n, times, &total) < 0) return NULL;
    if (total == 0) {
        drop_items(l);
        return incref(v);
    }
    if (reserve(l, total) < 0) return NULL;
    if (fill_repeated(l->items, n, total, &filled) < 0) {
        while (filled > n) decref(l->items[--filled]);
        return NULL;
    }
    l->length = total;
    return incref(v);
}

/* ---- methods ---- */

static Value list_append_method(Value v, Value item) { return list_append(v, item) < 0 ? NULL : NONE; }

static Value list_extend_method(Value v, Value iterable) {
    return list_extend(v, iterable) < 0 ? NULL : NONE;
}

static Value list_insert_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("insert", nargs, 2, 2)) return NULL;
    Value index = value_index(args[0]);
    if (!index) return NULL;
    ssize_t i = value_as_ssize_argument(index);
    decref(index);
    if (i == -1 && error_pending()) return NULL;
    return list_insert(v, i, args[1]) < 0 ? NULL : NONE;
}

static Value list_pop_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("pop", nargs, 0, 1)) return NULL;
    List *l = (List *)v;
    ssize_t i = -1;
    if (nargs) {
        Value index = value_index(args[0]);
        if (!index) return NULL;
        i = value_as_ssize_argument(index);
        decref(index);
        if (i == -1 && error_pending()) return NULL;
    }
    if (l->length == 0) return raise_error(T_IndexError, "pop from empty list");
    if (i < 0) i += (ssize_t)l->length;
    if (i < 0 || (size_t)i >= l->length) return raise_error(T_IndexError, "pop index out of range");
    Value item = l->items[i];
    l->length--;
    memmove(l->items + i, l->items + i + 1, (l->length - (size_t)i) * sizeof(Value));
    if (l->length < l->capacity / 2) shrink(l);
    return item;
}

static Value list_remove_method(Value v, Value item) {
    ssize_t i = seq_find(v, item, 0, SIZE_MAX);
    if (i == -1) return raise_error(T_ValueError, "list.remove(x): x not in list");
    if (i < 0) return NULL;
    if ((size_t)i >= list_length(v)) return NONE; /* __eq__ emptied the list */
    return replace_range((List *)v, (size_t)i, (size_t)i + 1, NULL, 0) < 0 ? NULL : NONE;
}

static Value list_index_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("index", nargs, 1, 3)) return NULL;
    size_t start, stop;
    if (seq_search_range(args, nargs, list_length(v), &start, &stop) < 0) return NULL;
    ssize_t i = seq_find(v, args[0], start, stop);
    if (i == -1) return raise_error(T_ValueError, "%R is not in list", args[0]);
    return i < 0 ? NULL : small_int_new(i);
}

static Value list_count_method(Value v, Value item) {
    ssize_t count = seq_count(v, item);
    return count < 0 ? NULL : small_int_new(count);
}

static Value list_clear_method(Value v) {
    drop_items((List *)v);
    return NONE;
}

static Value list_copy_method(Value v) { return list_slice(v, 0, SIZE_MAX); }

static Value list_reverse_method(Value v) {
    list_reverse(v);
    return NONE;
}

static Value list_sort_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"key", "reverse", NULL};
    static const ArgSpec spec = {"sort", names, 2, 0, 0};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int reverse = 0;
    if (out[1]) {
        if (value_as_int(out[1], &reverse) < 0) return NULL;
    }
    return list_sort(v, out[0] ? out[0] : NONE, reverse != 0) < 0 ? NULL : NONE;
}

static Value list_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    List *l = list_alloc(type);
    if (!l) return NULL;
    heap_track(rt->heap, &l->head);
    return AS_VALUE(l);
}

static int list_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (type_of(v)->slots.new_ == list_make && type_of(v)->slots.init == list_init &&
        !args_no_keywords("list", kwnames))
        return -1;
    if (!args_count("list", nargs, 0, 1)) return -1;
    if (list_length(v)) drop_items((List *)v);
    return nargs ? list_extend(v, args[0]) : 0;
}

static Value list_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("list", kwnames) || !args_count("list", nargs, 0, 1)) return NULL;
    Value v = list_make((Type *)callable, NULL, 0, NULL);
    if (v && nargs && list_extend(v, args[0]) < 0) {
        decref(v);
        return NULL;
    }
    return v;
}

Value list_iterator_new(Value list);
Value list_reverse_iterator_new(Value list);

static const NativeMethod list_methods[] = {
    {"__getitem__", (void *)list_getitem, NATIVE_ONE, NATIVE_COEXIST, "x.__getitem__(y) <==> x[y]"},
    METHOD_NOARGS("clear", list_clear_method, "clear($self, /)\n--\n\nLeave nothing in it."),
    METHOD_NOARGS("copy", list_copy_method, "copy($self, /)\n--\n\nA new list of the same items."),
    METHOD_ONE("append", list_append_method, "append($self, object, /)\n--\n\nAdds an object at the end."),
    METHOD_FAST("insert", list_insert_method,
                "insert($self, index, object, /)\n--\n\nInsert object before index."),
    METHOD_ONE("extend", list_extend_method,
               "extend($self, iterable, /)\n--\n\nAdds each item of an iterable at the end."),
    METHOD_FAST("pop", list_pop_method,
                "pop($self, index=-1, /)\n--\n\nTakes item index, the last by default, out and gives it."),
    METHOD_ONE("remove", list_remove_method,
               "remove($self, value, /)\n--\n\nTakes out the first item that equals value; ValueError if "
               "there is none."),
    METHOD_FAST("index", list_index_method,
                "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\nWhere the first item that equals "
                "value stands; ValueError if there is none."),
    METHOD_ONE("count", list_count_method, "count($self, value, /)\n--\n\nHow many items equal value."),
    METHOD_NOARGS("reverse", list_reverse_method, "reverse($self, /)\n--\n\nReverse *IN PLACE*."),
    METHOD_KW("sort", list_sort_method,
              "sort($self, /, *, key=None, reverse=False)\n--\n\nOrders the items in place, smallest first; "
              "equal ones stay as they stood. key makes what is compared, reverse turns the order round."),
    METHOD_NOARGS("__reversed__", list_reverse_iterator_new,
                  "__reversed__($self, /)\n--\n\nAn iterator from the last item to the first."),
    METHOD_NOARGS("__sizeof__", value_sizeof, "__sizeof__($self, /)\n--\n\nBytes of memory."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const TypeSpec list_type_spec = {
    .name = "list",
    .doc = "list(iterable=(), /)\n--\n\nA sequence that can be changed, of the items of an iterable.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_SEQUENCE | TYPE_MATCH_SELF | TYPE_LIST_SUBCLASS,
    .basic_size = sizeof(List),
    .layout = {.form = HEAP_FORM_VECTOR,
               .whole = true,
               .words = offsetof(List, items),
               .count = offsetof(List, length)},
    .slots = {.getattr = object_getattr,
              .traverse = list_traverse,
              .clear = list_clear_references,
              .free = list_free,
              .size = list_size,
              .repr = list_repr,
              .hash = hash_not_implemented,
              .compare = list_compare,
              .iter = list_iterator_new,
              .new_ = list_make,
              .init = list_init,
              .length = list_len,
              .getitem = list_getitem,
              .setitem = list_setitem,
              .contains = seq_contains,
              .concat = list_concat,
              .iconcat = list_iconcat,
              .repeat = list_repeat,
              .irepeat = list_irepeat},
    .methods = list_methods,
    .construct = list_construct,
};
