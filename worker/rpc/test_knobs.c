#include "rpc/test_knobs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <heap/gc.h>
#include <heap/graph.h>
#include <heap/limits.h>

#include "base/runtime.h"

TestKnobs test_knobs_read(void) {
    const char *collect = getenv("ATOLL_TEST_COLLECT"), *fail = getenv("ATOLL_TEST_FAIL"),
               *repeat = getenv("ATOLL_TEST_REPEAT");
    TestKnobs knobs = {.repeat = 1};
    if (collect) knobs.collect = strtoull(collect, NULL, 10);
    if (knobs.collect == 1) knobs.collect = HEAP_COLLECT_WHOLE;
    if (fail) {
        char *end = NULL;
        knobs.fail = strtoull(fail, &end, 10);
        knobs.fail_later_too = *end == '+';
    }
    if (repeat && atoi(repeat) > 1) knobs.repeat = (unsigned)atoi(repeat);
    return knobs;
}

void test_knobs_apply(const TestKnobs *knobs, Heap *heap) {
    if (knobs->collect) heap_set_collect_every_allocation(heap, knobs->collect);
    if (knobs->fail) heap_fault_set(heap, knobs->fail, knobs->fail_later_too);
}

void test_knobs_end(const TestKnobs *knobs, Heap *heap) {
    uint64_t counted = heap_fault_count(heap);
    if (knobs->fail > counted) fprintf(stderr, "allocations: %llu\n", (unsigned long long)counted);
    else if (knobs->fail) fprintf(stderr, "handlers met: %llu\n", (unsigned long long)rt->memory_errors_met);
    heap_fault_set(heap, 0, false);
    heap_set_collect_every_allocation(heap, 0);
}

/* ---- growth ---------------------------------------------------------------------------------------------------- */

enum { RUNS_COMPARED = 4, KINDS_MAX = 4096 };

typedef struct KindCount {
    char name[64];
    uint64_t counts[RUNS_COMPARED]; /* the last runs, oldest first */
} KindCount;

struct GrowthWatch {
    unsigned runs;
    size_t kinds;
    KindCount rows[KINDS_MAX];
};

GrowthWatch *growth_new(void) { return calloc(1, sizeof(GrowthWatch)); }
void growth_free(GrowthWatch *watch) { free(watch); }

static KindCount *row_of(GrowthWatch *watch, const char *name) {
    for (size_t i = 0; i < watch->kinds; i++)
        if (strncmp(watch->rows[i].name, name, sizeof watch->rows[i].name - 1) == 0) return &watch->rows[i];
    if (watch->kinds == KINDS_MAX) return &watch->rows[KINDS_MAX - 1];
    KindCount *row = &watch->rows[watch->kinds++];
    snprintf(row->name, sizeof row->name, "%s", name);
    return row;
}

static int count_object(HeapObject *object, void *arg) {
    char name[sizeof((KindCount *)0)->name];
    snprintf(name, sizeof name, "%s objects", object->kind->name);
    row_of(arg, name)->counts[RUNS_COMPARED - 1]++;
    return 0;
}

static int count_block(const HeapBlockInfo *info, void *arg) {
    if (info->is_object) return 0;
    char name[sizeof((KindCount *)0)->name];
    snprintf(name, sizeof name, "blocks of %zu bytes", info->bytes);
    row_of(arg, name)->counts[RUNS_COMPARED - 1]++;
    return 0;
}

void growth_count(GrowthWatch *watch, Heap *heap) {
    heap_unfreeze(heap); /* a program that ended early may have left it so */
    for (int generation = 0; generation < 3; generation++) heap_collect(heap, 2, NULL);
    for (size_t i = 0; i < watch->kinds; i++) {
        uint64_t *counts = watch->rows[i].counts;
        memmove(counts, counts + 1, (RUNS_COMPARED - 1) * sizeof *counts);
        counts[RUNS_COMPARED - 1] = 0;
    }
    heap_walk_objects(heap, count_object, watch);
    heap_walk(heap, count_block, watch);
    watch->runs++;
}

static bool grew(const KindCount *row) {
    for (int i = 1; i < RUNS_COMPARED; i++)
        if (row->counts[i] <= row->counts[i - 1]) return false;
    return true;
}

bool growth_report(const GrowthWatch *watch) {
    bool any = false;
    for (size_t i = 0; watch->runs >= RUNS_COMPARED && i < watch->kinds; i++) {
        const KindCount *row = &watch->rows[i];
        if (!grew(row)) continue;
        any = true;
        fprintf(stderr, "growth: %s: %llu, %llu after the run before\n", row->name,
                (unsigned long long)row->counts[RUNS_COMPARED - 1],
                (unsigned long long)row->counts[RUNS_COMPARED - 2]);
    }
    return any;
}
