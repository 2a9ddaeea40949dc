/*
 * protocols: what any value can be asked to do; each dispatches on the type's slots with CPython 3.11's rules and messages.
 *
 * All Value results are new references, NULL raised; int results -1 raised unless said otherwise.
 */
#ifndef ATOLL_OBJECTS_PROTOCOLS_H
#define ATOLL_OBJECTS_PROTOCOLS_H

#include "objects/error.h"
#include "objects/object.h"

/* ---- attributes (attr.c). Names are str Values; interned ones are fastest ---- */
Value value_getattr(Value o, Value name);
/* As getattr, but a missing attribute gives 0 with *out NULL and nothing raised; 1 found; -1 raised something else. */
int value_getattr_optional(Value o, Value name, Value *out);
int value_setattr(Value o, Value name, Value value); /* value NULL deletes */
Value value_getattr_cstr(Value o, const char *name);
/* object.__getattribute__ / __setattr__ (also slots of plain types). */
Value object_getattr(Value o, Value name);
int object_setattr(Value o, Value name, Value value);
/* For a method call o.name(...): if the type gives a function-like method, *self = o (borrowed) and the unbound function is
 * returned; otherwise *self = NULL and the bound attribute is returned. New reference; NULL raised. */
Value value_get_method(Value o, Value name, Value *self);
/* A special method looked up on the type only, bound if need be as for get_method. NULL without error when absent. */
Value value_lookup_special(Value o, Value name, Value *self);

/* ---- calls (call.c) ---- */
Value value_call(Value callable, Value const *args, size_t nargs, Value kwnames);
/* callable(first, *args): by copying the arguments behind `first`. */
Value value_call_prepend(Value callable, Value first, Value const *args, size_t nargs, Value kwnames);
Value value_call_noargs(Value callable);
Value value_call_one(Value callable, Value arg);
Value value_call_two(Value callable, Value a, Value b);
Value value_call_three(Value callable, Value a, Value b, Value c);
/* f(*args, **kwargs): a tuple and a dict or NULL. */
Value value_call_tuple_dict(Value callable, Value args, Value kwargs);
/* Names of a dict of keyword arguments as a new tuple; their values (borrowed) in `places`, as many. NULL: raised. */
Value call_keyword_names(Value kwargs, Value *places);
Value value_call_method(Value o, Value name, Value const *args, size_t nargs); /* o.name(*args) */
Value value_call_method_noargs(Value o, Value name);
Value value_call_method_one(Value o, Value name, Value arg);
bool value_is_callable(Value o);

/*
 * Binding of arguments to names for native functions. Fills out[0..count) with borrowed values (NULL where absent) or raises
 * CPython's TypeError and returns false. names: NULL-terminated, "" for positional-only ones at the front. required: how many
 * leading ones must be given. max_positional: how many may be given by position (the rest are keyword-only).
 */
typedef struct ArgSpec {
    const char *function; /* for messages; NULL: they say just "function" */
    const char *const *names;
    uint8_t count, required, max_positional;
} ArgSpec;
bool args_bind_any(const ArgSpec *spec, Value const *args, size_t nargs, Value kwnames, Value *out);
static inline bool args_bind(const ArgSpec *spec, Value const *args, size_t nargs, Value kwnames,
                             Value *out) {
    if (__builtin_expect(kwnames || nargs < spec->required || nargs > spec->max_positional, 0))
        return args_bind_any(spec, args, nargs, kwnames, out);
    for (size_t i = 0; i < nargs; i++) out[i] = args[i];
    for (size_t i = nargs; i < spec->count; i++) out[i] = NULL;
    return true;
}
/* Checks the number of positional arguments of a NATIVE_FAST function: "f expected at least 1 argument, got 0". */
bool args_count(const char *function, size_t nargs, size_t min, size_t max);
/* Raises "f() takes no keyword arguments" when there are any. */
bool args_no_keywords(const char *function, Value kwnames);

/* ---- comparison, hash, truth (compare.c) ---- */
Value value_compare(Value a, Value b, CompareOp op);
/* Whether two numbers, or an order (below, at or above zero) and 0, stand to each other as op says. */
static inline bool compare_holds(int64_t x, int64_t y, CompareOp op) {
    switch (op) {
    case CMP_LT: return x < y;
    case CMP_LE: return x <= y;
    case CMP_EQ: return x == y;
    case CMP_NE: return x != y;
    case CMP_GT: return x > y;
    default: return x >= y;
    }
}
int value_compare_bool(Value a, Value b,
                       CompareOp op); /* identity counts as equal for EQ and NE, as in containers */
static inline int value_equal(Value a, Value b) { return value_compare_bool(a, b, CMP_EQ); }
Hash value_hash(Value o);
Hash hash_not_implemented(Value o); /* slot of unhashable types */
int value_is_true(Value o);
int value_not(Value o);

/* ---- text (repr.c) ---- */
Value value_repr(Value o); /* str */
Value value_str(Value o);  /* str */
Value value_ascii(Value o);
Value value_format(Value o, Value spec_or_null);

/* ---- numbers (number.c) ---- */
/* The order is that of BINARY_OP's argument; in-place forms are op + BINARY_OP_COUNT. */
typedef enum BinaryOp {
    OP_ADD,
    OP_AND,
    OP_FLOOR_DIVIDE,
    OP_LSHIFT,
    OP_MATRIX_MULTIPLY,
    OP_MULTIPLY,
    OP_REMAINDER,
    OP_OR,
    OP_POWER,
    OP_RSHIFT,
    OP_SUBTRACT,
    OP_TRUE_DIVIDE,
    OP_XOR,
    BINARY_OP_COUNT
} BinaryOp;
Value value_binary(BinaryOp op, Value a, Value b);
Value value_binary_inplace(BinaryOp op, Value a, Value b);
/* By the number slots alone; NOT_IMPLEMENTED: none of them can. Not for OP_POWER. */
Value value_binary_number(BinaryOp op, Value a, Value b);
Value value_add(Value a, Value b);
Value value_subtract(Value a, Value b);
Value value_multiply(Value a, Value b);
Value value_power(Value a, Value b, Value modulus_or_none);
Value value_divmod(Value a, Value b);
Value value_negative(Value o);
Value value_positive(Value o);
Value value_invert(Value o);
Value value_absolute(Value o);
Value value_index(Value o); /* exact int by __index__: "'str' object cannot be interpreted as an integer" */
bool value_has_index(Value o);
Value value_int(Value o);   /* int(o) */
Value value_float(Value o); /* float(o) */
/* As a machine integer by __index__. overflow: NULL clips silently to the ends, else the exception type to raise. */
ssize_t value_as_ssize(Value o, Type *overflow); /* -1 raised when error_pending() */
/* An argument that counts or places: "Python int too large to convert to C ssize_t". -1 raised when error_pending(). */
ssize_t value_as_ssize_argument(Value o);
ssize_t value_int_as_ssize(Value o); /* the same of an int alone, as iterators are given their state */
int value_as_int(Value o, int *out); /* 0, -1 raised OverflowError or TypeError */
int value_as_i64(Value o, int64_t *out);
int value_as_u64(Value o, uint64_t *out);
int value_as_double(Value o, double *out); /* by __float__ or __index__ */

/* ---- containers (sequence.c) ---- */
ssize_t value_length(Value o); /* -1 raised */
ssize_t value_length_hint(Value o, ssize_t fallback);
Value value_getitem(Value o, Value key);
int value_setitem(Value o, Value key, Value value);
int value_delitem(Value o, Value key);
int value_contains(Value o, Value item);   /* `item in o` */
bool value_is_sequence(Value o);           /* has __getitem__ and is no dict */
bool value_has_sequence_protocol(Value o); /* its type has any slot of sequences, as CPython counts them */
Value value_getitem_index(Value o, ssize_t i);
Value value_concat(Value a, Value b);
/* slice indices clipped for a length: start, stop, step as in slice.indices; returns count. raises on step 0 (-1). */
int slice_unpack(Value slice, ssize_t *start, ssize_t *stop, ssize_t *step);
ssize_t slice_adjust(ssize_t length, ssize_t *start, ssize_t *stop, ssize_t step);

/* ---- iteration (iter.c) ---- */
Value value_iter(Value o);
/* Next item; NULL at the end with nothing raised, or NULL with an exception pending. Swallows StopIteration. */
Value value_next(Value iterator);
bool value_is_iterator(Value o);
/* Slot `next` of a class that has lost its __next__: loops over its instances may be under way. */
Value iter_next_missing(Value o);
/* A list / tuple of all items. */
Value value_to_list(Value iterable);
Value value_to_tuple(Value iterable);
/* A list or tuple itself (new reference), else value_to_list; message for TypeError when not iterable. */
Value value_fast_sequence(Value o, const char *message);
static inline Value *fast_sequence_items(Value list_or_tuple);
static inline size_t fast_sequence_length(Value list_or_tuple);

/* ---- classes (abstract.c) ---- */
int value_isinstance(Value o, Value class_or_tuple);
int value_issubclass(Value cls, Value class_or_tuple);
Value value_dir(Value o_or_null);
/* What __getstate__() gives: the state that a built-in type's __reduce__ adds for its subclasses' instances. */
Value value_state(Value o);

/* ---- fuel: long native loops charge work and answer the breaker. 0, -1 raised (cancel, timeout, fuel). ---- */
int work_charge(uint64_t units);
/* The same for loops over memory that must not change meanwhile: no other thread runs and no Python code, so that only fuel, time and
 * a cancel without a handler are answered. */
int work_charge_alone(uint64_t units);
/* For the i-th object, or the i-th byte, of such a loop. */
static inline int work_item(size_t i) {
    return __builtin_expect((i & 0xffff) == 0xffff, 0) ? work_charge_alone(1 << 14) : 0;
}
static inline int work_at(size_t i) {
    return __builtin_expect((i & 0xfffff) == 0xfffff, 0) ? work_charge_alone(1 << 14) : 0;
}

#include "objects/list.h"
#include "objects/tuple.h"
static inline Value *fast_sequence_items(Value v) {
    return is_list(v) ? ((List *)v)->items : ((Tuple *)v)->items;
}
static inline size_t fast_sequence_length(Value v) {
    return is_list(v) ? ((List *)v)->length : ((Tuple *)v)->length;
}

#endif
