/* The journal: accepted jobs and their outcomes in an SQLite database, so that they outlive the supervisor.
 *
 * TABLES (version 1)
 *   jobs      a row for each accepted job that has not ended: its submit as the client sent it, and which
 *             attempt of it has begun (0: none)
 *   outcomes  a row for each job that has ended, in the order of their ends: its outcome (and the output that
 *             was kept) as the messages that a client gets. A second outcome of a job cannot be written.
 *   poisoned  jobs kept aside, with their submits and outcomes: the last 256
 *   meta      the highest id that a job ever had
 * INVARIANTS
 *   - What happens during a turn of the loop only gathers here; journal_commit writes it in one transaction,
 *     at the turn's end, before anything that the turn says leaves the process. So a client is told of its
 *     job, a worker gets it, and an outcome is told only when the row is there.
 *   - A job has a row in `jobs` or one in `outcomes`, never both, never neither (until outcomes are dropped
 *     by age or bytes).
 *   - When a transaction fails nothing of it is there: the callers take back what it was to make true
 *     (accepted jobs are refused, jobs that were to begin wait), except outcomes, which have happened; they
 *     stay here and go with the next transaction.
 *
 * WHY NO THREAD writes. The database is in WAL mode and a commit is a write(2) into the system's cache, which
 * outlives the process. Measured (tests/bench/jobs/journal_commits.c), a commit of one job takes 20 us, one of
 * a hundred 120 us; 4 us a job, where handing rows to a thread and waking up again takes about as long as the
 * small commits do, and each answer would have to be held back for it. The longest of 12,000 took 19 ms on a
 * machine with seven times more to do than processors. What does take long, copying the log into the database
 * and waiting for the disk, is done in a thread of the loop's pool beside it. With `sync` each commit waits for
 * the disk as well (4 ms, up to 21 ms, there): the price of outliving a power cut, shared by all jobs of the
 * turn. */
#ifndef ATOLL_JOURNAL_H
#define ATOLL_JOURNAL_H

#include <ipc/rpc.h>
#include <uv.h>

#include "log.h"

enum { JOURNAL_VERSION = 1 };

typedef struct Journal Journal;

typedef struct {
    const char *path; /* borrowed */
    bool sync;
    uint64_t keep_ms; /* how long, and how many bytes of, outcomes are kept */
    uint64_t keep_bytes;
    uv_loop_t *loop;
    Log *log;
} JournalConfig;

/* A job that a former server has left. Everything in it is to be read as foreign bytes. */
typedef struct {
    uint64_t job, accepted_ms; /* since 1970 */
    uint32_t attempt;          /* the last that began, 0: none */
    uint32_t retries;          /* left */
    uint32_t uid;              /* whose it is */
    IpcSlice submit;           /* a Submit record */
} JournalRow;

/* Opens or makes the file, which no other server may have. NULL with one line in `error`: it is in use, no
 * journal, of another version, damaged, or cannot be had. */
Journal *journal_open(const JournalConfig *config, char *error, size_t capacity);
/* Writes what is left. The loop must have ended, or never begun. NULL is fine. */
void journal_close(Journal *journal);
void journal_set_bounds(Journal *journal, uint64_t keep_ms, uint64_t keep_bytes);

/* The highest id of any job so far. */
uint64_t journal_last_job(const Journal *journal);
/* Every job without an outcome, by id. The callback may add entries (journal_end, journal_begin). False with
 * one line in `error` when the rows cannot be read. */
bool journal_each_job(Journal *journal, void (*take)(void *data, const JournalRow *row), void *data,
                      char *error, size_t capacity);
/* Every job kept aside, the oldest first: its outcome's messages. */
bool journal_each_poisoned(Journal *journal, void (*take)(void *data, uint64_t ended_ms, IpcSlice message),
                           void *data);

/* --- entries of this turn; what they point to is copied. Without memory the commit fails; an end that could not even be
 * noted is told in the log: its job was told of it, and the next server will find it as one that had begun. */

void journal_accept(Journal *journal, uint64_t job, uint64_t now_ms, uint32_t retries, uint32_t uid,
                    IpcSlice submit);
/* Attempt N begins with what follows this turn (0: it has not begun after all). */
void journal_begin(Journal *journal, uint64_t job, uint32_t attempt, uint32_t retries);
void journal_end(Journal *journal, uint64_t job, uint64_t now_ms, bool poisoned, IpcSlice key,
                 IpcSlice message);

/* Whether anything waits to be written. */
bool journal_pending(const Journal *journal);
/* Writes it. False: see above; journal_fault says why. */
bool journal_commit(Journal *journal);
/* Why the last commit failed; NULL: it did not. */
const char *journal_fault(const Journal *journal);
/* Tries whether it can be written again, and drops outcomes that are over their time. */
void journal_tick(Journal *journal, uint64_t now_ms);

/* --- outcomes */

/* Appends the messages of a job that has ended. False: there is none. */
bool journal_find(Journal *journal, uint64_t job, IpcBuf *message);
/* The same by idempotency key; *job is whose it is. */
bool journal_find_key(Journal *journal, IpcSlice key, uint64_t *job, IpcBuf *message);
/* Outcomes there, and their bytes. */
uint64_t journal_kept(const Journal *journal, uint64_t *bytes);

/* Whether the bytes are what journal_end was given: messages `output`..., `outcome` of that job (0: of one
 * job). *outcome (may be NULL) is filled and points into them. */
bool journal_message_is_good(IpcSlice message, uint64_t job, IpcOutcome *outcome);

#endif
