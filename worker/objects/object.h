/*
 * object: what a Python value is.
 *
 * Idea. A Value is one 64-bit word. Its low three bits say what it holds:
 *
 *     xx1  an int of 63 bits, in place
 *     x10  a common float, in place (exponent near 1.0, as Ruby's flonum)
 *     100  a constant: None, False, True, Ellipsis, NotImplemented
 *     000  the address of an object in the heap (never NULL where a value is meant)
 *
 * NULL is not a value: a function that returns a Value returns NULL when it raised; the exception is then pending in the
 * thread (error.h). A function that returns int returns -1 when it raised.
 *
 * Ownership. A returned Value is a new reference unless the function's name ends in _borrow. An argument is borrowed
 * unless the function's name ends in _steal. Immediates and immortals take and give references for free.
 *
 * Invariants. An object's header is heap's (refcount, gc word, kind); the kind is the first member of its Type, so
 * `(Type *)o->head.kind` is the type. A container is tracked (heap_track) only after all its fields are valid, so that a
 * collection may run at any allocation. No object is seen by two threads at once: the GIL is held.
 */
#ifndef ATOLL_OBJECTS_OBJECT_H
#define ATOLL_OBJECTS_OBJECT_H

#include <heap/heap.h>
#include <heap/object.h>
#include <heap/gc.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include "base/names.h"
#include "base/runtime.h"

typedef struct Object {
    HeapObject head;
} Object;

typedef Object *Value;
typedef struct Type Type;
typedef struct Str Str;
typedef struct Dict Dict;
typedef struct Tuple Tuple;
typedef struct List List;
typedef int64_t Hash; /* -1 means "raised" where a function returns it */

/* ---- immediates ---------------------------------------------------------------------------------------------- */

#define BITS(v)         ((uintptr_t)(v))
#define VALUE(bits)     ((Value)(uintptr_t)(bits))
#define CONSTANT(n)     VALUE(((uintptr_t)(n) << 3) | 4)
#define NONE            CONSTANT(0)
#define FALSE           CONSTANT(1)
#define TRUE            CONSTANT(2)
#define ELLIPSIS        CONSTANT(3)
#define NOT_IMPLEMENTED CONSTANT(4)
#define CONSTANT_COUNT  5
#define BOOL(c)         ((c) ? TRUE : FALSE)

#define SMALL_INT_MAX (INT64_MAX >> 1)
#define SMALL_INT_MIN (INT64_MIN >> 1)

static inline bool is_object(Value v) { return (BITS(v) & 7) == 0; }
static inline bool is_small_int(Value v) { return BITS(v) & 1; }
static inline bool is_small_float(Value v) { return (BITS(v) & 3) == 2; }
static inline bool is_bool(Value v) { return v == TRUE || v == FALSE; }
/* Both are small ints: one test. */
static inline bool are_small_ints(Value a, Value b) { return BITS(a) & BITS(b) & 1; }

static inline int64_t small_int(Value v) { return (int64_t)BITS(v) >> 1; }
static inline bool fits_small_int(int64_t n) { return n >= SMALL_INT_MIN && n <= SMALL_INT_MAX; }
/* n must fit_small_int; int_from_i64 (int.h) takes any. */
static inline Value small_int_new(int64_t n) { return VALUE(((uint64_t)n << 1) | 1); }

/*
 * Immediate floats, after Ruby's flonum: a double whose exponent's top bits are 011 or 100 (about 1.7e-77 to 1.2e77) is
 * rotated left by three and its tag put in the freed bits; +0.0 has a code of its own. Other doubles live in the heap.
 */
#define SMALL_FLOAT_ZERO VALUE(UINT64_C(0x8000000000000002))

static inline double small_float(Value v) {
    union {
        uint64_t u;
        double d;
    } t;
    uint64_t b = BITS(v);
    if (__builtin_expect(v == SMALL_FLOAT_ZERO, 0)) return 0.0;
    b = (2 - (b >> 63)) | (b & ~(uint64_t)3); /* top exponent bits come back from the sign-extended third */
    t.u = (b >> 3) | (b << 61);
    return t.d;
}

/* The immediate for d, or NULL when d has none (then float_new allocates). */
static inline Value small_float_try(double d) {
    union {
        double d;
        uint64_t u;
    } t = {.d = d};
    int top = (int)(t.u >> 60) & 7;
    if (__builtin_expect(top == 3 || top == 4, 1) && t.u != UINT64_C(0x3000000000000000))
        return VALUE((((t.u << 3) | (t.u >> 61)) & ~(uint64_t)3) | 2);
    return t.u == 0 ? SMALL_FLOAT_ZERO : NULL;
}

/* ---- references ---------------------------------------------------------------------------------------------- */

static inline Value incref(Value v) {
    if (is_object(v)) heap_incref(&v->head);
    return v;
}
static inline void decref(Value v) {
    if (is_object(v)) heap_decref(rt->heap, &v->head);
}
static inline Value xincref(Value v) { return v ? incref(v) : NULL; }
static inline void xdecref(Value v) {
    if (v) decref(v);
}
/* For what is known to be a heap object, of any struct whose first member is a header. */
#define INCREF(o)   (heap_incref((HeapObject *)(o)), (o))
#define DECREF(o)   heap_decref(rt->heap, (HeapObject *)(o))
#define AS_VALUE(o) ((Value)(void *)(o))
/* Replaces a field; the old value is dropped only after the field holds the new one (its finalizer may look). */
#define SET_FIELD_STEAL(field, new_value)                                                                    \
    do {                                                                                                     \
        __typeof__(field) old_ = (field);                                                                    \
        (field) = (new_value);                                                                               \
        if (old_) decref(AS_VALUE(old_));                                                                    \
    } while (0)
#define CLEAR_FIELD(field) SET_FIELD_STEAL(field, NULL)
/* In a traverse function: `VISIT(l->items[i]);` */
#define VISIT(field)                                                                                         \
    do {                                                                                                     \
        Value visited_ = AS_VALUE(field);                                                                    \
        if (visited_ && is_object(visited_)) {                                                               \
            int stop_ = visit(&visited_->head, arg);                                                         \
            if (stop_) return stop_;                                                                         \
        }                                                                                                    \
    } while (0)

/* ---- types ---------------------------------------------------------------------------------------------------- */

/* Rows of types.def: TypeId T_int, T_list, T_TypeError, ...; the object is TYPE(int). */
typedef enum TypeId {
#define TYPE_ROW(id, ...) T_##id,
#include "objects/types.def"
#undef TYPE_ROW
    TYPE_COUNT
} TypeId;

#define TYPE(id) (rt->types[T_##id])

/* The type of any value; borrowed. */
static inline Type *type_of(Value v) {
    if (__builtin_expect(is_object(v), 1)) return (Type *)(void *)v->head.kind;
    if (BITS(v) & 1) return TYPE(int);
    if (BITS(v) & 2) return TYPE(float);
    return rt->constant_types[BITS(v) >> 3];
}

/* Exactly this built-in type / this type or a subclass. */
#define IS_EXACT(v, id) (type_of(v) == TYPE(id))
#define IS(v, id)       value_is_instance(v, TYPE(id))

#include "objects/type.h"

static inline bool value_is_instance(Value v, Type *type) {
    Type *t = type_of(v);
    return t == type || type_is_subtype(t, type);
}

/* Fast checks of the types with subclasses by flag (type.h TYPE_*_SUBCLASS): one load and a mask. */
#define HAS_FLAG(v, flag) (type_of(v)->flags & (flag))
static inline bool is_int(Value v) {
    return is_small_int(v) || HAS_FLAG(v, TYPE_INT_SUBCLASS);
} /* bools too */
static inline bool is_float(Value v) { return is_small_float(v) || HAS_FLAG(v, TYPE_FLOAT_SUBCLASS); }
static inline bool is_str(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_STR_SUBCLASS); }
static inline bool is_bytes(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_BYTES_SUBCLASS); }
static inline bool is_list(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_LIST_SUBCLASS); }
static inline bool is_tuple(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_TUPLE_SUBCLASS); }
static inline bool is_dict(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_DICT_SUBCLASS); }
static inline bool is_type(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_TYPE_SUBCLASS); }
static inline bool is_exception(Value v) { return is_object(v) && HAS_FLAG(v, TYPE_EXCEPTION_SUBCLASS); }

#endif
