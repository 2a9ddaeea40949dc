/*
 * sre_run: the matcher, written once and included by sre_engine.c for text of 1, 2 and 4 bytes a character.
 * Before: CHAR, the type of a character, and FN(name), which makes names of this width.
 *
 * A step goes from node to node; where there is more than one way on, a frame on the stack remembers the others, and a failure
 * takes the newest one. Frames also hold old values of what a step changed (marks, loops), put back on the way down. While
 * nothing is on the stack there is nothing to go back to, so nothing need be remembered.
 *
 * An assertion or atomic group puts a barrier frame on the stack: `barrier` is its index. At its END the frames above it lose
 * their other ways and keep their old values.
 */

#define HAS_HIGH(set, c) ((set)->high == SRE_HIGH_ASK ? sre_set_has_high(set, c) : (set)->high)

static inline bool FN(in_set)(const SreNode *node, CHAR c) {
    if (is_low(c)) return node->table[(uint8_t)c] & node->bit;
    return HAS_HIGH(node->set, c);
}

/* Whether what a node's table tells of may stand at p. */
static inline bool FN(may)(const SreNode *node, const CHAR *p, const CHAR *end) {
    if (p >= end) return node->may & SRE_MAY_END;
    if (is_low(*p)) return node->table[(uint8_t)*p] & node->bit;
    return node->may & SRE_MAY_HIGH;
}

/* The first of [p, end) that is c; end if none. */
static inline const CHAR *FN(find_char)(const CHAR *p, const CHAR *end, uint32_t c) {
    if (p >= end || (sizeof(CHAR) < 4 && c >> (8 * (sizeof(CHAR) & 3)))) return end;
    if (sizeof(CHAR) == 1) {
        const CHAR *found = memchr(p, (int)c, (size_t)(end - p));
        return found ? found : end;
    }
    while (p < end && *p != c) p++;
    return p;
}

/* How far the characters of a node go, at most to `limit`. */
static inline const CHAR *FN(span)(const SreNode *item, const CHAR *p, const CHAR *limit) {
    switch (item->op) {
    case SRE_NODE_ANY_ALL: return limit;
    case SRE_NODE_ANY: return FN(find_char)(p, limit, '\n');
    case SRE_NODE_NOT_CHAR: return FN(find_char)(p, limit, item->a);
    case SRE_NODE_CHAR:
        while (p < limit && *p == item->a) p++;
        return p;
    default:
        if (sizeof(CHAR) == 1) {
            const uint8_t *table = item->table;
            uint8_t bit = item->bit;
            while (limit - p >= 4) {
                if (!(table[(uint8_t)p[0]] & bit)) return p;
                if (!(table[(uint8_t)p[1]] & bit)) return p + 1;
                if (!(table[(uint8_t)p[2]] & bit)) return p + 2;
                if (!(table[(uint8_t)p[3]] & bit)) return p + 3;
                p += 4;
            }
        }
        while (p < limit && FN(in_set)(item, *p)) p++;
        return p;
    }
}

static inline bool FN(takes)(const SreNode *item, CHAR c) {
    switch (item->op) {
    case SRE_NODE_ANY_ALL: return true;
    case SRE_NODE_ANY: return c != '\n';
    case SRE_NODE_NOT_CHAR: return c != item->a;
    case SRE_NODE_CHAR: return c == item->a;
    default: return FN(in_set)(item, c);
    }
}

/* The greatest place of [min, p] where the node's follower may stand; NULL if none. */
static inline const CHAR *FN(give_back)(const SreNode *node, const CHAR *min, const CHAR *p, const CHAR *end) {
    if (!node->table) return p >= min ? p : NULL;
    if (sizeof(CHAR) == 1 && (node->may & SRE_MAY_ONE) && p - min > 16) {
        if (p < end && *p == node->one) return p;
        return memrchr(min, (int)node->one, (size_t)(p - min));
    }
    for (; p >= min; p--)
        if (FN(may)(node, p, end)) return p;
    return NULL;
}

/* The least place of [p, limit] where the node's follower may stand, if its item takes all before it; NULL if none. */
static inline const CHAR *FN(take_more)(const SreNode *node, const CHAR *p, const CHAR *limit, const CHAR *end) {
    const SreNode *item = node + 1;
    if (!node->table) return p;
    if (node->may & SRE_MAY_ONE && (item->op == SRE_NODE_ANY_ALL || item->op == SRE_NODE_ANY)) {
        const CHAR *found = FN(find_char)(p, limit < end ? limit + 1 : end, node->one);
        if (found >= end || found > limit) return NULL;
        if (item->op == SRE_NODE_ANY && FN(find_char)(p, found, '\n') != found) return NULL;
        return found;
    }
    for (; !FN(may)(node, p, end); p++)
        if (p >= limit || !FN(takes)(item, *p)) return NULL;
    return p;
}

static inline bool FN(same)(const CHAR *p, const SreNode *node) {
    uint32_t n = node->a;
    if (sizeof(CHAR) == 1) {
        const uint8_t *text = node->table, *q = (const uint8_t *)p;
        if (!text || *q != *text) return false;
        return n <= 4 ? (q[1] == text[1] && (n == 2 || (q[2] == text[2] && (n == 3 || q[3] == text[3])))) : memcmp(q, text, n) == 0;
    }
    for (uint32_t i = 0; i < n; i++)
        if (p[i] != node->text[i]) return false;
    return true;
}

/* Length of the group's text if it stands at p again, folded as the node says; -1 if not. */
static ssize_t FN(again)(const SreState *s, const SreNode *node, int32_t last_mark, const CHAR *p, const CHAR *end) {
    if (2 * (int64_t)node->a >= last_mark) return -1;
    const CHAR *from = s->marks[2 * node->a], *to = s->marks[2 * node->a + 1];
    if (!from || !to || to < from || to - from > end - p) return -1;
    for (ssize_t i = 0; i < to - from; i++)
        if (p[i] != from[i] && (node->b == SRE_FOLD_NONE || sre_fold(node->b, p[i]) != sre_fold(node->b, from[i]))) return -1;
    return to - from;
}

#define PUSH(frame_kind, frame_node, frame_at)                                                                         \
    do {                                                                                                               \
        if (__builtin_expect(sp == s->frames_end, 0) && !(sp = grow_frames(s, sp))) goto no_memory;                    \
        sp->kind = (frame_kind);                                                                                       \
        sp->node = (uint32_t)(frame_node);                                                                             \
        sp->at = (frame_at);                                                                                           \
        sp++;                                                                                                          \
    } while (0)
#define INDEX(node_pointer) ((node_pointer) - nodes)
#define NEXT goto *labels[pc->op]
#define STEP                                                                                                           \
    do {                                                                                                               \
        pc++;                                                                                                          \
        NEXT;                                                                                                          \
    } while (0)
#define GO(index)                                                                                                      \
    do {                                                                                                               \
        pc = nodes + (index);                                                                                          \
        NEXT;                                                                                                          \
    } while (0)
#define SPEND(units)                                                                                                   \
    do {                                                                                                               \
        if (__builtin_expect((s->fuel -= (int64_t)(units)) < 0, 0) && refuel(s) < 0) return -1;                        \
    } while (0)

static int FN(run)(SreState *s, const CHAR *ptr) {
    static const void *const labels[] = {
#define LABEL(op) &&do_##op,
        SRE_NODES(LABEL)
#undef LABEL
    };
    const SreNode *const nodes = s->pattern->program.nodes, *pc = nodes;
    const CHAR *const beginning = s->beginning, *const end = s->end;
    SreFrame *sp = s->frames;
    const void **const marks = s->marks;
    size_t barrier = SIZE_MAX;
    int32_t last_mark = -1, last_index = -1;
    SreFrame *f;
    SreLoop *loop;

    NEXT;

do_CHAR:
    if (ptr >= end || *ptr != pc->a) goto fail;
    ptr++;
    STEP;
do_NOT_CHAR:
    if (ptr >= end || *ptr == pc->a) goto fail;
    ptr++;
    STEP;
do_ANY:
    if (ptr >= end || *ptr == '\n') goto fail;
    ptr++;
    STEP;
do_ANY_ALL:
    if (ptr >= end) goto fail;
    ptr++;
    STEP;
do_SET:
    if (ptr >= end || !FN(in_set)(pc, *ptr)) goto fail;
    ptr++;
    STEP;
do_STRING:
    if (end - ptr < (ssize_t)pc->a || !FN(same)(ptr, pc)) goto fail;
    ptr += pc->a;
    STEP;

do_MARK: {
    int32_t i = (int32_t)pc->a;
    if (sp != s->frames) {
        PUSH(FRAME_MARK, i, i <= last_mark ? marks[i] : NULL);
        sp[-1].last_mark = last_mark;
        sp[-1].last_index = last_index;
    }
    if (i & 1) last_index = i / 2 + 1;
    if (i > last_mark) {
        while (++last_mark < i) marks[last_mark] = NULL;
    }
    marks[i] = ptr;
    STEP;
}

do_JUMP:
    GO(pc->next);

do_BRANCH: {
    size_t row = ptr >= end ? 257 : is_low(*ptr) ? (uint8_t)*ptr : 256;
    uint64_t mask = pc->a <= 8 ? pc->table[row] : ((const uint64_t *)(const void *)pc->table)[row];
    if (!mask) goto fail;
    SPEND(1);
    unsigned k = (unsigned)__builtin_ctzll(mask);
    if (mask &= mask - 1) {
        PUSH(FRAME_BRANCH, INDEX(pc), ptr);
        sp[-1].mask = mask;
    }
    GO(pc->branches[k]);
}

do_POSSESSIVE: {
    const CHAR *stop = end - ptr > (ssize_t)pc->b ? ptr + pc->b : end;
    if ((ssize_t)pc->a > end - ptr) goto fail;
    const CHAR *p = FN(span)(pc + 1, ptr, stop);
    if (p - ptr < (ssize_t)pc->a) goto fail;
    SPEND((p - ptr) >> 4);
    ptr = p;
    GO(pc->next);
}

do_GREEDY: {
    const CHAR *stop = end - ptr > (ssize_t)pc->b ? ptr + pc->b : end, *min = ptr + pc->a;
    if ((ssize_t)pc->a > end - ptr) goto fail;
    const CHAR *p = FN(span)(pc + 1, ptr, stop);
    if (p < min) goto fail;
    SPEND((p - ptr) >> 4);
    if (!(p = FN(give_back)(pc, min, p, end))) goto fail;
    if (p > min) {
        PUSH(FRAME_GREEDY, INDEX(pc), p);
        sp[-1].other = min;
    }
    ptr = p;
    GO(pc->next);
}

do_LAZY: {
    const CHAR *stop = end - ptr > (ssize_t)pc->b ? ptr + pc->b : end;
    if ((ssize_t)pc->a > end - ptr) goto fail;
    const CHAR *p = ptr + pc->a;
    if (pc->a && FN(span)(pc + 1, ptr, p) != p) goto fail;
    if (!(p = FN(take_more)(pc, p, stop, end))) goto fail;
    SPEND((p - ptr) >> 4);
    if (p < stop) {
        PUSH(FRAME_LAZY, INDEX(pc), p);
        sp[-1].other = stop;
    }
    ptr = p;
    GO(pc->next);
}

do_LOOP:
    loop = &s->loops[pc->a];
    if (sp != s->frames) {
        PUSH(FRAME_LOOP, pc->a, loop->last);
        sp[-1].count = loop->count;
    }
    loop->count = -1;
    loop->last = NULL;
    GO(pc->next);

do_UNTIL_MAX: {
    loop = &s->loops[pc->a];
    int64_t count = loop->count + 1;
    SPEND(1);
    if (count < (int64_t)pc->limits.min) {
        PUSH(FRAME_COUNT, pc->a, NULL);
        sp[-1].other = loop->last;
        loop->count = count;
        GO(pc->b);
    }
    if ((count < (int64_t)pc->limits.max || pc->limits.max == SRE_MAX_REPEAT) && ptr != loop->last &&
        (!pc->table || FN(may)(pc, ptr, end))) {
        PUSH(FRAME_UNTIL_MAX, INDEX(pc), ptr);
        sp[-1].other = loop->last;
        loop->count = count;
        loop->last = ptr;
        GO(pc->b);
    }
    GO(pc->next);
}

do_UNTIL_MIN:
    loop = &s->loops[pc->a];
    SPEND(1);
    if (loop->count + 1 < (int64_t)pc->limits.min) {
        PUSH(FRAME_COUNT, pc->a, NULL);
        sp[-1].other = loop->last;
        loop->count++;
        GO(pc->b);
    }
    PUSH(FRAME_UNTIL_MIN, INDEX(pc), ptr);
    GO(pc->next);

do_ASSERT:
do_ASSERT_NOT:
    if (ptr - beginning < (ssize_t)pc->a) {
        if (pc->op == SRE_NODE_ASSERT) goto fail;
        GO(pc->next);
    }
    PUSH(pc->op == SRE_NODE_ASSERT ? FRAME_ASSERT : FRAME_ASSERT_NOT, INDEX(pc), ptr);
    sp[-1].mask = barrier;
    barrier = (size_t)(sp - 1 - s->frames);
    ptr -= pc->a;
    STEP;

do_ATOMIC:
    PUSH(FRAME_ATOMIC, INDEX(pc), ptr);
    sp[-1].mask = barrier;
    barrier = (size_t)(sp - 1 - s->frames);
    STEP;

do_LOOP_ATOMIC:
    loop = &s->loops[pc->a];
    if (sp != s->frames) {
        PUSH(FRAME_LOOP, pc->a, loop->last);
        sp[-1].count = loop->count;
    }
    loop->count = 0;
    loop->last = NULL;
next_turn:
    SPEND(1);
    if (loop->count >= (int64_t)pc->limits.min) {
        if ((pc->limits.max != SRE_MAX_REPEAT && loop->count >= (int64_t)pc->limits.max) || ptr == loop->last) GO(pc->next);
        loop->last = ptr;
    }
    PUSH(FRAME_LOOP_ATOMIC, INDEX(pc), ptr);
    sp[-1].mask = barrier;
    barrier = (size_t)(sp - 1 - s->frames);
    STEP;

do_END:
    f = s->frames + barrier;
    pc = nodes + f->node;
    barrier = (size_t)f->mask;
    switch (f->kind) {
    case FRAME_ASSERT:
        ptr = f->at;
        sp = cut_frames(s, f, sp);
        GO(pc->next);
    case FRAME_ATOMIC:
        sp = cut_frames(s, f, sp);
        GO(pc->next);
    case FRAME_LOOP_ATOMIC:
        sp = cut_frames(s, f, sp);
        loop = &s->loops[pc->a];
        loop->count++;
        goto next_turn;
    default: /* FRAME_ASSERT_NOT: what the assertion changed is put back, then it fails */
        while (--sp > f) undo_frame(s, sp, &last_mark, &last_index);
        goto fail;
    }

do_GROUP_REF: {
    ssize_t n = FN(again)(s, pc, last_mark, ptr, end);
    if (n < 0) goto fail;
    SPEND(n >> 4);
    ptr += n;
    STEP;
}

do_GROUP_EXISTS: {
    int64_t i = 2 * (int64_t)pc->a;
    if (i < last_mark && marks[i] && marks[i + 1] && marks[i + 1] >= marks[i]) STEP;
    GO(pc->next);
}

do_AT_BEGINNING:
    if (ptr != beginning) goto fail;
    STEP;
do_AT_BEGINNING_LINE:
    if (ptr != beginning && ptr[-1] != '\n') goto fail;
    STEP;
do_AT_END:
    if (ptr != end && !(end - ptr == 1 && *ptr == '\n')) goto fail;
    STEP;
do_AT_END_LINE:
    if (ptr != end && (ptr > end || *ptr != '\n')) goto fail;
    STEP;
do_AT_END_STRING:
    if (ptr != end) goto fail;
    STEP;
do_BOUNDARY: {
    if (beginning == end) goto fail;
    bool before = ptr > beginning && FN(in_set)(pc, ptr[-1]), behind = ptr < end && FN(in_set)(pc, *ptr);
    if ((before != behind) != pc->a) goto fail;
    STEP;
}

do_SUCCESS:
    if (ptr == s->forbidden || (s->match_all && ptr != end)) goto fail;
    s->ptr = ptr;
    s->last_mark = last_mark;
    s->last_index = last_index;
    return 1;

do_FAIL:
fail:
    SPEND(1);
next_frame:
    if (sp == s->frames) return 0;
    f = sp - 1;
    switch (f->kind) {
    case FRAME_MARK:
        marks[f->node] = f->at;
        last_mark = f->last_mark;
        last_index = f->last_index;
        sp = f;
        goto next_frame;
    case FRAME_LOOP:
        s->loops[f->node] = (SreLoop){f->count, f->at};
        sp = f;
        goto next_frame;
    case FRAME_COUNT:
        s->loops[f->node].count--;
        s->loops[f->node].last = f->other;
        sp = f;
        goto next_frame;
    case FRAME_BRANCH: {
        pc = nodes + f->node;
        ptr = f->at;
        unsigned k = (unsigned)__builtin_ctzll(f->mask);
        if (!(f->mask &= f->mask - 1)) sp = f;
        GO(pc->branches[k]);
    }
    case FRAME_GREEDY: {
        pc = nodes + f->node;
        const CHAR *p = FN(give_back)(pc, f->other, (const CHAR *)f->at - 1, end);
        if (!p || p == f->other) sp = f;
        SPEND(((const CHAR *)f->at - (p ? p : (const CHAR *)f->other)) >> 4);
        if (!p) goto next_frame;
        f->at = ptr = p;
        GO(pc->next);
    }
    case FRAME_LAZY: {
        pc = nodes + f->node;
        const CHAR *p = f->at;
        sp = f;
        if (!FN(takes)(pc + 1, *p)) goto next_frame;
        if (!(p = FN(take_more)(pc, p + 1, f->other, end))) goto next_frame;
        SPEND((p - (const CHAR *)f->at) >> 4);
        f->at = ptr = p;
        if (p < (const CHAR *)f->other) sp = f + 1;
        GO(pc->next);
    }
    case FRAME_UNTIL_MAX:
        pc = nodes + f->node;
        loop = &s->loops[pc->a];
        loop->count--;
        loop->last = f->other;
        ptr = f->at;
        sp = f;
        GO(pc->next);
    case FRAME_UNTIL_MIN:
        pc = nodes + f->node;
        loop = &s->loops[pc->a];
        ptr = f->at;
        sp = f;
        if ((loop->count + 1 >= (int64_t)pc->limits.max && pc->limits.max != SRE_MAX_REPEAT) || ptr == loop->last) goto next_frame;
        PUSH(FRAME_COUNT, pc->a, NULL);
        sp[-1].other = loop->last;
        loop->count++;
        loop->last = ptr;
        GO(pc->b);
    case FRAME_ASSERT:
    case FRAME_ATOMIC:
        barrier = (size_t)f->mask;
        sp = f;
        goto next_frame;
    case FRAME_ASSERT_NOT:
        barrier = (size_t)f->mask;
        ptr = f->at;
        sp = f;
        GO(nodes[f->node].next);
    default: /* FRAME_LOOP_ATOMIC: one turn too many */
        barrier = (size_t)f->mask;
        pc = nodes + f->node;
        ptr = f->at;
        sp = f;
        if (s->loops[pc->a].count < (int64_t)pc->limits.min) goto next_frame;
        GO(pc->next);
    }

no_memory:
    raise_no_memory();
    return -1;
}

/* ---- searching ---- */

/* Where the prefix next stands in [p, last]; NULL if nowhere. */
static const CHAR *FN(find_prefix)(const SreState *s, const SreNode *node, const CHAR *p, const CHAR *last) {
    if (node->op == SRE_NODE_CHAR) {
        const CHAR *stop = last < (const CHAR *)s->end ? last + 1 : last;
        p = FN(find_char)(p, stop, node->a);
        return p < stop ? p : NULL;
    }
    if (sizeof(CHAR) == 1) {
        size_t n = node->a;
        if (!node->table || s->end < s->beginning || (size_t)((const CHAR *)s->end - p) < n) return NULL;
        p = memmem(p, (size_t)((const CHAR *)s->end - p), node->table, n);
        return p && p <= last ? p : NULL;
    }
    for (const CHAR *stop = last < (const CHAR *)s->end ? last + 1 : last; p < stop; p++) {
        if ((p = FN(find_char)(p, stop, node->text[0])) == stop) return NULL;
        if ((const CHAR *)s->end - p >= (ssize_t)node->a && FN(same)(p, node)) return p;
    }
    return NULL;
}

static int FN(attempt)(SreState *s, const CHAR *p) {
    s->start = p;
    return FN(run)(s, p);
}

static int FN(search_prefix)(SreState *s, const CHAR *p, const CHAR *last) {
    const SreNode *node = s->pattern->program.nodes + s->pattern->program.prefix;
    for (; p <= last; p++) {
        const CHAR *from = p;
        if (!(p = FN(find_prefix)(s, node, p, last))) return 0;
        SPEND((p - from) >> 6);
        int status = FN(attempt)(s, p);
        if (status) return status;
    }
    return 0;
}

static int FN(search_first)(SreState *s, const CHAR *p, const CHAR *last) {
    const SreProgram *program = &s->pattern->program;
    const CHAR *const end = s->end;
    const uint8_t *const table = program->first;
    const uint8_t bit = program->first_bit, high = program->first_may & SRE_MAY_HIGH;
    for (;; p++) {
        const CHAR *from = p, *stop = last < end ? last + 1 : end;
        if (sizeof(CHAR) == 1)
            while (p < stop && !(table[(uint8_t)*p] & bit)) p++;
        else
            while (p < stop && !(is_low(*p) ? table[(uint8_t)*p] & bit : high)) p++;
        SPEND((p - from) >> 4);
        if (p >= stop) break;
        int status = FN(attempt)(s, p);
        if (status) return status;
    }
    return last == end && (program->first_may & SRE_MAY_END) ? FN(attempt)(s, end) : 0;
}

static int FN(search)(SreState *s) {
    const SreProgram *program = &s->pattern->program;
    const CHAR *p = s->start, *end = s->end;
    if (p > end || (uint64_t)(end - p) < program->min_width) return 0;
    const CHAR *last = end - program->min_width; /* the last place where a match can begin */
    switch (program->search) {
    case SRE_SEARCH_PREFIX: return FN(search_prefix)(s, p, last);
    case SRE_SEARCH_FIRST: return FN(search_first)(s, p, last);
    case SRE_SEARCH_START: return p == s->beginning ? FN(attempt)(s, p) : 0;
    default: break;
    }
    for (; p <= last; p++) {
        int status = FN(attempt)(s, p);
        if (status) return status;
    }
    return 0;
}

#undef HAS_HIGH
#undef PUSH
#undef INDEX
#undef NEXT
#undef STEP
#undef GO
#undef SPEND
#undef FN
#undef CHAR
