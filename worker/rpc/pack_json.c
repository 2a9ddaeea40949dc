/* pack_json: what a JSON text can hold, as plain msgpack: the types and the coercion of keys are those of
 * json.dumps. */
#include <math.h>
#include <stdarg.h>

#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "rpc/pack.h"

typedef struct Level {
    Value container; /* owned */
    size_t count, at;
} Level;

typedef struct Json {
    IpcBuf *buf;
    size_t start;
    const char *root;
    IpcBuf scratch;
    size_t depth;
    Level levels[IPC_PLAIN_DEPTH];
} Json;

static int refuse(Json *j, TypeId type, const char *format, ...) {
    IpcPath path;
    va_list args;
    ipc_path_of_plain(&path, j->root, ipc_slice(j->buf->data + j->start, j->buf->len - j->start));
    va_start(args, format);
    Value reason = str_vformat(format, args);
    va_end(args);
    if (reason) raise_error(type, "cannot send %s as JSON: %U", path.text, reason);
    xdecref(reason);
    return -1;
}

/* ---- atoms ---- */

static int put_str(Json *j, Value v) {
    IpcSlice text;
    bool wide;
    if (!pack_utf8(&j->scratch, v, &text, &wide)) return raise_no_memory(), -1;
    if (wide) return refuse(j, T_ValueError, "a str with surrogates");
    ipc_pack_str(j->buf, text.ptr, text.len);
    return 0;
}

static int put_int(Json *j, Value v) {
    int64_t n;
    uint64_t u;
    if (int_to_i64(v, &n)) ipc_pack_int(j->buf, n);
    else if (int_to_u64(v, &u)) ipc_pack_uint(j->buf, u);
    else return refuse(j, T_ValueError, "an int of more than 64 bits");
    return 0;
}

static int put_float(Json *j, Value v) {
    double d = float_value(v);
    if (!isfinite(d))
        return refuse(j, T_ValueError, "%s is not in JSON",
                      isnan(d) ? "NaN"
                      : d > 0  ? "Infinity"
                               : "-Infinity");
    ipc_pack_float(j->buf, d);
    return 0;
}

/* A dict's key as JSON has it: true, null, 1, 2.5 in quotes. */
static int put_key(Json *j, Value key) {
    if (is_str(key)) return put_str(j, key);
    if (is_bool(key)) return ipc_pack_cstr(j->buf, key == TRUE ? "true" : "false"), 0;
    if (key == NONE) return ipc_pack_cstr(j->buf, "null"), 0;
    if (is_float(key) && !isfinite(float_value(key)))
        return refuse(j, T_ValueError, "a key that is not in JSON");
    if (!is_int(key) && !is_float(key))
        return refuse(j, T_TypeError, "keys must be str, int, float, bool or None, not %T", key);
    Value exact = is_int(key) ? int_exact(key) : float_new(float_value(key));
    Value text = exact ? value_repr(exact) : NULL;
    int status = text ? put_str(j, text) : -1;
    xdecref(text);
    xdecref(exact);
    return status;
}

/* ---- containers ---- */

static size_t length_of(Value v) {
    return is_list(v) ? list_length(v) : is_tuple(v) ? tuple_length(v) : dict_length(v);
}

static int enter(Json *j, Value v) {
    size_t n = length_of(v);
    for (size_t i = 0; i < j->depth; i++)
        if (j->levels[i].container == v) return refuse(j, T_ValueError, "it contains itself");
    if (j->depth == IPC_PLAIN_DEPTH)
        return refuse(j, T_ValueError, "it is nested deeper than %d levels", IPC_PLAIN_DEPTH);
    if (n > UINT32_MAX) return refuse(j, T_ValueError, "it has too many elements");
    if (is_dict(v)) ipc_pack_map(j->buf, (uint32_t)n);
    else ipc_pack_array(j->buf, (uint32_t)n);
    if (n) j->levels[j->depth++] = (Level){incref(v), n, 0};
    return 0;
}

static int put(Json *j, Value v) {
    if (v == NONE) return ipc_pack_nil(j->buf), 0;
    if (is_bool(v)) return ipc_pack_bool(j->buf, v == TRUE), 0;
    if (is_str(v)) return put_str(j, v);
    if (is_int(v)) return put_int(j, v);
    if (is_float(v)) return put_float(j, v);
    if (is_list(v) || is_tuple(v) || is_dict(v)) return enter(j, v);
    return refuse(j, T_TypeError, "%s %s is not in JSON", pack_article(type_name_of(v)), type_name_of(v));
}

/* The text of a key that is no str is made in the heap, which may collect. */
static int put_pair(Json *j, Value key, Value value) {
    incref(key);
    incref(value);
    int status = put_key(j, key) < 0 ? -1 : put(j, value);
    decref(key);
    decref(value);
    return status;
}

static int step(Json *j) {
    Level *level = &j->levels[j->depth - 1];
    Value v = level->container;
    if (length_of(v) != level->count)
        return raise_int(T_RuntimeError, "%s changes while it is sent", j->root);
    if (is_dict(v)) {
        Value key, value;
        if (dict_next(v, &level->at, &key, &value)) return put_pair(j, key, value);
    } else if (level->at < level->count) {
        return put(j, is_list(v) ? list_item_borrow(v, level->at++) : tuple_item_borrow(v, level->at++));
    }
    j->depth--;
    decref(v);
    return 0;
}

static int put_tree(Json *j, Value v) {
    int status = put(j, v);
    for (uint32_t work = 1; status == 0 && j->depth && !ipc_buf_failed(j->buf); work++) {
        status = step(j);
        if (status == 0 && !(work & 0xfff)) status = work_charge(0x1000);
    }
    while (j->depth) decref(j->levels[--j->depth].container);
    return status;
}

int pack_json(IpcBuf *buf, Value v, const char *root, const PackLimits *limits) {
    uint64_t max_bytes = limits && limits->bytes ? limits->bytes : IPC_DEFAULT_MAX_MESSAGE;
    size_t start = buf->len, limit = buf->limit;
    Json j = {.buf = buf, .start = start, .root = root};
    ipc_buf_init(&j.scratch, NULL);
    if (max_bytes < SIZE_MAX - start && start + max_bytes < limit) buf->limit = start + max_bytes;
    int status = put_tree(&j, v);
    IpcCode failed = ipc_buf_failed(buf);
    buf->limit = limit;
    ipc_buf_free(&j.scratch);
    if (status == 0 && !failed) return 0;
    ipc_buf_truncate(buf, start);
    if (status < 0) return -1;
    if (failed == IPC_E_NO_MEMORY) return raise_no_memory(), -1;
    return raise_int(T_ValueError, "cannot send %s: it takes more than %llu bytes", root,
                     (unsigned long long)max_bytes);
}
