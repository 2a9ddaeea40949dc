/*
 * _bz2: compression by libbz2, whose memory is the worker's heap. A compressor or decompressor is one Bz2Stream; calls of one
 * exclude each other by the GIL, which is never given up here; the work is charged by the bytes that go in and come out.
 */
#include <bzlib.h>
#include <limits.h>

#include "modules/module.h"
#include "modules/stream_output.h"
#include "objects/bytes.h"
#include "objects/int.h"

enum { FIRST_ROOM = 1 << 15 };

typedef struct Bz2State {
    Type *compressor, *decompressor;
} Bz2State;

#define BZ2 MODULE_STATE(bz2, Bz2State)

typedef struct Bz2Stream {
    HeapObject head;
    bz_stream z;
    bool ready;   /* z was initialised and is to be ended */
    bool flushed; /* of a compressor: nothing more can be taken in; of a decompressor: the data was bad */
    bool eof, needs_input; /* of a decompressor */
    Value unused_data;     /* bytes behind the end of the stream */
    Value kept;            /* bytes taken in and not yet used, or NULL */
} Bz2Stream;

static Bz2Stream *stream_of(Value v) { return (Bz2Stream *)(void *)v; }

/* 0 where the code is no error, else -1 raised. */
static int check(int code) {
    switch (code) {
    case BZ_OK:
    case BZ_RUN_OK:
    case BZ_FLUSH_OK:
    case BZ_FINISH_OK:
    case BZ_STREAM_END: return 0;
    case BZ_MEM_ERROR: return raise_no_memory(), -1;
    case BZ_DATA_ERROR:
    case BZ_DATA_ERROR_MAGIC: return raise_int(T_OSError, "Invalid data stream");
    case BZ_UNEXPECTED_EOF:
        return raise_int(T_EOFError, "Compressed file ended before the logical end-of-stream was detected");
    case BZ_PARAM_ERROR:
        return raise_int(T_ValueError, "Internal error - invalid parameters passed to libbzip2");
    case BZ_SEQUENCE_ERROR:
        return raise_int(T_RuntimeError, "Internal error - Invalid sequence of commands sent to libbzip2");
    default: return raise_int(T_OSError, "Unrecognized error from libbzip2: %d", code);
    }
}

static void *take(void *heap, int count, int size) {
    return count < 0 || size < 0 ? NULL : heap_alloc(heap, (size_t)count * (size_t)size);
}
static void give(void *heap, void *block) { heap_free(heap, block); }

static Bz2Stream *stream_new(Type *type) {
    Bz2Stream *s = stream_of(value_alloc(type, 0));
    if (!s) return NULL;
    s->z = (bz_stream){.bzalloc = take, .bzfree = give, .opaque = rt->heap};
    s->ready = s->flushed = s->eof = false;
    s->needs_input = true;
    s->kept = NULL;
    s->unused_data = bytes_from("", 0);
    if (!s->unused_data) return decref(AS_VALUE(s)), NULL;
    return s;
}

static void stream_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Bz2Stream *s = (Bz2Stream *)(void *)o;
    if (s->ready) {
        if (AS_VALUE(s)->head.kind == &BZ2->compressor->kind) BZ2_bzCompressEnd(&s->z);
        else BZ2_bzDecompressEnd(&s->z);
    }
    xdecref(s->unused_data);
    xdecref(s->kept);
    value_free(AS_VALUE(s));
}

/* Points z at the output's room, no more than up to limit bytes in all. 0, -1 raised. */
static int offer_room(bz_stream *z, StreamOutput *o, size_t limit) {
    if (stream_output_room(o, limit < FIRST_ROOM ? limit : 0) < 0) return -1;
    size_t room = o->capacity - o->used;
    if (room > limit - o->used) room = limit - o->used;
    z->next_out = (char *)o->data + o->used;
    z->avail_out = room > UINT_MAX ? UINT_MAX : (unsigned)room;
    return 0;
}

static void offer_input(bz_stream *z, const uint8_t **data, size_t *left) {
    if (z->avail_in || !*left) return;
    z->next_in = (char *)(uintptr_t)*data;
    z->avail_in = *left > STREAM_PIECE ? STREAM_PIECE : (unsigned)*left;
    *data += z->avail_in;
    *left -= z->avail_in;
}

/* ---- compressing ---- */

static Value compressor_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", NULL};
    static const ArgSpec spec = {"BZ2Compressor", names, 1, 0, 1};
    Value out[1];
    int level = 9;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[0] && value_as_int(out[0], &level) < 0))
        return NULL;
    if (level < 1 || level > 9) return raise_error(T_ValueError, "compresslevel must be between 1 and 9");
    Bz2Stream *s = stream_new(type);
    if (!s) return NULL;
    if (check(BZ2_bzCompressInit(&s->z, level, 0, 0)) < 0) return decref(AS_VALUE(s)), NULL;
    s->ready = true;
    return AS_VALUE(s);
}

/* Takes all of the input in, and with BZ_FINISH puts out all that is left. */
static Value compress_all(Bz2Stream *s, const uint8_t *data, size_t left, int action) {
    StreamOutput o = {0};
    bz_stream *z = &s->z;
    int status = 0;
    for (bool more = true; more && status == 0;) {
        offer_input(z, &data, &left);
        if (action == BZ_RUN && z->avail_in == 0) break;
        if ((status = offer_room(z, &o, SIZE_MAX)) < 0) break;
        unsigned room = z->avail_out;
        int code = BZ2_bzCompress(z, z->avail_in || left ? BZ_RUN : action);
        o.used += room - z->avail_out;
        status = check(code) < 0 ? -1 : work_charge_alone(STREAM_PIECE_WORK);
        more = code != BZ_STREAM_END;
    }
    return stream_output_finish(&o, status == 0);
}

static Value compressor_compress(Value v, Value data) {
    Bz2Stream *s = stream_of(v);
    StreamInput in;
    if (stream_input_begin(&in, NULL, data) < 0) return NULL;
    Value result = s->flushed ? raise_error(T_ValueError, "Compressor has been flushed")
                              : compress_all(s, in.data, in.length, BZ_RUN);
    stream_input_end(&in);
    return result;
}

static Value compressor_flush(Value v) {
    Bz2Stream *s = stream_of(v);
    if (s->flushed) return raise_error(T_ValueError, "Repeated call to flush()");
    s->flushed = true;
    return compress_all(s, (const uint8_t *)"", 0, BZ_FINISH);
}

/* ---- decompressing ---- */

static Value decompressor_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (nargs || kwnames) return raise_error(T_TypeError, "BZ2Decompressor() takes no arguments");
    Bz2Stream *s = stream_new(type);
    if (!s) return NULL;
    if (check(BZ2_bzDecompressInit(&s->z, 0, 0)) < 0) return decref(AS_VALUE(s)), NULL;
    s->ready = true;
    return AS_VALUE(s);
}

/* Until the stream ends, the input is used up or `limit` bytes are out. *rest: the input not used. 0, -1 raised. */
static int decompress_all(Bz2Stream *s, const StreamInput *in, StreamOutput *o, size_t limit,
                          const uint8_t **rest) {
    bz_stream *z = &s->z;
    const uint8_t *data = in->data;
    size_t left = in->length;
    int status = 0;
    z->avail_in = 0;
    while (status == 0 && !s->eof) {
        offer_input(z, &data, &left);
        if ((status = offer_room(z, o, limit)) < 0) break;
        unsigned room = z->avail_out;
        int code = BZ2_bzDecompress(z);
        o->used += room - z->avail_out;
        status = check(code) < 0 ? -1 : work_charge_alone(STREAM_PIECE_WORK);
        s->eof = code == BZ_STREAM_END;
        if (o->used == limit || (z->avail_in == 0 && left == 0 && z->avail_out)) break;
    }
    *rest = data - z->avail_in;
    z->next_in = NULL;
    z->avail_in = 0;
    return status;
}

static Value decompressor_decompress(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"data", "max_length", NULL};
    static const ArgSpec spec = {"decompress", names, 2, 1, 2};
    Bz2Stream *s = stream_of(v);
    Value out[2];
    StreamInput in;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t most = out[1] ? value_as_ssize_argument(out[1]) : -1;
    if (most == -1 && error_pending()) return NULL;
    if (s->eof) return raise_error(T_EOFError, "End of stream already reached");
    if (s->flushed) return raise_error(T_ValueError, "Decompressor is unusable after a previous error");
    if (stream_input_begin(&in, s->kept, out[0]) < 0) return NULL;
    StreamOutput o = {0};
    const uint8_t *rest;
    int status = most == 0 ? (rest = in.data, 0)
                           : decompress_all(s, &in, &o, most < 0 ? SIZE_MAX : (size_t)most, &rest);
    if (status == 0) status = stream_input_keep(&in, rest, s->eof ? &s->unused_data : &s->kept);
    if (status < 0 || s->eof) CLEAR_FIELD(s->kept);
    s->flushed = status < 0;
    s->needs_input = status == 0 && !s->eof && rest == in.data + in.length;
    stream_input_end(&in);
    return stream_output_finish(&o, status == 0);
}

/* ---- tables ---- */

static const NativeMethod compressor_methods[] = {
    METHOD_ONE("compress", compressor_compress,
               "compress($self, data, /)\n--\n\nTakes data in; returns what is ready."),
    METHOD_NOARGS("flush", compressor_flush,
                  "flush($self, /)\n--\n\nEnds it; returns what is still to come."),
    METHOD_END,
};

static const NativeMethod decompressor_methods[] = {
    METHOD_KW("decompress", decompressor_decompress,
              "decompress($self, /, data, max_length=-1)\n--\n\nTakes data in; returns what it held."),
    METHOD_END,
};

static const Member decompressor_members[] = {
    {"eof", MEMBER_BOOL, offsetof(Bz2Stream, eof), true, "Was the end of the stream reached?"},
    {"unused_data", MEMBER_VALUE, offsetof(Bz2Stream, unused_data), true, "What stood behind that end."},
    {"needs_input", MEMBER_BOOL, offsetof(Bz2Stream, needs_input), true,
     "Is more data wanted before there is more output?"},
    {0},
};

static const TypeSpec compressor_spec = {
    .name = "_bz2.BZ2Compressor",
    .doc = "BZ2Compressor(compresslevel=9, /)\n--\n\nCompresses data that comes in pieces.",
    .basic_size = sizeof(Bz2Stream),
    .slots = {.new_ = compressor_make, .free = stream_free},
    .methods = compressor_methods,
};

static const TypeSpec decompressor_spec = {
    .name = "_bz2.BZ2Decompressor",
    .doc = "BZ2Decompressor()\n--\n\nDecompresses data that comes in pieces.",
    .basic_size = sizeof(Bz2Stream),
    .slots = {.new_ = decompressor_make, .free = stream_free},
    .methods = decompressor_methods,
    .members = decompressor_members,
};

static int bz2_ready(Value module) {
    Bz2State *s = module_state_new(M_bz2, sizeof *s);
    return s && module_make_type(module, &s->compressor, &compressor_spec, NULL) == 0 &&
                   module_make_type(module, &s->decompressor, &decompressor_spec, NULL) == 0
               ? 0
               : -1;
}

const ModuleSpec module_bz2 = {.name = "_bz2", .doc = "Compression in bzip2's format.", .ready = bz2_ready};
