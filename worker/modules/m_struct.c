/*
 * _struct: values as packed bytes.
 *
 * A format is parsed once, into a row of Pieces; parsed formats of the module's functions are kept. Native order on this machine is
 * little-endian, and CPython packs a standard code of ints as the native one where size and order agree: only then do messages
 * and the overflow of floats follow the native ways (Item.native).
 */
#include <math.h>

#include "modules/fields.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str.h"
#include "objects/tuple.h"

typedef enum ItemKind {
    I_PAD,
    I_CHAR,
    I_BOOL,
    I_SIGNED,
    I_UNSIGNED,
    I_FLOAT,
    I_STRING,
    I_PASCAL,
    I_POINTER
} ItemKind;

/* One item's layout. */
typedef struct Item {
    ItemKind kind;
    uint8_t size;
    bool big_endian, native;
    char letter;
} Item;

typedef struct Piece {
    Item item;
    size_t offset, size; /* size: of one item; of a string: all of it */
    size_t repeat;
} Piece;

typedef struct Struct {
    HeapObject head;
    Value format; /* bytes or None */
    Piece *codes;
    size_t code_count;
    ssize_t size, count; /* bytes, values; -1 before __init__ */
} Struct;

typedef struct StructState {
    Type *type, *iterator;
    Type *error;
    Value cache; /* dict: format -> Struct */
} StructState;

enum { CACHE_MAX = 100 };

#define STRUCT MODULE_STATE(struct_, StructState)

static Struct *struct_of(Value v) { return (Struct *)v; }

#define fail(...) raise_type(STRUCT->error, __VA_ARGS__)

/* ---- formats ---- */

typedef struct FormatRow {
    char letter;
    ItemKind kind;
    uint8_t native_size, standard_size; /* standard 0: native order only */
} FormatRow;

static const FormatRow format_rows[] = {
    {'x', I_PAD, 1, 1},      {'c', I_CHAR, 1, 1},   {'b', I_SIGNED, 1, 1},   {'B', I_UNSIGNED, 1, 1},
    {'?', I_BOOL, 1, 1},     {'h', I_SIGNED, 2, 2}, {'H', I_UNSIGNED, 2, 2}, {'i', I_SIGNED, 4, 4},
    {'I', I_UNSIGNED, 4, 4}, {'l', I_SIGNED, 8, 4}, {'L', I_UNSIGNED, 8, 4}, {'n', I_SIGNED, 8, 0},
    {'N', I_UNSIGNED, 8, 0}, {'q', I_SIGNED, 8, 8}, {'Q', I_UNSIGNED, 8, 8}, {'e', I_FLOAT, 2, 2},
    {'f', I_FLOAT, 4, 4},    {'d', I_FLOAT, 8, 8},  {'s', I_STRING, 1, 1},   {'p', I_PASCAL, 1, 1},
    {'P', I_POINTER, 8, 0},
};

/* The first character of a format: order, sizes, alignment. */
typedef struct Mode {
    bool big_endian, standard, aligned;
} Mode;

static Mode mode_of(const char **format) {
    switch (**format) {
    case '<':
    case '=': ++*format; return (Mode){false, true, false};
    case '>':
    case '!': ++*format; return (Mode){true, true, false};
    case '@': ++*format; break;
    default: break;
    }
    return (Mode){false, false, true};
}

static const FormatRow *row_of(char letter, Mode mode) {
    for (size_t i = 0; i < sizeof format_rows / sizeof *format_rows; i++)
        if (format_rows[i].letter == letter && !(mode.standard && format_rows[i].standard_size == 0))
            return &format_rows[i];
    fail("bad char in struct format");
    return NULL;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* One count and letter of a format. False at the end (or raised). */
static bool next_code(const char **format, Mode mode, ssize_t *size, Piece *out) {
    const char *p = *format;
    while (is_space(*p)) p++;
    if (!*p) return false;
    ssize_t repeat = *p >= '0' && *p <= '9' ? 0 : 1;
    for (; *p >= '0' && *p <= '9'; p++)
        if (__builtin_mul_overflow(repeat, (ssize_t)10, &repeat) ||
            __builtin_add_overflow(repeat, (ssize_t)(*p - '0'), &repeat))
            return fail("total struct size too long"), false;
    if (!*p) return fail("repeat count given without format specifier"), false;
    const FormatRow *row = row_of(*p, mode);
    if (!row) return false;
    ssize_t item = mode.standard ? row->standard_size : row->native_size, total;
    if (mode.aligned && item > 1 && *size > SSIZE_MAX - item)
        return fail("total struct size too long"), false;
    if (mode.aligned) *size = (*size + item - 1) / item * item;
    bool text = row->kind == I_STRING || row->kind == I_PASCAL;
    bool native = !mode.big_endian && item == row->native_size && !(mode.standard && row->kind == I_FLOAT);
    *out = (Piece){{row->kind, (uint8_t)item, mode.big_endian, native, row->letter},
                   (size_t)*size,
                   text ? (size_t)repeat : (size_t)item,
                   text ? 1 : (size_t)repeat};
    if (__builtin_mul_overflow(repeat, item, &total) || __builtin_add_overflow(*size, total, size))
        return fail("total struct size too long"), false;
    *format = p + 1;
    return true;
}

/* Fills s->codes, size, count from the format's text. */
static int parse(Struct *s, const char *format) {
    Mode mode = mode_of(&format);
    ssize_t size = 0, count = 0;
    size_t n = 0, capacity = 0;
    Piece *codes = NULL, code;
    while (next_code(&format, mode, &size, &code)) {
        if (code.item.kind == I_PAD || code.repeat == 0) continue;
        if (n == capacity) {
            capacity = capacity ? 2 * capacity : 4;
            Piece *grown = heap_realloc(rt->heap, codes, capacity * sizeof *codes);
            if (!grown) {
                heap_free(rt->heap, codes);
                return raise_no_memory(), -1;
            }
            codes = grown;
        }
        codes[n++] = code;
        count += (ssize_t)code.repeat;
    }
    if (error_pending()) {
        heap_free(rt->heap, codes);
        return -1;
    }
    heap_free(rt->heap, s->codes);
    s->codes = codes;
    s->code_count = n;
    s->size = size;
    s->count = count;
    return 0;
}

/* ---- one value ---- */

static Value integer(Value v) {
    if (is_int(v)) return incref(v);
    if (value_has_index(v)) return value_index(v);
    return fail("required argument is not an integer");
}

static int out_of_range(void) { return fail("argument out of range"), -1; }

/* Bounds of an integer of so many bytes. */
static int64_t signed_min(int size) { return INT64_MIN >> (64 - 8 * size); }
static int64_t signed_max(int size) { return INT64_MAX >> (64 - 8 * size); }
static uint64_t unsigned_max(int size) { return UINT64_MAX >> (64 - 8 * size); }

static int range_error(const Item *item) {
    char what[16];
    const char *const names[2][2] = {{"byte format", "short format"}, {"ubyte format", "ushort format"}};
    bool is_unsigned = item->kind == I_UNSIGNED;
    if (item->size <= (item->native ? 2 : 1)) strcpy(what, names[is_unsigned][item->size - 1]);
    else memcpy(what, (char[]){'\'', item->letter, '\'', ' ', 'f', 'o', 'r', 'm', 'a', 't', 0}, 11);
    if (is_unsigned)
        fail("%s requires 0 <= number <= %llu", what, (unsigned long long)unsigned_max(item->size));
    else
        fail("%s requires %lld <= number <= %lld", what, (long long)signed_min(item->size),
             (long long)signed_max(item->size));
    return -1;
}

/* Eight bytes that are converted as a big number, not as a machine's. */
static int wide_error(Value n, bool is_unsigned) {
    return raise_int(T_OverflowError, is_unsigned && int_sign(n) < 0
                                          ? "can't convert negative int to unsigned"
                                          : "int too big to convert");
}

static int int_bits(const Item *item, Value n, uint64_t *bits) {
    int64_t number;
    bool is_unsigned = item->kind == I_UNSIGNED, by_bytes = item->size == 8 && !item->native;
    if (is_unsigned && item->size > (item->native ? 2 : 1)) {
        if (!int_to_u64(n, bits)) return by_bytes ? wide_error(n, true) : out_of_range();
        return *bits > unsigned_max(item->size) ? range_error(item) : 0;
    }
    if (!int_to_i64(n, &number)) return by_bytes ? wide_error(n, false) : out_of_range();
    *bits = (uint64_t)number;
    if (is_unsigned) return number < 0 || *bits > unsigned_max(item->size) ? range_error(item) : 0;
    return number < signed_min(item->size) || number > signed_max(item->size) ? range_error(item) : 0;
}

/* A half: 1 sign, 5 exponent, 10 fraction bits, rounded to even. 0, -1 raised. */
static int half_bits(double d, uint64_t *bits) {
    uint64_t sign = signbit(d) ? 0x8000 : 0;
    int exponent;
    if (isnan(d) || isinf(d)) {
        *bits = sign | 0x7c00 | (isnan(d) ? 0x200 : 0);
        return 0;
    }
    double fraction = frexp(fabs(d), &exponent); /* in [0.5, 1) */
    int shift = exponent < -13 ? exponent + 24 : 11;
    double scaled = fraction == 0 || shift < -1 ? 0 : nearbyint(ldexp(fraction, shift));
    uint64_t n = (uint64_t)scaled;
    if (n && exponent >= -13)
        n += (uint64_t)(exponent + 13) << 10; /* the leading bit carries into the exponent */
    if (n >= 0x7c00) return raise_int(T_OverflowError, "float too large to pack with e format");
    *bits = sign | n;
    return 0;
}

static double half_value(uint64_t bits) {
    int exponent = (int)(bits >> 10 & 31);
    double fraction = (double)(bits & 0x3ff), d;
    if (exponent == 31) d = fraction ? NAN : INFINITY;
    else d = exponent ? ldexp(fraction + 1024, exponent - 25) : ldexp(fraction, -24);
    return bits & 0x8000 ? -d : d;
}

static int float_bits(const Item *item, Value v, uint64_t *bits) {
    double d;
    if (value_as_double(v, &d) < 0) {
        error_clear();
        return fail("required argument is not a float"), -1;
    }
    if (item->size == 2) return half_bits(d, bits);
    if (item->size == 8) return memcpy(bits, &d, 8), 0;
    float f = (float)d;
    uint32_t word;
    if (isinf(f) && !isinf(d) && !item->native)
        return raise_int(T_OverflowError, "float too large to pack with f format");
    memcpy(&word, &f, 4);
    *bits = word;
    return 0;
}

/* The first `size` of eight bytes: a copy of a size that the compiler knows is one instruction. */
static inline void copy_bits(void *to, const void *from, uint8_t size) {
    switch (size) {
    case 1: memcpy(to, from, 1); break;
    case 2: memcpy(to, from, 2); break;
    case 4: memcpy(to, from, 4); break;
    default: memcpy(to, from, 8); break;
    }
}

static inline void store(const Item *item, uint8_t *to, uint64_t bits) {
    if (item->big_endian) bits = __builtin_bswap64(bits) >> (64 - 8 * item->size);
    copy_bits(to, &bits, item->size);
}

static inline uint64_t load(const Item *item, const uint8_t *from) {
    uint64_t bits = 0;
    copy_bits(&bits, from, item->size);
    return item->big_endian ? __builtin_bswap64(bits) >> (64 - 8 * item->size) : bits;
}

static int pointer_bits(Value n, uint64_t *bits) {
    int64_t number;
    if (int_to_u64(n, bits)) return 0;
    if (int_to_i64(n, &number)) return *bits = (uint64_t)number, 0;
    return raise_int(T_OverflowError, "Python int too large to convert to C long");
}

/* The text of an 's' or 'p' item: bytes or a bytearray. */
static int pack_text(const Piece *code, Value v, uint8_t *to) {
    if (!is_bytes(v) && !IS(v, bytearray)) {
        fail("argument for '%c' must be a bytes object", code->item.letter);
        return -1;
    }
    const uint8_t *data = is_bytes(v) ? bytes_data(v) : ((ByteArray *)v)->data;
    size_t n = is_bytes(v) ? bytes_length(v) : ((ByteArray *)v)->length, room = code->size;
    if (code->item.kind == I_PASCAL) {
        if (room == 0) return 0;
        room--;
        if (n > room) n = room;
        *to++ = (uint8_t)(n > 255 ? 255 : n);
    }
    if (n > room) n = room;
    if (n) memcpy(to, data, n);
    return 0;
}

/* pack_item for an int or a float in place that fits. */
static inline bool pack_in_place(const Item *item, Value v, uint8_t *to) {
    if (is_small_int(v)) {
        int64_t n = small_int(v);
        if (item->kind == I_UNSIGNED
                ? n < 0 || (uint64_t)n > unsigned_max(item->size)
                : item->kind != I_SIGNED || n < signed_min(item->size) || n > signed_max(item->size))
            return false;
        store(item, to, (uint64_t)n);
        return true;
    }
    if (!is_small_float(v) || item->kind != I_FLOAT || item->size != 8) return false;
    double d = small_float(v);
    uint64_t bits;
    memcpy(&bits, &d, 8);
    store(item, to, bits);
    return true;
}

static int pack_item(const Piece *code, Value v, uint8_t *to) {
    const Item *item = &code->item;
    uint64_t bits = 0;
    Value n;
    int status;
    switch (item->kind) {
    case I_CHAR:
        if (!is_bytes(v) || bytes_length(v) != 1)
            return fail("char format requires a bytes object of length 1"), -1;
        *to = bytes_data(v)[0];
        return 0;
    case I_BOOL:
        status = value_is_true(v);
        *to = status > 0;
        return status < 0 ? -1 : 0;
    case I_STRING:
    case I_PASCAL: return pack_text(code, v, to);
    case I_FLOAT: status = float_bits(item, v, &bits); break;
    default:
        if (!(n = integer(v))) return -1;
        status = item->kind == I_POINTER ? pointer_bits(n, &bits) : int_bits(item, n, &bits);
        decref(n);
    }
    if (status == 0) store(item, to, bits);
    return status;
}

static Value unpack_item(const Piece *code, const uint8_t *from) {
    const Item *item = &code->item;
    uint64_t bits;
    float f;
    double d;
    switch (item->kind) {
    case I_CHAR: return bytes_from(from, 1);
    case I_BOOL: return BOOL(*from);
    case I_STRING: return bytes_from(from, code->size);
    case I_PASCAL:
        if (code->size == 0)
            return raise_error(T_SystemError, "Negative size passed to PyBytes_FromStringAndSize");
        return bytes_from(from + 1, *from < code->size ? *from : code->size - 1);
    case I_SIGNED: {
        bits = load(item, from);
        int unused = 64 - 8 * item->size;
        return int_from_i64((int64_t)(bits << unused) >> unused);
    }
    case I_FLOAT:
        bits = load(item, from);
        if (item->size == 2) return float_new(half_value(bits));
        if (item->size == 4) {
            uint32_t word = (uint32_t)bits;
            memcpy(&f, &word, 4);
            return float_new((double)f);
        }
        memcpy(&d, &bits, 8);
        return float_new(d);
    default: return int_from_u64(load(item, from));
    }
}

/* ---- whole structs ---- */

static int check_count(const Struct *s, const char *function, size_t given) {
    if (s->count >= 0 && (size_t)s->count == given) return 0;
    fail("%s expected %zd items for packing (got %zd)", function, s->count, (ssize_t)given);
    return -1;
}

/* An overflow of an int is the module's own error. */
static int pack_failed(Value v) {
    if (is_int(v) && error_swallow(T_OverflowError)) fail("int too large to convert");
    return -1;
}

static int pack_values(const Struct *s, Value const *values, uint8_t *to) {
    memset(to, 0, (size_t)s->size);
    for (size_t i = 0; i < s->code_count; i++) {
        const Piece *code = &s->codes[i];
        uint8_t *at = to + code->offset;
        for (size_t k = 0; k < code->repeat; k++, at += code->size, values++)
            if (!pack_in_place(&code->item, *values, at) && pack_item(code, *values, at) < 0)
                return pack_failed(*values);
    }
    return work_charge((uint64_t)s->count / 64);
}

/* unpack_item for what most structs are of: ints and floats that need no memory. NULL: ask unpack_item. */
static inline Value unpack_in_place(const Item *item, const uint8_t *from) {
    if (item->kind == I_UNSIGNED) {
        uint64_t bits = load(item, from);
        return bits <= SMALL_INT_MAX ? small_int_new((int64_t)bits) : NULL;
    }
    if (item->kind == I_SIGNED) {
        int unused = 64 - 8 * item->size;
        int64_t n = (int64_t)(load(item, from) << unused) >> unused;
        return fits_small_int(n) ? small_int_new(n) : NULL;
    }
    if (item->kind != I_FLOAT || item->size != 8) return NULL;
    uint64_t bits = load(item, from);
    double d;
    memcpy(&d, &bits, 8);
    return small_float_try(d);
}

static Value unpack_values(const Struct *s, const uint8_t *from) {
    Value result = s->count < 0 ? raise_error(T_RuntimeError, "Struct object is not initialized")
                                : tuple_new((size_t)s->count);
    size_t n = 0;
    for (size_t i = 0; result && i < s->code_count; i++) {
        const Piece *code = &s->codes[i];
        const uint8_t *at = from + code->offset;
        for (size_t k = 0; result && k < code->repeat; k++, at += code->size) {
            Value v = unpack_in_place(&code->item, at);
            if (!v) v = unpack_item(code, at);
            if (v) tuple_init_item_steal(result, n++, v);
            else CLEAR_FIELD(result);
        }
    }
    if (result && work_charge_alone((uint64_t)s->count / 64) < 0) CLEAR_FIELD(result);
    return result;
}

static Value pack(const Struct *s, const char *function, Value const *values, size_t n) {
    if (check_count(s, function, n) < 0) return NULL;
    Value result = bytes_new((size_t)s->size);
    if (result && pack_values(s, values, bytes_data(result)) < 0) CLEAR_FIELD(result);
    return result;
}

/* An offset into a buffer, negative ones from the end: room for s there? */
static bool place_at(const Struct *s, ssize_t *offset, size_t length, const char *function, const char *doing,
                     const char *too_late) {
    ssize_t size = (ssize_t)length;
    if (*offset < 0) {
        if (*offset + s->size > 0) return fail(too_late, s->size, *offset), false;
        if (*offset + size < 0)
            return fail("offset %zd out of range for %zd-byte buffer", *offset, size), false;
        *offset += size;
    }
    if (size - *offset >= s->size) return true;
    fail("%s requires a buffer of at least %zu bytes for %s %zd bytes at offset %zd (actual buffer size is "
         "%zd)",
         function, (size_t)s->size + (size_t)*offset, doing, s->size, *offset, size);
    return false;
}

static Value unpack(const Struct *s, Value data) {
    Buffer buffer;
    if (IS_EXACT(data, bytes) && (ssize_t)bytes_length(data) == s->size)
        return unpack_values(s, bytes_data(data));
    if (buffer_get(data, &buffer, false) < 0) return NULL;
    Value result = (ssize_t)buffer.length == s->size ? unpack_values(s, buffer.data)
                                                     : fail("unpack requires a buffer of %zd bytes", s->size);
    buffer_release(&buffer);
    return result;
}

static bool offset_argument(Value v_or_null, ssize_t *offset) {
    *offset = v_or_null ? value_as_ssize_argument(v_or_null) : 0;
    return *offset != -1 || !error_pending();
}

static Value unpack_from(const Struct *s, Value data, Value offset_or_null) {
    Buffer buffer;
    ssize_t offset;
    if (IS_EXACT(data, bytes) && offset_or_null && is_small_int(offset_or_null)) {
        int64_t at = small_int(offset_or_null), length = (int64_t)bytes_length(data);
        if (at >= 0 && at <= length && length - at >= s->size) return unpack_values(s, bytes_data(data) + at);
    }
    if (buffer_get(data, &buffer, false) < 0) return NULL;
    Value result = offset_argument(offset_or_null, &offset) &&
                           place_at(s, &offset, buffer.length, "unpack_from", "unpacking",
                                    "not enough data to unpack %zd bytes at offset %zd")
                       ? unpack_values(s, (const uint8_t *)buffer.data + offset)
                       : NULL;
    buffer_release(&buffer);
    return result;
}

/* args: buffer, offset, values. */
static Value pack_into(const Struct *s, Value const *args, size_t n) {
    if (n == 0) return fail("pack_into expected buffer argument");
    if (n == 1) return fail("pack_into expected offset argument");
    if (check_count(s, "pack_into", n - 2) < 0) return NULL;
    Buffer buffer;
    if (!type_of(args[0])->slots.get_buffer || buffer_get(args[0], &buffer, true) < 0) {
        error_clear();
        return raise_error(T_TypeError, "argument must be read-write bytes-like object, not %T", args[0]);
    }
    ssize_t offset = value_as_ssize(args[1], TYPE(OverflowError));
    bool ok = (offset != -1 || !error_pending()) &&
              place_at(s, &offset, buffer.length, "pack_into", "packing",
                       "no space to pack %zd bytes at offset %zd") &&
              pack_values(s, args + 2, (uint8_t *)buffer.data + offset) == 0;
    buffer_release(&buffer);
    return ok ? NONE : NULL;
}

/* ---- iterating ---- */

typedef struct UnpackIterator {
    HeapObject head;
    Value structure;
    Buffer buffer; /* owner NULL: done */
    size_t offset;
} UnpackIterator;

static int iterator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    UnpackIterator *it = (UnpackIterator *)(void *)o;
    VISIT(it->structure);
    VISIT(it->buffer.owner);
    return 0;
}

static void iterator_free(Heap *heap, HeapObject *o) {
    (void)heap;
    UnpackIterator *it = (UnpackIterator *)(void *)o;
    if (it->buffer.owner) buffer_release(&it->buffer);
    xdecref(it->structure);
    value_free(AS_VALUE(o));
}

static Value iterator_self(Value v) { return incref(v); }

static Value iterator_next(Value v) {
    UnpackIterator *it = (UnpackIterator *)v;
    if (!it->buffer.owner) return NULL;
    const Struct *s = struct_of(it->structure);
    if (it->offset >= it->buffer.length) {
        buffer_release(&it->buffer);
        it->buffer.owner = NULL;
        return NULL;
    }
    Value result = unpack_values(s, (const uint8_t *)it->buffer.data + it->offset);
    it->offset += (size_t)s->size;
    return result;
}

static Value iterator_length_hint(Value v) {
    UnpackIterator *it = (UnpackIterator *)v;
    if (!it->buffer.owner) return small_int_new(0);
    return small_int_new(
        (int64_t)((it->buffer.length - it->offset) / (size_t)struct_of(it->structure)->size));
}

static const NativeMethod iterator_methods[] = {
    METHOD_NOARGS("__length_hint__", iterator_length_hint, NULL),
    METHOD_END,
};

static const TypeSpec iterator_spec = {
    .name = "_struct.unpack_iterator",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(UnpackIterator),
    .slots = {.getattr = object_getattr,
              .traverse = iterator_traverse,
              .free = iterator_free,
              .iter = iterator_self,
              .next = iterator_next},
    .methods = iterator_methods,
};

static Value iter_unpack(Struct *s, Value data) {
    if (s->size == 0) return fail("cannot iteratively unpack with a struct of length 0");
    UnpackIterator *it = (UnpackIterator *)value_alloc(STRUCT->iterator, 0);
    if (!it) return NULL;
    it->structure = NULL;
    it->buffer.owner = NULL;
    it->offset = 0;
    bool ok = buffer_get(data, &it->buffer, false) == 0;
    if (!ok) {
        it->buffer.owner = NULL;
    } else if (s->size < 0 || it->buffer.length % (size_t)s->size != 0) {
        fail("iterative unpacking requires a buffer of a multiple of %zd bytes", s->size);
        ok = false;
    }
    it->structure = incref(AS_VALUE(s));
    value_track(AS_VALUE(it));
    if (ok) return AS_VALUE(it);
    DECREF(it);
    return NULL;
}

/* ---- Struct ---- */

static int struct_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return fields_traverse(o, 1, visit, arg);
}

static void struct_free(Heap *heap, HeapObject *o) {
    heap_free(heap, ((Struct *)(void *)o)->codes);
    fields_drop(o, 1);
    value_free(AS_VALUE(o));
}

static Value struct_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Struct *s = (Struct *)value_alloc(type, 0);
    if (!s) return NULL;
    s->format = NONE;
    s->codes = NULL;
    s->code_count = 0;
    s->size = s->count = -1;
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

/* A str or bytes as bytes. New. */
static Value format_bytes(Value format) {
    if (is_str(format)) {
        if (((Str *)format)->ascii) return bytes_from(str_data(format), str_length(format));
        return value_call_method_one(format, NAME(encode), NAME(ascii));
    }
    if (is_bytes(format)) return incref(format);
    return raise_error(T_TypeError, "Struct() argument 1 must be a str or bytes object, not %.50T", format);
}

static int set_format(Struct *s, Value format) {
    Value bytes = format_bytes(format);
    if (!bytes) return -1;
    if (memchr(bytes_data(bytes), 0, bytes_length(bytes))) {
        decref(bytes);
        return fail("embedded null character"), -1;
    }
    SET_FIELD_STEAL(s->format, bytes);
    return parse(s, (const char *)bytes_data(bytes));
}

static int struct_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"format", NULL};
    static const ArgSpec spec = {"Struct", names, 1, 1, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? set_format(struct_of(v), out[0]) : -1;
}

static Value struct_pack(Value v, Value const *args, size_t nargs) {
    return pack(struct_of(v), "pack", args, nargs);
}
static Value struct_pack_into(Value v, Value const *args, size_t nargs) {
    return pack_into(struct_of(v), args, nargs);
}
static Value struct_unpack(Value v, Value data) { return unpack(struct_of(v), data); }
static Value struct_iter_unpack(Value v, Value data) { return iter_unpack(struct_of(v), data); }

static Value struct_unpack_from(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"buffer", "offset", NULL};
    static const ArgSpec spec = {"unpack_from", names, 2, 1, 2};
    Value out[2];
    return args_bind(&spec, args, nargs, kwnames, out) ? unpack_from(struct_of(v), out[0], out[1]) : NULL;
}

static Value struct_get_format(Value v, void *closure) {
    (void)closure;
    Value format = struct_of(v)->format;
    return format == NONE ? NONE : str_from_ascii((const char *)bytes_data(format), bytes_length(format));
}

static size_t struct_size(const HeapObject *o) {
    return size_with(o, ((const Struct *)(const void *)o)->codes);
}

static Value struct_get_size(Value v, void *closure) {
    (void)closure;
    return small_int_new(struct_of(v)->size);
}

static const NativeMethod struct_methods[] = {
    METHOD_FAST("pack", struct_pack, "The values as bytes after the format."),
    METHOD_FAST("pack_into", struct_pack_into,
                "S.pack_into(buffer, offset, v1, v2, ...): the values as bytes by S.format, written into "
                "buffer from offset on"),
    METHOD_ONE("unpack", struct_unpack,
               "unpack($self, buffer, /)\n--\n\nReturn a tuple containing unpacked values, according to the "
               "format string."),
    METHOD_KW("unpack_from", struct_unpack_from,
              "unpack_from($self, /, buffer, offset=0)\n--\n\nReturn a tuple containing unpacked values, "
              "from an offset on."),
    METHOD_ONE("iter_unpack", struct_iter_unpack,
               "iter_unpack($self, buffer, /)\n--\n\nReturn an iterator yielding tuples, one for each piece "
               "of the buffer."),
    METHOD_NOARGS("__sizeof__", value_sizeof, "Bytes of memory."),
    METHOD_END,
};

static const GetSet struct_getset[] = {
    {"format", struct_get_format, NULL, "struct format string", NULL},
    {"size", struct_get_size, NULL, "struct size in bytes", NULL},
    {0},
};

static const TypeSpec struct_spec = {
    .name = "_struct.Struct",
    .doc = "Struct(format): a format, read once",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Struct),
    .slots = {.getattr = object_getattr,
              .traverse = struct_traverse,
              .free = struct_free,
              .size = struct_size,
              .new_ = struct_make,
              .init = struct_init},
    .methods = struct_methods,
    .getset = struct_getset,
};

/* ---- the module's functions: with a format first ---- */

/* The Struct for a format, from the cache. New. */
static Value struct_for(Value format) {
    StructState *state = STRUCT;
    Value known = NULL;
    if (dict_find(state->cache, format, &known) < 0) return NULL;
    if (known) return incref(known);
    Value made = value_call_one(AS_VALUE(state->type), format);
    if (!made) return NULL;
    if (dict_length(state->cache) >= CACHE_MAX) dict_clear(state->cache);
    if (dict_set(state->cache, format, made) < 0) CLEAR_FIELD(made);
    return made;
}

static Value module_calcsize(Value module, Value format) {
    (void)module;
    Value s = struct_for(format), size = s ? small_int_new(struct_of(s)->size) : NULL;
    xdecref(s);
    return size;
}

static Value module_pack(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (nargs == 0) return raise_error(T_TypeError, "missing format argument");
    Value s = struct_for(args[0]), result = s ? pack(struct_of(s), "pack", args + 1, nargs - 1) : NULL;
    xdecref(s);
    return result;
}

static Value module_pack_into(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (nargs == 0) return raise_error(T_TypeError, "missing format argument");
    Value s = struct_for(args[0]), result = s ? pack_into(struct_of(s), args + 1, nargs - 1) : NULL;
    xdecref(s);
    return result;
}

static Value module_unpack(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("unpack", nargs, 2, 2)) return NULL;
    Value s = struct_for(args[0]), result = s ? unpack(struct_of(s), args[1]) : NULL;
    xdecref(s);
    return result;
}

static Value module_unpack_from(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "buffer", "offset", NULL};
    static const ArgSpec spec = {"unpack_from", names, 3, 2, 3};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value s = struct_for(out[0]), result = s ? unpack_from(struct_of(s), out[1], out[2]) : NULL;
    xdecref(s);
    return result;
}

static Value module_iter_unpack(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("iter_unpack", nargs, 2, 2)) return NULL;
    Value s = struct_for(args[0]), result = s ? iter_unpack(struct_of(s), args[1]) : NULL;
    xdecref(s);
    return result;
}

static Value module_clearcache(Value module) {
    (void)module;
    dict_clear(STRUCT->cache);
    return NONE;
}

static int struct_ready(Value module) {
    StructState *s = module_state_new(M_struct_, sizeof *s);
    if (!s) return -1;
    if (!s->cache && !(s->cache = dict_new())) return -1;
    if (!s->error) {
        Value bases = tuple_pack(1, AS_VALUE(TYPE(Exception)));
        s->error = bases ? type_new_simple("struct.error", bases, NULL, NULL) : NULL;
        xdecref(bases);
        if (!s->error) return -1;
    }
    if (module_make_type(module, &s->type, &struct_spec, NULL) < 0 ||
        module_ready_type(&s->iterator, &iterator_spec, NULL) < 0)
        return -1;
    return module_add(module, "error", incref(AS_VALUE(s->error)));
}

static const NativeMethod struct_functions[] = {
    METHOD_NOARGS("_clearcache", module_clearcache,
                  "_clearcache($module, /)\n--\n\nClear the internal cache."),
    METHOD_ONE("calcsize", module_calcsize,
               "calcsize($module, format, /)\n--\n\nHow many bytes the format takes."),
    METHOD_FAST("iter_unpack", module_iter_unpack,
                "iter_unpack($module, format, buffer, /)\n--\n\nThe tuples of one record after another."),
    METHOD_FAST("pack", module_pack, "pack(format, v1, v2, ...): the values as bytes after the format"),
    METHOD_FAST("pack_into", module_pack_into,
                "pack_into(format, buffer, offset, v1, v2, ...): the values as bytes by format, written into "
                "buffer from offset on"),
    METHOD_FAST("unpack", module_unpack,
                "unpack($module, format, buffer, /)\n--\n\nThe values that the bytes hold, by the format."),
    METHOD_KW("unpack_from", module_unpack_from,
              "unpack_from($module, format, /, buffer, offset=0)\n--\n\nThe values that the bytes hold from "
              "offset on, by the format."),
    METHOD_END,
};

const ModuleSpec module_struct_ = {
    .name = "_struct",
    .doc = "Functions to convert between Python values and C structs represented as Python bytes objects.",
    .functions = struct_functions,
    .ready = struct_ready,
};
