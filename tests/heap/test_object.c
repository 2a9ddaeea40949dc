/* Objects: counts, immortality, finalizers, deep structures, resizing. */
#include "nodes.h"

static void the_last_reference_frees(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    heap_incref(&node->head);
    assert_int_equal(node->head.refcount, 2);
    node_release(heap, node);
    assert_int_equal(world.freed, 0);
    node_release(heap, node);
    assert_string_equal(world.log, "d1");
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void immortals_are_not_counted(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    heap_set_immortal(&node->head);
    for (int i = 0; i < 10; i++) node_release(heap, node);
    heap_incref(&node->head);
    assert_true(heap_is_immortal(&node->head));
    assert_int_equal(node->head.refcount, HEAP_IMMORTAL_REFCOUNT);
    assert_int_equal(world.freed, 0);
    heap_drop(heap);
}

static void counts_saturate(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    node->head.refcount = 0x7FFFFFFE;
    heap_incref(&node->head);
    assert_false(heap_is_immortal(&node->head));
    heap_incref(&node->head);
    assert_true(heap_is_immortal(&node->head));
    heap_incref(&node->head);
    node_release(heap, node);
    assert_int_equal(node->head.refcount, 0x80000000u);
    heap_drop(heap);
}

static void an_immortal_holds_its_cycle(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    make_garbage_pair(heap, &node_kind, 1);
    Node *a = node_new(heap, 3);
    Node *b = node_new(heap, 4);
    node_link(heap, a, 0, b);
    node_link(heap, b, 0, a);
    heap_set_immortal(&a->head);
    node_release(heap, b);
    assert_int_equal(heap_collect(heap, 2, NULL), 2);
    assert_int_equal(heap_generation_size(heap, -1), 2);
    heap_drop(heap);
}

static void a_kind_without_free_gives_its_block_back(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    HeapObject *leaf = heap_object_new(heap, &leaf_kind, 48);
    assert_false(heap_is_tracked(leaf));
    assert_true(heap_is_object(heap, leaf));
    heap_decref(heap, leaf);
    assert_false(heap_is_object(heap, leaf));
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void tracking_keeps_the_header_and_the_vector_agreed(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    enum { MANY = 20000 };
    static Node *nodes[MANY];
    uint64_t seed = 9;
    for (uint32_t i = 0; i < MANY; i++) nodes[i] = node_new(heap, i);
    assert_int_equal(heap_generation_size(heap, 0), MANY);
    assert_heap(heap);
    for (int i = 0; i < MANY; i++) {
        Node *node = nodes[random_below(&seed, MANY)];
        if (heap_is_tracked(&node->head))
            heap_untrack(heap, &node->head);
        else
            heap_track(heap, &node->head);
        if (i % 1000 == 0) assert_heap(heap);
    }
    assert_heap(heap);
    for (int i = 0; i < MANY; i++) node_release(heap, nodes[i]);
    assert_int_equal(heap_generation_size(heap, 0), 0);
    assert_heap(heap);
    heap_drop(heap);
}

static void objects_keep_their_order(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *nodes[10];
    for (uint32_t i = 0; i < 10; i++) nodes[i] = node_new_of(heap, &final_kind, i);
    node_release(heap, nodes[3]);
    node_release(heap, nodes[9]);
    heap_collect(heap, 0, NULL);
    for (int i = 0; i < 9; i++) {
        if (i == 3) continue;
        node_link(heap, nodes[i], 0, nodes[i]);
        node_release(heap, nodes[i]);
    }
    world.length = 0;
    heap_collect(heap, 2, NULL);
    assert_memory_equal(world.log, "f0 f1 f2 f4 f5 f6 f7 f8", 23);
    heap_drop(heap);
}

static Node *saved;
static void resurrect(Heap *heap, Node *node) {
    (void)heap;
    heap_incref(&node->head);
    saved = node;
}

static void a_finalizer_may_resurrect_once(void **state) {
    (void)state;
    World world = {.on_finalize = resurrect};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new_of(heap, &final_kind, 5);
    node_release(heap, node);
    assert_ptr_equal(saved, node);
    assert_int_equal(node->head.refcount, 1);
    assert_true(heap_is_finalized(&node->head));
    assert_true(heap_is_tracked(&node->head));
    node_release(heap, node);
    assert_string_equal(world.log, "f5 d5");
    assert_heap(heap);
    heap_drop(heap);
}

static void a_dying_object_is_whole_for_its_finalizer(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *parent = node_new_of(heap, &final_kind, 1), *child = node_new_of(heap, &final_kind, 2);
    node_link(heap, parent, 0, child);
    node_release(heap, child);
    node_release(heap, parent);
    assert_string_equal(world.log, "f1 d1 f2 d2");
    heap_drop(heap);
}

static void ten_million_deep_chains_do_not_recurse(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    heap_gc_disable(heap);
    const size_t depth = HEAP_CHECK ? 1000000 : 10000000;
    Node *chain = NULL;
    for (size_t i = 0; i < depth; i++) {
        Node *node = node_new(heap, (uint32_t)i);
        assert_non_null(node);
        node->edges[0] = chain;
        chain = node;
    }
    node_release(heap, chain);
    assert_int_equal(world.freed, depth);
    assert_int_equal(blocks_used(heap), 0);
    assert_heap(heap);
    heap_drop(heap);
}

static void a_deep_tree_dies_whole(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    enum { MANY = 200000 };
    static Node *nodes[MANY];
    uint64_t seed = 77;
    for (uint32_t i = 0; i < MANY; i++) { /* each hangs below a recent one: long and bushy */
        nodes[i] = node_new_of(heap, i % 5 ? &node_kind : &final_kind, i);
        if (i == 0) continue;
        size_t back = 1 + random_below(&seed, i < 3 ? i : 3);
        for (int e = 0; e < NODE_EDGES; e++) {
            if (nodes[i - back]->edges[e]) continue;
            nodes[i - back]->edges[e] = nodes[i];
            heap_incref(&nodes[i]->head);
            break;
        }
    }
    for (uint32_t i = MANY; i-- > 0;) node_release(heap, nodes[i]);
    assert_int_equal(world.freed, MANY);
    assert_int_equal(world.finalized, MANY / 5);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void resizing_an_object_moves_its_slot(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *first = node_new(heap, 0), *node = node_new(heap, 1), *last = node_new(heap, 2);
    node_link(heap, node, 0, first);
    for (size_t bytes = sizeof *node; bytes < 100000; bytes += bytes / 3) {
        node = heap_object_resize(heap, &node->head, bytes);
        assert_non_null(node);
        assert_true(heap_is_object(heap, node));
        assert_heap(heap);
    }
    heap_incref(&node->head);
    assert_null(heap_object_resize(heap, &node->head, 10));
    node_release(heap, node);
    node_release(heap, node);
    node_release(heap, first);
    node_release(heap, last);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void object_addresses_are_known_exactly(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    char *raw = heap_alloc(heap, 64);
    Node *node = node_new(heap, 1);
    HeapObject *large = heap_object_new(heap, &leaf_kind, 50000);
    HeapObject *medium = heap_object_new(heap, &leaf_kind, 3000);
    assert_true(heap_is_object(heap, node));
    assert_true(heap_is_object(heap, large));
    assert_true(heap_is_object(heap, medium));
    assert_false(heap_is_object(heap, raw));
    assert_false(heap_is_object(heap, (char *)node + 8));
    assert_false(heap_is_object(heap, (char *)large + 4096));
    assert_false(heap_is_object(heap, (char *)medium + 4096));
    assert_false(heap_is_object(heap, heap));
    assert_false(heap_is_object(heap, NULL));
    assert_false(heap_is_object(heap, (void *)UINTPTR_MAX));
    assert_false(heap_is_object(heap, &world));
    for (uintptr_t step = 4096; step < heap->span; step = step * 2 + 24)
        heap_is_object(heap, (char *)heap + step); /* any address is safe */
    HeapBlockInfo info;
    assert_true(heap_find_block(heap, (char *)large + 30000, &info));
    assert_ptr_equal(info.block, large);
    assert_true(info.is_object);
    assert_true(heap_find_block(heap, (char *)raw + 9, &info));
    assert_ptr_equal(info.block, raw);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_reference_frees),
        cmocka_unit_test(immortals_are_not_counted),
        cmocka_unit_test(counts_saturate),
        cmocka_unit_test(an_immortal_holds_its_cycle),
        cmocka_unit_test(a_kind_without_free_gives_its_block_back),
        cmocka_unit_test(tracking_keeps_the_header_and_the_vector_agreed),
        cmocka_unit_test(objects_keep_their_order),
        cmocka_unit_test(a_finalizer_may_resurrect_once),
        cmocka_unit_test(a_dying_object_is_whole_for_its_finalizer),
        cmocka_unit_test(ten_million_deep_chains_do_not_recurse),
        cmocka_unit_test(a_deep_tree_dies_whole),
        cmocka_unit_test(resizing_an_object_moves_its_slot),
        cmocka_unit_test(object_addresses_are_known_exactly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
