/* What the library's files share and nobody else sees. */
#ifndef IPC_INTERNAL_H
#define IPC_INTERNAL_H

#include <ipc/graph.h>
#include <ipc/read.h>
#include <ipc/rpc.h>

/* The shape of the msgpack object at p: how long its header is, how many bytes of payload follow it, how many
 * objects it contains. */
typedef struct IpcShape {
    uint8_t header;    /* bytes with the length field; 0: the byte 0xc1 */
    bool container;
    uint64_t payload;  /* valid only when the header is wholly there */
    uint64_t children;
} IpcShape;

/* The shape of the object that begins at p, of which `have` >= 1 bytes can be looked at. When header > have
 * the rest of the shape is not known. */
static inline IpcShape ipc__shape(const uint8_t *p, size_t have);

static inline uint64_t ipc__big(const uint8_t *p, unsigned bytes) {
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++) value = value << 8 | p[i];
    return value;
}

/* Header and payload by first byte, from 0xc0 to 0xdf: header bytes, fixed payload, and whether the header's
 * tail is a length. */
typedef struct IpcForm {
    uint8_t header, payload, length_bytes;
} IpcForm;

static const IpcForm ipc__forms[32] = {
    {1, 0, 0}, {0, 0, 0}, {1, 0, 0},  {1, 0, 0},             /* nil, never used, false, true */
    {2, 0, 1}, {3, 0, 2}, {5, 0, 4},                         /* bin */
    {3, 0, 1}, {4, 0, 2}, {6, 0, 4},                         /* ext: the type byte is part of the header */
    {1, 4, 0}, {1, 8, 0},                                    /* float */
    {1, 1, 0}, {1, 2, 0}, {1, 4, 0},  {1, 8, 0},             /* uint */
    {1, 1, 0}, {1, 2, 0}, {1, 4, 0},  {1, 8, 0},             /* int */
    {2, 1, 0}, {2, 2, 0}, {2, 4, 0},  {2, 8, 0}, {2, 16, 0}, /* fixext */
    {2, 0, 1}, {3, 0, 2}, {5, 0, 4},                         /* str */
    {3, 0, 2}, {5, 0, 4}, {3, 0, 2},  {5, 0, 4},             /* array, map */
};

static inline IpcShape ipc__shape(const uint8_t *p, size_t have) {
    uint8_t b = p[0];
    if (b < 0x80 || b >= 0xe0) return (IpcShape){.header = 1};
    if (b < 0x90) return (IpcShape){.header = 1, .container = true, .children = (uint64_t)(b & 15) * 2};
    if (b < 0xa0) return (IpcShape){.header = 1, .container = true, .children = b & 15};
    if (b < 0xc0) return (IpcShape){.header = 1, .payload = b & 31};
    IpcForm form = ipc__forms[b - 0xc0];
    IpcShape shape = {.header = form.header, .payload = form.payload};
    if (!form.length_bytes || form.header > have) return shape;
    uint64_t length = ipc__big(p + 1, form.length_bytes);
    if (b >= 0xdc) {
        shape.container = true;
        shape.children = b >= 0xde ? length * 2 : length;
    } else {
        shape.payload = length;
    }
    return shape;
}

/* Edges and kinds (kinds.def). */
typedef enum IpcKindData { IPC_DATA_NONE, IPC_DATA_BIN, IPC_DATA_STR } IpcKindData;

typedef struct IpcKindInfo {
    const char *name; /* NULL: no such kind */
    const char *fixed, *group, *labels;
    uint8_t data; /* IpcKindData */
    uint8_t fixed_len, group_len;
} IpcKindInfo;

/* NULL for a code that is no kind. */
const IpcKindInfo *ipc__kind(unsigned code);

/* Whether an atom may stand where the edge character is; a reference to some node; a reference to a node of
 * that kind. */
bool ipc__edge_takes_atom(char edge, IpcType type);
bool ipc__edge_takes_ref(char edge);
bool ipc__edge_takes_kind(char edge, unsigned kind);

/* A node's (or a plain container's) share of the decoded size, and an atom's; data and edges included. */
uint64_t ipc__decoded_node(const IpcKindInfo *info, uint64_t groups, uint64_t data);
uint64_t ipc__decoded_token(const IpcToken *token);

/* The budget with its defaults filled in. NULL: all defaults. */
IpcBudget ipc__budget(const IpcBudget *given);

/* One node's kind, data and number of groups; the node's cursor is left at its first edge, the reader as
 * well. */
IpcCode ipc__read_node(IpcReader *reader, IpcNode *node);

/* The next edge of a node whose `edges` is not 0. A reference's index is in token->uint. */
IpcCode ipc__read_edge(IpcReader *reader, IpcToken *token);

/* The payload of a value that is a graph, past version and count. */
IpcCode ipc__graph_payload(IpcSlice value, IpcReader *payload, uint32_t *count, IpcError *error);

/* The length of the well-formed UTF-8 sequence at s, of which n > 0 bytes are there; 0: there is none. */
size_t ipc__utf8_sequence(const unsigned char *s, size_t n, bool surrogates);

/* A size for messages. */
static inline unsigned long long ipc__num(uint64_t n) { return n; }

#endif
