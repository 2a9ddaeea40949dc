/* What finding the dead does with one object, to be inlined into the passes of gc_find.c and gc_steps.c.
 *
 * An object's references are read by its kind's layout; only where that does not tell them, traverse is called. Nearly
 * all the time goes into waiting for headers to come from memory: so references are not acted upon at once, they pass
 * through a short ring, and are prefetched when they enter it.
 */
#ifndef HEAP_FIND_H
#define HEAP_FIND_H

#include "internal.h"

#define HEAP_INLINE static inline __attribute__((always_inline))

/* --- references ------------------------------------------------------------------------------------------------------ */

HEAP_INLINE size_t count_at(const HeapObject *object, HeapLayout layout, bool wide) {
    const void *count = (const char *)object + layout.count;
    return wide ? *(const size_t *)count : *(const uint32_t *)count;
}

/* How many rows of references a kind's layout knows of an object. */
static inline size_t rows_of(const HeapObject *object) {
    HeapLayout layout = object->kind->layout;
    switch (layout.form) {
    case HEAP_FORM_FIELDS: return layout.count;
    case HEAP_FORM_TAIL: return count_at(object, layout, true);
    case HEAP_FORM_TABLE: return count_at(object, layout, true) + 1;
    case HEAP_FORM_VECTOR:
    case HEAP_FORM_PAIRS: return count_at(object, layout, false);
    default: return 0;
    }
}

/* --- a pass over objects ------------------------------------------------------------------------------------------------ */

enum { RING = 32, AHEAD = 12 };

typedef struct Find {
    uint32_t *counts[8]; /* the scope's, by the same key as its limits */
    uint32_t limit[8];
    Scope *scope;
    uint32_t mark;   /* marking: the count of what is reached */
    uint32_t passed; /* marking: slots before this one were scanned */
    uint32_t queued; /* marking: slots reached behind the scan, to be traversed */
    uint32_t late;   /* marking: slots in scope->dead of those to be asked again whether they are atomic */
    uint32_t at;
    const HeapKind *kind; /* that of the objects last looked at, if they hold it */
    uint32_t held;        /* counting: how many of them in a row */
    HeapObject nobody;    /* not tracked: fills an empty ring */
    HeapObject *ring[RING];
} Find;

static inline void find_init(Find *find, Scope *scope) {
    *find = (Find){.scope = scope, .mark = 1};
    for (int key = 0; key < 8; key++) {
        find->limit[key] = scope->limit[key];
        find->counts[key] = scope->counts + scope->first[key];
    }
    for (int i = 0; i < RING; i++) find->ring[i] = &find->nobody;
}

HEAP_INLINE HeapObject *ring_turn(Find *find, HeapObject *object) {
    uint32_t at = find->at;
    HeapObject *ready = find->ring[at];
    find->ring[at] = object;
    find->at = (at + 1) % RING;
    __builtin_prefetch(object);
    return ready;
}

static inline void scan_ahead(const HeapBody *body, const HeapPlace *places, uint32_t i, uint32_t end) {
    if (i + AHEAD < end) __builtin_prefetch(heap__at_place(&body->front, places[i + AHEAD]));
}

typedef void FindAct(HeapObject *object, void *find);

/* Where to stop that began at row `from` of `count` and may do `most`; *next: where to go on, 0 when through. */
HEAP_INLINE size_t find_stop(size_t from, size_t most, size_t count, size_t *next) {
    bool through = from >= count || count - from <= most;
    *next = through ? 0 : from + most;
    return through ? count : from + most;
}

HEAP_INLINE size_t find_pairs(Find *find, const HeapPair *pairs, bool plain, size_t from, size_t most, size_t count,
                              FindAct *act) {
    size_t next, stop = find_stop(from, most, count, &next);
    for (size_t i = from; i < stop; i++) {
        if (!pairs[i].key) continue;
        if (!plain && is_reference(pairs[i].key)) act(pairs[i].key, find);
        if (is_reference(pairs[i].value)) act(pairs[i].value, find);
    }
    return next;
}

HEAP_INLINE size_t find_words(Find *find, HeapObject *const *words, size_t width, size_t from, size_t most, size_t count,
                              FindAct *act) {
    size_t next, stop = find_stop(from, most, count, &next);
    for (size_t i = from; i < stop; i++)
        if (is_reference(words[i * width])) act(words[i * width], find);
    return next;
}

/* Acts on the references of an object from row `from` on, on `most` rows of them; its kind is held_kind's. Returns the
 * row to go on with, 0 when through. */
HEAP_INLINE size_t find_act(Find *find, HeapObject *object, size_t from, size_t most, FindAct *act, HeapVisit visit,
                            void (*held_kind)(Find *find, const HeapKind *kind)) {
    const HeapKind *kind = object->kind;
    HeapLayout layout = kind->layout;
    void *words = (char *)object + layout.words;
    HeapObject *const **pointer = words;
    size_t count;
    switch (layout.form) {
    case HEAP_FORM_FIELDS:
        if (layout.holds_kind && from == 0) held_kind(find, kind);
        return find_words(find, words, 1, from, most, layout.count, act);
    case HEAP_FORM_TAIL: return find_words(find, words, 1, from, most, count_at(object, layout, true), act);
    case HEAP_FORM_VECTOR: return find_words(find, *pointer, 1, from, most, count_at(object, layout, false), act);
    case HEAP_FORM_TABLE: return find_words(find, *pointer, 2, from, most, count_at(object, layout, true) + 1, act);
    case HEAP_FORM_PAIRS:
        return find_pairs(find, (const void *)*pointer, ((const char *)object)[layout.plain], from, most,
                          count_at(object, layout, false), act);
    case HEAP_FORM_SHAPED:
        count = *(const uint32_t *)((const char *)pointer[0] + layout.count);
        if (HEAP_UNLIKELY(!count)) break;
        if (layout.holds_kind && from == 0) held_kind(find, kind);
        return find_words(find, pointer[1], 1, from, most, count, act);
    default: break;
    }
    if (kind->traverse) kind->traverse(object, visit, find);
    return 0;
}

/* A mortal's refcount; for an immortal as many as no graph has edges. */
static inline uint32_t countable(const HeapObject *object) {
    return object->refcount < COUNT_OUT ? object->refcount : COUNT_OUT / 2;
}

/* --- counting ------------------------------------------------------------------------------------------------------------ */

HEAP_INLINE void discount(Find *find, const HeapObject *object, uint32_t references) {
    uint32_t gc = object->gc, key = gc >> HEAP_GC_GENERATION_SHIFT & 7, index = gc & HEAP_GC_INDEX_MASK;
    if (index < find->limit[key]) find->counts[key][index] -= references;
}

HEAP_INLINE void act_discount(HeapObject *object, void *find) { discount(find, ring_turn(find, object), 1); }

static int visit_discount(HeapObject *object, void *find) {
    act_discount(object, find);
    return 0;
}

/* Objects of one kind often come in a row: their references to it are taken off together. */
HEAP_INLINE void discount_kind(Find *find, const HeapKind *kind) {
    if (kind != find->kind) {
        if (find->held) discount(find, &find->kind->head, find->held);
        find->kind = kind;
        find->held = 0;
    }
    find->held++;
}

HEAP_INLINE size_t find_discount(Find *find, HeapObject *object, size_t from, size_t most) {
    return find_act(find, object, from, most, act_discount, visit_discount, discount_kind);
}

/* What is still in the ring. */
static inline void find_discount_rest(Find *find) {
    if (find->held) discount(find, &find->kind->head, find->held);
    find->held = 0;
    for (int i = 0; i < RING; i++) discount(find, ring_turn(find, &find->nobody), 1);
}

/* --- marking ------------------------------------------------------------------------------------------------------------- */

HEAP_INLINE void reach(Find *find, const HeapObject *object) {
    uint32_t gc = object->gc, key = gc >> HEAP_GC_GENERATION_SHIFT & 7, index = gc & HEAP_GC_INDEX_MASK;
    if (index >= find->limit[key] || find->counts[key][index]) return;
    find->counts[key][index] = find->mark;
    uint32_t slot = find->scope->first[key] + index;
    if (slot < find->passed) find->scope->queue[find->queued++] = slot;
}

HEAP_INLINE void act_reach(HeapObject *object, void *find) { reach(find, ring_turn(find, object)); }

static int visit_reach(HeapObject *object, void *find) {
    act_reach(object, find);
    return 0;
}

HEAP_INLINE void reach_kind(Find *find, const HeapKind *kind) {
    if (kind == find->kind) return;
    find->kind = kind;
    reach(find, &kind->head);
}

HEAP_INLINE size_t find_reach(Find *find, HeapObject *object, size_t from, size_t most) {
    return find_act(find, object, from, most, act_reach, visit_reach, reach_kind);
}

static inline void find_reach_rest(Find *find) {
    for (int i = 0; i < RING; i++) reach(find, ring_turn(find, &find->nobody));
}

#endif
