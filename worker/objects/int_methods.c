/* int_methods: int and bool as Python types. */
#include "objects/bytes_methods.h"
#include "objects/float.h"
#include "objects/int_internal.h"
#include "objects/protocols.h"
#include "objects/sizes.h"
#include "objects/str.h"

Value int_subclass_new(Type *type, Value v);
Value int_format(Value v, Value spec); /* str_format_spec.c */

/* ---- slots ---- */

#define INT_BINARY(name, function)                                                                           \
    static Value name(Value a, Value b) { return is_int(a) && is_int(b) ? function(a, b) : NOT_IMPLEMENTED; }
INT_BINARY(slot_add, int_add)
INT_BINARY(slot_subtract, int_subtract)
INT_BINARY(slot_multiply, int_multiply)
INT_BINARY(slot_floor_divide, int_floor_divide)
INT_BINARY(slot_true_divide, int_true_divide)
INT_BINARY(slot_remainder, int_remainder)
INT_BINARY(slot_lshift, int_lshift)
INT_BINARY(slot_rshift, int_rshift)
INT_BINARY(slot_and, int_and)
INT_BINARY(slot_or, int_or)
INT_BINARY(slot_xor, int_xor)

static Value slot_divmod(Value a, Value b) {
    if (!is_int(a) || !is_int(b)) return NOT_IMPLEMENTED;
    Value pair[2];
    return int_divmod(a, b, &pair[0], &pair[1]) < 0 ? NULL : tuple_from_array_steal(pair, 2);
}

static Value slot_power(Value a, Value b, Value modulus) {
    if (!is_int(a) || !is_int(b) || (modulus != NONE && !is_int(modulus))) return NOT_IMPLEMENTED;
    if (modulus != NONE || int_sign(b) >= 0) return int_power(a, b, modulus);
    return int_power(a, b, NONE);
}

static Value slot_absolute(Value v) { return int_sign(v) < 0 ? int_negative(v) : int_exact(v); }
static int slot_bool(Value v) { return int_sign(v) != 0; }
static Value slot_repr(Value v) { return int_to_text(v, 10, false); }

static Value slot_float(Value v) {
    double d = int_to_double(v);
    return d == -1.0 && error_pending() ? NULL : float_new(d);
}

static Value slot_compare(Value a, Value b, CompareOp op) {
    if (!is_int(a) || !is_int(b)) return NOT_IMPLEMENTED;
    int order = int_compare(a, b);
    return BOOL(compare_holds(order, 0, op));
}

/* ---- construction ---- */

static Value from_bytes_like(Value v, int base) {
    Buffer buffer;
    if (buffer_get(v, &buffer, false) < 0) return NULL;
    Value result = int_from_text_bytes(buffer.data, buffer.length, base);
    buffer_release(&buffer);
    return result;
}

static int base_of(Value v) {
    ssize_t base = value_as_ssize(v, NULL);
    if (base == -1 && error_pending()) return -1;
    if ((base != 0 && base < 2) || base > 36)
        return raise_int(T_ValueError, "int() base must be >= 2 and <= 36, or 0");
    return (int)base;
}

static Value plain_int(Value x, Value base) {
    if (!x) return base ? raise_error(T_TypeError, "int() missing string argument") : small_int_new(0);
    if (!base) return value_int(x);
    int b = base_of(base);
    if (b < 0) return NULL;
    if (is_str(x)) return int_from_text(x, b);
    if (is_bytes(x) || IS(x, bytearray)) return from_bytes_like(x, b);
    return raise_error(T_TypeError, "int() can't convert non-string with explicit base");
}

static Value int_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "base", NULL};
    static const ArgSpec spec = {"int", names, 2, 0, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value v = plain_int(out[0], out[1]);
    if (!v || type == TYPE(int)) return v;
    Value instance = int_subclass_new(type, v);
    decref(v);
    return instance;
}

static Value int_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    if (nargs == 1 && !kwnames) return value_int(args[0]);
    return int_make((Type *)callable, args, nargs, kwnames);
}

/* ---- methods ---- */

static Value int_bit_length_method(Value v) { return small_int_new((int64_t)int_bit_length(v)); }

static Value int_bit_count(Value v) {
    IntView view;
    int_view(&view, v);
    size_t count = 0;
    for (size_t i = 0; i < int_limbs(&view); i++)
        count += (size_t)__builtin_popcountll(mpz_limbs_read(view.z)[i]);
    return small_int_new((int64_t)count);
}

static Value int_as_integer_ratio(Value v) {
    Value pair[2] = {int_exact(v), small_int_new(1)};
    return pair[0] ? tuple_from_array_steal(pair, 2) : NULL;
}

/* 1 little, 0 big, -1 raised. NULL means big. */
static int byte_order(Value order) {
    if (!order) return 0;
    if (!is_str(order)) return raise_int(T_TypeError, "%s", "byteorder must be str");
    if (str_equal(order, NAME(little))) return 1;
    if (str_equal(order, NAME(big))) return 0;
    return raise_int(T_ValueError, "byteorder must be either 'little' or 'big'");
}

static Value int_to_bytes_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"length", "byteorder", "signed", NULL};
    static const ArgSpec spec = {"to_bytes", names, 3, 0, 2};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    ssize_t length = 1;
    if (out[0]) {
        length = value_as_ssize_argument(out[0]);
        if (length == -1 && error_pending()) return NULL;
    }
    if (out[1] && !is_str(out[1]))
        return raise_error(T_TypeError, "to_bytes() argument 'byteorder' must be str, not %K", out[1]);
    int little = byte_order(out[1]), is_signed = out[2] ? value_is_true(out[2]) : 0;
    if (little < 0 || is_signed < 0) return NULL;
    if (length < 0) return raise_error(T_ValueError, "length argument must be non-negative");
    Value bytes = bytes_new((size_t)length);
    if (bytes && int_to_bytes(v, bytes_data(bytes), (size_t)length, little, is_signed) < 0) {
        decref(bytes);
        return NULL;
    }
    return bytes;
}

static Value int_from_bytes_method(Value cls, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"bytes", "byteorder", "signed", NULL};
    static const ArgSpec spec = {"from_bytes", names, 3, 1, 2};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (out[1] && !is_str(out[1]))
        return raise_error(T_TypeError, "from_bytes() argument 'byteorder' must be str, not %K", out[1]);
    int little = byte_order(out[1]), is_signed = out[2] ? value_is_true(out[2]) : 0;
    if (little < 0 || is_signed < 0) return NULL;
    Value bytes = is_bytes(out[0]) ? incref(out[0]) : bytes_from_object(out[0]);
    if (!bytes) return NULL;
    Value v = int_from_bytes(bytes_data(bytes), bytes_length(bytes), little, is_signed);
    decref(bytes);
    if (!v || cls == AS_VALUE(TYPE(int))) return v;
    Value instance = value_call_one(cls, v);
    decref(v);
    return instance;
}

/* round(n, -k): to a multiple of 10**k, halves to even. */
static Value int_round_method(Value v, Value const *args, size_t nargs) {
    if (!args_count("__round__", nargs, 0, 1)) return NULL;
    if (nargs == 0) return int_exact(v);
    Value digits = value_index(args[0]);
    if (!digits) return NULL;
    if (int_sign(digits) >= 0) {
        decref(digits);
        return int_exact(v);
    }
    Value places = int_negative(digits), unit = places ? int_power(small_int_new(10), places, NONE) : NULL;
    decref(digits);
    xdecref(places);
    Value q = NULL, r = NULL, result = NULL, twice = NULL;
    if (!unit || int_divmod(v, unit, &q, &r) < 0) goto done;
    twice = int_add(r, r);
    if (!twice) goto done;
    int order = int_compare(twice, unit);
    Value odd = int_and(q, small_int_new(1));
    if (order > 0 || (order == 0 && odd == small_int_new(1))) {
        Value up = int_add(q, small_int_new(1));
        decref(q);
        q = up;
    }
    if (q) result = int_multiply(q, unit);
done:
    xdecref(unit);
    xdecref(q);
    xdecref(r);
    xdecref(twice);
    return result;
}

static Value int_getnewargs(Value v) {
    Value copy = int_exact(v);
    return copy ? tuple_from_array_steal(&copy, 1) : NULL;
}

static Value int_format_method_(Value v, Value spec) {
    if (!is_str(spec)) return raise_error(T_TypeError, "__format__() argument must be str, not %K", spec);
    return int_format(v, spec);
}

static Value get_self(Value v, void *closure) { return (void)closure, int_exact(v); }
static Value get_zero(Value v, void *closure) { return (void)v, (void)closure, small_int_new(0); }
static Value get_one(Value v, void *closure) { return (void)v, (void)closure, small_int_new(1); }

static const GetSet int_getset[] = {
    {"real", get_self, NULL, "the real part", NULL},
    {"imag", get_zero, NULL, "the imaginary part", NULL},
    {"numerator", get_self, NULL, "the number itself", NULL},
    {"denominator", get_one, NULL, "always one", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const NativeMethod int_methods[] = {
    METHOD_NOARGS("conjugate", int_exact, "The number itself."),
    METHOD_NOARGS("bit_length", int_bit_length_method,
                  "bit_length($self, /)\n--\n\nHow many binary digits it takes, without sign."),
    METHOD_NOARGS("bit_count", int_bit_count,
                  "bit_count($self, /)\n--\n\nHow many binary ones it has, without sign."),
    METHOD_KW("to_bytes", int_to_bytes_method,
              "to_bytes($self, /, length=1, byteorder='big', *, signed=False)\n--\n\nThe integer as bytes of "
              "the given length."),
    {"from_bytes", (void *)int_from_bytes_method, NATIVE_KW, NATIVE_CLASS,
     "from_bytes($type, /, bytes, byteorder='big', *, signed=False)\n--\n\nThe integer that these bytes "
     "spell."},
    METHOD_NOARGS("as_integer_ratio", int_as_integer_ratio,
                  "as_integer_ratio($self, /)\n--\n\nThe integer over one, as a pair."),
    METHOD_NOARGS("__trunc__", int_exact, "The number itself, as an int."),
    METHOD_NOARGS("__floor__", int_exact, "The number itself, as an int."),
    METHOD_NOARGS("__ceil__", int_exact, "The number itself, as an int."),
    METHOD_FAST("__round__", int_round_method,
                "__round__($self, ndigits=<unrepresentable>, /)\n--\n\nThe number rounded to a power of ten "
                "where ndigits is negative, else itself."),
    METHOD_NOARGS("__getnewargs__", int_getnewargs, "__getnewargs__($self, /)\n--\n\n"),
    METHOD_ONE("__format__", int_format_method_, "__format__($self, format_spec, /)\n--\n\n"),
    METHOD_NOARGS("__sizeof__", value_sizeof, "__sizeof__($self, /)\n--\n\nHow many bytes this takes."),
    METHOD_END,
};

static void int_free(Heap *heap, HeapObject *o) {
    if (o->kind == &TYPE(int)->kind) heap_object_free(heap, o);
    else value_free(AS_VALUE(o));
}

const TypeSpec int_type_spec = {
    .name = "int",
    .doc = "int(x=0), int(text, base=10): a whole number, of a number (towards zero) or of digits",
    .flags = TYPE_SUBCLASSABLE | TYPE_MATCH_SELF | TYPE_INT_SUBCLASS,
    .basic_size = offsetof(Int, limbs),
    .item_size = sizeof(mp_limb_t),
    .slots = {.getattr = object_getattr,
              .free = int_free,
              .repr = slot_repr,
              .hash = int_hash,
              .compare = slot_compare,
              .new_ = int_make,
              .add = slot_add,
              .subtract = slot_subtract,
              .multiply = slot_multiply,
              .remainder = slot_remainder,
              .divmod = slot_divmod,
              .power = slot_power,
              .negative = int_negative,
              .positive = int_exact,
              .absolute = slot_absolute,
              .bool_ = slot_bool,
              .invert = int_invert,
              .lshift = slot_lshift,
              .rshift = slot_rshift,
              .and_ = slot_and,
              .xor_ = slot_xor,
              .or_ = slot_or,
              .int_ = int_exact,
              .float_ = slot_float,
              .floor_divide = slot_floor_divide,
              .true_divide = slot_true_divide,
              .index = int_exact},
    .methods = int_methods,
    .getset = int_getset,
    .construct = int_construct,
};

/* ---- bool ---- */

static Value bool_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    if (!args_no_keywords("bool", kwnames) || !args_count("bool", nargs, 0, 1)) return NULL;
    int truth = nargs ? value_is_true(args[0]) : 0;
    return truth < 0 ? NULL : BOOL(truth);
}

static Value bool_construct(Value callable, Value const *args, size_t nargs, Value kwnames) {
    return bool_make((Type *)callable, args, nargs, kwnames);
}

static Value bool_repr(Value v) { return incref(v == TRUE ? NAME(True) : NAME(False)); }

#define BOOL_BINARY(name, operator, fallback)                                                                \
    static Value name(Value a, Value b) {                                                                    \
        if (is_bool(a) && is_bool(b)) return BOOL((a == TRUE) operator(b == TRUE));                          \
        return fallback(a, b);                                                                               \
    }
BOOL_BINARY(bool_and, &&, slot_and)
BOOL_BINARY(bool_or, ||, slot_or)
BOOL_BINARY(bool_xor, !=, slot_xor)

const TypeSpec bool_type_spec = {
    .name = "bool",
    .doc = "bool(x): True if x counts as true, else False; these two are all there are",
    .flags = TYPE_MATCH_SELF | TYPE_INT_SUBCLASS,
    .basic_size = offsetof(Int, limbs),
    .item_size = sizeof(mp_limb_t),
    .slots = {.repr = bool_repr, .new_ = bool_make, .and_ = bool_and, .or_ = bool_or, .xor_ = bool_xor},
    .construct = bool_construct,
};
