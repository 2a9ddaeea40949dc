#include "tail.h"

#include <stdlib.h>
#include <string.h>

struct TailChunk {
    TailChunk *next;
    uint64_t seq;
    size_t length;
    IpcStream stream;
    char data[];
};

static size_t size_of(const TailChunk *chunk) {
    return sizeof *chunk + chunk->length;
}

static void drop_first(Tail *tail) {
    TailChunk *first = tail->first;
    tail->first = first->next;
    if (!tail->first) tail->last = NULL;
    tail->bytes -= size_of(first);
    tail->skipped += first->length;
    free(first);
}

void tail_clear(Tail *tail) {
    while (tail->first)
        drop_first(tail);
    *tail = (Tail){0};
}

/* Everything before goes when not even this piece fits; of the piece itself the end stays. */
static IpcSlice fitting_end(Tail *tail, IpcSlice data, size_t most) {
    size_t room = most > sizeof(TailChunk) ? most - sizeof(TailChunk) : 0;
    while (tail->first && (data.len > room || tail->bytes > room - data.len))
        drop_first(tail);
    if (data.len <= room) return data;
    tail->skipped += data.len - room;
    return ipc_slice(data.ptr + data.len - room, room);
}

void tail_add(Tail *tail, const IpcOutput *output, size_t most) {
    IpcSlice data = fitting_end(tail, output->data, most);
    if (!data.len) return;
    TailChunk *chunk = malloc(sizeof *chunk + data.len);
    if (!chunk) {
        uint64_t lost = data.len;
        while (tail->first)
            drop_first(tail);
        tail->skipped += lost;
        return;
    }
    *chunk = (TailChunk){.seq = output->seq, .length = data.len, .stream = output->stream};
    memcpy(chunk->data, data.ptr, data.len);
    if (tail->last) tail->last->next = chunk;
    else tail->first = chunk;
    tail->last = chunk;
    tail->bytes += size_of(chunk);
}

void tail_write(const Tail *tail, uint64_t job, IpcBuf *out) {
    uint64_t skipped = tail->skipped;
    IpcOutput output = {.job = job};
    for (const TailChunk *chunk = tail->first; chunk; chunk = chunk->next) {
        output.stream = chunk->stream;
        output.seq = chunk->seq;
        output.skipped = skipped;
        output.data = ipc_slice(chunk->data, chunk->length);
        ipc_write_notification(out, IPC_M_ON_OUTPUT, &output);
        skipped = 0;
    }
    if (!skipped) return;
    output.skipped = skipped; /* nothing was kept, which is said too */
    output.data = ipc_str("");
    ipc_write_notification(out, IPC_M_ON_OUTPUT, &output);
}
