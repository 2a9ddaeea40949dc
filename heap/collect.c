/* A collection, from its first count to its last free. See gc.h for the order of events.
 *
 * While it runs, the dead objects stand in a row at the end of a vector: that of the next generation, into which the
 * survivors have moved just before. Foreign code (callbacks, finalizers, clear) may free any of them, which makes a
 * hole, and may bring new objects, which go to the young generation; nothing else is appended to the row's vector
 * until the end.
 */
#include "internal.h"

#include <string.h>

typedef struct Dead {
    int generation;
    uint32_t first, end; /* slots */
} Dead;

static HeapGeneration *generation_at(HeapBody *body, int generation) { return &body->front.generations[generation]; }

static HeapObject *dead_at(HeapBody *body, const Dead *dead, uint32_t slot) {
    return generation_at(body, dead->generation)->objects[slot];
}

/* Frees at the vector's end have shortened it: makes them holes, so that nothing new gets a slot in the row. */
static void pad(HeapBody *body, const Dead *dead) {
    HeapGeneration *generation = generation_at(body, dead->generation);
    if (generation->length >= dead->end) return;
    generation->holes += dead->end - generation->length;
    generation->length = dead->end;
}

/* --- what is dead ------------------------------------------------------------------------------------------------------- */

static void merge_younger(HeapBody *body, int generation) {
    HeapGeneration *target = generation_at(body, generation);
    if (target->holes > target->length / 2) heap__vector_compact(body, generation);
    for (int i = 0; i < generation; i++)
        if (heap__vector_room(body, generation, generation_size(generation_at(body, i))))
            heap__vector_move(body, i, generation);
}

/* Appends the objects of `from` whose count is zero (dead) or not (alive) to `to`, leaving holes. */
static void append(HeapBody *body, int from, int to, const uint32_t *counts, uint32_t first, uint32_t end, bool dead) {
    HeapGeneration *source = generation_at(body, from), *target = generation_at(body, to);
    for (uint32_t i = first; i < end; i++) {
        HeapObject *object = source->objects[i];
        if (!object || (counts[i - first] == 0) != dead) continue;
        source->objects[i] = NULL;
        source->holes++;
        heap__vector_set(body, to, target->length++, object);
    }
}

static void note_survivors(HeapBody *body, int generation, size_t survivors) {
    Collector *gc = &body->gc;
    if (generation == 1) gc->long_lived_pending += survivors;
    if (generation == 2) {
        gc->long_lived_pending = 0;
        gc->long_lived_total = survivors;
    }
}

/* Moves survivors to the next generation and puts the dead in a row behind them. */
static Dead separate(HeapBody *body, int generation, HeapCollection *report) {
    HeapGeneration *source = generation_at(body, generation);
    int to = generation < 2 ? generation + 1 : 2;
    uint32_t end = source->length;
    Dead none = {to, 0, 0};
    if (to != generation && !heap__vector_room(body, to, generation_size(source))) return none;

    uint32_t *counts = heap__scratch(body, 0, end);
    FindOptions options = {.settle = true, .full = generation == 2};
    report->tracked = generation_size(source);
    size_t found = heap__find_dead(body, generation, 0, end, options, counts, report);
    note_survivors(body, generation, generation_size(source) - found);
    if (to == generation && !heap__vector_room(body, to, found)) return none;

    if (to != generation) append(body, generation, to, counts, 0, end, false);
    Dead dead = {to, generation_at(body, to)->length, 0};
    if (found) append(body, generation, to, counts, 0, end, true);
    dead.end = generation_at(body, to)->length;
    if (to != generation) {
        source->length = 0;
        source->holes = 0;
    }
    return dead;
}

/* Takes the objects with a count out of the row, to behind it. Returns how many. */
static size_t rescue(HeapBody *body, Dead *dead, const uint32_t *counts) {
    HeapGeneration *generation = generation_at(body, dead->generation);
    size_t room = dead->end - dead->first, before = generation->length;
    if (!heap__vector_room(body, dead->generation, room)) { /* nothing may die then */
        *dead = (Dead){dead->generation, 0, 0};
        return 0;
    }
    append(body, dead->generation, dead->generation, counts, dead->first, dead->end, false);
    return generation->length - before;
}

/* --- what may not be freed ---------------------------------------------------------------------------------------------- */

static void keep_for_user(HeapBody *body, HeapObject *object) {
    if (body->hooks.keep_garbage) body->hooks.keep_garbage(&body->front, object, body->hooks.ctx);
}

static void show(HeapBody *body, HeapObject *object, bool collectable) {
    unsigned flag = collectable ? HEAP_DEBUG_COLLECTABLE : HEAP_DEBUG_UNCOLLECTABLE;
    if ((body->gc.debug & flag) && body->hooks.unreachable)
        body->hooks.unreachable(&body->front, object, collectable, body->hooks.ctx);
}

/* Stubborn objects, and what they reach, leave the row. */
static void set_stubborn_apart(HeapBody *body, Dead *dead, HeapCollection *report) {
    uint32_t *counts = heap__scratch(body, 0, dead->end);
    size_t stubborn = 0;
    memset(counts, 0, (dead->end - dead->first) * sizeof *counts);
    for (uint32_t i = dead->first; i < dead->end; i++) {
        HeapObject *object = dead_at(body, dead, i);
        if (!object || !(object->kind->flags & HEAP_KIND_STUBBORN)) continue;
        counts[i - dead->first] = 1;
        stubborn++;
    }
    if (!stubborn) return;
    heap__find_reach(body, dead->generation, dead->first, dead->end, counts);
    uint32_t kept = generation_at(body, dead->generation)->length;
    rescue(body, dead, counts);
    report->uncollectable = stubborn;
    for (uint32_t i = kept; i < generation_at(body, dead->generation)->length; i++) {
        HeapObject *object = dead_at(body, dead, i);
        if (!(object->kind->flags & HEAP_KIND_STUBBORN)) continue;
        show(body, object, false);
        keep_for_user(body, object);
    }
}

static void show_collectable(HeapBody *body, const Dead *dead) {
    if (!(body->gc.debug & HEAP_DEBUG_COLLECTABLE)) return;
    for (uint32_t i = dead->first; i < dead->end; i++)
        if (dead_at(body, dead, i)) show(body, dead_at(body, dead, i), true);
}

/* --- last words --------------------------------------------------------------------------------------------------------- */

typedef struct Row {
    HeapBody *body;
    const Dead *dead;
} Row;

static bool is_dead_itself(HeapObject *owner, void *arg) {
    const Row *row = arg;
    uint32_t slot = owner->gc & HEAP_GC_INDEX_MASK;
    return heap_is_tracked(owner) && heap_generation_of(owner) == row->dead->generation &&
           slot >= row->dead->first && slot < row->dead->end;
}

/* Returns whether callbacks were called. */
static bool clear_weak_links(HeapBody *body, const Dead *dead, HeapCollection *report) {
    Row row = {body, dead};
    WeakChain chain = {.first = NULL, .last = &chain.first};
    for (uint32_t i = dead->first; i < dead->end; i++) {
        HeapObject *object = dead_at(body, dead, i);
        if (object && heap_has_weak(object)) heap__weak_clear(body, object, is_dead_itself, &row, &chain);
    }
    report->weak_cleared = chain.cleared;
    bool called = chain.first != NULL;
    heap__weak_call(body, &chain);
    return called;
}

static bool finalize_all(HeapBody *body, const Dead *dead, HeapCollection *report) {
    bool ran = false;
    for (uint32_t i = dead->first; i < dead->end; i++) {
        HeapObject *object = dead_at(body, dead, i);
        if (!object || !object->kind->finalize || heap_is_finalized(object)) continue;
        heap_set_finalized(object);
        heap_incref(object);
        if (object->kind->finalize(&body->front, object)) ran = true;
        heap_decref(&body->front, object);
        report->finalized++;
    }
    return ran;
}

static void keep_resurrected(HeapBody *body, Dead *dead, HeapCollection *report) {
    pad(body, dead);
    uint32_t *counts = heap__scratch(body, 0, dead->end);
    heap__find_dead(body, dead->generation, dead->first, dead->end, (FindOptions){0}, counts, NULL);
    report->resurrected = rescue(body, dead, counts);
}

static void clear_all(HeapBody *body, const Dead *dead, HeapCollection *report) {
    for (uint32_t i = dead->first; i < dead->end; i++) report->reclaimed += dead_at(body, dead, i) != NULL;
    for (uint32_t i = dead->first; i < dead->end; i++) {
        HeapObject *object = dead_at(body, dead, i);
        if (!object) continue;
        if (body->gc.debug & HEAP_DEBUG_SAVEALL) {
            keep_for_user(body, object);
        } else if (object->kind->clear) {
            heap_incref(object);
            object->kind->clear(&body->front, object);
            heap_decref(&body->front, object);
        }
    }
    pad(body, dead);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------ */

static void count_collection(HeapBody *body, int generation) {
    if (generation + 1 < 3) generation_at(body, generation + 1)->count++;
    for (int i = 1; i <= generation; i++) generation_at(body, i)->count = 0;
}

static void end_dead(HeapBody *body, Dead *dead, HeapCollection *report) {
    set_stubborn_apart(body, dead, report);
    show_collectable(body, dead);
    bool ran = clear_weak_links(body, dead, report);
    ran |= finalize_all(body, dead, report);
    if (ran) keep_resurrected(body, dead, report);
    clear_all(body, dead, report);
}

static void tidy(HeapBody *body, int generation) {
    int to = generation < 2 ? generation + 1 : 2;
    HeapGeneration *target = generation_at(body, to);
    while (target->length && !target->objects[target->length - 1]) {
        target->length--;
        target->holes--;
    }
    if (target->holes > target->length / 2) heap__vector_compact(body, to);
    heap__vectors_charge(body);
    if (generation == 2) {
        heap__weak_trim(body);
        heap__pools_trim(body);
        body->gc.collecting = false; /* so that the scratch may go too */
        heap__vectors_trim(body);
        body->gc.collecting = true;
    }
}

static void record(HeapBody *body, const HeapCollection *report) {
    HeapGenerationStats *stats = &body->gc.stats[report->generation];
    stats->collections++;
    stats->collected += report->reclaimed;
    stats->uncollectable += report->uncollectable;
    stats->nanoseconds += report->nanoseconds;
    if (report->nanoseconds > stats->longest) stats->longest = report->nanoseconds;
}

size_t heap__collect(HeapBody *body, int generation, HeapTrigger trigger, HeapCollection *out) {
    HeapCollection report = {.generation = generation, .trigger = trigger};
    const HeapHooks *hooks = &body->hooks;
    if (out) *out = report;
    if (body->gc.collecting) return 0;
    body->gc.collecting = true;
    if (hooks->collection_start) hooks->collection_start(&body->front, &report, hooks->ctx);

    report.started = os_nanoseconds();
    count_collection(body, generation);
    merge_younger(body, generation);
    Dead dead = separate(body, generation, &report);
    report.find_nanoseconds = os_nanoseconds() - report.started;
    if (dead.first < dead.end) end_dead(body, &dead, &report);
    tidy(body, generation);
    report.nanoseconds = os_nanoseconds() - report.started;
    record(body, &report);

    if (hooks->collection_stop) hooks->collection_stop(&body->front, &report, hooks->ctx);
    body->gc.collecting = false;
    heap__young_mark(body);
    if (out) *out = report;
    return report.reclaimed + report.uncollectable;
}
