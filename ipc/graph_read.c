/* Reading a value table: everything is checked once, when it is opened; after that access is direct. */
#include "internal.h"

IpcCode ipc__read_edge(IpcReader *reader, IpcToken *token) {
    IpcCode code = ipc_read(reader, token);
    if (code || token->type != IPC_T_EXT) return code;
    size_t size = token->bytes.len;
    if (token->ext_type != IPC_EXT_REF || (size != 1 && size != 2 && size != 4)) return IPC_E_BAD_GRAPH;
    uint64_t node = ipc__big((const uint8_t *)token->bytes.ptr, (unsigned)size);
    token->type = IPC_T_REF;
    token->uint = node;
    return IPC_OK;
}

/* A node's data, as its kind wants it. */
static IpcCode read_data(IpcReader *reader, const IpcKindInfo *info, IpcSlice *data) {
    IpcToken token;
    IpcCode code = ipc_read(reader, &token);
    if (code) return code;
    if (token.type != (info->data == IPC_DATA_STR ? IPC_T_STR : IPC_T_BIN)) return IPC_E_WRONG_TYPE;
    *data = token.bytes;
    return IPC_OK;
}

IpcCode ipc__read_node(IpcReader *reader, IpcNode *node) {
    uint64_t code_number, groups = 0;
    memset(node, 0, sizeof *node);
    IpcCode code = ipc_read_uint(reader, &code_number);
    if (code) return code;
    const IpcKindInfo *info = ipc__kind(code_number < 128 ? (unsigned)code_number : 128);
    if (!info) return IPC_E_UNKNOWN_KIND;
    node->kind = (IpcGraphKind)code_number;
    if (info->data != IPC_DATA_NONE && (code = read_data(reader, info, &node->data))) return code;
    if (info->group_len && (code = ipc_read_uint(reader, &groups))) return code;
    if (groups > UINT32_MAX) return IPC_E_TOO_MANY_NODES;
    node->groups = (uint32_t)groups;
    node->edges = info->fixed_len + groups * info->group_len;
    node->at = *reader;
    return IPC_OK;
}

IpcCode ipc__graph_payload(IpcSlice value, IpcReader *payload, uint32_t *count, IpcError *error) {
    IpcReader reader = ipc_slice_reader(value);
    IpcToken token;
    uint64_t version, nodes;
    IpcCode code = ipc_read(&reader, &token);
    if (code) return ipc_fail(error, code, NULL);
    if (token.type != IPC_T_EXT || token.ext_type != IPC_EXT_GRAPH)
        return ipc_fail(error, IPC_E_BAD_GRAPH, "not a value table");
    if (!ipc_reader_done(&reader)) return ipc_fail(error, IPC_E_MALFORMED, "bytes follow the value");
    *payload = ipc_slice_reader(token.bytes);
    if ((code = ipc_read_uint(payload, &version)) || (code = ipc_read_uint(payload, &nodes))) {
        return ipc_fail(error, code, "value table's header: %s", ipc_code_text(code));
    }
    if (version != IPC_GRAPH_VERSION) {
        return ipc_fail(error, IPC_E_BAD_VERSION, "value table of version %llu, not %d", ipc__num(version),
                        IPC_GRAPH_VERSION);
    }
    size_t bytes = (size_t)(payload->end - payload->at); /* a node takes at least one */
    if (nodes == 0 || nodes > bytes || nodes > UINT32_MAX) {
        return ipc_fail(error, IPC_E_BAD_GRAPH, "%llu nodes in %zu bytes", ipc__num(nodes), bytes);
    }
    *count = (uint32_t)nodes;
    return IPC_OK;
}

/* ------------------------------------------------------------- validation */

typedef struct Checker {
    IpcGraph *graph;
    IpcReader reader;
    IpcBudget budget;
    uint32_t index;     /* the node being checked */
    uint32_t known;     /* nodes referred to so far */
    uint32_t level_end;
    IpcError *error;
} Checker;

static IpcCode wrong(const Checker *check, IpcCode code, const char *what) {
    return ipc_fail(check->error, code, "node %u of the value table: %s", check->index,
                    what ? what : ipc_code_text(code));
}

static IpcCode check_budget(const Checker *check) {
    const IpcValueInfo *info = &check->graph->info;
    const IpcBudget *budget = &check->budget;
    if (info->nodes > budget->nodes) {
        return ipc_fail(check->error, IPC_E_TOO_MANY_NODES, "value holds too many objects (at most %llu)",
                        ipc__num(budget->nodes));
    }
    if (info->depth > budget->depth) {
        return ipc_fail(check->error, IPC_E_TOO_DEEP, "value nested too deep (at most %llu)",
                        ipc__num(budget->depth));
    }
    if (info->decoded > budget->decoded) {
        return ipc_fail(check->error, IPC_E_DECODED_SIZE, "value would take more than %llu bytes",
                        ipc__num(budget->decoded));
    }
    return IPC_OK;
}

static IpcCode check_data(const Checker *check, const IpcNode *node) {
    const uint8_t *data = (const uint8_t *)node->data.ptr;
    size_t length = node->data.len;
    if (node->kind == IPC_K_STR && !ipc_utf8_valid(node->data.ptr, length))
        return wrong(check, IPC_E_BAD_VALUE, "not valid UTF-8");
    if (node->kind == IPC_K_WIDE_STR && !ipc_utf8_valid_wide(node->data.ptr, length)) {
        return wrong(check, IPC_E_BAD_VALUE, "not valid UTF-8 with surrogates");
    }
    if (node->kind == IPC_K_BIGINT && (length < 2 || data[0] > 1 || data[1] == 0)) {
        return wrong(check, IPC_E_BAD_GRAPH, "a bigint not in its shortest form");
    }
    return IPC_OK;
}

/* What the reference names must be known already, or be the next one. */
static IpcCode check_ref(Checker *check, char edge, uint64_t node) {
    if (!ipc__edge_takes_ref(edge))
        return wrong(check, IPC_E_BAD_GRAPH, "a reference where an atom must stand");
    if (node > check->known || node >= check->graph->count)
        return wrong(check, IPC_E_BAD_GRAPH, "a reference out of order");
    if (node == check->known) check->known++;
    return IPC_OK;
}

static IpcCode check_atom(Checker *check, char edge, const IpcToken *token) {
    if (!ipc__edge_takes_atom(edge, token->type))
        return wrong(check, IPC_E_WRONG_TYPE, "an edge of the wrong type");
    if (token->type == IPC_T_STR && !ipc_utf8_valid(token->bytes.ptr, token->bytes.len)) {
        return wrong(check, IPC_E_BAD_VALUE, "not valid UTF-8");
    }
    check->graph->info.nodes++;
    check->graph->info.decoded += ipc__decoded_token(token);
    return IPC_OK;
}

/* The character of a node's edge number `at`. */
static char edge_char(const IpcKindInfo *info, uint64_t at) {
    return at < info->fixed_len ? info->fixed[at] : info->group[(at - info->fixed_len) % info->group_len];
}

static IpcCode check_edges(Checker *check, const IpcKindInfo *info, uint64_t edges) {
    bool uniform =
        info->fixed_len == 0 && info->group[0] == 'v' && (info->group_len == 1 || info->group[1] == 'v');
    for (uint64_t i = 0; i < edges; i++) {
        IpcToken token;
        IpcCode code = ipc__read_edge(&check->reader, &token);
        if (code) return wrong(check, code, NULL);
        char edge = uniform ? 'v' : edge_char(info, i);
        code = token.type == IPC_T_REF ? check_ref(check, edge, token.uint) : check_atom(check, edge, &token);
        if (code) return code;
    }
    return IPC_OK;
}

static IpcCode check_node(Checker *check) {
    IpcGraph *graph = check->graph;
    IpcNode node;
    if (check->index == check->known) return wrong(check, IPC_E_BAD_GRAPH, "nothing refers to it");
    if (check->index == check->level_end) {
        graph->info.depth++;
        check->level_end = check->known;
    }
    graph->offsets[check->index] = (uint32_t)(check->reader.at - graph->base);
    IpcCode code = ipc__read_node(&check->reader, &node);
    if (code) return wrong(check, code, NULL);
    if (node.edges > (uint64_t)(check->reader.end - check->reader.at))
        return wrong(check, IPC_E_TRUNCATED, NULL);
    const IpcKindInfo *info = ipc__kind(node.kind);
    graph->info.nodes++;
    graph->info.decoded += ipc__decoded_node(info, node.groups, node.data.len);
    if ((code = check_budget(check)) || (code = check_data(check, &node))) return code;
    if ((code = check_edges(check, info, node.edges))) return code;
    return check_budget(check);
}

static bool wants_kinds(const IpcKindInfo *info) {
    return info->fixed[strcspn(info->fixed, "nctdleTDLEK")] != 0;
}

/* Second pass, when all kinds are known: references that must lead to a certain one. */
static IpcCode check_kinds(Checker *check) {
    const IpcGraph *graph = check->graph;
    for (check->index = 0; check->index < graph->count; check->index++) {
        const IpcKindInfo *info = ipc__kind(ipc_graph_kind(graph, check->index));
        if (!wants_kinds(info)) continue;
        IpcNode node;
        IpcToken token;
        ipc_graph_get(graph, check->index, &node);
        for (uint64_t i = 0; i < info->fixed_len && ipc_graph_edge(&node, &token); i++) {
            if (token.type != IPC_T_REF) continue;
            if (!ipc__edge_takes_kind(info->fixed[i], ipc_graph_kind(graph, (uint32_t)token.uint))) {
                return wrong(check, IPC_E_BAD_GRAPH, "a reference to the wrong kind of node");
            }
        }
    }
    return IPC_OK;
}

static IpcCode check_all(Checker *check) {
    IpcCode code;
    for (check->index = 0; check->index < check->graph->count; check->index++) {
        if ((code = check_node(check))) return code;
    }
    if (!ipc_reader_done(&check->reader))
        return ipc_fail(check->error, IPC_E_BAD_GRAPH, "bytes follow the last node");
    return check_kinds(check);
}

IpcCode ipc_graph_open(IpcGraph *graph, IpcSlice value, const IpcBudget *budget, const IpcAlloc *alloc,
                       IpcError *error) {
    Checker check = {.graph = graph, .budget = ipc__budget(budget), .known = 1, .error = error};
    memset(graph, 0, sizeof *graph);
    graph->alloc = alloc;
    if (value.len > check.budget.bytes) {
        return ipc_fail(error, IPC_E_TOO_LARGE, "encoded value too large (at most %llu bytes)",
                        ipc__num(check.budget.bytes));
    }
    IpcCode code = ipc__graph_payload(value, &check.reader, &graph->count, error);
    if (code) return code;
    graph->base = check.reader.at;
    graph->end = check.reader.end;
    graph->info.graph = true;
    graph->info.table_nodes = graph->count;
    if (graph->count > check.budget.nodes) {
        return ipc_fail(error, IPC_E_TOO_MANY_NODES, "value holds too many objects (at most %llu)",
                        ipc__num(check.budget.nodes));
    }
    graph->offsets = ipc_realloc(alloc, NULL, (size_t)graph->count * sizeof *graph->offsets);
    if (!graph->offsets) return ipc_fail(error, IPC_E_NO_MEMORY, NULL);
    code = check_all(&check);
    if (code) ipc_graph_close(graph);
    return code;
}

void ipc_graph_close(IpcGraph *graph) {
    ipc_free(graph->alloc, graph->offsets);
    graph->offsets = NULL;
    graph->count = 0;
}

/* ----------------------------------------------------------------- access */

IpcGraphKind ipc_graph_kind(const IpcGraph *graph, uint32_t index) {
    IpcReader reader = {graph->base + graph->offsets[index], graph->end};
    uint64_t kind = 0;
    ipc_read_uint(&reader, &kind);
    return (IpcGraphKind)kind;
}

void ipc_graph_get(const IpcGraph *graph, uint32_t index, IpcNode *node) {
    IpcReader reader = {graph->base + graph->offsets[index], graph->end};
    ipc__read_node(&reader, node);
}

bool ipc_graph_edge(IpcNode *node, IpcToken *token) {
    if (node->edges == 0 || ipc__read_edge(&node->at, token)) return false;
    node->edges--;
    return true;
}
