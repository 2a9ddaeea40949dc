/* The library's own view of a heap.
 *
 * Layout of the span, from the Heap on:
 *
 *     0        HeapBody: the front that the inline paths see, then everything else
 *     64 KiB   the collector's vectors and scratch while they are short ("near"), so that a small heap lies
 *              close together
 *     1 MiB    the arena table, one row per arena
 *     16 MiB   the page table, one row (HeapPool) per page of the span
 *     then     long vectors and scratch ("far"): ranges big enough for any length, so that growth never moves
 *     then     the arenas
 *
 * All of it is mapped once, readable and writable, without reserve; a page costs nothing until it is touched.
 * Memory that was never touched, or that was given back (os_purge), reads as zero.
 */
#ifndef HEAP_INTERNAL_H
#define HEAP_INTERNAL_H

#include "heap/gc.h"
#include "heap/graph.h"
#include "heap/heap.h"
#include "heap/limits.h"
#include "heap/object.h"
#include "heap/stats.h"
#include "heap/trace.h"
#include "heap/weak.h"
#include "size_class.h"

#include <assert.h>

enum {
    NEAR_OFFSET = 64 << 10,
    NEAR_YOUNG = 8192,  /* slots of the near vectors of generations 0 and 1 */
    NEAR_OLD = 24576,   /* of 2 and 3, and of the scratch arrays */
    SCRATCHES = 3,
    STEPS_ARRAYS = 2,
    ARENA_TABLE_OFFSET = 1 << 20,
    SLOTS_MAX = 1 << HEAP_GC_INDEX_BITS,
    RUN_PAGES_MAX = 127, /* a free run is shorter: whole arenas in it are released */
    NO_ARENA = -1,
};

/* --- pages and arenas --------------------------------------------------------------------------------------- */

/* A row of the arena table. A never used arena is all zero. */
typedef struct Arena {
    uint64_t bits; /* SMALL: the free pages; RUNS: the pages at which a run (used or free) begins */
    uint32_t next; /* SMALL: neighbours among the arenas with as many free pages */
    uint32_t prev;
    uint8_t state; /* HeapArenaState */
    uint8_t room;  /* SMALL: free pages */
} Arena;

/* HeapPool.flags */
enum {
    POOL_FULL = 1,    /* not in its bin's list: had no room when last looked at */
    POOL_LONG = 2,    /* medium: blocks cannot be found by the short path */
    POOL_WATCHED = 4, /* frees are traced */
    POOL_SLOW = 6,    /* either of these: every free goes the long way */
    POOL_OBJECT = 8,  /* a large run holds an object */
};
enum { POOL_BIAS = 1 << 20 };

/* A full pool comes back into its list when so many blocks are free: at the first free it would be full again soon. */
static inline uint32_t pool_return_room(const HeapPool *pool) {
    uint32_t room = 1 + pool->capacity / 4u;
    return room < 16 ? room : 16;
}

/* balance is the number of used blocks, less one, less this; so that it is not above zero where a free needs more than
 * the short path: in pools whose flags say so, in the last block of a pool, in the block that brings a pool back. */
static inline int32_t pool_offset(const HeapPool *pool) {
    int32_t offset = pool->flags & POOL_SLOW ? POOL_BIAS : 0;
    return pool->flags & POOL_FULL ? offset + (int32_t)(pool->capacity - pool_return_room(pool)) : offset;
}

/* --- images --------------------------------------------------------------------------------------------------- */

typedef struct Extent {
    size_t offset; /* in the span */
    size_t bytes;
} Extent;

typedef struct Image {
    size_t mapped;
    size_t count;
    size_t bytes;
    uint32_t arena_top;
    Extent extents[];
} Image;

/* What an image does not put back. */
typedef struct Outside {
    Image *image;
    uint32_t dirty_top;                    /* arenas from here on were never touched, or were given back */
    size_t slots_touched[HEAP_GENERATIONS]; /* of the far vectors: the longest they have been */
    size_t scratch_touched;                /* of the far scratch arrays, in entries */
    size_t steps_touched;                  /* of the steps' arrays */
    bool huge;        /* the system may use huge pages for the upper arenas */
    bool huge_ranges; /* ... and for the upper parts of the far vectors and scratch arrays */
    uint64_t restores;
} Outside;

/* --- the collector -------------------------------------------------------------------------------------------- */

typedef enum StepPhase {
    STEPS_NONE,
    STEPS_ZERO, /* sets the counts to zero */
    STEPS_COUNT,
    STEPS_MARK,
    STEPS_DRAIN, /* marks what was reached behind the scan */
    STEPS_JUDGE,
    STEPS_SQUEEZE,
} StepPhase;

/* See gc_steps.c. */
typedef struct Steps {
    size_t least; /* settings: HeapOptions */
    uint32_t work;
    bool off;
    StepPhase phase;
    uint32_t limit;  /* old slots that take part */
    uint32_t slot;   /* the next, */
    size_t row;      /* and from which of its references on */
    uint32_t queued; /* MARK, DRAIN */
    uint32_t to;     /* SQUEEZE: where the next object goes */
    bool reported;   /* JUDGE: a collection was reported */
} Steps;

typedef struct Collector {
    bool enabled;
    bool collecting;
    unsigned debug;
    size_t long_lived_total;   /* old objects when the old generation was last collected */
    size_t long_lived_pending; /* that came since */
    size_t vector_bytes;       /* held by vectors, as charged */
    HeapObject stoppers[3];    /* see collect.c */
    Steps steps;
    HeapGenerationStats stats[3];
} Collector;

/* --- weak table ------------------------------------------------------------------------------------------------ */

typedef struct WeakRow {
    HeapObject *referent; /* NULL: empty */
    HeapWeakLink *first;
} WeakRow;

typedef struct WeakTable {
    WeakRow *rows;
    size_t size; /* a power of two; 0: none yet */
    size_t used;
} WeakTable;

/* --- limits, watching ------------------------------------------------------------------------------------------- */

typedef struct Quota {
    size_t held;
    size_t peak;
    size_t soft; /* SIZE_MAX: none */
    size_t hard;
    size_t reserve;
    size_t ceiling; /* what held may not pass now */
    uint32_t open;
    bool hard_hit;
    uint64_t refusals;
} Quota;

typedef struct Watch {
    bool on;              /* any of what follows: the short path of allocation is closed */
    size_t collect;       /* at every new object: objects and references to look at, in the mean; 0: none */
    uint64_t since[3];    /* new objects since the last of these collections that was of the generation */
    size_t references[3]; /* of its objects, after that collection */
    bool fault_later;
    uint64_t fault_at; /* 0: none */
    uint64_t counted;  /* allocations since the fault was set */
    bool tracing;      /* the short path of free is closed too */
    HeapTrace trace;
} Watch;

typedef struct HeapBody {
    Heap front;
    HeapPool nothing; /* the pool in bins that have none: it never has a free block */
    HeapPool *lists[HEAP_BINS]; /* per bin: pools with room; the first is taken from */
    HeapPool *lasts[HEAP_BINS];

    uint32_t first_page; /* of arena 0 */
    uint32_t arena_limit;
    uint32_t arena_top;    /* arenas from here on were never used (since the image) */
    uint32_t arenas_free;  /* below it */
    uint32_t arenas_kept;  /* of them, with memory */
    uint32_t lowest_free;  /* no arena below is free */
    uint32_t arenas_peak;
    uint64_t arenas_taken;
    uint64_t arenas_returned;
    size_t keep_least;    /* by the options */
    size_t keep_bytes;    /* now */
    bool purged;          /* arenas were given back lately, ... */
    uint32_t purged_top;  /* ... below this one */

    uint64_t rooms;           /* bit n-1: there is an arena of small pools with n free pages */
    uint32_t by_room[HEAP_ARENA_PAGES + 1];
    uint64_t run_sizes[2];    /* bit n: there is a free run of n pages */
    uint32_t runs[RUN_PAGES_MAX + 1];

    Quota quota;
    Watch watch;
    Collector gc;
    WeakTable weak;

    uint32_t death_depth;  /* kind->free calls on the C stack */
    HeapObject *deferred;  /* dead objects awaiting theirs */

    size_t slot_limit; /* slots of a far vector */
    size_t far_offset;
    uint32_t *due_word;
    uint32_t due_bit;
    HeapHooks hooks;
    uint32_t serial; /* check build: allocations so far */

    Outside outside; /* last: an image ends here */
} HeapBody;

static inline HeapBody *body_of(const Heap *heap) { return (HeapBody *)heap; }

/* --- addresses --------------------------------------------------------------------------------------------------- */

static inline HeapPool *page_row(const HeapBody *body, uint32_t page) {
    return (HeapPool *)((uintptr_t)body + HEAP_TABLE_OFFSET) + page;
}
static inline uint32_t page_of_row(const HeapBody *body, const HeapPool *row) {
    return (uint32_t)(row - page_row(body, 0));
}
static inline char *page_address(const HeapBody *body, uint32_t page) {
    return (char *)body + ((size_t)page << HEAP_PAGE_SHIFT);
}
static inline char *pool_start(const HeapBody *body, const HeapPool *pool) {
    return page_address(body, page_of_row(body, pool));
}
static inline Arena *arena_row(const HeapBody *body, uint32_t arena) {
    return (Arena *)((uintptr_t)body + ARENA_TABLE_OFFSET) + arena;
}
static inline uint32_t arena_of_page(const HeapBody *body, uint32_t page) {
    return (page - body->first_page) / HEAP_ARENA_PAGES;
}
static inline uint32_t arena_first_page(const HeapBody *body, uint32_t arena) {
    return body->first_page + arena * HEAP_ARENA_PAGES;
}
static inline char *arena_address(const HeapBody *body, uint32_t arena) {
    return page_address(body, arena_first_page(body, arena));
}
/* The pages of an arena in use at which a pool or run begins, as bits; none for a free arena. */
static inline uint64_t arena_starts(const HeapBody *body, uint32_t index) {
    const Arena *arena = arena_row(body, index);
    if (arena->state == HEAP_ARENA_SMALL) return ~arena->bits;
    return arena->state == HEAP_ARENA_RUNS ? arena->bits : 0;
}
/* Whether a word that a layout tells of is one. */
static inline bool is_reference(const HeapObject *word) { return ((uintptr_t)word & 7) == 0 && word; }

/* What lies at a place; NULL: it is a hole. */
static inline HeapObject *object_at(const HeapBody *body, HeapPlace place) {
    return place ? heap__at_place(&body->front, place) : NULL;
}
static inline size_t pages_for(size_t bytes) { return (bytes + HEAP_PAGE_BYTES - 1) >> HEAP_PAGE_SHIFT; }

static inline uint32_t pool_used(const HeapPool *pool) {
    return (uint32_t)(pool->balance + 1 + pool_offset(pool));
}

/* --- os.c: the only door to the system ---------------------------------------------------------------------------- */

void *os_reserve(size_t bytes); /* zeroed pages, committed when touched; NULL: refused */
void os_release(void *address, size_t bytes);
void os_purge(void *address, size_t bytes); /* gives the pages back; they read as zero from now on */
void os_allow_huge(void *address, size_t bytes);
uint64_t os_nanoseconds(void);              /* monotonic */
void os_say(const char *text); /* on stderr */
_Noreturn void os_broken(const char *what); /* the heap is not what it was: the process must not go on */

/* --- arena.c ------------------------------------------------------------------------------------------------------- */

/* `count` neighbouring arenas for the caller to set up; *zero: their memory reads as zero. NO_ARENA: none left. */
int64_t heap__arenas_take(HeapBody *body, uint32_t count, bool *zero);

/* The same for the arenas from `arena` on, if they are free. */
bool heap__arenas_take_at(HeapBody *body, uint32_t arena, uint32_t count, bool *zero);
void heap__arenas_release(HeapBody *body, uint32_t arena, uint32_t count);
void heap__arenas_untake(HeapBody *body, uint32_t arena, uint32_t count, bool zero); /* they were not touched */

/* Gives free arenas back to the system until at most `keep` bytes of them are kept. */
void heap__arenas_purge(HeapBody *body, size_t keep);

uint32_t heap__page_take(HeapBody *body); /* a page for a small pool, or HEAP_NO_PAGE */
void heap__page_release(HeapBody *body, uint32_t page);

/* How a block is taken. */
enum { TAKE_OBJECT = 1, TAKE_GROWING = 2 };

/* --- run.c --------------------------------------------------------------------------------------------------------- */

/* A run of pages, not charged to the quota. The caller sets the rows of its first and last page. Growing: it is
 * likely to be extended. */
uint32_t heap__run_take(HeapBody *body, size_t pages, bool growing, bool *zero);
void heap__run_release(HeapBody *body, uint32_t page, size_t pages, bool zero);

/* Takes the pages right behind a run, if they are free. */
bool heap__run_extend(HeapBody *body, uint32_t page, size_t pages, size_t more);

void *heap__large_take(HeapBody *body, size_t bytes, unsigned how, bool *zero);
void heap__large_give(HeapBody *body, HeapPool *row);
bool heap__large_resize(HeapBody *body, HeapPool *row, size_t bytes); /* in place, or not at all */

/* --- pool.c -------------------------------------------------------------------------------------------------------- */

void *heap__pool_take(HeapBody *body, unsigned bin); /* a block, by the long way; NULL: refused */
void heap__pool_give(HeapBody *body, HeapPool *pool, void *block);
void heap__pool_set_flag(HeapPool *pool, unsigned flag);
void heap__pool_clear_flag(HeapPool *pool, unsigned flag);
void heap__pools_open(HeapBody *body); /* sets the bins of the short path to what they should be */
size_t heap__pools_trim(HeapBody *body); /* releases empty pools that were kept; how many */

/* The pool or large run of an address in the span; NULL: it is in neither. For any address. */
HeapPool *heap__pool_at(HeapBody *body, const void *address);

/* Marks the free blocks of a pool in a bitmap (of 512 bits); false if its list is broken. */
bool heap__pool_free_map(HeapBody *body, const HeapPool *pool, uint64_t map[8]);

/* --- alloc.c ------------------------------------------------------------------------------------------------------- */

/* Any size, by the long way, checks and hooks included. */
void *heap__take_any(HeapBody *body, size_t bytes, unsigned how, bool *zero);
void heap__give_any(HeapBody *body, void *block);

/* What lies around the user's part of a block in the check build. */
#if HEAP_CHECK
enum { FENCE_FRONT = 16, FENCE_BACK = 8 };
const char *heap__fence_check(const void *block); /* NULL: whole */
void heap__must_be_whole(Heap *heap, const void *block); /* or the process ends, telling what is known of the block */
#else
enum { FENCE_FRONT = 0, FENCE_BACK = 0 };
#endif

/* --- limits.c ------------------------------------------------------------------------------------------------------ */

bool heap__charge(HeapBody *body, size_t bytes); /* false: refused, counted */
void heap__uncharge(HeapBody *body, size_t bytes);
void heap__charge_always(HeapBody *body, size_t bytes);
void heap__quota_update(HeapBody *body);
bool heap__fault(HeapBody *body);          /* counts an allocation; true: it must fail */
void heap__collect_for_test(HeapBody *body); /* what watch.collect asks for */
void heap__watch_update(HeapBody *body);

/* --- vector.c ------------------------------------------------------------------------------------------------------ */

void heap__vectors_init(HeapBody *body);
bool heap__vector_room(HeapBody *body, int generation, size_t more);
void heap__vector_compact(HeapBody *body, int generation);
void heap__vector_set(HeapBody *body, int generation, uint32_t slot, HeapObject *object);
void heap__vector_move(HeapBody *body, int from, int to); /* all objects, in order; needs room */
void heap__vector_note(HeapBody *body, int generation); /* its length, before it becomes shorter */
void heap__vectors_charge(HeapBody *body);
void heap__vectors_trim(HeapBody *body);
void heap__vectors_shrink(HeapBody *body); /* those that are mostly holes, and what the collector kept for itself */
void heap__young_mark(HeapBody *body); /* sets the mark from the threshold */
uint32_t *heap__scratch(HeapBody *body, int which, size_t entries); /* which < SCRATCHES */
void heap__scratch_trim(HeapBody *body, size_t keep); /* not during a collection; the counts may stay up to `keep` bytes */
uint32_t *heap__steps_array(HeapBody *body, int which); /* which < STEPS_ARRAYS; as long as a vector can be */
static inline size_t generation_size(const HeapGeneration *generation) {
    return generation->length - generation->holes;
}

/* --- gc_find.c ------------------------------------------------------------------------------------------------------ */

/* The slots a collection looks at: those its generations had when it began, numbered through, with a count each. */
typedef struct Part {
    int generation;
    uint32_t first; /* number of its first slot */
    uint32_t size;
} Part;

/* How many objects have what must be attended to when they are dead. */
typedef struct Survey {
    uint32_t weak, finalizers, stubborn;
} Survey;

static inline void heap__survey_add(Survey *survey, const HeapObject *object, uint32_t times) {
    const HeapKind *kind = object->kind;
    if (heap_has_weak(object)) survey->weak += times;
    if (kind->finalize && !heap_is_finalized(object)) survey->finalizers += times;
    if (kind->flags & HEAP_KIND_STUBBORN) survey->stubborn += times;
}

typedef struct Scope {
    Part parts[3];
    int part_count;
    uint32_t size;
    uint32_t *counts; /* per slot; 0: dead, COUNT_OUT or more: not looked at */
    uint32_t *queue;
    uint32_t *dead; /* the slots found dead, in order */
    uint32_t dead_count;
    uint32_t first[8]; /* by the generation and TRACKED bits of an object's gc word */
    uint32_t limit[8]; /* 0 for those not looked at */
    Survey survey;     /* of the dead */
    bool surveyed;
} Scope;

#define COUNT_OUT 0x40000000u
#define COUNT_OUT_LEAST 0x30000000u /* what references to it that are taken off may leave of it */
#define NO_SLOT UINT32_MAX

/* The slot of an object, or NO_SLOT. */
static inline uint32_t heap__scope_slot(const Scope *scope, const HeapObject *object) {
    uint32_t gc = object->gc, key = gc >> HEAP_GC_GENERATION_SHIFT & 7, index = gc & HEAP_GC_INDEX_MASK;
    return index < scope->limit[key] ? scope->first[key] + index : NO_SLOT;
}

void heap__scope_open(HeapBody *body, Scope *scope, int generation); /* all counts 0 */

/* The object in a slot; NULL: a hole. */
static inline HeapObject *heap__scope_at(HeapBody *body, const Scope *scope, uint32_t slot) {
    const Part *part = scope->parts;
    while (slot >= part->first + part->size) part++;
    return object_at(body, body->front.generations[part->generation].places[slot - part->first]);
}

/* A walk through the list of the dead: the parts of the slot it is at and of the one it looks ahead to. A list of more
 * than one part is in order. */
typedef struct ListWalk {
    const Part *part, *ahead;
} ListWalk;

static inline ListWalk heap__list_walk(const Scope *scope) { return (ListWalk){scope->parts, scope->parts}; }

static inline HeapPlace heap__list_place(const HeapBody *body, uint32_t slot, const Part **part) {
    while (slot >= (*part)->first + (*part)->size) ++*part;
    return body->front.generations[(*part)->generation].places[slot - (*part)->first];
}

/* The object in the i-th slot of the list, NULL for a hole. One further on is fetched. */
static inline HeapObject *heap__list_at(const HeapBody *body, const Scope *scope, uint32_t i, ListWalk *walk) {
    enum { AHEAD_IN_LIST = 12 };
    if (i + AHEAD_IN_LIST < scope->dead_count)
        __builtin_prefetch(
            heap__at_place(&body->front, heap__list_place(body, scope->dead[i + AHEAD_IN_LIST], &walk->ahead)), 1);
    return object_at(body, heap__list_place(body, scope->dead[i], &walk->part));
}

typedef struct FindOptions {
    bool settle; /* untrack atomic survivors ... */
    bool full;   /* ... also those that are asked in full collections only */
    bool roots;  /* what the roots reach is marked first */
    bool listed; /* the list of the dead is in use */
} FindOptions;

/* Lists the dead and leaves 0 in their counts. Returns how many survivors were untracked. */
size_t heap__find_dead(HeapBody *body, Scope *scope, FindOptions options);

/* The same for a full collection among the listed objects alone, whose counts are 0, or their refcounts if counted: the
 * list becomes that of the dead, the others are out. */
size_t heap__find_dead_listed(HeapBody *body, Scope *scope, bool counted);

/* From listed objects with a count (not out) marks all that they reach among those with 0. */
void heap__find_reach(HeapBody *body, Scope *scope);

/* Among listed objects with 0: leaves 0 for those still dead, a count for those brought back. */
void heap__find_resurrected(HeapBody *body, Scope *scope);

/* --- collect.c ------------------------------------------------------------------------------------------------------ */

size_t heap__collect(HeapBody *body, int generation, HeapTrigger trigger, HeapCollection *out);
size_t heap__collect_suspects(HeapBody *body); /* the next part, while the steps judge */
void heap__tidy(HeapBody *body, int generation);

/* --- gc_steps.c ----------------------------------------------------------------------------------------------------- */

bool heap__steps_wanted(const HeapBody *body);
void heap__steps_begin(HeapBody *body);
void heap__steps_end(HeapBody *body);                     /* wherever they are */
void heap__steps_shrink(HeapBody *body); /* ends them when the old generation has become much smaller */
size_t heap__steps_do(HeapBody *body, uint32_t times); /* some of the work; what was found, as heap_collect says */

/* The dead among the next suspects. For the collection of a part. */
void heap__steps_suspects(HeapBody *body, Scope *scope, HeapCollection *report);
const char *heap__steps_check(HeapBody *body);

/* --- object.c ------------------------------------------------------------------------------------------------------- */

/* Drops the references that a whole layout tells of. */
static inline void heap__drop_whole(Heap *heap, HeapObject *object, HeapLayout layout) {
    HeapObject **words = (HeapObject **)((char *)object + layout.words);
    const void *count = (const char *)object + layout.count;
    if (layout.form == HEAP_FORM_VECTOR) {
        words = *(HeapObject ***)words;
        for (uint32_t i = *(const uint32_t *)count; i-- > 0;)
            if (is_reference(words[i])) heap_decref(heap, words[i]);
    } else if (layout.form == HEAP_FORM_FIELDS) {
        for (uint32_t i = 0; i < layout.count; i++) {
            HeapObject *word = words[i];
            if (!is_reference(word)) continue;
            words[i] = NULL;
            heap_decref(heap, word);
        }
    } else {
        for (size_t i = *(const size_t *)count; i-- > 0;)
            if (is_reference(words[i])) heap_decref(heap, words[i]);
    }
}

/* --- weak.c --------------------------------------------------------------------------------------------------------- */

/* Clears all links of an object and appends those whose owner must be called to a chain (through next), with a
 * reference to the owner. Owners for which `skip` is true are not called. */
typedef struct WeakChain {
    HeapWeakLink *first, **last;
    size_t cleared;
} WeakChain;
void heap__weak_clear(HeapBody *body, HeapObject *referent, bool (*skip)(HeapObject *owner, void *arg), void *arg,
                      WeakChain *chain);
void heap__weak_call(HeapBody *body, WeakChain *chain);
void heap__weak_trim(HeapBody *body); /* an empty table's memory goes */
const char *heap__weak_check(HeapBody *body);

#endif
