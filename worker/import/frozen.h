/*
 * frozen: modules compiled when the worker was built.
 *
 * All are one read-only blob in the executable: FrozenHeader, `count` FrozenRows sorted by name, then the
 * names and paths, the marshalled code, and the sources packed by zlib. The blob is made by the freezer; a
 * worker without one (the freezer itself) has none.
 */
#ifndef ATOLL_IMPORT_FROZEN_H
#define ATOLL_IMPORT_FROZEN_H

#include "objects/object.h"

typedef struct FrozenHeader {
    char magic[4]; /* "ATFZ" */
    uint32_t count;
} FrozenHeader;

typedef struct FrozenRow {
    uint32_t name, name_length; /* offsets from the blob's start */
    uint32_t data, data_length;
    uint32_t file, file_length;                  /* the source's path */
    uint32_t source, source_length, source_size; /* packed; and its size when unpacked, 0: none is kept */
    uint32_t is_package;
    uint32_t is_nameless; /* known as <frozen NAME>, as CPython has it, not by its path */
} FrozenRow;

/* NULL: no such frozen module. name in UTF-8. */
const FrozenRow *frozen_find(const char *name);
const FrozenRow *frozen_row(size_t i); /* NULL past the last */
const char *frozen_name(const FrozenRow *row, size_t *n);
const char *frozen_file(const FrozenRow *row, size_t *n);
/* The code object, new; NULL raised. */
Value frozen_code(const FrozenRow *row);

/* ---- sources (frozen_source.c) ---- */

/* A module by its source's path, if that source is kept; NULL: there is none. */
const FrozenRow *frozen_find_file(const char *path);
const uint8_t *frozen_source_packed(const FrozenRow *row, size_t *n);
/* The source, bytes, of a row that has one. New; NULL raised. */
Value frozen_source(const FrozenRow *row);
/* Line `number` (from 1) without its newline of the source of that path, new; NULL without error when there is
 * none, with one when there is no memory. */
Value frozen_source_line(Value filename, int number);

#endif
