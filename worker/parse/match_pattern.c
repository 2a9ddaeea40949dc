/* The grammar's match statement and its patterns, for matching (see matcher.h). */
#include "parse/literal.h"
#include "parse/matcher.h"

static Rule pattern, maybe_star_pattern, open_sequence_pattern, or_pattern;

/* --- literals --- */

static Node *signed_number(Matcher *m, bool *imaginary) {
    RULE;
    OPT(T(MINUS));
    Node *a = TN(NUMBER);
    if (!a) NO_MATCH;
    const Token *token = &m->tokens[a->first];
    *imaginary =
        (token->end[-1] | 0x20) == 'j' && !(token->start[0] == '0' && (token->start[1] | 0x20) == 'x');
    return a;
}

static Node *literal_expr(Matcher *m) {
    RULE;
    Node *a;
    bool imaginary;
    ALT(signed_number(m, &imaginary) && NOT(T(PLUS) || T(MINUS))) return FOUND;
    ALT((a = signed_number(m, &imaginary))) { /* complex: real (+|-) imaginary */
        if (imaginary) return raise_at(m, a, "real number required in complex literal");
        if ((T(PLUS) || T(MINUS)) && (a = TN(NUMBER))) {
            const Token *token = &m->tokens[a->first];
            if ((token->end[-1] | 0x20) == 'j') return FOUND;
            return raise_at(m, a, "imaginary number required in complex literal");
        }
    }
    ALT(match_strings(m)) return FOUND;
    ALT(T(NONE) || T(TRUE) || T(FALSE)) return FOUND;
    NO_MATCH;
}

/* --- names --- */

static bool no_name_goes_on(Matcher *m) { return NOT(T(DOT) || T(LPAR) || T(EQUAL)); }

static Node *capture_target(Matcher *m) {
    RULE;
    ALT(NOT(SOFT("_")) && T(NAME) && no_name_goes_on(m)) return FOUND;
    NO_MATCH;
}

static Node *wildcard(Matcher *m) { return matcher_soft_node(m, "_"); }

/* NAME ('.' NAME)*, with at least `dots` dots. */
static Node *dotted(Matcher *m, int dots) {
    RULE;
    int count = 0;
    if (!T(NAME)) NO_MATCH;
    for (int32_t before; before = m->mark, T(DOT); count++) {
        if (T(NAME)) continue;
        m->mark = before;
        break;
    }
    if (m->stop || count < dots) NO_MATCH;
    return FOUND;
}

/* --- sequences and mappings --- */

static Node *star_pattern_raw(Matcher *m) {
    RULE;
    ALT(T(STAR) && capture_target(m)) return FOUND;
    ALT(T(STAR) && wildcard(m)) return FOUND;
    NO_MATCH;
}

static Node *star_pattern(Matcher *m) { return matcher_memo(m, MEMO_STAR_PATTERN, star_pattern_raw); }

static Node *maybe_star_pattern(Matcher *m) {
    RULE;
    ALT(star_pattern(m)) return FOUND;
    ALT(pattern(m)) return FOUND;
    NO_MATCH;
}

static Node *maybe_sequence_pattern(Matcher *m) {
    Node *list = matcher_list(m, maybe_star_pattern);
    return list && OPT(T(COMMA)) ? list : NULL;
}

static Node *open_sequence_pattern(Matcher *m) {
    RULE;
    ALT(maybe_star_pattern(m) && T(COMMA) && OPT(maybe_sequence_pattern(m))) return FOUND;
    NO_MATCH;
}

static Node *key_value_pattern(Matcher *m) {
    RULE;
    ALT((literal_expr(m) || dotted(m, 1)) && T(COLON) && pattern(m)) return FOUND;
    NO_MATCH;
}

static bool double_star_pattern(Matcher *m) { return T(DOUBLE_STAR) && capture_target(m); }

static Node *mapping_pattern(Matcher *m) {
    RULE;
    ALT(T(LBRACE) && T(RBRACE)) return FOUND;
    ALT(T(LBRACE) && double_star_pattern(m) && OPT(T(COMMA)) && T(RBRACE)) return FOUND;
    ALT(T(LBRACE) && matcher_list(m, key_value_pattern) && T(COMMA) && double_star_pattern(m) &&
        OPT(T(COMMA)) && T(RBRACE))
    return FOUND;
    ALT(T(LBRACE) && matcher_list(m, key_value_pattern) && OPT(T(COMMA)) && T(RBRACE)) return FOUND;
    NO_MATCH;
}

/* --- classes --- */

static Node *keyword_pattern(Matcher *m) {
    RULE;
    ALT(T(NAME) && T(EQUAL) && pattern(m)) return FOUND;
    NO_MATCH;
}

static Node *invalid_class_pattern(Matcher *m) {
    RULE;
    Node *a;
    ALT(dotted(m, 0) && T(LPAR) && OPT(matcher_list(m, pattern) && T(COMMA)) &&
        matcher_list(m, keyword_pattern) && T(COMMA) && (a = matcher_list(m, pattern)))
    return raise_range(m, a->items[0], a->items[a->count - 1], "positional patterns follow keyword patterns");
    NO_MATCH;
}

static Node *class_pattern(Matcher *m) {
    RULE;
    ALT(dotted(m, 0) && T(LPAR) && T(RPAR)) return FOUND;
    ALT(dotted(m, 0) && T(LPAR) && matcher_list(m, pattern) && OPT(T(COMMA)) && T(RPAR)) return FOUND;
    ALT(dotted(m, 0) && T(LPAR) && matcher_list(m, keyword_pattern) && OPT(T(COMMA)) && T(RPAR)) return FOUND;
    ALT(dotted(m, 0) && T(LPAR) && matcher_list(m, pattern) && T(COMMA) && matcher_list(m, keyword_pattern) &&
        OPT(T(COMMA)) && T(RPAR))
    return FOUND;
    m->mark = start_;
    if (INVALID) invalid_class_pattern(m);
    NO_MATCH;
}

/* --- from the closed pattern up --- */

static Node *closed_pattern_raw(Matcher *m) {
    RULE;
    ALT(literal_expr(m)) return FOUND;
    ALT(capture_target(m)) return FOUND;
    ALT(wildcard(m)) return FOUND;
    ALT(dotted(m, 1) && no_name_goes_on(m)) return FOUND;
    ALT(T(LPAR) && pattern(m) && T(RPAR)) return FOUND;
    ALT(T(LSQB) && OPT(maybe_sequence_pattern(m)) && T(RSQB)) return FOUND;
    ALT(T(LPAR) && OPT(open_sequence_pattern(m)) && T(RPAR)) return FOUND;
    ALT(mapping_pattern(m)) return FOUND;
    ALT(class_pattern(m)) return FOUND;
    NO_MATCH;
}

static Node *closed_pattern(Matcher *m) { return matcher_memo(m, MEMO_CLOSED_PATTERN, closed_pattern_raw); }

static Node *or_pattern(Matcher *m) {
    RULE;
    if (!closed_pattern(m)) NO_MATCH;
    for (int32_t before; before = m->mark, T(VBAR);) {
        if (closed_pattern(m)) continue;
        m->mark = before;
        break;
    }
    return m->stop ? NULL : FOUND;
}

static Node *invalid_as_pattern(Matcher *m) {
    RULE;
    Node *a;
    ALT(or_pattern(m) && T(AS) && (a = wildcard(m))) return raise_at(m, a, "cannot use '_' as a target");
    ALT(or_pattern(m) && T(AS) && NOT(T(NAME)) && (a = match_expression(m)))
    return raise_at(m, a, "invalid pattern target");
    NO_MATCH;
}

static Node *pattern(Matcher *m) {
    RULE;
    ALT(or_pattern(m) && T(AS) && capture_target(m)) return FOUND;
    m->mark = start_;
    if (INVALID) invalid_as_pattern(m);
    ALT(or_pattern(m)) return FOUND;
    NO_MATCH;
}

static Node *patterns(Matcher *m) {
    RULE;
    ALT(open_sequence_pattern(m)) return FOUND;
    ALT(pattern(m)) return FOUND;
    NO_MATCH;
}

/* --- the statement --- */

static Node *subject_expr(Matcher *m) {
    RULE;
    ALT(match_star_named_expression(m) && T(COMMA) && OPT(match_star_named_expressions(m))) return FOUND;
    ALT(match_named_expression(m)) return FOUND;
    NO_MATCH;
}

static bool guard(Matcher *m) { return T(IF) && match_named_expression(m); }

static Node *invalid_case_block(Matcher *m) {
    RULE;
    Node *a;
    ALT(SOFT("case") && patterns(m) && OPT(guard(m)) && T(NEWLINE)) return RAISE("expected ':'");
    ALT((a = matcher_soft_node(m, "case")) && patterns(m) && OPT(guard(m)) && T(COLON) && T(NEWLINE) &&
        NOT(T(INDENT)))
    return RAISE_INDENTATION("expected an indented block after 'case' statement on line %d",
                             m->tokens[a->first].lineno);
    NO_MATCH;
}

static Node *case_block(Matcher *m) {
    RULE;
    if (INVALID) invalid_case_block(m);
    ALT(SOFT("case") && patterns(m) && OPT(guard(m)) && T(COLON) && match_block(m)) return FOUND;
    NO_MATCH;
}

static Node *invalid_match_stmt(Matcher *m) {
    RULE;
    Node *a;
    ALT(SOFT("match") && subject_expr(m) && T(NEWLINE)) return RAISE("expected ':'");
    ALT((a = matcher_soft_node(m, "match")) && subject_expr(m) && T(COLON) && T(NEWLINE) && NOT(T(INDENT)))
    return RAISE_INDENTATION("expected an indented block after 'match' statement on line %d",
                             m->tokens[a->first].lineno);
    NO_MATCH;
}

Node *match_match_stmt(Matcher *m) {
    RULE;
    ALT(SOFT("match") && subject_expr(m) && T(COLON) && T(NEWLINE) && T(INDENT) &&
        matcher_some(m, case_block) && T(DEDENT))
    return FOUND;
    m->mark = start_;
    if (INVALID) invalid_match_stmt(m);
    NO_MATCH;
}
