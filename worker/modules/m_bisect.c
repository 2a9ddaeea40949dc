/* _bisect: binary search in sorted sequences. */
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"

typedef struct Search {
    Value seq, item, key; /* key NULL: none */
    ssize_t low, high;    /* high -1: to the end */
    bool right;
} Search;

static const char *const names[] = {"a", "x", "lo", "hi", "key", NULL};

static bool bind(const char *function, Value const *args, size_t nargs, Value kwnames, Search *out) {
    ArgSpec spec = {function, names, 5, 2, 4};
    Value bound[5];
    if (!args_bind(&spec, args, nargs, kwnames, bound)) return false;
    out->seq = bound[0];
    out->item = bound[1];
    out->key = bound[4] && bound[4] != NONE ? bound[4] : NULL;
    out->low = bound[2] ? value_as_ssize(bound[2], TYPE(OverflowError)) : 0;
    if (out->low == -1 && error_pending()) return false;
    out->high = bound[3] && bound[3] != NONE ? value_as_ssize(bound[3], TYPE(OverflowError)) : -1;
    if (out->high == -1 && error_pending()) return false;
    if (is_dict(out->seq)) raise_error(T_TypeError, "%.200T is not a sequence", out->seq);
    return !is_dict(out->seq);
}

/* The sequence's i-th item as it is compared. New. */
static Value item_at(const Search *s, ssize_t i) {
    Value item = IS_EXACT(s->seq, list) && (size_t)i < list_length(s->seq)
                     ? incref(list_item_borrow(s->seq, (size_t)i))
                     : value_getitem_index(s->seq, i);
    if (!item || !s->key) return item;
    Value key = value_call_one(s->key, item);
    decref(item);
    return key;
}

/* Is the place behind this item? 1, 0, -1 raised. */
static int is_before(const Search *s, Value item) {
    if (are_small_ints(item, s->item))
        return s->right ? small_int(item) <= small_int(s->item) : small_int(item) < small_int(s->item);
    if (IS_EXACT(item, float) && IS_EXACT(s->item, float)) {
        double a = float_value(item), b = float_value(s->item);
        return s->right ? !(b < a) : a < b;
    }
    if (!s->right) return value_compare_bool(item, s->item, CMP_LT);
    int less = value_compare_bool(s->item, item, CMP_LT);
    return less < 0 ? -1 : !less;
}

static ssize_t search(const Search *s) {
    ssize_t low = s->low, high = s->high;
    if (low < 0) return raise_int(T_ValueError, "lo must be non-negative");
    if (high == -1 && (high = value_length(s->seq)) < 0) return -1;
    while (low < high) {
        ssize_t middle = low + (high - low) / 2;
        Value item = item_at(s, middle);
        int before = item ? is_before(s, item) : -1;
        xdecref(item);
        if (before < 0) return -1;
        if (before) low = middle + 1;
        else high = middle;
    }
    return low;
}

static Value find(const char *function, bool right, Value const *args, size_t nargs, Value kwnames) {
    Search s = {.right = right};
    if (!bind(function, args, nargs, kwnames, &s)) return NULL;
    ssize_t i = search(&s);
    return i < 0 ? NULL : int_from_i64(i);
}

static Value insert(const char *function, bool right, Value const *args, size_t nargs, Value kwnames) {
    Search s = {.right = right};
    if (!bind(function, args, nargs, kwnames, &s)) return NULL;
    Value item = s.item, key = s.key ? value_call_one(s.key, item) : incref(item);
    if (!key) return NULL;
    s.item = key;
    ssize_t i = search(&s);
    decref(key);
    if (i < 0) return NULL;
    if (IS_EXACT(s.seq, list)) return list_insert(s.seq, i, item) < 0 ? NULL : NONE;
    Value pair[2] = {int_from_i64(i), item};
    Value done = value_call_method(s.seq, NAME(insert), pair, 2);
    if (!done) return NULL;
    decref(done);
    return NONE;
}

static Value bisect_left(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return find("bisect_left", false, args, nargs, kwnames);
}

static Value bisect_right(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return find("bisect_right", true, args, nargs, kwnames);
}

static Value insort_left(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return insert("insort_left", false, args, nargs, kwnames);
}

static Value insort_right(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return insert("insort_right", true, args, nargs, kwnames);
}

#define ROW(name, doc)                                                                                       \
    METHOD_KW(#name, name, #name "($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n" doc)

static const NativeMethod bisect_functions[] = {
    ROW(bisect_right, "Return the index behind all items of the sorted list a that are not above x."),
    ROW(bisect_left, "Return the index of the first item of the sorted list a that is not below x."),
    ROW(insort_right, "Insert x into the sorted list a, behind all equal items."),
    ROW(insort_left, "Insert x into the sorted list a, before all equal items."),
    METHOD_END,
};

const ModuleSpec module_bisect = {
    .name = "_bisect",
    .doc = "Bisection algorithms: keeping a list sorted without sorting it after each insertion.",
    .functions = bisect_functions,
};
