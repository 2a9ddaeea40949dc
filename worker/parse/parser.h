/* parser: the inner header of the recursive-descent parser.
 *
 * Idea: one pass with one token of lookahead, that builds the tree and says nothing about errors: where the
 * source does not fit the grammar a function returns NULL and everything above returns NULL. Only then does
 * diagnose.c read the failing statement again, slowly, to find the message and the place that CPython
 * reports.
 *
 * Where one token is not enough (`with (`, soft keyword `match`) the parser marks its place, tries, and goes
 * back.
 *
 * Depth: every recursion that the source controls passes parser_enter, which fails with MEMORY_ERROR where
 * CPython's parser stack would overflow. Left-leaning chains (a+b+c, a.b.c) are loops. */
#ifndef ATOLL_PARSE_PARSER_H
#define ATOLL_PARSE_PARSER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/vector.h"
#include "parse/lexer.h"
#include "parse/parse.h"

enum { PARSER_MAX_DEPTH = 6000, PARSER_INLINE_TOKENS = 16 };

/* What a parser shares with the parsers of its f-strings' fields. */
typedef struct ParseContext {
    Bump *bump;
    SyntaxErrorInfo *err;
    AstNames *names;
    ParseFlags flags;
    ParseDialect dialect;
    int depth;
    int fstring_depth;
    const char *warned;   /* strings that start before this have given their warnings */
    VECTOR(void *) stack; /* items of sequences being built */
    VECTOR(char) text;    /* characters of string literals being built */
} ParseContext;

typedef struct Parser {
    ParseContext *ctx;
    const Token *tok; /* the current token: tokens[pos] */
    Token *tokens;    /* from some earlier token on, at least up to the current one */
    uint32_t pos, count, capacity;
    struct {
        int32_t lineno, col;
    } last_end; /* of the last token taken that is no white space */
    Lexer lexer;
    Token inline_tokens[PARSER_INLINE_TOKENS];
} Parser;

typedef struct Start {
    int32_t lineno, col;
} Start;

/* Starts on the first token of a lexer that is set up in parser->lexer. */
void parser_start(Parser *parser, ParseContext *ctx);

/* Makes at least one more token known behind tokens[count-1]. */
void parser_fill(Parser *parser);

/* Forgets the tokens before the current one. */
void parser_forget(Parser *parser);

/* The tree of the whole source, or NULL. *statement is set to the first byte of the line where the last
 * top-level statement that was begun starts, and *lineno to the line's number. */
AstMod *parser_module(Parser *parser, ParseMode mode, const char **statement, int32_t *lineno);

static inline TokenKind kind(const Parser *p) { return (TokenKind)p->tok->kind; }

static inline bool at(const Parser *p, TokenKind wanted) { return p->tok->kind == wanted; }

/* The kind of the token behind the current one. */
static inline TokenKind next_kind(Parser *p) {
    if (p->pos + 1 == p->count) parser_fill(p);
    return (TokenKind)p->tokens[p->pos + 1].kind;
}

/* Steps over a token that leaves no text in the tree's positions: newlines and dents. */
static inline void skip(Parser *p) {
    if (++p->pos == p->count) parser_fill(p);
    p->tok = &p->tokens[p->pos];
}

static inline void advance(Parser *p) {
    p->last_end.lineno = p->tok->end_lineno;
    p->last_end.col = p->tok->end_col;
    skip(p);
}

static inline bool accept(Parser *p, TokenKind wanted) {
    if (p->tok->kind != wanted) return false;
    advance(p);
    return true;
}

static inline Start start_here(const Parser *p) { return (Start){p->tok->lineno, p->tok->col}; }

static inline AstPos pos_from(const Parser *p, Start start) {
    return (AstPos){start.lineno, start.col, p->last_end.lineno, p->last_end.col};
}

/* Counts `weight` levels of recursion; false, with the error set, when there are too many. */
static inline bool parser_enter(Parser *p, int weight) {
    if ((p->ctx->depth += weight) <= PARSER_MAX_DEPTH) return true;
    return syntax_error_memory(p->ctx->err);
}

static inline void parser_leave(Parser *p, int weight) { p->ctx->depth -= weight; }

/* A place to come back to. */
typedef struct ParserMark {
    uint32_t pos;
    int32_t lineno, col;
    size_t stack;
    int depth;
} ParserMark;

static inline ParserMark parser_mark(const Parser *p) {
    return (ParserMark){p->pos, p->last_end.lineno, p->last_end.col, p->ctx->stack.count, p->ctx->depth};
}

static inline void parser_reset(Parser *p, ParserMark mark) {
    p->pos = mark.pos;
    p->tok = &p->tokens[p->pos];
    p->last_end.lineno = mark.lineno;
    p->last_end.col = mark.col;
    p->ctx->stack.count = mark.stack;
    p->ctx->depth = mark.depth;
}

/* --- nodes --- */

void *parser_alloc(Parser *p, size_t size);

static inline AstExpr *parser_expr(Parser *p, AstKind node_kind, size_t size, Start start) {
    AstExpr *node = parser_alloc(p, size);
    if (!node) return NULL;
    node->pos = pos_from(p, start);
    node->kind = (uint8_t)node_kind;
    node->parenthesized = false;
    return node;
}

static inline AstStmt *parser_stmt(Parser *p, AstKind node_kind, size_t size, Start start) {
    AstStmt *node = parser_alloc(p, size);
    if (!node) return NULL;
    node->pos = pos_from(p, start);
    node->kind = (uint8_t)node_kind;
    return node;
}

static inline AstPattern *parser_pattern(Parser *p, AstKind node_kind, size_t size, Start start) {
    AstPattern *node = parser_alloc(p, size);
    if (!node) return NULL;
    node->pos = pos_from(p, start);
    node->kind = (uint8_t)node_kind;
    return node;
}

/* NEW_EXPR(p, start, BIN_OP, BinOp, .left = a, .op = op, .right = b): a node from `start` to the last token;
 * NULL when memory is out. */
#define NEW_NODE(Type, make, PREFIX, p, start, KIND, Name, ...)                                              \
    ({                                                                                                       \
        Type *new_node_ = make(p, PREFIX##_##KIND, offsetof(Type, Name) + sizeof(Ast##Name##Node), start);   \
        if (new_node_) new_node_->Name = (Ast##Name##Node){__VA_ARGS__};                                     \
        new_node_;                                                                                           \
    })
#define NEW_EXPR(...)    NEW_NODE(AstExpr, parser_expr, EXPR, __VA_ARGS__)
#define NEW_STMT(...)    NEW_NODE(AstStmt, parser_stmt, STMT, __VA_ARGS__)
#define NEW_PATTERN(...) NEW_NODE(AstPattern, parser_pattern, PATTERN, __VA_ARGS__)

/* --- sequences --- */

/* Items are pushed on ctx->stack above `mark`, then moved to the Bump as one sequence. */
bool parser_push(Parser *p, void *item);

static inline size_t stack_mark(const Parser *p) { return p->ctx->stack.count; }

bool parser_take(Parser *p, size_t mark, AstAnySeq *seq);

/* TAKE(p, mark, &node->field): any AstXSeq of pointers. */
#define TAKE(p, mark, seq) parser_take(p, mark, (AstAnySeq *)(void *)(seq))

/* --- versions and type comments --- */

/* False, with the error at the last token read, when `what` ("Assignment expressions are") needs a newer 3.x. */
bool parser_needs(Parser *p, int version, const char *what);
/* The type comment that stands here, taken; NULL: there is none, or memory is out. */
const AstName *parse_type_comment(Parser *p);

/* --- names and literals --- */

/* The current NAME token's name; takes the token. NULL when it is none or memory is out. */
const AstName *parse_name(Parser *p);

/* Whether the current token is the soft keyword `word`. */
static inline bool at_soft(const Parser *p, const char *word, size_t length) {
    return p->tok->kind == TOKEN_NAME && (size_t)(p->tok->end - p->tok->start) == length &&
           memcmp(p->tok->start, word, length) == 0;
}

/* --- expressions: each returns NULL on failure --- */

AstExpr *parse_expression(Parser *p);
AstExpr *parse_named_expression(Parser *p);      /* may be x := y */
AstExpr *parse_star_expressions(Parser *p);      /* a tuple without parentheses, with *x */
AstExpr *parse_expressions(Parser *p);           /* the same without *x */
AstExpr *parse_star_named_expression(Parser *p); /* x := y or *x */
AstExpr *parse_binary_expression(Parser *p);     /* the operand of a star: no comparison, no `not` */
AstExpr *parse_yield(Parser *p);
AstExpr *parse_yield_or_star_expressions(Parser *p);
AstExpr *parse_primary(Parser *p);
AstExpr *parse_strings(Parser *p);
AstExpr *parse_number(Parser *p);
bool parse_arguments(Parser *p, AstExprSeq *args, AstKeywordSeq *keywords); /* up to the ')', not taken */
bool starts_expression(TokenKind first);

/* --- parameters --- */

/* Up to `closer` (')' or, for a lambda, ':'), not taken. */
AstArguments *parse_parameters(Parser *p, TokenKind closer);

/* `[T: int, *Ts, **P]` when it stands here. */
bool parse_type_params(Parser *p, AstTypeParamSeq *seq);

/* --- targets --- */

/* Turns an expression into an assignment's (STORE) or del's (DEL) target in place; false when it is none. */
bool target_set(Parser *p, AstExpr *expr, AstContext context);

/* Whether it may be the target of an augmented assignment or an annotation: a name, attribute or subscript.
 */
bool target_is_single(const AstExpr *expr);

AstExpr *parse_for_targets(Parser *p); /* behind `for` */
AstExpr *parse_with_target(Parser *p); /* behind `as` */
bool parse_del_targets(Parser *p, AstExprSeq *targets);

/* --- patterns and statements --- */

AstPattern *parse_case_patterns(Parser *p);
bool parse_statement(Parser *p); /* pushes one or more AstStmt */
bool parse_simple_statements(Parser *p);
bool parse_block(Parser *p, AstStmtSeq *body);
AstStmt *parse_compound(Parser *p,
                        bool *is_compound); /* NULL and *is_compound false: the token starts none */

#endif
