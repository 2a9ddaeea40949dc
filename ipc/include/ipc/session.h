/* One connection's protocol state, without any I/O: bytes in, events out; calls in, bytes out.
 *
 *            ipc_session_space/_fed            ipc_session_next
 *   read ──────────────────────────► session ──────────────────► owner
 *  write ◄────────────────────────── session ◄────────────────── owner
 *            ipc_session_take/_sent            _call _notify _reply _refuse
 *
 * STATES: HELLO (nothing but hello may pass) → OPEN → CLOSED (after a fatal error; nothing is read any more,
 * what is in the output should still be written, then the connection closed).
 *
 * ROLES: the opening side (CLIENT, and SUPERVISOR towards a worker) calls hello; the answering side (SERVER
 * towards a client, and WORKER) replies. The session checks the phase and the version, remembers the peer's
 * hello, answers a wrong one with bad-version and closes.
 *
 * WHAT THE SESSION ANSWERS BY ITSELF: an unknown method, wrong params, the wrong phase: a request gets the
 * structured error, the owner gets an IPC_EV_BAD with the same error (it may ignore it, count it, or close)
 * and the session goes on. A broken frame: IPC_EV_FATAL, the session is CLOSED; the answering side also sends
 * the peer a response [1, 0, error, nil] (no call has id 0).
 *
 * PENDING: each call has an id, a deadline and the owner's 64-bit tag; its response or its timeout comes back
 * as an event with that tag, exactly once. A response that nobody waits for is IPC_EV_BAD (unknown-id).
 *
 * Time is the caller's: any monotonic nanoseconds. Not thread-safe; one thread per session.
 */
#ifndef IPC_SESSION_H
#define IPC_SESSION_H

#include <ipc/idmap.h>
#include <ipc/rpc.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum IpcRole {
    IPC_ROLE_CLIENT,     /* sends C2S, gets S2C */
    IPC_ROLE_SERVER,     /* sends S2C, gets C2S */
    IPC_ROLE_SUPERVISOR, /* sends S2W, gets W2S */
    IPC_ROLE_WORKER,     /* sends W2S, gets S2W */
} IpcRole;

typedef enum IpcSessionState { IPC_SESSION_HELLO, IPC_SESSION_OPEN, IPC_SESSION_CLOSED } IpcSessionState;

typedef struct IpcSessionConfig {
    IpcRole role;
    const char *name;       /* of this program, for hello; borrowed for the session's life */
    const char *version;
    uint64_t pid;
    IpcCaps caps;           /* what this side accepts; zeros: the defaults */
    const IpcAlloc *alloc;  /* NULL: malloc */
} IpcSessionConfig;

typedef struct IpcPeer {
    char name[64];
    char version[64];
    uint64_t pid;
    IpcCaps caps; /* what the other side accepts; zeros replaced by the defaults */
} IpcPeer;

typedef struct IpcPending {
    uint32_t id;
    IpcMethod method;
    uint64_t tag;
    uint64_t deadline_ns; /* 0: none */
} IpcPending;

/* Fields are private, but for `state` and `peer`, which may be read. */
typedef struct IpcSession {
    IpcSessionState state;
    IpcPeer peer;
    IpcSessionConfig config;
    IpcFrames in;
    IpcBuf out;
    size_t out_sent; /* bytes at its front that have been sent */
    uint32_t next_id;
    IpcPending *pending; /* dense; by_id finds the place */
    uint32_t pending_len, pending_cap;
    IpcIdMap by_id;
    uint64_t soonest_ns; /* not later than the earliest deadline; UINT64_MAX: none */
    bool hello_sent;
    IpcError fatal;
    IpcRecord record;    /* what the last event points to */
} IpcSession;

typedef enum IpcEventKind {
    IPC_EV_HELLO,   /* the connection is open, session->peer is filled; on the answering side the reply is
                       already in the output.   For a worker `record->worker_hello` holds the settings */
    IPC_EV_REQUEST, /* method, id, record: answer with _reply or _refuse, now or later */
    IPC_EV_NOTIFICATION, /* method, record */
    IPC_EV_RESPONSE,     /* method (of the call), tag, id, record = its result */
    IPC_EV_FAILURE, /* method, tag, id, error: the peer refused the call (IPC_E_TIMEOUT: it did not answer) */
    IPC_EV_BAD, /* error: one message was wrong; if it was a request it has been answered; the session goes on
                 */
    IPC_EV_FATAL, /* error: the session is closed */
} IpcEventKind;

typedef struct IpcEvent {
    IpcEventKind kind;
    IpcMethod method;   /* IPC_M_NONE where unknown */
    uint32_t id;
    uint64_t tag;
    IpcRecord *record;  /* in the session; its slices are valid until the next _space, _feed or _next */
    IpcSlice frame;     /* the whole message as it came, the same validity; copy this to keep the record */
    IpcSlice params;    /* within it: the params or result map, for ipc_record_decode() on a copy */
    IpcError error;
} IpcEvent;

/* The config is copied, its strings are not. Never fails (nothing is allocated yet). */
void ipc_session_init(IpcSession *session, const IpcSessionConfig *config);
void ipc_session_free(IpcSession *session);

/* ---- incoming */

/* As ipc_frames_space / _fed / _feed. */
char *ipc_session_space(IpcSession *session, size_t want, size_t *room);
void ipc_session_fed(IpcSession *session, size_t n);
IpcCode ipc_session_feed(IpcSession *session, const void *bytes, size_t n);

/* True and the next event, or false: more bytes are needed (or the session is closed and has said so). */
bool ipc_session_next(IpcSession *session, IpcEvent *event);

/* The stream ended: IPC_OK, or IPC_E_TRUNCATED when it ended inside a message. The session is CLOSED. */
IpcCode ipc_session_eof(IpcSession *session);

/* ---- outgoing: each appends one message to the output; nothing is sent before the owner takes it.
 * IPC_E_WRONG_PHASE before hello is through (but for hello itself) and after CLOSED; IPC_E_TOO_LARGE above
 * the peer's max_message (the output is as before); IPC_E_NO_MEMORY. */

/* The opening side's first call. `settings` is for IPC_ROLE_SUPERVISOR: further WorkerHello fields (protocol,
 * name, version, pid and caps are filled in here); NULL for a client. */
IpcCode ipc_session_hello(IpcSession *session, const IpcWorkerHello *settings, uint64_t deadline_ns);

/* *id may be NULL. deadline_ns 0: none. */
IpcCode ipc_session_call(IpcSession *session, IpcMethod method, const void *params, uint64_t tag,
                         uint64_t deadline_ns, uint32_t *id);
IpcCode ipc_session_notify(IpcSession *session, IpcMethod method, const void *params);
IpcCode ipc_session_reply(IpcSession *session, uint32_t id, IpcMethod method, const void *result);
IpcCode ipc_session_refuse(IpcSession *session, uint32_t id, IpcCode code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Appends bytes that are whole messages already (one encoding for many subscribers). */
IpcCode ipc_session_append(IpcSession *session, IpcSlice messages);

/* Bytes waiting to be written. For a blocking writer: look, write, then ipc_session_sent(what was written).
 */
IpcSlice ipc_session_out(const IpcSession *session);
void ipc_session_sent(IpcSession *session, size_t n);

/* For an asynchronous writer: swaps the output with *buf (which is cleared first, and must use the same
 * allocator), so that the bytes stay put until the write is done and further messages gather meanwhile. */
void ipc_session_take(IpcSession *session, IpcBuf *buf);

/* ---- deadlines */

/* No call's deadline is before this time (UINT64_MAX: none has one). Cheap; may be early, never late. */
uint64_t ipc_session_soonest(const IpcSession *session);

/* True and an IPC_EV_FAILURE with IPC_E_TIMEOUT for one overdue call; call until false. */
bool ipc_session_expire(IpcSession *session, uint64_t now_ns, IpcEvent *event);

/* Calls without an answer so far. */
uint32_t ipc_session_pending(const IpcSession *session);

#ifdef __cplusplus
}
#endif
#endif
