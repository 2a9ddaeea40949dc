/* Jobs kept aside: those whose every retry ended by a cause they were retried for. The last of them are
 * listed with their causes, for people to look at; nothing runs them again by itself. */
#ifndef ATOLL_POISON_H
#define ATOLL_POISON_H

#include <ipc/rpc.h>

enum { POISON_MOST = 256, POISON_TEXT = 160 };

typedef struct {
    uint64_t job, attempt, ended_ms; /* since 1970 */
    IpcVerdict verdict;
    char detail[POISON_TEXT], label[POISON_TEXT]; /* cut where they are longer */
} PoisonedJob;

typedef struct {
    PoisonedJob jobs[POISON_MOST]; /* a ring */
    size_t count;                  /* ever */
} Poison;

void poison_add(Poison *poison, const IpcOutcome *outcome, uint64_t ended_ms);
/* How many are listed. */
size_t poison_listed(const Poison *poison);
/* Appends them as `Poisoned` records, the oldest first. */
void poison_list(const Poison *poison, IpcBuf *scratch, IpcList *list);

#endif
