/* bytes_methods: what bytes and bytearray have in common beyond text_ops. */
#ifndef ATOLL_OBJECTS_BYTES_METHODS_H
#define ATOLL_OBJECTS_BYTES_METHODS_H

#include "objects/text_ops.h"

void buffer_fill(Buffer *out, Value owner, void *data, size_t length, bool read_only);

/* repr of a run of bytes: b'...' */
Value bytes_repr_of(const uint8_t *data, size_t n, const char *open, const char *close);
/* One byte from an int-like: 0..255, -1 raised. */
int byte_from_value(Value v);
/* As bytes: __bytes__, a buffer, an iterable of ints. New. */
Value bytes_from_object(Value v);
/* What the argument of bytes() or bytearray() means: a count too. New. */
Value bytes_from_argument(Value v, bool for_array);
/* Of an iterable of ints, with bytearray's words. New. */
Value bytes_from_items(Value v);
Value bytes_concat_any(Value a, Value b);
int bytes_contains(Value v, Value item);
Value bytes_compare(Value a, Value b, CompareOp op);
Value bytes_subscript_slice(Value v, Value slice);

/* The two types' methods; what only one of them has is defined in its own file. */
extern const NativeMethod bytes_method_table[], bytearray_method_table[];
Value bytes_getnewargs(Value v);
Value bytes_bytes(Value v);
Value bytearray_append(Value v, Value item);
Value bytearray_clear(Value v);
Value bytearray_copy(Value v);
Value bytearray_extend(Value v, Value iterable);
Value bytearray_insert(Value v, Value const *args, size_t nargs);
Value bytearray_pop(Value v, Value const *args, size_t nargs);
Value bytearray_remove(Value v, Value item);
Value bytearray_reverse(Value v);
Value bytearray_reduce(Value v);
Value bytearray_reduce_ex(Value v, Value const *args, size_t nargs);
Value bytearray_alloc_size(Value v);
Value bytes_hex_method(Value v, Value const *args, size_t nargs, Value kwnames);
Value bytes_remainder(Value v, Value args);

Value codec_decode(Value bytes_like, const char *encoding, const char *errors);
Value codec_encode(Value str, const char *encoding, const char *errors);

/* What bytes() and bytearray() were given; NULL where absent. */
typedef struct BytesArguments {
    const char *name; /* of the type */
    Value source;     /* borrowed */
    const char *encoding, *errors;
} BytesArguments;

bool bytes_parse_arguments(const char *name, Value const *args, size_t nargs, Value kwnames,
                           BytesArguments *out);
Value bytes_from_arguments(const BytesArguments *);

#endif
