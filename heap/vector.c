/* The vectors of tracked objects.
 *
 * Slots are handed out in order; untracking leaves a hole (or shortens the vector, at its end), so the order in which
 * objects came is kept. Holes are squeezed out when there are many.
 *
 * A short vector lies near the Heap; a longer one moves, once, to an address range that holds any length.
 */
#include "internal.h"

#include <string.h>

static char *near_place(HeapBody *body, int generation) {
    size_t offset = NEAR_OFFSET;
    if (generation < 2) return (char *)body + offset + (size_t)generation * NEAR_YOUNG * sizeof(HeapPlace);
    offset += 2 * NEAR_YOUNG * sizeof(HeapPlace);
    return (char *)body + offset + (size_t)(generation - 2) * NEAR_OLD * sizeof(HeapPlace);
}

static char *far_place(HeapBody *body, int generation) {
    return (char *)body + body->far_offset + (size_t)generation * body->slot_limit * sizeof(HeapPlace);
}

static bool is_far(const HeapGeneration *generation) { return generation->capacity > NEAR_OLD; }

static uint32_t *far_scratch(HeapBody *body, int which) {
    return (uint32_t *)far_place(body, HEAP_GENERATIONS) + (size_t)which * body->slot_limit;
}

/* Of ranges that have become long the system may use huge pages: a collection touches the scratch arrays anew. A vector's
 * last page may stay nearly empty, so it must be longer. All entries have 4 bytes. */
static void allow_huge_pages(HeapBody *body, size_t entries) {
    enum { HUGE = 2 << 20, WORTH = HUGE / 4, VECTOR_PART = 2 * HUGE };
    if (entries * sizeof(HeapPlace) <= WORTH || body->outside.huge_ranges) return;
    body->outside.huge_ranges = true;
    for (int i = 0; i < HEAP_GENERATIONS + SCRATCHES + STEPS_ARRAYS; i++) {
        uintptr_t start = (uintptr_t)far_place(body, i) + (i < HEAP_GENERATIONS ? VECTOR_PART : 0);
        start = (start + HUGE - 1) & ~(uintptr_t)(HUGE - 1);
        uintptr_t end = (uintptr_t)far_place(body, i + 1);
        if (start < end) os_allow_huge((void *)start, end - start);
    }
}

uint32_t *heap__scratch(HeapBody *body, int which, size_t entries) {
    if (entries <= NEAR_OLD) {
        char *start = near_place(body, 3) + NEAR_OLD * sizeof(HeapPlace);
        return (uint32_t *)start + (size_t)which * NEAR_OLD;
    }
    if (entries > body->outside.scratch_touched) body->outside.scratch_touched = entries;
    allow_huge_pages(body, entries);
    return far_scratch(body, which);
}

uint32_t *heap__steps_array(HeapBody *body, int which) { return far_scratch(body, SCRATCHES + which); }

static_assert(sizeof(HeapPlace) == sizeof(uint32_t), "far ranges have entries of one size");
static_assert(NEAR_OFFSET + (2 * NEAR_YOUNG + 2 * NEAR_OLD) * sizeof(HeapPlace) + SCRATCHES * NEAR_OLD * sizeof(uint32_t) <=
                  ARENA_TABLE_OFFSET,
              "the near vectors end before the arena table");

void heap__vectors_init(HeapBody *body) {
    for (int i = 0; i < HEAP_GENERATIONS; i++) {
        HeapGeneration *generation = &body->front.generations[i];
        generation->places = (HeapPlace *)near_place(body, i);
        generation->capacity = i < 2 ? NEAR_YOUNG : NEAR_OLD;
    }
}

void heap__vector_note(HeapBody *body, int i) {
    HeapGeneration *generation = &body->front.generations[i];
    if (is_far(generation) && generation->length > body->outside.slots_touched[i])
        body->outside.slots_touched[i] = generation->length;
}

/* Room for `more` slots at the end. Slots do not change. */
bool heap__vector_room(HeapBody *body, int i, size_t more) {
    HeapGeneration *generation = &body->front.generations[i];
    size_t need = generation->length + more;
    if (need <= generation->capacity) return true;
    if (need > body->slot_limit) return false;
    allow_huge_pages(body, need);
    if (!is_far(generation)) {
        HeapPlace *far = (HeapPlace *)far_place(body, i);
        memcpy(far, generation->places, generation->length * sizeof *far);
        generation->places = far;
        generation->capacity = (uint32_t)body->slot_limit;
    }
    return true;
}

void heap__vector_set(HeapBody *body, int i, uint32_t slot, HeapObject *object) {
    body->front.generations[i].places[slot] = heap__place_of(&body->front, object);
    object->gc = (object->gc & HEAP_GC_STICKY) | HEAP_GC_TRACKED | (uint32_t)i << HEAP_GC_GENERATION_SHIFT | slot;
}

void heap__vector_compact(HeapBody *body, int i) {
    HeapGeneration *generation = &body->front.generations[i];
    if (!generation->holes) return;
    if (i == 2) heap__steps_end(body);
    heap__vector_note(body, i);
    uint32_t to = 0;
    for (uint32_t from = 0; from < generation->length; from++) {
        HeapObject *object = object_at(body, generation->places[from]);
        if (!object) continue;
        if (from != to) heap__vector_set(body, i, to, object);
        to++;
    }
    generation->length = to;
    generation->holes = 0;
}

void heap__vector_move(HeapBody *body, int from, int to) {
    HeapGeneration *source = &body->front.generations[from], *target = &body->front.generations[to];
    heap__vector_note(body, from);
    if (from == 2) heap__steps_end(body);
    for (uint32_t i = 0; i < source->length; i++) {
        if (i + 8 < source->length) __builtin_prefetch(heap__at_place(&body->front, source->places[i + 8]), 1);
        HeapObject *object = object_at(body, source->places[i]);
        if (object) heap__vector_set(body, to, target->length++, object);
    }
    source->length = 0;
    source->holes = 0;
    heap__vector_note(body, to);
}

void heap__vectors_charge(HeapBody *body) {
    size_t bytes = 0;
    for (int i = 0; i < HEAP_GENERATIONS; i++) {
        heap__vector_note(body, i);
        bytes += pages_for(body->front.generations[i].length * sizeof(HeapPlace)) << HEAP_PAGE_SHIFT;
    }
    heap__uncharge(body, body->gc.vector_bytes);
    heap__charge_always(body, bytes);
    body->gc.vector_bytes = bytes;
}

/* Gives back the part of a far range behind `used` bytes, if it is worth a call. */
static size_t trim_range(char *start, size_t used, size_t touched) {
    enum { WORTH = 256 << 10 };
    if (touched < used + WORTH) return touched;
    size_t from = pages_for(used) << HEAP_PAGE_SHIFT;
    os_purge(start + from, touched - from);
    return used;
}

void heap__vectors_trim(HeapBody *body) {
    Outside *outside = &body->outside;
    for (int i = 0; i < HEAP_GENERATIONS; i++) {
        HeapGeneration *generation = &body->front.generations[i];
        heap__vector_note(body, i);
        size_t used = is_far(generation) ? generation->length * sizeof(HeapPlace) : 0;
        size_t touched = outside->slots_touched[i] * sizeof(HeapPlace);
        outside->slots_touched[i] = trim_range(far_place(body, i), used, touched) / sizeof(HeapPlace);
    }
}

void heap__scratch_trim(HeapBody *body, size_t keep) {
    size_t touched = body->outside.scratch_touched * sizeof(uint32_t), left = touched;
    for (int i = touched <= keep; i < SCRATCHES; i++)
        left = trim_range((char *)far_scratch(body, i), 0, touched);
    if (touched > keep) body->outside.scratch_touched = left / sizeof(uint32_t);
    touched = body->outside.steps_touched * sizeof(uint32_t);
    if (!touched || body->gc.steps.phase) return;
    for (int i = 0; i < STEPS_ARRAYS; i++)
        left = trim_range((char *)heap__steps_array(body, i), 0, touched);
    body->outside.steps_touched = left / sizeof(uint32_t);
}

/* It may be long until the next collection. Objects that died one by one have left holes, or made the vectors shorter. */
void heap__vectors_shrink(HeapBody *body) {
    enum { WORTH = (256 << 10) / sizeof(HeapPlace) };
    if (body->gc.collecting) return;
    for (int i = 0; i < HEAP_GENERATIONS; i++) {
        const HeapGeneration *generation = &body->front.generations[i];
        if (generation->holes >= WORTH && generation->holes > generation->length / 2) heap__vector_compact(body, i);
    }
    heap__steps_shrink(body);
    heap__vectors_trim(body);
    heap__vectors_charge(body);
    heap__scratch_trim(body, body->quota.held / 16);
}

/* --- the young generation's mark ---------------------------------------------------------------------------------------- */

static bool wants_collection(const HeapBody *body) {
    const HeapGeneration *young = &body->front.generations[0];
    return body->gc.enabled && !body->gc.collecting && young->threshold && generation_size(young) > young->threshold;
}

/* Where heap_track stops next: at the slot that makes the generation pass its threshold if nothing dies until then
 * (but not at every single object when it hovers there), or some way on if that is past or does not matter. */
void heap__young_mark(HeapBody *body) {
    HeapGeneration *young = &body->front.generations[0];
    uint32_t step = young->length / 2;
    if (step < 1024) step = 1024;
    if (step > 65536) step = 65536;
    uint64_t mark = (uint64_t)young->length + step;
    if (wants_collection(body)) {
        if (body->due_word) __atomic_fetch_or(body->due_word, body->due_bit, __ATOMIC_SEQ_CST);
    } else if (body->gc.enabled && young->threshold) {
        uint32_t least = young->threshold / 8 < 16 ? young->threshold / 8 : 16;
        uint64_t passes = (uint64_t)young->threshold + young->holes;
        uint64_t hover = (uint64_t)young->length + least;
        if (passes < hover) passes = hover;
        if (passes < mark) mark = passes;
    }
    if (mark > young->capacity - 1) mark = young->capacity - 1;
    young->mark = (uint32_t)mark;
}

/* The vector holds as many as headers can number: the objects age without a collection; if even that fails, the last
 * one stays untracked (a cycle through it is never found; all else is as ever). */
static void make_young_room(HeapBody *body) {
    HeapGeneration *young = &body->front.generations[0];
    if (heap__vector_room(body, 0, 1)) return;
    for (int to = 1; to < HEAP_GENERATIONS - 1 && !body->gc.collecting; to++) {
        if (!heap__vector_room(body, to, generation_size(young))) continue;
        heap__vector_move(body, 0, to);
        return;
    }
    heap_untrack(&body->front, object_at(body, young->places[young->length - 1]));
}

void heap__track_mark(Heap *heap) {
    HeapBody *body = body_of(heap);
    HeapGeneration *young = &heap->generations[0];
    if (young->holes > young->length / 2 && !body->gc.collecting) heap__vector_compact(body, 0);
    make_young_room(body);
    heap__vectors_charge(body);
    heap__young_mark(body);
}
