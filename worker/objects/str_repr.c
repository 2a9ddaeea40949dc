/* str_repr: the text of a string as a literal, and of its ASCII form. */
#include "objects/protocols.h"
#include "objects/str_internal.h"
#include "objects/str_search.h"
#include "objects/unicode.h"

static int add_escape(StrBuilder *b, uint32_t c) {
    char text[12];
    size_t n = str_hex_escape(text, c);
    return str_builder_add_ascii(b, text, n);
}

/* Does c stand for itself? */
static inline bool is_itself(uint32_t c, uint32_t quote, bool ascii_only) {
    if (c < 128) return c >= 32 && c < 127 && c != '\\' && c != quote;
    return !ascii_only && unicode_is_printable(c);
}

/* What does not stand for itself. */
static int add_escaped(StrBuilder *b, uint32_t c, uint32_t quote) {
    switch (c) {
    case '\\': return str_builder_add_ascii(b, "\\\\", 2);
    case '\n': return str_builder_add_ascii(b, "\\n", 2);
    case '\r': return str_builder_add_ascii(b, "\\r", 2);
    case '\t': return str_builder_add_ascii(b, "\\t", 2);
    default: break;
    }
    if (c == quote) return str_builder_add_char(b, '\\') < 0 ? -1 : str_builder_add_char(b, c);
    return add_escape(b, c);
}

/* Which of the two quotes there are among the units. */
#define SEE_QUOTES(Unit)                                                                                     \
    do {                                                                                                     \
        const Unit *units = (const Unit *)(const void *)s->data;                                             \
        for (size_t i = 0; i < s->length; i++) one |= units[i] == '\'', two |= units[i] == '"';              \
    } while (0)

VECTORISED static void see_quotes(const Str *s, bool *single, bool *twofold) {
    uint8_t one = 0, two = 0;
    if (s->kind == 1) SEE_QUOTES(uint8_t);
    else if (s->kind == 2) SEE_QUOTES(uint16_t);
    else SEE_QUOTES(uint32_t);
    *single = one;
    *twofold = two;
}

/* Does each character stand for itself? */
VECTORISED static bool is_plain(const Str *s, uint8_t quote) {
    uint8_t other = 0;
    if (!s->ascii) return false;
    for (size_t i = 0; i < s->length; i++) {
        uint8_t c = s->data[i];
        other |= (uint8_t)(c - 32) >= 95 || c == '\\' || c == quote;
    }
    return !other;
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
    bool single, twofold;
    see_quotes((Str *)v, &single, &twofold);
    uint32_t quote = single && !twofold ? '"' : '\'';
    if (is_plain((Str *)v, (uint8_t)quote)) return plain_repr(v, quote);
    StrBuilder b = STR_BUILDER_INIT;
    int status = str_builder_add_char(&b, quote);
    for (size_t i = 0; status == 0 && i < n; i++) {
        size_t start = i;
        while (i < n && is_itself(str_read(v, i), quote, ascii_only)) i++;
        status = str_builder_add_slice(&b, v, start, i);
        if (status == 0 && i < n) status = add_escaped(&b, str_read(v, i), quote);
    }
    if (status == 0) status = str_builder_add_char(&b, quote);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

Value str_repr(Value v) { return repr_with(v, false); }
