/* Statistics: counted when asked, from the tables. */
#include "internal.h"

static void add_pool(HeapStats *stats, HeapBody *body, const HeapPool *pool) {
    size_t bytes = size_class_bytes(bin_class(pool->bin)), used = pool_used(pool);
    (void)body;
    stats->pools++;
    stats->blocks_used += used;
    stats->bytes_used += used * bytes;
    stats->bytes_free += (pool->carved - used) * bytes;
    stats->bytes_reserved += (size_t)(pool->capacity - pool->carved) * bytes;
    stats->bytes_lost += ((size_t)pool->pages << HEAP_PAGE_SHIFT) - pool->capacity * bytes;
    if (bin_is_object(pool->bin)) stats->objects += used;
}

static void add_row(HeapStats *stats, HeapBody *body, const HeapPool *row) {
    if (row->state == HEAP_PAGE_SMALL || row->state == HEAP_PAGE_MEDIUM) {
        add_pool(stats, body, row);
    } else if (row->state == HEAP_PAGE_LARGE) {
        stats->large_runs++;
        stats->large_bytes += (size_t)row->pages << HEAP_PAGE_SHIFT;
        stats->bytes_used += (size_t)row->pages << HEAP_PAGE_SHIFT;
        stats->blocks_used++;
        if (row->flags & POOL_OBJECT) stats->objects++;
    } else if (row->state == HEAP_PAGE_RUN) {
        stats->pages_free += row->pages;
    }
}

/* Calls `visit` for the first row of each pool and run. */
static void each_row(HeapBody *body, void (*visit)(HeapBody *, const HeapPool *, void *), void *arg) {
    for (uint32_t i = 0; i < body->arena_top; i++) {
        for (uint64_t pages = arena_starts(body, i); pages; pages &= pages - 1)
            visit(body, page_row(body, arena_first_page(body, i) + (uint32_t)__builtin_ctzl(pages)), arg);
    }
}

static void count_row(HeapBody *body, const HeapPool *row, void *arg) { add_row(arg, body, row); }

void heap_stats(Heap *heap, HeapStats *out) {
    HeapBody *body = body_of(heap);
    *out = (HeapStats){
        .bytes_held = body->quota.held,
        .bytes_peak = body->quota.peak,
        .bytes_image = heap_image_bytes(heap),
        .arenas = body->arena_top - body->arenas_free,
        .arenas_free = body->arenas_kept,
        .arenas_peak = body->arenas_peak,
        .tracked = heap_generation_size(heap, -1),
        .frozen = heap_freeze_count(heap),
        .weak_referents = body->weak.used,
        .refusals = body->quota.refusals,
        .arenas_taken = body->arenas_taken,
        .arenas_returned = body->arenas_returned,
    };
    each_row(body, count_row, out);
    for (uint32_t i = 0; i < body->arena_top; i++)
        if (arena_row(body, i)->state == HEAP_ARENA_SMALL) out->pages_free += arena_row(body, i)->room;
    out->bytes_overhead = sizeof(HeapBody) + body->gc.vector_bytes + body->arena_top * sizeof(Arena) +
                          (size_t)body->arena_top * HEAP_ARENA_PAGES * sizeof(HeapPool);
    size_t held = out->bytes_held - body->gc.vector_bytes;
    out->fragmentation = held ? 1.0 - (double)out->bytes_used / (double)held : 0;
}

typedef struct ClassCount {
    unsigned bin;
    HeapClassStats *stats;
} ClassCount;

static void count_class(HeapBody *body, const HeapPool *row, void *arg) {
    const ClassCount *count = arg;
    (void)body;
    if (row->state != HEAP_PAGE_SMALL && row->state != HEAP_PAGE_MEDIUM) return;
    if (row->bin != count->bin) return;
    count->stats->pools++;
    count->stats->pages += row->pages;
    count->stats->blocks_used += pool_used(row);
    count->stats->blocks_free += row->carved - pool_used(row);
    count->stats->blocks_reserved += (size_t)(row->capacity - row->carved);
}

size_t heap_bin_bytes(unsigned bin, bool *is_object) {
    *is_object = bin_is_object(bin);
    return size_class_bytes(bin_class(bin));
}

void heap_class_stats(Heap *heap, unsigned bin, HeapClassStats *out) {
    *out = (HeapClassStats){.block_bytes = size_class_bytes(bin_class(bin)), .is_object = bin_is_object(bin)};
    ClassCount count = {bin, out};
    each_row(body_of(heap), count_class, &count);
}

size_t heap_arena_count(const Heap *heap) { return body_of(heap)->arena_top; }

static HeapPageInfo page_info(const HeapPool *row) {
    HeapPageInfo info = {.state = row->state, .bin = row->bin};
    if (row->state == HEAP_PAGE_SMALL || row->state == HEAP_PAGE_MEDIUM) {
        info.blocks_used = pool_used(row);
        info.blocks = row->capacity;
    }
    return info;
}

bool heap_arena_info(Heap *heap, size_t arena, HeapArenaInfo *out) {
    HeapBody *body = body_of(heap);
    if (arena >= body->arena_top) return false;
    Arena *row = arena_row(body, (uint32_t)arena);
    *out = (HeapArenaInfo){.address = arena_address(body, (uint32_t)arena), .state = row->state};
    uint32_t first = arena_first_page(body, (uint32_t)arena);
    for (uint32_t i = 0; i < HEAP_ARENA_PAGES; i++) {
        char *address = page_address(body, first + i);
        HeapPool *pool = heap__pool_at(body, address);
        HeapPageState unused = row->state >= HEAP_ARENA_SMALL ? HEAP_PAGE_FREE : HEAP_PAGE_NONE;
        out->pages[i] = pool ? page_info(pool) : (HeapPageInfo){.state = unused};
        out->pages_free += !pool;
    }
    return true;
}
