/* Numbers as people write them: 64M, 1.5s, 200ms, 10k.
 *
 * Sizes are bytes with binary suffixes (K, M, G, T, each optionally followed by B or iB).
 * Times need a suffix (ns, us, ms, s, m, h, d) except that a bare number is seconds.
 * Counts take the decimal suffixes k, m, g. A fraction is allowed wherever a suffix makes it whole enough.
 * Every parser accepts the whole string or nothing: no sign, no blank, no overflow. */
#ifndef ATOLL_UNITS_H
#define ATOLL_UNITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool unit_parse_size(const char *text, uint64_t *bytes);
bool unit_parse_time(const char *text, uint64_t *nanoseconds);
bool unit_parse_count(const char *text, uint64_t *count);
/* A decimal integer with an optional minus sign. */
bool unit_parse_int(const char *text, int64_t *number);

/* Writes a short human form ("12.5 MiB", "340 ms") into `out` and returns it. */
const char *unit_format_size(uint64_t bytes, char *out, size_t capacity);
const char *unit_format_time(uint64_t nanoseconds, char *out, size_t capacity);

#endif
