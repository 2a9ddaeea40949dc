/* How blocks compare with those of malloc and, where it is installed, of mimalloc: nanoseconds of processor time per
 * operation, by turns in the same run, the least of several rounds each, and ratios. See alloc.py.
 *
 *     pair      take and free one block at once
 *     batch     take 1000, free them in the same order
 *     random    free a random one of 10,000 live blocks and take one of random small size
 *     grow      a block that grows by an eighth from 16 bytes to 1 MiB
 *     object    new tracked object of 48 bytes and its death, against malloc + free of the same
 *     create, image: a heap made and dropped; an image of 1 MiB put back after a tiny job
 *     collect   a full collection over a million live objects; a million garbage pairs
 */
#include "heap/gc.h"
#include "heap/stats.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* other programs may run beside it */
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static inline uint64_t next(uint64_t *x) {
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

/* The workloads, once per allocator. */
#define WORKLOADS(NAME, TAKE, GIVE, RESIZE)                                                                         \
    static double NAME##_pair(Heap *heap, size_t bytes) {                                                           \
        enum { N = 1000000 };                                                                                       \
        (void)heap;                                                                                                 \
        double start = now();                                                                                       \
        for (int i = 0; i < N; i++) {                                                                               \
            void *volatile block = TAKE(bytes);                                                                     \
            GIVE(block);                                                                                            \
        }                                                                                                           \
        return (now() - start) / N;                                                                                 \
    }                                                                                                               \
    static double NAME##_batch(Heap *heap, size_t bytes) {                                                          \
        enum { N = 1000, ROUNDS = 1000 };                                                                           \
        static void *blocks[N];                                                                                     \
        (void)heap;                                                                                                 \
        double start = now();                                                                                       \
        for (int r = 0; r < ROUNDS; r++) {                                                                          \
            for (int i = 0; i < N; i++) *(char *)(blocks[i] = TAKE(bytes)) = 1;                                     \
            for (int i = 0; i < N; i++) GIVE(blocks[i]);                                                            \
        }                                                                                                           \
        return (now() - start) / ((double)N * ROUNDS);                                                              \
    }                                                                                                               \
    static double NAME##_random(Heap *heap, size_t bytes) {                                                         \
        enum { N = 10000, STEPS = 1000000 };                                                                        \
        static void *blocks[N];                                                                                     \
        uint64_t seed = 88172645463325252u;                                                                         \
        (void)heap;                                                                                                 \
        for (int i = 0; i < N; i++) blocks[i] = TAKE(1 + next(&seed) % bytes);                                      \
        double start = now();                                                                                       \
        for (int i = 0; i < STEPS; i++) {                                                                           \
            size_t k = next(&seed) % N;                                                                             \
            GIVE(blocks[k]);                                                                                        \
            *(char *)(blocks[k] = TAKE(1 + (seed >> 32) % bytes)) = 1;                                              \
        }                                                                                                           \
        double took = (now() - start) / STEPS;                                                                      \
        for (int i = 0; i < N; i++) GIVE(blocks[i]);                                                                \
        return took;                                                                                                \
    }                                                                                                               \
    static double NAME##_grow(Heap *heap, size_t bytes) {                                                           \
        enum { ROUNDS = 60 };                                                                                      \
        int steps = 0;                                                                                              \
        (void)heap;                                                                                                 \
        double start = now();                                                                                       \
        for (int r = 0; r < ROUNDS; r++) {                                                                          \
            char *block = TAKE(16);                                                                                 \
            for (size_t size = 16; size < bytes; size += size / 8 + 8, steps++) {                                   \
                block = RESIZE(block, size);                                                                        \
                block[size - 1] = 1;                                                                                \
            }                                                                                                       \
            GIVE(block);                                                                                            \
        }                                                                                                           \
        return (now() - start) / steps;                                                                             \
    }

#define HEAP_TAKE(n) heap_alloc(heap, n)
#define HEAP_GIVE(p) heap_free(heap, p)
#define HEAP_RESIZE(p, n) heap_realloc(heap, p, n)
WORKLOADS(heap, HEAP_TAKE, HEAP_GIVE, HEAP_RESIZE)
WORKLOADS(libc, malloc, free, realloc)

/* Loaded, not linked: linking it would make it malloc too. */
static void *(*mi_malloc)(size_t);
static void (*mi_free)(void *);
static void *(*mi_realloc)(void *, size_t);
WORKLOADS(mi, mi_malloc, mi_free, mi_realloc)

static bool find_mimalloc(void) {
    void *library = dlopen("libmimalloc.so.2", RTLD_NOW | RTLD_LOCAL);
    if (!library) return false;
    *(void **)&mi_malloc = dlsym(library, "mi_malloc");
    *(void **)&mi_free = dlsym(library, "mi_free");
    *(void **)&mi_realloc = dlsym(library, "mi_realloc");
    return mi_malloc && mi_free && mi_realloc;
}

typedef double (*Workload)(Heap *heap, size_t bytes);

static void keep_least(double *least, double took) {
    if (took < *least) *least = took;
}

static void compare(const char *name, Heap *heap, size_t bytes, Workload ours, Workload libc, Workload mi) {
    enum { ROUNDS = 7 };
    double a = 1e18, b = 1e18, c = 1e18;
    for (int i = 0; i < ROUNDS; i++) {
        keep_least(&a, ours(heap, bytes));
        keep_least(&b, libc(heap, bytes));
        if (mi_malloc) keep_least(&c, mi(heap, bytes));
    }
    printf("%-8s %7zu %9.2f %9.2f %9.2f", name, bytes, a, b, a / b);
    if (mi_malloc) printf(" %9.2f %9.2f", c, a / c);
    printf("\n");
    fflush(stdout);
}

/* --- objects ------------------------------------------------------------------------------------------------------------ */

typedef struct Pair {
    HeapObject head;
    HeapObject *a, *b;
    size_t pad[2];
} Pair;

static int pair_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Pair *pair = (Pair *)object;
    int result = pair->a ? visit(pair->a, arg) : 0;
    if (!result && pair->b) result = visit(pair->b, arg);
    return result;
}
static void pair_clear(Heap *heap, HeapObject *object) {
    Pair *pair = (Pair *)object;
    HeapObject *a = pair->a, *b = pair->b;
    pair->a = pair->b = NULL;
    heap_xdecref(heap, a);
    heap_xdecref(heap, b);
}
static void pair_free(Heap *heap, HeapObject *object) {
    Pair *pair = (Pair *)object;
    heap_xdecref(heap, pair->a);
    heap_xdecref(heap, pair->b);
    heap_object_free(heap, object);
}
static const HeapKind pair_kind = {.head = HEAP_HEAD_IMMORTAL(NULL), .name = "pair", .traverse = pair_traverse,
                                   .clear = pair_clear, .free = pair_free};

static Pair *pair_new(Heap *heap) {
    Pair *pair = heap_object_new(heap, &pair_kind, sizeof *pair);
    if (!pair) abort();
    pair->a = pair->b = NULL;
    heap_track_new(heap, &pair->head);
    return pair;
}

static double heap_object(Heap *heap, size_t bytes) {
    enum { N = 3000000 };
    (void)bytes;
    double start = now();
    for (int i = 0; i < N; i++) {
        Pair *volatile pair = pair_new(heap);
        heap_decref(heap, &pair->head);
    }
    return (now() - start) / N;
}

static void bench_create(void) {
    enum { N = 200 };
    double start = now();
    for (int i = 0; i < N; i++) {
        Heap *heap = heap_create(NULL);
        heap_alloc(heap, 100);
        heap_drop(heap);
    }
    printf("create + first block + drop: %.1f us\n", (now() - start) / N / 1e3);
}

static void bench_image(size_t live) {
    enum { N = 300 };
    Heap *heap = heap_create(NULL);
    heap_gc_disable(heap);
    for (size_t bytes = 0; bytes < live; bytes += sizeof(Pair) + 100) {
        pair_new(heap);
        memset(heap_alloc(heap, 100), 1, 100);
    }
    heap_image_take(heap);
    double restoring = 0, job = 0;
    for (int i = 0; i < N; i++) {
        double start = now();
        for (int k = 0; k < 200; k++) pair_new(heap);
        double middle = now();
        heap_image_restore(heap);
        restoring += now() - middle;
        job += middle - start;
    }
    printf("image of %zu KiB put back: %.1f us (after a job of %.1f us)\n", heap_image_bytes(heap) >> 10,
           restoring / N / 1e3, job / N / 1e3);
    heap_drop(heap);
}

static void bench_collect(void) {
    enum { N = 1000000 };
    Heap *heap = heap_create(NULL);
    heap_gc_disable(heap);
    HeapCollection report;
    static Pair *pairs[N];
    uint64_t seed = 1;
    for (int i = 0; i < N; i++) {
        pairs[i] = pair_new(heap);
        if (i) {
            pairs[i]->a = &pairs[i - 1]->head;
            heap_incref(pairs[i]->a);
            pairs[i]->b = &pairs[next(&seed) % (size_t)i]->head;
            heap_incref(pairs[i]->b);
        }
    }
    heap_collect(heap, 2, &report);
    heap_collect(heap, 2, &report);
    printf("full collection, %d live: %.1f ms\n", N, (double)report.nanoseconds / 1e6);
    for (int i = 0; i < N; i++) heap_decref(heap, &pairs[i]->head);
    heap_collect(heap, 2, &report);
    for (int i = 0; i < N; i++) {
        Pair *a = pair_new(heap), *b = pair_new(heap);
        a->a = &b->head;
        b->a = &a->head;
    }
    heap_collect(heap, 2, &report);
    printf("%d garbage pairs: %.1f ms, of it finding %.1f ms\n", N, (double)report.nanoseconds / 1e6,
           (double)report.find_nanoseconds / 1e6);
    heap_drop(heap);
}

int main(void) {
    Heap *heap = heap_create(NULL);
    heap_gc_disable(heap);
    printf("%-8s %7s %9s %9s %9s", "ns", "bytes", "heap", "malloc", "ratio");
    printf(find_mimalloc() ? " %9s %9s\n" : "\n", "mimalloc", "ratio");
    compare("pair", heap, 48, heap_pair, libc_pair, mi_pair);
    compare("batch", heap, 48, heap_batch, libc_batch, mi_batch);
    compare("batch", heap, 512, heap_batch, libc_batch, mi_batch);
    compare("batch", heap, 2000, heap_batch, libc_batch, mi_batch);
    compare("random", heap, 128, heap_random, libc_random, mi_random);
    compare("random", heap, 512, heap_random, libc_random, mi_random);
    compare("random", heap, 20000, heap_random, libc_random, mi_random);
    compare("grow", heap, 1 << 20, heap_grow, libc_grow, mi_grow);
    compare("object", heap, 48, heap_object, libc_pair, mi_pair);
    heap_drop(heap);
    bench_create();
    bench_image(1 << 20);
    bench_image(200 << 10);
    bench_collect();
    return 0;
}
