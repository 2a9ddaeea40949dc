/* name_map: AstName -> small number, for the symbols of a scope and the names of a code object.
 *
 * Idea: most maps hold a handful of names, found fastest by walking the array; past that an open-addressed
 * index over the array is kept. Entries keep their order of insertion and are numbered by it. Memory comes
 * from a Bump. */
#ifndef ATOLL_COMPILE_NAME_MAP_H
#define ATOLL_COMPILE_NAME_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bump.h"
#include "parse/ast.h"

typedef struct NameMap {
    const AstName **names; /* in order of insertion */
    uint32_t count, capacity;
    uint32_t *index; /* entry number + 1, 0 free; NULL while the map is small */
    uint32_t mask;
} NameMap;

enum { NAME_MAP_SMALL = 8 };

/* The number of a name, -1 when it is not in the map. */
static inline int32_t name_map_find(const NameMap *map, const AstName *name) {
    if (!map->index) {
        for (uint32_t i = 0; i < map->count; i++)
            if (map->names[i] == name) return (int32_t)i;
        return -1;
    }
    for (uint32_t at = name->hash;; at++) {
        uint32_t entry = map->index[at & map->mask];
        if (!entry) return -1;
        if (map->names[entry - 1] == name) return (int32_t)entry - 1;
    }
}

/* Adds a name known to be absent; its number, or -1 when memory is out. */
int32_t name_map_add(NameMap *map, Bump *bump, const AstName *name);

/* The number of a name, given now if need be; -1 when memory is out. */
static inline int32_t name_map_intern(NameMap *map, Bump *bump, const AstName *name) {
    int32_t found = name_map_find(map, name);
    return found >= 0 ? found : name_map_add(map, bump, name);
}

#endif
