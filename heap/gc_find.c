/* Finding what is dead.
 *
 * For the slots looked at there is a count each, in an array beside the vector. One pass adds every object's refcount
 * to its own count and takes one from the count of each of its referents: what is left is the number of references
 * from elsewhere. A second pass marks all that can be reached from objects with a count above zero. What has zero then
 * is dead.
 *
 * Nearly all the time goes into waiting for headers to come from memory. So visits are not acted upon at once: they
 * pass through a short ring, and are prefetched when they enter it. Nothing recurses.
 */
#include "internal.h"

#include <string.h>

enum { RING = 16, AHEAD = 8 };

typedef struct Find {
    uint32_t *counts;
    uint32_t first;
    uint32_t size;
    uint32_t want;   /* the generation bits and TRACKED, as they are in objects looked at */
    uint32_t passed; /* marking: slots before this (relative) were scanned */
    uint32_t *queue; /* marking: reached behind the scan, to be traversed */
    uint32_t queued;
    uint32_t at;
    HeapObject nobody; /* not tracked: fills an empty ring */
    HeapObject *ring[RING];
} Find;

static void find_init(Find *find, int generation, uint32_t first, uint32_t end, uint32_t *counts) {
    *find = (Find){.counts = counts, .first = first, .size = end - first,
                   .want = HEAP_GC_TRACKED | (uint32_t)generation << HEAP_GC_GENERATION_SHIFT};
    for (int i = 0; i < RING; i++) find->ring[i] = &find->nobody;
}

/* The relative slot of an object that is looked at; else something not below size. */
static inline uint32_t slot_of(const Find *find, const HeapObject *object) {
    uint32_t gc = object->gc;
    if ((gc & (HEAP_GC_GENERATION_MASK | HEAP_GC_TRACKED)) != find->want) return UINT32_MAX;
    return (gc & HEAP_GC_INDEX_MASK) - find->first;
}

static inline HeapObject *ring_turn(Find *find, HeapObject *object) {
    HeapObject *ready = find->ring[find->at];
    find->ring[find->at] = object;
    find->at = (find->at + 1) % RING;
    __builtin_prefetch(object);
    return ready;
}

static inline void scan_ahead(HeapObject **objects, uint32_t i, uint32_t end) {
    if (i + AHEAD < end) __builtin_prefetch(objects[i + AHEAD]);
}

/* --- first pass ------------------------------------------------------------------------------------------------------- */

static inline void discount(Find *find, const HeapObject *object) {
    uint32_t slot = slot_of(find, object);
    if (slot < find->size) find->counts[slot]--;
}

static int visit_discount(HeapObject *object, void *arg) {
    Find *find = arg;
    discount(find, ring_turn(find, object));
    return 0;
}

static void count_outside_references(HeapBody *body, int generation, Find *find) {
    HeapObject **objects = body->front.generations[generation].objects + find->first;
    memset(find->counts, 0, find->size * sizeof *find->counts);
    for (uint32_t i = 0; i < find->size; i++) {
        scan_ahead(objects, i, find->size);
        HeapObject *object = objects[i];
        if (!object) continue;
        find->counts[i] += object->refcount;
        if (object->kind->traverse) object->kind->traverse(object, visit_discount, find);
    }
    for (int i = 0; i < RING; i++) discount(find, ring_turn(find, &find->nobody));
}

/* --- second pass ------------------------------------------------------------------------------------------------------ */

static inline void reach(Find *find, const HeapObject *object) {
    uint32_t slot = slot_of(find, object);
    if (slot >= find->size || find->counts[slot]) return;
    find->counts[slot] = 1;
    if (slot < find->passed) find->queue[find->queued++] = slot;
}

static int visit_reach(HeapObject *object, void *arg) {
    Find *find = arg;
    reach(find, ring_turn(find, object));
    return 0;
}

static void ring_empty(Find *find) {
    for (int i = 0; i < RING; i++) reach(find, ring_turn(find, &find->nobody));
}

/* True: the object turned out to be atomic and is no longer tracked; what it refers to does not matter. */
static bool settles(HeapBody *body, HeapObject *object, FindOptions options) {
    const HeapKind *kind = object->kind;
    if (!options.settle || !kind->is_atomic) return false;
    if ((kind->flags & HEAP_KIND_SETTLE_FULL) && !options.full) return false;
    if (!kind->is_atomic(object)) return false;
    heap_untrack(&body->front, object);
    return true;
}

static size_t mark_reachable(HeapBody *body, int generation, Find *find, FindOptions options) {
    HeapObject **objects = body->front.generations[generation].objects + find->first;
    size_t settled = 0;
    find->queue = heap__scratch(body, 1, find->first + find->size);
    for (uint32_t i = 0; i < find->size; i++) {
        scan_ahead(objects, i, find->size);
        find->passed = i + 1;
        HeapObject *object = objects[i];
        if (!object || !find->counts[i]) continue;
        if (settles(body, object, options))
            settled++;
        else if (object->kind->traverse)
            object->kind->traverse(object, visit_reach, find);
    }
    ring_empty(find);
    while (find->queued) {
        HeapObject *object = objects[find->queue[--find->queued]];
        if (settles(body, object, options))
            settled++;
        else if (object->kind->traverse)
            object->kind->traverse(object, visit_reach, find);
        if (!find->queued) ring_empty(find);
    }
    return settled;
}

void heap__find_reach(HeapBody *body, int generation, uint32_t first, uint32_t end, uint32_t *counts) {
    Find find;
    find_init(&find, generation, first, end, counts);
    mark_reachable(body, generation, &find, (FindOptions){0});
}

size_t heap__find_dead(HeapBody *body, int generation, uint32_t first, uint32_t end, FindOptions options,
                       uint32_t *counts, HeapCollection *report) {
    Find find;
    find_init(&find, generation, first, end, counts);
    count_outside_references(body, generation, &find);
    size_t settled = mark_reachable(body, generation, &find, options);
    if (report) report->untracked += settled;

    HeapObject **objects = body->front.generations[generation].objects + first;
    size_t dead = 0;
    for (uint32_t i = 0; i < end - first; i++) dead += !counts[i] && objects[i];
    return dead;
}
