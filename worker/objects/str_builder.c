/* str_builder: a string under construction. The buffer is a private str that grows by half and widens when it must. */
#include "objects/protocols.h"
#include "objects/str_internal.h"

static int ensure(StrBuilder *b, size_t more, int kind) {
    size_t need = b->length + more;
    if (need < b->length) return raise_no_memory(), -1;
    Str *s = (Str *)b->str;
    if (s && need <= b->capacity && kind <= s->kind) return 0;
    size_t capacity = need <= b->capacity ? b->capacity : need + need / 2 + 16;
    if (s && kind < s->kind) kind = s->kind;
    Str *bigger = str_alloc(TYPE(str), capacity, kind, false);
    if (!bigger) return -1;
    if (s) {
        str_copy_units(bigger->data, kind, s->data, s->kind, b->length);
        DECREF(s);
    }
    b->str = AS_VALUE(bigger);
    b->capacity = capacity;
    return 0;
}

int str_builder_add_char(StrBuilder *b, uint32_t c) {
    if (ensure(b, 1, kind_for(c)) < 0) return -1;
    str_write(b->str, b->length++, c);
    return 0;
}

static int add_units(StrBuilder *b, const void *units, int kind, size_t n) {
    if (n == 0) return 0;
    if (ensure(b, n, kind) < 0) return -1;
    Str *s = (Str *)b->str;
    str_copy_units(s->data + b->length * s->kind, s->kind, units, kind, n);
    b->length += n;
    return 0;
}

int str_builder_add(StrBuilder *b, Value v) { return add_units(b, str_data(v), str_kind(v), str_length(v)); }

int str_builder_add_slice(StrBuilder *b, Value v, size_t start, size_t stop) {
    if (stop > str_length(v)) stop = str_length(v);
    return start < stop ? add_units(b, str_at(v, start), str_kind(v), stop - start) : 0;
}

int str_builder_add_ascii(StrBuilder *b, const char *text, size_t n) { return add_units(b, text, 1, n); }

int str_builder_add_cstr(StrBuilder *b, const char *ascii) { return add_units(b, ascii, 1, strlen(ascii)); }

int str_builder_add_repeat(StrBuilder *b, uint32_t c, size_t n) {
    if (n == 0) return 0;
    if (ensure(b, n, kind_for(c)) < 0) return -1;
    while (n-- > 0) str_write(b->str, b->length++, c);
    return 0;
}

/* Widened for a slice that turned out narrower than its source: the invariant asks for the narrowest kind. */
Value str_builder_finish(StrBuilder *b) {
    if (!b->str || b->length == 0) {
        str_builder_drop(b);
        return incref(rt->empty_str);
    }
    Str *s = (Str *)b->str;
    uint32_t max_char = str_max_char(s->data, s->kind, b->length);
    Value result;
    if (kind_for(max_char) == s->kind && b->length * s->kind > 64 && b->length >= b->capacity / 2) {
        /* long enough: keep the buffer, cut to size */
        s->length = b->length;
        s->ascii = max_char < 0x80;
        memset(s->data + b->length * s->kind, 0, s->kind);
        Str *cut = heap_object_resize(rt->heap, &s->head, offsetof(Str, data) + (b->length + 1) * s->kind);
        result = AS_VALUE(cut ? cut : s);
        b->str = NULL;
    } else {
        result = str_from_units(s->data, s->kind, b->length);
    }
    str_builder_drop(b);
    return result;
}

void str_builder_drop(StrBuilder *b) {
    xdecref(b->str);
    *b = (StrBuilder)STR_BUILDER_INIT;
}
