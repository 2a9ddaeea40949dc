/* MessagePack-RPC: messages as C structs, frames as bytes.
 *
 *   request       [0, id, method, [params]]
 *   response      [1, id, error, result]      error: nil or a Failure map; result: a record, or nil
 *   notification  [2, method, [params]]
 *
 * params is one map by field name, the only argument of its method; a result is such a map too. A reader also
 * takes [] and nil for the empty map, and a map that stands without its array. messages.def holds them all, and everything here derives from
 * it: a struct IpcSubmit for the record Submit, IPC_REC_Submit for its number, IPC_M_SUBMIT for the method,
 * IPC_ISOLATION_FRESH for a word.
 *
 * WRITING: fill a struct (start from {0}: zero is "absent"), call ipc_write_request / _notification /
 * _response; the message is appended to an IpcBuf. Slices are copied at that moment. Nothing is allocated
 * once the buffer is warm.
 *
 * READING: an IpcFrames cuts a stream into complete messages; ipc_parse() splits one into its parts;
 * ipc_record_decode() fills a struct from the params. Slices in the struct point into the received bytes:
 * valid until those go away (for IpcFrames: until the next ipc_frames_space(), _feed() or _next()). Whoever
 * keeps them longer copies.
 *
 * Whole connections, with hello, ids and deadlines: <ipc/session.h>. For a blocking client: <ipc/client.h>.
 *
 * Invariants: a message is scanned for its end, size, depth and node count before a byte of it is decoded;
 * scanning is incremental (each byte is looked at once, however small the pieces) and does not recurse; no
 * function here crashes, hangs or allocates out of proportion on any input.
 */
#ifndef IPC_RPC_H
#define IPC_RPC_H

#include <ipc/buf.h>
#include <ipc/error.h>
#include <ipc/read.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    IPC_PROTOCOL = 1,     /* the protocol version of hello */
    IPC_FRAME_DEPTH = 32, /* how deep a message may nest; values inside a bin do not count */
};

/* Published defaults of Caps. */
#define IPC_DEFAULT_MAX_MESSAGE ((uint64_t)64 << 20)
#define IPC_DEFAULT_MAX_DEPTH   ((uint64_t)100000)
#define IPC_DEFAULT_MAX_NODES   ((uint64_t)16 << 20)

/* ---- enums: enum IpcIsolation { IPC_ISOLATION_FRESH, ... }, and the verdicts */

typedef enum IpcVerdict {
#define IPC_VERDICT(NAME, wire, text) IPC_VERDICT_##NAME,
#include <ipc/verdicts.def>
    IPC_VERDICT_COUNT
} IpcVerdict;

/* The word on the wire ("timeout-wall"); what happened, as a phrase. Static. NULL for a number that is no
 * verdict. */
const char *ipc_verdict_name(IpcVerdict verdict);
const char *ipc_verdict_text(IpcVerdict verdict);

#define IPC_ENUM(Type, type)       typedef enum Ipc##Type {
#define IPC_WORD(Type, NAME, wire) IPC_##NAME,
#define IPC_ENUM_END(Type)         } Ipc##Type;
#include <ipc/messages.def>

/* Which closed set of words. */
typedef enum IpcEnumId {
#define IPC_ENUM(Type, type) IPC_ENUM_##Type,
#define IPC_WORD(Type, NAME, wire)
#define IPC_ENUM_END(Type)
#include <ipc/messages.def>
    IPC_ENUM_Verdict,
    IPC_ENUM_COUNT
} IpcEnumId;

/* The word of a value, NULL if out of range (static); the value of a word, -1 if there is none. */
const char *ipc_enum_word(IpcEnumId set, int value);
int ipc_enum_value(IpcEnumId set, IpcSlice word);

/* ---- records: struct IpcSubmit { IpcSlice source; IpcCall call; ... } */

#define IPC_C_UINT    uint64_t
#define IPC_C_INT     int64_t
#define IPC_C_FLOAT   double
#define IPC_C_BOOL    bool
#define IPC_C_STR     IpcSlice
#define IPC_C_BIN     IpcSlice
#define IPC_C_STRS    IpcList
#define IPC_C_RECORDS IpcList
#define IPC_C_RAW     IpcSlice

#define IPC_RECORD(Type, type, strictness)                     typedef struct Ipc##Type {
#define IPC_FIELD(Type, name, KIND, presence)                  IPC_C_##KIND name;
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)         Ipc##EnumType name;
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)     Ipc##RecordType name;
#define IPC_END(Type)                                          } Ipc##Type;
#include <ipc/messages.def>

typedef enum IpcRecordId {
#define IPC_RECORD(Type, type, strictness) IPC_REC_##Type,
#define IPC_FIELD(Type, name, KIND, presence)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)
#define IPC_END(Type)
#include <ipc/messages.def>
    IPC_REC_COUNT
} IpcRecordId;

/* Room for any record: decode into it, then use the member that its id names (record.submit, record.outcome,
 * ...). */
typedef union IpcRecord {
#define IPC_RECORD(Type, type, strictness) Ipc##Type type;
#define IPC_FIELD(Type, name, KIND, presence)
#define IPC_FIELD_ENUM(Type, name, EnumType, presence)
#define IPC_FIELD_RECORD(Type, name, RecordType, presence)
#define IPC_END(Type)
#include <ipc/messages.def>
} IpcRecord;

/* Appends the record as one map. `record` points to the struct that id names. Errors stick to the buffer. A
 * zero REQUIRED field is written as zero. Enums out of range set IPC_E_BAD_VALUE on the buffer. */
void ipc_record_encode(IpcBuf *buf, IpcRecordId id, const void *record);

/* Reads one map into *out (the struct that id names, zeroed first). Checks types, ranges, UTF-8, presence,
 * duplicates and, for a STRICT record, unknown fields; the error's text names the field
 * ("submit.limits.wall_ms: expected int, got str"). On failure *out holds what came before the fault. Slices
 * point into the reader's bytes. */
IpcCode ipc_record_read(IpcReader *reader, IpcRecordId id, void *out, IpcError *error);

/* The same for a slice that must hold exactly one map. A slice of one nil (or an absent one) counts as the
 * empty map. */
IpcCode ipc_record_decode(IpcSlice bytes, IpcRecordId id, void *out, IpcError *error);

/* Appends a str to `scratch` and counts it in *list: how STRS fields are built. Because the buffer may move,
 * list->ptr is set by ipc_list_finish(), when all are in. `scratch` must hold nothing else; several lists
 * need several buffers. */
void ipc_list_add_str(IpcBuf *scratch, IpcList *list, const char *text, size_t length);
void ipc_list_add_record(IpcBuf *scratch, IpcList *list, IpcRecordId id, const void *record);
void ipc_list_finish(const IpcBuf *scratch, IpcList *list);

/* ---- methods */

typedef enum IpcDirection { IPC_C2S, IPC_S2C, IPC_S2W, IPC_W2S } IpcDirection;
typedef enum IpcPhase { IPC_FIRST, IPC_AFTER } IpcPhase;
typedef enum IpcKind {
    IPC_REQUEST = 0,
    IPC_RESPONSE = 1,
    IPC_NOTIFICATION = 2
} IpcKind; /* the numbers of the wire */

typedef enum IpcMethod {
#define IPC_METHOD(NAME, wire, direction, phase, kind, Params, Result) IPC_M_##NAME,
#include <ipc/messages.def>
    IPC_METHOD_COUNT,
    IPC_M_NONE = IPC_METHOD_COUNT
} IpcMethod;

typedef struct IpcMethodInfo {
    const char *name;
    uint8_t name_len;
    uint8_t direction; /* IpcDirection */
    uint8_t phase;     /* IpcPhase */
    uint8_t kind;      /* IpcKind: REQUEST or NOTIFICATION */
    IpcRecordId params;
    IpcRecordId result;
} IpcMethodInfo;

/* The row of a method. Static. */
const IpcMethodInfo *ipc_method_info(IpcMethod method);

/* IPC_M_NONE when no row of that direction has the name. */
IpcMethod ipc_method_find(IpcDirection direction, const char *name, size_t length);

/* ---- writing messages (errors stick to the buffer; see ipc_buf_failed) */

void ipc_write_request(IpcBuf *buf, uint32_t id, IpcMethod method, const void *params);
void ipc_write_notification(IpcBuf *buf, IpcMethod method, const void *params);
/* The answer to `method`; result NULL writes nil. */
void ipc_write_response(IpcBuf *buf, uint32_t id, IpcMethod method, const void *result);
void ipc_write_failure(IpcBuf *buf, uint32_t id, const IpcError *error);

/* ---- splitting one message */

typedef struct IpcEnvelope {
    IpcKind kind;
    uint32_t id;      /* REQUEST, RESPONSE */
    IpcSlice method;  /* REQUEST, NOTIFICATION */
    IpcSlice params;  /* REQUEST, NOTIFICATION: one msgpack object, without its array */
    IpcSlice error;   /* RESPONSE: one msgpack object, absent when nil */
    IpcSlice result;  /* RESPONSE: one msgpack object */
} IpcEnvelope;

/* `frame` must be one complete message, as ipc_frames_next() gives. IPC_E_MALFORMED or IPC_E_WRONG_TYPE with
 * a text otherwise; when the frame is recognizably a request, out->kind and out->id are set even then, so
 * that it can be answered. *has_id says so. */
IpcCode ipc_parse(IpcSlice frame, IpcEnvelope *out, bool *has_id, IpcError *error);

/* Turns a response's error object into an IpcError. Takes any object: what is no Failure map becomes
 * IPC_E_INTERNAL with a text. */
void ipc_failure_decode(IpcSlice object, IpcError *out);

/* ---- frames: a byte stream cut into messages */

typedef struct IpcFrameLimits {
    uint64_t max_message; /* bytes; 0: IPC_DEFAULT_MAX_MESSAGE */
    uint64_t max_nodes;   /* objects; 0: IPC_DEFAULT_MAX_NODES */
    uint32_t max_depth;   /* 0: IPC_FRAME_DEPTH, which is also the most */
} IpcFrameLimits;

/* All state of one incoming stream. Fields are private. After an error the stream has no known place to go on
 * from: every further call gives the same error; the connection is to be closed. */
typedef struct IpcFrames {
    char *data;
    size_t start;    /* first byte of the message being scanned */
    size_t scan;     /* next byte to look at: start <= scan, may be beyond `len` inside a payload */
    size_t len;
    size_t cap;
    uint64_t nodes;  /* left for this message */
    uint32_t depth;
    uint32_t left[IPC_FRAME_DEPTH]; /* objects still missing per open container */
    IpcFrameLimits limits;
    IpcError error;
    const IpcAlloc *alloc;
} IpcFrames;

void ipc_frames_init(IpcFrames *frames, const IpcFrameLimits *limits, const IpcAlloc *alloc);
void ipc_frames_free(IpcFrames *frames);

/* Where to read(2) into: *room >= want (want 0 means "some", at least 16 KiB). NULL: no memory. Moves unread
 * bytes, so slices of earlier messages end here. Then ipc_frames_fed() says how much arrived. */
char *ipc_frames_space(IpcFrames *frames, size_t want, size_t *room);
void ipc_frames_fed(IpcFrames *frames, size_t n);

/* Both in one, from a buffer of the caller's. */
IpcCode ipc_frames_feed(IpcFrames *frames, const void *bytes, size_t n);

typedef enum IpcNext { IPC_NEXT_NONE, IPC_NEXT_READY, IPC_NEXT_ERROR } IpcNext;

/* READY: *frame is one whole message, within the frames' buffer. NONE: more bytes are needed. ERROR: see
 * frames->error. */
IpcNext ipc_frames_next(IpcFrames *frames, IpcSlice *frame);

/* Bytes held that belong to no complete message yet: not 0 at end of stream means it was cut. */
size_t ipc_frames_pending(const IpcFrames *frames);

#ifdef __cplusplus
}
#endif
#endif
