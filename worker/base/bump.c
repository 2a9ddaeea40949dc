#include "base/bump.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CHUNK = 8 * 1024, LARGEST_CHUNK = 1024 * 1024 };

struct BumpChunk {
    BumpChunk *older;
    size_t size; /* with this header */
};

static void *alloc_with_malloc(void *ctx, size_t size) {
    (void)ctx;
    return malloc(size);
}

static void free_with_malloc(void *ctx, void *block, size_t size) {
    (void)ctx, (void)size;
    free(block);
}

const BumpAllocator bump_malloc_allocator = {alloc_with_malloc, free_with_malloc, NULL};

void bump_init(Bump *bump, const BumpAllocator *allocator) {
    *bump = (Bump){.allocator = *allocator, .chunk_size = FIRST_CHUNK};
}

void bump_drop(Bump *bump) {
    BumpChunk *chunk = bump->chunks;
    while (chunk) {
        BumpChunk *older = chunk->older;
        ASAN_UNPOISON_MEMORY_REGION(chunk, chunk->size);
        bump->allocator.free(bump->allocator.ctx, chunk, chunk->size);
        chunk = older;
    }
    BumpAllocator allocator = bump->allocator;
    bump_init(bump, &allocator);
}

static BumpChunk *open_chunk(Bump *bump, size_t size) {
    BumpChunk *chunk = bump->allocator.alloc(bump->allocator.ctx, size);
    if (!chunk) return NULL;
    *chunk = (BumpChunk){.older = bump->chunks, .size = size};
    bump->chunks = chunk;
    bump->used += size;
    ASAN_POISON_MEMORY_REGION(chunk + 1, size - sizeof *chunk);
    return chunk;
}

void *bump_alloc_slow(Bump *bump, size_t size) {
    if (size > PTRDIFF_MAX - 64 * 1024) return NULL;
    size_t rounded = ((size + 7) & ~(size_t)7) + BUMP_FENCE;
    size_t wanted = rounded + sizeof(BumpChunk);
    /* A piece that would take most of a chunk gets its own, and the current chunk goes on being cut. */
    if (wanted > bump->chunk_size / 4) {
        BumpChunk *own = open_chunk(bump, wanted);
        if (!own) return NULL;
        ASAN_UNPOISON_MEMORY_REGION(own + 1, size);
        return own + 1;
    }
    BumpChunk *chunk = open_chunk(bump, bump->chunk_size);
    if (!chunk) return NULL;
    bump->next = (char *)(chunk + 1) + rounded;
    bump->end = (char *)chunk + chunk->size;
    if (bump->chunk_size < LARGEST_CHUNK) bump->chunk_size *= 2;
    ASAN_UNPOISON_MEMORY_REGION(chunk + 1, size);
    return chunk + 1;
}

char *bump_copy(Bump *bump, const char *bytes, size_t length) {
    if (length == SIZE_MAX) return NULL;
    char *copy = bump_alloc(bump, length + 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, bytes, length);
    copy[length] = 0;
    return copy;
}

char *bump_printf(Bump *bump, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (length < 0) return NULL;
    char *text = bump_alloc(bump, (size_t)length + 1);
    if (!text) return NULL;
    va_start(args, format);
    vsnprintf(text, (size_t)length + 1, format, args);
    va_end(args);
    return text;
}
