/* Images: the whole state of a heap, put aside and put back.
 *
 * An image is a list of extents (where in the span, how long) with their bytes behind it: the body, the vectors, the
 * table rows of the arenas used so far, and each page in use as far as blocks in it were handed out. What was free then
 * has no state worth keeping: whatever a job writes there is garbage afterwards.
 *
 * Putting back copies the extents. Arenas that came later are forgotten; of their memory as much is kept as the heap
 * keeps anyway (so that small jobs fault no pages), the rest goes back to the system.
 */
#include "internal.h"

#include <string.h>

typedef void (*ExtentVisit)(HeapBody *body, size_t offset, size_t bytes, void *arg);

static void each_pool(HeapBody *body, uint32_t page, ExtentVisit visit, void *arg) {
    const HeapPool *pool = page_row(body, page);
    size_t offset = (size_t)page << HEAP_PAGE_SHIFT;
    if (pool->state == HEAP_PAGE_SMALL || pool->state == HEAP_PAGE_MEDIUM) {
        size_t bytes = pool->carved * size_class_bytes(bin_class(pool->bin));
        if (pool->carved == pool->capacity) bytes = (size_t)pool->pages << HEAP_PAGE_SHIFT;
        visit(body, offset, bytes, arg);
    } else if (pool->state == HEAP_PAGE_LARGE) {
        visit(body, offset, (size_t)pool->free, arg);
    }
}

static void each_extent(HeapBody *body, ExtentVisit visit, void *arg) {
    visit(body, 0, offsetof(HeapBody, outside), arg);
    for (int i = 0; i < HEAP_GENERATIONS; i++) {
        HeapGeneration *generation = &body->front.generations[i];
        size_t offset = (size_t)((char *)generation->places - (char *)body);
        visit(body, offset, generation->length * sizeof(HeapPlace), arg);
    }
    visit(body, ARENA_TABLE_OFFSET, body->arena_top * sizeof(Arena), arg);
    visit(body, HEAP_TABLE_OFFSET + body->first_page * sizeof(HeapPool),
          (size_t)body->arena_top * HEAP_ARENA_PAGES * sizeof(HeapPool), arg);
    for (uint32_t i = 0; i < body->arena_top; i++) {
        for (uint64_t pages = arena_starts(body, i); pages; pages &= pages - 1)
            each_pool(body, arena_first_page(body, i) + (uint32_t)__builtin_ctzl(pages), visit, arg);
    }
}

/* Neighbouring extents, or nearly so, become one. */
typedef struct Builder {
    Image *image; /* NULL: only counts */
    size_t count;
    size_t bytes;
    Extent last;
} Builder;

static void build_flush(Builder *builder) {
    if (!builder->last.bytes) return;
    if (builder->image) builder->image->extents[builder->count] = builder->last;
    builder->count++;
    builder->bytes += builder->last.bytes;
}

static void build(HeapBody *body, size_t offset, size_t bytes, void *arg) {
    enum { GAP = 512 };
    Builder *builder = arg;
    (void)body;
    if (!bytes) return;
    bytes = (bytes + 7) & ~(size_t)7;
    size_t end = builder->last.offset + builder->last.bytes;
    if (builder->last.bytes && offset >= end && offset - end <= GAP) {
        builder->last.bytes = offset + bytes - builder->last.offset;
        return;
    }
    build_flush(builder);
    builder->last = (Extent){offset, bytes};
}

static char *image_data(Image *image) { return (char *)&image->extents[image->count]; }

/* No zero page is remembered below the image's top: a later job may write to it. */
static void forget_zeroes(HeapBody *body) {
    for (uint32_t i = 0; i < body->arena_top; i++) {
        Arena *arena = arena_row(body, i);
        if (arena->state != HEAP_ARENA_NONE) continue;
        arena->state = HEAP_ARENA_KEPT;
        body->arenas_kept++;
    }
    for (int pages = 1; pages <= RUN_PAGES_MAX; pages++)
        for (uint32_t page = body->runs[pages]; page != HEAP_NO_PAGE; page = page_row(body, page)->next)
            page_row(body, page)->zero = 0;
}

bool heap_image_take(Heap *heap) {
    HeapBody *body = body_of(heap);
    assert(!body->gc.collecting && body->death_depth == 0);
    heap_image_drop(heap);
    heap__steps_end(body);
    heap__pools_trim(body);
    forget_zeroes(body);
    Builder plan = {0};
    each_extent(body, build, &plan);
    build_flush(&plan);
    size_t mapped = pages_for(sizeof(Image) + plan.count * sizeof(Extent) + plan.bytes) << HEAP_PAGE_SHIFT;
    Image *image = os_reserve(mapped);
    if (!image) return false;
    *image = (Image){.mapped = mapped, .count = plan.count, .bytes = plan.bytes, .arena_top = body->arena_top};
    Builder builder = {.image = image};
    each_extent(body, build, &builder);
    build_flush(&builder);
    char *data = image_data(image);
    for (size_t i = 0; i < image->count; i++) {
        memcpy(data, (char *)body + image->extents[i].offset, image->extents[i].bytes);
        data += image->extents[i].bytes;
    }
    body->outside.image = image;
    return true;
}

/* Gives back what was dirtied above the image, but for what the heap keeps. */
static void give_back(HeapBody *body) {
    Outside *outside = &body->outside;
    uint32_t keep = body->arena_top + (uint32_t)(body->keep_least / HEAP_ARENA_BYTES);
    if (outside->dirty_top > keep) {
        os_purge(arena_address(body, keep), (size_t)(outside->dirty_top - keep) * HEAP_ARENA_BYTES);
        outside->dirty_top = keep;
    }
    heap__vectors_trim(body);
    heap__scratch_trim(body, 0);
}

bool heap_image_restore(Heap *heap) {
    HeapBody *body = body_of(heap);
    Image *image = body->outside.image;
    if (!image) return false;
    for (int i = 0; i < HEAP_GENERATIONS; i++) { /* how far they were touched */
        HeapGeneration *generation = &heap->generations[i];
        bool far = generation->capacity > NEAR_OLD;
        if (far && generation->length > body->outside.slots_touched[i])
            body->outside.slots_touched[i] = generation->length;
    }
    uint32_t job_top = body->arena_top;
    const char *data = image_data(image);
    for (size_t i = 0; i < image->count; i++) {
        memcpy((char *)body + image->extents[i].offset, data, image->extents[i].bytes);
        data += image->extents[i].bytes;
    }
    if (job_top > body->arena_top)
        memset(arena_row(body, body->arena_top), 0, (job_top - body->arena_top) * sizeof(Arena));
    body->outside.restores++;
    give_back(body);
    return true;
}

void heap_image_drop(Heap *heap) {
    Image *image = body_of(heap)->outside.image;
    if (!image) return;
    body_of(heap)->outside.image = NULL;
    os_release(image, image->mapped);
}

size_t heap_image_bytes(const Heap *heap) {
    const Image *image = body_of(heap)->outside.image;
    return image ? image->bytes : 0;
}
