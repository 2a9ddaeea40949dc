/* The dump: readable, bounded, and total. */
#include "support.h"

static char text[8192];

static const char *dump(const IpcBuf *buf, const IpcDumpOptions *options) {
    IpcBuf out;
    ipc_buf_init(&out, NULL);
    ipc_dump(&out, ipc_buf_slice(buf), options);
    size_t n = out.len < sizeof text - 1 ? out.len : sizeof text - 1;
    if (n) memcpy(text, out.data, n);
    text[n] = 0;
    ipc_buf_free(&out);
    return text;
}

static void a_message_as_text(void **state) {
    (void)state;
    IpcBuf buf;
    IpcOutput output = {.job = 5, .stream = IPC_STREAM_STDERR, .data = ipc_slice("\0\xff", 2)};
    ipc_buf_init(&buf, NULL);
    ipc_write_notification(&buf, IPC_M_ON_OUTPUT, &output);
    ipc_pack_str(&buf, "a\"\n\1é", 6);
    assert_string_equal(
        dump(&buf, NULL),
        "[2, \"output\", [{\"job\": 5, \"stream\": \"stderr\", \"data\": <00ff>}]]\n\"a\\\"\\n\\x01é\"");
    ipc_buf_free(&buf);
}

static void a_graph_as_table(void **state) {
    (void)state;
    IpcBuf buf;
    IpcGraphWriter writer;
    ipc_buf_init(&buf, NULL);
    ipc_graph_begin(&writer, &buf, NULL);
    ipc_graph_node(&writer, IPC_K_LIST, 3);
    ipc_graph_ref(&writer, 0);
    ipc_graph_ref_new(&writer);
    ipc_graph_float(&writer, -1.5);
    ipc_graph_bigint_node(&writer, true, "\1\2", 2);
    assert_int_equal(ipc_graph_end(&writer, NULL), IPC_OK);
    assert_string_equal(dump(&buf, NULL), "graph v1{0: list [@0, @1, -1.5]; 1: bigint<010102>}");
    ipc_buf_free(&buf);
}

static void bounds_hold(void **state) {
    (void)state;
    IpcBuf buf;
    IpcDumpOptions few = {.max_items = 2, .max_bytes = 3, .max_depth = 2};
    ipc_buf_init(&buf, NULL);
    ipc_pack_array(&buf, 5);
    ipc_pack_cstr(&buf, "abcdef");
    ipc_pack_array(&buf, 1);
    ipc_pack_array(&buf, 1);
    ipc_pack_nil(&buf);
    for (int i = 0; i < 3; i++) ipc_pack_uint(&buf, 1);
    assert_string_equal(dump(&buf, &few), "[\"abc\"...(6 bytes), [...], ...3 more]");
    ipc_buf_clear(&buf);
    ipc_pack_map(&buf, 3);
    for (int i = 0; i < 6; i++) ipc_pack_uint(&buf, (uint64_t)i);
    assert_string_equal(dump(&buf, &few), "{0: 1, 2: 3, ...1 more}");
    ipc_buf_clear(&buf);
    ipc_pack_array(&buf, 100000);
    for (int i = 0; i < 100000; i++) ipc_pack_cstr(&buf, "0123456789");
    IpcDumpOptions all = {.max_items = 1000000, .max_text = 100};
    assert_true(strlen(dump(&buf, &all)) <= 104);
    char tiny[8];
    assert_true(strlen(ipc_dump_text(tiny, sizeof tiny, ipc_buf_slice(&buf))) < sizeof tiny);
    ipc_buf_free(&buf);
}

static void what_is_broken_is_said(void **state) {
    (void)state;
    assert_string_equal(ipc_dump_text(text, sizeof text, ipc_slice("\x92\x01", 2)), "[1, <truncated>");
    assert_string_equal(ipc_dump_text(text, sizeof text, ipc_slice("\xc1", 1)), "<malformed>");
    assert_string_equal(ipc_dump_text(text, sizeof text, ipc_slice("\xd4\x41\x01", 3)), "graph<truncated>}");
    assert_string_equal(ipc_dump_text(text, sizeof text, ipc_slice("", 0)), "");
}

static void garbage_is_survived(void **state) {
    (void)state;
    Random random = {5};
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (int i = 0; i < 20000; i++) {
        ipc_buf_clear(&buf);
        if (i % 3 == 0) {
            for (uint64_t n = random_below(&random, 60); n > 0; n--)
                ipc_buf_append(&buf, &(char){(char)random_next(&random)}, 1);
        } else {
            if (i % 3 == 1) random_graph(&random, &buf);
            else random_plain(&random, &buf, 5);
            mutate(&random, &buf);
        }
        ipc_dump_text(text, sizeof text, ipc_buf_slice(&buf));
    }
    ipc_buf_free(&buf);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_message_as_text),
        TEST(a_graph_as_table),
        TEST(bounds_hold),
        TEST(what_is_broken_is_said),
        TEST(garbage_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
