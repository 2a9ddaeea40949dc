/* What `atoll gc watch --trace FILE` writes: Chrome's trace format, which Perfetto opens too.
 *
 * A process a worker, with three rows on one time axis: its jobs, who has its GIL (one span for each time that a thread has it), and its
 * collections. A row's spans never overlap and come in the order of time; a job that still runs at the end of the trace ends there.
 * Times are those of CLOCK_MONOTONIC, in microseconds. */
#ifndef SUPERVISOR_GC_TRACE_H
#define SUPERVISOR_GC_TRACE_H

#include <ipc/client.h>
#include <stdint.h>

typedef struct GcTrace GcTrace;

typedef struct {
    uint64_t collections, jobs, holds, dropped;
} GcTraceCounts;

/* NULL: errno says why. */
GcTrace *gc_trace_open(const char *path);
/* Names a worker's rows, once, however often it is called. Events of workers that were not named do so themselves. */
void gc_trace_worker(GcTrace *trace, uint64_t worker);
/* A notification of the server: gc, gil, started or outcome; another is passed over. only: of this worker alone, unless 0. */
void gc_trace_event(GcTrace *trace, const IpcClientEvent *event, uint64_t only);
/* Writes what is open yet, as if it ended now, and frees the trace. 0, -1: errno. */
int gc_trace_close(GcTrace *trace, uint64_t now_ns, GcTraceCounts *counts);

#endif
