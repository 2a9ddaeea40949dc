/* A collection, from its first count to its last free. See gc.h for the order of events.
 *
 * Survivors move to the next generation's vector at once; the dead stay in their slots until they are freed. Foreign
 * code (callbacks, finalizers, clear) may free any of them, which makes a hole, and may bring new objects, which go to
 * the young generation. So that none of these gets a slot that is looked at, each vector's last slot is taken by a
 * stopper while the collection runs: an object that stands for nothing and never dies.
 */
#include "internal.h"

static HeapGeneration *generation_at(HeapBody *body, int generation) { return &body->front.generations[generation]; }

/* The i-th of the dead; NULL if it is freed or no longer dead. */
static inline HeapObject *dead_at(HeapBody *body, const Scope *scope, uint32_t i, ListWalk *walk) {
    HeapObject *object = heap__list_at(body, scope, i, walk);
    return scope->counts[scope->dead[i]] == 0 ? object : NULL;
}

#define FOR_EACH_DEAD(object)                                                                                       \
    ListWalk walk_ = heap__list_walk(scope);                                                                         \
    for (uint32_t i_ = 0; i_ < scope->dead_count; i_++)                                                             \
        for (HeapObject *object = dead_at(body, scope, i_, &walk_); object; object = NULL)

/* --- stoppers ----------------------------------------------------------------------------------------------------------- */

static const HeapKind stopper_kind = {.head = HEAP_HEAD_IMMORTAL(NULL)};

static void set_stoppers(HeapBody *body, int generation) {
    for (int i = 0; i <= generation; i++) {
        body->gc.stoppers[i] = (HeapObject)HEAP_HEAD_IMMORTAL(&stopper_kind);
        heap__vector_set(body, i, generation_at(body, i)->length++, &body->gc.stoppers[i]);
    }
}

static bool room_for_stoppers(HeapBody *body, int generation) {
    for (int i = 0; i <= generation; i++)
        if (!heap__vector_room(body, i, 1)) return false;
    return true;
}

static void take_stoppers(HeapBody *body, int generation) {
    for (int i = 0; i <= generation; i++) {
        HeapGeneration *it = generation_at(body, i);
        HeapObject *stopper = &body->gc.stoppers[i];
        uint32_t slot = stopper->gc & HEAP_GC_INDEX_MASK;
        it->places[slot] = 0;
        it->holes++;
        while (it->length && !it->places[it->length - 1]) {
            it->length--;
            it->holes--;
        }
        bool moving = i == 2 && body->gc.steps.phase; /* its holes are the steps' */
        if (!moving && it->holes > it->length / 2) heap__vector_compact(body, i);
    }
}

/* --- what is dead ------------------------------------------------------------------------------------------------------- */

static void move(HeapBody *body, HeapGeneration *from, uint32_t slot, int to) {
    HeapObject *object = heap__at_place(&body->front, from->places[slot]);
    from->places[slot] = 0;
    from->holes++;
    heap__vector_set(body, to, generation_at(body, to)->length++, object);
}

/* Survivors move to the next generation; those of the old one stay. */
static void move_survivors(HeapBody *body, const Scope *scope, const Part *part, int to) {
    HeapGeneration *from = generation_at(body, part->generation);
    const uint32_t *counts = scope->counts + part->first;
    if (part->generation == to) return;
    for (uint32_t i = 0; i < part->size; i++)
        if (counts[i] && from->places[i]) move(body, from, i, to);
}

/* Objects of the list that have a count move to generation `to` and are out. Returns how many. */
static size_t take_back(HeapBody *body, Scope *scope, int to) {
    size_t taken = 0;
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        uint32_t *count = &scope->counts[scope->dead[i]];
        HeapObject *object = heap__scope_at(body, scope, scope->dead[i]);
        if (*count == 0 || *count >= COUNT_OUT_LEAST || !object) continue;
        *count = COUNT_OUT;
        move(body, generation_at(body, heap_generation_of(object)), object->gc & HEAP_GC_INDEX_MASK, to);
        taken++;
    }
    return taken;
}

static void note_survivors(HeapBody *body, int generation, size_t survivors) {
    Collector *gc = &body->gc;
    if (generation == 1) gc->long_lived_pending += survivors;
    if (generation == 2) {
        gc->long_lived_pending = 0;
        gc->long_lived_total = survivors;
    }
}

/* Where survivors go: to the next generation; those of a test's partial collection stay with what is new. */
static int home_of_survivors(const HeapCollection *report) {
    int next = report->generation + 1, last = report->trigger == HEAP_TRIGGER_KNOB ? 1 : 2;
    return report->generation == 2 ? 2 : next < last ? next : last;
}

/* Objects looked at, if there is room for what the collection may have to move; else nothing can be collected. */
static size_t look_at(HeapBody *body, int generation, int to) {
    size_t objects = 0;
    for (int i = 0; i <= generation; i++) {
        HeapGeneration *it = generation_at(body, i);
        if (it->holes > it->length / 2) heap__vector_compact(body, i);
        objects += generation_size(it);
    }
    bool room = heap__vector_room(body, to, 2 * objects + 1);
    return room && room_for_stoppers(body, generation) ? objects : 0;
}

static void separate(HeapBody *body, Scope *scope, int to, HeapCollection *report) {
    int generation = report->generation;
    heap__scope_open(body, scope, generation);
    bool full = generation == 2;
    FindOptions options = {.settle = true, .full = full, .roots = full && report->trigger != HEAP_TRIGGER_KNOB};
    report->untracked = heap__find_dead(body, scope, options);
    size_t survivors = 0;
    for (int i = 0; i < scope->part_count; i++)
        survivors += generation_size(generation_at(body, scope->parts[i].generation));
    survivors -= scope->dead_count;
    for (int i = 0; survivors && i < scope->part_count; i++) move_survivors(body, scope, &scope->parts[i], to);
    note_survivors(body, generation, survivors);
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

static Survey survey(HeapBody *body, const Scope *scope) {
    Survey found = {0};
    FOR_EACH_DEAD(object) heap__survey_add(&found, object, 1);
    return found;
}

/* Stubborn objects, and what they reach, are not dead. */
static void set_stubborn_apart(HeapBody *body, Scope *scope, int to, HeapCollection *report) {
    FOR_EACH_DEAD(object) {
        if (!(object->kind->flags & HEAP_KIND_STUBBORN)) continue;
        scope->counts[scope->dead[i_]] = 1;
        report->uncollectable++;
    }
    heap__find_reach(body, scope);
    uint32_t first = generation_at(body, to)->length;
    take_back(body, scope, to);
    for (uint32_t i = first; i < generation_at(body, to)->length; i++) {
        HeapObject *object = heap__at_place(&body->front, generation_at(body, to)->places[i]);
        if (!(object->kind->flags & HEAP_KIND_STUBBORN)) continue;
        show(body, object, false);
        keep_for_user(body, object);
    }
}

static void show_collectable(HeapBody *body, const Scope *scope) {
    FOR_EACH_DEAD(object) show(body, object, true);
}

/* --- last words --------------------------------------------------------------------------------------------------------- */

static bool is_dead_itself(HeapObject *owner, void *arg) {
    const Scope *scope = arg;
    uint32_t slot = heap__scope_slot(scope, owner);
    return slot != NO_SLOT && scope->counts[slot] == 0;
}

/* Returns whether callbacks were called. */
static bool clear_weak_links(HeapBody *body, Scope *scope, HeapCollection *report) {
    WeakChain chain = {.first = NULL, .last = &chain.first};
    FOR_EACH_DEAD(object) {
        if (heap_has_weak(object)) heap__weak_clear(body, object, is_dead_itself, scope, &chain);
    }
    report->weak_cleared = chain.cleared;
    bool called = chain.first != NULL;
    heap__weak_call(body, &chain);
    return called;
}

static bool finalize_all(HeapBody *body, const Scope *scope, HeapCollection *report) {
    bool ran = false;
    FOR_EACH_DEAD(object) {
        if (!object->kind->finalize || heap_is_finalized(object)) continue;
        heap_set_finalized(object);
        heap_incref(object);
        if (object->kind->finalize(&body->front, object)) ran = true;
        heap_decref(&body->front, object);
        report->finalized++;
    }
    return ran;
}

static void keep_resurrected(HeapBody *body, Scope *scope, int to, HeapCollection *report) {
    heap__find_resurrected(body, scope);
    report->resurrected = take_back(body, scope, to);
}

static size_t count_dead(HeapBody *body, const Scope *scope) {
    size_t dead = 0;
    for (uint32_t i = 0; i < scope->dead_count; i++)
        dead += scope->counts[scope->dead[i]] == 0 && heap__scope_at(body, scope, scope->dead[i]);
    return dead;
}

static void keep_all_for_user(HeapBody *body, const Scope *scope) {
    FOR_EACH_DEAD(object) keep_for_user(body, object);
}

static void clear_all(HeapBody *body, const Scope *scope) {
    Heap *heap = &body->front;
    FOR_EACH_DEAD(object) {
        const HeapKind *kind = object->kind;
        if (!kind->clear) continue;
        heap_incref(object);
        if (kind->layout.whole && kind->layout.form != HEAP_FORM_VECTOR)
            heap__drop_whole(heap, object, kind->layout);
        else
            kind->clear(heap, object);
        heap_decref(heap, object);
    }
}

/* Cleared but held by something nobody knows, or kept for the user: it goes on as a survivor. */
static void keep_unfreed(HeapBody *body, Scope *scope, int to) {
    bool any = false;
    for (uint32_t i = 0; i < scope->dead_count; i++) {
        uint32_t *count = &scope->counts[scope->dead[i]];
        if (*count == 0 && heap__scope_at(body, scope, scope->dead[i])) *count = 1, any = true;
    }
    if (any) take_back(body, scope, to);
}

static void end_dead(HeapBody *body, Scope *scope, int to, HeapCollection *report) {
    Survey found = scope->surveyed ? scope->survey : survey(body, scope);
    bool ran = false;
    if (found.stubborn) set_stubborn_apart(body, scope, to, report);
    if (body->gc.debug & HEAP_DEBUG_COLLECTABLE) show_collectable(body, scope);
    if (found.weak) ran |= clear_weak_links(body, scope, report);
    if (found.finalizers) ran |= finalize_all(body, scope, report);
    if (ran) keep_resurrected(body, scope, to, report);
    report->reclaimed = ran || found.stubborn ? count_dead(body, scope) : scope->dead_count;
    if (body->gc.debug & HEAP_DEBUG_SAVEALL)
        keep_all_for_user(body, scope);
    else
        clear_all(body, scope);
    keep_unfreed(body, scope, to);
}

/* --- the whole ------------------------------------------------------------------------------------------------------------ */

static void count_collection(HeapBody *body, int generation) {
    if (generation + 1 < 3) generation_at(body, generation + 1)->count++;
    for (int i = 1; i <= generation; i++) generation_at(body, i)->count = 0;
}

/* Collects the generation of the report. */
static void collect_whole(HeapBody *body, HeapCollection *report) {
    Scope scope;
    int generation = report->generation, to = home_of_survivors(report);
    if (generation == 2) heap__steps_end(body);
    count_collection(body, generation);
    report->tracked = look_at(body, generation, to);
    if (report->tracked) {
        separate(body, &scope, to, report);
        report->find_nanoseconds = os_nanoseconds() - report->started;
        set_stoppers(body, generation);
        if (scope.dead_count) end_dead(body, &scope, to, report);
        take_stoppers(body, generation);
    }
    heap__tidy(body, generation);
}

/* Collects the next suspects of the steps under way. */
static void collect_part(HeapBody *body, HeapCollection *report) {
    Scope scope;
    heap__steps_suspects(body, &scope, report);
    report->find_nanoseconds = os_nanoseconds() - report->started;
    if (!scope.dead_count || !heap__vector_room(body, 2, scope.dead_count + 1) || !room_for_stoppers(body, 2)) return;
    set_stoppers(body, 2);
    end_dead(body, &scope, 2, report);
    take_stoppers(body, 2);
}

void heap__tidy(HeapBody *body, int generation) {
    heap__vectors_charge(body);
    if (generation < 2) return;
    heap__weak_trim(body);
    heap__pools_trim(body);
    heap__vectors_trim(body);
    heap__scratch_trim(body, body->quota.held / 16); /* the next collection would have to touch it again */
}

static void record(HeapBody *body, const HeapCollection *report) {
    HeapGenerationStats *stats = &body->gc.stats[report->generation];
    stats->collections++;
    stats->collected += report->reclaimed;
    stats->uncollectable += report->uncollectable;
    stats->nanoseconds += report->nanoseconds;
    if (report->nanoseconds > stats->longest) stats->longest = report->nanoseconds;
}

static size_t run(HeapBody *body, HeapCollection *report, void (*collect)(HeapBody *, HeapCollection *)) {
    const HeapHooks *hooks = &body->hooks;
    if (body->gc.collecting) return 0;
    body->gc.collecting = true;
    if (hooks->collection_start) hooks->collection_start(&body->front, report, hooks->ctx);

    report->started = os_nanoseconds();
    collect(body, report);
    report->nanoseconds = os_nanoseconds() - report->started;
    record(body, report);

    if (hooks->collection_stop) hooks->collection_stop(&body->front, report, hooks->ctx);
    body->gc.collecting = false;
    heap__young_mark(body);
    return report->reclaimed + report->uncollectable;
}

size_t heap__collect(HeapBody *body, int generation, HeapTrigger trigger, HeapCollection *out) {
    HeapCollection report = {.generation = generation, .trigger = trigger};
    size_t found = run(body, &report, collect_whole);
    if (out) *out = report;
    return found;
}

size_t heap__collect_suspects(HeapBody *body) {
    HeapCollection report = {.generation = 2, .trigger = HEAP_TRIGGER_THRESHOLD};
    return run(body, &report, collect_part);
}
