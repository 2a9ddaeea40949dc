/*
 * decimal_wide: decimals whose coefficients have at most WIDE_DIGITS digits, computed in machine words. Most programs meet no
 * others.
 *
 * Each operation gives true and its answer, which is as number_finish_steal's, or false: the numbers are too long for it, and
 * nothing was raised.
 */
#ifndef ATOLL_MODULES_DECIMAL_WIDE_H
#define ATOLL_MODULES_DECIMAL_WIDE_H

#include "modules/decimal_number.h"

static inline bool both_wide(Value a, Value b) { return number_of(a)->wide && number_of(b)->wide; }

enum { WIDE_LIMB_DIGITS = 19 };                          /* that fit a limb */
extern const uint64_t wide_powers[WIDE_LIMB_DIGITS + 1]; /* 10**n */

int wide_digits(Wide c); /* 1 for 0 */
bool wide_sum(const Limits *l, Value a, Value b, bool negate_b, Value *out);
bool wide_multiply(const Limits *l, Value a, Value b, Value *out);
bool wide_divide(const Limits *l, Value a, Value b, Value *out); /* of numbers that are not 0 */
/* Whole quotient and rest at the smaller of both exponents; b is not 0. */
bool wide_divmod(Value a, Value b, Wide *quotient, Wide *rest, int64_t *exponent);
/* Of numbers of one sign that are not 0 and have their first digits at the same place. */
bool wide_compare(Value a, Value b, int *order);
/* The number with so many of its last digits dropped, or for drop < 0 with zeros added. */
bool wide_shift(Value v, int64_t drop, Rounding rounding, Wide *out, bool *inexact);
/* Within the limits. */
bool wide_finish(const Limits *l, bool negative, Wide coefficient, int64_t exponent, Value *out);
/* The same without the zeros at its end. */
Wide wide_strip(Wide c, int64_t *exponent, int64_t most_exponent);
/* Its digits end at `end`, of which there are at most 39; where they begin. */
char *wide_text(Wide c, char *end);

#endif
