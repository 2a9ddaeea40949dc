/* depth: a guard for the compiler's recursive walks over trees whose depth the source controls. */
#ifndef ATOLL_COMPILE_DEPTH_H
#define ATOLL_COMPILE_DEPTH_H

#include <stdbool.h>

#include "parse/syntax_error.h"

typedef struct Depth {
    int now, limit;
    const char *stack_limit; /* lowest address the C stack may reach, or NULL */
    SyntaxErrorInfo *err;
} Depth;

bool depth_exceeded(Depth *depth);

/* One level down. False with RecursionError set; pairs with depth_leave only when true. */
static inline bool depth_enter(Depth *depth) {
    if (__builtin_expect(
            depth->now >= depth->limit || (const char *)__builtin_frame_address(0) < depth->stack_limit, 0))
        return depth_exceeded(depth);
    depth->now++;
    return true;
}
static inline void depth_leave(Depth *depth) { depth->now--; }

#endif
