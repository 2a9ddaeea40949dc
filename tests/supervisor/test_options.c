/* The options: parsing, precedence, the config file, and slips of the keyboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli.h"
#include "clock.h"
#include "options.h"

static char error[512];

/* Loads a command line given as one string, split at blanks. */
static bool load(Options *options, Verb verb, const char *line) {
    static char copy[512];
    static char *words[32];
    int count = 0;
    char *save = NULL;
    snprintf(copy, sizeof copy, "%s", line);
    for (char *word = strtok_r(copy, " ", &save); word; word = strtok_r(NULL, " ", &save))
        words[count++] = word;
    error[0] = '\0';
    return options_load(options, verb, count, words, error, sizeof error);
}

static void flags_are_read(void **state) {
    Options options;
    (void)state;
    assert_true(load(&options, VERB_SERVE, "-w 4 --socket=/x/y -j --grace 10ms"));
    assert_int_equal(opt_number(&options, OPT_WORKERS), 4);
    assert_string_equal(opt_text(&options, OPT_SOCKET), "/x/y");
    assert_true(opt_flag(&options, OPT_JSON));
    assert_int_equal(opt_number(&options, OPT_GRACE), 10 * NS_PER_MS);
    assert_int_equal(options.values[OPT_WORKERS].source, FROM_FLAG);
    assert_int_equal(options.values[OPT_DEPTH].source, FROM_DEFAULT);
    options_free(&options);
}

static void letters_may_be_joined(void **state) {
    Options options;
    (void)state;
    assert_true(load(&options, VERB_SUBMIT, "-jd -t2s -c 1"));
    assert_true(opt_flag(&options, OPT_JSON) && opt_flag(&options, OPT_DETACH));
    assert_int_equal(opt_number(&options, OPT_TIMEOUT), 2 * NS_PER_S);
    options_free(&options);
}

static void run_leaves_the_programs_arguments_alone(void **state) {
    Options options;
    (void)state;
    assert_true(load(&options, VERB_RUN, "-t 1s prog.py --timeout 5 -x"));
    assert_int_equal(options.operand_count, 4);
    assert_string_equal(options.operands[1], "--timeout");
    assert_int_equal(opt_number(&options, OPT_TIMEOUT), NS_PER_S);
    options_free(&options);
    assert_true(load(&options, VERB_RUN, "-c code -t --help"));
    assert_int_equal(options.operand_count, 2);
    assert_string_equal(options.operands[0], "-t");
    options_free(&options);
}

static void a_double_dash_ends_the_options(void **state) {
    Options options;
    (void)state;
    assert_true(load(&options, VERB_SUBMIT, "-j -- -c"));
    assert_int_equal(options.operand_count, 1);
    assert_string_equal(options.operands[0], "-c");
    options_free(&options);
}

static void wrong_usage_is_named(void **state) {
    static const struct {
        Verb verb;
        const char *line, *said;
    } cases[] = {
        {VERB_SERVE, "--wrokers 3", "did you mean '--workers'"},
        {VERB_SERVE, "-Z", "unknown option '-Z'"},
        {VERB_SERVE, "-w", "needs an argument"},
        {VERB_SERVE, "-w many", "not 'many'"},
        {VERB_RUN, "--memory 64Q x", "a size such as 64M"},
        {VERB_RUN, "--queue 5 x", "unknown option '--queue'"},
        {VERB_STATUS, "--json=maybe", "yes or no"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Options options;
        assert_false(load(&options, cases[i].verb, cases[i].line));
        assert_non_null(strstr(error, cases[i].said));
        options_free(&options);
    }
}

static const char *write_config(const char *text) {
    static char path[64];
    snprintf(path, sizeof path, "/tmp/atoll-options-%d.conf", (int)getpid());
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}

static void flag_beats_environment_beats_file_beats_default(void **state) {
    char line[128];
    Options options;
    (void)state;
    const char *path =
        write_config("# pool\nworkers = 3\ndepth=7 # deep\n\ntimeout = 5s\ngrace = \"20ms\"\n");
    setenv("ATOLL_DEPTH", "9", 1);
    setenv("ATOLL_WORKERS", "8", 1);
    snprintf(line, sizeof line, "--config %s -w 2", path);
    assert_true(load(&options, VERB_SERVE, line));
    assert_int_equal(opt_number(&options, OPT_WORKERS), 2);
    assert_int_equal(opt_number(&options, OPT_DEPTH), 9);
    assert_int_equal(opt_number(&options, OPT_TIMEOUT), 5 * NS_PER_S);
    assert_int_equal(opt_number(&options, OPT_GRACE), 20 * NS_PER_MS);
    assert_int_equal(opt_number(&options, OPT_QUEUE), 100000);
    assert_int_equal(options.values[OPT_TIMEOUT].source, FROM_FILE);
    options_free(&options);
    unsetenv("ATOLL_DEPTH");
    unsetenv("ATOLL_WORKERS");
    unlink(path);
}

static void config_faults_are_placed(void **state) {
    static const struct {
        const char *text, *said;
    } cases[] = {
        {"workers = 2\nwrokers = 3\n", ":2: unknown key 'wrokers'; did you mean 'workers'?"},
        {"nonsense\n", ":1: expected `key = value`"},
        {"= 3\n", ":1: expected `key = value`"},
        {"\nmemory = lots\n", ":2: memory wants a size"},
        {"config = other\n", ":1: unknown key 'config'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[128];
        Options options;
        const char *path = write_config(cases[i].text);
        snprintf(line, sizeof line, "--config %s", path);
        assert_false(load(&options, VERB_SERVE, line));
        assert_non_null(strstr(error, cases[i].said));
        options_free(&options);
        unlink(path);
    }
}

static void keys_of_other_verbs_are_known(void **state) {
    char line[128];
    Options options;
    (void)state;
    const char *path = write_config("queue = 5\nlabel = x\n");
    snprintf(line, sizeof line, "--config %s prog.py", path);
    assert_true(load(&options, VERB_RUN, line));
    options_free(&options);
    unlink(path);
}

static void distances_count_slips(void **state) {
    (void)state;
    assert_int_equal(word_distance("submit", "submit"), 0);
    assert_int_equal(word_distance("sumbit", "submit"), 1);
    assert_int_equal(word_distance("statu", "status"), 1);
    assert_int_equal(word_distance("", "abc"), 3);
    assert_string_equal(word_nearest("sevre", verb_names, VERB_COUNT), "serve");
    assert_string_equal(word_nearest("statsu", verb_names, VERB_COUNT), "status");
    assert_null(word_nearest("banana", verb_names, VERB_COUNT));
}

static void the_table_is_sound(void **state) {
    (void)state;
    for (int i = 0; i < OPT_COUNT; i++) {
        const OptionRow *row = &option_rows[i];
        OptionValue value;
        assert_int_equal(row->id, i);
        if (row->fallback) assert_true(option_parse_value(row, row->fallback, &value));
        if (row->type == OPTION_FLAG) assert_null(row->argument);
        else assert_non_null(row->argument);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(row->name, option_rows[j].name);
            bool share = row->verbs & option_rows[j].verbs;
            if (share && row->letter) assert_int_not_equal(row->letter, option_rows[j].letter);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_are_read),
        cmocka_unit_test(letters_may_be_joined),
        cmocka_unit_test(run_leaves_the_programs_arguments_alone),
        cmocka_unit_test(a_double_dash_ends_the_options),
        cmocka_unit_test(wrong_usage_is_named),
        cmocka_unit_test(flag_beats_environment_beats_file_beats_default),
        cmocka_unit_test(config_faults_are_placed),
        cmocka_unit_test(keys_of_other_verbs_are_known),
        cmocka_unit_test(distances_count_slips),
        cmocka_unit_test(the_table_is_sound),
    };
    unsetenv("ATOLL_SOCKET");
    unsetenv("ATOLL_WORKER_PATH");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
