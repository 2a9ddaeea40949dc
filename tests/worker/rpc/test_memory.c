/* Sending and receiving leave nothing behind, and bear every failing allocation: with MemoryError, or with
 * what was asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <heap/limits.h>

#include "objects/error.h"
#include "rpc/test_knobs.h"
#include "rpc/worker.h"
#include "worlds.h"

enum { ROUNDS = 8 };

static void there_and_back(const Section *s, Value value) {
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    int status = pack_value(&buf, value, "result", NULL);
    Value copy = status == 0 ? unpack_value(ipc_buf_slice(&buf)) : NULL;
    if (!copy && !s->refusal) fail_msg("%s: %s", s->name, test_error());
    error_clear();
    xdecref(copy);
    ipc_buf_free(&buf);
}

static void test_growth(void **state) {
    const Section *s = *state;
    World *world = test_world_new();
    assert_true(test_run(s->build, strlen(s->build), "program.py"));
    Value value = test_variable("value");
    GrowthWatch *watch = growth_new();
    for (int round = 0; round < ROUNDS; round++) {
        there_and_back(s, value);
        growth_count(watch, rt->heap);
    }
    bool grew = growth_report(watch);
    growth_free(watch);
    test_world_drop(world);
    if (grew) fail_msg("%s: memory grows with each copy", s->name);
}

/* What failed must have said so; true: it went well, the allocation that was to fail was not reached. */
static bool settled(const Section *s, bool good, uint64_t nth) {
    bool reached = heap_fault_count(rt->heap) >= nth;
    heap_fault_set(rt->heap, 0, false);
    if (!good && !error_pending())
        fail_msg("%s: failed without a word at allocation %llu", s->name, (unsigned long long)nth);
    error_clear();
    return !reached;
}

/* Ever larger steps: all of the first allocations, a sample of the later ones. */
static uint64_t next_fault(uint64_t nth) { return nth + 1 + nth / 16; }

static void test_faults(void **state) {
    const Section *s = *state;
    World *world = test_world_new();
    assert_true(test_run(s->build, strlen(s->build), "program.py"));
    Value value = incref(test_variable("value"));
    IpcBuf whole;
    ipc_buf_init(&whole, NULL);
    if (pack_value(&whole, value, "result", NULL) < 0) error_clear();
    bool done = false;
    for (uint64_t nth = 1; !done && nth < 100000; nth = next_fault(nth)) {
        IpcBuf buf;
        ipc_buf_init(&buf, NULL);
        heap_fault_set(rt->heap, nth, false);
        done = settled(s, pack_value(&buf, value, "result", NULL) == 0, nth);
        ipc_buf_free(&buf);
    }
    done = !whole.len;
    for (uint64_t nth = 1; !done && nth < 100000; nth = next_fault(nth)) {
        heap_fault_set(rt->heap, nth, false);
        Value copy = unpack_value(ipc_buf_slice(&whole));
        done = settled(s, copy != NULL, nth);
        xdecref(copy);
    }
    decref(value);
    ipc_buf_free(&whole);
    test_world_drop(world);
}

static void test_collecting(void **state) {
    const Section *s = *state;
    if (strlen(s->build) > 100000) return;
    World *world = test_world_new();
    assert_true(test_run(s->build, strlen(s->build), "program.py"));
    heap_set_collect_every_allocation(rt->heap, HEAP_COLLECT_WHOLE);
    there_and_back(s, test_variable("value"));
    heap_set_collect_every_allocation(rt->heap, 0);
    test_world_drop(world);
}

int main(int argc, char **argv) {
    size_t count, chosen = 0;
    Section *sections = test_sections(&count);
    struct CMUnitTest *tests = calloc(3 * count, sizeof *tests);
    for (size_t i = 0; i < count; i++) {
        bool wanted = argc < 2,
             large = strstr(sections[i].build,
                            "000"); /* thousands of objects: too slow when every allocation collects */
        for (int a = 1; a < argc; a++) wanted |= strcmp(argv[a], sections[i].name) == 0;
        if (!wanted) continue;
        bool caches = strstr(sections[i].build, "from typing"); /* typing remembers what it is asked about */
        if (!caches)
            tests[chosen++] = (struct CMUnitTest){sections[i].name, test_growth, NULL, NULL, &sections[i]};
        tests[chosen++] = (struct CMUnitTest){sections[i].name, test_faults, NULL, NULL, &sections[i]};
        if (!large)
            tests[chosen++] =
                (struct CMUnitTest){sections[i].name, test_collecting, NULL, NULL, &sections[i]};
    }
    int failures = _cmocka_run_group_tests("memory", tests, chosen, NULL, NULL);
    free(tests);
    test_sections_free(sections, count);
    return failures != 0;
}
