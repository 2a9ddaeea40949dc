/* Statistics: the heap from outside. Nothing here allocates. Figures are exact at the call.
 */
#ifndef HEAP_STATS_H
#define HEAP_STATS_H

#include "heap/gc.h"

typedef struct HeapStats {
    size_t bytes_held;     /* whole pages of pools and runs, and the collector's vectors: what the limits count */
    size_t bytes_peak;
    size_t bytes_used;     /* in used blocks (their usable size) */
    size_t bytes_free;     /* in free blocks of pools */
    size_t bytes_reserved; /* in blocks not handed out yet */
    size_t bytes_lost;     /* tails of pools too short for a block */
    size_t bytes_overhead; /* the heap's own tables and vectors */
    size_t bytes_image;
    size_t blocks_used;
    size_t objects;        /* of them, objects */
    size_t large_runs;
    size_t large_bytes;
    size_t arenas;         /* in use */
    size_t arenas_free;    /* free but kept from the system */
    size_t arenas_peak;
    size_t pools;          /* in use */
    size_t pages_free;     /* in arenas in use */
    size_t tracked;        /* generations 0..2 */
    size_t frozen;
    size_t weak_referents; /* objects that have weak links */
    uint64_t refusals;
    uint64_t arenas_taken; /* ever */
    uint64_t arenas_returned;
    double fragmentation;  /* 1 - used / held by pools and runs; 0 for an empty heap */
} HeapStats;

void heap_stats(Heap *heap, HeapStats *out);

typedef struct HeapClassStats {
    size_t block_bytes;
    bool is_object;
    size_t pools;
    size_t pages;
    size_t blocks_used;
    size_t blocks_free;
    size_t blocks_reserved;
} HeapClassStats;

/* The figures of one bin, 0 <= bin < HEAP_BINS. */
void heap_class_stats(Heap *heap, unsigned bin, HeapClassStats *out);

/* Bytes of a block of that bin, and whether its blocks are objects. */
size_t heap_bin_bytes(unsigned bin, bool *is_object);

typedef enum HeapPageState {
    HEAP_PAGE_NONE,      /* never used, or in a free arena */
    HEAP_PAGE_FREE,      /* a free page of an arena of small pools */
    HEAP_PAGE_SMALL,     /* a small pool */
    HEAP_PAGE_MEDIUM,    /* the first page of a medium pool */
    HEAP_PAGE_INSIDE,    /* another page of a medium pool */
    HEAP_PAGE_LARGE,     /* the first page of a large run */
    HEAP_PAGE_LARGE_END, /* its last page, if not the first */
    HEAP_PAGE_RUN,       /* the first page of a free run */
    HEAP_PAGE_RUN_END,   /* its last page, if not the first */
} HeapPageState;

typedef enum HeapArenaState {
    HEAP_ARENA_NONE,  /* free; its memory is with the system */
    HEAP_ARENA_KEPT,  /* free; its memory is kept */
    HEAP_ARENA_SMALL, /* of small pools */
    HEAP_ARENA_RUNS,  /* of runs of pages */
} HeapArenaState;

typedef struct HeapPageInfo {
    HeapPageState state; /* pages within runs are shown as their first */
    unsigned bin;        /* of a pool */
    unsigned blocks_used;
    unsigned blocks;
} HeapPageInfo;

typedef struct HeapArenaInfo {
    void *address;
    HeapArenaState state;
    unsigned pages_free;
    HeapPageInfo pages[HEAP_ARENA_PAGES];
} HeapArenaInfo;

/* Arenas ever used are numbered from 0 in address order. */
size_t heap_arena_count(const Heap *heap);
bool heap_arena_info(Heap *heap, size_t arena, HeapArenaInfo *out);

/* Proves the heap's invariants: lists, counts, tables, vectors, weak table, and, in the HEAP_CHECK build, the fences
 * of every block. NULL: all hold; else what does not (static text). */
const char *heap_check(Heap *heap);

#endif
