/* The listening socket: made with mode 0600, never taken from a server that lives, never put in the place of
 * a file that is not a socket. */
#ifndef ATOLL_LISTEN_H
#define ATOLL_LISTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A non-blocking listening socket at `path`, replacing a stale one; -1 with one line in `error`. */
int listen_open(const char *path, char *error, size_t capacity);
/* Removes the socket file, if it is still the one that was made. */
void listen_close(int fd, const char *path);

/* A spare descriptor, -1 with errno. */
int listen_reserve(void);
/* The next connection, non-blocking; -1 with errno if there is none (EAGAIN) or it cannot be had. When descriptors
 * have run out (EMFILE, ENFILE) the reserve is given up for the moment to turn the connection away; without a
 * reserve (-1) it goes on waiting. */
int listen_accept(int fd, int *reserve);
/* Whether the peer's user may use the server: its own user, or root. */
bool listen_may_use(int connection, uid_t *uid, pid_t *pid);

#endif
