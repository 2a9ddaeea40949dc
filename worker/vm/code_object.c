/*
 * code_object: the code type: attributes and comparison; code_make.c has its making and replace(). The instructions are those of Atoll's own machine; offsets that
 * Python sees (f_lasti, tb_lasti, co_lines, co_positions) count two per unit, as dis and traceback of the library expect.
 */
#include "objects/bytes.h"
#include "vm/vm_internal.h"

static int code_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Code *code = (Code *)o;
    VISIT(code->consts);
    return 0;
}

static void code_free(Heap *heap, HeapObject *o) {
    Code *code = (Code *)o;
    heap_untrack(heap, o);
    Value owned[] = {code->name,        code->qualname, code->filename,        code->consts, code->names,
                     code->local_names, code->doc,      code->self_attributes, code->extra,  code->source};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(owned[i]);
    heap_free(heap, code->local_kinds);
    heap_free(heap, code->instructions);
    heap_free(heap, code->exception_rows);
    heap_free(heap, code->line_table);
    heap_object_free(heap, o);
}

static size_t code_size(const HeapObject *o) {
    const Code *code = (const Code *)o;
    return sizeof *code + code->instruction_count * sizeof(Instr) + code->locals_plus_count +
           code->line_table_size + code->exception_row_count * sizeof(ExceptionRow);
}

static Value code_repr(Value v) {
    Code *code = (Code *)v;
    return str_format("<code object %U at %p, file \"%U\", line %d>", code->name, (void *)code,
                      code->filename, (int)code->first_line);
}

/* ---- instructions as the compiler made them ---- */

/* Unit i's opcode without what the evaluator made of it, and caches zero. */
void code_plain_instructions(const Code *code, Instr *out) {
    uint32_t i = 0;
    while (i < code->instruction_count) {
        const Instr *at = &code->instructions[i];
        uint8_t base = opcode_base[at->op], caches = opcode_caches[base];
        bool keeps_a = base == OPCODE_LOAD_GLOBAL || base == OPCODE_LOAD_ATTR ||
                       base == OPCODE_LOAD_SUPER_ATTR || base == OPCODE_CALL;
        out[i++] = (Instr){base, keeps_a ? at->a : 0, at->b};
        for (; caches > 0 && i < code->instruction_count; caches--) out[i++] = (Instr){0, 0, 0};
    }
}

void code_check_locals(Code *code) {
    code_plain_instructions(code, code->instructions);
    for (uint32_t i = 0; i < code->instruction_count; i += 1 + opcode_caches[code->instructions[i].op])
        if (code->instructions[i].op == OPCODE_LOAD_FAST) code->instructions[i].op = OPCODE_LOAD_FAST_CHECK;
}

static Value get_code_bytes(Value v, void *closure) {
    (void)closure;
    Code *code = (Code *)v;
    Value bytes = bytes_new(code->instruction_count * sizeof(Instr));
    if (bytes) code_plain_instructions(code, (Instr *)(void *)bytes_data(bytes));
    return bytes;
}

/* Loads of locals are the same whether they look or not: that is for the evaluator. */
static uint8_t comparable_op(const Instr *at) {
    uint8_t op = opcode_base[at->op];
    return op == OPCODE_LOAD_FAST_CHECK ? OPCODE_LOAD_FAST : op;
}

static bool same_instructions(const Code *a, const Code *b) {
    if (a->instruction_count != b->instruction_count) return false;
    for (uint32_t i = 0; i < a->instruction_count;
         i += 1 + opcode_caches[opcode_base[a->instructions[i].op]]) {
        const Instr *x = &a->instructions[i], *y = &b->instructions[i];
        if (comparable_op(x) != comparable_op(y) || x->b != y->b) return false;
    }
    return true;
}

static bool same_bytes(const void *a, size_t a_size, const void *b, size_t b_size) {
    return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

static bool same_tables(const Code *a, const Code *b) {
    return same_bytes(a->line_table, a->line_table_size, b->line_table, b->line_table_size) &&
           same_bytes(a->exception_rows, a->exception_row_count * sizeof(ExceptionRow), b->exception_rows,
                      b->exception_row_count * sizeof(ExceptionRow)) &&
           same_bytes(a->local_kinds, a->locals_plus_count, b->local_kinds, b->locals_plus_count);
}

/* Constants are equal only with equal types, in depth: 0 and 0.0, True and 1 are different programs. */
static int same_constant(Value a, Value b) {
    if (a == b) return 1;
    if (type_of(a) != type_of(b)) return 0;
    if (IS_EXACT(a, tuple)) {
        if (tuple_length(a) != tuple_length(b)) return 0;
        if (recursion_enter(" in comparison") < 0) return -1;
        int same = 1;
        for (size_t i = 0; same == 1 && i < tuple_length(a); i++)
            same = same_constant(tuple_item_borrow(a, i), tuple_item_borrow(b, i));
        recursion_leave();
        return same;
    }
    if (is_float(a)) {
        double x = float_value(a), y = float_value(b);
        return memcmp(&x, &y, sizeof x) == 0;
    }
    return value_equal(a, b);
}

static Value code_compare(Value x, Value y, CompareOp op) {
    if ((op != CMP_EQ && op != CMP_NE) || !IS_EXACT(x, code) || !IS_EXACT(y, code)) return NOT_IMPLEMENTED;
    const Code *a = (Code *)x, *b = (Code *)y;
    bool same = a->arg_count == b->arg_count && a->positional_only_count == b->positional_only_count &&
                a->keyword_only_count == b->keyword_only_count && a->flags == b->flags &&
                a->first_line == b->first_line && str_equal(a->name, b->name) && same_instructions(a, b);
    int equal = same;
    if (equal == 1) equal = same_constant(a->consts, b->consts);
    if (equal == 1) equal = value_equal(a->names, b->names);
    if (equal == 1) equal = value_equal(a->local_names, b->local_names);
    if (equal == 1) equal = same_tables(a, b);
    if (equal < 0) return NULL;
    return BOOL(equal == (op == CMP_EQ));
}

static Hash code_hash(Value v) {
    Code *code = (Code *)v;
    Hash hash = str_hash(code->name) ^ (Hash)code->first_line ^ (Hash)code->arg_count << 8 ^
                (Hash)code->instruction_count << 16 ^ (Hash)code->flags << 32;
    return hash == -1 ? -2 : hash;
}

/* ---- attributes ---- */

typedef enum NumberField {
    FIELD_ARGS,
    FIELD_POSITIONAL_ONLY,
    FIELD_KEYWORD_ONLY,
    FIELD_LOCALS,
    FIELD_STACK,
    FIELD_FLAGS,
    FIELD_LINE
} NumberField;

static Value get_number(Value v, void *closure) {
    Code *code = (Code *)v;
    uint32_t numbers[] = {code->arg_count,          code->positional_only_count,
                          code->keyword_only_count, code->local_count,
                          code->stack_size,         code->flags,
                          code->first_line};
    return small_int_new(numbers[(uintptr_t)closure]);
}

static Value get_value(Value v, void *closure) {
    return incref(*(Value *)(void *)((char *)v + (uintptr_t)closure));
}

static Value names_of_kind(Code *code, uint8_t kind) {
    size_t n = 0, at = 0;
    for (uint32_t i = 0; i < code->locals_plus_count; i++) n += (code->local_kinds[i] & kind) != 0;
    Value names = tuple_new(n);
    for (uint32_t i = 0; names && i < code->locals_plus_count; i++)
        if (code->local_kinds[i] & kind)
            tuple_init_item_steal(names, at++, incref(tuple_item_borrow(code->local_names, i)));
    return names;
}

static Value get_names_of_kind(Value v, void *closure) {
    return names_of_kind((Code *)v, (uint8_t)(uintptr_t)closure);
}

static Value get_variable_names(Value v, void *closure) {
    (void)closure;
    return tuple_slice(((Code *)v)->local_names, 0, ((Code *)v)->local_count);
}

static Value get_line_table(Value v, void *closure) {
    (void)closure;
    return (Value)bytes_from(((Code *)v)->line_table, ((Code *)v)->line_table_size);
}

static Value get_exception_table(Value v, void *closure) {
    (void)closure;
    Code *code = (Code *)v;
    return bytes_from(code->exception_rows, code->exception_row_count * sizeof(ExceptionRow));
}

static Value number_or_none(int n) { return n < 0 ? NONE : small_int_new(n); }

/* (start, end, line) of each stretch of one line. */
static Value code_lines(Value v) {
    Code *code = (Code *)v;
    Value list = list_new(0);
    for (uint32_t start = 0, end; list && code->line_table_size && start < code->instruction_count;
         start = end) {
        int line = code_line(code, start);
        for (end = start + 1; end < code->instruction_count && code_line(code, end) == line;) end++;
        Value row = tuple_pack(3, small_int_new(start * 2), small_int_new(end * 2), number_or_none(line));
        if (!row || list_append_steal(list, row) < 0) CLEAR_FIELD(list);
    }
    Value it = list ? value_iter(list) : NULL;
    xdecref(list);
    return it;
}

/* (line, end line, column, end column) of each unit. */
static Value code_positions(Value v) {
    Code *code = (Code *)v;
    Value list = list_new(0);
    for (uint32_t i = 0; list && i < code->instruction_count; i++) {
        Position p = code_position(code, i);
        Value row = tuple_pack(4, number_or_none(p.line), number_or_none(p.end_line),
                               number_or_none(p.column), number_or_none(p.end_column));
        if (!row || list_append_steal(list, row) < 0) CLEAR_FIELD(list);
    }
    Value it = list ? value_iter(list) : NULL;
    xdecref(list);
    return it;
}

static Value varname_from_oparg(Value v, Value arg) {
    int i;
    if (value_as_int(arg, &i) < 0) return NULL;
    Code *code = (Code *)v;
    if (i < 0 || (uint32_t)i >= code->locals_plus_count)
        return raise_error(T_IndexError, "tuple index out of range");
    return incref(tuple_item_borrow(code->local_names, (size_t)i));
}

static const NativeMethod code_methods[] = {
    METHOD_NOARGS("co_lines", code_lines, NULL),
    METHOD_NOARGS("co_positions", code_positions, NULL),
    METHOD_KW("replace", code_replace, "The same code with some of its parts exchanged."),
    METHOD_ONE("_varname_from_oparg", varname_from_oparg, NULL),
    METHOD_END,
};

#define NUMBER(name, field) GETSET_MEMBER(name, get_number, (void *)(uintptr_t)(field))
#define FIELD(name, field)  GETSET_MEMBER(name, get_value, (void *)offsetof(Code, field))
static const GetSet code_getset[] = {
    NUMBER("co_argcount", FIELD_ARGS),
    NUMBER("co_posonlyargcount", FIELD_POSITIONAL_ONLY),
    NUMBER("co_kwonlyargcount", FIELD_KEYWORD_ONLY),
    NUMBER("co_nlocals", FIELD_LOCALS),
    NUMBER("co_stacksize", FIELD_STACK),
    NUMBER("co_flags", FIELD_FLAGS),
    NUMBER("co_firstlineno", FIELD_LINE),
    FIELD("co_consts", consts),
    FIELD("co_names", names),
    FIELD("co_filename", filename),
    FIELD("co_name", name),
    FIELD("co_qualname", qualname),
    {"co_varnames", get_variable_names, NULL, NULL, NULL},
    {"co_cellvars", get_names_of_kind, NULL, NULL, (void *)LOCAL_CELL},
    {"co_freevars", get_names_of_kind, NULL, NULL, (void *)LOCAL_FREE},
    {"co_code", get_code_bytes, NULL, NULL, NULL},
    {"_co_code_adaptive", get_code_bytes, NULL, NULL, NULL},
    GETSET_MEMBER("co_linetable", get_line_table, NULL),
    {"co_lnotab", get_line_table, NULL, NULL, NULL},
    GETSET_MEMBER("co_exceptiontable", get_exception_table, NULL),
    {NULL, NULL, NULL, NULL, NULL},
};

const TypeSpec code_type_spec = {
    .name = "code",
    .doc = "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n      flags, codestring, "
           "constants, names, varnames, filename, name, qualname,\n      firstlineno, linetable, "
           "exceptiontable, freevars=(), cellvars=(), /)\n--\n\nA code object, from its parts.",
    .flags = TYPE_WEAKREFABLE,
    .basic_size = sizeof(Code),
    .slots = {.getattr = object_getattr,
              .traverse = code_traverse,
              .free = code_free,
              .size = code_size,
              .repr = code_repr,
              .hash = code_hash,
              .compare = code_compare,
              .new_ = code_make},
    .methods = code_methods,
    .getset = code_getset,
};
