/* vector: a growable array of any type over a BumpAllocator.
 *
 *     VECTOR(int) numbers;
 *     vector_init(&numbers, &allocator);
 *     if (!vector_push(&numbers, 7)) ...memory is out, the vector is unchanged...
 *     vector_free(&numbers);
 *
 * Invariants: count <= capacity; items is NULL exactly when capacity is 0. Pushing may move the items. */
#ifndef ATOLL_BASE_VECTOR_H
#define ATOLL_BASE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/bump.h"

#define VECTOR(Type)                                                                                         \
    struct {                                                                                                 \
        Type *items;                                                                                         \
        size_t count, capacity;                                                                              \
        BumpAllocator allocator;                                                                             \
    }

#define vector_init(v, from) ((v)->items = NULL, (v)->count = (v)->capacity = 0, (v)->allocator = *(from))

#define vector_free(v)                                                                                       \
    ((v)->items ? (v)->allocator.free((v)->allocator.ctx, (v)->items, (v)->capacity * sizeof *(v)->items)    \
                : (void)0,                                                                                   \
     (v)->items = NULL, (v)->count = (v)->capacity = 0)

/* Room for `extra` more items: true, or false when memory is out (nothing has changed then). */
#define vector_reserve(v, extra)                                                                             \
    ((v)->capacity - (v)->count >= (size_t)(extra) ||                                                        \
     vector_grow((void **)&(v)->items, &(v)->capacity, (v)->count, (size_t)(extra), sizeof *(v)->items,      \
                 &(v)->allocator))

#define vector_push(v, item) (vector_reserve(v, 1) && ((v)->items[(v)->count++] = (item), true))

#define vector_pop(v) ((v)->items[--(v)->count])

#define vector_last(v) ((v)->items[(v)->count - 1])

/* The slow half of vector_reserve: at least doubles the capacity. */
static inline bool vector_grow(void **items, size_t *capacity, size_t count, size_t extra, size_t item_size,
                               const BumpAllocator *allocator) {
    size_t needed, bytes;
    if (__builtin_add_overflow(count, extra, &needed)) return false;
    size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
    if (wanted < needed) wanted = needed;
    if (__builtin_mul_overflow(wanted, item_size, &bytes)) return false;
    void *grown = allocator->alloc(allocator->ctx, bytes);
    if (!grown) return false;
    if (count) memcpy(grown, *items, count * item_size);
    if (*items) allocator->free(allocator->ctx, *items, *capacity * item_size);
    *items = grown;
    *capacity = wanted;
    return true;
}

#endif
