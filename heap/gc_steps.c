/* A collection of the old generation in steps. See gc.h for the phases and why they are right.
 *
 * The counts of old slots are kept, between steps, in an array of their own beside the vector:
 *
 *     count      what counting has made of it (it began as zero)
 *     mark       0: not reached; else COUNT_OUT (or 1: reached ahead of the scan, which makes it COUNT_OUT)
 *     judge      0: a suspect; else not, or judged
 *
 * Slots are those that the generation had when the steps began; objects that come later are behind them, or in slots
 * that were left, with a count that means nothing. Nothing that is found here is believed: see heap__steps_suspects.
 *
 * While steps are under way nothing moves the old generation's objects to other slots but the last phase.
 */
#include "find.h"

#include <string.h>

/* --- the scope --------------------------------------------------------------------------------------------------------- */

static HeapGeneration *old_of(HeapBody *body) { return &body->front.generations[2]; }

/* The vector may have become shorter. */
static Scope open_scope(HeapBody *body) {
    Steps *steps = &body->gc.steps;
    unsigned key = HEAP_GC_TRACKED >> HEAP_GC_GENERATION_SHIFT | 2u;
    if (steps->limit > old_of(body)->length) steps->limit = old_of(body)->length;
    Scope scope = {.part_count = 1, .size = steps->limit};
    scope.parts[0] = (Part){.generation = 2, .first = 0, .size = steps->limit};
    scope.limit[key] = steps->limit;
    scope.counts = heap__steps_array(body, 0);
    scope.queue = heap__steps_array(body, 1);
    return scope;
}

static void enter(Steps *steps, StepPhase phase) {
    steps->phase = phase;
    steps->slot = 0;
    steps->row = 0;
}

/* --- count, mark -------------------------------------------------------------------------------------------------------- */

/* Each of these does about `work` and says how much is left of it; the phase is over when the slots are. */

static int64_t zero_counts(HeapBody *body, int64_t work) {
    enum { CHEAPER = 8 };
    Steps *steps = &body->gc.steps;
    Scope scope = open_scope(body);
    if (steps->slot > steps->limit) steps->slot = steps->limit;
    uint32_t left = steps->limit - steps->slot;
    uint32_t slots = left < work * CHEAPER ? left : (uint32_t)(work * CHEAPER);
    memset(scope.counts + steps->slot, 0, slots * sizeof *scope.counts);
    steps->slot += slots;
    if (steps->slot == steps->limit) enter(steps, STEPS_COUNT);
    return work - slots / CHEAPER;
}

/* What looking at an object costs, in references. */
static inline int64_t cost_of(const HeapObject *object, size_t rows) {
    enum { OBJECT_COST = 2, CALL_COST = 8 };
    return object->kind->layout.form == HEAP_FORM_CALL ? CALL_COST : OBJECT_COST + (int64_t)rows;
}

/* The rows that the last call of find_act did. */
static inline size_t rows_done(const HeapObject *object, size_t from, size_t to) {
    if (!to) to = rows_of(object);
    return to > from ? to - from : 0;
}

static int64_t count_some(HeapBody *body, int64_t work) {
    Steps *steps = &body->gc.steps;
    Scope scope = open_scope(body);
    const HeapPlace *places = old_of(body)->places;
    Find find;
    find_init(&find, &scope);
    while (steps->slot < steps->limit && work > 0) {
        scan_ahead(body, places, steps->slot, steps->limit);
        HeapObject *object = object_at(body, places[steps->slot]);
        size_t from = steps->row;
        work--;
        if (object) {
            if (from == 0) scope.counts[steps->slot] += countable(object);
            steps->row = find_discount(&find, object, from, (size_t)(work + 1));
            work -= cost_of(object, rows_done(object, from, steps->row));
        }
        if (!object || !steps->row) steps->row = 0, steps->slot++;
    }
    find_discount_rest(&find);
    if (steps->slot >= steps->limit) enter(steps, STEPS_MARK);
    return work;
}

/* Atomic survivors are untracked here as in every full collection. */
static bool settles(HeapBody *body, HeapObject *object) {
    if (!object->kind->is_atomic || !object->kind->is_atomic(object)) return false;
    heap_untrack(&body->front, object);
    return true;
}

/* Goes on with one object; true: through with it. */
static bool mark_one(HeapBody *body, Find *find, HeapObject *object, int64_t *work) {
    Steps *steps = &body->gc.steps;
    size_t from = steps->row;
    steps->row = 0;
    *work -= 1;
    if (!object || (from == 0 && settles(body, object))) return true;
    steps->row = find_reach(find, object, from, (size_t)(*work > 0 ? *work + 1 : 1));
    *work -= cost_of(object, rows_done(object, from, steps->row));
    return !steps->row;
}

static int64_t mark_some(HeapBody *body, int64_t work) {
    Steps *steps = &body->gc.steps;
    Scope scope = open_scope(body);
    const HeapPlace *places = old_of(body)->places;
    Find find;
    find_init(&find, &scope);
    find.queued = steps->queued;
    while (steps->slot < steps->limit && work > 0) {
        uint32_t slot = steps->slot;
        scan_ahead(body, places, slot, steps->limit);
        find.passed = slot + 1;
        bool through = true;
        if (scope.counts[slot]) {
            scope.counts[slot] = COUNT_OUT;
            through = mark_one(body, &find, object_at(body, places[slot]), &work);
        } else {
            work--;
        }
        if (through) steps->slot++;
    }
    find_reach_rest(&find);
    steps->queued = find.queued;
    if (steps->slot >= steps->limit) enter(steps, STEPS_DRAIN);
    return work;
}

/* What was reached behind the scan, and all that is reached from there. */
static int64_t drain_some(HeapBody *body, int64_t work) {
    Steps *steps = &body->gc.steps;
    Scope scope = open_scope(body);
    const HeapPlace *places = old_of(body)->places;
    Find find;
    find_init(&find, &scope);
    find.passed = steps->limit;
    find.queued = steps->queued;
    while ((find.queued || steps->row) && work > 0) {
        if (steps->row == 0) steps->slot = scope.queue[--find.queued];
        bool there = steps->slot < steps->limit;
        if (there) scope.counts[steps->slot] = COUNT_OUT;
        mark_one(body, &find, there ? object_at(body, places[steps->slot]) : NULL, &work);
        if (!find.queued) find_reach_rest(&find);
    }
    find_reach_rest(&find);
    steps->queued = find.queued;
    if (!steps->queued && !steps->row) enter(steps, STEPS_JUDGE);
    return work;
}

/* --- judge -------------------------------------------------------------------------------------------------------------- */

HEAP_INLINE void suspect(Find *find, HeapObject *object) {
    Scope *scope = find->scope;
    uint32_t slot = heap__scope_slot(scope, object);
    if (slot == NO_SLOT || scope->counts[slot]) return;
    scope->counts[slot] = countable(object);
    scope->dead[scope->dead_count++] = slot;
}

HEAP_INLINE void act_suspect(HeapObject *object, void *find) { suspect(find, ring_turn(find, object)); }

static int visit_suspect(HeapObject *object, void *find) {
    act_suspect(object, find);
    return 0;
}

static void suspect_kind(Find *find, const HeapKind *kind) { suspect(find, (HeapObject *)&kind->head); }

static void suspect_rest(Find *find) {
    for (int i = 0; i < RING; i++) suspect(find, ring_turn(find, &find->nobody));
}

/* All suspects that those from `done` on reach. Each has its refcount for a count. */
static void close_part(HeapBody *body, Find *find, uint32_t done) {
    const HeapPlace *places = old_of(body)->places;
    Scope *scope = find->scope;
    while (done < scope->dead_count) {
        find_act(find, heap__at_place(&body->front, places[scope->dead[done++]]), 0, SIZE_MAX, act_suspect, visit_suspect, suspect_kind);
        if (done == scope->dead_count) suspect_rest(find);
    }
}

/* Moves on to the next suspect. False: not found within `slots` slots, or there is none any more. */
static bool next_suspect(HeapBody *body, const Scope *scope, uint32_t slots) {
    Steps *steps = &body->gc.steps;
    for (; steps->slot < steps->limit && slots; steps->slot++, slots--)
        if (!scope->counts[steps->slot] && old_of(body)->places[steps->slot]) return true;
    return false;
}

static void gather_part(HeapBody *body, Scope *scope) {
    enum { PARTS = 32 }; /* a suspect costs as much as so many references */
    Steps *steps = &body->gc.steps;
    Find find;
    find_init(&find, scope);
    while (scope->dead_count < steps->work / PARTS + 1 && next_suspect(body, scope, steps->limit)) {
        uint32_t done = scope->dead_count;
        suspect(&find, heap__at_place(&body->front, old_of(body)->places[steps->slot]));
        close_part(body, &find, done);
    }
}

/* Everything in the part that something outside refers to, or that such an object reaches, is alive. No code but the
 * kinds' traverse runs from the counting to the verdict, so it is exact. */
void heap__steps_suspects(HeapBody *body, Scope *scope, HeapCollection *report) {
    *scope = open_scope(body);
    scope->queue = heap__scratch(body, 1, scope->size);
    scope->dead = heap__scratch(body, 2, scope->size);
    gather_part(body, scope);
    report->tracked = scope->dead_count;
    report->untracked = heap__find_dead_listed(body, scope, true);
}

/* One part, or the way to the next. */
static int64_t judge_some(HeapBody *body, int64_t work, size_t *found) {
    enum { CHEAPER = 8 };
    Steps *steps = &body->gc.steps;
    Scope scope = open_scope(body);
    bool any = next_suspect(body, &scope, (uint32_t)work * CHEAPER);
    bool over = steps->slot >= steps->limit;
    if (any || (over && !steps->reported)) {
        steps->reported = true;
        *found += heap__collect_suspects(body);
        return 0;
    }
    if (over) {
        enter(steps, STEPS_SQUEEZE);
        steps->to = 0;
    }
    return over ? work : 0;
}

/* --- squeeze ------------------------------------------------------------------------------------------------------------ */

/* Slots to..slot are empty at all times. */
static void squeeze_end(HeapBody *body) {
    Steps *steps = &body->gc.steps;
    HeapGeneration *old = old_of(body);
    heap__vector_note(body, 2);
    old->holes -= old->length - steps->to;
    old->length = steps->to;
    heap__steps_end(body);
    body->gc.long_lived_total = generation_size(old);
    heap__tidy(body, 2);
}

static int64_t squeeze_some(HeapBody *body, int64_t work) {
    Steps *steps = &body->gc.steps;
    HeapGeneration *old = old_of(body);
    if (steps->slot > old->length) steps->slot = steps->to = old->length; /* then it had not yet met a hole */
    while (steps->slot < old->length && work > 0) {
        scan_ahead(body, old->places, steps->slot, old->length);
        uint32_t from = steps->slot++;
        HeapObject *object = object_at(body, old->places[from]);
        work--;
        if (!object) continue;
        if (from != steps->to) {
            old->places[from] = 0;
            heap__vector_set(body, 2, steps->to, object);
            work -= 2;
        }
        steps->to++;
    }
    if (steps->slot >= old->length) squeeze_end(body);
    return work;
}

/* --- the whole ----------------------------------------------------------------------------------------------------------- */

bool heap__steps_wanted(const HeapBody *body) {
    return !body->gc.steps.off && generation_size(&body->front.generations[2]) >= body->gc.steps.least;
}

void heap__steps_begin(HeapBody *body) {
    Steps *steps = &body->gc.steps;
    enter(steps, STEPS_ZERO);
    steps->limit = old_of(body)->length;
    steps->queued = 0;
    steps->reported = false;
    body->gc.long_lived_pending = 0;
    old_of(body)->count = 0;
    if (steps->limit > body->outside.steps_touched) body->outside.steps_touched = steps->limit;
}

void heap__steps_end(HeapBody *body) { body->gc.steps.phase = STEPS_NONE; }

/* A time round is given up when most of what it looks at is gone. */
void heap__steps_shrink(HeapBody *body) {
    Collector *gc = &body->gc;
    size_t old = generation_size(old_of(body));
    if (!gc->steps.phase || old >= body->outside.steps_touched / 2) return;
    heap__steps_end(body);
    gc->long_lived_total = old;
}

static int64_t do_some(HeapBody *body, int64_t work, size_t *found) {
    switch (body->gc.steps.phase) {
    case STEPS_ZERO: return zero_counts(body, work);
    case STEPS_COUNT: return count_some(body, work);
    case STEPS_MARK: return mark_some(body, work);
    case STEPS_DRAIN: return drain_some(body, work);
    case STEPS_JUDGE: return judge_some(body, work, found);
    case STEPS_SQUEEZE: return squeeze_some(body, work);
    default: return 0;
    }
}

size_t heap__steps_do(HeapBody *body, uint32_t times) {
    HeapGenerationStats *stats = &body->gc.stats[2];
    uint64_t started = os_nanoseconds();
    size_t found = 0;
    int64_t work = (int64_t)body->gc.steps.work * times;
    while (body->gc.steps.phase && work > 0) work = do_some(body, work, &found);
    uint64_t took = os_nanoseconds() - started;
    stats->steps++;
    if (took > stats->longest_step) stats->longest_step = took;
    return found;
}

void heap_set_steps(Heap *heap, size_t least, uint32_t work) {
    Steps *steps = &body_of(heap)->gc.steps;
    heap__steps_end(body_of(heap));
    steps->least = least;
    steps->work = work ? work : 1;
}

void heap_set_incremental(Heap *heap, bool on) {
    if (!on) heap__steps_end(body_of(heap));
    body_of(heap)->gc.steps.off = !on;
}

bool heap_is_incremental(const Heap *heap) { return !body_of(heap)->gc.steps.off; }

bool heap_in_steps(const Heap *heap) { return body_of(heap)->gc.steps.phase != STEPS_NONE; }

const char *heap__steps_check(HeapBody *body) {
    const Steps *steps = &body->gc.steps;
    const HeapGeneration *old = old_of(body);
    if (!steps->phase) return NULL;
    if (steps->phase == STEPS_SQUEEZE) {
        if (steps->to > steps->slot) return "squeezing wrote ahead of where it read";
        for (uint32_t i = steps->to; i < steps->slot && i < old->length; i++)
            if (old->places[i]) return "squeezing left an object behind";
        return NULL;
    }
    if (steps->limit > old->capacity) return "the steps look at slots that never were";
    if (steps->queued > steps->limit) return "more slots wait to be marked than there are";
    for (uint32_t i = 0; i < steps->queued; i++)
        if (heap__steps_array(body, 1)[i] >= old->capacity) return "a slot waits to be marked that never was";
    return NULL;
}
