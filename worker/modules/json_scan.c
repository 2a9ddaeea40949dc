/*
 * json: reading. A Scanner is what json.decoder calls as scan_once(text, index).
 *
 * Keys of objects come again and again: a small table of those seen in the present call saves making them anew.
 */
#include <stdlib.h>

#include "modules/json.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/float_digits.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct Scanner {
    HeapObject head;
    Value object_hook, object_pairs_hook, parse_float, parse_int, parse_constant;
    bool strict;
} Scanner;

FIELDS_LIFE(scanner, 5)

enum { KNOWN_KEYS = 64, KEY_MAX = 64, NUMBER_MAX = 64 };

typedef struct Scan {
    Scanner *scanner;
    Value text;
    ssize_t length;
    uint64_t work;
    Value keys[KNOWN_KEYS];
} Scan;

static Value scan_value(Scan *s, ssize_t i, ssize_t *end);

static inline uint32_t char_at(const Scan *s, ssize_t i) {
    return i < s->length ? str_read(s->text, (size_t)i) : 0;
}

static inline ssize_t skip_space(const Scan *s, ssize_t i) {
    for (uint32_t c; i < s->length && ((c = char_at(s, i)) == ' ' || c == '\t' || c == '\n' || c == '\r');
         i++) {}
    return i;
}

static Value expecting_value(ssize_t at) { return raise_stop_iteration(small_int_new(at)); }

static int charge(Scan *s) {
    if (++s->work < 4096) return 0;
    s->work = 0;
    return work_charge(4096);
}

/* ---- numbers ---- */

static ssize_t skip_digits(const Scan *s, ssize_t i) {
    while (char_at(s, i) - '0' < 10) i++;
    return i;
}

/* Where the number at i ends; -1: there is none. */
static ssize_t number_end(const Scan *s, ssize_t i, bool *is_float) {
    *is_float = false;
    if (char_at(s, i) == '-') i++;
    if (char_at(s, i) - '0' >= 10) return -1;
    i = char_at(s, i) == '0' ? i + 1 : skip_digits(s, i);
    if (char_at(s, i) == '.' && char_at(s, i + 1) - '0' < 10) {
        *is_float = true;
        i = skip_digits(s, i + 1);
    }
    if ((char_at(s, i) | 32) == 'e') {
        ssize_t k = i + 1;
        if (char_at(s, k) == '+' || char_at(s, k) == '-') k++;
        if (char_at(s, k) - '0' < 10) {
            *is_float = true;
            i = skip_digits(s, k);
        }
    }
    return i;
}

static Value small_number(const Scan *s, ssize_t i, ssize_t end) {
    bool negative = char_at(s, i) == '-';
    int64_t n = 0;
    for (i += negative; i < end; i++) n = n * 10 + (char_at(s, i) - '0');
    return small_int_new(negative ? -n : n);
}

/* The text of a number as a C string: in `few` or a heap block. */
static char *number_text(const Scan *s, ssize_t i, ssize_t end, char few[NUMBER_MAX]) {
    size_t n = (size_t)(end - i);
    char *text = n < NUMBER_MAX ? few : heap_alloc(rt->heap, n + 1);
    if (!text) return raise_no_memory(), NULL;
    for (size_t k = 0; k < n; k++) text[k] = (char)char_at(s, i + (ssize_t)k);
    text[n] = 0;
    return text;
}

static Value float_number(const Scan *s, ssize_t i, ssize_t end) {
    char few[NUMBER_MAX], *text = number_text(s, i, end, few);
    if (!text) return NULL;
    double d;
    if (!decimal_read(text, (size_t)(end - i), &d)) d = strtod(text, NULL);
    if (text != few) heap_free(rt->heap, text);
    return float_new(d);
}

static Value scan_number(Scan *s, ssize_t i, ssize_t *end) {
    bool is_float;
    ssize_t stop = number_end(s, i, &is_float);
    if (stop < 0) return expecting_value(i);
    *end = stop;
    Value parse = is_float ? s->scanner->parse_float : s->scanner->parse_int;
    if (parse == AS_VALUE(TYPE(float)) && is_float) return float_number(s, i, stop);
    if (parse == AS_VALUE(TYPE(int)) && !is_float && stop - i < 18) return small_number(s, i, stop);
    Value text = str_slice(s->text, (size_t)i, (size_t)stop);
    Value result = !text                                       ? NULL
                   : parse == AS_VALUE(TYPE(int)) && !is_float ? int_from_text(text, 10)
                                                               : value_call_one(parse, text);
    xdecref(text);
    return result;
}

/* ---- words ---- */

static bool stands_at(const Scan *s, ssize_t i, const char *word) {
    for (; *word; word++, i++)
        if (char_at(s, i) != (uint8_t)*word) return false;
    return true;
}

static Value constant(Scan *s, const char *word) {
    Value name = str_intern_cstr(word),
          result = name ? value_call_one(s->scanner->parse_constant, name) : NULL;
    xdecref(name);
    return result;
}

/* ---- arrays and objects ---- */

static Value scan_array(Scan *s, ssize_t i, ssize_t *end) {
    Value list = list_new(0);
    if (!list) return NULL;
    i = skip_space(s, i);
    if (char_at(s, i) != ']') {
        for (;;) {
            Value item = scan_value(s, i, &i);
            if (!item || list_append_steal(list, item) < 0) goto failed;
            i = skip_space(s, i);
            if (char_at(s, i) == ']') break;
            if (char_at(s, i) != ',') {
                json_error("Expecting ',' delimiter", s->text, i);
                goto failed;
            }
            i = skip_space(s, i + 1);
        }
    }
    *end = i + 1;
    return list;
failed:
    decref(list);
    return NULL;
}

/* A key without escapes that is in the table; else NULL with *place where it may go, or NULL. */
static Value known_key(Scan *s, ssize_t i, ssize_t *end, Value **place) {
    *place = NULL;
    if (str_kind(s->text) != 1) return NULL;
    const uint8_t *start = str_data(s->text) + i;
    uint32_t hash = 0, n = 0;
    ssize_t left = s->length - i;
    while (n < KEY_MAX && n < left && start[n] != '"' && start[n] != '\\' && start[n] >= 0x20)
        hash = hash * 31 + start[n++];
    if (n >= KEY_MAX || n >= left || start[n] != '"') return NULL;
    *place = &s->keys[(hash ^ hash >> 7) % KNOWN_KEYS];
    Value known = **place;
    if (!known || str_length(known) != n || memcmp(str_data(known), start, n) != 0) return NULL;
    *end = i + n + 1;
    return incref(known);
}

static Value scan_key(Scan *s, ssize_t i, ssize_t *end) {
    Value *place, key = known_key(s, i, end, &place);
    if (key) return key;
    key = json_scan_string(s->text, i, s->scanner->strict, end);
    if (key && place && str_kind(key) == 1) SET_FIELD_STEAL(*place, incref(key));
    return key;
}

/* Steals key and value. Pairs go to a list, others into a dict. */
static int add_pair(Value into, bool pairs, Value key, Value value) {
    if (pairs) {
        Value pair = tuple_from_array_steal((Value[]){key, value}, 2);
        return pair ? list_append_steal(into, pair) : -1;
    }
    int status = dict_set(into, key, value);
    decref(key);
    decref(value);
    return status;
}

/* The pairs behind '{'; *end behind '}'. */
static int scan_pairs(Scan *s, Value into, bool pairs, ssize_t i, ssize_t *end) {
    i = skip_space(s, i);
    for (bool first = true;; first = false) {
        if (first && char_at(s, i) == '}') break;
        if (char_at(s, i) != '"') {
            json_error("Expecting property name enclosed in double quotes", s->text, i);
            return -1;
        }
        Value key = scan_key(s, i + 1, &i);
        if (!key) return -1;
        i = skip_space(s, i);
        if (char_at(s, i) != ':') {
            decref(key);
            json_error("Expecting ':' delimiter", s->text, i);
            return -1;
        }
        Value value = scan_value(s, skip_space(s, i + 1), &i);
        if (!value) {
            decref(key);
            return -1;
        }
        if (add_pair(into, pairs, key, value) < 0) return -1;
        i = skip_space(s, i);
        if (char_at(s, i) == '}') break;
        if (char_at(s, i) != ',') {
            json_error("Expecting ',' delimiter", s->text, i);
            return -1;
        }
        i = skip_space(s, i + 1);
    }
    *end = i + 1;
    return 0;
}

static Value scan_object(Scan *s, ssize_t i, ssize_t *end) {
    bool pairs = s->scanner->object_pairs_hook != NONE;
    Value hook = pairs ? s->scanner->object_pairs_hook : s->scanner->object_hook;
    Value object = pairs ? list_new(0) : dict_new();
    if (object && scan_pairs(s, object, pairs, i, end) < 0) CLEAR_FIELD(object);
    if (!object || hook == NONE) return object;
    Value result = value_call_one(hook, object);
    decref(object);
    return result;
}

static Value scan_nested(Scan *s, ssize_t i, ssize_t *end, bool array) {
    if (recursion_enter(array ? " while decoding a JSON array from a unicode string"
                              : " while decoding a JSON object from a unicode string") < 0)
        return NULL;
    Value result = array ? scan_array(s, i, end) : scan_object(s, i, end);
    recursion_leave();
    return result;
}

/* ---- any value ---- */

static Value scan_value(Scan *s, ssize_t i, ssize_t *end) {
    if (i < 0) return raise_error(T_ValueError, "idx cannot be negative");
    if (i >= s->length) return expecting_value(i);
    if (charge(s) < 0) return NULL;
    switch (char_at(s, i)) {
    case '"': return json_scan_string(s->text, i + 1, s->scanner->strict, end);
    case '{': return scan_nested(s, i + 1, end, false);
    case '[': return scan_nested(s, i + 1, end, true);
    case 'n':
        if (!stands_at(s, i, "null")) break;
        *end = i + 4;
        return NONE;
    case 't':
        if (!stands_at(s, i, "true")) break;
        *end = i + 4;
        return TRUE;
    case 'f':
        if (!stands_at(s, i, "false")) break;
        *end = i + 5;
        return FALSE;
    case 'N':
        if (!stands_at(s, i, "NaN")) break;
        *end = i + 3;
        return constant(s, "NaN");
    case 'I':
        if (!stands_at(s, i, "Infinity")) break;
        *end = i + 8;
        return constant(s, "Infinity");
    case '-':
        if (!stands_at(s, i, "-Infinity")) break;
        *end = i + 9;
        return constant(s, "-Infinity");
    default: break;
    }
    return scan_number(s, i, end);
}

/* ---- the type ---- */

static Value scanner_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"string", "idx", NULL};
    static const ArgSpec spec = {"scan_once", names, 2, 2, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t i = value_as_ssize(out[1], TYPE(OverflowError)), end = 0;
    if (i == -1 && error_pending()) return NULL;
    if (!is_str(out[0])) return raise_error(T_TypeError, "first argument must be a string, not %T", out[0]);
    Scan s = {.scanner = (Scanner *)v, .text = out[0], .length = (ssize_t)str_length(out[0])};
    incref(v);
    Value result = scan_value(&s, i, &end);
    decref(v);
    for (int k = 0; k < KNOWN_KEYS; k++) xdecref(s.keys[k]);
    if (result && work_charge(s.work) < 0) CLEAR_FIELD(result);
    return result ? tuple_from_array_steal((Value[]){result, small_int_new(end)}, 2) : NULL;
}

static Value scanner_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"context", NULL};
    static const ArgSpec spec = {"make_scanner", names, 1, 1, 1};
    static const char *const attributes[] = {"object_hook", "object_pairs_hook", "parse_float", "parse_int",
                                             "parse_constant"};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Scanner *s = (Scanner *)value_alloc(type, 0);
    if (!s) return NULL;
    memset(fields_of(&s->head), 0, 5 * sizeof(Value));
    Value strict = value_getattr_cstr(out[0], "strict");
    int truth = strict ? value_is_true(strict) : -1;
    bool ok = truth >= 0;
    s->strict = truth > 0;
    for (int i = 0; ok && i < 5; i++)
        ok = (fields_of(&s->head)[i] = value_getattr_cstr(out[0], attributes[i])) != NULL;
    xdecref(strict);
    value_track(AS_VALUE(s));
    if (ok) return AS_VALUE(s);
    DECREF(s);
    return NULL;
}

static const Member scanner_members[] = {
    {"strict", MEMBER_BOOL, offsetof(Scanner, strict), true, "strict"},
    {"object_hook", MEMBER_VALUE, offsetof(Scanner, object_hook), true, "object_hook"},
    {"object_pairs_hook", MEMBER_VALUE, offsetof(Scanner, object_pairs_hook), true, "object_pairs_hook"},
    {"parse_float", MEMBER_VALUE, offsetof(Scanner, parse_float), true, "parse_float"},
    {"parse_int", MEMBER_VALUE, offsetof(Scanner, parse_int), true, "parse_int"},
    {"parse_constant", MEMBER_VALUE, offsetof(Scanner, parse_constant), true, "parse_constant"},
    {0},
};

const TypeSpec json_scanner_spec = {
    .name = "_json.Scanner",
    .doc = "JSON scanner object",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(Scanner),
    .slots = {.traverse = scanner_traverse, .free = scanner_free, .call = scanner_call, .new_ = scanner_make},
    .members = scanner_members,
};
