/* ast_export: a C tree as Python objects. */
#include "compile/consts.h"
#include "modules/ast.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"
#include "parse/parse.h"

typedef struct Export {
    Consts consts;
    int depth, limit;
} Export;

static Value export_node(Export *x, const void *node, int base, int row);

/* Trees may be deeper than calls: three levels count as one call, as CPython has it. */
static bool enter(Export *x) {
    if (x->depth < x->limit && (char *)__builtin_frame_address(0) > THREAD->stack_limit) return ++x->depth;
    raise_error(T_RecursionError, "maximum recursion depth exceeded during ast construction");
    return false;
}

static Value export_name(const AstName *name) {
    if (!name) return NONE;
    Value text = str_from_wtf8(name->utf8, name->length);
    if (text) str_intern_in_place(&text);
    return text;
}

static Value export_constant(Export *x, const AstConstant *c) {
    ConstId id = consts_of_ast(&x->consts, c);
    return id < 0 ? NULL : incref(consts_value_borrow(&x->consts, id));
}

/* The row of a node that a field holds. */
static int row_of(const AstFieldKind *kind, const void *node) {
    switch (kind->base) {
    case AST_BASE_STMT: return ((const AstStmt *)node)->kind;
    case AST_BASE_EXPR: return ((const AstExpr *)node)->kind;
    case AST_BASE_PATTERN: return ((const AstPattern *)node)->kind;
    case AST_BASE_TYPE_PARAM: return ((const AstTypeParam *)node)->kind;
    case AST_BASE_IGNORE: return AST_ROW_TypeIgnore;
    default: return kind->row;
    }
}

/* One item of a field: at `place` stands what the C type has there. */
static Value export_item(Export *x, const AstFieldKind *kind, const void *place) {
    switch (kind->holds) {
    case AST_HOLDS_NAME:
    case AST_HOLDS_TEXT: return export_name(*(const AstName *const *)place);
    case AST_HOLDS_ENUM: return incref(AST->singletons[kind->row][*(const unsigned *)place]);
    case AST_HOLDS_INT: return small_int_new(*(const int32_t *)place);
    case AST_HOLDS_CONSTANT: return export_constant(x, place);
    default: break;
    }
    const void *node = *(const void *const *)place;
    return node ? export_node(x, node, kind->base, row_of(kind, node)) : NONE;
}

static Value export_list(Export *x, const AstFieldKind *kind, const void *place) {
    const AstAnySeq *seq = place;
    size_t size = kind->holds == AST_HOLDS_ENUM ? sizeof(AstCmpop) : sizeof(void *);
    Value list = list_new((size_t)seq->count);
    for (int32_t i = 0; list && i < seq->count; i++) {
        Value item = export_item(x, kind, (const char *)seq->items + (size_t)i * size);
        if (item) list_init_item_steal(list, (size_t)i, item);
        else CLEAR_FIELD(list);
    }
    return list;
}

static int set_steal(Value o, Value name, Value value) {
    int status = value ? attrs_set(o, name, value) : -1;
    xdecref(value);
    return status;
}

static int export_fields(Export *x, Value o, const void *fields, int row) {
    Value names = AST->fields[row];
    for (size_t i = 0; i < tuple_length(names); i++) {
        const AstFieldRow *f = &ast_rows[row].fields[i];
        const AstFieldKind *kind = &ast_field_kinds[f->type];
        const void *place = (const char *)fields + f->offset;
        if (f->type == AST_FIELD_TYPE_PARAMS && row != STMT_TYPE_ALIAS &&
            ((const AstAnySeq *)place)->count == 0)
            continue;
        Value value = kind->list ? export_list(x, kind, place) : export_item(x, kind, place);
        if (set_steal(o, tuple_item_borrow(names, i), value) < 0) return -1;
    }
    return 0;
}

static int export_extra(Value o, const void *fields, int row) {
    const char *extra = ast_row_extra(row);
    if (!extra) return 0;
    Value value = NONE, name = str_intern_cstr(extra);
    if (row == EXPR_CONSTANT && ((const AstConstantNode *)fields)->value.u_prefix) value = str_from_cstr("u");
    int status = name ? set_steal(o, name, value) : -1;
    xdecref(name);
    return status;
}

static int export_position(Value o, const AstPos *pos) {
    int32_t const places[4] = {pos->lineno, pos->col_offset, pos->end_lineno, pos->end_col_offset};
    for (size_t i = 0; i < 4; i++)
        if (attrs_set(o, tuple_item_borrow(AST->position_names, i), small_int_new(places[i])) < 0) return -1;
    return 0;
}

static Value export_node(Export *x, const void *node, int base, int row) {
    if (!enter(x)) return NULL;
    Value o = value_alloc_tracked(AST->rows[row]);
    const void *fields = ast_node_fields((void *)(uintptr_t)node, (AstBase)base);
    if (o && (export_fields(x, o, fields, row) < 0 || export_extra(o, fields, row) < 0 ||
              (ast_rows[row].positioned && export_position(o, node) < 0)))
        CLEAR_FIELD(o);
    x->depth--;
    return o;
}

Value ast_export(const AstMod *mod, Bump *bump) {
    int levels = (int)rt->recursion_limit - (int)THREAD->depth;
    Export x = {.limit = levels < 50 ? 150 : levels > INT32_MAX / 3 ? INT32_MAX : levels * 3};
    Value tree = consts_init(&x.consts, bump) ? export_node(&x, mod, AST_BASE_MOD, mod->kind) : NULL;
    consts_drop(&x.consts);
    return tree;
}

Value ast_parse(const char *text, size_t n, Value filename, CompileMode mode, uint32_t flags, int version) {
    Value module = module_import("_ast");
    if (!module) return NULL;
    decref(module);
    Bump bump;
    SyntaxErrorInfo err;
    BumpAllocator allocator = compile_allocator();
    bump_init(&bump, &allocator);
    AstMod *mod = compile_parse(text, n, filename, mode, flags, version, &bump, &err);
    Value tree = mod ? ast_export(mod, &bump) : NULL;
    if (tree && compile_show_warnings(&err, filename) < 0) CLEAR_FIELD(tree);
    bump_drop(&bump);
    return tree;
}
