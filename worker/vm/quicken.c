/*
 * quicken: the peephole pass over warm code. From the last instruction to the first, each gets the best form that begins there;
 * units behind stay as they are, so forms may overlap and jumps into their middle work. See opcodes.def.
 */
#include "vm/eval_fast_paths.h"
#include "vm/vm_internal.h"

/* An instruction and those behind it, by position. */
typedef struct Window {
    Instr *at[4];  /* NULL past the end */
    uint8_t op[4]; /* base opcodes; NOP past the end */
} Window;

static Window window_at(Code *code, uint32_t unit) {
    Window w;
    for (int i = 0; i < 4; i++) {
        bool inside = unit < code->instruction_count;
        w.at[i] = inside ? code->instructions + unit : NULL;
        w.op[i] = inside ? opcode_base[w.at[i]->op] : OPCODE_NOP;
        if (inside) unit += 1 + opcode_caches[w.at[i]->op];
    }
    return w;
}

typedef enum OperandShape { OPERANDS_LL, OPERANDS_LK, OPERANDS_SL, OPERANDS_SK } OperandShape;

/* [shape][+, -, *, other][stored] */
static const uint8_t binary_forms[4][4][2] = {
    {{OPCODE_LL_ADD, OPCODE_LL_ADD_STORE},
     {OPCODE_LL_SUBTRACT, OPCODE_LL_SUBTRACT_STORE},
     {OPCODE_LL_MULTIPLY, OPCODE_LL_MULTIPLY_STORE},
     {OPCODE_LL_ARITHMETIC, OPCODE_LL_ARITHMETIC}},
    {{OPCODE_LK_ADD, OPCODE_LK_ADD_STORE},
     {OPCODE_LK_SUBTRACT, OPCODE_LK_SUBTRACT_STORE},
     {OPCODE_LK_MULTIPLY, OPCODE_LK_MULTIPLY_STORE},
     {OPCODE_LK_ARITHMETIC, OPCODE_LK_ARITHMETIC}},
    {{OPCODE_SL_ADD, OPCODE_SL_ADD_STORE},
     {OPCODE_SL_SUBTRACT, OPCODE_SL_SUBTRACT},
     {OPCODE_SL_MULTIPLY, OPCODE_SL_MULTIPLY},
     {OPCODE_SL_ARITHMETIC, OPCODE_SL_ARITHMETIC}},
    {{OPCODE_SK_ADD, OPCODE_SK_ADD_STORE},
     {OPCODE_SK_SUBTRACT, OPCODE_SK_SUBTRACT},
     {OPCODE_SK_MULTIPLY, OPCODE_SK_MULTIPLY},
     {OPCODE_SK_ARITHMETIC, OPCODE_SK_ARITHMETIC}},
};

static unsigned plain_operator(const Instr *binary) {
    return binary->b >= BINARY_OP_COUNT ? binary->b - (unsigned)BINARY_OP_COUNT : binary->b;
}

/* Column of binary_forms, or -1: the operator has no fused form. */
static int binary_column(const Instr *binary) {
    switch (plain_operator(binary)) {
    case OP_ADD: return 0;
    case OP_SUBTRACT: return 1;
    case OP_MULTIPLY: return 2;
    case OP_POWER:
    case OP_MATRIX_MULTIPLY: return -1;
    default: return 3;
    }
}

/* The fused form of loads and an operator at w[binary], or 0. */
static uint8_t binary_form(const Window *w, int binary, OperandShape shape) {
    if (w->op[binary] != OPCODE_BINARY_OP) return 0;
    int column = binary_column(w->at[binary]);
    if (column < 0) return 0;
    bool stored = binary < 3 && w->op[binary + 1] == OPCODE_STORE_FAST;
    return binary_forms[shape][column][stored];
}

/* The outcomes for which a comparison's conditional jump is taken; 0: the next instruction is not one. */
static uint8_t jump_outcomes(const Instr *compare, uint8_t jump_op) {
    unsigned outcomes = compare_outcomes(compare->b);
    switch (jump_op) {
    case OPCODE_POP_JUMP_FORWARD_IF_TRUE:
    case OPCODE_POP_JUMP_BACKWARD_IF_TRUE: return (uint8_t)outcomes;
    case OPCODE_POP_JUMP_FORWARD_IF_FALSE:
    case OPCODE_POP_JUMP_BACKWARD_IF_FALSE: return OUTCOME_ALL & ~outcomes;
    default: return 0;
    }
}

static bool jumps_backward(uint8_t op) {
    return op == OPCODE_POP_JUMP_BACKWARD_IF_TRUE || op == OPCODE_POP_JUMP_BACKWARD_IF_FALSE;
}

/* Fuses a comparison at w[compare] and its jump with the first instruction. backward 0: there is no such form. */
static bool fuse_compare(const Window *w, int compare, uint8_t forward, uint8_t backward) {
    if (w->op[compare] != OPCODE_COMPARE_OP || compare == 3) return false;
    uint8_t outcomes = jump_outcomes(w->at[compare], w->op[compare + 1]);
    uint8_t form = jumps_backward(w->op[compare + 1]) ? backward : forward;
    if (!outcomes || !form) return false;
    w->at[0]->op = form;
    w->at[0]->a = outcomes;
    return true;
}

static uint8_t load_fast_alone(const Window *w) {
    switch (w->op[1]) {
    case OPCODE_BINARY_SUBSCR: return OPCODE_SL_SUBSCR;
    case OPCODE_RETURN_VALUE: return OPCODE_LOAD_FAST_RETURN;
    case OPCODE_POP_JUMP_FORWARD_IF_FALSE: return OPCODE_LOAD_FAST_JUMP_IF_FALSE;
    case OPCODE_POP_JUMP_FORWARD_IF_TRUE: return OPCODE_LOAD_FAST_JUMP_IF_TRUE;
    case OPCODE_POP_JUMP_FORWARD_IF_NONE: return OPCODE_LOAD_FAST_JUMP_IF_NONE;
    case OPCODE_POP_JUMP_FORWARD_IF_NOT_NONE: return OPCODE_LOAD_FAST_JUMP_IF_NOT_NONE;
    case OPCODE_LOAD_ATTR: return OPCODE_LOAD_FAST_ATTR;
    case OPCODE_STORE_ATTR: return OPCODE_LOAD_FAST_STORE_ATTR;
    default: return binary_form(w, 1, OPERANDS_SL);
    }
}

static void fuse_load_fast(const Window *w) {
    bool second_fast = w->op[1] == OPCODE_LOAD_FAST, second_const = w->op[1] == OPCODE_LOAD_CONST;
    uint8_t form = 0;
    if (second_fast || second_const) {
        if (fuse_compare(w, 2, second_fast ? OPCODE_LL_COMPARE_JUMP_FORWARD : OPCODE_LK_COMPARE_JUMP_FORWARD,
                         second_fast ? OPCODE_LL_COMPARE_JUMP_BACKWARD : OPCODE_LK_COMPARE_JUMP_BACKWARD))
            return;
        form = binary_form(w, 2, second_fast ? OPERANDS_LL : OPERANDS_LK);
        if (w->op[2] == OPCODE_BINARY_SUBSCR) form = second_fast ? OPCODE_LL_SUBSCR : OPCODE_LK_SUBSCR;
        if (w->op[2] == OPCODE_STORE_SUBSCR && second_fast) form = OPCODE_LL_STORE_SUBSCR;
        bool second_plain = w->at[1]->op == (second_fast ? OPCODE_LOAD_FAST : OPCODE_LOAD_CONST);
        if (!form && second_plain)
            form = second_fast ? OPCODE_LOAD_FAST_LOAD_FAST : OPCODE_LOAD_FAST_LOAD_CONST;
    } else if (fuse_compare(w, 1, OPCODE_SL_COMPARE_JUMP_FORWARD, 0)) {
        return;
    } else {
        form = load_fast_alone(w);
    }
    if (form) w->at[0]->op = form;
}

static void fuse_load_const(const Window *w) {
    if (fuse_compare(w, 1, OPCODE_SK_COMPARE_JUMP_FORWARD, 0)) return;
    uint8_t form = binary_form(w, 1, OPERANDS_SK);
    if (!form && w->op[1] == OPCODE_LOAD_FAST && w->at[1]->op == OPCODE_LOAD_FAST)
        form = OPCODE_LOAD_CONST_LOAD_FAST;
    if (form) w->at[0]->op = form;
}

static void fuse_store_fast(const Window *w) {
    if (!w->at[1]) return;
    if (w->at[1]->op == OPCODE_LOAD_FAST) w->at[0]->op = OPCODE_STORE_FAST_LOAD_FAST;
    else if (w->at[1]->op == OPCODE_STORE_FAST) w->at[0]->op = OPCODE_STORE_FAST_STORE_FAST;
}

static void choose_binary(const Window *w) {
    bool stored = w->op[1] == OPCODE_STORE_FAST;
    switch (plain_operator(w->at[0])) {
    case OP_ADD: w->at[0]->op = stored ? OPCODE_BINARY_ADD_STORE : OPCODE_BINARY_ADD; break;
    case OP_SUBTRACT: w->at[0]->op = stored ? OPCODE_BINARY_SUBTRACT_STORE : OPCODE_BINARY_SUBTRACT; break;
    case OP_MULTIPLY: w->at[0]->op = stored ? OPCODE_BINARY_MULTIPLY_STORE : OPCODE_BINARY_MULTIPLY; break;
    case OP_TRUE_DIVIDE: w->at[0]->op = OPCODE_BINARY_TRUE_DIVIDE; break;
    case OP_FLOOR_DIVIDE: w->at[0]->op = OPCODE_BINARY_FLOOR_DIVIDE; break;
    case OP_REMAINDER: w->at[0]->op = OPCODE_BINARY_REMAINDER; break;
    case OP_AND:
    case OP_OR:
    case OP_XOR:
    case OP_LSHIFT:
    case OP_RSHIFT: w->at[0]->op = OPCODE_BINARY_BITS; break;
    default: break;
    }
}

/* A test and its jump. backward 0: there is no such form. */
static void fuse_test(const Window *w, uint8_t forward, uint8_t backward) {
    uint8_t jump = w->op[1], form = jumps_backward(jump) ? backward : forward;
    bool when_true = jump == OPCODE_POP_JUMP_FORWARD_IF_TRUE || jump == OPCODE_POP_JUMP_BACKWARD_IF_TRUE;
    bool when_false = jump == OPCODE_POP_JUMP_FORWARD_IF_FALSE || jump == OPCODE_POP_JUMP_BACKWARD_IF_FALSE;
    if (!form || !(when_true || when_false)) return;
    w->at[0]->op = form;
    w->at[0]->a = when_true;
}

static void quicken_instruction(const Window *w) {
    switch (w->at[0]->op) {
    case OPCODE_LOAD_FAST: fuse_load_fast(w); break;
    case OPCODE_LOAD_CONST: fuse_load_const(w); break;
    case OPCODE_STORE_FAST: fuse_store_fast(w); break;
    case OPCODE_BINARY_OP: choose_binary(w); break;
    case OPCODE_COMPARE_OP:
        fuse_compare(w, 0, OPCODE_COMPARE_JUMP_FORWARD, OPCODE_COMPARE_JUMP_BACKWARD);
        break;
    case OPCODE_CONTAINS_OP: fuse_test(w, OPCODE_CONTAINS_JUMP_FORWARD, OPCODE_CONTAINS_JUMP_BACKWARD); break;
    case OPCODE_IS_OP: fuse_test(w, OPCODE_IS_JUMP_FORWARD, 0); break;
    case OPCODE_COPY:
        if (w->at[0]->b == 1 && w->op[1] == OPCODE_LOAD_ATTR && !(w->at[1]->a & 1))
            w->at[0]->op = OPCODE_COPY_ATTR;
        break;
    case OPCODE_SWAP:
        if (w->at[0]->b == 2 && w->op[1] == OPCODE_STORE_ATTR) w->at[0]->op = OPCODE_SWAP_STORE_ATTR;
        break;
    case OPCODE_RESUME: w->at[0]->op = OPCODE_RESUME_QUICK; break;
    case OPCODE_JUMP_BACKWARD: w->at[0]->op = OPCODE_JUMP_BACKWARD_QUICK; break;
    default: break;
    }
}

/* Begins at instructions only, never at cache units: their places are marked first. Without memory the code stays as it is. */
void quicken_code(Code *code) {
    code->warm = UINT32_MAX;
    uint32_t *starts = heap_alloc(rt->heap, code->instruction_count * sizeof *starts), n = 0;
    if (!starts) return;
    bool extended = false;
    for (uint32_t i = 0; i < code->instruction_count; i += 1 + opcode_caches[code->instructions[i].op]) {
        if (!extended) starts[n++] = i; /* behind EXTENDED_ARG the base form runs in any case */
        extended = code->instructions[i].op == OPCODE_EXTENDED_ARG;
    }
    while (n-- > 0) {
        Window w = window_at(code, starts[n]);
        quicken_instruction(&w);
    }
    heap_free(rt->heap, starts);
}
