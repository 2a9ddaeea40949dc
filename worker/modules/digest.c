/* digest: what all digests have in common; MD5, SHA-1 and SHA-2 by libcrypto. */
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
