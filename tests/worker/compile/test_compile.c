/* The compiler's promises that python3.11 cannot judge: limits, long jumps, memory running out, the value of
 * a module, marshal. */
#include "compile_testing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "compile/disasm.h"
#include "compile/linetable.h"
#include "import/marshal.h"
#include "objects/bytes.h"
#include "objects/error.h"
#include "objects/str.h"

void heap_fault_set(Heap *heap, uint64_t nth, bool later_too); /* heap's own, for tests */

static int setup(void **state) {
    *state = world_open();
    return 0;
}

static int teardown(void **state) {
    world_close(*state);
    return 0;
}

/* `times` copies of a text between two others; the caller frees it. */
static char *repeated(const char *before, const char *text, int times, const char *after) {
    size_t length = strlen(text), size = strlen(before) + length * (size_t)times + strlen(after) + 1;
    char *out = malloc(size), *at = out;
    assert_non_null(out);
    at = stpcpy(at, before);
    for (int i = 0; i < times; i++) at = stpcpy(at, text);
    strcpy(at, after);
    return out;
}

static void module_gives_its_last_expression(void **state) {
    (void)state;
    assert_string_equal(show(run_for_value("x = 20\nx + 1")), "21");
    assert_string_equal(show(run_for_value("x = 20")), "None");
    assert_string_equal(show(run_for_value("'only a docstring'")), "'only a docstring'");
    assert_string_equal(show(run_for_value("if 1: 5")), "None");
    assert_string_equal(show(run_for_value("5;")), "5");
}

static void deep_sources_are_refused(void **state) {
    (void)state;
    static const struct {
        const char *before, *text, *after;
    } deep[] = {{"x=", "1+", "1"},
                {"x=a", ".b", ""},
                {"x=a", "()", ""},
                {"x=a", "[0]", ""},
                {"if a: pass\n", "elif b: pass\n", ""}};
    for (size_t i = 0; i < sizeof deep / sizeof *deep; i++) {
        char *source = repeated(deep[i].before, deep[i].text, 100000, deep[i].after);
        assert_null(compile_text(source, COMPILE_EXEC));
        assert_string_equal(show(NULL),
                            "RecursionError: maximum recursion depth exceeded during compilation");
        free(source);
    }
}

static void long_flat_sources_compile(void **state) {
    (void)state;
    static const struct {
        const char *before, *text, *after;
    } flat[] = {{"x=(", "1,", ")"},   {"x=[", "a,", "]"}, {"x=a", " and a", ""},
                {"x=f'", "{a}", "'"}, {"", "x=1;", ""},   {"", "@a\n", "def f(): pass"}};
    for (size_t i = 0; i < sizeof flat / sizeof *flat; i++) {
        char *source = repeated(flat[i].before, flat[i].text, 60000, flat[i].after);
        Value code = compile_text(source, COMPILE_EXEC);
        assert_non_null(code);
        decref(code);
        free(source);
    }
}

static void jumps_beyond_16_bits_are_extended(void **state) {
    (void)state;
    char *source = repeated("n = total = 0\nwhile n < 3:\n n += 1\n", " total += n\n", 20000,
                            " if n == 3: break\n\nelse: total = -1\ntotal");
    Value code = compile_text(source, COMPILE_EXEC_VALUE);
    assert_non_null(code);
    assert_true(((Code *)(void *)code)->instruction_count > 0x10000);
    assert_string_equal(show(run_code(code)), "120000");
    decref(code);
    free(source);
}

static void loads_of_bound_locals_are_unchecked(void **state) {
    (void)state;
    Value code = compile_text("def f(a, c):\n b = a\n if c: d = 1\n print(a, b, d, d)\n del a\n return a\n",
                              COMPILE_EXEC);
    assert_non_null(code);
    Code *f = inner_code((Code *)(void *)code);
    assert_int_equal(count_ops(f, OPCODE_LOAD_FAST_CHECK), 2); /* the first d, and a behind its del */
    decref(code);
}

static void methods_tell_their_class_what_they_store(void **state) {
    (void)state;
    Value code = compile_text(
        "class A:\n def __init__(self, o): self.x = self.__y = 1; o.z = 2\n def g(me): me.w = me.x\n",
        COMPILE_EXEC);
    assert_non_null(code);
    Code *cls = inner_code((Code *)(void *)code);
    assert_string_equal(show(incref(cls->self_attributes)), "('x', '_A__y', 'w')");
    decref(code);
}

static void equal_constants_are_one_and_unlike_ones_apart(void **state) {
    (void)state;
    assert_string_equal(show(run_for_value("a = 1000000.5; b = 1000000.5; c = 0.0; d = -0.0\n(a is b, c is "
                                           "d, [1, True, 1.0, (1,), (True,), (1.0,), -0.0])")),
                        "(True, False, [1, True, 1.0, (1,), (True,), (1.0,), -0.0])");
}

static void tables_of_positions_read_back(void **state) {
    (void)state;
    Bump bump;
    BumpAllocator allocator = compile_allocator();
    LineTable table;
    static const Position positions[] = {
        {5, 5, 0, 3},     {5, 5, 79, 94},         {6, 6, 100, 120},          {8, 8, 0, 127}, {3, 9, 4, 2},
        {-1, -1, -1, -1}, {70000, 70000, -1, -1}, {70000, 70001, 300, 5000}, {1, 1, 0, 0}};
    enum { COUNT = sizeof positions / sizeof *positions };
    bump_init(&bump, &allocator);
    linetable_init(&table, &bump, 5);
    for (uint32_t i = 0; i < COUNT; i++) assert_true(linetable_add(&table, positions[i], i * 3 + 1));
    assert_true(linetable_finish(&table));
    Code code = {.line_table = table.bytes, .line_table_size = table.size, .first_line = 5};
    uint32_t unit = 0;
    for (uint32_t i = 0; i < COUNT; i++)
        for (uint32_t j = 0; j < i * 3 + 1; j++) {
            Position p = code_position(&code, unit++);
            assert_memory_equal(&p, &positions[i], sizeof p);
        }
    assert_int_equal(code_position(&code, unit).line, -1);
    bump_drop(&bump);
}

static const char everything[] =
    "'doc'\n"
    "from __future__ import annotations\n"
    "import os.path as p, sys\n"
    "@d\n"
    "class A(B, m=1):\n"
    "    x: int = 3\n"
    "    def f(self, a=1, /, *b, c=2, **k) -> 'q':\n"
    "        nonlocal_ = [i for i in a if i]\n"
    "        def g(): return __class__, nonlocal_, self\n"
    "        with a as b, c: super().f(*a, **k)\n"
    "        try: return f'{a!r:>{b}}'\n"
    "        except* E as e: pass\n"
    "        finally: x[1:2] += y\n"
    "async def h(z):\n"
    "    async for i in z: yield await i\n"
    "def n[T: int](x: T): type X = T\n"
    "match v:\n"
    "    case {'a': [1, *r], **o} | [r, o]: pass\n"
    "    case C(1, k=-2.5 + 1j): pass\n"
    "big = 123456789012345678901234567890 + 2 ** 100, b'x', 'caf\\u00e9', {1, 2} , x in {1, 2}\n";

static void memory_may_run_out_anywhere(void **state) {
    Heap *heap = *state;
    for (int i = 0; i < 2; i++) decref(compile_text(everything, COMPILE_EXEC));
    size_t used = bytes_in_use();
    for (uint64_t nth = 1;; nth++) {
        heap_fault_set(heap, nth, false);
        Value code = compile_text(everything, COMPILE_EXEC);
        heap_fault_set(heap, 0, false);
        if (code) {
            decref(code);
            assert_true(nth > 50);
            break;
        }
        assert_true(error_matches(T_MemoryError));
        error_clear();
        assert_int_equal(bytes_in_use(), used);
    }
}

static void marshal_keeps_code(void **state) {
    (void)state;
    Value code = compile_text(everything, COMPILE_EXEC), bytes = marshal_dumps(code);
    assert_non_null(bytes);
    Value copy = marshal_loads(bytes_data(bytes), bytes_length(bytes), false, NULL);
    assert_non_null(copy);
    Value text = disasm_text((Code *)(void *)inner_code((Code *)(void *)code)),
          again = disasm_text(inner_code((Code *)(void *)copy));
    assert_non_null(text);
    assert_non_null(again);
    assert_int_equal(str_length(text), str_length(again));
    Value all[] = {code, bytes, copy, text, again};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) decref(all[i]);
}

static void marshal_keeps_values(void **state) {
    (void)state;
    Value v = run_for_value("[None, True, ..., 5, -2**62, 2**70, -2**64, 0.1, -0.0, 1e400, 3-4j, 'a', "
                            "'\\u20ac\\ud800', b'\\xff', (), (1, (2,)), {1: {}},"
                            " {3}, frozenset({4})]");
    assert_non_null(v);
    Value bytes = marshal_dumps(v), copy = marshal_loads(bytes_data(bytes), bytes_length(bytes), false, NULL);
    char expected[2048];
    strcpy(expected, show(v));
    assert_string_equal(show(copy), expected);
    decref(bytes);
    assert_null(marshal_dumps(AS_VALUE(TYPE(int))));
    assert_string_equal(show(NULL), "ValueError: unmarshallable object");
}

static void marshal_refuses_broken_bytes(void **state) {
    (void)state;
    Value code = compile_text(everything, COMPILE_EXEC), bytes = marshal_dumps(code);
    size_t n = bytes_length(bytes);
    uint8_t *broken = malloc(n);
    unsigned seed = 1;
    for (int round = 0; round < 20000; round++) {
        memcpy(broken, bytes_data(bytes), n);
        for (int flips = 1 + rand_r(&seed) % 4; flips; flips--)
            broken[(size_t)rand_r(&seed) % n] = (uint8_t)rand_r(&seed);
        size_t length = rand_r(&seed) % 4 ? n : (size_t)rand_r(&seed) % n;
        Value v = marshal_loads(broken, length, false, NULL);
        xdecref(v);
        error_clear();
    }
    free(broken);
    decref(bytes);
    decref(code);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(module_gives_its_last_expression),
        cmocka_unit_test(deep_sources_are_refused),
        cmocka_unit_test(long_flat_sources_compile),
        cmocka_unit_test(jumps_beyond_16_bits_are_extended),
        cmocka_unit_test(loads_of_bound_locals_are_unchecked),
        cmocka_unit_test(methods_tell_their_class_what_they_store),
        cmocka_unit_test(equal_constants_are_one_and_unlike_ones_apart),
        cmocka_unit_test(tables_of_positions_read_back),
        cmocka_unit_test(memory_may_run_out_anywhere),
        cmocka_unit_test(marshal_keeps_code),
        cmocka_unit_test(marshal_keeps_values),
        cmocka_unit_test(marshal_refuses_broken_bytes),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
