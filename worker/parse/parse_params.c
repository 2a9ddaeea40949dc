/* Parameters of functions and lambdas, and type parameters. */
#include "parse/parser.h"

/* What has been read so far of a parameter list. Items are pushed on the stack in reading order and shared
 * out at the end. */
typedef struct Parameters {
    AstArguments *made;
    TokenKind closer;
    bool slash, star, defaulted;
    size_t mark; /* parameters not yet shared out lie above it, as pairs: AstArg, default or NULL */
} Parameters;

static bool at_end(Parser *p, const Parameters *params) { return at(p, params->closer); }

/* NAME [':' annotation]; lambdas have no annotations; `starred` allows `*args: *Ts`. */
static AstArg *parse_param(Parser *p, const Parameters *params, bool starred) {
    Start start = start_here(p);
    const AstName *name = parse_name(p);
    if (!name) return NULL;
    AstExpr *annotation = NULL;
    if (params->closer == TOKEN_RPAR && accept(p, TOKEN_COLON)) {
        if (starred && at(p, TOKEN_STAR)) {
            Start star = start_here(p);
            advance(p);
            AstExpr *value = parse_binary_expression(p);
            annotation = value ? NEW_EXPR(p, star, STARRED, Starred, value, CONTEXT_LOAD) : NULL;
        } else {
            annotation = parse_expression(p);
        }
        if (!annotation) return NULL;
    }
    AstArg *arg = parser_alloc(p, sizeof *arg);
    if (!arg) return NULL;
    arg->pos = pos_from(p, start);
    arg->arg = name;
    arg->annotation = annotation;
    arg->type_comment = NULL;
    return arg;
}

/* A comma, or the end of the list (then nothing is taken). */
static bool separator(Parser *p, const Parameters *params) {
    return accept(p, TOKEN_COMMA) || at_end(p, params);
}

/* The same behind a parameter, whose type comment stands behind the comma or in front of the end. */
static bool end_param(Parser *p, const Parameters *params, AstArg *arg) {
    bool comma = accept(p, TOKEN_COMMA);
    if (params->closer == TOKEN_RPAR) arg->type_comment = parse_type_comment(p);
    return comma || at_end(p, params);
}

/* Shares the pairs above the mark out: the parameters to *args, the defaults to *defaults (with NULLs if
 * `keep_none`). */
static bool share_out(Parser *p, Parameters *params, AstArgSeq *args, AstExprSeq *defaults, bool keep_none) {
    void **pairs = p->ctx->stack.items + params->mark;
    size_t count = (stack_mark(p) - params->mark) / 2;
    size_t default_count = 0;
    for (size_t i = 0; i < count; i++) default_count += keep_none || pairs[2 * i + 1];
    size_t before = (size_t)defaults->count;
    AstArg **arg_items = count ? parser_alloc(p, count * sizeof *arg_items) : NULL;
    AstExpr **items =
        before + default_count ? parser_alloc(p, (before + default_count) * sizeof *items) : NULL;
    if ((count && !arg_items) || (before + default_count && !items)) return false;
    if (before) memcpy(items, defaults->items, before * sizeof *items);
    size_t next = before;
    for (size_t i = 0; i < count; i++) {
        arg_items[i] = pairs[2 * i];
        if (keep_none || pairs[2 * i + 1]) items[next++] = pairs[2 * i + 1];
    }
    *args = (AstArgSeq){arg_items, (int32_t)count};
    *defaults = (AstExprSeq){items, (int32_t)next};
    p->ctx->stack.count = params->mark;
    return true;
}

/* NAME [annotation] ['=' default], and its separator. */
static bool parse_named_param(Parser *p, Parameters *params) {
    AstArg *arg = parse_param(p, params, false);
    if (!arg) return false;
    AstExpr *value = NULL;
    if (accept(p, TOKEN_EQUAL)) {
        value = parse_expression(p);
        if (!value) return false;
        params->defaulted = true;
    } else if (params->defaulted && !params->star) {
        return false;
    }
    return parser_push(p, arg) && parser_push(p, value) && end_param(p, params, arg);
}

/* '/': all before it are positional-only. */
static bool parse_slash(Parser *p, Parameters *params) {
    if (params->slash || params->star || stack_mark(p) == params->mark) return false;
    advance(p);
    params->slash = true;
    return separator(p, params) && parser_needs(p, 8, "Positional-only parameters are") &&
           share_out(p, params, &params->made->posonlyargs, &params->made->defaults, false);
}

/* '*' NAME, or '*' ',' before at least one keyword-only parameter. */
static bool parse_star(Parser *p, Parameters *params) {
    if (params->star) return false;
    advance(p);
    if (!share_out(p, params, &params->made->args, &params->made->defaults, false)) return false;
    params->star = true;
    if (accept(p, TOKEN_COMMA)) return at(p, TOKEN_NAME);
    params->made->vararg = parse_param(p, params, true);
    return params->made->vararg && end_param(p, params, params->made->vararg);
}

static bool parse_double_star(Parser *p, Parameters *params) {
    advance(p);
    params->made->kwarg = parse_param(p, params, false);
    return params->made->kwarg && end_param(p, params, params->made->kwarg) && at_end(p, params);
}

static bool parse_one(Parser *p, Parameters *params) {
    switch (kind(p)) {
    case TOKEN_NAME: return parse_named_param(p, params);
    case TOKEN_SLASH: return parse_slash(p, params);
    case TOKEN_STAR: return parse_star(p, params);
    case TOKEN_DOUBLE_STAR: return parse_double_star(p, params);
    default: return false;
    }
}

AstArguments *parse_parameters(Parser *p, TokenKind closer) {
    AstArguments *made = parser_alloc(p, sizeof *made);
    if (!made) return NULL;
    memset(made, 0, sizeof *made);
    Parameters params = {.made = made, .closer = closer, .mark = stack_mark(p)};
    while (!at_end(p, &params))
        if (!parse_one(p, &params)) return NULL;
    bool shared = params.star ? share_out(p, &params, &made->kwonlyargs, &made->kw_defaults, true)
                              : share_out(p, &params, &made->args, &made->defaults, false);
    return shared ? made : NULL;
}

static AstTypeParam *parse_type_param(Parser *p) {
    Start start = start_here(p);
    AstKind made_kind = TYPE_PARAM_TYPE_VAR;
    if (accept(p, TOKEN_STAR)) made_kind = TYPE_PARAM_TYPE_VAR_TUPLE;
    else if (accept(p, TOKEN_DOUBLE_STAR)) made_kind = TYPE_PARAM_PARAM_SPEC;
    const AstName *name = parse_name(p);
    if (!name) return NULL;
    AstExpr *bound = NULL;
    if (made_kind == TYPE_PARAM_TYPE_VAR && accept(p, TOKEN_COLON) && !(bound = parse_expression(p)))
        return NULL;
    AstTypeParam *made = parser_alloc(p, sizeof *made);
    if (!made) return NULL;
    memset(made, 0, sizeof *made);
    made->pos = pos_from(p, start);
    made->kind = (uint8_t)made_kind;
    made->TypeVar = (AstTypeVarNode){name, bound}; /* the name comes first in every kind */
    return made;
}

bool parse_type_params(Parser *p, AstTypeParamSeq *seq) {
    *seq = (AstTypeParamSeq){NULL, 0};
    if (!accept(p, TOKEN_LSQB)) return true;
    size_t mark = stack_mark(p);
    do {
        AstTypeParam *param = parse_type_param(p);
        if (!param || !parser_push(p, param)) return false;
    } while (accept(p, TOKEN_COMMA) && !at(p, TOKEN_RSQB));
    return accept(p, TOKEN_RSQB) && TAKE(p, mark, seq);
}
