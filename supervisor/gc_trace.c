/* gc_trace: see gc_trace.h. */
#include "gc_trace.h"

#include <errno.h>
#include <ipc/gil_hold.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROW_JOBS = 1, ROW_GIL = 2, ROW_COLLECTIONS = 3 };

/* What is known of a worker and not written yet. */
typedef struct {
    uint64_t number;
    uint64_t job, job_start_ns; /* that runs; 0: none known */
    bool start_told;            /* else it ran already when the trace began, and was first seen then */
    IpcGilHold hold;            /* the last one: it may go on. ns 0: none */
} Row;

struct GcTrace {
    FILE *file;
    bool any; /* an event is written */
    Row *rows;
    size_t count;
    GcTraceCounts counts;
};

static unsigned long long number(uint64_t n) {
    return n;
}

GcTrace *gc_trace_open(const char *path) {
    GcTrace *trace = calloc(1, sizeof *trace);
    if (!trace) return NULL;
    trace->file = fopen(path, "we");
    if (!trace->file) {
        int saved = errno;
        free(trace);
        errno = saved;
        return NULL;
    }
    fputs("{\"displayTimeUnit\": \"ns\", \"traceEvents\": [", trace->file);
    return trace;
}

/* Between two events; the text of one follows. */
static FILE *next_event(GcTrace *trace) {
    fputs(trace->any ? ",\n" : "\n", trace->file);
    trace->any = true;
    return trace->file;
}

static void name_rows(GcTrace *trace, uint64_t worker) {
    static const char *const rows[] = {[ROW_JOBS] = "jobs", [ROW_GIL] = "GIL", [ROW_COLLECTIONS] = "collections"};
    fprintf(next_event(trace), "{\"ph\": \"M\", \"pid\": %llu, \"name\": \"process_name\", \"args\": {\"name\": \"worker %llu\"}}",
            number(worker), number(worker));
    for (int row = ROW_JOBS; row <= ROW_COLLECTIONS; row++) {
        fprintf(next_event(trace), "{\"ph\": \"M\", \"pid\": %llu, \"tid\": %d, \"name\": \"thread_name\", \"args\": {\"name\": \"%s\"}}",
                number(worker), row, rows[row]);
        fprintf(next_event(trace), "{\"ph\": \"M\", \"pid\": %llu, \"tid\": %d, \"name\": \"thread_sort_index\", \"args\": {\"sort_index\": %d}}",
                number(worker), row, row);
    }
}

/* NULL: no memory. */
static Row *row_of(GcTrace *trace, uint64_t worker) {
    for (size_t i = 0; i < trace->count; i++)
        if (trace->rows[i].number == worker) return &trace->rows[i];
    Row *rows = realloc(trace->rows, (trace->count + 1) * sizeof *rows);
    if (!rows) return NULL;
    trace->rows = rows;
    name_rows(trace, worker);
    rows[trace->count] = (Row){.number = worker};
    return &rows[trace->count++];
}

void gc_trace_worker(GcTrace *trace, uint64_t worker) {
    row_of(trace, worker);
}

/* A span without its closing brace: more of it may follow. */
static void begin_span(GcTrace *trace, uint64_t worker, int row, uint64_t start_ns, uint64_t ns) {
    static const char *const categories[] = {[ROW_JOBS] = "job", [ROW_GIL] = "gil", [ROW_COLLECTIONS] = "gc"};
    fprintf(next_event(trace), "{\"ph\": \"X\", \"cat\": \"%s\", \"pid\": %llu, \"tid\": %d, \"ts\": %.3f, \"dur\": %.3f, ", categories[row], number(worker), row,
            (double)start_ns / 1e3, (double)ns / 1e3);
}

/* What a job does shows that it runs. */
static void see_job(Row *row, uint64_t job, uint64_t at_ns) {
    if (row->job || !job) return;
    row->job = job;
    row->job_start_ns = at_ns;
    row->start_told = false;
}

/* --- collections ------------------------------------------------------------------------------ */

static void on_gc(GcTrace *trace, Row *row, const IpcGcEvent *e) {
    trace->counts.collections++;
    see_job(row, e->job, e->start_ns);
    begin_span(trace, row->number, ROW_COLLECTIONS, e->start_ns, e->ns);
    fprintf(trace->file,
            "\"name\": \"generation %llu\", \"args\": {\"job\": %llu, \"trigger\": \"%.*s\", \"looked at\": %llu, \"reclaimed\": %llu, "
            "\"uncollectable\": %llu}}",
            number(e->generation), number(e->job), (int)e->trigger.len, e->trigger.ptr ? e->trigger.ptr : "", number(e->tracked),
            number(e->reclaimed), number(e->uncollectable));
}

/* --- the GIL ---------------------------------------------------------------------------------- */

static void write_hold(GcTrace *trace, Row *row) {
    if (row->hold.ns == 0) return;
    trace->counts.holds++;
    begin_span(trace, row->number, ROW_GIL, row->hold.start_ns, row->hold.ns);
    fprintf(trace->file, "\"name\": \"%s%llu\"}", row->hold.thread == 1 ? "main thread " : "thread ", number(row->hold.thread));
    row->hold.ns = 0;
}

static void on_gil(GcTrace *trace, Row *row, const IpcGilEvent *e) {
    trace->counts.dropped += e->dropped;
    for (size_t i = 0; i + IPC_GIL_HOLD_BYTES <= e->holds.len; i += IPC_GIL_HOLD_BYTES) {
        IpcGilHold next = ipc_gil_hold_read((const uint8_t *)e->holds.ptr + i), *last = &row->hold;
        see_job(row, e->job, next.start_ns);
        if (last->ns && last->thread == next.thread && last->start_ns + last->ns == next.start_ns) {
            last->ns += next.ns;
        } else {
            write_hold(trace, row);
            *last = next;
        }
    }
}

/* --- jobs ------------------------------------------------------------------------------------- */

static void write_job(GcTrace *trace, const Row *row, uint64_t job, const char *how, uint64_t start_ns, uint64_t end_ns) {
    trace->counts.jobs++;
    begin_span(trace, row->number, ROW_JOBS, start_ns, end_ns > start_ns ? end_ns - start_ns : 0);
    fprintf(trace->file, "\"name\": \"job %llu: %s\"}", number(job), how);
}

static void on_outcome(GcTrace *trace, Row *row, const IpcOutcome *o) {
    uint64_t ns = o->usage.wall_us * 1000, start = o->end_ns > ns ? o->end_ns - ns : 0;
    if (!o->end_ns) return;
    if (row->job == o->job && row->start_told) start = row->job_start_ns;
    write_hold(trace, row);
    write_job(trace, row, o->job, ipc_verdict_name(o->verdict), start, o->end_ns);
    if (row->job == o->job) row->job = 0;
}

/* --- all of it -------------------------------------------------------------------------------- */

void gc_trace_event(GcTrace *trace, const IpcClientEvent *event, uint64_t only) {
    const IpcRecord *record = event->record;
    uint64_t worker = event->method == IPC_M_ON_GC        ? record->gc_event.worker
                      : event->method == IPC_M_ON_GIL     ? record->gil_event.worker
                      : event->method == IPC_M_ON_STARTED ? record->started.worker
                      : event->method == IPC_M_ON_OUTCOME ? record->outcome.worker
                                                          : 0;
    Row *row = worker && (!only || worker == only) ? row_of(trace, worker) : NULL;
    if (!row) return;
    switch (event->method) {
    case IPC_M_ON_GC: return on_gc(trace, row, &record->gc_event);
    case IPC_M_ON_GIL: return on_gil(trace, row, &record->gil_event);
    case IPC_M_ON_OUTCOME: return on_outcome(trace, row, &record->outcome);
    default:
        row->job = record->started.job;
        row->job_start_ns = record->started.at_ns;
        row->start_told = true;
    }
}

int gc_trace_close(GcTrace *trace, uint64_t now_ns, GcTraceCounts *counts) {
    for (size_t i = 0; i < trace->count; i++) {
        Row *row = &trace->rows[i];
        write_hold(trace, row);
        if (row->job) write_job(trace, row, row->job, "still running", row->job_start_ns, now_ns);
    }
    fputs("\n]}\n", trace->file);
    *counts = trace->counts;
    int failed = ferror(trace->file) | fclose(trace->file);
    free(trace->rows);
    free(trace);
    return failed ? -1 : 0;
}
