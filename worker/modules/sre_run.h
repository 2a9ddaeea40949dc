/* sre_run: the matcher for characters of type UNIT; names get a suffix by NAME_OF. Read by sre_run.c alone. */

#define IN_BITS(bits, wide_test, c) (sizeof(UNIT) == 1 || ((c) >> 8) == 0 ? sre_bit(bits, (uint8_t)(c)) : (wide_test))
#define IN_SET(set, c) IN_BITS((set)->bits, sre_set_wide(set, c), c)

/* Can what starts with `first` (an index; 0: anything) start at c? */
#define MAY_START(first_index, c)                                                                                      \
    ((first_index) == 0 ||                                                                                             \
     ((c) < end && IN_BITS(firsts[first_index].bits, firsts[first_index].wide, *(c))))

/* The end of the run of characters like ins's from p on, at most limit. */
static inline const UNIT *NAME_OF(run_end)(const SreProgram *program, const SreIns *ins, const UNIT *p, const UNIT *limit) {
    switch (ins->single) {
    case ONE_CHAR:
        while (p < limit && *p == ins->a) p++;
        return p;
    case ONE_SET: {
        const SreSet *set = &program->sets[ins->a];
        while (p < limit && IN_SET(set, *p)) p++;
        return p;
    }
    case ONE_ANY: return limit;
    default: {
        uint32_t c = ins->single == ONE_NOT_CHAR ? ins->a : '\n';
        if (sizeof(UNIT) == 1 && limit - p > 16) {
            const UNIT *found = c < 256 ? memchr(p, (int)c, (size_t)(limit - p)) : NULL;
            return found ? found : limit;
        }
        while (p < limit && *p != c) p++;
        return p;
    }
    }
}

static inline bool NAME_OF(one)(const SreProgram *program, const SreIns *ins, UNIT c) {
    switch (ins->single) {
    case ONE_CHAR: return c == ins->a;
    case ONE_NOT_CHAR: return c != ins->a;
    case ONE_NOT_NEWLINE: return c != '\n';
    case ONE_SET: return IN_SET(&program->sets[ins->a], c);
    default: return true;
    }
}

static bool NAME_OF(text_equal)(const SreProgram *program, const SreIns *ins, const UNIT *p) {
    if (sizeof(UNIT) == 1) return !ins->max && memcmp(p, program->text8 + ins->a, ins->min) == 0;
    const uint32_t *text = program->text + ins->a;
    for (uint32_t i = 0; i < ins->min; i++)
        if (p[i] != text[i]) return false;
    return true;
}

static bool NAME_OF(at)(uint32_t where, const UNIT *begin, const UNIT *p, const UNIT *end) {
    switch (where) {
    case AT_BEGINNING: case AT_BEGINNING_STRING: return p == begin;
    case AT_BEGINNING_LINE: return p == begin || p[-1] == '\n';
    case AT_END: return p == end || (end - p == 1 && *p == '\n');
    case AT_END_LINE: return p == end || *p == '\n';
    case AT_END_STRING: return p == end;
    default: {
        if (begin == end) return false;
        bool unicode = where >= AT_UNI_BOUNDARY;
        bool before = p > begin && sre_is_word(p[-1], unicode), here = p < end && sre_is_word(*p, unicode);
        bool boundary = where == AT_BOUNDARY || where == AT_LOC_BOUNDARY || where == AT_UNI_BOUNDARY;
        return (before != here) == boundary;
    }
    }
}

/* Where the group's text stands again at p: its end; NULL: it does not. */
static const UNIT *NAME_OF(again)(const SreMatcher *m, const SreIns *ins, const UNIT *p, const UNIT *end) {
    const UNIT *from = (const UNIT *)(const void *)m->marks[2 * ins->a];
    const UNIT *to = (const UNIT *)(const void *)m->marks[2 * ins->a + 1];
    if (!from || !to || to < from || end - p < to - from) return NULL;
    if (ins->single == CASE_EXACT) return memcmp(p, from, (size_t)(to - from) * sizeof(UNIT)) ? NULL : p + (to - from);
    for (; from < to; from++, p++)
        if (*p != *from && sre_lower(ins->single, *p) != sre_lower(ins->single, *from)) return NULL;
    return p;
}

#define POSITION(pointer) ((const UNIT *)(pointer))
#define PUSH(...)                                                                                                      \
    do {                                                                                                               \
        if (height == m->stack_capacity) {                                                                             \
            if (grow_stack(m) < 0) return -1;                                                                          \
            stack = m->stack;                                                                                          \
        }                                                                                                              \
        stack[height++] = (SreEntry){__VA_ARGS__};                                                                     \
    } while (0)
/* Old values need to be kept only if there is something to come back to. */
#define KEEP(...)                                                                                                      \
    do {                                                                                                               \
        if (height) PUSH(__VA_ARGS__);                                                                                 \
    } while (0)
#define GO(target)                                                                                                     \
    do {                                                                                                               \
        ins = code + (target);                                                                                         \
        goto *labels[ins->op];                                                                                         \
    } while (0)
#define NEXT()                                                                                                         \
    do {                                                                                                               \
        ins++;                                                                                                         \
        goto *labels[ins->op];                                                                                         \
    } while (0)
#define WORK()                                                                                                         \
    do {                                                                                                               \
        if (++work >= WORK_STEP) {                                                                                     \
            if (work_charge(work) < 0) return -1;                                                                      \
            work = 0;                                                                                                  \
        }                                                                                                              \
    } while (0)

/* Matches the whole program at `start`: 1 and *stop, 0, -1 raised. */
static int NAME_OF(match_at)(SreMatcher *m, const UNIT *start, bool whole, bool must_advance, const UNIT **stop) {
    static const void *const labels[] = {
#define SRE_OP(name) &&op_##name,
        SRE_OPS(SRE_OP)
#undef SRE_OP
    };
    const SreProgram *program = m->program;
    const SreIns *code = program->code, *ins;
    const SreFirst *firsts = program->firsts;
    const UNIT *begin = m->subject.data, *end = begin + m->end, *p = start, *q;
    const uint8_t **marks = m->marks;
    Loop *loops = m->loops;
    SreEntry *stack = m->stack;
    size_t height = 0;
    uint32_t work = 0;
    GO(1);

op_failure:
    goto fail;

op_success:
    if ((whole && p != end) || (must_advance && p == start)) goto fail;
    *stop = p;
    m->work += work;
    return 1;

op_single:
    if (p >= end || !NAME_OF(one)(program, ins, *p)) goto fail;
    p++;
    NEXT();

op_text:
    if ((size_t)(end - p) < ins->min || !NAME_OF(text_equal)(program, ins, p)) goto fail;
    p += ins->min;
    NEXT();

op_at:
    if (!NAME_OF(at)(ins->a, begin, p, end)) goto fail;
    NEXT();

op_mark:
    KEEP(.kind = E_MARK, .arg = ins->a, .n = m->last_index, .a = marks[ins->a]);
    marks[ins->a] = (const uint8_t *)p;
    if (ins->a & 1) m->last_index = ins->a / 2 + 1;
    NEXT();

op_jump:
    GO(ins->to);

op_alt: {
    while (!MAY_START(ins->first, p)) {
        if (!ins->to) goto fail;
        ins = code + ins->to;
    }
    uint32_t other = ins->to;
    while (other && !MAY_START(code[other].first, p)) other = code[other].to;
    if (other) PUSH(.kind = E_CHOICE, .n = other, .a = p);
    NEXT();
}

op_repeat:
    KEEP(.kind = E_LOOP, .arg = ins->a, .n = loops[ins->a].count, .a = loops[ins->a].last);
    loops[ins->a] = (Loop){0, NULL};
    GO(ins->to);

op_max_until: {
    Loop *loop = &loops[ins->a];
    WORK();
    if (loop->count < ins->min) {
        KEEP(.kind = E_LOOP, .arg = ins->a, .n = loop->count, .a = loop->last);
        loop->count++;
        GO(ins->to);
    }
    if ((loop->count >= ins->max && ins->max != SRE_NO_LIMIT) || p == loop->last || !MAY_START(ins->body_first, p)) NEXT();
    if (MAY_START(ins->first, p))
        PUSH(.kind = E_TAIL, .arg = ins->a, .n = (uint32_t)(ins - code), .a = p, .b = loop->last, .count = loop->count);
    else
        KEEP(.kind = E_LOOP, .arg = ins->a, .n = loop->count, .a = loop->last);
    loop->count++;
    loop->last = p;
    GO(ins->to);
}

op_min_until: {
    Loop *loop = &loops[ins->a];
    WORK();
    if (loop->count < ins->min) {
        KEEP(.kind = E_LOOP, .arg = ins->a, .n = loop->count, .a = loop->last);
        loop->count++;
        GO(ins->to);
    }
    if ((loop->count < ins->max || ins->max == SRE_NO_LIMIT) && p != loop->last && MAY_START(ins->body_first, p))
        PUSH(.kind = E_TURN, .arg = ins->a, .n = (uint32_t)(ins - code), .a = p, .b = loop->last, .count = loop->count);
    NEXT();
}

op_run: {
    const UNIT *limit = (size_t)(end - p) > ins->max ? p + ins->max : end, *low = p + ins->min;
    if ((size_t)(end - p) < ins->min) goto fail;
    q = NAME_OF(run_end)(program, ins, p, limit);
    if (q < low) goto fail;
    if (ins->flags & (sizeof(UNIT) == 1 ? RUN_KEEPS_NARROW : RUN_KEEPS_WIDE)) {
        p = q;
        NEXT();
    }
    while (!MAY_START(ins->first, q)) {
        if (q == low) goto fail;
        q--;
    }
    if (q > low) PUSH(.kind = E_RUN, .n = (uint32_t)(ins - code), .a = q, .b = low);
    p = q;
    NEXT();
}

op_run_all: {
    const UNIT *limit = (size_t)(end - p) > ins->max ? p + ins->max : end;
    if ((size_t)(end - p) < ins->min) goto fail;
    q = NAME_OF(run_end)(program, ins, p, limit);
    if ((size_t)(q - p) < ins->min) goto fail;
    p = q;
    NEXT();
}

op_run_lazy: {
    const UNIT *limit = (size_t)(end - p) > ins->max ? p + ins->max : end;
    if ((size_t)(end - p) < ins->min) goto fail;
    q = p + ins->min;
    if (NAME_OF(run_end)(program, ins, p, q) < q) goto fail;
    p = q;
    q = limit;
    goto take_more;
}

/* A lazy run has taken what is before p; it may go on to q. */
take_more:
    while (!MAY_START(ins->first, p)) {
        if (p == q || !NAME_OF(one)(program, ins, *p)) goto fail;
        p++;
    }
    if (p < q) PUSH(.kind = E_LAZY, .n = (uint32_t)(ins - code), .a = p, .b = q);
    NEXT();

op_look:
    if ((size_t)(p - begin) < ins->min) goto fail;
    m->barriers[ins->a] = (uint32_t)height;
    PUSH(.kind = E_LOOK, .a = p);
    p -= ins->min;
    NEXT();

op_look_end:
    p = POSITION(stack[m->barriers[ins->a]].a);
    height = cut(m, m->barriers[ins->a], height);
    NEXT();

op_look_not:
    if ((size_t)(p - begin) < ins->min) GO(ins->to);
    m->barriers[ins->a] = (uint32_t)height;
    PUSH(.kind = E_LOOK_NOT, .n = ins->to, .a = p);
    p -= ins->min;
    NEXT();

op_look_not_end:
    height = undo(m, m->barriers[ins->a], height);
    goto fail;

op_atomic:
    m->barriers[ins->a] = (uint32_t)height;
    PUSH(.kind = E_LOOK, .a = p);
    NEXT();

op_atomic_end:
    height = cut(m, m->barriers[ins->a], height);
    NEXT();

/* The barrier of a possessive loop's turn comes behind those of the groups. */
op_all:
    loops[ins->a] = (Loop){0, p};
    m->barriers[program->barrier_count + ins->a] = (uint32_t)height;
    if (ins->max == 0) GO(ins->to);
    PUSH(.kind = E_ALL, .arg = ins->a, .n = ins->to - 1, .a = p);
    NEXT();

op_all_end: {
    Loop *loop = &loops[ins->a];
    WORK();
    height = cut(m, m->barriers[program->barrier_count + ins->a], height);
    loop->count++;
    if (loop->count >= ins->min && ((loop->count >= ins->max && ins->max != SRE_NO_LIMIT) || p == loop->last)) NEXT();
    loop->last = p;
    m->barriers[program->barrier_count + ins->a] = (uint32_t)height;
    PUSH(.kind = E_ALL, .arg = ins->a, .n = (uint32_t)(ins - code), .a = p);
    GO(ins->to);
}

op_group:
    p = NAME_OF(again)(m, ins, p, end);
    if (!p) goto fail;
    WORK();
    NEXT();

op_if_group:
    if (!marks[2 * ins->a] || !marks[2 * ins->a + 1]) GO(ins->to);
    NEXT();

fail:
    if (height == 0) {
        m->work += work;
        return 0;
    }
    WORK();
    SreEntry *e = &stack[height - 1];
    switch (e->kind) {
    case E_CHOICE:
        p = POSITION(e->a);
        height--;
        GO(e->n);
    case E_RUN:
        ins = code + e->n;
        q = POSITION(e->a);
        do {
            if (q == POSITION(e->b)) break;
            q--;
        } while (!MAY_START(ins->first, q));
        work += (uint32_t)((POSITION(e->a) - q) / 16);
        e->a = q;
        if (q == POSITION(e->b)) {
            height--;
            if (!MAY_START(ins->first, q)) goto fail;
        }
        p = q;
        NEXT();
    case E_LAZY:
        ins = code + e->n;
        p = POSITION(e->a);
        q = POSITION(e->b);
        height--;
        if (!NAME_OF(one)(program, ins, *p)) goto fail;
        p++;
        goto take_more;
    case E_TAIL:
        loops[e->arg] = (Loop){e->count, e->b};
        p = POSITION(e->a);
        height--;
        GO(e->n + 1);
    case E_TURN: {
        Loop *loop = &loops[e->arg];
        ins = code + e->n;
        p = POSITION(e->a);
        e->kind = E_LOOP; /* the loop as it was stays on the stack */
        e->n = e->count;
        e->a = e->b;
        *loop = (Loop){e->count + 1, p};
        if (height == 1) height = 0;
        GO(ins->to);
    }
    case E_MARK:
        marks[e->arg] = e->a;
        m->last_index = e->n;
        height--;
        goto fail;
    case E_LOOP:
        loops[e->arg] = (Loop){e->n, e->a};
        height--;
        goto fail;
    case E_LOOK_NOT:
        p = POSITION(e->a);
        height--;
        GO(e->n);
    case E_ALL:
        ins = code + e->n;
        p = POSITION(e->a);
        height--;
        if (loops[e->arg].count < ins->min) goto fail;
        NEXT();
    default: /* E_LOOK */
        height--;
        goto fail;
    }
}

#undef POSITION
#undef PUSH
#undef KEEP
#undef GO
#undef NEXT
#undef WORK

/* The next place from p on where a match may begin; NULL: none. */
static const UNIT *NAME_OF(candidate)(const SreProgram *program, const UNIT *p, const UNIT *end) {
    if (program->prefix_length) {
        const uint32_t *text = program->text + program->prefix_start;
        size_t n = program->prefix_length;
        if (sizeof(UNIT) == 1) return memmem(p, (size_t)(end - p), program->text8 + program->prefix_start, n);
        for (; (size_t)(end - p) >= n; p++)
            if (*p == text[0] && p[1] == text[1]) return p;
        return NULL;
    }
    if (!program->first) return p <= end ? p : NULL;
    const SreFirst *first = &program->firsts[program->first];
    while (p < end && !IN_BITS(first->bits, first->wide, *p)) p++;
    return p < end ? p : NULL;
}

static int NAME_OF(run)(SreMatcher *m, SreMode mode) {
    const SreProgram *program = m->program;
    const UNIT *begin = m->subject.data, *p = begin + m->start, *end = begin + m->end, *stop;
    bool must_advance = m->must_advance;
    if (p > end) return 0;
    if (program->prefix_length && sizeof(UNIT) == 1)
        for (uint32_t i = 0; i < program->prefix_length; i++)
            if (program->text[program->prefix_start + i] > 0xff) return 0;
    for (;;) {
        if (mode == SRE_SEARCH && program->only_at_start) {
            if (p != begin) return 0;
        } else if (mode == SRE_SEARCH) {
            const UNIT *next = NAME_OF(candidate)(program, p, end);
            m->work += (uint64_t)((next ? next : end) - p) / 16 + 1;
            if (!next) return 0;
            if (next != p) must_advance = false;
            p = next;
        }
        forget_marks(m);
        int status = NAME_OF(match_at)(m, p, mode == SRE_FULLMATCH, must_advance, &stop);
        if (status != 0) {
            m->start = (size_t)(p - begin);
            if (status > 0) m->stop = (size_t)(stop - begin);
            return status;
        }
        if (mode != SRE_SEARCH || p == end) return 0;
        if (m->work >= WORK_STEP) {
            if (work_charge(m->work) < 0) return -1;
            m->work = 0;
        }
        p++;
        must_advance = false;
    }
}

#undef IN_BITS
#undef IN_SET
#undef MAY_START
