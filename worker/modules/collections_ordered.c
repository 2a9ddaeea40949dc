/*
 * OrderedDict: a dict whose order is part of what it is. A dict keeps its items in order anyway; this type
 * adds moving an item to an end, taking the first one, and equality that looks at the order.
 *
 * An iterator remembers the dict's order_version, which any insertion, deletion or move changes.
 */
#include "modules/collections.h"

#include "objects/exception.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/sizes.h"
#include "objects/slots.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct OrderedDict {
    Dict dict;
    Attrs attrs;
} OrderedDict;

static bool is_exact_ordered(Value v) { return type_of(v) == COLLECTIONS->ordered_dict; }
static bool is_ordered(Value v) { return value_is_instance(v, COLLECTIONS->ordered_dict); }

/* Items of exact ones are written as a dict's; subclasses may have a __setitem__ of their own. */
static int set_item(Value v, Value key, Value value) {
    return is_exact_ordered(v) ? dict_set(v, key, value) : value_setitem(v, key, value);
}

/* ---- life ---- */

static int ordered_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    int stop = attrs_traverse(AS_VALUE(o), visit, arg);
    return stop ? stop : dict_traverse(o, visit, arg);
}

static void ordered_clear(Heap *heap, HeapObject *o) {
    attrs_clear(AS_VALUE(o));
    dict_clear_references(heap, o);
}

/* ---- filling: as MutableMapping.update does, through __setitem__ ---- */

static int set_pair(Value v, Value pair) {
    Value seq = value_iter(pair), items = seq ? value_to_list(seq) : NULL;
    xdecref(seq);
    if (!items) return -1;
    size_t n = list_length(items);
    int status;
    if (n < 2) status = raise_int(T_ValueError, "need more than %zu value%s to unpack", n, n == 1 ? "" : "s");
    else if (n > 2) status = raise_int(T_ValueError, "too many values to unpack (expected 2)");
    else status = set_item(v, list_item_borrow(items, 0), list_item_borrow(items, 1));
    decref(items);
    return status;
}

static int set_pairs(Value v, Value pairs) {
    Value it = value_iter(pairs);
    if (!it) return -1;
    int status = 0;
    for (Value pair; status == 0 && (pair = value_next(it)) != NULL; decref(pair)) status = set_pair(v, pair);
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

static int set_from_keys(Value v, Value mapping, Value keys) {
    Value it = value_iter(keys);
    if (!it) return -1;
    int status = 0;
    for (Value key; status == 0 && (key = value_next(it)) != NULL; decref(key)) {
        Value value = value_getitem(mapping, key);
        status = value ? set_item(v, key, value) : -1;
        xdecref(value);
    }
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

static int set_from_dict(Value v, Value dict) {
    Value pairs = dict_items_list(dict);
    int status = pairs ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(pairs); i++) {
        Value pair = list_item_borrow(pairs, i);
        status = set_item(v, tuple_item_borrow(pair, 0), tuple_item_borrow(pair, 1));
    }
    xdecref(pairs);
    return status;
}

/* If other has the method, its result goes to `set`: 1 done, 0 no such method, -1 raised. */
static int set_from_method(Value v, Value other, Value name, int (*set)(Value v, Value other, Value result)) {
    Value method;
    int found = value_getattr_optional(other, name, &method);
    if (found <= 0) return found;
    Value result = value_call_noargs(method);
    decref(method);
    int status = result ? set(v, other, result) : -1;
    xdecref(result);
    return status < 0 ? -1 : 1;
}

static int set_pairs_of(Value v, Value other, Value pairs) {
    (void)other;
    return set_pairs(v, pairs);
}

static int update_from(Value v, Value other) {
    if (IS_EXACT(other, dict)) return set_from_dict(v, other);
    int done = set_from_method(v, other, NAME(keys), set_from_keys);
    if (done == 0) done = set_from_method(v, other, NAME(items), set_pairs_of);
    if (done != 0) return done < 0 ? -1 : 0;
    return set_pairs(v, other);
}

static int update_from_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs && update_from(v, args[0]) < 0) return -1;
    size_t n = kwnames ? tuple_length(kwnames) : 0;
    for (size_t i = 0; i < n; i++)
        if (set_item(v, tuple_item_borrow(kwnames, i), args[nargs + i]) < 0) return -1;
    return 0;
}

static int ordered_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs > 1) return raise_int(T_TypeError, "expected at most 1 arguments, got %zu", nargs);
    return update_from_call(v, args, nargs, kwnames);
}

static Value ordered_update(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs > 1)
        return raise_error(T_TypeError, "update() takes at most 1 positional argument (%zu given)", nargs);
    return update_from_call(v, args, nargs, kwnames) < 0 ? NULL : NONE;
}

/* ---- protocols ---- */

static Value ordered_repr(Value v) {
    Value name = AS_VALUE(type_of(v)->name);
    if (dict_length(v) == 0) return str_format("%U()", name);
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("...");
    Value items = NULL;
    if (is_exact_ordered(v)) {
        items = dict_items_list(v);
    } else {
        Value view = value_call_method_noargs(v, NAME(items));
        items = view ? value_to_list(view) : NULL;
        xdecref(view);
    }
    Value text = items ? str_format("%U(%R)", name, items) : NULL;
    xdecref(items);
    repr_leave(v);
    return text;
}

static int same_order(Value a, Value b) {
    size_t i = 0, k = 0;
    Value x, y;
    uint64_t versions[2] = {((Dict *)a)->order_version, ((Dict *)b)->order_version};
    for (;;) {
        bool more = dict_next(a, &i, &x, NULL), other = dict_next(b, &k, &y, NULL);
        if (!more || !other) return more == other;
        incref(x);
        incref(y);
        int equal = value_equal(x, y);
        decref(x);
        decref(y);
        if (equal <= 0) return equal;
        if (((Dict *)a)->order_version != versions[0] || ((Dict *)b)->order_version != versions[1])
            return raise_int(T_RuntimeError, "OrderedDict mutated during iteration");
    }
}

static Value ordered_compare(Value a, Value b, CompareOp op) {
    if (!is_ordered(a) || !is_dict(b) || (op != CMP_EQ && op != CMP_NE)) return NOT_IMPLEMENTED;
    Value equal = TYPE(dict)->slots.compare(a, b, CMP_EQ);
    if (equal == TRUE && is_ordered(b)) {
        int same = same_order(a, b);
        if (same < 0) return NULL;
        equal = BOOL(same);
    }
    return equal && op == CMP_NE ? BOOL(equal == FALSE) : equal;
}

static Value ordered_or(Value a, Value b) {
    if (!is_dict(a) || !is_dict(b)) return NOT_IMPLEMENTED;
    Value result = value_call_one(AS_VALUE(type_of(is_ordered(a) ? a : b)), a);
    if (result && update_from(result, b) < 0) CLEAR_FIELD(result);
    return result;
}

static Value ordered_ior(Value v, Value other) { return update_from(v, other) < 0 ? NULL : incref(v); }

/* ---- methods ---- */

static Value ordered_fromkeys(Value cls, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"iterable", "value", NULL};
    static const ArgSpec spec = {"fromkeys", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value result = value_call_noargs(cls), it = result ? value_iter(out[0]) : NULL;
    int status = it ? 0 : -1;
    for (Value key; status == 0 && (key = value_next(it)) != NULL; decref(key))
        status = value_setitem(result, key, out[1] ? out[1] : NONE);
    xdecref(it);
    if (status == 0 && !error_pending()) return result;
    xdecref(result);
    return NULL;
}

static Value ordered_copy(Value v) {
    Value copy = value_call_noargs(AS_VALUE(type_of(v)));
    if (!copy) return NULL;
    if (is_exact_ordered(v)) {
        if (dict_merge(copy, v, true) == 0) return copy;
        decref(copy);
        return NULL;
    }
    size_t position = 0;
    Value key;
    int status = 0;
    while (status == 0 && dict_next(v, &position, &key, NULL)) {
        incref(key);
        Value value = value_getitem(v, key);
        status = value ? value_setitem(copy, key, value) : -1;
        xdecref(value);
        decref(key);
    }
    if (status == 0) return copy;
    decref(copy);
    return NULL;
}

/* A key that is a tuple gives the error its arguments, and None gives it none. */
static Value raise_missing(Value key) {
    if (key != NONE && !is_tuple(key)) return raise_with(T_KeyError, key);
    Value type = AS_VALUE(TYPE(KeyError));
    Value exception = key == NONE ? value_call_noargs(type) : value_call_tuple_dict(type, key, NULL);
    if (exception) raise_value(exception);
    xdecref(exception);
    return NULL;
}

static Value ordered_pop(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"key", "default", NULL};
    static const ArgSpec spec = {"pop", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value value = dict_pop(v, out[0]);
    if (value || error_pending()) return value;
    return out[1] ? incref(out[1]) : raise_missing(out[0]);
}

static Value ordered_setdefault(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"key", "default", NULL};
    static const ArgSpec spec = {"setdefault", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value fallback = out[1] ? out[1] : NONE;
    if (is_exact_ordered(v)) return xincref(dict_setdefault_borrow(v, out[0], fallback));
    int present = value_contains(v, out[0]);
    if (present < 0) return NULL;
    if (present) return value_getitem(v, out[0]);
    return value_setitem(v, out[0], fallback) < 0 ? NULL : incref(fallback);
}

static Value raise_key_error_text(const char *text) {
    Value message = str_from_cstr(text);
    if (message) raise_with(T_KeyError, message);
    xdecref(message);
    return NULL;
}

static Value ordered_popitem(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"last", NULL};
    static const ArgSpec spec = {"popitem", names, 1, 0, 1};
    Value out[1], pair[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int last = out[0] ? value_is_true(out[0]) : 1;
    if (last < 0) return NULL;
    if (dict_length(v) == 0) return raise_key_error_text("dictionary is empty");
    if (last) dict_pop_last(v, &pair[0], &pair[1]);
    else dict_pop_first(v, &pair[0], &pair[1]);
    return tuple_from_array_steal(pair, 2);
}

static Value ordered_move_to_end(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"key", "last", NULL};
    static const ArgSpec spec = {"move_to_end", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int last = out[1] ? value_is_true(out[1]) : 1;
    if (last < 0) return NULL;
    int status = dict_move_to_end(v, out[0], last);
    if (status == 1) return raise_missing(out[0]);
    return status < 0 ? NULL : NONE;
}

static Value ordered_reduce(Value v) {
    Value state = value_call_method_noargs(v, NAME(__getstate__));
    Value args = state ? tuple_new(0) : NULL, items = args ? value_call_method_noargs(v, NAME(items)) : NULL;
    Value it = items ? value_iter(items) : NULL;
    Value result = it ? tuple_pack(5, AS_VALUE(type_of(v)), args, state, NONE, it) : NULL;
    xdecref(state);
    xdecref(args);
    xdecref(items);
    xdecref(it);
    return result;
}

/* What is cleared has another size, but no other state: that is what its iterators tell of. */
static Value ordered_clear_method(Value v) {
    Dict *d = (Dict *)v;
    uint32_t version = d->order_version;
    dict_clear(v);
    bool only_cleared = d->order_version == version + 1; /* nor has a finalizer stored something */
    if (only_cleared) d->order_version = version;
    return NONE;
}

static Value ordered_get_dict(Value v, void *closure) {
    (void)closure;
    Dict *dict = attrs_dict_borrow(v);
    return dict ? INCREF(AS_VALUE(dict)) : NULL;
}

static int ordered_set_dict(Value v, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(v, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

/* ---- iterators ---- */

typedef enum OrderedKind { ORDERED_KEYS, ORDERED_VALUES, ORDERED_ITEMS } OrderedKind;

typedef struct OrderedIterator {
    HeapObject head;
    Value dict;      /* NULL: exhausted */
    size_t position; /* next entry; reverse: one behind it */
    uint64_t version;
    size_t length;
    OrderedKind kind;
    bool reverse;
    bool
        done; /* no entry was left when the last one was given: what is done to the dict since does not matter */
} OrderedIterator;

FIELDS_LIFE(iterator, 1)

static bool step_back(Dict *d, size_t *position, Value *key, Value *value) {
    size_t i = *position;
    while (i > 0 && !d->entries[i - 1].key) i--;
    if (i == 0) return false;
    *position = --i;
    *key = d->entries[i].key;
    *value = d->entries[i].value;
    return true;
}

static bool step(const OrderedIterator *it, size_t *position, Value *key, Value *value) {
    return it->reverse ? step_back((Dict *)it->dict, position, key, value)
                       : dict_next(it->dict, position, key, value);
}

static void look_ahead(OrderedIterator *it) {
    Value key, value;
    size_t position = it->position;
    it->done = !step(it, &position, &key, &value);
}

static Value iterator_new(Value dict, OrderedKind kind, bool reverse) {
    OrderedIterator *it = (OrderedIterator *)value_alloc(COLLECTIONS->ordered_iterator, 0);
    if (!it) return NULL;
    Dict *d = (Dict *)dict;
    it->dict = incref(dict);
    it->position = reverse ? d->used_entries : 0;
    it->version = d->order_version;
    it->length = d->length;
    it->kind = kind;
    it->reverse = reverse;
    look_ahead(it);
    value_track(AS_VALUE(it));
    return AS_VALUE(it);
}

static Value iterator_next(Value v) {
    OrderedIterator *it = (OrderedIterator *)v;
    if (!it->dict) return NULL;
    Dict *d = (Dict *)it->dict;
    bool mutated = !it->done && d->order_version != it->version;
    bool cleared = !it->done && !mutated && d->length != it->length;
    Value key, value;
    if (it->done || mutated || cleared || !step(it, &it->position, &key, &value)) {
        CLEAR_FIELD(it->dict);
        if (mutated) raise_error(T_RuntimeError, "OrderedDict mutated during iteration");
        if (cleared) raise_error(T_RuntimeError, "OrderedDict changed size during iteration");
        return NULL;
    }
    look_ahead(it);
    if (it->kind == ORDERED_KEYS) return incref(key);
    if (it->kind == ORDERED_VALUES) return incref(value);
    return tuple_pack(2, key, value);
}

static Value iterator_self(Value v) { return incref(v); }

static Value iterator_reduce(Value v) {
    OrderedIterator *it = (OrderedIterator *)v, saved = *it;
    Value list = list_new(0);
    int status = list ? 0 : -1;
    xincref(saved.dict);
    for (Value item; status == 0 && (item = iterator_next(v)) != NULL;)
        status = list_append_steal(list, item);
    SET_FIELD_STEAL(it->dict, saved.dict);
    it->position = saved.position;
    it->done = saved.done;
    if (status < 0 || error_pending()) CLEAR_FIELD(list);
    return iterator_taken_apart_steal("iter", list, NULL);
}

static const NativeMethod iterator_methods[] = {
    METHOD_NOARGS("__reduce__", iterator_reduce, "What pickle takes it apart into."),
    METHOD_END,
};

const TypeSpec ordered_iterator_spec = {
    .name = "odict_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(OrderedIterator),
    .slots = {.getattr = object_getattr,
              .traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = iterator_next},
    .methods = iterator_methods,
};

static Value ordered_iter(Value v) { return iterator_new(v, ORDERED_KEYS, false); }
static Value ordered_reversed(Value v) { return iterator_new(v, ORDERED_KEYS, true); }

/* ---- views: a dict's, with iterators of their own ---- */

/* A dict's view refers to the dict alone. */
static Value view_new(Type *type, Value dict) {
    Value view = value_alloc(type, 0);
    if (!view) return NULL;
    *fields_of(&view->head) = incref(dict);
    value_track(view);
    return view;
}

static Value ordered_keys(Value v) { return view_new(COLLECTIONS->ordered_keys, v); }
static Value ordered_values(Value v) { return view_new(COLLECTIONS->ordered_values, v); }
static Value ordered_items(Value v) { return view_new(COLLECTIONS->ordered_items, v); }

static Value view_iterator(Value view, bool reverse) {
    Type *t = type_of(view);
    OrderedKind kind = t == COLLECTIONS->ordered_keys     ? ORDERED_KEYS
                       : t == COLLECTIONS->ordered_values ? ORDERED_VALUES
                                                          : ORDERED_ITEMS;
    return iterator_new(*fields_of(&view->head), kind, reverse);
}

static Value view_iter(Value view) { return view_iterator(view, false); }
static Value view_reversed(Value view) { return view_iterator(view, true); }

static Value view_repr(Value view) {
    int active = repr_enter(view);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("...");
    Value it = view_iter(view), list = it ? value_to_list(it) : NULL;
    Value text = list ? str_format("%U(%R)", type_of(view)->name, list) : NULL;
    xdecref(it);
    xdecref(list);
    repr_leave(view);
    return text;
}

static const NativeMethod view_methods[] = {
    METHOD_NOARGS("__reversed__", view_reversed, NULL),
    METHOD_END,
};

#define VIEW_SPEC(id, python_name)                                                                           \
    const TypeSpec id##_spec = {                                                                             \
        .name = python_name,                                                                                 \
        .flags = TYPE_NOT_INSTANTIABLE,                                                                      \
        .slots = {.repr = view_repr, .iter = view_iter},                                                     \
        .methods = view_methods,                                                                             \
    }
VIEW_SPEC(ordered_keys, "odict_keys");
VIEW_SPEC(ordered_values, "odict_values");
VIEW_SPEC(ordered_items, "odict_items");

/* ---- the type ---- */

static const NativeMethod ordered_methods[] = {
    {"fromkeys", (void *)ordered_fromkeys, NATIVE_KW, NATIVE_CLASS,
     "fromkeys($type, /, iterable, value=None)\n--\n\nA new one with these keys, all with the same value."},
    METHOD_KW("setdefault", ordered_setdefault,
              "setdefault($self, /, key, default=None)\n--\n\nThe value of key, which becomes default if it "
              "had none."),
    METHOD_KW("pop", ordered_pop,
              "Takes key out and gives its value; default, or KeyError, if it is not there."),
    METHOD_KW("popitem", ordered_popitem,
              "popitem($self, /, last=True)\n--\n\nRemove and return a (key, value) pair: the last one, or "
              "the first one if "
              "last is false."),
    METHOD_NOARGS("keys", ordered_keys, NULL),
    METHOD_NOARGS("values", ordered_values, NULL),
    METHOD_NOARGS("items", ordered_items, NULL),
    METHOD_KW("update", ordered_update, NULL),
    METHOD_NOARGS("clear", ordered_clear_method, "Takes all items out."),
    METHOD_NOARGS("copy", ordered_copy, "od.copy() -> a shallow copy of od"),
    METHOD_NOARGS("__reversed__", ordered_reversed, "An iterator over the keys, last to first."),
    METHOD_KW("move_to_end", ordered_move_to_end,
              "move_to_end($self, /, key, last=True)\n--\n\nMoves a key to the end, or to the beginning with "
              "last=False; KeyError if it is not there."),
    METHOD_NOARGS("__reduce__", ordered_reduce, "What pickle takes it apart into."),
    METHOD_NOARGS("__sizeof__", value_sizeof, NULL),
    METHOD_END,
};

static const GetSet ordered_getset[] = {
    {"__dict__", ordered_get_dict, ordered_set_dict, NULL, NULL},
    {0},
};

const TypeSpec ordered_dict_spec = {
    .name = "collections.OrderedDict",
    .doc = "A dict whose order can be changed, and counts when two are compared.",
    .flags = TYPE_SUBCLASSABLE | TYPE_WEAKREFABLE,
    .basic_size = sizeof(OrderedDict),
    .has_attrs = true,
    .slots = {.traverse = ordered_traverse,
              .clear = ordered_clear,
              .size = dict_size,
              .is_atomic = collections_never_atomic,
              .repr = ordered_repr,
              .hash = hash_not_implemented,
              .compare = ordered_compare,
              .iter = ordered_iter,
              .init = ordered_init,
              .or_ = ordered_or,
              .ior = ordered_ior},
    .methods = ordered_methods,
    .getset = ordered_getset,
};
