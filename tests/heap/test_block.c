/* Blocks: sizes, alignment, reuse, resizing, pools and arenas coming and going. */
#include "nodes.h"

static void creating_and_dropping(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    assert_non_null(heap);
    assert_heap(heap);
    assert_true(heap_owns(heap, heap));
    assert_false(heap_owns(heap, &state));
    heap_drop(heap);
    heap_drop(NULL);
}

static void every_small_size_is_usable_and_aligned(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    char *blocks[9000];
    for (size_t n = 0; n < 9000; n++) {
        blocks[n] = heap_alloc(heap, n);
        assert_non_null(blocks[n]);
        assert_int_equal((uintptr_t)blocks[n] % 8, 0);
        assert_true(heap_usable_size(heap, blocks[n]) >= n);
        memset(blocks[n], (int)n, n);
    }
    assert_heap(heap);
    for (size_t n = 0; n < 9000; n++)
        for (size_t i = 0; i < n; i += 61) assert_int_equal((unsigned char)blocks[n][i], n & 255);
    for (size_t n = 0; n < 9000; n++) heap_free(heap, blocks[n]);
    assert_heap(heap);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void asking_65_gives_72(void **state) {
    (void)state;
    if (HEAP_CHECK) skip();
    Heap *heap = heap_create(NULL);
    void *block = heap_alloc(heap, 65);
    assert_int_equal(heap_usable_size(heap, block), 72);
    assert_int_equal(heap_good_size(65), 72);
    assert_int_equal(heap_good_size(512), 512);
    assert_int_equal(heap_good_size(513), 640);
    assert_int_equal(heap_good_size(8193), 12288);
    heap_drop(heap);
}

static void a_freed_block_is_taken_next(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    void *a = heap_alloc(heap, 40), *b = heap_alloc(heap, 40);
    heap_free(heap, a);
    assert_ptr_equal(heap_alloc(heap, 40), a);
    heap_free(heap, b);
    assert_ptr_equal(heap_alloc(heap, 33), b);
    heap_drop(heap);
}

static void freeing_null_does_nothing(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    heap_free(heap, NULL);
    assert_heap(heap);
    heap_drop(heap);
}

static void zeroed_blocks_are_zero(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    static const size_t sizes[] = {1, 64, 512, 700, 8192, 9000, 300000, 3000000};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            unsigned char *block = heap_alloc_zero(heap, sizes[i]);
            assert_non_null(block);
            for (size_t k = 0; k < sizes[i]; k++)
                if (block[k]) fail_msg("byte %zu of %zu is not zero", k, sizes[i]);
            memset(block, 0xEE, sizes[i]);
            heap_free(heap, block);
        }
    }
    assert_null(heap_calloc(heap, SIZE_MAX / 2, 4));
    heap_drop(heap);
}

static void impossible_sizes_are_refused(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    assert_null(heap_alloc(heap, SIZE_MAX));
    assert_null(heap_alloc(heap, SIZE_MAX - 4096));
    assert_null(heap_alloc(heap, (size_t)1 << 50));
    char *block = heap_alloc(heap, 100);
    memset(block, 7, 100);
    assert_null(heap_realloc(heap, block, (size_t)1 << 50));
    assert_int_equal(block[99], 7);
    assert_heap(heap);
    heap_drop(heap);
}

static void a_span_that_is_full_refuses_and_recovers(void **state) {
    (void)state;
    HeapOptions options;
    heap_options_init(&options);
    options.reserve_bytes = 4 << 20;
    Heap *heap = heap_create(&options);
    enum { MANY = 100000 };
    static void *blocks[MANY];
    size_t n = 0;
    while (n < MANY && (blocks[n] = heap_alloc(heap, 256))) n++;
    assert_true(n > 10000 && n < MANY);
    assert_null(heap_alloc(heap, 100000));
    assert_heap(heap);
    for (size_t i = 0; i < n; i++) heap_free(heap, blocks[i]);
    assert_heap(heap);
    void *big = heap_alloc(heap, 2 << 20);
    assert_non_null(big);
    heap_drop(heap);
}

static void realloc_keeps_the_bytes(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    uint64_t seed = 42;
    size_t size = 10;
    unsigned char *block = heap_realloc(heap, NULL, size);
    for (size_t i = 0; i < size; i++) block[i] = (unsigned char)i;
    for (int round = 0; round < 3000; round++) {
        size_t next = 1 + random_below(&seed, round % 3 ? 2000 : 400000);
        block = heap_realloc(heap, block, next);
        assert_non_null(block);
        size_t common = next < size ? next : size;
        for (size_t i = 0; i < common; i += 97) assert_int_equal(block[i], i & 255);
        for (size_t i = common; i < next; i++) block[i] = (unsigned char)i;
        size = next;
    }
    assert_heap(heap);
    heap_free(heap, block);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void a_growing_block_stays_in_place(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    char *block = heap_alloc(heap, 20000);
    size_t moves = 0;
    for (size_t size = 20000; size < 20000000; size += size / 8) {
        char *grown = heap_realloc(heap, block, size);
        moves += grown != block;
        block = grown;
    }
    assert_true(moves <= 1);
    assert_heap(heap);
    block = heap_realloc(heap, block, 9000);
    assert_heap(heap);
    HeapStats stats;
    heap_stats(heap, &stats);
    assert_int_equal(stats.large_bytes, 12288);
    heap_drop(heap);
}

static void sized_functions_work_for_libraries(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    char *block = heap_alloc_sized(heap, 24);
    memcpy(block, "limbs", 6);
    block = heap_realloc_sized(heap, block, 24, 4000);
    assert_string_equal(block, "limbs");
    heap_free_sized(heap, block, 4000);
    assert_int_equal(blocks_used(heap), 0);
    heap_drop(heap);
}

static void empty_arenas_go_back(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    enum { MANY = 200000 };
    void **blocks = malloc(MANY * sizeof *blocks);
    for (int i = 0; i < MANY; i++) blocks[i] = heap_alloc(heap, 128);
    HeapStats stats;
    heap_stats(heap, &stats);
    assert_true(stats.arenas >= 97);
    for (int i = 0; i < MANY; i++) heap_free(heap, blocks[i]);
    heap_stats(heap, &stats);
    assert_true(stats.arenas <= 1);
    assert_true(stats.arenas_returned > 80);
    assert_true(stats.arenas_free * HEAP_ARENA_BYTES <= 2 << 20);
    heap_trim(heap);
    heap_stats(heap, &stats);
    assert_int_equal(stats.arenas, 0);
    assert_int_equal(stats.arenas_free, 0);
    assert_int_equal(stats.bytes_held, 0);
    assert_heap(heap);
    free(blocks);
    heap_drop(heap);
}

static void the_fullest_arenas_are_filled_first(void **state) {
    (void)state;
    if (HEAP_CHECK) skip();
    Heap *heap = heap_create(NULL);
    enum { ARENAS = 4, PAGES = ARENAS * HEAP_ARENA_PAGES };
    char *pages[PAGES];
    for (int i = 0; i < PAGES; i++)
        for (int k = 0; k < 8; k++) {
            char *block = heap_alloc(heap, 512);
            if (k == 0) pages[i] = block;
        }
    /* Empty 50 pages of the first arena and 5 of the second; keep the pools of the others. */
    for (int i = 0; i < 50; i++)
        for (int k = 0; k < 8; k++) heap_free(heap, pages[i] + 512 * k);
    for (int i = 64; i < 69; i++)
        for (int k = 0; k < 8; k++) heap_free(heap, pages[i] + 512 * k);
    char *block = heap_alloc(heap, 256); /* a new pool: from the second arena, which has less room */
    size_t arena_of_block = (size_t)(block - pages[0]) / HEAP_ARENA_BYTES;
    assert_int_equal(arena_of_block, 1);
    assert_heap(heap);
    heap_drop(heap);
}

static void a_loop_at_the_edge_does_not_thrash(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    HeapStats before, after;
    for (int i = 0; i < 10; i++) heap_free(heap, heap_alloc(heap, 1 << 20));
    heap_stats(heap, &before);
    for (int i = 0; i < 1000; i++) heap_free(heap, heap_alloc(heap, 1 << 20));
    heap_stats(heap, &after);
    assert_int_equal(after.arenas_returned, before.arenas_returned);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(creating_and_dropping),
        cmocka_unit_test(every_small_size_is_usable_and_aligned),
        cmocka_unit_test(asking_65_gives_72),
        cmocka_unit_test(a_freed_block_is_taken_next),
        cmocka_unit_test(freeing_null_does_nothing),
        cmocka_unit_test(zeroed_blocks_are_zero),
        cmocka_unit_test(impossible_sizes_are_refused),
        cmocka_unit_test(a_span_that_is_full_refuses_and_recovers),
        cmocka_unit_test(realloc_keeps_the_bytes),
        cmocka_unit_test(a_growing_block_stays_in_place),
        cmocka_unit_test(sized_functions_work_for_libraries),
        cmocka_unit_test(empty_arenas_go_back),
        cmocka_unit_test(the_fullest_arenas_are_filled_first),
        cmocka_unit_test(a_loop_at_the_edge_does_not_thrash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
