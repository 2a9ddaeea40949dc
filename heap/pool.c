/* Pools: blocks of one bin.
 *
 * A bin's list has the pools with room; blocks come from the first. A pool found full leaves the list; when some of its
 * blocks are free again it comes back, at the end, so that it gathers more until its turn. An empty pool is released, but for the last one in its list: a loop that takes and
 * frees one block would take and release a pool each time.
 */
#include "internal.h"

#include <string.h>

/* --- balance and flags -------------------------------------------------------------------------------------------- */

static void set_flags(HeapPool *pool, unsigned flags) {
    int32_t used = (int32_t)pool_used(pool);
    pool->flags = (uint8_t)flags;
    pool->balance = used - 1 - pool_offset(pool);
}

void heap__pool_set_flag(HeapPool *pool, unsigned flag) { set_flags(pool, pool->flags | flag); }
void heap__pool_clear_flag(HeapPool *pool, unsigned flag) { set_flags(pool, pool->flags & ~flag); }

/* --- lists --------------------------------------------------------------------------------------------------------- */

static void set_first(HeapBody *body, unsigned bin, HeapPool *pool) {
    body->lists[bin] = pool;
    body->front.bins[bin] = pool && !body->watch.on ? pool : &body->nothing;
}

static HeapPool *row_or_null(HeapBody *body, uint32_t page) {
    return page == HEAP_NO_PAGE ? NULL : page_row(body, page);
}

static void list_append(HeapBody *body, HeapPool *pool) {
    HeapPool *last = body->lasts[pool->bin];
    uint32_t page = page_of_row(body, pool);
    pool->prev = last ? page_of_row(body, last) : HEAP_NO_PAGE;
    pool->next = HEAP_NO_PAGE;
    body->lasts[pool->bin] = pool;
    if (last)
        last->next = page;
    else
        set_first(body, pool->bin, pool);
}

static void list_remove(HeapBody *body, HeapPool *pool) {
    HeapPool *next = row_or_null(body, pool->next), *prev = row_or_null(body, pool->prev);
    if (next)
        next->prev = pool->prev;
    else
        body->lasts[pool->bin] = prev;
    if (prev)
        prev->next = pool->next;
    else
        set_first(body, pool->bin, next);
}

void heap__pools_open(HeapBody *body) {
    for (unsigned bin = 0; bin < HEAP_BINS; bin++) set_first(body, bin, body->lists[bin]);
}

/* --- pools --------------------------------------------------------------------------------------------------------- */

static void mark_inside(HeapBody *body, uint32_t page, uint32_t pages) {
    for (uint32_t i = 1; i < pages; i++)
        *page_row(body, page + i) = (HeapPool){.balance = -POOL_BIAS, .state = HEAP_PAGE_INSIDE, .pages = i};
}

static HeapPool *pool_new(HeapBody *body, unsigned bin) {
    unsigned size_class = bin_class(bin);
    uint32_t pages = size_class_pages(size_class);
    if (!heap__charge(body, (size_t)pages << HEAP_PAGE_SHIFT)) return NULL;
    bool small = pages == 1, zero;
    uint32_t page = small ? heap__page_take(body) : heap__run_take(body, pages, false, &zero);
    if (page == HEAP_NO_PAGE) {
        heap__uncharge(body, (size_t)pages << HEAP_PAGE_SHIFT);
        body->quota.refusals++;
        return NULL;
    }
    HeapPool *pool = page_row(body, page);
    *pool = (HeapPool){.balance = -1, .bin = (uint8_t)bin, .pages = pages,
                       .state = small ? HEAP_PAGE_SMALL : HEAP_PAGE_MEDIUM,
                       .capacity = (uint16_t)(((size_t)pages << HEAP_PAGE_SHIFT) / size_class_bytes(size_class))};
    mark_inside(body, page, pages);
    if (!small) heap__pool_set_flag(pool, POOL_LONG);
    if (body->watch.tracing) heap__pool_set_flag(pool, POOL_WATCHED);
    list_append(body, pool);
    return pool;
}

static void pool_release(HeapBody *body, HeapPool *pool) {
    uint32_t page = page_of_row(body, pool), pages = pool->pages;
    list_remove(body, pool);
    heap__uncharge(body, (size_t)pages << HEAP_PAGE_SHIFT);
    if (pool->state == HEAP_PAGE_SMALL)
        heap__page_release(body, page);
    else
        heap__run_release(body, page, pages, false);
}

/* What an earlier pool left in the page must not look like a freed block's mark to the check build. */
static void reserve_to_free(char *block, char *next) {
    *(void **)block = next;
    if (FENCE_FRONT) memset(block + sizeof next, 0, 8);
}

/* Moves some reserved blocks to the free list, in address order: few enough that a short-lived heap does not touch
 * what it will not use. */
static bool carve(HeapBody *body, HeapPool *pool) {
    enum { BATCH_BYTES = 1024, BATCH_LEAST = 8 };
    if (pool->carved == pool->capacity) return false;
    size_t bytes = size_class_bytes(bin_class(pool->bin));
    size_t batch = BATCH_BYTES / bytes;
    if (batch < BATCH_LEAST) batch = bytes <= HEAP_SMALL_MAX ? BATCH_LEAST : 1;
    if (batch > (size_t)(pool->capacity - pool->carved)) batch = (size_t)(pool->capacity - pool->carved);
    char *block = pool_start(body, pool) + pool->carved * bytes;
    pool->free = block;
    pool->carved = (uint16_t)(pool->carved + batch);
    for (; --batch; block += bytes) reserve_to_free(block, block + bytes);
    reserve_to_free(block, NULL);
    return true;
}

/* The limit is near: what full pools of the bin have gathered is taken before a new pool is refused. */
static void recall_full(HeapBody *body, unsigned bin) {
    for (uint32_t i = 0; i < body->arena_top; i++) {
        for (uint64_t pages = arena_starts(body, i); pages; pages &= pages - 1) {
            HeapPool *pool = page_row(body, arena_first_page(body, i) + (uint32_t)__builtin_ctzl(pages));
            bool is_pool = pool->state == HEAP_PAGE_SMALL || pool->state == HEAP_PAGE_MEDIUM;
            if (!is_pool || pool->bin != bin || !(pool->flags & POOL_FULL) || !pool->free) continue;
            heap__pool_clear_flag(pool, POOL_FULL);
            list_append(body, pool);
        }
    }
}

static HeapPool *pool_more(HeapBody *body, unsigned bin) {
    size_t bytes = (size_t)size_class_pages(bin_class(bin)) << HEAP_PAGE_SHIFT;
    if (heap_would_refuse(&body->front, bytes)) recall_full(body, bin);
    if (body->lists[bin]) return body->lists[bin];
    HeapPool *pool = pool_new(body, bin);
    if (pool) carve(body, pool);
    return pool;
}

/* Full pools leave the list only here, when they stand in the way. */
static HeapPool *pool_with_room(HeapBody *body, unsigned bin) {
    HeapPool *pool = body->lists[bin];
    while (pool && !pool->free && !carve(body, pool)) {
        list_remove(body, pool);
        heap__pool_set_flag(pool, POOL_FULL);
        pool = body->lists[bin];
    }
    return pool ? pool : pool_more(body, bin);
}

void *heap__pool_take(HeapBody *body, unsigned bin) {
    HeapPool *pool = pool_with_room(body, bin);
    if (!pool) return NULL;
    void *block = pool->free;
    pool->free = *(void **)block;
    pool->balance++;
    return block;
}

void heap__pool_give(HeapBody *body, HeapPool *pool, void *block) {
    *(void **)block = pool->free;
    pool->free = block;
    pool->balance--;
    if (pool->flags & POOL_FULL) {
        if (pool_used(pool) + pool_return_room(pool) > pool->capacity) return;
        heap__pool_clear_flag(pool, POOL_FULL);
        list_append(body, pool);
    } else if (pool_used(pool) == 0) {
        bool alone = pool->prev == HEAP_NO_PAGE && pool->next == HEAP_NO_PAGE;
        if (!alone) pool_release(body, pool);
    }
}

size_t heap__pools_trim(HeapBody *body) {
    size_t released = 0;
    for (unsigned bin = 0; bin < HEAP_BINS; bin++) {
        HeapPool *pool = body->lists[bin];
        while (pool) {
            HeapPool *next = pool->next == HEAP_NO_PAGE ? NULL : page_row(body, pool->next);
            if (pool_used(pool) == 0) {
                pool_release(body, pool);
                released++;
            }
            pool = next;
        }
    }
    return released;
}

/* --- questions ------------------------------------------------------------------------------------------------------- */

/* The first page of the run that holds a page of a run arena. */
static uint32_t run_start(HeapBody *body, uint32_t page) {
    uint32_t arena = arena_of_page(body, page);
    uint32_t index = page - arena_first_page(body, arena);
    uint64_t bits = arena_row(body, arena)->bits & (UINT64_MAX >> (63 - index));
    while (!bits) {
        if (arena == 0) return HEAP_NO_PAGE;
        bits = arena_row(body, --arena)->bits;
    }
    return arena_first_page(body, arena) + 63 - (uint32_t)__builtin_clzl(bits);
}

HeapPool *heap__pool_at(HeapBody *body, const void *address) {
    if (!heap_owns(&body->front, address)) return NULL;
    uint32_t page = (uint32_t)(((uintptr_t)address - (uintptr_t)body) >> HEAP_PAGE_SHIFT);
    if (page < body->first_page) return NULL;
    uint32_t arena = arena_of_page(body, page);
    if (arena >= body->arena_top) return NULL;
    Arena *row = arena_row(body, arena);
    if (row->state == HEAP_ARENA_SMALL) {
        bool is_free = row->bits >> (page - arena_first_page(body, arena)) & 1;
        return is_free ? NULL : page_row(body, page);
    }
    if (row->state != HEAP_ARENA_RUNS) return NULL;
    page = run_start(body, page);
    if (page == HEAP_NO_PAGE) return NULL;
    HeapPool *pool = page_row(body, page);
    return pool->state == HEAP_PAGE_MEDIUM || pool->state == HEAP_PAGE_LARGE ? pool : NULL;
}

bool heap__pool_free_map(HeapBody *body, const HeapPool *pool, uint64_t map[8]) {
    memset(map, 0, 8 * sizeof *map);
    const char *start = pool_start(body, pool);
    size_t bytes = size_class_bytes(bin_class(pool->bin));
    for (const void *block = pool->free; block; block = *(void *const *)block) {
        size_t offset = (size_t)((const char *)block - start);
        size_t index = offset / bytes;
        if (index >= pool->carved || index * bytes != offset) return false;
        if (map[index >> 6] >> (index & 63) & 1) return false;
        map[index >> 6] |= (uint64_t)1 << (index & 63);
    }
    return true;
}
