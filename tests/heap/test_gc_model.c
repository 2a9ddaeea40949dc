/* Random changes to an object graph against a model: which nodes are there, what they hold, what is reachable. A million
 * of them, in release builds; after each thousand the heap proves its invariants, and all counts are exact.
 *
 * The model knows each node's edges and how often the test itself holds it. Whatever is reachable from held nodes must
 * be alive; after a full collection nothing else may be. Finalizers and weak callbacks happen at random, resurrection
 * too.
 */
#include "nodes.h"

enum { IDS = 1 << 14, HELD = 400 };

/* How a run goes. */
typedef struct Course {
    uint64_t seed;
    bool callbacks_cut; /* weak callbacks drop edges */
    bool roots;         /* some of what is held is known to the collector */
    uint32_t step_work; /* automatic collections of the old generation go in steps; 0: there are no automatic ones */
} Course;

typedef struct Model {
    World world;
    Heap *heap;
    Node *nodes[IDS]; /* alive, by id */
    uint8_t freed[IDS];
    uint8_t reached[IDS];
    Node *held[HELD]; /* one reference each; NULL: none */
    uint32_t next_id;
    uint64_t seed;
    size_t resurrections;
    uint32_t due;
} Model;

static Model *model;

#if defined(__SANITIZE_ADDRESS__)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

static void hold(Model *m, Node *node) {
    size_t at = random_below(&m->seed, HELD);
    heap_incref(&node->head);
    Node *old = m->held[at];
    m->held[at] = node;
    if (old) node_release(m->heap, old);
}

static void resurrect_sometimes(Heap *heap, Node *node) {
    (void)heap;
    if (random_below(&model->seed, 3)) return;
    model->resurrections++;
    for (int i = 0; i < HELD; i++) { /* an empty place: nothing else may die here */
        if (model->held[i]) continue;
        heap_incref(&node->head);
        model->held[i] = node;
        return;
    }
}

static void some_of_the_held(Heap *heap, HeapVisit visit, void *arg, void *ctx) {
    (void)heap, (void)ctx;
    for (int i = 0; i < HELD; i++)
        if (model->held[i] && random_below(&model->seed, 3)) visit(&model->held[i]->head, arg);
}

static void cut_sometimes(Heap *heap, Node *owner, HeapWeakLink *link) {
    (void)link;
    if (random_below(&model->seed, 4) == 0) node_drop(heap, owner, 0);
}

static Node *any_held(Model *m) {
    for (int tries = 0; tries < 20; tries++) {
        Node *node = m->held[random_below(&m->seed, HELD)];
        if (node) return node;
    }
    return NULL;
}

/* A node some steps away from a held one. */
static Node *wander(Model *m) {
    Node *node = any_held(m);
    for (size_t steps = random_below(&m->seed, 6); node && steps; steps--) {
        Node *next = node->edges[random_below(&m->seed, NODE_EDGES)];
        if (next) node = next;
    }
    return node;
}

static void create(Model *m) {
    uint32_t id = m->next_id;
    for (int tries = 0; tries < 100 && m->nodes[id] && !m->freed[id]; tries++) id = (id + 1) % IDS;
    if (m->nodes[id] && !m->freed[id]) return;
    m->next_id = (id + 1) % IDS;
    static const HeapKind *const kinds[] = {&node_kind, &node_kind, &laid_out_kind, &final_kind};
    const HeapKind *kind = kinds[random_below(&m->seed, 4)];
    Node *node = node_new_of(m->heap, kind, id);
    assert_non_null(node);
    m->nodes[id] = node;
    m->freed[id] = 0;
    hold(m, node);
    node_release(m->heap, node);
}

static void step(Model *m) {
    Node *a, *b;
    int edge = (int)random_below(&m->seed, NODE_EDGES);
    switch (random_below(&m->seed, 10)) {
    case 0: case 1: case 2: create(m); break;
    case 3: case 4: case 5:
        if ((a = wander(m)) && (b = wander(m))) node_link(m->heap, a, edge, b);
        break;
    case 6:
        if ((a = wander(m))) node_drop(m->heap, a, edge);
        break;
    case 7: {
        size_t at = random_below(&m->seed, HELD);
        Node *old = m->held[at];
        m->held[at] = NULL;
        if (old) node_release(m->heap, old);
        break;
    }
    case 8:
        if ((a = wander(m)) && (b = wander(m)) && !a->link.referent)
            assert_true(heap_weak_add(m->heap, &a->link, &b->head, &a->head));
        break;
    default:
        if ((a = wander(m))) hold(m, a);
    }
}

/* Marks what can be reached from held nodes, with a stack of ids. */
static size_t reach(Model *m) {
    static uint32_t stack[IDS];
    size_t depth = 0, count = 0;
    memset(m->reached, 0, sizeof m->reached);
    for (int i = 0; i < HELD; i++) {
        if (!m->held[i] || m->reached[m->held[i]->id]) continue;
        m->reached[m->held[i]->id] = 1;
        stack[depth++] = m->held[i]->id;
    }
    while (depth) {
        Node *node = m->nodes[stack[--depth]];
        count++;
        for (int e = 0; e < NODE_EDGES; e++) {
            if (!node->edges[e] || m->reached[node->edges[e]->id]) continue;
            m->reached[node->edges[e]->id] = 1;
            stack[depth++] = node->edges[e]->id;
        }
    }
    return count;
}

static void counts_are_exact(Model *m) {
    static uint32_t expected[IDS];
    memset(expected, 0, sizeof expected);
    for (int i = 0; i < HELD; i++)
        if (m->held[i]) expected[m->held[i]->id]++;
    for (uint32_t id = 0; id < IDS; id++) {
        if (!m->nodes[id] || m->freed[id]) continue;
        for (int e = 0; e < NODE_EDGES; e++)
            if (m->nodes[id]->edges[e]) expected[m->nodes[id]->edges[e]->id]++;
    }
    for (uint32_t id = 0; id < IDS; id++)
        if (m->nodes[id] && !m->freed[id]) assert_int_equal(m->nodes[id]->head.refcount, expected[id]);
}

static size_t alive(Model *m) {
    size_t count = 0;
    for (uint32_t id = 0; id < IDS; id++) {
        count += m->nodes[id] && !m->freed[id];
        if (m->freed[id] > 1) fail_msg("node %u was freed twice", id);
        if (m->reached[id] && m->freed[id]) fail_msg("node %u was freed though reachable", id);
    }
    return count;
}

static void collect_and_compare(Model *m, int generation) {
    HeapCollection report;
    reach(m);
    heap_collect(m->heap, generation, &report);
    alive(m); /* what was reachable before is there (callbacks cut only after the weak links were cleared) */
    size_t reachable = reach(m), there = alive(m);
    assert_true(there >= reachable);
    if (generation == 2 && !report.resurrected && !report.finalized && !report.weak_cleared)
        assert_int_equal(there, reachable);
    assert_int_equal(heap_generation_size(m->heap, -1), there);
}

/* A collection that the thresholds ask for, or a step of one. */
static void collect_due(Model *m) {
    reach(m);
    heap_collect_due(m->heap);
    alive(m);
}

static void collect_sometimes(Model *m, const Course *course) {
    if (m->due) collect_due(m);
    if (random_below(&m->seed, course->step_work ? 20000 : 800)) return;
    if (course->callbacks_cut)
        heap_collect(m->heap, (int)random_below(&m->seed, 3), NULL);
    else
        collect_and_compare(m, (int)random_below(&m->seed, 3));
}

static void prove(Model *m) {
    assert_heap(m->heap);
    counts_are_exact(m);
    reach(m);
    alive(m);
}

/* To the last byte. */
static void end(Model *m) {
    m->world.on_finalize = NULL;
    for (int i = 0; i < HELD; i++) {
        Node *old = m->held[i];
        m->held[i] = NULL;
        if (old) node_release(m->heap, old);
    }
    while (heap_collect(m->heap, 2, NULL)) {}
    assert_int_equal(heap_generation_size(m->heap, -1), 0);
    heap_trim(m->heap);
    assert_heap(m->heap);
    assert_int_equal(blocks_used(m->heap), 0);
    assert_int_equal(heap_bytes_held(m->heap), 0);
    heap_drop(m->heap);
}

static void run(Course course) {
    HeapOptions options;
    heap_options_init(&options);
    Model *m = model = calloc(1, sizeof *model);
    m->seed = course.seed;
    m->world.quiet = true;
    m->world.on_finalize = resurrect_sometimes;
    if (course.callbacks_cut) m->world.on_callback = cut_sometimes;
    m->world.freed_ids = m->freed;
    if (course.roots) options.hooks.roots = some_of_the_held;
    if (course.step_work) {
        options.due_word = &m->due;
        options.due_bit = 1;
        options.step_least = 100;
        options.step_work = course.step_work;
        memcpy(options.thresholds, (uint32_t[]){100, 3, 2}, sizeof options.thresholds);
    }
    m->heap = world_heap(&m->world, &options);
    if (!course.step_work) heap_gc_disable(m->heap);
    size_t all = rounds(HEAP_CHECK || SANITIZED ? 50000 : 200000);
    for (size_t i = 1; i <= all; i++) {
        step(m);
        collect_sometimes(m, &course);
        if (i % 1000 == 0) prove(m);
    }
    assert_true(m->resurrections > 0);
    HeapGenerationStats old;
    heap_generation_stats(m->heap, 2, &old);
    if (course.step_work) assert_true(old.steps > 50 && old.collected > 0);
    end(m);
    free(m);
}

static void random_graphs(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 2; seed++) run((Course){.seed = seed * 104729, .roots = seed == 2});
}

static void random_graphs_with_callbacks_that_cut(void **state) {
    (void)state;
    run((Course){.seed = 424242, .callbacks_cut = true, .roots = true});
}

static void random_graphs_between_steps(void **state) {
    (void)state;
    run((Course){.seed = 7919, .step_work = 50});
    run((Course){.seed = 15485863, .step_work = 300, .callbacks_cut = true});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_graphs),
        cmocka_unit_test(random_graphs_with_callbacks_that_cut),
        cmocka_unit_test(random_graphs_between_steps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
