/* Values across the boundary: plain msgpack for plain trees, a flat node table for everything else.
 *
 * A value is one msgpack object, carried in a bin field (args, kwargs, outcome.value).
 *
 * PLAIN: a tree of nil, bool, integers of 64 bits, float, str, bin, array (a Python list) and map with str
 * keys (a dict), no deeper than IPC_PLAIN_DEPTH. Any msgpack client can read and write it. An encoder uses it
 * whenever it loses nothing.
 *
 * GRAPH: an ext of type IPC_EXT_GRAPH. Its payload is a sequence of msgpack objects:
 *     version (IPC_GRAPH_VERSION), number of nodes (always written as uint32), then the nodes.
 * A node is: its kind's code (see kinds.def), its data (bin or str) if the kind has data, its number of groups
 * if the kind has groups, then its edges. An edge is an atom written as plain msgpack or a reference: an ext of
 * type IPC_EXT_REF whose 1, 2 or 4 bytes are a node's index, big-endian. Node 0 is the value.
 *
 * INVARIANT (order of discovery): reading the table from the front, a reference names a node already referred
 * to or exactly the next one; and every node but 0 is referred to by an earlier one. So each node is reachable
 * from the root, its first referrer is its parent, the same value always gives the same bytes, and one pass
 * checks it all. An encoder gets this by itself with a first-in-first-out worklist: when it meets an object for
 * the first time it writes ipc_graph_ref_new(), appends the object to its list, and writes the nodes in the
 * list's order.
 *
 * Shared references and cycles are references to the same index. Nothing recurses in either direction.
 * Decoding runs no code: kinds are data; classes and functions are found by name or rebuilt from source by
 * whoever asks for them to be.
 *
 * Depth: an atom 0, [] 1, [[]] 2; in a graph the root 1 and each other node one more than its parent. Because
 * of the order of discovery depths never decrease along the table. Decoded size: an estimate, see
 * IpcValueInfo.
 *
 * DECODING a graph with cycles: open it (everything is validated then), make an empty shell for each node,
 * then fill. Fill from the last node to the first: children come later than parents, so that keys of dicts
 * and elements of sets are whole (and hashable) when they are inserted; only a cycle through a key can still
 * be unfinished.
 */
#ifndef IPC_GRAPH_H
#define IPC_GRAPH_H

#include <ipc/buf.h>
#include <ipc/error.h>
#include <ipc/read.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    IPC_EXT_GRAPH = 0x41,
    IPC_EXT_REF = 0x52,
    IPC_GRAPH_VERSION = 1,
    IPC_PLAIN_DEPTH = 512, /* containers within containers of a plain value */
};

typedef enum IpcGraphKind {
#define IPC_KIND(NAME, code, name, data, fixed, group, labels) IPC_K_##NAME = code,
#include <ipc/kinds.def>
} IpcGraphKind;

/* "list", "instance", ...; NULL for a code that is no kind. Static. */
const char *ipc_graph_kind_name(unsigned code);

/* What a value may cost. 0: the default (IPC_DEFAULT_MAX_MESSAGE, _NODES, _DEPTH of ipc/rpc.h; decoded: 16
 * times the bytes, at least 1 MiB). */
typedef struct IpcBudget {
    uint64_t bytes;   /* encoded */
    uint64_t nodes;   /* nodes and atoms */
    uint64_t depth;
    uint64_t decoded; /* estimated bytes in memory */
} IpcBudget;

typedef struct IpcValueInfo {
    bool graph;
    uint32_t table_nodes;    /* of a graph */
    uint64_t nodes;          /* nodes and atoms */
    uint64_t depth;
    uint64_t decoded; /* estimate: 64 per container, node, str or bin, 8 per array element or edge, 48 per map
                         pair, plus bytes of str, bin and data */
} IpcValueInfo;

/* True when the bytes begin as a graph; false means plain (or garbage). */
bool ipc_value_is_graph(IpcSlice value);

/* Validates one encoded value wholly (exactly one object, UTF-8 in every str, kinds, references, budgets).
 * info and error may be NULL. A plain value needs no memory; a graph needs 4 bytes per node for the time of
 * the call. */
IpcCode ipc_value_check(IpcSlice value, const IpcBudget *budget, const IpcAlloc *alloc, IpcValueInfo *info,
                        IpcError *error);

/* ------------------------------------------------------------------ paths */

enum { IPC_PATH_TEXT = 256 };

/* Names a place in a value as Python would: `result[3].conn`. Start it, add steps; too long a path ends in
 * "...". */
typedef struct IpcPath {
    char text[IPC_PATH_TEXT]; /* terminated, printable */
    size_t len;
    bool cut;
} IpcPath;

void ipc_path_start(IpcPath *path, const char *root);
void ipc_path_index(IpcPath *path, uint64_t index);                       /* [3] */
void ipc_path_key(IpcPath *path, const char *key, size_t length);         /* ['name'] */
void ipc_path_attr(IpcPath *path, const char *name, size_t length);       /* .name */
void ipc_path_raw(IpcPath *path, const char *text);                       /* as it is */

/* Where the next object of a half-written plain value would stand: `written` is what has been packed so far
 * (its start is the value's first byte). */
void ipc_path_of_plain(IpcPath *path, const char *root, IpcSlice written);

/* ---------------------------------------------------------------- writing */

/* Writes a graph into a buffer, node after node. Usage:
 *
 *     ipc_graph_begin(&w, &buf, &budget);
 *     while (there is an object in the worklist)             the first is the root, node 0
 *         ipc_graph_node(&w, IPC_K_LIST, number of elements);
 *         for each element
 *             if (an atom)               ipc_graph_int(&w, 5);
 *             else if (met before)       ipc_graph_ref(&w, its index);
 *             else                       its index = ipc_graph_ref_new(&w), append it to the worklist
 *     code = ipc_graph_end(&w, &error);
 *
 * Errors stick: calls after the first do nothing, and ipc_graph_end (or ipc_graph_failed) tells. Edges are
 * checked against kinds.def but for what references point to. Fields are private. */
typedef struct IpcGraphWriter {
    IpcBuf *buf;
    size_t start;         /* of the ext in buf */
    uint32_t nodes_begun; /* the open node is nodes_begun - 1 */
    uint32_t nodes_known; /* indexes given out */
    uint32_t level_end;   /* the first node of the next level */
    uint64_t depth;
    uint64_t atoms;
    uint64_t decoded;
    const char *fixed;    /* edges still to come: the rest of the fixed ones, */
    const char *group;    /* the group's, */
    uint32_t group_at;    /* the place in it */
    uint64_t group_edges; /* and how many in all */
    size_t buf_limit;     /* the buffer's own */
    IpcBudget budget;
    IpcError error;
} IpcGraphWriter;

/* The value is appended to *buf, which must not be touched otherwise until the end. */
void ipc_graph_begin(IpcGraphWriter *writer, IpcBuf *buf, const IpcBudget *budget);

/* Completes the value. On failure the buffer is as it was before ipc_graph_begin. */
IpcCode ipc_graph_end(IpcGraphWriter *writer, IpcError *error);
static inline IpcCode ipc_graph_failed(const IpcGraphWriter *writer) { return writer->error.code; }

/* The next node, in the order of discovery; the one before must have all its edges. `groups`: elements of a
 * list, pairs of a dict, entries of a traceback; 0 for kinds without. Not for kinds with data. */
void ipc_graph_node(IpcGraphWriter *writer, IpcGraphKind kind, uint32_t groups);

/* The next node, of a kind with data: BYTES, BYTEARRAY, WIDE_STR, STR (valid UTF-8: the caller answers for
 * it). */
void ipc_graph_data_node(IpcGraphWriter *writer, IpcGraphKind kind, const void *bytes, size_t length);

/* A BIGINT from its magnitude, big-endian (leading zero bytes are dropped). */
void ipc_graph_bigint_node(IpcGraphWriter *writer, bool negative, const void *magnitude, size_t length);

/* Edges of the open node, in order. */
void ipc_graph_nil(IpcGraphWriter *writer);
void ipc_graph_bool(IpcGraphWriter *writer, bool value);
void ipc_graph_int(IpcGraphWriter *writer, int64_t value);
void ipc_graph_uint(IpcGraphWriter *writer, uint64_t value);
void ipc_graph_float(IpcGraphWriter *writer, double value);
void ipc_graph_str(IpcGraphWriter *writer, const char *text, size_t length);
void ipc_graph_bin(IpcGraphWriter *writer, const void *bytes, size_t length);
void ipc_graph_ref(IpcGraphWriter *writer, uint32_t node);
uint32_t ipc_graph_ref_new(IpcGraphWriter *writer); /* the new node's index */

/* The path of the edge that would be written next, and that of a node already referred to; for refusals. They
 * read back what has been written, which takes 12 bytes per node for a moment (without them the path is only
 * the root). Call them before ipc_graph_end(). */
void ipc_path_of_edge(IpcPath *path, const char *root, const IpcGraphWriter *writer);
void ipc_path_of_node(IpcPath *path, const char *root, const IpcGraphWriter *writer, uint32_t node);

/* ---------------------------------------------------------------- reading */

/* An opened graph. Points into the value's bytes, owns the index. */
typedef struct IpcGraph {
    const uint8_t *base;  /* of the payload */
    const uint8_t *end;
    uint32_t *offsets;    /* of each node in it */
    uint32_t count;
    IpcValueInfo info;
    const IpcAlloc *alloc;
} IpcGraph;

typedef struct IpcNode {
    IpcGraphKind kind;
    IpcSlice data;      /* kinds with data */
    uint32_t groups;    /* elements, pairs, entries */
    uint64_t edges;     /* all edges, fixed and grouped, still to be read */
    IpcReader at;
} IpcNode;

/* Validates everything, then gives random access. `value` is one encoded value and must be a graph; its bytes
 * are borrowed until ipc_graph_close(). The index takes 4 bytes per node. */
IpcCode ipc_graph_open(IpcGraph *graph, IpcSlice value, const IpcBudget *budget, const IpcAlloc *alloc,
                       IpcError *error);
void ipc_graph_close(IpcGraph *graph);

/* Node `index` < graph->count. */
void ipc_graph_get(const IpcGraph *graph, uint32_t index, IpcNode *node);
IpcGraphKind ipc_graph_kind(const IpcGraph *graph, uint32_t index);

/* The node's next edge: an atom, or IPC_T_REF with the index in token->uint. False when none is left. */
bool ipc_graph_edge(IpcNode *node, IpcToken *token);

#ifdef __cplusplus
}
#endif
#endif
