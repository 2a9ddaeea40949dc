/* Writing msgpack: msgpack-c's packing template, instantiated to append straight to an IpcBuf (no callback
 * per byte). */
#include <ipc/buf.h>

#include <msgpack/pack.h>

#define msgpack_pack_inline_func(name)        static inline __attribute__((unused)) int template##name
#define msgpack_pack_inline_func_cint(name)   static inline __attribute__((unused)) int template##name
#define msgpack_pack_inline_func_fixint(name) static inline __attribute__((unused)) int template_fix##name
#define msgpack_pack_user                     IpcBuf *
#define msgpack_pack_append_buffer(user, bytes, length) return append(user, bytes, length)

static inline int append(IpcBuf *buf, const void *bytes, size_t length) {
    ipc_buf_append(buf, bytes, length);
    return 0;
}

#include <msgpack/pack_template.h>

void ipc_pack_nil(IpcBuf *buf) { template_nil(buf); }

void ipc_pack_bool(IpcBuf *buf, bool value) {
    if (value) template_true(buf);
    else template_false(buf);
}

void ipc_pack_int(IpcBuf *buf, int64_t value) { template_int64(buf, value); }
void ipc_pack_uint(IpcBuf *buf, uint64_t value) { template_uint64(buf, value); }
void ipc_pack_float(IpcBuf *buf, double value) { template_double(buf, value); }
void ipc_pack_array(IpcBuf *buf, uint32_t count) { template_array(buf, count); }
void ipc_pack_map(IpcBuf *buf, uint32_t pairs) { template_map(buf, pairs); }

/* msgpack's lengths have 32 bits. */
static bool too_long(IpcBuf *buf, size_t length) {
    if (length <= UINT32_MAX) return false;
    if (!buf->failed) buf->failed = IPC_E_TOO_LARGE;
    return true;
}

void ipc_pack_str(IpcBuf *buf, const char *text, size_t length) {
    if (too_long(buf, length)) return;
    template_str(buf, length);
    ipc_buf_append(buf, text, length);
}

void ipc_pack_cstr(IpcBuf *buf, const char *text) { ipc_pack_str(buf, text, strlen(text)); }

void ipc_pack_bin(IpcBuf *buf, const void *bytes, size_t length) {
    if (too_long(buf, length)) return;
    template_bin(buf, length);
    ipc_buf_append(buf, bytes, length);
}

void ipc_pack_ext(IpcBuf *buf, int8_t type, const void *bytes, size_t length) {
    if (too_long(buf, length)) return;
    template_ext(buf, length, type);
    ipc_buf_append(buf, bytes, length);
}

void ipc_pack_raw(IpcBuf *buf, IpcSlice encoded) { ipc_buf_append(buf, encoded.ptr, encoded.len); }
