/* Is it UTF-8? */
#include "internal.h"

/* How many leading bytes are ASCII, eight at a time. */
static size_t ascii_prefix(const unsigned char *s, size_t n) {
    size_t i = 0;
    uint64_t word;
    for (; i + 8 <= n; i += 8) {
        memcpy(&word, s + i, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (i < n && s[i] < 0x80) i++;
    return i;
}

/* The length of the well-formed sequence at s, 0 if there is none. The second byte's range excludes overlong
 * forms, surrogates and what is above U+10FFFF (Unicode's table of well-formed byte sequences). */
size_t ipc__utf8_sequence(const unsigned char *s, size_t n, bool surrogates) {
    unsigned char lead = s[0], low = 0x80, high = 0xbf;
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || length > n) return 0;
    if (lead == 0xe0) low = 0xa0;
    else if (lead == 0xed && !surrogates) high = 0x9f;
    else if (lead == 0xf0) low = 0x90;
    else if (lead == 0xf4) high = 0x8f;
    if (s[1] < low || s[1] > high) return 0;
    for (size_t i = 2; i < length; i++) {
        if ((s[i] & 0xc0) != 0x80) return 0;
    }
    return length;
}

static bool valid(const char *text, size_t length, bool surrogates) {
    const unsigned char *s = (const unsigned char *)text;
    for (size_t i = 0; i < length;) {
        if (s[i] < 0x80) {
            i += ascii_prefix(s + i, length - i);
        } else {
            size_t step = ipc__utf8_sequence(s + i, length - i, surrogates);
            if (!step) return false;
            i += step;
        }
    }
    return true;
}

bool ipc_utf8_valid(const char *text, size_t length) { return valid(text, length, false); }
bool ipc_utf8_valid_wide(const char *text, size_t length) { return valid(text, length, true); }
