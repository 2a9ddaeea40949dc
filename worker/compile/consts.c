#include "compile/consts.h"

#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/protocols.h"

/* ---- the table ---------------------------------------------------------------------------------- */

static uint32_t hash_bytes(uint32_t seed, const void *data, size_t n) {
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ seed;
    const unsigned char *p = data;
    for (; n >= 8; n -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 29;
    }
    for (; n; n--) h = (h ^ *p++) * UINT64_C(0x100000001b3);
    return (uint32_t)(h ^ h >> 32);
}

static uint32_t const_hash(const Const *c) {
    switch (c->kind) {
    case CONST_INT: return hash_bytes(c->kind, &c->integer, sizeof c->integer);
    case CONST_FLOAT:
    case CONST_COMPLEX: return hash_bytes(c->kind, c->real, sizeof c->real);
    case CONST_STR:
    case CONST_BYTES: return hash_bytes(c->kind, c->text.bytes, c->text.length);
    case CONST_TUPLE:
    case CONST_FROZENSET: return hash_bytes(c->kind, c->items.ids, c->items.count * sizeof *c->items.ids);
    case CONST_BIG_INT: return (uint32_t)int_hash(c->value) * 31u + c->kind;
    default: return c->kind;
    }
}

static bool const_same(const Const *a, const Const *b) {
    if (a->kind != b->kind || a->hash != b->hash) return false;
    switch (a->kind) {
    case CONST_INT: return a->integer == b->integer;
    case CONST_FLOAT:
    case CONST_COMPLEX: return memcmp(a->real, b->real, sizeof a->real) == 0;
    case CONST_STR:
    case CONST_BYTES:
        return a->text.length == b->text.length && memcmp(a->text.bytes, b->text.bytes, a->text.length) == 0;
    case CONST_TUPLE:
    case CONST_FROZENSET:
        return a->items.count == b->items.count &&
               memcmp(a->items.ids, b->items.ids, a->items.count * sizeof *a->items.ids) == 0;
    case CONST_BIG_INT: return int_compare(a->value, b->value) == 0;
    case CONST_OTHER: return false;
    default: return true;
    }
}

static void index_put(Consts *consts, uint32_t id) {
    uint32_t at = consts->entries[id].hash;
    while (consts->index[at & consts->mask]) at++;
    consts->index[at & consts->mask] = (int32_t)id + 1;
}

static bool grow(Consts *consts) {
    uint32_t capacity = consts->capacity ? consts->capacity * 2 : 32;
    Const *entries = bump_alloc(consts->bump, capacity * sizeof *entries);
    int32_t *index = bump_zalloc(consts->bump, 2 * (size_t)capacity * sizeof *index);
    if (!entries || !index) return raise_no_memory(), false;
    if (consts->count) memcpy(entries, consts->entries, consts->count * sizeof *entries);
    consts->entries = entries;
    consts->index = index;
    consts->capacity = capacity;
    consts->mask = 2 * capacity - 1;
    for (uint32_t i = 0; i < consts->count; i++) index_put(consts, i);
    return true;
}

static ConstId find(const Consts *consts, const Const *key) {
    for (uint32_t at = key->hash;; at++) {
        int32_t entry = consts->index[at & consts->mask];
        if (!entry) return -1;
        if (const_same(&consts->entries[entry - 1], key)) return entry - 1;
    }
}

/* Adds a key with its value (stolen, also on failure); NULL: already raised. */
static ConstId add_steal(Consts *consts, Const *key, Value value) {
    if (!value) return -1;
    if (consts->count == consts->capacity && !grow(consts)) {
        decref(value);
        return -1;
    }
    key->value = value;
    consts->entries[consts->count] = *key;
    index_put(consts, consts->count);
    return (ConstId)consts->count++;
}

bool consts_init(Consts *consts, Bump *bump) {
    *consts = (Consts){.bump = bump};
    if (!grow(consts)) return false;
    const Value plain[] = {NONE, TRUE, FALSE, ELLIPSIS};
    for (int kind = CONST_NONE; kind <= CONST_ELLIPSIS; kind++) {
        Const key = {.kind = (ConstKind)kind, .hash = (uint32_t)kind};
        if (add_steal(consts, &key, plain[kind]) < 0) return false;
    }
    return true;
}

void consts_drop(Consts *consts) {
    for (uint32_t i = 0; i < consts->count; i++) decref(consts->entries[i].value);
    consts->count = 0;
}

/* ---- of each kind ------------------------------------------------------------------------------- */

ConstId consts_of_int(Consts *consts, int64_t n) {
    Const key = {.kind = CONST_INT, .integer = n};
    key.hash = const_hash(&key);
    ConstId id = find(consts, &key);
    return id >= 0 ? id : add_steal(consts, &key, int_from_i64(n));
}

static ConstId of_big_int_steal(Consts *consts, Value value) {
    if (!value) return -1;
    int64_t n;
    if (int_to_i64(value, &n)) {
        decref(value);
        return consts_of_int(consts, n);
    }
    Const key = {.kind = CONST_BIG_INT, .value = value};
    key.hash = const_hash(&key);
    ConstId id = find(consts, &key);
    if (id < 0) return add_steal(consts, &key, value);
    decref(value);
    return id;
}

static ConstId of_complex(Consts *consts, double real, double imag) {
    Const key = {.kind = CONST_COMPLEX, .real = {real, imag}};
    key.hash = const_hash(&key);
    ConstId id = find(consts, &key);
    return id >= 0 ? id : add_steal(consts, &key, complex_new(real, imag));
}

static ConstId of_float(Consts *consts, double d) {
    Const key = {.kind = CONST_FLOAT, .real = {d, 0}};
    key.hash = const_hash(&key);
    ConstId id = find(consts, &key);
    return id >= 0 ? id : add_steal(consts, &key, float_new(d));
}

static bool could_be_identifier(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (!(c == '_' || (c >= '0' && c <= '9') || (unsigned)((c | 32) - 'a') < 26)) return false;
    }
    return true;
}

/* text must live as long as the table: in its Bump, or the tree's. */
static ConstId of_text(Consts *consts, ConstKind kind, const char *text, size_t length) {
    Const key = {.kind = kind, .text = {text, length}};
    key.hash = const_hash(&key);
    ConstId id = find(consts, &key);
    if (id >= 0) return id;
    if (kind == CONST_BYTES) return add_steal(consts, &key, bytes_from(text, length));
    Value str = str_from_wtf8(text, length);
    if (str && could_be_identifier(text, length)) str_intern_in_place(&str);
    return add_steal(consts, &key, str);
}

ConstId consts_of_str(Consts *consts, const char *wtf8, size_t length) {
    return of_text(consts, CONST_STR, wtf8, length);
}

static Value tuple_of_items(const Consts *consts, const ConstId *items, size_t count) {
    Value tuple = tuple_new(count);
    for (size_t i = 0; tuple && i < count; i++)
        tuple_init_item_steal(tuple, i, incref(consts->entries[items[i]].value));
    return tuple;
}

/* Of the items as a first set orders them, not as the text does: CPython's compiler makes it twice, and the order shows. */
static Value frozenset_of_items(const Consts *consts, const ConstId *items, size_t count) {
    Value tuple = tuple_of_items(consts, items, count), first = tuple ? set_new(tuple) : NULL;
    Value ordered = first ? value_to_tuple(first) : NULL, set = ordered ? frozenset_new(ordered) : NULL;
    xdecref(ordered);
    xdecref(first);
    xdecref(tuple);
    return set;
}

static ConstId of_items(Consts *consts, ConstKind kind, const ConstId *items, size_t count) {
    Const key = {.kind = kind, .items = {(ConstId *)items, count}};
    key.hash = const_hash(&key);
    ConstId id = find(consts, &key);
    if (id >= 0) return id;
    key.items.ids = (ConstId *)bump_copy(consts->bump, (const char *)items, count * sizeof *items);
    if (!key.items.ids) {
        raise_no_memory();
        return -1;
    }
    bool is_tuple = kind == CONST_TUPLE;
    return add_steal(consts, &key,
                     is_tuple ? tuple_of_items(consts, items, count)
                              : frozenset_of_items(consts, items, count));
}

ConstId consts_of_tuple(Consts *consts, const ConstId *items, size_t count) {
    return of_items(consts, CONST_TUPLE, items, count);
}

ConstId consts_of_frozenset(Consts *consts, const ConstId *items, size_t count) {
    return of_items(consts, CONST_FROZENSET, items, count);
}

ConstId consts_of_code_steal(Consts *consts, Value code) {
    Const key = {.kind = CONST_OTHER, .hash = consts->count * 0x9E3779B9u};
    return add_steal(consts, &key, code);
}

ConstId consts_of_ast(Consts *consts, const AstConstant *c) {
    switch ((AstConstantKind)c->kind) {
    case CONSTANT_NONE: return CONST_NONE;
    case CONSTANT_TRUE: return CONST_TRUE;
    case CONSTANT_FALSE: return CONST_FALSE;
    case CONSTANT_ELLIPSIS: return CONST_ELLIPSIS;
    case CONSTANT_INT: return consts_of_int(consts, c->integer);
    case CONSTANT_BIG_INT:
        return of_big_int_steal(consts, int_from_digits(c->text.bytes, c->text.length, c->base));
    case CONSTANT_FLOAT: return of_float(consts, c->real);
    case CONSTANT_IMAGINARY: return of_complex(consts, 0.0, c->real);
    case CONSTANT_STR: return of_text(consts, CONST_STR, c->text.bytes, c->text.length);
    case CONSTANT_BYTES: return of_text(consts, CONST_BYTES, c->text.bytes, c->text.length);
    case CONSTANT_FOLDED: return (ConstId)c->integer;
    case CONSTANT_OBJECT: return consts_of_value(consts, c->object);
    }
    return -1;
}

static ConstId of_container(Consts *consts, ConstKind kind, Value const *items, size_t count) {
    ConstId *ids = bump_alloc(consts->bump, count * sizeof *ids + 1);
    if (!ids) return raise_no_memory(), -1;
    for (size_t i = 0; i < count; i++)
        if ((ids[i] = consts_of_value(consts, items[i])) < 0) return -1;
    return of_items(consts, kind, ids, count);
}

/* The set's own order of items: sets that were made alike are found equal, others are merely kept apart. */
static ConstId of_frozenset_value(Consts *consts, Value set) {
    Value items = value_to_tuple(set);
    if (!items) return -1;
    ConstId id = of_container(consts, CONST_FROZENSET, ((Tuple *)items)->items, tuple_length(items));
    decref(items);
    return id;
}

static ConstId of_text_value(Consts *consts, ConstKind kind, const char *text, size_t length) {
    const char *copy = text ? bump_copy(consts->bump, text, length) : NULL;
    if (!copy) return error_pending() ? -1 : (raise_no_memory(), -1);
    return of_text(consts, kind, copy, length);
}

ConstId consts_of_value(Consts *consts, Value v) {
    if (v == NONE) return CONST_NONE;
    if (v == TRUE) return CONST_TRUE;
    if (v == FALSE) return CONST_FALSE;
    if (v == ELLIPSIS) return CONST_ELLIPSIS;
    if (is_small_int(v)) return consts_of_int(consts, small_int(v));
    if (IS_EXACT(v, int)) return of_big_int_steal(consts, incref(v));
    if (IS_EXACT(v, float)) return of_float(consts, float_value(v));
    if (IS_EXACT(v, complex)) return of_complex(consts, ((Complex *)v)->real, ((Complex *)v)->imag);
    if (IS_EXACT(v, str)) {
        size_t length;
        const char *text = str_wtf8(v, &length);
        return of_text_value(consts, CONST_STR, text, text ? length : 0);
    }
    if (IS_EXACT(v, bytes))
        return of_text_value(consts, CONST_BYTES, (const char *)bytes_data(v), bytes_length(v));
    if (IS_EXACT(v, tuple)) return of_container(consts, CONST_TUPLE, ((Tuple *)v)->items, tuple_length(v));
    if (IS_EXACT(v, frozenset)) return of_frozenset_value(consts, v);
    return consts_of_code_steal(consts, incref(v));
}
