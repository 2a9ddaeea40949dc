/* Allocation: the long ways behind the inline short ones, and the check build's fences.
 *
 * In the check build every block lies between fences:
 *
 *     bytes asked : 8 | serial : 4 | magic : 4 | the user's bytes | 8 bytes of fence
 *
 * New bytes are painted NEW, freed ones DEAD; a freed block keeps a magic of its own, so that a second free, a write
 * after the free and a write past either end are found. What is found is told with the block's size and serial number,
 * the number of the allocation that made it; a freed block keeps the number only, its size has made way for the link.
 */
#include "internal.h"

#include <stdio.h>
#include <string.h>

/* --- any size ---------------------------------------------------------------------------------------------------------- */

static void *take_unwatched(HeapBody *body, size_t bytes, unsigned how, bool *zero) {
    *zero = false;
    if (bytes > HEAP_MEDIUM_MAX) return heap__large_take(body, bytes, how, zero);
    return heap__pool_take(body, bin_of(bytes, how & TAKE_OBJECT));
}

void *heap__take_any(HeapBody *body, size_t bytes, unsigned how, bool *zero) {
    bool is_object = how & TAKE_OBJECT;
    Watch *watch = &body->watch;
    if (HEAP_LIKELY(!watch->on)) return take_unwatched(body, bytes, how, zero);
    if (heap__fault(body)) return NULL;
    if (watch->collect && is_object && body->gc.enabled && !body->gc.collecting) heap__collect_for_test(body);
    void *block = take_unwatched(body, bytes, how, zero);
    if (block && watch->trace.on_alloc)
        watch->trace.on_alloc(&body->front, (char *)block + FENCE_FRONT, bytes - FENCE_FRONT - FENCE_BACK, is_object,
                              watch->trace.ctx);
    return block;
}

void heap__give_any(HeapBody *body, void *block) {
    if (HEAP_UNLIKELY(!heap_owns(&body->front, block))) os_broken("a block of no heap, or of another one, was freed");
    if (body->watch.tracing && body->watch.trace.on_free)
        body->watch.trace.on_free(&body->front, (char *)block + FENCE_FRONT, body->watch.trace.ctx);
    HeapPool *pool = heap__pool_of(&body->front, block);
    if (pool->state == HEAP_PAGE_INSIDE) pool -= pool->pages;
    if (pool->state == HEAP_PAGE_SMALL || pool->state == HEAP_PAGE_MEDIUM) {
        heap__pool_give(body, pool, block);
    } else if (pool->state == HEAP_PAGE_LARGE) {
        heap__large_give(body, pool);
    } else {
        os_broken("what was freed is not a block");
    }
}

/* The size asked is no longer known here; the class's size stands for it. */
void *heap__take_slow(Heap *heap, unsigned bin) {
    unsigned size_class = bin_class(bin);
    if (HEAP_LIKELY(!body_of(heap)->watch.on && size_class)) return heap__pool_take(body_of(heap), bin);
    bool zero;
    return heap__take_any(body_of(heap), size_class_bytes(size_class ? size_class : 1), bin_is_object(bin) ? TAKE_OBJECT : 0,
                          &zero);
}

void heap__give_slow(Heap *heap, void *block) {
    HeapPool *pool = heap__pool_of(heap, block);
    if (HEAP_LIKELY(pool->state == HEAP_PAGE_SMALL && !(pool->flags & POOL_WATCHED) && heap_owns(heap, block)))
        heap__pool_give(body_of(heap), pool, block);
    else
        heap__give_any(body_of(heap), block);
}

static void *take_medium(Heap *heap, size_t bytes, unsigned how) {
    bool zero;
    if (bytes <= HEAP_MEDIUM_MAX) {
        HeapPool *pool = heap->bins[bin_of(bytes, how & TAKE_OBJECT)];
        void *block = pool->free;
        if (HEAP_LIKELY(block != NULL)) {
            pool->free = *(void **)block;
            pool->balance++;
            return block;
        }
    }
    return heap__take_any(body_of(heap), bytes, how, &zero);
}

void *heap__alloc_big(Heap *heap, size_t bytes) { return take_medium(heap, bytes, 0); }
void *heap__alloc_object_big(Heap *heap, size_t bytes) { return take_medium(heap, bytes, TAKE_OBJECT); }

/* Bytes that may be used at a raw block. */
static size_t block_room(Heap *heap, const void *block) {
    const HeapPool *pool = heap__pool_of(heap, block);
    if (pool->state == HEAP_PAGE_INSIDE) pool -= pool->pages;
    if (pool->state == HEAP_PAGE_LARGE) return (size_t)pool->pages << HEAP_PAGE_SHIFT;
    return size_class_bytes(bin_class(pool->bin));
}

/* --- fences ------------------------------------------------------------------------------------------------------------- */

#if HEAP_CHECK
enum { PAINT_NEW = 0xCB, PAINT_DEAD = 0xDB, PAINT_FENCE = 0xFB };
#define MAGIC_LIVE 0xA110CA7Eu
#define MAGIC_DEAD 0xDEADB10Cu

typedef struct Front {
    size_t bytes; /* of a dead block: the pool's link */
    uint32_t serial;
    uint32_t magic;
} Front;

static bool painted(const unsigned char *from, size_t bytes, unsigned char paint) {
    for (size_t i = 0; i < bytes; i++)
        if (from[i] != paint) return false;
    return true;
}

const char *heap__fence_check(const void *block) {
    const Front *front = (const Front *)((const char *)block - FENCE_FRONT);
    if (front->magic == MAGIC_DEAD) return "a freed block is used";
    if (front->magic != MAGIC_LIVE) return "the fence before a block was overwritten";
    if (!painted((const unsigned char *)block + front->bytes, FENCE_BACK, PAINT_FENCE))
        return "the fence behind a block was overwritten";
    return NULL;
}

/* A live block's traceback is told by who traces allocations. */
static void tell_block(Heap *heap, const void *block) {
    const Front *front = (const Front *)((const char *)block - FENCE_FRONT);
    const HeapTrace *trace = &body_of(heap)->watch.trace;
    bool dead = front->magic == MAGIC_DEAD;
    char text[120];
    if (dead)
        snprintf(text, sizeof text, "the block at %p, of allocation %u, is free\n", block, front->serial);
    else
        snprintf(text, sizeof text, "the block at %p, of allocation %u, has %zu bytes\n", block, front->serial, front->bytes);
    os_say(text);
    if (!dead && trace->on_broken) trace->on_broken(heap, block, trace->ctx);
}

void heap__must_be_whole(Heap *heap, const void *block) {
    const char *fault = heap__fence_check(block);
    if (!fault) return;
    tell_block(heap, block);
    os_broken(fault);
}

static bool block_is_object(Heap *heap, const void *block) {
    const HeapPool *pool = heap__pool_of(heap, block);
    if (pool->state == HEAP_PAGE_INSIDE) pool -= pool->pages;
    return pool->state == HEAP_PAGE_LARGE ? pool->flags & POOL_OBJECT : bin_is_object(pool->bin);
}

static void *take_fenced(Heap *heap, size_t bytes, unsigned how, bool *zero) {
    if (bytes > heap->span) return NULL;
    bool clean;
    char *raw = heap__take_any(body_of(heap), bytes + FENCE_FRONT + FENCE_BACK, how, &clean);
    if (!raw) return NULL;
    Front *front = (Front *)raw;
    size_t room = block_room(heap, raw);
    if (front->magic == MAGIC_DEAD && room <= HEAP_MEDIUM_MAX &&
        !painted((unsigned char *)raw + FENCE_FRONT, room - FENCE_FRONT, PAINT_DEAD)) {
        tell_block(heap, raw + FENCE_FRONT);
        os_broken("a block was written to after it was freed");
    }
    *front = (Front){bytes, ++body_of(heap)->serial, MAGIC_LIVE};
    if (!clean) memset(raw + FENCE_FRONT, PAINT_NEW, bytes);
    memset(raw + FENCE_FRONT + bytes, PAINT_FENCE, FENCE_BACK);
    if (zero) *zero = clean;
    return raw + FENCE_FRONT;
}

static void give_fenced(Heap *heap, void *block) {
    if (!heap_owns(heap, block)) os_broken("a block of no heap, or of another one, was freed");
    Front *front = (Front *)((char *)block - FENCE_FRONT);
    heap__must_be_whole(heap, block);
    size_t room = block_room(heap, front);
    front->magic = room <= HEAP_MEDIUM_MAX ? MAGIC_DEAD : 0;
    if (room <= HEAP_MEDIUM_MAX) memset(block, PAINT_DEAD, room - FENCE_FRONT);
    heap__give_any(body_of(heap), front);
}

void *heap_alloc(Heap *heap, size_t bytes) { return take_fenced(heap, bytes, 0, NULL); }

void heap_free(Heap *heap, void *block) {
    if (block) give_fenced(heap, block);
}

void *heap_object_new(Heap *heap, const HeapKind *kind, size_t bytes) {
    HeapObject *object = take_fenced(heap, bytes, TAKE_OBJECT, NULL);
    if (object) *object = (HeapObject){1, 0, kind};
    return object;
}

void heap_object_free(Heap *heap, HeapObject *object) {
    if (!block_is_object(heap, (char *)object - FENCE_FRONT)) os_broken("what was freed as an object is not one");
    heap_untrack(heap, object);
    give_fenced(heap, object);
}

size_t heap_usable_size(Heap *heap, const void *block) {
    heap__must_be_whole(heap, block);
    return ((const Front *)((const char *)block - FENCE_FRONT))->bytes;
}
#else
static void *take_fenced(Heap *heap, size_t bytes, unsigned how, bool *zero) {
    bool ignored;
    if (bytes <= HEAP_SMALL_MAX) {
        if (zero) *zero = false;
        return heap__take(heap, bin_of(bytes, how & TAKE_OBJECT));
    }
    return heap__take_any(body_of(heap), bytes, how, zero ? zero : &ignored);
}

size_t heap_usable_size(Heap *heap, const void *block) { return block_room(heap, block); }
#endif

/* --- the rest in terms of these ------------------------------------------------------------------------------------------ */

void *heap_alloc_zero(Heap *heap, size_t bytes) {
    bool zero;
    void *block = take_fenced(heap, bytes, 0, &zero);
    if (block && !zero) memset(block, 0, bytes);
    return block;
}

void *heap_calloc(Heap *heap, size_t count, size_t bytes) {
    size_t total;
    if (__builtin_mul_overflow(count, bytes, &total)) return NULL;
    return heap_alloc_zero(heap, total);
}

size_t heap_good_size(size_t bytes) {
    size_t raw = bytes + FENCE_FRONT + FENCE_BACK;
    if (raw < bytes) return bytes;
    size_t good = raw > HEAP_MEDIUM_MAX ? pages_for(raw) << HEAP_PAGE_SHIFT : size_class_bytes(size_class_of(raw));
    return good < raw ? bytes : good - FENCE_FRONT - FENCE_BACK;
}

/* In place: a large run grows into its neighbour or gives its tail back; a block of a pool stays if it fits and would
 * not waste more than a quarter. */
static bool resize_in_place(Heap *heap, void *raw, size_t bytes) {
    HeapPool *pool = heap__pool_of(heap, raw);
    if (pool->state == HEAP_PAGE_LARGE)
        return bytes > HEAP_MEDIUM_MAX && heap__large_resize(body_of(heap), pool, bytes);
    size_t room = block_room(heap, raw);
    return bytes <= room && (bytes >= room - room / 4 || room == size_class_bytes(size_class_of(bytes)));
}

/* A block that must move and is large gets a place where it can grow on: copying it again at each step would cost more
 * than the rest of its life. */
static void *resize(Heap *heap, void *block, size_t bytes, bool is_object) {
    enum { GROWING_LEAST = 64 << 10 };
    char *raw = (char *)block - FENCE_FRONT;
    size_t old = heap_usable_size(heap, block);
    HeapBody *body = body_of(heap);
    if (bytes > heap->span || heap__fault(body)) return NULL;
    if (resize_in_place(heap, raw, bytes + FENCE_FRONT + FENCE_BACK)) {
#if HEAP_CHECK
        ((Front *)raw)->bytes = bytes;
        if (bytes > old) memset((char *)block + old, PAINT_NEW, bytes - old);
        memset((char *)block + bytes, PAINT_FENCE, FENCE_BACK);
#endif
        if (body->watch.trace.on_realloc)
            body->watch.trace.on_realloc(heap, block, block, bytes, body->watch.trace.ctx);
        return block;
    }
    unsigned growing = bytes > old && bytes >= GROWING_LEAST ? TAKE_GROWING : 0;
    void *moved = take_fenced(heap, bytes, (is_object ? TAKE_OBJECT : 0) | growing, NULL);
    if (!moved) return bytes <= old ? block : NULL;
    memcpy(moved, block, old < bytes ? old : bytes);
    return moved;
}

void *heap_realloc(Heap *heap, void *block, size_t bytes) {
    if (!block) return heap_alloc(heap, bytes);
    void *moved = resize(heap, block, bytes, false);
    if (moved && moved != block) heap_free(heap, block);
    return moved;
}

void *heap_object_resize(Heap *heap, HeapObject *object, size_t bytes) {
    if (object->refcount != 1 || heap_has_weak(object)) return NULL;
    HeapObject *moved = resize(heap, object, bytes, true);
    if (!moved || moved == object) return moved;
    if (heap_is_tracked(moved))
        heap->generations[heap_generation_of(moved)].places[moved->gc & HEAP_GC_INDEX_MASK] = heap__place_of(heap, moved);
    object->gc &= ~HEAP_GC_TRACKED;
    heap_object_free(heap, object);
    return moved;
}

void *heap_alloc_sized(Heap *heap, size_t bytes) { return heap_alloc(heap, bytes); }

void *heap_realloc_sized(Heap *heap, void *block, size_t old_bytes, size_t bytes) {
    (void)old_bytes;
    return heap_realloc(heap, block, bytes);
}

void heap_free_sized(Heap *heap, void *block, size_t bytes) {
    (void)bytes;
    heap_free(heap, block);
}

void heap_trim(Heap *heap) {
    heap__weak_trim(body_of(heap));
    heap__pools_trim(body_of(heap));
    body_of(heap)->keep_bytes = body_of(heap)->keep_least;
    heap__arenas_purge(body_of(heap), 0);
    heap__vectors_trim(body_of(heap));
    if (!body_of(heap)->gc.collecting) heap__scratch_trim(body_of(heap), 0);
}

bool heap_is_object(Heap *heap, const void *address) {
    HeapBlockInfo info;
    return heap_find_block(heap, address, &info) && info.is_object && info.block == address;
}

size_t heap_object_size(Heap *heap, const HeapObject *object) {
    return object->kind->size ? object->kind->size(object) : heap_usable_size(heap, object);
}
