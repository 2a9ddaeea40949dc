/*
 * float_text: doubles to text and back.
 *
 * The shortest text: decimals of at most 15 digits name different doubles, so the nearest with 15 is the answer when it reads
 * back. Else 16 and 17 digits are tried; with 16, a neighbour in the last place may read back where the nearest does not.
 * float_digits.c does it for common numbers, the C library's correctly rounded output for the rest.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/float_digits.h"
#include "objects/protocols.h"
#include "objects/str.h"

/* "d.ddde[+-]xx" as Digits. */
static void read_scientific(const char *s, Digits *out) {
    out->count = 0;
    for (; *s && *s != 'e'; s++)
        if (*s != '.') out->text[out->count++] = *s;
    out->point = atoi(s + 1) + 1;
    digits_strip_zeros(out);
}

/* Of the 16-digit decimals beside the nearest one, one that reads back. */
static bool neighbour(double d, const char *nearest, char *found) {
    for (int step = -1; step <= 1; step += 2) {
        char text[40];
        snprintf(text, sizeof text, "%s", nearest);
        char *last = strchr(text, 'e') - 1;
        if ((step < 0 && *last == '0') || (step > 0 && *last == '9'))
            continue; /* carries name shorter numbers */
        *last = (char)(*last + step);
        if (strtod(text, NULL) == d) {
            memcpy(found, text, sizeof text);
            return true;
        }
    }
    return false;
}

static void shortest(double d, Digits *out) {
    if (digits_shortest(d, out)) return;
    char text[40];
    /* below the normal numbers 15 digits are too many to be unique */
    for (int precision = d < 0x1p-1022 ? 0 : 14; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, d);
        if (strtod(text, NULL) == d) break;
        if (precision == 15 && neighbour(d, text, text)) break;
    }
    read_scientific(text, out);
}

size_t double_repr(double d, char *buf) {
    char *p = buf;
    if (isnan(d)) return (size_t)sprintf(buf, "nan");
    if (signbit(d)) *p++ = '-', d = -d;
    if (isinf(d)) return (size_t)(p - buf) + (size_t)sprintf(p, "inf");
    if (d == 0) return (size_t)(p - buf) + (size_t)sprintf(p, "0.0");
    Digits g;
    shortest(d, &g);
    if (g.point > 16 || g.point < -3) {
        *p++ = g.text[0];
        if (g.count > 1) {
            *p++ = '.';
            memcpy(p, g.text + 1, (size_t)g.count - 1);
            p += g.count - 1;
        }
        return (size_t)(p - buf) + (size_t)sprintf(p, "e%c%02d", g.point > 0 ? '+' : '-', abs(g.point - 1));
    }
    if (g.point <= 0) {
        *p++ = '0', *p++ = '.';
        memset(p, '0', (size_t)-g.point);
        p += -g.point;
        memcpy(p, g.text, (size_t)g.count);
        p += g.count;
    } else if (g.count <= g.point) {
        memcpy(p, g.text, (size_t)g.count);
        memset(p + g.count, '0', (size_t)(g.point - g.count));
        p += g.point;
        *p++ = '.', *p++ = '0';
    } else {
        memcpy(p, g.text, (size_t)g.point);
        p[g.point] = '.';
        memcpy(p + g.point + 1, g.text + g.point, (size_t)(g.count - g.point));
        p += g.count + 1;
    }
    return (size_t)(p - buf);
}

/*
 * "%.*f" in integers where all of it fits 128 bits: |d| = m * 2**-e exactly, so d * 10**precision is a shift with an exact
 * remainder, rounded to even on ties. Returns the length, 0 when d or precision is out of range.
 */
static size_t fixed_text(double d, int precision, char *buf) {
    if (precision > 15 || !(fabs(d) < 9e15)) return 0;
    int exponent;
    double fraction = frexp(fabs(d), &exponent);
    uint64_t m = (uint64_t)ldexp(fraction, 53);
    int shift = 53 - exponent;
    unsigned __int128 scaled = m;
    for (int i = 0; i < precision; i++) scaled *= 10;
    if (shift > 126) { /* less than half a unit of the last place */
        scaled = 0;
    } else if (shift > 0) {
        unsigned __int128 rest = scaled & (((unsigned __int128)1 << shift) - 1),
                          half = (unsigned __int128)1 << (shift - 1);
        scaled >>= shift;
        if (rest > half || (rest == half && (scaled & 1))) scaled++;
    } else {
        scaled <<= -shift; /* shift >= -1 here, since |d| < 2**53 */
    }
    char digits[48], *end = digits + sizeof digits, *p = end;
    int places = 0;
    while (scaled || places <= precision) {
        *--p = (char)('0' + (int)(scaled % 10));
        scaled /= 10;
        if (++places == precision && precision) *--p = '.';
    }
    size_t n = 0;
    if (signbit(d)) buf[n++] = '-';
    memcpy(buf + n, p, (size_t)(end - p));
    return n + (size_t)(end - p);
}

/* A double has no more digits than these, on either side of the point: all that follow are zeros, which printf would take
 * memory for that no limit sees. */
enum { EXACT_DIGITS = 1100 };

/* The text with so many zeros behind its last digit. */
static Value with_zeros(const char *text, size_t n, size_t zeros) {
    if (!zeros) return str_from_ascii(text, n);
    const char *exponent = strpbrk(text, "eE");
    size_t head = exponent ? (size_t)(exponent - text) : n;
    Value result = work_charge(zeros / 64) < 0 ? NULL : str_new(n + zeros, 127);
    if (!result) return NULL;
    uint8_t *to = ((Str *)result)->data;
    memcpy(to, text, head);
    memset(to + head, '0', zeros);
    memcpy(to + head + zeros, text + head, n - head);
    return result;
}

/* repr-style 'r' with another rule for the exponent is the only one not printf's own. */
Value double_format(double d, char code, int precision, bool alternate, bool add_dot_0) {
    if (code == 'r') {
        char buf[40];
        size_t n = double_repr(d, buf);
        if (!add_dot_0 && n > 2 && memcmp(buf + n - 2, ".0", 2) == 0) n -= 2;
        return str_from_ascii(buf, n);
    }
    if (isnan(d) || isinf(d)) {
        bool upper = code < 'a';
        const char *text = isnan(d) ? (upper ? "NAN" : "nan")
                           : d > 0  ? (upper ? "INF" : "inf")
                                    : (upper ? "-INF" : "-inf");
        return str_from_cstr(text);
    }
    char format[16], buf[EXACT_DIGITS + 400];
    if ((code == 'f' || code == 'F') && !alternate && !add_dot_0) {
        size_t length = fixed_text(d, precision, buf);
        if (length) return str_from_ascii(buf, length);
    }
    int exact = precision < EXACT_DIGITS ? precision : EXACT_DIGITS;
    snprintf(format, sizeof format, "%%%s.*%c", alternate ? "#" : "", code);
    int n = snprintf(buf, sizeof buf, format, exact, d);
    if (n < 0) return raise_no_memory();
    if (add_dot_0 && !strpbrk(buf, ".eE")) {
        memcpy(buf + n, ".0", 3);
        n += 2;
    }
    bool shortened = (code | 32) == 'g' && !alternate;
    return with_zeros(buf, (size_t)n, shortened ? 0 : (size_t)(precision - exact));
}

/* ---- from text ---- */

char *number_text_ascii(Value v, size_t *length);

static const char *digits_end(const char *p) {
    const char *start = p;
    while ((*p >= '0' && *p <= '9') || (*p == '_' && p > start && p[1] >= '0' && p[1] <= '9' && p[-1] != '_'))
        p++;
    return p;
}

/* Where the float at p ends, p itself when there is none: [sign] digits [. digits] [e digits] or inf, nan. */
static const char *scan(const char *p) {
    const char *s = p + (*p == '+' || *p == '-');
    static const char *const words[] = {"infinity", "inf", "nan"};
    for (size_t i = 0; i < 3; i++)
        if (strncasecmp(s, words[i], strlen(words[i])) == 0) return s + strlen(words[i]);
    const char *whole = digits_end(s), *end = whole;
    if (*end == '.') end = digits_end(end + 1);
    if (end == s || (end == s + 1 && *s == '.')) return p;
    if (*end == 'e' || *end == 'E') {
        const char *e = end + 1 + (end[1] == '+' || end[1] == '-'), *after = digits_end(e);
        if (after > e) end = after;
    }
    return end;
}

/* Reads a float of NUL-terminated ASCII text; *end is where it stopped (text itself when there was none). */
double double_from_ascii(const char *text, const char **end) {
    *end = scan(text);
    size_t n = (size_t)(*end - text), k = 0;
    if (n == 0) return 0;
    double quick;
    if (decimal_read(text, n, &quick)) return quick;
    char few[128], *copy = n < sizeof few ? few : heap_alloc(rt->heap, n + 1);
    if (!copy) {
        raise_no_memory();
        return 0;
    }
    for (size_t i = 0; i < n; i++)
        if (text[i] != '_') copy[k++] = text[i];
    copy[k] = 0;
    double d = strtod(copy, NULL);
    if (copy != few) heap_free(rt->heap, copy);
    return d;
}

static Value parse_whole(const char *text, size_t n, Value shown) {
    const char *end;
    double d = double_from_ascii(text, &end);
    if (error_pending()) return NULL;
    if (end == text || (size_t)(end - text) != n)
        return raise_error(T_ValueError, "could not convert string to float: %R", shown);
    return float_new(d);
}

Value float_from_text(Value v) {
    size_t n;
    char *text = number_text_ascii(v, &n);
    if (!text) return NULL;
    Value result = parse_whole(text, n, v);
    heap_free(rt->heap, text);
    return result;
}

Value float_from_bytes_text(const char *data, size_t n, Value shown) {
    Value text = str_from_latin1((const uint8_t *)data, n);
    if (!text) return NULL;
    size_t length;
    char *ascii = number_text_ascii(text, &length);
    decref(text);
    if (!ascii) return NULL;
    Value result = parse_whole(ascii, length, shown);
    heap_free(rt->heap, ascii);
    return result;
}

/* ---- hexadecimal ---- */

Value float_hex(Value v) {
    double d = float_value(v);
    if (!isfinite(d)) return value_repr(v);
    if (d == 0) return str_from_cstr(signbit(d) ? "-0x0.0p+0" : "0x0.0p+0");
    int exponent;
    double m = frexp(fabs(d), &exponent);
    int shift = 1 - (-1021 - exponent > 0 ? -1021 - exponent : 0);
    m = ldexp(m, shift);
    exponent -= shift;
    char buf[40], *p = buf;
    if (d < 0) *p++ = '-';
    *p++ = '0', *p++ = 'x', *p++ = (char)('0' + (int)m), *p++ = '.';
    m -= (int)m;
    for (int i = 0; i < 13; i++) {
        m *= 16;
        *p++ = "0123456789abcdef"[(int)m];
        m -= (int)m;
    }
    p += sprintf(p, "p%c%d", exponent < 0 ? '-' : '+', abs(exponent));
    return str_from_ascii(buf, (size_t)(p - buf));
}

static const char *skip_hex_digits(const char *p) {
    while ((*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'f')) p++;
    return p;
}

static int hex_digit(char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

/* The value of a text that has the form, rounded once, halves to even. Infinite when it is too large. */
static double hex_value(const char *p) {
    bool negative = *p == '-', sticky = false, fraction = false;
    uint64_t m = 0;
    int64_t exponent = 0;
    p += *p == '+' || *p == '-';
    if (p[0] == '0' && (p[1] | 32) == 'x') p += 2;
    for (; *p && (*p | 32) != 'p'; p++) {
        if (*p == '.') {
            fraction = true;
        } else if (m >> 60) { /* no room: what is lost only decides ties */
            sticky |= *p != '0';
            exponent += fraction ? 0 : 4;
        } else {
            m = m << 4 | (uint64_t)hex_digit(*p);
            exponent -= fraction ? 4 : 0;
        }
    }
    if (*p) {
        int64_t sign = p[1] == '-' ? -1 : 1, n = 0;
        for (p += 1 + (p[1] == '+' || p[1] == '-'); *p; p++)
            if (n < INT32_MAX) n = n * 10 + (*p - '0');
        exponent += sign * n;
    }
    if (exponent < -1074 - 64) m = 0; /* less than half of the smallest */
    int width = m ? 64 - __builtin_clzll(m) : 0, drop = width > 53 ? width - 53 : 0;
    if (m && exponent + drop < -1074) drop = (int)(-1074 - exponent);
    if (drop > 0) {
        uint64_t half = UINT64_C(1) << (drop - 1), rest = drop > 63 ? m : m & (2 * half - 1);
        m = drop > 63 ? 0 : m >> drop;
        if (drop <= 64 && (rest > half || (rest == half && (sticky || (m & 1))))) m++;
        exponent += drop;
    }
    if (m == 0) return negative ? -0.0 : 0.0;
    double d = exponent > 2000 ? INFINITY : ldexp((double)m, (int)exponent);
    return negative ? -d : d;
}

/* Whether p is a whole hexadecimal float in Python's form (strtod would take more). */
static bool hex_form(const char *p) {
    p += *p == '+' || *p == '-';
    if (strcasecmp(p, "inf") == 0 || strcasecmp(p, "infinity") == 0 || strcasecmp(p, "nan") == 0) return true;
    if (p[0] == '0' && (p[1] | 32) == 'x') p += 2;
    const char *whole = skip_hex_digits(p), *end = whole;
    size_t digits = (size_t)(whole - p);
    if (*end == '.') {
        end = skip_hex_digits(end + 1);
        digits += (size_t)(end - whole - 1);
    }
    if (digits == 0) return false;
    if ((*end | 32) == 'p') {
        end += 1 + (end[1] == '+' || end[1] == '-');
        if (*end < '0' || *end > '9') return false;
        while (*end >= '0' && *end <= '9') end++;
    }
    return *end == 0;
}

Value float_from_hex(Value cls, Value text) {
    if (!is_str(text)) return raise_error(T_TypeError, "bad argument type for built-in operation");
    if (!str_utf8(text, NULL)) return NULL;
    if (!((Str *)text)->ascii) return raise_error(T_ValueError, "invalid hexadecimal floating-point string");
    size_t n;
    char *ascii = number_text_ascii(text, &n);
    if (!ascii) return NULL;
    Value result = NULL;
    if (strlen(ascii) != n || !hex_form(ascii)) {
        raise_error(T_ValueError, "invalid hexadecimal floating-point string");
    } else {
        bool word = strpbrk(ascii, "nN") != NULL; /* inf, nan */
        double d = word ? strtod(ascii, NULL) : hex_value(ascii);
        if (isinf(d) && !word)
            raise_error(T_OverflowError, "hexadecimal value too large to represent as a float");
        else result = float_new(d);
    }
    heap_free(rt->heap, ascii);
    if (!result || cls == AS_VALUE(TYPE(float))) return result;
    Value instance = value_call_one(cls, result);
    decref(result);
    return instance;
}
