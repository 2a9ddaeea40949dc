/* posix_directories: what is in a directory: listdir, scandir and its entries; the current directory. */
#include <dirent.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/host.h"
#include "modules/files.h"
#include "modules/paths.h"
#include "modules/posix.h"
#include "objects/bytes.h"
#include "objects/generic.h"
#include "objects/int.h"

/* An open directory, read by the system's own call: the C library's readers make others that a worker may not. */
typedef struct Directory {
    int fd;
    size_t have, at; /* bytes in the buffer, and where the next entry begins */
    char buffer[16 * 1024];
} Directory;

typedef struct RawEntry { /* as the kernel writes it */
    uint64_t inode;
    int64_t offset;
    unsigned short size;
    unsigned char kind;
    char name[];
} RawEntry;

static void close_directory(Directory *d) {
    descriptor_close(d->fd);
    heap_free(rt->heap, d);
}

/* The directory that a path or descriptor names; NULL with errno. */
static Directory *open_directory(const PathArg *p) {
    if (!p->text && !descriptor_is_own(p->fd)) return errno = EBADF, NULL;
    int fd = p->text ? path_open(AT_FDCWD, p->text, O_RDONLY | O_DIRECTORY, 0)
                     : descriptor_take(fcntl(p->fd, F_DUPFD_CLOEXEC, 3));
    struct stat st;
    if (fd < 0) return NULL;
    if (!p->text && descriptor_stat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
        return descriptor_close(fd), errno = ENOTDIR, NULL;
    if (!p->text) lseek(fd, 0, SEEK_SET);
    Directory *d = heap_alloc(rt->heap, sizeof *d);
    if (!d) return descriptor_close(fd), errno = ENOMEM, NULL;
    d->fd = fd;
    d->have = d->at = 0;
    return d;
}

/* The next entry but . and ..; NULL at the end (errno 0) or on failure. */
static const RawEntry *next_entry(Directory *d) {
    for (;;) {
        if (d->at == d->have) {
            long n = GIL_BLOCKING(syscall(SYS_getdents64, d->fd, d->buffer, sizeof d->buffer));
            if (n == 0) errno = 0;
            if (n <= 0) return NULL;
            d->have = (size_t)n;
            d->at = 0;
        }
        const RawEntry *e = (const RawEntry *)(d->buffer + d->at);
        d->at += e->size;
        if (strcmp(e->name, ".") != 0 && strcmp(e->name, "..") != 0) return e;
    }
}

static Value name_value(const char *name, bool as_bytes) {
    return as_bytes ? bytes_from(name, strlen(name)) : posix_text(name, strlen(name));
}

static Value list_names(Directory *dir, const PathArg *p) {
    Value list = list_new(0);
    const RawEntry *e;
    while (list && (e = next_entry(dir))) {
        Value name = name_value(e->name, p->is_bytes);
        if (!name || work_charge(1) < 0 || list_append(list, name) < 0) CLEAR_FIELD(list);
        xdecref(name);
    }
    if (list && errno) {
        posix_path_error(p);
        CLEAR_FIELD(list);
    }
    return list;
}

/* The same of the job's own files. */
static Value own_names(const PathArg *p) {
    Value names = files_list(p->text, p->object ? p->object : NONE),
          list = names && p->is_bytes ? list_new(0) : NULL;
    if (!p->is_bytes) return names;
    for (size_t i = 0; list && i < list_length(names); i++) {
        size_t n;
        const char *text = str_wtf8(list_item_borrow(names, i), &n);
        Value raw = text ? bytes_from(text, n) : NULL;
        if (!raw || list_append_steal(list, raw) < 0) CLEAR_FIELD(list);
    }
    xdecref(names);
    return list;
}

static Value posix_listdir(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", NULL};
    static const ArgSpec spec = {"listdir", names, 1, 0, 1};
    Value out[1], result = NULL;
    PathArg p;
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        posix_path(&p, "listdir", "path", out[0], PATH_OR_FD | PATH_OR_NONE) < 0)
        return NULL;
    if (p.text && files_covers(p.text)) {
        result = own_names(&p);
    } else if (posix_granted(p.object)) {
        Directory *dir = open_directory(&p);
        result = dir ? list_names(dir, &p) : posix_path_error(&p);
        if (dir) close_directory(dir);
    }
    posix_path_drop(&p);
    return result;
}

/* ---- entries ---- */

typedef struct DirEntry {
    HeapObject head;
    Value name, path;
    Value stat, lstat;  /* stat_result once asked, or NULL */
    int dir_fd;         /* -1: path is usable by itself */
    unsigned char kind; /* DT_ */
    uint64_t inode;
} DirEntry;

static void entry_free(Heap *heap, HeapObject *o) {
    (void)heap;
    DirEntry *e = (DirEntry *)o;
    xdecref(e->name);
    xdecref(e->path);
    xdecref(e->stat);
    xdecref(e->lstat);
    value_free(AS_VALUE(e));
}

/* Joins a directory's path and a name, both of one kind. New. */
static Value join_path(const PathArg *directory, Value name) {
    if (!directory->text) return incref(name);
    size_t n = strlen(directory->text);
    bool slash = n && directory->text[n - 1] != '/';
    if (directory->is_bytes) {
        Value path = bytes_new(n + slash + bytes_length(name));
        if (!path) return NULL;
        memcpy(bytes_data(path), directory->text, n);
        if (slash) bytes_data(path)[n] = '/';
        memcpy(bytes_data(path) + n + slash, bytes_data(name), bytes_length(name));
        return path;
    }
    return directory->object ? str_format("%U%s%U", directory->object, slash ? "/" : "", name)
                             : str_format("./%U", name);
}

static Value entry_new(const char *name, unsigned char kind, uint64_t inode, const PathArg *directory) {
    DirEntry *e = (DirEntry *)value_alloc(POSIX->dir_entry, 0);
    if (!e) return NULL;
    e->stat = e->lstat = e->path = NULL;
    e->name = name_value(name, directory->is_bytes);
    e->path = e->name ? join_path(directory, e->name) : NULL;
    e->kind = kind;
    e->inode = inode;
    e->dir_fd = directory->text ? -1 : directory->fd;
    if (e->path) return AS_VALUE(e);
    decref(AS_VALUE(e));
    return NULL;
}

static int ask_system(DirEntry *e, bool follow, struct stat *st) {
    PathArg p;
    if (posix_path(&p, "stat", "path", e->path, 0) < 0) return -1;
    int status = -1;
    if (p.text && e->dir_fd < 0 && files_covers(p.text)) {
        status = files_stat(p.text, st);
        if (status > 0) errno = status, posix_path_error(&p), status = -1;
    } else if (posix_granted(p.object)) {
        status =
            path_stat(e->dir_fd < 0 ? AT_FDCWD : e->dir_fd, p.text, st, follow ? 0 : AT_SYMLINK_NOFOLLOW);
        if (status < 0) posix_path_error(&p);
    }
    posix_path_drop(&p);
    return status;
}

/* The stat_result, kept; borrowed. */
static Value entry_stat_borrow(DirEntry *e, bool follow) {
    struct stat st;
    if (follow && e->kind != DT_LNK && e->kind != DT_UNKNOWN) follow = false; /* the same */
    Value *place = follow ? &e->stat : &e->lstat;
    if (!*place && ask_system(e, follow, &st) == 0) *place = posix_stat_result(&st);
    return *place;
}

static int entry_has_mode(DirEntry *e, bool follow, mode_t mode, unsigned char kind) {
    if (e->kind != DT_UNKNOWN && !(follow && e->kind == DT_LNK)) return e->kind == kind;
    Value st = entry_stat_borrow(e, follow);
    if (!st) return error_swallow(T_FileNotFoundError) ? 0 : -1;
    return (small_int(tuple_item_borrow(st, 0)) & S_IFMT) == mode;
}

static int follow_argument(const char *function, Value const *args, size_t nargs, Value kwnames,
                           bool *follow) {
    static const char *const names[] = {"follow_symlinks", NULL};
    ArgSpec spec = {function, names, 1, 0, 0};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? posix_flag(out[0], true, follow) : -1;
}

static Value truth(int found) { return found < 0 ? NULL : BOOL(found); }

static Value entry_is_dir(Value v, Value const *args, size_t nargs, Value kwnames) {
    bool follow;
    if (follow_argument("is_dir", args, nargs, kwnames, &follow) < 0) return NULL;
    return truth(entry_has_mode((DirEntry *)v, follow, S_IFDIR, DT_DIR));
}

static Value entry_is_file(Value v, Value const *args, size_t nargs, Value kwnames) {
    bool follow;
    if (follow_argument("is_file", args, nargs, kwnames, &follow) < 0) return NULL;
    return truth(entry_has_mode((DirEntry *)v, follow, S_IFREG, DT_REG));
}

static Value entry_is_symlink(Value v) {
    return truth(entry_has_mode((DirEntry *)v, false, S_IFLNK, DT_LNK));
}
static Value entry_inode(Value v) { return int_from_u64(((DirEntry *)v)->inode); }
static Value entry_fspath(Value v) { return incref(((DirEntry *)v)->path); }
static Value entry_repr(Value v) { return str_format("<DirEntry %R>", ((DirEntry *)v)->name); }

static Value entry_stat(Value v, Value const *args, size_t nargs, Value kwnames) {
    bool follow;
    if (follow_argument("stat", args, nargs, kwnames, &follow) < 0) return NULL;
    return xincref(entry_stat_borrow((DirEntry *)v, follow));
}

static const NativeMethod entry_methods[] = {
    METHOD_KW("is_dir", entry_is_dir, "is_dir($self, /, *, follow_symlinks=True)\n--\n\nIs it a directory?"),
    METHOD_KW("is_file", entry_is_file,
              "is_file($self, /, *, follow_symlinks=True)\n--\n\nIs it a plain file?"),
    METHOD_NOARGS("is_symlink", entry_is_symlink, "is_symlink($self, /)\n--\n\nIs it a symbolic link?"),
    METHOD_KW("stat", entry_stat,
              "stat($self, /, *, follow_symlinks=True)\n--\n\nWhat the system knows of it, asked once."),
    METHOD_NOARGS("inode", entry_inode, "inode($self, /)\n--\n\nIts number in the file system."),
    METHOD_NOARGS("__fspath__", entry_fspath, "__fspath__($self, /)\n--\n\nThe path."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const Member entry_members[] = {
    {"name", MEMBER_VALUE, offsetof(DirEntry, name), true, "its name in the directory"},
    {"path", MEMBER_VALUE, offsetof(DirEntry, path), true, "its path: the directory's, and the name"},
    {0},
};

const TypeSpec posix_dir_entry_spec = {
    .name = "posix.DirEntry",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(DirEntry),
    .slots = {.free = entry_free, .repr = entry_repr},
    .methods = entry_methods,
    .members = entry_members,
};

/* ---- the iterator ---- */

typedef struct Scandir {
    HeapObject head;
    PathArg path;
    Directory *dir; /* NULL: closed or at its end */
    Value own;      /* names in a directory of the job's own files, or NULL */
    size_t next;
} Scandir;

static void scandir_shut(Scandir *s) {
    if (s->dir) close_directory(s->dir);
    s->dir = NULL;
    CLEAR_FIELD(s->own);
}

static void scandir_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Scandir *s = (Scandir *)o;
    scandir_shut(s);
    posix_path_drop(&s->path);
    value_free(AS_VALUE(s));
}

static Value posix_scandir(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", NULL};
    static const ArgSpec spec = {"scandir", names, 1, 0, 1};
    Value out[1];
    PathArg p;
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        posix_path(&p, "scandir", "path", out[0], PATH_OR_FD | PATH_OR_NONE) < 0)
        return NULL;
    bool own = p.text && files_covers(p.text);
    Scandir *s = own || posix_granted(p.object) ? (Scandir *)value_alloc(POSIX->scandir, 0) : NULL;
    if (!s) return posix_path_drop(&p), NULL;
    s->path = p;
    s->next = 0;
    s->dir = NULL;
    s->own = own ? files_list(p.text, p.object ? p.object : NONE) : NULL;
    if (!own) s->dir = open_directory(&p);
    if (s->dir || s->own) return AS_VALUE(s);
    if (!own) posix_path_error(&p);
    decref(AS_VALUE(s));
    return NULL;
}

static Value scandir_iter(Value v) { return incref(v); }

static Value own_entry(Scandir *s) {
    if (s->next == list_length(s->own)) return scandir_shut(s), NULL;
    Value name = list_item_borrow(s->own, s->next++);
    const char *text = str_wtf8(name, NULL);
    Value entry = text ? entry_new(text, DT_UNKNOWN, 0, &s->path) : NULL;
    struct stat st;
    if (entry && ask_system((DirEntry *)entry, true, &st) < 0) CLEAR_FIELD(entry);
    if (entry)
        ((DirEntry *)entry)->kind = S_ISDIR(st.st_mode) ? DT_DIR : DT_REG,
                   ((DirEntry *)entry)->inode = st.st_ino;
    return entry;
}

static Value scandir_next(Value v) {
    Scandir *s = (Scandir *)v;
    if (s->own) return own_entry(s);
    if (!s->dir) return NULL;
    const RawEntry *e = next_entry(s->dir);
    if (e) return entry_new(e->name, e->kind, e->inode, &s->path);
    if (errno) posix_path_error(&s->path);
    scandir_shut(s);
    return NULL;
}

static Value scandir_close(Value v) { return scandir_shut((Scandir *)v), NONE; }
static Value scandir_enter(Value v) { return incref(v); }
static Value scandir_exit(Value v, Value const *args, size_t nargs) {
    return (void)args, (void)nargs, scandir_close(v);
}

static const NativeMethod scandir_methods[] = {
    METHOD_NOARGS("close", scandir_close, NULL),
    METHOD_NOARGS("__enter__", scandir_enter, NULL),
    METHOD_FAST("__exit__", scandir_exit, NULL),
    METHOD_END,
};

const TypeSpec posix_scandir_spec = {
    .name = "posix.ScandirIterator",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Scandir),
    .slots = {.free = scandir_free, .iter = scandir_iter, .next = scandir_next},
    .methods = scandir_methods,
};

/* ---- the current directory ---- */

static Value posix_getcwd(Value module) {
    (void)module;
    char text[4096];
    const char *cwd = path_cwd(text, sizeof text);
    return cwd ? posix_text(cwd, strlen(cwd)) : raise_os_error(errno, NULL);
}

static Value posix_getcwdb(Value module) {
    (void)module;
    char text[4096];
    const char *cwd = path_cwd(text, sizeof text);
    return cwd ? bytes_from(cwd, strlen(cwd)) : raise_os_error(errno, NULL);
}

static int go_to_descriptor(int fd) {
    if (!paths_are_served()) return GIL_BLOCKING(fchdir(fd));
    errno = ENOTSUP;
    return -1;
}

static Value posix_chdir(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"path", NULL};
    static const ArgSpec spec = {"chdir", names, 1, 1, 1};
    Value out[1], result = NULL;
    PathArg p;
    if (!args_bind(&spec, args, nargs, kwnames, out) ||
        posix_path(&p, "chdir", "path", out[0], PATH_OR_FD) < 0)
        return NULL;
    if (p.text ? files_covers(p.text) || posix_granted(p.object) : posix_granted(p.object))
        result = (p.text ? path_chdir(p.text) : go_to_descriptor(p.fd)) < 0 ? posix_path_error(&p) : NONE;
    posix_path_drop(&p);
    return result;
}

const NativeMethod posix_directory_functions[] = {
    METHOD_KW("listdir", posix_listdir, "listdir($module, /, path=None)\n--\n\nThe names in a directory."),
    METHOD_KW("scandir", posix_scandir,
              "scandir($module, /, path=None)\n--\n\nThe entries of a directory, one by one."),
    METHOD_NOARGS("getcwd", posix_getcwd, "getcwd($module, /)\n--\n\nThe current directory."),
    METHOD_NOARGS("getcwdb", posix_getcwdb, "getcwdb($module, /)\n--\n\nThe current directory as bytes."),
    METHOD_KW("chdir", posix_chdir, "chdir($module, /, path)\n--\n\nChanges the current directory."),
    METHOD_END,
};
