/* Whether a job that a killed server has left can go on, and if not, how it ends.
 *
 * It cannot when it had begun and was to run at most once, when its client had what it needs (its input, its
 * files: that client is gone), when its session is gone, or when its deadline has passed. */
#ifndef ATOLL_RECOVER_H
#define ATOLL_RECOVER_H

#include "journal.h"

typedef struct {
    bool goes_on, retried;
    IpcSubmit submit;    /* when it goes on: with what is left of its deadline and its retries */
    IpcSlice label;      /* of its outcome otherwise, as the next two */
    IpcVerdict verdict;
    const char *detail;
} Recovery;

/* Points into the row. The row's bytes may be anything. */
void recover_row(const JournalRow *row, uint64_t now_ms, Recovery *recovery);

#endif
