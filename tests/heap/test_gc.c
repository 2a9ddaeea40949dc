/* The collector: generations, thresholds, order of events, resurrection, debug flags. */
#include "nodes.h"

static void cycles_are_collected(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    make_garbage_pair(heap, &node_kind, 1);
    Node *self = node_new(heap, 3);
    node_link(heap, self, 0, self);
    node_release(heap, self);
    HeapCollection report;
    assert_int_equal(heap_collect(heap, 2, &report), 3);
    assert_int_equal(report.tracked, 3);
    assert_int_equal(report.reclaimed, 3);
    assert_int_equal(report.generation, 2);
    assert_int_equal(report.trigger, HEAP_TRIGGER_EXPLICIT);
    assert_true(report.nanoseconds > 0);
    assert_int_equal(blocks_used(heap), 0);
    assert_heap(heap);
    heap_drop(heap);
}

static void what_is_held_from_outside_stays(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *a = node_new(heap, 1), *b = node_new(heap, 2), *c = node_new(heap, 3);
    node_link(heap, a, 0, b);
    node_link(heap, b, 0, c);
    node_link(heap, c, 0, a);
    node_release(heap, b);
    node_release(heap, c);
    for (int g = 0; g < 3; g++) assert_int_equal(heap_collect(heap, g, NULL), 0);
    assert_int_equal(heap_generation_of(&a->head), 2);
    node_release(heap, a);
    assert_int_equal(heap_collect(heap, 1, NULL), 0);
    assert_int_equal(heap_collect(heap, 2, NULL), 3);
    heap_drop(heap);
}

static void a_later_object_may_hold_an_earlier_one(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    enum { MANY = 1000 };
    Node *previous = NULL;
    for (uint32_t i = 0; i < MANY; i++) { /* each holds the one before; only the last is held */
        Node *node = node_new(heap, i);
        node->edges[0] = previous;
        node_link(heap, node, 1, node);
        previous = node;
    }
    assert_int_equal(heap_collect(heap, 0, NULL), 0);
    assert_int_equal(heap_collect(heap, 2, NULL), 0);
    assert_int_equal(heap_generation_size(heap, 2), MANY);
    node_release(heap, previous);
    assert_int_equal(heap_collect(heap, 2, NULL), MANY);
    heap_drop(heap);
}

static void survivors_age(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    assert_int_equal(heap_generation_of(&node->head), 0);
    heap_collect(heap, 0, NULL);
    assert_int_equal(heap_generation_of(&node->head), 1);
    heap_collect(heap, 0, NULL);
    assert_int_equal(heap_generation_of(&node->head), 1);
    heap_collect(heap, 1, NULL);
    assert_int_equal(heap_generation_of(&node->head), 2);
    heap_collect(heap, 2, NULL);
    assert_int_equal(heap_generation_of(&node->head), 2);
    assert_heap(heap);
    node_release(heap, node);
    heap_drop(heap);
}

static void young_garbage_held_by_old_garbage_waits(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *old = node_new(heap, 1);
    heap_collect(heap, 2, NULL);
    Node *young = node_new(heap, 2);
    node_link(heap, old, 0, young);
    node_link(heap, young, 0, old);
    node_release(heap, old);
    node_release(heap, young);
    assert_int_equal(heap_collect(heap, 0, NULL), 0);
    assert_int_equal(heap_collect(heap, 2, NULL), 2);
    heap_drop(heap);
}

static void the_due_bit_comes_at_the_threshold(void **state) {
    (void)state;
    World world = {0};
    uint32_t word = 0;
    HeapOptions options;
    heap_options_init(&options);
    options.due_word = &word;
    options.due_bit = 4;
    Heap *heap = world_heap(&world, &options);
    for (uint32_t i = 0; i < 700; i++) node_new(heap, i);
    assert_int_equal(word, 0);
    node_new(heap, 700);
    assert_int_equal(word, 4);
    heap_collect_due(heap);
    assert_int_equal(word, 0);
    uint32_t counts[3];
    heap_get_counts(heap, counts);
    assert_int_equal(counts[0], 0);
    assert_int_equal(counts[1], 1);
    heap_drop(heap);
}

static void the_dead_do_not_count_to_the_threshold(void **state) {
    (void)state;
    World world = {.quiet = true};
    uint32_t word = 0;
    HeapOptions options;
    heap_options_init(&options);
    options.due_word = &word;
    options.due_bit = 1;
    Heap *heap = world_heap(&world, &options);
    Node *window[300];
    for (uint32_t i = 0; i < 100000; i++) { /* 300 live at any time */
        if (i >= 300) node_release(heap, window[i % 300]);
        window[i % 300] = node_new(heap, i);
    }
    assert_int_equal(word, 0);
    assert_heap(heap);
    heap_drop(heap);
}

static void no_bit_while_disabled_or_without_threshold(void **state) {
    (void)state;
    World world = {0};
    uint32_t word = 0;
    HeapOptions options;
    heap_options_init(&options);
    options.due_word = &word;
    options.due_bit = 1;
    Heap *heap = world_heap(&world, &options);
    heap_gc_disable(heap);
    assert_false(heap_gc_is_enabled(heap));
    for (uint32_t i = 0; i < 5000; i++) node_new(heap, i);
    assert_int_equal(word, 0);
    heap_gc_enable(heap);
    assert_int_equal(word, 1);
    heap_collect_due(heap);
    assert_int_equal(heap_generation_size(heap, 1), 5000);
    heap_set_thresholds(heap, 0, 10, 10);
    for (uint32_t i = 0; i < 5000; i++) node_new(heap, i);
    assert_int_equal(word, 0);
    heap_set_thresholds(heap, 1, 10, 10);
    assert_int_equal(word, 1);
    heap_drop(heap);
}

static void generations_are_chosen_as_in_cpython(void **state) {
    (void)state;
    World world = {.quiet = true};
    uint32_t word = 0;
    HeapOptions options;
    heap_options_init(&options);
    options.due_word = &word;
    options.due_bit = 1;
    options.step_least = SIZE_MAX;
    Heap *heap = world_heap(&world, &options);
    HeapGenerationStats stats[3];
    for (uint32_t i = 0; i < 701 * 200; i++) { /* all survive */
        node_new(heap, i);
        if (word) heap_collect_due(heap);
    }
    for (int g = 0; g < 3; g++) heap_generation_stats(heap, g, &stats[g]);
    /* Eleven young ones and a middle one, eleven times; then an old one; then on as before. */
    assert_int_equal(stats[2].collections, 1);
    assert_int_equal(stats[1].collections, 11 + (200 - 133) / 12);
    assert_int_equal(stats[0].collections, 200 - 1 - 16);
    heap_drop(heap);
}

static Node *known[2];

static void tell_known(Heap *heap, HeapVisit visit, void *arg, void *ctx) {
    (void)heap, (void)ctx;
    for (int i = 0; i < 2; i++)
        if (known[i]) visit(&known[i]->head, arg);
}

/* What the roots hook leaves out is found alive by its count; what is frozen keeps what it refers to. */
static void roots_need_not_be_all(void **state) {
    (void)state;
    World world = {.quiet = true};
    HeapOptions options;
    heap_options_init(&options);
    options.hooks.roots = tell_known;
    Heap *heap = world_heap(&world, &options);
    Node *frozen = node_new(heap, 1), *a = node_new_of(heap, &laid_out_kind, 2), *b = node_new(heap, 3);
    heap_freeze(heap);
    heap_untrack(heap, &b->head);
    heap_track(heap, &b->head);
    node_link(heap, frozen, 0, a);
    for (uint32_t i = 0; i < 100; i++) { /* behind each of them one that is reached from it alone, and a dead pair */
        Node *of_a = node_new(heap, 10 + i), *of_b = node_new_of(heap, &laid_out_kind, 200 + i);
        node_link(heap, of_a, 0, a->edges[0]);
        node_link(heap, of_b, 0, b->edges[0]);
        node_link(heap, of_b, 1, of_b);
        node_link(heap, a, 0, of_a);
        node_link(heap, b, 0, of_b);
        node_release(heap, of_a);
        node_release(heap, of_b);
        make_garbage_pair(heap, &node_kind, 1000);
    }
    known[0] = a;
    HeapCollection report;
    assert_int_equal(heap_collect(heap, 2, &report), 200);
    assert_int_equal(heap_generation_size(heap, 2), 201);
    assert_heap(heap);
    known[0] = NULL;
    assert_int_equal(heap_collect(heap, 2, NULL), 0);
    node_release(heap, a);
    assert_int_equal(heap_collect(heap, 2, NULL), 0);
    known[1] = b;
    node_drop(heap, frozen, 0);
    assert_int_equal(heap_generation_size(heap, 2), 101);
    known[1] = NULL;
    node_release(heap, b);
    assert_int_equal(heap_collect(heap, 2, NULL), 100);
    node_release(heap, frozen);
    heap_drop(heap);
}

static void full_collections_become_rare_as_the_heap_grows(void **state) {
    (void)state;
    World world = {.quiet = true};
    uint32_t word = 0;
    HeapOptions options;
    heap_options_init(&options);
    options.due_word = &word;
    options.due_bit = 1;
    Heap *heap = world_heap(&world, &options);
    for (uint32_t i = 0; i < 1000000; i++) {
        node_new(heap, i);
        if (word) heap_collect_due(heap);
    }
    HeapGenerationStats stats;
    heap_generation_stats(heap, 2, &stats);
    assert_true(stats.collections > 2 && stats.collections < 20);
    heap_drop(heap);
}

static void weak_callbacks_precede_finalizers(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *watcher = node_new(heap, 9);
    Node *a = node_new_of(heap, &final_kind, 1), *b = node_new_of(heap, &final_kind, 2);
    node_link(heap, a, 0, b);
    node_link(heap, b, 0, a);
    assert_true(heap_weak_add(heap, &watcher->link, &a->head, &watcher->head));
    node_release(heap, a);
    node_release(heap, b);
    HeapCollection report;
    heap_collect(heap, 2, &report);
    assert_string_equal(world.log, "w9 f1 f2 d2 d1");
    assert_int_equal(report.weak_cleared, 1);
    assert_int_equal(report.finalized, 2);
    node_release(heap, watcher);
    assert_heap(heap);
    heap_drop(heap);
}

static void dead_watchers_are_not_called(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *a = node_new(heap, 1), *b = node_new(heap, 2);
    node_link(heap, a, 0, b);
    node_link(heap, b, 0, a);
    assert_true(heap_weak_add(heap, &a->link, &b->head, &a->head));
    node_release(heap, a);
    node_release(heap, b);
    heap_collect(heap, 2, NULL);
    assert_int_equal(world.called_back, 0);
    assert_int_equal(world.freed, 2);
    assert_heap(heap);
    heap_drop(heap);
}

static Node *saved;
static void save_one(Heap *heap, Node *node) {
    (void)heap;
    if (node->id != 1) return;
    heap_incref(&node->head);
    saved = node;
}

static void the_resurrected_and_what_they_hold_stay(void **state) {
    (void)state;
    World world = {.on_finalize = save_one};
    Heap *heap = world_heap(&world, NULL);
    make_garbage_pair(heap, &final_kind, 1); /* 1 is saved, and holds 2 */
    make_garbage_pair(heap, &final_kind, 3);
    HeapCollection report;
    assert_int_equal(heap_collect(heap, 2, &report), 2);
    assert_int_equal(report.resurrected, 2);
    assert_int_equal(report.finalized, 4);
    assert_int_equal(heap_generation_of(&saved->head), 2);
    assert_heap(heap);
    node_release(heap, saved);
    assert_int_equal(heap_collect(heap, 2, &report), 2);
    assert_int_equal(report.finalized, 0);
    assert_int_equal(world.finalized, 4);
    heap_drop(heap);
}

static void unlink_all(Heap *heap, Node *node) { node_clear(heap, &node->head); }

static void finalizers_may_free_the_others(void **state) {
    (void)state;
    World world = {.on_finalize = unlink_all};
    Heap *heap = world_heap(&world, NULL);
    for (uint32_t i = 0; i < 50; i++) make_garbage_pair(heap, &final_kind, 2 * i);
    heap_collect(heap, 0, NULL);
    assert_int_equal(world.freed, 100);
    assert_int_equal(world.finalized, 100);
    assert_int_equal(blocks_used(heap), 0);
    assert_heap(heap);
    heap_drop(heap);
}

static void make_more(Heap *heap, Node *node) {
    if (node->id < 1000) make_garbage_pair(heap, &final_kind, 1000 + node->id * 2);
    heap_collect(heap, 2, NULL); /* refused: one is running */
    heap_freeze(heap);
    heap_unfreeze(heap);
}

static void finalizers_may_make_garbage_and_ask_to_collect(void **state) {
    (void)state;
    World world = {.on_finalize = make_more, .quiet = true};
    Heap *heap = world_heap(&world, NULL);
    for (uint32_t i = 0; i < 400; i++) make_garbage_pair(heap, &final_kind, 2 * i);
    for (int g = 0; g < 3; g++) {
        heap_collect(heap, g, NULL);
        assert_heap(heap);
    }
    heap_collect(heap, 2, NULL);
    assert_int_equal(heap_generation_size(heap, -1), 0);
    assert_int_equal(blocks_used(heap), 0);
    assert_int_equal(world.finalized, world.freed);
    heap_drop(heap);
}

static void callback_that_revives(Heap *heap, Node *owner, HeapWeakLink *link) {
    (void)link;
    node_clear(heap, &owner->head); /* drops what the watcher holds */
}

static void callbacks_may_change_the_graph(void **state) {
    (void)state;
    World world = {.on_callback = callback_that_revives, .quiet = true};
    Heap *heap = world_heap(&world, NULL);
    enum { MANY = 200 };
    Node *watchers[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        watchers[i] = node_new(heap, i);
        Node *a = node_new(heap, 1000 + i), *b = node_new(heap, 2000 + i), *extra = node_new(heap, 3000 + i);
        node_link(heap, a, 0, b);
        node_link(heap, b, 0, a);
        node_link(heap, watchers[i], 0, extra);
        node_link(heap, extra, 0, extra);
        assert_true(heap_weak_add(heap, &watchers[i]->link, &a->head, &watchers[i]->head));
        node_release(heap, a);
        node_release(heap, b);
        node_release(heap, extra);
    }
    assert_int_equal(heap_collect(heap, 0, NULL), 2 * MANY);
    assert_int_equal(world.called_back, MANY);
    assert_int_equal(heap_collect(heap, 2, NULL), MANY); /* the extras */
    for (int i = 0; i < MANY; i++) node_release(heap, watchers[i]);
    heap_trim(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static bool has_no_edges(const HeapObject *object) {
    for (int i = 0; i < NODE_EDGES; i++)
        if (((const Node *)object)->edges[i]) return false;
    return true;
}

static void atomic_survivors_are_untracked(void **state) {
    (void)state;
    HeapKind tuple_like = node_kind, dict_like = node_kind;
    tuple_like.is_atomic = dict_like.is_atomic = has_no_edges;
    dict_like.flags = HEAP_KIND_SETTLE_FULL;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *tuple = node_new_of(heap, &tuple_like, 1), *dict = node_new_of(heap, &dict_like, 2);
    Node *full = node_new_of(heap, &tuple_like, 3);
    node_link(heap, full, 0, dict);
    HeapCollection report;
    heap_collect(heap, 0, &report);
    assert_int_equal(report.untracked, 1);
    assert_false(heap_is_tracked(&tuple->head));
    assert_true(heap_is_tracked(&dict->head));
    assert_true(heap_is_tracked(&full->head));
    heap_collect(heap, 2, NULL);
    assert_false(heap_is_tracked(&dict->head));
    assert_true(heap_is_tracked(&full->head));
    assert_heap(heap);
    node_release(heap, tuple);
    node_release(heap, full);
    node_release(heap, dict);
    heap_drop(heap);
}

static void frozen_objects_are_left_alone(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    make_garbage_pair(heap, &node_kind, 1);
    heap_collect(heap, 0, NULL);
    make_garbage_pair(heap, &node_kind, 3);
    heap_freeze(heap);
    assert_int_equal(heap_freeze_count(heap), 2);
    assert_int_equal(heap_collect(heap, 2, NULL), 0);
    assert_heap(heap);
    heap_unfreeze(heap);
    assert_int_equal(heap_freeze_count(heap), 0);
    assert_int_equal(heap_collect(heap, 2, NULL), 2);
    heap_drop(heap);
}

typedef struct Events {
    HeapCollection last;
    int starts, stops;
    size_t kept, shown;
    HeapObject *garbage[16];
} Events;

static void on_start(Heap *heap, const HeapCollection *collection, void *ctx) {
    (void)collection;
    assert_true(heap_gc_is_collecting(heap));
    ((Events *)ctx)->starts++;
}
static void on_stop(Heap *heap, const HeapCollection *collection, void *ctx) {
    Events *events = ctx;
    events->stops++;
    events->last = *collection;
    assert_int_equal(heap_collect(heap, 2, NULL), 0);
}
static bool keep(Heap *heap, HeapObject *object, void *ctx) {
    (void)heap;
    Events *events = ctx;
    heap_incref(object);
    events->garbage[events->kept++] = object;
    return true;
}
static void show(Heap *heap, HeapObject *object, bool collectable, void *ctx) {
    (void)heap;
    (void)object;
    (void)collectable;
    ((Events *)ctx)->shown++;
}

static Heap *event_heap(Events *events, World *world) {
    Heap *heap = world_heap(world, NULL);
    HeapHooks hooks = {.ctx = events, .collection_start = on_start, .collection_stop = on_stop,
                       .keep_garbage = keep, .unreachable = show};
    heap_set_hooks(heap, &hooks);
    return heap;
}

static void hooks_tell_of_each_collection(void **state) {
    (void)state;
    Events events = {0};
    World world = {0};
    Heap *heap = event_heap(&events, &world);
    make_garbage_pair(heap, &node_kind, 1);
    heap_collect(heap, 1, NULL);
    assert_int_equal(events.starts, 1);
    assert_int_equal(events.stops, 1);
    assert_int_equal(events.last.generation, 1);
    assert_int_equal(events.last.reclaimed, 2);
    HeapGenerationStats stats;
    heap_generation_stats(heap, 1, &stats);
    assert_int_equal(stats.collections, 1);
    assert_int_equal(stats.collected, 2);
    heap_drop(heap);
}

static void saveall_keeps_everything(void **state) {
    (void)state;
    Events events = {0};
    World world = {0};
    Heap *heap = event_heap(&events, &world);
    heap_set_debug(heap, HEAP_DEBUG_SAVEALL | HEAP_DEBUG_COLLECTABLE);
    make_garbage_pair(heap, &node_kind, 1);
    assert_int_equal(heap_collect(heap, 2, NULL), 2);
    assert_int_equal(events.kept, 2);
    assert_int_equal(events.shown, 2);
    assert_int_equal(world.freed, 0);
    heap_set_debug(heap, 0);
    for (size_t i = 0; i < events.kept; i++) heap_decref(heap, events.garbage[i]);
    assert_int_equal(heap_collect(heap, 2, NULL), 2);
    assert_int_equal(world.freed, 2);
    heap_drop(heap);
}

static void stubborn_objects_are_uncollectable(void **state) {
    (void)state;
    HeapKind stubborn = node_kind;
    stubborn.flags = HEAP_KIND_STUBBORN;
    Events events = {0};
    World world = {0};
    Heap *heap = event_heap(&events, &world);
    Node *a = node_new_of(heap, &stubborn, 1), *b = node_new(heap, 2), *c = node_new(heap, 3);
    node_link(heap, a, 0, b);
    node_link(heap, b, 0, a);
    node_link(heap, c, 0, a); /* holds the stubborn one, is not held by it */
    node_link(heap, c, 1, c);
    node_release(heap, a);
    node_release(heap, b);
    node_release(heap, c);
    HeapCollection report;
    assert_int_equal(heap_collect(heap, 2, &report), 2);
    assert_int_equal(report.uncollectable, 1);
    assert_int_equal(report.reclaimed, 1);
    assert_int_equal(events.kept, 1);
    assert_ptr_equal(events.garbage[0], a);
    assert_heap(heap);
    heap_drop(heap);
}

static void collecting_at_every_allocation(void **state) {
    (void)state;
    World world = {.quiet = true};
    HeapOptions options;
    heap_options_init(&options);
    options.collect_every_allocation = true;
    Heap *heap = world_heap(&world, &options);
    for (uint32_t i = 0; i < 200; i++) make_garbage_pair(heap, &final_kind, i);
    assert_true(heap_generation_size(heap, -1) <= 4);
    heap_set_collect_every_allocation(heap, 0);
    heap_collect(heap, 2, NULL);
    assert_int_equal(world.freed, 400);
    heap_drop(heap);
}

/* Full collections in the mode that looks at MEAN objects and references in the mean, while pairs come among old objects that
 * have so many references each. */
static uint64_t full_among(int edges) {
    enum { OLD = 400, MEAN = 50, NEW = 4 * OLD / MEAN };
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    Node *old[OLD];
    for (uint32_t i = 0; i < OLD; i++) {
        old[i] = node_new(heap, i);
        for (int edge = 0; edge < edges; edge++) node_link(heap, old[i], edge, old[0]);
    }
    heap_collect(heap, 2, NULL);
    heap_set_collect_every_allocation(heap, MEAN);
    HeapGenerationStats before, after;
    heap_generation_stats(heap, 2, &before);
    for (uint32_t i = 0; i < NEW; i++) make_garbage_pair(heap, &node_kind, 2 * i);
    heap_generation_stats(heap, 2, &after);
    uint64_t full = after.collections - before.collections;
    assert_true(world.freed >= 2 * (NEW - 1 - full)); /* one made old by a full collection keeps its pair */
    heap_set_collect_every_allocation(heap, 0);
    for (uint32_t i = 0; i < OLD; i++) heap_decref(heap, &old[i]->head);
    heap_drop(heap);
    return full;
}

/* Garbage among the old waits for a full collection, which comes the less often the more it has to look at. */
static void collecting_what_is_new_at_every_allocation(void **state) {
    (void)state;
    uint64_t full = full_among(0);
    assert_true(full >= 4 && full <= 9);
    full = full_among(4);
    assert_true(full >= 1 && full <= 2);
}

/* All but the last few; without any collection. */
static void vectors_shrink_when_objects_die_one_by_one(void **state) {
    enum { COUNT = 300000, KEPT_OF = 100 };
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    heap_gc_disable(heap);
    HeapStats before, full, after;
    heap_stats(heap, &before);
    Node **nodes = malloc(COUNT * sizeof *nodes);
    assert_non_null(nodes);
    for (uint32_t i = 0; i < COUNT; i++) nodes[i] = node_new(heap, i);
    heap_freeze(heap);
    heap_unfreeze(heap); /* they are old now */
    heap_stats(heap, &full);
    assert_true(full.bytes_overhead > before.bytes_overhead + COUNT * sizeof(HeapPlace));
    for (uint32_t i = 0; i < COUNT - COUNT / KEPT_OF; i++) node_release(heap, nodes[i]);
    heap_stats(heap, &after);
    assert_true(after.bytes_overhead - before.bytes_overhead < (full.bytes_overhead - before.bytes_overhead) / 2);
    assert_heap(heap);
    for (uint32_t i = COUNT - COUNT / KEPT_OF; i < COUNT; i++) node_release(heap, nodes[i]);
    free(nodes);
    assert_heap(heap);
    heap_drop(heap);
}

static void big_vectors_move_once_and_shrink_again(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    heap_gc_disable(heap);
    for (uint32_t i = 0; i < 150000; i++) make_garbage_pair(heap, &node_kind, i);
    assert_heap(heap);
    assert_int_equal(heap_collect(heap, 0, NULL), 300000);
    assert_heap(heap);
    assert_int_equal(blocks_used(heap), 0);
    for (uint32_t i = 0; i < 50000; i++) node_new(heap, i);
    heap_collect(heap, 2, NULL);
    assert_int_equal(heap_generation_size(heap, 2), 50000);
    assert_heap(heap);
    heap_drop(heap);
}

/* --- kinds whose death is the heap's own work --------------------------------------------------------------------------- */

/* Two references in fields, or any number at the end. */
typedef struct Fields {
    HeapObject head;
    HeapObject *a, *b;
} Fields;

typedef struct Tail {
    HeapObject head;
    size_t count;
    HeapObject *items[3];
} Tail;

static int fields_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Fields *fields = (Fields *)object;
    int result = ((uintptr_t)fields->a & 7) || !fields->a ? 0 : visit(fields->a, arg);
    return result || !fields->b ? result : visit(fields->b, arg);
}
static int tail_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Tail *tail = (Tail *)object;
    int result = 0;
    for (size_t i = 0; i < tail->count && !result; i++) result = visit(tail->items[i], arg);
    return result;
}
static void never_clear(Heap *heap, HeapObject *object) {
    (void)heap, (void)object;
    fail_msg("the clear of a whole kind was called");
}
static void never_free(Heap *heap, HeapObject *object) {
    (void)heap, (void)object;
    fail_msg("the free of a whole kind was called");
}

static const HeapKind fields_kind = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "fields", .traverse = fields_traverse, .clear = never_clear, .free = never_free,
    .layout = {.form = HEAP_FORM_FIELDS, .whole = true, .words = offsetof(Fields, a), .count = 2}};
static const HeapKind tail_kind = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "tail", .traverse = tail_traverse, .free = never_free,
    .layout = {.form = HEAP_FORM_TAIL, .whole = true, .words = offsetof(Tail, items), .count = offsetof(Tail, count)}};

/* A vector of references in a block of its own. */
typedef struct Vector {
    HeapObject head;
    HeapObject **items;
    uint32_t count;
} Vector;

static int vector_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Vector *vector = (Vector *)object;
    int result = 0;
    for (uint32_t i = 0; i < vector->count && !result; i++) result = visit(vector->items[i], arg);
    return result;
}
static void vector_clear(Heap *heap, HeapObject *object) {
    Vector *vector = (Vector *)object;
    HeapObject **items = vector->items;
    uint32_t count = vector->count;
    vector->items = NULL;
    vector->count = 0;
    while (count-- > 0) heap_decref(heap, items[count]);
    heap_free(heap, items);
}
static const HeapKind vector_kind = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "vector", .traverse = vector_traverse, .clear = vector_clear, .free = never_free,
    .layout = {.form = HEAP_FORM_VECTOR, .whole = true, .words = offsetof(Vector, items), .count = offsetof(Vector, count)}};

static Vector *vector_new(Heap *heap, uint32_t count) {
    Vector *vector = heap_object_new(heap, &vector_kind, sizeof *vector);
    assert_non_null(vector);
    vector->items = count ? heap_alloc(heap, count * sizeof *vector->items) : NULL;
    vector->count = count;
    for (uint32_t i = 0; i < count; i++) vector->items[i] = &node_new(heap, i)->head;
    heap_track(heap, &vector->head);
    return vector;
}

static void whole_vectors_die_and_are_cleared(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    heap_decref(heap, &vector_new(heap, 0)->head);
    heap_decref(heap, &vector_new(heap, 3)->head);
    assert_string_equal(world.log, "d2 d1 d0");
    Vector *a = vector_new(heap, 1), *b = vector_new(heap, 1);
    heap_decref(heap, a->items[0]);
    heap_decref(heap, b->items[0]);
    a->items[0] = &b->head;
    b->items[0] = &a->head;
    assert_int_equal(heap_collect(heap, 2, NULL), 2);
    assert_heap(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static Fields *fields_new(Heap *heap, HeapObject *a, HeapObject *b) {
    Fields *fields = heap_object_new(heap, &fields_kind, sizeof *fields);
    assert_non_null(fields);
    fields->a = a;
    fields->b = b;
    heap_track(heap, &fields->head);
    return fields;
}

static void whole_kinds_die_without_their_functions(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Tail *tail = heap_object_new(heap, &tail_kind, sizeof *tail);
    assert_non_null(tail);
    tail->count = 3;
    for (size_t i = 0; i < 3; i++) tail->items[i] = &node_new(heap, (uint32_t)i)->head;
    heap_track(heap, &tail->head);
    Fields *fields = fields_new(heap, (HeapObject *)(uintptr_t)5, &tail->head); /* 5: no reference */
    heap_decref(heap, &fields->head);
    assert_string_equal(world.log, "d2 d1 d0"); /* the tail from its end on */
    Fields *chain = NULL;
    for (uint32_t i = 0; i < 100000; i++) chain = fields_new(heap, NULL, chain ? &chain->head : NULL);
    heap_decref(heap, &chain->head);
    assert_heap(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void whole_kinds_are_cleared_in_cycles(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    for (int generation = 0; generation < 3; generation++) {
        Fields *held = fields_new(heap, NULL, NULL);
        for (uint32_t i = 0; i < 1000; i++) {
            Fields *a = fields_new(heap, i == 7 ? &node_new(heap, 7)->head : NULL, NULL);
            a->b = &fields_new(heap, &held->head, &a->head)->head;
            heap_incref(&held->head);
        }
        world.length = 0;
        world.log[0] = 0;
        assert_int_equal(heap_collect(heap, generation, NULL), 2000 + 1);
        assert_string_equal(world.log, "d7");
        assert_int_equal(held->head.refcount, 1);
        heap_decref(heap, &held->head);
        assert_heap(heap);
        assert_int_equal(blocks_used(heap), 0);
    }
    heap_drop(heap);
}

static int count_one(HeapObject *object, void *arg) {
    (void)object;
    ++*(size_t *)arg;
    return 0;
}

static void the_graph_can_be_asked(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *a = node_new(heap, 1), *b = node_new(heap, 2), *c = node_new(heap, 3);
    HeapObject *leaf = heap_object_new(heap, &leaf_kind, 32);
    node_link(heap, a, 0, c);
    node_link(heap, b, 0, c);
    node_link(heap, b, 1, c);
    HeapObject *target = &c->head;
    size_t n = 0;
    heap_referrers(heap, &target, 1, count_one, &n);
    assert_int_equal(n, 2);
    n = 0;
    heap_referents(&b->head, count_one, &n);
    assert_int_equal(n, 2);
    n = 0;
    heap_walk_objects(heap, count_one, &n);
    assert_int_equal(n, 4);
    n = 0;
    heap_generation_each(heap, -1, count_one, &n);
    assert_int_equal(n, 3);
    heap_decref(heap, leaf);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cycles_are_collected),
        cmocka_unit_test(what_is_held_from_outside_stays),
        cmocka_unit_test(a_later_object_may_hold_an_earlier_one),
        cmocka_unit_test(survivors_age),
        cmocka_unit_test(young_garbage_held_by_old_garbage_waits),
        cmocka_unit_test(the_due_bit_comes_at_the_threshold),
        cmocka_unit_test(the_dead_do_not_count_to_the_threshold),
        cmocka_unit_test(no_bit_while_disabled_or_without_threshold),
        cmocka_unit_test(generations_are_chosen_as_in_cpython),
        cmocka_unit_test(roots_need_not_be_all),
        cmocka_unit_test(full_collections_become_rare_as_the_heap_grows),
        cmocka_unit_test(weak_callbacks_precede_finalizers),
        cmocka_unit_test(dead_watchers_are_not_called),
        cmocka_unit_test(the_resurrected_and_what_they_hold_stay),
        cmocka_unit_test(finalizers_may_free_the_others),
        cmocka_unit_test(finalizers_may_make_garbage_and_ask_to_collect),
        cmocka_unit_test(callbacks_may_change_the_graph),
        cmocka_unit_test(atomic_survivors_are_untracked),
        cmocka_unit_test(frozen_objects_are_left_alone),
        cmocka_unit_test(hooks_tell_of_each_collection),
        cmocka_unit_test(saveall_keeps_everything),
        cmocka_unit_test(stubborn_objects_are_uncollectable),
        cmocka_unit_test(collecting_at_every_allocation),
        cmocka_unit_test(collecting_what_is_new_at_every_allocation),
        cmocka_unit_test(vectors_shrink_when_objects_die_one_by_one),
        cmocka_unit_test(big_vectors_move_once_and_shrink_again),
        cmocka_unit_test(whole_kinds_die_without_their_functions),
        cmocka_unit_test(whole_kinds_are_cleared_in_cycles),
        cmocka_unit_test(whole_vectors_die_and_are_cleared),
        cmocka_unit_test(the_graph_can_be_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
