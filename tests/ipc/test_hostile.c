/* Seeded hostile input: a server's session, and whatever reads values, take any bytes and stay themselves. */
#include "support.h"

enum { FRAMES = 20000 };

static const IpcSessionConfig server = {
    .role = IPC_ROLE_SERVER, .name = "atoll", .version = "1", .caps = {.max_message = 1 << 20}};

/* A valid message of some method of a direction. */
static void valid_message(Random *random, Arena *arena, IpcBuf *buf, IpcDirection direction) {
    IpcMethod method;
    IpcRecord record;
    do {
        method = (IpcMethod)random_below(random, IPC_METHOD_COUNT);
    } while (ipc_method_info(method)->direction != direction);
    arena->used = 0;
    random_record(random, arena, ipc_method_info(method)->params, &record, true);
    if (ipc_method_info(method)->kind == IPC_REQUEST)
        ipc_write_request(buf, (uint32_t)random_next(random), method, &record);
    else ipc_write_notification(buf, method, &record);
}

static void deep(IpcBuf *buf, size_t depth, char bracket) {
    ipc_pack_array(buf, 4);
    char *at = ipc_buf_reserve(buf, depth);
    memset(at, bracket, depth);
    buf->len += depth;
}

/* One hostile piece of each kind in turn. */
static void hostile_message(Random *random, Arena *arena, IpcBuf *buf, int kind) {
    switch (kind % 10) {
    case 0: /* random bytes */
        for (uint64_t n = 1 + random_below(random, 100); n > 0; n--)
            ipc_buf_append(buf, &(char){(char)random_next(random)}, 1);
        break;
    case 1: /* a valid message, mutated */
    case 2:
    case 3:
        valid_message(random, arena, buf, IPC_C2S);
        mutate(random, buf);
        break;
    case 4: /* truncated */
        valid_message(random, arena, buf, IPC_C2S);
        buf->len = (size_t)random_below(random, buf->len);
        break;
    case 5: /* oversized lengths */
        ipc_buf_append(buf, "\x94\x00\x01\xdb\xff\xff\xff\xff", 8);
        buf->data[3] = (char)(0xc4 + random_below(random, 0x1c));
        break;
    case 6: /* too deep */
        deep(buf, 40 + (size_t)random_below(random, 1000), (char)(random_below(random, 2) ? 0x91 : 0x81));
        break;
    case 7: { /* unknown method */
        IpcEnvelope envelope;
        bool has_id;
        valid_message(random, arena, buf, IPC_C2S);
        ipc_parse(slice_of(buf), &envelope, &has_id, NULL);
        buf->data[envelope.method.ptr - buf->data] = (char)random_next(random);
        break;
    }
    case 8:
        valid_message(random, arena, buf, (IpcDirection)random_below(random, 4));
        break; /* wrong direction */
    case 9: /* wrong types: a random value as params */
        ipc_pack_array(buf, 4);
        ipc_pack_uint(buf, 0);
        ipc_pack_uint(buf, random_below(random, 1000));
        ipc_pack_cstr(buf, random_below(random, 2) ? "submit" : "cancel");
        random_plain(random, buf, 5);
        break;
    }
}

static void greet(IpcSession *session) {
    IpcHello hello = {.protocol = IPC_PROTOCOL, .name = ipc_str("hostile"), .version = ipc_str("0")};
    IpcBuf buf;
    IpcEvent event;
    ipc_buf_init(&buf, NULL);
    ipc_write_request(&buf, 1, IPC_M_HELLO, &hello);
    ipc_session_init(session, &server);
    ipc_session_feed(session, buf.data, buf.len);
    assert_true(ipc_session_next(session, &event));
    assert_int_equal(event.kind, IPC_EV_HELLO);
    ipc_buf_free(&buf);
}

/* What the session says must be whole messages. */
static void check_output(IpcSession *session) {
    IpcFrames frames;
    IpcSlice frame, out = ipc_session_out(session);
    ipc_frames_init(&frames, NULL, NULL);
    ipc_frames_feed(&frames, out.ptr, out.len);
    while (ipc_frames_next(&frames, &frame) == IPC_NEXT_READY) {
        IpcEnvelope envelope;
        bool has_id;
        assert_int_equal(ipc_parse(frame, &envelope, &has_id, NULL), IPC_OK);
    }
    assert_int_equal(ipc_frames_pending(&frames), 0);
    ipc_frames_free(&frames);
    ipc_session_sent(session, out.len);
}

static void a_session_survives_hostile_frames(void **state) {
    (void)state;
    Random random = {20240501};
    Arena *arena = calloc(1, sizeof *arena);
    IpcBuf buf;
    IpcSession session;
    long events[IPC_EV_FATAL + 1] = {0};
    ipc_buf_init(&buf, NULL);
    greet(&session);
    for (int i = 0; i < FRAMES; i++) {
        IpcEvent event;
        ipc_buf_clear(&buf);
        hostile_message(&random, arena, &buf, i);
        ipc_session_feed(&session, buf.data, buf.len);
        while (ipc_session_next(&session, &event)) {
            events[event.kind]++;
            if (event.kind == IPC_EV_BAD || event.kind == IPC_EV_FATAL) {
                assert_true(ipc_code_known(event.error.code));
                assert_true(event.error.text[0] != 0 &&
                            ipc_utf8_valid(event.error.text, strlen(event.error.text)));
            }
        }
        check_output(&session);
        if (session.state == IPC_SESSION_CLOSED || ipc_frames_pending(&session.in) > 5000) {
            ipc_session_free(&session);
            greet(&session);
        }
    }
    assert_true(events[IPC_EV_FATAL] > 1000 && events[IPC_EV_BAD] > 1000 && events[IPC_EV_REQUEST] > 100);
    ipc_session_free(&session);
    ipc_buf_free(&buf);
    free(arena);
}

static void a_supervisor_survives_a_hostile_worker(void **state) {
    (void)state;
    Random random = {31337};
    Arena *arena = calloc(1, sizeof *arena);
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (int i = 0; i < FRAMES / 2; i++) {
        IpcSessionConfig config = {.role = IPC_ROLE_SUPERVISOR, .name = "atoll", .version = "1"};
        IpcSession session;
        IpcEvent event;
        ipc_session_init(&session, &config);
        ipc_session_hello(&session, NULL, 0);
        session.state = random_below(&random, 4) ? IPC_SESSION_OPEN : IPC_SESSION_HELLO;
        for (int n = 0; n < 3; n++) {
            ipc_buf_clear(&buf);
            valid_message(&random, arena, &buf, IPC_W2S);
            mutate(&random, &buf);
            ipc_session_feed(&session, buf.data, buf.len);
            while (ipc_session_next(&session, &event)) continue;
        }
        ipc_session_free(&session);
    }
    ipc_buf_free(&buf);
    free(arena);
}

/* Reads a value the way a worker would: everything that validation promised must hold. */
static void read_through(IpcSlice value) {
    IpcGraph graph;
    IpcError error = {0};
    IpcBudget budget = {.nodes = 10000, .depth = 100, .decoded = 1 << 20};
    if (!ipc_value_is_graph(value)) {
        ipc_value_check(value, &budget, NULL, NULL, &error);
        return;
    }
    if (ipc_graph_open(&graph, value, &budget, NULL, &error)) {
        assert_true(ipc_code_known(error.code));
        return;
    }
    for (uint32_t i = graph.count; i-- > 0;) {
        IpcNode node;
        IpcToken token;
        uint64_t edges = 0;
        ipc_graph_get(&graph, i, &node);
        uint64_t expected = node.edges;
        while (ipc_graph_edge(&node, &token)) {
            edges++;
            if (token.type == IPC_T_REF) assert_true(token.uint < graph.count);
        }
        assert_int_equal(edges, expected);
    }
    ipc_graph_close(&graph);
}

static void values_survive_mutation(void **state) {
    (void)state;
    Random random = {99};
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (int i = 0; i < FRAMES * 2; i++) {
        ipc_buf_clear(&buf);
        if (i % 4 == 0) random_plain(&random, &buf, 5);
        else random_graph(&random, &buf);
        if (i % 8) mutate(&random, &buf);
        char *exact = malloc(buf.len + 1); /* no slack behind the bytes */
        if (buf.len) memcpy(exact, buf.data, buf.len);
        read_through(ipc_slice(exact, buf.len));
        free(exact);
    }
    ipc_buf_free(&buf);
}

static void records_survive_mutation(void **state) {
    (void)state;
    Random random = {77};
    Arena *arena = calloc(1, sizeof *arena);
    IpcBuf buf;
    ipc_buf_init(&buf, NULL);
    for (int i = 0; i < FRAMES; i++) {
        IpcRecordId id = (IpcRecordId)random_below(&random, IPC_REC_COUNT);
        IpcRecord record;
        IpcError error = {0};
        arena->used = 0;
        random_record(&random, arena, id, &record, true);
        ipc_buf_clear(&buf);
        ipc_record_encode(&buf, id, &record);
        mutate(&random, &buf);
        char *exact = malloc(buf.len + 1);
        if (buf.len) memcpy(exact, buf.data, buf.len);
        IpcCode code = ipc_record_decode(ipc_slice(exact, buf.len), id, &record, &error);
        assert_int_equal(code, error.code);
        free(exact);
    }
    ipc_buf_free(&buf);
    free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_session_survives_hostile_frames),
        TEST(a_supervisor_survives_a_hostile_worker),
        TEST(values_survive_mutation),
        TEST(records_survive_mutation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
