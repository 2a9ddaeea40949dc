/* splitmix: a word for each pair of a seed and a number, evenly spread. */
#ifndef ATOLL_BASE_SPLITMIX_H
#define ATOLL_BASE_SPLITMIX_H

#include <stdint.h>

static inline uint64_t splitmix_at(uint64_t seed, uint64_t number) {
    uint64_t z = seed + (number + 1) * 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

#endif
