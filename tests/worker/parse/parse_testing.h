/* Parsing in one call, for tests. */
#ifndef ATOLL_TESTS_PARSE_TESTING_H
#define ATOLL_TESTS_PARSE_TESTING_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parse/ast_dump.h"
#include "parse/parse.h"

/* A parse and what it made; parsed_free gives everything back. */
typedef struct Parsed {
    Bump bump;
    SyntaxErrorInfo err;
    AstMod *mod;
} Parsed;

Parsed *parse_bytes(const char *source, size_t length, ParseMode mode, int flags);
void parsed_free(Parsed *parsed);

/* The dump of a source that parses, or "Type: message (lineno:offset)" of one that does not. The caller frees
 * it. */
char *parse_to_text(const char *source, ParseMode mode, bool attributes);

/* Asserts what parse_to_text gives for a module. */
void assert_dump(const char *source, const char *expected);
/* Asserts that the source parses. */
void assert_parses(const char *source);
void assert_error(const char *source, const char *expected);

#endif
