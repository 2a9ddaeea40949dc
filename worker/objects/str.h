/*
 * str: text as an array of code points in the narrowest of 1, 2 or 4 bytes each.
 *
 * Invariants. `kind` is the narrowest that holds the largest code point (so equal strings have equal kinds); `ascii` is true
 * when all are below 128 (then the bytes are the UTF-8 form). A NUL of the same width follows the last code point. `hash` is 0
 * until computed (a computed 0 is stored as another number). Interned strings with equal text are one object.
 */
#ifndef ATOLL_OBJECTS_STR_H
#define ATOLL_OBJECTS_STR_H

#include <stdarg.h>

#include "objects/object.h"

struct Str {
    HeapObject head;
    size_t length; /* in code points */
    Hash hash;     /* 0: not computed */
    uint8_t kind;  /* 1, 2 or 4 bytes a code point */
    bool ascii;
    bool interned;
    bool has_utf8;  /* a UTF-8 copy of it is kept (str_utf8.c) */
    uint8_t data[]; /* at offset 36, aligned to 4 */
};

static inline size_t str_length(Value v) { return ((Str *)v)->length; }
static inline int str_kind(Value v) { return ((Str *)v)->kind; }
static inline const uint8_t *str_data(Value v) { return ((Str *)v)->data; }
static inline uint32_t str_read(Value v, size_t i) {
    const Str *s = (const Str *)v;
    switch (s->kind) {
    case 1: return s->data[i];
    case 2: return ((const uint16_t *)(const void *)s->data)[i];
    default: return ((const uint32_t *)(const void *)s->data)[i];
    }
}
static inline void str_write(Value v, size_t i, uint32_t c) {
    Str *s = (Str *)v;
    switch (s->kind) {
    case 1: s->data[i] = (uint8_t)c; break;
    case 2: ((uint16_t *)(void *)s->data)[i] = (uint16_t)c; break;
    default: ((uint32_t *)(void *)s->data)[i] = c; break;
    }
}

/* The data of two strs of one size in bytes: short ones by words, which may reach past the end into the padding of the block. */
static inline bool str_bytes_equal(const uint8_t *a, const uint8_t *b, size_t n) {
    if (n > 16) return memcmp(a, b, n) == 0;
    uint32_t x, y;
    for (; n >= 4; n -= 4, a += 4, b += 4) {
        memcpy(&x, a, 4);
        memcpy(&y, b, 4);
        if (x != y) return false;
    }
    memcpy(&x, a, 4);
    memcpy(&y, b, 4);
    return ((x ^ y) & ((UINT32_C(1) << (8 * n)) - 1)) == 0;
}

/* A new string to be filled by the caller with code points <= max_char (at least one must reach max_char's width, or the
 * invariant breaks; str_shrink_kind repairs). */
Value str_new(size_t length, uint32_t max_char);
Value str_from_ascii(const char *text, size_t n);
Value str_from_cstr(const char *utf8);           /* valid UTF-8 */
Value str_from_utf8(const char *utf8, size_t n); /* strict; UnicodeDecodeError */
Value str_from_wtf8(const char *utf8, size_t n); /* surrogates allowed (source literals) */
Value str_try_utf8(const char *utf8, size_t n);  /* strict; NULL without an error when it is malformed */
Value str_from_latin1(const uint8_t *data, size_t n);
Value str_from_ucs4(const uint32_t *data, size_t n);
Value str_from_char(uint32_t code_point);  /* cached below 256 */
Value str_format(const char *format, ...); /* raise_error's formats */
Value str_vformat(const char *format, va_list args);
Value str_vformat_message(const char *format, va_list args); /* %T cut at 200 bytes */
Value str_intern_cstr(const char *utf8);
Value str_intern(Value str); /* new reference to the interned equal */
void str_intern_in_place(Value *str);
/* UTF-8 bytes (NUL after), valid while the str lives; *n may be NULL. NULL raised (surrogates: UnicodeEncodeError). */
const char *str_utf8(Value str, size_t *n);
/* Same, surrogates passed through (WTF-8). */
const char *str_wtf8(Value str, size_t *n);

Value str_concat(Value a, Value b);
/* *a += b, in place when nobody else holds the string. 0; -1 raised, *a as it was. */
int str_append(Value *a, Value b);
Value str_slice(Value s, size_t start, size_t stop);
Value str_join(Value separator, Value iterable);
Value str_repeat(Value s, ssize_t n);
bool str_equal(Value a, Value b); /* exact or subclass strs; cannot fail */
bool str_equal_cstr(Value a, const char *ascii);
int str_compare(Value a, Value b); /* <0, 0, >0 */
Hash str_hash(Value s);            /* cannot fail */
/* -1 absent, -2 raised (out of memory). direction < 0: the last one. */
ssize_t str_find(Value s, Value sub, size_t start, size_t stop, int direction);
Value str_repr(Value s);
bool str_is_identifier(Value s);

/* Building: code points are appended; the kind widens as needed. Start from STR_BUILDER_INIT. */
typedef struct StrBuilder {
    Value str; /* the buffer once `few` is too small or too narrow: a str with one reference */
    size_t length;
    size_t capacity; /* of `str` */
    uint32_t bits;   /* of all characters, ored: at most those of the result's kind */
    uint8_t few[100];
} StrBuilder;
#define STR_BUILDER_INIT                                                                                     \
    { .length = 0 }
static inline const void *str_builder_units(const StrBuilder *b) {
    return b->str ? str_data(b->str) : b->few;
}
static inline int str_builder_kind(const StrBuilder *b) { return b->str ? str_kind(b->str) : 1; }
int str_builder_add_char(StrBuilder *, uint32_t c);
int str_builder_add(StrBuilder *, Value str);
int str_builder_add_slice(StrBuilder *, Value str, size_t start, size_t stop);
int str_builder_add_ascii(StrBuilder *, const char *text, size_t n);
int str_builder_add_units(StrBuilder *, const void *units, int kind, size_t n);
int str_builder_add_cstr(StrBuilder *, const char *ascii);
int str_builder_add_repeat(StrBuilder *, uint32_t c, size_t n);
Value str_builder_finish(StrBuilder *); /* new; the builder is empty again */
void str_builder_drop(StrBuilder *);

#endif
