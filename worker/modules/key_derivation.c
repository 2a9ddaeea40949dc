/* key_derivation: see key_derivation.h. */
#include "modules/key_derivation.h"

#include <string.h>

#include "objects/protocols.h"

/* ---- HMAC ---- */

static void begin_padded(Digest *d, const DigestKind *kind, const uint8_t *key, uint8_t pad) {
    uint8_t block[DIGEST_MAX_BLOCK];
    for (uint32_t i = 0; i < kind->block; i++) block[i] = key[i] ^ pad;
    digest_begin(d, kind);
    digest_update(d, block, kind->block);
}

void hmac_begin(Hmac *h, const DigestKind *kind, const void *key, size_t n) {
    uint8_t block[DIGEST_MAX_BLOCK] = {0};
    if (n > kind->block) {
        digest_begin(&h->inner, kind);
        digest_update(&h->inner, key, n);
        digest_output(&h->inner, block, kind->output);
    } else if (n) {
        memcpy(block, key, n);
    }
    begin_padded(&h->inner, kind, block, 0x36);
    begin_padded(&h->outer, kind, block, 0x5c);
}

void hmac_output(const Hmac *h, uint8_t *out) {
    const DigestKind *kind = h->inner.kind;
    Digest outer = h->outer;
    digest_output(&h->inner, out, kind->output);
    digest_update(&outer, out, kind->output);
    kind->finish(&outer, out, kind->output);
}

/* ---- PBKDF2 ---- */

/* The block of that number, from 1: the exclusive or of so many rounds. */
static int derive_block(const Hmac *keyed, KeyBytes salt, uint64_t rounds, uint32_t number, uint8_t *out) {
    size_t size = keyed->inner.kind->output;
    uint8_t round[DIGEST_MAX_OUTPUT], index[4];
    for (int i = 0; i < 4; i++) index[i] = (uint8_t)(number >> (24 - 8 * i));
    Hmac h = *keyed;
    hmac_update(&h, salt.data, salt.n);
    hmac_update(&h, index, sizeof index);
    hmac_output(&h, round);
    memcpy(out, round, size);
    for (uint64_t i = 1; i < rounds; i++) {
        h = *keyed;
        hmac_update(&h, round, size);
        hmac_output(&h, round);
        for (size_t k = 0; k < size; k++) out[k] ^= round[k];
        if (i % 64 == 0 && work_charge_alone(64) < 0) return -1;
    }
    return work_charge_alone(1 + salt.n / 64);
}

int pbkdf2(const DigestKind *kind, KeyBytes password, KeyBytes salt, uint64_t rounds, uint8_t *out,
           size_t n) {
    Hmac keyed;
    uint8_t block[DIGEST_MAX_OUTPUT];
    hmac_begin(&keyed, kind, password.data, password.n);
    for (uint32_t number = 1; n > 0; number++) {
        size_t taken = n < kind->output ? n : kind->output;
        if (derive_block(&keyed, salt, rounds, number, block) < 0) return -1;
        memcpy(out, block, taken);
        out += taken;
        n -= taken;
    }
    return 0;
}

/* ---- scrypt ---- */

static inline uint32_t rotated(uint32_t x, int by) { return x << by | x >> (32 - by); }

#define QUARTER(a, b, c, d)                                                                                  \
    x[b] ^= rotated(x[a] + x[d], 7);                                                                         \
    x[c] ^= rotated(x[b] + x[a], 9);                                                                         \
    x[d] ^= rotated(x[c] + x[b], 13);                                                                        \
    x[a] ^= rotated(x[d] + x[c], 18);

/* The Salsa20/8 core (RFC 7914, 3), on 64 bytes. */
static void salsa(uint32_t words[16]) {
    uint32_t x[16];
    memcpy(x, words, sizeof x);
    for (int i = 0; i < 4; i++) {
        QUARTER(0, 4, 8, 12)
        QUARTER(5, 9, 13, 1)
        QUARTER(10, 14, 2, 6)
        QUARTER(15, 3, 7, 11)
        QUARTER(0, 1, 2, 3)
        QUARTER(5, 6, 7, 4)
        QUARTER(10, 11, 8, 9)
        QUARTER(15, 12, 13, 14)
    }
    for (int i = 0; i < 16; i++) words[i] += x[i];
}

/* scryptBlockMix (RFC 7914, 4): 2r pieces of 16 words; the even ones come before the odd ones. */
static void mix(const uint32_t *in, uint32_t *out, uint32_t r) {
    uint32_t x[16];
    memcpy(x, in + (size_t)(2 * r - 1) * 16, sizeof x);
    for (size_t i = 0; i < 2 * (size_t)r; i++) {
        for (int k = 0; k < 16; k++) x[k] ^= in[i * 16 + (size_t)k];
        salsa(x);
        memcpy(out + (i / 2 + (i % 2 ? r : 0)) * 16, x, sizeof x);
    }
}

/* scryptROMix (RFC 7914, 5) of one block of 32r words; `table` has room for n blocks, `scratch` for one. */
static int mix_by_table(uint32_t *block, ScryptCost cost, uint32_t *table, uint32_t *scratch) {
    size_t words = (size_t)cost.r * 32, last = words - 16;
    for (uint64_t i = 0; i < cost.n; i++) {
        memcpy(table + i * words, block, words * 4);
        mix(table + i * words, block, cost.r);
        if (work_charge_alone(cost.r) < 0) return -1;
    }
    for (uint64_t i = 0; i < cost.n; i++) {
        uint64_t j = (block[last] | (uint64_t)block[last + 1] << 32) & (cost.n - 1);
        for (size_t k = 0; k < words; k++) scratch[k] = block[k] ^ table[j * words + k];
        mix(scratch, block, cost.r);
        if (work_charge_alone(cost.r) < 0) return -1;
    }
    return 0;
}

uint64_t scrypt_memory(ScryptCost cost) {
    uint64_t blocks, table, all;
    if (__builtin_mul_overflow(UINT64_C(128) * cost.p, cost.r, &blocks) ||
        __builtin_mul_overflow(UINT64_C(128) * cost.r, cost.n + 2, &table) ||
        __builtin_add_overflow(blocks, table, &all))
        return UINT64_MAX;
    return all;
}

int scrypt(KeyBytes password, KeyBytes salt, ScryptCost cost, uint8_t *out, size_t n) {
    size_t words = (size_t)cost.r * 32, block_bytes = words * 4, all = cost.p * block_bytes;
    uint64_t room = scrypt_memory(cost);
    uint32_t *memory = room < SIZE_MAX ? heap_alloc(rt->heap, room) : NULL;
    if (!memory) return raise_no_memory(), -1;
    uint32_t *scratch = memory + cost.p * words, *table = scratch + words;
    int status = pbkdf2(&digest_sha256, password, salt, 1, (uint8_t *)memory, all);
    for (uint32_t i = 0; status == 0 && i < cost.p; i++)
        status = mix_by_table(memory + i * words, cost, table, scratch);
    if (status == 0) status = pbkdf2(&digest_sha256, password, (KeyBytes){(uint8_t *)memory, all}, 1, out, n);
    heap_free(rt->heap, memory);
    return status;
}
