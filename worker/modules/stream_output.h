/*
 * stream_output: what the streams of zlib, bz2 and lzma have in common: output of unknown length that grows in the heap, and input
 * that waits in a decompressor because its caller wanted no more output.
 */
#ifndef ATOLL_MODULES_STREAM_OUTPUT_H
#define ATOLL_MODULES_STREAM_OUTPUT_H

#include "objects/object.h"
#include "objects/bytes.h"

/* data[0..used) of a heap block; all zero to begin with. */
typedef struct StreamOutput {
    uint8_t *data;
    size_t used, capacity;
    unsigned growths;
} StreamOutput;

/* Makes room for at least one byte. first: the size to begin with; 0: what is usual. 0, -1 raised. */
int stream_output_room(StreamOutput *, size_t first);
/* Gives the block back; the bytes if good, else NULL with what was raised. */
Value stream_output_finish(StreamOutput *, bool good);

/* Libraries get their input in pieces, with a look at the breaker (work_charge_alone) between them. */
enum { STREAM_PIECE = 1 << 16, STREAM_PIECE_WORK = STREAM_PIECE / 16 };

/* Input of a decompressor: what it kept (bytes or NULL) and then the caller's, in one piece. */
typedef struct StreamInput {
    const uint8_t *data;
    size_t length;
    Buffer buffer; /* of the caller's */
    Value joined;  /* both, or NULL */
} StreamInput;

/* 0, -1 raised (then there is nothing to end). */
int stream_input_begin(StreamInput *, Value kept, Value data);
/* The bytes from `rest` on are kept: *kept becomes them. 0, -1 raised. */
int stream_input_keep(const StreamInput *, const uint8_t *rest, Value *kept);
void stream_input_end(StreamInput *);

#endif
