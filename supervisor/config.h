/* The config file: lines of `key = value`, keys being the long names of options. `#` starts a comment where a
 * line or a blank precedes it; blank lines are skipped; a value may be put in double quotes to keep its
 * blanks. This file knows the syntax only; options.c knows the keys. */
#ifndef ATOLL_CONFIG_H
#define ATOLL_CONFIG_H

#include <stddef.h>

typedef struct {
    const char *key, *value;
    int line; /* counted from 1 */
} ConfigPair;

typedef enum { CONFIG_PAIR, CONFIG_END, CONFIG_BAD } ConfigStep;

/* Reads the whole file as a new string; NULL with one line in `error` if that fails. Files over 1 MiB are
 * refused. */
char *config_read(const char *path, char *error, size_t capacity);

/* Takes the next pair from *cursor, cutting the text up in place: key and value point into it.
 * pair->line goes on from its last value, so start with a zeroed pair. */
ConfigStep config_next(char **cursor, ConfigPair *pair);

#endif
