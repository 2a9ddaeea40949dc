/*
 * ast: the syntax tree as Python objects, made from parse/ast.def.
 *
 * Idea. Tables (ast_rows.c) tell for each kind of node where in its C struct each field stands and what it holds. One walk makes
 * Python objects of a C tree (ast_export.c), one makes a C tree of Python objects (ast_import.c), and ast_validate.c refuses what the
 * compiler does not expect, so that a tree of any program's making can be compiled.
 *
 * The classes are those of Python 3.11. What 3.12's syntax adds (type_params) is an attribute of the nodes that have some, and no
 * part of their _fields; nodes of 3.12 alone (TypeAlias, TypeVar...) are classes more.
 */
#ifndef ATOLL_MODULES_AST_H
#define ATOLL_MODULES_AST_H

#include "base/bump.h"
#include "compile/compile.h"
#include "modules/module.h"
#include "parse/ast.h"

/* ---- tables ---- */

typedef enum AstFieldType {
#define FIELD_TYPE(TYPE, ctype) AST_FIELD_##TYPE,
#include "parse/ast.def"
    AST_FIELD_TYPES
} AstFieldType;

typedef enum AstEnumType {
#define ENUM(TYPE, Name, members) AST_ENUM_##TYPE,
#include "parse/ast.def"
    AST_ENUMS
} AstEnumType;

enum { AST_ENUM_MEMBERS = 16 };

/* Abstract classes: what a field may ask for. AST_BASE_NONE: the class stands right below AST. */
typedef enum AstBase {
    AST_BASE_MOD,
    AST_BASE_STMT,
    AST_BASE_EXPR,
    AST_BASE_PATTERN,
    AST_BASE_TYPE_PARAM,
    AST_BASE_HANDLER,
    AST_BASE_IGNORE,
    AST_BASES,
    AST_BASE_NONE = AST_BASES
} AstBase;

/* Rows: the kinds (AstKind), then the helper structs. */
enum AstRow {
    AST_ROW_BEFORE_PRODUCTS = AST_KIND_COUNT - 1,
#define FIELD(Name, TYPE, field)
#define PRODUCT(pyname, Name, attributes, fields) AST_ROW_##pyname,
#include "parse/ast.def"
#undef FIELD
    AST_ROWS
};

typedef struct AstFieldRow {
    const char *name; /* NULL ends */
    AstFieldType type;
    uint16_t offset;
} AstFieldRow;

typedef struct AstNodeRow {
    const char *name;
    AstBase base;
    bool positioned; /* begins with an AstPos */
    uint16_t size;   /* of its C struct */
    const AstFieldRow *fields;
} AstNodeRow;

/* What a field's type holds. */
typedef struct AstFieldKind {
    enum {
        AST_HOLDS_NODE,
        AST_HOLDS_NAME,
        AST_HOLDS_TEXT,
        AST_HOLDS_ENUM,
        AST_HOLDS_INT,
        AST_HOLDS_CONSTANT
    } holds;
    bool list, optional;
    int base; /* of a node: AstBase, or AST_BASE_NONE and row tells the class */
    int row;  /* or of an enum: AstEnumType */
} AstFieldKind;

extern const AstNodeRow ast_rows[AST_ROWS];
extern const AstFieldKind ast_field_kinds[AST_FIELD_TYPES];
extern const char *const ast_base_names[AST_BASES];
extern const char *const ast_enum_names[AST_ENUMS];
extern const char *const ast_enum_members[AST_ENUMS][AST_ENUM_MEMBERS];

/* The last of _fields where the C struct has not got it, or NULL: kind. */
const char *ast_row_extra(int row);
/* "expr", "identifier": as the classes' docstrings have it. */
const char *ast_field_type_name(const AstFieldKind *kind);

/* ---- classes ---- */

typedef struct AstState {
    Type *ast;
    Type *bases[AST_BASES];
    Type *rows[AST_ROWS];
    Value fields[AST_ROWS]; /* tuples of the names in the table, type_params included */
    Type *enums[AST_ENUMS];
    Type *members[AST_ENUMS][AST_ENUM_MEMBERS];
    Value singletons[AST_ENUMS][AST_ENUM_MEMBERS];
    Value position_names; /* tuple: lineno, col_offset, end_lineno, end_col_offset */
    Value row_of;         /* dict: class -> row */
    bool made;            /* all of the above: making them may have run out of memory half way */
} AstState;

#define AST MODULE_STATE(ast, AstState)

/* ---- walks ---- */

/* Parses source of Python 3.`version` to Python objects. text: UTF-8 or, by the flags, bytes with a cookie. New; NULL raised. */
Value ast_parse(const char *text, size_t n, Value filename, CompileMode mode, uint32_t flags, int version);
/* Is it an instance of ast.AST? False as long as nobody imported it. */
bool ast_is_node(Value v);
/* Compiles a tree of Python objects. New code; NULL raised: TypeError, ValueError, SyntaxError. */
Value ast_compile(Value tree, Value filename, CompileMode mode, uint32_t flags, int optimize,
                  uint32_t features);

/* The Python object of a C tree. New. */
Value ast_export(const AstMod *mod, Bump *bump);
/* The C tree of a module-like object, in bump; kept: a list that gets what it points to. NULL raised. */
AstMod *ast_import(Value tree, CompileMode mode, Bump *bump, Value kept);
/* Refuses a tree that no source could give where the compiler counts on it. 0, -1 raised ValueError or TypeError. */
int ast_validate(const AstMod *mod);

/* A C node's category, as its union's place. */
static inline void *ast_node_fields(void *node, AstBase base) {
    switch (base) {
    case AST_BASE_MOD: return (char *)node + offsetof(AstMod, Module);
    case AST_BASE_STMT: return (char *)node + offsetof(AstStmt, If);
    case AST_BASE_EXPR: return (char *)node + offsetof(AstExpr, BinOp);
    case AST_BASE_PATTERN: return (char *)node + offsetof(AstPattern, MatchOr);
    case AST_BASE_TYPE_PARAM: return (char *)node + offsetof(AstTypeParam, TypeVar);
    default: return node;
    }
}

#endif
