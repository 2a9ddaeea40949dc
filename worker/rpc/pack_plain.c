/* pack_plain: values that are plain trees as plain msgpack, at once and without looking back. */
#include "rpc/pack.h"

#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- UTF-8 ---- */

static size_t utf8_bytes(Value str, bool *wide) {
    size_t bytes = 0;
    for (size_t i = 0, n = str_length(str); i < n; i++) {
        uint32_t c = str_read(str, i);
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (c >= 0xd800 && c < 0xe000) *wide = true;
    }
    return bytes;
}

static char *put_code_point(char *at, uint32_t c) {
    if (c < 0x80) {
        *at++ = (char)c;
    } else if (c < 0x800) {
        *at++ = (char)(0xc0 | c >> 6);
        *at++ = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *at++ = (char)(0xe0 | c >> 12);
        *at++ = (char)(0x80 | (c >> 6 & 63));
        *at++ = (char)(0x80 | (c & 63));
    } else {
        *at++ = (char)(0xf0 | c >> 18);
        *at++ = (char)(0x80 | (c >> 12 & 63));
        *at++ = (char)(0x80 | (c >> 6 & 63));
        *at++ = (char)(0x80 | (c & 63));
    }
    return at;
}

bool pack_utf8(IpcBuf *scratch, Value str, IpcSlice *out, bool *wide) {
    bool surrogates = false;
    if (((Str *)str)->ascii) {
        *out = ipc_slice(str_data(str), str_length(str));
    } else {
        size_t bytes = utf8_bytes(str, &surrogates);
        ipc_buf_clear(scratch);
        char *start = ipc_buf_reserve(scratch, bytes + 1), *at = start;
        if (!start) return false;
        for (size_t i = 0, n = str_length(str); i < n; i++) at = put_code_point(at, str_read(str, i));
        *out = ipc_slice(start, bytes);
    }
    if (wide) *wide = surrogates;
    return true;
}

/* ---- the walk ---- */

typedef struct Level {
    Value container;
    size_t count; /* as its header says */
    size_t at;    /* next element, or a dict's position */
} Level;

typedef struct Plain {
    IpcBuf *buf;
    Value root;
    IpcIdMap seen; /* mutable containers and large strings that more than one reference holds */
    IpcBuf scratch;
    size_t depth;
    Level levels[IPC_PLAIN_DEPTH];
} Plain;

/* True when v was met before; what has one reference cannot have been. */
static bool met_before(Plain *p, Value v, bool *no_memory) {
    if (v->head.refcount == 1) return false;
    bool added;
    if (!ipc_idmap_add(&p->seen, BITS(v), 1, &added)) *no_memory = true;
    return !added;
}

static PlainResult put_str(Plain *p, Value v) {
    IpcSlice text;
    bool wide, no_memory = false;
    if (str_length(v) >= SHARED_BYTES && met_before(p, v, &no_memory)) return PLAIN_CANNOT;
    if (no_memory || !pack_utf8(&p->scratch, v, &text, &wide)) return PLAIN_RAISED;
    if (wide || text.len > UINT32_MAX) return PLAIN_CANNOT;
    ipc_pack_str(p->buf, text.ptr, text.len);
    return PLAIN_DONE;
}

static PlainResult put_bytes(Plain *p, Value v) {
    bool no_memory = false;
    if (bytes_length(v) >= SHARED_BYTES && met_before(p, v, &no_memory)) return PLAIN_CANNOT;
    if (no_memory) return PLAIN_RAISED;
    if (bytes_length(v) > UINT32_MAX) return PLAIN_CANNOT;
    ipc_pack_bin(p->buf, bytes_data(v), bytes_length(v));
    return PLAIN_DONE;
}

static PlainResult put_int_object(Plain *p, Value v) {
    int64_t n;
    uint64_t u;
    if (int_to_i64(v, &n)) ipc_pack_int(p->buf, n);
    else if (int_to_u64(v, &u)) ipc_pack_uint(p->buf, u);
    else return PLAIN_CANNOT;
    return PLAIN_DONE;
}

/* The container's header; its elements come next. */
static PlainResult enter(Plain *p, Value v, bool dict) {
    size_t n = dict ? dict_length(v) : list_length(v);
    bool no_memory = false;
    if (p->depth == IPC_PLAIN_DEPTH || n > UINT32_MAX || (p->depth && v == p->root)) return PLAIN_CANNOT;
    if (p->depth && met_before(p, v, &no_memory)) return PLAIN_CANNOT;
    if (no_memory) return PLAIN_RAISED;
    if (dict) ipc_pack_map(p->buf, (uint32_t)n);
    else ipc_pack_array(p->buf, (uint32_t)n);
    if (n) p->levels[p->depth++] = (Level){v, n, 0};
    return PLAIN_DONE;
}

static PlainResult put(Plain *p, Value v) {
    if (is_small_int(v)) {
        ipc_pack_int(p->buf, small_int(v));
        return PLAIN_DONE;
    }
    if (is_small_float(v)) {
        ipc_pack_float(p->buf, small_float(v));
        return PLAIN_DONE;
    }
    if (v == NONE) {
        ipc_pack_nil(p->buf);
        return PLAIN_DONE;
    }
    if (is_bool(v)) {
        ipc_pack_bool(p->buf, v == TRUE);
        return PLAIN_DONE;
    }
    switch (type_of(v)->id) {
    case T_str: return put_str(p, v);
    case T_list: return enter(p, v, false);
    case T_dict: return enter(p, v, true);
    case T_int: return put_int_object(p, v);
    case T_float: ipc_pack_float(p->buf, float_value(v)); return PLAIN_DONE;
    case T_bytes: return put_bytes(p, v);
    default: return PLAIN_CANNOT;
    }
}

/* The next element of the innermost container. A poll between steps may have run code that changes it. */
static PlainResult step(Plain *p) {
    Level *level = &p->levels[p->depth - 1];
    bool list = IS_EXACT(level->container, list);
    if ((list ? list_length(level->container) : dict_length(level->container)) != level->count)
        return PLAIN_CANNOT;
    if (list) {
        if (level->at == level->count) return p->depth--, PLAIN_DONE;
        return put(p, list_item_borrow(level->container, level->at++));
    }
    Value key, value;
    if (!dict_next(level->container, &level->at, &key, &value)) return p->depth--, PLAIN_DONE;
    if (!is_object(key) || !IS_EXACT(key, str)) return PLAIN_CANNOT;
    PlainResult result = put_str(p, key);
    return result == PLAIN_DONE ? put(p, value) : result;
}

static PlainResult pack_tree(IpcBuf *buf, Value v) {
    Plain p;
    p.buf = buf;
    p.root = v;
    p.depth = 0;
    ipc_idmap_init(&p.seen, NULL);
    ipc_buf_init(&p.scratch, NULL);
    uint32_t work = 0;
    PlainResult result = put(&p, v);
    while (result == PLAIN_DONE && p.depth && !ipc_buf_failed(buf)) {
        result = step(&p);
        if (!(++work & 0xfff) && work_charge(0x1000) < 0) {
            ipc_idmap_free(&p.seen);
            ipc_buf_free(&p.scratch);
            return PLAIN_RAISED;
        }
    }
    ipc_idmap_free(&p.seen);
    ipc_buf_free(&p.scratch);
    if (result == PLAIN_RAISED) raise_no_memory();
    return result;
}

static PlainResult pack_root(IpcBuf *buf, Value v) {
    if (is_small_int(v)) {
        ipc_pack_int(buf, small_int(v));
        return PLAIN_DONE;
    }
    if (v == NONE) {
        ipc_pack_nil(buf);
        return PLAIN_DONE;
    }
    return pack_tree(buf, v);
}

PlainResult pack_plain(IpcBuf *buf, Value v, const char *root, uint64_t max_bytes) {
    size_t start = buf->len, limit = buf->limit;
    if (max_bytes < SIZE_MAX - start && start + max_bytes < limit) buf->limit = start + max_bytes;
    PlainResult result = pack_root(buf, v);
    IpcCode failed = ipc_buf_failed(buf);
    buf->limit = limit;
    if (result == PLAIN_DONE && !failed) return PLAIN_DONE;
    ipc_buf_truncate(buf, start);
    if (result != PLAIN_DONE) return result;
    if (failed == IPC_E_NO_MEMORY) raise_no_memory();
    else
        raise_error(T_ValueError, "cannot send %s: it takes more than %llu bytes", root,
                    (unsigned long long)max_bytes);
    return PLAIN_RAISED;
}
