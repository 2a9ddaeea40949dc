/* atoll heap: what the heaps of a pool's workers hold now: numbers, size classes, and each arena's pools. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "heap_view.h"
#include "json.h"
#include "remote.h"
#include "worker_list.h"

typedef struct {
    const Options *options;
    IpcClient *client;
    FILE *svg;
    int y;
} View;

static IpcCode ask(View *view, uint64_t worker, IpcHeapReport *report, IpcError *error) {
    IpcHeapQuery query = {.worker = worker, .arenas = opt_flag(view->options, OPT_MAP) || view->svg};
    IpcRecord *record;
    IpcCode code = ipc_client_call(view->client, IPC_M_HEAP, &query, &record, error);
    if (!code) *report = record->heap_report;
    return code;
}

static void print_json(IpcHeapReport *report) {
    IpcBuf encoded, text;
    ipc_buf_init(&encoded, NULL);
    ipc_buf_init(&text, NULL);
    report->map = (IpcList){0}; /* bytes, which JSON has not */
    ipc_record_encode(&encoded, IPC_REC_HeapReport, report);
    if (msgpack_to_json(ipc_buf_slice(&encoded), &text)) printf("%.*s\n", (int)text.len, text.data);
    ipc_buf_free(&encoded);
    ipc_buf_free(&text);
}

static void show(View *view, IpcHeapReport *report) {
    if (view->svg) heap_view_svg_add(view->svg, report, &view->y);
    else if (opt_flag(view->options, OPT_JSON)) print_json(report);
    else if (opt_flag(view->options, OPT_MAP)) heap_view_map(stdout, report, isatty(STDOUT_FILENO));
    else heap_view_table(stdout, report);
}

/* One worker that cannot answer does not keep the others from being shown. */
static int show_workers(View *view, const WorkerList *workers) {
    int code = EXIT_SUCCESS;
    for (size_t i = 0; i < workers->count; i++) {
        IpcHeapReport report;
        IpcError error;
        IpcCode failed = ask(view, workers->numbers[i], &report, &error);
        if (failed == IPC_E_CLOSED) return remote_failure(view->options, &error);
        if (failed) code = cli_failure(VERB_HEAP, "worker %llu: %s", (unsigned long long)workers->numbers[i], error.text);
        else show(view, &report);
    }
    return code;
}

/* The heaps are drawn first: the picture's height, which stands at its beginning, comes of that. */
static int draw(View *view, const WorkerList *workers, const char *path) {
    char *heaps = NULL;
    size_t length = 0;
    FILE *out = fopen(path, "we");
    view->svg = out ? open_memstream(&heaps, &length) : NULL;
    int code = view->svg ? show_workers(view, workers) : EXIT_FAILURE;
    bool drawn = view->svg && fclose(view->svg) == 0;
    if (drawn) {
        heap_view_svg_begin(out, view->y);
        fwrite(heaps, 1, length, out);
        heap_view_svg_end(out);
    }
    if (!out || (fclose(out) != 0) | !drawn) code = cli_failure(VERB_HEAP, "cannot write %s: %s", path, strerror(errno));
    free(heaps);
    return code;
}

int cmd_heap(Options *options) {
    WorkerList *workers = malloc(sizeof *workers);
    View view = {.options = options};
    const char *path = opt_text(options, OPT_SVG);
    if (options->operand_count) {
        free(workers);
        return cli_usage_error(VERB_HEAP, "unexpected argument '%s'", options->operands[0]);
    }
    view.client = workers ? remote_connect(options) : NULL;
    int code = view.client ? worker_list_read(workers, view.client, options) : EXIT_FAILURE;
    if (code == EXIT_SUCCESS) code = path ? draw(&view, workers, path) : show_workers(&view, workers);
    ipc_client_close(view.client);
    free(workers);
    return code;
}
