/* digest: SHA-3 and SHAKE: bytes are mixed into a state of 25 words, `block` of them between two permutations. */
#include "modules/digest.h"

#include <string.h>

static inline uint64_t rotate(uint64_t x, int n) { return n ? (x << n) | (x >> (64 - n)) : x; }

/* By how much the word at x + 5y turns left. */
static const uint8_t rotations[25] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                      25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};

/* One round from a to b. Written out, so that words stand in registers and every place is a constant. */
static inline __attribute__((always_inline)) void one_round(const uint64_t a[25], uint64_t b[25],
                                                            uint64_t constant) {
    uint64_t column[5], mix[5], row[5];
#pragma GCC unroll 5
    for (int x = 0; x < 5; x++) column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
#pragma GCC unroll 5
    for (int x = 0; x < 5; x++) mix[x] = column[(x + 4) % 5] ^ rotate(column[(x + 1) % 5], 1);
#pragma GCC unroll 5
    for (int y = 0; y < 5; y++) {
#pragma GCC unroll 5
        for (int x = 0; x < 5; x++) {
            int from = (x + 3 * y) % 5, place = from + 5 * x;
            row[x] = rotate(a[place] ^ mix[from], rotations[place]);
        }
#pragma GCC unroll 5
        for (int x = 0; x < 5; x++) b[x + 5 * y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
    b[0] ^= constant;
}

static void permute(uint64_t state[25]) {
    static const uint64_t constants[24] = {
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
        0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
        0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
        0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};
    uint64_t a[25], b[25];
    memcpy(a, state, sizeof a);
    for (int i = 0; i < 24; i += 2) {
        one_round(a, b, constants[i]);
        one_round(b, a, constants[i + 1]);
    }
    memcpy(state, a, sizeof a);
}

static void keccak_begin(Digest *d) { (void)d; }

static void keccak_compress(Digest *d, const uint8_t *block) {
    for (uint32_t i = 0; i < d->kind->block / 8; i++) {
        uint64_t word;
        memcpy(&word, block + 8 * i, 8);
        d->state.w64[i] ^= word;
    }
    permute(d->state.w64);
}

static void keccak_update(Digest *d, const uint8_t *bytes, size_t n) {
    digest_by_blocks(d, bytes, n, keccak_compress, false);
}

static void finish(Digest *d, uint8_t *out, size_t n, uint8_t domain) {
    size_t block = d->kind->block;
    memset(d->block + d->used, 0, block - d->used);
    d->block[d->used] = domain;
    d->block[block - 1] |= 0x80;
    keccak_compress(d, d->block);
    while (n > block) {
        memcpy(out, d->state.w64, block);
        out += block;
        n -= block;
        permute(d->state.w64);
    }
    memcpy(out, d->state.w64, n);
}

static void sha3_finish(Digest *d, uint8_t *out, size_t n) { finish(d, out, n, 0x06); }
static void shake_finish(Digest *d, uint8_t *out, size_t n) { finish(d, out, n, 0x1f); }

const DigestKind digest_sha3_224 = {"sha3_224", 28, 144, keccak_begin, keccak_update, sha3_finish};
const DigestKind digest_sha3_256 = {"sha3_256", 32, 136, keccak_begin, keccak_update, sha3_finish};
const DigestKind digest_sha3_384 = {"sha3_384", 48, 104, keccak_begin, keccak_update, sha3_finish};
const DigestKind digest_sha3_512 = {"sha3_512", 64, 72, keccak_begin, keccak_update, sha3_finish};
const DigestKind digest_shake_128 = {"shake_128", 0, 168, keccak_begin, keccak_update, shake_finish};
const DigestKind digest_shake_256 = {"shake_256", 0, 136, keccak_begin, keccak_update, shake_finish};
