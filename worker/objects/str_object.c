/*
 * str_object: making, hashing, comparing, joining and slicing strings. Methods, codecs, searching and formatting have files of
 * their own.
 */
#include <limits.h>

#include "base/siphash.h"
#include "base/utf8.h"
#include "objects/bytes.h"
#include "objects/str_search.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"

#define STR_MAX ((SIZE_MAX >> 4))

Str *str_alloc(Type *type, size_t n, int kind, bool ascii) {
    if (n > STR_MAX) return (Str *)raise_no_memory();
    size_t bytes = (n + 1) * (size_t)kind;
    Str *s;
    if (__builtin_expect(type == TYPE(str), 1)) {
        s = heap_object_new(rt->heap, &type->kind, offsetof(Str, data) + bytes);
        if (!s) return (Str *)raise_no_memory();
    } else {
        s = (Str *)value_alloc(type, bytes);
        if (!s) return NULL;
    }
    s->length = n;
    s->hash = 0;
    s->kind = (uint8_t)kind;
    s->ascii = ascii;
    s->interned = s->has_utf8 = false;
    memset(s->data + n * (size_t)kind, 0, (size_t)kind);
    return s;
}

static Value empty(void) { return incref(rt->empty_str); }

Value str_new(size_t n, uint32_t max_char) {
    if (n == 0 && rt->empty_str) return empty();
    return AS_VALUE(str_alloc(TYPE(str), n, kind_for(max_char), max_char < 0x80));
}

Value str_from_char(uint32_t c) {
    if (c < 256 && rt->latin1[c]) return incref(rt->latin1[c]);
    Str *s = str_alloc(TYPE(str), 1, kind_for(c), c < 0x80);
    if (s) str_write(AS_VALUE(s), 0, c);
    return AS_VALUE(s);
}

Value str_from_ascii(const char *text, size_t n) {
    if (n == 0) return empty();
    if (n == 1) return str_from_char((uint8_t)text[0]);
    Str *s = str_alloc(TYPE(str), n, 1, true);
    if (s) memcpy(s->data, text, n);
    return AS_VALUE(s);
}

Value str_from_latin1(const uint8_t *data, size_t n) {
    if (n <= 1) return n ? str_from_char(data[0]) : empty();
    bool ascii = utf8_ascii_prefix((const char *)data, n) == n;
    Str *s = str_alloc(TYPE(str), n, 1, ascii);
    if (s) memcpy(s->data, data, n);
    return AS_VALUE(s);
}

VECTORISED uint32_t str_max_char(const void *units, int kind, size_t n) {
    uint32_t bits = 0;
    if (kind == 1) {
        const uint8_t *p = units;
        for (size_t i = 0; i < n; i++) bits |= p[i];
        return bits;
    }
    if (kind == 2) {
        const uint16_t *p = units;
        for (size_t i = 0; i < n; i++) bits |= p[i];
        return bits;
    }
    const uint32_t *p = units;
    for (size_t i = 0; i < n; i++) bits |= p[i];
    return bits > 0x10ffff ? 0x10ffff : bits;
}

#define COPY_LOOP(TO, FROM)                                                                                  \
    do {                                                                                                     \
        TO *t_ = to;                                                                                         \
        const FROM *f_ = from;                                                                               \
        for (size_t i_ = 0; i_ < n; i_++) t_[i_] = (TO)f_[i_];                                               \
    } while (0)

VECTORISED void str_copy_units(void *to, int to_kind, const void *from, int from_kind, size_t n) {
    if (to_kind == from_kind) memcpy(to, from, n * (size_t)to_kind);
    else if (to_kind == 2 && from_kind == 1) COPY_LOOP(uint16_t, uint8_t);
    else if (to_kind == 4 && from_kind == 1) COPY_LOOP(uint32_t, uint8_t);
    else if (to_kind == 4 && from_kind == 2) COPY_LOOP(uint32_t, uint16_t);
    else if (to_kind == 1 && from_kind == 2) COPY_LOOP(uint8_t, uint16_t);
    else if (to_kind == 1) COPY_LOOP(uint8_t, uint32_t);
    else COPY_LOOP(uint16_t, uint32_t);
}

Value str_from_units(const void *units, int kind, size_t n) {
    if (n == 0) return empty();
    uint32_t max_char = str_max_char(units, kind, n);
    if (n == 1) return str_from_char(max_char);
    Str *s = str_alloc(TYPE(str), n, kind_for(max_char), max_char < 0x80);
    if (s) str_copy_units(s->data, s->kind, units, kind, n);
    return AS_VALUE(s);
}

Value str_from_ucs4(const uint32_t *data, size_t n) { return str_from_units(data, 4, n); }

VECTORISED static bool all_ascii(const uint8_t *text, size_t n) {
    uint8_t bits = 0;
    for (size_t i = 0; i < n; i++) bits |= text[i];
    return bits < 0x80;
}

/* How many code points the text begins; *top is its greatest byte, which tells the kind. */
VECTORISED static size_t utf8_measure(const uint8_t *text, size_t n, uint8_t *top) {
    enum { PART = 128 }; /* as many as a byte can count */
    size_t count = 0;
    uint8_t greatest = 0;
    for (size_t stop; n > 0; text += stop, n -= stop) {
        uint8_t part = 0;
        stop = n < PART ? n : PART;
        for (size_t i = 0; i < stop; i++) {
            part += (text[i] & 0xC0) != 0x80;
            greatest = text[i] > greatest ? text[i] : greatest;
        }
        count += part;
    }
    *top = greatest;
    return count;
}

static inline bool eight_ascii(const uint8_t *p) {
    uint64_t word;
    memcpy(&word, p, 8);
    return !(word & UINT64_C(0x8080808080808080));
}

static inline bool is_continuation(uint8_t c) { return (c & 0xC0) == 0x80; }

/* Writes UTF-8 as units of one width, runs of ASCII eight at a time; false: it is malformed. With surrogates it is WTF-8. */
#define UTF8_DECODER(name, Unit)                                                                             \
    static bool name(const uint8_t *p, const uint8_t *end, Unit *to, bool surrogates) {                      \
        while (p < end) {                                                                                    \
            if (*p < 0x80 && end - p >= 8 && p[7] < 0x80 && eight_ascii(p)) {                                \
                for (int i = 0; i < 8; i++) to[i] = p[i];                                                    \
                to += 8;                                                                                     \
                p += 8;                                                                                      \
            } else if (*p < 0x80) {                                                                          \
                *to++ = *p++;                                                                                \
            } else if (*p >= 0xC2 && *p < 0xE0 && end - p >= 2 && is_continuation(p[1])) {                   \
                *to++ = (Unit)((*p & 31) << 6 | (p[1] & 63));                                                \
                p += 2;                                                                                      \
            } else if (sizeof(Unit) > 1 && *p > 0xE0 && *p < 0xED && end - p >= 3 &&                         \
                       is_continuation(p[1]) && is_continuation(p[2])) {                                     \
                *to++ = (Unit)((*p & 15) << 12 | (p[1] & 63) << 6 | (p[2] & 63));                            \
                p += 3;                                                                                      \
            } else {                                                                                         \
                const char *at = (const char *)p;                                                            \
                if (!utf8_sequence(at, (size_t)(end - p), surrogates)) return false;                         \
                *to++ = (Unit)utf8_next(&at);                                                                \
                p = (const uint8_t *)at;                                                                     \
            }                                                                                                \
        }                                                                                                    \
        return true;                                                                                         \
    }
UTF8_DECODER(utf8_to_bytes, uint8_t)
UTF8_DECODER(utf8_to_halves, uint16_t)
UTF8_DECODER(utf8_to_words, uint32_t)

static Value from_utf8(const char *text, size_t n, bool surrogates) {
    uint8_t top;
    if (all_ascii((const uint8_t *)text, n)) return str_from_ascii(text, n);
    size_t count = utf8_measure((const uint8_t *)text, n, &top);
    const char *first = text;
    if (count == 1) return utf8_sequence(text, n, surrogates) == n ? str_from_char(utf8_next(&first)) : NULL;
    Str *s = str_alloc(TYPE(str), count, top < 0xC4 ? 1 : top < 0xF0 ? 2 : 4, false);
    if (!s) return NULL;
    const uint8_t *p = (const uint8_t *)text, *end = p + n;
    if (s->kind == 1   ? utf8_to_bytes(p, end, s->data, surrogates)
        : s->kind == 2 ? utf8_to_halves(p, end, (uint16_t *)(void *)s->data, surrogates)
                       : utf8_to_words(p, end, (uint32_t *)(void *)s->data, surrogates))
        return AS_VALUE(s);
    decref(AS_VALUE(s));
    return NULL;
}

Value str_from_wtf8(const char *text, size_t n) { return from_utf8(text, n, true); }
Value str_try_utf8(const char *text, size_t n) { return from_utf8(text, n, false); }

Value str_from_cstr(const char *utf8) { return str_from_wtf8(utf8, strlen(utf8)); }

/* ---- hash and comparison ---- */

Hash str_hash(Value v) {
    Str *s = (Str *)v;
    if (s->hash) return s->hash;
    if (s->length == 0) return 0;
    Hash h = (Hash)siphash13(rt->hash_key, s->data, s->length * s->kind);
    if (h == -1) h = -2;
    if (h == 0) h = 1;
    return s->hash = h;
}

bool str_equal(Value a, Value b) {
    const Str *x = (const Str *)a, *y = (const Str *)b;
    return x == y || (x->length == y->length && x->kind == y->kind &&
                      str_bytes_equal(x->data, y->data, x->length * x->kind));
}

bool str_equal_cstr(Value v, const char *ascii) {
    const Str *s = (const Str *)v;
    return s->ascii && s->length == strlen(ascii) && memcmp(s->data, ascii, s->length) == 0;
}

int str_compare(Value a, Value b) {
    const Str *x = (const Str *)a, *y = (const Str *)b;
    size_t n = x->length < y->length ? x->length : y->length;
    if (x->kind == 1 && y->kind == 1) {
        int order = n && x->data[0] != y->data[0] ? x->data[0] - y->data[0] : memcmp(x->data, y->data, n);
        if (order) return order;
    } else {
        for (size_t i = 0; i < n; i++) {
            uint32_t p = str_read(a, i), q = str_read(b, i);
            if (p != q) return p < q ? -1 : 1;
        }
    }
    return x->length < y->length ? -1 : x->length > y->length;
}

/* ---- joining and slicing ---- */

static Value exact(Value v) {
    if (type_of(v) == TYPE(str)) return incref(v);
    return str_from_units(str_data(v), str_kind(v), str_length(v));
}

Value str_concat(Value a, Value b) {
    size_t m = str_length(a), n = str_length(b);
    if (m == 0) return exact(b);
    if (n == 0) return exact(a);
    if (m > STR_MAX - n) return raise_error(T_OverflowError, "strings are too large to concat");
    int kind = str_kind(a) > str_kind(b) ? str_kind(a) : str_kind(b);
    Str *s = str_alloc(TYPE(str), m + n, kind, ((Str *)a)->ascii && ((Str *)b)->ascii);
    if (!s) return NULL;
    str_copy_units(s->data, kind, str_data(a), str_kind(a), m);
    str_copy_units(s->data + m * (size_t)kind, kind, str_data(b), str_kind(b), n);
    return AS_VALUE(s);
}

/* Nobody else can see it: not shared, not interned, no copy of its bytes handed out. */
static bool is_private(Value v) {
    Str *s = (Str *)v;
    return s->head.refcount == 1 && type_of(v) == TYPE(str) && !s->interned && !s->has_utf8 &&
           !heap_has_weak(&s->head);
}

int str_append(Value *a, Value b) {
    Str *s = (Str *)*a;
    size_t m = s->length, n = str_length(b);
    if (n == 0) return 0;
    if (m == 0 || !is_private(*a) || str_kind(b) > s->kind || *a == b || m > STR_MAX - n) {
        Value joined = str_concat(*a, b);
        if (!joined) return -1;
        decref(*a);
        *a = joined;
        return 0;
    }
    size_t kind = s->kind, bytes = offsetof(Str, data) + (m + n + 1) * kind;
    if (heap_usable_size(rt->heap, s) < bytes) {
        Str *bigger = heap_object_resize(rt->heap, &s->head, bytes);
        if (!bigger) return raise_no_memory(), -1;
        s = bigger;
    }
    str_copy_units(s->data + m * kind, s->kind, str_data(b), str_kind(b), n);
    memset(s->data + (m + n) * kind, 0, kind);
    s->length = m + n;
    s->hash = 0;
    s->ascii = s->ascii && ((Str *)b)->ascii;
    *a = AS_VALUE(s);
    return 0;
}

Value str_slice(Value v, size_t start, size_t stop) {
    size_t n = str_length(v);
    if (stop > n) stop = n;
    if (start >= stop) return empty();
    if (start == 0 && stop == n) return exact(v);
    if (((Str *)v)->ascii) return str_from_ascii((const char *)str_data(v) + start, stop - start);
    return str_from_units(str_at(v, start), str_kind(v), stop - start);
}

Value str_repeat(Value v, ssize_t times) {
    size_t n = str_length(v), total;
    if (times <= 0 || n == 0) return empty();
    if (times == 1) return exact(v);
    if (__builtin_mul_overflow(n, (size_t)times, &total) || total > SSIZE_MAX)
        return raise_error(T_OverflowError, "repeated string is too long");
    if (total > STR_MAX) return raise_no_memory();
    if (work_charge(total / 64) < 0) return NULL;
    Str *s = str_alloc(TYPE(str), total, str_kind(v), ((Str *)v)->ascii);
    if (!s) return NULL;
    size_t bytes = n * s->kind, all = total * s->kind;
    if (bytes_fill_repeated((uint8_t *)s->data, (const uint8_t *)str_data(v), bytes, all) == 0)
        return AS_VALUE(s);
    decref(AS_VALUE(s));
    return NULL;
}

/* Lengths and widest kind of the items; -1 raised. */
static int measure_join(Value separator, Value seq, size_t *total, int *kind, bool *ascii) {
    size_t n = fast_sequence_length(seq), separator_length = str_length(separator);
    *total = 0;
    *kind = n > 1 ? str_kind(separator) : 1;
    *ascii = n > 1 ? ((Str *)separator)->ascii : true;
    for (size_t i = 0; i < n; i++) {
        Value item = fast_sequence_items(seq)[i];
        if (!is_str(item))
            return raise_int(T_TypeError, "sequence item %zd: expected str instance, %.80T found", (ssize_t)i,
                             item);
        *total += str_length(item) + (i ? separator_length : 0);
        if (*total > STR_MAX)
            return raise_int(T_OverflowError, "join() result is too long for a Python string");
        if (str_kind(item) > *kind) *kind = str_kind(item);
        *ascii = *ascii && ((Str *)item)->ascii;
    }
    return 0;
}

static Value join_sequence(Value separator, Value seq) {
    size_t n = fast_sequence_length(seq), total;
    int kind;
    bool ascii;
    if (n == 0) return empty();
    if (n == 1 && IS_EXACT(fast_sequence_items(seq)[0], str)) return incref(fast_sequence_items(seq)[0]);
    if (measure_join(separator, seq, &total, &kind, &ascii) < 0 || work_charge(n / 16) < 0) return NULL;
    if (total == 0) return empty();
    Str *s = str_alloc(TYPE(str), total, kind, ascii);
    if (!s) return NULL;
    uint8_t *to = s->data;
    size_t separator_length = str_length(separator);
    for (size_t i = 0; i < n; i++) {
        if (i && separator_length) {
            str_copy_units(to, kind, str_data(separator), str_kind(separator), separator_length);
            to += separator_length * (size_t)kind;
        }
        Value item = fast_sequence_items(seq)[i];
        str_copy_units(to, kind, str_data(item), str_kind(item), str_length(item));
        to += str_length(item) * (size_t)kind;
    }
    return AS_VALUE(s);
}

Value str_join(Value separator, Value iterable) {
    Value seq = value_fast_sequence(iterable, "can only join an iterable");
    if (!seq) return NULL;
    Value joined = join_sequence(separator, seq);
    decref(seq);
    return joined;
}

/* ---- life ---- */

void str_free(Heap *heap, HeapObject *o) {
    Str *s = (Str *)o;
    (void)heap;
    if (s->interned) str_intern_forget(s);
    if (s->has_utf8) str_utf8_forget(s);
    value_free(AS_VALUE(o));
}
