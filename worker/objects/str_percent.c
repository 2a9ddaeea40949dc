/*
 * str_percent: the % operator of str and bytes. Both run the same conversions on units; those of bytes are gathered as the
 * characters of the same numbers.
 */
#include "objects/bytes.h"
#include "objects/bytes_methods.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str_internal.h"
#include "objects/text_ops.h"

typedef struct Percent {
    Text format; /* of a str or of bytes */
    Value args;  /* tuple or single value; after a %(key) what it chose */
    size_t next; /* of a tuple; a single value: 0 then 1 */
    bool single;
    Value mapping; /* serves %(key)s, or NULL */
    Value chosen;  /* by the last %(key): owned, or NULL */
    bool bytes;
    Value whole; /* the text that alone makes the result, as str() gave it: owned, or NULL */
    StrBuilder out;
} Percent;

typedef struct Directive {
    bool left, plus, space, alternate, zero;
    bool plain_zero; /* 'z', of bytes alone: a float that shows as -0 shows as 0 */
    ssize_t width, precision;
    uint32_t code;
    bool last; /* nothing follows it */
} Directive;

static Value next_argument(Percent *p) {
    if (p->single) {
        if (p->next++ == 0) return incref(p->args);
    } else if (p->next < tuple_length(p->args)) {
        return incref(tuple_item_borrow(p->args, p->next++));
    }
    return raise_error(T_TypeError, "not enough arguments for format string");
}

/* "(key)": the index behind it; 0 raised. */
static size_t read_key(Percent *p, size_t i) {
    size_t n = p->format.length, start = ++i;
    if (!p->mapping) return raise_error(T_TypeError, "format requires a mapping"), 0;
    for (int depth = 1; i < n; i++) {
        uint32_t c = text_unit(&p->format, i);
        if (c == ')' && --depth == 0) break;
        if (c == '(') depth++;
    }
    if (i >= n) return raise_error(T_ValueError, "incomplete format key"), 0;
    Value key = p->bytes ? bytes_from((const uint8_t *)p->format.units + start, i - start)
                         : str_slice(p->format.owner, start, i);
    if (!key) return 0;
    Value v = value_getitem(p->mapping, key);
    decref(key);
    if (!v) return 0;
    SET_FIELD_STEAL(p->chosen, v);
    p->args = v;
    p->single = true;
    p->next = 0;
    return i + 1;
}

/* A number or '*' at i; 0 raised. */
static size_t read_size(Percent *p, size_t i, ssize_t *out, bool precision, Directive *d) {
    size_t n = p->format.length;
    if (i < n && text_unit(&p->format, i) == '*') {
        Value v = next_argument(p);
        if (!v) return 0;
        if (!is_int(v)) {
            decref(v);
            return raise_error(T_TypeError, "* wants int"), 0;
        }
        int64_t exact;
        bool fits = !precision || (int_to_i64(v, &exact) && exact >= INT32_MIN && exact <= INT32_MAX);
        *out = fits ? value_as_ssize_argument(v) : -1;
        decref(v);
        if (!fits) return raise_error(T_OverflowError, "Python int too large to convert to C int"), 0;
        if (*out == -1 && error_pending()) return 0;
        if (*out < 0) {
            if (precision) {
                *out = 0;
            } else {
                d->left = true;
                *out = -*out;
            }
        }
        return i + 1;
    }
    ssize_t value = precision ? 0 : -1, limit = precision ? INT32_MAX : SSIZE_MAX;
    const char *words = !precision ? "width too big" : p->bytes ? "prec too big" : "precision too big";
    for (; i < n && text_unit(&p->format, i) >= '0' && text_unit(&p->format, i) <= '9'; i++) {
        if (value < 0) value = 0;
        ssize_t digit = (ssize_t)(text_unit(&p->format, i) - '0');
        if (value > (limit - digit) / 10) return raise_error(T_ValueError, "%s", words), 0;
        value = value * 10 + digit;
    }
    *out = value;
    return i;
}

/* Reads "%..." at i (behind the % and its key); the index behind it, 0 raised. */
static size_t read_directive(Percent *p, size_t i, Directive *d) {
    size_t n = p->format.length;
    *d = (Directive){.width = -1, .precision = -1};
    for (; i < n; i++) {
        switch (text_unit(&p->format, i)) {
        case '-': d->left = true; continue;
        case '+': d->plus = true; continue;
        case ' ': d->space = true; continue;
        case '#': d->alternate = true; continue;
        case '0': d->zero = true; continue;
        case 'z':
            if (!p->bytes) break;
            d->plain_zero = true;
            continue;
        default: break;
        }
        break;
    }
    if (!(i = read_size(p, i, &d->width, false, d))) return 0;
    if (i < n && text_unit(&p->format, i) == '.' && !(i = read_size(p, i + 1, &d->precision, true, d)))
        return 0;
    if (i < n && (text_unit(&p->format, i) == 'l' || text_unit(&p->format, i) == 'h' ||
                  text_unit(&p->format, i) == 'L'))
        i++;
    if (i >= n) return raise_error(T_ValueError, "incomplete format"), 0;
    d->code = text_unit(&p->format, i);
    d->last = i + 1 == n;
    return i + 1;
}

/* Text padded to width; numeric: sign and prefix stay in front of zeros. prefix: how many leading units those are. */
static int add_padded(Percent *p, const Directive *d, Value text, bool numeric, size_t prefix) {
    size_t n = str_length(text), padding = d->width > 0 && (size_t)d->width > n ? (size_t)d->width - n : 0;
    if (work_charge(padding / 64) < 0) return -1;
    StrBuilder *b = &p->out;
    if (d->last && d->code != 'c' && !numeric && !p->bytes && !b->length && n && !padding && !d->plus &&
        !d->space) {
        p->whole = incref(text);
        return 0;
    }
    if (d->left) return str_builder_add(b, text) < 0 ? -1 : str_builder_add_repeat(b, ' ', padding);
    if (numeric && d->zero) {
        if (str_builder_add_slice(b, text, 0, prefix) < 0 || str_builder_add_repeat(b, '0', padding) < 0)
            return -1;
        return str_builder_add_slice(b, text, prefix, n);
    }
    return str_builder_add_repeat(b, ' ', padding) < 0 ? -1 : str_builder_add(b, text);
}

static Value raise_number_wanted(const Percent *p, const Directive *d, Value v, const char *what) {
    if (p->bytes && d->code == 'i')
        return raise_error(T_TypeError, "%%d format: %s is required, not %T", what, v);
    return raise_error(T_TypeError, "%%%c format: %s is required, not %T", (int)d->code, what, v);
}

/* The int that %d, %x take from v. */
static Value integer_of(const Percent *p, const Directive *d, Value v) {
    bool decimal = d->code == 'd' || d->code == 'i' || d->code == 'u';
    if (is_int(v)) return int_exact(v);
    Value i = NULL;
    if (decimal && (type_of(v)->slots.int_ || type_of(v)->slots.float_ || value_has_index(v)))
        i = value_int(v);
    else if (!decimal && value_has_index(v)) i = value_index(v);
    else return raise_number_wanted(p, d, v, decimal ? "a real number" : "an integer");
    if (!i && error_swallow(T_TypeError))
        return raise_number_wanted(p, d, v, decimal ? "a real number" : "an integer");
    return i;
}

static int add_integer(Percent *p, const Directive *d, Value v) {
    Value i = integer_of(p, d, v);
    if (!i) return -1;
    if (d->precision > INT32_MAX - 3) {
        decref(i);
        return raise_int(T_OverflowError, "precision too large");
    }
    int base = d->code == 'x' || d->code == 'X' ? 16 : d->code == 'o' ? 8 : 10;
    Value digits = int_to_text(i, base, false);
    decref(i);
    if (!digits) return -1;
    bool negative = str_read(digits, 0) == '-', upper = d->code == 'X';
    char lead[4];
    size_t leads = 0, n = str_length(digits) - negative;
    if (negative || d->plus || d->space) lead[leads++] = negative ? '-' : d->plus ? '+' : ' ';
    if (d->alternate && base != 10) {
        lead[leads++] = '0';
        lead[leads++] = (char)d->code;
    }
    size_t zeros = d->precision > (ssize_t)n ? (size_t)d->precision - n : 0, length = leads + zeros + n;
    size_t padding = d->width > 0 && (size_t)d->width > length ? (size_t)d->width - length : 0;
    size_t blanks = d->left || d->zero ? 0 : padding;
    if (d->zero && !d->left) zeros += padding;
    StrBuilder *out = &p->out;
    int status = work_charge(padding / 64);
    if (status == 0) status = str_builder_add_repeat(out, ' ', blanks);
    if (status == 0) status = str_builder_add_ascii(out, lead, leads);
    if (status == 0) status = str_builder_add_repeat(out, '0', zeros);
    if (status == 0 && !upper) status = str_builder_add_slice(out, digits, negative, n + negative);
    for (size_t k = negative; status == 0 && upper && k < n + negative; k++) {
        uint32_t c = str_read(digits, k);
        status = str_builder_add_char(out, c >= 'a' ? c - 32 : c);
    }
    if (status == 0 && d->left) status = str_builder_add_repeat(out, ' ', padding);
    decref(digits);
    return status;
}

/* "-0.00" without its sign; other texts as they are. Steals text. */
static Value without_negative_zero(Value text) {
    size_t n = str_length(text), k = 1;
    while (k < n && (str_read(text, k) == '0' || str_read(text, k) == '.')) k++;
    if (str_read(text, 0) != '-' || (k < n && str_read(text, k) != 'e' && str_read(text, k) != 'E'))
        return text;
    Value rest = str_slice(text, 1, n);
    decref(text);
    return rest;
}

static int add_float(Percent *p, const Directive *d, Value v) {
    double x;
    if (value_as_double(v, &x) < 0) {
        if (p->bytes && error_swallow(T_Exception))
            raise_error(T_TypeError, "float argument required, not %T", v);
        else if (error_swallow(T_TypeError)) raise_error(T_TypeError, "must be real number, not %.50T", v);
        return -1;
    }
    Value text =
        double_format(x, (char)d->code, d->precision < 0 ? 6 : (int)d->precision, d->alternate, false);
    if (text && d->plain_zero) text = without_negative_zero(text);
    if (!text) return -1;
    size_t prefix = str_read(text, 0) == '-';
    if (!prefix && (d->plus || d->space)) {
        Value with = str_format("%c%U", d->plus ? '+' : ' ', text);
        decref(text);
        if (!(text = with)) return -1;
        prefix = 1;
    }
    int status = add_padded(p, d, text, true, prefix);
    decref(text);
    return status;
}

static Value byte_of(Value v) {
    if ((is_bytes(v) && bytes_length(v) == 1)) return str_from_char(bytes_data(v)[0]);
    if (is_object(v) && IS(v, bytearray) && ((ByteArray *)v)->length == 1)
        return str_from_char(((ByteArray *)v)->data[0]);
    Value i = value_index(v);
    if (!i && error_swallow(T_TypeError))
        raise_error(T_TypeError, "%%c requires an integer in range(256) or a single byte");
    if (!i) return NULL;
    int64_t n;
    bool fits = int_to_i64(i, &n) && n >= 0 && n <= 255;
    decref(i);
    return fits ? str_from_char((uint32_t)n) : raise_error(T_OverflowError, "%%c arg not in range(256)");
}

static Value character_of(Percent *p, Value v) {
    int64_t n;
    if (p->bytes) return byte_of(v);
    if (is_str(v)) {
        if (str_length(v) == 1) return incref(v);
        return raise_error(T_TypeError, "%%c requires int or char");
    }
    if (!is_int(v) && !value_has_index(v)) return raise_error(T_TypeError, "%%c requires int or char");
    Value i = value_index(v);
    if (!i) return NULL;
    bool fits = int_to_i64(i, &n) && n >= 0 && n <= 0x10ffff;
    decref(i);
    if (!fits) return raise_error(T_OverflowError, "%%c arg not in range(0x110000)");
    return str_from_char((uint32_t)n);
}

static Value bytes_as_text(Value v) {
    Buffer buffer;
    if (!type_of(v)->slots.get_buffer) {
        Value self, method = value_lookup_special(v, NAME(__bytes__), &self);
        if (!method) {
            if (error_pending()) return NULL;
            return raise_error(
                T_TypeError,
                "%%b requires a bytes-like object, or an object that implements __bytes__, not '%T'", v);
        }
        Value made = self ? value_call_one(method, self) : value_call_noargs(method);
        decref(method);
        if (!made) return NULL;
        Value text = is_bytes(made)
                         ? str_from_latin1(bytes_data(made), bytes_length(made))
                         : raise_error(T_TypeError, "__bytes__ returned non-bytes (type %T)", made);
        decref(made);
        return text;
    }
    Value bytes =
        IS_EXACT(v, memoryview) ? memoryview_tobytes(v) : incref(v); /* which need not be contiguous */
    if (!bytes) return NULL;
    Value text = NULL;
    if (buffer_get(bytes, &buffer, false) == 0) {
        text = str_from_latin1(buffer.data, buffer.length);
        buffer_release(&buffer);
    }
    decref(bytes);
    return text;
}

static Value text_of_argument(Percent *p, const Directive *d, Value v) {
    switch (d->code) {
    case 'c': return character_of(p, v);
    case 'r': return p->bytes ? value_ascii(v) : value_repr(v);
    case 'a': return value_ascii(v);
    default: return p->bytes ? bytes_as_text(v) : value_str(v);
    }
}

static int add_text(Percent *p, const Directive *d, Value v) {
    Value text = text_of_argument(p, d, v);
    if (!text) return -1;
    if (d->precision >= 0 && d->code != 'c' && (size_t)d->precision < str_length(text)) {
        Value cut = str_slice(text, 0, (size_t)d->precision);
        decref(text);
        if (!(text = cut)) return -1;
    }
    int status = add_padded(p, d, text, false, 0);
    decref(text);
    return status;
}

static int raise_unsupported(const Directive *d, size_t at) {
    bool printable = d->code >= 31 && d->code < 127;
    if (printable)
        return raise_int(T_ValueError, "unsupported format character '%c' (0x%x) at index %zd", (int)d->code,
                         (unsigned)d->code, (ssize_t)at);
    return raise_int(T_ValueError, "unsupported format character '%c' (0x%x) at index %zd", '?',
                     (unsigned)d->code, (ssize_t)at);
}

static int add_directive(Percent *p, Directive *d, size_t at) {
    Value v = next_argument(p);
    if (!v) return -1;
    int status;
    switch (d->code) {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X': status = add_integer(p, d, v); break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': status = add_float(p, d, v); break;
    case 'b':
        if (!p->bytes) {
            status = raise_unsupported(d, at);
            break;
        }
        status = add_text(p, d, v);
        break;
    case 's':
    case 'r':
    case 'a':
    case 'c': status = add_text(p, d, v); break;
    default: status = raise_unsupported(d, at); break;
    }
    decref(v);
    return status;
}

/* The next argument, borrowed, or NULL; it is not taken. */
static Value peek_argument(const Percent *p) {
    if (p->single) return p->next == 0 ? p->args : NULL;
    return p->next < tuple_length(p->args) ? tuple_item_borrow(p->args, p->next) : NULL;
}

/* The bytes of a bare %s or %b: what they are is not looked at, since no str is made of the whole. */
static int add_bytes(Percent *p, Value v) {
    p->next++;
    return str_builder_add_ascii(&p->out, (const char *)bytes_data(v), bytes_length(v)) < 0 ? -1 : 1;
}

/* The digits of n, which is not below 0, before `end`; where they begin. */
static char *digits_before(char *end, uint64_t n, int shift) {
    do *--end = "0123456789abcdef"[n & ((1U << shift) - 1)];
    while (n >>= shift);
    return end;
}

static int add_plain_digits(Percent *p, uint32_t code, int64_t n) {
    char digits[24], *end = digits + sizeof digits, *start;
    if (code == 'd' || code == 's') start = int_machine_decimal(n, end);
    else if (n < 0) return 0;
    else start = digits_before(end, (uint64_t)n, code == 'x' ? 4 : 3);
    p->next++;
    return str_builder_add_ascii(&p->out, start, (size_t)(end - start)) < 0 ? -1 : 1;
}

/* A bare directive with a str, an int or bytes: what most of them are. 1 done, 0 it is something else, -1 raised. */
static int add_plain(Percent *p, uint32_t code) {
    bool text = code == 's' || code == 'b', number = code == 'd' || code == 'x' || code == 'o';
    Value v = text || number ? peek_argument(p) : NULL;
    if (!v) return 0;
    if (p->bytes && text) return IS_EXACT(v, bytes) ? add_bytes(p, v) : 0;
    if (is_small_int(v) && code != 'b') return add_plain_digits(p, code, small_int(v));
    if (code != 's' || !is_object(v) || type_of(v) != TYPE(str)) return 0;
    p->next++;
    return str_builder_add(&p->out, v) < 0 ? -1 : 1;
}

/* The next % from i on, or the end. */
static size_t next_percent(const Text *format, size_t i) {
    if (format->kind == 1) {
        const uint8_t *data = format->units, *found = memchr(data + i, '%', format->length - i);
        return found ? (size_t)(found - data) : format->length;
    }
    while (i < format->length && text_unit(format, i) != '%') i++;
    return i;
}

/* The format's own text from start on. */
static int add_literal(Percent *p, size_t start, size_t stop) {
    if (!p->bytes) return str_builder_add_slice(&p->out, p->format.owner, start, stop);
    return str_builder_add_ascii(&p->out, (const char *)p->format.units + start, stop - start);
}

static int run(Percent *p) {
    size_t n = p->format.length, i = 0;
    while (i < n) {
        size_t start = i;
        i = next_percent(&p->format, i);
        if (add_literal(p, start, i) < 0) return -1;
        if (i == n) break;
        if (i + 1 < n &&
            text_unit(&p->format, i + 1) == '%') { /* with flags or a width between it is no such thing */
            if (str_builder_add_char(&p->out, '%') < 0) return -1;
            i += 2;
            continue;
        }
        if (++i < n && text_unit(&p->format, i) == '(' && !(i = read_key(p, i))) return -1;
        int status = i < n ? add_plain(p, text_unit(&p->format, i)) : 0;
        if (status > 0) {
            i++;
            continue;
        }
        Directive d;
        size_t after = status == 0 ? read_directive(p, i, &d) : 0;
        if (!after || add_directive(p, &d, after - 1) < 0) return -1;
        i = after;
    }
    bool left_over = p->single ? p->next == 0 : p->next < tuple_length(p->args);
    if (left_over && !p->mapping)
        return raise_int(T_TypeError, p->bytes ? "not all arguments converted during bytes formatting"
                                               : "not all arguments converted during string formatting");
    return 0;
}

static bool str_has_percent(Value text) {
    for (size_t i = 0; i < str_length(text); i++)
        if (str_read(text, i) == '%') return true;
    return false;
}

/* Could it be asked for a name? */
static bool has_subscript(Value v) {
    const Type *t = type_of(v), *built_in = t->native_base;
    bool by_number = (built_in->flags & TYPE_BY_NUMBER) && t->slots.getitem == built_in->slots.getitem;
    return t->slots.getitem && !by_number;
}

static void begin(Percent *p, Value format, Value args, bool bytes) {
    memset(p, 0, offsetof(Percent, out.few));
    p->args = args;
    p->single = !is_tuple(args);
    p->bytes = bytes;
    text_view(&p->format, format);
    bool is_text = is_str(args) || (bytes && (is_bytes(args) || (is_object(args) && IS(args, bytearray))));
    if (p->single && !is_text && has_subscript(args)) p->mapping = args;
}

Value str_percent(Value text, Value args) {
    Value only = is_tuple(args) && tuple_length(args) == 1 ? tuple_item_borrow(args, 0) : args;
    if (is_object(only) && type_of(only) == TYPE(str) && str_equal_cstr(text, "%s")) return incref(only);
    Percent p;
    begin(&p, text, args, false);
    int status = run(&p);
    xdecref(p.chosen);
    if (status == 0 && p.out.length && p.out.length == str_length(text) && !str_has_percent(text)) {
        str_builder_drop(&p.out);
        return incref(text);
    }
    if (status == 0 && !p.whole) return str_builder_finish(&p.out);
    str_builder_drop(&p.out);
    if (status == 0) return p.whole;
    xdecref(p.whole);
    return NULL;
}

/* The format of a bytearray is copied first: an argument's code may change it. */
Value bytes_remainder(Value v, Value args) {
    Text like = text_of(v);
    Value format = is_bytes(v) ? incref(v) : bytes_from(like.units, like.length);
    if (!format) return NULL;
    Percent p;
    begin(&p, format, args, true);
    int status = run(&p);
    xdecref(p.chosen);
    Value result = status == 0
                       ? text_make(&like, str_builder_units(&p.out), str_builder_kind(&p.out), p.out.length)
                       : NULL;
    str_builder_drop(&p.out);
    decref(format);
    return result;
}
