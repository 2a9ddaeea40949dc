/* The telemetry page: what is written is read, and nothing that stands in it harms the reader. */
#include <ipc/telemetry.h>

#include "support.h"

typedef union Page {
    IpcTelemetryPage page;
    char bytes[IPC_TELEMETRY_BYTES];
} Page;

static uint16_t put(char *to, const char *text) {
    memcpy(to, text, strlen(text));
    return (uint16_t)strlen(text);
}

static void publish(Page *p, uint64_t job, const char *file, uint32_t line, const char *function) {
    IpcTelemetrySlot *slot = &p->page.slots[(p->page.published + 1) % 2];
    *slot = (IpcTelemetrySlot){.job = job, .at_ns = 5, .fuel = 7, .heap_bytes = 11, .depth = 3, .frame_count = 1};
    slot->frames[0].line = line;
    slot->frames[0].file_length = put(slot->frames[0].file, file);
    slot->frames[0].function_length = put(slot->frames[0].function, function);
    p->page.published++;
}

static void fresh(Page *p) {
    memset(p, 0, sizeof *p);
    p->page.magic = IPC_TELEMETRY_MAGIC;
    p->page.activity = IPC_ACTIVITY_RUNNING;
    p->page.job = 9;
}

static void the_last_position_is_read(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    fresh(&p);
    assert_true(ipc_telemetry_read(&t, &p));
    assert_int_equal(t.activity, IPC_ACTIVITY_RUNNING);
    assert_int_equal(t.job, 9);
    assert_false(t.positioned);
    publish(&p, 9, "a.py", 1, "f");
    publish(&p, 9, "b.py", 2, "g");
    assert_true(ipc_telemetry_read(&t, &p));
    assert_true(t.positioned);
    assert_int_equal(t.count, 1);
    assert_int_equal(t.depth, 3);
    assert_int_equal(t.fuel, 7);
    assert_string_equal(t.stack[0].file, "b.py");
    assert_string_equal(t.stack[0].function, "g");
    assert_int_equal(t.stack[0].line, 2);
}

static void a_position_of_an_earlier_job_is_not_told(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    fresh(&p);
    publish(&p, 8, "a.py", 1, "f");
    assert_true(ipc_telemetry_read(&t, &p));
    assert_false(t.positioned);
    assert_int_equal(t.fuel, 0);
    p.page.job = 0;
    publish(&p, 0, "a.py", 1, "f");
    assert_true(ipc_telemetry_read(&t, &p));
    assert_false(t.positioned);
}

static void the_end_of_the_output_is_put_straight(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    char all[3 * IPC_TELEMETRY_OUTPUT];
    fresh(&p);
    for (size_t n = 0; n < sizeof all; n++) {
        all[n] = (char)('a' + n % 26);
        p.page.output[n % IPC_TELEMETRY_OUTPUT] = all[n];
        p.page.output_bytes = n + 1;
        if (n % 37) continue;
        assert_true(ipc_telemetry_read(&t, &p));
        size_t length = n + 1 < IPC_TELEMETRY_OUTPUT ? n + 1 : IPC_TELEMETRY_OUTPUT;
        assert_int_equal(t.output_length, length);
        assert_memory_equal(t.output, all + n + 1 - length, length);
    }
}

static void text_is_made_clean(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    fresh(&p);
    publish(&p, 9, "a\x1b[31m\n\xff.py", 1, "\xc2\x9b\xe2\x82");
    p.page.output_bytes = put(p.page.output, "one\ntwo\x07\xf0\x9f\x98\x80\xc0");
    assert_true(ipc_telemetry_read(&t, &p));
    assert_string_equal(t.stack[0].file, "a?[31m??.py");
    assert_string_equal(t.stack[0].function, "????");
    assert_string_equal(t.output, "one\ntwo?\xf0\x9f\x98\x80?");
    publish(&p, 9, "\xe2\x80\xae\xe2\x80\xa8.py", 1, "\xe2\x82\xac"); /* turns the text round; is a euro sign */
    assert_true(ipc_telemetry_read(&t, &p));
    assert_string_equal(t.stack[0].file, "??????.py");
    assert_string_equal(t.stack[0].function, "\xe2\x82\xac");
}

static void a_cut_character_at_the_front_is_left_out(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    fresh(&p);
    for (size_t n = 0; n < IPC_TELEMETRY_OUTPUT + 2; n++)
        p.page.output[n % IPC_TELEMETRY_OUTPUT] = "\xe2\x82\xac"[n % 3]; /* the euro sign, again and again */
    p.page.output_bytes = IPC_TELEMETRY_OUTPUT + 2;
    assert_true(ipc_telemetry_read(&t, &p));
    assert_int_equal((unsigned char)t.output[0], 0xe2);
    assert_true(t.output_length >= IPC_TELEMETRY_OUTPUT - 2);
}

static void another_layout_is_refused(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    uint64_t job;
    fresh(&p);
    p.page.magic++;
    assert_false(ipc_telemetry_read(&t, &p));
    assert_int_equal(t.job, 0);
    assert_false(ipc_telemetry_job(&p, &job));
    p.page.magic--;
    p.page.job = 7;
    assert_true(ipc_telemetry_job(&p, &job));
    assert_int_equal(job, 7);
    memset(&p, 0, sizeof p);
    assert_false(ipc_telemetry_read(&t, &p));
}

static void check_sound(const IpcTelemetry *t) {
    assert_non_null(ipc_enum_word(IPC_ENUM_Activity, (int)t->activity));
    assert_true(t->count <= IPC_TELEMETRY_FRAMES && t->count <= t->depth);
    assert_true(t->output_length <= IPC_TELEMETRY_OUTPUT && strlen(t->output) == t->output_length);
    assert_true(ipc_utf8_valid(t->output, t->output_length));
    assert_true(ipc_utf8_valid(t->native, strlen(t->native)));
    for (uint32_t i = 0; i < t->count; i++) {
        assert_true(ipc_utf8_valid(t->stack[i].file, strlen(t->stack[i].file)));
        assert_true(ipc_utf8_valid(t->stack[i].function, strlen(t->stack[i].function)));
        for (const char *c = t->stack[i].file; *c; c++) assert_true((unsigned char)*c >= 0x20 && *c != 0x7f);
    }
}

static void garbage_is_read_without_harm(void **state) {
    (void)state;
    Page p;
    IpcTelemetry t;
    uint64_t seed = 1;
    for (int round = 0; round < 3000; round++) {
        for (size_t i = 0; i < sizeof p; i += 8) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            uint64_t word = round % 3 == 0 ? UINT64_MAX : seed ^ seed >> 29;
            memcpy(p.bytes + i, &word, 8);
        }
        p.page.magic = IPC_TELEMETRY_MAGIC;
        if (round % 2) p.page.slots[p.page.published % 2].job = p.page.job;
        assert_true(ipc_telemetry_read(&t, &p));
        check_sound(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_position_is_read),
        cmocka_unit_test(a_position_of_an_earlier_job_is_not_told),
        cmocka_unit_test(the_end_of_the_output_is_put_straight),
        cmocka_unit_test(text_is_made_clean),
        cmocka_unit_test(a_cut_character_at_the_front_is_left_out),
        cmocka_unit_test(another_layout_is_refused),
        cmocka_unit_test(garbage_is_read_without_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
