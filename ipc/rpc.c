/* Methods and the MessagePack-RPC envelope. */
#include "internal.h"

static const IpcMethodInfo methods[IPC_METHOD_COUNT] = {
#define IPC_METHOD(NAME, wire, direction, phase, kind, Params, Result)                                       \
    [IPC_M_##NAME] = {wire,       sizeof wire - 1,  IPC_##direction, IPC_##phase,                            \
                      IPC_##kind, IPC_REC_##Params, IPC_REC_##Result},
#include <ipc/messages.def>
};

static const IpcMethodInfo no_method = {"", 0, 0, 0, IPC_NOTIFICATION, IPC_REC_Nothing, IPC_REC_Nothing};

const IpcMethodInfo *ipc_method_info(IpcMethod method) {
    return (unsigned)method < IPC_METHOD_COUNT ? &methods[method] : &no_method;
}

IpcMethod ipc_method_find(IpcDirection direction, const char *name, size_t length) {
    for (int i = 0; i < IPC_METHOD_COUNT; i++) {
        const IpcMethodInfo *m = &methods[i];
        if (m->direction == direction && m->name_len == length && memcmp(m->name, name, length) == 0)
            return (IpcMethod)i;
    }
    return IPC_M_NONE;
}

/* ---------------------------------------------------------------- writing */

static void write_params(IpcBuf *buf, const IpcMethodInfo *info, const void *params) {
    ipc_pack_str(buf, info->name, info->name_len);
    ipc_pack_array(buf, 1);
    if (params) ipc_record_encode(buf, info->params, params);
    else ipc_pack_map(buf, 0);
}

void ipc_write_request(IpcBuf *buf, uint32_t id, IpcMethod method, const void *params) {
    ipc_pack_array(buf, 4);
    ipc_pack_uint(buf, IPC_REQUEST);
    ipc_pack_uint(buf, id);
    write_params(buf, ipc_method_info(method), params);
}

void ipc_write_notification(IpcBuf *buf, IpcMethod method, const void *params) {
    ipc_pack_array(buf, 3);
    ipc_pack_uint(buf, IPC_NOTIFICATION);
    write_params(buf, ipc_method_info(method), params);
}

void ipc_write_response(IpcBuf *buf, uint32_t id, IpcMethod method, const void *result) {
    ipc_pack_array(buf, 4);
    ipc_pack_uint(buf, IPC_RESPONSE);
    ipc_pack_uint(buf, id);
    ipc_pack_nil(buf);
    if (result) ipc_record_encode(buf, ipc_method_info(method)->result, result);
    else ipc_pack_nil(buf);
}

void ipc_write_failure(IpcBuf *buf, uint32_t id, const IpcError *error) {
    IpcFailure failure = {
        .code = error->code,
        .name = ipc_str(ipc_code_name(error->code)),
        .message = ipc_str(error->text),
    };
    ipc_pack_array(buf, 4);
    ipc_pack_uint(buf, IPC_RESPONSE);
    ipc_pack_uint(buf, id);
    ipc_record_encode(buf, IPC_REC_Failure, &failure);
    ipc_pack_nil(buf);
}

/* ---------------------------------------------------------------- reading */

/* params: the map within its array; an empty array or nil stands for the empty map, and a map needs no array. */
static IpcCode parse_params(IpcReader *reader, IpcSlice *params, IpcError *error) {
    uint8_t first = reader->at < reader->end ? *reader->at : 0;
    if (reader->at == reader->end) return ipc_fail(error, IPC_E_TRUNCATED, "no params");
    if (first == 0xc0) {
        *params = ipc_slice("\x80", 1);
        return IPC_OK;
    }
    uint32_t count = 1;
    IpcReader probe = *reader;
    if (ipc_read_array(&probe, &count) == IPC_OK) *reader = probe;
    if (count > 1) return ipc_fail(error, IPC_E_MALFORMED, "params are one map, here %u values", (unsigned)count);
    *params = count ? ipc_slice(reader->at, (size_t)(reader->end - reader->at)) : ipc_slice("\x80", 1);
    return IPC_OK;
}

static IpcCode parse_method(IpcReader *reader, IpcEnvelope *out, IpcError *error) {
    IpcCode code = ipc_read_str(reader, &out->method);
    if (code) return ipc_fail(error, code, "method name: %s", ipc_code_text(code));
    return parse_params(reader, &out->params, error);
}

static IpcCode parse_response(IpcReader *reader, IpcEnvelope *out, IpcError *error) {
    const uint8_t *start = reader->at;
    uint64_t nodes = UINT64_MAX;
    IpcCode code = ipc_skip(reader, IPC_FRAME_DEPTH, &nodes);
    if (code) return ipc_fail(error, code, "error of a response: %s", ipc_code_text(code));
    if (*start != 0xc0) out->error = ipc_slice(start, (size_t)(reader->at - start));
    out->result = ipc_slice(reader->at, (size_t)(reader->end - reader->at));
    if (out->result.len == 0) return ipc_fail(error, IPC_E_TRUNCATED, "no result");
    return IPC_OK;
}

IpcCode ipc_parse(IpcSlice frame, IpcEnvelope *out, bool *has_id, IpcError *error) {
    IpcReader reader = ipc_slice_reader(frame);
    uint32_t count;
    uint64_t kind, id;
    IpcCode code;
    memset(out, 0, sizeof *out);
    *has_id = false;
    if (ipc_read_array(&reader, &count)) return ipc_fail(error, IPC_E_MALFORMED, "a message is an array");
    if ((code = ipc_read_uint(&reader, &kind)) || kind > IPC_NOTIFICATION) {
        return ipc_fail(error, IPC_E_MALFORMED, "a message begins with 0, 1 or 2");
    }
    out->kind = (IpcKind)kind;
    if (count != (kind == IPC_NOTIFICATION ? 3u : 4u)) {
        return ipc_fail(error, IPC_E_MALFORMED, "a message of %u parts", (unsigned)count);
    }
    if (kind == IPC_NOTIFICATION) return parse_method(&reader, out, error);
    if ((code = ipc_read_uint(&reader, &id)) || id > UINT32_MAX) {
        return ipc_fail(error, IPC_E_WRONG_TYPE, "a message id is an unsigned 32-bit integer");
    }
    out->id = (uint32_t)id;
    *has_id = kind == IPC_REQUEST;
    return kind == IPC_REQUEST ? parse_method(&reader, out, error) : parse_response(&reader, out, error);
}

void ipc_failure_decode(IpcSlice object, IpcError *out) {
    IpcFailure failure;
    if (ipc_record_decode(object, IPC_REC_Failure, &failure, NULL)) {
        IpcReader reader = ipc_slice_reader(object);
        IpcSlice text;
        ipc_fail(out, IPC_E_INTERNAL, "the other side reports an error");
        if (ipc_read_str(&reader, &text) == IPC_OK) { /* other implementations send just a text */
            ipc_error_append(out, ": ", 2, 2);
            ipc_error_append(out, text.ptr, text.len, 150);
        }
        return;
    }
    out->code = ipc_code_known(failure.code) ? (IpcCode)failure.code : IPC_E_INTERNAL;
    ipc_fail(out, out->code, "%.*s",
             failure.message.ptr ? (int)(failure.message.len < 400 ? failure.message.len : 400) : 0,
             failure.message.ptr ? failure.message.ptr : "");
    if (out->text[0] == 0) ipc_fail(out, out->code, NULL);
}
