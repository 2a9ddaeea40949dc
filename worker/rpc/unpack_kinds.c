/* unpack_kinds: the values of each kind of node: when they can exist, what fills them; those of plain data
 * here. */
#include "rpc/unpack.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* ---- shells of plain kinds ---- */

static Value filled_list(uint32_t n) {
    Value list = list_new(n);
    for (uint32_t i = 0; list && i < n; i++) list_init_item_steal(list, i, NONE);
    return list;
}

static Value filled_tuple(uint32_t n) {
    Value tuple = tuple_new(n);
    for (uint32_t i = 0; tuple && i < n; i++) tuple_init_item_steal(tuple, i, NONE);
    return tuple;
}

static Value big_int(IpcSlice data) {
    Value magnitude = int_from_bytes((const uint8_t *)data.ptr + 1, data.len - 1, false, false);
    if (!magnitude || !data.ptr[0]) return magnitude;
    Value negative = int_negative(magnitude);
    decref(magnitude);
    return negative;
}

static Value complex_of(const Unpacker *u, uint32_t node) {
    IpcToken parts[2];
    unpack_fixed(u, node, parts, 2);
    return complex_new(parts[0].real, parts[1].real);
}

static Value float_of(const Unpacker *u, uint32_t node) {
    IpcToken part;
    unpack_fixed(u, node, &part, 1);
    return float_new(part.real);
}

/* The value of a kind that can exist before its edges' values do. *known false: it is not of that sort. */
static Value early_value(const Unpacker *u, uint32_t index, bool *known) {
    IpcNode n;
    ipc_graph_get(&u->graph, index, &n);
    *known = true;
    switch (n.kind) {
    case IPC_K_LIST: return filled_list(n.groups);
    case IPC_K_TUPLE: return filled_tuple(n.groups);
    case IPC_K_DICT: return dict_new_sized(n.groups);
    case IPC_K_SET: return set_new(NULL);
    case IPC_K_CELL: return cell_new(NULL);
    case IPC_K_SLICE: return slice_new(NONE, NONE, NONE);
    case IPC_K_BIGINT: return big_int(n.data);
    case IPC_K_COMPLEX: return complex_of(u, index);
    case IPC_K_FLOAT: return float_of(u, index);
    case IPC_K_STR: return str_from_utf8(n.data.ptr, n.data.len);
    case IPC_K_WIDE_STR: return str_from_wtf8(n.data.ptr, n.data.len);
    case IPC_K_BYTES: return bytes_from(n.data.ptr, n.data.len);
    case IPC_K_BYTEARRAY: return bytearray_from(n.data.ptr, n.data.len);
    case IPC_K_ELLIPSIS: return ELLIPSIS;
    case IPC_K_NOT_IMPLEMENTED: return NOT_IMPLEMENTED;
    default: *known = false; return NULL;
    }
}

Value unpack_shell_borrow(Unpacker *u, uint32_t node) {
    bool known;
    if (u->values[node]) return u->values[node];
    u->values[node] = early_value(u, node, &known);
    if (!known) raise_error(T_ValueError, "a node of the wrong kind");
    return u->values[node];
}

/* ---- filling plain kinds ---- */

/* Element i's value, or None with the edge noted as pending. NULL raised. */
static Value element(Unpacker *u, uint32_t owner, uint64_t i, const IpcToken *token) {
    Value v;
    int found = unpack_edge(u, token, &v);
    if (found < 0 || (!found && unpack_pending(u, owner, PART_NONE, i, token) < 0)) return NULL;
    return found ? v : NONE;
}

static int fill_items(Unpacker *u, uint32_t node, bool list) {
    IpcNode n;
    IpcToken token;
    Value v = u->values[node];
    if (!list && !tuple_length(v)) return 0;
    ipc_graph_get(&u->graph, node, &n);
    for (uint64_t i = 0; ipc_graph_edge(&n, &token); i++) {
        Value item = element(u, node, i, &token);
        if (!item) return -1;
        if (list && i >= list_length(v)) { /* a class statement that ran meanwhile has changed it */
            int status = list_append_steal(v, item);
            if (status < 0) return -1;
            continue;
        }
        if (list) SET_FIELD_STEAL(((List *)v)->items[i], item);
        else SET_FIELD_STEAL(((Tuple *)v)->items[i], item);
    }
    return 0;
}

static int fill_dict(Unpacker *u, uint32_t node) {
    IpcNode n;
    IpcToken key_token, token;
    Value dict = u->values[node];
    ipc_graph_get(&u->graph, node, &n);
    for (uint64_t i = 0; ipc_graph_edge(&n, &key_token) && ipc_graph_edge(&n, &token); i++) {
        Value key;
        int found = unpack_edge(u, &key_token, &key);
        if (found < 0) return -1;
        if (!found) { /* put in when its key exists */
            if (unpack_pending(u, node, PART_NONE, i, &key_token) < 0) return -1;
            continue;
        }
        Value value = element(u, node, i, &token);
        size_t before = dict_length(dict);
        int status = value ? dict_set(dict, key, value) : -1;
        if (status == 0 && dict_length(dict) == before && !u->ran)
            status = raise_int(T_ValueError, "a repeated key");
        xdecref(value);
        decref(key);
        if (status < 0) return -1;
    }
    return 0;
}

static int fill_set(Unpacker *u, uint32_t node) {
    IpcNode n;
    IpcToken token;
    ipc_graph_get(&u->graph, node, &n);
    for (uint64_t i = 0; ipc_graph_edge(&n, &token); i++) {
        Value item;
        int found = unpack_edge(u, &token, &item);
        if (found < 0 || (!found && unpack_pending(u, node, PART_NONE, i, &token) < 0)) return -1;
        int status = found ? set_add(u->values[node], item) : 0;
        if (found) decref(item);
        if (status < 0) return -1;
    }
    return 0;
}

/* frozensets, whose empty one is shared, are made when their elements are there. */
static int fill_frozenset(Unpacker *u, uint32_t node) {
    IpcNode n;
    IpcToken token;
    ipc_graph_get(&u->graph, node, &n);
    Value list = list_new(0), item;
    int status = list ? 1 : -1;
    while (status > 0 && ipc_graph_edge(&n, &token)) {
        status = unpack_edge(u, &token, &item);
        if (status > 0 && list_append_steal(list, item) < 0) status = -1;
    }
    if (status > 0 && !(u->values[node] = frozenset_new(list))) status = -1;
    xdecref(list);
    return status;
}

/* A value made of `count` others once they exist. 1, 0 not yet, -1 raised. */
static int three(Unpacker *u, uint32_t node, Value out[3]) {
    IpcToken tokens[3];
    int found = 1;
    unpack_fixed(u, node, tokens, 3);
    out[0] = out[1] = out[2] = NULL;
    for (int i = 0; found > 0 && i < 3; i++) found = unpack_edge(u, &tokens[i], &out[i]);
    return found;
}

static int make_range(Unpacker *u, uint32_t node) {
    Value parts[3];
    int found = three(u, node, parts);
    if (found > 0 && !(u->values[node] = value_call(AS_VALUE(TYPE(range)), parts, 3, NULL))) found = -1;
    for (int i = 0; i < 3; i++) xdecref(parts[i]);
    return found;
}

static int fill_slice(Unpacker *u, uint32_t node) {
    IpcToken tokens[3];
    unpack_fixed(u, node, tokens, 3);
    Slice *s = (Slice *)u->values[node];
    Value *fields[3] = {&s->start, &s->stop, &s->step};
    for (uint64_t i = 0; i < 3; i++) {
        Value v = element(u, node, i, &tokens[i]);
        if (!v) return -1;
        SET_FIELD_STEAL(*fields[i], v);
    }
    return 0;
}

static int fill_cell(Unpacker *u, uint32_t node) {
    IpcToken tokens[2];
    unpack_fixed(u, node, tokens, 2);
    if (!tokens[0].boolean) return 0;
    Value v = element(u, node, 1, &tokens[1]);
    if (!v) return -1;
    SET_FIELD_STEAL(((Cell *)u->values[node])->value, v);
    return 0;
}

/* A bound method; with a name instead of a function it is that attribute. */
static int make_method(Unpacker *u, uint32_t node) {
    IpcToken tokens[2];
    Value function = NULL, self = NULL;
    unpack_fixed(u, node, tokens, 2);
    int found = unpack_edge(u, &tokens[0], &function);
    if (found > 0) found = unpack_edge(u, &tokens[1], &self);
    if (found > 0) {
        bool named = IS_EXACT(function, str);
        if (named) u->values[node] = value_getattr(self, function);
        else if (value_is_callable(function)) u->values[node] = method_new(function, self);
        else raise_error(T_TypeError, "a method of something that cannot be called");
        if (!u->values[node]) found = -1;
    }
    xdecref(function);
    xdecref(self);
    return found;
}

static int make_atom(Unpacker *u, uint32_t node) {
    IpcToken token;
    unpack_fixed(u, node, &token, 1);
    int found = unpack_edge(u, &token, &u->values[node]);
    return found;
}

/* ---- what each kind needs, and when ---- */

#define AT_END UINT64_MAX

/* How many edges must be complete before the value can exist. */
uint64_t unpack_shell_at(IpcGraphKind kind) {
    switch (kind) {
    case IPC_K_ATTRIBUTE:
    case IPC_K_EXCEPTION: return 1;
    case IPC_K_INSTANCE:
    case IPC_K_REDUCED: return 2;
    case IPC_K_FROZENSET:
    case IPC_K_RANGE:
    case IPC_K_METHOD:
    case IPC_K_ATOM:
    case IPC_K_CLASS: return AT_END;
    default: return 0;
    }
}

int unpack_make_shell(Unpacker *u, uint32_t node, IpcGraphKind kind) {
    bool known;
    if (u->values[node]) return 1;
    switch (kind) {
    case IPC_K_MODULE:
    case IPC_K_TYPE:
    case IPC_K_GLOBAL:
    case IPC_K_ATTRIBUTE: return unpack_named_shell(u, node);
    case IPC_K_FUNCTION: return unpack_function_shell(u, node);
    case IPC_K_INSTANCE: return unpack_instance_shell(u, node);
    case IPC_K_REDUCED: return unpack_reduced_shell(u, node);
    case IPC_K_EXCEPTION: return unpack_exception_shell(u, node);
    case IPC_K_TRACEBACK: return unpack_traceback_shell(u, node);
    default: return (u->values[node] = early_value(u, node, &known)) ? 1 : -1;
    }
}

/* Everything the node refers to is complete. 1 done, 0 its value cannot exist yet, -1 raised. */
int unpack_fill(Unpacker *u, uint32_t node, IpcGraphKind kind) {
    switch (kind) {
    case IPC_K_LIST: return fill_items(u, node, true) < 0 ? -1 : 1;
    case IPC_K_TUPLE: return fill_items(u, node, false) < 0 ? -1 : 1;
    case IPC_K_DICT: return fill_dict(u, node) < 0 ? -1 : 1;
    case IPC_K_SET: return fill_set(u, node) < 0 ? -1 : 1;
    case IPC_K_FROZENSET: return fill_frozenset(u, node);
    case IPC_K_RANGE: return make_range(u, node);
    case IPC_K_SLICE: return fill_slice(u, node) < 0 ? -1 : 1;
    case IPC_K_CELL: return fill_cell(u, node) < 0 ? -1 : 1;
    case IPC_K_METHOD: return make_method(u, node);
    case IPC_K_ATOM: return make_atom(u, node);
    case IPC_K_FUNCTION: return unpack_function_fill(u, node) < 0 ? -1 : 1;
    case IPC_K_CLASS: return unpack_class_fill(u, node);
    case IPC_K_INSTANCE: return unpack_instance_fill(u, node) < 0 ? -1 : 1;
    case IPC_K_REDUCED: return unpack_reduced_fill(u, node) < 0 ? -1 : 1;
    case IPC_K_EXCEPTION: return unpack_exception_fill(u, node) < 0 ? -1 : 1;
    default: return 1;
    }
}

/* Whether an edge leads to something that only carries what belongs into this node's value. */
bool unpack_is_part(const Unpacker *u, uint32_t node, IpcGraphKind kind, uint64_t edge) {
    switch (kind) {
    case IPC_K_FUNCTION: return edge >= 9 && edge <= 11;
    case IPC_K_CLASS: return edge >= 8 && edge <= 10;
    case IPC_K_EXCEPTION: return edge == 2;
    case IPC_K_INSTANCE:
    case IPC_K_REDUCED: return edge == 3 || edge == 4 || (edge == 2 && !unpack_state_is_value(u, node));
    default: return false;
    }
}

/* ---- after statements ran ---- */

static int restore_list(Unpacker *u, uint32_t node) {
    IpcNode n;
    Value list = u->values[node];
    ipc_graph_get(&u->graph, node, &n);
    if (list_length(list) > n.groups &&
        list_set_slice(list, (ssize_t)n.groups, (ssize_t)list_length(list), NULL) < 0)
        return -1;
    return fill_items(u, node, true);
}

static int restore_dict(Unpacker *u, uint32_t node) {
    IpcNode n;
    ipc_graph_get(&u->graph, node, &n);
    if (u->states[node] == NODE_NAMESPACE) return 0;
    if (dict_length(u->values[node]) != n.groups) dict_clear(u->values[node]);
    return fill_dict(u, node);
}

static int restore_set(Unpacker *u, uint32_t node) {
    IpcNode n;
    ipc_graph_get(&u->graph, node, &n);
    if (set_length(u->values[node]) == n.groups) return 0;
    set_clear(u->values[node]);
    return fill_set(u, node);
}

static int restore_definitions(Unpacker *u) {
    for (uint32_t i = 0; i < u->graph.count; i++) {
        IpcGraphKind kind = u->values[i] ? ipc_graph_kind(&u->graph, i) : IPC_K_ATOM;
        if ((kind == IPC_K_FUNCTION || kind == IPC_K_CLASS) && unpack_restore_definition(u, i) < 0) return -1;
    }
    return 0;
}

/* Definitions first: they tell which dicts are namespaces. */
int unpack_restore(Unpacker *u) {
    if (restore_definitions(u) < 0) return -1;
    for (uint32_t i = 0; i < u->graph.count; i++) {
        int status = 0;
        if (!u->values[i]) continue;
        switch (ipc_graph_kind(&u->graph, i)) {
        case IPC_K_LIST: status = restore_list(u, i); break;
        case IPC_K_DICT: status = restore_dict(u, i); break;
        case IPC_K_SET: status = restore_set(u, i); break;
        case IPC_K_CELL: status = fill_cell(u, i); break;
        default: break;
        }
        if (status < 0) return -1;
    }
    return 0;
}
