/* atoll status: a pool's workers, queue and verdicts, for people or as JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "clock.h"
#include "deathbook.h"
#include "json_record.h"
#include "remote.h"
#include "units.h"

/* --- for people ------------------------------------------------------------------------------- */

static void print_worker(const IpcWorkerStatus *worker) {
    char uptime[32], heap[32], job[24] = "-";
    if (worker->job) snprintf(job, sizeof job, "%llu", (unsigned long long)worker->job);
    printf("%6llu %8llu  %-9s %8llu %8s %9s %10s %11llu %6llu%s%.*s\n", (unsigned long long)worker->worker,
           (unsigned long long)worker->pid, worker->spare ? "spare" : ipc_enum_word(IPC_ENUM_WorkerState, (int)worker->state),
           (unsigned long long)worker->jobs, job,
           unit_format_time(worker->uptime_ms * NS_PER_MS, uptime, sizeof uptime),
           unit_format_size(worker->heap_bytes, heap, sizeof heap), (unsigned long long)worker->collections,
           (unsigned long long)worker->deaths, worker->at.len ? "  " : "", (int)worker->at.len,
           worker->at.ptr ? worker->at.ptr : "");
}

static void print_workers(const IpcStatus *status) {
    IpcReader reader = ipc_list_reader(status->workers);
    IpcWorkerStatus worker;
    puts("worker      pid  state         jobs  running    uptime       heap collections deaths  at");
    while (!ipc_reader_done(&reader) &&
           ipc_record_read(&reader, IPC_REC_WorkerStatus, &worker, NULL) == IPC_OK) {
        print_worker(&worker);
    }
}

static void print_verdicts(IpcSlice verdicts) {
    IpcReader reader = ipc_slice_reader(verdicts);
    uint32_t pairs;
    if (!verdicts.ptr || ipc_read_map(&reader, &pairs) != IPC_OK || pairs == 0) return;
    printf("verdicts:");
    while (pairs--) {
        IpcSlice name;
        uint64_t count;
        if (ipc_read_str(&reader, &name) != IPC_OK || ipc_read_uint(&reader, &count) != IPC_OK) break;
        printf(" %.*s %llu", (int)name.len, name.ptr, (unsigned long long)count);
    }
    putchar('\n');
}

static void print_grants(const IpcStatus *status) {
    IpcReader reader = ipc_list_reader(status->grants);
    IpcSlice text = {0};
    for (uint32_t i = 0; i < status->grants.count && ipc_read_str(&reader, &text) == IPC_OK; i++)
        printf("%s%.*s%s", i ? ", " : "grants: ", (int)text.len, text.ptr, i + 1 == status->grants.count ? "\n" : "");
}

static void print_kept(const IpcStatus *status) {
    char size[32];
    if (status->journal.len) printf("journal: %.*s\n", (int)status->journal.len, status->journal.ptr);
    if (status->journal_fault.len) {
        printf("journal: CANNOT BE WRITTEN, no job is accepted or begun: %.*s\n",
               (int)status->journal_fault.len, status->journal_fault.ptr);
    }
    if (status->kept) {
        printf("outcomes kept: %llu (%s)\n", (unsigned long long)status->kept,
               unit_format_size(status->kept_bytes, size, sizeof size));
    }
    if (status->poisoned) printf("poisoned jobs: %llu (atoll poison)\n", (unsigned long long)status->poisoned);
}

static void print_deaths(const IpcStatus *status) {
    IpcReader reader = ipc_list_reader(status->last_deaths);
    IpcDeath death;
    char line[500];
    if (status->last_deaths.count) puts("last deaths (atoll logs --deaths):");
    while (!ipc_reader_done(&reader) && ipc_record_read(&reader, IPC_REC_Death, &death, NULL) == IPC_OK)
        printf("  %-12s worker %llu, pid %llu, job %llu: %s\n", ipc_enum_word(IPC_ENUM_DeathCause, (int)death.cause),
               (unsigned long long)death.worker, (unsigned long long)death.pid, (unsigned long long)death.job,
               death_line(&death, line, sizeof line));
}

static void print_status(const IpcStatus *status) {
    char uptime[32];
    printf("atoll %.*s, pid %llu, up %s%s\n", (int)status->version.len, status->version.ptr,
           (unsigned long long)status->pid,
           unit_format_time(status->uptime_ms * NS_PER_MS, uptime, sizeof uptime),
           status->draining ? ", draining" : "");
    print_workers(status);
    printf("queue: %llu waiting of %llu, %llu running, %llu accepted; clients: %llu; deaths: %llu, restarts: "
           "%llu, recycled: %llu\n",
           (unsigned long long)status->queued, (unsigned long long)status->queue_capacity,
           (unsigned long long)status->running, (unsigned long long)status->accepted,
           (unsigned long long)status->clients, (unsigned long long)status->deaths,
           (unsigned long long)status->restarts, (unsigned long long)status->recycled);
    if (status->circuit.len) printf("circuit: %.*s\n", (int)status->circuit.len, status->circuit.ptr);
    print_kept(status);
    if (status->metrics.len) printf("metrics: http://%.*s/metrics\n", (int)status->metrics.len, status->metrics.ptr);
    print_deaths(status);
    print_grants(status);
    print_verdicts(status->verdicts);
}

/* --- for programs ----------------------------------------------------------------------------- */

static int print_json(const IpcStatus *status) {
    IpcBuf out;
    IpcStatus whole = *status;
    if (!whole.circuit.len) whole.circuit = ipc_str("closed");
    ipc_buf_init(&out, NULL);
    json_record(&out, IPC_REC_Status, &whole);
    ipc_buf_append_text(&out, "\n");
    bool good = !ipc_buf_failed(&out);
    if (good) remote_write(STDOUT_FILENO, out.data, out.len);
    ipc_buf_free(&out);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int cmd_status(Options *options) {
    IpcStatus status;
    IpcError error;
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    IpcClient *client = remote_connect(options);
    if (!client) return EXIT_FAILURE;
    int code = EXIT_SUCCESS;
    if (ipc_client_status(client, &status, &error) != IPC_OK) code = remote_failure(options, &error);
    else if (opt_flag(options, OPT_JSON)) code = print_json(&status);
    else print_status(&status);
    ipc_client_close(client);
    return code;
}
