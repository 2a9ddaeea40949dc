#include "objects/bytes_methods.h"

#include <stdio.h>

#include "base/utf8.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/seq.h"
#include "objects/text_methods.h"

Value bytes_repr_of(const uint8_t *data, size_t n, const char *open, const char *close) {
    bool single = memchr(data, '\'', n) != NULL, twofold = memchr(data, '"', n) != NULL;
    uint8_t quote = single && !twofold ? '"' : '\'';
    StrBuilder b = STR_BUILDER_INIT;
    int status = str_builder_add_cstr(&b, open);
    if (status == 0) status = str_builder_add_char(&b, quote);
    for (size_t i = 0; status == 0 && i < n; i++) {
        uint8_t c = data[i];
        char text[8];
        const char *escape = c == '\t'   ? "\\t"
                             : c == '\n' ? "\\n"
                             : c == '\r' ? "\\r"
                             : c == '\\' ? "\\\\"
                                         : NULL;
        if (escape) status = str_builder_add_cstr(&b, escape);
        else if (c == quote ||
                 (c == '\'' && *close)) /* a bytearray's single quotes are escaped between any quotes */
            status = str_builder_add_char(&b, '\\') < 0 ? -1 : str_builder_add_char(&b, c);
        else if (c >= 32 && c < 127) status = str_builder_add_char(&b, c);
        else status = str_builder_add_ascii(&b, text, (size_t)snprintf(text, sizeof text, "\\x%02x", c));
    }
    if (status == 0) status = str_builder_add_char(&b, quote);
    if (status == 0) status = str_builder_add_cstr(&b, close);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

int byte_from_value(Value v) {
    if (is_small_int(v)) {
        int64_t n = small_int(v);
        return n >= 0 && n < 256 ? (int)n : raise_int(T_ValueError, "byte must be in range(0, 256)");
    }
    if (!value_has_index(v))
        return raise_int(T_TypeError, "'%T' object cannot be interpreted as an integer", v);
    Value i = value_index(v);
    if (!i) return -1;
    int64_t n;
    bool ok = int_to_i64(i, &n) && n >= 0 && n < 256;
    decref(i);
    return ok ? (int)n : raise_int(T_ValueError, "byte must be in range(0, 256)");
}

/* A list or tuple of ints that all are bytes; NULL without an error: it is something else. */
static Value from_small_ints(Value sequence) {
    size_t n = fast_sequence_length(sequence);
    if (n == 0 || work_charge_alone(n / 64) < 0) return NULL;
    Value result = is_small_int(fast_sequence_items(sequence)[0]) ? bytes_new(n) : NULL;
    if (!result) return NULL;
    for (size_t i = 0; i < n; i++) {
        Value item = fast_sequence_items(sequence)[i];
        if (!is_small_int(item) || (uint64_t)small_int(item) > 255) {
            decref(result);
            return NULL;
        }
        bytes_data(result)[i] = (uint8_t)small_int(item);
    }
    return result;
}

static Value from_items(Value v, bool for_array) {
    Value plain = IS_EXACT(v, list) || IS_EXACT(v, tuple) ? from_small_ints(v) : NULL;
    if (plain || error_pending()) return plain;
    Value it = value_iter(v);
    if (!it) {
        if (error_swallow(T_TypeError))
            raise_error(T_TypeError, "cannot convert '%T' object to %s", v,
                        for_array ? "bytearray" : "bytes");
        return NULL;
    }
    enum { FIRST_CAPACITY = 64 };
    if (!for_array && value_length_hint(v, FIRST_CAPACITY) < 0) return decref(it), NULL;
    size_t n = 0, capacity = FIRST_CAPACITY;
    uint8_t *data = heap_alloc(rt->heap, capacity);
    bool ok = data != NULL;
    if (!ok) raise_no_memory();
    for (Value item; ok && (item = value_next(it)) != NULL; decref(item)) {
        int byte = byte_from_value(item);
        if (byte < 0 && !for_array && error_matches(T_ValueError)) {
            error_clear();
            raise_error(T_ValueError, "bytes must be in range(0, 256)");
        }
        ok = byte >= 0;
        if (ok && n == capacity) {
            uint8_t *bigger = heap_realloc(rt->heap, data, capacity * 2);
            if (!bigger) raise_no_memory();
            ok = bigger != NULL;
            if (ok) data = bigger, capacity *= 2;
        }
        if (ok) data[n++] = (uint8_t)byte;
    }
    decref(it);
    Value result = ok && !error_pending() ? bytes_from(data, n) : NULL;
    heap_free(rt->heap, data);
    return result;
}

/* What __bytes__ says; NULL without an error: there is none. */
static Value from_method(Value v) {
    Value self, method = value_lookup_special(v, NAME(__bytes__), &self);
    if (!method) return NULL;
    Value made = self ? value_call_one(method, self) : value_call_noargs(method);
    decref(method);
    if (!made || is_bytes(made)) return made;
    raise_error(T_TypeError, "__bytes__ returned non-bytes (type %T)", made);
    decref(made);
    return NULL;
}

static Value from_buffer(Value v) {
    if (IS_EXACT(v, memoryview)) return memoryview_tobytes(v); /* which need not be contiguous */
    Buffer b;
    if (buffer_get(v, &b, false) < 0) return NULL;
    Value copy = bytes_from(b.data, b.length);
    buffer_release(&b);
    return copy;
}

Value bytes_from_object(Value v) {
    if (IS_EXACT(v, bytes)) return incref(v);
    Value made = from_method(v);
    if (made || error_pending()) return made;
    if (type_of(v)->slots.get_buffer) return from_buffer(v);
    if (is_str(v)) return raise_error(T_TypeError, "cannot convert '%T' object to bytes", v);
    return from_items(v, false);
}

Value bytes_from_items(Value v) { return from_items(v, true); }

Value bytes_from_argument(Value v, bool for_array) {
    if (!for_array) {
        if (IS_EXACT(v, bytes)) return incref(v);
        Value made = from_method(v);
        if (made || error_pending()) return made;
    }
    if (is_str(v)) return raise_error(T_TypeError, "string argument without an encoding");
    if (value_has_index(v)) {
        ssize_t n = value_as_ssize(v, TYPE(OverflowError));
        if (n == -1 && error_pending()) {
            if (!error_swallow(T_TypeError)) return NULL;
            return from_items(v, for_array);
        }
        if (n < 0) return raise_error(T_ValueError, "negative count");
        if (for_array && (size_t)n > SIZE_MAX / 4) return raise_no_memory();
        Value zeros = bytes_new((size_t)n);
        if (zeros) memset(bytes_data(zeros), 0, (size_t)n);
        return zeros;
    }
    return type_of(v)->slots.get_buffer ? from_buffer(v) : from_items(v, for_array);
}

static Value concat_bytes(Value a, Value b) {
    size_t m = bytes_length(a), n = bytes_length(b);
    if (m == 0 || n == 0) return incref(m ? a : b);
    Value result = bytes_new(m + n);
    if (!result) return NULL;
    memcpy(bytes_data(result), bytes_data(a), m);
    memcpy(bytes_data(result) + m, bytes_data(b), n);
    return result;
}

Value bytes_concat_any(Value a, Value b) {
    if (IS_EXACT(a, bytes) && IS_EXACT(b, bytes)) return concat_bytes(a, b);
    Buffer x, y;
    if (buffer_get(a, &x, false) < 0) return NULL;
    if (buffer_get_for(b, &y, "can't concat %.100T to %.100T", b, a) < 0) {
        buffer_release(&x);
        return NULL;
    }
    Value result = NULL;
    if (is_bytes(a) && x.length == 0 && IS_EXACT(b, bytes)) {
        result = incref(b);
    } else if (IS_EXACT(a, bytes) && y.length == 0) {
        result = incref(a);
    } else if (is_bytes(a)) {
        result = bytes_new(x.length + y.length);
        if (result) {
            memcpy(bytes_data(result), x.data, x.length);
            memcpy(bytes_data(result) + x.length, y.data, y.length);
        }
    } else {
        result = bytearray_from(NULL, x.length + y.length);
        if (result) {
            uint8_t *to = ((ByteArray *)result)->data;
            if (x.length) memcpy(to, x.data, x.length);
            if (y.length) memcpy(to + x.length, y.data, y.length);
        }
    }
    buffer_release(&x);
    buffer_release(&y);
    return result;
}

int bytes_contains(Value v, Value item) {
    Value args[1] = {item}, index = value_has_index(item) ? value_index(item) : NULL;
    if (!index && !type_of(item)->slots.get_buffer) {
        error_clear();
        return raise_int(T_TypeError, "a bytes-like object is required, not '%.100T'", item);
    }
    if (index) args[0] = index;
    Value at = text_find_method(v, "find", args, 1, false, false);
    xdecref(index);
    return at ? at != small_int_new(-1) : -1;
}

Value bytes_compare(Value a, Value b, CompareOp op) {
    if (!type_of(b)->slots.get_buffer || !type_of(a)->slots.get_buffer) return NOT_IMPLEMENTED;
    if (is_bytes(a) && !is_bytes(b)) return NOT_IMPLEMENTED; /* the other's comparison takes any buffer */
    if (is_bytes(a) && is_bytes(b)) {
        size_t m = bytes_length(a), n = bytes_length(b);
        if (op == CMP_EQ || op == CMP_NE)
            return BOOL((m == n && memcmp(bytes_data(a), bytes_data(b), n) == 0) == (op == CMP_EQ));
        int order = memcmp(bytes_data(a), bytes_data(b), m < n ? m : n);
        return BOOL(compare_holds(order ? order : (m > n) - (m < n), 0, op));
    }
    Buffer x, y;
    if (buffer_get(a, &x, false) < 0) return NULL;
    if (buffer_get(b, &y, false) < 0) {
        buffer_release(&x);
        return NULL;
    }
    size_t n = x.length < y.length ? x.length : y.length;
    int order = n ? memcmp(x.data, y.data, n) : 0;
    if (order == 0) order = x.length < y.length ? -1 : x.length > y.length;
    buffer_release(&x);
    buffer_release(&y);
    return BOOL(compare_holds(order, 0, op));
}

Value bytes_subscript_slice(Value v, Value slice) {
    Text t = text_of(v);
    ssize_t start, stop, step;
    if (slice_unpack(slice, &start, &stop, &step) < 0) return NULL;
    size_t count = (size_t)slice_adjust((ssize_t)t.length, &start, &stop, step);
    if (step == 1) return text_slice(&t, (size_t)start, (size_t)start + count);
    bool fixed = is_bytes(v);
    if (fixed && count == 0) return bytes_from("", 0);
    Value result = fixed ? bytes_new(count) : bytearray_from(NULL, count);
    uint8_t *to = !result ? NULL : fixed ? bytes_data(result) : ((ByteArray *)result)->data;
    const uint8_t *from = t.units;
    for (size_t i = 0; to && i < count; i++, start += step) to[i] = from[start];
    return result;
}

/* ---- ASCII case and questions ---- */

static bool lower_at(uint8_t c) { return c >= 'a' && c <= 'z'; }
static bool upper_at(uint8_t c) { return c >= 'A' && c <= 'Z'; }
static bool alpha_at(uint8_t c) { return lower_at(c | 32); }
static bool digit_at(uint8_t c) { return c >= '0' && c <= '9'; }
static bool alnum_at(uint8_t c) { return alpha_at(c) || digit_at(c); }
static bool space_at(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }

static Value all_are(Value v, bool (*test)(uint8_t), bool empty) {
    Text t = text_of(v);
    for (size_t i = 0; i < t.length; i++)
        if (!test((uint8_t)text_unit(&t, i))) return FALSE;
    return BOOL(t.length > 0 || empty);
}

static Value m_isalpha(Value v) { return all_are(v, alpha_at, false); }
static Value m_isdigit(Value v) { return all_are(v, digit_at, false); }
static Value m_isalnum(Value v) { return all_are(v, alnum_at, false); }
static Value m_isspace(Value v) { return all_are(v, space_at, false); }
static Value m_isascii(Value v) {
    Text t = text_of(v);
    return BOOL(utf8_ascii_prefix(t.units, t.length) == t.length);
}

static Value cased_all(Value v, bool (*wanted)(uint8_t), bool (*other)(uint8_t)) {
    Text t = text_of(v);
    bool cased = false;
    for (size_t i = 0; i < t.length; i++) {
        uint8_t c = (uint8_t)text_unit(&t, i);
        if (other(c)) return FALSE;
        cased |= wanted(c);
    }
    return BOOL(cased);
}
static Value m_islower(Value v) { return cased_all(v, lower_at, upper_at); }
static Value m_isupper(Value v) { return cased_all(v, upper_at, lower_at); }

static Value m_istitle(Value v) {
    Text t = text_of(v);
    bool cased = false, in_word = false;
    for (size_t i = 0; i < t.length; i++) {
        uint8_t c = (uint8_t)text_unit(&t, i);
        if (alpha_at(c)) {
            if (upper_at(c) == in_word) return FALSE;
            in_word = cased = true;
        } else {
            in_word = false;
        }
    }
    return BOOL(cased);
}

/* Bytes or a bytearray of that length, whose bytes are the caller's to fill. */
static Value text_unfilled(const Text *like, size_t n, uint8_t **units) {
    bool bytes = is_bytes(like->owner);
    Value v = !bytes ? bytearray_from(NULL, n) : n ? bytes_new(n) : bytes_from("", 0);
    if (v) *units = bytes ? bytes_data(v) : ((ByteArray *)v)->data;
    return v;
}

/* Each byte replaced by map(byte, is first of its word or text). */
static inline __attribute__((always_inline)) Value mapped(Value v, uint8_t (*map)(uint8_t c, bool first),
                                                          bool by_word) {
    Text t = text_of(v);
    uint8_t *to;
    Value result = text_unfilled(&t, t.length, &to);
    if (!result) return NULL;
    const uint8_t *from = t.units;
    bool first = true;
    for (size_t i = 0; i < t.length; i++) {
        uint8_t c = from[i];
        to[i] = map(c, first);
        first = by_word ? !alpha_at(c) : false;
    }
    return result;
}

static uint8_t to_lower(uint8_t c, bool first) { return (void)first, upper_at(c) ? c + 32 : c; }
static uint8_t to_upper(uint8_t c, bool first) { return (void)first, lower_at(c) ? c - 32 : c; }
static uint8_t to_other(uint8_t c, bool first) { return (void)first, alpha_at(c) ? c ^ 32 : c; }
static uint8_t to_first(uint8_t c, bool first) { return first ? to_upper(c, true) : to_lower(c, true); }

static Value m_lower(Value v) { return mapped(v, to_lower, false); }
static Value m_upper(Value v) { return mapped(v, to_upper, false); }
static Value m_swapcase(Value v) { return mapped(v, to_other, false); }
static Value m_capitalize(Value v) { return mapped(v, to_first, false); }
static Value m_title(Value v) { return mapped(v, to_first, true); }

/* ---- methods over text_ops ---- */

static int64_t fill_of(const char *name, Value fill) {
    bool one = is_bytes(fill) ? bytes_length(fill) == 1
                              : is_object(fill) && IS(fill, bytearray) && ((ByteArray *)fill)->length == 1;
    if (!one)
        return raise_int(T_TypeError, "%s() argument 2 must be a byte string of length 1, not %K", name,
                         fill);
    Text t = text_of(fill);
    return text_unit(&t, 0);
}
static Value m_ljust(Value v, Value const *args, size_t nargs) {
    return text_justify(v, "ljust", JUSTIFY_LEFT, args, nargs, fill_of);
}
static Value m_rjust(Value v, Value const *args, size_t nargs) {
    return text_justify(v, "rjust", JUSTIFY_RIGHT, args, nargs, fill_of);
}
static Value m_center(Value v, Value const *args, size_t nargs) {
    return text_justify(v, "center", JUSTIFY_CENTER, args, nargs, fill_of);
}

static Value copied_item(Value item, size_t i) {
    Buffer b;
    if (buffer_get_for(item, &b, "sequence item %zd: expected a bytes-like object, %.80T found", (ssize_t)i,
                       item) < 0)
        return NULL;
    Value copy = bytes_from(b.data, b.length);
    buffer_release(&b);
    return copy;
}

static Value m_join(Value v, Value iterable) {
    Value seq = value_fast_sequence(iterable, "can only join an iterable");
    if (!seq) return NULL;
    Text separator = text_of(v);
    Value result = NULL, list = list_new(0);
    size_t total = 0, n = fast_sequence_length(seq);
    uint8_t *to = NULL;
    for (size_t i = 0; list && i < n; i++) {
        Value item = fast_sequence_items(seq)[i];
        Value copy = is_bytes(item) ? incref(item) : copied_item(item, i);
        if (!copy || list_append_steal(list, copy) < 0) goto done;
        total += bytes_length(copy) + (i ? separator.length : 0);
    }
    if (!list || !(to = heap_alloc(rt->heap, total + 1))) {
        if (list) raise_no_memory();
        goto done;
    }
    size_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (i && separator.length) {
            memcpy(to + at, separator.units, separator.length);
            at += separator.length;
        }
        Value item = list_item_borrow(list, i);
        memcpy(to + at, bytes_data(item), bytes_length(item));
        at += bytes_length(item);
    }
    result = text_make(&separator, to, 1, total);
done:
    heap_free(rt->heap, to);
    xdecref(list);
    decref(seq);
    return result;
}

static void translate_bytes(uint8_t *to, const uint8_t *from, size_t n, const uint8_t *table) {
    for (size_t i = 0; i < n; i++) to[i] = table[from[i]];
}

static Value m_translate(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "delete", NULL};
    static const ArgSpec spec = {"translate", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Text t = text_of(v), table = {0}, doomed = {0};
    if (out[0] != NONE && text_argument(&table, &t, out[0], NULL, false) < 0) return NULL;
    if (out[0] != NONE && table.length != 256) {
        text_release(&table);
        return raise_error(T_ValueError, "translation table must be 256 characters long");
    }
    if (out[1] && text_argument(&doomed, &t, out[1], NULL, false) < 0) {
        text_release(&table);
        return NULL;
    }
    Value result = NULL;
    uint8_t *copy = NULL;
    if (!out[1] && out[0] != NONE) {
        if ((result = text_unfilled(&t, t.length, &copy)) != NULL)
            translate_bytes(copy, t.units, t.length, table.units);
        copy = NULL;
        goto done;
    }
    bool drop[256] = {false};
    for (size_t i = 0; i < doomed.length; i++) drop[text_unit(&doomed, i)] = true;
    if (!(copy = heap_alloc(rt->heap, t.length + 1))) {
        raise_no_memory();
        goto done;
    }
    size_t n = 0;
    for (size_t i = 0; i < t.length; i++) {
        uint8_t c = (uint8_t)text_unit(&t, i);
        if (!drop[c]) copy[n++] = out[0] != NONE ? (uint8_t)text_unit(&table, c) : c;
    }
    result = text_make(&t, copy, 1, n);
done:
    heap_free(rt->heap, copy);
    text_release(&table);
    text_release(&doomed);
    return result;
}

static Value m_maketrans(Value self, Value const *args, size_t nargs) {
    (void)self;
    if (!args_count("maketrans", nargs, 2, 2)) return NULL;
    Buffer from, to;
    if (buffer_get(args[0], &from, false) < 0) return NULL;
    if (buffer_get(args[1], &to, false) < 0) {
        buffer_release(&from);
        return NULL;
    }
    Value table = NULL;
    if (from.length != to.length) {
        raise_error(T_ValueError, "maketrans arguments must have same length");
    } else if ((table = bytes_new(256)) != NULL) {
        for (int i = 0; i < 256; i++) bytes_data(table)[i] = (uint8_t)i;
        for (size_t i = 0; i < from.length; i++)
            bytes_data(table)[((uint8_t *)from.data)[i]] = ((uint8_t *)to.data)[i];
    }
    buffer_release(&from);
    buffer_release(&to);
    return table;
}

static Value m_decode(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (nargs == 0 && !kwnames && is_bytes(v)) {
        Value text = str_try_utf8((const char *)bytes_data(v), bytes_length(v));
        if (text || error_pending()) return text;
    }
    static const char *const names[] = {"encoding", "errors", NULL};
    static const ArgSpec spec = {"decode", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    const char *texts[2] = {"utf-8", "strict"};
    for (int i = 0; i < 2; i++) {
        if (!out[i]) continue;
        if (!is_str(out[i]))
            return raise_error(T_TypeError, "decode() argument '%s' must be str, not %K", names[i], out[i]);
        if (!(texts[i] = str_utf8(out[i], NULL))) return NULL;
    }
    return codec_decode(v, texts[0], texts[1]);
}

/* ---- hex ---- */

static Value hex_of(const uint8_t *data, size_t n) {
    static const char digits[] = "0123456789abcdef";
    if (n == 0) return incref(rt->empty_str);
    if (n > SIZE_MAX / 4 || work_charge(n / 64) < 0) return error_pending() ? NULL : raise_no_memory();
    Value text = str_new(2 * n, 0x7f);
    uint8_t *to = text ? (uint8_t *)str_data(text) : NULL;
    for (size_t i = 0; to && i < n; i++) {
        *to++ = (uint8_t)digits[data[i] >> 4];
        *to++ = (uint8_t)digits[data[i] & 15];
    }
    return text;
}

/* With sep between groups of so many bytes, counted from the right or the left. */
static Value hex_in_groups(const uint8_t *data, size_t n, uint8_t sep, size_t group, bool from_right) {
    size_t cuts = (n - 1) / group, first = from_right ? n - cuts * group : group;
    if (n > SIZE_MAX / 8 || work_charge(n / 64) < 0) return error_pending() ? NULL : raise_no_memory();
    Value text = str_new(2 * n + cuts, 0x7f);
    uint8_t *to = text ? (uint8_t *)str_data(text) : NULL;
    for (size_t i = 0, left = first; to && i < n; i++, left--) {
        if (left == 0) {
            *to++ = sep;
            left = group;
        }
        *to++ = (uint8_t) "0123456789abcdef"[data[i] >> 4];
        *to++ = (uint8_t) "0123456789abcdef"[data[i] & 15];
    }
    return text;
}

static Value hex_text(const uint8_t *data, size_t n, Value separator, ssize_t group) {
    uint32_t sep = 0;
    if (separator) {
        ssize_t length = value_length(separator);
        if (length < 0) return NULL;
        if (length != 1) return raise_error(T_ValueError, "sep must be length 1.");
        if (is_str(separator)) sep = str_read(separator, 0);
        else if (is_bytes(separator)) sep = bytes_data(separator)[0];
        else return raise_error(T_TypeError, "sep must be str or bytes.");
        if (sep > 127) return raise_error(T_ValueError, "sep must be ASCII.");
    }
    size_t size = (size_t)(group < 0 ? -group : group);
    if (!separator || !size) return hex_of(data, n);
    return n ? hex_in_groups(data, n, (uint8_t)sep, size, group > 0) : incref(rt->empty_str);
}

/* hex([sep[, bytes_per_sep]]) of any buffer; memoryview uses it too. */
Value bytes_hex_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"sep", "bytes_per_sep", NULL};
    static const ArgSpec spec = {"hex", names, 2, 0, 2};
    Value out[2];
    int group = 1;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[1] && value_as_int(out[1], &group) < 0))
        return NULL;
    Buffer b;
    if (buffer_get(v, &b, false) < 0) return NULL;
    Value text = hex_text(b.data, b.length, out[0], group);
    buffer_release(&b);
    return text;
}

static int hex_digit(uint32_t c) {
    return c >= '0' && c <= '9'                            ? (int)c - '0'
           : (c | 32) >= 'a' && (c | 32) <= 'f' && c < 128 ? (int)(c | 32) - 'a' + 10
                                                           : -1;
}

static Value m_fromhex(Value cls, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "fromhex() argument must be str, not %K", text);
    size_t n = str_length(text), count = 0;
    uint8_t *data = heap_alloc(rt->heap, n / 2 + 1);
    if (!data) return raise_no_memory();
    Value result = NULL;
    for (size_t i = 0; i < n;) {
        uint32_t c = str_read(text, i);
        if (c < 128 && space_at((uint8_t)c)) {
            i++;
            continue;
        }
        int high = hex_digit(c), low = high >= 0 && i + 1 < n ? hex_digit(str_read(text, i + 1)) : -1;
        if (high < 0 || low < 0) {
            raise_error(T_ValueError, "non-hexadecimal number found in fromhex() arg at position %zd",
                        (ssize_t)(high < 0 ? i : i + 1));
            goto done;
        }
        data[count++] = (uint8_t)(high << 4 | low);
        i += 2;
    }
    Type *type = (Type *)cls;
    result = type_is_subtype(type, TYPE(bytearray)) ? bytearray_from(data, count) : bytes_from(data, count);
    if (result && type != TYPE(bytes) && type != TYPE(bytearray)) {
        Value instance = value_call_one(cls, result);
        decref(result);
        result = instance;
    }
done:
    heap_free(rt->heap, data);
    return result;
}

#define DOC(signature, text) signature "\n--\n\n" text
#define SHARED_METHODS                                                                                       \
    METHOD_NOARGS("capitalize", m_capitalize,                                                                \
                  "B.capitalize() -> a copy whose first letter is large and the others small (ASCII only)"), \
        METHOD_FAST(                                                                                         \
            "center", m_center,                                                                              \
            DOC("center($self, width, fillchar=b' ', /)", "The text in the middle of width columns.")),      \
        METHOD_BARE("count", text_count_method, "B.count(sub[, start[, end]]) -> int"),                      \
        METHOD_KW("decode", m_decode,                                                                        \
                  DOC("decode($self, /, encoding='utf-8', errors='strict')",                                 \
                      "The bytes as text, by the codec of that name.")),                                     \
        METHOD_BARE("endswith", text_m_endswith, "B.endswith(suffix[, start[, end]]) -> bool"),              \
        METHOD_KW("expandtabs", text_m_expandtabs,                                                           \
                  DOC("expandtabs($self, /, tabsize=8)",                                                     \
                      "The text with spaces up to the next tab stop in the place of tabs.")),                \
        METHOD_BARE("find", text_m_find, "B.find(sub[, start[, end]]) -> int"),                              \
        {"fromhex", (void *)m_fromhex, NATIVE_ONE, NATIVE_CLASS,                                             \
         DOC("fromhex($type, string, /)", "The bytes that these pairs of hexadecimal digits spell.")},       \
        METHOD_KW(                                                                                           \
            "hex", bytes_hex_method,                                                                         \
            DOC("hex($self, /, sep=<unrepresentable>, bytes_per_sep=1)", "Two hexadecimal digits a byte.")), \
        METHOD_BARE("index", text_m_index, "B.index(sub[, start[, end]]) -> int"),                           \
        METHOD_NOARGS("isalnum", m_isalnum, "B.isalnum() -> bool"),                                          \
        METHOD_NOARGS("isalpha", m_isalpha, "B.isalpha() -> bool"),                                          \
        METHOD_NOARGS("isascii", m_isascii, "B.isascii() -> bool"),                                          \
        METHOD_NOARGS("isdigit", m_isdigit, "B.isdigit() -> bool"),                                          \
        METHOD_NOARGS("islower", m_islower, "B.islower() -> bool"),                                          \
        METHOD_NOARGS("isspace", m_isspace, "B.isspace() -> bool"),                                          \
        METHOD_NOARGS("istitle", m_istitle, "B.istitle() -> bool"),                                          \
        METHOD_NOARGS("isupper", m_isupper, "B.isupper() -> bool"),                                          \
        METHOD_ONE("join", m_join,                                                                           \
                   DOC("join($self, iterable_of_bytes, /)", "The items, with this between them.")),          \
        METHOD_FAST("ljust", m_ljust,                                                                        \
                    DOC("ljust($self, width, fillchar=b' ', /)",                                             \
                        "The text, filled up on the right to width columns.")),                              \
        METHOD_NOARGS("lower", m_lower, "B.lower() -> copy of B"),                                           \
        METHOD_FAST("lstrip", text_m_lstrip,                                                                 \
                    DOC("lstrip($self, bytes=None, /)", "A copy without those bytes at its start.")),        \
        {"maketrans", (void *)m_maketrans, NATIVE_FAST, NATIVE_STATIC,                                       \
         DOC("maketrans(frm, to, /)", "A table for translate().")},                                          \
        METHOD_ONE("partition", text_m_partition,                                                            \
                   DOC("partition($self, sep, /)",                                                           \
                       "What stands before sep, sep itself, and what stands behind it.")),                   \
        METHOD_FAST("replace", text_m_replace,                                                               \
                    DOC("replace($self, old, new, count=-1, /)",                                             \
                        "The text with new in the place of every old, or of the first count.")),             \
        METHOD_ONE("removeprefix", text_m_removeprefix,                                                      \
                   DOC("removeprefix($self, prefix, /)", "A copy without prefix, if it starts so.")),        \
        METHOD_ONE("removesuffix", text_m_removesuffix,                                                      \
                   DOC("removesuffix($self, suffix, /)", "A copy without suffix, if it ends so.")),          \
        METHOD_BARE("rfind", text_m_rfind, "B.rfind(sub[, start[, end]]) -> int"),                           \
        METHOD_BARE("rindex", text_m_rindex, "B.rindex(sub[, start[, end]]) -> int"),                        \
        METHOD_FAST("rjust", m_rjust,                                                                        \
                    DOC("rjust($self, width, fillchar=b' ', /)",                                             \
                        "The text, filled up on the left to width columns.")),                               \
        METHOD_ONE("rpartition", text_m_rpartition,                                                          \
                   DOC("rpartition($self, sep, /)",                                                          \
                       "What stands before sep, sep itself, and what stands behind it.")),                   \
        METHOD_KW("rsplit", text_m_rsplit,                                                                   \
                  DOC("rsplit($self, /, sep=None, maxsplit=-1)",                                             \
                      "The parts between one sep and the next; without sep, the words.")),                   \
        METHOD_FAST("rstrip", text_m_rstrip,                                                                 \
                    DOC("rstrip($self, bytes=None, /)", "A copy without those bytes at its end.")),          \
        METHOD_KW("split", text_m_split,                                                                     \
                  DOC("split($self, /, sep=None, maxsplit=-1)",                                              \
                      "The parts between one sep and the next; without sep, the words.")),                   \
        METHOD_KW("splitlines", text_m_splitlines,                                                           \
                  DOC("splitlines($self, /, keepends=False)", "The lines, with their ends if keepends.")),   \
        METHOD_BARE("startswith", text_m_startswith, "B.startswith(prefix[, start[, end]]) -> bool"),        \
        METHOD_FAST("strip", text_m_strip,                                                                   \
                    DOC("strip($self, bytes=None, /)", "A copy without those bytes at both ends.")),         \
        METHOD_NOARGS("swapcase", m_swapcase, "B.swapcase() -> copy of B"),                                  \
        METHOD_NOARGS("title", m_title, "B.title() -> copy of B"),                                           \
        METHOD_KW("translate", m_translate,                                                                  \
                  DOC("translate($self, table, /, delete=b'')",                                              \
                      "A copy with each byte looked up in table, and those of delete left out.")),           \
        METHOD_NOARGS("upper", m_upper, "B.upper() -> copy of B"),                                           \
        METHOD_ONE("zfill", text_m_zfill,                                                                    \
                   DOC("zfill($self, width, /)",                                                             \
                       "A copy with zeros between its sign and its digits, up to width."))

const NativeMethod bytes_method_table[] = {
    SHARED_METHODS,
    METHOD_NOARGS("__getnewargs__", bytes_getnewargs, NULL),
    METHOD_NOARGS("__bytes__", bytes_bytes, DOC("__bytes__($self, /)", "The same as plain bytes.")),
    METHOD_END,
};

const NativeMethod bytearray_method_table[] = {
    SHARED_METHODS,
    METHOD_ONE("append", bytearray_append, DOC("append($self, item, /)", "One more byte at the end.")),
    METHOD_NOARGS("clear", bytearray_clear, DOC("clear($self, /)", "Takes all bytes out.")),
    METHOD_NOARGS("copy", bytearray_copy, DOC("copy($self, /)", "Return a copy of B.")),
    METHOD_ONE("extend", bytearray_extend,
               DOC("extend($self, iterable_of_ints, /)", "All the bytes of an iterable at the end.")),
    METHOD_FAST("insert", bytearray_insert,
                DOC("insert($self, index, item, /)", "One more byte, before index.")),
    METHOD_FAST("pop", bytearray_pop,
                DOC("pop($self, index=-1, /)", "Take out the byte at index, the last one by default.")),
    METHOD_ONE("remove", bytearray_remove, DOC("remove($self, value, /)", "Take out the first such byte.")),
    METHOD_NOARGS("reverse", bytearray_reverse, DOC("reverse($self, /)", "Turns the order round, in place.")),
    METHOD_NOARGS("__reduce__", bytearray_reduce,
                  DOC("__reduce__($self, /)", "What pickle takes it apart into.")),
    METHOD_FAST("__reduce_ex__", bytearray_reduce_ex,
                DOC("__reduce_ex__($self, proto=0, /)", "What pickle takes it apart into.")),
    METHOD_NOARGS("__alloc__", bytearray_alloc_size, "B.__alloc__() -> int"),
    METHOD_END,
};
