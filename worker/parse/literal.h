/* literal: the values of numbers and strings. */
#ifndef ATOLL_PARSE_LITERAL_H
#define ATOLL_PARSE_LITERAL_H

#include "parse/parser.h"

typedef enum LiteralStatus {
    LITERAL_OK,
    LITERAL_MEMORY,
    LITERAL_ERROR,     /* *message says what is wrong; CPython reports it at the last token it has read */
    LITERAL_TOO_LONG,  /* *message; a number of more digits than the dialect allows */
    LITERAL_BAD_FIELD, /* an f-string's expression is no expression: field says which */
} LiteralStatus;

/* What is wrong with a literal. */
typedef struct LiteralError LiteralError;
struct LiteralError {
    LiteralStatus status;
    const char *message;
    /* The field of LITERAL_BAD_FIELD: from its '{' to the end of its expression. */
    const char *field_start, *field_end;
    int32_t field_lineno, field_col;
};

/* The value of a NUMBER token's text. */
LiteralStatus literal_number(const ParseContext *ctx, const char *text, size_t length, AstConstant *value,
                             LiteralError *error);

/* The value of adjacent STRING tokens: a Constant, or a JoinedStr when one of them is an f-string. The node's
 * position is from the first token to the last. `p` is only used to build nodes. NULL with *error filled on
 * failure. */
AstExpr *literal_strings(Parser *p, const Token *tokens, uint32_t count, LiteralError *error);

/* The pieces of a STRING token. */
typedef struct StringToken {
    const char *body;
    size_t length;
    bool bytes, raw, fstring, u_prefix;
} StringToken;

StringToken literal_string_token(const Token *token);

/* Appends the decoded text of [body, body+length) to ctx->text: escapes resolved unless raw. `token` is for
 * warnings. */
LiteralStatus literal_decode(Parser *p, const Token *token, const StringToken *string, const char *body,
                             size_t length, LiteralError *error);

/* A list of JoinedStr values under construction: text gathers in ctx->text above text_mark until it becomes a
 * Constant. */
typedef struct JoinedParts {
    Parser *p;
    AstPos pos; /* of the whole literal: all parts share it */
    bool u_prefix;
    size_t text_mark;
    LiteralError *error;
} JoinedParts;

/* Turns gathered text into a Constant, pushed on the stack. */
LiteralStatus literal_flush(JoinedParts *parts);

/* Appends an f-string's body: text to the parts' text, fields as FormattedValue nodes on the stack. */
LiteralStatus fstring_parse(JoinedParts *parts, const Token *token, const StringToken *string);

#endif
