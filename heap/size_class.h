/* Size classes: how many bytes a block of a class has, and how many pages a pool of it.
 *
 * Classes 1..64 are small, every 8 bytes; 65..80 medium, four per doubling up to 8 KiB. A bin is a class of raw blocks
 * or (HEAP_CLASSES further on) of objects.
 */
#ifndef HEAP_SIZE_CLASS_H
#define HEAP_SIZE_CLASS_H

#include "heap/heap.h"

/* bytes <= HEAP_MEDIUM_MAX */
static inline unsigned size_class_of(size_t bytes) {
    if (bytes <= HEAP_SMALL_MAX) return bytes ? (unsigned)((bytes + 7) >> 3) : 1;
    size_t n = bytes - 1;
    unsigned top = 63 - (unsigned)__builtin_clzl(n);
    return HEAP_SMALL_CLASSES + (top - 9) * 4 + (unsigned)((n >> (top - 2)) & 3);
}

static inline size_t size_class_bytes(unsigned size_class) {
    if (size_class < HEAP_SMALL_CLASSES) return (size_t)size_class << 3;
    unsigned medium = size_class - HEAP_SMALL_CLASSES;
    return (size_t)(5 + (medium & 3)) << (7 + medium / 4);
}

static inline uint32_t size_class_pages(unsigned size_class) {
    if (size_class < HEAP_SMALL_CLASSES) return 1;
    return size_class_bytes(size_class) <= 2048 ? 8 : 16;
}

static inline unsigned bin_class(unsigned bin) { return bin >= HEAP_CLASSES ? bin - HEAP_CLASSES : bin; }
static inline bool bin_is_object(unsigned bin) { return bin >= HEAP_CLASSES; }
static inline unsigned bin_of(size_t bytes, bool is_object) {
    return size_class_of(bytes) + (is_object ? HEAP_CLASSES : 0);
}

#endif
