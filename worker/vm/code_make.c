/*
 * code_make: code objects that no compiler made: code(...) and replace(). What they are made of comes as Python values, and is
 * believed only when code_flow finds it sound; loads of locals then look whether they are bound.
 */
#include "objects/bytes.h"
#include "vm/code_flow.h"
#include "vm/vm_internal.h"

/* The parts, in the order in which code() takes them. */
typedef enum Part {
    ARGS,
    POSITIONAL_ONLY,
    KEYWORD_ONLY,
    LOCALS,
    STACK,
    FLAGS,
    CODE,
    CONSTS,
    NAMES,
    VARNAMES,
    FILENAME,
    OWN_NAME,
    QUALNAME,
    LINE,
    LINETABLE,
    EXCEPTIONTABLE,
    FREEVARS,
    CELLVARS,
    PART_COUNT
} Part;

static const struct {
    const char *attribute, *word; /* as replace() and messages name it */
    char kind;                    /* n: number, s: str, b: bytes, t: tuple, N: tuple of names */
} parts[PART_COUNT] = {
    [ARGS] = {"co_argcount", "argcount", 'n'},
    [POSITIONAL_ONLY] = {"co_posonlyargcount", "posonlyargcount", 'n'},
    [KEYWORD_ONLY] = {"co_kwonlyargcount", "kwonlyargcount", 'n'},
    [LOCALS] = {"co_nlocals", "nlocals", 'n'},
    [STACK] = {"co_stacksize", "stacksize", 'n'},
    [FLAGS] = {"co_flags", "flags", 'n'},
    [CODE] = {"co_code", "code", 'b'},
    [CONSTS] = {"co_consts", "consts", 't'},
    [NAMES] = {"co_names", "names", 'N'},
    [VARNAMES] = {"co_varnames", "varnames", 'N'},
    [FILENAME] = {"co_filename", "filename", 's'},
    [OWN_NAME] = {"co_name", "name", 's'},
    [QUALNAME] = {"co_qualname", "qualname", 's'},
    [LINE] = {"co_firstlineno", "firstlineno", 'n'},
    [LINETABLE] = {"co_linetable", "linetable", 'b'},
    [EXCEPTIONTABLE] = {"co_exceptiontable", "exceptiontable", 'b'},
    [FREEVARS] = {"co_freevars", "freevars", 'N'},
    [CELLVARS] = {"co_cellvars", "cellvars", 'N'},
};

/* ---- checking the parts ---- */

static bool names_are_strings(Value tuple, bool replacing) {
    for (size_t i = 0; i < tuple_length(tuple); i++)
        if (!is_str(tuple_item_borrow(tuple, i)))
            return replacing ? raise_error(T_SystemError, "non-string found in code slot")
                             : raise_error(T_TypeError, "name tuples must contain only strings, not '%T'",
                                           tuple_item_borrow(tuple, i));
    return true;
}

static bool part_has_type(Part part, Value v, const char *function, bool by_name) {
    char kind = parts[part].kind;
    Type *want = kind == 's' ? TYPE(str) : kind == 'b' ? TYPE(bytes) : TYPE(tuple);
    if (value_is_instance(v, want)) return true;
    if (by_name)
        return raise_error(T_TypeError, "%s() argument '%s' must be %s, not %K", function,
                           parts[part].attribute, type_name(want), v);
    return raise_error(T_TypeError, "%s() argument %d must be %s, not %K", function, (int)part + 1,
                       type_name(want), v);
}

/* numbers: of the parts that are. */
static bool check_parts(Value const *v, int *numbers, const char *function, bool by_name) {
    for (Part part = 0; part < PART_COUNT; part++) {
        if (parts[part].kind != 'n') {
            if (!part_has_type(part, v[part], function, by_name)) return false;
        } else if (value_as_int(v[part], &numbers[part]) < 0) {
            return false;
        }
    }
    for (Part part = ARGS; part < STACK; part++)
        if (numbers[part] < 0)
            return by_name ? raise_error(T_ValueError, "%s must be a positive integer", parts[part].attribute)
                           : raise_error(T_ValueError, "code: %s must not be negative", parts[part].word);
    for (Part part = 0; part < PART_COUNT; part++)
        if (parts[part].kind == 'N' && !names_are_strings(v[part], by_name)) return false;
    if ((size_t)numbers[LOCALS] != tuple_length(v[VARNAMES]))
        return raise_error(T_ValueError, "code: co_nlocals != len(co_varnames)");
    int64_t arguments = (int64_t)numbers[ARGS] + numbers[KEYWORD_ONLY] + !!(numbers[FLAGS] & CODE_VARARGS) +
                        !!(numbers[FLAGS] & CODE_VARKEYWORDS);
    if (arguments > numbers[LOCALS] || numbers[POSITIONAL_ONLY] > numbers[ARGS])
        return raise_error(T_ValueError, "code: co_varnames is too small");
    return true;
}

/* ---- filling ---- */

static Value interned_names(Value tuple) {
    Value copy = tuple_new(tuple_length(tuple));
    for (size_t i = 0; copy && i < tuple_length(tuple); i++) {
        Value name = incref(tuple_item_borrow(tuple, i));
        if (IS_EXACT(name, str)) str_intern_in_place(&name);
        tuple_init_item_steal(copy, i, name);
    }
    return copy;
}

static ssize_t index_of_name(Value tuple, Value name) {
    for (size_t i = 0; i < tuple_length(tuple); i++)
        if (str_equal(tuple_item_borrow(tuple, i), name)) return (ssize_t)i;
    return -1;
}

/* Variables, then cells that are no arguments, then free variables: see Code.local_names. */
static bool fill_locals(Code *code, Value varnames, Value cellvars, Value freevars) {
    size_t locals = tuple_length(varnames), cells = tuple_length(cellvars), extra = 0;
    for (size_t i = 0; i < cells; i++) extra += index_of_name(varnames, tuple_item_borrow(cellvars, i)) < 0;
    size_t total = locals + extra + tuple_length(freevars), at = locals;
    Value names = tuple_new(total);
    if (!names) return false;
    if (!(code->local_kinds = heap_alloc_zero(rt->heap, total + 1)))
        return decref(names), raise_no_memory(), false;
    for (size_t i = 0; i < locals; i++) {
        tuple_init_item_steal(names, i, incref(tuple_item_borrow(varnames, i)));
        code->local_kinds[i] = LOCAL_PLAIN;
    }
    for (size_t i = 0; i < cells; i++) {
        Value name = tuple_item_borrow(cellvars, i);
        ssize_t argument = index_of_name(varnames, name);
        if (argument < 0) tuple_init_item_steal(names, at, incref(name));
        code->local_kinds[argument < 0 ? at++ : (size_t)argument] |= LOCAL_CELL;
    }
    for (size_t i = 0; i < tuple_length(freevars); i++, at++) {
        tuple_init_item_steal(names, at, incref(tuple_item_borrow(freevars, i)));
        code->local_kinds[at] = LOCAL_FREE;
    }
    code->local_names = interned_names(names);
    decref(names);
    code->locals_plus_count = (uint32_t)total;
    code->local_count = (uint32_t)locals;
    code->free_count = (uint32_t)tuple_length(freevars);
    for (size_t i = 0; i < total; i++) code->cell_count += (code->local_kinds[i] & LOCAL_CELL) != 0;
    return code->local_names != NULL;
}

static void *copy_bytes(Value bytes) {
    size_t n = ((Bytes *)bytes)->length;
    void *copy = heap_alloc(rt->heap, n + 1);
    if (!copy) raise_no_memory();
    else memcpy(copy, bytes_data(bytes), n);
    return copy;
}

/* Only what a compiler emits, without the evaluator's own. */
static bool fill_instructions(Code *code, Value bytes) {
    size_t n = ((Bytes *)bytes)->length;
    if (n == 0 || n % sizeof(Instr)) return raise_error(T_ValueError, "code: co_code is malformed");
    if (!(code->instructions = copy_bytes(bytes))) return false;
    code->instruction_count = (uint32_t)(n / sizeof(Instr));
    for (uint32_t i = 0; i < code->instruction_count;) {
        uint8_t op = code->instructions[i].op;
        if (!opcode_names[op] || opcode_base[op] != op)
            return raise_error(T_ValueError, "code: co_code is malformed");
        uint32_t next = i + 1 + opcode_caches[op];
        for (i++; i < next && i < code->instruction_count; i++) code->instructions[i] = (Instr){0, 0, 0};
    }
    return true;
}

static bool fill_tables(Code *code, Value lines, Value exceptions) {
    size_t n = ((Bytes *)exceptions)->length;
    if (n % sizeof(ExceptionRow)) return raise_error(T_ValueError, "code: co_exceptiontable is malformed");
    code->exception_row_count = (uint32_t)(n / sizeof(ExceptionRow));
    code->line_table_size = (uint32_t)((Bytes *)lines)->length;
    return (code->line_table = copy_bytes(lines)) && (!n || (code->exception_rows = copy_bytes(exceptions)));
}

static bool fill(Code *code, Value const *v, const int *numbers) {
    code->arg_count = (uint32_t)numbers[ARGS];
    code->positional_only_count = (uint32_t)numbers[POSITIONAL_ONLY];
    code->keyword_only_count = (uint32_t)numbers[KEYWORD_ONLY];
    code->stack_size = (uint32_t)(numbers[STACK] < 0 ? 0 : numbers[STACK]);
    code->flags = (uint32_t)numbers[FLAGS];
    code->first_line = (uint32_t)numbers[LINE];
    code->version = vm_new_code_version();
    code->filename = incref(v[FILENAME]);
    code->name = incref(v[OWN_NAME]);
    code->qualname = incref(v[QUALNAME]);
    code->consts = incref(v[CONSTS]);
    if (tuple_length(v[CONSTS]) && is_str(tuple_item_borrow(v[CONSTS], 0)))
        code->doc = incref(tuple_item_borrow(v[CONSTS], 0));
    return (code->names = interned_names(v[NAMES])) &&
           fill_locals(code, v[VARNAMES], v[CELLVARS], v[FREEVARS]) && fill_instructions(code, v[CODE]) &&
           fill_tables(code, v[LINETABLE], v[EXCEPTIONTABLE]);
}

/* What of it a compiler made: nothing, all that says which locals are bound, or all that matters. */
typedef enum Trust { TRUST_NOTHING, TRUST_LOCALS, TRUST_ALL } Trust;

int code_prove(Code *code) {
    int sound = code_flow(code, NULL, NULL);
    if (sound == 1) code_check_locals(code);
    return sound;
}

static Value make(Value const *v, const char *function, bool by_name, Trust trust) {
    int numbers[PART_COUNT];
    if (!check_parts(v, numbers, function, by_name)) return NULL;
    Code *code = code_alloc();
    if (!code) return NULL;
    int sound = fill(code, v, numbers) ? trust == TRUST_ALL       ? 1
                                         : trust == TRUST_NOTHING ? code_prove(code)
                                                                  : code_flow(code, NULL, NULL)
                                       : -1;
    if (sound == 0)
        raise_error(T_ValueError, "code: co_code does not fit its stack, locals, names or constants");
    if (sound <= 0) {
        DECREF(code);
        return NULL;
    }
    return AS_VALUE(code);
}

Value code_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    Value v[PART_COUNT];
    if (!args_no_keywords("code", kwnames) || !args_count("code", nargs, FREEVARS, PART_COUNT)) return NULL;
    for (size_t i = 0; i < PART_COUNT; i++) v[i] = i < nargs ? args[i] : rt->empty_tuple;
    return make(v, "code", false, TRUST_NOTHING);
}

/* ---- replace ---- */

/* What it is made of, new references; false raised. */
static bool parts_of(Value code, Value *v) {
    for (Part part = 0; part < PART_COUNT; part++) {
        v[part] = value_getattr_cstr(code, parts[part].attribute);
        if (v[part]) continue;
        while (part-- > 0) decref(v[part]);
        return false;
    }
    return true;
}

static Trust trust_replaced(const Code *code, Value const *to) {
    static const Trust when_replaced[PART_COUNT] = {
        [FILENAME] = TRUST_ALL,  [OWN_NAME] = TRUST_ALL,  [QUALNAME] = TRUST_ALL,
        [LINE] = TRUST_ALL,      [LINETABLE] = TRUST_ALL, [FLAGS] = TRUST_ALL,
        [CONSTS] = TRUST_LOCALS, [NAMES] = TRUST_LOCALS,  [STACK] = TRUST_LOCALS};
    const uint32_t kind = CODE_OPTIMIZED | CODE_NEWLOCALS | CODE_VARARGS | CODE_VARKEYWORDS | CODE_GENERATOR |
                          CODE_COROUTINE | CODE_ASYNC_GENERATOR;
    Trust trust = TRUST_ALL;
    int flags;
    for (Part part = 0; part < PART_COUNT; part++)
        if (to[part] && when_replaced[part] < trust) trust = when_replaced[part];
    if (to[FLAGS] && (value_as_int(to[FLAGS], &flags) < 0 || ((code->flags ^ (uint32_t)flags) & kind)))
        trust = TRUST_NOTHING;
    error_clear(); /* an odd co_flags is told where it is used */
    return trust;
}

Value code_replace(Value self, Value const *args, size_t nargs, Value kwnames) {
    const char *names[PART_COUNT + 1] = {NULL};
    for (Part part = 0; part < PART_COUNT; part++) names[part] = parts[part].attribute;
    const ArgSpec spec = {"replace", names, PART_COUNT, 0, 0};
    Value to[PART_COUNT], v[PART_COUNT];
    if (!args_bind(&spec, args, nargs, kwnames, to) || !parts_of(self, v)) return NULL;
    const Code *code = (Code *)self;
    Trust trust = trust_replaced(code, to);
    for (Part part = 0; part < PART_COUNT; part++)
        if (to[part]) SET_FIELD_STEAL(v[part], incref(to[part]));
    Code *made = (Code *)make(v, "replace", true, trust);
    for (Part part = 0; part < PART_COUNT; part++) decref(v[part]);
    if (made) {
        made->self_attributes = xincref(code->self_attributes);
        made->source = xincref(code->source);
        made->received = code->received;
        if (!to[CONSTS]) SET_FIELD_STEAL(made->doc, xincref(code->doc));
    }
    return AS_VALUE(made);
}
