/* Fuzz target: the config file, as `atoll serve --config FILE` reads it; a value that was accepted is accepted again.
 *
 * The first byte chooses the verb. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

/* The options that came from the file, as flags. */
static void check_values(const Options *options) {
    for (int id = 0; id < OPT_COUNT; id++) {
        const OptionValue *value = &options->values[id];
        OptionValue again = {0};
        if (value->source != FROM_FILE || option_rows[id].type == OPTION_LIST || option_rows[id].type == OPTION_FLAG) continue;
        check(option_parse_value(&option_rows[id], value->text, &again));
        check(again.number == value->number && again.integer == value->integer);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const Verb verbs[] = {VERB_SERVE, VERB_RUN, VERB_SUBMIT, VERB_MAP};
    static int fd = -1;
    char path[64], flag[] = "--config", error[512];
    if (size < 1) return 0;
    if (fd < 0) fd = memfd_create("config", 0);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, data + 1, size - 1, 0) != (ssize_t)size - 1) return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    char *words[] = {flag, path, NULL};
    Options options;
    error[0] = '\0';
    bool good = options_load(&options, verbs[data[0] % 4], 2, words, error, sizeof error);
    if (good) check_values(&options);
    else check(error[0] && !strchr(error, '\n'));
    options_free(&options);
    return 0;
}
