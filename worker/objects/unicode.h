/* unicode: properties of code points as str's methods ask for them, from utf8proc's tables (ASCII by a table of our own). */
#ifndef ATOLL_OBJECTS_UNICODE_H
#define ATOLL_OBJECTS_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Known to utf8proc, but unassigned in the version of Unicode that the language has (14.0). */
bool unicode_is_newer(uint32_t c);
bool unicode_is_alpha(uint32_t c);
bool unicode_is_decimal(uint32_t c);
bool unicode_is_digit(uint32_t c);
bool unicode_is_numeric(uint32_t c);
bool unicode_is_space(uint32_t c);
bool unicode_is_lower(uint32_t c);
bool unicode_is_upper(uint32_t c);
bool unicode_is_title(uint32_t c);
bool unicode_is_printable(uint32_t c);
bool unicode_is_line_break(uint32_t c);
bool unicode_is_cased(uint32_t c);
bool unicode_is_case_ignorable(uint32_t c);
bool unicode_is_identifier_start(uint32_t c);
bool unicode_is_identifier_part(uint32_t c);
int unicode_decimal(uint32_t c); /* 0..9, -1 */
int unicode_digit(uint32_t c);   /* 0..9, -1; superscripts too */
/* Full case mappings: up to 3 code points into out; returns how many. */
size_t unicode_to_upper(uint32_t c, uint32_t out[3]);
size_t unicode_to_lower(uint32_t c, uint32_t out[3]);
size_t unicode_to_title(uint32_t c, uint32_t out[3]);
size_t unicode_casefold(uint32_t c, uint32_t out[3]);

#endif
