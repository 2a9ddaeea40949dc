/* utf8: reading, writing and checking UTF-8, and WTF-8, which is UTF-8 that may also hold lone surrogates
 * (U+D800..U+DFFF as three bytes): the inner form of Python strings on their way to the str type. */
#ifndef ATOLL_BASE_UTF8_H
#define ATOLL_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { UTF8_MAX = 4 }; /* bytes of the longest sequence */

/* Writes one code point (surrogates too) to `out` (UTF8_MAX bytes of room); returns its length in bytes, 1
 * to 4. */
static inline size_t utf8_encode(uint32_t code, char *out) {
    unsigned char *o = (unsigned char *)out;
    if (code < 0x80) return o[0] = (unsigned char)code, 1;
    if (code < 0x800) return o[0] = 0xC0 | code >> 6, o[1] = 0x80 | (code & 63), 2;
    if (code < 0x10000)
        return o[0] = 0xE0 | code >> 12, o[1] = 0x80 | (code >> 6 & 63), o[2] = 0x80 | (code & 63), 3;
    o[0] = 0xF0 | code >> 18, o[1] = 0x80 | (code >> 12 & 63), o[2] = 0x80 | (code >> 6 & 63);
    o[3] = 0x80 | (code & 63);
    return 4;
}

/* Reads one code point from text known to be well-formed (WTF-8 too) and moves *at behind it. */
static inline uint32_t utf8_next(const char **at) {
    const unsigned char *p = (const unsigned char *)*at;
    if (p[0] < 0x80) return *at += 1, p[0];
    if (p[0] < 0xE0) return *at += 2, (p[0] & 31u) << 6 | (p[1] & 63u);
    if (p[0] < 0xF0) return *at += 3, (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
    return *at += 4, (p[0] & 7u) << 18 | (p[1] & 63u) << 12 | (p[2] & 63u) << 6 | (p[3] & 63u);
}

/* Length in bytes of the well-formed sequence at p (at most `room` bytes), 0 when it is not one. */
size_t utf8_sequence(const char *p, size_t room, bool allow_surrogates);

/* True when all of it is well-formed; else false and *bad (may be NULL) is the first bad byte's index. */
bool utf8_valid(const char *text, size_t length, bool allow_surrogates, size_t *bad);

/* Why no well-formed sequence (surrogates are none) stands at p, in CPython's words, and in *length how many bytes are
 * to blame; NULL: one does. `room` is at least 1. */
const char *utf8_fault(const char *p, size_t room, size_t *length);

/* Number of code points in well-formed text. */
size_t utf8_count(const char *text, size_t length);

/* Number of leading bytes below 0x80. */
size_t utf8_ascii_prefix(const char *text, size_t length);

#endif
