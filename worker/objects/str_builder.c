/*
 * str_builder: a string under construction. What is short stays in the builder itself; longer text is gathered in a private str
 * that grows by half and widens when it must. The bits of all characters tell the kind of the result, so that it is made, or
 * the buffer cut to size, without another look at them.
 */
#include "objects/protocols.h"
#include "objects/str_internal.h"

static int grow(StrBuilder *b, size_t need, int kind) {
    int old_kind = str_builder_kind(b);
    size_t capacity = need <= b->capacity ? b->capacity : need + need / 2 + 16;
    if (kind < old_kind) kind = old_kind;
    Str *bigger = str_alloc(TYPE(str), capacity, kind, false);
    if (!bigger) return -1;
    str_copy_units(bigger->data, kind, str_builder_units(b), old_kind, b->length);
    xdecref(b->str);
    b->str = AS_VALUE(bigger);
    b->capacity = capacity;
    return 0;
}

static inline int ensure(StrBuilder *b, size_t more, int kind) {
    size_t need = b->length + more;
    if (need < b->length) return raise_no_memory(), -1;
    if (!b->str) b->capacity = sizeof b->few;
    if (__builtin_expect(need <= b->capacity && kind <= str_builder_kind(b), 1)) return 0;
    return grow(b, need, kind);
}

static inline void write_unit(StrBuilder *b, uint32_t c) {
    if (b->str) str_write(b->str, b->length++, c);
    else b->few[b->length++] = (uint8_t)c;
}

int str_builder_add_char(StrBuilder *b, uint32_t c) {
    if (ensure(b, 1, kind_for(c)) < 0) return -1;
    b->bits |= c;
    write_unit(b, c);
    return 0;
}

static int add_units(StrBuilder *b, const void *units, int kind, size_t n, uint32_t bits) {
    if (n == 0) return 0;
    if (ensure(b, n, kind) < 0) return -1;
    int to = str_builder_kind(b);
    b->bits |= bits;
    str_copy_units((uint8_t *)str_builder_units(b) + b->length * (size_t)to, to, units, kind, n);
    b->length += n;
    return 0;
}

int str_builder_add(StrBuilder *b, Value v) {
    const Str *s = (const Str *)v;
    return add_units(b, s->data, s->kind, s->length, s->ascii ? 0x7f : max_for_kind(s->kind));
}

int str_builder_add_slice(StrBuilder *b, Value v, size_t start, size_t stop) {
    if (stop > str_length(v)) stop = str_length(v);
    if (start >= stop) return 0;
    uint32_t bits = ((Str *)v)->ascii ? 0x7f : str_max_char(str_at(v, start), str_kind(v), stop - start);
    return add_units(b, str_at(v, start), str_kind(v), stop - start, bits);
}

int str_builder_add_ascii(StrBuilder *b, const char *text, size_t n) {
    return add_units(b, text, 1, n, 0x7f);
}

int str_builder_add_units(StrBuilder *b, const void *units, int kind, size_t n) {
    uint32_t bits = str_max_char(units, kind, n);
    if (kind_for(bits) == kind || n == 0) return add_units(b, units, kind, n, bits);
    if (ensure(b, n, kind_for(bits)) < 0) return -1;
    int to = str_builder_kind(b);
    b->bits |= bits;
    str_copy_units((uint8_t *)str_builder_units(b) + b->length * (size_t)to, to, units, kind, n);
    b->length += n;
    return 0;
}

int str_builder_add_cstr(StrBuilder *b, const char *ascii) {
    return add_units(b, ascii, 1, strlen(ascii), 0x7f);
}

int str_builder_add_repeat(StrBuilder *b, uint32_t c, size_t n) {
    if (n == 0) return 0;
    if (ensure(b, n, kind_for(c)) < 0) return -1;
    b->bits |= c;
    while (n-- > 0) write_unit(b, c);
    return 0;
}

/* The buffer itself becomes the result when it is long and rather full. */
static Value cut_to_size(StrBuilder *b, bool ascii) {
    Str *s = (Str *)b->str;
    s->length = b->length;
    s->ascii = ascii;
    memset(s->data + b->length * s->kind, 0, s->kind);
    Str *cut = heap_object_resize(rt->heap, &s->head, offsetof(Str, data) + (b->length + 1) * s->kind);
    b->str = NULL;
    return AS_VALUE(cut ? cut : s);
}

Value str_builder_finish(StrBuilder *b) {
    size_t n = b->length;
    int kind = str_builder_kind(b), narrowest = kind_for(b->bits);
    bool ascii = b->bits < 0x80;
    Value result;
    if (n <= 1) {
        result = n == 0 ? incref(rt->empty_str) : str_from_units(str_builder_units(b), kind, 1);
    } else if (narrowest == kind && b->str && n * (size_t)kind > 64 && n >= b->capacity / 2) {
        result = cut_to_size(b, ascii);
    } else {
        Str *s = str_alloc(TYPE(str), n, narrowest, ascii);
        if (s) str_copy_units(s->data, narrowest, str_builder_units(b), kind, n);
        result = AS_VALUE(s);
    }
    str_builder_drop(b);
    return result;
}

void str_builder_drop(StrBuilder *b) {
    xdecref(b->str);
    b->str = NULL;
    b->length = 0;
    b->bits = 0;
}
