/*
 * digest_object: a message digest as a Python object, as the modules of each (m_digests.c) and _hashlib (m_hashlib.c) have it.
 */
#ifndef ATOLL_MODULES_DIGEST_OBJECT_H
#define ATOLL_MODULES_DIGEST_OBJECT_H

#include "modules/digest.h"
#include "modules/module.h"

typedef struct HashObject {
    HeapObject head;
    Digest digest;
} HashObject;

static inline Digest *digest_of(Value v) { return &((HashObject *)v)->digest; }

/* New, NULL raised. */
Value hash_new(Type *type, const DigestKind *kind);
Value hash_of(Type *type, const DigestKind *kind, Value data_or_null);
/* Takes in the bytes of an object. 0, -1 raised. */
int digest_take(Digest *d, Value data);
/* a == b of two str in ASCII or two buffers, in a time that tells nothing of where they differ. A bool; NULL raised. */
Value digest_compare(Value a, Value b);
/* In hexadecimal digits; new. */
Value digest_hex(const uint8_t *bytes, size_t n);

/* Methods and attributes of a HashObject. */
Value hash_update(Value v, Value data);
Value hash_copy(Value v);
Value hash_digest(Value v);
Value hash_hexdigest(Value v);
Value hash_get_name(Value v, void *closure);
Value hash_get_block_size(Value v, void *closure);
Value hash_get_digest_size(Value v, void *closure);
extern const GetSet hash_getset[]; /* these three */

#endif
