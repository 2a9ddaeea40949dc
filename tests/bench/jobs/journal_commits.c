/* What a commit of the journal costs the loop: the time of one by its number of rows, and the longest of them.
 *
 *     bench_journal FILE [sync]      makes FILE anew; prints microseconds
 *
 * Each round accepts, begins and ends N jobs, as N no-op jobs through a server do: 2 commits, 4 rows a job. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "journal.h"

enum { ROUNDS = 2000, SUBMIT_BYTES = 120, OUTCOME_BYTES = 150 };

static uint64_t next_job = 1;

static uint64_t commit(Journal *journal) {
    uint64_t start = clock_ns();
    if (!journal_commit(journal)) {
        fprintf(stderr, "bench_journal: %s\n", journal_fault(journal));
        exit(1);
    }
    return clock_ns() - start;
}

static int by_size(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void measure(Journal *journal, uv_loop_t *loop, int jobs) {
    static uint64_t times[2 * ROUNDS];
    static char bytes[256];
    uint64_t count = 0, sum = 0;
    memset(bytes, 'x', sizeof bytes);
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < jobs; i++) {
            journal_accept(journal, next_job + (uint64_t)i, 1, 0, 0, ipc_slice(bytes, SUBMIT_BYTES));
            journal_begin(journal, next_job + (uint64_t)i, 1, 0);
        }
        times[count++] = commit(journal);
        for (int i = 0; i < jobs; i++)
            journal_end(journal, next_job + (uint64_t)i, 1, false, (IpcSlice){0}, ipc_slice(bytes, OUTCOME_BYTES));
        times[count++] = commit(journal);
        next_job += (uint64_t)jobs;
        uv_run(loop, UV_RUN_NOWAIT);
    }
    qsort(times, count, sizeof *times, by_size);
    for (uint64_t i = 0; i < count; i++)
        sum += times[i];
    printf("%4d jobs a commit: mean %7.1f us, %5.2f a job, p50 %7.1f, p99 %7.1f, longest %7.1f\n", jobs,
           (double)sum / (double)count / 1e3, (double)sum / ROUNDS / jobs / 1e3, (double)times[count / 2] / 1e3,
           (double)times[count * 99 / 100] / 1e3, (double)times[count - 1] / 1e3);
}

int main(int argc, char **argv) {
    char error[256];
    uv_loop_t loop;
    Log log = {.fd = STDERR_FILENO, .level = LOG_ERROR};
    if (argc < 2) return fprintf(stderr, "bench_journal FILE [sync]\n"), 2;
    unlink(argv[1]);
    uv_loop_init(&loop);
    JournalConfig config = {.path = argv[1], .sync = argc > 2, .keep_ms = UINT64_MAX, .keep_bytes = 32 << 20, .loop = &loop, .log = &log};
    Journal *journal = journal_open(&config, error, sizeof error);
    if (!journal) return fprintf(stderr, "bench_journal: %s\n", error), 1;
    for (int jobs = 1; jobs <= 100; jobs *= 10)
        measure(journal, &loop, jobs);
    uv_run(&loop, UV_RUN_DEFAULT);
    journal_close(journal);
    return 0;
}
