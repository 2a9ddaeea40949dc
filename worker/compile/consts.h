/*
 * consts: the constants of one compilation, each value once.
 *
 * Idea. A constant is named by an id: folding, code objects' constant lists and marshal-like sharing all
 * compare ids. Two constants are one when type and value are the same, bit for bit (1, True and 1.0 are
 * three; 0.0 and -0.0 two), so equal literals of a module are one object, as in CPython. Strings that could
 * be identifiers are interned.
 *
 * The table owns a reference to each value; consts_drop gives them back.
 */
#ifndef ATOLL_COMPILE_CONSTS_H
#define ATOLL_COMPILE_CONSTS_H

#include "base/bump.h"
#include "objects/object.h"
#include "parse/ast.h"

typedef int32_t ConstId; /* -1: failed, exception pending */

typedef enum ConstKind {
    CONST_NONE,
    CONST_TRUE,
    CONST_FALSE,
    CONST_ELLIPSIS,
    CONST_INT,
    CONST_BIG_INT,
    CONST_FLOAT,
    CONST_COMPLEX,
    CONST_STR,
    CONST_BYTES,
    CONST_TUPLE,
    CONST_FROZENSET,
    CONST_OTHER /* code: never equal to another */
} ConstKind;

typedef struct Const {
    ConstKind kind;
    uint32_t hash;
    Value value; /* owned */
    union {
        int64_t integer;
        double real[2];
        struct {
            const char *bytes;
            size_t length;
        } text;
        struct {
            ConstId *ids;
            size_t count;
        } items;
    };
} Const;

typedef struct Consts {
    Bump *bump;
    Const *entries;
    uint32_t count, capacity;
    int32_t *index; /* id + 1; 0 free */
    uint32_t mask;
} Consts;

/* No memory is taken yet, but for the four plain constants; false: exception pending. */
bool consts_init(Consts *consts, Bump *bump);
void consts_drop(Consts *consts);

/* The plain constants' ids are their kinds. */
ConstId consts_of_ast(Consts *consts, const AstConstant *constant);
/* Of any value that may be a constant: None, bools, numbers, str, bytes, Ellipsis, tuples and frozensets of
 * those. Else CONST_OTHER. */
ConstId consts_of_value(Consts *consts, Value value);
ConstId consts_of_int(Consts *consts, int64_t n);
ConstId consts_of_str(Consts *consts, const char *wtf8, size_t length);
ConstId consts_of_tuple(Consts *consts, const ConstId *items, size_t count);
ConstId consts_of_frozenset(Consts *consts, const ConstId *items, size_t count);
/* A code object: always a new id. Steals. */
ConstId consts_of_code_steal(Consts *consts, Value code);

static inline const Const *consts_get(const Consts *consts, ConstId id) { return &consts->entries[id]; }
static inline Value consts_value_borrow(const Consts *consts, ConstId id) {
    return consts->entries[id].value;
}

#endif
