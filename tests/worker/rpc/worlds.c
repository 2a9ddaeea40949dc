#include "worlds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/host.h"
#include "compile/compile.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "rpc/session_env.h"
#include "vm/vm.h"

int runtime_boot(Heap *heap, Host *host);

struct World {
    Heap *heap;
    Host host;
    Runtime *runtime;
};

static int host_write(void *ctx, int stream, const char *data, size_t n) {
    (void)ctx;
    return write(stream, data, n) == (ssize_t)n ? 0 : -1;
}

static int host_flush(void *ctx, int stream) { return (void)ctx, (void)stream, 0; }

World *test_world_new(void) {
    World *world = calloc(1, sizeof *world);
    world->host = (Host){.write = host_write, .flush = host_flush};
    world->heap = heap_create(NULL);
    if (runtime_boot(world->heap, &world->host) < 0) abort();
    world->runtime = rt;
    Value filename = str_from_cstr("<test>"), main = session_main(false, filename, (IpcList){0});
    if (!main) abort();
    decref(main);
    decref(filename);
    return world;
}

void test_world_use(World *world) { rt = world->runtime; }

void test_world_drop(World *world) {
    rt = NULL;
    heap_drop(world->heap);
    free(world);
}

static Value main_dict(void) {
    return AS_VALUE(module_dict(dict_get_str_borrow(AS_VALUE(rt->modules), NAME(__main__))));
}

static void print_error(void) {
    Value e = error_take(), text = exception_format(e);
    fprintf(stderr, "%s\n", text ? str_wtf8(text, NULL) : "?");
    xdecref(text);
    decref(e);
}

bool test_run(const char *source, size_t n, const char *filename) {
    Value name = str_from_cstr(filename), main = main_dict();
    if (session_register_source(name, ipc_slice(source, n)) < 0) return false;
    Value code = compile_source(source, n, name, COMPILE_EXEC, COMPILE_SOURCE_IS_STR, 0, 0);
    Value done = code ? vm_run_code((Code *)code, (Dict *)main, main, NULL) : NULL;
    if (!done) print_error();
    xdecref(done);
    xdecref(code);
    decref(name);
    return done;
}

Value test_variable(const char *name) {
    Value key = str_intern_cstr(name), v = dict_get_str_borrow(main_dict(), key);
    decref(key);
    return v;
}

bool test_set_variable(const char *name, Value v) { return dict_set_cstr(main_dict(), name, v) == 0; }

const char *test_error(void) {
    static char text[1024];
    if (!error_pending()) return "";
    Value e = error_take(), message = value_str(e);
    snprintf(text, sizeof text, "%s: %s", type_name_of(e), message ? str_wtf8(message, NULL) : "?");
    xdecref(message);
    decref(e);
    return text;
}

/* ---- values.txt ---- */

static char *read_all(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) abort();
    fseek(file, 0, SEEK_END);
    long n = ftell(file);
    rewind(file);
    char *text = calloc(1, (size_t)n + 1);
    if (fread(text, 1, (size_t)n, file) != (size_t)n) abort();
    fclose(file);
    return text;
}

static char *cut(const char *start, const char *end) { return strndup(start, (size_t)(end - start)); }

static Section read_section(const char *start, const char *end) {
    Section s = {0};
    const char *line = memchr(start, '\n', (size_t)(end - start));
    s.name = cut(start, line);
    const char *build = ++line;
    for (; line < end; line = memchr(line, '\n', (size_t)(end - line)) + 1) {
        bool check = strncmp(line, "--", 2) == 0, refusal = strncmp(line, "!! ", 3) == 0;
        if (!check && !refusal) continue;
        s.build = cut(build, line);
        s.unstable = check && line[2] == '~';
        const char *next = memchr(line, '\n', (size_t)(end - line));
        if (check) s.check = cut(next + 1, end);
        else s.refusal = cut(line + 3, next);
        return s;
    }
    fprintf(stderr, "%s: no check\n", s.name);
    abort();
}

Section *test_sections(size_t *count) {
    char *text = read_all(VALUES_FILE);
    Section *sections = calloc(1000, sizeof *sections);
    *count = 0;
    for (char *at = strstr(text, "\n== "); at;) {
        char *next = strstr(at + 1, "\n== ");
        sections[(*count)++] = read_section(at + 4, next ? next + 1 : at + strlen(at));
        at = next;
    }
    free(text);
    return sections;
}

void test_sections_free(Section *sections, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free(sections[i].name);
        free(sections[i].build);
        free(sections[i].check);
        free(sections[i].refusal);
    }
    free(sections);
}
