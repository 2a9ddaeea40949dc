#include "objects/seq.h"

#include "objects/dict.h"
#include "objects/key.h"
#include "objects/str.h"

/* Identity, then == on references held by us: __eq__ may change the sequence. */
static int items_equal(Value a, Value b) {
    if (a == b) return 1;
    incref(a);
    incref(b);
    int equal = value_equal(a, b);
    decref(a);
    decref(b);
    return equal;
}

/* As items_equal where that takes no slot; -1: it does. */
static inline int quick_equal(Value a, Value b) { return a == b ? 1 : keys_equal_atoms(a, b); }

Value seq_compare(Value a, Value b, CompareOp op) {
    SeqView va = seq_view(a), vb = seq_view(b);
    if (va.length != vb.length && (op == CMP_EQ || op == CMP_NE)) return BOOL(op == CMP_NE);
    size_t i = 0;
    for (; i < va.length && i < vb.length; i++) {
        int equal = quick_equal(va.items[i], vb.items[i]);
        if (equal < 0) {
            equal = items_equal(va.items[i], vb.items[i]);
            if (equal < 0) return NULL;
            va = seq_view(a), vb = seq_view(b); /* __eq__ may have changed them */
        }
        if (!equal) break;
    }
    if (i >= va.length || i >= vb.length)
        return BOOL(compare_holds((int64_t)va.length, (int64_t)vb.length, op));
    if (op == CMP_EQ) return FALSE;
    if (op == CMP_NE) return TRUE;
    Value x = incref(va.items[i]), y = incref(vb.items[i]);
    Value result = value_compare(x, y, op);
    decref(x);
    decref(y);
    return result;
}

ssize_t seq_find(Value seq, Value item, size_t start, size_t stop) {
    SeqView v = seq_view(seq);
    for (size_t i = start; i < stop && i < v.length; i++) {
        int equal = quick_equal(v.items[i], item);
        if (equal < 0) {
            equal = items_equal(v.items[i], item);
            if (equal < 0) return -2;
            v = seq_view(seq);
        }
        if (equal) return (ssize_t)i;
        if ((i & 0xffff) == 0xffff) {
            if (work_charge(0x10000) < 0) return -2;
            v = seq_view(seq);
        }
    }
    return -1;
}

ssize_t seq_count(Value seq, Value item) {
    ssize_t count = 0;
    for (size_t i = 0; i < seq_view(seq).length; i++) {
        Value at = seq_view(seq).items[i];
        int equal = quick_equal(at, item);
        if (equal < 0) equal = items_equal(at, item);
        if (equal < 0) return -1;
        count += equal;
        if ((i & 0xffff) == 0xffff && work_charge(0x10000) < 0) return -1;
    }
    return count;
}

int seq_contains(Value seq, Value item) {
    ssize_t i = seq_find(seq, item, 0, SIZE_MAX);
    return i == -2 ? -1 : i >= 0;
}

static int repr_items(Value seq, StrBuilder *b) {
    for (size_t i = 0; i < seq_view(seq).length; i++) {
        if (i > 0 && str_builder_add_ascii(b, ", ", 2) < 0) return -1;
        Value item = incref(seq_view(seq).items[i]);
        Value text = value_repr(item);
        decref(item);
        if (!text) return -1;
        int status = str_builder_add(b, text);
        decref(text);
        if (status < 0) return -1;
    }
    return 0;
}

Value seq_repr(Value seq, const char *open, const char *close, const char *cycle, bool trailing_comma) {
    int active = repr_enter(seq);
    if (active != 0) return active < 0 ? NULL : str_from_cstr(cycle);
    StrBuilder b = STR_BUILDER_INIT;
    bool ok = str_builder_add_cstr(&b, open) == 0 && repr_items(seq, &b) == 0 &&
              (!trailing_comma || seq_view(seq).length != 1 || str_builder_add_char(&b, ',') == 0) &&
              str_builder_add_cstr(&b, close) == 0;
    repr_leave(seq);
    if (ok) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static int clip(Value v, size_t length, size_t *out) {
    ssize_t i;
    if (v == NONE || !value_has_index(v))
        return raise_int(T_TypeError, "slice indices must be integers or have an __index__ method");
    i = value_as_ssize(v, NULL);
    if (i == -1 && error_pending()) return -1;
    if (i < 0) i += (ssize_t)length;
    *out = i < 0 ? 0 : (size_t)i;
    return 0;
}

int seq_search_range(Value const *args, size_t nargs, size_t length, size_t *start, size_t *stop) {
    *start = 0;
    *stop = SIZE_MAX;
    if (nargs > 1 && clip(args[1], length, start) < 0) return -1;
    if (nargs > 2 && clip(args[2], length, stop) < 0) return -1;
    return 0;
}

int seq_index_from_key(Value key, size_t length, const char *what, ssize_t *out) {
    ssize_t i;
    if (is_small_int(key)) {
        i = small_int(key);
    } else {
        if (!value_has_index(key))
            return raise_int(T_TypeError, "%s indices must be integers or slices, not %T", what, key);
        i = value_as_ssize(key, TYPE(IndexError));
        if (i == -1 && error_pending()) return -1;
    }
    *out = i < 0 ? i + (ssize_t)length : i;
    return 0;
}

Value builtin_by_name(const char *name) {
    Value key = str_intern_cstr(name);
    if (!key) return NULL;
    Value found = xincref(dict_get_str_borrow(AS_VALUE(rt->builtins), key));
    if (!found) raise_error(T_AttributeError, "module 'builtins' has no attribute '%U'", key);
    decref(key);
    return found;
}
