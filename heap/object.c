/* The death of objects.
 *
 * Freeing an object drops its referents, which may die in turn: a chain of ten million would need as many C frames. So
 * past DEPTH_MAX nested frees an object is put on a list instead, and the outermost call frees what is on it. A listed
 * object is untracked, finalized and without weak links, so nobody can find it any more, and its header is free to
 * carry the list's link: its distance from the heap, in units of 8, in the refcount and the slot bits.
 */
#include "internal.h"

enum { DEPTH_MAX = 64 };

static void link_set(HeapBody *body, HeapObject *object, HeapObject *next) {
    uint64_t link = next ? ((uintptr_t)next - (uintptr_t)body) >> 3 : 0;
    object->refcount = (uint32_t)link;
    object->gc = (object->gc & HEAP_GC_STICKY) | (uint32_t)(link >> 32);
}

static HeapObject *link_take(HeapBody *body, HeapObject *object) {
    uint64_t link = (uint64_t)(object->gc & HEAP_GC_INDEX_MASK) << 32 | object->refcount;
    object->refcount = 0;
    object->gc &= HEAP_GC_STICKY;
    return link ? (HeapObject *)((uintptr_t)body + (link << 3)) : NULL;
}

static inline void bury_whole(Heap *heap, HeapObject *object, const HeapKind *kind, HeapLayout layout) {
    void *words = layout.form == HEAP_FORM_VECTOR ? *(void **)((char *)object + layout.words) : NULL;
    heap__drop_whole(heap, object, layout);
    heap_free(heap, words);
    heap_object_free(heap, object);
    if (layout.holds_kind) heap_decref(heap, (HeapObject *)&kind->head);
}

static inline void bury(Heap *heap, HeapObject *object, const HeapKind *kind) {
    HeapLayout layout = kind->layout;
    if (layout.whole)
        bury_whole(heap, object, kind, layout);
    else if (kind->free)
        kind->free(heap, object);
    else
        heap_object_free(heap, object);
}

__attribute__((noinline, cold)) static void bury_deferred(HeapBody *body) {
    body->death_depth = 1;
    while (body->deferred) {
        HeapObject *object = body->deferred;
        body->deferred = link_take(body, object);
        bury(&body->front, object, object->kind);
    }
    body->death_depth = 0;
}

__attribute__((noinline, cold)) static void defer(HeapBody *body, HeapObject *object) {
    link_set(body, object, body->deferred);
    body->deferred = object;
}

/* True: it came back. While the finalizer runs the object is not yet marked, as in CPython: its one reference is ours,
 * so nothing can end it twice. */
__attribute__((noinline)) static bool finalize(Heap *heap, HeapObject *object) {
    object->refcount = 1;
    object->kind->finalize(heap, object);
    heap_set_finalized(object);
    return --object->refcount != 0;
}

void heap_dealloc(Heap *heap, HeapObject *object) {
    HeapBody *body = body_of(heap);
#if HEAP_CHECK
    heap__must_be_whole(heap, object);
#endif
    const HeapKind *kind = object->kind;
    if (HEAP_UNLIKELY(kind->finalize != NULL) && !heap_is_finalized(object)) {
        if (finalize(heap, object)) return;
        kind = object->kind; /* it may have become another one */
    }
    heap_untrack(heap, object); /* before callbacks: a collection in one must not meet an object without references */
    if (HEAP_UNLIKELY(heap_has_weak(object))) heap_weak_clear(heap, object);
    if (kind->flags & HEAP_KIND_LEAF) {
        bury(heap, object, kind);
    } else if (HEAP_UNLIKELY(body->death_depth >= DEPTH_MAX)) {
        defer(body, object);
    } else {
        body->death_depth++;
        bury(heap, object, kind);
        if (--body->death_depth == 0 && HEAP_UNLIKELY(body->deferred != NULL)) bury_deferred(body);
    }
}

uint32_t heap_death_depth_exchange(Heap *heap, uint32_t depth) {
    HeapBody *body = body_of(heap);
    uint32_t old = body->death_depth;
    body->death_depth = depth;
    return old;
}

#if HEAP_CHECK
static HeapPlace *slot_of(Heap *heap, const HeapObject *object) {
    HeapGeneration *generation = &heap->generations[heap_generation_of(object)];
    return &generation->places[object->gc & HEAP_GC_INDEX_MASK];
}

void heap_track(Heap *heap, HeapObject *object) {
    HeapGeneration *young = &heap->generations[0];
    if (heap_is_tracked(object)) os_broken("an object was tracked twice");
    heap__must_be_whole(heap, object);
    heap__vector_set(body_of(heap), 0, young->length++, object);
    if (young->length - 1 >= young->mark) heap__track_mark(heap);
}

void heap_untrack(Heap *heap, HeapObject *object) {
    if (!heap_is_tracked(object)) return;
    HeapGeneration *generation = &heap->generations[heap_generation_of(object)];
    HeapPlace *slot = slot_of(heap, object);
    if (*slot != heap__place_of(heap, object)) os_broken("a tracked object is not in its slot");
    *slot = 0;
    if (slot + 1 == generation->places + generation->length)
        generation->length--;
    else
        generation->holes++;
    object->gc &= HEAP_GC_STICKY;
}
#endif
