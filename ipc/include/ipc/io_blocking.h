/* A session over blocking descriptors: a unix socket, or the worker's two pipes. The only file besides
 * client.c that makes system calls. EINTR is handled; SIGPIPE is the caller's to ignore on pipes (on sockets
 * MSG_NOSIGNAL is used).
 *
 * timeout_ms: -1 waits for ever, 0 does not wait.
 */
#ifndef IPC_IO_BLOCKING_H
#define IPC_IO_BLOCKING_H

#include <ipc/session.h>

#ifdef __cplusplus
extern "C" {
#endif

/* CLOCK_MONOTONIC. */
uint64_t ipc_io_now_ns(void);

/* Writes the session's whole output. IPC_OK, IPC_E_TIMEOUT (the rest stays), IPC_E_CLOSED, IPC_E_SYSTEM. */
IpcCode ipc_io_flush(IpcSession *session, int fd, int timeout_ms, IpcError *error);

/* Waits until there is something and reads once, as much as is there (up to 1 MiB). IPC_OK, IPC_E_TIMEOUT,
 * IPC_E_CLOSED (end of file: after the last ipc_session_next(), ipc_session_eof() tells whether it came
 * inside a message), IPC_E_NO_MEMORY, IPC_E_SYSTEM. */
IpcCode ipc_io_fill(IpcSession *session, int fd, int timeout_ms, IpcError *error);

/* Does both at once on one socket, so that two full buffers never wait for each other: returns when something
 * was read or, with want_read false, when all is written. The socket must be non-blocking. Events received
 * before a failure can still be had. */
IpcCode ipc_io_exchange(IpcSession *session, int fd, bool want_read, int timeout_ms, IpcError *error);

#ifdef __cplusplus
}
#endif
#endif
