/*
 * str_utf8: strings from and to UTF-8. ASCII strings are their own UTF-8; of others a copy is kept as long as they live, in a
 * table by address, so that str_utf8 can lend it.
 */
#include "base/utf8.h"
#include "objects/bytes.h"
#include "objects/exception.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"

static Value raise_decode(const char *text, size_t n, size_t bad) {
    size_t length;
    const char *reason = utf8_fault(text + bad, n - bad, &length);
    Value args[5] = {str_from_cstr("utf-8"), bytes_from(text, n), small_int_new((int64_t)bad),
                     small_int_new((int64_t)(bad + length)), str_from_cstr(reason)};
    if (args[0] && args[1] && args[4]) {
        Value exception = exception_new(T_UnicodeDecodeError, args, 5);
        if (exception) {
            raise_value(exception);
            decref(exception);
        }
    }
    xdecref(args[0]);
    xdecref(args[1]);
    xdecref(args[4]);
    return NULL;
}

Value str_from_utf8(const char *text, size_t n) {
    size_t bad;
    Value v = str_try_utf8(text, n);
    if (v || error_pending() || utf8_valid(text, n, false, &bad)) return v;
    return raise_decode(text, n, bad);
}

/* ---- kept copies ---- */

static size_t copy_home(const StrState *st, const Str *s) {
    return ((uintptr_t)s >> 4) * 0x9E3779B1u & st->copies_mask;
}

static Utf8Copy *copy_find(StrState *st, const Str *s) {
    for (size_t k = copy_home(st, s);; k = (k + 1) & st->copies_mask)
        if (st->copies[k].str == s || !st->copies[k].str) return &st->copies[k];
}

static int copies_grow(StrState *st) {
    size_t slots = st->copies ? (st->copies_mask + 1) * 2 : 64;
    Utf8Copy *fresh = heap_alloc_zero(rt->heap, slots * sizeof(Utf8Copy));
    if (!fresh) return raise_no_memory(), -1;
    Utf8Copy *old = st->copies;
    size_t old_slots = old ? st->copies_mask + 1 : 0;
    st->copies = fresh;
    st->copies_mask = slots - 1;
    st->copies_used = 0;
    for (size_t i = 0; i < old_slots; i++) {
        if (!old[i].str || old[i].str == STR_SLOT_DELETED) continue;
        *copy_find(st, old[i].str) = old[i];
        st->copies_used++;
    }
    heap_free(rt->heap, old);
    return 0;
}

void str_utf8_forget(Str *s) {
    StrState *st = str_state();
    Utf8Copy *c = copy_find(st, s);
    if (c->str != s) return;
    heap_free(rt->heap, c->bytes);
    *c = (Utf8Copy){STR_SLOT_DELETED, NULL, 0};
}

static size_t encoded_length(Value v) {
    size_t n = 0;
    for (size_t i = 0; i < str_length(v); i++) {
        uint32_t c = str_read(v, i);
        n += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return n;
}

static const char *keep_copy(Value v, size_t *length) {
    StrState *st = str_state();
    if ((!st->copies || st->copies_used * 2 > st->copies_mask) && copies_grow(st) < 0) return NULL;
    size_t n = encoded_length(v);
    char *bytes = heap_alloc(rt->heap, n + 1);
    if (!bytes) return (const char *)raise_no_memory();
    char *to = bytes;
    for (size_t i = 0; i < str_length(v); i++) to += utf8_encode(str_read(v, i), to);
    *to = 0;
    Utf8Copy *c = copy_find(st, (Str *)v);
    *c = (Utf8Copy){(Str *)v, bytes, n};
    st->copies_used++;
    ((Str *)v)->has_utf8 = true;
    if (length) *length = n;
    return bytes;
}

const char *str_wtf8(Value v, size_t *n) {
    Str *s = (Str *)v;
    if (s->ascii) {
        if (n) *n = s->length;
        return (const char *)s->data;
    }
    if (!s->has_utf8) return keep_copy(v, n);
    Utf8Copy *c = copy_find(str_state(), s);
    if (n) *n = c->length;
    return c->bytes;
}

static const char *raise_surrogate(Value v, size_t at) {
    size_t end = at + 1;
    while (end < str_length(v) && str_read(v, end) >= 0xD800 && str_read(v, end) <= 0xDFFF) end++;
    Value args[5] = {str_from_cstr("utf-8"), v, small_int_new((int64_t)at), small_int_new((int64_t)end),
                     str_from_cstr("surrogates not allowed")};
    if (args[0] && args[4]) {
        Value exception = exception_new(T_UnicodeEncodeError, args, 5);
        if (exception) {
            raise_value(exception);
            decref(exception);
        }
    }
    xdecref(args[0]);
    xdecref(args[4]);
    return NULL;
}

const char *str_utf8(Value v, size_t *n) {
    Str *s = (Str *)v;
    if (!s->ascii && s->kind != 1 && !s->has_utf8)
        for (size_t i = 0; i < s->length; i++) {
            uint32_t c = str_read(v, i);
            if (c >= 0xD800 && c <= 0xDFFF) return raise_surrogate(v, i);
        }
    return str_wtf8(v, n);
}
