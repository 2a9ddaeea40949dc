#include "base/unicode_names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Every BLOCK-th entry: the code point before it, and where it begins. */
typedef struct NameBlock {
    int32_t before;
    uint32_t place;
} NameBlock;

/* An alias, or a name for several characters: those in a row are `chars`, up to a 0 behind the first. */
typedef struct OtherName {
    const char *name;
    uint32_t chars[UNICODE_SEQUENCE_MAX];
} OtherName;

/* `words`: the words by their numbers, a space behind each; `word_places`: where each begins. `entries`: the names by code point;
 * an entry begins with ' ' (one above the last code point) or '!' and four digits (how much above), then word after word: two
 * digits, or three for the rarer words, whose first digit is 60 or more. Digits are base 90. `by_bucket`: the code points by the
 * bucket that their name's hash falls into, `others` numbered from CODES on; `bucket_starts`: where each bucket begins. */
#include "unicode_names.inc"

enum { DIGITS = 90, TWO_DIGIT_WORDS = 60 * DIGITS, CODES = 0x110000 };

static uint32_t digit(char c) { return (uint32_t)(c - 0x23 - (c > '?') - (c > '\\')); }

/* --- entries --- */

typedef struct Entry {
    const char *next; /* where the following entry begins */
    const char *start, *end;
    int64_t code;
} Entry;

static bool next_entry(Entry *entry) {
    const char *p = entry->next;
    if (!*p) return false;
    if (*p++ == ' ') {
        entry->code++;
    } else {
        uint32_t step = 0;
        for (int i = 0; i < 4; i++) step = step * DIGITS + digit(*p++);
        entry->code += step;
    }
    entry->start = p;
    while (*p > '!') p++;
    entry->end = entry->next = p;
    return true;
}

/* The entry at or, if there is none, behind the code point. */
static bool find_entry(uint32_t code, Entry *out) {
    size_t low = 0, high = sizeof blocks / sizeof *blocks;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (blocks[middle].before < (int32_t)code) low = middle;
        else high = middle;
    }
    *out = (Entry){.next = entries + blocks[low].place, .code = blocks[low].before};
    while (next_entry(out))
        if (out->code >= code) return true;
    return false;
}

static const char *find_word(uint32_t number, size_t *length) {
    const char *word = words + word_places[number];
    *length = (size_t)(strchr(word, ' ') - word);
    return word;
}

/* The entry's name; its length. */
static size_t decode(const Entry *entry, char name[UNICODE_NAME_MAX]) {
    size_t used = 0;
    for (const char *p = entry->start; p < entry->end;) {
        uint32_t number = digit(p[0]) * DIGITS + digit(p[1]);
        if (digit(p[0]) < 60) {
            p += 2;
        } else {
            number = number * DIGITS + digit(p[2]) - 60 * DIGITS * DIGITS + TWO_DIGIT_WORDS;
            p += 3;
        }
        size_t length;
        const char *word = find_word(number, &length);
        if (used + length + 2 > UNICODE_NAME_MAX) return 0;
        if (used) name[used++] = ' ';
        memcpy(name + used, word, length);
        used += length;
    }
    name[used] = 0;
    return used;
}

/* --- names that follow rules --- */

typedef struct Range {
    uint32_t first, last;
} Range;

static const Range ideographs[] = {
    {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF}, {0x2A700, 0x2B738},
    {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1}, {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A},
};

static const char ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";
static const char hangul_prefix[] = "HANGUL SYLLABLE ";

static bool is_ideograph(uint32_t code) {
    for (size_t i = 0; i < sizeof ideographs / sizeof *ideographs; i++)
        if (code >= ideographs[i].first && code <= ideographs[i].last) return true;
    return false;
}

static const char *const hangul_leads[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                           "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
static const char *const hangul_vowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                            "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                            "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
static const char *const hangul_tails[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                           "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                           "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};

enum {
    HANGUL_FIRST = 0xAC00,
    HANGUL_COUNT = 11172,
    HANGUL_LEADS = 19,
    HANGUL_VOWELS = 21,
    HANGUL_TAILS = 28
};

static size_t hangul_name(uint32_t index, char name[UNICODE_NAME_MAX]) {
    return (size_t)snprintf(name, UNICODE_NAME_MAX, "%s%s%s%s", hangul_prefix,
                            hangul_leads[index / (HANGUL_TAILS * HANGUL_VOWELS)],
                            hangul_vowels[index / HANGUL_TAILS % HANGUL_VOWELS],
                            hangul_tails[index % HANGUL_TAILS]);
}

/* Which of the parts *text begins with, the longest that fits; *text is moved behind it. */
static int take_part(const char **text, const char *const *parts, int count) {
    int found = -1;
    size_t longest = 0;
    for (int i = 0; i < count; i++) {
        size_t length = strlen(parts[i]);
        if ((found < 0 || length > longest) && strncmp(*text, parts[i], length) == 0) {
            found = i;
            longest = length;
        }
    }
    *text += longest;
    return found;
}

static int64_t find_hangul(const char *parts) {
    int lead = take_part(&parts, hangul_leads, HANGUL_LEADS);
    int vowel = take_part(&parts, hangul_vowels, HANGUL_VOWELS);
    int tail = take_part(&parts, hangul_tails, HANGUL_TAILS);
    if (lead < 0 || vowel < 0 || tail < 0 || *parts) return -1;
    return HANGUL_FIRST + (lead * HANGUL_VOWELS + vowel) * HANGUL_TAILS + tail;
}

static int64_t find_ideograph(const char *digits) {
    uint32_t code = 0;
    size_t count = strlen(digits);
    if (count != 4 && count != 5) return -1;
    for (; *digits; digits++) {
        bool decimal = *digits >= '0' && *digits <= '9';
        if (!decimal && (*digits < 'A' || *digits > 'F')) return -1;
        code = code << 4 | (uint32_t)(decimal ? *digits - '0' : *digits - 'A' + 10);
    }
    return is_ideograph(code) ? (int64_t)code : -1;
}

/* --- from name to character --- */

static uint32_t bucket_of(const char *name) {
    uint32_t hash = 0x811c9dc5;
    for (; *name; name++) hash = (hash ^ (uint8_t)*name) * 0x01000193;
    return hash >> (32 - BUCKET_BITS);
}

static size_t other_chars(const OtherName *other, uint32_t *out) {
    size_t n = 1;
    while (n < UNICODE_SEQUENCE_MAX && other->chars[n]) n++;
    memcpy(out, other->chars, n * sizeof *out);
    return n;
}

static size_t find_listed(const char *name, uint32_t *out) {
    uint32_t bucket = bucket_of(name);
    for (size_t i = bucket_starts[bucket]; i < bucket_starts[bucket + 1]; i++) {
        char candidate[UNICODE_NAME_MAX];
        uint32_t code = by_bucket[i];
        if (code >= CODES && strcmp(others[code - CODES].name, name) == 0)
            return other_chars(&others[code - CODES], out);
        if (code >= CODES || !unicode_name_of(code, candidate) || strcmp(candidate, name) != 0) continue;
        *out = code;
        return 1;
    }
    return 0;
}

size_t unicode_sequence_find(const char *name, size_t length, uint32_t out[UNICODE_SEQUENCE_MAX]) {
    char text[UNICODE_NAME_MAX];
    if (!length || length >= UNICODE_NAME_MAX || memchr(name, 0, length)) return 0;
    memcpy(text, name, length);
    text[length] = 0;
    int64_t ruled = -1;
    /* Case matters where a rule makes the name. */
    if (strncmp(text, hangul_prefix, strlen(hangul_prefix)) == 0)
        ruled = find_hangul(text + strlen(hangul_prefix));
    else if (strncmp(text, ideograph_prefix, strlen(ideograph_prefix)) == 0)
        ruled = find_ideograph(text + strlen(ideograph_prefix));
    if (ruled >= 0) return *out = (uint32_t)ruled, 1;
    for (char *c = text; *c; c++)
        if (*c >= 'a' && *c <= 'z') *c = (char)(*c - 32);
    return find_listed(text, out);
}

int64_t unicode_name_find(const char *name, size_t length) {
    uint32_t out[UNICODE_SEQUENCE_MAX];
    return unicode_sequence_find(name, length, out) == 1 ? (int64_t)*out : -1;
}

/* --- from character to name --- */

size_t unicode_name_of(uint32_t code, char name[UNICODE_NAME_MAX]) {
    if (code - HANGUL_FIRST < HANGUL_COUNT) return hangul_name(code - HANGUL_FIRST, name);
    if (is_ideograph(code)) return (size_t)snprintf(name, UNICODE_NAME_MAX, "%s%X", ideograph_prefix, code);
    Entry entry;
    return find_entry(code, &entry) && entry.code == code ? decode(&entry, name) : 0;
}
