/* digest: MD5, SHA-1, SHA-2: 16 words a block, a length behind the padding. And what all digests have in common. */
#include "modules/digest.h"

#include <string.h>

void digest_begin(Digest *d, const DigestKind *kind) {
    memset(d, 0, sizeof *d);
    d->kind = kind;
    d->output = kind->output;
    kind->begin(d);
}

void digest_update(Digest *d, const void *data, size_t n) {
    const DigestKind *kind = d->kind;
    const uint8_t *bytes = data;
    d->length += n;
    while (n > 0) {
        if (d->used == kind->block) {
            kind->compress(d, d->block);
            d->used = 0;
        }
        size_t spare = kind->keeps_last ? 1 : 0;
        while (d->used == 0 && n >= kind->block + spare) {
            kind->compress(d, bytes);
            bytes += kind->block;
            n -= kind->block;
        }
        size_t taken = kind->block - d->used < n ? kind->block - d->used : n;
        memcpy(d->block + d->used, bytes, taken);
        d->used += (uint32_t)taken;
        bytes += taken;
        n -= taken;
        if (d->used == kind->block && !kind->keeps_last) {
            kind->compress(d, d->block);
            d->used = 0;
        }
    }
}

void digest_output(const Digest *d, uint8_t *out, size_t n) {
    Digest copy = *d;
    copy.kind->finish(&copy, out, n);
}

/* ---- words ---- */

static inline uint32_t rotate32(uint32_t x, int n) { return (x << n) | (x >> (32 - n)); }
static inline uint32_t right32(uint32_t x, int n) { return (x >> n) | (x << (32 - n)); }
static inline uint64_t right64(uint64_t x, int n) { return (x >> n) | (x << (64 - n)); }

static inline uint32_t big32(const uint8_t *p) {
    uint32_t x;
    memcpy(&x, p, sizeof x);
    return __builtin_bswap32(x);
}

static inline uint64_t big64(const uint8_t *p) {
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return __builtin_bswap64(x);
}

/* A bit, zeros, and the length in bits in the last `width` bytes of a block. */
static void pad(Digest *d, size_t width, bool big_endian) {
    uint64_t bits = d->length * 8;
    size_t block = d->kind->block;
    d->block[d->used++] = 0x80;
    if (d->used > block - width) {
        memset(d->block + d->used, 0, block - d->used);
        d->kind->compress(d, d->block);
        d->used = 0;
    }
    memset(d->block + d->used, 0, block - d->used);
    if (width == 16) d->block[block - 9] = (uint8_t)(d->length >> 61);
    if (big_endian) bits = __builtin_bswap64(bits);
    memcpy(d->block + block - (big_endian ? 8 : width), &bits, 8);
    d->kind->compress(d, d->block);
}

static void finish32_big(Digest *d, uint8_t *out, size_t n) {
    pad(d, 8, true);
    for (size_t i = 0; i < n; i++) out[i] = (uint8_t)(d->state.w32[i / 4] >> (24 - i % 4 * 8));
}

static void finish64_big(Digest *d, uint8_t *out, size_t n) {
    pad(d, 16, true);
    for (size_t i = 0; i < n; i++) out[i] = (uint8_t)(d->state.w64[i / 8] >> (56 - i % 8 * 8));
}

/* ---- MD5 ---- */

static void md5_begin(Digest *d) {
    static const uint32_t start[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    memcpy(d->state.w32, start, sizeof start);
}

static void md5_compress(Digest *d, const uint8_t *block) {
    static const uint32_t sines[64] = {
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
        0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
        0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
        0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
        0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
        0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
        0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
    static const uint8_t shifts[16] = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
    uint32_t *s = d->state.w32, a = s[0], b = s[1], c = s[2], e = s[3], words[16];
    memcpy(words, block, sizeof words);
    for (int i = 0; i < 64; i++) {
        uint32_t f;
        int at;
        switch (i / 16) {
        case 0: f = (b & c) | (~b & e), at = i; break;
        case 1: f = (e & b) | (~e & c), at = (5 * i + 1) % 16; break;
        case 2: f = b ^ c ^ e, at = (3 * i + 5) % 16; break;
        default: f = c ^ (b | ~e), at = 7 * i % 16; break;
        }
        uint32_t sum = a + f + sines[i] + words[at];
        a = e;
        e = c;
        c = b;
        b += rotate32(sum, shifts[i / 16 * 4 + i % 4]);
    }
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += e;
}

static void md5_finish(Digest *d, uint8_t *out, size_t n) {
    pad(d, 8, false);
    memcpy(out, d->state.w32, n);
}

const DigestKind digest_md5 = {"md5", 16, 64, md5_begin, md5_compress, md5_finish, false};

/* ---- SHA-1 ---- */

static void sha1_begin(Digest *d) {
    static const uint32_t start[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    memcpy(d->state.w32, start, sizeof start);
}

#define SHA1_ROUND(f, k)                                                                                     \
    do {                                                                                                     \
        uint32_t sum = rotate32(a, 5) + (f) + g + (k) + words[i];                                            \
        g = e;                                                                                               \
        e = c;                                                                                               \
        c = rotate32(b, 30);                                                                                 \
        b = a;                                                                                               \
        a = sum;                                                                                             \
    } while (0)

static void sha1_compress(Digest *d, const uint8_t *block) {
    uint32_t words[80], *s = d->state.w32, a = s[0], b = s[1], c = s[2], e = s[3], g = s[4];
    for (int i = 0; i < 16; i++) words[i] = big32(block + 4 * i);
    for (int i = 16; i < 80; i++)
        words[i] = rotate32(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    for (int i = 0; i < 20; i++) SHA1_ROUND(e ^ (b & (c ^ e)), 0x5a827999);
    for (int i = 20; i < 40; i++) SHA1_ROUND(b ^ c ^ e, 0x6ed9eba1);
    for (int i = 40; i < 60; i++) SHA1_ROUND((b & c) | (e & (b | c)), 0x8f1bbcdc);
    for (int i = 60; i < 80; i++) SHA1_ROUND(b ^ c ^ e, 0xca62c1d6);
    s[0] += a;
    s[1] += b;
    s[2] += c;
    s[3] += e;
    s[4] += g;
}

const DigestKind digest_sha1 = {"sha1", 20, 64, sha1_begin, sha1_compress, finish32_big, false};

/* ---- SHA-224, SHA-256 ---- */

static void sha224_begin(Digest *d) {
    static const uint32_t start[8] = {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
                                      0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4};
    memcpy(d->state.w32, start, sizeof start);
}

static void sha256_begin(Digest *d) {
    static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                      0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    memcpy(d->state.w32, start, sizeof start);
}

#define SHA2_ROUND32(a, b, c, d_, e, f, g, h, word)                                                          \
    do {                                                                                                     \
        uint32_t t = h + (right32(e, 6) ^ right32(e, 11) ^ right32(e, 25)) + (g ^ (e & (f ^ g))) + (word);   \
        uint32_t u = (right32(a, 2) ^ right32(a, 13) ^ right32(a, 22)) + ((a & b) | (c & (a | b)));          \
        d_ += t;                                                                                             \
        h = t + u;                                                                                           \
    } while (0)

static void sha256_compress(Digest *d, const uint8_t *block) {
    static const uint32_t k[64] = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++) w[i] = big32(block + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (right32(a, 7) ^ right32(a, 18) ^ (a >> 3)) + w[i - 7] +
               (right32(b, 17) ^ right32(b, 19) ^ (b >> 10));
    }
    memcpy(v, d->state.w32, sizeof v);
    for (int i = 0; i < 64; i += 8) {
        /* The eight words change their names instead of their places. */
        SHA2_ROUND32(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], k[i] + w[i]);
        SHA2_ROUND32(v[7], v[0], v[1], v[2], v[3], v[4], v[5], v[6], k[i + 1] + w[i + 1]);
        SHA2_ROUND32(v[6], v[7], v[0], v[1], v[2], v[3], v[4], v[5], k[i + 2] + w[i + 2]);
        SHA2_ROUND32(v[5], v[6], v[7], v[0], v[1], v[2], v[3], v[4], k[i + 3] + w[i + 3]);
        SHA2_ROUND32(v[4], v[5], v[6], v[7], v[0], v[1], v[2], v[3], k[i + 4] + w[i + 4]);
        SHA2_ROUND32(v[3], v[4], v[5], v[6], v[7], v[0], v[1], v[2], k[i + 5] + w[i + 5]);
        SHA2_ROUND32(v[2], v[3], v[4], v[5], v[6], v[7], v[0], v[1], k[i + 6] + w[i + 6]);
        SHA2_ROUND32(v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[0], k[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++) d->state.w32[i] += v[i];
}

const DigestKind digest_sha224 = {"sha224", 28, 64, sha224_begin, sha256_compress, finish32_big, false};
const DigestKind digest_sha256 = {"sha256", 32, 64, sha256_begin, sha256_compress, finish32_big, false};

/* ---- SHA-384, SHA-512 ---- */

static void sha384_begin(Digest *d) {
    static const uint64_t start[8] = {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
                                      0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
                                      0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};
    memcpy(d->state.w64, start, sizeof start);
}

static void sha512_begin(Digest *d) {
    static const uint64_t start[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                      0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                      0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
    memcpy(d->state.w64, start, sizeof start);
}

#define SHA2_ROUND64(a, b, c, d_, e, f, g, h, word)                                                          \
    do {                                                                                                     \
        uint64_t t = h + (right64(e, 14) ^ right64(e, 18) ^ right64(e, 41)) + (g ^ (e & (f ^ g))) + (word);  \
        uint64_t u = (right64(a, 28) ^ right64(a, 34) ^ right64(a, 39)) + ((a & b) | (c & (a | b)));         \
        d_ += t;                                                                                             \
        h = t + u;                                                                                           \
    } while (0)

static void sha512_compress(Digest *d, const uint8_t *block) {
    static const uint64_t k[80] = {
        0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
        0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
        0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
        0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
        0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
        0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
        0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
        0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
        0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
        0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
        0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
        0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
        0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
        0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
        0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
        0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};
    uint64_t w[80], v[8];
    for (int i = 0; i < 16; i++) w[i] = big64(block + 8 * i);
    for (int i = 16; i < 80; i++) {
        uint64_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + (right64(a, 1) ^ right64(a, 8) ^ (a >> 7)) + w[i - 7] +
               (right64(b, 19) ^ right64(b, 61) ^ (b >> 6));
    }
    memcpy(v, d->state.w64, sizeof v);
    for (int i = 0; i < 80; i += 8) {
        /* The eight words change their names instead of their places. */
        SHA2_ROUND64(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], k[i] + w[i]);
        SHA2_ROUND64(v[7], v[0], v[1], v[2], v[3], v[4], v[5], v[6], k[i + 1] + w[i + 1]);
        SHA2_ROUND64(v[6], v[7], v[0], v[1], v[2], v[3], v[4], v[5], k[i + 2] + w[i + 2]);
        SHA2_ROUND64(v[5], v[6], v[7], v[0], v[1], v[2], v[3], v[4], k[i + 3] + w[i + 3]);
        SHA2_ROUND64(v[4], v[5], v[6], v[7], v[0], v[1], v[2], v[3], k[i + 4] + w[i + 4]);
        SHA2_ROUND64(v[3], v[4], v[5], v[6], v[7], v[0], v[1], v[2], k[i + 5] + w[i + 5]);
        SHA2_ROUND64(v[2], v[3], v[4], v[5], v[6], v[7], v[0], v[1], k[i + 6] + w[i + 6]);
        SHA2_ROUND64(v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[0], k[i + 7] + w[i + 7]);
    }
    for (int i = 0; i < 8; i++) d->state.w64[i] += v[i];
}

const DigestKind digest_sha384 = {"sha384", 48, 128, sha384_begin, sha512_compress, finish64_big, false};
const DigestKind digest_sha512 = {"sha512", 64, 128, sha512_begin, sha512_compress, finish64_big, false};
