/* source: from a caller's bytes to the text that the lexer reads: UTF-8 without BOM, '\n' line ends, a
 * newline at the end of a module, and NULs behind it. */
#ifndef ATOLL_PARSE_SOURCE_H
#define ATOLL_PARSE_SOURCE_H

#include <stdbool.h>

#include "parse/parse.h"

enum { SOURCE_PADDING = 16 }; /* readable NULs behind the text */

/* Fills err->source and err->source_length (in err->bump). False with the error set when the bytes are no
 * source. */
bool source_prepare(const char *src, size_t length, ParseMode mode, ParseFlags flags, SyntaxErrorInfo *err);

#endif
