/* Values made by Python in one world arrive in another as values.txt says, and sent on give the same bytes;
 * what cannot cross is refused with its path. `test_pack NAME...` runs those sections alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "objects/error.h"
#include "rpc/worker.h"
#include "worlds.h"

/* Builds `value` in a world of its own and packs it. 0, -1 refused (*why says it). */
static int build_and_pack(const Section *s, IpcBuf *buf, char *why, size_t size) {
    World *world = test_world_new();
    if (!test_run(s->build, strlen(s->build), "program.py")) fail_msg("%s: the program raised", s->name);
    Value value = test_variable("value");
    assert_non_null(value);
    int status = pack_value(buf, value, "result", NULL);
    if (status < 0) snprintf(why, size, "%s", test_error());
    assert_false(error_pending());
    test_world_drop(world);
    return status;
}

static void check_arrived(const Section *s, const IpcBuf *sent) {
    World *world = test_world_new();
    Value value = unpack_value(ipc_buf_slice(sent));
    if (!value) fail_msg("%s: not received: %s", s->name, test_error());
    assert_true(test_set_variable("value", value));
    IpcBuf again;
    ipc_buf_init(&again, NULL);
    if (pack_value(&again, value, "result", NULL) < 0) fail_msg("%s: not sent on: %s", s->name, test_error());
    bool same = again.len == sent->len && memcmp(again.data, sent->data, sent->len) == 0;
    if (!same && !s->unstable)
        fail_msg("%s: other bytes when sent on (%zu, %zu)", s->name, sent->len, again.len);
    decref(value);
    if (!test_run(s->check, strlen(s->check), "<check>")) fail_msg("%s: arrived changed", s->name);
    ipc_buf_free(&again);
    test_world_drop(world);
}

static void test_section(void **state) {
    const Section *s = *state;
    IpcBuf buf;
    char why[1024] = "";
    ipc_buf_init(&buf, NULL);
    int status = build_and_pack(s, &buf, why, sizeof why);
    if (s->refusal) {
        if (status == 0) fail_msg("%s: was sent", s->name);
        assert_string_equal(why, s->refusal);
    } else {
        if (status < 0) fail_msg("%s: not sent: %s", s->name, why);
        check_arrived(s, &buf);
    }
    ipc_buf_free(&buf);
}

int main(int argc, char **argv) {
    size_t count, chosen = 0;
    Section *sections = test_sections(&count);
    struct CMUnitTest *tests = calloc(count, sizeof *tests);
    for (size_t i = 0; i < count; i++) {
        bool wanted = argc < 2;
        for (int a = 1; a < argc; a++) wanted |= strcmp(argv[a], sections[i].name) == 0;
        if (wanted)
            tests[chosen++] = (struct CMUnitTest){sections[i].name, test_section, NULL, NULL, &sections[i]};
    }
    int failures = _cmocka_run_group_tests("values", tests, chosen, NULL, NULL);
    free(tests);
    test_sections_free(sections, count);
    return failures != 0;
}
