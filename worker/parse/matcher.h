/* matcher: the inner header of diagnose.c: matching the PEG grammar over tokens, and raising errors.
 *
 * A rule is a function that returns a Node where it matches, and moves `mark` behind the match; NULL where it
 * does not. After an error is raised `stop` is set and every rule returns NULL.
 *
 *     static Node *group(Matcher *m) {
 *         RULE;
 *         Node *a;
 *         ALT(T(LPAR) && ((a = yield_expr(m)) || (a = named_expression(m))) && T(RPAR)) return a;
 *         return NULL;
 *     }
 *
 * ALT tries one alternative from the rule's start. Extra rules for mistakes stand behind INVALID, true in the
 * second pass. */
#ifndef ATOLL_PARSE_MATCHER_H
#define ATOLL_PARSE_MATCHER_H

#include "parse/parser.h"

/* Kinds of nodes beside AstKind. */
enum {
    NODE_TOKEN = AST_KIND_COUNT,
    NODE_OTHER,
    NODE_ARGUMENTS, /* items: the positional arguments; flag: it has **x */
};

typedef struct Node Node;
struct Node {
    uint8_t kind;        /* AstKind or NODE_x */
    bool flag;           /* of a comparison: the first operator is `in`; of arguments: see above */
    int32_t first, last; /* tokens, inclusive */
    int32_t count;
    Node **items;
};

typedef struct Memo Memo;
struct Memo {
    Memo *next;
    uint8_t rule;
    int32_t end;
    Node *node;
};

typedef enum MemoRule {
    MEMO_SIMPLE_STMT,
    MEMO_BLOCK,
    MEMO_CLOSED_PATTERN,
    MEMO_STAR_PATTERN,
    MEMO_EXPRESSION,
    MEMO_STAR_EXPRESSION,
    MEMO_DISJUNCTION,
    MEMO_CONJUNCTION,
    MEMO_INVERSION,
    MEMO_BITWISE, /* and the five below it, down to the products */
    MEMO_FACTOR = MEMO_BITWISE + 6,
    MEMO_AWAIT_PRIMARY,
    MEMO_PRIMARY,
    MEMO_STRINGS,
    MEMO_ARGUMENTS,
    MEMO_STAR_TARGET,
    MEMO_TARGET_WITH_STAR_ATOM,
    MEMO_T_PRIMARY,
    MEMO_DEL_TARGET,
    MEMO_INVALID_NAMED_EXPRESSION,
} MemoRule;

typedef struct Matcher {
    ParseContext *ctx;
    Token *tokens;
    Memo **memos;
    int32_t mark, fill, capacity;
    bool invalid; /* the second pass: rules for mistakes are tried */
    bool stop;
    bool field;   /* the expression of an f-string's field */
    bool is_eval; /* one expression */
    bool raised_by_lexer;
    const char *start; /* of what is matched, and its line */
    int32_t start_lineno;
    int depth;
    Parser *strings; /* builds string literals, to find what is wrong with them */
    /* The error so far. */
    SyntaxErrorKind kind;
    const char *message;
    int32_t lineno, offset, end_lineno, end_offset;
    const char *text;
    size_t text_length;
    Lexer lexer;
} Matcher;

/* --- tokens --- */

/* The kind of the token at `mark`, fetched when it is new; TOKEN_ERROR after a lexer's error, which is then
 * raised. */
TokenKind matcher_peek(Matcher *m);

static inline bool matcher_token(Matcher *m, TokenKind wanted) {
    if (m->stop || matcher_peek(m) != wanted) return false;
    m->mark++;
    return true;
}

Node *matcher_token_node(Matcher *m, TokenKind wanted);
bool matcher_soft(Matcher *m, const char *word);
Node *matcher_soft_node(Matcher *m, const char *word);

#define T(KIND)    matcher_token(m, TOKEN_##KIND)
#define TN(KIND)   matcher_token_node(m, TOKEN_##KIND)
#define AT(KIND)   (!m->stop && matcher_peek(m) == TOKEN_##KIND)
#define SOFT(word) matcher_soft(m, word)

/* Memory is out: raises that. */
bool matcher_memory(Matcher *m);

/* --- rules --- */

#define RULE           const int32_t start_ = m->mark
#define ALT(condition) if (m->mark = start_, !m->stop && (condition))
#define INVALID        (m->invalid && !m->stop)
/* The rest of a rule that matches nothing. */
#define NO_MATCH return m->mark = start_, (Node *)NULL

/* The macros below evaluate an expression and look at the mark before it; `n` keeps nested ones' variables
 * apart. */
#define WITH_MARK(n, condition, result)                                                                      \
    ({                                                                                                       \
        int32_t before_##n = m->mark;                                                                        \
        bool found_##n = (condition);                                                                        \
        result(before_##n, found_##n);                                                                       \
    })
#define WITH_MARK_(n, condition, result) WITH_MARK(n, condition, result)
#define OPT_RESULT(before, found)        (found ? (void)0 : (void)(m->mark = before), !m->stop)
#define FOLLOWS_RESULT(before, found)    (m->mark = before, found && !m->stop)
#define NOT_RESULT(before, found)        (m->mark = before, !found && !m->stop)

/* An optional part: true unless an error was raised. The mark goes back where it does not match. */
#define OPT(condition) WITH_MARK_(__COUNTER__, condition, OPT_RESULT)
/* Lookaheads. */
#define FOLLOWS(condition) WITH_MARK_(__COUNTER__, condition, FOLLOWS_RESULT)
#define NOT(condition)     WITH_MARK_(__COUNTER__, condition, NOT_RESULT)

/* One or more, zero or more, and one or more between separators. The list is a node whose items are the
 * matches. */
typedef Node *Rule(Matcher *m);
Node *matcher_some(Matcher *m, Rule *rule);
Node *matcher_any(Matcher *m, Rule *rule);
Node *matcher_list(Matcher *m, Rule *rule); /* between commas */

/* A node from token `start` to the last one matched. */
Node *matcher_node(Matcher *m, int kind, int32_t start, int count, ...);
#define NODE(KIND, ...) matcher_node(m, KIND, start_, __VA_ARGS__)
#define FOUND           NODE(NODE_OTHER, 0)

/* Memo: true when this rule was already tried here; then *node is its result. */
bool matcher_recall(Matcher *m, MemoRule rule, Node **node);
Node *matcher_store(Matcher *m, MemoRule rule, int32_t start, Node *node);
Node *matcher_memo(Matcher *m, MemoRule rule, Rule *raw);

/* Recursion of the source's depth; false, with a MemoryError, when too deep. */
bool matcher_enter(Matcher *m);
static inline Node *matcher_leave(Matcher *m, Node *node) {
    m->depth--;
    return node;
}

/* --- raising: each returns NULL --- */

Node *raise_at(Matcher *m, const Node *a, const char *format, ...) __attribute__((format(printf, 3, 4)));
Node *raise_range(Matcher *m, const Node *a, const Node *b, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* From a to where the lexer stands. */
Node *raise_from(Matcher *m, const Node *a, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* At the last token read. */
Node *raise_last(Matcher *m, SyntaxErrorKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* At given lines and byte columns from 0; an end column of -1 is told as 0. */
Node *raise_bytes(Matcher *m, SyntaxErrorKind kind, int32_t lineno, int32_t col, int32_t end_lineno,
                  int32_t end_col, const char *message);

/* The lexer's message, in place of any error raised before. */
void matcher_raise_lexer_message(Matcher *m);
/* The innermost open bracket was never closed. */
Node *matcher_raise_unclosed(Matcher *m);

#define RAISE(...)             raise_last(m, SYNTAX_ERROR, __VA_ARGS__)
#define RAISE_INDENTATION(...) raise_last(m, SYNTAX_INDENTATION_ERROR, __VA_ARGS__)

struct LiteralError;
/* Says what is wrong with the expression of an f-string's field. */
void matcher_bad_field(Matcher *m, const struct LiteralError *error);

/* What CPython calls the expression. */
const char *node_description(const Matcher *m, const Node *node);
/* Whether the name is `print` or `exec`. */
bool node_is_legacy(const Matcher *m, const Node *node);

typedef enum TargetsKind { TARGETS_STAR, TARGETS_DEL, TARGETS_FOR } TargetsKind;
/* Raises "cannot assign to ..." at the first part of `a` that is no target; else only returns NULL. */
Node *raise_invalid_target(Matcher *m, TargetsKind kind, Node *a);

/* --- the grammar's entries --- */

Rule match_file, match_interactive, match_eval, match_field, match_function_type;
Rule match_block, match_statements, match_simple_stmt, match_match_stmt;
Rule match_expression, match_named_expression, match_assignment_expression, match_expressions,
    match_star_expressions, match_star_expression, match_star_named_expression, match_star_named_expressions,
    match_yield_expr, match_disjunction, match_bitwise_or, match_strings, match_list, match_tuple,
    match_genexp, match_group, match_for_if_clauses, match_starred_expression, match_arguments, match_slices,
    match_atom;
Rule match_star_targets, match_star_target, match_single_target, match_single_subscript_attribute_target,
    match_del_targets;
Rule match_params, match_lambda_params, match_type_params;

#endif
