/* gil_watch: tells the pool which threads of a job had the GIL and when, as long as somebody there wants to know. Holds are gathered
 * and sent in batches: when there are many, at each tick, and before the outcome. */
#include <unistd.h>

#include <ipc/gil_hold.h>

#include "rpc/worker.h"
#include "vm/gil.h"

enum { BATCH_BYTES = 512 * IPC_GIL_HOLD_BYTES, MOST_UNSENT = 1 << 20 };

/* No flush: whoever waits for room in the pipe may be in the middle of handing the GIL on. */
static void send_batch(Worker *w) {
    IpcSlice holds = ipc_buf_slice(&w->gil_holds);
    if (holds.len == 0) return;
    if (ipc_session_out(&w->session).len > MOST_UNSENT) {
        w->gil_dropped += holds.len / IPC_GIL_HOLD_BYTES;
    } else {
        IpcGilEvent event = {
            .pid = (uint64_t)getpid(), .job = w->job, .holds = holds, .dropped = w->gil_dropped};
        ipc_session_notify(&w->session, IPC_M_JOB_GIL, &event);
        w->gil_dropped = 0;
    }
    ipc_buf_clear(&w->gil_holds);
}

static void on_hold(void *ctx, uint64_t thread, uint64_t start_ns, uint64_t ns) {
    Worker *w = ctx;
    uint8_t bytes[IPC_GIL_HOLD_BYTES];
    ipc_gil_hold_write(bytes, &(IpcGilHold){thread, start_ns, ns});
    if (w->gil_holds.len >= BATCH_BYTES) send_batch(w);
    ipc_buf_append(&w->gil_holds, bytes, sizeof bytes);
}

void gil_watch_begin(Worker *w) { gil_watch(w->gil_events ? on_hold : NULL, w); }

void gil_watch_end(Worker *w) {
    gil_tell_hold();
    gil_watch(NULL, NULL);
    send_batch(w);
}

void gil_watch_change(Worker *w, bool wanted) {
    if (w->gil_events == wanted) return;
    if (w->job) gil_watch_end(w);
    w->gil_events = wanted;
    if (w->job) gil_watch_begin(w);
}

void gil_watch_tick(Worker *w) {
    if (!w->gil_events) return;
    if (w->gil_holds.len == 0) gil_tell_hold(); /* a long one is shown while it lasts */
    send_batch(w);
}
