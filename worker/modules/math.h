/* math: what its two files share: floats in m_math.c, ints and many numbers at once in math_integers.c. */
#ifndef ATOLL_MODULES_MATH_H
#define ATOLL_MODULES_MATH_H

#include "objects/object.h"

Value math_comb(Value module, Value const *args, size_t nargs);
Value math_dist(Value module, Value const *args, size_t nargs);
Value math_factorial(Value module, Value arg);
Value math_fsum(Value module, Value iterable);
Value math_gcd(Value module, Value const *args, size_t nargs);
Value math_hypot(Value module, Value const *args, size_t nargs);
Value math_isqrt(Value module, Value arg);
Value math_lcm(Value module, Value const *args, size_t nargs);
Value math_perm(Value module, Value const *args, size_t nargs);
Value math_prod(Value module, Value const *args, size_t nargs, Value kwnames);

#endif
