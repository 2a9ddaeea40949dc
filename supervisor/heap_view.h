/* A worker's heap as text and as a picture: what `atoll heap` prints. */
#ifndef ATOLL_HEAP_VIEW_H
#define ATOLL_HEAP_VIEW_H

#include <stdbool.h>
#include <stdio.h>

#include <ipc/rpc.h>

/* Numbers and the table of size classes. */
void heap_view_table(FILE *out, const IpcHeapReport *report);
/* The arenas, one a line, a cell a page; `colour`: size classes told apart by terminal colours. */
void heap_view_map(FILE *out, const IpcHeapReport *report, bool colour);

/* A picture of several heaps, one below the other, in one self-contained SVG file: what to put in front when all are added and the
 * height is known, what to add for one (*y, at first 0, is where, and moves on), and what ends it. A heap's part is 64 rows at most. */
void heap_view_svg_begin(FILE *out, int height);
void heap_view_svg_add(FILE *out, const IpcHeapReport *report, int *y);
void heap_view_svg_end(FILE *out);

#endif
