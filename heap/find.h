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

/* An object's references: `count` rows of `width` words at `words`. */
typedef struct Edges {
    HeapObject *const *words;
    size_t count;
    uint8_t width; /* 1: a reference; 2: a reference and something else; 3: a HeapPair */
    bool known;    /* else only traverse knows */
    bool plain;    /* pairs: no key is tracked */
} Edges;

HEAP_INLINE bool is_reference(const HeapObject *word) { return word && ((uintptr_t)word & 7) == 0; }

HEAP_INLINE Edges edges_of(const HeapObject *object, HeapLayout layout) {
    const char *base = (const char *)object, *words = base + layout.words, *count = base + layout.count;
    switch (layout.form) {
    case HEAP_FORM_FIELDS: return (Edges){(void *)words, layout.count, 1, true, false};
    case HEAP_FORM_TAIL: return (Edges){(void *)words, *(const size_t *)count, 1, true, false};
    case HEAP_FORM_VECTOR: return (Edges){*(void *const *)words, *(const uint32_t *)count, 1, true, false};
    case HEAP_FORM_TABLE: return (Edges){*(void *const *)words, *(const size_t *)count + 1, 2, true, false};
    case HEAP_FORM_PAIRS:
        return (Edges){*(void *const *)words, *(const uint32_t *)count, 3, true, base[layout.plain] != 0};
    case HEAP_FORM_SHAPED: {
        const char *shape = *(const char *const *)words;
        uint32_t values = *(const uint32_t *)(shape + layout.count);
        return (Edges){((void *const *)words)[1], values, 1, values != 0, false};
    }
    default: return (Edges){.known = false};
    }
}

/* Calls act for the references in rows from..to. */
HEAP_INLINE void edges_each(const Edges *edges, size_t from, size_t to, void (*act)(HeapObject *, void *), void *arg) {
    HeapObject *const *words = edges->words;
    if (HEAP_LIKELY(edges->width == 1)) {
        for (size_t i = from; i < to; i++)
            if (is_reference(words[i])) act(words[i], arg);
    } else if (edges->width == 2) {
        for (size_t i = from; i < to; i++)
            if (is_reference(words[2 * i])) act(words[2 * i], arg);
    } else {
        const HeapPair *pairs = (const HeapPair *)(const void *)words;
        for (size_t i = from; i < to; i++) {
            if (!pairs[i].key) continue;
            if (!edges->plain && is_reference(pairs[i].key)) act(pairs[i].key, arg);
            if (is_reference(pairs[i].value)) act(pairs[i].value, arg);
        }
    }
}

/* --- a pass over objects ------------------------------------------------------------------------------------------------ */

enum { RING = 32, AHEAD = 12 };

typedef struct Find {
    Scope *scope;
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
    *find = (Find){.scope = scope};
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

static inline void scan_ahead(HeapObject **objects, uint32_t i, uint32_t end) {
    if (i + AHEAD < end) __builtin_prefetch(objects[i + AHEAD]);
}

typedef void FindAct(HeapObject *object, void *find);

/* Acts on the references of an object from row `from` on, on `most` rows of them; its kind is held_kind's. Returns the
 * row to go on with, 0 when through. */
HEAP_INLINE size_t find_act(Find *find, HeapObject *object, size_t from, size_t most, FindAct *act, HeapVisit visit,
                            void (*held_kind)(Find *find, const HeapKind *kind)) {
    const HeapKind *kind = object->kind;
    Edges edges = edges_of(object, kind->layout);
    if (!edges.known) {
        if (kind->traverse) kind->traverse(object, visit, find);
        return 0;
    }
    if (kind->layout.holds_kind && from == 0) held_kind(find, kind);
    if (HEAP_LIKELY(edges.count <= most && from == 0)) {
        edges_each(&edges, 0, edges.count, act, find);
        return 0;
    }
    if (from >= edges.count) return 0; /* it shrank since */
    size_t to = edges.count - from <= most ? edges.count : from + most;
    edges_each(&edges, from, to, act, find);
    return to == edges.count ? 0 : to;
}

/* A mortal's refcount; for an immortal as many as no graph has edges. */
static inline uint32_t countable(const HeapObject *object) {
    return object->refcount < COUNT_OUT ? object->refcount : COUNT_OUT / 2;
}

/* --- counting ------------------------------------------------------------------------------------------------------------ */

HEAP_INLINE void discount(Find *find, const HeapObject *object, uint32_t references) {
    uint32_t slot = heap__scope_slot(find->scope, object);
    if (slot != NO_SLOT) find->scope->counts[slot] -= references;
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
    Scope *scope = find->scope;
    uint32_t slot = heap__scope_slot(scope, object);
    if (slot == NO_SLOT || scope->counts[slot]) return;
    scope->counts[slot] = 1;
    if (slot < find->passed) scope->queue[find->queued++] = slot;
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
