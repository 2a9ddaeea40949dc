/* Cutting a byte stream into messages.
 *
 * The scanner walks object headers and jumps over payloads, so each byte is looked at once at most, and what
 * it knows survives from one piece of input to the next: `scan`, and for each open container how many objects
 * are missing. Size, depth and number of objects are checked at the header that would exceed them, before
 * anything of that size was received or allocated.
 */
#include "internal.h"

enum {
    READ_SIZE = 16 << 10,  /* least room offered to a read */
    KEEP_SIZE = 4 << 20,   /* an empty buffer above this is given back */
};

void ipc_frames_init(IpcFrames *frames, const IpcFrameLimits *limits, const IpcAlloc *alloc) {
    memset(frames, 0, sizeof *frames);
    if (limits) frames->limits = *limits;
    IpcFrameLimits *l = &frames->limits;
    if (l->max_message == 0) l->max_message = IPC_DEFAULT_MAX_MESSAGE;
    if (l->max_nodes == 0) l->max_nodes = IPC_DEFAULT_MAX_NODES;
    if (l->max_nodes > UINT32_MAX) l->max_nodes = UINT32_MAX;
    if (l->max_depth == 0 || l->max_depth > IPC_FRAME_DEPTH) l->max_depth = IPC_FRAME_DEPTH;
    frames->nodes = l->max_nodes;
    frames->alloc = alloc;
}

void ipc_frames_free(IpcFrames *frames) {
    ipc_free(frames->alloc, frames->data);
    frames->data = NULL;
    frames->start = frames->scan = frames->len = frames->cap = 0;
}

/* Brings the unread bytes to the front. */
static void compact(IpcFrames *frames) {
    size_t pending = frames->len - frames->start;
    if (frames->start == 0) return;
    if (pending) memmove(frames->data, frames->data + frames->start, pending);
    frames->scan -= frames->start;
    frames->len = pending;
    frames->start = 0;
}

static bool resize(IpcFrames *frames, size_t cap) {
    char *data = ipc_realloc(frames->alloc, frames->data, cap);
    if (!data) return false;
    frames->data = data;
    frames->cap = cap;
    return true;
}

char *ipc_frames_space(IpcFrames *frames, size_t want, size_t *room) {
    size_t pending = frames->len - frames->start;
    if (want == 0) want = READ_SIZE;
    if (pending == 0) {
        compact(frames);
        if (frames->cap > KEEP_SIZE && want <= READ_SIZE) resize(frames, READ_SIZE * 4);
    }
    if (frames->cap - frames->len < want) {
        /* Move only when that frees half of the buffer: so each byte is moved a bounded number of times. */
        if (frames->start >= frames->cap / 2 && frames->cap - pending >= want) {
            compact(frames);
        } else {
            size_t need = 0, cap = frames->cap ? frames->cap : READ_SIZE;
            compact(frames);
            if (__builtin_add_overflow(pending, want, &need)) return NULL;
            cap = cap > SIZE_MAX / 2 ? need : cap * 2;
            if (!resize(frames, cap > need ? cap : need)) return NULL;
        }
    }
    *room = frames->cap - frames->len;
    return frames->data + frames->len;
}

void ipc_frames_fed(IpcFrames *frames, size_t n) { frames->len += n; }

IpcCode ipc_frames_feed(IpcFrames *frames, const void *bytes, size_t n) {
    if (frames->error.code) return frames->error.code;
    if (n == 0) return IPC_OK;
    size_t room;
    char *at = ipc_frames_space(frames, n, &room);
    if (!at) return ipc_fail(&frames->error, IPC_E_NO_MEMORY, NULL);
    memcpy(at, bytes, n);
    ipc_frames_fed(frames, n);
    return IPC_OK;
}

size_t ipc_frames_pending(const IpcFrames *frames) { return frames->len - frames->start; }

static IpcNext broken(IpcFrames *frames, IpcCode code, const char *what, uint64_t most) {
    if (what) ipc_fail(&frames->error, code, "%s (at most %llu)", what, (unsigned long long)most);
    else ipc_fail(&frames->error, code, NULL);
    return IPC_NEXT_ERROR;
}

/* Every message is an array of 3 or 4: anything else is no MessagePack-RPC, and is refused at its first byte.
 */
static bool may_begin_message(const uint8_t *p, IpcShape shape) {
    bool array = (p[0] & 0xf0) == 0x90 || p[0] == 0xdc || p[0] == 0xdd;
    return array && (shape.children == 3 || shape.children == 4);
}

/* Looks at the object at `scan`, whose header is all there. */
static IpcNext enter_object(IpcFrames *frames, const uint8_t *p, IpcShape shape) {
    const IpcFrameLimits *limits = &frames->limits;
    if (frames->depth == 0 && !may_begin_message(p, shape)) return broken(frames, IPC_E_MALFORMED, NULL, 0);
    uint64_t size = frames->scan - frames->start + shape.header;
    if (shape.payload > limits->max_message || size > limits->max_message - shape.payload) {
        return broken(frames, IPC_E_TOO_LARGE, "message too large", limits->max_message);
    }
    if (shape.children >= frames->nodes || frames->nodes == 0) {
        return broken(frames, IPC_E_TOO_MANY_NODES, "message holds too many objects", limits->max_nodes);
    }
    frames->nodes--;
    if (shape.container && frames->depth == limits->max_depth) {
        return broken(frames, IPC_E_TOO_DEEP, "message nested too deep", limits->max_depth);
    }
    frames->scan += shape.header + shape.payload;
    if (shape.children) {
        frames->left[frames->depth++] = (uint32_t)shape.children;
    } else {
        while (frames->depth && --frames->left[frames->depth - 1] == 0) frames->depth--;
    }
    return IPC_NEXT_READY;
}

static void start_message(IpcFrames *frames) {
    frames->start = frames->scan;
    frames->nodes = frames->limits.max_nodes;
    frames->depth = 0;
}

IpcNext ipc_frames_next(IpcFrames *frames, IpcSlice *frame) {
    if (frames->error.code) return IPC_NEXT_ERROR;
    while (frames->depth || frames->scan == frames->start) {
        if (frames->scan >= frames->len) return IPC_NEXT_NONE;
        const uint8_t *p = (const uint8_t *)frames->data + frames->scan;
        size_t have = frames->len - frames->scan;
        IpcShape shape = ipc__shape(p, have);
        if (shape.header == 0) return broken(frames, IPC_E_MALFORMED, NULL, 0);
        if (frames->depth == 0 && shape.header > have && !(p[0] == 0xdc || p[0] == 0xdd)) {
            return broken(frames, IPC_E_MALFORMED, NULL, 0);
        }
        if (shape.header > have) return IPC_NEXT_NONE;
        if (enter_object(frames, p, shape) == IPC_NEXT_ERROR) return IPC_NEXT_ERROR;
    }
    if (frames->scan > frames->len) return IPC_NEXT_NONE;
    *frame = ipc_slice(frames->data + frames->start, frames->scan - frames->start);
    start_message(frames);
    return IPC_NEXT_READY;
}
