/* The form of numbers: which digits may stand where, and CPython's complaints. The values are literal.c's. */
#include "base/utf8.h"
#include "parse/lexer.h"

typedef struct NumberBase {
    const char *name;
    const char *digits;
} NumberBase;

static char peek(const Lexer *lexer) { return lexer->cur < lexer->end ? *lexer->cur : 0; }

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static TokenKind bad_number(Lexer *lexer, const char *kind) {
    return lexer_error(lexer, -1, -1, "invalid %s literal", kind);
}

static bool follows(const Lexer *lexer, const char *keyword) {
    size_t length = strlen(keyword);
    return (size_t)(lexer->end - lexer->cur) >= length && memcmp(lexer->cur, keyword, length) == 0 &&
           !char_is(lexer->cur[length], CHAR_IDENTIFIER);
}

static bool starts(const Lexer *lexer, const char *text) {
    size_t length = strlen(text);
    return (size_t)(lexer->end - lexer->cur) >= length && memcmp(lexer->cur, text, length) == 0;
}

/* A number ends where no identifier goes on. Keywords that valid code may put right behind a number (`1if x
 * else y`) are allowed with a warning. */
static TokenKind end_number(Lexer *lexer, const char *kind) {
    if (!char_is(peek(lexer), CHAR_IDENTIFIER)) return TOKEN_NUMBER;
    bool keyword = follows(lexer, "and") || follows(lexer, "else") || follows(lexer, "for") ||
                   starts(lexer, "if") || starts(lexer, "in") || starts(lexer, "is") ||
                   follows(lexer, "or") || follows(lexer, "not");
    if (!keyword) return bad_number(lexer, kind);
    if (lexer->cur <= lexer->warned) return TOKEN_NUMBER;
    lexer->warned = lexer->cur;
    int32_t before = (int32_t)utf8_count(lexer->line_start, (size_t)(lexer->cur - lexer->line_start)) - 1;
    AstPos pos = {lexer->lineno, before, lexer->lineno, before};
    if (!syntax_warning_at(lexer->info, SYNTAX_WARNING_SYNTAX, WARNING_BY_LEXER, &pos, "invalid %s literal",
                           kind))
        return lexer_error(lexer, -1, -1, "out of memory");
    return TOKEN_NUMBER;
}

/* Digits with single underscores between them; at least one digit is at cur. */
static bool decimal_digits(Lexer *lexer) {
    for (;;) {
        while (is_digit(peek(lexer))) lexer->cur++;
        if (peek(lexer) != '_') return true;
        lexer->cur++;
        if (!is_digit(peek(lexer))) return bad_number(lexer, "decimal"), false;
    }
}

static bool is_digit_of(const NumberBase *base, char c) { return c && strchr(base->digits, c); }

/* The rest of 0x.., 0o.., 0b.., behind the letter. */
static TokenKind based_number(Lexer *lexer, const NumberBase *base) {
    bool decimal_shows = base->digits[2] == 0 || base->digits[8] == 0; /* 8 and 9 are no digits of it */
    do {
        if (peek(lexer) == '_') lexer->cur++;
        if (!is_digit_of(base, peek(lexer))) {
            char c = peek(lexer);
            if (!is_digit(c) || !decimal_shows) return bad_number(lexer, base->name);
            lexer->cur++;
            return lexer_error(lexer, -1, -1, "invalid digit '%c' in %s literal", c, base->name);
        }
        while (is_digit_of(base, peek(lexer))) lexer->cur++;
    } while (peek(lexer) == '_');
    char c = peek(lexer);
    if (is_digit(c) && decimal_shows) {
        lexer->cur++;
        return lexer_error(lexer, -1, -1, "invalid digit '%c' in %s literal", c, base->name);
    }
    return end_number(lexer, base->name);
}

static TokenKind imaginary_tail(Lexer *lexer) {
    lexer->cur++;
    return end_number(lexer, "imaginary");
}

/* From an 'e' on, or the end of the number. */
static TokenKind exponent_tail(Lexer *lexer) {
    char c = peek(lexer);
    if (c == 'e' || c == 'E') {
        const char *e = lexer->cur++;
        char sign = peek(lexer);
        if (sign == '+' || sign == '-') {
            lexer->cur++;
            if (!is_digit(peek(lexer))) return bad_number(lexer, "decimal");
        } else if (!is_digit(sign)) {
            lexer->cur = e;
            return end_number(lexer, "decimal");
        }
        if (!decimal_digits(lexer)) return TOKEN_ERROR;
        c = peek(lexer);
    }
    if (c == 'j' || c == 'J') return imaginary_tail(lexer);
    return end_number(lexer, "decimal");
}

/* Behind the point. */
static TokenKind fraction_tail(Lexer *lexer) {
    if (is_digit(peek(lexer)) && !decimal_digits(lexer)) return TOKEN_ERROR;
    return exponent_tail(lexer);
}

/* Behind a leading zero that is not a prefix: zeros, or an old octal, or a float. */
static TokenKind zero_number(Lexer *lexer, const char *start) {
    for (;; lexer->cur++) {
        if (peek(lexer) == '_') {
            lexer->cur++;
            if (!is_digit(peek(lexer))) return bad_number(lexer, "decimal");
        }
        if (peek(lexer) != '0') break;
    }
    const char *zeros_end = lexer->cur;
    bool nonzero = is_digit(peek(lexer));
    if (nonzero && !decimal_digits(lexer)) return TOKEN_ERROR;
    switch (peek(lexer)) {
    case '.': lexer->cur++; return fraction_tail(lexer);
    case 'e':
    case 'E': return exponent_tail(lexer);
    case 'j':
    case 'J': return imaginary_tail(lexer);
    }
    if (nonzero)
        return lexer_error(lexer, (int32_t)(start + 1 - lexer->line_start),
                           (int32_t)(zeros_end + 1 - lexer->line_start),
                           "leading zeros in decimal integer literals are not permitted; "
                           "use an 0o prefix for octal integers");
    return end_number(lexer, "decimal");
}

TokenKind lexer_number(Lexer *lexer) {
    static const NumberBase hexadecimal = {"hexadecimal", "0123456789abcdefABCDEF"};
    static const NumberBase octal = {"octal", "01234567"};
    static const NumberBase binary = {"binary", "01"};
    const char *start = lexer->cur++;
    if (*start == '.') return fraction_tail(lexer);
    if (*start == '0') {
        switch (peek(lexer)) {
        case 'x':
        case 'X': lexer->cur++; return based_number(lexer, &hexadecimal);
        case 'o':
        case 'O': lexer->cur++; return based_number(lexer, &octal);
        case 'b':
        case 'B': lexer->cur++; return based_number(lexer, &binary);
        }
        return zero_number(lexer, start);
    }
    if (!decimal_digits(lexer)) return TOKEN_ERROR;
    if (peek(lexer) == '.') {
        lexer->cur++;
        return fraction_tail(lexer);
    }
    return exponent_tail(lexer);
}
