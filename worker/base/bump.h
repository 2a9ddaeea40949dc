/* bump: memory that is taken piece by piece and given back all at once.
 *
 * Idea: a tree that lives and dies as a whole (a syntax tree, a compiler's scratch) needs no free list. A
 * Bump cuts pieces off chunks it asks from its owner's allocator; dropping it returns every chunk.
 *
 * Invariants: every piece is aligned to 8 bytes; a piece never moves; `used` counts the bytes of all chunks.
 * Any request can fail (NULL): the Bump stays valid and can still be dropped.
 *
 * Under AddressSanitizer a piece ends at its last byte: behind it is a fence, and what no piece has is poisoned. */
#ifndef ATOLL_BASE_BUMP_H
#define ATOLL_BASE_BUMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef __has_feature
#define __has_feature(feature) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
enum { BUMP_FENCE = 8 };
#else
#define ASAN_POISON_MEMORY_REGION(address, size)   ((void)(address), (void)(size))
#define ASAN_UNPOISON_MEMORY_REGION(address, size) ((void)(address), (void)(size))
enum { BUMP_FENCE = 0 };
#endif

/* Where memory comes from. `alloc` returns NULL on failure; `free` is told the size it was asked for. */
typedef struct BumpAllocator {
    void *(*alloc)(void *ctx, size_t size);
    void (*free)(void *ctx, void *block, size_t size);
    void *ctx;
} BumpAllocator;

typedef struct BumpChunk BumpChunk;

typedef struct Bump {
    char *next; /* first free byte of the newest chunk */
    char *end;
    BumpChunk *chunks;
    BumpAllocator allocator;
    size_t chunk_size; /* size of the next ordinary chunk; doubles up to a cap */
    size_t used;       /* bytes of all chunks */
} Bump;

/* The C library's malloc and free, for tools and tests. */
extern const BumpAllocator bump_malloc_allocator;

/* Makes an empty Bump; takes no memory yet. */
void bump_init(Bump *bump, const BumpAllocator *allocator);

/* Gives back every chunk; the Bump is empty and usable again. */
void bump_drop(Bump *bump);

/* The slow half of bump_alloc: opens a chunk that holds `size` bytes. NULL when memory is out. */
void *bump_alloc_slow(Bump *bump, size_t size);

/* `size` bytes, uninitialised, aligned to 8. NULL when memory is out. */
static inline void *bump_alloc(Bump *bump, size_t size) {
    size_t rounded = ((size + 7) & ~(size_t)7) + BUMP_FENCE;
    if (__builtin_expect(rounded < size || (size_t)(bump->end - bump->next) < rounded, 0))
        return bump_alloc_slow(bump, size);
    void *piece = bump->next;
    bump->next += rounded;
    ASAN_UNPOISON_MEMORY_REGION(piece, size);
    return piece;
}

/* As bump_alloc, all bytes zero. */
static inline void *bump_zalloc(Bump *bump, size_t size) {
    void *piece = bump_alloc(bump, size);
    if (piece) memset(piece, 0, size);
    return piece;
}

/* A copy of `length` bytes with a NUL after them. NULL when memory is out. */
char *bump_copy(Bump *bump, const char *bytes, size_t length);

/* printf into the Bump: a NUL-terminated text, NULL when memory is out. */
char *bump_printf(Bump *bump, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
