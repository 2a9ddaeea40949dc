/* Fuzz target: frames, the envelope, every record, values and the dump, from one input.
 *
 * The first byte chooses what the rest is: a stream for a server's or a supervisor's session (fed in pieces), a
 * value, a record, or something to dump. Build it and the sources of ipc with
 * `clang -fsanitize=fuzzer,address,undefined`; with FUZZ_MAIN it is a program that runs the files it is given.
 */
#include <ipc/dump.h>
#include <ipc/graph.h>
#include <ipc/session.h>

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(int truth) {
    if (!truth) abort();
}

static void fuzz_session(IpcRole role, const uint8_t *data, size_t size, size_t piece) {
    IpcSessionConfig config = {
        .role = role, .name = "fuzz", .version = "0", .caps = {.max_message = 1 << 16, .max_nodes = 4096}};
    IpcSession session;
    IpcEvent event;
    ipc_session_init(&session, &config);
    if (role == IPC_ROLE_SUPERVISOR) ipc_session_hello(&session, NULL, 0);
    if (size && data[0] & 1) session.state = IPC_SESSION_OPEN;
    for (size_t at = 0; at < size; at += piece) {
        ipc_session_feed(&session, data + at, size - at < piece ? size - at : piece);
        while (ipc_session_next(&session, &event)) {
            if (event.kind == IPC_EV_BAD || event.kind == IPC_EV_FATAL)
                check(ipc_code_known(event.error.code));
        }
    }
    ipc_session_free(&session);
}

static void fuzz_value(const uint8_t *data, size_t size) {
    IpcBudget budget = {.nodes = 10000, .depth = 1000, .decoded = 1 << 20};
    IpcSlice value = ipc_slice(data, size);
    IpcGraph graph;
    if (ipc_graph_open(&graph, value, &budget, NULL, NULL)) {
        ipc_value_check(value, &budget, NULL, NULL, NULL);
        return;
    }
    for (uint32_t i = 0; i < graph.count; i++) {
        IpcNode node;
        IpcToken token;
        ipc_graph_get(&graph, i, &node);
        for (uint64_t left = node.edges; left > 0; left--) {
            check(ipc_graph_edge(&node, &token));
            check(token.type != IPC_T_REF || token.uint < graph.count);
        }
    }
    ipc_graph_close(&graph);
}

/* What was decoded once must encode, and decode again. */
static void fuzz_record(IpcRecordId id, const uint8_t *data, size_t size) {
    IpcRecord record;
    IpcError error;
    IpcBuf buf;
    if (ipc_record_decode(ipc_slice(data, size), id, &record, &error)) return;
    ipc_buf_init(&buf, NULL);
    ipc_record_encode(&buf, id, &record);
    check(ipc_buf_failed(&buf) == IPC_OK);
    check(ipc_record_decode(ipc_buf_slice(&buf), id, &record, &error) == IPC_OK);
    ipc_buf_free(&buf);
}

static void fuzz_dump(const uint8_t *data, size_t size) {
    char text[600];
    IpcPath path;
    check(strlen(ipc_dump_text(text, sizeof text, ipc_slice(data, size))) < sizeof text);
    ipc_path_of_plain(&path, "value", ipc_slice(data, size));
    check(strlen(path.text) < IPC_PATH_TEXT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2) return 0;
    uint8_t choice = data[0];
    data++, size--;
    switch (choice % 6) {
    case 0: fuzz_session(IPC_ROLE_SERVER, data, size, 1 + (size_t)(choice / 6)); break;
    case 1: fuzz_session(IPC_ROLE_SUPERVISOR, data, size, 1 + (size_t)(choice / 6)); break;
    case 2: fuzz_session(IPC_ROLE_WORKER, data, size, 1 + (size_t)(choice / 6)); break;
    case 3: fuzz_value(data, size); break;
    case 4: fuzz_record((IpcRecordId)(choice / 6 % IPC_REC_COUNT), data, size); break;
    case 5: fuzz_dump(data, size); break;
    }
    return 0;
}

#ifdef FUZZ_MAIN
int main(int argc, char **argv) {
    static uint8_t bytes[1 << 20];
    for (int i = 1; i < argc; i++) {
        FILE *file = fopen(argv[i], "rb");
        if (!file) return 1;
        size_t n = fread(bytes, 1, sizeof bytes, file);
        fclose(file);
        LLVMFuzzerTestOneInput(bytes, n);
    }
    return 0;
}
#endif
