/*
 * Bytes from a stranger: encodings of all values of values.txt, changed at random from a seed, either arrive
 * or raise; the interpreter goes on. `test_hostile [ROUNDS [SEED]]`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <heap/limits.h>

#include "objects/protocols.h"
#include "rpc/worker.h"
#include "vm/vm.h"
#include "worlds.h"

enum { ROUNDS_OF_A_WORLD = 400, FUEL = 2000000, LARGEST = 20000 };

static size_t rounds = 20000;
static uint64_t seed = 1;

static uint32_t random_below(uint32_t n) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % n);
}

/* ---- the seeds ---- */

typedef struct Seeds {
    IpcBuf *items;
    size_t count;
} Seeds;

static Seeds make_seeds(void) {
    size_t count;
    Section *sections = test_sections(&count);
    Seeds seeds = {calloc(count, sizeof(IpcBuf)), 0};
    for (size_t i = 0; i < count; i++) {
        if (sections[i].refusal) continue;
        World *world = test_world_new();
        IpcBuf *buf = &seeds.items[seeds.count];
        ipc_buf_init(buf, NULL);
        bool good = test_run(sections[i].build, strlen(sections[i].build), "program.py") &&
                    pack_value(buf, test_variable("value"), "result", NULL) == 0;
        if (good && buf->len < LARGEST) seeds.count++;
        else ipc_buf_free(buf);
        test_world_drop(world);
    }
    test_sections_free(sections, count);
    return seeds;
}

/* ---- mutation ---- */

static const uint8_t interesting[] = {0x00, 0x01, 0x7f, 0x80, 0x81, 0x90, 0x91, 0xa0, 0xa1, 0xc0, 0xc1, 0xc2,
                                      0xc3, 0xc4, 0xcb, 0xcc, 0xcf, 0xd0, 0xd4, 0xd5, 0xd6, 0xd9, 0xdc, 0xdd,
                                      0xde, 0xdf, 0xe0, 0xff, 0x52, 0x41, 1,    2,    3,    4,    5,    10,
                                      11,   12,   13,   14,   15,   16,   17,   18,   19,   20,   21,   30,
                                      31,   32,   33,   40,   41,   42,   43,   50,   51,   52,   53};

/* The ext's length is put right again, so that what is inside is looked at. */
static void repair(uint8_t *data, size_t n) {
    if (n < 6 || data[0] != 0xc9) return;
    uint32_t payload = (uint32_t)(n - 6);
    for (int i = 0; i < 4; i++) data[1 + i] = (uint8_t)(payload >> 8 * (3 - i));
}

static size_t mutate(const Seeds *seeds, uint8_t *out, size_t room) {
    const IpcBuf *from = &seeds->items[random_below((uint32_t)seeds->count)];
    size_t n = from->len;
    memcpy(out, from->data, n);
    for (uint32_t times = 1 + random_below(4); times && n; times--) {
        size_t at = random_below((uint32_t)n);
        switch (random_below(7)) {
        case 0: out[at] ^= (uint8_t)(1u << random_below(8)); break;
        case 1: out[at] = interesting[random_below(sizeof interesting)]; break;
        case 2: out[at] = (uint8_t)random_below(256); break;
        case 3: n = at; break;
        case 4: /* a byte out */
            memmove(out + at, out + at + 1, n - at - 1);
            n--;
            break;
        case 5: /* a byte in */
            if (n + 1 > room) break;
            memmove(out + at + 1, out + at, n - at);
            out[at] = interesting[random_below(sizeof interesting)];
            n++;
            break;
        default: { /* a piece of another */
            const IpcBuf *other = &seeds->items[random_below((uint32_t)seeds->count)];
            size_t length = 1 + random_below(16), start = random_below((uint32_t)other->len);
            if (length > other->len - start) length = other->len - start;
            if (length > n - at) length = n - at;
            memcpy(out + at, other->data + start, length);
        }
        }
    }
    if (random_below(4)) repair(out, n);
    return n;
}

/* ---- the test ---- */

static World *limited_world(void) {
    World *world = test_world_new();
    heap_set_limits(rt->heap, (size_t)256 << 20, (size_t)512 << 20);
    return world;
}

/* The heap's memory is exact to the page; the copy makes an access behind the bytes an error under a
 * sanitizer. */
static bool receive(const uint8_t *bytes, size_t n) {
    char *exact = malloc(n ? n : 1);
    memcpy(exact, bytes, n);
    rt->host->fuel = 0;
    rt->host->fuel_limit = FUEL;
    fuel_limit_changed();
    Value v = unpack_value(ipc_slice(exact, n));
    assert_true((v != NULL) != error_pending());
    bool arrived = v;
    if (v) { /* and what arrived can be shown and sent on, or raises */
        IpcBuf buf;
        ipc_buf_init(&buf, NULL);
        if (pack_value(&buf, v, "result", NULL) < 0) error_clear();
        ipc_buf_free(&buf);
        Value text = value_repr(v);
        xdecref(text);
        decref(v);
    }
    error_clear();
    breaker_clear(BREAK_FUEL);
    free(exact);
    return arrived;
}

static void test_mutations(void **state) {
    (void)state;
    Seeds seeds = make_seeds();
    size_t arrived = 0, room = 2 * LARGEST;
    uint8_t *bytes = malloc(room);
    World *world = limited_world();
    for (size_t i = 0; i < rounds; i++) {
        if (i % ROUNDS_OF_A_WORLD == ROUNDS_OF_A_WORLD - 1) {
            test_world_drop(world);
            world = limited_world();
        }
        arrived += receive(bytes, mutate(&seeds, bytes, room));
    }
    printf("%zu of %zu arrived\n", arrived, rounds);
    test_world_drop(world);
    free(bytes);
    for (size_t i = 0; i < seeds.count; i++) ipc_buf_free(&seeds.items[i]);
    free(seeds.items);
}

static void test_noise(void **state) {
    (void)state;
    World *world = limited_world();
    uint8_t bytes[64];
    for (size_t i = 0; i < rounds; i++) {
        size_t n = random_below(sizeof bytes + 1);
        for (size_t k = 0; k < n; k++) bytes[k] = (uint8_t)random_below(256);
        receive(bytes, n);
    }
    test_world_drop(world);
}

int main(int argc, char **argv) {
    if (argc > 1) rounds = strtoull(argv[1], NULL, 10);
    if (argc > 2) seed = strtoull(argv[2], NULL, 10);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_mutations), cmocka_unit_test(test_noise)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
