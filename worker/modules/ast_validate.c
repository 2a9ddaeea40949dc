/*
 * ast_validate: refuses trees that no source could give where the compiler counts on what the grammar promises: contexts, bodies that
 * are not empty, lists that go together, patterns' values. The messages are CPython's.
 */
#include "modules/ast.h"
#include "objects/str.h"

static bool check_expr(const AstExpr *e, AstContext context);
static bool check_stmt(const AstStmt *s);
static bool check_pattern(const AstPattern *p, bool star_ok);

#define TRY(check)                                                                                           \
    do {                                                                                                     \
        if (!(check)) return false;                                                                          \
    } while (0)

static bool refuse(const char *format, const char *a, const char *b) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    raise_error(T_ValueError, format, a, b);
#pragma GCC diagnostic pop
    return false;
}

static bool check_position(const AstPos *p) {
    if (p->lineno > p->end_lineno)
        return raise_error(T_ValueError, "AST node line range (%d, %d) is not valid", p->lineno,
                           p->end_lineno),
               false;
    if ((p->lineno < 0 && p->end_lineno != p->lineno) ||
        (p->col_offset < 0 && p->col_offset != p->end_col_offset))
        return raise_error(T_ValueError,
                           "AST node column range (%d, %d) for line range (%d, %d) is not valid",
                           p->col_offset, p->end_col_offset, p->lineno, p->end_lineno),
               false;
    if (p->lineno == p->end_lineno && p->col_offset > p->end_col_offset)
        return raise_error(T_ValueError, "line %d, column %d-%d is not a valid range", p->lineno,
                           p->col_offset, p->end_col_offset),
               false;
    return true;
}

static bool check_name(const AstName *name) {
    static const char *const forbidden[] = {"None", "True", "False"};
    for (size_t i = 0; name && i < 3; i++)
        if (strcmp(name->utf8, forbidden[i]) == 0)
            return refuse("identifier field can't represent '%s' constant", forbidden[i], "");
    return true;
}

static bool not_empty(int32_t count, const char *what, const char *owner) {
    return count > 0 || refuse("empty %s on %s", what, owner);
}

/* ---- expressions ---- */

static bool check_exprs(const AstExprSeq *seq, AstContext context, bool null_ok) {
    for (int32_t i = 0; i < seq->count; i++) {
        if (seq->items[i]) TRY(check_expr(seq->items[i], context));
        else if (!null_ok) return refuse("None disallowed in expression list", "", "");
    }
    return true;
}

static bool check_optional(const AstExpr *e) { return !e || check_expr(e, CONTEXT_LOAD); }
static bool check_load(const AstExpr *e) { return check_expr(e, CONTEXT_LOAD); }

static bool check_arg_list(const AstArgSeq *args) {
    for (int32_t i = 0; i < args->count; i++) {
        const AstArg *arg = args->items[i];
        if (!arg) return refuse("None disallowed in argument list", "", "");
        TRY(check_position(&arg->pos) && check_name(arg->arg) && check_optional(arg->annotation));
    }
    return true;
}

static bool check_one_arg(const AstArg *arg) {
    return !arg || (check_position(&arg->pos) && check_name(arg->arg) && check_optional(arg->annotation));
}

static bool check_arguments(const AstArguments *a) {
    TRY(check_arg_list(&a->posonlyargs) && check_arg_list(&a->args) && check_one_arg(a->vararg));
    TRY(check_arg_list(&a->kwonlyargs) && check_one_arg(a->kwarg));
    if (a->defaults.count > a->posonlyargs.count + a->args.count)
        return refuse("more positional defaults than args on arguments", "", "");
    if (a->kw_defaults.count != a->kwonlyargs.count)
        return refuse("length of kwonlyargs is not the same as kw_defaults on arguments", "", "");
    return check_exprs(&a->defaults, CONTEXT_LOAD, false) && check_exprs(&a->kw_defaults, CONTEXT_LOAD, true);
}

static bool check_keywords(const AstKeywordSeq *seq) {
    for (int32_t i = 0; i < seq->count; i++) {
        if (!seq->items[i]) return refuse("None disallowed in keyword list", "", "");
        TRY(check_load(seq->items[i]->value));
    }
    return true;
}

static bool check_comprehension(const AstComprehensionSeq *seq) {
    if (!seq->count) return refuse("comprehension with no generators", "", "");
    for (int32_t i = 0; i < seq->count; i++) {
        const AstComprehension *c = seq->items[i];
        if (!c) return refuse("None disallowed in comprehension list", "", "");
        TRY(check_expr(c->target, CONTEXT_STORE) && check_load(c->iter) &&
            check_exprs(&c->ifs, CONTEXT_LOAD, false));
    }
    return true;
}

/* The context that a node says it has; CONTEXT_LOAD where its kind has none and it could only be loaded. */
static bool check_context(const AstExpr *e, AstContext context) {
    static const char *const names[] = {"Load", "Store", "Del"};
    AstContext actual;
    switch (e->kind) {
    case EXPR_ATTRIBUTE: actual = e->Attribute.ctx; break;
    case EXPR_SUBSCRIPT: actual = e->Subscript.ctx; break;
    case EXPR_STARRED: actual = e->Starred.ctx; break;
    case EXPR_NAME: actual = e->Name.ctx; break;
    case EXPR_LIST: actual = e->List.ctx; break;
    case EXPR_TUPLE: actual = e->Tuple.ctx; break;
    default:
        return context == CONTEXT_LOAD ||
               refuse("expression which can't be assigned to in %s context", names[context], "");
    }
    return actual == context ||
           refuse("expression must have %s context but has %s instead", names[context], names[actual]);
}

static bool check_compare(const AstExpr *e) {
    if (!e->Compare.comparators.count) return refuse("Compare with no comparators", "", "");
    if (e->Compare.comparators.count != e->Compare.ops.count)
        return refuse("Compare has a different number of comparators and operands", "", "");
    return check_exprs(&e->Compare.comparators, CONTEXT_LOAD, false) && check_load(e->Compare.left);
}

static bool check_formatted(const AstExpr *e) {
    int32_t c = e->FormattedValue.conversion;
    if (c != -1 && c != 's' && c != 'r' && c != 'a')
        return raise_error(T_SystemError, "Unrecognized conversion character %d", c), false;
    return check_load(e->FormattedValue.value) && check_optional(e->FormattedValue.format_spec);
}

static bool check_lambda(const AstExpr *e) {
    return check_arguments(e->Lambda.args) && check_load(e->Lambda.body);
}

static bool check_dict(const AstExpr *e) {
    if (e->Dict.keys.count != e->Dict.values.count)
        return refuse("Dict doesn't have the same number of keys as values", "", "");
    return check_exprs(&e->Dict.keys, CONTEXT_LOAD, true) &&
           check_exprs(&e->Dict.values, CONTEXT_LOAD, false);
}

static bool check_named(const AstExpr *e) {
    if (e->NamedExpr.target->kind != EXPR_NAME)
        return raise_error(T_TypeError, "NamedExpr target must be a Name"), false;
    return check_expr(e->NamedExpr.target, CONTEXT_STORE) && check_load(e->NamedExpr.value);
}

static bool check_expr_kind(const AstExpr *e, AstContext context) {
    switch ((AstKind)e->kind) {
    case EXPR_BOOL_OP:
        if (e->BoolOp.values.count < 2) return refuse("BoolOp with less than 2 values", "", "");
        return check_exprs(&e->BoolOp.values, CONTEXT_LOAD, false);
    case EXPR_NAMED_EXPR: return check_named(e);
    case EXPR_BIN_OP: return check_load(e->BinOp.left) && check_load(e->BinOp.right);
    case EXPR_UNARY_OP: return check_load(e->UnaryOp.operand);
    case EXPR_LAMBDA: return check_lambda(e);
    case EXPR_IF_EXP:
        return check_load(e->IfExp.test) && check_load(e->IfExp.body) && check_load(e->IfExp.orelse);
    case EXPR_DICT: return check_dict(e);
    case EXPR_SET: return check_exprs(&e->Set.elts, CONTEXT_LOAD, false);
    case EXPR_LIST_COMP: return check_comprehension(&e->ListComp.generators) && check_load(e->ListComp.elt);
    case EXPR_SET_COMP: return check_comprehension(&e->SetComp.generators) && check_load(e->SetComp.elt);
    case EXPR_GENERATOR_EXP:
        return check_comprehension(&e->GeneratorExp.generators) && check_load(e->GeneratorExp.elt);
    case EXPR_DICT_COMP:
        return check_comprehension(&e->DictComp.generators) && check_load(e->DictComp.key) &&
               check_load(e->DictComp.value);
    case EXPR_YIELD: return check_optional(e->Yield.value);
    case EXPR_YIELD_FROM: return check_load(e->YieldFrom.value);
    case EXPR_AWAIT: return check_load(e->Await.value);
    case EXPR_COMPARE: return check_compare(e);
    case EXPR_CALL:
        return check_load(e->Call.func) && check_exprs(&e->Call.args, CONTEXT_LOAD, false) &&
               check_keywords(&e->Call.keywords);
    case EXPR_JOINED_STR: return check_exprs(&e->JoinedStr.values, CONTEXT_LOAD, false);
    case EXPR_FORMATTED_VALUE: return check_formatted(e);
    case EXPR_ATTRIBUTE: return check_load(e->Attribute.value);
    case EXPR_SUBSCRIPT: return check_load(e->Subscript.slice) && check_load(e->Subscript.value);
    case EXPR_STARRED: return check_expr(e->Starred.value, context);
    case EXPR_SLICE:
        return check_optional(e->Slice.lower) && check_optional(e->Slice.upper) &&
               check_optional(e->Slice.step);
    case EXPR_LIST: return check_exprs(&e->List.elts, context, false);
    case EXPR_TUPLE: return check_exprs(&e->Tuple.elts, context, false);
    case EXPR_NAME: return check_name(e->Name.id);
    default: return true;
    }
}

static bool check_expr(const AstExpr *e, AstContext context) {
    if (recursion_enter(" during compilation") < 0) return false;
    bool good = check_position(&e->pos) && check_context(e, context) && check_expr_kind(e, context);
    recursion_leave();
    return good;
}

/* ---- patterns ---- */

static bool is_number(const AstExpr *e, bool complex_ok, bool real_ok) {
    if (e->kind != EXPR_CONSTANT) return false;
    switch (e->Constant.value.kind) {
    case CONSTANT_INT:
    case CONSTANT_BIG_INT:
    case CONSTANT_FLOAT: return real_ok;
    case CONSTANT_IMAGINARY: return complex_ok;
    case CONSTANT_OBJECT: {
        Value v = e->Constant.value.object;
        return is_int(v) ? real_ok : IS_EXACT(v, complex) && complex_ok;
    }
    default: return false;
    }
}

static bool is_signed_number(const AstExpr *e, bool complex_ok) {
    if (e->kind == EXPR_UNARY_OP && e->UnaryOp.op == UNARYOP_USUB) e = e->UnaryOp.operand;
    return is_number(e, complex_ok, true);
}

static bool is_complex_sum(const AstExpr *e) {
    return (e->BinOp.op == OPERATOR_ADD || e->BinOp.op == OPERATOR_SUB) &&
           is_signed_number(e->BinOp.left, false) && is_number(e->BinOp.right, true, false);
}

/* A literal, a name with dots, or a number with sign or imaginary part. */
static bool check_match_value(const AstExpr *e) {
    TRY(check_load(e));
    bool good = false;
    switch (e->kind) {
    case EXPR_CONSTANT: {
        uint8_t kind = e->Constant.value.kind;
        if (kind == CONSTANT_OBJECT) good = is_number(e, true, true);
        else
            good = kind != CONSTANT_NONE && kind != CONSTANT_TRUE && kind != CONSTANT_FALSE &&
                   kind != CONSTANT_ELLIPSIS;
        if (!good) return refuse("unexpected constant inside of a literal pattern", "", "");
        break;
    }
    case EXPR_ATTRIBUTE:
    case EXPR_JOINED_STR: good = true; break;
    case EXPR_UNARY_OP: good = is_signed_number(e, true); break;
    case EXPR_BIN_OP: good = is_complex_sum(e); break;
    default: break;
    }
    return good || refuse("patterns may only match literals and attribute lookups", "", "");
}

static bool check_capture(const AstName *name) {
    if (name && strcmp(name->utf8, "_") == 0) return refuse("can't capture name '_' in patterns", "", "");
    return check_name(name);
}

static bool check_patterns(const AstPatternSeq *seq, bool star_ok) {
    for (int32_t i = 0; i < seq->count; i++) {
        if (!seq->items[i]) return refuse("None disallowed in pattern list", "", "");
        TRY(check_pattern(seq->items[i], star_ok));
    }
    return true;
}

static bool check_names_in_class(const AstExpr *cls) {
    const AstExpr *e = cls;
    while (e->kind == EXPR_ATTRIBUTE) e = e->Attribute.value;
    return e->kind == EXPR_NAME ||
           refuse("MatchClass cls field can only contain Name or Attribute nodes.", "", "");
}

static bool check_match_class(const AstPattern *p) {
    if (p->MatchClass.kwd_attrs.count != p->MatchClass.kwd_patterns.count)
        return refuse("MatchClass doesn't have the same number of keyword attributes as patterns", "", "");
    TRY(check_load(p->MatchClass.cls) && check_names_in_class(p->MatchClass.cls));
    for (int32_t i = 0; i < p->MatchClass.kwd_attrs.count; i++)
        TRY(check_name(p->MatchClass.kwd_attrs.items[i]));
    return check_patterns(&p->MatchClass.patterns, false) &&
           check_patterns(&p->MatchClass.kwd_patterns, false);
}

static bool check_match_mapping(const AstPattern *p) {
    if (p->MatchMapping.keys.count != p->MatchMapping.patterns.count)
        return refuse("MatchMapping doesn't have the same number of keys as patterns", "", "");
    TRY(check_capture(p->MatchMapping.rest));
    for (int32_t i = 0; i < p->MatchMapping.keys.count; i++) {
        const AstExpr *key = p->MatchMapping.keys.items[i];
        if (!key) return refuse("None disallowed in expression list", "", "");
        bool singleton = key->kind == EXPR_CONSTANT && key->Constant.value.kind <= CONSTANT_FALSE;
        if (!singleton) TRY(check_match_value(key));
    }
    return check_patterns(&p->MatchMapping.patterns, false);
}

static bool check_match_as(const AstPattern *p) {
    TRY(check_capture(p->MatchAs.name));
    if (!p->MatchAs.pattern) return true;
    if (!p->MatchAs.name) return refuse("MatchAs must specify a target name if a pattern is given", "", "");
    return check_pattern(p->MatchAs.pattern, false);
}

static bool check_pattern_kind(const AstPattern *p, bool star_ok) {
    switch ((AstKind)p->kind) {
    case PATTERN_MATCH_VALUE: return check_match_value(p->MatchValue.value);
    case PATTERN_MATCH_SINGLETON:
        return p->MatchSingleton.value.kind <= CONSTANT_FALSE ||
               refuse("MatchSingleton can only contain True, False and None", "", "");
    case PATTERN_MATCH_SEQUENCE: return check_patterns(&p->MatchSequence.patterns, true);
    case PATTERN_MATCH_MAPPING: return check_match_mapping(p);
    case PATTERN_MATCH_CLASS: return check_match_class(p);
    case PATTERN_MATCH_STAR:
        if (!star_ok) return refuse("can't use MatchStar here", "", "");
        return check_capture(p->MatchStar.name);
    case PATTERN_MATCH_AS: return check_match_as(p);
    default:
        if (p->MatchOr.patterns.count < 2) return refuse("MatchOr requires at least 2 patterns", "", "");
        return check_patterns(&p->MatchOr.patterns, false);
    }
}

static bool check_pattern(const AstPattern *p, bool star_ok) {
    if (recursion_enter(" during compilation") < 0) return false;
    bool good = check_position(&p->pos) && check_pattern_kind(p, star_ok);
    recursion_leave();
    return good;
}

/* ---- statements ---- */

static bool check_stmts(const AstStmtSeq *seq) {
    for (int32_t i = 0; i < seq->count; i++) {
        if (!seq->items[i]) return refuse("None disallowed in statement list", "", "");
        TRY(check_stmt(seq->items[i]));
    }
    return true;
}

static bool check_body(const AstStmtSeq *body, const char *owner) {
    return not_empty(body->count, "body", owner) && check_stmts(body);
}

static bool check_targets(const AstExprSeq *seq, AstContext context, const char *owner) {
    return not_empty(seq->count, "targets", owner) && check_exprs(seq, context, false);
}

static bool check_type_params(const AstTypeParamSeq *seq) {
    for (int32_t i = 0; i < seq->count; i++) {
        const AstTypeParam *t = seq->items[i];
        if (!t) return refuse("None disallowed in type parameter list", "", "");
        TRY(check_position(&t->pos));
        if (t->kind == TYPE_PARAM_TYPE_VAR)
            TRY(check_name(t->TypeVar.name) && check_optional(t->TypeVar.bound));
    }
    return true;
}

static bool check_function(const AstFunctionDefNode *f, const char *owner) {
    return check_body(&f->body, owner) && check_type_params(&f->type_params) && check_arguments(f->args) &&
           check_exprs(&f->decorator_list, CONTEXT_LOAD, false) && check_optional(f->returns);
}

static bool check_class(const AstStmt *s) {
    return check_body(&s->ClassDef.body, "ClassDef") && check_type_params(&s->ClassDef.type_params) &&
           check_exprs(&s->ClassDef.bases, CONTEXT_LOAD, false) && check_keywords(&s->ClassDef.keywords) &&
           check_exprs(&s->ClassDef.decorator_list, CONTEXT_LOAD, false);
}

static bool check_items(const AstWithitemSeq *items, const char *owner) {
    TRY(not_empty(items->count, "items", owner));
    for (int32_t i = 0; i < items->count; i++) {
        const AstWithitem *item = items->items[i];
        if (!item) return refuse("None disallowed in item list", "", "");
        TRY(check_load(item->context_expr));
        if (item->optional_vars) TRY(check_expr(item->optional_vars, CONTEXT_STORE));
    }
    return true;
}

static bool check_handlers(const AstExceptHandlerSeq *handlers) {
    for (int32_t i = 0; i < handlers->count; i++) {
        const AstExceptHandler *h = handlers->items[i];
        if (!h) return refuse("None disallowed in handler list", "", "");
        TRY(check_position(&h->pos) && check_optional(h->type) && check_name(h->name) &&
            check_body(&h->body, "ExceptHandler"));
    }
    return true;
}

/* The compiler counts on it, and no source gives another. */
static bool all_typed(const AstExceptHandlerSeq *handlers) {
    for (int32_t i = 0; i < handlers->count; i++)
        if (!handlers->items[i]->type)
            return refuse("TryStar needs an exception type in every handler", "", "");
    return true;
}

static bool check_try(const AstTryNode *t, const char *owner) {
    TRY(check_body(&t->body, owner));
    if (!t->handlers.count && !t->finalbody.count)
        return refuse("%s has neither except handlers nor finalbody", owner, "");
    if (!t->handlers.count && t->orelse.count)
        return refuse("%s has orelse but no except handlers", owner, "");
    TRY(check_handlers(&t->handlers) && check_stmts(&t->finalbody) && check_stmts(&t->orelse));
    return strcmp(owner, "TryStar") != 0 || all_typed(&t->handlers);
}

static bool check_match(const AstStmt *s) {
    TRY(check_load(s->Match.subject) && not_empty(s->Match.cases.count, "cases", "Match"));
    for (int32_t i = 0; i < s->Match.cases.count; i++) {
        const AstMatchCase *c = s->Match.cases.items[i];
        if (!c) return refuse("None disallowed in case list", "", "");
        TRY(check_pattern(c->pattern, false) && check_optional(c->guard) &&
            check_body(&c->body, "match_case"));
    }
    return true;
}

static bool check_aliases(const AstAliasSeq *names, const char *owner) {
    TRY(not_empty(names->count, "names", owner));
    for (int32_t i = 0; i < names->count; i++)
        if (!names->items[i]) return refuse("None disallowed in alias list", "", "");
    return true;
}

static bool check_aug_assign(const AstStmt *s) {
    const AstExpr *target = s->AugAssign.target;
    TRY(check_expr(target, CONTEXT_STORE) && check_load(s->AugAssign.value));
    if (target->kind != EXPR_NAME && target->kind != EXPR_ATTRIBUTE && target->kind != EXPR_SUBSCRIPT)
        return raise_error(T_SystemError, "invalid node type (%d) for augmented assignment", target->kind),
               false;
    return true;
}

static bool check_ann_assign(const AstStmt *s) {
    const AstExpr *target = s->AnnAssign.target;
    if (target->kind != EXPR_NAME && s->AnnAssign.simple)
        return raise_error(T_TypeError, "AnnAssign with simple non-Name target"), false;
    TRY(check_expr(target, CONTEXT_STORE) && check_optional(s->AnnAssign.value) &&
        check_load(s->AnnAssign.annotation));
    if (target->kind != EXPR_NAME && target->kind != EXPR_ATTRIBUTE && target->kind != EXPR_SUBSCRIPT)
        return raise_error(T_SystemError, "invalid node type (%d) for annotated assignment", target->kind),
               false;
    return true;
}

static bool check_raise(const AstStmt *s) {
    if (!s->Raise.exc && s->Raise.cause) return refuse("Raise with cause but no exception", "", "");
    return check_optional(s->Raise.exc) && check_optional(s->Raise.cause);
}

static bool check_for(const AstForNode *f, const char *owner) {
    return check_expr(f->target, CONTEXT_STORE) && check_load(f->iter) && check_body(&f->body, owner) &&
           check_stmts(&f->orelse);
}

static bool check_import_from(const AstStmt *s) {
    if (s->ImportFrom.level < 0) return refuse("Negative ImportFrom level", "", "");
    return check_aliases(&s->ImportFrom.names, "ImportFrom");
}

static bool check_type_alias(const AstStmt *s) {
    if (s->TypeAlias.name->kind != EXPR_NAME)
        return raise_error(T_TypeError, "TypeAlias with non-Name name"), false;
    return check_expr(s->TypeAlias.name, CONTEXT_STORE) && check_type_params(&s->TypeAlias.type_params) &&
           check_load(s->TypeAlias.value);
}

/* Kinds of one shape share a check: their nodes are laid out alike. */
#define AS_FUNCTION(node) ((const AstFunctionDefNode *)(const void *)&(node))
#define AS_FOR(node)      ((const AstForNode *)(const void *)&(node))
#define AS_TRY(node)      ((const AstTryNode *)(const void *)&(node))

static bool check_stmt_kind(const AstStmt *s) {
    switch ((AstKind)s->kind) {
    case STMT_FUNCTION_DEF:
        return check_name(s->FunctionDef.name) && check_function(&s->FunctionDef, "FunctionDef");
    case STMT_ASYNC_FUNCTION_DEF:
        return check_name(s->AsyncFunctionDef.name) &&
               check_function(AS_FUNCTION(s->AsyncFunctionDef), "AsyncFunctionDef");
    case STMT_CLASS_DEF: return check_name(s->ClassDef.name) && check_class(s);
    case STMT_RETURN: return check_optional(s->Return.value);
    case STMT_DELETE: return check_targets(&s->Delete.targets, CONTEXT_DEL, "Delete");
    case STMT_ASSIGN:
        return check_targets(&s->Assign.targets, CONTEXT_STORE, "Assign") && check_load(s->Assign.value);
    case STMT_TYPE_ALIAS: return check_type_alias(s);
    case STMT_AUG_ASSIGN: return check_aug_assign(s);
    case STMT_ANN_ASSIGN: return check_ann_assign(s);
    case STMT_FOR: return check_for(&s->For, "For");
    case STMT_ASYNC_FOR: return check_for(AS_FOR(s->AsyncFor), "AsyncFor");
    case STMT_WHILE:
        return check_load(s->While.test) && check_body(&s->While.body, "While") &&
               check_stmts(&s->While.orelse);
    case STMT_IF:
        return check_load(s->If.test) && check_body(&s->If.body, "If") && check_stmts(&s->If.orelse);
    case STMT_WITH: return check_items(&s->With.items, "With") && check_body(&s->With.body, "With");
    case STMT_ASYNC_WITH:
        return check_items(&s->AsyncWith.items, "AsyncWith") && check_body(&s->AsyncWith.body, "AsyncWith");
    case STMT_MATCH: return check_match(s);
    case STMT_RAISE: return check_raise(s);
    case STMT_TRY: return check_try(&s->Try, "Try");
    case STMT_TRY_STAR: return check_try(AS_TRY(s->TryStar), "TryStar");
    case STMT_ASSERT: return check_load(s->Assert.test) && check_optional(s->Assert.msg);
    case STMT_IMPORT: return check_aliases(&s->Import.names, "Import");
    case STMT_IMPORT_FROM: return check_import_from(s);
    case STMT_GLOBAL: return not_empty(s->Global.names.count, "names", "Global");
    case STMT_NONLOCAL: return not_empty(s->Nonlocal.names.count, "names", "Nonlocal");
    case STMT_EXPR: return check_load(s->Expr.value);
    default: return true;
    }
}

static bool check_stmt(const AstStmt *s) {
    if (recursion_enter(" during compilation") < 0) return false;
    bool good = check_position(&s->pos) && check_stmt_kind(s);
    recursion_leave();
    return good;
}

int ast_validate(const AstMod *mod) {
    bool good;
    switch (mod->kind) {
    case MOD_MODULE: good = check_stmts(&mod->Module.body); break;
    case MOD_INTERACTIVE: good = check_stmts(&mod->Interactive.body); break;
    default: good = check_load(mod->Expression.body); break;
    }
    return good ? 0 : -1;
}
