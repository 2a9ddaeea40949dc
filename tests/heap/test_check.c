/* The check build finds what C programs do wrong; every build's heap_check finds a broken heap. */
#include "nodes.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static char told[512]; /* what the last child wrote to stderr */

static void run_crime(void (*crime)(Heap *), int err) {
    World world = {.quiet = true};
    if (dup2(err, STDERR_FILENO) < 0) _exit(9);
    signal(SIGABRT, SIG_DFL);
    crime(world_heap(&world, NULL));
    _exit(0);
}

/* Runs `crime` in a child; true if the heap stopped it. */
static bool is_caught(void (*crime)(Heap *)) {
    int ends[2], status = 0;
    ssize_t got;
    size_t length = 0;
    fflush(NULL);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) run_crime(crime, ends[1]);
    close(ends[1]);
    while ((got = read(ends[0], told + length, sizeof told - 1 - length)) > 0) length += (size_t)got;
    told[length] = '\0';
    close(ends[0]);
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

static void free_twice(Heap *heap) {
    void *block = heap_alloc(heap, 40);
    heap_free(heap, block);
    heap_free(heap, block);
}
static void free_large_twice(Heap *heap) {
    void *block = heap_alloc(heap, 40000);
    heap_free(heap, block);
    heap_free(heap, block);
}
static void write_behind(Heap *heap) {
    char *block = heap_alloc(heap, 41);
    block[41] = 1;
    heap_free(heap, block);
}
static void write_before(Heap *heap) {
    char *volatile block = heap_alloc(heap, 41);
    block[-1] = 1;
    heap_free(heap, block);
}
static void write_after_free(Heap *heap) {
    char *block = heap_alloc(heap, 100);
    heap_free(heap, block);
    block[50] = 1;
    heap_alloc(heap, 100);
}
static void free_foreign(Heap *heap) {
    static char foreign[4096];
    heap_free(heap, foreign + 1024);
}
static void track_twice(Heap *heap) { heap_track(heap, &node_new(heap, 1)->head); }
static void free_raw_as_object(Heap *heap) {
    HeapObject *raw = heap_alloc(heap, 64);
    *raw = (HeapObject){0};
    heap_object_free(heap, raw);
}
static void drop_too_often(Heap *heap) {
    HeapObject *leaf = heap_object_new(heap, &leaf_kind, 64);
    heap_decref(heap, leaf);
    leaf->refcount = 1;
    heap_decref(heap, leaf);
}

static void tell_trace(Heap *heap, const void *block, void *ctx) {
    (void)heap, (void)block;
    fprintf(stderr, "%s\n", (const char *)ctx);
}
static void write_behind_traced(Heap *heap) {
    static char words[] = "asked for by the test";
    heap_trace_set(heap, &(HeapTrace){.ctx = words, .on_broken = tell_trace});
    heap_alloc(heap, 10);
    write_behind(heap);
}

static void what_is_caught_is_told_with_its_allocation(void **state) {
    (void)state;
    if (!HEAP_CHECK) skip();
    assert_true(is_caught(write_behind_traced));
    assert_non_null(strstr(told, ", of allocation 2, has 41 bytes\nasked for by the test\n"));
    assert_non_null(strstr(told, "heap broken: the fence behind a block was overwritten\n"));
    assert_true(is_caught(write_after_free));
    assert_non_null(strstr(told, ", of allocation 1, is free\n"));
    assert_true(is_caught(free_twice));
    assert_non_null(strstr(told, ", of allocation 1, is free\n"));
}

static void the_check_build_catches_misuse(void **state) {
    (void)state;
    if (!HEAP_CHECK) skip();
    assert_true(is_caught(free_twice));
    assert_true(is_caught(free_large_twice));
    assert_true(is_caught(write_behind));
    assert_true(is_caught(write_before));
    assert_true(is_caught(write_after_free));
    assert_true(is_caught(free_foreign));
    assert_true(is_caught(track_twice));
    assert_true(is_caught(free_raw_as_object));
    assert_true(is_caught(drop_too_often));
}

static void check_finds_a_broken_free_list(void **state) {
    (void)state;
    if (HEAP_CHECK) skip();
    Heap *heap = heap_create(NULL);
    void *a = heap_alloc(heap, 64), *b = heap_alloc(heap, 64);
    heap_alloc(heap, 64);
    heap_free(heap, a);
    heap_free(heap, b);
    assert_null(heap_check(heap));
    *(void **)b = (char *)a + 8;
    assert_string_equal(heap_check(heap), "a pool's free list is broken");
    *(void **)b = b;
    assert_string_equal(heap_check(heap), "a pool's free list is broken");
    heap_drop(heap);
}

static void check_finds_a_lost_object(void **state) {
    (void)state;
    World world = {.quiet = true};
    Heap *heap = world_heap(&world, NULL);
    Node *a = node_new(heap, 1), *b = node_new(heap, 2);
    uint32_t gc = b->head.gc;
    b->head.gc = a->head.gc;
    assert_string_equal(heap_check(heap), "an object's slot is not the one it is in");
    b->head.gc = gc & ~HEAP_GC_TRACKED;
    assert_string_equal(heap_check(heap), "an object in a vector does not say so");
    b->head.gc = gc;
    assert_null(heap_check(heap));
    heap_drop(heap);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_build_catches_misuse),
        cmocka_unit_test(what_is_caught_is_told_with_its_allocation),
        cmocka_unit_test(check_finds_a_broken_free_list),
        cmocka_unit_test(check_finds_a_lost_object),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
