/* The blocking client; see client.h. */
#include <ipc/client.h>
#include <ipc/io_blocking.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum {
    CONNECT_MS = 5000,
    CALL_MS = 30000,
    GATHER = 256 << 10, /* posts are written when so many bytes have gathered */
};

/* An event that came while somebody waited for something else: a copy of its message. */
typedef struct Kept {
    struct Kept *next;
    IpcMethod method;
    uint64_t job, tag;
    IpcError error;
    size_t len;   /* of the params or result that follow the struct */
    char bytes[];
} Kept;

struct IpcClient {
    IpcSession session;
    int fd;
    int call_timeout_ms;
    IpcError broken;    /* with a code: nothing more can be done */
    Kept *first, *last; /* in order of arrival */
    Kept *shown;        /* the kept event that was given out last; freed at the next call */
    IpcIdMap tags;      /* job to the tag of its post */
    IpcRecord record;   /* what a kept event or a call's result is decoded into */
    const IpcAlloc *alloc;
};

static IpcCode broken(IpcClient *client, IpcCode code, IpcError *error) {
    ipc_fail(&client->broken, code, NULL);
    return ipc_fail(error, code, NULL);
}

/* ------------------------------------------------------------- kept events */

static void keep_free(IpcClient *client, Kept *kept) { ipc_free(client->alloc, kept); }

static void begin_call(IpcClient *client) {
    keep_free(client, client->shown);
    client->shown = NULL;
}

static IpcCode keep(IpcClient *client, const IpcClientEvent *event, IpcSlice params, IpcError *error) {
    Kept *kept = ipc_realloc(client->alloc, NULL, sizeof *kept + params.len);
    if (!kept) return broken(client, IPC_E_NO_MEMORY, error);
    *kept = (Kept){.method = event->method,
                   .job = event->job,
                   .tag = event->tag,
                   .error = event->error,
                   .len = params.len};
    if (params.len) memcpy(kept->bytes, params.ptr, params.len);
    if (client->last) client->last->next = kept;
    else client->first = kept;
    client->last = kept;
    return IPC_OK;
}

static IpcRecordId record_of(IpcMethod method) {
    const IpcMethodInfo *info = ipc_method_info(method);
    return info->kind == IPC_REQUEST ? info->result : info->params;
}

/* Gives out a kept event. Its bytes were decoded once already. */
static void show(IpcClient *client, Kept *kept, IpcClientEvent *event) {
    *event = (IpcClientEvent){kept->method, kept->job, kept->tag, &client->record, kept->error};
    ipc_record_decode(ipc_slice(kept->bytes, kept->len), record_of(kept->method), &client->record, NULL);
    client->shown = kept;
}

static Kept *unlink_kept(IpcClient *client, Kept **link, Kept *before) {
    Kept *kept = *link;
    *link = kept->next;
    if (client->last == kept) client->last = before;
    kept->next = NULL;
    return kept;
}

static Kept *take_outcome(IpcClient *client, uint64_t job) {
    Kept *before = NULL;
    for (Kept **link = &client->first; *link; before = *link, link = &(*link)->next) {
        if ((*link)->method == IPC_M_ON_OUTCOME && (*link)->job == job)
            return unlink_kept(client, link, before);
    }
    return NULL;
}

/* ---------------------------------------------------------------- incoming */

/* The job that a notification is about; every such record but the worker's begins with it. */
static uint64_t job_of(IpcMethod method, const IpcRecord *record) {
    switch (method) {
    case IPC_M_ON_OUTCOME: return record->outcome.job;
    case IPC_M_ON_OUTPUT: return record->output.job;
    case IPC_M_ON_STARTED: return record->started.job;
    case IPC_M_ON_ACCEPTED: return record->accepted.job;
    case IPC_M_ON_PROGRESS: return record->progress.job;
    case IPC_M_ON_INPUT_REQUEST: return record->input_request.job;
    case IPC_M_ON_FILE_REQUEST: return record->file_request.job;
    case IPC_M_ON_GC: return record->gc_event.job;
    case IPC_M_ON_WORKER: return record->worker_event.job;
    case IPC_M_ON_LOG: return record->log.job;
    default: return 0;
    }
}

static IpcCode on_submitted(IpcClient *client, const IpcEvent *in, IpcClientEvent *out, IpcError *error) {
    out->tag = in->tag;
    if (in->kind == IPC_EV_FAILURE) {
        out->error = in->error;
        out->record = NULL;
        return IPC_OK;
    }
    out->job = in->record->submitted.job;
    if (in->tag && out->job && !ipc_idmap_add(&client->tags, out->job, in->tag, NULL)) {
        return broken(client, IPC_E_NO_MEMORY, error);
    }
    return IPC_OK;
}

static void on_notification(IpcClient *client, const IpcEvent *in, IpcClientEvent *out) {
    out->job = job_of(in->method, in->record);
    if (in->method == IPC_M_ON_OUTCOME) {
        if (out->job) ipc_idmap_remove(&client->tags, out->job, &out->tag);
    } else if (out->job && client->tags.used) {
        const uint64_t *tag = ipc_idmap_find(&client->tags, out->job);
        if (tag) out->tag = *tag;
    }
}

/* The session's next event that concerns the application. `own`: the id of the call that somebody waits for;
 * its answer is *in, with *answered set. IPC_OK with *some false: nothing more is here. */
static IpcCode next_here(IpcClient *client, uint32_t own, IpcEvent *in, IpcClientEvent *out, bool *some,
                         bool *answered, IpcError *error) {
    *some = *answered = false;
    while (ipc_session_next(&client->session, in)) {
        *out = (IpcClientEvent){.method = in->method, .record = in->record};
        switch (in->kind) {
        case IPC_EV_NOTIFICATION:
            on_notification(client, in, out);
            *some = true;
            return IPC_OK;
        case IPC_EV_RESPONSE:
        case IPC_EV_FAILURE:
            if (own && in->id == own) {
                *answered = true;
                return IPC_OK;
            }
            if (in->method != IPC_M_SUBMIT) break; /* the answer to a call that was given up */
            *some = true;
            return on_submitted(client, in, out, error);
        case IPC_EV_HELLO: *answered = true; return IPC_OK;
        case IPC_EV_FATAL:
            client->broken = in->error;
            if (error) *error = in->error;
            return in->error.code;
        case IPC_EV_REQUEST:
        case IPC_EV_BAD: break;
        }
    }
    return IPC_OK;
}

static IpcCode check_usable(const IpcClient *client, IpcError *error) {
    if (client->broken.code && error) *error = client->broken;
    return client->broken.code;
}

/* Reads (and writes what waits). Anything but a timeout breaks the client; what was received before can still
 * be had, so such a failure shows at the next check_usable(). */
static IpcCode exchange(IpcClient *client, bool want_read, int timeout_ms, IpcError *error) {
    IpcError failure;
    IpcCode code = ipc_io_exchange(&client->session, client->fd, want_read, timeout_ms, &failure);
    if (code == IPC_E_TIMEOUT) return ipc_fail(error, code, NULL);
    if (code) client->broken = failure;
    return IPC_OK;
}

static uint64_t deadline_of(int timeout_ms) {
    return timeout_ms < 0 ? UINT64_MAX : ipc_io_now_ns() + (uint64_t)timeout_ms * 1000000u;
}

static int left_ms(uint64_t deadline) {
    if (deadline == UINT64_MAX) return -1;
    uint64_t now = ipc_io_now_ns();
    return now >= deadline ? 0 : (int)((deadline - now + 999999) / 1000000);
}

/* ------------------------------------------------------------------- calls */

/* Waits for the answer to call `id` (0: for hello); other events are kept. On success *in is the answer. */
static IpcCode await(IpcClient *client, uint32_t id, int timeout_ms, IpcEvent *in, IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    for (;;) {
        IpcClientEvent event;
        bool some, answered;
        IpcCode code = next_here(client, id, in, &event, &some, &answered, error);
        if (code) return code;
        if (answered) return IPC_OK;
        if (some) code = keep(client, &event, in->params, error);
        else if (!(code = check_usable(client, error)))
            code = exchange(client, true, left_ms(deadline), error);
        if (code) return code;
    }
}

static IpcCode call(IpcClient *client, IpcMethod method, const void *params, IpcEvent *in, IpcError *error) {
    uint32_t id;
    begin_call(client);
    IpcCode code = check_usable(client, error);
    if (code) return code;
    if ((code = ipc_session_call(&client->session, method, params, 0, 0, &id)))
        return ipc_fail(error, code, NULL);
    if ((code = await(client, id, client->call_timeout_ms, in, error))) return code;
    if (in->kind == IPC_EV_FAILURE) {
        if (error) *error = in->error;
        return in->error.code;
    }
    return IPC_OK;
}

IpcCode ipc_client_call(IpcClient *client, IpcMethod method, const void *params, IpcRecord **result,
                        IpcError *error) {
    IpcEvent in;
    IpcCode code = call(client, method, params, &in, error);
    if (!code && result) *result = in.record;
    return code;
}

IpcCode ipc_client_submit(IpcClient *client, const IpcSubmit *submit, uint64_t *job, IpcError *error) {
    IpcEvent in;
    IpcCode code = call(client, IPC_M_SUBMIT, submit, &in, error);
    if (!code) *job = in.record->submitted.job;
    return code;
}

static IpcCode ask_job(IpcClient *client, IpcMethod method, uint64_t job, bool *found, IpcError *error) {
    IpcEvent in;
    IpcJobRef ref = {.job = job};
    IpcCode code = call(client, method, &ref, &in, error);
    if (!code && found) *found = in.record->cancel_result.found;
    return code;
}

IpcCode ipc_client_cancel(IpcClient *client, uint64_t job, bool *found, IpcError *error) {
    return ask_job(client, IPC_M_CANCEL, job, found, error);
}

IpcCode ipc_client_interrupt(IpcClient *client, uint64_t job, bool *found, IpcError *error) {
    return ask_job(client, IPC_M_INTERRUPT, job, found, error);
}

IpcCode ipc_client_attach(IpcClient *client, uint64_t job, IpcError *error) {
    IpcJobRef ref = {.job = job};
    return ipc_client_call(client, IPC_M_ATTACH, &ref, NULL, error);
}

IpcCode ipc_client_status(IpcClient *client, IpcStatus *status, IpcError *error) {
    IpcEvent in;
    IpcCode code = call(client, IPC_M_STATUS, NULL, &in, error);
    if (!code) *status = in.record->status;
    return code;
}

IpcCode ipc_client_flush(IpcClient *client, IpcError *error) {
    begin_call(client);
    IpcCode code = check_usable(client, error);
    if (!code) code = exchange(client, false, client->call_timeout_ms, error);
    return code ? code : check_usable(client, error);
}

IpcCode ipc_client_post(IpcClient *client, const IpcSubmit *submit, uint64_t tag, IpcError *error) {
    IpcCode code = check_usable(client, error);
    if (code) return code;
    code = ipc_session_call(&client->session, IPC_M_SUBMIT, submit, tag, 0, NULL);
    if (code) return ipc_fail(error, code, NULL);
    return ipc_session_out(&client->session).len < GATHER ? IPC_OK : ipc_client_flush(client, error);
}

static IpcCode tell(IpcClient *client, IpcMethod method, const void *params, IpcError *error) {
    IpcCode code = check_usable(client, error);
    if (code) return code;
    code = ipc_session_notify(&client->session, method, params);
    return code ? ipc_fail(error, code, NULL) : ipc_client_flush(client, error);
}

IpcCode ipc_client_input(IpcClient *client, uint64_t job, const void *bytes, size_t length, bool eof,
                         IpcError *error) {
    IpcInput input = {.job = job, .data = ipc_slice(bytes, length), .eof = eof};
    return tell(client, IPC_M_INPUT, &input, error);
}

IpcCode ipc_client_file(IpcClient *client, const IpcFile *file, IpcError *error) {
    return tell(client, IPC_M_FILE, file, error);
}

/* ------------------------------------------------------------------ events */

IpcCode ipc_client_next(IpcClient *client, IpcClientEvent *event, int timeout_ms, IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    begin_call(client);
    if (client->first) {
        show(client, unlink_kept(client, &client->first, NULL), event);
        return IPC_OK;
    }
    for (;;) {
        IpcEvent in;
        bool some, answered;
        IpcCode code = next_here(client, 0, &in, event, &some, &answered, error);
        if (code || some) return code;
        if ((code = check_usable(client, error))) return code;
        if ((code = exchange(client, true, left_ms(deadline), error))) return code;
    }
}

IpcCode ipc_client_wait(IpcClient *client, uint64_t job, int timeout_ms, IpcClientEvent *event,
                        IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    begin_call(client);
    Kept *kept = take_outcome(client, job);
    if (kept) {
        show(client, kept, event);
        return IPC_OK;
    }
    for (;;) {
        IpcEvent in;
        bool some, answered;
        IpcCode code = next_here(client, 0, &in, event, &some, &answered, error);
        if (code) return code;
        if (some && event->method == IPC_M_ON_OUTCOME && event->job == job) return IPC_OK;
        if (some) {
            if ((code = keep(client, event, in.params, error))) return code;
            continue;
        }
        if ((code = check_usable(client, error))) return code;
        if ((code = exchange(client, true, left_ms(deadline), error))) return code;
    }
}

/* --------------------------------------------------------------- connecting */

/* Linux refuses a connection to a plain file as it does one to a socket without a listener. */
static bool is_socket(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISSOCK(info.st_mode);
}

static IpcCode connect_error(IpcError *error, const char *path, int number) {
    switch (number) {
    case ENOENT:
    case ENOTDIR: return ipc_fail(error, IPC_E_SOCKET_ABSENT, "no socket at %.120s", path);
    case ECONNREFUSED:
        if (!is_socket(path)) return ipc_fail(error, IPC_E_NOT_ATOLL, "%.120s is not a socket", path);
        return ipc_fail(error, IPC_E_REFUSED, "nobody listens on %.120s", path);
    case EACCES:
    case EPERM: return ipc_fail(error, IPC_E_NO_ACCESS, "no permission to use %.120s", path);
    case EPROTOTYPE: return ipc_fail(error, IPC_E_NOT_ATOLL, "%.120s is not an Atoll server's socket", path);
    }
    return ipc_fail(error, IPC_E_SYSTEM, "connecting to %.120s: %s", path, strerror(number));
}

/* A unix socket's connect is refused with EAGAIN while the server's backlog is full: try again until the time
 * is up. */
static IpcCode connect_within(int fd, const struct sockaddr_un *address, const char *path, int timeout_ms,
                              IpcError *error) {
    uint64_t deadline = deadline_of(timeout_ms);
    while (connect(fd, (const struct sockaddr *)address, sizeof *address) < 0) {
        if (errno != EAGAIN && errno != EINTR) return connect_error(error, path, errno);
        if (left_ms(deadline) == 0)
            return ipc_fail(error, IPC_E_TIMEOUT, "%.120s does not accept connections", path);
        poll(NULL, 0, 5);
    }
    return IPC_OK;
}

static int open_socket(const char *path, int timeout_ms, IpcError *error) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(path);
    if (length == 0 || length >= sizeof address.sun_path) {
        ipc_fail(error, IPC_E_BAD_VALUE, "socket path of %zu bytes (1 to %zu are possible)", length,
                 sizeof address.sun_path - 1);
        return -1;
    }
    memcpy(address.sun_path, path, length);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        ipc_fail(error, IPC_E_SYSTEM, "socket: %s", strerror(errno));
        return -1;
    }
    if (connect_within(fd, &address, path, timeout_ms, error)) {
        close(fd);
        return -1;
    }
    return fd;
}

/* What a failed hello means to the one who wanted to talk to Atoll. */
static IpcCode explain(IpcCode code, IpcError *error) {
    switch (code) {
    case IPC_E_TIMEOUT: return ipc_fail(error, code, "the server did not answer hello in time");
    case IPC_E_CLOSED:
    case IPC_E_MALFORMED:
    case IPC_E_TRUNCATED:
    case IPC_E_MISSING_FIELD:
    case IPC_E_WRONG_TYPE:
    case IPC_E_TOO_LARGE:
    case IPC_E_TOO_DEEP:
    case IPC_E_TOO_MANY_NODES:
        return ipc_fail(error, IPC_E_NOT_ATOLL,
                        "the other side does not answer as an Atoll server would (%s)", ipc_code_name(code));
    default: return code;
    }
}

static IpcCode say_hello(IpcClient *client, int timeout_ms, IpcError *error) {
    IpcEvent in;
    IpcCode code = ipc_session_hello(&client->session, NULL, 0);
    if (code) return ipc_fail(error, code, NULL);
    return explain(await(client, 0, timeout_ms, &in, error), error);
}

static IpcClient *adopt(int fd, const IpcClientOptions *options, int timeout_ms, IpcError *error) {
    IpcClient *client = ipc_realloc(options->alloc, NULL, sizeof *client);
    int flags = fcntl(fd, F_GETFL);
    if (!client || flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) < 0) {
        ipc_fail(error, client ? IPC_E_SYSTEM : IPC_E_NO_MEMORY, NULL);
        ipc_free(options->alloc, client);
        close(fd);
        return NULL;
    }
    memset(client, 0, sizeof *client);
    client->fd = fd;
    client->alloc = options->alloc;
    client->call_timeout_ms = options->call_timeout_ms ? options->call_timeout_ms : CALL_MS;
    IpcSessionConfig config = {
        .role = IPC_ROLE_CLIENT,
        .name = options->name ? options->name : "c-client",
        .version = options->version ? options->version : "0",
        .pid = (uint64_t)getpid(),
        .caps = options->caps,
        .alloc = options->alloc,
    };
    ipc_session_init(&client->session, &config);
    ipc_idmap_init(&client->tags, options->alloc);
    if (say_hello(client, timeout_ms, error)) {
        ipc_client_close(client);
        return NULL;
    }
    return client;
}

IpcClient *ipc_client_adopt(int fd, const IpcClientOptions *options, IpcError *error) {
    static const IpcClientOptions defaults;
    if (!options) options = &defaults;
    return adopt(fd, options, options->connect_timeout_ms ? options->connect_timeout_ms : CONNECT_MS, error);
}

IpcClient *ipc_client_connect(const char *path, const IpcClientOptions *options, IpcError *error) {
    static const IpcClientOptions defaults;
    if (!options) options = &defaults;
    int timeout_ms = options->connect_timeout_ms ? options->connect_timeout_ms : CONNECT_MS;
    uint64_t deadline = deadline_of(timeout_ms);
    int fd = open_socket(path, timeout_ms, error);
    return fd < 0 ? NULL : adopt(fd, options, left_ms(deadline), error);
}

void ipc_client_close(IpcClient *client) {
    if (!client) return;
    begin_call(client);
    while (client->first) keep_free(client, unlink_kept(client, &client->first, NULL));
    ipc_session_free(&client->session);
    ipc_idmap_free(&client->tags);
    close(client->fd);
    ipc_free(client->alloc, client);
}

const IpcPeer *ipc_client_peer(const IpcClient *client) { return &client->session.peer; }
int ipc_client_fd(const IpcClient *client) { return client->fd; }
