/* abs bin chr divmod hash hex id oct ord pow round sum */
#include "builtins/builtins.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"

static Value builtin_abs(Value module, Value x) {
    (void)module;
    return value_absolute(x);
}

static Value in_base(Value x, int base) {
    Value n = value_index(x);
    if (!n) return NULL;
    Value text = int_to_text(n, base, true);
    decref(n);
    return text;
}

static Value builtin_bin(Value module, Value x) {
    (void)module;
    return in_base(x, 2);
}

static Value builtin_oct(Value module, Value x) {
    (void)module;
    return in_base(x, 8);
}

static Value builtin_hex(Value module, Value x) {
    (void)module;
    return in_base(x, 16);
}

static Value builtin_chr(Value module, Value x) {
    (void)module;
    int n;
    if (is_small_int(x) && small_int(x) >= 0 && small_int(x) < 0x110000)
        return str_from_char((uint32_t)small_int(x));
    if (value_as_int(x, &n) < 0) return NULL;
    if (n < 0 || n > 0x10ffff) return raise_error(T_ValueError, "chr() arg not in range(0x110000)");
    return str_from_char((uint32_t)n);
}

static Value builtin_ord(Value module, Value c) {
    (void)module;
    size_t n;
    if (is_str(c)) {
        n = str_length(c);
        if (n == 1) return small_int_new(str_read(c, 0));
    } else if (is_bytes(c)) {
        n = bytes_length(c);
        if (n == 1) return small_int_new(bytes_data(c)[0]);
    } else if (IS(c, bytearray)) {
        n = ((ByteArray *)c)->length;
        if (n == 1) return small_int_new(((ByteArray *)c)->data[0]);
    } else {
        return raise_error(T_TypeError, "ord() expected string of length 1, but %.200T found", c);
    }
    return raise_error(T_TypeError, "ord() expected a character, but string of length %zu found", n);
}

static Value builtin_divmod(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("divmod", nargs, 2, 2)) return NULL;
    return value_divmod(args[0], args[1]);
}

static Value builtin_hash(Value module, Value x) {
    (void)module;
    Hash h = value_hash(x);
    return h == -1 ? NULL : int_from_i64(h);
}

static Value builtin_id(Value module, Value x) {
    (void)module;
    return int_from_u64(BITS(x));
}

static Value builtin_pow(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"base", "exp", "mod", NULL};
    static const ArgSpec spec = {"pow", names, 3, 2, 3};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    return value_power(out[0], out[1], out[2] ? out[2] : NONE);
}

static Value builtin_round(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"number", "ndigits", NULL};
    static const ArgSpec spec = {"round", names, 2, 1, 2};
    Value out[2], self;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value method = value_lookup_special(out[0], NAME(__round__), &self);
    if (!method)
        return error_pending()
                   ? NULL
                   : raise_error(T_TypeError, "type %.100T doesn't define __round__ method", out[0]);
    bool digits = out[1] && out[1] != NONE;
    Value result = self ? value_call_prepend(method, self, out + 1, digits, NULL)
                        : value_call(method, out + 1, digits, NULL);
    decref(method);
    return result;
}

/* ---- sum: ints and floats are added without making a value of each step ---- */

typedef struct Sum {
    Value total; /* owned; used when neither exact sum runs */
    enum { SUM_INT, SUM_FLOAT, SUM_ANY } kind;
    int64_t i;
    double d;
} Sum;

static int sum_settle(Sum *s) {
    if (s->kind == SUM_ANY) return 0;
    s->total = s->kind == SUM_INT ? int_from_i64(s->i) : float_new(s->d);
    s->kind = SUM_ANY;
    return s->total ? 0 : -1;
}

static void sum_start(Sum *s, Value start) {
    *s = (Sum){.kind = SUM_ANY};
    if (is_small_int(start)) {
        s->kind = SUM_INT;
        s->i = small_int(start);
    } else if (type_of(start) == TYPE(float)) {
        s->kind = SUM_FLOAT;
        s->d = float_value(start);
    } else {
        s->total = incref(start);
    }
}

static inline bool sum_int(Sum *s, int64_t n) {
    int64_t total;
    if (__builtin_add_overflow(s->i, n, &total)) return false;
    s->i = total;
    return true;
}

/* Adds a number in place. False: it must be added as a value. */
static inline bool sum_fast(Sum *s, Value item) {
    if (s->kind == SUM_INT) {
        if (is_small_int(item)) return sum_int(s, small_int(item));
        if (is_bool(item)) return sum_int(s, item == TRUE);
        if (type_of(item) != TYPE(float) || s->i > (1ll << 53) || s->i < -(1ll << 53)) return false;
        s->kind = SUM_FLOAT;
        s->d = (double)s->i + float_value(item);
        return true;
    }
    if (s->kind != SUM_FLOAT) return false;
    if (is_small_float(item)) return s->d += small_float(item), true;
    if (type_of(item) == TYPE(float)) return s->d += float_value(item), true;
    if (is_small_int(item)) return s->d += (double)small_int(item), true;
    return false;
}

static int sum_add(Sum *s, Value item) {
    if (sum_fast(s, item)) return 0;
    if (sum_settle(s) < 0) return -1;
    Value total = value_add(s->total, item);
    if (!total) return -1;
    decref(s->total);
    sum_start(s, total);
    decref(total);
    return 0;
}

static Value sum_items(Value iterable, Sum *s) {
    Value iterator = value_iter(iterable);
    if (!iterator) return NULL;
    uint32_t count = 0;
    int status = 0;
    UnaryFn next = type_of(iterator)->slots.next;
    for (Value item; status == 0 && (item = next(iterator)) != NULL;) {
        status = sum_add(s, item);
        decref(item);
        if ((++count & 4095) == 0 && status == 0) status = work_charge(4096);
    }
    decref(iterator);
    if (status < 0 || (error_pending() && !error_swallow(T_StopIteration)) || sum_settle(s) < 0) return NULL;
    return incref(s->total);
}

static Value builtin_sum(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "start", NULL};
    static const ArgSpec spec = {"sum", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    const char *kind = !out[1]                 ? NULL
                       : is_str(out[1])        ? "strings [use ''"
                       : is_bytes(out[1])      ? "bytes [use b''"
                       : IS(out[1], bytearray) ? "bytearray [use b''"
                                               : NULL;
    if (kind) {
        Value it = value_iter(out[0]); /* what is no iterable is told first */
        if (!it) return NULL;
        decref(it);
        return raise_error(T_TypeError, "sum() can't sum %s.join(seq) instead]", kind);
    }
    Sum s;
    sum_start(&s, out[1] ? out[1] : small_int_new(0));
    Value result = sum_items(out[0], &s);
    xdecref(s.total);
    return result;
}

const NativeMethod builtins_numbers[] = {
    METHOD_ONE("abs", builtin_abs, "abs($module, x, /)\n--\n\nThe value without its sign."),
    METHOD_ONE("bin", builtin_bin,
               "bin($module, number, /)\n--\n\nAn integer in base 2: bin(10) is "
               "'0b1010'."),
    METHOD_ONE("chr", builtin_chr, "chr($module, i, /)\n--\n\nThe character with code point i."),
    METHOD_FAST("divmod", builtin_divmod,
                "divmod($module, x, y, /)\n--\n\nQuotient and remainder at "
                "once: (x // y, x % y)."),
    METHOD_ONE("hash", builtin_hash,
               "hash($module, obj, /)\n--\n\nThe hash of an object; equal objects "
               "have equal ones."),
    METHOD_ONE("hex", builtin_hex,
               "hex($module, number, /)\n--\n\nAn integer in base 16: hex(255) is "
               "'0xff'."),
    METHOD_ONE("id", builtin_id, "id($module, obj, /)\n--\n\nA number that no other living object has."),
    METHOD_ONE("oct", builtin_oct,
               "oct($module, number, /)\n--\n\nAn integer in base 8: oct(8) is "
               "'0o10'."),
    METHOD_ONE("ord", builtin_ord,
               "ord($module, c, /)\n--\n\nThe code point of a string of one "
               "character."),
    METHOD_KW("pow", builtin_pow,
              "pow($module, /, base, exp, mod=None)\n--\n\nbase ** exp, or base ** "
              "exp % mod, which is faster than in two steps."),
    METHOD_KW("round", builtin_round,
              "round($module, /, number, ndigits=None)\n--\n\nA number rounded "
              "to so many digits behind the point: an int without ndigits."),
    METHOD_KW("sum", builtin_sum,
              "sum($module, iterable, /, start=0)\n--\n\nThe sum of all items and of "
              "start."),
    METHOD_END,
};
