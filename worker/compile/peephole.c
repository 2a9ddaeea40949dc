/*
 * peephole: rewrites within blocks, threads jumps, drops what is never reached and what does nothing.
 *
 * A NOP stands for a source line that has no other instruction: it goes when its line is that of a neighbour.
 * Jumps are threaded only where no line of its own would be skipped.
 */
#include "compile/cfg.h"

enum { SMALL_EXIT = 4 /* an exit block of so many instructions is copied instead of jumped to */ };

static void make_nop(Ins *ins) {
    ins->op = OPCODE_NOP;
    ins->a = 0;
    ins->b = 0;
    ins->target = NULL;
}

/* ---- constants ---------------------------------------------------------------------------------- */

static void jump_on_constant(const CfgContext *context, Ins *load, Ins *jump) {
    bool or_pop = jump->op == OPCODE_JUMP_IF_TRUE_OR_POP || jump->op == OPCODE_JUMP_IF_FALSE_OR_POP;
    bool if_true = jump->op == OPCODE_JUMP_IF_TRUE_OR_POP || jump->op == PSEUDO_POP_JUMP_IF_TRUE;
    int truth = context->const_truth(context->compiler, load->b);
    if (truth < 0) return;
    bool jumps = truth == if_true;
    if (!jumps || !or_pop) make_nop(load);
    if (jumps) jump->op = PSEUDO_JUMP;
    else make_nop(jump);
}

/* x is None, then a jump: one instruction. */
static void jump_on_none(Ins *load, Ins *is, Ins *jump) {
    bool if_true = jump->op == PSEUDO_POP_JUMP_IF_TRUE, is_not = is->b;
    make_nop(load);
    make_nop(is);
    jump->op = if_true == is_not ? PSEUDO_POP_JUMP_IF_NOT_NONE : PSEUDO_POP_JUMP_IF_NONE;
}

static void optimize_load_const(const CfgContext *context, Ins *at, const Ins *end) {
    if (at + 1 >= end) return;
    switch (at[1].op) {
    case PSEUDO_POP_JUMP_IF_TRUE:
    case PSEUDO_POP_JUMP_IF_FALSE:
    case OPCODE_JUMP_IF_TRUE_OR_POP:
    case OPCODE_JUMP_IF_FALSE_OR_POP: jump_on_constant(context, at, at + 1); break;
    case OPCODE_IS_OP:
        if (at + 2 < end && (at[2].op == PSEUDO_POP_JUMP_IF_TRUE || at[2].op == PSEUDO_POP_JUMP_IF_FALSE) &&
            context->const_is_none(context->compiler, at->b))
            jump_on_none(at, at + 1, at + 2);
        break;
    default: break;
    }
}

/* n constants, BUILD_TUPLE n: one constant. */
static bool fold_constant_tuple(const CfgContext *context, Block *b, int32_t at) {
    int32_t n = b->ins[at].b;
    if (n == 0 || n > at) return true;
    for (int32_t i = at - n; i < at; i++)
        if (b->ins[i].op != OPCODE_LOAD_CONST) return true;
    int32_t number = context->tuple_of(context->compiler, &b->ins[at - n], n);
    if (number < 0) return false;
    for (int32_t i = at - n; i < at; i++) make_nop(&b->ins[i]);
    b->ins[at].op = OPCODE_LOAD_CONST;
    b->ins[at].b = number;
    return true;
}

/* a, b = b, a needs no tuple. */
static void optimize_tuple_unpack(Ins *build, Ins *unpack) {
    if (build->b != unpack->b || build->b < 1 || build->b > 3) return;
    int32_t n = build->b;
    make_nop(build);
    if (n == 1) {
        make_nop(unpack);
    } else {
        unpack->op = OPCODE_SWAP;
        unpack->b = n;
    }
}

/* ---- swaps -------------------------------------------------------------------------------------- */

static bool is_swappable(const Ins *ins) { return ins->op == OPCODE_STORE_FAST || ins->op == OPCODE_POP_TOP; }
static int32_t stores_to(const Ins *ins) { return ins->op == OPCODE_STORE_FAST ? ins->b : -1; }

/* The next instruction that takes the top away, past NOPs, on the same line; -1: another one comes first. */
static int32_t next_swappable(const Block *b, int32_t at, int32_t line) {
    while (++at < b->count) {
        const Ins *ins = &b->ins[at];
        if (line >= 0 && ins->pos.lineno != line) return -1;
        if (ins->op == OPCODE_NOP) {
            line = ins->pos.lineno;
            continue;
        }
        return is_swappable(ins) ? at : -1;
    }
    return -1;
}

/* SWAP n and then at least n stores: the stores are exchanged instead, the last swap of a run first. */
static void apply_swaps(Block *b, int32_t at) {
    for (; at >= 0; at--) {
        Ins *swap = &b->ins[at];
        if (swap->op != OPCODE_SWAP) {
            if (swap->op == OPCODE_NOP || is_swappable(swap)) continue;
            return;
        }
        int32_t first = next_swappable(b, at, -1);
        if (first < 0) return;
        int32_t last = first, line = b->ins[first].pos.lineno;
        for (int32_t n = swap->b; n > 1; n--)
            if ((last = next_swappable(b, last, line)) < 0) return;
        /* Two stores to one name must keep their order. */
        int32_t a = stores_to(&b->ins[first]), z = stores_to(&b->ins[last]);
        if (a >= 0 || z >= 0) {
            if (a == z) return;
            for (int32_t i = first + 1; i < last; i++) {
                int32_t between = stores_to(&b->ins[i]);
                if (between >= 0 && (between == a || between == z)) return;
            }
        }
        Ins saved = b->ins[first];
        make_nop(swap);
        b->ins[first] = b->ins[last];
        b->ins[last] = saved;
    }
}

/* A run of SWAPs that comes to nothing, or to fewer, shrinks: the permutation is computed and built anew. */
static void optimize_swap_run(Block *b, int32_t *at) {
    enum { MOST = 32 };
    int32_t start = *at, end = start, depth = 0, count = 0;
    for (; end < b->count && (b->ins[end].op == OPCODE_SWAP || b->ins[end].op == OPCODE_NOP); end++) {
        if (b->ins[end].op != OPCODE_SWAP) continue;
        if (b->ins[end].b > depth) depth = b->ins[end].b;
        count++;
    }
    *at = end - 1;
    if (count < 2 || depth > MOST) return;
    int32_t stack[MOST];
    for (int32_t i = 0; i < depth; i++) stack[i] = i;
    for (int32_t i = start; i < end; i++) {
        if (b->ins[i].op != OPCODE_SWAP) continue;
        int32_t n = b->ins[i].b, top = stack[0];
        stack[0] = stack[n - 1];
        stack[n - 1] = top;
        make_nop(&b->ins[i]);
    }
    /* Cycles of the permutation, from the last instruction backwards. */
    int32_t current = end - 1;
    for (int32_t i = 0; i < depth; i++) {
        if (stack[i] < 0 || stack[i] == i) continue;
        for (int32_t j = i;;) {
            if (j) {
                b->ins[current].op = OPCODE_SWAP;
                b->ins[current--].b = j + 1;
            }
            if (stack[j] < 0) break;
            int32_t next = stack[j];
            stack[j] = -1;
            j = next;
        }
    }
}

/* ---- jumps -------------------------------------------------------------------------------------- */

static Ins *first_ins(Block *b) {
    while (b && !b->count) b = b->next;
    return b ? b->ins : NULL;
}

/* May a jump skip this one? Not when that would lose a line. */
static bool may_thread(const Ins *jump, const Ins *through) {
    return (through->pos.lineno < 0 || through->pos.lineno == jump->pos.lineno) &&
           jump->target != through->target;
}

static bool is_pop_jump(int op) { return op >= PSEUDO_POP_JUMP_IF_TRUE && op <= PSEUDO_POP_JUMP_IF_NOT_NONE; }

/* One step of threading; true: something changed. */
static bool thread_jump(Ins *jump) {
    const Ins *through = first_ins(jump->target);
    if (!through || through == jump) return false;
    int op = jump->op;
    bool or_pop = op == OPCODE_JUMP_IF_TRUE_OR_POP || op == OPCODE_JUMP_IF_FALSE_OR_POP;
    if (!or_pop) {
        if (!op_is_unconditional_jump(op) && !is_pop_jump(op)) return false;
        if (!op_is_unconditional_jump(through->op) || !may_thread(jump, through)) return false;
        if (through->op == PSEUDO_JUMP && op == PSEUDO_JUMP_NO_INTERRUPT) jump->op = PSEUDO_JUMP;
        jump->target = through->target;
        return true;
    }
    bool if_true = op == OPCODE_JUMP_IF_TRUE_OR_POP;
    int same = if_true ? OPCODE_JUMP_IF_TRUE_OR_POP : OPCODE_JUMP_IF_FALSE_OR_POP;
    int same_pop = if_true ? PSEUDO_POP_JUMP_IF_TRUE : PSEUDO_POP_JUMP_IF_FALSE;
    int other = if_true ? OPCODE_JUMP_IF_FALSE_OR_POP : OPCODE_JUMP_IF_TRUE_OR_POP;
    int other_pop = if_true ? PSEUDO_POP_JUMP_IF_FALSE : PSEUDO_POP_JUMP_IF_TRUE;
    if (through->op == same || through->op == PSEUDO_JUMP || through->op == same_pop) {
        if (!may_thread(jump, through)) return false;
        if (through->op == same_pop) jump->op = (uint16_t)same_pop;
        jump->target = through->target;
        return true;
    }
    if ((through->op == other || through->op == other_pop) && through->pos.lineno == jump->pos.lineno) {
        Block *target = jump->target;
        while (!target->count) target = target->next;
        if (!target->next) return false;
        jump->op = (uint16_t)same_pop; /* the other test will not jump: go on behind it */
        jump->target = target->next;
        return true;
    }
    return false;
}

static bool optimize_block(const CfgContext *context, Block *b) {
    for (int32_t i = 0; i < b->count; i++) {
        Ins *ins = &b->ins[i];
        switch (ins->op) {
        case OPCODE_LOAD_CONST: optimize_load_const(context, ins, b->ins + b->count); break;
        case OPCODE_BUILD_TUPLE:
            if (i + 1 < b->count && b->ins[i + 1].op == OPCODE_UNPACK_SEQUENCE && ins->b == b->ins[i + 1].b &&
                ins->b <= 3)
                optimize_tuple_unpack(ins, ins + 1);
            else if (!fold_constant_tuple(context, b, i)) return false;
            break;
        case OPCODE_SWAP:
            if (ins->b == 1) make_nop(ins);
            else optimize_swap_run(b, &i), apply_swaps(b, i);
            break;
        default:
            if (!op_is_jump(ins->op)) break;
            for (int limit = 64; limit && thread_jump(ins); limit--) continue;
            break;
        }
    }
    return true;
}

/* A jump to a short exit becomes a copy of it. */
static bool inline_small_exit(const CfgContext *context, Block *b) {
    Ins *last = block_last(b);
    if (!last || !op_is_unconditional_jump(last->op)) return true;
    Block *exit = last->target;
    const Ins *leave = block_last(exit);
    if (!leave || !op_is_scope_exit(leave->op) || exit->count > SMALL_EXIT) return true;
    make_nop(last);
    for (int32_t i = 0; i < exit->count; i++) {
        Ins *copy = cfg_append(context->bump, b, OPCODE_NOP);
        if (!copy) return false;
        *copy = exit->ins[i];
    }
    return true;
}

/* ---- what does nothing -------------------------------------------------------------------------- */

static bool nop_is_needed(const Block *b, int32_t at, int32_t previous_line) {
    Ins *nop = &b->ins[at];
    int32_t line = nop->pos.lineno;
    if (line < 0 || line == previous_line) return false;
    if (at + 1 < b->count) {
        Ins *next = &b->ins[at + 1];
        if (next->pos.lineno == line) return false;
        if (next->pos.lineno < 0) {
            next->pos = nop->pos;
            return false;
        }
        return true;
    }
    const Block *next = b->next;
    while (next && !next->count) next = next->next;
    return !next || next->ins[0].pos.lineno != line;
}

static void clean_block(Block *b) {
    int32_t kept = 0, previous_line = -1;
    for (int32_t i = 0; i < b->count; i++) {
        if (b->ins[i].op == OPCODE_NOP && !nop_is_needed(b, i, previous_line)) continue;
        if (kept != i) b->ins[kept] = b->ins[i];
        previous_line = b->ins[kept++].pos.lineno;
    }
    b->count = kept;
}

/* Jumps and fall-throughs that meet empty blocks go on to the next that is none. */
static void skip_empty_blocks(Block *entry) {
    for (Block *b = entry; b; b = b->next) {
        while (b->next && !b->next->count && !b->next->is_handler) b->next = b->next->next;
        for (int32_t i = 0; i < b->count; i++) {
            Block **target = &b->ins[i].target;
            while (*target && !(*target)->count && (*target)->next) *target = (*target)->next;
        }
    }
}

static void remove_jumps_to_next(Block *entry) {
    for (Block *b = entry; b; b = b->next) {
        Ins *last = block_last(b);
        if (!last || !op_is_unconditional_jump(last->op) || last->target != b->next) continue;
        make_nop(last);
        clean_block(b);
    }
}

void cfg_remove_nops(Block *entry) {
    for (Block *b = entry; b; b = b->next) clean_block(b);
    skip_empty_blocks(entry);
    remove_jumps_to_next(entry);
    skip_empty_blocks(entry);
}

/* ---- what is never reached ---------------------------------------------------------------------- */

static void reach(Block **list, Block *b) {
    if (b->visited) return;
    b->visited = true;
    b->worklist_next = *list;
    *list = b;
}

static void remove_unreachable(Block *entry) {
    Block *list = NULL;
    for (Block *b = entry; b; b = b->next) b->visited = false;
    reach(&list, entry);
    while (list) {
        Block *b = list;
        list = b->worklist_next;
        for (int32_t i = 0; i < b->count; i++)
            if (b->ins[i].target) reach(&list, b->ins[i].target);
        if (b->next && block_falls_through(b)) reach(&list, b->next);
    }
    for (Block *b = entry; b; b = b->next)
        while (b->next && !b->next->visited) b->next = b->next->next;
}

bool cfg_optimize(const CfgContext *context, Block *entry) {
    for (Block *b = entry; b; b = b->next) {
        if (!optimize_block(context, b)) return false;
        clean_block(b);
    }
    for (Block *b = entry; b; b = b->next)
        if (!inline_small_exit(context, b)) return false;
    remove_unreachable(entry);
    cfg_remove_nops(entry);
    return true;
}
