/* pickle_output: the memo of what is written, and the writer's bytes in frames. */
#include "modules/pickle.h"
#include "objects/tuple.h"

enum { FRAME_MIN = 4, FRAME_TARGET = 64 * 1024, FRAME_HEADER = 9 };

/* ---- memo ---- */

static struct MemoEntry *memo_place(const Memo *memo, Value key) {
    size_t i = (size_t)((uintptr_t)key >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20;
    while (memo->entries[i & memo->mask].key && memo->entries[i & memo->mask].key != key) i++;
    return &memo->entries[i & memo->mask];
}

bool memo_find(const Memo *memo, Value key, size_t *number) {
    if (!memo->entries) return false;
    const struct MemoEntry *e = memo_place(memo, key);
    *number = e->number;
    return e->key != NULL;
}

static int memo_grow(Memo *memo) {
    size_t slots = memo->entries ? (memo->mask + 1) * 4 : 64, old_slots = memo->entries ? memo->mask + 1 : 0;
    struct MemoEntry *old = memo->entries, *fresh = heap_calloc(rt->heap, slots, sizeof *fresh);
    if (!fresh) return raise_no_memory(), -1;
    memo->entries = fresh;
    memo->mask = slots - 1;
    for (size_t i = 0; i < old_slots; i++)
        if (old[i].key) *memo_place(memo, old[i].key) = old[i];
    heap_free(rt->heap, old);
    return 0;
}

int memo_add(Memo *memo, Value key, size_t number) {
    if ((!memo->entries || memo->count * 3 >= (memo->mask + 1) * 2) && memo_grow(memo) < 0) return -1;
    struct MemoEntry *e = memo_place(memo, key);
    if (!e->key) {
        e->key = incref(key);
        memo->count++;
    }
    e->number = number;
    return 0;
}

void memo_clear(Memo *memo) {
    Memo old = *memo;
    *memo = (Memo){0};
    for (size_t i = 0; old.entries && i <= old.mask; i++) xdecref(old.entries[i].key);
    heap_free(rt->heap, old.entries);
}

int memo_copy(Memo *to, const Memo *from) {
    *to = (Memo){0};
    for (size_t i = 0; from->entries && i <= from->mask; i++)
        if (from->entries[i].key && memo_add(to, from->entries[i].key, from->entries[i].number) < 0) {
            memo_clear(to);
            return -1;
        }
    return 0;
}

/* ---- bytes ---- */

static int reserve(Pickler *p, size_t more) {
    size_t wanted;
    if (__builtin_add_overflow(p->length, more, &wanted)) return raise_no_memory(), -1;
    if (wanted <= p->room) return 0;
    wanted = wanted < 256 ? 256 : wanted + wanted / 2;
    uint8_t *grown = heap_realloc(rt->heap, p->out, wanted);
    if (!grown) return raise_no_memory(), -1;
    p->out = grown;
    p->room = wanted;
    return 0;
}

int out_bytes(Pickler *p, const void *data, size_t n) {
    bool opens = p->framing && p->frame == NO_FRAME;
    if (reserve(p, n + (opens ? FRAME_HEADER : 0)) < 0 || (n >= 4096 && work_charge(n / 64) < 0)) return -1;
    if (opens) {
        p->frame = p->length;
        p->length += FRAME_HEADER;
    }
    if (n) memcpy(p->out + p->length, data, n);
    p->length += n;
    return 0;
}

int out_byte(Pickler *p, int byte) {
    uint8_t b = (uint8_t)byte;
    return out_bytes(p, &b, 1);
}

int out_op(Pickler *p, PickleOp op, uint64_t n, int bytes) {
    uint8_t text[9] = {(uint8_t)op};
    memcpy(text + 1, &n, sizeof n); /* little-endian machine */
    return out_bytes(p, text, (size_t)bytes + 1);
}

/* ---- frames ---- */

int out_close_frame(Pickler *p) {
    if (!p->framing || p->frame == NO_FRAME) return 0;
    uint8_t *start = p->out + p->frame;
    uint64_t n = p->length - p->frame - FRAME_HEADER;
    if (n >= FRAME_MIN) {
        start[0] = OP_FRAME;
        memcpy(start + 1, &n, 8);
    } else {
        memmove(start, start + FRAME_HEADER, (size_t)n);
        p->length -= FRAME_HEADER;
    }
    p->frame = NO_FRAME;
    return 0;
}

int out_flush(Pickler *p) {
    if (!p->write || p->length == 0) return 0;
    Value bytes = bytes_from(p->out, p->length);
    if (!bytes) return -1;
    p->length = 0;
    Value result = value_call_one(p->write, bytes);
    decref(bytes);
    xdecref(result);
    return result ? 0 : -1;
}

int out_boundary(Pickler *p) {
    if (!p->framing || p->frame == NO_FRAME || p->length - p->frame - FRAME_HEADER < FRAME_TARGET) return 0;
    return out_close_frame(p) < 0 ? -1 : out_flush(p);
}

static int write_payload(Pickler *p, const void *data, size_t n, Value payload_or_null) {
    if (out_flush(p) < 0) return -1;
    Value bytes = payload_or_null ? incref(payload_or_null) : bytes_from(data, n);
    Value result = bytes ? value_call_one(p->write, bytes) : NULL;
    xdecref(bytes);
    xdecref(result);
    return result ? 0 : -1;
}

int out_payload(Pickler *p, const uint8_t *header, size_t header_size, const void *data, size_t n,
                Value payload_or_null) {
    bool apart = n >= FRAME_TARGET, framing = p->framing;
    if (apart) {
        if (out_close_frame(p) < 0) return -1;
        p->framing = false;
    }
    int status = out_bytes(p, header, header_size);
    if (status == 0)
        status = apart && p->write ? write_payload(p, data, n, payload_or_null) : out_bytes(p, data, n);
    p->framing = framing;
    return status;
}
