/* pyc: the header of a compiled file: magic, flags, and what the source was: its time and size, or its hash.
 */
#ifndef ATOLL_IMPORT_PYC_H
#define ATOLL_IMPORT_PYC_H

#include "objects/object.h"

typedef struct PycSource {
    bool by_hash;
    uint32_t mtime, size; /* !by_hash */
    uint64_t hash;
} PycSource;

enum { PYC_HEADER = 16 };

/* The header's first four bytes: ours alone, for these opcodes. */
void pyc_magic(uint8_t out[4]);
/* File contents for a code object. New bytes; NULL raised. */
Value pyc_dump(Value code, const PycSource *source);
/* The code of a file made from this very source. New; NULL without error when it is stale or not ours; NULL
 * raised when broken. */
Value pyc_load(const uint8_t *data, size_t n, const PycSource *source);

#endif
