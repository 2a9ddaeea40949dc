#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ipc/graph.h>
#include <ipc/read.h>
#include <jansson.h>

/* --- in --------------------------------------------------------------------------------------- */

static bool pack_value(json_t *value, IpcBuf *out, int depth);

static bool pack_array(json_t *array, IpcBuf *out, int depth) {
    size_t index;
    json_t *item;
    ipc_pack_array(out, (uint32_t)json_array_size(array));
    json_array_foreach(array, index, item) {
        if (!pack_value(item, out, depth + 1)) return false;
    }
    return true;
}

static bool pack_object(json_t *object, IpcBuf *out, int depth) {
    const char *key;
    json_t *item;
    ipc_pack_map(out, (uint32_t)json_object_size(object));
    json_object_foreach(object, key, item) {
        ipc_pack_cstr(out, key);
        if (!pack_value(item, out, depth + 1)) return false;
    }
    return true;
}

/* Recursion is bounded: plain values nest at most IPC_PLAIN_DEPTH deep. */
static bool pack_value(json_t *value, IpcBuf *out, int depth) {
    if (depth > IPC_PLAIN_DEPTH) return false;
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return pack_object(value, out, depth);
    case JSON_ARRAY:
        return pack_array(value, out, depth);
    case JSON_STRING:
        ipc_pack_str(out, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        ipc_pack_int(out, json_integer_value(value));
        break;
    case JSON_REAL:
        ipc_pack_float(out, json_real_value(value));
        break;
    case JSON_TRUE:
        ipc_pack_bool(out, true);
        break;
    case JSON_FALSE:
        ipc_pack_bool(out, false);
        break;
    case JSON_NULL:
        ipc_pack_nil(out);
        break;
    }
    return true;
}

static bool is_wanted(const json_t *value, JsonWanted wanted) {
    if (wanted == JSON_ARRAY_ONLY) return json_is_array(value);
    return wanted == JSON_ANY_VALUE || json_is_object(value);
}

bool json_to_msgpack(const char *text, size_t length, JsonWanted wanted, IpcBuf *out, char *error,
                     size_t capacity) {
    json_error_t problem;
    size_t before = out->len;
    json_t *value = json_loadb(text, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, &problem);
    if (!value) {
        snprintf(error, capacity, "not JSON: %s (line %d, column %d)", problem.text, problem.line,
                 problem.column);
        return false;
    }
    bool fits = is_wanted(value, wanted), packed = fits && pack_value(value, out, 0);
    json_decref(value);
    if (packed && !ipc_buf_failed(out)) return true;
    if (!fits) snprintf(error, capacity, "must be a JSON %s", wanted == JSON_ARRAY_ONLY ? "array" : "object");
    else snprintf(error, capacity, packed ? "too large" : "nested more than %d deep", IPC_PLAIN_DEPTH);
    ipc_buf_truncate(out, before);
    return false;
}

/* --- out -------------------------------------------------------------------------------------- */

void json_append_string(IpcBuf *out, const char *text, size_t length) {
    size_t plain = 0; /* start of the run that needs no escape */
    ipc_buf_append_text(out, "\"");
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7f) continue;
        char escape[8] = {'\\', (char)byte};
        if (byte == '\n') escape[1] = 'n';
        else if (byte == '\t') escape[1] = 't';
        else if (byte != '"' && byte != '\\') snprintf(escape, sizeof escape, "\\u%04x", byte);
        ipc_buf_append(out, text + plain, i - plain);
        ipc_buf_append_text(out, escape);
        plain = i + 1;
    }
    ipc_buf_append(out, text + plain, length - plain);
    ipc_buf_append_text(out, "\"");
}

static void put_bytes(IpcBuf *out, IpcSlice bytes) {
    char escape[8];
    ipc_buf_append_text(out, "\"");
    for (size_t i = 0; i < bytes.len; i++) {
        snprintf(escape, sizeof escape, "\\u%04x", (unsigned char)bytes.ptr[i]);
        ipc_buf_append_text(out, escape);
    }
    ipc_buf_append_text(out, "\"");
}

/* The shortest text that reads back as the same number; always recognizable as a float. */
static void put_float(IpcBuf *out, double number) {
    char text[40];
    if (isnan(number)) return ipc_buf_append_text(out, "NaN");
    if (isinf(number)) return ipc_buf_append_text(out, number > 0 ? "Infinity" : "-Infinity");
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, number);
        if (strtod(text, NULL) == number) break;
    }
    if (!strpbrk(text, ".e")) strcat(text, ".0");
    ipc_buf_append_text(out, text);
}

static void put_scalar(IpcBuf *out, const IpcToken *token) {
    char text[32];
    switch (token->type) {
    case IPC_T_BOOL:
        ipc_buf_append_text(out, token->boolean ? "true" : "false");
        break;
    case IPC_T_UINT:
        snprintf(text, sizeof text, "%llu", (unsigned long long)token->uint);
        ipc_buf_append_text(out, text);
        break;
    case IPC_T_INT:
        snprintf(text, sizeof text, "%lld", (long long)token->sint);
        ipc_buf_append_text(out, text);
        break;
    case IPC_T_FLOAT:
        put_float(out, token->real);
        break;
    case IPC_T_STR:
        json_append_string(out, token->bytes.ptr, token->bytes.len);
        break;
    case IPC_T_BIN:
        put_bytes(out, token->bytes);
        break;
    default:
        ipc_buf_append_text(out, "null");
        break;
    }
}

typedef struct {
    uint64_t left; /* objects still to come; a map counts keys and values */
    bool map;
} Level;

/* A key of a map must be text in JSON: numbers and the like are put in quotes. */
static void put_key(IpcBuf *out, const IpcToken *token) {
    bool text = token->type == IPC_T_STR || token->type == IPC_T_BIN;
    if (!text) ipc_buf_append_text(out, "\"");
    put_scalar(out, token);
    if (!text) ipc_buf_append_text(out, "\"");
}

static bool write_levels(IpcReader *reader, IpcBuf *out, Level *levels, size_t most) {
    size_t depth = 0;
    for (;;) {
        IpcToken token;
        if (ipc_read(reader, &token) != IPC_OK) return false;
        Level *level = depth ? &levels[depth - 1] : NULL;
        bool key = level && level->map && level->left % 2 == 0;
        bool container = token.type == IPC_T_ARRAY || token.type == IPC_T_MAP;
        if (key) put_key(out, &token);
        else if (!container) put_scalar(out, &token);
        else ipc_buf_append_text(out, token.type == IPC_T_ARRAY ? "[" : "{");
        if (level) level->left--;
        if (container && !key) {
            if (depth == most) return false;
            bool map = token.type == IPC_T_MAP;
            levels[depth++] = (Level){(uint64_t)token.count * (map ? 2 : 1), map};
            if (token.count) continue;
        } else if (container) {
            return false; /* a container as a key: no JSON */
        }
        while (depth && levels[depth - 1].left == 0)
            ipc_buf_append_text(out, levels[--depth].map ? "}" : "]");
        if (!depth) return true;
        level = &levels[depth - 1];
        ipc_buf_append_text(out, level->map && level->left % 2 ? ":" : ",");
    }
}

bool msgpack_to_json(IpcSlice value, IpcBuf *out) {
    Level levels[IPC_PLAIN_DEPTH + 1];
    IpcReader reader = ipc_slice_reader(value);
    return write_levels(&reader, out, levels, IPC_PLAIN_DEPTH + 1) && !ipc_buf_failed(out);
}

/* --- written by hand -------------------------------------------------------------------------- */

void json_put_key(IpcBuf *out, const char *key) {
    if (out->len && out->data[out->len - 1] != '{') ipc_buf_append_text(out, ", ");
    json_append_string(out, key, strlen(key));
    ipc_buf_append_text(out, ": ");
}

void json_put_uint(IpcBuf *out, const char *key, uint64_t number) {
    char digits[24];
    json_put_key(out, key);
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    ipc_buf_append_text(out, digits);
}

void json_put_bool(IpcBuf *out, const char *key, bool value) {
    json_put_key(out, key);
    ipc_buf_append_text(out, value ? "true" : "false");
}

void json_put_text(IpcBuf *out, const char *key, IpcSlice text) {
    if (!text.ptr) return;
    json_put_key(out, key);
    json_append_string(out, text.ptr, text.len);
}
