/* atoll dis: the bytecode of a program, as the worker's own disassembler prints it. Nothing of the program
 * runs. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "program.h"
#include "runner.h"

static int dis_file(const Options *options, const char *path) {
    Program program;
    int result = program_load(&program, VERB_DIS, path);
    if (result == 0) {
        RunSpec spec = {.mode = IPC_MODE_DIS,
                        .source = program.text,
                        .source_length = program.length,
                        .filename = program.filename};
        result = runner_main(options, &spec);
    }
    program_free(&program);
    return result;
}

int cmd_dis(Options *options) {
    const char *code = opt_text(options, OPT_CODE);
    if (options->operand_count != (code ? 0 : 1))
        return cli_usage_error(VERB_DIS, "one FILE, or -c CODE, is needed");
    if (!code) return dis_file(options, options->operands[0]);
    if (!program_words_are_text(VERB_DIS, &code, 1)) return EXIT_USAGE;
    RunSpec spec = {
        .mode = IPC_MODE_DIS, .source = code, .source_length = strlen(code), .filename = "<string>"};
    return runner_main(options, &spec);
}
