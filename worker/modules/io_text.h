/*
 * io_text: what the files about TextIOWrapper share: its state, and decoding.
 *
 * Where reading stands. `decoded` came from `chunk` and `used` of its characters are taken; the bytes of a character
 * that does not end in the chunk are in `tail`, or in the decoder. What tell() answers is a place in the stream's
 * bytes; a codec with a state may need more to get there again, so the answer can be a cookie (io_text_position.c).
 */
#ifndef ATOLL_MODULES_IO_TEXT_H
#define ATOLL_MODULES_IO_TEXT_H

#include "modules/io.h"
#include "objects/str.h"

typedef enum TextCodec { CODEC_UTF8, CODEC_LATIN1, CODEC_ASCII, CODEC_OTHER } TextCodec;

typedef struct TextIo {
    HeapObject head;
    bool closed; /* unused: `closed` is the buffer's */
    bool line_buffering, write_through, reads_universal, reads_translated, has_read1, seekable, telling,
        pending_cr, at_end;
    bool readable, writable;
    uint8_t codec, tail_length;
    uint8_t tail[4];
    char newline[3];       /* how lines end when reading; empty: universal */
    char write_newline[3]; /* what \n is written as; empty: as it is */
    unsigned seen;
    Value buffer; /* NULL: detached or not initialised */
    Value encoding, errors;
    Value encoder, decoder; /* of CODEC_OTHER, made when first needed */
    char *out;
    size_t out_length, out_capacity;
    Value decoded; /* str or NULL */
    size_t used;
    Value chunk;           /* bytes that `decoded` came from, while telling; or NULL */
    int chunk_flags;       /* CODEC_OTHER: the decoder's flags where the chunk begins */
    double bytes_for_each; /* CODEC_OTHER: of the chunk, for each character */
    size_t chunk_size;
    Attrs attrs;
} TextIo;

/* The stream is attached and open: 0, -1 raised. */
int io_text_check_open(TextIo *t);
/* Forgets what was read and not taken, and the decoder with its state. */
void io_text_forget(TextIo *t);
/* A piece of input with what is left of the one before, decoded, its newlines translated as asked. New. */
Value io_text_decode(TextIo *t, const uint8_t *data, size_t n, bool final);
/* The decoder of CODEC_OTHER is there: 0, -1 raised. */
int io_text_make_decoder(TextIo *t);
/* The decoder's state with a pending \r, for CODEC_OTHER: its undecoded bytes (new), its flags. 0, -1. */
int io_text_decoder_state(TextIo *t, Value *bytes, int *flags);
/* How many characters of `decoded` are not taken. */
static inline size_t io_text_available(const TextIo *t) {
    return t->decoded ? str_length(t->decoded) - t->used : 0;
}

Value io_text_tell(Value self);
Value io_text_seek(Value self, Value const *args, size_t nargs);

#endif
