/*
 * frozen_source: the texts that frozen modules were compiled from, for tracebacks, linecache and inspect.
 *
 * They lie at the blob's end, each packed by zlib, and none is read before somebody asks for it. A single line
 * is taken out of the stream as it is unpacked, so that a traceback needs little memory, and none that stays.
 */
#include <zlib.h>

#include "import/frozen.h"
#include "objects/bytes.h"
#include "objects/protocols.h"
#include "objects/str.h"

enum { PIECE = 2048, LINE_ROOM = 1024 };

const FrozenRow *frozen_find_file(const char *path) {
    size_t length = strlen(path), n;
    const FrozenRow *row;
    for (size_t i = 0; (row = frozen_row(i)) != NULL; i++) {
        const char *file = frozen_file(row, &n);
        if (n == length && row->source_size && memcmp(file, path, n) == 0) return row;
    }
    return NULL;
}

/* ---- unpacking ---- */

static void *take(void *heap, unsigned count, unsigned size) { return heap_calloc(heap, count, size); }
static void give(void *heap, void *block) { heap_free(heap, block); }

static bool begin(z_stream *z, const FrozenRow *row) {
    size_t n;
    *z = (z_stream){.zalloc = take, .zfree = give, .opaque = rt->heap};
    z->next_in = (uint8_t *)(uintptr_t)frozen_source_packed(row, &n);
    z->avail_in = (unsigned)n;
    return inflateInit(z) == Z_OK;
}

Value frozen_source(const FrozenRow *row) {
    z_stream z;
    Value text = work_charge(row->source_size / 64) < 0 ? NULL : bytes_new(row->source_size);
    if (!text) return NULL;
    bool good = begin(&z, row);
    if (good) {
        z.next_out = bytes_data(text);
        z.avail_out = row->source_size;
        good = inflate(&z, Z_FINISH) == Z_STREAM_END;
        inflateEnd(&z);
    }
    if (good) return text;
    decref(text);
    return raise_no_memory();
}

/* ---- one line ---- */

typedef struct LineReader {
    z_stream z;
    const uint8_t *at, *end; /* unpacked and not yet read */
    uint8_t piece[PIECE];
} LineReader;

/* Unpacks the next piece; false at the end. */
static bool refill(LineReader *r) {
    r->z.next_out = r->piece;
    r->z.avail_out = PIECE;
    int code = inflate(&r->z, Z_NO_FLUSH);
    r->at = r->piece;
    r->end = r->z.next_out;
    return (code == Z_OK || code == Z_STREAM_END) && r->at < r->end;
}

/* Reads to the end of the line; what of it fits is put in line (NULL: nowhere). Its length; -1 at the end. */
static ssize_t read_line(LineReader *r, char *line) {
    for (size_t n = 0;;) {
        if (r->at == r->end && !refill(r)) return n ? (ssize_t)n : -1;
        const uint8_t *newline = memchr(r->at, '\n', (size_t)(r->end - r->at));
        size_t part = (size_t)((newline ? newline : r->end) - r->at);
        if (part > LINE_ROOM - n) part = LINE_ROOM - n;
        if (line) memcpy(line + n, r->at, part);
        n += part;
        r->at = newline ? newline + 1 : r->end;
        if (newline) return (ssize_t)n;
    }
}

Value frozen_source_line(Value filename, int number) {
    size_t length;
    const char *path = str_wtf8(filename, &length);
    const FrozenRow *row = path && strlen(path) == length ? frozen_find_file(path) : NULL;
    LineReader r;
    if (!path || !row) return NULL;
    if (!begin(&r.z, row)) return raise_no_memory();
    char line[LINE_ROOM];
    ssize_t n = 0;
    r.at = r.end = r.piece;
    for (int at = 1; n >= 0 && at <= number; at++) n = read_line(&r, at == number ? line : NULL);
    inflateEnd(&r.z);
    return n < 0 || number < 1 ? NULL : str_from_utf8(line, (size_t)n);
}
