/* str_search: substring search on arrays of units, for str and bytes. */
#ifndef ATOLL_OBJECTS_STR_SEARCH_H
#define ATOLL_OBJECTS_STR_SEARCH_H

#include "objects/str_internal.h"

/* Loops over units are worth the vector instructions that -O2 does not use. */
#ifdef __clang__
#define VECTORISED /* does so anyway */
#else
#define VECTORISED __attribute__((optimize("O3")))
#endif

/* Index of needle[0..m) in hay[0..n), both of `kind` bytes a unit; the last one when reverse. -1 absent. */
ssize_t units_find(const void *hay, int kind, size_t n, const void *needle, size_t m, bool reverse);
/* How often it occurs without overlap, at most limit. */
size_t units_count(const void *hay, int kind, size_t n, const void *needle, size_t m, size_t limit);
/* The str's units widened to kind (>= its own); *owned is to be heap_freed (may be NULL). NULL raised. */
const void *needle_units(Value sub, int kind, void **owned);

#endif
