/*
 * fold: computes at compile time what every run would compute alike, by changing the tree.
 *
 * The rules are CPython's: operators on constants when the result stays small, tuples of constants, items of
 * constants, `not a in b`, the right side of `in` and the iterable of `for` (list -> tuple, set of constants
 * -> frozenset), "%s" % (x,) -> an f-string, __debug__. Whatever would raise is left for the run.
 */
#include "compile/compiler.h"

#include <stdio.h>

#include "objects/error.h"
#include "objects/int.h"
#include "objects/protocols.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "objects/bytes.h"

enum {
    MAX_INT_BITS = 128,
    MAX_COLLECTION = 256,
    MAX_TEXT = 4096,
    MAX_TOTAL_ITEMS = 1024,
    MAX_FORMAT_DIGITS = 3
};

static bool fold_expr(Compiler *c, AstExpr **at);
static bool fold_stmts(Compiler *c, AstStmtSeq *seq);
static bool fold_opt(Compiler *c, AstExpr **at) { return !*at || fold_expr(c, at); }

static bool fold_seq(Compiler *c, AstExprSeq *seq) {
    for (int32_t i = 0; i < seq->count; i++) TRY(fold_opt(c, &seq->items[i]));
    return true;
}

/* ---- constants as values ------------------------------------------------------------------------ */

static bool is_constant(const AstExpr *e) { return e->kind == EXPR_CONSTANT; }

/* A new constant node at `where`'s position, in its plainest form. NULL: memory. */
static AstExpr *constant_node(Compiler *c, const AstExpr *where, ConstId id) {
    AstExpr *e = bump_zalloc(c->bump, sizeof *e);
    if (!e) return no_memory(c), NULL;
    const Const *constant = consts_get(&c->consts, id);
    AstConstant *value = &e->Constant.value;
    e->pos = where->pos;
    e->kind = EXPR_CONSTANT;
    switch (constant->kind) {
    case CONST_NONE: value->kind = CONSTANT_NONE; break;
    case CONST_TRUE: value->kind = CONSTANT_TRUE; break;
    case CONST_FALSE: value->kind = CONSTANT_FALSE; break;
    case CONST_ELLIPSIS: value->kind = CONSTANT_ELLIPSIS; break;
    case CONST_INT:
        value->kind = CONSTANT_INT;
        value->integer = constant->integer;
        break;
    case CONST_STR:
    case CONST_BYTES:
        value->kind = constant->kind == CONST_STR ? CONSTANT_STR : CONSTANT_BYTES;
        value->text.bytes = constant->text.bytes;
        value->text.length = constant->text.length;
        break;
    default:
        value->kind = CONSTANT_FOLDED;
        value->integer = id;
        break;
    }
    return e;
}

static bool replace(Compiler *c, AstExpr **at, ConstId id) {
    AstExpr *e = id < 0 ? NULL : constant_node(c, *at, id);
    if (!e) return false;
    *at = e;
    return true;
}

/* Puts a computed value in the place of a node; an error of the computing leaves it as it was. */
static bool replace_by_value_steal(Compiler *c, AstExpr **at, Value value) {
    if (!value) {
        if (error_matches(T_KeyboardInterrupt) || error_matches(T_MemoryError)) return false;
        error_clear();
        return true;
    }
    ConstId id = consts_of_value(&c->consts, value);
    decref(value);
    return replace(c, at, id);
}

/* ---- operators ---------------------------------------------------------------------------------- */

static bool fits(size_t bits, size_t more) {
    return bits <= MAX_INT_BITS && more <= MAX_INT_BITS && bits + more <= MAX_INT_BITS;
}

/* Items of a tuple or frozenset with those within, as long as they are fewer than `limit`; below 0: too many.
 */
static int64_t count_items(Value v, int64_t limit) {
    if (!IS_EXACT(v, tuple)) return limit;
    limit -= (int64_t)tuple_length(v);
    for (size_t i = 0; limit >= 0 && i < tuple_length(v); i++)
        limit = count_items(tuple_item_borrow(v, i), limit);
    return limit;
}

static bool may_repeat(Value sequence, Value times) {
    int64_t n;
    if (!int_to_i64(times, &n)) return false;
    if (IS_EXACT(sequence, tuple)) {
        size_t size = tuple_length(sequence);
        if (!size) return true;
        if (n < 0 || n > (int64_t)(MAX_COLLECTION / size)) return false;
        return !n || count_items(sequence, MAX_TOTAL_ITEMS / n) >= 0;
    }
    size_t size = is_str(sequence) ? str_length(sequence) : bytes_length(sequence);
    return !size || (n >= 0 && n <= (int64_t)(MAX_TEXT / size));
}

static bool is_repeatable(Value v) { return IS_EXACT(v, tuple) || is_str(v) || is_bytes(v); }

static bool may_multiply(Value a, Value b) {
    if (is_int(a) && is_int(b)) {
        if (!int_sign(a) || !int_sign(b)) return true;
        return fits(int_bit_length(a), int_bit_length(b));
    }
    if (is_int(a) && is_repeatable(b)) return may_repeat(b, a);
    if (is_repeatable(a) && is_int(b)) return may_repeat(a, b);
    return !IS_EXACT(a, frozenset) && !IS_EXACT(b, frozenset);
}

static bool may_raise_to(Value a, Value b) {
    if (!is_int(a) || !is_int(b) || !int_sign(a) || int_sign(b) <= 0) return true;
    int64_t exponent;
    if (!int_to_i64(b, &exponent)) return false;
    size_t bits = int_bit_length(a);
    return bits && (uint64_t)exponent <= MAX_INT_BITS / bits;
}

static bool may_shift_left(Value a, Value b) {
    if (!is_int(a) || !is_int(b) || !int_sign(a) || !int_sign(b)) return true;
    int64_t n;
    return int_to_i64(b, &n) && n <= MAX_INT_BITS && (n < 0 || fits(int_bit_length(a), (size_t)n));
}

static Value compute_binary(AstOperator op, Value a, Value b, bool *skip) {
    *skip = false;
    switch (op) {
    case OPERATOR_ADD: return value_binary(OP_ADD, a, b);
    case OPERATOR_SUB: return value_binary(OP_SUBTRACT, a, b);
    case OPERATOR_MULT: return (*skip = !may_multiply(a, b)) ? NULL : value_binary(OP_MULTIPLY, a, b);
    case OPERATOR_DIV: return value_binary(OP_TRUE_DIVIDE, a, b);
    case OPERATOR_FLOOR_DIV: return value_binary(OP_FLOOR_DIVIDE, a, b);
    case OPERATOR_MOD: return (*skip = is_str(a) || is_bytes(a)) ? NULL : value_binary(OP_REMAINDER, a, b);
    case OPERATOR_POW: return (*skip = !may_raise_to(a, b)) ? NULL : value_binary(OP_POWER, a, b);
    case OPERATOR_LSHIFT: return (*skip = !may_shift_left(a, b)) ? NULL : value_binary(OP_LSHIFT, a, b);
    case OPERATOR_RSHIFT: return value_binary(OP_RSHIFT, a, b);
    case OPERATOR_BIT_OR: return value_binary(OP_OR, a, b);
    case OPERATOR_BIT_XOR: return value_binary(OP_XOR, a, b);
    case OPERATOR_BIT_AND: return value_binary(OP_AND, a, b);
    default: *skip = true; return NULL;
    }
}

/* ---- "..." % (...) ------------------------------------------------------------------------------ */

typedef struct Format {
    const char *at, *end;
} Format;

static AstExpr *str_node(Compiler *c, const AstExpr *where, const char *text, size_t length) {
    ConstId id = consts_of_str(&c->consts, text, length);
    return id < 0 ? NULL : constant_node(c, where, id);
}

/* Text up to the next conversion, %% made one %. *out NULL when there is none. */
static bool parse_literal(Compiler *c, Format *f, const AstExpr *where, AstExpr **out) {
    char *text = bump_alloc(c->bump, (size_t)(f->end - f->at) + 1);
    size_t n = 0;
    if (!text) return no_memory(c);
    while (f->at < f->end) {
        if (*f->at == '%') {
            if (f->at + 1 >= f->end || f->at[1] != '%') break;
            f->at++;
        }
        text[n++] = *f->at++;
    }
    text[n] = 0;
    *out = NULL;
    return n == 0 || (*out = str_node(c, where, text, n));
}

/* `absent` when there are no digits; -2 when there are too many. */
static int parse_number(Format *f, int absent) {
    int n = absent, digits = 0;
    for (; f->at < f->end && *f->at >= '0' && *f->at <= '9'; f->at++) {
        if (++digits >= MAX_FORMAT_DIGITS) return -2;
        n = (n < 0 ? 0 : n) * 10 + (*f->at - '0');
    }
    return n;
}

/* Behind the %: %s, %r and %a with width and precision. *out NULL: another one, which is not folded. */
static bool parse_conversion(Compiler *c, Format *f, AstExpr *arg, AstExpr **out) {
    bool left = false;
    int width, precision = -1;
    char spec[16];
    int n = 0;
    *out = NULL;
    while (f->at < f->end && strchr("-+ #0", *f->at) && *f->at) left |= *f->at++ == '-';
    width = parse_number(f, -1);
    if (f->at < f->end && *f->at == '.') {
        f->at++;
        precision = parse_number(f, 0);
    }
    if (width == -2 || precision == -2 || f->at >= f->end) return true;
    char kind = *f->at++;
    if (kind != 's' && kind != 'r' && kind != 'a') return true;
    if (!left && width > 0) spec[n++] = '>';
    if (width >= 0) n += snprintf(spec + n, sizeof spec - (size_t)n, "%d", width);
    if (precision >= 0) n += snprintf(spec + n, sizeof spec - (size_t)n, ".%d", precision);
    AstExpr *e = bump_zalloc(c->bump, sizeof *e);
    if (!e) return no_memory(c);
    e->pos = arg->pos;
    e->kind = EXPR_FORMATTED_VALUE;
    e->FormattedValue.value = arg;
    e->FormattedValue.conversion = kind;
    if (n) {
        const char *copy = bump_copy(c->bump, spec, (size_t)n);
        if (!copy) return no_memory(c);
        TRY(e->FormattedValue.format_spec = str_node(c, arg, copy, (size_t)n));
    }
    *out = e;
    return true;
}

static bool has_starred(const AstExprSeq *elts) {
    for (int32_t i = 0; i < elts->count; i++)
        if (elts->items[i]->kind == EXPR_STARRED) return true;
    return false;
}

static bool fold_format(Compiler *c, AstExpr **at) {
    AstExpr *e = *at;
    const AstConstant *format = &e->BinOp.left->Constant.value;
    const AstExprSeq *elts = &e->BinOp.right->Tuple.elts;
    Format f = {format->text.bytes, format->text.bytes + format->text.length};
    if (has_starred(elts)) return true;
    AstExprSeq values = {bump_alloc(c->bump, (2 * (size_t)elts->count + 1) * sizeof(AstExpr *)), 0};
    if (!values.items) return no_memory(c);
    for (int32_t used = 0;; used++) {
        AstExpr *part = NULL;
        TRY(parse_literal(c, &f, e, &part));
        if (part) values.items[values.count++] = part;
        if (f.at >= f.end) {
            if (used < elts->count) return true; /* too many items: the run says so */
            break;
        }
        if (used >= elts->count) return true;
        f.at++;
        TRY(parse_conversion(c, &f, elts->items[used], &part));
        if (!part) return true;
        values.items[values.count++] = part;
    }
    AstExpr *joined = bump_zalloc(c->bump, sizeof *joined);
    if (!joined) return no_memory(c);
    joined->pos = e->pos;
    joined->kind = EXPR_JOINED_STR;
    joined->JoinedStr.values = values;
    *at = joined;
    return true;
}

/* ---- nodes -------------------------------------------------------------------------------------- */

static bool fold_bin_op(Compiler *c, AstExpr **at) {
    AstExpr *e = *at;
    const AstExpr *left = e->BinOp.left, *right = e->BinOp.right;
    if (!is_constant(left)) return true;
    if (e->BinOp.op == OPERATOR_MOD && right->kind == EXPR_TUPLE && left->Constant.value.kind == CONSTANT_STR)
        return fold_format(c, at);
    if (!is_constant(right)) return true;
    ConstId a = const_of_expr(c, left), b = const_of_expr(c, right);
    if (a < 0 || b < 0) return false;
    bool skip;
    Value result = compute_binary(e->BinOp.op, consts_value_borrow(&c->consts, a),
                                  consts_value_borrow(&c->consts, b), &skip);
    return skip || replace_by_value_steal(c, at, result);
}

static bool fold_not_compare(AstExpr **at) {
    static const AstCmpop opposite[] = {[CMPOP_IS] = CMPOP_IS_NOT,
                                        [CMPOP_IS_NOT] = CMPOP_IS,
                                        [CMPOP_IN] = CMPOP_NOT_IN,
                                        [CMPOP_NOT_IN] = CMPOP_IN};
    AstExpr *compare = (*at)->UnaryOp.operand;
    if (compare->kind != EXPR_COMPARE || compare->Compare.ops.count != 1) return true;
    AstCmpop op = compare->Compare.ops.items[0];
    if (op != CMPOP_IS && op != CMPOP_IS_NOT && op != CMPOP_IN && op != CMPOP_NOT_IN) return true;
    compare->Compare.ops.items[0] = opposite[op];
    *at = compare;
    return true;
}

static bool fold_unary_op(Compiler *c, AstExpr **at) {
    AstExpr *e = *at;
    if (!is_constant(e->UnaryOp.operand)) return e->UnaryOp.op != UNARYOP_NOT || fold_not_compare(at);
    ConstId id = const_of_expr(c, e->UnaryOp.operand);
    if (id < 0) return false;
    Value v = consts_value_borrow(&c->consts, id);
    switch (e->UnaryOp.op) {
    case UNARYOP_INVERT: return replace_by_value_steal(c, at, value_invert(v));
    case UNARYOP_UADD: return replace_by_value_steal(c, at, value_positive(v));
    case UNARYOP_USUB: return replace_by_value_steal(c, at, value_negative(v));
    case UNARYOP_NOT: {
        int truth = value_is_true(v);
        return replace_by_value_steal(c, at, truth < 0 ? NULL : BOOL(!truth));
    }
    }
    return true;
}

static bool fold_tuple(Compiler *c, AstExpr **at) {
    const AstExpr *e = *at;
    if (e->Tuple.ctx != CONTEXT_LOAD || !all_constant(&e->Tuple.elts, 0, e->Tuple.elts.count)) return true;
    return replace(c, at, const_of_exprs(c, &e->Tuple.elts, 0, e->Tuple.elts.count));
}

static bool fold_subscript(Compiler *c, AstExpr **at) {
    const AstExpr *e = *at;
    if (e->Subscript.ctx != CONTEXT_LOAD || !is_constant(e->Subscript.value) ||
        !is_constant(e->Subscript.slice))
        return true;
    ConstId value = const_of_expr(c, e->Subscript.value), key = const_of_expr(c, e->Subscript.slice);
    if (value < 0 || key < 0) return false;
    Value v = consts_value_borrow(&c->consts, value);
    if (!IS_EXACT(v, tuple) && !is_str(v) && !is_bytes(v)) return true;
    return replace_by_value_steal(c, at, value_getitem(v, consts_value_borrow(&c->consts, key)));
}

/* What is only iterated or searched needs no list or set of its own. */
static bool fold_iterable(Compiler *c, AstExpr **at) {
    AstExpr *e = *at;
    if (e->kind == EXPR_LIST) {
        AstExprSeq elts = e->List.elts;
        AstContext ctx = e->List.ctx;
        if (has_starred(&elts)) return true;
        e->kind = EXPR_TUPLE;
        e->Tuple.elts = elts;
        e->Tuple.ctx = ctx;
        return fold_tuple(c, at);
    }
    if (e->kind != EXPR_SET || !all_constant(&e->Set.elts, 0, e->Set.elts.count)) return true;
    ConstId tuple = const_of_exprs(c, &e->Set.elts, 0, e->Set.elts.count);
    if (tuple < 0) return false;
    Const items = *consts_get(&c->consts, tuple);
    return replace(c, at, consts_of_frozenset(&c->consts, items.items.ids, items.items.count));
}

static bool fold_compare(Compiler *c, AstExpr *e) {
    int32_t last = e->Compare.ops.count - 1;
    TRY(fold_expr(c, &e->Compare.left) && fold_seq(c, &e->Compare.comparators));
    AstCmpop op = e->Compare.ops.items[last];
    return (op != CMPOP_IN && op != CMPOP_NOT_IN) || fold_iterable(c, &e->Compare.comparators.items[last]);
}

static bool fold_generators(Compiler *c, AstComprehensionSeq *generators) {
    for (int32_t i = 0; i < generators->count; i++) {
        AstComprehension *g = generators->items[i];
        TRY(fold_expr(c, &g->target) && fold_expr(c, &g->iter) && fold_seq(c, &g->ifs));
        TRY(fold_iterable(c, &g->iter));
    }
    return true;
}

static bool fold_name(Compiler *c, AstExpr **at) {
    const AstExpr *e = *at;
    if (e->Name.ctx != CONTEXT_LOAD || e->Name.id->utf8[0] != '_' ||
        strcmp(e->Name.id->utf8, "__debug__") != 0)
        return true;
    return replace(c, at, c->optimize ? CONST_FALSE : CONST_TRUE);
}

static bool fold_keywords(Compiler *c, AstKeywordSeq *keywords) {
    for (int32_t i = 0; i < keywords->count; i++) TRY(fold_expr(c, &keywords->items[i]->value));
    return true;
}

static bool fold_annotation(Compiler *c, AstExpr **at) {
    return !*at || (c->flags & COMPILE_FUTURE_ANNOTATIONS) || fold_expr(c, at);
}

static bool fold_args(Compiler *c, AstArgSeq *args) {
    for (int32_t i = 0; i < args->count; i++) TRY(fold_annotation(c, &args->items[i]->annotation));
    return true;
}

static bool fold_arguments(Compiler *c, AstArguments *args) {
    TRY(fold_args(c, &args->posonlyargs) && fold_args(c, &args->args) && fold_args(c, &args->kwonlyargs));
    if (args->vararg) TRY(fold_annotation(c, &args->vararg->annotation));
    if (args->kwarg) TRY(fold_annotation(c, &args->kwarg->annotation));
    return fold_seq(c, &args->kw_defaults) && fold_seq(c, &args->defaults);
}

static bool fold_expr_kind(Compiler *c, AstExpr **at) {
    AstExpr *e = *at;
    switch ((AstKind)e->kind) {
    case EXPR_BOOL_OP: return fold_seq(c, &e->BoolOp.values);
    case EXPR_NAMED_EXPR: return fold_expr(c, &e->NamedExpr.value);
    case EXPR_BIN_OP:
        return fold_expr(c, &e->BinOp.left) && fold_expr(c, &e->BinOp.right) && fold_bin_op(c, at);
    case EXPR_UNARY_OP: return fold_expr(c, &e->UnaryOp.operand) && fold_unary_op(c, at);
    case EXPR_LAMBDA: return fold_arguments(c, e->Lambda.args) && fold_expr(c, &e->Lambda.body);
    case EXPR_IF_EXP:
        return fold_expr(c, &e->IfExp.test) && fold_expr(c, &e->IfExp.body) && fold_expr(c, &e->IfExp.orelse);
    case EXPR_DICT: return fold_seq(c, &e->Dict.keys) && fold_seq(c, &e->Dict.values);
    case EXPR_SET: return fold_seq(c, &e->Set.elts);
    case EXPR_LIST_COMP: return fold_expr(c, &e->ListComp.elt) && fold_generators(c, &e->ListComp.generators);
    case EXPR_SET_COMP: return fold_expr(c, &e->SetComp.elt) && fold_generators(c, &e->SetComp.generators);
    case EXPR_DICT_COMP:
        return fold_expr(c, &e->DictComp.key) && fold_expr(c, &e->DictComp.value) &&
               fold_generators(c, &e->DictComp.generators);
    case EXPR_GENERATOR_EXP:
        return fold_expr(c, &e->GeneratorExp.elt) && fold_generators(c, &e->GeneratorExp.generators);
    case EXPR_AWAIT: return fold_expr(c, &e->Await.value);
    case EXPR_YIELD: return fold_opt(c, &e->Yield.value);
    case EXPR_YIELD_FROM: return fold_expr(c, &e->YieldFrom.value);
    case EXPR_COMPARE: return fold_compare(c, e);
    case EXPR_CALL:
        return fold_expr(c, &e->Call.func) && fold_seq(c, &e->Call.args) &&
               fold_keywords(c, &e->Call.keywords);
    case EXPR_FORMATTED_VALUE:
        return fold_expr(c, &e->FormattedValue.value) && fold_opt(c, &e->FormattedValue.format_spec);
    case EXPR_JOINED_STR: return fold_seq(c, &e->JoinedStr.values);
    case EXPR_ATTRIBUTE: return fold_expr(c, &e->Attribute.value);
    case EXPR_SUBSCRIPT:
        return fold_expr(c, &e->Subscript.value) && fold_expr(c, &e->Subscript.slice) &&
               fold_subscript(c, at);
    case EXPR_STARRED: return fold_expr(c, &e->Starred.value);
    case EXPR_NAME: return fold_name(c, at);
    case EXPR_LIST: return fold_seq(c, &e->List.elts);
    case EXPR_TUPLE: return fold_seq(c, &e->Tuple.elts) && fold_tuple(c, at);
    case EXPR_SLICE:
        return fold_opt(c, &e->Slice.lower) && fold_opt(c, &e->Slice.upper) && fold_opt(c, &e->Slice.step);
    default: return true;
    }
}

static bool fold_expr(Compiler *c, AstExpr **at) {
    if ((*at)->kind == EXPR_CONSTANT) return true;
    TRY(depth_enter(&c->depth));
    bool ok = fold_expr_kind(c, at);
    depth_leave(&c->depth);
    return ok;
}

/* ---- patterns and statements -------------------------------------------------------------------- */

static bool fold_pattern(Compiler *c, AstPattern *p);

static bool fold_patterns(Compiler *c, AstPatternSeq *seq) {
    TRY(depth_enter(&c->depth));
    bool ok = true;
    for (int32_t i = 0; ok && i < seq->count; i++) ok = fold_pattern(c, seq->items[i]);
    depth_leave(&c->depth);
    return ok;
}

static bool fold_pattern(Compiler *c, AstPattern *p) {
    switch ((AstKind)p->kind) {
    case PATTERN_MATCH_VALUE: return fold_expr(c, &p->MatchValue.value);
    case PATTERN_MATCH_SEQUENCE: return fold_patterns(c, &p->MatchSequence.patterns);
    case PATTERN_MATCH_MAPPING:
        return fold_seq(c, &p->MatchMapping.keys) && fold_patterns(c, &p->MatchMapping.patterns);
    case PATTERN_MATCH_CLASS:
        return fold_expr(c, &p->MatchClass.cls) && fold_patterns(c, &p->MatchClass.patterns) &&
               fold_patterns(c, &p->MatchClass.kwd_patterns);
    case PATTERN_MATCH_AS:
        return !p->MatchAs.pattern || fold_patterns(c, &(AstPatternSeq){&p->MatchAs.pattern, 1});
    case PATTERN_MATCH_OR: return fold_patterns(c, &p->MatchOr.patterns);
    default: return true;
    }
}

/* A docstring is one as written: text that folding made is none. */
static bool fold_body(Compiler *c, AstStmtSeq *body) {
    bool had_docstring = docstring_of(body) != NULL;
    TRY(fold_stmts(c, body));
    if (had_docstring || !docstring_of(body)) return true;
    AstStmt *s = body->items[0];
    AstExpr *joined = bump_zalloc(c->bump, sizeof *joined);
    AstExpr **values = bump_alloc(c->bump, sizeof *values);
    if (!joined || !values) return no_memory(c);
    values[0] = s->Expr.value;
    joined->pos = s->Expr.value->pos;
    joined->kind = EXPR_JOINED_STR;
    joined->JoinedStr.values = (AstExprSeq){values, 1};
    s->Expr.value = joined;
    return true;
}

static bool fold_type_params(Compiler *c, AstTypeParamSeq *params) {
    for (int32_t i = 0; i < params->count; i++)
        if (params->items[i]->kind == TYPE_PARAM_TYPE_VAR && params->items[i]->TypeVar.bound &&
            params->items[i]->TypeVar.bound->kind != EXPR_TUPLE) /* a tuple of constraints stays one */
            TRY(fold_expr(c, &params->items[i]->TypeVar.bound));
    return true;
}

static bool fold_handlers(Compiler *c, AstExceptHandlerSeq *handlers) {
    for (int32_t i = 0; i < handlers->count; i++)
        TRY(fold_opt(c, &handlers->items[i]->type) && fold_stmts(c, &handlers->items[i]->body));
    return true;
}

static bool fold_stmt(Compiler *c, AstStmt *s) {
    switch ((AstKind)s->kind) {
    case STMT_FUNCTION_DEF:
    case STMT_ASYNC_FUNCTION_DEF:
        return fold_type_params(c, &s->FunctionDef.type_params) && fold_arguments(c, s->FunctionDef.args) &&
               fold_body(c, &s->FunctionDef.body) && fold_seq(c, &s->FunctionDef.decorator_list) &&
               fold_annotation(c, &s->FunctionDef.returns);
    case STMT_CLASS_DEF:
        return fold_type_params(c, &s->ClassDef.type_params) && fold_seq(c, &s->ClassDef.bases) &&
               fold_keywords(c, &s->ClassDef.keywords) && fold_body(c, &s->ClassDef.body) &&
               fold_seq(c, &s->ClassDef.decorator_list);
    case STMT_RETURN: return fold_opt(c, &s->Return.value);
    case STMT_DELETE: return fold_seq(c, &s->Delete.targets);
    case STMT_ASSIGN: return fold_seq(c, &s->Assign.targets) && fold_expr(c, &s->Assign.value);
    case STMT_TYPE_ALIAS:
        return fold_type_params(c, &s->TypeAlias.type_params) && fold_expr(c, &s->TypeAlias.value);
    case STMT_AUG_ASSIGN: return fold_expr(c, &s->AugAssign.target) && fold_expr(c, &s->AugAssign.value);
    case STMT_ANN_ASSIGN:
        return fold_expr(c, &s->AnnAssign.target) && fold_annotation(c, &s->AnnAssign.annotation) &&
               fold_opt(c, &s->AnnAssign.value);
    case STMT_FOR:
    case STMT_ASYNC_FOR:
        return fold_expr(c, &s->For.target) && fold_expr(c, &s->For.iter) && fold_stmts(c, &s->For.body) &&
               fold_stmts(c, &s->For.orelse) && (s->kind == STMT_ASYNC_FOR || fold_iterable(c, &s->For.iter));
    case STMT_WHILE:
        return fold_expr(c, &s->While.test) && fold_stmts(c, &s->While.body) &&
               fold_stmts(c, &s->While.orelse);
    case STMT_IF:
        return fold_expr(c, &s->If.test) && fold_stmts(c, &s->If.body) && fold_stmts(c, &s->If.orelse);
    case STMT_WITH:
    case STMT_ASYNC_WITH:
        for (int32_t i = 0; i < s->With.items.count; i++)
            TRY(fold_expr(c, &s->With.items.items[i]->context_expr) &&
                fold_opt(c, &s->With.items.items[i]->optional_vars));
        return fold_stmts(c, &s->With.body);
    case STMT_MATCH:
        TRY(fold_expr(c, &s->Match.subject));
        for (int32_t i = 0; i < s->Match.cases.count; i++) {
            AstMatchCase *m = s->Match.cases.items[i];
            TRY(fold_pattern(c, m->pattern) && fold_opt(c, &m->guard) && fold_stmts(c, &m->body));
        }
        return true;
    case STMT_RAISE: return fold_opt(c, &s->Raise.exc) && fold_opt(c, &s->Raise.cause);
    case STMT_TRY:
    case STMT_TRY_STAR:
        return fold_stmts(c, &s->Try.body) && fold_handlers(c, &s->Try.handlers) &&
               fold_stmts(c, &s->Try.orelse) && fold_stmts(c, &s->Try.finalbody);
    case STMT_ASSERT: return fold_expr(c, &s->Assert.test) && fold_opt(c, &s->Assert.msg);
    case STMT_EXPR: return fold_expr(c, &s->Expr.value);
    default: return true;
    }
}

static bool fold_stmts(Compiler *c, AstStmtSeq *seq) {
    TRY(depth_enter(&c->depth));
    bool ok = true;
    for (int32_t i = 0; ok && i < seq->count; i++) ok = fold_stmt(c, seq->items[i]);
    depth_leave(&c->depth);
    return ok;
}

bool fold_module(Compiler *c, AstMod *mod) {
    switch ((AstKind)mod->kind) {
    case MOD_EXPRESSION: return fold_expr(c, &mod->Expression.body);
    case MOD_INTERACTIVE: return fold_stmts(c, &mod->Interactive.body);
    default: return fold_body(c, &mod->Module.body);
    }
}
