#include "sources.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <ipc/files.h>

#include "sources_bundle.h"

/* --- opening beneath the root ----------------------------------------------------------------- */

/* Without openat2: part by part, and no links at all. */
static int open_by_parts(int root, const char *path, int flags) {
    int at = fcntl(root, F_DUPFD_CLOEXEC, 3);
    while (at >= 0) {
        const char *slash = strchr(path, '/');
        char part[NAME_MAX + 1];
        int length = slash ? (int)(slash - path) : (int)strlen(path);
        if (length > NAME_MAX) return close(at), errno = ENAMETOOLONG, -1;
        snprintf(part, sizeof part, "%.*s", length, path);
        int next = openat(at, part, (slash ? O_PATH | O_DIRECTORY : flags) | O_NOFOLLOW | O_CLOEXEC);
        close(at);
        if (!slash) return next;
        at = next;
        path = slash + 1;
    }
    return -1;
}

/* Opens what stands below the root, whatever links are on the way; "" is the root. */
static int open_beneath(int root, const char *path, int flags) {
    struct open_how how = {.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC),
                           .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    int fd = (int)syscall(SYS_openat2, root, *path ? path : ".", &how, sizeof how);
    if (fd < 0 && (errno == ENOSYS || errno == EPERM)) return open_by_parts(root, *path ? path : ".", flags);
    return fd;
}

static bool stat_beneath(int root, const char *path, struct stat *out) {
    int fd = open_beneath(root, path, O_PATH);
    if (fd < 0) return false;
    bool good = fstat(fd, out) == 0;
    close(fd);
    return good;
}

/* --- what is served --------------------------------------------------------------------------- */

static bool ends_in_py(const char *name) {
    size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".py") == 0;
}

static bool is_hidden(const char *name) { return *name == '.' || strcmp(name, "__pycache__") == 0; }

/* Whether any part of a path is never served. */
static bool has_hidden_part(const char *path) {
    for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL) {
        if (*part == '.' || strncmp(part, "__pycache__/", 12) == 0 || strcmp(part, "__pycache__") == 0)
            return true;
    }
    return false;
}

/* Whether a directory is a package, or is inside of one. */
static bool in_package(const Sources *sources, const char *directory) {
    if (sources->kind == SOURCES_DIRECTORY) return true;
    char path[IPC_FILE_PATH + 16];
    struct stat what;
    for (size_t length = strcspn(directory, "/"); *directory;
         length += 1 + strcspn(directory + length + 1, "/")) {
        snprintf(path, sizeof path, "%.*s/__init__.py", (int)length, directory);
        if (stat_beneath(sources->fd, path, &what) && S_ISREG(what.st_mode)) return true;
        if (!directory[length]) break;
    }
    return false;
}

static void join(char *out, size_t capacity, const char *directory, const char *name) {
    snprintf(out, capacity, "%s%s%s", directory, *directory ? "/" : "", name);
}

static bool is_served(const Sources *sources, const char *path) {
    const char *slash = strrchr(path, '/');
    char directory[IPC_FILE_PATH + 1];
    if (has_hidden_part(path)) return false;
    if (ends_in_py(path)) return true;
    snprintf(directory, sizeof directory, "%.*s", slash ? (int)(slash - path) : 0, path);
    return in_package(sources, directory);
}

/* --- lists ------------------------------------------------------------------------------------ */

typedef struct {
    Sources *sources;
    IpcList list;
    bool package; /* data files are served too */
} Listing;

static void add_entry(Listing *listing, const char *name, const struct stat *what) {
    IpcFileEntry entry = {
        .name = ipc_str(name),
        .directory = S_ISDIR(what->st_mode),
        .size = (uint64_t)what->st_size,
        .mtime_ns = (int64_t)what->st_mtim.tv_sec * 1000000000 + what->st_mtim.tv_nsec,
    };
    ipc_list_add_record(&listing->sources->entries, &listing->list, IPC_REC_FileEntry, &entry);
}

static bool add_name(Listing *listing, const char *directory, const char *name, bool is_file, int folder) {
    char path[IPC_FILE_PATH + NAME_MAX + 2];
    struct stat what;
    if (is_hidden(name) || !ipc_utf8_valid(name, strlen(name))) return true;
    if (is_file && !listing->package && !ends_in_py(name)) return true;
    join(path, sizeof path, directory, name);
    if (fstatat(folder, name, &what, AT_SYMLINK_NOFOLLOW) != 0) return true;
    if (S_ISLNK(what.st_mode) && !stat_beneath(listing->sources->fd, path, &what)) return true;
    bool is_directory = S_ISDIR(what.st_mode), is_plain = S_ISREG(what.st_mode);
    if (!is_directory && !(is_plain && (listing->package || ends_in_py(name)))) return true;
    if (listing->list.count == SOURCES_NAMES_MOST) return false;
    add_entry(listing, name, &what);
    return true;
}

static IpcFileKind refuse(Sources *sources, const char *format, ...) __attribute__((format(printf, 2, 3)));

static IpcFileKind refuse(Sources *sources, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sources->detail, sizeof sources->detail, format, arguments);
    va_end(arguments);
    return IPC_FILE_REFUSED;
}

/* The one entry of what is no directory. */
static IpcFileKind list_file(Sources *sources, const char *path, IpcList *out) {
    const char *slash = strrchr(path, '/');
    struct stat what;
    Listing listing = {.sources = sources};
    if (!is_served(sources, path) || !stat_beneath(sources->fd, path, &what) || !S_ISREG(what.st_mode))
        return IPC_FILE_ABSENT;
    add_entry(&listing, slash ? slash + 1 : path, &what);
    ipc_list_finish(&sources->entries, &listing.list);
    *out = listing.list;
    return IPC_FILE_PLAIN;
}

IpcFileKind sources__list(Sources *sources, const char *directory, IpcList *out, bool *partial) {
    int fd = open_beneath(sources->fd, directory, O_RDONLY | O_DIRECTORY);
    DIR *folder = fd < 0 ? NULL : fdopendir(fd);
    ipc_buf_clear(&sources->entries);
    *out = (IpcList){0};
    *partial = false;
    if (!folder) {
        bool no_directory = errno == ENOTDIR;
        if (fd >= 0) close(fd);
        return no_directory ? list_file(sources, directory, out) : IPC_FILE_ABSENT;
    }
    Listing listing = {.sources = sources, .package = in_package(sources, directory)};
    const struct dirent *entry;
    while (!*partial && (entry = readdir(folder)))
        *partial = !add_name(&listing, directory, entry->d_name, entry->d_type == DT_REG, fd);
    closedir(folder);
    if (*partial) return IPC_FILE_DIRECTORY;
    ipc_list_finish(&sources->entries, &listing.list);
    *out = listing.list;
    return ipc_buf_failed(&sources->entries) ? refuse(sources, "out of memory") : IPC_FILE_DIRECTORY;
}

/* --- bytes ------------------------------------------------------------------------------------ */

static IpcFileKind read_all(Sources *sources, int fd, size_t size) {
    ipc_buf_clear(&sources->data);
    char *room = ipc_buf_reserve(&sources->data, size ? size : 1);
    if (!room) return refuse(sources, "out of memory");
    while (sources->data.len < size) {
        ssize_t got = pread(fd, room + sources->data.len, size - sources->data.len, (off_t)sources->data.len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return refuse(sources, "%s", strerror(errno));
        if (got == 0) break; /* it shrank meanwhile */
        sources->data.len += (size_t)got;
    }
    return IPC_FILE_PLAIN;
}

static IpcFileKind read_open(Sources *sources, int fd) {
    struct stat what;
    if (fstat(fd, &what) != 0 || !S_ISREG(what.st_mode)) return IPC_FILE_ABSENT;
    if (what.st_size > SOURCES_FILE_MOST)
        return refuse(sources, "the file is larger than %dM", SOURCES_FILE_MOST >> 20);
    return read_all(sources, fd, (size_t)what.st_size);
}

IpcFileKind sources__read(Sources *sources, const char *path) {
    struct stat what;
    if (!is_served(sources, path) || !stat_beneath(sources->fd, path, &what)) return IPC_FILE_ABSENT;
    if (S_ISDIR(what.st_mode)) return IPC_FILE_DIRECTORY;
    if (!S_ISREG(what.st_mode)) return IPC_FILE_ABSENT; /* and is not opened: a device may act on that */
    int fd = open_beneath(sources->fd, path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) return errno == EACCES ? refuse(sources, "%s", strerror(errno)) : IPC_FILE_ABSENT;
    IpcFileKind kind = read_open(sources, fd);
    close(fd);
    return kind;
}

/* --- answers ---------------------------------------------------------------------------------- */

static IpcFileKind answer_path(Sources *sources, const char *path, bool list, IpcFile *answer) {
    if (sources->kind == SOURCES_NONE) return IPC_FILE_ABSENT;
    if (sources->kind == SOURCES_ARCHIVE)
        return *path ? IPC_FILE_ABSENT : list ? IPC_FILE_PLAIN : read_open(sources, sources->fd);
    if (!list) return sources__read(sources, path);
    return has_hidden_part(path) && *path ? IPC_FILE_ABSENT
                                          : sources__list(sources, path, &answer->entries, &answer->partial);
}

void sources_answer(Sources *sources, const IpcFileRequest *request, IpcFile *answer) {
    char path[IPC_FILE_PATH + 1] = "";
    *answer = (IpcFile){.job = request->job};
    ipc_buf_clear(&sources->data);
    if (request->path.len) {
        if (!ipc_path_is_inner(request->path)) return;
        memcpy(path, request->path.ptr, request->path.len);
        path[request->path.len] = '\0';
    }
    answer->kind = answer_path(sources, path, request->list, answer);
    if (answer->kind == IPC_FILE_PLAIN && !request->list) answer->data = ipc_buf_slice(&sources->data);
    if (answer->kind == IPC_FILE_REFUSED) answer->detail = ipc_str(sources->detail);
}

/* --- where they are --------------------------------------------------------------------------- */

void sources_init(Sources *sources) {
    *sources = (Sources){.fd = -1};
    ipc_buf_init(&sources->data, NULL);
    ipc_buf_init(&sources->entries, NULL);
}

void sources_free(Sources *sources) {
    if (sources->fd >= 0) close(sources->fd);
    ipc_buf_free(&sources->data);
    ipc_buf_free(&sources->entries);
    free(sources->root);
    free(sources->alias);
    free(sources->cwd);
    *sources = (Sources){.fd = -1};
}

/* Takes over `root`. Names that are no text are none that a program could ask for. */
static bool settle(Sources *sources, SourcesKind kind, char *root) {
    sources->root = root;
    sources->cwd = getcwd(NULL, 0);
    if (!root || !sources->cwd) return false;
    bool text = ipc_utf8_valid(root, strlen(root)) && ipc_utf8_valid(sources->cwd, strlen(sources->cwd));
    if (!text) return errno = EILSEQ, false;
    sources->fd =
        open(root, kind == SOURCES_ARCHIVE ? O_RDONLY | O_CLOEXEC : O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (sources->fd >= 0) sources->kind = kind;
    return sources->fd >= 0;
}

static char *directory_of(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? strndup(path, slash == path ? 1 : (size_t)(slash - path)) : NULL;
}

static char *absolute(const char *path) {
    char *folder = *path == '/' ? NULL : getcwd(NULL, 0), *joined = NULL;
    if (*path == '/') joined = strdup(path);
    else if (folder && asprintf(&joined, "%s/%s", strcmp(folder, "/") == 0 ? "" : folder, path) < 0)
        joined = NULL;
    free(folder);
    for (size_t n = joined ? strlen(joined) : 0; n > 1 && joined[n - 1] == '/';) joined[--n] = '\0';
    return joined;
}

bool sources_beside(Sources *sources, const char *file) {
    char *real = realpath(file, NULL), *shown = absolute(file), *folder = shown ? directory_of(shown) : NULL;
    bool good = real && settle(sources, SOURCES_BESIDE, directory_of(real));
    char *folder_real = good && folder ? realpath(folder, NULL) : NULL;
    bool same = folder_real && strcmp(folder_real, sources->root) == 0;
    if (same && strcmp(folder, sources->root) != 0 && ipc_utf8_valid(folder, strlen(folder))) {
        sources->alias = folder;
        folder = NULL;
    }
    free(folder_real);
    free(folder);
    free(shown);
    free(real);
    return good;
}

bool sources_below_cwd(Sources *sources) { return settle(sources, SOURCES_BESIDE, getcwd(NULL, 0)); }

bool sources_directory(Sources *sources, const char *path) {
    return settle(sources, SOURCES_DIRECTORY, absolute(path));
}

bool sources_archive(Sources *sources, const char *path) {
    return settle(sources, SOURCES_ARCHIVE, absolute(path));
}

void sources_on_demand(const Sources *sources, IpcSources *out) {
    *out = (IpcSources){0};
    if (sources->kind == SOURCES_NONE) return;
    *out = (IpcSources){
        .root = ipc_str(sources->root),
        .alias = ipc_str(sources->alias),
        .cwd = ipc_str(sources->cwd),
        .on_demand = true,
        .is_archive = sources->kind == SOURCES_ARCHIVE,
    };
}

bool sources_bundled(Sources *sources, IpcSlice text, IpcSources *out) {
    sources_on_demand(sources, out);
    if (sources->kind == SOURCES_NONE) return true;
    out->on_demand = out->is_archive = false;
    if (sources->kind == SOURCES_ARCHIVE) {
        IpcFileKind kind = read_open(sources, sources->fd);
        out->archive = ipc_buf_slice(&sources->data);
        return kind == IPC_FILE_PLAIN;
    }
    if (!sources__bundle(sources, text)) return false;
    out->files = ipc_buf_slice(&sources->data);
    return true;
}

/* --- archives --------------------------------------------------------------------------------- */

bool sources_is_archive(const char *path) {
    enum { END_RECORD = 22, COMMENT_MOST = 65535 };
    char tail[END_RECORD + COMMENT_MOST];
    struct stat what;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ssize_t length = 0;
    if (fd >= 0 && fstat(fd, &what) == 0 && S_ISREG(what.st_mode) && what.st_size >= END_RECORD) {
        off_t from = what.st_size > (off_t)sizeof tail ? what.st_size - (off_t)sizeof tail : 0;
        length = pread(fd, tail, sizeof tail, from);
    }
    if (fd >= 0) close(fd);
    for (ssize_t at = length - END_RECORD; at >= 0;
         at--) { /* its last field is the length of the comment behind it */
        const unsigned char *record = (unsigned char *)tail + at;
        if (memcmp(record, "PK\5\6", 4) == 0 && at + END_RECORD + record[20] + record[21] * 256 == length)
            return true;
    }
    return false;
}

char *sources_tell_cwd(IpcSources *out) {
    char *here = out->cwd.ptr ? NULL : getcwd(NULL, 0);
    if (here && *here == '/' && ipc_utf8_valid(here, strlen(here))) out->cwd = ipc_str(here);
    return here;
}
