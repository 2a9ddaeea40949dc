/* Paths of a program's files, and the bundle they come in. */
#include <ipc/files.h>

#include "support.h"

static bool inner(const char *path, size_t length) { return ipc_path_is_inner(ipc_slice(path, length)); }

static void paths_that_stay_inside(void **state) {
    (void)state;
    static const char *const good[] = {"a", "a.py", "a/b.py", "...", "..a/b", "a/..b", ".hidden", "a b/ü"};
    static const char *const bad[] = {"", "/", "/a", "a/", "a//b", ".", "..", "./a", "../a", "a/.", "a/..", "a/../b", "a/./b"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(inner(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(inner(bad[i], strlen(bad[i])));
    assert_false(inner("a\0b", 3));
    char longest[IPC_FILE_PATH + 1];
    memset(longest, 'x', sizeof longest);
    assert_true(inner(longest, IPC_FILE_PATH));
    assert_false(inner(longest, IPC_FILE_PATH + 1));
}

static void a_bundle_is_read_in_order(void **state) {
    (void)state;
    IpcBuf buf;
    IpcSlice path, data;
    uint32_t pairs;
    ipc_buf_init(&buf, NULL);
    ipc_pack_map(&buf, 2);
    ipc_pack_cstr(&buf, "a.py");
    ipc_pack_bin(&buf, "x = 1", 5);
    ipc_pack_cstr(&buf, "b/c.txt");
    ipc_pack_str(&buf, "text", 4);
    IpcSources sources = {.root = ipc_str("/job"), .files = ipc_buf_slice(&buf)};
    assert_int_equal(ipc_sources_check(&sources, NULL), IPC_OK);
    IpcReader reader = ipc_slice_reader(sources.files);
    assert_int_equal(ipc_read_map(&reader, &pairs), IPC_OK);
    assert_true(ipc_bundle_next(&reader, &path, &data));
    assert_true(ipc_slice_is(path, "a.py") && ipc_slice_is(data, "x = 1"));
    assert_true(ipc_bundle_next(&reader, &path, &data));
    assert_true(ipc_slice_is(path, "b/c.txt") && ipc_slice_is(data, "text"));
    assert_false(ipc_bundle_next(&reader, &path, &data));
    for (size_t n = 1; n < buf.len; n++) { /* cut anywhere */
        sources.files = ipc_slice(buf.data, n);
        assert_int_not_equal(ipc_sources_check(&sources, NULL), IPC_OK);
    }
    ipc_buf_free(&buf);
}

static void sources_that_make_no_sense(void **state) {
    (void)state;
    IpcError error;
    IpcSources none = {0}, rootless = {.on_demand = true}, relative = {.root = ipc_str("job"), .on_demand = true},
               both = {.root = ipc_str("/job"), .on_demand = true, .archive = ipc_str("PK")}, neither = {.root = ipc_str("/job")};
    assert_int_equal(ipc_sources_check(&none, &error), IPC_OK);
    assert_int_equal(ipc_sources_check(&rootless, &error), IPC_E_MISSING_FIELD);
    assert_int_equal(ipc_sources_check(&relative, &error), IPC_E_BAD_VALUE);
    assert_int_equal(ipc_sources_check(&both, &error), IPC_E_BAD_VALUE);
    assert_int_equal(ipc_sources_check(&neither, &error), IPC_E_BAD_VALUE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_that_stay_inside),
        cmocka_unit_test(a_bundle_is_read_in_order),
        cmocka_unit_test(sources_that_make_no_sense),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
