/*
 * float_digits: decimal digits of doubles, and back, in 128-bit integers: exact, for the numbers that programs mostly have.
 */
#ifndef ATOLL_OBJECTS_FLOAT_DIGITS_H
#define ATOLL_OBJECTS_FLOAT_DIGITS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct Digits {
    char text[20]; /* significant digits, no trailing zeros */
    int count;
    int point; /* value = 0.text * 10**point */
} Digits;

void digits_strip_zeros(Digits *d);
/* The shortest digits that read back as d, the nearest of these; false: d is not in [1e-7, 1e15). */
bool digits_shortest(double d, Digits *out);
/* [sign] digits [. digits] [e [sign] digits], nothing else, correctly rounded; false: another form, or too many digits or
 * too large an exponent for this way. */
bool decimal_read(const char *text, size_t n, double *out);

#endif
