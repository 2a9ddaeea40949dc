/*
 * telemetry: what the worker writes on the page that the supervisor reads when it has died (ipc/telemetry.h).
 *
 * Idea. Single words are stored where they change: a job begins, the worker waits or sends. A position is published at each tick of
 * the timer that runs with a job anyway: by the evaluator at its safe point or, if that has not come round since the last tick
 * (native code does not come back), by the timer's signal handler. The handler of a fatal signal publishes a last one. So a position
 * is never older than two ticks, and Python's loop pays nothing for it.
 *
 * A handler looks at a heap that may be in the middle of a change, or be what the fault is about. So it walks under a guard: a fault
 * on the way leads back to it, and the position ends at the last call that was sound.
 *
 * Invariant: whoever publishes holds `busy`; nobody waits for it. All lies outside of the Python heaps.
 */
#ifndef ATOLL_RPC_TELEMETRY_H
#define ATOLL_RPC_TELEMETRY_H

#include <setjmp.h>
#include <sys/types.h>

#include <ipc/telemetry.h>

typedef struct Telemetry {
    IpcTelemetryPage *page; /* mapped, or a private one that nobody reads */
    bool busy;              /* atomic */
    pid_t guarded;          /* thread whose fault leads to `guard`; 0: none */
    sigjmp_buf guard;
} Telemetry;

struct Worker;

/* Maps the page of a descriptor and closes that; descriptor < 0: there is none, and a private page takes its place. 0, -1. */
int telemetry_open(Telemetry *t, int descriptor);
void telemetry_close(Telemetry *t);
/* Processes that this one will make do not have it. */
void telemetry_keep_from_forks(Telemetry *t);
/* Handlers of the signals that end a process for a fault of its own; for the rest of its life, and in its forks. */
void telemetry_watch_faults(void);

/* What it does from now on; the answer is what it did before. */
IpcActivity telemetry_doing(Telemetry *t, IpcActivity activity);
void telemetry_job(Telemetry *t, uint64_t job);
void telemetry_output(Telemetry *t, const char *data, size_t n);
/* The running job's position, at a safe point. */
void telemetry_publish(struct Worker *w);
/* At each tick, in its signal handler; missed: the tick before it has not been answered yet. */
void telemetry_beat(struct Worker *w, bool missed);

#endif
