/*
 * code_object: the code type: attributes, comparison, replace(). The instructions are those of Atoll's own machine; offsets that
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
    Value owned[] = {code->name, code->qualname, code->filename, code->consts, code->names, code->local_names,
                     code->doc, code->self_attributes, code->extra, code->source};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(owned[i]);
    heap_free(heap, code->local_kinds);
    heap_free(heap, code->instructions);
    heap_free(heap, code->exception_rows);
    heap_free(heap, code->line_table);
    heap_object_free(heap, o);
}

static size_t code_size(const HeapObject *o) {
    const Code *code = (const Code *)o;
    return sizeof *code + code->instruction_count * sizeof(Instr) + code->locals_plus_count + code->line_table_size +
           code->exception_row_count * sizeof(ExceptionRow);
}

static Value code_repr(Value v) {
    Code *code = (Code *)v;
    return str_format("<code object %U at %p, file \"%U\", line %d>", code->name, (void *)code, code->filename,
                      (int)code->first_line);
}

/* ---- instructions as the compiler made them ---- */

/* Unit i's opcode without what the evaluator made of it, and caches zero. */
static void plain_instructions(const Code *code, Instr *out) {
    uint32_t i = 0;
    while (i < code->instruction_count) {
        const Instr *at = &code->instructions[i];
        uint8_t base = opcode_base[at->op], caches = opcode_caches[base];
        bool keeps_a = base == OPCODE_LOAD_GLOBAL || base == OPCODE_LOAD_ATTR || base == OPCODE_LOAD_SUPER_ATTR ||
                       base == OPCODE_CALL;
        out[i++] = (Instr){base, keeps_a ? at->a : 0, at->b};
        for (; caches > 0 && i < code->instruction_count; caches--) out[i++] = (Instr){0, 0, 0};
    }
}

void code_check_locals(Code *code) {
    plain_instructions(code, code->instructions);
    for (uint32_t i = 0; i < code->instruction_count; i += 1 + opcode_caches[code->instructions[i].op])
        if (code->instructions[i].op == OPCODE_LOAD_FAST) code->instructions[i].op = OPCODE_LOAD_FAST_CHECK;
}

static Value get_code_bytes(Value v, void *closure) {
    (void)closure;
    Code *code = (Code *)v;
    Value bytes = bytes_new(code->instruction_count * sizeof(Instr));
    if (bytes) plain_instructions(code, (Instr *)(void *)bytes_data(bytes));
    return bytes;
}

static bool same_instructions(const Code *a, const Code *b) {
    if (a->instruction_count != b->instruction_count) return false;
    for (uint32_t i = 0; i < a->instruction_count; i += 1 + opcode_caches[opcode_base[a->instructions[i].op]]) {
        const Instr *x = &a->instructions[i], *y = &b->instructions[i];
        if (opcode_base[x->op] != opcode_base[y->op] || x->b != y->b) return false;
    }
    return true;
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
    if (equal == 1)
        equal = a->line_table_size == b->line_table_size && !memcmp(a->line_table, b->line_table, a->line_table_size);
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

typedef enum NumberField { FIELD_ARGS, FIELD_POSITIONAL_ONLY, FIELD_KEYWORD_ONLY, FIELD_LOCALS, FIELD_STACK, FIELD_FLAGS,
                           FIELD_LINE } NumberField;

static Value get_number(Value v, void *closure) {
    Code *code = (Code *)v;
    uint32_t numbers[] = {code->arg_count, code->positional_only_count, code->keyword_only_count, code->local_count,
                          code->stack_size, code->flags, code->first_line};
    return small_int_new(numbers[(uintptr_t)closure]);
}

static Value get_value(Value v, void *closure) { return incref(*(Value *)(void *)((char *)v + (uintptr_t)closure)); }

static Value names_of_kind(Code *code, uint8_t kind) {
    size_t n = 0, at = 0;
    for (uint32_t i = 0; i < code->locals_plus_count; i++) n += (code->local_kinds[i] & kind) != 0;
    Value names = tuple_new(n);
    for (uint32_t i = 0; names && i < code->locals_plus_count; i++)
        if (code->local_kinds[i] & kind)
            tuple_init_item_steal(names, at++, incref(tuple_item_borrow(code->local_names, i)));
    return names;
}

static Value get_names_of_kind(Value v, void *closure) { return names_of_kind((Code *)v, (uint8_t)(uintptr_t)closure); }

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
    for (uint32_t start = 0, end; list && start < code->instruction_count; start = end) {
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
        Value row = tuple_pack(4, number_or_none(p.line), number_or_none(p.end_line), number_or_none(p.column),
                               number_or_none(p.end_column));
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
    if (i < 0 || (uint32_t)i >= code->locals_plus_count) return raise_error(T_IndexError, "tuple index out of range");
    return incref(tuple_item_borrow(code->local_names, (size_t)i));
}

/* ---- replace ---- */

static void *copy_block(const void *from, size_t bytes) {
    void *copy = heap_alloc(rt->heap, bytes ? bytes : 1);
    if (!copy) raise_no_memory();
    else if (bytes) memcpy(copy, from, bytes);
    return copy;
}

static Code *code_copy(const Code *code) {
    Code *copy = code_alloc();
    if (!copy) return NULL;
    HeapObject head = copy->head;
    *copy = *code;
    copy->head = head;
    copy->version = vm_new_code_version();
    copy->warm = 0;
    copy->exact_args = 0;
    copy->extra = NULL;
    Value *owned[] = {&copy->name, &copy->qualname, &copy->filename, &copy->consts, &copy->names, &copy->local_names,
                      &copy->doc, &copy->self_attributes, &copy->source};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xincref(*owned[i]);
    copy->instructions = NULL;
    copy->local_kinds = copy->line_table = NULL;
    copy->exception_rows = NULL;
    copy->local_kinds = copy_block(code->local_kinds, code->locals_plus_count);
    copy->instructions = copy_block(code->instructions, code->instruction_count * sizeof(Instr));
    copy->line_table = copy_block(code->line_table, code->line_table_size);
    copy->exception_rows = copy_block(code->exception_rows, code->exception_row_count * sizeof(ExceptionRow));
    if (!copy->local_kinds || !copy->instructions || !copy->line_table || !copy->exception_rows) {
        DECREF(copy);
        return NULL;
    }
    plain_instructions(code, copy->instructions);
    value_track(AS_VALUE(copy));
    return copy;
}

static int replace_number(uint32_t *field, Value v, const char *name) {
    int n;
    if (!v) return 0;
    if (value_as_int(v, &n) < 0) return -1;
    if (n < 0) return raise_int(T_ValueError, "code: %s must not be smaller than zero", name);
    *field = (uint32_t)n;
    return 0;
}

static int replace_value(Value *field, Value v, Type *type, const char *name) {
    if (!v) return 0;
    if (!value_is_instance(v, type))
        return raise_int(T_TypeError, "replace() argument '%s' must be %s, not %K", name, type_name(type), v);
    SET_FIELD_STEAL(*field, incref(v));
    return 0;
}

static int replace_instructions(Code *code, Value v) {
    if (!v) return 0;
    if (!is_bytes(v)) return raise_int(T_TypeError, "replace() argument 'co_code' must be bytes, not %T", v);
    size_t n = ((Bytes *)v)->length;
    if (n != code->instruction_count * sizeof(Instr)) return raise_int(T_ValueError, "code: co_code is malformed");
    const Instr *units = (const Instr *)(const void *)bytes_data(v);
    for (uint32_t i = 0; i < code->instruction_count; i += 1 + opcode_caches[units[i].op])
        if (opcode_base[units[i].op] != units[i].op || units[i].op != opcode_base[code->instructions[i].op])
            return raise_int(T_ValueError, "code: co_code is malformed"); /* only operands may differ: depth and rows stand */
    memcpy(code->instructions, units, n);
    return 0;
}

static Value code_replace(Value v, Value const *args, size_t nargs, Value kwnames) {
    enum { ARGS, POSITIONAL_ONLY, KEYWORD_ONLY, LOCALS, STACK, FLAGS, LINE, CODE, CONSTS, NAMES, VARNAMES, FREEVARS,
           CELLVARS, FILENAME, OWN_NAME, QUALNAME, LINETABLE, EXCEPTIONTABLE, FIELD_COUNT };
    static const char *const names[] = {"co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals",
                                        "co_stacksize", "co_flags", "co_firstlineno", "co_code", "co_consts", "co_names",
                                        "co_varnames", "co_freevars", "co_cellvars", "co_filename", "co_name",
                                        "co_qualname", "co_linetable", "co_exceptiontable", NULL};
    static const ArgSpec spec = {"replace", names, FIELD_COUNT, 0, 0};
    Value to[FIELD_COUNT];
    if (!args_bind(&spec, args, nargs, kwnames, to)) return NULL;
    Code *code = code_copy((Code *)v);
    if (!code) return NULL;
    uint32_t ignored = 0;
    if (replace_number(&ignored, to[ARGS], names[ARGS]) < 0 ||
        replace_number(&code->flags, to[FLAGS], names[FLAGS]) < 0 ||
        replace_number(&code->first_line, to[LINE], names[LINE]) < 0 ||
        replace_value(&code->consts, to[CONSTS], TYPE(tuple), names[CONSTS]) < 0 ||
        replace_value(&code->names, to[NAMES], TYPE(tuple), names[NAMES]) < 0 ||
        replace_value(&code->filename, to[FILENAME], TYPE(str), names[FILENAME]) < 0 ||
        replace_value(&code->name, to[OWN_NAME], TYPE(str), names[OWN_NAME]) < 0 ||
        replace_value(&code->qualname, to[QUALNAME], TYPE(str), names[QUALNAME]) < 0 ||
        replace_instructions(code, to[CODE]) < 0)
        goto fail;
    if ((to[ARGS] && ignored != code->arg_count) ||
        tuple_length(code->consts) < tuple_length(((Code *)v)->consts) ||
        tuple_length(code->names) < tuple_length(((Code *)v)->names)) {
        raise_error(T_ValueError, "code: the instructions do not fit these arguments");
        goto fail;
    }
    return AS_VALUE(code);
fail:
    DECREF(code);
    return NULL;
}

static const NativeMethod code_methods[] = {
    METHOD_NOARGS("co_lines", code_lines, NULL),
    METHOD_NOARGS("co_positions", code_positions, NULL),
    METHOD_KW("replace", code_replace, "Return a copy of the code object with new values for the specified fields."),
    METHOD_ONE("_varname_from_oparg", varname_from_oparg, NULL),
    METHOD_END,
};

#define NUMBER(name, field) {name, get_number, NULL, NULL, (void *)(uintptr_t)(field)}
#define FIELD(name, field) {name, get_value, NULL, NULL, (void *)offsetof(Code, field)}
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
    {"co_linetable", get_line_table, NULL, NULL, NULL},
    {"co_lnotab", get_line_table, NULL, NULL, NULL},
    {"co_exceptiontable", get_exception_table, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

const TypeSpec code_type_spec = {
    .name = "code",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Code),
    .slots = {.traverse = code_traverse, .free = code_free, .size = code_size, .repr = code_repr, .hash = code_hash,
              .compare = code_compare},
    .methods = code_methods,
    .getset = code_getset,
};
