/*
 * posix: the system's functions as Python's os module has them, split by what they work on.
 *
 * Grants. What reaches the file system asks posix_granted first: where nothing is granted it is PermissionError [Errno 1]
 * (FileNotFoundError for an empty path). Then it goes by modules/paths.h.
 * Descriptors 0, 1 and 2 are the host's streams, never this process's own: they can be read, written and asked, not closed or
 * copied. There is no fork, exec, system, pipe or signal to others: a worker is one process.
 */
#ifndef ATOLL_MODULES_POSIX_H
#define ATOLL_MODULES_POSIX_H

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "modules/module.h"
#include "objects/str.h"
#include "vm/gil.h"
#include "vm/vm.h"

typedef struct PosixState {
    Type *stat_result, *statvfs_result, *terminal_size, *times_result, *uname_result, *dir_entry, *scandir;
} PosixState;

#define POSIX MODULE_STATE(posix, PosixState)

/* May this job reach the file system? else raises PermissionError about the path (or NULL). */
bool posix_granted(Value path_or_null);

/* ---- path arguments (posix_args.c) ---- */

enum PathFlags { PATH_OR_FD = 1, PATH_OR_NONE = 2 };

/* A path as the system wants it. After posix_path succeeded, posix_path_drop. */
typedef struct PathArg {
    Value object;     /* what is shown in errors; NULL: none was given. Owned */
    Value bytes;      /* the encoded path, owned; NULL: none, or a descriptor */
    const char *text; /* in bytes, or "." for none, or NULL for a descriptor */
    int fd;           /* -1: a path */
    bool is_bytes;    /* answers are bytes too */
} PathArg;

#define PATH_ARG_NONE                                                                                        \
    { NULL, NULL, NULL, -1, false }

/* 0, -1 raised. */
int posix_path(PathArg *out, const char *function, const char *argument, Value v, int flags);
void posix_path_drop(PathArg *p);
/* Raises the OSError of errno about this path; NULL. */
Value posix_path_error(const PathArg *p);
Value posix_two_paths_error(const PathArg *from, const PathArg *to);
/* dir_fd=None or a number. 0, -1. */
int posix_dir_fd(Value v_or_null, int *out);
/* A truth with a default. 0, -1. */
int posix_flag(Value v_or_null, bool fallback, bool *out);
/* File-system text: bytes that are no UTF-8 become surrogates. New. */
Value posix_text(const char *bytes, size_t n);
/* os.fspath. New. */
Value posix_fspath(Value path);
/* stat_result. New. */
Value posix_stat_result(const struct stat *st);

/* ---- functions, by file ---- */

extern const NativeMethod posix_path_functions[], posix_descriptor_functions[], posix_directory_functions[];
extern const TypeSpec posix_dir_entry_spec, posix_scandir_spec;
/* Adds the constants, and _have_functions. 0, -1. */
int posix_add_constants(Value module);

#endif
