/* Runs of pages: medium pools and large blocks.
 *
 * Free runs are kept by their exact length and joined with their neighbours at once; the rows of a run's first and last
 * page tell its state and length, so a neighbour is found in one step from either side. Arenas that lie wholly in a
 * free run are released, so a free run is always shorter than RUN_PAGES_MAX pages.
 */
#include "internal.h"

#include <string.h>

static bool in_run_arena(const HeapBody *body, uint32_t page) {
    if (page < body->first_page) return false;
    uint32_t arena = arena_of_page(body, page);
    return arena < body->arena_top && arena_row(body, arena)->state == HEAP_ARENA_RUNS;
}

static void start_bit(HeapBody *body, uint32_t page, bool on) {
    uint32_t arena = arena_of_page(body, page);
    uint64_t bit = (uint64_t)1 << (page - arena_first_page(body, arena));
    if (on)
        arena_row(body, arena)->bits |= bit;
    else
        arena_row(body, arena)->bits &= ~bit;
}

/* --- the lists of free runs ----------------------------------------------------------------------------------------- */

static void free_link(HeapBody *body, uint32_t page, uint32_t pages, bool zero) {
    uint32_t head = body->runs[pages];
    *page_row(body, page) = (HeapPool){.balance = -POOL_BIAS, .state = HEAP_PAGE_RUN, .zero = zero, .pages = pages,
                                       .next = head, .prev = HEAP_NO_PAGE};
    if (pages > 1)
        *page_row(body, page + pages - 1) =
            (HeapPool){.balance = -POOL_BIAS, .state = HEAP_PAGE_RUN_END, .pages = pages - 1};
    if (head != HEAP_NO_PAGE) page_row(body, head)->prev = page;
    body->runs[pages] = page;
    body->run_sizes[pages >> 6] |= (uint64_t)1 << (pages & 63);
    start_bit(body, page, true);
}

static void free_unlink(HeapBody *body, uint32_t page) {
    HeapPool *row = page_row(body, page);
    if (row->next != HEAP_NO_PAGE) page_row(body, row->next)->prev = row->prev;
    if (row->prev != HEAP_NO_PAGE) {
        page_row(body, row->prev)->next = row->next;
    } else {
        body->runs[row->pages] = row->next;
        if (row->next == HEAP_NO_PAGE) body->run_sizes[row->pages >> 6] &= ~((uint64_t)1 << (row->pages & 63));
    }
    start_bit(body, page, false);
}

/* The length of the shortest list that has runs of at least `pages`, or 0. */
static uint32_t best_fit(const HeapBody *body, size_t pages) {
    if (pages >= RUN_PAGES_MAX) return 0;
    if (pages < 64) {
        uint64_t low = body->run_sizes[0] & (UINT64_MAX << pages);
        if (low) return (uint32_t)__builtin_ctzl(low);
        pages = 64;
    }
    uint64_t high = body->run_sizes[1] & (UINT64_MAX << (pages - 64));
    return high ? 64 + (uint32_t)__builtin_ctzl(high) : 0;
}

/* Joins a run that became free with its free neighbours, releases whole arenas in it, and keeps what is left. */
static void make_free(HeapBody *body, uint32_t page, size_t pages, bool zero) {
    uint32_t end = page + (uint32_t)pages;
    if (in_run_arena(body, page - 1)) {
        HeapPool *before = page_row(body, page - 1);
        uint32_t start = page - 1;
        if (before->state == HEAP_PAGE_RUN_END) start -= before->pages;
        HeapPool *first = page_row(body, start);
        if (before->state == HEAP_PAGE_RUN_END || (before->state == HEAP_PAGE_RUN && before->pages == 1)) {
            free_unlink(body, start);
            zero = zero && first->zero;
            page = start;
        }
    }
    if (in_run_arena(body, end) && page_row(body, end)->state == HEAP_PAGE_RUN) {
        HeapPool *after = page_row(body, end);
        free_unlink(body, end);
        zero = zero && after->zero;
        end += after->pages;
    }

    uint32_t arena = (page - body->first_page + HEAP_ARENA_PAGES - 1) / HEAP_ARENA_PAGES;
    uint32_t arena_end = (end - body->first_page) / HEAP_ARENA_PAGES;
    if (arena < arena_end) {
        uint32_t from = arena_first_page(body, arena), to = arena_first_page(body, arena_end);
        heap__arenas_release(body, arena, arena_end - arena);
        if (page < from) free_link(body, page, from - page, zero);
        if (to < end) free_link(body, to, end - to, zero);
    } else {
        free_link(body, page, end - page, zero);
    }
}

/* Makes fresh arenas part of the runs: [page, page + used) is the caller's, the rest free. */
static void adopt_arenas(HeapBody *body, uint32_t arena, uint32_t count, uint32_t used_end, bool zero) {
    for (uint32_t i = arena; i < arena + count; i++) *arena_row(body, i) = (Arena){.state = HEAP_ARENA_RUNS};
    uint32_t end = arena_first_page(body, arena + count);
    if (used_end < end) make_free(body, used_end, end - used_end, zero);
}

/* Of the free places for a run that has outgrown its own and will grow on: one with as much room behind it. */
static int64_t take_arenas(HeapBody *body, size_t arenas, bool growing, bool *zero) {
    if (arenas > body->arena_limit) return NO_ARENA;
    if (growing && 2 * arenas <= body->arena_limit) {
        int64_t arena = heap__arenas_take(body, (uint32_t)(2 * arenas), zero);
        if (arena != NO_ARENA) {
            heap__arenas_untake(body, (uint32_t)(arena + (int64_t)arenas), (uint32_t)arenas, *zero);
            return arena;
        }
    }
    return heap__arenas_take(body, (uint32_t)arenas, zero);
}

uint32_t heap__run_take(HeapBody *body, size_t pages, bool growing, bool *zero) {
    uint32_t found = growing ? 0 : best_fit(body, pages);
    if (found) {
        uint32_t page = body->runs[found];
        *zero = page_row(body, page)->zero;
        free_unlink(body, page);
        start_bit(body, page, true);
        if (found > pages) free_link(body, page + (uint32_t)pages, found - (uint32_t)pages, *zero);
        return page;
    }
    size_t arenas = (pages + HEAP_ARENA_PAGES - 1) / HEAP_ARENA_PAGES;
    int64_t arena = take_arenas(body, arenas, growing, zero);
    if (arena == NO_ARENA) return growing ? heap__run_take(body, pages, false, zero) : HEAP_NO_PAGE;
    uint32_t page = arena_first_page(body, (uint32_t)arena);
    /* The row before the new free run is not set yet and must not look like the end of a free one. */
    page_row(body, page + (uint32_t)pages - 1)->state = HEAP_PAGE_LARGE;
    adopt_arenas(body, (uint32_t)arena, (uint32_t)arenas, page + (uint32_t)pages, *zero);
    start_bit(body, page, true);
    return page;
}

void heap__run_release(HeapBody *body, uint32_t page, size_t pages, bool zero) {
    start_bit(body, page, false);
    make_free(body, page, pages, zero);
}

bool heap__run_extend(HeapBody *body, uint32_t page, size_t pages, size_t more) {
    uint32_t end = page + (uint32_t)pages;
    uint32_t have = 0;
    bool zero = false;
    bool joined = in_run_arena(body, end) && page_row(body, end)->state == HEAP_PAGE_RUN;
    if (joined) {
        have = page_row(body, end)->pages;
        zero = page_row(body, end)->zero;
    }
    if (have < more) {
        uint32_t next = end + have;
        if ((next - body->first_page) % HEAP_ARENA_PAGES) return false;
        size_t arenas = (more - have + HEAP_ARENA_PAGES - 1) / HEAP_ARENA_PAGES;
        bool fresh;
        if (arenas > body->arena_limit) return false;
        if (!heap__arenas_take_at(body, arena_of_page(body, next), (uint32_t)arenas, &fresh)) return false;
        if (joined) free_unlink(body, end);
        page_row(body, end + (uint32_t)more - 1)->state = HEAP_PAGE_LARGE;
        adopt_arenas(body, arena_of_page(body, next), (uint32_t)arenas, end + (uint32_t)more, fresh);
        return true;
    }
    free_unlink(body, end);
    if (have > more) free_link(body, end + (uint32_t)more, have - (uint32_t)more, zero);
    return true;
}

/* --- large blocks ------------------------------------------------------------------------------------------------------ */

static void large_set(HeapBody *body, uint32_t page, size_t pages, size_t bytes, unsigned flags) {
    *page_row(body, page) = (HeapPool){.free = (void *)bytes, .balance = -POOL_BIAS, .state = HEAP_PAGE_LARGE,
                                       .flags = (uint8_t)flags, .pages = (uint32_t)pages};
    if (pages > 1)
        *page_row(body, page + (uint32_t)pages - 1) =
            (HeapPool){.balance = -POOL_BIAS, .state = HEAP_PAGE_LARGE_END, .pages = (uint32_t)pages - 1};
}

void *heap__large_take(HeapBody *body, size_t bytes, unsigned how, bool *zero) {
    if (bytes > body->front.span) return NULL;
    size_t pages = pages_for(bytes);
    if (!heap__charge(body, pages << HEAP_PAGE_SHIFT)) return NULL;
    uint32_t page = heap__run_take(body, pages, how & TAKE_GROWING, zero);
    if (page == HEAP_NO_PAGE) {
        heap__uncharge(body, pages << HEAP_PAGE_SHIFT);
        body->quota.refusals++;
        return NULL;
    }
    large_set(body, page, pages, bytes, how & TAKE_OBJECT ? POOL_OBJECT : 0);
    return page_address(body, page);
}

void heap__large_give(HeapBody *body, HeapPool *row) {
    size_t pages = row->pages;
    heap__uncharge(body, pages << HEAP_PAGE_SHIFT);
    heap__run_release(body, page_of_row(body, row), pages, false);
}

bool heap__large_resize(HeapBody *body, HeapPool *row, size_t bytes) {
    size_t old = row->pages, pages = pages_for(bytes);
    uint32_t page = page_of_row(body, row);
    unsigned flags = row->flags;
    if (bytes > body->front.span) return false;
    if (pages > old) {
        size_t more = pages - old;
        if (!heap__charge(body, more << HEAP_PAGE_SHIFT)) return false;
        if (!heap__run_extend(body, page, old, more)) {
            heap__uncharge(body, more << HEAP_PAGE_SHIFT);
            return false;
        }
    } else if (pages < old) {
        heap__uncharge(body, (old - pages) << HEAP_PAGE_SHIFT);
        large_set(body, page, pages, bytes, flags);
        make_free(body, page + (uint32_t)pages, old - pages, false);
    }
    large_set(body, page, pages, bytes, flags);
    return true;
}
