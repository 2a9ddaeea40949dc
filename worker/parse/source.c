#include "parse/source.h"

#include <stdio.h>

#include "base/utf8.h"

typedef enum Encoding { ENCODING_UTF8, ENCODING_LATIN1, ENCODING_ASCII, ENCODING_OTHER } Encoding;

static const char bom[] = "\xEF\xBB\xBF";

static bool has_bom(const char *src, size_t length) { return length >= 3 && memcmp(src, bom, 3) == 0; }

/* --- the encoding cookie --- */

static bool is_cookie_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
}

/* `coding:` or `coding=` in a line that is only a comment. *blank: no code stands on the line, the next may
 * have it. */
static bool find_cookie(const char *line, const char *end, char name[64], bool *blank) {
    const char *p = line;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\f')) p++;
    *blank = p == end || *p == '#';
    if (p == end || *p != '#') return false;
    for (; end - p > 7; p++) {
        if (memcmp(p, "coding", 6) != 0 || (p[6] != ':' && p[6] != '=')) continue;
        const char *start = p + 7;
        while (start < end && (*start == ' ' || *start == '\t')) start++;
        const char *stop = start;
        while (stop < end && is_cookie_char(*stop)) stop++;
        if (stop == start || stop - start > 63) continue;
        memcpy(name, start, (size_t)(stop - start));
        name[stop - start] = 0;
        return true;
    }
    return false;
}

static bool is_or_starts(const char *name, const char *wanted) {
    size_t length = strlen(wanted);
    return strncmp(name, wanted, length) == 0 && (name[length] == 0 || name[length] == '-');
}

/* The usual spellings of the two usual encodings become one. */
static void normalize_name(char name[64]) {
    char low[64];
    size_t i = 0;
    for (; name[i] && i < 63; i++) {
        char c = name[i];
        low[i] = c == '_' ? '-' : (c >= 'A' && c <= 'Z') ? (char)(c + 32) : c;
    }
    low[i] = 0;
    if (is_or_starts(low, "utf-8")) strcpy(name, "utf-8");
    else if (is_or_starts(low, "latin-1") || is_or_starts(low, "iso-8859-1") ||
             is_or_starts(low, "iso-latin-1"))
        strcpy(name, "iso-8859-1");
}

static bool declared_encoding(const char *src, size_t length, char name[64]) {
    const char *line = src, *end = src + length;
    for (int i = 0; i < 2 && line < end; i++) {
        const char *stop = line;
        while (stop < end && *stop != '\n' && *stop != '\r') stop++;
        bool blank;
        if (find_cookie(line, stop, name, &blank)) return normalize_name(name), true;
        if (!blank) return false;
        line = stop + (end - stop >= 2 && stop[0] == '\r' && stop[1] == '\n' ? 2 : 1);
    }
    return false;
}

static Encoding known_encoding(const char *name) {
    if (strcmp(name, "utf-8") == 0 || strcmp(name, "utf8") == 0 || strcmp(name, "UTF8") == 0)
        return ENCODING_UTF8;
    if (strcmp(name, "iso-8859-1") == 0 || strcmp(name, "latin1") == 0 || strcmp(name, "Latin1") == 0)
        return ENCODING_LATIN1;
    if (strcmp(name, "ascii") == 0 || strcmp(name, "us-ascii") == 0 || strcmp(name, "US-ASCII") == 0)
        return ENCODING_ASCII;
    return ENCODING_OTHER;
}

bool parse_source_encoding(const char *src, size_t length, char name[64]) {
    bool marked = has_bom(src, length);
    if (marked || !declared_encoding(src, length, name)) strcpy(name, "utf-8");
    return known_encoding(name) != ENCODING_OTHER;
}

/* --- errors about the source as a whole --- */

static bool refuse(SyntaxErrorInfo *err, const char *format, const char *name) {
    char *message = bump_printf(err->bump, format, name);
    if (!message) return syntax_error_memory(err);
    return syntax_error_set(err, SYNTAX_ERROR, message, 0, -1, SYNTAX_NO_POSITION, SYNTAX_NO_POSITION, NULL,
                            0);
}

static bool refuse_byte(SyntaxErrorInfo *err, const char *src, size_t bad) {
    int32_t lineno = 1;
    for (size_t i = 0; i < bad; i++) lineno += src[i] == '\n';
    char *message =
        bump_printf(err->bump,
                    "Non-UTF-8 code starting with '\\x%.2x' in file %s on line %d, but no encoding declared; "
                    "see https://peps.python.org/pep-0263/ for details",
                    (unsigned char)src[bad], err->filename ? err->filename : "<string>", lineno);
    if (!message) return syntax_error_memory(err);
    return syntax_error_set(err, SYNTAX_ERROR, message, lineno, 0, lineno, 0, NULL, 0);
}

/* CPython has a codec read what is declared by any name but "utf-8"; a script is checked as it is read; of other sources
 * the tokens are, when they come up. */
static bool refuse_utf8(SyntaxErrorInfo *err, const char *src, size_t length, size_t bad, const char *name,
                        ParseFlags flags) {
    char *message;
    if (flags & (PARSE_SCRIPT | PARSE_SOURCE_IS_STR)) return refuse_byte(err, src, bad);
    if (strcmp(name, "utf-8") == 0) return err->bad_utf8 = true;
    if (syntax_error_undecodable(err, src, length, &message) && message)
        return refuse(err, "%s", message + strlen("(unicode error) "));
    return syntax_error_memory(err);
}

/* --- the text --- */

/* Copies with '\r\n' and '\r' as '\n', Latin-1 as UTF-8; returns the end of what was written. */
static char *copy_text(char *out, const char *src, size_t length, Encoding encoding) {
    if (encoding != ENCODING_LATIN1 && !memchr(src, '\r', length)) {
        memcpy(out, src, length);
        return out + length;
    }
    for (size_t i = 0; i < length; i++) {
        char c = src[i];
        if (c == '\r') {
            *out++ = '\n';
            i += i + 1 < length && src[i + 1] == '\n';
        } else if (encoding == ENCODING_LATIN1) {
            out += utf8_encode((unsigned char)c, out);
        } else {
            *out++ = c;
        }
    }
    return out;
}

/* name: what is declared, or "utf-8". */
static bool choose_encoding(const char **src, size_t *length, Encoding *encoding, char name[64],
                            SyntaxErrorInfo *err) {
    bool marked = has_bom(*src, *length);
    if (marked) *src += 3, *length -= 3;
    bool declared = declared_encoding(*src, *length, name);
    err->counts_bytes = !marked && !declared;
    *encoding = known_encoding(name);
    if (marked && declared && strcmp(name, "utf-8") != 0)
        return refuse(err, "encoding problem: %s with BOM", name);
    if (*encoding == ENCODING_OTHER) return refuse(err, "unknown encoding: %s", name);
    return true;
}

/* The newlines are as they will be read: the messages count so. */
static bool check_text(SyntaxErrorInfo *err, const char *text, size_t length, Encoding encoding,
                       const char *name, ParseFlags flags) {
    size_t bad;
    if (encoding == ENCODING_ASCII && (bad = utf8_ascii_prefix(text, length)) < length) {
        char place[80];
        snprintf(place, sizeof place, "byte 0x%02x in position %zu", (unsigned char)text[bad], bad);
        return refuse(err, "'ascii' codec can't decode %s: ordinal not in range(128)", place);
    }
    return encoding == ENCODING_ASCII || utf8_valid(text, length, false, &bad) ||
           refuse_utf8(err, text, length, bad, name, flags);
}

bool source_prepare(const char *src, size_t length, ParseMode mode, ParseFlags flags, SyntaxErrorInfo *err) {
    if (length > INT32_MAX / 2) return syntax_error_memory(err);
    if (memchr(src, 0, length))
        return syntax_error_set(err, SYNTAX_VALUE_ERROR, "source code string cannot contain null bytes", 0, 0,
                                0, 0, NULL, 0);
    Encoding encoding = ENCODING_UTF8;
    char name[64] = "utf-8";
    if (!(flags & PARSE_SOURCE_IS_STR) && !choose_encoding(&src, &length, &encoding, name, err)) return false;
    char *text = bump_alloc(err->bump, length * (encoding == ENCODING_LATIN1 ? 2 : 1) + 1 + SOURCE_PADDING);
    if (!text) return syntax_error_memory(err);
    char *end = copy_text(text, src, length, encoding);
    if (mode == PARSE_EXEC && (end == text || end[-1] != '\n')) *end++ = '\n';
    memset(end, 0, SOURCE_PADDING);
    if (encoding != ENCODING_LATIN1 && !check_text(err, text, (size_t)(end - text), encoding, name, flags))
        return false;
    err->source = text;
    err->source_length = (size_t)(end - text);
    return true;
}
