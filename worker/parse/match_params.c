/* The grammar's parameters, for matching (see matcher.h): functions' up to ')', lambdas' up to ':'. */
#include "parse/matcher.h"

/* Functions' and lambdas' rules are the same but for the closing token and annotations: each rule takes the
 * closer. */
typedef TokenKind Closer;

typedef Node *ParamRule(Matcher *m, Closer closer);

static bool at_closer(Matcher *m, Closer closer) { return !m->stop && matcher_peek(m) == closer; }

static Node *param(Matcher *m, Closer closer) {
    RULE;
    bool annotated = closer == TOKEN_RPAR;
    ALT(T(NAME) && (!annotated || OPT(T(COLON) && match_expression(m)))) return FOUND;
    NO_MATCH;
}

static Node *default_value(Matcher *m) {
    RULE;
    Node *a;
    ALT(T(EQUAL) && match_expression(m)) return FOUND;
    if (m->invalid) ALT((a = TN(EQUAL)) && FOLLOWS(T(RPAR) || T(COMMA)))
    return raise_at(m, a, "expected default value expression");
    NO_MATCH;
}

/* The comma behind a parameter, or the end; a type comment may follow the comma or precede the end. */
static bool param_end(Matcher *m, Closer closer) {
    bool comma = T(COMMA);
    if (closer == TOKEN_RPAR) T(TYPE_COMMENT);
    return !m->stop && (comma || at_closer(m, closer));
}

/* The same behind a '/', where no type comment may stand. */
static bool slash_comma(Matcher *m, Closer closer) { return T(COMMA) || at_closer(m, closer); }

static Node *param_no_default(Matcher *m, Closer closer) {
    RULE;
    Node *a; /* without the comma */
    ALT((a = param(m, closer)) && param_end(m, closer)) return a;
    NO_MATCH;
}

static Node *param_star_annotation(Matcher *m, Closer closer) {
    RULE;
    ALT(T(NAME) && T(COLON) && match_star_expression(m) && param_end(m, closer)) return FOUND;
    NO_MATCH;
}

static Node *param_with_default(Matcher *m, Closer closer) {
    RULE;
    ALT(param(m, closer) && default_value(m) && param_end(m, closer)) return FOUND;
    NO_MATCH;
}

static Node *param_maybe_default(Matcher *m, Closer closer) {
    RULE;
    ALT(param(m, closer) && OPT(default_value(m)) && param_end(m, closer)) return FOUND;
    NO_MATCH;
}

/* Matches of `rule` in a row; true when there are at least `least`. */
static bool row(Matcher *m, ParamRule *rule, Closer closer, int least) {
    int count = 0;
    while (!m->stop && rule(m, closer)) count++;
    return !m->stop && count >= least;
}

static bool slash_end(Matcher *m, Closer closer) { return T(SLASH) && slash_comma(m, closer); }

static Node *slash_no_default(Matcher *m, Closer closer) {
    RULE;
    ALT(row(m, param_no_default, closer, 1) && slash_end(m, closer)) return FOUND;
    NO_MATCH;
}

static Node *slash_with_default(Matcher *m, Closer closer) {
    RULE;
    ALT(row(m, param_no_default, closer, 0) && row(m, param_with_default, closer, 1) && slash_end(m, closer))
    return FOUND;
    NO_MATCH;
}

static bool any_slash(Matcher *m, Closer closer) {
    return slash_no_default(m, closer) || slash_with_default(m, closer);
}

/* --- ** and * --- */

static Node *invalid_kwds(Matcher *m, Closer closer) {
    RULE;
    Node *a;
    ALT(T(DOUBLE_STAR) && param(m, closer) && (a = TN(EQUAL)))
    return raise_at(m, a, "var-keyword argument cannot have default value");
    ALT(T(DOUBLE_STAR) && param(m, closer) && T(COMMA) && (a = param(m, closer)))
    return raise_at(m, a, "arguments cannot follow var-keyword argument");
    ALT(T(DOUBLE_STAR) && param(m, closer) && T(COMMA) &&
        ((a = TN(STAR)) || (a = TN(DOUBLE_STAR)) || (a = TN(SLASH))))
    return raise_at(m, a, "arguments cannot follow var-keyword argument");
    NO_MATCH;
}

static Node *kwds(Matcher *m, Closer closer) {
    RULE;
    if (INVALID) invalid_kwds(m, closer);
    ALT(T(DOUBLE_STAR) && param_no_default(m, closer)) return FOUND;
    NO_MATCH;
}

static bool star_name_or_comma(Matcher *m, Closer closer) { return param_no_default(m, closer) || T(COMMA); }

static Node *invalid_star_etc(Matcher *m, Closer closer) {
    RULE;
    Node *a;
    ALT((a = TN(STAR)) &&
        (matcher_token(m, closer) || (T(COMMA) && (matcher_token(m, closer) || T(DOUBLE_STAR))))) {
        if (closer == TOKEN_COLON) return RAISE("named arguments must follow bare *");
        return raise_at(m, a, "named arguments must follow bare *");
    }
    if (closer == TOKEN_RPAR)
        ALT(T(STAR) && T(COMMA) && T(TYPE_COMMENT)) return RAISE("bare * has associated type comment");
    ALT(T(STAR) && param(m, closer) && (a = TN(EQUAL)))
    return raise_at(m, a, "var-positional argument cannot have default value");
    ALT(T(STAR) && star_name_or_comma(m, closer) && row(m, param_maybe_default, closer, 0) &&
        (a = TN(STAR)) && star_name_or_comma(m, closer))
    return raise_at(m, a, "* argument may appear only once");
    NO_MATCH;
}

static Node *star_etc(Matcher *m, Closer closer) {
    RULE;
    if (INVALID) invalid_star_etc(m, closer);
    ALT(T(STAR) && param_no_default(m, closer) && row(m, param_maybe_default, closer, 0) &&
        OPT(kwds(m, closer)))
    return FOUND;
    if (closer == TOKEN_RPAR)
        ALT(T(STAR) && param_star_annotation(m, closer) && row(m, param_maybe_default, closer, 0) &&
            OPT(kwds(m, closer)))
    return FOUND;
    ALT(T(STAR) && T(COMMA) && row(m, param_maybe_default, closer, 1) && OPT(kwds(m, closer))) return FOUND;
    ALT(kwds(m, closer)) return FOUND;
    NO_MATCH;
}

/* --- the whole list --- */

static Node *parameters(Matcher *m, Closer closer) {
    RULE;
    ALT(slash_no_default(m, closer) && row(m, param_no_default, closer, 0) &&
        row(m, param_with_default, closer, 0) && OPT(star_etc(m, closer)))
    return FOUND;
    ALT(slash_with_default(m, closer) && row(m, param_with_default, closer, 0) && OPT(star_etc(m, closer)))
    return FOUND;
    ALT(row(m, param_no_default, closer, 1) && row(m, param_with_default, closer, 0) &&
        OPT(star_etc(m, closer)))
    return FOUND;
    ALT(row(m, param_with_default, closer, 1) && OPT(star_etc(m, closer))) return FOUND;
    ALT(star_etc(m, closer)) return FOUND;
    NO_MATCH;
}

static Node *plain_params(Matcher *m) {
    RULE;
    ALT(row(m, param_no_default, TOKEN_RPAR, 1)) return FOUND;
    NO_MATCH;
}

static Node *lambda_param(Matcher *m) { return param(m, TOKEN_COLON); }

static Node *plain_lambda_params(Matcher *m) { return matcher_list(m, lambda_param); }

static Node *invalid_parameters(Matcher *m, Closer closer) {
    RULE;
    Node *a, *b;
    bool lambda = closer == TOKEN_COLON;
    ALT(row(m, param_no_default, closer, 0) &&
        (slash_with_default(m, closer) || row(m, param_with_default, closer, 1)) &&
        (a = param_no_default(m, closer)))
    return raise_at(m, a, "non-default argument follows default argument");
    ALT(row(m, param_no_default, closer, 0) && (a = TN(LPAR)) &&
        (lambda ? plain_lambda_params(m) : plain_params(m)) && OPT(T(COMMA)) && (b = TN(RPAR)))
    return raise_range(m, a, b,
                       lambda ? "Lambda expression parameters cannot be parenthesized"
                              : "Function parameters cannot be parenthesized");
    ALT((a = TN(SLASH)) && T(COMMA)) return raise_at(m, a, "at least one argument must precede /");
    ALT(any_slash(m, closer) && row(m, param_maybe_default, closer, 0) && (a = TN(SLASH)))
    return raise_at(m, a, "/ may appear only once");
    ALT(OPT(any_slash(m, closer)) && row(m, param_maybe_default, closer, 0) && T(STAR) &&
        (T(COMMA) || param_no_default(m, closer)) && row(m, param_maybe_default, closer, 0) &&
        (a = TN(SLASH)))
    return raise_at(m, a, "/ must be ahead of *");
    ALT(row(m, param_maybe_default, closer, 1) && T(SLASH) && (a = TN(STAR)))
    return raise_at(m, a, "expected comma between / and *");
    NO_MATCH;
}

static Node *params(Matcher *m, Closer closer) {
    RULE;
    if (INVALID) invalid_parameters(m, closer);
    m->mark = start_;
    return m->stop ? NULL : parameters(m, closer);
}

Node *match_params(Matcher *m) { return params(m, TOKEN_RPAR); }

Node *match_lambda_params(Matcher *m) { return params(m, TOKEN_COLON); }

static Node *type_param(Matcher *m) {
    RULE;
    ALT(T(NAME) && OPT(T(COLON) && match_expression(m))) return FOUND;
    Node *a;
    if (m->invalid) {
        ALT(T(STAR) && T(NAME) && (a = TN(COLON)) && match_expression(m))
        return raise_from(m, a, "cannot use bound with TypeVarTuple");
        ALT(T(DOUBLE_STAR) && T(NAME) && (a = TN(COLON)) && match_expression(m))
        return raise_from(m, a, "cannot use bound with ParamSpec");
    }
    ALT(T(STAR) && T(NAME)) return FOUND;
    ALT(T(DOUBLE_STAR) && T(NAME)) return FOUND;
    NO_MATCH;
}

Node *match_type_params(Matcher *m) {
    RULE;
    ALT(T(LSQB) && matcher_list(m, type_param) && OPT(T(COMMA)) && T(RSQB)) return FOUND;
    NO_MATCH;
}
