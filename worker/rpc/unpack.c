/* unpack: bytes as values: the walk over a graph's nodes, and the kinds that are plain data. See unpack.h. */
#include "rpc/unpack.h"

#include <stdlib.h>

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/range.h"
#include "objects/set.h"
#include "objects/slice.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* ---- edges ---- */

int unpack_edge(Unpacker *u, const IpcToken *token, Value *out) {
    if (token->type != IPC_T_REF) return (*out = unpack_atom(token)) ? 1 : -1;
    *out = xincref(u->values[token->uint]);
    return *out != NULL;
}

void unpack_fixed(const Unpacker *u, uint32_t node, IpcToken *out, size_t count) {
    IpcNode n;
    ipc_graph_get(&u->graph, node, &n);
    for (size_t i = 0; i < count; i++)
        if (!ipc_graph_edge(&n, &out[i])) out[i] = (IpcToken){.type = IPC_T_NIL};
}

Value unpack_text(const IpcToken *token) {
    return token->type == IPC_T_STR ? str_from_utf8(token->bytes.ptr, token->bytes.len) : NULL;
}

int unpack_pending(Unpacker *u, uint32_t owner, int part, uint64_t index, const IpcToken *child) {
    if (u->pending_count == u->pending_capacity) {
        size_t capacity = u->pending_capacity ? u->pending_capacity * 2 : 16;
        Pending *grown = realloc(u->pending, capacity * sizeof *grown);
        if (!grown) return raise_no_memory(), -1;
        u->pending = grown;
        u->pending_capacity = capacity;
    }
    u->pending[u->pending_count++] = (Pending){owner, (uint32_t)child->uint, part, index};
    return 0;
}

int unpack_pairs(Unpacker *u, uint32_t owner, int part, const IpcToken *token, PairSet set) {
    IpcNode n;
    IpcToken key, value;
    if (token->type != IPC_T_REF) return 0;
    ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
    for (uint64_t i = 0; ipc_graph_edge(&n, &key) && ipc_graph_edge(&n, &value); i++) {
        Value name = NULL, v = NULL;
        if (unpack_edge(u, &key, &name) < 0) return -1;
        if (!name || !IS_EXACT(name, str)) {
            xdecref(name);
            return raise_int(T_TypeError, "a name that is no str");
        }
        str_intern_in_place(&name);
        int found = unpack_edge(u, &value, &v);
        int status = found < 0 ? -1 : found ? 0 : unpack_pending(u, owner, part, i, &value);
        if (status == 0) status = set(u, owner, name, v);
        xdecref(v);
        decref(name);
        if (status < 0) return -1;
    }
    return 0;
}

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
        if (status == 0 && dict_length(dict) == before && !u->ran) status = raise_int(T_ValueError, "a repeated key");
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
static uint64_t shell_at(IpcGraphKind kind) {
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

static int make_shell(Unpacker *u, uint32_t node, IpcGraphKind kind) {
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
static int fill(Unpacker *u, uint32_t node, IpcGraphKind kind) {
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
static bool is_part(const Unpacker *u, uint32_t node, IpcGraphKind kind, uint64_t edge) {
    switch (kind) {
    case IPC_K_FUNCTION: return edge >= 9 && edge <= 11;
    case IPC_K_CLASS: return edge >= 8 && edge <= 10;
    case IPC_K_EXCEPTION: return edge == 2;
    case IPC_K_INSTANCE:
    case IPC_K_REDUCED: return edge == 3 || edge == 4 || (edge == 2 && !unpack_state_is_value(u, node));
    default: return false;
    }
}

/* ---- what was pending ---- */

static int add_late_pair(Unpacker *u, uint32_t node, uint64_t index) {
    IpcNode n;
    IpcToken key_token, token;
    Value key = NULL, value = NULL;
    ipc_graph_get(&u->graph, node, &n);
    for (uint64_t i = 0; i <= index; i++)
        if (!ipc_graph_edge(&n, &key_token) || !ipc_graph_edge(&n, &token)) return -1;
    int found = unpack_edge(u, &key_token, &key);
    if (found > 0) found = unpack_edge(u, &token, &value);
    if (found > 0) found = dict_set(u->values[node], key, value) < 0 ? -1 : 1;
    if (found == 0) found = unpack_pending(u, node, PART_NONE, index, &token) < 0 ? -1 : 1;
    xdecref(value);
    xdecref(key);
    return found < 0 ? -1 : 0;
}

/* A pair of a part: its name, and then as the owner's kind has it. */
static int set_part(Unpacker *u, const Pending *p, Value value) {
    IpcToken part, key = {.type = IPC_T_NIL}, skipped;
    IpcNode n, owner;
    ipc_graph_get(&u->graph, p->owner, &owner);
    IpcGraphKind kind = owner.kind;
    for (int i = 0; i <= p->part; i++) ipc_graph_edge(&owner, &part);
    ipc_graph_get(&u->graph, (uint32_t)part.uint, &n);
    for (uint64_t i = 0; i <= p->index; i++)
        if (!ipc_graph_edge(&n, &key) || !ipc_graph_edge(&n, &skipped)) return -1;
    Value name = unpack_text(&key);
    if (!name) return error_pending() ? -1 : raise_int(T_TypeError, "a name that is no str");
    str_intern_in_place(&name);
    int status;
    if (kind == IPC_K_FUNCTION || kind == IPC_K_CLASS) {
        bool globals = p->part == (kind == IPC_K_FUNCTION ? 10 : 9);
        status = globals ? unpack_set_global(u, p->owner, name, value)
                         : (kind == IPC_K_FUNCTION ? unpack_set_function_attribute : unpack_set_class_attribute)(u, p->owner, name, value);
    } else {
        status = (kind == IPC_K_EXCEPTION ? unpack_set_exception_attribute : unpack_set_attribute)(u, p->owner, name, value);
    }
    decref(name);
    return status;
}

static int settle(Unpacker *u, const Pending *p) {
    Value owner = u->values[p->owner], child = u->values[p->child];
    if (!owner) return raise_int(T_ValueError, "a value that needs itself to be made");
    if (p->part != PART_NONE) return set_part(u, p, child);
    switch (ipc_graph_kind(&u->graph, p->owner)) {
    case IPC_K_LIST:
        if (p->index < list_length(owner)) SET_FIELD_STEAL(((List *)owner)->items[p->index], incref(child));
        return 0;
    case IPC_K_TUPLE: SET_FIELD_STEAL(((Tuple *)owner)->items[p->index], incref(child)); return 0;
    case IPC_K_DICT: return add_late_pair(u, p->owner, p->index);
    case IPC_K_SET: return set_add(owner, child);
    case IPC_K_CELL: SET_FIELD_STEAL(((Cell *)owner)->value, incref(child)); return 0;
    case IPC_K_SLICE: {
        Slice *s = (Slice *)owner;
        Value *fields[3] = {&s->start, &s->stop, &s->step};
        SET_FIELD_STEAL(*fields[p->index], incref(child));
        return 0;
    }
    case IPC_K_EXCEPTION: return unpack_set_exception_edge(u, p->owner, p->index, child);
    default: return raise_int(T_ValueError, "a value that needs itself to be made");
    }
}

/* Sets the edges whose values exist by now. 0, -1 raised. */
static int settle_available(Unpacker *u) {
    size_t kept = 0, count = u->pending_count;
    for (size_t i = 0; i < u->pending_count; i++) {
        Pending p = u->pending[i];
        bool ready = i < count && u->values[p.child] && u->values[p.owner];
        if (!ready) u->pending[kept++] = p;
        else if (settle(u, &p) < 0) return -1;
    }
    u->pending_count = kept;
    return 0;
}

/* ---- the walk ---- */

static int enter(Unpacker *u, uint32_t node, bool part) {
    if (u->depth == u->stack_capacity) {
        size_t capacity = u->stack_capacity ? u->stack_capacity * 2 : 64;
        Visit *grown = realloc(u->stack, capacity * sizeof *grown);
        if (!grown) return raise_no_memory(), -1;
        u->stack = grown;
        u->stack_capacity = capacity;
    }
    Visit *v = &u->stack[u->depth++];
    *v = (Visit){.node = node, .part = part, .shelled = part};
    ipc_graph_get(&u->graph, node, &v->at);
    u->states[node] = NODE_OPEN;
    return 0;
}

static void leave(Unpacker *u, NodeState state) { u->states[u->stack[--u->depth].node] = (uint8_t)state; }

static int finish(Unpacker *u, const Visit *v) {
    IpcGraphKind kind = v->at.kind;
    int status = v->part ? 1 : fill(u, v->node, kind);
    if (status < 0) return -1;
    leave(u, status ? NODE_DONE : NODE_NEW);
    return status && kind == IPC_K_CLASS && u->pending_count ? settle_available(u) : 0;
}

/* One step at the top of the stack: into a child, or the node is finished. */
static int step(Unpacker *u) {
    Visit *v = &u->stack[u->depth - 1];
    IpcToken token;
    for (;;) {
        if (!v->shelled && v->edge >= shell_at(v->at.kind)) {
            v->shelled = true;
            int made = make_shell(u, v->node, v->at.kind);
            if (made < 0) return -1;
            if (!made) return leave(u, NODE_NEW), 0;
        }
        if (!ipc_graph_edge(&v->at, &token)) return finish(u, v);
        uint64_t edge = v->edge++;
        if (token.type == IPC_T_REF && u->states[token.uint] == NODE_NEW)
            return enter(u, (uint32_t)token.uint, is_part(u, v->node, v->at.kind, edge));
    }
}

static int walk(Unpacker *u, uint32_t root) {
    if (enter(u, root, false) < 0) return -1;
    for (uint32_t work = 1; u->depth; work++) {
        if (step(u) < 0) return -1;
        if (!(work & 0xff) && work_charge(0x100) < 0) return -1;
    }
    return 0;
}

/* Tries anew what could not exist when it was asked for, until everything is set or nothing moves any more. */
static int settle_all(Unpacker *u) {
    while (u->pending_count) {
        size_t before = u->pending_count;
        bool made = false;
        for (size_t i = 0; i < before; i++) {
            uint32_t child = u->pending[i].child;
            if (u->values[child]) continue;
            if (walk(u, child) < 0) return -1;
            made |= u->values[child] != NULL;
        }
        if (settle_available(u) < 0) return -1;
        if (!made && u->pending_count >= before) return raise_int(T_ValueError, "a value that needs itself to be made");
    }
    return 0;
}

/* ---- after statements ran ---- */

static int restore_list(Unpacker *u, uint32_t node) {
    IpcNode n;
    Value list = u->values[node];
    ipc_graph_get(&u->graph, node, &n);
    if (list_length(list) > n.groups && list_set_slice(list, (ssize_t)n.groups, (ssize_t)list_length(list), NULL) < 0) return -1;
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
static int restore_all(Unpacker *u) {
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

/* ---- errors ---- */

static const char *const kind_labels[128] = {
#define IPC_KIND(NAME, code, name, data, fixed, group, labels) [code] = labels,
#include <ipc/kinds.def>
};

static void add_label(IpcPath *path, const char *labels, uint64_t edge) {
    for (; edge && *labels; edge--) {
        labels += strcspn(labels, "|");
        if (*labels) labels++;
    }
    size_t n = strcspn(labels, "|");
    char step[64];
    if (n && n < sizeof step && *labels != '@') {
        memcpy(step, labels, n);
        step[n] = 0;
        ipc_path_raw(path, step);
    }
}

static void add_key(IpcPath *path, const Unpacker *u, uint32_t node, uint64_t pair, bool attribute) {
    IpcNode n;
    IpcToken key = {.type = IPC_T_NIL}, value;
    ipc_graph_get(&u->graph, node, &n);
    for (uint64_t i = 0; i <= pair; i++)
        if (!ipc_graph_edge(&n, &key) || !ipc_graph_edge(&n, &value)) break;
    if (key.type == IPC_T_STR && attribute) ipc_path_attr(path, key.bytes.ptr, key.bytes.len);
    else if (key.type == IPC_T_STR) ipc_path_key(path, key.bytes.ptr, key.bytes.len);
    else ipc_path_index(path, key.type == IPC_T_UINT ? key.uint : pair);
}

static void path_of_stack(const Unpacker *u, IpcPath *path) {
    enum { SHOWN = 16 };
    ipc_path_start(path, "value");
    for (size_t i = 0; i + 1 < u->depth; i++) {
        const Visit *v = &u->stack[i];
        if (i == SHOWN) return ipc_path_raw(path, "...");
        if (v->at.kind == IPC_K_LIST || v->at.kind == IPC_K_TUPLE || v->at.kind == IPC_K_SET || v->at.kind == IPC_K_FROZENSET)
            ipc_path_index(path, v->edge - 1);
        else if (v->at.kind == IPC_K_DICT) add_key(path, u, v->node, (v->edge - 1) / 2, v->part);
        else add_label(path, kind_labels[v->at.kind], v->edge - 1);
    }
}

/* What went wrong within, as a TypeError or ValueError that says where. What ends the program stays as it is. */
static void say_where(const Unpacker *u) {
    Value error = error_borrow();
    if (!error || !IS(error, Exception) || IS(error, MemoryError) || IS(error, RecursionError)) return;
    bool type = IS(error, TypeError);
    IpcPath path;
    path_of_stack(u, &path);
    Value cause = error_take();
    error_restore_steal(incref(cause));
    if (type || IS(cause, ValueError)) raise_from_pending(type ? T_TypeError : T_ValueError, "cannot receive %s: %S", path.text, cause);
    else raise_from_pending(T_ValueError, "cannot receive %s: %T: %S", path.text, cause, cause);
    decref(cause);
}

static Value raise_ipc(const IpcError *error) {
    if (error->code == IPC_E_NO_MEMORY) return raise_no_memory();
    return raise_error(T_ValueError, "cannot receive a value: %s", error->text);
}

/* ---- a graph ---- */

static int make_root(Unpacker *u) {
    for (int tries = 0; tries < 2 && !u->values[0]; tries++)
        if (walk(u, 0) < 0 || settle_all(u) < 0) return -1;
    if (!u->values[0]) return raise_int(T_ValueError, "a value that needs itself to be made");
    return u->ran ? restore_all(u) : 0;
}

static Value unpack_opened(Unpacker *u) {
    u->values = calloc(u->graph.count, sizeof *u->values);
    u->states = calloc(u->graph.count, 1);
    Value result = NULL;
    if (!u->values || !u->states) raise_no_memory();
    else if (make_root(u) < 0) say_where(u);
    else result = incref(u->values[0]);
    Value pending = error_pending() ? error_take() : NULL;
    for (uint32_t i = 0; u->values && i < u->graph.count; i++) xdecref(u->values[i]);
    if (pending) error_restore_steal(pending);
    free(u->values);
    free(u->states);
    free(u->stack);
    free(u->pending);
    return result;
}

static Value unpack_graph(IpcSlice encoded) {
    Unpacker u = {0};
    IpcError error = {0};
    IpcBudget budget = {.bytes = encoded.len > IPC_DEFAULT_MAX_MESSAGE ? encoded.len : 0};
    if (ipc_graph_open(&u.graph, encoded, &budget, NULL, &error) != IPC_OK) return raise_ipc(&error);
    Value result = unpack_opened(&u);
    ipc_graph_close(&u.graph);
    return result;
}

Value unpack_value(IpcSlice encoded) { return ipc_value_is_graph(encoded) ? unpack_graph(encoded) : unpack_plain(encoded); }
