/* dict_methods: dict as a Python type: protocols, methods, the table. */
#include "objects/dict_internal.h"

#include "objects/generic.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/set_internal.h"
#include "objects/sizes.h"
#include "objects/str.h"

static int add_repr(StrBuilder *b, Value v) {
    Value text = value_repr(v);
    if (!text) return -1;
    int status = str_builder_add(b, text);
    decref(text);
    return status;
}

static int repr_items(Value v, StrBuilder *b) {
    size_t position = 0;
    Value key, value;
    bool first = true;
    while (dict_next(v, &position, &key, &value)) {
        incref(key);
        incref(value);
        int status = first ? 0 : str_builder_add_ascii(b, ", ", 2);
        first = false;
        if (status == 0) status = add_repr(b, key);
        if (status == 0) status = str_builder_add_ascii(b, ": ", 2);
        if (status == 0) status = add_repr(b, value);
        decref(key);
        decref(value);
        if (status < 0) return -1;
    }
    return 0;
}

static Value dict_repr(Value v) {
    if (dict_length(v) == 0) return str_from_cstr("{}");
    int active = repr_enter(v);
    if (active != 0) return active < 0 ? NULL : str_from_cstr("{...}");
    StrBuilder b = STR_BUILDER_INIT;
    bool ok =
        str_builder_add_char(&b, '{') == 0 && repr_items(v, &b) == 0 && str_builder_add_char(&b, '}') == 0;
    repr_leave(v);
    if (ok) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static int dicts_equal(Value a, Value b) {
    if (dict_length(a) != dict_length(b)) return 0;
    size_t position = 0;
    Value key, value, other;
    Hash hash;
    while (dict_next_hash(a, &position, &key, &value, &hash)) {
        incref(key);
        incref(value);
        int equal = dict_find_hash(b, key, hash, &other);
        if (equal == 1) {
            incref(other);
            equal = value_equal(value, other);
            decref(other);
        }
        decref(key);
        decref(value);
        if (equal != 1) return equal;
    }
    return 1;
}

static Value dict_compare(Value a, Value b, CompareOp op) {
    if (!is_dict(a) || !is_dict(b) || (op != CMP_EQ && op != CMP_NE)) return NOT_IMPLEMENTED;
    int equal = dicts_equal(a, b);
    return equal < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
}

static ssize_t dict_len(Value v) { return (ssize_t)dict_length(v); }

static int dict_contains(Value v, Value key) {
    Value ignored;
    return dict_find(v, key, &ignored);
}

static Value missing(Value v, Value key) {
    if (!IS_EXACT(v, dict)) {
        Value self, method = value_lookup_special(v, NAME(__missing__), &self);
        if (method) {
            Value args[2] = {self, key};
            Value result = self ? value_call(method, args, 2, NULL) : value_call_one(method, key);
            decref(method);
            return result;
        }
        if (error_pending()) return NULL;
    }
    return raise_with(T_KeyError, key);
}

static Value dict_getitem(Value v, Value key) {
    Value out;
    int found = dict_find(v, key, &out);
    if (found > 0) return incref(out);
    return found < 0 ? NULL : missing(v, key);
}

static int dict_setitem(Value v, Value key, Value value) {
    if (value) return dict_set(v, key, value);
    int status = dict_delete(v, key);
    if (status == 1) return raise_with(T_KeyError, key), -1;
    return status;
}

static Value dict_or(Value a, Value b) {
    if (!is_dict(a) || !is_dict(b)) return NOT_IMPLEMENTED;
    Value copy = dict_copy(a);
    if (copy && dict_update(copy, b) < 0) {
        decref(copy);
        return NULL;
    }
    return copy;
}

static Value dict_ior(Value v, Value other) { return dict_update(v, other) < 0 ? NULL : incref(v); }

/* ---- methods ---- */

static Value dict_get_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("get", nargs, 1, 2)) return NULL;
    Value out;
    int found = dict_find(v, args[0], &out);
    if (found < 0) return NULL;
    return incref(found ? out : nargs > 1 ? args[1] : NONE);
}

static Value dict_setdefault_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("setdefault", nargs, 1, 2)) return NULL;
    return xincref(dict_setdefault_borrow(v, args[0], nargs > 1 ? args[1] : NONE));
}

static Value dict_pop_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("pop", nargs, 1, 2)) return NULL;
    Value value = dict_pop(v, args[0]);
    if (value || error_pending()) return value;
    return nargs > 1 ? incref(args[1]) : raise_with(T_KeyError, args[0]);
}

static Value dict_popitem_method(Value v) {
    Value pair[2];
    if (!dict_pop_last(v, &pair[0], &pair[1])) {
        Value text = str_from_cstr("popitem(): dictionary is empty");
        if (!text) return NULL;
        raise_with(T_KeyError, text);
        decref(text);
        return NULL;
    }
    return tuple_from_array_steal(pair, 2);
}

static Value dict_clear_method(Value v) {
    dict_clear(v);
    return NONE;
}

static Value dict_copy_method(Value v) { return dict_copy(v); }

static int update_from_call(const char *name, Value v, Value const *args, size_t nargs, Value kwnames) {
    if (!args_count(name, nargs, 0, 1)) return -1;
    if (nargs && dict_update(v, args[0]) < 0) return -1;
    size_t n = kwnames ? tuple_length(kwnames) : 0;
    for (size_t i = 0; i < n; i++)
        if (dict_set(v, tuple_item_borrow(kwnames, i), args[nargs + i]) < 0) return -1;
    return 0;
}

static Value dict_update_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    return update_from_call("update", v, args, nargs, kwnames) < 0 ? NULL : NONE;
}

/* Into a plain dict from a set or a plain dict: the hashes are known. 0, -1 raised. */
static int add_known_keys(Value result, Value keys, Value value) {
    size_t position = 0;
    Value key;
    Hash hash;
    bool from_set = is_any_set(keys);
    int status = 0;
    while (status == 0 && (from_set ? set_next_entry(keys, &position, &key, &hash)
                                    : dict_next_hash(keys, &position, &key, NULL, &hash))) {
        incref(key);
        status = dict_set_hash(result, key, hash, value);
        decref(key);
    }
    return status;
}

/* dict.fromkeys(iterable, value=None) on any class: plain dicts are filled directly. */
static Value dict_fromkeys(Value cls, Value const *args, size_t nargs) {
    if (!args_count("fromkeys", nargs, 1, 2)) return NULL;
    Value value = nargs > 1 ? args[1] : NONE, result = value_call_noargs(cls);
    if (!result) return NULL;
    bool plain = IS_EXACT(result, dict);
    if (plain && (IS_EXACT(args[0], dict) || IS_EXACT(args[0], set) || IS_EXACT(args[0], frozenset))) {
        if (add_known_keys(result, args[0], value) == 0) return result;
        decref(result);
        return NULL;
    }
    Value it = value_iter(args[0]);
    int status = it ? 0 : -1;
    for (Value key; status == 0 && (key = value_next(it)) != NULL; decref(key))
        status = plain ? dict_set(result, key, value) : value_setitem(result, key, value);
    xdecref(it);
    if (status == 0 && !error_pending()) return result;
    decref(result);
    return NULL;
}

static Value dict_contains_method(Value v, Value key) {
    int found = dict_contains(v, key);
    return found < 0 ? NULL : BOOL(found);
}

static int dict_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    return update_from_call("dict", v, args, nargs, kwnames);
}

static Value dict_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    Value v = dict_make((Type *)callable, NULL, 0, NULL);
    if (v && dict_init(v, args, nargs, kwnames) < 0) {
        decref(v);
        return NULL;
    }
    return v;
}

static const NativeMethod dict_methods[] = {
    {"__contains__", (void *)dict_contains_method, NATIVE_ONE, NATIVE_COEXIST,
     "__contains__($self, key, /)\n--\n\nWhether the key is there."},
    {"__getitem__", (void *)dict_getitem, NATIVE_ONE, NATIVE_COEXIST, "x.__getitem__(y) <==> x[y]"},
    METHOD_NOARGS("__sizeof__", value_sizeof, "Bytes of memory."),
    METHOD_FAST("get", dict_get_method,
                "get($self, key, default=None, /)\n--\n\nThe key's value; default if it is not there."),
    METHOD_FAST("setdefault", dict_setdefault_method,
                "setdefault($self, key, default=None, /)\n--\n\nThe key's value; if it is not there it is "
                "put in, with default for a value."),
    METHOD_FAST("pop", dict_pop_method,
                "pop($self, key, default=<unrepresentable>, /)\n--\n\nTakes key out and gives its value; "
                "default, or KeyError, if it is not there."),
    METHOD_NOARGS(
        "popitem", dict_popitem_method,
        "popitem($self, /)\n--\n\nTakes the last pair out and gives it; KeyError if there is none."),
    METHOD_NOARGS("keys", dict_keys_view, "The keys as a set that follows the dict."),
    METHOD_NOARGS("items", dict_items_view, "The pairs as a set that follows the dict."),
    METHOD_NOARGS("values", dict_values_view, "The values, as a view that follows the dict."),
    METHOD_KW("update", dict_update_method,
              "Takes over the pairs of a mapping or an iterable, then those of the keyword arguments."),
    {"fromkeys", (void *)dict_fromkeys, NATIVE_FAST, NATIVE_CLASS,
     "fromkeys($type, iterable, value=None, /)\n--\n\nA new dict with these keys, all with the same value."},
    METHOD_NOARGS("clear", dict_clear_method, "Takes all pairs out."),
    METHOD_NOARGS("copy", dict_copy_method, "D.copy() -> a shallow copy of D"),
    METHOD_NOARGS("__reversed__", dict_reversed,
                  "__reversed__($self, /)\n--\n\nAn iterator over the keys, last to first."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const TypeSpec dict_type_spec = {
    .name = "dict",
    .doc = "dict(): keys and their values, from a mapping, from pairs, from keyword arguments, in the order "
           "in which they came",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_MAPPING | TYPE_MATCH_SELF | TYPE_DICT_SUBCLASS,
    .basic_size = sizeof(Dict),
    .layout = {.form = HEAP_FORM_PAIRS,
               .words = offsetof(Dict, entries),
               .count = offsetof(Dict, used_entries),
               .plain = offsetof(Dict, str_only)},
    .slots = {.getattr = object_getattr,
              .traverse = dict_traverse,
              .clear = dict_clear_references,
              .free = dict_free,
              .size = dict_size,
              .is_atomic = dict_is_atomic,
              .repr = dict_repr,
              .hash = hash_not_implemented,
              .compare = dict_compare,
              .iter = dict_key_iterator,
              .new_ = dict_make,
              .init = dict_init,
              .length = dict_len,
              .getitem = dict_getitem,
              .setitem = dict_setitem,
              .contains = dict_contains,
              .or_ = dict_or,
              .ior = dict_ior},
    .methods = dict_methods,
    .construct = dict_construct,
};
