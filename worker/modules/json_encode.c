/* json: writing. An Encoder is what json.encoder calls as _iterencode(value, indent level); it gives one chunk. */
#include <math.h>

#include "modules/json.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef enum Quoting { QUOTE_BY_FUNCTION, QUOTE_ASCII, QUOTE_UNICODE } Quoting;

typedef struct Encoder {
    HeapObject head;
    Value markers, default_function, encoder, indent, key_separator, item_separator;
    bool sort_keys, skip_keys, allow_nan;
    Quoting quoting;
} Encoder;

FIELDS_LIFE(encoder, 6)

/* The containers that are being written, from the innermost out. */
typedef struct Active {
    Value container;
    const struct Active *outer;
} Active;

typedef struct Encoding {
    Encoder *encoder;
    JsonWriter writer;
    const Active *active;
    uint64_t work;
} Encoding;

static int put_value(Encoding *e, Value v);

static int put(Encoding *e, const char *text, size_t n) { return json_put_ascii(&e->writer, text, n); }

/* ---- atoms ---- */

static int put_str(Encoding *e, Value text) {
    switch (e->encoder->quoting) {
    case QUOTE_ASCII: return json_put_quoted(&e->writer, text, true);
    case QUOTE_UNICODE: return json_put_quoted(&e->writer, text, false);
    default: break;
    }
    Value quoted = value_call_one(e->encoder->encoder, text);
    if (!quoted) return -1;
    int status = is_str(quoted) ? json_put_text(&e->writer, quoted)
                                : raise_int(T_TypeError, "encoder() must return a string, not %T", quoted);
    decref(quoted);
    return status;
}

/* The shortest text of a float; how long it is, 0 raised. */
static size_t float_text(const Encoding *e, Value v, char buffer[40]) {
    double d = float_value(v);
    if (isfinite(d)) return double_repr(d, buffer);
    if (!e->encoder->allow_nan)
        return raise_error(T_ValueError, "Out of range float values are not JSON compliant"), 0;
    const char *text = isnan(d) ? "NaN" : d > 0 ? "Infinity" : "-Infinity";
    strcpy(buffer, text);
    return strlen(text);
}

static size_t small_int_text(int64_t n, char buffer[40]) {
    char digits[24];
    size_t count = 0, length = 0;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do digits[count++] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0) buffer[length++] = '-';
    while (count > 0) buffer[length++] = digits[--count];
    return length;
}

static int put_int(Encoding *e, Value v) {
    char buffer[40];
    if (is_small_int(v)) return put(e, buffer, small_int_text(small_int(v), buffer));
    Value text = TYPE(int)->slots.repr(v);
    int status = text ? json_put_text(&e->writer, text) : -1;
    xdecref(text);
    return status;
}

/* 1: v is an atom and stands there now; 0: it is none; -1 raised. */
static int put_atom(Encoding *e, Value v) {
    char buffer[40];
    size_t n;
    int status = 0;
    if (v == NONE) status = put(e, "null", 4);
    else if (v == TRUE) status = put(e, "true", 4);
    else if (v == FALSE) status = put(e, "false", 5);
    else if (is_str(v)) status = put_str(e, v);
    else if (is_int(v)) status = put_int(e, v);
    else if (is_float(v)) status = (n = float_text(e, v, buffer)) ? put(e, buffer, n) : -1;
    else return 0;
    return status < 0 ? -1 : 1;
}

/* ---- containers ---- */

static int enter(Encoding *e, Value container) {
    if (++e->work >= 4096) {
        if (work_charge(e->work) < 0) return -1;
        e->work = 0;
    }
    if (e->encoder->markers != NONE)
        for (const Active *a = e->active; a; a = a->outer)
            if (a->container == container) return raise_int(T_ValueError, "Circular reference detected");
    return recursion_enter(" while encoding a JSON object");
}

static int put_list(Encoding *e, Value v) {
    Value items = value_fast_sequence(v, "_iterencode_list needs a sequence");
    if (!items) return -1;
    int status = 0;
    if (fast_sequence_length(items) == 0) {
        status = put(e, "[]", 2);
    } else {
        status = put(e, "[", 1);
        for (size_t i = 0; status == 0 && i < fast_sequence_length(items); i++) {
            Value item = incref(fast_sequence_items(items)[i]);
            if (i > 0) status = json_put_text(&e->writer, e->encoder->item_separator);
            if (status == 0) status = put_value(e, item);
            decref(item);
            if (++e->work >= 4096) {
                status = status < 0 || work_charge(e->work) < 0 ? -1 : 0;
                e->work = 0;
            }
        }
        if (status == 0) status = put(e, "]", 1);
    }
    decref(items);
    return status;
}

/* A key that is no str, as one. 1: it stands there; 0: it is to be skipped; -1 raised. */
static int put_odd_key(Encoding *e, Value key) {
    char buffer[40];
    size_t n;
    if (is_float(key)) {
        if (!(n = float_text(e, key, buffer))) return -1;
    } else if (key == TRUE || key == FALSE || key == NONE) {
        const char *text = key == TRUE ? "true" : key == FALSE ? "false" : "null";
        strcpy(buffer, text);
        n = strlen(text);
    } else if (is_small_int(key)) {
        n = small_int_text(small_int(key), buffer);
    } else if (is_int(key)) {
        Value text = TYPE(int)->slots.repr(key);
        int status = text ? put_str(e, text) : -1;
        xdecref(text);
        return status < 0 ? -1 : 1;
    } else if (e->encoder->skip_keys) {
        return 0;
    } else {
        return raise_int(T_TypeError, "keys must be str, int, float, bool or None, not %T", key);
    }
    Value text = str_from_ascii(buffer, n);
    int status = text ? put_str(e, text) : -1;
    xdecref(text);
    return status < 0 ? -1 : 1;
}

/* *first: no pair stands there yet. */
static int put_pair(Encoding *e, Value key, Value value, bool *first) {
    if (!is_str(key) && e->encoder->skip_keys && !is_float(key) && !is_int(key) && key != NONE) return 0;
    if (!*first && json_put_text(&e->writer, e->encoder->item_separator) < 0) return -1;
    int status = is_str(key) ? put_str(e, key) : put_odd_key(e, key);
    if (status < 0) return -1;
    *first = false;
    if (json_put_text(&e->writer, e->encoder->key_separator) < 0) return -1;
    return put_value(e, value);
}

enum { FEW_PAIRS = 16 };

/* The pairs as they are now: writing a value may run code that changes the dict. */
static int put_plain_pairs(Encoding *e, Value dict, bool *first) {
    size_t n = dict_length(dict), position = 0, taken = 0;
    Value few[2 * FEW_PAIRS], *pairs = n <= FEW_PAIRS ? few : heap_calloc(rt->heap, 2 * n, sizeof *pairs);
    if (!pairs) return raise_no_memory(), -1;
    while (taken < n && dict_next(dict, &position, &pairs[2 * taken], &pairs[2 * taken + 1])) {
        incref(pairs[2 * taken]);
        incref(pairs[2 * taken + 1]);
        taken++;
    }
    int status = 0;
    for (size_t i = 0; i < taken; i++) {
        if (status == 0) status = put_pair(e, pairs[2 * i], pairs[2 * i + 1], first);
        decref(pairs[2 * i]);
        decref(pairs[2 * i + 1]);
    }
    if (pairs != few) heap_free(rt->heap, pairs);
    return status;
}

static int put_listed_pairs(Encoding *e, Value mapping, bool *first) {
    Value view = NULL, items = NULL;
    if (IS_EXACT(mapping, dict)) items = dict_items_list(mapping);
    else if ((view = value_call_method_noargs(mapping, NAME(items))) != NULL) items = value_to_list(view);
    xdecref(view);
    int status = items && (!e->encoder->sort_keys || list_sort(items, NONE, false) == 0) ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(items); i++) {
        Value item = list_item_borrow(items, i);
        status = is_tuple(item) && tuple_length(item) == 2
                     ? put_pair(e, tuple_item_borrow(item, 0), tuple_item_borrow(item, 1), first)
                     : raise_int(T_ValueError, "items must return 2-tuples");
    }
    xdecref(items);
    return status;
}

static int put_dict(Encoding *e, Value v) {
    if (dict_length(v) == 0) return put(e, "{}", 2);
    bool first = true;
    if (put(e, "{", 1) < 0) return -1;
    int status = IS_EXACT(v, dict) && !e->encoder->sort_keys ? put_plain_pairs(e, v, &first)
                                                             : put_listed_pairs(e, v, &first);
    return status < 0 ? -1 : put(e, "}", 1);
}

static int put_by_default(Encoding *e, Value v) {
    Value other = value_call_one(e->encoder->default_function, v);
    if (!other) return -1;
    int status = put_value(e, other);
    decref(other);
    return status;
}

static int put_value(Encoding *e, Value v) {
    int atom = put_atom(e, v);
    if (atom != 0) return atom < 0 ? -1 : 0;
    if (enter(e, v) < 0) return -1;
    Active active = {v, e->active};
    e->active = &active;
    int status = is_list(v) || is_tuple(v) ? put_list(e, v)
                 : is_dict(v)              ? put_dict(e, v)
                                           : put_by_default(e, v);
    e->active = active.outer;
    recursion_leave();
    return status;
}

/* ---- the type ---- */

static Value encoder_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"obj", "_current_indent_level", NULL};
    static const ArgSpec spec = {"_iterencode", names, 2, 2, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Encoding e = {.encoder = (Encoder *)v};
    json_writer_init(&e.writer);
    incref(v);
    int status = put_value(&e, out[0]);
    decref(v);
    if (status < 0 || work_charge(e.work) < 0) {
        json_writer_drop(&e.writer);
        return NULL;
    }
    Value text = json_writer_finish(&e.writer);
    return text ? tuple_from_array_steal(&text, 1) : NULL;
}

static Quoting quoting_of(Value encoder) {
    if (!IS_EXACT(encoder, builtin_function)) return QUOTE_BY_FUNCTION;
    const void *function = ((Native *)encoder)->method->function;
    return function == (void *)json_encode_basestring_ascii ? QUOTE_ASCII
           : function == (void *)json_encode_basestring     ? QUOTE_UNICODE
                                                            : QUOTE_BY_FUNCTION;
}

static Value encoder_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {
        "markers",        "default",   "encoder",  "indent",    "key_separator",
        "item_separator", "sort_keys", "skipkeys", "allow_nan", NULL};
    static const ArgSpec spec = {"make_encoder", names, 9, 9, 9};
    Value out[9];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[0] != NONE && !is_dict(out[0]))
        return raise_error(T_TypeError, "make_encoder() argument 1 must be dict or None, not %.50T", out[0]);
    for (int i = 4; i < 6; i++)
        if (!is_str(out[i]))
            return raise_error(T_TypeError, "make_encoder() argument %d must be str, not %.50T", i + 1,
                               out[i]);
    int truth[3];
    for (int i = 0; i < 3; i++)
        if ((truth[i] = value_is_true(out[6 + i])) < 0) return NULL;
    Encoder *e = (Encoder *)value_alloc(type, 0);
    if (!e) return NULL;
    for (int i = 0; i < 6; i++) fields_of(&e->head)[i] = incref(out[i]);
    e->sort_keys = truth[0];
    e->skip_keys = truth[1];
    e->allow_nan = truth[2];
    e->quoting = quoting_of(out[2]);
    value_track(AS_VALUE(e));
    return AS_VALUE(e);
}

static const Member encoder_members[] = {
    {"markers", MEMBER_VALUE, offsetof(Encoder, markers), true, "markers"},
    {"default", MEMBER_VALUE, offsetof(Encoder, default_function), true, "default"},
    {"encoder", MEMBER_VALUE, offsetof(Encoder, encoder), true, "encoder"},
    {"indent", MEMBER_VALUE, offsetof(Encoder, indent), true, "indent"},
    {"key_separator", MEMBER_VALUE, offsetof(Encoder, key_separator), true, "key_separator"},
    {"item_separator", MEMBER_VALUE, offsetof(Encoder, item_separator), true, "item_separator"},
    {"sort_keys", MEMBER_BOOL, offsetof(Encoder, sort_keys), true, "sort_keys"},
    {"skipkeys", MEMBER_BOOL, offsetof(Encoder, skip_keys), true, "skipkeys"},
    {0},
};

const TypeSpec json_encoder_spec = {
    .name = "_json.Encoder",
    .doc = "Encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys, skipkeys, "
           "allow_nan)",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Encoder),
    .slots = {.traverse = encoder_traverse, .free = encoder_free, .call = encoder_call, .new_ = encoder_make},
    .members = encoder_members,
};
