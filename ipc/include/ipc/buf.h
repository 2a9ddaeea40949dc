/* Bytes: slices, growable buffers and the allocator behind them; writing msgpack into a buffer.
 *
 * An IpcBuf is reused from message to message: ipc_buf_clear() keeps its memory, so that a warm connection
 * allocates nothing. Errors are sticky: after a failed append (no memory, or over `limit`) the buffer keeps
 * its last good length, remembers the code and refuses everything further, so a chain of appends needs one
 * check, at the end (ipc_buf_failed()). Writing many messages one after another into one buffer is how
 * batches are made.
 *
 * Packing follows msgpack's shortest forms through msgpack-c; floats are always 64 bits wide.
 */
#ifndef IPC_BUF_H
#define IPC_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <ipc/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where memory comes from. realloc(ctx, NULL, n) allocates; free(ctx, NULL) does nothing. A NULL IpcAlloc*
 * anywhere means malloc. The struct must outlive everything made with it. */
typedef struct IpcAlloc {
    void *(*realloc)(void *ctx, void *block, size_t size);
    void (*free)(void *ctx, void *block);
    void *ctx;
} IpcAlloc;

void *ipc_realloc(const IpcAlloc *alloc, void *block, size_t size);
void ipc_free(const IpcAlloc *alloc, void *block);

/* Bytes that belong to someone else. ptr NULL: absent (length 0); ptr not NULL with length 0: present and
 * empty. Not terminated. */
typedef struct IpcSlice {
    const char *ptr;
    size_t len;
} IpcSlice;

/* A msgpack array's elements (without its header), `count` of them, one after another. */
typedef struct IpcList {
    const char *ptr;
    size_t len;
    uint32_t count;
} IpcList;

static inline IpcSlice ipc_slice(const void *ptr, size_t len) { return (IpcSlice){(const char *)ptr, len}; }

/* A C string as a slice; NULL gives an absent one. The string is borrowed. */
static inline IpcSlice ipc_str(const char *text) { return (IpcSlice){text, text ? strlen(text) : 0}; }

static inline bool ipc_slice_is(IpcSlice slice, const char *text) {
    return slice.ptr && slice.len == strlen(text) && memcmp(slice.ptr, text, slice.len) == 0;
}

typedef struct IpcBuf {
    char *data;
    size_t len;
    size_t cap;
    size_t limit;   /* bytes that appends may fill; SIZE_MAX at first */
    IpcCode failed; /* IPC_OK, IPC_E_NO_MEMORY or IPC_E_TOO_LARGE */
    const IpcAlloc *alloc;
} IpcBuf;

void ipc_buf_init(IpcBuf *buf, const IpcAlloc *alloc);
void ipc_buf_free(IpcBuf *buf);

/* Empties it and forgets an error; keeps the memory, unless it is more than `keep` bytes. */
void ipc_buf_clear(IpcBuf *buf);
void ipc_buf_shrink(IpcBuf *buf, size_t keep);

static inline IpcCode ipc_buf_failed(const IpcBuf *buf) { return buf->failed; }
static inline IpcSlice ipc_buf_slice(const IpcBuf *buf) { return ipc_slice(buf->data, buf->len); }

/* Takes everything from `length` on away again (and forgets an error): undo for a half-written message. */
void ipc_buf_truncate(IpcBuf *buf, size_t length);

/* Makes room for n bytes after len and returns where they go (NULL on failure); the caller then adds what it
 * wrote to len. May offer room beyond `limit` when it is there already; appends never fill it. */
char *ipc_buf_reserve_slow(IpcBuf *buf, size_t n);
static inline char *ipc_buf_reserve(IpcBuf *buf, size_t n) {
    if (buf->failed || buf->len + n < n || buf->len + n > buf->cap) return ipc_buf_reserve_slow(buf, n);
    return buf->data + buf->len;
}

void ipc_buf_append(IpcBuf *buf, const void *bytes, size_t n);
void ipc_buf_append_text(IpcBuf *buf, const char *text); /* up to its NUL */

/* Drops the first n bytes, moving the rest down. */
void ipc_buf_drop_front(IpcBuf *buf, size_t n);

/* ---- msgpack */

void ipc_pack_nil(IpcBuf *buf);
void ipc_pack_bool(IpcBuf *buf, bool value);
void ipc_pack_int(IpcBuf *buf, int64_t value);
void ipc_pack_uint(IpcBuf *buf, uint64_t value);
void ipc_pack_float(IpcBuf *buf, double value);
void ipc_pack_str(IpcBuf *buf, const char *text, size_t length); /* the caller answers for UTF-8 */
void ipc_pack_cstr(IpcBuf *buf, const char *text);
void ipc_pack_bin(IpcBuf *buf, const void *bytes, size_t length);
void ipc_pack_array(IpcBuf *buf, uint32_t count);  /* then `count` objects */
void ipc_pack_map(IpcBuf *buf, uint32_t pairs);    /* then 2 * pairs objects */
void ipc_pack_ext(IpcBuf *buf, int8_t type, const void *bytes, size_t length);
void ipc_pack_raw(IpcBuf *buf, IpcSlice encoded);  /* objects that are packed already */

/* ---- UTF-8 */

/* True when the bytes are well-formed UTF-8: no surrogates, no overlong forms, nothing above U+10FFFF. */
bool ipc_utf8_valid(const char *text, size_t length);

/* The same, but with surrogates as three bytes each allowed (Python's "surrogatepass"). */
bool ipc_utf8_valid_wide(const char *text, size_t length);

#ifdef __cplusplus
}
#endif
#endif
