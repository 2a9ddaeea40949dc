/* posix_constants: the numbers of posix, and which functions take what (os.supports_dir_fd and its like are made from it). */
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <sys/statvfs.h>
#include <sysexits.h>
#include <unistd.h>

#include "modules/paths.h"
#include "modules/posix.h"
#include "objects/dict.h"

static const struct {
    const char *name;
    int64_t value;
} constant_rows[] = {
#define ROW(name) {#name, name},
    ROW(F_OK) ROW(R_OK) ROW(W_OK) ROW(X_OK) ROW(F_LOCK) ROW(F_TEST) ROW(F_TLOCK) ROW(F_ULOCK) ROW(O_RDONLY)
        ROW(O_WRONLY) ROW(O_RDWR) ROW(O_ACCMODE) ROW(O_APPEND) ROW(O_ASYNC) ROW(O_CLOEXEC) ROW(O_CREAT)
            ROW(O_DIRECT) ROW(O_DIRECTORY) ROW(O_DSYNC) ROW(O_EXCL) ROW(O_FSYNC) ROW(O_LARGEFILE)
                ROW(O_NDELAY) ROW(O_NOATIME) ROW(O_NOCTTY) ROW(O_NOFOLLOW) ROW(O_NONBLOCK) ROW(O_PATH)
                    ROW(O_RSYNC) ROW(O_SYNC) ROW(O_TMPFILE) ROW(O_TRUNC) ROW(SEEK_DATA) ROW(SEEK_HOLE)
                        ROW(TMP_MAX) ROW(GRND_NONBLOCK) ROW(GRND_RANDOM) ROW(ST_RDONLY) ROW(ST_NOSUID)
                            ROW(ST_NODEV) ROW(ST_NOEXEC) ROW(ST_SYNCHRONOUS) ROW(ST_MANDLOCK) ROW(ST_WRITE)
                                ROW(ST_APPEND) ROW(ST_NOATIME) ROW(ST_NODIRATIME) ROW(ST_RELATIME) ROW(EX_OK)
                                    ROW(EX_USAGE) ROW(EX_DATAERR) ROW(EX_NOINPUT) ROW(EX_NOUSER)
                                        ROW(EX_NOHOST) ROW(EX_UNAVAILABLE) ROW(EX_SOFTWARE) ROW(EX_OSERR)
                                            ROW(EX_OSFILE) ROW(EX_CANTCREAT) ROW(EX_IOERR) ROW(EX_TEMPFAIL)
                                                ROW(EX_PROTOCOL) ROW(EX_NOPERM) ROW(EX_CONFIG)
#undef ROW
                                                    {"NGROUPS_MAX", 65536},
};

/* Those of the second row want a descriptor in place of a path, or of the directory it begins in: no files server does that. */
static const char *const have_rows[] = {"HAVE_FDOPENDIR", "HAVE_FTRUNCATE", "HAVE_LSTAT", "HAVE_LUTIMES",
                                        NULL};
static const char *const have_direct_rows[] = {"HAVE_FACCESSAT",
                                               "HAVE_FCHDIR",
                                               "HAVE_FCHMOD",
                                               "HAVE_FCHMODAT",
                                               "HAVE_FSTATAT",
                                               "HAVE_FSTATVFS",
                                               "HAVE_FUTIMENS",
                                               "HAVE_LINKAT",
                                               "HAVE_MKDIRAT",
                                               "HAVE_MKFIFOAT",
                                               "HAVE_OPENAT",
                                               "HAVE_READLINKAT",
                                               "HAVE_RENAMEAT",
                                               "HAVE_SYMLINKAT",
                                               "HAVE_UNLINKAT",
                                               "HAVE_UTIMENSAT",
                                               NULL};

static bool add_names(Value list, const char *const *rows) {
    for (; *rows; rows++) {
        Value name = str_from_cstr(*rows);
        if (!name || list_append_steal(list, name) < 0) return false;
    }
    return true;
}

static Value have_list(void) {
    Value list = list_new(0);
    bool direct = !paths_are_served();
    if (list && add_names(list, have_rows) && (!direct || add_names(list, have_direct_rows))) return list;
    xdecref(list);
    return NULL;
}

int posix_add_constants(Value module) {
    for (size_t i = 0; i < sizeof constant_rows / sizeof *constant_rows; i++)
        if (module_add_int(module, constant_rows[i].name, constant_rows[i].value) < 0) return -1;
    return module_add(module, "_have_functions", have_list());
}
