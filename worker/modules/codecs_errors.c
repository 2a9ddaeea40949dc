/*
 * codecs_errors: strict, ignore, replace, xmlcharrefreplace, backslashreplace, namereplace, surrogateescape,
 * surrogatepass: from a UnicodeError to (replacement, position).
 */
#include "modules/codecs_errors.h"

#include <stdio.h>

#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct Fault { /* what a UnicodeError says */
    enum { FAULT_ENCODE, FAULT_DECODE, FAULT_TRANSLATE } kind;
    Value object; /* borrowed */
    size_t start, end, length;
    const char *encoding;
} Fault;

static Value unhandled(Value e) {
    return raise_error(T_TypeError, "don't know how to handle %T in error callback", e);
}

/* false: the handler is not for this; raised TypeError. */
static bool read_fault(Value e, Fault *f) {
    int64_t start, end;
    if (!is_exception(e) || !IS(e, UnicodeError)) return unhandled(e), false;
    f->kind = IS(e, UnicodeEncodeError)   ? FAULT_ENCODE
              : IS(e, UnicodeDecodeError) ? FAULT_DECODE
                                          : FAULT_TRANSLATE;
    if (f->kind == FAULT_TRANSLATE && !IS(e, UnicodeTranslateError)) return unhandled(e), false;
    Value *fields = exception_of(e)->fields, encoding = fields[UNICODE_ENCODING];
    f->object = fields[UNICODE_OBJECT];
    bool right = f->object && (f->kind == FAULT_DECODE ? is_bytes(f->object) : is_str(f->object));
    if (!right || !fields[UNICODE_START] || !fields[UNICODE_END]) return unhandled(e), false;
    f->length = f->kind == FAULT_DECODE ? bytes_length(f->object) : str_length(f->object);
    if (!int_to_i64(fields[UNICODE_START], &start) || start < 0) start = 0;
    if (!int_to_i64(fields[UNICODE_END], &end)) end = (int64_t)f->length;
    if (f->length && (size_t)start >= f->length) start = (int64_t)f->length - 1;
    if (end < 1) end = 1;
    if ((size_t)end > f->length) end = (int64_t)f->length;
    f->start = (size_t)start;
    f->end = (size_t)end;
    f->encoding = encoding && is_str(encoding) ? str_utf8(encoding, NULL) : "";
    return f->encoding != NULL;
}

static Value answer(Value replacement_steal, size_t at) {
    Value pair = replacement_steal ? tuple_pack(2, replacement_steal, small_int_new((int64_t)at)) : NULL;
    xdecref(replacement_steal);
    return pair;
}

static Value strict_errors(Value module, Value e) {
    (void)module;
    if (is_exception(e)) return raise_value(e);
    return raise_error(T_TypeError, "codec must pass exception instance");
}

static Value ignore_errors(Value module, Value e) {
    (void)module;
    Fault f;
    return read_fault(e, &f) ? answer(incref(rt->empty_str), f.end) : NULL;
}

static Value replace_errors(Value module, Value e) {
    (void)module;
    Fault f;
    if (!read_fault(e, &f)) return NULL;
    StrBuilder b = STR_BUILDER_INIT;
    size_t n = f.kind == FAULT_DECODE ? 1 : f.end > f.start ? f.end - f.start : 0;
    if (str_builder_add_repeat(&b, f.kind == FAULT_ENCODE ? '?' : 0xFFFD, n) == 0)
        return answer(str_builder_finish(&b), f.end);
    str_builder_drop(&b);
    return NULL;
}

/* Each character of the fault by a printf format that depends on its size. */
static Value escape_chars(const Fault *f, const char *narrow, const char *wide, const char *widest) {
    StrBuilder b = STR_BUILDER_INIT;
    for (size_t i = f->start; i < f->end; i++) {
        uint32_t c = f->kind == FAULT_DECODE ? bytes_data(f->object)[i] : str_read(f->object, i);
        char text[16];
        snprintf(text, sizeof text, c < 0x100 ? narrow : c < 0x10000 ? wide : widest, c);
        if (str_builder_add_cstr(&b, text) < 0) {
            str_builder_drop(&b);
            return NULL;
        }
    }
    return answer(str_builder_finish(&b), f->end);
}

static Value backslashreplace_errors(Value module, Value e) {
    (void)module;
    Fault f;
    return read_fault(e, &f) ? escape_chars(&f, "\\x%02x", "\\u%04x", "\\U%08x") : NULL;
}

static Value xmlcharrefreplace_errors(Value module, Value e) {
    (void)module;
    Fault f;
    if (!read_fault(e, &f)) return NULL;
    return f.kind == FAULT_ENCODE ? escape_chars(&f, "&#%u;", "&#%u;", "&#%u;") : unhandled(e);
}

/* One character as \N{NAME}, or as an escape when it has no name. 0, -1. */
static int add_name(StrBuilder *b, Value name_of, uint32_t c) {
    Value character = str_from_char(c), name = character ? value_call_two(name_of, character, NONE) : NULL;
    xdecref(character);
    if (!name) return -1;
    Value text = name != NONE ? str_format("\\N{%S}", name)
                              : str_format(c < 0x100     ? "\\x%02x"
                                           : c < 0x10000 ? "\\u%04x"
                                                         : "\\U%08x",
                                           c);
    decref(name);
    int status = text ? str_builder_add(b, text) : -1;
    xdecref(text);
    return status;
}

static Value namereplace_errors(Value module, Value e) {
    (void)module;
    Fault f;
    if (!read_fault(e, &f)) return NULL;
    if (f.kind != FAULT_ENCODE) return unhandled(e);
    Value name_of = module_import_attr("unicodedata", "name");
    StrBuilder b = STR_BUILDER_INIT;
    int status = name_of ? 0 : -1;
    for (size_t i = f.start; status == 0 && i < f.end; i++)
        status = add_name(&b, name_of, str_read(f.object, i));
    xdecref(name_of);
    if (status == 0) return answer(str_builder_finish(&b), f.end);
    str_builder_drop(&b);
    return NULL;
}

static Value surrogateescape_errors(Value module, Value e) {
    (void)module;
    Fault f;
    if (!read_fault(e, &f)) return NULL;
    if (f.kind == FAULT_TRANSLATE) return unhandled(e);
    if (f.kind == FAULT_ENCODE) {
        Value bytes = bytes_new(f.end - f.start);
        for (size_t i = f.start; bytes && i < f.end; i++) {
            uint32_t c = str_read(f.object, i);
            if (c < 0xDC80 || c > 0xDCFF) return decref(bytes), raise_value(e);
            bytes_data(bytes)[i - f.start] = (uint8_t)(c - 0xDC00);
        }
        return answer(bytes, f.end);
    }
    StrBuilder b = STR_BUILDER_INIT;
    size_t i = f.start;
    for (; i < f.end && i < f.start + 4 && bytes_data(f.object)[i] >= 128; i++)
        if (str_builder_add_char(&b, 0xDC00u + bytes_data(f.object)[i]) < 0) break;
    if (i > f.start && !error_pending()) return answer(str_builder_finish(&b), i);
    str_builder_drop(&b);
    return error_pending() ? NULL : raise_value(e);
}

/* Surrogates as they are, in the encodings that have a place for them. */
static Value surrogatepass_errors(Value module, Value e) {
    (void)module;
    Fault f;
    if (!read_fault(e, &f)) return NULL;
    if (f.kind == FAULT_TRANSLATE) return unhandled(e);
    if (!codec_canonical(f.encoding) || strncmp(f.encoding, "utf", 3) != 0) return raise_value(e);
    if (f.kind == FAULT_ENCODE) {
        for (size_t i = f.start; i < f.end; i++)
            if ((str_read(f.object, i) & ~0x7FFu) != 0xD800) return raise_value(e);
        const char *encoding = strcmp(f.encoding, "utf-16") == 0   ? "utf-16-le"
                               : strcmp(f.encoding, "utf-32") == 0 ? "utf-32-le"
                                                                   : f.encoding;
        Value part = str_slice(f.object, f.start, f.end),
              bytes = part ? codec_encode(part, encoding, "surrogatepass") : NULL;
        xdecref(part);
        return answer(bytes, f.end);
    }
    size_t width = strstr(f.encoding, "32") ? 4 : strstr(f.encoding, "16") ? 2 : 3, used;
    if (f.start + width > f.length) return raise_value(e);
    Value text =
        codec_decode_part(bytes_data(f.object) + f.start, width, f.encoding, "surrogatepass", true, &used);
    if (text && (str_length(text) != 1 || (str_read(text, 0) & ~0x7FFu) != 0xD800)) CLEAR_FIELD(text);
    if (text) return answer(text, f.start + width);
    error_clear();
    return raise_value(e);
}

static const NativeMethod handlers[] = {
    METHOD_ONE("strict_errors", strict_errors, "Raises the exception."),
    METHOD_ONE("ignore_errors", ignore_errors, "Leaves out what cannot be converted."),
    METHOD_ONE("replace_errors", replace_errors, "Puts a question mark, or U+FFFD, in its place."),
    METHOD_ONE("xmlcharrefreplace_errors", xmlcharrefreplace_errors, "Puts &#N; in its place."),
    METHOD_ONE("backslashreplace_errors", backslashreplace_errors, "Puts a backslash escape in its place."),
    METHOD_ONE("namereplace_errors", namereplace_errors, "Puts \\N{NAME} in its place."),
    METHOD_ONE("surrogateescape", surrogateescape_errors, "Bytes as lone surrogates, and back."),
    METHOD_ONE("surrogatepass", surrogatepass_errors, "Surrogates as they are."),
    METHOD_END,
};

int codecs_register_handlers(void) {
    static const char *const names[] = {
        "strict",           "ignore",      "replace",         "xmlcharrefreplace",
        "backslashreplace", "namereplace", "surrogateescape", "surrogatepass"};
    for (size_t i = 0; handlers[i].name; i++) {
        Value name = str_intern_cstr(names[i]), function = name ? native_new(&handlers[i], NULL, NULL) : NULL;
        int status = function ? codec_register_error(name, function) : -1;
        xdecref(function);
        xdecref(name);
        if (status < 0) return -1;
    }
    return 0;
}

Value codecs_unicode_error(TypeId type, const char *encoding, Value object, size_t start, size_t end,
                           const char *reason) {
    Value args[5] = {str_from_cstr(encoding), object, small_int_new((int64_t)start),
                     small_int_new((int64_t)end), str_from_cstr(reason)};
    Value e = args[0] && args[4] ? exception_new(type, args, 5) : NULL;
    xdecref(args[0]);
    xdecref(args[4]);
    return e;
}
