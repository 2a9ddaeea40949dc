/* Making and dropping heaps. */
#include "internal.h"

#include <string.h>

static_assert(sizeof(HeapBody) <= NEAR_OFFSET, "the body ends before the near vectors");
static_assert(sizeof(HeapPool) == 32, "half a cache line per page");

/* Every place in a span is a HeapPlace. */
#define SPAN_MOST ((size_t)UINT32_MAX << 3)
#define RESERVE_MOST ((size_t)28 << 30)
#define SPAN_LEAST ((size_t)1 << 20)
static_assert(RESERVE_MOST / HEAP_ARENA_BYTES * sizeof(Arena) <= (size_t)HEAP_TABLE_OFFSET - ARENA_TABLE_OFFSET,
              "the arena table ends before the page table");

void heap_options_init(HeapOptions *options) {
    *options = (HeapOptions){
        .reserve_bytes = RESERVE_MOST,
        .handler_reserve = 256 << 10,
        .keep_bytes = 2 << 20,
        .thresholds = {700, 10, 10},
        .step_least = 50000,
        .step_work = 40000,
    };
}

/* Where things lie for a given number of arenas. */
typedef struct Layout {
    size_t arenas;
    size_t slots;
    size_t far_offset;
    size_t first_page;
    size_t span;
} Layout;

static size_t round_up(size_t n, size_t unit) { return (n + unit - 1) / unit * unit; }

/* An object is at least 16 bytes, but a tracked one has something to refer with: 32 for a slot are enough. */
static Layout layout_for(size_t reserve) {
    const size_t huge = (size_t)2 << 20;
    Layout layout = {.arenas = (reserve < RESERVE_MOST ? reserve : RESERVE_MOST) / HEAP_ARENA_BYTES};
    size_t bytes = layout.arenas * HEAP_ARENA_BYTES;
    layout.slots = bytes / 32 < SLOTS_MAX ? bytes / 32 : SLOTS_MAX;
    if (layout.slots <= NEAR_OLD) layout.slots = 2 * NEAR_OLD;
    size_t far_bytes = round_up(layout.slots * (HEAP_GENERATIONS * sizeof(HeapPlace) + (SCRATCHES + STEPS_ARRAYS) * sizeof(uint32_t)), huge);
    /* The page table has rows for its own pages and those before it, too. */
    size_t pages = (bytes + far_bytes + HEAP_TABLE_OFFSET + 2 * huge) / HEAP_PAGE_BYTES;
    size_t table = round_up(pages * sizeof(HeapPool) * 129 / 128, huge);
    layout.far_offset = HEAP_TABLE_OFFSET + table;
    size_t first = layout.far_offset + far_bytes;
    layout.first_page = first / HEAP_PAGE_BYTES;
    layout.span = first + bytes;
    assert(layout.span <= SPAN_MOST);
    return layout;
}

static void body_init(HeapBody *body, const Layout *layout, const HeapOptions *options) {
    body->front.span = layout->span;
    body->first_page = (uint32_t)layout->first_page;
    body->arena_limit = (uint32_t)layout->arenas;
    body->slot_limit = layout->slots;
    body->far_offset = layout->far_offset;
    body->keep_least = body->keep_bytes = options->keep_bytes;
    for (int i = 0; i <= HEAP_ARENA_PAGES; i++) body->by_room[i] = HEAP_NO_PAGE;
    for (int i = 0; i <= RUN_PAGES_MAX; i++) body->runs[i] = HEAP_NO_PAGE;
    heap__pools_open(body);
    heap__vectors_init(body);
    body->hooks = options->hooks;
    body->due_word = options->due_word;
    body->due_bit = options->due_bit;
    body->gc.enabled = true;
}

Heap *heap_create(const HeapOptions *options) {
    HeapOptions defaults;
    heap_options_init(&defaults);
    if (!options) options = &defaults;
    size_t reserve = options->reserve_bytes ? options->reserve_bytes : defaults.reserve_bytes;
    if (reserve < SPAN_LEAST) reserve = SPAN_LEAST;
    Layout layout = layout_for(reserve);
    HeapBody *body = os_reserve(layout.span);
    while (!body && (reserve /= 2) >= SPAN_LEAST) {
        layout = layout_for(reserve);
        body = os_reserve(layout.span);
    }
    if (!body) return NULL;
    body_init(body, &layout, options);
    Heap *heap = &body->front;
    heap_set_limits(heap, options->soft_limit, options->hard_limit);
    heap_set_handler_reserve(heap, options->handler_reserve);
    heap_set_thresholds(heap, options->thresholds[0], options->thresholds[1], options->thresholds[2]);
    heap_set_steps(heap, options->step_least, options->step_work);
    heap_set_collect_every_allocation(heap, options->collect_every_allocation ? HEAP_COLLECT_WHOLE : 0);
    heap_fault_set(heap, options->fail_allocation, options->fail_later_too);
    return heap;
}

void heap_drop(Heap *heap) {
    if (!heap) return;
    heap_image_drop(heap);
    os_release(heap, heap->span);
}

void heap_set_hooks(Heap *heap, const HeapHooks *hooks) { body_of(heap)->hooks = hooks ? *hooks : (HeapHooks){0}; }

void heap_set_due_word(Heap *heap, uint32_t *word, uint32_t bit) {
    body_of(heap)->due_word = word;
    body_of(heap)->due_bit = bit;
    heap__young_mark(body_of(heap));
}

void heap_set_user(Heap *heap, void *user) { heap->user = user; }
