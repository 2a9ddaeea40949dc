#include "metrics.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "clock.h"
#include "http.h"
#include "process_facts.h"
#include "recycle.h"
#include "server.h"
#include "worker.h"

/* --- measuring -------------------------------------------------------------------------------- */

#define US_PER_S 1000000ull

static const uint64_t bounds_us[HISTOGRAM_BOUNDS] = {
    50,     100,    250,    500,     1000,    2500,    5000,     10000,    25000,    50000,
    100000, 250000, 500000, 1000000, 2500000, 5000000, 10000000, 30000000, 60000000, 300000000,
};

static void note(Histogram *histogram, uint64_t us) {
    size_t bucket = 0;
    while (bucket < HISTOGRAM_BOUNDS && us > bounds_us[bucket])
        bucket++;
    histogram->counts[bucket]++;
    histogram->sum_us += us;
}

void measures_note_outcome(Measures *measures, const IpcOutcome *outcome) {
    const IpcUsage *usage = &outcome->usage;
    measures->fuel += usage->fuel;
    measures->cpu_us += usage->cpu_us;
    measures->output_bytes += usage->output_bytes;
    measures->collections += usage->collections;
    note(&measures->queued, outcome->queued_us);
    if (outcome->worker) note(&measures->wall, usage->wall_us); /* it ran */
}

void measures_note_start(Measures *measures, uint64_t start_ns) {
    note(&measures->start, start_ns / NS_PER_US);
}

/* --- writing a page --------------------------------------------------------------------------- */

typedef enum { GAUGE, COUNTER, HISTOGRAM, INFO } MetricType;

typedef struct {
    IpcBuf *out;
    const Server *server;
    bool openmetrics;
    const char *name, *suffix; /* of the samples of the row that is being written */
} Page;

static void put(Page *page, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void put(Page *page, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    ipc_buf_append(page->out, text, length < (int)sizeof text ? (size_t)length : sizeof text - 1);
}

static void sample(Page *page, uint64_t value) {
    put(page, "%s%s %llu\n", page->name, page->suffix, (unsigned long long)value);
}

static void sample_of(Page *page, const char *label, const char *word, uint64_t value) {
    put(page, "%s%s{%s=\"%s\"} %llu\n", page->name, page->suffix, label, word, (unsigned long long)value);
}

static void sample_us(Page *page, uint64_t us) {
    put(page, "%s%s %.6f\n", page->name, page->suffix, (double)us / 1e6);
}

/* A bound as both formats want it: canonical, with a point. */
static void put_bound(char *out, size_t capacity, uint64_t us) {
    snprintf(out, capacity, "%llu.%06llu", (unsigned long long)(us / US_PER_S),
             (unsigned long long)(us % US_PER_S));
    size_t length = strlen(out);
    while (out[length - 1] == '0' && out[length - 2] != '.')
        out[--length] = '\0';
}

static void sample_histogram(Page *page, const Histogram *histogram) {
    uint64_t total = 0;
    char bound[32];
    for (size_t i = 0; i < HISTOGRAM_BOUNDS; i++) {
        total += histogram->counts[i];
        put_bound(bound, sizeof bound, bounds_us[i]);
        put(page, "%s_bucket{le=\"%s\"} %llu\n", page->name, bound, (unsigned long long)total);
    }
    total += histogram->counts[HISTOGRAM_BOUNDS];
    put(page, "%s_bucket{le=\"+Inf\"} %llu\n", page->name, (unsigned long long)total);
    put(page, "%s_sum %.6f\n", page->name, (double)histogram->sum_us / 1e6);
    put(page, "%s_count %llu\n", page->name, (unsigned long long)total);
}

/* --- the rows --------------------------------------------------------------------------------- */

static void write_BUILD(Page *page) {
    put(page, "%s%s{version=\"" ATOLL_VERSION "\"} 1\n", page->name, page->suffix);
}

static void write_UP_SECONDS(Page *page) {
    sample_us(page, (clock_ns() - page->server->pool.started_ns) / NS_PER_US);
}

static void write_WORKERS(Page *page) {
    uint64_t counts[WORKER_STATE_COUNT] = {0};
    for (const Worker *worker = page->server->pool.workers; worker; worker = worker->next)
        counts[worker->state]++;
    for (int state = 0; state < IPC_WORKER_DEAD; state++)
        sample_of(page, "state", worker_state_name((IpcWorkerState)state), counts[state]);
}

static void write_WORKERS_WANTED(Page *page) {
    sample(page, page->server->pool.config.size);
}

static void write_SPARES(Page *page) {
    uint64_t spares = 0;
    for (const Worker *worker = page->server->pool.workers; worker; worker = worker->next)
        spares += worker->spare && worker->state == IPC_WORKER_READY;
    sample(page, spares);
}

static void write_MADE(Page *page) {
    sample_of(page, "by", "start", page->server->pool.spawned);
    sample_of(page, "by", "template", page->server->pool.template.made);
}

static void write_DEATHS(Page *page) {
    for (int cause = 0; cause < DEATH_CAUSES; cause++)
        sample_of(page, "cause", ipc_enum_word(IPC_ENUM_DeathCause, cause),
                  page->server->measures.deaths[cause]);
}

static void write_RESTARTS(Page *page) {
    sample(page, page->server->pool.restarts);
}

static void write_RECYCLED(Page *page) {
    for (int reason = TIRED_NOT + 1; reason < TIRED_COUNT; reason++)
        sample_of(page, "reason", recycle_reason_name((TiredBy)reason), page->server->pool.recycled[reason]);
}

static void write_CIRCUIT(Page *page) {
    static const char *const names[] = {
        [CIRCUIT_CLOSED] = "closed", [CIRCUIT_OPEN] = "open", [CIRCUIT_PROBING] = "probing"};
    for (int state = CIRCUIT_CLOSED; state <= CIRCUIT_PROBING; state++)
        sample_of(page, "state", names[state], (int)page->server->pool.restart.circuit == state);
}

static void write_ACCEPTED(Page *page) {
    sample(page, page->server->pool.accepted);
}

static void write_ENDED(Page *page) {
    for (int verdict = 0; verdict < IPC_VERDICT_COUNT; verdict++)
        sample_of(page, "verdict", ipc_verdict_name((IpcVerdict)verdict),
                  page->server->pool.verdicts[verdict]);
}

static void write_WAITING(Page *page) {
    const Queue *queue = &page->server->pool.queue;
    sample(page, queue->jobs + queue->pinned_jobs);
}

static void write_RUNNING(Page *page) {
    uint64_t running = 0;
    for (const Worker *worker = page->server->pool.workers; worker; worker = worker->next)
        running += worker_head(worker) != NULL;
    sample(page, running);
}

static void write_QUEUE_BYTES(Page *page) {
    const Queue *queue = &page->server->pool.queue;
    sample(page, queue->bytes + queue->pinned_bytes);
}

static void write_QUEUE_CAPACITY(Page *page) {
    sample(page, page->server->pool.queue.most_jobs);
}

static void write_DRAINING(Page *page) {
    sample(page, page->server->pool.draining);
}

static void write_CLIENTS(Page *page) {
    sample(page, page->server->client_count);
}

static void write_REFUSED(Page *page) {
    sample(page, page->server->measures.clients_refused);
}

static void write_FUEL(Page *page) {
    sample(page, page->server->measures.fuel);
}

static void write_CPU(Page *page) {
    sample_us(page, page->server->measures.cpu_us);
}

static void write_OUTPUT(Page *page) {
    sample(page, page->server->measures.output_bytes);
}

static void write_COLLECTIONS(Page *page) {
    sample(page, page->server->measures.collections);
}

static void write_HEAP(Page *page) {
    uint64_t bytes = 0;
    for (const Worker *worker = page->server->pool.workers; worker; worker = worker->next)
        bytes += worker->heap_bytes;
    sample(page, bytes);
}

static void write_RESIDENT(Page *page) {
    uint64_t bytes = 0;
    for (const Worker *worker = page->server->pool.workers; worker; worker = worker->next)
        bytes += process_resident_bytes(worker->pid);
    sample(page, bytes);
}

static void write_WALL(Page *page) {
    sample_histogram(page, &page->server->measures.wall);
}

static void write_QUEUED(Page *page) {
    sample_histogram(page, &page->server->measures.queued);
}

static void write_START(Page *page) {
    sample_histogram(page, &page->server->measures.start);
}

static void write_OWN_RESIDENT(Page *page) {
    sample(page, process_resident_bytes(getpid()));
}

static void write_OWN_DESCRIPTORS(Page *page) {
    sample(page, process_open_descriptors());
}

static void write_OWN_CPU(Page *page) {
    struct timespec used = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    sample_us(page, (uint64_t)used.tv_sec * US_PER_S + (uint64_t)used.tv_nsec / NS_PER_US);
}

/* --- the page --------------------------------------------------------------------------------- */

typedef struct {
    MetricType type;
    const char *name, *unit, *help;
    void (*write)(Page *page);
} MetricRow;

static const MetricRow rows[] = {
#define METRIC(id, type, name, unit, help) {type, name, unit, help, write_##id},
#include "metrics.def"
#undef METRIC
};

/* In the older format a counter's family has the name of its samples, and there is no type for an info. */
static void put_head(Page *page, const MetricRow *row) {
    static const char *const types[] = {"gauge", "counter", "histogram", "info"};
    const char *family = page->openmetrics ? "" : page->suffix;
    const char *type = row->type == INFO && !page->openmetrics ? "gauge" : types[row->type];
    put(page, "# HELP %s%s %s\n# TYPE %s%s %s\n", row->name, family, row->help, row->name, family, type);
    if (page->openmetrics && *row->unit) put(page, "# UNIT %s %s\n", row->name, row->unit);
}

void metrics_page(void *server, bool openmetrics, IpcBuf *out, const char **content_type) {
    static const char *const suffixes[] = {"", "_total", "", "_info"};
    Page page = {.out = out, .server = server, .openmetrics = openmetrics};
    for (const MetricRow *row = rows; row < rows + sizeof rows / sizeof *rows; row++) {
        page.name = row->name;
        page.suffix = suffixes[row->type];
        put_head(&page, row);
        row->write(&page);
    }
    if (openmetrics) put(&page, "# EOF\n");
    *content_type = openmetrics ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                                : "text/plain; version=0.0.4; charset=utf-8";
}

bool metrics_listen(Server *server, const char *text, char *error, size_t capacity) {
    HttpAddress address;
    Http *fresh = NULL;
    char why[256];
    bool good = !text || http_parse_address(text, &address, why, sizeof why);
    if (good && text) fresh = http_open(&server->loop, &address, "/metrics", metrics_page, server, why, sizeof why);
    if (text && !fresh) return snprintf(error, capacity, "metrics: %s", why), false;
    if (server->http) http_close(server->http);
    server->http = fresh;
    if (fresh) log_event(&server->log, LOG_INFO, "metrics", LOG_TEXT("address", http_where(fresh)));
    return true;
}
