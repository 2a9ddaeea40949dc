#include "cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "units.h"

typedef struct {
    const char *name, *arguments, *summary;
    CommandFn *run;
} VerbRow;

static const VerbRow verb_rows[VERB_COUNT] = {
#define VERB(id, name, word, arguments, summary) {word, arguments, summary, cmd_##name},
#include "verbs.def"
#undef VERB
};

/* --- help ------------------------------------------------------------------------------------- */

static void print_usage_line(FILE *out, Verb verb) {
    fprintf(out, "usage: atoll %s%s%s\n", verb_rows[verb].name, *verb_rows[verb].arguments ? " " : "",
            verb_rows[verb].arguments);
}

static void print_option(const OptionRow *row) {
    char head[64];
    char letter[8] = "    ";
    if (row->letter) snprintf(letter, sizeof letter, "-%c, ", row->letter);
    int length = snprintf(head, sizeof head, "%s--%s", letter, row->name);
    if (row->argument) snprintf(head + length, sizeof head - (size_t)length, " %s", row->argument);
    printf("  %-30s %s", head, row->help);
    bool worth_saying = row->fallback && strcmp(row->fallback, "0") != 0;
    if (worth_saying) printf(" [%s]", row->fallback);
    if (row->environment) printf(" (%s)", row->environment);
    putchar('\n');
}

static void print_options(Verb verb) {
    puts("\noptions:");
    for (size_t i = 0; i < OPT_COUNT; i++) {
        if (option_rows[i].verbs >> verb & 1) print_option(&option_rows[i]);
    }
}

static const char *const notes[VERB_COUNT] = {
    [VERB_RUN] = "FILE may be a zip archive; it and DIRECTORY are run by their __main__.py. Modules and packages beside "
                 "FILE can be\nimported: they are read here and sent when the program asks for them, and no other "
                 "file is.\n"
                 "The exit code is the program's own; 1 for an uncaught exception, 2 for wrong usage, 124 "
                 "for a timeout,\n"
                 "125 when the sandbox could not be set up, 128+N when signal N killed the worker.\n"
                 "Ctrl-C raises KeyboardInterrupt in the program; a second one kills it.",
    [VERB_SERVE] = "Signals: TERM stops when the accepted jobs have ended, INT and QUIT stop at once, HUP "
                   "reads --config again,\n"
                   "USR1 reopens the log, TTIN and TTOU add and remove a worker.",
    [VERB_SUBMIT] = "Modules beside FILE are sent when the job asks for them; with --detach before it, as far as import "
                    "statements name\nthem. Prints the value of the program's last expression, or of the call, as Python's repr.\n"
                    "The exit code is 0 when the verdict is ok, else as for `atoll run`.",
    [VERB_REPL] = "The session lives in one worker, its own or one of the pool at --socket. When that worker ends, what the "
                  "session held\nis lost, which is said, and the prompt goes on with a new one. Each statement has the "
                  "limits given here. Modules below\nthe current directory can be imported (not with -P). Lines are kept in "
                  "$ATOLL_HISTORY, or\n~/.local/state/atoll/history. With standard input from elsewhere there are no prompts.\n"
                  "Ctrl-C interrupts a statement (the third time it ends the worker) or clears the line; Ctrl-D leaves.",
    [VERB_MAP] =
        "Each input line is a JSON value, passed as the function's only argument. Results are JSON lines in "
        "input\n"
        "order; a line that fails is reported on stderr and the rest is done. Exits 1 if any line failed.\n"
        "Without --socket (or ATOLL_SOCKET) it starts workers of its own.",
};

void cli_print_help(Verb verb) {
    print_usage_line(stdout, verb);
    printf("\n%s\n", verb_rows[verb].summary);
    if (verb != VERB_HELP && verb != VERB_VERSION) print_options(verb);
    if (notes[verb]) printf("\n%s\n", notes[verb]);
}

void cli_print_overview(void) {
    puts("usage: atoll VERB [OPTIONS] ...\n\nRuns Python that is not trusted, in a pool of worker "
         "processes.\n\nverbs:");
    for (size_t i = 0; i < VERB_COUNT; i++)
        printf("  %-12s %s\n", verb_rows[i].name, verb_rows[i].summary);
    puts("\n`atoll help VERB` explains one. Sizes take K, M, G; times take ms, s, m, h.\n"
         "Options come from flags, else the environment (ATOLL_*), else --config FILE, else their defaults.");
}

/* --- errors ----------------------------------------------------------------------------------- */

static void print_error(Verb verb, const char *format, va_list arguments) {
    fflush(stdout);
    fprintf(stderr, "atoll %s: ", verb_rows[verb].name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

int cli_usage_error(Verb verb, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_error(verb, format, arguments);
    va_end(arguments);
    print_usage_line(stderr, verb);
    fprintf(stderr, "`atoll help %s` explains it.\n", verb_rows[verb].name);
    return EXIT_USAGE;
}

int cli_failure(Verb verb, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    print_error(verb, format, arguments);
    va_end(arguments);
    return EXIT_FAILURE;
}

/* --- what several verbs need ------------------------------------------------------------------ */

static char *read_descriptor(int fd, size_t most, size_t *length) {
    size_t capacity = 16 * 1024, used = 0;
    char *text = malloc(capacity);
    while (text) {
        ssize_t got = read(fd, text + used, capacity - used - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got == 0) {
            text[ *length = used] = '\0';
            return text;
        }
        used += got > 0 ? (size_t)got : 0;
        if (used > most) errno = EFBIG;
        if (got < 0 || used > most) break;
        if (used + 1 < capacity) continue;
        char *larger = realloc(text, capacity *= 2);
        if (!larger) break;
        text = larger;
    }
    free(text);
    return NULL;
}

char *cli_read_file(const char *path, size_t most, size_t *length) {
    bool standard_input = strcmp(path, "-") == 0;
    int fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return NULL;
    char *text = read_descriptor(fd, most, length);
    int saved = errno;
    if (!standard_input) close(fd);
    errno = saved;
    return text;
}

const char *cli_socket_path(const Options *options, char *out, size_t capacity) {
    const char *given = opt_text(options, OPT_SOCKET), *runtime = getenv("XDG_RUNTIME_DIR");
    if (given) snprintf(out, capacity, "%s", given);
    else if (runtime && *runtime) snprintf(out, capacity, "%s/atoll.sock", runtime);
    else snprintf(out, capacity, "/tmp/atoll-%u.sock", (unsigned)geteuid());
    return out;
}

/* --- choosing the verb ------------------------------------------------------------------------ */

static int find_verb(const char *word) {
    for (int i = 0; i < VERB_COUNT; i++) {
        if (strcmp(verb_rows[i].name, word) == 0) return i;
    }
    return -1;
}

static int unknown_verb(const char *word) {
    const char *near = word_nearest(word, verb_names, VERB_COUNT);
    fprintf(stderr, "atoll: unknown %s '%s'", word[0] == '-' ? "option" : "verb", word);
    if (near) fprintf(stderr, "; did you mean '%s'?", near);
    fprintf(stderr, "\nusage: atoll VERB [OPTIONS] ...\n`atoll help` lists the verbs.\n");
    return EXIT_USAGE;
}

static int run_verb(Verb verb, int argc, char **argv) {
    Options options;
    char error[512] = "";
    int code = EXIT_SUCCESS;
    if (!options_load(&options, verb, argc, argv, error, sizeof error))
        code = cli_usage_error(verb, "%s", error);
    else if (opt_flag(&options, OPT_HELP)) cli_print_help(verb);
    else code = verb_rows[verb].run(&options);
    options_free(&options);
    return code;
}

int cli_number_operand(const Options *options, const char *what, bool zero, uint64_t *number) {
    if (options->operand_count == 0) return cli_usage_error(options->verb, "%s is needed", what);
    if (options->operand_count > 1)
        return cli_usage_error(options->verb, "unexpected argument '%s'", options->operands[1]);
    if (unit_parse_count(options->operands[0], number) && (*number || zero)) return 0;
    return cli_usage_error(options->verb, "'%s' is not %s", options->operands[0], what);
}

int cli_no_operands(const Options *options) {
    if (options->operand_count == 0) return 0;
    return cli_usage_error(options->verb, "unexpected argument '%s'", options->operands[0]);
}

int cmd_help(Options *options) {
    if (options->operand_count > 1) return cli_usage_error(VERB_HELP, "unexpected argument '%s'", options->operands[1]);
    if (options->operand_count == 0) return cli_print_overview(), EXIT_SUCCESS;
    int verb = find_verb(options->operands[0]);
    if (verb < 0) return unknown_verb(options->operands[0]);
    cli_print_help((Verb)verb);
    return EXIT_SUCCESS;
}

int cmd_version(Options *options) {
    int wrong = cli_no_operands(options);
    if (wrong) return wrong;
    puts("atoll " ATOLL_VERSION);
    return EXIT_SUCCESS;
}

int cli_main(int argc, char **argv) {
    if (argc < 2 && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) return run_verb(VERB_REPL, 0, argv);
    if (argc < 2) {
        fprintf(stderr, "usage: atoll VERB [OPTIONS] ...\n`atoll help` lists the verbs.\n");
        return EXIT_USAGE;
    }
    const char *word = argv[1];
    if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) word = "help";
    if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0) word = "version";
    int verb = find_verb(word);
    return verb < 0 ? unknown_verb(word) : run_verb((Verb)verb, argc - 2, argv + 2);
}
