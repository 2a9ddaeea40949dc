/* number: operators on any values: whose method is asked first, and the conversions to machine numbers. */
#include <math.h>

#include "base/names.h"
#include "objects/bytes.h"
#include "objects/float.h"
#include "objects/function.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/slots.h"
#include "objects/str.h"

typedef struct OperatorRow {
    uint16_t slot, inplace_slot;
    const char *symbol, *inplace_symbol;
} OperatorRow;

#define ROW(op, slot, inplace, text) [op] = {offsetof(Slots, slot), offsetof(Slots, inplace), text, text "="}
static const OperatorRow operators[BINARY_OP_COUNT] = {
    ROW(OP_ADD, add, iadd, "+"),
    ROW(OP_AND, and_, iand, "&"),
    ROW(OP_FLOOR_DIVIDE, floor_divide, ifloor_divide, "//"),
    ROW(OP_LSHIFT, lshift, ilshift, "<<"),
    ROW(OP_MATRIX_MULTIPLY, matrix_multiply, imatrix_multiply, "@"),
    ROW(OP_MULTIPLY, multiply, imultiply, "*"),
    ROW(OP_REMAINDER, remainder, iremainder, "%"),
    ROW(OP_OR, or_, ior, "|"),
    ROW(OP_RSHIFT, rshift, irshift, ">>"),
    ROW(OP_SUBTRACT, subtract, isubtract, "-"),
    ROW(OP_TRUE_DIVIDE, true_divide, itrue_divide, "/"),
    ROW(OP_XOR, xor_, ixor, "^"),
};

static BinaryFn slot_of(const Type *t, size_t offset) {
    return *(BinaryFn const *)(const void *)((const char *)&t->slots + offset);
}

/* Left's slot, then right's; right's first when its type derives from left's. NOT_IMPLEMENTED when neither
 * answers. */
static Value dispatch(Value a, Value b, size_t offset) {
    Type *ta = type_of(a), *tb = type_of(b);
    BinaryFn left = slot_of(ta, offset), right = ta == tb ? NULL : slot_of(tb, offset);
    if (right == left) right = NULL;
    if (left) {
        if (right && type_is_subtype(tb, ta)) {
            Value r = right(a, b);
            if (r != NOT_IMPLEMENTED) return r;
            right = NULL;
        }
        Value r = left(a, b);
        if (r != NOT_IMPLEMENTED) return r;
    }
    return right ? right(a, b) : NOT_IMPLEMENTED;
}

static Value raise_unsupported(const char *symbol, Value a, Value b) {
    if (strcmp(symbol, ">>") == 0 && IS_EXACT(a, builtin_function) &&
        strcmp(((Native *)a)->method->name, "print") == 0)
        return raise_error(
            T_TypeError,
            "unsupported operand type(s) for %s: '%.100T' and '%.100T'. Did you mean \"print(<message>, "
            "file=<output_stream>)\"?",
            symbol, a, b);
    return raise_error(T_TypeError, "unsupported operand type(s) for %s: '%.100T' and '%.100T'", symbol, a,
                       b);
}

static Value repeat_by(RepeatFn repeat, Value sequence, Value count) {
    if (!value_has_index(count))
        return raise_error(T_TypeError, "can't multiply sequence by non-int of type '%T'", count);
    ssize_t n = value_as_ssize(count, TYPE(OverflowError));
    return n == -1 && error_pending() ? NULL : repeat(sequence, n);
}

/* + and * of sequences, when no number answered. */
static Value sequence_operator(BinaryOp op, Value a, Value b) {
    const Slots *sa = &type_of(a)->slots, *sb = &type_of(b)->slots;
    if (op == OP_ADD && sa->concat) return sa->concat(a, b);
    if (op == OP_MULTIPLY && sa->repeat) return repeat_by(sa->repeat, a, b);
    if (op == OP_MULTIPLY && sb->repeat) return repeat_by(sb->repeat, b, a);
    return NOT_IMPLEMENTED;
}

static Value ternary(Value a, Value b, Value c) {
    Type *ta = type_of(a), *tb = type_of(b), *tc = type_of(c);
    TernaryFn left = ta->slots.power, right = ta == tb ? NULL : tb->slots.power;
    if (right == left) right = NULL;
    if (left) {
        if (right && type_is_subtype(tb, ta)) {
            Value r = right(a, b, c);
            if (r != NOT_IMPLEMENTED) return r;
            right = NULL;
        }
        Value r = left(a, b, c);
        if (r != NOT_IMPLEMENTED) return r;
    }
    if (right) {
        Value r = right(a, b, c);
        if (r != NOT_IMPLEMENTED) return r;
    }
    TernaryFn third = tc->slots.power;
    return third && third != ta->slots.power && third != tb->slots.power ? third(a, b, c) : NOT_IMPLEMENTED;
}

static Value power(Value a, Value b, Value modulus, const char *symbol) {
    Value r = ternary(a, b, modulus);
    if (r != NOT_IMPLEMENTED) return r;
    if (modulus == NONE)
        return raise_error(T_TypeError, "unsupported operand type(s) for %s: '%.100T' and '%.100T'", symbol,
                           a, b);
    return raise_error(T_TypeError, "unsupported operand type(s) for %s: '%.100T', '%.100T', '%.100T'",
                       symbol, a, b, modulus);
}

Value value_power(Value a, Value b, Value modulus) { return power(a, b, modulus, "** or pow()"); }

Value value_binary_number(BinaryOp op, Value a, Value b) { return dispatch(a, b, operators[op].slot); }

Value value_binary(BinaryOp op, Value a, Value b) {
    if (op == OP_POWER) return value_power(a, b, NONE);
    Value r = dispatch(a, b, operators[op].slot);
    if (r != NOT_IMPLEMENTED) return r;
    r = sequence_operator(op, a, b);
    return r != NOT_IMPLEMENTED ? r : raise_unsupported(operators[op].symbol, a, b);
}

static Value inplace_power(Value a, Value b) {
    TernaryFn own = type_of(a)->slots.ipower;
    Value r = own ? own(a, b, NONE) : NOT_IMPLEMENTED;
    return r != NOT_IMPLEMENTED ? r : power(a, b, NONE, "**=");
}

Value value_binary_inplace(BinaryOp op, Value a, Value b) {
    if (op == OP_POWER) return inplace_power(a, b);
    const OperatorRow *row = &operators[op];
    const Slots *sa = &type_of(a)->slots;
    BinaryFn own = slot_of(type_of(a), row->inplace_slot);
    Value r = own ? own(a, b) : NOT_IMPLEMENTED;
    if (r == NOT_IMPLEMENTED) r = dispatch(a, b, row->slot);
    if (r != NOT_IMPLEMENTED) return r;
    if (op == OP_ADD && sa->iconcat) return sa->iconcat(a, b);
    if (op == OP_MULTIPLY && sa->irepeat) return repeat_by(sa->irepeat, a, b);
    /* CPython asks the right operand's repetition only when the left one's type has no sequence protocol at all. */
    if (op == OP_MULTIPLY && !sa->repeat && value_has_sequence_protocol(a))
        return raise_unsupported(row->inplace_symbol, a, b);
    r = sequence_operator(op, a, b);
    return r != NOT_IMPLEMENTED ? r : raise_unsupported(row->inplace_symbol, a, b);
}

Value value_add(Value a, Value b) { return value_binary(OP_ADD, a, b); }
Value value_subtract(Value a, Value b) { return value_binary(OP_SUBTRACT, a, b); }
Value value_multiply(Value a, Value b) { return value_binary(OP_MULTIPLY, a, b); }

Value value_divmod(Value a, Value b) {
    Value r = dispatch(a, b, offsetof(Slots, divmod));
    return r != NOT_IMPLEMENTED ? r : raise_unsupported("divmod()", a, b);
}

/* ---- one operand ---- */

Value value_negative(Value o) {
    UnaryFn f = type_of(o)->slots.negative;
    return f ? f(o) : raise_error(T_TypeError, "bad operand type for unary -: '%T'", o);
}

Value value_positive(Value o) {
    UnaryFn f = type_of(o)->slots.positive;
    return f ? f(o) : raise_error(T_TypeError, "bad operand type for unary +: '%T'", o);
}

Value value_invert(Value o) {
    UnaryFn f = type_of(o)->slots.invert;
    return f ? f(o) : raise_error(T_TypeError, "bad operand type for unary ~: '%T'", o);
}

Value value_absolute(Value o) {
    UnaryFn f = type_of(o)->slots.absolute;
    return f ? f(o) : raise_error(T_TypeError, "bad operand type for abs(): '%T'", o);
}

/* ---- index ---- */

bool value_has_index(Value o) { return is_int(o) || type_of(o)->slots.index; }

/* The result of __index__ or __int__: an exact int, a subclass with a warning. */
static Value check_int(Value r, Value o, const char *method) {
    if (!r || is_small_int(r) || type_of(r) == TYPE(int)) return r;
    int status = 0;
    if (!is_int(r)) status = raise_int(T_TypeError, "%s returned non-int (type %T)", method, r);
    else
        status = raise_warning(
            T_DeprecationWarning, 1,
            "%s returned non-int (type %T).  The ability to return an instance of a strict "
            "subclass of int is deprecated, and may not be supported in a future version of Python.",
            method, r);
    (void)o;
    Value exact = status == 0 ? int_exact(r) : NULL;
    decref(r);
    return exact;
}

Value value_index(Value o) {
    if (is_small_int(o)) return o;
    if (is_int(o)) return int_exact(o);
    UnaryFn f = type_of(o)->slots.index;
    if (!f) return raise_error(T_TypeError, "'%T' object cannot be interpreted as an integer", o);
    return check_int(f(o), o, "__index__");
}

ssize_t value_as_ssize(Value o, Type *overflow) {
    if (is_small_int(o)) return small_int(o);
    Value index = value_index(o);
    if (!index) return -1;
    int64_t n;
    bool fits = int_to_i64(index, &n);
    if (!fits) {
        n = int_sign(index) < 0 ? INT64_MIN : INT64_MAX;
        if (overflow) {
            raise_type(overflow, "cannot fit '%T' into an index-sized integer", o);
            n = -1;
        }
    }
    decref(index);
    return n;
}

ssize_t value_as_ssize_argument(Value o) {
    if (is_small_int(o)) return small_int(o);
    Value index = value_index(o);
    if (!index) return -1;
    int64_t n;
    bool fits = int_to_i64(index, &n);
    decref(index);
    return fits ? n : raise_int(T_OverflowError, "Python int too large to convert to C ssize_t");
}

ssize_t value_int_as_ssize(Value o) {
    return is_int(o) ? value_as_ssize_argument(o) : raise_int(T_TypeError, "an integer is required");
}

int value_as_i64(Value o, int64_t *out) {
    Value index = value_index(o);
    if (!index) return -1;
    bool fits = int_to_i64(index, out);
    decref(index);
    return fits ? 0 : raise_int(T_OverflowError, "Python int too large to convert to C long");
}

int value_as_u64(Value o, uint64_t *out) {
    Value index = value_index(o);
    if (!index) return -1;
    bool negative = int_sign(index) < 0, fits = !negative && int_to_u64(index, out);
    decref(index);
    if (fits) return 0;
    return raise_int(T_OverflowError, negative ? "can't convert negative value to unsigned int"
                                               : "Python int too large to convert to C unsigned long");
}

int value_as_int(Value o, int *out) {
    Value index = value_index(o);
    if (!index) return -1;
    int64_t n;
    bool fits = int_to_i64(index, &n);
    decref(index);
    if (!fits || n > INT32_MAX || n < INT32_MIN)
        return raise_int(T_OverflowError, "Python int too large to convert to C int");
    *out = (int)n;
    return 0;
}

/* ---- int(), float() ---- */

/* The text of what float() is given, a bytes-like object, as a str of its bytes. */
static Value text_of_buffer(Value o) {
    Buffer buffer;
    if (buffer_get_for(o, &buffer, "float() argument must be a string or a real number, not '%T'", o) < 0)
        return NULL;
    Value text = str_from_latin1(buffer.data, buffer.length);
    buffer_release(&buffer);
    return text;
}

static Value int_of_buffer(Value o) {
    static const char refused[] =
        "int() argument must be a string, a bytes-like object or a real number, not '%T'";
    Buffer buffer;
    if (buffer_get_for(o, &buffer, refused, o) < 0) return NULL;
    Value r = int_from_text_bytes(buffer.data, buffer.length, 10);
    buffer_release(&buffer);
    return r;
}

static Value int_by_trunc(Value o, Value trunc, Value self) {
    Value r = NULL;
    if (raise_warning(T_DeprecationWarning, 1, "The delegation of int() to __trunc__ is deprecated.") == 0)
        r = self ? value_call_one(trunc, self) : value_call_noargs(trunc);
    decref(trunc);
    if (!r || is_int(r)) return r ? int_exact(r) : NULL;
    UnaryFn index = type_of(r)->slots.index;
    Value n = index ? check_int(index(r), o, "__index__")
                    : raise_error(T_TypeError, "__trunc__ returned non-Integral (type %T)", r);
    decref(r);
    return n;
}

Value value_int(Value o) {
    if (is_small_int(o)) return o;
    Type *t = type_of(o);
    if (t == TYPE(int)) return incref(o);
    if (t->slots.int_) return check_int(t->slots.int_(o), o, "__int__");
    if (t->slots.index) return value_index(o);
    Value self, trunc = value_lookup_special(o, NAME(__trunc__), &self);
    if (trunc) return int_by_trunc(o, trunc, self);
    if (error_pending()) return NULL;
    if (is_str(o)) return int_from_text(o, 10);
    return int_of_buffer(o);
}

/* By __float__ or __index__; *found false if it has neither. */
static Value float_by_slot(Value o, bool *found) {
    Type *t = type_of(o);
    *found = true;
    if (t->slots.float_) {
        Value r = t->slots.float_(o);
        if (!r || (is_float(r) && (is_small_float(r) || type_of(r) == TYPE(float)))) return r;
        int status = 0;
        if (!is_float(r)) status = raise_int(T_TypeError, "%T.__float__ returned non-float (type %T)", o, r);
        else
            status = raise_warning(
                T_DeprecationWarning, 1,
                "%T.__float__ returned non-float (type %T).  The ability to return an instance of "
                "a strict subclass of float is deprecated, and may not be supported in a future "
                "version of Python.",
                o, r);
        Value exact = status == 0 ? float_new(float_value(r)) : NULL;
        decref(r);
        return exact;
    }
    if (t->slots.index) {
        Value n = value_index(o);
        if (!n) return NULL;
        double d = int_to_double(n);
        decref(n);
        return d == -1.0 && error_pending() ? NULL : float_new(d);
    }
    *found = false;
    return NULL;
}

Value value_float(Value o) {
    if (is_small_float(o) || type_of(o) == TYPE(float)) return incref(o);
    bool found;
    Value r = float_by_slot(o, &found);
    if (found) return r;
    if (is_str(o)) return float_from_text(o);
    Value text = text_of_buffer(o);
    if (!text) return NULL;
    bool ascii = ((Str *)text)->ascii; /* a byte beyond is no blank, whatever its character would be */
    r = ascii ? float_from_text(text) : raise_error(T_ValueError, "no number");
    decref(text);
    if (!r && error_swallow(T_ValueError))
        raise_error(T_ValueError, "could not convert string to float: %R", o);
    return r;
}

int value_as_double(Value o, double *out) {
    if (is_small_int(o)) return *out = (double)small_int(o), 0;
    if (is_float(o)) return *out = float_value(o), 0;
    bool found;
    Value r = float_by_slot(o, &found);
    if (!found) return raise_int(T_TypeError, "must be real number, not %.50T", o);
    if (!r) return -1;
    *out = float_value(r);
    decref(r);
    return 0;
}
