/* The graph: all blocks, all objects, and who refers to whom.
 *
 * Visitors must not allocate from, free to or track in the heap that is walked. A non-zero result ends the walk and
 * is returned.
 */
#ifndef HEAP_GRAPH_H
#define HEAP_GRAPH_H

#include "heap/object.h"

typedef struct HeapBlockInfo {
    void *block;
    size_t bytes; /* usable */
    bool is_object;
} HeapBlockInfo;

typedef int (*HeapBlockVisit)(const HeapBlockInfo *info, void *arg);

/* Every used block, in address order. */
int heap_walk(Heap *heap, HeapBlockVisit visit, void *arg);

/* Every object, tracked or not, in address order. An object that is being made or is dying is met too. */
int heap_walk_objects(Heap *heap, HeapVisit visit, void *arg);

/* Each referent of one object, as often as it is referred to. */
int heap_referents(HeapObject *object, HeapVisit visit, void *arg);

/* Each tracked object of generations 0..2 that refers to one of the targets. */
int heap_referrers(Heap *heap, HeapObject *const *targets, size_t count, HeapVisit visit, void *arg);

/* The used block that holds an address (which may point inside it). False: none does. */
bool heap_find_block(Heap *heap, const void *address, HeapBlockInfo *out);

#endif
