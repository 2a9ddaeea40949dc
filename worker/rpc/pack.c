/* pack: values as bytes: plain where they are plain trees, else a node table written from a worklist. See
 * pack.h. */
#include "rpc/pack.h"

#include <stdarg.h>
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

/* ---- refusals ---- */

const char *pack_article(const char *name) { return strchr("aeiouAEIOU", *name) ? "an" : "a"; }

int pack_refuse(Packer *p, const char *format, ...) {
    IpcPath path;
    va_list args;
    if (error_pending()) return -1;
    ipc_path_of_node(&path, p->root, &p->writer, p->node);
    va_start(args, format);
    Value reason = str_vformat(format, args);
    va_end(args);
    if (!reason) return -1;
    raise_error(T_TypeError, "cannot send %s: %U", path.text, reason);
    decref(reason);
    return -1;
}

/* What the writer found wrong, as an exception. */
static int raise_writer_error(Packer *p, const IpcError *error) {
    if (error_pending()) return -1;
    if (error->code == IPC_E_NO_MEMORY) return raise_no_memory(), -1;
    return raise_int(T_ValueError, "cannot send %s: %s", p->root, error->text);
}

/* ---- edges ---- */

static int add_thing(Packer *p, Value v, Role role) {
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? p->capacity * 2 : 64;
        Thing *grown = realloc(p->things, capacity * sizeof *grown);
        if (!grown) return raise_no_memory(), -1;
        p->things = grown;
        p->capacity = capacity;
    }
    p->things[p->count++] = (Thing){incref(v), role};
    return 0;
}

/* A reference to v's node, new or known. */
static int reference(Packer *p, Value v, Role role) {
    bool added;
    uint64_t *slot = ipc_idmap_add(&p->known, BITS(v) | role, p->count, &added);
    if (!slot) return raise_no_memory(), -1;
    if (!added) {
        ipc_graph_ref(&p->writer, (uint32_t)*slot);
        return 0;
    }
    ipc_graph_ref_new(&p->writer);
    return add_thing(p, v, role);
}

static int str_edge(Packer *p, Value v) {
    IpcSlice text;
    bool wide;
    if (str_length(v) >= SHARED_BYTES) return reference(p, v, ROLE_VALUE);
    if (!pack_utf8(&p->scratch, v, &text, &wide)) return raise_no_memory(), -1;
    if (wide) return reference(p, v, ROLE_VALUE);
    ipc_graph_str(&p->writer, text.ptr, text.len);
    return 0;
}

int pack_edge(Packer *p, Value v) {
    int64_t n;
    uint64_t u;
    if (is_small_int(v)) return ipc_graph_int(&p->writer, small_int(v)), 0;
    if (is_small_float(v)) return ipc_graph_float(&p->writer, small_float(v)), 0;
    if (v == NONE) return ipc_graph_nil(&p->writer), 0;
    if (is_bool(v)) return ipc_graph_bool(&p->writer, v == TRUE), 0;
    switch (type_of(v)->id) {
    case T_str: return str_edge(p, v);
    case T_float: return ipc_graph_float(&p->writer, float_value(v)), 0;
    case T_int:
        if (int_to_i64(v, &n)) return ipc_graph_int(&p->writer, n), 0;
        if (int_to_u64(v, &u)) return ipc_graph_uint(&p->writer, u), 0;
        break;
    case T_bytes:
        if (bytes_length(v) >= SHARED_BYTES) break;
        return ipc_graph_bin(&p->writer, bytes_data(v), bytes_length(v)), 0;
    default: break;
    }
    return reference(p, v, ROLE_VALUE);
}

int pack_edge_as(Packer *p, Value v, Role role) {
    return role == ROLE_VALUE ? pack_edge(p, v) : reference(p, v, role);
}

int pack_edge_or_nil(Packer *p, Value v) {
    if (v) return pack_edge(p, v);
    ipc_graph_nil(&p->writer);
    return 0;
}

/* Surrogates (three bytes, the first 0xed, the second from 0xa0) become '?'. */
static size_t without_surrogates(char *text, size_t n) {
    size_t out = 0;
    for (size_t i = 0; i < n; i++) {
        bool surrogate = (unsigned char)text[i] == 0xed && i + 2 < n && (unsigned char)text[i + 1] >= 0xa0;
        text[out++] = surrogate ? '?' : text[i];
        if (surrogate) i += 2;
    }
    return out;
}

int pack_text(Packer *p, Value str) {
    IpcSlice text;
    bool wide;
    if (!str) return ipc_graph_nil(&p->writer), 0;
    if (!pack_utf8(&p->scratch, str, &text, &wide)) return raise_no_memory(), -1;
    if (wide) text.len = without_surrogates(p->scratch.data, text.len);
    ipc_graph_str(&p->writer, text.ptr, text.len);
    return 0;
}

/* ---- nodes of the built-in containers and atoms ---- */

static int items_node(Packer *p, IpcGraphKind kind, Value const *items, size_t n) {
    if (n > UINT32_MAX) return pack_refuse(p, "it has too many elements");
    ipc_graph_node(&p->writer, kind, (uint32_t)n);
    for (size_t i = 0; i < n; i++)
        if (pack_edge(p, items[i]) < 0) return -1;
    return 0;
}

static int dict_node(Packer *p, Value v) {
    if (dict_length(v) > UINT32_MAX) return pack_refuse(p, "it has too many elements");
    ipc_graph_node(&p->writer, IPC_K_DICT, (uint32_t)dict_length(v));
    size_t position = 0;
    for (Value key, value; dict_next(v, &position, &key, &value);)
        if (pack_edge(p, key) < 0 || pack_edge(p, value) < 0) return -1;
    return 0;
}

typedef struct SetMember {
    Value value;
    size_t place;
} SetMember;

static int rank_of(Value v) {
    if (v == NONE) return 0;
    if (is_bool(v)) return 1;
    if (is_small_int(v)) return 2;
    if (IS_EXACT(v, str)) return 3;
    return 4;
}

/* Simple elements in a fixed order, so that equal sets give equal bytes whatever the process's hash key;
 * others as they come. */
static int compare_members(const void *x, const void *y) {
    const SetMember *a = x, *b = y;
    int ra = rank_of(a->value), rb = rank_of(b->value);
    if (ra != rb) return ra - rb;
    if (ra == 2)
        return (small_int(a->value) > small_int(b->value)) - (small_int(a->value) < small_int(b->value));
    int order = ra == 3 ? str_compare(a->value, b->value) : 0;
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

static int set_node(Packer *p, IpcGraphKind kind, Value v) {
    size_t n = set_length(v), position = 0, i = 0;
    if (n > UINT32_MAX) return pack_refuse(p, "it has too many elements");
    SetMember *members = malloc((n + 1) * sizeof *members);
    if (!members) return raise_no_memory(), -1;
    for (Value key; i < n && set_next(v, &position, &key); i++) members[i] = (SetMember){key, i};
    qsort(members, i, sizeof *members, compare_members);
    ipc_graph_node(&p->writer, kind, (uint32_t)i);
    int status = 0;
    for (size_t k = 0; status == 0 && k < i; k++) status = pack_edge(p, members[k].value);
    free(members);
    return status;
}

static int big_int_node(Packer *p, Value v) {
    const Int *n = (Int *)v;
    size_t limbs = (size_t)(n->size < 0 ? -n->size : n->size), bytes = limbs * sizeof(mp_limb_t);
    ipc_buf_clear(&p->scratch);
    char *out = ipc_buf_reserve(&p->scratch, bytes + 1);
    if (!out) return raise_no_memory(), -1;
    for (size_t i = 0; i < bytes; i++)
        out[i] =
            (char)(n->limbs[(bytes - 1 - i) / sizeof(mp_limb_t)] >> (bytes - 1 - i) % sizeof(mp_limb_t) * 8);
    ipc_graph_bigint_node(&p->writer, n->size < 0, out, bytes);
    return 0;
}

static int str_node(Packer *p, Value v) {
    IpcSlice text;
    bool wide;
    if (!pack_utf8(&p->scratch, v, &text, &wide)) return raise_no_memory(), -1;
    if (text.len > UINT32_MAX) return pack_refuse(p, "it is too long");
    ipc_graph_data_node(&p->writer, wide ? IPC_K_WIDE_STR : IPC_K_STR, text.ptr, text.len);
    return 0;
}

static int bytes_node(Packer *p, IpcGraphKind kind, const void *data, size_t n) {
    if (n > UINT32_MAX) return pack_refuse(p, "it is too long");
    ipc_graph_data_node(&p->writer, kind, n ? data : "", n);
    return 0;
}

static int three_edges(Packer *p, IpcGraphKind kind, Value a, Value b, Value c) {
    ipc_graph_node(&p->writer, kind, 0);
    return pack_edge(p, a) < 0 || pack_edge(p, b) < 0 || pack_edge(p, c) < 0 ? -1 : 0;
}

static int complex_node(Packer *p, Value v) {
    ipc_graph_node(&p->writer, IPC_K_COMPLEX, 0);
    ipc_graph_float(&p->writer, ((Complex *)v)->real);
    ipc_graph_float(&p->writer, ((Complex *)v)->imag);
    return 0;
}

static int cell_node(Packer *p, Value v) {
    Value value = ((Cell *)v)->value;
    ipc_graph_node(&p->writer, IPC_K_CELL, 0);
    ipc_graph_bool(&p->writer, value != NULL);
    return pack_edge_or_nil(p, value);
}

static int constant_node(Packer *p, Value v) {
    if (v != ELLIPSIS && v != NOT_IMPLEMENTED) { /* only when a constant is the root, which is plain */
        ipc_graph_node(&p->writer, IPC_K_ATOM, 0);
        return pack_edge(p, v);
    }
    ipc_graph_node(&p->writer, v == ELLIPSIS ? IPC_K_ELLIPSIS : IPC_K_NOT_IMPLEMENTED, 0);
    return 0;
}

static int value_node(Packer *p, Value v) {
    if (!is_object(v)) return constant_node(p, v);
    if (is_type(v)) return pack_class(p, (Type *)v);
    if (is_exception(v)) return pack_exception(p, v);
    switch (type_of(v)->id) {
    case T_list: return items_node(p, IPC_K_LIST, ((List *)v)->items, list_length(v));
    case T_tuple: return items_node(p, IPC_K_TUPLE, ((Tuple *)v)->items, tuple_length(v));
    case T_dict: return dict_node(p, v);
    case T_set: return set_node(p, IPC_K_SET, v);
    case T_frozenset: return set_node(p, IPC_K_FROZENSET, v);
    case T_int: return big_int_node(p, v);
    case T_complex: return complex_node(p, v);
    case T_str: return str_node(p, v);
    case T_bytes: return bytes_node(p, IPC_K_BYTES, bytes_data(v), bytes_length(v));
    case T_bytearray: return bytes_node(p, IPC_K_BYTEARRAY, ((ByteArray *)v)->data, ((ByteArray *)v)->length);
    case T_range:
        return three_edges(p, IPC_K_RANGE, ((Range *)v)->start, ((Range *)v)->stop, ((Range *)v)->step);
    case T_slice:
        return three_edges(p, IPC_K_SLICE, ((Slice *)v)->start, ((Slice *)v)->stop, ((Slice *)v)->step);
    case T_cell: return cell_node(p, v);
    case T_module: return pack_module(p, v);
    case T_function: return pack_function(p, v);
    case T_method: return pack_method(p, v);
    case T_builtin_function: return pack_native(p, v);
    case T_traceback: return pack_traceback(p, v);
    case T_method_descriptor:
    case T_classmethod_descriptor:
    case T_wrapper_descriptor:
    case T_getset_descriptor:
    case T_member_descriptor: return pack_descriptor(p, v);
    default: return pack_object(p, v);
    }
}

static int thing_node(Packer *p, Thing thing) {
    switch (thing.role) {
    case ROLE_STATE: return pack_state(p, thing.value);
    case ROLE_EXCEPTION_STATE: return pack_exception_state(p, thing.value);
    case ROLE_GLOBALS: return pack_globals(p, thing.value);
    case ROLE_NAMESPACE: return pack_namespace(p, thing.value);
    default: return value_node(p, thing.value);
    }
}

/* ---- the worklist ---- */

static int write_table(Packer *p, Value v) {
    bool added;
    if (!ipc_idmap_add(&p->known, BITS(v), 0, &added)) return raise_no_memory(), -1;
    if (add_thing(p, v, ROLE_VALUE) < 0) return -1;
    for (size_t next = 0; next < p->count; next++) {
        size_t before = p->writer.buf->len;
        p->node = (uint32_t)next;
        if (thing_node(p, p->things[next]) < 0) return -1;
        if (ipc_graph_failed(&p->writer) || ipc_buf_failed(p->writer.buf)) return 0;
        if (work_charge(1 + (p->writer.buf->len - before) / 64) < 0) return -1;
    }
    return 0;
}

static void packer_drop(Packer *p) {
    Value pending = error_pending() ? error_take() : NULL; /* what is dropped may have finalizers */
    source_tree_drop(&p->tree);
    while (p->count) decref(p->things[--p->count].value);
    if (pending) error_restore_steal(pending);
    free(p->things);
    ipc_idmap_free(&p->known);
    ipc_buf_free(&p->scratch);
}

static int pack_graph(IpcBuf *buf, Value v, const char *root, uint64_t max_bytes) {
    Packer p = {.root = root, .budget = {.bytes = max_bytes}};
    IpcError error = {0};
    ipc_idmap_init(&p.known, NULL);
    ipc_buf_init(&p.scratch, NULL);
    ipc_graph_begin(&p.writer, buf, &p.budget);
    int status = write_table(&p, v);
    if (ipc_graph_end(&p.writer, &error) != IPC_OK) status = raise_writer_error(&p, &error);
    packer_drop(&p);
    return status;
}

int pack_value(IpcBuf *buf, Value v, const char *root, const PackLimits *limits) {
    uint64_t max_bytes = limits && limits->bytes ? limits->bytes : IPC_DEFAULT_MAX_MESSAGE;
    PlainResult plain = pack_plain(buf, v, root, max_bytes);
    if (plain != PLAIN_CANNOT) return plain == PLAIN_DONE ? 0 : -1;
    return pack_graph(buf, v, root, max_bytes);
}
