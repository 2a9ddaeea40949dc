/* The pages of an arena in a HeapArena: IPC_MAP_PAGES records of 8 bytes, one a page, in address order.
 *
 *   byte 0      what the page is: IpcMapPage
 *   byte 1      1: its blocks are objects
 *   bytes 2, 3  bytes of a block / 8, little-endian; 0 for pages that have no blocks
 *   bytes 4, 5  blocks used, little-endian
 *   bytes 6, 7  blocks in all, little-endian */
#ifndef IPC_HEAP_MAP_H
#define IPC_HEAP_MAP_H

#include <stdbool.h>
#include <stdint.h>

enum { IPC_MAP_PAGES = 64, IPC_MAP_PAGE_BYTES = 8 };

typedef enum {
    IPC_PAGE_NONE, /* never used */
    IPC_PAGE_FREE,
    IPC_PAGE_POOL,  /* of a pool; a pool of several pages gives its numbers for each */
    IPC_PAGE_LARGE, /* of a large allocation */
    IPC_PAGE_COUNT,
} IpcMapPage;

typedef struct {
    IpcMapPage kind;
    bool objects;
    uint32_t block_bytes;
    uint16_t used, blocks;
} IpcPage;

static inline void ipc_page_write(uint8_t *out, const IpcPage *page) {
    uint32_t eighths = page->block_bytes / 8;
    uint8_t bytes[IPC_MAP_PAGE_BYTES] = {(uint8_t)page->kind,
                                         page->objects,
                                         (uint8_t)eighths,
                                         (uint8_t)(eighths >> 8),
                                         (uint8_t)page->used,
                                         (uint8_t)(page->used >> 8),
                                         (uint8_t)page->blocks,
                                         (uint8_t)(page->blocks >> 8)};
    for (int i = 0; i < IPC_MAP_PAGE_BYTES; i++)
        out[i] = bytes[i];
}

/* Any eight bytes give a page that makes sense. */
static inline IpcPage ipc_page_read(const uint8_t *in) {
    IpcPage page = {.kind = in[0] < IPC_PAGE_COUNT ? (IpcMapPage)in[0] : IPC_PAGE_NONE,
                    .objects = in[1] != 0,
                    .block_bytes = (uint32_t)(in[2] | in[3] << 8) * 8,
                    .used = (uint16_t)(in[4] | in[5] << 8),
                    .blocks = (uint16_t)(in[6] | in[7] << 8)};
    if (page.used > page.blocks) page.used = page.blocks;
    return page;
}

#endif
