/* slice: the object, and the arithmetic of bounds that all sequences share. */
#include "objects/slice.h"

#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"

Value slice_new(Value start, Value stop, Value step) {
    Slice *s = (Slice *)value_alloc(TYPE(slice), 0);
    if (!s) return NULL;
    s->start = incref(start ? start : NONE);
    s->stop = incref(stop ? stop : NONE);
    s->step = incref(step ? step : NONE);
    heap_track(rt->heap, &s->head);
    return AS_VALUE(s);
}

/* A bound as machine integer, clipped to the machine's range. 0, -1 raised. */
static int bound(Value v, ssize_t *out) {
    if (is_small_int(v)) {
        *out = small_int(v);
        return 0;
    }
    if (!value_has_index(v))
        return raise_int(T_TypeError, "slice indices must be integers or None or have an __index__ method");
    *out = value_as_ssize(v, NULL);
    return *out == -1 && error_pending() ? -1 : 0;
}

int slice_unpack(Value slice, ssize_t *start, ssize_t *stop, ssize_t *step) {
    Slice *s = (Slice *)slice;
    *step = 1;
    if (s->step != NONE) {
        if (bound(s->step, step) < 0) return -1;
        if (*step == 0) return raise_int(T_ValueError, "slice step cannot be zero");
        /* Past any length, and small enough that -step exists and an index plus a step is a number. */
        if (*step > SSIZE_MAX / 2) *step = SSIZE_MAX / 2;
        if (*step < -(SSIZE_MAX / 2)) *step = -(SSIZE_MAX / 2);
    }
    *start = *step < 0 ? SSIZE_MAX : 0;
    *stop = *step < 0 ? -SSIZE_MAX - 1 : SSIZE_MAX;
    if (s->start != NONE && bound(s->start, start) < 0) return -1;
    if (s->stop != NONE && bound(s->stop, stop) < 0) return -1;
    return 0;
}

static ssize_t clip(ssize_t i, ssize_t length, ssize_t step) {
    if (i < 0) {
        i += length;
        if (i < 0) return step < 0 ? -1 : 0;
    } else if (i >= length) {
        return step < 0 ? length - 1 : length;
    }
    return i;
}

ssize_t slice_adjust(ssize_t length, ssize_t *start, ssize_t *stop, ssize_t step) {
    *start = clip(*start, length, step);
    *stop = clip(*stop, length, step);
    if (step < 0) return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

static int slice_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Slice *s = (Slice *)o;
    VISIT(s->start);
    VISIT(s->stop);
    VISIT(s->step);
    return 0;
}

static void slice_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Slice *s = (Slice *)o;
    decref(s->start);
    decref(s->stop);
    decref(s->step);
    value_free(AS_VALUE(o));
}

static Value slice_repr(Value v) {
    Slice *s = (Slice *)v;
    return str_format("slice(%R, %R, %R)", s->start, s->stop, s->step);
}

static Value slice_compare(Value a, Value b, CompareOp op) {
    if (!IS_EXACT(a, slice) || !IS_EXACT(b, slice)) return NOT_IMPLEMENTED;
    if (a == b) return BOOL(op == CMP_EQ || op == CMP_LE || op == CMP_GE);
    Slice *x = (Slice *)a, *y = (Slice *)b;
    Value p = tuple_pack(3, x->start, x->stop, x->step),
          q = p ? tuple_pack(3, y->start, y->stop, y->step) : NULL;
    Value result = q ? value_compare(p, q, op) : NULL;
    xdecref(p);
    xdecref(q);
    return result;
}

static Value slice_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    if (!args_no_keywords("slice", kwnames) || !args_count("slice", nargs, 1, 3)) return NULL;
    if (nargs == 1) return slice_new(NULL, args[0], NULL);
    return slice_new(args[0], args[1], nargs > 2 ? args[2] : NULL);
}

/* ---- slice.indices: as above on ints of any size ---- */

static Value index_or(Value v, Value fallback) {
    if (v == NONE) return incref(fallback);
    if (!value_has_index(v))
        return raise_error(T_TypeError, "slice indices must be integers or None or have an __index__ method");
    return value_index(v);
}

static Value clip_any_steal(Value i, Value length, Value lower, Value upper) {
    if (!i) return NULL;
    if (int_sign(i) < 0) {
        Value moved = int_add(i, length);
        decref(i);
        if (!moved) return NULL;
        if (int_compare(moved, lower) >= 0) return moved;
        decref(moved);
        return incref(lower);
    }
    if (int_compare(i, upper) <= 0) return i;
    decref(i);
    return incref(upper);
}

static Value slice_indices(Value v, Value length_arg) {
    Slice *s = (Slice *)v;
    Value length = value_index(length_arg);
    if (!length) return NULL;
    if (int_sign(length) < 0) {
        decref(length);
        return raise_error(T_ValueError, "length should not be negative");
    }
    Value step = index_or(s->step, small_int_new(1)), result = NULL, lower = NULL, upper = NULL;
    if (!step) goto done;
    if (int_sign(step) == 0) {
        raise_error(T_ValueError, "slice step cannot be zero");
        goto done;
    }
    bool backward = int_sign(step) < 0;
    lower = backward ? small_int_new(-1) : small_int_new(0);
    upper = backward ? int_subtract(length, small_int_new(1)) : incref(length);
    if (!upper) goto done;
    Value start = s->start == NONE ? incref(backward ? upper : lower)
                                   : clip_any_steal(index_or(s->start, NONE), length, lower, upper);
    Value stop = !start            ? NULL
                 : s->stop == NONE ? incref(backward ? lower : upper)
                                   : clip_any_steal(index_or(s->stop, NONE), length, lower, upper);
    if (stop) result = tuple_pack(3, start, stop, step);
    xdecref(start);
    xdecref(stop);
done:
    decref(length);
    xdecref(step);
    xdecref(upper);
    return result;
}

static Value slice_reduce(Value v) {
    Slice *s = (Slice *)v;
    Value args = tuple_pack(3, s->start, s->stop, s->step);
    Value result = args ? tuple_pack(2, AS_VALUE(TYPE(slice)), args) : NULL;
    xdecref(args);
    return result;
}

static const NativeMethod slice_methods[] = {
    METHOD_ONE("indices", slice_indices, "Start, stop and step for a sequence of that length, cut to fit."),
    METHOD_NOARGS("__reduce__", slice_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

static const Member slice_members[] = {
    {"start", MEMBER_VALUE, offsetof(Slice, start), true, NULL},
    {"stop", MEMBER_VALUE, offsetof(Slice, stop), true, NULL},
    {"step", MEMBER_VALUE, offsetof(Slice, step), true, NULL},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec slice_type_spec = {
    .name = "slice",
    .doc = "slice(stop), slice(start, stop, step=None): what stands in the brackets of a[start:stop:step]",
    .flags = TYPE_GC,
    .basic_size = sizeof(Slice),
    .slots = {.getattr = object_getattr,
              .traverse = slice_traverse,
              .free = slice_free,
              .repr = slice_repr,
              .hash = hash_not_implemented,
              .compare = slice_compare,
              .new_ = slice_make},
    .methods = slice_methods,
    .members = slice_members,
};
