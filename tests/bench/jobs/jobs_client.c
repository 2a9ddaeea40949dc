/* How many small jobs a second a pool takes: calls f(x) = x + 1 many times, with many calls in flight, and checks each value.
 *
 *     bench_jobs SOCKET COUNT IN_FLIGHT ISOLATION      prints the jobs per second and, in microseconds, the median and the 99th
 *                                                      percentile of the time from a job's posting to its outcome; or an error, exit 1
 */
#include <ipc/client.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const char SOURCE[] = "def f(x):\n    return x + 1\n";

typedef struct Bench {
    IpcClient *client;
    IpcIsolation isolation;
    uint64_t count;
    uint64_t posted;
    uint64_t done;
    double *posted_at, *times; /* by tag; in order of outcome */
} Bench;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fail(const char *what, const char *detail) {
    fprintf(stderr, "bench_jobs: %s: %s\n", what, detail);
    exit(1);
}

/* The msgpack array [x], for x below 2^32. */
static IpcSlice encode_args(char bytes[6], uint32_t x) {
    bytes[0] = (char)0x91;
    bytes[1] = (char)0xce;
    for (int i = 0; i < 4; i++) bytes[2 + i] = (char)(x >> (24 - 8 * i));
    return (IpcSlice){bytes, 6};
}

/* The job with tag t computes f(t); t starts at 1 because 0 means no tag. */
static void post_one(Bench *bench) {
    char bytes[6];
    uint64_t tag = bench->posted + 1;
    IpcSubmit submit = {
        .call = {.source = ipc_str(SOURCE), .function = ipc_str("f")},
        .args = encode_args(bytes, (uint32_t)tag),
        .isolation = bench->isolation,
        .events = IPC_EVENTS_OUTCOME,
    };
    IpcError error;
    bench->posted_at[tag] = now();
    if (ipc_client_post(bench->client, &submit, tag, &error)) fail("post", error.text);
    bench->posted++;
}

static void check_outcome(const IpcOutcome *outcome, uint64_t tag) {
    if (outcome->verdict != IPC_VERDICT_OK) {
        IpcSlice why = outcome->detail.len ? outcome->detail : outcome->error.message;
        fprintf(stderr, "bench_jobs: job %llu: %s: %.*s\n", (unsigned long long)tag, ipc_verdict_name(outcome->verdict), (int)why.len,
                why.ptr ? why.ptr : "");
        exit(1);
    }
    IpcReader reader = ipc_slice_reader(outcome->value);
    uint64_t value = 0;
    if (ipc_read_uint(&reader, &value) || value != tag + 1) fail("outcome", "a wrong value");
}

static void take_one(Bench *bench) {
    IpcClientEvent event;
    IpcError error;
    if (ipc_client_next(bench->client, &event, 30000, &error)) fail("next", error.text);
    if (event.method == IPC_M_SUBMIT && event.error.code) fail("refused", event.error.text);
    if (event.method != IPC_M_ON_OUTCOME) return;
    check_outcome(&event.record->outcome, event.tag);
    bench->times[bench->done++] = now() - bench->posted_at[event.tag];
}

static void run(Bench *bench, uint64_t count, uint64_t in_flight) {
    bench->count = count;
    bench->posted = bench->done = 0;
    while (bench->done < count) {
        while (bench->posted < count && bench->posted - bench->done < in_flight) post_one(bench);
        take_one(bench);
    }
}

static IpcIsolation isolation_of(const char *word) {
    if (!strcmp(word, "session")) return IPC_ISOLATION_SESSION;
    if (!strcmp(word, "process")) return IPC_ISOLATION_PROCESS;
    return IPC_ISOLATION_FRESH;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double percentile(const Bench *bench, double part) {
    return bench->times[(uint64_t)((double)(bench->done - 1) * part)] * 1e6;
}

int main(int argc, char **argv) {
    if (argc != 5) fail("usage", "bench_jobs SOCKET COUNT IN_FLIGHT ISOLATION");
    IpcError error;
    Bench bench = {.client = ipc_client_connect(argv[1], NULL, &error), .isolation = isolation_of(argv[4])};
    if (!bench.client) fail("connect", error.text);
    uint64_t count = strtoull(argv[2], NULL, 10), in_flight = strtoull(argv[3], NULL, 10);
    bench.posted_at = calloc(count + 2, sizeof(double));
    bench.times = calloc(count + 2, sizeof(double));
    if (!bench.posted_at || !bench.times) fail("start", "out of memory");
    run(&bench, count / 10 + 1, in_flight); /* warm up */
    double start = now();
    run(&bench, count, in_flight);
    double rate = (double)count / (now() - start);
    qsort(bench.times, bench.done, sizeof(double), by_size);
    printf("%.0f %.1f %.1f\n", rate, percentile(&bench, 0.5), percentile(&bench, 0.99));
    free(bench.posted_at);
    free(bench.times);
    ipc_client_close(bench.client);
    return 0;
}
