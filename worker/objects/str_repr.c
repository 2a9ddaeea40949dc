/* str_repr: the text of a string as a literal, and of its ASCII form. */
#include <stdio.h>

#include "objects/protocols.h"
#include "objects/str_internal.h"
#include "objects/unicode.h"

static int add_escape(StrBuilder *b, uint32_t c) {
    char text[12];
    const char *format = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
    int n = snprintf(text, sizeof text, format, c);
    return str_builder_add_ascii(b, text, (size_t)n);
}

static int add_repr_char(StrBuilder *b, uint32_t c, uint32_t quote, bool ascii_only) {
    switch (c) {
    case '\\': return str_builder_add_ascii(b, "\\\\", 2);
    case '\n': return str_builder_add_ascii(b, "\\n", 2);
    case '\r': return str_builder_add_ascii(b, "\\r", 2);
    case '\t': return str_builder_add_ascii(b, "\\t", 2);
    default: break;
    }
    if (c == quote) return str_builder_add_char(b, '\\') < 0 ? -1 : str_builder_add_char(b, c);
    if (c < 128 ? c >= 32 && c < 127 : !ascii_only && unicode_is_printable(c))
        return str_builder_add_char(b, c);
    return add_escape(b, c);
}

static bool is_plain(const Str *s, uint8_t quote) {
    if (!s->ascii) return false;
    for (size_t i = 0; i < s->length; i++)
        if (s->data[i] < 32 || s->data[i] >= 127 || s->data[i] == '\\' || s->data[i] == quote) return false;
    return true;
}

static Value plain_repr(Value v, uint32_t quote) {
    size_t n = str_length(v);
    Value text = str_new(n + 2, 'a');
    if (!text) return NULL;
    uint8_t *to = ((Str *)text)->data;
    to[0] = to[n + 1] = (uint8_t)quote;
    memcpy(to + 1, str_data(v), n);
    return text;
}

static Value repr_with(Value v, bool ascii_only) {
    size_t n = str_length(v);
    bool single = false, twofold = false;
    for (size_t i = 0; i < n; i++) {
        uint32_t c = str_read(v, i);
        single |= c == '\'';
        twofold |= c == '"';
    }
    uint32_t quote = single && !twofold ? '"' : '\'';
    if (is_plain((Str *)v, (uint8_t)quote)) return plain_repr(v, quote);
    StrBuilder b = STR_BUILDER_INIT;
    int status = str_builder_add_char(&b, quote);
    for (size_t i = 0; status == 0 && i < n; i++)
        status = add_repr_char(&b, str_read(v, i), quote, ascii_only);
    if (status == 0) status = str_builder_add_char(&b, quote);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

Value str_repr(Value v) { return repr_with(v, false); }
