/* Walking the heap: blocks by pools, objects by blocks, edges by the kinds' traverse. */
#include "internal.h"

/* What the user sees of a raw block. */
static HeapBlockInfo block_info(char *raw, size_t room, bool is_object) {
#if HEAP_CHECK
    return (HeapBlockInfo){raw + FENCE_FRONT, *(size_t *)raw, is_object && room};
#else
    return (HeapBlockInfo){raw, room, is_object};
#endif
}

static HeapBlockInfo large_info(HeapBody *body, const HeapPool *run) {
    return block_info(pool_start(body, run), (size_t)run->pages << HEAP_PAGE_SHIFT, run->flags & POOL_OBJECT);
}

static int walk_pool(HeapBody *body, const HeapPool *pool, HeapBlockVisit visit, void *arg) {
    uint64_t map[8];
    size_t bytes = size_class_bytes(bin_class(pool->bin));
    char *start = pool_start(body, pool);
    uint32_t carved = pool->carved;
    heap__pool_free_map(body, pool, map);
    for (uint32_t i = 0; i < carved; i++) {
        if (map[i >> 6] >> (i & 63) & 1) continue;
        HeapBlockInfo info = block_info(start + i * bytes, bytes, bin_is_object(pool->bin));
        int result = visit(&info, arg);
        if (result) return result;
    }
    return 0;
}

static int walk_page(HeapBody *body, uint32_t page, HeapBlockVisit visit, void *arg) {
    const HeapPool *pool = page_row(body, page);
    if (pool->state == HEAP_PAGE_SMALL || pool->state == HEAP_PAGE_MEDIUM) return walk_pool(body, pool, visit, arg);
    if (pool->state != HEAP_PAGE_LARGE) return 0;
    HeapBlockInfo info = large_info(body, pool);
    return visit(&info, arg);
}

int heap_walk(Heap *heap, HeapBlockVisit visit, void *arg) {
    HeapBody *body = body_of(heap);
    for (uint32_t i = 0; i < body->arena_top; i++) {
        for (uint64_t pages = arena_starts(body, i); pages; pages &= pages - 1) {
            uint32_t page = arena_first_page(body, i) + (uint32_t)__builtin_ctzl(pages);
            int result = walk_page(body, page, visit, arg);
            if (result) return result;
        }
    }
    return 0;
}

typedef struct ObjectWalk {
    HeapVisit visit;
    void *arg;
} ObjectWalk;

static int only_objects(const HeapBlockInfo *info, void *arg) {
    const ObjectWalk *walk = arg;
    return info->is_object ? walk->visit(info->block, walk->arg) : 0;
}

int heap_walk_objects(Heap *heap, HeapVisit visit, void *arg) {
    ObjectWalk walk = {visit, arg};
    return heap_walk(heap, only_objects, &walk);
}

bool heap_find_block(Heap *heap, const void *address, HeapBlockInfo *out) {
    HeapBody *body = body_of(heap);
    HeapPool *pool = heap__pool_at(body, address);
    if (!pool) return false;
    if (pool->state == HEAP_PAGE_LARGE) {
        *out = large_info(body, pool);
        return (const char *)address < pool_start(body, pool) + ((size_t)pool->pages << HEAP_PAGE_SHIFT);
    }
    uint64_t map[8];
    size_t bytes = size_class_bytes(bin_class(pool->bin));
    size_t index = (size_t)((const char *)address - pool_start(body, pool)) / bytes;
    if (index >= pool->carved || !heap__pool_free_map(body, pool, map)) return false;
    if (map[index >> 6] >> (index & 63) & 1) return false;
    *out = block_info(pool_start(body, pool) + index * bytes, bytes, bin_is_object(pool->bin));
    return true;
}

int heap_referents(HeapObject *object, HeapVisit visit, void *arg) {
    return object->kind->traverse ? object->kind->traverse(object, visit, arg) : 0;
}

typedef struct ReferrerSearch {
    HeapObject *const *targets;
    size_t count;
    HeapVisit visit;
    void *arg;
} ReferrerSearch;

static int is_target(HeapObject *referent, void *arg) {
    const ReferrerSearch *search = arg;
    for (size_t i = 0; i < search->count; i++)
        if (search->targets[i] == referent) return 1;
    return 0;
}

static int if_refers(HeapObject *object, void *arg) {
    ReferrerSearch *search = arg;
    return heap_referents(object, is_target, search) ? search->visit(object, search->arg) : 0;
}

int heap_referrers(Heap *heap, HeapObject *const *targets, size_t count, HeapVisit visit, void *arg) {
    ReferrerSearch search = {targets, count, visit, arg};
    return heap_generation_each(heap, -1, if_refers, &search);
}
