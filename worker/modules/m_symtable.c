/*
 * _symtable: the compiler's table of scopes and names, for the symtable module. An entry is a copy of one Scope as Python values, with
 * CPython's numbers.
 */
#include "compile/compile.h"
#include "compile/symtable.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/str.h"
#include "parse/parse.h"

typedef struct Entry {
    HeapObject head;
    Value id, name, symbols, varnames, children;
    int type, nested, lineno;
} Entry;

typedef struct SymtableState {
    Type *entry;
} SymtableState;

#define SYMTABLE MODULE_STATE(symtable, SymtableState)

enum { TYPE_FUNCTION, TYPE_CLASS, TYPE_MODULE };
enum { FLAGS_KEPT = 31, SCOPE_OFFSET = 11 }; /* CPython has one bit more between SYMBOL_USE and the next */

/* ---- the entry ---- */

static int entry_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Entry *e = (Entry *)o;
    VISIT(e->symbols);
    VISIT(e->varnames);
    VISIT(e->children);
    return 0;
}

static void entry_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Entry *e = (Entry *)o;
    CLEAR_FIELD(e->symbols);
    CLEAR_FIELD(e->varnames);
    CLEAR_FIELD(e->children);
}

static void entry_free(Heap *heap, HeapObject *o) {
    Entry *e = (Entry *)o;
    heap_untrack(heap, o);
    entry_clear(heap, o);
    xdecref(e->id);
    xdecref(e->name);
    heap_object_free(heap, o);
}

static Value entry_repr(Value v) {
    Entry *e = (Entry *)v;
    return str_format("<symtable entry %U(%S), line %d>", e->name, e->id, e->lineno);
}

static const Member entry_members[] = {
    {"id", MEMBER_VALUE, offsetof(Entry, id), true, NULL},
    {"name", MEMBER_VALUE, offsetof(Entry, name), true, NULL},
    {"symbols", MEMBER_VALUE, offsetof(Entry, symbols), true, NULL},
    {"varnames", MEMBER_VALUE, offsetof(Entry, varnames), true, NULL},
    {"children", MEMBER_VALUE, offsetof(Entry, children), true, NULL},
    {"nested", MEMBER_INT, offsetof(Entry, nested), true, NULL},
    {"type", MEMBER_INT, offsetof(Entry, type), true, NULL},
    {"lineno", MEMBER_INT, offsetof(Entry, lineno), true, NULL},
    {NULL, 0, 0, false, NULL},
};

static const TypeSpec entry_spec = {
    .name = "symtable entry",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Entry),
    .slots = {.getattr = object_getattr,
              .traverse = entry_traverse,
              .clear = entry_clear,
              .free = entry_free,
              .repr = entry_repr},
    .members = entry_members,
};

/* ---- from scopes ---- */

/* "<lambda>" is "lambda" here. */
static Value scope_name(const Scope *scope) {
    const AstName *name = scope->name;
    bool angled = name->utf8[0] == '<';
    return str_from_wtf8(name->utf8 + angled, name->length - 2u * angled);
}

static int add_symbol(Entry *e, const Symbol *symbol) {
    int64_t flags = (symbol->flags & FLAGS_KEPT) |
                    (int64_t)(symbol->flags & ~(FLAGS_KEPT | SYMBOL_DELETED)) << 1 |
                    (int64_t)symbol->scope << SCOPE_OFFSET;
    Value name = str_from_wtf8(symbol->name->utf8, symbol->name->length);
    int status = name ? dict_set(e->symbols, name, small_int_new(flags)) : -1;
    if (status == 0 && (symbol->flags & SYMBOL_PARAM)) status = list_append(e->varnames, name);
    xdecref(name);
    return status;
}

static Value entry_new(const Scope *scope);

static int add_children(Entry *e, const Scope *scope) {
    for (const Scope *child = scope->first_child; child; child = child->next) {
        Value made = entry_new(child);
        if (!made || list_append_steal(e->children, made) < 0) return -1;
    }
    return 0;
}

/* As deep as the scopes nest, which the compiler bounds. */
static Value entry_new(const Scope *scope) {
    Entry *e = (Entry *)value_alloc(SYMTABLE->entry, 0);
    if (!e) return NULL;
    e->id = small_int_new((int64_t)((uintptr_t)scope->key >> 3));
    e->name = scope_name(scope);
    e->symbols = dict_new();
    e->varnames = list_new(0);
    e->children = list_new(0);
    e->type = scope->kind == SCOPE_MODULE  ? TYPE_MODULE
              : scope->kind == SCOPE_CLASS ? TYPE_CLASS
                                           : TYPE_FUNCTION;
    e->nested = scope->nested;
    e->lineno = scope->pos.lineno;
    bool good = e->name && e->symbols && e->varnames && e->children;
    for (uint32_t i = 0; good && i < scope->map.count; i++) good = add_symbol(e, scope->symbols[i]) == 0;
    if (!good || add_children(e, scope) < 0) {
        DECREF(e);
        return NULL;
    }
    value_track(AS_VALUE(e));
    return AS_VALUE(e);
}

/* ---- the function ---- */

static Value table_of(const char *text, size_t n, Value filename, CompileMode mode, uint32_t flags) {
    Bump bump;
    SyntaxErrorInfo err;
    Symtable st;
    BumpAllocator allocator = compile_allocator();
    bump_init(&bump, &allocator);
    AstMod *mod = compile_parse(text, n, filename, mode, flags, PARSE_NEWEST, &bump, &err);
    Value top = mod && compile_symtable(mod, filename, flags, &bump, &err, &st) ? entry_new(st.module) : NULL;
    bump_drop(&bump);
    return top;
}

static Value symtable_of(Value source, Value filename, CompileMode mode) {
    size_t n;
    const char *text;
    uint32_t flags = COMPILE_FLAGS_NONE;
    if (is_str(source)) {
        if (!(text = str_utf8(source, &n))) return NULL;
        flags = COMPILE_SOURCE_IS_STR;
    } else if (is_bytes(source)) {
        text = (const char *)bytes_data(source);
        n = bytes_length(source);
    } else {
        return raise_error(T_TypeError, "symtable() arg 1 must be a string or bytes");
    }
    return table_of(text, n, filename, mode, flags);
}

static Value make_symtable(Value module, Value const *args, size_t nargs) {
    (void)module;
    static const char *const modes[] = {"exec", "eval", "single"};
    if (!args_count("symtable", nargs, 3, 3)) return NULL;
    if (!is_str(args[2]))
        return raise_error(T_TypeError, "symtable() argument 3 must be str, not %K", args[2]);
    int mode = 0;
    while (mode < 3 && !str_equal_cstr(args[2], modes[mode])) mode++;
    if (mode == 3) return raise_error(T_ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
    Value filename = module_source_filename(args[1]);
    Value top = filename ? symtable_of(args[0], filename, (CompileMode)mode) : NULL;
    xdecref(filename);
    return top;
}

static const NativeMethod functions[] = {
    METHOD_FAST("symtable", make_symtable, "The table of a source's scopes, as the compiler sees them."),
    METHOD_END,
};

static int symtable_ready(Value module) {
    static const struct {
        const char *name;
        int value;
    } numbers[] = {
        {"USE", 16},
        {"DEF_GLOBAL", 1},
        {"DEF_NONLOCAL", 8},
        {"DEF_LOCAL", 2},
        {"DEF_PARAM", 4},
        {"DEF_FREE", 32},
        {"DEF_FREE_CLASS", 64},
        {"DEF_IMPORT", 128},
        {"DEF_BOUND", 2 | 4 | 128},
        {"DEF_ANNOT", 256},
        {"DEF_COMP_ITER", 512},
        {"TYPE_FUNCTION", TYPE_FUNCTION},
        {"TYPE_CLASS", TYPE_CLASS},
        {"TYPE_MODULE", TYPE_MODULE},
        {"LOCAL", LOCAL},
        {"GLOBAL_EXPLICIT", GLOBAL_EXPLICIT},
        {"GLOBAL_IMPLICIT", GLOBAL_IMPLICIT},
        {"FREE", FREE},
        {"CELL", CELL},
        {"SCOPE_OFF", SCOPE_OFFSET},
        {"SCOPE_MASK", 15},
    };
    SymtableState *state = module_state_new(M_symtable, sizeof *state);
    if (!state || module_ready_type(&state->entry, &entry_spec, NULL) < 0) return -1;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (module_add_int(module, numbers[i].name, numbers[i].value) < 0) return -1;
    return 0;
}

const ModuleSpec module_symtable = {.name = "_symtable", .functions = functions, .ready = symtable_ready};
