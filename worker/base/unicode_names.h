/* unicode_names: between characters and their Unicode names, as \N{...} needs it.
 *
 * The names are one text of numbers of words (unicode_names.inc) with known places to begin at; a table by the names' hashes
 * leads the other way. Names of Hangul syllables and of CJK ideographs follow rules and are computed. */
#ifndef ATOLL_BASE_UNICODE_NAMES_H
#define ATOLL_BASE_UNICODE_NAMES_H

#include <stddef.h>
#include <stdint.h>

enum {
    UNICODE_NAME_MAX = 128, /* room for any name, with its NUL */
    UNICODE_SEQUENCE_MAX = 4,
};

/* The code point named so (ASCII case does not matter; aliases count), or -1. */
int64_t unicode_name_find(const char *name, size_t length);

/* The same with the names of sequences: the characters into `out`; how many, 0 when nothing is named so. */
size_t unicode_sequence_find(const char *name, size_t length, uint32_t out[UNICODE_SEQUENCE_MAX]);

/* The character's name, NUL-terminated, into `name`; its length, 0 when it has none. */
size_t unicode_name_of(uint32_t code, char name[UNICODE_NAME_MAX]);

#endif
