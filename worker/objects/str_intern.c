/* str_intern: the table of interned strings, and the names and one-character strings made at boot. */
#include "base/names.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"

static size_t home(const StrTable *t, Hash hash) { return (size_t)hash & t->mask; }

static int table_resize(StrTable *t, size_t slots) {
    Str **fresh = heap_alloc_zero(rt->heap, slots * sizeof(Str *));
    if (!fresh) return raise_no_memory(), -1;
    Str **old = t->slots;
    size_t old_count = old ? t->mask + 1 : 0;
    t->slots = fresh;
    t->mask = slots - 1;
    t->used = t->length;
    for (size_t i = 0; i < old_count; i++) {
        if (!old[i] || old[i] == STR_SLOT_DELETED) continue;
        size_t k = home(t, old[i]->hash);
        while (fresh[k]) k = (k + 1) & t->mask;
        fresh[k] = old[i];
    }
    heap_free(rt->heap, old);
    return 0;
}

/* The interned equal of v, or the slot to put it into. */
static Str *lookup(StrTable *t, Value v, size_t *slot) {
    Hash hash = str_hash(v);
    size_t k = home(t, hash), place = SIZE_MAX;
    for (;; k = (k + 1) & t->mask) {
        Str *s = t->slots[k];
        if (!s) break;
        if (s == STR_SLOT_DELETED) {
            if (place == SIZE_MAX) place = k;
        } else if (s->hash == hash && str_equal(AS_VALUE(s), v)) {
            return s;
        }
    }
    *slot = place == SIZE_MAX ? k : place;
    return NULL;
}

Value str_intern(Value v) {
    Str *s = (Str *)v;
    if (s->interned) return incref(v);
    StrTable *t = &str_state()->interned;
    if ((t->used + 1) * 3 > (t->mask + 1) * 2 &&
        table_resize(t, (t->length + 1) * 4 > t->mask + 1 ? (t->mask + 1) * 2 : t->mask + 1) < 0)
        return NULL;
    size_t slot;
    Str *known = lookup(t, v, &slot);
    if (known) return INCREF(AS_VALUE(known));
    if (type_of(v) != TYPE(str)) return incref(v);
    if (!t->slots[slot]) t->used++;
    t->slots[slot] = s;
    t->length++;
    s->interned = true;
    return incref(v);
}

void str_intern_in_place(Value *v) {
    Value interned = str_intern(*v);
    if (!interned) {
        error_clear(); /* out of memory: it stays as it is */
        return;
    }
    decref(*v);
    *v = interned;
}

Value str_intern_cstr(const char *utf8) {
    Value v = str_from_cstr(utf8);
    if (!v) return NULL;
    Value interned = str_intern(v);
    decref(v);
    return interned;
}

void str_intern_forget(Str *s) {
    StrTable *t = &str_state()->interned;
    for (size_t k = home(t, s->length ? s->hash : 0); t->slots[k]; k = (k + 1) & t->mask) {
        if (t->slots[k] != s) continue;
        t->slots[k] = STR_SLOT_DELETED;
        t->length--;
        return;
    }
}

static const char *const name_texts[] = {
#define NAME_ROW(name)      #name,
#define NAME_TEXT(id, text) text,
#include "base/names.def"
#undef NAME_ROW
#undef NAME_TEXT
};

static Value immortal(Value v) {
    if (v) heap_set_immortal(&v->head);
    return v;
}

static int boot_latin1(void) {
    Str *none = str_alloc(TYPE(str), 0, 1, true);
    if (!none) return -1;
    rt->empty_str = immortal(AS_VALUE(none));
    if (!str_intern(rt->empty_str)) return -1;
    for (uint32_t c = 0; c < 256; c++) {
        Str *s = str_alloc(TYPE(str), 1, 1, c < 0x80);
        if (!s) return -1;
        s->data[0] = (uint8_t)c;
        rt->latin1[c] = immortal(AS_VALUE(s));
        if (!str_intern(AS_VALUE(s))) return -1;
    }
    return 0;
}

/* TYPE(str) must have its kind filled in enough for heap_object_new; nothing else of the type is used here. */
int str_boot(void) {
    rt->str_state = heap_alloc_zero(rt->heap, sizeof(StrState));
    if (!rt->str_state) return -1;
    if (table_resize(&str_state()->interned, 8192) < 0 || boot_latin1() < 0) return -1;
    for (int i = 0; i < NAME_COUNT; i++) {
        rt->names[i] = immortal(str_intern_cstr(name_texts[i]));
        if (!rt->names[i]) return -1;
    }
    return 0;
}
