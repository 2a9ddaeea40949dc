/* siphash: SipHash-1-3 (Aumasson and Bernstein), the keyed hash of text and bytes. */
#ifndef ATOLL_BASE_SIPHASH_H
#define ATOLL_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

uint64_t siphash13(const uint64_t key[2], const void *data, size_t n);

#endif
