#include "objects/text_ops.h"

#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str_search.h"
#include "objects/unicode.h"

void text_view_bytes(Text *t, Value v) {
    ByteArray *array = is_bytes(v) ? NULL : (ByteArray *)v;
    t->owner = v;
    t->units = !array ? (const void *)bytes_data(v) : array->data ? (const void *)array->data : "";
    t->length = array ? array->length : bytes_length(v);
    t->kind = 1;
    t->ascii = false;
    t->owned = NULL;
    t->buffer = NULL;
}

static bool is_text_str(const Text *t) { return is_str(t->owner); }

int text_widen(Text *t, int kind) {
    if (t->kind >= kind) return 0;
    void *wide = heap_alloc(rt->heap, (t->length + 1) * (size_t)kind);
    if (!wide) return raise_no_memory(), -1;
    str_copy_units(wide, kind, t->units, t->kind, t->length);
    heap_free(rt->heap, t->owned);
    t->owned = wide;
    t->units = wide;
    t->kind = kind;
    return 0;
}

static int byte_argument(Text *out, Value v) {
    Value index = value_index(v);
    if (!index) return -1;
    int64_t n;
    bool ok = int_to_i64(index, &n) && n >= 0 && n < 256;
    decref(index);
    if (!ok) return raise_int(T_ValueError, "byte must be in range(0, 256)");
    uint8_t *one = heap_alloc(rt->heap, 1);
    if (!one) return raise_no_memory(), -1;
    *one = (uint8_t)n;
    *out = (Text){.owner = v, .units = one, .length = 1, .kind = 1, .owned = one};
    return 0;
}

int text_argument(Text *out, const Text *self, Value v, const char *what, bool allow_int) {
    if (is_text_str(self)) {
        if (!is_str(v)) {
            if (!what) return raise_int(T_TypeError, "must be str, not %.100T", v);
            return raise_int(T_TypeError, "%s must be str, not %K", what, v);
        }
        text_view(out, v);
        return out->kind < self->kind ? text_widen(out, self->kind) : 0;
    }
    if (is_object(v) && is_bytes(v)) return text_view_bytes(out, v), 0;
    if (allow_int && value_has_index(v)) return byte_argument(out, v);
    if (allow_int && !type_of(v)->slots.get_buffer)
        return raise_int(T_TypeError, "argument should be integer or bytes-like object, not '%T'", v);
    Buffer *buffer = heap_alloc(rt->heap, sizeof *buffer);
    if (!buffer) return raise_no_memory(), -1;
    if (buffer_get(v, buffer, false) < 0) {
        heap_free(rt->heap, buffer);
        return -1;
    }
    *out = (Text){.owner = v,
                  .units = buffer->data ? buffer->data : "",
                  .length = buffer->length,
                  .kind = 1,
                  .buffer = buffer};
    return 0;
}

void text_release(Text *t) {
    if (t->owned) heap_free(rt->heap, t->owned);
    if (!t->buffer) return;
    buffer_release(t->buffer);
    heap_free(rt->heap, t->buffer);
}

Value text_make(const Text *like, const void *units, int kind, size_t n) {
    if (is_text_str(like)) return str_from_units(units, kind, n);
    return is_bytes(like->owner) ? bytes_from(units, n) : bytearray_from(units, n);
}

Value text_slice(const Text *t, size_t start, size_t stop) {
    if (start == 0 && stop == t->length && (IS_EXACT(t->owner, str) || IS_EXACT(t->owner, bytes)))
        return incref(t->owner);
    if (t->ascii) return str_from_ascii((const char *)t->units + start, stop > start ? stop - start : 0);
    return text_make(t, (const uint8_t *)t->units + start * (size_t)t->kind, t->kind,
                     stop > start ? stop - start : 0);
}

static int one_bound(Value v, ssize_t fallback, size_t length, ssize_t *out) {
    *out = fallback;
    if (v && v != NONE) {
        if (!value_has_index(v))
            return raise_int(T_TypeError,
                             "slice indices must be integers or None or have an __index__ method");
        *out = value_as_ssize(v, NULL);
        if (*out == -1 && error_pending()) return -1;
    }
    if (*out < 0) *out = *out + (ssize_t)length < 0 ? 0 : *out + (ssize_t)length;
    return 0;
}

int text_bounds(Value start, Value stop, size_t length, ssize_t *from, ssize_t *to) {
    if (one_bound(start, 0, length, from) < 0 || one_bound(stop, SSIZE_MAX, length, to) < 0) return -1;
    if (*to > (ssize_t)length) *to = (ssize_t)length;
    return 0;
}

/* ---- searching ---- */

static ssize_t find_in(const Text *t, const Text *sub, ssize_t from, ssize_t to, bool reverse) {
    if (from > to || sub->kind > t->kind) return -1;
    const uint8_t *at = (const uint8_t *)t->units + (size_t)from * (size_t)t->kind;
    ssize_t found = units_find(at, t->kind, (size_t)(to - from), sub->units, sub->length, reverse);
    return found < 0 ? -1 : found + from;
}

/* (sub[, start[, end]]) for the methods below. */
static int search_arguments(Text *t, Text *sub, const char *name, Value const *args, size_t nargs,
                            ssize_t *from, ssize_t *to) {
    if (nargs < 1 || nargs > 3)
        return raise_int(T_TypeError,
                         nargs < 1 ? "%s() takes at least 1 argument (%zd given)"
                                   : "%s() takes at most 3 arguments (%zd given)",
                         name, (ssize_t)nargs);
    if (text_bounds(nargs > 1 ? args[1] : NULL, nargs > 2 ? args[2] : NULL, t->length, from, to) < 0)
        return -1;
    return text_argument(sub, t, args[0], NULL, true);
}

Value text_find_method(Value self, const char *name, Value const *args, size_t nargs, bool reverse,
                       bool must) {
    Text t = text_of(self), sub;
    ssize_t from, to;
    if (search_arguments(&t, &sub, name, args, nargs, &from, &to) < 0) return NULL;
    ssize_t at = find_in(&t, &sub, from, to, reverse);
    text_release(&sub);
    if (at < 0 && must)
        return raise_error(T_ValueError, is_text_str(&t) ? "substring not found" : "subsection not found");
    return small_int_new(at);
}

Value text_count_method(Value self, Value const *args, size_t nargs) {
    Text t = text_of(self), sub;
    ssize_t from, to;
    if (search_arguments(&t, &sub, "count", args, nargs, &from, &to) < 0) return NULL;
    size_t count = 0;
    if (from <= to && sub.kind <= t.kind)
        count = units_count((const uint8_t *)t.units + (size_t)from * (size_t)t.kind, t.kind,
                            (size_t)(to - from), sub.units, sub.length, SIZE_MAX);
    text_release(&sub);
    return small_int_new((int64_t)count);
}

static bool has_affix(const Text *t, const Text *affix, ssize_t from, ssize_t to, bool at_end) {
    if (from > to || affix->kind > t->kind || affix->length > (size_t)(to - from)) return false;
    size_t at = at_end ? (size_t)to - affix->length : (size_t)from;
    return memcmp((const uint8_t *)t->units + at * (size_t)t->kind, affix->units,
                  affix->length * (size_t)t->kind) == 0;
}

/* 1, 0, -1 raised. */
static int matches_affix(const Text *t, Value v, ssize_t from, ssize_t to, bool at_end) {
    Text affix;
    if (text_argument(&affix, t, v, NULL, false) < 0) return -1;
    int result = has_affix(t, &affix, from, to, at_end);
    text_release(&affix);
    return result;
}

/* A str at either end of a str, without bounds: what nearly every call is. */
static bool str_has_affix(Value self, Value affix, bool at_end) {
    size_t n = str_length(self), m = str_length(affix), kind = (size_t)str_kind(self);
    if (m > n || (size_t)str_kind(affix) > kind) return false;
    size_t at = at_end ? n - m : 0;
    if ((size_t)str_kind(affix) == kind)
        return memcmp(str_data(self) + at * kind, str_data(affix), m * kind) == 0;
    for (size_t i = 0; i < m; i++)
        if (str_read(self, at + i) != str_read(affix, i)) return false;
    return true;
}

Value text_affix_method(Value self, const char *name, Value const *args, size_t nargs, bool at_end) {
    if (nargs == 1 && is_str(self) && is_str(args[0])) return BOOL(str_has_affix(self, args[0], at_end));
    if (nargs < 1 || nargs > 3)
        return raise_error(T_TypeError,
                           nargs < 1 ? "%s() takes at least 1 argument (%zd given)"
                                     : "%s() takes at most 3 arguments (%zd given)",
                           name, (ssize_t)nargs);
    Text t = text_of(self);
    ssize_t from, to;
    if (text_bounds(nargs > 1 ? args[1] : NULL, nargs > 2 ? args[2] : NULL, t.length, &from, &to) < 0)
        return NULL;
    const char *sort = is_text_str(&t) ? "str" : "bytes";
    if (is_tuple(args[0])) {
        for (size_t i = 0; i < tuple_length(args[0]); i++) {
            Value item = tuple_item_borrow(args[0], i);
            if (is_text_str(&t) && !is_str(item))
                return raise_error(T_TypeError, "tuple for %s must only contain str, not %.100T", name, item);
            int match = matches_affix(&t, item, from, to, at_end);
            if (match) return match < 0 ? NULL : TRUE;
        }
        return FALSE;
    }
    bool usable =
        is_text_str(&t) ? is_str(args[0]) : is_bytes(args[0]) || type_of(args[0])->slots.get_buffer != NULL;
    if (!usable)
        return raise_error(T_TypeError, "%s first arg must be %s or a tuple of %s, not %.100T", name, sort,
                           sort, args[0]);
    int match = matches_affix(&t, args[0], from, to, at_end);
    return match < 0 ? NULL : BOOL(match);
}

/* ---- splitting ---- */

static inline bool space_at(const Text *t, size_t i) {
    uint32_t c = text_unit(t, i);
    if (c > ' ' && c < 128) return false;
    if (is_text_str(t)) return unicode_is_space(c);
    return c == ' ' || (c >= 9 && c <= 13);
}

/* The pieces of a text, in order; the first ones wait in an array until it is known how many there are. */
typedef struct Pieces {
    Value list; /* NULL until `few` overflows */
    size_t n;
    Value few[12];
} Pieces;

static int pieces_flush(Pieces *p) {
    Value list = list_from_array_steal(p->few, p->n);
    p->n = 0;
    p->list = list;
    return list ? 0 : -1;
}

static int pieces_add_steal(Pieces *p, Value piece) {
    if (!piece) return -1;
    if (p->list) return list_append_steal(p->list, piece);
    if (p->n < sizeof p->few / sizeof *p->few) {
        p->few[p->n++] = piece;
        return 0;
    }
    if (pieces_flush(p) == 0) return list_append_steal(p->list, piece);
    decref(piece);
    return -1;
}

/* The list; NULL when status says that something raised. */
static Value pieces_list(Pieces *p, int status) {
    if (status == 0 && (p->list || pieces_flush(p) == 0)) return p->list;
    for (size_t i = 0; i < p->n; i++) decref(p->few[i]);
    xdecref(p->list);
    return NULL;
}

static int add_slice(Pieces *list, const Text *t, size_t start, size_t stop) {
    return pieces_add_steal(list, text_slice(t, start, stop));
}

/* Sets of bytes up to the blank. */
#define ASCII_SPACES      UINT64_C(0x1f0003e00) /* tab to carriage return, file to unit separator, blank */
#define BYTE_SPACES       UINT64_C(0x100003e00) /* tab to carriage return, blank */
#define ASCII_LINE_BREAKS UINT64_C(0x70003c00)  /* new line to carriage return, file to record separator */
#define BYTE_LINE_BREAKS  UINT64_C(0x2400)      /* new line, carriage return */
static inline bool is_one_of(uint8_t c, uint64_t set) { return c <= ' ' && (set >> c & 1); }
static inline bool is_ascii_space(uint8_t c) { return is_one_of(c, ASCII_SPACES); }

/* Where c is next, or `end`. */
static inline const uint8_t *find_byte(const uint8_t *p, const uint8_t *end, uint8_t c) {
    const uint8_t *near = end - p > 16 ? p + 16 : end;
    for (; p < near; p++) /* sooner than any call */
        if (*p == c) return p;
    return p < end && (p = memchr(p, c, (size_t)(end - p))) ? p : end;
}

/* ASCII of a str, or bytes, which know fewer blanks. */
static int split_byte_spaces(Pieces *list, const Text *t) {
    const uint8_t *p = t->units;
    uint64_t spaces = t->ascii ? ASCII_SPACES : BYTE_SPACES;
    for (size_t i = 0, n = t->length;;) {
        while (i < n && is_one_of(p[i], spaces)) i++;
        if (i == n) return 0;
        size_t start = i;
        while (i < n && !is_one_of(p[i], spaces)) i++;
        if (add_slice(list, t, start, i) < 0) return -1;
    }
}

static int split_spaces(Pieces *list, const Text *t, size_t limit) {
    if (limit == SIZE_MAX && (t->ascii || !is_text_str(t))) return split_byte_spaces(list, t);
    size_t i = 0, n = t->length;
    for (;;) {
        while (i < n && space_at(t, i)) i++;
        if (i == n) return 0;
        size_t start = i;
        if (limit-- == 0) return add_slice(list, t, start, n);
        while (i < n && !space_at(t, i)) i++;
        if (add_slice(list, t, start, i) < 0) return -1;
    }
}

static int rsplit_spaces(Pieces *list, const Text *t, size_t limit) {
    size_t i = t->length;
    for (;;) {
        while (i > 0 && space_at(t, i - 1)) i--;
        if (i == 0) return 0;
        size_t stop = i;
        if (limit-- == 0) return add_slice(list, t, 0, stop);
        while (i > 0 && !space_at(t, i - 1)) i--;
        if (add_slice(list, t, i, stop) < 0) return -1;
    }
}

static int split_by_byte(Pieces *list, const Text *t, uint8_t sep, size_t limit) {
    const uint8_t *begin = t->units, *p = begin, *end = begin + t->length, *at;
    for (; limit > 0 && (at = find_byte(p, end, sep)) < end; limit--, p = at + 1)
        if (add_slice(list, t, (size_t)(p - begin), (size_t)(at - begin)) < 0) return -1;
    return add_slice(list, t, (size_t)(p - begin), t->length);
}

static int split_by(Pieces *list, const Text *t, const Text *sep, size_t limit) {
    if (t->kind == 1 && sep->length == 1) return split_by_byte(list, t, *(const uint8_t *)sep->units, limit);
    size_t start = 0;
    while (limit-- > 0) {
        ssize_t at = find_in(t, sep, (ssize_t)start, (ssize_t)t->length, false);
        if (at < 0) break;
        if (add_slice(list, t, start, (size_t)at) < 0) return -1;
        start = (size_t)at + sep->length;
    }
    return add_slice(list, t, start, t->length);
}

static int rsplit_by(Pieces *list, const Text *t, const Text *sep, size_t limit) {
    size_t stop = t->length;
    while (limit-- > 0) {
        ssize_t at = find_in(t, sep, 0, (ssize_t)stop, true);
        if (at < 0) break;
        if (add_slice(list, t, (size_t)at + sep->length, stop) < 0) return -1;
        stop = (size_t)at;
    }
    return add_slice(list, t, 0, stop);
}

/* A str that its very size or widest character keeps from having the separator in it: CPython gives back the object itself. */
static bool cannot_hold(Value self, Value separator) {
    return str_length(self) < str_length(separator) || ((Str *)self)->kind < ((Str *)separator)->kind;
}

Value text_split(Value self, Value separator, ssize_t limit, bool reverse) {
    Text t = text_of(self), sep = {0};
    size_t most = limit < 0 ? SIZE_MAX : (size_t)limit;
    Pieces pieces, *list = &pieces;
    list->list = NULL;
    list->n = 0;
    int status;
    if (!separator || separator == NONE) {
        status = reverse ? rsplit_spaces(list, &t, most) : split_spaces(list, &t, most);
    } else if (is_text_str(&t) && !is_str(separator)) {
        status = raise_int(T_TypeError, "must be str or None, not %.100T", separator);
    } else if (text_argument(&sep, &t, separator, NULL, false) < 0) {
        status = -1;
    } else if (sep.length == 0) {
        status = raise_int(T_ValueError, "empty separator");
    } else if (is_str(self) && cannot_hold(self, separator)) {
        status = pieces_add_steal(list, incref(self));
    } else {
        status = reverse ? rsplit_by(list, &t, &sep, most) : split_by(list, &t, &sep, most);
    }
    text_release(&sep);
    Value result = pieces_list(list, status);
    if (result && reverse) list_reverse(result);
    return result;
}

static inline bool line_break_at(const Text *t, size_t i) {
    uint32_t c = text_unit(t, i);
    if (c > 31 && c < 0x85) return false;
    return is_text_str(t) ? unicode_is_line_break(c) : c == '\n' || c == '\r';
}

static inline bool eight_above_31(const uint8_t *p) {
    uint64_t word;
    memcpy(&word, p, 8);
    return !((word - UINT64_C(0x2020202020202020)) & ~word & UINT64_C(0x8080808080808080));
}

/* The line break at or behind i in ASCII or bytes, or the length. */
static size_t find_byte_break(const Text *t, size_t i) {
    const uint8_t *p = t->units;
    uint64_t breaks = t->ascii ? ASCII_LINE_BREAKS : BYTE_LINE_BREAKS;
    for (size_t n = t->length; i < n;) {
        size_t stop = n - i < 8 ? n : i + 8;
        if (n - i >= 8 && eight_above_31(p + i)) i = stop;
        for (; i < stop; i++)
            if (is_one_of(p[i], breaks)) return i;
    }
    return t->length;
}

static inline size_t find_line_break(const Text *t, size_t i) {
    if (t->ascii || !is_text_str(t)) return find_byte_break(t, i);
    while (i < t->length && !line_break_at(t, i)) i++;
    return i;
}

Value text_split_lines(Value self, bool keep_ends) {
    Text t = text_of(self);
    Pieces list = {.list = NULL};
    for (size_t i = 0; i < t.length;) {
        size_t start = i, stop = i = find_line_break(&t, i);
        if (i < t.length) {
            i += text_unit(&t, i) == '\r' && i + 1 < t.length && text_unit(&t, i + 1) == '\n' ? 2 : 1;
            if (keep_ends) stop = i;
        }
        if (add_slice(&list, &t, start, stop) < 0) return pieces_list(&list, -1);
    }
    return pieces_list(&list, 0);
}

Value text_partition(Value self, Value separator, bool reverse) {
    Text t = text_of(self), sep;
    if (text_argument(&sep, &t, separator, NULL, false) < 0) return NULL;
    Value part[3] = {NULL, NULL, NULL};
    if (sep.length == 0) {
        text_release(&sep);
        return raise_error(T_ValueError, "empty separator");
    }
    ssize_t at = find_in(&t, &sep, 0, (ssize_t)t.length, reverse);
    bool fresh = is_object(self) && IS(self, bytearray);
    if (at >= 0) {
        part[0] = text_slice(&t, 0, (size_t)at);
        part[1] = fresh ? text_slice(&t, (size_t)at, (size_t)at + sep.length) : incref(separator);
        part[2] = text_slice(&t, (size_t)at + sep.length, t.length);
    } else {
        part[reverse ? 2 : 0] = fresh ? text_slice(&t, 0, t.length) : incref(self);
        part[1] = text_make(&t, "", 1, 0);
        part[reverse ? 0 : 2] = text_make(&t, "", 1, 0);
    }
    text_release(&sep);
    if (part[0] && part[1] && part[2]) return tuple_from_array_steal(part, 3);
    for (int i = 0; i < 3; i++) xdecref(part[i]);
    return NULL;
}

static bool has_unit(const Text *t, uint32_t c) {
    for (size_t i = 0; i < t->length; i++)
        if (text_unit(t, i) == c) return true;
    return false;
}

/* Stripping ASCII characters from ASCII text. */
static Value strip_ascii(Value self, Value chars, int sides) {
    const uint8_t *p = str_data(self), *set = str_data(chars);
    size_t start = 0, stop = str_length(self), n = str_length(chars);
    if (sides & 1)
        while (start < stop && memchr(set, p[start], n)) start++;
    if (sides & 2)
        while (stop > start && memchr(set, p[stop - 1], n)) stop--;
    return str_slice(self, start, stop);
}

Value text_strip(Value self, Value chars, int sides, const char *name) {
    if (chars && is_str(self) && is_str(chars) && ((Str *)self)->ascii && ((Str *)chars)->ascii)
        return strip_ascii(self, chars, sides);
    Text t = text_of(self), set = {0};
    bool spaces = !chars || chars == NONE;
    if (spaces && t.ascii) {
        const uint8_t *p = t.units;
        size_t from = 0, to = t.length;
        if (sides & 1)
            while (from < to && is_ascii_space(p[from])) from++;
        if (sides & 2)
            while (from < to && is_ascii_space(p[to - 1])) to--;
        return text_slice(&t, from, to);
    }
    if (!spaces) {
        if (is_text_str(&t) && !is_str(chars))
            return raise_error(T_TypeError, "%s arg must be None or str", name);
        if (text_argument(&set, &t, chars, NULL, false) < 0) return NULL;
    }
    size_t start = 0, stop = t.length;
    if (sides & 1)
        while (start < stop && (spaces ? space_at(&t, start) : has_unit(&set, text_unit(&t, start)))) start++;
    if (sides & 2)
        while (start < stop && (spaces ? space_at(&t, stop - 1) : has_unit(&set, text_unit(&t, stop - 1))))
            stop--;
    text_release(&set);
    return text_slice(&t, start, stop);
}

/* ---- building ---- */

/* Room for n units of the kind; the caller fills it, text_make copies. Small texts use the given array. */
typedef struct Scratch {
    void *units;
    void *owned;
    uint64_t few[64];
} Scratch;

static int scratch_init(Scratch *s, size_t n, int kind) {
    size_t bytes;
    s->owned = NULL;
    if (__builtin_mul_overflow(n + 1, (size_t)kind, &bytes) || bytes > SIZE_MAX / 8)
        return raise_no_memory(), -1;
    s->units = s->few;
    if (bytes <= sizeof s->few) return 0;
    s->units = s->owned = heap_alloc(rt->heap, bytes);
    return s->units ? 0 : (raise_no_memory(), -1);
}

static void fill_units(void *units, int kind, size_t start, size_t n, uint32_t c) {
    if (kind == 1) {
        memset((uint8_t *)units + start, (int)c, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        switch (kind) {
        case 1: ((uint8_t *)units)[start + i] = (uint8_t)c; break;
        case 2: ((uint16_t *)units)[start + i] = (uint16_t)c; break;
        default: ((uint32_t *)units)[start + i] = c; break;
        }
    }
}

static void put_text(void *to, int kind, size_t at, const Text *t, size_t start, size_t n) {
    uint8_t *target = (uint8_t *)to + at * (size_t)kind;
    const uint8_t *from = (const uint8_t *)t->units + start * (size_t)t->kind;
    if (kind == t->kind) memcpy(target, from, n * (size_t)kind);
    else str_copy_units(target, kind, from, t->kind, n);
}

/* ---- replacing ---- */

/* A result under construction: of exact size and in place where its kind is known beforehand, else in scratch memory. */
typedef struct Replacing {
    Text t, from, to;
    Value whole; /* str or bytes, or NULL */
    Scratch s;
    void *units;
    int kind;
    size_t length;
} Replacing;

static int replacing_init(Replacing *r, size_t length) {
    bool bytes = is_bytes(r->t.owner), ascii = r->t.ascii && r->to.ascii;
    r->kind = r->to.kind > r->t.kind ? r->to.kind : r->t.kind;
    r->length = length;
    if (length < 2 || !(bytes || ascii)) {
        if (scratch_init(&r->s, length, r->kind) < 0) return -1;
        r->units = r->s.units;
        return 0;
    }
    r->whole = bytes ? bytes_new(length) : AS_VALUE(str_alloc(TYPE(str), length, 1, true));
    if (!r->whole) return -1;
    r->units = bytes ? bytes_data(r->whole) : ((Str *)r->whole)->data;
    return 0;
}

static Value replacing_finish(Replacing *r) {
    Value whole = r->whole;
    r->whole = NULL;
    return whole ? whole : text_make(&r->t, r->units, r->kind, r->length);
}

VECTORISED static void exchange_bytes(uint8_t *to, const uint8_t *from, size_t n, uint8_t old, uint8_t new_) {
    for (size_t i = 0; i < n; i++) to[i] = from[i] == old ? new_ : from[i];
}

/* Each byte `old` by another one, which is what most replacements are. */
static Value replace_byte(Replacing *r) {
    const Text *t = &r->t;
    uint8_t old = *(const uint8_t *)r->from.units;
    if (!memchr(t->units, old, t->length)) return text_slice(t, 0, t->length);
    if (work_charge(t->length / 64) < 0 || replacing_init(r, t->length) < 0) return NULL;
    exchange_bytes(r->units, t->units, t->length, old, *(const uint8_t *)r->to.units);
    return replacing_finish(r);
}

/* At most `most` times, by what has the same length: no counting, the rest stands where it stood. */
static Value replace_same_length(Replacing *r, size_t most) {
    const Text *t = &r->t;
    size_t m = r->from.length;
    ssize_t at = find_in(t, &r->from, 0, (ssize_t)t->length, false);
    if (at < 0) return text_slice(t, 0, t->length);
    if (work_charge(t->length / 64) < 0 || replacing_init(r, t->length) < 0) return NULL;
    put_text(r->units, r->kind, 0, t, 0, t->length);
    for (; at >= 0 && most > 0; most--) {
        put_text(r->units, r->kind, (size_t)at, &r->to, 0, m);
        at = find_in(t, &r->from, at + (ssize_t)m, (ssize_t)t->length, false);
    }
    return replacing_finish(r);
}

/* Where `old` is, as long as that is few places; count: all of them. */
typedef struct Places {
    size_t count;
    size_t first[128];
} Places;

enum { PLACES_KEPT = sizeof((Places *)0)->first / sizeof(size_t) };

static void find_places(const Replacing *r, size_t most, Places *places) {
    const Text *t = &r->t, *from = &r->from;
    size_t at = 0, n = 0;
    for (ssize_t next; n < PLACES_KEPT && n < most; at = (size_t)next + from->length) {
        if ((next = find_in(t, from, (ssize_t)at, (ssize_t)t->length, false)) < 0) break;
        places->first[n++] = (size_t)next;
    }
    places->count = n;
    if (n == PLACES_KEPT && n < most)
        places->count += units_count((const uint8_t *)t->units + at * (size_t)t->kind, t->kind,
                                     t->length - at, from->units, from->length, most - n);
}

/* Result's length; -1 raised. */
static int replaced_length(const Replacing *r, size_t count, size_t *length) {
    size_t grown;
    if (__builtin_mul_overflow(count, r->to.length, &grown) ||
        __builtin_add_overflow(r->t.length - count * r->from.length, grown, length))
        return raise_int(T_OverflowError, "replace string is too long");
    return work_charge(count / 16 + *length / 64);
}

static Value replace_found(Replacing *r, size_t most) {
    const Text *t = &r->t;
    Places places;
    size_t length = 0, at = 0, out = 0;
    find_places(r, most, &places);
    if (places.count == 0) return text_slice(t, 0, t->length);
    if (replaced_length(r, places.count, &length) < 0 || replacing_init(r, length) < 0) return NULL;
    for (size_t i = 0; i < places.count; i++) {
        size_t next = i < PLACES_KEPT ? places.first[i]
                                      : (size_t)find_in(t, &r->from, (ssize_t)at, (ssize_t)t->length, false);
        put_text(r->units, r->kind, out, t, at, next - at);
        out += next - at;
        put_text(r->units, r->kind, out, &r->to, 0, r->to.length);
        out += r->to.length;
        at = next + r->from.length;
    }
    put_text(r->units, r->kind, out, t, at, t->length - at);
    return replacing_finish(r);
}

/* The empty text stands before each unit and at the end. */
static Value interleave(Replacing *r, size_t most) {
    const Text *t = &r->t;
    size_t count = t->length + 1 < most ? t->length + 1 : most, length = 0, out = 0;
    if (replaced_length(r, count, &length) < 0 || replacing_init(r, length) < 0) return NULL;
    for (size_t i = 0; i < count; i++) {
        put_text(r->units, r->kind, out, &r->to, 0, r->to.length);
        out += r->to.length;
        size_t n = i + 1 < count ? 1 : t->length - i;
        put_text(r->units, r->kind, out, t, i, n);
        out += n;
    }
    return replacing_finish(r);
}

static Value replace_by_kind(Replacing *r, size_t most) {
    const Text *t = &r->t;
    if (r->from.kind > t->kind || most == 0) return text_slice(t, 0, t->length);
    if (r->from.length == 0) return interleave(r, most);
    if (r->from.length != r->to.length || r->to.kind > t->kind) return replace_found(r, most);
    return r->from.length == 1 && t->kind == 1 && most == SIZE_MAX ? replace_byte(r)
                                                                   : replace_same_length(r, most);
}

Value text_replace(Value self, Value old, Value new_, ssize_t limit) {
    Replacing r;
    text_view(&r.t, self);
    r.whole = NULL;
    r.s.owned = NULL;
    if (text_argument(&r.from, &r.t, old, "replace() argument 1", false) < 0) return NULL;
    if (text_argument(&r.to, &r.t, new_, "replace() argument 2", false) < 0) {
        text_release(&r.from);
        return NULL;
    }
    Value result = replace_by_kind(&r, limit < 0 ? SIZE_MAX : (size_t)limit);
    heap_free(rt->heap, r.s.owned);
    xdecref(r.whole);
    text_release(&r.from);
    text_release(&r.to);
    return result;
}

/* ---- padding ---- */

static Value pad(Value self, size_t left, size_t right, uint32_t fill) {
    Text t = text_of(self);
    if (left == 0 && right == 0) return text_slice(&t, 0, t.length);
    int kind = kind_for(fill) > t.kind ? kind_for(fill) : t.kind;
    Scratch s;
    size_t total;
    if (__builtin_add_overflow(left, right, &total) || __builtin_add_overflow(total, t.length, &total))
        return raise_no_memory();
    if (work_charge(total / 64) < 0 || scratch_init(&s, total, kind) < 0) return NULL;
    fill_units(s.units, kind, 0, left, fill);
    put_text(s.units, kind, left, &t, 0, t.length);
    fill_units(s.units, kind, left + t.length, right, fill);
    Value result = text_make(&t, s.units, kind, total);
    heap_free(rt->heap, s.owned);
    return result;
}

Value text_justify(Value self, const char *name, TextJustify how, Value const *args, size_t nargs,
                   int64_t (*fill_of)(const char *name, Value fill)) {
    if (!args_count(name, nargs, 1, 2)) return NULL;
    ssize_t width = value_as_ssize_argument(args[0]);
    if (width == -1 && error_pending()) return NULL;
    int64_t fill = nargs > 1 ? fill_of(name, args[1]) : ' ';
    if (fill < 0) return NULL;
    size_t length = text_of(self).length, missing = width > (ssize_t)length ? (size_t)width - length : 0;
    size_t half =
        missing / 2 + (missing & (missing + length) & 1); /* an odd one goes left when the width is odd */
    size_t left = how == JUSTIFY_LEFT ? 0 : how == JUSTIFY_RIGHT ? missing : half;
    return pad(self, left, missing - left, (uint32_t)fill);
}

Value text_zfill(Value self, ssize_t width) {
    Text t = text_of(self);
    if (width <= (ssize_t)t.length) return text_slice(&t, 0, t.length);
    size_t zeros = (size_t)width - t.length;
    Scratch s;
    if (work_charge((uint64_t)width / 64) < 0 || scratch_init(&s, (size_t)width, t.kind) < 0) return NULL;
    size_t sign = t.length && (text_unit(&t, 0) == '+' || text_unit(&t, 0) == '-');
    put_text(s.units, t.kind, 0, &t, 0, sign);
    fill_units(s.units, t.kind, sign, zeros, '0');
    put_text(s.units, t.kind, sign + zeros, &t, sign, t.length - sign);
    Value result = text_make(&t, s.units, t.kind, (size_t)width);
    heap_free(rt->heap, s.owned);
    return result;
}

static inline uint32_t unit_at(const void *units, int kind, size_t i) {
    return kind == 1   ? ((const uint8_t *)units)[i]
           : kind == 2 ? ((const uint16_t *)units)[i]
                       : ((const uint32_t *)units)[i];
}

static inline void set_unit(void *units, int kind, size_t i, uint32_t c) {
    if (kind == 1) ((uint8_t *)units)[i] = (uint8_t)c;
    else if (kind == 2) ((uint16_t *)units)[i] = (uint16_t)c;
    else ((uint32_t *)units)[i] = c;
}

/* Writes the text with blanks for tabs; to NULL: measures alone. The new length, or -1 raised. For each kind a loop of its own. */
static inline __attribute__((always_inline)) ssize_t expand_kind(const Text *t, int kind, ssize_t size,
                                                                 void *to) {
    size_t out = 0, column = 0;
    for (size_t i = 0; i < t->length; i++) {
        uint32_t c = unit_at(t->units, kind, i);
        if (work_item(i) < 0) return -1;
        if (c != '\t') {
            if (to) set_unit(to, kind, out, c);
            out++;
            column = c == '\n' || c == '\r' ? 0 : column + 1;
            continue;
        }
        size_t n = size > 0 ? (size_t)size - column % (size_t)size : 0;
        column += n;
        if (__builtin_add_overflow(out, n, &out) || out > SSIZE_MAX)
            return raise_int(T_OverflowError, "new string is too long");
        for (size_t k = out - n; to && k < out; k++) set_unit(to, kind, k, ' ');
    }
    return (ssize_t)out;
}

static ssize_t expand(const Text *t, ssize_t size, void *to) {
    return t->kind == 1   ? expand_kind(t, 1, size, to)
           : t->kind == 2 ? expand_kind(t, 2, size, to)
                          : expand_kind(t, 4, size, to);
}

static bool has_tab(const Text *t) {
    if (t->kind == 1) return memchr(t->units, '\t', t->length);
    for (size_t i = 0; i < t->length; i++)
        if (text_unit(t, i) == '\t') return true;
    return false;
}

Value text_expand_tabs(Value self, ssize_t size) {
    Text t = text_of(self);
    if (!has_tab(&t)) return text_slice(&t, 0, t.length);
    ssize_t length = expand(&t, size, NULL);
    Scratch s;
    if (length < 0 || work_charge((size_t)length / 16) < 0 || scratch_init(&s, (size_t)length, t.kind) < 0)
        return NULL;
    Value result = expand(&t, size, s.units) < 0 ? NULL : text_make(&t, s.units, t.kind, (size_t)length);
    heap_free(rt->heap, s.owned);
    return result;
}

Value text_remove_affix(Value self, Value v, bool at_end) {
    Text t = text_of(self), affix;
    const char *what = at_end ? "removesuffix() argument" : "removeprefix() argument";
    if (text_argument(&affix, &t, v, what, false) < 0) return NULL;
    size_t cut = has_affix(&t, &affix, 0, (ssize_t)t.length, at_end) ? affix.length : 0;
    text_release(&affix);
    return at_end ? text_slice(&t, 0, t.length - cut) : text_slice(&t, cut, t.length);
}
