#include "modules/files.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/host.h"
#include "import/frozen.h"
#include "modules/paths.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/list.h"
#include "objects/tuple.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "vm/vm.h"

enum { PATH_ROOM = 4096 };

static const HostFiles *sources(void) { return rt->host && rt->host->files.root ? &rt->host->files : NULL; }

/* ---- paths ---- */

/* Appends the parts of a path to the absolute path in out; "." and ".." are worked off. The new length, -1: too long. */
static ssize_t walk(char *out, size_t length, const char *path) {
    while (*path) {
        while (*path == '/') path++;
        size_t n = strcspn(path, "/");
        if (n == 2 && memcmp(path, "..", 2) == 0) {
            while (length && out[--length] != '/') {}
        } else if (n && !(n == 1 && *path == '.')) {
            if (length + n + 2 > PATH_ROOM) return -1;
            out[length++] = '/';
            memcpy(out + length, path, n);
            length += n;
        }
        path += n;
    }
    out[length] = '\0';
    return (ssize_t)length;
}

/* What of an absolute path follows a root; NULL: it is not below it. */
static const char *below(const char *path, const char *root) {
    size_t n = root ? strlen(root) : 0;
    while (n && root[n - 1] == '/') n--;
    if (!root || strncmp(path, root, n) != 0) return NULL;
    return path[n] == '/' ? path + n + 1 : path[n] ? NULL : path + n;
}

bool files_plain_name(const char *path, char *out) {
    char here[PATH_ROOM];
    ssize_t n = 0;
    const char *cwd = *path == '/' ? "" : path_cwd(here, sizeof here);
    if (!cwd || (n = walk(out, 0, cwd)) < 0 || (n = walk(out, (size_t)n, path)) < 0) return false;
    if (n == 0) strcpy(out, "/");
    return true;
}

/* The place of a path among the job's files, in out; NULL: it has none. */
static const char *place_of(const char *path, char *out) {
    const HostFiles *files = sources();
    if (!files || !*path || !files_plain_name(path, out)) return NULL;
    if (rt->host->path_granted && rt->host->path_granted(rt->host->ctx, out)) return NULL;
    const char *place = below(out, files->root);
    return place ? place : below(out, files->alias);
}

/* The module of the library whose source this is the path of; NULL: none, or the files themselves are granted. */
static const FrozenRow *library_source(const char *path) {
    return rt->host && !rt->host->files_granted && *path == '/' ? frozen_find_file(path) : NULL;
}

bool files_covers(const char *path) {
    char out[PATH_ROOM];
    return place_of(path, out) || library_source(path);
}

/* ---- asking the host ---- */

static int raise_refusal(int number, Value shown) {
    const char *detail = NULL;
    if (number == EIO && rt->host->files.detail[0]) detail = rt->host->files.detail;
    if (!detail) return raise_os_error(number, shown), -1;
    Value text = str_from_utf8(detail, strlen(detail)), args[3] = {small_int_new(number), text, shown};
    Value exception = text ? value_call(AS_VALUE(TYPE(OSError)), args, 3, NULL) : NULL;
    if (exception) raise_value(exception);
    xdecref(exception);
    xdecref(text);
    return -1;
}

static int add_entry(void *arg, const HostEntry *entry) {
    Value name = str_from_utf8(entry->name, entry->length), facts = name ? tuple_new(3) : NULL;
    if (facts) {
        tuple_init_item_steal(facts, 0, BOOL(entry->directory));
        tuple_init_item_steal(facts, 1, int_from_u64(entry->size));
        tuple_init_item_steal(facts, 2, int_from_i64(entry->mtime_ns));
    }
    int status = facts && work_charge(1) == 0 ? dict_set(*(Value *)arg, name, facts) : -1;
    xdecref(facts);
    xdecref(name);
    return status;
}

/* The listing from the host: a dict of name to (is a directory, size, mtime in ns), with the key None when it is to be asked for
 * each name; None: no such directory. New. */
static Value ask_listing(const char *place) {
    const HostFiles *files = &rt->host->files;
    for (;;) {
        Value names = dict_new();
        int number = names ? files->list(rt->host->ctx, place, add_entry, &names) : -1;
        if (number == E2BIG && dict_set(names, NONE, TRUE) == 0) number = 0;
        if (number == 0) return names;
        xdecref(names);
        if (number == ENOENT || number == ENOTDIR) return NONE;
        if (number > 0) return raise_refusal(number, NONE), NULL;
        if (error_pending() || breaker_poll() < 0) return NULL;
    }
}

static Value listing_borrow(const char *place, size_t n) {
    Value key = str_from_utf8(place, n), found = NULL;
    if (!key) return NULL;
    if (!rt->job_files) rt->job_files = dict_new();
    Value kept = rt->job_files;
    if (kept && dict_find(kept, key, &found) == 0) {
        char copy[PATH_ROOM];
        memcpy(copy, place, n);
        copy[n] = '\0';
        Value asked = ask_listing(copy);
        /* another thread may have got it meanwhile, and use it */
        if (asked && dict_find(kept, key, &found) == 0 && dict_set(kept, key, asked) == 0) found = asked;
        xdecref(asked);
    }
    decref(key);
    return error_pending() ? NULL : found;
}

/* One name of a directory that has too many: (is a directory, size, mtime in ns), or None. New. */
static Value ask_facts(const char *place, size_t n) {
    char copy[PATH_ROOM];
    memcpy(copy, place, n);
    copy[n] = '\0';
    for (;;) {
        Value names = dict_new(), name, facts = NULL;
        size_t position = 0;
        int number = names ? rt->host->files.list(rt->host->ctx, copy, add_entry, &names) : -1;
        if (number == ENOTDIR && dict_next(names, &position, &name, &facts)) incref(facts);
        else if (number == 0 || number == E2BIG)
            facts = tuple_pack(3, TRUE, small_int_new(4096), small_int_new(0));
        else if (number > 0 && number != EIO) facts = NONE;
        else if (number > 0) raise_refusal(number, NONE);
        xdecref(names);
        if (facts || error_pending() || breaker_poll() < 0) return facts;
    }
}

/* What the listing says of the place's first n bytes, whose last part is the name. 1 found, 0 not, -1 raised. */
static int find_facts(Value names, const char *place, size_t n, size_t part, Value *out) {
    Value name = str_from_utf8(place + part, n - part), partial;
    if (!name) return error_clear(), 0;
    int found = dict_find(names, name, out);
    if (found == 0 && (found = dict_find(names, NONE, &partial)) > 0) {
        Value facts = ask_facts(place, n);
        found = facts && dict_set(names, name, facts) == 0 ? 1 : -1;
        *out = facts; /* the dict has it */
        xdecref(facts);
    }
    decref(name);
    return found > 0 && *out == NONE ? 0 : found;
}

/* What is known of the last part of a place; NONE when there is nothing, with *why: borrowed. The root itself is NULL without
 * error. */
static Value facts_borrow(const char *place, int *why) {
    Value facts = NULL;
    *why = sources()->is_archive ? ENOTDIR : ENOENT;
    if (sources()->is_archive) return *place ? NONE : NULL;
    for (const char *part = place; *part;) {
        size_t before = part == place ? 0 : (size_t)(part - place) - 1, n = strcspn(part, "/");
        Value names = listing_borrow(place, before), found = NULL;
        if (!names || names == NONE) return names;
        int status = find_facts(names, place, (size_t)(part - place) + n, (size_t)(part - place), &found);
        if (status <= 0) return status < 0 ? NULL : NONE;
        facts = found;
        part += n;
        if (!*part) break;
        if (tuple_item_borrow(facts, 0) != TRUE) return *why = ENOTDIR, NONE;
        part++;
    }
    return facts;
}

/* ---- for the callers ---- */

static uint64_t number_of(const char *text) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *text; text++) hash = (hash ^ (unsigned char)*text) * 0x100000001b3u;
    return hash >> 1;
}

/* Archives are read once: import opens them for each module anew. */
static Value archive_borrow(void) {
    if (rt->job_files) return rt->job_files;
    Value shown = str_from_utf8(sources()->root, strlen(sources()->root));
    for (;;) {
        const char *data;
        size_t n;
        int number = shown ? rt->host->files.read(rt->host->ctx, "", &data, &n) : -1;
        if (number == 0 && !rt->job_files) rt->job_files = bytes_from(data, n);
        if (number > 0) raise_refusal(number, shown);
        if (number == 0 || error_pending() || breaker_poll() < 0) break;
    }
    xdecref(shown);
    return rt->job_files;
}

static void fill_stat(struct stat *out, bool directory, uint64_t size, int64_t mtime_ns, const char *place) {
    int64_t seconds = mtime_ns / 1000000000, rest = mtime_ns % 1000000000;
    if (rest < 0) seconds--, rest += 1000000000;
    *out = (struct stat){.st_mode = directory ? S_IFDIR | 0555 : S_IFREG | 0444,
                         .st_ino = number_of(place),
                         .st_nlink = 1,
                         .st_size = (off_t)size,
                         .st_blksize = 4096,
                         .st_blocks = (blkcnt_t)((size + 511) / 512)};
    out->st_mtim = out->st_ctim = out->st_atim = (struct timespec){seconds, rest};
}

int files_stat(const char *path, struct stat *out) {
    char room[PATH_ROOM];
    const char *place = place_of(path, room);
    const FrozenRow *row = place ? NULL : library_source(path);
    if (row) return fill_stat(out, false, row->source_size, 0, path), 0;
    if (!place) return ENOENT;
    int why;
    Value facts = facts_borrow(place, &why);
    if (!facts && error_pending()) return -1;
    if (facts == NONE) return why;
    if (!facts) {
        Value archive = sources()->is_archive ? archive_borrow() : NULL;
        if (sources()->is_archive && !archive) return -1;
        return fill_stat(out, !archive, archive ? bytes_length(archive) : 4096, 0, place), 0;
    }
    int64_t size = 0, mtime = 0;
    int_to_i64(tuple_item_borrow(facts, 1), &size);
    int_to_i64(tuple_item_borrow(facts, 2), &mtime);
    return fill_stat(out, tuple_item_borrow(facts, 0) == TRUE, (uint64_t)size, mtime, place), 0;
}

static int has_kind(const char *path, mode_t kind) {
    struct stat st;
    int number = files_stat(path, &st);
    return number < 0 ? -1 : number == 0 && (st.st_mode & S_IFMT) == kind;
}

int files_is_plain(const char *path) { return has_kind(path, S_IFREG); }
int files_is_directory(const char *path) { return has_kind(path, S_IFDIR); }

Value files_read(const char *path, Value shown) {
    char room[PATH_ROOM];
    struct stat st;
    const char *place = place_of(path, room), *data;
    const FrozenRow *row = place ? NULL : library_source(path);
    size_t n;
    if (row) return frozen_source(row);
    int number = files_stat(path, &st);
    if (number == 0 && S_ISDIR(st.st_mode)) number = EISDIR;
    if (number) return number > 0 ? raise_os_error(number, shown) : NULL;
    if (!*place) return xincref(archive_borrow());
    for (;;) {
        number = rt->host->files.read(rt->host->ctx, place, &data, &n);
        if (number == 0) {
            Value bytes = bytes_from(data, n);
            return bytes && work_charge(n / 64) < 0 ? decref(bytes), NULL : bytes;
        }
        if (number > 0) return raise_refusal(number, shown), NULL;
        if (breaker_poll() < 0) return NULL;
    }
}

Value files_list(const char *path, Value shown) {
    char room[PATH_ROOM];
    const char *place = place_of(path, room);
    int is_directory = files_is_directory(path);
    if (is_directory <= 0) {
        struct stat st;
        return is_directory < 0 ? NULL : raise_os_error(files_stat(path, &st) == 0 ? ENOTDIR : ENOENT, shown);
    }
    Value names = listing_borrow(place, strlen(place));
    Value partial;
    if (names == NONE) return raise_os_error(ENOENT, shown);
    if (names && dict_find(names, NONE, &partial) > 0) return raise_os_error(E2BIG, shown);
    Value list = names ? value_to_list(names) : NULL;
    return list && list_sort(list, NONE, false) < 0 ? decref(list), NULL : list;
}

void files_forget(void) { CLEAR_FIELD(rt->job_files); }
