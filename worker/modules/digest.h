/*
 * digest: message digests as one table: each kind says how it begins, takes in bytes and puts out what it made of them. The whole
 * of a digest lies in one flat struct without pointers, so that copying the struct copies the digest.
 *
 * digest.c has MD5, SHA-1, SHA-2 and RIPEMD-160 by libcrypto's functions of low level: they keep their state where they are told to, allocate
 * nothing and read no configuration, as EVP would. digest_keccak.c has SHA-3 and SHAKE (FIPS 202), digest_blake2.c BLAKE2b and
 * BLAKE2s (RFC 7693): libcrypto gives these to EVP only, and what else there is takes longer (a 64 MiB input, beside what stands
 * here: nettle's SHA-3 1.4 times as long, libb2's BLAKE2 2.2 times).
 */
#ifndef ATOLL_MODULES_DIGEST_H
#define ATOLL_MODULES_DIGEST_H

#define OPENSSL_API_COMPAT                                                                                   \
    10100 /* the interface of 1.1: libcrypto 3 calls the functions of low level deprecated */
#include <openssl/md5.h>
#include <openssl/ripemd.h>
#include <openssl/sha.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DIGEST_MAX_BLOCK = 168, DIGEST_MAX_OUTPUT = 64 };

typedef struct DigestKind DigestKind;

typedef struct Digest {
    const DigestKind *kind;
    uint32_t output; /* bytes of digest() */
    uint32_t used;   /* bytes waiting in `block` */
    bool last_node;  /* BLAKE2's tree mode */
    union {
        MD5_CTX md5;
        SHA_CTX sha1;
        SHA256_CTX sha256;
        SHA512_CTX sha512;
        RIPEMD160_CTX ripemd160;
        uint32_t w32[8];
        uint64_t w64[25];
    } state;
    uint8_t block[DIGEST_MAX_BLOCK]; /* of SHA-3 and BLAKE2; libcrypto has its own */
} Digest;

struct DigestKind {
    const char *name;
    uint32_t output, block;
    void (*begin)(Digest *);
    void (*update)(Digest *, const uint8_t *bytes, size_t n);
    /* Pads and writes n bytes; the state is spent. */
    void (*finish)(Digest *, uint8_t *out, size_t n);
};

extern const DigestKind digest_md5, digest_sha1, digest_sha224, digest_sha256, digest_sha384, digest_sha512;
extern const DigestKind digest_sha512_224, digest_sha512_256, digest_ripemd160;
extern const DigestKind digest_sha3_224, digest_sha3_256, digest_sha3_384, digest_sha3_512, digest_shake_128,
    digest_shake_256;
extern const DigestKind digest_blake2b, digest_blake2s;

void digest_begin(Digest *, const DigestKind *);
void digest_update(Digest *, const void *data, size_t n);
/* The digest so far; more can be taken in afterwards. */
void digest_output(const Digest *, uint8_t *out, size_t n);

/* Takes in bytes by whole blocks, what is left over waits. keeps_last: a full block waits until more bytes come, since the last
 * one is compressed differently. */
void digest_by_blocks(Digest *, const uint8_t *bytes, size_t n,
                      void (*compress)(Digest *, const uint8_t *block), bool keeps_last);

#endif
