/* Objects: a 16-byte header and a kind.
 *
 * The idea. An object is a block whose first 16 bytes say how many references hold it, where the collector
 * keeps it, and what it is. The heap knows nothing else about it: what it refers to, how it dies and how big it
 * is are answered by its kind, a table of functions.
 *
 * States of an object:
 *   new        refcount 1, not tracked, body not written yet. The collector does not see it.
 *   tracked    its slot in a generation's vector points to it (see gc.h). Its fields are valid: a collection may
 *              happen at any allocation.
 *   dying      refcount 0, inside heap_dealloc. If its kind has a finalizer that has not run, it runs now and may
 *              bring the object back.
 *   free       its block is back in its pool.
 *
 * Invariants:
 *   - refcount is exact: the sum of all references, those of C code included.
 *   - bit 31 of refcount means immortal. Counting up to it saturates; nothing counts down from it.
 *   - gc holds the index of the object's slot: generations[gen].places[index] is the object's if and only if TRACKED.
 *
 * Whoever has a heap may call these from one thread at a time (the caller's GIL); there are no locks here.
 */
#ifndef HEAP_OBJECT_H
#define HEAP_OBJECT_H

#include "heap/heap.h"

/* A referent was met. Non-zero stops the traversal, which returns it. */
typedef int (*HeapVisit)(HeapObject *referent, void *arg);

enum {
    HEAP_KIND_LEAF = 1,        /* free never drops another object: dying costs no bookkeeping */
    HEAP_KIND_SETTLE_FULL = 2, /* is_atomic is asked in full collections only (else in every collection) */
    HEAP_KIND_STUBBORN = 4,    /* must not be cleared: in a dead cycle it is reported as uncollectable and kept */
};

/* Where an object's references lie, for kinds simple enough to say it: a collection then reads them itself instead of
 * calling traverse (which must visit the same). A word that is zero or has one of its three lowest bits set is no
 * reference. */
typedef enum HeapForm {
    HEAP_FORM_CALL,    /* only traverse knows */
    HEAP_FORM_FIELDS,  /* `count` words at `words` */
    HEAP_FORM_TAIL,    /* words from `words` on, as many as the size_t at `count` says */
    HEAP_FORM_VECTOR,  /* at `words` a pointer to the words, at `count` their number (uint32_t) */
    HEAP_FORM_PAIRS,   /* at `words` a pointer to HeapPairs, at `count` their number (uint32_t), at `plain` a byte:
                          not zero if no key is a reference to a tracked object */
    HEAP_FORM_TABLE,   /* at `words` a pointer to rows of two words, the first a reference, at `count` their number
                          less one (size_t) */
    HEAP_FORM_SHAPED,  /* at `words` a pointer to a struct with, at `count`, the number of words (uint32_t), and behind
                          it a pointer to these; a number of 0: ask traverse */
} HeapForm;

typedef struct HeapLayout {
    uint8_t form;     /* HeapForm */
    bool holds_kind;  /* the object owns a reference to its kind, too; SHAPED of 0 words: traverse visits it */
    bool whole;       /* FIELDS, TAIL, VECTOR: free drops these references, fields from the first on, others from the last
                         on, and the block, the vector's own and the kind, and does no more; clear of FIELDS sets them to
                         NULL and drops them. The heap does it itself and does not call them */
    uint16_t words, count, plain; /* offsets from the object's start; `count` as the form says */
} HeapLayout;

typedef struct HeapPair {
    uint64_t hash;
    HeapObject *key; /* zero: no pair */
    HeapObject *value;
} HeapPair;

/* What the heap must know about objects of one sort. The first member is a header: a kind may itself be an
 * object (a type object embeds its kind as first member). The heap takes no reference to an object's kind. */
struct HeapKind {
    HeapObject head;
    const char *name;
    /* Calls visit for each reference the object owns, NULLs and immediates left out. Has no side effects.
     * NULL: the object refers to nothing. */
    int (*traverse)(HeapObject *object, HeapVisit visit, void *arg);
    /* Drops references so as to break cycles; the object stays valid. NULL: it cannot. */
    void (*clear)(Heap *heap, HeapObject *object);
    /* Called at most once, before the object dies; the object is whole and held by one reference, and stays
     * alive if more are made. True: foreign code ran (the collector must look again for resurrection).
     * NULL: none. Must not be set on a kind after one of its objects began to die. */
    bool (*finalize)(Heap *heap, HeapObject *object);
    /* The last act: drops what is left and calls heap_object_free. The object is untracked, its weak links are
     * cleared, its refcount is 0. NULL: heap_object_free is all there is to do. */
    void (*free)(Heap *heap, HeapObject *object);
    /* Bytes the object owns: its block and what else belongs to it alone. NULL: the block's size. */
    size_t (*size)(const HeapObject *object);
    /* A tracked survivor of a collection for which this is true cannot take part in a cycle: it is untracked.
     * NULL: never. */
    bool (*is_atomic)(const HeapObject *object);
    uint32_t flags;
    HeapLayout layout;
};

/* --- the gc word ------------------------------------------------------------------------------------------ */

#define HEAP_GC_INDEX_BITS 26
#define HEAP_GC_INDEX_MASK ((1u << HEAP_GC_INDEX_BITS) - 1)
#define HEAP_GC_GENERATION_SHIFT HEAP_GC_INDEX_BITS
#define HEAP_GC_GENERATION_MASK (3u << HEAP_GC_GENERATION_SHIFT)
#define HEAP_GC_TRACKED (1u << 28)
#define HEAP_GC_FINALIZED (1u << 29)
#define HEAP_GC_WEAKREFS (1u << 30)
#define HEAP_GC_SPARE (1u << 31)
/* What stays when an object is untracked. */
#define HEAP_GC_STICKY (HEAP_GC_FINALIZED | HEAP_GC_WEAKREFS | HEAP_GC_SPARE)

static inline bool heap_is_tracked(const HeapObject *object) { return object->gc & HEAP_GC_TRACKED; }
static inline bool heap_is_finalized(const HeapObject *object) { return object->gc & HEAP_GC_FINALIZED; }
static inline bool heap_has_weak(const HeapObject *object) { return object->gc & HEAP_GC_WEAKREFS; }

/* The generation of a tracked object: 0, 1, 2, or 3 (frozen). */
static inline int heap_generation_of(const HeapObject *object) {
    return (object->gc & HEAP_GC_GENERATION_MASK) >> HEAP_GC_GENERATION_SHIFT;
}

/* Says that the finalizer has been run (or must never be). */
static inline void heap_set_finalized(HeapObject *object) { object->gc |= HEAP_GC_FINALIZED; }

/* --- reference counts ------------------------------------------------------------------------------------- */

#define HEAP_IMMORTAL_BIT 0x80000000u
#define HEAP_IMMORTAL_REFCOUNT 0xC0000000u

/* The header of a static, immortal object (a kind outside any heap). */
#define HEAP_HEAD_IMMORTAL(kind_pointer) {HEAP_IMMORTAL_REFCOUNT, 0, (kind_pointer)}

/* Finalizer, weak links, free: what refcount 0 means. The C stack it takes is bounded however deep the structure
 * below the object is: past a fixed depth, deaths are put off and done by the outermost call. */
void heap_dealloc(Heap *heap, HeapObject *object);

/* How many deaths are under way on this C stack: each C stack (thread) needs a count of its own. Sets it and returns
 * the old one; a thread that takes the GIL puts its own in, 0 at first. */
uint32_t heap_death_depth_exchange(Heap *heap, uint32_t depth);

static inline bool heap_is_immortal(const HeapObject *object) { return (int32_t)object->refcount < 0; }
static inline void heap_set_immortal(HeapObject *object) { object->refcount = HEAP_IMMORTAL_REFCOUNT; }

static inline void heap_incref(HeapObject *object) {
    uint32_t count = object->refcount;
    if (HEAP_LIKELY((int32_t)count >= 0)) object->refcount = count + 1;
}

static inline void heap_decref(Heap *heap, HeapObject *object) {
    uint32_t count = object->refcount;
    if (HEAP_UNLIKELY((int32_t)count < 0)) return;
    object->refcount = --count;
    if (count == 0) heap_dealloc(heap, object);
}

static inline void heap_xincref(HeapObject *object) {
    if (object) heap_incref(object);
}

static inline void heap_xdecref(Heap *heap, HeapObject *object) {
    if (object) heap_decref(heap, object);
}

/* --- life ------------------------------------------------------------------------------------------------- */

#if HEAP_CHECK
void *heap_object_new(Heap *heap, const HeapKind *kind, size_t bytes);
void heap_object_free(Heap *heap, HeapObject *object);
void heap_track(Heap *heap, HeapObject *object);
void heap_untrack(Heap *heap, HeapObject *object);
static inline void heap_track_new(Heap *heap, HeapObject *object) { heap_track(heap, object); }
#else

/* A new object of `bytes` bytes, header included: refcount 1, not tracked, its body not zeroed. The caller owns
 * it. NULL when out of memory. */
static inline void *heap_object_new(Heap *heap, const HeapKind *kind, size_t bytes) {
    HeapObject *object = HEAP_LIKELY(bytes <= HEAP_SMALL_MAX)
                             ? heap__take(heap, HEAP_CLASSES + (unsigned)((bytes + 7) >> 3))
                             : heap__alloc_object_big(heap, bytes);
    if (HEAP_UNLIKELY(!object)) return NULL;
    object->refcount = 1;
    object->gc = 0;
    object->kind = kind;
    return object;
}

/* Shows the object to the collector. Its fields are valid from now on. Never fails; not for a tracked object.
 * May raise the collection-due flag. */
static inline void heap_track(Heap *heap, HeapObject *object) {
    HeapGeneration *young = &heap->generations[0];
    uint32_t slot = young->length;
    young->places[slot] = heap__place_of(heap, object);
    young->length = slot + 1;
    object->gc = (object->gc & HEAP_GC_STICKY) | HEAP_GC_TRACKED | slot;
    if (HEAP_UNLIKELY(slot >= young->mark)) heap__track_mark(heap);
}

/* heap_track for an object just made: it has no flags to keep, so its gc word need not be read. */
static inline void heap_track_new(Heap *heap, HeapObject *object) {
    HeapGeneration *young = &heap->generations[0];
    uint32_t slot = young->length;
    young->places[slot] = heap__place_of(heap, object);
    young->length = slot + 1;
    object->gc = HEAP_GC_TRACKED | slot;
    if (HEAP_UNLIKELY(slot >= young->mark)) heap__track_mark(heap);
}

/* Hides the object from the collector; nothing for an untracked one. */
static inline void heap_untrack(Heap *heap, HeapObject *object) {
    uint32_t gc = object->gc;
    if (!(gc & HEAP_GC_TRACKED)) return;
    HeapGeneration *generation = &heap->generations[(gc & HEAP_GC_GENERATION_MASK) >> HEAP_GC_GENERATION_SHIFT];
    uint32_t slot = gc & HEAP_GC_INDEX_MASK;
    generation->places[slot] = 0;
    if (slot + 1 == generation->length)
        generation->length = slot;
    else
        generation->holes++;
    object->gc = gc & HEAP_GC_STICKY;
}

/* Gives the object's block back, untracking it if needed. Runs no finalizer and drops no references: that is
 * kind->free's work, of which this is the last line. */
static inline void heap_object_free(Heap *heap, HeapObject *object) {
    heap_untrack(heap, object);
    heap__give(heap, object);
}
#endif

/* Resizes an object held by exactly one reference, which moves with it (its tracked slot is corrected). Objects
 * with weak links are refused. Returns the object's new address; NULL when out of memory, the old object intact. */
void *heap_object_resize(Heap *heap, HeapObject *object, size_t bytes);

/* True if `address` is the start of a live object of this heap (allocated by heap_object_new and not yet freed).
 * Safe for any address; slow (it searches the pool's free list). */
bool heap_is_object(Heap *heap, const void *address);

/* Bytes the object owns, by its kind's size or its block. */
size_t heap_object_size(Heap *heap, const HeapObject *object);

#endif
