/* Reading msgpack: a cursor that hands out one token at a time.
 *
 * The cursor never allocates, never recurses and never trusts a length: a token whose payload is not wholly
 * there is IPC_E_TRUNCATED. Containers are handed out as their header with a count; whoever reads keeps the
 * stack. msgpack-c's own unpacker is not used for foreign bytes: it allocates by declared counts before it
 * has seen the elements, and stops at depth 32.
 */
#ifndef IPC_READ_H
#define IPC_READ_H

#include <ipc/buf.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum IpcType {
    IPC_T_NIL,
    IPC_T_BOOL,
    IPC_T_UINT,  /* any integer >= 0, however it was written */
    IPC_T_INT,   /* any integer < 0 */
    IPC_T_FLOAT, /* 32 or 64 bits */
    IPC_T_STR,
    IPC_T_BIN,
    IPC_T_ARRAY, /* header: `count` objects follow */
    IPC_T_MAP,   /* header: `count` pairs follow */
    IPC_T_EXT,
    IPC_T_REF,   /* only from a graph: the index of a node */
} IpcType;

typedef struct IpcToken {
    IpcType type;
    int8_t ext_type;
    uint32_t count;  /* ARRAY, MAP */
    union {
        bool boolean;
        uint64_t uint;   /* UINT, REF */
        int64_t sint;    /* INT */
        double real;
        IpcSlice bytes;  /* STR, BIN, EXT: into the source; STR is not yet checked to be UTF-8 */
    };
} IpcToken;

typedef struct IpcReader {
    const uint8_t *at;
    const uint8_t *end;
} IpcReader;

static inline IpcReader ipc_reader(const void *bytes, size_t length) {
    return (IpcReader){(const uint8_t *)bytes, length ? (const uint8_t *)bytes + length : (const uint8_t *)bytes};
}
static inline IpcReader ipc_slice_reader(IpcSlice slice) { return ipc_reader(slice.ptr, slice.len); }
static inline IpcReader ipc_list_reader(IpcList list) { return ipc_reader(list.ptr, list.len); }
static inline bool ipc_reader_done(const IpcReader *reader) { return reader->at >= reader->end; }

/* The next token. IPC_OK; IPC_E_TRUNCATED (the cursor stays); IPC_E_MALFORMED for the byte 0xc1. */
IpcCode ipc_read(IpcReader *reader, IpcToken *token);

/* Skips one whole object with all it contains; `depth` and `nodes` bound the walk (IPC_E_TOO_DEEP,
 * IPC_E_TOO_MANY_NODES). depth is at most 512 (IPC_PLAIN_DEPTH). *nodes is decreased by the objects seen. */
IpcCode ipc_skip(IpcReader *reader, uint32_t depth, uint64_t *nodes);

/* Tokens of one kind: IPC_E_WRONG_TYPE when it is another one (the cursor stays). */
IpcCode ipc_read_uint(IpcReader *reader, uint64_t *value);
IpcCode ipc_read_int(IpcReader *reader, int64_t *value);
IpcCode ipc_read_str(IpcReader *reader, IpcSlice *value); /* also checks UTF-8: IPC_E_BAD_VALUE */
IpcCode ipc_read_map(IpcReader *reader, uint32_t *pairs);
IpcCode ipc_read_array(IpcReader *reader, uint32_t *count);

/* "nil", "bool", "int", ... for messages. Static. */
const char *ipc_type_name(IpcType type);

#ifdef __cplusplus
}
#endif
#endif
