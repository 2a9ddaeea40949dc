/*
 * dict_views: keys, values and items seen live, and the six iterators over them. An iterator remembers the dict's length and
 * notices when it changes.
 */
#include "objects/dict_internal.h"

#include "objects/pairs.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/set.h"
#include "objects/str.h"

typedef struct DictView {
    HeapObject head;
    Value dict;
} DictView;

typedef struct DictIterator {
    HeapObject head;
    Value dict; /* NULL: exhausted */
    size_t length;
    size_t position; /* next entry forwards; one past the next entry backwards */
    size_t left;
    ViewKind kind;
    bool reverse;
} DictIterator;

/* ---- iterators ---- */

static Value iterator_new(Value dict, ViewKind kind, bool reverse) {
    static const TypeId types[2][3] = {
        {T_dict_key_iterator, T_dict_value_iterator, T_dict_item_iterator},
        {T_dict_reverse_key_iterator, T_dict_reverse_value_iterator, T_dict_reverse_item_iterator}};
    DictIterator *it = (DictIterator *)value_alloc(rt->types[types[reverse][kind]], 0);
    if (!it) return NULL;
    it->dict = incref(dict);
    it->length = it->left = dict_length(dict);
    it->position = reverse ? ((Dict *)dict)->used_entries : 0;
    it->kind = kind;
    it->reverse = reverse;
    heap_track(rt->heap, &it->head);
    return AS_VALUE(it);
}

static int iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((DictIterator *)o)->dict);
    return 0;
}

static void iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((DictIterator *)o)->dict);
    value_free(AS_VALUE(o));
}

/* The next live entry's number, or -1 at either end. */
static ssize_t advance(DictIterator *it, Dict *d) {
    if (it->reverse) {
        size_t i = it->position < d->used_entries ? it->position : d->used_entries;
        while (i > 0 && !d->entries[i - 1].key) i--;
        if (i == 0) return -1;
        it->position = i - 1;
        return (ssize_t)it->position;
    }
    size_t i = it->position ? it->position : dict_first_entry(d);
    while (i < d->used_entries && !d->entries[i].key) i++;
    if (i >= d->used_entries) return -1;
    it->position = i + 1;
    return (ssize_t)i;
}

/* The next entry; NULL: exhausted, or raised. */
static const DictEntry *next_entry(DictIterator *it) {
    if (!it->dict) return NULL;
    Dict *d = (Dict *)it->dict;
    if (d->length != it->length) {
        it->length = SIZE_MAX; /* stays broken */
        raise_error(T_RuntimeError, "dictionary changed size during iteration");
        return NULL;
    }
    ssize_t i = advance(it, d);
    if (i < 0) {
        CLEAR_FIELD(it->dict);
        return NULL;
    }
    if (it->left == 0) {
        CLEAR_FIELD(it->dict);
        raise_error(T_RuntimeError, "dictionary keys changed during iteration");
        return NULL;
    }
    it->left--;
    return &d->entries[i];
}

bool dict_items_next_pair(Value v, Value pair[2]) {
    const DictEntry *e = next_entry((DictIterator *)v);
    if (!e) return false;
    pair[0] = incref(e->key);
    pair[1] = incref(e->value);
    return true;
}

static Value iterator_next(Value v) {
    DictIterator *it = (DictIterator *)v;
    if (it->kind == VIEW_ITEMS) {
        Value pair[2];
        return dict_items_next_pair(v, pair) ? tuple_from_array_steal(pair, 2) : NULL;
    }
    const DictEntry *e = next_entry(it);
    return e ? incref(it->kind == VIEW_KEYS ? e->key : e->value) : NULL;
}

static Value iterator_self(Value v) { return incref(v); }

static Value iterator_length_hint(Value v) {
    DictIterator *it = (DictIterator *)v;
    return small_int_new(it->dict && dict_length(it->dict) == it->length ? (int64_t)it->left : 0);
}

static Value iterator_reduce(Value v) {
    DictIterator *it = (DictIterator *)v;
    /* a copy is drained, the iterator itself stays where it is */
    DictIterator saved = *it;
    Value list = list_new(0);
    xincref(saved.dict);
    for (Value item; list && (item = iterator_next(v)) != NULL;)
        if (list_append_steal(list, item) < 0) break;
    Value drained = it->dict;
    it->dict = saved.dict;
    it->position = saved.position;
    it->left = saved.left;
    xdecref(drained);
    if (error_pending()) CLEAR_FIELD(list);
    return iterator_taken_apart_steal("iter", list, NULL);
}

static const NativeMethod iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", iterator_length_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", iterator_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

#define ITERATOR_SPEC(id, python_name, getattr_function)                                                     \
    const TypeSpec id##_type_spec = {                                                                        \
        .name = python_name,                                                                                 \
        .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,                                                            \
        .basic_size = sizeof(DictIterator),                                                                  \
        .slots = {.getattr = getattr_function,                                                               \
                  .traverse = iterator_traverse,                                                             \
                  .free = iterator_free,                                                                     \
                  .iter = iterator_self,                                                                     \
                  .next = iterator_next},                                                                    \
        .methods = iterator_methods,                                                                         \
    };
ITERATOR_SPEC(dict_key_iterator, "dict_keyiterator", object_getattr)
ITERATOR_SPEC(dict_value_iterator, "dict_valueiterator", object_getattr)
ITERATOR_SPEC(dict_item_iterator, "dict_itemiterator", object_getattr)
ITERATOR_SPEC(dict_reverse_key_iterator, "dict_reversekeyiterator", NULL)
ITERATOR_SPEC(dict_reverse_value_iterator, "dict_reversevalueiterator", NULL)
ITERATOR_SPEC(dict_reverse_item_iterator, "dict_reverseitemiterator", NULL)

Value dict_key_iterator(Value dict) { return iterator_new(dict, VIEW_KEYS, false); }
Value dict_reversed(Value dict) { return iterator_new(dict, VIEW_KEYS, true); }

static Value whole(Value dict, ViewKind kind) {
    Value list = list_new(0);
    size_t position = 0;
    Value key, value;
    while (list && dict_next(dict, &position, &key, &value)) {
        Value item = kind == VIEW_KEYS     ? incref(key)
                     : kind == VIEW_VALUES ? incref(value)
                                           : tuple_pack(2, key, value);
        if (!item || list_append_steal(list, item) < 0) {
            decref(list);
            return NULL;
        }
    }
    return list;
}

Value dict_keys_list(Value dict) { return whole(dict, VIEW_KEYS); }
Value dict_values_list(Value dict) { return whole(dict, VIEW_VALUES); }
Value dict_items_list(Value dict) { return whole(dict, VIEW_ITEMS); }

/* ---- views ---- */

bool dict_plain_view(Value v, Dict **dict, ViewKind *kind) {
    const Type *type = type_of(v);
    *kind = type == TYPE(dict_values) ? VIEW_VALUES : type == TYPE(dict_items) ? VIEW_ITEMS : VIEW_KEYS;
    if (*kind != VIEW_KEYS || type == TYPE(dict_keys)) v = ((DictView *)v)->dict;
    *dict = (Dict *)v;
    return IS_EXACT(v, dict);
}

static Value view_new(TypeId type, Value dict) {
    DictView *view = (DictView *)value_alloc(rt->types[type], 0);
    if (!view) return NULL;
    view->dict = incref(dict);
    heap_track(rt->heap, &view->head);
    return AS_VALUE(view);
}

Value dict_keys_view(Value dict) { return view_new(T_dict_keys, dict); }
Value dict_values_view(Value dict) { return view_new(T_dict_values, dict); }
Value dict_items_view(Value dict) { return view_new(T_dict_items, dict); }

static Value dict_of(Value view) { return ((DictView *)view)->dict; }

static int view_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((DictView *)o)->dict);
    return 0;
}

static void view_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((DictView *)o)->dict);
    value_free(AS_VALUE(o));
}

static ViewKind view_kind(Value v) {
    return type_of(v) == TYPE(dict_keys)     ? VIEW_KEYS
           : type_of(v) == TYPE(dict_values) ? VIEW_VALUES
                                             : VIEW_ITEMS;
}

static Value view_iter(Value v) { return iterator_new(dict_of(v), view_kind(v), false); }
static Value view_reversed(Value v) { return iterator_new(dict_of(v), view_kind(v), true); }
static ssize_t view_length(Value v) { return (ssize_t)dict_length(dict_of(v)); }

static Value view_repr(Value v) {
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("...");
    Value list = whole(dict_of(v), view_kind(v));
    Value text = list ? str_format("%s(%R)", type_name_of(v), list) : NULL;
    xdecref(list);
    repr_leave(v);
    return text;
}

static int keys_contains(Value v, Value key) {
    Value ignored;
    return dict_find(dict_of(v), key, &ignored);
}

static int items_contains(Value v, Value pair) {
    if (!is_tuple(pair) || tuple_length(pair) != 2) return 0;
    Value found;
    int status = dict_find(dict_of(v), tuple_item_borrow(pair, 0), &found);
    if (status <= 0) return status;
    incref(found);
    status = value_equal(found, tuple_item_borrow(pair, 1));
    decref(found);
    return status;
}

static bool is_set_like(Value v) { return is_any_set(v) || IS(v, dict_keys) || IS(v, dict_items); }

/* Is every item of a in b? */
static int all_in(Value a, Value b) {
    Value it = value_iter(a);
    if (!it) return -1;
    int inside = 1;
    for (Value item; inside == 1 && (item = value_next(it)) != NULL; decref(item))
        inside = value_contains(b, item);
    decref(it);
    return error_pending() ? -1 : inside;
}

static Value view_compare(Value a, Value b, CompareOp op) {
    if (!is_set_like(b)) return NOT_IMPLEMENTED;
    ssize_t m = value_length(a), n = value_length(b);
    if (m < 0 || n < 0) return NULL;
    int result = 0;
    switch (op) {
    case CMP_EQ:
    case CMP_NE:
        result = m == n ? all_in(a, b) : 0;
        if (op == CMP_NE && result >= 0) result = !result;
        break;
    case CMP_LT: result = m < n ? all_in(a, b) : 0; break;
    case CMP_LE: result = m <= n ? all_in(a, b) : 0; break;
    case CMP_GT: result = m > n ? all_in(b, a) : 0; break;
    case CMP_GE: result = m >= n ? all_in(b, a) : 0; break;
    }
    return result < 0 ? NULL : BOOL(result);
}

/* a and b as sets, one of which is a view; the result is a set. */
static Value with_set(Value a, Value b, const char *method) {
    Value set = set_new(IS(a, dict_keys) ? dict_of(a) : a); /* of a dict the hashes are known */
    if (!set) return NULL;
    Value result = NULL, bound = value_getattr_cstr(set, method);
    if (bound) {
        Value done = value_call_one(bound, b);
        decref(bound);
        if (done) {
            decref(done);
            result = incref(set);
        }
    }
    decref(set);
    return result;
}

/* The pairs that are not in both: those of b first. */
static Value xor_of_items(Value a, Value b) {
    Value left = dict_copy(dict_of(a)), result = left ? set_new(NULL) : NULL;
    size_t position = 0;
    Value key, value, found;
    Hash hash;
    int status = result ? 0 : -1;
    while (status >= 0 && dict_next_hash(dict_of(b), &position, &key, &value, &hash)) {
        Value pair = tuple_pack(2, key, value);
        if (!pair) status = -1;
        else if ((status = dict_find_hash(left, tuple_item_borrow(pair, 0), hash, &found)) > 0) {
            incref(found);
            status = value_equal(found, tuple_item_borrow(pair, 1));
            decref(found);
            if (status > 0) status = dict_delete(left, tuple_item_borrow(pair, 0)) < 0 ? -1 : 1;
        }
        if (status == 0) status = set_add(result, pair);
        xdecref(pair);
    }
    Value rest = status >= 0 ? value_call_method_noargs(left, NAME(items)) : NULL;
    if (!rest || set_update(result, rest) < 0) CLEAR_FIELD(result);
    xdecref(rest);
    xdecref(left);
    return result;
}

static Value view_or(Value a, Value b) { return with_set(a, b, "update"); }
static Value view_xor(Value a, Value b) {
    if (IS(a, dict_items) && IS(b, dict_items)) return xor_of_items(a, b);
    return with_set(a, b, "symmetric_difference_update");
}
static Value view_subtract(Value a, Value b) { return with_set(a, b, "difference_update"); }

/* What of `other` is in the view; the shorter is walked, if the other one is a set or a view. */
static Value intersect(Value view, Value other) {
    if (IS_EXACT(other, set) && value_length(view) <= value_length(other))
        return value_call_method_one(other, NAME(intersection), view);
    if ((IS(other, dict_keys) || IS(other, dict_items)) && value_length(other) > value_length(view)) {
        Value swap = view;
        view = other;
        other = swap;
    }
    Value set = set_new(NULL), it = set ? value_iter(other) : NULL;
    int status = it ? 0 : -1;
    for (Value item; status >= 0 && (item = value_next(it)) != NULL; decref(item)) {
        status = value_contains(view, item);
        if (status > 0) status = set_add(set, item);
    }
    xdecref(it);
    if (status >= 0 && !error_pending()) return set;
    xdecref(set);
    return NULL;
}

static Value view_and(Value a, Value b) {
    bool left = IS(a, dict_keys) || IS(a, dict_items);
    return left ? intersect(a, b) : intersect(b, a);
}

static Value view_isdisjoint(Value v, Value other) {
    if (v == other) return BOOL(value_length(v) == 0);
    bool set_like =
        IS_EXACT(other, set) || IS_EXACT(other, frozenset) || IS(other, dict_keys) || IS(other, dict_items);
    if (set_like && value_length(other) > value_length(v)) {
        Value swap = v;
        v = other;
        other = swap;
    }
    Value it = value_iter(other);
    if (!it) return NULL;
    int inside = 0;
    for (Value item; inside == 0 && (item = value_next(it)) != NULL; decref(item))
        inside = value_contains(v, item);
    decref(it);
    return inside < 0 || error_pending() ? NULL : BOOL(!inside);
}

static Value view_mapping(Value v, void *closure) {
    (void)closure;
    return value_call_one(AS_VALUE(TYPE(mapping_proxy)), dict_of(v));
}

static const GetSet view_getset[] = {
    {"mapping", view_mapping, NULL, "dictionary that this view refers to", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const NativeMethod set_view_methods[] = {
    METHOD_ONE("isdisjoint", view_isdisjoint,
               "Return True if the view and the given iterable have a null intersection."),
    METHOD_NOARGS("__reversed__", view_reversed, "Return a reverse iterator over the view."),
    METHOD_END,
};

static const NativeMethod values_methods[] = {
    METHOD_NOARGS("__reversed__", view_reversed, "Return a reverse iterator over the dict values."),
    METHOD_END,
};

#define SET_VIEW_SPEC(id, contains_function)                                                                 \
    const TypeSpec id##_type_spec = {                                                                        \
        .name = #id,                                                                                         \
        .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,                                                            \
        .basic_size = sizeof(DictView),                                                                      \
        .slots = {.getattr = object_getattr,                                                                 \
                  .traverse = view_traverse,                                                                 \
                  .free = view_free,                                                                         \
                  .repr = view_repr,                                                                         \
                  .hash = hash_not_implemented,                                                              \
                  .compare = view_compare,                                                                   \
                  .iter = view_iter,                                                                         \
                  .length = view_length,                                                                     \
                  .contains = contains_function,                                                             \
                  .or_ = view_or,                                                                            \
                  .xor_ = view_xor,                                                                          \
                  .and_ = view_and,                                                                          \
                  .subtract = view_subtract},                                                                \
        .methods = set_view_methods,                                                                         \
        .getset = view_getset,                                                                               \
    };
SET_VIEW_SPEC(dict_keys, keys_contains)
SET_VIEW_SPEC(dict_items, items_contains)

const TypeSpec dict_values_type_spec = {
    .name = "dict_values",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(DictView),
    .slots = {.getattr = object_getattr,
              .traverse = view_traverse,
              .free = view_free,
              .repr = view_repr,
              .iter = view_iter,
              .length = view_length},
    .methods = values_methods,
    .getset = view_getset,
};
