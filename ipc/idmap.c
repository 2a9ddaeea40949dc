/* Open addressing, linear probing; see idmap.h. */
#include <ipc/idmap.h>

enum { FIRST_SIZE = 16, KEEP_SIZE = 4096 };

void ipc_idmap_init(IpcIdMap *map, const IpcAlloc *alloc) { *map = (IpcIdMap){.alloc = alloc}; }

void ipc_idmap_free(IpcIdMap *map) {
    ipc_free(map->alloc, map->slots);
    *map = (IpcIdMap){.alloc = map->alloc};
}

/* Fibonacci hashing, high bits folded down: ids are consecutive, addresses are multiples of 8 or 16. */
static inline size_t home(const IpcIdMap *map, uint64_t key) {
    uint64_t h = key * 0x9e3779b97f4a7c15u;
    return (size_t)(h ^ h >> 32) & map->mask;
}

/* The key's slot, or the free one where it would go. */
static IpcIdSlot *locate(const IpcIdMap *map, uint64_t key) {
    size_t i = home(map, key);
    while (map->slots[i].key && map->slots[i].key != key) i = (i + 1) & map->mask;
    return &map->slots[i];
}

uint64_t *ipc_idmap_find(const IpcIdMap *map, uint64_t key) {
    if (!map->slots) return NULL;
    IpcIdSlot *slot = locate(map, key);
    return slot->key ? &slot->value : NULL;
}

static bool resize(IpcIdMap *map, size_t size) {
    IpcIdMap bigger = {.mask = size - 1, .used = map->used, .alloc = map->alloc};
    bigger.slots = ipc_realloc(map->alloc, NULL, size * sizeof *bigger.slots);
    if (!bigger.slots) return false;
    memset(bigger.slots, 0, size * sizeof *bigger.slots);
    for (size_t i = 0; map->slots && i <= map->mask; i++) {
        if (map->slots[i].key) *locate(&bigger, map->slots[i].key) = map->slots[i];
    }
    ipc_free(map->alloc, map->slots);
    *map = bigger;
    return true;
}

uint64_t *ipc_idmap_add(IpcIdMap *map, uint64_t key, uint64_t value, bool *added) {
    if (!map->slots && !resize(map, FIRST_SIZE)) return NULL;
    IpcIdSlot *slot = locate(map, key);
    if (added) *added = slot->key == 0;
    if (slot->key) return &slot->value;
    if (map->used >= (map->mask + 1) / 4 * 3) {
        if (!resize(map, (map->mask + 1) * 2)) return NULL;
        slot = locate(map, key);
    }
    *slot = (IpcIdSlot){key, value};
    map->used++;
    return &slot->value;
}

/* Closes the gap at i: moves back what had to go past it. */
static void close_gap(IpcIdMap *map, size_t i) {
    for (size_t j = (i + 1) & map->mask; map->slots[j].key; j = (j + 1) & map->mask) {
        size_t want = home(map, map->slots[j].key);
        if (((j - want) & map->mask) >= ((j - i) & map->mask)) {
            map->slots[i] = map->slots[j];
            i = j;
        }
    }
    map->slots[i].key = 0;
}

bool ipc_idmap_remove(IpcIdMap *map, uint64_t key, uint64_t *value) {
    if (!map->slots) return false;
    IpcIdSlot *slot = locate(map, key);
    if (!slot->key) return false;
    if (value) *value = slot->value;
    close_gap(map, (size_t)(slot - map->slots));
    map->used--;
    return true;
}
