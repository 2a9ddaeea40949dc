/* Targets of assignments, loops, `with` and `del`: read as expressions, then checked and turned in place. */
#include "parse/parser.h"

static bool set_all(Parser *p, AstExprSeq elts, AstContext context) {
    if (!parser_enter(p, 1)) return false;
    for (int32_t i = 0; i < elts.count; i++)
        if (!target_set(p, elts.items[i], context)) return false;
    parser_leave(p, 1);
    return true;
}

bool target_set(Parser *p, AstExpr *expr, AstContext context) {
    switch (expr->kind) {
    case EXPR_NAME: return expr->Name.ctx = context, true;
    case EXPR_ATTRIBUTE: return expr->Attribute.ctx = context, true;
    case EXPR_SUBSCRIPT: return expr->Subscript.ctx = context, true;
    case EXPR_TUPLE: expr->Tuple.ctx = context; return set_all(p, expr->Tuple.elts, context);
    case EXPR_LIST: expr->List.ctx = context; return set_all(p, expr->List.elts, context);
    case EXPR_STARRED:
        if (context != CONTEXT_STORE || expr->Starred.value->kind == EXPR_STARRED) return false;
        expr->Starred.ctx = context;
        return target_set(p, expr->Starred.value, context);
    default: return false;
    }
}

bool target_is_single(const AstExpr *expr) {
    return expr->kind == EXPR_NAME || expr->kind == EXPR_ATTRIBUTE || expr->kind == EXPR_SUBSCRIPT;
}

/* One target of a loop: a primary, or '*' before one. */
static AstExpr *parse_star_target(Parser *p) {
    Start start = start_here(p);
    if (!accept(p, TOKEN_STAR)) return parse_primary(p);
    AstExpr *value = parse_primary(p);
    return value ? NEW_EXPR(p, start, STARRED, Starred, value, CONTEXT_STORE) : NULL;
}

AstExpr *parse_for_targets(Parser *p) {
    Start start = start_here(p);
    AstExpr *first = parse_star_target(p);
    if (!first) return NULL;
    if (!at(p, TOKEN_COMMA)) return target_set(p, first, CONTEXT_STORE) ? first : NULL;
    size_t mark = stack_mark(p);
    if (!parser_push(p, first)) return NULL;
    while (accept(p, TOKEN_COMMA)) {
        if (at(p, TOKEN_IN)) break;
        AstExpr *item = parse_star_target(p);
        if (!item || !parser_push(p, item)) return NULL;
    }
    AstExprSeq elts;
    if (!TAKE(p, mark, &elts)) return NULL;
    AstExpr *tuple = NEW_EXPR(p, start, TUPLE, Tuple, elts, CONTEXT_STORE);
    return tuple && target_set(p, tuple, CONTEXT_STORE) ? tuple : NULL;
}

AstExpr *parse_with_target(Parser *p) {
    AstExpr *target = parse_star_target(p);
    return target && target_set(p, target, CONTEXT_STORE) ? target : NULL;
}

bool parse_del_targets(Parser *p, AstExprSeq *targets) {
    size_t mark = stack_mark(p);
    do {
        AstExpr *target = parse_primary(p);
        if (!target || !target_set(p, target, CONTEXT_DEL) || !parser_push(p, target)) return false;
    } while (accept(p, TOKEN_COMMA) && !at(p, TOKEN_NEWLINE) && !at(p, TOKEN_SEMI));
    return TAKE(p, mark, targets);
}
