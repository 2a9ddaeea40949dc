/* The log: one line per event, as `time level event key=value ...` or, with --json, as one JSON object.
 *
 * Fields are passed as a list of typed macros that ends by itself:
 *     log_event(log, LOG_INFO, "worker-ready", LOG_UINT("worker", id), LOG_TEXT("state", name));
 * A line is put together in a buffer and written with one write(2), so lines of one file never mix. */
#ifndef ATOLL_LOG_H
#define ATOLL_LOG_H

#include <stdbool.h>
#include <stdint.h>

typedef enum { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

typedef struct {
    int fd;
    bool owns_fd;
    bool json;
    LogLevel level;   /* lines below it are dropped */
    const char *path; /* borrowed; NULL: stderr */
    /* Each line once more, in both forms and without its newline; NULL: nobody. */
    void (*also)(void *owner, LogLevel level, const char *text, const char *json);
    void *owner;
} Log;

typedef struct {
    enum { LOG_FIELD_END, LOG_FIELD_TEXT, LOG_FIELD_UINT, LOG_FIELD_INT } kind;
    const char *key;
    const char *text;
    uint64_t number;
} LogField;

#define LOG_TEXT(key_, value_) ((LogField){.kind = LOG_FIELD_TEXT, .key = (key_), .text = (value_)})
#define LOG_UINT(key_, value_)                                                                               \
    ((LogField){.kind = LOG_FIELD_UINT, .key = (key_), .number = (uint64_t)(value_)})
#define LOG_INT(key_, value_)                                                                                \
    ((LogField){.kind = LOG_FIELD_INT, .key = (key_), .number = (uint64_t)(int64_t)(value_)})

/* Opens `path` for appending (NULL: stderr). False, errno set, if it cannot be opened. */
bool log_open(Log *log, const char *path, bool json, LogLevel level);
/* Opens the path again, as after a rotation; keeps the old file if that fails. */
bool log_reopen(Log *log);
void log_close(Log *log);
/* -1 when `name` is no level. */
int log_level_parse(const char *name);
const char *log_level_name(LogLevel level);

void log_write(Log *log, LogLevel level, const char *event, const LogField *fields);

#define log_event(log, level_, event, ...)                                                                   \
    do {                                                                                                     \
        if ((level_) >= (log)->level)                                                                        \
            log_write((log), (level_), (event), (const LogField[]){__VA_ARGS__ __VA_OPT__(, ){0}});          \
    } while (0)

#endif
