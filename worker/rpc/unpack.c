/* unpack: bytes as values: the walk over a graph's nodes, and the edges that have to wait. See unpack.h. */
#include "rpc/unpack.h"

#include <stdlib.h>

#include "objects/dict.h"
#include "objects/function.h"
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
                         : (kind == IPC_K_FUNCTION ? unpack_set_function_attribute
                                                   : unpack_set_class_attribute)(u, p->owner, name, value);
    } else {
        status = (kind == IPC_K_EXCEPTION ? unpack_set_exception_attribute
                                          : unpack_set_attribute)(u, p->owner, name, value);
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
    int status = v->part ? 1 : unpack_fill(u, v->node, kind);
    if (status < 0) return -1;
    leave(u, status ? NODE_DONE : NODE_NEW);
    return status && kind == IPC_K_CLASS && u->pending_count ? settle_available(u) : 0;
}

/* One step at the top of the stack: into a child, or the node is finished. */
static int step(Unpacker *u) {
    Visit *v = &u->stack[u->depth - 1];
    IpcToken token;
    for (;;) {
        if (!v->shelled && v->edge >= unpack_shell_at(v->at.kind)) {
            v->shelled = true;
            int made = unpack_make_shell(u, v->node, v->at.kind);
            if (made < 0) return -1;
            if (!made) return leave(u, NODE_NEW), 0;
        }
        if (!ipc_graph_edge(&v->at, &token)) return finish(u, v);
        uint64_t edge = v->edge++;
        if (token.type == IPC_T_REF && u->states[token.uint] == NODE_NEW)
            return enter(u, (uint32_t)token.uint, unpack_is_part(u, v->node, v->at.kind, edge));
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

/* Tries anew what could not exist when it was asked for, until everything is set or nothing moves any more.
 */
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
        if (!made && u->pending_count >= before)
            return raise_int(T_ValueError, "a value that needs itself to be made");
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
        if (v->at.kind == IPC_K_LIST || v->at.kind == IPC_K_TUPLE || v->at.kind == IPC_K_SET ||
            v->at.kind == IPC_K_FROZENSET)
            ipc_path_index(path, v->edge - 1);
        else if (v->at.kind == IPC_K_DICT) add_key(path, u, v->node, (v->edge - 1) / 2, v->part);
        else add_label(path, kind_labels[v->at.kind], v->edge - 1);
    }
}

/* What went wrong within, as a TypeError or ValueError that says where. What ends the program stays as it is.
 */
static void say_where(const Unpacker *u) {
    Value error = error_borrow();
    if (!error || !IS(error, Exception) || IS(error, MemoryError) || IS(error, RecursionError)) return;
    bool type = IS(error, TypeError);
    IpcPath path;
    path_of_stack(u, &path);
    Value cause = error_take();
    error_restore_steal(incref(cause));
    if (type || IS(cause, ValueError))
        raise_from_pending(type ? T_TypeError : T_ValueError, "cannot receive %s: %S", path.text, cause);
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
    return u->ran ? unpack_restore(u) : 0;
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

Value unpack_value(IpcSlice encoded) {
    return ipc_value_is_graph(encoded) ? unpack_graph(encoded) : unpack_plain(encoded);
}
