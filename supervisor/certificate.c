#include "certificate.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "clock.h"

static bool by_unexplained_kill(const Worker *worker) {
    bool killed = WIFSIGNALED(worker->wait_status) && WTERMSIG(worker->wait_status) == SIGKILL;
    return worker->status_known && killed && worker->kill_reason == KILL_NONE;
}

/* Of a worker with a control group of its own nothing need be guessed. */
static const char *group_evidence(const Worker *worker, char *out, size_t capacity) {
    if (!worker->pool->cgroups || cgroups_oom_kills(worker->pool->cgroups, worker->number) <= worker->oom_kills) return NULL;
    snprintf(out, capacity, "the kernel killed it at its control group's memory.max");
    return out;
}

static void judge(Certificate *certificate, const Worker *worker) {
    char evidence[OOM_PATH + 128];
    DeathFacts facts = {.wait_status = worker->wait_status,
                        .status_known = worker->status_known,
                        .reason = worker->kill_reason,
                        .told_to_leave = worker->told_to_leave,
                        .leave = worker->leave_reason,
                        .was_ready = worker->ready_ns != 0,
                        .violation = worker->violation[0] ? worker->violation : NULL};
    if (by_unexplained_kill(worker)) {
        facts.oom = oom_watch_evidence(&worker->pool->oom, evidence, sizeof evidence); /* counts the kill as explained */
        const char *exact = group_evidence(worker, evidence, sizeof evidence);
        if (exact) facts.oom = exact;
    }
    death_judge(&certificate->death, &facts);
}

static void add_stack(Certificate *certificate) {
    const IpcTelemetry *told = &certificate->told;
    IpcDeath *record = &certificate->record;
    for (uint32_t i = 0; i < told->count; i++) {
        const IpcTelemetryPlace *at = &told->stack[i];
        IpcPlace place = {.file = ipc_str(at->file), .line = at->line, .function = ipc_str(at->function)};
        ipc_list_add_record(&certificate->stack, &record->stack, IPC_REC_Place, &place);
    }
    ipc_list_finish(&certificate->stack, &record->stack);
    if (ipc_buf_failed(&certificate->stack)) record->stack = (IpcList){0};
}

/* What the page says of the job that the supervisor knows it had. */
static void add_what_was_told(Certificate *certificate, uint64_t job, uint64_t now) {
    const IpcTelemetry *told = &certificate->told;
    IpcDeath *record = &certificate->record;
    record->activity = told->activity;
    if (!job || told->job != job) return;
    record->output = ipc_slice(told->output, told->output_length);
    if (!told->positioned) return;
    record->native = ipc_str(told->native);
    record->depth = told->depth;
    record->age_us = told->at_ns < now ? (now - told->at_ns) / NS_PER_US : 0;
    record->fuel = told->fuel;
    record->heap_bytes = told->heap_bytes;
    record->heap_peak = told->heap_peak;
    record->collections = told->collections;
    add_stack(certificate);
}

void certificate_write(Certificate *certificate, const Worker *worker) {
    const Job *job = worker_head(worker);
    uint64_t now = clock_ns();
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    ipc_buf_init(&certificate->stack, NULL);
    judge(certificate, worker);
    const Death *death = &certificate->death;
    certificate->record = (IpcDeath){.cause = death->cause,
                                     .text = ipc_str(death->text),
                                     .worker = worker->number,
                                     .pid = (uint64_t)worker->pid,
                                     .time_ms = (uint64_t)wall.tv_sec * 1000 + (uint64_t)wall.tv_nsec / NS_PER_MS,
                                     .expected = death->expected,
                                     .signal = (uint64_t)death->signal,
                                     .exit_code = death->exit_code,
                                     .job = job ? job->id : 0,
                                     .attempt = job ? job->attempt : 0,
                                     .label = job ? ipc_slice(job->label, job->label_length) : (IpcSlice){0},
                                     .uptime_ms = (now - worker->born_ns) / NS_PER_MS,
                                     .jobs = worker->jobs_done};
    if (worker->page && ipc_telemetry_read(&certificate->told, worker->page))
        add_what_was_told(certificate, certificate->record.job, now);
}

void certificate_free(Certificate *certificate) {
    ipc_buf_free(&certificate->stack);
}
