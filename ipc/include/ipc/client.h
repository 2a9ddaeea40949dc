/* The blocking client: submits jobs to an Atoll server over its unix socket.
 *
 *     IpcError error;
 *     IpcClient *client = ipc_client_connect("/run/atoll.sock", NULL, &error);
 *     if (!client) die(error.text);
 *
 *     IpcSubmit submit = {.source = ipc_str("print('hello')\n6 * 7\n"), .want_output = true};
 *     uint64_t job;
 *     if (ipc_client_submit(client, &submit, &job, &error)) die(error.text);
 *
 *     IpcClientEvent event;
 *     while (ipc_client_next(client, &event, -1, &error) == IPC_OK) {
 *         if (event.method == IPC_M_ON_OUTPUT) {
 *             fwrite(event.record->output.data.ptr, 1, event.record->output.data.len, stdout);
 *         } else if (event.method == IPC_M_ON_OUTCOME) {
 *             puts(ipc_verdict_name(event.record->outcome.verdict));
 *             break;
 *         }
 *     }
 *     ipc_client_close(client);
 *
 * (The whole program is examples/c_client.) Many jobs in flight: ipc_client_post() with a tag of your own, as
 * often as you like, then ipc_client_next(); posts are gathered and written in large pieces. Every event of
 * such a job carries the tag.
 *
 * One thread per client. Lifetimes: what an event or a result points to is valid until the next call on the
 * client. A client whose call returned IPC_E_CLOSED, IPC_E_SYSTEM, IPC_E_NO_MEMORY or a frame's error is
 * broken: only ipc_client_close() helps. The application should ignore nothing: no signal handler is
 * installed, no global state touched.
 */
#ifndef IPC_CLIENT_H
#define IPC_CLIENT_H

#include <ipc/graph.h>
#include <ipc/rpc.h>
#include <ipc/session.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct IpcClient IpcClient;

typedef struct IpcClientOptions {
    const char *name;       /* for hello; "c-client" when NULL */
    const char *version;    /* "0" when NULL */
    int connect_timeout_ms; /* connect and hello together; 0: 5000 */
    int call_timeout_ms;    /* for the calls below that wait for an answer; 0: 30000; -1: for ever */
    IpcCaps caps;           /* zeros: the defaults */
    const IpcAlloc *alloc;  /* NULL: malloc */
} IpcClientOptions;

/* Connects and says hello. NULL with *error: SOCKET_ABSENT, REFUSED, NO_ACCESS, NOT_ATOLL (something else
 * answered, or not in our language), BAD_VERSION, TIMEOUT, BAD_VALUE (path too long), SYSTEM, NO_MEMORY.
 * Options may be NULL. */
IpcClient *ipc_client_connect(const char *path, const IpcClientOptions *options, IpcError *error);

/* The same on a connected stream socket, which the client then owns (closed on failure too). */
IpcClient *ipc_client_adopt(int fd, const IpcClientOptions *options, IpcError *error);

/* Closes the connection and frees everything. NULL is fine. Running jobs end as their on_disconnect says. */
void ipc_client_close(IpcClient *client);

/* The server's hello. Borrowed. */
const IpcPeer *ipc_client_peer(const IpcClient *client);

/* For poll(2): readable means ipc_client_next(client, ..., 0, ...) may have something. Not to be read or
 * written. */
int ipc_client_fd(const IpcClient *client);

/* ---- jobs */

/* Submits one job and waits for its id. Events arriving meanwhile are kept for ipc_client_next(). The error
 * may be the server's refusal (QUEUE_FULL, ...). */
IpcCode ipc_client_submit(IpcClient *client, const IpcSubmit *submit, uint64_t *job, IpcError *error);

/* Submits without waiting; the answer comes as an event with method IPC_M_SUBMIT, and every event of the job
 * carries `tag`. May write (and read) when much has gathered. */
IpcCode ipc_client_post(IpcClient *client, const IpcSubmit *submit, uint64_t tag, IpcError *error);

typedef struct IpcClientEvent {
    IpcMethod method;  /* IPC_M_ON_OUTPUT, IPC_M_ON_OUTCOME, ...: record holds the notification.
                          IPC_M_SUBMIT: answer to a post; error.code IPC_OK: record->submitted; else refused:
                          error */
    uint64_t job;      /* 0 when it belongs to no job */
    uint64_t tag;      /* of ipc_client_post(), 0 for other jobs */
    IpcRecord *record;
    IpcError error;
} IpcClientEvent;

/* Writes what has gathered, then waits for the next event. IPC_OK; IPC_E_TIMEOUT after timeout_ms (-1: never,
 * 0: at once); IPC_E_CLOSED and others: broken. */
IpcCode ipc_client_next(IpcClient *client, IpcClientEvent *event, int timeout_ms, IpcError *error);

/* Waits for the outcome of one job; its other events so far, and those of other jobs, are kept for
 * ipc_client_next(). With many jobs in flight use ipc_client_next() instead: this searches what is kept. */
IpcCode ipc_client_wait(IpcClient *client, uint64_t job, int timeout_ms, IpcClientEvent *event,
                        IpcError *error);

/* *found (may be NULL): whether the job was queued or running. The outcome still comes as an event. */
IpcCode ipc_client_cancel(IpcClient *client, uint64_t job, bool *found, IpcError *error);

/* The same for raising KeyboardInterrupt in it, which it may catch and go on. */
IpcCode ipc_client_interrupt(IpcClient *client, uint64_t job, bool *found, IpcError *error);

/* Takes over the events of a detached job, from now on; a finished job's outcome is sent again. */
IpcCode ipc_client_attach(IpcClient *client, uint64_t job, IpcError *error);

/* Feeds the stdin of a job that was submitted with stdin_mode "stream". Written at once. */
IpcCode ipc_client_input(IpcClient *client, uint64_t job, const void *bytes, size_t length, bool eof,
                         IpcError *error);

/* Answers an event IPC_M_ON_FILE_REQUEST of a job that was submitted with sources.on_demand; <ipc/files.h>
 * has the check of its path. Written at once. */
IpcCode ipc_client_file(IpcClient *client, const IpcFile *file, IpcError *error);

/* ---- the server */

/* *status is valid until the next call. Its workers: ipc_list_reader() and ipc_record_read(...,
 * IPC_REC_WorkerStatus, ...). */
IpcCode ipc_client_status(IpcClient *client, IpcStatus *status, IpcError *error);

/* Any other request (drain, stop, scale, reload, subscribe, ping): waits for its answer; *result (may be
 * NULL) is valid until the next call. */
IpcCode ipc_client_call(IpcClient *client, IpcMethod method, const void *params, IpcRecord **result,
                        IpcError *error);

/* Writes what ipc_client_post() has gathered. */
IpcCode ipc_client_flush(IpcClient *client, IpcError *error);

#ifdef __cplusplus
}
#endif
#endif
