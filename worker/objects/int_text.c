/* int_text: ints from text and to text in bases 2 to 36, with the limit on decimal digits. */
#include <stdio.h>

#include <utf8proc.h>

#include "objects/bytes.h"
#include "objects/int_internal.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/unicode.h"

static int digit_of(uint32_t c) {
    if (c >= '0' && c <= '9') return (int)c - '0';
    if (c >= 'a' && c <= 'z') return (int)c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') return (int)c - 'A' + 10;
    return 99;
}

static bool is_power_of_two(int base) { return (base & (base - 1)) == 0; }

/* 0, or -1 with ValueError when n digits of text are over the limit. */
static int check_digits(size_t n, int base) {
    int32_t limit = rt->int_max_str_digits;
    if (is_power_of_two(base) || limit <= 0 || n <= 640 || n <= (size_t)limit) return 0;
    return raise_int(T_ValueError,
                     "Exceeds the limit (%d digits) for integer string conversion: value has %zd digits; use "
                     "sys.set_int_max_str_digits() to increase the limit",
                     limit, (ssize_t)n);
}

/* A few hundred decimal digits, eighteen at a time. */
static Value from_decimal_digits(const char *digits, size_t n) {
    enum { CHUNK = 18 };
    Int *result = int_alloc(n / CHUNK + 1);
    if (!result) return NULL;
    size_t limbs = 0;
    for (size_t i = 0, stop = n % CHUNK ? n % CHUNK : CHUNK; i < n; stop += CHUNK) {
        mp_limb_t chunk = 0, scale = 1;
        for (; i < stop; i++, scale *= 10) chunk = chunk * 10 + (mp_limb_t)(digits[i] - '0');
        mp_limb_t carry = limbs ? mpn_mul_1(result->limbs, result->limbs, (mp_size_t)limbs, scale) : 0;
        carry += limbs ? mpn_add_1(result->limbs, result->limbs, (mp_size_t)limbs, chunk) : chunk;
        if (carry) result->limbs[limbs++] = carry;
    }
    return int_finish_steal(result, limbs, false);
}

Value int_from_digits(const char *digits, size_t n, int base) {
    enum { FEW_DIGITS = 600 };
    if (n <= 18 && base <= 10) {
        int64_t m = 0;
        for (size_t i = 0; i < n; i++) m = m * base + (digits[i] - '0');
        return int_from_i64(m);
    }
    if (base == 10 && n <= FEW_DIGITS) return from_decimal_digits(digits, n);
    if (int_check_bits((uint64_t)n * 6) < 0 || int_charge(n / 16, n > 4096 ? 256 : n / 16) < 0) return NULL;
    char *copy = heap_alloc(rt->heap, n + 1);
    if (!copy) return raise_no_memory();
    memcpy(copy, digits, n);
    copy[n] = 0;
    mpz_t z;
    mpz_init(z);
    mpz_set_str(z, copy, base);
    Value v = int_from_mpz(z);
    mpz_clear(z);
    heap_free(rt->heap, copy);
    return v;
}

/* Base from a prefix; *p moves behind it. 0 when the digits cannot be right ("012" in base 0). */
static int read_prefix(const char **p, const char *end, int base) {
    const char *s = *p;
    int found = 0;
    if (s + 1 < end && s[0] == '0') {
        switch (s[1] | 32) {
        case 'x': found = 16; break;
        case 'o': found = 8; break;
        case 'b': found = 2; break;
        default: break;
        }
    }
    if (found && (base == 0 || base == found)) {
        *p = s + 2;
        if (*p < end && **p == '_') ++*p;
        return found;
    }
    if (base != 0) return base;
    if (s < end && *s == '0')
        for (; s < end; s++)
            if (*s != '0' && *s != '_') return 0;
    return 10;
}

/* Sign, prefix, digits with single underscores between them. NULL without an error when the text is no int. */
static Value parse(const char *p, const char *end, int base) {
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    base = read_prefix(&p, end, base);
    if (base == 0 || p >= end || *p == '_') return NULL;
    char *digits = heap_alloc(rt->heap, (size_t)(end - p) + 1);
    if (!digits) return raise_no_memory();
    size_t n = 0;
    bool ok = true;
    for (; ok && p < end; p++) {
        if (*p == '_') ok = p + 1 < end && p[1] != '_';
        else if (digit_of((uint8_t)*p) < base) digits[n++] = *p;
        else
            ok = check_digits(n, base) < 0 &&
                 false; /* too many digits is the error told first, as in CPython */
    }
    Value v = NULL;
    if (ok && n > 0 && check_digits(n, base) == 0) v = int_from_digits(digits, n, base);
    heap_free(rt->heap, digits);
    if (v && negative) {
        Value positive = v;
        v = int_negative(positive);
        decref(positive);
    }
    return v;
}

static bool is_space(uint32_t c) {
    if (c < 128) return c == ' ' || (c >= 9 && c <= 13);
    return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* The value of a decimal digit in any script, or -1: code points of category Nd come in runs of ten that start at zero. */
int unicode_decimal(uint32_t c) {
    if (c < 128) return c >= '0' && c <= '9' ? (int)c - '0' : -1;
    if (utf8proc_category((utf8proc_int32_t)c) != UTF8PROC_CATEGORY_ND || unicode_is_newer(c)) return -1;
    uint32_t first = c;
    if (c >= 0x1D7CE && c <= 0x1D7FF) return (int)(c - 0x1D7CE) % 10; /* five sets in one run */
    while (c - first < 9 && utf8proc_category((utf8proc_int32_t)first - 1) == UTF8PROC_CATEGORY_ND) first--;
    return (int)(c - first);
}

/* ASCII form of numeric text: spaces stripped and turned plain, decimal digits of all scripts to 0-9, others to '?'.
 * Allocated; NULL raised. Used for float and complex too. */
char *number_text_ascii(Value v, size_t *length) {
    size_t start = 0, stop = str_length(v);
    while (start < stop && is_space(str_read(v, start))) start++;
    while (stop > start && is_space(str_read(v, stop - 1))) stop--;
    char *text = heap_alloc(rt->heap, stop - start + 1);
    if (!text) return (char *)raise_no_memory();
    for (size_t i = start; i < stop; i++) {
        uint32_t c = str_read(v, i);
        int digit = c < 128 ? -1 : unicode_decimal(c);
        text[i - start] = (char)(digit >= 0          ? '0' + digit
                                 : c < 128 && c != 0 ? (int)c
                                 : is_space(c)       ? ' '
                                                     : '?');
    }
    *length = stop - start;
    text[*length] = 0;
    return text;
}

Value int_from_text(Value v, int base) {
    size_t n;
    char *text = number_text_ascii(v, &n);
    if (!text) return NULL;
    Value result = parse(text, text + n, base);
    heap_free(rt->heap, text);
    if (!result && !error_pending())
        raise_error(T_ValueError, "invalid literal for int() with base %d: %.200R", base, v);
    return result;
}

/* From bytes-like text; the error shows it as bytes, whatever it came from. */
Value int_from_text_bytes(const char *data, size_t n, int base) {
    const char *p = data, *end = data + n;
    while (p < end && is_space((uint8_t)*p) && (uint8_t)*p < 128) p++;
    while (end > p && is_space((uint8_t)end[-1]) && (uint8_t)end[-1] < 128) end--;
    Value result = parse(p, end, base);
    if (result || error_pending()) return result;
    Value shown = bytes_from(data, n < 200 ? n : 200);
    if (!shown) return NULL;
    raise_error(T_ValueError, "invalid literal for int() with base %d: %.200R", base, shown);
    decref(shown);
    return NULL;
}

/* Two digits at a time from the right end of buf; returns the first character. */
char *int_machine_decimal(int64_t n, char *end) {
    uint64_t u = n < 0 ? -(uint64_t)n : (uint64_t)n;
    while (u >= 100) {
        unsigned pair = (unsigned)(u % 100);
        u /= 100;
        *--end = (char)('0' + pair % 10);
        *--end = (char)('0' + pair / 10);
    }
    do *--end = (char)('0' + u % 10);
    while ((u /= 10) != 0);
    if (n < 0) *--end = '-';
    return end;
}

/* Base 2, 8 or 16. */
static Value machine_binary(int64_t m, int base, bool prefix) {
    char buf[72], *end = buf + sizeof buf, *p = end;
    int bits = base == 16 ? 4 : base == 8 ? 3 : 1;
    uint64_t u = m < 0 ? -(uint64_t)m : (uint64_t)m;
    do *--p = "0123456789abcdef"[u & (uint64_t)(base - 1)];
    while ((u >>= bits) != 0);
    if (prefix) {
        *--p = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
        *--p = '0';
    }
    if (m < 0) *--p = '-';
    return str_from_ascii(p, (size_t)(end - p));
}

Value int_to_text(Value v, int base, bool prefix) {
    int64_t m;
    if ((base == 16 || base == 8 || base == 2) && int_is_machine(v, &m))
        return machine_binary(m, base, prefix);
    if (base == 10 && int_is_machine(v, &m)) {
        if (m >= 0 && m < 10) return str_from_char((uint32_t)('0' + m));
        char buf[24], *end = buf + sizeof buf, *start = int_machine_decimal(m, end);
        return str_from_ascii(start, (size_t)(end - start));
    }
    IntView view;
    int_view(&view, v);
    size_t n = mpz_sizeinbase(view.z, base);
    if (base == 10 && rt->int_max_str_digits > 0 && n > 640 && n > (size_t)rt->int_max_str_digits + 1)
        goto too_long;
    if (int_check_bits((uint64_t)n * 8) < 0 || int_charge(n / 16, n > 4096 ? 256 : n / 16) < 0) return NULL;
    char *text = heap_alloc(rt->heap, n + 5);
    if (!text) return raise_no_memory();
    mpz_get_str(text + 2, base, view.z);
    char *start = text + 2;
    bool negative = *start == '-';
    size_t length = strlen(start);
    if (base == 10 && rt->int_max_str_digits > 0 && length - negative > 640 &&
        length - negative > (size_t)rt->int_max_str_digits) {
        heap_free(rt->heap, text);
        goto too_long;
    }
    if (prefix && base != 10) {
        start -= 2;
        length += 2;
        if (negative) start[0] = '-';
        start[negative] = '0';
        start[negative + 1] = base == 16 ? 'x' : base == 8 ? 'o' : 'b';
    }
    Value result = str_from_ascii(start, length);
    heap_free(rt->heap, text);
    return result;
too_long:
    return raise_error(
        T_ValueError,
        "Exceeds the limit (%d digits) for integer string conversion; use sys.set_int_max_str_digits() to "
        "increase the limit",
        rt->int_max_str_digits);
}
