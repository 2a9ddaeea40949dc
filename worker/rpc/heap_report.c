/* heap_report: the heap of the world in use, as numbers and as a map of its arenas, for who looks from outside. */
#include <unistd.h>

#include <heap/stats.h>
#include <ipc/heap_map.h>

#include "rpc/worker.h"

static void add_classes(Heap *heap, IpcBuf *buf, IpcList *list) {
    for (unsigned bin = 0; bin < HEAP_BINS; bin++) {
        HeapClassStats c;
        heap_class_stats(heap, bin, &c);
        if (!c.pools) continue;
        IpcHeapClass row = {.bytes = c.block_bytes,
                            .objects = c.is_object,
                            .pools = c.pools,
                            .used = c.blocks_used,
                            .free = c.blocks_free,
                            .reserved = c.blocks_reserved};
        ipc_list_add_record(buf, list, IPC_REC_HeapClass, &row);
    }
    ipc_list_finish(buf, list);
}

static IpcMapPage kind_of(HeapPageState state) {
    switch (state) {
    case HEAP_PAGE_NONE: return IPC_PAGE_NONE;
    case HEAP_PAGE_FREE:
    case HEAP_PAGE_RUN:
    case HEAP_PAGE_RUN_END: return IPC_PAGE_FREE;
    case HEAP_PAGE_SMALL:
    case HEAP_PAGE_MEDIUM:
    case HEAP_PAGE_INSIDE: return IPC_PAGE_POOL;
    case HEAP_PAGE_LARGE:
    case HEAP_PAGE_LARGE_END: return IPC_PAGE_LARGE;
    }
    return IPC_PAGE_NONE;
}

static void write_pages(const HeapArenaInfo *info, uint8_t *out) {
    for (int i = 0; i < HEAP_ARENA_PAGES; i++, out += IPC_MAP_PAGE_BYTES) {
        const HeapPageInfo *p = &info->pages[i];
        IpcPage page = {.kind = kind_of(p->state)};
        if (page.kind == IPC_PAGE_POOL) {
            page.block_bytes = (uint32_t)heap_bin_bytes(p->bin, &page.objects);
            page.used = (uint16_t)p->blocks_used;
            page.blocks = (uint16_t)p->blocks;
        }
        ipc_page_write(out, &page);
    }
}

static void add_arenas(Heap *heap, IpcBuf *buf, IpcList *list) {
    static const IpcArenaState states[] = {[HEAP_ARENA_NONE] = IPC_ARENA_RETURNED,
                                           [HEAP_ARENA_KEPT] = IPC_ARENA_KEPT,
                                           [HEAP_ARENA_SMALL] = IPC_ARENA_POOLS,
                                           [HEAP_ARENA_RUNS] = IPC_ARENA_RUNS};
    for (size_t i = 0; i < heap_arena_count(heap); i++) {
        HeapArenaInfo info;
        uint8_t pages[IPC_MAP_PAGES * IPC_MAP_PAGE_BYTES];
        if (!heap_arena_info(heap, i, &info)) continue;
        write_pages(&info, pages);
        IpcHeapArena row = {.address = (uint64_t)(uintptr_t)info.address,
                            .state = states[info.state],
                            .pages = ipc_slice((const char *)pages, sizeof pages)};
        ipc_list_add_record(buf, list, IPC_REC_HeapArena, &row);
    }
    ipc_list_finish(buf, list);
}

static void fill_numbers(const Worker *w, Heap *heap, IpcHeapReport *out) {
    HeapStats s;
    heap_stats(heap, &s);
    const HeapGeneration *g = heap->generations;
    *out = (IpcHeapReport){
        .pid = (uint64_t)getpid(),
        .job = w->job,
        .held = s.bytes_held,
        .peak = s.bytes_peak,
        .used = s.bytes_used,
        .free = s.bytes_free,
        .reserved = s.bytes_reserved,
        .lost = s.bytes_lost,
        .overhead = s.bytes_overhead,
        .image = s.bytes_image,
        .blocks = s.blocks_used,
        .objects = s.objects,
        .large_runs = s.large_runs,
        .large_bytes = s.large_bytes,
        .pools = s.pools,
        .arenas = s.arenas,
        .arenas_free = s.arenas_free,
        .arenas_peak = s.arenas_peak,
        .arenas_taken = s.arenas_taken,
        .arenas_returned = s.arenas_returned,
        .generation0 = g[0].length - g[0].holes,
        .generation1 = g[1].length - g[1].holes,
        .generation2 = g[2].length - g[2].holes,
        .frozen = s.frozen,
        .collections = w->collections,
        .fragmentation = s.fragmentation,
    };
}

void worker_report_heap(Worker *w, uint32_t id, const IpcHeapQuery *query) {
    IpcHeapReport report;
    IpcBuf classes, arenas;
    Heap *heap = w->world->heap;
    ipc_buf_init(&classes, NULL);
    ipc_buf_init(&arenas, NULL);
    fill_numbers(w, heap, &report);
    add_classes(heap, &classes, &report.classes);
    if (query->arenas) add_arenas(heap, &arenas, &report.map);
    bool whole = !ipc_buf_failed(&classes) && !ipc_buf_failed(&arenas);
    if (!whole || ipc_session_reply(&w->session, id, IPC_M_WORKER_HEAP_REPORT, &report) != IPC_OK)
        ipc_session_refuse(&w->session, id, IPC_E_TOO_LARGE, "the heap's map does not fit into a message");
    ipc_buf_free(&classes);
    ipc_buf_free(&arenas);
}
