#include "compile/disasm.h"

#include <stdio.h>

#include "compile/linetable.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"

bool opcode_has_operand(int op) { return opcode_operands[op] != OPERAND_NONE; }

/* ---- decoding ----------------------------------------------------------------------------------- */

bool disasm_decode(const Code *code, uint32_t unit, Decoded *out) {
    uint32_t above = 0;
    if (unit >= code->instruction_count) return false;
    while (code->instructions[unit].op == OPCODE_EXTENDED_ARG && unit + 1 < code->instruction_count)
        above = (above | code->instructions[unit++].b) << 16;
    const Instr *at = &code->instructions[unit];
    *out = (Decoded){.unit = unit, .op = opcode_base[at->op], .a = at->a, .b = above | at->b, .target = -1};
    out->next = unit + 1 + opcode_caches[at->op];
    if (opcode_operands[out->op] == OPERAND_JUMP_FORWARD) out->target = (int64_t)out->next + out->b;
    if (opcode_operands[out->op] == OPERAND_JUMP_BACKWARD) out->target = (int64_t)out->next - out->b;
    return true;
}

static Value item_or_null(Value tuple, uint32_t i) {
    return tuple && i < tuple_length(tuple) ? tuple_item_borrow(tuple, i) : NULL;
}

static const char *binary_symbol(uint32_t b) {
    static const char *const symbols[] = {
        "+",  "&",  "//",  "<<",  "@",  "*",  "%",  "|",  "**",  ">>",  "-",  "/",  "^",
        "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^="};
    return b < sizeof symbols / sizeof *symbols ? symbols[b] : "?";
}

static Value flags_text(const Decoded *ins) {
    static const char *const parts[] = {"defaults", "kwdefaults", "annotations", "closure"};
    static const char *const conversions[] = {"", "str", "repr", "ascii"};
    char text[64];
    int n = 0;
    text[0] = 0;
    if (ins->op == OPCODE_MAKE_FUNCTION) {
        for (int i = 0; i < 4; i++)
            if (ins->b >> i & 1)
                n += snprintf(text + n, sizeof text - (size_t)n, "%s%s", n ? ", " : "", parts[i]);
    } else if (ins->op == OPCODE_FORMAT_VALUE) {
        n = snprintf(text, sizeof text, "%s", conversions[ins->b & 3]);
        if (ins->b & 4) snprintf(text + n, sizeof text - (size_t)n, "%swith format", n ? ", " : "");
    }
    return str_from_cstr(text);
}

Value disasm_argument(const Code *code, const Decoded *ins) {
    static const char *const compares[] = {"<", "<=", "==", "!=", ">", ">="};
    switch ((OperandKind)opcode_operands[ins->op]) {
    case OPERAND_CONST: {
        Value v = item_or_null(code->consts, ins->b);
        return v ? value_repr(v) : str_from_cstr("?");
    }
    case OPERAND_NAME: {
        Value name = item_or_null(code->names, ins->b);
        if (!name) return str_from_cstr("?");
        if (!(ins->a & 1)) return incref(name);
        return str_format(ins->op == OPCODE_LOAD_GLOBAL ? "NULL + %U" : "NULL|self + %U", name);
    }
    case OPERAND_LOCAL: {
        Value name = item_or_null(code->local_names, ins->b);
        return name ? incref(name) : str_from_cstr("?");
    }
    case OPERAND_JUMP_FORWARD:
    case OPERAND_JUMP_BACKWARD: return str_format("to %lld", (long long)ins->target * 2);
    case OPERAND_BINARY: return str_from_cstr(binary_symbol(ins->b));
    case OPERAND_COMPARE: return str_from_cstr(ins->b < 6 ? compares[ins->b] : "?");
    case OPERAND_FLAGS: return flags_text(ins);
    default: return str_from_cstr("");
    }
}

/* ---- text --------------------------------------------------------------------------------------- */

static int add_format(StrBuilder *out, const char *format, ...) {
    va_list args;
    va_start(args, format);
    Value text = str_vformat(format, args);
    va_end(args);
    int status = text ? str_builder_add(out, text) : -1;
    xdecref(text);
    return status;
}

static void mark_targets(const Code *code, uint8_t *marks) {
    Decoded ins;
    for (uint32_t unit = 0; disasm_decode(code, unit, &ins); unit = ins.next)
        if (ins.target >= 0 && ins.target < code->instruction_count) marks[ins.target] = 1;
    for (uint32_t i = 0; i < code->exception_row_count; i++) marks[code->exception_rows[i].target] = 1;
}

static int width_of(uint32_t n, int least) {
    int width = 1;
    while (n >= 10) n /= 10, width++;
    return width < least ? least : width;
}

static int add_instruction(StrBuilder *out, const Code *code, const Decoded *ins, bool target,
                           int offset_width) {
    char head[96];
    int n = snprintf(head, sizeof head, "     %s %*u %s", target ? ">>" : "  ", offset_width, ins->unit * 2,
                     opcode_names[ins->op]);
    if (opcode_has_operand(ins->op)) {
        int pad = 20 - (int)strlen(opcode_names[ins->op]);
        n += snprintf(head + n, sizeof head - (size_t)n, "%*s %5u", pad > 0 ? pad : 0, "", ins->b);
    }
    if (str_builder_add_cstr(out, head) < 0) return -1;
    Value argument = opcode_has_operand(ins->op) ? disasm_argument(code, ins) : NULL;
    int status = 0;
    if (argument && str_length(argument)) status = add_format(out, " (%U)", argument);
    else if (!argument && opcode_has_operand(ins->op)) status = -1;
    xdecref(argument);
    return status < 0 ? -1 : str_builder_add_char(out, '\n');
}

static int add_instructions(StrBuilder *out, const Code *code, const uint8_t *marks) {
    int line_width = width_of(code->first_line + code->instruction_count, 3);
    int offset_width = width_of(code->instruction_count * 2, 4);
    int32_t last_line = -1;
    LineReader lines;
    Decoded ins;
    line_reader_init(&lines, code);
    bool more = line_reader_next(&lines);
    for (uint32_t unit = 0; disasm_decode(code, unit, &ins); unit = ins.next) {
        while (more && ins.unit >= lines.unit + lines.units) more = line_reader_next(&lines);
        int32_t line = more ? lines.position.line : -1;
        char text[24] = "";
        if (line >= 0 && line != last_line) {
            if (unit && str_builder_add_char(out, '\n') < 0) return -1;
            snprintf(text, sizeof text, "%d", (int)line);
            last_line = line;
        }
        int pad = line_width - (int)strlen(text);
        if (pad > 0 && str_builder_add_repeat(out, ' ', (size_t)pad) < 0) return -1;
        if (str_builder_add_cstr(out, text) < 0) return -1;
        if (add_instruction(out, code, &ins, marks[ins.unit], offset_width) < 0) return -1;
    }
    return 0;
}

static int add_exception_table(StrBuilder *out, const Code *code) {
    if (!code->exception_row_count) return 0;
    if (str_builder_add_cstr(out, "ExceptionTable:\n") < 0) return -1;
    for (uint32_t i = 0; i < code->exception_row_count; i++) {
        const ExceptionRow *row = &code->exception_rows[i];
        if (add_format(out, "  %u to %u -> %u [%u]%s\n", row->start * 2, row->end * 2 - 2, row->target * 2,
                       row->depth_lasti >> 1, row->depth_lasti & 1 ? " lasti" : "") < 0)
            return -1;
    }
    return 0;
}

static int add_code(StrBuilder *out, const Code *code) {
    uint8_t *marks = heap_alloc_zero(rt->heap, code->instruction_count + 1);
    if (!marks) return raise_no_memory(), -1;
    mark_targets(code, marks);
    int status = add_instructions(out, code, marks);
    heap_free(rt->heap, marks);
    if (status < 0 || add_exception_table(out, code) < 0) return -1;
    if (recursion_enter(" while disassembling") < 0) return -1;
    for (size_t i = 0; status == 0 && i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        if (!IS_EXACT(v, code)) continue;
        status = add_format(out, "\nDisassembly of %R:\n", v);
        if (status == 0) status = add_code(out, (Code *)(void *)v);
    }
    recursion_leave();
    return status;
}

Value disasm_text(Code *code) {
    StrBuilder out = STR_BUILDER_INIT;
    if (add_code(&out, code) == 0) return str_builder_finish(&out);
    str_builder_drop(&out);
    return NULL;
}
