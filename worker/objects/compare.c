/* compare: rich comparison, hash, truth. */
#include "base/names.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/str.h"

static const CompareOp swapped[] = {CMP_GT, CMP_GE, CMP_EQ, CMP_NE, CMP_LT, CMP_LE};
static const char *const symbols[] = {"<", "<=", "==", "!=", ">", ">="};

/* The right operand's method goes first if its class derives from the left's; then left, right; then
 * identity. */
static Value dispatch(Value a, Value b, CompareOp op) {
    Type *ta = type_of(a), *tb = type_of(b);
    bool tried = false;
    if (ta != tb && tb->slots.compare && type_is_subtype(tb, ta)) {
        tried = true;
        Value r = tb->slots.compare(b, a, swapped[op]);
        if (r != NOT_IMPLEMENTED) return r;
    }
    if (ta->slots.compare) {
        Value r = ta->slots.compare(a, b, op);
        if (r != NOT_IMPLEMENTED) return r;
    }
    if (!tried && tb->slots.compare) {
        Value r = tb->slots.compare(b, a, swapped[op]);
        if (r != NOT_IMPLEMENTED) return r;
    }
    if (op == CMP_EQ) return BOOL(a == b);
    if (op == CMP_NE) return BOOL(a != b);
    return raise_error(T_TypeError, "'%s' not supported between instances of '%.100T' and '%.100T'",
                       symbols[op], a, b);
}

Value value_compare(Value a, Value b, CompareOp op) {
    if (are_small_ints(a, b)) return BOOL(compare_holds(small_int(a), small_int(b), op));
    if (recursion_enter(" in comparison")) return NULL;
    Value r = dispatch(a, b, op);
    recursion_leave();
    return r;
}

int value_compare_bool(Value a, Value b, CompareOp op) {
    if (a == b && (op == CMP_EQ || op == CMP_NE)) return op == CMP_EQ;
    if (are_small_ints(a, b)) return compare_holds(small_int(a), small_int(b), op);
    if (is_object(a) && is_object(b) && type_of(a) == TYPE(str) && type_of(b) == TYPE(str))
        return op == CMP_EQ || op == CMP_NE ? str_equal(a, b) == (op == CMP_EQ)
                                            : compare_holds(str_compare(a, b), 0, op);
    Value r = value_compare(a, b, op);
    if (!r) return -1;
    if (is_bool(r)) return r == TRUE;
    int truth = value_is_true(r);
    decref(r);
    return truth;
}

Hash value_hash(Value o) {
    if (is_object(o) && type_of(o) == TYPE(str)) return str_hash(o);
    Hash (*hash)(Value) = type_of(o)->slots.hash;
    return hash ? hash(o) : hash_not_implemented(o);
}

Hash hash_not_implemented(Value o) { return raise_int(T_TypeError, "unhashable type: '%T'", o); }

int value_is_true(Value o) {
    if (o == TRUE) return 1;
    if (o == FALSE || o == NONE) return 0;
    if (is_small_int(o)) return small_int(o) != 0;
    Type *t = type_of(o);
    if (t->slots.bool_) return t->slots.bool_(o);
    if (!t->slots.length) return 1;
    ssize_t n = t->slots.length(o);
    return n < 0 ? -1 : n > 0;
}

int value_not(Value o) {
    int r = value_is_true(o);
    return r < 0 ? -1 : !r;
}
