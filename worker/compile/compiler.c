/* compiler: units, and the emitting of instructions, constants and names. */
#include "compile/compiler.h"

#include <stdlib.h>

#include "objects/code.h"
#include "objects/error.h"
#include "objects/protocols.h"
#include "objects/str.h"

/* ---- names -------------------------------------------------------------------------------------- */

const AstName *intern_cstr(Compiler *c, const char *text) {
    const AstName *name = ast_name_intern(c->names, text, strlen(text));
    if (!name) no_memory(c);
    return name;
}

const AstName *mangle(Compiler *c, const AstName *name) {
    if (!c->unit->class_name || name->utf8[0] != '_') return name;
    const AstName *mangled = symtable_mangle(c->names, c->bump, c->unit->class_name, name);
    if (!mangled) no_memory(c);
    return mangled;
}

Value name_value_borrow(Compiler *c, const AstName *name) {
    if (name->index >= c->name_value_capacity) {
        uint32_t capacity = ast_name_count(c->names) + 32;
        Value *values = bump_zalloc(c->bump, capacity * sizeof *values);
        if (!values) return raise_no_memory();
        if (c->name_value_capacity) memcpy(values, c->name_values, c->name_value_capacity * sizeof *values);
        c->name_values = values;
        c->name_value_capacity = capacity;
    }
    Value *value = &c->name_values[name->index];
    if (!*value) {
        *value = str_from_utf8(name->utf8, name->length);
        if (*value) str_intern_in_place(value);
    }
    return *value;
}

ConstId const_of_name(Compiler *c, const AstName *name) {
    return consts_of_str(&c->consts, name->utf8, name->length);
}

bool check_forbidden(Compiler *c, const AstName *name, AstContext ctx) {
    if (ctx == CONTEXT_LOAD || name->utf8[0] != '_' || strcmp(name->utf8, "__debug__") != 0) return true;
    return fail(c, "cannot %s __debug__", ctx == CONTEXT_STORE ? "assign to" : "delete");
}

/* ---- instructions ------------------------------------------------------------------------------- */

Block *block_new(Compiler *c) {
    Block *block = cfg_block_new(c->bump);
    if (!block) no_memory(c);
    return block;
}

void block_use(Compiler *c, Block *block) {
    c->unit->current->next = block;
    c->unit->current = block;
}

static Ins *append(Compiler *c, int op) {
    Unit *u = c->unit;
    Ins *last = block_last(u->current);
    if (last && op_ends_block(last->op)) {
        Block *block = block_new(c);
        if (!block) return NULL;
        block_use(c, block);
    }
    Ins *ins = cfg_append(c->bump, u->current, op);
    if (!ins) no_memory(c);
    return ins;
}

bool emit_ab(Compiler *c, int op, uint8_t a, int32_t b) {
    Ins *ins = append(c, op);
    if (!ins) return false;
    ins->a = a;
    ins->b = b;
    ins->pos = c->unit->loc;
    return true;
}

bool emit(Compiler *c, int op, int32_t b) { return emit_ab(c, op, 0, b); }

bool emit_noline(Compiler *c, int op, int32_t b) {
    Ins *ins = append(c, op);
    if (!ins) return false;
    ins->b = b;
    ins->pos = NO_POS;
    return true;
}

bool emit_jump(Compiler *c, int op, Block *target) {
    Ins *ins = append(c, op);
    if (!ins) return false;
    ins->target = target;
    ins->pos = c->unit->loc;
    return true;
}

bool emit_jump_noline(Compiler *c, int op, Block *target) {
    Ins *ins = append(c, op);
    if (!ins) return false;
    ins->target = target;
    ins->pos = NO_POS;
    return true;
}

bool emit_push_null(Compiler *c) {
    Ins *last = block_last(c->unit->current);
    if (last && last->op == OPCODE_LOAD_GLOBAL && last->a == 0) {
        last->a = 1;
        return true;
    }
    return emit(c, OPCODE_PUSH_NULL, 0);
}

static bool const_index_grow(Compiler *c, Unit *u) {
    uint32_t capacity = u->const_capacity ? u->const_capacity * 2 : 16;
    ConstId *ids = bump_alloc(c->bump, capacity * sizeof *ids);
    int32_t *index = bump_zalloc(c->bump, 2 * (size_t)capacity * sizeof *index);
    if (!ids || !index) return no_memory(c);
    if (u->const_count) memcpy(ids, u->consts, u->const_count * sizeof *ids);
    u->consts = ids;
    u->const_capacity = capacity;
    u->const_index = index;
    u->const_mask = 2 * capacity - 1;
    for (uint32_t i = 0; i < u->const_count; i++) {
        uint32_t at = (uint32_t)ids[i];
        while (index[at & u->const_mask]) at++;
        index[at & u->const_mask] = (int32_t)i + 1;
    }
    return true;
}

int32_t unit_const_number(Compiler *c, ConstId id) {
    Unit *u = c->unit;
    if (id < 0) return -1;
    if (u->const_count == u->const_capacity && !const_index_grow(c, u)) return -1;
    for (uint32_t at = (uint32_t)id;; at++) {
        int32_t *entry = &u->const_index[at & u->const_mask];
        if (*entry && u->consts[*entry - 1] == id) return *entry - 1;
        if (*entry) continue;
        u->consts[u->const_count++] = id;
        return (*entry = (int32_t)u->const_count) - 1;
    }
}

bool emit_const(Compiler *c, ConstId id) {
    int32_t number = unit_const_number(c, id);
    return number >= 0 && emit(c, OPCODE_LOAD_CONST, number);
}

bool emit_none(Compiler *c) { return emit_const(c, CONST_NONE); }

static bool emit_name_plain(Compiler *c, int op, uint8_t a, const AstName *name) {
    int32_t number = name_map_intern(&c->unit->names, c->bump, name);
    if (number < 0) return no_memory(c);
    return emit_ab(c, op, a, number);
}

bool emit_name(Compiler *c, int op, uint8_t a, const AstName *name) {
    const AstName *mangled = mangle(c, name);
    return mangled && emit_name_plain(c, op, a, mangled);
}

bool emit_operator(Compiler *c, AstOperator op, bool inplace) {
    static const uint8_t numbers[] = {[OPERATOR_ADD] = OP_ADD,
                                      [OPERATOR_SUB] = OP_SUBTRACT,
                                      [OPERATOR_MULT] = OP_MULTIPLY,
                                      [OPERATOR_MAT_MULT] = OP_MATRIX_MULTIPLY,
                                      [OPERATOR_DIV] = OP_TRUE_DIVIDE,
                                      [OPERATOR_MOD] = OP_REMAINDER,
                                      [OPERATOR_POW] = OP_POWER,
                                      [OPERATOR_LSHIFT] = OP_LSHIFT,
                                      [OPERATOR_RSHIFT] = OP_RSHIFT,
                                      [OPERATOR_BIT_OR] = OP_OR,
                                      [OPERATOR_BIT_XOR] = OP_XOR,
                                      [OPERATOR_BIT_AND] = OP_AND,
                                      [OPERATOR_FLOOR_DIV] = OP_FLOOR_DIVIDE};
    return emit(c, OPCODE_BINARY_OP, numbers[op] + (inplace ? BINARY_OP_COUNT : 0));
}

bool emit_compare(Compiler *c, AstCmpop op) {
    switch (op) {
    case CMPOP_EQ: return emit(c, OPCODE_COMPARE_OP, CMP_EQ);
    case CMPOP_NOT_EQ: return emit(c, OPCODE_COMPARE_OP, CMP_NE);
    case CMPOP_LT: return emit(c, OPCODE_COMPARE_OP, CMP_LT);
    case CMPOP_LT_E: return emit(c, OPCODE_COMPARE_OP, CMP_LE);
    case CMPOP_GT: return emit(c, OPCODE_COMPARE_OP, CMP_GT);
    case CMPOP_GT_E: return emit(c, OPCODE_COMPARE_OP, CMP_GE);
    case CMPOP_IS: return emit(c, OPCODE_IS_OP, 0);
    case CMPOP_IS_NOT: return emit(c, OPCODE_IS_OP, 1);
    case CMPOP_IN: return emit(c, OPCODE_CONTAINS_OP, 0);
    case CMPOP_NOT_IN: return emit(c, OPCODE_CONTAINS_OP, 1);
    }
    return false;
}

/* ---- variables ---------------------------------------------------------------------------------- */

static int32_t name_position(const AstName *const *names, uint32_t count, const AstName *name) {
    for (uint32_t i = 0; i < count; i++)
        if (names[i] == name) return (int32_t)i;
    return -1;
}

/* Operand of a *_DEREF: the cell's position, or the free variable's behind all cells. In a class body within a
 * method, __class__ is free, beside the cell of that name which the class makes for its own methods. */
static int32_t deref_number(const Unit *u, const Symbol *symbol) {
    int32_t at = symbol->scope == FREE ? -1 : name_position(u->cells, u->cell_count, symbol->name);
    if (at >= 0) return at;
    return (int32_t)u->cell_count + name_position(u->frees, u->free_count, symbol->name);
}

static bool emit_local(Compiler *c, Symbol *symbol, AstContext ctx) {
    static const uint8_t ops[] = {OPCODE_LOAD_FAST, OPCODE_STORE_FAST, OPCODE_DELETE_FAST};
    if (symbol->slot < 0) {
        symbol->slot = name_map_intern(&c->unit->locals, c->bump, symbol->name);
        if (symbol->slot < 0) return no_memory(c);
    }
    return emit(c, ops[ctx], symbol->slot);
}

static bool emit_deref(Compiler *c, Symbol *symbol, AstContext ctx) {
    static const uint8_t ops[] = {OPCODE_LOAD_DEREF, OPCODE_STORE_DEREF, OPCODE_DELETE_DEREF};
    Unit *u = c->unit;
    if (symbol->slot < 0) symbol->slot = deref_number(u, symbol);
    if (ctx == CONTEXT_LOAD && u->scope->kind == SCOPE_CLASS)
        return emit(c, OPCODE_LOAD_CLASSDEREF, symbol->slot);
    if (ctx == CONTEXT_LOAD && u->scope->can_see_class && symbol->name != c->st.dunder_class_dict) {
        return emit_variable(c, c->st.dunder_class_dict, CONTEXT_LOAD) &&
               emit(c, OPCODE_LOAD_FROM_DICT_OR_DEREF, symbol->slot);
    }
    return emit(c, ops[ctx], symbol->slot);
}

bool emit_cell(Compiler *c, const AstName *name) {
    Symbol *symbol = scope_symbol(c->unit->scope, name);
    if (symbol->slot < 0) symbol->slot = deref_number(c->unit, symbol);
    return emit(c, OPCODE_LOAD_CLOSURE, symbol->slot);
}

static bool emit_global(Compiler *c, const Symbol *symbol, const AstName *name, AstContext ctx) {
    static const uint8_t ops[] = {OPCODE_LOAD_GLOBAL, OPCODE_STORE_GLOBAL, OPCODE_DELETE_GLOBAL};
    if (ctx == CONTEXT_LOAD && c->unit->scope->can_see_class && symbol && symbol->scope == GLOBAL_IMPLICIT) {
        return emit_variable(c, c->st.dunder_class_dict, CONTEXT_LOAD) &&
               emit_name_plain(c, OPCODE_LOAD_FROM_DICT_OR_GLOBALS, 0, name);
    }
    return emit_name_plain(c, ops[ctx], 0, name);
}

bool emit_variable(Compiler *c, const AstName *name, AstContext ctx) {
    static const uint8_t ops[] = {OPCODE_LOAD_NAME, OPCODE_STORE_NAME, OPCODE_DELETE_NAME};
    const Scope *scope = c->unit->scope;
    TRY(check_forbidden(c, name, ctx));
    const AstName *mangled = mangle(c, name);
    TRY(mangled);
    Symbol *symbol = scope_symbol(scope, mangled);
    switch (symbol ? (SymbolScope)symbol->scope : NOT_RESOLVED) {
    case FREE:
    case CELL: return emit_deref(c, symbol, ctx);
    case LOCAL:
        if (scope_is_function_like(scope)) return emit_local(c, symbol, ctx);
        break;
    case GLOBAL_IMPLICIT:
        if (scope_is_function_like(scope)) return emit_global(c, symbol, mangled, ctx);
        break;
    case GLOBAL_EXPLICIT: return emit_global(c, symbol, mangled, ctx);
    case NOT_RESOLVED: break;
    }
    return emit_name_plain(c, ops[ctx], 0, mangled);
}

/* ---- units -------------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b) {
    return strcmp((*(const AstName *const *)a)->utf8, (*(const AstName *const *)b)->utf8);
}

/* Sorts out the scope's cells and free variables; arguments become the first locals. */
static bool unit_variables(Compiler *c, Unit *u) {
    Scope *scope = u->scope;
    uint32_t count = scope->map.count;
    const AstName **both = bump_alloc(c->bump, (2 * (size_t)count + 2) * sizeof *both);
    if (!both) return no_memory(c);
    u->cells = both;
    u->frees = both + count + 2;
    for (uint32_t i = 0; i < count; i++) {
        Symbol *symbol = scope->symbols[i];
        symbol->slot = -1;
        if (symbol->flags & SYMBOL_PARAM) {
            int32_t slot = name_map_add(&u->locals, c->bump, symbol->name);
            if (slot < 0) return no_memory(c);
            if (symbol->scope == LOCAL) symbol->slot = slot;
        }
        if (symbol->scope == CELL) u->cells[u->cell_count++] = symbol->name;
        if (symbol->scope == FREE || (symbol->flags & SYMBOL_FREE_CLASS))
            u->frees[u->free_count++] = symbol->name;
    }
    if (scope->needs_class_closure) u->cells[u->cell_count++] = c->st.dunder_class;
    if (scope->needs_class_dict) u->cells[u->cell_count++] = c->st.dunder_class_dict;
    qsort(u->cells, u->cell_count, sizeof *u->cells, by_text);
    qsort(u->frees, u->free_count, sizeof *u->frees, by_text);
    return true;
}

/* The dotted path of a class or function as __qualname__ has it. New; NULL raised. */
static Value make_qualname(Compiler *c, const Unit *u) {
    Value name = name_value_borrow(c, u->name);
    const Unit *parent = u->outer;
    if (!name) return NULL;
    if (parent && parent->kind == UNIT_TYPE_PARAMS) parent = parent->outer;
    if (!parent || !parent->qualname) return incref(name);
    if (u->kind == UNIT_FUNCTION || u->kind == UNIT_ASYNC_FUNCTION || u->kind == UNIT_CLASS) {
        const AstName *mangled = symtable_mangle(c->names, c->bump, parent->class_name, u->name);
        if (!mangled) return raise_no_memory();
        const Symbol *symbol = scope_symbol(parent->scope, mangled);
        if (symbol && symbol->scope == GLOBAL_EXPLICIT) return incref(name);
    }
    bool function =
        parent->kind == UNIT_FUNCTION || parent->kind == UNIT_ASYNC_FUNCTION || parent->kind == UNIT_LAMBDA;
    return str_format(function ? "%U.<locals>.%U" : "%U.%U", parent->qualname, name);
}

bool unit_enter(Compiler *c, const AstName *name, UnitKind kind, const void *key, int32_t first_line) {
    Unit *u = bump_zalloc(c->bump, sizeof *u);
    if (!u) return no_memory(c);
    u->outer = c->unit;
    u->scope = symtable_scope(&c->st, key);
    u->kind = kind;
    u->name = name;
    u->class_name = c->unit ? c->unit->class_name : NULL;
    u->first_line = first_line;
    u->docstring = -1;
    u->loc = (AstPos){first_line, 0, first_line, 0};
    TRY(u->entry = u->current = block_new(c));
    TRY(unit_variables(c, u));
    if (kind != UNIT_MODULE) TRY(u->qualname = make_qualname(c, u));
    c->unit = u;
    c->unit_depth++;
    if (kind == UNIT_MODULE) u->loc = (AstPos){0, 0, first_line, 0};
    TRY(emit(c, OPCODE_RESUME, 0));
    if (kind == UNIT_MODULE) UNSET_LOC(c);
    return true;
}

void unit_leave(Compiler *c) {
    xdecref(c->unit->qualname);
    c->unit = c->unit->outer;
    c->unit_depth--;
}

bool unit_finish(Compiler *c, bool return_none, Finished *out) {
    Code *code = assemble(c, return_none);
    if (!code) return false;
    out->code = consts_of_code_steal(&c->consts, AS_VALUE(code));
    out->frees = c->unit->frees;
    out->free_count = c->unit->free_count;
    unit_leave(c);
    return out->code >= 0;
}

bool emit_function(Compiler *c, const Finished *code, uint32_t flags) {
    for (uint32_t i = 0; i < code->free_count; i++) {
        const Unit *u = c->unit;
        const AstName *name = code->frees[i];
        /* A class may have a name of its own that its methods see as an outer variable. */
        int32_t number = -1;
        const Symbol *symbol = scope_symbol(u->scope, name);
        if ((u->kind == UNIT_CLASS && (name == c->st.dunder_class || name == c->st.dunder_class_dict)) ||
            (symbol && symbol->scope == CELL))
            number = name_position(u->cells, u->cell_count, name);
        if (number < 0) number = (int32_t)u->cell_count + name_position(u->frees, u->free_count, name);
        TRY(emit(c, OPCODE_LOAD_CLOSURE, number));
    }
    if (code->free_count) {
        flags |= 8;
        TRY(emit(c, OPCODE_BUILD_TUPLE, (int32_t)code->free_count));
    }
    return emit_const(c, code->code) && emit(c, OPCODE_MAKE_FUNCTION, (int32_t)flags);
}
