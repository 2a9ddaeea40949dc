/*
 * sre_set: sets of characters.
 *
 * Idea. A set's code is asked once for each of the first 256 characters, when the program is made; matching then tests one bit
 * of a table. Eight sets share a table, one bit each. Of the characters from 256 on, most sets have all or none, which their
 * code tells; for the others, pages of 256 bits are filled when a text first has a character of the page.
 */
#include <ctype.h>

#include "modules/sre.h"
#include "objects/unicode.h"

const SreBits sre_bits_all = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}, true, true};

/* ---- case ---- */

/* The first character of the full mapping, as the pattern compiler takes it. */
uint32_t sre_lower_unicode(uint32_t c) {
    uint32_t out[3];
    if (c < 128) return sre_lower_ascii(c);
    return c <= 0x10ffff && unicode_to_lower(c, out) ? out[0] : c;
}

uint32_t sre_upper_unicode(uint32_t c) {
    uint32_t out[3];
    if (c < 128) return c - 'a' < 26 ? c - 32 : c;
    return c <= 0x10ffff && unicode_to_upper(c, out) ? out[0] : c;
}

uint32_t sre_lower_locale(uint32_t c) { return c < 256 ? (uint32_t)tolower((int)c) : c; }
uint32_t sre_upper_locale(uint32_t c) { return c < 256 ? (uint32_t)toupper((int)c) : c; }

uint32_t sre_fold(SreFold fold, uint32_t c) {
    switch (fold) {
    case SRE_FOLD_ASCII: return sre_lower_ascii(c);
    case SRE_FOLD_UNICODE: return sre_lower_unicode(c);
    case SRE_FOLD_LOCALE: return sre_lower_locale(c);
    default: return c;
    }
}

/* ---- categories ---- */

static bool is_ascii_word(uint32_t c) { return (c | 32) - 'a' < 26 || c - '0' < 10 || c == '_'; }

static bool is_unicode_word(uint32_t c) {
    return c == '_' || unicode_is_alpha(c) || unicode_is_decimal(c) || unicode_is_digit(c) || unicode_is_numeric(c);
}

bool sre_category_has(uint32_t category, uint32_t c) {
    bool found;
    switch (category & ~1u) {
    case SRE_DIGIT: found = c - '0' < 10; break;
    case SRE_SPACE: found = c == ' ' || c - '\t' < 5; break;
    case SRE_WORD: found = is_ascii_word(c); break;
    case SRE_LINEBREAK: found = c == '\n'; break;
    case SRE_LOC_WORD: found = c < 256 && (isalnum((int)c) || c == '_'); break;
    case SRE_UNI_DIGIT: found = unicode_is_decimal(c); break;
    case SRE_UNI_SPACE: found = unicode_is_space(c); break;
    case SRE_UNI_WORD: found = is_unicode_word(c); break;
    default: found = unicode_is_line_break(c); break;
    }
    return found != (category & 1);
}

/* ---- charset code ---- */

static bool bitmap_has(const uint32_t *words, uint32_t c) { return words[c >> 5] >> (c & 31) & 1; }

static bool big_charset_has(const uint32_t *blocks, uint32_t c) {
    if (c >= 65536) return false;
    uint8_t block = ((const uint8_t *)blocks)[c >> 8];
    return bitmap_has(blocks + 64 + 8 * block, c & 255);
}

static bool range_has(const uint32_t *range, uint32_t c) { return range[0] <= c && c <= range[1]; }

static bool charset_has(const uint32_t *code, uint32_t c) {
    for (bool found = true;;) {
        bool hit = false;
        switch (*code++) {
        case SRE_NEGATE: found = !found; break;
        case SRE_LITERAL: hit = *code++ == c; break;
        case SRE_CATEGORY: hit = sre_category_has(*code++, c); break;
        case SRE_RANGE: hit = range_has(code, c), code += 2; break;
        case SRE_RANGE_UNI_IGNORE: hit = range_has(code, c) || range_has(code, sre_upper_unicode(c)), code += 2; break;
        case SRE_CHARSET: hit = c < 256 && bitmap_has(code, c), code += 8; break;
        case SRE_BIGCHARSET: hit = big_charset_has(code + 1, c), code += 65 + 8 * *code; break;
        default: return !found;
        }
        if (hit) return found;
    }
}

static bool plain_has(const SreSet *set, uint32_t c) { return set->code ? charset_has(set->code, c) : set->one == c; }

bool sre_set_ask(const SreSet *set, uint32_t c) {
    bool found;
    if (set->fold == SRE_FOLD_LOCALE) {
        /* a single character stands for itself too; a charset does not */
        found = plain_has(set, sre_lower_locale(c)) || plain_has(set, sre_upper_locale(c)) || (!set->code && set->one == c);
    } else {
        found = plain_has(set, sre_fold(set->fold, c));
    }
    return found != set->negated;
}

/* ---- from 256 on ---- */

/* What one category says of all of them: NONE, ALL, or ASK. */
static SreHigh category_high(uint32_t category) {
    if (category >= SRE_UNI_DIGIT) return SRE_HIGH_ASK;
    return category & 1 ? SRE_HIGH_ALL : SRE_HIGH_NONE;
}

static SreHigh charset_high(const uint32_t *code) {
    for (bool found = true;;) {
        SreHigh item = SRE_HIGH_NONE;
        switch (*code++) {
        case SRE_NEGATE: found = !found; continue;
        case SRE_LITERAL: item = *code++ < 256 ? SRE_HIGH_NONE : SRE_HIGH_ASK; break;
        case SRE_CATEGORY: item = category_high(*code++); break;
        case SRE_RANGE: item = code[1] < 256 ? SRE_HIGH_NONE : SRE_HIGH_ASK, code += 2; break;
        case SRE_CHARSET: code += 8; break;
        case SRE_FAILURE: return found ? SRE_HIGH_NONE : SRE_HIGH_ALL;
        default: return SRE_HIGH_ASK;
        }
        if (item == SRE_HIGH_ASK) return item;
        if (item == SRE_HIGH_ALL) return found ? SRE_HIGH_ALL : SRE_HIGH_NONE;
    }
}

static SreHigh set_high(const SreSet *set) {
    if (set->fold == SRE_FOLD_UNICODE) return SRE_HIGH_ASK;
    SreHigh high = set->code ? charset_high(set->code) : set->one < 256 ? SRE_HIGH_NONE : SRE_HIGH_ASK;
    if (!set->negated || high == SRE_HIGH_ASK) return high;
    return high == SRE_HIGH_ALL ? SRE_HIGH_NONE : SRE_HIGH_ALL;
}

void sre_set_resolve(SreSet *set) {
    set->bits = (SreBits){{0}, false, false};
    for (uint32_t c = 0; c < 256; c++)
        if (sre_set_ask(set, c)) set->bits.words[c >> 6] |= UINT64_C(1) << (c & 63);
    set->high = set_high(set);
    set->bits.high = set->high != SRE_HIGH_NONE;
}

static uint64_t *make_page(const SreSet *set, uint32_t first) {
    uint64_t *page = heap_alloc(rt->heap, 32);
    if (!page) return NULL;
    memset(page, 0, 32);
    for (uint32_t i = 0; i < 256; i++)
        if (sre_set_ask(set, first + i)) page[i >> 6] |= UINT64_C(1) << (i & 63);
    return page;
}

/* Without memory for a page the code is asked each time. */
bool sre_set_has_high(SreSet *set, uint32_t c) {
    if (c >= 65536) return sre_set_ask(set, c);
    if (!set->pages && !(set->pages = heap_calloc(rt->heap, 256, sizeof *set->pages))) return sre_set_ask(set, c);
    uint64_t **page = &set->pages[c >> 8];
    if (!*page && !(*page = make_page(set, c & ~255u))) return sre_set_ask(set, c);
    return (*page)[c >> 6 & 3] >> (c & 63) & 1;
}

/* ---- bits ---- */

bool sre_bits_has(const SreBits *b, uint32_t c) { return c < 256 ? b->words[c >> 6] >> (c & 63) & 1 : b->high; }

void sre_bits_join(SreBits *into, const SreBits *b) {
    for (int i = 0; i < 4; i++) into->words[i] |= b->words[i];
    into->high |= b->high;
    into->end |= b->end;
}

/* No character is in both. */
bool sre_bits_disjoint(const SreBits *a, const SreBits *b) {
    uint64_t common = 0;
    for (int i = 0; i < 4; i++) common |= a->words[i] & b->words[i];
    return !common && !(a->high && b->high);
}

/* ---- tables ---- */

typedef struct SreColumn {
    uint64_t words[4];
    const uint8_t *table;
    uint8_t bit;
} SreColumn;

static bool find_column(const SreLowering *l, const SreBits *bits, const uint8_t **table, uint8_t *bit) {
    size_t seen = 0;
    for (size_t i = l->column_count; i-- > 0 && seen < 64; seen++)
        if (memcmp(l->columns[i].words, bits->words, sizeof bits->words) == 0) {
            *table = l->columns[i].table;
            *bit = l->columns[i].bit;
            return true;
        }
    return false;
}

static bool grow_columns(SreLowering *l) {
    if (l->column_count & (l->column_count - 1)) return true;
    size_t capacity = l->column_count ? 2 * l->column_count : 1;
    SreColumn *columns = heap_realloc(rt->heap, l->columns, capacity * sizeof *columns);
    if (!columns) return false;
    l->columns = columns;
    return true;
}

int sre_column(SreLowering *l, const SreBits *bits, const uint8_t **table, uint8_t *bit) {
    if (find_column(l, bits, table, bit)) return 0;
    if (!grow_columns(l)) return raise_no_memory(), -1;
    if (!l->table || l->table_bits == 8) {
        if (!(l->table = sre_program_alloc(l->program, 256))) return -1;
        memset(l->table, 0, 256);
        l->table_bits = 0;
    }
    uint8_t mask = (uint8_t)(1u << l->table_bits++);
    for (unsigned c = 0; c < 256; c++)
        if (sre_bits_has(bits, c)) l->table[c] |= mask;
    SreColumn *column = &l->columns[l->column_count++];
    memcpy(column->words, bits->words, sizeof bits->words);
    *table = column->table = l->table;
    *bit = column->bit = mask;
    return 0;
}
