/* posix_descriptors: functions on open files by number. 0, 1 and 2 are the host's streams; others exist where files are granted. */
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/host.h"
#include "modules/paths.h"
#include "modules/posix.h"
#include "modules/struct_seq.h"
#include "objects/bytes.h"
#include "objects/int.h"

static bool is_stream(int fd) { return fd >= 0 && fd <= 2; }

/* A number that the job may use by a system call. 0, -1 raised. */
static int own_descriptor(Value v, int *out) {
    if (value_as_int(v, out) < 0) return -1;
    if (descriptor_is_own(*out)) return 0;
    raise_os_error(EBADF, NULL);
    return -1;
}

static Value status_value(int status) { return status < 0 ? raise_os_error(errno, NULL) : NONE; }

/* ---- opening, closing ---- */

static Value posix_open(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "flags", "mode", "dir_fd", NULL};
    static const ArgSpec spec = {"open", names, 4, 2, 3};
    Value out[4], result = NULL;
    PathArg p;
    int flags, mode = 0777, dir;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[1], &flags) < 0 ||
        (out[2] && value_as_int(out[2], &mode) < 0) || posix_dir_fd(out[3], &dir) < 0 ||
        posix_path(&p, "open", "path", out[0], 0) < 0)
        return NULL;
    if (posix_granted(p.object)) {
        int fd = path_open(dir, p.text, flags, (mode_t)mode);
        result = fd < 0 ? posix_path_error(&p) : small_int_new(fd);
    }
    posix_path_drop(&p);
    return result;
}

static Value posix_close(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"fd", NULL};
    static const ArgSpec spec = {"close", names, 1, 1, 1};
    Value out[1];
    int fd;
    if (!args_bind(&spec, args, nargs, kwnames, out) || own_descriptor(out[0], &fd) < 0) return NULL;
    return status_value(descriptor_close(fd));
}

static Value posix_closerange(Value module, Value const *args, size_t nargs) {
    (void)module;
    int low, high;
    if (!args_count("closerange", nargs, 2, 2) || value_as_int(args[0], &low) < 0 ||
        value_as_int(args[1], &high) < 0)
        return NULL;
    if (!posix_granted(NULL)) return NULL;
    for (int fd = low > 3 ? low : 3; fd < high; fd++) {
        if (work_charge(1) < 0) return NULL;
        descriptor_close(fd);
    }
    return NONE;
}

static Value posix_dup(Value module, Value v) {
    (void)module;
    int fd;
    if (own_descriptor(v, &fd) < 0) return NULL;
    int copy = descriptor_take(fcntl(fd, F_DUPFD_CLOEXEC, 3));
    return copy < 0 ? raise_os_error(errno, NULL) : small_int_new(copy);
}

static Value posix_dup2(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"fd", "fd2", "inheritable", NULL};
    static const ArgSpec spec = {"dup2", names, 3, 2, 3};
    Value out[3];
    int fd, target;
    if (!args_bind(&spec, args, nargs, kwnames, out) || own_descriptor(out[0], &fd) < 0 ||
        own_descriptor(out[1], &target) < 0)
        return NULL;
    int copy = fd == target ? fd : GIL_BLOCKING(dup3(fd, target, O_CLOEXEC));
    return copy < 0 ? raise_os_error(errno, NULL) : small_int_new(copy);
}

static Value posix_pipe(Value module) {
    (void)module;
    int ends[2];
    if (!rt->host || !rt->host->files_granted) return raise_os_error(EPERM, NULL);
    if (pipe2(ends, O_CLOEXEC) < 0) return raise_os_error(errno, NULL);
    return tuple_pack(2, small_int_new(ends[0]), small_int_new(ends[1]));
}

/* ---- reading and writing ---- */

typedef struct Transfer {
    int fd;
    void *data;
    size_t n;
    int64_t offset; /* -1: where the file stands */
} Transfer;

static ssize_t read_some(const Transfer *t) {
    if (is_stream(t->fd)) {
        if (t->fd != 0) return errno = EBADF, -1;
        return rt->host && rt->host->read ? rt->host->read(rt->host->ctx, t->data, t->n) : 0;
    }
    return t->offset < 0 ? GIL_BLOCKING(read(t->fd, t->data, t->n))
                         : GIL_BLOCKING(pread(t->fd, t->data, t->n, t->offset));
}

static ssize_t write_some(const Transfer *t) {
    if (is_stream(t->fd)) {
        if (t->fd == 0) return errno = EBADF, -1;
        if (!rt->host || !rt->host->write) return (ssize_t)t->n;
        return rt->host->write(rt->host->ctx, t->fd, t->data, t->n) < 0 ? (errno = EPIPE, -1) : (ssize_t)t->n;
    }
    return t->offset < 0 ? GIL_BLOCKING(write(t->fd, t->data, t->n))
                         : GIL_BLOCKING(pwrite(t->fd, t->data, t->n, t->offset));
}

/* Does it again when a signal or the breaker cut it short. -1 raised. */
static ssize_t transfer(const Transfer *t, ssize_t (*some)(const Transfer *)) {
    for (;;) {
        errno = 0;
        ssize_t n = some(t);
        if (n >= 0) return n;
        int number = errno;
        if (breaker_poll() < 0) return -1;
        if (number && number != EINTR) return raise_os_error(number, NULL), -1;
    }
}

static int transfer_descriptor(Value v, int *out) {
    if (value_as_int(v, out) < 0) return -1;
    return is_stream(*out) ? 0 : own_descriptor(v, out);
}

static Value do_read(int fd, Value length, int64_t offset) {
    ssize_t n = value_as_ssize(length, TYPE(OverflowError));
    if (n < 0) return error_pending() ? NULL : raise_os_error(EINVAL, NULL);
    Value buffer = bytes_new((size_t)n);
    Transfer t = {fd, buffer ? bytes_data(buffer) : NULL, (size_t)n, offset};
    ssize_t got = buffer ? transfer(&t, read_some) : -1;
    Value result = got < 0 ? NULL : got == n ? incref(buffer) : bytes_from(bytes_data(buffer), (size_t)got);
    xdecref(buffer);
    return result;
}

static Value do_write(int fd, Value data, int64_t offset) {
    Buffer b;
    if (buffer_get(data, &b, false) < 0) return NULL;
    Transfer t = {fd, b.data, b.length, offset};
    ssize_t n = transfer(&t, write_some);
    buffer_release(&b);
    return n < 0 ? NULL : small_int_new(n);
}

static Value posix_read(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd;
    if (!args_count("read", nargs, 2, 2) || transfer_descriptor(args[0], &fd) < 0) return NULL;
    return do_read(fd, args[1], -1);
}

static Value posix_write(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd;
    if (!args_count("write", nargs, 2, 2) || transfer_descriptor(args[0], &fd) < 0) return NULL;
    return do_write(fd, args[1], -1);
}

static Value posix_pread(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd;
    int64_t offset;
    if (!args_count("pread", nargs, 3, 3) || own_descriptor(args[0], &fd) < 0 ||
        value_as_i64(args[2], &offset) < 0)
        return NULL;
    return offset < 0 ? raise_os_error(EINVAL, NULL) : do_read(fd, args[1], offset);
}

static Value posix_pwrite(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd;
    int64_t offset;
    if (!args_count("pwrite", nargs, 3, 3) || own_descriptor(args[0], &fd) < 0 ||
        value_as_i64(args[2], &offset) < 0)
        return NULL;
    return offset < 0 ? raise_os_error(EINVAL, NULL) : do_write(fd, args[1], offset);
}

static Value posix_lseek(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd, whence;
    int64_t position;
    if (!args_count("lseek", nargs, 3, 3) || value_as_int(args[0], &fd) < 0 ||
        value_as_i64(args[1], &position) < 0 || value_as_int(args[2], &whence) < 0)
        return NULL;
    if (is_stream(fd)) return raise_os_error(ESPIPE, NULL);
    if (own_descriptor(args[0], &fd) < 0) return NULL;
    off_t at = lseek(fd, position, whence);
    return at < 0 ? raise_os_error(errno, NULL) : int_from_i64(at);
}

/* ---- asking and setting ---- */

/* The host's streams are pipes, or terminals, by what the host says of them. */
static void stream_stat(int fd, struct stat *st) {
    memset(st, 0, sizeof *st);
    bool tty = rt->host && (fd == 0 ? rt->host->stdin_is_tty : rt->host->stdout_is_tty);
    st->st_mode = (tty ? S_IFCHR : S_IFIFO) | 0600;
    st->st_ino = (ino_t)fd + 1;
    st->st_nlink = 1;
    st->st_blksize = 4096;
}

static Value posix_fstat(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"fd", NULL};
    static const ArgSpec spec = {"fstat", names, 1, 1, 1};
    Value out[1];
    struct stat st;
    int fd;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[0], &fd) < 0) return NULL;
    if (is_stream(fd)) stream_stat(fd, &st);
    else if (own_descriptor(out[0], &fd) < 0) return NULL;
    else if (descriptor_stat(fd, &st) < 0) return raise_os_error(errno, NULL);
    return posix_stat_result(&st);
}

static Value posix_isatty(Value module, Value v) {
    (void)module;
    int fd;
    if (value_as_int(v, &fd) < 0) return NULL;
    if (is_stream(fd)) return BOOL(rt->host && (fd == 0 ? rt->host->stdin_is_tty : rt->host->stdout_is_tty));
    return BOOL(descriptor_is_tty(fd));
}

static Value posix_device_encoding(Value module, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"fd", NULL};
    static const ArgSpec spec = {"device_encoding", names, 1, 1, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value tty = posix_isatty(module, out[0]);
    return tty == TRUE ? str_from_cstr("utf-8") : tty ? NONE : NULL;
}

static Value posix_get_terminal_size(Value module, Value const *args, size_t nargs) {
    (void)module;
    struct winsize size;
    int fd = 1;
    if (!args_count("get_terminal_size", nargs, 0, 1) || (nargs && value_as_int(args[0], &fd) < 0))
        return NULL;
    if (is_stream(fd)) return raise_os_error(ENOTTY, NULL);
    if (own_descriptor(args[0], &fd) < 0) return NULL;
    if (!descriptor_is_tty(fd)) return raise_os_error(ENOTTY, NULL);
    if (ioctl(fd, TIOCGWINSZ, &size) < 0) return raise_os_error(errno, NULL);
    Value v[2] = {small_int_new(size.ws_col), small_int_new(size.ws_row)};
    return struct_seq_new_steal(POSIX->terminal_size, v);
}

static Value posix_fsync(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"fd", NULL};
    static const ArgSpec spec = {"fsync", names, 1, 1, 1};
    Value out[1];
    int fd;
    if (!args_bind(&spec, args, nargs, kwnames, out) || own_descriptor(out[0], &fd) < 0) return NULL;
    return status_value(GIL_BLOCKING(fsync(fd)));
}

static Value posix_ftruncate(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd;
    int64_t length;
    if (!args_count("ftruncate", nargs, 2, 2) || own_descriptor(args[0], &fd) < 0 ||
        value_as_i64(args[1], &length) < 0)
        return NULL;
    return status_value(GIL_BLOCKING(ftruncate(fd, length)));
}

static Value posix_get_inheritable(Value module, Value v) {
    (void)module;
    int fd;
    if (own_descriptor(v, &fd) < 0) return NULL;
    int flags = fcntl(fd, F_GETFD);
    return flags < 0 ? raise_os_error(errno, NULL) : BOOL(!(flags & FD_CLOEXEC));
}

static Value posix_set_inheritable(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd, wanted;
    if (!args_count("set_inheritable", nargs, 2, 2) || own_descriptor(args[0], &fd) < 0 ||
        value_as_int(args[1], &wanted) < 0)
        return NULL;
    int flags = fcntl(fd, F_GETFD);
    return status_value(flags < 0 ? -1
                                  : fcntl(fd, F_SETFD, wanted ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC));
}

static Value posix_get_blocking(Value module, Value v) {
    (void)module;
    int fd;
    if (own_descriptor(v, &fd) < 0) return NULL;
    int flags = fcntl(fd, F_GETFL);
    return flags < 0 ? raise_os_error(errno, NULL) : BOOL(!(flags & O_NONBLOCK));
}

static Value posix_set_blocking(Value module, Value const *args, size_t nargs) {
    (void)module;
    int fd, wanted;
    if (!args_count("set_blocking", nargs, 2, 2) || own_descriptor(args[0], &fd) < 0 ||
        value_as_int(args[1], &wanted) < 0)
        return NULL;
    int flags = fcntl(fd, F_GETFL), now = wanted ? flags & ~O_NONBLOCK : flags | O_NONBLOCK;
    if (flags >= 0 && now == flags) return NONE;
    if (paths_are_served()) return raise_os_error(EPERM, NULL);
    return status_value(flags < 0 ? -1 : fcntl(fd, F_SETFL, now));
}

const NativeMethod posix_descriptor_functions[] = {
    METHOD_KW("open", posix_open,
              "open($module, /, path, flags, mode=511, *, dir_fd=None)\n--\n\nOpens a file; its number."),
    METHOD_KW("close", posix_close, "close($module, /, fd)\n--\n\nCloses a file."),
    METHOD_FAST("closerange", posix_closerange,
                "closerange($module, fd_low, fd_high, /)\n--\n\nCloses all files of a range."),
    METHOD_ONE("dup", posix_dup, "dup($module, fd, /)\n--\n\nAnother number for a file."),
    METHOD_KW("dup2", posix_dup2,
              "dup2($module, /, fd, fd2, inheritable=True)\n--\n\nMakes fd2 a number of fd's file."),
    METHOD_NOARGS("pipe", posix_pipe, "pipe($module, /)\n--\n\nA pipe: (read end, write end)."),
    METHOD_FAST("read", posix_read, "read($module, fd, length, /)\n--\n\nReads up to length bytes."),
    METHOD_FAST("write", posix_write,
                "write($module, fd, data, /)\n--\n\nWrites bytes; how many were taken."),
    METHOD_FAST("pread", posix_pread, "pread($module, fd, length, offset, /)\n--\n\nReads from a place."),
    METHOD_FAST("pwrite", posix_pwrite, "pwrite($module, fd, buffer, offset, /)\n--\n\nWrites to a place."),
    METHOD_FAST("lseek", posix_lseek,
                "lseek($module, fd, position, whence, /)\n--\n\nChanges the position; the new one."),
    METHOD_KW("fstat", posix_fstat, "fstat($module, /, fd)\n--\n\nWhat the system knows of an open file."),
    METHOD_ONE("isatty", posix_isatty, "isatty($module, fd, /)\n--\n\nIs it a terminal?"),
    METHOD_KW("device_encoding", posix_device_encoding,
              "device_encoding($module, /, fd)\n--\n\nA terminal's encoding, or None."),
    METHOD_FAST("get_terminal_size", posix_get_terminal_size,
                "get_terminal_size($module, fd=<unrepresentable>, /)\n--\n\nThe "
                "size of a terminal's window (columns, lines)."),
    METHOD_KW("fsync", posix_fsync, "fsync($module, /, fd)\n--\n\nForces what was written to the disk."),
    METHOD_KW("fdatasync", posix_fsync,
              "fdatasync($module, /, fd)\n--\n\nForces what was written to the disk."),
    METHOD_FAST("ftruncate", posix_ftruncate,
                "ftruncate($module, fd, length, /)\n--\n\nCuts or extends a file."),
    METHOD_ONE("get_inheritable", posix_get_inheritable,
               "get_inheritable($module, fd, /)\n--\n\nWould a child process have it?"),
    METHOD_FAST("set_inheritable", posix_set_inheritable,
                "set_inheritable($module, fd, inheritable, /)\n--\n\nSets that."),
    METHOD_ONE("get_blocking", posix_get_blocking,
               "get_blocking($module, fd, /)\n--\n\nDo reads and writes wait?"),
    METHOD_FAST("set_blocking", posix_set_blocking,
                "set_blocking($module, fd, blocking, /)\n--\n\nSets that."),
    METHOD_END,
};
