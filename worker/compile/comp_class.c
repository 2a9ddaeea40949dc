/* comp_class: class statements. */
#include "compile/compiler.h"

static bool store_cell(Compiler *c, const AstName *cell, const char *as) {
    const AstName *name = intern_cstr(c, as);
    int32_t number = 0;
    while (c->unit->cells[number] != cell) number++;
    return name && emit(c, OPCODE_LOAD_CLOSURE, number) && emit(c, OPCODE_COPY, 1) &&
           emit_variable(c, name, CONTEXT_STORE);
}

/* __classdict__: the cell by which annotation scopes find the namespace. */
static bool store_class_dict(Compiler *c) {
    int32_t number = 0;
    while (c->unit->cells[number] != c->st.dunder_class_dict) number++;
    return emit(c, OPCODE_LOAD_LOCALS, 0) && emit(c, OPCODE_STORE_DEREF, number);
}

/* The function that fills the namespace: __module__, __qualname__, the body; it returns the __class__ cell or
 * None. */
static bool visit_class_function(Compiler *c, const AstStmt *s, Finished *code) {
    const AstClassDefNode *cls = &s->ClassDef;
    const AstExprSeq *decorators = &cls->decorator_list;
    const AstName *dunder_name = intern_cstr(c, "__name__"), *dunder_module = intern_cstr(c, "__module__"),
                  *dunder_qualname = intern_cstr(c, "__qualname__");
    TRY(dunder_name && dunder_module && dunder_qualname);
    TRY(unit_enter(c, cls->name, UNIT_CLASS, s,
                   decorators->count ? decorators->items[0]->lineno : s->lineno));
    c->unit->class_name = cls->name;
    TRY(emit_variable(c, dunder_name, CONTEXT_LOAD) && emit_variable(c, dunder_module, CONTEXT_STORE));
    TRY(emit_const(c, consts_of_value(&c->consts, c->unit->qualname)) &&
        emit_variable(c, dunder_qualname, CONTEXT_STORE));
    if (cls->type_params.count) {
        const AstName *type_params = intern_cstr(c, "__type_params__");
        TRY(type_params && emit_variable(c, c->st.dot_type_params, CONTEXT_LOAD));
        TRY(emit_variable(c, type_params, CONTEXT_STORE));
    }
    if (c->unit->scope->needs_class_dict) TRY(store_class_dict(c));
    TRY(visit_body(c, &cls->body));
    UNSET_LOC(c);
    TRY(c->unit->scope->needs_class_closure ? store_cell(c, c->st.dunder_class, "__classcell__")
                                            : emit_none(c));
    return emit(c, OPCODE_RETURN_VALUE, 0) && unit_finish(c, true, code);
}

/* __build_class__(function, name, ...) up to the arguments. */
static bool begin_build_class(Compiler *c, const AstStmt *s) {
    Finished code;
    TRY(visit_class_function(c, s, &code));
    return emit(c, OPCODE_LOAD_BUILD_CLASS, 0) && emit(c, OPCODE_PUSH_NULL, 0) &&
           emit_function(c, &code, 0) && emit_const(c, const_of_name(c, s->ClassDef.name));
}

/* The bases with the generic one, Generic[T, ...], at the end. */
static bool with_generic_base(Compiler *c, const AstStmt *s, AstExprSeq *bases) {
    const AstExprSeq *given = &s->ClassDef.bases;
    AstExpr *generic = bump_zalloc(c->bump, sizeof *generic);
    bases->count = given->count + 1;
    bases->items = bump_alloc(c->bump, (size_t)bases->count * sizeof *bases->items);
    if (!generic || !bases->items) return no_memory(c);
    generic->pos = s->pos;
    generic->kind = EXPR_NAME;
    generic->Name.id = c->st.dot_generic_base;
    generic->Name.ctx = CONTEXT_LOAD;
    if (given->count) memcpy(bases->items, given->items, (size_t)given->count * sizeof *given->items);
    bases->items[given->count] = generic;
    return true;
}

static bool visit_generic_class(Compiler *c, const AstStmt *s) {
    const AstClassDefNode *cls = &s->ClassDef;
    const AstExprSeq *decorators = &cls->decorator_list;
    const AstName *name = generic_name(c, cls->name);
    AstExprSeq bases;
    Finished code;
    TRY(name && unit_enter(c, name, UNIT_TYPE_PARAMS, cls->type_params.items,
                           decorators->count ? decorators->items[0]->lineno : s->lineno));
    c->unit->class_name = cls->name;
    TRY(visit_type_params(c, &cls->type_params));
    SET_LOC(c, s);
    TRY(emit_variable(c, c->st.dot_type_params, CONTEXT_STORE) && begin_build_class(c, s));
    TRY(emit_variable(c, c->st.dot_type_params, CONTEXT_LOAD) && emit(c, OPCODE_SUBSCRIPT_GENERIC, 0));
    TRY(emit_variable(c, c->st.dot_generic_base, CONTEXT_STORE) && with_generic_base(c, s, &bases));
    TRY(visit_call_arguments(c, 2, &bases, &cls->keywords) && emit(c, OPCODE_RETURN_VALUE, 0));
    return unit_finish(c, false, &code) && emit_function(c, &code, 0) && emit_push_null(c) &&
           emit(c, OPCODE_CALL, 0);
}

bool visit_class(Compiler *c, const AstStmt *s) {
    const AstClassDefNode *cls = &s->ClassDef;
    TRY(visit_decorators(c, &cls->decorator_list));
    if (cls->type_params.count) {
        TRY(visit_generic_class(c, s));
    } else {
        TRY(begin_build_class(c, s) && visit_call_arguments(c, 2, &cls->bases, &cls->keywords));
    }
    return apply_decorators(c, &cls->decorator_list) && emit_variable(c, cls->name, CONTEXT_STORE);
}
