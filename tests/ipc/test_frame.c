/* Cutting a stream into messages: however the bytes arrive, and whatever they are. */
#include "support.h"

#include <time.h>

static void pack_message(IpcBuf *buf, uint64_t job, const char *data, size_t length) {
    IpcOutput output = {.job = job, .seq = job * 3, .data = ipc_slice(data, length)};
    ipc_write_notification(buf, IPC_M_ON_OUTPUT, &output);
}

static uint64_t job_of_frame(IpcSlice frame) {
    IpcEnvelope envelope;
    IpcOutput output;
    bool has_id;
    assert_int_equal(ipc_parse(frame, &envelope, &has_id, NULL), IPC_OK);
    assert_int_equal(ipc_record_decode(envelope.params, IPC_REC_Output, &output, NULL), IPC_OK);
    return output.job;
}

static void messages_survive_any_cutting(void **state) {
    (void)state;
    Random random = {4};
    static const size_t pieces[] = {1, 2, 3, 7, 64, 1000, 100000};
    IpcBuf stream;
    ipc_buf_init(&stream, NULL);
    char *data = calloc(1, 70000);
    for (uint64_t job = 1; job <= 200; job++)
        pack_message(&stream, job, data, random_below(&random, job % 50 ? 100 : 70000));
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++) {
        IpcFrames frames;
        IpcSlice frame;
        uint64_t job = 0;
        ipc_frames_init(&frames, NULL, NULL);
        for (size_t at = 0; at < stream.len; at += pieces[p]) {
            size_t n = stream.len - at < pieces[p] ? stream.len - at : pieces[p];
            assert_int_equal(ipc_frames_feed(&frames, stream.data + at, n), IPC_OK);
            while (ipc_frames_next(&frames, &frame) == IPC_NEXT_READY)
                assert_int_equal(job_of_frame(frame), ++job);
        }
        assert_int_equal(job, 200);
        assert_int_equal(ipc_frames_pending(&frames), 0);
        ipc_frames_free(&frames);
    }
    free(data);
    ipc_buf_free(&stream);
}

static IpcCode feed_all(const void *bytes, size_t length, const IpcFrameLimits *limits) {
    IpcFrames frames;
    IpcSlice frame;
    ipc_frames_init(&frames, limits, NULL);
    ipc_frames_feed(&frames, bytes, length);
    IpcNext next;
    do {
        next = ipc_frames_next(&frames, &frame);
    } while (next == IPC_NEXT_READY);
    IpcCode code = frames.error.code;
    if (next == IPC_NEXT_ERROR) {
        assert_int_not_equal(code, IPC_OK);
        assert_int_equal(ipc_frames_next(&frames, &frame), IPC_NEXT_ERROR); /* for good */
        assert_int_equal(ipc_frames_feed(&frames, "x", 1), code);
    }
    ipc_frames_free(&frames);
    return code;
}

static void limits_hold_at_the_header(void **state) {
    (void)state;
    IpcFrameLimits limits = {.max_message = 1000, .max_nodes = 100, .max_depth = 5};
    assert_int_equal(feed_all("\x94\xc6\x7f\xff\xff\xff", 6, &limits), IPC_E_TOO_LARGE);
    assert_int_equal(feed_all("\x94\xdb\x00\x00\x04\x00", 6, &limits), IPC_E_TOO_LARGE);
    assert_int_equal(feed_all("\x94\xdd\xff\xff\xff\xff", 6, &limits), IPC_E_TOO_MANY_NODES);
    assert_int_equal(feed_all("\x94\xdf\xff\xff\xff\xff", 6, &limits), IPC_E_TOO_MANY_NODES);
    assert_int_equal(feed_all("\x94\xdc\x00\x64", 4, &limits), IPC_E_TOO_MANY_NODES);
    assert_int_equal(feed_all("\x94\x91\x91\x91\x91\x91\x91", 7, &limits), IPC_E_TOO_DEEP);
    assert_int_equal(feed_all("\x94\x91\x91\x91\x91\x01", 6, &limits), IPC_OK);
    assert_int_equal(feed_all("\x94\xc1", 2, &limits), IPC_E_MALFORMED);
    assert_int_equal(feed_all("\xdd\xff\xff\xff\xff", 5, &limits), IPC_E_MALFORMED);
}

static void what_is_no_message_is_refused_at_its_first_byte(void **state) {
    (void)state;
    for (int b = 0; b < 256; b++) {
        char byte = (char)b;
        bool possible = b == 0x93 || b == 0x94 || b == 0xdc || b == 0xdd;
        assert_int_equal(feed_all(&byte, 1, NULL), possible ? IPC_OK : IPC_E_MALFORMED);
    }
    assert_int_equal(feed_all("GET / HTTP/1.1\r\n", 16, NULL), IPC_E_MALFORMED);
}

static void a_million_brackets_are_refused_without_recursion(void **state) {
    (void)state;
    size_t n = 1000000;
    char *deep = malloc(n);
    memset(deep, 0x91, n);
    deep[0] = (char)0x93;
    assert_int_equal(feed_all(deep, n, NULL), IPC_E_TOO_DEEP);
    memset(deep + 1, 0x81, n - 1);
    assert_int_equal(feed_all(deep, n, NULL), IPC_E_TOO_DEEP);
    free(deep);
}

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* One large message of many objects, in pieces of `piece` bytes. */
static double time_to_feed(const IpcBuf *stream, size_t piece) {
    IpcFrames frames;
    IpcSlice frame;
    int complete = 0;
    ipc_frames_init(&frames, NULL, NULL);
    double start = seconds();
    for (size_t at = 0; at < stream->len; at += piece) {
        ipc_frames_feed(&frames, stream->data + at, stream->len - at < piece ? stream->len - at : piece);
        while (ipc_frames_next(&frames, &frame) == IPC_NEXT_READY) complete++;
    }
    double spent = seconds() - start;
    assert_int_equal(complete, 1);
    ipc_frames_free(&frames);
    return spent;
}

static void byte_by_byte_takes_linear_time(void **state) {
    (void)state;
    double spent[2];
    for (int i = 0; i < 2; i++) {
        IpcBuf stream;
        uint32_t objects = i ? 1600000 : 200000;
        ipc_buf_init(&stream, NULL);
        ipc_pack_array(&stream, 3);
        ipc_pack_uint(&stream, 2);
        ipc_pack_cstr(&stream, "x");
        ipc_pack_array(&stream, objects);
        for (uint32_t n = 0; n < objects; n++) ipc_pack_uint(&stream, n & 15);
        spent[i] = time_to_feed(&stream, 1);
        ipc_buf_free(&stream);
    }
    assert_true(spent[1] < spent[0] * 8 * 5 + 0.05); /* eight times as much; quadratic would be 64 times */
}

static void memory_is_not_taken_on_a_promise(void **state) {
    (void)state;
    CountingAlloc counting;
    counting_alloc_init(&counting);
    IpcFrames frames;
    IpcSlice frame;
    ipc_frames_init(&frames, NULL, &counting.alloc);
    ipc_frames_feed(&frames, "\x94\xc6\x02\xff\xff\xff", 6);
    assert_int_equal(ipc_frames_next(&frames, &frame), IPC_NEXT_NONE);
    ipc_frames_feed(&frames, "abc", 3);
    assert_true(frames.cap < 100000);
    ipc_frames_free(&frames);
    assert_int_equal(counting.live, 0);
}

static void no_memory_is_an_error(void **state) {
    (void)state;
    CountingAlloc counting;
    counting_alloc_init(&counting);
    counting.fail_at = 1;
    IpcFrames frames;
    ipc_frames_init(&frames, NULL, &counting.alloc);
    assert_int_equal(ipc_frames_feed(&frames, "\x93", 1), IPC_E_NO_MEMORY);
    ipc_frames_free(&frames);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(messages_survive_any_cutting),
        TEST(limits_hold_at_the_header),
        TEST(what_is_no_message_is_refused_at_its_first_byte),
        TEST(a_million_brackets_are_refused_without_recursion),
        TEST(byte_by_byte_takes_linear_time),
        TEST(memory_is_not_taken_on_a_promise),
        TEST(no_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
