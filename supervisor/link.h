/* A link: one protocol session (ipc/session.h) on non-blocking descriptors of the loop.
 *
 * Writing gathers: what is sent during one turn of the loop goes out in one write(2) at its end, from the
 * hub's prepare handle, which also lets the owner do its own end-of-turn work first (the pool's scheduler).
 * What the descriptor does not take waits in the session's buffer until it is writable.
 *
 * Reading can be paused: messages that were already read stay in the session, and are delivered after
 * link_resume. A paused socket is still watched for hang-up.
 *
 * STATES: open -> closed (link_close; no callback comes after it but `gone`, when the memory may be freed).
 * End of file or an error is told once, by `ended`; the owner then closes the link. */
#ifndef ATOLL_LINK_H
#define ATOLL_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include <ipc/session.h>
#include <uv.h>

typedef struct Link Link;
typedef struct Hub Hub;

/* One per loop: the list of links that have something to do at the end of this turn. */
struct Hub {
    uv_loop_t *loop;
    uv_prepare_t prepare;
    Link *first, *last;
    void (*turn_ends)(void *owner); /* before the links are flushed; may be NULL */
    void *owner;
};

typedef struct {
    /* One event of the session. May close the link. */
    void (*message)(Link *link, IpcEvent *event);
    /* End of file (error NULL), a broken stream or a failed read or write (said in error). Told once. */
    void (*ended)(Link *link, const IpcError *error);
    /* The output, after it was over `high_water`, is below half of it. May be NULL. */
    void (*drained)(Link *link);
    /* A chunk of input has been handled wholly: all its messages were delivered. May be NULL. */
    void (*batch_done)(Link *link);
    /* After link_close: nothing refers to the link any more. */
    void (*gone)(Link *link);
} LinkEvents;

struct Link {
    IpcSession session;
    Hub *hub;
    const LinkEvents *events;
    void *owner;
    int read_fd, write_fd; /* the same for a socket */
    uv_poll_t read_poll, write_poll;
    int read_mask, write_mask; /* what is watched now */
    IpcBuf sending;  /* a large piece of output on its way, taken from the session so that it need not move */
    size_t sent;     /* bytes of it that are written */
    size_t high_water;
    bool paused, want_pump, listed, blocked, was_high, told_end, closed, deaf;
    bool read_grown, write_grown; /* a larger pipe was asked for */
    int open_handles;
    Link *next_listed;
};

int hub_init(Hub *hub, uv_loop_t *loop, void (*turn_ends)(void *owner), void *owner);
void hub_close(Hub *hub);

/* Takes the descriptors over. 0, or a libuv error: then they are closed, and `gone` has been called or will
 * be. */
int link_open(Link *link, Hub *hub, int read_fd, int write_fd, const IpcSessionConfig *config,
              const LinkEvents *events, void *owner);
/* Stops everything and closes the descriptors; what was not written is dropped. Idempotent. */
void link_close(Link *link);

/* To be called after anything was put into the session's output: it is written at the end of this turn. */
void link_touch(Link *link);
/* Writes as much as goes now. */
void link_flush(Link *link);
/* Reads what is there until it would block, `most` bytes at most, even when paused: for a peer that has
 * died. */
void link_drain(Link *link, size_t most);

void link_pause(Link *link);
void link_resume(Link *link);

static inline size_t link_backlog(const Link *link) {
    return link->sending.len - link->sent + ipc_session_out(&link->session).len;
}

#endif
