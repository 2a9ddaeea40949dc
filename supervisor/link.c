#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum {
    READ_WANT = 64 * 1024,    /* bytes asked of the session's buffer */
    READ_MOST = 1024 * 1024,  /* bytes taken from one link before the others get their turn */
    TAKE_FROM = 128 * 1024,   /* an output of this size is taken from the session to be written */
    OUTPUT_KEEP = 256 * 1024, /* a drained output buffer larger than this is given back */
    DEFAULT_HIGH_WATER = 4 << 20,
    PIPE_BYTES = 64 * 1024, /* what one holds at first */
    PIPE_GROWN = 2048 * 1024, /* or half of it: without privileges that is the most */
    WRITE_MOST = 256 * 1024,  /* at once: the reader begins with the first piece while the next is written */
};

static void on_poll(uv_poll_t *poll, int status, int events);
static void pump(Link *link);

/* --- the hub ---------------------------------------------------------------------------------- */

static void list_link(Link *link) {
    if (link->listed || link->closed) return;
    link->listed = true;
    link->next_listed = NULL;
    if (link->hub->last) link->hub->last->next_listed = link;
    else link->hub->first = link;
    link->hub->last = link;
}

static Link *unlist_first(Hub *hub) {
    Link *link = hub->first;
    if (!link) return NULL;
    hub->first = link->next_listed;
    if (!hub->first) hub->last = NULL;
    link->listed = false;
    return link;
}

static void unlist(Link *link) {
    Hub *hub = link->hub;
    if (!link->listed) return;
    Link *before = NULL, *at = hub->first;
    while (at != link) {
        before = at;
        at = at->next_listed;
    }
    if (before) before->next_listed = link->next_listed;
    else hub->first = link->next_listed;
    if (hub->last == link) hub->last = before;
    link->listed = false;
}

static void on_prepare(uv_prepare_t *prepare) {
    Hub *hub = prepare->data;
    Link *link;
    if (hub->turn_ends) hub->turn_ends(hub->owner);
    while ((link = unlist_first(hub))) {
        if (link->want_pump && !link->paused) {
            pump(link);
            if (hub->turn_ends) hub->turn_ends(hub->owner);
        }
        if (!link->closed) link_flush(link);
    }
}

int hub_init(Hub *hub, uv_loop_t *loop, void (*turn_ends)(void *owner), void *owner) {
    *hub = (Hub){.loop = loop, .turn_ends = turn_ends, .owner = owner};
    int failed = uv_prepare_init(loop, &hub->prepare);
    if (failed) return failed;
    hub->prepare.data = hub;
    failed = uv_prepare_start(&hub->prepare, on_prepare);
    uv_unref((uv_handle_t *)&hub->prepare);
    return failed;
}

void hub_close(Hub *hub) {
    uv_close((uv_handle_t *)&hub->prepare, NULL);
}

/* --- what is watched -------------------------------------------------------------------------- */

static void watch(uv_poll_t *poll, int *mask, int wanted) {
    if (*mask == wanted) return;
    *mask = wanted;
    if (wanted) uv_poll_start(poll, wanted, on_poll);
    else uv_poll_stop(poll);
}

static void rewatch(Link *link) {
    bool one = link->read_fd == link->write_fd;
    int reading = link->deaf ? 0 : link->paused ? (one ? UV_DISCONNECT : 0) : UV_READABLE;
    int writing = link->blocked ? UV_WRITABLE : 0;
    watch(&link->read_poll, &link->read_mask, one ? reading | writing : reading);
    if (!one) watch(&link->write_poll, &link->write_mask, writing);
}

static void tell_end(Link *link, const IpcError *error) {
    if (link->told_end || link->closed) return;
    link->told_end = true;
    link->deaf = true;
    rewatch(link);
    link->events->ended(link, error);
}

static void tell_errno(Link *link, const char *doing, int error) {
    IpcError said;
    ipc_fail(&said, IPC_E_SYSTEM, "%s: %s", doing, strerror(error));
    tell_end(link, &said);
}

/* A pipe that was full once is made larger: then it moves a megabyte four times faster. Not from the beginning, since most
 * never fill and a large one costs more to make. A system that is short of pipe memory may refuse; sockets do. */
static void enlarge(bool *done, int fd) {
    if (!*done && fcntl(fd, F_SETPIPE_SZ, PIPE_GROWN) < 0) fcntl(fd, F_SETPIPE_SZ, PIPE_GROWN / 2);
    *done = true;
}

/* --- reading ---------------------------------------------------------------------------------- */

static void pump(Link *link) {
    IpcEvent event;
    link->want_pump = false;
    while (!link->closed) {
        if (link->paused) {
            link->want_pump = true;
            return;
        }
        if (!ipc_session_next(&link->session, &event)) break;
        link->events->message(link, &event);
    }
    if (!link->closed && link->events->batch_done) link->events->batch_done(link);
}

/* Bytes read, 0 when there is no more for now (or the stream has ended, which is told). */
static size_t read_chunk(Link *link) {
    size_t room;
    char *space = ipc_session_space(&link->session, READ_WANT, &room);
    if (!space) return tell_errno(link, "reading", ENOMEM), 0;
    ssize_t got = read(link->read_fd, space, room);
    if (got > 0) {
        ipc_session_fed(&link->session, (size_t)got);
        if (got >= PIPE_BYTES) enlarge(&link->read_grown, link->read_fd);
        return (size_t)got;
    }
    if (got == 0) tell_end(link, NULL);
    else if (errno != EAGAIN && errno != EINTR) tell_errno(link, "reading", errno);
    return 0;
}

static void on_readable(Link *link) {
    size_t total = 0;
    while (total < READ_MOST && !link->paused && !link->closed && !link->deaf) {
        size_t got = read_chunk(link);
        if (got == 0) return;
        total += got;
        pump(link);
        if (got < READ_WANT / 2) return; /* most likely that was all */
    }
}

void link_drain(Link *link, size_t most) {
    size_t total = 0;
    link->paused = false;
    if (link->want_pump) pump(link);
    while (total < most && !link->closed && !link->told_end) {
        size_t got = read_chunk(link);
        if (got == 0) return;
        total += got;
        pump(link);
    }
}

void link_pause(Link *link) {
    if (link->closed || link->paused) return;
    link->paused = true;
    rewatch(link);
}

void link_resume(Link *link) {
    if (link->closed || !link->paused) return;
    link->paused = false;
    rewatch(link);
    if (link->want_pump) list_link(link);
}

/* --- writing ---------------------------------------------------------------------------------- */

void link_touch(Link *link) {
    if (!link->blocked) list_link(link);
    if (link_backlog(link) > link->high_water) link->was_high = true;
}

static void note_drained(Link *link) {
    if (!link->was_high || link_backlog(link) > link->high_water / 2) return;
    link->was_high = false;
    if (link->events->drained) link->events->drained(link);
}

/* The next bytes to write. A large output is taken out of the session first: written in pieces from there,
 * each piece would move all the rest to the front. */
static IpcSlice next_piece(Link *link) {
    if (link->sending.len == link->sent && ipc_session_out(&link->session).len > TAKE_FROM) {
        ipc_buf_clear(&link->sending);
        link->sent = 0;
        ipc_session_take(&link->session, &link->sending);
    }
    if (link->sending.len == link->sent) return ipc_session_out(&link->session);
    return ipc_slice(link->sending.data + link->sent, link->sending.len - link->sent);
}

static void note_sent(Link *link, size_t count) {
    if (link->sending.len == link->sent) return ipc_session_sent(&link->session, count);
    link->sent += count;
    if (link->sent < link->sending.len) return;
    link->sent = 0;
    ipc_buf_clear(&link->sending);
    ipc_buf_shrink(&link->sending, OUTPUT_KEEP);
}

void link_flush(Link *link) {
    bool blocked = false;
    while (!link->closed && !blocked) {
        IpcSlice piece = next_piece(link);
        if (piece.len == 0) break;
        if (piece.len > WRITE_MOST) piece.len = WRITE_MOST;
        ssize_t sent = write(link->write_fd, piece.ptr, piece.len);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0 && errno != EAGAIN) return tell_errno(link, "writing", errno);
        if (sent > 0) note_sent(link, (size_t)sent);
        blocked = sent < (ssize_t)piece.len;
        if (blocked && !link->write_grown) {
            enlarge(&link->write_grown, link->write_fd);
            blocked = false; /* there may be room now */
        }
    }
    if (link->closed) return;
    if (blocked != link->blocked) {
        link->blocked = blocked;
        rewatch(link);
    }
    note_drained(link);
}

static void on_poll(uv_poll_t *poll, int status, int events) {
    Link *link = poll->data;
    if (link->closed) return;
    if (status < 0) return tell_errno(link, "polling", -status);
    if (events & UV_WRITABLE) list_link(link); /* at the turn's end, when all is settled that it says */
    if (events & UV_READABLE) on_readable(link);
    else if (events & UV_DISCONNECT) tell_end(link, NULL);
}

/* --- opening and closing ---------------------------------------------------------------------- */

static void on_handle_closed(uv_handle_t *handle) {
    Link *link = handle->data;
    if (--link->open_handles > 0) return;
    close(link->read_fd);
    if (link->write_fd != link->read_fd) close(link->write_fd);
    ipc_buf_free(&link->sending);
    ipc_session_free(&link->session);
    link->events->gone(link);
}

void link_close(Link *link) {
    if (link->closed) return;
    unlist(link);
    link->closed = true;
    link->open_handles = link->read_fd == link->write_fd ? 1 : 2;
    uv_close((uv_handle_t *)&link->read_poll, on_handle_closed);
    if (link->read_fd != link->write_fd) uv_close((uv_handle_t *)&link->write_poll, on_handle_closed);
}

/* Closes the one handle that was made; `gone` follows. */
static int fail_open(Link *link, int failed) {
    close(link->write_fd);
    link->write_fd = link->read_fd;
    link_close(link);
    return failed;
}

int link_open(Link *link, Hub *hub, int read_fd, int write_fd, const IpcSessionConfig *config,
              const LinkEvents *events, void *owner) {
    *link = (Link){.hub = hub, .events = events, .owner = owner, .read_fd = read_fd, .write_fd = write_fd};
    link->high_water = DEFAULT_HIGH_WATER;
    ipc_session_init(&link->session, config);
    ipc_buf_init(&link->sending, NULL);
    int failed = uv_poll_init(hub->loop, &link->read_poll, read_fd);
    if (failed) {
        link->closed = true;
        close(read_fd);
        if (write_fd != read_fd) close(write_fd);
        events->gone(link);
        return failed;
    }
    link->read_poll.data = link->write_poll.data = link;
    if (write_fd != read_fd) failed = uv_poll_init(hub->loop, &link->write_poll, write_fd);
    if (failed) return fail_open(link, failed);
    rewatch(link);
    return 0;
}
