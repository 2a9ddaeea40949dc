/* Turning allocation tracing on and off: every pool's frees are sent the long way while it is on. */
#include "internal.h"

static void watch_pool(HeapPool *pool, bool on) {
    if (on)
        heap__pool_set_flag(pool, POOL_WATCHED);
    else
        heap__pool_clear_flag(pool, POOL_WATCHED);
}

static void watch_arena(HeapBody *body, uint32_t arena, bool on) {
    for (uint64_t pages = arena_starts(body, arena); pages; pages &= pages - 1) {
        HeapPool *pool = page_row(body, arena_first_page(body, arena) + (uint32_t)__builtin_ctzl(pages));
        if (pool->state == HEAP_PAGE_SMALL || pool->state == HEAP_PAGE_MEDIUM) watch_pool(pool, on);
    }
}

void heap_trace_set(Heap *heap, const HeapTrace *trace) {
    HeapBody *body = body_of(heap);
    body->watch.trace = trace ? *trace : (HeapTrace){0};
    if (body->watch.tracing != (trace != NULL)) {
        body->watch.tracing = trace != NULL;
        for (uint32_t i = 0; i < body->arena_top; i++) watch_arena(body, i, trace != NULL);
    }
    heap__watch_update(body);
}

bool heap_trace_is_on(const Heap *heap) { return body_of(heap)->watch.tracing; }
