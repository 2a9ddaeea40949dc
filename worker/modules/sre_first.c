/*
 * sre_first: what may come first.
 *
 * Idea. From each place of a program, the characters with which a match can go on are found by walking over all nodes that
 * take nothing, up to those that take something. The answer may be too large, never too small. It says where a search need
 * look, which branches are worth trying at a character, which turn of a repeat can be followed by what comes after it; and if
 * nothing that a repeat takes can follow it, it never need give anything back.
 */
#include "modules/sre.h"
#include "objects/error.h"

enum { VISITS = 400, VISITS_FROM_START = 100000 };

typedef struct Walk {
    const SreProgram *program;
    uint32_t *seen;  /* by node: the round in which it was last met */
    uint32_t *stack;
    uint32_t depth, round, visits;
    SreBits found;
} Walk;

static bool bits_are_all(const SreBits *b) {
    return (b->words[0] & b->words[1] & b->words[2] & b->words[3]) == UINT64_MAX && b->high;
}

/* Any character at all, but this one. */
static SreBits bits_without(uint32_t c) {
    SreBits b = sre_bits_all;
    b.end = false;
    if (c < 256) b.words[c >> 6] &= ~(UINT64_C(1) << (c & 63));
    return b;
}

static SreBits bits_of_one(uint32_t c) {
    SreBits b = {{0}, c >= 256, false};
    if (c < 256) b.words[c >> 6] = UINT64_C(1) << (c & 63);
    return b;
}

/* Of a node that takes a character. */
static SreBits bits_taken(const SreNode *node) {
    switch (node->op) {
    case SRE_NODE_CHAR: return bits_of_one(node->a);
    case SRE_NODE_NOT_CHAR: return bits_without(node->a);
    case SRE_NODE_ANY: return bits_without('\n');
    case SRE_NODE_SET: return node->set->bits;
    case SRE_NODE_STRING: return bits_of_one(node->text[0]);
    default: return bits_without(UINT32_MAX);
    }
}

static void add(Walk *w, SreBits bits) { sre_bits_join(&w->found, &bits); }

static void go(Walk *w, uint32_t i) {
    if (i == SRE_PENDING || w->visits == 0) {
        w->found = sre_bits_all;
    } else if (w->seen[i] != w->round) {
        w->seen[i] = w->round;
        w->stack[w->depth++] = i;
        w->visits--;
    }
}

static void visit(Walk *w, uint32_t i) {
    const SreNode *node = &w->program->nodes[i];
    switch (node->op) {
    case SRE_NODE_CHAR:
    case SRE_NODE_NOT_CHAR:
    case SRE_NODE_ANY:
    case SRE_NODE_ANY_ALL:
    case SRE_NODE_SET:
    case SRE_NODE_STRING: add(w, bits_taken(node)); break;
    case SRE_NODE_GREEDY:
    case SRE_NODE_POSSESSIVE:
    case SRE_NODE_LAZY:
        if (node->b) add(w, bits_taken(node + 1));
        if (node->a == 0) go(w, node->next);
        break;
    case SRE_NODE_FAIL: break;
    case SRE_NODE_MARK:
    case SRE_NODE_AT_BEGINNING:
    case SRE_NODE_AT_BEGINNING_LINE:
    case SRE_NODE_BOUNDARY:
    case SRE_NODE_ATOMIC: go(w, i + 1); break;
    case SRE_NODE_AT_END:
    case SRE_NODE_AT_END_LINE:
        add(w, bits_of_one('\n'));
        w->found.end = true;
        break;
    case SRE_NODE_AT_END_STRING: w->found.end = true; break;
    case SRE_NODE_JUMP:
    case SRE_NODE_ASSERT:
    case SRE_NODE_ASSERT_NOT: go(w, node->next); break;
    case SRE_NODE_END:
        /* within, nothing need follow; for who came in at the opening, what stands behind it (a repeat's has been met) */
        if (node->a == SRE_PENDING || w->seen[node->a] != w->round) go(w, SRE_PENDING);
        else go(w, w->program->nodes[node->a].next);
        break;
    case SRE_NODE_BRANCH:
        for (uint32_t k = 0; k < node->a; k++) go(w, node->branches[k]);
        break;
    case SRE_NODE_LOOP:
        go(w, i + 1);
        if (w->program->nodes[node->next].limits.min == 0) go(w, w->program->nodes[node->next].next);
        break;
    case SRE_NODE_UNTIL_MAX:
    case SRE_NODE_UNTIL_MIN:
        go(w, node->b);
        go(w, node->next);
        break;
    case SRE_NODE_GROUP_EXISTS:
    case SRE_NODE_LOOP_ATOMIC:
        go(w, i + 1);
        go(w, node->next);
        break;
    default: w->found = sre_bits_all; break;
    }
}

static SreBits first_from(Walk *w, uint32_t i, uint32_t visits) {
    w->round++;
    w->depth = 0;
    w->visits = visits;
    w->found = (SreBits){{0}, false, false};
    go(w, i);
    while (w->depth && !(bits_are_all(&w->found) && w->found.end)) visit(w, w->stack[--w->depth]);
    return w->found;
}

/* ---- what nodes keep of it ---- */

static int keep_filter(SreLowering *l, SreNode *node, const SreBits *bits) {
    if (bits_are_all(bits) && bits->end) return 0;
    node->may = (uint8_t)((bits->high ? SRE_MAY_HIGH : 0) | (bits->end ? SRE_MAY_END : 0));
    return sre_column(l, bits, &node->table, &node->bit);
}

static int analyse_repeat(SreLowering *l, Walk *w, SreNode *node) {
    SreBits item = bits_taken(node + 1), after = first_from(w, node->next, VISITS);
    if (node->op == SRE_NODE_GREEDY && sre_bits_disjoint(&item, &after)) node->op = SRE_NODE_POSSESSIVE;
    if (node->op == SRE_NODE_POSSESSIVE) return 0;
    int ones = 0;
    for (int i = 0; i < 4; i++) ones += __builtin_popcountll(after.words[i]);
    if (keep_filter(l, node, &after) < 0) return -1;
    if (ones == 1 && !after.high && !after.end) {
        node->may |= SRE_MAY_ONE;
        for (uint32_t c = 0; c < 256; c++)
            if (sre_bits_has(&after, c)) node->one = c;
    }
    return 0;
}

static int analyse_until(SreLowering *l, Walk *w, SreNode *node) {
    SreBits body = first_from(w, node->b, VISITS);
    return keep_filter(l, node, &body);
}

/* Masks by character: which branches may match there; [256]: from 256 on, [257]: at the end. */
static int analyse_branch(SreLowering *l, Walk *w, SreNode *node) {
    size_t bytes = node->a <= 8 ? 1 : 8;
    uint8_t *masks = sre_program_alloc(l->program, 258 * bytes);
    if (!masks) return -1;
    memset(masks, 0, 258 * bytes);
    for (uint32_t k = 0; k < node->a; k++) {
        SreBits bits = first_from(w, node->branches[k], VISITS);
        for (uint32_t c = 0; c < 258; c++) {
            if (!(c == 257 ? bits.end : sre_bits_has(&bits, c))) continue;
            if (bytes == 1) masks[c] |= (uint8_t)(1u << k);
            else ((uint64_t *)(void *)masks)[c] |= UINT64_C(1) << k;
        }
    }
    node->table = masks;
    return 0;
}

static int analyse_start(SreLowering *l, Walk *w) {
    SreProgram *p = l->program;
    uint32_t i = 0;
    while (p->nodes[i].op == SRE_NODE_JUMP || p->nodes[i].op == SRE_NODE_MARK)
        i = p->nodes[i].op == SRE_NODE_JUMP ? p->nodes[i].next : i + 1;
    p->prefix = i;
    if (p->nodes[i].op == SRE_NODE_AT_BEGINNING) return p->search = SRE_SEARCH_START, 0;
    if (p->nodes[i].op == SRE_NODE_CHAR || p->nodes[i].op == SRE_NODE_STRING) return p->search = SRE_SEARCH_PREFIX, 0;
    SreBits bits = first_from(w, 0, VISITS_FROM_START);
    p->search = bits_are_all(&bits) ? SRE_SEARCH_EVERY : SRE_SEARCH_FIRST;
    p->first_may = (uint8_t)((bits.high ? SRE_MAY_HIGH : 0) | (bits.end ? SRE_MAY_END : 0));
    return sre_column(l, &bits, &p->first, &p->first_bit);
}

static int analyse_node(SreLowering *l, Walk *w, SreNode *node) {
    switch (node->op) {
    case SRE_NODE_GREEDY:
    case SRE_NODE_LAZY: return analyse_repeat(l, w, node);
    case SRE_NODE_UNTIL_MAX: return analyse_until(l, w, node);
    case SRE_NODE_BRANCH: return analyse_branch(l, w, node);
    default: return 0;
    }
}

int sre_analyse(SreLowering *l) {
    SreProgram *p = l->program;
    Walk w = {.program = p, .seen = heap_calloc(rt->heap, p->count, sizeof *w.seen),
              .stack = heap_calloc(rt->heap, p->count, sizeof *w.stack)};
    int status = w.seen && w.stack ? 0 : (raise_no_memory(), -1);
    for (uint32_t i = 0; status == 0 && i < p->count; i++) status = analyse_node(l, &w, &p->nodes[i]);
    if (status == 0) status = analyse_start(l, &w);
    heap_free(rt->heap, w.seen);
    heap_free(rt->heap, w.stack);
    return status;
}
