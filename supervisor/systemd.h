/* What a service manager is told, and what it may hand over: systemd's notify socket, watchdog and socket
 * activation, spoken directly (a datagram to $NOTIFY_SOCKET; $LISTEN_PID and $LISTEN_FDS), so that the static
 * executable needs no library of systemd's.
 *
 * Without a manager every function does nothing. The variables are taken out of the environment: nothing
 * started later may mistake them for its own. */
#ifndef ATOLL_SYSTEMD_H
#define ATOLL_SYSTEMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

typedef struct {
    int fd; /* -1: nobody is to be told */
    struct sockaddr_un address;
    socklen_t address_length;
    uint64_t watchdog_ns; /* how often WATCHDOG=1 must come; 0: not at all */
    char status[160];     /* as last told */
} Systemd;

/* Reads and removes the environment's variables. */
void systemd_open(Systemd *systemd);
void systemd_close(Systemd *systemd);

void systemd_ready(Systemd *systemd);
void systemd_reloading(Systemd *systemd);
void systemd_stopping(Systemd *systemd);
void systemd_alive(Systemd *systemd);
/* One line for people; told only when it differs from the last one. */
void systemd_status(Systemd *systemd, const char *text);

/* The listening unix socket that was handed over, set up as our own would be; -1: none. -2 with one line in
 * `error`: what was handed over cannot be used. Its path is written into `path` ("" when it has none). */
int systemd_listener(char *path, size_t path_capacity, char *error, size_t capacity);

#endif
