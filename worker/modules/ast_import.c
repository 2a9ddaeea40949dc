/* ast_import: Python objects as a C tree. Their fields may hold anything: what does not fit is told as CPython tells it. */
#include <math.h>

#include "modules/ast.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "parse/parse.h"

typedef struct Import {
    Bump *bump;
    AstNames *names;
    Value kept; /* list: what the tree's constants point to */
} Import;

static bool import_node(Import *m, Value v, int row, void *node);

static void *take(Import *m, size_t size) {
    void *piece = bump_zalloc(m->bump, size);
    if (!piece) raise_no_memory();
    return piece;
}

/* ---- classes ---- */

/* The row of the class below `base` that v is an instance of; -1 none (nothing raised), -2 raised. */
static int row_of_value(Value v, AstBase base) {
    Value mro = type_of(v)->mro, found;
    for (size_t i = 0; i < tuple_length(mro); i++) {
        int status = dict_find(AST->row_of, tuple_item_borrow(mro, i), &found);
        if (status < 0) return -2;
        if (!status) continue;
        int here = (int)small_int(found);
        if (ast_rows[here].base == base) return here;
    }
    return -1;
}

static int expected(const char *what, Value v) {
    return raise_int(T_TypeError, "expected some sort of %s, but got %R", what, v);
}

/* ---- what fields hold ---- */

static const AstName *import_name(Import *m, Value v) {
    size_t n;
    if (!IS_EXACT(v, str)) return raise_error(T_TypeError, "AST identifier must be of type str"), NULL;
    const char *text = str_utf8(v, &n);
    const AstName *name = text ? ast_name_intern(m->names, text, n) : NULL;
    if (text && !name) raise_no_memory();
    return name;
}

/* A type comment: of any characters. */
static const AstName *import_text(Import *m, Value v) {
    size_t n;
    bool text = is_str(v);
    if (!text && !is_bytes(v)) return raise_error(T_TypeError, "AST string must be of type str"), NULL;
    const char *bytes = text ? str_wtf8(v, &n) : (n = bytes_length(v), (const char *)bytes_data(v));
    const AstName *kept = bytes ? ast_name_intern(m->names, bytes, n) : NULL;
    if (bytes && !kept) raise_no_memory();
    return kept;
}

static bool import_enum(Value v, int type, unsigned *out) {
    for (unsigned i = 0; i < AST_ENUM_MEMBERS && AST->members[type][i]; i++) {
        if (!value_is_instance(v, AST->members[type][i])) continue;
        *out = i;
        return true;
    }
    return expected(ast_enum_names[type], v), false;
}

static bool import_int(Value v, int32_t *out) {
    int n;
    if (!is_int(v)) return raise_error(T_ValueError, "invalid integer value: %R", v), false;
    if (value_as_int(v, &n) < 0) return false;
    *out = n;
    return true;
}

static bool constant_text(Import *m, AstConstant *c, AstConstantKind kind, const char *bytes, size_t n) {
    char *copy = bytes ? bump_copy(m->bump, bytes, n) : NULL;
    if (bytes && !copy) raise_no_memory();
    c->kind = kind;
    c->text.bytes = copy;
    c->text.length = n;
    return copy;
}

static bool all_constant(Value v, bool *invalid);

/* Constants that the compiler takes as values: of these types, or tuples and frozensets of them. */
static bool is_constant(Value v, bool *good) {
    if (IS_EXACT(v, tuple)) return all_constant(v, good);
    if (IS_EXACT(v, frozenset)) {
        Value items = value_to_tuple(v);
        bool known = items && all_constant(items, good);
        xdecref(items);
        return known;
    }
    *good = v == NONE || v == ELLIPSIS || is_bool(v) || IS_EXACT(v, int) || IS_EXACT(v, float) ||
            IS_EXACT(v, complex) || IS_EXACT(v, str) || IS_EXACT(v, bytes);
    if (!*good) raise_error(T_TypeError, "got an invalid type in Constant: %s", type_name_of(v));
    return *good;
}

static bool all_constant(Value items, bool *good) {
    if (recursion_enter(" during compilation") < 0) return false;
    *good = true;
    for (size_t i = 0; *good && i < tuple_length(items); i++)
        if (!is_constant(tuple_item_borrow(items, i), good)) *good = false;
    recursion_leave();
    return *good;
}

static bool import_constant(Import *m, Value v, AstConstant *c) {
    bool good;
    size_t n;
    if (!is_constant(v, &good)) return false;
    c->kind = CONSTANT_OBJECT;
    c->object = v;
    if (v == NONE) c->kind = CONSTANT_NONE;
    else if (is_bool(v)) c->kind = v == TRUE ? CONSTANT_TRUE : CONSTANT_FALSE;
    else if (v == ELLIPSIS) c->kind = CONSTANT_ELLIPSIS;
    else if (IS_EXACT(v, int) && int_to_i64(v, &c->integer)) c->kind = CONSTANT_INT;
    else if (IS_EXACT(v, float) && value_as_double(v, &c->real) == 0) c->kind = CONSTANT_FLOAT;
    else if (IS_EXACT(v, str)) {
        const char *text = str_wtf8(v, &n);
        return constant_text(m, c, CONSTANT_STR, text, n);
    } else if (IS_EXACT(v, bytes))
        return constant_text(m, c, CONSTANT_BYTES, (const char *)bytes_data(v), bytes_length(v));
    if (c->kind != CONSTANT_OBJECT) return true;
    c->object = v; /* int_to_i64 may have written there */
    return list_append(m->kept, v) == 0;
}

/* Lines and columns; the end may be left out. */
static bool import_position(Value v, const char *owner, AstPos *pos) {
    int32_t *const places[4] = {&pos->lineno, &pos->col_offset, &pos->end_lineno, &pos->end_col_offset};
    for (size_t i = 0; i < 4; i++) {
        Value name = tuple_item_borrow(AST->position_names, i), held;
        int found = value_getattr_optional(v, name, &held);
        if (found < 0) return false;
        if (!found && i < 2)
            return raise_error(T_TypeError, "required field \"%U\" missing from %s", name, owner), false;
        if (!found || (held == NONE && i >= 2)) {
            *places[i] = i == 2 ? pos->lineno : pos->col_offset;
        } else if (!import_int(held, places[i])) {
            decref(held);
            return false;
        }
        if (found) decref(held);
    }
    return true;
}

/* A node of its own in the Bump. Helpers may be of any class that has their fields; of others the class decides. */
static bool import_pointer(Import *m, const AstFieldKind *kind, Value v, void **out) {
    bool by_class = kind->base != AST_BASE_NONE || kind->row == AST_ROW_ExceptHandler;
    bool positioned = by_class && kind->base != AST_BASE_IGNORE;
    AstPos pos = {0};
    if (positioned && !import_position(v, ast_field_type_name(kind), &pos)) return false;
    int row = kind->base != AST_BASE_NONE ? row_of_value(v, (AstBase)kind->base)
              : by_class                  ? row_of_value(v, AST_BASE_HANDLER)
                                          : kind->row;
    if (row == -2) return false;
    if (row < 0) return expected(ast_field_type_name(kind), v), false;
    *out = take(m, ast_rows[row].size);
    if (!*out || !import_node(m, v, row, *out)) return false;
    if (positioned) *(AstPos *)*out = pos;
    return by_class || !ast_rows[row].positioned || import_position(v, ast_rows[row].name, *out);
}

/* One item, to `place`; v may be None where the field is optional (or in lists, where the validator decides). */
static bool import_item(Import *m, const AstFieldKind *kind, Value v, void *place) {
    switch (kind->holds) {
    case AST_HOLDS_NAME:
        if (v == NONE && kind->optional) return true;
        return (*(const AstName **)place = import_name(m, v));
    case AST_HOLDS_TEXT:
        if (v == NONE && kind->optional) return true;
        return (*(const AstName **)place = import_text(m, v));
    case AST_HOLDS_ENUM: return import_enum(v, kind->row, place);
    case AST_HOLDS_INT: return import_int(v, place);
    case AST_HOLDS_CONSTANT: return import_constant(m, v, place);
    default:
        if (v == NONE && (kind->optional || (kind->list && kind->base != AST_BASE_NONE))) return true;
        return import_pointer(m, kind, v, place);
    }
}

static bool import_list(Import *m, const AstFieldKind *kind, Value v, int row, const char *field,
                        AstAnySeq *seq) {
    if (!is_list(v)) {
        raise_error(T_TypeError, "%s field \"%s\" must be a list, not a %.200s", ast_rows[row].name, field,
                    type_name_of(v));
        return false;
    }
    size_t size = kind->holds == AST_HOLDS_ENUM ? sizeof(AstCmpop) : sizeof(void *), n = list_length(v);
    if (n > INT32_MAX / 16) return raise_no_memory(), false;
    seq->items = n ? take(m, n * size) : NULL;
    if (n && !seq->items) return false;
    seq->count = (int32_t)n;
    for (size_t i = 0; i < n; i++) {
        if (list_length(v) != n)
            return raise_error(T_RuntimeError, "%s field \"%s\" changed size during iteration",
                               ast_rows[row].name, field),
                   false;
        Value item = incref(list_item_borrow(v, i));
        bool good = import_item(m, kind, item, (char *)seq->items + i * size);
        decref(item);
        if (!good) return false;
    }
    return true;
}

/* ---- nodes ---- */

static bool import_field(Import *m, Value v, int row, const AstFieldRow *f, Value name, void *fields) {
    const AstFieldKind *kind = &ast_field_kinds[f->type];
    Value held;
    int found = value_getattr_optional(v, name, &held);
    if (found < 0) return false;
    if (!found) {
        if (kind->optional || f->type == AST_FIELD_TYPE_PARAMS) return true;
        bool is_level = row == STMT_IMPORT_FROM && f->type == AST_FIELD_INT;
        return is_level || (raise_error(T_TypeError, "required field \"%s\" missing from %s", f->name,
                                        ast_rows[row].name),
                            false);
    }
    void *place = (char *)fields + f->offset;
    bool required =
        !kind->optional && !kind->list && (kind->holds == AST_HOLDS_NAME || kind->holds == AST_HOLDS_NODE);
    if (held == NONE && required && kind->base != AST_BASE_NONE)
        return raise_error(T_ValueError, "field '%s' is required for %s", f->name, ast_rows[row].name), false;
    bool none_is_zero = held == NONE && row == STMT_IMPORT_FROM && f->type == AST_FIELD_INT;
    bool good = none_is_zero || (kind->list ? import_list(m, kind, held, row, f->name, place)
                                            : import_item(m, kind, held, place));
    decref(held);
    return good;
}

/* 'u', another str, or None. */
static bool import_constant_kind(Value v, AstConstant *c) {
    Value held;
    int found = value_getattr_optional(v, NAME(kind), &held);
    if (found <= 0) return found == 0;
    bool good = held == NONE || is_str(held);
    if (!good) raise_error(T_TypeError, "AST string must be of type str");
    else c->u_prefix = held != NONE && str_equal_cstr(held, "u");
    decref(held);
    return good;
}

static void set_kind(void *node, AstBase base, int row) {
    switch (base) {
    case AST_BASE_STMT: ((AstStmt *)node)->kind = (uint8_t)row; break;
    case AST_BASE_EXPR: ((AstExpr *)node)->kind = (uint8_t)row; break;
    case AST_BASE_PATTERN: ((AstPattern *)node)->kind = (uint8_t)row; break;
    case AST_BASE_TYPE_PARAM: ((AstTypeParam *)node)->kind = (uint8_t)row; break;
    default: break;
    }
}

static bool import_fields(Import *m, Value v, int row, void *node) {
    const AstNodeRow *r = &ast_rows[row];
    void *fields = ast_node_fields(node, r->base);
    set_kind(node, r->base, row);
    for (size_t i = 0; i < tuple_length(AST->fields[row]); i++)
        if (!import_field(m, v, row, &r->fields[i], tuple_item_borrow(AST->fields[row], i), fields))
            return false;
    return row != EXPR_CONSTANT || import_constant_kind(v, &((AstExpr *)node)->Constant.value);
}

static bool import_node(Import *m, Value v, int row, void *node) {
    static const char *const where[AST_BASES] = {
        " while traversing 'mod' node",        " while traversing 'stmt' node",
        " while traversing 'expr' node",       " while traversing 'pattern' node",
        " while traversing 'type_param' node", " while traversing 'excepthandler' node",
        " while traversing 'type_ignore' node"};
    int base = ast_rows[row].base;
    if (recursion_enter(base < AST_BASES ? where[base] : " while traversing an ast node") < 0) return false;
    bool good = import_fields(m, v, row, node);
    recursion_leave();
    return good;
}

AstMod *ast_import(Value tree, CompileMode mode, Bump *bump, Value kept) {
    static const int wanted[] = {MOD_MODULE, MOD_EXPRESSION, MOD_INTERACTIVE, MOD_MODULE, MOD_FUNCTION_TYPE};
    Import m = {bump, ast_names_new(bump), kept};
    int row = row_of_value(tree, AST_BASE_MOD);
    if (row == -2) return NULL;
    if (row != wanted[mode]) {
        raise_error(T_TypeError, "expected %s node, got %.400T", ast_rows[wanted[mode]].name, tree);
        return NULL;
    }
    AstMod *mod = m.names ? take(&m, sizeof *mod) : NULL;
    if (!mod) return raise_no_memory(), NULL;
    mod->kind = (uint8_t)row;
    mod->names = m.names;
    return import_node(&m, tree, row, mod) ? mod : NULL;
}

bool ast_is_node(Value v) { return AST && AST->ast && value_is_instance(v, AST->ast); }

Value ast_compile(Value tree, Value filename, CompileMode mode, uint32_t flags, int optimize,
                  uint32_t features) {
    Bump bump;
    SyntaxErrorInfo err;
    BumpAllocator allocator = compile_allocator();
    const char *name = str_wtf8(filename, NULL);
    if (!name) return NULL;
    bump_init(&bump, &allocator);
    syntax_error_init(&err, name, &bump);
    Value kept = list_new(0);
    AstMod *mod = kept ? ast_import(tree, mode, &bump, kept) : NULL;
    Code *code = NULL;
    if (mod && ast_validate(mod) == 0)
        code = compile_parsed(mod, filename, mode, flags | (features & COMPILE_FUTURE_MASK), optimize, &bump,
                              &err);
    xdecref(kept);
    bump_drop(&bump);
    return AS_VALUE(code);
}
