#include "listen.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 128 };

static int new_socket(void) {
    return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int bind_private(int fd, const struct sockaddr_un *address) {
    mode_t before = umask(0177);
    int failed = bind(fd, (const struct sockaddr *)address, sizeof *address);
    int error = errno;
    umask(before);
    errno = error;
    return failed;
}

/* 0 if nobody answers there any more, else the errno that says why it must be left alone. */
static int probe(const struct sockaddr_un *address) {
    int fd = new_socket();
    if (fd < 0) return errno;
    int error = connect(fd, (const struct sockaddr *)address, sizeof *address) == 0 ? EADDRINUSE : errno;
    close(fd);
    if (error == EAGAIN) return EADDRINUSE; /* alive, and busy */
    return error == ECONNREFUSED || error == ENOENT ? 0 : error;
}

static bool clear_place(const struct sockaddr_un *address, char *error, size_t capacity) {
    struct stat there;
    if (lstat(address->sun_path, &there) != 0) return true;
    if (!S_ISSOCK(there.st_mode)) {
        snprintf(error, capacity, "%s exists and is not a socket", address->sun_path);
        return false;
    }
    int alive = probe(address);
    if (alive == EADDRINUSE) snprintf(error, capacity, "%s is in use by a running server", address->sun_path);
    else if (alive) snprintf(error, capacity, "cannot use %s: %s", address->sun_path, strerror(alive));
    else if (unlink(address->sun_path) != 0 && errno != ENOENT) {
        snprintf(error, capacity, "cannot replace the stale socket %s: %s", address->sun_path,
                 strerror(errno));
        return false;
    }
    return !alive;
}

int listen_open(const char *path, char *error, size_t capacity) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        snprintf(error, capacity, "the socket path is too long (%zu bytes, at most %zu): %s", strlen(path),
                 sizeof address.sun_path - 1, path);
        return -1;
    }
    if (!*path) return snprintf(error, capacity, "the socket path is empty"), -1; /* the kernel would make one up */
    strcpy(address.sun_path, path);
    if (!clear_place(&address, error, capacity)) return -1;
    int fd = new_socket();
    if (fd >= 0 && bind_private(fd, &address) == 0 && listen(fd, BACKLOG) == 0) return fd;
    snprintf(error, capacity, "cannot listen on %s: %s", path, strerror(errno));
    if (fd >= 0) close(fd);
    return -1;
}

void listen_close(int fd, const char *path) {
    struct stat there;
    int alive = 0;
    close(fd);
    if (lstat(path, &there) != 0 || !S_ISSOCK(there.st_mode)) return;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    alive = probe(&address); /* somebody else's by now? */
    if (!alive) unlink(path);
}

int listen_reserve(void) {
    return open("/dev/null", O_RDONLY | O_CLOEXEC);
}

int listen_accept(int fd, int *reserve) {
    int connection = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (connection >= 0 || (errno != EMFILE && errno != ENFILE) || *reserve < 0) return connection;
    int error = errno;
    close(*reserve);
    connection = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
    if (connection >= 0) close(connection);
    *reserve = listen_reserve();
    errno = error;
    return -1;
}

bool listen_may_use(int connection, uid_t *uid, pid_t *pid) {
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return false;
    *uid = peer.uid;
    *pid = peer.pid;
    return peer.uid == geteuid() || peer.uid == 0;
}
