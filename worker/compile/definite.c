/*
 * definite: which LOAD_FASTs may find their local unbound.
 *
 * A forward analysis over the blocks: a set of locals that may be unbound where the block begins; a store
 * takes one out, a delete puts it in, and a raise carries the set of its place to the handler. 64 locals are
 * looked at in one pass.
 */
#include "compile/cfg.h"

static void flow_to(Block **list, Block *b, uint64_t unbound) {
    if (b->visited && !(unbound & ~b->unbound)) return;
    b->unbound = b->visited ? b->unbound | unbound : unbound;
    b->visited = true;
    if (b->queued) return;
    b->queued = true;
    b->worklist_next = *list;
    *list = b;
}

static inline uint64_t bit_of(const Ins *ins, int32_t base) {
    uint32_t offset = (uint32_t)(ins->b - base);
    return offset < 64 ? UINT64_C(1) << offset : 0;
}

/* final: marks the loads. Otherwise: passes the sets on. */
static void scan_block(Block *b, int32_t base, Block **list, bool final) {
    uint64_t unbound = b->unbound;
    for (int32_t i = 0; i < b->count; i++) {
        Ins *ins = &b->ins[i];
        if (!final && ins->handler) flow_to(list, ins->handler, unbound);
        switch (ins->op) {
        case OPCODE_DELETE_FAST: unbound |= bit_of(ins, base); break;
        case OPCODE_STORE_FAST: unbound &= ~bit_of(ins, base); break;
        case OPCODE_LOAD_FAST_CHECK: unbound &= ~bit_of(ins, base); break;
        case OPCODE_LOAD_FAST: {
            uint64_t bit = bit_of(ins, base);
            if (final && (bit & unbound)) ins->op = OPCODE_LOAD_FAST_CHECK;
            unbound &= ~bit; /* it raised otherwise */
            break;
        }
        default: break;
        }
        if (!final && op_is_jump(ins->op)) flow_to(list, ins->target, unbound);
    }
    if (!final && b->next && block_falls_through(b)) flow_to(list, b->next, unbound);
}

bool cfg_check_locals(const CfgContext *context, Block *entry) {
    for (int32_t base = 0; base < context->local_count; base += 64) {
        uint64_t unbound = ~UINT64_C(0);
        if (context->arg_count > base)
            unbound = context->arg_count - base >= 64 ? 0 : unbound << (context->arg_count - base);
        for (Block *b = entry; b; b = b->next) b->visited = b->queued = false;
        Block *list = NULL;
        flow_to(&list, entry, unbound);
        while (list) {
            Block *b = list;
            list = b->worklist_next;
            b->queued = false;
            scan_block(b, base, &list, false);
        }
        for (Block *b = entry; b; b = b->next)
            if (b->visited) scan_block(b, base, NULL, true);
    }
    return true;
}
