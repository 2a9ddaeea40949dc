/* Weak links: their lists, their order, their end. */
#include "nodes.h"

static void links_do_not_hold(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    HeapWeakLink link = {0};
    assert_true(heap_weak_add(heap, &link, &node->head, NULL));
    assert_true(heap_has_weak(&node->head));
    assert_ptr_equal(heap_weak_get_borrow(&link), node);
    assert_int_equal(node->head.refcount, 1);
    node_release(heap, node);
    assert_null(heap_weak_get_borrow(&link));
    assert_int_equal(world.freed, 1);
    assert_heap(heap);
    heap_drop(heap);
}

static void lists_keep_the_order_asked_for(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    HeapWeakLink basic, first, second;
    heap_weak_add(heap, &basic, &node->head, NULL);
    heap_weak_add_after(heap, &first, &basic, NULL);
    heap_weak_add_after(heap, &second, &basic, NULL);
    assert_int_equal(heap_weak_count(heap, &node->head), 3);
    assert_ptr_equal(heap_weak_first(heap, &node->head), &basic);
    assert_ptr_equal(basic.next, &second);
    assert_ptr_equal(second.next, &first);
    assert_heap(heap);
    heap_weak_remove(heap, &second);
    assert_ptr_equal(basic.next, &first);
    heap_weak_remove(heap, &basic);
    assert_ptr_equal(heap_weak_first(heap, &node->head), &first);
    heap_weak_remove(heap, &first);
    heap_weak_remove(heap, &first);
    assert_false(heap_has_weak(&node->head));
    assert_heap(heap);
    node_release(heap, node);
    heap_drop(heap);
}

static void the_latest_is_called_first(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1), *watchers[3];
    for (uint32_t i = 0; i < 3; i++) {
        watchers[i] = node_new(heap, 10 + i);
        heap_weak_add(heap, &watchers[i]->link, &node->head, &watchers[i]->head);
    }
    node_release(heap, node);
    assert_string_equal(world.log, "w12 w11 w10 d1");
    for (int i = 0; i < 3; i++) node_release(heap, watchers[i]);
    assert_heap(heap);
    heap_drop(heap);
}

static Node *others[3];
static void drop_others(Heap *heap, Node *owner, HeapWeakLink *link) {
    (void)owner;
    (void)link;
    for (int i = 0; i < 3; i++) {
        Node *other = others[i];
        others[i] = NULL;
        if (other) node_release(heap, other);
    }
}

static void all_links_are_cleared_before_the_first_call(void **state) {
    (void)state;
    World world = {.on_callback = drop_others};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    for (uint32_t i = 0; i < 3; i++) {
        others[i] = node_new(heap, 10 + i);
        heap_weak_add(heap, &others[i]->link, &node->head, &others[i]->head);
    }
    node_release(heap, node); /* the first call releases all owners: they are called nevertheless */
    assert_int_equal(world.called_back, 3);
    assert_int_equal(world.freed, 4);
    assert_heap(heap);
    heap_trim(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static HeapWeakLink probe;
static HeapObject *seen;
static void look(Heap *heap, Node *node) {
    (void)heap;
    (void)node;
    seen = heap_weak_get_borrow(&probe);
}

static void a_finalizer_still_sees_its_object_through_links(void **state) {
    (void)state;
    World world = {.on_finalize = look};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new_of(heap, &final_kind, 1);
    heap_weak_add(heap, &probe, &node->head, NULL);
    node_release(heap, node);
    assert_ptr_equal(seen, node);
    assert_null(probe.referent);
    heap_drop(heap);
}

static void collect_now(Heap *heap, Node *owner, HeapWeakLink *link) {
    (void)owner;
    (void)link;
    heap_collect(heap, 2, NULL);
}
static void collect_in_finalizer(Heap *heap, Node *node) {
    (void)node;
    heap_collect(heap, 2, NULL);
}

static void a_collection_in_a_callback_does_not_meet_the_dying(void **state) {
    (void)state;
    World world = {.on_callback = collect_now, .on_finalize = collect_in_finalizer};
    Heap *heap = world_heap(&world, NULL);
    Node *watcher = node_new(heap, 9), *child = node_new(heap, 2), *node = node_new_of(heap, &final_kind, 1);
    node_link(heap, node, 0, child);
    node_link(heap, child, 0, child);
    node_release(heap, child);
    heap_weak_add(heap, &watcher->link, &node->head, &watcher->head);
    node_release(heap, node);
    assert_string_equal(world.log, "f1 w9 d1");
    assert_heap(heap);
    assert_int_equal(heap_collect(heap, 2, NULL), 1);
    node_release(heap, watcher);
    heap_trim(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void many_links_grow_and_shrink_the_table(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    enum { MANY = 20000 };
    static Node *nodes[MANY];
    static HeapWeakLink links[MANY];
    uint64_t seed = 5;
    for (uint32_t i = 0; i < MANY; i++) {
        nodes[i] = node_new(heap, i);
        assert_true(heap_weak_add(heap, &links[i], &nodes[i]->head, NULL));
        if (i % 1000 == 0) assert_heap(heap);
    }
    HeapStats stats;
    heap_stats(heap, &stats);
    assert_int_equal(stats.weak_referents, MANY);
    for (int i = 0; i < MANY / 2; i++) {
        size_t k = random_below(&seed, MANY);
        heap_weak_remove(heap, &links[k]);
        if (i % 1000 == 0) assert_heap(heap);
    }
    for (int i = 0; i < MANY; i++) node_release(heap, nodes[i]);
    for (int i = 0; i < MANY; i++) assert_null(links[i].referent);
    assert_heap(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void a_failed_addition_changes_nothing(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    Node *node = node_new(heap, 1);
    HeapWeakLink link = {0};
    heap_fault_set(heap, 1, false);
    assert_false(heap_weak_add(heap, &link, &node->head, NULL));
    assert_false(heap_has_weak(&node->head));
    assert_true(heap_weak_add(heap, &link, &node->head, NULL));
    node_release(heap, node);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_do_not_hold),
        cmocka_unit_test(lists_keep_the_order_asked_for),
        cmocka_unit_test(the_latest_is_called_first),
        cmocka_unit_test(all_links_are_cleared_before_the_first_call),
        cmocka_unit_test(a_finalizer_still_sees_its_object_through_links),
        cmocka_unit_test(a_collection_in_a_callback_does_not_meet_the_dying),
        cmocka_unit_test(many_links_grow_and_shrink_the_table),
        cmocka_unit_test(a_failed_addition_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
