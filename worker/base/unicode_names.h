/* unicode_names: from a character's Unicode name to the character, as \N{...} needs it. */
#ifndef ATOLL_BASE_UNICODE_NAMES_H
#define ATOLL_BASE_UNICODE_NAMES_H

#include <stddef.h>
#include <stdint.h>

/* The code point named so (case does not matter; aliases count), or -1. */
int64_t unicode_name_find(const char *name, size_t length);

#endif
