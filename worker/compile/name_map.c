#include "compile/name_map.h"

static void put(NameMap *map, uint32_t entry) {
    uint32_t at = map->names[entry]->hash;
    while (map->index[at & map->mask]) at++;
    map->index[at & map->mask] = entry + 1;
}

/* Makes the array twice as large, and the index twice as large as the array. */
static bool grow(NameMap *map, Bump *bump) {
    uint32_t capacity = map->capacity ? map->capacity * 2 : NAME_MAP_SMALL;
    const AstName **names = bump_alloc(bump, capacity * sizeof *names);
    if (!names) return false;
    if (map->count) memcpy(names, map->names, map->count * sizeof *names);
    uint32_t *index = NULL;
    if (capacity > NAME_MAP_SMALL) {
        index = bump_zalloc(bump, 2 * (size_t)capacity * sizeof *index);
        if (!index) return false;
    }
    map->names = names;
    map->capacity = capacity;
    map->index = index;
    map->mask = 2 * capacity - 1;
    if (index)
        for (uint32_t i = 0; i < map->count; i++) put(map, i);
    return true;
}

int32_t name_map_add(NameMap *map, Bump *bump, const AstName *name) {
    if (map->count == map->capacity && !grow(map, bump)) return -1;
    map->names[map->count] = name;
    if (map->index) put(map, map->count);
    return (int32_t)map->count++;
}
