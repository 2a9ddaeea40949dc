/* Numbers for a monitoring system: what the server counts beside the pool's own numbers, and the page that
 * shows it all in Prometheus' text format or in OpenMetrics (metrics.def). */
#ifndef ATOLL_METRICS_H
#define ATOLL_METRICS_H

#include <stdbool.h>
#include <stdint.h>

#include <ipc/buf.h>
#include <ipc/rpc.h>

typedef struct Server Server;

enum { HISTOGRAM_BOUNDS = 20, DEATH_CAUSES = IPC_DEATH_STOPPED + 1 };

typedef struct {
    uint64_t counts[HISTOGRAM_BOUNDS + 1]; /* per bucket, not cumulative; the last is above all bounds */
    uint64_t sum_us;
} Histogram;

typedef struct {
    Histogram wall, queued, start;
    uint64_t deaths[DEATH_CAUSES]; /* unexpected ones */
    uint64_t fuel, cpu_us, output_bytes, collections, clients_refused;
} Measures;

void measures_note_outcome(Measures *measures, const IpcOutcome *outcome);
void measures_note_start(Measures *measures, uint64_t start_ns);

/* Appends the page. Fits HttpPageFn; the owner is the Server. */
void metrics_page(void *server, bool openmetrics, IpcBuf *out, const char **content_type);

/* Listens as --metrics says, or as it says now: what listened elsewhere is closed. False with one line in
 * `error`: all is as before. */
bool metrics_listen(Server *server, const char *address, char *error, size_t capacity);

#endif
