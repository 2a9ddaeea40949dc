/* Records and methods: everything that messages.def holds goes through the wire unchanged; what is wrong is
 * refused by name. */
#include "support.h"

static void encode(IpcBuf *buf, IpcRecordId id, const void *record) {
    ipc_buf_clear(buf);
    ipc_record_encode(buf, id, record);
    assert_int_equal(ipc_buf_failed(buf), IPC_OK);
}

static void every_record_round_trips(void **state) {
    (void)state;
    Random random = {1};
    IpcBuf first, second;
    ipc_buf_init(&first, NULL);
    ipc_buf_init(&second, NULL);
    Arena *arena = malloc(sizeof *arena);
    for (int id = 0; id < IPC_REC_COUNT; id++) {
        for (int round = 0; round < 40; round++) {
            IpcRecord record, back;
            IpcError error;
            arena->used = 0;
            random_record(&random, arena, (IpcRecordId)id, &record, round > 0);
            encode(&first, (IpcRecordId)id, &record);
            if (ipc_record_decode(slice_of(&first), (IpcRecordId)id, &back, &error))
                fail_msg("%s", error.text);
            encode(&second, (IpcRecordId)id, &back);
            assert_int_equal(first.len, second.len);
            assert_memory_equal(first.data, second.data, first.len);
        }
    }
    free(arena);
    ipc_buf_free(&first);
    ipc_buf_free(&second);
}

static void every_truncation_is_refused(void **state) {
    (void)state;
    Random random = {2};
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    Arena *arena = calloc(1, sizeof *arena);
    for (int id = 0; id < IPC_REC_COUNT; id++) {
        IpcRecord record, back;
        arena->used = 0;
        random_record(&random, arena, (IpcRecordId)id, &record, false);
        encode(&buf, (IpcRecordId)id, &record);
        for (size_t n = 1; n < buf.len; n++) {
            char *exact = malloc(n); /* so that a sanitizer sees a read past the end */
            memcpy(exact, buf.data, n);
            assert_int_not_equal(ipc_record_decode(ipc_slice(exact, n), (IpcRecordId)id, &back, NULL),
                                 IPC_OK);
            free(exact);
        }
    }
    free(arena);
    ipc_buf_free(&buf);
}

static void fields_come_in_any_order(void **state) {
    (void)state;
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    ipc_pack_map(&buf, 3);
    ipc_pack_cstr(&buf, "now_unknown");
    ipc_pack_array(&buf, 2);
    ipc_pack_nil(&buf);
    ipc_pack_cstr(&buf, "x");
    ipc_pack_cstr(&buf, "position");
    ipc_pack_uint(&buf, 7);
    ipc_pack_cstr(&buf, "job");
    ipc_pack_uint(&buf, 9);
    IpcAccepted accepted;
    assert_int_equal(ipc_record_decode(slice_of(&buf), IPC_REC_Accepted, &accepted, NULL), IPC_OK);
    assert_int_equal(accepted.job, 9);
    assert_int_equal(accepted.position, 7);
    ipc_buf_free(&buf);
}

/* One field, packed by hand: "name" and what `value` packs. */
typedef struct Wrong {
    const char *json_like;
    const char *bytes;
    size_t len;
    IpcRecordId record;
    IpcCode code;
    const char *text; /* somewhere in the error */
} Wrong;

#define BYTES(s) s, sizeof(s) - 1

static void wrong_fields_are_refused_by_name(void **state) {
    (void)state;
    static const Wrong wrongs[] = {
        {"{limits: {wall_ms: 'x'}}", BYTES("\x81\xa6limits\x81\xa7wall_ms\xa1x"), IPC_REC_Submit,
         IPC_E_WRONG_TYPE, "submit.limits.wall_ms: expected int, got str"},
        {"{limits: {wall_ms: -1}}", BYTES("\x81\xa6limits\x81\xa7wall_ms\xff"), IPC_REC_Submit,
         IPC_E_BAD_VALUE, "submit.limits.wall_ms: must not be negative"},
        {"{limits: {wal_ms: 1}}", BYTES("\x81\xa6limits\x81\xa6wal_ms\x01"), IPC_REC_Submit,
         IPC_E_UNKNOWN_FIELD, "submit.limits: no such field: wal_ms"},
        {"{priority: 2^63}", BYTES("\x81\xa8priority\xcf\x80\0\0\0\0\0\0\0"), IPC_REC_Submit, IPC_E_BAD_VALUE,
         "submit.priority: too big a number"},
        {"{isolation: 'none'}", BYTES("\x81\xa9isolation\xa4none"), IPC_REC_Submit, IPC_E_BAD_VALUE,
         "submit.isolation: unknown word none"},
        {"{source: bad utf8}", BYTES("\x81\xa6source\xa2\xc3\x28"), IPC_REC_Submit, IPC_E_BAD_VALUE,
         "submit.source: not valid UTF-8"},
        {"{argv: [1]}",
         BYTES("\x81\xa4"
               "argv\x91\x01"),
         IPC_REC_Submit, IPC_E_WRONG_TYPE, "submit.argv: expected str, got int"},
        {"{argv: 'x'}",
         BYTES("\x81\xa4"
               "argv\xa1x"),
         IPC_REC_Submit, IPC_E_WRONG_TYPE, "submit.argv: expected array, got str"},
        {"{want_output: 1}", BYTES("\x81\xabwant_output\x01"), IPC_REC_Submit, IPC_E_WRONG_TYPE,
         "submit.want_output: expected bool, got int"},
        {"{}", BYTES("\x80"), IPC_REC_JobRef, IPC_E_MISSING_FIELD, "job_ref.job: required"},
        {"{job: nil}", BYTES("\x81\xa3job\xc0"), IPC_REC_JobRef, IPC_E_MISSING_FIELD,
         "job_ref.job: required"},
        {"{job: 1, job: 2}", BYTES("\x82\xa3job\x01\xa3job\x02"), IPC_REC_JobRef, IPC_E_DUPLICATE_FIELD,
         "job_ref.job: given twice"},
        {"{1: 2}", BYTES("\x81\x01\x02"), IPC_REC_JobRef, IPC_E_WRONG_TYPE,
         "job_ref: expected str as field name, got int"},
        {"[1, 2]", BYTES("\x92\x01\x02"), IPC_REC_JobRef, IPC_E_WRONG_TYPE,
         "job_ref: expected map, got array"},
        {"{job: 1} 5", BYTES("\x81\xa3job\x01\x05"), IPC_REC_JobRef, IPC_E_MALFORMED,
         "job_ref: bytes follow"},
        {"{verdict: 'fine'}",
         BYTES("\x82\xa3job\x01\xa7verdict\xa4"
               "fine"),
         IPC_REC_Outcome, IPC_E_BAD_VALUE, "outcome.verdict: unknown word fine"},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        const Wrong *wrong = &wrongs[i];
        IpcRecord record;
        IpcError error = {0};
        IpcCode code = ipc_record_decode(ipc_slice(wrong->bytes, wrong->len), wrong->record, &record, &error);
        if (code != wrong->code || !strstr(error.text, wrong->text)) {
            fail_msg("%s: got %s: %s", wrong->json_like, ipc_code_name(code), error.text);
        }
    }
}

static void nothing_and_nil_are_a_record_without_fields(void **state) {
    (void)state;
    IpcRecord record;
    assert_int_equal(ipc_record_decode((IpcSlice){0}, IPC_REC_Nothing, &record, NULL), IPC_OK);
    assert_int_equal(ipc_record_decode(ipc_slice("\xc0", 1), IPC_REC_Nothing, &record, NULL), IPC_OK);
    assert_int_equal(ipc_record_decode(ipc_slice("\xc0", 1), IPC_REC_JobRef, &record, NULL),
                     IPC_E_MISSING_FIELD);
}

static IpcCode parse_stop(const char *params, size_t length, IpcEnvelope *envelope) {
    char frame[64] = "\x94\x00\x05\xa4stop";
    bool has_id;
    IpcError error;
    memcpy(frame + 8, params, length);
    return ipc_parse(ipc_slice(frame, 8 + length), envelope, &has_id, &error);
}

static void params_are_one_map_in_an_array(void **state) {
    (void)state;
    static const struct {
        const char *params;
        size_t length, map_length;
    } rows[] = {{BYTES("\x91\x81\xa3job\x05"), 6}, {BYTES("\x81\xa3job\x05"), 6}, {BYTES("\x91\x80"), 1},
                {BYTES("\x80"), 1},               {BYTES("\x90"), 1},           {BYTES("\xc0"), 1},
                {BYTES("\xdc\x00\x01\x80"), 1}};
    IpcEnvelope envelope;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(parse_stop(rows[i].params, rows[i].length, &envelope), IPC_OK);
        assert_int_equal(envelope.params.len, rows[i].map_length);
        assert_int_equal((uint8_t)envelope.params.ptr[0] & 0xf0, 0x80);
    }
    assert_int_equal(parse_stop(BYTES("\x92\x80\x80"), &envelope), IPC_E_MALFORMED);
}

static void a_zero_record_is_the_empty_map(void **state) {
    (void)state;
    IpcBuf buf;
    IpcSubmit submit = {0};
    ipc_buf_init(&buf, NULL);
    encode(&buf, IPC_REC_Submit, &submit);
    assert_int_equal(buf.len, 1);
    submit.source = ipc_slice("", 0);
    encode(&buf, IPC_REC_Submit, &submit);
    IpcSubmit back;
    assert_int_equal(ipc_record_decode(slice_of(&buf), IPC_REC_Submit, &back, NULL), IPC_OK);
    assert_non_null(back.source.ptr);
    assert_null(back.filename.ptr);
    ipc_buf_free(&buf);
}

static void an_enum_out_of_range_fails_the_buffer(void **state) {
    (void)state;
    IpcBuf buf;
    IpcSubmit submit = {.isolation = (IpcIsolation)99};
    ipc_buf_init(&buf, NULL);
    ipc_record_encode(&buf, IPC_REC_Submit, &submit);
    assert_int_equal(ipc_buf_failed(&buf), IPC_E_BAD_VALUE);
    ipc_buf_free(&buf);
}

static void every_method_round_trips_as_a_message(void **state) {
    (void)state;
    Random random = {3};
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    Arena *arena = calloc(1, sizeof *arena);
    for (int m = 0; m < IPC_METHOD_COUNT; m++) {
        const IpcMethodInfo *info = ipc_method_info((IpcMethod)m);
        IpcRecord params, result, back;
        IpcEnvelope envelope;
        IpcError error;
        bool has_id;
        assert_int_equal(ipc_method_find((IpcDirection)info->direction, info->name, info->name_len), m);
        arena->used = 0;
        random_record(&random, arena, info->params, &params, false);
        ipc_buf_clear(&buf);
        if (info->kind == IPC_REQUEST) ipc_write_request(&buf, 77, (IpcMethod)m, &params);
        else ipc_write_notification(&buf, (IpcMethod)m, &params);
        assert_int_equal(ipc_parse(slice_of(&buf), &envelope, &has_id, &error), IPC_OK);
        assert_int_equal(envelope.kind, info->kind);
        assert_true(ipc_slice_is(envelope.method, info->name));
        assert_int_equal(has_id, info->kind == IPC_REQUEST);
        assert_int_equal(ipc_record_decode(envelope.params, info->params, &back, &error), IPC_OK);
        if (info->kind != IPC_REQUEST) continue;
        assert_int_equal(envelope.id, 77);
        random_record(&random, arena, info->result, &result, false);
        ipc_buf_clear(&buf);
        ipc_write_response(&buf, 78, (IpcMethod)m, &result);
        assert_int_equal(ipc_parse(slice_of(&buf), &envelope, &has_id, &error), IPC_OK);
        assert_int_equal(envelope.kind, IPC_RESPONSE);
        assert_null(envelope.error.ptr);
        assert_int_equal(ipc_record_decode(envelope.result, info->result, &back, &error), IPC_OK);
    }
    free(arena);
    ipc_buf_free(&buf);
}

static void malformed_envelopes_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        bool has_id;
    } bad[] = {
        {BYTES("\x93\x03\xa1x\x80"), false},
        {BYTES("\x93\x00\x01\xa1x"), false},
        {BYTES("\x94\x02\x01\xa1x\x80"), false},
        {BYTES("\x94\x00\xff\xa1x\x80"), false},
        {BYTES("\x94\x00\xa1y\xa1x\x80"), false},
        {BYTES("\x94\x00\x05\x06\x80"), true},
        {BYTES("\x94\x00\x05\xa1\xff\x80"), true},
        {BYTES("\x93\x02\xc0\x80"), false},
        {BYTES("\x94\x00\xcf\0\0\0\1\0\0\0\0\xa1x\x80"), false},
        {BYTES("\x82\x00\x01\x02\x03"), false},
        {BYTES("\x94\xc0\x05\xa1x\x80"), false},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        IpcEnvelope envelope;
        IpcError error;
        bool has_id;
        IpcCode code = ipc_parse(ipc_slice(bad[i].bytes, bad[i].len), &envelope, &has_id, &error);
        if (code == IPC_OK || has_id != bad[i].has_id) fail_msg("case %zu", i);
        assert_true(error.text[0] != 0);
    }
}

static void failures_cross_with_code_and_text(void **state) {
    (void)state;
    IpcBuf buf;
    IpcEnvelope envelope;
    IpcError sent, got;
    bool has_id;
    ipc_buf_init(&buf, NULL);
    ipc_fail(&sent, IPC_E_QUEUE_FULL, "the queue holds %d jobs", 1000);
    ipc_write_failure(&buf, 3, &sent);
    assert_int_equal(ipc_parse(slice_of(&buf), &envelope, &has_id, &got), IPC_OK);
    ipc_failure_decode(envelope.error, &got);
    assert_int_equal(got.code, IPC_E_QUEUE_FULL);
    assert_string_equal(got.text, "the queue holds 1000 jobs");
    ipc_failure_decode(ipc_slice("\xa3oh!", 4), &got);
    assert_int_equal(got.code, IPC_E_INTERNAL);
    assert_non_null(strstr(got.text, "oh!"));
    ipc_buf_free(&buf);
}

static void codes_and_verdicts_have_unique_names(void **state) {
    (void)state;
    for (uint64_t a = 0; a < 200; a++) {
        if (!ipc_code_known(a)) continue;
        for (uint64_t b = a + 1; b < 200; b++) {
            if (ipc_code_known(b))
                assert_string_not_equal(ipc_code_name((IpcCode)a), ipc_code_name((IpcCode)b));
        }
    }
    for (int v = 0; v < IPC_VERDICT_COUNT; v++) {
        assert_int_equal(ipc_enum_value(IPC_ENUM_Verdict, ipc_str(ipc_verdict_name((IpcVerdict)v))), v);
        assert_non_null(ipc_verdict_text((IpcVerdict)v));
    }
    assert_null(ipc_verdict_name((IpcVerdict)IPC_VERDICT_COUNT));
    assert_int_equal(IPC_VERDICT_COUNT, 18);
}

static void long_error_texts_are_cut_at_a_character(void **state) {
    (void)state;
    char text[1000];
    IpcError error;
    for (size_t i = 0; i < sizeof text - 2; i += 2) memcpy(text + i, "é", 2);
    text[998] = 0;
    ipc_fail(&error, IPC_E_INTERNAL, "x%s", text);
    assert_true(ipc_utf8_valid(error.text, strlen(error.text)));
    assert_string_equal(error.text + strlen(error.text) - 3, "...");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_record_round_trips),
        TEST(every_truncation_is_refused),
        TEST(fields_come_in_any_order),
        TEST(wrong_fields_are_refused_by_name),
        TEST(nothing_and_nil_are_a_record_without_fields),
        TEST(params_are_one_map_in_an_array),
        TEST(a_zero_record_is_the_empty_map),
        TEST(an_enum_out_of_range_fails_the_buffer),
        TEST(every_method_round_trips_as_a_message),
        TEST(malformed_envelopes_are_refused),
        TEST(failures_cross_with_code_and_text),
        TEST(codes_and_verdicts_have_unique_names),
        TEST(long_error_texts_are_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
