/* str_methods: str as a Python type. */
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/seq_iterators.h"
#include "objects/sizes.h"
#include "objects/str_case.h"
#include "objects/text_methods.h"
#include "objects/text_ops.h"
#include "objects/unicode.h"

void str_free(Heap *heap, HeapObject *o);
Value str_format_method(Value self, Value const *args, size_t nargs, Value kwnames); /* str_format_method.c */
Value str_format_map(Value self, Value mapping);
Value str_format_spec(Value v, Value spec);                              /* str_format_spec.c */
Value str_percent(Value format, Value args);                             /* str_percent.c */
Value codec_encode(Value str, const char *encoding, const char *errors); /* codecs.c */
Value codec_decode(Value bytes_like, const char *encoding, const char *errors);
Value str_iterator_new(Value str);

/* ---- protocols ---- */

static Value str_str(Value v) {
    return type_of(v) == TYPE(str) ? incref(v) : str_from_units(str_data(v), str_kind(v), str_length(v));
}

static Value str_richcompare(Value a, Value b, CompareOp op) {
    if (!is_str(a) || !is_str(b)) return NOT_IMPLEMENTED;
    if (op == CMP_EQ) return BOOL(str_equal(a, b));
    if (op == CMP_NE) return BOOL(!str_equal(a, b));
    int order = a == b ? 0 : str_compare(a, b);
    return BOOL(compare_holds(order, 0, op));
}

static ssize_t str_len(Value v) { return (ssize_t)str_length(v); }

static Value take(Value v, ssize_t start, ssize_t step, size_t count) {
    if (step == 1) return str_slice(v, (size_t)start, (size_t)start + count);
    if (((Str *)v)->ascii) {
        if (count <= 1) return count ? str_from_char(str_data(v)[start]) : incref(rt->empty_str);
        Str *s = str_alloc(TYPE(str), count, 1, true);
        const uint8_t *from = str_data(v);
        for (size_t i = 0; s && i < count; i++, start += step) s->data[i] = from[start];
        return AS_VALUE(s);
    }
    Str *s = count ? str_alloc(TYPE(str), count, str_kind(v), false) : NULL;
    if (!s) return count ? NULL : incref(rt->empty_str);
    for (size_t i = 0; i < count; i++, start += step) str_write(AS_VALUE(s), i, str_read(v, (size_t)start));
    uint32_t most = str_max_char(s->data, s->kind, count);
    if (count > 1 && most >= 128 && kind_for(most) == s->kind) return AS_VALUE(s);
    Value narrow = str_from_units(s->data, s->kind, count);
    DECREF(s);
    return narrow;
}

static Value str_getitem(Value v, Value key) {
    if (is_slice(key)) {
        ssize_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0) return NULL;
        size_t count = (size_t)slice_adjust((ssize_t)str_length(v), &start, &stop, step);
        return take(v, start, step, count);
    }
    ssize_t i;
    if (!value_has_index(key))
        return raise_error(T_TypeError, "string indices must be integers, not '%T'", key);
    if (seq_index_from_key(key, str_length(v), "string", &i) < 0) return NULL;
    if (i < 0 || (size_t)i >= str_length(v)) return raise_error(T_IndexError, "string index out of range");
    return str_from_char(str_read(v, (size_t)i));
}

static int str_contains(Value v, Value sub) {
    if (!is_str(sub))
        return raise_int(T_TypeError, "'in <string>' requires string as left operand, not %.100T", sub);
    ssize_t at = str_find(v, sub, 0, SIZE_MAX, 1);
    return at == -2 ? -1 : at >= 0;
}

static Value str_concat_slot(Value a, Value b) {
    if (!is_str(b)) return raise_error(T_TypeError, "can only concatenate str (not \"%.200T\") to str", b);
    return str_concat(a, b);
}

static Value str_remainder(Value a, Value b) { return is_str(a) ? str_percent(a, b) : NOT_IMPLEMENTED; }

static size_t str_bytes(const HeapObject *o) {
    const Str *s = (const Str *)o;
    if (type_of(AS_VALUE(o)) != TYPE(str)) return own_block(o);
    return offsetof(Str, data) + (s->length + 1) * s->kind;
}

/* ---- methods over text_ops ---- */

static int64_t fill_of(const char *name, Value fill) {
    (void)name;
    if (!is_str(fill))
        return raise_int(T_TypeError, "The fill character must be a unicode character, not %.100T", fill);
    if (str_length(fill) != 1)
        return raise_int(T_TypeError, "The fill character must be exactly one character long");
    return str_read(fill, 0);
}
static Value m_ljust(Value v, Value const *args, size_t nargs) {
    return text_justify(v, "ljust", JUSTIFY_LEFT, args, nargs, fill_of);
}
static Value m_rjust(Value v, Value const *args, size_t nargs) {
    return text_justify(v, "rjust", JUSTIFY_RIGHT, args, nargs, fill_of);
}
static Value m_center(Value v, Value const *args, size_t nargs) {
    return text_justify(v, "center", JUSTIFY_CENTER, args, nargs, fill_of);
}

/* ---- translate ---- */

static int add_translated(StrBuilder *b, Value table, uint32_t c) {
    Value to = value_getitem(table, small_int_new(c));
    if (!to) {
        if (!error_swallow(T_LookupError)) return -1;
        return str_builder_add_char(b, c);
    }
    int status = 0;
    int64_t n;
    if (to == NONE)
        ;
    else if (is_str(to)) status = str_builder_add(b, to);
    else if (!is_int(to))
        status = raise_int(T_TypeError, "character mapping must return integer, None or str");
    else if (!int_to_i64(to, &n) || n < 0 || n > 0x10ffff)
        status = raise_int(T_ValueError, "character mapping must be in range(0x110000)");
    else status = str_builder_add_char(b, (uint32_t)n);
    decref(to);
    return status;
}

/* What a table makes of each ASCII character: one such again, nothing, or not known. */
enum { TRANSLATED_AWAY = 0x80, TRANSLATED_UNKNOWN = 0xff };

static int ascii_translation(Value to) {
    if (to == NONE) return TRANSLATED_AWAY;
    if (is_small_int(to))
        return small_int(to) >= 0 && small_int(to) < 0x80 ? (int)small_int(to) : TRANSLATED_UNKNOWN;
    if (IS_EXACT(to, str) && ((Str *)to)->ascii && str_length(to) <= 1)
        return str_length(to) ? str_data(to)[0] : TRANSLATED_AWAY;
    return TRANSLATED_UNKNOWN;
}

/* ASCII text by an exact dict, as far as each character becomes one or none; *done of v are translated. */
static int translate_ascii(StrBuilder *b, Value v, Value table, size_t *done) {
    uint8_t known[128], part[512];
    size_t used = 0;
    memset(known, TRANSLATED_UNKNOWN, sizeof known);
    for (size_t i = 0; i < str_length(v); i++) {
        uint8_t c = str_data(v)[i];
        if (known[c] == TRANSLATED_UNKNOWN) {
            Value to;
            int found = dict_find(table, small_int_new(c), &to);
            if (found < 0) return -1;
            known[c] = found ? (uint8_t)ascii_translation(to) : c;
            if (known[c] == TRANSLATED_UNKNOWN) break;
        }
        part[used] = known[c];
        used += known[c] != TRANSLATED_AWAY;
        *done = i + 1;
        if (used < sizeof part) continue;
        if (str_builder_add_ascii(b, (const char *)part, used) < 0) return -1;
        used = 0;
    }
    return str_builder_add_ascii(b, (const char *)part, used);
}

static Value m_translate(Value v, Value table) {
    StrBuilder b = STR_BUILDER_INIT;
    size_t done = 0;
    if (((Str *)v)->ascii && IS_EXACT(table, dict) && translate_ascii(&b, v, table, &done) < 0) {
        str_builder_drop(&b);
        return NULL;
    }
    for (size_t i = done; i < str_length(v); i++)
        if (add_translated(&b, table, str_read(v, i)) < 0) {
            str_builder_drop(&b);
            return NULL;
        }
    return str_builder_finish(&b);
}

static int add_pairs(Value table, Value from, Value to, Value doomed) {
    for (size_t i = 0; i < str_length(from); i++)
        if (dict_set(table, small_int_new(str_read(from, i)), small_int_new(str_read(to, i))) < 0) return -1;
    for (size_t i = 0; doomed && i < str_length(doomed); i++)
        if (dict_set(table, small_int_new(str_read(doomed, i)), NONE) < 0) return -1;
    return 0;
}

static int add_mapping(Value table, Value mapping) {
    size_t position = 0;
    Value key, value;
    while (dict_next(mapping, &position, &key, &value)) {
        if (is_str(key)) {
            if (str_length(key) != 1)
                return raise_int(T_ValueError, "string keys in translate table must be of length 1");
            key = small_int_new(str_read(key, 0));
        } else if (!is_int(key)) {
            return raise_int(T_TypeError, "keys in translate table must be strings or integers");
        }
        if (dict_set(table, key, value) < 0) return -1;
    }
    return 0;
}

static Value m_maketrans(Value self, Value const *args, size_t nargs) {
    (void)self;
    if (!args_count("maketrans", nargs, 1, 3)) return NULL;
    Value table = dict_new();
    if (!table) return NULL;
    int status;
    if (nargs == 1) {
        status = is_dict(args[0]) && IS_EXACT(args[0], dict)
                     ? add_mapping(table, args[0])
                     : raise_int(T_TypeError, "if you give only one argument to maketrans it must be a dict");
    } else if (!is_str(args[1])) {
        status = raise_int(T_TypeError, "maketrans() argument 2 must be str, not %K", args[1]);
    } else if (nargs > 2 && !is_str(args[2])) {
        status = raise_int(T_TypeError, "maketrans() argument 3 must be str, not %K", args[2]);
    } else if (!is_str(args[0])) {
        status =
            raise_int(T_TypeError, "first maketrans argument must be a string if there is a second argument");
    } else if (str_length(args[0]) != str_length(args[1])) {
        status = raise_int(T_ValueError, "the first two maketrans arguments must have equal length");
    } else {
        status = add_pairs(table, args[0], args[1], nargs > 2 ? args[2] : NULL);
    }
    if (status == 0) return table;
    decref(table);
    return NULL;
}

/* ---- encode, and the constructor's decode ---- */

/* encoding and errors arguments as C strings: 0, -1 raised. */
static int codec_arguments(const char *function, Value encoding, Value errors, const char **e,
                           const char **r) {
    *e = "utf-8", *r = "strict";
    if (encoding) {
        if (!is_str(encoding))
            return raise_int(T_TypeError, "%s() argument 'encoding' must be str, not %K", function, encoding);
        if (!(*e = str_utf8(encoding, NULL))) return -1;
    }
    if (errors) {
        if (!is_str(errors))
            return raise_int(T_TypeError, "%s() argument 'errors' must be str, not %K", function, errors);
        if (!(*r = str_utf8(errors, NULL))) return -1;
    }
    return 0;
}

static Value m_encode(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"encoding", "errors", NULL};
    static const ArgSpec spec = {"encode", names, 2, 0, 2};
    Value out[2];
    const char *encoding, *errors;
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        codec_arguments("encode", out[0], out[1], &encoding, &errors) < 0)
        return NULL;
    return codec_encode(v, encoding, errors);
}

static Value plain_str(Value object, Value encoding, Value errors) {
    const char *e, *r;
    if ((encoding || errors) && codec_arguments("str", encoding, errors, &e, &r) < 0) return NULL;
    if (!object) return incref(rt->empty_str);
    if (!encoding && !errors) return value_str(object);
    if (is_str(object)) return raise_error(T_TypeError, "decoding str is not supported");
    Buffer b;
    if (buffer_get_for(object, &b, "decoding to str: need a bytes-like object, %.80T found", object) < 0)
        return NULL;
    Value text = codec_decode(object, e, r);
    buffer_release(&b);
    return text;
}

static Value str_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"object", "encoding", "errors", NULL};
    static const ArgSpec spec = {"str", names, 3, 0, 3};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value v = plain_str(out[0], out[1], out[2]);
    if (!v || type == TYPE(str)) return v;
    Str *instance = str_alloc(type, str_length(v), str_kind(v), ((Str *)v)->ascii);
    if (instance) {
        memcpy(instance->data, str_data(v), str_length(v) * (size_t)str_kind(v));
        if (type->flags & TYPE_GC) value_track(AS_VALUE(instance));
    }
    decref(v);
    return AS_VALUE(instance);
}

static Value str_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    if (nargs == 1 && !kwnames) return value_str(args[0]);
    return str_make((Type *)callable, args, nargs, kwnames);
}

static Value m_format_spec(Value v, Value spec) {
    if (!is_str(spec)) return raise_error(T_TypeError, "__format__() argument must be str, not %K", spec);
    if (str_length(spec) == 0) return value_str(v);
    return str_format_spec(v, spec);
}

static Value m_getnewargs(Value v) {
    Value copy = str_from_units(str_data(v), str_kind(v), str_length(v));
    return copy ? tuple_from_array_steal(&copy, 1) : NULL;
}

static const NativeMethod str_methods[] = {
    METHOD_KW("encode", m_encode,
              "encode($self, /, encoding='utf-8', errors='strict')\n--\n\nThe text as bytes, by the codec of "
              "that name."),
    METHOD_FAST("replace", text_m_replace,
                "replace($self, old, new, count=-1, /)\n--\n\nThe text with new in the place of every old, "
                "or of the first count."),
    METHOD_KW("split", text_m_split,
              "split($self, /, sep=None, maxsplit=-1)\n--\n\nThe parts between one sep and the next; without "
              "sep, the words."),
    METHOD_KW("rsplit", text_m_rsplit,
              "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nThe parts between one sep and the next; "
              "without sep, the words."),
    METHOD_ONE("join", str_join,
               "join($self, iterable, /)\n--\n\nThe texts of an iterable, with this one between them."),
    METHOD_NOARGS("capitalize", str_capitalize,
                  "capitalize($self, /)\n--\n\nThe text with a large first letter and small ones behind it."),
    METHOD_NOARGS("casefold", str_casefold,
                  "casefold($self, /)\n--\n\nThe text made for comparing without regard to case."),
    METHOD_NOARGS("title", str_title,
                  "title($self, /)\n--\n\nThe text with a large letter at the start of each word."),
    METHOD_FAST("center", m_center,
                "center($self, width, fillchar=' ', /)\n--\n\nThe text in the middle of width columns."),
    METHOD_BARE("count", text_count_method,
                "How often sub stands in it, without overlap, between start and end."),
    METHOD_KW("expandtabs", text_m_expandtabs,
              "expandtabs($self, /, tabsize=8)\n--\n\nThe text with spaces up to the next tab stop in the "
              "place of tabs."),
    METHOD_BARE("find", text_m_find, "Where sub stands first between start and end; -1 if it does not."),
    METHOD_ONE(
        "partition", text_m_partition,
        "partition($self, sep, /)\n--\n\nWhat stands before sep, sep itself, and what stands behind it."),
    METHOD_BARE("index", text_m_index,
                "S.index(sub[, start[, end]]) -> where sub first stands in the slice; ValueError if nowhere"),
    METHOD_FAST(
        "ljust", m_ljust,
        "ljust($self, width, fillchar=' ', /)\n--\n\nThe text, filled up on the right to width columns."),
    METHOD_NOARGS("lower", str_lower, "lower($self, /)\n--\n\nThe text in lower case."),
    METHOD_FAST(
        "lstrip", text_m_lstrip,
        "lstrip($self, chars=None, /)\n--\n\nThe text without the blanks, or the chars, at its start."),
    METHOD_BARE("rfind", text_m_rfind,
                "S.rfind(sub[, start[, end]]) -> where sub last stands in the slice, or -1"),
    METHOD_BARE("rindex", text_m_rindex,
                "S.rindex(sub[, start[, end]]) -> where sub last stands in the slice; ValueError if nowhere"),
    METHOD_FAST(
        "rjust", m_rjust,
        "rjust($self, width, fillchar=' ', /)\n--\n\nThe text, filled up on the left to width columns."),
    METHOD_FAST("rstrip", text_m_rstrip,
                "rstrip($self, chars=None, /)\n--\n\nThe text without the blanks, or the chars, at its end."),
    METHOD_ONE(
        "rpartition", text_m_rpartition,
        "rpartition($self, sep, /)\n--\n\nWhat stands before sep, sep itself, and what stands behind it."),
    METHOD_KW("splitlines", text_m_splitlines,
              "splitlines($self, /, keepends=False)\n--\n\nThe lines, with their ends if keepends."),
    METHOD_FAST(
        "strip", text_m_strip,
        "strip($self, chars=None, /)\n--\n\nThe text without the blanks, or the chars, at both ends."),
    METHOD_NOARGS("swapcase", str_swapcase,
                  "swapcase($self, /)\n--\n\nThe text with lower and upper case exchanged."),
    METHOD_ONE("translate", m_translate,
               "translate($self, table, /)\n--\n\nThe text with each character looked up in table."),
    METHOD_NOARGS("upper", str_upper, "upper($self, /)\n--\n\nThe text in upper case."),
    METHOD_BARE("startswith", text_m_startswith,
                "Whether it begins with prefix, or with one of a tuple, between start and end."),
    METHOD_BARE("endswith", text_m_endswith,
                "Whether it ends with suffix, or with one of a tuple, between start and end."),
    METHOD_ONE("removeprefix", text_m_removeprefix,
               "removeprefix($self, prefix, /)\n--\n\nThe text without prefix, if it starts so."),
    METHOD_ONE("removesuffix", text_m_removesuffix,
               "removesuffix($self, suffix, /)\n--\n\nThe text without suffix, if it ends so."),
    METHOD_NOARGS("isascii", str_isascii, "isascii($self, /)\n--\n\nWhether no character is above 127."),
    METHOD_NOARGS("islower", str_islower,
                  "islower($self, /)\n--\n\nWhether there are small letters and no large ones."),
    METHOD_NOARGS("isupper", str_isupper,
                  "isupper($self, /)\n--\n\nWhether there are large letters and no small ones."),
    METHOD_NOARGS("istitle", str_istitle,
                  "istitle($self, /)\n--\n\nWhether large letters stand just where words begin."),
    METHOD_NOARGS("isspace", str_isspace,
                  "isspace($self, /)\n--\n\nWhether all is blank, and there is something."),
    METHOD_NOARGS(
        "isdecimal", str_isdecimal,
        "isdecimal($self, /)\n--\n\nWhether all characters are digits of base ten, and there is one."),
    METHOD_NOARGS(
        "isdigit", str_isdigit,
        "isdigit($self, /)\n--\n\nWhether all characters are digits of any form, and there is one."),
    METHOD_NOARGS("isnumeric", str_isnumeric,
                  "isnumeric($self, /)\n--\n\nWhether all characters stand for numbers, and there is one."),
    METHOD_NOARGS("isalpha", str_isalpha,
                  "isalpha($self, /)\n--\n\nWhether all characters are letters, and there is one."),
    METHOD_NOARGS(
        "isalnum", str_isalnum,
        "isalnum($self, /)\n--\n\nWhether all characters are letters or numbers, and there is one."),
    METHOD_NOARGS("isidentifier", str_isidentifier,
                  "isidentifier($self, /)\n--\n\nWhether the text could be a name."),
    METHOD_NOARGS("isprintable", str_isprintable,
                  "isprintable($self, /)\n--\n\nWhether repr() would show every character as it is."),
    METHOD_ONE(
        "zfill", text_m_zfill,
        "zfill($self, width, /)\n--\n\nThe text with zeros between its sign and its digits, up to width."),
    METHOD_KW("format", str_format_method, "The text with its {fields} filled from the arguments."),
    METHOD_ONE("format_map", str_format_map, "The text with its {fields} filled from a mapping."),
    METHOD_ONE("__format__", m_format_spec,
               "__format__($self, format_spec, /)\n--\n\nA text after a format specification."),
    {"maketrans", (void *)m_maketrans, NATIVE_FAST, NATIVE_STATIC, "A table for translate()."},
    METHOD_NOARGS("__sizeof__", value_sizeof, "__sizeof__($self, /)\n--\n\nBytes of memory."),
    METHOD_NOARGS("__getnewargs__", m_getnewargs, NULL),
    METHOD_END,
};

const TypeSpec str_type_spec = {
    .name = "str",
    .doc = "str(object=''), str(bytes, encoding='utf-8', errors='strict'): the object as a text, or the text "
           "that bytes stand for",
    .flags = TYPE_SUBCLASSABLE | TYPE_MATCH_SELF | TYPE_STR_SUBCLASS,
    .basic_size = offsetof(Str, data),
    .item_size = 1,
    .slots = {.getattr = object_getattr,
              .free = str_free,
              .size = str_bytes,
              .repr = str_repr,
              .str = str_str,
              .hash = str_hash,
              .compare = str_richcompare,
              .iter = str_iterator_new,
              .new_ = str_make,
              .remainder = str_remainder,
              .length = str_len,
              .getitem = str_getitem,
              .contains = str_contains,
              .concat = str_concat_slot,
              .repeat = str_repeat},
    .methods = str_methods,
    .construct = str_construct,
};

/* ---- iterator ---- */

typedef struct StrIterator {
    HeapObject head;
    Value str; /* NULL: exhausted */
    size_t index;
} StrIterator;

Value str_iterator_new(Value str) {
    StrIterator *it = (StrIterator *)value_alloc(
        ((Str *)str)->ascii && IS_EXACT(str, str) ? TYPE(str_ascii_iterator) : TYPE(str_iterator), 0);
    if (!it) return NULL;
    it->str = incref(str);
    it->index = 0;
    return AS_VALUE(it);
}

static Value str_iterator_next(Value v) {
    StrIterator *it = (StrIterator *)v;
    if (!it->str) return NULL;
    if (it->index < str_length(it->str)) return str_from_char(str_read(it->str, it->index++));
    CLEAR_FIELD(it->str);
    return NULL;
}

static void str_iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((StrIterator *)o)->str);
    value_free(AS_VALUE(o));
}

static Value str_iterator_self(Value v) { return incref(v); }

static Value str_iterator_hint(Value v) {
    StrIterator *it = (StrIterator *)v;
    return small_int_new(it->str ? (int64_t)(str_length(it->str) - it->index) : 0);
}

static Value str_iterator_reduce(Value v) {
    StrIterator *it = (StrIterator *)v;
    if (!it->str) return iterator_taken_apart_steal("iter", incref(rt->empty_str), NULL);
    return iterator_taken_apart_steal("iter", incref(it->str), small_int_new((int64_t)it->index));
}

static Value str_iterator_setstate(Value v, Value state) {
    StrIterator *it = (StrIterator *)v;
    ssize_t i = value_int_as_ssize(state);
    if (i == -1 && error_pending()) return NULL;
    if (it->str) it->index = i < 0 ? 0 : (size_t)i > str_length(it->str) ? str_length(it->str) : (size_t)i;
    return NONE;
}

static const NativeMethod str_iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", str_iterator_hint, "How many items are left, as an estimate."),
    METHOD_NOARGS("__reduce__", str_iterator_reduce, "What pickle takes it apart into."),
    METHOD_ONE("__setstate__", str_iterator_setstate, "Takes over what pickle has kept."),
    METHOD_END,
};

const TypeSpec str_iterator_type_spec = {
    .name = "str_iterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(StrIterator),
    .slots = {.getattr = object_getattr,
              .free = str_iterator_free,
              .iter = str_iterator_self,
              .next = str_iterator_next},
    .methods = str_iterator_methods,
};

const TypeSpec str_ascii_iterator_type_spec = {
    .name = "str_ascii_iterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(StrIterator),
    .slots = {.getattr = object_getattr,
              .free = str_iterator_free,
              .iter = str_iterator_self,
              .next = str_iterator_next},
    .methods = str_iterator_methods,
};
