#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <ipc/buf.h>

enum { LINE_MAX_BYTES = 2048, TEXT_MAX = 512 };

typedef struct {
    char bytes[LINE_MAX_BYTES];
    size_t used;
} Line;

static const char *const level_names[] = {"debug", "info", "warn", "error"};

int log_level_parse(const char *name) {
    for (int i = 0; i < 4; i++) {
        if (strcmp(level_names[i], name) == 0) return i;
    }
    return -1;
}

const char *log_level_name(LogLevel level) {
    return level_names[level];
}

static int open_path(const char *path) {
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
}

bool log_open(Log *log, const char *path, bool json, LogLevel level) {
    *log = (Log){.fd = STDERR_FILENO, .json = json, .level = level, .path = path};
    if (!path) return true;
    log->fd = open_path(path);
    log->owns_fd = log->fd >= 0;
    return log->owns_fd;
}

bool log_reopen(Log *log) {
    if (!log->path) return true;
    int fresh = open_path(log->path);
    if (fresh < 0) return false;
    if (log->owns_fd) close(log->fd);
    log->fd = fresh;
    log->owns_fd = true;
    return true;
}

void log_close(Log *log) {
    if (log->owns_fd) close(log->fd);
    log->owns_fd = false;
    log->fd = STDERR_FILENO;
}

/* --- putting a line together; what does not fit is cut ---------------------------------------- */

static void put_byte(Line *line, char byte) {
    if (line->used < sizeof line->bytes - 1) line->bytes[line->used++] = byte; /* the last place is for the end */
}

static void put_raw(Line *line, const char *text) {
    while (*text)
        put_byte(line, *text++);
}

static void put_number(Line *line, const LogField *field) {
    char digits[24];
    if (field->kind == LOG_FIELD_INT)
        snprintf(digits, sizeof digits, "%lld", (long long)(int64_t)field->number);
    else snprintf(digits, sizeof digits, "%llu", (unsigned long long)field->number);
    put_raw(line, digits);
}

/* Bytes of the UTF-8 character that begins there; 0 if none does. */
static size_t character_length(const char *text) {
    unsigned char first = (unsigned char)*text;
    size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    return strnlen(text, length) == length && ipc_utf8_valid(text, length) ? length : 0;
}

/* A string in double quotes; control characters, which could forge a line, are escaped, and what is no character is replaced. */
static void put_quoted(Line *line, const char *text) {
    put_byte(line, '"');
    for (size_t i = 0, length; text[i] && i < TEXT_MAX; i += length ? length : 1) {
        unsigned char byte = (unsigned char)text[i];
        char escape[8];
        length = character_length(text + i);
        if (length == 0) {
            put_raw(line, "\\ufffd");
        } else if (byte < 0x20 || byte == 0x7f) {
            snprintf(escape, sizeof escape, byte == '\n' ? "\\n" : "\\u%04x", byte);
            put_raw(line, escape);
        } else {
            if (byte == '"' || byte == '\\') put_byte(line, '\\');
            for (size_t k = 0; k < length; k++)
                put_byte(line, text[i + k]);
        }
    }
    put_byte(line, '"');
}

static bool is_plain(const char *text) {
    return *text && text[strcspn(text, " \"\\=\n\t")] == '\0';
}

static void put_field(Line *line, const LogField *field, bool json) {
    put_byte(line, json ? ',' : ' ');
    if (json) put_quoted(line, field->key);
    else put_raw(line, field->key);
    put_byte(line, json ? ':' : '=');
    const char *text = field->text ? field->text : "";
    if (field->kind != LOG_FIELD_TEXT) put_number(line, field);
    else if (!json && is_plain(text)) put_raw(line, text);
    else put_quoted(line, text);
}

static void put_head(Line *line, LogLevel level, const char *event, bool json) {
    struct timespec now;
    struct tm parts;
    char stamp[40], head[128];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(head, sizeof head,
             json ? "{\"time\":\"%s.%03ldZ\",\"level\":\"%s\",\"event\":\"%s\"" : "%s.%03ldZ %-5s %s", stamp,
             now.tv_nsec / 1000000, level_names[level], event);
    put_raw(line, head);
}

static void compose(Line *line, LogLevel level, const char *event, const LogField *fields, bool json) {
    line->used = 0;
    put_head(line, level, event, json);
    for (const LogField *field = fields; field->kind != LOG_FIELD_END; field++)
        put_field(line, field, json);
    if (json) put_byte(line, '}');
    line->bytes[line->used] = '\0';
}

static void tell_also(Log *log, LogLevel level, const char *event, const LogField *fields, const Line *written) {
    Line other;
    compose(&other, level, event, fields, !log->json);
    log->also(log->owner, level, log->json ? other.bytes : written->bytes, log->json ? written->bytes : other.bytes);
}

void log_write(Log *log, LogLevel level, const char *event, const LogField *fields) {
    Line line;
    compose(&line, level, event, fields, log->json);
    if (log->also) tell_also(log, level, event, fields, &line);
    line.bytes[line.used++] = '\n';
    while (write(log->fd, line.bytes, line.used) < 0 && errno == EINTR)
        continue;
}
