/* atoll check-config: every fault of a config file, each with its line, before a server meets the first of
 * them. */
#include <stdio.h>
#include <stdlib.h>

#include "cli.h"
#include "option_checks.h"

enum { FAULTS_MOST = 256 };

typedef struct {
    int line;
    char *text;
} Fault;

typedef struct {
    Fault list[FAULTS_MOST];
    size_t count, dropped;
} Faults;

static void note_fault(void *data, int line, const char *text) {
    Faults *faults = data;
    Fault *fault = &faults->list[faults->count];
    if (faults->count == FAULTS_MOST || asprintf(&fault->text, "%s", text) < 0) {
        faults->dropped++;
        return;
    }
    fault->line = line;
    faults->count++;
}

static int by_line(const void *a, const void *b) {
    return ((const Fault *)a)->line - ((const Fault *)b)->line;
}

static void print_faults(Faults *faults, const char *path) {
    qsort(faults->list, faults->count, sizeof *faults->list, by_line);
    for (Fault *fault = faults->list; fault < faults->list + faults->count; fault++) {
        fprintf(stderr, "%s:%d: %s\n", path, fault->line, fault->text);
        free(fault->text);
    }
    if (faults->dropped) fprintf(stderr, "%s: %zu more\n", path, faults->dropped);
}

static size_t count_given(const Options *options) {
    size_t count = 0;
    for (size_t i = 0; i < OPT_COUNT; i++)
        count += options->values[i].given;
    return count;
}

int cmd_check_config(Options *options) {
    Faults faults = {0};
    char error[512];
    Options file = {.verb = VERB_SERVE};
    if (options->operand_count != 1) return cli_usage_error(VERB_CHECK_CONFIG, "one FILE is needed");
    const char *path = options->operands[0];
    if (!options_read_file(&file, path, note_fault, &faults, error, sizeof error)) {
        options_free(&file);
        cli_failure(VERB_CHECK_CONFIG, "%s", error);
        return EXIT_USAGE;
    }
    options_disagree(&file, note_fault, &faults);
    options_unusable(&file, note_fault, &faults);
    size_t given = count_given(&file);
    options_free(&file);
    print_faults(&faults, path);
    if (faults.count) return EXIT_USAGE;
    printf("%s: %zu setting%s, no errors\n", path, given, given == 1 ? "" : "s");
    return EXIT_SUCCESS;
}
