/* The kinds of node and what may hang on their edges (kinds.def). */
#include "internal.h"

enum { KINDS = 128 };

static const IpcKindInfo kinds[KINDS] = {
#define IPC_KIND(NAME, code, name, data, fixed, group, labels)                                               \
    [code] = {name, fixed, group, labels, IPC_DATA_##data, sizeof fixed - 1, sizeof group - 1},
#include <ipc/kinds.def>
};

const IpcKindInfo *ipc__kind(unsigned code) { return code < KINDS && kinds[code].name ? &kinds[code] : NULL; }

const char *ipc_graph_kind_name(unsigned code) {
    const IpcKindInfo *info = ipc__kind(code);
    return info ? info->name : NULL;
}

bool ipc__edge_takes_atom(char edge, IpcType type) {
    switch (edge) {
    case 'v': return type <= IPC_T_BIN;
    case 's': return type == IPC_T_STR;
    case 'S': return type == IPC_T_STR || type == IPC_T_NIL;
    case 'b': return type == IPC_T_BOOL;
    case 'f': return type == IPC_T_FLOAT;
    case 'i':
    case 'n': return type == IPC_T_UINT || type == IPC_T_INT;
    case 'T':
    case 'D':
    case 'L':
    case 'E':
    case 'K': return type == IPC_T_NIL;
    }
    return false;
}

bool ipc__edge_takes_ref(char edge) { return strchr("vnctdleTDLEK", edge) != NULL; }

bool ipc__edge_takes_kind(char edge, unsigned kind) {
    switch (edge) {
    case 'v': return true;
    case 'n': return kind == IPC_K_BIGINT;
    case 'c': return kind == IPC_K_TYPE || kind == IPC_K_CLASS || kind == IPC_K_ATTRIBUTE;
    case 't':
    case 'T': return kind == IPC_K_TUPLE;
    case 'd':
    case 'D': return kind == IPC_K_DICT;
    case 'l':
    case 'L': return kind == IPC_K_LIST;
    case 'e':
    case 'E': return kind == IPC_K_EXCEPTION;
    case 'K': return kind == IPC_K_TRACEBACK;
    }
    return false;
}

enum { PER_OBJECT = 64, PER_EDGE = 8, PER_PAIR = 48 };

uint64_t ipc__decoded_node(const IpcKindInfo *info, uint64_t groups, uint64_t data) {
    uint64_t per_group = info->group_len == 2 ? PER_PAIR : (uint64_t)info->group_len * PER_EDGE;
    return PER_OBJECT + (uint64_t)info->fixed_len * PER_EDGE + groups * per_group + data;
}

uint64_t ipc__decoded_token(const IpcToken *token) {
    switch (token->type) {
    case IPC_T_STR:
    case IPC_T_BIN: return PER_OBJECT + token->bytes.len;
    case IPC_T_ARRAY: return PER_OBJECT + (uint64_t)token->count * PER_EDGE;
    case IPC_T_MAP: return PER_OBJECT + (uint64_t)token->count * PER_PAIR;
    default: return 0;
    }
}

IpcBudget ipc__budget(const IpcBudget *given) {
    IpcBudget budget = given ? *given : (IpcBudget){0};
    if (budget.bytes == 0) budget.bytes = IPC_DEFAULT_MAX_MESSAGE;
    if (budget.nodes == 0) budget.nodes = IPC_DEFAULT_MAX_NODES;
    if (budget.depth == 0) budget.depth = IPC_DEFAULT_MAX_DEPTH;
    if (budget.decoded == 0) budget.decoded = budget.bytes > UINT64_MAX / 16 ? UINT64_MAX : budget.bytes * 16;
    if (budget.decoded < 1 << 20) budget.decoded = given && given->decoded ? given->decoded : 1 << 20;
    return budget;
}
