/*
 * compiler: the code generator's state and vocabulary, shared by the comp_*.c files.
 *
 * Idea. A Compiler holds one compilation; a Unit one code object being made (they nest as scopes do). Each
 * visitor emits instructions at the unit's current location `loc`; visiting an expression sets and restores
 * it, visiting a statement sets it, so an instruction's source range is exactly what CPython 3.11 gives it.
 *
 * Every function returns false after a failure: then either err->kind says what, or an exception is pending.
 */
#ifndef ATOLL_COMPILE_COMPILER_H
#define ATOLL_COMPILE_COMPILER_H

#include "compile/cfg.h"
#include "compile/compile.h"
#include "compile/consts.h"
#include "compile/depth.h"
#include "compile/symtable.h"
#include "objects/object.h"

#define TRY(condition)                                                                                       \
    do {                                                                                                     \
        if (__builtin_expect(!(condition), 0)) return false;                                                 \
    } while (0)

typedef enum UnitKind {
    UNIT_MODULE,
    UNIT_CLASS,
    UNIT_FUNCTION,
    UNIT_ASYNC_FUNCTION,
    UNIT_LAMBDA,
    UNIT_COMPREHENSION,
    UNIT_TYPE_PARAMS
} UnitKind;

/* What a break, continue or return must undo on its way out. */
typedef enum NestKind {
    NEST_WHILE,
    NEST_FOR,
    NEST_TRY,
    NEST_FINALLY_TRY,
    NEST_FINALLY_END,
    NEST_WITH,
    NEST_ASYNC_WITH,
    NEST_HANDLER_CLEANUP,
    NEST_POP_VALUE,
    NEST_EXCEPT,
    NEST_EXCEPT_GROUP,
    NEST_ASYNC_COMPREHENSION
} NestKind;

typedef struct Nest {
    NestKind kind;
    Block *block, *exit; /* continue and break of loops */
    const void *datum;   /* FINALLY_TRY: AstStmtSeq; WITH: AstStmt; HANDLER_CLEANUP: AstName or NULL */
} Nest;

enum { NEST_MAX = 20 /* CPython's limit, which is an error users can see */, STACK_USE_GUIDELINE = 30 };

typedef struct Unit {
    struct Unit *outer;
    Scope *scope;
    UnitKind kind;
    const AstName *name;
    const AstName *class_name; /* for mangling */
    Value qualname;            /* owned, NULL for a module */
    int32_t first_line;
    uint32_t arg_count, positional_only_count, keyword_only_count; /* arg_count: positional, those included */
    AstPos loc;
    Block *entry, *current;
    NameMap names;   /* co_names */
    NameMap locals;  /* plain locals, arguments first */
    ConstId *consts; /* co_consts */
    uint32_t const_count, const_capacity;
    int32_t *const_index; /* open-addressed: number + 1, by id */
    uint32_t const_mask;
    const AstName **cells,
        **frees; /* sorted by name; a *_DEREF operand counts cells, then frees, until assembly */
    uint32_t cell_count, free_count;
    ConstId docstring;       /* -1: none */
    NameMap self_attributes; /* class body: names that its methods store on their first argument */
    Nest nests[NEST_MAX];
    int nest_count;
} Unit;

typedef struct Compiler {
    Bump *bump;
    AstMod *mod;
    AstNames *names;
    SyntaxErrorInfo *err;
    Symtable st;
    Consts consts;
    Depth depth;
    Value filename;
    uint32_t flags; /* CompileFlags, with the module's own __future__ features */
    int optimize;
    CompileMode mode;
    int32_t future_line; /* of the last `from __future__`; 0 */
    int unit_depth;
    uint64_t statements; /* visited */
    Unit *unit;
    Value *name_values; /* interned str of an AstName by its index; owned */
    uint32_t name_value_capacity;
} Compiler;

/* ---- errors ------------------------------------------------------------------------------------- */
/* SyntaxError at the current location (fail), or at a node's. Always false. */
#define fail(c, ...)         syntax_error_at((c)->err, SYNTAX_ERROR, &(c)->unit->loc, __VA_ARGS__)
#define fail_at(c, pos, ...) syntax_error_at((c)->err, SYNTAX_ERROR, pos, __VA_ARGS__)
#define warn_syntax(c, ...)                                                                                  \
    syntax_warning_at((c)->err, SYNTAX_WARNING_SYNTAX, WARNING_BY_COMPILER, &(c)->unit->loc, __VA_ARGS__)
static inline bool no_memory(Compiler *c) { return syntax_error_memory(c->err); }

/* ---- emitting (compiler.c) ---------------------------------------------------------------------- */
Block *block_new(Compiler *c);             /* NULL: memory (error set) */
void block_use(Compiler *c, Block *block); /* what follows goes there; the block before falls into it */
bool emit(Compiler *c, int op, int32_t b);
bool emit_ab(Compiler *c, int op, uint8_t a, int32_t b);
bool emit_noline(Compiler *c, int op, int32_t b);
bool emit_jump(Compiler *c, int op, Block *target);
bool emit_jump_noline(Compiler *c, int op, Block *target);
bool emit_const(Compiler *c, ConstId id); /* -1: passes the failure on */
bool emit_none(Compiler *c);
/* An instruction whose operand is a name (mangled): attributes, imports. */
bool emit_name(Compiler *c, int op, uint8_t a, const AstName *name);
/* Load, store or delete a variable. */
bool emit_variable(Compiler *c, const AstName *name, AstContext ctx);
bool emit_cell(Compiler *c, const AstName *name); /* the cell of a cell or free variable itself */
/* callable on top -> callable, NULL */
bool emit_push_null(Compiler *c);
int32_t unit_const_number(Compiler *c, ConstId id); /* number in co_consts; -1 */
bool emit_operator(Compiler *c, AstOperator op, bool inplace);
bool emit_compare(Compiler *c, AstCmpop op);

#define SET_LOC(c, node) ((c)->unit->loc = (node)->pos)
#define UNSET_LOC(c)     ((c)->unit->loc = NO_POS)

/* ---- names -------------------------------------------------------------------------------------- */
const AstName *mangle(Compiler *c, const AstName *name);   /* in the current unit; NULL: memory */
const AstName *intern_cstr(Compiler *c, const char *text); /* NULL: memory */
Value name_value_borrow(Compiler *c, const AstName *name); /* interned str; NULL raised */
ConstId const_of_name(Compiler *c, const AstName *name);
bool check_forbidden(Compiler *c, const AstName *name, AstContext ctx); /* __debug__ */

/* ---- units -------------------------------------------------------------------------------------- */
bool unit_enter(Compiler *c, const AstName *name, UnitKind kind, const void *key, int32_t first_line);
/* A finished unit: its code, and the free variables that a function of it needs cells for. */
typedef struct Finished {
    ConstId code;
    const AstName **frees;
    uint32_t free_count;
} Finished;
/* Assembles the current unit and makes the outer one current. return_none: falling off the end returns None.
 */
bool unit_finish(Compiler *c, bool return_none, Finished *out);
void unit_leave(Compiler *c);
/* Pushes the function of a finished unit. flags: what MAKE_FUNCTION finds on the stack already (1, 2, 4). */
bool emit_function(Compiler *c, const Finished *code, uint32_t flags);
/* assemble.c: the current unit's code object. New; NULL failed. */
Code *assemble(Compiler *c, bool return_none);

/* ---- expressions (comp_expr.c, comp_call.c, comp_comprehension.c) ------------------------------- */
bool visit_expr(Compiler *c, const AstExpr *e);
bool visit_exprs(Compiler *c, const AstExprSeq *seq);
/* Jumps to target when e's truth is `when`; else goes on. */
bool jump_if(Compiler *c, const AstExpr *e, Block *target, bool when);
bool visit_call(Compiler *c, const AstExpr *e);
/* o.name of a call: pushes function and self, or attribute and NULL; the location stays the attribute's. */
bool load_method(Compiler *c, const AstExpr *attribute);
/* pushed: how many arguments lie on the stack already. */
bool visit_call_arguments(Compiler *c, int32_t pushed, const AstExprSeq *args, const AstKeywordSeq *keywords);
bool visit_comprehension(Compiler *c, const AstExpr *e);
/* Builds a list, set or tuple of elements with stars. pushed: elements on the stack already. */
bool build_sequence(Compiler *c, const AstExprSeq *elts, int32_t pushed, int build, int add, int extend,
                    bool tuple);
bool all_constant(const AstExprSeq *elts, int32_t start, int32_t end);
ConstId const_of_exprs(Compiler *c, const AstExprSeq *elts, int32_t start, int32_t end); /* a tuple */
ConstId const_of_expr(Compiler *c, const AstExpr *e); /* of an EXPR_CONSTANT */
bool unpack_targets(Compiler *c, const AstExprSeq *elts);
bool visit_subscript(Compiler *c, const AstExpr *e);
bool slice_is_plain(const AstExpr *slice); /* a:b */
bool visit_slice_bounds(Compiler *c, const AstExpr *slice);
void match_attribute_start(Compiler *c, const AstExpr *attribute);
bool emit_yield(Compiler *c);
bool emit_yield_from(Compiler *c, bool await);
bool emit_await(Compiler *c, int32_t why);
bool check_compare(Compiler *c, const AstExpr *e);
bool check_caller(Compiler *c, const AstExpr *func);
bool check_subscript(Compiler *c, const AstExpr *e);

/* ---- statements --------------------------------------------------------------------------------- */
bool visit_stmt(Compiler *c, const AstStmt *s);
bool visit_stmts(Compiler *c, const AstStmtSeq *seq);
bool visit_body(Compiler *c, const AstStmtSeq *seq); /* of a module or class: annotations, docstring */
bool visit_interactive(Compiler *c, const AstStmtSeq *seq);
bool visit_function(Compiler *c, const AstStmt *s, bool is_async);
bool visit_lambda(Compiler *c, const AstExpr *e);
bool visit_class(Compiler *c, const AstStmt *s);
bool visit_type_alias(Compiler *c, const AstStmt *s);
bool visit_type_params(Compiler *c, const AstTypeParamSeq *params);
/* "<generic parameters of NAME>" */
const AstName *generic_name(Compiler *c, const AstName *name);
bool visit_decorators(Compiler *c, const AstExprSeq *decorators);
bool apply_decorators(Compiler *c, const AstExprSeq *decorators);
bool visit_annotation(Compiler *c, const AstExpr *annotation);
bool visit_match(Compiler *c, const AstStmt *s);
bool visit_if(Compiler *c, const AstStmt *s);
bool visit_for(Compiler *c, const AstStmt *s);
bool visit_async_for(Compiler *c, const AstStmt *s);
bool visit_while(Compiler *c, const AstStmt *s);
bool visit_return(Compiler *c, const AstStmt *s);
bool visit_break(Compiler *c);
bool visit_continue(Compiler *c);
bool visit_try(Compiler *c, const AstStmt *s);
bool visit_with(Compiler *c, const AstStmt *s, int32_t item);
bool visit_async_with(Compiler *c, const AstStmt *s, int32_t item);
bool nest_push(Compiler *c, NestKind kind, Block *block, Block *exit, const void *datum);
void nest_pop(Compiler *c);
const AstExpr *docstring_of(const AstStmtSeq *body); /* or NULL */

static inline bool top_level_await(const Compiler *c) {
    return (c->flags & COMPILE_TOP_LEVEL_AWAIT) && c->unit->scope->kind == SCOPE_MODULE;
}

/* ---- other passes ------------------------------------------------------------------------------- */
/* fold.c: computes what can be computed now; changes the tree. */
bool fold_module(Compiler *c, AstMod *mod);
/* unparse.c: the text of an annotation, CPython's exactly. -1 failed. */
ConstId unparse_const(Compiler *c, const AstExpr *e);

#endif
