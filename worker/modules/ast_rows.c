/* ast_rows: parse/ast.def as tables. */
#include "modules/ast.h"

/* ---- fields ---- */

#define FIELD(Name, TYPE, field)           {#field, AST_FIELD_##TYPE, (uint16_t)offsetof(Ast##Name##Node, field)},
#define NODE(CATEGORY, KIND, Name, fields) static const AstFieldRow fields_of_##Name[] = {fields{0}};
#include "parse/ast.def"

#define FIELD(Name, TYPE, field)                  {#field, AST_FIELD_##TYPE, (uint16_t)offsetof(Name, field)},
#define PRODUCT(pyname, Name, attributes, fields) static const AstFieldRow fields_of_##Name[] = {fields{0}};
#include "parse/ast.def"
#undef FIELD

/* ---- nodes ---- */

#define BASE_comprehension AST_BASE_NONE
#define BASE_ExceptHandler AST_BASE_HANDLER
#define BASE_arguments     AST_BASE_NONE
#define BASE_arg           AST_BASE_NONE
#define BASE_keyword       AST_BASE_NONE
#define BASE_alias         AST_BASE_NONE
#define BASE_withitem      AST_BASE_NONE
#define BASE_match_case    AST_BASE_NONE
#define BASE_TypeIgnore    AST_BASE_IGNORE

#define POSITIONED_MOD        0
#define POSITIONED_STMT       1
#define POSITIONED_EXPR       1
#define POSITIONED_PATTERN    1
#define POSITIONED_TYPE_PARAM 1

#define STRUCT_MOD        AstMod
#define STRUCT_STMT       AstStmt
#define STRUCT_EXPR       AstExpr
#define STRUCT_PATTERN    AstPattern
#define STRUCT_TYPE_PARAM AstTypeParam

const AstNodeRow ast_rows[AST_ROWS] = {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields)                                                                   \
    [CATEGORY##_##KIND] = {#Name, AST_BASE_##CATEGORY, POSITIONED_##CATEGORY,                                \
                           (uint16_t)(offsetof(STRUCT_##CATEGORY, Name) + sizeof(Ast##Name##Node)),          \
                           fields_of_##Name},
#include "parse/ast.def"
#define FIELD(Name, TYPE, field)
#define PRODUCT(pyname, Name, attributes, fields)                                                            \
    [AST_ROW_##pyname] = {#pyname, BASE_##pyname, attributes, sizeof(Name), fields_of_##Name},
#include "parse/ast.def"
#undef FIELD
};

const char *ast_row_extra(int row) { return row == EXPR_CONSTANT ? "kind" : NULL; }

/* ---- what fields hold ---- */

#define ONE_OF(base_name, is_list, is_optional)                                                              \
    { .holds = AST_HOLDS_NODE, .list = is_list, .optional = is_optional, .base = AST_BASE_##base_name }
#define ROW_OF(row_name, is_list, is_optional)                                                               \
    {                                                                                                        \
        .holds = AST_HOLDS_NODE, .list = is_list, .optional = is_optional, .base = AST_BASE_NONE,            \
        .row = AST_ROW_##row_name                                                                            \
    }
#define ENUM_OF(type, is_list)                                                                               \
    { .holds = AST_HOLDS_ENUM, .list = is_list, .row = AST_ENUM_##type }

const AstFieldKind ast_field_kinds[AST_FIELD_TYPES] = {
    [AST_FIELD_STMT] = ONE_OF(STMT, 0, 0),
    [AST_FIELD_EXPR] = ONE_OF(EXPR, 0, 0),
    [AST_FIELD_OPT_EXPR] = ONE_OF(EXPR, 0, 1),
    [AST_FIELD_PATTERN] = ONE_OF(PATTERN, 0, 0),
    [AST_FIELD_OPT_PATTERN] = ONE_OF(PATTERN, 0, 1),
    [AST_FIELD_NAME] = {.holds = AST_HOLDS_NAME},
    [AST_FIELD_OPT_NAME] = {.holds = AST_HOLDS_NAME, .optional = true},
    [AST_FIELD_ARGUMENTS] = ROW_OF(arguments, 0, 0),
    [AST_FIELD_OPT_ARG] = ROW_OF(arg, 0, 1),
    [AST_FIELD_STMTS] = ONE_OF(STMT, 1, 0),
    [AST_FIELD_EXPRS] = ONE_OF(EXPR, 1, 0),
    [AST_FIELD_PATTERNS] = ONE_OF(PATTERN, 1, 0),
    [AST_FIELD_NAMES] = {.holds = AST_HOLDS_NAME, .list = true},
    [AST_FIELD_ARGS] = ROW_OF(arg, 1, 0),
    [AST_FIELD_KEYWORDS] = ROW_OF(keyword, 1, 0),
    [AST_FIELD_ALIASES] = ROW_OF(alias, 1, 0),
    [AST_FIELD_WITHITEMS] = ROW_OF(withitem, 1, 0),
    [AST_FIELD_COMPREHENSIONS] = ROW_OF(comprehension, 1, 0),
    [AST_FIELD_HANDLERS] = ROW_OF(ExceptHandler, 1, 0),
    [AST_FIELD_MATCH_CASES] = ROW_OF(match_case, 1, 0),
    [AST_FIELD_TYPE_PARAMS] = ONE_OF(TYPE_PARAM, 1, 0),
    [AST_FIELD_TYPE_IGNORES] = ONE_OF(IGNORE, 1, 0),
    [AST_FIELD_TEXT] = {.holds = AST_HOLDS_TEXT},
    [AST_FIELD_OPT_TEXT] = {.holds = AST_HOLDS_TEXT, .optional = true},
    [AST_FIELD_CMPOPS] = ENUM_OF(CMPOP, 1),
    [AST_FIELD_CONSTANT] = {.holds = AST_HOLDS_CONSTANT},
    [AST_FIELD_INT] = {.holds = AST_HOLDS_INT},
    [AST_FIELD_CONTEXT] = ENUM_OF(CONTEXT, 0),
    [AST_FIELD_OPERATOR] = ENUM_OF(OPERATOR, 0),
    [AST_FIELD_UNARYOP] = ENUM_OF(UNARYOP, 0),
    [AST_FIELD_BOOLOP] = ENUM_OF(BOOLOP, 0),
};

const char *const ast_base_names[AST_BASES] = {"mod",        "stmt",          "expr",       "pattern",
                                               "type_param", "excepthandler", "type_ignore"};

const char *const ast_enum_names[AST_ENUMS] = {
    [AST_ENUM_CONTEXT] = "expr_context", [AST_ENUM_BOOLOP] = "boolop", [AST_ENUM_OPERATOR] = "operator",
    [AST_ENUM_UNARYOP] = "unaryop",      [AST_ENUM_CMPOP] = "cmpop",
};

const char *const ast_enum_members[AST_ENUMS][AST_ENUM_MEMBERS] = {
#define MEMBER(PREFIX, KIND, Name, symbol) [PREFIX##_##KIND] = #Name,
#define ENUM(TYPE, Name, members)          [AST_ENUM_##TYPE] = {members},
#include "parse/ast.def"
};

const char *ast_field_type_name(const AstFieldKind *kind) {
    switch (kind->holds) {
    case AST_HOLDS_NAME: return "identifier";
    case AST_HOLDS_TEXT: return "string";
    case AST_HOLDS_ENUM: return ast_enum_names[kind->row];
    case AST_HOLDS_INT: return "int";
    case AST_HOLDS_CONSTANT: return "constant";
    default: break;
    }
    if (kind->base != AST_BASE_NONE) return ast_base_names[kind->base];
    return kind->row == AST_ROW_ExceptHandler ? ast_base_names[AST_BASE_HANDLER] : ast_rows[kind->row].name;
}
