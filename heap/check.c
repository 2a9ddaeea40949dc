/* Proof of the heap's invariants, by looking at everything. Each function proves one sentence of the headers. */
#include "internal.h"

typedef struct Count {
    size_t held;
    size_t small_arenas, free_arenas, kept_arenas;
    size_t pools_with_room;
    size_t free_runs;
    const char *fault;
} Count;

/* --- pools ------------------------------------------------------------------------------------------------------------- */

static const char *check_pool(HeapBody *body, const HeapPool *pool, Count *count) {
    uint64_t map[8];
    uint32_t pages = size_class_pages(bin_class(pool->bin)), used = pool_used(pool), free_blocks = 0;
    if (pool->pages != pages) return "a pool's size is not its class's";
    if (pool->capacity != ((size_t)pages << HEAP_PAGE_SHIFT) / size_class_bytes(bin_class(pool->bin)))
        return "a pool's capacity is not its class's";
    if (pool->carved > pool->capacity || used > pool->carved) return "a pool counts more blocks than it has";
    if (!heap__pool_free_map(body, pool, map)) return "a pool's free list is broken";
    for (int i = 0; i < 8; i++) free_blocks += (uint32_t)__builtin_popcountl(map[i]);
    if (used + free_blocks != pool->carved) return "a pool's used and free blocks do not add up";
    if ((pool->flags & POOL_FULL) && used + pool_return_room(pool) <= pool->capacity)
        return "a pool with room is marked full";
    if (!(pool->flags & POOL_LONG) != (pages == 1)) return "a medium pool is not marked so";
    if (!(pool->flags & POOL_WATCHED) == body->watch.tracing) return "a pool is not watched as the heap is";
    for (uint32_t i = 1; i < pages; i++)
        if (pool[i].state != HEAP_PAGE_INSIDE || pool[i].pages != i) return "a page of a pool does not know its first";
    count->held += (size_t)pages << HEAP_PAGE_SHIFT;
    count->pools_with_room += !(pool->flags & POOL_FULL);
    return NULL;
}

static const char *check_lists(HeapBody *body, const Count *count) {
    size_t listed = 0;
    for (unsigned bin = 0; bin < HEAP_BINS; bin++) {
        HeapPool *pool = body->lists[bin];
        HeapPool *shown = pool && !body->watch.on ? pool : &body->nothing;
        if (body->front.bins[bin] != shown) return "a bin's short path is not its list's first pool";
        uint32_t prev = HEAP_NO_PAGE;
        while (pool) {
            if (pool->bin != bin || pool->prev != prev || (pool->flags & POOL_FULL)) return "a bin's list is broken";
            if (++listed > count->pools_with_room) return "a pool is listed that is not in use";
            prev = page_of_row(body, pool);
            if (pool->next == HEAP_NO_PAGE && body->lasts[bin] != pool) return "a bin's last pool is not its last";
            pool = pool->next == HEAP_NO_PAGE ? NULL : page_row(body, pool->next);
        }
    }
    return listed == count->pools_with_room ? NULL : "a pool with room is in no list";
}

/* --- arenas ------------------------------------------------------------------------------------------------------------- */

static const char *check_small_arena(HeapBody *body, uint32_t index, Count *count) {
    Arena *arena = arena_row(body, index);
    count->small_arenas += arena->room > 0;
    if (arena->room != __builtin_popcountl(arena->bits)) return "an arena's count of free pages is wrong";
    for (uint64_t pages = ~arena->bits; pages; pages &= pages - 1) {
        HeapPool *pool = page_row(body, arena_first_page(body, index) + (uint32_t)__builtin_ctzl(pages));
        if (pool->state != HEAP_PAGE_SMALL) return "a page in use is not a small pool";
        const char *fault = check_pool(body, pool, count);
        if (fault) return fault;
    }
    return NULL;
}

static const char *check_run(HeapBody *body, HeapPool *run, Count *count) {
    HeapPool *last = run + run->pages - 1;
    bool one = run->pages == 1;
    if (run->state == HEAP_PAGE_MEDIUM) return check_pool(body, run, count);
    if (run->state == HEAP_PAGE_LARGE) {
        count->held += (size_t)run->pages << HEAP_PAGE_SHIFT;
        if (!one && (last->state != HEAP_PAGE_LARGE_END || last->pages != run->pages - 1))
            return "a large run's end does not know its start";
        return pages_for((size_t)run->free) == run->pages ? NULL : "a large run is not as long as was asked";
    }
    if (run->state != HEAP_PAGE_RUN) return "a run is neither used nor free";
    count->free_runs++;
    if (run->pages >= RUN_PAGES_MAX) return "a free run has whole arenas in it";
    if (!one && (last->state != HEAP_PAGE_RUN_END || last->pages != run->pages - 1))
        return "a free run's end does not know its start";
    uint32_t after = page_of_row(body, run) + run->pages;
    uint32_t arena = arena_of_page(body, after);
    bool neighbour = arena < body->arena_top && arena_row(body, arena)->state == HEAP_ARENA_RUNS;
    return neighbour && page_row(body, after)->state == HEAP_PAGE_RUN ? "two free runs are neighbours" : NULL;
}

/* The runs of neighbouring run arenas tile them without gap: each starts where the one before ends. */
static const char *check_run_arenas(HeapBody *body, uint32_t *index, Count *count) {
    uint32_t first = *index, end = first;
    while (end < body->arena_top && arena_row(body, end)->state == HEAP_ARENA_RUNS) end++;
    uint32_t page = arena_first_page(body, first), stop = arena_first_page(body, end);
    size_t starts = 0, runs = 0;
    for (uint32_t i = first; i < end; i++) starts += (size_t)__builtin_popcountl(arena_row(body, i)->bits);
    while (page < stop) {
        HeapPool *run = page_row(body, page);
        uint32_t arena = arena_of_page(body, page);
        if (!(arena_row(body, arena)->bits >> (page - arena_first_page(body, arena)) & 1))
            return "a run's start is not marked in its arena";
        const char *fault = check_run(body, run, count);
        if (fault) return fault;
        page += run->pages;
        runs++;
    }
    *index = end - 1;
    return page == stop && runs == starts ? NULL : "runs do not tile their arenas";
}

static const char *check_arenas(HeapBody *body, Count *count) {
    for (uint32_t i = 0; i < body->arena_top; i++) {
        const char *fault = NULL;
        HeapArenaState state = arena_row(body, i)->state;
        if (state <= HEAP_ARENA_KEPT && i < body->lowest_free) return "a free arena lies below the lowest";
        count->free_arenas += state <= HEAP_ARENA_KEPT;
        count->kept_arenas += state == HEAP_ARENA_KEPT;
        if (state == HEAP_ARENA_SMALL) fault = check_small_arena(body, i, count);
        if (state == HEAP_ARENA_RUNS) fault = check_run_arenas(body, &i, count);
        if (fault) return fault;
    }
    if (count->free_arenas != body->arenas_free) return "the count of free arenas is wrong";
    if (count->kept_arenas != body->arenas_kept) return "the count of kept arenas is wrong";
    return NULL;
}

static const char *check_rooms(HeapBody *body, const Count *count) {
    size_t listed = 0;
    for (int room = 1; room <= HEAP_ARENA_PAGES; room++) {
        uint32_t arena = body->by_room[room];
        if ((arena != HEAP_NO_PAGE) != (body->rooms >> (room - 1) & 1)) return "the map of arenas by room is wrong";
        for (; arena != HEAP_NO_PAGE; arena = arena_row(body, arena)->next) {
            if (arena_row(body, arena)->room != room) return "an arena is in the wrong list";
            if (++listed > count->small_arenas) return "an arena's list is broken";
        }
    }
    return listed == count->small_arenas ? NULL : "an arena with room is in no list";
}

static const char *check_free_runs(HeapBody *body, const Count *count) {
    size_t listed = 0;
    for (unsigned pages = 0; pages <= RUN_PAGES_MAX; pages++) {
        uint32_t page = body->runs[pages];
        if ((page != HEAP_NO_PAGE) != (body->run_sizes[pages >> 6] >> (pages & 63) & 1))
            return "the map of free runs is wrong";
        for (; page != HEAP_NO_PAGE; page = page_row(body, page)->next) {
            if (page_row(body, page)->pages != pages) return "a free run is in the wrong list";
            if (++listed > count->free_runs) return "a list of free runs is broken";
        }
    }
    return listed == count->free_runs ? NULL : "a free run is in no list";
}

/* --- objects ------------------------------------------------------------------------------------------------------------- */

static const char *check_generation(HeapBody *body, int index) {
    const HeapGeneration *generation = &body->front.generations[index];
    uint32_t holes = 0;
    if (generation->length > generation->capacity) return "a vector is longer than its range";
    for (uint32_t i = 0; i < generation->length; i++) {
        const HeapObject *object = object_at(body, generation->places[i]);
        if (!object) {
            holes++;
            continue;
        }
        if (!heap_is_tracked(object)) return "an object in a vector does not say so";
        if (heap_generation_of(object) != index) return "an object's generation is not its vector's";
        if ((object->gc & HEAP_GC_INDEX_MASK) != i) return "an object's slot is not the one it is in";
        if (object->refcount == 0) return "a dead object is tracked";
        if (!object->kind) return "a tracked object has no kind";
    }
    return holes == generation->holes ? NULL : "a vector's count of holes is wrong";
}

#if HEAP_CHECK
static int check_fence(const HeapBlockInfo *info, void *arg) {
    Count *count = arg;
    count->fault = heap__fence_check(info->block);
    return count->fault != NULL;
}
#endif

static int count_tracked(HeapObject *object, void *arg) {
    size_t *tracked = arg;
    *tracked += heap_is_tracked(object);
    return 0;
}

static const char *check_objects(HeapBody *body) {
    for (int i = 0; i < HEAP_GENERATIONS; i++) {
        const char *fault = check_generation(body, i);
        if (fault) return fault;
    }
    size_t tracked = 0;
    heap_walk_objects(&body->front, count_tracked, &tracked);
    size_t slots = heap_generation_size(&body->front, -1) + heap_freeze_count(&body->front);
    return tracked <= slots ? NULL : "an object says it is tracked but is in no vector";
}

const char *heap_check(Heap *heap) {
    HeapBody *body = body_of(heap);
    Count count = {0};
    const char *fault = check_arenas(body, &count);
    if (!fault) fault = check_lists(body, &count);
    if (!fault) fault = check_rooms(body, &count);
    if (!fault) fault = check_free_runs(body, &count);
    if (!fault && body->quota.held != count.held + body->gc.vector_bytes) fault = "the bytes held do not add up";
    if (!fault) fault = check_objects(body);
    if (!fault) fault = heap__steps_check(body);
    if (!fault) fault = heap__weak_check(body);
#if HEAP_CHECK
    if (!fault) heap_walk(heap, check_fence, &count);
    if (!fault) fault = count.fault;
#endif
    return fault;
}
