/* The grammar's statements, for matching (see matcher.h), with the rules for common mistakes in them. */
#include "parse/matcher.h"

static Rule statement, import_stmt, function_def, class_def, if_stmt, for_stmt, with_stmt, try_stmt,
    while_stmt, except_block, except_star_block;

/* --- assignments --- */

static Node *annotated_rhs(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_yield_expr(m))) return a;
    ALT((a = match_star_expressions(m))) return a;
    NO_MATCH;
}

static Node *augassign(Matcher *m) {
    if (m->stop) return NULL;
    TokenKind kind = matcher_peek(m);
    return kind >= TOKEN_FIRST_AUGMENTED && kind <= TOKEN_LAST_AUGMENTED ? matcher_token_node(m, kind) : NULL;
}

static Node *assigned_target(Matcher *m) {
    RULE;
    ALT(match_star_targets(m) && T(EQUAL)) return FOUND;
    NO_MATCH;
}

static Node *invalid_ann_assign_target(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_list(m))) return a;
    ALT((a = match_tuple(m))) return a;
    ALT(T(LPAR) && matcher_enter(m)) {
        a = matcher_leave(m, invalid_ann_assign_target(m));
        if (a && T(RPAR)) return a;
    }
    NO_MATCH;
}

static Node *invalid_assignment(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = invalid_ann_assign_target(m)) && T(COLON) && match_expression(m))
    return raise_at(m, a, "only single target (not %s) can be annotated", node_description(m, a));
    ALT((a = match_star_named_expression(m)) && T(COMMA) && matcher_any(m, match_star_named_expressions) &&
        T(COLON) && match_expression(m))
    return raise_at(m, a, "only single target (not tuple) can be annotated");
    ALT((a = match_expression(m)) && T(COLON) && match_expression(m))
    return raise_at(m, a, "illegal target for annotation");
    ALT(matcher_any(m, assigned_target) && (a = match_star_expressions(m)) && T(EQUAL)) {
        if (raise_invalid_target(m, TARGETS_STAR, a) || m->stop) NO_MATCH;
        NO_MATCH;
    }
    ALT(matcher_any(m, assigned_target) && (a = match_yield_expr(m)) && T(EQUAL))
    return raise_at(m, a, "assignment to yield expression not possible");
    ALT((a = match_star_expressions(m)) && augassign(m) && annotated_rhs(m))
    return raise_at(m, a, "'%s' is an illegal expression for augmented assignment", node_description(m, a));
    NO_MATCH;
}

static bool annotation_target(Matcher *m) {
    RULE;
    ALT(T(LPAR) && match_single_target(m) && T(RPAR)) return true;
    ALT(match_single_subscript_attribute_target(m)) return true;
    return false;
}

static bool type_comment(Matcher *m) { return OPT(T(TYPE_COMMENT)); }

static Node *assignment(Matcher *m) {
    RULE;
    ALT(T(NAME) && T(COLON) && match_expression(m) && OPT(T(EQUAL) && annotated_rhs(m))) return FOUND;
    ALT(annotation_target(m) && T(COLON) && match_expression(m) && OPT(T(EQUAL) && annotated_rhs(m)))
    return FOUND;
    ALT(matcher_some(m, assigned_target) && annotated_rhs(m) && NOT(T(EQUAL)) && type_comment(m))
    return FOUND;
    ALT(match_single_target(m) && augassign(m)) { /* committed */
        if (annotated_rhs(m)) return FOUND;
        NO_MATCH;
    }
    m->mark = start_;
    if (INVALID) invalid_assignment(m);
    NO_MATCH;
}

/* --- imports --- */

static bool dotted_name(Matcher *m) {
    if (!T(NAME)) return false;
    for (int32_t before; before = m->mark, T(DOT);) {
        if (T(NAME)) continue;
        m->mark = before;
        break;
    }
    return !m->stop;
}

static Node *dotted_as_name(Matcher *m) {
    RULE;
    ALT(dotted_name(m) && OPT(T(AS) && T(NAME))) return FOUND;
    NO_MATCH;
}

static Node *import_as_name(Matcher *m) {
    RULE;
    ALT(T(NAME) && OPT(T(AS) && T(NAME))) return FOUND;
    NO_MATCH;
}

static bool import_from_targets(Matcher *m) {
    RULE;
    ALT(T(LPAR) && matcher_list(m, import_as_name) && OPT(T(COMMA)) && T(RPAR)) return true;
    ALT(matcher_list(m, import_as_name) && NOT(T(COMMA))) return true;
    ALT(T(STAR)) return true;
    if (m->invalid) ALT(matcher_list(m, import_as_name) && T(COMMA) && T(NEWLINE))
    RAISE("trailing comma not allowed without surrounding parentheses");
    return false;
}

static bool dots(Matcher *m) {
    bool found = false;
    while (T(DOT) || T(ELLIPSIS)) found = true;
    return found;
}

static Node *import_stmt(Matcher *m) {
    RULE;
    ALT(T(IMPORT) && matcher_list(m, dotted_as_name)) return FOUND;
    ALT(T(FROM) && OPT(dots(m)) && dotted_name(m) && T(IMPORT) && import_from_targets(m)) return FOUND;
    ALT(T(FROM) && dots(m) && T(IMPORT) && import_from_targets(m)) return FOUND;
    NO_MATCH;
}

/* --- other simple statements --- */

static Node *del_stmt(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(DEL) && match_del_targets(m) && FOLLOWS(T(SEMI) || T(NEWLINE))) return FOUND;
    if (m->invalid) ALT(T(DEL) && (a = match_star_expressions(m))) raise_invalid_target(m, TARGETS_DEL, a);
    NO_MATCH;
}

static Node *name(Matcher *m) { return TN(NAME); }

static Node *keyword_stmt(Matcher *m) {
    RULE;
    switch (matcher_peek(m)) {
    case TOKEN_RETURN: ALT(T(RETURN) && OPT(match_star_expressions(m))) return FOUND; break;
    case TOKEN_IMPORT:
    case TOKEN_FROM: return import_stmt(m);
    case TOKEN_RAISE:
        ALT(T(RAISE) && match_expression(m) && OPT(T(FROM) && match_expression(m))) return FOUND;
        ALT(T(RAISE)) return FOUND;
        break;
    case TOKEN_PASS: return TN(PASS);
    case TOKEN_DEL: return del_stmt(m);
    case TOKEN_YIELD: return match_yield_expr(m);
    case TOKEN_ASSERT:
        ALT(T(ASSERT) && match_expression(m) && OPT(T(COMMA) && match_expression(m))) return FOUND;
        break;
    case TOKEN_BREAK: return TN(BREAK);
    case TOKEN_CONTINUE: return TN(CONTINUE);
    case TOKEN_GLOBAL: ALT(T(GLOBAL) && matcher_list(m, name)) return FOUND; break;
    case TOKEN_NONLOCAL: ALT(T(NONLOCAL) && matcher_list(m, name)) return FOUND; break;
    default: break;
    }
    NO_MATCH;
}

static Node *type_alias(Matcher *m) {
    RULE;
    ALT(SOFT("type") && T(NAME) && OPT(match_type_params(m)) && T(EQUAL) && match_expression(m)) return FOUND;
    NO_MATCH;
}

static Node *simple_stmt_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = assignment(m))) return a;
    ALT((a = type_alias(m))) return a;
    ALT((a = match_star_expressions(m))) return a;
    ALT((a = keyword_stmt(m))) return a;
    NO_MATCH;
}

Node *match_simple_stmt(Matcher *m) { return matcher_memo(m, MEMO_SIMPLE_STMT, simple_stmt_raw); }

static Node *simple_stmts(Matcher *m) {
    RULE;
    ALT(match_simple_stmt(m) && NOT(T(SEMI)) && T(NEWLINE)) return FOUND;
    m->mark = start_;
    if (!match_simple_stmt(m)) NO_MATCH;
    for (int32_t before; before = m->mark, T(SEMI);) {
        if (match_simple_stmt(m)) continue;
        m->mark = before;
        break;
    }
    if (OPT(T(SEMI)) && T(NEWLINE)) return FOUND;
    NO_MATCH;
}

/* --- blocks --- */

Node *match_statements(Matcher *m) { return matcher_some(m, statement); }

static Node *block_raw(Matcher *m) {
    RULE;
    ALT(T(NEWLINE) && T(INDENT) && match_statements(m) && T(DEDENT)) return FOUND;
    ALT(simple_stmts(m)) return FOUND;
    if (m->invalid) ALT(T(NEWLINE) && NOT(T(INDENT))) return RAISE_INDENTATION("expected an indented block");
    NO_MATCH;
}

Node *match_block(Matcher *m) { return matcher_memo(m, MEMO_BLOCK, block_raw); }

/* ':' which must stand here: `&&':'`. */
static bool forced(Matcher *m, TokenKind kind) {
    if (matcher_token(m, kind)) return true;
    if (!m->stop) {
        int32_t start = m->mark;
        m->mark++;
        Node *here = matcher_node(m, NODE_TOKEN, start, 0);
        m->mark = start;
        if (here) raise_at(m, here, "expected '%s'", token_text(kind));
    }
    return false;
}

/* ':' NEWLINE without INDENT: an error that names the statement which token `keyword` begins. */
static bool no_block(Matcher *m, const Node *keyword, const char *what) {
    if (!T(COLON) || !T(NEWLINE) || !NOT(T(INDENT))) return false;
    RAISE_INDENTATION("expected an indented block after %s on line %d", what,
                      m->tokens[keyword->first].lineno);
    return true;
}

/* A statement's head without its ':': the rule `head NEWLINE`. */
static bool no_colon(Matcher *m) {
    if (!T(NEWLINE)) return false;
    RAISE("expected ':'");
    return true;
}

static Node *else_block(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid) ALT((a = TN(ELSE)) && no_block(m, a, "'else' statement")) return NULL;
    ALT(T(ELSE) && forced(m, TOKEN_COLON) && match_block(m)) return FOUND;
    NO_MATCH;
}

/* --- if, while, for --- */

/* if and elif. */
static Node *if_chain(Matcher *m, TokenKind keyword, const char *what) {
    RULE;
    Node *a;
    if (m->invalid) {
        ALT(matcher_token(m, keyword) && match_named_expression(m) && no_colon(m)) return NULL;
        ALT((a = matcher_token_node(m, keyword)) && match_named_expression(m) && no_block(m, a, what))
        return NULL;
    }
    ALT(matcher_token(m, keyword) && match_named_expression(m) && T(COLON) && match_block(m) &&
        matcher_enter(m)) {
        if (matcher_leave(m, if_chain(m, TOKEN_ELIF, "'elif' statement"))) return FOUND;
    }
    ALT(matcher_token(m, keyword) && match_named_expression(m) && T(COLON) && match_block(m) &&
        OPT(else_block(m)))
    return FOUND;
    NO_MATCH;
}

static Node *if_stmt(Matcher *m) { return if_chain(m, TOKEN_IF, "'if' statement"); }

static Node *while_stmt(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid) {
        ALT(T(WHILE) && match_named_expression(m) && no_colon(m)) return NULL;
        ALT((a = TN(WHILE)) && match_named_expression(m) && no_block(m, a, "'while' statement")) return NULL;
    }
    ALT(T(WHILE) && match_named_expression(m) && T(COLON) && match_block(m) && OPT(else_block(m)))
    return FOUND;
    NO_MATCH;
}

static Node *for_stmt(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid) {
        ALT(OPT(T(ASYNC)) && T(FOR) && match_star_targets(m) && T(IN) && match_star_expressions(m) &&
            no_colon(m))
        return NULL;
        ALT(OPT(T(ASYNC)) && (a = TN(FOR)) && match_star_targets(m) && T(IN) && match_star_expressions(m) &&
            no_block(m, a, "'for' statement"))
        return NULL;
    }
    for (int is_async = 0; is_async < 2; is_async++) {
        ALT((!is_async || T(ASYNC)) && T(FOR) && match_star_targets(m) && T(IN)) { /* committed */
            if (match_star_expressions(m) && T(COLON) && type_comment(m) && match_block(m) &&
                OPT(else_block(m)))
                return FOUND;
            NO_MATCH;
        }
    }
    if (m->invalid) ALT(OPT(T(ASYNC)) && T(FOR) && (a = match_star_expressions(m)))
    raise_invalid_target(m, TARGETS_FOR, a);
    NO_MATCH;
}

/* --- with --- */

static bool with_item_end(Matcher *m) { return T(COMMA) || T(RPAR) || T(COLON); }

static Node *with_item(Matcher *m) {
    RULE;
    Node *a;
    ALT(match_expression(m) && T(AS) && match_star_target(m) && FOLLOWS(with_item_end(m))) return FOUND;
    if (m->invalid)
        ALT(match_expression(m) && T(AS) && (a = match_expression(m)) && FOLLOWS(with_item_end(m))) {
            raise_invalid_target(m, TARGETS_STAR, a);
            NO_MATCH;
        }
    ALT(match_expression(m)) return FOUND;
    NO_MATCH;
}

static Node *loose_item(Matcher *m) {
    RULE;
    ALT(match_expression(m) && OPT(T(AS) && match_star_target(m))) return FOUND;
    NO_MATCH;
}

static Node *loose_items_in_parentheses(Matcher *m) {
    RULE;
    ALT(match_expressions(m) && OPT(T(AS) && match_star_target(m))) return FOUND;
    NO_MATCH;
}

static Node *invalid_with_stmt_indent(Matcher *m) {
    RULE;
    Node *a;
    ALT(OPT(T(ASYNC)) && (a = TN(WITH)) && matcher_list(m, loose_item) && no_block(m, a, "'with' statement"))
    return NULL;
    ALT(OPT(T(ASYNC)) && (a = TN(WITH)) && T(LPAR) && matcher_list(m, loose_items_in_parentheses) &&
        OPT(T(COMMA)) && T(RPAR) && no_block(m, a, "'with' statement"))
    return NULL;
    NO_MATCH;
}

static Node *invalid_with_stmt(Matcher *m) {
    RULE;
    ALT(OPT(T(ASYNC)) && T(WITH) && matcher_list(m, loose_item) && no_colon(m)) return NULL;
    ALT(OPT(T(ASYNC)) && T(WITH) && T(LPAR) && matcher_list(m, loose_items_in_parentheses) && OPT(T(COMMA)) &&
        T(RPAR) && no_colon(m))
    return NULL;
    NO_MATCH;
}

static Node *with_stmt(Matcher *m) {
    RULE;
    if (INVALID) invalid_with_stmt_indent(m);
    for (int is_async = 0; is_async < 2; is_async++) {
        ALT((!is_async || T(ASYNC)) && T(WITH) && T(LPAR) && matcher_list(m, with_item) && OPT(T(COMMA)) &&
            T(RPAR) && T(COLON) && match_block(m))
        return FOUND;
        ALT((!is_async || T(ASYNC)) && T(WITH) && matcher_list(m, with_item) && T(COLON) && type_comment(m) &&
            match_block(m))
        return FOUND;
    }
    m->mark = start_;
    if (INVALID) invalid_with_stmt(m);
    NO_MATCH;
}

/* --- try --- */

static bool as_name(Matcher *m) { return OPT(T(AS) && T(NAME)); }

static Node *invalid_except_stmt(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(EXCEPT) && OPT(T(STAR)) && (a = match_expression(m)) && T(COMMA) && match_expressions(m) &&
        as_name(m) && T(COLON))
    return raise_from(m, a, "multiple exception types must be parenthesized");
    ALT(T(EXCEPT) && OPT(T(STAR)) && match_expression(m) && as_name(m) && no_colon(m)) return NULL;
    ALT(T(EXCEPT) && no_colon(m)) return NULL;
    ALT(T(EXCEPT) && T(STAR) && (T(NEWLINE) || T(COLON)))
    return RAISE("expected one or more exception types");
    NO_MATCH;
}

static Node *except_block(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid) {
        ALT((a = TN(EXCEPT)) && match_expression(m) && as_name(m) && no_block(m, a, "'except' statement"))
        return NULL;
        ALT((a = TN(EXCEPT)) && no_block(m, a, "'except' statement")) return NULL;
    }
    ALT(T(EXCEPT) && match_expression(m) && as_name(m) && T(COLON) && match_block(m)) return FOUND;
    ALT(T(EXCEPT) && T(COLON) && match_block(m)) return FOUND;
    m->mark = start_;
    if (INVALID) invalid_except_stmt(m);
    NO_MATCH;
}

static Node *except_star_block(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid)
        ALT((a = TN(EXCEPT)) && T(STAR) && match_expression(m) && as_name(m) &&
            no_block(m, a, "'except*' statement"))
    return NULL;
    ALT(T(EXCEPT) && T(STAR) && match_expression(m) && as_name(m) && T(COLON) && match_block(m)) return FOUND;
    m->mark = start_;
    if (INVALID) invalid_except_stmt(m);
    NO_MATCH;
}

static Node *finally_block(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid) ALT((a = TN(FINALLY)) && no_block(m, a, "'finally' statement")) return NULL;
    ALT(T(FINALLY) && forced(m, TOKEN_COLON) && match_block(m)) return FOUND;
    NO_MATCH;
}

static Node *invalid_try_stmt(Matcher *m) {
    RULE;
    Node *a, *b;
    ALT((a = TN(TRY)) && no_block(m, a, "'try' statement")) return NULL;
    ALT(T(TRY) && T(COLON) && match_block(m) && NOT(T(EXCEPT) || T(FINALLY)))
    return RAISE("expected 'except' or 'finally' block");
    ALT(T(TRY) && T(COLON) && matcher_any(m, match_block) && matcher_some(m, except_block) &&
        (a = TN(EXCEPT)) && (b = TN(STAR)) && match_expression(m) && as_name(m) && T(COLON))
    return raise_range(m, a, b, "cannot have both 'except' and 'except*' on the same 'try'");
    ALT(T(TRY) && T(COLON) && matcher_any(m, match_block) && matcher_some(m, except_star_block) &&
        (a = TN(EXCEPT)) && OPT(match_expression(m) && as_name(m)) && T(COLON))
    return raise_at(m, a, "cannot have both 'except' and 'except*' on the same 'try'");
    NO_MATCH;
}

static Node *try_stmt(Matcher *m) {
    RULE;
    if (INVALID) invalid_try_stmt(m);
    ALT(T(TRY) && forced(m, TOKEN_COLON) && match_block(m) && finally_block(m)) return FOUND;
    ALT(T(TRY) && forced(m, TOKEN_COLON) && match_block(m) && matcher_some(m, except_block) &&
        OPT(else_block(m)) && OPT(finally_block(m)))
    return FOUND;
    ALT(T(TRY) && forced(m, TOKEN_COLON) && match_block(m) && matcher_some(m, except_star_block) &&
        OPT(else_block(m)) && OPT(finally_block(m)))
    return FOUND;
    NO_MATCH;
}

/* --- functions and classes --- */

static Node *decorator(Matcher *m) {
    RULE;
    ALT(T(AT) && match_named_expression(m) && T(NEWLINE)) return FOUND;
    NO_MATCH;
}

static bool returns(Matcher *m) { return OPT(T(ARROW) && match_expression(m)); }

/* A function's type comment, on its line or alone on the next; there is at most one. */
static bool function_type_comment(Matcher *m) {
    if (OPT(T(NEWLINE) && T(TYPE_COMMENT) && FOLLOWS(T(NEWLINE) && T(INDENT))) && m->mark > 0 &&
        m->tokens[m->mark - 1].kind == TOKEN_TYPE_COMMENT)
        return true;
    if (INVALID && FOLLOWS(T(TYPE_COMMENT) && T(NEWLINE) && T(TYPE_COMMENT) && T(NEWLINE) && T(INDENT))) {
        T(TYPE_COMMENT), T(NEWLINE), T(TYPE_COMMENT), T(NEWLINE), T(INDENT);
        RAISE("Cannot have two type comments on def");
        return false;
    }
    return type_comment(m);
}

static Node *function_def_raw(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid)
        ALT(OPT(T(ASYNC)) && (a = TN(DEF)) && T(NAME) && OPT(match_type_params(m)) && T(LPAR) &&
            OPT(match_params(m)) && T(RPAR) && returns(m) && no_block(m, a, "function definition"))
    return NULL;
    for (int is_async = 0; is_async < 2; is_async++)
        ALT((!is_async || T(ASYNC)) && T(DEF) && T(NAME) && OPT(match_type_params(m)) &&
            forced(m, TOKEN_LPAR) && OPT(match_params(m)) && T(RPAR) && returns(m) &&
            forced(m, TOKEN_COLON) && function_type_comment(m) && match_block(m))
    return FOUND;
    NO_MATCH;
}

static Node *function_def(Matcher *m) {
    RULE;
    ALT(matcher_some(m, decorator) && function_def_raw(m)) return FOUND;
    ALT(function_def_raw(m)) return FOUND;
    NO_MATCH;
}

static bool class_head(Matcher *m) {
    return T(NAME) && OPT(match_type_params(m)) && OPT(T(LPAR) && OPT(match_arguments(m)) && T(RPAR));
}

static Node *class_def_raw(Matcher *m) {
    RULE;
    Node *a;
    if (m->invalid) {
        ALT(T(CLASS) && class_head(m) && no_colon(m)) return NULL;
        ALT((a = TN(CLASS)) && class_head(m) && no_block(m, a, "class definition")) return NULL;
    }
    ALT(T(CLASS) && class_head(m) && T(COLON) && match_block(m)) return FOUND;
    NO_MATCH;
}

static Node *class_def(Matcher *m) {
    RULE;
    ALT(matcher_some(m, decorator) && class_def_raw(m)) return FOUND;
    ALT(class_def_raw(m)) return FOUND;
    NO_MATCH;
}

/* --- any statement --- */

static Node *compound_stmt(Matcher *m) {
    RULE;
    if (m->stop) return NULL;
    TokenKind kind = matcher_peek(m);
    bool is_async = kind == TOKEN_ASYNC, at = kind == TOKEN_AT;
    if (kind == TOKEN_DEF || at || is_async) ALT(function_def(m)) return FOUND;
    if (kind == TOKEN_IF) ALT(if_stmt(m)) return FOUND;
    if (kind == TOKEN_CLASS || at) ALT(class_def(m)) return FOUND;
    if (kind == TOKEN_WITH || is_async) ALT(with_stmt(m)) return FOUND;
    if (kind == TOKEN_FOR || is_async) ALT(for_stmt(m)) return FOUND;
    if (kind == TOKEN_TRY) ALT(try_stmt(m)) return FOUND;
    if (kind == TOKEN_WHILE) ALT(while_stmt(m)) return FOUND;
    ALT(match_match_stmt(m)) return FOUND;
    NO_MATCH;
}

static Node *statement(Matcher *m) {
    RULE;
    ALT(compound_stmt(m)) return FOUND;
    ALT(simple_stmts(m)) return FOUND;
    NO_MATCH;
}

/* --- whole sources --- */

Node *match_file(Matcher *m) {
    RULE;
    ALT(OPT(match_statements(m)) && T(END_MARKER)) return FOUND;
    NO_MATCH;
}

Node *match_interactive(Matcher *m) {
    RULE;
    ALT(compound_stmt(m) && T(NEWLINE)) return FOUND;
    ALT(simple_stmts(m)) return FOUND;
    ALT(T(NEWLINE)) return FOUND;
    /* An end marker here is the end of input: no statement. */
    if (!m->stop) matcher_peek(m);
    NO_MATCH;
}

Node *match_eval(Matcher *m) {
    RULE;
    ALT(match_expressions(m)) {
        while (T(NEWLINE)) {}
        if (T(END_MARKER)) return FOUND;
    }
    NO_MATCH;
}

static Node *argument_types(Matcher *m) {
    RULE;
    bool some = matcher_list(m, match_expression);
    int32_t plain = m->mark;
    if (some && !T(COMMA)) return FOUND;
    if (T(STAR) && match_expression(m) && OPT(T(COMMA) && T(DOUBLE_STAR) && match_expression(m)))
        return FOUND;
    if (T(DOUBLE_STAR) && match_expression(m)) return FOUND;
    m->mark = plain;
    if (some && !m->stop) return FOUND;
    NO_MATCH;
}

Node *match_function_type(Matcher *m) {
    RULE;
    ALT(T(LPAR) && OPT(argument_types(m)) && T(RPAR) && T(ARROW) && match_expression(m)) {
        while (T(NEWLINE)) {}
        if (T(END_MARKER)) return FOUND;
    }
    NO_MATCH;
}

Node *match_field(Matcher *m) { return match_star_expressions(m); }
