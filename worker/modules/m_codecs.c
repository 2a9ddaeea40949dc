/*
 * _codecs: encodings by name.
 *
 * lookup() asks the registered search functions; the first one is that of the encodings package, which is
 * imported at the first lookup. The native encodings themselves are in objects/codecs.c; here are the
 * functions by which the encodings package reaches them, character maps, and the error handlers as callables
 * (codecs_errors.c).
 */
#include "modules/codecs_errors.h"
#include "modules/codecs_utf7.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/str.h"

typedef struct CodecsState {
    Value search; /* list of functions */
    Value cache;  /* dict: normalised name -> CodecInfo */
    Type *encoding_map;
    bool imported_encodings;
} CodecsState;

#define CODECS MODULE_STATE(codecs, CodecsState)

/* ---- the registry ---- */

/* Letters made small; what is no letter, digit or point becomes one `_`; what is not ASCII is left out. */
static Value normalise(Value encoding) {
    StrBuilder b = STR_BUILDER_INIT;
    bool apart = false;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(encoding); i++) {
        uint32_t c = str_read(encoding, i);
        if (c >= 'A' && c <= 'Z') c += 32;
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '.') {
            apart = true;
            continue;
        }
        if (apart && b.length) status = str_builder_add_char(&b, '_');
        apart = false;
        if (status == 0) status = str_builder_add_char(&b, c);
    }
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static int import_encodings(void) {
    if (CODECS->imported_encodings) return 0;
    CODECS->imported_encodings = true;
    Value module = module_import("encodings");
    xdecref(module);
    return module ? 0 : -1;
}

/* Asks the search functions. New; NULL raised. */
static Value search(Value encoding, Value name) {
    for (size_t i = 0; i < list_length(CODECS->search); i++) {
        Value function = incref(list_item_borrow(CODECS->search, i)), info = value_call_one(function, name);
        decref(function);
        if (!info) return NULL;
        if (info == NONE) continue;
        if (is_tuple(info) && tuple_length(info) == 4) return info;
        decref(info);
        return raise_error(T_TypeError, "codec search functions must return 4-tuples");
    }
    return raise_error(T_LookupError, "unknown encoding: %U", encoding);
}

static Value lookup(Value encoding) {
    Value name, info = xincref(dict_get_str_borrow(CODECS->cache, encoding)); /* often normal already */
    if (info || !(name = normalise(encoding))) return info;
    info = xincref(dict_get_str_borrow(CODECS->cache, name));
    if (!info && import_encodings() == 0) info = search(encoding, name);
    if (info && dict_set(CODECS->cache, name, info) < 0) CLEAR_FIELD(info);
    decref(name);
    return info;
}

static Value codecs_register(Value module, Value function) {
    (void)module;
    if (!value_is_callable(function)) return raise_error(T_TypeError, "argument must be callable");
    return list_append(CODECS->search, function) < 0 ? NULL : NONE;
}

static Value codecs_unregister(Value module, Value function) {
    (void)module;
    for (size_t i = 0; i < list_length(CODECS->search); i++)
        if (list_item_borrow(CODECS->search, i) == function) {
            dict_clear(CODECS->cache);
            return list_set_slice(CODECS->search, (ssize_t)i, (ssize_t)i + 1, NULL) < 0 ? NULL : NONE;
        }
    return NONE;
}

static Value codecs_lookup(Value module, Value encoding) {
    (void)module;
    if (!is_str(encoding))
        return raise_error(T_TypeError, "lookup() argument must be str, not %.50K", encoding);
    return lookup(encoding);
}

static Value codecs_register_error(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("register_error", nargs, 2, 2)) return NULL;
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "register_error() argument 1 must be str, not %.50K", args[0]);
    if (!value_is_callable(args[1])) return raise_error(T_TypeError, "handler must be callable");
    return codec_register_error(args[0], args[1]) < 0 ? NULL : NONE;
}

static Value codecs_lookup_error(Value module, Value name) {
    (void)module;
    if (!is_str(name))
        return raise_error(T_TypeError, "lookup_error() argument must be str, not %.50K", name);
    const char *text = str_utf8(name, NULL);
    return text ? codec_lookup_error(text) : NULL;
}

/* ---- encode and decode by any codec ---- */

typedef struct CodecCall {
    Value object, encoding, errors; /* errors may be NULL */
} CodecCall;

static bool codec_call(const char *function, Value const *args, size_t nargs, Value kwnames, CodecCall *out) {
    static const char *const names[] = {"obj", "encoding", "errors", NULL};
    ArgSpec spec = {function, names, 3, 1, 3};
    Value v[3];
    if (!args_bind(&spec, args, nargs, kwnames, v)) return false;
    for (int i = 1; i < 3; i++)
        if (v[i] && !is_str(v[i])) {
            raise_error(T_TypeError, "%s() argument '%s' must be str, not %.50K", function, names[i], v[i]);
            return false;
        }
    *out = (CodecCall){v[0], v[1] ? v[1] : NAME(utf_8), v[2]};
    return true;
}

/* Calls one side of a codec, which gives (result, length). New. */
static Value run_codec(const CodecCall *c, Value info, size_t side) {
    Value args[2] = {c->object, c->errors}, function = tuple_item_borrow(info, side);
    Value pair = value_call(function, args, c->errors ? 2 : 1, NULL), result = NULL;
    if (!pair) return codec_name_failing(c->encoding, side == 0 ? "encoding" : "decoding");
    if (is_tuple(pair) && tuple_length(pair) == 2) result = incref(tuple_item_borrow(pair, 0));
    else
        raise_error(T_TypeError, "%s must return a tuple (object, integer)",
                    side == 0 ? "encoder" : "decoder");
    decref(pair);
    return result;
}

static Value by_codec(const CodecCall *c, size_t side) {
    Value info = lookup(c->encoding), result = info ? run_codec(c, info, side) : NULL;
    xdecref(info);
    return result;
}

static Value codecs_encode(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    CodecCall c;
    return codec_call("encode", args, nargs, kwnames, &c) ? by_codec(&c, 0) : NULL;
}

static Value codecs_decode(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    CodecCall c;
    return codec_call("decode", args, nargs, kwnames, &c) ? by_codec(&c, 1) : NULL;
}

/* What str.encode and bytes.decode do with an encoding that is not native: only text encodings are right
 * there. */
static Value by_text_codec(Value const *args, size_t side) {
    CodecCall c = {args[0], args[1], args[2]};
    Value info = lookup(c.encoding), flag = NULL, result = NULL;
    if (!info) return NULL;
    int found =
        type_of(info) == TYPE(tuple) ? 0 : value_getattr_optional(info, NAME(_is_text_encoding), &flag);
    int is_text = found > 0 ? value_is_true(flag) : found < 0 ? -1 : 1;
    xdecref(flag);
    if (is_text == 0)
        raise_error(T_LookupError, "'%U' is not a text encoding; use codecs.%s() to handle arbitrary codecs",
                    c.encoding, side == 0 ? "encode" : "decode");
    else if (is_text > 0) result = run_codec(&c, info, side);
    decref(info);
    if (!result || (side == 0 ? is_bytes(result) : is_str(result))) return result;
    raise_error(T_TypeError,
                "'%U' %s returned '%T' instead of '%s'; use codecs.%s() to %s to arbitrary types", c.encoding,
                side == 0 ? "encoder" : "decoder", result, side == 0 ? "bytes" : "str",
                side == 0 ? "encode" : "decode", side == 0 ? "encode" : "decode");
    decref(result);
    return NULL;
}

static Value encode_text(Value module, Value const *args, size_t nargs) {
    (void)module;
    return args_count("_encode_text", nargs, 3, 3) ? by_text_codec(args, 0) : NULL;
}

static Value decode_text(Value module, Value const *args, size_t nargs) {
    (void)module;
    return args_count("_decode_text", nargs, 3, 3) ? by_text_codec(args, 1) : NULL;
}

/* ---- the native encodings as functions ---- */

/* (v, length) with v stolen. */
static Value with_length(Value v, size_t n) {
    Value pair = v ? tuple_pack(2, v, small_int_new((int64_t)n)) : NULL;
    xdecref(v);
    return pair;
}

/* The errors argument as text: "strict" by default; NULL raised. */
static const char *errors_text(const char *function, Value errors) {
    if (!errors || errors == NONE) return "strict";
    if (is_str(errors)) return str_utf8(errors, NULL);
    raise_error(T_TypeError, "%s() argument 2 must be str or None, not %.50K", function, errors);
    return NULL;
}

static Value native_encode(const char *function, const char *encoding, Value const *args, size_t nargs,
                           size_t most) {
    if (!args_count(function, nargs, 1, most)) return NULL;
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "%s() argument 1 must be str, not %.50K", function, args[0]);
    const char *errors = errors_text(function, nargs > 1 ? args[1] : NULL);
    return errors ? with_length(codec_encode(args[0], encoding, errors), str_length(args[0])) : NULL;
}

static Value native_decode(const char *function, const char *encoding, Value const *args, size_t nargs,
                           size_t most, bool final) {
    Buffer b;
    if (!args_count(function, nargs, 1, most)) return NULL;
    const char *errors = errors_text(function, nargs > 1 ? args[1] : NULL);
    int last = nargs > 2 ? value_is_true(args[2]) : final;
    if (!errors || last < 0) return NULL;
    if (is_str(args[0]) && strstr(encoding, "escape")) { /* the escapes are read from a str too */
        size_t n, used = 0;
        const char *text = str_utf8(args[0], &n);
        Value v = text ? codec_decode_part((const uint8_t *)text, n, encoding, errors, last, &used) : NULL;
        return with_length(v, used);
    }
    if (buffer_get(args[0], &b, false) < 0) return NULL;
    size_t used = 0;
    Value text = codec_decode_part(b.data, b.length, encoding, errors, last, &used);
    buffer_release(&b);
    return with_length(text, used);
}

#define NATIVE_CODEC(id, encoding, decode_args, final)                                                       \
    static Value id##_encode(Value module, Value const *args, size_t nargs) {                                \
        (void)module;                                                                                        \
        return native_encode(#id "_encode", encoding, args, nargs, 2);                                       \
    }                                                                                                        \
    static Value id##_decode(Value module, Value const *args, size_t nargs) {                                \
        (void)module;                                                                                        \
        return native_decode(#id "_decode", encoding, args, nargs, decode_args, final);                      \
    }
NATIVE_CODEC(utf_8, "utf-8", 3, false)
NATIVE_CODEC(utf_16_le, "utf-16-le", 3, false)
NATIVE_CODEC(utf_16_be, "utf-16-be", 3, false)
NATIVE_CODEC(utf_32_le, "utf-32-le", 3, false)
NATIVE_CODEC(utf_32_be, "utf-32-be", 3, false)
NATIVE_CODEC(latin_1, "latin-1", 2, true)
NATIVE_CODEC(ascii, "ascii", 2, true)
NATIVE_CODEC(unicode_escape, "unicode-escape", 3, true)
NATIVE_CODEC(raw_unicode_escape, "raw-unicode-escape", 3, true)

static Value utf_7_encode(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("utf_7_encode", nargs, 1, 2)) return NULL;
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "utf_7_encode() argument 1 must be str, not %.50T", args[0]);
    return with_length(utf7_encode(args[0]), str_length(args[0]));
}

static Value utf_7_decode(Value module, Value const *args, size_t nargs) {
    (void)module;
    Buffer b;
    size_t used = 0;
    if (!args_count("utf_7_decode", nargs, 1, 3)) return NULL;
    const char *errors = errors_text("utf_7_decode", nargs > 1 ? args[1] : NULL);
    int final = nargs > 2 ? value_is_true(args[2]) : 0;
    if (!errors || final < 0 || buffer_get(args[0], &b, false) < 0) return NULL;
    Value text = utf7_decode(b.data, b.length, errors, final, &used);
    buffer_release(&b);
    return with_length(text, used);
}

/* utf-16 and utf-32 with a byte order mark, or in the order asked for: -1 little, 1 big, 0 with a mark. */
static Value ordered_encode(const char *function, const char *const encodings[3], Value const *args,
                            size_t nargs) {
    int order = 0;
    if (nargs > 2 && value_as_int(args[2], &order) < 0) return NULL;
    return native_encode(function, encodings[order < 0 ? 0 : order > 0 ? 2 : 1], args, nargs, 3);
}

/* (text, used, order): the order that the mark told, 0 as long as it was not read. */
static Value ordered_decode(const char *function, const char *const encodings[3], size_t width,
                            Value const *args, size_t nargs) {
    int order = 0, last = nargs > 3 ? value_is_true(args[3]) : 0;
    Buffer b;
    if (!args_count(function, nargs, 1, 4) || (nargs > 2 && value_as_int(args[2], &order) < 0) || last < 0)
        return NULL;
    const char *errors = errors_text(function, nargs > 1 ? args[1] : NULL);
    if (!errors || buffer_get(args[0], &b, false) < 0) return NULL;
    const uint8_t *data = b.data;
    size_t n = b.length, skip = 0, used = 0;
    if (order == 0 && n >= width) {
        static const uint8_t little[] = {0xFF, 0xFE, 0, 0}, big32[] = {0, 0, 0xFE, 0xFF},
                             big16[] = {0xFE, 0xFF};
        if (memcmp(data, little, width) == 0) order = -1, skip = width;
        else if (memcmp(data, width == 2 ? big16 : big32, width) == 0) order = 1, skip = width;
    }
    bool wait = order == 0 && n < width && !last;
    Value text =
        wait ? incref(rt->empty_str)
             : codec_decode_part(data + skip, n - skip, encodings[order > 0 ? 2 : 0], errors, last, &used);
    buffer_release(&b);
    Value result =
        text ? tuple_pack(3, text, small_int_new((int64_t)(used + skip)), small_int_new(order)) : NULL;
    xdecref(text);
    return result;
}

static Value ordered_decode_plain(const char *function, const char *const encodings[3], size_t width,
                                  Value const *args, size_t nargs) {
    if (!args_count(function, nargs, 1, 3)) return NULL;
    Value all[4] = {args[0], nargs > 1 ? args[1] : NONE, small_int_new(0), nargs > 2 ? args[2] : FALSE};
    Value three = ordered_decode(function, encodings, width, all, 4);
    Value pair = three ? tuple_pack(2, tuple_item_borrow(three, 0), tuple_item_borrow(three, 1)) : NULL;
    xdecref(three);
    return pair;
}

static const char *const utf16_orders[3] = {"utf-16-le", "utf-16", "utf-16-be"};
static const char *const utf32_orders[3] = {"utf-32-le", "utf-32", "utf-32-be"};

#define ORDERED_CODEC(id, orders, width)                                                                     \
    static Value id##_encode(Value module, Value const *args, size_t nargs) {                                \
        (void)module;                                                                                        \
        return ordered_encode(#id "_encode", orders, args, nargs);                                           \
    }                                                                                                        \
    static Value id##_decode(Value module, Value const *args, size_t nargs) {                                \
        (void)module;                                                                                        \
        return ordered_decode_plain(#id "_decode", orders, width, args, nargs);                              \
    }                                                                                                        \
    static Value id##_ex_decode(Value module, Value const *args, size_t nargs) {                             \
        (void)module;                                                                                        \
        return ordered_decode(#id "_ex_decode", orders, width, args, nargs);                                 \
    }
ORDERED_CODEC(utf_16, utf16_orders, 2)
ORDERED_CODEC(utf_32, utf32_orders, 4)

/* ---- bytes literals: escapes to bytes and back ---- */

static Value escape_encode(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("escape_encode", nargs, 1, 2)) return NULL;
    if (!is_bytes(args[0]))
        return raise_error(T_TypeError, "escape_encode() argument 1 must be bytes, not %.50K", args[0]);
    StrBuilder b = STR_BUILDER_INIT;
    static const char hex[] = "0123456789abcdef";
    int status = 0;
    for (size_t i = 0; status == 0 && i < bytes_length(args[0]); i++) {
        uint8_t c = bytes_data(args[0])[i];
        char text[5] = {'\\', 'x', hex[c >> 4], hex[c & 15], 0};
        if (c == '\'' || c == '\\') text[1] = (char)c, text[2] = 0;
        else if (c == '\t') text[1] = 't', text[2] = 0;
        else if (c == '\n') text[1] = 'n', text[2] = 0;
        else if (c == '\r') text[1] = 'r', text[2] = 0;
        else if (c >= ' ' && c < 0x7f) text[0] = (char)c, text[1] = 0;
        status = str_builder_add_cstr(&b, text);
    }
    Value text = status == 0 ? str_builder_finish(&b) : NULL,
          bytes = text ? codec_encode(text, "ascii", "strict") : NULL;
    if (status < 0) str_builder_drop(&b);
    xdecref(text);
    return with_length(bytes, bytes_length(args[0]));
}

static int hex_digit(uint8_t c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* Reads one escape behind a backslash at *at; writes at most two bytes to out; how many, -1 raised. *invalid: where the first
 * escape stands that is none, or whose octal number is too big. */
static int read_escape(const uint8_t *s, size_t n, size_t *at, const char *errors, uint8_t *out,
                       const uint8_t **invalid) {
    static const char plain[] = "\\'\"abfnrtv", meant[] = "\\'\"\a\b\f\n\r\t\v";
    uint8_t c = s[(*at)++];
    const char *found = strchr(plain, c);
    if (c == '\n') return 0;
    if (c && found) return out[0] = (uint8_t)meant[found - plain], 1;
    const uint8_t *here = s + *at - 1;
    if (c >= '0' && c <= '7') {
        unsigned value = c - '0';
        for (int i = 0; i < 2 && *at < n && s[*at] >= '0' && s[*at] <= '7'; i++)
            value = value * 8 + (s[(*at)++] - '0');
        if (value > 0377 && !*invalid) *invalid = here;
        return out[0] = (uint8_t)value, 1;
    }
    if (c == 'x') {
        if (*at + 1 < n && hex_digit(s[*at]) >= 0 && hex_digit(s[*at + 1]) >= 0) {
            out[0] = (uint8_t)(hex_digit(s[*at]) << 4 | hex_digit(s[*at + 1]));
            return *at += 2, 1;
        }
        size_t begin = *at - 2;
        if (*at < n && hex_digit(s[*at]) >= 0) ++*at;
        if (strcmp(errors, "ignore") == 0) return 0;
        if (strcmp(errors, "replace") == 0) return out[0] = '?', 1;
        if (strcmp(errors, "strict") == 0)
            return raise_int(T_ValueError, "invalid \\x escape at position %zu", begin);
        return raise_int(T_ValueError, "decoding error; unknown error handling code: %.400s", errors);
    }
    if (!*invalid) *invalid = here;
    out[0] = '\\';
    out[1] = c;
    return 2;
}

static Value escape_decode(Value module, Value const *args, size_t nargs) {
    (void)module;
    Buffer b;
    size_t n = 0, at = 0, to = 0;
    if (!args_count("escape_decode", nargs, 1, 2)) return NULL;
    const char *errors = errors_text("escape_decode", nargs > 1 ? args[1] : NULL);
    const uint8_t *s = NULL, *invalid = NULL;
    bool from_str = is_str(args[0]);
    if (!errors) return NULL;
    if (from_str) s = (const uint8_t *)str_utf8(args[0], &n);
    else if (buffer_get(args[0], &b, false) == 0) s = b.data, n = b.length;
    if (!s) return NULL;
    uint8_t *out = heap_alloc(rt->heap, n + 2);
    int status = out ? 0 : (raise_no_memory(), -1);
    while (status >= 0 && at < n) {
        if (s[at] != '\\') {
            out[to++] = s[at++];
        } else if (++at == n) {
            status = raise_int(T_ValueError, "Trailing \\ in string");
        } else {
            status = read_escape(s, n, &at, errors, out + to, &invalid);
            if (status > 0) to += (size_t)status;
        }
    }
    if (status >= 0 && invalid) status = codec_warn_of_escape(invalid);
    Value bytes = status < 0 ? NULL : bytes_from(out, to);
    heap_free(rt->heap, out);
    if (!from_str) buffer_release(&b);
    return with_length(bytes, n);
}

static Value readbuffer_encode(Value module, Value const *args, size_t nargs) {
    (void)module;
    Buffer b;
    if (!args_count("readbuffer_encode", nargs, 1, 2)) return NULL;
    if (is_str(args[0])) {
        size_t n;
        const char *text = str_utf8(args[0], &n);
        return text ? with_length(bytes_from(text, n), n) : NULL;
    }
    if (buffer_get(args[0], &b, false) < 0) return NULL;
    Value pair = with_length(bytes_from(b.data, b.length), b.length);
    buffer_release(&b);
    return pair;
}

/* ---- character maps ---- */

/*
 * What charmap_build makes of a table of 256 characters: pages of 128 characters of the first plane, each with the byte of
 * each character; page 0 is empty. 0 in a page means none, but for NUL.
 */
typedef struct EncodingMap {
    HeapObject head;
    size_t pages;
    uint8_t page_of[512];
    uint8_t bytes[][128];
} EncodingMap;

static inline int encoding_map_get(const EncodingMap *m, uint32_t c) {
    uint8_t byte = c < 0x10000 ? m->bytes[m->page_of[c >> 7]][c & 127] : 0;
    return byte || c == 0 ? byte : -1;
}

static bool is_encoding_map(Value v) { return CODECS->encoding_map && type_of(v) == CODECS->encoding_map; }

static Value encoding_map_size(Value v) {
    return int_from_u64(offsetof(EncodingMap, bytes) + ((EncodingMap *)v)->pages * 128);
}

static size_t encoding_map_bytes(const HeapObject *o) {
    return offsetof(EncodingMap, bytes) + ((const EncodingMap *)(const void *)o)->pages * 128;
}

static const NativeMethod encoding_map_methods[] = {
    METHOD_NOARGS("size", encoding_map_size, "How many bytes the map takes."),
    METHOD_END,
};

static const TypeSpec encoding_map_spec = {
    .name = "EncodingMap",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(EncodingMap),
    .item_size = 1,
    .slots = {.size = encoding_map_bytes},
    .methods = encoding_map_methods,
};

/* Has it 256 characters of the first plane, NUL as the first and no other one? */
static bool suits_encoding_map(Value table) {
    if (str_length(table) != 256 || str_kind(table) > 2 || str_read(table, 0) != 0) return false;
    for (size_t i = 1; i < 256; i++)
        if (str_read(table, i) == 0) return false;
    return true;
}

static Value encoding_map_new(Value table) {
    uint8_t page_of[512] = {0};
    size_t pages = 1;
    for (size_t i = 0; i < 256; i++) {
        uint32_t c = str_read(table, i);
        if (c != 0xFFFE && !page_of[c >> 7] && pages < 256) page_of[c >> 7] = (uint8_t)pages++;
    }
    EncodingMap *m = (EncodingMap *)value_alloc(CODECS->encoding_map, pages * 128);
    if (!m) return NULL;
    m->pages = pages;
    memcpy(m->page_of, page_of, sizeof page_of);
    memset(m->bytes, 0, pages * 128);
    for (size_t i = 1; i < 256; i++) { /* of equal ones the last counts */
        uint32_t c = str_read(table, i);
        if (c != 0xFFFE) m->bytes[page_of[c >> 7]][c & 127] = (uint8_t)i;
    }
    return AS_VALUE(m);
}

static Value charmap_build(Value module, Value map) {
    (void)module;
    if (!is_str(map)) return raise_error(T_TypeError, "charmap_build() argument must be str, not %.50K", map);
    if (suits_encoding_map(map)) return encoding_map_new(map);
    Value dict = dict_new();
    for (size_t i = 0; dict && i < str_length(map); i++)
        if (str_read(map, i) != 0xFFFE &&
            dict_set(dict, small_int_new(str_read(map, i)), small_int_new((int64_t)i)) < 0)
            CLEAR_FIELD(dict);
    return dict;
}

/* mapping[key], LookupErrors giving NONE. New. */
static Value map_get(Value mapping, Value key) {
    Value found = value_getitem(mapping, key);
    return found || !error_swallow(T_LookupError) ? found : NONE;
}

static int add_bytes(Value array, const void *data, size_t n) {
    size_t old = ((ByteArray *)array)->length;
    if (bytearray_resize(array, old + n) < 0) return -1;
    memcpy(((ByteArray *)array)->data + old, data, n);
    return 0;
}

/* One character by the map: 1 done, 0 it has none, -1 raised. */
static int map_char(Value out, Value mapping, uint32_t c) {
    Value v;
    if (is_encoding_map(mapping)) {
        int byte = encoding_map_get((EncodingMap *)mapping, c);
        return byte < 0 ? 0 : add_bytes(out, &(uint8_t){(uint8_t)byte}, 1) < 0 ? -1 : 1;
    }
    if (!(v = map_get(mapping, small_int_new(c)))) return -1;
    int status = 0;
    int64_t n;
    if (is_int(v) && !(int_to_i64(v, &n) && n >= 0 && n < 256))
        status = raise_int(T_TypeError, "character mapping must be in range(256)");
    else if (is_int(v)) status = add_bytes(out, &(uint8_t){(uint8_t)n}, 1) < 0 ? -1 : 1;
    else if (is_bytes(v)) status = add_bytes(out, bytes_data(v), bytes_length(v)) < 0 ? -1 : 1;
    else if (v != NONE)
        status =
            raise_int(T_TypeError, "character mapping must return integer, bytes or None, not %.400T", v);
    decref(v);
    return status;
}

static int map_replacement(Value out, Value mapping, Value replacement, Value exception) {
    if (is_bytes(replacement)) return add_bytes(out, bytes_data(replacement), bytes_length(replacement));
    for (size_t i = 0; i < str_length(replacement); i++) {
        int status = map_char(out, mapping, str_read(replacement, i));
        if (status == 0) raise_value(exception);
        if (status <= 0) return -1;
    }
    return 0;
}

/* The characters from `at` on that have no place in the map are handled; returns where to go on, -1 raised.
 */
static ssize_t map_failure(Value out, Value mapping, Value text, size_t at, const char *errors) {
    size_t end = at + 1;
    Value scratch = bytearray_from(NULL, 0);
    for (int status = 0; scratch && end < str_length(text) && status == 0; end += status == 0)
        if ((status = map_char(scratch, mapping, str_read(text, end))) < 0) CLEAR_FIELD(scratch);
    if (!scratch) return -1;
    decref(scratch);
    Value e = codecs_unicode_error(T_UnicodeEncodeError, "charmap", text, at, end,
                                   "character maps to <undefined>"),
          replacement = NULL;
    if (!e) return -1;
    int status = codec_ask_handler(errors, e, &text, &replacement, &at);
    if (status == 0) status = map_replacement(out, mapping, replacement, e);
    xdecref(replacement);
    decref(e);
    return status < 0 ? -1 : (ssize_t)at;
}

/* The characters from `at` on that a plain map has bytes for; how many. -1 raised. */
static ssize_t map_run(Value out, Value mapping, Value text, size_t at) {
    if (!is_encoding_map(mapping)) return 0;
    const EncodingMap *m = (const EncodingMap *)mapping;
    uint8_t bytes[512];
    size_t n = 0, most = str_length(text) - at;
    if (most > sizeof bytes) most = sizeof bytes;
    for (int byte; n < most && (byte = encoding_map_get(m, str_read(text, at + n))) >= 0; n++)
        bytes[n] = (uint8_t)byte;
    return n && add_bytes(out, bytes, n) < 0 ? -1 : (ssize_t)n;
}

static Value charmap_encode(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("charmap_encode", nargs, 1, 3)) return NULL;
    if (!is_str(args[0]))
        return raise_error(T_TypeError, "charmap_encode() argument 1 must be str, not %.50K", args[0]);
    const char *errors = errors_text("charmap_encode", nargs > 1 ? args[1] : NULL);
    Value mapping = nargs > 2 ? args[2] : NONE;
    size_t n = str_length(args[0]);
    if (mapping == NONE) return errors ? with_length(codec_encode(args[0], "latin-1", errors), n) : NULL;
    Value out = errors ? bytearray_from(NULL, 0) : NULL;
    for (size_t i = 0; out && i < n;) {
        ssize_t run = map_run(out, mapping, args[0], i);
        if (run != 0) {
            if (run < 0) CLEAR_FIELD(out);
            i += run > 0 ? (size_t)run : 0;
            continue;
        }
        int status = map_char(out, mapping, str_read(args[0], i));
        ssize_t next = status > 0   ? (ssize_t)i + 1
                       : status < 0 ? -1
                                    : map_failure(out, mapping, args[0], i, errors);
        if (next < 0) CLEAR_FIELD(out);
        else i = (size_t)next;
    }
    Value bytes = out ? bytes_from(((ByteArray *)out)->data, ((ByteArray *)out)->length) : NULL;
    xdecref(out);
    return with_length(bytes, n);
}

/* One byte by the map: 1 done, 0 undefined, -1 raised. */
static int unmap_byte(StrBuilder *b, Value mapping, uint8_t byte) {
    if (mapping == NONE) return str_builder_add_char(b, byte) < 0 ? -1 : 1;
    if (type_of(mapping) == TYPE(str)) {
        uint32_t c = byte < str_length(mapping) ? str_read(mapping, byte) : 0xFFFE;
        return c == 0xFFFE ? 0 : str_builder_add_char(b, c) < 0 ? -1 : 1;
    }
    Value v = map_get(mapping, small_int_new(byte));
    if (!v) return -1;
    int status = 0;
    int64_t n;
    if (is_int(v)) {
        if (!int_to_i64(v, &n) || n < 0 || n > 0x10ffff)
            status = raise_int(T_TypeError, "character mapping must be in range(0x%lx)", 0x110000ul);
        else if (n != 0xFFFE) status = str_builder_add_char(b, (uint32_t)n) < 0 ? -1 : 1;
    } else if (is_str(v)) {
        bool undefined = str_length(v) == 1 && str_read(v, 0) == 0xFFFE;
        if (!undefined) status = str_builder_add(b, v) < 0 ? -1 : 1;
    } else if (v != NONE) {
        status = raise_int(T_TypeError, "character mapping must return integer, None or str");
    }
    decref(v);
    return status;
}

static ssize_t unmap_failure(StrBuilder *b, Value *data, size_t at, const char *errors) {
    Value replacement = NULL;
    Value e = codecs_unicode_error(T_UnicodeDecodeError, "charmap", *data, at, at + 1,
                                   "character maps to <undefined>");
    int status = e ? codec_ask_handler(errors, e, data, &replacement, &at) : -1;
    if (status == 0) status = str_builder_add(b, replacement);
    xdecref(replacement);
    xdecref(e);
    return status < 0 ? -1 : (ssize_t)at;
}

/* The bytes that a plain table has characters for, at most n; how many. -1 raised. */
static ssize_t unmap_run(StrBuilder *b, Value table, const uint8_t *bytes, size_t n) {
    if (type_of(table) != TYPE(str) || str_kind(table) != 2 || str_length(table) != 256) return 0;
    const uint16_t *chars = (const uint16_t *)(const void *)str_data(table);
    uint16_t units[512];
    size_t i = 0;
    if (n > sizeof units / sizeof *units) n = sizeof units / sizeof *units;
    for (; i < n && chars[bytes[i]] != 0xFFFE; i++) units[i] = chars[bytes[i]];
    return str_builder_add_units(b, units, 2, i) < 0 ? -1 : (ssize_t)i;
}

static Value charmap_decode(Value module, Value const *args, size_t nargs) {
    (void)module;
    Buffer view;
    if (!args_count("charmap_decode", nargs, 1, 3)) return NULL;
    const char *errors = errors_text("charmap_decode", nargs > 1 ? args[1] : NULL);
    if (!errors || buffer_get(args[0], &view, false) < 0) return NULL;
    Value mapping = nargs > 2 ? args[2] : NONE, data = bytes_from(view.data, view.length);
    buffer_release(&view);
    StrBuilder b = STR_BUILDER_INIT;
    bool good = data != NULL;
    for (size_t i = 0; good && i < bytes_length(data);) {
        ssize_t run = unmap_run(&b, mapping, bytes_data(data) + i, bytes_length(data) - i);
        if (run != 0) {
            good = run > 0;
            i += good ? (size_t)run : 0;
            continue;
        }
        int status = unmap_byte(&b, mapping, bytes_data(data)[i]);
        ssize_t next = status > 0 ? (ssize_t)i + 1 : status < 0 ? -1 : unmap_failure(&b, &data, i, errors);
        good = next >= 0;
        if (good) i = (size_t)next;
    }
    Value text = good ? str_builder_finish(&b) : NULL;
    size_t n = data ? bytes_length(data) : 0;
    if (!good) str_builder_drop(&b);
    xdecref(data);
    return with_length(text, n);
}

#define CODEC_ROWS(id)                                                                                       \
    METHOD_FAST(#id "_encode", id##_encode, NULL), METHOD_FAST(#id "_decode", id##_decode, NULL)

static const NativeMethod codecs_functions[] = {
    METHOD_ONE("register", codecs_register,
               "register($module, search_function, /)\n--\n\nAdds a function from names to codecs."),
    METHOD_ONE("unregister", codecs_unregister, "Takes a search function out again."),
    METHOD_ONE("lookup", codecs_lookup, "The codec of an encoding."),
    METHOD_KW("encode", codecs_encode,
              "encode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nEncodes by any codec."),
    METHOD_KW("decode", codecs_decode,
              "decode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nDecodes by any codec."),
    METHOD_FAST("register_error", codecs_register_error, "Gives an error handler a name."),
    METHOD_ONE("lookup_error", codecs_lookup_error, "The error handler of a name."),
    METHOD_FAST("_encode_text", encode_text, NULL),
    METHOD_FAST("_decode_text", decode_text, NULL),
    CODEC_ROWS(utf_8),
    CODEC_ROWS(utf_7),
    CODEC_ROWS(utf_16_le),
    CODEC_ROWS(utf_16_be),
    CODEC_ROWS(utf_32_le),
    CODEC_ROWS(utf_32_be),
    CODEC_ROWS(latin_1),
    CODEC_ROWS(ascii),
    CODEC_ROWS(unicode_escape),
    CODEC_ROWS(raw_unicode_escape),
    CODEC_ROWS(utf_16),
    CODEC_ROWS(utf_32),
    CODEC_ROWS(escape),
    CODEC_ROWS(charmap),
    METHOD_FAST("utf_16_ex_decode", utf_16_ex_decode, NULL),
    METHOD_FAST("utf_32_ex_decode", utf_32_ex_decode, NULL),
    METHOD_ONE("charmap_build", charmap_build, NULL),
    METHOD_FAST("readbuffer_encode", readbuffer_encode, NULL),
    METHOD_END,
};

static int codecs_ready(Value module) {
    CodecsState *s = module_state_new(M_codecs, sizeof *s);
    (void)module;
    if (!s) return -1;
    if (!s->search && !(s->search = list_new(0))) return -1;
    if (!s->cache && !(s->cache = dict_new())) return -1;
    if (module_ready_type(&s->encoding_map, &encoding_map_spec, NULL) < 0) return -1;
    return codecs_register_handlers();
}

const ModuleSpec module_codecs = {
    .name = "_codecs",
    .doc = "Encodings by name.",
    .functions = codecs_functions,
    .ready = codecs_ready,
};
