/* atoll dis: the bytecode of a program, as the worker's own disassembler prints it. Nothing of the program runs. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "runner.h"

enum { SOURCE_MOST = 64 << 20 };

int cmd_dis(Options *options) {
    const char *code = opt_text(options, OPT_CODE);
    if (options->operand_count != (code ? 0 : 1)) return cli_usage_error(VERB_DIS, "one FILE, or -c CODE, is needed");
    RunSpec spec = {.mode = IPC_MODE_DIS};
    if (code) {
        spec.source = code;
        spec.source_length = strlen(code);
        spec.filename = "<string>";
        return runner_main(options, &spec);
    }
    char *source = cli_read_file(options->operands[0], SOURCE_MOST, &spec.source_length);
    if (!source) {
        cli_failure(VERB_DIS, "can't open file '%s': %s", options->operands[0], strerror(errno));
        return EXIT_USAGE;
    }
    spec.source = source;
    spec.filename = strcmp(options->operands[0], "-") == 0 ? "<stdin>" : options->operands[0];
    int result = runner_main(options, &spec);
    free(source);
    return result;
}
