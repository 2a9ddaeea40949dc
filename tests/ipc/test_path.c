/* Paths name the place of a refusal as Python would. */
#include "support.h"

static IpcBuf buf;
static IpcGraphWriter writer;
static IpcPath path;

static void begin(void) {
    ipc_buf_init(&buf, NULL);
    ipc_graph_begin(&writer, &buf, NULL);
}

static void expect_edge(const char *text) {
    ipc_path_of_edge(&path, "result", &writer);
    assert_string_equal(path.text, text);
}

static void expect_node(uint32_t node, const char *text) {
    ipc_path_of_node(&path, "result", &writer, node);
    assert_string_equal(path.text, text);
}

static void end(void) { ipc_buf_free(&buf); }

static void an_attribute_of_an_element(void **state) {
    (void)state;
    begin();
    expect_node(0, "result");
    ipc_graph_node(&writer, IPC_K_LIST, 4);
    for (int i = 0; i < 3; i++) ipc_graph_int(&writer, i);
    expect_edge("result[3]");
    uint32_t instance = ipc_graph_ref_new(&writer);
    ipc_graph_node(&writer, IPC_K_INSTANCE, 0);
    expect_edge("result[3].__class__");
    ipc_graph_ref_new(&writer);
    ipc_graph_nil(&writer);
    ipc_graph_ref_new(&writer);
    ipc_graph_nil(&writer);
    ipc_graph_nil(&writer);
    ipc_graph_node(&writer, IPC_K_TYPE, 0);
    ipc_graph_str(&writer, "__main__", 8);
    ipc_graph_str(&writer, "C", 1);
    ipc_graph_node(&writer, IPC_K_DICT, 2);
    expect_edge("result[3]<key 0>");
    ipc_graph_str(&writer, "name", 4);
    ipc_graph_nil(&writer);
    ipc_graph_str(&writer, "conn", 4);
    expect_edge("result[3].conn");
    expect_node(instance, "result[3]");
    uint32_t conn = ipc_graph_ref_new(&writer);
    expect_node(conn, "result[3].conn");
    end();
}

static void keys_of_every_type(void **state) {
    (void)state;
    begin();
    ipc_graph_node(&writer, IPC_K_DICT, 7);
    ipc_graph_str(&writer, "it's\n", 5);
    expect_edge("result['it\\'s?']");
    ipc_graph_nil(&writer);
    ipc_graph_int(&writer, -5);
    expect_edge("result[-5]");
    ipc_graph_nil(&writer);
    ipc_graph_bool(&writer, true);
    expect_edge("result[True]");
    ipc_graph_nil(&writer);
    ipc_graph_nil(&writer);
    expect_edge("result[None]");
    ipc_graph_nil(&writer);
    ipc_graph_float(&writer, 1.5);
    expect_edge("result[1.5]");
    ipc_graph_nil(&writer);
    expect_edge("result<key 5>");
    ipc_graph_ref_new(&writer);
    expect_edge("result[<key 5>]");
    ipc_graph_nil(&writer);
    ipc_graph_str(&writer, "a key so long that nobody would want to read all of it", 54);
    expect_edge("result['a key so long that nobody would want to ...']");
    end();
}

static void parts_of_functions_exceptions_and_sets(void **state) {
    (void)state;
    begin();
    ipc_graph_node(&writer, IPC_K_TUPLE, 3);
    uint32_t function = ipc_graph_ref_new(&writer), exception = ipc_graph_ref_new(&writer),
             set = ipc_graph_ref_new(&writer);
    ipc_graph_node(&writer, IPC_K_FUNCTION, 0);
    for (int i = 0; i < 2; i++) ipc_graph_str(&writer, "f", 1);
    ipc_graph_nil(&writer);
    ipc_graph_str(&writer, "", 0);
    ipc_graph_nil(&writer);
    for (int i = 0; i < 2; i++) ipc_graph_int(&writer, 0);
    expect_edge("result[0].__defaults__");
    ipc_graph_nil(&writer);
    ipc_graph_nil(&writer);
    expect_edge("result[0].__closure__");
    uint32_t closure = ipc_graph_ref_new(&writer);
    for (int i = 0; i < 3; i++) ipc_graph_nil(&writer);
    ipc_graph_node(&writer, IPC_K_EXCEPTION, 0);
    uint32_t type = ipc_graph_ref_new(&writer);
    expect_edge("result[1].args");
    ipc_graph_ref_new(&writer);
    ipc_graph_nil(&writer);
    expect_edge("result[1].__cause__");
    ipc_graph_ref(&writer, exception);
    ipc_graph_nil(&writer);
    ipc_graph_bool(&writer, false);
    ipc_graph_nil(&writer);
    ipc_graph_nil(&writer);
    ipc_graph_node(&writer, IPC_K_SET, 2);
    ipc_graph_int(&writer, 1);
    expect_edge("result[2]<element 1>");
    ipc_graph_int(&writer, 2);
    ipc_graph_node(&writer, IPC_K_DICT, 1);
    ipc_graph_str(&writer, "count", 5);
    expect_edge("result[0].__closure__['count']");
    uint32_t cell = ipc_graph_ref_new(&writer);
    ipc_graph_node(&writer, IPC_K_TYPE, 0);
    ipc_graph_str(&writer, "builtins", 8);
    ipc_graph_str(&writer, "ValueError", 10);
    ipc_graph_node(&writer, IPC_K_TUPLE, 0);
    ipc_graph_node(&writer, IPC_K_CELL, 0);
    ipc_graph_bool(&writer, true);
    expect_edge("result[0].__closure__['count'].cell_contents");
    expect_node(function, "result[0]");
    expect_node(set, "result[2]");
    expect_node(closure, "result[0].__closure__");
    expect_node(cell, "result[0].__closure__['count']");
    expect_node(type, "result[1].__class__");
    end();
}

static void a_shared_str_as_key(void **state) {
    (void)state;
    begin();
    ipc_graph_node(&writer, IPC_K_LIST, 2);
    uint32_t text = ipc_graph_ref_new(&writer);
    ipc_graph_ref_new(&writer);
    ipc_graph_data_node(&writer, IPC_K_STR, "shared", 6);
    ipc_graph_node(&writer, IPC_K_DICT, 1);
    ipc_graph_ref(&writer, text);
    expect_edge("result[1]['shared']");
    end();
}

static void long_ways_are_shown_by_their_ends(void **state) {
    (void)state;
    begin();
    for (int i = 0; i < 100000; i++) {
        ipc_graph_node(&writer, IPC_K_LIST, 1);
        if (i < 99999) ipc_graph_ref_new(&writer);
    }
    expect_edge("result[0][0][0][0][0][0][0][0][0][0][0][0]...(99979 more)...[0][0][0][0][0][0][0][0][0]");
    expect_node(20, "result[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]");
    expect_node(21, "result[0][0][0][0][0][0][0][0][0][0][0][0]...(1 more)...[0][0][0][0][0][0][0][0]");
    end();
}

static void text_that_does_not_fit_is_cut(void **state) {
    (void)state;
    ipc_path_start(&path, "args");
    for (int i = 0; i < 100; i++) ipc_path_attr(&path, "attribute", 9);
    assert_true(path.cut);
    assert_true(strlen(path.text) < IPC_PATH_TEXT);
    assert_string_equal(path.text + path.len - 3, "...");
    ipc_path_start(&path, "kwargs");
    ipc_path_key(&path, "\xff\xfe'", 3);
    ipc_path_index(&path, 18446744073709551615u);
    assert_string_equal(path.text, "kwargs['??\\''][18446744073709551615]");
}

static void places_in_half_written_plain_values(void **state) {
    (void)state;
    ipc_buf_init(&buf, NULL);
    ipc_path_of_plain(&path, "result", ipc_buf_slice(&buf));
    assert_string_equal(path.text, "result");
    ipc_pack_array(&buf, 3);
    ipc_pack_array(&buf, 0);
    ipc_pack_map(&buf, 2);
    ipc_path_of_plain(&path, "result", ipc_buf_slice(&buf));
    assert_string_equal(path.text, "result[1]<key 0>");
    ipc_pack_cstr(&buf, "a");
    ipc_pack_array(&buf, 1);
    ipc_pack_nil(&buf);
    ipc_pack_cstr(&buf, "b");
    ipc_path_of_plain(&path, "result", ipc_buf_slice(&buf));
    assert_string_equal(path.text, "result[1]['b']");
    ipc_pack_nil(&buf);
    ipc_path_of_plain(&path, "result", ipc_buf_slice(&buf));
    assert_string_equal(path.text, "result[2]");
    ipc_buf_clear(&buf);
    for (int i = 0; i < 300; i++) ipc_pack_array(&buf, 1);
    ipc_path_of_plain(&path, "x", ipc_buf_slice(&buf));
    assert_string_equal(path.text,
                        "x[0][0][0][0][0][0][0][0][0][0][0][0]...(280 more)...[0][0][0][0][0][0][0][0]");
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(an_attribute_of_an_element),
        TEST(keys_of_every_type),
        TEST(parts_of_functions_exceptions_and_sets),
        TEST(a_shared_str_as_key),
        TEST(long_ways_are_shown_by_their_ends),
        TEST(text_that_does_not_fit_is_cut),
        TEST(places_in_half_written_plain_values),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
