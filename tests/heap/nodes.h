/* What the heap's tests share: a kind of object with edges, and what becomes of each.
 *
 * A Node has up to NODE_EDGES strong references and a number; the test's world notes what happens to it.
 */
#ifndef TESTS_HEAP_NODES_H
#define TESTS_HEAP_NODES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "heap/gc.h"
#include "heap/graph.h"
#include "heap/heap.h"
#include "heap/limits.h"
#include "heap/object.h"
#include "heap/stats.h"
#include "heap/trace.h"
#include "heap/weak.h"

enum { NODE_EDGES = 4 };

typedef struct Node {
    HeapObject head;
    uint32_t id;
    HeapWeakLink link; /* a weak reference to another node; this node is its owner */
    struct Node *edges[NODE_EDGES];
} Node;

/* What happened, in order: "f3 w1 d3" = node 3 finalized, node 1 called back, node 3 freed. */
typedef struct World {
    char log[4096];
    size_t length;
    size_t freed, finalized, called_back;
    uint8_t *freed_ids; /* optional: one byte per id */
    void (*on_finalize)(Heap *heap, Node *node);
    void (*on_callback)(Heap *heap, Node *owner, HeapWeakLink *link);
    bool quiet; /* no log */
} World;

static inline World *world_of(Heap *heap) { return heap_user(heap); }

static inline void world_note(World *world, char what, uint32_t id) {
    if (world->quiet || world->length > sizeof world->log - 16) return;
    world->length += (size_t)sprintf(world->log + world->length, "%s%c%u", world->length ? " " : "", what, id);
}

static inline int node_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    Node *node = (Node *)object;
    for (int i = 0; i < NODE_EDGES; i++) {
        int result = node->edges[i] ? visit(&node->edges[i]->head, arg) : 0;
        if (result) return result;
    }
    return 0;
}

static inline void node_drop(Heap *heap, Node *node, int edge) {
    Node *old = node->edges[edge];
    node->edges[edge] = NULL;
    if (old) heap_decref(heap, &old->head);
}

static inline void node_clear(Heap *heap, HeapObject *object) {
    for (int i = 0; i < NODE_EDGES; i++) node_drop(heap, (Node *)object, i);
}

static inline void node_free(Heap *heap, HeapObject *object) {
    Node *node = (Node *)object;
    World *world = world_of(heap);
    world->freed++;
    if (world->freed_ids) world->freed_ids[node->id]++;
    world_note(world, 'd', node->id);
    heap_weak_remove(heap, &node->link);
    node_clear(heap, object);
    heap_object_free(heap, object);
}

static inline bool node_finalize(Heap *heap, HeapObject *object) {
    World *world = world_of(heap);
    world->finalized++;
    world_note(world, 'f', ((Node *)object)->id);
    if (world->on_finalize) world->on_finalize(heap, (Node *)object);
    return true;
}

static const HeapKind node_kind __attribute__((unused)) = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "node", .traverse = node_traverse, .clear = node_clear,
    .free = node_free};
static const HeapKind final_kind __attribute__((unused)) = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "final", .traverse = node_traverse, .clear = node_clear,
    .free = node_free, .finalize = node_finalize};
/* The same, but collections read the edges by themselves. */
static const HeapKind laid_out_kind __attribute__((unused)) = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "laid out", .traverse = node_traverse, .clear = node_clear,
    .free = node_free,
    .layout = {.form = HEAP_FORM_FIELDS, .words = offsetof(Node, edges), .count = NODE_EDGES}};
static const HeapKind leaf_kind __attribute__((unused)) = {
    .head = HEAP_HEAD_IMMORTAL(NULL), .name = "leaf", .flags = HEAP_KIND_LEAF};

static inline Node *node_new_of(Heap *heap, const HeapKind *kind, uint32_t id) {
    Node *node = heap_object_new(heap, kind, sizeof *node);
    if (!node) return NULL;
    memset((char *)node + sizeof node->head, 0, sizeof *node - sizeof node->head);
    node->id = id;
    heap_track_new(heap, &node->head);
    return node;
}

static inline Node *node_new(Heap *heap, uint32_t id) { return node_new_of(heap, &node_kind, id); }

/* Sets an edge with a new reference. */
static inline void node_link(Heap *heap, Node *from, int edge, Node *to) {
    if (to) heap_incref(&to->head);
    node_drop(heap, from, edge);
    from->edges[edge] = to;
}

static inline void node_release(Heap *heap, Node *node) { heap_decref(heap, &node->head); }

/* Two nodes that hold each other and nothing else does. */
static inline void make_garbage_pair(Heap *heap, const HeapKind *kind, uint32_t id) {
    Node *a = node_new_of(heap, kind, id), *b = node_new_of(heap, kind, id + 1);
    node_link(heap, a, 0, b);
    node_link(heap, b, 0, a);
    node_release(heap, a);
    node_release(heap, b);
}

static inline void weak_callback(Heap *heap, HeapObject *owner, HeapWeakLink *link, void *ctx) {
    World *world = ctx;
    world->called_back++;
    world_note(world, 'w', ((Node *)owner)->id);
    assert_null(link->referent);
    if (world->on_callback) world->on_callback(heap, (Node *)owner, link);
}

static inline Heap *world_heap(World *world, HeapOptions *options) {
    HeapOptions defaults;
    heap_options_init(&defaults);
    if (!options) options = &defaults;
    options->hooks.weak_callback = weak_callback;
    options->hooks.ctx = world;
    Heap *heap = heap_create(options);
    assert_non_null(heap);
    heap_set_user(heap, world);
    return heap;
}

#define assert_heap(heap)                                                                                           \
    do {                                                                                                            \
        const char *heap_fault_ = heap_check(heap);                                                                 \
        if (heap_fault_) fail_msg("heap_check: %s", heap_fault_);                                                   \
    } while (0)

static inline size_t blocks_used(Heap *heap) {
    HeapStats stats;
    heap_stats(heap, &stats);
    return stats.blocks_used;
}

/* xorshift: the same sequence everywhere. */
static inline uint64_t random_next(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}
static inline size_t random_below(uint64_t *state, size_t n) { return (size_t)(random_next(state) >> 11) % n; }

/* Rounds of a randomized test: ATOLL_TEST_SCALE multiplies them. */
static inline size_t rounds(size_t n) {
    const char *scale = getenv("ATOLL_TEST_SCALE");
    return scale ? n * strtoul(scale, NULL, 10) : n;
}

#endif
