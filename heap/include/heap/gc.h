/* The cycle collector.
 *
 * The idea. Reference counts free everything but cycles. Objects that can be part of one are tracked: a generation
 * is a dense vector of pointers to them, and an object's header has the index of its slot. A collection takes a
 * generation and the younger ones; into an array beside the vector it puts each object's refcount less the
 * references from within; what is left above zero is held from outside, and so is all that these reach. The rest
 * is dead. (The algorithm is that of CPython's gc module; vectors and side arrays replace its linked lists.) When
 * everything is collected, what the roots hook and frozen objects reach is marked first, in one pass over it, and only
 * the rest is counted.
 *
 * Order of events, as in CPython 3.11:
 *   1  collection_start hook
 *   2  unreachable objects found; survivors move to the next generation (atomic ones are untracked)
 *   3  weak links to unreachable objects are cleared, then the callbacks of owners that are not themselves
 *      unreachable are called
 *   4  finalizers, each object's once
 *   5  what these brought back is found and kept
 *   6  the rest: clear is called on each, which frees them by reference count
 *   7  collection_stop hook
 *
 * The heap never collects by itself (but for the test knob): when the young generation passes its threshold the
 * due word's bit is set, and the caller calls heap_collect_due at a place where any code may run.
 *
 * In steps. A collection of the old generation looks at every object, so its pause grows with the heap. When
 * heap_collect_due finds a collection of a large old generation due, it goes through these phases instead, a bounded
 * part in each call, while the program runs on in between:
 *   count    for each old object its refcount less the references of old objects to it, as both were when looked at
 *   mark     what has a count, and all that these reach, is taken for alive
 *   judge    the others are suspects. A part of them, closed under "refers to", is collected as ever and at once:
 *            counted anew, then weak links, finalizers, clear, a start and a stop hook. One such collection at least
 *            is reported for each time round
 *   squeeze  the vector's holes go
 * What the program changes in between makes the counts of the first two phases wrong, never the judgement: a suspect
 * that is referred to from anywhere else is found alive, whatever it was suspected for. And what was garbage when the
 * counting began is suspected: nothing but garbage refers to it, nobody can change its count, and nothing alive reaches
 * it. Garbage that comes later waits for the next time round. The pause is bounded but for a single garbage
 * structure larger than a part, which must be judged whole. heap_collect is never done in steps; one of the old
 * generation, and what moves its slots (freezing, an image), ends the steps under way.
 *
 * Generations: 0 young, 1, 2 old, 3 frozen (never collected). Objects keep their order within a generation.
 */
#ifndef HEAP_GC_H
#define HEAP_GC_H

#include "heap/object.h"

typedef enum HeapTrigger {
    HEAP_TRIGGER_EXPLICIT,  /* heap_collect */
    HEAP_TRIGGER_THRESHOLD, /* heap_collect_due */
    HEAP_TRIGGER_KNOB,      /* collect_every_allocation */
} HeapTrigger;

struct HeapCollection {
    int generation;
    HeapTrigger trigger;
    size_t tracked;       /* objects examined */
    size_t reclaimed;     /* found dead and cleared */
    size_t uncollectable; /* found dead and kept */
    size_t resurrected;   /* found dead, brought back by finalizers or callbacks */
    size_t finalized;     /* finalizers run */
    size_t weak_cleared;  /* weak links cleared */
    size_t untracked;     /* survivors that turned out to be atomic */
    uint64_t started;     /* monotonic clock, nanoseconds */
    uint64_t nanoseconds; /* all of it, hooks excluded */
    uint64_t find_nanoseconds; /* of it, finding what is dead */
};

typedef struct HeapGenerationStats {
    uint64_t collections;
    uint64_t collected;
    uint64_t uncollectable;
    uint64_t nanoseconds;
    uint64_t longest; /* nanoseconds */
    uint64_t steps;   /* of the old generation: calls that did a part (collections of parts included) */
    uint64_t longest_step;
} HeapGenerationStats;

enum {
    HEAP_DEBUG_STATS = 1,
    HEAP_DEBUG_COLLECTABLE = 2,   /* report dead objects that are freed to the unreachable hook */
    HEAP_DEBUG_UNCOLLECTABLE = 4, /* ... that cannot be */
    HEAP_DEBUG_SAVEALL = 32,      /* keep all dead objects (keep_garbage hook) instead of freeing them */
};

/* Collects generation 0, 1 or 2 and all younger ones. Returns reclaimed + uncollectable; 0 if a collection is
 * running. `out` may be NULL. */
size_t heap_collect(Heap *heap, int generation, HeapCollection *out);

/* Collects what the thresholds ask for, if enabled: the oldest generation whose count passed its threshold; the old
 * one only if at least a quarter of it is new since its last collection, and in steps if it is large. Takes the due bit
 * back. */
size_t heap_collect_due(Heap *heap);

/* From how many old objects on, and how much a step does: see HeapOptions. Ends the steps under way. */
void heap_set_steps(Heap *heap, size_t least, uint32_t work);
bool heap_in_steps(const Heap *heap); /* steps are under way */

/* Whether there are to be steps at all, as there are at first. Off ends those under way. */
void heap_set_incremental(Heap *heap, bool on);
bool heap_is_incremental(const Heap *heap);

void heap_gc_enable(Heap *heap);
void heap_gc_disable(Heap *heap);
bool heap_gc_is_enabled(const Heap *heap);
bool heap_gc_is_collecting(const Heap *heap);

void heap_set_thresholds(Heap *heap, uint32_t young, uint32_t middle, uint32_t old);
void heap_get_thresholds(const Heap *heap, uint32_t out[3]);

/* Young: tracked objects in it. Older: collections of the next younger one since its own last. */
void heap_get_counts(const Heap *heap, uint32_t out[3]);
void heap_generation_stats(const Heap *heap, int generation, HeapGenerationStats *out);

void heap_set_debug(Heap *heap, unsigned flags);
unsigned heap_get_debug(const Heap *heap);

/* Moves all tracked objects out of the collector's sight, and back to the old generation. */
void heap_freeze(Heap *heap);
void heap_unfreeze(Heap *heap);
size_t heap_freeze_count(const Heap *heap);

/* Tracked objects of a generation (0..3), or of 0..2 together (-1). */
size_t heap_generation_size(const Heap *heap, int generation);

/* Visits each in order; visit must not allocate, free or track. Returns the first non-zero result, or 0. */
int heap_generation_each(Heap *heap, int generation, HeapVisit visit, void *arg);

#endif
