#include "worker_messages.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"

static void violate(Worker *worker, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void violate(Worker *worker, const char *format, ...) {
    va_list arguments;
    if (worker->violation[0]) return; /* the first one is the cause */
    va_start(arguments, format);
    vsnprintf(worker->violation, sizeof worker->violation, format, arguments);
    va_end(arguments);
    log_event(worker->pool->log, LOG_WARN, "worker-violation", LOG_UINT("worker", worker->number),
              LOG_UINT("pid", worker->pid), LOG_TEXT("what", worker->violation));
    worker_step(worker, WORKER_EVENT_VIOLATION);
}

/* The job in flight with that id; without one, saying so was a violation. */
static Job *job_of(Worker *worker, uint64_t id, const char *what) {
    for (Job *job = worker_head(worker); job; job = job->next) {
        if (job->id == id) return job;
    }
    violate(worker, "%s for job %llu, which it does not have", what, (unsigned long long)id);
    return NULL;
}

/* The same for what only a running job can cause: jobs run in order, so it must be the first. */
static Job *running_job_of(Worker *worker, uint64_t id, const char *what) {
    Job *job = job_of(worker, id, what);
    if (job && job != worker_head(worker))
        return violate(worker, "%s for a job that is not its turn", what), NULL;
    return job;
}

/* --- ready ------------------------------------------------------------------------------------ */

/* A map of layer to state, as the worker sees its own part. */
static void read_layers(Worker *worker, IpcSlice layers) {
    IpcReader reader = ipc_slice_reader(layers);
    uint32_t pairs;
    if (!layers.ptr || ipc_read_map(&reader, &pairs) != IPC_OK) return;
    while (pairs--) {
        IpcSlice name, state;
        if (ipc_read_str(&reader, &name) != IPC_OK || ipc_read_str(&reader, &state) != IPC_OK) return;
        int layer = sandbox_layer_find(name.ptr, name.len), value = sandbox_state_find(state.ptr, state.len);
        if (layer >= LAYER_GRANTS && value >= 0) worker->layers.state[layer] = (uint8_t)value;
    }
}

static void on_ready(Worker *worker, const IpcReady *ready) {
    Pool *pool = worker->pool;
    char text[120];
    worker->boot_us = ready->boot_us;
    worker->heap_bytes = ready->heap_bytes;
    read_layers(worker, ready->layers);
    Layer missing = sandbox_missing(&pool->spawner.plan, &worker->layers, true);
    if (missing == LAYER_COUNT) return worker_step(worker, WORKER_EVENT_READY);
    snprintf(text, sizeof text, "sandbox layer %s is %s", sandbox_layer_name(missing),
             sandbox_state_name((LayerState)worker->layers.state[missing]));
    log_event(pool->log, LOG_ERROR, "worker-not-confined", LOG_UINT("worker", worker->number),
              LOG_TEXT("cause", text));
    if (pool->observer->failed) pool->observer->failed(pool->observer_data, SPAWN_NO_SANDBOX, text);
    violate(worker, "%s", text);
}

/* --- jobs ------------------------------------------------------------------------------------- */

static void on_started(Worker *worker, IpcStarted *started) {
    Pool *pool = worker->pool;
    Job *job = running_job_of(worker, started->job, "started");
    if (!job) return;
    if (job->state == JOB_STARTED) return violate(worker, "started a job twice");
    job->state = JOB_STARTED;
    job->late = false;
    job_forget_deadline(job);
    job->started_ns = worker->head_since_ns;
    started->worker = worker->number;
    started->pid = (uint64_t)worker->pid;
    started->attempt = job->attempt;
    if (job->want_events && job->owner->events->started)
        job->owner->events->started(job->owner, job, started);
    if (pool->observer->job_started) pool->observer->job_started(pool->observer_data, job->owner, started);
    if (job->asked != ASKED_NOTHING) worker_repeat_ask(worker, job);
}

static void on_output(Worker *worker, const IpcOutput *output, IpcSlice frame) {
    Job *job = running_job_of(worker, output->job, "output");
    if (!job || !job->want_output) return;
    if (job->keep) tail_add(&job->tail, output, worker->pool->config.output_kept);
    job->owner->events->output(job->owner, job, output, frame);
}

static void on_progress(Worker *worker, const IpcProgress *progress, IpcSlice frame) {
    Job *job = running_job_of(worker, progress->job, "progress");
    if (job && job->want_events && job->owner->events->progress) {
        job->owner->events->progress(job->owner, job, progress, frame);
    }
}

static void on_input_request(Worker *worker, const IpcInputRequest *request, IpcSlice frame) {
    Job *job = running_job_of(worker, request->job, "input_request");
    if (!job) return;
    if (job->streams_input) job->owner->events->input_request(job->owner, job, request, frame);
    else violate(worker, "asked for input that its job does not have");
}

static void on_file_request(Worker *worker, const IpcFileRequest *request, IpcSlice frame) {
    Job *job = running_job_of(worker, request->job, "file_request");
    if (!job) return;
    if (!job->asks_files) return violate(worker, "asked for files that its job does not have");
    if (job->file_asked) return violate(worker, "asked for a file before it had the last one");
    job->file_asked = true;
    job->owner->events->file_request(job->owner, job, request, frame);
}

/* The job never began: back to the queue with it, or to its end if that was wanted. */
static void on_returned(Worker *worker, const IpcJobRef *ref) {
    Job *job = job_of(worker, ref->job, "returned");
    if (!job) return;
    if (job->state == JOB_STARTED) return violate(worker, "returned a job that it had started");
    bool was_head = job == worker_head(worker);
    joblist_remove(&worker->in_flight, job);
    if (worker->pool->observer->job_returned)
        worker->pool->observer->job_returned(worker->pool->observer_data, job);
    if (job->asked == ASKED_NOTHING) pool_requeue(worker->pool, job);
    else pool_end_job_plainly(worker->pool, job, IPC_VERDICT_CANCELLED, "cancelled before it began");
    if (was_head) worker__head_changed(worker);
    if (worker_head(worker)) return;
    worker->single_use = false; /* it has still to run its first */
    worker_step(worker, WORKER_EVENT_IDLE);
}

/* What we asked for decides over what the worker calls it: it sees an interrupt, and not why. */
static IpcVerdict effective_verdict(const Job *job, IpcVerdict said) {
    if (job->asked == ASKED_TIMEOUT) return IPC_VERDICT_TIMEOUT_WALL;
    if (job->asked == ASKED_CANCEL && said == IPC_VERDICT_ERROR) return IPC_VERDICT_CANCELLED;
    return said;
}

static void fill_outcome(const Worker *worker, const Job *job, IpcOutcome *outcome) {
    outcome->verdict = effective_verdict(job, outcome->verdict);
    outcome->death = (IpcDeath){0}; /* not for a worker to say */
    outcome->worker = worker->number;
    outcome->pid = (uint64_t)worker->pid;
    outcome->attempt = job->attempt;
    outcome->label = ipc_slice(job->label, job->label_length);
    outcome->queued_us = (job->sent_ns - job->accepted_ns) / NS_PER_US;
    if (outcome->verdict == IPC_VERDICT_TIMEOUT_WALL && !outcome->detail.ptr) {
        outcome->detail = ipc_str("stopped when asked");
    }
}

static void note_usage(Worker *worker, const IpcUsage *usage) {
    worker->jobs_done++;
    worker->batch_outcomes++;
    worker->collections += usage->collections;
    if (usage->heap_peak > worker->heap_peak) worker->heap_peak = usage->heap_peak;
}

static void on_outcome(Worker *worker, IpcOutcome *outcome) {
    Job *job = running_job_of(worker, outcome->job, "outcome");
    if (!job) return;
    fill_outcome(worker, job, outcome);
    note_usage(worker, &outcome->usage);
    IpcVerdict verdict = outcome->verdict;
    joblist_remove(&worker->in_flight, job);
    if (!pool_retry(worker->pool, job, verdict)) pool_end_job(worker->pool, job, outcome);
    worker__head_changed(worker);
    recycle_note_job(worker);
    /* One that let a job run over its time is not trusted with another. */
    if (verdict == IPC_VERDICT_TIMEOUT_WALL) return worker_step(worker, WORKER_EVENT_STOP);
    if (worker_head(worker)) return;
    worker_step(worker, worker->single_use ? WORKER_EVENT_DRAIN : WORKER_EVENT_IDLE);
    if (worker->single_use && worker->state == IPC_WORKER_DRAINING) worker_step(worker, WORKER_EVENT_IDLE);
}

/* --- telemetry -------------------------------------------------------------------------------- */

static void on_gc(Worker *worker, IpcGcEvent *event) {
    Pool *pool = worker->pool;
    event->worker = worker->number;
    event->pid = (uint64_t)worker->pid;
    if (event->heap_bytes) worker->heap_bytes = event->heap_bytes;
    if (pool->observer->gc) pool->observer->gc(pool->observer_data, event);
}

static void on_gil(Worker *worker, IpcGilEvent *event) {
    Pool *pool = worker->pool;
    event->worker = worker->number;
    event->pid = (uint64_t)worker->pid;
    if (pool->observer->gil) pool->observer->gil(pool->observer_data, event);
}

static void on_heap(Worker *worker, IpcHeapStats *stats) {
    Pool *pool = worker->pool;
    stats->worker = worker->number;
    stats->pid = (uint64_t)worker->pid;
    worker->heap_bytes = stats->bytes;
    worker->objects = stats->objects;
    if (stats->peak > worker->heap_peak) worker->heap_peak = stats->peak;
    if (stats->collections > worker->collections) worker->collections = stats->collections;
    if (pool->observer->heap) pool->observer->heap(pool->observer_data, stats);
}

static void on_log(const Worker *worker, const IpcLog *line) {
    char text[256];
    snprintf(text, sizeof text, "%.*s", (int)(line->text.len < 255 ? line->text.len : 255), line->text.ptr);
    log_event(worker->pool->log, LOG_INFO, "worker-says", LOG_UINT("worker", worker->number), LOG_TEXT("text", text));
}

static void on_heap_answer(Worker *worker, const IpcEvent *event) {
    if (event->kind == IPC_EV_RESPONSE) {
        worker->heap_bytes = event->record->heap_stats.bytes;
        worker->objects = event->record->heap_stats.objects;
        if (event->record->heap_stats.collections > worker->collections) {
            worker->collections = event->record->heap_stats.collections;
        }
        if (event->record->heap_stats.peak > worker->heap_peak)
            worker->heap_peak = event->record->heap_stats.peak;
        recycle_note_heap(worker);
    }
    if (!worker->heap_asked) return;
    worker->heap_asked = false;
    pool_free_heap_ask(worker->pool);
}

/* --- dispatch --------------------------------------------------------------------------------- */

static void on_notification(Worker *worker, IpcEvent *event) {
    IpcRecord *record = event->record;
    if (worker->state == IPC_WORKER_STARTING && event->method != IPC_M_WORKER_READY &&
        event->method != IPC_M_WORKER_LOG) {
        return violate(worker, "spoke before it was ready");
    }
    switch (event->method) {
    case IPC_M_WORKER_READY:
        return on_ready(worker, &record->ready);
    case IPC_M_JOB_OUTCOME:
        return on_outcome(worker, &record->outcome);
    case IPC_M_JOB_STARTED:
        return on_started(worker, &record->started);
    case IPC_M_JOB_OUTPUT:
        return on_output(worker, &record->output, event->frame);
    case IPC_M_JOB_PROGRESS:
        return on_progress(worker, &record->progress, event->frame);
    case IPC_M_JOB_INPUT_REQUEST:
        return on_input_request(worker, &record->input_request, event->frame);
    case IPC_M_JOB_FILE_REQUEST:
        return on_file_request(worker, &record->file_request, event->frame);
    case IPC_M_JOB_RETURNED:
        return on_returned(worker, &record->job_ref);
    case IPC_M_JOB_GC:
        return on_gc(worker, &record->gc_event);
    case IPC_M_JOB_GIL:
        return on_gil(worker, &record->gil_event);
    case IPC_M_JOB_HEAP:
        return on_heap(worker, &record->heap_stats);
    case IPC_M_WORKER_LOG:
        return on_log(worker, &record->log);
    default:
        violate(worker, "sent an unexpected message");
    }
}

static void on_message(Link *link, IpcEvent *event) {
    Worker *worker = link->owner;
    if (worker->violation[0] && worker->kill_reason == KILL_PROTOCOL)
        return; /* condemned: nothing it says counts */
    switch (event->kind) {
    case IPC_EV_HELLO:
        break;
    case IPC_EV_NOTIFICATION:
        on_notification(worker, event);
        break;
    case IPC_EV_RESPONSE:
    case IPC_EV_FAILURE:
        if (event->tag && worker->pool->observer->answered)
            worker->pool->observer->answered(worker->pool->observer_data, worker, event);
        else if (event->method == IPC_M_WORKER_HEAP) on_heap_answer(worker, event);
        else if (event->method == IPC_M_WORKER_PING) worker->pinged = false, worker->heard_ns = clock_ns();
        else if (event->kind == IPC_EV_FAILURE) violate(worker, "refused: %s", event->error.text);
        break;
    case IPC_EV_REQUEST:
        violate(worker, "made a request");
        break;
    case IPC_EV_BAD:
    case IPC_EV_FATAL:
        violate(worker, "%s", event->error.text);
        break;
    }
}

static void on_ended(Link *link, const IpcError *error) {
    Worker *worker = link->owner;
    if (error && error->code != IPC_E_SYSTEM) violate(worker, "%s", error->text);
    else worker_step(worker, WORKER_EVENT_CLOSED);
}

/* Time per job, smoothed; measured over all the outcomes that one read brought. */
static void on_batch_done(Link *link) {
    Worker *worker = link->owner;
    if (!worker->batch_outcomes) return;
    uint64_t now = clock_ns(), each = (now - worker->batch_since_ns) / worker->batch_outcomes + 1;
    worker->service_ns = worker->service_ns ? (3 * worker->service_ns + each) / 4 : each;
    worker->batch_since_ns = now;
    worker->batch_outcomes = 0;
    pool_note_schedule(worker->pool);
}

static void on_drained(Link *link) {
    const Pool *pool = ((Worker *)link->owner)->pool;
    if (pool->observer->room) pool->observer->room(pool->observer_data);
}

const LinkEvents worker_link_events = {.message = on_message,
                                       .ended = on_ended,
                                       .drained = on_drained,
                                       .batch_done = on_batch_done,
                                       .gone = worker__link_gone};
