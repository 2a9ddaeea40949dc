/*
 * _lzma: compression by liblzma, whose memory is the worker's heap. A compressor or decompressor is one LzmaStream; calls of one
 * exclude each other by the GIL, which is never given up here; the work is charged by the bytes that go in and come out.
 *
 * A chain of filters comes as a sequence of dicts. The options of its filters stand beside the chain (FilterChain), so that nothing
 * is to be freed.
 */
#include <lzma.h>

#include "modules/module.h"
#include "modules/stream_output.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"

enum { FORMAT_AUTO, FORMAT_XZ, FORMAT_ALONE, FORMAT_RAW };
enum { FIRST_ROOM = 1 << 15, CHECK_UNKNOWN = LZMA_CHECK_ID_MAX + 1 };

typedef struct LzmaState {
    Type *error, *compressor, *decompressor;
} LzmaState;

#define LZMA MODULE_STATE(lzma, LzmaState)

typedef struct LzmaStream {
    HeapObject head;
    lzma_stream z;
    lzma_allocator memory;
    bool flushed;          /* of a compressor: nothing more can be taken in */
    bool eof, needs_input; /* of a decompressor */
    int check;
    Value unused_data; /* bytes behind the end of the stream */
    Value kept;        /* bytes taken in and not yet used, or NULL */
} LzmaStream;

static LzmaStream *stream_of(Value v) { return (LzmaStream *)(void *)v; }

/* 0 where the code is no error, else -1 raised. */
static int check(lzma_ret code) {
    switch (code) {
    case LZMA_OK:
    case LZMA_GET_CHECK:
    case LZMA_NO_CHECK:
    case LZMA_STREAM_END: return 0;
    case LZMA_UNSUPPORTED_CHECK: raise_type(LZMA->error, "Unsupported integrity check"); break;
    case LZMA_MEM_ERROR: raise_no_memory(); break;
    case LZMA_MEMLIMIT_ERROR: raise_type(LZMA->error, "Memory usage limit exceeded"); break;
    case LZMA_FORMAT_ERROR: raise_type(LZMA->error, "Input format not supported by decoder"); break;
    case LZMA_OPTIONS_ERROR: raise_type(LZMA->error, "Invalid or unsupported options"); break;
    case LZMA_DATA_ERROR: raise_type(LZMA->error, "Corrupt input data"); break;
    case LZMA_BUF_ERROR: raise_type(LZMA->error, "Insufficient buffer space"); break;
    case LZMA_PROG_ERROR: raise_type(LZMA->error, "Internal error"); break;
    default: raise_type(LZMA->error, "Unrecognized error from liblzma: %d", (int)code);
    }
    return -1;
}

/* ---- chains of filters ---- */

typedef union FilterOptions {
    lzma_options_lzma lzma;
    lzma_options_delta delta;
    lzma_options_bcj bcj;
} FilterOptions;

typedef struct FilterChain {
    lzma_filter filters[LZMA_FILTERS_MAX + 1]; /* the last one's id says so */
    FilterOptions options[LZMA_FILTERS_MAX];
} FilterChain;

/* The number under that key, if the mapping has it: 1, 0 without it, -1 raised. */
static int number_under(Value spec, const char *key, uint64_t max, uint64_t *out) {
    Value name = str_from_cstr(key), v = name ? value_getitem(spec, name) : NULL;
    xdecref(name);
    if (!v) {
        if (!error_matches(T_KeyError)) return -1;
        error_clear();
        return 0;
    }
    int status = value_as_u64(v, out);
    decref(v);
    if (status == 0 && *out > max)
        status = raise_int(T_OverflowError, max == UINT32_MAX ? "Value too large for uint32_t type"
                                                              : "Value too large for lzma_vli type");
    return status < 0 ? -1 : 1;
}

static int number32_under(Value spec, const char *key, uint32_t *out) {
    uint64_t n;
    int found = number_under(spec, key, UINT32_MAX, &n);
    if (found > 0) *out = (uint32_t)n;
    return found;
}

/* Has the dict only keys of that list (up to a NULL)? */
static int check_keys(Value spec, const char *const *known, const char *kind) {
    if (!is_dict(spec)) return 0;
    size_t at = 0;
    for (Value key, value; dict_next(spec, &at, &key, &value);) {
        bool good = false;
        for (const char *const *name = known; !good && *name; name++)
            good = is_str(key) && str_equal_cstr(key, *name);
        if (!good) return raise_int(T_ValueError, "Invalid filter specifier for %s filter", kind);
    }
    return 0;
}

static int lzma_options(Value spec, lzma_options_lzma *out) {
    static const char *const keys[] = {"id",   "preset",   "dict_size", "lc",    "lp", "pb",
                                       "mode", "nice_len", "mf",        "depth", NULL};
    uint32_t preset = LZMA_PRESET_DEFAULT, mode, mf;
    if (number32_under(spec, "preset", &preset) < 0 || check_keys(spec, keys, "LZMA") < 0) return -1;
    if (lzma_lzma_preset(out, preset)) {
        raise_type(LZMA->error, "Invalid compression preset: %u", preset);
        return -1;
    }
    mode = out->mode;
    mf = out->mf;
    if (number32_under(spec, "dict_size", &out->dict_size) < 0 || number32_under(spec, "lc", &out->lc) < 0 ||
        number32_under(spec, "lp", &out->lp) < 0 || number32_under(spec, "pb", &out->pb) < 0 ||
        number32_under(spec, "mode", &mode) < 0 || number32_under(spec, "nice_len", &out->nice_len) < 0 ||
        number32_under(spec, "mf", &mf) < 0 || number32_under(spec, "depth", &out->depth) < 0)
        return -1;
    out->mode = (lzma_mode)mode;
    out->mf = (lzma_match_finder)mf;
    return 0;
}

static bool is_bcj(lzma_vli id) { return id >= LZMA_FILTER_X86 && id <= LZMA_FILTER_SPARC; }

static int one_filter(Value spec, lzma_filter *filter, FilterOptions *options) {
    static const char *const delta_keys[] = {"id", "dist", NULL}, *const bcj_keys[] = {"id", "start_offset",
                                                                                       NULL};
    uint64_t id;
    if (!type_of(spec)->slots.getitem) {
        return raise_int(T_TypeError, "Filter specifier must be a dict or dict-like object");
    }
    int found = number_under(spec, "id", UINT64_MAX, &id);
    if (found < 0) return -1;
    if (!found) return raise_int(T_ValueError, "Filter specifier must have an \"id\" entry");
    *filter = (lzma_filter){.id = id, .options = options};
    if (id == LZMA_FILTER_LZMA1 || id == LZMA_FILTER_LZMA2) return lzma_options(spec, &options->lzma);
    if (id == LZMA_FILTER_DELTA) {
        options->delta = (lzma_options_delta){.type = LZMA_DELTA_TYPE_BYTE, .dist = 1};
        if (number32_under(spec, "dist", &options->delta.dist) < 0) return -1;
        return check_keys(spec, delta_keys, "delta");
    }
    if (!is_bcj(id)) return raise_int(T_ValueError, "Invalid filter ID: %llu", (unsigned long long)id);
    options->bcj = (lzma_options_bcj){0};
    if (number32_under(spec, "start_offset", &options->bcj.start_offset) < 0) return -1;
    return check_keys(spec, bcj_keys, "BCJ");
}

static int read_chain(Value specs, FilterChain *out) {
    if (is_dict(specs)) return raise_int(T_TypeError, "dict is not a sequence");
    Value all = value_to_tuple(specs);
    if (!all) return -1;
    size_t n = tuple_length(all);
    int status = n <= LZMA_FILTERS_MAX
                     ? 0
                     : raise_int(T_ValueError, "Too many filters - liblzma supports a maximum of %d",
                                 LZMA_FILTERS_MAX);
    for (size_t i = 0; status == 0 && i < n; i++)
        status = one_filter(tuple_item_borrow(all, i), &out->filters[i], &out->options[i]);
    if (status == 0) out->filters[n] = (lzma_filter){.id = LZMA_VLI_UNKNOWN};
    decref(all);
    return status;
}

/* ---- streams ---- */

/* Not cleared: liblzma does that itself where it wants it. */
static void *take(void *heap, size_t count, size_t size) {
    size_t bytes;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL : heap_alloc(heap, bytes);
}
static void give(void *heap, void *block) { heap_free(heap, block); }

static LzmaStream *stream_new(Type *type) {
    LzmaStream *s = stream_of(value_alloc(type, 0));
    if (!s) return NULL;
    s->z = (lzma_stream)LZMA_STREAM_INIT;
    s->memory = (lzma_allocator){take, give, rt->heap};
    s->z.allocator = &s->memory;
    s->flushed = s->eof = false;
    s->needs_input = true;
    s->check = CHECK_UNKNOWN;
    s->kept = NULL;
    s->unused_data = bytes_from("", 0);
    if (!s->unused_data) return decref(AS_VALUE(s)), NULL;
    return s;
}

static void stream_free(Heap *heap, HeapObject *o) {
    (void)heap;
    LzmaStream *s = (LzmaStream *)(void *)o;
    lzma_end(&s->z);
    xdecref(s->unused_data);
    xdecref(s->kept);
    value_free(AS_VALUE(s));
}

/* One step of a piece of input, into the output's room, no more than up to limit bytes in all. 0, -1 raised. */
static int step(lzma_stream *z, lzma_action action, StreamOutput *o, size_t limit, lzma_ret *code) {
    if (stream_output_room(o, limit < FIRST_ROOM ? limit : 0) < 0) return -1;
    size_t room = o->capacity - o->used;
    if (room > limit - o->used) room = limit - o->used;
    z->next_out = o->data + o->used;
    z->avail_out = room;
    size_t later = z->avail_in > STREAM_PIECE ? z->avail_in - STREAM_PIECE : 0;
    z->avail_in -= later;
    *code = lzma_code(z, later ? LZMA_RUN : action);
    z->avail_in += later;
    o->used += room - z->avail_out;
    /* Nothing to read and room to write in: it only waits. */
    if (*code == LZMA_BUF_ERROR && z->avail_in == 0 && z->avail_out > 0) *code = LZMA_OK;
    return check(*code) < 0 ? -1 : work_charge_alone(STREAM_PIECE_WORK);
}

/* ---- compressing ---- */

static int begin_compressor(LzmaStream *s, int format, int check_id, uint32_t preset, FilterChain *chain) {
    lzma_stream *z = &s->z;
    switch (format) {
    case FORMAT_XZ:
        s->check = check_id == -1 ? LZMA_CHECK_CRC64 : check_id;
        return check(chain ? lzma_stream_encoder(z, chain->filters, (lzma_check)s->check)
                           : lzma_easy_encoder(z, preset, (lzma_check)s->check));
    case FORMAT_ALONE: {
        lzma_options_lzma options;
        if (chain && (chain->filters[0].id != LZMA_FILTER_LZMA1 || chain->filters[1].id != LZMA_VLI_UNKNOWN))
            return raise_int(T_ValueError,
                             "Invalid filter chain for FORMAT_ALONE - must be a single LZMA1 filter");
        if (!chain && lzma_lzma_preset(&options, preset)) {
            raise_type(LZMA->error, "Invalid compression preset: %u", preset);
            return -1;
        }
        return check(lzma_alone_encoder(z, chain ? &chain->options[0].lzma : &options));
    }
    case FORMAT_RAW:
        if (!chain) return raise_int(T_ValueError, "Must specify filters for FORMAT_RAW");
        return check(lzma_raw_encoder(z, chain->filters));
    default: return raise_int(T_ValueError, "Invalid container format: %d", format);
    }
}

static Value compressor_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"format", "check", "preset", "filters", NULL};
    static const ArgSpec spec = {"LZMACompressor", names, 4, 0, 4};
    Value out[4];
    int format = FORMAT_XZ, check_id = -1;
    uint64_t preset = LZMA_PRESET_DEFAULT;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[0] && value_as_int(out[0], &format) < 0) ||
        (out[1] && value_as_int(out[1], &check_id) < 0))
        return NULL;
    bool has_preset = out[2] && out[2] != NONE, has_filters = out[3] && out[3] != NONE;
    if (has_preset && has_filters)
        return raise_error(T_ValueError, "Cannot specify both preset and filter chain");
    if (has_preset && value_as_u64(out[2], &preset) < 0) return NULL;
    if (preset > UINT32_MAX) return raise_error(T_OverflowError, "Value too large for uint32_t type");
    if (format != FORMAT_XZ && check_id != -1 && check_id != LZMA_CHECK_NONE)
        return raise_error(T_ValueError, "Integrity checks are only supported by FORMAT_XZ");
    FilterChain chain;
    if (has_filters && read_chain(out[3], &chain) < 0) return NULL;
    LzmaStream *s = stream_new(type);
    if (!s) return NULL;
    if (begin_compressor(s, format, check_id, (uint32_t)preset, has_filters ? &chain : NULL) == 0)
        return AS_VALUE(s);
    decref(AS_VALUE(s));
    return NULL;
}

static Value compress_all(LzmaStream *s, const uint8_t *data, size_t length, lzma_action action) {
    StreamOutput o = {0};
    lzma_ret code = LZMA_OK;
    int status = 0;
    s->z.next_in = data;
    s->z.avail_in = length;
    while (status == 0 && (action == LZMA_RUN ? s->z.avail_in > 0 : code != LZMA_STREAM_END))
        status = step(&s->z, action, &o, SIZE_MAX, &code);
    s->z.next_in = NULL;
    s->z.avail_in = 0;
    return stream_output_finish(&o, status == 0);
}

static Value compressor_compress(Value v, Value data) {
    LzmaStream *s = stream_of(v);
    StreamInput in;
    if (stream_input_begin(&in, NULL, data) < 0) return NULL;
    Value result = s->flushed ? raise_error(T_ValueError, "Compressor has been flushed")
                              : compress_all(s, in.data, in.length, LZMA_RUN);
    stream_input_end(&in);
    return result;
}

static Value compressor_flush(Value v) {
    LzmaStream *s = stream_of(v);
    if (s->flushed) return raise_error(T_ValueError, "Repeated call to flush()");
    s->flushed = true;
    return compress_all(s, (const uint8_t *)"", 0, LZMA_FINISH);
}

/* ---- decompressing ---- */

static int begin_decompressor(LzmaStream *s, int format, uint64_t limit, FilterChain *chain) {
    const uint32_t flags = LZMA_TELL_ANY_CHECK | LZMA_TELL_NO_CHECK;
    if (format == FORMAT_ALONE || format == FORMAT_RAW) s->check = LZMA_CHECK_NONE;
    switch (format) {
    case FORMAT_AUTO: return check(lzma_auto_decoder(&s->z, limit, flags));
    case FORMAT_XZ: return check(lzma_stream_decoder(&s->z, limit, flags));
    case FORMAT_ALONE: return check(lzma_alone_decoder(&s->z, limit));
    case FORMAT_RAW: return check(lzma_raw_decoder(&s->z, chain->filters));
    default: return raise_int(T_ValueError, "Invalid container format: %d", format);
    }
}

static Value decompressor_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"format", "memlimit", "filters", NULL};
    static const ArgSpec spec = {"LZMADecompressor", names, 3, 0, 3};
    Value out[3];
    int format = FORMAT_AUTO;
    uint64_t limit = UINT64_MAX;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[0] && value_as_int(out[0], &format) < 0))
        return NULL;
    bool has_limit = out[1] && out[1] != NONE, has_filters = out[2] && out[2] != NONE;
    if (has_limit && format == FORMAT_RAW)
        return raise_error(T_ValueError, "Cannot specify memory limit with FORMAT_RAW");
    if (has_limit && value_as_u64(out[1], &limit) < 0) return NULL;
    if (format == FORMAT_RAW && !has_filters)
        return raise_error(T_ValueError, "Must specify filters for FORMAT_RAW");
    if (format != FORMAT_RAW && has_filters)
        return raise_error(T_ValueError, "Cannot specify filters except with FORMAT_RAW");
    FilterChain chain;
    if (has_filters && read_chain(out[2], &chain) < 0) return NULL;
    LzmaStream *s = stream_new(type);
    if (!s) return NULL;
    if (begin_decompressor(s, format, limit, &chain) == 0) return AS_VALUE(s);
    decref(AS_VALUE(s));
    return NULL;
}

/* Until the stream ends, the input is used up or `limit` bytes are out. 0, -1 raised. */
static int decompress_all(LzmaStream *s, StreamOutput *o, size_t limit) {
    lzma_stream *z = &s->z;
    while (!s->eof) {
        lzma_ret code;
        if (step(z, LZMA_RUN, o, limit, &code) < 0) return -1;
        if (code == LZMA_GET_CHECK || code == LZMA_NO_CHECK) s->check = (int)lzma_get_check(z);
        s->eof = code == LZMA_STREAM_END;
        if (z->avail_out == 0 ? o->used == limit : z->avail_in == 0) break;
    }
    return 0;
}

static Value decompressor_decompress(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"data", "max_length", NULL};
    static const ArgSpec spec = {"decompress", names, 2, 1, 2};
    LzmaStream *s = stream_of(v);
    Value out[2];
    StreamInput in;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t most = out[1] ? value_as_ssize_argument(out[1]) : -1;
    if (most == -1 && error_pending()) return NULL;
    if (s->eof) return raise_error(T_EOFError, "Already at end of stream");
    if (stream_input_begin(&in, s->kept, out[0]) < 0) return NULL;
    StreamOutput o = {0};
    s->z.next_in = in.data;
    s->z.avail_in = in.length;
    s->z.avail_out = 0;
    int status = most == 0 ? 0 : decompress_all(s, &o, most < 0 ? SIZE_MAX : (size_t)most);
    if (status == 0) status = stream_input_keep(&in, s->z.next_in, s->eof ? &s->unused_data : &s->kept);
    /* With the output full there may be more of it without more input. */
    s->needs_input = status == 0 && !s->eof && s->z.avail_in == 0 && s->z.avail_out > 0;
    if (status < 0 || s->eof) CLEAR_FIELD(s->kept);
    s->z.next_in = NULL;
    s->z.avail_in = 0;
    stream_input_end(&in);
    return stream_output_finish(&o, status == 0);
}

/* ---- functions ---- */

static Value lzma_check_is_there(Value module, Value id) {
    (void)module;
    int n;
    if (value_as_int(id, &n) < 0) return NULL;
    return BOOL(lzma_check_is_supported((lzma_check)n));
}

static Value encode_properties(Value module, Value spec) {
    (void)module;
    lzma_filter filter;
    FilterOptions options;
    uint32_t size;
    if (one_filter(spec, &filter, &options) < 0 || check(lzma_properties_size(&size, &filter)) < 0)
        return NULL;
    Value bytes = bytes_new(size);
    if (bytes && check(lzma_properties_encode(&filter, bytes_data(bytes))) < 0) CLEAR_FIELD(bytes);
    return bytes;
}

static int put_number(Value dict, const char *key, uint64_t n) {
    Value v = int_from_u64(n);
    int status = v ? dict_set_cstr(dict, key, v) : -1;
    xdecref(v);
    return status;
}

static Value describe_filter(const lzma_filter *filter) {
    Value dict = dict_new();
    int status = dict ? put_number(dict, "id", filter->id) : -1;
    const lzma_options_lzma *lzma = filter->options;
    if (status == 0 && filter->id == LZMA_FILTER_LZMA1)
        status = put_number(dict, "lc", lzma->lc) < 0 || put_number(dict, "lp", lzma->lp) < 0 ||
                         put_number(dict, "pb", lzma->pb) < 0 ||
                         put_number(dict, "dict_size", lzma->dict_size) < 0
                     ? -1
                     : 0;
    else if (status == 0 && filter->id == LZMA_FILTER_LZMA2)
        status = put_number(dict, "dict_size", lzma->dict_size);
    else if (status == 0 && filter->id == LZMA_FILTER_DELTA)
        status = put_number(dict, "dist", ((const lzma_options_delta *)filter->options)->dist);
    else if (status == 0 && filter->options)
        status = put_number(dict, "start_offset", ((const lzma_options_bcj *)filter->options)->start_offset);
    if (status < 0) CLEAR_FIELD(dict);
    return dict;
}

static Value decode_properties(Value module, Value const *args, size_t nargs) {
    (void)module;
    uint64_t id;
    Buffer in;
    if (!args_count("_decode_filter_properties", nargs, 2, 2) || value_as_u64(args[0], &id) < 0 ||
        buffer_get(args[1], &in, false) < 0)
        return NULL;
    lzma_allocator memory = {take, give, rt->heap};
    lzma_filter filter = {.id = id};
    int status = check(lzma_properties_decode(&filter, &memory, in.data, in.length));
    buffer_release(&in);
    Value result = status == 0 ? describe_filter(&filter) : NULL;
    if (status == 0) heap_free(rt->heap, filter.options);
    return result;
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
    {"check", MEMBER_INT, offsetof(LzmaStream, check), true, "The check that the stream has."},
    {"eof", MEMBER_BOOL, offsetof(LzmaStream, eof), true, "Was the end of the stream reached?"},
    {"needs_input", MEMBER_BOOL, offsetof(LzmaStream, needs_input), true,
     "Is more data wanted before there is more output?"},
    {"unused_data", MEMBER_VALUE, offsetof(LzmaStream, unused_data), true, "What stood behind that end."},
    {0},
};

static const TypeSpec compressor_spec = {
    .name = "_lzma.LZMACompressor",
    .doc = "LZMACompressor(format=FORMAT_XZ, check=-1, preset=None, filters=None)\n\n"
           "Compresses data that comes in pieces.",
    .basic_size = sizeof(LzmaStream),
    .slots = {.new_ = compressor_make, .free = stream_free},
    .methods = compressor_methods,
};

static const TypeSpec decompressor_spec = {
    .name = "_lzma.LZMADecompressor",
    .doc = "LZMADecompressor(format=FORMAT_AUTO, memlimit=None, filters=None)\n\n"
           "Decompresses data that comes in pieces.",
    .basic_size = sizeof(LzmaStream),
    .slots = {.new_ = decompressor_make, .free = stream_free},
    .methods = decompressor_methods,
    .members = decompressor_members,
};

static const NativeMethod lzma_functions[] = {
    METHOD_ONE("is_check_supported", lzma_check_is_there,
               "is_check_supported($module, check_id, /)\n--\n\nDoes the library know that integrity check?"),
    METHOD_ONE("_encode_filter_properties", encode_properties,
               "_encode_filter_properties($module, filter, /)\n--\n\nA filter's options as bytes."),
    METHOD_FAST(
        "_decode_filter_properties", decode_properties,
        "_decode_filter_properties($module, filter_id, encoded_props, /)\n--\n\nThose bytes as a filter."),
    METHOD_END,
};

static int add_constants(Value module) {
    static const struct {
        const char *name;
        uint64_t value;
    } rows[] = {
        {"FORMAT_AUTO", FORMAT_AUTO},
        {"FORMAT_XZ", FORMAT_XZ},
        {"FORMAT_ALONE", FORMAT_ALONE},
        {"FORMAT_RAW", FORMAT_RAW},
        {"CHECK_NONE", LZMA_CHECK_NONE},
        {"CHECK_CRC32", LZMA_CHECK_CRC32},
        {"CHECK_CRC64", LZMA_CHECK_CRC64},
        {"CHECK_SHA256", LZMA_CHECK_SHA256},
        {"CHECK_ID_MAX", LZMA_CHECK_ID_MAX},
        {"CHECK_UNKNOWN", CHECK_UNKNOWN},
        {"FILTER_LZMA1", LZMA_FILTER_LZMA1},
        {"FILTER_LZMA2", LZMA_FILTER_LZMA2},
        {"FILTER_DELTA", LZMA_FILTER_DELTA},
        {"FILTER_X86", LZMA_FILTER_X86},
        {"FILTER_IA64", LZMA_FILTER_IA64},
        {"FILTER_ARM", LZMA_FILTER_ARM},
        {"FILTER_ARMTHUMB", LZMA_FILTER_ARMTHUMB},
        {"FILTER_SPARC", LZMA_FILTER_SPARC},
        {"FILTER_POWERPC", LZMA_FILTER_POWERPC},
        {"MF_HC3", LZMA_MF_HC3},
        {"MF_HC4", LZMA_MF_HC4},
        {"MF_BT2", LZMA_MF_BT2},
        {"MF_BT3", LZMA_MF_BT3},
        {"MF_BT4", LZMA_MF_BT4},
        {"MODE_FAST", LZMA_MODE_FAST},
        {"MODE_NORMAL", LZMA_MODE_NORMAL},
        {"PRESET_DEFAULT", LZMA_PRESET_DEFAULT},
        {"PRESET_EXTREME", LZMA_PRESET_EXTREME},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (module_add_int(module, rows[i].name, (int64_t)rows[i].value) < 0) return -1;
    return 0;
}

static int lzma_ready(Value module) {
    LzmaState *s = module_state_new(M_lzma, sizeof *s);
    if (!s) return -1;
    if (!s->error) {
        Value bases = tuple_pack(1, AS_VALUE(TYPE(Exception)));
        s->error = bases ? type_new_simple("_lzma.LZMAError", bases, NULL, NULL) : NULL;
        xdecref(bases);
        if (!s->error) return -1;
    }
    if (module_add(module, "LZMAError", incref(AS_VALUE(s->error))) < 0 || add_constants(module) < 0)
        return -1;
    return module_make_type(module, &s->compressor, &compressor_spec, NULL) < 0 ||
                   module_make_type(module, &s->decompressor, &decompressor_spec, NULL) < 0
               ? -1
               : 0;
}

const ModuleSpec module_lzma = {.name = "_lzma",
                                .doc = "Compression in the formats of xz.",
                                .functions = lzma_functions,
                                .ready = lzma_ready};
