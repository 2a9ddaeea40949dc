/*
 * linetable: source positions of a code object, packed; CPython 3.11's co_linetable format, so that tools
 * which know it can read ours.
 *
 * An entry covers 1 to 8 units: a byte 1ccccnnn (c: form, nnn: units - 1), then by form
 *     0..9    short: same line, columns below 80: one byte with the start column's low bits and the width
 *     10..12  one line: line + (c - 10), a byte start column, a byte end column
 *     13      no columns: signed varint line delta
 *     14      long: signed varint line delta, varint end line - line, varint column + 1, varint end column +
 * 1 15      no position Varints are little-endian groups of six bits, bit 6 says that more follow; signed
 * ones have the sign in the lowest bit.
 */
#ifndef ATOLL_COMPILE_LINETABLE_H
#define ATOLL_COMPILE_LINETABLE_H

#include "base/bump.h"
#include "objects/code.h"

typedef struct LineTable {
    Bump *bump;
    uint8_t *bytes;
    uint32_t size, capacity;
    int32_t line;
    Position pending; /* of units not written yet */
    uint32_t pending_units;
} LineTable;

void linetable_init(LineTable *table, Bump *bump, int32_t first_line);
/* The next `units` units stand at this position (line -1: none; columns -1: line only). False: memory. */
bool linetable_add(LineTable *table, Position position, uint32_t units);
bool linetable_finish(LineTable *table);

/* Reading: one entry after another. */
typedef struct LineReader {
    const uint8_t *at, *end;
    int32_t line;   /* running */
    uint32_t unit;  /* first unit of the current entry */
    uint32_t units; /* how many it covers */
    Position position;
} LineReader;

void line_reader_init(LineReader *reader, const Code *code);
/* Moves to the next entry; false at the end. */
bool line_reader_next(LineReader *reader);

#endif
