/* What is kept of jobs: the tail of their output, outcomes within bounds, poisoned jobs, and who can go on after a restart. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "keep.h"
#include "poison.h"
#include "recover.h"
#include "tail.h"

/* --- tails ------------------------------------------------------------------------------------ */

static void add_text(Tail *tail, const char *text, size_t most) {
    static uint64_t seq;
    IpcOutput output = {.job = 1, .seq = seq++, .data = ipc_str(text)};
    tail_add(tail, &output, most);
}

/* The text of all that is kept, and what is said to be missing. */
static uint64_t read_tail(const Tail *tail, char *text, size_t capacity) {
    IpcBuf buf;
    uint64_t skipped = 0;
    size_t length = 0;
    ipc_buf_init(&buf, NULL);
    tail_write(tail, 1, &buf);
    IpcReader reader = ipc_slice_reader(ipc_buf_slice(&buf));
    while (!ipc_reader_done(&reader)) {
        IpcEnvelope envelope;
        IpcOutput output;
        bool has_id;
        const uint8_t *start = reader.at;
        uint64_t nodes = 1000;
        assert_int_equal(ipc_skip(&reader, 16, &nodes), IPC_OK);
        assert_int_equal(ipc_parse(ipc_slice(start, (size_t)(reader.at - start)), &envelope, &has_id, NULL), IPC_OK);
        assert_int_equal(ipc_record_decode(envelope.params, IPC_REC_Output, &output, NULL), IPC_OK);
        assert_true(!output.skipped || length == 0);
        skipped += output.skipped;
        assert_true(length + output.data.len < capacity);
        memcpy(text + length, output.data.ptr, output.data.len);
        length += output.data.len;
    }
    text[length] = '\0';
    ipc_buf_free(&buf);
    return skipped;
}

static void a_tail_keeps_the_end(void **state) {
    Tail tail = {0};
    char text[4096], long_text[2001];
    (void)state;
    assert_int_equal(read_tail(&tail, text, sizeof text), 0);
    for (int i = 0; i < 100; i++) {
        add_text(&tail, "0123456789", 1000);
        assert_true(tail.bytes <= 1000);
    }
    uint64_t skipped = read_tail(&tail, text, sizeof text);
    assert_int_equal(skipped + strlen(text), 1000);
    assert_true(strlen(text) >= 150);
    memset(long_text, 'x', 1990);
    strcpy(long_text + 1990, "the end...");
    add_text(&tail, long_text, 1000);
    assert_true(tail.bytes <= 1000);
    skipped = read_tail(&tail, text, sizeof text);
    assert_int_equal(skipped + strlen(text), 3000);
    assert_string_equal(text + strlen(text) - 10, "the end...");
    tail_clear(&tail);
    assert_int_equal(read_tail(&tail, text, sizeof text), 0);
}

static void a_tail_without_room_counts_what_is_missing(void **state) {
    Tail tail = {0};
    char text[100];
    (void)state;
    add_text(&tail, "abc", 0);
    add_text(&tail, "defg", 10);
    assert_int_equal(read_tail(&tail, text, sizeof text), 7);
    assert_string_equal(text, "");
    assert_int_equal(tail.bytes, 0);
}

/* --- outcomes --------------------------------------------------------------------------------- */

static void outcomes_are_found_by_job_and_key(void **state) {
    Keep keep;
    (void)state;
    keep_init(&keep, 1000, 1 << 20);
    assert_true(keep_key(&keep, ipc_str("k"), 7));
    assert_null(keep_find_job(&keep, 7)->message);
    assert_int_equal(keep.count, 0);
    keep_outcome(&keep, 7, ipc_str("seven"), 1);
    keep_outcome(&keep, 8, ipc_str("eight"), 2);
    keep_outcome(&keep, 7, ipc_str("again"), 3); /* the first one stays */
    assert_int_equal(keep_find_key(&keep, ipc_str("k"))->job, 7);
    assert_memory_equal(keep_find_job(&keep, 7)->message, "seven", 5);
    assert_null(keep_find_key(&keep, ipc_str("l")));
    assert_null(keep_find_job(&keep, 9));
    assert_int_equal(keep.count, 2);
    keep_expire(&keep, 1002);
    assert_null(keep_find_key(&keep, ipc_str("k")));
    assert_non_null(keep_find_job(&keep, 8));
    keep_forget(&keep, 8);
    assert_int_equal(keep.count, 0);
    assert_int_equal(keep.bytes, 0);
    keep_free(&keep);
}

static void the_oldest_go_and_keys_of_running_jobs_stay(void **state) {
    Keep keep;
    char message[300] = "m";
    (void)state;
    keep_init(&keep, UINT64_MAX, 4000);
    assert_true(keep_key(&keep, ipc_str("running"), 1000));
    for (uint64_t job = 1; job <= 100; job++) {
        keep_outcome(&keep, job, ipc_slice(message, sizeof message), job);
        assert_true(keep.bytes <= 4000);
    }
    assert_null(keep_find_job(&keep, 1));
    assert_non_null(keep_find_job(&keep, 100));
    assert_non_null(keep_find_key(&keep, ipc_str("running")));
    static char large[5000];
    keep_outcome(&keep, 1000, ipc_slice(large, sizeof large), 101);
    assert_null(keep_find_job(&keep, 1000)); /* no bound holds it */
    assert_null(keep_find_key(&keep, ipc_str("running")));
    keep_set_bounds(&keep, UINT64_MAX, 0);
    assert_int_equal(keep.count, 0);
    keep_free(&keep);
}

static void many_keys_come_and_go(void **state) {
    Keep keep;
    char key[32];
    (void)state;
    keep_init(&keep, UINT64_MAX, 1 << 16);
    for (uint64_t job = 1; job <= 20000; job++) {
        snprintf(key, sizeof key, "key %llu", (unsigned long long)job);
        assert_true(keep_key(&keep, ipc_str(key), job));
        assert_int_equal(keep_find_key(&keep, ipc_str(key))->job, job);
        if (job % 3) keep_outcome(&keep, job, ipc_str("outcome"), job);
        else keep_forget(&keep, job);
    }
    assert_true(keep.bytes <= 1 << 16);
    keep_free(&keep);
}

/* --- poison ----------------------------------------------------------------------------------- */

static void the_last_poisoned_jobs_are_listed(void **state) {
    static Poison poison;
    IpcBuf buf;
    IpcList list = {0};
    IpcPoisoned record;
    (void)state;
    ipc_buf_init(&buf, NULL);
    for (uint64_t job = 1; job <= POISON_MOST + 5; job++)
        poison_add(&poison, &(IpcOutcome){.job = job, .verdict = IPC_VERDICT_SIGNAL, .attempt = 3, .detail = ipc_str("killed")}, job);
    assert_int_equal(poison_listed(&poison), POISON_MOST);
    poison_list(&poison, &buf, &list);
    assert_int_equal(list.count, POISON_MOST);
    IpcReader reader = ipc_list_reader(list);
    assert_int_equal(ipc_record_read(&reader, IPC_REC_Poisoned, &record, NULL), IPC_OK);
    assert_int_equal(record.job, 6);
    ipc_buf_free(&buf);
}

static void a_cut_text_ends_at_a_whole_character(void **state) {
    static Poison poison;
    char text[400];
    (void)state;
    for (int shift = 0; shift < 3; shift++) {
        memset(text, 'a', (size_t)shift);
        for (int i = 0; i < 100; i++)
            memcpy(text + shift + 3 * i, "\xe2\x82\xac", 3);
        poison_add(&poison, &(IpcOutcome){.job = 1, .detail = ipc_slice(text, (size_t)shift + 300)}, 1);
        const char *kept = poison.jobs[poison.count - 1].detail;
        assert_true(strlen(kept) > POISON_TEXT - 5 && ipc_utf8_valid(kept, strlen(kept)));
    }
}

/* --- after a restart -------------------------------------------------------------------------- */

static Recovery recover(IpcSubmit submit, uint32_t attempt, uint64_t now_ms) {
    static IpcBuf buf;
    Recovery recovery;
    ipc_buf_free(&buf);
    ipc_buf_init(&buf, NULL);
    ipc_record_encode(&buf, IPC_REC_Submit, &submit);
    JournalRow row = {.job = 1, .accepted_ms = 1000, .attempt = attempt, .retries = 1, .submit = ipc_buf_slice(&buf)};
    recover_row(&row, now_ms, &recovery);
    return recovery;
}

static void who_goes_on_and_who_is_lost(void **state) {
    IpcSubmit plain = {.source = ipc_str("1"), .retries = 2}, again = plain, timed = plain, session = plain, fed = plain, asks = plain;
    (void)state;
    again.delivery = IPC_DELIVERY_AT_LEAST_ONCE;
    timed.deadline_ms = 500;
    session.session = ipc_str("s");
    fed.stdin_mode = IPC_STDIN_STREAM;
    asks.sources = (IpcSources){.root = ipc_str("/r"), .on_demand = true};
    Recovery recovery = recover(plain, 0, 5000);
    assert_true(recovery.goes_on && recovery.retried && recovery.submit.retries == 1);
    assert_int_equal(recover(plain, 1, 5000).verdict, IPC_VERDICT_LOST);
    assert_true(recover(again, 3, 5000).goes_on);
    assert_false(recover(session, 0, 5000).goes_on);
    assert_false(recover(fed, 0, 5000).goes_on);
    assert_false(recover(asks, 0, 5000).goes_on);
    recovery = recover(timed, 0, 1200);
    assert_true(recovery.goes_on && recovery.submit.deadline_ms == 300);
    assert_int_equal(recover(timed, 0, 1500).verdict, IPC_VERDICT_REJECTED);
    assert_int_equal(recover(timed, 0, 10).submit.deadline_ms, 500); /* the clock was set back */
    timed.delivery = IPC_DELIVERY_AT_LEAST_ONCE;
    assert_true(recover(timed, 1, 9000).goes_on); /* it had begun in time */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tail_keeps_the_end),
        cmocka_unit_test(a_tail_without_room_counts_what_is_missing),
        cmocka_unit_test(outcomes_are_found_by_job_and_key),
        cmocka_unit_test(the_oldest_go_and_keys_of_running_jobs_stay),
        cmocka_unit_test(many_keys_come_and_go),
        cmocka_unit_test(the_last_poisoned_jobs_are_listed),
        cmocka_unit_test(a_cut_text_ends_at_a_whole_character),
        cmocka_unit_test(who_goes_on_and_who_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
