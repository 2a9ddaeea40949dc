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
    IpcVerdict verdict;
    bool expected;
    const char *text;
} KillRow;

static const KillRow kill_rows[] = {
    [KILL_TIMEOUT] = {IPC_VERDICT_TIMEOUT_WALL, false,
                      "killed: over its wall-clock limit and did not stop when asked"},
    [KILL_CANCEL] = {IPC_VERDICT_CANCELLED, false, "killed: cancelled and did not stop when asked"},
    [KILL_PROTOCOL] = {IPC_VERDICT_PROTOCOL, false, "killed: broke the protocol"},
    [KILL_START] = {IPC_VERDICT_INTERNAL, false, "killed: was not ready in time"},
    [KILL_STOP] = {IPC_VERDICT_CANCELLED, true, "killed: the pool was stopped"},
    [KILL_RETIRE] = {IPC_VERDICT_LOST, true, "killed: not used again after a timeout"},
    [KILL_LEAVE] = {IPC_VERDICT_LOST, true, "killed: was told to leave and stayed"},
};

static void judge_kill(Death *death, KillReason reason, const char *violation) {
    const KillRow *row = &kill_rows[reason];
    death->verdict = row->verdict;
    death->expected = row->expected;
    snprintf(death->text, sizeof death->text, violation && reason == KILL_PROTOCOL ? "%s: %s" : "%s",
             row->text, violation);
}

static void judge_signal(Death *death, int number) {
    char name[24];
    switch (number) {
    case SIGSYS:
        death->verdict = IPC_VERDICT_SYSCALL;
        break;
    case SIGXCPU:
        death->verdict = IPC_VERDICT_TIMEOUT_CPU;
        break;
    default:
        death->verdict = IPC_VERDICT_SIGNAL;
        break;
    }
    snprintf(death->text, sizeof death->text, "killed by %s", death_signal_name(number, name, sizeof name));
}

static void judge_exit(Death *death, bool told_to_leave) {
    death->verdict = IPC_VERDICT_LOST;
    death->expected = told_to_leave;
    snprintf(death->text, sizeof death->text, "exited with code %d", death->exit_code);
}

void death_judge(Death *death, int wait_status, KillReason reason, bool told_to_leave,
                 const char *violation) {
    *death = (Death){0};
    if (WIFEXITED(wait_status)) {
        death->exit_code = WEXITSTATUS(wait_status);
        /* One that broke the protocol may end by itself before the kill reaches it. */
        if (reason == KILL_PROTOCOL) judge_kill(death, reason, violation);
        else judge_exit(death, told_to_leave);
        return;
    }
    death->signal = WTERMSIG(wait_status);
    if (death->signal == SIGKILL && reason != KILL_NONE) judge_kill(death, reason, violation);
    else judge_signal(death, death->signal);
}
