/* unpack_plain: plain msgpack as values: one pass with a stack, no table. */
#include "rpc/unpack.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"

Value unpack_atom(const IpcToken *token) {
    switch (token->type) {
    case IPC_T_NIL: return NONE;
    case IPC_T_BOOL: return BOOL(token->boolean);
    case IPC_T_UINT: return int_from_u64(token->uint);
    case IPC_T_INT: return int_from_i64(token->sint);
    case IPC_T_FLOAT: return float_new(token->real);
    case IPC_T_STR: return str_from_utf8(token->bytes.ptr, token->bytes.len);
    case IPC_T_BIN: return bytes_from(token->bytes.ptr, token->bytes.len);
    default:
        return raise_error(T_ValueError, "cannot receive a value: a msgpack extension of type %d",
                           token->ext_type);
    }
}

typedef struct Level {
    Value container; /* owned by the one around it, or the root */
    size_t left;     /* elements or pairs still to come */
    size_t at;       /* next element of a list */
    Value key;       /* of a dict, owned: its value comes next; or NULL */
} Level;

/* Maps that follow each other mostly have the same keys: one str serves them all, and is hashed once. */
enum { KEYS = 32, KEY_BYTES = 32 };

typedef struct Plain {
    IpcReader reader;
    size_t depth;
    Value keys[KEYS]; /* of ASCII, owned; or NULL */
    Level levels[IPC_PLAIN_DEPTH];
} Plain;

static Value raise_code(IpcCode code) {
    return raise_error(T_ValueError, "cannot receive a value: %s", ipc_code_text(code));
}

/* Puts a value where the innermost container wants it. 0, -1 raised. */
static int put_steal(Level *level, Value v) {
    if (IS_EXACT(level->container, list)) {
        if (level->at >= list_length(level->container)) { /* a finalizer found the list and shortened it */
            decref(v);
            return raise_int(T_ValueError, "cannot receive a value: it changes meanwhile");
        }
        SET_FIELD_STEAL(((List *)level->container)->items[level->at], v);
        level->at++;
        level->left--;
        return 0;
    }
    if (!level->key) {
        level->key = v;
        return 0;
    }
    size_t before = dict_length(level->container);
    int status = dict_set(level->container, level->key, v);
    if (status == 0 && dict_length(level->container) == before)
        status = raise_int(T_ValueError, "cannot receive a value: a repeated key");
    decref(v);
    CLEAR_FIELD(level->key);
    level->left--;
    return status;
}

static Value new_key(Plain *p, IpcSlice text) {
    if (!text.len || text.len > KEY_BYTES) return str_from_utf8(text.ptr, text.len);
    const uint8_t *bytes = (const uint8_t *)text.ptr;
    Value *place = &p->keys[(text.len * 7 + bytes[0] * 31u + bytes[text.len - 1]) % KEYS];
    bool known =
        *place && str_length(*place) == text.len && memcmp(str_data(*place), text.ptr, text.len) == 0;
    if (known) return incref(*place);
    Value key = str_from_utf8(text.ptr, text.len);
    if (!key || str_length(key) != text.len) return key; /* not ASCII: its bytes are not its data */
    xdecref(*place);
    *place = incref(key);
    return key;
}

/* An empty container for a header whose elements can be there: each takes a byte at least. */
static Value new_container(Plain *p, const IpcToken *token) {
    size_t bytes = (size_t)(p->reader.end - p->reader.at),
           wanted = token->type == IPC_T_MAP ? 2 * (size_t)token->count : token->count;
    if (wanted > bytes) return raise_code(IPC_E_TRUNCATED);
    if (p->depth == IPC_PLAIN_DEPTH) return raise_code(IPC_E_TOO_DEEP);
    if (token->type == IPC_T_MAP) return dict_new_sized(token->count);
    Value list = list_new(token->count);
    for (size_t i = 0; list && i < token->count; i++) list_init_item_steal(list, i, NONE);
    return list;
}

/* Reads one object; containers are entered. Borrowed from its place but for the root, which is new. NULL
 * raised. */
static Value read_one(Plain *p) {
    IpcToken token;
    IpcCode code = ipc_read(&p->reader, &token);
    if (code) return raise_code(code);
    bool container = token.type == IPC_T_ARRAY || token.type == IPC_T_MAP;
    Level *level = p->depth ? &p->levels[p->depth - 1] : NULL;
    bool is_key = level && IS_EXACT(level->container, dict) && !level->key;
    Value v = container                           ? new_container(p, &token)
              : is_key && token.type == IPC_T_STR ? new_key(p, token.bytes)
                                                  : unpack_atom(&token);
    if (!v) return NULL;
    if (container && is_key) {
        decref(v);
        return raise_error(T_ValueError, "cannot receive a value: a key that is an array or a map");
    }
    if (level && put_steal(level, v) < 0) return NULL;
    if (container && token.count) p->levels[p->depth++] = (Level){.container = v, .left = token.count};
    return v;
}

/* Leaves containers that are complete; they were put into theirs when they began. */
static void leave_full(Plain *p) {
    while (p->depth && !p->levels[p->depth - 1].left) p->depth--;
}

static Value read_all(Plain *p) {
    Value root = read_one(p);
    uint32_t work = 0;
    bool good = root;
    for (; good && p->depth; leave_full(p)) {
        good = read_one(p) != NULL;
        if (good && !(++work & 0xfff)) good = work_charge(0x1000) == 0;
    }
    if (good && !ipc_reader_done(&p->reader))
        good = (raise_error(T_ValueError, "cannot receive a value: bytes follow it"), false);
    if (good) return root;
    while (p->depth) xdecref(p->levels[--p->depth].key);
    xdecref(root);
    return NULL;
}

Value unpack_plain(IpcSlice encoded) {
    Plain p;
    p.reader = ipc_slice_reader(encoded);
    p.depth = 0;
    memset(p.keys, 0, sizeof p.keys);
    Value root = read_all(&p);
    for (size_t i = 0; i < KEYS; i++) xdecref(p.keys[i]);
    return root;
}
