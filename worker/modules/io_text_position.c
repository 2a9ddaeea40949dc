/*
 * io_text_position: TextIOWrapper's tell and seek.
 *
 * With the codecs that are coded here every character begins at a byte of its own, and that byte's place is the answer.
 * With others the answer is a cookie: a place at which the decoder holds no bytes, its flags there, how many bytes to
 * decode from there on, and how many of the characters to leave out. All but the place are mostly 0, and then the cookie
 * is the place.
 */
#include "modules/io_text.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"

#include "base/utf8.h"

typedef struct Cookie {
    uint64_t start;
    int32_t flags, bytes_to_feed, chars_to_skip;
    bool need_eof;
} Cookie;

enum { COOKIE_FLAGS = 8, COOKIE_FEED = 12, COOKIE_SKIP = 16, COOKIE_EOF = 20, COOKIE_SIZE = 21 };

static Value cookie_pack(const Cookie *c) {
    uint8_t data[COOKIE_SIZE];
    memcpy(data, &c->start, sizeof c->start);
    memcpy(data + COOKIE_FLAGS, &c->flags, sizeof c->flags);
    memcpy(data + COOKIE_FEED, &c->bytes_to_feed, sizeof c->bytes_to_feed);
    memcpy(data + COOKIE_SKIP, &c->chars_to_skip, sizeof c->chars_to_skip);
    data[COOKIE_EOF] = c->need_eof;
    return int_from_bytes(data, sizeof data, true, false);
}

static int cookie_unpack(Cookie *c, Value v) {
    uint8_t data[COOKIE_SIZE];
    if (int_to_bytes(v, data, sizeof data, true, false) < 0) return -1;
    memcpy(&c->start, data, sizeof c->start);
    memcpy(&c->flags, data + COOKIE_FLAGS, sizeof c->flags);
    memcpy(&c->bytes_to_feed, data + COOKIE_FEED, sizeof c->bytes_to_feed);
    memcpy(&c->chars_to_skip, data + COOKIE_SKIP, sizeof c->chars_to_skip);
    c->need_eof = data[COOKIE_EOF] != 0;
    return 0;
}

/* ---- the decoder's state ---- */

/* The flags carry a pending \r in their lowest bit where newlines are looked at. */
static int set_decoder_state(TextIo *t, Value held, int flags) {
    if (t->reads_universal) {
        t->pending_cr = flags & 1;
        flags >>= 1;
    }
    if (!t->decoder) return 0;
    Value state = tuple_pack(2, held, small_int_new(flags));
    Value done = state ? value_call_method_one(t->decoder, NAME(setstate), state) : NULL;
    xdecref(state);
    xdecref(done);
    return done ? 0 : -1;
}

/* As at the start of what the cookie begins at. 0, -1. */
static int set_decoder_to(TextIo *t, const Cookie *c) {
    if (c->start != 0 || c->flags != 0) return set_decoder_state(t, rt->empty_bytes, c->flags);
    t->pending_cr = false;
    t->seen = 0;
    Value done = t->decoder ? value_call_method_noargs(t->decoder, NAME(reset)) : NONE;
    xdecref(done);
    return done ? 0 : -1;
}

/* How many characters these bytes give; -1 raised. */
static ssize_t count_decoded(TextIo *t, const uint8_t *data, size_t n, bool final) {
    Value text = io_text_decode(t, data, n, final);
    ssize_t count = text ? (ssize_t)str_length(text) : -1;
    xdecref(text);
    return count;
}

/* How many bytes the decoder holds; its flags too. -1 raised. */
static ssize_t held_bytes(TextIo *t, int *flags) {
    Value held;
    if (io_text_decoder_state(t, &held, flags) < 0) return -1;
    ssize_t n = (ssize_t)bytes_length(held);
    decref(held);
    return n;
}

/* ---- tell ---- */

/* How many bytes of the chunk the characters that were taken stood for. */
static size_t consumed_bytes(const TextIo *t) {
    const uint8_t *data = bytes_data(t->chunk);
    size_t n = bytes_length(t->chunk), i = 0;
    for (size_t left = t->used; left && i < n; left--) {
        if (t->reads_translated && data[i] == '\r' && i + 1 < n && data[i + 1] == '\n') i++;
        size_t width = t->codec != CODEC_UTF8 ? 1 : utf8_sequence((const char *)data + i, n - i, true);
        i += width ? width : 1;
    }
    return i;
}

/* A place near the one that is sought, not behind it, where the decoder holds nothing: guessed from the length of the
 * characters, and from there back in growing steps. How many bytes of the chunk lie before it; -1 raised. */
static ssize_t find_start(TextIo *t, Cookie *c) {
    const uint8_t *data = bytes_data(t->chunk);
    ssize_t skip = (ssize_t)(t->bytes_for_each * c->chars_to_skip), back = 1;
    if (skip > (ssize_t)bytes_length(t->chunk)) skip = (ssize_t)bytes_length(t->chunk);
    while (skip > 0) {
        int flags;
        if (set_decoder_to(t, c) < 0) return -1;
        ssize_t chars = count_decoded(t, data, (size_t)skip, false);
        if (chars < 0) return -1;
        if (chars <= c->chars_to_skip) {
            ssize_t held = held_bytes(t, &flags);
            if (held < 0) return -1;
            if (held == 0) {
                c->flags = flags;
                c->chars_to_skip -= (int32_t)chars;
                return skip;
            }
            skip -= held;
            back = 1;
        } else {
            skip -= back;
            back *= 2;
        }
    }
    return set_decoder_to(t, c) < 0 ? -1 : 0;
}

/* Feeds the decoder byte by byte up to the character that is sought, taking every place where it holds nothing as the
 * new start. 0, -1. */
static int feed_to_place(TextIo *t, Cookie *c, size_t at) {
    const uint8_t *data = bytes_data(t->chunk);
    size_t n = bytes_length(t->chunk);
    ssize_t chars = 0, more = 0;
    for (; at < n && chars < c->chars_to_skip; at++) {
        int flags;
        if ((more = count_decoded(t, data + at, 1, false)) < 0) return -1;
        chars += more;
        c->bytes_to_feed++;
        ssize_t held = held_bytes(t, &flags);
        if (held < 0) return -1;
        if (held > 0 || chars > c->chars_to_skip) continue;
        c->start += (uint64_t)c->bytes_to_feed;
        c->chars_to_skip -= (int32_t)chars;
        c->flags = flags;
        c->bytes_to_feed = 0;
        chars = 0;
        if (c->chars_to_skip == 0) return 0;
    }
    if (chars >= c->chars_to_skip) return 0;
    if ((more = count_decoded(t, NULL, 0, true)) < 0) return -1;
    c->need_eof = true;
    if (chars + more >= c->chars_to_skip) return 0;
    return raise_int(T_OSError, "can't reconstruct logical file position");
}

/* The cookie for the place `taken` characters into the chunk that begins at c->start. 0, -1. */
static int find_place(TextIo *t, Cookie *c) {
    Value held;
    int flags;
    if (io_text_decoder_state(t, &held, &flags) < 0) return -1;
    ssize_t at = find_start(t, c);
    int status = at < 0 ? -1 : 0;
    if (status == 0) {
        c->start += (uint64_t)at;
        if (c->chars_to_skip) status = feed_to_place(t, c, (size_t)at);
    }
    Value earlier = status < 0 ? error_take() : NULL;
    int restored = set_decoder_state(t, held, flags);
    decref(held);
    if (!earlier) return restored;
    if (restored < 0) error_chain_steal(earlier);
    else error_restore_steal(earlier);
    return -1;
}

/* `at` is where the bytes stand that were read last. New. */
static Value cookie_at(TextIo *t, Value at) {
    Cookie c = {.flags = t->chunk_flags, .chars_to_skip = (int32_t)t->used};
    if (!int_to_u64(at, &c.start)) return raise_error(T_OverflowError, "int too big to convert");
    c.start -= bytes_length(t->chunk);
    if (t->used && find_place(t, &c) < 0) return NULL;
    return cookie_pack(&c);
}

Value io_text_tell(Value self) {
    TextIo *t = (TextIo *)self;
    if (io_text_check_open(t) < 0) return NULL;
    if (!t->seekable) return io_unsupported("underlying stream is not seekable");
    if (!t->telling) return raise_error(T_OSError, "telling position disabled by next() call");
    if (io_text_flush(self) < 0) return NULL;
    Value at = value_call_method_noargs(t->buffer, NAME(tell));
    if (!at || !t->chunk) return at;
    Value answer;
    if (t->codec == CODEC_OTHER) answer = t->decoder ? cookie_at(t, at) : incref(at);
    else if (!t->decoded) answer = incref(at);
    else answer = value_subtract(at, small_int_new((int64_t)(bytes_length(t->chunk) - consumed_bytes(t))));
    decref(at);
    return answer;
}

/* ---- seek ---- */

static Value seek_buffer(TextIo *t, Value offset, int whence) {
    Value args[2] = {offset, small_int_new(whence)};
    return value_call_method(t->buffer, NAME(seek), args, 2);
}

/* Nothing read, nothing half written: as at a stream's start. */
static void start_anew(TextIo *t) {
    io_text_forget(t);
    CLEAR_FIELD(t->encoder);
}

static Value seek_end(TextIo *t) {
    if (io_text_flush(AS_VALUE(t)) < 0) return NULL;
    start_anew(t);
    t->seen = 0;
    return seek_buffer(t, small_int_new(0), 2);
}

/* Decodes what the cookie says is to be decoded, and takes the characters before the place. 0, -1. */
static int take_to_place(TextIo *t, const Cookie *c) {
    Value data = value_call_method_one(t->buffer, NAME(read), small_int_new(c->bytes_to_feed));
    if (data && !is_bytes(data)) {
        raise_error(T_TypeError, "underlying read() should have returned a bytes object, not '%.200T'", data);
        CLEAR_FIELD(data);
    }
    Value text = data ? io_text_decode(t, bytes_data(data), bytes_length(data), c->need_eof) : NULL;
    if (!text) {
        xdecref(data);
        return -1;
    }
    SET_FIELD_STEAL(t->chunk, data);
    SET_FIELD_STEAL(t->decoded, text);
    if (str_length(text) < (size_t)c->chars_to_skip)
        return raise_int(T_OSError, "can't restore logical file position");
    t->used = (size_t)c->chars_to_skip;
    return 0;
}

/* Puts the decoder where the cookie says. 0, -1. */
static int restore_decoder(TextIo *t, const Cookie *c) {
    if (!t->readable || (t->codec == CODEC_OTHER && io_text_make_decoder(t) < 0) || set_decoder_to(t, c) < 0)
        return t->readable ? -1 : 0;
    t->chunk_flags = c->flags;
    if (c->chars_to_skip) return take_to_place(t, c);
    if (t->codec == CODEC_OTHER) SET_FIELD_STEAL(t->chunk, incref(rt->empty_bytes));
    return 0;
}

static Value seek_to(TextIo *t, Value position) {
    Cookie c;
    if (int_sign(position) < 0) return raise_error(T_ValueError, "negative seek position %R", position);
    if (io_text_flush(AS_VALUE(t)) < 0 || cookie_unpack(&c, position) < 0) return NULL;
    Value start = int_from_u64(c.start), done = start ? seek_buffer(t, start, 0) : NULL;
    xdecref(start);
    if (!done) return NULL;
    decref(done);
    start_anew(t);
    return restore_decoder(t, &c) < 0 ? NULL : incref(position);
}

Value io_text_seek(Value self, Value const *args, size_t nargs) {
    TextIo *t = (TextIo *)self;
    int whence = 0;
    if (!args_count("seek", nargs, 1, 2) || (nargs > 1 && value_as_int(args[1], &whence) < 0) ||
        io_text_check_open(t) < 0)
        return NULL;
    if (!t->seekable) return io_unsupported("underlying stream is not seekable");
    if (whence < 0 || whence > 2)
        return raise_error(T_ValueError, "invalid whence (%d, should be 0, 1 or 2)", whence);
    int still = whence ? value_equal(args[0], small_int_new(0)) : 1;
    if (still <= 0)
        return still < 0 ? NULL
                         : io_unsupported(whence == 1 ? "can't do nonzero cur-relative seeks"
                                                      : "can't do nonzero end-relative seeks");
    if (whence == 2) return seek_end(t);
    Value position = whence == 1 ? io_text_tell(self) : value_index(args[0]);
    Value done = position ? seek_to(t, position) : NULL;
    xdecref(position);
    return done;
}
