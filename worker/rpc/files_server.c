#include "rpc/files_server.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "rpc/files_wire.h"

enum {
    CHMOD_THING = 452,      /* fchmodat2; the C library does not know it yet */
    ANSWERS_WAITING = 8192, /* bytes */
    TRIES = 16,             /* of a name whose directories are being renamed meanwhile */
    OPEN_FLAGS = O_ACCMODE | O_APPEND | O_CREAT | O_EXCL | O_TRUNC | O_DIRECTORY | O_NOFOLLOW | O_SYNC |
                 O_DSYNC | O_NONBLOCK | O_NOCTTY | O_LARGEFILE | O_CLOEXEC | O_TMPFILE,
    WAY = O_PATH | O_DIRECTORY, /* opens what only leads on */
};

typedef struct Server {
    FilesRoot roots[2 * FILES_ROOTS_MOST];
    int granted, count; /* the first ones are the pool's, the others were added */
    int socket;
} Server;

typedef struct Answer {
    int fd; /* to send, or -1 */
    uint32_t length;
    char payload[PATH_MAX];
} Answer;

/* A name of a request: beneath which root, and the text, NUL-terminated. */
typedef struct Name {
    const FilesRoot *root;
    char *text;
} Name;

static int fail(int number) {
    errno = number;
    return -1;
}

/* ---- opening beneath a root ---- */

/* A descriptor, or -1 with errno. */
static int open_beneath(const FilesRoot *root, const char *path, int flags, mode_t mode) {
    struct open_how how = {.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
                           .mode = mode,
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV};
    int fd = -1;
    for (int i = 0; i < TRIES && fd < 0; i++) {
        fd = (int)syscall(SYS_openat2, root->fd, *path ? path : ".", &how, sizeof how);
        if (fd < 0 && errno != EAGAIN && errno != EINTR) break;
    }
    return fd < 0 && errno == EXDEV ? fail(EACCES) : fd;
}

/* The thing itself, not to be read or written. */
static int open_thing(const Name *name, int flags) {
    return open_beneath(name->root, name->text, O_PATH | (flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0), 0);
}

/* The directory that a name's last part stands in; *last points to that part, with the slashes that follow it. */
static int open_parent(const Name *name, const char **last) {
    size_t n = strlen(name->text);
    while (n && name->text[n - 1] == '/') n--;
    while (n && name->text[n - 1] != '/') n--;
    *last = name->text + n;
    char way[PATH_MAX];
    memcpy(way, name->text, n);
    way[n] = '\0';
    return open_beneath(name->root, way, WAY, 0);
}

/* close() that leaves errno as it is. */
static void shut(int fd) {
    int number = errno;
    close(fd);
    errno = number;
}

static bool is_thing(int fd, mode_t kind) {
    struct stat st;
    return syscall(SYS_fstat, fd, &st) == 0 && (st.st_mode & S_IFMT) == kind;
}

/* ---- the requests: 0, or -1 with errno ---- */

static bool wants_writing(int flags) {
    return (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC) || (flags & O_TMPFILE) == O_TMPFILE;
}

/* Opened without waiting, lest a named pipe hold everything up; then only what is no pipe or device is handed over. */
static int do_open(const Name *name, const FilesRequest *request, Answer *answer) {
    int flags = request->flags;
    if (flags & ~OPEN_FLAGS) return fail(EINVAL);
    if (wants_writing(flags) && !name->root->writable) return fail(EACCES);
    bool makes = flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE;
    int fd =
        open_beneath(name->root, name->text, flags | O_NONBLOCK | O_NOCTTY, makes ? request->mode & 0777 : 0);
    if (fd < 0) return errno == ENXIO ? fail(EACCES) : -1;
    if (!is_thing(fd, S_IFREG) && !is_thing(fd, S_IFDIR)) {
        close(fd);
        return fail(EACCES);
    }
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
    answer->fd = fd;
    return 0;
}

static int do_stat(const Name *name, const FilesRequest *request, Answer *answer) {
    int fd = open_thing(name, request->flags);
    if (fd < 0) return -1;
    int status = (int)syscall(SYS_fstat, fd, answer->payload);
    answer->length = sizeof(struct stat);
    shut(fd);
    return status;
}

static int do_statvfs(const Name *name, const FilesRequest *request, Answer *answer) {
    int fd = open_thing(name, request->flags);
    if (fd < 0) return -1;
    struct statvfs st;
    int status = fstatvfs(fd, &st);
    memcpy(answer->payload, &st, sizeof st);
    answer->length = sizeof st;
    shut(fd);
    return status;
}

static int do_access(const Name *name, const FilesRequest *request) {
    int fd = open_thing(name, request->flags);
    if (fd < 0) return -1;
    int status = request->mode & W_OK && !name->root->writable
                     ? fail(EACCES)
                     : (int)syscall(SYS_faccessat2, fd, "", request->mode & 7, AT_EMPTY_PATH | AT_EACCESS);
    shut(fd);
    return status;
}

static int do_readlink(const Name *name, Answer *answer) {
    int fd = open_thing(name, AT_SYMLINK_NOFOLLOW);
    if (fd < 0) return -1;
    ssize_t n =
        is_thing(fd, S_IFLNK) ? readlinkat(fd, "", answer->payload, sizeof answer->payload) : fail(EINVAL);
    if (n >= 0) answer->length = (uint32_t)n;
    shut(fd);
    return n < 0 ? -1 : 0;
}

static int do_mkdir(const Name *name, const FilesRequest *request) {
    const char *last;
    int way = open_parent(name, &last);
    if (way < 0) return -1;
    int status = *last ? mkdirat(way, last, request->mode & 0777) : fail(EEXIST);
    shut(way);
    return status;
}

static int do_unlink(const Name *name, const FilesRequest *request) {
    const char *last;
    int way = open_parent(name, &last);
    if (way < 0) return -1;
    int status = *last ? unlinkat(way, last, request->flags & AT_REMOVEDIR) : fail(EBUSY);
    shut(way);
    return status;
}

static int do_rename(const Name names[2]) {
    const char *last[2];
    int from = open_parent(&names[0], &last[0]);
    if (from < 0) return -1;
    int to = open_parent(&names[1], &last[1]);
    if (to < 0) return shut(from), -1;
    int status =
        *last[0] && *last[1] ? (int)syscall(SYS_renameat2, from, last[0], to, last[1], 0) : fail(EBUSY);
    shut(from);
    shut(to);
    return status;
}

/* For kernels that change the mode only of what is opened, which the mode must allow. */
static int chmod_opened(const Name *name, const FilesRequest *request) {
    int how = O_NONBLOCK | O_NOCTTY | (request->flags & AT_SYMLINK_NOFOLLOW ? O_NOFOLLOW : 0);
    int fd = open_beneath(name->root, name->text, O_RDONLY | how, 0);
    if (fd < 0 && errno == EACCES) fd = open_beneath(name->root, name->text, O_WRONLY | how, 0);
    if (fd < 0) return -1;
    int status =
        is_thing(fd, S_IFREG) || is_thing(fd, S_IFDIR) ? fchmod(fd, request->mode & 0777) : fail(EACCES);
    shut(fd);
    return status;
}

static int do_chmod(const Name *name, const FilesRequest *request) {
    int fd = open_thing(name, request->flags);
    if (fd < 0) return -1;
    int status = (int)syscall(CHMOD_THING, fd, "", request->mode & 0777, AT_EMPTY_PATH);
    shut(fd);
    return status < 0 && errno == ENOSYS ? chmod_opened(name, request) : status;
}

static int do_truncate(const Name *name, const FilesRequest *request) {
    int fd = open_beneath(name->root, name->text, O_WRONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (fd < 0) return -1;
    int status = is_thing(fd, S_IFREG) ? ftruncate(fd, request->length) : fail(EACCES);
    shut(fd);
    return status;
}

static int do_utime(const Name *name, const FilesRequest *request) {
    int fd = open_thing(name, request->flags);
    if (fd < 0) return -1;
    int status = (int)syscall(SYS_utimensat, fd, "", request->times, AT_EMPTY_PATH);
    shut(fd);
    return status;
}

static int add_root(Server *s, const Name *name, const FilesRequest *request) {
    if (s->count == 2 * FILES_ROOTS_MOST) return fail(EMFILE);
    if (request->flags && !name->root->writable) return fail(EACCES);
    int fd = open_beneath(name->root, name->text, WAY, 0);
    if (fd < 0) return -1;
    s->roots[s->count++] = (FilesRoot){fd, request->flags != 0};
    return 0;
}

static int drop_roots(Server *s) {
    while (s->count > s->granted) close(s->roots[--s->count].fd);
    return 0;
}

static bool changes(uint32_t op) { return op >= PATH_MKDIR && op < PATH_OPS; }

static int perform(Server *s, const FilesRequest *request, const Name names[2], Answer *answer) {
    const Name *name = &names[0];
    if (changes(request->op) && !(name->root->writable && names[1].root->writable)) return fail(EACCES);
    switch (request->op) {
    case PATH_OPEN: return do_open(name, request, answer);
    case PATH_STAT: return do_stat(name, request, answer);
    case PATH_STATVFS: return do_statvfs(name, request, answer);
    case PATH_ACCESS: return do_access(name, request);
    case PATH_READLINK: return do_readlink(name, answer);
    case PATH_MKDIR: return do_mkdir(name, request);
    case PATH_UNLINK: return do_unlink(name, request);
    case PATH_RENAME: return do_rename(names);
    case PATH_CHMOD: return do_chmod(name, request);
    case PATH_TRUNCATE: return do_truncate(name, request);
    case PATH_UTIME: return do_utime(name, request);
    case FILES_ADD_ROOT: return add_root(s, name, request);
    case FILES_DROP_ROOTS: return drop_roots(s);
    default: return fail(EINVAL);
    }
}

/* ---- the socket ---- */

/* The names that follow a request, copied into room; false: the packet is not what it says. */
static bool read_names(const Server *s, const FilesRequest *request, const char *bytes, size_t n,
                       Name names[2], char room[2][PATH_MAX]) {
    if (request->op >= FILES_OPS || (request->op != PATH_RENAME && request->name_len[1])) return false;
    if ((size_t)request->name_len[0] + request->name_len[1] != n) return false;
    for (int i = 0; i < 2; i++) {
        uint32_t length = request->name_len[i];
        uint32_t root = request->root[i];
        if (root >= (uint32_t)s->count || length >= PATH_MAX || memchr(bytes, '\0', length)) return false;
        memcpy(room[i], bytes, length);
        room[i][length] = '\0';
        names[i] = (Name){&s->roots[root], room[i]};
        bytes += length;
    }
    return true;
}

static bool send_answer(const Server *s, int error, const Answer *answer) {
    FilesAnswer head = {.error = error, .has_fd = answer->fd >= 0, .payload = error ? 0 : answer->length};
    struct iovec parts[2] = {{&head, sizeof head}, {(void *)(uintptr_t)answer->payload, head.payload}};
    union {
        struct cmsghdr head;
        char room[CMSG_SPACE(sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    if (head.has_fd) {
        message.msg_control = &control;
        message.msg_controllen = sizeof control;
        control.head = (struct cmsghdr){
            .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(&control.head), &answer->fd, sizeof(int));
    }
    ssize_t sent;
    do sent = sendmsg(s->socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    if (answer->fd >= 0) close(answer->fd);
    return sent >= 0;
}

/* Descriptors that come with a request are dropped by the kernel: there is no room for them. False: the worker has gone. */
static bool serve_one(Server *s) {
    char packet[FILES_REQUEST_MOST], room[2][PATH_MAX];
    FilesRequest request;
    Name names[2];
    Answer answer = {.fd = -1};
    ssize_t got = read(s->socket, packet, sizeof packet);
    if (got < 0 && errno == EINTR) return true;
    if (got <= 0) return false;
    int error = EINVAL;
    if ((size_t)got >= sizeof request) {
        memcpy(&request, packet, sizeof request);
        if (read_names(s, &request, packet + sizeof request, (size_t)got - sizeof request, names, room))
            error = perform(s, &request, names, &answer) < 0 ? errno : 0;
    }
    return send_answer(s, error, &answer);
}

/* ---- beginning ---- */

static LockdownState confine(const Server *s, bool bare) {
    if (bare) return LOCKDOWN_OFF;
    LockdownState landlock = landlock_enter(s->roots, s->count);
    LockdownState seccomp = seccomp_enter_files_server();
    if (seccomp != LOCKDOWN_ACTIVE) return LOCKDOWN_UNAVAILABLE;
    return landlock == LOCKDOWN_ACTIVE ? LOCKDOWN_ACTIVE
                                       : LOCKDOWN_DEGRADED; /* openat2 alone keeps the names in */
}

/* Does this kernel resolve names as is needed? */
static bool can_open_beneath(const Server *s) {
    int fd = open_beneath(&s->roots[0], "", WAY, 0);
    if (fd >= 0) close(fd);
    return fd >= 0;
}

static bool tell_state(const Server *s, LockdownState state) {
    struct iovec part = {&state, sizeof state};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    return sendmsg(s->socket, &message, MSG_NOSIGNAL) == (ssize_t)sizeof state;
}

static _Noreturn void serve(Server *s, bool bare) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    signal(SIGXFSZ, SIG_IGN);
    umask(0); /* a request's mode is what the program's mask has left */
    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    LockdownState state = can_open_beneath(s) ? confine(s, bare) : LOCKDOWN_UNAVAILABLE;
    if (tell_state(s, state))
        while (serve_one(s)) continue;
    _exit(0);
}

int files_server_start(const FilesRoot *roots, int count, bool bare, LockdownState *state) {
    int ends[2];
    Server server = {.granted = count, .count = count};
    *state = LOCKDOWN_UNAVAILABLE;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    /* Few answers can wait to be read: the kernel counts descriptors on their way for all processes of a user. */
    setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &(int){ANSWERS_WAITING}, sizeof(int));
    memcpy(server.roots, roots, (size_t)count * sizeof *roots);
    server.socket = ends[1];
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        serve(&server, bare);
    }
    close(ends[1]);
    for (int i = 0; i < count; i++) close(roots[i].fd);
    if (child > 0 && read(ends[0], state, sizeof *state) == (ssize_t)sizeof *state) return ends[0];
    *state = LOCKDOWN_UNAVAILABLE;
    close(ends[0]);
    return -1;
}
