/*
 * fields: the life of native objects whose owned references stand first, right behind the header.
 *
 *     typedef struct Pair { HeapObject head; Value a, b; size_t n; } Pair;
 *     FIELDS_LIFE(pair, 2) // defines pair_traverse, pair_clear, pair_free
 *
 * Each field is a reference or NULL. A type whose code cannot meet cleared fields leaves pair_clear out of its slots; it is
 * then for the other members of a cycle to break it.
 */
#ifndef ATOLL_MODULES_FIELDS_H
#define ATOLL_MODULES_FIELDS_H

#include "objects/object.h"

static inline Value *fields_of(HeapObject *o) { return (Value *)(void *)(o + 1); }

static inline int fields_traverse(HeapObject *o, size_t n, HeapVisit visit, void *arg) {
    Value *fields = fields_of(o);
    for (size_t i = 0; i < n; i++) VISIT(fields[i]);
    return 0;
}

static inline void fields_drop(HeapObject *o, size_t n) {
    Value *fields = fields_of(o);
    for (size_t i = 0; i < n; i++) CLEAR_FIELD(fields[i]);
}

#define FIELDS_LIFE(name, n)                                                                                 \
    static int name##_traverse(HeapObject *o, HeapVisit visit, void *arg) {                                  \
        return fields_traverse(o, n, visit, arg);                                                            \
    }                                                                                                        \
    __attribute__((unused)) static void name##_clear(Heap *heap, HeapObject *o) {                            \
        (void)heap;                                                                                          \
        fields_drop(o, n);                                                                                   \
    }                                                                                                        \
    static void name##_free(Heap *heap, HeapObject *o) {                                                     \
        (void)heap;                                                                                          \
        fields_drop(o, n);                                                                                   \
        value_free(AS_VALUE(o));                                                                             \
    }

#endif
