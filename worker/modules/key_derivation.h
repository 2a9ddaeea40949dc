/*
 * key_derivation: HMAC (RFC 2104) over any digest, and what makes keys of passwords: PBKDF2 (RFC 8018, 5.2), scrypt (RFC 7914).
 *
 * libcrypto offers these through EVP only, which reads a configuration and keeps memory of its own.
 */
#ifndef ATOLL_MODULES_KEY_DERIVATION_H
#define ATOLL_MODULES_KEY_DERIVATION_H

#include "modules/digest.h"

/* Flat, as a Digest is: a copy goes on by itself. */
typedef struct Hmac {
    Digest inner, outer;
} Hmac;

void hmac_begin(Hmac *h, const DigestKind *kind, const void *key, size_t n);
static inline void hmac_update(Hmac *h, const void *data, size_t n) { digest_update(&h->inner, data, n); }
/* kind->output bytes; more can be taken in afterwards. */
void hmac_output(const Hmac *h, uint8_t *out);

typedef struct KeyBytes {
    const uint8_t *data;
    size_t n;
} KeyBytes;

/* Fills out. 0, -1 raised: interrupted, or the fuel is used up. */
int pbkdf2(const DigestKind *kind, KeyBytes password, KeyBytes salt, uint64_t rounds, uint8_t *out, size_t n);

typedef struct ScryptCost {
    uint64_t n; /* a power of 2, at least 2 */
    uint32_t r, p;
} ScryptCost;

/* KeyBytes that scrypt works on; UINT64_MAX: they cannot be counted. */
uint64_t scrypt_memory(ScryptCost cost);
/* Fills out. 0, -1 raised: no memory, or as pbkdf2. */
int scrypt(KeyBytes password, KeyBytes salt, ScryptCost cost, uint8_t *out, size_t n);

#endif
