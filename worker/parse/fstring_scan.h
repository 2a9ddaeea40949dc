/* fstring_scan: where f-strings, their fields and the fields' expressions end (PEP 701: a field may hold any
 * expression, with the same quotes, backslashes, comments and newlines).
 *
 * The lexer scans to find an f-string's closing quote; fstring.c scans again inside the found body, and
 * reports. */
#ifndef ATOLL_PARSE_FSTRING_SCAN_H
#define ATOLL_PARSE_FSTRING_SCAN_H

#include <stdbool.h>

typedef enum FieldError {
    FIELD_OK,
    FIELD_EXPECTS_BRACE,       /* the text ends inside the field */
    FIELD_UNTERMINATED_STRING, /* a string inside is not closed */
    FIELD_COMMENT,             /* a '#' hides the rest of the text */
    FIELD_BACKSLASH,
    FIELD_UNCLOSED,      /* `open` is never closed */
    FIELD_UNMATCHED,     /* `close` was never opened */
    FIELD_MISMATCH,      /* `close` does not match `open` */
    FIELD_TOO_MANY_OPEN, /* more than 200 brackets */
    FIELD_TOO_DEEP,      /* f-strings nested too deeply */
} FieldError;

typedef struct FieldScan {
    FieldError error;
    char open, close;
} FieldScan;

enum { FSTRING_MAX_DEPTH = 100 };

/* From behind a field's '{': where its expression ends, at one of '}' '!' ':' '=' on the outermost level.
 * NULL with scan->error set when it does not end before `end`. */
const char *field_expression_end(const char *p, const char *end, int depth, FieldScan *scan);

/* `quote` points at the opening quote of a string or f-string (`is_fstring`; `raw`): behind its closing
 * quote, or NULL when it has none before `end`. */
const char *string_end(const char *quote, const char *end, bool is_fstring, bool raw, int depth);

/* 3 when a triple quote opens at `quote`, else 1. */
int quote_size(const char *quote, const char *end);

#endif
