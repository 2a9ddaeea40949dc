/*
 * digest: BLAKE2b and BLAKE2s. One template serves both: 12 rounds of 64-bit words, 10 of 32-bit ones. The parameter block is
 * mixed into the state by the caller (apply_parameters of m_digests.c). With every round written out the words of a block are
 * found by constant places.
 */
#include "modules/digest.h"

#include <string.h>

static const uint8_t orders[10][16] = {{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
                                       {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
                                       {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
                                       {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
                                       {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
                                       {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
                                       {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
                                       {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
                                       {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
                                       {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

static const uint64_t start64[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                    0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
static const uint32_t start32[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* One mixing of four words, by the four rotations. */
#define MIX(Word, a, b, c, d, x, y, r1, r2, r3, r4)                                                          \
    do {                                                                                                     \
        v[a] += v[b] + (x);                                                                                  \
        v[d] = RIGHT(Word, v[d] ^ v[a], r1);                                                                 \
        v[c] += v[d];                                                                                        \
        v[b] = RIGHT(Word, v[b] ^ v[c], r2);                                                                 \
        v[a] += v[b] + (y);                                                                                  \
        v[d] = RIGHT(Word, v[d] ^ v[a], r3);                                                                 \
        v[c] += v[d];                                                                                        \
        v[b] = RIGHT(Word, v[b] ^ v[c], r4);                                                                 \
    } while (0)
#define RIGHT(Word, x, n) ((Word)(((x) >> (n)) | ((x) << (sizeof(Word) * 8 - (n)))))

/* `count`: bytes so far, this block's counted; `last`: it is the last one. */
#define DEFINE_ROUNDS(name, Word, words, start, rounds, r1, r2, r3, r4)                                      \
    static void name(Digest *d, const uint8_t *block, uint64_t count, bool last) {                           \
        Word v[16], m[16];                                                                                   \
        memcpy(m, block, sizeof m);                                                                          \
        memcpy(v, d->state.words, 8 * sizeof(Word));                                                         \
        memcpy(v + 8, start, 8 * sizeof(Word));                                                              \
        v[12] ^= (Word)count;                                                                                \
        v[13] ^= sizeof(Word) == 4 ? (Word)(count >> 32) : 0;                                                \
        if (last) v[14] = ~v[14];                                                                            \
        if (last && d->last_node) v[15] = ~v[15];                                                            \
        _Pragma("GCC unroll 12") for (int round = 0; round < (rounds); round++) {                            \
            const uint8_t *o = orders[round % 10];                                                           \
            _Pragma("GCC unroll 4") for (int i = 0; i < 4; i++)                                              \
                MIX(Word, i, i + 4, i + 8, i + 12, m[o[2 * i]], m[o[2 * i + 1]], r1, r2, r3, r4);            \
            _Pragma("GCC unroll 4") for (int i = 0; i < 4; i++)                                              \
                MIX(Word, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12, m[o[2 * i + 8]],            \
                    m[o[2 * i + 9]], r1, r2, r3, r4);                                                        \
        }                                                                                                    \
        for (int i = 0; i < 8; i++) d->state.words[i] ^= v[i] ^ v[i + 8];                                    \
    }

DEFINE_ROUNDS(rounds64, uint64_t, w64, start64, 12, 32, 24, 16, 63)
DEFINE_ROUNDS(rounds32, uint32_t, w32, start32, 10, 16, 12, 8, 7)

/* With the parameters of a plain digest: its length, no key, fanout and depth 1 (RFC 7693, 2.5). */
static void blake2b_begin(Digest *d) {
    memcpy(d->state.w64, start64, sizeof start64);
    d->state.w64[0] ^= 0x01010000 ^ d->output;
}
static void blake2s_begin(Digest *d) {
    memcpy(d->state.w32, start32, sizeof start32);
    d->state.w32[0] ^= 0x01010000 ^ d->output;
}

/* The bytes compressed so far stand behind the words of the state. */
static uint64_t *compressed(Digest *d) { return &d->state.w64[8]; }

static void blake2b_compress(Digest *d, const uint8_t *block) {
    rounds64(d, block, *compressed(d) += 128, false);
}
static void blake2s_compress(Digest *d, const uint8_t *block) {
    rounds32(d, block, *compressed(d) += 64, false);
}

static void finish(Digest *d, uint8_t *out, size_t n,
                   void (*rounds)(Digest *, const uint8_t *, uint64_t, bool)) {
    memset(d->block + d->used, 0, d->kind->block - d->used);
    rounds(d, d->block, *compressed(d) + d->used, true);
    memcpy(out, &d->state, n);
}

static void blake2b_update(Digest *d, const uint8_t *bytes, size_t n) {
    digest_by_blocks(d, bytes, n, blake2b_compress, true);
}
static void blake2s_update(Digest *d, const uint8_t *bytes, size_t n) {
    digest_by_blocks(d, bytes, n, blake2s_compress, true);
}
static void blake2b_finish(Digest *d, uint8_t *out, size_t n) { finish(d, out, n, rounds64); }
static void blake2s_finish(Digest *d, uint8_t *out, size_t n) { finish(d, out, n, rounds32); }

const DigestKind digest_blake2b = {"blake2b", 64, 128, blake2b_begin, blake2b_update, blake2b_finish};
const DigestKind digest_blake2s = {"blake2s", 32, 64, blake2s_begin, blake2s_update, blake2s_finish};
