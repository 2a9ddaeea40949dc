/* The old generation collected in steps: what is found, what the program may do in between, how long a step is. */
#include "nodes.h"

enum { LEAST = 100 };

static uint32_t due;
static unsigned calls;

static Heap *stepping_heap(World *world, uint32_t work) {
    HeapOptions options;
    heap_options_init(&options);
    options.due_word = &due;
    options.due_bit = 1;
    options.step_least = LEAST;
    options.step_work = work;
    options.thresholds[0] = 20;
    due = 0;
    return world_heap(world, &options);
}

/* Young objects that die at once, until the collector has been called `times` times. */
static void call_the_collector(Heap *heap, int times) {
    while (times > 0) {
        Node *keep[30];
        for (int i = 0; i < 30; i++) keep[i] = node_new(heap, 0);
        if (due) {
            heap_collect_due(heap);
            if (++calls % 16 == 0) assert_heap(heap);
            times--;
        }
        for (int i = 0; i < 30; i++) node_release(heap, keep[i]);
    }
}

static HeapGenerationStats old_stats(Heap *heap) {
    HeapGenerationStats stats;
    heap_generation_stats(heap, 2, &stats);
    return stats;
}

static void until_steps_begin(Heap *heap) {
    for (int i = 0; i < 1000 && !heap_in_steps(heap); i++) call_the_collector(heap, 1);
    assert_true(heap_in_steps(heap));
}

static void until_steps_end(Heap *heap) {
    for (int i = 0; i < 100000 && heap_in_steps(heap); i++) call_the_collector(heap, 1);
    assert_false(heap_in_steps(heap));
}

/* `count` old nodes in a ring, each held by the one before; the first one. */
static Node *old_ring(Heap *heap, const HeapKind *kind, uint32_t first_id, size_t count) {
    Node *first = node_new_of(heap, kind, first_id), *last = first;
    for (uint32_t i = 1; i < count; i++) {
        Node *node = node_new_of(heap, kind, first_id + i);
        last->edges[0] = node;
        last = node;
    }
    node_link(heap, last, 0, first);
    heap_collect(heap, 1, NULL);
    return first;
}

static void garbage_is_found_and_the_living_stay(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 50);
    Node *alive = old_ring(heap, &laid_out_kind, 1, 3000);
    Node *dead = old_ring(heap, &node_kind, 10000, 2000);
    node_release(heap, dead);
    heap_collect(heap, 1, NULL);
    assert_int_equal(heap_generation_size(heap, 2), 5000);
    size_t before = world.freed;
    until_steps_begin(heap);
    until_steps_end(heap);
    assert_true(world.freed - before >= 2000);
    assert_true(heap_generation_size(heap, 2) >= 3000);
    HeapGenerationStats stats = old_stats(heap);
    assert_int_equal(stats.collections, 1); /* one structure: one part */
    assert_int_equal(stats.collected, 2000);
    assert_true(stats.steps > 100);
    size_t count = 0;
    for (Node *node = alive; count == 0 || node != alive; node = node->edges[0]) count++;
    assert_int_equal(count, 3000);
    node_release(heap, alive);
    heap_collect(heap, 2, NULL);
    heap_drop(heap);
}

static void many_small_cycles_come_in_parts(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 80);
    heap_gc_disable(heap);
    for (uint32_t i = 0; i < 1000; i++) make_garbage_pair(heap, i % 2 ? &node_kind : &final_kind, 2 * i);
    heap_freeze(heap); /* to the old generation as they are */
    heap_unfreeze(heap);
    heap_gc_enable(heap);
    until_steps_begin(heap);
    until_steps_end(heap);
    HeapGenerationStats stats = old_stats(heap);
    assert_int_equal(stats.collected, 2000);
    assert_int_equal(world.finalized, 1000);
    assert_in_range(stats.collections, 2000 / 4, 2000 / 2); /* of work / 32 + 1 objects or one more */
    heap_drop(heap);
}

static void an_empty_verdict_is_a_collection_too(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 100000);
    Node *alive = old_ring(heap, &node_kind, 1, 500);
    until_steps_begin(heap);
    until_steps_end(heap);
    assert_int_equal(old_stats(heap).collections, 1);
    assert_int_equal(old_stats(heap).collected, 0);
    node_release(heap, alive);
    heap_collect(heap, 2, NULL);
    heap_drop(heap);
}

/* The reference that keeps a ring alive moves about while the steps go on: behind the scan, before it, out of the
 * generation. */
static void what_moves_between_steps_stays_alive(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 40);
    Node *holders[50], *ring = old_ring(heap, &laid_out_kind, 1, 400);
    for (uint32_t i = 0; i < 50; i++) holders[i] = old_ring(heap, &laid_out_kind, 1000 + 100 * i, 100);
    node_link(heap, holders[0], 1, ring);
    node_release(heap, ring);
    uint64_t seed = 77;
    size_t at = 0;
    for (int round = 0; round < 30; round++) { /* suspected in some */
        heap_freeze(heap); /* so that a quarter of the generation is new */
        heap_unfreeze(heap);
        until_steps_begin(heap);
        while (heap_in_steps(heap)) {
            size_t to = random_below(&seed, 50);
            Node *young = node_new(heap, 0);
            node_link(heap, young, 1, holders[at]->edges[1]);
            node_drop(heap, holders[at], 1);
            if (random_below(&seed, 2)) call_the_collector(heap, 1);
            node_link(heap, holders[to], 1, young->edges[1]);
            node_release(heap, young);
            at = to;
            call_the_collector(heap, 1);
            assert_int_equal(ring->id, 1);
            assert_true(ring->head.refcount == 2);
        }
    }
    node_drop(heap, holders[at], 1);
    for (int i = 0; i < 50; i++) node_release(heap, holders[i]);
    heap_collect(heap, 2, NULL);
    assert_int_equal(heap_generation_size(heap, -1), 0);
    heap_drop(heap);
}

static Node *saved;

static void save(Heap *heap, Node *node) {
    (void)heap;
    if (node->id != 500) return;
    heap_incref(&node->head);
    saved = node;
}

static void finalizers_and_callbacks_run_once_and_may_resurrect(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 40);
    world.on_finalize = save;
    saved = NULL;
    Node *watcher = node_new(heap, 9);
    Node *dead = old_ring(heap, &final_kind, 500, 300);
    assert_true(heap_weak_add(heap, &watcher->link, &dead->head, &watcher->head));
    node_release(heap, dead);
    until_steps_begin(heap);
    until_steps_end(heap);
    assert_ptr_equal(saved, dead);
    assert_int_equal(world.called_back, 1);
    assert_int_equal(world.finalized, 300);
    assert_int_equal(dead->edges[0]->id, 501); /* the whole ring is there */
    node_release(heap, saved);
    heap_collect(heap, 2, NULL);
    assert_int_equal(world.finalized, 300);
    node_release(heap, watcher);
    assert_int_equal(heap_generation_size(heap, -1), 0);
    heap_drop(heap);
}

typedef struct Wide {
    HeapObject head;
    uint32_t length;
    HeapObject **items;
} Wide;

static void wide_free(Heap *heap, HeapObject *object) {
    Wide *wide = (Wide *)object;
    for (uint32_t i = 0; i < wide->length; i++) heap_xdecref(heap, wide->items[i]);
    heap_free(heap, wide->items);
    heap_object_free(heap, object);
}

static int wide_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Wide *wide = (Wide *)object;
    for (uint32_t i = 0; i < wide->length; i++) {
        int result = wide->items[i] ? visit(wide->items[i], arg) : 0;
        if (result) return result;
    }
    return 0;
}

static const HeapKind wide_kind = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "wide", .traverse = wide_traverse, .free = wide_free,
    .layout = {.form = HEAP_FORM_VECTOR, .words = offsetof(Wide, items), .count = offsetof(Wide, length)}};

/* Looking at one long object takes many steps, and it may become shorter meanwhile. */
static void a_long_vector_is_gone_through_in_pieces(void **state) {
    (void)state;
    enum { LONG = 20000, WORK = 1000 };
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, WORK);
    Wide *wide = heap_object_new(heap, &wide_kind, sizeof *wide);
    wide->length = LONG;
    wide->items = heap_calloc(heap, LONG, sizeof *wide->items);
    heap_track(heap, &wide->head);
    Node *shared = old_ring(heap, &node_kind, 1, 200);
    for (uint32_t i = 0; i < LONG; i++) {
        heap_incref(&shared->head);
        wide->items[i] = &shared->head;
    }
    node_release(heap, shared);
    heap_collect(heap, 1, NULL);
    until_steps_begin(heap);
    until_steps_end(heap);
    assert_true(old_stats(heap).steps >= 2 * LONG / WORK);
    assert_int_equal(shared->head.refcount, LONG + 1);
    heap_freeze(heap);
    heap_unfreeze(heap);
    until_steps_begin(heap);
    call_the_collector(heap, 5);
    while (wide->length > 10) heap_decref(heap, wide->items[--wide->length]);
    until_steps_end(heap);
    assert_int_equal(shared->head.refcount, 11);
    heap_decref(heap, &wide->head);
    heap_collect(heap, 2, NULL);
    assert_int_equal(heap_generation_size(heap, -1), 0);
    heap_drop(heap);
}

static void holes_are_squeezed_out(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 100);
    static Node *nodes[4000];
    for (uint32_t i = 0; i < 4000; i++) nodes[i] = node_new(heap, i);
    heap_collect(heap, 1, NULL);
    for (uint32_t i = 0; i < 4000; i += 2) node_release(heap, nodes[i]);
    uint32_t before = heap->generations[2].length;
    until_steps_begin(heap);
    until_steps_end(heap);
    assert_true(heap->generations[2].length <= before - 2000);
    for (uint32_t i = 1; i < 4000; i += 2) node_release(heap, nodes[i]);
    assert_heap(heap);
    heap_drop(heap);
}

static void whole_collections_and_moves_end_the_steps(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 20);
    Node *alive = old_ring(heap, &node_kind, 1, 1000);
    until_steps_begin(heap);
    heap_collect(heap, 0, NULL);
    heap_collect(heap, 1, NULL);
    assert_true(heap_in_steps(heap));
    heap_collect(heap, 2, NULL);
    assert_false(heap_in_steps(heap));
    heap_freeze(heap);
    heap_unfreeze(heap);
    until_steps_begin(heap);
    heap_freeze(heap);
    assert_false(heap_in_steps(heap));
    heap_unfreeze(heap);
    until_steps_begin(heap);
    call_the_collector(heap, 3);
    assert_true(heap_image_take(heap));
    assert_false(heap_in_steps(heap));
    until_steps_begin(heap);
    call_the_collector(heap, 3);
    assert_true(heap_image_restore(heap));
    assert_heap(heap);
    assert_false(heap_in_steps(heap));
    heap_set_steps(heap, SIZE_MAX, 20);
    heap_freeze(heap);
    heap_unfreeze(heap);
    call_the_collector(heap, 300);
    assert_false(heap_in_steps(heap));
    node_release(heap, alive);
    heap_collect(heap, 2, NULL);
    heap_drop(heap);
}

static void steps_can_be_switched_off(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 20);
    Node *alive = old_ring(heap, &node_kind, 1, 500);
    assert_true(heap_is_incremental(heap));
    until_steps_begin(heap);
    heap_set_incremental(heap, false);
    assert_false(heap_in_steps(heap) || heap_is_incremental(heap));
    heap_freeze(heap);
    heap_unfreeze(heap);
    uint64_t before = old_stats(heap).collections;
    for (int i = 0; i < 1000 && old_stats(heap).collections == before; i++) call_the_collector(heap, 1);
    assert_int_equal(old_stats(heap).collections, before + 1); /* at once */
    assert_false(heap_in_steps(heap));
    heap_set_incremental(heap, true);
    until_steps_begin(heap);
    node_release(heap, alive);
    heap_collect(heap, 2, NULL);
    heap_drop(heap);
}

/* While a part is collected its own finalizers may make and drop cycles, and ask to collect. */
static void make_and_collect(Heap *heap, Node *node) {
    (void)node;
    make_garbage_pair(heap, &node_kind, 7);
    heap_collect(heap, 2, NULL);
    heap_freeze(heap);
}

static void finalizers_may_ask_to_collect(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = stepping_heap(&world, 40);
    world.on_finalize = make_and_collect;
    node_release(heap, old_ring(heap, &final_kind, 1, 300));
    until_steps_begin(heap);
    until_steps_end(heap);
    assert_int_equal(world.finalized, 300);
    heap_collect(heap, 2, NULL);
    assert_int_equal(heap_generation_size(heap, -1), 0);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(garbage_is_found_and_the_living_stay),
        cmocka_unit_test(many_small_cycles_come_in_parts),
        cmocka_unit_test(an_empty_verdict_is_a_collection_too),
        cmocka_unit_test(what_moves_between_steps_stays_alive),
        cmocka_unit_test(finalizers_and_callbacks_run_once_and_may_resurrect),
        cmocka_unit_test(a_long_vector_is_gone_through_in_pieces),
        cmocka_unit_test(holes_are_squeezed_out),
        cmocka_unit_test(whole_collections_and_moves_end_the_steps),
        cmocka_unit_test(steps_can_be_switched_off),
        cmocka_unit_test(finalizers_may_ask_to_collect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
