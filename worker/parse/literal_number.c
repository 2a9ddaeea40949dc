/* Numbers: digits to values. The lexer has checked their form. */
#include <errno.h>
#include <stdlib.h>

#include "parse/literal.h"

/* The text without underscores, NUL-terminated. */
static char *without_underscores(Bump *bump, const char *text, size_t length) {
    char *digits = bump_alloc(bump, length + 1);
    if (!digits) return NULL;
    char *out = digits;
    for (size_t i = 0; i < length; i++)
        if (text[i] != '_') *out++ = text[i];
    *out = 0;
    return digits;
}

static uint8_t base_of(const char *text, size_t length) {
    if (length < 2 || text[0] != '0') return 10;
    switch (text[1] | 0x20) {
    case 'x': return 16;
    case 'o': return 8;
    case 'b': return 2;
    default: return 10;
    }
}

static bool is_float(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] == '.' || (text[i] | 0x20) == 'e') return true;
    return false;
}

static LiteralStatus too_long(const ParseContext *ctx, size_t digits, LiteralError *error) {
    error->message =
        bump_printf(ctx->bump,
                    "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; "
                    "use sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for "
                    "huge integer literals to avoid decimal conversion limits.",
                    ctx->dialect.max_digits, digits);
    return error->status = error->message ? LITERAL_TOO_LONG : LITERAL_MEMORY;
}

static LiteralStatus integer(const ParseContext *ctx, const char *text, size_t length, AstConstant *value,
                             LiteralError *error) {
    uint8_t base = base_of(text, length);
    const char *digits = base == 10 ? text : text + 2;
    const char *end = text + length;
    int64_t small = 0;
    bool big = false;
    for (const char *p = digits; p < end; p++) {
        if (*p == '_') continue;
        int digit = *p <= '9' ? *p - '0' : (*p | 0x20) - 'a' + 10;
        big |= __builtin_mul_overflow(small, (int64_t)base, &small);
        big |= __builtin_add_overflow(small, (int64_t)digit, &small);
        if (big) break;
    }
    if (!big) {
        *value = (AstConstant){.kind = CONSTANT_INT, .base = base, .integer = small};
        return LITERAL_OK;
    }
    char *clean = without_underscores(ctx->bump, digits, (size_t)(end - digits));
    if (!clean) return error->status = LITERAL_MEMORY;
    size_t count = strlen(clean);
    size_t limit = (size_t)ctx->dialect.max_digits;
    if (base == 10 && limit && count > limit) return too_long(ctx, count, error);
    while (*clean == '0') clean++, count--;
    *value = (AstConstant){.kind = CONSTANT_BIG_INT, .base = base, .text = {clean, count}};
    return LITERAL_OK;
}

LiteralStatus literal_number(const ParseContext *ctx, const char *text, size_t length, AstConstant *value,
                             LiteralError *error) {
    uint8_t base = base_of(text, length);
    bool imaginary = base == 10 && (text[length - 1] | 0x20) == 'j';
    if (base != 10 || (!imaginary && !is_float(text, length)))
        return integer(ctx, text, length, value, error);
    char small[64];
    char *clean = small;
    if (length < sizeof small && !memchr(text, '_', length)) {
        memcpy(small, text, length);
        small[length] = 0;
    } else if (!(clean = without_underscores(ctx->bump, text, length))) {
        return error->status = LITERAL_MEMORY;
    }
    /* strtod stops at the 'j' itself. */
    *value =
        (AstConstant){.kind = imaginary ? CONSTANT_IMAGINARY : CONSTANT_FLOAT, .real = strtod(clean, NULL)};
    return LITERAL_OK;
}
