/* The grammar's targets, for matching (see matcher.h). */
#include "parse/matcher.h"

static Rule t_primary, target_with_star_atom, del_target;

static bool t_lookahead(Matcher *m) { return T(LPAR) || T(LSQB) || T(DOT); }

static bool star_targets_in_tuple(Matcher *m, Node **items) {
    *items = matcher_list(m, match_star_target);
    if (!*items) return false;
    bool comma = T(COMMA);
    return !m->stop && ((*items)->count > 1 || comma);
}

Node *match_star_targets(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_star_target(m)) && NOT(T(COMMA))) return a;
    ALT(matcher_list(m, match_star_target) && OPT(T(COMMA))) return NODE(EXPR_TUPLE, 0);
    NO_MATCH;
}

static Node *star_target_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(STAR) && NOT(T(STAR)) && (a = match_star_target(m))) return NODE(EXPR_STARRED, 1, a);
    ALT((a = target_with_star_atom(m))) return a;
    NO_MATCH;
}

Node *match_star_target(Matcher *m) { return matcher_memo(m, MEMO_STAR_TARGET, star_target_raw); }

static Node *star_atom(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = TN(NAME))) return a;
    ALT(T(LPAR) && (a = target_with_star_atom(m)) && T(RPAR)) return a;
    ALT(T(LPAR) && OPT(star_targets_in_tuple(m, &a)) && T(RPAR)) return NODE(EXPR_TUPLE, 0);
    ALT(T(LSQB) && OPT(matcher_list(m, match_star_target) && OPT(T(COMMA))) && T(RSQB))
    return NODE(EXPR_LIST, 0);
    NO_MATCH;
}

/* The last trailer of a target: .name or [slices], with no further trailer. */
Node *match_single_subscript_attribute_target(Matcher *m) {
    RULE;
    ALT(t_primary(m) && T(DOT) && T(NAME) && NOT(t_lookahead(m))) return NODE(EXPR_ATTRIBUTE, 0);
    ALT(t_primary(m) && T(LSQB) && match_slices(m) && T(RSQB) && NOT(t_lookahead(m)))
    return NODE(EXPR_SUBSCRIPT, 0);
    NO_MATCH;
}

static Node *target_with_star_atom_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_single_subscript_attribute_target(m))) return a;
    ALT((a = star_atom(m))) return a;
    NO_MATCH;
}

static Node *target_with_star_atom(Matcher *m) {
    return matcher_memo(m, MEMO_TARGET_WITH_STAR_ATOM, target_with_star_atom_raw);
}

Node *match_single_target(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_single_subscript_attribute_target(m))) return a;
    ALT((a = TN(NAME))) return a;
    ALT(T(LPAR) && matcher_enter(m)) {
        a = matcher_leave(m, match_single_target(m));
        if (a && T(RPAR)) return a;
    }
    NO_MATCH;
}

/* One trailer that another one follows. */
static bool t_trailer(Matcher *m) {
    RULE;
    ALT(T(DOT) && T(NAME) && FOLLOWS(t_lookahead(m))) return true;
    ALT(T(LSQB) && match_slices(m) && T(RSQB) && FOLLOWS(t_lookahead(m))) return true;
    ALT(match_genexp(m) && FOLLOWS(t_lookahead(m))) return true;
    ALT(T(LPAR) && OPT(match_arguments(m)) && T(RPAR) && FOLLOWS(t_lookahead(m))) return true;
    m->mark = start_;
    return false;
}

static Node *t_primary_raw(Matcher *m) {
    RULE;
    if (!match_atom(m) || !FOLLOWS(t_lookahead(m))) NO_MATCH;
    while (t_trailer(m)) {}
    return m->stop ? NULL : FOUND;
}

static Node *t_primary(Matcher *m) { return matcher_memo(m, MEMO_T_PRIMARY, t_primary_raw); }

Node *match_del_targets(Matcher *m) {
    Node *list = matcher_list(m, del_target);
    return list && OPT(T(COMMA)) ? list : NULL;
}

static Node *del_target_raw(Matcher *m) {
    RULE;
    Node *a;
    ALT((a = match_single_subscript_attribute_target(m))) return a;
    ALT((a = TN(NAME))) return a;
    ALT(T(LPAR) && (a = del_target(m)) && T(RPAR)) return a;
    ALT(T(LPAR) && OPT(match_del_targets(m)) && T(RPAR)) return NODE(EXPR_TUPLE, 0);
    ALT(T(LSQB) && OPT(match_del_targets(m)) && T(RSQB)) return NODE(EXPR_LIST, 0);
    NO_MATCH;
}

static Node *del_target(Matcher *m) { return matcher_memo(m, MEMO_DEL_TARGET, del_target_raw); }
