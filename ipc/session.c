/* One connection's protocol state; see session.h. */
#include "internal.h"

#include <ipc/session.h>

#include <stdarg.h>
#include <stdio.h>

enum { KEEP_OUTPUT = 4 << 20 }; /* an empty output buffer above this is given back */

typedef struct RoleInfo {
    uint8_t in, out;    /* IpcDirection */
    bool opens;
    IpcMethod hello;
} RoleInfo;

static const RoleInfo roles[] = {
    [IPC_ROLE_CLIENT] = {IPC_S2C, IPC_C2S, true, IPC_M_HELLO},
    [IPC_ROLE_SERVER] = {IPC_C2S, IPC_S2C, false, IPC_M_HELLO},
    [IPC_ROLE_SUPERVISOR] = {IPC_W2S, IPC_S2W, true, IPC_M_WORKER_HELLO},
    [IPC_ROLE_WORKER] = {IPC_S2W, IPC_W2S, false, IPC_M_WORKER_HELLO},
};

static const RoleInfo *role_of(const IpcSession *session) { return &roles[session->config.role]; }

static IpcCaps effective_caps(IpcCaps caps) {
    if (caps.max_message == 0) caps.max_message = IPC_DEFAULT_MAX_MESSAGE;
    if (caps.max_depth == 0) caps.max_depth = IPC_DEFAULT_MAX_DEPTH;
    if (caps.max_nodes == 0) caps.max_nodes = IPC_DEFAULT_MAX_NODES;
    return caps;
}

void ipc_session_init(IpcSession *session, const IpcSessionConfig *config) {
    memset(session, 0, sizeof *session);
    session->config = *config;
    session->config.caps = effective_caps(config->caps);
    session->peer.caps = effective_caps((IpcCaps){0});
    session->next_id = 1;
    session->soonest_ns = UINT64_MAX;
    IpcFrameLimits limits = {session->config.caps.max_message, session->config.caps.max_nodes, 0};
    ipc_frames_init(&session->in, &limits, config->alloc);
    ipc_buf_init(&session->out, config->alloc);
    ipc_idmap_init(&session->by_id, config->alloc);
}

void ipc_session_free(IpcSession *session) {
    ipc_frames_free(&session->in);
    ipc_buf_free(&session->out);
    ipc_idmap_free(&session->by_id);
    ipc_free(session->config.alloc, session->pending);
    session->pending = NULL;
    session->pending_len = session->pending_cap = 0;
    session->state = IPC_SESSION_CLOSED;
}

/* ---------------------------------------------------------------- pending */

static IpcCode pending_add(IpcSession *session, IpcPending call) {
    if (session->pending_len == session->pending_cap) {
        uint32_t cap = session->pending_cap ? session->pending_cap * 2 : 16;
        IpcPending *bigger = ipc_realloc(session->config.alloc, session->pending, cap * sizeof *bigger);
        if (!bigger) return IPC_E_NO_MEMORY;
        session->pending = bigger;
        session->pending_cap = cap;
    }
    if (!ipc_idmap_add(&session->by_id, call.id, session->pending_len, NULL)) return IPC_E_NO_MEMORY;
    session->pending[session->pending_len++] = call;
    if (call.deadline_ns && call.deadline_ns < session->soonest_ns) session->soonest_ns = call.deadline_ns;
    return IPC_OK;
}

/* Takes a call out; the last one moves to its place. */
static bool pending_take(IpcSession *session, uint32_t id, IpcPending *call) {
    uint64_t place;
    if (!id || !ipc_idmap_remove(&session->by_id, id, &place)) return false;
    *call = session->pending[place];
    IpcPending last = session->pending[--session->pending_len];
    if (last.id != id) {
        session->pending[place] = last;
        *ipc_idmap_find(&session->by_id, last.id) = place;
    }
    return true;
}

uint32_t ipc_session_pending(const IpcSession *session) { return session->pending_len; }
uint64_t ipc_session_soonest(const IpcSession *session) { return session->soonest_ns; }

bool ipc_session_expire(IpcSession *session, uint64_t now_ns, IpcEvent *event) {
    if (now_ns < session->soonest_ns) return false;
    uint64_t soonest = UINT64_MAX;
    for (uint32_t i = 0; i < session->pending_len; i++) {
        uint64_t deadline = session->pending[i].deadline_ns;
        if (deadline && deadline <= now_ns) {
            IpcPending call;
            pending_take(session, session->pending[i].id, &call);
            *event =
                (IpcEvent){.kind = IPC_EV_FAILURE, .method = call.method, .id = call.id, .tag = call.tag};
            ipc_fail(&event->error, IPC_E_TIMEOUT, NULL);
            return true;
        }
        if (deadline && deadline < soonest) soonest = deadline;
    }
    session->soonest_ns = soonest;
    return false;
}

static uint32_t new_id(IpcSession *session) {
    uint32_t id;
    do {
        id = session->next_id++;
    } while (id == 0 || ipc_idmap_find(&session->by_id, id));
    return id;
}

/* --------------------------------------------------------------- outgoing */

/* Where the next message begins. What was sent is dropped from the front only here, and when it is at least half: so each byte is
 * moved once at most, however small the pieces are in which a large message leaves. */
static size_t begin(IpcSession *session) {
    if (session->out_sent > session->out.len / 2) {
        ipc_buf_drop_front(&session->out, session->out_sent);
        session->out_sent = 0;
    }
    return session->out.len;
}

/* After a message was appended from `start` on: keeps it, or takes it away again and says why. */
static IpcCode commit(IpcSession *session, size_t start) {
    IpcBuf *out = &session->out;
    IpcCode code = ipc_buf_failed(out);
    if (!code && out->len - start > session->peer.caps.max_message) code = IPC_E_TOO_LARGE;
    if (code) ipc_buf_truncate(out, start);
    return code;
}

static IpcCode check_open(const IpcSession *session) {
    return session->state == IPC_SESSION_OPEN ? IPC_OK : IPC_E_WRONG_PHASE;
}

static IpcCode call(IpcSession *session, IpcMethod method, const void *params, uint64_t tag,
                    uint64_t deadline_ns, uint32_t *id_out) {
    size_t start = begin(session);
    uint32_t id = new_id(session);
    ipc_write_request(&session->out, id, method, params);
    IpcCode code = commit(session, start);
    if (code) return code;
    code = pending_add(session,
                       (IpcPending){.id = id, .method = method, .tag = tag, .deadline_ns = deadline_ns});
    if (code) ipc_buf_truncate(&session->out, start);
    else if (id_out) *id_out = id;
    return code;
}

IpcCode ipc_session_call(IpcSession *session, IpcMethod method, const void *params, uint64_t tag,
                         uint64_t deadline_ns, uint32_t *id) {
    IpcCode code = check_open(session);
    return code ? code : call(session, method, params, tag, deadline_ns, id);
}

IpcCode ipc_session_hello(IpcSession *session, const IpcWorkerHello *settings, uint64_t deadline_ns) {
    const IpcSessionConfig *config = &session->config;
    const RoleInfo *role = role_of(session);
    if (session->state != IPC_SESSION_HELLO || session->hello_sent || !role->opens) return IPC_E_WRONG_PHASE;
    IpcHello hello = {IPC_PROTOCOL, ipc_str(config->name), ipc_str(config->version), config->pid,
                      config->caps};
    IpcWorkerHello worker = settings ? *settings : (IpcWorkerHello){0};
    worker.protocol = hello.protocol;
    worker.name = hello.name;
    worker.version = hello.version;
    worker.pid = hello.pid;
    worker.caps = hello.caps;
    bool to_worker = config->role == IPC_ROLE_SUPERVISOR;
    IpcCode code =
        call(session, role->hello, to_worker ? (void *)&worker : (void *)&hello, 0, deadline_ns, NULL);
    if (!code) session->hello_sent = true;
    return code;
}

IpcCode ipc_session_notify(IpcSession *session, IpcMethod method, const void *params) {
    IpcCode code = check_open(session);
    if (code) return code;
    size_t start = begin(session);
    ipc_write_notification(&session->out, method, params);
    return commit(session, start);
}

IpcCode ipc_session_reply(IpcSession *session, uint32_t id, IpcMethod method, const void *result) {
    IpcCode code = check_open(session);
    if (code) return code;
    size_t start = begin(session);
    ipc_write_response(&session->out, id, method, result);
    return commit(session, start);
}

static IpcCode refuse(IpcSession *session, uint32_t id, const IpcError *error) {
    if (session->state == IPC_SESSION_CLOSED) return IPC_E_WRONG_PHASE;
    size_t start = begin(session);
    ipc_write_failure(&session->out, id, error);
    return commit(session, start);
}

IpcCode ipc_session_refuse(IpcSession *session, uint32_t id, IpcCode code, const char *format, ...) {
    IpcError error = {.code = code};
    if (format) {
        char text[IPC_ERROR_TEXT];
        va_list args;
        va_start(args, format);
        vsnprintf(text, sizeof text, format, args);
        va_end(args);
        ipc_fail(&error, code, "%s", text);
    } else {
        ipc_fail(&error, code, NULL);
    }
    return refuse(session, id, &error);
}

IpcCode ipc_session_append(IpcSession *session, IpcSlice messages) {
    IpcCode code = check_open(session);
    if (code) return code;
    size_t start = begin(session);
    ipc_buf_append(&session->out, messages.ptr, messages.len);
    code = ipc_buf_failed(&session->out);
    if (code) ipc_buf_truncate(&session->out, start);
    return code;
}

IpcSlice ipc_session_out(const IpcSession *session) {
    size_t left = session->out.len - session->out_sent;
    return left ? ipc_slice(session->out.data + session->out_sent, left) : (IpcSlice){0};
}

void ipc_session_sent(IpcSession *session, size_t n) {
    session->out_sent += n;
    if (session->out_sent < session->out.len) return;
    session->out_sent = 0;
    ipc_buf_shrink(&session->out, KEEP_OUTPUT);
}

void ipc_session_take(IpcSession *session, IpcBuf *buf) {
    ipc_buf_shrink(buf, KEEP_OUTPUT);
    ipc_buf_drop_front(&session->out, session->out_sent);
    session->out_sent = 0;
    IpcBuf out = session->out;
    session->out = *buf;
    *buf = out;
}

/* --------------------------------------------------------------- incoming */

char *ipc_session_space(IpcSession *session, size_t want, size_t *room) {
    return ipc_frames_space(&session->in, want, room);
}

void ipc_session_fed(IpcSession *session, size_t n) { ipc_frames_fed(&session->in, n); }

IpcCode ipc_session_feed(IpcSession *session, const void *bytes, size_t n) {
    return session->state == IPC_SESSION_CLOSED ? IPC_E_CLOSED : ipc_frames_feed(&session->in, bytes, n);
}

IpcCode ipc_session_eof(IpcSession *session) {
    bool cut = session->state != IPC_SESSION_CLOSED && ipc_frames_pending(&session->in) > 0;
    session->state = IPC_SESSION_CLOSED;
    return cut ? IPC_E_TRUNCATED : IPC_OK;
}

/* The stream cannot go on. The answering side tells the other one why, under the id 0 that no call has. */
static void fatal(IpcSession *session, IpcEvent *event, const IpcError *error, uint32_t id) {
    if (!role_of(session)->opens) refuse(session, id, error);
    session->fatal = *error;
    session->state = IPC_SESSION_CLOSED;
    event->kind = IPC_EV_FATAL;
    event->error = *error;
}

static void bad(IpcSession *session, IpcEvent *event, const IpcError *error, bool answer) {
    if (answer) refuse(session, event->id, error);
    event->kind = IPC_EV_BAD;
    event->error = *error;
}

static void copy_text(char *to, size_t size, IpcSlice from) {
    size_t n = from.len < size - 1 ? from.len : size - 1;
    while (n > 0 && n < from.len && ((unsigned char)from.ptr[n] & 0xc0) == 0x80) n--;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)from.ptr[i];
        to[i] = c < 0x20 || c == 0x7f ? '?' : (char)c;
    }
    to[n] = 0;
}

static IpcCode greet(IpcSession *session, uint64_t protocol, IpcSlice name, IpcSlice version, uint64_t pid,
                     IpcCaps caps, IpcError *error) {
    if (protocol != IPC_PROTOCOL) {
        return ipc_fail(error, IPC_E_BAD_VERSION, "the other side speaks protocol %llu, this one %d",
                        (unsigned long long)protocol, IPC_PROTOCOL);
    }
    IpcPeer *peer = &session->peer;
    copy_text(peer->name, sizeof peer->name, name);
    copy_text(peer->version, sizeof peer->version, version);
    peer->pid = pid;
    peer->caps = effective_caps(caps);
    return IPC_OK;
}

/* The answering side's hello. */
static void on_hello(IpcSession *session, IpcEvent *event) {
    const IpcSessionConfig *config = &session->config;
    const IpcHello *h = &session->record.hello;
    const IpcWorkerHello *w = &session->record.worker_hello;
    IpcError error;
    IpcCode code = config->role == IPC_ROLE_WORKER
                       ? greet(session, w->protocol, w->name, w->version, w->pid, w->caps, &error)
                       : greet(session, h->protocol, h->name, h->version, h->pid, h->caps, &error);
    if (code) {
        fatal(session, event, &error, event->id);
        return;
    }
    IpcHello reply = {IPC_PROTOCOL, ipc_str(config->name), ipc_str(config->version), config->pid,
                      config->caps};
    session->state = IPC_SESSION_OPEN;
    code = ipc_session_reply(session, event->id, event->method, &reply);
    if (code) {
        ipc_fail(&error, code, NULL);
        fatal(session, event, &error, 0);
        return;
    }
    event->kind = IPC_EV_HELLO;
    event->record = &session->record;
}

/* The opening side's: the answer to its own. */
static void on_hello_reply(IpcSession *session, IpcEvent *event) {
    const IpcHello *h = &session->record.hello;
    IpcError error;
    if (greet(session, h->protocol, h->name, h->version, h->pid, h->caps, &error)) {
        fatal(session, event, &error, 0);
        return;
    }
    session->state = IPC_SESSION_OPEN;
    event->kind = IPC_EV_HELLO;
    event->record = &session->record;
}

static IpcCode check_phase(const IpcSession *session, IpcMethod method, IpcError *error) {
    bool first = ipc_method_info(method)->phase == IPC_FIRST;
    if (first == (session->state == IPC_SESSION_HELLO)) return IPC_OK;
    return ipc_fail(error, IPC_E_WRONG_PHASE, first ? "hello was said already" : "hello must come first");
}

static IpcCode resolve(const IpcSession *session, const IpcEnvelope *envelope, IpcMethod *method,
                       IpcError *error) {
    IpcSlice name = envelope->method;
    *method = ipc_method_find((IpcDirection)role_of(session)->in, name.ptr, name.len);
    if (*method == IPC_M_NONE) {
        ipc_fail(error, IPC_E_UNKNOWN_METHOD, "no such method in this direction: ");
        ipc_error_append(error, name.ptr, name.len, 40);
        return IPC_E_UNKNOWN_METHOD;
    }
    return check_phase(session, *method, error);
}

/* A request or a notification; which one a method is, messages.def says. */
static void on_incoming(IpcSession *session, const IpcEnvelope *envelope, IpcEvent *event) {
    bool request = envelope->kind == IPC_REQUEST;
    IpcError error;
    IpcCode code = resolve(session, envelope, &event->method, &error);
    event->params = envelope->params;
    if (!code && request != (ipc_method_info(event->method)->kind == IPC_REQUEST)) {
        code = ipc_fail(&error, IPC_E_MALFORMED, "%s is a %s", ipc_method_info(event->method)->name,
                        request ? "notification" : "request");
    }
    if (!code) {
        code = ipc_record_decode(envelope->params, ipc_method_info(event->method)->params, &session->record,
                                 &error);
    }
    if (code) {
        bad(session, event, &error, request);
    } else if (ipc_method_info(event->method)->phase == IPC_FIRST) {
        on_hello(session, event);
    } else {
        event->kind = request ? IPC_EV_REQUEST : IPC_EV_NOTIFICATION;
        event->record = &session->record;
    }
}

static void on_failure(IpcSession *session, const IpcEnvelope *envelope, IpcEvent *event) {
    IpcError error;
    ipc_failure_decode(envelope->error, &error);
    if (session->state == IPC_SESSION_HELLO) {
        fatal(session, event, &error, 0);
    } else {
        event->kind = IPC_EV_FAILURE;
        event->error = error;
    }
}

static void on_response(IpcSession *session, const IpcEnvelope *envelope, IpcEvent *event) {
    IpcPending waiting;
    IpcError error;
    event->params = envelope->result;
    if (!pending_take(session, envelope->id, &waiting)) {
        if (envelope->id == 0 && envelope->error.len &&
            role_of(session)->opens) { /* the peer gives the stream up */
            ipc_failure_decode(envelope->error, &error);
            fatal(session, event, &error, 0);
            return;
        }
        ipc_fail(&error, IPC_E_UNKNOWN_ID, "a response to %u, which nobody waits for",
                 (unsigned)envelope->id);
        bad(session, event, &error, false);
        return;
    }
    event->method = waiting.method;
    event->tag = waiting.tag;
    if (envelope->error.len) {
        on_failure(session, envelope, event);
    } else if (ipc_record_decode(envelope->result, ipc_method_info(waiting.method)->result, &session->record,
                                 &error)) {
        event->kind = IPC_EV_FAILURE; /* the call has failed, with what is wrong in its answer */
        event->error = error;
        if (session->state == IPC_SESSION_HELLO) fatal(session, event, &error, 0);
    } else if (session->state == IPC_SESSION_HELLO) {
        on_hello_reply(session, event);
    } else {
        event->kind = IPC_EV_RESPONSE;
        event->record = &session->record;
    }
}

static void dispatch(IpcSession *session, IpcSlice frame, IpcEvent *event) {
    IpcEnvelope envelope;
    IpcError error;
    bool has_id;
    event->frame = frame;
    IpcCode code = ipc_parse(frame, &envelope, &has_id, &error);
    event->id = envelope.id;
    if (code) bad(session, event, &error, has_id);
    else if (envelope.kind == IPC_RESPONSE) on_response(session, &envelope, event);
    else on_incoming(session, &envelope, event);
}

bool ipc_session_next(IpcSession *session, IpcEvent *event) {
    if (session->state == IPC_SESSION_CLOSED) return false;
    IpcSlice frame;
    event->kind = IPC_EV_BAD;
    event->method = IPC_M_NONE;
    event->id = 0;
    event->tag = 0;
    event->record = NULL;
    event->frame = event->params = (IpcSlice){0};
    event->error.code = IPC_OK;
    event->error.text[0] = 0;
    switch (ipc_frames_next(&session->in, &frame)) {
    case IPC_NEXT_NONE: return false;
    case IPC_NEXT_ERROR: fatal(session, event, &session->in.error, 0); return true;
    case IPC_NEXT_READY: break;
    }
    dispatch(session, frame, event);
    return true;
}
