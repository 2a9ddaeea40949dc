/* bytes, bytearray and the buffer protocol. */
#ifndef ATOLL_OBJECTS_BYTES_H
#define ATOLL_OBJECTS_BYTES_H

#include "objects/object.h"

typedef struct Bytes {
    HeapObject head;
    size_t length;
    Hash hash;      /* 0: not computed */
    uint8_t data[]; /* NUL after the last */
} Bytes;

typedef struct ByteArray {
    HeapObject head;
    size_t length, capacity;
    uint8_t *data;
    size_t exports; /* buffers held by others: no resize while > 0 */
} ByteArray;

/* One exported buffer: contiguous or strided memory with a struct-module format. */
struct Buffer {
    void *data;
    size_t length;      /* bytes */
    Value owner;        /* new reference, dropped by buffer_release */
    const char *format; /* "B" when NULL */
    size_t item_size;
    int dimensions;
    ssize_t shape[8], strides[8];
    bool read_only;
};

Value bytes_new(size_t length); /* data undefined but the final NUL */
Value bytes_from(const void *data, size_t n);
static inline uint8_t *bytes_data(Value v) { return ((Bytes *)v)->data; }
static inline size_t bytes_length(Value v) { return ((Bytes *)v)->length; }
/* `total` bytes of which the first n are `from` (or stand there already) and the others repeat them; total is a multiple of n. -1: the
 * breaker has raised. */
int bytes_fill_repeated(uint8_t *to, const uint8_t *from, size_t n, size_t total);
Value bytes_repr(Value v);
Value bytes_concat(Value a, Value b);
Value bytearray_from(const void *data, size_t n);
int bytearray_resize(Value v, size_t length);
/* From any value with the buffer protocol: "a bytes-like object is required, not 'int'". 0, -1 raised. */
int buffer_get(Value o, Buffer *out, bool writable);
/* The same to read; whatever refuses, a TypeError of this format (raise_error's) is what is raised. */
int buffer_get_for(Value o, Buffer *out, const char *format, ...);
void buffer_release(Buffer *);
Value memoryview_new(Value o);
/* The items in order, as bytes. */
Value memoryview_tobytes(Value view);

#endif
