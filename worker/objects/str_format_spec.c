/*
 * str_format_spec: the format specification mini-language, [[fill]align][sign][z][#][0][width][grouping][.precision][type], for
 * str, int, float and complex.
 */
#include <math.h>

#include "objects/float.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str_format_spec.h"
#include "objects/str_internal.h"
#include "objects/unicode.h"

typedef struct Spec {
    uint32_t fill;
    uint32_t align; /* < > = ^, or 0 */
    uint32_t sign;  /* + - space, or 0 */
    bool no_negative_zero, alternate, zero_padded;
    ssize_t width, precision; /* -1: none */
    uint32_t grouping;        /* , _ or 0 */
    uint32_t type;            /* 0: none */
} Spec;

static bool is_align(uint32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

/* Decimal digits at *i: -1 none, -2 raised. */
static ssize_t read_count(Value spec, size_t *i) {
    ssize_t n = -1;
    for (; *i < str_length(spec); ++*i) {
        int digit = unicode_decimal(str_read(spec, *i));
        if (digit < 0) break;
        if (n < 0) n = 0;
        if (n > (SSIZE_MAX - digit) / 10)
            return raise_int(T_ValueError, "Too many decimal digits in format string"), -2;
        n = n * 10 + digit;
    }
    return n;
}

static Value raise_unknown_code(uint32_t code, Value v) {
    if (code > 32 && code < 128)
        return raise_error(T_ValueError, "Unknown format code '%c' for object of type '%.200T'", (int)code,
                           v);
    return raise_error(T_ValueError, "Unknown format code '\\x%x' for object of type '%.200T'",
                       (unsigned)code, v);
}

static int check_grouping(const Spec *s) {
    if (!s->grouping) return 0;
    switch (s->type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'G':
    case '%':
    case 'F':
    case 0: return 0;
    case 'b':
    case 'o':
    case 'x':
    case 'X':
        if (s->grouping == '_') return 0;
        break;
    default: break;
    }
    if (s->type > 32 && s->type < 128)
        return raise_int(T_ValueError, "Cannot specify '%c' with '%c'.", (int)s->grouping, (int)s->type);
    return raise_int(T_ValueError, "Cannot specify '%c' with '\\x%x'.", (int)s->grouping, (unsigned)s->type);
}

static int parse(Value spec, Spec *s, uint32_t default_align, Value v) {
    size_t n = str_length(spec), i = 0;
#define AT(k) ((k) < n ? str_read(spec, (k)) : 0)
    *s = (Spec){.fill = ' ', .align = 0, .width = -1, .precision = -1};
    bool fill_given = false;
    if (n >= 2 && is_align(AT(1))) {
        s->fill = AT(0), s->align = AT(1), i = 2;
        fill_given = true;
    } else if (n >= 1 && is_align(AT(0))) {
        s->align = AT(0), i = 1;
    }
    if (i < n && (AT(i) == ' ' || AT(i) == '+' || AT(i) == '-')) s->sign = AT(i), i++;
    if (i < n && AT(i) == 'z') s->no_negative_zero = true, i++;
    if (i < n && AT(i) == '#') s->alternate = true, i++;
    if (!fill_given && i < n && AT(i) == '0') {
        s->fill = '0';
        if (!s->align && default_align == '>') s->align = '=';
        i++;
    }
    if ((s->width = read_count(spec, &i)) == -2) return -1;
    if (i < n && AT(i) == ',') s->grouping = AT(i), i++;
    if (i < n && AT(i) == '_') {
        if (s->grouping) return raise_int(T_ValueError, "Cannot specify both ',' and '_'.");
        s->grouping = AT(i), i++;
    }
    if (i < n && AT(i) == ',' && s->grouping) {
        if (s->grouping == '_') return raise_int(T_ValueError, "Cannot specify both ',' and '_'.");
    }
    if (i < n && AT(i) == '.') {
        i++;
        if ((s->precision = read_count(spec, &i)) == -2) return -1;
        if (s->precision == -1) return raise_int(T_ValueError, "Format specifier missing precision");
    }
    if (n - i > 1)
        return raise_int(T_ValueError, "Invalid format specifier '%U' for object of type '%T'", spec, v);
    if (i < n && AT(i) == 0 && !is_float(v) && !IS(v, complex)) return raise_unknown_code(0, v), -1;
    s->type = i < n ? AT(i) : default_align == '<' ? 's' : 0;
#undef AT
    return check_grouping(s);
}

/* ---- laying out a number: sign, prefix, grouped digits, the rest ---- */

typedef struct Number {
    uint32_t sign; /* 0: none */
    const char *prefix;
    const char *digits; /* ASCII integer digits */
    size_t digit_count;
    const char *rest; /* ".5e+10", "%", "inf"... */
    size_t rest_length;
} Number;

/* Digits with separators every `size` from the right, at least `minimum` characters, zeros put in front. */
static int add_grouped(StrBuilder *b, const char *digits, size_t n, uint32_t separator, size_t size,
                       size_t minimum) {
    /* length with separators of k digits: k + (k - 1) / size */
    size_t total = n;
    while (total + (separator && total ? (total - 1) / size : 0) < minimum) total++;
    for (size_t i = 0; i < total; i++) {
        size_t left = total - i;
        if (separator && i && left % size == 0 && str_builder_add_char(b, separator) < 0) return -1;
        if (str_builder_add_char(b, left > n ? '0' : (uint8_t)digits[n - left]) < 0) return -1;
    }
    return 0;
}

static size_t grouped_length(size_t n, uint32_t separator, size_t size) {
    return n + (separator && n ? (n - 1) / size : 0);
}

static uint8_t *put(uint8_t *to, const char *from, size_t n) {
    if (n) memcpy(to, from, n);
    return to + n;
}

static uint8_t *put_fill(uint8_t *to, uint32_t fill, size_t n) {
    memset(to, (int)fill, n);
    return to + n;
}

/* ASCII throughout and nothing between the digits, of which there are to be `digits` with zeros in front. */
static Value put_together(const Number *m, uint32_t fill, size_t left, size_t inner, size_t digits,
                          size_t right) {
    size_t prefix = strlen(m->prefix),
           n = left + (m->sign != 0) + prefix + inner + digits + m->rest_length + right;
    uint8_t one[2];
    Str *s = n > 1 ? str_alloc(TYPE(str), n, 1, true) : NULL;
    if (n > 1 && !s) return NULL;
    uint8_t *p = put_fill(s ? s->data : one, fill, left);
    if (m->sign) *p++ = (uint8_t)m->sign;
    p = put(p, m->prefix, prefix);
    p = put_fill(p, fill, inner);
    p = put_fill(p, '0', digits - m->digit_count);
    p = put(p, m->digits, m->digit_count);
    p = put(p, m->rest, m->rest_length);
    put_fill(p, fill, right);
    return s ? AS_VALUE(s) : str_from_ascii((const char *)one, n); /* which has those of one character */
}

static Value lay_out(const Spec *s, const Number *m) {
    uint32_t grouping = m->digit_count ? s->grouping : 0; /* inf and nan have no digits to group */
    size_t size = s->type == 'b' || s->type == 'o' || s->type == 'x' || s->type == 'X' ? 4 : 3;
    size_t prefix_length = strlen(m->prefix), sign_length = m->sign != 0;
    size_t fixed = sign_length + prefix_length + m->rest_length;
    size_t minimum = 0;
    if (s->fill == '0' && s->align == '=' && s->width > 0 && (size_t)s->width > fixed)
        minimum = (size_t)s->width - fixed;
    size_t digits_length = grouped_length(m->digit_count, grouping, size);
    if (minimum > digits_length) {
        size_t total = m->digit_count;
        while (grouped_length(total, grouping, size) < minimum) total++;
        digits_length = grouped_length(total, grouping, size);
    }
    size_t length = fixed + digits_length;
    size_t padding = s->width > 0 && (size_t)s->width > length ? (size_t)s->width - length : 0;
    size_t left = 0, inner = 0, right = 0;
    switch (s->align ? s->align : '>') {
    case '<': right = padding; break;
    case '^':
        left = padding / 2;
        right = padding - left;
        break;
    case '=': inner = padding; break;
    default: left = padding; break;
    }
    if (work_charge(padding / 64) < 0) return NULL;
    if (!grouping && s->fill < 0x80) return put_together(m, s->fill, left, inner, digits_length, right);
    StrBuilder b = STR_BUILDER_INIT;
    bool ok = str_builder_add_repeat(&b, s->fill, left) == 0 &&
              (!m->sign || str_builder_add_char(&b, m->sign) == 0) &&
              str_builder_add_ascii(&b, m->prefix, prefix_length) == 0 &&
              str_builder_add_repeat(&b, s->fill, inner) == 0 &&
              add_grouped(&b, m->digits, m->digit_count, grouping, size, minimum) == 0 &&
              str_builder_add_ascii(&b, m->rest, m->rest_length) == 0 &&
              str_builder_add_repeat(&b, s->fill, right) == 0;
    if (ok) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

static uint32_t sign_for(const Spec *s, bool negative) {
    if (negative) return '-';
    return s->sign == '+' || s->sign == ' ' ? s->sign : 0;
}

/* ---- str ---- */

static Value format_str(Value v, const Spec *s) {
    if (s->type && s->type != 's') return raise_unknown_code(s->type, v);
    if (s->sign) {
        if (s->sign == ' ') return raise_error(T_ValueError, "Space not allowed in string format specifier");
        return raise_error(T_ValueError, "Sign not allowed in string format specifier");
    }
    if (s->no_negative_zero)
        return raise_error(T_ValueError, "Negative zero coercion (z) not allowed in string format specifier");
    if (s->alternate)
        return raise_error(T_ValueError, "Alternate form (#) not allowed in string format specifier");
    if (s->align == '=')
        return raise_error(T_ValueError, "'=' alignment not allowed in string format specifier");
    size_t n = str_length(v);
    if (s->precision >= 0 && (size_t)s->precision < n) n = (size_t)s->precision;
    size_t padding = s->width > 0 && (size_t)s->width > n ? (size_t)s->width - n : 0;
    if (padding == 0 && n == str_length(v)) return incref(v);
    size_t left = s->align == '>' ? padding : s->align == '^' ? padding / 2 : 0;
    if (work_charge(padding / 64) < 0) return NULL;
    StrBuilder b = STR_BUILDER_INIT;
    if (str_builder_add_repeat(&b, s->fill, left) == 0 && str_builder_add_slice(&b, v, 0, n) == 0 &&
        str_builder_add_repeat(&b, s->fill, padding - left) == 0)
        return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

Value str_format_spec(Value v, Value spec) {
    Spec s;
    if (parse(spec, &s, '<', v) < 0) return NULL;
    return format_str(v, &s);
}

/* ---- float ---- */

/* Splits "123.45e+6" into integer digits and the rest. */
static void split_number(const char *text, size_t n, Number *m) {
    size_t i = 0;
    while (i < n && text[i] >= '0' && text[i] <= '9') i++;
    m->digits = text, m->digit_count = i;
    m->rest = text + i, m->rest_length = n - i;
}

static bool is_zero_text(const char *text) {
    for (; *text && *text != 'e' && *text != 'E' && *text != '%'; text++)
        if (*text >= '1' && *text <= '9') return false;
    return true;
}

/* Trailing zeros of a mantissa "d.ddde+xx" removed, as 'g' does. */
static Value strip_mantissa_steal(Value text) {
    if (!text) return NULL;
    const char *t = (const char *)str_data(text), *e = strchr(t, 'e');
    size_t m = (size_t)(e - t);
    if (!memchr(t, '.', m)) return text;
    while (t[m - 1] == '0') m--;
    if (t[m - 1] == '.') m--;
    Value mantissa = str_from_ascii(t, m), result = mantissa ? str_format("%U%s", mantissa, e) : NULL;
    xdecref(mantissa);
    decref(text);
    return result;
}

/* No type letter but a precision: as 'g', but the result always shows that it is a float: it has a point, or an exponent one
 * place earlier than 'g' would take one. */
static Value general_with_point(double d, int precision, bool alternate) {
    Value text = double_format(d, 'g', precision, alternate, false);
    if (!text || strpbrk((const char *)str_data(text), "e")) goto dotted;
    char rounded[48];
    snprintf(rounded, sizeof rounded, "%.*e", precision > 20 ? 20 : precision - 1, d);
    if (atoi(strchr(rounded, 'e') + 1) == precision - 1) {
        decref(text);
        text = double_format(d, 'e', precision - 1, alternate, false);
        return alternate ? text : strip_mantissa_steal(text);
    }
dotted:
    if (text && !strpbrk((const char *)str_data(text), ".e")) {
        Value with = str_format("%U.0", text);
        decref(text);
        return with;
    }
    return text;
}

/* "1e+20" as "1.e+20", "1" as "1." */
static Value with_point_steal(Value text) {
    const char *start = (const char *)str_data(text), *e = strchr(start, 'e');
    if (strchr(start, '.')) return text;
    size_t at = e ? (size_t)(e - start) : str_length(text);
    Value front = str_slice(text, 0, at), with = front ? str_format("%U.%s", front, start + at) : NULL;
    xdecref(front);
    decref(text);
    return with;
}

static Value format_double(double d, const Spec *s) {
    char code = s->type ? (char)s->type : 'r';
    ssize_t precision = s->precision;
    bool percent = false, dot_0 = false;
    if (precision > INT32_MAX) return raise_error(T_ValueError, "precision too big");
    if (code == '%') {
        code = 'f', d *= 100, percent = true;
    } else if (code == 'n') {
        code = 'g';
    } else if (code == 'r') {
        dot_0 = true;
        if (precision >= 0) code = 'g';
    }
    if (precision < 0 && code != 'r') precision = 6;
    if ((code == 'g' || code == 'G') && precision == 0) precision = 1;
    Value text = code == 'g' && dot_0 && isfinite(d)
                     ? general_with_point(d, (int)precision, s->alternate)
                     : double_format(d, code, (int)precision, s->alternate, dot_0);
    if (text && code == 'r' && s->alternate && isfinite(d)) text = with_point_steal(text);
    if (!text) return NULL;
    if (percent) {
        Value with = str_format("%U%%", text);
        decref(text);
        if (!(text = with)) return NULL;
    }
    const char *p = (const char *)str_data(text);
    size_t n = str_length(text);
    bool negative = *p == '-';
    if (negative) p++, n--;
    if (negative && s->no_negative_zero && is_zero_text(p) && isfinite(d)) negative = false;
    Number m = {.sign = sign_for(s, negative), .prefix = ""};
    split_number(p, n, &m);
    Value result = lay_out(s, &m);
    decref(text);
    return result;
}

Value float_format(Value v, Value spec) {
    if (str_length(spec) == 0) return value_str(v);
    Spec s;
    if (parse(spec, &s, '>', v) < 0) return NULL;
    switch (s.type) {
    case 0:
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
    case '%': return format_double(float_value(v), &s);
    default: return raise_unknown_code(s.type, v);
    }
}

/* ---- int ---- */

static Value format_char(Value v, Spec *s) {
    int64_t n;
    if (s->sign) return raise_error(T_ValueError, "Sign not allowed with integer format specifier 'c'");
    if (s->alternate)
        return raise_error(T_ValueError, "Alternate form (#) not allowed with integer format specifier 'c'");
    if (!int_to_i64(v, &n) || n < 0 || n > 0x10ffff)
        return raise_error(T_OverflowError, int_to_i64(v, &n) ? "%%c arg not in range(0x110000)"
                                                              : "Python int too large to convert to C long");
    Value c = str_from_char((uint32_t)n);
    if (!c) return NULL;
    Spec as_str = *s;
    as_str.type = 0;
    as_str.grouping = 0;
    if (!as_str.align) as_str.align = '>';
    if (as_str.align == '=') as_str.align = '>';
    Value result = format_str(c, &as_str);
    decref(c);
    return result;
}

static Value format_int(Value v, Spec *s) {
    if (s->precision >= 0)
        return raise_error(T_ValueError, "Precision not allowed in integer format specifier");
    if (s->no_negative_zero)
        return raise_error(T_ValueError,
                           "Negative zero coercion (z) not allowed in integer format specifier");
    if (s->type == 'c') return format_char(v, s);
    int base = s->type == 'b' ? 2 : s->type == 'o' ? 8 : s->type == 'x' || s->type == 'X' ? 16 : 10;
    Value text = int_to_text(v, base, false);
    if (!text) return NULL;
    size_t n = str_length(text);
    const char *p = (const char *)str_data(text);
    bool negative = *p == '-';
    Number m = {
        .sign = sign_for(s, negative), .digits = p + negative, .digit_count = n - negative, .rest = ""};
    m.prefix = !s->alternate || base == 10 ? ""
               : base == 2                 ? "0b"
               : base == 8                 ? "0o"
               : s->type == 'X'            ? "0X"
                                           : "0x";
    Value upper = NULL;
    if (s->type == 'X') {
        upper = str_from_ascii(p + negative, n - negative);
        if (!upper) {
            decref(text);
            return NULL;
        }
        if (str_length(upper) == 1) { /* one-character strings are shared: copy before changing */
            static const char digits[] = "0123456789ABCDEF";
            char c = m.digits[0];
            m.digits = &digits[c <= '9' ? c - '0' : (c | 32) - 'a' + 10];
        } else {
            uint8_t *u = ((Str *)upper)->data;
            for (size_t i = 0; i < str_length(upper); i++)
                if (u[i] >= 'a') u[i] -= 32;
            m.digits = (const char *)u;
        }
    }
    Value result = lay_out(s, &m);
    xdecref(upper);
    decref(text);
    return result;
}

Value int_format(Value v, Value spec) {
    if (str_length(spec) == 0) return value_str(v);
    Spec s;
    if (parse(spec, &s, '>', v) < 0) return NULL;
    switch (s.type) {
    case 0:
    case 'b':
    case 'c':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
    case 'n': return format_int(v, &s);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%': {
        double d; /* by __float__, which a subclass may have of its own */
        return value_as_double(v, &d) < 0 ? NULL : format_double(d, &s);
    }
    default: return raise_unknown_code(s.type, v);
    }
}

/* ---- complex ---- */

Value complex_format(Value v, Value spec) {
    if (str_length(spec) == 0) return value_str(v);
    Spec s;
    if (parse(spec, &s, '>', v) < 0) return NULL;
    switch (s.type) {
    case 0:
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n': break;
    default: return raise_unknown_code(s.type, v);
    }
    if (s.fill == '0')
        return raise_error(T_ValueError, "Zero padding is not allowed in complex format specifier");
    if (s.align == '=')
        return raise_error(T_ValueError, "'=' alignment flag is not allowed in complex format specifier");
    Complex *c = (Complex *)v;
    bool bare = s.type == 0, whole = !(bare && c->real == 0 && !signbit(c->real));
    Spec part = s;
    part.width = -1, part.align = 0, part.fill = ' ';
    if (bare && s.precision >= 0) part.type = 'g';
    Value re = NULL, im = NULL, text = NULL, result = NULL;
    if (whole && !(re = format_double(c->real, &part))) return NULL;
    if (whole) part.sign = '+';
    im = format_double(c->imag, &part);
    if (im && bare && s.precision < 0) { /* repr style: no ".0" */
        for (int k = 0; k < 2; k++) {
            Value *t = k ? &im : &re;
            size_t n = *t ? str_length(*t) : 0;
            if (n > 2 && str_read(*t, n - 2) == '.' && str_read(*t, n - 1) == '0') {
                Value cut = str_slice(*t, 0, n - (s.alternate ? 1 : 2));
                decref(*t);
                *t = cut;
            }
        }
    }
    if (im)
        text = !whole ? str_format("%Uj", im)
               : bare ? str_format("(%U%Uj)", re, im)
                      : str_format("%U%Uj", re, im);
    xdecref(re);
    xdecref(im);
    if (!text) return NULL;
    Spec outer = s;
    outer.type = 0, outer.sign = 0, outer.precision = -1, outer.grouping = 0, outer.alternate = false;
    outer.no_negative_zero = false;
    if (!outer.align) outer.align = '>';
    result = format_str(text, &outer);
    decref(text);
    return result;
}
