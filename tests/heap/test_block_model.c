/* Random allocation against a model: an array of what should be there. */
#include "nodes.h"

enum { SLOTS = 3000 };

typedef struct Slot {
    unsigned char *block;
    size_t size;
    unsigned char paint;
} Slot;

static size_t random_size(uint64_t *seed) {
    switch (random_below(seed, 12)) {
    case 0: return random_below(seed, 9000);
    case 1: return random_below(seed, 60000);
    case 2: return random_below(seed, 40) ? random_below(seed, 2000) : random_below(seed, 3000000);
    default: return random_below(seed, 520);
    }
}

static void must_be_intact(const Slot *slot) {
    size_t step = slot->size / 37 + 1;
    for (size_t i = 0; i < slot->size; i += step)
        if (slot->block[i] != slot->paint) fail_msg("byte %zu of %zu was overwritten", i, slot->size);
    if (slot->size && slot->block[slot->size - 1] != slot->paint) fail_msg("the last byte was overwritten");
}

static void mutate(Heap *heap, Slot *slot, uint64_t *seed) {
    must_be_intact(slot);
    unsigned choice = (unsigned)random_below(seed, 4);
    if (choice == 3 && slot->block) {
        size_t size = random_size(seed);
        slot->block = heap_realloc(heap, slot->block, size);
        size_t common = size < slot->size ? size : slot->size;
        slot->size = common;
        must_be_intact(slot);
        slot->size = size;
    } else {
        heap_free(heap, slot->block);
        *slot = (Slot){0};
        if (choice == 0) return;
        slot->size = random_size(seed);
        slot->block = heap_alloc(heap, slot->size);
    }
    assert_non_null(slot->block);
    slot->paint = (unsigned char)random_next(seed);
    memset(slot->block, slot->paint, slot->size);
}

static int count_block(const HeapBlockInfo *info, void *arg) {
    (void)info;
    ++*(size_t *)arg;
    return 0;
}

static void run(uint64_t seed, bool traced) {
    static Slot slots[SLOTS];
    memset(slots, 0, sizeof slots);
    Heap *heap = heap_create(NULL);
    HeapTrace trace = {0};
    if (traced) heap_trace_set(heap, &trace);
    size_t all = rounds(60000), live = 0;
    for (size_t i = 0; i < all; i++) {
        mutate(heap, &slots[random_below(&seed, SLOTS)], &seed);
        if (i % 2000 == 0) assert_heap(heap);
        if (i % 9000 == 0) heap_trim(heap);
        if (i % 7000 == 0) heap_trace_set(heap, traced ? NULL : &trace), traced = !traced;
    }
    assert_heap(heap);
    for (int i = 0; i < SLOTS; i++) live += slots[i].block != NULL;
    size_t walked = 0;
    heap_walk(heap, count_block, &walked);
    assert_int_equal(walked, live);
    assert_int_equal(blocks_used(heap), live);
    for (int i = 0; i < SLOTS; i++) {
        must_be_intact(&slots[i]);
        heap_free(heap, slots[i].block);
    }
    heap_trim(heap);
    assert_heap(heap);
    assert_int_equal(heap_bytes_held(heap), 0);
    heap_drop(heap);
}

static void random_blocks(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) run(seed * 7919, false);
}

static void random_blocks_while_traced(void **state) {
    (void)state;
    run(123457, true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_blocks),
        cmocka_unit_test(random_blocks_while_traced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
