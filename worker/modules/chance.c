#include "modules/chance.h"

#include <string.h>
#include <sys/random.h>

#include "base/host.h"
#include "base/runtime.h"
#include "base/splitmix.h"

ssize_t chance_fill(void *out, size_t n, unsigned flags) {
    if (!rt->host || !rt->host->seeded) return getrandom(out, n, flags);
    unsigned char *at = out;
    for (size_t left = n; left;) {
        uint64_t word = splitmix_at(rt->host->seed, rt->chance_drawn++);
        size_t part = left < sizeof word ? left : sizeof word;
        memcpy(at, &word, part);
        at += part;
        left -= part;
    }
    return (ssize_t)n;
}
