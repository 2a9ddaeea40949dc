/*
 * chance: random bytes: the kernel's, or, where the host gives a seed, the same ones for every job that begins in the same way.
 *
 * A seeded stream begins with its world, so a fresh job gets the same whatever ran before it. It is no secret and not fit for
 * cryptography.
 */
#ifndef ATOLL_MODULES_CHANCE_H
#define ATOLL_MODULES_CHANCE_H

#include <stddef.h>
#include <sys/types.h>

/* As getrandom: how many bytes, or -1 with errno. */
ssize_t chance_fill(void *out, size_t n, unsigned flags);

#endif
