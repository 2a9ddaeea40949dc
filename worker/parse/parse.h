/* parse: from source bytes to a syntax tree, or to the SyntaxError that CPython 3.11 would raise.
 *
 * The language is Python 3.11's with 3.12's type parameters, `type` statement and f-string grammar.
 * Memory comes from the Bump alone; whatever happens, dropping the Bump frees everything. */
#ifndef ATOLL_PARSE_PARSE_H
#define ATOLL_PARSE_PARSE_H

#include <stddef.h>

#include "base/bump.h"
#include "parse/ast.h"
#include "parse/syntax_error.h"

typedef enum ParseMode {
    PARSE_EXEC,          /* a module: MOD_MODULE */
    PARSE_EVAL,          /* one expression: MOD_EXPRESSION */
    PARSE_SINGLE,        /* one interactive statement: MOD_INTERACTIVE */
    PARSE_FUNCTION_TYPE, /* the type comment of a function, "(int, *str) -> bool": MOD_FUNCTION_TYPE */
} ParseMode;

typedef enum ParseFlags {
    PARSE_FLAGS_NONE = 0,
    PARSE_SOURCE_IS_STR = 1,     /* text from a str: UTF-8, no encoding cookie, no BOM is looked for */
    PARSE_DONT_IMPLY_DEDENT = 2, /* an indented block needs its own end of line (as codeop asks) */
    PARSE_ALLOW_INCOMPLETE = 4,  /* early end of input becomes SyntaxError "incomplete input" */
    PARSE_FROM_FILE =
        16, /* the source is filename's text, from where CPython reads the lines that its errors show */
    PARSE_SCRIPT = 64, /* the file that a process runs, which CPython reads line by line and checks so */
    PARSE_TYPE_COMMENTS = 32, /* type comments are read, not passed over */
    PARSE_BARRY_AS_BDFL = 8,  /* from __future__ import barry_as_FLUFL is on: `<>` instead of `!=` */
} ParseFlags;

enum { PARSE_NEWEST = 12 /* the minor version of the newest language */, PARSE_MAX_DIGITS = 4300 };

/* What a source is read as. */
typedef struct ParseDialect {
    int version;    /* Python 3.version: where CPython 3.11 looks, what is newer is an error */
    int max_digits; /* of a decimal integer; 0: any number */
} ParseDialect;

/* Parses `length` bytes of source. `filename` (NUL-terminated UTF-8; kept by pointer) is for the error alone.
 * Returns the tree, in `bump`; or NULL with *err filled. err->warnings is filled in both cases.
 * *err is initialised here, keeps pointers into `bump` and `src`, and stays usable for the compiler's own
 * errors as long as both live. */
AstMod *parse_source(const char *src, size_t length, const char *filename, ParseMode mode, ParseFlags flags,
                     Bump *bump, SyntaxErrorInfo *err);
/* The same in a dialect; parse_source reads the newest, with PARSE_MAX_DIGITS. */
AstMod *parse_source_as(ParseDialect dialect, const char *src, size_t length, const char *filename,
                        ParseMode mode, ParseFlags flags, Bump *bump, SyntaxErrorInfo *err);

/* The encoding that a source of bytes declares by its cookie ("utf-8" when it has none or a BOM), into `name`. True:
 * parse_source reads it itself; for others a caller that has codecs decodes first and passes PARSE_SOURCE_IS_STR. */
bool parse_source_encoding(const char *src, size_t length, char name[64]);

#endif
