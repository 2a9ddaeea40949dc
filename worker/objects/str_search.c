/*
 * str_search: finding text in text, on arrays of units of 1, 2 or 4 bytes. Single characters go by memchr; longer needles of
 * bytes by their first one, and by memmem (linear in glibc) when that misleads; wider ones by Horspool with a shift table folded
 * to 256 entries.
 */
#include "objects/str_search.h"

#include "objects/protocols.h"

static inline uint32_t unit(const void *p, int kind, size_t i) {
    switch (kind) {
    case 1: return ((const uint8_t *)p)[i];
    case 2: return ((const uint16_t *)p)[i];
    default: return ((const uint32_t *)p)[i];
    }
}

static ssize_t find_char(const void *hay, int kind, size_t n, uint32_t c) {
    if (kind == 1) {
        const uint8_t *p = c < 256 ? memchr(hay, (int)c, n) : NULL;
        return p ? p - (const uint8_t *)hay : -1;
    }
    for (size_t i = 0; i < n; i++)
        if (unit(hay, kind, i) == c) return (ssize_t)i;
    return -1;
}

static ssize_t rfind_char(const void *hay, int kind, size_t n, uint32_t c) {
    if (kind == 1) {
        const uint8_t *p = c < 256 ? memrchr(hay, (int)c, n) : NULL;
        return p ? p - (const uint8_t *)hay : -1;
    }
    while (n-- > 0)
        if (unit(hay, kind, n) == c) return (ssize_t)n;
    return -1;
}

static bool match_at(const void *hay, int kind, size_t at, const void *needle, size_t m) {
    return memcmp((const uint8_t *)hay + at * (size_t)kind, needle, m * (size_t)kind) == 0;
}

/* By the first and the last unit: for texts too short to be worth a table. */
#define FIND_SHORT(Unit)                                                                                     \
    do {                                                                                                     \
        const Unit *units = hay, *wanted = needle, first = *wanted, last = wanted[m - 1];                    \
        for (size_t at = 0; at + m <= n; at++)                                                               \
            if (units[at] == first && units[at + m - 1] == last && match_at(hay, kind, at, needle, m))       \
                return (ssize_t)at;                                                                          \
    } while (0)

static ssize_t find_short(const void *hay, int kind, size_t n, const void *needle, size_t m) {
    if (kind == 2) FIND_SHORT(uint16_t);
    else FIND_SHORT(uint32_t);
    return -1;
}

/* Both of the same kind, m >= 2. */
static ssize_t find_wide(const void *hay, int kind, size_t n, const void *needle, size_t m) {
    enum { SHORT = 512 };
    if (n < SHORT) return find_short(hay, kind, n, needle, m);
    size_t shift[256];
    for (int i = 0; i < 256; i++) shift[i] = m;
    for (size_t i = 0; i + 1 < m; i++) shift[unit(needle, kind, i) & 255] = m - 1 - i;
    uint32_t last = unit(needle, kind, m - 1);
    for (size_t at = 0; at + m <= n;) {
        uint32_t c = unit(hay, kind, at + m - 1);
        if (c == last && match_at(hay, kind, at, needle, m)) return (ssize_t)at;
        at += shift[c & 255];
    }
    return -1;
}

/* What stands between the first and the last byte. */
static inline bool same_inside(const uint8_t *p, const uint8_t *needle, size_t m) {
    if (m > 10) return memcmp(p + 1, needle + 1, m - 2) == 0;
    for (size_t i = 1; i + 1 < m; i++)
        if (p[i] != needle[i]) return false;
    return true;
}

static const uint8_t *find_bytes(const uint8_t *hay, size_t n, const uint8_t *needle, size_t m) {
    const uint8_t *p = hay, *end = hay + (n - m) + 1, *near = end - p > 24 ? p + 24 : end;
    uint8_t first = needle[0], last = needle[m - 1];
    for (; p < near; p++) /* sooner than any call */
        if (*p == first && p[m - 1] == last && same_inside(p, needle, m)) return p;
    for (int tries = 16; tries > 0; tries--, p++) {
        if (p >= end || !(p = memchr(p, first, (size_t)(end - p)))) return NULL;
        if (p[m - 1] == last && same_inside(p, needle, m)) return p;
    }
    return p < end ? memmem(p, (size_t)(hay + n - p), needle, m) : NULL;
}

ssize_t units_find(const void *hay, int kind, size_t n, const void *needle, size_t m, bool reverse) {
    if (m > n) return -1;
    if (m == 0) return reverse ? (ssize_t)n : 0;
    if (m == 1)
        return reverse ? rfind_char(hay, kind, n, unit(needle, kind, 0))
                       : find_char(hay, kind, n, unit(needle, kind, 0));
    if (!reverse) {
        if (kind != 1) return find_wide(hay, kind, n, needle, m);
        const uint8_t *p = find_bytes(hay, n, needle, m);
        return p ? p - (const uint8_t *)hay : -1;
    }
    uint32_t first = unit(needle, kind, 0);
    for (size_t end = n - m + 1; end > 0;) {
        ssize_t at = rfind_char(hay, kind, end, first);
        if (at < 0) return -1;
        if (match_at(hay, kind, (size_t)at, needle, m)) return at;
        end = (size_t)at;
    }
    return -1;
}

/* How many of the units are c. */
#define COUNT_UNITS(Unit)                                                                                    \
    do {                                                                                                     \
        const Unit *units = hay;                                                                             \
        for (size_t i = 0; i < n; i++) count += units[i] == c;                                               \
    } while (0)

VECTORISED static size_t count_char(const void *hay, int kind, size_t n, uint32_t c) {
    size_t count = 0;
    if (kind == 1) COUNT_UNITS(uint8_t);
    else if (kind == 2) COUNT_UNITS(uint16_t);
    else COUNT_UNITS(uint32_t);
    return count;
}

size_t units_count(const void *hay, int kind, size_t n, const void *needle, size_t m, size_t limit) {
    if (m == 0) return n + 1 < limit ? n + 1 : limit;
    size_t count = 0;
    if (m == 1) {
        count = count_char(hay, kind, n, unit(needle, kind, 0));
        return count < limit ? count : limit;
    }
    const uint8_t *p = hay;
    while (count < limit) {
        ssize_t at = units_find(p, kind, n, needle, m, false);
        if (at < 0) break;
        count++;
        p += ((size_t)at + m) * (size_t)kind;
        n -= (size_t)at + m;
    }
    return count;
}

const void *needle_units(Value sub, int kind, void **owned) {
    *owned = NULL;
    if (str_kind(sub) == kind) return str_data(sub);
    *owned = heap_alloc(rt->heap, (str_length(sub) + 1) * (size_t)kind);
    if (!*owned) return raise_no_memory();
    str_copy_units(*owned, kind, str_data(sub), str_kind(sub), str_length(sub));
    return *owned;
}

ssize_t str_find(Value s, Value sub, size_t start, size_t stop, int direction) {
    if (stop > str_length(s)) stop = str_length(s);
    if (start > stop) return -1;
    if (str_kind(sub) > str_kind(s)) return -1; /* has a character that s cannot hold */
    void *owned;
    const void *needle = needle_units(sub, str_kind(s), &owned);
    if (!needle) return -2;
    ssize_t at =
        units_find(str_at(s, start), str_kind(s), stop - start, needle, str_length(sub), direction < 0);
    heap_free(rt->heap, owned);
    return at < 0 ? -1 : at + (ssize_t)start;
}
