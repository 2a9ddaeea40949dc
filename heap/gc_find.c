/* Finding what is dead.
 *
 * For each slot looked at there is a count, in an array beside the vectors. One pass adds every object's refcount to
 * its own count and takes one from the count of each of its referents: what is left is the number of references from
 * elsewhere. A second pass marks all that can be reached from objects with a count above zero. What has zero then is
 * dead. Objects stay where they are meanwhile; a slot whose count is COUNT_OUT is not looked at. Nothing recurses.
 */
#include "find.h"

#include <string.h>

/* In the order in which CPython would merge them. */
void heap__scope_open(HeapBody *body, Scope *scope, int generation) {
    *scope = (Scope){0};
    for (int i = -1; i < generation; i++) {
        int g = i < 0 ? generation : i;
        unsigned key = HEAP_GC_TRACKED >> HEAP_GC_GENERATION_SHIFT | (unsigned)g;
        Part *part = &scope->parts[scope->part_count++];
        *part = (Part){.generation = g, .first = scope->size, .size = body->front.generations[g].length};
        scope->first[key] = part->first;
        scope->limit[key] = part->size;
        scope->size += part->size;
    }
    scope->counts = heap__scratch(body, 0, scope->size);
    scope->queue = heap__scratch(body, 1, scope->size);
    scope->dead = heap__scratch(body, 2, scope->size);
    memset(scope->counts, 0, scope->size * sizeof *scope->counts);
}

/* --- first pass ------------------------------------------------------------------------------------------------------- */

static void count_part(HeapBody *body, Find *find, const Part *part) {
    const HeapPlace *places = body->front.generations[part->generation].places;
    uint32_t *counts = find->scope->counts + part->first;
    for (uint32_t i = 0; i < part->size; i++) {
        scan_ahead(body, places, i, part->size);
        HeapObject *object = object_at(body, places[i]);
        if (!object) continue;
        counts[i] += countable(object);
        find_discount(find, object, 0, SIZE_MAX);
    }
}

static void count_all(HeapBody *body, Scope *scope) {
    Find find;
    find_init(&find, scope);
    for (int i = 0; i < scope->part_count; i++) count_part(body, &find, &scope->parts[i]);
    find_discount_rest(&find);
}

/* --- second pass ------------------------------------------------------------------------------------------------------ */

/* What refers to a tracked object is not atomic: most can be told by their first item. */
static inline bool first_is_tracked(const HeapObject *object) {
    HeapLayout layout = object->kind->layout;
    if (layout.form != HEAP_FORM_TAIL || !count_at(object, layout, true)) return false;
    const HeapObject *first = *(HeapObject *const *)((const char *)object + layout.words);
    return is_reference(first) && heap_is_tracked(first);
}

/* True: the object turned out to be atomic and is no longer tracked; what it refers to does not matter. */
static inline bool settles(HeapBody *body, Find *find, HeapObject *object, FindOptions options) {
    const HeapKind *kind = object->kind;
    if (!kind->is_atomic || !options.settle || first_is_tracked(object)) return false;
    if ((kind->flags & HEAP_KIND_SETTLE_FULL) && !options.full) return false;
    if (!kind->is_atomic(object)) {
        if ((kind->flags & HEAP_KIND_SETTLE_FULL) && !options.listed) find->scope->dead[find->late++] = heap__scope_slot(find->scope, object);
        return false;
    }
    heap_untrack(&body->front, object);
    return true;
}

/* What holds objects that settled after it was asked may be atomic now. */
static size_t settle_late(HeapBody *body, Find *find) {
    size_t settled = 0;
    for (uint32_t i = 0; i < find->late; i++) {
        HeapObject *object = heap__scope_at(body, find->scope, find->scope->dead[i]);
        if (!object || !object->kind->is_atomic(object)) continue;
        heap_untrack(&body->front, object);
        settled++;
    }
    return settled;
}

static size_t mark_part(HeapBody *body, Find *find, const Part *part, FindOptions options) {
    const HeapPlace *places = body->front.generations[part->generation].places;
    const uint32_t *counts = find->scope->counts + part->first;
    size_t settled = 0;
    for (uint32_t i = 0; i < part->size; i++) {
        if (i + AHEAD < part->size && counts[i + AHEAD]) __builtin_prefetch(heap__at_place(&body->front, places[i + AHEAD]));
        find->passed = part->first + i + 1;
        HeapObject *object = object_at(body, places[i]);
        if (!counts[i] || !object) continue;
        if (settles(body, find, object, options))
            settled++;
        else
            find_reach(find, object, 0, SIZE_MAX);
    }
    return settled;
}

static inline void prefetch_slot(HeapBody *body, const Scope *scope, uint32_t slot) {
    HeapObject *object = heap__scope_at(body, scope, slot);
    if (object) __builtin_prefetch(object); /* of NULL it would cost a walk through the page tables */
}

/* What was reached behind the scan, and all that is reached from there. */
static size_t mark_queued(HeapBody *body, Find *find, FindOptions options) {
    Scope *scope = find->scope;
    size_t settled = 0;
    find_reach_rest(find);
    while (find->queued) {
        if (find->queued > AHEAD) prefetch_slot(body, scope, scope->queue[find->queued - 1 - AHEAD]);
        HeapObject *object = heap__scope_at(body, scope, scope->queue[--find->queued]);
        if (settles(body, find, object, options))
            settled++;
        else
            find_reach(find, object, 0, SIZE_MAX);
        if (!find->queued) find_reach_rest(find);
    }
    return settled;
}

/* The dead are listed, in order; the others are out. */
static void list_dead(const HeapBody *body, Scope *scope) {
    for (int p = 0; p < scope->part_count; p++) {
        const Part *part = &scope->parts[p];
        const HeapPlace *places = body->front.generations[part->generation].places;
        uint32_t *counts = scope->counts + part->first;
        for (uint32_t i = 0; i < part->size; i++) {
            if (HEAP_UNLIKELY(counts[i] == 0) && places[i])
                scope->dead[scope->dead_count++] = part->first + i;
            else
                counts[i] = COUNT_OUT;
        }
    }
}

/* --- by roots --------------------------------------------------------------------------------------------------------- */

/* Frozen objects are not collected, so what they refer to is alive; but looking at more of them than at others would
 * not pay. */
static void mark_from_roots(HeapBody *body, Find *find) {
    const HeapGeneration *frozen = &body->front.generations[3];
    find->mark = COUNT_OUT;
    body->hooks.roots(&body->front, visit_reach, find, body->hooks.ctx);
    for (uint32_t i = 0; i < frozen->length && frozen->length <= find->scope->size; i++) {
        scan_ahead(body, frozen->places, i, frozen->length);
        HeapObject *object = object_at(body, frozen->places[i]);
        if (object) find_reach(find, object, 0, SIZE_MAX);
    }
    find_reach_rest(find);
}

/* --- the whole --------------------------------------------------------------------------------------------------------- */

/* By roots what is not reached is only suspected: the roots hook may leave some out. So that is counted then. */
size_t heap__find_dead(HeapBody *body, Scope *scope, FindOptions options) {
    bool by_roots = options.roots && body->hooks.roots;
    Find find;
    size_t settled = 0;
    if (!by_roots) count_all(body, scope);
    find_init(&find, scope);
    if (by_roots) mark_from_roots(body, &find);
    for (int i = 0; i < scope->part_count; i++) settled += mark_part(body, &find, &scope->parts[i], options);
    settled += mark_queued(body, &find, options);
    settled += settle_late(body, &find);
    list_dead(body, scope);
    return by_roots ? settled + heap__find_dead_listed(body, scope, false) : settled;
}

/* --- among a list ------------------------------------------------------------------------------------------------------- */

/* *any: there were some. */
static size_t reach_listed(HeapBody *body, Scope *scope, FindOptions options, bool *any) {
    Find find;
    find_init(&find, scope);
    find.passed = scope->size;
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        uint32_t count = scope->counts[scope->dead[i]];
        if (count != 0 && count < COUNT_OUT_LEAST) scope->queue[find.queued++] = scope->dead[i];
    }
    *any = find.queued != 0;
    return mark_queued(body, &find, options);
}

void heap__find_reach(HeapBody *body, Scope *scope) {
    bool any;
    reach_listed(body, scope, (FindOptions){0}, &any);
}

/* What references from the list leave of the list's counts, to which each object's refcount is added first if `add`.
 * The sum does not depend on the order, and is taken modulo 2^32 meanwhile. */
static void count_listed(HeapBody *body, Scope *scope, bool add) {
    Find find;
    ListWalk walk = heap__list_walk(scope);
    find_init(&find, scope);
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        HeapObject *object = heap__list_at(body, scope, i, &walk);
        if (add) scope->counts[scope->dead[i]] += countable(object);
        heap__survey_add(&scope->survey, object, 1);
        find_discount(&find, object, 0, SIZE_MAX);
    }
    find_discount_rest(&find);
    scope->surveyed = true;
}

/* A survivor is out. True: it settled, now that what it refers to has. */
static bool spare(HeapBody *body, Scope *scope, uint32_t slot) {
    HeapObject *object = heap__scope_at(body, scope, slot);
    scope->counts[slot] = COUNT_OUT;
    if (object) heap__survey_add(&scope->survey, object, -1u);
    if (!object || !(object->kind->flags & HEAP_KIND_SETTLE_FULL) || !object->kind->is_atomic(object)) return false;
    heap_untrack(&body->front, object);
    return true;
}

size_t heap__find_dead_listed(HeapBody *body, Scope *scope, bool counted) {
    count_listed(body, scope, !counted);
    bool any;
    size_t settled = reach_listed(body, scope, (FindOptions){.settle = true, .full = true, .listed = true}, &any);
    if (!any) return settled;
    uint32_t dead = 0;
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        uint32_t slot = scope->dead[i];
        if (scope->counts[slot] == 0)
            scope->dead[dead++] = slot;
        else
            settled += spare(body, scope, slot);
    }
    scope->dead_count = dead;
    return settled;
}

static void discount_dead(HeapBody *body, Scope *scope) {
    Find find;
    ListWalk walk = heap__list_walk(scope);
    find_init(&find, scope);
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        HeapObject *object = heap__list_at(body, scope, i, &walk);
        if (scope->counts[scope->dead[i]] < COUNT_OUT_LEAST) find_discount(&find, object, 0, SIZE_MAX);
    }
    find_discount_rest(&find);
}

void heap__find_resurrected(HeapBody *body, Scope *scope) {
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        uint32_t *count = &scope->counts[scope->dead[i]];
        HeapObject *object = heap__scope_at(body, scope, scope->dead[i]);
        if (*count == 0) *count = object ? countable(object) : COUNT_OUT;
    }
    discount_dead(body, scope);
    heap__find_reach(body, scope);
}
