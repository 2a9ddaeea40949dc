#include "systemd.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"

enum { FIRST_FD = 3, NONE = -1, UNUSABLE = -2 };

/* --- telling ---------------------------------------------------------------------------------- */

/* A path, or with @ in front a name of the abstract kind. */
static bool parse_address(Systemd *systemd, const char *name) {
    size_t length = strlen(name);
    bool known =
        (name[0] == '/' || name[0] == '@') && length > 1 && length < sizeof systemd->address.sun_path;
    if (!known) return false;
    systemd->address.sun_family = AF_UNIX;
    memcpy(systemd->address.sun_path, name, length);
    if (name[0] == '@') systemd->address.sun_path[0] = '\0';
    systemd->address_length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    return true;
}

static bool is_meant_for_us(const char *pid) {
    return !pid || strtol(pid, NULL, 10) == (long)getpid();
}

static uint64_t read_watchdog(void) {
    const char *text = getenv("WATCHDOG_USEC");
    bool ours = text && is_meant_for_us(getenv("WATCHDOG_PID"));
    uint64_t us = ours ? strtoull(text, NULL, 10) : 0;
    return us && us < UINT64_MAX / NS_PER_US ? us * NS_PER_US : 0;
}

void systemd_open(Systemd *systemd) {
    const char *name = getenv("NOTIFY_SOCKET");
    *systemd = (Systemd){.fd = -1};
    if (name && parse_address(systemd, name))
        systemd->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (systemd->fd >= 0) systemd->watchdog_ns = read_watchdog();
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

void systemd_close(Systemd *systemd) {
    if (systemd->fd >= 0) close(systemd->fd);
    systemd->fd = -1;
}

static void tell(const Systemd *systemd, const char *text) {
    if (systemd->fd < 0) return;
    sendto(systemd->fd, text, strlen(text), MSG_NOSIGNAL, (const struct sockaddr *)&systemd->address,
           systemd->address_length);
}

void systemd_ready(Systemd *systemd) {
    tell(systemd, "READY=1");
}

void systemd_reloading(Systemd *systemd) {
    char text[64];
    snprintf(text, sizeof text, "RELOADING=1\nMONOTONIC_USEC=%llu",
             (unsigned long long)(clock_ns() / NS_PER_US));
    tell(systemd, text);
}

void systemd_stopping(Systemd *systemd) {
    tell(systemd, "STOPPING=1");
}

void systemd_alive(Systemd *systemd) {
    tell(systemd, "WATCHDOG=1");
}

void systemd_status(Systemd *systemd, const char *text) {
    char line[200];
    if (systemd->fd < 0 || strcmp(text, systemd->status) == 0) return;
    snprintf(systemd->status, sizeof systemd->status, "%s", text);
    snprintf(line, sizeof line, "STATUS=%s", systemd->status);
    tell(systemd, line);
}

/* --- a socket handed over --------------------------------------------------------------------- */

static bool option_is(int fd, int name, int wanted) {
    int value = -1;
    socklen_t length = sizeof value;
    return getsockopt(fd, SOL_SOCKET, name, &value, &length) == 0 && value == wanted;
}

static bool take_over(int fd, char *path, size_t path_capacity) {
    struct sockaddr_un bound = {0};
    socklen_t length = sizeof bound;
    bool listens = option_is(fd, SO_DOMAIN, AF_UNIX) && option_is(fd, SO_TYPE, SOCK_STREAM) &&
                   option_is(fd, SO_ACCEPTCONN, 1);
    if (!listens || getsockname(fd, (struct sockaddr *)&bound, &length) != 0) return false;
    snprintf(path, path_capacity, "%.*s", (int)sizeof bound.sun_path,
             length > sizeof(sa_family_t) ? bound.sun_path : "");
    return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) == 0;
}

int systemd_listener(char *path, size_t path_capacity, char *error, size_t capacity) {
    const char *count = getenv("LISTEN_FDS"), *pid = getenv("LISTEN_PID");
    long handed = count && pid && is_meant_for_us(pid) ? strtol(count, NULL, 10) : 0;
    unsetenv("LISTEN_FDS");
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDNAMES");
    if (handed <= 0) return NONE;
    if (handed > 1)
        return snprintf(error, capacity, "%ld sockets were handed over (LISTEN_FDS), and one is wanted",
                        handed),
               UNUSABLE;
    if (take_over(FIRST_FD, path, path_capacity)) return FIRST_FD;
    snprintf(error, capacity, "what was handed over (LISTEN_FDS) is not a listening unix stream socket");
    return UNUSABLE;
}
