/* comp_flow: if, loops, return, try, with.
 *
 * What a jump out of nested statements must undo is kept on the unit's stack of nests: break, continue and
 * return unwind it, and so a `finally` body is compiled once for each way out. Instructions that no source
 * line asked for are artificial: NO_POS. */
#include "compile/compiler.h"

/* ---- the stack of nests ------------------------------------------------------------------------- */

bool nest_push(Compiler *c, NestKind kind, Block *block, Block *exit, const void *datum) {
    Unit *u = c->unit;
    if (u->nest_count >= NEST_MAX) return fail(c, "too many statically nested blocks");
    u->nests[u->nest_count++] = (Nest){kind, block, exit, datum};
    return true;
}

void nest_pop(Compiler *c) { c->unit->nest_count--; }

static bool swap_if(Compiler *c, bool condition) { return !condition || emit(c, OPCODE_SWAP, 2); }

/* exit, None, None, None -> result */
static bool call_exit_with_nones(Compiler *c) {
    return emit_none(c) && emit_none(c) && emit_none(c) && emit(c, OPCODE_CALL, 2);
}

/* name = None; del name */
static bool forget_name(Compiler *c, const AstName *name) {
    return emit_none(c) && emit_variable(c, name, CONTEXT_STORE) && emit_variable(c, name, CONTEXT_DEL);
}

static bool unwind_finally_try(Compiler *c, const Nest *nest, bool keep_top) {
    TRY(emit(c, PSEUDO_POP_BLOCK, 0));
    if (keep_top) TRY(nest_push(c, NEST_POP_VALUE, NULL, NULL, NULL));
    TRY(visit_stmts(c, nest->datum));
    if (keep_top) nest_pop(c);
    UNSET_LOC(c); /* the finally body seems to run after the statement that leaves */
    return true;
}

static bool unwind_with(Compiler *c, const Nest *nest, bool keep_top) {
    SET_LOC(c, (const AstStmt *)nest->datum);
    TRY(emit(c, PSEUDO_POP_BLOCK, 0) && swap_if(c, keep_top) && call_exit_with_nones(c));
    if (nest->kind == NEST_ASYNC_WITH) TRY(emit_await(c, 2));
    TRY(emit(c, OPCODE_POP_TOP, 0));
    UNSET_LOC(c);
    return true;
}

/* Undoes one nest; keep_top: a return value lies on top. */
static bool unwind(Compiler *c, const Nest *nest, bool keep_top) {
    switch (nest->kind) {
    case NEST_WHILE:
    case NEST_EXCEPT:
    case NEST_EXCEPT_GROUP:
    case NEST_ASYNC_COMPREHENSION: return true;
    case NEST_FOR:
    case NEST_POP_VALUE: return swap_if(c, keep_top) && emit(c, OPCODE_POP_TOP, 0);
    case NEST_TRY: return emit(c, PSEUDO_POP_BLOCK, 0);
    case NEST_FINALLY_TRY: return unwind_finally_try(c, nest, keep_top);
    case NEST_FINALLY_END:
        return swap_if(c, keep_top) && emit(c, OPCODE_POP_TOP, 0) && swap_if(c, keep_top) &&
               emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_POP_EXCEPT, 0);
    case NEST_WITH:
    case NEST_ASYNC_WITH: return unwind_with(c, nest, keep_top);
    case NEST_HANDLER_CLEANUP:
        if (nest->datum) TRY(emit(c, PSEUDO_POP_BLOCK, 0));
        TRY(swap_if(c, keep_top) && emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_POP_EXCEPT, 0));
        return !nest->datum || forget_name(c, nest->datum);
    }
    return false;
}

/* Undoes all nests, or those within the innermost loop when `loop` is given (*loop NULL: there is none).
 * While one is being undone it is off the stack: a `return` in a finally body must not run it again. */
static bool unwind_nests(Compiler *c, bool keep_top, const Nest **loop) {
    Unit *u = c->unit;
    Nest saved[NEST_MAX];
    int count = u->nest_count;
    memcpy(saved, u->nests, (size_t)count * sizeof *saved);
    for (int i = count - 1; i >= 0; i--) {
        const Nest *top = &saved[i];
        if (top->kind == NEST_EXCEPT_GROUP)
            return fail(c, "'break', 'continue' and 'return' cannot appear in an except* block");
        if (loop && (top->kind == NEST_WHILE || top->kind == NEST_FOR)) {
            *loop = &u->nests[i];
            break;
        }
        u->nest_count = i;
        TRY(unwind(c, top, keep_top));
    }
    memcpy(u->nests, saved, (size_t)count * sizeof *saved);
    u->nest_count = count;
    return true;
}

bool visit_return(Compiler *c, const AstStmt *s) {
    const AstExpr *value = s->Return.value;
    const Scope *scope = c->unit->scope;
    bool keep_top = value && value->kind != EXPR_CONSTANT;
    if (!scope_is_function_like(scope)) return fail(c, "'return' outside function");
    if (value && scope->coroutine && scope->generator)
        return fail(c, "'return' with value in async generator");
    if (keep_top) {
        TRY(visit_expr(c, value));
    } else if (value) {
        SET_LOC(c, value);
        TRY(emit(c, OPCODE_NOP, 0));
    }
    if (!value || value->lineno != s->lineno) {
        SET_LOC(c, s);
        TRY(emit(c, OPCODE_NOP, 0));
    }
    TRY(unwind_nests(c, keep_top, NULL));
    if (!value) TRY(emit_none(c));
    else if (!keep_top) TRY(emit_const(c, const_of_expr(c, value)));
    return emit(c, OPCODE_RETURN_VALUE, 0);
}

bool visit_break(Compiler *c) {
    const Nest *loop = NULL;
    AstPos pos = c->unit->loc;
    TRY(emit(c, OPCODE_NOP, 0) && unwind_nests(c, false, &loop));
    if (!loop) return fail_at(c, &pos, "'break' outside loop");
    return unwind(c, loop, false) && emit_jump(c, PSEUDO_JUMP, loop->exit);
}

bool visit_continue(Compiler *c) {
    const Nest *loop = NULL;
    AstPos pos = c->unit->loc;
    TRY(emit(c, OPCODE_NOP, 0) && unwind_nests(c, false, &loop));
    if (!loop) return fail_at(c, &pos, "'continue' not properly in loop");
    return emit_jump(c, PSEUDO_JUMP, loop->block);
}

/* ---- if and loops ------------------------------------------------------------------------------- */

bool visit_if(Compiler *c, const AstStmt *s) {
    Block *end = block_new(c), *next = end;
    TRY(end);
    if (s->If.orelse.count) TRY(next = block_new(c));
    TRY(jump_if(c, s->If.test, next, false) && visit_stmts(c, &s->If.body));
    if (next != end) {
        TRY(emit_jump_noline(c, PSEUDO_JUMP, end));
        block_use(c, next);
        TRY(visit_stmts(c, &s->If.orelse));
    }
    block_use(c, end);
    return true;
}

bool visit_for(Compiler *c, const AstStmt *s) {
    Block *start = block_new(c), *body = block_new(c), *cleanup = block_new(c), *end = block_new(c);
    TRY(start && body && cleanup && end);
    TRY(nest_push(c, NEST_FOR, start, end, NULL));
    TRY(visit_expr(c, s->For.iter) && emit(c, OPCODE_GET_ITER, 0));
    block_use(c, start);
    TRY(emit_jump(c, OPCODE_FOR_ITER, cleanup));
    block_use(c, body);
    TRY(visit_expr(c, s->For.target) && visit_stmts(c, &s->For.body));
    UNSET_LOC(c);
    TRY(emit_jump(c, PSEUDO_JUMP, start));
    block_use(c, cleanup);
    nest_pop(c);
    TRY(visit_stmts(c, &s->For.orelse));
    block_use(c, end);
    return true;
}

bool visit_async_for(Compiler *c, const AstStmt *s) {
    if (top_level_await(c)) c->unit->scope->coroutine = true;
    else if (c->unit->kind != UNIT_ASYNC_FUNCTION) return fail(c, "'async for' outside async function");
    Block *start = block_new(c), *except = block_new(c), *end = block_new(c);
    TRY(start && except && end);
    TRY(visit_expr(c, s->AsyncFor.iter) && emit(c, OPCODE_GET_AITER, 0));
    block_use(c, start);
    TRY(nest_push(c, NEST_FOR, start, end, NULL));
    TRY(emit_jump(c, PSEUDO_SETUP_FINALLY, except) && emit(c, OPCODE_GET_ANEXT, 0) && emit_none(c));
    TRY(emit_yield_from(c, true) && emit(c, PSEUDO_POP_BLOCK, 0));
    TRY(visit_expr(c, s->AsyncFor.target) && visit_stmts(c, &s->AsyncFor.body));
    UNSET_LOC(c);
    TRY(emit_jump(c, PSEUDO_JUMP, start));
    nest_pop(c);
    block_use(c, except);
    SET_LOC(c, s->AsyncFor.iter);
    TRY(emit(c, OPCODE_END_ASYNC_FOR, 0) && visit_stmts(c, &s->AsyncFor.orelse));
    block_use(c, end);
    return true;
}

bool visit_while(Compiler *c, const AstStmt *s) {
    Block *loop = block_new(c), *body = block_new(c), *anchor = block_new(c), *end = block_new(c);
    TRY(loop && body && anchor && end);
    block_use(c, loop);
    TRY(nest_push(c, NEST_WHILE, loop, end, NULL));
    TRY(jump_if(c, s->While.test, anchor, false));
    block_use(c, body);
    TRY(visit_stmts(c, &s->While.body));
    SET_LOC(c, s);
    TRY(jump_if(c, s->While.test, body, true));
    nest_pop(c);
    block_use(c, anchor);
    TRY(visit_stmts(c, &s->While.orelse));
    block_use(c, end);
    return true;
}

/* ---- try ---------------------------------------------------------------------------------------- */

/* previous, lasti, exception: the handler is left and the exception goes on as if raised where it was. */
static bool pop_except_and_reraise(Compiler *c) {
    return emit(c, OPCODE_COPY, 3) && emit(c, OPCODE_POP_EXCEPT, 0) && emit(c, OPCODE_RERAISE, 1);
}

static bool begin_handlers(Compiler *c, Block *except, Block *cleanup, NestKind kind) {
    block_use(c, except);
    UNSET_LOC(c);
    return emit_jump(c, PSEUDO_SETUP_CLEANUP, cleanup) && emit(c, OPCODE_PUSH_EXC_INFO, 0) &&
           nest_push(c, kind, NULL, NULL, NULL);
}

static bool visit_try_body(Compiler *c, const AstStmt *s, Block *except) {
    Block *body = block_new(c);
    TRY(body && emit_jump(c, PSEUDO_SETUP_FINALLY, except));
    block_use(c, body);
    TRY(nest_push(c, NEST_TRY, body, NULL, NULL) && visit_stmts(c, &s->Try.body));
    nest_pop(c);
    return emit_noline(c, PSEUDO_POP_BLOCK, 0);
}

/* except T as name: body; the name is forgotten on every way out. */
static bool visit_named_handler(Compiler *c, const AstExceptHandler *handler, Block *end) {
    Block *cleanup_end = block_new(c), *body = block_new(c);
    TRY(cleanup_end && body && emit_variable(c, handler->name, CONTEXT_STORE));
    TRY(emit_jump(c, PSEUDO_SETUP_CLEANUP, cleanup_end));
    block_use(c, body);
    TRY(nest_push(c, NEST_HANDLER_CLEANUP, body, NULL, handler->name) && visit_stmts(c, &handler->body));
    nest_pop(c);
    UNSET_LOC(c);
    TRY(emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_POP_EXCEPT, 0));
    TRY(forget_name(c, handler->name) && emit_jump(c, PSEUDO_JUMP, end));
    block_use(c, cleanup_end);
    UNSET_LOC(c);
    return forget_name(c, handler->name) && emit(c, OPCODE_RERAISE, 1);
}

static bool visit_plain_handler(Compiler *c, const AstExceptHandler *handler, Block *end) {
    Block *body = block_new(c);
    TRY(body);
    block_use(c, body);
    TRY(nest_push(c, NEST_HANDLER_CLEANUP, body, NULL, NULL) && emit(c, OPCODE_POP_TOP, 0));
    TRY(visit_stmts(c, &handler->body));
    nest_pop(c);
    UNSET_LOC(c);
    return emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_POP_EXCEPT, 0) && emit_jump(c, PSEUDO_JUMP, end);
}

static bool visit_try_except(Compiler *c, const AstStmt *s) {
    const AstExceptHandlerSeq *handlers = &s->Try.handlers;
    Block *except = block_new(c), *end = block_new(c), *cleanup = block_new(c);
    TRY(except && end && cleanup && visit_try_body(c, s, except));
    TRY(visit_stmts(c, &s->Try.orelse) && emit_jump_noline(c, PSEUDO_JUMP, end));
    TRY(begin_handlers(c, except, cleanup, NEST_EXCEPT));
    for (int32_t i = 0; i < handlers->count; i++) {
        const AstExceptHandler *handler = handlers->items[i];
        SET_LOC(c, handler);
        if (!handler->type && i + 1 < handlers->count) return fail(c, "default 'except:' must be last");
        Block *next = block_new(c);
        TRY(next);
        if (handler->type) {
            TRY(visit_expr(c, handler->type) && emit(c, OPCODE_CHECK_EXC_MATCH, 0));
            TRY(emit_jump(c, PSEUDO_POP_JUMP_IF_FALSE, next));
        }
        TRY(handler->name ? visit_named_handler(c, handler, end) : visit_plain_handler(c, handler, end));
        block_use(c, next);
    }
    UNSET_LOC(c);
    nest_pop(c);
    TRY(emit(c, OPCODE_RERAISE, 0));
    block_use(c, cleanup);
    TRY(pop_except_and_reraise(c));
    block_use(c, end);
    return true;
}

/* except* T: stack is original, list of raised ones, what is left; on top the match. */
static bool visit_star_handler_body(Compiler *c, const AstExceptHandler *handler, Block *next) {
    Block *cleanup_end = block_new(c), *body = block_new(c);
    TRY(cleanup_end && body);
    TRY(handler->name ? emit_variable(c, handler->name, CONTEXT_STORE) : emit(c, OPCODE_POP_TOP, 0));
    TRY(emit_jump(c, PSEUDO_SETUP_CLEANUP, cleanup_end));
    block_use(c, body);
    TRY(nest_push(c, NEST_HANDLER_CLEANUP, body, NULL, handler->name) && visit_stmts(c, &handler->body));
    nest_pop(c);
    UNSET_LOC(c);
    TRY(emit(c, PSEUDO_POP_BLOCK, 0));
    if (handler->name) TRY(forget_name(c, handler->name));
    TRY(emit_jump(c, PSEUDO_JUMP, next));
    block_use(c, cleanup_end);
    UNSET_LOC(c);
    if (handler->name) TRY(forget_name(c, handler->name));
    return emit(c, OPCODE_LIST_APPEND, 3) && emit(c, OPCODE_POP_TOP, 0) && emit_jump(c, PSEUDO_JUMP, next);
}

static bool visit_star_handlers(Compiler *c, const AstExceptHandlerSeq *handlers, Block *reraise_star) {
    for (int32_t i = 0; i < handlers->count; i++) {
        const AstExceptHandler *handler = handlers->items[i];
        Block *next = block_new(c), *no_match = block_new(c);
        TRY(next && no_match);
        SET_LOC(c, handler);
        if (i == 0) TRY(emit(c, OPCODE_COPY, 1) && emit(c, OPCODE_BUILD_LIST, 0) && emit(c, OPCODE_SWAP, 2));
        TRY(visit_expr(c, handler->type) && emit(c, OPCODE_CHECK_EG_MATCH, 0) && emit(c, OPCODE_COPY, 1));
        TRY(emit_jump(c, PSEUDO_POP_JUMP_IF_NONE, no_match) && visit_star_handler_body(c, handler, next));
        block_use(c, no_match);
        SET_LOC(c, handler);
        TRY(emit(c, OPCODE_POP_TOP, 0));
        block_use(c, next);
        UNSET_LOC(c);
    }
    return emit(c, OPCODE_LIST_APPEND, 1) && emit_jump(c, PSEUDO_JUMP, reraise_star);
}

static bool visit_try_star(Compiler *c, const AstStmt *s) {
    Block *except = block_new(c), *orelse = block_new(c), *end = block_new(c), *cleanup = block_new(c),
          *reraise_star = block_new(c), *reraise = block_new(c);
    TRY(except && orelse && end && cleanup && reraise_star && reraise);
    TRY(visit_try_body(c, s, except) && emit_jump_noline(c, PSEUDO_JUMP, orelse));
    TRY(begin_handlers(c, except, cleanup, NEST_EXCEPT_GROUP));
    TRY(visit_star_handlers(c, &s->TryStar.handlers, reraise_star));
    nest_pop(c);
    block_use(c, reraise_star);
    TRY(emit(c, OPCODE_PREP_RERAISE_STAR, 0) && emit(c, OPCODE_COPY, 1));
    TRY(emit_jump(c, PSEUDO_POP_JUMP_IF_NOT_NONE, reraise));
    TRY(emit(c, OPCODE_POP_TOP, 0) && emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_POP_EXCEPT, 0));
    TRY(emit_jump(c, PSEUDO_JUMP, end));
    block_use(c, reraise);
    TRY(emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_SWAP, 2) && emit(c, OPCODE_POP_EXCEPT, 0));
    TRY(emit(c, OPCODE_RERAISE, 0));
    block_use(c, cleanup);
    TRY(pop_except_and_reraise(c));
    block_use(c, orelse);
    TRY(visit_stmts(c, &s->TryStar.orelse));
    block_use(c, end);
    return true;
}

static bool visit_handlers_or_body(Compiler *c, const AstStmt *s) {
    if (!s->Try.handlers.count) return visit_stmts(c, &s->Try.body);
    return s->kind == STMT_TRY_STAR ? visit_try_star(c, s) : visit_try_except(c, s);
}

static bool visit_try_finally(Compiler *c, const AstStmt *s) {
    Block *body = block_new(c), *handler = block_new(c), *cleanup = block_new(c), *exit = block_new(c);
    TRY(body && handler && cleanup && exit);
    TRY(emit_jump(c, PSEUDO_SETUP_FINALLY, handler));
    block_use(c, body);
    TRY(nest_push(c, NEST_FINALLY_TRY, body, handler, &s->Try.finalbody) && visit_handlers_or_body(c, s));
    TRY(emit_noline(c, PSEUDO_POP_BLOCK, 0));
    nest_pop(c);
    TRY(visit_stmts(c, &s->Try.finalbody) && emit_jump_noline(c, PSEUDO_JUMP, exit));
    block_use(c, handler);
    UNSET_LOC(c);
    TRY(nest_push(c, NEST_FINALLY_END, handler, NULL, NULL));
    TRY(emit_jump(c, PSEUDO_SETUP_CLEANUP, cleanup) && emit(c, OPCODE_PUSH_EXC_INFO, 0));
    TRY(visit_stmts(c, &s->Try.finalbody) && emit(c, OPCODE_RERAISE, 0));
    nest_pop(c);
    block_use(c, cleanup);
    UNSET_LOC(c);
    TRY(pop_except_and_reraise(c));
    block_use(c, exit);
    return true;
}

bool visit_try(Compiler *c, const AstStmt *s) {
    return s->Try.finalbody.count ? visit_try_finally(c, s) : visit_handlers_or_body(c, s);
}

/* ---- with --------------------------------------------------------------------------------------- */

/* After WITH_EXCEPT_START (and its await): a true result swallows the exception. */
static bool finish_with_handler(Compiler *c, Block *cleanup) {
    Block *suppress = block_new(c);
    TRY(suppress && emit_jump(c, PSEUDO_POP_JUMP_IF_TRUE, suppress) && emit(c, OPCODE_RERAISE, 2));
    block_use(c, cleanup);
    AstPos saved = c->unit->loc;
    UNSET_LOC(c);
    TRY(pop_except_and_reraise(c));
    c->unit->loc = saved;
    block_use(c, suppress);
    return emit(c, OPCODE_POP_TOP, 0) && emit(c, PSEUDO_POP_BLOCK, 0) && emit(c, OPCODE_POP_EXCEPT, 0) &&
           emit(c, OPCODE_POP_TOP, 0) && emit(c, OPCODE_POP_TOP, 0);
}

/* The part that with and async with share; the manager has been entered. */
static bool visit_with_rest(Compiler *c, const AstStmt *s, int32_t item, bool is_async) {
    const AstWithitem *with = s->With.items.items[item];
    Block *body = block_new(c), *handler = block_new(c), *exit = block_new(c), *cleanup = block_new(c);
    TRY(body && handler && exit && cleanup && emit_jump(c, PSEUDO_SETUP_WITH, handler));
    block_use(c, body);
    TRY(nest_push(c, is_async ? NEST_ASYNC_WITH : NEST_WITH, body, handler, s));
    TRY(with->optional_vars ? visit_expr(c, with->optional_vars) : emit(c, OPCODE_POP_TOP, 0));
    if (item + 1 == s->With.items.count) TRY(visit_stmts(c, &s->With.body));
    else TRY(is_async ? visit_async_with(c, s, item + 1) : visit_with(c, s, item + 1));
    UNSET_LOC(c);
    TRY(emit(c, PSEUDO_POP_BLOCK, 0));
    nest_pop(c);
    SET_LOC(c, s);
    TRY(call_exit_with_nones(c));
    if (is_async) TRY(emit_await(c, 2));
    TRY(emit(c, OPCODE_POP_TOP, 0) && emit_jump(c, PSEUDO_JUMP, exit));
    block_use(c, handler);
    TRY(emit_jump(c, PSEUDO_SETUP_CLEANUP, cleanup) && emit(c, OPCODE_PUSH_EXC_INFO, 0));
    TRY(emit(c, OPCODE_WITH_EXCEPT_START, 0));
    if (is_async) TRY(emit_await(c, 2));
    TRY(finish_with_handler(c, cleanup));
    block_use(c, exit);
    return true;
}

bool visit_with(Compiler *c, const AstStmt *s, int32_t item) {
    TRY(depth_enter(&c->depth));
    TRY(visit_expr(c, s->With.items.items[item]->context_expr) && emit(c, OPCODE_BEFORE_WITH, 0));
    TRY(visit_with_rest(c, s, item, false));
    depth_leave(&c->depth);
    return true;
}

bool visit_async_with(Compiler *c, const AstStmt *s, int32_t item) {
    if (top_level_await(c)) c->unit->scope->coroutine = true;
    else if (c->unit->kind != UNIT_ASYNC_FUNCTION) return fail(c, "'async with' outside async function");
    TRY(depth_enter(&c->depth));
    TRY(visit_expr(c, s->With.items.items[item]->context_expr) && emit(c, OPCODE_BEFORE_ASYNC_WITH, 0) &&
        emit_await(c, 1));
    TRY(visit_with_rest(c, s, item, true));
    depth_leave(&c->depth);
    return true;
}
