/* comp_expr: expressions, but for calls (comp_call.c) and comprehensions (comp_comprehension.c). */
#include "compile/compiler.h"

#include "base/utf8.h"
#include "objects/error.h"
#include "objects/int.h"
#include "objects/protocols.h"

bool visit_exprs(Compiler *c, const AstExprSeq *seq) {
    for (int32_t i = 0; i < seq->count; i++) TRY(visit_expr(c, seq->items[i]));
    return true;
}

/* ---- constants ---------------------------------------------------------------------------------- */

/* A decimal literal beyond sys.set_int_max_str_digits is a syntax error. */
static bool literal_too_long(Compiler *c, const AstExpr *e) {
    const AstConstant *value = &e->Constant.value;
    int32_t limit = rt->int_max_str_digits;
    if (value->kind != CONSTANT_BIG_INT || value->base != 10 || limit <= 0 ||
        value->text.length <= (size_t)limit)
        return false;
    fail_at(c, (&(AstPos){e->lineno, -1, e->end_lineno, -1}),
            "Exceeds the limit (%d digits) for integer string conversion: value has %zu digits; use "
            "sys.set_int_max_str_digits() to "
            "increase the limit - Consider hexadecimal for huge integer literals to avoid decimal conversion "
            "limits.",
            (int)limit, value->text.length);
    return true;
}

ConstId const_of_expr(Compiler *c, const AstExpr *e) {
    if (e->Constant.value.kind == CONSTANT_BIG_INT && literal_too_long(c, e)) return -1;
    return consts_of_ast(&c->consts, &e->Constant.value);
}

bool all_constant(const AstExprSeq *elts, int32_t start, int32_t end) {
    for (int32_t i = start; i < end; i++)
        if (!elts->items[i] || elts->items[i]->kind != EXPR_CONSTANT) return false;
    return true;
}

ConstId const_of_exprs(Compiler *c, const AstExprSeq *elts, int32_t start, int32_t end) {
    ConstId *ids = bump_alloc(c->bump, (size_t)(end - start) * sizeof *ids + 1);
    if (!ids) return no_memory(c), -1;
    for (int32_t i = start; i < end; i++)
        if ((ids[i - start] = const_of_expr(c, elts->items[i])) < 0) return -1;
    return consts_of_tuple(&c->consts, ids, (size_t)(end - start));
}

/* ---- displays ----------------------------------------------------------------------------------- */

static bool build_of_constants(Compiler *c, const AstExprSeq *elts, int32_t pushed, int build, int add,
                               int extend, bool tuple) {
    ConstId id = const_of_exprs(c, elts, 0, elts->count);
    if (id < 0) return false;
    if (tuple && !pushed) return emit_const(c, id);
    if (add == OPCODE_SET_ADD) {
        const Const *as_tuple = consts_get(&c->consts, id);
        id = consts_of_frozenset(&c->consts, as_tuple->items.ids, as_tuple->items.count);
    }
    TRY(emit(c, build, pushed) && emit_const(c, id) && emit(c, extend, 1));
    return !tuple || emit(c, OPCODE_LIST_TO_TUPLE, 0);
}

bool build_sequence(Compiler *c, const AstExprSeq *elts, int32_t pushed, int build, int add, int extend,
                    bool tuple) {
    int32_t n = elts->count;
    if (n > 2 && all_constant(elts, 0, n))
        return build_of_constants(c, elts, pushed, build, add, extend, tuple);
    bool big = n + pushed > STACK_USE_GUIDELINE, starred = false;
    for (int32_t i = 0; i < n && !starred; i++) starred = elts->items[i]->kind == EXPR_STARRED;
    if (!starred && !big) {
        if (tuple && !pushed && all_constant(elts, 0, n)) return emit_const(c, const_of_exprs(c, elts, 0, n));
        TRY(visit_exprs(c, elts));
        return emit(c, tuple ? OPCODE_BUILD_TUPLE : build, n + pushed);
    }
    bool built = big;
    if (big) TRY(emit(c, build, pushed));
    for (int32_t i = 0; i < n; i++) {
        const AstExpr *elt = elts->items[i];
        if (elt->kind == EXPR_STARRED) {
            if (!built) TRY(emit(c, build, i + pushed));
            built = true;
            TRY(visit_expr(c, elt->Starred.value) && emit(c, extend, 1));
        } else {
            TRY(visit_expr(c, elt));
            if (built) TRY(emit(c, add, 1));
        }
    }
    return !tuple || emit(c, OPCODE_LIST_TO_TUPLE, 0);
}

bool unpack_targets(Compiler *c, const AstExprSeq *elts) {
    int32_t n = elts->count;
    bool starred = false;
    for (int32_t i = 0; i < n; i++) {
        if (elts->items[i]->kind != EXPR_STARRED) continue;
        if (starred) return fail(c, "multiple starred expressions in assignment");
        if (i >= 1 << 8 || n - i - 1 >= INT32_MAX >> 8)
            return fail(c, "too many expressions in star-unpacking assignment");
        TRY(emit(c, OPCODE_UNPACK_EX, i + ((n - i - 1) << 8)));
        starred = true;
    }
    if (!starred) TRY(emit(c, OPCODE_UNPACK_SEQUENCE, n));
    for (int32_t i = 0; i < n; i++) {
        const AstExpr *elt = elts->items[i];
        TRY(visit_expr(c, elt->kind == EXPR_STARRED ? elt->Starred.value : elt));
    }
    return true;
}

static bool visit_list(Compiler *c, const AstExpr *e) {
    if (e->List.ctx == CONTEXT_STORE) return unpack_targets(c, &e->List.elts);
    if (e->List.ctx == CONTEXT_DEL) return visit_exprs(c, &e->List.elts);
    return build_sequence(c, &e->List.elts, 0, OPCODE_BUILD_LIST, OPCODE_LIST_APPEND, OPCODE_LIST_EXTEND,
                          false);
}

static bool visit_tuple(Compiler *c, const AstExpr *e) {
    if (e->Tuple.ctx == CONTEXT_STORE) return unpack_targets(c, &e->Tuple.elts);
    if (e->Tuple.ctx == CONTEXT_DEL) return visit_exprs(c, &e->Tuple.elts);
    return build_sequence(c, &e->Tuple.elts, 0, OPCODE_BUILD_LIST, OPCODE_LIST_APPEND, OPCODE_LIST_EXTEND,
                          true);
}

/* Pairs [start, end) of a dict display as a new dict. */
static bool visit_dict_part(Compiler *c, const AstExpr *e, int32_t start, int32_t end) {
    const AstDictNode *d = &e->Dict;
    int32_t n = end - start;
    bool big = n * 2 > STACK_USE_GUIDELINE;
    if (n > 1 && !big && all_constant(&d->keys, start, end)) {
        for (int32_t i = start; i < end; i++) TRY(visit_expr(c, d->values.items[i]));
        return emit_const(c, const_of_exprs(c, &d->keys, start, end)) &&
               emit(c, OPCODE_BUILD_CONST_KEY_MAP, n);
    }
    if (big) TRY(emit(c, OPCODE_BUILD_MAP, 0));
    for (int32_t i = start; i < end; i++) {
        TRY(visit_expr(c, d->keys.items[i]) && visit_expr(c, d->values.items[i]));
        if (big) TRY(emit(c, OPCODE_MAP_ADD, 1));
    }
    return big || emit(c, OPCODE_BUILD_MAP, n);
}

static bool visit_dict(Compiler *c, const AstExpr *e) {
    const AstDictNode *d = &e->Dict;
    int32_t n = d->values.count, waiting = 0; /* pairs seen that are not in a dict yet */
    bool built = false;
    for (int32_t i = 0; i < n; i++) {
        if (d->keys.items[i]) {
            if (waiting * 2 <= STACK_USE_GUIDELINE) {
                waiting++;
                continue;
            }
            TRY(visit_dict_part(c, e, i - waiting, i + 1));
            if (built) TRY(emit(c, OPCODE_DICT_UPDATE, 1));
            built = true;
            waiting = 0;
            continue;
        }
        if (waiting) {
            TRY(visit_dict_part(c, e, i - waiting, i));
            if (built) TRY(emit(c, OPCODE_DICT_UPDATE, 1));
            built = true;
            waiting = 0;
        }
        if (!built) TRY(emit(c, OPCODE_BUILD_MAP, 0));
        built = true;
        TRY(visit_expr(c, d->values.items[i]) && emit(c, OPCODE_DICT_UPDATE, 1));
    }
    if (waiting || !built) {
        TRY(visit_dict_part(c, e, n - waiting, n));
        if (built) TRY(emit(c, OPCODE_DICT_UPDATE, 1));
    }
    return true;
}

/* ---- operators ---------------------------------------------------------------------------------- */

static bool visit_bool_op(Compiler *c, const AstExpr *e) {
    const AstExprSeq *values = &e->BoolOp.values;
    int op = e->BoolOp.op == BOOLOP_AND ? OPCODE_JUMP_IF_FALSE_OR_POP : OPCODE_JUMP_IF_TRUE_OR_POP;
    Block *end = block_new(c);
    TRY(end);
    for (int32_t i = 0; i + 1 < values->count; i++)
        TRY(visit_expr(c, values->items[i]) && emit_jump(c, op, end));
    TRY(visit_expr(c, values->items[values->count - 1]));
    block_use(c, end);
    return true;
}

static bool visit_unary_op(Compiler *c, const AstExpr *e) {
    static const uint8_t ops[] = {[UNARYOP_INVERT] = OPCODE_UNARY_INVERT,
                                  [UNARYOP_NOT] = OPCODE_UNARY_NOT,
                                  [UNARYOP_UADD] = OPCODE_UNARY_POSITIVE,
                                  [UNARYOP_USUB] = OPCODE_UNARY_NEGATIVE};
    return visit_expr(c, e->UnaryOp.operand) && emit(c, ops[e->UnaryOp.op], 0);
}

static bool visit_compare(Compiler *c, const AstExpr *e) {
    const AstCompareNode *compare = &e->Compare;
    int32_t last = compare->ops.count - 1;
    TRY(check_compare(c, e) && visit_expr(c, compare->left));
    if (last == 0)
        return visit_expr(c, compare->comparators.items[0]) && emit_compare(c, compare->ops.items[0]);
    Block *cleanup = block_new(c), *end = block_new(c);
    TRY(cleanup && end);
    for (int32_t i = 0; i < last; i++) {
        TRY(visit_expr(c, compare->comparators.items[i]) && emit(c, OPCODE_SWAP, 2) &&
            emit(c, OPCODE_COPY, 2));
        TRY(emit_compare(c, compare->ops.items[i]) && emit_jump(c, OPCODE_JUMP_IF_FALSE_OR_POP, cleanup));
    }
    TRY(visit_expr(c, compare->comparators.items[last]) && emit_compare(c, compare->ops.items[last]));
    TRY(emit_jump(c, PSEUDO_JUMP, end));
    block_use(c, cleanup);
    TRY(emit(c, OPCODE_SWAP, 2) && emit(c, OPCODE_POP_TOP, 0));
    block_use(c, end);
    return true;
}

static bool visit_if_exp(Compiler *c, const AstExpr *e) {
    Block *end = block_new(c), *orelse = block_new(c);
    TRY(end && orelse);
    TRY(jump_if(c, e->IfExp.test, orelse, false) && visit_expr(c, e->IfExp.body) &&
        emit_jump_noline(c, PSEUDO_JUMP, end));
    block_use(c, orelse);
    TRY(visit_expr(c, e->IfExp.orelse));
    block_use(c, end);
    return true;
}

static bool jump_if_bool_op(Compiler *c, const AstExpr *e, Block *target, bool when) {
    const AstExprSeq *values = &e->BoolOp.values;
    bool is_or = e->BoolOp.op == BOOLOP_OR;
    Block *decided = target;
    if (is_or != when) TRY(decided = block_new(c));
    for (int32_t i = 0; i + 1 < values->count; i++) TRY(jump_if(c, values->items[i], decided, is_or));
    TRY(jump_if(c, values->items[values->count - 1], target, when));
    if (decided != target) block_use(c, decided);
    return true;
}

static bool jump_if_if_exp(Compiler *c, const AstExpr *e, Block *target, bool when) {
    Block *end = block_new(c), *orelse = block_new(c);
    TRY(end && orelse);
    TRY(jump_if(c, e->IfExp.test, orelse, false) && jump_if(c, e->IfExp.body, target, when));
    TRY(emit_jump_noline(c, PSEUDO_JUMP, end));
    block_use(c, orelse);
    TRY(jump_if(c, e->IfExp.orelse, target, when));
    block_use(c, end);
    return true;
}

static bool jump_if_chained(Compiler *c, const AstExpr *e, Block *target, bool when) {
    const AstCompareNode *compare = &e->Compare;
    int32_t last = compare->ops.count - 1;
    Block *cleanup = block_new(c), *end = block_new(c);
    TRY(cleanup && end && check_compare(c, e) && visit_expr(c, compare->left));
    for (int32_t i = 0; i < last; i++) {
        TRY(visit_expr(c, compare->comparators.items[i]) && emit(c, OPCODE_SWAP, 2) &&
            emit(c, OPCODE_COPY, 2));
        TRY(emit_compare(c, compare->ops.items[i]) && emit_jump(c, PSEUDO_POP_JUMP_IF_FALSE, cleanup));
    }
    TRY(visit_expr(c, compare->comparators.items[last]) && emit_compare(c, compare->ops.items[last]));
    TRY(emit_jump(c, when ? PSEUDO_POP_JUMP_IF_TRUE : PSEUDO_POP_JUMP_IF_FALSE, target));
    TRY(emit_jump_noline(c, PSEUDO_JUMP, end));
    block_use(c, cleanup);
    TRY(emit(c, OPCODE_POP_TOP, 0));
    if (!when) TRY(emit_jump_noline(c, PSEUDO_JUMP, target));
    block_use(c, end);
    return true;
}

static bool jump_if_kind(Compiler *c, const AstExpr *e, Block *target, bool when) {
    switch ((AstKind)e->kind) {
    case EXPR_UNARY_OP:
        if (e->UnaryOp.op == UNARYOP_NOT) return jump_if(c, e->UnaryOp.operand, target, !when);
        break;
    case EXPR_BOOL_OP: return jump_if_bool_op(c, e, target, when);
    case EXPR_IF_EXP: return jump_if_if_exp(c, e, target, when);
    case EXPR_COMPARE:
        SET_LOC(c, e);
        if (e->Compare.ops.count > 1) return jump_if_chained(c, e, target, when);
        break;
    default: break;
    }
    return visit_expr(c, e) &&
           emit_jump(c, when ? PSEUDO_POP_JUMP_IF_TRUE : PSEUDO_POP_JUMP_IF_FALSE, target);
}

bool jump_if(Compiler *c, const AstExpr *e, Block *target, bool when) {
    TRY(depth_enter(&c->depth));
    bool ok = jump_if_kind(c, e, target, when);
    depth_leave(&c->depth);
    return ok;
}

/* ---- attributes and items ----------------------------------------------------------------------- */

/* Of an attribute that spans lines, errors point at the line that holds its name. */
void match_attribute_start(Compiler *c, const AstExpr *attribute) {
    AstPos *loc = &c->unit->loc;
    if (loc->lineno == attribute->end_lineno) return;
    const AstName *name = attribute->Attribute.attr;
    int32_t length = (int32_t)utf8_count(name->utf8, name->length);
    loc->lineno = attribute->end_lineno;
    if (length <= attribute->end_col_offset) {
        loc->col_offset = attribute->end_col_offset - length;
    } else {
        loc->col_offset = loc->end_col_offset = -1;
    }
}

/* super().x and super(C, self).x, when `super` can only be the built-in: class and self are pushed behind it.
 */
static bool is_plain_super(Compiler *c, const AstExpr *attribute) {
    const AstExpr *call = attribute->Attribute.value;
    if (attribute->Attribute.ctx != CONTEXT_LOAD || call->kind != EXPR_CALL || call->Call.keywords.count)
        return false;
    const AstExpr *func = call->Call.func;
    if (func->kind != EXPR_NAME || func->Name.id != c->st.super) return false;
    const Unit *u = c->unit;
    const Symbol *here = scope_symbol(u->scope, c->st.super);
    if (!here || here->scope != GLOBAL_IMPLICIT || scope_symbol(c->st.module, c->st.super)) return false;
    const AstExprSeq *args = &call->Call.args;
    if (args->count == 2) return args->items[0]->kind != EXPR_STARRED && args->items[1]->kind != EXPR_STARRED;
    if (args->count || !u->arg_count || u->kind == UNIT_COMPREHENSION) return false;
    const Symbol *cls = scope_symbol(u->scope, c->st.dunder_class);
    const Symbol *self = scope_symbol(u->scope, u->locals.names[0]);
    return cls && cls->scope == FREE && self && !(self->flags & SYMBOL_DELETED);
}

static bool load_super(Compiler *c, const AstExpr *call) {
    const AstExprSeq *args = &call->Call.args;
    TRY(visit_expr(c, call->Call.func));
    if (args->count) return visit_exprs(c, args);
    AstPos saved = c->unit->loc;
    SET_LOC(c, call);
    TRY(emit_cell(c, c->st.dunder_class));
    TRY(emit_variable(c, c->unit->locals.names[0], CONTEXT_LOAD));
    c->unit->loc = saved;
    return true;
}

/* The object, then its attribute (method: as for a call) at the current location. */
static bool load_attribute(Compiler *c, const AstExpr *e, bool method, bool set_loc) {
    const AstAttributeNode *a = &e->Attribute;
    bool by_super = is_plain_super(c, e);
    TRY(by_super ? load_super(c, a->value) : visit_expr(c, a->value));
    if (set_loc) SET_LOC(c, e);
    match_attribute_start(c, e);
    if (!by_super) return emit_name(c, OPCODE_LOAD_ATTR, method, a->attr);
    return emit_name(c, OPCODE_LOAD_SUPER_ATTR, (uint8_t)(method | (a->value->Call.args.count ? 2 : 0)),
                     a->attr);
}

bool load_method(Compiler *c, const AstExpr *attribute) { return load_attribute(c, attribute, true, true); }

/* X.name = ... in a method, X its first parameter: the class remembers the name to size its instances. */
static bool note_self_attribute(Compiler *c, const AstExpr *e) {
    Unit *u = c->unit;
    const AstExpr *object = e->Attribute.value;
    if (u->kind != UNIT_FUNCTION || !u->outer || u->outer->kind != UNIT_CLASS) return true;
    if (object->kind != EXPR_NAME || !u->locals.count || object->Name.id != u->locals.names[0] ||
        !u->arg_count)
        return true;
    const AstName *name = mangle(c, e->Attribute.attr);
    TRY(name);
    return name_map_intern(&u->self_attributes, c->bump, name) >= 0 || no_memory(c);
}

static bool visit_attribute(Compiler *c, const AstExpr *e) {
    const AstAttributeNode *a = &e->Attribute;
    switch (a->ctx) {
    case CONTEXT_LOAD: return load_attribute(c, e, false, false);
    case CONTEXT_STORE:
        TRY(visit_expr(c, a->value));
        match_attribute_start(c, e);
        return check_forbidden(c, a->attr, CONTEXT_STORE) && note_self_attribute(c, e) &&
               emit_name(c, OPCODE_STORE_ATTR, 0, a->attr);
    case CONTEXT_DEL:
        TRY(visit_expr(c, a->value));
        match_attribute_start(c, e);
        return emit_name(c, OPCODE_DELETE_ATTR, 0, a->attr);
    }
    return false;
}

bool slice_is_plain(const AstExpr *slice) { return slice->kind == EXPR_SLICE && !slice->Slice.step; }

bool visit_slice_bounds(Compiler *c, const AstExpr *slice) {
    AstPos saved = c->unit->loc;
    SET_LOC(c, slice);
    TRY(slice->Slice.lower ? visit_expr(c, slice->Slice.lower) : emit_none(c));
    TRY(slice->Slice.upper ? visit_expr(c, slice->Slice.upper) : emit_none(c));
    c->unit->loc = saved;
    return true;
}

static bool visit_slice(Compiler *c, const AstExpr *e) {
    TRY(visit_slice_bounds(c, e));
    if (!e->Slice.step) return emit(c, OPCODE_BUILD_SLICE, 2);
    return visit_expr(c, e->Slice.step) && emit(c, OPCODE_BUILD_SLICE, 3);
}

bool visit_subscript(Compiler *c, const AstExpr *e) {
    const AstSubscriptNode *s = &e->Subscript;
    if (s->ctx == CONTEXT_LOAD) TRY(check_subscript(c, e));
    TRY(visit_expr(c, s->value));
    if (slice_is_plain(s->slice) && s->ctx != CONTEXT_DEL) {
        TRY(visit_slice_bounds(c, s->slice));
        return emit(c, s->ctx == CONTEXT_LOAD ? OPCODE_BINARY_SLICE : OPCODE_STORE_SLICE, 0);
    }
    static const uint8_t ops[] = {OPCODE_BINARY_SUBSCR, OPCODE_STORE_SUBSCR, OPCODE_DELETE_SUBSCR};
    return visit_expr(c, s->slice) && emit(c, ops[s->ctx], 0);
}

/* ---- text --------------------------------------------------------------------------------------- */

static bool visit_joined_str(Compiler *c, const AstExpr *e) {
    const AstExprSeq *values = &e->JoinedStr.values;
    if (values->count > STACK_USE_GUIDELINE) {
        const AstName *join = intern_cstr(c, "join");
        TRY(join && emit_const(c, consts_of_str(&c->consts, "", 0)) &&
            emit_name(c, OPCODE_LOAD_ATTR, 1, join));
        TRY(emit(c, OPCODE_BUILD_LIST, 0));
        for (int32_t i = 0; i < values->count; i++)
            TRY(visit_expr(c, values->items[i]) && emit(c, OPCODE_LIST_APPEND, 1));
        return emit(c, OPCODE_CALL, 1);
    }
    if (values->count == 0) return emit_const(c, consts_of_str(&c->consts, "", 0));
    TRY(visit_exprs(c, values));
    return values->count == 1 || emit(c, OPCODE_BUILD_STRING, values->count);
}

static bool visit_formatted_value(Compiler *c, const AstExpr *e) {
    const AstFormattedValueNode *f = &e->FormattedValue;
    int32_t flags = f->conversion == 's' ? 1 : f->conversion == 'r' ? 2 : f->conversion == 'a' ? 3 : 0;
    TRY(visit_expr(c, f->value));
    if (f->format_spec) {
        TRY(visit_expr(c, f->format_spec));
        flags |= 4;
    }
    return emit(c, OPCODE_FORMAT_VALUE, flags);
}

/* ---- generators and coroutines ------------------------------------------------------------------ */

bool emit_yield(Compiler *c) {
    const Scope *scope = c->unit->scope;
    if (scope->generator && scope->coroutine) TRY(emit(c, OPCODE_ASYNC_GEN_WRAP, 0));
    return emit(c, OPCODE_YIELD_VALUE, 0) && emit(c, OPCODE_RESUME, 1);
}

/* Forwards sends to the receiver below the value on top until it returns. */
bool emit_yield_from(Compiler *c, bool await) {
    Block *start = block_new(c), *resume = block_new(c), *exit = block_new(c);
    TRY(start && resume && exit);
    block_use(c, start);
    TRY(emit_jump(c, OPCODE_SEND, exit));
    block_use(c, resume);
    TRY(emit(c, OPCODE_YIELD_VALUE, 0) && emit(c, OPCODE_RESUME, await ? 3 : 2));
    TRY(emit_jump(c, PSEUDO_JUMP_NO_INTERRUPT, start));
    block_use(c, exit);
    return true;
}

bool emit_await(Compiler *c, int32_t why) {
    return emit(c, OPCODE_GET_AWAITABLE, why) && emit_none(c) && emit_yield_from(c, true);
}

static bool visit_yield(Compiler *c, const AstExpr *e) {
    if (!scope_is_function_like(c->unit->scope)) return fail(c, "'yield' outside function");
    TRY(e->Yield.value ? visit_expr(c, e->Yield.value) : emit_none(c));
    return emit_yield(c);
}

static bool visit_yield_from(Compiler *c, const AstExpr *e) {
    if (!scope_is_function_like(c->unit->scope)) return fail(c, "'yield' outside function");
    if (c->unit->kind == UNIT_ASYNC_FUNCTION) return fail(c, "'yield from' inside async function");
    TRY(visit_expr(c, e->YieldFrom.value) && emit(c, OPCODE_GET_YIELD_FROM_ITER, 0) && emit_none(c));
    return emit_yield_from(c, false);
}

static bool visit_await(Compiler *c, const AstExpr *e) {
    if (!top_level_await(c)) {
        if (!scope_is_function_like(c->unit->scope)) return fail(c, "'await' outside function");
        if (c->unit->kind != UNIT_ASYNC_FUNCTION && c->unit->kind != UNIT_COMPREHENSION)
            return fail(c, "'await' outside async function");
    }
    return visit_expr(c, e->Await.value) && emit_await(c, 0);
}

/* ---- the switch --------------------------------------------------------------------------------- */

static bool visit_expr_kind(Compiler *c, const AstExpr *e) {
    switch ((AstKind)e->kind) {
    case EXPR_CONSTANT: return emit_const(c, const_of_expr(c, e));
    case EXPR_NAME: return emit_variable(c, e->Name.id, e->Name.ctx);
    case EXPR_CALL: return visit_call(c, e);
    case EXPR_ATTRIBUTE: return visit_attribute(c, e);
    case EXPR_SUBSCRIPT: return visit_subscript(c, e);
    case EXPR_BIN_OP:
        return visit_expr(c, e->BinOp.left) && visit_expr(c, e->BinOp.right) &&
               emit_operator(c, e->BinOp.op, false);
    case EXPR_BOOL_OP: return visit_bool_op(c, e);
    case EXPR_UNARY_OP: return visit_unary_op(c, e);
    case EXPR_COMPARE: return visit_compare(c, e);
    case EXPR_NAMED_EXPR:
        return visit_expr(c, e->NamedExpr.value) && emit(c, OPCODE_COPY, 1) &&
               visit_expr(c, e->NamedExpr.target);
    case EXPR_LAMBDA: return visit_lambda(c, e);
    case EXPR_IF_EXP: return visit_if_exp(c, e);
    case EXPR_DICT: return visit_dict(c, e);
    case EXPR_SET:
        return build_sequence(c, &e->Set.elts, 0, OPCODE_BUILD_SET, OPCODE_SET_ADD, OPCODE_SET_UPDATE, false);
    case EXPR_LIST: return visit_list(c, e);
    case EXPR_TUPLE: return visit_tuple(c, e);
    case EXPR_LIST_COMP:
    case EXPR_SET_COMP:
    case EXPR_DICT_COMP:
    case EXPR_GENERATOR_EXP: return visit_comprehension(c, e);
    case EXPR_AWAIT: return visit_await(c, e);
    case EXPR_YIELD: return visit_yield(c, e);
    case EXPR_YIELD_FROM: return visit_yield_from(c, e);
    case EXPR_JOINED_STR: return visit_joined_str(c, e);
    case EXPR_FORMATTED_VALUE: return visit_formatted_value(c, e);
    case EXPR_STARRED:
        return e->Starred.ctx == CONTEXT_STORE
                   ? fail(c, "starred assignment target must be in a list or tuple")
                   : fail(c, "can't use starred expression here");
    case EXPR_SLICE: return visit_slice(c, e);
    default: return false;
    }
}

bool visit_expr(Compiler *c, const AstExpr *e) {
    TRY(depth_enter(&c->depth));
    Unit *u = c->unit;
    AstPos saved = u->loc;
    SET_LOC(c, e);
    bool ok = visit_expr_kind(c, e);
    u->loc = saved;
    depth_leave(&c->depth);
    return ok;
}
