/* frame_jump: see frame_jump.h. */
#include "vm/frame_jump.h"

#include "vm/code_flow.h"
#include "vm/vm_internal.h"

/* What a search through the code's instructions knows. */
typedef struct Search {
    const Code *code;
    int line;            /* wanted */
    uint32_t from_unit;  /* where the frame is */
    const uint8_t *from; /* the stack there: a copy */
    uint32_t from_depth;
    bool from_found;
    uint8_t *copy;
    int64_t best_unit; /* -1: none yet */
    uint32_t best_depth;
    const char *refusal;
    uint32_t front_end; /* RESUME's unit: nobody may go back before it */
    int32_t *lines;     /* of each unit where one begins; else -1 */
} Search;

/* Kinds as far as jumps care: CPython knows iterators, handled exceptions and lastis, and takes all else for objects. */
static StackKind coarse(uint8_t kind) {
    switch (kind) {
    case STACK_NULL:
    case STACK_MAYBE_NULL: return STACK_MAYBE_NULL;
    case STACK_ITERATOR:
    case STACK_HANDLED:
    case STACK_LASTI: return kind;
    default: return STACK_OBJECT;
    }
}

static bool kind_fits(uint8_t from, uint8_t to) {
    StackKind have = coarse(from), want = coarse(to);
    if (want == STACK_OBJECT) return have != STACK_MAYBE_NULL && (to == STACK_OBJECT || from == to);
    return want == STACK_MAYBE_NULL || have == want;
}

/* The frame's stack begins with what the other place needs. */
static bool stack_fits(const Search *s, const uint8_t *kinds, uint32_t depth) {
    if (depth > s->from_depth) return false;
    for (uint32_t i = 0; i < depth; i++)
        if (!kind_fits(s->from[i], kinds[i])) return false;
    return true;
}

static const char *why_not(const uint8_t *kinds, uint32_t depth) {
    switch (depth ? kinds[depth - 1] : STACK_OBJECT) {
    case STACK_HANDLED:
    case STACK_RAISED: return "can't jump into an 'except' block as there's no exception";
    case STACK_LASTI: return "can't jump into a re-raising block as there's no location";
    case STACK_ITERATOR: return "can't jump into the body of a for loop";
    default: return "incompatible stacks";
    }
}

static void find_from(void *arg, uint32_t unit, const uint8_t *kinds, uint32_t depth) {
    Search *s = arg;
    if (unit != s->from_unit) return;
    s->from_found = true;
    s->from_depth = depth;
    if (depth) memcpy(s->copy, kinds, depth);
}

static void consider(void *arg, uint32_t unit, const uint8_t *kinds, uint32_t depth) {
    Search *s = arg;
    if (unit < s->front_end || s->lines[unit] != s->line) return;
    if (!stack_fits(s, kinds, depth)) {
        if (s->best_unit < 0) s->refusal = why_not(kinds, depth);
    } else if (s->best_unit < 0 || depth > s->best_depth || (depth == s->best_depth && unit < s->best_unit)) {
        s->best_unit = unit;
        s->best_depth = depth;
    }
}

/* The line of each unit where one begins, else -1. */
static int32_t *line_starts_of(const Code *code) {
    int32_t *lines = heap_alloc(rt->heap, code->instruction_count * sizeof *lines), last = -1;
    if (!lines) return raise_no_memory(), NULL;
    code_fill_lines(code, lines);
    for (uint32_t i = 0; i < code->instruction_count; i++) {
        if (lines[i] == last) lines[i] = -1;
        else if (lines[i] >= 0) last = lines[i];
    }
    return lines;
}

/* The first line that has code, not before the one wanted; -1: none. */
static int line_with_code(const Search *s) {
    int best = -1;
    for (uint32_t i = 0; i < s->code->instruction_count; i++)
        if (s->lines[i] >= s->line && (best < 0 || s->lines[i] < best)) best = s->lines[i];
    return best;
}

static uint32_t front_end_of(const Code *code) {
    uint32_t i = 0;
    while (i < code->instruction_count && opcode_base[code->instructions[i].op] != OPCODE_RESUME) i++;
    return i;
}

/* Takes the top off the frame's stack as leaving its block would. */
static void drop_top(Frame *f, uint8_t kind) {
    Value v = *--f->sp;
    if (kind == STACK_HANDLED) {
        Thread *t = THREAD;
        Value old = t->handled->exception;
        t->handled->exception = v == NONE ? NULL : v;
        xdecref(old);
    } else {
        xdecref(v);
    }
}

static int search(Search *s) {
    int sound = code_flow(s->code, find_from, s);
    if (sound < 0) return -1;
    if (!sound || !s->from_found) return raise_int(T_ValueError, "can't jump from unreachable code");
    if (code_flow(s->code, consider, s) < 0) return -1;
    return s->best_unit < 0 ? raise_int(T_ValueError, "%s", s->refusal) : 0;
}

static int go_to_line(Frame *f, Search *s) {
    int wanted = s->line;
    s->line = line_with_code(s);
    if (s->line < 0) return raise_int(T_ValueError, "line %d comes after the current code block", wanted);
    if (search(s) < 0) return -1;
    code_check_locals(f->code); /* what the compiler proved bound may not be */
    while (s->from_depth > s->best_depth) drop_top(f, s->copy[--s->from_depth]);
    f->pc = f->code->instructions + s->best_unit + 1;
    f->last_line = s->line;
    return 0;
}

int frame_jump(Frame *f, int line) {
    Code *code = f->code;
    if (line < (int)code->first_line)
        return raise_int(T_ValueError, "line %d comes before the current code block", line);
    int32_t *lines = line_starts_of(code);
    uint8_t *copy = lines ? heap_alloc(rt->heap, code->stack_size + 1) : NULL;
    Search s = {.code = code,
                .line = line,
                .from_unit = (uint32_t)frame_unit(f),
                .from = copy,
                .copy = copy,
                .best_unit = -1,
                .refusal = "cannot find bytecode for specified line",
                .front_end = front_end_of(code),
                .lines = lines};
    int status = copy ? go_to_line(f, &s) : lines ? (raise_no_memory(), -1) : -1;
    heap_free(rt->heap, copy);
    heap_free(rt->heap, lines);
    return status;
}
