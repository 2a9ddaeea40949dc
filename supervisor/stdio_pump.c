#include "stdio_pump.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGE = 4096, CHUNK_HEAD = 1 + sizeof(uint32_t) };

/* --- waiting without owning ------------------------------------------------------------------- */

void waiter_init(Waiter *waiter, int fd, void (*ready)(Waiter *waiter), void *owner) {
    *waiter = (Waiter){.fd = fd, .epoll_fd = -1, .ready = ready, .owner = owner};
}

static void on_epoll(uv_poll_t *poll, int status, int events) {
    Waiter *waiter = poll->data;
    (void)status, (void)events;
    uv_poll_stop(poll);
    waiter->ready(waiter);
}

static bool open_epoll(Waiter *waiter, uv_loop_t *loop) {
    waiter->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (waiter->epoll_fd < 0) return false;
    if (uv_poll_init(loop, &waiter->poll, waiter->epoll_fd) != 0) {
        close(waiter->epoll_fd);
        waiter->epoll_fd = -1;
        return false;
    }
    waiter->poll.data = waiter;
    return true;
}

bool waiter_start(Waiter *waiter, uv_loop_t *loop, unsigned events) {
    struct epoll_event wanted = {.events = events | EPOLLONESHOT};
    if (waiter->epoll_fd < 0 && !open_epoll(waiter, loop)) return false;
    int failed = epoll_ctl(waiter->epoll_fd, EPOLL_CTL_MOD, waiter->fd, &wanted);
    if (failed && errno == ENOENT) failed = epoll_ctl(waiter->epoll_fd, EPOLL_CTL_ADD, waiter->fd, &wanted);
    if (failed) return false; /* EPERM: a regular file */
    return uv_poll_start(&waiter->poll, UV_READABLE, on_epoll) == 0;
}

static void on_poll_closed(uv_handle_t *handle) {
    Waiter *waiter = handle->data;
    close(waiter->epoll_fd);
}

void waiter_close(Waiter *waiter) {
    if (waiter->epoll_fd >= 0) uv_close((uv_handle_t *)&waiter->poll, on_poll_closed);
}

/* --- the sink --------------------------------------------------------------------------------- */

static void flush(Sink *sink);

static void on_writable(Waiter *waiter) {
    Sink *sink = waiter->owner;
    sink->waiting = false;
    flush(sink);
}

void sink_init(Sink *sink, uv_loop_t *loop, void *owner) {
    *sink = (Sink){.loop = loop, .owner = owner};
    ipc_buf_init(&sink->pending, NULL);
    for (int stream = 0; stream < 2; stream++) {
        struct stat what;
        int fd = stream + STDOUT_FILENO;
        waiter_init(&sink->waiters[stream], fd, on_writable, sink);
        sink->unlimited[stream] = fstat(fd, &what) == 0 && (S_ISREG(what.st_mode) || S_ISBLK(what.st_mode));
    }
}

static void fail(Sink *sink, int stream, int error) {
    if (sink->broken) return;
    sink->broken = true;
    ipc_buf_clear(&sink->pending);
    sink->done = 0;
    if (sink->failed) sink->failed(sink->owner, stream, error);
}

/* Bytes that went, 0 if none would go without blocking, -1 on failure. */
static ssize_t write_some(Sink *sink, int stream, const char *bytes, size_t length) {
    int fd = stream + STDOUT_FILENO;
    for (;;) {
        struct pollfd one = {.fd = fd, .events = POLLOUT};
        if (!sink->unlimited[stream]) {
            if (poll(&one, 1, 0) <= 0) return 0;
            if (length > PAGE) length = PAGE;
        }
        ssize_t sent = write(fd, bytes, length);
        if (sent >= 0) return sent;
        if (errno == EAGAIN) return 0;
        if (errno != EINTR) return -1;
    }
}

/* Writes until done or until it would block. */
static size_t write_most(Sink *sink, int stream, const char *bytes, size_t length) {
    size_t total = 0;
    while (total < length) {
        ssize_t sent = write_some(sink, stream, bytes + total, length - total);
        if (sent < 0) return fail(sink, stream, errno), length;
        if (sent == 0) break;
        total += (size_t)sent;
    }
    return total;
}

static void wait_for(Sink *sink, int stream) {
    if (sink->waiting) return;
    sink->waiting = waiter_start(&sink->waiters[stream], sink->loop, EPOLLOUT);
    if (!sink->waiting)
        sink->unlimited[stream] = true; /* it cannot be waited for: blocking is all that is left */
}

static void keep_rest(Sink *sink, int stream, const char *bytes, size_t length) {
    uint32_t size = (uint32_t)length;
    char head[CHUNK_HEAD] = {(char)stream};
    memcpy(head + 1, &size, sizeof size);
    ipc_buf_append(&sink->pending, head, sizeof head);
    ipc_buf_append(&sink->pending, bytes, length);
}

static void note_drained(Sink *sink) {
    ipc_buf_clear(&sink->pending);
    sink->done = 0;
    if (!sink->told_high) return;
    sink->told_high = false;
    if (sink->drained) sink->drained(sink->owner);
}

static void flush(Sink *sink) {
    while (sink->done < sink->pending.len && !sink->broken) {
        char *chunk = sink->pending.data + sink->done;
        uint32_t length;
        memcpy(&length, chunk + 1, sizeof length);
        size_t sent = write_most(sink, chunk[0], chunk + CHUNK_HEAD, length);
        if (sink->broken) return;
        if (sent == length) {
            sink->done += CHUNK_HEAD + length;
            continue;
        }
        /* Cut the chunk's front off in place: its head moves up to what is left. */
        uint32_t left = length - (uint32_t)sent;
        char stream = chunk[0];
        sink->done += sent;
        sink->pending.data[sink->done] = stream;
        memcpy(sink->pending.data + sink->done + 1, &left, sizeof left);
        wait_for(sink, stream);
        if (sink->waiting) return;
    }
    note_drained(sink);
}

void sink_write(Sink *sink, int stream, const char *bytes, size_t length) {
    if (sink->broken || !length) return;
    size_t sent = sink->pending.len ? 0 : write_most(sink, stream, bytes, length);
    if (sink->broken || sent == length) return;
    keep_rest(sink, stream, bytes + sent, length - sent);
    wait_for(sink, stream);
    if (!sink->waiting) flush(sink);
    if (sink->pending.len - sink->done > SINK_HIGH_WATER && !sink->told_high && sink->high) {
        sink->told_high = true;
        sink->high(sink->owner);
    }
}

void sink_finish(Sink *sink) {
    sink->unlimited[0] = sink->unlimited[1] = true;
    sink->told_high = false;
    flush(sink);
}

void sink_close(Sink *sink) {
    waiter_close(&sink->waiters[0]);
    waiter_close(&sink->waiters[1]);
    ipc_buf_free(&sink->pending);
}
