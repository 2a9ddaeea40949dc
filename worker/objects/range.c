/*
 * range: start, stop and step as ints of any size. When all numbers are small ints the iterator counts without objects.
 */
#include "objects/range.h"

#include "objects/int.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/str.h"

/* ceil((stop - start) / step), never negative; new. */
static Value compute_length(Value start, Value stop, Value step) {
    bool forward = int_sign(step) > 0;
    Value low = forward ? start : stop, high = forward ? stop : start;
    if (int_compare(low, high) >= 0) return small_int_new(0);
    Value span = int_subtract(high, low), stride = forward ? incref(step) : int_negative(step), result = NULL;
    Value last = span ? int_subtract(span, small_int_new(1)) : NULL;
    Value whole = last && stride ? int_floor_divide(last, stride) : NULL;
    if (whole) result = int_add(whole, small_int_new(1));
    xdecref(whole);
    xdecref(last);
    xdecref(stride);
    xdecref(span);
    return result;
}

static Value range_build_steal(Value start, Value stop, Value step) {
    Value length = compute_length(start, stop, step);
    Range *r = length ? (Range *)value_alloc(TYPE(range), 0) : NULL;
    if (!r) {
        decref(start);
        decref(stop);
        decref(step);
        xdecref(length);
        return NULL;
    }
    r->start = start, r->stop = stop, r->step = step, r->length = length;
    return AS_VALUE(r);
}

static Value range_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    if (!args_no_keywords("range", kwnames)) return NULL;
    if (nargs == 0) return raise_error(T_TypeError, "range expected at least 1 argument, got 0");
    if (nargs > 3)
        return raise_error(T_TypeError, "range expected at most 3 arguments, got %zd", (ssize_t)nargs);
    Value part[3] = {small_int_new(0), NULL, small_int_new(1)};
    size_t first = nargs == 1 ? 1 : 0;
    for (size_t i = 0; i < nargs; i++) {
        part[first + i] = value_index(args[i]);
        if (!part[first + i]) {
            while (i-- > 0) decref(part[first + i]);
            return NULL;
        }
    }
    if (int_sign(part[2]) == 0) {
        decref(part[0]);
        decref(part[1]);
        return raise_error(T_ValueError, "range() arg 3 must not be zero");
    }
    return range_build_steal(part[0], part[1], part[2]);
}

static Value range_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    return range_make((Type *)callable, args, nargs, kwnames);
}

static void range_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Range *r = (Range *)o;
    decref(r->start);
    decref(r->stop);
    decref(r->step);
    decref(r->length);
    value_free(AS_VALUE(o));
}

/* start + i * step; new. */
static Value item_at(const Range *r, Value i) {
    Value offset = int_multiply(i, r->step);
    Value item = offset ? int_add(r->start, offset) : NULL;
    xdecref(offset);
    return item;
}

static Value range_repr(Value v) {
    Range *r = (Range *)v;
    if (r->step == small_int_new(1)) return str_format("range(%R, %R)", r->start, r->stop);
    return str_format("range(%R, %R, %R)", r->start, r->stop, r->step);
}

static ssize_t range_length(Value v) {
    Range *r = (Range *)v;
    int64_t n;
    if (int_to_i64(r->length, &n)) return (ssize_t)n;
    return raise_int(T_OverflowError, "Python int too large to convert to C ssize_t");
}

static int range_bool(Value v) { return ((Range *)v)->length != small_int_new(0); }

/* Bounds of a slice over a length of any size; new ints in out[0..3). */
static int slice_of_length(Value slice, Value length, Value out[3]) {
    Value args[1] = {length};
    Value triple = value_call_method(slice, NAME(indices), args, 1);
    if (!triple) return -1;
    for (int i = 0; i < 3; i++) out[i] = incref(tuple_item_borrow(triple, (size_t)i));
    decref(triple);
    return 0;
}

static Value range_slice(Range *r, Value slice) {
    Value part[3];
    if (slice_of_length(slice, r->length, part) < 0) return NULL;
    Value start = item_at(r, part[0]), stop = item_at(r, part[1]), step = int_multiply(r->step, part[2]);
    for (int i = 0; i < 3; i++) decref(part[i]);
    if (start && stop && step) return range_build_steal(start, stop, step);
    xdecref(start);
    xdecref(stop);
    xdecref(step);
    return NULL;
}

static Value range_getitem(Value v, Value key) {
    Range *r = (Range *)v;
    if (is_slice(key)) return range_slice(r, key);
    if (!value_has_index(key))
        return raise_error(T_TypeError, "range indices must be integers or slices, not %T", key);
    Value i = value_index(key), item = NULL;
    if (!i) return NULL;
    if (int_sign(i) < 0) {
        Value moved = int_add(i, r->length);
        decref(i);
        if (!(i = moved)) return NULL;
    }
    if (int_sign(i) < 0 || int_compare(i, r->length) >= 0)
        raise_error(T_IndexError, "range object index out of range");
    else item = item_at(r, i);
    decref(i);
    return item;
}

/* Is the int n one of the range's numbers? 1, 0, -1 raised. */
static int has_int(const Range *r, Value n) {
    bool forward = int_sign(r->step) > 0;
    if (forward ? int_compare(n, r->start) < 0 || int_compare(n, r->stop) >= 0
                : int_compare(n, r->start) > 0 || int_compare(n, r->stop) <= 0)
        return 0;
    Value offset = int_subtract(n, r->start), rest = offset ? int_remainder(offset, r->step) : NULL;
    int result = rest ? rest == small_int_new(0) : -1;
    xdecref(offset);
    xdecref(rest);
    return result;
}

static bool is_plain_int(Value v) { return is_small_int(v) || IS_EXACT(v, int) || is_bool(v); }

/* The slow way for values that only compare equal to ints: index of the first match, -1 absent, -2 raised. */
static ssize_t search(Value v, Value item) {
    Value it = value_iter(v);
    if (!it) return -2;
    ssize_t i = 0, found = -1;
    for (Value n; found == -1 && (n = value_next(it)) != NULL; decref(n), i++) {
        int equal = value_equal(n, item);
        if (equal) found = equal < 0 ? -2 : i;
    }
    decref(it);
    return error_pending() ? -2 : found;
}

static int range_contains(Value v, Value item) {
    if (is_plain_int(item)) return has_int((Range *)v, item);
    ssize_t i = search(v, item);
    return i == -2 ? -1 : i >= 0;
}

static Value range_index(Value v, Value item) {
    Range *r = (Range *)v;
    if (is_plain_int(item)) {
        int inside = has_int(r, item);
        if (inside < 0) return NULL;
        if (inside) {
            Value offset = int_subtract(item, r->start),
                  i = offset ? int_floor_divide(offset, r->step) : NULL;
            xdecref(offset);
            return i;
        }
    } else {
        ssize_t i = search(v, item);
        if (i != -1) return i < 0 ? NULL : small_int_new(i);
        return raise_error(T_ValueError, "sequence.index(x): x not in sequence");
    }
    return raise_error(T_ValueError, "%R is not in range", item);
}

static Value range_count(Value v, Value item) {
    if (is_plain_int(item)) {
        int inside = has_int((Range *)v, item);
        return inside < 0 ? NULL : small_int_new(inside);
    }
    Value it = value_iter(v);
    if (!it) return NULL;
    int64_t count = 0;
    int equal = 0;
    for (Value n; equal >= 0 && (n = value_next(it)) != NULL; decref(n)) {
        equal = value_equal(n, item);
        count += equal > 0;
    }
    decref(it);
    return error_pending() ? NULL : small_int_new(count);
}

static bool ranges_equal(const Range *a, const Range *b) {
    if (a == b) return true;
    if (int_compare(a->length, b->length) != 0) return false;
    if (a->length == small_int_new(0)) return true;
    if (int_compare(a->start, b->start) != 0) return false;
    return a->length == small_int_new(1) || int_compare(a->step, b->step) == 0;
}

static Value range_compare(Value a, Value b, CompareOp op) {
    if (!IS(b, range) || (op != CMP_EQ && op != CMP_NE)) return NOT_IMPLEMENTED;
    return BOOL(ranges_equal((Range *)a, (Range *)b) == (op == CMP_EQ));
}

static Hash range_hash(Value v) {
    Range *r = (Range *)v;
    bool empty = r->length == small_int_new(0), single = r->length == small_int_new(1);
    Value key = tuple_pack(3, r->length, empty ? NONE : r->start, empty || single ? NONE : r->step);
    if (!key) return -1;
    Hash hash = value_hash(key);
    decref(key);
    return hash;
}

/* Arguments are ignored, as CPython does. */
static Value range_reduce(Value v, Value const *args, size_t nargs) {
    (void)args, (void)nargs;
    Range *r = (Range *)v;
    Value ends = tuple_pack(3, r->start, r->stop, r->step);
    Value result = ends ? tuple_pack(2, AS_VALUE(TYPE(range)), ends) : NULL;
    xdecref(ends);
    return result;
}

/* ---- iteration ---- */

static Value long_iterator(Value start, Value step, Value length) {
    LongRangeIterator *it = (LongRangeIterator *)value_alloc(TYPE(longrange_iterator), 0);
    if (!it) return NULL;
    it->next = incref(start);
    it->step = incref(step);
    it->left = incref(length);
    it->length = incref(length);
    return AS_VALUE(it);
}

static Value iterator(Value start, Value step, Value length) {
    int64_t first, stride, n, span, last;
    if (!int_to_i64(start, &first) || !int_to_i64(step, &stride) || !int_to_i64(length, &n) ||
        __builtin_mul_overflow(n, stride, &span) || __builtin_add_overflow(first, span, &last) ||
        !fits_small_int(first) || !fits_small_int(last))
        return long_iterator(start, step, length);
    RangeIterator *it = (RangeIterator *)value_alloc(TYPE(range_iterator), 0);
    if (!it) return NULL;
    it->next = first;
    it->step = stride;
    it->left = it->length = n;
    return AS_VALUE(it);
}

static Value range_iter(Value v) {
    Range *r = (Range *)v;
    return iterator(r->start, r->step, r->length);
}

static Value range_reversed(Value v) {
    Range *r = (Range *)v;
    Value last = int_subtract(r->length, small_int_new(1));
    Value start = last ? item_at(r, last) : NULL, step = int_negative(r->step);
    Value it = start && step ? iterator(start, step, r->length) : NULL;
    xdecref(last);
    xdecref(start);
    xdecref(step);
    return it;
}

static Value range_iterator_next(Value v) {
    RangeIterator *it = (RangeIterator *)v;
    if (it->left <= 0) return NULL;
    it->left--;
    Value n = small_int_new(it->next);
    it->next += it->step;
    return n;
}

static Value long_iterator_next(Value v) {
    LongRangeIterator *it = (LongRangeIterator *)v;
    if (int_sign(it->left) <= 0) return NULL;
    Value left = int_subtract(it->left, small_int_new(1)), next = int_add(it->next, it->step);
    if (!left || !next) {
        xdecref(left);
        xdecref(next);
        return NULL;
    }
    decref(it->left);
    it->left = left;
    Value n = it->next;
    it->next = next;
    return n;
}

static void long_iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    LongRangeIterator *it = (LongRangeIterator *)o;
    decref(it->next);
    decref(it->step);
    decref(it->left);
    decref(it->length);
    value_free(AS_VALUE(o));
}

static Value self_iter(Value v) { return incref(v); }

static Value range_iterator_hint(Value v) { return int_from_i64(((RangeIterator *)v)->left); }
static Value long_iterator_hint(Value v) { return incref(((LongRangeIterator *)v)->left); }

/* base + count * step; new. */
static Value advanced(Value base, Value count, Value step) {
    Value span = int_multiply(count, step), sum = span ? int_add(base, span) : NULL;
    xdecref(span);
    return sum;
}

/* Taken apart into the whole range and an index: there are `index` numbers between its start and `next`. Steals index, which may be NULL. */
static Value reduce_iterator_steal(Value next, Value step, Value length, Value index) {
    Value back = index ? int_negative(index) : NULL, start = back ? advanced(next, back, step) : NULL;
    Value stop = start ? advanced(start, length, step) : NULL;
    Value range = stop ? range_build_steal(incref(start), stop, incref(step)) : NULL;
    xdecref(start);
    xdecref(back);
    return iterator_taken_apart_steal("iter", range, index);
}

static Value range_iterator_reduce(Value v) {
    RangeIterator *it = (RangeIterator *)v;
    Value next = small_int_new(it->next), step = int_from_i64(it->step),
          length = step ? int_from_i64(it->length) : NULL;
    Value result =
        length ? reduce_iterator_steal(next, step, length, int_from_i64(it->length - it->left)) : NULL;
    xdecref(length);
    xdecref(step);
    return result;
}

static Value long_iterator_reduce(Value v) {
    LongRangeIterator *it = (LongRangeIterator *)v;
    return reduce_iterator_steal(it->next, it->step, it->length, int_subtract(it->length, it->left));
}

static Value range_iterator_setstate(Value v, Value state) {
    RangeIterator *it = (RangeIterator *)v;
    int64_t index;
    if (value_as_i64(state, &index) < 0) return NULL;
    index = index < 0 ? 0 : index > it->length ? it->length : index;
    it->next += (index - (it->length - it->left)) * it->step;
    it->left = it->length - index;
    return NONE;
}

static Value long_iterator_setstate(Value v, Value state) {
    LongRangeIterator *it = (LongRangeIterator *)v;
    if (!is_int(state)) return raise_error(T_TypeError, "state must be an int, not %T", state);
    Value index = int_sign(state) < 0                  ? small_int_new(0)
                  : int_compare(state, it->length) > 0 ? it->length
                                                       : state;
    Value left = int_subtract(it->length, index), ahead = left ? int_subtract(it->left, left) : NULL;
    Value next = ahead ? advanced(it->next, ahead, it->step) : NULL;
    xdecref(ahead);
    if (!next) {
        xdecref(left);
        return NULL;
    }
    SET_FIELD_STEAL(it->left, left);
    SET_FIELD_STEAL(it->next, next);
    return NONE;
}

static const NativeMethod range_iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", range_iterator_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", range_iterator_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", range_iterator_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

static const NativeMethod long_iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", long_iterator_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", long_iterator_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", long_iterator_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

static const NativeMethod range_methods[] = {
    METHOD_NOARGS("__reversed__", range_reversed, "Return a reverse iterator."),
    METHOD_BARE("__reduce__", range_reduce, NULL),
    METHOD_ONE("count", range_count, "How often value is in it."),
    METHOD_ONE("index", range_index, "Where value stands; ValueError if it is not in it."),
    METHOD_END,
};

static const Member range_members[] = {
    {"start", MEMBER_VALUE, offsetof(Range, start), true, NULL},
    {"stop", MEMBER_VALUE, offsetof(Range, stop), true, NULL},
    {"step", MEMBER_VALUE, offsetof(Range, step), true, NULL},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec range_type_spec = {
    .name = "range",
    .doc = "range(stop), range(start, stop, step=1): whole numbers from start to before stop",
    .flags = TYPE_SEQUENCE,
    .basic_size = sizeof(Range),
    .slots = {.getattr = object_getattr,
              .free = range_free,
              .repr = range_repr,
              .hash = range_hash,
              .compare = range_compare,
              .iter = range_iter,
              .new_ = range_make,
              .bool_ = range_bool,
              .length = range_length,
              .getitem = range_getitem,
              .contains = range_contains},
    .methods = range_methods,
    .members = range_members,
    .construct = range_construct,
};

const TypeSpec range_iterator_type_spec = {
    .name = "range_iterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(RangeIterator),
    .slots = {.getattr = object_getattr, .iter = self_iter, .next = range_iterator_next},
    .methods = range_iterator_methods,
};

const TypeSpec longrange_iterator_type_spec = {
    .name = "longrange_iterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(LongRangeIterator),
    .slots = {.getattr = object_getattr,
              .free = long_iterator_free,
              .iter = self_iter,
              .next = long_iterator_next},
    .methods = long_iterator_methods,
};
