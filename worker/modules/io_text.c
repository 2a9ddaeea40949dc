/*
 * io_text: TextIOWrapper: text over a buffered stream of bytes.
 *
 * Writing: text is encoded at once into `out`, which goes down when it is full, at a newline of a
 * line-buffered stream, on flush and before reading. Reading: a chunk of bytes is decoded into `decoded`, of
 * which `used` characters are taken.
 *
 * UTF-8, Latin-1 and ASCII are coded here; other encodings by an incremental codec from the codecs module.
 * `tail` holds the bytes of a character whose end was not read yet.
 */
#include "modules/io_text.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str_internal.h"
#include "objects/text_ops.h"
#include "objects/tuple.h"

#include "base/utf8.h"

static bool buffer_is_ours(const TextIo *t) { return t->buffer && io_is_buffered(t->buffer); }

static int check_ready(const TextIo *t) {
    if (t->buffer) return 0;
    if (!t->encoding) return raise_int(T_ValueError, "I/O operation on uninitialized object");
    return raise_int(T_ValueError, "underlying buffer has been detached");
}

int io_text_check_open(TextIo *t) {
    if (check_ready(t) < 0) return -1;
    if (buffer_is_ours(t) && io_buffered_is_open(t->buffer)) return 0;
    return io_check_open(t->buffer, NULL);
}

/* ---- encodings ---- */

static TextCodec codec_of(const char *name) {
    char plain[24];
    size_t n = 0;
    for (; *name && n < sizeof plain - 1; name++) {
        char c = *name == '_' || *name == ' ' ? '-' : *name;
        plain[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    plain[n] = 0;
    static const struct {
        const char *name;
        TextCodec codec;
    } rows[] = {
        {"utf-8", CODEC_UTF8},    {"utf8", CODEC_UTF8},         {"u8", CODEC_UTF8},
        {"ascii", CODEC_ASCII},   {"us-ascii", CODEC_ASCII},    {"latin-1", CODEC_LATIN1},
        {"latin1", CODEC_LATIN1}, {"iso-8859-1", CODEC_LATIN1}, {"iso8859-1", CODEC_LATIN1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(plain, rows[i].name) == 0) return rows[i].codec;
    return CODEC_OTHER;
}

/* codecs.getincrementalencoder(encoding)(errors), or ...decoder. New. */
static Value make_codec(TextIo *t, const char *factory) {
    Value get = module_import_attr("codecs", factory);
    Value maker = get ? value_call_one(get, t->encoding) : NULL;
    Value codec = maker ? value_call_one(maker, t->errors) : NULL;
    xdecref(maker);
    xdecref(get);
    return codec;
}

/* The encoder for what is written from here on: a mark of the byte order stands at a stream's start only. New. */
static Value make_encoder(TextIo *t) {
    Value encoder = make_codec(t, "getincrementalencoder");
    if (!encoder || !t->seekable) return encoder;
    Value at = value_call_method_noargs(t->buffer, NAME(tell));
    int behind_start = !at ? -1 : t->out_length ? 1 : value_is_true(at);
    xdecref(at);
    Value set = behind_start > 0 ? value_getattr_cstr(encoder, "setstate") : NULL;
    Value done = set ? value_call_one(set, small_int_new(0)) : NULL;
    if (behind_start < 0 || (behind_start && !done)) CLEAR_FIELD(encoder);
    xdecref(done);
    xdecref(set);
    return encoder;
}

/* The text in bytes, by the slow and general way. New. */
static Value encode_any(TextIo *t, Value text) {
    if (t->codec != CODEC_OTHER) {
        Value args[2] = {t->encoding, t->errors};
        return value_call_method(text, NAME(encode), args, 2);
    }
    if (!t->encoder && !(t->encoder = make_encoder(t))) return NULL;
    return value_call_method_one(t->encoder, NAME(encode), text);
}

/* ---- writing ---- */

static int write_down(TextIo *t, const void *data, size_t n) {
    if (buffer_is_ours(t)) {
        Value buffer = incref(t->buffer); /* another thread may detach it meanwhile */
        int status = io_buffered_write(buffer, data, n);
        decref(buffer);
        return status;
    }
    Value bytes = bytes_from(data, n);
    Value done = bytes ? value_call_method_one(t->buffer, NAME(write), bytes) : NULL;
    xdecref(bytes);
    xdecref(done);
    return done ? 0 : -1;
}

/* Other threads write meanwhile, to a buffer of their own: this one is taken out until its bytes are gone. */
static int pass_pending(TextIo *t) {
    char *out = t->out;
    size_t n = t->out_length, capacity = t->out_capacity;
    if (n == 0) return 0;
    t->out = NULL;
    t->out_length = t->out_capacity = 0;
    int status = write_down(t, out, n); /* a failing write loses it, as in CPython */
    if (t->out || (buffer_is_ours(t) && !io_buffered_is_open(t->buffer))) {
        heap_free(rt->heap, out);
    } else {
        t->out = out;
        t->out_capacity = capacity;
    }
    return status;
}

int io_text_flush(Value v) {
    TextIo *t = (TextIo *)v;
    t->telling = t->seekable;
    if (check_ready(t) < 0 || pass_pending(t) < 0) return -1;
    if (buffer_is_ours(t) && type_of(t->buffer) == IO->writer) {
        Value buffer = incref(t->buffer);
        int status = io_buffered_flush(buffer);
        decref(buffer);
        return status;
    }
    Value done = value_call_method_noargs(t->buffer, NAME(flush));
    xdecref(done);
    return done ? 0 : -1;
}

/* Room for n more bytes; what is there goes down if it and the new would be more than a buffer's worth. */
static char *reserve(TextIo *t, size_t n) {
    while (t->out_length && t->out_length + n > t->out_capacity) /* what others wrote meanwhile goes too */
        if (pass_pending(t) < 0) return NULL;
    if (t->out && t->out_length + n <= t->out_capacity) return t->out + t->out_length;
    if (n > t->out_capacity || !t->out) {
        size_t capacity = n < IO_BUFFER_SIZE ? IO_BUFFER_SIZE : n;
        char *grown = heap_realloc(rt->heap, t->out, capacity);
        if (!grown) return (char *)raise_no_memory();
        t->out = grown;
        t->out_capacity = capacity;
    }
    return t->out;
}

static int put_bytes(TextIo *t, const void *data, size_t n) {
    char *to = reserve(t, n);
    if (!to) return -1;
    memcpy(to, data, n);
    t->out_length += n;
    return 0;
}

/* UTF-8 of wider text straight into the buffer. 1: a surrogate is in it and errors must say what becomes of
 * it. */
static int put_utf8(TextIo *t, Value s) {
    size_t n = str_length(s);
    char *to = reserve(t, n * (str_kind(s) == 1 ? 2 : str_kind(s) == 2 ? 3 : 4)), *at = to;
    if (!to) return -1;
    if (str_kind(s) == 1) {
        const uint8_t *p = str_data(s);
        for (size_t i = 0; i < n; i++) {
            if (p[i] < 0x80) {
                *at++ = (char)p[i];
            } else {
                *at++ = (char)(0xC0 | p[i] >> 6);
                *at++ = (char)(0x80 | (p[i] & 63));
            }
        }
        t->out_length += (size_t)(at - to);
        return 0;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t c = str_read(s, i);
        if (c >= 0xD800 && c < 0xE000) return 1;
        at += utf8_encode(c, at);
    }
    t->out_length += (size_t)(at - to);
    return 0;
}

static int put_encoded(TextIo *t, Value text) {
    if (((Str *)text)->ascii && t->codec != CODEC_OTHER)
        return put_bytes(t, str_data(text), str_length(text));
    if (t->codec == CODEC_UTF8) {
        int status = put_utf8(t, text);
        if (status <= 0) return status;
    }
    if (t->codec == CODEC_LATIN1 && str_kind(text) == 1)
        return put_bytes(t, str_data(text), str_length(text));
    Value bytes = encode_any(t, text);
    if (bytes && !is_bytes(bytes)) {
        raise_error(T_TypeError, "encoder should return a bytes object, not '%.200T'", bytes);
        CLEAR_FIELD(bytes);
    }
    int status = bytes ? put_bytes(t, bytes_data(bytes), bytes_length(bytes)) : -1;
    xdecref(bytes);
    return status;
}

static bool has_newline(Value s) {
    if (str_kind(s) == 1)
        return memchr(str_data(s), '\n', str_length(s)) || memchr(str_data(s), '\r', str_length(s));
    for (size_t i = 0; i < str_length(s); i++)
        if (str_read(s, i) == '\n' || str_read(s, i) == '\r') return true;
    return false;
}

static int put_translated(TextIo *t, Value text) {
    if (!t->write_newline[0]) return put_encoded(t, text);
    Value newline = str_from_cstr(t->write_newline);
    Value replaced = newline ? text_replace(text, NAME(newline_), newline, -1) : NULL;
    xdecref(newline);
    int status = replaced ? put_encoded(t, replaced) : -1;
    xdecref(replaced);
    return status;
}

void io_text_forget(TextIo *t) {
    CLEAR_FIELD(t->decoded);
    CLEAR_FIELD(t->chunk);
    CLEAR_FIELD(t->decoder);
    t->used = 0;
    t->tail_length = 0;
    t->pending_cr = t->at_end = false;
}

bool io_is_plain_text_stream(Value v) {
    return is_object(v) && type_of(v) == IO->text && buffer_is_ours((TextIo *)v) && ((TextIo *)v)->writable;
}

int io_text_write(Value v, Value text) {
    TextIo *t = (TextIo *)v;
    if (__builtin_expect(t->decoded || t->decoder, 0)) {
        io_text_forget(t);
        t->seen = 0;
    }
    if (!buffer_is_ours(t) || !t->out) /* a fresh stream, or a foreign one: may be closed */
        if (io_text_check_open(t) < 0) return -1;
    if (put_translated(t, text) < 0) return -1;
    if (t->line_buffering && has_newline(text)) return io_text_flush(v);
    if (t->write_through || t->out_length > t->chunk_size) return pass_pending(t);
    return 0;
}

static Value text_write(Value self, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "write() argument must be str, not %.200K", text);
    TextIo *t = (TextIo *)self;
    if (io_text_check_open(t) < 0) return NULL;
    if (!t->writable) return io_unsupported("not writable");
    return io_text_write(self, text) < 0 ? NULL : small_int_new((int64_t)str_length(text));
}

static Value text_flush(Value self) {
    if (io_text_check_open((TextIo *)self) < 0) return NULL;
    return io_text_flush(self) < 0 ? NULL : NONE;
}

/* ---- decoding ---- */

/* How many of the last bytes begin a character that does not end there. */
static size_t utf8_open_tail(const uint8_t *data, size_t n) {
    for (size_t back = 1; back <= 3 && back <= n; back++) {
        uint8_t c = data[n - back];
        if ((c & 0xC0) == 0x80) continue;
        if (c > 0xF4 || c == 0xC0 || c == 0xC1) return 0; /* wrong, whatever follows */
        size_t width = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return width > back ? back : 0;
    }
    return 0;
}

static Value decode_method(TextIo *t, const uint8_t *data, size_t n) {
    Value bytes = bytes_from(data, n), args[2] = {t->encoding, t->errors};
    Value text = bytes ? value_call_method(bytes, NAME(decode), args, 2) : NULL;
    xdecref(bytes);
    return text;
}

static Value decode_native(TextIo *t, const uint8_t *data, size_t n, bool final) {
    if (t->codec == CODEC_LATIN1) return str_from_latin1(data, n);
    if (t->codec == CODEC_ASCII)
        return utf8_ascii_prefix((const char *)data, n) == n ? str_from_ascii((const char *)data, n)
                                                             : decode_method(t, data, n);
    size_t open = final ? 0 : utf8_open_tail(data, n);
    memcpy(t->tail, data + n - open, open);
    t->tail_length = (uint8_t)open;
    n -= open;
    return utf8_valid((const char *)data, n, false, NULL) ? str_from_wtf8((const char *)data, n)
                                                          : decode_method(t, data, n);
}

int io_text_make_decoder(TextIo *t) {
    if (!t->decoder) t->decoder = make_codec(t, "getincrementaldecoder");
    return t->decoder ? 0 : -1;
}

int io_text_decoder_state(TextIo *t, Value *bytes, int *flags) {
    Value state = value_call_method_noargs(t->decoder, NAME(getstate));
    if (!state) return -1;
    int status = -1;
    if (!is_tuple(state) || tuple_length(state) != 2) raise_error(T_TypeError, "illegal decoder state");
    else if (!is_bytes(tuple_item_borrow(state, 0)))
        raise_error(T_TypeError,
                    "illegal decoder state: the first item should be a bytes object, not '%.200T'",
                    tuple_item_borrow(state, 0));
    else if (value_as_int(tuple_item_borrow(state, 1), flags) == 0) {
        *bytes = incref(tuple_item_borrow(state, 0));
        if (t->reads_universal) *flags = *flags * 2 | t->pending_cr;
        status = 0;
    }
    decref(state);
    return status;
}

static Value decode_other(TextIo *t, const uint8_t *data, size_t n, bool final) {
    if (io_text_make_decoder(t) < 0) return NULL;
    Value args[2] = {bytes_from(data, n), BOOL(final)};
    Value text = args[0] ? value_call_method(t->decoder, NAME(decode), args, 2) : NULL;
    xdecref(args[0]);
    if (text && !is_str(text)) {
        raise_error(T_TypeError, "decoder should return a string result, not '%.200T'", text);
        CLEAR_FIELD(text);
    }
    return text;
}

/* \r at the end waits for what follows; newlines are noted and, if asked, translated. Steals text. */
static Value settle_newlines(TextIo *t, Value text, bool final) {
    if (!t->reads_universal || !text) return text;
    if (t->pending_cr && (final || str_length(text))) {
        Value joined = str_concat(rt->latin1['\r'], text);
        decref(text);
        text = joined;
        t->pending_cr = false;
    }
    size_t n = text ? str_length(text) : 0;
    if (n && !final && str_read(text, n - 1) == '\r') {
        Value cut = str_slice(text, 0, n - 1);
        decref(text);
        text = cut;
        t->pending_cr = true;
    }
    if (!text) return NULL;
    unsigned seen = t->seen;
    Value translated = io_translate_newlines(text, &seen);
    t->seen = seen;
    if (!t->reads_translated) {
        xdecref(translated);
        return translated ? text : NULL;
    }
    decref(text);
    return translated;
}

/* A piece of input with the tail of the one before, decoded. New. */
Value io_text_decode(TextIo *t, const uint8_t *data, size_t n, bool final) {
    if (t->codec == CODEC_OTHER) return settle_newlines(t, decode_other(t, data, n, final), final);
    if (t->tail_length == 0) return settle_newlines(t, decode_native(t, data, n, final), final);
    size_t length = t->tail_length + n;
    uint8_t *joined = heap_alloc(rt->heap, length);
    if (!joined) return raise_no_memory();
    memcpy(joined, t->tail, t->tail_length);
    memcpy(joined + t->tail_length, data, n);
    t->tail_length = 0;
    Value text = settle_newlines(t, decode_native(t, joined, length, final), final);
    heap_free(rt->heap, joined);
    return text;
}

/* The bytes from which `decoded` will come, for tell. 0, -1. */
static int remember_other_chunk(TextIo *t, const uint8_t *data, size_t n) {
    Value held;
    if (io_text_make_decoder(t) < 0 || io_text_decoder_state(t, &held, &t->chunk_flags) < 0) return -1;
    Value input = bytes_from(data, n), chunk = input ? value_add(held, input) : NULL;
    xdecref(input);
    decref(held);
    if (!chunk) return -1;
    SET_FIELD_STEAL(t->chunk, chunk);
    return 0;
}

static int remember_chunk(TextIo *t, const uint8_t *data, size_t n) {
    if (t->codec == CODEC_OTHER) return remember_other_chunk(t, data, n);
    size_t before = t->tail_length + (t->pending_cr ? 1u : 0u);
    Value chunk = bytes_new(before + n);
    if (!chunk) return -1;
    uint8_t *to = bytes_data(chunk);
    if (t->pending_cr) *to++ = '\r';
    memcpy(to, t->tail, t->tail_length);
    memcpy(to + t->tail_length, data, n);
    SET_FIELD_STEAL(t->chunk, chunk);
    return 0;
}

static int take_chunk(TextIo *t, const uint8_t *data, size_t n) {
    if (t->telling && remember_chunk(t, data, n) < 0) return -1;
    t->at_end = n == 0;
    Value text = io_text_decode(t, data, n, n == 0);
    if (!text) return -1;
    SET_FIELD_STEAL(t->decoded, text);
    t->used = 0;
    t->bytes_for_each = str_length(text) ? (double)n / (double)str_length(text) : 0;
    return 0;
}

/* Reads and decodes the next chunk. 1, 0 at the end, -1. */
static int next_chunk(TextIo *t, size_t hint) {
    if (buffer_is_ours(t)) {
        const uint8_t *data;
        ssize_t n = io_buffered_peek(t->buffer, &data);
        if (n < 0 || take_chunk(t, data, (size_t)n) < 0) return -1;
        io_buffered_skip(t->buffer, (size_t)n);
        return n > 0 || str_length(t->decoded) > 0;
    }
    size_t n = hint > t->chunk_size ? hint : t->chunk_size;
    Value data =
        value_call_method_one(t->buffer, t->has_read1 ? NAME(read1) : NAME(read), small_int_new((int64_t)n));
    if (!data) return -1;
    Buffer view;
    if (!type_of(data)->slots.get_buffer) {
        raise_error(T_TypeError, "underlying %s() should have returned a bytes-like object, not '%.200T'",
                    t->has_read1 ? "read1" : "read", data);
        decref(data);
        return -1;
    }
    int status = buffer_get(data, &view, false);
    if (status == 0) {
        status = take_chunk(t, view.data, view.length);
        n = view.length;
        buffer_release(&view);
    }
    decref(data);
    return status < 0 ? -1 : n > 0 || str_length(t->decoded) > 0;
}

static int ready_to_read(TextIo *t) {
    if (io_text_check_open(t) < 0) return -1;
    if (!t->readable) return io_unsupported("not readable"), -1;
    return t->out_length ? io_text_flush(AS_VALUE(t)) : 0;
}

/* ---- reading ---- */

/* All that is left of a buffer of ours: decoded in one piece. */
static Value read_rest(TextIo *t) {
    Value data = value_call_method_noargs(t->buffer, NAME(read));
    Value text = data ? io_text_decode(t, bytes_data(data), bytes_length(data), true) : NULL,
          before = t->decoded;
    xdecref(data);
    if (text && before && t->used < str_length(before)) {
        Value head = str_slice(before, t->used, str_length(before)),
              whole = head ? str_concat(head, text) : NULL;
        xdecref(head);
        decref(text);
        text = whole;
    }
    if (!text) return NULL;
    CLEAR_FIELD(t->decoded);
    CLEAR_FIELD(t->chunk);
    t->used = 0;
    t->at_end = true;
    return text;
}

/* Everything that is left. New. */
static Value read_all(TextIo *t) {
    if (buffer_is_ours(t)) return read_rest(t);
    StrBuilder b = STR_BUILDER_INIT;
    for (;;) {
        if (t->decoded && str_builder_add_slice(&b, t->decoded, t->used, str_length(t->decoded)) < 0) break;
        CLEAR_FIELD(t->decoded);
        CLEAR_FIELD(t->chunk);
        t->used = 0;
        int more = next_chunk(t, 0);
        if (more < 0 || work_charge(io_text_available(t)) < 0) break;
        if (more > 0) continue;
        CLEAR_FIELD(t->decoded);
        CLEAR_FIELD(t->chunk);
        return str_builder_finish(&b);
    }
    str_builder_drop(&b);
    return NULL;
}

static Value text_read(Value self, Value const *args, size_t nargs) {
    TextIo *t = (TextIo *)self;
    ssize_t size;
    if (!args_count("read", nargs, 0, 1) || io_size_argument(nargs ? args[0] : NULL, &size) < 0 ||
        ready_to_read(t) < 0)
        return NULL;
    if (size < 0) return read_all(t);
    StrBuilder b = STR_BUILDER_INIT;
    size_t left = (size_t)size;
    for (int more = 1; more && left;) {
        size_t n = io_text_available(t) < left ? io_text_available(t) : left;
        if (n && str_builder_add_slice(&b, t->decoded, t->used, t->used + n) < 0) more = -1;
        t->used += n;
        left -= n;
        if (left && more > 0) more = next_chunk(t, left);
        if (more < 0) {
            str_builder_drop(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

/* One line, of at most limit characters (-1: any). New; empty at the end. */
static Value read_line(TextIo *t, ssize_t limit) {
    StrBuilder b = STR_BUILDER_INIT;
    size_t most = limit < 0 ? SIZE_MAX : (size_t)limit;
    for (;;) {
        if (io_text_available(t) == 0) {
            int more = next_chunk(t, 0);
            if (more < 0) break;
            if (more == 0) return str_builder_finish(&b);
            continue;
        }
        ssize_t found =
            io_find_line_end(t->decoded, t->used, t->reads_translated, t->reads_universal, t->newline);
        size_t n = found < 0 ? io_text_available(t) : (size_t)found;
        /* \r of a \r\n at the very end of a chunk: the rest is looked at together with what follows */
        bool split =
            found < 0 && t->newline[1] && !t->at_end && str_read(t->decoded, t->used + n - 1) == '\r';
        if (split && n <= most - b.length) {
            Value rest = str_slice(t->decoded, t->used, t->used + n);
            int more = rest ? next_chunk(t, 0) : -1;
            Value joined = more < 0 ? NULL : str_concat(rest, t->decoded);
            xdecref(rest);
            if (!joined) break;
            SET_FIELD_STEAL(t->decoded, joined);
            t->used = 0;
            if (more > 0) continue;
            n = str_length(joined);
        }
        if (n > most - b.length) n = most - b.length, found = (ssize_t)n;
        if (b.length == 0 && found >= 0) {
            Value line = str_slice(t->decoded, t->used, t->used + n);
            t->used += n;
            return line;
        }
        if (str_builder_add_slice(&b, t->decoded, t->used, t->used + n) < 0) break;
        t->used += n;
        if (found >= 0 || b.length >= most) return str_builder_finish(&b);
    }
    str_builder_drop(&b);
    return NULL;
}

static int line_limit(Value v, ssize_t *limit) {
    *limit = v ? value_as_ssize_argument(v) : -1;
    return *limit == -1 && error_pending() ? -1 : 0;
}

static Value text_readline(Value self, Value const *args, size_t nargs) {
    TextIo *t = (TextIo *)self;
    ssize_t limit;
    if (!args_count("readline", nargs, 0, 1) || line_limit(nargs ? args[0] : NULL, &limit) < 0 ||
        ready_to_read(t) < 0)
        return NULL;
    return read_line(t, limit);
}

static Value text_next(Value self) {
    TextIo *t = (TextIo *)self;
    if (io_text_available(t) == 0 && ready_to_read(t) < 0) return NULL;
    t->telling = false; /* no chunks need to be remembered for a loop over all lines */
    Value line;
    if (type_of(self) == IO->text) {
        line = read_line(t, -1);
    } else {
        line = value_call_method_noargs(self, NAME(readline));
        if (line && !is_str(line)) {
            raise_error(T_OSError, "readline() should have returned a str object, not '%.200T'", line);
            CLEAR_FIELD(line);
        }
    }
    if (!line || str_length(line)) return line;
    decref(line);
    t->telling = t->seekable;
    return NULL;
}

static Value text_truncate(Value self, Value const *args, size_t nargs) {
    TextIo *t = (TextIo *)self;
    if (io_text_check_open(t) < 0 || io_text_flush(self) < 0) return NULL;
    return value_call_method(t->buffer, NAME(truncate), args, nargs);
}

/* ---- asking, closing ---- */

static Value pass_on(Value self, Value name) {
    TextIo *t = (TextIo *)self;
    return check_ready(t) < 0 ? NULL : value_call_method_noargs(t->buffer, name);
}

static Value text_fileno(Value self) { return pass_on(self, NAME(fileno)); }
static Value text_seekable(Value self) { return pass_on(self, NAME(seekable)); }
static Value text_readable(Value self) { return pass_on(self, NAME(readable)); }
static Value text_writable(Value self) { return pass_on(self, NAME(writable)); }
static Value text_isatty(Value self) { return pass_on(self, NAME(isatty)); }

static Value buffer_attribute(Value self, void *closure) {
    TextIo *t = (TextIo *)self;
    return check_ready(t) < 0 ? NULL : value_getattr(t->buffer, rt->names[(uintptr_t)closure]);
}

static Value text_close(Value self) {
    TextIo *t = (TextIo *)self;
    if (check_ready(t) < 0) return NULL;
    Value closed = value_getattr(t->buffer, NAME(closed));
    int truth = closed ? value_is_true(closed) : -1;
    xdecref(closed);
    if (truth != 0) return truth < 0 ? NULL : NONE;
    Value flushed = value_call_method_noargs(self, NAME(flush)), earlier = flushed ? NULL : error_take();
    xdecref(flushed);
    Value done = value_call_method_noargs(t->buffer, NAME(close));
    heap_free(rt->heap, t->out); /* no buffer: a later write looks whether the stream is open */
    t->out = NULL;
    t->out_length = t->out_capacity = 0;
    if (!earlier) return done;
    xdecref(done);
    error_chain_steal(earlier);
    return NULL;
}

static Value text_detach(Value self) {
    TextIo *t = (TextIo *)self;
    if (check_ready(t) < 0) return NULL;
    Value flushed = value_call_method_noargs(self, NAME(flush));
    if (!flushed) return NULL;
    decref(flushed);
    Value buffer = t->buffer;
    t->buffer = NULL;
    return buffer;
}

static Value text_repr(Value self) {
    TextIo *t = (TextIo *)self;
    if (!t->encoding) return raise_error(T_ValueError, "I/O operation on uninitialized object");
    int guard = repr_enter(self);
    if (guard != 0) {
        if (guard > 0) raise_error(T_RuntimeError, "reentrant call inside %T.__repr__", self);
        return NULL;
    }
    Value name = NULL, mode = NULL, text = NULL;
    if (t->buffer && value_getattr_optional(self, NAME(name), &name) < 0) error_swallow(T_ValueError);
    if (!error_pending() && value_getattr_optional(self, NAME(mode), &mode) < 0) error_swallow(T_ValueError);
    Value name_part = name ? str_format(" name=%R", name) : incref(rt->empty_str);
    Value mode_part = mode ? str_format(" mode=%R", mode) : incref(rt->empty_str);
    if (name_part && mode_part && !error_pending())
        text = str_format("<%T%U%U encoding=%R>", self, name_part, mode_part, t->encoding);
    xdecref(name_part);
    xdecref(mode_part);
    xdecref(name);
    xdecref(mode);
    repr_leave(self);
    return text;
}

static Value text_get_newlines(Value self, void *closure) {
    (void)closure;
    if (check_ready((TextIo *)self) < 0) return NULL;
    return io_newlines_value(((TextIo *)self)->seen);
}

static Value text_get_errors(Value self, void *closure) {
    (void)closure;
    TextIo *t = (TextIo *)self;
    if (!t->encoding) return raise_error(T_ValueError, "I/O operation on uninitialized object");
    return incref(t->errors);
}

static Value text_get_flag(Value self, void *closure) { return BOOL(*((bool *)self + (uintptr_t)closure)); }

static Value text_get_chunk_size(Value self, void *closure) {
    (void)closure;
    if (check_ready((TextIo *)self) < 0) return NULL;
    return small_int_new((int64_t)((TextIo *)self)->chunk_size);
}

static int text_set_chunk_size(Value self, Value value, void *closure) {
    (void)closure;
    if (check_ready((TextIo *)self) < 0) return -1;
    if (!value) return raise_int(T_AttributeError, "cannot delete attribute");
    ssize_t n = value_as_ssize(value, TYPE(ValueError));
    if (n <= 0)
        return error_pending() ? -1 : raise_int(T_ValueError, "a strictly positive integer is required");
    ((TextIo *)self)->chunk_size = (size_t)n;
    return 0;
}

/* ---- making ---- */

static TextIo *text_alloc(Type *type) {
    TextIo *t = (TextIo *)value_alloc(type, 0);
    if (!t) return NULL;
    t->closed = t->line_buffering = t->write_through = t->reads_universal = t->reads_translated =
        t->has_read1 = false;
    t->seekable = t->telling = t->pending_cr = t->at_end = t->readable = t->writable = false;
    t->codec = CODEC_UTF8;
    t->tail_length = 0;
    t->newline[0] = t->newline[1] = t->write_newline[0] = 0;
    t->seen = 0;
    t->buffer = t->encoding = t->errors = t->encoder = t->decoder = t->decoded = t->chunk = NULL;
    t->out = NULL;
    t->out_length = t->out_capacity = t->used = 0;
    t->chunk_size = IO_BUFFER_SIZE;
    value_track(AS_VALUE(t));
    return t;
}

static void set_newline(TextIo *t, const char *newline) {
    t->reads_universal = !newline || !*newline;
    t->reads_translated = !newline;
    t->newline[0] = t->newline[1] = t->newline[2] = 0;
    t->write_newline[0] = t->write_newline[1] = t->write_newline[2] = 0;
    if (!newline) return;
    strcpy(t->newline, newline);
    if (*newline == '\r') strcpy(t->write_newline, newline);
}

Value io_text_new(Value buffer, const char *encoding, const char *errors, const char *newline,
                  bool line_buffering) {
    TextIo *t = text_alloc(IO->text);
    if (!t) return NULL;
    t->encoding = str_intern_cstr(encoding);
    t->errors = str_intern_cstr(errors);
    t->codec = (uint8_t)codec_of(encoding);
    t->line_buffering = line_buffering;
    set_newline(t, newline);
    t->buffer = incref(buffer);
    t->readable = type_of(buffer) != IO->writer;
    t->writable = type_of(buffer) != IO->reader;
    if (t->encoding && t->errors) return AS_VALUE(t);
    decref(AS_VALUE(t));
    return NULL;
}

static Value text_new_object(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return AS_VALUE(text_alloc(type));
}

/* An optional str without NULs: *out NULL for None. 0, -1. */
static int text_option(Value v, const char *name, Value *out) {
    *out = v && v != NONE ? v : NULL;
    if (!*out || is_str(*out)) return 0;
    return raise_int(T_TypeError, "TextIOWrapper() argument '%s' must be str or None, not %.50K", name, *out);
}

/* Takes encoding and errors over once they are known to exist. 0, -1 LookupError. */
/* Has the codec to do with text at all? 0, -1 raised. */
static int check_text_codec(Value info, const char *name) {
    Value flag, key = str_intern_cstr("_is_text_encoding");
    int found = key ? value_getattr_optional(info, key, &flag) : -1;
    xdecref(key);
    int text = found > 0 ? value_is_true(flag) : 1;
    if (found > 0) decref(flag);
    if (found < 0 || text < 0) return -1;
    if (text) return 0;
    return raise_int(T_LookupError,
                     "'%s' is not a text encoding; use codecs.open() to handle arbitrary codecs", name);
}

static int set_encoding(TextIo *t, Value encoding, Value errors) {
    const char *name = str_utf8(encoding, NULL);
    if (!name) return -1;
    TextCodec codec = codec_of(name);
    if (codec == CODEC_OTHER) {
        Value lookup = module_import_attr("codecs", "lookup"),
              info = lookup ? value_call_one(lookup, encoding) : NULL;
        xdecref(lookup);
        int status = info ? check_text_codec(info, name) : -1;
        xdecref(info);
        if (status < 0) return -1;
    }
    SET_FIELD_STEAL(t->encoding, incref(encoding));
    SET_FIELD_STEAL(t->errors, incref(errors));
    CLEAR_FIELD(t->encoder);
    CLEAR_FIELD(t->decoder);
    t->codec = (uint8_t)codec;
    return 0;
}

static int attach(TextIo *t, Value buffer) {
    Value read1;
    int readable = io_ask(buffer, NAME(readable)),
        writable = readable < 0 ? -1 : io_ask(buffer, NAME(writable));
    if (writable < 0) return -1;
    t->readable = readable;
    t->writable = writable;
    int has = value_getattr_optional(buffer, NAME(read1), &read1);
    xdecref(read1);
    int seekable = has < 0 ? -1 : io_ask(buffer, NAME(seekable));
    if (seekable < 0) return -1;
    t->has_read1 = has;
    t->seekable = t->telling = seekable;
    SET_FIELD_STEAL(t->buffer, incref(buffer));
    return 0;
}

static int text_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    enum { BUFFER, ENCODING, ERRORS, NEWLINE, LINE_BUFFERING, WRITE_THROUGH };
    static const char *const names[] = {"buffer",         "encoding",      "errors", "newline",
                                        "line_buffering", "write_through", NULL};
    static const ArgSpec spec = {"TextIOWrapper", names, 6, 1, 6};
    TextIo *t = (TextIo *)self;
    Value out[6], encoding, errors;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    CLEAR_FIELD(t->buffer); /* not initialised any more, if something is wrong */
    CLEAR_FIELD(t->encoding);
    if (text_option(out[ENCODING], "encoding", &encoding) < 0 ||
        text_option(out[ERRORS], "errors", &errors) < 0 ||
        io_check_newline(out[NEWLINE], "illegal newline value: %S") < 0)
        return -1;
    int line_buffering = out[LINE_BUFFERING] ? value_is_true(out[LINE_BUFFERING]) : 0;
    int write_through = out[WRITE_THROUGH] ? value_is_true(out[WRITE_THROUGH]) : 0;
    if (line_buffering < 0 || write_through < 0) return -1;
    Value name = encoding && !str_equal_cstr(encoding, "locale") ? incref(encoding) : str_from_cstr("UTF-8");
    int status = name ? set_encoding(t, name, errors ? errors : NAME(strict)) : -1;
    xdecref(name);
    if (status < 0) return -1;
    Value newline = out[NEWLINE];
    set_newline(t, newline && newline != NONE ? str_utf8(newline, NULL) : NULL);
    t->line_buffering = line_buffering;
    t->write_through = write_through;
    t->out_length = 0;
    io_text_forget(t);
    return attach(t, out[BUFFER]);
}

static Value text_reconfigure(Value self, Value const *args, size_t nargs, Value kwnames) {
    enum { ENCODING, ERRORS, NEWLINE, LINE_BUFFERING, WRITE_THROUGH };
    static const char *const names[] = {"encoding",       "errors",        "newline",
                                        "line_buffering", "write_through", NULL};
    static const ArgSpec spec = {"reconfigure", names, 5, 0, 0};
    TextIo *t = (TextIo *)self;
    Value out[5], encoding, errors;
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        text_option(out[ENCODING], "encoding", &encoding) < 0 ||
        text_option(out[ERRORS], "errors", &errors) < 0 ||
        (out[NEWLINE] && io_check_newline(out[NEWLINE], "illegal newline value: %S") < 0))
        return NULL;
    if (t->decoded && (encoding || errors || out[NEWLINE]))
        return io_unsupported(
            "It is not possible to set the encoding or newline of stream after the first read");
    int line_buffering =
        out[LINE_BUFFERING] && out[LINE_BUFFERING] != NONE ? value_is_true(out[LINE_BUFFERING]) : -2;
    int write_through =
        out[WRITE_THROUGH] && out[WRITE_THROUGH] != NONE ? value_is_true(out[WRITE_THROUGH]) : -2;
    if (line_buffering == -1 || write_through == -1 || check_ready(t) < 0 || io_text_flush(self) < 0)
        return NULL;
    if (encoding || errors) {
        bool of_locale = encoding && str_equal_cstr(encoding, "locale");
        Value kept = of_locale ? str_from_cstr("UTF-8") : incref(encoding ? encoding : t->encoding);
        Value handling = incref(errors ? errors : encoding ? NAME(strict) : t->errors);
        int status = kept ? set_encoding(t, kept, handling) : -1;
        xdecref(kept);
        decref(handling);
        if (status < 0) return NULL;
    }
    if (out[NEWLINE]) set_newline(t, out[NEWLINE] == NONE ? NULL : str_utf8(out[NEWLINE], NULL));
    if (line_buffering >= 0) t->line_buffering = line_buffering;
    if (write_through >= 0) t->write_through = write_through;
    return NONE;
}

static int text_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    TextIo *t = (TextIo *)o;
    VISIT(t->buffer);
    VISIT(t->encoder);
    VISIT(t->decoder);
    return attrs_traverse((Value)o, visit, arg);
}

static void text_clear(Heap *heap, HeapObject *o) {
    TextIo *t = (TextIo *)o;
    (void)heap;
    CLEAR_FIELD(t->buffer);
    CLEAR_FIELD(t->encoder);
    CLEAR_FIELD(t->decoder);
    attrs_clear((Value)o);
}

static void text_free(Heap *heap, HeapObject *o) {
    TextIo *t = (TextIo *)o;
    xdecref(t->buffer);
    xdecref(t->encoding);
    xdecref(t->errors);
    xdecref(t->encoder);
    xdecref(t->decoder);
    xdecref(t->decoded);
    xdecref(t->chunk);
    heap_free(heap, t->out);
    value_free((Value)o);
}

static size_t text_size(const HeapObject *o) { return size_with(o, ((const TextIo *)o)->out); }

static const NativeMethod text_methods[] = {
    METHOD_ONE("write", text_write, "Writes a str; returns its length."),
    METHOD_NOARGS("flush", text_flush, NULL),
    METHOD_FAST("read", text_read, "Reads up to size characters."),
    METHOD_FAST("readline", text_readline, "Reads a line."),
    METHOD_NOARGS("close", text_close, NULL),
    METHOD_NOARGS("detach", text_detach, NULL),
    METHOD_KW("reconfigure", text_reconfigure, "Changes how the stream codes text."),
    METHOD_FAST("seek", io_text_seek, NULL),
    METHOD_NOARGS("tell", io_text_tell, NULL),
    METHOD_FAST("truncate", text_truncate, NULL),
    METHOD_NOARGS("fileno", text_fileno, NULL),
    METHOD_NOARGS("seekable", text_seekable, NULL),
    METHOD_NOARGS("readable", text_readable, NULL),
    METHOD_NOARGS("writable", text_writable, NULL),
    METHOD_NOARGS("isatty", text_isatty, NULL),
    METHOD_END,
};

static const GetSet text_getset[] = {
    {"name", buffer_attribute, NULL, NULL, (void *)(uintptr_t)N_name},
    {"closed", buffer_attribute, NULL, NULL, (void *)(uintptr_t)N_closed},
    {"newlines", text_get_newlines, NULL, NULL, NULL},
    {"errors", text_get_errors, NULL, NULL, NULL},
    GETSET_MEMBER("line_buffering", text_get_flag, (void *)offsetof(TextIo, line_buffering)),
    GETSET_MEMBER("write_through", text_get_flag, (void *)offsetof(TextIo, write_through)),
    {"_CHUNK_SIZE", text_get_chunk_size, text_set_chunk_size, NULL, NULL},
    {0},
};

static const Member text_members[] = {
    {"buffer", MEMBER_VALUE, offsetof(TextIo, buffer), true, NULL},
    {"encoding", MEMBER_VALUE, offsetof(TextIo, encoding), true, NULL},
    {0},
};

const TypeSpec io_text_spec = {
    .name = "_io.TextIOWrapper",
    .doc = "TextIOWrapper(buffer, encoding=None, errors=None, newline=None,\n              "
           "line_buffering=False, "
           "write_through=False)\n--\n\nText over a buffered stream of bytes.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(TextIo),
    .slots = {.traverse = text_traverse,
              .clear = text_clear,
              .free = text_free,
              .size = text_size,
              .new_ = text_new_object,
              .init = text_init,
              .repr = text_repr,
              .next = text_next},
    .methods = text_methods,
    .getset = text_getset,
    .members = text_members,
};
