/* Outcomes kept for a while: of jobs that outlive their client (detached), and of those with an idempotency
 * key. Bounded in number and bytes; the oldest go first. */
#ifndef ATOLL_KEEP_H
#define ATOLL_KEEP_H

#include <ipc/rpc.h>

enum { KEEP_ENTRIES = 1024, KEEP_BYTES = 32 << 20 };

typedef struct {
    uint64_t job;  /* 0: free */
    char *message; /* the `outcome` notification; NULL: the job has not ended, or its outcome was not kept */
    size_t length;
    char *key; /* idempotency key, NULL: none */
    size_t key_length;
} Kept;

typedef struct {
    Kept entries[KEEP_ENTRIES]; /* a ring */
    size_t next;
    size_t bytes;
} Keep;

void keep_free(Keep *keep);
/* Remembers which job has the key. */
void keep_key(Keep *keep, IpcSlice key, uint64_t job);
void keep_outcome(Keep *keep, const IpcOutcome *outcome);
/* NULL if unknown; borrowed until the next call that changes the store. */
const Kept *keep_find_job(const Keep *keep, uint64_t job);
const Kept *keep_find_key(const Keep *keep, IpcSlice key);

#endif
