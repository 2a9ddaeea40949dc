/*
 * dict: compact and ordered. An index table of 1, 2, 4 or 8-byte slots points into a dense array of entries in insertion order;
 * deleted entries stay as holes until the next resize.
 *
 * Invariants. Entries [0, used_entries) hold key or NULL (a hole). `str_only`: all keys are exact strs, so lookups of strs
 * compare pointers, then hashes and bytes, and never run Python code. `version` names the present set of keys and their
 * places: it changes when a key is added or removed or the entries move, not when a value is replaced; 0 means not yet
 * given (dict_keys_version gives one). Caches remember (version, entry index).
 */
#ifndef ATOLL_OBJECTS_DICT_H
#define ATOLL_OBJECTS_DICT_H

#include "objects/object.h"

typedef struct DictEntry {
    Hash hash;
    Value key;
    Value value;
} DictEntry;

_Static_assert(sizeof(DictEntry) == sizeof(HeapPair) &&
                   offsetof(DictEntry, value) == offsetof(HeapPair, value),
               "collections read entries as pairs");

struct Dict {
    HeapObject head;
    uint32_t length;        /* live keys */
    uint32_t used_entries;  /* entries in use, holes counted */
    uint32_t capacity;      /* entries that may be used; 0: `entries` is NULL */
    uint32_t order_version; /* changes at every insertion, deletion, clear: iterators notice */
    uint8_t log2_slots;     /* index slots: 1 << log2_slots */
    bool str_only;
    uint8_t
        short_by; /* entries that the index allows beyond those allocated: a small display has what it needs, no more */
    bool watched; /* a type's dict: type_modified is called by setters that go around the type */
    uint32_t version;
    void *indices; /* one allocation with entries */
    DictEntry *entries;
};

Value dict_new(void);
Value dict_new_sized(size_t expected); /* with room for so many, and no more if they are few */
/* What a display with constant keys makes: keys borrowed, values stolen. NULL raised. */
Value dict_from_keys_steal(Value const *keys, Value *values, size_t n);
/* Lookup: 1 and *out borrowed; 0 absent (*out NULL, nothing raised); -1 raised by hash or __eq__. */
int dict_find(Value dict, Value key, Value *out_borrow);
int dict_find_hash(Value dict, Value key, Hash hash, Value *out_borrow);
/* For str keys (exact): cannot fail. NULL when absent. */
Value dict_get_str_borrow(Value dict, Value key);
/* Borrowed or NULL; a raised error is swallowed only if it is... never: check error_pending() when the key is arbitrary. */
Value dict_get_borrow(Value dict, Value key);
int dict_set(Value dict, Value key, Value value);
int dict_set_hash(Value dict, Value key, Hash hash, Value value);
int dict_set_cstr(Value dict, const char *key, Value value);
int dict_delete(Value dict, Value key); /* 0; 1 when absent (nothing raised); -1 raised */
/* The present or the new value, borrowed; NULL raised. */
Value dict_setdefault_borrow(Value dict, Value key, Value fallback);
/* Takes the value out: new; NULL absent or raised (error_pending()). */
Value dict_pop(Value dict, Value key);
void dict_clear(Value dict);
Value dict_copy(Value dict);
int dict_update(Value dict, Value mapping_or_pairs); /* as dict.update(x) */
int dict_merge(Value dict, Value mapping, bool override);
/* **kwargs merge: a repeated key is TypeError of `function`. */
int dict_merge_unique(Value dict, Value mapping, Value function);
/* The last item taken out, both new; false when empty. */
bool dict_pop_last(Value dict, Value *key, Value *value);
/* The same with the first one. */
bool dict_pop_first(Value dict, Value *key, Value *value);
/* As dict_pop, with the key's hash known. */
Value dict_pop_hash(Value dict, Value key, Hash hash);
/* Makes a key the last or the first one: 0; 1 when absent (nothing raised); -1 raised. */
int dict_move_to_end(Value dict, Value key, bool last);
/* Where a key's value stands, until the dict changes; NULL: absent or raised (*status 0, -1). The value put there must not be
 * one that the collector tracks. */
Value *dict_find_place(Value dict, Value key, Hash hash, int *status);
/* Iteration: *position starts at 0; false at the end. Borrowed; do not insert or delete meanwhile. */
bool dict_next(Value dict, size_t *position, Value *key, Value *value);
bool dict_next_hash(Value dict, size_t *position, Value *key, Value *value, Hash *hash);
typedef enum ViewKind { VIEW_KEYS, VIEW_VALUES, VIEW_ITEMS } ViewKind;
/* Is it a plain dict, or a view of one? *dict is borrowed. */
bool dict_plain_view(Value v, Dict **dict, ViewKind *kind);
Value dict_keys_list(Value dict);
Value dict_values_list(Value dict);
Value dict_items_list(Value dict);
/* The number of the first live entry; meaningless when there is none. */
static inline size_t dict_first_entry(Dict *d) {
    if (!d->used_entries || d->entries[0].key) return 0;
    size_t i = (size_t)d->entries[0].hash;
    while (i < d->used_entries && !d->entries[i].key) i++;
    d->entries[0].hash = (Hash)i;
    return i;
}
static inline size_t dict_length(Value v) { return ((Dict *)v)->length; }

/* For inline caches: the version of the keys now (never 0 unless exhausted) and the entry index of a str key or -1. */
uint32_t dict_keys_version(Dict *d);
ssize_t dict_entry_index(Dict *d, Value str_key);

#endif
