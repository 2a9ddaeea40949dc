/* The collector's settings, counts and triggers. */
#include "internal.h"

size_t heap_collect(Heap *heap, int generation, HeapCollection *out) {
    if (generation < 0) generation = 0;
    if (generation > 2) generation = 2;
    return heap__collect(body_of(heap), generation, HEAP_TRIGGER_EXPLICIT, out);
}

static bool passed(const HeapBody *body, int generation) {
    const HeapGeneration *it = &body->front.generations[generation];
    uint64_t count = generation ? it->count : generation_size(it);
    return count > it->threshold;
}

/* A full collection looks at all objects: done at a fixed rate of new ones it would cost quadratic time as the heap
 * grows. So a quarter of the old generation must be new since the last one. */
static bool full_is_worth_it(const Collector *gc) { return gc->long_lived_pending >= gc->long_lived_total / 4; }

/* An old generation that is large is not collected but gets its objects, and is gone through in steps from then on. */
static size_t collect_or_begin(HeapBody *body, int generation) {
    bool steps = generation == 2 && heap__steps_wanted(body);
    size_t found = heap__collect(body, steps ? 1 : generation, HEAP_TRIGGER_THRESHOLD, NULL);
    if (steps) heap__steps_begin(body);
    return found;
}

/* What one call must do of the steps under way: the more objects came since the last, the more. */
static uint32_t steps_times(const HeapGeneration *young) {
    enum { OBJECTS = 700, TIMES_MAX = 8 };
    size_t times = generation_size(young) / OBJECTS;
    return times < 1 ? 1 : times > TIMES_MAX ? TIMES_MAX : (uint32_t)times;
}

size_t heap_collect_due(Heap *heap) {
    HeapBody *body = body_of(heap);
    if (body->due_word) __atomic_fetch_and(body->due_word, ~body->due_bit, __ATOMIC_SEQ_CST);
    if (!body->gc.enabled || body->gc.collecting || !heap->generations[0].threshold) return 0;
    if (!passed(body, 0)) {
        heap__young_mark(body);
        return 0;
    }
    uint32_t times = steps_times(&heap->generations[0]);
    int generation = 0;
    if (passed(body, 1)) generation = 1;
    if (passed(body, 2) && !heap_in_steps(heap) && full_is_worth_it(&body->gc)) generation = 2;
    size_t found = collect_or_begin(body, generation);
    return heap_in_steps(heap) ? found + heap__steps_do(body, times) : found;
}

void heap_gc_enable(Heap *heap) {
    body_of(heap)->gc.enabled = true;
    heap__young_mark(body_of(heap));
}

void heap_gc_disable(Heap *heap) {
    body_of(heap)->gc.enabled = false;
    heap__young_mark(body_of(heap));
}

bool heap_gc_is_enabled(const Heap *heap) { return body_of(heap)->gc.enabled; }
bool heap_gc_is_collecting(const Heap *heap) { return body_of(heap)->gc.collecting; }

void heap_set_thresholds(Heap *heap, uint32_t young, uint32_t middle, uint32_t old) {
    heap->generations[0].threshold = young;
    heap->generations[1].threshold = middle;
    heap->generations[2].threshold = old;
    heap__young_mark(body_of(heap));
}

void heap_get_thresholds(const Heap *heap, uint32_t out[3]) {
    for (int i = 0; i < 3; i++) out[i] = heap->generations[i].threshold;
}

void heap_get_counts(const Heap *heap, uint32_t out[3]) {
    out[0] = (uint32_t)generation_size(&heap->generations[0]);
    out[1] = heap->generations[1].count;
    out[2] = heap->generations[2].count;
}

void heap_generation_stats(const Heap *heap, int generation, HeapGenerationStats *out) {
    *out = body_of(heap)->gc.stats[generation];
}

void heap_set_debug(Heap *heap, unsigned flags) { body_of(heap)->gc.debug = flags; }
unsigned heap_get_debug(const Heap *heap) { return body_of(heap)->gc.debug; }

/* The frozen generation keeps its own order; a collection under way must not lose its objects. */
void heap_freeze(Heap *heap) {
    HeapBody *body = body_of(heap);
    if (body->gc.collecting) return;
    for (int i = 0; i < 3; i++) {
        if (!heap__vector_room(body, 3, generation_size(&heap->generations[i]))) continue;
        heap__vector_move(body, i, 3);
        heap->generations[i].count = 0;
    }
    heap__vectors_charge(body);
    heap__young_mark(body);
}

void heap_unfreeze(Heap *heap) {
    HeapBody *body = body_of(heap);
    if (body->gc.collecting || !heap__vector_room(body, 2, heap_freeze_count(heap))) return;
    heap__vector_move(body, 3, 2);
    heap__vectors_charge(body);
}

size_t heap_freeze_count(const Heap *heap) { return generation_size(&heap->generations[3]); }

size_t heap_generation_size(const Heap *heap, int generation) {
    if (generation >= 0) return generation_size(&heap->generations[generation]);
    size_t all = 0;
    for (int i = 0; i < 3; i++) all += generation_size(&heap->generations[i]);
    return all;
}

int heap_generation_each(Heap *heap, int generation, HeapVisit visit, void *arg) {
    int last = generation < 0 ? 2 : generation;
    for (int g = generation < 0 ? 0 : generation; g <= last; g++) {
        HeapGeneration *it = &heap->generations[g];
        for (uint32_t i = 0; i < it->length; i++) {
            HeapObject *object = object_at(body_of(heap), it->places[i]);
            if (!object || object == &body_of(heap)->gc.stoppers[g % 3]) continue;
            int result = visit(object, arg);
            if (result) return result;
        }
    }
    return 0;
}
