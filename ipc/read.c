/* The msgpack cursor. */
#include "internal.h"

static double float_of(const uint8_t *p, unsigned bytes) {
    if (bytes == 4) {
        uint32_t bits = (uint32_t)ipc__big(p, 4);
        float value;
        memcpy(&value, &bits, 4);
        return value;
    }
    uint64_t bits = ipc__big(p, 8);
    double value;
    memcpy(&value, &bits, 8);
    return value;
}

static void set_signed(IpcToken *token, int64_t value) {
    token->type = value < 0 ? IPC_T_INT : IPC_T_UINT;
    token->sint = value;
}

static int64_t sign_extend(uint64_t value, unsigned bytes) {
    unsigned shift = 64 - 8 * bytes;
    return (int64_t)(value << shift) >> shift;
}

/* The token whose first byte is 0xc0..0xdf and not a container; its header and payload are all there. */
static void read_wide(const uint8_t *p, IpcShape shape, IpcToken *token) {
    const uint8_t *body = p + shape.header;
    uint8_t b = p[0];
    if (b == 0xc0) {
        token->type = IPC_T_NIL;
    } else if (b <= 0xc3) {
        token->type = IPC_T_BOOL;
        token->boolean = b == 0xc3;
    } else if (b <= 0xc6) {
        token->type = IPC_T_BIN;
        token->bytes = ipc_slice(body, shape.payload);
    } else if (b <= 0xc9 || (b >= 0xd4 && b <= 0xd8)) {
        token->type = IPC_T_EXT;
        token->ext_type = (int8_t)body[-1];
        token->bytes = ipc_slice(body, shape.payload);
    } else if (b <= 0xcb) {
        token->type = IPC_T_FLOAT;
        token->real = float_of(body, (unsigned)shape.payload);
    } else if (b <= 0xcf) {
        token->type = IPC_T_UINT;
        token->uint = ipc__big(body, (unsigned)shape.payload);
    } else if (b <= 0xd3) {
        set_signed(token, sign_extend(ipc__big(body, (unsigned)shape.payload), (unsigned)shape.payload));
    } else {
        token->type = IPC_T_STR;
        token->bytes = ipc_slice(body, shape.payload);
    }
}

IpcCode ipc_read(IpcReader *reader, IpcToken *token) {
    size_t have = (size_t)(reader->end - reader->at);
    if (have == 0) return IPC_E_TRUNCATED;
    const uint8_t *p = reader->at;
    uint8_t b = p[0];
    IpcShape shape = ipc__shape(p, have);
    if (shape.header == 0) return IPC_E_MALFORMED;
    if (shape.header > have || shape.payload > have - shape.header) return IPC_E_TRUNCATED;
    reader->at += shape.header + shape.payload;
    if (shape.container) {
        bool map = b < 0x90 || b >= 0xde;
        token->type = map ? IPC_T_MAP : IPC_T_ARRAY;
        token->count = (uint32_t)(map ? shape.children / 2 : shape.children);
    } else if (b < 0x80) {
        token->type = IPC_T_UINT;
        token->uint = b;
    } else if (b >= 0xe0) {
        token->type = IPC_T_INT;
        token->sint = (int8_t)b;
    } else if (b < 0xc0) {
        token->type = IPC_T_STR;
        token->bytes = ipc_slice(p + 1, shape.payload);
    } else {
        read_wide(p, shape, token);
    }
    return IPC_OK;
}

IpcCode ipc_skip(IpcReader *reader, uint32_t depth, uint64_t *nodes) {
    uint64_t left[IPC_PLAIN_DEPTH]; /* objects still missing per open container */
    uint32_t open = 0;
    if (depth > IPC_PLAIN_DEPTH) depth = IPC_PLAIN_DEPTH;
    IpcReader at = *reader;
    do {
        size_t have = (size_t)(at.end - at.at);
        if (have == 0) return IPC_E_TRUNCATED;
        if (*nodes == 0) return IPC_E_TOO_MANY_NODES;
        --*nodes;
        IpcShape shape = ipc__shape(at.at, have);
        if (shape.header == 0) return IPC_E_MALFORMED;
        if (shape.header > have || shape.payload > have - shape.header) return IPC_E_TRUNCATED;
        at.at += shape.header + shape.payload;
        if (shape.container && open == depth) return IPC_E_TOO_DEEP;
        if (shape.children) left[open++] = shape.children;
        else
            while (open && --left[open - 1] == 0) open--;
    } while (open);
    *reader = at;
    return IPC_OK;
}

static IpcCode read_type(IpcReader *reader, IpcType type, IpcToken *token) {
    IpcReader at = *reader;
    IpcCode code = ipc_read(&at, token);
    if (code) return code;
    if (token->type != type) return IPC_E_WRONG_TYPE;
    *reader = at;
    return IPC_OK;
}

IpcCode ipc_read_uint(IpcReader *reader, uint64_t *value) {
    IpcToken token;
    IpcCode code = read_type(reader, IPC_T_UINT, &token);
    if (!code) *value = token.uint;
    return code;
}

IpcCode ipc_read_int(IpcReader *reader, int64_t *value) {
    IpcReader at = *reader;
    IpcToken token;
    IpcCode code = ipc_read(&at, &token);
    if (code) return code;
    if (token.type != IPC_T_INT && token.type != IPC_T_UINT) return IPC_E_WRONG_TYPE;
    if (token.type == IPC_T_UINT && token.uint > INT64_MAX) return IPC_E_BAD_VALUE;
    *value = token.sint;
    *reader = at;
    return IPC_OK;
}

IpcCode ipc_read_str(IpcReader *reader, IpcSlice *value) {
    IpcReader at = *reader;
    IpcToken token;
    IpcCode code = read_type(&at, IPC_T_STR, &token);
    if (code) return code;
    if (!ipc_utf8_valid(token.bytes.ptr, token.bytes.len)) return IPC_E_BAD_VALUE;
    *value = token.bytes;
    *reader = at;
    return IPC_OK;
}

IpcCode ipc_read_map(IpcReader *reader, uint32_t *pairs) {
    IpcToken token;
    IpcCode code = read_type(reader, IPC_T_MAP, &token);
    if (!code) *pairs = token.count;
    return code;
}

IpcCode ipc_read_array(IpcReader *reader, uint32_t *count) {
    IpcToken token;
    IpcCode code = read_type(reader, IPC_T_ARRAY, &token);
    if (!code) *count = token.count;
    return code;
}

const char *ipc_type_name(IpcType type) {
    switch (type) {
    case IPC_T_NIL: return "nil";
    case IPC_T_BOOL: return "bool";
    case IPC_T_UINT:
    case IPC_T_INT: return "int";
    case IPC_T_FLOAT: return "float";
    case IPC_T_STR: return "str";
    case IPC_T_BIN: return "bin";
    case IPC_T_ARRAY: return "array";
    case IPC_T_MAP: return "map";
    case IPC_T_EXT: return "ext";
    case IPC_T_REF: return "reference";
    }
    return "?";
}
