/* A hash map from non-zero 64-bit keys (ids, addresses) to 64-bit values. Open addressing, linear probing,
 * removal by moving back, power-of-two size, load at most 3/4. A zeroed IpcIdMap with `alloc` set is an empty
 * map that owns nothing. */
#ifndef IPC_IDMAP_H
#define IPC_IDMAP_H

#include <ipc/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct IpcIdSlot {
    uint64_t key; /* 0: free */
    uint64_t value;
} IpcIdSlot;

typedef struct IpcIdMap {
    IpcIdSlot *slots;
    size_t mask; /* size - 1; 0 with slots NULL */
    size_t used;
    const IpcAlloc *alloc;
} IpcIdMap;

void ipc_idmap_init(IpcIdMap *map, const IpcAlloc *alloc);
void ipc_idmap_free(IpcIdMap *map);

/* Where the key's value is, NULL if absent. Valid until the map changes. */
uint64_t *ipc_idmap_find(const IpcIdMap *map, uint64_t key);

/* Where the key's value is, added as `value` if it was absent (*added says which). NULL: no memory. */
uint64_t *ipc_idmap_add(IpcIdMap *map, uint64_t key, uint64_t value, bool *added);

/* True and the value that was there (value may be NULL). */
bool ipc_idmap_remove(IpcIdMap *map, uint64_t key, uint64_t *value);

#ifdef __cplusplus
}
#endif
#endif
