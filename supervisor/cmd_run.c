/* atoll run: one program in one worker, as python would run it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "program.h"
#include "runner.h"

/* sys.argv: the name of the program, then what followed it. */
static const char **make_argv(const char *name, char **arguments, int count) {
    const char **argv = calloc((size_t)count + 1, sizeof *argv);
    if (!argv) return NULL;
    argv[0] = name;
    for (int i = 0; i < count; i++)
        argv[i + 1] = arguments[i];
    return argv;
}

static int run_source(const Options *options, RunSpec *spec, const char *name, char **arguments, int count) {
    const char **argv = make_argv(name, arguments, count);
    if (!argv) return cli_failure(VERB_RUN, "out of memory");
    spec->argv = argv;
    spec->argc = count + 1;
    int code = program_words_are_text(VERB_RUN, argv, count + 1) ? runner_main(options, spec) : EXIT_USAGE;
    free(argv);
    return code;
}

static int run_file(const Options *options, const char *path) {
    Program program;
    int code = program_load_whole(&program, options, path);
    if (code == 0) {
        RunSpec spec = {.program = &program, .feeds_stdin = strcmp(path, "-") != 0};
        code = run_source(options, &spec, path, options->operands + 1, options->operand_count - 1);
    }
    program_free(&program);
    return code;
}

static int run_module(const Options *options, const char *name) {
    Program program;
    int code = program_module(&program, options, name);
    RunSpec spec = {.program = &program, .feeds_stdin = true};
    if (code == 0) code = run_source(options, &spec, "-m", options->operands, options->operand_count);
    program_free(&program);
    return code;
}

int cmd_run(Options *options) {
    const char *code = opt_text(options, OPT_CODE), *module = opt_text(options, OPT_MODULE);
    if (code && module) return cli_usage_error(VERB_RUN, "-c and -m exclude each other");
    if (module) return run_module(options, module);
    if (!code && options->operand_count == 0)
        return cli_usage_error(VERB_RUN, "what shall be run? FILE, DIRECTORY, -m MODULE, -c CODE or -");
    if (!code) return run_file(options, options->operands[0]);
    if (code && !program_words_are_text(VERB_RUN, &code, 1)) return EXIT_USAGE;
    RunSpec spec = {
        .source = code, .source_length = strlen(code), .filename = "<string>", .feeds_stdin = true};
    return run_source(options, &spec, "-c", options->operands, options->operand_count);
}
