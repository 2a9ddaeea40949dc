/*
 * cfg: the instructions of one code object as basic blocks, and the passes over them.
 *
 * Idea. The code generator appends instructions to blocks; jumps name blocks. A block is entered at its start
 * and left at its end: a jump or a scope exit is the last instruction of its block. `next` is the order in
 * memory (what a block falls into). Exception handling is marked by pseudo instructions that name the handler
 * (SETUP_*, POP_BLOCK); a pass turns them into the handler of each instruction, from which the exception
 * table is made.
 *
 * Everything is in the compiler's Bump. Functions return false when memory is out (nothing else can fail).
 */
#ifndef ATOLL_COMPILE_CFG_H
#define ATOLL_COMPILE_CFG_H

#include "base/bump.h"
#include "parse/ast.h"
#include "vm/opcode.h"

/* Instructions that exist between code generation and assembly only. */
typedef enum PseudoOp {
    PSEUDO_JUMP = 256,
    PSEUDO_JUMP_NO_INTERRUPT,
    PSEUDO_POP_JUMP_IF_TRUE,
    PSEUDO_POP_JUMP_IF_FALSE,
    PSEUDO_POP_JUMP_IF_NONE,
    PSEUDO_POP_JUMP_IF_NOT_NONE,
    PSEUDO_SETUP_FINALLY, /* handler gets the exception */
    PSEUDO_SETUP_CLEANUP, /* handler gets lasti and the exception */
    PSEUDO_SETUP_WITH,    /* as SETUP_CLEANUP; the result of enter is dropped */
    PSEUDO_POP_BLOCK,
} PseudoOp;

typedef struct Block Block;

typedef struct Ins {
    uint16_t op; /* Opcode or PseudoOp */
    uint8_t a;
    bool wide; /* a jump that takes an EXTENDED_ARG, whatever its distance came to be */
    int32_t b;
    Block *target;  /* of jumps and SETUP_* */
    Block *handler; /* where a raise goes; NULL: out */
    AstPos pos;     /* lineno -1: none; columns -1: line only */
} Ins;

struct Block {
    Ins *ins;
    int32_t count, capacity;
    Block *next;
    int32_t depth; /* of the stack at entry; -1 not known */
    int32_t predecessors;
    uint32_t start;   /* unit of its first instruction, when laid out */
    uint64_t unbound; /* definite assignment: locals that may be unbound at entry */
    Block *worklist_next;
    bool visited, queued;
    bool warm, cold; /* reached without, only through, an exception */
    bool is_handler;
    bool push_lasti; /* handler that wants lasti */
};

#define NO_POS ((AstPos){-1, -1, -1, -1})

Block *cfg_block_new(Bump *bump);
/* Room for one more at the end, zeroed but for the op; NULL: memory. */
Ins *cfg_append(Bump *bump, Block *block, int op);
/* Room for n at the front. */
Ins *cfg_insert_front(Bump *bump, Block *block, int32_t n);

static inline Ins *block_last(const Block *b) { return b->count ? &b->ins[b->count - 1] : NULL; }

bool op_is_jump(int op); /* conditional ones and FOR_ITER, SEND too */
bool op_is_unconditional_jump(int op);
bool op_is_block_push(int op); /* SETUP_* */
bool op_is_scope_exit(int op); /* return, raise, reraise */
static inline bool op_ends_block(int op) { return op_is_jump(op) || op_is_scope_exit(op); }
static inline bool op_never_falls_through(int op) {
    return op_is_unconditional_jump(op) || op_is_scope_exit(op);
}
/* Falls off the end into `next`? */
static inline bool block_falls_through(const Block *b) {
    const Ins *last = block_last(b);
    return !last || !op_never_falls_through(last->op);
}

/* What a constant's truth is, for jumps on constants: 1, 0; -1: ask nothing. `context` is the compiler. */
typedef struct CfgContext {
    Bump *bump;
    void *compiler;
    int (*const_truth)(void *compiler, int32_t const_index); /* 1, 0, -1 unknown */
    bool (*const_is_none)(void *compiler, int32_t const_index);
    /* The constant index of the tuple of these constants (of LOAD_CONST instructions); -1: memory or none. */
    int32_t (*tuple_of)(void *compiler, const Ins *loads, int32_t n);
    int32_t local_count; /* plain locals that LOAD_FAST may find unbound */
    int32_t arg_count;   /* the first of them are always bound at entry */
} CfgContext;

/* peephole.c: rewrites within blocks, threads jumps, drops what is never reached and what does nothing. */
bool cfg_optimize(const CfgContext *context, Block *entry);
/* cfg.c: gives instructions without a line the one they are reached from; copies exits that are reached from
 * several. */
bool cfg_spread_lines(Bump *bump, Block *entry, int32_t first_line);
/* stack_depth.c: depth of each block and the deepest point; -1 memory. Sets handlers' depths too. */
int32_t cfg_stack_depth(Block *entry);
/* What an instruction does to the depth; jump: when it jumps (or, of SETUP_*, at the handler). */
int cfg_stack_effect(const Ins *ins, bool jump);
/* exctable.c: sets `handler` of each instruction from the SETUP_* marks, then makes NOPs of those. */
bool cfg_label_handlers(Bump *bump, Block *entry);
/* cfg.c: blocks that only exceptions reach go to the end. */
bool cfg_move_cold(Bump *bump, Block *entry);
/* peephole.c: NOPs that carry no line of their own, jumps to the next instruction, empty blocks. */
void cfg_remove_nops(Block *entry);
/* definite.c: LOAD_FAST that may find nothing becomes LOAD_FAST_CHECK. */
bool cfg_check_locals(const CfgContext *context, Block *entry);

#endif
