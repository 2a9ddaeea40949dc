#include "objects/codecs.h"

#include "base/unicode_names.h"

#include <stdio.h>

#include "base/utf8.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"

typedef enum Encoding {
    ENC_UTF8,
    ENC_UTF16,
    ENC_UTF16_LE,
    ENC_UTF16_BE,
    ENC_UTF32,
    ENC_UTF32_LE,
    ENC_UTF32_BE,
    ENC_LATIN1,
    ENC_ASCII,
    ENC_UNICODE_ESCAPE,
    ENC_RAW_UNICODE_ESCAPE,
    ENC_UTF8_SIG,
    ENC_NONE
} Encoding;

static const struct {
    const char *alias;
    Encoding encoding;
    const char *canonical;
} aliases[] = {
    {"utf8", ENC_UTF8, "utf-8"},
    {"u8", ENC_UTF8, "utf-8"},
    {"utf", ENC_UTF8, "utf-8"},
    {"cp65001", ENC_UTF8, "utf-8"},
    {"utf8sig", ENC_UTF8_SIG, "utf-8-sig"},
    {"utf16", ENC_UTF16, "utf-16"},
    {"u16", ENC_UTF16, "utf-16"},
    {"utf16le", ENC_UTF16_LE, "utf-16-le"},
    {"utf16be", ENC_UTF16_BE, "utf-16-be"},
    {"utf32", ENC_UTF32, "utf-32"},
    {"u32", ENC_UTF32, "utf-32"},
    {"utf32le", ENC_UTF32_LE, "utf-32-le"},
    {"utf32be", ENC_UTF32_BE, "utf-32-be"},
    {"latin1", ENC_LATIN1, "iso8859-1"},
    {"iso88591", ENC_LATIN1, "iso8859-1"},
    {"88591", ENC_LATIN1, "iso8859-1"},
    {"l1", ENC_LATIN1, "iso8859-1"},
    {"latin", ENC_LATIN1, "iso8859-1"},
    {"cp819", ENC_LATIN1, "iso8859-1"},
    {"ascii", ENC_ASCII, "ascii"},
    {"usascii", ENC_ASCII, "ascii"},
    {"646", ENC_ASCII, "ascii"},
    {"us", ENC_ASCII, "ascii"},
    {"unicodeescape", ENC_UNICODE_ESCAPE, "unicode_escape"},
    {"rawunicodeescape", ENC_RAW_UNICODE_ESCAPE, "raw_unicode_escape"},
};

static size_t find_alias(const char *name) {
    char plain[32];
    size_t n = 0;
    for (; *name; name++) {
        if (*name == '-' || *name == '_' || *name == ' ') continue;
        if (n == sizeof plain - 1) return SIZE_MAX;
        plain[n++] = (char)(*name >= 'A' && *name <= 'Z' ? *name + 32 : *name);
    }
    plain[n] = 0;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (aliases[i].alias[0] == plain[0] && strcmp(aliases[i].alias, plain) == 0) return i;
    return SIZE_MAX;
}

static Encoding find_encoding(const char *name) {
    size_t i = find_alias(name);
    return i == SIZE_MAX ? ENC_NONE : aliases[i].encoding;
}

const char *codec_canonical(const char *name) {
    size_t i = find_alias(name);
    return i == SIZE_MAX ? NULL : aliases[i].canonical;
}

/* ---- error handlers ---- */

int codec_register_error(Value name, Value handler) {
    StrState *st = str_state();
    if (!st->error_handlers && !(st->error_handlers = dict_new())) return -1;
    return dict_set(st->error_handlers, name, handler);
}

/* The _codecs module brings the handlers that are not needed every day. True: there are handlers; false may mean an error. */
static bool import_codecs(void) {
    Value import = rt->builtins ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__)) : NULL;
    Value module = import ? value_call_one(import, NAME(_codecs)) : NULL;
    xdecref(module);
    if (!module && error_pending() && !error_swallow(T_ImportError)) return false;
    return str_state()->error_handlers != NULL;
}

Value codec_lookup_error(const char *name) {
    StrState *st = str_state();
    Value key = str_from_cstr(name), handler = NULL;
    if (!key) return NULL;
    if (st->error_handlers) handler = xincref(dict_get_str_borrow(st->error_handlers, key));
    if (!handler && import_codecs()) handler = xincref(dict_get_str_borrow(st->error_handlers, key));
    if (!handler && !error_pending()) raise_error(T_LookupError, "unknown error handler name '%U'", key);
    decref(key);
    return handler;
}

static Value unicode_error(TypeId type, const char *encoding, Value object, size_t start, size_t end,
                           const char *reason) {
    Value args[5] = {str_from_cstr(encoding), object, small_int_new((int64_t)start),
                     small_int_new((int64_t)end), str_from_cstr(reason)};
    Value exception = args[0] && args[4] ? exception_new(type, args, 5) : NULL;
    xdecref(args[0]);
    xdecref(args[4]);
    return exception;
}

/* A handler may have put other bytes into the exception: *object becomes them. 0, -1 raised. */
static int take_object(Value exception, Value *object) {
    Value now = value_getattr_cstr(exception, "object");
    if (!now) return -1;
    if (!is_bytes(now)) {
        decref(now);
        return raise_int(T_TypeError, "object attribute must be bytes");
    }
    decref(*object);
    *object = now;
    return 0;
}

/* Where to go on, as a handler said it of so many characters or bytes. 0, -1 raised. */
static int resume_at(Value position, size_t length, size_t *at) {
    ssize_t n = value_as_ssize_argument(position);
    if (n == -1 && error_pending()) return -1;
    if (n < 0) n += (ssize_t)length;
    if (n < 0 || (size_t)n > length)
        return raise_int(T_IndexError, "position %zd from error handler out of bounds", n);
    *at = (size_t)n;
    return 0;
}

int codec_ask_handler(const char *errors, Value exception, Value *object, Value *replacement, size_t *at) {
    Value handler = codec_lookup_error(errors), answer = handler ? value_call_one(handler, exception) : NULL;
    xdecref(handler);
    if (!answer) return -1;
    bool encoding = IS(exception, UnicodeEncodeError);
    Value text = is_tuple(answer) && tuple_length(answer) == 2 ? tuple_item_borrow(answer, 0) : NULL;
    int status;
    if (!text || !(is_str(text) || (encoding && is_bytes(text))) || !is_int(tuple_item_borrow(answer, 1)))
        status = raise_int(T_TypeError, encoding ? "encoding error handler must return (str/bytes, int) tuple"
                                                 : "decoding error handler must return (str, int) tuple");
    else status = encoding ? 0 : take_object(exception, object);
    if (status == 0)
        status = resume_at(tuple_item_borrow(answer, 1),
                           encoding ? str_length(*object) : bytes_length(*object), at);
    if (status == 0) *replacement = incref(text);
    decref(answer);
    return status;
}

/* ---- decoding ---- */

static inline bool is_surrogate(uint32_t c) { return (c & 0xFFFFF800u) == 0xD800; }

typedef struct Decoder {
    const uint8_t *data;
    size_t length, at;
    const char *encoding, *errors;
    bool final; /* false: an unfinished character at the end is left for later */
    bool waits; /* that is what stands at `at` */
    uint8_t
        invalid[4]; /* what stood behind the backslash of the first escape that was none; 0: there was none */
    Value own;      /* the bytes that a handler put in data's place, or NULL */
    StrBuilder out;
} Decoder;

/* Goes on with the bytes that a handler gave. */
static void use_instead(Decoder *d, Value bytes) {
    xdecref(d->own);
    d->own = incref(bytes);
    d->data = bytes_data(bytes);
    d->length = bytes_length(bytes);
}

static int decode_custom(Decoder *d, size_t start, size_t end, const char *reason) {
    Value bytes = d->own ? incref(d->own) : bytes_from(d->data, d->length);
    Value exception =
        bytes ? unicode_error(T_UnicodeDecodeError, d->encoding, bytes, start, end, reason) : NULL;
    int status = -1;
    if (exception && strcmp(d->errors, "strict") == 0) {
        raise_value(exception);
    } else if (exception) {
        Value replacement = NULL, given = bytes;
        status = codec_ask_handler(d->errors, exception, &bytes, &replacement, &d->at);
        if (status == 0) status = str_builder_add(&d->out, replacement);
        if (bytes != given) use_instead(d, bytes);
        xdecref(replacement);
    }
    xdecref(exception);
    xdecref(bytes);
    return status;
}

/* Bytes [start, end) are wrong: does what the handler says and moves on. */
static int decode_error(Decoder *d, size_t start, size_t end, const char *reason) {
    d->at = end;
    if (strcmp(d->errors, "ignore") == 0) return 0;
    if (strcmp(d->errors, "replace") == 0) return str_builder_add_char(&d->out, 0xFFFD);
    if (strcmp(d->errors, "backslashreplace") == 0) {
        for (size_t i = start; i < end; i++) {
            char text[8];
            int n = snprintf(text, sizeof text, "\\x%02x", d->data[i]);
            if (str_builder_add_ascii(&d->out, text, (size_t)n) < 0) return -1;
        }
        return 0;
    }
    if (strcmp(d->errors, "surrogateescape") == 0) {
        size_t i = start;
        for (; i < end && d->data[i] >= 128; i++)
            if (str_builder_add_char(&d->out, 0xDC00 + d->data[i]) < 0) return -1;
        if (i > start) {
            d->at = i;
            return 0;
        }
        Decoder strict = *d;
        strict.errors = "strict";
        return decode_custom(&strict, start, end, reason);
    }
    if (strcmp(d->errors, "surrogatepass") == 0) {
        bool utf8 = strncmp(d->encoding, "utf-8", 5) == 0;
        if (utf8 && start + 3 <= d->length && d->data[start] == 0xED && d->data[start + 1] >= 0xA0 &&
            d->data[start + 1] <= 0xBF && (d->data[start + 2] & 0xC0) == 0x80) {
            uint32_t c = 0xD000u | (d->data[start + 1] & 63u) << 6 | (d->data[start + 2] & 63u);
            d->at = start + 3;
            return str_builder_add_char(&d->out, c);
        }
        bool wide = strncmp(d->encoding, "utf-32", 6) == 0, big = strstr(d->encoding, "be") != NULL;
        size_t width = wide ? 4 : 2;
        if (!utf8 && start + width <= d->length) {
            uint32_t c = 0;
            for (size_t i = 0; i < width; i++)
                c |= (uint32_t)d->data[start + i] << 8 * (big ? width - 1 - i : i);
            if (c >= 0xD800 && c <= 0xDFFF) {
                d->at = start + width;
                return str_builder_add_char(&d->out, c);
            }
        }
        Decoder strict = *d;
        strict.errors = "strict";
        return decode_custom(&strict, start, end, reason);
    }
    return decode_custom(d, start, end, reason);
}

/* Two of the three bytes that a surrogate would have: a handler may want to see them together. */
static bool starts_surrogate(const uint8_t *p) { return p[0] == 0xED && p[1] >= 0xA0 && p[1] <= 0xBF; }

static int decode_utf8(Decoder *d) {
    while (d->at < d->length) {
        const uint8_t *p = d->data + d->at;
        size_t room = d->length - d->at, plain = utf8_ascii_prefix((const char *)p, room);
        if (plain) {
            if (str_builder_add_ascii(&d->out, (const char *)p, plain) < 0) return -1;
            d->at += plain;
            continue;
        }
        size_t bad;
        const char *reason = utf8_fault((const char *)p, room, &bad);
        if (!reason) {
            const char *next = (const char *)p;
            uint32_t c = utf8_next(&next);
            if (str_builder_add_char(&d->out, c) < 0) return -1;
            d->at = (size_t)((const uint8_t *)next - d->data);
        } else if (!d->final && (reason[0] == 'u' || (room == 2 && starts_surrogate(p)))) {
            return 0;
        } else if (decode_error(d, d->at, d->at + bad, reason) < 0) {
            return -1;
        }
    }
    return 0;
}

static uint32_t read_unit(const uint8_t *p, size_t width, bool big) {
    uint32_t c = 0;
    for (size_t i = 0; i < width; i++) c |= (uint32_t)p[i] << 8 * (big ? width - 1 - i : i);
    return c;
}

static int decode_utf16(Decoder *d, bool big) {
    while (d->at < d->length) {
        size_t room = d->length - d->at;
        if (room < 2) {
            if (!d->final) return 0;
            if (decode_error(d, d->at, d->length, "truncated data") < 0) return -1;
            continue;
        }
        uint32_t c = read_unit(d->data + d->at, 2, big);
        if (c < 0xD800 || c > 0xDFFF) {
            d->at += 2;
        } else if (c > 0xDBFF) {
            if (decode_error(d, d->at, d->at + 2, "illegal encoding") < 0) return -1;
            continue;
        } else if (room < 4) {
            if (!d->final) return 0;
            if (decode_error(d, d->at, d->length, "unexpected end of data") < 0) return -1;
            continue;
        } else {
            uint32_t low = read_unit(d->data + d->at + 2, 2, big);
            if (low < 0xDC00 || low > 0xDFFF) {
                if (decode_error(d, d->at, d->at + 2, "illegal UTF-16 surrogate") < 0) return -1;
                continue;
            }
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            d->at += 4;
        }
        if (str_builder_add_char(&d->out, c) < 0) return -1;
    }
    return 0;
}

static int decode_utf32(Decoder *d, bool big) {
    while (d->at < d->length) {
        if (d->length - d->at < 4) {
            if (!d->final) return 0;
            if (decode_error(d, d->at, d->length, "truncated data") < 0) return -1;
            continue;
        }
        uint32_t c = read_unit(d->data + d->at, 4, big);
        int status = 0;
        if (c >= 0xD800 && c <= 0xDFFF)
            status =
                decode_error(d, d->at, d->at + 4, "code point in surrogate code point range(0xd800, 0xe000)");
        else if (c > 0x10FFFF)
            status = decode_error(d, d->at, d->at + 4, "code point not in range(0x110000)");
        else if ((status = str_builder_add_char(&d->out, c)) == 0) d->at += 4;
        if (status < 0) return -1;
    }
    return 0;
}

static int decode_ascii(Decoder *d) {
    while (d->at < d->length) {
        size_t plain = utf8_ascii_prefix((const char *)d->data + d->at, d->length - d->at);
        if (str_builder_add_ascii(&d->out, (const char *)d->data + d->at, plain) < 0) return -1;
        d->at += plain;
        if (d->at < d->length && decode_error(d, d->at, d->at + 1, "ordinal not in range(128)") < 0)
            return -1;
    }
    return 0;
}

static int hex_value(uint8_t c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

/* An escape that stands at d->at and ends with the data, before it is whole. */
static int unfinished(Decoder *d, const char *reason) {
    if (d->final) return decode_error(d, d->at, d->length, reason);
    d->waits = true;
    return 0;
}

/* \xhh, \uhhhh, \Uhhhhhhhh behind the backslash at d->at. */
static int decode_hex_escape(Decoder *d, size_t digits, const char *reason) {
    size_t start = d->at, i = start + 2;
    uint32_t c = 0;
    for (; i < d->length && i < start + 2 + digits && hex_value(d->data[i]) >= 0; i++)
        c = c << 4 | (uint32_t)hex_value(d->data[i]);
    if (i < start + 2 + digits)
        return i == d->length ? unfinished(d, reason) : decode_error(d, start, i, reason);
    if (c > 0x10FFFF)
        return decode_error(d, start, i,
                            d->encoding[0] == 'r' ? "\\Uxxxxxxxx out of range" : "illegal Unicode character");
    d->at = i;
    return str_builder_add_char(&d->out, c);
}

/* \N{name} behind the backslash at d->at. */
static int decode_named_escape(Decoder *d) {
    size_t start = d->at, i = start + 2;
    if (i >= d->length) return unfinished(d, "malformed \\N character escape");
    if (d->data[i] != '{') return decode_error(d, start, i, "malformed \\N character escape");
    const uint8_t *name = d->data + i + 1, *close = memchr(name, '}', d->length - i - 1);
    if (!close) return unfinished(d, "malformed \\N character escape");
    size_t n = (size_t)(close - name);
    if (n == 0) return decode_error(d, start, i + 1, "malformed \\N character escape");
    int64_t code = unicode_name_find((const char *)name, n);
    if (code < 0) return decode_error(d, start, i + n + 2, "unknown Unicode character name");
    d->at = i + n + 2;
    return str_builder_add_char(&d->out, (uint32_t)code);
}

/* The escape at d->at is none, or its octal number is too big: to be told when all is done. */
static void note_invalid(Decoder *d) {
    size_t room = d->length - d->at - 1;
    if (!d->invalid[0]) memcpy(d->invalid, d->data + d->at + 1, room < 3 ? room : 3);
}

static int decode_escape(Decoder *d) {
    static const char simple[] = "\\\\''\"\"b\bf\ft\tn\nr\rv\va\a";
    if (d->at + 1 >= d->length) return unfinished(d, "\\ at end of string");
    uint8_t c = d->data[d->at + 1];
    if (c == '\n') return d->at += 2, 0;
    for (const char *s = simple; *s; s += 2)
        if ((uint8_t)s[0] == c) return d->at += 2, str_builder_add_char(&d->out, (uint8_t)s[1]);
    if (c >= '0' && c <= '7') {
        uint32_t value = 0;
        size_t i = d->at + 1;
        for (; i < d->length && i < d->at + 4 && d->data[i] >= '0' && d->data[i] <= '7'; i++)
            value = value * 8 + (d->data[i] - '0');
        if (value > 0377) note_invalid(d);
        d->at = i;
        return str_builder_add_char(&d->out, value);
    }
    if (c == 'N') return decode_named_escape(d);
    if (c == 'x') return decode_hex_escape(d, 2, "truncated \\xXX escape");
    if (c == 'u') return decode_hex_escape(d, 4, "truncated \\uXXXX escape");
    if (c == 'U') return decode_hex_escape(d, 8, "truncated \\UXXXXXXXX escape");
    note_invalid(d);
    d->at += 2;
    return str_builder_add_char(&d->out, '\\') < 0 ? -1 : str_builder_add_char(&d->out, c);
}

int codec_warn_of_escape(const uint8_t *at) {
    if (*at >= '4' && *at <= '7')
        return raise_warning(T_DeprecationWarning, 1, "invalid octal escape sequence '\\%c%c%c'", at[0],
                             at[1], at[2]);
    return raise_warning(T_DeprecationWarning, 1, "invalid escape sequence '\\%c'", *at);
}

/* The same where only \u and \U are escapes. */
static int decode_raw_escape(Decoder *d) {
    uint8_t kind = d->at + 1 < d->length ? d->data[d->at + 1] : 0;
    if (kind == 'u') return decode_hex_escape(d, 4, "truncated \\uXXXX escape");
    if (kind == 'U') return decode_hex_escape(d, 8, "truncated \\UXXXXXXXX escape");
    bool last = d->at + 1 == d->length;
    if (last && !d->final) return d->waits = true, 0;
    d->at += last ? 1 : 2;
    if (str_builder_add_char(&d->out, '\\') < 0) return -1;
    return last ? 0 : str_builder_add_char(&d->out, kind);
}

static int decode_unicode_escape(Decoder *d, bool raw) {
    while (d->at < d->length && !d->waits) {
        uint8_t c = d->data[d->at];
        int status;
        if (c == '\\') {
            status = raw ? decode_raw_escape(d) : decode_escape(d);
        } else {
            status = str_builder_add_char(&d->out, c);
            d->at++;
        }
        if (status < 0) return -1;
    }
    return d->invalid[0] ? codec_warn_of_escape(d->invalid) : 0;
}

/* A byte order mark decides for utf-16 and utf-32; without one the machine's order (little) holds. */
static bool take_mark(Decoder *d, size_t width) {
    d->encoding = width == 2 ? "utf-16-le" : "utf-32-le"; /* as errors name it */
    if (d->length < width) return false;
    uint32_t first = read_unit(d->data, width, false);
    if (first == 0xFEFF) d->at = width;
    if (first == (width == 2 ? 0xFFFEu : 0xFFFE0000u)) {
        d->at = width;
        d->encoding = width == 2 ? "utf-16-be" : "utf-32-be";
        return true;
    }
    return false;
}

/* The bytes are units of the machine's order, each a character: then they are the text. */
static bool are_plain_units(const Decoder *d, size_t width) {
    const uint8_t *from = d->data + d->at;
    size_t n = (d->length - d->at) / width;
    uint32_t bad = 0;
    if ((d->length - d->at) % width || (uintptr_t)from % width) return false;
    if (width == 2)
        for (size_t i = 0; i < n; i++) bad |= is_surrogate(((const uint16_t *)(const void *)from)[i]);
    else
        for (size_t i = 0; i < n; i++) {
            uint32_t c = ((const uint32_t *)(const void *)from)[i];
            bad |= is_surrogate(c) | (c > 0x10FFFF);
        }
    return !bad;
}

/* UTF-16 or UTF-32: in one piece where nothing is wrong with it. */
static int decode_units(Decoder *d, size_t width, bool big) {
    if (!big && d->at < d->length && are_plain_units(d, width)) {
        Value text = str_from_units(d->data + d->at, (int)width, (d->length - d->at) / width);
        int status = text ? str_builder_add(&d->out, text) : -1;
        xdecref(text);
        d->at = d->length;
        return status;
    }
    return width == 2 ? decode_utf16(d, big) : decode_utf32(d, big);
}

static int decode_all(Decoder *d, Encoding encoding) {
    switch (encoding) {
    case ENC_UTF8_SIG:
        if (d->length >= 3 && memcmp(d->data, "\xEF\xBB\xBF", 3) == 0) d->at = 3;
        return decode_utf8(d);
    case ENC_UTF8: return decode_utf8(d);
    case ENC_UTF16: return decode_units(d, 2, take_mark(d, 2));
    case ENC_UTF16_LE: return decode_units(d, 2, false);
    case ENC_UTF16_BE: return decode_units(d, 2, true);
    case ENC_UTF32: return decode_units(d, 4, take_mark(d, 4));
    case ENC_UTF32_LE: return decode_units(d, 4, false);
    case ENC_UTF32_BE: return decode_units(d, 4, true);
    case ENC_ASCII: return decode_ascii(d);
    case ENC_UNICODE_ESCAPE: return decode_unicode_escape(d, false);
    case ENC_RAW_UNICODE_ESCAPE: return decode_unicode_escape(d, true);
    default: return -1;
    }
}

static Value decode_by(const uint8_t *data, size_t n, Encoding encoding, const char *errors, bool final,
                       size_t *consumed) {
    static const char *const shown[] = {"utf-8",  "utf-16",        "utf-16-le",        "utf-16-be",
                                        "utf-32", "utf-32-le",     "utf-32-be",        "latin-1",
                                        "ascii",  "unicodeescape", "rawunicodeescape", "utf-8"};
    *consumed = n;
    if (work_charge(n / 64) < 0) return NULL;
    if (encoding == ENC_LATIN1) return str_from_latin1(data, n);
    if (encoding == ENC_ASCII && utf8_ascii_prefix((const char *)data, n) == n)
        return str_from_ascii((const char *)data, n);
    if (encoding == ENC_UTF8) {
        Value text = str_try_utf8((const char *)data, n);
        if (text || error_pending()) return text;
    }
    Decoder d = {.data = data,
                 .length = n,
                 .encoding = shown[encoding],
                 .errors = errors,
                 .final = final,
                 .out = STR_BUILDER_INIT};
    if (decode_all(&d, encoding) < 0) {
        str_builder_drop(&d.out);
        xdecref(d.own);
        return NULL;
    }
    *consumed = d.at == d.length ? n : d.at;
    xdecref(d.own);
    return str_builder_finish(&d.out);
}

Value codec_decode_part(const uint8_t *data, size_t n, const char *name, const char *errors, bool final,
                        size_t *consumed) {
    Encoding encoding = find_encoding(name);
    if (encoding == ENC_NONE) return raise_error(T_LookupError, "unknown encoding: %s", name);
    return decode_by(data, n, encoding, errors, final, consumed);
}

/* ---- codecs by name ---- */

/* Could an exception of this one's type be made with another text in its place? Not where the type has fields, ways of being
 * made or arguments of its own, nor where somebody gave it attributes. */
static bool is_plain_exception(Value e) {
    Type *t = type_of(e), *base = TYPE(BaseException);
    if (t->slots.new_ != base->slots.new_ || t->slots.init != base->slots.init ||
        t->basic_size != base->basic_size)
        return false;
    Value args = exception_of(e)->args;
    if (!args || tuple_length(args) > 1 ||
        (tuple_length(args) == 1 && !IS_EXACT(tuple_item_borrow(args, 0), str)))
        return false;
    Value dict = value_getattr(e, NAME(__dict__));
    bool bare = dict && is_dict(dict) && dict_length(dict) == 0;
    xdecref(dict);
    if (!dict) error_clear();
    return bare;
}

Value codec_name_failing(Value encoding, const char *what) {
    Value earlier = error_take();
    if (!earlier) return NULL;
    Value words = is_plain_exception(earlier) ? value_str(earlier) : NULL;
    if (!words && error_matches(T_MemoryError)) {
        decref(earlier);
        return NULL;
    }
    if (!words) {
        error_clear();
        error_restore_steal(earlier);
        return NULL;
    }
    raise_type(type_of(earlier), "%s with '%U' codec failed (%N: %U)", what, encoding, type_of(earlier),
               words);
    decref(words);
    Value now = error_borrow();
    if (type_of(now) == type_of(earlier)) {
        exception_set_cause_steal(now, incref(earlier));
        exception_set_context_steal(now, earlier);
    } else {
        decref(earlier); /* out of memory */
    }
    return NULL;
}

/* The same for a native encoding, unless str and bytes know it by this name without asking for a codec. */
static Value name_failing(const char *name, const char *what) {
    static const char *const known[] = {"utf8",  "utf_8",    "utf16",  "utf_16",  "utf32",      "utf_32",
                                        "ascii", "us_ascii", "latin1", "latin_1", "iso_8859_1", "iso8859_1"};
    char plain[16] = "";
    for (size_t i = 0; i < sizeof plain - 1 && name[i]; i++)
        plain[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i] == '-' ? '_' : name[i]);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i], plain) == 0) return NULL;
    Value pending = error_take(), shown = str_from_cstr(name);
    if (shown) {
        error_restore_steal(pending);
        codec_name_failing(shown, what);
    } else {
        xdecref(pending);
    }
    xdecref(shown);
    return NULL;
}

/* The function of the _codecs module by that name, which is kept. Borrowed; NULL raised. */
static Value text_codec(Value *kept, const char *name) {
    if (*kept) return *kept;
    Value import = rt->builtins ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__)) : NULL;
    Value module = import ? value_call_one(import, NAME(_codecs)) : NULL;
    *kept = module ? value_getattr_cstr(module, name) : NULL;
    xdecref(module);
    return *kept;
}

/* An encoding that is not native: by the codec that the _codecs module finds. */
static Value by_registry(bool encode, Value v, const char *encoding, const char *errors) {
    Value function = text_codec(&str_state()->text_codecs[encode], encode ? "_encode_text" : "_decode_text"),
          result = NULL;
    Value args[3] = {v, str_from_cstr(encoding), str_from_cstr(errors)};
    if (function && args[1] && args[2]) result = value_call(function, args, 3, NULL);
    for (int i = 1; i < 3; i++) xdecref(args[i]);
    return result;
}

static Value decode_buffer(Value v, Encoding encoding, const char *errors) {
    Buffer b;
    size_t consumed;
    if (buffer_get(v, &b, false) < 0) return NULL;
    Value text = b.length == 0          ? incref(rt->empty_str) /* whatever the encoding */
                 : encoding == ENC_NONE ? NOT_IMPLEMENTED
                                        : decode_by(b.data, b.length, encoding, errors, true, &consumed);
    buffer_release(&b);
    return text;
}

Value codec_decode(Value v, const char *name, const char *errors) {
    Encoding encoding = find_encoding(name);
    size_t consumed;
    Value text;
    if (encoding != ENC_NONE && IS_EXACT(v, bytes) && bytes_length(v))
        text = decode_by(bytes_data(v), bytes_length(v), encoding, errors, true, &consumed);
    else if ((text = decode_buffer(v, encoding, errors)) == NOT_IMPLEMENTED)
        return by_registry(false, v, name, errors);
    return text || encoding == ENC_NONE ? text : name_failing(name, "decoding");
}

/* ---- encoding ---- */

typedef struct Encoder {
    Value text;
    size_t at;
    const char *encoding, *errors;
    uint8_t *out; /* `few` or the heap's */
    size_t length, capacity;
    uint8_t few[256];
} Encoder;

static int reserve(Encoder *e, size_t n) {
    if (e->length + n <= e->capacity) return 0;
    size_t capacity = e->length + e->length / 2 + n + 32;
    uint8_t *out = heap_realloc(rt->heap, e->out == e->few ? NULL : e->out, capacity);
    if (!out) return raise_no_memory(), -1;
    if (e->out == e->few) memcpy(out, e->few, e->length);
    e->out = out;
    e->capacity = capacity;
    return 0;
}

static int put(Encoder *e, const void *bytes, size_t n) {
    if (reserve(e, n) < 0) return -1;
    memcpy(e->out + e->length, bytes, n);
    e->length += n;
    return 0;
}

typedef int (*PutChar)(Encoder *, uint32_t c); /* 1 when c has no encoding */

static int put_utf8(Encoder *e, uint32_t c) {
    char bytes[4];
    return c >= 0xD800 && c <= 0xDFFF ? 1 : put(e, bytes, utf8_encode(c, bytes));
}
static int put_ascii(Encoder *e, uint32_t c) { return c > 127 ? 1 : put(e, &(uint8_t){(uint8_t)c}, 1); }
static int put_latin1(Encoder *e, uint32_t c) { return c > 255 ? 1 : put(e, &(uint8_t){(uint8_t)c}, 1); }

static int put_unit(Encoder *e, uint32_t c, size_t width, bool big) {
    uint8_t bytes[4];
    for (size_t i = 0; i < width; i++) bytes[i] = (uint8_t)(c >> 8 * (big ? width - 1 - i : i));
    return put(e, bytes, width);
}

static int put_utf16(Encoder *e, uint32_t c, bool big) {
    if (c >= 0xD800 && c <= 0xDFFF) return 1;
    if (c < 0x10000) return put_unit(e, c, 2, big);
    c -= 0x10000;
    return put_unit(e, 0xD800 | c >> 10, 2, big) < 0 ? -1 : put_unit(e, 0xDC00 | (c & 0x3FF), 2, big);
}
static int put_utf16_le(Encoder *e, uint32_t c) { return put_utf16(e, c, false); }
static int put_utf16_be(Encoder *e, uint32_t c) { return put_utf16(e, c, true); }
static int put_utf32_le(Encoder *e, uint32_t c) {
    return c >= 0xD800 && c <= 0xDFFF ? 1 : put_unit(e, c, 4, false);
}
static int put_utf32_be(Encoder *e, uint32_t c) {
    return c >= 0xD800 && c <= 0xDFFF ? 1 : put_unit(e, c, 4, true);
}

static int put_escape(Encoder *e, uint32_t c) {
    char text[12];
    size_t n = str_hex_escape(text, c);
    return put(e, text, n);
}

static int put_unicode_escape(Encoder *e, uint32_t c) {
    switch (c) {
    case '\\': return put(e, "\\\\", 2);
    case '\t': return put(e, "\\t", 2);
    case '\n': return put(e, "\\n", 2);
    case '\r': return put(e, "\\r", 2);
    default: return c >= 32 && c < 127 ? put_ascii(e, c) : put_escape(e, c);
    }
}
static int put_raw_escape(Encoder *e, uint32_t c) { return c < 256 ? put_latin1(e, c) : put_escape(e, c); }

static const char *encode_reason(const char *encoding) {
    if (strcmp(encoding, "ascii") == 0) return "ordinal not in range(128)";
    if (strcmp(encoding, "latin-1") == 0) return "ordinal not in range(256)";
    return "surrogates not allowed";
}

/* May a handler have this put? Whole units, and nothing that a UTF would have to encode beyond ASCII. */
static bool fits_encoding(const Encoder *e, Value replacement) {
    bool utf = strncmp(e->encoding, "utf", 3) == 0;
    if (!utf) return true;
    size_t width = strstr(e->encoding, "16") ? 2 : strstr(e->encoding, "32") ? 4 : 1;
    return is_bytes(replacement) ? bytes_length(replacement) % width == 0 : ((Str *)replacement)->ascii;
}

static int put_replacement(Encoder *e, PutChar put_char, Value replacement, size_t start, size_t end) {
    int status = fits_encoding(e, replacement) ? 0 : 1;
    if (status == 0 && is_bytes(replacement))
        return put(e, bytes_data(replacement), bytes_length(replacement));
    for (size_t i = 0; status == 0 && i < str_length(replacement); i++)
        status = put_char(e, str_read(replacement, i));
    if (status <= 0) return status;
    Value exception =
        unicode_error(T_UnicodeEncodeError, e->encoding, e->text, start, end, encode_reason(e->encoding));
    if (exception) raise_value(exception);
    xdecref(exception);
    return -1;
}

static int encode_custom(Encoder *e, PutChar put_char, size_t start, size_t end) {
    Value exception =
        unicode_error(T_UnicodeEncodeError, e->encoding, e->text, start, end, encode_reason(e->encoding));
    if (!exception) return -1;
    int status = -1;
    if (strcmp(e->errors, "strict") == 0) {
        raise_value(exception);
    } else {
        Value replacement = NULL;
        status = codec_ask_handler(e->errors, exception, &e->text, &replacement, &e->at);
        if (status == 0) status = put_replacement(e, put_char, replacement, start, end);
        xdecref(replacement);
    }
    decref(exception);
    return status;
}

static int put_ascii_text(Encoder *e, PutChar put_char, const char *text) {
    for (; *text; text++)
        if (put_char(e, (uint8_t)*text) < 0) return -1;
    return 0;
}

/* Characters [start, end) have no encoding: does what the handler says. */
static int encode_error(Encoder *e, PutChar put_char, size_t start, size_t end) {
    const char *errors = e->errors;
    e->at = end;
    if (strcmp(errors, "ignore") == 0) return 0;
    for (size_t i = start; i < end; i++) {
        uint32_t c = str_read(e->text, i);
        char text[16];
        int status;
        if (strcmp(errors, "replace") == 0) {
            status = put_char(e, '?');
        } else if (strcmp(errors, "backslashreplace") == 0) {
            str_hex_escape(text, c);
            status = put_ascii_text(e, put_char, text);
        } else if (strcmp(errors, "xmlcharrefreplace") == 0) {
            snprintf(text, sizeof text, "&#%u;", c);
            status = put_ascii_text(e, put_char, text);
        } else if (strcmp(errors, "surrogateescape") == 0 && c >= 0xDC80 && c <= 0xDCFF) {
            status = put(e, &(uint8_t){(uint8_t)(c - 0xDC00)}, 1);
        } else if (strcmp(errors, "surrogatepass") == 0 && c >= 0xD800 && c <= 0xDFFF &&
                   put_char == put_utf8) {
            char bytes[4];
            status = put(e, bytes, utf8_encode(c, bytes));
        } else if (strcmp(errors, "surrogatepass") == 0 && c >= 0xD800 && c <= 0xDFFF &&
                   strncmp(e->encoding, "utf-", 4) == 0) {
            status = put_unit(e, c, strncmp(e->encoding, "utf-16", 6) == 0 ? 2 : 4,
                              strstr(e->encoding, "be") != NULL);
        } else {
            const char *kept = e->errors;
            if (strncmp(errors, "surrogate", 9) == 0) e->errors = "strict";
            status = encode_custom(e, put_char, i == start ? start : i, end);
            e->errors = kept;
            return status;
        }
        if (status < 0) return -1;
    }
    return 0;
}

/* ---- runs of characters that need no handler ---- */

/* At most so many bytes a character, and so many characters at once. */
enum { RUN_BYTES = 4, RUN_CHARS = 1 << 14 };

static inline uint32_t unit_at(const void *units, int kind, size_t i) {
    return kind == 1   ? ((const uint8_t *)units)[i]
           : kind == 2 ? ((const uint16_t *)units)[i]
                       : ((const uint32_t *)units)[i];
}

static inline uint8_t *run_unit(uint8_t *p, uint32_t c, int width, bool big) {
    for (int i = 0; i < width; i++) p[i] = (uint8_t)(c >> 8 * (big ? width - 1 - i : i));
    return p + width;
}

static inline uint8_t *run_utf16(uint8_t *p, uint32_t c, bool big) {
    if (c < 0x10000) return run_unit(p, c, 2, big);
    p = run_unit(p, 0xD800 | (c - 0x10000) >> 10, 2, big);
    return run_unit(p, 0xDC00 | (c & 0x3FF), 2, big);
}

/* Encodes the characters i..end as far as `good` holds; where it stopped. *at: behind the bytes. */
#define DEFINE_RUN(name, good, step)                                                                         \
    static inline __attribute__((always_inline))                                                             \
    size_t name##_of(const void *units, int kind, size_t i, size_t end, uint8_t **at) {                      \
        uint8_t *p = *at;                                                                                    \
        for (; i < end; i++) {                                                                               \
            uint32_t c = unit_at(units, kind, i);                                                            \
            if (!(good)) break;                                                                              \
            step;                                                                                            \
        }                                                                                                    \
        *at = p;                                                                                             \
        return i;                                                                                            \
    }                                                                                                        \
    static size_t name(const void *units, int kind, size_t i, size_t end, uint8_t **at) {                    \
        return kind == 1   ? name##_of(units, 1, i, end, at)                                                 \
               : kind == 2 ? name##_of(units, 2, i, end, at)                                                 \
                           : name##_of(units, 4, i, end, at);                                                \
    }

typedef size_t Run(const void *units, int kind, size_t i, size_t end, uint8_t **at);

DEFINE_RUN(run_utf8, !is_surrogate(c), p += utf8_encode(c, (char *)p))
DEFINE_RUN(run_utf16_le, !is_surrogate(c), p = run_utf16(p, c, false))
DEFINE_RUN(run_utf16_be, !is_surrogate(c), p = run_utf16(p, c, true))
DEFINE_RUN(run_utf32_le, !is_surrogate(c), p = run_unit(p, c, 4, false))
DEFINE_RUN(run_utf32_be, !is_surrogate(c), p = run_unit(p, c, 4, true))
DEFINE_RUN(run_latin1, c < 256, *p++ = (uint8_t)c)
DEFINE_RUN(run_ascii, c < 128, *p++ = (uint8_t)c)
DEFINE_RUN(run_plain, c >= 32 && c < 127 && c != '\\', *p++ = (uint8_t)c)

/* Encodes characters from e->at on until one needs more care. */
static int encode_run(Encoder *e, Run *run) {
    size_t n = str_length(e->text);
    while (e->at < n) {
        size_t end = n - e->at < RUN_CHARS ? n : e->at + RUN_CHARS;
        size_t length = e->length, most = (end - e->at) * RUN_BYTES;
        if (reserve(e, most) < 0 || work_charge((end - e->at) / 64) < 0) return -1;
        uint8_t *at = e->out + length;
        e->at = run(str_data(e->text), str_kind(e->text), e->at, end, &at);
        e->length = (size_t)(at - e->out);
        if (e->at < end) break;
    }
    return 0;
}

static int encode_all(Encoder *e, PutChar put_char, Run *run) {
    size_t n = str_length(e->text);
    while (e->at < n) {
        if (encode_run(e, run) < 0) return -1;
        if (e->at == n) break;
        int status = put_char(e, str_read(e->text, e->at));
        if (status < 0) return -1;
        if (status == 0) {
            e->at++;
            continue;
        }
        size_t end = e->at + 1, length = e->length;
        while (end < n && (status = put_char(e, str_read(e->text, end))) == 1) end++;
        e->length = length; /* the probe may have put one */
        if (status < 0 || encode_error(e, put_char, e->at, end) < 0) return -1;
    }
    return 0;
}

Value codec_encode(Value text, const char *name, const char *errors) {
    static const PutChar puts[] = {put_utf8,     put_utf16_le,       put_utf16_le,   put_utf16_be,
                                   put_utf32_le, put_utf32_le,       put_utf32_be,   put_latin1,
                                   put_ascii,    put_unicode_escape, put_raw_escape, put_utf8};
    static Run *const runs[] = {run_utf8,     run_utf16_le, run_utf16_le, run_utf16_be,
                                run_utf32_le, run_utf32_le, run_utf32_be, run_latin1,
                                run_ascii,    run_plain,    run_latin1,   run_utf8};
    static const char *const shown[] = {"utf-8",  "utf-16",        "utf-16-le",        "utf-16-be",
                                        "utf-32", "utf-32-le",     "utf-32-be",        "latin-1",
                                        "ascii",  "unicodeescape", "rawunicodeescape", "utf-8"};
    Encoding encoding = find_encoding(name);
    if (encoding == ENC_NONE) return by_registry(true, text, name, errors);
    if (work_charge(str_length(text) / 64) < 0) return NULL;
    bool plain = ((Str *)text)->ascii || (str_kind(text) == 1 && encoding == ENC_LATIN1);
    if (plain && (encoding == ENC_UTF8 || encoding == ENC_ASCII || encoding == ENC_LATIN1))
        return bytes_from(str_data(text), str_length(text));
    Encoder e;
    e.text = text;
    e.at = e.length = 0;
    e.encoding = shown[encoding];
    e.errors = errors;
    e.out = e.few;
    e.capacity = sizeof e.few;
    int status = 0;
    if (encoding == ENC_UTF16) status = put(&e, "\xFF\xFE", 2);
    if (encoding == ENC_UTF32) status = put(&e, "\xFF\xFE\0\0", 4);
    if (encoding == ENC_UTF8_SIG) status = put(&e, "\xEF\xBB\xBF", 3);
    if (status == 0) status = encode_all(&e, puts[encoding], runs[encoding]);
    Value result = status == 0 ? bytes_from(e.out, e.length) : NULL;
    if (e.out != e.few) heap_free(rt->heap, e.out);
    return result ? result : name_failing(name, "encoding");
}
