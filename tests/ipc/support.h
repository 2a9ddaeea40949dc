/* What the ipc tests share: cmocka's headers, a seeded generator, random records, random values. */
#ifndef TESTS_IPC_SUPPORT_H
#define TESTS_IPC_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ipc/dump.h>
#include <ipc/graph.h>
#include <ipc/rpc.h>
#include <ipc/session.h>

#define TEST(name) cmocka_unit_test(name)

/* xorshift64*; the state is the seed, never 0. */
typedef struct Random {
    uint64_t state;
} Random;

uint64_t random_next(Random *random);
uint64_t random_below(Random *random, uint64_t n);

/* Fills the struct of a record with random values, all of its fields or (sparse) some. Slices and lists point
 * into *arena, which must outlive the record and has room for as many records as a test needs. */
typedef struct Arena {
    char bytes[1 << 16];
    size_t used;
} Arena;

void random_record(Random *random, Arena *arena, IpcRecordId id, void *record, bool sparse);

/* Appends a random plain value / a random valid graph. */
void random_plain(Random *random, IpcBuf *buf, int depth);
void random_graph(Random *random, IpcBuf *buf);

/* Changes, removes, repeats or inserts some bytes. */
void mutate(Random *random, IpcBuf *buf);

/* An allocator that counts live blocks and fails at call number fail_at (0: never). */
typedef struct CountingAlloc {
    IpcAlloc alloc;
    long live, calls, fail_at;
} CountingAlloc;

void counting_alloc_init(CountingAlloc *counting);

static inline IpcSlice slice_of(const IpcBuf *buf) { return ipc_buf_slice(buf); }

#endif
