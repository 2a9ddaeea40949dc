#include "poison.h"

#include <string.h>

/* A copy that ends at a whole character. */
static void copy_text(char *to, IpcSlice text) {
    size_t length = text.len < POISON_TEXT ? text.len : POISON_TEXT - 1;
    while (length < text.len && length > 0 && ((unsigned char)text.ptr[length] & 0xC0) == 0x80)
        length--;
    if (length) memcpy(to, text.ptr, length);
    to[length] = '\0';
}

void poison_add(Poison *poison, const IpcOutcome *outcome, uint64_t ended_ms) {
    PoisonedJob *job = &poison->jobs[poison->count++ % POISON_MOST];
    *job = (PoisonedJob){
        .job = outcome->job, .attempt = outcome->attempt, .ended_ms = ended_ms, .verdict = outcome->verdict};
    IpcSlice cause = outcome->detail.len ? outcome->detail : outcome->error.message;
    copy_text(job->detail, cause);
    copy_text(job->label, outcome->label);
}

size_t poison_listed(const Poison *poison) {
    return poison->count < POISON_MOST ? poison->count : POISON_MOST;
}

void poison_list(const Poison *poison, IpcBuf *scratch, IpcList *list) {
    for (size_t i = poison->count - poison_listed(poison); i < poison->count; i++) {
        const PoisonedJob *job = &poison->jobs[i % POISON_MOST];
        IpcPoisoned record = {.job = job->job,
                              .verdict = job->verdict,
                              .attempt = job->attempt,
                              .detail = ipc_str(job->detail),
                              .label = *job->label ? ipc_str(job->label) : (IpcSlice){0},
                              .ended_ms = job->ended_ms};
        ipc_list_add_record(scratch, list, IPC_REC_Poisoned, &record);
    }
    ipc_list_finish(scratch, list);
}
