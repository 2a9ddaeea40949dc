/* Prints what the parser makes of files, for compare.py.
 *
 *     parse_dump [-a] [-m exec|eval|single] [-f FLAGS] [-n FILENAME] [FILE...]
 *
 * For each file (or, without one, for each record of standard input: a decimal length, a newline, that many
 * bytes) one line: the tree as ast.dump writes it (-a: with positions), or the error as
 * type|msg|lineno|offset|end_lineno|end_offset|text with newlines as \n. -t prints the time of parsing
 * instead. -s prints only "ok" for a tree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "parse/ast_dump.h"
#include "parse/parse.h"

typedef struct Options {
    bool attributes, timed, silent;
    ParseMode mode;
    const char *filename;
    int flags;
} Options;

static const char *const kind_names[] = {
    [SYNTAX_ERROR] = "SyntaxError",          [SYNTAX_INDENTATION_ERROR] = "IndentationError",
    [SYNTAX_TAB_ERROR] = "TabError",         [SYNTAX_VALUE_ERROR] = "ValueError",
    [SYNTAX_OVERFLOW_ERROR] = "OverflowError", [SYNTAX_RECURSION_ERROR] = "RecursionError",
    [SYNTAX_MEMORY_ERROR] = "MemoryError",
};

static void print_number(int32_t number) {
    if (number == SYNTAX_NO_POSITION) printf("None|");
    else printf("%d|", number);
}

static void print_error(const SyntaxErrorInfo *err) {
    printf("%s|%s|", kind_names[err->kind], err->message ? err->message : "");
    print_number(err->lineno);
    print_number(err->offset);
    print_number(err->end_lineno);
    print_number(err->end_offset);
    if (!err->text) printf("None");
    for (size_t i = 0; i < err->text_length; i++)
        if (err->text[i] == '\n') printf("\\n");
        else putchar(err->text[i]);
    putchar('\n');
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void run(const char *src, size_t length, const Options *options) {
    Bump bump;
    SyntaxErrorInfo err;
    bump_init(&bump, &bump_malloc_allocator);
    double start = now();
    AstMod *mod =
        parse_source(src, length, options->filename, options->mode, (ParseFlags)options->flags, &bump, &err);
    double seconds = now() - start;
    if (options->timed)
        printf("%zu bytes, %.3f ms, %.1f MB/s, %zu KB of tree\n", length, seconds * 1e3,
               (double)length / seconds / 1e6, bump.used / 1024);
    else if (!mod) print_error(&err);
    else if (options->silent) printf("ok\n");
    else ast_dump(mod, options->attributes, stdout), putchar('\n');
    bump_drop(&bump);
}

static char *read_all(FILE *file, size_t *length) {
    size_t room = 1 << 16;
    char *bytes = malloc(room);
    *length = 0;
    for (size_t got; (got = fread(bytes + *length, 1, room - *length, file));) {
        *length += got;
        if (*length == room) bytes = realloc(bytes, room *= 2);
    }
    return bytes;
}

static void run_records(const Options *options) {
    size_t length;
    while (scanf("%zu", &length) == 1 && getchar() == '\n') {
        char *bytes = malloc(length + 1);
        if (fread(bytes, 1, length, stdin) == length) run(bytes, length, options);
        fflush(stdout);
        free(bytes);
    }
}

int main(int argc, char **argv) {
    Options options = {.mode = PARSE_EXEC, .filename = "<string>"};
    for (int c; (c = getopt(argc, argv, "atsm:f:n:")) != -1;) {
        if (c == 'a') options.attributes = true;
        else if (c == 't') options.timed = true;
        else if (c == 's') options.silent = true;
        else if (c == 'n') options.filename = optarg;
        else if (c == 'f') options.flags = atoi(optarg);
        else if (c == 'm')
            options.mode = optarg[1] == 'x' ? PARSE_EXEC : optarg[0] == 'e' ? PARSE_EVAL : PARSE_SINGLE;
        else return 2;
    }
    if (optind == argc) run_records(&options);
    for (; optind < argc; optind++) {
        FILE *file = fopen(argv[optind], "rb");
        if (!file) return perror(argv[optind]), 1;
        size_t length;
        char *bytes = read_all(file, &length);
        fclose(file);
        run(bytes, length, &options);
        free(bytes);
    }
    return 0;
}
