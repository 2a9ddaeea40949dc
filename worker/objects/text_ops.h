/*
 * text_ops: what str, bytes and bytearray do alike: searching, splitting, stripping, padding, replacing.
 *
 * A Text is a run of units (code points of a str, bytes of a bytes-like) seen in place. Arguments are brought to the width of
 * the text they are used on. Results are made in the kind of value that `like` stands for.
 */
#ifndef ATOLL_OBJECTS_TEXT_OPS_H
#define ATOLL_OBJECTS_TEXT_OPS_H

#include "objects/bytes.h"
#include "objects/str_internal.h"

typedef struct Text {
    Value owner; /* borrowed: a str, bytes or bytearray, or any buffer's owner */
    const void *units;
    size_t length;
    int kind;
    bool ascii;     /* of an ASCII str */
    void *owned;    /* widened copy, or NULL */
    Buffer *buffer; /* when taken from another bytes-like; owned */
} Text;

/* The value itself; no release needed for str, bytes and bytearray as `self`. Field by field: a Text put together elsewhere and
 * copied is waited for. */
void text_view_bytes(Text *t, Value self);
static inline void text_view(Text *t, Value v) {
    if (!is_str(v)) {
        text_view_bytes(t, v);
        return;
    }
    t->owner = v;
    t->units = str_data(v);
    t->length = str_length(v);
    t->kind = str_kind(v);
    t->ascii = ((Str *)v)->ascii;
    t->owned = NULL;
    t->buffer = NULL;
}
static inline Text text_of(Value v) {
    Text t;
    text_view(&t, v);
    return t;
}
/* An argument as text of the same sort as self: 0, -1 raised ("must be str, not int", "a bytes-like object is required..."). For
 * bytes a single int counts as one byte where allow_int. what: for str's message, e.g. "replace() argument 1". */
int text_argument(Text *out, const Text *self, Value v, const char *what, bool allow_int);
void text_release(Text *t);
/* Brings a narrower text to kind. 0, -1 raised. */
int text_widen(Text *t, int kind);
Value text_make(const Text *like, const void *units, int kind, size_t n);
Value text_slice(const Text *t, size_t start, size_t stop);
static inline uint32_t text_unit(const Text *t, size_t i) {
    switch (t->kind) {
    case 1: return ((const uint8_t *)t->units)[i];
    case 2: return ((const uint16_t *)t->units)[i];
    default: return ((const uint32_t *)t->units)[i];
    }
}

/* start and stop arguments (None or an index), clipped; stop may be below start. 0, -1 raised. */
int text_bounds(Value start, Value stop, size_t length, ssize_t *from, ssize_t *to);

/* find, rfind, index, rindex: args are (sub[, start[, end]]). */
Value text_find_method(Value self, const char *name, Value const *args, size_t nargs, bool reverse,
                       bool must);
Value text_count_method(Value self, Value const *args, size_t nargs);
/* startswith, endswith with tuples. */
Value text_affix_method(Value self, const char *name, Value const *args, size_t nargs, bool at_end);
Value text_split(Value self, Value separator, ssize_t limit, bool reverse);
Value text_split_lines(Value self, bool keep_ends);
Value text_partition(Value self, Value separator, bool reverse);
/* sides: 1 left, 2 right. chars NULL or None: white space. */
Value text_strip(Value self, Value chars, int sides, const char *name);
Value text_replace(Value self, Value old, Value new_, ssize_t limit);
typedef enum TextJustify { JUSTIFY_LEFT, JUSTIFY_RIGHT, JUSTIFY_CENTER } TextJustify;
/* ljust, rjust, center: args are (width[, fill]). fill_of gives the unit of a fill that was given, -1 raised. */
Value text_justify(Value self, const char *name, TextJustify how, Value const *args, size_t nargs,
                   int64_t (*fill_of)(const char *name, Value fill));
Value text_expand_tabs(Value self, ssize_t size);
Value text_zfill(Value self, ssize_t width);
Value text_remove_affix(Value self, Value affix, bool at_end);

#endif
