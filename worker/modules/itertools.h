/*
 * itertools: what the files of the module share: the table of its types, and steps of iterators.
 *
 * The files: m_itertools.c (the module, count, cycle, repeat, chain), itertools_select.c (what passes or
 * drops items of one iterator), itertools_group.c (groupby, tee, pairwise, zip_longest, accumulate),
 * itertools_combine.c (product and its like).
 */
#ifndef ATOLL_MODULES_ITERTOOLS_H
#define ATOLL_MODULES_ITERTOOLS_H

#include "modules/fields.h"
#include "modules/module.h"
#include "objects/seq_iterators.h"

#define ITERTOOLS(X)                                                                                         \
    X(accumulate)                                                                                            \
    X(combinations)                                                                                          \
    X(combinations_with_replacement) X(cycle) X(dropwhile) X(takewhile) X(islice) X(starmap) X(chain)        \
        X(compress) X(filterfalse) X(count) X(zip_longest) X(pairwise) X(permutations) X(product) X(repeat)  \
            X(groupby) X(grouper) X(tee) X(tee_data)

typedef enum ItertoolId {
#define ITERTOOL(id) IT_##id,
    ITERTOOLS(ITERTOOL)
#undef ITERTOOL
        ITERTOOL_COUNT
} ItertoolId;

#define ITERTOOL(id) extern const TypeSpec itertools_##id##_spec;
ITERTOOLS(ITERTOOL)
#undef ITERTOOL

typedef struct ItertoolsState {
    Type *types[ITERTOOL_COUNT];
} ItertoolsState;

#define ITERTOOL_TYPE(id) (MODULE_STATE(itertools, ItertoolsState)->types[IT_##id])

/* Keywords are refused unless a subclass has an __init__ that may take them. */
static inline bool itertools_no_keywords(Type *type, ItertoolId id, const char *name, Value kwnames) {
    Type *own = MODULE_STATE(itertools, ItertoolsState)->types[id];
    return type->slots.init != own->slots.init || args_no_keywords(name, kwnames);
}

static inline Value itertools_self(Value v) { return incref(v); }
/* After a step gave NULL: false if something other than the end was raised. */
static inline bool iterator_ended(void) { return !error_pending() || error_swallow(T_StopIteration); }
/* In loops that pass over items: 0, -1 raised. */
static inline int itertools_charge(size_t *count) {
    return (++*count & 0xfff) == 0 ? work_charge(0x1000) : 0;
}

/* A tuple of refs that replaces *args; steals each, also on failure. */
Value itertools_pack_steal(size_t n, ...);
/* tee(iterable, n=2) */
Value itertools_tee(Value module, Value const *args, size_t nargs);

#endif
