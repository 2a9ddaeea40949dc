/* sre: characters: case, categories, sets. */
#include "modules/sre.h"
#include "objects/unicode.h"

/* ---- case ---- */

static inline uint32_t lower_ascii(uint32_t c) { return c - 'A' < 26 ? c + 32 : c; }
static inline uint32_t upper_ascii(uint32_t c) { return c - 'a' < 26 ? c - 32 : c; }

static uint32_t lower_unicode(uint32_t c) {
    if (c < 128) return lower_ascii(c);
    uint32_t out[3];
    unicode_to_lower(c, out);
    return out[0];
}

uint32_t sre_upper_unicode(uint32_t c) {
    if (c < 128) return upper_ascii(c);
    uint32_t out[3];
    unicode_to_upper(c, out);
    return out[0];
}

/* The locale is always C: its letters are ASCII's. */
uint32_t sre_lower(SreCase ignore, uint32_t c) {
    switch (ignore) {
    case CASE_EXACT: return c;
    case CASE_UNICODE: return lower_unicode(c);
    default: return lower_ascii(c);
    }
}

/* ---- categories: pairs of one and its opposite, in the order of re/_constants.py ---- */

static bool is_space_ascii(uint32_t c) { return c == ' ' || c - '\t' < 5; }
static bool is_word_ascii(uint32_t c) { return (c | 32) - 'a' < 26 || c - '0' < 10 || c == '_'; }

static bool is_word_unicode(uint32_t c) {
    return c == '_' || unicode_is_alpha(c) || unicode_is_decimal(c) || unicode_is_digit(c) ||
           unicode_is_numeric(c);
}

bool sre_is_word(uint32_t c, bool unicode) { return unicode ? is_word_unicode(c) : is_word_ascii(c); }

bool sre_in_category(uint32_t category, uint32_t c) {
    bool in;
    switch (category / 2) {
    case 0: in = c - '0' < 10; break;
    case 1: in = is_space_ascii(c); break;
    case 2:
    case 4: in = is_word_ascii(c); break;
    case 3: in = c == '\n'; break;
    case 5: in = unicode_is_decimal(c); break;
    case 6: in = unicode_is_space(c); break;
    case 7: in = is_word_unicode(c); break;
    default: in = unicode_is_line_break(c); break;
    }
    return in != (category & 1);
}

/* ---- sets ---- */

/* How many words a member takes, its code included; 0: none. words: how many there are. */
static size_t member_length(const uint32_t *codes, size_t words) {
    size_t length;
    switch (codes[0]) {
    case SRE_FAILURE:
    case SRE_NEGATE: length = 1; break;
    case SRE_LITERAL: length = 2; break;
    case SRE_CATEGORY: length = words > 1 && codes[1] < SRE_CATEGORY_COUNT ? 2 : 0; break;
    case SRE_RANGE:
    case SRE_RANGE_UNI_IGNORE: length = 3; break;
    case SRE_CHARSET: length = 9; break;
    case SRE_BIGCHARSET: length = words > 1 && codes[1] <= 256 ? 2 + 64 + (size_t)codes[1] * 8 : 0; break;
    default: length = 0;
    }
    return length <= words ? length : 0;
}

/* The chunk numbers of a BIGCHARSET stand as bytes in 64 words. */
static uint32_t chunk_of(const uint32_t *map, uint32_t high) {
    return map[high / 4] >> (high % 4 * 8) & 0xff;
}

static bool chunks_exist(const uint32_t *codes) {
    if (codes[0] != SRE_BIGCHARSET) return true;
    for (uint32_t i = 0; i < 256; i++)
        if (chunk_of(codes + 2, i) >= codes[1]) return false;
    return true;
}

size_t sre_set_length(const uint32_t *codes, size_t n) {
    for (size_t i = 0; i < n;) {
        size_t length = member_length(codes + i, n - i);
        if (length == 0 || !chunks_exist(codes + i)) return 0;
        if (codes[i] == SRE_FAILURE) return i + 1;
        i += length;
    }
    return 0;
}

static bool member_has(const uint32_t *codes, uint32_t c) {
    switch (codes[0]) {
    case SRE_LITERAL: return c == codes[1];
    case SRE_CATEGORY: return sre_in_category(codes[1], c);
    case SRE_RANGE: return codes[1] <= c && c <= codes[2];
    case SRE_RANGE_UNI_IGNORE: {
        if (codes[1] <= c && c <= codes[2]) return true;
        uint32_t upper = sre_upper_unicode(c);
        return codes[1] <= upper && upper <= codes[2];
    }
    case SRE_CHARSET: return c < 256 && sre_bit(codes + 1, c);
    case SRE_BIGCHARSET:
        if (c > 0xffff) return false;
        return codes[66 + chunk_of(codes + 2, c >> 8) * 8 + (c & 0xff) / 32] >> (c & 31) & 1;
    default: return false;
    }
}

static bool codes_have(const uint32_t *codes, uint32_t c) {
    bool in = true;
    for (; codes[0] != SRE_FAILURE; codes += member_length(codes, SIZE_MAX)) {
        if (codes[0] == SRE_NEGATE) in = !in;
        else if (member_has(codes, c)) return in;
    }
    return !in;
}

static bool set_has(const SreSet *set, uint32_t c) {
    uint32_t lower = sre_lower(set->ignore, c);
    if (set->ignore != CASE_LOCALE) return codes_have(set->codes, lower);
    uint32_t upper = upper_ascii(c);
    return codes_have(set->codes, lower) || (upper != lower && codes_have(set->codes, upper));
}

bool sre_set_wide(const SreSet *set, uint32_t c) { return set->wide && set_has(set, c); }

/* Can a member stand for a character from 256 on? */
static bool member_is_wide(const uint32_t *codes) {
    switch (codes[0]) {
    case SRE_LITERAL: return codes[1] > 0xff;
    case SRE_RANGE: return codes[2] > 0xff;
    case SRE_CHARSET: return false;
    case SRE_CATEGORY: return codes[1] & 1 || codes[1] >= 10;
    default: return true;
    }
}

/* Folding may bring a wide character down, so a set that ignores case is wide. */
void sre_set_init(SreSet *set, const uint32_t *codes, SreCase ignore) {
    *set = (SreSet){.codes = codes, .ignore = ignore, .wide = ignore == CASE_UNICODE};
    for (const uint32_t *member = codes; member[0] != SRE_FAILURE; member += member_length(member, SIZE_MAX))
        if (member_is_wide(member)) set->wide = true;
    for (uint32_t c = 0; c < 256; c++)
        if (set_has(set, c)) set->bits[c >> 5] |= 1u << (c & 31);
}
