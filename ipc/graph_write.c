/* Writing a value table; see graph.h. */
#include "internal.h"

enum {
    EXT_HEADER = 6,   /* 0xc9, length, type */
    TABLE_HEADER = 6, /* version, 0xce, count */
};

static void fail(IpcGraphWriter *writer, IpcCode code, const char *what, uint64_t most) {
    if (writer->error.code) return;
    if (most) ipc_fail(&writer->error, code, "%s (at most %llu)", what, ipc__num(most));
    else ipc_fail(&writer->error, code, "%s", what);
}

static void store_u32(char *at, uint64_t value) {
    for (int i = 3; i >= 0; i--, value >>= 8) at[i] = (char)(value & 0xff);
}

void ipc_graph_begin(IpcGraphWriter *writer, IpcBuf *buf, const IpcBudget *budget) {
    static const char header[EXT_HEADER + TABLE_HEADER] = {
        (char)0xc9, 0, 0, 0, 0, IPC_EXT_GRAPH, IPC_GRAPH_VERSION, (char)0xce, 0, 0, 0, 0};
    memset(writer, 0, sizeof *writer);
    writer->buf = buf;
    writer->start = buf->len;
    writer->budget = ipc__budget(budget);
    writer->nodes_known = 1;
    writer->level_end = 0;
    writer->fixed = writer->group = "";
    writer->buf_limit = buf->limit;
    size_t room = SIZE_MAX - buf->len;
    size_t limit = buf->len + (writer->budget.bytes < room ? (size_t)writer->budget.bytes : room);
    if (limit < buf->limit) buf->limit = limit;
    ipc_buf_append(buf, header, sizeof header);
}

/* The first node of a level: everything known so far belongs to it or to earlier ones. */
static void enter_level(IpcGraphWriter *writer) {
    writer->level_end = writer->nodes_known;
    if (++writer->depth > writer->budget.depth)
        fail(writer, IPC_E_TOO_DEEP, "value nested too deep", writer->budget.depth);
}

static void charge(IpcGraphWriter *writer, uint64_t decoded) {
    writer->decoded += decoded;
    if (writer->decoded > writer->budget.decoded) {
        fail(writer, IPC_E_DECODED_SIZE, "value takes too much memory", writer->budget.decoded);
    }
}

static bool edges_left(const IpcGraphWriter *writer) { return *writer->fixed || writer->group_edges; }

/* Opens the next node. NULL after an error. */
static const IpcKindInfo *open_node(IpcGraphWriter *writer, IpcGraphKind kind, bool data, uint32_t groups,
                                    size_t length) {
    if (writer->error.code) return NULL;
    const IpcKindInfo *info = ipc__kind((unsigned)kind);
    if (!info || (info->data != IPC_DATA_NONE) != data || (groups && !info->group_len)) {
        fail(writer, IPC_E_UNKNOWN_KIND, "no such kind of node, or a wrong way to write it", 0);
    } else if (edges_left(writer)) {
        fail(writer, IPC_E_BAD_GRAPH, "a node begins before the last one has all its edges", 0);
    } else if (writer->nodes_begun == writer->nodes_known) {
        fail(writer, IPC_E_BAD_GRAPH, "a node that nothing refers to", 0);
    } else if (writer->nodes_begun == writer->level_end) {
        enter_level(writer);
    }
    if (writer->error.code) return NULL;
    charge(writer, ipc__decoded_node(info, groups, length));
    ipc_pack_uint(writer->buf, (uint64_t)kind);
    writer->nodes_begun++;
    writer->fixed = info->fixed;
    writer->group = info->group;
    writer->group_at = 0;
    writer->group_edges = (uint64_t)groups * info->group_len;
    return info;
}

void ipc_graph_node(IpcGraphWriter *writer, IpcGraphKind kind, uint32_t groups) {
    const IpcKindInfo *info = open_node(writer, kind, false, groups, 0);
    if (info && info->group_len) ipc_pack_uint(writer->buf, groups);
}

void ipc_graph_data_node(IpcGraphWriter *writer, IpcGraphKind kind, const void *bytes, size_t length) {
    const IpcKindInfo *info = open_node(writer, kind, true, 0, length);
    if (!info) return;
    if (info->data == IPC_DATA_STR) ipc_pack_str(writer->buf, bytes, length);
    else ipc_pack_bin(writer->buf, bytes, length);
}

void ipc_graph_bigint_node(IpcGraphWriter *writer, bool negative, const void *magnitude, size_t length) {
    const uint8_t *digits = magnitude;
    while (length && *digits == 0) digits++, length--;
    if (length == 0) fail(writer, IPC_E_BAD_GRAPH, "a bigint of no digits", 0);
    if (length >= UINT32_MAX) fail(writer, IPC_E_TOO_LARGE, "a bigint of too many digits", 0);
    if (!open_node(writer, IPC_K_BIGINT, true, 0, length)) return;
    char sign = negative;
    /* The bin's header by hand: its body has two sources. */
    char header[5] = {(char)0xc6};
    store_u32(header + 1, length + 1);
    ipc_buf_append(writer->buf, header, sizeof header);
    ipc_buf_append(writer->buf, &sign, 1);
    ipc_buf_append(writer->buf, digits, length);
}

/* The character of the next edge, which is used up; 0 when there is none, or an error. */
static inline char next_edge(IpcGraphWriter *writer) {
    if (writer->error.code) return 0;
    if (*writer->fixed) return *writer->fixed++;
    if (writer->group_edges == 0) {
        fail(writer, IPC_E_BAD_GRAPH, "more edges than the node has", 0);
        return 0;
    }
    char edge = writer->group[writer->group_at++];
    if (!writer->group[writer->group_at]) writer->group_at = 0;
    writer->group_edges--;
    return edge;
}

static inline bool atom(IpcGraphWriter *writer, IpcType type) {
    char edge = next_edge(writer);
    if (!edge) return false;
    if (edge != 'v' && !ipc__edge_takes_atom(edge, type)) {
        fail(writer, IPC_E_BAD_GRAPH, "an atom of the wrong type for this edge", 0);
        return false;
    }
    if (++writer->atoms + writer->nodes_known > writer->budget.nodes) {
        fail(writer, IPC_E_TOO_MANY_NODES, "value holds too many objects", writer->budget.nodes);
        return false;
    }
    return true;
}

void ipc_graph_nil(IpcGraphWriter *writer) {
    if (atom(writer, IPC_T_NIL)) ipc_pack_nil(writer->buf);
}

void ipc_graph_bool(IpcGraphWriter *writer, bool value) {
    if (atom(writer, IPC_T_BOOL)) ipc_pack_bool(writer->buf, value);
}

void ipc_graph_int(IpcGraphWriter *writer, int64_t value) {
    if (atom(writer, IPC_T_INT)) ipc_pack_int(writer->buf, value);
}

void ipc_graph_uint(IpcGraphWriter *writer, uint64_t value) {
    if (atom(writer, IPC_T_UINT)) ipc_pack_uint(writer->buf, value);
}

void ipc_graph_float(IpcGraphWriter *writer, double value) {
    if (atom(writer, IPC_T_FLOAT)) ipc_pack_float(writer->buf, value);
}

static void bytes_atom(IpcGraphWriter *writer, IpcType type, const void *bytes, size_t length) {
    if (!atom(writer, type)) return;
    charge(writer, ipc__decoded_token(&(IpcToken){.type = type, .bytes = {bytes, length}}));
    if (type == IPC_T_STR) ipc_pack_str(writer->buf, bytes, length);
    else ipc_pack_bin(writer->buf, bytes, length);
}

void ipc_graph_str(IpcGraphWriter *writer, const char *text, size_t length) {
    bytes_atom(writer, IPC_T_STR, text, length);
}

void ipc_graph_bin(IpcGraphWriter *writer, const void *bytes, size_t length) {
    bytes_atom(writer, IPC_T_BIN, bytes, length);
}

static void pack_ref(IpcBuf *buf, uint32_t node) {
    char bytes[6];
    unsigned size = node < 0x100 ? 1 : node < 0x10000 ? 2 : 4;
    bytes[0] = (char)(size == 1 ? 0xd4 : size == 2 ? 0xd5 : 0xd6);
    bytes[1] = IPC_EXT_REF;
    for (unsigned i = 0; i < size; i++) bytes[2 + i] = (char)(node >> 8 * (size - 1 - i));
    ipc_buf_append(buf, bytes, 2 + size);
}

void ipc_graph_ref(IpcGraphWriter *writer, uint32_t node) {
    char edge = next_edge(writer);
    if (!edge) return;
    if (!ipc__edge_takes_ref(edge))
        fail(writer, IPC_E_BAD_GRAPH, "a reference where the node wants an atom", 0);
    else if (node >= writer->nodes_known) fail(writer, IPC_E_BAD_GRAPH, "a reference to an unknown node", 0);
    else pack_ref(writer->buf, node);
}

uint32_t ipc_graph_ref_new(IpcGraphWriter *writer) {
    if (writer->atoms + writer->nodes_known >= writer->budget.nodes || writer->nodes_known == UINT32_MAX) {
        fail(writer, IPC_E_TOO_MANY_NODES, "value holds too many objects", writer->budget.nodes);
    }
    uint32_t node = writer->nodes_known;
    if (!writer->error.code) writer->nodes_known++;
    ipc_graph_ref(writer, node);
    return node;
}

IpcCode ipc_graph_end(IpcGraphWriter *writer, IpcError *error) {
    IpcBuf *buf = writer->buf;
    if (buf->failed == IPC_E_TOO_LARGE)
        fail(writer, buf->failed, "encoded value too large", writer->budget.bytes);
    else if (buf->failed) fail(writer, buf->failed, ipc_code_text(buf->failed), 0);
    if (edges_left(writer)) fail(writer, IPC_E_BAD_GRAPH, "the last node lacks edges", 0);
    if (writer->nodes_begun < writer->nodes_known) fail(writer, IPC_E_BAD_GRAPH, "nodes are missing", 0);
    size_t payload = buf->len - writer->start - EXT_HEADER;
    if (!writer->error.code && payload > UINT32_MAX)
        fail(writer, IPC_E_TOO_LARGE, "encoded value too large", UINT32_MAX);
    buf->limit = writer->buf_limit;
    if (writer->error.code) {
        ipc_buf_truncate(buf, writer->start);
        if (error) *error = writer->error;
        return writer->error.code;
    }
    char *head = buf->data + writer->start;
    store_u32(head + 1, payload);
    store_u32(head + EXT_HEADER + 2, writer->nodes_known);
    return IPC_OK;
}
