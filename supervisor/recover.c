#include "recover.h"

static bool end_by(Recovery *recovery, IpcVerdict verdict, const char *detail) {
    recovery->goes_on = false;
    recovery->verdict = verdict;
    recovery->detail = detail;
    return false;
}

/* What is left of it now. The clock may have been set: time never runs backwards here. */
static bool check_deadline(Recovery *recovery, const JournalRow *row, uint64_t now_ms) {
    uint64_t deadline = recovery->submit.deadline_ms;
    uint64_t passed = now_ms > row->accepted_ms ? now_ms - row->accepted_ms : 0;
    if (!deadline) return true;
    if (passed >= deadline)
        return end_by(recovery, IPC_VERDICT_REJECTED, "its deadline passed while no server ran");
    recovery->submit.deadline_ms = deadline - passed;
    return true;
}

void recover_row(const JournalRow *row, uint64_t now_ms, Recovery *recovery) {
    IpcSubmit *submit = &recovery->submit;
    *recovery = (Recovery){.goes_on = true};
    if (ipc_record_decode(row->submit, IPC_REC_Submit, submit, NULL) != IPC_OK) {
        end_by(recovery, IPC_VERDICT_LOST, "its row of the journal cannot be read");
        return;
    }
    recovery->label = submit->label;
    recovery->retried = row->retries < submit->retries;
    submit->retries = row->retries;
    if (row->attempt && submit->delivery == IPC_DELIVERY_AT_MOST_ONCE)
        end_by(recovery, IPC_VERDICT_LOST, "the server was killed after it had begun");
    else if (submit->session.len) end_by(recovery, IPC_VERDICT_LOST, "its session ended with the server");
    else if (submit->sources.on_demand)
        end_by(recovery, IPC_VERDICT_LOST, "its files were its client's to send, which left with the server");
    else if (submit->stdin_mode == IPC_STDIN_STREAM)
        end_by(recovery, IPC_VERDICT_LOST, "its input was its client's to send, which left with the server");
    else if (!row->attempt) check_deadline(recovery, row, now_ms);
    else submit->deadline_ms = 0; /* it was met */
}
