#include "parse/lexer.h"

#include <stdio.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "parse/identifier.h"

#define ID (CHAR_IDENTIFIER_START | CHAR_IDENTIFIER)
#define DG (CHAR_IDENTIFIER | CHAR_DIGIT | CHAR_HEX)
#define HX (ID | CHAR_HEX)
const uint8_t lexer_char_class[256] = {
    ['0' ... '9'] = DG, ['a' ... 'f'] = HX, ['g' ... 'z'] = ID, ['A' ... 'F'] = HX,
    ['G' ... 'Z'] = ID, ['_'] = ID,         [128 ... 255] = ID,
};
#undef ID
#undef DG
#undef HX

static const char *const token_texts[TOKEN_KIND_COUNT] = {
#define OPERATOR(KIND, text) [TOKEN_##KIND] = text,
#define KEYWORD(KIND, text)  [TOKEN_##KIND] = text,
#include "parse/tokens.def"
};

const char *token_text(TokenKind kind) { return token_texts[kind]; }

void lexer_init(Lexer *lexer, const char *start, const char *end, int32_t lineno, SyntaxErrorInfo *info) {
    lexer->cur = lexer->line_start = lexer->error_start = start;
    lexer->end = end;
    lexer->lineno = lineno - 1;
    lexer->at_line_start = true;
    lexer->interactive = lexer->parsing_started = lexer->field = false;
    lexer->fields_broken = lexer->hit_end = lexer->type_comments = false;
    lexer->soft_async = lexer->async_def = lexer->async_body = false;
    lexer->ignores = NULL;
    lexer->imply_dedent = true;
    lexer->field_state = 0;
    lexer->owed_dents = lexer->level = lexer->indent = 0;
    lexer->indents[0] = lexer->alt_indents[0] = 0;
    lexer->error = LEX_OK;
    lexer->info = info;
    lexer->warned = NULL;
}

void lexer_init_field(Lexer *lexer, const char *open, const char *close, const char *line_start,
                      int32_t lineno, SyntaxErrorInfo *info) {
    lexer_init(lexer, open, close, lineno, info);
    lexer->line_start = lexer->error_start = line_start;
    lexer->lineno = lineno;
    lexer->at_line_start = false;
    lexer->field = true;
}

/* --- errors --- */

/* Characters of the line that have been read. */
static int32_t chars_read(Lexer *lexer) {
    size_t length = (size_t)(lexer->cur - lexer->line_start);
    const char *shown = syntax_error_shown(lexer->info, lexer->line_start, &length);
    return (int32_t)utf8_count(shown, length);
}

TokenKind lexer_error(Lexer *lexer, int32_t offset, int32_t end_offset, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char message[512];
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    lexer->error = LEX_MESSAGE;
    lexer->hit_end = false;
    lexer->message = bump_copy(lexer->info->bump, message, strlen(message));
    if (!lexer->message) syntax_error_memory(lexer->info);
    if (offset < 0) offset = chars_read(lexer);
    lexer->error_lineno = lexer->lineno;
    lexer->error_offset = offset;
    lexer->error_end_offset = end_offset < 0 ? offset : end_offset;
    lexer->error_text = lexer->line_start;
    size_t rest = (size_t)(lexer->info->source + lexer->info->source_length - lexer->line_start);
    const char *newline = memchr(lexer->line_start, '\n', rest);
    lexer->error_text_length = newline ? (size_t)(newline - lexer->line_start) : rest;
    lexer->error_text = syntax_error_shown(lexer->info, lexer->error_text, &lexer->error_text_length);
    return TOKEN_ERROR;
}

static TokenKind fail(Lexer *lexer, LexError error) {
    lexer->error = error;
    return TOKEN_ERROR;
}

/* --- lines and indentation --- */

/* Enters the line at cur; `inside_token` keeps the text of errors starting where the token does. */
static void begin_line(Lexer *lexer, bool inside_token) {
    lexer->line_start = lexer->cur;
    lexer->lineno++;
    if (!inside_token) lexer->error_start = lexer->cur;
}

/* Where the current line's text ends: behind its newline. */
static const char *line_end(const Lexer *lexer) {
    const char *newline = memchr(lexer->cur, '\n', (size_t)(lexer->end - lexer->cur));
    return newline ? newline + 1 : lexer->end;
}

/* Behind a backslash: joins the next line. False on an error. */
static bool join_line(Lexer *lexer, bool inside_token) {
    if (lexer->cur >= lexer->end || *lexer->cur != '\n') {
        if (lexer->cur < lexer->end) lexer->cur++;
        lexer->error = LEX_CONTINUATION;
        return false;
    }
    lexer->cur++;
    if (lexer->cur >= lexer->end) {
        lexer->error = LEX_EOF;
        lexer->hit_end = true;
        return false;
    }
    begin_line(lexer, inside_token);
    return true;
}

/* Compares a line's indentation with the stack and owes dents. */
static bool take_indentation(Lexer *lexer, int32_t col, int32_t alt) {
    int32_t *top = &lexer->indent;
    if (col == lexer->indents[*top]) {
        if (alt == lexer->alt_indents[*top]) return true;
        lexer->error = LEX_TABS;
    } else if (col > lexer->indents[*top]) {
        if (*top + 1 >= LEXER_MAX_INDENT) {
            lexer->error = LEX_TOO_DEEP;
            lexer->cur = line_end(lexer);
        } else if (alt <= lexer->alt_indents[*top]) {
            lexer->error = LEX_TABS;
        } else {
            lexer->owed_dents++;
            ++*top;
            lexer->indents[*top] = col;
            lexer->alt_indents[*top] = alt;
        }
    } else {
        while (*top > 0 && col < lexer->indents[*top]) {
            lexer->owed_dents--;
            --*top;
        }
        if (col != lexer->indents[*top]) {
            lexer->error = LEX_DEDENT;
            lexer->cur = line_end(lexer);
        } else if (alt != lexer->alt_indents[*top]) {
            lexer->error = LEX_TABS;
        }
    }
    return lexer->error == LEX_OK;
}

/* Reads the white space at the start of a line. *blank: nothing but white space or a comment stands on it. */
static bool measure_indentation(Lexer *lexer, bool *blank) {
    int32_t col = 0, alt = 0, continued_col = 0;
    for (;; lexer->cur++) {
        char c = lexer->cur < lexer->end ? *lexer->cur : 0;
        if (c == ' ') {
            col++, alt++;
        } else if (c == '\t') {
            col = (col / LEXER_TAB + 1) * LEXER_TAB;
            alt++;
        } else if (c == '\f') {
            col = alt = 0;
        } else if (c == '\\') {
            /* Indentation cannot be split over lines: what stands before the first backslash counts. */
            if (!continued_col) continued_col = col;
            lexer->cur++;
            if (!join_line(lexer, false)) return false;
            lexer->cur--;
        } else {
            break;
        }
    }
    if (lexer->cur == lexer->end) lexer->hit_end = true;
    char c = lexer->cur < lexer->end ? *lexer->cur : 0;
    *blank = c == '#' || c == '\n';
    if (*blank || lexer->level > 0) return true;
    if (continued_col) col = alt = continued_col;
    return take_indentation(lexer, col, alt);
}

/* --- names --- */

typedef struct KeywordSlot {
    char text[8];
    uint8_t kind;
} KeywordSlot;

/* Keywords by a perfect hash of their bytes taken as one little-endian word. */
#define KEYWORD_MULTIPLIER 0xd7210dff076ce2efu
static inline unsigned keyword_slot(uint64_t word) { return (unsigned)(word * KEYWORD_MULTIPLIER >> 57); }

static const KeywordSlot keywords[128] = {
#include "parse/keyword_slots.h"
};

/* The kind of the name [start, start+length): a keyword's or TOKEN_NAME. The source has 8 readable bytes
 * behind it. */
static inline TokenKind name_kind(const char *start, size_t length) {
    if (length > 8 || length < 2) return TOKEN_NAME;
    uint64_t word, text;
    memcpy(&word, start, 8);
    word &= ~(uint64_t)0 >> (64 - 8 * length);
    const KeywordSlot *slot = &keywords[keyword_slot(word)];
    memcpy(&text, slot->text, 8);
    return text == word ? (TokenKind)slot->kind : TOKEN_NAME;
}

/* Before 3.7: `async` in front of `def` is a keyword, and either word inside of that function. */
static TokenKind soft_async_kind(Lexer *lexer, TokenKind kind, const char *behind) {
    if (lexer->async_def) return kind;
    while (*behind == ' ' || *behind == '\t') behind++;
    bool def = kind == TOKEN_ASYNC && strncmp(behind, "def", 3) == 0 && !char_is(behind[3], CHAR_IDENTIFIER);
    if (!def) return TOKEN_NAME;
    lexer->async_def = true;
    lexer->async_body = false;
    lexer->async_indent = lexer->indent;
    return kind;
}

static TokenKind read_name(Lexer *lexer, const char *start) {
    const char *p = start;
    unsigned char seen = 0;
    while (char_is(*p, CHAR_IDENTIFIER)) seen |= (unsigned char)*p++;
    lexer->cur = p;
    if (seen < 128) {
        TokenKind kind = name_kind(start, (size_t)(p - start));
        bool soft = lexer->soft_async && (kind == TOKEN_ASYNC || kind == TOKEN_AWAIT);
        return soft ? soft_async_kind(lexer, kind, p) : kind;
    }
    size_t length = (size_t)(p - start);
    char *message;
    if (lexer->info->bad_utf8 && syntax_error_undecodable(lexer->info, start, length, &message)) {
        if (!message) syntax_error_memory(lexer->info);
        lexer->message = message;
        lexer->error_text = start;
        lexer->error_text_length = length;
        return fail(lexer, LEX_UNDECODABLE);
    }
    uint32_t bad;
    const char *behind;
    if (identifier_check(start, length, &bad, &behind)) return TOKEN_NAME;
    lexer->cur = behind;
    if (!identifier_is_printable(bad))
        return lexer_error(lexer, -1, -1, "invalid non-printable character U+%04X", bad);
    char shown[UTF8_MAX + 1] = {0};
    utf8_encode(bad, shown);
    return lexer_error(lexer, -1, -1, "invalid character '%s' (U+%04X)", shown, bad);
}

/* Length of the string prefix at p when a quote follows it (0 for a bare quote), else -1. */
static int string_prefix(const char *p) {
    bool b = false, r = false, u = false, f = false;
    for (int i = 0;; i++) {
        char c = p[i];
        if (c == '"' || c == '\'') return i;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (!(b || u || f) && c == 'b') b = true;
        else if (!(b || u || r || f) && c == 'u') u = true;
        else if (!(r || u) && c == 'r') r = true;
        else if (!(f || b || u) && c == 'f') f = true;
        else return -1;
    }
}

/* --- operators --- */

static TokenKind operator_kind(Lexer *lexer, const char *p, int *length) {
    char c = p[0];
    char next = p + 1 < lexer->end ? p[1] : 0;
    char third = p + 2 < lexer->end ? p[2] : 0;
#define IS(count, KIND) return *length = (count), TOKEN_##KIND
    switch (c) {
    case '(': IS(1, LPAR);
    case ')': IS(1, RPAR);
    case '[': IS(1, LSQB);
    case ']': IS(1, RSQB);
    case '{': IS(1, LBRACE);
    case '}': IS(1, RBRACE);
    case ',': IS(1, COMMA);
    case ';': IS(1, SEMI);
    case '~': IS(1, TILDE);
    case ':':
        if (next == '=') IS(2, COLON_EQUAL);
        IS(1, COLON);
    case '.':
        if (next == '.' && third == '.') IS(3, ELLIPSIS);
        IS(1, DOT);
    case '=':
        if (next == '=') IS(2, EQ_EQUAL);
        IS(1, EQUAL);
    case '!':
        if (next == '=') IS(2, NOT_EQUAL);
        IS(1, UNKNOWN);
    case '+':
        if (next == '=') IS(2, PLUS_EQUAL);
        IS(1, PLUS);
    case '-':
        if (next == '=') IS(2, MINUS_EQUAL);
        if (next == '>') IS(2, ARROW);
        IS(1, MINUS);
    case '*':
        if (next == '*') {
            if (third == '=') IS(3, DOUBLE_STAR_EQUAL);
            IS(2, DOUBLE_STAR);
        }
        if (next == '=') IS(2, STAR_EQUAL);
        IS(1, STAR);
    case '/':
        if (next == '/') {
            if (third == '=') IS(3, DOUBLE_SLASH_EQUAL);
            IS(2, DOUBLE_SLASH);
        }
        if (next == '=') IS(2, SLASH_EQUAL);
        IS(1, SLASH);
    case '%':
        if (next == '=') IS(2, PERCENT_EQUAL);
        IS(1, PERCENT);
    case '@':
        if (next == '=') IS(2, AT_EQUAL);
        IS(1, AT);
    case '&':
        if (next == '=') IS(2, AMPER_EQUAL);
        IS(1, AMPER);
    case '|':
        if (next == '=') IS(2, VBAR_EQUAL);
        IS(1, VBAR);
    case '^':
        if (next == '=') IS(2, CIRCUMFLEX_EQUAL);
        IS(1, CIRCUMFLEX);
    case '<':
        if (next == '<') {
            if (third == '=') IS(3, LEFT_SHIFT_EQUAL);
            IS(2, LEFT_SHIFT);
        }
        if (next == '=') IS(2, LESS_EQUAL);
        if (next == '>') IS(2, NOT_EQUAL);
        IS(1, LESS);
    case '>':
        if (next == '>') {
            if (third == '=') IS(3, RIGHT_SHIFT_EQUAL);
            IS(2, RIGHT_SHIFT);
        }
        if (next == '=') IS(2, GREATER_EQUAL);
        IS(1, GREATER);
    default: IS(1, UNKNOWN);
    }
#undef IS
}

static TokenKind open_bracket(Lexer *lexer, const char *at, char open, TokenKind kind) {
    if (lexer->level >= LEXER_MAX_LEVEL) return lexer_error(lexer, -1, -1, "too many nested parentheses");
    lexer->brackets[lexer->level++] = (LexerBracket){open, lexer->lineno, (int32_t)(at - lexer->line_start)};
    return kind;
}

static TokenKind close_bracket(Lexer *lexer, char close, TokenKind kind) {
    if (!lexer->level) return lexer_error(lexer, -1, -1, "unmatched '%c'", close);
    LexerBracket *open = &lexer->brackets[--lexer->level];
    if ((open->open == '(' && close == ')') || (open->open == '[' && close == ']') ||
        (open->open == '{' && close == '}'))
        return kind;
    if (open->lineno == lexer->lineno)
        return lexer_error(lexer, -1, -1, "closing parenthesis '%c' does not match opening parenthesis '%c'",
                           close, open->open);
    return lexer_error(lexer, -1, -1,
                       "closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", close,
                       open->open, open->lineno);
}

static TokenKind read_operator(Lexer *lexer, const char *start) {
    int length;
    TokenKind kind = operator_kind(lexer, start, &length);
    lexer->cur = start + length;
    switch (kind) {
    case TOKEN_LPAR:
    case TOKEN_LSQB:
    case TOKEN_LBRACE: return open_bracket(lexer, start, *start, kind);
    case TOKEN_RPAR:
    case TOKEN_RSQB:
    case TOKEN_RBRACE: return close_bracket(lexer, *start, kind);
    case TOKEN_UNKNOWN:
        if ((unsigned char)*start < 0x20 || *start == 0x7F)
            return lexer_error(lexer, -1, -1, "invalid non-printable character U+%04X",
                               (unsigned char)*start);
        return kind;
    default: return kind;
    }
}

/* --- the end of the source --- */

/* The parentheses around a field's expression, then a line's end. */
static TokenKind field_edge(Lexer *lexer) {
    switch (lexer->field_state) {
    case 0:
        lexer->field_state = 1;
        lexer->cur++;
        return open_bracket(lexer, lexer->cur - 1, '(', TOKEN_LPAR);
    case 1:
        lexer->field_state = 2;
        lexer->cur = lexer->end + 1;
        return close_bracket(lexer, ')', TOKEN_RPAR);
    case 2: lexer->field_state = 3; return TOKEN_NEWLINE;
    default: return TOKEN_END_MARKER;
    }
}

static TokenKind end_of_source(Lexer *lexer) {
    lexer->hit_end = true;
    if (lexer->level) return fail(lexer, LEX_EOF);
    if (!lexer->interactive || !lexer->parsing_started) return TOKEN_END_MARKER;
    /* One interactive statement: its end stands for the missing newline, and closes its blocks. */
    lexer->parsing_started = false;
    if (lexer->indent && lexer->imply_dedent) {
        lexer->owed_dents = -lexer->indent;
        lexer->indent = 0;
    }
    return TOKEN_NEWLINE;
}

/* --- the token --- */

static inline void set_start(Token *token, const Lexer *lexer, const char *start) {
    token->start = start;
    token->lineno = lexer->lineno;
    token->col = (int32_t)(start - lexer->line_start);
}

static TokenKind without_text(Lexer *lexer, Token *token, TokenKind kind) {
    token->start = token->end = lexer->cur < lexer->end ? lexer->cur : lexer->end;
    token->lineno = token->end_lineno = lexer->lineno;
    token->col = token->end_col = -1;
    token->level = (uint8_t)lexer->level;
    return token->kind = (uint8_t)kind;
}

static TokenKind owed_dent(Lexer *lexer, Token *token) {
    TokenKind kind = lexer->owed_dents < 0 ? TOKEN_DEDENT : TOKEN_INDENT;
    lexer->owed_dents += lexer->owed_dents < 0 ? 1 : -1;
    return without_text(lexer, token, kind);
}

/* Reads one token at `start`, which holds no white space. */
static TokenKind read_token(Lexer *lexer, const char *start) {
    char c = *start;
    if (char_is(c, CHAR_IDENTIFIER_START)) {
        int prefix = string_prefix(start);
        return prefix < 0 ? read_name(lexer, start) : lexer_string(lexer, start, start + prefix);
    }
    if (char_is(c, CHAR_DIGIT) || (c == '.' && char_is(start[1], CHAR_DIGIT))) {
        lexer->cur = start;
        return lexer_number(lexer);
    }
    if (c == '"' || c == '\'') return lexer_string(lexer, start, start);
    return read_operator(lexer, start);
}

/* --- type comments --- */

/* The text behind "# type: ", where each space stands for any number of blanks; NULL: another comment. */
static const char *type_comment(const char *p, const char *end) {
    for (const char *wanted = "# type: "; *wanted; wanted++) {
        if (*wanted == ' ') {
            while (p < end && (*p == ' ' || *p == '\t')) p++;
        } else if (p == end || *p++ != *wanted) {
            return NULL;
        }
    }
    return p;
}

static bool is_type_ignore(const char *text, const char *end) {
    return end - text >= 6 && memcmp(text, "ignore", 6) == 0 &&
           (end - text == 6 || !(char_is(text[6], CHAR_IDENTIFIER) && text[6] != '_'));
}

static void note_ignore(Lexer *lexer, const char *tag, const char *end) {
    TypeIgnore *made = bump_alloc(lexer->info->bump, sizeof *made);
    if (!made) {
        syntax_error_memory(lexer->info);
        return;
    }
    *made = (TypeIgnore){lexer->ignores, lexer->lineno, tag, (size_t)(end - tag)};
    lexer->ignores = made;
}

/* Whether the comment [p, end) is a token, whose text starts at *text. */
static bool take_type_comment(Lexer *lexer, const char *p, const char *end, const char **text) {
    *text = type_comment(p, end);
    if (!*text) return false;
    if (!is_type_ignore(*text, end)) return true;
    note_ignore(lexer, *text + 6, end);
    return false;
}

TokenKind lexer_next(Lexer *lexer, Token *token) {
    bool blank = false;
    if (lexer->field && lexer->field_state != 1) {
        set_start(token, lexer, lexer->cur);
        TokenKind edge = field_edge(lexer);
        if (edge == TOKEN_END_MARKER) return without_text(lexer, token, edge);
        token->end = lexer->cur;
        token->end_lineno = lexer->lineno;
        token->end_col = (int32_t)(lexer->cur - lexer->line_start);
        token->level = (uint8_t)lexer->level;
        return token->kind = (uint8_t)edge;
    }

next_line:
    blank = false;
    if (lexer->at_line_start) {
        lexer->at_line_start = false;
        lexer->logical_line = lexer->cur;
        lexer->logical_lineno = lexer->lineno + 1;
        if (lexer->cur < lexer->end) begin_line(lexer, false);
        if (!measure_indentation(lexer, &blank)) return without_text(lexer, token, TOKEN_ERROR);
    }
    if (lexer->owed_dents) {
        lexer->parsing_started = true;
        return owed_dent(lexer, token);
    }

    if (lexer->async_body && !blank && !lexer->level && lexer->async_indent >= lexer->indent &&
        !(lexer->cur < lexer->end && *lexer->cur == '\n')) /* what a type comment leaves */
        lexer->async_def = lexer->async_body = false;

again:;
    const char *p = lexer->cur;
    while (p < lexer->end && (*p == ' ' || *p == '\t' || *p == '\f')) p++;
    const char *start = p;
    if (p < lexer->end && *p == '#') {
        const char *newline = memchr(p, '\n', (size_t)(lexer->end - p));
        const char *comment = p, *text;
        p = newline ? newline : lexer->end;
        if (lexer->type_comments && take_type_comment(lexer, comment, p, &text)) {
            lexer->cur = p;
            set_start(token, lexer, text);
            token->end = p;
            token->end_lineno = lexer->lineno;
            token->end_col = (int32_t)(p - lexer->line_start);
            token->level = (uint8_t)lexer->level;
            return token->kind = TOKEN_TYPE_COMMENT;
        }
    }
    lexer->cur = p;
    if (p >= lexer->end) {
        if (lexer->field) {
            set_start(token, lexer, lexer->end);
            TokenKind edge = field_edge(lexer);
            token->end = lexer->cur;
            token->end_lineno = lexer->lineno;
            token->end_col = token->col + 1;
            token->level = (uint8_t)lexer->level;
            return token->kind = (uint8_t)edge;
        }
        TokenKind kind = end_of_source(lexer);
        if (kind != TOKEN_NEWLINE) lexer->parsing_started = true;
        return without_text(lexer, token, kind);
    }
    if (*p == '\n') {
        lexer->at_line_start = true;
        lexer->cur = p + 1;
        if (blank || lexer->level > 0) goto next_line;
        lexer->parsing_started = true;
        set_start(token, lexer, start);
        token->end = p;
        token->end_lineno = lexer->lineno;
        token->end_col = (int32_t)(p - lexer->line_start);
        token->level = 0;
        lexer->async_body = lexer->async_def;
        return token->kind = TOKEN_NEWLINE;
    }
    if (*p == '\\') {
        lexer->cur = p + 1;
        if (!join_line(lexer, true)) return without_text(lexer, token, TOKEN_ERROR);
        goto again;
    }
    lexer->parsing_started = true;
    set_start(token, lexer, p);
    TokenKind kind = read_token(lexer, p);
    if (kind == TOKEN_ERROR) return without_text(lexer, token, kind);
    if (lexer->cur >= lexer->end && kind != TOKEN_STRING) lexer->hit_end = true;
    token->end = lexer->cur;
    token->end_lineno = lexer->lineno;
    token->end_col = (int32_t)(lexer->cur - lexer->line_start);
    token->level = (uint8_t)lexer->level;
    return token->kind = (uint8_t)kind;
}
