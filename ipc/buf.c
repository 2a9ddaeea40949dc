/* Growable buffers and the allocator behind them. */
#include <ipc/buf.h>

#include <stdlib.h>

enum { FIRST_CAPACITY = 256 };

void *ipc_realloc(const IpcAlloc *alloc, void *block, size_t size) {
    return alloc ? alloc->realloc(alloc->ctx, block, size) : realloc(block, size);
}

void ipc_free(const IpcAlloc *alloc, void *block) {
    if (!block) return;
    if (alloc) alloc->free(alloc->ctx, block);
    else free(block);
}

void ipc_buf_init(IpcBuf *buf, const IpcAlloc *alloc) {
    *buf = (IpcBuf){.limit = SIZE_MAX, .alloc = alloc};
}

void ipc_buf_free(IpcBuf *buf) {
    ipc_free(buf->alloc, buf->data);
    buf->data = NULL;
    buf->len = buf->cap = 0;
}

void ipc_buf_clear(IpcBuf *buf) {
    buf->len = 0;
    buf->failed = IPC_OK;
}

void ipc_buf_shrink(IpcBuf *buf, size_t keep) {
    ipc_buf_clear(buf);
    if (buf->cap > keep) ipc_buf_free(buf);
}

void ipc_buf_truncate(IpcBuf *buf, size_t length) {
    if (length < buf->len) buf->len = length;
    buf->failed = IPC_OK;
}

static bool grow(IpcBuf *buf, size_t need) {
    size_t cap = buf->cap ? buf->cap : FIRST_CAPACITY;
    while (cap < need) cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    char *data = ipc_realloc(buf->alloc, buf->data, cap);
    if (!data) return false;
    buf->data = data;
    buf->cap = cap;
    return true;
}

char *ipc_buf_reserve_slow(IpcBuf *buf, size_t n) {
    if (buf->failed) return NULL;
    size_t need;
    if (__builtin_add_overflow(buf->len, n, &need) || need > buf->limit) {
        buf->failed = IPC_E_TOO_LARGE;
        return NULL;
    }
    if (need > buf->cap && !grow(buf, need)) {
        buf->failed = IPC_E_NO_MEMORY;
        return NULL;
    }
    return buf->data + buf->len;
}

void ipc_buf_append(IpcBuf *buf, const void *bytes, size_t n) {
    if (buf->failed || n > buf->limit || buf->len > buf->limit - n) {
        if (!buf->failed) buf->failed = IPC_E_TOO_LARGE;
        return;
    }
    char *at = ipc_buf_reserve(buf, n);
    if (!at || n == 0) return;
    memcpy(at, bytes, n);
    buf->len += n;
}

void ipc_buf_append_text(IpcBuf *buf, const char *text) {
    ipc_buf_append(buf, text, strlen(text));
}

void ipc_buf_drop_front(IpcBuf *buf, size_t n) {
    if (n == 0) return;
    if (n < buf->len) memmove(buf->data, buf->data + n, buf->len - n);
    buf->len = n < buf->len ? buf->len - n : 0;
}
