/*
 * comp_pattern: match statements.
 *
 * Idea. A pattern finds its subject on top of the stack and consumes it. Captured values stay on the stack,
 * below, in the order of `stores`, until the whole pattern has matched; only then are names bound. When a
 * pattern fails, what lies on the stack by then is popped: fail_pop[n] is where n items are to be popped, and
 * falls into fail_pop[n - 1].
 */
#include "compile/compiler.h"

#include "objects/str.h"
#include "objects/protocols.h"

typedef struct PatternContext {
    const AstName **stores; /* captured so far */
    int32_t store_count, store_capacity;
    Block **fail_pop;
    int32_t fail_pop_count, fail_pop_capacity;
    int32_t on_top;         /* items above the captures that must be kept (popped on failure) */
    bool allow_irrefutable; /* may match anything: the last case, or a guarded one */
} PatternContext;

static bool visit_pattern(Compiler *c, const AstPattern *p, PatternContext *pc);

/* ---- failing ------------------------------------------------------------------------------------ */

static bool ensure_fail_pop(Compiler *c, PatternContext *pc, int32_t n) {
    if (n + 1 > pc->fail_pop_capacity) {
        int32_t capacity = (n + 1) * 2;
        Block **blocks = bump_alloc(c->bump, (size_t)capacity * sizeof *blocks);
        if (!blocks) return no_memory(c);
        if (pc->fail_pop_count) memcpy(blocks, pc->fail_pop, (size_t)pc->fail_pop_count * sizeof *blocks);
        pc->fail_pop = blocks;
        pc->fail_pop_capacity = capacity;
    }
    while (pc->fail_pop_count <= n) TRY(pc->fail_pop[pc->fail_pop_count++] = block_new(c));
    return true;
}

static bool fail_pattern(Compiler *c, PatternContext *pc, int op) {
    int32_t pops = pc->on_top + pc->store_count;
    return ensure_fail_pop(c, pc, pops) && emit_jump(c, op, pc->fail_pop[pops]);
}

static bool use_fail_pops(Compiler *c, PatternContext *pc) {
    while (pc->fail_pop_count > 1) {
        block_use(c, pc->fail_pop[--pc->fail_pop_count]);
        TRY(emit(c, OPCODE_POP_TOP, 0));
    }
    if (pc->fail_pop_count) block_use(c, pc->fail_pop[--pc->fail_pop_count]);
    return true;
}

static bool fail_unless(Compiler *c, PatternContext *pc) {
    return fail_pattern(c, pc, PSEUDO_POP_JUMP_IF_FALSE);
}

/* ---- captures ----------------------------------------------------------------------------------- */

/* The top goes under count - 1 others. */
static bool rotate(Compiler *c, int32_t count) {
    for (; count > 1; count--) TRY(emit(c, OPCODE_SWAP, count));
    return true;
}

static int32_t store_index(const AstName *const *stores, int32_t count, const AstName *name) {
    for (int32_t i = 0; i < count; i++)
        if (stores[i] == name) return i;
    return -1;
}

static bool add_store(Compiler *c, PatternContext *pc, const AstName *name) {
    if (store_index(pc->stores, pc->store_count, name) >= 0)
        return fail(c, "multiple assignments to name '%s' in pattern", name->utf8);
    if (pc->store_count == pc->store_capacity) {
        int32_t capacity = pc->store_capacity ? pc->store_capacity * 2 : 8;
        const AstName **stores = bump_alloc(c->bump, (size_t)capacity * sizeof *stores);
        if (!stores) return no_memory(c);
        if (pc->store_count) memcpy(stores, pc->stores, (size_t)pc->store_count * sizeof *stores);
        pc->stores = stores;
        pc->store_capacity = capacity;
    }
    pc->stores[pc->store_count++] = name;
    return true;
}

static bool capture(Compiler *c, const AstName *name, PatternContext *pc) {
    if (!name) return emit(c, OPCODE_POP_TOP, 0);
    TRY(check_forbidden(c, name, CONTEXT_STORE));
    int32_t below = pc->on_top + pc->store_count + 1;
    if (store_index(pc->stores, pc->store_count, name) >= 0) return add_store(c, pc, name);
    return rotate(c, below) && add_store(c, pc, name);
}

static bool is_wildcard(const AstPattern *p) { return p->kind == PATTERN_MATCH_AS && !p->MatchAs.name; }
static bool is_star_wildcard(const AstPattern *p) {
    return p->kind == PATTERN_MATCH_STAR && !p->MatchStar.name;
}

static bool visit_subpattern(Compiler *c, const AstPattern *p, PatternContext *pc) {
    bool saved = pc->allow_irrefutable;
    pc->allow_irrefutable = true;
    TRY(visit_pattern(c, p, pc));
    pc->allow_irrefutable = saved;
    return true;
}

static bool visit_as(Compiler *c, const AstPattern *p, PatternContext *pc) {
    const AstName *name = p->MatchAs.name;
    if (!p->MatchAs.pattern) {
        if (pc->allow_irrefutable) return capture(c, name, pc);
        return name ? fail(c, "name capture '%s' makes remaining patterns unreachable", name->utf8)
                    : fail(c, "wildcard makes remaining patterns unreachable");
    }
    pc->on_top++;
    TRY(emit(c, OPCODE_COPY, 1) && visit_pattern(c, p->MatchAs.pattern, pc));
    pc->on_top--;
    return capture(c, name, pc);
}

/* ---- sequences ---------------------------------------------------------------------------------- */

static bool unpack_pattern(Compiler *c, const AstPatternSeq *patterns) {
    int32_t n = patterns->count;
    bool starred = false;
    for (int32_t i = 0; i < n; i++) {
        if (patterns->items[i]->kind != PATTERN_MATCH_STAR) continue;
        if (starred) return fail(c, "multiple starred expressions in sequence pattern");
        if (i >= 1 << 8 || n - i - 1 >= INT32_MAX >> 8)
            return fail(c, "too many expressions in star-unpacking sequence pattern");
        TRY(emit(c, OPCODE_UNPACK_EX, i + ((n - i - 1) << 8)));
        starred = true;
    }
    return starred || emit(c, OPCODE_UNPACK_SEQUENCE, n);
}

static bool match_unpacked(Compiler *c, const AstPatternSeq *patterns, PatternContext *pc) {
    TRY(unpack_pattern(c, patterns));
    pc->on_top += patterns->count;
    for (int32_t i = 0; i < patterns->count; i++) {
        pc->on_top--;
        TRY(visit_subpattern(c, patterns->items[i], pc));
    }
    return true;
}

/* [a, *_, b]: only the items that are wanted are looked up. */
static bool match_by_index(Compiler *c, const AstPatternSeq *patterns, int32_t star, PatternContext *pc) {
    int32_t n = patterns->count;
    pc->on_top++;
    for (int32_t i = 0; i < n; i++) {
        const AstPattern *p = patterns->items[i];
        if (is_wildcard(p) || i == star) continue;
        TRY(emit(c, OPCODE_COPY, 1));
        if (i < star) {
            TRY(emit_const(c, consts_of_int(&c->consts, i)));
        } else {
            TRY(emit(c, OPCODE_GET_LEN, 0) && emit_const(c, consts_of_int(&c->consts, n - i)));
            TRY(emit_operator(c, OPERATOR_SUB, false));
        }
        TRY(emit(c, OPCODE_BINARY_SUBSCR, 0) && visit_subpattern(c, p, pc));
    }
    pc->on_top--;
    return emit(c, OPCODE_POP_TOP, 0);
}

static bool check_length(Compiler *c, AstCmpop op, int32_t n, PatternContext *pc) {
    return emit(c, OPCODE_GET_LEN, 0) && emit_const(c, consts_of_int(&c->consts, n)) && emit_compare(c, op) &&
           fail_unless(c, pc);
}

static bool visit_sequence(Compiler *c, const AstPattern *p, PatternContext *pc) {
    const AstPatternSeq *patterns = &p->MatchSequence.patterns;
    int32_t n = patterns->count, star = -1;
    bool only_wildcards = true, star_wildcard = false;
    for (int32_t i = 0; i < n; i++) {
        const AstPattern *item = patterns->items[i];
        if (item->kind == PATTERN_MATCH_STAR) {
            if (star >= 0) return fail(c, "multiple starred names in sequence pattern");
            star_wildcard = is_star_wildcard(item);
            only_wildcards &= star_wildcard;
            star = i;
        } else {
            only_wildcards &= is_wildcard(item);
        }
    }
    pc->on_top++;
    TRY(emit(c, OPCODE_MATCH_SEQUENCE, 0) && fail_unless(c, pc));
    if (star < 0) TRY(check_length(c, CMPOP_EQ, n, pc));
    else if (n > 1) TRY(check_length(c, CMPOP_GT_E, n - 1, pc));
    pc->on_top--;
    if (only_wildcards) return emit(c, OPCODE_POP_TOP, 0);
    return star_wildcard ? match_by_index(c, patterns, star, pc) : match_unpacked(c, patterns, pc);
}

/* ---- mappings ----------------------------------------------------------------------------------- */

static bool fail_duplicate_key(Compiler *c, ConstId id) {
    Value repr = value_repr(consts_value_borrow(&c->consts, id));
    const char *text = repr ? str_utf8(repr, NULL) : NULL;
    if (text) fail(c, "mapping pattern checks duplicate key (%s)", text);
    xdecref(repr);
    return false;
}

/* Pushes the keys; constant ones must differ. */
static bool visit_mapping_keys(Compiler *c, const AstExprSeq *keys) {
    ConstId *seen = bump_alloc(c->bump, (size_t)keys->count * sizeof *seen + 1);
    int32_t seen_count = 0;
    if (!seen) return no_memory(c);
    for (int32_t i = 0; i < keys->count; i++) {
        const AstExpr *key = keys->items[i];
        if (key->kind == EXPR_CONSTANT) {
            ConstId id = const_of_expr(c, key);
            TRY(id >= 0);
            for (int32_t j = 0; j < seen_count; j++) {
                int same = value_equal(consts_value_borrow(&c->consts, seen[j]),
                                       consts_value_borrow(&c->consts, id));
                if (same) return same > 0 ? fail_duplicate_key(c, id) : false;
            }
            seen[seen_count++] = id;
        } else if (key->kind != EXPR_ATTRIBUTE) {
            return fail(c, "mapping pattern keys may only match literals and attribute lookups");
        }
        TRY(visit_expr(c, key));
    }
    return emit(c, OPCODE_BUILD_TUPLE, keys->count);
}

/* subject, keys -> dict of the items whose keys were not named */
static bool capture_rest(Compiler *c, const AstName *rest, int32_t keys, PatternContext *pc) {
    TRY(emit(c, OPCODE_BUILD_MAP, 0) && emit(c, OPCODE_SWAP, 3) && emit(c, OPCODE_DICT_UPDATE, 2));
    TRY(emit(c, OPCODE_UNPACK_SEQUENCE, keys));
    for (int32_t left = keys; left; left--)
        TRY(emit(c, OPCODE_COPY, 1 + left) && emit(c, OPCODE_SWAP, 2) && emit(c, OPCODE_DELETE_SUBSCR, 0));
    return capture(c, rest, pc);
}

static bool visit_mapping(Compiler *c, const AstPattern *p, PatternContext *pc) {
    const AstMatchMappingNode *m = &p->MatchMapping;
    int32_t n = m->keys.count;
    pc->on_top++;
    TRY(emit(c, OPCODE_MATCH_MAPPING, 0) && fail_unless(c, pc));
    if (!n && !m->rest) {
        pc->on_top--;
        return emit(c, OPCODE_POP_TOP, 0);
    }
    if (n) TRY(check_length(c, CMPOP_GT_E, n, pc));
    TRY(visit_mapping_keys(c, &m->keys) && emit(c, OPCODE_MATCH_KEYS, 0));
    pc->on_top += 2;
    TRY(emit(c, OPCODE_COPY, 1) && emit_none(c) && emit(c, OPCODE_IS_OP, 1) && fail_unless(c, pc));
    TRY(emit(c, OPCODE_UNPACK_SEQUENCE, n));
    pc->on_top += n - 1;
    for (int32_t i = 0; i < n; i++) {
        pc->on_top--;
        TRY(visit_subpattern(c, m->patterns.items[i], pc));
    }
    pc->on_top -= 2;
    if (m->rest) return capture_rest(c, m->rest, n, pc);
    return emit(c, OPCODE_POP_TOP, 0) && emit(c, OPCODE_POP_TOP, 0);
}

/* ---- classes ------------------------------------------------------------------------------------ */

static bool check_attribute_names(Compiler *c, const AstNameSeq *names, const AstPatternSeq *patterns) {
    for (int32_t i = 0; i < names->count; i++) {
        SET_LOC(c, patterns->items[i]);
        TRY(check_forbidden(c, names->items[i], CONTEXT_STORE));
        for (int32_t j = i + 1; j < names->count; j++) {
            if (names->items[i] != names->items[j]) continue;
            SET_LOC(c, patterns->items[j]);
            return fail(c, "attribute name repeated in class pattern: %s", names->items[i]->utf8);
        }
    }
    return true;
}

static bool visit_class_pattern(Compiler *c, const AstPattern *p, PatternContext *pc) {
    const AstMatchClassNode *m = &p->MatchClass;
    int32_t positional = m->patterns.count, total = positional + m->kwd_patterns.count;
    if (m->kwd_attrs.count) {
        TRY(check_attribute_names(c, &m->kwd_attrs, &m->kwd_patterns));
        SET_LOC(c, p);
    }
    ConstId *names = bump_alloc(c->bump, (size_t)m->kwd_attrs.count * sizeof *names + 1);
    if (!names) return no_memory(c);
    for (int32_t i = 0; i < m->kwd_attrs.count; i++)
        TRY((names[i] = const_of_name(c, m->kwd_attrs.items[i])) >= 0);
    TRY(visit_expr(c, m->cls) &&
        emit_const(c, consts_of_tuple(&c->consts, names, (size_t)m->kwd_attrs.count)));
    TRY(emit(c, OPCODE_MATCH_CLASS, positional) && emit(c, OPCODE_COPY, 1) && emit_none(c) &&
        emit(c, OPCODE_IS_OP, 1));
    pc->on_top++;
    TRY(fail_unless(c, pc) && emit(c, OPCODE_UNPACK_SEQUENCE, total));
    pc->on_top += total - 1;
    for (int32_t i = 0; i < total; i++) {
        const AstPattern *item =
            i < positional ? m->patterns.items[i] : m->kwd_patterns.items[i - positional];
        pc->on_top--;
        if (is_wildcard(item)) TRY(emit(c, OPCODE_POP_TOP, 0));
        else TRY(visit_subpattern(c, item, pc));
    }
    return true;
}

/* ---- alternatives ------------------------------------------------------------------------------- */

/* Brings the captures of an alternative, on the stack and in pc->stores, into the order of the first one's.
 */
static bool reorder_stores(Compiler *c, PatternContext *pc, const AstName *const *control, int32_t count) {
    for (int32_t want = count - 1; want >= 0; want--) {
        int32_t have = store_index(pc->stores, count, control[want]);
        if (have < 0) return fail(c, "alternative patterns bind different names");
        if (want == have) continue;
        /* The first `have + 1` names go behind position want. */
        int32_t rotations = have + 1;
        const AstName **order = bump_alloc(c->bump, (size_t)count * sizeof *order);
        if (!order) return no_memory(c);
        memcpy(order, pc->stores + rotations, (size_t)(want - have) * sizeof *order);
        memcpy(order + (want - have), pc->stores, (size_t)rotations * sizeof *order);
        memcpy(order + want + 1, pc->stores + want + 1, (size_t)(count - want - 1) * sizeof *order);
        memcpy(pc->stores, order, (size_t)count * sizeof *order);
        while (rotations--) TRY(rotate(c, want + 1));
    }
    return true;
}

static bool visit_or(Compiler *c, const AstPattern *p, PatternContext *pc) {
    const AstPatternSeq *patterns = &p->MatchOr.patterns;
    PatternContext old = *pc;
    const AstName **control = NULL;
    int32_t control_count = 0;
    Block *end = block_new(c);
    TRY(end);
    for (int32_t i = 0; i < patterns->count; i++) {
        const AstPattern *alternative = patterns->items[i];
        SET_LOC(c, alternative);
        *pc = (PatternContext){.allow_irrefutable = i + 1 == patterns->count && old.allow_irrefutable};
        TRY(emit(c, OPCODE_COPY, 1) && visit_pattern(c, alternative, pc));
        if (i == 0) {
            control = pc->stores;
            control_count = pc->store_count;
        } else if (pc->store_count != control_count) {
            return fail(c, "alternative patterns bind different names");
        } else {
            TRY(reorder_stores(c, pc, control, control_count));
        }
        TRY(emit_jump(c, PSEUDO_JUMP, end) && use_fail_pops(c, pc));
    }
    *pc = old;
    TRY(emit(c, OPCODE_POP_TOP, 0) && fail_pattern(c, pc, PSEUDO_JUMP));
    block_use(c, end);
    /* The new captures lie above the subject's copy and what was to be kept: each goes to its place. */
    int32_t rotations = control_count + 1 + pc->on_top + pc->store_count;
    for (int32_t i = 0; i < control_count; i++) TRY(rotate(c, rotations) && add_store(c, pc, control[i]));
    return emit(c, OPCODE_POP_TOP, 0);
}

/* ---- the switch --------------------------------------------------------------------------------- */

static bool visit_value_pattern(Compiler *c, const AstPattern *p, PatternContext *pc) {
    const AstExpr *value = p->MatchValue.value;
    if (value->kind != EXPR_CONSTANT && value->kind != EXPR_ATTRIBUTE) /* -1 and 1+2j have been folded */
        return fail(c, "patterns may only match literals and attribute lookups");
    return visit_expr(c, value) && emit_compare(c, CMPOP_EQ) && fail_unless(c, pc);
}

static bool visit_pattern_kind(Compiler *c, const AstPattern *p, PatternContext *pc) {
    switch ((AstKind)p->kind) {
    case PATTERN_MATCH_VALUE: return visit_value_pattern(c, p, pc);
    case PATTERN_MATCH_SINGLETON:
        return emit_const(c, consts_of_ast(&c->consts, &p->MatchSingleton.value)) &&
               emit(c, OPCODE_IS_OP, 0) && fail_unless(c, pc);
    case PATTERN_MATCH_SEQUENCE: return visit_sequence(c, p, pc);
    case PATTERN_MATCH_MAPPING: return visit_mapping(c, p, pc);
    case PATTERN_MATCH_CLASS: return visit_class_pattern(c, p, pc);
    case PATTERN_MATCH_STAR: return capture(c, p->MatchStar.name, pc);
    case PATTERN_MATCH_AS: return visit_as(c, p, pc);
    case PATTERN_MATCH_OR: return visit_or(c, p, pc);
    default: return false;
    }
}

static bool visit_pattern(Compiler *c, const AstPattern *p, PatternContext *pc) {
    TRY(depth_enter(&c->depth));
    SET_LOC(c, p);
    TRY(visit_pattern_kind(c, p, pc));
    depth_leave(&c->depth);
    return true;
}

/* ---- match -------------------------------------------------------------------------------------- */

/* keep_subject: the subject is needed by cases that follow. */
static bool visit_case(Compiler *c, const AstMatchCase *m, bool keep_subject, bool is_last, Block *end) {
    PatternContext pc = {.allow_irrefutable = m->guard != NULL || is_last};
    SET_LOC(c, m->pattern);
    if (keep_subject) TRY(emit(c, OPCODE_COPY, 1));
    TRY(visit_pattern(c, m->pattern, &pc));
    for (int32_t i = 0; i < pc.store_count; i++) TRY(emit_variable(c, pc.stores[i], CONTEXT_STORE));
    if (m->guard) TRY(ensure_fail_pop(c, &pc, 0) && jump_if(c, m->guard, pc.fail_pop[0], false));
    if (keep_subject) TRY(emit(c, OPCODE_POP_TOP, 0));
    TRY(visit_stmts(c, &m->body));
    UNSET_LOC(c);
    TRY(emit_jump(c, PSEUDO_JUMP, end));
    SET_LOC(c, m->pattern); /* the clean-up belongs to the pattern that failed */
    return use_fail_pops(c, &pc);
}

bool visit_match(Compiler *c, const AstStmt *s) {
    const AstMatchCaseSeq *cases = &s->Match.cases;
    const AstMatchCase *last = cases->items[cases->count - 1];
    bool has_default = cases->count > 1 && is_wildcard(last->pattern);
    int32_t count = cases->count - has_default;
    Block *end = block_new(c);
    TRY(end && visit_expr(c, s->Match.subject));
    for (int32_t i = 0; i < count; i++)
        TRY(visit_case(c, cases->items[i], i + 1 != count, i + 1 == cases->count, end));
    if (has_default) {
        SET_LOC(c, last->pattern);
        TRY(emit(c, OPCODE_NOP, 0));
        if (last->guard) TRY(jump_if(c, last->guard, end, false));
        TRY(visit_stmts(c, &last->body));
    }
    block_use(c, end);
    return true;
}
