#include "deaths.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

const char *death_signal_name(int number, char *scratch, size_t capacity) {
    const char *short_name = number > 0 ? sigabbrev_np(number) : NULL;
    if (short_name) snprintf(scratch, capacity, "SIG%s", short_name);
    else snprintf(scratch, capacity, "signal %d", number);
    return scratch;
}

typedef struct {
    IpcDeathCause cause;
    IpcVerdict verdict;
    bool expected;
    const char *text;
} KillRow;

static const KillRow kill_rows[] = {
    [KILL_TIMEOUT] = {IPC_DEATH_TIMEOUT_WALL, IPC_VERDICT_TIMEOUT_WALL, false,
                      "killed: over its wall-clock limit and did not stop when asked"},
    [KILL_CPU] = {IPC_DEATH_TIMEOUT_CPU, IPC_VERDICT_TIMEOUT_CPU, false,
                  "killed: over its processor-time limit and did not stop by itself"},
    [KILL_CANCEL] = {IPC_DEATH_CANCEL, IPC_VERDICT_CANCELLED, false,
                     "killed: cancelled and did not stop when asked"},
    [KILL_PROTOCOL] = {IPC_DEATH_PROTOCOL, IPC_VERDICT_PROTOCOL, false, "killed: broke the protocol"},
    [KILL_SILENT] = {IPC_DEATH_HEARTBEAT, IPC_VERDICT_LOST, false, "killed: it did not answer while no job of it ran"},
    [KILL_START] = {IPC_DEATH_START, IPC_VERDICT_INTERNAL, false, "killed: was not ready in time"},
    [KILL_STOP] = {IPC_DEATH_STOPPED, IPC_VERDICT_CANCELLED, true, "killed: the pool was stopped"},
    [KILL_RETIRE] = {IPC_DEATH_RETIRED, IPC_VERDICT_LOST, true, "killed: not used again after a timeout"},
    [KILL_LEAVE] = {IPC_DEATH_STAYED, IPC_VERDICT_LOST, true, "killed: was told to leave and stayed"},
};

static const struct {
    IpcDeathCause cause;
    const char *text;
} leave_rows[] = {
    [LEAVE_RELEASED] = {IPC_DEATH_RELEASED, "left: the pool needs fewer"},
    [LEAVE_RECYCLED] = {IPC_DEATH_RECYCLED, "left: recycled"},
    [LEAVE_USED] = {IPC_DEATH_USED, "left: its one job has ended"},
    [LEAVE_STOPPED] = {IPC_DEATH_STOPPED, "left: the pool was stopped"},
};

static void judge_kill(Death *death, const DeathFacts *facts) {
    const KillRow *row = &kill_rows[facts->reason];
    bool told = facts->reason == KILL_PROTOCOL && facts->violation;
    death->cause = row->cause;
    death->verdict = row->verdict;
    death->expected = row->expected;
    snprintf(death->text, sizeof death->text, told ? "%s: %s" : "%s", row->text, facts->violation);
}

static const struct {
    int number;
    IpcDeathCause cause;
    IpcVerdict verdict;
} signal_rows[] = {
    {SIGSEGV, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},   {SIGBUS, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},
    {SIGFPE, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},    {SIGILL, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},
    {SIGABRT, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},   {SIGTRAP, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},
    {SIGKILL, IPC_DEATH_KILLED, IPC_VERDICT_SIGNAL},  {SIGSYS, IPC_DEATH_SYSCALL, IPC_VERDICT_SYSCALL},
    {SIGXCPU, IPC_DEATH_RLIMIT, IPC_VERDICT_RLIMIT},  {SIGXFSZ, IPC_DEATH_RLIMIT, IPC_VERDICT_RLIMIT},
    {0, IPC_DEATH_SIGNAL, IPC_VERDICT_SIGNAL}, /* any other */
};

static const char *signal_note(IpcDeathCause cause) {
    switch (cause) {
    case IPC_DEATH_SYSCALL:
        return ": a forbidden system call";
    case IPC_DEATH_RLIMIT:
        return ": a limit of the operating system";
    default:
        return "";
    }
}

static void judge_signal(Death *death, const char *oom) {
    char name[24];
    int row = 0;
    while (signal_rows[row].number && signal_rows[row].number != death->signal)
        row++;
    death->cause = signal_rows[row].cause;
    death->verdict = signal_rows[row].verdict;
    const char *note = signal_note(death->cause);
    death_signal_name(death->signal, name, sizeof name);
    if (death->signal == SIGKILL && oom) {
        death->cause = IPC_DEATH_OOM;
        death->verdict = IPC_VERDICT_OOM;
        snprintf(death->text, sizeof death->text, "killed by %s, it seems by the kernel for want of memory: %s", name,
                 oom);
        return;
    }
    snprintf(death->text, sizeof death->text, "killed by %s%s", name, note);
}

static void judge_exit(Death *death, const DeathFacts *facts) {
    death->verdict = IPC_VERDICT_LOST;
    death->expected = facts->told_to_leave;
    death->cause = !facts->was_ready ? IPC_DEATH_START : IPC_DEATH_EXIT;
    if (death->expected) death->cause = leave_rows[facts->leave].cause;
    if (death->expected && death->exit_code == 0)
        snprintf(death->text, sizeof death->text, "%s", leave_rows[facts->leave].text);
    else snprintf(death->text, sizeof death->text, "exited with code %d", death->exit_code);
}

void death_judge(Death *death, const DeathFacts *facts) {
    *death = (Death){0};
    if (!facts->status_known) {
        death->verdict = IPC_VERDICT_LOST;
        death->expected = facts->told_to_leave;
        snprintf(death->text, sizeof death->text, "ended, nobody knows how");
        return;
    }
    if (WIFEXITED(facts->wait_status)) {
        death->exit_code = WEXITSTATUS(facts->wait_status);
        /* One that broke the protocol may end by itself before the kill reaches it. */
        if (facts->reason == KILL_PROTOCOL) judge_kill(death, facts);
        else judge_exit(death, facts);
        return;
    }
    death->signal = WTERMSIG(facts->wait_status);
    if (death->signal == SIGKILL && facts->reason != KILL_NONE) judge_kill(death, facts);
    else judge_signal(death, facts->oom);
}
