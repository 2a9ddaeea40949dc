/* A heap: one reserved span of addresses that holds everything.
 *
 * The idea. A heap reserves a large span of address space and takes memory in it arena by arena. The Heap itself,
 * its tables, its blocks and its largest allocations all lie inside the span, so a heap is created, measured,
 * put back to an earlier state (an image) or dropped as one thing, and "is this pointer mine" is one subtraction.
 * There is no state anywhere else.
 *
 * Sizes.
 *   up to 512 bytes     small: size classes every 8 bytes; a pool is one 4 KiB page of blocks of one class
 *   up to 8 KiB         medium: four classes per doubling; a pool is a run of 8 or 16 pages
 *   above               large: a run of pages, grown in place when its neighbour is free
 * Pages come from arenas of 256 KiB. A block is used, free (it was used once: it is in its pool's free list) or
 * reserved (its pool has not handed it out yet). New pools are taken from the fullest arenas, so that others
 * empty; free arenas go back to the system, except a few kept for the next need.
 *
 * Objects (object.h) have pools of their own, so every used block in an object pool is an object.
 *
 * Errors. Functions that allocate return NULL when a limit, the span or the system refuses, and leave the heap as
 * it was. No function here prints or aborts, but for a broken heap in the HEAP_CHECK build.
 *
 * Threads. None: the caller holds its lock (GIL).
 */
#ifndef HEAP_HEAP_H
#define HEAP_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef HEAP_CHECK
#define HEAP_CHECK 0
#endif

#define HEAP_LIKELY(x) __builtin_expect(!!(x), 1)
#define HEAP_UNLIKELY(x) __builtin_expect(!!(x), 0)

typedef struct Heap Heap;
typedef struct HeapKind HeapKind;
typedef struct HeapWeakLink HeapWeakLink;
typedef struct HeapCollection HeapCollection;
typedef struct HeapTrace HeapTrace;

/* See object.h. */
typedef struct HeapObject {
    uint32_t refcount;
    uint32_t gc;
    const HeapKind *kind;
} HeapObject;

/* --- options ---------------------------------------------------------------------------------------------- */

/* What the heap calls out for; each may be NULL. */
typedef struct HeapHooks {
    void *ctx;
    /* A weak link's referent has died (or is about to, in a collection): all its links are cleared already. Only
     * for links with an owner, which the heap keeps alive during the call. May run any code. */
    void (*weak_callback)(Heap *heap, HeapObject *owner, HeapWeakLink *link, void *ctx);
    /* A collection begins (nothing is counted yet) or has ended. May run any code. */
    void (*collection_start)(Heap *heap, const HeapCollection *collection, void *ctx);
    void (*collection_stop)(Heap *heap, const HeapCollection *collection, void *ctx);
    /* Debug flags: an unreachable object was found, collectable or not. Must not change the object graph. */
    void (*unreachable)(Heap *heap, HeapObject *object, bool collectable, void *ctx);
    /* The object shall be kept for the user (uncollectable, or HEAP_DEBUG_SAVEALL): takes a new reference to it,
     * or returns false if it could not. */
    bool (*keep_garbage)(Heap *heap, HeapObject *object, void *ctx);
    /* Calls visit for objects that are known to be alive: referred to from outside of the heap's objects. What these
     * reach need not be counted when everything is collected. All may be left out, none may be dying. Called where a
     * collection begins by heap_collect or heap_collect_due, never inside an allocation. */
    void (*roots)(Heap *heap, int (*visit)(HeapObject *object, void *arg), void *arg, void *ctx);
} HeapHooks;

typedef struct HeapOptions {
    size_t reserve_bytes;   /* address space for blocks, at most 28 GiB; halved until the system grants it */
    size_t soft_limit;      /* bytes held (pages in use); 0: none. See limits.h */
    size_t hard_limit;      /* 0: none */
    size_t handler_reserve; /* what heap_reserve_open adds to the soft limit */
    size_t keep_bytes;      /* free memory kept from the system for the next need (at least) */
    uint32_t thresholds[3]; /* see gc.h */
    size_t step_least;      /* old objects from which on heap_collect_due collects them in steps; SIZE_MAX: never */
    uint32_t step_work;     /* references that a step looks at, about */
    uint32_t *due_word;     /* set by an atomic or when a collection is due; NULL: none */
    uint32_t due_bit;       /* the bits to set in it */
    HeapHooks hooks;
    /* Test knobs. */
    bool collect_every_allocation; /* heap_object_new runs a full collection each time */
    uint64_t fail_allocation;      /* the n-th allocation from now fails; 0: none */
    bool fail_later_too;           /* ... and all that follow */
} HeapOptions;

/* The defaults: a span for 28 GiB of blocks, no limits, 256 KiB handler reserve, 2 MiB kept, thresholds 700, 10, 10, steps
 * of 40,000 references from 50,000 old objects on. */
void heap_options_init(HeapOptions *options);

/* --- life ------------------------------------------------------------------------------------------------- */

/* A new heap; NULL options: defaults. NULL if no address space could be reserved. */
Heap *heap_create(const HeapOptions *options);

/* Gives everything back to the system at once. Runs no finalizers, frees nothing one by one. */
void heap_drop(Heap *heap);

void heap_set_hooks(Heap *heap, const HeapHooks *hooks);
void heap_set_due_word(Heap *heap, uint32_t *word, uint32_t bit);

/* The caller's pointer, kept in the heap (and in its images). */
void heap_set_user(Heap *heap, void *user);
static inline void *heap_user(const Heap *heap);

/* --- images ----------------------------------------------------------------------------------------------- */

/* Remembers the whole present state of the heap, replacing an earlier image; the image lies outside the span
 * and does not count as held. Not during a collection or a dealloc. False when out of memory (no image then). */
bool heap_image_take(Heap *heap);

/* Puts the heap back to the remembered state, byte for byte: every pointer valid then is valid again, every later
 * allocation is gone. Nothing is finalized. False if there is no image. */
bool heap_image_restore(Heap *heap);
void heap_image_drop(Heap *heap);
size_t heap_image_bytes(const Heap *heap); /* 0: no image */

/* --- what the inline paths must see ----------------------------------------------------------------------- */

enum {
    HEAP_PAGE_SHIFT = 12,
    HEAP_PAGE_BYTES = 4096,
    HEAP_ARENA_PAGES = 64,
    HEAP_ARENA_BYTES = 262144,
    HEAP_SMALL_MAX = 512,
    HEAP_MEDIUM_MAX = 8192,
    HEAP_SMALL_CLASSES = 65, /* 0 (never used), 8, 16 ... 512 */
    HEAP_CLASSES = 81,       /* and 16 medium ones; object pools are a second set of HEAP_CLASSES */
    HEAP_BINS = 162,
    HEAP_GENERATIONS = 4, /* young, middle, old, frozen */
};

/* A pool, described outside its pages, in a table with one row per page of the span. balance is above zero
 * where a free needs nothing but to put the block into the pool's list: one test tells all the other cases (the last
 * block of a pool, a pool that has been full, a medium pool, a large run, a watched pool). */
typedef struct HeapPool {
    void *free; /* the free blocks, linked through their first word; for a large run: the bytes asked */
    int32_t balance;
    uint8_t state; /* HeapPageState */
    uint8_t bin;
    uint8_t flags;
    uint8_t zero;      /* a free run: its pages are known to be zero */
    uint32_t next;     /* page numbers: neighbours in the bin's list of pools with room, or of free runs */
    uint32_t prev;     /* HEAP_NO_PAGE ends a list */
    uint16_t carved;   /* blocks handed out at least once; those behind are reserved */
    uint16_t capacity; /* blocks in the pool */
    uint32_t pages;    /* of the pool or run; in another page of a pool or the last of a run: distance to the first */
} HeapPool;

/* Where an object lies: its distance from the Heap, in units of 8 bytes. A span is so small that 32 bits hold it. */
typedef uint32_t HeapPlace;

/* A generation: a dense vector of the places of tracked objects in the order in which they came. */
typedef struct HeapGeneration {
    HeapPlace *places;    /* 0 is a hole: the object there was untracked */
    uint32_t length;      /* slots, holes included */
    uint32_t holes;
    uint32_t mark;      /* of the young one: the slot at which heap_track stops to think */
    uint32_t capacity;  /* slots in the address range in use */
    uint32_t threshold; /* 0: never collected by itself */
    uint32_t count;     /* of an older one: collections of the next younger one since its own last */
} HeapGeneration;

/* The front of the heap's state, at the very start of its span; the rest is the library's own. */
struct Heap {
    HeapPool *bins[HEAP_BINS]; /* the pool to take from; an empty stand-in when there is none or all is watched */
    HeapGeneration generations[HEAP_GENERATIONS];
    size_t span; /* bytes of address space from the Heap on */
    void *user;
};

/* Fixed places in the span, as offsets from the Heap. */
#define HEAP_TABLE_OFFSET ((size_t)16 << 20)
#define HEAP_NO_PAGE UINT32_MAX

void *heap__take_slow(Heap *heap, unsigned bin);
void *heap__alloc_big(Heap *heap, size_t bytes);
void *heap__alloc_object_big(Heap *heap, size_t bytes);
void heap__give_slow(Heap *heap, void *block);
void heap__track_mark(Heap *heap);

static inline void *heap_user(const Heap *heap) { return heap->user; }

static inline HeapPlace heap__place_of(const Heap *heap, const HeapObject *object) {
    return (HeapPlace)(((uintptr_t)object - (uintptr_t)heap) >> 3);
}
/* Not for a hole. */
static inline HeapObject *heap__at_place(const Heap *heap, HeapPlace place) {
    return (HeapObject *)((uintptr_t)heap + ((uintptr_t)place << 3));
}

/* The table row of an address in the span. */
static inline HeapPool *heap__pool_of(const Heap *heap, const void *address) {
    size_t page = ((uintptr_t)address - (uintptr_t)heap) >> HEAP_PAGE_SHIFT;
    return (HeapPool *)((uintptr_t)heap + HEAP_TABLE_OFFSET) + page;
}

/* A block of a small bin. */
static inline void *heap__take(Heap *heap, unsigned bin) {
    HeapPool *pool = heap->bins[bin];
    void *block = pool->free;
    if (HEAP_UNLIKELY(!block)) return heap__take_slow(heap, bin);
    pool->free = *(void **)block;
    pool->balance++;
    return block;
}

/* The opposite, for any block. */
static inline void heap__give(Heap *heap, void *block) {
    HeapPool *pool = heap__pool_of(heap, block);
    int32_t balance = pool->balance;
    if (HEAP_UNLIKELY(balance <= 0)) {
        heap__give_slow(heap, block);
        return;
    }
    *(void **)block = pool->free;
    pool->free = block;
    pool->balance = balance - 1;
}

/* --- memory ----------------------------------------------------------------------------------------------- */

#if HEAP_CHECK
void *heap_alloc(Heap *heap, size_t bytes);
void heap_free(Heap *heap, void *block);
#else

/* A block of at least `bytes` bytes (0 counts as 1), aligned to 8, not zeroed; the caller owns it. NULL: refused. */
static inline void *heap_alloc(Heap *heap, size_t bytes) {
    if (HEAP_LIKELY(bytes <= HEAP_SMALL_MAX)) return heap__take(heap, (unsigned)((bytes + 7) >> 3));
    return heap__alloc_big(heap, bytes);
}

/* NULL is allowed. */
static inline void heap_free(Heap *heap, void *block) {
    if (HEAP_LIKELY(block != NULL)) heap__give(heap, block);
}
#endif

void *heap_alloc_zero(Heap *heap, size_t bytes);

/* count * bytes, zeroed, NULL when the product overflows. */
void *heap_calloc(Heap *heap, size_t count, size_t bytes);

/* Resizes a block, in place where possible; NULL block: a new one. On NULL the old block is intact. Not for
 * objects (heap_object_resize). */
void *heap_realloc(Heap *heap, void *block, size_t bytes);

/* Bytes that may be used at a block: at least what was asked. */
size_t heap_usable_size(Heap *heap, const void *block);

/* What an allocation of `bytes` would make usable: for containers that grow to what they would get anyway. */
size_t heap_good_size(size_t bytes);

/* True if the address lies in the heap's span. */
static inline bool heap_owns(const Heap *heap, const void *address) {
    return (uintptr_t)address - (uintptr_t)heap < heap->span;
}

/* The same with sizes, for libraries that pass them (GMP, PCRE2); they return NULL as the others do. */
void *heap_alloc_sized(Heap *heap, size_t bytes);
void *heap_realloc_sized(Heap *heap, void *block, size_t old_bytes, size_t bytes);
void heap_free_sized(Heap *heap, void *block, size_t bytes);

/* Gives empty pools and free arenas back to the system. */
void heap_trim(Heap *heap);

#endif
