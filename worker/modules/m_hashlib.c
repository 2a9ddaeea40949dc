/* _hashlib: what hashlib and hmac prefer where it is there: digests by name, HMAC, and keys made of passwords. */
#include <ctype.h>
#include <limits.h>

#include "modules/digest_object.h"
#include "modules/key_derivation.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* Names with what else they are called; the first is the digest's own. */
static const struct Named {
    const DigestKind *kind;
    const char *aliases; /* in small letters, each between spaces */
    bool has_function;   /* openssl_NAME */
} digests[] = {
    {&digest_md5, " md5 ssl3-md5 ", true},
    {&digest_sha1, " sha1 sha-1 ssl3-sha1 ", true},
    {&digest_sha224, " sha224 sha-224 sha2-224 ", true},
    {&digest_sha256, " sha256 sha-256 sha2-256 ", true},
    {&digest_sha384, " sha384 sha-384 sha2-384 ", true},
    {&digest_sha512, " sha512 sha-512 sha2-512 ", true},
    {&digest_sha3_224, " sha3_224 sha3-224 ", true},
    {&digest_sha3_256, " sha3_256 sha3-256 ", true},
    {&digest_sha3_384, " sha3_384 sha3-384 ", true},
    {&digest_sha3_512, " sha3_512 sha3-512 ", true},
    {&digest_shake_128, " shake_128 shake128 shake-128 ", true},
    {&digest_shake_256, " shake_256 shake256 shake-256 ", true},
    {&digest_sha512_224, " sha512_224 sha512-224 sha-512/224 sha2-512/224 ", false},
    {&digest_sha512_256, " sha512_256 sha512-256 sha-512/256 sha2-512/256 ", false},
    {&digest_blake2b, " blake2b blake2b512 blake2b-512 ", false},
    {&digest_blake2s, " blake2s blake2s256 blake2s-256 ", false},
    {&digest_ripemd160, " ripemd160 ripemd-160 ripemd rmd160 ", false},
};
enum { DIGESTS = sizeof digests / sizeof *digests };

typedef struct HashlibState {
    Type *hash, *xof, *hmac;
    Type *unsupported; /* UnsupportedDigestmodError */
    Value names;       /* dict: function to the digest's name */
} HashlibState;

#define STATE MODULE_STATE(hashlib, HashlibState)

static bool is_xof(const DigestKind *kind) { return kind->output == 0; }

static Value raise_unsupported_name(void) {
    return raise_error(T_ValueError, "[digital envelope routines] unsupported");
}

/* NULL raised. */
static const DigestKind *kind_of_name(Value name) {
    enum { LONGEST = 24 };
    char word[LONGEST + 3] = " ";
    size_t n = str_length(name);
    for (size_t i = 0; i < n && i < LONGEST; i++) {
        uint32_t c = str_read(name, i);
        word[i + 1] = c < 128 && c != ' ' ? (char)tolower((int)c) : '?';
    }
    if (n > 0 && n < LONGEST) {
        word[n + 1] = ' ';
        for (size_t i = 0; i < DIGESTS; i++)
            if (strstr(digests[i].aliases, word)) return digests[i].kind;
    }
    return raise_unsupported_name(), NULL;
}

/* ---- HASH and HASHXOF ---- */

static Value new_hash(const DigestKind *kind, Value data_or_null) {
    return hash_of(is_xof(kind) ? STATE->xof : STATE->hash, kind, data_or_null);
}

static Value hash_repr(Value v) {
    return str_format("<%s %N object @ %p>", digest_of(v)->kind->name, type_of(v), (void *)v);
}

/* So many bytes of a SHAKE; `refusal`: of a length below 0. */
static Value xof_bytes(Value v, Value const *args, size_t nargs, Value kwnames, const ArgSpec *spec,
                       Value (*refusal)(void)) {
    Value out[1];
    int64_t n;
    if (!args_bind(spec, args, nargs, kwnames, out) || value_as_i64(out[0], &n) < 0) return NULL;
    if (n < 0) return refusal();
    if (work_charge((uint64_t)n / 64) < 0) return NULL;
    Value bytes = bytes_new((size_t)n);
    if (bytes) digest_output(digest_of(v), bytes_data(bytes), (size_t)n);
    return bytes;
}

static Value refuse_bytes(void) {
    return raise_error(T_SystemError, "Negative size passed to PyBytes_FromStringAndSize");
}

static Value xof_digest(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"length", NULL};
    static const ArgSpec spec = {"digest", names, 1, 1, 1};
    return xof_bytes(v, args, nargs, kwnames, &spec, refuse_bytes);
}

static Value xof_hexdigest(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"length", NULL};
    static const ArgSpec spec = {"hexdigest", names, 1, 1, 1};
    Value bytes = xof_bytes(v, args, nargs, kwnames, &spec, raise_no_memory);
    Value text = bytes ? digest_hex(bytes_data(bytes), bytes_length(bytes)) : NULL;
    xdecref(bytes);
    return text;
}

static const NativeMethod hash_methods[] = {
    METHOD_NOARGS("copy", hash_copy,
                  "copy($self, /)\n--\n\nA second hash that goes on from what this one has taken."),
    METHOD_NOARGS("digest", hash_digest, "digest($self, /)\n--\n\nThe digest so far, as bytes."),
    METHOD_NOARGS("hexdigest", hash_hexdigest,
                  "hexdigest($self, /)\n--\n\nThe digest so far, in hexadecimal digits."),
    METHOD_ONE("update", hash_update, "update($self, obj, /)\n--\n\nTakes in the bytes of obj."),
    METHOD_END,
};

static const NativeMethod xof_methods[] = {
    METHOD_KW("digest", xof_digest, "digest($self, /, length)\n--\n\nSo many bytes of the digest so far."),
    METHOD_KW("hexdigest", xof_hexdigest,
              "hexdigest($self, /, length)\n--\n\nThe same in hexadecimal digits."),
    METHOD_END,
};

static const GetSet xof_getset[] = {{"digest_size", hash_get_digest_size, NULL, NULL, NULL}, {0}};

static const TypeSpec hash_spec = {
    .name = "_hashlib.HASH",
    .doc = "A digest in the making; copy(), digest(), hexdigest() and update() are its methods.",
    .flags = TYPE_NOT_INSTANTIABLE | TYPE_SUBCLASSABLE,
    .basic_size = sizeof(HashObject),
    .slots = {.repr = hash_repr},
    .methods = hash_methods,
    .getset = hash_getset,
};

static const TypeSpec xof_spec = {
    .name = "_hashlib.HASHXOF",
    .doc = "A digest as long as is wanted.",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(HashObject),
    .methods = xof_methods,
    .getset = xof_getset,
};

static Value bind_data(const char *function, const DigestKind *kind, Value const *args, size_t nargs,
                       Value kwnames) {
    static const char *const names[] = {"string", "usedforsecurity", NULL};
    ArgSpec spec = {function, names, 2, 0, 1};
    Value out[2];
    if (nargs > 1)
        return raise_error(T_TypeError, "%s() takes at most 1 positional argument (%zu given)", function,
                           nargs);
    return args_bind(&spec, args, nargs, kwnames, out) ? new_hash(kind, out[0]) : NULL;
}

#define HASH_FUNCTION(id)                                                                                    \
    static Value openssl_##id(Value module, Value const *args, size_t nargs, Value kwnames) {                \
        (void)module;                                                                                        \
        return bind_data("openssl_" #id, &digest_##id, args, nargs, kwnames);                                \
    }
HASH_FUNCTION(md5)
HASH_FUNCTION(sha1)
HASH_FUNCTION(sha224)
HASH_FUNCTION(sha256)
HASH_FUNCTION(sha384)
HASH_FUNCTION(sha512)
HASH_FUNCTION(sha3_224)
HASH_FUNCTION(sha3_256)
HASH_FUNCTION(sha3_384)
HASH_FUNCTION(sha3_512)
HASH_FUNCTION(shake_128)
HASH_FUNCTION(shake_256)

static Value hashlib_new(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"name", "string", "usedforsecurity", NULL};
    static const ArgSpec spec = {"new", names, 3, 1, 2};
    Value out[3];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[0])) return raise_error(T_TypeError, "name must be a string");
    const DigestKind *kind = kind_of_name(out[0]);
    return kind ? new_hash(kind, out[1]) : NULL;
}

/* ---- HMAC ---- */

typedef struct HmacObject {
    HeapObject head;
    Hmac hmac;
} HmacObject;

static Hmac *hmac_of(Value v) { return &((HmacObject *)v)->hmac; }

/* Of a name or of one of this module's functions. NULL raised. */
static const DigestKind *kind_for_hmac(Value digestmod) {
    Value name = is_str(digestmod) ? digestmod : dict_get_borrow(STATE->names, digestmod);
    if (!name && error_pending()) return NULL;
    if (!name) return raise_type(STATE->unsupported, "Unsupported digestmod %R", digestmod), NULL;
    const DigestKind *kind = kind_of_name(name);
    if (kind && is_xof(kind)) return raise_error(T_ValueError, "no reason supplied"), NULL;
    return kind;
}

static Value hmac_new(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"key", "msg", "digestmod", NULL};
    static const ArgSpec spec = {"hmac_new", names, 3, 1, 3};
    Value out[3];
    Buffer key;
    if (!args_bind(&spec, args, nargs, kwnames, out) || buffer_get(out[0], &key, false) < 0) return NULL;
    const DigestKind *kind = out[2] ? kind_for_hmac(out[2]) : NULL;
    if (!out[2]) raise_error(T_TypeError, "Missing required parameter 'digestmod'.");
    HmacObject *h = kind ? (HmacObject *)value_alloc(STATE->hmac, 0) : NULL;
    if (h) hmac_begin(&h->hmac, kind, key.data, key.length);
    buffer_release(&key);
    Value v = AS_VALUE(h);
    if (h && out[1] && out[1] != NONE && digest_take(&h->hmac.inner, out[1]) < 0) CLEAR_FIELD(v);
    return v;
}

static Value hmac_update_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"msg", NULL};
    static const ArgSpec spec = {"update", names, 1, 1, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out) || digest_take(&hmac_of(v)->inner, out[0]) < 0)
        return NULL;
    return NONE;
}

static Value hmac_copy(Value v) {
    HmacObject *h = (HmacObject *)value_alloc(type_of(v), 0);
    if (h) h->hmac = *hmac_of(v);
    return AS_VALUE(h);
}

static Value hmac_digest_method(Value v) {
    uint8_t out[DIGEST_MAX_OUTPUT];
    hmac_output(hmac_of(v), out);
    return bytes_from(out, hmac_of(v)->inner.kind->output);
}

static Value hmac_hexdigest(Value v) {
    uint8_t out[DIGEST_MAX_OUTPUT];
    hmac_output(hmac_of(v), out);
    return digest_hex(out, hmac_of(v)->inner.kind->output);
}

static Value hmac_repr(Value v) {
    return str_format("<%s HMAC object @ %p>", hmac_of(v)->inner.kind->name, (void *)v);
}

static Value hmac_get_name(Value v, void *closure) {
    (void)closure;
    return str_format("hmac-%s", hmac_of(v)->inner.kind->name);
}

static Value hmac_get_block_size(Value v, void *closure) {
    (void)closure;
    return small_int_new(hmac_of(v)->inner.kind->block);
}

static Value hmac_get_digest_size(Value v, void *closure) {
    (void)closure;
    return small_int_new(hmac_of(v)->inner.kind->output);
}

static const NativeMethod hmac_methods[] = {
    METHOD_NOARGS("copy", hmac_copy,
                  "copy($self, /)\n--\n\nA second one that goes on from what this one has taken."),
    METHOD_NOARGS("digest", hmac_digest_method, "digest($self, /)\n--\n\nThe code so far, as bytes."),
    METHOD_NOARGS("hexdigest", hmac_hexdigest,
                  "hexdigest($self, /)\n--\n\nThe code so far, in hexadecimal digits."),
    METHOD_KW("update", hmac_update_method, "update($self, /, msg)\n--\n\nTakes in the bytes of msg."),
    METHOD_END,
};

static const GetSet hmac_getset[] = {
    {"name", hmac_get_name, NULL, NULL, NULL},
    {"block_size", hmac_get_block_size, NULL, NULL, NULL},
    {"digest_size", hmac_get_digest_size, NULL, NULL, NULL},
    {0},
};

static const TypeSpec hmac_spec = {
    .name = "_hashlib.HMAC",
    .doc = "A message authentication code in the making; copy(), digest(), hexdigest() and update() are its "
           "methods.",
    .flags = TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(HmacObject),
    .slots = {.repr = hmac_repr},
    .methods = hmac_methods,
    .getset = hmac_getset,
};

static Value hmac_whole(const DigestKind *kind, const Buffer *key, const Buffer *message) {
    Hmac h;
    uint8_t out[DIGEST_MAX_OUTPUT];
    if (work_charge(message->length / 64) < 0) return NULL;
    hmac_begin(&h, kind, key->data, key->length);
    hmac_update(&h, message->data, message->length);
    hmac_output(&h, out);
    return bytes_from(out, kind->output);
}

static Value hmac_digest(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"key", "msg", "digest", NULL};
    static const ArgSpec spec = {"hmac_digest", names, 3, 3, 3};
    Value out[3], result = NULL;
    Buffer key, message;
    if (!args_bind(&spec, args, nargs, kwnames, out) || buffer_get(out[0], &key, false) < 0) return NULL;
    if (buffer_get(out[1], &message, false) == 0) {
        const DigestKind *kind = kind_for_hmac(out[2]);
        if (kind) result = hmac_whole(kind, &key, &message);
        buffer_release(&message);
    }
    buffer_release(&key);
    return result;
}

/* ---- keys of passwords ---- */

/* Two buffers, both or none. 0, -1 raised. */
static int get_buffers(Value a, Buffer *first, Value b, Buffer *second) {
    if (buffer_get(a, first, false) < 0) return -1;
    if (buffer_get(b, second, false) == 0) return 0;
    buffer_release(first);
    return -1;
}

static KeyBytes bytes_of(const Buffer *b) { return (KeyBytes){b->data, b->length}; }

static Value pbkdf2_of(const DigestKind *kind, const Buffer *password, const Buffer *salt, int64_t rounds,
                       Value length) {
    int64_t n = is_xof(kind) ? 1 : kind->output;
    if (rounds < 1) return raise_error(T_ValueError, "iteration value must be greater than 0.");
    if (rounds > INT_MAX) return raise_error(T_OverflowError, "iteration value is too great.");
    if (length && length != NONE && value_as_i64(length, &n) < 0) return NULL;
    if (n < 1) return raise_error(T_ValueError, "key length must be greater than 0.");
    if (n > INT_MAX) return raise_error(T_OverflowError, "key length is too great.");
    if (is_xof(kind)) return raise_error(T_ValueError, "no reason supplied");
    Value key = bytes_new((size_t)n);
    if (key &&
        pbkdf2(kind, bytes_of(password), bytes_of(salt), (uint64_t)rounds, bytes_data(key), (size_t)n) < 0)
        CLEAR_FIELD(key);
    return key;
}

static Value pbkdf2_hmac(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"hash_name", "password", "salt", "iterations", "dklen", NULL};
    static const ArgSpec spec = {"pbkdf2_hmac", names, 5, 4, 5};
    Value out[5];
    Buffer password, salt;
    int64_t rounds;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!is_str(out[0]))
        return raise_error(T_TypeError, "pbkdf2_hmac() argument 'hash_name' must be str, not %K", out[0]);
    if (get_buffers(out[1], &password, out[2], &salt) < 0) return NULL;
    const DigestKind *kind = value_as_i64(out[3], &rounds) == 0 ? kind_of_name(out[0]) : NULL;
    Value key = kind ? pbkdf2_of(kind, &password, &salt, rounds, out[4]) : NULL;
    buffer_release(&password);
    buffer_release(&salt);
    return key;
}

/* A cost of scrypt. 0, -1 raised. */
static int read_cost(Value v, const char *name, uint64_t most, uint64_t *out) {
    if (v && v != NONE && !is_int(v))
        return raise_int(T_TypeError, "scrypt() argument '%s' must be int, not %T", name, v);
    if (v && v != NONE && int_to_u64(v, out) && *out <= most) return 0;
    return raise_int(T_TypeError, "%s is required and must be an unsigned int", name);
}

/* A length from `least` on. 0, -1 raised. */
static int read_length(Value v, int64_t least, const char *refusal, int64_t *out) {
    if (!v) return 0;
    if (value_as_i64(v, out) < 0) return -1;
    return *out >= least && *out <= INT_MAX ? 0 : raise_int(T_ValueError, "%s", refusal);
}

/* Is it in the bounds of RFC 7914, 6, and of the memory that may be used? False: raised. */
static bool cost_is_allowed(ScryptCost cost, int64_t most) {
    if (cost.r == 0 || cost.p == 0) {
        raise_error(T_ValueError, "Invalid parameter combination for n, r, p, maxmem.");
        return false;
    }
    bool many = cost.p > ((1u << 30) - 1) / cost.r || (cost.r < 4 && cost.n >= UINT64_C(1) << (16 * cost.r));
    if (!many && scrypt_memory(cost) <= (uint64_t)(most ? most : 32 << 20)) return true;
    raise_error(T_ValueError, "[digital envelope routines] memory limit exceeded");
    return false;
}

static Value scrypt_key(const Buffer *password, const Buffer *salt, ScryptCost cost, int64_t n) {
    Value key = bytes_new((size_t)n);
    if (key && scrypt(bytes_of(password), bytes_of(salt), cost, bytes_data(key), (size_t)n) < 0)
        CLEAR_FIELD(key);
    return key;
}

static Value hashlib_scrypt(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"password", "salt", "n", "r", "p", "maxmem", "dklen", NULL};
    static const ArgSpec spec = {"scrypt", names, 7, 1, 1};
    Value out[7], key = NULL;
    Buffer password, salt;
    uint64_t n, r, p;
    int64_t memory = 0, length = 64;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (!out[1] || out[1] == NONE) return raise_error(T_TypeError, "salt is required");
    if (get_buffers(out[0], &password, out[1], &salt) < 0) return NULL;
    if (read_cost(out[2], "n", UINT64_MAX, &n) < 0) goto done;
    if (n < 2 || (n & (n - 1))) {
        raise_error(T_ValueError, "n must be a power of 2.");
        goto done;
    }
    if (read_cost(out[3], "r", UINT32_MAX, &r) < 0 || read_cost(out[4], "p", UINT32_MAX, &p) < 0 ||
        read_length(out[5], 0, "maxmem must be positive and smaller than 2147483647", &memory) < 0 ||
        read_length(out[6], 1, "dklen must be greater than 0 and smaller than 2147483647", &length) < 0)
        goto done;
    ScryptCost cost = {n, (uint32_t)r, (uint32_t)p};
    if (cost_is_allowed(cost, memory)) key = scrypt_key(&password, &salt, cost, length);
done:
    buffer_release(&password);
    buffer_release(&salt);
    return key;
}

static Value compare_digest(Value module, Value const *args, size_t nargs) {
    (void)module;
    return args_count("compare_digest", nargs, 2, 2) ? digest_compare(args[0], args[1]) : NULL;
}

static Value get_fips_mode(Value module) { return (void)module, small_int_new(0); }

/* ---- the module ---- */

#define HASH_ROW(id)                                                                                         \
    METHOD_KW("openssl_" #id, openssl_##id,                                                                  \
              "openssl_" #id                                                                                 \
              "($module, /, string=b'', *, usedforsecurity=True)\n--\n\nA new hash of what it is given.")

static const NativeMethod functions[] = {
    METHOD_KW("new", hashlib_new,
              "new($module, /, name, string=b'', *, usedforsecurity=True)\n--\n\nA new hash, of the digest "
              "of that name."),
    METHOD_KW("hmac_new", hmac_new, "hmac_new($module, /, key, msg=b'', digestmod=None)\n--\n\nA new HMAC."),
    METHOD_KW("hmac_digest", hmac_digest,
              "hmac_digest($module, /, key, msg, digest)\n--\n\nThe HMAC of a message, at once."),
    METHOD_KW(
        "pbkdf2_hmac", pbkdf2_hmac,
        "pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            dklen=None)\n--\n\n"
        "A key made of a password by PKCS #5's second function."),
    METHOD_KW("scrypt", hashlib_scrypt,
              "scrypt($module, /, password, *, salt=None, n=None, r=None, p=None,\n       maxmem=0, "
              "dklen=64)\n--\n\n"
              "A key made of a password at a cost in memory."),
    METHOD_FAST(
        "compare_digest", compare_digest,
        "compare_digest($module, a, b, /)\n--\n\na == b, in a time that does not tell where they differ."),
    METHOD_NOARGS("get_fips_mode", get_fips_mode,
                  "get_fips_mode($module, /)\n--\n\n0: there is no such mode."),
    HASH_ROW(md5),
    HASH_ROW(sha1),
    HASH_ROW(sha224),
    HASH_ROW(sha256),
    HASH_ROW(sha384),
    HASH_ROW(sha512),
    HASH_ROW(sha3_224),
    HASH_ROW(sha3_256),
    HASH_ROW(sha3_384),
    HASH_ROW(sha3_512),
    HASH_ROW(shake_128),
    HASH_ROW(shake_256),
    METHOD_END,
};

/* openssl_md_meth_names, and in _constructors the functions of those that have one. */
static int add_names(Value module) {
    HashlibState *state = STATE;
    Value all = frozenset_new(NULL), view = NULL;
    int status = all ? 0 : -1;
    for (size_t i = 0; status == 0 && i < DIGESTS; i++) {
        const char *id = digests[i].kind->name;
        Value name = str_from_cstr(id), function = NULL, attribute = NULL;
        status = name ? set_add(all, name) : -1;
        if (status == 0 && digests[i].has_function) {
            attribute = str_format("openssl_%s", id);
            function = attribute ? value_getattr(module, attribute) : NULL;
            status = function ? dict_set(state->names, function, name) : -1;
        }
        xdecref(attribute);
        xdecref(function);
        xdecref(name);
    }
    if (status == 0) view = mapping_proxy_new(state->names);
    if (status == 0) status = module_add(module, "_constructors", view);
    if (status == 0) status = module_add(module, "openssl_md_meth_names", incref(all));
    xdecref(all);
    return status;
}

static int ready(Value module) {
    HashlibState *state = module_state_new(M_hashlib, sizeof *state);
    Value bases = state ? tuple_pack(1, AS_VALUE(TYPE(ValueError))) : NULL;
    if (!bases) return -1;
    if (!state->unsupported)
        state->unsupported = type_new_simple("_hashlib.UnsupportedDigestmodError", bases, NULL, NULL);
    decref(bases);
    if (!state->names) state->names = dict_new();
    if (!state->unsupported || !state->names ||
        module_add(module, "UnsupportedDigestmodError", incref(AS_VALUE(state->unsupported))) < 0 ||
        module_make_type(module, &state->hash, &hash_spec, NULL) < 0 ||
        module_make_type(module, &state->xof, &xof_spec, state->hash) < 0 ||
        module_make_type(module, &state->hmac, &hmac_spec, NULL) < 0)
        return -1;
    return add_names(module);
}

const ModuleSpec module_hashlib = {
    "_hashlib", "Digests by name, message authentication codes, and keys made of passwords.", functions,
    ready};
