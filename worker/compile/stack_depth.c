/* stack_depth: how deep the value stack gets, and how deep it is at each block. */
#include "compile/cfg.h"

static int pseudo_effect(const Ins *ins, bool jump) {
    switch (ins->op) {
    case PSEUDO_POP_JUMP_IF_TRUE:
    case PSEUDO_POP_JUMP_IF_FALSE:
    case PSEUDO_POP_JUMP_IF_NONE:
    case PSEUDO_POP_JUMP_IF_NOT_NONE: return -1;
    case PSEUDO_SETUP_FINALLY: return jump ? 1 : 0;
    case PSEUDO_SETUP_CLEANUP: return jump ? 2 : 0;
    case PSEUDO_SETUP_WITH: return jump ? 1 : 0; /* the result of enter goes, lasti and the exception come */
    default: return 0;
    }
}

int cfg_stack_effect(const Ins *ins, bool jump) {
    int32_t b = ins->b;
    switch (ins->op) {
    case OPCODE_LOAD_GLOBAL: return 1 + (ins->a & 1);
    case OPCODE_LOAD_ATTR: return ins->a & 1;
    case OPCODE_LOAD_SUPER_ATTR: return -2 + (ins->a & 1);
    case OPCODE_BUILD_SLICE:
    case OPCODE_BUILD_TUPLE:
    case OPCODE_BUILD_LIST:
    case OPCODE_BUILD_SET:
    case OPCODE_BUILD_STRING: return 1 - b;
    case OPCODE_BUILD_MAP: return 1 - 2 * b;
    case OPCODE_BUILD_CONST_KEY_MAP: return -b;
    case OPCODE_JUMP_IF_TRUE_OR_POP:
    case OPCODE_JUMP_IF_FALSE_OR_POP: return jump ? 0 : -1;
    case OPCODE_FOR_ITER: return jump ? -1 : 1;
    case OPCODE_SEND: return jump ? -1 : 0;
    case OPCODE_RAISE_VARARGS: return -b;
    case OPCODE_UNPACK_SEQUENCE: return b - 1;
    case OPCODE_UNPACK_EX: return (b & 0xFF) + (b >> 8);
    case OPCODE_FORMAT_VALUE: return b & 4 ? -1 : 0;
    case OPCODE_MAKE_FUNCTION: return -__builtin_popcount((unsigned)b);
    case OPCODE_CALL: return -1 - b;
    case OPCODE_CALL_FUNCTION_EX: return -2 - (b & 1);
    case OPCODE_TYPE_PARAM: return b == 1 || b == 2 ? -1 : 0;
    default: break;
    }
    if (ins->op > 255) return pseudo_effect(ins, jump);
    return opcode_stack_effects[ins->op].pushes - opcode_stack_effects[ins->op].pops;
}

static void reach(Block **list, Block *b, int32_t depth) {
    if (b->depth >= 0) return;
    b->depth = depth;
    b->worklist_next = *list;
    *list = b;
}

int32_t cfg_stack_depth(Block *entry) {
    int32_t deepest = 0;
    Block *list = NULL;
    for (Block *b = entry; b; b = b->next) b->depth = -1;
    reach(&list, entry, 0);
    while (list) {
        Block *b = list;
        list = b->worklist_next;
        int32_t depth = b->depth;
        for (int32_t i = 0; i < b->count; i++) {
            const Ins *ins = &b->ins[i];
            if (ins->target) {
                int32_t there = depth + cfg_stack_effect(ins, true);
                if (there > deepest) deepest = there;
                reach(&list, ins->target, there);
            }
            depth += cfg_stack_effect(ins, false);
            if (depth > deepest) deepest = depth;
        }
        if (b->next && block_falls_through(b)) reach(&list, b->next, depth);
    }
    return deepest;
}
