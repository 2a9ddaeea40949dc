/* The last output of a job, for whoever asks later: as much as fits a bound, the oldest goes first. What was
 * dropped is counted, and told. */
#ifndef ATOLL_TAIL_H
#define ATOLL_TAIL_H

#include <ipc/rpc.h>

typedef struct TailChunk TailChunk;

/* All zero: empty. */
typedef struct {
    TailChunk *first, *last;
    size_t bytes;     /* held, the chunks' own heads included */
    uint64_t skipped; /* bytes of output that are not here any more, all before `first` */
} Tail;

/* Keeps a copy of one piece of output; `most` bounds the bytes of the whole. Without memory it counts as
 * skipped. */
void tail_add(Tail *tail, const IpcOutput *output, size_t most);
/* Appends the pieces to `out` as the `output` notifications that a client gets. */
void tail_write(const Tail *tail, uint64_t job, IpcBuf *out);
void tail_clear(Tail *tail);

#endif
