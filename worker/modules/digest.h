/*
 * digest: message digests as one table: each kind says how a block changes the state; taking in bytes, padding and output are
 * common.
 *
 * digest_md.c has MD5, SHA-1 and SHA-2 (RFC 1321, FIPS 180-4), digest_keccak.c SHA-3 and SHAKE (FIPS 202), digest_blake2.c
 * BLAKE2b and BLAKE2s (RFC 7693).
 */
#ifndef ATOLL_MODULES_DIGEST_H
#define ATOLL_MODULES_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_MAX_BLOCK = 168, DIGEST_MAX_OUTPUT = 64 };

typedef struct DigestKind DigestKind;

typedef struct Digest {
    const DigestKind *kind;
    union {
        uint32_t w32[8];
        uint64_t w64[25];
    } state;
    uint64_t length; /* bytes taken in */
    uint32_t used;   /* bytes waiting in `block` */
    uint32_t output; /* bytes of digest() */
    bool last_node;  /* BLAKE2's tree mode */
    uint8_t block[DIGEST_MAX_BLOCK];
} Digest;

struct DigestKind {
    const char *name;
    uint32_t output, block;
    void (*begin)(Digest *);
    void (*compress)(Digest *, const uint8_t *block);
    /* Pads and writes n bytes; the state is spent. */
    void (*finish)(Digest *, uint8_t *out, size_t n);
    bool keeps_last; /* a full block waits until more bytes come: the last one is compressed differently */
};

extern const DigestKind digest_md5, digest_sha1, digest_sha224, digest_sha256, digest_sha384, digest_sha512;
extern const DigestKind digest_sha3_224, digest_sha3_256, digest_sha3_384, digest_sha3_512, digest_shake_128,
    digest_shake_256;
extern const DigestKind digest_blake2b, digest_blake2s;

void digest_begin(Digest *, const DigestKind *);
void digest_update(Digest *, const void *data, size_t n);
/* The digest so far; more can be taken in afterwards. */
void digest_output(const Digest *, uint8_t *out, size_t n);

#endif
