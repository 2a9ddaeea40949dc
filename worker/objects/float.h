/* float: IEEE doubles; common ones are immediates (object.h), the rest are objects. */
#ifndef ATOLL_OBJECTS_FLOAT_H
#define ATOLL_OBJECTS_FLOAT_H

#include "objects/object.h"

typedef struct Float {
    HeapObject head;
    double value;
} Float;

Value float_box(double d); /* the heap object for a double that has no immediate */
static inline Value float_new(double d) {
    Value v = small_float_try(d);
    return __builtin_expect(v != NULL, 1) ? v : float_box(d);
}
/* Of an exact or subclass float. */
static inline double float_value(Value v) { return is_small_float(v) ? small_float(v) : ((Float *)v)->value; }
Value float_from_text(Value str); /* float("..."): ValueError as CPython's */
Hash double_hash(double d);
/* The shortest text that reads back as d; code 'r' (repr), or 'e','f','g' with precision. Written to buf (at least 32 bytes
 * for 'r'; else precision + 330); returns length. */
size_t double_repr(double d, char *buf);
Value double_format(double d, char code, int precision, bool alternate, bool add_dot_0);

typedef struct Complex {
    HeapObject head;
    double real, imag;
} Complex;
Value complex_new(double real, double imag);

#endif
