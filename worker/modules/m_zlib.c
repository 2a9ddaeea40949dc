/*
 * zlib: compression by the system's zlib.
 *
 * A stream (Compress, Decompress) owns a z_stream whose memory is the worker's heap. Calls of one stream exclude each other by the GIL, which is
 * never given up here; the work is charged by the bytes that go in and come out.
 */
#include <limits.h>
#include <zlib.h>

#include "modules/module.h"
#include "modules/stream_output.h"
#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { BUFFER_SIZE = 16384, FEED = 1 << 20 };

typedef struct ZlibState {
    Type *error, *compress, *decompress;
} ZlibState;

#define ZLIB MODULE_STATE(zlib, ZlibState)

typedef struct Stream {
    HeapObject head;
    z_stream z;
    bool ready; /* z was initialised and is to be ended */
    bool eof;
    Value unused_data, unconsumed_tail, dictionary; /* of a Decompress: bytes; dictionary may be NULL */
} Stream;

static Stream *stream_of(Value v) { return (Stream *)(void *)v; }

/* ---- errors ---- */

static Value fail(const z_stream *z, int code, const char *doing) {
    const char *text = code == Z_VERSION_ERROR ? "library version mismatch" : z->msg;
    if (!text) {
        switch (code) {
        case Z_BUF_ERROR: text = "incomplete or truncated stream"; break;
        case Z_STREAM_ERROR: text = "inconsistent stream state"; break;
        case Z_DATA_ERROR: text = "invalid input data"; break;
        default: break;
        }
    }
    if (!text) return raise_type(ZLIB->error, "Error %d %s", code, doing);
    return raise_type(ZLIB->error, "Error %d %s: %s", code, doing, text);
}

/* What an init function said, other than Z_OK. */
static int refuse_options(const z_stream *z, int code, const char *doing) {
    if (code == Z_STREAM_ERROR) return raise_int(T_ValueError, "Invalid initialization option");
    if (code == Z_MEM_ERROR) return raise_no_memory(), -1;
    fail(z, code, doing);
    return -1;
}

/* ---- memory ---- */

/* Not cleared: zlib does that itself where it wants it. */
static void *take(void *heap, unsigned count, unsigned size) {
    return heap_alloc(heap, (size_t)count * size);
}
static void give(void *heap, void *block) { heap_free(heap, block); }

static void begin(z_stream *z) { *z = (z_stream){.zalloc = take, .zfree = give, .opaque = rt->heap}; }

/* ---- running a stream ---- */

typedef int Step(z_stream *z, int flush);

/* Steps until the step makes no more output of what it has, or limit bytes are out. The last code; INT_MIN:
 * raised. */
static int run(z_stream *z, Step *step, int flush, StreamOutput *o, size_t first, size_t limit) {
    for (;;) {
        if (stream_output_room(o, first) < 0) return INT_MIN;
        size_t room = o->capacity - o->used;
        if (room > limit - o->used) room = limit - o->used;
        z->next_out = o->data + o->used;
        z->avail_out = (unsigned)room;
        int code = step(z, flush);
        o->used += room - z->avail_out;
        if (z->avail_out || (code != Z_OK && code != Z_BUF_ERROR) || o->used >= limit) return code;
    }
}

/* The same with all of the input, piece by piece where a stream cannot take it whole; `last`: how to flush
 * behind the last. */
static int run_all(z_stream *z, Step *step, const Buffer *in, int last, StreamOutput *o, size_t first,
                   size_t limit) {
    size_t left = in->length;
    int code;
    z->next_in = in->data;
    do {
        z->avail_in = left > STREAM_PIECE ? STREAM_PIECE : (unsigned)left;
        left -= z->avail_in;
        code = run(z, step, left ? Z_NO_FLUSH : last, o, first, limit);
        if (work_charge_alone(STREAM_PIECE_WORK) < 0) return INT_MIN;
    } while (left && (code == Z_OK || code == Z_BUF_ERROR) && o->used < limit);
    return code;
}

/* ---- at once ---- */

static Value zlib_compress(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "level", "wbits", NULL};
    static const ArgSpec spec = {"compress", names, 3, 1, 3};
    Value out[3];
    int level = Z_DEFAULT_COMPRESSION, wbits = MAX_WBITS;
    Buffer in;
    if (!args_bind(&spec, args, nargs, kwnames, out) || buffer_get(out[0], &in, false) < 0) return NULL;
    if ((out[1] && value_as_int(out[1], &level) < 0) || (out[2] && value_as_int(out[2], &wbits) < 0)) {
        buffer_release(&in);
        return NULL;
    }
    z_stream z;
    begin(&z);
    StreamOutput o = {0};
    int code =
        deflateInit2(&z, level, Z_DEFLATED, wbits, MAX_MEM_LEVEL < 8 ? MAX_MEM_LEVEL : 8, Z_DEFAULT_STRATEGY);
    if (code == Z_OK) {
        code = run_all(&z, deflate, &in, Z_FINISH, &o, 0, SIZE_MAX);
        if (code != Z_STREAM_END && code != INT_MIN) fail(&z, code, "while compressing data");
        deflateEnd(&z);
    } else if (code == Z_MEM_ERROR) {
        raise_error(T_MemoryError, "Out of memory while compressing data");
    } else if (code == Z_STREAM_ERROR) {
        raise_type(ZLIB->error, "Bad compression level");
    } else {
        fail(&z, code, "while compressing data");
    }
    buffer_release(&in);
    return stream_output_finish(&o, code == Z_STREAM_END);
}

/* bufsize: how much output is expected; at least 1. 0, -1 raised. */
static int size_argument(Value v, size_t *out) {
    if (!v) return 0;
    ssize_t n = value_as_ssize_argument(v);
    if (n == -1 && error_pending()) return -1;
    *out = n > 0 ? (size_t)n : 1;
    return 0;
}

static Value zlib_decompress(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "wbits", "bufsize", NULL};
    static const ArgSpec spec = {"decompress", names, 3, 1, 3};
    Value out[3];
    int wbits = MAX_WBITS;
    size_t size = BUFFER_SIZE;
    Buffer in;
    if (!args_bind(&spec, args, nargs, kwnames, out) || buffer_get(out[0], &in, false) < 0) return NULL;
    if ((out[1] && value_as_int(out[1], &wbits) < 0) || size_argument(out[2], &size) < 0) {
        buffer_release(&in);
        return NULL;
    }
    z_stream z;
    begin(&z);
    StreamOutput o = {0};
    int code = inflateInit2(&z, wbits);
    if (code == Z_OK) {
        code = run_all(&z, inflate, &in, Z_SYNC_FLUSH, &o, size, SIZE_MAX);
        if (code == Z_OK) code = Z_BUF_ERROR;
        if (code != Z_STREAM_END && code != INT_MIN) fail(&z, code, "while decompressing data");
        inflateEnd(&z);
    } else if (code == Z_MEM_ERROR) {
        raise_error(T_MemoryError, "Out of memory while decompressing data");
    } else {
        fail(&z, code, "while preparing to decompress data");
    }
    buffer_release(&in);
    return stream_output_finish(&o, code == Z_STREAM_END);
}

/* ---- checksums ---- */

/* The 32 low bits of an int. */
static int low_bits(Value v, uLong *out) {
    Value index = value_index(v), low = index ? int_and(index, small_int_new(UINT32_MAX)) : NULL;
    int64_t n = 0;
    bool good = low && int_to_i64(low, &n);
    xdecref(index);
    xdecref(low);
    *out = (uLong)n;
    return good ? 0 : -1;
}

static Value checksum(const char *name, uLong (*step)(uLong, const Bytef *, uInt), uLong start,
                      Value const *args, size_t nargs) {
    Buffer in;
    if (!args_count(name, nargs, 1, 2) || buffer_get(args[0], &in, false) < 0) return NULL;
    if (nargs > 1 && low_bits(args[1], &start) < 0) {
        buffer_release(&in);
        return NULL;
    }
    const uint8_t *data = in.data;
    int status = 0;
    size_t left = in.length;
    do {
        uInt n = left > FEED ? FEED : (uInt)left;
        start = step(start, data, n);
        data += n;
        left -= n;
        status = work_charge(n / 64);
    } while (left && status == 0);
    buffer_release(&in);
    return status < 0 ? NULL : int_from_i64((int64_t)(start & UINT32_MAX));
}

static Value zlib_crc32(Value module, Value const *args, size_t nargs) {
    (void)module;
    return checksum("crc32", crc32, 0, args, nargs);
}

static Value zlib_adler32(Value module, Value const *args, size_t nargs) {
    (void)module;
    return checksum("adler32", adler32, 1, args, nargs);
}

/* ---- streams ---- */

static Stream *stream_new(Type *type) {
    Stream *s = (Stream *)(void *)value_alloc(type, 0);
    if (!s) return NULL;
    begin(&s->z);
    s->ready = s->eof = false;
    s->unused_data = s->unconsumed_tail = s->dictionary = NULL;
    return s;
}

static void stream_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Stream *s = (Stream *)(void *)o;
    if (s->ready) {
        if (AS_VALUE(s)->head.kind == &ZLIB->compress->kind) deflateEnd(&s->z);
        else inflateEnd(&s->z);
    }
    xdecref(s->unused_data);
    xdecref(s->unconsumed_tail);
    xdecref(s->dictionary);
    value_free(AS_VALUE(s));
}

static Value zlib_compressobj(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"level", "method", "wbits", "memLevel", "strategy", "zdict", NULL};
    static const ArgSpec spec = {"compressobj", names, 6, 0, 6};
    Value out[6];
    int n[5] = {Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS, 8, Z_DEFAULT_STRATEGY};
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    for (int i = 0; i < 5; i++)
        if (out[i] && value_as_int(out[i], &n[i]) < 0) return NULL;
    Buffer dictionary = {0};
    bool has_dictionary = out[5] && out[5] != NONE;
    if (has_dictionary && buffer_get(out[5], &dictionary, false) < 0) return NULL;
    Stream *s = stream_new(ZLIB->compress);
    int code = s ? deflateInit2(&s->z, n[0], n[1], n[2], n[3], n[4]) : Z_MEM_ERROR, status = s ? 0 : -1;
    if (s && code != Z_OK) status = refuse_options(&s->z, code, "while creating compression object");
    if (status == 0) {
        s->ready = true;
        if (has_dictionary && deflateSetDictionary(&s->z, dictionary.data, (uInt)dictionary.length) != Z_OK)
            status = raise_int(T_ValueError, "Invalid dictionary");
    }
    if (has_dictionary) buffer_release(&dictionary);
    if (status < 0 && s) decref(AS_VALUE(s));
    return status < 0 ? NULL : AS_VALUE(s);
}

static Value compress_compress(Value v, Value data) {
    Buffer in;
    if (buffer_get(data, &in, false) < 0) return NULL;
    StreamOutput o = {0};
    z_stream *z = &stream_of(v)->z;
    int code = run_all(z, deflate, &in, Z_NO_FLUSH, &o, 0, SIZE_MAX);
    bool good = code == Z_OK || code == Z_BUF_ERROR;
    if (!good && code != INT_MIN) fail(z, code, "while compressing data");
    buffer_release(&in);
    return stream_output_finish(&o, good);
}

static Value compress_flush(Value v, Value const *args, size_t nargs) {
    int mode = Z_FINISH;
    if (!args_count("flush", nargs, 0, 1) || (nargs && value_as_int(args[0], &mode) < 0)) return NULL;
    if (mode == Z_NO_FLUSH) return bytes_from("", 0);
    Stream *s = stream_of(v);
    StreamOutput o = {0};
    s->z.avail_in = 0;
    int code = run(&s->z, deflate, mode, &o, 0, SIZE_MAX);
    bool good = code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END;
    if (code == Z_STREAM_END && mode == Z_FINISH && s->ready) {
        s->ready = false;
        deflateEnd(&s->z);
    } else if (!good && code != INT_MIN) {
        fail(&s->z, code, "while flushing");
    }
    return stream_output_finish(&o, good);
}

static Value share(Value v) { return v ? incref(v) : NULL; }

static Value stream_copy(Value v) {
    Stream *from = stream_of(v), *to = stream_new(type_of(v));
    if (!to) return NULL;
    bool compresses = type_of(v) == ZLIB->compress;
    if (!from->ready) {
        decref(AS_VALUE(to));
        return raise_error(T_ValueError, "Inconsistent stream state");
    }
    int code = compresses ? deflateCopy(&to->z, &from->z) : inflateCopy(&to->z, &from->z);
    if (code != Z_OK) {
        if (code == Z_STREAM_ERROR) raise_error(T_ValueError, "Inconsistent stream state");
        else if (code == Z_MEM_ERROR) raise_no_memory();
        else
            fail(&from->z, code,
                 compresses ? "while copying compression object" : "while copying decompression object");
        decref(AS_VALUE(to));
        return NULL;
    }
    to->ready = true;
    to->eof = from->eof;
    to->unused_data = share(from->unused_data);
    to->unconsumed_tail = share(from->unconsumed_tail);
    to->dictionary = share(from->dictionary);
    return AS_VALUE(to);
}

static Value stream_deepcopy(Value v, Value memo) {
    (void)memo;
    return stream_copy(v);
}

static Value no_arguments(const char *function, Value v, size_t nargs) {
    return nargs ? raise_error(T_TypeError, "%s() takes no arguments", function) : stream_copy(v);
}

static Value stream_copy_method(Value v, Value const *args, size_t nargs) {
    (void)args;
    return no_arguments("copy", v, nargs);
}

static Value stream_copy_special(Value v, Value const *args, size_t nargs) {
    (void)args;
    return no_arguments("__copy__", v, nargs);
}

/* A bytes of what v exports. */
static Value bytes_of(Value v) {
    Buffer in;
    if (buffer_get(v, &in, false) < 0) return NULL;
    Value bytes = bytes_from(in.data, in.length);
    buffer_release(&in);
    return bytes;
}

static Value zlib_decompressobj(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"wbits", "zdict", NULL};
    static const ArgSpec spec = {"decompressobj", names, 2, 0, 2};
    Value out[2];
    int wbits = MAX_WBITS;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[0] && value_as_int(out[0], &wbits) < 0))
        return NULL;
    if (out[1] && !type_of(out[1])->slots.get_buffer)
        return raise_error(T_TypeError, "zdict argument must support the buffer protocol");
    Stream *s = stream_new(ZLIB->decompress);
    if (!s) return NULL;
    s->unused_data = bytes_from("", 0);
    s->unconsumed_tail = bytes_from("", 0);
    s->dictionary = out[1] ? bytes_of(out[1]) : NULL;
    int code = s->unused_data && s->unconsumed_tail && (s->dictionary || !out[1]) ? inflateInit2(&s->z, wbits)
                                                                                  : Z_ERRNO;
    if (code == Z_OK) s->ready = true;
    if (code == Z_OK && wbits < 0 && s->dictionary &&
        inflateSetDictionary(&s->z, bytes_data(s->dictionary), (uInt)bytes_length(s->dictionary)) != Z_OK)
        code = (fail(&s->z, Z_DATA_ERROR, "while setting zdict"), Z_ERRNO);
    if (code == Z_OK) return AS_VALUE(s);
    if (code != Z_ERRNO) refuse_options(&s->z, code, "while creating decompression object");
    decref(AS_VALUE(s));
    return NULL;
}

/* Behind a step: what the stream did not want, or could not yet take, is kept. 0, -1 raised. */
static int keep_rest(Stream *s, const Buffer *in, int code) {
    const uint8_t *from = s->z.next_in ? s->z.next_in : (const uint8_t *)"";
    size_t left = s->z.next_in ? (size_t)((const uint8_t *)in->data + in->length - from) : 0;
    Value rest = bytes_from(from, left);
    if (!rest) return -1;
    if (code == Z_STREAM_END) {
        s->eof = true;
        Value old = s->unused_data, joined = bytes_concat(old, rest);
        if (!joined) return decref(rest), -1;
        s->unused_data = joined;
        decref(old);
    }
    /* A tail that there was gives way to what is left now, at the end of the stream too. */
    if (code == Z_STREAM_END && bytes_length(s->unconsumed_tail) == 0) return decref(rest), 0;
    decref(s->unconsumed_tail);
    s->unconsumed_tail = rest;
    return 0;
}

/* One run with the stream's dictionary given when it is asked for. */
static int inflate_all(Stream *s, const Buffer *in, int flush, StreamOutput *o, size_t first, size_t limit) {
    int code = run_all(&s->z, inflate, in, flush, o, first, limit);
    if (code != Z_NEED_DICT || !s->dictionary) return code;
    code = inflateSetDictionary(&s->z, bytes_data(s->dictionary), (uInt)bytes_length(s->dictionary));
    if (code != Z_OK) return fail(&s->z, code, "while setting zdict"), INT_MIN;
    size_t done = (size_t)(s->z.next_in - (const uint8_t *)in->data);
    Buffer rest = {.data = (uint8_t *)in->data + done, .length = in->length - done};
    return run_all(&s->z, inflate, &rest, flush, o, first, limit);
}

static Value decompress(Stream *s, const Buffer *in, int flush, size_t first, size_t limit,
                        const char *doing) {
    StreamOutput o = {0};
    int code = inflate_all(s, in, flush, &o, first, limit);
    bool good = code == Z_OK || code == Z_BUF_ERROR || code == Z_STREAM_END;
    if (!good && code != INT_MIN) fail(&s->z, code, doing);
    if (good && keep_rest(s, in, code) < 0) good = false;
    return stream_output_finish(&o, good);
}

static Value decompress_decompress(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "max_length", NULL};
    static const ArgSpec spec = {"decompress", names, 2, 1, 2};
    Value out[2];
    Buffer in;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t most = out[1] ? value_as_ssize_argument(out[1]) : 0;
    if (most == -1 && error_pending()) return NULL;
    if (most < 0) return raise_error(T_ValueError, "max_length must be non-negative");
    if (buffer_get(out[0], &in, false) < 0) return NULL;
    size_t limit = most ? (size_t)most : SIZE_MAX;
    Value result = decompress(stream_of(v), &in, Z_SYNC_FLUSH, limit < BUFFER_SIZE ? limit : BUFFER_SIZE,
                              limit, "while decompressing data");
    buffer_release(&in);
    return result;
}

static Value decompress_flush(Value v, Value const *args, size_t nargs) {
    ssize_t size = BUFFER_SIZE;
    if (!args_count("flush", nargs, 0, 1)) return NULL;
    if (nargs && (size = value_as_ssize_argument(args[0])) == -1 && error_pending()) return NULL;
    if (size <= 0) return raise_error(T_ValueError, "length must be greater than zero");
    Stream *s = stream_of(v);
    Value tail = incref(s->unconsumed_tail);
    Buffer in = {.data = bytes_data(tail), .length = bytes_length(tail)};
    Value result = decompress(s, &in, Z_FINISH, (size_t)size, SIZE_MAX, "while flushing");
    if (s->eof && s->ready) {
        s->ready = false;
        inflateEnd(&s->z);
    }
    decref(tail);
    return result;
}

/* ---- tables ---- */

static const NativeMethod compress_methods[] = {
    METHOD_ONE("compress", compress_compress,
               "compress($self, data, /)\n--\n\nTakes data in; returns what is ready."),
    METHOD_FAST("flush", compress_flush,
                "flush($self, mode=zlib.Z_FINISH, /)\n--\n\nReturns what is still to come."),
    METHOD_FAST("copy", stream_copy_method, "copy($self, /)\n--\n\nA stream in the same state."),
    METHOD_FAST("__copy__", stream_copy_special, NULL),
    METHOD_ONE("__deepcopy__", stream_deepcopy, NULL),
    METHOD_END,
};

static const NativeMethod decompress_methods[] = {
    METHOD_KW("decompress", decompress_decompress,
              "decompress($self, data, /, max_length=0)\n--\n\nTakes data in; returns what it held."),
    METHOD_FAST("flush", decompress_flush,
                "flush($self, length=zlib.DEF_BUF_SIZE, /)\n--\n\nReturns what is still to come."),
    METHOD_FAST("copy", stream_copy_method, "copy($self, /)\n--\n\nA stream in the same state."),
    METHOD_FAST("__copy__", stream_copy_special, NULL),
    METHOD_ONE("__deepcopy__", stream_deepcopy, NULL),
    METHOD_END,
};

static const Member decompress_members[] = {
    {"unused_data", MEMBER_VALUE, offsetof(Stream, unused_data), true, NULL},
    {"unconsumed_tail", MEMBER_VALUE, offsetof(Stream, unconsumed_tail), true, NULL},
    {"eof", MEMBER_BOOL, offsetof(Stream, eof), true, NULL},
    {0},
};

static const TypeSpec compress_spec = {
    .name = "zlib.Compress",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Stream),
    .slots = {.free = stream_free},
    .methods = compress_methods,
};

static const TypeSpec decompress_spec = {
    .name = "zlib.Decompress",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Stream),
    .slots = {.free = stream_free},
    .methods = decompress_methods,
    .members = decompress_members,
};

static const NativeMethod zlib_functions[] = {
    METHOD_KW(
        "compress", zlib_compress,
        "compress($module, data, /, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS)\n--\n\nData compressed."),
    METHOD_KW("decompress", zlib_decompress,
              "decompress($module, data, /, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE)\n--\n\nWhat compressed "
              "data held."),
    METHOD_KW(
        "compressobj", zlib_compressobj,
        "compressobj($module, /, level=Z_DEFAULT_COMPRESSION, method=DEFLATED,\n            wbits=MAX_WBITS, "
        "memLevel=DEF_MEM_LEVEL,\n            strategy=Z_DEFAULT_STRATEGY, zdict=None)\n--\n\nA stream that "
        "compresses."),
    METHOD_KW("decompressobj", zlib_decompressobj,
              "decompressobj($module, /, wbits=MAX_WBITS, zdict=b\'\')\n--\n\nA stream that decompresses."),
    METHOD_FAST("crc32", zlib_crc32,
                "crc32($module, data, value=0, /)\n--\n\nA CRC-32 checksum, of data behind that of value."),
    METHOD_FAST(
        "adler32", zlib_adler32,
        "adler32($module, data, value=1, /)\n--\n\nAn Adler-32 checksum, of data behind that of value."),
    METHOD_END,
};

static int add_constants(Value module) {
#define ROW(name)                                                                                            \
    { #name, name }
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        ROW(MAX_WBITS),
        {"DEFLATED", Z_DEFLATED},
        {"DEF_MEM_LEVEL", 8},
        {"DEF_BUF_SIZE", BUFFER_SIZE},
        ROW(Z_NO_COMPRESSION),
        ROW(Z_BEST_SPEED),
        ROW(Z_BEST_COMPRESSION),
        ROW(Z_DEFAULT_COMPRESSION),
        ROW(Z_FILTERED),
        ROW(Z_HUFFMAN_ONLY),
        ROW(Z_RLE),
        ROW(Z_FIXED),
        ROW(Z_DEFAULT_STRATEGY),
        ROW(Z_NO_FLUSH),
        ROW(Z_PARTIAL_FLUSH),
        ROW(Z_SYNC_FLUSH),
        ROW(Z_FULL_FLUSH),
        ROW(Z_FINISH),
        ROW(Z_BLOCK),
        ROW(Z_TREES),
    };
#undef ROW
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
        if (module_add_int(module, constants[i].name, constants[i].value) < 0) return -1;
    return 0;
}

static int zlib_ready(Value module) {
    ZlibState *s = module_state_new(M_zlib, sizeof *s);
    if (!s) return -1;
    if (!s->error) {
        Value bases = tuple_pack(1, AS_VALUE(TYPE(Exception)));
        s->error = bases ? type_new_simple("zlib.error", bases, NULL, NULL) : NULL;
        xdecref(bases);
        if (!s->error) return -1;
    }
    if (module_ready_type(&s->compress, &compress_spec, NULL) < 0 ||
        module_ready_type(&s->decompress, &decompress_spec, NULL) < 0 ||
        module_add(module, "error", incref(AS_VALUE(s->error))) < 0 || add_constants(module) < 0)
        return -1;
    return module_add_text(module, "ZLIB_VERSION", ZLIB_VERSION) < 0 ||
                   module_add_text(module, "ZLIB_RUNTIME_VERSION", zlibVersion()) < 0 ||
                   module_add_text(module, "__version__", "1.0") < 0
               ? -1
               : 0;
}

const ModuleSpec module_zlib = {
    .name = "zlib",
    .doc = "Compression and decompression in zlib's format, and its checksums.",
    .functions = zlib_functions,
    .ready = zlib_ready,
};
