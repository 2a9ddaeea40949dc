#include "base/utf8.h"

#include <string.h>

static bool is_continuation(unsigned char byte) { return (byte & 0xC0) == 0x80; }

size_t utf8_sequence(const char *text, size_t room, bool allow_surrogates) {
    const unsigned char *p = (const unsigned char *)text;
    if (room == 0) return 0;
    if (p[0] < 0x80) return 1;
    if (p[0] < 0xC2) return 0;
    if (p[0] < 0xE0) return room >= 2 && is_continuation(p[1]) ? 2 : 0;
    if (p[0] < 0xF0) {
        if (room < 3 || !is_continuation(p[1]) || !is_continuation(p[2])) return 0;
        if (p[0] == 0xE0 && p[1] < 0xA0) return 0;
        if (p[0] == 0xED && p[1] >= 0xA0 && !allow_surrogates) return 0;
        return 3;
    }
    if (p[0] > 0xF4 || room < 4) return 0;
    if (!is_continuation(p[1]) || !is_continuation(p[2]) || !is_continuation(p[3])) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0;
    if (p[0] == 0xF4 && p[1] >= 0x90) return 0;
    return 4;
}

size_t utf8_ascii_prefix(const char *text, size_t length) {
    size_t i = 0;
    for (; length - i >= 8; i += 8) {
        uint64_t word;
        memcpy(&word, text + i, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (i < length && (unsigned char)text[i] < 0x80) i++;
    return i;
}

bool utf8_valid(const char *text, size_t length, bool allow_surrogates, size_t *bad) {
    const unsigned char *p = (const unsigned char *)text;
    size_t i = 0;
    while (i < length) {
        /* What there is most of, without a call: letters of two bytes between short runs of ASCII. */
        if (p[i] >= 0xC2 && p[i] < 0xE0 && length - i >= 2 && is_continuation(p[i + 1])) {
            i += 2;
            continue;
        }
        if (p[i] < 0x80) {
            i += length - i >= 8 && p[i + 7] < 0x80 ? utf8_ascii_prefix(text + i, length - i) : 1;
            continue;
        }
        size_t step = utf8_sequence(text + i, length - i, allow_surrogates);
        if (!step) {
            if (bad) *bad = i;
            return false;
        }
        i += step;
    }
    return true;
}

const char *utf8_fault(const char *text, size_t room, size_t *length) {
    const unsigned char *p = (const unsigned char *)text, lead = p[0];
    *length = 1;
    if (lead < 0x80) return NULL;
    if (lead < 0xC2 || lead > 0xF4) return "invalid start byte";
    size_t need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (size_t i = 1; i < need; i++) {
        unsigned char low = i > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        unsigned char high = i > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (i >= room) {
            *length = room;
            return "unexpected end of data";
        }
        if (p[i] < low || p[i] > high) {
            *length = i;
            return "invalid continuation byte";
        }
    }
    return NULL;
}

size_t utf8_count(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) count += !is_continuation((unsigned char)text[i]);
    return count;
}
