/* str_vformat: messages from C: printf's conversions plus those for values that error.h lists. */
#include <stdio.h>

#include "base/utf8.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"

typedef struct Conversion {
    char flags[4];
    int width, precision; /* -1: none */
    char size;            /* 0, l, L (ll), z */
    char letter;
} Conversion;

static const char *read_conversion(const char *p, Conversion *c) {
    *c = (Conversion){.width = -1, .precision = -1};
    for (int n = 0; (*p == '0' || *p == '-') && n < 3; p++) c->flags[n++] = *p;
    if (*p >= '0' && *p <= '9')
        for (c->width = 0; *p >= '0' && *p <= '9'; p++) c->width = c->width * 10 + (*p - '0');
    if (*p == '.') {
        p++;
        for (c->precision = 0; *p >= '0' && *p <= '9'; p++) c->precision = c->precision * 10 + (*p - '0');
    }
    if (*p == 'z' || *p == 'l') {
        c->size = *p++;
        if (*p == 'l') c->size = 'L', p++;
    }
    c->letter = *p;
    return p + (*p != 0);
}

static int add_number(StrBuilder *b, const Conversion *c, va_list args) {
    char format[32], text[96];
    bool is_signed = c->letter == 'd' || c->letter == 'i';
    long long n = 0;
    switch (c->size) {
    case 'l': n = is_signed ? va_arg(args, long) : (long long)va_arg(args, unsigned long); break;
    case 'L':
    case 'z': n = va_arg(args, long long); break;
    default: n = is_signed ? va_arg(args, int) : (long long)va_arg(args, unsigned); break;
    }
    int width = c->width > 60 ? 60 : c->width < 0 ? 0 : c->width;
    snprintf(format, sizeof format, "%%%s*ll%c", c->flags, c->letter);
    int length = snprintf(text, sizeof text, format, width, n);
    return str_builder_add_ascii(b, text, (size_t)length);
}

/* UTF-8 text of at most `precision` bytes, bad bytes shown as U+FFFD. */
static int add_text(StrBuilder *b, const char *text, int precision) {
    size_t n = precision < 0 ? strlen(text) : strnlen(text, (size_t)precision);
    for (size_t i = 0; i < n;) {
        size_t plain = utf8_ascii_prefix(text + i, n - i);
        if (plain && str_builder_add_ascii(b, text + i, plain) < 0) return -1;
        if ((i += plain) == n) break;
        size_t length = utf8_sequence(text + i, n - i, true);
        const char *p = text + i;
        if (str_builder_add_char(b, length ? utf8_next(&p) : 0xFFFD) < 0) return -1;
        i += length ? length : 1;
    }
    return 0;
}

static int add_str_steal(StrBuilder *b, Value text, int precision) {
    if (!text) return -1;
    int status = str_builder_add_slice(b, text, 0, precision < 0 ? SIZE_MAX : (size_t)precision);
    decref(text);
    return status;
}

/* Type names are cut in messages, as CPython does it; K stands in those about an argument. */
enum { ARGUMENT_NAME_LIMIT = 50, NAME_LIMIT = 200 };

static int add_conversion(StrBuilder *b, const Conversion *c, va_list args) {
    switch (c->letter) {
    case '%': return str_builder_add_char(b, '%');
    case 'c': return str_builder_add_char(b, (uint32_t)va_arg(args, int));
    case 'd':
    case 'i':
    case 'u':
    case 'x':
    case 'X': return add_number(b, c, args);
    case 'p': {
        char text[32];
        int n = snprintf(text, sizeof text, "%p", va_arg(args, void *));
        return str_builder_add_ascii(b, text, (size_t)n);
    }
    case 's': return add_text(b, va_arg(args, const char *), c->precision);
    case 'R': return add_str_steal(b, value_repr(va_arg(args, Value)), c->precision);
    case 'A': return add_str_steal(b, value_ascii(va_arg(args, Value)), c->precision);
    case 'S': return add_str_steal(b, value_str(va_arg(args, Value)), c->precision);
    case 'U': return add_str_steal(b, incref(va_arg(args, Value)), c->precision);
    case 'T': return add_text(b, type_name_of(va_arg(args, Value)), c->precision);
    case 'N': return add_text(b, type_name(va_arg(args, Type *)), c->precision);
    case 'K': {
        Value v = va_arg(args, Value);
        return add_text(b, v == NONE ? "None" : type_name_of(v), ARGUMENT_NAME_LIMIT);
    }
    default: return raise_int(T_SystemError, "bad conversion '%%%c' in a message", c->letter);
    }
}

static Value format_all(const char *format, int name_limit, va_list args) {
    StrBuilder b = STR_BUILDER_INIT;
    va_list rest; /* a va_list parameter may be an array: take a copy that can be passed on by address */
    va_copy(rest, args);
    int status = 0;
    while (*format && status == 0) {
        size_t plain = strcspn(format, "%");
        status = plain ? add_text(&b, format, (int)plain) : 0;
        format += plain;
        if (*format != '%' || status < 0) continue;
        Conversion c;
        format = read_conversion(format + 1, &c);
        if (c.letter == 'T' && c.precision < 0) c.precision = name_limit;
        status = add_conversion(&b, &c, rest);
    }
    va_end(rest);
    if (status == 0) return str_builder_finish(&b);
    str_builder_drop(&b);
    return NULL;
}

Value str_vformat(const char *format, va_list args) { return format_all(format, -1, args); }

Value str_vformat_message(const char *format, va_list args) { return format_all(format, NAME_LIMIT, args); }

Value str_format(const char *format, ...) {
    va_list args;
    va_start(args, format);
    Value text = str_vformat(format, args);
    va_end(args);
    return text;
}
