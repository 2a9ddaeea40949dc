/* Sessions over blocking descriptors; see io_blocking.h. */
#include <ipc/io_blocking.h>

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { READ_MOST = 1 << 20, READ_FIRST = 64 << 10 };

uint64_t ipc_io_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* A timeout as a point in time, so that interrupted waits do not start anew. */
static uint64_t deadline_of(int timeout_ms) {
    return timeout_ms < 0 ? UINT64_MAX : ipc_io_now_ns() + (uint64_t)timeout_ms * 1000000u;
}

static int left_ms(uint64_t deadline) {
    if (deadline == UINT64_MAX) return -1;
    uint64_t now = ipc_io_now_ns();
    if (now >= deadline) return 0;
    uint64_t ms = (deadline - now + 999999) / 1000000;
    return ms > 1 << 30 ? 1 << 30 : (int)ms;
}

static IpcCode system_error(IpcError *error, const char *what) {
    return ipc_fail(error, IPC_E_SYSTEM, "%s: %s", what, strerror(errno));
}

/* IPC_OK when one of `events` (or an error condition, which the following call will report) is there. */
static IpcCode wait_for(int fd, short events, short *got, uint64_t deadline, IpcError *error) {
    for (;;) {
        struct pollfd one = {.fd = fd, .events = events};
        int n = poll(&one, 1, left_ms(deadline));
        if (n > 0) {
            if (got) *got = one.revents;
            return IPC_OK;
        }
        if (n == 0) {
            if (left_ms(deadline) == 0) return ipc_fail(error, IPC_E_TIMEOUT, NULL);
        } else if (errno != EINTR) {
            return system_error(error, "poll");
        }
    }
}

/* write(2) without SIGPIPE where the descriptor is a socket. */
static ssize_t write_some(int fd, IpcSlice bytes) {
    ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
    if (n < 0 && errno == ENOTSOCK) n = write(fd, bytes.ptr, bytes.len);
    return n;
}

/* Writes once. IPC_OK also when nothing could be written now. */
static IpcCode push(IpcSession *session, int fd, IpcError *error) {
    IpcSlice out = ipc_session_out(session);
    ssize_t n = write_some(fd, out);
    if (n >= 0) {
        ipc_session_sent(session, (size_t)n);
        return IPC_OK;
    }
    if (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) return IPC_OK;
    if (errno == EPIPE || errno == ECONNRESET) return ipc_fail(error, IPC_E_CLOSED, NULL);
    return system_error(error, "write");
}

IpcCode ipc_io_flush(IpcSession *session, int fd, int timeout_ms, IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    IpcCode code = IPC_OK;
    while (!code && ipc_session_out(session).len) {
        if (timeout_ms >= 0) code = wait_for(fd, POLLOUT, NULL, deadline, error);
        size_t before = ipc_session_out(session).len;
        if (!code) code = push(session, fd, error);
        /* Non-blocking and full: wait. */
        if (!code && timeout_ms < 0 && ipc_session_out(session).len == before) {
            code = wait_for(fd, POLLOUT, NULL, deadline, error);
        }
    }
    return code;
}

/* Reads once. *got: whether anything came. Room grows with what is already pending, so that large messages
 * need few calls. */
static IpcCode pull(IpcSession *session, int fd, bool *got, IpcError *error) {
    size_t room, want = ipc_frames_pending(&session->in) + READ_FIRST;
    *got = false;
    char *at = ipc_session_space(session, want < READ_MOST ? want : READ_MOST, &room);
    if (!at) return ipc_fail(error, IPC_E_NO_MEMORY, NULL);
    ssize_t n = read(fd, at, room < READ_MOST ? room : READ_MOST);
    if (n > 0) {
        ipc_session_fed(session, (size_t)n);
        *got = true;
        return IPC_OK;
    }
    if (n == 0 || errno == ECONNRESET) return ipc_fail(error, IPC_E_CLOSED, NULL);
    if (errno == EINTR || errno == EAGAIN || errno == EWOULDBLOCK) return IPC_OK;
    return system_error(error, "read");
}

IpcCode ipc_io_fill(IpcSession *session, int fd, int timeout_ms, IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    for (;;) {
        bool got;
        IpcCode code = IPC_OK;
        if (timeout_ms >= 0) code = wait_for(fd, POLLIN, NULL, deadline, error);
        if (!code) code = pull(session, fd, &got, error);
        if (code || got) return code;
        if (timeout_ms < 0 && (code = wait_for(fd, POLLIN, NULL, deadline, error))) return code;
    }
}

IpcCode ipc_io_exchange(IpcSession *session, int fd, bool want_read, int timeout_ms, IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    for (;;) {
        IpcCode code;
        bool got = false;
        short ready = 0, events = POLLIN;
        code = ipc_session_out(session).len ? push(session, fd, error) : IPC_OK;
        if (code == IPC_E_CLOSED && !pull(session, fd, &got, NULL) && got) return IPC_OK; /* its last words */
        if (code) return code;
        if (ipc_session_out(session).len) events |= POLLOUT;
        else if (!want_read) return IPC_OK;
        if ((code = wait_for(fd, events, &ready, deadline, error))) return code;
        if ((ready & ~POLLOUT) && (code = pull(session, fd, &got, error))) return code;
        if (got && want_read) return IPC_OK;
    }
}
