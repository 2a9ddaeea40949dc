/* int_internal: ints as GMP sees them; shared by the files of int alone. */
#ifndef ATOLL_OBJECTS_INT_INTERNAL_H
#define ATOLL_OBJECTS_INT_INTERNAL_H

#include "objects/int.h"

/* A read-only mpz over any int (immediate, bool, object); `limb` holds the digits of an immediate. */
typedef struct IntView {
    mpz_t z;
    mp_limb_t limb;
} IntView;

void int_view(IntView *view, Value v);
/* An exact Int with room for so many limbs, for mpn functions to fill; then int_finish_steal trims it and makes it an immediate
 * where it fits. NULL raised. */
Int *int_alloc(size_t limbs);
Value int_finish_steal(Int *i, size_t limbs, bool negative);
/* The int equal to z: immediate when it fits. NULL raised. */
Value int_from_mpz(mpz_srcptr z);
/* Raises MemoryError/OverflowError for results of more bits than a worker can ever hold. 0, -1. */
int int_check_bits(uint64_t bits);
/* Charges fuel for work on numbers of so many limbs, quadratic where mul. 0, -1 raised. */
int int_charge(size_t limbs_a, size_t limbs_b);
static inline size_t int_limbs(const IntView *v) { return mpz_size(v->z); }

/* An int value as plain machine integer without looking at objects: immediates and bools. */
static inline bool int_is_machine(Value v, int64_t *out) {
    if (is_small_int(v)) {
        *out = small_int(v);
        return true;
    }
    if (is_bool(v)) {
        *out = v == TRUE;
        return true;
    }
    return false;
}

#endif
