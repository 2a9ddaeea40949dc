#include "compile/exctable.h"

/* ---- which handler covers which instruction ----------------------------------------------------- */

/* The handlers that are set up at some point, innermost first. Never changed once made, so blocks can share
 * tails. */
typedef struct Nesting {
    Block *handler;
    const struct Nesting *outer;
} Nesting;

typedef struct Visit {
    struct Visit *next;
    Block *block;
    const Nesting *nesting;
} Visit;

static bool reach(Bump *bump, Visit **list, Block *block, const Nesting *nesting) {
    if (block->visited) return true;
    Visit *visit = bump_alloc(bump, sizeof *visit);
    if (!visit) return false;
    block->visited = true;
    *visit = (Visit){*list, block, nesting};
    *list = visit;
    return true;
}

static bool label_block(Bump *bump, Visit **list, Block *b, const Nesting *nesting) {
    for (int32_t i = 0; i < b->count; i++) {
        Ins *ins = &b->ins[i];
        ins->handler = nesting ? nesting->handler : NULL;
        if (op_is_block_push(ins->op)) {
            Block *handler = ins->target;
            handler->is_handler = true;
            handler->push_lasti = ins->op != PSEUDO_SETUP_FINALLY;
            if (!reach(bump, list, handler, nesting)) return false;
            Nesting *inner = bump_alloc(bump, sizeof *inner);
            if (!inner) return false;
            *inner = (Nesting){handler, nesting};
            nesting = inner;
            ins->op = OPCODE_NOP;
            ins->target = NULL;
        } else if (ins->op == PSEUDO_POP_BLOCK) {
            nesting = nesting ? nesting->outer : NULL;
            ins->handler = nesting ? nesting->handler : NULL;
            ins->op = OPCODE_NOP;
        } else if (op_is_jump(ins->op)) {
            if (!reach(bump, list, ins->target, nesting)) return false;
        }
    }
    return !b->next || !block_falls_through(b) || reach(bump, list, b->next, nesting);
}

bool cfg_label_handlers(Bump *bump, Block *entry) {
    Visit *list = NULL;
    for (Block *b = entry; b; b = b->next) b->visited = b->is_handler = false;
    if (!reach(bump, &list, entry, NULL)) return false;
    while (list) {
        Visit visit = *list;
        list = list->next;
        if (!label_block(bump, &list, visit.block, visit.nesting)) return false;
    }
    return true;
}

/* ---- rows --------------------------------------------------------------------------------------- */

bool exctable_rows(Bump *bump, const Block *entry, uint32_t (*unit_size)(const Ins *), ExceptionRow **rows,
                   uint32_t *count) {
    uint32_t capacity = 0, at = 0;
    const Block *handler = NULL;
    *rows = NULL;
    *count = 0;
    for (const Block *b = entry; b; b = b->next) {
        at = b->start;
        for (int32_t i = 0; i < b->count; i++) {
            const Ins *ins = &b->ins[i];
            uint32_t size = unit_size(ins);
            if (ins->handler && ins->handler == handler && (*rows)[*count - 1].end == at) {
                (*rows)[*count - 1].end = at + size;
            } else if (ins->handler) {
                if (*count == capacity) {
                    capacity = capacity ? capacity * 2 : 8;
                    ExceptionRow *grown = bump_alloc(bump, capacity * sizeof *grown);
                    if (!grown) return false;
                    if (*count) memcpy(grown, *rows, *count * sizeof *grown);
                    *rows = grown;
                }
                uint32_t lasti = ins->handler->push_lasti;
                uint32_t depth = (uint32_t)ins->handler->depth - 1 - lasti;
                (*rows)[(*count)++] = (ExceptionRow){at, at + size, ins->handler->start, depth << 1 | lasti};
            }
            handler = ins->handler;
            at += size;
        }
    }
    return true;
}
