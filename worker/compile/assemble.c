/* assemble: from a unit's blocks to its code object. */
#include "compile/compiler.h"

#include <stdlib.h>

#include "compile/exctable.h"
#include "compile/linetable.h"
#include "objects/error.h"
#include "objects/list.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* ---- the end and the beginning ------------------------------------------------------------------ */

static bool end_with_return(Compiler *c, bool return_none) {
    const Ins *last = block_last(c->unit->current);
    if (last && op_is_scope_exit(last->op)) return true;
    UNSET_LOC(c);
    if (return_none) TRY(emit_none(c));
    return emit(c, OPCODE_RETURN_VALUE, 0);
}

/* A generator's StopIteration must not reach its caller: the whole body stands in a handler. */
static bool guard_generator(Compiler *c) {
    Block *handler = block_new(c);
    TRY(handler);
    Ins *front = cfg_insert_front(c->bump, c->unit->entry, 1);
    if (!front) return no_memory(c);
    front->op = PSEUDO_SETUP_CLEANUP;
    front->target = handler;
    block_use(c, handler);
    UNSET_LOC(c);
    return emit(c, OPCODE_STOPITERATION_ERROR, 0) && emit(c, OPCODE_RERAISE, 1);
}

/* Final slot of each *_DEREF operand: a cell that is an argument is in the argument's slot. */
static int32_t *deref_slots(Compiler *c, uint32_t *extra_cells) {
    Unit *u = c->unit;
    uint32_t next = u->locals.count;
    int32_t *slots = bump_alloc(c->bump, (u->cell_count + u->free_count + 1) * sizeof *slots);
    if (!slots) return no_memory(c), NULL;
    for (uint32_t i = 0; i < u->cell_count; i++) {
        slots[i] = name_map_find(&u->locals, u->cells[i]);
        if (slots[i] < 0) slots[i] = (int32_t)next++;
    }
    *extra_cells = next - u->locals.count;
    for (uint32_t i = 0; i < u->free_count; i++) slots[u->cell_count + i] = (int32_t)next++;
    return slots;
}

static int by_number(const void *a, const void *b) { return *(const int32_t *)a - *(const int32_t *)b; }

static uint32_t code_flags(const Compiler *c) {
    const Unit *u = c->unit;
    const Scope *scope = u->scope;
    uint32_t flags = c->flags & COMPILE_FUTURE_MASK;
    if (scope_is_function_like(scope)) {
        flags |= CODE_NEWLOCALS | CODE_OPTIMIZED;
        if (scope->nested) flags |= CODE_NESTED;
        if (scope->generator && !scope->coroutine) flags |= CODE_GENERATOR;
        if (!scope->generator && scope->coroutine) flags |= CODE_COROUTINE;
        if (scope->generator && scope->coroutine) flags |= CODE_ASYNC_GENERATOR;
        if (scope->varargs) flags |= CODE_VARARGS;
        if (scope->varkeywords) flags |= CODE_VARKEYWORDS;
    }
    if (top_level_await(c) && scope->coroutine && !scope->generator) flags |= CODE_COROUTINE;
    return flags;
}

static bool is_generator_like(const Compiler *c) {
    return code_flags(c) & (CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR);
}

/* COPY_FREE_VARS, MAKE_CELL for each cell, RETURN_GENERATOR and POP_TOP. */
static bool insert_prefix(Compiler *c, const int32_t *slots) {
    Unit *u = c->unit;
    bool generator = is_generator_like(c);
    int32_t n = (u->free_count > 0) + (int32_t)u->cell_count + (generator ? 2 : 0);
    if (!n) return true;
    Ins *at = cfg_insert_front(c->bump, u->entry, n);
    int32_t *cells = bump_alloc(c->bump, (u->cell_count + 1) * sizeof *cells);
    if (!at || !cells) return no_memory(c);
    if (u->free_count) *at++ = (Ins){.op = OPCODE_COPY_FREE_VARS, .b = (int32_t)u->free_count, .pos = NO_POS};
    memcpy(cells, slots, u->cell_count * sizeof *cells);
    qsort(cells, u->cell_count, sizeof *cells, by_number);
    for (uint32_t i = 0; i < u->cell_count; i++)
        *at++ = (Ins){.op = OPCODE_MAKE_CELL, .b = cells[i], .pos = NO_POS};
    if (!generator) return true;
    AstPos start = {u->first_line, -1, u->first_line, -1};
    *at++ = (Ins){.op = OPCODE_RETURN_GENERATOR, .pos = start};
    *at++ = (Ins){.op = OPCODE_POP_TOP, .pos = start};
    return true;
}

static void renumber_derefs(Block *entry, const int32_t *slots) {
    for (Block *b = entry; b; b = b->next)
        for (int32_t i = 0; i < b->count; i++) switch (b->ins[i].op) {
            case OPCODE_LOAD_CLOSURE:
            case OPCODE_LOAD_DEREF:
            case OPCODE_STORE_DEREF:
            case OPCODE_DELETE_DEREF:
            case OPCODE_LOAD_CLASSDEREF:
            case OPCODE_LOAD_FROM_DICT_OR_DEREF: b->ins[i].b = slots[b->ins[i].b]; break;
            default: break;
            }
}

/* ---- passes ------------------------------------------------------------------------------------- */

static int const_truth(void *compiler, int32_t number) {
    Compiler *c = compiler;
    Value v = consts_value_borrow(&c->consts, c->unit->consts[number]);
    return value_is_true(v); /* of constants: cannot raise */
}

static bool const_is_none(void *compiler, int32_t number) {
    Compiler *c = compiler;
    return c->unit->consts[number] == CONST_NONE;
}

static int32_t tuple_of(void *compiler, const Ins *loads, int32_t n) {
    Compiler *c = compiler;
    ConstId *ids = bump_alloc(c->bump, (size_t)n * sizeof *ids);
    if (!ids) return no_memory(c), -1;
    for (int32_t i = 0; i < n; i++) ids[i] = c->unit->consts[loads[i].b];
    return unit_const_number(c, consts_of_tuple(&c->consts, ids, (size_t)n));
}

static uint32_t total_arguments(const Unit *u) {
    return u->arg_count + u->keyword_only_count + u->scope->varargs + u->scope->varkeywords;
}

/* A constant that is returned at once; and jumps get their direction's opcode in lay_out. */
static void combine_returns(Block *entry) {
    for (Block *b = entry; b; b = b->next) {
        if (b->count < 2) continue;
        Ins *last = block_last(b), *load = last - 1;
        if (last->op != OPCODE_RETURN_VALUE || load->op != OPCODE_LOAD_CONST) continue;
        AstPos pos = load->pos.lineno >= 0 ? load->pos : last->pos;
        Block *handler = load->handler;
        *load = (Ins){.op = OPCODE_RETURN_CONST, .b = load->b, .handler = handler, .pos = pos};
        b->count--;
    }
}

static bool run_passes(Compiler *c, int32_t *stack_size) {
    Unit *u = c->unit;
    CfgContext context = {c->bump,
                          c,
                          const_truth,
                          const_is_none,
                          tuple_of,
                          (int32_t)u->locals.count,
                          (int32_t)total_arguments(u)};
    if (!cfg_optimize(&context, u->entry) || !cfg_spread_lines(c->bump, u->entry, u->first_line))
        return error_pending() ? false : no_memory(c);
    *stack_size = cfg_stack_depth(u->entry);
    if (!cfg_label_handlers(c->bump, u->entry)) return no_memory(c);
    cfg_remove_nops(u->entry);
    if (!cfg_move_cold(c->bump, u->entry)) return no_memory(c);
    cfg_remove_nops(u->entry);
    if (scope_is_function_like(u->scope) && !cfg_check_locals(&context, u->entry)) return no_memory(c);
    combine_returns(u->entry);
    return true;
}

/* ---- layout ------------------------------------------------------------------------------------- */

static bool is_wide(const Ins *ins) { return ins->wide || (uint32_t)ins->b > 0xFFFF; }
static uint32_t unit_size(const Ins *ins) { return 1 + is_wide(ins) + opcode_caches[ins->op]; }

static int forward_op(int op) {
    switch (op) {
    case PSEUDO_JUMP:
    case PSEUDO_JUMP_NO_INTERRUPT: return OPCODE_JUMP_FORWARD;
    case PSEUDO_POP_JUMP_IF_TRUE: return OPCODE_POP_JUMP_FORWARD_IF_TRUE;
    case PSEUDO_POP_JUMP_IF_FALSE: return OPCODE_POP_JUMP_FORWARD_IF_FALSE;
    case PSEUDO_POP_JUMP_IF_NONE: return OPCODE_POP_JUMP_FORWARD_IF_NONE;
    case PSEUDO_POP_JUMP_IF_NOT_NONE: return OPCODE_POP_JUMP_FORWARD_IF_NOT_NONE;
    default: return op;
    }
}

static int backward_op(int op) {
    switch (op) {
    case PSEUDO_JUMP: return OPCODE_JUMP_BACKWARD;
    case PSEUDO_JUMP_NO_INTERRUPT: return OPCODE_JUMP_BACKWARD_NO_INTERRUPT;
    case PSEUDO_POP_JUMP_IF_TRUE: return OPCODE_POP_JUMP_BACKWARD_IF_TRUE;
    case PSEUDO_POP_JUMP_IF_FALSE: return OPCODE_POP_JUMP_BACKWARD_IF_FALSE;
    case PSEUDO_POP_JUMP_IF_NONE: return OPCODE_POP_JUMP_BACKWARD_IF_NONE;
    case PSEUDO_POP_JUMP_IF_NOT_NONE: return OPCODE_POP_JUMP_BACKWARD_IF_NOT_NONE;
    default: return op;
    }
}

/* Gives jumps their real opcodes: a block that comes later, or this one's own start, tells the direction. */
static void choose_directions(Block *entry) {
    for (Block *b = entry; b; b = b->next) b->visited = false;
    for (Block *b = entry; b; b = b->next) {
        b->visited = true;
        Ins *last = block_last(b);
        if (last && op_is_jump(last->op))
            last->op = (uint16_t)(last->target->visited ? backward_op(last->op) : forward_op(last->op));
    }
}

static uint32_t place_blocks(Block *entry) {
    uint32_t at = 0;
    for (Block *b = entry; b; b = b->next) {
        b->start = at;
        for (int32_t i = 0; i < b->count; i++) at += unit_size(&b->ins[i]);
    }
    return at;
}

/* The distance of a block's jump, from its end; true: it became wide. */
static bool measure_jump(Block *b) {
    Ins *jump = block_last(b);
    if (!jump || !jump->target) return false;
    uint32_t end = b->start, to = jump->target->start;
    for (int32_t i = 0; i < b->count; i++) end += unit_size(&b->ins[i]);
    bool was_wide = is_wide(jump);
    jump->b = (int32_t)(to >= end ? to - end : end - to);
    jump->wide = was_wide || is_wide(jump);
    return jump->wide != was_wide;
}

/* Places the blocks; a jump too long for 16 bits takes an EXTENDED_ARG, which may make others longer: until
 * nothing changes. */
static uint32_t lay_out(Block *entry) {
    for (;;) {
        uint32_t units = place_blocks(entry);
        bool changed = false;
        for (Block *b = entry; b; b = b->next) changed |= measure_jump(b);
        if (!changed) return units;
    }
}

static void write_instructions(const Block *entry, Instr *out) {
    for (const Block *b = entry; b; b = b->next)
        for (int32_t i = 0; i < b->count; i++) {
            const Ins *ins = &b->ins[i];
            uint32_t operand = (uint32_t)ins->b;
            if (is_wide(ins)) *out++ = (Instr){OPCODE_EXTENDED_ARG, 0, (uint16_t)(operand >> 16)};
            *out++ = (Instr){(uint8_t)ins->op, ins->a, (uint16_t)operand};
            for (int cache = opcode_caches[ins->op]; cache; cache--) *out++ = (Instr){0, 0, 0};
        }
}

static bool write_positions(const Block *entry, LineTable *table) {
    for (const Block *b = entry; b; b = b->next)
        for (int32_t i = 0; i < b->count; i++) {
            const AstPos *pos = &b->ins[i].pos;
            Position position = {pos->lineno, pos->end_lineno, pos->col_offset, pos->end_col_offset};
            if (position.line < 0) position = (Position){-1, -1, -1, -1};
            TRY(linetable_add(table, position, unit_size(&b->ins[i])));
        }
    return linetable_finish(table);
}

/* ---- the object --------------------------------------------------------------------------------- */

static void *heap_copy(const void *data, size_t bytes) {
    void *copy = heap_alloc(rt->heap, bytes ? bytes : 1);
    if (!copy) return raise_no_memory();
    if (bytes) memcpy(copy, data, bytes);
    return copy;
}

static Value name_tuple(Compiler *c, const AstName *const *names, uint32_t count) {
    Value tuple = tuple_new(count);
    for (uint32_t i = 0; tuple && i < count; i++) {
        Value name = name_value_borrow(c, names[i]);
        if (!name) {
            decref(tuple);
            return NULL;
        }
        tuple_init_item_steal(tuple, i, incref(name));
    }
    return tuple;
}

static bool fill_local_names(Compiler *c, Code *code, const int32_t *slots, uint32_t extra_cells) {
    Unit *u = c->unit;
    uint32_t total = u->locals.count + extra_cells + u->free_count;
    const AstName **names = bump_alloc(c->bump, (total + 1) * sizeof *names);
    uint8_t *kinds = heap_alloc(rt->heap, total + 1);
    if (!names || !kinds) return raise_no_memory(), heap_free(rt->heap, kinds), false;
    code->local_kinds = kinds;
    memset(kinds, 0, total + 1);
    for (uint32_t i = 0; i < u->locals.count; i++) {
        names[i] = u->locals.names[i];
        kinds[i] = LOCAL_PLAIN;
    }
    for (uint32_t i = 0; i < u->cell_count + u->free_count; i++) {
        bool cell = i < u->cell_count;
        names[slots[i]] = cell ? u->cells[i] : u->frees[i - u->cell_count];
        kinds[slots[i]] |= cell ? LOCAL_CELL : LOCAL_FREE;
    }
    code->local_count = u->locals.count;
    code->locals_plus_count = total;
    code->cell_count = u->cell_count;
    code->free_count = u->free_count;
    code->local_names = name_tuple(c, names, total);
    return code->local_names != NULL;
}

static bool fill_consts(Compiler *c, Code *code) {
    const Unit *u = c->unit;
    TRY(code->consts = tuple_new(u->const_count));
    for (uint32_t i = 0; i < u->const_count; i++)
        tuple_init_item_steal(code->consts, i, incref(consts_value_borrow(&c->consts, u->consts[i])));
    return true;
}

/* Names that a method stores on its first argument: the method's code has them, and its class's code gets
 * them all. */
static bool fill_self_attributes(Compiler *c, Code *code) {
    Unit *u = c->unit;
    if (!u->self_attributes.count) return true;
    if (u->kind == UNIT_FUNCTION && u->outer)
        for (uint32_t i = 0; i < u->self_attributes.count; i++)
            if (name_map_intern(&u->outer->self_attributes, c->bump, u->self_attributes.names[i]) < 0)
                return no_memory(c);
    code->self_attributes = name_tuple(c, u->self_attributes.names, u->self_attributes.count);
    return code->self_attributes != NULL;
}

static bool fill_instructions(Compiler *c, Code *code) {
    Block *entry = c->unit->entry;
    choose_directions(entry);
    uint32_t units = lay_out(entry);
    LineTable table;
    linetable_init(&table, c->bump, (int32_t)code->first_line);
    if (!write_positions(entry, &table)) return no_memory(c);
    ExceptionRow *rows;
    uint32_t row_count;
    if (!exctable_rows(c->bump, entry, unit_size, &rows, &row_count)) return no_memory(c);
    TRY(code->instructions = heap_alloc(rt->heap, units * sizeof(Instr)));
    write_instructions(entry, code->instructions);
    code->instruction_count = units;
    TRY(code->line_table = heap_copy(table.bytes, table.size));
    code->line_table_size = table.size;
    if (!row_count) return true;
    TRY(code->exception_rows = heap_copy(rows, row_count * sizeof *rows));
    code->exception_row_count = row_count;
    return true;
}

static bool fill_code(Compiler *c, Code *code, const int32_t *slots, uint32_t extra_cells,
                      int32_t stack_size) {
    Unit *u = c->unit;
    Value name = name_value_borrow(c, u->name);
    TRY(name);
    code->name = incref(name);
    code->qualname = incref(u->qualname ? u->qualname : name);
    code->filename = incref(c->filename);
    code->arg_count = u->arg_count;
    code->positional_only_count = u->positional_only_count;
    code->keyword_only_count = u->keyword_only_count;
    code->stack_size = (uint32_t)stack_size;
    code->flags = code_flags(c);
    code->first_line = (uint32_t)u->first_line;
    if (u->docstring >= 0 && u->kind != UNIT_CLASS && u->kind != UNIT_MODULE)
        code->doc = incref(consts_value_borrow(&c->consts, u->docstring));
    TRY(code->names = name_tuple(c, u->names.names, u->names.count));
    return fill_local_names(c, code, slots, extra_cells) && fill_consts(c, code) &&
           fill_self_attributes(c, code) && fill_instructions(c, code);
}

Code *assemble(Compiler *c, bool return_none) {
    Unit *u = c->unit;
    uint32_t extra_cells;
    int32_t stack_size = 0;
    if (!end_with_return(c, return_none)) return NULL;
    if (is_generator_like(c) && !guard_generator(c)) return NULL;
    int32_t *slots = deref_slots(c, &extra_cells);
    if (!slots) return NULL;
    renumber_derefs(u->entry, slots);
    if (!insert_prefix(c, slots) || !run_passes(c, &stack_size)) return NULL;
    Code *code = code_alloc();
    if (!code) return NULL;
    if (!fill_code(c, code, slots, extra_cells, stack_size)) {
        if (!error_pending() && c->err->kind == SYNTAX_OK) raise_no_memory();
        DECREF(code);
        return NULL;
    }
    return code;
}

Code *code_alloc(void) {
    Code *code = (Code *)(void *)value_alloc(TYPE(code), 0);
    if (!code) return NULL;
    memset((char *)code + sizeof code->head, 0, sizeof *code - sizeof code->head);
    return code;
}
