/* symtable: the first walk: scopes, their symbols, and the errors that a name's history in one scope can
 * make. */
#include "compile/symtable.h"

#define TRY(condition)                                                                                       \
    do {                                                                                                     \
        if (!(condition)) return false;                                                                      \
    } while (0)
#define VISIT_SEQ(st, what, seq)                                                                             \
    do {                                                                                                     \
        for (int32_t i_ = 0; i_ < (seq).count; i_++) TRY(visit_##what(st, (seq).items[i_]));                 \
    } while (0)

static bool visit_stmts(Symtable *st, const AstStmtSeq *seq);
static bool visit_expr(Symtable *st, const AstExpr *e);
static bool visit_opt_expr(Symtable *st, const AstExpr *e) { return !e || visit_expr(st, e); }
static bool visit_pattern(Symtable *st, const AstPattern *p);

#define FAIL(st, pos, ...)                                                                                   \
    ((st)->err->plain_args = true, syntax_error_at((st)->err, SYNTAX_ERROR, pos, __VA_ARGS__))

/* ---- scopes ------------------------------------------------------------------------------------- */

static uint32_t key_hash(const void *key) {
    return (uint32_t)(((uintptr_t)key >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 32);
}

static void by_key_put(Symtable *st, Scope *scope) {
    uint32_t at = key_hash(scope->key);
    while (st->by_key[at & st->key_mask]) at++;
    st->by_key[at & st->key_mask] = scope;
}

static bool by_key_add(Symtable *st, Scope *scope) {
    if (!st->by_key || st->key_count * 2 > st->key_mask) {
        uint32_t old_size = st->by_key ? st->key_mask + 1 : 0, size = old_size ? old_size * 2 : 64;
        Scope **old = st->by_key, **table = bump_zalloc(st->bump, size * sizeof *table);
        if (!table) return syntax_error_memory(st->err);
        st->by_key = table;
        st->key_mask = size - 1;
        for (uint32_t i = 0; i < old_size; i++)
            if (old[i]) by_key_put(st, old[i]);
    }
    st->key_count++;
    by_key_put(st, scope);
    return true;
}

Scope *symtable_scope(const Symtable *st, const void *key) {
    for (uint32_t at = key_hash(key);; at++) {
        Scope *scope = st->by_key[at & st->key_mask];
        if (!scope || scope->key == key) return scope;
    }
}

static bool enter(Symtable *st, const AstName *name, ScopeKind kind, const void *key, const AstPos *pos) {
    Scope *scope = bump_zalloc(st->bump, sizeof *scope), *parent = st->current;
    if (!scope) return syntax_error_memory(st->err);
    scope->kind = kind;
    scope->name = name;
    scope->key = key;
    scope->pos = *pos;
    scope->directives_tail = &scope->directives;
    scope->parent = parent;
    if (parent) {
        scope->iterable_depth = parent->iterable_depth;
        scope->nested = parent->nested || scope_is_function_like(parent);
    }
    st->current = scope;
    if (kind == SCOPE_ANNOTATION) return true; /* its names are text in the end: no part of the tree */
    if (parent) {
        if (parent->last_child) parent->last_child->next = scope;
        else parent->first_child = scope;
        parent->last_child = scope;
    }
    return by_key_add(st, scope);
}

static void leave(Symtable *st) { st->current = st->current->parent; }

/* ---- symbols ------------------------------------------------------------------------------------ */

const AstName *symtable_mangle(AstNames *names, Bump *bump, const AstName *class_name, const AstName *name) {
    const char *text = name->utf8;
    if (!class_name || text[0] != '_' || text[1] != '_') return name;
    /* Dotted names of imports and __magic__ ones stay. */
    if ((text[name->length - 1] == '_' && text[name->length - 2] == '_') || memchr(text, '.', name->length))
        return name;
    const char *cls = class_name->utf8;
    size_t skipped = strspn(cls, "_"), length = class_name->length - skipped;
    if (length == 0) return name;
    char *mangled = bump_alloc(bump, 1 + length + name->length + 1);
    if (!mangled) return NULL;
    mangled[0] = '_';
    memcpy(mangled + 1, cls + skipped, length);
    memcpy(mangled + 1 + length, text, name->length + 1);
    return ast_name_intern(names, mangled, 1 + length + name->length);
}

static const AstName *mangle(Symtable *st, const AstName *name) {
    if (name->utf8[0] != '_' || !st->class_name) return name;
    const AstName *mangled = symtable_mangle(st->names, st->bump, st->class_name, name);
    if (!mangled) syntax_error_memory(st->err);
    return mangled;
}

Symbol *scope_add_symbol(Symtable *st, Scope *scope, const AstName *name) {
    if (scope->map.count == scope->symbol_capacity) {
        uint32_t capacity = scope->symbol_capacity ? scope->symbol_capacity * 2 : 8;
        Symbol **symbols = bump_alloc(st->bump, capacity * sizeof *symbols);
        if (!symbols) return syntax_error_memory(st->err), NULL;
        if (scope->map.count) memcpy(symbols, scope->symbols, scope->map.count * sizeof *symbols);
        scope->symbols = symbols;
        scope->symbol_capacity = capacity;
    }
    Symbol *symbol = bump_alloc(st->bump, sizeof *symbol);
    if (!symbol || name_map_add(&scope->map, st->bump, name) < 0) return syntax_error_memory(st->err), NULL;
    *symbol = (Symbol){.name = name, .slot = -1};
    return scope->symbols[scope->map.count - 1] = symbol;
}

static Symbol *symbol_intern(Symtable *st, Scope *scope, const AstName *mangled) {
    Symbol *symbol = scope_symbol(scope, mangled);
    return symbol ? symbol : scope_add_symbol(st, scope, mangled);
}

static bool define_in(Symtable *st, Scope *scope, const AstName *name, unsigned flag, const AstPos *pos) {
    const AstName *mangled = mangle(st, name);
    if (!mangled) return false;
    Symbol *symbol = symbol_intern(st, scope, mangled);
    if (!symbol) return false;
    if (flag & symbol->flags & SYMBOL_PARAM)
        return FAIL(st, pos, "duplicate argument '%s' in function definition", name->utf8);
    if (flag & symbol->flags & SYMBOL_TYPE_PARAM)
        return FAIL(st, pos, "duplicate type parameter '%s'", name->utf8);
    symbol->flags |= flag;
    if (scope->in_comp_target) {
        if (symbol->flags & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL))
            return FAIL(st, pos, "comprehension inner loop cannot rebind assignment expression target '%s'",
                        name->utf8);
        symbol->flags |= SYMBOL_COMP_ITER;
    }
    if (flag & SYMBOL_GLOBAL) {
        Symbol *global = symbol_intern(st, st->module, mangled);
        if (!global) return false;
        global->flags |= flag;
    }
    return true;
}

static bool define(Symtable *st, const AstName *name, unsigned flag, const AstPos *pos) {
    return define_in(st, st->current, name, flag, pos);
}

static unsigned flags_of(Symtable *st, const Scope *scope, const AstName *name) {
    const AstName *mangled = mangle(st, name);
    const Symbol *symbol = mangled ? scope_symbol(scope, mangled) : NULL;
    return symbol ? symbol->flags : 0;
}

static bool record_directive(Symtable *st, const AstName *name, const AstPos *pos) {
    Directive *d = bump_alloc(st->bump, sizeof *d);
    const AstName *mangled = mangle(st, name);
    if (!d || !mangled) return syntax_error_memory(st->err);
    *d = (Directive){NULL, mangled, *pos};
    *st->current->directives_tail = d;
    st->current->directives_tail = &d->next;
    return true;
}

/* global and nonlocal: they must come before any other mention of the name in their scope. */
static bool visit_declaration(Symtable *st, const AstStmt *s, const AstNameSeq *names, unsigned flag,
                              const char *word) {
    for (int32_t i = 0; i < names->count; i++) {
        const AstName *name = names->items[i];
        unsigned seen = flags_of(st, st->current, name);
        if (seen & SYMBOL_PARAM) return FAIL(st, &s->pos, "name '%s' is parameter and %s", name->utf8, word);
        if (seen & SYMBOL_USE)
            return FAIL(st, &s->pos, "name '%s' is used prior to %s declaration", name->utf8, word);
        if (seen & SYMBOL_ANNOTATED)
            return FAIL(st, &s->pos, "annotated name '%s' can't be %s", name->utf8, word);
        if (seen & SYMBOL_LOCAL)
            return FAIL(st, &s->pos, "name '%s' is assigned to before %s declaration", name->utf8, word);
        TRY(define(st, name, flag, &s->pos) && record_directive(st, name, &s->pos));
    }
    return true;
}

/* ---- what annotation scopes forbid -------------------------------------------------------------- */

static bool refuse_in_annotation(Symtable *st, const char *what, const AstPos *pos) {
    switch (st->current->kind) {
    case SCOPE_ANNOTATION: return FAIL(st, pos, "'%s' can not be used within an annotation", what);
    case SCOPE_TYPE_VAR_BOUND: return FAIL(st, pos, "%s cannot be used within a TypeVar bound", what);
    case SCOPE_TYPE_ALIAS: return FAIL(st, pos, "%s cannot be used within a type alias", what);
    case SCOPE_TYPE_PARAMS:
        return FAIL(st, pos, "%s cannot be used within the definition of a generic", what);
    default: return true;
    }
}

static bool refuse_yield_in_comprehension(Symtable *st, const AstPos *pos) {
    static const char *const where[] = {[LIST_COMPREHENSION] = "list comprehension",
                                        [SET_COMPREHENSION] = "set comprehension",
                                        [DICT_COMPREHENSION] = "dict comprehension",
                                        [GENERATOR_EXPRESSION] = "generator expression"};
    ComprehensionKind kind = st->current->comprehension;
    return kind == NO_COMPREHENSION || FAIL(st, pos, "'yield' inside %s", where[kind]);
}

/* ---- functions ---------------------------------------------------------------------------------- */

static bool define_args(Symtable *st, const AstArgSeq *args) {
    for (int32_t i = 0; i < args->count; i++)
        TRY(define(st, args->items[i]->arg, SYMBOL_PARAM, &args->items[i]->pos));
    return true;
}

static bool visit_arguments(Symtable *st, const AstArguments *args) {
    TRY(define_args(st, &args->posonlyargs) && define_args(st, &args->args) &&
        define_args(st, &args->kwonlyargs));
    if (args->vararg) {
        TRY(define(st, args->vararg->arg, SYMBOL_PARAM, &args->vararg->pos));
        st->current->varargs = true;
    }
    if (args->kwarg) {
        TRY(define(st, args->kwarg->arg, SYMBOL_PARAM, &args->kwarg->pos));
        st->current->varkeywords = true;
    }
    return true;
}

static bool visit_defaults(Symtable *st, const AstArguments *args) {
    VISIT_SEQ(st, expr, args->defaults);
    VISIT_SEQ(st, opt_expr, args->kw_defaults);
    return true;
}

static bool visit_annotation(Symtable *st, const AstExpr *annotation) {
    if (!st->future_annotations) return visit_expr(st, annotation);
    TRY(enter(st, st->top, SCOPE_ANNOTATION, annotation, &annotation->pos));
    TRY(visit_expr(st, annotation));
    leave(st);
    return true;
}

static bool visit_arg_annotations(Symtable *st, const AstArgSeq *args) {
    for (int32_t i = 0; i < args->count; i++)
        if (args->items[i]->annotation) TRY(visit_annotation(st, args->items[i]->annotation));
    return true;
}

static bool visit_annotations(Symtable *st, const AstArguments *args, const AstExpr *returns) {
    TRY(visit_arg_annotations(st, &args->posonlyargs) && visit_arg_annotations(st, &args->args));
    if (args->vararg && args->vararg->annotation) TRY(visit_annotation(st, args->vararg->annotation));
    if (args->kwarg && args->kwarg->annotation) TRY(visit_annotation(st, args->kwarg->annotation));
    TRY(visit_arg_annotations(st, &args->kwonlyargs));
    return !returns || visit_annotation(st, returns);
}

/* A scope below a class that reads the class's namespace at run time. */
static bool see_class(Symtable *st, const AstPos *pos) {
    st->current->can_see_class = true;
    return define(st, st->dunder_class_dict, SYMBOL_USE, pos);
}

static bool visit_type_param(Symtable *st, const AstTypeParam *param) {
    const AstName *name = param->kind == TYPE_PARAM_TYPE_VAR     ? param->TypeVar.name
                          : param->kind == TYPE_PARAM_PARAM_SPEC ? param->ParamSpec.name
                                                                 : param->TypeVarTuple.name;
    TRY(define(st, name, SYMBOL_TYPE_PARAM | SYMBOL_LOCAL, &param->pos));
    if (param->kind != TYPE_PARAM_TYPE_VAR || !param->TypeVar.bound) return true;
    bool in_class = st->current->can_see_class;
    TRY(enter(st, name, SCOPE_TYPE_VAR_BOUND, param, &param->pos));
    if (in_class) TRY(see_class(st, &param->pos));
    TRY(visit_expr(st, param->TypeVar.bound));
    leave(st);
    return true;
}

/* Opens the scope of a type parameter list; the caller leaves it. */
static bool enter_type_params(Symtable *st, const AstName *name, const AstTypeParamSeq *params,
                              const AstPos *pos) {
    bool in_class = st->current->kind == SCOPE_CLASS;
    TRY(enter(st, name, SCOPE_TYPE_PARAMS, params->items, pos));
    return !in_class || see_class(st, pos);
}

/* FunctionDef and AsyncFunctionDef have the same fields. */
static bool visit_function(Symtable *st, const AstStmt *s) {
    const AstFunctionDefNode *f = &s->FunctionDef;
    bool generic = f->type_params.count > 0;
    TRY(define(st, f->name, SYMBOL_LOCAL, &s->pos) && visit_defaults(st, f->args));
    if (!generic) TRY(visit_annotations(st, f->args, f->returns));
    VISIT_SEQ(st, expr, f->decorator_list);
    if (generic) {
        TRY(enter_type_params(st, f->name, &f->type_params, &s->pos));
        if (f->args->defaults.count) TRY(define(st, st->dot_defaults, SYMBOL_PARAM, &s->pos));
        bool keyword_defaults = false;
        for (int32_t i = 0; i < f->args->kw_defaults.count; i++)
            keyword_defaults |= f->args->kw_defaults.items[i] != NULL;
        if (keyword_defaults) TRY(define(st, st->dot_kwdefaults, SYMBOL_PARAM, &s->pos));
        VISIT_SEQ(st, type_param, f->type_params);
        TRY(visit_annotations(st, f->args, f->returns));
    }
    TRY(enter(st, f->name, SCOPE_FUNCTION, s, &s->pos));
    if (s->kind == STMT_ASYNC_FUNCTION_DEF) st->current->coroutine = true;
    TRY(visit_arguments(st, f->args) && visit_stmts(st, &f->body));
    leave(st);
    if (generic) leave(st);
    return true;
}

static bool visit_lambda(Symtable *st, const AstExpr *e) {
    TRY(visit_defaults(st, e->Lambda.args));
    TRY(enter(st, st->lambda, SCOPE_FUNCTION, e, &e->pos));
    TRY(visit_arguments(st, e->Lambda.args) && visit_expr(st, e->Lambda.body));
    leave(st);
    return true;
}

static bool visit_keyword(Symtable *st, const AstKeyword *keyword) { return visit_expr(st, keyword->value); }

static bool visit_class(Symtable *st, const AstStmt *s) {
    const AstClassDefNode *c = &s->ClassDef;
    const AstName *outer_class = st->class_name;
    bool generic = c->type_params.count > 0;
    TRY(define(st, c->name, SYMBOL_LOCAL, &s->pos));
    VISIT_SEQ(st, expr, c->decorator_list);
    if (generic) {
        TRY(enter_type_params(st, c->name, &c->type_params, &s->pos));
        TRY(define(st, st->dot_type_params, SYMBOL_LOCAL | SYMBOL_USE, &s->pos));
        TRY(define(st, st->dot_generic_base, SYMBOL_LOCAL | SYMBOL_USE, &s->pos));
        st->class_name = c->name;
        VISIT_SEQ(st, type_param, c->type_params);
    }
    VISIT_SEQ(st, expr, c->bases);
    VISIT_SEQ(st, keyword, c->keywords);
    TRY(enter(st, c->name, SCOPE_CLASS, s, &s->pos));
    st->class_name = c->name;
    if (generic) TRY(define(st, st->dot_type_params, SYMBOL_USE, &s->pos));
    TRY(visit_stmts(st, &c->body));
    leave(st);
    if (generic) leave(st);
    st->class_name = outer_class;
    return true;
}

static bool visit_type_alias(Symtable *st, const AstStmt *s) {
    const AstTypeAliasNode *t = &s->TypeAlias;
    bool generic = t->type_params.count > 0, in_class = st->current->kind == SCOPE_CLASS;
    const AstName *name = t->name->Name.id;
    TRY(visit_expr(st, t->name));
    if (generic) {
        TRY(enter_type_params(st, name, &t->type_params, &s->pos));
        VISIT_SEQ(st, type_param, t->type_params);
    }
    TRY(enter(st, name, SCOPE_TYPE_ALIAS, s, &s->pos));
    if (in_class) TRY(see_class(st, &s->pos));
    TRY(visit_expr(st, t->value));
    leave(st);
    if (generic) leave(st);
    return true;
}

/* ---- comprehensions ----------------------------------------------------------------------------- */

static bool visit_inner_generator(Symtable *st, const AstComprehension *g) {
    st->current->in_comp_target = true;
    TRY(visit_expr(st, g->target));
    st->current->in_comp_target = false;
    st->current->iterable_depth++;
    TRY(visit_expr(st, g->iter));
    st->current->iterable_depth--;
    VISIT_SEQ(st, expr, g->ifs);
    if (g->is_async) st->current->coroutine = true;
    return true;
}

/* The outermost iterable belongs to the scope around; all the rest to the comprehension's own. */
static bool visit_comprehension(Symtable *st, const AstExpr *e, ComprehensionKind kind, const AstName *name,
                                const AstComprehensionSeq *generators, const AstExpr *elt,
                                const AstExpr *value) {
    const AstComprehension *outermost = generators->items[0];
    st->current->iterable_depth++;
    TRY(visit_expr(st, outermost->iter));
    st->current->iterable_depth--;
    TRY(enter(st, name, SCOPE_FUNCTION, e, &e->pos));
    Scope *scope = st->current;
    scope->comprehension = kind;
    if (outermost->is_async) scope->coroutine = true;
    TRY(define(st, st->dot_zero, SYMBOL_PARAM, &e->pos));
    scope->in_comp_target = true;
    TRY(visit_expr(st, outermost->target));
    scope->in_comp_target = false;
    VISIT_SEQ(st, expr, outermost->ifs);
    for (int32_t i = 1; i < generators->count; i++) TRY(visit_inner_generator(st, generators->items[i]));
    if (value) TRY(visit_expr(st, value));
    TRY(visit_expr(st, elt));
    scope->generator = kind == GENERATOR_EXPRESSION;
    leave(st);
    if (scope->coroutine && kind != GENERATOR_EXPRESSION) st->current->coroutine = true;
    return true;
}

/* A walrus in a comprehension binds in the nearest scope that is none. */
static bool extend_named_expr(Symtable *st, const AstExpr *target) {
    const AstName *name = target->Name.id;
    const AstPos *pos = &target->pos;
    for (Scope *scope = st->current; scope; scope = scope->parent) {
        if (scope->comprehension) {
            if (flags_of(st, scope, name) & SYMBOL_COMP_ITER)
                return FAIL(st, pos,
                            "assignment expression cannot rebind comprehension iteration variable '%s'",
                            name->utf8);
            continue;
        }
        switch (scope->kind) {
        case SCOPE_FUNCTION: {
            bool global = flags_of(st, scope, name) & SYMBOL_GLOBAL;
            return define(st, name, global ? SYMBOL_GLOBAL : SYMBOL_NONLOCAL, pos) &&
                   record_directive(st, name, pos) && define_in(st, scope, name, SYMBOL_LOCAL, pos);
        }
        case SCOPE_MODULE:
            return define(st, name, SYMBOL_GLOBAL, pos) && record_directive(st, name, pos) &&
                   define_in(st, scope, name, SYMBOL_GLOBAL, pos);
        case SCOPE_CLASS:
            return FAIL(st, pos,
                        "assignment expression within a comprehension cannot be used in a class body");
        case SCOPE_TYPE_VAR_BOUND:
            return FAIL(st, pos,
                        "assignment expression within a comprehension cannot be used in a TypeVar bound");
        case SCOPE_TYPE_ALIAS:
            return FAIL(st, pos,
                        "assignment expression within a comprehension cannot be used in a type alias");
        case SCOPE_TYPE_PARAMS:
            return FAIL(st, pos,
                        "assignment expression within a comprehension cannot be used within the definition "
                        "of a generic");
        case SCOPE_ANNOTATION: break;
        }
    }
    return true;
}

static bool visit_named_expr(Symtable *st, const AstExpr *e) {
    TRY(refuse_in_annotation(st, "named expression", &e->pos));
    if (st->current->iterable_depth > 0)
        return FAIL(st, &e->pos,
                    "assignment expression cannot be used in a comprehension iterable expression");
    if (st->current->comprehension) TRY(extend_named_expr(st, e->NamedExpr.target));
    return visit_expr(st, e->NamedExpr.value) && visit_expr(st, e->NamedExpr.target);
}

/* ---- expressions -------------------------------------------------------------------------------- */

static bool visit_name(Symtable *st, const AstExpr *e) {
    bool load = e->Name.ctx == CONTEXT_LOAD;
    uint32_t bound = e->Name.ctx == CONTEXT_DEL ? SYMBOL_LOCAL | SYMBOL_DELETED : SYMBOL_LOCAL;
    TRY(define(st, e->Name.id, load ? SYMBOL_USE : bound, &e->pos));
    /* super() without arguments reads __class__. */
    if (load && e->Name.id == st->super && scope_is_function_like(st->current))
        return define(st, st->dunder_class, SYMBOL_USE, &e->pos);
    return true;
}

static bool visit_yield(Symtable *st, const AstExpr *e, const AstExpr *value) {
    TRY(refuse_in_annotation(st, "yield expression", &e->pos));
    TRY(visit_opt_expr(st, value));
    st->current->generator = true;
    return refuse_yield_in_comprehension(st, &e->pos);
}

static bool visit_await(Symtable *st, const AstExpr *e) {
    TRY(refuse_in_annotation(st, "await expression", &e->pos));
    TRY(visit_expr(st, e->Await.value));
    st->current->coroutine = true;
    return true;
}

static bool visit_expr_kind(Symtable *st, const AstExpr *e) {
    switch ((AstKind)e->kind) {
    case EXPR_BOOL_OP: VISIT_SEQ(st, expr, e->BoolOp.values); return true;
    case EXPR_NAMED_EXPR: return visit_named_expr(st, e);
    case EXPR_BIN_OP: return visit_expr(st, e->BinOp.left) && visit_expr(st, e->BinOp.right);
    case EXPR_UNARY_OP: return visit_expr(st, e->UnaryOp.operand);
    case EXPR_LAMBDA: return visit_lambda(st, e);
    case EXPR_IF_EXP:
        return visit_expr(st, e->IfExp.test) && visit_expr(st, e->IfExp.body) &&
               visit_expr(st, e->IfExp.orelse);
    case EXPR_DICT:
        VISIT_SEQ(st, opt_expr, e->Dict.keys);
        VISIT_SEQ(st, expr, e->Dict.values);
        return true;
    case EXPR_SET: VISIT_SEQ(st, expr, e->Set.elts); return true;
    case EXPR_LIST_COMP:
        return visit_comprehension(st, e, LIST_COMPREHENSION, st->listcomp, &e->ListComp.generators,
                                   e->ListComp.elt, NULL);
    case EXPR_SET_COMP:
        return visit_comprehension(st, e, SET_COMPREHENSION, st->setcomp, &e->SetComp.generators,
                                   e->SetComp.elt, NULL);
    case EXPR_DICT_COMP:
        return visit_comprehension(st, e, DICT_COMPREHENSION, st->dictcomp, &e->DictComp.generators,
                                   e->DictComp.key, e->DictComp.value);
    case EXPR_GENERATOR_EXP:
        return visit_comprehension(st, e, GENERATOR_EXPRESSION, st->genexpr, &e->GeneratorExp.generators,
                                   e->GeneratorExp.elt, NULL);
    case EXPR_AWAIT: return visit_await(st, e);
    case EXPR_YIELD: return visit_yield(st, e, e->Yield.value);
    case EXPR_YIELD_FROM: return visit_yield(st, e, e->YieldFrom.value);
    case EXPR_COMPARE:
        TRY(visit_expr(st, e->Compare.left));
        VISIT_SEQ(st, expr, e->Compare.comparators);
        return true;
    case EXPR_CALL:
        TRY(visit_expr(st, e->Call.func));
        VISIT_SEQ(st, expr, e->Call.args);
        VISIT_SEQ(st, keyword, e->Call.keywords);
        return true;
    case EXPR_FORMATTED_VALUE:
        return visit_expr(st, e->FormattedValue.value) && visit_opt_expr(st, e->FormattedValue.format_spec);
    case EXPR_JOINED_STR: VISIT_SEQ(st, expr, e->JoinedStr.values); return true;
    case EXPR_CONSTANT: return true;
    case EXPR_ATTRIBUTE: return visit_expr(st, e->Attribute.value);
    case EXPR_SUBSCRIPT: return visit_expr(st, e->Subscript.value) && visit_expr(st, e->Subscript.slice);
    case EXPR_STARRED: return visit_expr(st, e->Starred.value);
    case EXPR_NAME: return visit_name(st, e);
    case EXPR_LIST: VISIT_SEQ(st, expr, e->List.elts); return true;
    case EXPR_TUPLE: VISIT_SEQ(st, expr, e->Tuple.elts); return true;
    case EXPR_SLICE:
        return visit_opt_expr(st, e->Slice.lower) && visit_opt_expr(st, e->Slice.upper) &&
               visit_opt_expr(st, e->Slice.step);
    default: return true;
    }
}

static bool visit_expr(Symtable *st, const AstExpr *e) {
    TRY(depth_enter(st->depth));
    bool ok = visit_expr_kind(st, e);
    depth_leave(st->depth);
    return ok;
}

/* ---- patterns ----------------------------------------------------------------------------------- */

static bool define_capture(Symtable *st, const AstName *name, const AstPattern *p) {
    return !name || define(st, name, SYMBOL_LOCAL, &p->pos);
}

static bool visit_pattern_kind(Symtable *st, const AstPattern *p) {
    switch ((AstKind)p->kind) {
    case PATTERN_MATCH_VALUE: return visit_expr(st, p->MatchValue.value);
    case PATTERN_MATCH_SEQUENCE: VISIT_SEQ(st, pattern, p->MatchSequence.patterns); return true;
    case PATTERN_MATCH_STAR: return define_capture(st, p->MatchStar.name, p);
    case PATTERN_MATCH_MAPPING:
        VISIT_SEQ(st, expr, p->MatchMapping.keys);
        VISIT_SEQ(st, pattern, p->MatchMapping.patterns);
        return define_capture(st, p->MatchMapping.rest, p);
    case PATTERN_MATCH_CLASS:
        TRY(visit_expr(st, p->MatchClass.cls));
        VISIT_SEQ(st, pattern, p->MatchClass.patterns);
        VISIT_SEQ(st, pattern, p->MatchClass.kwd_patterns);
        return true;
    case PATTERN_MATCH_AS:
        if (p->MatchAs.pattern) TRY(visit_pattern(st, p->MatchAs.pattern));
        return define_capture(st, p->MatchAs.name, p);
    case PATTERN_MATCH_OR: VISIT_SEQ(st, pattern, p->MatchOr.patterns); return true;
    default: return true;
    }
}

static bool visit_pattern(Symtable *st, const AstPattern *p) {
    TRY(depth_enter(st->depth));
    bool ok = visit_pattern_kind(st, p);
    depth_leave(st->depth);
    return ok;
}

static bool visit_match_case(Symtable *st, const AstMatchCase *c) {
    return visit_pattern(st, c->pattern) && visit_opt_expr(st, c->guard) && visit_stmts(st, &c->body);
}

/* ---- statements --------------------------------------------------------------------------------- */

static bool visit_ann_assign(Symtable *st, const AstStmt *s) {
    const AstAnnAssignNode *a = &s->AnnAssign;
    if (a->target->kind == EXPR_NAME) {
        const AstName *name = a->target->Name.id;
        unsigned seen = flags_of(st, st->current, name);
        if ((seen & (SYMBOL_GLOBAL | SYMBOL_NONLOCAL)) && st->current != st->module && a->simple)
            return FAIL(st, &s->pos, "annotated name '%s' can't be %s", name->utf8,
                        seen & SYMBOL_GLOBAL ? "global" : "nonlocal");
        if (a->simple) TRY(define(st, name, SYMBOL_ANNOTATED | SYMBOL_LOCAL, &a->target->pos));
        else if (a->value) TRY(define(st, name, SYMBOL_LOCAL, &a->target->pos));
    } else {
        TRY(visit_expr(st, a->target));
    }
    return visit_annotation(st, a->annotation) && visit_opt_expr(st, a->value);
}

/* `import a.b` binds a. */
static bool visit_alias(Symtable *st, const AstAlias *alias) {
    const AstName *name = alias->asname ? alias->asname : alias->name;
    if (name->utf8[0] == '*' && name->length == 1)
        return st->current->kind == SCOPE_MODULE ||
               FAIL(st, &alias->pos, "import * only allowed at module level");
    const char *dot = memchr(name->utf8, '.', name->length);
    if (dot) {
        name = ast_name_intern(st->names, name->utf8, (size_t)(dot - name->utf8));
        if (!name) return syntax_error_memory(st->err);
    }
    return define(st, name, SYMBOL_IMPORT, &alias->pos);
}

static bool visit_withitem(Symtable *st, const AstWithitem *item) {
    return visit_expr(st, item->context_expr) && visit_opt_expr(st, item->optional_vars);
}

static bool visit_handler(Symtable *st, const AstExceptHandler *h) {
    TRY(visit_opt_expr(st, h->type));
    if (h->name) TRY(define(st, h->name, SYMBOL_LOCAL | SYMBOL_DELETED, &h->pos));
    return visit_stmts(st, &h->body);
}

static bool visit_stmt_kind(Symtable *st, const AstStmt *s) {
    switch ((AstKind)s->kind) {
    case STMT_FUNCTION_DEF:
    case STMT_ASYNC_FUNCTION_DEF: return visit_function(st, s);
    case STMT_CLASS_DEF: return visit_class(st, s);
    case STMT_RETURN: return visit_opt_expr(st, s->Return.value);
    case STMT_DELETE: VISIT_SEQ(st, expr, s->Delete.targets); return true;
    case STMT_ASSIGN: VISIT_SEQ(st, expr, s->Assign.targets); return visit_expr(st, s->Assign.value);
    case STMT_TYPE_ALIAS: return visit_type_alias(st, s);
    case STMT_AUG_ASSIGN: return visit_expr(st, s->AugAssign.target) && visit_expr(st, s->AugAssign.value);
    case STMT_ANN_ASSIGN: return visit_ann_assign(st, s);
    case STMT_FOR:
    case STMT_ASYNC_FOR:
        return visit_expr(st, s->For.target) && visit_expr(st, s->For.iter) &&
               visit_stmts(st, &s->For.body) && visit_stmts(st, &s->For.orelse);
    case STMT_WHILE:
        return visit_expr(st, s->While.test) && visit_stmts(st, &s->While.body) &&
               visit_stmts(st, &s->While.orelse);
    case STMT_IF:
        return visit_expr(st, s->If.test) && visit_stmts(st, &s->If.body) && visit_stmts(st, &s->If.orelse);
    case STMT_WITH:
    case STMT_ASYNC_WITH: VISIT_SEQ(st, withitem, s->With.items); return visit_stmts(st, &s->With.body);
    case STMT_MATCH:
        TRY(visit_expr(st, s->Match.subject));
        VISIT_SEQ(st, match_case, s->Match.cases);
        return true;
    case STMT_RAISE: return visit_opt_expr(st, s->Raise.exc) && visit_opt_expr(st, s->Raise.cause);
    case STMT_TRY:
    case STMT_TRY_STAR:
        TRY(visit_stmts(st, &s->Try.body) && visit_stmts(st, &s->Try.orelse));
        VISIT_SEQ(st, handler, s->Try.handlers);
        return visit_stmts(st, &s->Try.finalbody);
    case STMT_ASSERT: return visit_expr(st, s->Assert.test) && visit_opt_expr(st, s->Assert.msg);
    case STMT_IMPORT: VISIT_SEQ(st, alias, s->Import.names); return true;
    case STMT_IMPORT_FROM: VISIT_SEQ(st, alias, s->ImportFrom.names); return true;
    case STMT_GLOBAL: return visit_declaration(st, s, &s->Global.names, SYMBOL_GLOBAL, "global");
    case STMT_NONLOCAL: return visit_declaration(st, s, &s->Nonlocal.names, SYMBOL_NONLOCAL, "nonlocal");
    case STMT_EXPR: return visit_expr(st, s->Expr.value);
    default: return true;
    }
}

static bool visit_stmts(Symtable *st, const AstStmtSeq *seq) {
    TRY(depth_enter(st->depth));
    bool ok = true;
    for (int32_t i = 0; ok && i < seq->count; i++) ok = visit_stmt_kind(st, seq->items[i]);
    depth_leave(st->depth);
    return ok;
}

/* ---- entry -------------------------------------------------------------------------------------- */

static bool known_names(Symtable *st) {
    const struct {
        const AstName **where;
        const char *text;
    } table[] = {
        {&st->dunder_class, "__class__"},
        {&st->dunder_class_dict, "__classdict__"},
        {&st->super, "super"},
        {&st->dot_zero, ".0"},
        {&st->lambda, "<lambda>"},
        {&st->module_name, "<module>"},
        {&st->listcomp, "<listcomp>"},
        {&st->setcomp, "<setcomp>"},
        {&st->dictcomp, "<dictcomp>"},
        {&st->genexpr, "<genexpr>"},
        {&st->top, "top"},
        {&st->dot_type_params, ".type_params"},
        {&st->dot_generic_base, ".generic_base"},
        {&st->dot_defaults, ".defaults"},
        {&st->dot_kwdefaults, ".kwdefaults"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        *table[i].where = ast_name_intern(st->names, table[i].text, strlen(table[i].text));
        if (!*table[i].where) return syntax_error_memory(st->err);
    }
    return true;
}

bool symtable_build(Symtable *st, const AstMod *mod, bool future_annotations, Bump *bump, Depth *depth,
                    SyntaxErrorInfo *err) {
    *st = (Symtable){.bump = bump,
                     .names = mod->names,
                     .err = err,
                     .depth = depth,
                     .future_annotations = future_annotations};
    TRY(known_names(st));
    TRY(enter(st, st->top, SCOPE_MODULE, mod, &(AstPos){0, 0, 0, 0}));
    st->module = st->current;
    switch ((AstKind)mod->kind) {
    case MOD_EXPRESSION: TRY(visit_expr(st, mod->Expression.body)); break;
    case MOD_INTERACTIVE: TRY(visit_stmts(st, &mod->Interactive.body)); break;
    default: TRY(visit_stmts(st, &mod->Module.body)); break;
    }
    leave(st);
    return symtable_analyze(st);
}
