/*
 * codecs_utf7: UTF-7 (RFC 2152): ASCII, with everything else as base64 of UTF-16 between `+` and `-`.
 *
 * Decoding, like CPython's, stops before a shift sequence that is not complete when more input is to come.
 */
#include "modules/codecs_errors.h"
#include "modules/codecs_utf7.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/protocols.h"
#include "objects/str.h"

static const char base64_digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(uint32_t c) {
    const char *at = c && c < 128 ? strchr(base64_digits, (int)c) : NULL;
    return at ? (int)(at - base64_digits) : -1;
}

/* Characters that stand for themselves: all of printable ASCII but `+`, `\` and `~`, and white space. */
static bool is_direct(uint32_t c) {
    if (c == '\t' || c == '\n' || c == '\r') return true;
    return c >= ' ' && c < 127 && c != '+' && c != '\\' && c != '~';
}

/* ---- encoding ---- */

typedef struct Utf7Encoder {
    StrBuilder out; /* ASCII */
    uint32_t bits, count;
    bool shifted;
} Utf7Encoder;

static int put_bits(Utf7Encoder *e, uint32_t unit) {
    e->bits = e->bits << 16 | unit;
    e->count += 16;
    while (e->count >= 6) {
        e->count -= 6;
        if (str_builder_add_char(&e->out, (uint32_t)base64_digits[e->bits >> e->count & 63]) < 0) return -1;
    }
    e->bits &= (1u << e->count) - 1;
    return 0;
}

static int put_shifted(Utf7Encoder *e, uint32_t c) {
    if (!e->shifted && str_builder_add_char(&e->out, '+') < 0) return -1;
    e->shifted = true;
    if (c < 0x10000) return put_bits(e, c);
    c -= 0x10000;
    return put_bits(e, 0xD800 | c >> 10) < 0 ? -1 : put_bits(e, 0xDC00 | (c & 0x3FF));
}

/* Leaves the shift sequence; next: the character behind it, 0 at the end. */
static int end_shift(Utf7Encoder *e, uint32_t next) {
    uint32_t rest = e->bits << (6 - e->count) & 63;
    if (e->count && str_builder_add_char(&e->out, (uint32_t)base64_digits[rest]) < 0) return -1;
    e->count = e->bits = 0;
    e->shifted = false;
    bool needs_end = next == 0 || next == '-' || base64_value(next) >= 0;
    return needs_end ? str_builder_add_char(&e->out, '-') : 0;
}

static int encode_char(Utf7Encoder *e, uint32_t c) {
    if (!is_direct(c) && !(c == '+' && !e->shifted)) return put_shifted(e, c);
    if (e->shifted && end_shift(e, c) < 0) return -1;
    return c == '+' ? str_builder_add_cstr(&e->out, "+-") : str_builder_add_char(&e->out, c);
}

Value utf7_encode(Value text) {
    Utf7Encoder e = {.out = STR_BUILDER_INIT};
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(text); i++) status = encode_char(&e, str_read(text, i));
    if (status == 0 && e.shifted) status = end_shift(&e, 0);
    Value ascii = status == 0 ? str_builder_finish(&e.out) : NULL;
    if (!ascii) str_builder_drop(&e.out);
    Value bytes = ascii ? bytes_from(str_data(ascii), str_length(ascii)) : NULL;
    xdecref(ascii);
    return bytes;
}

/* ---- decoding ---- */

typedef struct Utf7Decoder {
    Value data; /* bytes */
    size_t at;
    const char *errors;
    StrBuilder out;
    bool shifted;
    size_t shift_start;  /* of the `+` */
    size_t shift_output; /* length of out there */
    uint32_t bits, count, surrogate;
} Utf7Decoder;

static int fault(Utf7Decoder *d, size_t start, size_t end, const char *reason) {
    Value replacement = NULL;
    Value e = codecs_unicode_error(T_UnicodeDecodeError, "utf7", d->data, start, end, reason);
    int status = e ? codec_ask_handler(d->errors, e, &d->data, &replacement, &d->at) : -1;
    xdecref(e);
    if (status == 0) status = str_builder_add(&d->out, replacement);
    xdecref(replacement);
    d->shifted = false;
    return status;
}

static int put_unit(Utf7Decoder *d, uint32_t unit) {
    if (d->surrogate) {
        uint32_t high = d->surrogate;
        d->surrogate = 0;
        if (unit >= 0xDC00 && unit <= 0xDFFF)
            return str_builder_add_char(&d->out, 0x10000 + ((high & 0x3FF) << 10 | (unit & 0x3FF)));
        if (str_builder_add_char(&d->out, high) < 0) return -1;
    }
    if (unit >= 0xD800 && unit <= 0xDBFF) return d->surrogate = unit, 0;
    return str_builder_add_char(&d->out, unit);
}

/* The byte behind a shift sequence. */
static int leave_shift(Utf7Decoder *d, uint8_t c) {
    size_t start = d->shift_start, end = d->at + 1;
    d->shifted = false;
    if (d->count >= 6) return fault(d, start, end, "partial character in base64 sequence");
    if (d->bits) return fault(d, start, end, "non-zero padding bits in shift sequence");
    if (d->surrogate && c < 128 && c != '+' && str_builder_add_char(&d->out, d->surrogate) < 0) return -1;
    d->surrogate = 0;
    if (c == '-') d->at++;
    return 0;
}

static int decode_shifted(Utf7Decoder *d, uint8_t c) {
    int value = base64_value(c);
    if (value < 0) return leave_shift(d, c);
    d->at++;
    d->bits = d->bits << 6 | (uint32_t)value;
    d->count += 6;
    if (d->count < 16) return 0;
    d->count -= 16;
    uint32_t unit = d->bits >> d->count;
    d->bits &= (1u << d->count) - 1;
    return put_unit(d, unit & 0xFFFF);
}

static int decode_plain(Utf7Decoder *d, uint8_t c) {
    size_t n = bytes_length(d->data);
    if (c != '+') {
        if (c >= 128) return fault(d, d->at, d->at + 1, "unexpected special character");
        d->at++;
        return str_builder_add_char(&d->out, c);
    }
    uint8_t next = d->at + 1 < n ? bytes_data(d->data)[d->at + 1] : 0;
    if (next == '-') {
        d->at += 2;
        return str_builder_add_char(&d->out, '+');
    }
    if (d->at + 1 < n && base64_value(next) < 0) return fault(d, d->at, d->at + 2, "ill-formed sequence");
    d->shifted = true;
    d->shift_start = d->at++;
    d->shift_output = d->out.length;
    d->bits = d->count = d->surrogate = 0;
    return 0;
}

/* At the end of the input within a shift sequence. */
static int end_input(Utf7Decoder *d, bool final) {
    size_t n = bytes_length(d->data);
    if (!final) { /* it is read again with what follows */
        d->at = d->shift_start;
        d->out.length = d->shift_output;
        return 0;
    }
    if (d->surrogate || d->count >= 6 || d->bits)
        return fault(d, d->shift_start, n, "unterminated shift sequence");
    d->shifted = false;
    return 0;
}

Value utf7_decode(const void *data, size_t n, const char *errors, bool final, size_t *used) {
    Utf7Decoder d = {.data = bytes_from(data, n), .errors = errors, .out = STR_BUILDER_INIT};
    int status = d.data ? 0 : -1;
    while (status == 0 && (d.at < bytes_length(d.data) || d.shifted)) {
        if (d.at >= bytes_length(d.data)) {
            status = end_input(&d, final);
            if (!final) break;
            continue;
        }
        uint8_t c = bytes_data(d.data)[d.at];
        status = d.shifted ? decode_shifted(&d, c) : decode_plain(&d, c);
    }
    *used = d.at;
    xdecref(d.data);
    if (status == 0) return str_builder_finish(&d.out);
    str_builder_drop(&d.out);
    return NULL;
}
