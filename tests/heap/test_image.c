/* Images: a heap put back is the heap it was. */
#include "nodes.h"

#include <unistd.h>

static uint64_t mix(uint64_t hash, const void *bytes, size_t size) {
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++) hash = (hash ^ at[i]) * 0x100000001B3u;
    return hash;
}

static int add_block(const HeapBlockInfo *info, void *arg) {
    uint64_t *hash = arg;
    *hash = mix(*hash, &info->block, sizeof info->block);
    *hash = mix(*hash, info->block, info->bytes);
    return 0;
}

/* Of every used block's place and content, and of the counts. */
static uint64_t fingerprint(Heap *heap) {
    uint64_t hash = 0xCBF29CE484222325u;
    HeapStats stats;
    heap_walk(heap, add_block, &hash);
    heap_stats(heap, &stats);
    hash = mix(hash, &stats.blocks_used, sizeof stats.blocks_used);
    hash = mix(hash, &stats.tracked, sizeof stats.tracked);
    return mix(hash, &stats.bytes_held, sizeof stats.bytes_held);
}

/* A heap with some of everything; the nodes are linked in a ring. */
static Node *populate(Heap *heap, size_t nodes) {
    Node *first = node_new(heap, 0), *last = first;
    for (uint32_t i = 1; i < nodes; i++) {
        Node *node = node_new(heap, i);
        last->edges[0] = node;
        last = node;
        if (i % 7 == 0) memset(heap_alloc(heap, i % 3000), 1, i % 3000);
        if (i % 500 == 0) memset(heap_alloc(heap, 40000), 2, 40000);
    }
    node_link(heap, last, 0, first);
    heap_collect(heap, 0, NULL);
    return first;
}

static void wreck(Heap *heap, Node *ring, uint64_t seed) {
    Node *node = ring;
    for (int i = 0; i < 400; i++) {
        node->id += 1000;
        node_link(heap, node, 1 + (int)random_below(&seed, 3), ring);
        Node *next = node->edges[0];
        if (i % 3 == 0) make_garbage_pair(heap, &final_kind, 1);
        char *block = heap_alloc(heap, random_below(&seed, 100000));
        if (block && i % 2) heap_free(heap, block);
        node = next;
    }
    node_drop(heap, ring, 0);
    heap_collect(heap, 2, NULL);
    for (int i = 0; i < 20; i++) heap_alloc(heap, 500000);
}

static void a_heap_put_back_is_what_it_was(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    Node *ring = populate(heap, 3000);
    HeapWeakLink *link = heap_alloc(heap, sizeof *link);
    heap_weak_add(heap, link, &ring->head, NULL);
    assert_false(heap_image_restore(heap));
    assert_true(heap_image_take(heap));
    assert_true(heap_image_bytes(heap) > 100000);
    uint64_t before = fingerprint(heap);
    for (uint64_t job = 1; job <= 20; job++) {
        wreck(heap, ring, job * 31);
        assert_heap(heap);
        assert_true(fingerprint(heap) != before);
        assert_true(heap_image_restore(heap));
        assert_heap(heap);
        assert_true(fingerprint(heap) == before);
        assert_ptr_equal(heap_weak_get_borrow(link), ring);
    }
    heap_drop(heap);
}

static void an_image_of_an_empty_heap(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    assert_true(heap_image_take(heap));
    for (int i = 0; i < 5; i++) {
        wreck(heap, populate(heap, 1000), 3);
        assert_true(heap_image_restore(heap));
        assert_heap(heap);
        assert_int_equal(blocks_used(heap), 0);
        assert_int_equal(heap_bytes_held(heap), 0);
    }
    heap_drop(heap);
}

static void an_image_may_be_replaced_and_dropped(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    assert_true(heap_image_take(heap));
    Node *node = node_new(heap, 7);
    assert_true(heap_image_take(heap));
    node->id = 8;
    assert_true(heap_image_restore(heap));
    assert_int_equal(node->id, 7);
    heap_image_drop(heap);
    assert_int_equal(heap_image_bytes(heap), 0);
    assert_false(heap_image_restore(heap));
    heap_drop(heap);
}

static void memory_is_zero_where_zero_is_promised_after_a_restore(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    populate(heap, 500);
    heap_image_take(heap);
    for (int round = 0; round < 4; round++) {
        for (size_t size = 100; size < 4000000; size *= 3) {
            unsigned char *block = heap_alloc_zero(heap, size);
            for (size_t i = 0; i < size; i++)
                if (block[i]) fail_msg("round %d: byte %zu of %zu", round, i, size);
            memset(block, 0xA5, size);
            if (size % 2) heap_free(heap, block);
        }
        heap_image_restore(heap);
    }
    heap_drop(heap);
}

static void a_run_never_touched_at_the_image_may_be_dirty_later(void **state) {
    (void)state;
    Heap *heap = heap_create(NULL);
    heap_alloc(heap, 100000); /* the rest of its arena was never touched */
    heap_image_take(heap);
    memset(heap_alloc(heap, 24000), 0xA5, 24000);
    heap_image_restore(heap);
    unsigned char *block = heap_alloc_zero(heap, 24000);
    for (size_t i = 0; i < 24000; i++) assert_int_equal(block[i], 0);
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

static void a_big_job_does_not_stay_resident(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    heap_gc_disable(heap);
    populate(heap, 1000);
    heap_image_take(heap);
    size_t before = resident();
    for (int job = 0; job < 3; job++) {
        for (uint32_t i = 0; i < 500000; i++) node_new(heap, i);
        memset(heap_alloc(heap, 30000000), 1, 30000000);
        assert_true(resident() > before + 60000000);
        heap_image_restore(heap);
        assert_true(resident() < before + 8000000);
    }
    heap_drop(heap);
}

static void limits_and_settings_come_back_too(void **state) {
    (void)state;
    World world = {0};
    Heap *heap = world_heap(&world, NULL);
    heap_set_limits(heap, 1 << 20, 0);
    heap_image_take(heap);
    heap_set_limits(heap, 0, 0);
    heap_set_thresholds(heap, 1, 2, 3);
    heap_gc_disable(heap);
    heap_fault_set(heap, 1000, true);
    heap_image_restore(heap);
    uint32_t thresholds[3];
    heap_get_thresholds(heap, thresholds);
    assert_int_equal(thresholds[0], 700);
    assert_true(heap_gc_is_enabled(heap));
    assert_int_equal(heap_soft_limit(heap), 1 << 20);
    assert_heap(heap);
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heap_put_back_is_what_it_was),
        cmocka_unit_test(an_image_of_an_empty_heap),
        cmocka_unit_test(an_image_may_be_replaced_and_dropped),
        cmocka_unit_test(memory_is_zero_where_zero_is_promised_after_a_restore),
        cmocka_unit_test(a_run_never_touched_at_the_image_may_be_dirty_later),
        cmocka_unit_test(a_big_job_does_not_stay_resident),
        cmocka_unit_test(limits_and_settings_come_back_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
