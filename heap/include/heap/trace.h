/* Allocation tracing: a call for each block that is taken, resized or given back.
 *
 * Nothing is paid for it while it is off: turning it on makes all pools look full and empty to the inline paths,
 * which then take the long way, where the hooks are. The hooks must not allocate from or free to this heap.
 */
#ifndef HEAP_TRACE_H
#define HEAP_TRACE_H

#include "heap/heap.h"

struct HeapTrace {
    void *ctx;
    void (*on_alloc)(Heap *heap, void *block, size_t bytes, bool is_object, void *ctx);
    void (*on_realloc)(Heap *heap, void *old, void *block, size_t bytes, void *ctx);
    void (*on_free)(Heap *heap, void *block, void *ctx);
    /* Check build: a live block's fences are broken. After this call the process ends; the heap may not be used in it. */
    void (*on_broken)(Heap *heap, const void *block, void *ctx);
};

/* NULL ends tracing. The struct is copied; each hook may be NULL. */
void heap_trace_set(Heap *heap, const HeapTrace *trace);
bool heap_trace_is_on(const Heap *heap);

#endif
