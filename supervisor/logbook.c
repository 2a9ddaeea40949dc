#include "logbook.h"

#include <stdlib.h>
#include <string.h>

void logbook_add(LogBook *book, IpcLog *line) {
    LogEntry *entry = &book->entries[book->count++ % LOG_LINES_KEPT];
    IpcBuf encoded;
    free(entry->bytes);
    *entry = (LogEntry){0};
    line->seq = book->count;
    ipc_buf_init(&encoded, NULL);
    ipc_record_encode(&encoded, IPC_REC_Log, line);
    if (!ipc_buf_failed(&encoded)) entry->bytes = malloc(encoded.len);
    if (entry->bytes) memcpy(entry->bytes, encoded.data, entry->length = encoded.len);
    ipc_buf_free(&encoded);
}

void logbook_list(const LogBook *book, IpcBuf *scratch, IpcList *list) {
    uint64_t kept = book->count < LOG_LINES_KEPT ? book->count : LOG_LINES_KEPT;
    for (uint64_t i = book->count - kept; i < book->count; i++) {
        const LogEntry *entry = &book->entries[i % LOG_LINES_KEPT];
        if (!entry->bytes) continue;
        ipc_buf_append(scratch, entry->bytes, entry->length);
        list->count++;
    }
    ipc_list_finish(scratch, list);
}

void logbook_free(LogBook *book) {
    for (size_t i = 0; i < LOG_LINES_KEPT; i++)
        free(book->entries[i].bytes);
    *book = (LogBook){0};
}
