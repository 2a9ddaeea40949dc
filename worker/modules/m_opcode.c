/* _opcode: the instructions of this interpreter, for dis and opcode. Positions count two per unit, as in tracebacks. */
#include "compile/cfg.h"
#include "compile/disasm.h"
#include "modules/module.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- rows ---- */

typedef struct OpcodeRow {
    const char *name, *operand;
} OpcodeRow;

static const OpcodeRow rows[] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = {#name, #operand},
#define SPECIALIZED(name, base)
#include "vm/opcodes.def"
#undef OPCODE
};
enum { ROWS = sizeof rows / sizeof *rows };

/* [(name, cache units, what the operand is), ...] by opcode. */
static Value opcode_rows(Value module) {
    (void)module;
    Value list = list_new(0);
    for (size_t i = 0; list && i < ROWS; i++) {
        Value parts[3] = {str_intern_cstr(rows[i].name), small_int_new(opcode_caches[i]),
                          str_intern_cstr(rows[i].operand)};
        Value row = parts[0] && parts[2] ? tuple_from_array(parts, 3) : NULL;
        xdecref(parts[0]);
        xdecref(parts[2]);
        if (!row || list_append_steal(list, row) < 0) CLEAR_FIELD(list);
    }
    return list;
}

/* ---- instructions ---- */

/* What an operand stands for: a constant, a name, a position; else the number. New. */
static Value argument_value(const Code *code, const Decoded *ins, Value text) {
    const char *kind = rows[ins->op].operand;
    bool of_consts = strcmp(kind, "CONST") == 0;
    Value items = of_consts                    ? code->consts
                  : strcmp(kind, "NAME") == 0  ? code->names
                  : strcmp(kind, "LOCAL") == 0 ? code->local_names
                                               : NULL;
    if (items && ins->b < tuple_length(items)) return incref(tuple_item_borrow(items, ins->b));
    if (ins->target >= 0) return int_from_i64(ins->target * 2);
    return strcmp(kind, "COMPARE") == 0 ? incref(text) : int_from_u64(ins->b);
}

/* (position, opcode, operand or None, what it stands for, its text, position of a jump's target or None) */
static Value instruction_row(const Code *code, const Decoded *ins) {
    bool has = opcode_has_operand(ins->op);
    Value text = has ? disasm_argument(code, ins) : incref(rt->empty_str);
    if (!text) return NULL;
    Value parts[6] = {int_from_u64((uint64_t)ins->unit * 2),
                      small_int_new(ins->op),
                      has ? int_from_u64(ins->b) : NONE,
                      has ? argument_value(code, ins, text) : NONE,
                      text,
                      ins->target >= 0 ? int_from_i64(ins->target * 2) : NONE};
    return tuple_from_array_steal(parts, 6);
}

static Value opcode_instructions(Value module, Value v) {
    (void)module;
    if (!IS_EXACT(v, code)) return raise_error(T_TypeError, "a code object is expected, not %.200T", v);
    const Code *code = (const Code *)(void *)v;
    Value list = list_new(0);
    Decoded ins;
    for (uint32_t unit = 0; list && disasm_decode(code, unit, &ins); unit = ins.next) {
        Value row = instruction_row(code, &ins);
        if (!row || list_append_steal(list, row) < 0 || work_charge(1) < 0) CLEAR_FIELD(list);
    }
    return list;
}

/* [(start, end, target, depth, lasti), ...], end exclusive. */
static Value opcode_handlers(Value module, Value v) {
    (void)module;
    if (!IS_EXACT(v, code)) return raise_error(T_TypeError, "a code object is expected, not %.200T", v);
    const Code *code = (const Code *)(void *)v;
    Value list = list_new(0);
    for (uint32_t i = 0; list && i < code->exception_row_count; i++) {
        const ExceptionRow *row = &code->exception_rows[i];
        Value parts[5] = {int_from_u64(row->start * 2ull), int_from_u64(row->end * 2ull),
                          int_from_u64(row->target * 2ull), int_from_u64(row->depth_lasti >> 1),
                          BOOL(row->depth_lasti & 1)};
        Value item = tuple_from_array_steal(parts, 5);
        if (!item || list_append_steal(list, item) < 0) CLEAR_FIELD(list);
    }
    return list;
}

/* ---- stack effect ---- */

static Value opcode_stack_effect(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "", "jump", NULL};
    static const ArgSpec spec = {"stack_effect", names, 3, 1, 2};
    Value out[3];
    int op, arg = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out) || value_as_int(out[0], &op) < 0) return NULL;
    if (out[1] && out[1] != NONE && value_as_int(out[1], &arg) < 0) return NULL;
    if (out[2] && out[2] != NONE && !is_bool(out[2]))
        return raise_error(T_ValueError, "stack_effect: jump must be False, True or None");
    if (op < 0 || op >= ROWS) return raise_error(T_ValueError, "invalid opcode or oparg");
    Ins ins = {.op = (uint16_t)op, .b = arg};
    int stays = cfg_stack_effect(&ins, false), jumps = cfg_stack_effect(&ins, true);
    if (!out[2] || out[2] == NONE) return small_int_new(stays > jumps ? stays : jumps);
    return small_int_new(out[2] == TRUE ? jumps : stays);
}

static Value opcode_statistics(Value module) { return (void)module, NONE; }

static const NativeMethod functions[] = {
    METHOD_NOARGS("_rows", opcode_rows, NULL),
    METHOD_ONE("_instructions", opcode_instructions, NULL),
    METHOD_ONE("_handlers", opcode_handlers, NULL),
    METHOD_KW("stack_effect", opcode_stack_effect,
              "stack_effect($module, opcode, oparg=None, /, *, jump=None)\n--\n\nHow much "
              "deeper the stack is behind an instruction."),
    METHOD_NOARGS("get_specialization_stats", opcode_statistics,
                  "get_specialization_stats($module, /)\n--\n\nNone."),
    METHOD_END,
};

const ModuleSpec module_opcode = {"_opcode", "The interpreter's instructions.", functions, NULL};
