#include "parse/identifier.h"

#include <utf8proc.h>

#include "base/utf8.h"

/* Characters that Unicode gives the properties Other_ID_Start and Other_ID_Continue: once letters, kept for
 * ever. */
static bool is_other_start(uint32_t code) {
    return code == 0x1885 || code == 0x1886 || code == 0x2118 || code == 0x212E || code == 0x309B ||
           code == 0x309C;
}

static bool is_other_continue(uint32_t code) {
    return code == 0x00B7 || code == 0x0387 || (code >= 0x1369 && code <= 0x1371) || code == 0x19DA;
}

static bool is_start_category(uint32_t code) {
    if (is_other_start(code)) return true;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return true;
    default: return code == '_';
    }
}

static bool is_continue_category(uint32_t code) {
    if (is_start_category(code) || is_other_continue(code)) return true;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_PC: return true;
    default: return false;
    }
}

/* XID: the character's compatibility form must be an identifier's piece too, so that NFKC keeps names names.
 */
static bool all_of_normal_form(uint32_t code, bool first) {
    utf8proc_int32_t form[32];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)code, form, 32,
                                                     UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
    if (count <= 0 || count > 32) return false;
    for (utf8proc_ssize_t i = 0; i < count; i++) {
        bool good =
            first && i == 0 ? is_start_category((uint32_t)form[i]) : is_continue_category((uint32_t)form[i]);
        if (!good) return false;
    }
    return true;
}

static bool is_identifier_char(uint32_t code, bool first) {
    bool good = first ? is_start_category(code) : is_continue_category(code);
    return good && all_of_normal_form(code, first);
}

bool identifier_check(const char *text, size_t length, uint32_t *bad, const char **behind) {
    const char *p = text, *end = text + length;
    while (p < end) {
        bool first = p == text;
        uint32_t code = utf8_next(&p);
        bool good = code < 128 || is_identifier_char(code, first);
        if (good) continue;
        *bad = code;
        *behind = p;
        return false;
    }
    return true;
}

bool identifier_is_printable(uint32_t code) {
    if (code == ' ') return true;
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO: return false;
    default: return true;
    }
}

/* NFKC of a short text into `buffer` code points; the count, or -1 when it does not fit. */
static utf8proc_ssize_t normalize(const char *text, size_t length, utf8proc_int32_t *buffer, size_t room) {
    utf8proc_option_t options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE;
    utf8proc_ssize_t count = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length,
                                                buffer, (utf8proc_ssize_t)room, options);
    if (count < 0 || (size_t)count > room) return -1;
    return utf8proc_normalize_utf32(buffer, count, UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE);
}

const AstName *identifier_intern(AstNames *names, const char *text, size_t length) {
    if (utf8_ascii_prefix(text, length) == length) return ast_name_intern(names, text, length);
    Bump *bump = ast_names_bump(names);
    /* A character's compatibility form has at most 18 code points. */
    size_t room = utf8_count(text, length) * 18;
    utf8proc_int32_t *codes = bump_alloc(bump, room * sizeof *codes);
    if (!codes) return NULL;
    utf8proc_ssize_t count = normalize(text, length, codes, room);
    if (count < 0) return ast_name_intern(names, text, length);
    char *out = bump_alloc(bump, (size_t)count * UTF8_MAX + 1);
    if (!out) return NULL;
    size_t used = 0;
    for (utf8proc_ssize_t i = 0; i < count; i++) used += utf8_encode((uint32_t)codes[i], out + used);
    return ast_name_intern(names, out, used);
}
