/* The grammar's expressions, for matching (see matcher.h), with the rules for common mistakes in them. */
#include "parse/literal.h"
#include "parse/matcher.h"

static Rule kvpair, double_starred_kvpair, primary, factor, inversion, conjunction, lambdef, args;

/* --- from the loosest expression down --- */

static Node *expressions_of(Matcher *m, Rule *rule) {
    RULE;
    Node *first = rule(m);
    if (!first) NO_MATCH;
    if (!T(COMMA)) return first;
    /* first (',' item)+ [','], or first ',' */
    m->mark--;
    size_t mark = m->ctx->stack.count;
    int32_t count = 1;
    if (!vector_push(&m->ctx->stack, (void *)first)) return matcher_memory(m), NULL;
    for (;;) {
        int32_t before = m->mark;
        Node *item = T(COMMA) ? rule(m) : NULL;
        if (!item) {
            m->mark = before;
            break;
        }
        if (!vector_push(&m->ctx->stack, (void *)item)) return matcher_memory(m), NULL;
        count++;
    }
    T(COMMA);
    Node *tuple = m->stop ? NULL : NODE(EXPR_TUPLE, 0);
    if (tuple && (tuple->items = bump_alloc(m->ctx->bump, (size_t)count * sizeof *tuple->items))) {
        memcpy(tuple->items, m->ctx->stack.items + mark, (size_t)count * sizeof *tuple->items);
        tuple->count = count;
    }
    m->ctx->stack.count = mark;
    return tuple;
}

Node *match_expressions(Matcher *m) { return expressions_of(m, match_expression); }

Node *match_star_expressions(Matcher *m) { return expressions_of(m, match_star_expression); }

/* Without the rules for mistakes below it. */
static Node *expression_without_invalid(Matcher *m) {
    RULE;
    Node *a;
    bool invalid = m->invalid;
    m->invalid = false;
    Node *found = NULL;
    ALT((a = match_disjunction(m)) && T(IF) && match_disjunction(m) && T(ELSE) && match_expression(m))
    found = NODE(EXPR_IF_EXP, 0);
    else ALT((a = match_disjunction(m))) found = a; else ALT((a = lambdef(m))) found = a;
    m->invalid = invalid;
    if (!found) NO_MATCH;
    return found;
}

/* CPython compares no more characters than the name has, so that every start of a soft keyword counts as one.
 */
static bool soft_keyword(Matcher *m) {
    static const char *const words[] = {"_", "case", "match"};
    if (!T(NAME)) return false;
    const Token *name = &m->tokens[m->mark - 1];
    size_t length = (size_t)(name->end - name->start);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(words[i], name->start, length) == 0) return true;
    return false;
}

static Node *invalid_expression(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT(NOT((T(NAME) && T(STRING)) || (m->mark = start_, soft_keyword(m))) && (a = match_disjunction(m)) &&
        (b = expression_without_invalid(m))) {
        if (!node_is_legacy(m, a) && m->tokens[m->mark - 1].level != 0)
            return raise_range(m, a, b, "invalid syntax. Perhaps you forgot a comma?");
    }
    ALT((a = match_disjunction(m)) && T(IF) && (b = match_disjunction(m)) && NOT(T(ELSE) || T(COLON)))
    return raise_range(m, a, b, "expected 'else' after 'if' expression");
    NO_MATCH;
}

static Node *invalid_legacy_expression(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT((a = TN(NAME)) && NOT(T(LPAR)) && (b = match_star_expressions(m))) {
        if (!node_is_legacy(m, a)) NO_MATCH;
        const Token *name = &m->tokens[a->first];
        int length = (int)(name->end - name->start);
        return raise_range(m, a, b, "Missing parentheses in call to '%.*s'. Did you mean %.*s(...)?", length,
                           name->start, length, name->start);
    }
    NO_MATCH;
}

static Node *expression_raw(Matcher *m) {
    RULE;
    Node *a;
    if (INVALID && (invalid_expression(m), !m->stop)) m->mark = start_, invalid_legacy_expression(m);
    ALT((a = match_disjunction(m)) && T(IF) && match_disjunction(m) && T(ELSE) && match_expression(m))
    return NODE(EXPR_IF_EXP, 0);
    ALT((a = match_disjunction(m))) return a;
    ALT((a = lambdef(m))) return a;
    NO_MATCH;
}

Node *match_expression(Matcher *m) { return matcher_memo(m, MEMO_EXPRESSION, expression_raw); }

Node *match_yield_expr(Matcher *m) {
    RULE;
    ALT(T(YIELD) && T(FROM) && match_expression(m)) return NODE(EXPR_YIELD_FROM, 0);
    ALT(T(YIELD) && OPT(match_star_expressions(m))) return NODE(EXPR_YIELD, 0);
    NO_MATCH;
}

static Node *star_expression_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(STAR) && (a = match_bitwise_or(m))) return NODE(EXPR_STARRED, 1, a);
    ALT((a = match_expression(m))) return a;
    NO_MATCH;
}

Node *match_star_expression(Matcher *m) { return matcher_memo(m, MEMO_STAR_EXPRESSION, star_expression_raw); }

Node *match_star_named_expression(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(STAR) && (a = match_bitwise_or(m))) return NODE(EXPR_STARRED, 1, a);
    ALT((a = match_named_expression(m))) return a;
    NO_MATCH;
}

Node *match_star_named_expressions(Matcher *m) {
    Node *list = matcher_list(m, match_star_named_expression);
    return list && OPT(T(COMMA)) ? list : NULL;
}

Node *match_assignment_expression(Matcher *m) {
    RULE;
    if (T(NAME) && T(COLON_EQUAL)) { /* committed */
        if (match_expression(m)) return NODE(EXPR_NAMED_EXPR, 0);
    }
    NO_MATCH;
}

/* Whether `NAME :=` stands here, after which no alternative of assignment_expression's caller is tried. */
static Node *invalid_named_expression_raw(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT((a = match_expression(m)) && T(COLON_EQUAL) && match_expression(m))
    return raise_at(m, a, "cannot use assignment expressions with %s", node_description(m, a));
    ALT((a = TN(NAME)) && T(EQUAL) && (b = match_bitwise_or(m)) && NOT(T(EQUAL) || T(COLON_EQUAL)))
    return raise_range(m, a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    ALT(NOT(match_list(m) || match_tuple(m) || match_genexp(m) || T(TRUE) || T(NONE) || T(FALSE)) &&
        (a = match_bitwise_or(m)) && T(EQUAL) && match_bitwise_or(m) && NOT(T(EQUAL) || T(COLON_EQUAL)))
    return raise_at(m, a, "cannot assign to %s here. Maybe you meant '==' instead of '='?",
                    node_description(m, a));
    NO_MATCH;
}

Node *match_named_expression(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_assignment_expression(m))) return a;
    m->mark = start_;
    if (INVALID) matcher_memo(m, MEMO_INVALID_NAMED_EXPRESSION, invalid_named_expression_raw);
    ALT((a = match_expression(m)) && NOT(T(COLON_EQUAL))) return a;
    NO_MATCH;
}

/* --- boolean operators and comparisons --- */

/* operand (OP operand)*, as a node when there is an operator. */
static Node *bool_chain(Matcher *m, TokenKind op, Rule *operand) {
    RULE;
    Node *first = operand(m);
    if (!first) NO_MATCH;
    bool chain = false;
    for (int32_t before; before = m->mark, matcher_token(m, op); chain = true) {
        if (operand(m)) continue;
        m->mark = before;
        break;
    }
    if (m->stop) return NULL;
    return chain ? NODE(EXPR_BOOL_OP, 0) : first;
}

static Node *disjunction_raw(Matcher *m) { return bool_chain(m, TOKEN_OR, conjunction); }

Node *match_disjunction(Matcher *m) { return matcher_memo(m, MEMO_DISJUNCTION, disjunction_raw); }

static Node *conjunction_raw(Matcher *m) { return bool_chain(m, TOKEN_AND, inversion); }

static Node *conjunction(Matcher *m) { return matcher_memo(m, MEMO_CONJUNCTION, conjunction_raw); }

static bool not_equal(Matcher *m) {
    if (!T(NOT_EQUAL)) return false;
    bool barry = m->tokens[m->mark - 1].start[0] == '<';
    bool flufl = m->ctx->flags & PARSE_BARRY_AS_BDFL;
    if (flufl && !barry) RAISE("with Barry as BDFL, use '<>' instead of '!='");
    return barry == flufl && !m->stop;
}

/* One operator and its operand. *is_in: the operator is `in`. */
static bool comparison_pair(Matcher *m, bool *is_in) {
    RULE;
    *is_in = false;
    ALT(T(EQ_EQUAL) && match_bitwise_or(m)) return true;
    ALT(not_equal(m) && match_bitwise_or(m)) return true;
    ALT(T(LESS_EQUAL) && match_bitwise_or(m)) return true;
    ALT(T(LESS) && match_bitwise_or(m)) return true;
    ALT(T(GREATER_EQUAL) && match_bitwise_or(m)) return true;
    ALT(T(GREATER) && match_bitwise_or(m)) return true;
    ALT(T(NOT) && T(IN) && match_bitwise_or(m)) return true;
    ALT(T(IN) && match_bitwise_or(m)) return *is_in = true;
    ALT(T(IS) && T(NOT) && match_bitwise_or(m)) return true;
    ALT(T(IS) && match_bitwise_or(m)) return true;
    m->mark = start_;
    return false;
}

static Node *comparison(Matcher *m) {
    RULE;
    Node *left = match_bitwise_or(m);
    if (!left) NO_MATCH;
    bool is_in, first_is_in = false, chain = false;
    while (comparison_pair(m, &is_in)) {
        if (!chain) first_is_in = is_in;
        chain = true;
    }
    if (m->stop || !chain) return m->stop ? NULL : left;
    Node *node = NODE(EXPR_COMPARE, 1, left);
    if (node) node->flag = first_is_in;
    return node;
}

static Node *inversion_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(NOT) && inversion(m)) return NODE(EXPR_UNARY_OP, 0);
    ALT((a = comparison(m))) return a;
    NO_MATCH;
}

static Node *inversion(Matcher *m) { return matcher_memo(m, MEMO_INVERSION, inversion_raw); }

/* --- binary operators --- */

enum { BINARY_LEVELS = 6, BINARY_MOST = 5 };

static const uint8_t binary_tokens[BINARY_LEVELS][BINARY_MOST] = {
    {TOKEN_VBAR},
    {TOKEN_CIRCUMFLEX},
    {TOKEN_AMPER},
    {TOKEN_LEFT_SHIFT, TOKEN_RIGHT_SHIFT},
    {TOKEN_PLUS, TOKEN_MINUS},
    {TOKEN_STAR, TOKEN_SLASH, TOKEN_DOUBLE_SLASH, TOKEN_PERCENT, TOKEN_AT},
};

static bool binary_operator(Matcher *m, int level) {
    for (int i = 0; i < BINARY_MOST && binary_tokens[level][i]; i++)
        if (matcher_token(m, binary_tokens[level][i])) return true;
    return false;
}

static Node *binary(Matcher *m, int level) {
    if (level == BINARY_LEVELS) return factor(m);
    Node *left;
    MemoRule memo = (MemoRule)(MEMO_BITWISE + level);
    if (matcher_recall(m, memo, &left)) return left;
    RULE;
    left = binary(m, level + 1);
    if (!left) {
        m->mark = start_;
        return matcher_store(m, memo, start_, NULL);
    }
    for (int32_t before; before = m->mark, !m->stop && binary_operator(m, level);) {
        if (!binary(m, level + 1)) {
            m->mark = before;
            break;
        }
        left = NODE(EXPR_BIN_OP, 0);
    }
    return m->stop ? NULL : matcher_store(m, memo, start_, left);
}

Node *match_bitwise_or(Matcher *m) { return m->stop ? NULL : binary(m, 0); }

static Node *await_primary_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(AWAIT) && primary(m)) return NODE(EXPR_AWAIT, 0);
    ALT((a = primary(m))) return a;
    NO_MATCH;
}

static Node *await_primary(Matcher *m) { return matcher_memo(m, MEMO_AWAIT_PRIMARY, await_primary_raw); }

static Node *factor_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(PLUS) && factor(m)) return NODE(EXPR_UNARY_OP, 0);
    ALT(T(MINUS) && factor(m)) return NODE(EXPR_UNARY_OP, 0);
    ALT(T(TILDE) && factor(m)) return NODE(EXPR_UNARY_OP, 0);
    ALT((a = await_primary(m)) && T(DOUBLE_STAR) && factor(m)) return NODE(EXPR_BIN_OP, 0);
    ALT((a = await_primary(m))) return a;
    NO_MATCH;
}

static Node *factor(Matcher *m) { return matcher_memo(m, MEMO_FACTOR, factor_raw); }

/* --- primaries --- */

static Node *trailer(Matcher *m, int32_t start_) {
    int32_t before = m->mark;
    if (T(DOT) && T(NAME)) return NODE(EXPR_ATTRIBUTE, 0);
    m->mark = before;
    if (match_genexp(m)) return NODE(EXPR_CALL, 0);
    m->mark = before;
    if (T(LPAR) && OPT(match_arguments(m)) && T(RPAR)) return NODE(EXPR_CALL, 0);
    m->mark = before;
    if (T(LSQB) && match_slices(m) && T(RSQB)) return NODE(EXPR_SUBSCRIPT, 0);
    m->mark = before;
    return NULL;
}

static Node *primary_raw(Matcher *m) {
    RULE;
    Node *left = match_atom(m);
    if (!left) NO_MATCH;
    for (Node *more; !m->stop && (more = trailer(m, start_));) left = more;
    return m->stop ? NULL : left;
}

static Node *primary(Matcher *m) { return matcher_memo(m, MEMO_PRIMARY, primary_raw); }

static Node *slice(Matcher *m) {
    RULE;
    Node *a;
    ALT(OPT(match_expression(m)) && T(COLON) && OPT(match_expression(m)) &&
        OPT(T(COLON) && OPT(match_expression(m))))
    return NODE(EXPR_SLICE, 0);
    ALT((a = match_named_expression(m))) return a;
    NO_MATCH;
}

static Node *slice_or_starred(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = slice(m))) return a;
    ALT((a = match_starred_expression(m))) return a;
    NO_MATCH;
}

Node *match_slices(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = slice(m)) && NOT(T(COMMA))) return a;
    ALT(matcher_list(m, slice_or_starred) && OPT(T(COMMA))) return NODE(EXPR_TUPLE, 0);
    NO_MATCH;
}

/* --- atoms --- */

/* The literals are built for good: what is wrong with them is an error at once. */
static Node *strings_raw(Matcher *m) {
    RULE;
    while (T(STRING)) {}
    if (m->stop || m->mark == start_) NO_MATCH;
    LiteralError error;
    int depth = m->ctx->depth;
    AstExpr *made = literal_strings(m->strings, m->tokens + start_, (uint32_t)(m->mark - start_), &error);
    m->ctx->depth = depth;
    if (made) return NODE(made->kind == EXPR_JOINED_STR ? EXPR_JOINED_STR : EXPR_CONSTANT, 0);
    if (error.status == LITERAL_ERROR) {
        RAISE("%s", error.message);
    } else if (error.status == LITERAL_BAD_FIELD) {
        matcher_bad_field(m, &error);
    } else {
        matcher_memory(m);
    }
    return NULL;
}

Node *match_strings(Matcher *m) { return matcher_memo(m, MEMO_STRINGS, strings_raw); }

/* Only an integer too long is no good. */
static Node *number(Matcher *m) {
    Node *node = TN(NUMBER);
    if (!node) return NULL;
    const Token *token = &m->tokens[node->first];
    AstConstant value;
    LiteralError error;
    node->kind = EXPR_CONSTANT;
    LiteralStatus status =
        literal_number(m->ctx, token->start, (size_t)(token->end - token->start), &value, &error);
    if (status == LITERAL_OK) return node;
    if (status == LITERAL_TOO_LONG)
        return raise_bytes(m, SYNTAX_ERROR, token->lineno, -1, token->end_lineno, -1, error.message);
    matcher_memory(m);
    return NULL;
}

static Node *constant(Matcher *m, TokenKind kind) {
    Node *node = matcher_token_node(m, kind);
    if (node) node->kind = EXPR_CONSTANT;
    return node;
}

static Node *invalid_group(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(LPAR) && (a = match_starred_expression(m)) && T(RPAR))
    return raise_at(m, a, "cannot use starred expression here");
    ALT(T(LPAR) && (a = TN(DOUBLE_STAR)) && match_expression(m) && T(RPAR))
    return raise_at(m, a, "cannot use double starred expression here");
    NO_MATCH;
}

Node *match_group(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(LPAR) && ((a = match_yield_expr(m)) || (a = match_named_expression(m))) && T(RPAR)) {
        /* The parentheses belong to no node. */
        return a;
    }
    m->mark = start_;
    if (INVALID) invalid_group(m);
    NO_MATCH;
}

Node *match_tuple(Matcher *m) {
    RULE;
    Node *first, *rest = NULL;
    int32_t inside;
    ALT(T(LPAR)) {
        inside = m->mark;
        if ((first = match_star_named_expression(m)) && T(COMMA)) {
            int32_t before = m->mark;
            rest = match_star_named_expressions(m);
            if (!rest) m->mark = before;
        } else {
            first = NULL;
            m->mark = inside;
        }
        if (m->stop || !T(RPAR)) NO_MATCH;
        Node *node = NODE(EXPR_TUPLE, 0);
        int32_t count = (first != NULL) + (rest ? rest->count : 0);
        if (!node || !count) return node;
        node->items = bump_alloc(m->ctx->bump, (size_t)count * sizeof *node->items);
        if (!node->items) return matcher_memory(m), NULL;
        node->items[0] = first;
        if (rest) memcpy(node->items + 1, rest->items, (size_t)rest->count * sizeof *rest->items);
        node->count = count;
        return node;
    }
    NO_MATCH;
}

Node *match_list(Matcher *m) {
    RULE;
    Node *a = NULL;
    ALT(T(LSQB) && OPT(a = match_star_named_expressions(m)) && T(RSQB)) {
        Node *node = NODE(EXPR_LIST, 0);
        if (node && a) node->items = a->items, node->count = a->count;
        return node;
    }
    NO_MATCH;
}

static Node *set(Matcher *m) {
    RULE;
    ALT(T(LBRACE) && match_star_named_expressions(m) && T(RBRACE)) return NODE(EXPR_SET, 0);
    NO_MATCH;
}

/* --- dicts --- */

static Node *kvpair(Matcher *m) {
    RULE;
    ALT(match_expression(m) && T(COLON) && match_expression(m)) return FOUND;
    NO_MATCH;
}

static Node *double_starred_kvpair(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(DOUBLE_STAR) && match_bitwise_or(m)) return FOUND;
    ALT((a = kvpair(m))) return a;
    NO_MATCH;
}

/* key ':' with a mistake behind the colon. */
static Node *invalid_dict_value(Matcher *m, int32_t start_) {
    Node *a;
    ALT(match_expression(m) && T(COLON) && (a = TN(STAR)) && match_bitwise_or(m))
    return raise_from(m, a, "cannot use a starred expression in a dictionary value");
    ALT(match_expression(m) && (a = TN(COLON)) && FOLLOWS(T(RBRACE) || T(COMMA)))
    return raise_at(m, a, "expression expected after dictionary key and ':'");
    NO_MATCH;
}

static Node *invalid_kvpair(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_expression(m)) && NOT(T(COLON))) {
        const Token *first = &m->tokens[a->first], *last = &m->tokens[a->last];
        return raise_bytes(m, SYNTAX_ERROR, first->lineno, last->end_col - 1, last->end_lineno, -1,
                           "':' expected after dictionary key");
    }
    return invalid_dict_value(m, start_);
}

static Node *invalid_double_starred_kvpairs(Matcher *m) {
    RULE;
    Node *a;
    ALT(matcher_list(m, double_starred_kvpair) && T(COMMA) && (a = invalid_kvpair(m))) return a;
    return invalid_dict_value(m, start_);
}

static Node *dict(Matcher *m) {
    RULE;
    ALT(T(LBRACE) && OPT(matcher_list(m, double_starred_kvpair) && OPT(T(COMMA))) && T(RBRACE))
    return NODE(EXPR_DICT, 0);
    /* Unlike the other rules for mistakes CPython tries this one in the first pass too. */
    ALT(T(LBRACE) && invalid_double_starred_kvpairs(m)) {}
    NO_MATCH;
}

/* --- comprehensions --- */

static Node *if_clause(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(IF) && (a = match_disjunction(m))) return a;
    NO_MATCH;
}

static Node *invalid_for_target(Matcher *m) {
    RULE;
    Node *a;
    ALT(OPT(T(ASYNC)) && T(FOR) && (a = match_star_expressions(m))) raise_invalid_target(m, TARGETS_FOR, a);
    NO_MATCH;
}

/* The node's one item is the clause's last expression. */
static Node *for_if_clause(Matcher *m) {
    RULE;
    Node *iter, *ifs;
    for (int is_async = 1; is_async >= 0; is_async--) {
        ALT((!is_async || T(ASYNC)) && T(FOR) && match_star_targets(m) && T(IN)) { /* committed */
            if (!(iter = match_disjunction(m)) || !(ifs = matcher_any(m, if_clause))) NO_MATCH;
            return NODE(NODE_OTHER, 1, ifs->count ? ifs->items[ifs->count - 1] : iter);
        }
    }
    m->mark = start_;
    if (INVALID) invalid_for_target(m);
    NO_MATCH;
}

Node *match_for_if_clauses(Matcher *m) { return matcher_some(m, for_if_clause); }

/* The last expression of clauses. */
static Node *last_of(const Node *clauses) { return clauses->items[clauses->count - 1]->items[0]; }

static Node *invalid_comprehension(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT((T(LSQB) || T(LPAR) || T(LBRACE)) && (a = match_starred_expression(m)) && match_for_if_clauses(m))
    return raise_at(m, a, "iterable unpacking cannot be used in comprehension");
    ALT((T(LSQB) || T(LBRACE)) && (a = match_star_named_expression(m)) && T(COMMA) &&
        (b = match_star_named_expressions(m)) && match_for_if_clauses(m))
    return raise_range(m, a, b->items[b->count - 1],
                       "did you forget parentheses around the comprehension target?");
    ALT((T(LSQB) || T(LBRACE)) && (a = match_star_named_expression(m)) && (b = TN(COMMA)) &&
        match_for_if_clauses(m))
    return raise_range(m, a, b, "did you forget parentheses around the comprehension target?");
    NO_MATCH;
}

static Node *comprehension(Matcher *m, TokenKind open, TokenKind close, AstKind made) {
    RULE;
    ALT(matcher_token(m, open) && match_named_expression(m) && match_for_if_clauses(m) &&
        matcher_token(m, close))
    return NODE(made, 0);
    m->mark = start_;
    if (INVALID) invalid_comprehension(m);
    NO_MATCH;
}

/* x := y, or an expression that no `:=` follows. */
static Node *element(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_assignment_expression(m))) return a;
    ALT((a = match_expression(m)) && NOT(T(COLON_EQUAL))) return a;
    NO_MATCH;
}

Node *match_genexp(Matcher *m) {
    RULE;
    ALT(T(LPAR) && element(m) && match_for_if_clauses(m) && T(RPAR)) return NODE(EXPR_GENERATOR_EXP, 0);
    m->mark = start_;
    if (INVALID) invalid_comprehension(m);
    NO_MATCH;
}

static Node *dictcomp(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(LBRACE) && kvpair(m) && match_for_if_clauses(m) && T(RBRACE)) return NODE(EXPR_DICT_COMP, 0);
    if (m->invalid)
        ALT(T(LBRACE) && (a = TN(DOUBLE_STAR)) && match_bitwise_or(m) && match_for_if_clauses(m) && T(RBRACE))
    return raise_at(m, a, "dict unpacking cannot be used in dict comprehension");
    NO_MATCH;
}

Node *match_atom(Matcher *m) {
    RULE;
    Node *a;
    if (m->stop) return NULL;
    switch (matcher_peek(m)) {
    case TOKEN_NAME: return TN(NAME);
    case TOKEN_TRUE:
    case TOKEN_FALSE:
    case TOKEN_NONE:
    case TOKEN_ELLIPSIS: return constant(m, matcher_peek(m));
    case TOKEN_STRING: return match_strings(m);
    case TOKEN_NUMBER: return number(m);
    case TOKEN_LPAR:
        ALT((a = match_tuple(m))) return a;
        ALT((a = match_group(m))) return a;
        ALT((a = match_genexp(m))) return a;
        break;
    case TOKEN_LSQB:
        ALT((a = match_list(m))) return a;
        ALT((a = comprehension(m, TOKEN_LSQB, TOKEN_RSQB, EXPR_LIST_COMP))) return a;
        break;
    case TOKEN_LBRACE:
        ALT((a = dict(m))) return a;
        ALT((a = set(m))) return a;
        ALT((a = dictcomp(m))) return a;
        ALT((a = comprehension(m, TOKEN_LBRACE, TOKEN_RBRACE, EXPR_SET_COMP))) return a;
        break;
    default: break;
    }
    NO_MATCH;
}

static Node *lambdef(Matcher *m) {
    RULE;
    ALT(T(LAMBDA) && OPT(match_lambda_params(m)) && T(COLON) && match_expression(m))
    return NODE(EXPR_LAMBDA, 0);
    NO_MATCH;
}

/* --- arguments --- */

Node *match_starred_expression(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(STAR) && (a = match_expression(m))) return NODE(EXPR_STARRED, 1, a);
    NO_MATCH;
}

static Node *invalid_kwarg(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT((a = TN(TRUE)) || (a = TN(FALSE)) || (a = TN(NONE))) {
        if ((b = TN(EQUAL)))
            return raise_range(m, a, b, "cannot assign to %s",
                               token_text((TokenKind)m->tokens[a->first].kind));
    }
    ALT((a = TN(NAME)) && (b = TN(EQUAL)) && match_expression(m) && match_for_if_clauses(m))
    return raise_range(m, a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    ALT(NOT(T(NAME) && T(EQUAL)) && (a = match_expression(m)) && (b = TN(EQUAL)))
    return raise_range(m, a, b, "expression cannot contain assignment, perhaps you meant \"==\"?");
    NO_MATCH;
}

/* flag: a positional argument; else a keyword. */
static Node *kwarg_or_starred(Matcher *m) {
    RULE;
    Node *a;
    if (INVALID) invalid_kwarg(m);
    ALT(T(NAME) && T(EQUAL) && match_expression(m)) return FOUND;
    ALT((a = match_starred_expression(m))) return a;
    NO_MATCH;
}

/* flag: **x. */
static Node *kwarg_or_double_starred(Matcher *m) {
    RULE;
    if (INVALID) invalid_kwarg(m);
    ALT(T(NAME) && T(EQUAL) && match_expression(m)) return FOUND;
    ALT(T(DOUBLE_STAR) && match_expression(m)) {
        Node *node = FOUND;
        if (node) node->flag = true;
        return node;
    }
    NO_MATCH;
}

/* flag: it has **x. */
static Node *kwargs(Matcher *m) {
    RULE;
    Node *a;
    bool unpacked = false;
    Node *found = NULL;
    ALT(matcher_list(m, kwarg_or_starred) && T(COMMA) && (a = matcher_list(m, kwarg_or_double_starred)))
    found = a;
    else ALT((a = matcher_list(m, kwarg_or_starred))) found = FOUND;
    else ALT((a = matcher_list(m, kwarg_or_double_starred))) found = a;
    if (!found) NO_MATCH;
    for (int32_t i = 0; i < found->count; i++) unpacked |= found->items[i]->flag;
    Node *node = FOUND;
    if (node) node->flag = unpacked;
    return node;
}

static Node *positional(Matcher *m) {
    RULE;
    Node *a;
    ALT(((a = match_starred_expression(m)) || (m->mark = start_, a = element(m))) && NOT(T(EQUAL))) return a;
    NO_MATCH;
}

static Node *args(Matcher *m) {
    RULE;
    Node *a, *b = NULL;
    ALT((a = matcher_list(m, positional)) && OPT(T(COMMA) && (b = kwargs(m)))) {
        Node *node = NODE(NODE_ARGUMENTS, 0);
        if (!node) return NULL;
        node->items = a->items;
        node->count = a->count;
        node->flag = b && b->flag;
        return node;
    }
    ALT((a = kwargs(m))) {
        a->kind = NODE_ARGUMENTS;
        return a;
    }
    NO_MATCH;
}

/* f(a, x for x in y): unless it is the only argument. */
static Node *raise_bare_genexp(Matcher *m, const Node *arguments, const Node *clauses) {
    if (arguments->count <= 1) return NULL;
    return raise_range(m, arguments->items[arguments->count - 1], last_of(clauses),
                       "Generator expression must be parenthesized");
}

static Node *invalid_arguments(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT((a = args(m)) && T(COMMA) && T(STAR))
    return raise_at(m, a, "iterable argument unpacking follows keyword argument unpacking");
    ALT((a = match_expression(m)) && (b = match_for_if_clauses(m)) && T(COMMA) &&
        OPT(args(m) || (match_expression(m) && match_for_if_clauses(m))))
    return raise_range(m, a, last_of(b), "Generator expression must be parenthesized");
    ALT((a = TN(NAME)) && (b = TN(EQUAL)) && match_expression(m) && match_for_if_clauses(m))
    return raise_range(m, a, b, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    ALT((a = args(m)) && (b = match_for_if_clauses(m))) raise_bare_genexp(m, a, b);
    ALT(args(m) && T(COMMA) && (a = match_expression(m)) && (b = match_for_if_clauses(m)))
    return raise_range(m, a, last_of(b), "Generator expression must be parenthesized");
    ALT((a = args(m)) && T(COMMA) && args(m))
    return RAISE(a->flag ? "positional argument follows keyword argument unpacking"
                         : "positional argument follows keyword argument");
    NO_MATCH;
}

static Node *arguments_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = args(m)) && OPT(T(COMMA)) && FOLLOWS(T(RPAR))) return a;
    m->mark = start_;
    if (INVALID) invalid_arguments(m);
    NO_MATCH;
}

Node *match_arguments(Matcher *m) { return matcher_memo(m, MEMO_ARGUMENTS, arguments_raw); }
