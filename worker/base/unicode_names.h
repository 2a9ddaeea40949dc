/* unicode_names: between characters and their Unicode names, as \N{...} needs it.
 *
 * The names are one text of numbers of words (unicode_names.inc), walked from its start: small, and quick
 * enough for what is rare. Names of Hangul syllables and of CJK ideographs follow rules and are computed. */
#ifndef ATOLL_BASE_UNICODE_NAMES_H
#define ATOLL_BASE_UNICODE_NAMES_H

#include <stddef.h>
#include <stdint.h>

enum { UNICODE_NAME_MAX = 128 }; /* room for any name, with its NUL */

/* The code point named so (ASCII case does not matter; aliases count), or -1. */
int64_t unicode_name_find(const char *name, size_t length);

/* The character's name, NUL-terminated, into `name`; its length, 0 when it has none. */
size_t unicode_name_of(uint32_t code, char name[UNICODE_NAME_MAX]);

#endif
