/*
 * cache: compiled files, __pycache__/NAME.atoll-311.pyc beside their sources, where files are granted.
 *
 * One is good for the source with the time and the size that it tells. A new one is written under another name
 * first, so that nobody reads half a file; where writing is refused there is none.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "import/import.h"
#include "import/pyc.h"
#include "modules/files.h"
#include "modules/paths.h"
#include "objects/bytes.h"
#include "objects/code.h"
#include "objects/dict.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* The setting of sys, borrowed; NULL: it is gone. */
static Value setting(const char *name) {
    Value key = str_intern_cstr(name), found = key ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), key) : NULL;
    xdecref(key);
    return found;
}

/* The compiled file's path, in out; false: there is to be none. */
static bool cache_path(Value path, char *out, size_t room) {
    const char *text = str_wtf8(path, NULL), *cached = NULL;
    Value prefix = setting("pycache_prefix");
    if (!text || files_covers(text) || !paths_are_granted() || (prefix && prefix != NONE)) return false;
    Value made = import_cached_path(text);
    if (made) cached = str_wtf8(made, NULL);
    bool good = cached && (size_t)snprintf(out, room, "%s", cached) < room;
    xdecref(made);
    return good;
}

static PycSource source_of(const struct stat *st) {
    return (PycSource){.mtime = (uint32_t)st->st_mtime, .size = (uint32_t)st->st_size};
}

/* Reads as much as there is room for. */
static size_t read_all(int fd, uint8_t *out, size_t room) {
    size_t have = 0;
    for (ssize_t n = 1; n > 0 && have < room; have += (size_t)(n > 0 ? n : 0))
        n = read(fd, out + have, room - have);
    return have;
}

/* Codes within a code are of its file. */
static void rename_within(Code *code, Value old, Value path) {
    if (!str_equal(code->filename, old)) return;
    SET_FIELD_STEAL(code->filename, incref(path));
    for (size_t i = 0; i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        if (IS_EXACT(v, code)) rename_within((Code *)v, old, path);
    }
}

void import_rename_code(Code *code, Value path) {
    if (str_equal(code->filename, path)) return;
    Value old = incref(code->filename);
    rename_within(code, old, path);
    decref(old);
}

Value import_cache_load(Value path, const struct stat *source) {
    char file[4200];
    struct stat st;
    if (!cache_path(path, file, sizeof file)) return error_clear(), NULL;
    int fd = path_open(AT_FDCWD, file, O_RDONLY, 0);
    if (fd < 0) return NULL;
    Value data = descriptor_stat(fd, &st) == 0 ? bytes_new((size_t)st.st_size) : NULL;
    size_t n = data ? read_all(fd, bytes_data(data), (size_t)st.st_size) : 0;
    descriptor_close(fd);
    PycSource expected = source_of(source);
    Value code = data ? pyc_load(bytes_data(data), n, &expected) : NULL;
    xdecref(data);
    if (code) import_rename_code((Code *)code, path);
    return code;
}

static void write_file(const char *file, Value data, mode_t mode) {
    char other[4300];
    snprintf(other, sizeof other, "%s.%llx", file, (unsigned long long)(uintptr_t)data);
    int fd = path_open(AT_FDCWD, other, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (fd < 0) return;
    ssize_t n = write(fd, bytes_data(data), bytes_length(data));
    bool whole = n >= 0 && (size_t)n == bytes_length(data);
    descriptor_close(fd);
    if (!whole || path_rename(AT_FDCWD, other, AT_FDCWD, file) < 0) path_unlink(AT_FDCWD, other, 0);
}

void import_cache_store(Value path, const struct stat *source, Value code) {
    char file[4200];
    Value refused = setting("dont_write_bytecode");
    bool wanted = refused && value_is_true(refused) == 0 && cache_path(path, file, sizeof file);
    PycSource of = source_of(source);
    Value data = wanted ? pyc_dump(code, &of) : NULL;
    if (data) {
        char *slash = strrchr(file, '/');
        *slash = '\0';
        bool placed = path_mkdir(AT_FDCWD, file, 0777) == 0 || errno == EEXIST;
        *slash = '/';
        if (placed) write_file(file, data, (source->st_mode & 0666) | 0200);
        decref(data);
    }
    error_clear();
}
