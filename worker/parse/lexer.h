/* lexer: from source text to tokens, one at a time.
 *
 * Idea: the source is one buffer of checked UTF-8 with '\n' line ends and a NUL behind it (see source.h). The
 * lexer keeps a pointer into it, the stack of indentations and the stack of open brackets; tokens point into
 * the buffer.
 *
 * States: at the start of a line it measures the indentation and may owe INDENT or DEDENT tokens
 * (`owed_dents`); inside brackets ends of lines are white space. A lexer over the expression of an f-string
 * field (lexer_init_field) reads `{expr}` as `(expr)`: the brace and the character that ends the field come
 * out as parentheses, so that a newline inside is white space and the parser sees one group.
 *
 * Invariants: lineno is the line being read, line_start its first byte; error_start is where the text of an
 * error begins: line_start, or the first line of a token that spans lines. After TOKEN_ERROR only `error` is
 * of interest. */
#ifndef ATOLL_PARSE_LEXER_H
#define ATOLL_PARSE_LEXER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "parse/parse.h"

typedef enum TokenKind {
#define TOKEN(KIND)          TOKEN_##KIND,
#define OPERATOR(KIND, text) TOKEN_##KIND,
#define KEYWORD(KIND, text)  TOKEN_##KIND,
#include "parse/tokens.def"
    TOKEN_KIND_COUNT,
    TOKEN_FIRST_AUGMENTED = TOKEN_PLUS_EQUAL,
    TOKEN_LAST_AUGMENTED = TOKEN_DOUBLE_SLASH_EQUAL,
    TOKEN_FIRST_KEYWORD = TOKEN_FALSE,
    TOKEN_LAST_KEYWORD = TOKEN_YIELD,
} TokenKind;

typedef struct Token {
    const char *start, *end;
    int32_t lineno, col; /* col is in bytes; -1 for tokens without text: indents, dedents, the end marker */
    int32_t end_lineno, end_col;
    uint8_t kind;  /* TokenKind */
    uint8_t level; /* open brackets after this token */
} Token;

typedef enum LexError {
    LEX_OK,
    LEX_EOF,      /* the end of the source inside brackets or after a backslash */
    LEX_DEDENT,   /* unindent does not match */
    LEX_TABS,     /* inconsistent tabs */
    LEX_TOO_DEEP, /* too many indentation levels */
    LEX_CONTINUATION,
    LEX_UNDECODABLE, /* a name that is no UTF-8: `message`, the name is error_text */
    LEX_MESSAGE,     /* `error` is complete */
} LexError;

enum { LEXER_MAX_INDENT = 100, LEXER_MAX_LEVEL = 200, LEXER_TAB = 8 };

typedef struct LexerBracket {
    char open;
    int32_t lineno, col;
} LexerBracket;

/* A comment `# type: ignore` and what follows. */
typedef struct TypeIgnore TypeIgnore;
struct TypeIgnore {
    TypeIgnore *before;
    int32_t lineno;
    const char *tag;
    size_t length;
};

typedef struct Lexer {
    const char *cur;
    const char *end; /* behind the last byte to read */
    const char *line_start;
    const char *error_start;
    int32_t lineno;
    bool at_line_start;
    bool interactive; /* PARSE_SINGLE: the end of the source ends a statement */
    bool imply_dedent;
    bool parsing_started;
    bool field;          /* the expression of an f-string field */
    uint8_t field_state; /* 0: before the brace, 1: inside, 2: behind, 3: after the newline */
    bool hit_end;        /* the end of the source was looked at; after an error: it is the reason */
    bool type_comments;  /* TOKEN_TYPE_COMMENT is given, and `type: ignore` noted in `ignores` */
    bool fields_broken;  /* an f-string with an unclosed field was met: the rest are read as plain strings */
    const char *logical_line; /* where the last line that is not a continuation starts */
    int32_t logical_lineno;
    int32_t owed_dents;                    /* >0: INDENT tokens to give, <0: DEDENT tokens */
    int32_t level;                         /* open brackets */
    int32_t indent;                        /* index of the current indentation */
    int32_t indents[LEXER_MAX_INDENT];     /* columns with tabs to multiples of 8 */
    int32_t alt_indents[LEXER_MAX_INDENT]; /* columns with tabs as 1 */
    LexerBracket brackets[LEXER_MAX_LEVEL];

    LexError error;
    const char *message; /* of LEX_MESSAGE and LEX_UNDECODABLE */
    int32_t error_lineno, error_offset, error_end_offset;
    const char *error_text;
    size_t error_text_length;

    bool soft_async;            /* `async` and `await` are names outside of `async def`, as before 3.7 */
    bool async_def, async_body; /* of soft_async: inside an async function; behind its first line */
    int32_t async_indent;       /* where it was defined */
    TypeIgnore *ignores;        /* in info->bump, the last first */
    SyntaxErrorInfo *info;      /* for warnings and memory */
    const char *warned;         /* source up to here has given its warnings */
} Lexer;

/* A lexer at the start of [start, end), whose first line has number `lineno`. `end` must be readable and hold
 * NUL for a whole source. */
void lexer_init(Lexer *lexer, const char *start, const char *end, int32_t lineno, SyntaxErrorInfo *info);

/* A lexer over an f-string's field: `open` points at its '{', `close` at the character that ends the
 * expression; `line_start` is where the line of `open` starts. */
void lexer_init_field(Lexer *lexer, const char *open, const char *close, const char *line_start,
                      int32_t lineno, SyntaxErrorInfo *info);

/* Reads the next token; returns its kind. */
TokenKind lexer_next(Lexer *lexer, Token *token);

/* Sets a LEX_MESSAGE error at lexer->cur (offset -1) or at given offsets of the line (in characters from 1);
 * returns TOKEN_ERROR. */
TokenKind lexer_error(Lexer *lexer, int32_t offset, int32_t end_offset, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Reads a number whose first character (a digit, or '.' before a digit) is at lexer->cur; checks its form. */
TokenKind lexer_number(Lexer *lexer);

/* Reads a string literal: `quote` points at its first quote, its prefix letters stand between `start` and it.
 */
TokenKind lexer_string(Lexer *lexer, const char *start, const char *quote);

/* The token's text for messages: "if", "=="; NULL for those without. */
const char *token_text(TokenKind kind);

/* Whether a byte may start or continue an identifier (all bytes above 0x7F may). */
extern const uint8_t lexer_char_class[256];
enum { CHAR_IDENTIFIER_START = 1, CHAR_IDENTIFIER = 2, CHAR_DIGIT = 4, CHAR_HEX = 8 };
#define char_is(c, class) (lexer_char_class[(unsigned char)(c)] & (class))

#endif
