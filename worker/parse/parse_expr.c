/* Expressions, from the lowest precedence to the highest: lambda, if-else, or, and, not, comparison, |, ^, &,
 * shifts, sums, products, signs, power, await, trailers, atoms. */
#include "parse/parser.h"

static const uint8_t expression_starts[TOKEN_KIND_COUNT] = {
    [TOKEN_NAME] = 1,   [TOKEN_NUMBER] = 1, [TOKEN_STRING] = 1, [TOKEN_LPAR] = 1,     [TOKEN_LSQB] = 1,
    [TOKEN_LBRACE] = 1, [TOKEN_MINUS] = 1,  [TOKEN_PLUS] = 1,   [TOKEN_TILDE] = 1,    [TOKEN_STAR] = 1,
    [TOKEN_NOT] = 1,    [TOKEN_LAMBDA] = 1, [TOKEN_AWAIT] = 1,  [TOKEN_ELLIPSIS] = 1, [TOKEN_NONE] = 1,
    [TOKEN_TRUE] = 1,   [TOKEN_FALSE] = 1,
};

bool starts_expression(TokenKind first) { return expression_starts[first]; }

/* --- binary operators by precedence --- */

typedef struct BinaryOperator {
    uint8_t precedence; /* 0: not a binary operator */
    uint8_t op;         /* AstOperator */
} BinaryOperator;

enum { LOWEST_BINARY = 1 };

static const BinaryOperator binary_operators[TOKEN_KIND_COUNT] = {
    [TOKEN_VBAR] = {1, OPERATOR_BIT_OR},        [TOKEN_CIRCUMFLEX] = {2, OPERATOR_BIT_XOR},
    [TOKEN_AMPER] = {3, OPERATOR_BIT_AND},      [TOKEN_LEFT_SHIFT] = {4, OPERATOR_LSHIFT},
    [TOKEN_RIGHT_SHIFT] = {4, OPERATOR_RSHIFT}, [TOKEN_PLUS] = {5, OPERATOR_ADD},
    [TOKEN_MINUS] = {5, OPERATOR_SUB},          [TOKEN_STAR] = {6, OPERATOR_MULT},
    [TOKEN_SLASH] = {6, OPERATOR_DIV},          [TOKEN_DOUBLE_SLASH] = {6, OPERATOR_FLOOR_DIV},
    [TOKEN_PERCENT] = {6, OPERATOR_MOD},        [TOKEN_AT] = {6, OPERATOR_MAT_MULT},
};

static AstExpr *parse_factor(Parser *p);

static AstExpr *parse_binary(Parser *p, int lowest) {
    Start start = start_here(p);
    AstExpr *left = parse_factor(p);
    while (left) {
        BinaryOperator found = binary_operators[kind(p)];
        if (found.precedence < lowest || !found.precedence) break;
        advance(p);
        AstExpr *right = parse_binary(p, found.precedence + 1);
        if (!right || (found.op == OPERATOR_MAT_MULT && !parser_needs(p, 5, "The '@' operator is")))
            return NULL;
        left = NEW_EXPR(p, start, BIN_OP, BinOp, left, (AstOperator)found.op, right);
    }
    return left;
}

AstExpr *parse_binary_expression(Parser *p) { return parse_binary(p, LOWEST_BINARY); }

static AstExpr *parse_await_primary(Parser *p) {
    if (!at(p, TOKEN_AWAIT)) return parse_primary(p);
    Start start = start_here(p);
    advance(p);
    AstExpr *value = parse_primary(p);
    return value && parser_needs(p, 5, "Await expressions are") ? NEW_EXPR(p, start, AWAIT, Await, value)
                                                                : NULL;
}

static AstExpr *parse_power(Parser *p) {
    Start start = start_here(p);
    AstExpr *base = parse_await_primary(p);
    if (!base || !at(p, TOKEN_DOUBLE_STAR)) return base;
    advance(p);
    if (!parser_enter(p, 2)) return NULL;
    AstExpr *exponent = parse_factor(p);
    parser_leave(p, 2);
    return exponent ? NEW_EXPR(p, start, BIN_OP, BinOp, base, OPERATOR_POW, exponent) : NULL;
}

static AstExpr *parse_signed(Parser *p, AstUnaryop op) {
    Start start = start_here(p);
    advance(p);
    if (!parser_enter(p, 1)) return NULL;
    AstExpr *operand = parse_factor(p);
    parser_leave(p, 1);
    return operand ? NEW_EXPR(p, start, UNARY_OP, UnaryOp, op, operand) : NULL;
}

static AstExpr *parse_factor(Parser *p) {
    switch (kind(p)) {
    case TOKEN_PLUS: return parse_signed(p, UNARYOP_UADD);
    case TOKEN_MINUS: return parse_signed(p, UNARYOP_USUB);
    case TOKEN_TILDE: return parse_signed(p, UNARYOP_INVERT);
    default: return parse_power(p);
    }
}

/* --- comparisons --- */

/* Takes a comparison operator; false when none stands here (or `not` without `in`, which is an error: *bad).
 */
static bool accept_comparison(Parser *p, AstCmpop *op, bool *bad) {
    *bad = false;
    switch (kind(p)) {
    case TOKEN_EQ_EQUAL: *op = CMPOP_EQ; break;
    case TOKEN_NOT_EQUAL: {
        bool barry = p->tok->start[0] == '<';
        if (barry != !!(p->ctx->flags & PARSE_BARRY_AS_BDFL)) return *bad = true;
        *op = CMPOP_NOT_EQ;
        break;
    }
    case TOKEN_LESS: *op = CMPOP_LT; break;
    case TOKEN_LESS_EQUAL: *op = CMPOP_LT_E; break;
    case TOKEN_GREATER: *op = CMPOP_GT; break;
    case TOKEN_GREATER_EQUAL: *op = CMPOP_GT_E; break;
    case TOKEN_IN: *op = CMPOP_IN; break;
    case TOKEN_IS:
        advance(p);
        *op = accept(p, TOKEN_NOT) ? CMPOP_IS_NOT : CMPOP_IS;
        return true;
    case TOKEN_NOT:
        advance(p);
        *op = CMPOP_NOT_IN;
        if (!at(p, TOKEN_IN)) return *bad = true;
        break;
    default: return false;
    }
    advance(p);
    return true;
}

/* Operators are pushed beside the operands: op, operand, op, operand... */
static AstExpr *finish_comparison(Parser *p, Start start, AstExpr *left, size_t mark) {
    size_t count = (stack_mark(p) - mark) / 2;
    void **items = p->ctx->stack.items + mark;
    AstCmpop *ops = parser_alloc(p, count * sizeof *ops);
    AstExpr **operands = parser_alloc(p, count * sizeof *operands);
    if (!ops || !operands) return NULL;
    for (size_t i = 0; i < count; i++) {
        ops[i] = (AstCmpop)(uintptr_t)items[2 * i];
        operands[i] = items[2 * i + 1];
    }
    p->ctx->stack.count = mark;
    AstCmpopSeq op_seq = {ops, (int32_t)count};
    AstExprSeq operand_seq = {operands, (int32_t)count};
    return NEW_EXPR(p, start, COMPARE, Compare, left, op_seq, operand_seq);
}

static AstExpr *parse_comparison(Parser *p) {
    Start start = start_here(p);
    AstExpr *left = parse_binary(p, LOWEST_BINARY);
    if (!left) return NULL;
    size_t mark = stack_mark(p);
    AstCmpop op;
    bool bad;
    while (accept_comparison(p, &op, &bad)) {
        AstExpr *operand = bad ? NULL : parse_binary(p, LOWEST_BINARY);
        if (!operand || !parser_push(p, (void *)(uintptr_t)op) || !parser_push(p, operand)) return NULL;
    }
    if (stack_mark(p) == mark) return left;
    return finish_comparison(p, start, left, mark);
}

static AstExpr *parse_inversion(Parser *p) {
    if (!at(p, TOKEN_NOT)) return parse_comparison(p);
    Start start = start_here(p);
    advance(p);
    if (!parser_enter(p, 1)) return NULL;
    AstExpr *operand = parse_inversion(p);
    parser_leave(p, 1);
    return operand ? NEW_EXPR(p, start, UNARY_OP, UnaryOp, UNARYOP_NOT, operand) : NULL;
}

/* a OP b OP c as one node; `parse` reads the operands. */
static AstExpr *parse_bool(Parser *p, TokenKind op_token, AstBoolop op, AstExpr *(*parse)(Parser *)) {
    Start start = start_here(p);
    AstExpr *first = parse(p);
    if (!first || !at(p, op_token)) return first;
    size_t mark = stack_mark(p);
    if (!parser_push(p, first)) return NULL;
    while (accept(p, op_token)) {
        AstExpr *operand = parse(p);
        if (!operand || !parser_push(p, operand)) return NULL;
    }
    AstExprSeq values;
    if (!TAKE(p, mark, &values)) return NULL;
    return NEW_EXPR(p, start, BOOL_OP, BoolOp, op, values);
}

static AstExpr *parse_conjunction(Parser *p) { return parse_bool(p, TOKEN_AND, BOOLOP_AND, parse_inversion); }

static AstExpr *parse_disjunction(Parser *p) { return parse_bool(p, TOKEN_OR, BOOLOP_OR, parse_conjunction); }

/* --- the loosest expressions --- */

static AstExpr *parse_lambda(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstArguments *args = parse_parameters(p, TOKEN_COLON);
    if (!args || !accept(p, TOKEN_COLON)) return NULL;
    AstExpr *body = parse_expression(p);
    return body ? NEW_EXPR(p, start, LAMBDA, Lambda, args, body) : NULL;
}

static AstExpr *parse_conditional(Parser *p) {
    Start start = start_here(p);
    AstExpr *body = parse_disjunction(p);
    if (!body || !accept(p, TOKEN_IF)) return body;
    AstExpr *test = parse_disjunction(p);
    if (!test || !accept(p, TOKEN_ELSE)) return NULL;
    AstExpr *orelse = parse_expression(p);
    return orelse ? NEW_EXPR(p, start, IF_EXP, IfExp, test, body, orelse) : NULL;
}

AstExpr *parse_expression(Parser *p) {
    if (!parser_enter(p, 2)) return NULL;
    AstExpr *expr = at(p, TOKEN_LAMBDA) ? parse_lambda(p) : parse_conditional(p);
    parser_leave(p, 2);
    return expr;
}

AstExpr *parse_named_expression(Parser *p) {
    if (!at(p, TOKEN_NAME) || next_kind(p) != TOKEN_COLON_EQUAL) return parse_expression(p);
    Start start = start_here(p);
    const AstName *name = parse_name(p);
    if (!name) return NULL;
    AstExpr *target = NEW_EXPR(p, start, NAME, Name, name, CONTEXT_STORE);
    advance(p);
    AstExpr *value = parse_expression(p);
    if (!target || !value || !parser_needs(p, 8, "Assignment expressions are")) return NULL;
    return NEW_EXPR(p, start, NAMED_EXPR, NamedExpr, target, value);
}

/* *x, where the grammar has a binary expression behind the star. */
static AstExpr *parse_starred(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExpr *value = parse_binary(p, LOWEST_BINARY);
    return value ? NEW_EXPR(p, start, STARRED, Starred, value, CONTEXT_LOAD) : NULL;
}

/* *x, where the grammar has any expression behind the star: in calls and subscripts. */
static AstExpr *parse_starred_argument(Parser *p) {
    Start start = start_here(p);
    advance(p);
    AstExpr *value = parse_expression(p);
    return value ? NEW_EXPR(p, start, STARRED, Starred, value, CONTEXT_LOAD) : NULL;
}

static AstExpr *parse_star_expression(Parser *p) {
    return at(p, TOKEN_STAR) ? parse_starred(p) : parse_expression(p);
}

AstExpr *parse_star_named_expression(Parser *p) {
    return at(p, TOKEN_STAR) ? parse_starred(p) : parse_named_expression(p);
}

/* Pushes the items behind a first one, separated by commas; a comma may end them. */
static bool push_more(Parser *p, AstExpr *(*parse)(Parser *), bool stars) {
    while (accept(p, TOKEN_COMMA)) {
        if (!starts_expression(kind(p)) || (at(p, TOKEN_STAR) && !stars)) return true;
        AstExpr *item = parse(p);
        if (!item || !parser_push(p, item)) return false;
    }
    return true;
}

static AstExpr *parse_bare_tuple(Parser *p, AstExpr *(*parse)(Parser *), bool stars) {
    Start start = start_here(p);
    AstExpr *first = parse(p);
    if (!first || !at(p, TOKEN_COMMA)) return first;
    size_t mark = stack_mark(p);
    AstExprSeq elts;
    if (!parser_push(p, first) || !push_more(p, parse, stars) || !TAKE(p, mark, &elts)) return NULL;
    return NEW_EXPR(p, start, TUPLE, Tuple, elts, CONTEXT_LOAD);
}

AstExpr *parse_star_expressions(Parser *p) { return parse_bare_tuple(p, parse_star_expression, true); }

AstExpr *parse_expressions(Parser *p) { return parse_bare_tuple(p, parse_expression, false); }

AstExpr *parse_yield(Parser *p) {
    Start start = start_here(p);
    advance(p);
    if (accept(p, TOKEN_FROM)) {
        AstExpr *value = parse_expression(p);
        return value ? NEW_EXPR(p, start, YIELD_FROM, YieldFrom, value) : NULL;
    }
    AstExpr *value = NULL;
    if (starts_expression(kind(p)) && !(value = parse_star_expressions(p))) return NULL;
    return NEW_EXPR(p, start, YIELD, Yield, value);
}

AstExpr *parse_yield_or_star_expressions(Parser *p) {
    return at(p, TOKEN_YIELD) ? parse_yield(p) : parse_star_expressions(p);
}

/* --- comprehensions --- */

static bool at_comprehension(Parser *p) {
    return at(p, TOKEN_FOR) || (at(p, TOKEN_ASYNC) && next_kind(p) == TOKEN_FOR);
}

static AstComprehension *parse_for_if(Parser *p) {
    int32_t is_async = accept(p, TOKEN_ASYNC);
    advance(p);
    AstExpr *target = parse_for_targets(p);
    if (!target || !accept(p, TOKEN_IN)) return NULL;
    AstExpr *iter = parse_disjunction(p);
    if (!iter) return NULL;
    size_t mark = stack_mark(p);
    while (accept(p, TOKEN_IF)) {
        AstExpr *test = parse_disjunction(p);
        if (!test || !parser_push(p, test)) return NULL;
    }
    if (is_async && !parser_needs(p, 6, "Async comprehensions are")) return NULL;
    AstComprehension *made = parser_alloc(p, sizeof *made);
    if (!made || !TAKE(p, mark, &made->ifs)) return NULL;
    made->target = target;
    made->iter = iter;
    made->is_async = is_async;
    return made;
}

static bool parse_generators(Parser *p, AstComprehensionSeq *generators) {
    size_t mark = stack_mark(p);
    do {
        AstComprehension *clause = parse_for_if(p);
        if (!clause || !parser_push(p, clause)) return false;
    } while (at_comprehension(p));
    return TAKE(p, mark, generators);
}

/* --- displays --- */

static AstExpr *finish_genexp(Parser *p, Start start, AstExpr *elt) {
    AstComprehensionSeq generators;
    if (!parse_generators(p, &generators) || !accept(p, TOKEN_RPAR)) return NULL;
    return NEW_EXPR(p, start, GENERATOR_EXP, GeneratorExp, elt, generators);
}

static AstExpr *finish_tuple(Parser *p, Start start, AstExpr *first) {
    size_t mark = stack_mark(p);
    AstExprSeq elts;
    if (first && (!parser_push(p, first) || !push_more(p, parse_star_named_expression, true))) return NULL;
    if (!accept(p, TOKEN_RPAR) || !TAKE(p, mark, &elts)) return NULL;
    return NEW_EXPR(p, start, TUPLE, Tuple, elts, CONTEXT_LOAD);
}

static AstExpr *parse_parenthesis(Parser *p) {
    Start start = start_here(p);
    advance(p);
    if (at(p, TOKEN_RPAR)) return finish_tuple(p, start, NULL);
    bool starred = at(p, TOKEN_STAR), yields = at(p, TOKEN_YIELD);
    AstExpr *first = yields ? parse_yield(p) : parse_star_named_expression(p);
    if (!first) return NULL;
    if (at(p, TOKEN_COMMA) && !yields) return finish_tuple(p, start, first);
    if (starred) return NULL;
    if (!yields && at_comprehension(p)) return finish_genexp(p, start, first);
    if (!accept(p, TOKEN_RPAR)) return NULL;
    first->parenthesized = true;
    return first;
}

static AstExpr *parse_list(Parser *p) {
    Start start = start_here(p);
    advance(p);
    size_t mark = stack_mark(p);
    if (!at(p, TOKEN_RSQB)) {
        bool starred = at(p, TOKEN_STAR);
        AstExpr *first = parse_star_named_expression(p);
        if (!first) return NULL;
        if (!starred && at_comprehension(p)) {
            AstComprehensionSeq generators;
            if (!parse_generators(p, &generators) || !accept(p, TOKEN_RSQB)) return NULL;
            return NEW_EXPR(p, start, LIST_COMP, ListComp, first, generators);
        }
        if (!parser_push(p, first) || !push_more(p, parse_star_named_expression, true)) return NULL;
    }
    AstExprSeq elts;
    if (!accept(p, TOKEN_RSQB) || !TAKE(p, mark, &elts)) return NULL;
    return NEW_EXPR(p, start, LIST, List, elts, CONTEXT_LOAD);
}

static AstExpr *finish_set(Parser *p, Start start, AstExpr *first, bool starred) {
    if (!starred && at_comprehension(p)) {
        AstComprehensionSeq generators;
        if (!parse_generators(p, &generators) || !accept(p, TOKEN_RBRACE)) return NULL;
        return NEW_EXPR(p, start, SET_COMP, SetComp, first, generators);
    }
    size_t mark = stack_mark(p);
    AstExprSeq elts;
    if (!parser_push(p, first) || !push_more(p, parse_star_named_expression, true)) return NULL;
    if (!accept(p, TOKEN_RBRACE) || !TAKE(p, mark, &elts)) return NULL;
    return NEW_EXPR(p, start, SET, Set, elts);
}

/* A dict's items are pushed key, value, key, value...; the key of **x is NULL. */
static AstExpr *finish_dict(Parser *p, Start start, size_t mark) {
    if (!accept(p, TOKEN_RBRACE)) return NULL;
    size_t count = (stack_mark(p) - mark) / 2;
    void **items = p->ctx->stack.items + mark;
    AstExpr **keys = count ? parser_alloc(p, count * sizeof *keys) : NULL;
    AstExpr **values = count ? parser_alloc(p, count * sizeof *values) : NULL;
    if (count && (!keys || !values)) return NULL;
    for (size_t i = 0; i < count; i++) {
        keys[i] = items[2 * i];
        values[i] = items[2 * i + 1];
    }
    p->ctx->stack.count = mark;
    AstExprSeq key_seq = {keys, (int32_t)count}, value_seq = {values, (int32_t)count};
    return NEW_EXPR(p, start, DICT, Dict, key_seq, value_seq);
}

/* key: value or **x; `key` may have been read already. */
static bool push_dict_item(Parser *p, AstExpr *key) {
    if (!key && accept(p, TOKEN_DOUBLE_STAR)) {
        AstExpr *value = parse_binary(p, LOWEST_BINARY);
        return value && parser_push(p, NULL) && parser_push(p, value);
    }
    if (!key) key = parse_expression(p);
    if (!key || !accept(p, TOKEN_COLON)) return false;
    AstExpr *value = parse_expression(p);
    return value && parser_push(p, key) && parser_push(p, value);
}

static AstExpr *parse_dict(Parser *p, Start start, AstExpr *key) {
    size_t mark = stack_mark(p);
    bool unpacked = !key;
    if (!push_dict_item(p, key)) return NULL;
    if (!unpacked && at_comprehension(p)) {
        AstExpr *value = vector_last(&p->ctx->stack);
        p->ctx->stack.count = mark;
        AstComprehensionSeq generators;
        if (!parse_generators(p, &generators) || !accept(p, TOKEN_RBRACE)) return NULL;
        return NEW_EXPR(p, start, DICT_COMP, DictComp, key, value, generators);
    }
    while (accept(p, TOKEN_COMMA)) {
        if (at(p, TOKEN_RBRACE)) break;
        if (!push_dict_item(p, NULL)) return NULL;
    }
    return finish_dict(p, start, mark);
}

static AstExpr *parse_brace(Parser *p) {
    Start start = start_here(p);
    advance(p);
    if (at(p, TOKEN_RBRACE)) return finish_dict(p, start, stack_mark(p));
    if (at(p, TOKEN_DOUBLE_STAR)) return parse_dict(p, start, NULL);
    bool starred = at(p, TOKEN_STAR);
    AstExpr *first = parse_star_named_expression(p);
    if (!first) return NULL;
    bool is_dict = at(p, TOKEN_COLON) && !starred && (first->kind != EXPR_NAMED_EXPR || first->parenthesized);
    return is_dict ? parse_dict(p, start, first) : finish_set(p, start, first, starred);
}

/* --- calls and subscripts --- */

/* NAME = value, or **value. */
static AstKeyword *parse_keyword(Parser *p) {
    Start start = start_here(p);
    const AstName *arg = NULL;
    if (!accept(p, TOKEN_DOUBLE_STAR)) {
        arg = parse_name(p);
        if (!arg) return NULL;
        advance(p);
    }
    AstExpr *value = parse_expression(p);
    AstKeyword *made = value ? parser_alloc(p, sizeof *made) : NULL;
    if (!made) return NULL;
    made->pos = pos_from(p, start);
    made->arg = arg;
    made->value = value;
    return made;
}

/* Moves the positional arguments and the keywords, pushed mixed (keywords tagged in the low bit), to two
 * sequences. */
static bool split_arguments(Parser *p, size_t mark, size_t keyword_count, AstExprSeq *args,
                            AstKeywordSeq *keywords) {
    size_t count = stack_mark(p) - mark, arg_count = count - keyword_count;
    void **items = p->ctx->stack.items + mark;
    *args = (AstExprSeq){NULL, (int32_t)arg_count};
    *keywords = (AstKeywordSeq){NULL, (int32_t)keyword_count};
    if (arg_count && !(args->items = parser_alloc(p, arg_count * sizeof *args->items))) return false;
    if (keyword_count && !(keywords->items = parser_alloc(p, keyword_count * sizeof *keywords->items)))
        return false;
    for (size_t i = 0, a = 0, k = 0; i < count; i++) {
        uintptr_t item = (uintptr_t)items[i];
        if (item & 1) keywords->items[k++] = (AstKeyword *)(item - 1);
        else args->items[a++] = (AstExpr *)item;
    }
    p->ctx->stack.count = mark;
    return true;
}

/* The arguments from here to the ')', not taken; those read already lie above `mark`. */
static bool parse_more_arguments(Parser *p, size_t mark, AstExprSeq *args, AstKeywordSeq *keywords) {
    size_t keyword_count = 0;
    bool unpacked = false; /* a ** was seen */
    while (!at(p, TOKEN_RPAR)) {
        void *item;
        if (at(p, TOKEN_DOUBLE_STAR) || (at(p, TOKEN_NAME) && next_kind(p) == TOKEN_EQUAL)) {
            unpacked |= at(p, TOKEN_DOUBLE_STAR);
            AstKeyword *keyword = parse_keyword(p);
            item = keyword ? (void *)((uintptr_t)keyword | 1) : NULL;
            keyword_count++;
        } else if (at(p, TOKEN_STAR)) {
            item = unpacked ? NULL : parse_starred_argument(p);
        } else {
            item = keyword_count ? NULL : parse_named_expression(p);
        }
        if (!item || !parser_push(p, item)) return false;
        if (!accept(p, TOKEN_COMMA)) break;
    }
    return at(p, TOKEN_RPAR) && split_arguments(p, mark, keyword_count, args, keywords);
}

bool parse_arguments(Parser *p, AstExprSeq *args, AstKeywordSeq *keywords) {
    return parse_more_arguments(p, stack_mark(p), args, keywords);
}

/* f(x for x in y): the generator's parentheses are the call's. */
static AstExpr *finish_genexp_call(Parser *p, Start start, Start open, AstExpr *func, AstExpr *elt) {
    AstExpr *genexp = finish_genexp(p, open, elt);
    AstExpr **items = genexp ? parser_alloc(p, sizeof *items) : NULL;
    if (!items) return NULL;
    items[0] = genexp;
    AstExprSeq args = {items, 1};
    AstKeywordSeq none = {NULL, 0};
    return NEW_EXPR(p, start, CALL, Call, func, args, none);
}

static AstExpr *parse_call(Parser *p, Start start, AstExpr *func) {
    Start open = start_here(p);
    advance(p);
    AstExprSeq args = {NULL, 0};
    AstKeywordSeq keywords = {NULL, 0};
    size_t mark = stack_mark(p);
    TokenKind first = kind(p);
    bool plain = starts_expression(first) && first != TOKEN_STAR &&
                 !(first == TOKEN_NAME && next_kind(p) == TOKEN_EQUAL);
    if (plain) {
        AstExpr *arg = parse_named_expression(p);
        if (!arg) return NULL;
        if (at_comprehension(p)) return finish_genexp_call(p, start, open, func, arg);
        if (!parser_push(p, arg) || (!accept(p, TOKEN_COMMA) && !at(p, TOKEN_RPAR))) return NULL;
    }
    if (!parse_more_arguments(p, mark, &args, &keywords)) return NULL;
    advance(p);
    return NEW_EXPR(p, start, CALL, Call, func, args, keywords);
}

static AstExpr *parse_slice(Parser *p) {
    Start start = start_here(p);
    AstExpr *lower = NULL, *upper = NULL, *step = NULL;
    if (!at(p, TOKEN_COLON)) {
        lower = parse_named_expression(p);
        if (!lower || !at(p, TOKEN_COLON)) return lower;
        if (lower->kind == EXPR_NAMED_EXPR && !lower->parenthesized) return NULL;
    }
    advance(p);
    if (starts_expression(kind(p)) && !(upper = parse_expression(p))) return NULL;
    if (accept(p, TOKEN_COLON) && starts_expression(kind(p)) && !(step = parse_expression(p))) return NULL;
    return NEW_EXPR(p, start, SLICE, Slice, lower, upper, step);
}

static AstExpr *parse_slice_or_starred(Parser *p) {
    return at(p, TOKEN_STAR) ? parse_starred_argument(p) : parse_slice(p);
}

static AstExpr *parse_slices(Parser *p) {
    Start start = start_here(p);
    bool starred = at(p, TOKEN_STAR);
    AstExpr *first = parse_slice_or_starred(p);
    if (!first || (!at(p, TOKEN_COMMA) && !starred)) return first;
    size_t mark = stack_mark(p);
    if (!parser_push(p, first)) return NULL;
    while (accept(p, TOKEN_COMMA)) {
        if (at(p, TOKEN_RSQB)) break;
        AstExpr *item = parse_slice_or_starred(p);
        if (!item || !parser_push(p, item)) return NULL;
    }
    AstExprSeq elts;
    if (!TAKE(p, mark, &elts)) return NULL;
    return NEW_EXPR(p, start, TUPLE, Tuple, elts, CONTEXT_LOAD);
}

static AstExpr *parse_subscript(Parser *p, Start start, AstExpr *value) {
    advance(p);
    AstExpr *slice = parse_slices(p);
    if (!slice || !accept(p, TOKEN_RSQB)) return NULL;
    return NEW_EXPR(p, start, SUBSCRIPT, Subscript, value, slice, CONTEXT_LOAD);
}

/* --- primaries and atoms --- */

static AstExpr *parse_constant(Parser *p, AstConstantKind constant) {
    Start start = start_here(p);
    advance(p);
    return NEW_EXPR(p, start, CONSTANT, Constant, {.kind = (uint8_t)constant});
}

static AstExpr *parse_name_load(Parser *p) {
    Start start = start_here(p);
    const AstName *name = parse_name(p);
    return name ? NEW_EXPR(p, start, NAME, Name, name, CONTEXT_LOAD) : NULL;
}

static AstExpr *parse_atom(Parser *p) {
    switch (kind(p)) {
    case TOKEN_NAME: return parse_name_load(p);
    case TOKEN_NUMBER: return parse_number(p);
    case TOKEN_STRING: return parse_strings(p);
    case TOKEN_LPAR: return parse_parenthesis(p);
    case TOKEN_LSQB: return parse_list(p);
    case TOKEN_LBRACE: return parse_brace(p);
    case TOKEN_NONE: return parse_constant(p, CONSTANT_NONE);
    case TOKEN_TRUE: return parse_constant(p, CONSTANT_TRUE);
    case TOKEN_FALSE: return parse_constant(p, CONSTANT_FALSE);
    case TOKEN_ELLIPSIS: return parse_constant(p, CONSTANT_ELLIPSIS);
    default: return NULL;
    }
}

static AstExpr *parse_attribute(Parser *p, Start start, AstExpr *value) {
    advance(p);
    const AstName *attr = parse_name(p);
    return attr ? NEW_EXPR(p, start, ATTRIBUTE, Attribute, value, attr, CONTEXT_LOAD) : NULL;
}

AstExpr *parse_primary(Parser *p) {
    Start start = start_here(p);
    AstExpr *expr = parse_atom(p);
    while (expr) {
        switch (kind(p)) {
        case TOKEN_DOT: expr = parse_attribute(p, start, expr); break;
        case TOKEN_LPAR: expr = parse_call(p, start, expr); break;
        case TOKEN_LSQB: expr = parse_subscript(p, start, expr); break;
        default: return expr;
        }
    }
    return NULL;
}
