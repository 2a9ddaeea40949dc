/*
 * path_call: a system call that takes a path, as a record, for a host that makes such calls in place of this process.
 *
 * A worker of a pool cannot name a file: its kernel filter has no call for it. Where directories are granted to it, another
 * process makes the call and hands over what came of it (rpc/files_server.h); modules/paths.h is what the interpreter uses.
 */
#ifndef ATOLL_BASE_PATH_CALL_H
#define ATOLL_BASE_PATH_CALL_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

typedef enum PathOp {
    PATH_OPEN,     /* flags of open(2), mode: answer.fd */
    PATH_STAT,     /* flags: 0 or AT_SYMLINK_NOFOLLOW: answer.stat */
    PATH_STATVFS,  /* answer.statvfs */
    PATH_ACCESS,   /* mode: R_OK and so on; flags as PATH_STAT */
    PATH_READLINK, /* answer.text, length */
    PATH_MKDIR,    /* mode */
    PATH_UNLINK,   /* flags: 0 or AT_REMOVEDIR */
    PATH_RENAME,   /* name, to */
    PATH_CHMOD,    /* mode; flags as PATH_STAT */
    PATH_TRUNCATE, /* length */
    PATH_UTIME,    /* times; flags as PATH_STAT */
    PATH_OPS
} PathOp;

typedef struct PathCall {
    PathOp op;
    const char *name, *to; /* absolute; to: of PATH_RENAME, else NULL */
    int flags;
    mode_t mode;
    int64_t length;
    struct timespec times[2]; /* as utimensat(2) takes them */
} PathCall;

typedef struct PathAnswer {
    int fd;
    size_t length;
    union {
        struct stat stat;
        struct statvfs statvfs;
        char text[PATH_MAX];
    };
} PathAnswer;

#endif
