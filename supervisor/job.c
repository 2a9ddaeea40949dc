#include "job.h"

#include <stdlib.h>
#include <string.h>

/* --- lists ------------------------------------------------------------------------------------ */

void joblist_push_back(JobList *list, Job *job) {
    job->next = NULL;
    job->previous = list->last;
    if (list->last) list->last->next = job;
    else list->first = job;
    list->last = job;
    list->count++;
}

void joblist_push_front(JobList *list, Job *job) {
    job->previous = NULL;
    job->next = list->first;
    if (list->first) list->first->previous = job;
    else list->last = job;
    list->first = job;
    list->count++;
}

void joblist_remove(JobList *list, Job *job) {
    if (job->previous) job->previous->next = job->next;
    else list->first = job->next;
    if (job->next) job->next->previous = job->previous;
    else list->last = job->previous;
    job->next = job->previous = NULL;
    list->count--;
}

/* --- owners ----------------------------------------------------------------------------------- */

void owner_init(Owner *owner, const OwnerEvents *events) {
    *owner = (Owner){.events = events};
    for (size_t i = 0; i < PRIORITY_LEVELS; i++)
        owner->lanes[i].owner = owner;
}

void owner_add_job(Owner *owner, Job *job) {
    job->owner = owner;
    job->previous_owned = NULL;
    job->next_owned = owner->jobs;
    if (owner->jobs) owner->jobs->previous_owned = job;
    owner->jobs = job;
    owner->job_count++;
    owner->job_bytes += job->message_length;
}

void owner_remove_job(Job *job) {
    Owner *owner = job->owner;
    if (job->previous_owned) job->previous_owned->next_owned = job->next_owned;
    else owner->jobs = job->next_owned;
    if (job->next_owned) job->next_owned->previous_owned = job->previous_owned;
    job->next_owned = job->previous_owned = NULL;
    owner->job_count--;
    owner->job_bytes -= job->message_length;
}

/* --- jobs ------------------------------------------------------------------------------------- */

unsigned job_priority_level(int64_t priority) {
    if (priority < PRIORITY_LOWEST) return 0;
    if (priority >= PRIORITY_LOWEST + PRIORITY_LEVELS) return PRIORITY_LEVELS - 1;
    return (unsigned)(priority - PRIORITY_LOWEST);
}

#define CAUSE(name) (1u << IPC_VERDICT_##name)
static const uint32_t causes_by_death =
    CAUSE(SIGNAL) | CAUSE(LOST) | CAUSE(PROTOCOL) | CAUSE(SYSCALL) | CAUSE(MEMORY_HARD) | CAUSE(OOM) | CAUSE(RLIMIT);
static const uint32_t causes_never = CAUSE(OK) | CAUSE(CANCELLED) | CAUSE(REJECTED);

IpcCode job_retry_causes(const IpcSubmit *submit, uint32_t *causes, IpcError *error) {
    IpcReader reader = ipc_list_reader(submit->retry_on);
    *causes = submit->retry_on.count ? 0 : causes_by_death;
    for (uint32_t i = 0; i < submit->retry_on.count; i++) {
        IpcSlice word;
        IpcCode failed = ipc_read_str(&reader, &word);
        if (failed) return failed;
        int verdict = ipc_enum_value(IPC_ENUM_Verdict, word);
        if (verdict < 0 || (causes_never >> verdict & 1)) {
            return ipc_fail(error, IPC_E_BAD_VALUE, "submit.retry_on: '%.*s' is no verdict to retry after",
                            (int)(word.len < 60 ? word.len : 60), word.ptr);
        }
        *causes |= 1u << verdict;
    }
    return IPC_OK;
}

static void copy_label(Job *job, IpcSlice label) {
    if (!label.len) return;
    job->label = job->message + job->message_length;
    job->label_length = label.len;
    memcpy(job->label, label.ptr, label.len);
}

Job *job_new(uint64_t id, const IpcSubmit *submit, IpcSlice message) {
    Job *job = malloc(sizeof *job + message.len + submit->label.len);
    if (!job) return NULL;
    *job = (Job){
        .id = id,
        .attempt = 1,
        .lane = (uint8_t)job_priority_level(submit->priority),
        .want_output = submit->want_output,
        .want_events = submit->events == IPC_EVENTS_ALL,
        .keep = submit->on_disconnect != IPC_DISCONNECT_CANCEL,
        .streams_input = submit->stdin_mode == IPC_STDIN_STREAM,
        .asks_files = submit->sources.on_demand,
        .at_least_once = submit->delivery == IPC_DELIVERY_AT_LEAST_ONCE,
        .keyed = submit->idempotency_key.len > 0,
        .retries_left = submit->retries > UINT32_MAX ? UINT32_MAX : (uint32_t)submit->retries,
        .isolation = submit->isolation,
        .message_length = message.len,
    };
    memcpy(job->message, message.ptr, message.len);
    copy_label(job, submit->label);
    return job;
}

static void free_timer(uv_handle_t *handle) {
    free(handle);
}

void job_forget_deadline(Job *job) {
    if (!job->deadline) return;
    uv_close((uv_handle_t *)job->deadline, free_timer);
    job->deadline = NULL;
}

void job_free(Job *job) {
    job_forget_deadline(job);
    ipc_buf_free(&job->early_input);
    tenant_drop(job->tenant);
    tail_clear(&job->tail);
    free(job);
}

void job_encode(IpcBuf *out, uint64_t id, uint32_t attempt, const IpcSubmit *submit,
                const IpcLimits *limits) {
    IpcJob job = {
        .job = id,
        .attempt = attempt,
        .source = submit->source,
        .call = submit->call,
        .module = submit->module,
        .sources = submit->sources,
        .filename = submit->filename,
        .argv = submit->argv,
        .args = submit->args,
        .kwargs = submit->kwargs,
        .limits = *limits,
        .grants = submit->grants,
        .isolation = submit->isolation,
        .session = submit->session,
        .want_output = submit->want_output,
        .stdin_mode = submit->stdin_mode,
        .value_as = submit->value_as,
        .mode = submit->mode,
        .label = submit->label,
    };
    ipc_write_notification(out, IPC_M_JOB, &job);
}

static bool encode_again(IpcBuf *out, const Job *job) {
    IpcEnvelope envelope;
    IpcJob record;
    bool has_id;
    if (ipc_parse(ipc_slice(job->message, job->message_length), &envelope, &has_id, NULL) != IPC_OK)
        return false;
    if (ipc_record_decode(envelope.params, IPC_REC_Job, &record, NULL) != IPC_OK) return false;
    record.attempt = job->attempt + 1;
    ipc_write_notification(out, IPC_M_JOB, &record);
    return ipc_buf_failed(out) == IPC_OK;
}

Job *job_next_attempt(Job *job) {
    IpcBuf again;
    ipc_buf_init(&again, NULL);
    Job *moved = encode_again(&again, job) ? malloc(sizeof *job + again.len + job->label_length) : NULL;
    if (moved) {
        *moved = *job;
        moved->attempt++;
        moved->message_length = again.len;
        memcpy(moved->message, again.data, again.len);
        copy_label(moved, ipc_slice(job->label, job->label_length));
        free(job);
    }
    ipc_buf_free(&again);
    return moved;
}
