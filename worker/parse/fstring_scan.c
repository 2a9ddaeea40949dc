#include "parse/fstring_scan.h"

#include <stdbool.h>
#include <stddef.h>

#include "parse/lexer.h"

int quote_size(const char *quote, const char *end) {
    return end - quote >= 3 && quote[1] == quote[0] && quote[2] == quote[0] ? 3 : 1;
}

static bool at_quotes(const char *p, const char *end, char quote, int size) {
    return end - p >= size && p[0] == quote && (size == 1 || (p[1] == quote && p[2] == quote));
}

static const char *plain_end(const char *quote, const char *end) {
    int size = quote_size(quote, end);
    for (const char *p = quote + size; p < end; p++) {
        if (*p == '\\') {
            if (++p == end) return NULL;
        } else if (*p == *quote) {
            if (at_quotes(p, end, *quote, size)) return p + size;
        } else if (*p == '\n' && size == 1) {
            return NULL;
        }
    }
    return NULL;
}

/* Behind an escape that starts at p (a backslash), never past `end`. A named character's braces are no field.
 */
static const char *escape_end(const char *p, const char *end, bool raw) {
    if (end - p < 2) return end;
    if (p[1] == '{' || p[1] == '}') return p + 1;
    if (!raw && p[1] == 'N' && end - p > 2 && p[2] == '{') {
        const char *q = p + 3;
        while (q < end && *q != '}' && *q != '\n' && *q != '"' && *q != '\'') q++;
        if (q < end && *q == '}') return q + 1;
    }
    return p + 2;
}

static bool is_field_end(char c) { return c == '}' || c == '!' || c == ':' || c == '='; }

/* Whether the letters [start, p) before a quote are a prefix, and whether it makes an f-string, a raw one. */
static void read_prefix(const char *start, const char *p, bool *is_fstring, bool *raw) {
    *is_fstring = *raw = false;
    if (p - start > 2) return;
    bool f = false, r = false, other = false;
    for (; start < p; start++) {
        char c = *start | 0x20;
        if (c == 'f') f = true;
        else if (c == 'r') r = true;
        else other = true;
    }
    *is_fstring = f && !other;
    *raw = r && !other;
}

static const char *field_fail(FieldScan *scan, FieldError error, char open, char close) {
    *scan = (FieldScan){error, open, close};
    return NULL;
}

static bool matches(char open, char close) {
    return (open == '(' && close == ')') || (open == '[' && close == ']') || (open == '{' && close == '}');
}

const char *field_expression_end(const char *p, const char *end, int depth, FieldScan *scan) {
    char open[LEXER_MAX_LEVEL];
    int level = 0;
    *scan = (FieldScan){FIELD_OK, 0, 0};
    if (depth > FSTRING_MAX_DEPTH) return field_fail(scan, FIELD_TOO_DEEP, 0, 0);
    while (p < end) {
        char c = *p;
        if (char_is(c, CHAR_IDENTIFIER) || c == '"' || c == '\'') {
            const char *start = p;
            while (p < end && char_is(*p, CHAR_IDENTIFIER)) p++;
            if (p == end || (*p != '"' && *p != '\'')) continue;
            bool is_fstring, raw;
            read_prefix(start, p, &is_fstring, &raw);
            p = string_end(p, end, is_fstring, raw, depth + 1);
            if (!p) return field_fail(scan, FIELD_UNTERMINATED_STRING, 0, 0);
            continue;
        }
        if (level == 0 && (is_field_end(c) || c == '<' || c == '>')) {
            if (c != '}' && c != ':' && p + 1 < end && p[1] == '=') {
                p += 2;
                continue;
            }
            if (is_field_end(c)) return p;
        }
        switch (c) {
        case '\\':
            if (p + 1 < end && p[1] != '\n') return field_fail(scan, FIELD_BACKSLASH, 0, 0);
            break;
        case '#':
            while (p < end && *p != '\n') p++;
            if (p == end) return field_fail(scan, FIELD_COMMENT, 0, 0);
            break;
        case '(':
        case '[':
        case '{':
            if (level == LEXER_MAX_LEVEL) return field_fail(scan, FIELD_TOO_MANY_OPEN, 0, 0);
            open[level++] = c;
            break;
        case ')':
        case ']':
        case '}':
            if (!level) return field_fail(scan, FIELD_UNMATCHED, 0, c);
            if (!matches(open[--level], c)) return field_fail(scan, FIELD_MISMATCH, open[level], c);
            break;
        }
        p++;
    }
    if (level) return field_fail(scan, FIELD_UNCLOSED, open[level - 1], 0);
    return field_fail(scan, FIELD_EXPECTS_BRACE, 0, 0);
}

/* From a field's '{': behind its '}'. `quote` and `size` are of the f-string around it: they end a format
 * spec. */
static const char *field_end(const char *p, const char *end, char quote, int size, bool raw, int depth) {
    FieldScan scan;
    p = field_expression_end(p + 1, end, depth, &scan);
    if (!p) return NULL;
    while (p < end && *p != '}' && *p != ':') {
        if (*p == quote || *p == '{') return NULL;
        p++;
    }
    if (p == end || *p == '}') return p == end ? NULL : p + 1;
    for (p++; p < end;) {
        if (*p == '}') return p + 1;
        if (*p == '{') {
            p = field_end(p, end, quote, size, raw, depth + 1);
            if (!p) return NULL;
        } else if (*p == '\\') {
            p = escape_end(p, end, raw);
        } else if (at_quotes(p, end, quote, size) || (*p == '\n' && size == 1)) {
            return NULL;
        } else {
            p++;
        }
    }
    return NULL;
}

static const char *fstring_end(const char *quote, const char *end, bool raw, int depth) {
    int size = quote_size(quote, end);
    for (const char *p = quote + size; p < end;) {
        if (*p == '{') {
            if (p + 1 < end && p[1] == '{') {
                p += 2;
                continue;
            }
            p = field_end(p, end, *quote, size, raw, depth);
            if (!p) return NULL;
        } else if (*p == '\\') {
            p = escape_end(p, end, raw);
        } else if (at_quotes(p, end, *quote, size)) {
            return p + size;
        } else if (*p == '\n' && size == 1) {
            return NULL;
        } else {
            p++;
        }
    }
    return NULL;
}

const char *string_end(const char *quote, const char *end, bool is_fstring, bool raw, int depth) {
    return is_fstring ? fstring_end(quote, end, raw, depth) : plain_end(quote, end);
}
