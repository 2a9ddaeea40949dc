/*
 * job_files: a job's sources behind the host's two questions, what is in a directory and what is in a file.
 *
 * Three ways: a bundle that came with the job, an archive that did, or requests to the client by way of the supervisor. A bundle
 * is indexed once, sorted by path: a directory is a range in it. A request is answered by one message; while it is waited for,
 * cancel is heard and other threads run: those that ask too wait for their turn. A request that was given up is still answered, so
 * that answer is awaited, and dropped, before the next one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <ipc/files.h>

#include "rpc/worker.h"
#include "vm/gil.h"

typedef struct Bundled {
    IpcSlice path, data;
} Bundled;

typedef struct JobFiles {
    char *root, *alias, *cwd;
    bool on_demand;
    bool taken; /* on demand: a thread asks, or uses the answer; a thread that was ended keeps the turn */
    bool waiting, has_answer; /* a request is on its way; its answer is here */
    IpcBuf answer;            /* the File, as it came */
    IpcSlice archive;
    Bundled *bundle; /* sorted */
    size_t count;
} JobFiles;

/* ---- a bundle ---- */

/* By path, '/' before any other character: what is in a directory stands together, right behind a file of its name. */
static int compare_paths(IpcSlice a, IpcSlice b) {
    size_t n = a.len < b.len ? a.len : b.len;
    for (size_t i = 0; i < n; i++) {
        int x = a.ptr[i] == '/' ? 0 : (unsigned char)a.ptr[i],
            y = b.ptr[i] == '/' ? 0 : (unsigned char)b.ptr[i];
        if (x != y) return x - y;
    }
    return (a.len > b.len) - (a.len < b.len);
}

static int compare_bundled(const void *a, const void *b) {
    return compare_paths(((const Bundled *)a)->path, ((const Bundled *)b)->path);
}

static int index_bundle(JobFiles *files, IpcSlice map) {
    IpcReader reader = ipc_slice_reader(map);
    uint32_t pairs = 0;
    if (ipc_read_map(&reader, &pairs) != IPC_OK || !pairs) return 0;
    files->bundle = malloc(pairs * sizeof *files->bundle);
    if (!files->bundle) return -1;
    Bundled file;
    while (files->count < pairs && ipc_bundle_next(&reader, &file.path, &file.data))
        files->bundle[files->count++] = file;
    qsort(files->bundle, files->count, sizeof *files->bundle, compare_bundled);
    return 0;
}

/* The first that is not before a path. */
static size_t lower_bound(const JobFiles *files, IpcSlice path) {
    size_t low = 0, high = files->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_paths(files->bundle[middle].path, path) < 0) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool is_below(IpcSlice path, IpcSlice directory) {
    if (!directory.len) return true;
    return path.len > directory.len && path.ptr[directory.len] == '/' &&
           memcmp(path.ptr, directory.ptr, directory.len) == 0;
}

static int list_bundle(const JobFiles *files, IpcSlice directory, int (*each)(void *, const HostEntry *),
                       void *arg) {
    size_t i = lower_bound(files, directory), skip = directory.len ? directory.len + 1 : 0, found = 0;
    HostEntry last = {0};
    if (i < files->count && directory.len && compare_paths(files->bundle[i].path, directory) == 0) i++;
    for (; i < files->count && is_below(files->bundle[i].path, directory); i++, found++) {
        const Bundled *file = &files->bundle[i];
        const char *name = file->path.ptr + skip, *slash = memchr(name, '/', file->path.len - skip);
        HostEntry entry = {.name = name,
                           .length = slash ? (size_t)(slash - name) : file->path.len - skip,
                           .directory = slash,
                           .size = slash ? 0 : file->data.len};
        bool again = last.name && last.length == entry.length && memcmp(last.name, name, entry.length) == 0;
        if (!again && each(arg, &entry) < 0) return -1;
        last = entry;
    }
    return found || !directory.len ? 0 : ENOENT;
}

static int read_bundle(const JobFiles *files, IpcSlice path, IpcSlice *data) {
    size_t i = lower_bound(files, path);
    if (i == files->count || compare_paths(files->bundle[i].path, path) != 0) return ENOENT;
    *data = files->bundle[i].data;
    return 0;
}

/* ---- on demand ---- */

void job_files_take(Worker *w, const IpcEvent *event) {
    JobFiles *files = w->files;
    if (!files || !files->waiting || event->record->file.job != w->job) return;
    files->waiting = false;
    ipc_buf_clear(&files->answer);
    ipc_buf_append(&files->answer, event->params.ptr, event->params.len);
    files->has_answer = true;
}

/* With all that was sent on its way. False: interrupted. */
static bool wait_sharing(Worker *w) {
    if (worker_interrupted(w)) return false;
    worker_flush_sharing(w);
    return worker_receive_sharing(w);
}

static bool take_turn(Worker *w) {
    while (w->files->taken && !gil_has_lost_threads())
        if (!wait_sharing(w)) return false;
    return w->files->taken = true;
}

static bool await_answer(Worker *w) {
    while (w->files->waiting)
        if (!wait_sharing(w)) return false;
    return true;
}

/* Asks and waits, in its turn. 0 with the answer, valid until the turn's end; errno; -1 interrupted. */
static int ask(Worker *w, IpcSlice path, bool list, IpcFile *out) {
    JobFiles *files = w->files;
    if (!await_answer(w)) return -1; /* to a request that was given up */
    files->waiting = true;
    files->has_answer = false;
    worker_notify(w, IPC_M_JOB_FILE_REQUEST, &(IpcFileRequest){.job = w->job, .path = path, .list = list});
    if (!await_answer(w)) return -1;
    if (!files->has_answer || ipc_buf_failed(&files->answer) ||
        ipc_record_decode(ipc_buf_slice(&files->answer), IPC_REC_File, out, NULL) != IPC_OK)
        return ENOMEM;
    switch (out->kind) {
    case IPC_FILE_ABSENT: return ENOENT;
    case IPC_FILE_PLAIN: return list ? ENOTDIR : 0;
    case IPC_FILE_DIRECTORY: return !list ? EISDIR : out->partial ? E2BIG : 0;
    default:
        snprintf(w->host.files.detail, sizeof w->host.files.detail, "%.*s", (int)out->detail.len,
                 out->detail.ptr);
        return EIO;
    }
}

static int list_answer(const IpcFile *answer, int (*each)(void *, const HostEntry *), void *arg) {
    IpcReader reader = ipc_list_reader(answer->entries);
    for (uint32_t i = 0; i < answer->entries.count; i++) {
        IpcFileEntry entry;
        if (ipc_record_read(&reader, IPC_REC_FileEntry, &entry, NULL) != IPC_OK) return EIO;
        HostEntry found = {entry.name.ptr, entry.name.len, entry.directory, entry.size, entry.mtime_ns};
        if (each(arg, &found) < 0) return -1;
    }
    return 0;
}

/* ---- the host's functions ---- */

static int ask_list(Worker *w, IpcSlice path, int (*each)(void *, const HostEntry *), void *arg) {
    IpcFile answer;
    if (!take_turn(w)) return -1;
    int status = ask(w, path, true, &answer), told = 0;
    if (status == 0 || status == ENOTDIR) told = list_answer(&answer, each, arg);
    w->files->taken = false;
    return told ? told : status;
}

/* The bytes stay where they are as long as the caller keeps the GIL. */
static int ask_read(Worker *w, IpcSlice path, IpcSlice *bytes) {
    IpcFile answer;
    if (!take_turn(w)) return -1;
    int status = ask(w, path, false, &answer);
    w->files->taken = false;
    if (status == 0) *bytes = answer.data;
    return status;
}

static int host_list(void *ctx, const char *path, int (*each)(void *, const HostEntry *), void *arg) {
    Worker *w = ctx;
    return w->files->on_demand ? ask_list(w, ipc_str(path), each, arg)
                               : list_bundle(w->files, ipc_str(path), each, arg);
}

static int host_read(void *ctx, const char *path, const char **data, size_t *n) {
    Worker *w = ctx;
    IpcSlice bytes = w->files->archive;
    int status = 0;
    if (w->files->on_demand) status = ask_read(w, ipc_str(path), &bytes);
    else if (!bytes.ptr) status = read_bundle(w->files, ipc_str(path), &bytes);
    *data = bytes.ptr;
    *n = bytes.len;
    return status;
}

/* ---- beginning and end ---- */

static char *copy_text(IpcSlice text, bool *failed) {
    char *copy = text.ptr ? strndup(text.ptr, text.len) : NULL;
    *failed |= text.ptr && !copy;
    return copy;
}

int job_files_begin(Worker *w, const IpcSources *sources) {
    bool failed = false;
    if (!sources->root.ptr && !sources->cwd.ptr) return 0;
    JobFiles *files = w->files = calloc(1, sizeof *files);
    if (!files) return -1;
    ipc_buf_init(&files->answer, NULL);
    files->on_demand = sources->on_demand;
    files->archive = sources->archive;
    files->root = copy_text(sources->root, &failed);
    files->alias = copy_text(sources->alias, &failed);
    files->cwd = copy_text(sources->cwd, &failed);
    if (failed || index_bundle(files, sources->files) < 0) return job_files_end(w), -1;
    w->host.files = (HostFiles){.root = files->root,
                                .alias = files->alias,
                                .cwd = files->cwd,
                                .list = host_list,
                                .read = host_read,
                                .is_archive = sources->is_archive || sources->archive.ptr};
    return 0;
}

void job_files_end(Worker *w) {
    JobFiles *files = w->files;
    w->host.files = (HostFiles){0};
    w->files = NULL;
    if (!files) return;
    ipc_buf_free(&files->answer);
    free(files->bundle);
    free(files->root);
    free(files->alias);
    free(files->cwd);
    free(files);
}
