/* The last lines of the log, for `atoll logs`; the oldest go first. Bounded by number, and each line by log.c. */
#ifndef ATOLL_LOGBOOK_H
#define ATOLL_LOGBOOK_H

#include <ipc/rpc.h>

#include "log.h"

enum { LOG_LINES_KEPT = 500 };

typedef struct {
    char *bytes; /* an encoded Log */
    size_t length;
} LogEntry;

/* All zero: empty. */
typedef struct {
    LogEntry entries[LOG_LINES_KEPT]; /* a ring */
    uint64_t count;                   /* ever */
} LogBook;

/* Numbers the line (its seq) and keeps it; without memory it is only numbered. */
void logbook_add(LogBook *book, IpcLog *line);
/* Appends all as Log records, the oldest first. */
void logbook_list(const LogBook *book, IpcBuf *scratch, IpcList *list);
void logbook_free(LogBook *book);

#endif
