#include "modules/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/host.h"
#include "base/path_call.h"
#include "modules/files.h"
#include "vm/gil.h"
#include "vm/vm.h"

static bool is_direct(void) { return rt->host && rt->host->files_granted; }

bool paths_are_served(void) { return !is_direct() && rt->host && rt->host->path_call; }
bool paths_are_granted(void) { return is_direct() || paths_are_served(); }

static int fail(int number) {
    errno = number;
    return -1;
}

/* ---- calls by way of another process ---- */

/* The absolute name of a path, in out. 0, -1 with errno. */
static int name_of(int dir, const char *path, char out[PATH_MAX]) {
    char room[PATH_MAX];
    if (!*path) return fail(ENOENT);
    if (dir != AT_FDCWD && *path != '/') return fail(ENOTSUP);
    const char *cwd = *path == '/' ? "" : path_cwd(room, sizeof room);
    int n = cwd ? snprintf(out, PATH_MAX, "%s%s%s", cwd, *path == '/' ? "" : "/", path) : -1;
    return n < 0 ? -1 : n >= PATH_MAX ? fail(ENAMETOOLONG) : 0;
}

/* Fills in the names and makes the call. 0, -1 with errno. */
static int serve_two(PathCall *call, int dir, const char *path, int to_dir, const char *to,
                     PathAnswer *answer) {
    char names[2][PATH_MAX];
    if (!paths_are_served()) return fail(*path ? EPERM : ENOENT);
    if (name_of(dir, path, names[0]) < 0 || (to && name_of(to_dir, to, names[1]) < 0)) return -1;
    call->name = names[0];
    call->to = to ? names[1] : NULL;
    int error = GIL_BLOCKING(rt->host->path_call(rt->host->ctx, call, answer));
    return error ? fail(error) : 0;
}

static int serve(PathCall call, int dir, const char *path, PathAnswer *answer) {
    return serve_two(&call, dir, path, AT_FDCWD, NULL, answer);
}

/* The same where the answer tells nothing but that it is done. */
static int serve_plainly(PathCall call, int dir, const char *path) {
    PathAnswer answer;
    return serve(call, dir, path, &answer);
}

static mode_t masked(mode_t mode) { return mode & ~(mode_t)rt->umask; }

/* ---- on paths ---- */

int path_open(int dir, const char *path, int flags, mode_t mode) {
    PathAnswer answer;
    if (is_direct()) return GIL_BLOCKING(openat(dir, path, flags | O_CLOEXEC, mode));
    if (serve((PathCall){.op = PATH_OPEN, .flags = flags, .mode = masked(mode)}, dir, path, &answer) < 0)
        return -1;
    return descriptor_take(answer.fd);
}

int path_stat(int dir, const char *path, struct stat *out, int flags) {
    PathAnswer answer;
    if (is_direct()) return GIL_BLOCKING(fstatat(dir, path, out, flags));
    if (serve((PathCall){.op = PATH_STAT, .flags = flags}, dir, path, &answer) < 0) return -1;
    *out = answer.stat;
    return 0;
}

int path_statvfs(const char *path, struct statvfs *out) {
    PathAnswer answer;
    if (is_direct()) return GIL_BLOCKING(statvfs(path, out));
    if (serve((PathCall){.op = PATH_STATVFS}, AT_FDCWD, path, &answer) < 0) return -1;
    *out = answer.statvfs;
    return 0;
}

int path_access(int dir, const char *path, int mode, int flags) {
    if (is_direct()) return GIL_BLOCKING(faccessat(dir, path, mode, flags));
    return serve_plainly(
        (PathCall){.op = PATH_ACCESS, .mode = (mode_t)mode, .flags = flags & AT_SYMLINK_NOFOLLOW}, dir, path);
}

ssize_t path_readlink(int dir, const char *path, char *out, size_t n) {
    PathAnswer answer;
    if (is_direct()) return GIL_BLOCKING(readlinkat(dir, path, out, n));
    if (serve((PathCall){.op = PATH_READLINK}, dir, path, &answer) < 0) return -1;
    size_t length = answer.length < n ? answer.length : n;
    memcpy(out, answer.text, length);
    return (ssize_t)length;
}

int path_mkdir(int dir, const char *path, mode_t mode) {
    if (is_direct()) return GIL_BLOCKING(mkdirat(dir, path, mode));
    return serve_plainly((PathCall){.op = PATH_MKDIR, .mode = masked(mode)}, dir, path);
}

/* What no server does is not permitted, be the name granted or not. */

int path_mkfifo(int dir, const char *path, mode_t mode) {
    return is_direct() ? GIL_BLOCKING(mkfifoat(dir, path, mode)) : fail(*path ? EPERM : ENOENT);
}

int path_link(int from_dir, const char *from, int to_dir, const char *to, int flags) {
    return is_direct() ? GIL_BLOCKING(linkat(from_dir, from, to_dir, to, flags))
                       : fail(*from ? EPERM : ENOENT);
}

int path_symlink(const char *target, int dir, const char *path) {
    return is_direct() ? GIL_BLOCKING(symlinkat(target, dir, path)) : fail(*path ? EPERM : ENOENT);
}

int path_unlink(int dir, const char *path, int flags) {
    if (is_direct()) return GIL_BLOCKING(unlinkat(dir, path, flags));
    return serve_plainly((PathCall){.op = PATH_UNLINK, .flags = flags}, dir, path);
}

int path_rename(int from_dir, const char *from, int to_dir, const char *to) {
    PathAnswer answer;
    if (is_direct()) return GIL_BLOCKING(renameat(from_dir, from, to_dir, to));
    return serve_two(&(PathCall){.op = PATH_RENAME}, from_dir, from, to_dir, to, &answer);
}

int path_chmod(int dir, const char *path, mode_t mode, int flags) {
    if (is_direct()) return GIL_BLOCKING(fchmodat(dir, path, mode, flags));
    return serve_plainly((PathCall){.op = PATH_CHMOD, .mode = mode, .flags = flags}, dir, path);
}

int path_truncate(const char *path, int64_t length) {
    if (is_direct()) return GIL_BLOCKING(truncate(path, length));
    return serve_plainly((PathCall){.op = PATH_TRUNCATE, .length = length}, AT_FDCWD, path);
}

int path_utime(int dir, const char *path, const struct timespec times[2], int flags) {
    if (is_direct()) return GIL_BLOCKING(utimensat(dir, path, times, flags));
    return serve_plainly((PathCall){.op = PATH_UTIME, .times = {times[0], times[1]}, .flags = flags}, dir,
                         path);
}

/* ---- where the program is ---- */

const char *path_cwd(char *out, size_t n) {
    const Host *host = rt->host;
    if (is_direct()) return getcwd(out, n);
    if (rt->cwd) return rt->cwd;
    if (host && host->files.cwd) return host->files.cwd;
    return host && host->first_grant ? host->first_grant : "/";
}

/* Within the job's own files or a grant; by the name's text. */
int path_chdir(const char *path) {
    struct stat st;
    char name[PATH_MAX];
    if (is_direct()) return GIL_BLOCKING(chdir(path));
    int own = files_covers(path) ? files_is_directory(path) : -1;
    if (own < 0 && path_stat(AT_FDCWD, path, &st, 0) < 0) return -1;
    if (own < 0 ? !S_ISDIR(st.st_mode) : !own) return fail(ENOTDIR);
    if (!files_plain_name(path, name)) return fail(ENAMETOOLONG);
    char *kept = heap_alloc(rt->heap, strlen(name) + 1);
    if (!kept) return fail(ENOMEM);
    strcpy(kept, name);
    if (rt->cwd) heap_free(rt->heap, rt->cwd);
    rt->cwd = kept;
    return 0;
}

mode_t path_umask(mode_t mask) {
    if (is_direct()) return umask(mask);
    mode_t before = (mode_t)rt->umask;
    rt->umask = mask & 0777;
    return before;
}

/* ---- on descriptors ---- */

enum { NOTED = sizeof rt->descriptors * 8, WORD = 64 };

bool descriptor_is_own(int fd) {
    if (fd <= STDERR_FILENO) return false;
    if (is_direct()) return true;
    return fd < NOTED && rt->descriptors[fd / WORD] >> fd % WORD & 1;
}

int descriptor_take(int fd) {
    if (fd < 0 || is_direct()) return fd;
    if (fd >= NOTED) {
        close(fd);
        return fail(EMFILE);
    }
    rt->descriptors[fd / WORD] |= UINT64_C(1) << fd % WORD;
    return fd;
}

static void forget(int fd) { rt->descriptors[fd / WORD] &= ~(UINT64_C(1) << fd % WORD); }

int descriptor_close(int fd) {
    if (!descriptor_is_own(fd)) return fail(EBADF);
    if (!is_direct()) forget(fd);
    return GIL_BLOCKING(close(fd));
}

/* Not the C library's fstat, which may make a call that takes a path. */
int descriptor_stat(int fd, struct stat *out) { return (int)syscall(SYS_fstat, fd, out); }

bool descriptor_is_tty(int fd) { return is_direct() && isatty(fd); }

void descriptors_close_all(void) {
    if (is_direct()) return;
    for (int fd = 0; fd < NOTED; fd++) {
        if (!rt->descriptors[fd / WORD]) fd += WORD - 1;
        else if (descriptor_is_own(fd)) forget(fd), close(fd);
    }
}
