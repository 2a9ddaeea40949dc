/*
 * marshal: constants and code objects as bytes: for frozen modules, .pyc files and the marshal module.
 *
 * The format is our own, in the manner of CPython's: a value is a type byte and what follows it; an object
 * met before is a number in the list of those that were marked on first sight (bit 7 of the type byte).
 * Integers are little-endian varints of seven bits.
 *
 * Reading trusts nothing: every length is checked against what is left, nesting is bounded, and a code
 * object's operands, jumps and handlers must lie within it. What its instructions do to the stack is proved
 * where the codes are not trusted; those of frozen modules and .pyc files are, since the compiler made them.
 */
#ifndef ATOLL_IMPORT_MARSHAL_H
#define ATOLL_IMPORT_MARSHAL_H

#include "objects/object.h"

/* Changes whenever the format, the opcodes or their meaning do: a tag for .pyc files. */
enum { MARSHAL_VERSION = 1 };

/* The bytes of a value. New bytes; NULL raised: ValueError "unmarshallable object". */
Value marshal_dumps(Value v);

/* The value that begins at data; *used (may be NULL) is how many bytes it took. trusted: its codes come from a
 * compiler. New; NULL raised: EOFError, ValueError, TypeError. */
Value marshal_loads(const void *data, size_t n, bool trusted, size_t *used);

/* A number that is the same only for the same opcodes (names, order, caches) and format. */
uint32_t marshal_tag(void);

#endif
