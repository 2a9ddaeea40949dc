/* Fuzz target: source text of any kind through the lexer, the parser, the symbol table, the compiler and the assembler.
 *
 * Either a SyntaxError (or what else compile() raises), or a code: then it must be sound by the same proof that codes made by
 * hand undergo, and all that describes it must be readable. Nothing is run. The first three bytes choose mode, flags and
 * level; some inputs have an allocation refused, and some are compiled several times, which must leave nothing behind.
 */
#include <heap/gc.h>
#include <heap/limits.h>
#include <heap/stats.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/host.h"
#include "compile/compile.h"
#include "compile/disasm.h"
#include "compile/symtable.h"
#include "objects/error.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "parse/parse.h"
#include "vm/code_flow.h"
#include "vm/vm.h"

enum { CHOICES = 3, INPUTS_PER_WORLD = 4096, RUNS_FOR_GROWTH = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth, const char *what) {
    if (truth) return;
    fprintf(stderr, "fuzz_compile: %s\n", what);
    abort();
}

/* ---- a world without output ---- */

static int write_nothing(void *ctx, int stream, const char *data, size_t n) {
    (void)ctx, (void)stream, (void)data, (void)n;
    return 0;
}

static int flush_nothing(void *ctx, int stream) {
    (void)ctx, (void)stream;
    return 0;
}

static Host host = {.write = write_nothing, .flush = flush_nothing};

/* Warnings that were shown are remembered: a world does not live for ever. */
static void renew_world(void) {
    static unsigned inputs;
    if (inputs++ % INPUTS_PER_WORLD) return;
    if (inputs > 1) {
        Heap *old = rt->heap;
        runtime_drop();
        heap_drop(old);
    }
    Heap *heap = heap_create(NULL);
    check(heap && runtime_boot(heap, &host) == 0, "no world");
}

/* ---- what is done with one source ---- */

typedef struct Job {
    const char *source;
    size_t n;
    CompileMode mode;
    uint32_t flags;
    int optimize;
} Job;

static void check_code(const Code *code) {
    int sound = code_flow(code, NULL, NULL);
    check(sound == 1 || error_pending(), "a compiled code is not sound");
    error_clear();
    Decoded ins;
    for (uint32_t unit = 0; disasm_decode(code, unit, &ins); unit = ins.next) {
        Position p = code_position(code, ins.unit);
        check(p.line < 0 || p.end_line < 0 || p.line < p.end_line ||
                  (p.line == p.end_line && (p.column < 0 || p.end_column < 0 || p.column <= p.end_column)),
              "an instruction ends before it begins");
    }
    for (size_t i = 0; i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        if (IS_EXACT(v, code)) check_code((const Code *)(void *)v);
    }
}

static void compile_it(const Job *job) {
    Value code = compile_source(job->source, job->n, NAME(string_), job->mode, job->flags, job->optimize, 0);
    check(!code == error_pending(), "neither a code nor an error, or both");
    error_clear();
    if (code) check_code((const Code *)(void *)code);
    xdecref(code);
}

/* The symtable module's way: a tree whose constants were not folded. */
static void symtable_it(const Job *job) {
    Bump bump;
    SyntaxErrorInfo err;
    Symtable st;
    BumpAllocator allocator = compile_allocator();
    bump_init(&bump, &allocator);
    AstMod *mod = compile_parse(job->source, job->n, NAME(string_), job->mode, job->flags, PARSE_NEWEST, &bump,
                                &err);
    if (mod) compile_symtable(mod, NAME(string_), job->flags, &bump, &err, &st);
    error_clear();
    bump_drop(&bump);
}

static size_t bytes_in_use(void) {
    HeapStats stats;
    heap_collect(rt->heap, 2, NULL);
    heap_stats(rt->heap, &stats);
    return stats.bytes_used;
}

/* Caches may fill with the first runs; what then grows with each run is a leak. */
static void check_growth(const Job *job) {
    size_t used[RUNS_FOR_GROWTH];
    for (int i = 0; i < RUNS_FOR_GROWTH; i++) {
        compile_it(job);
        used[i] = bytes_in_use();
    }
    for (int i = 1; i < RUNS_FOR_GROWTH; i++)
        if (used[i] <= used[i - 1]) return;
    check(false, "each compilation leaves memory behind");
}

static uint32_t flags_of(uint8_t choice) {
    static const uint32_t flags[] = {COMPILE_SOURCE_IS_STR,        COMPILE_DONT_IMPLY_DEDENT, COMPILE_TYPE_COMMENTS,
                                     COMPILE_TOP_LEVEL_AWAIT,      COMPILE_ALLOW_INCOMPLETE,  COMPILE_FROM_FILE,
                                     COMPILE_FUTURE_BARRY_AS_BDFL, COMPILE_FUTURE_ANNOTATIONS};
    uint32_t all = 0;
    for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++) all |= choice >> i & 1 ? flags[i] : 0;
    return all;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < CHOICES) return 0;
    renew_world();
    /* A copy of the very size, so that reading beyond its end is seen; source texts end with a NUL. */
    size_t n = size - CHOICES;
    char *source = malloc(n + 1);
    if (!source) return 0;
    memcpy(source, data + CHOICES, n);
    source[n] = 0;
    Job job = {source, n, (CompileMode)(data[0] & 3), flags_of(data[1]), (data[0] >> 2) % 3};
    uint8_t special = data[2];
    if (special >= 224) heap_fault_set(rt->heap, special - 223 + n % 64, special & 1);
    if (special % 16 == 15 && special < 224) check_growth(&job);
    else compile_it(&job);
    heap_fault_set(rt->heap, 0, false);
    if (special % 8 == 7) symtable_it(&job);
    free(source);
    return 0;
}
