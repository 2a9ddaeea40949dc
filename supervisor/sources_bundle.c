/* Bundles: which of the files that stand beside a program it can import, found by reading import statements.
 *
 * A name is looked for that stands behind `import` or `from` at the beginning of a statement. It may be one
 * of the library's, or a word of a text: what matters is only whether something of that name stands beside
 * the program. A module is sent; of a package, all. Names that are made while the program runs are not found:
 * for them there is sending on demand. */
#include "sources_bundle.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ipc/files.h>

enum { DEPTH_MOST = 40, NAMES_MOST = 20000 };

typedef struct {
    Sources *sources;
    IpcBuf files; /* pairs of path and bytes */
    uint32_t count;
    IpcBuf names; /* looked for so far, each with its NUL */
    size_t next;  /* of those, the first that was not followed yet */
    uint32_t name_count;
} Bundle;

static bool fail(Bundle *bundle, const char *text) {
    snprintf(bundle->sources->detail, sizeof bundle->sources->detail, "%s", text);
    return false;
}

/* --- names in import statements --------------------------------------------------------------- */

static bool is_word(char c) { return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80; }

static bool known(const Bundle *bundle, const char *name, size_t length) {
    for (size_t at = 0; at < bundle->names.len; at += strlen(bundle->names.data + at) + 1) {
        const char *one = bundle->names.data + at;
        if (strlen(one) == length && memcmp(one, name, length) == 0) return true;
    }
    return false;
}

static bool note_name(Bundle *bundle, const char *name, size_t length) {
    if (!length || length > 255 || known(bundle, name, length)) return true;
    if (++bundle->name_count > NAMES_MOST) return fail(bundle, "too many names are imported");
    ipc_buf_append(&bundle->names, name, length);
    ipc_buf_append(&bundle->names, "", 1);
    return !ipc_buf_failed(&bundle->names) || fail(bundle, "out of memory");
}

static const char *skip_space(const char *at, const char *end) {
    while (at < end &&
           (*at == ' ' || *at == '\t' || *at == '\f' || (*at == '\\' && at + 1 < end && at[1] == '\n')))
        at += *at == '\\' ? 2 : 1;
    return at;
}

/* The first parts of the dotted names in "a.b as c, d". Returns where it stopped. */
static const char *read_names(Bundle *bundle, const char *at, const char *end, bool *good) {
    do {
        at = skip_space(at, end);
        const char *name = at;
        while (at < end && is_word(*at)) at++;
        *good = note_name(bundle, name, (size_t)(at - name));
        while (at < end && *at != ',' && *at != '\n' && *at != ';') at++;
    } while (*good && at < end && *at++ == ',');
    return at;
}

/* That of "a.b import": without the second word it is no statement. */
static const char *read_from(Bundle *bundle, const char *at, const char *end, bool *good) {
    const char *name = at = skip_space(at, end);
    while (at < end && is_word(*at)) at++;
    size_t length = (size_t)(at - name);
    while (at < end && (is_word(*at) || *at == '.')) at++;
    at = skip_space(at, end);
    bool imports = end - at > 6 && memcmp(at, "import", 6) == 0 && !is_word(at[6]);
    *good = !imports || note_name(bundle, name, length);
    return at;
}

static bool scan(Bundle *bundle, const char *text, size_t length) {
    const char *end = text + length;
    bool begins = true, good = true; /* begins: a statement may, here */
    for (const char *at = text; good && at < end;) {
        if (begins && *at == 'i' && end - at > 7 && memcmp(at, "import", 6) == 0 && !is_word(at[6])) {
            at = read_names(bundle, at + 6, end, &good);
            begins = false;
        } else if (begins && *at == 'f' && end - at > 5 && memcmp(at, "from", 4) == 0 && !is_word(at[4])) {
            at = read_from(bundle, at + 4, end, &good);
            begins = false;
        } else {
            bool space = *at == ' ' || *at == '\t' || *at == '\f' || *at == '\r';
            begins = *at == '\n' || *at == ';' || *at == ':' || (space && begins);
            at++;
        }
    }
    return good;
}

/* --- files ------------------------------------------------------------------------------------ */

static bool is_python(const char *path) {
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".py") == 0;
}

/* Adds a file if it is there, and looks into it. */
static bool add_file(Bundle *bundle, const char *path) {
    Sources *sources = bundle->sources;
    IpcFileKind kind = sources__read(sources, path);
    if (kind == IPC_FILE_REFUSED) return false;
    if (kind != IPC_FILE_PLAIN) return true;
    IpcSlice data = ipc_buf_slice(&sources->data);
    if (bundle->files.len + data.len > SOURCES_BUNDLE_MOST || bundle->count == SOURCES_BUNDLE_FILES) {
        snprintf(sources->detail, sizeof sources->detail,
                 "the modules that it may import are more than %d files or %dM, the most that go with a job",
                 SOURCES_BUNDLE_FILES, SOURCES_BUNDLE_MOST >> 20);
        return false;
    }
    ipc_pack_str(&bundle->files, path, strlen(path));
    ipc_pack_bin(&bundle->files, data.ptr, data.len);
    bundle->count++;
    if (ipc_buf_failed(&bundle->files)) return fail(bundle, "out of memory");
    return !is_python(path) || scan(bundle, data.ptr, data.len);
}

static bool add_tree(Bundle *bundle, const char *directory, int depth);

static bool add_entry(Bundle *bundle, const char *directory, const IpcFileEntry *entry, int depth) {
    char path[IPC_FILE_PATH + 1];
    int length = snprintf(path, sizeof path, "%s%s%.*s", directory, *directory ? "/" : "",
                          (int)entry->name.len, entry->name.ptr);
    if ((size_t)length >= sizeof path) return true; /* too long to be asked for */
    return entry->directory ? add_tree(bundle, path, depth + 1) : add_file(bundle, path);
}

/* Everything below a directory. */
static bool add_tree(Bundle *bundle, const char *directory, int depth) {
    Sources *sources = bundle->sources;
    IpcList list;
    if (depth > DEPTH_MOST) return fail(bundle, "its directories are nested too deep");
    bool partial;
    IpcFileKind kind = sources__list(sources, directory, &list, &partial);
    if (partial) return fail(bundle, "a directory beside it has too many names");
    if (kind != IPC_FILE_DIRECTORY) return kind != IPC_FILE_REFUSED;
    IpcBuf entries = sources->entries; /* kept while others are listed */
    ipc_buf_init(&sources->entries, NULL);
    list.ptr = entries.data;
    IpcReader reader = ipc_list_reader(list);
    bool good = true;
    for (uint32_t i = 0; good && i < list.count; i++) {
        IpcFileEntry entry;
        good = ipc_record_read(&reader, IPC_REC_FileEntry, &entry, NULL) == IPC_OK &&
               add_entry(bundle, directory, &entry, depth);
    }
    ipc_buf_free(&entries);
    return good;
}

/* What stands beside the program under a name: a module, a package, or both. */
static bool follow(Bundle *bundle, const char *name) {
    char path[280];
    snprintf(path, sizeof path, "%s.py", name);
    return add_file(bundle, path) && add_tree(bundle, name, 0);
}

static bool follow_names(Bundle *bundle) {
    while (bundle->next < bundle->names.len) {
        char name[256];
        snprintf(name, sizeof name, "%s", bundle->names.data + bundle->next);
        bundle->next += strlen(name) + 1;
        if (!follow(bundle, name)) return false;
    }
    return true;
}

bool sources__bundle(Sources *sources, IpcSlice text) {
    Bundle bundle = {.sources = sources};
    ipc_buf_init(&bundle.files, NULL);
    ipc_buf_init(&bundle.names, NULL);
    bool good = sources->kind == SOURCES_DIRECTORY
                    ? add_tree(&bundle, "", 0)
                    : scan(&bundle, text.ptr, text.len) && follow_names(&bundle);
    ipc_buf_clear(&sources->data);
    if (good) {
        ipc_pack_map(&sources->data, bundle.count);
        ipc_buf_append(&sources->data, bundle.files.data, bundle.files.len);
        good = !ipc_buf_failed(&sources->data) || fail(&bundle, "out of memory");
    }
    ipc_buf_free(&bundle.files);
    ipc_buf_free(&bundle.names);
    return good;
}
