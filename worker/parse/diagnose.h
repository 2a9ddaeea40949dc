/* diagnose: why a source does not parse.
 *
 * Idea: the parser proper says only that a statement fails. Here that statement is matched again as CPython's
 * own parser does it: a packrat match of the published PEG grammar, alternatives in its order, first without
 * and then with the extra rules that recognise common mistakes. So the message and the position are
 * CPython's: a mistake that a rule recognises, or "invalid syntax" at the furthest token the first match
 * looked at, or the lexer's complaint when that comes first. Speed does not matter, memory does: depth is
 * counted, tokens and memo entries live in the Bump. */
#ifndef ATOLL_PARSE_DIAGNOSE_H
#define ATOLL_PARSE_DIAGNOSE_H

#include "parse/parser.h"

/* Sets err, for the source from `start` (the first byte of line `lineno`) on. `read`: how far the parser has read, and warned. */
void diagnose(ParseContext *ctx, ParseMode mode, const char *start, const char *read, const char *end,
              int32_t lineno);

#endif
