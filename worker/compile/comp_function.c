/* comp_function: functions, lambdas, decorators, annotations and type parameters. */
#include "compile/compiler.h"

/* ---- decorators --------------------------------------------------------------------------------- */

bool visit_decorators(Compiler *c, const AstExprSeq *decorators) { return visit_exprs(c, decorators); }

/* decorator, function -> decorator(function): the function stands where self would. */
bool apply_decorators(Compiler *c, const AstExprSeq *decorators) {
    AstPos saved = c->unit->loc;
    for (int32_t i = decorators->count - 1; i >= 0; i--) {
        SET_LOC(c, decorators->items[i]);
        TRY(emit(c, OPCODE_CALL, 0));
    }
    c->unit->loc = saved;
    return true;
}

static int32_t first_line(const AstStmt *s, const AstExprSeq *decorators) {
    return decorators->count ? decorators->items[0]->lineno : s->lineno;
}

/* ---- defaults ----------------------------------------------------------------------------------- */

static bool visit_positional_defaults(Compiler *c, const AstExprSeq *defaults) {
    if (all_constant(defaults, 0, defaults->count))
        return emit_const(c, const_of_exprs(c, defaults, 0, defaults->count));
    return visit_exprs(c, defaults) && emit(c, OPCODE_BUILD_TUPLE, defaults->count);
}

static bool visit_keyword_defaults(Compiler *c, const AstArguments *args, uint32_t *flags) {
    ConstId *names = bump_alloc(c->bump, (size_t)args->kwonlyargs.count * sizeof *names + 1);
    int32_t n = 0;
    if (!names) return no_memory(c);
    for (int32_t i = 0; i < args->kw_defaults.count; i++) {
        if (!args->kw_defaults.items[i]) continue;
        const AstName *name = mangle(c, args->kwonlyargs.items[i]->arg);
        TRY(name && (names[n++] = const_of_name(c, name)) >= 0);
        TRY(visit_expr(c, args->kw_defaults.items[i]));
    }
    if (!n) return true;
    *flags |= 2;
    return emit_const(c, consts_of_tuple(&c->consts, names, (size_t)n)) &&
           emit(c, OPCODE_BUILD_CONST_KEY_MAP, n);
}

static bool visit_defaults(Compiler *c, const AstArguments *args, uint32_t *flags) {
    *flags = 0;
    if (args->defaults.count) {
        *flags |= 1;
        TRY(visit_positional_defaults(c, &args->defaults));
    }
    return visit_keyword_defaults(c, args, flags);
}

static bool check_arg_names(Compiler *c, const AstArgSeq *args) {
    for (int32_t i = 0; i < args->count; i++) TRY(check_forbidden(c, args->items[i]->arg, CONTEXT_STORE));
    return true;
}

static bool check_all_arg_names(Compiler *c, const AstArguments *args) {
    TRY(check_arg_names(c, &args->posonlyargs) && check_arg_names(c, &args->args));
    if (args->vararg) TRY(check_forbidden(c, args->vararg->arg, CONTEXT_STORE));
    TRY(check_arg_names(c, &args->kwonlyargs));
    return !args->kwarg || check_forbidden(c, args->kwarg->arg, CONTEXT_STORE);
}

/* ---- annotations -------------------------------------------------------------------------------- */

bool visit_annotation(Compiler *c, const AstExpr *annotation) {
    if (c->flags & COMPILE_FUTURE_ANNOTATIONS) return emit_const(c, unparse_const(c, annotation));
    return visit_expr(c, annotation);
}

/* Pushes name and value. */
static bool visit_named_annotation(Compiler *c, const AstName *name, const AstExpr *annotation,
                                   int32_t *count) {
    if (!annotation) return true;
    const AstName *mangled = mangle(c, name);
    TRY(mangled && emit_const(c, const_of_name(c, mangled)));
    *count += 2;
    if (!(c->flags & COMPILE_FUTURE_ANNOTATIONS) && annotation->kind == EXPR_STARRED)
        return visit_expr(c, annotation->Starred.value) &&
               emit(c, OPCODE_UNPACK_SEQUENCE, 1); /* *args: *Ts */
    return visit_annotation(c, annotation);
}

static bool visit_arg_annotations(Compiler *c, const AstArgSeq *args, int32_t *count) {
    for (int32_t i = 0; i < args->count; i++)
        TRY(visit_named_annotation(c, args->items[i]->arg, args->items[i]->annotation, count));
    return true;
}

static bool visit_annotations(Compiler *c, const AstArguments *args, const AstExpr *returns,
                              uint32_t *flags) {
    int32_t count = 0;
    const AstName *name_of_return = intern_cstr(c, "return");
    TRY(name_of_return);
    TRY(visit_arg_annotations(c, &args->args, &count) &&
        visit_arg_annotations(c, &args->posonlyargs, &count));
    if (args->vararg) TRY(visit_named_annotation(c, args->vararg->arg, args->vararg->annotation, &count));
    TRY(visit_arg_annotations(c, &args->kwonlyargs, &count));
    if (args->kwarg) TRY(visit_named_annotation(c, args->kwarg->arg, args->kwarg->annotation, &count));
    TRY(visit_named_annotation(c, name_of_return, returns, &count));
    if (!count) return true;
    *flags |= 4;
    return emit(c, OPCODE_BUILD_TUPLE, count);
}

/* ---- type parameters ---------------------------------------------------------------------------- */

/* The bound (a tuple: the constraints) is a function of no arguments, called when asked for. */
static bool visit_type_var(Compiler *c, const AstTypeParam *param) {
    const AstExpr *bound = param->TypeVar.bound;
    if (!bound) return emit(c, OPCODE_TYPE_PARAM, 0);
    Finished code;
    TRY(unit_enter(c, param->TypeVar.name, UNIT_TYPE_PARAMS, param, bound->lineno));
    TRY(visit_expr(c, bound) && emit(c, OPCODE_RETURN_VALUE, 0) && unit_finish(c, true, &code));
    return emit_function(c, &code, 0) && emit(c, OPCODE_TYPE_PARAM, bound->kind == EXPR_TUPLE ? 2 : 1);
}

bool visit_type_params(Compiler *c, const AstTypeParamSeq *params) {
    for (int32_t i = 0; i < params->count; i++) {
        const AstTypeParam *param = params->items[i];
        const AstName *name = param->kind == TYPE_PARAM_TYPE_VAR     ? param->TypeVar.name
                              : param->kind == TYPE_PARAM_PARAM_SPEC ? param->ParamSpec.name
                                                                     : param->TypeVarTuple.name;
        SET_LOC(c, param);
        TRY(emit_const(c, const_of_name(c, name)));
        TRY(param->kind == TYPE_PARAM_TYPE_VAR
                ? visit_type_var(c, param)
                : emit(c, OPCODE_TYPE_PARAM, param->kind == TYPE_PARAM_PARAM_SPEC ? 3 : 4));
        TRY(emit(c, OPCODE_COPY, 1) && emit_variable(c, name, CONTEXT_STORE));
    }
    return emit(c, OPCODE_BUILD_TUPLE, params->count);
}

const AstName *generic_name(Compiler *c, const AstName *name) {
    const char *text = bump_printf(c->bump, "<generic parameters of %s>", name->utf8);
    return text ? intern_cstr(c, text) : (no_memory(c), NULL);
}

/* ---- functions ---------------------------------------------------------------------------------- */

static void set_arg_counts(Compiler *c, const AstArguments *args) {
    c->unit->arg_count = (uint32_t)(args->posonlyargs.count + args->args.count);
    c->unit->positional_only_count = (uint32_t)args->posonlyargs.count;
    c->unit->keyword_only_count = (uint32_t)args->kwonlyargs.count;
}

static bool visit_function_body(Compiler *c, const AstStmt *s, UnitKind kind, uint32_t flags) {
    const AstFunctionDefNode *f = &s->FunctionDef;
    Finished code;
    TRY(unit_enter(c, f->name, kind, s, first_line(s, &f->decorator_list)));
    const AstExpr *docstring = c->optimize < 2 ? docstring_of(&f->body) : NULL;
    if (docstring) TRY((c->unit->docstring = const_of_expr(c, docstring)) >= 0);
    TRY(unit_const_number(c, docstring ? c->unit->docstring : CONST_NONE) >= 0);
    set_arg_counts(c, f->args);
    for (int32_t i = docstring ? 1 : 0; i < f->body.count; i++) TRY(visit_stmt(c, f->body.items[i]));
    TRY(unit_finish(c, true, &code));
    return emit_function(c, &code, flags);
}

/* def f[T](...): a function of the defaults makes the type parameters and, seeing them, annotations and
 * function. */
static bool visit_generic_function(Compiler *c, const AstStmt *s, UnitKind kind, uint32_t flags) {
    const AstFunctionDefNode *f = &s->FunctionDef;
    int32_t arguments = (flags & 1 ? 1 : 0) + (flags & 2 ? 1 : 0);
    const AstName *name = generic_name(c, f->name);
    Finished code;
    if (arguments == 2) TRY(emit(c, OPCODE_SWAP, 2));
    TRY(name &&
        unit_enter(c, name, UNIT_TYPE_PARAMS, f->type_params.items, first_line(s, &f->decorator_list)));
    c->unit->arg_count = (uint32_t)arguments;
    TRY(visit_type_params(c, &f->type_params));
    SET_LOC(c, s);
    for (int32_t i = 0; i < arguments; i++) TRY(emit(c, OPCODE_LOAD_FAST, i));
    TRY(visit_annotations(c, f->args, f->returns, &flags) && visit_function_body(c, s, kind, flags));
    TRY(emit(c, OPCODE_SWAP, 2) && emit(c, OPCODE_SET_TYPE_PARAMS, 0) && emit(c, OPCODE_RETURN_VALUE, 0));
    TRY(unit_finish(c, false, &code) && emit_function(c, &code, 0));
    if (!arguments) return emit_push_null(c) && emit(c, OPCODE_CALL, 0);
    return emit(c, OPCODE_SWAP, arguments + 1) && emit(c, OPCODE_CALL, arguments - 1);
}

bool visit_function(Compiler *c, const AstStmt *s, bool is_async) {
    const AstFunctionDefNode *f = &s->FunctionDef; /* AsyncFunctionDef has the same fields */
    UnitKind kind = is_async ? UNIT_ASYNC_FUNCTION : UNIT_FUNCTION;
    uint32_t flags;
    TRY(check_all_arg_names(c, f->args) && visit_decorators(c, &f->decorator_list) &&
        visit_defaults(c, f->args, &flags));
    if (f->type_params.count) {
        TRY(visit_generic_function(c, s, kind, flags));
    } else {
        TRY(visit_annotations(c, f->args, f->returns, &flags) && visit_function_body(c, s, kind, flags));
    }
    return apply_decorators(c, &f->decorator_list) && emit_variable(c, f->name, CONTEXT_STORE);
}

bool visit_lambda(Compiler *c, const AstExpr *e) {
    uint32_t flags;
    Finished code;
    TRY(check_all_arg_names(c, e->Lambda.args) && visit_defaults(c, e->Lambda.args, &flags));
    TRY(unit_enter(c, c->st.lambda, UNIT_LAMBDA, e, e->lineno));
    TRY(unit_const_number(c, CONST_NONE) >= 0); /* a lambda has no docstring */
    set_arg_counts(c, e->Lambda.args);
    TRY(visit_expr(c, e->Lambda.body) && emit(c, OPCODE_RETURN_VALUE, 0));
    return unit_finish(c, false, &code) && emit_function(c, &code, flags);
}

/* type X[T] = value: the value is a function of no arguments, called when asked for. */
static bool visit_alias_value(Compiler *c, const AstStmt *s) {
    Finished code;
    TRY(unit_enter(c, s->TypeAlias.name->Name.id, UNIT_TYPE_PARAMS, s, s->lineno));
    TRY(visit_expr(c, s->TypeAlias.value) && emit(c, OPCODE_RETURN_VALUE, 0) && unit_finish(c, true, &code));
    return emit_function(c, &code, 0) && emit(c, OPCODE_TYPE_ALIAS, 0);
}

bool visit_type_alias(Compiler *c, const AstStmt *s) {
    const AstName *name = s->TypeAlias.name->Name.id;
    if (!s->TypeAlias.type_params.count) {
        TRY(emit_const(c, const_of_name(c, name)) && emit_none(c) && visit_alias_value(c, s));
        return emit_variable(c, name, CONTEXT_STORE);
    }
    const AstName *generic = generic_name(c, name);
    Finished code;
    TRY(generic && unit_enter(c, generic, UNIT_TYPE_PARAMS, s->TypeAlias.type_params.items, s->lineno));
    TRY(emit_const(c, const_of_name(c, name)) && visit_type_params(c, &s->TypeAlias.type_params));
    SET_LOC(c, s);
    TRY(visit_alias_value(c, s) && emit(c, OPCODE_RETURN_VALUE, 0) && unit_finish(c, false, &code));
    TRY(emit_function(c, &code, 0) && emit_push_null(c) && emit(c, OPCODE_CALL, 0));
    return emit_variable(c, name, CONTEXT_STORE);
}
