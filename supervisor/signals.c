#include "signals.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

int signals_open(const int *numbers, size_t count) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < count; i++)
        sigaddset(&set, numbers[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

int signals_open_ending(void) {
    return signals_open((const int[]){SIGINT, SIGTERM}, 2);
}

int signals_take(int signals) {
    struct signalfd_siginfo info;
    return read(signals, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}

IpcCode signals_or_next(int signals, IpcClient *client, IpcClientEvent *event, int timeout_ms, int *signal,
                        IpcError *error) {
    *signal = signals_take(signals);
    if (*signal) return IPC_E_TIMEOUT;
    IpcCode code = ipc_client_next(client, event, 0, error);
    if (code != IPC_E_TIMEOUT) return code;
    struct pollfd waits[2] = {{.fd = ipc_client_fd(client), .events = POLLIN}, {.fd = signals, .events = POLLIN}};
    if (poll(waits, 2, timeout_ms) <= 0) return IPC_E_TIMEOUT;
    *signal = signals_take(signals);
    return *signal ? IPC_E_TIMEOUT : ipc_client_next(client, event, 0, error);
}
