/* Paths and bundles of a program's files; see files.h. */
#include <ipc/files.h>

#include <string.h>

bool ipc_path_is_inner(IpcSlice path) {
    if (!path.len || path.len > IPC_FILE_PATH || memchr(path.ptr, 0, path.len)) return false;
    const char *part = path.ptr, *end = path.ptr + path.len;
    for (;;) {
        const char *slash = memchr(part, '/', (size_t)(end - part)), *stop = slash ? slash : end;
        size_t length = (size_t)(stop - part);
        if (!length || (length <= 2 && memcmp(part, "..", length) == 0)) return false;
        if (!slash) return true;
        part = slash + 1;
    }
}

bool ipc_bundle_next(IpcReader *reader, IpcSlice *path, IpcSlice *data) {
    IpcToken token;
    if (ipc_reader_done(reader) || ipc_read_str(reader, path) != IPC_OK) return false;
    if (ipc_read(reader, &token) != IPC_OK || (token.type != IPC_T_BIN && token.type != IPC_T_STR))
        return false;
    *data = token.bytes;
    return true;
}

static IpcCode check_bundle(IpcSlice files, IpcError *error) {
    IpcReader reader = ipc_slice_reader(files);
    uint32_t pairs;
    if (ipc_read_map(&reader, &pairs) != IPC_OK)
        return ipc_fail(error, IPC_E_WRONG_TYPE, "sources.files: expected a map of path to bin");
    for (uint32_t i = 0; i < pairs; i++) {
        IpcSlice path = {0}, data;
        bool good = ipc_bundle_next(&reader, &path, &data);
        if (good && ipc_path_is_inner(path)) continue;
        IpcCode code = good ? IPC_E_BAD_VALUE : IPC_E_WRONG_TYPE;
        ipc_fail(error, code,
                 good ? "sources.files: not a path inside of the root: "
                      : "sources.files: expected bin for ");
        if (error) ipc_error_append(error, path.ptr, path.len, 80);
        return code;
    }
    return IPC_OK;
}

static bool is_absolute(IpcSlice path) {
    return path.len && path.len <= IPC_FILE_PATH && path.ptr[0] == '/' && !memchr(path.ptr, 0, path.len);
}

IpcCode ipc_sources_check(const IpcSources *sources, IpcError *error) {
    int ways = sources->on_demand + (sources->files.ptr != NULL) + (sources->archive.ptr != NULL);
    if (sources->cwd.ptr && !is_absolute(sources->cwd))
        return ipc_fail(error, IPC_E_BAD_VALUE, "sources.cwd: not an absolute path");
    if (!sources->root.ptr) {
        bool nothing = !ways && !sources->alias.ptr && !sources->is_archive;
        return nothing ? IPC_OK : ipc_fail(error, IPC_E_MISSING_FIELD, "sources.root is required");
    }
    if (!is_absolute(sources->root))
        return ipc_fail(error, IPC_E_BAD_VALUE, "sources.root: not an absolute path");
    if (sources->alias.ptr && !is_absolute(sources->alias))
        return ipc_fail(error, IPC_E_BAD_VALUE, "sources.alias: not an absolute path");
    if (ways != 1)
        return ipc_fail(error, IPC_E_BAD_VALUE,
                        "sources: exactly one of on_demand, files and archive is needed");
    return sources->files.ptr ? check_bundle(sources->files, error) : IPC_OK;
}
