#include "heap_view.h"

#include <string.h>

#include <ipc/heap_map.h>

#include "units.h"

enum { SIZE_TEXT = 32, BAR = 20 };

static const char *size(uint64_t bytes, char text[SIZE_TEXT]) {
    return unit_format_size(bytes, text, SIZE_TEXT);
}

static unsigned long long number(uint64_t n) {
    return n;
}

/* --- numbers ---------------------------------------------------------------------------------- */

static void print_summary(FILE *out, const IpcHeapReport *r) {
    char a[SIZE_TEXT], b[SIZE_TEXT], c[SIZE_TEXT], d[SIZE_TEXT], e[SIZE_TEXT];
    fprintf(out, "worker %llu, pid %llu", number(r->worker), number(r->pid));
    if (r->job) fprintf(out, ", running job %llu", number(r->job));
    fprintf(out, "\n  live          %s in %llu blocks, %llu of them objects; process in memory %s\n", size(r->used, a),
            number(r->blocks), number(r->objects), size(r->rss, b));
    fprintf(out, "  held          %s, at most %s so far; %.1f %% of it is not in live blocks\n", size(r->held, a),
            size(r->peak, b), r->fragmentation * 100);
    fprintf(out, "  not live      free blocks %s, never handed out %s, tails of pools %s, the heap's tables %s, image %s\n",
            size(r->free, a), size(r->reserved, b), size(r->lost, c), size(r->overhead, d), size(r->image, e));
    fprintf(out, "  arenas        %llu in use, %llu free but kept, at most %llu; %llu taken from the system, %llu given back\n",
            number(r->arenas), number(r->arenas_free), number(r->arenas_peak), number(r->arenas_taken),
            number(r->arenas_returned));
    fprintf(out, "  pools         %llu; %llu large allocations of %s\n", number(r->pools), number(r->large_runs),
            size(r->large_bytes, a));
    fprintf(out, "  tracked       generation 0: %llu, 1: %llu, 2: %llu; frozen: %llu; collections of this job: %llu\n",
            number(r->generation0), number(r->generation1), number(r->generation2), number(r->frozen),
            number(r->collections));
}

static void print_class(FILE *out, const IpcHeapClass *c) {
    uint64_t blocks = c->used + c->free + c->reserved;
    int full = blocks ? (int)(c->used * BAR / blocks) : 0;
    fprintf(out, "  %6llu %-7s %6llu %9llu %9llu %9llu  [%.*s%.*s]\n", number(c->bytes), c->objects ? "objects" : "raw",
            number(c->pools), number(c->used), number(c->free), number(c->reserved), full, "####################",
            BAR - full, "....................");
}

void heap_view_table(FILE *out, const IpcHeapReport *report) {
    IpcReader reader = ipc_list_reader(report->classes);
    IpcHeapClass row;
    print_summary(out, report);
    fputs("   BLOCK KIND     POOLS      USED      FREE  RESERVED  FILLED\n", out);
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_HeapClass, &row, NULL) == IPC_OK)
        print_class(out, &row);
}

/* --- arenas ----------------------------------------------------------------------------------- */

/* The arena's pages; a report that holds fewer gives empty ones. */
static void pages_of(const IpcHeapArena *arena, IpcPage pages[IPC_MAP_PAGES]) {
    memset(pages, 0, IPC_MAP_PAGES * sizeof *pages);
    for (size_t i = 0; i < IPC_MAP_PAGES && (i + 1) * IPC_MAP_PAGE_BYTES <= arena->pages.len; i++)
        pages[i] = ipc_page_read((const uint8_t *)arena->pages.ptr + i * IPC_MAP_PAGE_BYTES);
}

static const char *cell_text(const IpcPage *page) {
    static const char *const levels[] = {"▁", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    switch (page->kind) {
    case IPC_PAGE_FREE:
        return "·";
    case IPC_PAGE_POOL:
        return levels[page->blocks ? page->used * 8 / page->blocks : 0];
    case IPC_PAGE_LARGE:
        return "#";
    default:
        return " ";
    }
}

/* A size class has one colour everywhere: from blue for the smallest blocks over green and yellow to red for the largest. 0..10: how
 * often 8 bytes were doubled, with a straight line in between. */
static double warmth(uint64_t block_bytes) {
    uint64_t power = 8;
    double steps = 0;
    for (; power * 2 <= block_bytes && steps < 10; steps++)
        power *= 2;
    return steps < 10 && block_bytes > power ? steps + (double)(block_bytes - power) / (double)power : steps;
}

/* One of the 216 colours of a terminal. */
static int terminal_colour(const IpcPage *page) {
    static const int ramp[] = {21, 27, 33, 39, 44, 42, 40, 112, 148, 184, 220, 214, 208, 202, 196};
    if (page->kind != IPC_PAGE_POOL) return 245;
    return ramp[(int)(warmth(page->block_bytes) * 1.4 + 0.5)];
}

static void print_cell(FILE *out, const IpcPage *page, bool colour) {
    if (colour && page->kind != IPC_PAGE_NONE) fprintf(out, "\033[38;5;%dm%s\033[0m", terminal_colour(page), cell_text(page));
    else fputs(cell_text(page), out);
}

/* A key to the colours: sizes that double. */
static void print_key(FILE *out) {
    fputs("blocks of", out);
    for (uint32_t bytes = 8; bytes <= 8192; bytes *= 2) {
        IpcPage page = {.kind = IPC_PAGE_POOL, .block_bytes = bytes};
        fprintf(out, " \033[38;5;%dm%u\033[0m", terminal_colour(&page), (unsigned)bytes);
    }
    fputs(" bytes\n", out);
}

void heap_view_map(FILE *out, const IpcHeapReport *report, bool colour) {
    IpcReader reader = ipc_list_reader(report->map);
    IpcHeapArena arena;
    fprintf(out, "worker %llu: an arena a line, a page of 4 KiB a cell: ▁..█ how full a pool is, # large allocation, · free\n",
            number(report->worker));
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_HeapArena, &arena, NULL) == IPC_OK) {
        IpcPage pages[IPC_MAP_PAGES];
        pages_of(&arena, pages);
        fprintf(out, "%12llx %-8s |", number(arena.address), ipc_enum_word(IPC_ENUM_ArenaState, (int)arena.state));
        for (int i = 0; i < IPC_MAP_PAGES; i++)
            print_cell(out, &pages[i], colour);
        fputs("|\n", out);
    }
    if (colour) print_key(out);
}

/* --- the picture ------------------------------------------------------------------------------ */

enum {
    CELL = 14,
    BOX = 12, /* of a cell; the rest is a gap */
    LEFT = 130,
    RIGHT = 20,
    WIDTH = LEFT + IPC_MAP_PAGES * CELL + RIGHT,
    HEAD = 80,
    TITLE = 40,
    KEY = IPC_MAP_PAGES * CELL / 11, /* between two sizes of the key */
    GAP = 10,
    ROWS_MOST = 64 /* of a worker; the pages of a larger heap are drawn several to a cell */
};

/* The pool's colour: `ground` is what is behind its height. */
static void put_colour(FILE *out, uint64_t block_bytes, bool objects, bool ground) {
    double steps = warmth(block_bytes);
    int hue = (int)(steps < 6 ? 265 - steps * 34 : 61 - (steps - 6) * 15); /* most sizes are below 512 bytes */
    if (ground) fprintf(out, "hsl(%d,45%%,92%%)", hue);
    else fprintf(out, "hsl(%d,%d%%,%d%%)", hue, objects ? 75 : 40, objects ? 42 : 68);
}

/* A key to the colours: sizes that double, as objects and as other memory. */
static void draw_key(FILE *out, int y) {
    for (int kind = 1; kind >= 0; kind--, y += CELL) {
        fprintf(out, "<text x=\"10\" y=\"%d\" fill=\"#555\">%s</text>\n", y + 10, kind ? "objects of" : "other memory");
        for (int i = 0, bytes = 8; bytes <= 8192; i++, bytes *= 2) {
            fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"", LEFT + i * KEY, y, BOX, BOX);
            put_colour(out, (uint64_t)bytes, kind, false);
            fprintf(out, "\"/><text x=\"%d\" y=\"%d\">%d%s</text>\n", LEFT + i * KEY + CELL + 2, y + 10, bytes, bytes == 8 ? " bytes" : "");
        }
    }
}

void heap_view_svg_begin(FILE *out, int height) {
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 %d %d %d\" "
            "font-family=\"monospace\" font-size=\"11\">\n<rect y=\"%d\" width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            WIDTH, height + HEAD, -HEAD, WIDTH, height + HEAD, -HEAD);
    fprintf(out,
            "<text x=\"10\" y=\"%d\" fill=\"#555\">A row is an arena of 256 KiB, a cell a page of 4 KiB: its colour is the size of the "
            "pool's blocks, its height how many of them are used.</text>\n"
            "<text x=\"10\" y=\"%d\" fill=\"#555\">Dark grey: a large allocation; light grey: free. Point at a cell for its "
            "numbers. Of a large heap a cell is several pages.</text>\n",
            18 - HEAD, 34 - HEAD);
    draw_key(out, 46 - HEAD);
}

static void draw_box(FILE *out, int x, int y, const char *fill, const char *title) {
    fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>\n", x, y, BOX, BOX, fill, title);
}

/* `full` of the box's height in the colour of the pool's blocks. */
static void draw_pool(FILE *out, const IpcPage *pool, int full, int x, int y) {
    fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"", x, y, BOX, BOX);
    put_colour(out, pool->block_bytes, pool->objects, true);
    fprintf(out, "\"/><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"", x, y + BOX - full, BOX, full);
    put_colour(out, pool->block_bytes, pool->objects, false);
    fputs("\"/></g>\n", out);
}

static const char *kind_of_blocks(const IpcPage *pool) {
    return pool->objects ? "objects" : "other memory";
}

static void draw_page(FILE *out, const IpcPage *page, int x, int y) {
    if (page->kind == IPC_PAGE_FREE) return draw_box(out, x, y, "#eee", "free");
    if (page->kind == IPC_PAGE_LARGE) return draw_box(out, x, y, "#666", "large allocation");
    if (page->kind != IPC_PAGE_POOL) return;
    int full = page->blocks ? (page->used * BOX + page->blocks - 1) / page->blocks : 0; /* one used block can be seen */
    fprintf(out, "<g><title>%u bytes, %s: %u of %u blocks used</title>", (unsigned)page->block_bytes, kind_of_blocks(page),
            page->used, page->blocks);
    draw_pool(out, page, full, x, y);
}

/* What several pages drawn as one cell are. */
typedef struct {
    uint32_t pages[IPC_PAGE_COUNT]; /* by kind */
    double filled;                  /* of the pools' pages: the sum of their used shares */
    IpcPage page;                   /* one of the sort of pool met most, */
    uint32_t lead;                  /* as far as a vote of the pages tells: what is not in the majority may go unseen */
} Cell;

static void cell_add(Cell *cell, const IpcPage *page) {
    cell->pages[page->kind]++;
    if (page->kind != IPC_PAGE_POOL) return;
    if (page->blocks) cell->filled += (double)page->used / page->blocks;
    if (!cell->lead) cell->page = *page;
    bool same = page->block_bytes == cell->page.block_bytes && page->objects == cell->page.objects;
    cell->lead += same ? 1 : -1u;
}

static void draw_cell(FILE *out, const Cell *cell, int x, int y) {
    uint32_t pools = cell->pages[IPC_PAGE_POOL], large = cell->pages[IPC_PAGE_LARGE], unused = cell->pages[IPC_PAGE_FREE];
    char title[160];
    if (!pools && !large && !unused) return;
    int length = snprintf(title, sizeof title, "pages: %u of pools, %u of large allocations, %u free", pools, large, unused);
    if (large > pools && large >= unused) return draw_box(out, x, y, "#666", title);
    if (unused > pools) return draw_box(out, x, y, "#eee", title);
    double share = cell->filled / pools;
    snprintf(title + length, sizeof title - (size_t)length, "; %.0f %% of the pools' blocks used, many of %u bytes, %s", share * 100,
             (unsigned)cell->page.block_bytes, kind_of_blocks(&cell->page));
    fprintf(out, "<g><title>%s</title>", title);
    draw_pool(out, &cell->page, share > 0 ? 1 + (int)(share * (BOX - 1)) : 0, x, y);
}

static uint64_t count_arenas(const IpcHeapReport *report) {
    IpcReader reader = ipc_list_reader(report->map);
    IpcHeapArena arena;
    uint64_t count = 0;
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_HeapArena, &arena, NULL) == IPC_OK)
        count++;
    return count;
}

/* Rows of IPC_MAP_PAGES cells, of `unit` pages each: a row is `unit` arenas. */
typedef struct {
    FILE *out;
    uint64_t unit, page; /* pages so far */
    Cell cell;
    int y;
} Rows;

static void rows_end_cell(Rows *rows) {
    int column = (int)((rows->page - 1) / rows->unit % IPC_MAP_PAGES);
    draw_cell(rows->out, &rows->cell, LEFT + column * CELL, rows->y);
    rows->cell = (Cell){0};
}

static void rows_add(Rows *rows, const IpcHeapArena *arena) {
    IpcPage pages[IPC_MAP_PAGES];
    pages_of(arena, pages);
    if (rows->page % (rows->unit * IPC_MAP_PAGES) == 0)
        fprintf(rows->out, "<text x=\"10\" y=\"%d\" fill=\"#777\">%llx</text>\n", rows->y + 10, number(arena->address));
    for (int i = 0; i < IPC_MAP_PAGES; i++) {
        if (rows->unit == 1) draw_page(rows->out, &pages[i], LEFT + i * CELL, rows->y);
        else cell_add(&rows->cell, &pages[i]);
        if (++rows->page % rows->unit == 0 && rows->unit > 1) rows_end_cell(rows);
    }
    if (rows->page % (rows->unit * IPC_MAP_PAGES) == 0) rows->y += CELL;
}

static void rows_end(Rows *rows) {
    if (rows->page % rows->unit) rows_end_cell(rows);
    if (rows->page % (rows->unit * IPC_MAP_PAGES)) rows->y += CELL;
}

void heap_view_svg_add(FILE *out, const IpcHeapReport *report, int *y) {
    char used[SIZE_TEXT], held[SIZE_TEXT];
    IpcReader reader = ipc_list_reader(report->map);
    IpcHeapArena arena;
    uint64_t arenas = count_arenas(report), unit = 1;
    while (arenas > unit * ROWS_MOST)
        unit *= 2;
    fprintf(out, "<text x=\"10\" y=\"%d\" font-size=\"14\">worker %llu: %s live of %s held, %llu arenas in use", *y + 24,
            number(report->worker), size(report->used, used), size(report->held, held), number(report->arenas));
    if (unit > 1) fprintf(out, "; a row is %llu arenas, a cell %llu pages", number(unit), number(unit));
    fputs("</text>\n", out);
    Rows rows = {.out = out, .unit = unit, .y = *y + TITLE};
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_HeapArena, &arena, NULL) == IPC_OK)
        rows_add(&rows, &arena);
    rows_end(&rows);
    *y = rows.y + GAP;
}

void heap_view_svg_end(FILE *out) {
    fputs("</svg>\n", out);
}
