/* Allocation tracing and statistics. */
#include "nodes.h"

typedef struct Ledger {
    size_t allocs, frees, reallocs, objects, bytes;
    void *last;
} Ledger;

static void on_alloc(Heap *heap, void *block, size_t bytes, bool is_object, void *ctx) {
    Ledger *ledger = ctx;
    (void)heap;
    ledger->allocs++;
    ledger->objects += is_object;
    ledger->bytes += bytes;
    ledger->last = block;
}
static void on_realloc(Heap *heap, void *old, void *block, size_t bytes, void *ctx) {
    (void)heap;
    (void)old;
    (void)block;
    (void)bytes;
    ((Ledger *)ctx)->reallocs++;
}
static void on_free(Heap *heap, void *block, void *ctx) {
    (void)heap;
    (void)block;
    ((Ledger *)ctx)->frees++;
}

static void every_block_is_reported_while_tracing(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    Ledger ledger = {0};
    HeapTrace trace = {.ctx = &ledger, .on_alloc = on_alloc, .on_realloc = on_realloc, .on_free = on_free};
    char *early = heap_alloc(heap, 50);
    Node *node = node_new(heap, 1);
    heap_trace_set(heap, &trace);
    assert_true(heap_trace_is_on(heap));
    assert_heap(heap);
    char *small = heap_alloc(heap, 50), *medium = heap_alloc(heap, 3000), *large = heap_alloc(heap, 90000);
    assert_int_equal(ledger.allocs, 3);
    Node *other = node_new(heap, 2);
    assert_int_equal(ledger.objects, 1);
    large = heap_realloc(heap, large, 95000);
    assert_int_equal(ledger.reallocs, 1);
    heap_free(heap, small);
    heap_free(heap, medium);
    heap_free(heap, large);
    heap_free(heap, early);
    node_release(heap, node);
    node_release(heap, other);
    assert_int_equal(ledger.frees, 6);
    heap_trace_set(heap, NULL);
    assert_heap(heap);
    heap_free(heap, heap_alloc(heap, 50));
    assert_int_equal(ledger.allocs, 4);
    assert_int_equal(ledger.frees, 6);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void statistics_add_up(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    uint64_t seed = 8;
    static void *blocks[5000];
    for (int i = 0; i < 5000; i++) blocks[i] = heap_alloc(heap, random_below(&seed, i % 9 ? 600 : 20000));
    for (int i = 0; i < 5000; i += 3) heap_free(heap, blocks[i]);
    for (uint32_t i = 0; i < 1000; i++) node_new(heap, i);
    HeapStats stats;
    heap_stats(heap, &stats);
    size_t pools = 0, used = 0;
    for (unsigned bin = 0; bin < HEAP_BINS; bin++) {
        HeapClassStats one;
        heap_class_stats(heap, bin, &one);
        pools += one.pools;
        used += one.blocks_used;
        if (one.is_object) assert_true(bin >= HEAP_CLASSES);
    }
    assert_int_equal(pools, stats.pools);
    assert_int_equal(used + stats.large_runs, stats.blocks_used);
    assert_int_equal(stats.objects, 1000);
    assert_int_equal(stats.tracked, 1000);
    size_t in_pages = stats.bytes_used + stats.bytes_free + stats.bytes_reserved + stats.bytes_lost;
    assert_true(in_pages <= stats.bytes_held && stats.bytes_held - in_pages < 16384); /* but for the vectors */
    assert_true(stats.fragmentation > 0 && stats.fragmentation < 0.6);
    heap_drop(heap);
}

static void arenas_can_be_drawn(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    for (uint32_t i = 0; i < 5000; i++) node_new(heap, i);
    heap_alloc(heap, 100000);
    heap_alloc(heap, 600);
    size_t small = 0, medium = 0, large = 0, used = 0;
    HeapArenaInfo info;
    for (size_t i = 0; heap_arena_info(heap, i, &info); i++) {
        assert_true(heap_owns(heap, info.address));
        for (int page = 0; page < HEAP_ARENA_PAGES; page++) {
            small += info.pages[page].state == HEAP_PAGE_SMALL;
            medium += info.pages[page].state == HEAP_PAGE_MEDIUM;
            large += info.pages[page].state == HEAP_PAGE_LARGE;
            if (info.pages[page].state == HEAP_PAGE_SMALL) used += info.pages[page].blocks_used;
        }
    }
    assert_int_equal(used, 5000);
    assert_int_equal(large, 25);
    assert_int_equal(medium, 8);
    assert_true(small > 90);
    assert_true(heap_arena_count(heap) >= 3);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_is_reported_while_tracing),
        cmocka_unit_test(statistics_add_up),
        cmocka_unit_test(arenas_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
