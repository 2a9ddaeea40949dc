/* str_internal: what the files of str share with each other alone. */
#ifndef ATOLL_OBJECTS_STR_INTERNAL_H
#define ATOLL_OBJECTS_STR_INTERNAL_H

#include "objects/str.h"

/* c as \xNN, \uNNNN or \UNNNNNNNN, with a NUL behind it; its length. */
static inline size_t str_hex_escape(char text[12], uint32_t c) {
    size_t digits = c < 0x100 ? 2 : c < 0x10000 ? 4 : 8;
    text[0] = '\\';
    text[1] = digits == 2 ? 'x' : digits == 4 ? 'u' : 'U';
    for (size_t i = digits; i > 0; i--, c >>= 4) text[1 + i] = "0123456789abcdef"[c & 15];
    text[2 + digits] = 0;
    return 2 + digits;
}

/* The interned strings: open addressing by hash. The table borrows; a dying interned str takes itself out. */
typedef struct StrTable {
    Str **slots; /* NULL free, STR_SLOT_DELETED */
    size_t mask, used, length;
} StrTable;

#define STR_SLOT_DELETED ((Str *)8)

/* UTF-8 copies of non-ASCII strings, by address. */
typedef struct Utf8Copy {
    const Str *str; /* NULL free; STR_SLOT_DELETED */
    char *bytes;
    size_t length;
} Utf8Copy;

typedef struct StrState {
    StrTable interned;
    Utf8Copy *copies;
    size_t copies_mask, copies_used;
    Value error_handlers; /* dict: name -> callable, or NULL (codecs.c) */
    Value text_codecs[2]; /* what decodes and encodes by codecs that are not native, or NULL (codecs.c) */
} StrState;

static inline StrState *str_state(void) { return rt->str_state; }

void str_intern_forget(Str *s);
void str_utf8_forget(Str *s);

static inline uint32_t max_for_kind(int kind) { return kind == 1 ? 0xff : kind == 2 ? 0xffff : 0x10ffff; }
static inline int kind_for(uint32_t max_char) { return max_char < 0x100 ? 1 : max_char < 0x10000 ? 2 : 4; }

/* Exact str of n code points of this kind, uninitialised but for header, length, flags and the final NUL. NULL raised. */
Str *str_alloc(Type *type, size_t n, int kind, bool ascii);
/* Copies n code points between any two kinds (to must be wide enough). */
void str_copy_units(void *to, int to_kind, const void *from, int from_kind, size_t n);
/* Largest code point of n units. */
uint32_t str_max_char(const void *units, int kind, size_t n);
/* Exact str from n units of any kind, narrowed. */
Value str_from_units(const void *units, int kind, size_t n);
static inline const void *str_at(Value v, size_t i) { return str_data(v) + i * (size_t)str_kind(v); }

#endif
