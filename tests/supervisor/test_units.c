/* Sizes, times and counts as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "clock.h"
#include "units.h"

static void sizes_take_binary_suffixes(void **state) {
    uint64_t bytes;
    (void)state;
    assert_true(unit_parse_size("64M", &bytes) && bytes == 64ull << 20);
    assert_true(unit_parse_size("64m", &bytes) && bytes == 64ull << 20);
    assert_true(unit_parse_size("1.5K", &bytes) && bytes == 1536);
    assert_true(unit_parse_size("2GiB", &bytes) && bytes == 2ull << 30);
    assert_true(unit_parse_size("7", &bytes) && bytes == 7);
    assert_true(unit_parse_size("0", &bytes) && bytes == 0);
}

static void times_take_units_and_default_to_seconds(void **state) {
    uint64_t ns;
    (void)state;
    assert_true(unit_parse_time("1.5s", &ns) && ns == 1500 * NS_PER_MS);
    assert_true(unit_parse_time("200ms", &ns) && ns == 200 * NS_PER_MS);
    assert_true(unit_parse_time("2", &ns) && ns == 2 * NS_PER_S);
    assert_true(unit_parse_time("3m", &ns) && ns == 180 * NS_PER_S);
    assert_true(unit_parse_time("0.25", &ns) && ns == 250 * NS_PER_MS);
}

static void counts_take_decimal_suffixes(void **state) {
    uint64_t count;
    (void)state;
    assert_true(unit_parse_count("10k", &count) && count == 10000);
    assert_true(unit_parse_count("1.5k", &count) && count == 1500);
    assert_false(unit_parse_count("1.5", &count));
}

static void nonsense_is_refused_whole(void **state) {
    static const char *const bad[] = {"",
                                      "M",
                                      "-1",
                                      "+1",
                                      " 1",
                                      "1 ",
                                      "1x",
                                      "1..5M",
                                      "1.",
                                      ".5",
                                      "64MM",
                                      "99999999999999999999",
                                      "18446744073709551615T",
                                      "nan",
                                      "1e3",
                                      "0x10"};
    uint64_t number = 77;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(unit_parse_size(bad[i], &number));
        assert_false(unit_parse_time(bad[i], &number));
        assert_false(unit_parse_count(bad[i], &number));
    }
    assert_int_equal(number, 77);
}

static void integers_take_a_sign(void **state) {
    int64_t number;
    (void)state;
    assert_true(unit_parse_int("-8", &number) && number == -8);
    assert_true(unit_parse_int("7", &number) && number == 7);
    assert_false(unit_parse_int("--7", &number));
    assert_false(unit_parse_int("", &number));
    assert_false(unit_parse_int("9223372036854775808", &number));
}

static void formats_are_short(void **state) {
    char text[32];
    (void)state;
    assert_string_equal(unit_format_size(0, text, sizeof text), "0 B");
    assert_string_equal(unit_format_size(1536, text, sizeof text), "1.5 KiB");
    assert_string_equal(unit_format_time(1500 * NS_PER_MS, text, sizeof text), "1.5 s");
    assert_string_equal(unit_format_time(61 * NS_PER_S, text, sizeof text), "1m01s");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_take_binary_suffixes),
        cmocka_unit_test(times_take_units_and_default_to_seconds),
        cmocka_unit_test(counts_take_decimal_suffixes),
        cmocka_unit_test(nonsense_is_refused_whole),
        cmocka_unit_test(integers_take_a_sign),
        cmocka_unit_test(formats_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
