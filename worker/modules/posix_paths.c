/* posix_paths: functions on paths: asking, making, renaming, removing, changing. */
#include <math.h>
#include <stdio.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/host.h"
#include "modules/files.h"
#include "modules/paths.h"
#include "modules/posix.h"
#include "modules/struct_seq.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"

/* ---- asking ---- */

static Value nanoseconds(const struct timespec *t) {
    Value seconds = int_from_i64(t->tv_sec), billion = small_int_new(1000000000),
          whole = int_multiply(seconds, billion);
    Value sum = whole ? int_add(whole, small_int_new(t->tv_nsec)) : NULL;
    xdecref(whole);
    decref(seconds);
    return sum;
}

static Value seconds_of(const struct timespec *t) {
    return float_new((double)t->tv_sec + 1e-9 * (double)t->tv_nsec);
}

Value posix_stat_result(const struct stat *st) {
    const struct timespec *times[3] = {&st->st_atim, &st->st_mtim, &st->st_ctim};
    Value v[19] = {int_from_u64(st->st_mode),  int_from_u64(st->st_ino), int_from_u64(st->st_dev),
                   int_from_u64(st->st_nlink), int_from_u64(st->st_uid), int_from_u64(st->st_gid),
                   int_from_i64(st->st_size)};
    for (int i = 0; i < 3; i++) {
        v[7 + i] = int_from_i64(times[i]->tv_sec);
        v[10 + i] = seconds_of(times[i]);
        v[13 + i] = nanoseconds(times[i]);
    }
    v[16] = int_from_i64(st->st_blksize);
    v[17] = int_from_i64(st->st_blocks);
    v[18] = int_from_u64(st->st_rdev);
    return struct_seq_new_steal(POSIX->stat_result, v);
}

static Value stat_own(const PathArg *p) {
    struct stat st;
    int number = files_stat(p->text, &st);
    return number < 0 ? NULL : number ? raise_os_error(number, p->object) : posix_stat_result(&st);
}

static int own_stat(int fd, struct stat *st) {
    if (descriptor_is_own(fd) || !paths_are_served()) return descriptor_stat(fd, st);
    errno = EBADF;
    return -1;
}

/* What this process would have to be served, but no request has: the like of a path's call on a descriptor. */
static int not_served(void) {
    errno = ENOTSUP;
    return -1;
}

static Value do_stat(const char *function, Value path, Value dir_fd, bool follow, int allowed) {
    PathArg p;
    int dir;
    struct stat st;
    if (posix_dir_fd(dir_fd, &dir) < 0 || posix_path(&p, function, "path", path, allowed) < 0) return NULL;
    Value result = NULL;
    if (p.fd != -1 && dir != AT_FDCWD)
        raise_error(T_ValueError, "%s: can't specify dir_fd without matching path", function);
    else if (p.fd != -1 && !follow)
        raise_error(T_ValueError, "%s: cannot use fd and follow_symlinks together", function);
    else if (p.text && dir == AT_FDCWD && files_covers(p.text)) result = stat_own(&p);
    else if (!posix_granted(p.object))
        ;
    else if (p.text ? path_stat(dir, p.text, &st, follow ? 0 : AT_SYMLINK_NOFOLLOW) : own_stat(p.fd, &st))
        posix_path_error(&p);
    else result = posix_stat_result(&st);
    posix_path_drop(&p);
    return result;
}

static Value posix_stat(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "dir_fd", "follow_symlinks", NULL};
    static const ArgSpec spec = {"stat", names, 3, 1, 1};
    Value out[3];
    bool follow;
    if (!args_bind(&spec, args, nargs, kwnames, out) || posix_flag(out[2], true, &follow) < 0) return NULL;
    return do_stat("stat", out[0], out[1], follow, PATH_OR_FD);
}

static Value posix_lstat(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "dir_fd", NULL};
    static const ArgSpec spec = {"lstat", names, 2, 1, 1};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    return do_stat("lstat", out[0], out[1], false, 0);
}

static Value posix_statvfs(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", NULL};
    static const ArgSpec spec = {"statvfs", names, 1, 1, 1};
    Value out[1], result = NULL;
    PathArg p;
    struct statvfs st;
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        posix_path(&p, "statvfs", "path", out[0], PATH_OR_FD) < 0)
        return NULL;
    if (!posix_granted(p.object)) {
    } else if (p.text ? path_statvfs(p.text, &st) : paths_are_served() ? not_served() : fstatvfs(p.fd, &st)) {
        posix_path_error(&p);
    } else {
        Value v[11] = {int_from_u64(st.f_bsize),   int_from_u64(st.f_frsize), int_from_u64(st.f_blocks),
                       int_from_u64(st.f_bfree),   int_from_u64(st.f_bavail), int_from_u64(st.f_files),
                       int_from_u64(st.f_ffree),   int_from_u64(st.f_favail), int_from_u64(st.f_flag),
                       int_from_u64(st.f_namemax), int_from_u64(st.f_fsid)};
        result = struct_seq_new_steal(POSIX->statvfs_result, v);
    }
    posix_path_drop(&p);
    return result;
}

/* Without the grant nothing can be accessed: an answer, not an error, as access() has it. */
static Value posix_access(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "mode", "dir_fd", "effective_ids", "follow_symlinks", NULL};
    static const ArgSpec spec = {"access", names, 5, 2, 2};
    Value out[5];
    PathArg p;
    int mode, dir;
    bool effective, follow;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[1], &mode) < 0 ||
        posix_dir_fd(out[2], &dir) < 0 || posix_flag(out[3], false, &effective) < 0 ||
        posix_flag(out[4], true, &follow) < 0 || posix_path(&p, "access", "path", out[0], 0) < 0)
        return NULL;
    int flags = (effective ? AT_EACCESS : 0) | (follow ? 0 : AT_SYMLINK_NOFOLLOW);
    struct stat st;
    int number = 0;
    bool good;
    if (dir == AT_FDCWD && files_covers(p.text)) {
        number = files_stat(p.text, &st);
        good = number == 0 && !(mode & W_OK) && (!(mode & X_OK) || S_ISDIR(st.st_mode));
    } else {
        good = paths_are_granted() && path_access(dir, p.text, mode, flags) == 0;
    }
    posix_path_drop(&p);
    return number < 0 ? NULL : BOOL(good);
}

static Value posix_readlink(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "dir_fd", NULL};
    static const ArgSpec spec = {"readlink", names, 2, 1, 1};
    Value out[2], result = NULL;
    PathArg p;
    int dir;
    char target[4096];
    if (!args_bind(&spec, args, nargs, kwnames, out) || posix_dir_fd(out[1], &dir) < 0 ||
        posix_path(&p, "readlink", "path", out[0], 0) < 0)
        return NULL;
    if (posix_granted(p.object)) {
        ssize_t n = path_readlink(dir, p.text, target, sizeof target);
        result = n < 0        ? posix_path_error(&p)
                 : p.is_bytes ? bytes_from(target, (size_t)n)
                              : posix_text(target, (size_t)n);
    }
    posix_path_drop(&p);
    return result;
}

/* ---- making and removing: one path and a mode ---- */

typedef int (*PathCall)(int dir, const char *path, int mode);

/* Drops the path. */
static Value run_path_call(PathArg *p, int dir, int mode, PathCall call) {
    Value result = NULL;
    if (posix_granted(p->object)) result = call(dir, p->text, mode) < 0 ? posix_path_error(p) : NONE;
    posix_path_drop(p);
    return result;
}

static int call_mkdir(int dir, const char *path, int mode) { return path_mkdir(dir, path, (mode_t)mode); }
static int call_mkfifo(int dir, const char *path, int mode) { return path_mkfifo(dir, path, (mode_t)mode); }
static int call_unlink(int dir, const char *path, int flags) { return path_unlink(dir, path, flags); }

static Value make_path(const char *function, int mode, PathCall call, Value const *args, size_t nargs,
                       Value kwnames) {
    static const char *const names[] = {"path", "mode", "dir_fd", NULL};
    ArgSpec spec = {function, names, 3, 1, 2};
    Value out[3];
    PathArg p;
    int dir;
    if (!args_bind(&spec, args, nargs, kwnames, out) || (out[1] && value_as_int(out[1], &mode) < 0) ||
        posix_dir_fd(out[2], &dir) < 0 || posix_path(&p, function, "path", out[0], 0) < 0)
        return NULL;
    return run_path_call(&p, dir, mode, call);
}

static Value remove_path(const char *function, int flags, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"path", "dir_fd", NULL};
    ArgSpec spec = {function, names, 2, 1, 1};
    Value out[2];
    PathArg p;
    int dir;
    if (!args_bind(&spec, args, nargs, kwnames, out) || posix_dir_fd(out[1], &dir) < 0 ||
        posix_path(&p, function, "path", out[0], 0) < 0)
        return NULL;
    return run_path_call(&p, dir, flags, call_unlink);
}

static Value posix_mkdir(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, make_path("mkdir", 0777, call_mkdir, args, nargs, kwnames);
}

static Value posix_mkfifo(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, make_path("mkfifo", 0666, call_mkfifo, args, nargs, kwnames);
}

static Value posix_rmdir(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, remove_path("rmdir", AT_REMOVEDIR, args, nargs, kwnames);
}

static Value posix_unlink(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, remove_path("unlink", 0, args, nargs, kwnames);
}

static Value posix_remove(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, remove_path("remove", 0, args, nargs, kwnames);
}

/* ---- two paths ---- */

typedef struct TwoPaths {
    PathArg from, to;
    int from_dir, to_dir;
} TwoPaths;

static void two_paths_drop(TwoPaths *t) {
    posix_path_drop(&t->from);
    posix_path_drop(&t->to);
}

static int two_paths(TwoPaths *t, const char *function, Value const out[4]) {
    if (posix_dir_fd(out[2], &t->from_dir) < 0 || posix_dir_fd(out[3], &t->to_dir) < 0 ||
        posix_path(&t->from, function, "src", out[0], 0) < 0)
        return -1;
    if (posix_path(&t->to, function, "dst", out[1], 0) == 0) {
        if (posix_granted(t->from.object)) return 0;
        posix_path_drop(&t->to);
    }
    posix_path_drop(&t->from);
    return -1;
}

static Value rename_path(const char *function, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"src", "dst", "src_dir_fd", "dst_dir_fd", NULL};
    ArgSpec spec = {function, names, 4, 2, 2};
    Value out[4];
    TwoPaths t;
    if (!args_bind(&spec, args, nargs, kwnames, out) || two_paths(&t, function, out) < 0) return NULL;
    int status = path_rename(t.from_dir, t.from.text, t.to_dir, t.to.text);
    Value result = status < 0 ? posix_two_paths_error(&t.from, &t.to) : NONE;
    two_paths_drop(&t);
    return result;
}

static Value posix_rename(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, rename_path("rename", args, nargs, kwnames);
}

static Value posix_replace(Value module, Value const *args, size_t nargs, Value kwnames) {
    return (void)module, rename_path("replace", args, nargs, kwnames);
}

static Value posix_link(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"src", "dst", "src_dir_fd", "dst_dir_fd", "follow_symlinks", NULL};
    static const ArgSpec spec = {"link", names, 5, 2, 2};
    Value out[5];
    TwoPaths t;
    bool follow;
    if (!args_bind(&spec, args, nargs, kwnames, out) || posix_flag(out[4], true, &follow) < 0 ||
        two_paths(&t, "link", out) < 0)
        return NULL;
    int status = path_link(t.from_dir, t.from.text, t.to_dir, t.to.text, follow ? AT_SYMLINK_FOLLOW : 0);
    Value result = status < 0 ? posix_two_paths_error(&t.from, &t.to) : NONE;
    two_paths_drop(&t);
    return result;
}

static Value posix_symlink(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"src", "dst", "target_is_directory", "dir_fd", NULL};
    static const ArgSpec spec = {"symlink", names, 4, 2, 3};
    Value out[4];
    TwoPaths t;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    out[2] = NULL; /* means something on Windows alone */
    if (two_paths(&t, "symlink", out) < 0) return NULL;
    int status = path_symlink(t.from.text, t.to_dir, t.to.text);
    Value result = status < 0 ? posix_two_paths_error(&t.from, &t.to) : NONE;
    two_paths_drop(&t);
    return result;
}

/* ---- changing ---- */

static Value posix_chmod(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "mode", "dir_fd", "follow_symlinks", NULL};
    static const ArgSpec spec = {"chmod", names, 4, 2, 2};
    Value out[4], result = NULL;
    PathArg p;
    int mode, dir;
    bool follow;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[1], &mode) < 0 ||
        posix_dir_fd(out[2], &dir) < 0 || posix_flag(out[3], true, &follow) < 0 ||
        posix_path(&p, "chmod", "path", out[0], PATH_OR_FD) < 0)
        return NULL;
    if (posix_granted(p.object)) {
        int flags = follow ? 0 : AT_SYMLINK_NOFOLLOW;
        int status = p.text               ? path_chmod(dir, p.text, (mode_t)mode, flags)
                     : paths_are_served() ? not_served()
                                          : fchmod(p.fd, (mode_t)mode);
        result = status < 0 ? posix_path_error(&p) : NONE;
    }
    posix_path_drop(&p);
    return result;
}

/* Where the supervisor serves paths, whose a file is stays as it is: a grant covers contents, names and permissions. */
static Value change_owner(const char *function, size_t most, int flags, Value const *args, size_t nargs,
                          Value kwnames) {
    static const char *const names[] = {"path", "uid", "gid", "dir_fd", "follow_symlinks", NULL};
    ArgSpec spec = {function, names, most, 3, 3};
    Value out[5] = {0}, result = NULL;
    int uid, gid, dir;
    bool follow;
    PathArg p;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[1], &uid) < 0 ||
        value_as_int(out[2], &gid) < 0 || posix_dir_fd(out[3], &dir) < 0 ||
        posix_flag(out[4], true, &follow) < 0 || posix_path(&p, function, "path", out[0], PATH_OR_FD) < 0)
        return NULL;
    if (posix_granted(p.object)) {
        if (!follow) flags = AT_SYMLINK_NOFOLLOW;
        int status = paths_are_served() ? not_served()
                     : p.text           ? fchownat(dir, p.text, (uid_t)uid, (gid_t)gid, flags)
                                        : fchown(p.fd, (uid_t)uid, (gid_t)gid);
        result = status < 0 ? posix_path_error(&p) : NONE;
    }
    posix_path_drop(&p);
    return result;
}

static Value posix_chown(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return change_owner("chown", 5, 0, args, nargs, kwnames);
}

static Value posix_lchown(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    return change_owner("lchown", 3, AT_SYMLINK_NOFOLLOW, args, nargs, kwnames);
}

static Value posix_truncate(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "length", NULL};
    static const ArgSpec spec = {"truncate", names, 2, 2, 2};
    Value out[2], result = NULL;
    PathArg p;
    int64_t length;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_i64(out[1], &length) < 0 ||
        posix_path(&p, "truncate", "path", out[0], PATH_OR_FD) < 0)
        return NULL;
    if (posix_granted(p.object)) {
        int status = p.text                    ? path_truncate(p.text, length)
                     : descriptor_is_own(p.fd) ? GIL_BLOCKING(ftruncate(p.fd, length))
                                               : (errno = EBADF, -1);
        result = status < 0 ? posix_path_error(&p) : NONE;
    }
    posix_path_drop(&p);
    return result;
}

static int time_from_seconds(Value v, struct timespec *out) {
    double seconds;
    int64_t whole;
    if (!is_float(v)) {
        Value index = value_index(v);
        bool fits = index && int_to_i64(index, &whole);
        xdecref(index);
        if (!fits)
            return error_pending() ? -1
                                   : raise_int(T_OverflowError, "timestamp out of range for platform time_t");
        *out = (struct timespec){whole, 0};
        return 0;
    }
    if (value_as_double(v, &seconds) < 0) return -1;
    if (isnan(seconds)) return raise_int(T_ValueError, "Invalid value NaN (not a number)");
    if (fabs(seconds) >= 9.2e18)
        return raise_int(T_OverflowError, "timestamp out of range for platform time_t");
    double floor_seconds = floor(seconds);
    *out = (struct timespec){(time_t)floor_seconds, (long)((seconds - floor_seconds) * 1e9)};
    return 0;
}

static int time_from_nanoseconds(Value v, struct timespec *out) {
    Value index = value_index(v), quotient, rest;
    int64_t seconds = 0, ns = 0;
    if (!index || int_divmod(index, small_int_new(1000000000), &quotient, &rest) < 0)
        return xdecref(index), -1;
    bool fits = int_to_i64(quotient, &seconds) && int_to_i64(rest, &ns);
    decref(index);
    decref(quotient);
    decref(rest);
    *out = (struct timespec){seconds, ns};
    return fits ? 0 : raise_int(T_OverflowError, "timestamp out of range for platform time_t");
}

static int utime_times(Value times, Value ns, struct timespec out[2]) {
    if (times == NONE) times = NULL;
    if (times && ns)
        return raise_int(T_ValueError, "utime: you may specify either 'times' or 'ns' but not both");
    Value given = times ? times : ns;
    if (!given) {
        out[0] = out[1] = (struct timespec){0, UTIME_NOW};
        return 0;
    }
    if (!is_tuple(given) || tuple_length(given) != 2)
        return raise_int(T_TypeError, times ? "utime: 'times' must be either a tuple of two ints or None"
                                            : "utime: 'ns' must be a tuple of two ints");
    int (*convert)(Value, struct timespec *) = times ? time_from_seconds : time_from_nanoseconds;
    return convert(tuple_item_borrow(given, 0), &out[0]) < 0 ? -1
                                                             : convert(tuple_item_borrow(given, 1), &out[1]);
}

static Value posix_utime(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", "times", "ns", "dir_fd", "follow_symlinks", NULL};
    static const ArgSpec spec = {"utime", names, 5, 1, 2};
    Value out[5], result = NULL;
    PathArg p;
    int dir;
    bool follow;
    struct timespec times[2];
    if (!args_bind(&spec, args, nargs, kwnames, out) || utime_times(out[1], out[2], times) < 0 ||
        posix_dir_fd(out[3], &dir) < 0 || posix_flag(out[4], true, &follow) < 0 ||
        posix_path(&p, "utime", "path", out[0], PATH_OR_FD) < 0)
        return NULL;
    if (posix_granted(p.object)) {
        int status = p.text               ? path_utime(dir, p.text, times, follow ? 0 : AT_SYMLINK_NOFOLLOW)
                     : paths_are_served() ? not_served()
                                          : futimens(p.fd, times);
        result = status < 0 ? posix_path_error(&p) : NONE;
    }
    posix_path_drop(&p);
    return result;
}

const NativeMethod posix_path_functions[] = {
    METHOD_KW("stat", posix_stat,
              "stat($module, /, path, *, dir_fd=None, follow_symlinks=True)\n--\n\nWhat the system knows of "
              "a file."),
    METHOD_KW("lstat", posix_lstat,
              "lstat($module, /, path, *, dir_fd=None)\n--\n\nAs stat, of a symbolic link itself."),
    METHOD_KW("statvfs", posix_statvfs,
              "statvfs($module, /, path)\n--\n\nWhat the system knows of a file system."),
    METHOD_KW("access", posix_access,
              "access($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       "
              "follow_symlinks=True)\n--\n\nMay the file be used so?"),
    METHOD_KW("readlink", posix_readlink,
              "readlink($module, /, path, *, dir_fd=None)\n--\n\nWhere a symbolic link points."),
    METHOD_KW("mkdir", posix_mkdir,
              "mkdir($module, /, path, mode=511, *, dir_fd=None)\n--\n\nMakes a directory."),
    METHOD_KW("mkfifo", posix_mkfifo,
              "mkfifo($module, /, path, mode=438, *, dir_fd=None)\n--\n\nMakes a named pipe."),
    METHOD_KW("rmdir", posix_rmdir,
              "rmdir($module, /, path, *, dir_fd=None)\n--\n\nRemoves an empty directory."),
    METHOD_KW("unlink", posix_unlink,
              "unlink($module, /, path, *, dir_fd=None)\n--\n\nRemoves a file's name."),
    METHOD_KW("remove", posix_remove,
              "remove($module, /, path, *, dir_fd=None)\n--\n\nRemoves a file's name."),
    METHOD_KW("rename", posix_rename,
              "rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nRenames a file."),
    METHOD_KW("replace", posix_replace,
              "replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nRenames a "
              "file over another."),
    METHOD_KW("link", posix_link,
              "link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     "
              "follow_symlinks=True)\n--\n\nGives a file another name."),
    METHOD_KW("symlink", posix_symlink,
              "symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)\n--\n\nMakes a "
              "symbolic link dst that points to src."),
    METHOD_KW("chmod", posix_chmod,
              "chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)\n--\n\nChanges the "
              "permissions."),
    METHOD_KW("chown", posix_chown,
              "chown($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)\n--\n\nChanges the "
              "owner, where that is granted."),
    METHOD_KW("lchown", posix_lchown,
              "lchown($module, /, path, uid, gid)\n--\n\nThe same, of a link itself."),
    METHOD_KW("truncate", posix_truncate,
              "truncate($module, /, path, length)\n--\n\nCuts or extends a file."),
    METHOD_KW("utime", posix_utime,
              "utime($module, /, path, times=None, *, ns=<unrepresentable>,\n      dir_fd=None, "
              "follow_symlinks=True)\n--\n\nSets the times of last access and modification."),
    METHOD_END,
};
