#include "base/unicode_names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* `words`: the words by their numbers, a space behind each. `primary_names`, `aliases`: entries by code
 * point; an entry begins with ' ' (one above the last code point) or '!' and four digits (how much above),
 * then word after word: two digits, or three for the rarer words, whose first digit is 60 or more. Digits are
 * base 90. */
#include "base/unicode_names.inc"

enum { DIGITS = 90, TWO_DIGIT_WORDS = 60 * DIGITS };

static uint32_t digit(char c) { return (uint32_t)(c - 0x23 - (c > '?') - (c > '\\')); }

static char digit_char(uint32_t number) {
    char c = (char)(number + 0x23);
    if (c >= '?') c++;
    if (c >= '\\') c++;
    return c;
}

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

static Entry first_entry(const char *entries) { return (Entry){.next = entries, .code = -1}; }

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

enum { HANGUL_FIRST = 0xAC00, HANGUL_COUNT = 11172, HANGUL_TAILS = 28, HANGUL_VOWELS = 21 };

static size_t hangul_name(uint32_t index, char name[UNICODE_NAME_MAX]) {
    return (size_t)snprintf(name, UNICODE_NAME_MAX, "%s%s%s%s", hangul_prefix,
                            hangul_leads[index / (HANGUL_TAILS * HANGUL_VOWELS)],
                            hangul_vowels[index / HANGUL_TAILS % HANGUL_VOWELS],
                            hangul_tails[index % HANGUL_TAILS]);
}

static int64_t find_hangul(const char *name) {
    char candidate[UNICODE_NAME_MAX];
    for (uint32_t i = 0; i < HANGUL_COUNT; i++) {
        hangul_name(i, candidate);
        if (strcmp(candidate, name) == 0) return HANGUL_FIRST + i;
    }
    return -1;
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

/* The number of the word [word, word+length), or -1. */
static int64_t word_number(const char *word, size_t length) {
    int64_t number = 0;
    for (const char *p = words; *p; number++) {
        const char *end = strchr(p, ' ');
        if ((size_t)(end - p) == length && memcmp(p, word, length) == 0) return number;
        p = end + 1;
    }
    return -1;
}

/* The name as an entry holds it; its length, 0 when it has an unknown word. */
static size_t encode(const char *name, char code[UNICODE_NAME_MAX * 3]) {
    size_t used = 0;
    for (const char *word = name;; word++) {
        size_t length = strcspn(word, " ");
        int64_t number = word_number(word, length);
        if (number < 0) return 0;
        uint32_t n = (uint32_t)number;
        if (n >= TWO_DIGIT_WORDS) {
            n = n - TWO_DIGIT_WORDS + 60 * DIGITS * DIGITS;
            code[used++] = digit_char(n / (DIGITS * DIGITS));
        }
        code[used++] = digit_char(n / DIGITS % DIGITS);
        code[used++] = digit_char(n % DIGITS);
        word += length;
        if (!*word) return used;
    }
}

static int64_t find_entry(const char *entries, const char *code, size_t length) {
    for (Entry entry = first_entry(entries); next_entry(&entry);)
        if ((size_t)(entry.end - entry.start) == length && memcmp(entry.start, code, length) == 0)
            return entry.code;
    return -1;
}

int64_t unicode_name_find(const char *name, size_t length) {
    char upper[UNICODE_NAME_MAX], code[UNICODE_NAME_MAX * 3];
    if (!length || length >= UNICODE_NAME_MAX || memchr(name, 0, length)) return -1;
    for (size_t i = 0; i < length; i++)
        upper[i] = name[i] >= 'a' && name[i] <= 'z' ? (char)(name[i] - 32) : name[i];
    upper[length] = 0;
    if (strncmp(upper, hangul_prefix, strlen(hangul_prefix)) == 0) return find_hangul(upper);
    if (strncmp(upper, ideograph_prefix, strlen(ideograph_prefix)) == 0)
        return find_ideograph(upper + strlen(ideograph_prefix));
    size_t used = encode(upper, code);
    if (!used) return -1;
    int64_t found = find_entry(primary_names, code, used);
    return found < 0 ? find_entry(aliases, code, used) : found;
}

/* --- from character to name --- */

static const char *find_word(uint32_t number, size_t *length) {
    const char *p = words;
    for (; number; number--) p = strchr(p, ' ') + 1;
    *length = (size_t)(strchr(p, ' ') - p);
    return p;
}

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

size_t unicode_name_of(uint32_t code, char name[UNICODE_NAME_MAX]) {
    if (code - HANGUL_FIRST < HANGUL_COUNT) return hangul_name(code - HANGUL_FIRST, name);
    if (is_ideograph(code)) return (size_t)snprintf(name, UNICODE_NAME_MAX, "%s%X", ideograph_prefix, code);
    for (Entry entry = first_entry(primary_names); next_entry(&entry);)
        if (entry.code == code) return decode(&entry, name);
    return 0;
}
