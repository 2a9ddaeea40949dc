/* _md5, _sha1, _sha256, _sha512, _sha3, _blake2: message digests as Python objects; digest.h has the algorithms. */
#include "modules/digest_object.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/slots.h"
#include "objects/str.h"

/* id, the type's name */
#define DIGESTS(X)                                                                                           \
    X(md5, "_md5.md5")                                                                                       \
    X(sha1, "_sha1.sha1")                                                                                    \
    X(sha224, "_sha256.sha224")                                                                              \
    X(sha256, "_sha256.sha256")                                                                              \
    X(sha384, "_sha512.sha384")                                                                              \
    X(sha512, "_sha512.sha512")                                                                              \
    X(sha3_224, "_sha3.sha3_224") X(sha3_256, "_sha3.sha3_256") X(sha3_384, "_sha3.sha3_384")                \
        X(sha3_512, "_sha3.sha3_512") X(shake_128, "_sha3.shake_128") X(shake_256, "_sha3.shake_256")        \
            X(blake2b, "_blake2.blake2b") X(blake2s, "_blake2.blake2s")

typedef enum DigestId {
#define DIGEST(id, name) D_##id,
    DIGESTS(DIGEST)
#undef DIGEST
        DIGEST_COUNT
} DigestId;

/* One for all six modules. */
typedef struct DigestsState {
    Type *types[DIGEST_COUNT];
} DigestsState;

/* ---- SHAKE ---- */

/* So many bytes of a SHAKE. */
static Value shake_bytes(Value v, Value length) {
    Value n = value_index(length);
    uint64_t count;
    if (!n) return NULL;
    bool negative = int_sign(n) < 0, fits = !negative && int_to_u64(n, &count) && count < ((uint64_t)1 << 29);
    decref(n);
    if (negative) return raise_error(T_ValueError, "value must be positive");
    if (!fits) return raise_error(T_ValueError, "length is too large");
    if (work_charge(count / 64) < 0) return NULL;
    Value bytes = bytes_new(count);
    if (bytes) digest_output(digest_of(v), bytes_data(bytes), count);
    return bytes;
}

static Value shake_hex(Value v, Value length) {
    Value bytes = shake_bytes(v, length),
          text = bytes ? digest_hex(bytes_data(bytes), bytes_length(bytes)) : NULL;
    xdecref(bytes);
    return text;
}

/* ---- what SHA-3 tells of itself ---- */

static Value get_rate_bits(Value v, void *closure) {
    (void)closure;
    return small_int_new(digest_of(v)->kind->block * 8);
}

static Value get_capacity_bits(Value v, void *closure) {
    (void)closure;
    return small_int_new(1600 - digest_of(v)->kind->block * 8);
}

/* The bits behind the message: a SHAKE's output has no length of its own. */
static Value get_suffix(Value v, void *closure) {
    (void)closure;
    return bytes_from((const uint8_t *)(digest_of(v)->output ? "\x06" : "\x1f"), 1);
}

static const GetSet sha3_getset[] = {
    {"name", hash_get_name, NULL, NULL, NULL},
    {"block_size", hash_get_block_size, NULL, NULL, NULL},
    {"digest_size", hash_get_digest_size, NULL, NULL, NULL},
    {"_capacity_bits", get_capacity_bits, NULL, NULL, NULL},
    {"_rate_bits", get_rate_bits, NULL, NULL, NULL},
    {"_suffix", get_suffix, NULL, NULL, NULL},
    {0},
};

#define HASH_METHODS(digest, hexdigest, call)                                                                \
    METHOD_NOARGS("copy", hash_copy,                                                                         \
                  "copy($self, /)\n--\n\nA second hash that goes on from what this one has taken."),         \
        call("digest", digest, "The digest so far, as bytes."),                                              \
        call("hexdigest", hexdigest, "The digest so far, in hexadecimal digits."),                           \
        METHOD_ONE("update", hash_update, "update($self, obj, /)\n--\n\nTakes in the bytes of obj."),        \
        METHOD_END

static const NativeMethod hash_methods[] = {HASH_METHODS(hash_digest, hash_hexdigest, METHOD_NOARGS)};
static const NativeMethod shake_methods[] = {HASH_METHODS(shake_bytes, shake_hex, METHOD_ONE)};

/* ---- constructors ---- */

/* string=b'', *, usedforsecurity=True */
static bool bind_data(const char *function, const char *data_name, Value const *args, size_t nargs,
                      Value kwnames, Value *data) {
    const char *const names[] = {data_name, "usedforsecurity", NULL};
    ArgSpec spec = {function, names, 2, 0, 1};
    Value out[2];
    if (nargs > 1) {
        raise_error(T_TypeError, "%s() takes at most 1 positional argument (%zu given)", function, nargs);
        return false;
    }
    if (!args_bind(&spec, args, nargs, kwnames, out)) return false;
    *data = out[0];
    return true;
}

#define HASH_FUNCTION(id)                                                                                    \
    static Value new_##id(Value module, Value const *args, size_t nargs, Value kwnames) {                    \
        (void)module;                                                                                        \
        Value data;                                                                                          \
        if (!bind_data(#id, "string", args, nargs, kwnames, &data)) return NULL;                             \
        return hash_of(MODULE_STATE(md5, DigestsState)->types[D_##id], &digest_##id, data);                  \
    }
HASH_FUNCTION(md5)
HASH_FUNCTION(sha1)
HASH_FUNCTION(sha224)
HASH_FUNCTION(sha256)
HASH_FUNCTION(sha384)
HASH_FUNCTION(sha512)

#define SHA3_CONSTRUCTOR(id)                                                                                 \
    static Value make_##id(Type *type, Value const *args, size_t nargs, Value kwnames) {                     \
        Value data;                                                                                          \
        return bind_data(#id, "", args, nargs, kwnames, &data) ? hash_of(type, &digest_##id, data) : NULL;   \
    }
SHA3_CONSTRUCTOR(sha3_224)
SHA3_CONSTRUCTOR(sha3_256)
SHA3_CONSTRUCTOR(sha3_384)
SHA3_CONSTRUCTOR(sha3_512)
SHA3_CONSTRUCTOR(shake_128)
SHA3_CONSTRUCTOR(shake_256)

/* ---- BLAKE2: a parameter block ---- */

typedef struct Blake2Options {
    uint64_t digest_size, fanout, depth, leaf_size, node_offset, node_depth, inner_size;
    Buffer key, salt, person;
} Blake2Options;

static bool number_option(Value v, const char *name, uint64_t low, uint64_t high, const char *between,
                          uint64_t *out) {
    if (!v) return true;
    Value n = value_index(v);
    if (!n) return false;
    bool negative = int_sign(n) < 0, fits = int_to_u64(n, out) && *out >= low && *out <= high;
    decref(n);
    if (fits) return true;
    if (between) raise_error(T_ValueError, "%s must be between %s", name, between);
    else if (negative) raise_error(T_ValueError, "value must be positive");
    else raise_error(T_OverflowError, "%s is too large", name);
    return false;
}

static bool bytes_option(Value v, const char *name, size_t max, Buffer *out) {
    if (!v) return true;
    if (buffer_get(v, out, false) < 0) return false;
    if (out->length <= max) return true;
    raise_error(T_ValueError, "maximum %s length is %zu bytes", name, max);
    return false;
}

/* The bytes that RFC 7693 mixes into the first words of the state, where those of a plain digest stand already. */
static void apply_parameters(Digest *d, const Blake2Options *o, bool wide) {
    uint8_t p[64] = {(uint8_t)o->digest_size, (uint8_t)o->key.length, (uint8_t)o->fanout, (uint8_t)o->depth};
    size_t half = wide ? 16 : 8;
    p[0] ^= (uint8_t)d->kind->output, p[2] ^= 1, p[3] ^= 1;
    memcpy(p + 4, &o->leaf_size, 4);
    memcpy(p + 8, &o->node_offset, wide ? 8 : 6);
    p[wide ? 16 : 14] = (uint8_t)o->node_depth;
    p[wide ? 17 : 15] = (uint8_t)o->inner_size;
    uint8_t *salt = p + (wide ? 32 : 16);
    if (o->salt.length) memcpy(salt, o->salt.data, o->salt.length);
    if (o->person.length) memcpy(salt + half, o->person.data, o->person.length);
    for (int i = 0; i < 8; i++) {
        if (wide) {
            uint64_t word;
            memcpy(&word, p + 8 * i, 8);
            d->state.w64[i] ^= word;
        } else {
            uint32_t word;
            memcpy(&word, p + 4 * i, 4);
            d->state.w32[i] ^= word;
        }
    }
}

static Value make_blake2(Type *type, const DigestKind *kind, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {
        "",          "digest_size", "key",        "salt",       "person",    "fanout",          "depth",
        "leaf_size", "node_offset", "node_depth", "inner_size", "last_node", "usedforsecurity", NULL};
    bool wide = kind == &digest_blake2b;
    size_t half = wide ? 16 : 8;
    ArgSpec spec = {kind->name, names, 13, 0, 1};
    Value out[13];
    if (nargs > 1)
        return raise_error(T_TypeError, "%s() takes at most 1 positional argument (%zu given)", kind->name,
                           nargs);
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Blake2Options o = {.digest_size = kind->output, .fanout = 1, .depth = 1};
    int last_node = out[11] ? value_is_true(out[11]) : 0;
    bool ok = last_node >= 0 &&
              number_option(out[1], "digest_size", 1, kind->output,
                            wide ? "1 and 64 bytes" : "1 and 32 bytes", &o.digest_size) &&
              bytes_option(out[2], "key", kind->output, &o.key) &&
              bytes_option(out[3], "salt", half, &o.salt) &&
              bytes_option(out[4], "person", half, &o.person) &&
              number_option(out[5], "fanout", 0, 255, "0 and 255", &o.fanout) &&
              number_option(out[6], "depth", 1, 255, "1 and 255", &o.depth) &&
              number_option(out[7], "leaf_size", 0, UINT32_MAX, NULL, &o.leaf_size) &&
              number_option(out[8], "node_offset", 0, wide ? UINT64_MAX : ((uint64_t)1 << 48) - 1, NULL,
                            &o.node_offset) &&
              number_option(out[9], "node_depth", 0, 255, "0 and 255", &o.node_depth) &&
              number_option(out[10], "inner_size", 0, kind->output, wide ? "0 and is 64" : "0 and is 32",
                            &o.inner_size);
    Value h = ok ? hash_new(type, kind) : NULL;
    if (h) {
        Digest *d = digest_of(h);
        d->output = (uint32_t)o.digest_size;
        d->last_node = last_node;
        apply_parameters(d, &o, wide);
        if (o.key.length) {
            uint8_t block[DIGEST_MAX_BLOCK] = {0};
            memcpy(block, o.key.data, o.key.length);
            digest_update(d, block, kind->block);
        }
        if (out[0] && digest_take(d, out[0]) < 0) CLEAR_FIELD(h);
    }
    if (o.key.owner) buffer_release(&o.key);
    if (o.salt.owner) buffer_release(&o.salt);
    if (o.person.owner) buffer_release(&o.person);
    return h;
}

static Value make_blake2b(Type *type, Value const *args, size_t nargs, Value kwnames) {
    return make_blake2(type, &digest_blake2b, args, nargs, kwnames);
}

static Value make_blake2s(Type *type, Value const *args, size_t nargs, Value kwnames) {
    return make_blake2(type, &digest_blake2s, args, nargs, kwnames);
}

static int blake2_ready(Type *t) {
    const DigestKind *kind = strstr(t->spec->name, "blake2b") ? &digest_blake2b : &digest_blake2s;
    const struct {
        const char *name;
        int64_t value;
    } rows[] = {{"SALT_SIZE", kind->output / 4},
                {"PERSON_SIZE", kind->output / 4},
                {"MAX_KEY_SIZE", kind->output},
                {"MAX_DIGEST_SIZE", kind->output}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (dict_set_cstr(AS_VALUE(t->dict), rows[i].name, small_int_new(rows[i].value)) < 0) return -1;
    return 0;
}

/* ---- types and modules ---- */

#define PLAIN_SPEC(id, python_name)                                                                          \
    {                                                                                                        \
        .name = python_name, .flags = TYPE_NOT_INSTANTIABLE, .basic_size = sizeof(HashObject),               \
        .methods = hash_methods, .getset = hash_getset                                                       \
    }
#define MADE_SPEC(id, python_name, table, members, ready_function)                                           \
    {                                                                                                        \
        .name = python_name, .doc = #id "([data], *, usedforsecurity=True)\n\nReturn a new hash object.",    \
        .flags = TYPE_SUBCLASSABLE, .basic_size = sizeof(HashObject), .slots = {.new_ = make_##id},          \
        .methods = table, .getset = members, .ready = ready_function                                         \
    }

static const TypeSpec hash_specs[DIGEST_COUNT] = {
    [D_md5] = PLAIN_SPEC(md5, "_md5.md5"),
    [D_sha1] = PLAIN_SPEC(sha1, "_sha1.sha1"),
    [D_sha224] = PLAIN_SPEC(sha224, "_sha256.sha224"),
    [D_sha256] = PLAIN_SPEC(sha256, "_sha256.sha256"),
    [D_sha384] = PLAIN_SPEC(sha384, "_sha512.sha384"),
    [D_sha512] = PLAIN_SPEC(sha512, "_sha512.sha512"),
    [D_sha3_224] = MADE_SPEC(sha3_224, "_sha3.sha3_224", hash_methods, sha3_getset, NULL),
    [D_sha3_256] = MADE_SPEC(sha3_256, "_sha3.sha3_256", hash_methods, sha3_getset, NULL),
    [D_sha3_384] = MADE_SPEC(sha3_384, "_sha3.sha3_384", hash_methods, sha3_getset, NULL),
    [D_sha3_512] = MADE_SPEC(sha3_512, "_sha3.sha3_512", hash_methods, sha3_getset, NULL),
    [D_shake_128] = MADE_SPEC(shake_128, "_sha3.shake_128", shake_methods, sha3_getset, NULL),
    [D_shake_256] = MADE_SPEC(shake_256, "_sha3.shake_256", shake_methods, sha3_getset, NULL),
    [D_blake2b] = MADE_SPEC(blake2b, "_blake2.blake2b", hash_methods, hash_getset, blake2_ready),
    [D_blake2s] = MADE_SPEC(blake2s, "_blake2.blake2s", hash_methods, hash_getset, blake2_ready),
};

/* Makes the types first..last and adds them to the module if they can be called. */
static int add_types(Value module, DigestId first, DigestId last) {
    DigestsState *s = module_state_new(M_md5, sizeof *s);
    if (!s) return -1;
    for (int i = first; i <= (int)last; i++) {
        bool open = hash_specs[i].slots.new_ != NULL;
        int status = open ? module_make_type(module, &s->types[i], &hash_specs[i], NULL)
                          : module_ready_type(&s->types[i], &hash_specs[i], NULL);
        if (status < 0) return -1;
    }
    return 0;
}

static int md5_ready(Value module) { return add_types(module, D_md5, D_md5); }
static int sha1_ready(Value module) { return add_types(module, D_sha1, D_sha1); }
static int sha256_ready(Value module) { return add_types(module, D_sha224, D_sha256); }
static int sha512_ready(Value module) { return add_types(module, D_sha384, D_sha512); }
static int sha3_ready(Value module) { return add_types(module, D_sha3_224, D_shake_256); }

static int blake2_module_ready(Value module) {
    return add_types(module, D_blake2b, D_blake2s) < 0 ||
                   module_add_int(module, "BLAKE2B_SALT_SIZE", 16) < 0 ||
                   module_add_int(module, "BLAKE2B_PERSON_SIZE", 16) < 0 ||
                   module_add_int(module, "BLAKE2B_MAX_KEY_SIZE", 64) < 0 ||
                   module_add_int(module, "BLAKE2B_MAX_DIGEST_SIZE", 64) < 0 ||
                   module_add_int(module, "BLAKE2S_SALT_SIZE", 8) < 0 ||
                   module_add_int(module, "BLAKE2S_PERSON_SIZE", 8) < 0 ||
                   module_add_int(module, "BLAKE2S_MAX_KEY_SIZE", 32) < 0 ||
                   module_add_int(module, "BLAKE2S_MAX_DIGEST_SIZE", 32) < 0
               ? -1
               : 0;
}

#define HASH_ROW(id, text)                                                                                   \
    METHOD_KW(#id, new_##id,                                                                                 \
              #id "($module, /, string=b'', *, usedforsecurity=True)\n--\n\nA new " text                     \
                  " hash of what it is given.")

static const NativeMethod md5_functions[] = {HASH_ROW(md5, "MD5"), METHOD_END};
static const NativeMethod sha1_functions[] = {HASH_ROW(sha1, "SHA1"), METHOD_END};
static const NativeMethod sha256_functions[] = {HASH_ROW(sha256, "SHA-256"), HASH_ROW(sha224, "SHA-224"),
                                                METHOD_END};
static const NativeMethod sha512_functions[] = {HASH_ROW(sha512, "SHA-512"), HASH_ROW(sha384, "SHA-384"),
                                                METHOD_END};

const ModuleSpec module_md5 = {.name = "_md5", .functions = md5_functions, .ready = md5_ready};
const ModuleSpec module_sha1 = {.name = "_sha1", .functions = sha1_functions, .ready = sha1_ready};
const ModuleSpec module_sha256 = {.name = "_sha256", .functions = sha256_functions, .ready = sha256_ready};
const ModuleSpec module_sha512 = {.name = "_sha512", .functions = sha512_functions, .ready = sha512_ready};
const ModuleSpec module_sha3 = {.name = "_sha3", .ready = sha3_ready};
const ModuleSpec module_blake2 = {.name = "_blake2", .ready = blake2_module_ready};
