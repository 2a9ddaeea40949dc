/* digest_object: see digest_object.h. */
#include "modules/digest_object.h"

#include "objects/bytes.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- taking in bytes ---- */

static int bytes_to_hash(Value data, Buffer *out) {
    if (is_str(data)) return raise_int(T_TypeError, "Strings must be encoded before hashing");
    if (!type_of(data)->slots.get_buffer)
        return raise_int(T_TypeError, "object supporting the buffer API required");
    if (buffer_get(data, out, false) < 0) return -1;
    if (out->dimensions <= 1) return 0;
    buffer_release(out);
    return raise_int(T_BufferError, "Buffer must be single dimension");
}

int digest_take(Digest *d, Value data) {
    Buffer buffer;
    if (bytes_to_hash(data, &buffer) < 0) return -1;
    const uint8_t *bytes = buffer.data;
    int status = 0;
    for (size_t left = buffer.length; status == 0 && left > 0;) {
        size_t n = left < (1 << 16) ? left : 1 << 16;
        digest_update(d, bytes, n);
        bytes += n;
        left -= n;
        status = work_charge(n / 64);
    }
    buffer_release(&buffer);
    return status;
}

Value hash_new(Type *type, const DigestKind *kind) {
    HashObject *h = (HashObject *)value_alloc(type, 0);
    if (h) digest_begin(&h->digest, kind);
    return AS_VALUE(h);
}

Value hash_of(Type *type, const DigestKind *kind, Value data_or_null) {
    Value h = hash_new(type, kind);
    if (h && data_or_null && digest_take(digest_of(h), data_or_null) < 0) CLEAR_FIELD(h);
    return h;
}

/* ---- comparing ---- */

/* Takes the same time wherever the bytes differ. */
static bool same_bytes(const uint8_t *a, size_t m, const uint8_t *b, size_t n) {
    volatile uint8_t difference = m != n;
    for (size_t i = 0; i < n; i++) difference |= (m == n ? a[i] : b[i] ^ 1) ^ b[i];
    return difference == 0;
}

Value digest_compare(Value a, Value b) {
    if (is_str(a) && is_str(b)) {
        if (!((Str *)a)->ascii || !((Str *)b)->ascii)
            return raise_error(T_TypeError, "comparing strings with non-ASCII characters is not supported");
        return BOOL(same_bytes(str_data(a), str_length(a), str_data(b), str_length(b)));
    }
    Buffer x, y;
    if (buffer_get(a, &x, false) < 0) return NULL;
    if (buffer_get(b, &y, false) < 0) {
        buffer_release(&x);
        return NULL;
    }
    Value result = x.dimensions > 1 || y.dimensions > 1
                       ? raise_error(T_BufferError, "Buffer must be single dimension")
                       : BOOL(same_bytes(x.data, x.length, y.data, y.length));
    buffer_release(&x);
    buffer_release(&y);
    return result;
}

/* ---- methods ---- */

Value hash_update(Value v, Value data) { return digest_take(digest_of(v), data) < 0 ? NULL : NONE; }

Value hash_copy(Value v) {
    HashObject *h = (HashObject *)value_alloc(type_of(v), 0);
    if (h) h->digest = *digest_of(v);
    return AS_VALUE(h);
}

Value digest_hex(const uint8_t *bytes, size_t n) {
    Value text = str_new(2 * n, 0x7f);
    for (size_t i = 0; text && i < n; i++) {
        str_write(text, 2 * i, (uint32_t) "0123456789abcdef"[bytes[i] >> 4]);
        str_write(text, 2 * i + 1, (uint32_t) "0123456789abcdef"[bytes[i] & 15]);
    }
    return text;
}

Value hash_digest(Value v) {
    uint8_t out[DIGEST_MAX_OUTPUT];
    digest_output(digest_of(v), out, digest_of(v)->output);
    return bytes_from(out, digest_of(v)->output);
}

Value hash_hexdigest(Value v) {
    uint8_t out[DIGEST_MAX_OUTPUT];
    digest_output(digest_of(v), out, digest_of(v)->output);
    return digest_hex(out, digest_of(v)->output);
}

Value hash_get_name(Value v, void *closure) {
    (void)closure;
    return str_from_cstr(digest_of(v)->kind->name);
}

Value hash_get_block_size(Value v, void *closure) {
    (void)closure;
    return small_int_new(digest_of(v)->kind->block);
}

Value hash_get_digest_size(Value v, void *closure) {
    (void)closure;
    return small_int_new(digest_of(v)->output);
}

const GetSet hash_getset[] = {
    {"name", hash_get_name, NULL, NULL, NULL},
    {"block_size", hash_get_block_size, NULL, NULL, NULL},
    {"digest_size", hash_get_digest_size, NULL, NULL, NULL},
    {0},
};
