/*
 * sre: codes to a Program.
 *
 * The codes are checked while they are translated: each part is known to end where its skip says, so a list that re would never
 * make is refused and cannot lead the matcher astray. Literals in a row become one text; whatever else matches one character
 * becomes a `single`. In a second pass over the finished program each loop and alternative learns what it can start with.
 */
#include "modules/sre.h"

enum { MAX_ARG = 1 << 24, FIRST_STEPS = 400, FIRST_DEPTH = 24 };

typedef struct Builder {
    SreProgram *program;
    const uint32_t *codes;
    uint32_t code_capacity, set_capacity, first_capacity, text_capacity;
    bool failed; /* raised */
} Builder;

static bool no_memory(Builder *b) {
    raise_no_memory();
    b->failed = true;
    return false;
}

static bool invalid(Builder *b) {
    if (!b->failed) raise_error(T_RuntimeError, "invalid SRE code");
    b->failed = true;
    return false;
}

/* Room for one more item of an array of the program. */
static bool reserve(Builder *b, void *array, uint32_t *capacity, uint32_t count, size_t size) {
    if (count < *capacity) return true;
    uint32_t wanted = *capacity ? 2 * *capacity : 16;
    if (wanted >= MAX_ARG) return no_memory(b);
    void *grown = heap_realloc(rt->heap, *(void **)array, wanted * size);
    if (!grown) return no_memory(b);
    *(void **)array = grown;
    *capacity = wanted;
    return true;
}

/* Appends an instruction; its number, or 0 when memory is out (0 is the program's first, which nobody points to). */
static uint32_t emit(Builder *b, SreIns ins) {
    SreProgram *p = b->program;
    if (!reserve(b, &p->code, &b->code_capacity, p->code_length, sizeof ins)) return 0;
    p->code[p->code_length] = ins;
    return p->code_length++;
}

static SreIns *at(Builder *b, uint32_t i) { return &b->program->code[i]; }
static uint32_t here(Builder *b) { return b->program->code_length; }

static bool emit_op(Builder *b, SreOp op) {
    emit(b, (SreIns){.op = op});
    return !b->failed;
}

/* ---- single characters ---- */

static bool add_set(Builder *b, const uint32_t *codes, SreCase ignore, SreIns *out) {
    SreProgram *p = b->program;
    if (!reserve(b, &p->sets, &b->set_capacity, p->set_count, sizeof(SreSet))) return false;
    sre_set_init(&p->sets[p->set_count], codes, ignore);
    *out = (SreIns){.op = OP_single, .single = ONE_SET, .a = p->set_count++};
    return true;
}

static SreCase case_of(uint32_t code) {
    switch (code) {
    case SRE_GROUPREF_IGNORE:
    case SRE_IN_IGNORE:
    case SRE_LITERAL_IGNORE:
    case SRE_NOT_LITERAL_IGNORE: return CASE_ASCII;
    case SRE_GROUPREF_LOC_IGNORE:
    case SRE_IN_LOC_IGNORE:
    case SRE_LITERAL_LOC_IGNORE:
    case SRE_NOT_LITERAL_LOC_IGNORE: return CASE_LOCALE;
    case SRE_GROUPREF_UNI_IGNORE:
    case SRE_IN_UNI_IGNORE:
    case SRE_LITERAL_UNI_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE: return CASE_UNICODE;
    default: return CASE_EXACT;
    }
}

/* A set of one member (or all but it), whose codes nobody has written: they get a block of their own. */
static bool add_small_set(Builder *b, bool negate, uint32_t member, uint32_t operand, SreCase ignore,
                          SreIns *out) {
    uint32_t *codes = heap_alloc(rt->heap, 4 * sizeof *codes);
    if (!codes) return no_memory(b);
    size_t n = 0;
    if (negate) codes[n++] = SRE_NEGATE;
    codes[n++] = member;
    codes[n++] = operand;
    codes[n] = SRE_FAILURE;
    if (add_set(b, codes, ignore, out)) return true;
    heap_free(rt->heap, codes);
    return false;
}

/* If codes[i] is one that matches a single character: fills *out, returns its length in codes; else 0. */
static size_t translate_single(Builder *b, size_t i, size_t end, SreIns *out) {
    const uint32_t *codes = b->codes + i;
    switch (codes[0]) {
    case SRE_ANY: *out = (SreIns){.op = OP_single, .single = ONE_NOT_NEWLINE}; return 1;
    case SRE_ANY_ALL: *out = (SreIns){.op = OP_single, .single = ONE_ANY}; return 1;
    default: break;
    }
    if (end - i < 2) return 0;
    SreCase ignore = case_of(codes[0]);
    switch (codes[0]) {
    case SRE_LITERAL: *out = (SreIns){.op = OP_single, .single = ONE_CHAR, .a = codes[1]}; return 2;
    case SRE_NOT_LITERAL: *out = (SreIns){.op = OP_single, .single = ONE_NOT_CHAR, .a = codes[1]}; return 2;
    case SRE_LITERAL_IGNORE:
    case SRE_LITERAL_LOC_IGNORE:
    case SRE_LITERAL_UNI_IGNORE: return add_small_set(b, false, SRE_LITERAL, codes[1], ignore, out) ? 2 : 0;
    case SRE_NOT_LITERAL_IGNORE:
    case SRE_NOT_LITERAL_LOC_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE:
        return add_small_set(b, true, SRE_LITERAL, codes[1], ignore, out) ? 2 : 0;
    case SRE_CATEGORY:
        return codes[1] < SRE_CATEGORY_COUNT &&
                       add_small_set(b, false, SRE_CATEGORY, codes[1], CASE_EXACT, out)
                   ? 2
                   : 0;
    case SRE_IN:
    case SRE_IN_IGNORE:
    case SRE_IN_LOC_IGNORE:
    case SRE_IN_UNI_IGNORE: {
        size_t skip = codes[1], length = skip < end - i ? sre_set_length(codes + 2, skip - 1) : 0;
        if (skip < 2 || length != skip - 1) return 0;
        return add_set(b, codes + 2, ignore, out) ? skip + 1 : 0;
    }
    default: return 0;
    }
}

static bool add_text_char(Builder *b, uint32_t c) {
    SreProgram *p = b->program;
    if (!reserve(b, &p->text, &b->text_capacity, p->text_length, sizeof(uint32_t))) return false;
    p->text[p->text_length++] = c;
    return true;
}

/* Literals in a row; how many codes they take. */
static size_t translate_text(Builder *b, size_t i, size_t end) {
    size_t n = 0;
    while (i + 2 * n + 1 < end && b->codes[i + 2 * n] == SRE_LITERAL) n++;
    if (n == 1) {
        emit(b, (SreIns){.op = OP_single, .single = ONE_CHAR, .a = b->codes[i + 1]});
        return 2;
    }
    uint32_t start = b->program->text_length;
    for (size_t k = 0; k < n; k++)
        if (!add_text_char(b, b->codes[i + 2 * k + 1])) return 0;
    emit(b, (SreIns){.op = OP_text, .a = start, .min = (uint32_t)n});
    return 2 * n;
}

/* ---- structure ---- */

static bool translate(Builder *b, size_t i, size_t end);

/* Where the skip at codes[i] leads, if that is within (i, end]. */
static bool target(Builder *b, size_t i, size_t end, size_t *out) {
    if (i >= end) return invalid(b);
    *out = i + b->codes[i];
    return (b->codes[i] > 0 && *out <= end) || invalid(b);
}

/* BRANCH (skip alternative JUMP off)... 0 */
static bool translate_branch(Builder *b, size_t *i, size_t end) {
    uint32_t previous = 0, jumps = 0;
    size_t k = *i + 1, behind = 0;
    while (k < end && b->codes[k] != 0) {
        size_t next, after;
        if (!target(b, k, end, &next)) return false;
        if (next < k + 3 || b->codes[next - 2] != SRE_JUMP) return invalid(b);
        if (!target(b, next - 1, end, &after)) return false;
        if (behind && behind != after) return invalid(b);
        behind = after;
        uint32_t alt = emit(b, (SreIns){.op = OP_alt});
        if (b->failed) return false;
        if (previous) at(b, previous)->to = alt;
        previous = alt;
        if (!translate(b, k + 1, next - 2)) return false;
        /* the jumps behind the alternatives are chained through `to` until the end is known */
        uint32_t jump = emit(b, (SreIns){.op = OP_jump, .to = jumps});
        if (b->failed) return false;
        jumps = jump;
        k = next;
    }
    if (k >= end || k + 1 != behind) return invalid(b);
    while (jumps) {
        uint32_t next = at(b, jumps)->to;
        at(b, jumps)->to = here(b);
        jumps = next;
    }
    *i = behind;
    return true;
}

/* REPEAT_ONE skip min max item SUCCESS, and its lazy and possessive kin. */
static bool translate_run(Builder *b, size_t *i, size_t end, SreOp op) {
    size_t behind;
    SreIns item;
    if (*i + 4 >= end || !target(b, *i + 1, end, &behind)) return invalid(b);
    uint32_t min = b->codes[*i + 2], max = b->codes[*i + 3];
    size_t length = behind > *i + 5 ? translate_single(b, *i + 4, behind - 1, &item) : 0;
    if (length == 0 || *i + 4 + length + 1 != behind || b->codes[behind - 1] != SRE_SUCCESS || min > max)
        return invalid(b);
    item.op = op;
    item.min = min;
    item.max = max;
    emit(b, item);
    *i = behind;
    return !b->failed;
}

/* REPEAT skip min max item, then MAX_UNTIL or MIN_UNTIL. */
static bool translate_repeat(Builder *b, size_t *i, size_t end) {
    size_t until;
    if (*i + 3 >= end || !target(b, *i + 1, end, &until)) return invalid(b);
    uint32_t min = b->codes[*i + 2], max = b->codes[*i + 3];
    if (until >= end || until < *i + 4 || min > max) return invalid(b);
    if (b->codes[until] != SRE_MAX_UNTIL && b->codes[until] != SRE_MIN_UNTIL) return invalid(b);
    uint32_t loop = b->program->loop_count++, repeat = emit(b, (SreIns){.op = OP_repeat, .a = loop});
    if (b->failed || !translate(b, *i + 4, until)) return false;
    uint32_t end_of_turn =
        emit(b, (SreIns){.op = b->codes[until] == SRE_MAX_UNTIL ? OP_max_until : OP_min_until,
                         .a = loop,
                         .min = min,
                         .max = max,
                         .to = repeat + 1});
    if (b->failed) return false;
    at(b, repeat)->to = end_of_turn;
    at(b, repeat)->min = min;
    *i = until + 1;
    return true;
}

/* POSSESSIVE_REPEAT skip min max item SUCCESS: the skip leads to the SUCCESS. */
static bool translate_all(Builder *b, size_t *i, size_t end) {
    size_t last;
    if (*i + 3 >= end || !target(b, *i + 1, end, &last)) return invalid(b);
    uint32_t min = b->codes[*i + 2], max = b->codes[*i + 3];
    if (last >= end || last < *i + 4 || b->codes[last] != SRE_SUCCESS || min > max) return invalid(b);
    uint32_t loop = b->program->loop_count++;
    uint32_t start = emit(b, (SreIns){.op = OP_all, .a = loop, .min = min, .max = max});
    if (b->failed || !translate(b, *i + 4, last)) return false;
    emit(b, (SreIns){.op = OP_all_end, .a = loop, .min = min, .max = max, .to = start + 1});
    if (b->failed) return false;
    at(b, start)->to = here(b);
    *i = last + 1;
    return true;
}

/* ATOMIC_GROUP skip item SUCCESS; ASSERT skip back item SUCCESS; ASSERT_NOT likewise. */
static bool translate_enclosed(Builder *b, size_t *i, size_t end, SreOp op, SreOp end_op, bool has_back) {
    size_t behind, first = *i + 2 + has_back;
    if (first >= end || !target(b, *i + 1, end, &behind)) return invalid(b);
    if (behind < first + 1 || b->codes[behind - 1] != SRE_SUCCESS) return invalid(b);
    uint32_t barrier = b->program->barrier_count++, back = has_back ? b->codes[*i + 2] : 0;
    uint32_t start = emit(b, (SreIns){.op = op, .a = barrier, .min = back});
    if (b->failed || !translate(b, first, behind - 1)) return false;
    emit(b, (SreIns){.op = end_op, .a = barrier});
    if (b->failed) return false;
    at(b, start)->to = here(b);
    *i = behind;
    return true;
}

/* Where the code at i ends, as far as its form tells; past the end for one that has no form. */
static size_t code_end(Builder *b, size_t i, size_t end) {
    const uint32_t *codes = b->codes + i;
    size_t words = end - i;
    switch (codes[0]) {
    case SRE_FAILURE:
    case SRE_SUCCESS:
    case SRE_ANY:
    case SRE_ANY_ALL: return i + 1;
    case SRE_IN:
    case SRE_IN_IGNORE:
    case SRE_IN_LOC_IGNORE:
    case SRE_IN_UNI_IGNORE:
    case SRE_INFO:
    case SRE_REPEAT_ONE:
    case SRE_MIN_REPEAT_ONE:
    case SRE_POSSESSIVE_REPEAT_ONE:
    case SRE_ATOMIC_GROUP:
    case SRE_ASSERT:
    case SRE_ASSERT_NOT: return words > 1 ? i + 1 + codes[1] : SIZE_MAX;
    case SRE_REPEAT:
    case SRE_POSSESSIVE_REPEAT: return words > 1 ? i + 2 + codes[1] : SIZE_MAX;
    case SRE_GROUPREF_EXISTS: return words > 2 ? i + 1 + codes[2] : SIZE_MAX;
    case SRE_BRANCH:
        for (i++; i < end && b->codes[i]; i += b->codes[i]) {}
        return i + 1;
    default: return i + 2;
    }
}

/* Do the codes [i, end) end in a JUMP? */
static bool ends_in_jump(Builder *b, size_t i, size_t end) {
    while (i + 2 < end) {
        size_t next = code_end(b, i, end);
        if (next <= i) return false;
        i = next;
    }
    return i + 2 == end && b->codes[i] == SRE_JUMP;
}

/* GROUPREF_EXISTS group skip yes [JUMP skip no]: the first skip counts from the group. */
static bool translate_if_group(Builder *b, size_t *i, size_t end) {
    if (*i + 2 >= end || b->codes[*i + 1] >= b->program->groups) return invalid(b);
    size_t other = *i + 1 + b->codes[*i + 2], yes = *i + 3, behind;
    if (other > end || other < yes) return invalid(b);
    uint32_t test = emit(b, (SreIns){.op = OP_if_group, .a = b->codes[*i + 1]});
    if (b->failed) return false;
    if (!ends_in_jump(b, yes, other)) {
        if (!translate(b, yes, other)) return false;
        at(b, test)->to = here(b);
        *i = other;
        return true;
    }
    if (!target(b, other - 1, end, &behind) || !translate(b, yes, other - 2)) return false;
    uint32_t jump = emit(b, (SreIns){.op = OP_jump});
    if (b->failed) return false;
    at(b, test)->to = here(b);
    if (!translate(b, other, behind)) return false;
    at(b, jump)->to = here(b);
    *i = behind;
    return true;
}

/* One code with its operands; moves *i behind them. */
static bool translate_one(Builder *b, size_t *i, size_t end) {
    uint32_t code = b->codes[*i];
    switch (code) {
    case SRE_FAILURE: *i += 1; return emit_op(b, OP_failure);
    case SRE_LITERAL: {
        size_t taken = *i + 1 < end ? translate_text(b, *i, end) : 0;
        *i += taken;
        return (taken && !b->failed) || invalid(b);
    }
    case SRE_AT:
        if (*i + 1 >= end || b->codes[*i + 1] >= AT_COUNT) return invalid(b);
        emit(b, (SreIns){.op = OP_at, .a = b->codes[*i + 1]});
        *i += 2;
        return !b->failed;
    case SRE_MARK:
        if (*i + 1 >= end || b->codes[*i + 1] >= 2 * b->program->groups) return invalid(b);
        emit(b, (SreIns){.op = OP_mark, .a = b->codes[*i + 1]});
        *i += 2;
        return !b->failed;
    case SRE_GROUPREF:
    case SRE_GROUPREF_IGNORE:
    case SRE_GROUPREF_LOC_IGNORE:
    case SRE_GROUPREF_UNI_IGNORE:
        if (*i + 1 >= end || b->codes[*i + 1] >= b->program->groups) return invalid(b);
        emit(b, (SreIns){.op = OP_group, .single = (uint8_t)case_of(code), .a = b->codes[*i + 1]});
        *i += 2;
        return !b->failed;
    case SRE_INFO: {
        size_t behind;
        if (!target(b, *i + 1, end, &behind)) return false;
        *i = behind; /* it tells nothing that the second pass would not find */
        return true;
    }
    case SRE_BRANCH: return translate_branch(b, i, end);
    case SRE_REPEAT: return translate_repeat(b, i, end);
    case SRE_REPEAT_ONE: return translate_run(b, i, end, OP_run);
    case SRE_MIN_REPEAT_ONE: return translate_run(b, i, end, OP_run_lazy);
    case SRE_POSSESSIVE_REPEAT_ONE: return translate_run(b, i, end, OP_run_all);
    case SRE_POSSESSIVE_REPEAT: return translate_all(b, i, end);
    case SRE_ATOMIC_GROUP: return translate_enclosed(b, i, end, OP_atomic, OP_atomic_end, false);
    case SRE_ASSERT: return translate_enclosed(b, i, end, OP_look, OP_look_end, true);
    case SRE_ASSERT_NOT: return translate_enclosed(b, i, end, OP_look_not, OP_look_not_end, true);
    case SRE_GROUPREF_EXISTS: return translate_if_group(b, i, end);
    default: {
        SreIns single;
        size_t length = translate_single(b, *i, end, &single);
        if (length == 0) return invalid(b);
        emit(b, single);
        *i += length;
        return !b->failed;
    }
    }
}

/* The codes [i, end) in a row. */
static bool translate(Builder *b, size_t i, size_t end) {
    if (recursion_enter(" while compiling a regular expression") < 0) {
        b->failed = true;
        return false;
    }
    bool ok = true;
    while (ok && i < end) ok = translate_one(b, &i, end);
    recursion_leave();
    return ok && (i == end || invalid(b));
}

/* ---- second pass: what a part can start with ---- */

typedef struct FirstFinder {
    const SreProgram *program;
    SreFirst first;
    int steps;
} FirstFinder;

static void add_char(SreFirst *f, uint32_t c) {
    if (c < 256) f->bits[c >> 5] |= 1u << (c & 31);
    else f->wide = true;
}

static void add_single(const SreProgram *p, SreFirst *f, const SreIns *ins) {
    const SreSet *set;
    switch (ins->single) {
    case ONE_CHAR: add_char(f, ins->a); return;
    case ONE_SET:
        set = &p->sets[ins->a];
        for (int i = 0; i < 8; i++) f->bits[i] |= set->bits[i];
        f->wide |= set->wide;
        return;
    default:
        for (uint32_t c = 0; c < 256; c++)
            if (ins->single == ONE_ANY || c != (ins->single == ONE_NOT_CHAR ? ins->a : '\n')) add_char(f, c);
        f->wide = true;
    }
}

/* Adds what can come first from instruction i on; false: the empty text, or more than can be said. */
static bool find_first(FirstFinder *finder, uint32_t i, int depth) {
    const SreProgram *p = finder->program;
    for (;;) {
        const SreIns *ins = &p->code[i];
        if (--finder->steps < 0 || depth > FIRST_DEPTH) return false;
        switch (ins->op) {
        case OP_failure: return true;
        case OP_single: add_single(p, &finder->first, ins); return true;
        case OP_text: add_char(&finder->first, p->text[ins->a]); return true;
        case OP_run:
        case OP_run_lazy:
        case OP_run_all:
            add_single(p, &finder->first, ins);
            if (ins->min > 0) return true;
            i++;
            break;
        case OP_at:
        case OP_mark:
        case OP_atomic: i++; break; /* behind a group's end nothing may be given up for what follows */
        case OP_jump:
        case OP_look:
        case OP_look_not: i = ins->to; break;
        case OP_alt:
            for (uint32_t alt = i; alt; alt = p->code[alt].to)
                if (!find_first(finder, alt + 1, depth + 1)) return false;
            return true;
        case OP_if_group:
            if (!find_first(finder, ins->to, depth + 1)) return false;
            i++;
            break;
        case OP_repeat:
            if (ins->min == 0 && !find_first(finder, ins->to + 1, depth + 1)) return false;
            i++;
            break;
        case OP_all:
            if (ins->min == 0 && !find_first(finder, ins->to, depth + 1)) return false;
            i++;
            break;
        case OP_max_until:
        case OP_min_until:
            /* the body can be empty, or a turn of an enclosing loop ends here: again, or behind */
            if (!find_first(finder, ins->to, depth + 8)) return false;
            i++;
            break;
        default: return false;
        }
    }
}

/* The index of the first set of the part at i; 0: anything. */
static uint32_t first_of(Builder *b, uint32_t i) {
    SreProgram *p = b->program;
    FirstFinder finder = {.program = p, .steps = FIRST_STEPS};
    if (b->failed || !find_first(&finder, i, 0)) return 0;
    if (p->first_count == 0) p->first_count = 1;
    if (!reserve(b, &p->firsts, &b->first_capacity, p->first_count + 1, sizeof(SreFirst))) return 0;
    p->firsts[p->first_count] = finder.first;
    return p->first_count++;
}

/* Which RUN_KEEPS flags hold: what the run takes and what can come behind it are different. */
static uint8_t keeps(const SreProgram *p, const SreIns *run) {
    SreFirst own = {0};
    const SreFirst *behind = &p->firsts[run->first];
    if (!run->first) return 0;
    add_single(p, &own, run);
    for (int i = 0; i < 8; i++)
        if (own.bits[i] & behind->bits[i]) return 0;
    return RUN_KEEPS_NARROW | (own.wide && behind->wide ? 0 : RUN_KEEPS_WIDE);
}

static bool find_firsts(Builder *b) {
    SreProgram *p = b->program;
    for (uint32_t i = 0; i < p->code_length; i++) {
        SreIns *ins = &p->code[i];
        switch (ins->op) {
        case OP_alt: ins->first = first_of(b, i + 1); break;
        case OP_run:
        case OP_run_lazy:
            ins->first = first_of(b, i + 1);
            ins->flags = keeps(p, ins);
            break;
        case OP_max_until:
        case OP_min_until:
            ins->first = first_of(b, i + 1);
            ins->body_first = first_of(b, ins->to);
            break;
        default: break;
        }
    }
    p->first = first_of(b, 1);
    return !b->failed;
}

/* A literal that every match begins with; only marks may stand before it. */
static void find_prefix(SreProgram *p) {
    uint32_t i = 1;
    while (p->code[i].op == OP_mark) i++;
    const SreIns *ins = &p->code[i];
    if (ins->op == OP_text) {
        p->prefix_start = ins->a;
        p->prefix_length = ins->min;
    }
    p->only_at_start = ins->op == OP_at && (ins->a == AT_BEGINNING || ins->a == AT_BEGINNING_STRING);
}

static bool copy_text8(Builder *b) {
    SreProgram *p = b->program;
    if (p->text_length == 0) return true;
    p->text8 = heap_alloc(rt->heap, p->text_length);
    if (!p->text8) return no_memory(b);
    for (uint32_t i = 0; i < p->text_length; i++) p->text8[i] = p->text[i] < 256 ? (uint8_t)p->text[i] : 0;
    return true;
}

/* Texts with characters from 256 on cannot match in text of one byte a character: they are marked by `max`. */
static void mark_wide_texts(SreProgram *p) {
    for (uint32_t i = 0; i < p->code_length; i++) {
        SreIns *ins = &p->code[i];
        for (uint32_t k = 0; ins->op == OP_text && k < ins->min; k++)
            if (p->text[ins->a + k] > 0xff) ins->max = 1;
    }
}

SreProgram *sre_program_new_steal(uint32_t *codes, size_t n, uint32_t groups) {
    SreProgram *p = heap_alloc_zero(rt->heap, sizeof *p);
    if (!p) {
        heap_free(rt->heap, codes);
        raise_no_memory();
        return NULL;
    }
    p->codes = codes;
    p->codes_length = (uint32_t)n;
    p->groups = groups;
    Builder b = {.program = p, .codes = codes};
    bool ok =
        n > 0 && groups < MAX_ARG / 2 && codes[n - 1] == SRE_SUCCESS ? emit_op(&b, OP_failure) : invalid(&b);
    ok = ok && translate(&b, 0, n - 1) && emit_op(&b, OP_success) && find_firsts(&b) && copy_text8(&b);
    if (!ok) {
        sre_program_free(p);
        return NULL;
    }
    find_prefix(p);
    mark_wide_texts(p);
    return p;
}

static bool has_own_codes(const SreProgram *p, const SreSet *set) {
    return set->codes < p->codes || set->codes >= p->codes + p->codes_length;
}

size_t sre_program_size(const SreProgram *p) {
    const void *blocks[] = {p, p->code, p->codes, p->sets, p->firsts, p->text, p->text8};
    size_t size = 0;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (blocks[i]) size += heap_usable_size(rt->heap, blocks[i]);
    for (uint32_t i = 0; i < p->set_count; i++)
        if (has_own_codes(p, &p->sets[i])) size += heap_usable_size(rt->heap, p->sets[i].codes);
    return size;
}

void sre_program_free(SreProgram *p) {
    if (!p) return;
    Heap *heap = rt->heap;
    for (uint32_t i = 0; i < p->set_count; i++)
        if (has_own_codes(p, &p->sets[i])) heap_free(heap, (void *)(uintptr_t)p->sets[i].codes);
    heap_free(heap, p->code);
    heap_free(heap, p->codes);
    heap_free(heap, p->sets);
    heap_free(heap, p->firsts);
    heap_free(heap, p->text);
    heap_free(heap, p->text8);
    heap_free(heap, p);
}
