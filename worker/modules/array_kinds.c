/* array: the machine types. */
#include "modules/array.h"

#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- integers ---- */

/* As a C integer of `size` bytes whose name is in the messages, which argument parsing gives before the array's own. */
static int parse_signed(Value v, int size, const char *name, int64_t *out) {
    Value n = value_index(v);
    if (!n) return -1;
    bool fits = int_to_i64(n, out);
    int64_t min = INT64_MIN >> (64 - 8 * size), max = INT64_MAX >> (64 - 8 * size);
    decref(n);
    if (!fits) return raise_int(T_OverflowError, "Python int too large to convert to C long");
    if (*out < min) return raise_int(T_OverflowError, "%s is less than minimum", name);
    if (*out > max) return raise_int(T_OverflowError, "%s is greater than maximum", name);
    return 0;
}

static int in_range(int64_t n, int64_t min, int64_t max, const char *name) {
    if (n < min) return raise_int(T_OverflowError, "%s is less than minimum", name);
    if (n > max) return raise_int(T_OverflowError, "%s is greater than maximum", name);
    return 0;
}

#define READ(name, Type, make)                                                                               \
    static Value read_##name(const uint8_t *from) {                                                          \
        Type n;                                                                                              \
        memcpy(&n, from, sizeof n);                                                                          \
        return make(n);                                                                                      \
    }
/* Through a C type of parse_size bytes, then into [min, max]. */
#define WRITE_SMALL(name, Type, parse_size, parse_name, min, max, own_name)                                  \
    static int write_##name(uint8_t *to, Value v) {                                                          \
        int64_t n;                                                                                           \
        if (parse_signed(v, parse_size, parse_name, &n) < 0 || in_range(n, min, max, own_name) < 0)          \
            return -1;                                                                                       \
        Type item = (Type)n;                                                                                 \
        memcpy(to, &item, sizeof item);                                                                      \
        return 0;                                                                                            \
    }

READ(b, int8_t, small_int_new)
READ(B, uint8_t, small_int_new)
READ(h, int16_t, small_int_new)
READ(H, uint16_t, small_int_new)
READ(i, int32_t, small_int_new)
READ(I, uint32_t, small_int_new)
READ(q, int64_t, int_from_i64)
READ(Q, uint64_t, int_from_u64)
WRITE_SMALL(b, int8_t, 2, "signed short integer", INT8_MIN, INT8_MAX, "signed char")
WRITE_SMALL(B, uint8_t, 2, "unsigned byte integer", 0, UINT8_MAX, "unsigned byte integer")
WRITE_SMALL(h, int16_t, 2, "signed short integer", INT16_MIN, INT16_MAX, "signed short integer")
WRITE_SMALL(H, uint16_t, 4, "signed integer", 0, UINT16_MAX, "unsigned short")
WRITE_SMALL(i, int32_t, 4, "signed integer", INT32_MIN, INT32_MAX, "signed integer")
WRITE_SMALL(l, int64_t, 8, "", INT64_MIN, INT64_MAX, "")

static int parse_unsigned(Value v, uint64_t *out, const char *negative, const char *too_large) {
    Value n = value_index(v);
    if (!n) return -1;
    bool below = int_sign(n) < 0, fits = !below && int_to_u64(n, out);
    decref(n);
    return fits ? 0 : raise_int(T_OverflowError, "%s", below ? negative : too_large);
}

static int write_I(uint8_t *to, Value v) {
    uint64_t n;
    if (parse_unsigned(v, &n, "can't convert negative value to unsigned int",
                       "Python int too large to convert to C unsigned long") < 0)
        return -1;
    if (n > UINT32_MAX) return raise_int(T_OverflowError, "unsigned int is greater than maximum");
    uint32_t item = (uint32_t)n;
    memcpy(to, &item, sizeof item);
    return 0;
}

static int write_L(uint8_t *to, Value v) {
    uint64_t n;
    if (parse_unsigned(v, &n, "can't convert negative value to unsigned int",
                       "Python int too large to convert to C unsigned long") < 0)
        return -1;
    memcpy(to, &n, sizeof n);
    return 0;
}

static int write_q(uint8_t *to, Value v) {
    int64_t n;
    Value index = value_index(v);
    if (!index) return -1;
    bool fits = int_to_i64(index, &n);
    decref(index);
    if (!fits) return raise_int(T_OverflowError, "int too big to convert");
    memcpy(to, &n, sizeof n);
    return 0;
}

static int write_Q(uint8_t *to, Value v) {
    uint64_t n;
    if (parse_unsigned(v, &n, "can't convert negative int to unsigned", "int too big to convert") < 0)
        return -1;
    memcpy(to, &n, sizeof n);
    return 0;
}

/* ---- floats, characters ---- */

READ(f, float, float_new)
READ(d, double, float_new)

static int write_d(uint8_t *to, Value v) {
    double d;
    if (value_as_double(v, &d) < 0) return -1;
    memcpy(to, &d, sizeof d);
    return 0;
}

static int write_f(uint8_t *to, Value v) {
    double d;
    if (value_as_double(v, &d) < 0) return -1;
    float f = (float)d;
    memcpy(to, &f, sizeof f);
    return 0;
}

static Value read_u(const uint8_t *from) {
    uint32_t c;
    memcpy(&c, from, sizeof c);
    if (c > 0x10ffff) return raise_error(T_ValueError, "chr() arg not in range(0x110000)");
    return str_from_char(c);
}

static int write_u(uint8_t *to, Value v) {
    if (!is_str(v) || str_length(v) != 1)
        return raise_int(T_TypeError, "array item must be unicode character");
    uint32_t c = str_read(v, 0);
    memcpy(to, &c, sizeof c);
    return 0;
}

const ArrayKind array_kinds[] = {
    {'b', "b", 1, read_b, write_b, 1},  {'B', "B", 1, read_B, write_B, 0},
    {'u', "w", 4, read_u, write_u, 20}, {'h', "h", 2, read_h, write_h, 4},
    {'H', "H", 2, read_H, write_H, 2},  {'i', "i", 4, read_i, write_i, 8},
    {'I', "I", 4, read_I, write_I, 6},  {'l', "l", 8, read_q, write_l, 12},
    {'L', "L", 8, read_Q, write_L, 10}, {'q', "q", 8, read_q, write_q, 12},
    {'Q', "Q", 8, read_Q, write_Q, 10}, {'f', "f", 4, read_f, write_f, 14},
    {'d', "d", 8, read_d, write_d, 16}, {0},
};

const ArrayKind *array_kind(uint32_t code) {
    for (const ArrayKind *k = array_kinds; k->code; k++)
        if ((uint8_t)k->code == code) return k;
    return NULL;
}

/* ---- formats of other machines: by number, little-endian and big-endian in turn ---- */

static const char machine_codes[ARRAY_FORMATS] = "BbHHhhIIiiQQqqffdduuuu";

size_t array_machine_size(int format) {
    if (format < 0 || format >= ARRAY_FORMATS) return 0;
    return format == ARRAY_UTF16_LE || format == ARRAY_UTF16_LE + 1
               ? 2
               : array_kind((uint8_t)machine_codes[format])->size;
}

Value array_read_machine(int format, const uint8_t *from) {
    uint8_t item[8] = {0};
    size_t size = array_machine_size(format);
    bool big_endian = format >= 2 && format % 2 == 1;
    for (size_t i = 0; i < size; i++) item[big_endian ? size - 1 - i : i] = from[i];
    return array_kind((uint8_t)machine_codes[format])->read(item);
}
