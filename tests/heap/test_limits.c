/* Limits, the reserve, and allocations that fail on purpose. */
#include "nodes.h"

#include <unistd.h>

static Heap *limited(World *world, size_t soft, size_t hard) {
    HeapOptions options;
    heap_options_init(&options);
    options.soft_limit = soft;
    options.hard_limit = hard;
    return world_heap(world, &options);
}

static size_t fill(Heap *heap) {
    size_t n = 0;
    while (heap_alloc(heap, 100)) n++;
    return n;
}

static void the_soft_limit_refuses_and_the_heap_stays_usable(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 1 << 20, 2 << 20);
    void *first = heap_alloc(heap, 100);
    size_t n = fill(heap);
    assert_true(n > 5000 && n < 11000);
    assert_true(heap_bytes_held(heap) <= 1 << 20);
    assert_true(heap_refusals(heap) >= 1);
    assert_false(heap_hard_limit_hit(heap));
    assert_null(heap_alloc(heap, 100000));
    assert_heap(heap);
    heap_free(heap, first);
    assert_non_null(heap_alloc(heap, 100));
    heap_drop(heap);
}

static void the_reserve_lets_a_handler_run(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 1 << 20, 2 << 20);
    fill(heap);
    heap_reserve_open(heap);
    heap_reserve_open(heap);
    assert_non_null(heap_alloc(heap, 4000));
    heap_reserve_close(heap);
    assert_true(heap_reserve_is_open(heap));
    assert_non_null(heap_alloc(heap, 4000));
    assert_null(heap_alloc(heap, 100 << 20)); /* too much for anyone: only refused */
    assert_false(heap_hard_limit_hit(heap));
    heap_reserve_close(heap);
    assert_null(heap_alloc(heap, 20000));
    assert_false(heap_hard_limit_hit(heap));
    heap_drop(heap);
}

static void an_exhausted_reserve_is_the_hard_limit(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 1 << 20, 2 << 20);
    fill(heap);
    heap_reserve_open(heap);
    fill(heap);
    assert_true(heap_hard_limit_hit(heap));
    heap_reserve_close(heap);
    assert_true(heap_hard_limit_hit(heap));
    heap_hard_limit_reset(heap);
    assert_false(heap_hard_limit_hit(heap));
    heap_drop(heap);
}

static void a_hard_limit_alone(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 0, 1 << 20);
    fill(heap);
    assert_true(heap_hard_limit_hit(heap));
    assert_true(heap_bytes_held(heap) <= 1 << 20);
    heap_drop(heap);
}

static void kept_pools_do_not_count_against_a_need(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 128 << 10, 0);
    for (size_t size = 8; size <= 512; size += 8) { /* leaves an empty pool per class */
        void *block = heap_alloc(heap, size);
        if (block) heap_free(heap, block);
    }
    assert_non_null(heap_alloc(heap, 100000));
    assert_heap(heap);
    heap_drop(heap);
}

static void would_refuse_tells_beforehand(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 1 << 20, 0);
    assert_true(heap_would_refuse(heap, 2 << 20));
    assert_false(heap_would_refuse(heap, 1 << 19));
    heap_set_limits(heap, 0, 0);
    assert_false(heap_would_refuse(heap, (size_t)1 << 40));
    heap_drop(heap);
}

static void the_peak_is_the_most_held(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    void *block = heap_alloc(heap, 5000000);
    heap_free(heap, block);
    assert_true(heap_bytes_peak(heap) >= 5000000);
    assert_true(heap_bytes_held(heap) < 100000);
    heap_bytes_peak_reset(heap);
    assert_true(heap_bytes_peak(heap) < 100000);
    heap_drop(heap);
}

static void refused_growth_keeps_the_block(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = limited(&world, 1 << 20, 0);
    char *block = heap_alloc(heap, 300000);
    memset(block, 3, 300000);
    assert_null(heap_realloc(heap, block, 5000000));
    assert_int_equal(block[299999], 3);
    assert_heap(heap);
    heap_drop(heap);
}

static void the_nth_allocation_fails(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    heap_fault_set(heap, 3, false);
    assert_non_null(heap_alloc(heap, 10));
    assert_non_null(heap_object_new(heap, &leaf_kind, 32));
    assert_null(heap_alloc(heap, 5000));
    assert_non_null(heap_alloc(heap, 100000));
    assert_int_equal(heap_fault_count(heap), 4);
    heap_fault_set(heap, 2, true);
    assert_non_null(heap_alloc(heap, 10));
    for (int i = 0; i < 5; i++) assert_null(heap_alloc(heap, 10));
    heap_fault_set(heap, 0, false);
    assert_non_null(heap_alloc(heap, 10));
    assert_heap(heap);
    heap_drop(heap);
}

static size_t resident(void) {
    FILE *file = fopen("/proc/self/statm", "r");
    size_t size = 0, pages = 0;
    if (!file) return 0;
    if (fscanf(file, "%zu %zu", &size, &pages) != 2) pages = 0;
    fclose(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void freed_memory_leaves_the_process(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    heap_gc_disable(heap);
    size_t before = resident();
    Node *chain = NULL;
    for (uint32_t i = 0; i < 1000000; i++) {
        Node *node = node_new(heap, i);
        node->edges[0] = chain;
        chain = node;
    }
    size_t full = resident();
    assert_true(full > before + 80000000);
    node_release(heap, chain);
    heap_collect(heap, 2, NULL);
    assert_true(resident() < before + (full - before) / 10);
    heap_drop(heap);
}

static void a_heap_is_cheap_until_used(void **state) {
    (void)state;
    size_t before = resident();
    Heap *heaps[20];
    for (int i = 0; i < 20; i++) assert_non_null(heaps[i] = heap_create(NULL));
    assert_true(resident() < before + 20 * 65536);
    for (int i = 0; i < 20; i++) heap_drop(heaps[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_soft_limit_refuses_and_the_heap_stays_usable),
        cmocka_unit_test(the_reserve_lets_a_handler_run),
        cmocka_unit_test(an_exhausted_reserve_is_the_hard_limit),
        cmocka_unit_test(a_hard_limit_alone),
        cmocka_unit_test(kept_pools_do_not_count_against_a_need),
        cmocka_unit_test(would_refuse_tells_beforehand),
        cmocka_unit_test(the_peak_is_the_most_held),
        cmocka_unit_test(refused_growth_keeps_the_block),
        cmocka_unit_test(the_nth_allocation_fails),
        cmocka_unit_test(freed_memory_leaves_the_process),
        cmocka_unit_test(a_heap_is_cheap_until_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
