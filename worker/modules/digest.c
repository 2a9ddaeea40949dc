/* digest: what all digests have in common; MD5, SHA-1, SHA-2 and RIPEMD-160 by libcrypto. */
#include "modules/digest.h"

#include <string.h>

void digest_begin(Digest *d, const DigestKind *kind) {
    memset(d, 0, sizeof *d);
    d->kind = kind;
    d->output = kind->output;
    kind->begin(d);
}

void digest_update(Digest *d, const void *data, size_t n) { d->kind->update(d, data, n); }

void digest_output(const Digest *d, uint8_t *out, size_t n) {
    Digest copy = *d;
    copy.kind->finish(&copy, out, n);
}

void digest_by_blocks(Digest *d, const uint8_t *bytes, size_t n, void (*compress)(Digest *, const uint8_t *),
                      bool keeps_last) {
    size_t size = d->kind->block, least = size + (keeps_last ? 1 : 0);
    while (n > 0) {
        if (d->used == size) {
            compress(d, d->block);
            d->used = 0;
        }
        for (; d->used == 0 && n >= least; n -= size, bytes += size) compress(d, bytes);
        size_t taken = size - d->used < n ? size - d->used : n;
        memcpy(d->block + d->used, bytes, taken);
        d->used += (uint32_t)taken;
        bytes += taken;
        n -= taken;
    }
    if (d->used == size && !keeps_last) {
        compress(d, d->block);
        d->used = 0;
    }
}

/* The library's functions say 1, or 0 for a digest that cannot be (its md_len is set at the beginning). */
#define BY_LIBCRYPTO(id, field, Begin, Update, Final, bytes_out, bytes_block)                                \
    static void id##_begin(Digest *d) { Begin(&d->state.field); }                                            \
    static void id##_update(Digest *d, const uint8_t *bytes, size_t n) {                                     \
        Update(&d->state.field, bytes, n);                                                                   \
    }                                                                                                        \
    static void id##_finish(Digest *d, uint8_t *out, size_t n) {                                             \
        (void)n;                                                                                             \
        Final(out, &d->state.field);                                                                         \
    }                                                                                                        \
    const DigestKind digest_##id = {#id, bytes_out, bytes_block, id##_begin, id##_update, id##_finish};

BY_LIBCRYPTO(md5, md5, MD5_Init, MD5_Update, MD5_Final, MD5_DIGEST_LENGTH, MD5_CBLOCK)
BY_LIBCRYPTO(sha1, sha1, SHA1_Init, SHA1_Update, SHA1_Final, SHA_DIGEST_LENGTH, SHA_CBLOCK)
BY_LIBCRYPTO(sha224, sha256, SHA224_Init, SHA224_Update, SHA224_Final, SHA224_DIGEST_LENGTH, SHA256_CBLOCK)
BY_LIBCRYPTO(sha256, sha256, SHA256_Init, SHA256_Update, SHA256_Final, SHA256_DIGEST_LENGTH, SHA256_CBLOCK)
BY_LIBCRYPTO(sha384, sha512, SHA384_Init, SHA384_Update, SHA384_Final, SHA384_DIGEST_LENGTH, SHA512_CBLOCK)
BY_LIBCRYPTO(sha512, sha512, SHA512_Init, SHA512_Update, SHA512_Final, SHA512_DIGEST_LENGTH, SHA512_CBLOCK)
BY_LIBCRYPTO(ripemd160, ripemd160, RIPEMD160_Init, RIPEMD160_Update, RIPEMD160_Final, RIPEMD160_DIGEST_LENGTH,
             RIPEMD160_CBLOCK)

/* SHA-512 cut short, from other numbers (FIPS 180-4, 5.3.6). */
static void begin_cut_short(SHA512_CTX *c, const uint64_t start[8], unsigned bytes) {
    SHA512_Init(c);
    memcpy(c->h, start, sizeof c->h);
    c->md_len = bytes;
}

static int sha512_224_init(SHA512_CTX *c) {
    static const uint64_t start[8] = {0x8c3d37c819544da2, 0x73e1996689dcd4d6, 0x1dfab7ae32ff9c82,
                                      0x679dd514582f9fcf, 0x0f6d2b697bd44da8, 0x77e36f7304c48942,
                                      0x3f9d85a86a1d36c8, 0x1112e6ad91d692a1};
    begin_cut_short(c, start, SHA224_DIGEST_LENGTH);
    return 1;
}

static int sha512_256_init(SHA512_CTX *c) {
    static const uint64_t start[8] = {0x22312194fc2bf72c, 0x9f555fa3c84c64c2, 0x2393b86b6f53b151,
                                      0x963877195940eabd, 0x96283ee2a88effe3, 0xbe5e1e2553863992,
                                      0x2b0199fc2c85b8aa, 0x0eb72ddc81c52ca2};
    begin_cut_short(c, start, SHA256_DIGEST_LENGTH);
    return 1;
}

BY_LIBCRYPTO(sha512_224, sha512, sha512_224_init, SHA512_Update, SHA512_Final, SHA224_DIGEST_LENGTH,
             SHA512_CBLOCK)
BY_LIBCRYPTO(sha512_256, sha512, sha512_256_init, SHA512_Update, SHA512_Final, SHA256_DIGEST_LENGTH,
             SHA512_CBLOCK)
