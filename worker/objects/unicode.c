#include "objects/unicode.h"

#include <utf8proc.h>

/* Characters of Unicode 15 that Python 3.11's 14 has not. */
static const struct {
    uint32_t first, last;
} newer_ranges[] = {
    {0xcf3, 0xcf3},     {0xece, 0xece},     {0x10efd, 0x10eff}, {0x1123f, 0x11241}, {0x11b00, 0x11b09},
    {0x11f00, 0x11f10}, {0x11f12, 0x11f3a}, {0x11f3e, 0x11f59}, {0x1342f, 0x1342f}, {0x13439, 0x13455},
    {0x1b132, 0x1b132}, {0x1b155, 0x1b155}, {0x1d2c0, 0x1d2d3}, {0x1df25, 0x1df2a}, {0x1e030, 0x1e06d},
    {0x1e08f, 0x1e08f}, {0x1e4d0, 0x1e4f9}, {0x1f6dc, 0x1f6dc}, {0x1f774, 0x1f776}, {0x1f77b, 0x1f77f},
    {0x1f7d9, 0x1f7d9}, {0x1fa75, 0x1fa77}, {0x1fa87, 0x1fa88}, {0x1faad, 0x1faaf}, {0x1fabb, 0x1fabd},
    {0x1fabf, 0x1fabf}, {0x1face, 0x1facf}, {0x1fada, 0x1fadb}, {0x1fae8, 0x1fae8}, {0x1faf7, 0x1faf8},
    {0x2b739, 0x2b739}, {0x31350, 0x323af},
};

bool unicode_is_newer(uint32_t c) {
    if (c < 0x10efd) return c == 0xcf3 || c == 0xece;
    for (size_t i = 2; i < sizeof newer_ranges / sizeof *newer_ranges && c >= newer_ranges[i].first; i++)
        if (c <= newer_ranges[i].last) return true;
    return false;
}

static utf8proc_category_t category(uint32_t c) {
    return unicode_is_newer(c) ? UTF8PROC_CATEGORY_CN : utf8proc_category((utf8proc_int32_t)c);
}

bool unicode_is_alpha(uint32_t c) {
    if (c < 128) return (c | 32) >= 'a' && (c | 32) <= 'z';
    switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return true;
    default: return false;
    }
}

bool unicode_is_decimal(uint32_t c) {
    if (c < 128) return c >= '0' && c <= '9';
    return category(c) == UTF8PROC_CATEGORY_ND;
}

/* Digits that are not decimal: superscripts, subscripts, circled and the like; ranges of {first, last, value of first}. */
static const struct {
    uint32_t first, last;
    int value;
} digit_ranges[] = {
    {0xB2, 0xB3, 2},       {0xB9, 0xB9, 1},       {0x1369, 0x1371, 1},   {0x19DA, 0x19DA, 1},
    {0x2070, 0x2070, 0},   {0x2074, 0x2079, 4},   {0x2080, 0x2089, 0},   {0x2460, 0x2468, 1},
    {0x2474, 0x247C, 1},   {0x2488, 0x2490, 1},   {0x24EA, 0x24EA, 0},   {0x24F5, 0x24FD, 1},
    {0x24FF, 0x24FF, 0},   {0x2776, 0x277E, 1},   {0x2780, 0x2788, 1},   {0x278A, 0x2792, 1},
    {0x10A40, 0x10A43, 1}, {0x10E60, 0x10E68, 1}, {0x11052, 0x1105A, 1}, {0x1F100, 0x1F100, 0},
    {0x1F101, 0x1F10A, 0},
};

int unicode_digit(uint32_t c) {
    int decimal = unicode_decimal(c);
    if (decimal >= 0) return decimal;
    for (size_t i = 0; i < sizeof digit_ranges / sizeof *digit_ranges; i++)
        if (c >= digit_ranges[i].first && c <= digit_ranges[i].last)
            return digit_ranges[i].value + (int)(c - digit_ranges[i].first);
    return -1;
}

bool unicode_is_digit(uint32_t c) { return unicode_digit(c) >= 0; }

/* Ideographs that are numbers (property Numeric_Value of letters). */
static const uint32_t numeric_ideographs[] = {
    0x3405,  0x3483,  0x382A,  0x3B4D,  0x4E00,  0x4E03,  0x4E07,  0x4E09,  0x4E5D,  0x4E8C,  0x4E94,
    0x4E96,  0x4EBF,  0x4EC0,  0x4EDF,  0x4EE8,  0x4F0D,  0x4F70,  0x5104,  0x5146,  0x5169,  0x516B,
    0x516D,  0x5341,  0x5343,  0x5344,  0x5345,  0x534C,  0x53C1,  0x53C2,  0x53C3,  0x53C4,  0x56DB,
    0x58F1,  0x58F9,  0x5E7A,  0x5EFE,  0x5EFF,  0x5F0C,  0x5F0D,  0x5F0E,  0x5F10,  0x62FE,  0x634C,
    0x67D2,  0x6F06,  0x7396,  0x767E,  0x8086,  0x842C,  0x8CAE,  0x8CB3,  0x8D30,  0x9621,  0x9646,
    0x964C,  0x9678,  0x96F6,  0xF96B,  0xF973,  0xF978,  0xF9B2,  0xF9D1,  0xF9D3,  0xF9FD,  0x20001,
    0x20064, 0x200E2, 0x20121, 0x2092A, 0x20983, 0x2098C, 0x2099C, 0x20AEA, 0x20AFD, 0x20B19, 0x22390,
    0x22998, 0x23B1B, 0x2626D, 0x2F890,
};

bool unicode_is_numeric(uint32_t c) {
    if (c < 128) return c >= '0' && c <= '9';
    switch (category(c)) {
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    case UTF8PROC_CATEGORY_LO:
        for (size_t i = 0; i < sizeof numeric_ideographs / sizeof *numeric_ideographs; i++)
            if (numeric_ideographs[i] == c) return true;
        return false;
    default: return false;
    }
}

bool unicode_is_space(uint32_t c) {
    if (c < 128) return c == ' ' || (c >= 9 && c <= 13) || (c >= 28 && c <= 31);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

bool unicode_is_lower(uint32_t c) {
    if (c < 128) return c >= 'a' && c <= 'z';
    if (c == 0x10FC || (c >= 0xA7F2 && c <= 0xA7F4) || c == 0xAB69)
        return false; /* lower case since Unicode 15 */
    return utf8proc_islower((utf8proc_int32_t)c) && !unicode_is_newer(c);
}

bool unicode_is_upper(uint32_t c) {
    if (c < 128) return c >= 'A' && c <= 'Z';
    return utf8proc_isupper((utf8proc_int32_t)c);
}

bool unicode_is_title(uint32_t c) { return c >= 128 && category(c) == UTF8PROC_CATEGORY_LT; }

/* Blocks of letters without a gap or a format character: what most text outside of ASCII is of. */
static inline bool in_full_block(uint32_t c) {
    if (c < 0x378) return c > 0xA0 && c != 0xAD;
    if (c < 0x3041) return (c >= 0x400 && c <= 0x52F);
    return c <= 0x3096 || (c >= 0x30A0 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFC) ||
           (c >= 0xAC00 && c <= 0xD7A3);
}

bool unicode_is_printable(uint32_t c) {
    if (c < 128) return c >= 32 && c < 127;
    if (in_full_block(c)) return true;
    switch (category(c)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_ZS: return false;
    default: return true;
    }
}

bool unicode_is_line_break(uint32_t c) {
    return (c >= 10 && c <= 13) || (c >= 28 && c <= 30) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool unicode_is_cased(uint32_t c) {
    return unicode_is_lower(c) || unicode_is_upper(c) || unicode_is_title(c);
}

bool unicode_is_case_ignorable(uint32_t c) {
    if (c < 128) return c == '\'' || c == '.' || c == ':' || c == '^' || c == '`';
    switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_SK: return true;
    default:
        return c == 0xB7 || c == 0x387 || c == 0x55F || c == 0x5F4 || c == 0x2018 || c == 0x2019 ||
               c == 0x2024 || c == 0x2027;
    }
}

/* Letters that begin no identifier, since their compatible form does not (or as syntax of patterns). */
static bool changes_in_identifier(uint32_t c) {
    if (c < 0xFC5E) return c == 0x37A || c == 0xE33 || c == 0xEB3 || c == 0x2E2F;
    return c <= 0xFC63 || c == 0xFDFA || c == 0xFDFB || (c >= 0xFE70 && c <= 0xFE7E && c % 2 == 0) ||
           c == 0xFF9E || c == 0xFF9F;
}

bool unicode_is_identifier_start(uint32_t c) {
    if (c < 128) return c == '_' || unicode_is_alpha(c);
    if (unicode_is_alpha(c)) return !changes_in_identifier(c);
    return category(c) == UTF8PROC_CATEGORY_NL || c == 0x1885 || c == 0x1886 || c == 0x2118 || c == 0x212E;
}

bool unicode_is_identifier_part(uint32_t c) {
    if (c < 128) return c == '_' || unicode_is_alpha(c) || (c >= '0' && c <= '9');
    if (unicode_is_identifier_start(c)) return true;
    switch (category(c)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC: return true;
    default:
        return c == 0xB7 || c == 0x387 || (c >= 0x1369 && c <= 0x1371) || c == 0x19DA || c == 0xE33 ||
               c == 0xEB3 || c == 0xFF9E || c == 0xFF9F;
    }
}

/* ---- case: utf8proc maps one to one; what grows stands in a table (from SpecialCasing.txt, unconditional rows) ---- */

typedef struct SpecialCase {
    uint32_t from;
    uint32_t upper[3], title[3];
} SpecialCase;

static const SpecialCase special_cases[] = {
    {0xDF, {'S', 'S'}, {'S', 's'}},
    {0x149, {0x2BC, 'N'}, {0x2BC, 'N'}},
    {0x1F0, {'J', 0x30C}, {'J', 0x30C}},
    {0x390, {0x399, 0x308, 0x301}, {0x399, 0x308, 0x301}},
    {0x3B0, {0x3A5, 0x308, 0x301}, {0x3A5, 0x308, 0x301}},
    {0x587, {0x535, 0x552}, {0x535, 0x582}},
    {0x1E96, {'H', 0x331}, {'H', 0x331}},
    {0x1E97, {'T', 0x308}, {'T', 0x308}},
    {0x1E98, {'W', 0x30A}, {'W', 0x30A}},
    {0x1E99, {'Y', 0x30A}, {'Y', 0x30A}},
    {0x1E9A, {'A', 0x2BE}, {'A', 0x2BE}},
    {0x1F50, {0x3A5, 0x313}, {0x3A5, 0x313}},
    {0x1F52, {0x3A5, 0x313, 0x300}, {0x3A5, 0x313, 0x300}},
    {0x1F54, {0x3A5, 0x313, 0x301}, {0x3A5, 0x313, 0x301}},
    {0x1F56, {0x3A5, 0x313, 0x342}, {0x3A5, 0x313, 0x342}},
    {0x1FB2, {0x1FBA, 0x399}, {0x1FBA, 0x345}},
    {0x1FB3, {0x391, 0x399}, {0x1FBC}},
    {0x1FB4, {0x386, 0x399}, {0x386, 0x345}},
    {0x1FB6, {0x391, 0x342}, {0x391, 0x342}},
    {0x1FB7, {0x391, 0x342, 0x399}, {0x391, 0x342, 0x345}},
    {0x1FBC, {0x391, 0x399}, {0x1FBC}},
    {0x1FC2, {0x1FCA, 0x399}, {0x1FCA, 0x345}},
    {0x1FC3, {0x397, 0x399}, {0x1FCC}},
    {0x1FC4, {0x389, 0x399}, {0x389, 0x345}},
    {0x1FC6, {0x397, 0x342}, {0x397, 0x342}},
    {0x1FC7, {0x397, 0x342, 0x399}, {0x397, 0x342, 0x345}},
    {0x1FCC, {0x397, 0x399}, {0x1FCC}},
    {0x1FD2, {0x399, 0x308, 0x300}, {0x399, 0x308, 0x300}},
    {0x1FD3, {0x399, 0x308, 0x301}, {0x399, 0x308, 0x301}},
    {0x1FD6, {0x399, 0x342}, {0x399, 0x342}},
    {0x1FD7, {0x399, 0x308, 0x342}, {0x399, 0x308, 0x342}},
    {0x1FE2, {0x3A5, 0x308, 0x300}, {0x3A5, 0x308, 0x300}},
    {0x1FE3, {0x3A5, 0x308, 0x301}, {0x3A5, 0x308, 0x301}},
    {0x1FE4, {0x3A1, 0x313}, {0x3A1, 0x313}},
    {0x1FE6, {0x3A5, 0x342}, {0x3A5, 0x342}},
    {0x1FE7, {0x3A5, 0x308, 0x342}, {0x3A5, 0x308, 0x342}},
    {0x1FF2, {0x1FFA, 0x399}, {0x1FFA, 0x345}},
    {0x1FF3, {0x3A9, 0x399}, {0x1FFC}},
    {0x1FF4, {0x38F, 0x399}, {0x38F, 0x345}},
    {0x1FF6, {0x3A9, 0x342}, {0x3A9, 0x342}},
    {0x1FF7, {0x3A9, 0x342, 0x399}, {0x3A9, 0x342, 0x345}},
    {0x1FFC, {0x3A9, 0x399}, {0x1FFC}},
    {0xFB00, {'F', 'F'}, {'F', 'f'}},
    {0xFB01, {'F', 'I'}, {'F', 'i'}},
    {0xFB02, {'F', 'L'}, {'F', 'l'}},
    {0xFB03, {'F', 'F', 'I'}, {'F', 'f', 'i'}},
    {0xFB04, {'F', 'F', 'L'}, {'F', 'f', 'l'}},
    {0xFB05, {'S', 'T'}, {'S', 't'}},
    {0xFB06, {'S', 'T'}, {'S', 't'}},
    {0xFB13, {0x544, 0x546}, {0x544, 0x576}},
    {0xFB14, {0x544, 0x535}, {0x544, 0x565}},
    {0xFB15, {0x544, 0x53B}, {0x544, 0x56B}},
    {0xFB16, {0x54E, 0x546}, {0x54E, 0x576}},
    {0xFB17, {0x544, 0x53D}, {0x544, 0x56D}},
};

static const SpecialCase *special_case(uint32_t c) {
    if (c < 0xDF) return NULL;
    size_t low = 0, high = sizeof special_cases / sizeof *special_cases;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (special_cases[middle].from == c) return &special_cases[middle];
        if (special_cases[middle].from < c) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

static size_t copy3(const uint32_t from[3], uint32_t out[3]) {
    size_t n = 0;
    while (n < 3 && from[n]) {
        out[n] = from[n];
        n++;
    }
    return n;
}

/* Greek letters with iota subscript grow in upper case: 1F80..1FAF, in blocks of eight small and eight title letters. */
static bool iota_upper(uint32_t c, uint32_t out[3]) {
    if (c < 0x1F80 || c > 0x1FAF) return false;
    static const uint32_t base[] = {0x1F08, 0x1F28, 0x1F68};
    out[0] = base[(c - 0x1F80) >> 4] + (c & 7);
    out[1] = 0x399;
    return true;
}

size_t unicode_to_upper(uint32_t c, uint32_t out[3]) {
    if (c < 128) return out[0] = c >= 'a' && c <= 'z' ? c - 32 : c, 1;
    const SpecialCase *s = special_case(c);
    if (s) return copy3(s->upper, out);
    if (iota_upper(c, out)) return 2;
    out[0] = (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
    return 1;
}

size_t unicode_to_lower(uint32_t c, uint32_t out[3]) {
    if (c < 128) return out[0] = c >= 'A' && c <= 'Z' ? c + 32 : c, 1;
    if (c == 0x130) return out[0] = 'i', out[1] = 0x307, 2;
    out[0] = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    return 1;
}

size_t unicode_to_title(uint32_t c, uint32_t out[3]) {
    if (c < 128) return unicode_to_upper(c, out);
    const SpecialCase *s = special_case(c);
    if (s) return copy3(s->title, out);
    out[0] = (uint32_t)utf8proc_totitle((utf8proc_int32_t)c);
    return 1;
}

size_t unicode_casefold(uint32_t c, uint32_t out[3]) {
    if (c < 128) return unicode_to_lower(c, out);
    utf8proc_int32_t buffer[8];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, buffer, 8, UTF8PROC_CASEFOLD, &boundary);
    if (n < 1 || n > 3) return out[0] = c, 1;
    for (utf8proc_ssize_t i = 0; i < n; i++) out[i] = (uint32_t)buffer[i];
    return (size_t)n;
}
