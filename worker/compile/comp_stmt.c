/* comp_stmt: simple statements, bodies and the switch over statements. */
#include "compile/compiler.h"

#include "objects/protocols.h"

const AstExpr *docstring_of(const AstStmtSeq *body) {
    if (!body->count || body->items[0]->kind != STMT_EXPR) return NULL;
    const AstExpr *e = body->items[0]->Expr.value;
    return e->kind == EXPR_CONSTANT && e->Constant.value.kind == CONSTANT_STR ? e : NULL;
}

/* Work is charged, because nested finally bodies can make exponentially much of it. */
static bool charge(Compiler *c) {
    enum { STEP = 256 };
    return ++c->statements % STEP || work_charge(STEP) == 0;
}

bool visit_stmts(Compiler *c, const AstStmtSeq *seq) {
    TRY(depth_enter(&c->depth));
    bool ok = true;
    for (int32_t i = 0; ok && i < seq->count; i++) ok = charge(c) && visit_stmt(c, seq->items[i]);
    depth_leave(&c->depth);
    return ok;
}

/* ---- bodies of modules and classes -------------------------------------------------------------- */

static bool has_annotation(const AstStmtSeq *seq);

static bool stmt_has_annotation(const AstStmt *s) {
    switch ((AstKind)s->kind) {
    case STMT_ANN_ASSIGN: return true;
    case STMT_FOR:
    case STMT_ASYNC_FOR: return has_annotation(&s->For.body) || has_annotation(&s->For.orelse);
    case STMT_WHILE: return has_annotation(&s->While.body) || has_annotation(&s->While.orelse);
    case STMT_IF: return has_annotation(&s->If.body) || has_annotation(&s->If.orelse);
    case STMT_WITH:
    case STMT_ASYNC_WITH: return has_annotation(&s->With.body);
    case STMT_MATCH:
        for (int32_t i = 0; i < s->Match.cases.count; i++)
            if (has_annotation(&s->Match.cases.items[i]->body)) return true;
        return false;
    case STMT_TRY:
    case STMT_TRY_STAR:
        for (int32_t i = 0; i < s->Try.handlers.count; i++)
            if (has_annotation(&s->Try.handlers.items[i]->body)) return true;
        return has_annotation(&s->Try.body) || has_annotation(&s->Try.orelse) ||
               has_annotation(&s->Try.finalbody);
    default: return false;
    }
}

/* Depth is bounded: the symbol table has walked the same nesting. */
static bool has_annotation(const AstStmtSeq *seq) {
    for (int32_t i = 0; i < seq->count; i++)
        if (stmt_has_annotation(seq->items[i])) return true;
    return false;
}

static bool visit_docstring(Compiler *c, const AstExpr *docstring) {
    const AstName *doc = intern_cstr(c, "__doc__");
    TRY(doc && visit_expr(c, docstring));
    c->unit->docstring = const_of_expr(c, docstring);
    UNSET_LOC(c);
    return emit_variable(c, doc, CONTEXT_STORE);
}

/* The value that a module compiled with COMPILE_EXEC_VALUE gives. */
static bool visit_last_value(Compiler *c, const AstStmt *s) {
    SET_LOC(c, s);
    return visit_expr(c, s->Expr.value) && emit(c, OPCODE_RETURN_VALUE, 0);
}

bool visit_body(Compiler *c, const AstStmtSeq *seq) {
    if (c->unit->kind == UNIT_MODULE && seq->count) SET_LOC(c, seq->items[0]);
    if (has_annotation(seq)) TRY(emit(c, OPCODE_SETUP_ANNOTATIONS, 0));
    if (!seq->count) return true;
    int32_t first = 0, end = seq->count;
    const AstExpr *docstring = c->optimize < 2 ? docstring_of(seq) : NULL;
    if (docstring) {
        TRY(visit_docstring(c, docstring));
        first = 1;
    }
    const AstStmt *last = seq->items[end - 1];
    bool value = c->mode == COMPILE_EXEC_VALUE && c->unit->kind == UNIT_MODULE && last->kind == STMT_EXPR;
    if (value && first < end) end--;
    for (int32_t i = first; i < end; i++) TRY(visit_stmt(c, seq->items[i]));
    return !value || visit_last_value(c, last);
}

bool visit_interactive(Compiler *c, const AstStmtSeq *seq) {
    if (has_annotation(seq)) TRY(emit(c, OPCODE_SETUP_ANNOTATIONS, 0));
    return visit_stmts(c, seq);
}

/* ---- assignments -------------------------------------------------------------------------------- */

static bool visit_assign(Compiler *c, const AstStmt *s) {
    const AstExprSeq *targets = &s->Assign.targets;
    TRY(visit_expr(c, s->Assign.value));
    for (int32_t i = 0; i < targets->count; i++) {
        if (i + 1 < targets->count) TRY(emit(c, OPCODE_COPY, 1));
        TRY(visit_expr(c, targets->items[i]));
    }
    return true;
}

/* The present value of an augmented assignment's target, over what is needed to store the new one. */
static bool load_aug_target(Compiler *c, const AstExpr *e) {
    switch ((AstKind)e->kind) {
    case EXPR_ATTRIBUTE:
        TRY(visit_expr(c, e->Attribute.value) && emit(c, OPCODE_COPY, 1));
        match_attribute_start(c, e);
        return emit_name(c, OPCODE_LOAD_ATTR, 0, e->Attribute.attr);
    case EXPR_SUBSCRIPT:
        TRY(visit_expr(c, e->Subscript.value));
        if (slice_is_plain(e->Subscript.slice)) {
            TRY(visit_slice_bounds(c, e->Subscript.slice));
            return emit(c, OPCODE_COPY, 3) && emit(c, OPCODE_COPY, 3) && emit(c, OPCODE_COPY, 3) &&
                   emit(c, OPCODE_BINARY_SLICE, 0);
        }
        return visit_expr(c, e->Subscript.slice) && emit(c, OPCODE_COPY, 2) && emit(c, OPCODE_COPY, 2) &&
               emit(c, OPCODE_BINARY_SUBSCR, 0);
    default: return emit_variable(c, e->Name.id, CONTEXT_LOAD);
    }
}

static bool store_aug_target(Compiler *c, const AstExpr *e) {
    switch ((AstKind)e->kind) {
    case EXPR_ATTRIBUTE:
        match_attribute_start(c, e);
        return emit(c, OPCODE_SWAP, 2) && emit_name(c, OPCODE_STORE_ATTR, 0, e->Attribute.attr);
    case EXPR_SUBSCRIPT:
        if (slice_is_plain(e->Subscript.slice))
            return emit(c, OPCODE_SWAP, 4) && emit(c, OPCODE_SWAP, 3) && emit(c, OPCODE_SWAP, 2) &&
                   emit(c, OPCODE_STORE_SLICE, 0);
        return emit(c, OPCODE_SWAP, 3) && emit(c, OPCODE_SWAP, 2) && emit(c, OPCODE_STORE_SUBSCR, 0);
    default: return emit_variable(c, e->Name.id, CONTEXT_STORE);
    }
}

static bool visit_aug_assign(Compiler *c, const AstStmt *s) {
    const AstExpr *target = s->AugAssign.target;
    SET_LOC(c, target);
    TRY(load_aug_target(c, target));
    SET_LOC(c, s);
    TRY(visit_expr(c, s->AugAssign.value) && emit_operator(c, s->AugAssign.op, true));
    SET_LOC(c, target);
    return store_aug_target(c, target);
}

static bool evaluate_and_drop(Compiler *c, const AstExpr *e) {
    return visit_expr(c, e) && emit(c, OPCODE_POP_TOP, 0);
}

/* The parts of a subscript target that stands without a value. */
static bool evaluate_index(Compiler *c, const AstExpr *e) {
    if (e->kind == EXPR_SLICE) {
        TRY(!e->Slice.lower || evaluate_and_drop(c, e->Slice.lower));
        TRY(!e->Slice.upper || evaluate_and_drop(c, e->Slice.upper));
        return !e->Slice.step || evaluate_and_drop(c, e->Slice.step);
    }
    if (e->kind != EXPR_TUPLE) return evaluate_and_drop(c, e);
    for (int32_t i = 0; i < e->Tuple.elts.count; i++) TRY(evaluate_index(c, e->Tuple.elts.items[i]));
    return true;
}

static bool store_annotation(Compiler *c, const AstStmt *s) {
    const AstName *annotations = intern_cstr(c, "__annotations__"),
                  *name = mangle(c, s->AnnAssign.target->Name.id);
    TRY(annotations && name && visit_annotation(c, s->AnnAssign.annotation));
    return emit_name(c, OPCODE_LOAD_NAME, 0, annotations) && emit_const(c, const_of_name(c, name)) &&
           emit(c, OPCODE_STORE_SUBSCR, 0);
}

static bool visit_ann_assign(Compiler *c, const AstStmt *s) {
    const AstAnnAssignNode *a = &s->AnnAssign;
    const AstExpr *target = a->target;
    bool keeps = c->unit->kind == UNIT_MODULE || c->unit->kind == UNIT_CLASS;
    if (a->value) TRY(visit_expr(c, a->value) && visit_expr(c, target));
    switch ((AstKind)target->kind) {
    case EXPR_NAME:
        TRY(check_forbidden(c, target->Name.id, CONTEXT_STORE));
        if (a->simple && keeps) return store_annotation(c, s);
        break;
    case EXPR_ATTRIBUTE:
        TRY(check_forbidden(c, target->Attribute.attr, CONTEXT_STORE));
        if (!a->value) TRY(evaluate_and_drop(c, target->Attribute.value));
        break;
    default:
        if (!a->value)
            TRY(evaluate_and_drop(c, target->Subscript.value) && evaluate_index(c, target->Subscript.slice));
        break;
    }
    bool evaluate = !a->simple && keeps && !(c->flags & COMPILE_FUTURE_ANNOTATIONS);
    return !evaluate || evaluate_and_drop(c, a->annotation);
}

/* ---- imports ------------------------------------------------------------------------------------ */

static const AstName *name_part(Compiler *c, const char *start, size_t length) {
    const AstName *name = ast_name_intern(c->names, start, length);
    if (!name) no_memory(c);
    return name;
}

/* import a.b.c as d: the module is found by its attributes from a on. */
static bool import_as(Compiler *c, const AstAlias *alias) {
    const char *end = alias->name->utf8 + alias->name->length,
               *dot = memchr(alias->name->utf8, '.', alias->name->length);
    if (!dot) return emit_variable(c, alias->asname, CONTEXT_STORE);
    for (;;) {
        const char *start = dot + 1;
        dot = memchr(start, '.', (size_t)(end - start));
        const AstName *part = name_part(c, start, (size_t)((dot ? dot : end) - start));
        TRY(part);
        int32_t number = name_map_intern(&c->unit->names, c->bump, part);
        if (number < 0) return no_memory(c);
        TRY(emit(c, OPCODE_IMPORT_FROM, number));
        if (!dot) break;
        TRY(emit(c, OPCODE_SWAP, 2) && emit(c, OPCODE_POP_TOP, 0));
    }
    return emit_variable(c, alias->asname, CONTEXT_STORE) && emit(c, OPCODE_POP_TOP, 0);
}

static bool visit_import(Compiler *c, const AstStmt *s) {
    for (int32_t i = 0; i < s->Import.names.count; i++) {
        const AstAlias *alias = s->Import.names.items[i];
        TRY(emit_const(c, consts_of_int(&c->consts, 0)) && emit_none(c) &&
            emit_name(c, OPCODE_IMPORT_NAME, 0, alias->name));
        if (alias->asname) {
            TRY(import_as(c, alias));
            continue;
        }
        const char *dot = memchr(alias->name->utf8, '.', alias->name->length);
        const AstName *top =
            dot ? name_part(c, alias->name->utf8, (size_t)(dot - alias->name->utf8)) : alias->name;
        TRY(top && emit_variable(c, top, CONTEXT_STORE));
    }
    return true;
}

static bool visit_import_from(Compiler *c, const AstStmt *s) {
    const AstAliasSeq *aliases = &s->ImportFrom.names;
    const AstName *module = s->ImportFrom.module ? s->ImportFrom.module : intern_cstr(c, "");
    TRY(module);
    if (s->lineno > c->future_line && strcmp(module->utf8, "__future__") == 0)
        return fail(c, "from __future__ imports must occur at the beginning of the file");
    ConstId *names = bump_alloc(c->bump, (size_t)aliases->count * sizeof *names + 1);
    if (!names) return no_memory(c);
    for (int32_t i = 0; i < aliases->count; i++)
        TRY((names[i] = const_of_name(c, aliases->items[i]->name)) >= 0);
    TRY(emit_const(c, consts_of_int(&c->consts, s->ImportFrom.level)));
    TRY(emit_const(c, consts_of_tuple(&c->consts, names, (size_t)aliases->count)) &&
        emit_name(c, OPCODE_IMPORT_NAME, 0, module));
    for (int32_t i = 0; i < aliases->count; i++) {
        const AstAlias *alias = aliases->items[i];
        if (alias->name->utf8[0] == '*') return emit(c, OPCODE_IMPORT_STAR, 0);
        TRY(emit_name(c, OPCODE_IMPORT_FROM, 0, alias->name));
        TRY(emit_variable(c, alias->asname ? alias->asname : alias->name, CONTEXT_STORE));
    }
    return emit(c, OPCODE_POP_TOP, 0);
}

/* ---- others ------------------------------------------------------------------------------------- */

static bool is_true_tuple(Compiler *c, const AstExpr *e) {
    if (e->kind == EXPR_TUPLE) return e->Tuple.elts.count > 0;
    if (e->kind != EXPR_CONSTANT || e->Constant.value.kind != CONSTANT_FOLDED) return false;
    const Const *constant = consts_get(&c->consts, (ConstId)e->Constant.value.integer);
    return constant->kind == CONST_TUPLE && constant->items.count > 0;
}

static bool visit_assert(Compiler *c, const AstStmt *s) {
    if (is_true_tuple(c, s->Assert.test))
        TRY(warn_syntax(c, "assertion is always true, perhaps remove parentheses?"));
    if (c->optimize) return true;
    Block *end = block_new(c);
    TRY(end && jump_if(c, s->Assert.test, end, true) && emit(c, OPCODE_LOAD_ASSERTION_ERROR, 0));
    if (s->Assert.msg) TRY(visit_expr(c, s->Assert.msg) && emit(c, OPCODE_CALL, 0));
    TRY(emit(c, OPCODE_RAISE_VARARGS, 1));
    block_use(c, end);
    return true;
}

static bool visit_raise(Compiler *c, const AstStmt *s) {
    int32_t n = 0;
    if (s->Raise.exc) TRY(visit_expr(c, s->Raise.exc) && ++n);
    if (s->Raise.cause) TRY(visit_expr(c, s->Raise.cause) && ++n);
    return emit(c, OPCODE_RAISE_VARARGS, n);
}

static bool visit_expr_stmt(Compiler *c, const AstExpr *value) {
    if (c->mode == COMPILE_SINGLE && c->unit_depth <= 1)
        return visit_expr(c, value) && emit(c, OPCODE_PRINT_EXPR, 0);
    if (value->kind == EXPR_CONSTANT) return emit(c, OPCODE_NOP, 0);
    TRY(visit_expr(c, value));
    UNSET_LOC(c);
    return emit(c, OPCODE_POP_TOP, 0);
}

bool visit_stmt(Compiler *c, const AstStmt *s) {
    SET_LOC(c, s);
    switch ((AstKind)s->kind) {
    case STMT_FUNCTION_DEF: return visit_function(c, s, false);
    case STMT_ASYNC_FUNCTION_DEF: return visit_function(c, s, true);
    case STMT_CLASS_DEF: return visit_class(c, s);
    case STMT_RETURN: return visit_return(c, s);
    case STMT_DELETE: return visit_exprs(c, &s->Delete.targets);
    case STMT_ASSIGN: return visit_assign(c, s);
    case STMT_TYPE_ALIAS: return visit_type_alias(c, s);
    case STMT_AUG_ASSIGN: return visit_aug_assign(c, s);
    case STMT_ANN_ASSIGN: return visit_ann_assign(c, s);
    case STMT_FOR: return visit_for(c, s);
    case STMT_ASYNC_FOR: return visit_async_for(c, s);
    case STMT_WHILE: return visit_while(c, s);
    case STMT_IF: return visit_if(c, s);
    case STMT_WITH: return visit_with(c, s, 0);
    case STMT_ASYNC_WITH: return visit_async_with(c, s, 0);
    case STMT_MATCH: return visit_match(c, s);
    case STMT_RAISE: return visit_raise(c, s);
    case STMT_TRY:
    case STMT_TRY_STAR: return visit_try(c, s);
    case STMT_ASSERT: return visit_assert(c, s);
    case STMT_IMPORT: return visit_import(c, s);
    case STMT_IMPORT_FROM: return visit_import_from(c, s);
    case STMT_EXPR: return visit_expr_stmt(c, s->Expr.value);
    case STMT_PASS: return emit(c, OPCODE_NOP, 0);
    case STMT_BREAK: return visit_break(c);
    case STMT_CONTINUE: return visit_continue(c);
    default: return true; /* global, nonlocal: the symbol table's */
    }
}
