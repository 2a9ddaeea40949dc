/* The last deaths of workers, as certificates, in the form in which they are sent; the oldest go first. Bounded by number, and each by
 * what a telemetry page can hold. */
#ifndef ATOLL_DEATHBOOK_H
#define ATOLL_DEATHBOOK_H

#include <ipc/rpc.h>

enum { DEATHS_KEPT = 64, DEATHS_IN_STATUS = 8 };

typedef struct {
    char *bytes; /* an encoded Death */
    size_t length;
    bool expected;
} DeathEntry;

/* All zero: empty. */
typedef struct {
    DeathEntry entries[DEATHS_KEPT]; /* a ring */
    uint64_t count;                  /* ever */
} DeathBook;

/* Numbers the record (its seq) and keeps it; without memory it is only numbered. */
void deathbook_add(DeathBook *book, IpcDeath *death);
/* Appends the last `most` as Death records, the oldest first; unexpected ones only, if so wished. */
void deathbook_list(const DeathBook *book, size_t most, bool unexpected, IpcBuf *scratch, IpcList *list);
void deathbook_free(DeathBook *book);

/* --- for whoever shows a death */

/* "prog.py:12 in f", or "" when the place is not known, written into `out`. */
const char *death_place(const IpcDeath *death, char *out, size_t capacity);
/* "worker killed by SIGSEGV at prog.py:12 in f", written into `out`. */
const char *death_line(const IpcDeath *death, char *out, size_t capacity);
/* Appends the rest of the stack, one call a line. */
void death_stack_lines(const IpcDeath *death, IpcBuf *out);
/* Appends the whole of it for people, several lines; or as one JSON object with the fields that are not zero. */
void death_text(const IpcDeath *death, IpcBuf *out);
void death_json(const IpcDeath *death, IpcBuf *out);

#endif
