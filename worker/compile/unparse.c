/*
 * unparse: the text of an annotation whose evaluation is put off, exactly as CPython writes it.
 *
 * Each operator binds with a level; a part that binds weaker than its place asks for is parenthesised.
 */
#include "compile/compiler.h"

#include <stdio.h>

#include "objects/error.h"
#include "objects/protocols.h"
#include "objects/str.h"

typedef enum Level {
    LEVEL_TUPLE,
    LEVEL_TEST,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_EXPR,
    LEVEL_BIT_OR = LEVEL_EXPR,
    LEVEL_BIT_XOR,
    LEVEL_BIT_AND,
    LEVEL_SHIFT,
    LEVEL_ARITHMETIC,
    LEVEL_TERM,
    LEVEL_FACTOR,
    LEVEL_POWER,
    LEVEL_AWAIT,
    LEVEL_ATOM
} Level;

typedef struct Text {
    Compiler *c;
    char *bytes;
    size_t length, capacity;
} Text;

static bool write_expr(Text *t, const AstExpr *e, int level);

static bool put_bytes(Text *t, const char *bytes, size_t n) {
    if (t->length + n > t->capacity) {
        size_t capacity = (t->length + n) * 2 + 64;
        char *grown = bump_alloc(t->c->bump, capacity);
        if (!grown) return no_memory(t->c);
        if (t->length) memcpy(grown, t->bytes, t->length);
        t->bytes = grown;
        t->capacity = capacity;
    }
    memcpy(t->bytes + t->length, bytes, n);
    t->length += n;
    return true;
}

static bool put(Text *t, const char *text) { return put_bytes(t, text, strlen(text)); }
static bool put_if(Text *t, bool condition, const char *text) { return !condition || put(t, text); }
static bool put_name(Text *t, const AstName *name) { return put_bytes(t, name->utf8, name->length); }

static bool write_list(Text *t, const AstExprSeq *seq, int level) {
    for (int32_t i = 0; i < seq->count; i++)
        TRY(put_if(t, i > 0, ", ") && write_expr(t, seq->items[i], level));
    return true;
}

/* ---- constants ---------------------------------------------------------------------------------- */

/* Infinity is written as a number too large for a float. */
static bool put_repr_text(Text *t, const char *text, bool number) {
    const char *inf = number ? strstr(text, "inf") : NULL;
    while (inf) {
        TRY(put_bytes(t, text, (size_t)(inf - text)) && put(t, "1e309"));
        text = inf + 3;
        inf = strstr(text, "inf");
    }
    return put(t, text);
}

static bool put_repr(Text *t, Value v) {
    Value repr = value_repr(v);
    const char *text = repr ? str_utf8(repr, NULL) : NULL;
    bool ok = text && put_repr_text(t, text, is_float(v) || IS_EXACT(v, complex));
    xdecref(repr);
    return ok;
}

static bool write_constant(Text *t, const AstExpr *e) {
    if (e->Constant.value.kind == CONSTANT_ELLIPSIS) return put(t, "...");
    ConstId id = const_of_expr(t->c, e);
    return id >= 0 && put_if(t, e->Constant.value.u_prefix, "u") &&
           put_repr(t, consts_value_borrow(&t->c->consts, id));
}

/* ---- f-strings ---------------------------------------------------------------------------------- */

static bool write_joined_part(Text *t, const AstExpr *e);

static bool write_replacement(Text *t, const AstExpr *e) {
    const AstFormattedValueNode *f = &e->FormattedValue;
    Text inner = {.c = t->c};
    TRY(write_expr(&inner, f->value, LEVEL_TEST + 1));
    TRY(put(t, inner.length && inner.bytes[0] == '{' ? "{ " : "{") &&
        put_bytes(t, inner.bytes, inner.length));
    if (f->conversion > 0) TRY(put(t, (char[]){'!', (char)f->conversion, 0}));
    if (f->format_spec) TRY(put(t, ":") && write_joined_part(t, f->format_spec));
    return put(t, "}");
}

/* Within the quotes: literal text with its braces doubled. */
static bool write_joined_part(Text *t, const AstExpr *e) {
    if (e->kind == EXPR_FORMATTED_VALUE) return write_replacement(t, e);
    if (e->kind == EXPR_JOINED_STR) {
        for (int32_t i = 0; i < e->JoinedStr.values.count; i++)
            TRY(write_joined_part(t, e->JoinedStr.values.items[i]));
        return true;
    }
    const AstConstant *value = &e->Constant.value;
    for (size_t i = 0; i < value->text.length; i++) {
        char ch = value->text.bytes[i];
        TRY(put_bytes(t, &ch, 1) && (ch != '{' && ch != '}' ? true : put_bytes(t, &ch, 1)));
    }
    return true;
}

static bool write_fstring(Text *t, const AstExpr *e) {
    Text body = {.c = t->c};
    TRY(write_joined_part(&body, e));
    Value str = str_from_wtf8(body.bytes ? body.bytes : "", body.length);
    bool ok = str && put(t, "f") && put_repr(t, str);
    xdecref(str);
    return ok;
}

/* ---- operators ---------------------------------------------------------------------------------- */

static bool write_bool_op(Text *t, const AstExpr *e, int level) {
    int own = e->BoolOp.op == BOOLOP_AND ? LEVEL_AND : LEVEL_OR;
    TRY(put_if(t, level > own, "("));
    for (int32_t i = 0; i < e->BoolOp.values.count; i++) {
        TRY(put_if(t, i > 0, own == LEVEL_AND ? " and " : " or "));
        TRY(write_expr(t, e->BoolOp.values.items[i], own + 1));
    }
    return put_if(t, level > own, ")");
}

static bool write_bin_op(Text *t, const AstExpr *e, int level) {
    static const uint8_t levels[] = {[OPERATOR_ADD] = LEVEL_ARITHMETIC,  [OPERATOR_SUB] = LEVEL_ARITHMETIC,
                                     [OPERATOR_MULT] = LEVEL_TERM,       [OPERATOR_MAT_MULT] = LEVEL_TERM,
                                     [OPERATOR_DIV] = LEVEL_TERM,        [OPERATOR_MOD] = LEVEL_TERM,
                                     [OPERATOR_LSHIFT] = LEVEL_SHIFT,    [OPERATOR_RSHIFT] = LEVEL_SHIFT,
                                     [OPERATOR_BIT_OR] = LEVEL_BIT_OR,   [OPERATOR_BIT_XOR] = LEVEL_BIT_XOR,
                                     [OPERATOR_BIT_AND] = LEVEL_BIT_AND, [OPERATOR_FLOOR_DIV] = LEVEL_TERM,
                                     [OPERATOR_POW] = LEVEL_POWER};
    int own = levels[e->BinOp.op];
    bool from_right = e->BinOp.op == OPERATOR_POW;
    return put_if(t, level > own, "(") && write_expr(t, e->BinOp.left, own + from_right) && put(t, " ") &&
           put(t, ast_operator_symbol(e->BinOp.op)) && put(t, " ") &&
           write_expr(t, e->BinOp.right, own + !from_right) && put_if(t, level > own, ")");
}

static bool write_unary_op(Text *t, const AstExpr *e, int level) {
    static const char *const symbols[] = {
        [UNARYOP_INVERT] = "~", [UNARYOP_NOT] = "not ", [UNARYOP_UADD] = "+", [UNARYOP_USUB] = "-"};
    int own = e->UnaryOp.op == UNARYOP_NOT ? LEVEL_NOT : LEVEL_FACTOR;
    return put_if(t, level > own, "(") && put(t, symbols[e->UnaryOp.op]) &&
           write_expr(t, e->UnaryOp.operand, own) && put_if(t, level > own, ")");
}

static bool write_compare(Text *t, const AstExpr *e, int level) {
    TRY(put_if(t, level > LEVEL_COMPARE, "(") && write_expr(t, e->Compare.left, LEVEL_COMPARE + 1));
    for (int32_t i = 0; i < e->Compare.ops.count; i++)
        TRY(put(t, " ") && put(t, ast_cmpop_symbol(e->Compare.ops.items[i])) && put(t, " ") &&
            write_expr(t, e->Compare.comparators.items[i], LEVEL_COMPARE + 1));
    return put_if(t, level > LEVEL_COMPARE, ")");
}

/* ---- functions ---------------------------------------------------------------------------------- */

static bool write_arg(Text *t, const AstArg *arg, const AstExpr *default_value, bool *first) {
    TRY(put_if(t, !*first, ", ") && put_name(t, arg->arg));
    *first = false;
    if (arg->annotation) TRY(put(t, ": ") && write_expr(t, arg->annotation, LEVEL_TEST));
    return !default_value || (put(t, "=") && write_expr(t, default_value, LEVEL_TEST));
}

static bool write_arguments(Text *t, const AstArguments *args) {
    int32_t positional_only = args->posonlyargs.count, positional = positional_only + args->args.count;
    int32_t required = positional - args->defaults.count;
    bool first = true;
    for (int32_t i = 0; i < positional; i++) {
        const AstArg *arg =
            i < positional_only ? args->posonlyargs.items[i] : args->args.items[i - positional_only];
        TRY(write_arg(t, arg, i >= required ? args->defaults.items[i - required] : NULL, &first));
        if (positional_only && i + 1 == positional_only) TRY(put(t, ", /"));
    }
    if (args->vararg || args->kwonlyargs.count) {
        TRY(put_if(t, !first, ", ") && put(t, "*"));
        first = true;
        if (args->vararg) TRY(write_arg(t, args->vararg, NULL, &first));
        first = false;
    }
    for (int32_t i = 0; i < args->kwonlyargs.count; i++)
        TRY(write_arg(t, args->kwonlyargs.items[i], args->kw_defaults.items[i], &first));
    if (!args->kwarg) return true;
    TRY(put_if(t, !first, ", ") && put(t, "**"));
    first = true;
    return write_arg(t, args->kwarg, NULL, &first);
}

static bool write_lambda(Text *t, const AstExpr *e, int level) {
    const AstArguments *args = e->Lambda.args;
    bool positional = args->args.count + args->posonlyargs.count > 0;
    return put_if(t, level > LEVEL_TEST, "(") && put(t, positional ? "lambda " : "lambda") &&
           write_arguments(t, args) && put(t, ": ") && write_expr(t, e->Lambda.body, LEVEL_TEST) &&
           put_if(t, level > LEVEL_TEST, ")");
}

static bool write_call(Text *t, const AstExpr *e) {
    const AstCallNode *call = &e->Call;
    TRY(write_expr(t, call->func, LEVEL_ATOM));
    if (call->args.count == 1 && !call->keywords.count && call->args.items[0]->kind == EXPR_GENERATOR_EXP)
        return write_expr(t, call->args.items[0], LEVEL_TEST);
    TRY(put(t, "(") && write_list(t, &call->args, LEVEL_TEST));
    bool first = call->args.count == 0;
    for (int32_t i = 0; i < call->keywords.count; i++) {
        const AstKeyword *keyword = call->keywords.items[i];
        TRY(put_if(t, !first, ", "));
        first = false;
        TRY(keyword->arg ? put_name(t, keyword->arg) && put(t, "=") : put(t, "**"));
        TRY(write_expr(t, keyword->value, LEVEL_TEST));
    }
    return put(t, ")");
}

/* ---- displays and comprehensions ---------------------------------------------------------------- */

static bool write_dict(Text *t, const AstExpr *e) {
    TRY(put(t, "{"));
    for (int32_t i = 0; i < e->Dict.values.count; i++) {
        const AstExpr *key = e->Dict.keys.items[i], *value = e->Dict.values.items[i];
        TRY(put_if(t, i > 0, ", "));
        if (key) TRY(write_expr(t, key, LEVEL_TEST) && put(t, ": ") && write_expr(t, value, LEVEL_TEST));
        else TRY(put(t, "**") && write_expr(t, value, LEVEL_EXPR));
    }
    return put(t, "}");
}

static bool write_generators(Text *t, const AstComprehensionSeq *generators) {
    for (int32_t i = 0; i < generators->count; i++) {
        const AstComprehension *g = generators->items[i];
        TRY(put(t, g->is_async ? " async for " : " for ") && write_expr(t, g->target, LEVEL_TUPLE));
        TRY(put(t, " in ") && write_expr(t, g->iter, LEVEL_TEST + 1));
        for (int32_t j = 0; j < g->ifs.count; j++)
            TRY(put(t, " if ") && write_expr(t, g->ifs.items[j], LEVEL_TEST + 1));
    }
    return true;
}

static bool write_comprehension(Text *t, const char *brackets, const AstExpr *key, const AstExpr *value,
                                const AstComprehensionSeq *generators) {
    TRY(put_bytes(t, brackets, 1) && write_expr(t, key, LEVEL_TEST));
    if (value) TRY(put(t, ": ") && write_expr(t, value, LEVEL_TEST));
    return write_generators(t, generators) && put_bytes(t, brackets + 1, 1);
}

static bool write_tuple(Text *t, const AstExpr *e, int level) {
    const AstExprSeq *elts = &e->Tuple.elts;
    if (!elts->count) return put(t, "()");
    return put_if(t, level > LEVEL_TUPLE, "(") && write_list(t, elts, LEVEL_TEST) &&
           put_if(t, elts->count == 1, ",") && put_if(t, level > LEVEL_TUPLE, ")");
}

static bool write_slice(Text *t, const AstExpr *e) {
    if (e->Slice.lower) TRY(write_expr(t, e->Slice.lower, LEVEL_TEST));
    TRY(put(t, ":"));
    if (e->Slice.upper) TRY(write_expr(t, e->Slice.upper, LEVEL_TEST));
    return !e->Slice.step || (put(t, ":") && write_expr(t, e->Slice.step, LEVEL_TEST));
}

/* ---- the switch --------------------------------------------------------------------------------- */

static bool is_int_literal(const AstExpr *e) {
    return e->kind == EXPR_CONSTANT &&
           (e->Constant.value.kind == CONSTANT_INT || e->Constant.value.kind == CONSTANT_BIG_INT);
}

static bool write_if_exp(Text *t, const AstExpr *e, int level) {
    return put_if(t, level > LEVEL_TEST, "(") && write_expr(t, e->IfExp.body, LEVEL_TEST + 1) &&
           put(t, " if ") && write_expr(t, e->IfExp.test, LEVEL_TEST + 1) && put(t, " else ") &&
           write_expr(t, e->IfExp.orelse, LEVEL_TEST) && put_if(t, level > LEVEL_TEST, ")");
}

static bool write_kind(Text *t, const AstExpr *e, int level) {
    switch ((AstKind)e->kind) {
    case EXPR_BOOL_OP: return write_bool_op(t, e, level);
    case EXPR_BIN_OP: return write_bin_op(t, e, level);
    case EXPR_UNARY_OP: return write_unary_op(t, e, level);
    case EXPR_LAMBDA: return write_lambda(t, e, level);
    case EXPR_IF_EXP: return write_if_exp(t, e, level);
    case EXPR_DICT: return write_dict(t, e);
    case EXPR_SET: return put(t, "{") && write_list(t, &e->Set.elts, LEVEL_TEST) && put(t, "}");
    case EXPR_GENERATOR_EXP:
        return write_comprehension(t, "()", e->GeneratorExp.elt, NULL, &e->GeneratorExp.generators);
    case EXPR_LIST_COMP: return write_comprehension(t, "[]", e->ListComp.elt, NULL, &e->ListComp.generators);
    case EXPR_SET_COMP: return write_comprehension(t, "{}", e->SetComp.elt, NULL, &e->SetComp.generators);
    case EXPR_DICT_COMP:
        return write_comprehension(t, "{}", e->DictComp.key, e->DictComp.value, &e->DictComp.generators);
    case EXPR_YIELD:
        if (!e->Yield.value) return put(t, "(yield)");
        return put(t, "(yield ") && write_expr(t, e->Yield.value, LEVEL_TEST) && put(t, ")");
    case EXPR_YIELD_FROM:
        return put(t, "(yield from ") && write_expr(t, e->YieldFrom.value, LEVEL_TEST) && put(t, ")");
    case EXPR_AWAIT:
        return put_if(t, level > LEVEL_AWAIT, "(") && put(t, "await ") &&
               write_expr(t, e->Await.value, LEVEL_ATOM) && put_if(t, level > LEVEL_AWAIT, ")");
    case EXPR_COMPARE: return write_compare(t, e, level);
    case EXPR_CALL: return write_call(t, e);
    case EXPR_CONSTANT: return write_constant(t, e);
    case EXPR_JOINED_STR:
    case EXPR_FORMATTED_VALUE: return write_fstring(t, e);
    case EXPR_ATTRIBUTE:
        return write_expr(t, e->Attribute.value, LEVEL_ATOM) &&
               put(t, is_int_literal(e->Attribute.value) ? " ." : ".") && put_name(t, e->Attribute.attr);
    case EXPR_STARRED: return put(t, "*") && write_expr(t, e->Starred.value, LEVEL_EXPR);
    case EXPR_NAME: return put_name(t, e->Name.id);
    case EXPR_LIST: return put(t, "[") && write_list(t, &e->List.elts, LEVEL_TEST) && put(t, "]");
    case EXPR_TUPLE: return write_tuple(t, e, level);
    case EXPR_SUBSCRIPT:
        return write_expr(t, e->Subscript.value, LEVEL_ATOM) && put(t, "[") &&
               write_expr(t, e->Subscript.slice, LEVEL_TUPLE) && put(t, "]");
    case EXPR_SLICE: return write_slice(t, e);
    case EXPR_NAMED_EXPR:
        return put_if(t, level > LEVEL_TUPLE, "(") && write_expr(t, e->NamedExpr.target, LEVEL_ATOM) &&
               put(t, " := ") && write_expr(t, e->NamedExpr.value, LEVEL_ATOM) &&
               put_if(t, level > LEVEL_TUPLE, ")");
    default: return false;
    }
}

static bool write_expr(Text *t, const AstExpr *e, int level) {
    TRY(depth_enter(&t->c->depth));
    bool ok = write_kind(t, e, level);
    depth_leave(&t->c->depth);
    return ok;
}

ConstId unparse_const(Compiler *c, const AstExpr *e) {
    Text t = {.c = c};
    return write_expr(&t, e, LEVEL_TEST) ? consts_of_str(&c->consts, t.bytes, t.length) : -1;
}
