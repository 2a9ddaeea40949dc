/* The supervisor's own stdin, stdout and stderr, used without ever blocking the loop and without changing
 * their flags (they are shared with other processes: a terminal made non-blocking here would be so for the
 * shell as well).
 *
 * A Waiter watches one descriptor through an epoll descriptor of its own, and that one through libuv. Regular
 * files, which epoll refuses, are always ready.
 *
 * A Sink writes chunks for stdout and stderr in the order they came. Pipes and terminals are written a page
 * at a time, when poll says that much goes; what does not go is kept, and the owner told to hold the rest
 * back until `drained`. */
#ifndef ATOLL_STDIO_PUMP_H
#define ATOLL_STDIO_PUMP_H

#include <stdbool.h>
#include <stddef.h>

#include <ipc/buf.h>
#include <uv.h>

typedef struct Waiter Waiter;
struct Waiter {
    int fd, epoll_fd; /* -1: not watching */
    uv_poll_t poll;
    void (*ready)(Waiter *waiter); /* once per waiter_start */
    void *owner;
};

void waiter_init(Waiter *waiter, int fd, void (*ready)(Waiter *waiter), void *owner);
/* Waits for `events` (EPOLLIN or EPOLLOUT). False: the descriptor is always ready, so go on at once. */
bool waiter_start(Waiter *waiter, uv_loop_t *loop, unsigned events);
void waiter_close(Waiter *waiter);

enum { SINK_HIGH_WATER = 256 * 1024 };

typedef struct Sink Sink;
struct Sink {
    uv_loop_t *loop;
    Waiter waiters[2]; /* stdout, stderr */
    bool unlimited[2]; /* regular files: any amount goes */
    bool waiting, broken, told_high;
    IpcBuf pending; /* chunks: stream byte, 32-bit length, bytes */
    size_t done;    /* bytes of `pending` that were dealt with */
    void (*high)(void *owner);
    void (*drained)(void *owner);
    void (*failed)(void *owner, int stream, int error); /* once; everything further is dropped */
    void *owner;
};

void sink_init(Sink *sink, uv_loop_t *loop, void *owner);
/* stream: 0 stdout, 1 stderr. */
void sink_write(Sink *sink, int stream, const char *bytes, size_t length);
/* Writes what is left, blocking. */
void sink_finish(Sink *sink);
void sink_close(Sink *sink);

#endif
