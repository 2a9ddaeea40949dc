/* Limits, and the knobs that make allocations fail on purpose. */
#include "internal.h"

/* --- the quota ------------------------------------------------------------------------------------------------------ */

static size_t add_up(size_t a, size_t b) { return a > SIZE_MAX - b ? SIZE_MAX : a + b; }

void heap__quota_update(HeapBody *body) {
    Quota *quota = &body->quota;
    size_t soft = quota->open ? add_up(quota->soft, quota->reserve) : quota->soft;
    quota->ceiling = soft < quota->hard ? soft : quota->hard;
}

static bool refuse(HeapBody *body, size_t bytes) {
    Quota *quota = &body->quota;
    quota->refusals++;
    bool last_line = quota->open || quota->soft >= quota->hard;
    bool ordinary = quota->soft == SIZE_MAX || bytes <= quota->reserve;
    if (last_line && ordinary) quota->hard_hit = true;
    return false;
}

void heap__charge_always(HeapBody *body, size_t bytes) {
    Quota *quota = &body->quota;
    quota->held += bytes;
    if (quota->held > quota->peak) quota->peak = quota->held;
}

bool heap__charge(HeapBody *body, size_t bytes) {
    Quota *quota = &body->quota;
    if (HEAP_UNLIKELY(bytes > quota->ceiling || quota->held > quota->ceiling - bytes)) {
        bool gained = heap__pools_trim(body) > 0;
        bool fits = gained && bytes <= quota->ceiling && quota->held <= quota->ceiling - bytes;
        if (!fits) return refuse(body, bytes);
    }
    heap__charge_always(body, bytes);
    return true;
}

void heap__uncharge(HeapBody *body, size_t bytes) { body->quota.held -= bytes; }

void heap_set_limits(Heap *heap, size_t soft, size_t hard) {
    Quota *quota = &body_of(heap)->quota;
    quota->soft = soft ? soft : SIZE_MAX;
    quota->hard = hard ? hard : SIZE_MAX;
    heap__quota_update(body_of(heap));
}

void heap_set_handler_reserve(Heap *heap, size_t bytes) {
    body_of(heap)->quota.reserve = bytes;
    heap__quota_update(body_of(heap));
}

void heap_reserve_open(Heap *heap) {
    body_of(heap)->quota.open++;
    heap__quota_update(body_of(heap));
}

void heap_reserve_close(Heap *heap) {
    assert(body_of(heap)->quota.open > 0);
    body_of(heap)->quota.open--;
    heap__quota_update(body_of(heap));
}

static size_t limit_or_none(size_t limit) { return limit == SIZE_MAX ? 0 : limit; }

bool heap_reserve_is_open(const Heap *heap) { return body_of(heap)->quota.open > 0; }
bool heap_hard_limit_hit(const Heap *heap) { return body_of(heap)->quota.hard_hit; }
void heap_hard_limit_reset(Heap *heap) { body_of(heap)->quota.hard_hit = false; }
size_t heap_soft_limit(const Heap *heap) { return limit_or_none(body_of(heap)->quota.soft); }
size_t heap_hard_limit(const Heap *heap) { return limit_or_none(body_of(heap)->quota.hard); }
size_t heap_bytes_held(const Heap *heap) { return body_of(heap)->quota.held; }
size_t heap_bytes_peak(const Heap *heap) { return body_of(heap)->quota.peak; }
void heap_bytes_peak_reset(Heap *heap) { body_of(heap)->quota.peak = body_of(heap)->quota.held; }
uint64_t heap_refusals(const Heap *heap) { return body_of(heap)->quota.refusals; }

bool heap_would_refuse(const Heap *heap, size_t bytes) {
    const Quota *quota = &body_of(heap)->quota;
    return bytes > quota->ceiling || quota->held > quota->ceiling - bytes;
}

/* --- knobs ---------------------------------------------------------------------------------------------------------- */

void heap__watch_update(HeapBody *body) {
    Watch *watch = &body->watch;
    watch->on = watch->collect || watch->fault_at || watch->tracing;
    heap__pools_open(body);
}

bool heap__fault(HeapBody *body) {
    Watch *watch = &body->watch;
    if (!watch->fault_at) return false;
    uint64_t now = ++watch->counted;
    bool fails = now == watch->fault_at || (watch->fault_later && now > watch->fault_at);
    if (fails) body->quota.refusals++;
    return fails;
}

void heap_fault_set(Heap *heap, uint64_t nth, bool later_too) {
    Watch *watch = &body_of(heap)->watch;
    watch->fault_at = nth;
    watch->fault_later = later_too;
    watch->counted = 0;
    heap__watch_update(body_of(heap));
}

uint64_t heap_fault_count(const Heap *heap) { return body_of(heap)->watch.counted; }

/* --- collections at every allocation ------------------------------------------------------------------------------------ */

static int count_referent(HeapObject *object, void *count) {
    (void)object;
    ++*(size_t *)count;
    return 0;
}

static int count_referents(HeapObject *object, void *count) { return heap_referents(object, count_referent, count); }

static void count_references(HeapBody *body, int generation) {
    size_t *count = &body->watch.references[generation];
    *count = 0;
    heap_generation_each(&body->front, generation, count_referents, count);
}

/* What a collection of the generation looks at; references as far as they were counted. */
static size_t work_of(const HeapBody *body, int generation) {
    return heap_generation_size(&body->front, generation) + body->watch.references[generation];
}

void heap_set_collect_every_allocation(Heap *heap, size_t looked_at) {
    HeapBody *body = body_of(heap);
    Watch *watch = &body->watch;
    watch->collect = looked_at;
    for (int i = 1; i <= 2; i++) {
        watch->since[i] = 0;
        if (looked_at) count_references(body, i);
    }
    heap__watch_update(body);
}

/* Survivors are in generation 2 after a full collection, otherwise in 1. */
void heap__collect_for_test(HeapBody *body) {
    Watch *watch = &body->watch;
    int generation = 2;
    while (generation && watch->since[generation]++ < work_of(body, generation) / watch->collect) generation--;
    for (int i = 1; i <= generation; i++) watch->since[i] = 0;
    heap__collect(body, generation, HEAP_TRIGGER_KNOB, NULL);
    for (int i = 1; i <= generation && watch->collect != HEAP_COLLECT_WHOLE; i++) count_references(body, i);
}
