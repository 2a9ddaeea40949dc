/* Checking one encoded value: the plain tree here, the table in graph_read.c. */
#include "internal.h"

bool ipc_value_is_graph(IpcSlice value) {
    IpcReader reader = ipc_slice_reader(value);
    IpcToken token;
    return value.len && ipc_read(&reader, &token) == IPC_OK && token.type == IPC_T_EXT &&
           token.ext_type == IPC_EXT_GRAPH;
}

/* An open container of the tree. */
typedef struct Level {
    uint64_t left; /* objects still missing */
    bool map;      /* then an even `left` means that a key is next */
} Level;

typedef struct Walk {
    IpcReader reader;
    IpcBudget budget;
    IpcValueInfo info;
    IpcError *error;
    uint32_t open;
    Level levels[IPC_PLAIN_DEPTH];
} Walk;

static IpcCode enter(Walk *walk, const IpcToken *token) {
    uint64_t objects = token->type == IPC_T_MAP ? (uint64_t)token->count * 2 : token->count;
    uint64_t most = walk->budget.depth < IPC_PLAIN_DEPTH ? walk->budget.depth : IPC_PLAIN_DEPTH;
    if (walk->open >= most)
        return ipc_fail(walk->error, IPC_E_TOO_DEEP, "value nested too deep (at most %llu)", ipc__num(most));
    if (objects > (uint64_t)(walk->reader.end - walk->reader.at))
        return ipc_fail(walk->error, IPC_E_TRUNCATED, NULL);
    if (walk->open + 1 > walk->info.depth) walk->info.depth = walk->open + 1;
    if (objects) walk->levels[walk->open++] = (Level){objects, token->type == IPC_T_MAP};
    return IPC_OK;
}

static IpcCode check_token(const Walk *walk, const IpcToken *token) {
    const Level *level = walk->open ? &walk->levels[walk->open - 1] : NULL;
    if (level && level->map && level->left % 2 == 0 && token->type != IPC_T_STR) {
        return ipc_fail(walk->error, IPC_E_WRONG_TYPE, "a key of type %s in a plain value",
                        ipc_type_name(token->type));
    }
    if (token->type == IPC_T_EXT)
        return ipc_fail(walk->error, IPC_E_WRONG_TYPE, "an ext inside a plain value");
    if (token->type == IPC_T_STR && !ipc_utf8_valid(token->bytes.ptr, token->bytes.len)) {
        return ipc_fail(walk->error, IPC_E_BAD_VALUE, "not valid UTF-8");
    }
    return IPC_OK;
}

static IpcCode count_token(Walk *walk, const IpcToken *token) {
    walk->info.nodes++;
    walk->info.decoded += ipc__decoded_token(token);
    if (walk->info.nodes > walk->budget.nodes) {
        return ipc_fail(walk->error, IPC_E_TOO_MANY_NODES, "value holds too many objects (at most %llu)",
                        ipc__num(walk->budget.nodes));
    }
    if (walk->info.decoded > walk->budget.decoded) {
        return ipc_fail(walk->error, IPC_E_DECODED_SIZE, "value would take more than %llu bytes",
                        ipc__num(walk->budget.decoded));
    }
    return IPC_OK;
}

/* The object just read (or the container it closed) is one less that its container misses. */
static void leave(Walk *walk) {
    while (walk->open && walk->levels[walk->open - 1].left == 0) walk->open--;
}

static IpcCode check_plain(Walk *walk) {
    do {
        IpcToken token;
        IpcCode code = ipc_read(&walk->reader, &token);
        if (code) return ipc_fail(walk->error, code, NULL);
        if ((code = check_token(walk, &token)) || (code = count_token(walk, &token))) return code;
        if (walk->open) walk->levels[walk->open - 1].left--;
        bool container = token.type == IPC_T_ARRAY || token.type == IPC_T_MAP;
        if (container && (code = enter(walk, &token))) return code;
        leave(walk);
    } while (walk->open);
    if (!ipc_reader_done(&walk->reader))
        return ipc_fail(walk->error, IPC_E_MALFORMED, "bytes follow the value");
    return IPC_OK;
}

IpcCode ipc_value_check(IpcSlice value, const IpcBudget *budget, const IpcAlloc *alloc, IpcValueInfo *info,
                        IpcError *error) {
    if (ipc_value_is_graph(value)) {
        IpcGraph graph;
        IpcCode code = ipc_graph_open(&graph, value, budget, alloc, error);
        if (!code && info) *info = graph.info;
        if (!code) ipc_graph_close(&graph);
        return code;
    }
    Walk walk;
    walk.reader = ipc_slice_reader(value);
    walk.budget = ipc__budget(budget);
    walk.info = (IpcValueInfo){0};
    walk.error = error;
    walk.open = 0;
    if (value.len > walk.budget.bytes) {
        return ipc_fail(error, IPC_E_TOO_LARGE, "encoded value too large (at most %llu bytes)",
                        ipc__num(walk.budget.bytes));
    }
    IpcCode code = check_plain(&walk);
    if (!code && info) *info = walk.info;
    return code;
}
