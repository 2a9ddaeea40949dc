/* comp_call: calls, and the warnings about what cannot be called, indexed or compared sensibly. */
#include "compile/compiler.h"

#include "objects/error.h"

/* ---- keywords ----------------------------------------------------------------------------------- */

static bool refuse_repeated(Compiler *c, const AstKeywordSeq *keywords, int32_t first) {
    for (int32_t i = first + 1; i < keywords->count; i++) {
        if (keywords->items[i]->arg != keywords->items[first]->arg) continue;
        SET_LOC(c, keywords->items[i]);
        return fail(c, "keyword argument repeated: %s", keywords->items[first]->arg->utf8);
    }
    return true;
}

/* Names may be given once, and __debug__ never. */
static bool check_keywords(Compiler *c, const AstKeywordSeq *keywords) {
    NameMap seen = {0};
    for (int32_t i = 0; i < keywords->count; i++) {
        const AstName *name = keywords->items[i]->arg;
        if (name && name_map_find(&seen, name) >= 0) {
            /* Rare: find the first one that is repeated. */
            for (int32_t first = 0; first < keywords->count; first++) {
                if (!keywords->items[first]->arg) continue;
                TRY(check_forbidden(c, keywords->items[first]->arg, CONTEXT_STORE));
                TRY(refuse_repeated(c, keywords, first));
            }
        }
        if (name && name_map_add(&seen, c->bump, name) < 0) return no_memory(c);
    }
    for (int32_t i = 0; i < keywords->count; i++)
        if (keywords->items[i]->arg) TRY(check_forbidden(c, keywords->items[i]->arg, CONTEXT_STORE));
    return true;
}

static ConstId keyword_names(Compiler *c, const AstKeywordSeq *keywords, int32_t start, int32_t end) {
    ConstId *ids = bump_alloc(c->bump, (size_t)(end - start) * sizeof *ids + 1);
    if (!ids) return no_memory(c), -1;
    for (int32_t i = start; i < end; i++) {
        if ((ids[i - start] = const_of_name(c, keywords->items[i]->arg)) < 0) return -1;
    }
    return consts_of_tuple(&c->consts, ids, (size_t)(end - start));
}

/* Keywords [start, end), all named, as a new dict. */
static bool visit_keyword_dict(Compiler *c, const AstKeywordSeq *keywords, int32_t start, int32_t end) {
    int32_t n = end - start;
    bool big = n * 2 > STACK_USE_GUIDELINE;
    if (n > 1 && !big) {
        for (int32_t i = start; i < end; i++) TRY(visit_expr(c, keywords->items[i]->value));
        return emit_const(c, keyword_names(c, keywords, start, end)) &&
               emit(c, OPCODE_BUILD_CONST_KEY_MAP, n);
    }
    if (big) TRY(emit(c, OPCODE_BUILD_MAP, 0));
    for (int32_t i = start; i < end; i++) {
        TRY(emit_const(c, const_of_name(c, keywords->items[i]->arg)) &&
            visit_expr(c, keywords->items[i]->value));
        if (big) TRY(emit(c, OPCODE_MAP_ADD, 1));
    }
    return big || emit(c, OPCODE_BUILD_MAP, n);
}

/* All keywords, `**x` among them, as one new dict. */
static bool visit_keywords_merged(Compiler *c, const AstKeywordSeq *keywords) {
    int32_t waiting = 0, n = keywords->count;
    bool built = false;
    for (int32_t i = 0; i <= n; i++) {
        if (i < n && keywords->items[i]->arg) {
            waiting++;
            continue;
        }
        if (waiting) {
            TRY(visit_keyword_dict(c, keywords, i - waiting, i));
            if (built) TRY(emit(c, OPCODE_DICT_MERGE, 1));
            built = true;
            waiting = 0;
        }
        if (i == n) break;
        if (!built) TRY(emit(c, OPCODE_BUILD_MAP, 0));
        built = true;
        TRY(visit_expr(c, keywords->items[i]->value) && emit(c, OPCODE_DICT_MERGE, 1));
    }
    return true;
}

/* ---- calls -------------------------------------------------------------------------------------- */

static bool has_stars(const AstExprSeq *args, const AstKeywordSeq *keywords) {
    for (int32_t i = 0; i < args->count; i++)
        if (args->items[i]->kind == EXPR_STARRED) return true;
    for (int32_t i = 0; i < keywords->count; i++)
        if (!keywords->items[i]->arg) return true;
    return false;
}

/* The values of keywords, then KW_NAMES. */
static bool visit_simple_keywords(Compiler *c, const AstKeywordSeq *keywords) {
    if (!keywords->count) return true;
    for (int32_t i = 0; i < keywords->count; i++) TRY(visit_expr(c, keywords->items[i]->value));
    int32_t number = unit_const_number(c, keyword_names(c, keywords, 0, keywords->count));
    return number >= 0 && emit(c, OPCODE_KW_NAMES, number);
}

static bool emit_call(Compiler *c, int32_t n, const AstKeywordSeq *keywords) {
    return emit_ab(c, OPCODE_CALL, keywords->count > 0, n + keywords->count);
}

static bool visit_star_call(Compiler *c, int32_t pushed, const AstExprSeq *args,
                            const AstKeywordSeq *keywords) {
    if (pushed == 0 && args->count == 1 && args->items[0]->kind == EXPR_STARRED) {
        TRY(visit_expr(c, args->items[0]->Starred.value)); /* the call makes a tuple of it */
    } else {
        TRY(build_sequence(c, args, pushed, OPCODE_BUILD_LIST, OPCODE_LIST_APPEND, OPCODE_LIST_EXTEND, true));
    }
    if (keywords->count) TRY(visit_keywords_merged(c, keywords));
    return emit(c, OPCODE_CALL_FUNCTION_EX, keywords->count > 0);
}

bool visit_call_arguments(Compiler *c, int32_t pushed, const AstExprSeq *args,
                          const AstKeywordSeq *keywords) {
    TRY(check_keywords(c, keywords));
    if (args->count + keywords->count * 2 > STACK_USE_GUIDELINE || has_stars(args, keywords))
        return visit_star_call(c, pushed, args, keywords);
    TRY(visit_exprs(c, args) && visit_simple_keywords(c, keywords));
    return emit_call(c, pushed + args->count, keywords);
}

/* o.name(...): the attribute is not bound when it is a plain method. */
static bool visit_method_call(Compiler *c, const AstExpr *e) {
    const AstExpr *method = e->Call.func;
    TRY(load_method(c, method));
    TRY(visit_exprs(c, &e->Call.args) && visit_simple_keywords(c, &e->Call.keywords));
    SET_LOC(c, e);
    match_attribute_start(c, method);
    return emit_call(c, e->Call.args.count, &e->Call.keywords);
}

bool visit_call(Compiler *c, const AstExpr *e) {
    const AstCallNode *call = &e->Call;
    TRY(check_keywords(c, &call->keywords));
    int32_t args = call->args.count, keywords = call->keywords.count;
    if (call->func->kind == EXPR_ATTRIBUTE && call->func->Attribute.ctx == CONTEXT_LOAD &&
        args + keywords + (keywords != 0) < STACK_USE_GUIDELINE && !has_stars(&call->args, &call->keywords))
        return visit_method_call(c, e);
    TRY(check_caller(c, call->func) && visit_expr(c, call->func) && emit_push_null(c));
    return visit_call_arguments(c, 0, &call->args, &call->keywords);
}

/* ---- warnings ----------------------------------------------------------------------------------- */

/* The type that an expression surely has, NULL when it may be any, or with an error when memory is short. */
static const char *known_type(Compiler *c, const AstExpr *e) {
    switch ((AstKind)e->kind) {
    case EXPR_TUPLE: return "tuple";
    case EXPR_LIST:
    case EXPR_LIST_COMP: return "list";
    case EXPR_DICT:
    case EXPR_DICT_COMP: return "dict";
    case EXPR_SET:
    case EXPR_SET_COMP: return "set";
    case EXPR_GENERATOR_EXP: return "generator";
    case EXPR_LAMBDA: return "function";
    case EXPR_JOINED_STR:
    case EXPR_FORMATTED_VALUE: return "str";
    case EXPR_CONSTANT: {
        static const char *const names[] = {
            [CONST_NONE] = "NoneType",     [CONST_TRUE] = "bool",       [CONST_FALSE] = "bool",
            [CONST_ELLIPSIS] = "ellipsis", [CONST_INT] = "int",         [CONST_BIG_INT] = "int",
            [CONST_FLOAT] = "float",       [CONST_COMPLEX] = "complex", [CONST_STR] = "str",
            [CONST_BYTES] = "bytes",       [CONST_TUPLE] = "tuple",     [CONST_FROZENSET] = "frozenset",
            [CONST_OTHER] = NULL};
        ConstId id = const_of_expr(c, e);
        return id < 0 ? NULL : names[consts_get(&c->consts, id)->kind];
    }
    default: return NULL;
    }
}

static bool is_suspect_literal(const AstExpr *e) {
    if (e->kind != EXPR_CONSTANT) return false;
    uint8_t kind = e->Constant.value.kind;
    return kind != CONSTANT_NONE && kind != CONSTANT_TRUE && kind != CONSTANT_FALSE &&
           kind != CONSTANT_ELLIPSIS;
}

/* `x is 5` compares identity with a literal. */
bool check_compare(Compiler *c, const AstExpr *e) {
    const AstCompareNode *compare = &e->Compare;
    bool left = is_suspect_literal(compare->left);
    for (int32_t i = 0; i < compare->ops.count; i++) {
        bool right = is_suspect_literal(compare->comparators.items[i]);
        AstCmpop op = compare->ops.items[i];
        if ((op == CMPOP_IS || op == CMPOP_IS_NOT) && (left || right)) {
            return op == CMPOP_IS ? warn_syntax(c, "\"is\" with a literal. Did you mean \"==\"?")
                                  : warn_syntax(c, "\"is not\" with a literal. Did you mean \"!=\"?");
        }
        left = right;
    }
    return true;
}

bool check_caller(Compiler *c, const AstExpr *func) {
    if (func->kind == EXPR_LAMBDA) return true;
    const char *type = known_type(c, func);
    if (!type) return !error_pending();
    return warn_syntax(c, "'%s' object is not callable; perhaps you missed a comma?", type);
}

/* False may mean an error. */
static bool is_const_kind(Compiler *c, const AstExpr *e, uint32_t kinds) {
    ConstId id = const_of_expr(c, e);
    return id >= 0 && (kinds >> consts_get(&c->consts, id)->kind & 1);
}

enum {
    NUMBER_CONSTS = 1 << CONST_INT | 1 << CONST_BIG_INT | 1 << CONST_FLOAT | 1 << CONST_COMPLEX,
    NEVER_INDEXED_CONSTS = NUMBER_CONSTS | 1 << CONST_NONE | 1 << CONST_TRUE | 1 << CONST_FALSE |
                           1 << CONST_ELLIPSIS | 1 << CONST_FROZENSET,
    SEQUENCE_CONSTS = 1 << CONST_STR | 1 << CONST_BYTES | 1 << CONST_TUPLE,
};

static bool check_subscripted(Compiler *c, const AstExpr *value) {
    switch ((AstKind)value->kind) {
    case EXPR_CONSTANT:
        if (!is_const_kind(c, value, NEVER_INDEXED_CONSTS)) return !error_pending();
        break;
    case EXPR_SET:
    case EXPR_SET_COMP:
    case EXPR_GENERATOR_EXP:
    case EXPR_LAMBDA: break;
    default: return true;
    }
    return warn_syntax(c, "'%s' object is not subscriptable; perhaps you missed a comma?",
                       known_type(c, value));
}

static bool check_index(Compiler *c, const AstExpr *value, const AstExpr *index) {
    const char *type = known_type(c, index);
    if (!type || strcmp(type, "int") == 0 || strcmp(type, "bool") == 0) return !error_pending();
    switch ((AstKind)value->kind) {
    case EXPR_CONSTANT:
        if (!is_const_kind(c, value, SEQUENCE_CONSTS)) return !error_pending();
        break;
    case EXPR_TUPLE:
    case EXPR_LIST:
    case EXPR_LIST_COMP:
    case EXPR_JOINED_STR:
    case EXPR_FORMATTED_VALUE: break;
    default: return true;
    }
    return warn_syntax(c, "%s indices must be integers or slices, not %s; perhaps you missed a comma?",
                       known_type(c, value), type);
}

bool check_subscript(Compiler *c, const AstExpr *e) {
    return check_subscripted(c, e->Subscript.value) && check_index(c, e->Subscript.value, e->Subscript.slice);
}
