/*
 * freezer: compiles modules of the standard library into the blob that frozen.h describes. Runs when Atoll is
 * built.
 *
 *     atoll-freezer LIBRARY OURS LIST OUTPUT
 *
 * LIST names a module a line, with `frozen` behind the name of one that CPython freezes too; `#` begins a
 * comment. A module is LIBRARY/a/b.py or the package LIBRARY/a/b/__init__.py; with `ours` behind its name it
 * is OURS/a/b.py: modules written here, in place of those of the library that need what a worker has not.
 * `from NAME` gives it the source of the library's module NAME.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

#include "base/host.h"
#include "base/runtime.h"
#include "compile/compile.h"
#include "import/frozen.h"
#include "import/marshal.h"
#include "objects/bytes.h"
#include "objects/exception.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef struct FrozenModule {
    char *name, *file;
    uint8_t *data, *source; /* marshalled code; text packed by zlib, NULL: not kept */
    size_t length, source_length, source_size;
    bool is_package, is_nameless;
} FrozenModule;

typedef struct Freezer {
    const char *library, *ours;
    FrozenModule *modules;
    size_t count, capacity;
} Freezer;

static void fail(const char *what, const char *name) {
    fprintf(stderr, "atoll-freezer: %s: %s\n", what, name);
    exit(1);
}

static void *checked(void *p) {
    if (!p) fail("out of memory", "");
    return p;
}

static char *read_file(const char *path, size_t *n) {
    FILE *file = fopen(path, "rb");
    if (!file) return NULL;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *data = checked(malloc((size_t)size + 1));
    *n = fread(data, 1, (size_t)size, file);
    if (size < 0 || *n != (size_t)size || ferror(file)) fail("cannot be read whole", path);
    data[*n] = 0;
    fclose(file);
    return data;
}

/* The source of a module; finds its file. */
static char *read_module(const char *folder, const char *name, FrozenModule *m, size_t *n) {
    char path[1024];
    int base = snprintf(path, sizeof path - 16, "%s/%s", folder, name);
    for (char *c = path + strlen(folder) + 1; *c; c++)
        if (*c == '.') *c = '/';
    strcpy(path + base, ".py");
    char *source = read_file(path, n);
    m->is_package = !source;
    if (!source) {
        strcpy(path + base, "/__init__.py");
        source = read_file(path, n);
    }
    if (!source) fail(strerror(errno), path);
    m->file = checked(strdup(path));
    return source;
}

static void fail_by_exception(const char *name) {
    Value e = error_take(), text = exception_format(e);
    fprintf(stderr, "%s", text ? str_wtf8(text, NULL) : "");
    fail("cannot be compiled", name);
}

/* A file of ours has no path that a program could know. */
static void hide_folder(FrozenModule *m, const char *folder) {
    char path[1024];
    snprintf(path, sizeof path, "<atoll>%s", m->file + strlen(folder));
    free(m->file);
    m->file = checked(strdup(path));
}

static void pack_source(FrozenModule *m, const char *text, size_t n) {
    uLongf room = compressBound(n);
    m->source = checked(malloc(room));
    if (compress2(m->source, &room, (const uint8_t *)text, n, Z_BEST_COMPRESSION) != Z_OK)
        fail("cannot be packed", m->name);
    m->source_length = room;
    m->source_size = n;
}

static void freeze(Freezer *f, const char *name, const char *mark) {
    bool is_ours = mark && strcmp(mark, "ours") == 0;
    FrozenModule m = {.name = checked(strdup(name)),
                      .is_nameless = is_ours || (mark && strcmp(mark, "frozen") == 0)};
    size_t n;
    const char *from = mark && strncmp(mark, "from ", 5) == 0 ? mark + 5 : name;
    char *source = read_module(is_ours ? f->ours : f->library, from, &m, &n);
    if (is_ours) hide_folder(&m, f->ours);
    else pack_source(&m, source, n);
    Value filename = m.is_nameless ? str_format("<frozen %s>", name) : str_from_cstr(m.file);
    Value code = filename ? compile_source(source, n, filename, COMPILE_EXEC, 0, 0, 0) : NULL;
    Value bytes = code ? marshal_dumps(code) : NULL;
    if (!bytes) fail_by_exception(name);
    m.length = bytes_length(bytes);
    m.data = checked(malloc(m.length));
    memcpy(m.data, bytes_data(bytes), m.length);
    decref(bytes);
    decref(code);
    decref(filename);
    free(source);
    if (f->count == f->capacity) {
        f->capacity = f->capacity ? f->capacity * 2 : 64;
        f->modules = checked(realloc(f->modules, f->capacity * sizeof *f->modules));
    }
    f->modules[f->count++] = m;
}

static void freeze_list(Freezer *f, const char *path) {
    size_t n;
    char *list = read_file(path, &n);
    if (!list) fail(strerror(errno), path);
    for (char *line = strtok(list, "\n"); line; line = strtok(NULL, "\n")) {
        line[strcspn(line, "#")] = 0;
        char *space = strchr(line, ' ');
        if (space) *space = 0;
        if (*line) freeze(f, line, space ? space + 1 : NULL);
    }
    free(list);
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const FrozenModule *)a)->name, ((const FrozenModule *)b)->name);
}

/* The blob's parts behind the rows, in their order. What is used together lies together: pages that nobody
 * reads are never loaded. */
typedef struct BlobSizes {
    size_t texts, code;
} BlobSizes;

static BlobSizes measure(const Freezer *f) {
    BlobSizes sizes = {0, 0};
    for (size_t i = 0; i < f->count; i++) {
        sizes.texts += strlen(f->modules[i].name) + strlen(f->modules[i].file);
        sizes.code += f->modules[i].length;
    }
    return sizes;
}

static void write_rows(const Freezer *f, FILE *out) {
    BlobSizes sizes = measure(f);
    uint32_t text = (uint32_t)(sizeof(FrozenHeader) + f->count * sizeof(FrozenRow));
    uint32_t code = text + (uint32_t)sizes.texts, source = code + (uint32_t)sizes.code;
    for (size_t i = 0; i < f->count; i++) {
        const FrozenModule *m = &f->modules[i];
        FrozenRow row = {.name = text,
                         .name_length = (uint32_t)strlen(m->name),
                         .data = code,
                         .data_length = (uint32_t)m->length,
                         .file_length = (uint32_t)strlen(m->file),
                         .source = source,
                         .source_length = (uint32_t)m->source_length,
                         .source_size = (uint32_t)m->source_size,
                         .is_package = m->is_package,
                         .is_nameless = m->is_nameless};
        row.file = text + row.name_length;
        text = row.file + row.file_length;
        code += row.data_length;
        source += row.source_length;
        fwrite(&row, sizeof row, 1, out);
    }
}

static void write_blob(Freezer *f, const char *path) {
    FILE *out = fopen(path, "wb");
    if (!out) fail(strerror(errno), path);
    qsort(f->modules, f->count, sizeof *f->modules, by_name);
    FrozenHeader header = {.magic = "ATFZ", .count = (uint32_t)f->count};
    fwrite(&header, sizeof header, 1, out);
    write_rows(f, out);
    for (size_t i = 0; i < f->count; i++) {
        fwrite(f->modules[i].name, 1, strlen(f->modules[i].name), out);
        fwrite(f->modules[i].file, 1, strlen(f->modules[i].file), out);
    }
    for (size_t i = 0; i < f->count; i++) fwrite(f->modules[i].data, 1, f->modules[i].length, out);
    for (size_t i = 0; i < f->count; i++)
        if (f->modules[i].source) fwrite(f->modules[i].source, 1, f->modules[i].source_length, out);
    if (ferror(out) || fclose(out) != 0) fail("cannot be written", path);
}

static void freezer_free(Freezer *f) {
    for (size_t i = 0; i < f->count; i++) {
        free(f->modules[i].name);
        free(f->modules[i].file);
        free(f->modules[i].data);
        free(f->modules[i].source);
    }
    free(f->modules);
}

int main(int argc, char **argv) {
    if (argc != 5) {
        fprintf(stderr, "usage: atoll-freezer LIBRARY OURS LIST OUTPUT\n");
        return 2;
    }
    Host host = {.hash_key_given = true, .hash_key = {1, 2}}; /* the same blob from the same sources */
    Heap *heap = heap_create(NULL);
    if (!heap || runtime_boot(heap, &host) < 0) fail("no memory for an interpreter", "");
    Freezer f = {.library = argv[1], .ours = argv[2]};
    freeze_list(&f, argv[3]);
    write_blob(&f, argv[4]);
    freezer_free(&f);
    runtime_drop();
    heap_drop(heap);
    return 0;
}
