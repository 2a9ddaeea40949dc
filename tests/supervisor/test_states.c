/* The table of a worker's states is complete, and says what its header promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "worker.h"

static void every_pair_has_a_rule(void **state) {
    (void)state;
    for (int at = 0; at < WORKER_STATE_COUNT; at++) {
        for (int event = 0; event < WORKER_EVENT_COUNT; event++) {
            WorkerRule rule = worker_rule((IpcWorkerState)at, (WorkerEventKind)event);
            assert_non_null(rule.action);
            if (rule.impossible) assert_int_equal(rule.next, at);
        }
    }
}

static void the_dead_stay_dead(void **state) {
    (void)state;
    for (int event = 0; event < WORKER_EVENT_COUNT; event++) {
        assert_true(worker_rule(IPC_WORKER_DEAD, (WorkerEventKind)event).impossible);
    }
}

static void every_living_state_can_die(void **state) {
    (void)state;
    for (int at = 0; at < IPC_WORKER_DEAD; at++) {
        WorkerRule rule = worker_rule((IpcWorkerState)at, WORKER_EVENT_EXIT);
        assert_int_equal(rule.next, IPC_WORKER_DEAD);
        assert_string_equal(rule.action, "bury");
    }
}

static void a_stopping_worker_never_comes_back(void **state) {
    (void)state;
    for (int event = 0; event < WORKER_EVENT_COUNT; event++) {
        IpcWorkerState next = worker_rule(IPC_WORKER_STOPPING, (WorkerEventKind)event).next;
        assert_true(next == IPC_WORKER_STOPPING || next == IPC_WORKER_DEAD);
    }
}

static void a_violation_always_ends_a_worker(void **state) {
    (void)state;
    for (int at = 0; at < IPC_WORKER_DEAD; at++) {
        WorkerRule rule = worker_rule((IpcWorkerState)at, WORKER_EVENT_VIOLATION);
        assert_int_equal(rule.next, IPC_WORKER_STOPPING);
        assert_string_equal(rule.action, "condemn");
    }
}

static void only_ready_and_busy_take_jobs(void **state) {
    (void)state;
    for (int at = 0; at < WORKER_STATE_COUNT; at++) {
        bool takes = at == IPC_WORKER_READY || at == IPC_WORKER_BUSY;
        assert_int_equal(worker_rule((IpcWorkerState)at, WORKER_EVENT_ASSIGN).impossible, !takes);
    }
}

static void only_a_worker_that_is_up_can_be_silent(void **state) {
    (void)state;
    for (int at = 0; at < WORKER_STATE_COUNT; at++) {
        bool up = at == IPC_WORKER_READY || at == IPC_WORKER_BUSY || at == IPC_WORKER_DRAINING;
        WorkerRule rule = worker_rule((IpcWorkerState)at, WORKER_EVENT_SILENT);
        assert_int_equal(rule.impossible, !up);
        if (up) assert_int_equal(rule.next, IPC_WORKER_STOPPING);
    }
}

static const PoolObserver nobody;

/* An impossible pair is told in the log, counted, and changes nothing. */
static void an_impossible_pair_is_logged(void **state) {
    int ends[2];
    char line[512];
    Pool pool = {.observer = &nobody};
    Log log = {.level = LOG_INFO};
    Worker worker = {.pool = &pool, .number = 3, .state = IPC_WORKER_STARTING};
    (void)state;
    assert_int_equal(pipe(ends), 0);
    log.fd = ends[1];
    pool.log = &log;
    worker_step(&worker, WORKER_EVENT_IDLE);
    ssize_t got = read(ends[0], line, sizeof line - 1);
    assert_true(got > 0);
    line[got] = '\0';
    assert_int_equal(worker.state, IPC_WORKER_STARTING);
    assert_int_equal(pool.internal_errors, 1);
    assert_non_null(strstr(line, "internal-error"));
    assert_non_null(strstr(line, "worker=3 state=starting on=idle"));
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_has_a_rule),
        cmocka_unit_test(the_dead_stay_dead),
        cmocka_unit_test(every_living_state_can_die),
        cmocka_unit_test(a_stopping_worker_never_comes_back),
        cmocka_unit_test(a_violation_always_ends_a_worker),
        cmocka_unit_test(only_ready_and_busy_take_jobs),
        cmocka_unit_test(only_a_worker_that_is_up_can_be_silent),
        cmocka_unit_test(an_impossible_pair_is_logged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
