/* atoll gc: the cycle collectors of a pool's workers: their generations, a collection now, collections as they happen.
 *
 * With --trace what is seen while watching goes into a file: gc_trace.h. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "gc_trace.h"
#include "remote.h"
#include "signals.h"
#include "worker_list.h"

typedef struct {
    const Options *options;
    IpcClient *client;
    GcTrace *trace; /* NULL: collections are printed */
} Gc;

static unsigned long long number(uint64_t n) {
    return n;
}

/* --- stats ------------------------------------------------------------------------------------ */

static IpcCode print_stats(Gc *gc, uint64_t worker, IpcError *error) {
    IpcHeapQuery query = {.worker = worker};
    IpcRecord *record;
    IpcCode code = ipc_client_call(gc->client, IPC_M_HEAP, &query, &record, error);
    if (code) return code;
    const IpcHeapReport *r = &record->heap_report;
    printf("%6llu %8llu %10llu %10llu %10llu %10llu %11llu\n", number(r->worker), number(r->pid), number(r->generation0),
           number(r->generation1), number(r->generation2), number(r->frozen), number(r->collections));
    return IPC_OK;
}

/* --- collect ---------------------------------------------------------------------------------- */

static IpcCode collect(Gc *gc, uint64_t worker, IpcError *error) {
    IpcCollect query = {.worker = worker, .generation = opt_number(gc->options, OPT_GENERATION)};
    IpcRecord *record;
    IpcCode code = ipc_client_call(gc->client, IPC_M_COLLECT, &query, &record, error);
    if (code) return code;
    const IpcGcEvent *e = &record->gc_event;
    printf("worker %llu: generation %llu, %llu objects looked at, %llu reclaimed, %llu uncollectable, %.3f ms\n", number(e->worker),
           number(e->generation), number(e->tracked), number(e->reclaimed), number(e->uncollectable), (double)e->ns / 1e6);
    return IPC_OK;
}

static int each_worker(Gc *gc, IpcCode (*act)(Gc *gc, uint64_t worker, IpcError *error)) {
    WorkerList *workers = malloc(sizeof *workers);
    int code = workers ? worker_list_read(workers, gc->client, gc->options) : EXIT_FAILURE;
    for (size_t i = 0; code == EXIT_SUCCESS && i < workers->count; i++) {
        IpcError error;
        if (act(gc, workers->numbers[i], &error) != IPC_OK)
            code = cli_failure(VERB_GC, "worker %llu: %s", number(workers->numbers[i]), error.text);
    }
    free(workers);
    return code;
}

/* --- watch ------------------------------------------------------------------------------------ */

static void print_collection(const IpcGcEvent *e) {
    printf("worker %llu job %llu: generation %llu by %.*s, %llu objects looked at, %llu reclaimed, %.3f ms\n", number(e->worker),
           number(e->job), number(e->generation), (int)e->trigger.len, e->trigger.ptr ? e->trigger.ptr : "", number(e->tracked),
           number(e->reclaimed), (double)e->ns / 1e6);
}

static void on_event(Gc *gc, const IpcClientEvent *event) {
    uint64_t wanted = opt_number(gc->options, OPT_WORKER);
    if (gc->trace) return gc_trace_event(gc->trace, event, wanted);
    if (event->method == IPC_M_ON_GC && (!wanted || event->record->gc_event.worker == wanted))
        print_collection(&event->record->gc_event);
}

/* Until the time is over, Ctrl-C, or the server's end. */
static int watch_events(Gc *gc, int signals, uint64_t end_ns) {
    for (int signal = 0; !signal && !(end_ns && clock_ns() >= end_ns);) {
        IpcClientEvent event;
        IpcError error;
        IpcCode code = signals_or_next(signals, gc->client, &event, 100, &signal, &error);
        if (code == IPC_OK) on_event(gc, &event);
        else if (code == IPC_E_TIMEOUT) fflush(stdout);
        else if (code == IPC_E_CLOSED) break;
        else return remote_failure(gc->options, &error);
    }
    return EXIT_SUCCESS;
}

static int begin_trace(Gc *gc, const char *path) {
    WorkerList *workers = malloc(sizeof *workers);
    int code = workers ? worker_list_look(workers, gc->client, gc->options) : EXIT_FAILURE;
    if (code == EXIT_SUCCESS) {
        gc->trace = gc_trace_open(path);
        if (!gc->trace) code = cli_failure(VERB_GC, "cannot write %s: %s", path, strerror(errno));
    }
    for (size_t i = 0; gc->trace && i < workers->count; i++)
        gc_trace_worker(gc->trace, workers->numbers[i]);
    free(workers);
    return code;
}

static int watch(Gc *gc) {
    const char *path = opt_text(gc->options, OPT_TRACE);
    uint64_t most = opt_number(gc->options, OPT_FOR);
    IpcSubscribe wants = {.gc = true, .jobs = path != NULL, .gil = path != NULL};
    IpcError error;
    if (ipc_client_call(gc->client, IPC_M_SUBSCRIBE, &wants, NULL, &error) != IPC_OK)
        return remote_failure(gc->options, &error);
    int code = path ? begin_trace(gc, path) : EXIT_SUCCESS;
    if (code) return code;
    int signals = signals_open_ending();
    code = watch_events(gc, signals, most ? clock_ns() + most : 0);
    close(signals);
    if (!gc->trace) return code;
    GcTraceCounts counts;
    if (gc_trace_close(gc->trace, clock_ns(), &counts) < 0)
        code = cli_failure(VERB_GC, "cannot write %s: %s", path, strerror(errno));
    fprintf(stderr, "atoll gc: %llu collections, %llu jobs and %llu GIL holds\n", number(counts.collections), number(counts.jobs),
            number(counts.holds));
    if (counts.dropped)
        fprintf(stderr, "atoll gc: %llu GIL holds more were too many to be told\n", number(counts.dropped));
    return code;
}

/* --- the verb --------------------------------------------------------------------------------- */

static int stats(Gc *gc) {
    puts("worker      pid          0          1          2     frozen collections");
    return each_worker(gc, print_stats);
}

static int collect_all(Gc *gc) {
    return each_worker(gc, collect);
}

static const struct {
    const char *name;
    int (*run)(Gc *gc);
} actions[] = {{"stats", stats}, {"collect", collect_all}, {"watch", watch}};

int cmd_gc(Options *options) {
    const char *wanted = options->operand_count ? options->operands[0] : "stats";
    if (options->operand_count > 1) return cli_usage_error(VERB_GC, "unexpected argument '%s'", options->operands[1]);
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (strcmp(actions[i].name, wanted) != 0) continue;
        Gc gc = {.options = options, .client = remote_connect(options)};
        int code = gc.client ? actions[i].run(&gc) : EXIT_FAILURE;
        ipc_client_close(gc.client);
        return code;
    }
    return cli_usage_error(VERB_GC, "'%s' is none of stats, collect, watch", wanted);
}
