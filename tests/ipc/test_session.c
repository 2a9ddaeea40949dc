/* Sessions: two of them wired to each other in memory. */
#include "support.h"

static const IpcSessionConfig configs[] = {
    [IPC_ROLE_CLIENT] = {.role = IPC_ROLE_CLIENT, .name = "tester", .version = "1", .pid = 11},
    [IPC_ROLE_SERVER] = {.role = IPC_ROLE_SERVER,
                         .name = "atoll",
                         .version = "2",
                         .pid = 22,
                         .caps = {.max_message = 100000}},
    [IPC_ROLE_SUPERVISOR] = {.role = IPC_ROLE_SUPERVISOR, .name = "atoll", .version = "2", .pid = 22},
    [IPC_ROLE_WORKER] = {.role = IPC_ROLE_WORKER, .name = "atoll-worker", .version = "2", .pid = 33},
};

typedef struct Pair {
    IpcSession a, b; /* the opening and the answering side */
} Pair;

static void pump(IpcSession *from, IpcSession *to) {
    IpcSlice out = ipc_session_out(from);
    ipc_session_feed(to, out.ptr, out.len);
    ipc_session_sent(from, out.len);
}

static IpcEvent expect(IpcSession *session, IpcEventKind kind) {
    IpcEvent event;
    assert_true(ipc_session_next(session, &event));
    if (event.kind != kind) fail_msg("event %d, not %d: %s", event.kind, kind, event.error.text);
    return event;
}

static void expect_nothing(IpcSession *session) {
    IpcEvent event;
    assert_false(ipc_session_next(session, &event));
}

static void pair_start(Pair *pair, IpcRole opening, IpcRole answering) {
    ipc_session_init(&pair->a, &configs[opening]);
    ipc_session_init(&pair->b, &configs[answering]);
}

static void pair_open(Pair *pair) {
    pair_start(pair, IPC_ROLE_CLIENT, IPC_ROLE_SERVER);
    assert_int_equal(ipc_session_hello(&pair->a, NULL, 0), IPC_OK);
    pump(&pair->a, &pair->b);
    expect(&pair->b, IPC_EV_HELLO);
    pump(&pair->b, &pair->a);
    expect(&pair->a, IPC_EV_HELLO);
}

static void pair_end(Pair *pair) {
    ipc_session_free(&pair->a);
    ipc_session_free(&pair->b);
}

static void hello_opens_both_sides(void **state) {
    (void)state;
    Pair pair;
    pair_open(&pair);
    assert_int_equal(pair.a.state, IPC_SESSION_OPEN);
    assert_int_equal(pair.b.state, IPC_SESSION_OPEN);
    assert_string_equal(pair.a.peer.name, "atoll");
    assert_string_equal(pair.b.peer.name, "tester");
    assert_int_equal(pair.b.peer.pid, 11);
    assert_int_equal(pair.a.peer.caps.max_message, 100000);
    assert_int_equal(pair.b.peer.caps.max_message, IPC_DEFAULT_MAX_MESSAGE);
    assert_int_equal(ipc_session_hello(&pair.a, NULL, 0), IPC_E_WRONG_PHASE);
    pair_end(&pair);
}

static void a_worker_gets_its_settings_with_hello(void **state) {
    (void)state;
    Pair pair;
    pair_start(&pair, IPC_ROLE_SUPERVISOR, IPC_ROLE_WORKER);
    IpcWorkerHello settings = {.worker = 3, .gc_events = true, .heap_every_ms = 50};
    assert_int_equal(ipc_session_hello(&pair.a, &settings, 0), IPC_OK);
    pump(&pair.a, &pair.b);
    IpcEvent event = expect(&pair.b, IPC_EV_HELLO);
    assert_int_equal(event.record->worker_hello.worker, 3);
    assert_true(event.record->worker_hello.gc_events);
    IpcReady ready = {.pid = 33, .boot_us = 900};
    assert_int_equal(ipc_session_notify(&pair.b, IPC_M_WORKER_READY, &ready), IPC_OK);
    pump(&pair.b, &pair.a);
    expect(&pair.a, IPC_EV_HELLO);
    event = expect(&pair.a, IPC_EV_NOTIFICATION);
    assert_int_equal(event.method, IPC_M_WORKER_READY);
    assert_int_equal(event.record->ready.boot_us, 900);
    pair_end(&pair);
}

static void nothing_passes_before_hello(void **state) {
    (void)state;
    Pair pair;
    IpcBuf raw;
    pair_start(&pair, IPC_ROLE_CLIENT, IPC_ROLE_SERVER);
    assert_int_equal(ipc_session_call(&pair.a, IPC_M_STATUS, NULL, 0, 0, NULL), IPC_E_WRONG_PHASE);
    assert_int_equal(ipc_session_notify(&pair.b, IPC_M_ON_LOG, NULL), IPC_E_WRONG_PHASE);
    ipc_buf_init(&raw, NULL);
    ipc_write_request(&raw, 5, IPC_M_STATUS, NULL);
    ipc_session_feed(&pair.b, raw.data, raw.len);
    assert_int_equal(expect(&pair.b, IPC_EV_BAD).error.code, IPC_E_WRONG_PHASE);
    assert_true(ipc_session_out(&pair.b).len > 0); /* the request was answered */
    ipc_buf_free(&raw);
    pair_end(&pair);
}

static void another_version_is_refused(void **state) {
    (void)state;
    Pair pair;
    IpcBuf raw;
    IpcHello hello = {.protocol = 99, .name = ipc_str("future"), .version = ipc_str("9")};
    pair_start(&pair, IPC_ROLE_CLIENT, IPC_ROLE_SERVER);
    assert_int_equal(ipc_session_hello(&pair.a, NULL, 0), IPC_OK);
    ipc_buf_init(&raw, NULL);
    ipc_write_request(&raw, 1, IPC_M_HELLO, &hello);
    ipc_session_feed(&pair.b, raw.data, raw.len);
    assert_int_equal(expect(&pair.b, IPC_EV_FATAL).error.code, IPC_E_BAD_VERSION);
    assert_int_equal(pair.b.state, IPC_SESSION_CLOSED);
    pump(&pair.b, &pair.a);
    assert_int_equal(expect(&pair.a, IPC_EV_FATAL).error.code, IPC_E_BAD_VERSION);
    expect_nothing(&pair.a);
    ipc_buf_free(&raw);
    pair_end(&pair);
}

static void calls_are_answered_by_tag_in_any_order(void **state) {
    (void)state;
    Pair pair;
    uint32_t ids[100];
    pair_open(&pair);
    for (uint64_t i = 0; i < 100; i++) {
        IpcJobRef ref = {.job = 1000 + i};
        assert_int_equal(ipc_session_call(&pair.a, IPC_M_ATTACH, &ref, i, 0, NULL), IPC_OK);
    }
    assert_int_equal(ipc_session_pending(&pair.a), 100);
    pump(&pair.a, &pair.b);
    for (uint64_t i = 0; i < 100; i++) {
        IpcEvent event = expect(&pair.b, IPC_EV_REQUEST);
        assert_int_equal(event.record->job_ref.job, 1000 + i);
        ids[i] = event.id;
    }
    for (uint64_t n = 0; n < 100; n++) {
        uint64_t i = n * 37 % 100;
        IpcSubmitted submitted = {.job = 1000 + i};
        if (i % 10) assert_int_equal(ipc_session_reply(&pair.b, ids[i], IPC_M_ATTACH, &submitted), IPC_OK);
        else assert_int_equal(ipc_session_refuse(&pair.b, ids[i], IPC_E_UNKNOWN_JOB, "no job %d", 5), IPC_OK);
    }
    pump(&pair.b, &pair.a);
    for (uint64_t n = 0; n < 100; n++) {
        uint64_t i = n * 37 % 100;
        IpcEvent event = expect(&pair.a, i % 10 ? IPC_EV_RESPONSE : IPC_EV_FAILURE);
        assert_int_equal(event.tag, i);
        assert_int_equal(event.method, IPC_M_ATTACH);
        if (i % 10) assert_int_equal(event.record->submitted.job, 1000 + i);
        else assert_int_equal(event.error.code, IPC_E_UNKNOWN_JOB);
    }
    assert_int_equal(ipc_session_pending(&pair.a), 0);
    pair_end(&pair);
}

static void overdue_calls_fail_once(void **state) {
    (void)state;
    Pair pair;
    IpcEvent event;
    pair_open(&pair);
    assert_true(ipc_session_soonest(&pair.a) == UINT64_MAX);
    ipc_session_call(&pair.a, IPC_M_PING, NULL, 1, 500, NULL);
    ipc_session_call(&pair.a, IPC_M_PING, NULL, 2, 300, NULL);
    ipc_session_call(&pair.a, IPC_M_PING, NULL, 3, 0, NULL);
    assert_int_equal(ipc_session_soonest(&pair.a), 300);
    assert_false(ipc_session_expire(&pair.a, 299, &event));
    assert_true(ipc_session_expire(&pair.a, 300, &event));
    assert_int_equal(event.tag, 2);
    assert_int_equal(event.error.code, IPC_E_TIMEOUT);
    assert_false(ipc_session_expire(&pair.a, 300, &event));
    assert_int_equal(ipc_session_soonest(&pair.a), 500);
    pump(&pair.a, &pair.b);
    expect(&pair.b, IPC_EV_REQUEST);
    event = expect(&pair.b, IPC_EV_REQUEST);
    ipc_session_reply(&pair.b, event.id, IPC_M_PING, NULL);
    pump(&pair.b, &pair.a);
    assert_int_equal(expect(&pair.a, IPC_EV_BAD).error.code, IPC_E_UNKNOWN_ID); /* too late */
    pair_end(&pair);
}

static void wrong_requests_are_answered_and_the_session_goes_on(void **state) {
    (void)state;
    Pair pair;
    IpcBuf raw;
    pair_open(&pair);
    ipc_buf_init(&raw, NULL);
    ipc_buf_append(&raw, "\x94\x00\x07\xa5"
                         "magic\x80",
                   10);
    ipc_buf_append(&raw, "\x94\x00\x08\xa6"
                         "cancel\x80",
                   11);
    ipc_buf_append(&raw, "\x94\x00\x09\xa5"
                         "hello\x80",
                   10);
    ipc_buf_append(&raw, "\x93\x02\xa6"
                         "submit\x80",
                   10);
    ipc_buf_append(&raw, "\x93\x02\xa6"
                         "output\x80",
                   10);
    ipc_write_request(&raw, 10, IPC_M_STATUS, NULL);
    ipc_session_feed(&pair.b, raw.data, raw.len);
    assert_int_equal(expect(&pair.b, IPC_EV_BAD).error.code, IPC_E_UNKNOWN_METHOD);
    assert_int_equal(expect(&pair.b, IPC_EV_BAD).error.code, IPC_E_MISSING_FIELD);
    assert_int_equal(expect(&pair.b, IPC_EV_BAD).error.code, IPC_E_WRONG_PHASE);
    assert_int_equal(expect(&pair.b, IPC_EV_BAD).error.code, IPC_E_MALFORMED);
    assert_int_equal(expect(&pair.b, IPC_EV_BAD).error.code, IPC_E_UNKNOWN_METHOD);
    assert_int_equal(expect(&pair.b, IPC_EV_REQUEST).id, 10);
    IpcFrames replies;
    IpcSlice frame, out = ipc_session_out(&pair.b);
    ipc_frames_init(&replies, NULL, NULL);
    ipc_frames_feed(&replies, out.ptr, out.len);
    for (uint32_t id = 7; id <= 9; id++) {
        IpcEnvelope envelope;
        IpcError error;
        bool has_id;
        assert_int_equal(ipc_frames_next(&replies, &frame), IPC_NEXT_READY);
        assert_int_equal(ipc_parse(frame, &envelope, &has_id, &error), IPC_OK);
        assert_int_equal(envelope.id, id);
        assert_true(envelope.error.len > 0);
    }
    assert_int_equal(ipc_frames_next(&replies, &frame), IPC_NEXT_NONE);
    ipc_frames_free(&replies);
    ipc_buf_free(&raw);
    pair_end(&pair);
}

static void a_broken_stream_is_fatal_and_said(void **state) {
    (void)state;
    Pair pair;
    pair_open(&pair);
    ipc_session_feed(&pair.b, "\xc1", 1);
    assert_int_equal(expect(&pair.b, IPC_EV_FATAL).error.code, IPC_E_MALFORMED);
    expect_nothing(&pair.b);
    assert_int_equal(ipc_session_notify(&pair.b, IPC_M_ON_LOG, NULL), IPC_E_WRONG_PHASE);
    pump(&pair.b, &pair.a);
    assert_int_equal(expect(&pair.a, IPC_EV_FATAL).error.code, IPC_E_MALFORMED);
    pair_end(&pair);
}

static void too_large_a_message_is_not_begun(void **state) {
    (void)state;
    Pair pair;
    char *big = calloc(1, 200000);
    IpcSubmit submit = {.source = ipc_slice(big, 200000)};
    pair_open(&pair);
    assert_int_equal(ipc_session_call(&pair.a, IPC_M_SUBMIT, &submit, 0, 0, NULL), IPC_E_TOO_LARGE);
    assert_int_equal(ipc_session_out(&pair.a).len, 0);
    assert_int_equal(ipc_session_pending(&pair.a), 0);
    free(big);
    pair_end(&pair);
}

static void the_end_inside_a_message_is_noticed(void **state) {
    (void)state;
    Pair pair;
    pair_open(&pair);
    ipc_session_feed(&pair.b, "\x94\x00", 2);
    expect_nothing(&pair.b);
    assert_int_equal(ipc_session_eof(&pair.b), IPC_E_TRUNCATED);
    assert_int_equal(ipc_session_eof(&pair.a), IPC_OK);
    pair_end(&pair);
}

static void a_frame_can_be_kept_by_copying(void **state) {
    (void)state;
    Pair pair;
    IpcSubmit submit = {.source = ipc_str("1 + 1"), .label = ipc_str("kept")}, kept;
    pair_open(&pair);
    ipc_session_call(&pair.a, IPC_M_SUBMIT, &submit, 0, 0, NULL);
    pump(&pair.a, &pair.b);
    IpcEvent event = expect(&pair.b, IPC_EV_REQUEST);
    assert_true(event.params.ptr > event.frame.ptr && event.params.len < event.frame.len);
    char copy[100];
    memcpy(copy, event.params.ptr, event.params.len);
    assert_int_equal(ipc_record_decode(ipc_slice(copy, event.params.len), IPC_REC_Submit, &kept, NULL),
                     IPC_OK);
    assert_true(ipc_slice_is(kept.source, "1 + 1"));
    assert_true(kept.source.ptr >= copy && kept.source.ptr < copy + sizeof copy);
    pair_end(&pair);
}

static void output_is_swapped_for_asynchronous_writers(void **state) {
    (void)state;
    Pair pair;
    IpcBuf flight;
    pair_open(&pair);
    ipc_buf_init(&flight, NULL);
    ipc_session_call(&pair.a, IPC_M_PING, NULL, 1, 0, NULL);
    size_t first = ipc_session_out(&pair.a).len;
    ipc_session_take(&pair.a, &flight);
    assert_int_equal(flight.len, first);
    assert_int_equal(ipc_session_out(&pair.a).len, 0);
    ipc_session_call(&pair.a, IPC_M_PING, NULL, 2, 0, NULL);
    assert_true(ipc_session_out(&pair.a).len > 0);
    ipc_session_feed(&pair.b, flight.data, flight.len);
    expect(&pair.b, IPC_EV_REQUEST);
    ipc_buf_free(&flight);
    pair_end(&pair);
}

/* However it is cut into pieces, and whatever is appended and taken meanwhile. */
static void output_may_leave_in_pieces(void **state) {
    (void)state;
    Pair pair;
    IpcBuf flight, sent;
    IpcEvent event;
    uint64_t calls = 0, met = 0;
    pair_open(&pair);
    ipc_buf_init(&flight, NULL);
    ipc_buf_init(&sent, NULL);
    for (unsigned round = 0; round < 500; round++) {
        for (unsigned i = 0; i < round % 4; i++)
            assert_int_equal(ipc_session_call(&pair.a, IPC_M_PING, NULL, ++calls, 0, NULL), IPC_OK);
        IpcSlice out = ipc_session_out(&pair.a);
        size_t n = out.len * (round % 7) / 6;
        ipc_buf_append(&sent, out.ptr, n);
        ipc_session_sent(&pair.a, n);
        assert_int_equal(ipc_session_out(&pair.a).len, out.len - n);
        if (round % 50 != 49) continue;
        ipc_session_take(&pair.a, &flight);
        assert_int_equal(ipc_session_out(&pair.a).len, 0);
        ipc_buf_append(&sent, flight.data, flight.len);
    }
    IpcSlice rest = ipc_session_out(&pair.a);
    ipc_buf_append(&sent, rest.ptr, rest.len);
    ipc_session_feed(&pair.b, sent.data, sent.len);
    for (; ipc_session_next(&pair.b, &event); met++)
        assert_int_equal(event.kind, IPC_EV_REQUEST);
    assert_int_equal(met, calls);
    ipc_buf_free(&sent);
    ipc_buf_free(&flight);
    pair_end(&pair);
}

static void one_encoding_for_many(void **state) {
    (void)state;
    Pair pair;
    IpcBuf once;
    IpcLog log = {.text = ipc_str("worker 1 died")};
    ipc_buf_init(&once, NULL);
    ipc_write_notification(&once, IPC_M_ON_LOG, &log);
    pair_start(&pair, IPC_ROLE_CLIENT, IPC_ROLE_SERVER);
    assert_int_equal(ipc_session_append(&pair.b, slice_of(&once)), IPC_E_WRONG_PHASE);
    pair_end(&pair);
    pair_open(&pair);
    for (int i = 0; i < 2; i++) assert_int_equal(ipc_session_append(&pair.b, slice_of(&once)), IPC_OK);
    pump(&pair.b, &pair.a);
    for (int i = 0; i < 2; i++)
        assert_true(ipc_slice_is(expect(&pair.a, IPC_EV_NOTIFICATION).record->log.text, "worker 1 died"));
    ipc_buf_free(&once);
    pair_end(&pair);
}

static void every_failed_allocation_is_survived(void **state) {
    (void)state;
    for (long n = 1; n < 40; n++) {
        CountingAlloc counting;
        IpcSessionConfig config = configs[IPC_ROLE_CLIENT];
        IpcSession session;
        IpcSubmit submit = {.source = ipc_str("x")};
        IpcEvent event;
        counting_alloc_init(&counting);
        config.alloc = &counting.alloc;
        counting.fail_at = n;
        ipc_session_init(&session, &config);
        ipc_session_hello(&session, NULL, 0);
        session.state = IPC_SESSION_OPEN;
        for (int i = 0; i < 100; i++) ipc_session_call(&session, IPC_M_SUBMIT, &submit, 0, 0, NULL);
        ipc_session_feed(&session, "\x94\x01\x05\xc0\x80", 5);
        while (ipc_session_next(&session, &event)) continue;
        ipc_session_free(&session);
        assert_int_equal(counting.live, 0);
    }
}

static void ids_map_like_a_dictionary(void **state) {
    (void)state;
    Random random = {9};
    IpcIdMap map;
    uint64_t shadow[512] = {0};
    ipc_idmap_init(&map, NULL);
    for (int i = 0; i < 100000; i++) {
        uint64_t key = 1 + random_below(&random, 511), value = 0;
        const uint64_t *found = ipc_idmap_find(&map, key);
        assert_int_equal(found ? *found : 0, shadow[key]);
        if (random_below(&random, 2)) {
            bool added;
            uint64_t *slot = ipc_idmap_add(&map, key, (uint64_t)i + 1, &added);
            assert_int_equal(added, shadow[key] == 0);
            shadow[key] = *slot = (uint64_t)i + 1;
        } else {
            assert_int_equal(ipc_idmap_remove(&map, key, &value), shadow[key] != 0);
            assert_int_equal(value, shadow[key]);
            shadow[key] = 0;
        }
    }
    ipc_idmap_free(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(hello_opens_both_sides),
        TEST(a_worker_gets_its_settings_with_hello),
        TEST(nothing_passes_before_hello),
        TEST(another_version_is_refused),
        TEST(calls_are_answered_by_tag_in_any_order),
        TEST(overdue_calls_fail_once),
        TEST(wrong_requests_are_answered_and_the_session_goes_on),
        TEST(a_broken_stream_is_fatal_and_said),
        TEST(too_large_a_message_is_not_begun),
        TEST(the_end_inside_a_message_is_noticed),
        TEST(a_frame_can_be_kept_by_copying),
        TEST(output_is_swapped_for_asynchronous_writers),
        TEST(output_may_leave_in_pieces),
        TEST(one_encoding_for_many),
        TEST(every_failed_allocation_is_survived),
        TEST(ids_map_like_a_dictionary),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
