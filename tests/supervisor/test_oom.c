/* Which kills the OOM killer is named for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "oom.h"

static char path[] = "/tmp/atoll-oom-XXXXXX";

static void set_count(int count) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "low 0\nhigh 3\noom 1\noom_kill %d\noom_group_kill 0\n", count);
    fclose(file);
}

static bool is_named(OomWatch *watch) {
    char text[OOM_PATH + 100];
    const char *evidence = oom_watch_evidence(watch, text, sizeof text);
    if (evidence) assert_non_null(strstr(evidence, path));
    return evidence != NULL;
}

static void a_kill_that_was_counted_is_named_once(void **state) {
    OomWatch watch;
    (void)state;
    set_count(7);
    oom_watch_init_at(&watch, path, false, NS_PER_S);
    assert_false(is_named(&watch));
    set_count(9);
    assert_true(is_named(&watch));
    assert_true(is_named(&watch));
    assert_false(is_named(&watch));
}

static void a_sample_between_the_kill_and_the_death_hides_nothing(void **state) {
    OomWatch watch;
    (void)state;
    set_count(1);
    oom_watch_init_at(&watch, path, false, NS_PER_S);
    oom_watch_sample(&watch, 3 * NS_PER_S);
    set_count(2);
    oom_watch_sample(&watch, 5 * NS_PER_S);
    assert_true(is_named(&watch));
    assert_false(is_named(&watch));
}

static void a_kill_of_long_ago_explains_nothing(void **state) {
    OomWatch watch;
    (void)state;
    set_count(1);
    oom_watch_init_at(&watch, path, false, NS_PER_S);
    set_count(2);
    oom_watch_sample(&watch, 3 * NS_PER_S);
    oom_watch_sample(&watch, 3 * NS_PER_S + 1); /* too early: not taken */
    assert_true(watch.before == 1);
    oom_watch_sample(&watch, 5 * NS_PER_S);
    assert_false(is_named(&watch));
}

static void without_a_count_nothing_is_named(void **state) {
    OomWatch watch;
    (void)state;
    oom_watch_init_at(&watch, "/nowhere/at/all", false, NS_PER_S);
    assert_false(is_named(&watch));
    set_count(4);
    oom_watch_init_at(&watch, path, false, NS_PER_S);
    FILE *file = fopen(path, "w");
    fputs("no such line\n", file);
    fclose(file);
    assert_false(is_named(&watch));
}

static void the_machine_has_a_count(void **state) {
    OomWatch watch;
    (void)state;
    oom_watch_init(&watch, NS_PER_S);
    if (access("/proc/vmstat", R_OK) == 0) assert_true(watch.path[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kill_that_was_counted_is_named_once),
        cmocka_unit_test(a_sample_between_the_kill_and_the_death_hides_nothing),
        cmocka_unit_test(a_kill_of_long_ago_explains_nothing),
        cmocka_unit_test(without_a_count_nothing_is_named),
        cmocka_unit_test(the_machine_has_a_count),
    };
    close(mkstemp(path));
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
