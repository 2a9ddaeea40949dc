/* str_case: upper, lower and their kin, and the is...() questions. */
#include "objects/str_case.h"

#include "objects/protocols.h"
#include "objects/unicode.h"

typedef size_t (*MapFn)(uint32_t c, uint32_t out[3]);

static int add_mapped(StrBuilder *b, MapFn map, uint32_t c) {
    uint32_t out[3];
    size_t n = map(c, out);
    for (size_t i = 0; i < n; i++)
        if (str_builder_add_char(b, out[i]) < 0) return -1;
    return 0;
}

/* Capital sigma at the end of a word becomes the final small one. */
static uint32_t lower_sigma(Value v, size_t at) {
    size_t before = at, after = at + 1, n = str_length(v);
    while (before > 0 && unicode_is_case_ignorable(str_read(v, before - 1))) before--;
    bool final = before > 0 && unicode_is_cased(str_read(v, before - 1));
    if (final) {
        while (after < n && unicode_is_case_ignorable(str_read(v, after))) after++;
        final = !(after < n && unicode_is_cased(str_read(v, after)));
    }
    return final ? 0x3C2 : 0x3C3;
}

static inline bool is_ascii_lower(uint32_t c) { return c >= 'a' && c <= 'z'; }
static inline bool is_ascii_upper(uint32_t c) { return c >= 'A' && c <= 'Z'; }

static inline int add_upper(StrBuilder *b, uint32_t c) {
    if (c < 128) return str_builder_add_char(b, is_ascii_lower(c) ? c - 32 : c);
    return add_mapped(b, unicode_to_upper, c);
}

static inline int add_lower(StrBuilder *b, Value v, size_t i) {
    uint32_t c = str_read(v, i);
    if (c < 128) return str_builder_add_char(b, is_ascii_upper(c) ? c + 32 : c);
    return c == 0x3A3 ? str_builder_add_char(b, lower_sigma(v, i)) : add_mapped(b, unicode_to_lower, c);
}

static Value ascii_map(Value v, bool upper) {
    size_t n = str_length(v);
    Value result = str_new(n, 'a');
    if (!result || n == 0) return result;
    uint8_t *to = ((Str *)result)->data;
    const uint8_t *from = str_data(v);
    for (size_t i = 0; i < n; i++) {
        uint8_t c = from[i];
        to[i] = upper ? (c >= 'a' && c <= 'z' ? c - 32 : c) : (c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return result;
}

typedef enum AsciiCase { FIRST_LETTER_UP, EACH_WORD_UP, SWAPPED } AsciiCase;

/* capitalize, title and swapcase of ASCII text. */
static Value ascii_recase(Value v, AsciiCase how) {
    size_t n = str_length(v);
    Value result = str_new(n, 'a');
    if (!result || n == 0) return result;
    uint8_t *to = ((Str *)result)->data;
    const uint8_t *from = str_data(v);
    bool up = true;
    for (size_t i = 0; i < n; i++) {
        uint8_t c = from[i];
        bool lower = is_ascii_lower(c), upper = is_ascii_upper(c);
        if (how == SWAPPED) up = lower;
        to[i] = up && lower ? c - 32 : !up && upper ? c + 32 : c;
        up = how == EACH_WORD_UP && !(lower || upper);
    }
    return result;
}

static Value finish(StrBuilder *b, int status) {
    if (status == 0) return str_builder_finish(b);
    str_builder_drop(b);
    return NULL;
}

Value str_upper(Value v) {
    if (((Str *)v)->ascii) return ascii_map(v, true);
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(v); i++)
        status = add_upper(&b, str_read(v, i)) < 0 ? -1 : work_at(i);
    return finish(&b, status);
}

Value str_lower(Value v) {
    if (((Str *)v)->ascii) return ascii_map(v, false);
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(v); i++)
        status = add_lower(&b, v, i) < 0 ? -1 : work_at(i);
    return finish(&b, status);
}

Value str_casefold(Value v) {
    if (((Str *)v)->ascii) return ascii_map(v, false);
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(v); i++)
        status = add_mapped(&b, unicode_casefold, str_read(v, i)) < 0 ? -1 : work_at(i);
    return finish(&b, status);
}

Value str_swapcase(Value v) {
    if (((Str *)v)->ascii) return ascii_recase(v, SWAPPED);
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(v); i++) {
        uint32_t c = str_read(v, i);
        status = unicode_is_upper(c)   ? add_lower(&b, v, i)
                 : unicode_is_lower(c) ? add_mapped(&b, unicode_to_upper, c)
                                       : str_builder_add_char(&b, c);
    }
    return finish(&b, status);
}

Value str_title(Value v) {
    if (((Str *)v)->ascii) return ascii_recase(v, EACH_WORD_UP);
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    bool in_word = false;
    for (size_t i = 0; status == 0 && i < str_length(v); i++) {
        uint32_t c = str_read(v, i);
        status = in_word ? add_lower(&b, v, i) : add_mapped(&b, unicode_to_title, c);
        in_word = unicode_is_cased(c);
    }
    return finish(&b, status);
}

Value str_capitalize(Value v) {
    if (((Str *)v)->ascii) return ascii_recase(v, FIRST_LETTER_UP);
    StrBuilder b = STR_BUILDER_INIT;
    int status = 0;
    for (size_t i = 0; status == 0 && i < str_length(v); i++)
        status = i ? add_lower(&b, v, i) : add_mapped(&b, unicode_to_title, str_read(v, 0));
    return finish(&b, status);
}

/* ---- questions ---- */

/* What an ASCII character is, bit by bit. */
enum { IS_ALPHA = 1, IS_DIGIT = 2, IS_SPACE = 4, IS_PRINTABLE = 8 };

static inline unsigned ascii_class(uint8_t c) {
    if (is_ascii_lower(c) || is_ascii_upper(c)) return IS_ALPHA | IS_PRINTABLE;
    if (c >= '0' && c <= '9') return IS_DIGIT | IS_PRINTABLE;
    if (c == ' ') return IS_SPACE | IS_PRINTABLE;
    if ((c >= 9 && c <= 13) || (c >= 28 && c <= 31)) return IS_SPACE;
    return c > ' ' && c < 127 ? IS_PRINTABLE : 0;
}

/* classes: those of ascii_class that the test is true for. */
static inline Value all_are(Value v, unsigned classes, bool (*test)(uint32_t)) {
    size_t n = str_length(v);
    if (((Str *)v)->ascii) {
        const uint8_t *p = str_data(v);
        for (size_t i = 0; i < n; i++)
            if (!(ascii_class(p[i]) & classes)) return FALSE;
        return BOOL(n > 0);
    }
    for (size_t i = 0; i < n; i++)
        if (!test(str_read(v, i))) return FALSE;
    return BOOL(n > 0);
}

static bool is_alnum(uint32_t c) {
    return unicode_is_alpha(c) || unicode_is_numeric(c) || unicode_is_digit(c);
}

Value str_isalpha(Value v) { return all_are(v, IS_ALPHA, unicode_is_alpha); }
Value str_isalnum(Value v) { return all_are(v, IS_ALPHA | IS_DIGIT, is_alnum); }
Value str_isdecimal(Value v) { return all_are(v, IS_DIGIT, unicode_is_decimal); }
Value str_isdigit(Value v) { return all_are(v, IS_DIGIT, unicode_is_digit); }
Value str_isnumeric(Value v) { return all_are(v, IS_DIGIT, unicode_is_numeric); }
Value str_isspace(Value v) { return all_are(v, IS_SPACE, unicode_is_space); }
Value str_isascii(Value v) { return BOOL(((Str *)v)->ascii || str_length(v) == 0); }
Value str_isprintable(Value v) {
    return str_length(v) == 0 ? TRUE : all_are(v, IS_PRINTABLE, unicode_is_printable);
}

static Value cased_all(Value v, bool (*wanted)(uint32_t), bool (*other)(uint32_t)) {
    bool cased = false, lower = wanted == unicode_is_lower;
    for (size_t i = 0; i < str_length(v); i++) {
        uint32_t c = str_read(v, i);
        if (c < 128) {
            if (lower ? is_ascii_upper(c) : is_ascii_lower(c)) return FALSE;
            cased |= lower ? is_ascii_lower(c) : is_ascii_upper(c);
            continue;
        }
        if (other(c) || unicode_is_title(c)) return FALSE;
        cased |= wanted(c);
    }
    return BOOL(cased);
}

Value str_islower(Value v) { return cased_all(v, unicode_is_lower, unicode_is_upper); }
Value str_isupper(Value v) { return cased_all(v, unicode_is_upper, unicode_is_lower); }

Value str_istitle(Value v) {
    bool cased = false, in_word = false;
    for (size_t i = 0; i < str_length(v); i++) {
        uint32_t c = str_read(v, i);
        if (unicode_is_upper(c) || unicode_is_title(c)) {
            if (in_word) return FALSE;
            in_word = cased = true;
        } else if (unicode_is_lower(c)) {
            if (!in_word) return FALSE;
            cased = true;
        } else {
            in_word = false;
        }
    }
    return BOOL(cased);
}

bool str_is_identifier(Value v) {
    size_t n = str_length(v);
    if (n == 0 || !unicode_is_identifier_start(str_read(v, 0))) return false;
    for (size_t i = 1; i < n; i++)
        if (!unicode_is_identifier_part(str_read(v, i))) return false;
    return true;
}

Value str_isidentifier(Value v) { return BOOL(str_is_identifier(v)); }
