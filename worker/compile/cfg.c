/* cfg: blocks, what opcodes do to the flow, line numbers, cold blocks. */
#include "compile/cfg.h"

/* ---- blocks ------------------------------------------------------------------------------------- */

Block *cfg_block_new(Bump *bump) {
    Block *block = bump_zalloc(bump, sizeof *block);
    if (block) block->depth = -1;
    return block;
}

static bool grow(Bump *bump, Block *block, int32_t extra) {
    if (block->count + extra <= block->capacity) return true;
    int32_t capacity = block->capacity ? block->capacity * 2 : 4;
    while (capacity < block->count + extra) capacity *= 2;
    Ins *ins = bump_alloc(bump, (size_t)capacity * sizeof *ins);
    if (!ins) return false;
    if (block->count) memcpy(ins, block->ins, (size_t)block->count * sizeof *ins);
    block->ins = ins;
    block->capacity = capacity;
    return true;
}

Ins *cfg_append(Bump *bump, Block *block, int op) {
    if (!grow(bump, block, 1)) return NULL;
    Ins *ins = &block->ins[block->count++];
    *ins = (Ins){.op = (uint16_t)op};
    return ins;
}

Ins *cfg_insert_front(Bump *bump, Block *block, int32_t n) {
    if (!grow(bump, block, n)) return NULL;
    if (block->count) memmove(block->ins + n, block->ins, (size_t)block->count * sizeof *block->ins);
    block->count += n;
    for (int32_t i = 0; i < n; i++) block->ins[i] = (Ins){.op = OPCODE_NOP, .pos = NO_POS};
    return block->ins;
}

/* ---- opcodes ------------------------------------------------------------------------------------ */

bool op_is_unconditional_jump(int op) { return op == PSEUDO_JUMP || op == PSEUDO_JUMP_NO_INTERRUPT; }

bool op_is_jump(int op) {
    switch (op) {
    case PSEUDO_JUMP:
    case PSEUDO_JUMP_NO_INTERRUPT:
    case PSEUDO_POP_JUMP_IF_TRUE:
    case PSEUDO_POP_JUMP_IF_FALSE:
    case PSEUDO_POP_JUMP_IF_NONE:
    case PSEUDO_POP_JUMP_IF_NOT_NONE:
    case OPCODE_JUMP_IF_TRUE_OR_POP:
    case OPCODE_JUMP_IF_FALSE_OR_POP:
    case OPCODE_FOR_ITER:
    case OPCODE_SEND: return true;
    default: return false;
    }
}

bool op_is_block_push(int op) { return op >= PSEUDO_SETUP_FINALLY && op <= PSEUDO_SETUP_WITH; }

bool op_is_scope_exit(int op) {
    return op == OPCODE_RETURN_VALUE || op == OPCODE_RETURN_CONST || op == OPCODE_RAISE_VARARGS ||
           op == OPCODE_RERAISE;
}

/* ---- line numbers ------------------------------------------------------------------------------- */

static bool is_exit_without_line(const Block *b) {
    const Ins *last = block_last(b);
    if (!last || !op_is_scope_exit(last->op)) return false;
    for (int32_t i = 0; i < b->count; i++)
        if (b->ins[i].pos.lineno >= 0) return false;
    return true;
}

static Block *copy_block(Bump *bump, const Block *b) {
    Block *copy = cfg_block_new(bump);
    if (!copy || !grow(bump, copy, b->count)) return NULL;
    memcpy(copy->ins, b->ins, (size_t)b->count * sizeof *b->ins);
    copy->count = b->count;
    return copy;
}

/* An exit without a line that several jumps share gets one copy for each, so that each has its jump's line.
 */
static bool duplicate_exits(Bump *bump, Block *entry) {
    for (Block *b = entry; b; b = b->next) {
        Ins *last = block_last(b);
        if (!last || !op_is_jump(last->op)) continue;
        Block *target = last->target;
        if (target->predecessors <= 1 || !is_exit_without_line(target)) continue;
        Block *copy = copy_block(bump, target);
        if (!copy) return false;
        copy->ins[0].pos = last->pos;
        target->predecessors--;
        copy->predecessors = 1;
        copy->next = target->next;
        target->next = copy;
        last->target = copy;
    }
    /* What is left without a line is only fallen into. */
    for (Block *b = entry; b; b = b->next)
        if (b->count && block_falls_through(b) && b->next && b->next->count && is_exit_without_line(b->next))
            b->next->ins[0].pos = block_last(b)->pos;
    return true;
}

static void count_predecessors(Block *entry) {
    for (Block *b = entry; b; b = b->next) b->predecessors = 0;
    entry->predecessors = 1;
    for (Block *b = entry; b; b = b->next) {
        for (int32_t i = 0; i < b->count; i++)
            if (op_is_jump(b->ins[i].op) || op_is_block_push(b->ins[i].op)) b->ins[i].target->predecessors++;
        if (b->next && block_falls_through(b)) b->next->predecessors++;
    }
}

static void inherit_line(const AstPos *from, Block *to) {
    if (to->count && to->ins[0].pos.lineno < 0) to->ins[0].pos = *from;
}

bool cfg_spread_lines(Bump *bump, Block *entry, int32_t first_line) {
    (void)first_line;
    count_predecessors(entry);
    if (!duplicate_exits(bump, entry)) return false;
    for (Block *b = entry; b; b = b->next) {
        AstPos previous = NO_POS;
        for (int32_t i = 0; i < b->count; i++) {
            if (b->ins[i].pos.lineno < 0) b->ins[i].pos = previous;
            else previous = b->ins[i].pos;
        }
        const Ins *last = block_last(b);
        if (!last) continue;
        if (block_falls_through(b) && b->next && b->next->predecessors == 1)
            inherit_line(&last->pos, b->next);
        if (op_is_jump(last->op) && last->target->predecessors == 1) inherit_line(&last->pos, last->target);
    }
    return true;
}

/* ---- cold blocks -------------------------------------------------------------------------------- */

/* Marks all that `b` leads to without raising. Depth first over a list kept in the blocks. */
static void mark_flow(Block *list, bool warm) {
    while (list) {
        Block *b = list;
        list = b->worklist_next;
        Block *successors[2] = {NULL, NULL};
        const Ins *last = block_last(b);
        if (b->next && block_falls_through(b)) successors[0] = b->next;
        if (last && op_is_jump(last->op)) successors[1] = last->target;
        for (int i = 0; i < 2; i++) {
            Block *s = successors[i];
            if (!s || s->warm || s->cold) continue;
            if (warm) s->warm = true;
            else s->cold = true;
            s->worklist_next = list;
            list = s;
        }
    }
}

static void mark_warm_and_cold(Block *entry) {
    for (Block *b = entry; b; b = b->next) b->warm = b->cold = false;
    entry->warm = true;
    entry->worklist_next = NULL;
    mark_flow(entry, true);
    for (Block *b = entry; b; b = b->next) {
        if (!b->is_handler || b->warm || b->cold) continue;
        b->cold = true;
        b->worklist_next = NULL;
        mark_flow(b, false);
    }
}

/* A cold block that only jumps. NULL: memory. */
static Block *jump_block(Bump *bump, Block *target) {
    Block *jump = cfg_block_new(bump);
    Ins *ins = jump ? cfg_append(bump, jump, PSEUDO_JUMP) : NULL;
    if (!ins) return NULL;
    ins->target = target;
    ins->pos = NO_POS;
    jump->cold = true;
    jump->depth = target->depth;
    return jump;
}

/* Jumps that have no form for going back. */
static bool only_jumps_forward(int op) { return op_is_jump(op) && op < PSEUDO_JUMP; }

/* What a cold block reaches without a jump, or by one that must go forward, is reached by a jump of its own when it
 * is warm and so will come first. */
static bool leave_cold_by_jumps(Bump *bump, Block *entry) {
    Block *far = NULL, *end = entry;
    for (Block *b = entry; b; end = b, b = b->next) {
        if (!b->cold) continue;
        Ins *last = block_last(b);
        if (last && only_jumps_forward(last->op) && last->target->warm) {
            Block *jump = jump_block(bump, last->target);
            if (!jump) return false;
            last->target = jump;
            jump->next = far;
            far = jump;
        }
        if (b->next && b->next->warm && block_falls_through(b)) {
            Block *jump = jump_block(bump, b->next);
            if (!jump) return false;
            jump->next = b->next;
            b->next = jump;
        }
    }
    end->next = far;
    return true;
}

bool cfg_move_cold(Bump *bump, Block *entry) {
    mark_warm_and_cold(entry);
    if (!leave_cold_by_jumps(bump, entry)) return false;
    Block *warm_tail = NULL, *cold = NULL, **cold_tail = &cold;
    for (Block *b = entry, *next; b; b = next) {
        next = b->next;
        if (b->cold) {
            *cold_tail = b;
            cold_tail = &b->next;
        } else {
            if (warm_tail) warm_tail->next = b;
            warm_tail = b;
        }
    }
    *cold_tail = NULL;
    warm_tail->next = cold;
    return true;
}
