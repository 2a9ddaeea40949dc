/* ast: the syntax tree, in the shape of Python's own `ast` module, as C structs made from ast.def.
 *
 * Idea: one tagged struct per category (AstStmt, AstExpr, AstPattern, AstTypeParam, AstMod); the fields of a
 * kind stand in a union member named after the Python class:
 *
 *     if (stmt->kind == STMT_IF) visit(stmt->If.test);
 *     for (int i = 0; i < stmt->If.body.count; i++) visit_stmt(stmt->If.body.items[i]);
 *
 * Invariants:
 * - Everything lives in the Bump given to the parser: there is nothing to free, and nothing survives the
 * Bump.
 * - A node takes only the bytes of its own kind: never copy or assign a whole AstExpr or AstStmt.
 * - Positions: lineno and end_lineno count from 1; col_offset and end_col_offset are UTF-8 byte offsets, from
 * 0.
 * - Equal names are the same AstName pointer within one tree, and `index` numbers them densely from 0.
 * - Statement lists that are required are never empty; sequences of items are never NULL-terminated.
 * - Trees may be deep: `1+1+1+...` leans left without limit, elif chains lean down `orelse`; a visitor counts
 * its depth.
 */
#ifndef ATOLL_PARSE_AST_H
#define ATOLL_PARSE_AST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bump.h"

/* An identifier, normalised to NFKC. A dotted import name ("a.b.c") and "*" are one AstName too. */
typedef struct AstName {
    const char *utf8; /* NUL-terminated */
    uint32_t length;  /* bytes */
    uint32_t hash;
    uint32_t index; /* 0 .. ast_name_count-1: lets a user keep a side array */
} AstName;

typedef struct AstNames AstNames;

/* The one AstName for this text, made on first use in the table's Bump. NULL when memory is out. */
const AstName *ast_name_intern(AstNames *names, const char *utf8, size_t length);

/* How many names the table holds. */
uint32_t ast_name_count(const AstNames *names);

/* The Bump the names live in. */
Bump *ast_names_bump(AstNames *names);

/* An empty table whose names live in `bump`. NULL when memory is out. */
AstNames *ast_names_new(Bump *bump);

typedef enum AstConstantKind {
    CONSTANT_NONE,
    CONSTANT_TRUE,
    CONSTANT_FALSE,
    CONSTANT_ELLIPSIS,
    CONSTANT_INT,       /* integer */
    CONSTANT_BIG_INT,   /* text: digits of `base`, no prefix, no underscore; does not fit int64 */
    CONSTANT_FLOAT,     /* real */
    CONSTANT_IMAGINARY, /* real is the imaginary part */
    CONSTANT_STR,       /* text: WTF-8 (lone surrogates allowed, NUL allowed) */
    CONSTANT_BYTES,     /* text: raw bytes */
    CONSTANT_FOLDED,    /* made by the compiler alone: integer is its number for a value */
    CONSTANT_OBJECT,    /* of a tree that a program made: object is a value, kept alive by that tree */
} AstConstantKind;

typedef struct AstConstant {
    uint8_t kind;  /* AstConstantKind */
    uint8_t base;  /* of a BIG_INT: 2, 8, 10 or 16 */
    bool u_prefix; /* a str written u"..." (Constant.kind == 'u') */
    union {
        int64_t integer;
        double real;
        void *object;
        struct {
            const char *bytes; /* NUL-terminated, and may hold NULs */
            size_t length;
        } text;
    };
} AstConstant;

typedef struct AstMod AstMod;
typedef struct AstStmt AstStmt;
typedef struct AstExpr AstExpr;
typedef struct AstPattern AstPattern;
typedef struct AstTypeParam AstTypeParam;
typedef struct AstComprehension AstComprehension;
typedef struct AstExceptHandler AstExceptHandler;
typedef struct AstArguments AstArguments;
typedef struct AstArg AstArg;
typedef struct AstKeyword AstKeyword;
typedef struct AstAlias AstAlias;
typedef struct AstWithitem AstWithitem;
typedef struct AstMatchCase AstMatchCase;
typedef struct AstTypeIgnore AstTypeIgnore;

#define ENUM(TYPE, Name, members)          typedef enum Name { members } Name;
#define MEMBER(PREFIX, KIND, Name, symbol) PREFIX##_##KIND,
#include "parse/ast.def"

#define AST_SEQ(Name, Item)                                                                                  \
    typedef struct Name {                                                                                    \
        Item *items;                                                                                         \
        int32_t count;                                                                                       \
    } Name;
AST_SEQ(AstStmtSeq, AstStmt *)
AST_SEQ(AstExprSeq, AstExpr *)
AST_SEQ(AstPatternSeq, AstPattern *)
AST_SEQ(AstTypeParamSeq, AstTypeParam *)
AST_SEQ(AstNameSeq, const AstName *)
AST_SEQ(AstArgSeq, AstArg *)
AST_SEQ(AstKeywordSeq, AstKeyword *)
AST_SEQ(AstAliasSeq, AstAlias *)
AST_SEQ(AstWithitemSeq, AstWithitem *)
AST_SEQ(AstComprehensionSeq, AstComprehension *)
AST_SEQ(AstExceptHandlerSeq, AstExceptHandler *)
AST_SEQ(AstMatchCaseSeq, AstMatchCase *)
AST_SEQ(AstTypeIgnoreSeq, AstTypeIgnore *)
AST_SEQ(AstCmpopSeq, AstCmpop)
AST_SEQ(AstAnySeq, void *) /* any of the sequences of pointers, for generic walks */
#undef AST_SEQ

/* Where a node stands in the source. Lines from 1, columns in UTF-8 bytes from 0, the end is behind the last
 * byte. */
typedef struct AstPos {
    int32_t lineno, col_offset, end_lineno, end_col_offset;
} AstPos;

/* Each position is readable both as node->pos and as node->lineno etc. */
#define AST_POSITION                                                                                         \
    union {                                                                                                  \
        AstPos pos;                                                                                          \
        struct {                                                                                             \
            int32_t lineno, col_offset, end_lineno, end_col_offset;                                          \
        };                                                                                                   \
    }

#define FIELD_TYPE(TYPE, ctype) typedef ctype AstField_##TYPE;
#include "parse/ast.def"

#define FIELD(Name, TYPE, field) AstField_##TYPE field;
#define AST_ATTRIBUTES_0
#define AST_ATTRIBUTES_1 AST_POSITION;
#define PRODUCT(pyname, Name, attributes, fields)                                                            \
    struct Name {                                                                                            \
        AST_ATTRIBUTES_##attributes fields                                                                   \
    };
#include "parse/ast.def"

#define NODE(CATEGORY, KIND, Name, fields)                                                                   \
    typedef struct Ast##Name##Node {                                                                         \
        fields                                                                                               \
    } Ast##Name##Node;
#include "parse/ast.def"

/* The kinds: MOD_MODULE.., STMT_FUNCTION_DEF.., EXPR_BOOL_OP.., PATTERN_MATCH_VALUE.., TYPE_PARAM_TYPE_VAR..
 * in one numbering, so that one table indexed by kind serves all categories. */
typedef enum AstKind {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) CATEGORY##_##KIND,
#include "parse/ast.def"
    AST_KIND_COUNT
} AstKind;

#define AST_MEMBERS_MOD(CATEGORY, Name)        AST_IF_MOD_##CATEGORY(Name)
#define AST_MEMBERS_STMT(CATEGORY, Name)       AST_IF_STMT_##CATEGORY(Name)
#define AST_MEMBERS_EXPR(CATEGORY, Name)       AST_IF_EXPR_##CATEGORY(Name)
#define AST_MEMBERS_PATTERN(CATEGORY, Name)    AST_IF_PATTERN_##CATEGORY(Name)
#define AST_MEMBERS_TYPE_PARAM(CATEGORY, Name) AST_IF_TYPE_PARAM_##CATEGORY(Name)
#define AST_MEMBER(Name)                       Ast##Name##Node Name;
#define AST_NONE(Name)

#define AST_IF_MOD_MOD(Name)        AST_MEMBER(Name)
#define AST_IF_MOD_STMT(Name)       AST_NONE(Name)
#define AST_IF_MOD_EXPR(Name)       AST_NONE(Name)
#define AST_IF_MOD_PATTERN(Name)    AST_NONE(Name)
#define AST_IF_MOD_TYPE_PARAM(Name) AST_NONE(Name)
struct AstMod {
    uint8_t kind; /* AstKind */
    AstNames *names;
    union {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) AST_MEMBERS_MOD(CATEGORY, Name)
#include "parse/ast.def"
    };
};

#define AST_IF_STMT_MOD(Name)        AST_NONE(Name)
#define AST_IF_STMT_STMT(Name)       AST_MEMBER(Name)
#define AST_IF_STMT_EXPR(Name)       AST_NONE(Name)
#define AST_IF_STMT_PATTERN(Name)    AST_NONE(Name)
#define AST_IF_STMT_TYPE_PARAM(Name) AST_NONE(Name)
struct AstStmt {
    AST_POSITION;
    uint8_t kind; /* AstKind */
    union {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) AST_MEMBERS_STMT(CATEGORY, Name)
#include "parse/ast.def"
    };
};

#define AST_IF_EXPR_MOD(Name)        AST_NONE(Name)
#define AST_IF_EXPR_STMT(Name)       AST_NONE(Name)
#define AST_IF_EXPR_EXPR(Name)       AST_MEMBER(Name)
#define AST_IF_EXPR_PATTERN(Name)    AST_NONE(Name)
#define AST_IF_EXPR_TYPE_PARAM(Name) AST_NONE(Name)
struct AstExpr {
    AST_POSITION;
    uint8_t kind;       /* AstKind */
    bool parenthesized; /* stood in its own (...): only the parser cares */
    union {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) AST_MEMBERS_EXPR(CATEGORY, Name)
#include "parse/ast.def"
    };
};

#define AST_IF_PATTERN_MOD(Name)        AST_NONE(Name)
#define AST_IF_PATTERN_STMT(Name)       AST_NONE(Name)
#define AST_IF_PATTERN_EXPR(Name)       AST_NONE(Name)
#define AST_IF_PATTERN_PATTERN(Name)    AST_MEMBER(Name)
#define AST_IF_PATTERN_TYPE_PARAM(Name) AST_NONE(Name)
struct AstPattern {
    AST_POSITION;
    uint8_t kind; /* AstKind */
    union {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) AST_MEMBERS_PATTERN(CATEGORY, Name)
#include "parse/ast.def"
    };
};

#define AST_IF_TYPE_PARAM_MOD(Name)        AST_NONE(Name)
#define AST_IF_TYPE_PARAM_STMT(Name)       AST_NONE(Name)
#define AST_IF_TYPE_PARAM_EXPR(Name)       AST_NONE(Name)
#define AST_IF_TYPE_PARAM_PATTERN(Name)    AST_NONE(Name)
#define AST_IF_TYPE_PARAM_TYPE_PARAM(Name) AST_MEMBER(Name)
struct AstTypeParam {
    AST_POSITION;
    uint8_t kind; /* AstKind */
    union {
#define FIELD(Name, TYPE, field)
#define NODE(CATEGORY, KIND, Name, fields) AST_MEMBERS_TYPE_PARAM(CATEGORY, Name)
#include "parse/ast.def"
    };
};

/* Python's name of a kind: "If", "BinOp". */
const char *ast_kind_name(AstKind kind);

/* The operator as written in source: "+", "is not". */
const char *ast_operator_symbol(AstOperator op);
const char *ast_cmpop_symbol(AstCmpop op);

/* The same for any expression of this kind. */
const char *ast_kind_description(AstKind kind);

#endif
