#include "config.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONFIG_MAX = 1 << 20 };

static char *read_stream(FILE *file, size_t *length) {
    char *text = malloc(CONFIG_MAX + 1);
    if (!text) return NULL;
    *length = fread(text, 1, CONFIG_MAX + 1, file);
    if (*length > CONFIG_MAX || ferror(file)) {
        if (*length > CONFIG_MAX) errno = EFBIG;
        free(text);
        return NULL;
    }
    text[*length] = '\0';
    return text;
}

char *config_read(const char *path, char *error, size_t capacity) {
    FILE *file = fopen(path, "re");
    size_t length = 0;
    char *text = file ? read_stream(file, &length) : NULL;
    if (!text) snprintf(error, capacity, "cannot read %s: %s", path, strerror(errno));
    if (file) fclose(file);
    if (text && strlen(text) != length) {
        snprintf(error, capacity, "%s is not a text file", path);
        free(text);
        text = NULL;
    }
    return text;
}

static char *trim(char *start) {
    while (isspace((unsigned char)*start))
        start++;
    char *end = start + strlen(start);
    while (end > start && isspace((unsigned char)end[-1]))
        end--;
    *end = '\0';
    return start;
}

/* Cuts a comment off, leaving a # inside quotes or inside a word alone. */
static void cut_comment(char *line) {
    bool quoted = false;
    for (char *at = line; *at; at++) {
        if (*at == '"') quoted = !quoted;
        bool opens = *at == '#' && !quoted && (at == line || isspace((unsigned char)at[-1]));
        if (opens) {
            *at = '\0';
            return;
        }
    }
}

static char *unquote(char *value) {
    size_t length = strlen(value);
    if (length < 2 || value[0] != '"' || value[length - 1] != '"') return value;
    value[length - 1] = '\0';
    return value + 1;
}

static char *take_line(char **cursor) {
    char *line = *cursor, *newline = strchr(line, '\n');
    if (newline) *newline = '\0';
    *cursor = newline ? newline + 1 : line + strlen(line);
    return line;
}

ConfigStep config_next(char **cursor, ConfigPair *pair) {
    while (**cursor) {
        char *line = take_line(cursor);
        pair->line++;
        cut_comment(line);
        line = trim(line);
        if (!*line) continue;
        char *equals = strchr(line, '=');
        if (!equals || equals == line) return CONFIG_BAD;
        *equals = '\0';
        pair->key = trim(line);
        pair->value = unquote(trim(equals + 1));
        return *pair->key ? CONFIG_PAIR : CONFIG_BAD;
    }
    return CONFIG_END;
}
