/*
 * _random: the Mersenne Twister MT19937 of Matsumoto and Nishimura, seeded and read as CPython does it, so that equal seeds give
 * equal numbers: 32-bit words of abs(seed), least first, go through init_by_array; random() is 53 bits of two words.
 */
#include <errno.h>
#include <time.h>

#include "modules/chance.h"
#include "modules/module.h"
#include "objects/int.h"
#include "objects/float.h"
#include "objects/slots.h"
#include "objects/tuple.h"

enum { WORDS = 624, SHIFT = 397 };

typedef struct Random {
    HeapObject head;
    uint32_t index; /* of the next word; WORDS: make new ones first */
    uint32_t words[WORDS];
} Random;

typedef struct RandomState {
    Type *random;
} RandomState;

static Random *random_of(Value v) { return (Random *)v; }

/* ---- the generator ---- */

static inline uint32_t twist(uint32_t upper, uint32_t lower) {
    uint32_t y = (upper & 0x80000000u) | (lower & 0x7fffffffu);
    return (y >> 1) ^ ((y & 1) ? 0x9908b0dfu : 0);
}

static void refill(Random *r) {
    uint32_t *w = r->words;
    int i = 0;
    for (; i < WORDS - SHIFT; i++) w[i] = w[i + SHIFT] ^ twist(w[i], w[i + 1]);
    for (; i < WORDS - 1; i++) w[i] = w[i + SHIFT - WORDS] ^ twist(w[i], w[i + 1]);
    w[WORDS - 1] = w[SHIFT - 1] ^ twist(w[WORDS - 1], w[0]);
    r->index = 0;
}

static inline uint32_t next_word(Random *r) {
    if (r->index >= WORDS) refill(r);
    uint32_t y = r->words[r->index++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
}

static void begin(Random *r, uint32_t seed) {
    uint32_t *w = r->words;
    w[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++) w[i] = 1812433253u * (w[i - 1] ^ (w[i - 1] >> 30)) + i;
    r->index = WORDS;
}

static void begin_by_array(Random *r, const uint32_t *key, size_t n) {
    uint32_t *w = r->words;
    size_t i = 1, j = 0;
    begin(r, 19650218u);
    for (size_t k = n > WORDS ? n : WORDS; k > 0; k--) {
        w[i] = (w[i] ^ ((w[i - 1] ^ (w[i - 1] >> 30)) * 1664525u)) + key[j] + (uint32_t)j;
        if (++i >= WORDS) {
            w[0] = w[WORDS - 1];
            i = 1;
        }
        if (++j >= n) j = 0;
    }
    for (size_t k = WORDS - 1; k > 0; k--) {
        w[i] = (w[i] ^ ((w[i - 1] ^ (w[i - 1] >> 30)) * 1566083941u)) - (uint32_t)i;
        if (++i >= WORDS) {
            w[0] = w[WORDS - 1];
            i = 1;
        }
    }
    w[0] = 0x80000000u;
}

/* ---- seeds ---- */

static void seed_by_chance(Random *r) {
    uint32_t key[WORDS];
    if (chance_fill(key, sizeof key, 0) == (ssize_t)sizeof key) {
        begin_by_array(r, key, WORDS);
        return;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    uint32_t few[4] = {(uint32_t)now.tv_nsec, (uint32_t)now.tv_sec, (uint32_t)((uint64_t)now.tv_sec >> 32),
                       (uint32_t)(uintptr_t)r};
    begin_by_array(r, few, 4);
}

/* magnitude: a non-negative int. */
static int seed_by_int(Random *r, Value magnitude) {
    size_t bits = int_bit_length(magnitude), n = bits ? (bits - 1) / 32 + 1 : 1;
    uint32_t few[4];
    uint32_t *key = n <= 4 ? few : heap_calloc(rt->heap, n, sizeof *key);
    if (!key) return raise_no_memory(), -1;
    int status = int_to_bytes(magnitude, (uint8_t *)key, n * sizeof *key, true, false);
    if (status == 0) begin_by_array(r, key, n);
    if (key != few) heap_free(rt->heap, key);
    return status < 0 ? -1 : work_charge(n / 16);
}

static int seed(Random *r, Value seed_or_null) {
    if (!seed_or_null || seed_or_null == NONE) {
        seed_by_chance(r);
        return 0;
    }
    Value magnitude;
    if (is_int(seed_or_null)) {
        Value plain = int_exact(seed_or_null);
        magnitude = plain && int_sign(plain) < 0 ? int_negative(plain) : xincref(plain);
        xdecref(plain);
    } else {
        Hash hash = value_hash(seed_or_null);
        magnitude = hash == -1 && error_pending() ? NULL : int_from_u64((uint64_t)hash);
    }
    int status = magnitude ? seed_by_int(r, magnitude) : -1;
    xdecref(magnitude);
    return status;
}

/* ---- methods ---- */

static Value random_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Random *r = (Random *)value_alloc(type, 0);
    if (!r) return NULL;
    r->index = WORDS;
    memset(r->words, 0, sizeof r->words);
    if (type->flags & TYPE_GC) value_track(AS_VALUE(r));
    return AS_VALUE(r);
}

static int random_init(Value v, Value const *args, size_t nargs, Value kwnames) {
    if (type_of(v) == MODULE_STATE(random, RandomState)->random && !args_no_keywords("Random", kwnames))
        return -1;
    if (nargs > 1) return raise_int(T_TypeError, "Random() requires 0 or 1 argument");
    return seed(random_of(v), nargs ? args[0] : NULL);
}

static Value random_random(Value v) {
    Random *r = random_of(v);
    uint32_t a = next_word(r) >> 5, b = next_word(r) >> 6;
    return float_new((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}

static Value random_seed(Value v, Value const *args, size_t nargs) {
    if (!args_count("seed", nargs, 0, 1)) return NULL;
    return seed(random_of(v), nargs ? args[0] : NULL) < 0 ? NULL : NONE;
}

static Value random_getrandbits(Value v, Value count) {
    int k;
    if (value_as_int(count, &k) < 0) return NULL;
    if (k < 0) return raise_error(T_ValueError, "number of bits must be non-negative");
    Random *r = random_of(v);
    if (k == 0) return small_int_new(0);
    if (k <= 32) return small_int_new(next_word(r) >> (32 - k));
    size_t n = ((size_t)k - 1) / 32 + 1;
    uint32_t few[8];
    uint32_t *words = n <= 8 ? few : heap_alloc(rt->heap, n * sizeof *words);
    if (!words) return raise_no_memory();
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++, k -= 32) {
        words[i] = k < 32 ? next_word(r) >> (32 - k) : next_word(r);
        status = work_at(i);
    }
    Value result = status < 0 ? NULL : int_from_bytes((uint8_t *)words, n * sizeof *words, true, false);
    if (words != few) heap_free(rt->heap, words);
    return result;
}

static Value random_getstate(Value v) {
    Random *r = random_of(v);
    Value state = tuple_new(WORDS + 1);
    if (!state) return NULL;
    for (size_t i = 0; i < WORDS; i++) tuple_init_item_steal(state, i, small_int_new(r->words[i]));
    tuple_init_item_steal(state, WORDS, small_int_new(r->index));
    return state;
}

static bool state_word(Value item, uint64_t *out) {
    if (!is_int(item)) return raise_error(T_TypeError, "an integer is required"), false;
    if (int_sign(item) < 0)
        return raise_error(T_OverflowError, "can't convert negative value to unsigned int"), false;
    if (int_to_u64(item, out)) return true;
    return raise_error(T_OverflowError, "Python int too large to convert to C unsigned long"), false;
}

static Value random_setstate(Value v, Value state) {
    Random *r = random_of(v);
    uint32_t words[WORDS];
    uint64_t word, index;
    if (!is_tuple(state)) return raise_error(T_TypeError, "state vector must be a tuple");
    if (tuple_length(state) != WORDS + 1) return raise_error(T_ValueError, "state vector is the wrong size");
    for (size_t i = 0; i < WORDS; i++) {
        if (!state_word(tuple_item_borrow(state, i), &word)) return NULL;
        words[i] = (uint32_t)word;
    }
    if (!state_word(tuple_item_borrow(state, WORDS), &index)) return NULL;
    if (index > WORDS) return raise_error(T_ValueError, "invalid state");
    memcpy(r->words, words, sizeof words);
    r->index = (uint32_t)index;
    return NONE;
}

static const NativeMethod random_methods[] = {
    METHOD_NOARGS("random", random_random, "random($self, /)\n--\n\nThe next number, from 0 to below 1."),
    METHOD_FAST("seed", random_seed, "Begins anew from a number, or from what the system gives."),
    METHOD_NOARGS("getstate", random_getstate,
                  "getstate($self, /)\n--\n\nAll that the next numbers depend on, as a tuple."),
    METHOD_ONE("setstate", random_setstate,
               "setstate($self, state, /)\n--\n\nGoes on from what getstate() gave."),
    METHOD_ONE("getrandbits", random_getrandbits, "getrandbits($self, k, /)\n--\n\nAn int of k random bits."),
    METHOD_END,
};

static const TypeSpec random_spec = {
    .name = "_random.Random",
    .doc = "Random(): a generator of its own",
    .flags = TYPE_SUBCLASSABLE,
    .basic_size = sizeof(Random),
    .slots = {.new_ = random_make, .init = random_init},
    .methods = random_methods,
};

static int random_ready(Value module) {
    RandomState *s = module_state_new(M_random, sizeof *s);
    return s ? module_make_type(module, &s->random, &random_spec, NULL) : -1;
}

const ModuleSpec module_random = {
    .name = "_random",
    .doc = "The Mersenne Twister.",
    .ready = random_ready,
};
