/*
 * int: integers of any size. Most are immediates (object.h); others are sign and limbs in the heap, computed by GMP.
 *
 * Invariants. An exact int that fits 63 bits is always immediate. Int objects of a subclass hold their value in limbs whatever
 * its size. True and False are constants that behave as 1 and 0 everywhere an int is asked for. GMP cannot report failure:
 * the size of each result is bounded before the call (IntTooLarge -> MemoryError or OverflowError).
 */
#ifndef ATOLL_OBJECTS_INT_H
#define ATOLL_OBJECTS_INT_H

#include <gmp.h>

#include "objects/object.h"

typedef struct Int {
    HeapObject head;
    int64_t size; /* limbs used, negative for negative numbers; 0 is zero */
    mp_limb_t limbs[];
} Int;

Value int_from_i64(int64_t n);
Value int_from_u64(uint64_t n);
Value int_from_double(double d); /* truncates; OverflowError, ValueError for inf, nan */
/* Digits in base 2..36 or 0 (prefix decides), underscores, sign and spaces as int(str, base); ValueError as CPython's. */
Value int_from_text(Value str, int base);
Value int_from_text_bytes(const char *data, size_t n, int base);
Value int_from_digits(const char *ascii, size_t n,
                      int base); /* already checked digits, e.g. from a literal */
/* Machine value of an exact or subclass int (bools too). False when it does not fit. Never raises. */
bool int_to_i64(Value v, int64_t *out);
bool int_to_u64(Value v, uint64_t *out);
double int_to_double(Value v); /* OverflowError: -1.0 with error_pending() */
int int_sign(Value v);
Value int_to_text(Value v, int base, bool prefix);
Value int_from_bytes(const uint8_t *data, size_t n, bool little, bool is_signed);
int int_to_bytes(Value v, uint8_t *data, size_t n, bool little, bool is_signed); /* OverflowError */
size_t int_bit_length(Value v);
Hash int_hash(Value v);
/* Exact int equal to v (v itself when exact); for subclasses and bools. */
Value int_exact(Value v);

/* Arithmetic on ints (immediates, objects, bools). */
Value int_add(Value a, Value b);
Value int_subtract(Value a, Value b);
Value int_multiply(Value a, Value b);
Value int_floor_divide(Value a, Value b);
Value int_remainder(Value a, Value b);
int int_divmod(Value a, Value b, Value *quotient, Value *remainder);
Value int_true_divide(Value a, Value b);
Value int_power(Value a, Value b, Value modulus_or_none);
Value int_lshift(Value a, Value b);
Value int_rshift(Value a, Value b);
Value int_and(Value a, Value b);
Value int_or(Value a, Value b);
Value int_xor(Value a, Value b);
Value int_negative(Value a);
Value int_invert(Value a);
int int_compare(Value a, Value b); /* <0, 0, >0 */
Value int_gcd(Value a, Value b);
Value int_sqrt(Value a);
/* Decimal digits of n that end at `end`, of which there are at most 20: where they begin. */
char *int_machine_decimal(int64_t n, char *end);

#endif
