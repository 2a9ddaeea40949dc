/*
 * _decimal_number: the part of decimal that programs use most, in native code: finite decimals, their
 * arithmetic with correct rounding, comparison and text.
 *
 * Idea. Number is the base of decimal.Decimal; the class itself has the library's pure methods for everything
 * else. Number's operations do the usual case alone: finite operands, a result that needs no signal but
 * Inexact and Rounded, and those not trapped. Whatever is outside of that is done by the pure method of the
 * same name, which decides about signals, specials and errors.
 *
 * Invariants. The coefficient is an exact int >= 0; of an infinity or a NaN it is its payload. Of at most WIDE_DIGITS digits it
 * stands in `low` and `high` (decimal_wide.h), and as an int once that was asked for.
 */
#ifndef ATOLL_MODULES_DECIMAL_NUMBER_H
#define ATOLL_MODULES_DECIMAL_NUMBER_H

#include "base/names.h"
#include "modules/module.h"

typedef enum NumberKind { FINITE, INFINITE = 'F', QUIET = 'n', SIGNALING = 'N' } NumberKind;

typedef unsigned __int128 Wide;

enum { WIDE_DIGITS = 38 };

typedef struct Number {
    HeapObject head;
    Value coefficient;  /* NULL: not made yet, it is wide (number_integer) */
    uint64_t low, high; /* if wide */
    int64_t exponent;
    Hash hash;      /* -1: not computed */
    int32_t digits; /* of the coefficient; 0: not counted yet */
    uint8_t kind;
    bool negative, wide;
} Number;

static inline Wide number_wide(const Number *n) { return (Wide)n->high << 64 | n->low; }

typedef enum Rounding {
    HALF_EVEN,
    HALF_UP,
    HALF_DOWN,
    DOWN,
    UP,
    CEILING,
    FLOOR,
    ZERO_FIVE_UP,
    ROUNDING_COUNT
} Rounding;

/* What is asked of a context. */
typedef struct Limits {
    Value context, traps, flags;    /* owned, borrowed of it */
    int64_t precision, least, most; /* prec, Emin, Emax */
    Rounding rounding;
    bool clamp;
} Limits;

/* The attributes of a context that are read for each operation. */
typedef enum ContextField {
    C_PREC,
    C_EMIN,
    C_EMAX,
    C_CLAMP,
    C_ROUNDING,
    C_IGNORED,
    C_TRAPS,
    C_FLAGS,
    CONTEXT_FIELDS
} ContextField;

typedef struct DecimalState {
    Type *number;
    Type *type;     /* decimal.Decimal, once it is there */
    Value slow;     /* dict: name -> the pure method */
    Value variable; /* ContextVar of the context */
    Value get_context;
    Value inexact, rounded, float_operation; /* the signals */
    uint32_t signal_places
        [2]; /* the entries of rounded and inexact in dicts of signals, where they are as usual */
    Value roundings[ROUNDING_COUNT];
    Value powers[64]; /* of ten, made when needed */
    Shape *shape;     /* of the contexts, and where their attributes stand in it */
    Type *shape_type; /* owned: the shape lives as long as it */
    int places[CONTEXT_FIELDS];
} DecimalState;

#define DECIMAL MODULE_STATE(decimal_number, DecimalState)

static inline Number *number_of(Value v) { return (Number *)v; }
static inline bool is_number(Value v) { return DECIMAL->number && value_is_instance(v, DECIMAL->number); }
static inline bool is_finite(Value v) { return number_of(v)->kind == FINITE; }

/* The coefficient as an int. Borrowed; NULL raised. */
Value number_integer(Value v);
Value number_new_wide(Type *type, bool negative, Wide coefficient, int64_t exponent);
/* coefficient is stolen, also on failure. type NULL: decimal.Decimal. */
Value number_new_steal(Type *type, bool negative, Value coefficient_or_null, int64_t exponent);
int64_t number_digits(Value v);
/* 10**n. New. */
Value power_of_ten(int64_t n);
int64_t count_digits(Value n); /* of an int >= 0; -1 raised */
static inline bool is_zero(Value v) {
    const Number *n = number_of(v);
    return n->wide ? !(n->low | n->high) : n->coefficient == small_int_new(0);
}
/* Does one more go on, when what is left is `order` (-1, 0, 1) to the half and not nothing? */
bool rounds_up(Rounding rounding, int order, bool negative, int last_digit);
Value coefficient_text(Value n); /* its digits, however many */
/* Digits and exponent in the usual form: "-1.5E+7". */
Value number_text(Value v, bool capitals);

/* What context_or_null, or the current context, says. 1; 0: it is no plain context; -1 raised. */
int limits_get(Limits *out, Value context_or_null);
static inline void limits_drop(Limits *l) { decref(l->context); }
/* The result within the limits: new; NULL raised; NOT_IMPLEMENTED: the pure method must do it. Steals. */
Value number_finish_steal(const Limits *l, bool negative, Value coefficient_or_null, int64_t exponent);
/* Sets FloatOperation in the current context: 1; 0: it is trapped, or the context is no plain one; -1 raised. */
int signal_float_operation(void);
/* The coefficient without its last `drop` digits. New. */
Value round_coefficient(Value coefficient, int64_t digits, int64_t drop, Rounding rounding, bool negative,
                        bool *inexact);
/* Sets Rounded, and Inexact, if nothing traps them: 1; 0 something does; -1 raised. */
int limits_signal(const Limits *l, bool inexact);

typedef Value (*NumberOp)(const Limits *l, Value a, Value b); /* as number_finish_steal */
Value number_add(const Limits *l, Value a, Value b);
Value number_subtract(const Limits *l, Value a, Value b);
Value number_multiply(const Limits *l, Value a, Value b);
Value number_divide(const Limits *l, Value a, Value b);
Value number_floor_divide(const Limits *l, Value a, Value b);
Value number_remainder(const Limits *l, Value a, Value b);
Value number_power(const Limits *l, Value a, Value b);
Value number_sqrt(const Limits *l, Value v);
/* Order of two finite ones; false: the pure method must do it, or raised. */
bool number_order(Value a, Value b, int *order);
Value number_quantize(const Limits *l, Value v, Value exponent);

#endif
