/*
 * dict: the table itself: lookup, insertion, deletion, growth. Methods stand in dict_methods.c, views and iterators in
 * dict_views.c.
 *
 * Probing is CPython's: slot = hash, then slot = 5 * slot + 1 + perturb with the hash's higher bits shifted in. An index slot
 * holds an entry's number, SLOT_FREE or SLOT_DELETED. At most two thirds of the slots are in use.
 *
 * The entry of a hole has the number of holes to skip (at least 1) where a live one has its hash. Only the first entry's is
 * ever above 1, so that taking the first items away one after the other does not walk over the holes again and again.
 */
#include "objects/dict.h"
#include "objects/dict_internal.h"

#include "objects/key.h"
#include "objects/sizes.h"

#define SLOT_FREE    (-1)
#define SLOT_DELETED (-2)
#define MIN_LOG2     3
#define ENTRIES_MAX  ((size_t)1 << 31)

static inline size_t slot_count(const Dict *d) { return (size_t)1 << d->log2_slots; }
static inline size_t usable(int log2_slots) { return ((size_t)2 << log2_slots) / 3; }

static inline size_t slot_bytes(int log2_slots) {
    return log2_slots < 8 ? 1 : log2_slots < 16 ? 2 : log2_slots < 32 ? 4 : 8;
}

static inline ssize_t slot_get(const Dict *d, size_t i) {
    if (d->log2_slots < 8) return ((const int8_t *)d->indices)[i];
    if (d->log2_slots < 16) return ((const int16_t *)d->indices)[i];
    if (d->log2_slots < 32) return ((const int32_t *)d->indices)[i];
    return (ssize_t)((const int64_t *)d->indices)[i];
}

static inline void slot_set(Dict *d, size_t i, ssize_t n) {
    if (d->log2_slots < 8) ((int8_t *)d->indices)[i] = (int8_t)n;
    else if (d->log2_slots < 16) ((int16_t *)d->indices)[i] = (int16_t)n;
    else if (d->log2_slots < 32) ((int32_t *)d->indices)[i] = (int32_t)n;
    else ((int64_t *)d->indices)[i] = n;
}

/* The slots that a hash may lie in, one after the other. */
#define PROBE(d, hash, slot)                                                                                 \
    size_t mask_ = slot_count(d) - 1, slot = (size_t)(hash)&mask_;                                           \
    for (size_t perturb_ = (size_t)(hash);; perturb_ >>= 5, slot = (slot * 5 + perturb_ + 1) & mask_)

/* What may take part in a cycle. An untracked tuple never will. */
static inline bool is_container(Value v) {
    return is_object(v) && type_of(v)->flags & TYPE_GC &&
           (type_of(v) != TYPE(tuple) || heap_is_tracked(&v->head));
}

/* A dict of atoms cannot be part of a cycle: it is tracked from the first container on. */
static inline void maintain_tracking(Dict *d, Value key, Value value) {
    if (!heap_is_tracked(&d->head) && (is_container(value) || is_container(key)))
        heap_track(rt->heap, &d->head);
}

static inline void changed(Dict *d) {
    d->version = 0;
    d->order_version++;
}

/* ---- lookup: the entry's number, -1 absent, -2 raised; *slot_out is its index slot, or a free one for an absent key if a search
 * of the index met one ---- */

#define NO_SLOT SIZE_MAX

static inline ssize_t find_str(const Dict *d, Value key, Hash hash, size_t *slot_out) {
    PROBE(d, hash, slot) {
        ssize_t i = slot_get(d, slot);
        if (i >= 0) {
            const DictEntry *e = &d->entries[i];
            if (e->key == key || (e->hash == hash && keys_equal_strs(e->key, key))) {
                *slot_out = slot;
                return i;
            }
        } else if (i == SLOT_FREE) {
            *slot_out = slot;
            return -1;
        }
    }
}

/* Keys may be anything: __eq__ may run and change the dict, then the search starts again. */
static ssize_t find_any(Dict *d, Value key, Hash hash, size_t *slot_out) {
restart:
    if (!d->entries) return -1; /* __eq__ may have cleared it */
    PROBE(d, hash, slot) {
        ssize_t i = slot_get(d, slot);
        if (i == SLOT_FREE) {
            *slot_out = slot;
            return -1;
        }
        if (i < 0) continue;
        DictEntry *e = &d->entries[i];
        if (e->key == key) {
            *slot_out = slot;
            return i;
        }
        if (e->hash != hash) continue;
        int equal = keys_equal_quick(e->key, key);
        if (equal < 0) {
            Value candidate = incref(e->key);
            DictEntry *entries = d->entries;
            equal = value_equal(candidate, key);
            decref(candidate);
            if (equal < 0) return -2;
            if (d->entries != entries || slot_count(d) - 1 != mask_ || (size_t)i >= d->used_entries ||
                d->entries[i].key != candidate)
                goto restart;
        }
        if (equal) {
            *slot_out = slot;
            return i;
        }
    }
}

static inline ssize_t find_entry(Dict *d, Value key, Hash hash, size_t *slot) {
    if (d->length == 0) return -1;
    if (d->str_only && is_exact_str(key)) return find_str(d, key, hash, slot);
    return find_any(d, key, hash, slot);
}

/* ---- storage ---- */

static int allocate(Dict *d, int log2_slots, size_t entries) {
    size_t slots = (size_t)1 << log2_slots;
    size_t index_bytes = (slots * slot_bytes(log2_slots) + 7) & ~(size_t)7;
    uint8_t *block = heap_alloc(rt->heap, index_bytes + entries * sizeof(DictEntry));
    if (!block) return raise_no_memory(), -1;
    memset(block, 0xff, index_bytes); /* SLOT_FREE in every width */
    d->indices = block;
    d->entries = (DictEntry *)(void *)(block + index_bytes);
    d->log2_slots = (uint8_t)log2_slots;
    d->capacity = (uint32_t)entries;
    d->short_by = 0;
    return 0;
}

static inline void index_entry(Dict *d, Hash hash, size_t entry) {
    PROBE(d, hash, slot) {
        if (slot_get(d, slot) == SLOT_FREE) {
            slot_set(d, slot, (ssize_t)entry);
            return;
        }
    }
}

static int log2_for(size_t entries) {
    int log2_slots = MIN_LOG2;
    while (usable(log2_slots) < entries) log2_slots++;
    return log2_slots;
}

/* Moves the live entries, in order and without holes, into a table with room for `entries`, or as many as its index allows. */
static int resize(Dict *d, size_t entries) {
    if (entries > ENTRIES_MAX) return raise_no_memory(), -1;
    void *old_block = d->indices;
    DictEntry *old = d->entries;
    size_t used = d->used_entries;
    int log2_slots = log2_for(entries);
    if (allocate(d, log2_slots, usable(log2_slots)) < 0) return -1;
    size_t n = 0;
    if (used == d->length) {
        if (used) memcpy(d->entries, old, used * sizeof(DictEntry));
        n = used;
    } else {
        for (size_t i = 0; i < used; i++)
            if (old[i].key) d->entries[n++] = old[i];
    }
    for (size_t i = 0; i < n; i++) index_entry(d, d->entries[i].hash, i);
    d->used_entries = (uint32_t)n;
    d->version = 0;
    heap_free(rt->heap, old_block);
    return 0;
}

/* Gives a small table the entries that its index allows, each in its place: an iterator sees no difference. */
static int widen(Dict *d) {
    Dict old = *d;
    if (allocate(d, old.log2_slots, old.capacity + old.short_by) < 0) return -1;
    memcpy(d->indices, old.indices, slot_count(d) * slot_bytes(d->log2_slots));
    memcpy(d->entries, old.entries, old.used_entries * sizeof(DictEntry));
    heap_free(rt->heap, old.indices);
    return 0;
}

static int grow(Dict *d) {
    if (d->short_by) return widen(d);
    return resize(d, d->length ? ((size_t)d->length * 3 + 1) * 2 / 3 + 1 : usable(MIN_LOG2));
}

static Dict *dict_alloc(Type *type) {
    Dict *d;
    if (type == TYPE(dict)) {
        d = heap_object_new(rt->heap, &type->kind, sizeof(Dict));
        if (!d) raise_no_memory();
    } else {
        d = (Dict *)value_alloc(type, 0);
    }
    if (!d) return NULL;
    d->length = d->used_entries = d->capacity = 0;
    d->log2_slots = d->short_by = 0;
    d->str_only = true;
    d->watched = false;
    d->version = 0;
    d->indices = NULL;
    d->entries = NULL;
    d->order_version = 0;
    return d;
}

Value dict_new(void) { return AS_VALUE(dict_alloc(TYPE(dict))); }

Value dict_new_sized(size_t expected) {
    Value v = dict_new();
    if (!v || !expected) return v;
    bool few = expected < usable(MIN_LOG2);
    if ((few ? allocate((Dict *)v, MIN_LOG2, expected) : resize((Dict *)v, expected)) < 0) {
        decref(v);
        return NULL;
    }
    if (few) ((Dict *)v)->short_by = (uint8_t)(usable(MIN_LOG2) - expected);
    return v;
}

/* Interned strs are equal only if they are the same. */
static bool are_different_names(Value const *keys, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!is_exact_str(keys[i]) || !((Str *)keys[i])->interned || !((Str *)keys[i])->hash) return false;
        for (size_t k = 0; k < i; k++)
            if (keys[k] == keys[i]) return false;
    }
    return true;
}

static Value fill_by_setting(Value const *keys, Value *values, size_t n) {
    Value v = dict_new_sized(n);
    for (size_t i = 0; i < n; i++) {
        if (v && dict_set(v, keys[i], values[i]) < 0) CLEAR_FIELD(v);
        decref(values[i]);
    }
    return v;
}

Value dict_from_keys_steal(Value const *keys, Value *values, size_t n) {
    if (n == 0 || n >= usable(MIN_LOG2) || !are_different_names(keys, n))
        return fill_by_setting(keys, values, n);
    Dict *d = dict_alloc(TYPE(dict));
    if (!d || allocate(d, MIN_LOG2, n) < 0) {
        xdecref(AS_VALUE(d));
        for (size_t i = 0; i < n; i++) decref(values[i]);
        return NULL;
    }
    d->short_by = (uint8_t)(usable(MIN_LOG2) - n);
    d->used_entries = d->length = (uint32_t)n;
    bool containers = false;
    for (size_t i = 0; i < n; i++) {
        Hash hash = ((Str *)keys[i])->hash;
        d->entries[i] = (DictEntry){hash, incref(keys[i]), values[i]};
        index_entry(d, hash, i);
        containers |= is_container(values[i]);
    }
    if (containers) heap_track_new(rt->heap, &d->head);
    return AS_VALUE(d);
}

Value dict_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Dict *d = dict_alloc(type);
    if (d && type != TYPE(dict)) heap_track(rt->heap, &d->head);
    return AS_VALUE(d);
}

/* ---- reading ---- */

int dict_find_hash(Value v, Value key, Hash hash, Value *out) {
    Dict *d = (Dict *)v;
    size_t slot;
    ssize_t i = find_entry(d, key, hash, &slot);
    *out = i >= 0 ? d->entries[i].value : NULL;
    return i >= 0 ? 1 : i == -1 ? 0 : -1;
}

int dict_find(Value v, Value key, Value *out) {
    Hash hash = key_hash(key);
    if (hash == -1) {
        *out = NULL;
        return -1;
    }
    return dict_find_hash(v, key, hash, out);
}

Value dict_get_str_borrow(Value v, Value key) {
    Dict *d = (Dict *)v;
    if (d->length == 0) return NULL;
    size_t slot;
    ssize_t i = d->str_only ? find_str(d, key, key_hash(key), &slot) : find_any(d, key, key_hash(key), &slot);
    return i >= 0 ? d->entries[i].value : NULL;
}

Value dict_get_borrow(Value v, Value key) {
    Value out;
    dict_find(v, key, &out);
    return out;
}

uint32_t dict_keys_version(Dict *d) {
    if (d->version == 0 && rt->next_dict_version < UINT32_MAX) d->version = (uint32_t)++rt->next_dict_version;
    return d->version;
}

ssize_t dict_entry_index(Dict *d, Value key) {
    size_t slot;
    if (d->length == 0 || !d->str_only) return -1;
    return find_str(d, key, key_hash(key), &slot);
}

bool dict_next_hash(Value v, size_t *position, Value *key, Value *value, Hash *hash) {
    Dict *d = (Dict *)v;
    size_t i = *position ? *position : dict_first_entry(d);
    while (i < d->used_entries && !d->entries[i].key) i++;
    if (i >= d->used_entries) return false;
    if (key) *key = d->entries[i].key;
    if (value) *value = d->entries[i].value;
    if (hash) *hash = d->entries[i].hash;
    *position = i + 1;
    return true;
}

bool dict_next(Value v, size_t *position, Value *key, Value *value) {
    return dict_next_hash(v, position, key, value, NULL);
}

/* ---- writing ---- */

static size_t unused_slot(Dict *d, Hash hash) {
    PROBE(d, hash, slot) {
        if (slot_get(d, slot) < 0) return slot;
    }
}

/* Key is known to be absent; slot as the search left it. References are taken. */
static inline int insert_new(Dict *d, Value key, Hash hash, Value value, size_t slot) {
    if (d->used_entries == d->capacity) {
        if (grow(d) < 0) return -1;
        slot = NO_SLOT;
    }
    uint32_t i = d->used_entries;
    slot_set(d, slot == NO_SLOT ? unused_slot(d, hash) : slot, (ssize_t)i);
    d->entries[i] = (DictEntry){hash, incref(key), incref(value)};
    d->used_entries = i + 1;
    d->length++;
    maintain_tracking(d, key, value);
    if (d->str_only && !is_exact_str(key)) d->str_only = false;
    changed(d);
    return 0;
}

int dict_set_hash(Value v, Value key, Hash hash, Value value) {
    Dict *d = (Dict *)v;
    size_t slot = NO_SLOT;
    ssize_t i = find_entry(d, key, hash, &slot);
    if (i == -2) return -1;
    if (i < 0) return insert_new(d, key, hash, value, slot);
    Value old = d->entries[i].value;
    d->entries[i].value = incref(value);
    maintain_tracking(d, key, value);
    decref(old);
    return 0;
}

int dict_set(Value v, Value key, Value value) {
    Hash hash = key_hash(key);
    return hash == -1 ? -1 : dict_set_hash(v, key, hash, value);
}

int dict_set_cstr(Value v, const char *key, Value value) {
    Value name = str_intern_cstr(key);
    if (!name) return -1;
    int status = dict_set(v, name, value);
    decref(name);
    return status;
}

/* Takes entry i out of the table; its references pass to the caller. */
static DictEntry take_entry(Dict *d, size_t i, size_t slot) {
    DictEntry e = d->entries[i];
    slot_set(d, slot, SLOT_DELETED);
    d->entries[i] = (DictEntry){.hash = 1};
    d->length--;
    changed(d);
    return e;
}

int dict_delete(Value v, Value key) {
    Hash hash = key_hash(key);
    if (hash == -1) return -1;
    size_t slot;
    ssize_t i = find_entry((Dict *)v, key, hash, &slot);
    if (i < 0) return i == -1 ? 1 : -1;
    DictEntry e = take_entry((Dict *)v, (size_t)i, slot);
    decref(e.key);
    decref(e.value);
    return 0;
}

Value dict_pop(Value v, Value key) {
    if (dict_length(v) == 0) return NULL;
    Hash hash = key_hash(key);
    return hash == -1 ? NULL : dict_pop_hash(v, key, hash);
}

Value dict_pop_hash(Value v, Value key, Hash hash) {
    size_t slot;
    ssize_t i = find_entry((Dict *)v, key, hash, &slot);
    if (i < 0) return NULL;
    DictEntry e = take_entry((Dict *)v, (size_t)i, slot);
    decref(e.key);
    return e.value;
}

/* The index slot of a live entry. */
static size_t slot_of(const Dict *d, size_t i) {
    PROBE(d, d->entries[i].hash, slot) {
        if (slot_get(d, slot) == (ssize_t)i) return slot;
    }
}

/*
 * The last entry, taken out. False when empty. The places behind it are not used again, for their index slots stay marked as
 * deleted: else a dict that goes up and down for ever would run out of free slots, at which searches end.
 */
bool dict_pop_last(Value v, Value *key, Value *value) {
    Dict *d = (Dict *)v;
    if (d->length == 0) return false;
    size_t i = d->used_entries - 1;
    while (!d->entries[i].key) i--;
    DictEntry e = take_entry(d, i, slot_of(d, i));
    d->capacity -= d->used_entries - (uint32_t)i;
    d->used_entries = (uint32_t)i;
    *key = e.key;
    *value = e.value;
    return true;
}

bool dict_pop_first(Value v, Value *key, Value *value) {
    Dict *d = (Dict *)v;
    if (d->length == 0) return false;
    size_t i = dict_first_entry(d);
    DictEntry e = take_entry(d, i, slot_of(d, i));
    *key = e.key;
    *value = e.value;
    return true;
}

/* Makes room in front of the first entry: as many holes as there are items. */
static int open_front(Dict *d) {
    size_t n = d->length, front = n + 1;
    if (resize(d, 2 * n + front) < 0) return -1;
    memmove(d->entries + front, d->entries, n * sizeof(DictEntry));
    for (size_t i = 0; i < front; i++) d->entries[i] = (DictEntry){.hash = 1};
    d->entries[0].hash = (Hash)front;
    d->used_entries = (uint32_t)(front + n);
    memset(d->indices, 0xff, slot_count(d) * slot_bytes(d->log2_slots));
    for (size_t i = front; i < d->used_entries; i++) index_entry(d, d->entries[i].hash, i);
    return 0;
}

int dict_move_to_end(Value v, Value key, bool last) {
    Dict *d = (Dict *)v;
    Hash hash = key_hash(key);
    if (hash == -1) return -1;
    size_t slot;
    ssize_t found = find_entry(d, key, hash, &slot);
    if (found < 0) return found == -1 ? 1 : -1;
    size_t first = dict_first_entry(d);
    if (last ? (size_t)found + 1 == d->used_entries : (size_t)found == first) return 0;
    if (last ? d->used_entries == d->capacity : first == 0) {
        Value moved = d->entries[found].key; /* the entries move up */
        if ((last ? grow(d) : open_front(d)) < 0) return -1;
        first = dict_first_entry(d);
        for (found = (ssize_t)first; d->entries[found].key != moved; found++) {}
        slot = slot_of(d, (size_t)found);
    }
    size_t to = last ? d->used_entries++ : first - 1;
    d->entries[to] = d->entries[found];
    d->entries[found] = (DictEntry){.hash = 1};
    if (to > 0 && !last) d->entries[0].hash = (Hash)to;
    slot_set(d, slot, (ssize_t)to);
    changed(d);
    return 0;
}

Value *dict_find_place(Value v, Value key, Hash hash, int *status) {
    Dict *d = (Dict *)v;
    size_t slot;
    ssize_t i = find_entry(d, key, hash, &slot);
    *status = i >= 0 ? 1 : i == -1 ? 0 : -1;
    return i >= 0 ? &d->entries[i].value : NULL;
}

Value dict_setdefault_borrow(Value v, Value key, Value fallback) {
    Dict *d = (Dict *)v;
    Hash hash = key_hash(key);
    if (hash == -1) return NULL;
    size_t slot = NO_SLOT;
    ssize_t i = find_entry(d, key, hash, &slot);
    if (i >= 0) return d->entries[i].value;
    if (i == -2 || insert_new(d, key, hash, fallback, slot) < 0) return NULL;
    return fallback;
}

/* The table is detached first: what the dropped values run sees an empty dict. */
void dict_clear(Value v) {
    Dict *d = (Dict *)v;
    void *block = d->indices;
    DictEntry *entries = d->entries;
    size_t used = d->used_entries;
    d->indices = NULL;
    d->entries = NULL;
    d->length = d->used_entries = d->capacity = 0;
    d->log2_slots = d->short_by = 0;
    d->str_only = true;
    changed(d);
    for (size_t i = 0; i < used; i++) {
        if (!entries[i].key) continue;
        decref(entries[i].key);
        decref(entries[i].value);
    }
    heap_free(rt->heap, block);
}

/* ---- whole dicts ---- */

/* Makes the empty d an equal of the plain dict `from`, block and all. */
static int clone_table(Dict *d, const Dict *from) {
    if (from->length == 0) return 0;
    if (from->used_entries > from->length + (from->length >> 1)) return 1; /* too many holes: rebuild */
    if (allocate(d, from->log2_slots, from->capacity) < 0) return -1;
    memcpy(d->indices, from->indices, slot_count(from) * slot_bytes(from->log2_slots));
    memcpy(d->entries, from->entries, from->used_entries * sizeof(DictEntry));
    d->length = from->length;
    d->used_entries = from->used_entries;
    d->short_by = from->short_by;
    d->str_only = from->str_only;
    for (DictEntry *e = d->entries, *end = e + d->used_entries; e < end; e++) {
        if (!e->key) continue;
        incref(e->key);
        incref(e->value);
    }
    changed(d);
    if (heap_is_tracked(&from->head) && !heap_is_tracked(&d->head)) heap_track(rt->heap, &d->head);
    return 0;
}

Value dict_copy(Value v) {
    Value copy = dict_new();
    if (!copy) return NULL;
    bool plain = type_of(v)->slots.iter == TYPE(dict)->slots.iter;
    int status = plain ? clone_table((Dict *)copy, (const Dict *)v) : dict_length(v) > 0;
    if (status == 1) status = dict_merge(copy, v, true);
    if (status == 0) return copy;
    decref(copy);
    return NULL;
}

static int merge_dict(Value to, Value from, bool override) {
    Dict *d = (Dict *)to, *f = (Dict *)from;
    if (to == from || f->length == 0) return 0;
    if (d->length == 0 && d->capacity == 0) {
        int status = clone_table(d, f);
        if (status <= 0) return status;
    }
    if (d->used_entries + f->length > d->capacity && resize(d, d->length + f->length) < 0) return -1;
    uint64_t version = f->order_version;
    size_t position = 0;
    Value key, value;
    Hash hash;
    while (dict_next_hash(from, &position, &key, &value, &hash)) {
        Value ignored;
        incref(key);
        incref(value);
        int status = 0;
        if (override || (status = dict_find_hash(to, key, hash, &ignored)) == 0)
            status = dict_set_hash(to, key, hash, value);
        decref(key);
        decref(value);
        if (status < 0 || work_item(position) < 0) return -1;
        if (f->order_version != version) return raise_int(T_RuntimeError, "dict mutated during update");
    }
    return 0;
}

/* An iterator of all keys of anything with keys(), taken before the first is given: asking for a value may change the mapping. */
static Value keys_iter(Value mapping) {
    Value keys = value_call_method_noargs(mapping, NAME(keys)), it = keys ? value_iter(keys) : NULL;
    if (keys && !it && error_swallow(T_TypeError))
        raise_error(T_TypeError, "%T.keys() returned a non-iterable (type %T)", mapping, keys);
    Value list = it ? value_to_list(it) : NULL, result = list ? value_iter(list) : NULL;
    xdecref(keys);
    xdecref(it);
    xdecref(list);
    return result;
}

/* Anything with keys() and []. */
static int merge_mapping(Value to, Value mapping, bool override) {
    Value it = keys_iter(mapping);
    if (!it) return -1;
    int status = 0;
    for (Value key; status == 0 && (key = value_next(it)) != NULL; decref(key)) {
        if (!override) {
            Value present;
            int found = dict_find(to, key, &present);
            if (found < 0) status = -1;
            if (found) continue;
        }
        Value value = status == 0 ? value_getitem(mapping, key) : NULL;
        status = value ? dict_set(to, key, value) : -1;
        xdecref(value);
    }
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

int dict_merge(Value to, Value mapping, bool override) {
    if (is_dict(mapping) && type_of(mapping)->slots.iter == TYPE(dict)->slots.iter)
        return merge_dict(to, mapping, override);
    return merge_mapping(to, mapping, override);
}

static int merge_pair(Value to, Value item, size_t index) {
    Value pair = value_fast_sequence(item, "");
    if (!pair) {
        if (error_swallow(T_TypeError))
            raise_error(T_TypeError, "cannot convert dictionary update sequence element #%zd to a sequence",
                        (ssize_t)index);
        return -1;
    }
    int status = -1;
    if (fast_sequence_length(pair) != 2)
        raise_error(T_ValueError, "dictionary update sequence element #%zd has length %zd; 2 is required",
                    (ssize_t)index, (ssize_t)fast_sequence_length(pair));
    else {
        Value key = incref(fast_sequence_items(pair)[0]), value = incref(fast_sequence_items(pair)[1]);
        status = dict_set(to, key, value);
        decref(key);
        decref(value);
    }
    decref(pair);
    return status;
}

static int merge_pairs(Value to, Value iterable) {
    Value it = value_iter(iterable);
    if (!it) return -1;
    int status = 0;
    size_t index = 0;
    for (Value item; status == 0 && (item = value_next(it)) != NULL; index++) {
        status = merge_pair(to, item, index);
        decref(item);
    }
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

int dict_update(Value to, Value from) {
    if (IS_EXACT(from, dict)) return dict_merge(to, from, true);
    Value keys;
    int found = value_getattr_optional(from, NAME(keys), &keys);
    if (found < 0) return -1;
    if (!found) return merge_pairs(to, from);
    decref(keys);
    return dict_merge(to, from, true);
}

/* What a function is called in messages: "module.qualname()", builtins without the module. */
static Value function_text(Value function) {
    Value qualname = NULL, module = NULL, text = NULL;
    if (value_getattr_optional(function, NAME(__qualname__), &qualname) < 0) return NULL;
    if (!qualname) return value_str(function);
    if (value_getattr_optional(function, NAME(__module__), &module) >= 0) {
        if (module && is_str(module) && !str_equal_cstr(module, "builtins"))
            text = str_format("%S.%S()", module, qualname);
        else text = str_format("%S()", qualname);
    }
    decref(qualname);
    xdecref(module);
    return text;
}

static int raise_in_function(Value function, const char *format, Value what) {
    Value text = function_text(function);
    if (!text) return -1;
    raise_error(T_TypeError, format, text, what);
    decref(text);
    return -1;
}

/* Keys of anything with keys() and []: each must be new. */
static int merge_unique_mapping(Value to, Value mapping, Value function) {
    Value keys;
    int found = value_getattr_optional(mapping, NAME(keys), &keys);
    if (found < 0) return -1;
    if (!found) return raise_in_function(function, "%U argument after ** must be a mapping, not %T", mapping);
    decref(keys);
    Value it = keys_iter(mapping);
    if (!it) return -1;
    int status = 0;
    for (Value key; status == 0 && (key = value_next(it)) != NULL; decref(key)) {
        Value present, value;
        int known = dict_find(to, key, &present);
        if (known) {
            status = known < 0 ? -1
                               : raise_in_function(function,
                                                   "%U got multiple values for keyword argument '%S'", key);
            continue;
        }
        value = value_getitem(mapping, key);
        status = value ? dict_set(to, key, value) : -1;
        xdecref(value);
    }
    decref(it);
    return status < 0 || error_pending() ? -1 : 0;
}

int dict_merge_unique(Value to, Value mapping, Value function) {
    if (!is_dict(mapping) || type_of(mapping)->slots.iter != TYPE(dict)->slots.iter)
        return merge_unique_mapping(to, mapping, function);
    size_t position = 0;
    Value key, value;
    Hash hash;
    int status = 0;
    while (status == 0 && dict_next_hash(mapping, &position, &key, &value, &hash)) {
        Value present;
        incref(key);
        incref(value);
        status = dict_find_hash(to, key, hash, &present);
        if (status == 0) status = dict_set_hash(to, key, hash, value);
        else if (status == 1)
            status = raise_in_function(function, "%U got multiple values for keyword argument '%S'", key);
        if (status == 0) status = work_item(position);
        decref(value);
        decref(key);
    }
    return status;
}

/* ---- life: the type's functions, put into its table by dict_methods.c ---- */

int dict_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Dict *d = (Dict *)o;
    for (size_t i = 0; i < d->used_entries; i++) {
        if (!d->entries[i].key) continue;
        if (!d->str_only) VISIT(d->entries[i].key);
        VISIT(d->entries[i].value);
    }
    return 0;
}

void dict_clear_references(Heap *heap, HeapObject *o) {
    (void)heap;
    dict_clear(AS_VALUE(o));
}

void dict_free(Heap *heap, HeapObject *o) {
    Dict *d = (Dict *)o;
    for (DictEntry *e = d->entries, *end = e + d->used_entries; e < end; e++) {
        if (!e->key) continue;
        decref(e->key);
        decref(e->value);
    }
    heap_free(heap, d->indices);
    if (o->kind == &TYPE(dict)->kind) heap_object_free(heap, o);
    else value_free(AS_VALUE(o));
}

size_t dict_size(const HeapObject *o) {
    const Dict *d = (const Dict *)o;
    if (!d->indices) return own_block(o);
    return own_block(o) + slot_count(d) * slot_bytes(d->log2_slots) + d->capacity * sizeof(DictEntry);
}

bool dict_is_atomic(const HeapObject *o) {
    const Dict *d = (const Dict *)o;
    for (size_t i = 0; i < d->used_entries; i++) {
        const DictEntry *e = &d->entries[i];
        if (e->key && (is_container(e->value) || is_container(e->key))) return false;
    }
    return true;
}
