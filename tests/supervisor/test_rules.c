/* Deaths and their verdicts, restarts and the circuit, limits, the log, JSON at the edge. */
#include <math.h>
#include <setjmp.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "clock.h"
#include "deaths.h"
#include "json.h"
#include "limits.h"
#include "log.h"
#include "restart.h"
#include "sandbox.h"

/* Wait statuses as Linux makes them. */
static int exited(int code) {
    return code << 8;
}

static Death judged(DeathFacts facts) {
    Death death;
    facts.status_known = facts.was_ready = true;
    death_judge(&death, &facts);
    assert_true(death.text[0]);
    return death;
}

static void causes_have_verdicts_of_their_own(void **state) {
    static const struct {
        int status;
        KillReason reason;
        IpcDeathCause cause;
        IpcVerdict verdict;
    } cases[] = {
        {SIGSEGV, KILL_NONE, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},
        {SIGTERM, KILL_NONE, IPC_DEATH_SIGNAL, IPC_VERDICT_SIGNAL},
        {SIGKILL, KILL_NONE, IPC_DEATH_KILLED, IPC_VERDICT_SIGNAL},
        {SIGSYS, KILL_NONE, IPC_DEATH_SYSCALL, IPC_VERDICT_SYSCALL},
        {SIGXCPU, KILL_NONE, IPC_DEATH_RLIMIT, IPC_VERDICT_RLIMIT},
        {SIGXFSZ, KILL_NONE, IPC_DEATH_RLIMIT, IPC_VERDICT_RLIMIT},
        {SIGKILL, KILL_TIMEOUT, IPC_DEATH_TIMEOUT_WALL, IPC_VERDICT_TIMEOUT_WALL},
        {SIGKILL, KILL_CPU, IPC_DEATH_TIMEOUT_CPU, IPC_VERDICT_TIMEOUT_CPU},
        {SIGKILL, KILL_CANCEL, IPC_DEATH_CANCEL, IPC_VERDICT_CANCELLED},
        {SIGKILL, KILL_PROTOCOL, IPC_DEATH_PROTOCOL, IPC_VERDICT_PROTOCOL},
        {SIGKILL, KILL_SILENT, IPC_DEATH_HEARTBEAT, IPC_VERDICT_LOST},
        {SIGKILL, KILL_STOP, IPC_DEATH_STOPPED, IPC_VERDICT_CANCELLED},
        /* it died its own death before the kill */
        {SIGSEGV, KILL_TIMEOUT, IPC_DEATH_CRASH, IPC_VERDICT_SIGNAL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Death death = judged((DeathFacts){.wait_status = cases[i].status, .reason = cases[i].reason});
        assert_int_equal(death.cause, cases[i].cause);
        assert_int_equal(death.verdict, cases[i].verdict);
        assert_int_equal(death.signal, cases[i].status);
    }
}

static void the_oom_killer_is_named_with_its_evidence_and_only_for_a_kill_that_is_not_ours(void **state) {
    (void)state;
    Death death = judged((DeathFacts){.wait_status = SIGKILL, .oom = "oom_kill went from 3 to 4"});
    assert_int_equal(death.cause, IPC_DEATH_OOM);
    assert_int_equal(death.verdict, IPC_VERDICT_OOM);
    assert_non_null(strstr(death.text, "oom_kill went from 3 to 4"));
    death = judged((DeathFacts){.wait_status = SIGKILL, .reason = KILL_CANCEL, .oom = "x"});
    assert_int_equal(death.cause, IPC_DEATH_CANCEL);
    death = judged((DeathFacts){.wait_status = SIGSEGV, .oom = "x"});
    assert_int_equal(death.cause, IPC_DEATH_CRASH);
}

static void an_exit_is_lost_unless_it_was_told_to_go(void **state) {
    (void)state;
    Death death = judged((DeathFacts){.wait_status = exited(3)});
    assert_int_equal(death.verdict, IPC_VERDICT_LOST);
    assert_int_equal(death.cause, IPC_DEATH_EXIT);
    assert_int_equal(death.exit_code, 3);
    assert_false(death.expected);
    assert_string_equal(death.text, "exited with code 3");
    death = judged((DeathFacts){.told_to_leave = true, .leave = LEAVE_RECYCLED});
    assert_true(death.expected);
    assert_int_equal(death.cause, IPC_DEATH_RECYCLED);
    death = judged((DeathFacts){.reason = KILL_PROTOCOL, .violation = "said nonsense"});
    assert_int_equal(death.verdict, IPC_VERDICT_PROTOCOL);
    assert_non_null(strstr(death.text, "said nonsense"));
    death_judge(&death, &(DeathFacts){.wait_status = exited(1), .status_known = true});
    assert_int_equal(death.cause, IPC_DEATH_START);
    death_judge(&death, &(DeathFacts){0});
    assert_int_equal(death.cause, IPC_DEATH_UNKNOWN);
}

static void restarts_are_at_once_then_back_off(void **state) {
    Restart restart;
    uint64_t again, now = NS_PER_S;
    (void)state;
    restart_init(&restart, 50, 10 * NS_PER_S, 5 * NS_PER_S);
    assert_true(restart_may_start(&restart, now, 0, &again));
    restart_note_failure(&restart, now, "died");
    assert_true(restart_may_start(&restart, now, 0, &again));
    restart_note_failure(&restart, now, "died");
    assert_false(restart_may_start(&restart, now, 0, &again));
    uint64_t first = again - now;
    assert_true(first > 0 && restart_may_start(&restart, again, 0, &again));
    restart_note_failure(&restart, now, "died");
    assert_false(restart_may_start(&restart, now, 0, &again));
    assert_int_equal(again - now, 2 * first);
    restart_note_ready(&restart);
    assert_true(restart_may_start(&restart, now, 0, &again));
}

static void too_many_failures_open_the_circuit_and_it_closes_again(void **state) {
    Restart restart;
    uint64_t again, now = NS_PER_S;
    (void)state;
    restart_init(&restart, 3, 10 * NS_PER_S, 5 * NS_PER_S);
    for (int i = 0; i < 4; i++)
        restart_note_failure(&restart, now += NS_PER_S, "died");
    assert_int_equal(restart.circuit, CIRCUIT_OPEN);
    assert_false(restart_may_start(&restart, now, 0, &again));
    assert_int_equal(again, now + 5 * NS_PER_S);
    assert_true(restart_may_start(&restart, again, 0, &again)); /* the probe */
    assert_int_equal(restart.circuit, CIRCUIT_PROBING);
    assert_false(restart_may_start(&restart, now + 6 * NS_PER_S, 1, &again));
    restart_note_failure(&restart, now += 7 * NS_PER_S, "died");
    assert_int_equal(restart.circuit, CIRCUIT_OPEN); /* the probe failed */
    assert_true(restart_may_start(&restart, now + 5 * NS_PER_S, 0, &again));
    restart_note_ready(&restart);
    assert_int_equal(restart.circuit, CIRCUIT_CLOSED);
    assert_true(restart_may_start(&restart, now, 5, &again));
}

static void slow_failures_leave_the_circuit_closed(void **state) {
    Restart restart;
    (void)state;
    restart_init(&restart, 3, 10 * NS_PER_S, 5 * NS_PER_S);
    for (uint64_t i = 0; i < 200; i++)
        restart_note_failure(&restart, i * 4 * NS_PER_S, "died");
    assert_int_equal(restart.circuit, CIRCUIT_CLOSED);
}

static void limits_are_asked_or_default_and_never_above_the_maximum(void **state) {
    LimitPolicy policy = {.defaults = {.wall_ms = 1000, .heap_soft = 5000},
                          .maxima = {.wall_ms = 2000, .fuel = 10}};
    IpcLimits effective;
    IpcError error;
    (void)state;
    assert_int_equal(limits_apply(&policy, &(IpcLimits){0}, &effective, &error), IPC_OK);
    assert_int_equal(effective.wall_ms, 1000);
    assert_int_equal(effective.heap_soft, 5000);
    assert_int_equal(effective.fuel, 10);
    assert_int_equal(
        limits_apply(&policy, &(IpcLimits){.wall_ms = 1500, .heap_soft = 9999}, &effective, &error), IPC_OK);
    assert_int_equal(effective.wall_ms, 1500);
    assert_int_equal(effective.heap_soft, 9999);
    assert_int_equal(limits_apply(&policy, &(IpcLimits){.wall_ms = 2001}, &effective, &error),
                     IPC_E_ABOVE_MAXIMUM);
    assert_non_null(strstr(error.text, "limits.wall_ms"));
}

static void log_lines_cannot_be_forged(void **state) {
    int ends[2];
    char line[1024];
    Log log = {.level = LOG_INFO};
    (void)state;
    assert_int_equal(pipe(ends), 0);
    log.fd = ends[1];
    for (int json = 0; json < 2; json++) {
        log.json = json;
        log_event(&log, LOG_DEBUG, "dropped");
        log_event(&log, LOG_WARN, "told", LOG_TEXT("text", "a\nb \"c\""), LOG_INT("n", -4),
                  LOG_TEXT("plain", "xy"));
        ssize_t got = read(ends[0], line, sizeof line - 1);
        assert_true(got > 0);
        line[got] = '\0';
        assert_ptr_equal(strchr(line, '\n'), line + got - 1);
        assert_null(strstr(line, "dropped"));
        assert_non_null(strstr(line, json ? "\"text\":\"a\\nb \\\"c\\\"\",\"n\":-4,\"plain\":\"xy\"}"
                                          : "text=\"a\\nb \\\"c\\\"\" n=-4 plain=xy"));
    }
    close(ends[0]);
    close(ends[1]);
}

static void json_goes_in_and_comes_out_the_same(void **state) {
    static const char *const texts[] = {
        "null",
        "true",
        "[1,-2,3.5,\"x\\ny\",{\"a\":[],\"b\":{}},[[]]]",
        "18014398509481984",
        "1e+100",
        "0.1",
        "\"\\u0001\"",
        "[]",
        "{\"k\":\"\xc3\xa4\"}",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        IpcBuf packed, text;
        char error[200];
        ipc_buf_init(&packed, NULL);
        ipc_buf_init(&text, NULL);
        assert_true(
            json_to_msgpack(texts[i], strlen(texts[i]), JSON_ANY_VALUE, &packed, error, sizeof error));
        assert_true(msgpack_to_json(ipc_buf_slice(&packed), &text));
        assert_int_equal(text.len, strlen(texts[i]));
        assert_memory_equal(text.data, texts[i], text.len);
        ipc_buf_free(&packed);
        ipc_buf_free(&text);
    }
}

static void json_of_the_wrong_kind_is_refused(void **state) {
    IpcBuf packed;
    char error[200], deep[2048];
    (void)state;
    ipc_buf_init(&packed, NULL);
    assert_false(json_to_msgpack("{}", 2, JSON_ARRAY_ONLY, &packed, error, sizeof error));
    assert_string_equal(error, "must be a JSON array");
    assert_false(json_to_msgpack("[1", 2, JSON_ANY_VALUE, &packed, error, sizeof error));
    assert_non_null(strstr(error, "line 1"));
    memset(deep, '[', 1000);
    memset(deep + 1000, ']', 1000);
    assert_false(json_to_msgpack(deep, 2000, JSON_ANY_VALUE, &packed, error, sizeof error));
    assert_non_null(strstr(error, "deep"));
    assert_int_equal(packed.len, 0);
    ipc_buf_free(&packed);
}

static void json_out_survives_any_bytes(void **state) {
    unsigned char bytes[64];
    (void)state;
    srand(5);
    for (int round = 0; round < 20000; round++) {
        IpcBuf text;
        size_t length = (size_t)(rand() % 64);
        for (size_t i = 0; i < length; i++)
            bytes[i] = (unsigned char)rand();
        ipc_buf_init(&text, NULL);
        msgpack_to_json(ipc_slice(bytes, length), &text);
        ipc_buf_free(&text);
    }
}

static bool plan_of(SandboxPlan *plan, SandboxWishes wishes, char error[200]) {
    return sandbox_plan(plan, &wishes, false, error, 200);
}

static void sandbox_plans_name_their_faults(void **state) {
    SandboxPlan plan;
    char error[200];
    (void)state;
    assert_true(plan_of(&plan, (SandboxWishes){.namespaces = "user,ipc", .require = "ns-ipc", .allow = "uid"}, error));
    assert_true(plan.wanted[LAYER_NS_IPC] && plan.required[LAYER_NS_IPC] && !plan.required[LAYER_UID]);
    assert_false(plan.wanted[LAYER_NS_NET]);
    assert_false(plan_of(&plan, (SandboxWishes){.namespaces = "user,disk"}, error));
    assert_string_equal(error, "no namespace is called 'disk'");
    assert_false(plan_of(&plan, (SandboxWishes){.namespaces = "none", .require = "armour"}, error));
    assert_string_equal(error, "no layer is called 'armour'");
    assert_false(plan_of(&plan, (SandboxWishes){.namespaces = "none", .without = "armour"}, error));
}

static void layers_left_out_are_neither_wanted_nor_required(void **state) {
    SandboxPlan plan;
    char error[200];
    (void)state;
    assert_true(plan_of(&plan, (SandboxWishes){.namespaces = "ipc,uts", .without = "ns-ipc,seccomp,rlimits,dumpable"}, error));
    assert_false(plan.wanted[LAYER_NS_IPC] || plan.wanted[LAYER_RLIMITS] || plan.required[LAYER_SECCOMP]);
    assert_true(plan.wanted[LAYER_NS_UTS] && plan.clone_flags == CLONE_NEWUTS);
    assert_string_equal(plan.worker_without, "dumpable,seccomp");
}

static void a_missing_required_layer_is_found(void **state) {
    SandboxPlan plan;
    SandboxReport report = {.state = {0}};
    char error[200];
    (void)state;
    assert_true(plan_of(&plan, (SandboxWishes){.namespaces = "none"}, error));
    for (int i = 0; i < LAYER_COUNT; i++)
        report.state[i] = LAYER_ACTIVE;
    assert_int_equal(sandbox_missing(&plan, &report, true), LAYER_COUNT);
    report.state[LAYER_NO_NEW_PRIVS] = LAYER_UNAVAILABLE;
    assert_int_equal(sandbox_missing(&plan, &report, false), LAYER_NO_NEW_PRIVS);
    assert_true(plan_of(&plan, (SandboxWishes){.namespaces = "none", .allow = "no-new-privs"}, error));
    assert_int_equal(sandbox_missing(&plan, &report, false), LAYER_COUNT);
    assert_true(plan_of(&plan, (SandboxWishes){.namespaces = "none", .require = "landlock", .allow = "no-new-privs"}, error));
    report.state[LAYER_LANDLOCK] = LAYER_OFF;
    assert_int_equal(sandbox_missing(&plan, &report, false), LAYER_COUNT);
    assert_int_equal(sandbox_missing(&plan, &report, true), LAYER_LANDLOCK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(causes_have_verdicts_of_their_own),
        cmocka_unit_test(the_oom_killer_is_named_with_its_evidence_and_only_for_a_kill_that_is_not_ours),
        cmocka_unit_test(an_exit_is_lost_unless_it_was_told_to_go),
        cmocka_unit_test(restarts_are_at_once_then_back_off),
        cmocka_unit_test(too_many_failures_open_the_circuit_and_it_closes_again),
        cmocka_unit_test(slow_failures_leave_the_circuit_closed),
        cmocka_unit_test(limits_are_asked_or_default_and_never_above_the_maximum),
        cmocka_unit_test(log_lines_cannot_be_forged),
        cmocka_unit_test(json_goes_in_and_comes_out_the_same),
        cmocka_unit_test(json_of_the_wrong_kind_is_refused),
        cmocka_unit_test(json_out_survives_any_bytes),
        cmocka_unit_test(sandbox_plans_name_their_faults),
        cmocka_unit_test(layers_left_out_are_neither_wanted_nor_required),
        cmocka_unit_test(a_missing_required_layer_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
