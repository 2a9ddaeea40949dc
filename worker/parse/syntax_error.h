/* syntax_error: what a refused source is told, with exactly the attributes of CPython's SyntaxError.
 *
 * The parser fills one in; the symbol table and the compiler use syntax_error_at for theirs. The first error
 * stands: setting a second one is ignored. */
#ifndef ATOLL_PARSE_SYNTAX_ERROR_H
#define ATOLL_PARSE_SYNTAX_ERROR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bump.h"
#include "parse/ast.h"

typedef enum SyntaxErrorKind {
    SYNTAX_OK,
    SYNTAX_ERROR,
    SYNTAX_INDENTATION_ERROR,
    SYNTAX_TAB_ERROR,
    SYNTAX_VALUE_ERROR,     /* "source code string cannot contain null bytes": a plain ValueError */
    SYNTAX_DECODE_ERROR,    /* a plain UnicodeDecodeError of `text`, bytes that are no UTF-8 */
    SYNTAX_OVERFLOW_ERROR,  /* a plain error with a message only */
    SYNTAX_RECURSION_ERROR, /* a plain RecursionError, message only (the compiler's) */
    SYNTAX_MEMORY_ERROR,    /* memory is out, or the source nests too deep for the parser; no message */
} SyntaxErrorKind;

typedef enum SyntaxWarningKind { SYNTAX_WARNING_DEPRECATION, SYNTAX_WARNING_SYNTAX } SyntaxWarningKind;
/* Who warns: that decides how much of the line the SyntaxError shows which a filter makes of the warning. */
typedef enum SyntaxWarningStage {
    WARNING_BY_LEXER,
    WARNING_BY_PARSER,
    WARNING_BY_COMPILER
} SyntaxWarningStage;

typedef struct SyntaxWarningInfo SyntaxWarningInfo;
struct SyntaxWarningInfo {
    SyntaxWarningInfo *next;
    SyntaxWarningKind kind; /* DeprecationWarning or SyntaxWarning */
    SyntaxWarningStage stage;
    const char *message; /* NUL-terminated UTF-8 */
    int32_t lineno, offset, end_lineno, end_offset;
};

/* A line or offset that is None in Python. */
#define SYNTAX_NO_POSITION INT32_MIN

typedef struct SyntaxErrorInfo {
    SyntaxErrorKind kind;
    bool incomplete;      /* the input ended too early: a REPL asks for more lines */
    bool plain_args;      /* the exception's args are the message alone (the symbol table's errors), the rest
                             attributes only */
    const char *message;  /* NUL-terminated UTF-8 */
    const char *filename; /* as given to parse_source */
    int32_t lineno;       /* from 1 */
    int32_t offset;       /* in characters, from 1; 0 or -1 where CPython has it so */
    int32_t end_lineno;
    int32_t end_offset;
    const char *text; /* the line of the error with its newline where it has one; NULL for None */
    size_t text_length;

    bool counts_bytes; /* the source is bytes that declare no encoding: the parser's offsets are in bytes */
    bool bad_utf8;     /* the source is not all UTF-8 */

    SyntaxWarningInfo *warnings; /* in source order; filled also when there is no error */

    /* For those that set errors. */
    Bump *bump;
    const char *source; /* UTF-8, as the lexer saw it (newlines normalised, no BOM) */
    size_t source_length;
    SyntaxWarningInfo **warnings_tail;
} SyntaxErrorInfo;

/* An empty info: no error. parse_source does this itself. */
void syntax_error_init(SyntaxErrorInfo *err, const char *filename, Bump *bump);

/* Sets the symbol table's or the compiler's error at a node's position, with the attributes CPython gives
 * those: offsets are byte columns + 1, and text is None for sources that are no file (filename "<...>").
 * Always returns false. */
bool syntax_error_at(SyntaxErrorInfo *err, SyntaxErrorKind kind, const AstPos *pos, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
bool syntax_error_at_va(SyntaxErrorInfo *err, SyntaxErrorKind kind, const AstPos *pos, const char *format,
                        va_list args);

/* Sets an error with ready attributes (the parser's way); `message` and `text` must outlive err. Returns
 * false. */
bool syntax_error_set(SyntaxErrorInfo *err, SyntaxErrorKind kind, const char *message, int32_t lineno,
                      int32_t offset, int32_t end_lineno, int32_t end_offset, const char *text,
                      size_t text_length);

/* Sets SYNTAX_MEMORY_ERROR; always returns false. */
bool syntax_error_memory(SyntaxErrorInfo *err);

/* Appends a warning. False when memory is out (and the error is set). */
bool syntax_warning_at(SyntaxErrorInfo *err, SyntaxWarningKind kind, SyntaxWarningStage stage,
                       const AstPos *pos, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The line `lineno` (from 1) of the source with its newline, not terminated; NULL when there is no such line.
 */
const char *syntax_error_line(const SyntaxErrorInfo *err, int32_t lineno, size_t *length);

/* The text as errors show it: itself, or a copy with U+FFFD where it is no UTF-8. *length is updated. Memory out: the
 * error is set, and the text is empty. */
const char *syntax_error_shown(SyntaxErrorInfo *err, const char *text, size_t *length);

/* "(unicode error) 'utf-8' codec can't decode ..." when [text, text+length) is no UTF-8, in *message: NULL there when
 * memory is out. False: it is, which only a source with bad_utf8 has to be asked. */
bool syntax_error_undecodable(const SyntaxErrorInfo *err, const char *text, size_t length, char **message);

#endif
