/* What can still be had of jobs that have ended: their outcomes, with the last of their output, for who
 * attaches later or submits the same idempotency key again. Kept for a time and within bytes, the oldest go
 * first; a key of a job that has not ended is never forgotten. */
#ifndef ATOLL_KEEP_H
#define ATOLL_KEEP_H

#include <ipc/idmap.h>
#include <ipc/rpc.h>

typedef struct Kept Kept;

struct Kept {
    Kept *older, *newer; /* of those that have ended, in the order in which they did */
    Kept *next_of_hash;
    uint64_t job;
    uint64_t ended_ns; /* 0: not yet */
    char *message;     /* `output` notifications, then the `outcome`, as a client gets them; NULL: not ended */
    size_t length;
    uint64_t key_hash;
    size_t key_length;
    char key[]; /* idempotency key; empty: none */
};

typedef struct {
    uint64_t most_ns;
    size_t most_bytes;
    IpcIdMap by_job, by_key; /* job -> Kept; hash of a key -> Kept, chained */
    Kept *oldest, *newest;
    size_t count, bytes;     /* of those that have ended */
} Keep;

void keep_init(Keep *keep, uint64_t most_ns, size_t most_bytes);
void keep_free(Keep *keep);
/* Other bounds; what is over them goes at once. */
void keep_set_bounds(Keep *keep, uint64_t most_ns, size_t most_bytes);

/* Remembers which job has the key. False: no memory. */
bool keep_key(Keep *keep, IpcSlice key, uint64_t job);
/* The job is none after all: its key is free again. */
void keep_forget(Keep *keep, uint64_t job);
/* The whole message of a job that has ended (see Kept.message), copied. What no bound could hold is not
 * kept. */
void keep_outcome(Keep *keep, uint64_t job, IpcSlice message, uint64_t now_ns);
/* Drops what is over its time. */
void keep_expire(Keep *keep, uint64_t now_ns);

/* NULL if unknown; borrowed until the next call that changes the store. */
const Kept *keep_find_job(const Keep *keep, uint64_t job);
const Kept *keep_find_key(const Keep *keep, IpcSlice key);

#endif
