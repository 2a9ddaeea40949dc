/*
 * binascii: bytes as text: hexadecimal, base64, uuencode, quoted-printable; checksums.
 *
 * Each conversion bounds the size of its result, fills a Bytes of that size and cuts it to what was written.
 */
#include <zlib.h>

#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef struct BinasciiState {
    Type *error, *incomplete;
} BinasciiState;

#define fail(...) raise_type(MODULE_STATE(binascii, BinasciiState)->error, __VA_ARGS__)

/* ---- arguments and results ---- */

/* Bytes, or an ASCII str. 0, -1 raised. Pairs with buffer_release. */
static int ascii_buffer(Value v, Buffer *out) {
    if (is_str(v)) {
        if (!((Str *)v)->ascii)
            return raise_int(T_ValueError, "string argument should contain only ASCII characters");
        memset(out, 0, sizeof *out);
        out->data = (void *)(uintptr_t)str_data(v);
        out->length = str_length(v);
        return 0;
    }
    if (!type_of(v)->slots.get_buffer)
        return raise_int(T_TypeError, "argument should be bytes, buffer or ASCII string, not '%T'", v);
    return buffer_get(v, out, false);
}

/* The first n bytes of a result; steals it. */
static Value cut_steal(Value bytes, size_t n) {
    if (!bytes || bytes_length(bytes) == n) return bytes;
    Value result = bytes_from(bytes_data(bytes), n);
    decref(bytes);
    return result;
}

static Value result_of(size_t count, size_t factor, size_t extra) {
    size_t n;
    if (__builtin_mul_overflow(count, factor, &n) || __builtin_add_overflow(n, extra, &n))
        return raise_no_memory();
    return work_charge(n / 64) < 0 ? NULL : bytes_new(n);
}

/* ---- hexadecimal ---- */

static const char hex_digits[] = "0123456789abcdef";

static int hex_value(uint8_t c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The separator's byte; -1 raised. */
static int separator_byte(Value v) {
    ssize_t n = value_length(v);
    if (n < 0) return -1;
    if (n != 1) return raise_int(T_ValueError, "sep must be length 1.");
    if (is_bytes(v)) return bytes_data(v)[0];
    if (!is_str(v)) return raise_int(T_TypeError, "sep must be str or bytes.");
    uint32_t c = str_read(v, 0);
    return c < 256 ? (int)c : raise_int(T_ValueError, "sep must be ASCII.");
}

/* separator -1: none. Groups count from the right when group > 0, from the left when it is negative. */
static Value to_hex(const uint8_t *data, size_t n, int separator, int group) {
    size_t every = group < 0 ? -(size_t)group : (size_t)group;
    size_t separators = separator < 0 || every == 0 || n == 0 ? 0 : (n - 1) / every;
    Value result = result_of(n, 2, separators);
    if (!result) return NULL;
    uint8_t *to = bytes_data(result);
    for (size_t i = 0; i < n; i++) {
        size_t position = group < 0 ? i : n - i;
        if (separators && i > 0 && position % every == 0) *to++ = (uint8_t)separator;
        *to++ = (uint8_t)hex_digits[data[i] >> 4];
        *to++ = (uint8_t)hex_digits[data[i] & 15];
    }
    return result;
}

static Value hex_from_call(const char *function, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"data", "sep", "bytes_per_sep", NULL};
    ArgSpec spec = {function, names, 3, 1, 3};
    Value out[3];
    int group = 1, separator = -1;
    Buffer buffer;
    if (!args_bind(&spec, args, nargs, kwnames, out) || buffer_get(out[0], &buffer, false) < 0) return NULL;
    Value result = NULL;
    if (out[2] && value_as_int(out[2], &group) < 0) {
        buffer_release(&buffer);
        return NULL;
    }
    if (!out[1] || (separator = separator_byte(out[1])) >= 0)
        result = to_hex(buffer.data, buffer.length, separator, group);
    buffer_release(&buffer);
    return result;
}

static Value b2a_hex(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return hex_from_call("b2a_hex", args, nargs, kwnames);
}

static Value hexlify(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return hex_from_call("hexlify", args, nargs, kwnames);
}

static Value from_hex(const uint8_t *text, size_t n) {
    if (n % 2) return fail("Odd-length string");
    Value result = result_of(n / 2, 1, 0);
    for (size_t i = 0; result && i < n; i += 2) {
        int high = hex_value(text[i]), low = hex_value(text[i + 1]);
        if (high < 0 || low < 0) {
            decref(result);
            return fail("Non-hexadecimal digit found");
        }
        bytes_data(result)[i / 2] = (uint8_t)(high << 4 | low);
    }
    return result;
}

static Value a2b_hex(Value module, Value text) {
    (void)module;
    Buffer buffer;
    if (ascii_buffer(text, &buffer) < 0) return NULL;
    Value result = from_hex(buffer.data, buffer.length);
    buffer_release(&buffer);
    return result;
}

/* ---- base64 ---- */

static const char base64_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(uint8_t c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

static Value to_base64(const uint8_t *data, size_t n, bool newline) {
    Value result = result_of((n + 2) / 3, 4, newline);
    if (!result) return NULL;
    uint8_t *to = bytes_data(result);
    for (size_t i = 0; i < n; i += 3) {
        uint32_t b = i + 1 < n ? data[i + 1] : 0, c = i + 2 < n ? data[i + 2] : 0,
                 bits = (uint32_t)data[i] << 16 | b << 8 | c;
        *to++ = (uint8_t)base64_letters[bits >> 18];
        *to++ = (uint8_t)base64_letters[bits >> 12 & 63];
        *to++ = i + 1 < n ? (uint8_t)base64_letters[bits >> 6 & 63] : '=';
        *to++ = i + 2 < n ? (uint8_t)base64_letters[bits & 63] : '=';
    }
    if (newline) *to = '\n';
    return result;
}

static Value b2a_base64(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "newline", NULL};
    static const ArgSpec spec = {"b2a_base64", names, 2, 1, 1};
    Value out[2];
    Buffer buffer;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int newline = out[1] ? value_is_true(out[1]) : 1;
    if (newline < 0 || buffer_get(out[0], &buffer, false) < 0) return NULL;
    Value result = to_base64(buffer.data, buffer.length, newline);
    buffer_release(&buffer);
    return result;
}

/* Decodes into `to`; how many bytes, -1 raised. Outside of strict mode all but letters and padding is passed over. */
static ssize_t from_base64(const uint8_t *text, size_t n, bool strict, uint8_t *to) {
    uint8_t *start = to;
    uint32_t bits = 0;
    int quad = 0, pads = 0;
    bool padded = false;
    if (strict && n > 0 && text[0] == '=') return fail("Leading padding not allowed"), -1;
    for (size_t i = 0; i < n; i++) {
        if (work_at(i) < 0) return -1;
        if (text[i] == '=') {
            padded = true;
            if (quad >= 2 && quad + ++pads >= 4) {
                if (strict && i + 1 < n) return fail("Excess data after padding"), -1;
                return to - start;
            }
            continue;
        }
        int value = base64_value(text[i]);
        if (value < 0) {
            if (strict) return fail("Only base64 data is allowed"), -1;
            continue;
        }
        if (strict && padded) return fail("Discontinuous padding not allowed"), -1;
        pads = 0;
        bits = bits << 6 | (uint32_t)value;
        quad = (quad + 1) & 3;
        if (quad == 1) continue;
        *to++ = (uint8_t)(bits >> (quad == 2 ? 4 : quad == 3 ? 2 : 0));
    }
    if (quad == 0) return to - start;
    if (quad == 1)
        fail("Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a "
             "multiple of 4",
             (to - start) / 3 * 4 + 1);
    else fail("Incorrect padding");
    return -1;
}

static Value a2b_base64(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "strict_mode", NULL};
    static const ArgSpec spec = {"a2b_base64", names, 2, 1, 1};
    Value out[2];
    Buffer buffer;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int strict = out[1] ? value_is_true(out[1]) : 0;
    if (strict < 0 || ascii_buffer(out[0], &buffer) < 0) return NULL;
    Value result = result_of((buffer.length + 3) / 4, 3, 0);
    ssize_t n = result ? from_base64(buffer.data, buffer.length, strict, bytes_data(result)) : -1;
    buffer_release(&buffer);
    if (n >= 0) return cut_steal(result, (size_t)n);
    xdecref(result);
    return NULL;
}

/* ---- uuencode: one line ---- */

enum { UU_MAX = 45 };

static uint8_t uu_letter(uint32_t bits, bool backtick) {
    return backtick && !bits ? '`' : (uint8_t)(bits + ' ');
}

static Value b2a_uu(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "backtick", NULL};
    static const ArgSpec spec = {"b2a_uu", names, 2, 1, 1};
    Value out[2];
    Buffer buffer;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int backtick = out[1] ? value_is_true(out[1]) : 0;
    if (backtick < 0 || buffer_get(out[0], &buffer, false) < 0) return NULL;
    const uint8_t *data = buffer.data;
    size_t n = buffer.length;
    Value result = n > UU_MAX ? fail("At most 45 bytes at once") : bytes_new(2 + (n + 2) / 3 * 4);
    if (result) {
        uint8_t *to = bytes_data(result);
        *to++ = uu_letter((uint32_t)n, backtick);
        for (size_t i = 0; i < n; i += 3) {
            uint32_t b = i + 1 < n ? data[i + 1] : 0, c = i + 2 < n ? data[i + 2] : 0;
            uint32_t bits = (uint32_t)data[i] << 16 | b << 8 | c;
            for (int shift = 18; shift >= 0; shift -= 6) *to++ = uu_letter(bits >> shift & 63, backtick);
        }
        *to = '\n';
    }
    buffer_release(&buffer);
    return result;
}

static bool ends_line(uint8_t c) { return c == '\n' || c == '\r'; }

/* Fills to[0..n) from the letters behind the length; where it stopped, or NULL raised. A short line counts as zeros. */
static const uint8_t *uu_decode(const uint8_t *p, const uint8_t *end, uint8_t *to, size_t n) {
    uint32_t bits = 0;
    int held = 0;
    while (n > 0) {
        uint8_t c = p < end ? *p : 0;
        uint32_t value = 0;
        if (p < end && !ends_line(c)) {
            if (c < ' ' || c > ' ' + 64) return (const uint8_t *)fail("Illegal char");
            value = (uint32_t)(c - ' ') & 63;
        }
        if (p < end) p++;
        bits = bits << 6 | value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            *to++ = (uint8_t)(bits >> held);
            bits &= (1u << held) - 1;
            n--;
        }
    }
    return p;
}

static Value a2b_uu(Value module, Value text) {
    (void)module;
    Buffer buffer;
    if (ascii_buffer(text, &buffer) < 0) return NULL;
    const uint8_t *p = buffer.data, *end = p + buffer.length;
    size_t n = ((p < end ? *p : 0) - (size_t)' ') & 63;
    Value result = bytes_new(n);
    if (result) {
        p = uu_decode(p + (p < end), end, bytes_data(result), n);
        /* letters that stand for zero may follow */
        while (p && p < end) {
            uint8_t c = *p++;
            if (c == ' ' || c == ' ' + 64 || ends_line(c)) continue;
            fail("Trailing garbage");
            p = NULL;
        }
        if (!p) CLEAR_FIELD(result);
    }
    buffer_release(&buffer);
    return result;
}

/* ---- quoted-printable ---- */

enum { QP_LINE = 76 };

static Value a2b_qp(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"data", "header", NULL};
    static const ArgSpec spec = {"a2b_qp", names, 2, 1, 2};
    Value out[2];
    Buffer buffer;
    int header = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out) || ascii_buffer(out[0], &buffer) < 0) return NULL;
    if (out[1] && value_as_int(out[1], &header) < 0) {
        buffer_release(&buffer);
        return NULL;
    }
    const uint8_t *in = buffer.data;
    size_t n = buffer.length, length = 0;
    Value result = result_of(n, 1, 0);
    uint8_t *to = result ? bytes_data(result) : NULL;
    for (size_t i = 0; result && i < n;) {
        if (in[i] != '=') {
            to[length++] = header && in[i] == '_' ? ' ' : in[i];
            i++;
        } else if (++i >= n) {
            break;
        } else if (ends_line(in[i])) { /* a soft line break */
            while (i < n && in[i] != '\n') i++;
            if (i < n) i++;
        } else if (in[i] == '=') {
            to[length++] = '=';
            i++;
        } else if (i + 1 < n && hex_value(in[i]) >= 0 && hex_value(in[i + 1]) >= 0) {
            to[length++] = (uint8_t)(hex_value(in[i]) << 4 | hex_value(in[i + 1]));
            i += 2;
        } else {
            to[length++] = '=';
        }
    }
    buffer_release(&buffer);
    return cut_steal(result, length);
}

typedef struct Qp {
    const uint8_t *in;
    size_t n;
    uint8_t *to;
    size_t length, line;
    bool quote_tabs, is_text, header, crlf;
} Qp;

static bool qp_must_quote(const Qp *q, size_t i) {
    uint8_t c = q->in[i];
    bool last = i + 1 == q->n;
    if (c > 126 || c == '=' || (q->header && c == '_')) return true;
    if (c == '.' && q->line == 0 && (last || ends_line(q->in[i + 1]) || q->in[i + 1] == 0)) return true;
    if (!q->is_text && ends_line(c)) return true;
    if ((c == ' ' || c == '\t') && last) return true;
    return c < 33 && !ends_line(c) && (q->quote_tabs || (c != '\t' && c != ' '));
}

static void qp_put_hex(Qp *q, uint8_t c) {
    q->to[q->length++] = '=';
    q->to[q->length++] = (uint8_t) "0123456789ABCDEF"[c >> 4];
    q->to[q->length++] = (uint8_t) "0123456789ABCDEF"[c & 15];
}

static void qp_put_newline(Qp *q) {
    if (q->crlf) q->to[q->length++] = '\r';
    q->to[q->length++] = '\n';
    q->line = 0;
}

static void qp_soft_break(Qp *q) {
    q->to[q->length++] = '=';
    qp_put_newline(q);
}

/* A space or tab at the end of a line is quoted after all. */
static void qp_quote_end(Qp *q) {
    uint8_t c = q->length ? q->to[q->length - 1] : 0;
    if (c != ' ' && c != '\t') return;
    q->length--;
    qp_put_hex(q, c);
}

static void qp_encode(Qp *q) {
    for (size_t i = 0; i < q->n;) {
        uint8_t c = q->in[i];
        bool newline = c == '\n' || (c == '\r' && i + 1 < q->n && q->in[i + 1] == '\n');
        if (qp_must_quote(q, i)) {
            if (q->line + 3 >= QP_LINE) qp_soft_break(q);
            qp_put_hex(q, c);
            q->line += 3;
            i++;
        } else if (q->is_text && newline) {
            qp_quote_end(q);
            qp_put_newline(q);
            i += c == '\r' ? 2 : 1;
        } else {
            if (i + 1 < q->n && q->in[i + 1] != '\n' && q->line + 1 >= QP_LINE) qp_soft_break(q);
            q->line++;
            q->to[q->length++] = q->header && c == ' ' ? '_' : c;
            i++;
        }
    }
}

static Value b2a_qp(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"data", "quotetabs", "istext", "header", NULL};
    static const ArgSpec spec = {"b2a_qp", names, 4, 1, 4};
    Value out[4];
    Buffer buffer;
    int truth[3] = {0, 1, 0};
    if (!args_bind(&spec, args, nargs, kwnames, out) || buffer_get(out[0], &buffer, false) < 0) return NULL;
    for (int i = 0; i < 3; i++)
        if (out[i + 1] && value_as_int(out[i + 1], &truth[i]) < 0) {
            buffer_release(&buffer);
            return NULL;
        }
    Qp q = {.in = buffer.data,
            .n = buffer.length,
            .quote_tabs = truth[0],
            .is_text = truth[1],
            .header = truth[2]};
    const uint8_t *newline = q.n ? memchr(q.in, '\n', q.n) : NULL;
    q.crlf = newline && newline > q.in && newline[-1] == '\r';
    /* at worst three bytes for one, a soft break every so often, and a quoted space before each newline */
    Value result = result_of(q.n, 6, 8);
    if (result) {
        q.to = bytes_data(result);
        qp_encode(&q);
    }
    buffer_release(&buffer);
    return cut_steal(result, q.length);
}

/* ---- checksums ---- */

/* The low 32 bits of an int, whatever its size. */
static int low_bits(Value v, uint32_t *out) {
    Value n = value_index(v), low = n ? int_and(n, small_int_new(UINT32_MAX)) : NULL;
    xdecref(n);
    if (!low) return -1;
    *out = (uint32_t)small_int(low);
    return 0;
}

static Value binascii_crc32(Value module, Value const *args, size_t nargs) {
    (void)module;
    uint32_t crc = 0;
    Buffer buffer;
    if (!args_count("crc32", nargs, 1, 2) || buffer_get(args[0], &buffer, false) < 0) return NULL;
    if (nargs > 1 && low_bits(args[1], &crc) < 0) {
        buffer_release(&buffer);
        return NULL;
    }
    crc = (uint32_t)crc32_z(crc, buffer.data, buffer.length);
    int status = work_charge(buffer.length / 64);
    buffer_release(&buffer);
    return status < 0 ? NULL : small_int_new(crc);
}

static Value crc_hqx(Value module, Value const *args, size_t nargs) {
    (void)module;
    uint32_t crc;
    Buffer buffer;
    if (!args_count("crc_hqx", nargs, 2, 2) || buffer_get(args[0], &buffer, false) < 0) return NULL;
    if (low_bits(args[1], &crc) < 0) {
        buffer_release(&buffer);
        return NULL;
    }
    const uint8_t *data = buffer.data;
    crc &= 0xffff;
    for (size_t i = 0; i < buffer.length; i++) {
        crc ^= (uint32_t)data[i] << 8;
        for (int bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xffff;
    }
    int status = work_charge(buffer.length / 64);
    buffer_release(&buffer);
    return status < 0 ? NULL : small_int_new(crc);
}

/* ---- the module ---- */

static Type *exception(const char *name, TypeId base) {
    Value bases = tuple_pack(1, AS_VALUE(rt->types[base]));
    Type *type = bases ? type_new_simple(name, bases, NULL, NULL) : NULL;
    xdecref(bases);
    return type;
}

static int binascii_ready(Value module) {
    BinasciiState *s = module_state_new(M_binascii, sizeof *s);
    if (!s) return -1;
    if (!s->error && !(s->error = exception("binascii.Error", T_ValueError))) return -1;
    if (!s->incomplete && !(s->incomplete = exception("binascii.Incomplete", T_Exception))) return -1;
    if (module_add(module, "Error", incref(AS_VALUE(s->error))) < 0) return -1;
    return module_add(module, "Incomplete", incref(AS_VALUE(s->incomplete)));
}

#define HEX_SIGNATURE "($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\n"

static const NativeMethod binascii_functions[] = {
    METHOD_ONE("a2b_uu", a2b_uu, "a2b_uu($module, data, /)\n--\n\nThe bytes of one uuencoded line."),
    METHOD_KW("b2a_uu", b2a_uu, "b2a_uu($module, data, /, *, backtick=False)\n--\n\nUuencode line of data."),
    METHOD_KW(
        "a2b_base64", a2b_base64,
        "a2b_base64($module, data, /, *, strict_mode=False)\n--\n\nThe bytes that base64 letters spell."),
    METHOD_KW("b2a_base64", b2a_base64,
              "b2a_base64($module, data, /, *, newline=True)\n--\n\nBase64-code line of data."),
    METHOD_KW("b2a_hex", b2a_hex, "b2a_hex" HEX_SIGNATURE "Two hexadecimal digits a byte."),
    METHOD_KW("hexlify", hexlify, "hexlify" HEX_SIGNATURE "Two hexadecimal digits a byte."),
    METHOD_ONE("a2b_hex", a2b_hex,
               "a2b_hex($module, hexstr, /)\n--\n\nThe bytes that pairs of hexadecimal digits spell."),
    METHOD_ONE("unhexlify", a2b_hex,
               "unhexlify($module, hexstr, /)\n--\n\nThe bytes that pairs of hexadecimal digits spell."),
    METHOD_FAST("crc32", binascii_crc32,
                "crc32($module, data, crc=0, /)\n--\n\nCompute CRC-32 incrementally."),
    METHOD_FAST("crc_hqx", crc_hqx, "crc_hqx($module, data, crc, /)\n--\n\nCompute CRC-CCITT incrementally."),
    METHOD_KW(
        "a2b_qp", a2b_qp,
        "a2b_qp($module, /, data, header=False)\n--\n\nThe bytes that quoted-printable text stands for."),
    METHOD_KW("b2a_qp", b2a_qp,
              "b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)\n--\n\nThe bytes, "
              "quoted-printable."),
    METHOD_END,
};

const ModuleSpec module_binascii = {
    .name = "binascii",
    .doc = "Bytes as text and back: base64, hex, quoted-printable, uuencode, and checksums.",
    .functions = binascii_functions,
    .ready = binascii_ready,
};
