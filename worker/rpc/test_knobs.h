/*
 * test_knobs: how tests make life hard for the interpreter in a plain run (plain.h). From the environment, read once:
 *
 *     ATOLL_TEST_COLLECT=1   a full collection at every allocation of an object
 *     ATOLL_TEST_COLLECT=N   a collection of what is new at every allocation of an object, and a full one so often that in
 *                            the mean N old objects and references are looked at
 *     ATOLL_TEST_FAIL=N      the N-th allocation after boot is refused; N+: all later ones too. If the program ends before,
 *                            stderr's last line says how many it made: "allocations: K"; else how often a MemoryError
 *                            got to a handler of Python code, which may have kept it to itself: "handlers met: K"
 *     ATOLL_TEST_REPEAT=N    the program runs N times, each time in a new __main__; if objects or blocks of some kind have
 *                            become more with each of the last runs, they are named on stderr and the exit code is 99
 *
 * Served jobs never look at them.
 */
#ifndef ATOLL_RPC_TEST_KNOBS_H
#define ATOLL_RPC_TEST_KNOBS_H

#include <heap/heap.h>

#include <stdbool.h>

enum { TEST_KNOBS_GROWTH_EXIT = 99 };

typedef struct TestKnobs {
    size_t collect; /* as heap_set_collect_every_allocation has them */
    bool fail_later_too;
    uint64_t fail;   /* 0: none */
    unsigned repeat; /* at least 1 */
} TestKnobs;

typedef struct GrowthWatch GrowthWatch;

TestKnobs test_knobs_read(void);
/* Before a run; and after it, when allocation is as always again. */
void test_knobs_apply(const TestKnobs *knobs, Heap *heap);
void test_knobs_end(const TestKnobs *knobs, Heap *heap);

/* Counts what is alive after each run. The watch lies outside the heap. NULL: out of memory. */
GrowthWatch *growth_new(void);
/* Collects and counts. */
void growth_count(GrowthWatch *watch, Heap *heap);
/* Names on stderr the kinds that grew with each of the last runs; true if there are any. */
bool growth_report(const GrowthWatch *watch);
void growth_free(GrowthWatch *watch);

#endif
