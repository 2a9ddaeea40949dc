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

/* One of the 216 colours of a terminal, the same for the same size class. */
static int terminal_colour(const IpcPage *page) {
    static const int wheel[] = {196, 202, 208, 214, 220, 190, 118, 48, 51, 45, 39, 33, 27, 63, 99, 135, 171, 207, 201, 199};
    if (page->kind != IPC_PAGE_POOL) return 245;
    return wheel[(page->block_bytes / 8 + (page->objects ? 0 : 7)) % (sizeof wheel / sizeof *wheel)];
}

static void print_cell(FILE *out, const IpcPage *page, bool colour) {
    if (colour && page->kind != IPC_PAGE_NONE) fprintf(out, "\033[38;5;%dm%s\033[0m", terminal_colour(page), cell_text(page));
    else fputs(cell_text(page), out);
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
}

/* --- the picture ------------------------------------------------------------------------------ */

enum { CELL = 14, LEFT = 130, TITLE = 40, WIDTH = LEFT + IPC_MAP_PAGES * CELL + 20 };

void heap_view_svg_begin(FILE *out, size_t arenas, size_t heaps) {
    int height = (int)(arenas * CELL + heaps * (TITLE + 20)) + 20;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
            "font-family=\"monospace\" font-size=\"11\">\n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
            WIDTH, height, WIDTH, height);
    fprintf(out, "<text x=\"%d\" y=\"14\" text-anchor=\"end\" fill=\"#777\">a row: an arena; a cell: a page of 4 KiB; colour: size "
                 "class; height: how full; dark: large allocation</text>\n", WIDTH - 20);
}

static void draw_page(FILE *out, const IpcPage *page, int x, int y) {
    if (page->kind == IPC_PAGE_NONE) return;
    if (page->kind == IPC_PAGE_FREE) {
        fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"#eee\"/>\n", x, y);
        return;
    }
    if (page->kind == IPC_PAGE_LARGE) {
        fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"#555\"><title>large allocation</title></rect>\n", x,
                y);
        return;
    }
    int full = page->blocks ? page->used * 12 / page->blocks : 0;
    unsigned hue = page->block_bytes / 8 * 47 % 360;
    fprintf(out,
            "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"hsl(%u,60%%,90%%)\"/>"
            "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"%d\" fill=\"hsl(%u,65%%,%d%%)\">"
            "<title>%u bytes, %s: %u of %u blocks used</title></rect>\n",
            x, y, hue, x, y + 12 - full, full, hue, page->objects ? 45 : 60, (unsigned)page->block_bytes,
            page->objects ? "objects" : "raw", page->used, page->blocks);
}

void heap_view_svg_add(FILE *out, const IpcHeapReport *report, int *y) {
    char used[SIZE_TEXT], held[SIZE_TEXT];
    IpcReader reader = ipc_list_reader(report->map);
    IpcHeapArena arena;
    fprintf(out, "<text x=\"10\" y=\"%d\" font-size=\"14\">worker %llu: %s live of %s held, %llu arenas in use</text>\n", *y + 24,
            number(report->worker), size(report->used, used), size(report->held, held), number(report->arenas));
    *y += TITLE;
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_HeapArena, &arena, NULL) == IPC_OK) {
        IpcPage pages[IPC_MAP_PAGES];
        pages_of(&arena, pages);
        fprintf(out, "<text x=\"10\" y=\"%d\" fill=\"#777\">%llx</text>\n", *y + 10, number(arena.address));
        for (int i = 0; i < IPC_MAP_PAGES; i++)
            draw_page(out, &pages[i], LEFT + i * CELL, *y);
        *y += CELL;
    }
    *y += 20;
}

void heap_view_svg_end(FILE *out) {
    fputs("</svg>\n", out);
}
