/* Why a worker died, and what that means for the job it ran. No two causes share a verdict.
 *
 * The facts are the status from wait and what the supervisor itself did and saw. A kill of ours explains a
 * SIGKILL; any other way to die is the worker's own and is told as such, even if we were about to kill it. */
#ifndef ATOLL_DEATHS_H
#define ATOLL_DEATHS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/resource.h>

#include <ipc/rpc.h>

/* Why we sent SIGKILL. */
typedef enum {
    KILL_NONE,
    KILL_TIMEOUT,  /* the job was over its wall-clock limit and did not end when asked */
    KILL_CANCEL,   /* the job was cancelled and did not end when asked */
    KILL_PROTOCOL, /* the worker broke the protocol, or closed its pipe and stayed */
    KILL_START,    /* it did not say hello in time */
    KILL_STOP,     /* the pool stops now */
    KILL_RETIRE,   /* it let a job run over its time: it is not used again */
    KILL_LEAVE,    /* it was told to leave and stayed */
    KILL_CPU,      /* the job was over its processor-time limit and did not end by itself */
    KILL_SILENT,   /* it had no job, or had not begun it, and did not answer */
} KillReason;

/* Why a worker that was told to leave was. */
typedef enum { LEAVE_RELEASED, LEAVE_RECYCLED, LEAVE_USED, LEAVE_STOPPED } LeaveReason;

/* What is known of an end. */
typedef struct {
    int wait_status;
    bool status_known;
    KillReason reason;
    bool told_to_leave;    /* it was asked to go, because of `leave` */
    LeaveReason leave;
    bool was_ready;        /* once */
    const char *violation; /* what was wrong when reason is KILL_PROTOCOL, or NULL */
    const char *oom;       /* evidence that the kernel killed for want of memory, or NULL */
} DeathFacts;

typedef struct {
    IpcDeathCause cause;
    IpcVerdict verdict; /* of the job that it ran */
    int signal;         /* 0: it exited */
    int exit_code;
    bool expected;  /* it was told to go: not a failure */
    char text[240]; /* for people: "killed by SIGSEGV", "exited with code 3", ... */
} Death;

void death_judge(Death *death, const DeathFacts *facts);

/* "SIGSEGV"; "signal 99" for an unknown number, written into `scratch`. */
const char *death_signal_name(int number, char *scratch, size_t capacity);

#endif
