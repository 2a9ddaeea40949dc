/* identifier: which characters names may hold, their normal form, and which characters are printable, by
 * Unicode's tables (utf8proc). */
#ifndef ATOLL_PARSE_IDENTIFIER_H
#define ATOLL_PARSE_IDENTIFIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bump.h"
#include "parse/ast.h"

/* True when the text (well-formed UTF-8, not empty) is an identifier. Else *bad is the first character that
 * is not allowed and *behind points after it. */
bool identifier_check(const char *text, size_t length, uint32_t *bad, const char **behind);

/* Whether CPython's str.isprintable holds for the character. */
bool identifier_is_printable(uint32_t code);

/* The name in NFKC, interned. NULL when memory is out. */
const AstName *identifier_intern(AstNames *names, const char *text, size_t length);

#endif
