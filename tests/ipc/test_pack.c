/* Packing and reading single objects, with msgpack-c's unpacker as the second opinion. */
#include "support.h"

#include <math.h>
#include <msgpack.h>

static msgpack_object unpack(msgpack_unpacked *result, const IpcBuf *buf) {
    size_t offset = 0;
    msgpack_unpacked_init(result);
    assert_int_equal(msgpack_unpack_next(result, buf->data, buf->len, &offset), MSGPACK_UNPACK_SUCCESS);
    assert_int_equal(offset, buf->len);
    return result->data;
}

static IpcToken read_one(const IpcBuf *buf) {
    IpcReader reader = ipc_slice_reader(slice_of(buf));
    IpcToken token;
    assert_int_equal(ipc_read(&reader, &token), IPC_OK);
    assert_true(ipc_reader_done(&reader));
    return token;
}

static void integers_of_every_width(void **state) {
    (void)state;
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (int shift = 0; shift < 64; shift++) {
        for (int64_t nudge = -1; nudge <= 1; nudge++) {
            uint64_t value = ((uint64_t)1 << shift) + (uint64_t)nudge;
            msgpack_unpacked result;
            ipc_buf_clear(&buf);
            ipc_pack_uint(&buf, value);
            assert_true(read_one(&buf).type == IPC_T_UINT && read_one(&buf).uint == value);
            assert_true(unpack(&result, &buf).via.u64 == value);
            msgpack_unpacked_destroy(&result);
            int64_t negative = -(int64_t)(value >> 1) - 1;
            ipc_buf_clear(&buf);
            ipc_pack_int(&buf, negative);
            assert_true(read_one(&buf).type == IPC_T_INT && read_one(&buf).sint == negative);
            assert_true(unpack(&result, &buf).via.i64 == negative);
            msgpack_unpacked_destroy(&result);
        }
    }
    ipc_buf_free(&buf);
}

static void lengths_of_every_width(void **state) {
    (void)state;
    static const size_t lengths[] = {0, 1, 15, 16, 31, 32, 255, 256, 65535, 65536, 70000};
    char *bytes = calloc(1, 70000);
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        for (int kind = 0; kind < 3; kind++) {
            msgpack_unpacked result;
            ipc_buf_clear(&buf);
            if (kind == 0) ipc_pack_str(&buf, bytes, lengths[i]);
            else if (kind == 1) ipc_pack_bin(&buf, bytes, lengths[i]);
            else ipc_pack_ext(&buf, -5, bytes, lengths[i]);
            IpcToken token = read_one(&buf);
            assert_int_equal(token.type, kind == 0 ? IPC_T_STR : kind == 1 ? IPC_T_BIN : IPC_T_EXT);
            assert_int_equal(token.bytes.len, lengths[i]);
            if (kind == 2) assert_int_equal(token.ext_type, -5);
            unpack(&result, &buf);
            msgpack_unpacked_destroy(&result);
        }
        ipc_buf_clear(&buf);
        ipc_pack_array(&buf, (uint32_t)lengths[i]);
        assert_true(read_one(&buf).type == IPC_T_ARRAY && read_one(&buf).count == lengths[i]);
        ipc_buf_clear(&buf);
        ipc_pack_map(&buf, (uint32_t)lengths[i]);
        assert_true(read_one(&buf).type == IPC_T_MAP && read_one(&buf).count == lengths[i]);
    }
    free(bytes);
    ipc_buf_free(&buf);
}

static void floats_and_small_atoms(void **state) {
    (void)state;
    static const double values[] = {0.0, -0.0, 1.5, 1e308, -1e-308, INFINITY, -INFINITY};
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        ipc_buf_clear(&buf);
        ipc_pack_float(&buf, values[i]);
        double back = read_one(&buf).real;
        assert_memory_equal(&back, &values[i], 8);
    }
    ipc_buf_clear(&buf);
    ipc_pack_float(&buf, NAN);
    assert_true(isnan(read_one(&buf).real));
    IpcReader narrow = ipc_reader("\xca\x3f\xc0\x00\x00", 5);
    IpcToken token;
    assert_int_equal(ipc_read(&narrow, &token), IPC_OK);
    assert_true(token.type == IPC_T_FLOAT && token.real == 1.5);
    ipc_buf_clear(&buf);
    ipc_pack_nil(&buf);
    assert_int_equal(read_one(&buf).type, IPC_T_NIL);
    ipc_buf_clear(&buf);
    ipc_pack_bool(&buf, true);
    assert_true(read_one(&buf).boolean);
    ipc_buf_free(&buf);
}

static void random_trees_agree_with_msgpack_c(void **state) {
    (void)state;
    Random random = {7};
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (int i = 0; i < 2000; i++) {
        msgpack_unpacked result;
        ipc_buf_clear(&buf);
        random_plain(&random, &buf, 4);
        unpack(&result, &buf);
        msgpack_unpacked_destroy(&result);
        IpcReader reader = ipc_slice_reader(slice_of(&buf));
        uint64_t nodes = 1000000;
        assert_int_equal(ipc_skip(&reader, 512, &nodes), IPC_OK);
        assert_true(ipc_reader_done(&reader));
    }
    ipc_buf_free(&buf);
}

static void skip_is_bounded(void **state) {
    (void)state;
    char deep[600];
    memset(deep, 0x91, sizeof deep);
    IpcReader reader = ipc_reader(deep, sizeof deep);
    uint64_t nodes = 100000;
    assert_int_equal(ipc_skip(&reader, 100, &nodes), IPC_E_TOO_DEEP);
    assert_int_equal(ipc_skip(&reader, 100000, &nodes), IPC_E_TOO_DEEP);
    nodes = 10;
    assert_int_equal(ipc_skip(&reader, 512, &nodes), IPC_E_TOO_MANY_NODES);
    reader = ipc_reader("\xdd\xff\xff\xff\xff", 5);
    nodes = UINT64_MAX;
    assert_int_equal(ipc_skip(&reader, 512, &nodes), IPC_E_TRUNCATED);
    reader = ipc_reader("\xc1", 1);
    assert_int_equal(ipc_skip(&reader, 512, &nodes), IPC_E_MALFORMED);
}

static void typed_reads_leave_the_cursor_on_mismatch(void **state) {
    (void)state;
    IpcReader reader = ipc_reader("\xa1x\x05", 3);
    uint64_t number;
    IpcSlice text;
    assert_int_equal(ipc_read_uint(&reader, &number), IPC_E_WRONG_TYPE);
    assert_int_equal(ipc_read_str(&reader, &text), IPC_OK);
    assert_int_equal(ipc_read_uint(&reader, &number), IPC_OK);
    assert_int_equal(number, 5);
    assert_int_equal(ipc_read_uint(&reader, &number), IPC_E_TRUNCATED);
    reader = ipc_reader("\xa1\xff", 2);
    assert_int_equal(ipc_read_str(&reader, &text), IPC_E_BAD_VALUE);
}

static void utf8_as_unicode_says(void **state) {
    (void)state;
    static const char *const good[] = {"",
                                       "abc",
                                       "é",
                                       "\xef\xbf\xbf",
                                       "\xf4\x8f\xbf\xbf",
                                       "\xe0\xa0\x80",
                                       "\xf0\x90\x80\x80",
                                       "12345678é12345678"};
    static const char *const bad[] = {"\x80",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x9f\xbf",
                                      "\xf0\x8f\xbf\xbf",
                                      "\xf4\x90\x80\x80",
                                      "\xf5\x80\x80\x80",
                                      "\xc3",
                                      "\xe2\x82",
                                      "\xe2\x28\xa1",
                                      "12345678\xff"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(ipc_utf8_valid(good[i], strlen(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(ipc_utf8_valid(bad[i], strlen(bad[i])));
        assert_false(ipc_utf8_valid_wide(bad[i], strlen(bad[i])));
    }
    assert_false(ipc_utf8_valid("\xed\xa0\x80", 3));
    assert_true(ipc_utf8_valid_wide("\xed\xa0\x80", 3));
}

static void buffer_errors_stick_until_cleared(void **state) {
    (void)state;
    CountingAlloc counting;
    counting_alloc_init(&counting);
    IpcBuf buf;
    ipc_buf_init(&buf, &counting.alloc);
    buf.limit = 10;
    ipc_pack_bin(&buf, "0123456789", 10);
    assert_int_equal(ipc_buf_failed(&buf), IPC_E_TOO_LARGE);
    size_t len = buf.len;
    ipc_pack_nil(&buf);
    assert_int_equal(buf.len, len);
    ipc_buf_truncate(&buf, 0);
    ipc_pack_nil(&buf);
    assert_int_equal(ipc_buf_failed(&buf), IPC_OK);
    assert_int_equal(buf.len, 1);
    buf.limit = SIZE_MAX;
    counting.fail_at = counting.calls + 1;
    ipc_buf_append(&buf, (char[1000]){0}, 1000);
    assert_int_equal(ipc_buf_failed(&buf), IPC_E_NO_MEMORY);
    assert_int_equal(buf.len, 1);
    ipc_buf_free(&buf);
    assert_int_equal(counting.live, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(integers_of_every_width),
        TEST(lengths_of_every_width),
        TEST(floats_and_small_atoms),
        TEST(random_trees_agree_with_msgpack_c),
        TEST(skip_is_bounded),
        TEST(typed_reads_leave_the_cursor_on_mismatch),
        TEST(utf8_as_unicode_says),
        TEST(buffer_errors_stick_until_cleared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
