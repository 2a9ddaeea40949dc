/* Arenas: the unit in which the span is used and given back.
 *
 * Free arenas are taken from the lowest address; kept ones are given back to the system from the highest. So the heap
 * stays at the bottom of its span. How much is kept adapts: when memory is needed again that was given back not long
 * ago, twice as much will be kept from then on (up to KEEP_MOST; a trim starts anew). Among arenas of small pools, pages come from the one with the fewest left.
 */
#include "internal.h"

enum { KEEP_MOST = 32 << 20 };

static bool is_free(const Arena *arena) { return arena->state <= HEAP_ARENA_KEPT; }

/* A heap that has become big lets the system use huge pages from there on: fewer faults, fewer misses of the TLB. A
 * small one would only become bigger. */
static void allow_huge_pages(HeapBody *body) {
    enum { BIG = (32 << 20) / HEAP_ARENA_BYTES };
    if (body->arena_top <= BIG || body->outside.huge) return;
    body->outside.huge = true;
    os_allow_huge(arena_address(body, BIG), (size_t)(body->arena_limit - BIG) * HEAP_ARENA_BYTES);
}

/* Takes free arenas [arena, arena + count) out of the free ones. */
static void claim(HeapBody *body, uint32_t arena, uint32_t count, bool *zero) {
    *zero = true;
    if (body->purged && arena < body->purged_top && arena_row(body, arena)->state == HEAP_ARENA_NONE) {
        body->purged = false;
        if (body->keep_bytes < KEEP_MOST) body->keep_bytes *= 2;
    }
    for (uint32_t i = arena; i < arena + count; i++) {
        Arena *row = arena_row(body, i);
        if (row->state == HEAP_ARENA_KEPT) body->arenas_kept--;
        bool clean = row->state == HEAP_ARENA_NONE && (i < body->arena_top || i >= body->outside.dirty_top);
        if (!clean) *zero = false;
        if (i < body->arena_top) body->arenas_free--;
        *row = (Arena){0};
    }
    if (arena + count > body->arena_top) body->arena_top = arena + count;
    if (body->arena_top > body->outside.dirty_top) body->outside.dirty_top = body->arena_top;
    if (body->lowest_free == arena) body->lowest_free = arena + count;
    body->arenas_taken += count;
    allow_huge_pages(body);
    uint32_t in_use = body->arena_top - body->arenas_free;
    if (in_use > body->arenas_peak) body->arenas_peak = in_use;
}

/* The lowest `count` neighbouring free arenas; those never used count as free. */
static uint32_t find_free(HeapBody *body, uint32_t count) {
    if (body->arenas_free == 0) return body->arena_top;
    uint32_t run = 0;
    bool first = true;
    for (uint32_t i = body->lowest_free; i < body->arena_top; i++) {
        if (!is_free(arena_row(body, i))) {
            run = 0;
            continue;
        }
        if (first) body->lowest_free = i;
        first = false;
        if (++run == count) return i - count + 1;
    }
    return body->arena_top - run;
}

int64_t heap__arenas_take(HeapBody *body, uint32_t count, bool *zero) {
    uint32_t arena = find_free(body, count);
    if (count > body->arena_limit || arena > body->arena_limit - count) return NO_ARENA;
    claim(body, arena, count, zero);
    return arena;
}

bool heap__arenas_take_at(HeapBody *body, uint32_t arena, uint32_t count, bool *zero) {
    if (count > body->arena_limit || arena > body->arena_limit - count || arena > body->arena_top) return false;
    for (uint32_t i = arena; i < arena + count && i < body->arena_top; i++)
        if (!is_free(arena_row(body, i))) return false;
    claim(body, arena, count, zero);
    return true;
}

/* Purged arenas at the top count as never used again. */
static void lower_top(HeapBody *body) {
    uint32_t old = body->arena_top, top = old;
    while (top > 0 && arena_row(body, top - 1)->state == HEAP_ARENA_NONE) top--;
    body->arenas_free -= old - top;
    body->arena_top = top;
    if (body->outside.dirty_top <= old) body->outside.dirty_top = top;
    if (body->lowest_free > top) body->lowest_free = top;
}

void heap__arenas_purge(HeapBody *body, size_t keep) {
    uint32_t end = body->arena_top;
    while (end > 0 && (size_t)body->arenas_kept * HEAP_ARENA_BYTES > keep) {
        uint32_t first = end;
        while (first > 0 && arena_row(body, first - 1)->state == HEAP_ARENA_KEPT) {
            Arena *row = arena_row(body, --first);
            row->state = HEAP_ARENA_NONE;
            body->arenas_kept--;
            if ((size_t)body->arenas_kept * HEAP_ARENA_BYTES <= keep) break;
        }
        if (first < end) {
            os_purge(arena_address(body, first), (size_t)(end - first) * HEAP_ARENA_BYTES);
            if (end > body->purged_top) body->purged_top = end;
            body->arenas_returned += end - first;
            end = first;
        } else {
            end--;
        }
    }
    lower_top(body);
}

/* At least an eighth of the heap is kept, so that a loop which takes and frees does not go to the system each time. */
void heap__arenas_release(HeapBody *body, uint32_t arena, uint32_t count) {
    for (uint32_t i = arena; i < arena + count; i++) *arena_row(body, i) = (Arena){.state = HEAP_ARENA_KEPT};
    body->arenas_free += count;
    body->arenas_kept += count;
    if (arena < body->lowest_free) body->lowest_free = arena;
    size_t keep = body->quota.held / 8;
    if (keep < body->keep_bytes) keep = body->keep_bytes;
    if ((size_t)body->arenas_kept * HEAP_ARENA_BYTES <= keep) return;
    heap__arenas_purge(body, keep / 2);
    body->purged = true;
    heap__vectors_shrink(body);
}

void heap__arenas_untake(HeapBody *body, uint32_t arena, uint32_t count, bool zero) {
    HeapArenaState state = zero ? HEAP_ARENA_NONE : HEAP_ARENA_KEPT;
    for (uint32_t i = arena; i < arena + count; i++) *arena_row(body, i) = (Arena){.state = state};
    body->arenas_free += count;
    if (!zero) body->arenas_kept += count;
    if (arena < body->lowest_free) body->lowest_free = arena;
    body->arenas_taken -= count;
}

/* --- pages of small pools --------------------------------------------------------------------------------------- */

static void room_link(HeapBody *body, uint32_t arena) {
    Arena *row = arena_row(body, arena);
    uint32_t head = body->by_room[row->room];
    row->prev = HEAP_NO_PAGE;
    row->next = head;
    if (head != HEAP_NO_PAGE) arena_row(body, head)->prev = arena;
    body->by_room[row->room] = arena;
    body->rooms |= (uint64_t)1 << (row->room - 1);
}

static void room_unlink(HeapBody *body, uint32_t arena) {
    Arena *row = arena_row(body, arena);
    if (row->next != HEAP_NO_PAGE) arena_row(body, row->next)->prev = row->prev;
    if (row->prev != HEAP_NO_PAGE) {
        arena_row(body, row->prev)->next = row->next;
    } else {
        body->by_room[row->room] = row->next;
        if (row->next == HEAP_NO_PAGE) body->rooms &= ~((uint64_t)1 << (row->room - 1));
    }
}

static bool open_small_arena(HeapBody *body) {
    bool zero;
    int64_t arena = heap__arenas_take(body, 1, &zero);
    if (arena == NO_ARENA) return false;
    Arena *row = arena_row(body, (uint32_t)arena);
    *row = (Arena){.bits = UINT64_MAX, .state = HEAP_ARENA_SMALL, .room = HEAP_ARENA_PAGES};
    room_link(body, (uint32_t)arena);
    return true;
}

uint32_t heap__page_take(HeapBody *body) {
    if (body->rooms == 0 && !open_small_arena(body)) return HEAP_NO_PAGE;
    uint32_t arena = body->by_room[__builtin_ctzl(body->rooms) + 1];
    Arena *row = arena_row(body, arena);
    uint32_t index = (uint32_t)__builtin_ctzl(row->bits);
    room_unlink(body, arena);
    row->bits &= row->bits - 1;
    if (--row->room) room_link(body, arena);
    return arena_first_page(body, arena) + index;
}

void heap__page_release(HeapBody *body, uint32_t page) {
    uint32_t arena = arena_of_page(body, page);
    Arena *row = arena_row(body, arena);
    uint32_t index = page - arena_first_page(body, arena);
    page_row(body, page)->state = HEAP_PAGE_FREE;
    page_row(body, page)->balance = -POOL_BIAS;
    if (row->room) room_unlink(body, arena);
    row->bits |= (uint64_t)1 << index;
    if (++row->room == HEAP_ARENA_PAGES)
        heap__arenas_release(body, arena, 1);
    else
        room_link(body, arena);
}
