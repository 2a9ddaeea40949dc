/*
 * set: the table of set and frozenset: open addressing with short linear runs before each jump, eight entries in the object
 * itself. A removed entry leaves a mark (key TOMBSTONE) until the next resize. At most three fifths of the table are in use.
 */
#include "objects/set.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/key.h"
#include "objects/set_internal.h"
#include "objects/sizes.h"
#include "objects/str.h"

#define LINEAR_PROBES 9

/* Whether an entry of the same hash holds the key, which is not the same value: 1, 0, -1 raised, -2 the table changed
 * under __eq__. */
static int entry_equals(Set *s, SetEntry *e, Value key) {
    int equal = keys_equal_quick(e->key, key);
    if (equal >= 0) return equal;
    SetEntry *table = s->table;
    size_t mask = s->mask;
    Value candidate = incref(e->key);
    equal = value_equal(candidate, key);
    decref(candidate);
    if (equal < 0) return -1;
    return s->table != table || s->mask != mask || e->key != candidate ? -2 : equal;
}

/* The entry that holds the key, or the free one where the search ends; *mark is then the last tombstone on the way (whose
 * hash no key has), or NULL. NULL raised. */
static inline SetEntry *find(Set *s, Value key, Hash hash, SetEntry **mark) {
restart:
    *mark = NULL;
    size_t mask = s->mask, i = (size_t)hash & mask, perturb = (size_t)hash;
    for (;;) {
        SetEntry *e = &s->table[i];
        size_t probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        do {
            if (!e->key || e->key == key) return e;
            if (e->hash == hash) {
                int match = entry_equals(s, e, key);
                if (match == 1) return e;
                if (match == -1) return NULL;
                if (match == -2) goto restart;
            } else if (e->hash == -1) {
                *mark = e;
            }
            e++;
        } while (probes--);
        perturb >>= 5;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

/* Into a table without tombstones that lacks the key. */
static void insert_clean(SetEntry *table, size_t mask, Value key, Hash hash) {
    size_t i = (size_t)hash & mask, perturb = (size_t)hash;
    for (;;) {
        SetEntry *e = &table[i];
        size_t probes = i + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        do {
            if (!e->key) {
                *e = (SetEntry){key, hash};
                return;
            }
            e++;
        } while (probes--);
        perturb >>= 5;
        i = (i * 5 + 1 + perturb) & mask;
    }
}

int set_resize(Set *s, size_t minimum) {
    size_t slots = 8;
    while (slots <= minimum) {
        slots <<= 1;
        if (slots > SIZE_MAX / 64) return raise_no_memory(), -1;
    }
    SetEntry small_copy[8], *old = s->table;
    size_t old_mask = s->mask;
    SetEntry *table = s->small;
    if (slots > 8) {
        table = heap_alloc_zero(rt->heap, slots * sizeof(SetEntry));
        if (!table) return raise_no_memory(), -1;
    }
    if (old == s->small) {
        memcpy(small_copy, s->small, sizeof small_copy);
        old = small_copy;
    }
    if (table == s->small) memset(s->small, 0, sizeof s->small);
    s->table = table;
    s->mask = slots - 1;
    for (size_t i = 0; i <= old_mask; i++)
        if (old[i].key && old[i].key != SET_TOMBSTONE) insert_clean(table, s->mask, old[i].key, old[i].hash);
    s->used = s->length;
    if (old != small_copy) heap_free(rt->heap, old);
    return 0;
}

void set_init_empty(Set *s) {
    s->length = s->used = 0;
    s->mask = 7;
    s->table = s->small;
    s->hash = 0;
    s->version = 0;
    s->finger = 0;
    memset(s->small, 0, sizeof s->small);
}

int set_add_hash(Set *s, Value key, Hash hash) {
    SetEntry *mark, *e = find(s, key, hash, &mark);
    if (!e) return -1;
    if (e->key) return 0;
    s->length++;
    s->version++;
    if (mark) {
        *mark = (SetEntry){incref(key), hash};
        return 0;
    }
    *e = (SetEntry){incref(key), hash};
    s->used++;
    if (s->used * 5 < s->mask * 3) return 0;
    return set_resize(s, s->length > 50000 ? s->length * 2 : s->length * 4);
}

int set_add(Value v, Value key) {
    Hash hash = key_hash(key);
    return hash == -1 ? -1 : set_add_hash((Set *)v, key, hash);
}

int set_contains_hash(Set *s, Value key, Hash hash) {
    if (s->length == 0) return 0;
    SetEntry *mark, *e = find(s, key, hash, &mark);
    return e ? e->key != NULL : -1;
}

/* A set as key means the frozenset of its items. */
static Value as_hashable(Value key) {
    if (!is_any_set(key) || !error_swallow(T_TypeError)) return NULL;
    return frozenset_new(key);
}

int set_contains(Value v, Value key) {
    Hash hash = key_hash(key);
    if (hash != -1) return set_contains_hash((Set *)v, key, hash);
    Value frozen = as_hashable(key);
    if (!frozen) return -1;
    int found = set_contains(v, frozen);
    decref(frozen);
    return found;
}

int set_discard_hash(Set *s, Value key, Hash hash) {
    if (s->length == 0) return 0;
    SetEntry *mark, *e = find(s, key, hash, &mark);
    if (!e) return -1;
    if (!e->key) return 0;
    Value old = e->key;
    *e = (SetEntry){SET_TOMBSTONE, -1};
    s->length--;
    s->version++;
    decref(old);
    return 1;
}

int set_discard(Value v, Value key) {
    Hash hash = key_hash(key);
    if (hash != -1) return set_discard_hash((Set *)v, key, hash);
    Value frozen = as_hashable(key);
    if (!frozen) return -1;
    int found = set_discard(v, frozen);
    decref(frozen);
    return found;
}

bool set_next(Value v, size_t *position, Value *key) {
    Hash ignored;
    return set_next_entry(v, position, key, &ignored);
}

Value set_pop(Value v) {
    Set *s = (Set *)v;
    if (s->length == 0) return raise_error(T_KeyError, "pop from an empty set");
    size_t i = s->finger & s->mask;
    while (!s->table[i].key || s->table[i].key == SET_TOMBSTONE) i = (i + 1) & s->mask;
    Value key = s->table[i].key;
    s->table[i] = (SetEntry){SET_TOMBSTONE, -1};
    s->finger = i + 1;
    s->length--;
    s->version++;
    return key;
}

void set_clear(Value v) {
    Set *s = (Set *)v;
    SetEntry small_copy[8], *table = s->table;
    size_t mask = s->mask;
    if (table == s->small) {
        memcpy(small_copy, s->small, sizeof small_copy);
        table = small_copy;
    }
    uint64_t version = s->version;
    set_init_empty(s);
    s->version = version + 1;
    for (size_t i = 0; i <= mask; i++)
        if (table[i].key && table[i].key != SET_TOMBSTONE) decref(table[i].key);
    if (table != small_copy) heap_free(rt->heap, table);
}

/* Into a set that never held anything. */
static void fill_fresh(Set *s, const Set *o) {
    if (s->mask == o->mask && o->used == o->length) {
        memcpy(s->table, o->table, (o->mask + 1) * sizeof(SetEntry));
        for (SetEntry *e = s->table, *end = e + s->mask + 1; e < end; e++) xincref(e->key);
    } else {
        size_t left = o->length;
        for (const SetEntry *e = o->table; left; e++) {
            if (!e->key || e->key == SET_TOMBSTONE) continue;
            insert_clean(s->table, s->mask, incref(e->key), e->hash);
            left--;
        }
    }
    s->length = s->used = o->length;
}

static int update_from_set(Set *s, Value other) {
    Set *o = (Set *)other;
    if (s == o || o->length == 0) return 0;
    if ((s->used + o->length) * 5 >= s->mask * 3 && set_resize(s, (s->length + o->length) * 2) < 0) return -1;
    s->version++;
    if (s->used == 0) {
        fill_fresh(s, o);
        return 0;
    }
    size_t position = 0;
    Value key;
    Hash hash;
    while (set_next_entry(other, &position, &key, &hash)) {
        incref(key);
        int status = set_add_hash(s, key, hash);
        decref(key);
        if (status < 0) return -1;
    }
    return 0;
}

/* Of a list or tuple, which __eq__ and __hash__ may change. */
static int update_from_sequence(Value v, Value sequence) {
    for (size_t i = 0; i < fast_sequence_length(sequence); i++) {
        Value key = incref(fast_sequence_items(sequence)[i]);
        int status = set_add(v, key);
        decref(key);
        if (status < 0 || ((i & 0xffff) == 0xffff && work_charge(0x10000) < 0)) return -1;
    }
    return 0;
}

/* Of texts each character needs to be looked up once; the first 256 are known by a bit. */
static int update_from_str(Value v, Value text) {
    uint64_t seen[4] = {0};
    for (size_t i = 0; i < str_length(text); i++) {
        uint32_t c = str_read(text, i);
        if (work_at(i) < 0) return -1;
        if (c < 256 && (seen[c / 64] >> c % 64 & 1)) continue;
        if (c < 256) seen[c / 64] |= UINT64_C(1) << c % 64;
        Value key = str_from_char(c);
        int status = key ? set_add(v, key) : -1;
        xdecref(key);
        if (status < 0) return -1;
    }
    return work_charge_alone(str_length(text) / 64);
}

static int update_from_bytes(Value v, const uint8_t *data, size_t n) {
    bool seen[256] = {false};
    for (size_t i = 0; i < n; i++) seen[data[i]] = true;
    for (size_t i = 0; i < n; i++) {
        if (!seen[data[i]]) continue;
        seen[data[i]] = false; /* added in the order in which they come first */
        if (set_add(v, small_int_new(data[i])) < 0) return -1;
    }
    return work_charge_alone(n / 64);
}

static int update_from_iterator(Value v, Value it) {
    UnaryFn next = type_of(it)->slots.next;
    size_t since_charge = 0;
    for (Value key; (key = next(it)) != NULL;) {
        int status = set_add(v, key);
        decref(key);
        if (status < 0) return -1;
        if (++since_charge == 0x10000) {
            if (work_charge(since_charge) < 0) return -1;
            since_charge = 0;
        }
    }
    return error_pending() && !error_swallow(T_StopIteration) ? -1 : 0;
}

int set_update(Value v, Value iterable) {
    if (is_any_set(iterable)) return update_from_set((Set *)v, iterable);
    if (IS_EXACT(iterable, list) || IS_EXACT(iterable, tuple)) return update_from_sequence(v, iterable);
    if (IS_EXACT(iterable, dict)) {
        Set *s = (Set *)v;
        size_t more = dict_length(iterable), position = 0;
        if ((s->used + more) * 5 >= s->mask * 3 && set_resize(s, (s->length + more) * 2) < 0) return -1;
        Value key;
        Hash hash;
        while (dict_next_hash(iterable, &position, &key, NULL, &hash)) {
            incref(key);
            int status = set_add_hash(s, key, hash);
            decref(key);
            if (status < 0) return -1;
        }
        return 0;
    }
    if (IS_EXACT(iterable, str)) return update_from_str(v, iterable);
    if (IS_EXACT(iterable, bytes)) return update_from_bytes(v, bytes_data(iterable), bytes_length(iterable));
    Value it = value_iter(iterable);
    if (!it) return -1;
    int status = update_from_iterator(v, it);
    decref(it);
    return status;
}

/* ---- life ---- */

int set_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Set *s = (Set *)o;
    for (size_t i = 0; i <= s->mask; i++)
        if (s->table[i].key && s->table[i].key != SET_TOMBSTONE) VISIT(s->table[i].key);
    return 0;
}

void set_clear_references(Heap *heap, HeapObject *o) {
    (void)heap;
    set_clear(AS_VALUE(o));
}

void set_free(Heap *heap, HeapObject *o) {
    Set *s = (Set *)o;
    size_t left = s->length;
    for (SetEntry *e = s->table; left; e++) {
        if (!e->key || e->key == SET_TOMBSTONE) continue;
        decref(e->key);
        left--;
    }
    if (s->table != s->small) heap_free(heap, s->table);
    value_free(AS_VALUE(o));
}

size_t set_size(const HeapObject *o) {
    const Set *s = (const Set *)o;
    return size_with(o, s->table != s->small ? s->table : NULL);
}

Value set_alloc(Type *type, Value iterable) {
    Set *s = (Set *)value_alloc(type, 0);
    if (!s) return NULL;
    set_init_empty(s);
    heap_track(rt->heap, &s->head);
    if (iterable && set_update(AS_VALUE(s), iterable) < 0) {
        DECREF(s);
        return NULL;
    }
    return AS_VALUE(s);
}

Value set_new(Value iterable) { return set_alloc(TYPE(set), iterable); }

Value frozenset_new(Value iterable) {
    if (iterable && IS_EXACT(iterable, frozenset)) return incref(iterable);
    return set_alloc(TYPE(frozenset), iterable);
}
