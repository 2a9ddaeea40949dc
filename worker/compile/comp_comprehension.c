/* comp_comprehension: comprehensions and generator expressions: a nested function of the outermost iterator.
 */
#include "compile/compiler.h"

typedef struct Comprehension {
    ComprehensionKind kind;
    const AstComprehensionSeq *generators;
    const AstExpr *elt, *value; /* value: of a dict's pair */
} Comprehension;

static bool visit_generator(Compiler *c, const Comprehension *comp, int32_t index, int32_t depth);

/* What happens for each round of the innermost loop. depth: iterators between the result and the top. */
static bool add_element(Compiler *c, const Comprehension *comp, int32_t depth) {
    TRY(visit_expr(c, comp->elt));
    switch (comp->kind) {
    case GENERATOR_EXPRESSION: return emit_yield(c) && emit(c, OPCODE_POP_TOP, 0);
    case LIST_COMPREHENSION: return emit(c, OPCODE_LIST_APPEND, depth + 1);
    case SET_COMPREHENSION: return emit(c, OPCODE_SET_ADD, depth + 1);
    default: return visit_expr(c, comp->value) && emit(c, OPCODE_MAP_ADD, depth + 1);
    }
}

static bool visit_conditions_and_rest(Compiler *c, const Comprehension *comp, int32_t index, int32_t depth,
                                      Block *skip) {
    const AstComprehension *g = comp->generators->items[index];
    for (int32_t i = 0; i < g->ifs.count; i++) TRY(jump_if(c, g->ifs.items[i], skip, false));
    if (index + 1 < comp->generators->count) return visit_generator(c, comp, index + 1, depth);
    return add_element(c, comp, depth);
}

/* `for x in [y]` is an assignment: the only element, or NULL. */
static const AstExpr *only_element(const AstExpr *iter) {
    const AstExprSeq *elts = iter->kind == EXPR_LIST    ? &iter->List.elts
                             : iter->kind == EXPR_TUPLE ? &iter->Tuple.elts
                                                        : NULL;
    return elts && elts->count == 1 && elts->items[0]->kind != EXPR_STARRED ? elts->items[0] : NULL;
}

static bool visit_sync_generator(Compiler *c, const Comprehension *comp, int32_t index, int32_t depth) {
    const AstComprehension *g = comp->generators->items[index];
    Block *start = block_new(c), *skip = block_new(c), *anchor = block_new(c);
    const AstExpr *single = index ? only_element(g->iter) : NULL;
    TRY(start && skip && anchor);
    if (index == 0) {
        TRY(emit(c, OPCODE_LOAD_FAST, 0));
    } else if (single) {
        TRY(visit_expr(c, single));
    } else {
        TRY(visit_expr(c, g->iter) && emit(c, OPCODE_GET_ITER, 0));
    }
    if (!single) {
        depth++;
        block_use(c, start);
        TRY(emit_jump(c, OPCODE_FOR_ITER, anchor));
    }
    TRY(visit_expr(c, g->target) && visit_conditions_and_rest(c, comp, index, depth, skip));
    block_use(c, skip);
    if (!single) {
        TRY(emit_jump(c, PSEUDO_JUMP, start));
        block_use(c, anchor);
    }
    return true;
}

static bool visit_async_generator(Compiler *c, const Comprehension *comp, int32_t index, int32_t depth) {
    const AstComprehension *g = comp->generators->items[index];
    Block *start = block_new(c), *skip = block_new(c), *except = block_new(c);
    TRY(start && skip && except);
    TRY(index == 0 ? emit(c, OPCODE_LOAD_FAST, 0) : visit_expr(c, g->iter) && emit(c, OPCODE_GET_AITER, 0));
    block_use(c, start);
    TRY(nest_push(c, NEST_ASYNC_COMPREHENSION, start, NULL, NULL));
    TRY(emit_jump(c, PSEUDO_SETUP_FINALLY, except) && emit(c, OPCODE_GET_ANEXT, 0) && emit_none(c));
    TRY(emit_yield_from(c, true) && emit(c, PSEUDO_POP_BLOCK, 0));
    TRY(visit_expr(c, g->target) && visit_conditions_and_rest(c, comp, index, depth + 1, skip));
    block_use(c, skip);
    TRY(emit_jump(c, PSEUDO_JUMP, start));
    nest_pop(c);
    block_use(c, except);
    return emit(c, OPCODE_END_ASYNC_FOR, 0);
}

static bool visit_generator(Compiler *c, const Comprehension *comp, int32_t index, int32_t depth) {
    TRY(depth_enter(&c->depth));
    TRY(comp->generators->items[index]->is_async ? visit_async_generator(c, comp, index, depth)
                                                 : visit_sync_generator(c, comp, index, depth));
    depth_leave(&c->depth);
    return true;
}

static bool visit_comprehension_body(Compiler *c, const AstExpr *e, const Comprehension *comp,
                                     bool async_allowed) {
    SET_LOC(c, e);
    if (c->unit->scope->coroutine && comp->kind != GENERATOR_EXPRESSION && !async_allowed)
        return fail(c, "asynchronous comprehension outside of an asynchronous function");
    c->unit->arg_count = 1;
    if (comp->kind == LIST_COMPREHENSION) TRY(emit(c, OPCODE_BUILD_LIST, 0));
    if (comp->kind == SET_COMPREHENSION) TRY(emit(c, OPCODE_BUILD_SET, 0));
    if (comp->kind == DICT_COMPREHENSION) TRY(emit(c, OPCODE_BUILD_MAP, 0));
    TRY(visit_generator(c, comp, 0, 0));
    return comp->kind == GENERATOR_EXPRESSION || emit(c, OPCODE_RETURN_VALUE, 0);
}

static bool compile_comprehension(Compiler *c, const AstExpr *e, const AstName *name,
                                  const Comprehension *comp) {
    const AstComprehension *outermost = comp->generators->items[0];
    bool top_await = top_level_await(c);
    bool async_allowed =
        c->unit->kind == UNIT_ASYNC_FUNCTION || c->unit->kind == UNIT_COMPREHENSION || top_await;
    bool is_async = symtable_scope(&c->st, e)->coroutine,
         awaited = is_async && comp->kind != GENERATOR_EXPRESSION;
    Finished code;
    TRY(unit_enter(c, name, UNIT_COMPREHENSION, e, e->lineno));
    TRY(visit_comprehension_body(c, e, comp, async_allowed) && unit_finish(c, true, &code));
    if (top_await && is_async) c->unit->scope->coroutine = true;
    TRY(emit_function(c, &code, 0) && visit_expr(c, outermost->iter));
    TRY(emit(c, outermost->is_async ? OPCODE_GET_AITER : OPCODE_GET_ITER, 0) && emit(c, OPCODE_CALL, 0));
    return !awaited || emit_await(c, 0);
}

bool visit_comprehension(Compiler *c, const AstExpr *e) {
    Comprehension comp;
    switch ((AstKind)e->kind) {
    case EXPR_LIST_COMP:
        comp = (Comprehension){LIST_COMPREHENSION, &e->ListComp.generators, e->ListComp.elt, NULL};
        return compile_comprehension(c, e, c->st.listcomp, &comp);
    case EXPR_SET_COMP:
        comp = (Comprehension){SET_COMPREHENSION, &e->SetComp.generators, e->SetComp.elt, NULL};
        return compile_comprehension(c, e, c->st.setcomp, &comp);
    case EXPR_DICT_COMP:
        comp =
            (Comprehension){DICT_COMPREHENSION, &e->DictComp.generators, e->DictComp.key, e->DictComp.value};
        return compile_comprehension(c, e, c->st.dictcomp, &comp);
    default:
        comp = (Comprehension){GENERATOR_EXPRESSION, &e->GeneratorExp.generators, e->GeneratorExp.elt, NULL};
        return compile_comprehension(c, e, c->st.genexpr, &comp);
    }
}
