/* String literals as tokens: where they end. Their contents are string_literal.c's and fstring.c's. */
#include "parse/fstring_scan.h"
#include "parse/lexer.h"

/* Lines that [start, end) begins after its first. Moves the lexer to the last of them. */
static void count_lines(Lexer *lexer, const char *start, const char *end) {
    const char *p = start;
    while ((p = memchr(p, '\n', (size_t)(end - p)))) {
        p++;
        lexer->line_start = p;
        lexer->lineno++;
    }
}

/* Reports at the string's first character; the message tells the line where the text gave out. */
static TokenKind unterminated(Lexer *lexer, const char *start, const char *quote) {
    bool triple = quote_size(quote, lexer->end) == 3;
    int32_t first = lexer->lineno;
    int32_t last = first;
    const char *p = start;
    const char *limit = lexer->end;
    while (triple && (p = memchr(p, '\n', (size_t)(limit - p))) && ++p < limit) last++;
    if (!triple) { /* escaped newlines go on */
        for (p = quote + 1; p < limit && *p != '\n'; p++)
            if (*p == '\\' && p + 1 < limit && *++p == '\n' && p + 1 < limit) last++;
    }
    lexer->cur = start + 1;
    bool hit_end = triple || p >= limit;
    if (triple)
        lexer_error(lexer, -1, -1, "unterminated triple-quoted string literal (detected at line %d)", last);
    else lexer_error(lexer, -1, -1, "unterminated string literal (detected at line %d)", last);
    lexer->hit_end = hit_end;
    return TOKEN_ERROR;
}

/* The scan of an f-string's fields can fail where a plain scan does not: `f"{a"`. Then the plain one stands,
 * and the parser will complain about the field. One such failure is enough: it makes the source bad, and
 * scanning fields to the end of the source again and again would cost quadratic time. */
static const char *find_end(Lexer *lexer, const char *start, const char *quote) {
    bool is_fstring = false, raw = false;
    for (const char *p = start; p < quote; p++) {
        is_fstring |= (*p | 0x20) == 'f';
        raw |= (*p | 0x20) == 'r';
    }
    if (is_fstring && !lexer->fields_broken) {
        const char *end = string_end(quote, lexer->end, true, raw, 0);
        if (end) return end;
        lexer->fields_broken = true;
    }
    return string_end(quote, lexer->end, false, raw, 0);
}

TokenKind lexer_string(Lexer *lexer, const char *start, const char *quote) {
    const char *end = find_end(lexer, start, quote);
    if (!end) return unterminated(lexer, start, quote);
    lexer->cur = end;
    count_lines(lexer, quote, end);
    return TOKEN_STRING;
}
