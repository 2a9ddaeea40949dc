/* digest: SHA-3 and SHAKE: bytes are mixed into a state of 25 words, `block` of them between two permutations. */
#include "modules/digest.h"

#include <string.h>

static inline uint64_t rotate(uint64_t x, int n) { return n ? (x << n) | (x >> (64 - n)) : x; }

static void permute(uint64_t a[25]) {
    static const uint64_t constants[24] = {
        0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b,
        0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088,
        0x0000000080008009, 0x000000008000000a, 0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
        0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
        0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008};
    static const uint8_t rotations[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                          27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
    static const uint8_t places[24] = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                       15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};
    for (int round = 0; round < 24; round++) {
        uint64_t c[5];
        for (int x = 0; x < 5; x++) c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int x = 0; x < 5; x++) {
            uint64_t t = c[(x + 4) % 5] ^ rotate(c[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5) a[x + y] ^= t;
        }
        uint64_t moved = a[1];
        for (int i = 0; i < 24; i++) {
            uint64_t t = a[places[i]];
            a[places[i]] = rotate(moved, rotations[i]);
            moved = t;
        }
        for (int y = 0; y < 25; y += 5) {
            memcpy(c, a + y, sizeof c);
            for (int x = 0; x < 5; x++) a[x + y] = c[x] ^ (~c[(x + 1) % 5] & c[(x + 2) % 5]);
        }
        a[0] ^= constants[round];
    }
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

const DigestKind digest_sha3_224 = {"sha3_224", 28, 144, keccak_begin, keccak_compress, sha3_finish, false};
const DigestKind digest_sha3_256 = {"sha3_256", 32, 136, keccak_begin, keccak_compress, sha3_finish, false};
const DigestKind digest_sha3_384 = {"sha3_384", 48, 104, keccak_begin, keccak_compress, sha3_finish, false};
const DigestKind digest_sha3_512 = {"sha3_512", 64, 72, keccak_begin, keccak_compress, sha3_finish, false};
const DigestKind digest_shake_128 = {"shake_128", 0, 168, keccak_begin, keccak_compress, shake_finish, false};
const DigestKind digest_shake_256 = {"shake_256", 0, 136, keccak_begin, keccak_compress, shake_finish, false};
