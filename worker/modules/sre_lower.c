/*
 * sre_lower: SRE code, checked and brought into the engine's own form.
 *
 * One walk does both: whatever is not the shape that re/_compiler.py gives is refused before anything is made of it. The walk
 * follows the nesting of the code; each function lowers what stands in code[at..stop) and tells the least width that it matches.
 *
 * What changes on the way: runs of literals are one STRING; all that compares single characters is a SET or a plain CHAR; a
 * repeat that needs no count (its body takes something, and it goes on without limit) is a BRANCH between its body and what
 * follows; an option is one too; short counted bodies are written out. So loop counters are left for the rest.
 */
#include "modules/sre.h"
#include "objects/error.h"

enum { MAX_NODES = 1 << 28, BRANCHES_IN_NODE = 64, COPY_WORDS = 64, COPY_NODES = 2000 };

static int invalid(void) { return raise_int(T_RuntimeError, "invalid SRE code"); }

/* ---- memory ---- */

void *sre_program_alloc(SreProgram *program, size_t bytes) {
    SreBlock *block = bytes > SIZE_MAX / 2 ? NULL : heap_alloc(rt->heap, sizeof *block + bytes);
    if (!block) return raise_no_memory();
    block->next = program->blocks;
    program->blocks = block;
    return block + 1;
}

/* Sets are blocks of their own kind: their pages are not among the program's blocks. */
static void drop_pages(SreSet *set) {
    for (int i = 0; set->pages && i < 256; i++) heap_free(rt->heap, set->pages[i]);
    heap_free(rt->heap, set->pages);
    set->pages = NULL;
}

void sre_program_drop(SreProgram *program) {
    for (uint32_t i = 0; i < program->count; i++)
        if (program->nodes[i].op == SRE_NODE_SET || program->nodes[i].op == SRE_NODE_BOUNDARY)
            drop_pages(program->nodes[i].set);
    for (SreBlock *block = program->blocks, *next; block; block = next) {
        next = block->next;
        heap_free(rt->heap, block);
    }
    heap_free(rt->heap, program->nodes);
    *program = (SreProgram){0};
}

/* ---- nodes ---- */

/* The new node's index; SRE_PENDING raised. */
static uint32_t emit(SreLowering *l, SreNodeOp op) {
    SreProgram *p = l->program;
    if (p->count == l->capacity) {
        uint32_t capacity = l->capacity ? 2 * l->capacity : 16;
        SreNode *nodes = capacity > MAX_NODES ? NULL : heap_realloc(rt->heap, p->nodes, capacity * sizeof *nodes);
        if (!nodes) return raise_no_memory(), SRE_PENDING;
        p->nodes = nodes;
        l->capacity = capacity;
    }
    p->nodes[p->count] = (SreNode){.op = (uint16_t)op, .next = SRE_PENDING};
    return p->count++;
}

static SreNode *node_at(SreLowering *l, uint32_t i) { return &l->program->nodes[i]; }
static uint32_t here(SreLowering *l) { return l->program->count; }

static uint64_t width_add(uint64_t a, uint64_t b) { return a + b < UINT32_MAX ? a + b : UINT32_MAX; }
static uint64_t width_times(uint64_t a, uint64_t b) { return a && b > UINT32_MAX / a ? UINT32_MAX : width_add(a * b, 0); }

/* A BRANCH of two, both still to be set. */
static uint32_t emit_choice(SreLowering *l) {
    uint32_t *branches = sre_program_alloc(l->program, 2 * sizeof *branches);
    uint32_t i = branches ? emit(l, SRE_NODE_BRANCH) : SRE_PENDING;
    if (i == SRE_PENDING) return i;
    node_at(l, i)->a = 2;
    node_at(l, i)->branches = branches;
    return i;
}

static void set_choice(SreLowering *l, uint32_t i, uint32_t first, uint32_t second) {
    uint32_t *branches = node_at(l, i)->branches;
    branches[0] = first;
    branches[1] = second;
}

/* ---- sets ---- */

/* Words of charset code from `at` to behind its FAILURE, which must stand at stop - 1. -1 raised. */
static int check_charset(SreLowering *l, size_t at, size_t stop) {
    const uint32_t *code = l->code;
    if (at >= stop || code[stop - 1] != SRE_FAILURE) return invalid();
    for (stop--; at < stop;) {
        size_t words = 1;
        switch (code[at++]) {
        case SRE_NEGATE: words = 0; break;
        case SRE_LITERAL: break;
        case SRE_RANGE:
        case SRE_RANGE_UNI_IGNORE: words = 2; break;
        case SRE_CHARSET: words = 8; break;
        case SRE_CATEGORY:
            if (at < stop && code[at] >= SRE_CATEGORY_COUNT) return invalid();
            break;
        case SRE_BIGCHARSET:
            if (at >= stop || stop - at < 65 || code[at] > 256) return invalid();
            for (int i = 0; i < 256; i++)
                if (((const uint8_t *)(code + at + 1))[i] >= code[at]) return invalid();
            words = 65 + 8 * (size_t)code[at];
            break;
        default: return invalid();
        }
        if (words > stop - at) return invalid();
        at += words;
    }
    return 0;
}

static bool same_set(const SreSet *a, const SreSet *b, size_t words) {
    if (a->high != SRE_HIGH_ASK || b->high != SRE_HIGH_ASK)
        return a->high == b->high && memcmp(a->bits.words, b->bits.words, sizeof a->bits.words) == 0;
    if (a->fold != b->fold || a->negated != b->negated || a->one != b->one || !a->code != !b->code) return false;
    return !a->code || memcmp(a->code, b->code, 4 * words) == 0;
}

/* The set as the program keeps it, one for all equal ones of late. words: of its code. NULL raised. */
static SreSet *intern_set(SreLowering *l, SreSet *wanted, size_t words) {
    sre_set_resolve(wanted);
    for (size_t i = l->set_count, seen = 0; i-- > 0 && seen < 32; seen++)
        if (l->sets[i]->bits.high == wanted->bits.high && same_set(l->sets[i], wanted, words)) return l->sets[i];
    if ((l->set_count & (l->set_count - 1)) == 0) {
        size_t capacity = l->set_count ? 2 * l->set_count : 1;
        SreSet **sets = heap_realloc(rt->heap, l->sets, capacity * sizeof *sets);
        if (!sets) return (SreSet *)raise_no_memory();
        l->sets = sets;
    }
    SreSet *set = sre_program_alloc(l->program, sizeof *set);
    if (!set) return NULL;
    *set = *wanted;
    if (sre_column(l, &set->bits, &set->table, &set->bit) < 0) return NULL;
    return l->sets[l->set_count++] = set;
}

static int emit_set(SreLowering *l, SreNodeOp op, SreSet wanted, size_t words) {
    SreSet *set = intern_set(l, &wanted, words);
    uint32_t i = set ? emit(l, op) : SRE_PENDING;
    if (i == SRE_PENDING) return -1;
    SreNode *node = node_at(l, i);
    node->set = set;
    node->table = set->table;
    node->bit = set->bit;
    node->may = set->high;
    return 0;
}

static int emit_category(SreLowering *l, SreNodeOp op, uint32_t category) {
    uint32_t *code = sre_program_alloc(l->program, 3 * sizeof *code);
    if (!code) return -1;
    code[0] = SRE_CATEGORY;
    code[1] = category;
    code[2] = SRE_FAILURE;
    return emit_set(l, op, (SreSet){.code = code}, 3);
}

static int emit_plain(SreLowering *l, SreNodeOp op, uint32_t a) {
    uint32_t i = emit(l, op);
    if (i == SRE_PENDING) return -1;
    node_at(l, i)->a = a;
    return 0;
}

/* ---- single characters ---- */

static SreFold fold_of(uint32_t op) {
    switch (op) {
    case SRE_IN_IGNORE:
    case SRE_LITERAL_IGNORE:
    case SRE_NOT_LITERAL_IGNORE:
    case SRE_GROUPREF_IGNORE: return SRE_FOLD_ASCII;
    case SRE_IN_UNI_IGNORE:
    case SRE_LITERAL_UNI_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE:
    case SRE_GROUPREF_UNI_IGNORE: return SRE_FOLD_UNICODE;
    case SRE_IN_LOC_IGNORE:
    case SRE_LITERAL_LOC_IGNORE:
    case SRE_NOT_LITERAL_LOC_IGNORE:
    case SRE_GROUPREF_LOC_IGNORE: return SRE_FOLD_LOCALE;
    default: return SRE_FOLD_NONE;
    }
}

static int lower_in(SreLowering *l, size_t *at, size_t stop) {
    size_t skip_at = *at + 1;
    uint32_t op = l->code[*at], skip;
    if (skip_at >= stop || (skip = l->code[skip_at]) < 2 || skip > stop - skip_at) return invalid();
    if (check_charset(l, skip_at + 1, skip_at + skip) < 0) return -1;
    *at = skip_at + skip;
    return emit_set(l, SRE_NODE_SET, (SreSet){.code = l->code + skip_at + 1, .fold = (uint8_t)fold_of(op)}, skip - 1);
}

/* An operator that takes one character; *at goes behind it. 1; 0: it is none of them; -1 raised. */
static int lower_character(SreLowering *l, size_t *at, size_t stop) {
    uint32_t op = l->code[*at], arg = *at + 1 < stop ? l->code[*at + 1] : 0;
    int status;
    switch (op) {
    case SRE_ANY:
    case SRE_ANY_ALL:
        *at += 1;
        return emit_plain(l, op == SRE_ANY ? SRE_NODE_ANY : SRE_NODE_ANY_ALL, 0) < 0 ? -1 : 1;
    case SRE_IN:
    case SRE_IN_IGNORE:
    case SRE_IN_UNI_IGNORE:
    case SRE_IN_LOC_IGNORE: return lower_in(l, at, stop) < 0 ? -1 : 1;
    case SRE_LITERAL: status = emit_plain(l, SRE_NODE_CHAR, arg); break;
    case SRE_NOT_LITERAL: status = emit_plain(l, SRE_NODE_NOT_CHAR, arg); break;
    case SRE_CATEGORY: status = arg < SRE_CATEGORY_COUNT ? emit_category(l, SRE_NODE_SET, arg) : invalid(); break;
    case SRE_LITERAL_IGNORE:
    case SRE_LITERAL_UNI_IGNORE:
    case SRE_LITERAL_LOC_IGNORE:
        status = emit_set(l, SRE_NODE_SET, (SreSet){.one = arg, .fold = (uint8_t)fold_of(op)}, 0);
        break;
    case SRE_NOT_LITERAL_IGNORE:
    case SRE_NOT_LITERAL_UNI_IGNORE:
    case SRE_NOT_LITERAL_LOC_IGNORE:
        status = emit_set(l, SRE_NODE_SET, (SreSet){.one = arg, .fold = (uint8_t)fold_of(op), .negated = true}, 0);
        break;
    default: return 0;
    }
    *at += 2;
    return status < 0 ? -1 : *at <= stop ? 1 : invalid();
}

/* A run of LITERALs; *at goes behind it and *width grows. */
static int lower_literals(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    const uint32_t *code = l->code + *at;
    size_t n = 0;
    while (2 * n + 1 < stop - *at && code[2 * n] == SRE_LITERAL) n++;
    if (n == 0) return invalid();
    *at += 2 * n;
    *width = width_add(*width, n);
    if (n == 1) return emit_plain(l, SRE_NODE_CHAR, code[1]);
    uint32_t *text = sre_program_alloc(l->program, 5 * n);
    uint32_t i = text ? emit(l, SRE_NODE_STRING) : SRE_PENDING;
    if (i == SRE_PENDING) return -1;
    uint8_t *bytes = (uint8_t *)(text + n);
    bool narrow = true;
    for (size_t k = 0; k < n; k++) {
        text[k] = code[2 * k + 1];
        bytes[k] = (uint8_t)text[k];
        narrow &= text[k] < 256;
    }
    SreNode *node = node_at(l, i);
    node->a = (uint32_t)n;
    node->text = text;
    node->table = narrow ? bytes : NULL;
    return 0;
}

/* ---- what nests ---- */

static int lower_sequence(SreLowering *l, size_t at, size_t stop, uint64_t *width);

/* The same, a level deeper. */
static int lower_nested(SreLowering *l, size_t at, size_t stop, uint64_t *width) {
    if (recursion_enter(" in a regular expression") < 0) return -1;
    int status = at <= stop ? lower_sequence(l, at, stop, width) : invalid();
    recursion_leave();
    return status;
}

/* In the body of an assertion or atomic group SUCCESS means its end. */
static int lower_enclosed(SreLowering *l, size_t at, size_t stop, uint64_t *width) {
    l->enclosed++;
    int status = lower_nested(l, at, stop, width);
    l->enclosed--;
    return status;
}

/* code[at] is a skip of at least `least`: where it leads, not past stop. 0 raised. */
static size_t skip_target(SreLowering *l, size_t at, size_t stop, size_t least) {
    if (at < stop && l->code[at] >= least && l->code[at] <= stop - at) return at + l->code[at];
    return invalid(), 0;
}

/* Counts alternatives and finds the common end that their JUMPs lead to. 0, -1 raised. */
static int scan_branch(SreLowering *l, size_t at, size_t stop, size_t *count, size_t *end) {
    *count = *end = 0;
    for (;; (*count)++) {
        if (at >= stop) return invalid();
        if (l->code[at] == 0) break;
        size_t next = skip_target(l, at, stop, 3);
        if (!next || l->code[next - 2] != SRE_JUMP) return next ? invalid() : -1;
        size_t target = next - 1 + l->code[next - 1];
        if (*count && target != *end) return invalid();
        *end = target;
        at = next;
    }
    return *count && *end == at + 1 ? 0 : invalid();
}

/* The BRANCH nodes for count alternatives, one behind another: the last branch of each but the last is the next node. */
static uint32_t emit_branches(SreLowering *l, size_t count) {
    uint32_t first = here(l);
    while (count) {
        size_t n = count > BRANCHES_IN_NODE ? BRANCHES_IN_NODE : count;
        uint32_t *branches = sre_program_alloc(l->program, n * sizeof *branches);
        uint32_t i = branches ? emit(l, SRE_NODE_BRANCH) : SRE_PENDING;
        if (i == SRE_PENDING) return i;
        node_at(l, i)->a = (uint32_t)n;
        node_at(l, i)->branches = branches;
        bool last = n == count;
        if (!last) branches[n - 1] = i + 1;
        count -= last ? n : n - 1;
    }
    return first;
}

static int lower_branch(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    size_t count, end, skip = *at + 1;
    if (scan_branch(l, skip, stop, &count, &end) < 0) return -1;
    uint32_t node = emit_branches(l, count), jumps = SRE_PENDING;
    if (node == SRE_PENDING) return -1;
    uint64_t least = UINT32_MAX;
    for (size_t k = 0, slot = 0; k < count; k++, slot++) {
        if (slot == BRANCHES_IN_NODE - 1 && k < count - 1) node++, slot = 0;
        node_at(l, node)->branches[slot] = here(l);
        size_t next = skip + l->code[skip];
        uint64_t w = 0;
        if (lower_nested(l, skip + 1, next - 2, &w) < 0) return -1;
        if (w < least) least = w;
        skip = next;
        if (k == count - 1) break;
        uint32_t jump = emit(l, SRE_NODE_JUMP); /* to the end; until that is known they form a list */
        if (jump == SRE_PENDING) return -1;
        node_at(l, jump)->next = jumps;
        jumps = jump;
    }
    for (uint32_t next; jumps != SRE_PENDING; jumps = next) {
        next = node_at(l, jumps)->next;
        node_at(l, jumps)->next = here(l);
    }
    *width = width_add(*width, least);
    *at = end;
    return 0;
}

/* REPEAT_ONE and its like: one character's operator, then SUCCESS. */
static int lower_repeat_one(SreLowering *l, size_t *at, size_t stop, SreNodeOp op, uint64_t *width) {
    size_t end = skip_target(l, *at + 1, stop, 4), body = *at + 4;
    if (!end) return -1;
    uint32_t min = l->code[*at + 2], max = l->code[*at + 3], i = emit(l, op);
    if (i == SRE_PENDING) return -1;
    if (min > max || body >= end - 1 || l->code[end - 1] != SRE_SUCCESS) return invalid();
    int status = lower_character(l, &body, end - 1);
    if (status < 0) return -1;
    if (status == 0 || body != end - 1) return invalid();
    SreNode *node = node_at(l, i);
    node->a = min;
    node->b = max;
    node->next = here(l);
    *width = width_add(*width, min);
    *at = end;
    return 0;
}

typedef struct Repeat {
    size_t body, end; /* of the body's code */
    uint32_t min, max;
    bool lazy;
} Repeat;

/* A loop without a count: BRANCH between another turn and what follows stands behind the body. */
static int finish_plain_loop(SreLowering *l, const Repeat *r, uint32_t entry) {
    uint32_t choice = emit_choice(l);
    if (choice == SRE_PENDING) return -1;
    set_choice(l, choice, r->lazy ? choice + 1 : entry + 1, r->lazy ? entry + 1 : choice + 1);
    node_at(l, entry)->op = SRE_NODE_JUMP;
    node_at(l, entry)->next = r->min ? entry + 1 : choice;
    return 0;
}

static int finish_counted_loop(SreLowering *l, const Repeat *r, uint32_t entry) {
    uint32_t until = emit(l, r->lazy ? SRE_NODE_UNTIL_MIN : SRE_NODE_UNTIL_MAX), loop = l->program->loops++;
    if (until == SRE_PENDING) return -1;
    SreNode *node = node_at(l, until);
    node->a = loop;
    node->b = entry + 1;
    node->limits = (SreLimits){r->min, r->max};
    node->next = until + 1;
    node = node_at(l, entry);
    node->op = SRE_NODE_LOOP;
    node->a = loop;
    node->next = until;
    return 0;
}

/* A body of few words and few turns, of which the first is lowered behind entry, is written as often as it may match. */
static bool may_copy(const SreLowering *l, const Repeat *r, uint64_t body_width) {
    if (r->max > 16 || (r->max != r->min && body_width == 0)) return false;
    return r->max >= 1 && (r->end - r->body) * r->max <= COPY_WORDS && l->copies < COPY_NODES;
}

static int finish_copies(SreLowering *l, const Repeat *r, uint32_t entry) {
    uint32_t choices[16], optional = 0, before = here(l);
    if (r->min == 0) {
        choices[optional++] = entry;
        uint32_t *branches = sre_program_alloc(l->program, 2 * sizeof *branches);
        if (!branches) return -1;
        node_at(l, entry)->op = SRE_NODE_BRANCH;
        node_at(l, entry)->a = 2;
        node_at(l, entry)->branches = branches;
    } else {
        node_at(l, entry)->op = SRE_NODE_JUMP;
        node_at(l, entry)->next = entry + 1;
    }
    for (uint32_t turn = 1; turn < r->max; turn++) {
        uint64_t ignored = 0;
        if (turn >= r->min && (choices[optional++] = emit_choice(l)) == SRE_PENDING) return -1;
        if (lower_nested(l, r->body, r->end, &ignored) < 0) return -1;
    }
    l->copies += here(l) - before;
    for (uint32_t i = 0; i < optional; i++) {
        uint32_t body = choices[i] + 1;
        set_choice(l, choices[i], r->lazy ? here(l) : body, r->lazy ? body : here(l));
    }
    return 0;
}

static int lower_repeat(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    size_t end = skip_target(l, *at + 1, stop, 3);
    if (!end || end >= stop) return end ? invalid() : -1;
    uint32_t until = l->code[end];
    if (until != SRE_MAX_UNTIL && until != SRE_MIN_UNTIL) return invalid();
    Repeat r = {*at + 4, end, l->code[*at + 2], l->code[*at + 3], until == SRE_MIN_UNTIL};
    uint32_t entry = r.min > r.max ? SRE_PENDING : emit(l, SRE_NODE_FAIL);
    if (entry == SRE_PENDING) return r.min > r.max ? invalid() : -1;
    uint64_t body_width = 0;
    int status = lower_nested(l, r.body, r.end, &body_width);
    if (status < 0) return -1;
    if (l->odd) body_width = 0;
    if (r.max == SRE_MAX_REPEAT && r.min <= 1 && body_width) status = finish_plain_loop(l, &r, entry);
    else if (r.max == 1 || may_copy(l, &r, body_width)) status = finish_copies(l, &r, entry);
    else status = finish_counted_loop(l, &r, entry);
    *width = width_add(*width, width_times(r.min, body_width));
    *at = end + 1;
    return status;
}

/* The END of what node `opening` began; *at goes behind its SUCCESS. */
static int close_enclosed(SreLowering *l, size_t *at, size_t end, uint32_t opening) {
    uint32_t i = emit(l, SRE_NODE_END);
    if (i == SRE_PENDING) return -1;
    node_at(l, i)->a = opening;
    node_at(l, opening)->next = here(l);
    *at = end;
    return 0;
}

static int lower_possessive_repeat(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    size_t end = skip_target(l, *at + 1, stop, 3);
    if (!end || end >= stop || l->code[end] != SRE_SUCCESS) return end ? invalid() : -1;
    uint32_t min = l->code[*at + 2], max = l->code[*at + 3], i = emit(l, SRE_NODE_LOOP_ATOMIC);
    if (i == SRE_PENDING) return -1;
    if (min > max) return invalid();
    node_at(l, i)->a = l->program->loops++;
    node_at(l, i)->limits = (SreLimits){min, max};
    uint64_t body = 0;
    if (lower_enclosed(l, *at + 4, end, &body) < 0) return -1;
    *width = width_add(*width, width_times(min, body));
    return close_enclosed(l, at, end + 1, i);
}

static int lower_atomic(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    size_t end = skip_target(l, *at + 1, stop, 2);
    if (!end || l->code[end - 1] != SRE_SUCCESS) return end ? invalid() : -1;
    uint32_t i = emit(l, SRE_NODE_ATOMIC);
    if (i == SRE_PENDING || lower_enclosed(l, *at + 2, end - 1, width) < 0) return -1;
    return close_enclosed(l, at, end, i);
}

static int lower_assert(SreLowering *l, size_t *at, size_t stop) {
    size_t end = skip_target(l, *at + 1, stop, 3);
    if (!end || l->code[end - 1] != SRE_SUCCESS || l->code[*at + 2] > INT32_MAX) return end ? invalid() : -1;
    uint32_t i = emit(l, l->code[*at] == SRE_ASSERT ? SRE_NODE_ASSERT : SRE_NODE_ASSERT_NOT);
    if (i == SRE_PENDING) return -1;
    node_at(l, i)->a = l->code[*at + 2];
    uint64_t ignored = 0;
    if (lower_enclosed(l, *at + 3, end - 1, &ignored) < 0) return -1;
    return close_enclosed(l, at, end, i);
}

/* (?(group)then|else): code does not tell for sure if there is an else, but that its JUMP stands before it. */
static int lower_group_exists(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    size_t skip = *at + 2, end = skip_target(l, skip, stop + 1, 2);
    if (!end-- || l->code[*at + 1] >= l->groups) return error_pending() ? -1 : invalid();
    uint32_t i = emit(l, SRE_NODE_GROUP_EXISTS);
    if (i == SRE_PENDING) return -1;
    node_at(l, i)->a = l->code[*at + 1];
    size_t other = end;
    uint64_t then = 0, otherwise = 0;
    bool has_else = end - skip >= 3 && l->code[end - 2] == SRE_JUMP && l->code[end - 1] && l->code[end - 1] <= stop - (end - 1);
    if (has_else) other = end - 1 + l->code[end - 1];
    if (lower_nested(l, skip + 1, has_else ? end - 2 : end, &then) < 0) {
        /* the last two words were no JUMP but part of a set */
        if (!has_else || !error_swallow(T_RuntimeError)) return -1;
        has_else = false;
        other = end;
        l->program->count = i + 1;
        then = 0;
        if (lower_nested(l, skip + 1, end, &then) < 0) return -1;
    }
    if (has_else) {
        uint32_t jump = emit(l, SRE_NODE_JUMP);
        if (jump == SRE_PENDING) return -1;
        node_at(l, i)->next = here(l);
        if (lower_nested(l, end, other, &otherwise) < 0) return -1;
        node_at(l, jump)->next = here(l);
    } else {
        node_at(l, i)->next = here(l);
    }
    *width = width_add(*width, then < otherwise ? then : otherwise);
    *at = other;
    return 0;
}

/* The compiler's hints: checked in outline, not needed. */
static int skip_info(SreLowering *l, size_t *at, size_t stop) {
    size_t end = skip_target(l, *at + 1, stop, 4);
    if (!end) return -1;
    if (l->code[*at + 2] & ~(uint32_t)(SRE_INFO_PREFIX | SRE_INFO_LITERAL | SRE_INFO_CHARSET)) return invalid();
    *at = end;
    return 0;
}

static int lower_at(SreLowering *l, uint32_t where) {
    switch (where) {
    case SRE_AT_BEGINNING:
    case SRE_AT_BEGINNING_STRING: return emit_plain(l, SRE_NODE_AT_BEGINNING, 0);
    case SRE_AT_BEGINNING_LINE: return emit_plain(l, SRE_NODE_AT_BEGINNING_LINE, 0);
    case SRE_AT_END: return emit_plain(l, SRE_NODE_AT_END, 0);
    case SRE_AT_END_LINE: return emit_plain(l, SRE_NODE_AT_END_LINE, 0);
    case SRE_AT_END_STRING: return emit_plain(l, SRE_NODE_AT_END_STRING, 0);
    case SRE_AT_BOUNDARY:
    case SRE_AT_NON_BOUNDARY:
        if (emit_category(l, SRE_NODE_BOUNDARY, SRE_WORD) < 0) return -1;
        break;
    case SRE_AT_LOC_BOUNDARY:
    case SRE_AT_LOC_NON_BOUNDARY:
        if (emit_category(l, SRE_NODE_BOUNDARY, SRE_LOC_WORD) < 0) return -1;
        break;
    case SRE_AT_UNI_BOUNDARY:
    case SRE_AT_UNI_NON_BOUNDARY:
        if (emit_category(l, SRE_NODE_BOUNDARY, SRE_UNI_WORD) < 0) return -1;
        break;
    default: return invalid();
    }
    node_at(l, here(l) - 1)->a = where == SRE_AT_BOUNDARY || where == SRE_AT_LOC_BOUNDARY || where == SRE_AT_UNI_BOUNDARY;
    return 0;
}

static int lower_group_ref(SreLowering *l, uint32_t op, uint32_t group) {
    if (group >= l->groups) return invalid();
    if (emit_plain(l, SRE_NODE_GROUP_REF, group) < 0) return -1;
    node_at(l, here(l) - 1)->b = fold_of(op);
    return 0;
}

/* SUCCESS before the end of a sequence: no pattern has it, but it is allowed. Widths mean nothing any more. */
static int lower_early_success(SreLowering *l) {
    l->odd = true;
    return emit_plain(l, l->enclosed ? SRE_NODE_END : SRE_NODE_SUCCESS, SRE_PENDING);
}

/* One operator that takes no single character; *at goes behind it. */
static int lower_operator(SreLowering *l, size_t *at, size_t stop, uint64_t *width) {
    uint32_t op = l->code[*at], arg = *at + 1 < stop ? l->code[*at + 1] : UINT32_MAX;
    switch (op) {
    case SRE_BRANCH: return lower_branch(l, at, stop, width);
    case SRE_REPEAT: return lower_repeat(l, at, stop, width);
    case SRE_REPEAT_ONE: return lower_repeat_one(l, at, stop, SRE_NODE_GREEDY, width);
    case SRE_MIN_REPEAT_ONE: return lower_repeat_one(l, at, stop, SRE_NODE_LAZY, width);
    case SRE_POSSESSIVE_REPEAT_ONE: return lower_repeat_one(l, at, stop, SRE_NODE_POSSESSIVE, width);
    case SRE_POSSESSIVE_REPEAT: return lower_possessive_repeat(l, at, stop, width);
    case SRE_ATOMIC_GROUP: return lower_atomic(l, at, stop, width);
    case SRE_ASSERT:
    case SRE_ASSERT_NOT: return lower_assert(l, at, stop);
    case SRE_GROUPREF_EXISTS: return lower_group_exists(l, at, stop, width);
    case SRE_INFO: return skip_info(l, at, stop);
    case SRE_SUCCESS: return *at += 1, lower_early_success(l);
    case SRE_FAILURE: return *at += 1, emit_plain(l, SRE_NODE_FAIL, 0);
    case SRE_MARK:
        if (arg >= 2 * l->groups) return invalid();
        if (arg >= l->program->marks) l->program->marks = arg + 1;
        return *at += 2, emit_plain(l, SRE_NODE_MARK, arg);
    case SRE_AT: return *at += 2, lower_at(l, arg);
    case SRE_GROUPREF:
    case SRE_GROUPREF_IGNORE:
    case SRE_GROUPREF_UNI_IGNORE:
    case SRE_GROUPREF_LOC_IGNORE: return *at += 2, lower_group_ref(l, op, arg);
    default: return invalid();
    }
}

static int lower_sequence(SreLowering *l, size_t at, size_t stop, uint64_t *width) {
    while (at < stop) {
        if (l->code[at] == SRE_LITERAL) {
            if (lower_literals(l, &at, stop, width) < 0) return -1;
            continue;
        }
        int status = lower_character(l, &at, stop);
        if (status > 0) *width = width_add(*width, 1);
        if (status < 0 || (status == 0 && lower_operator(l, &at, stop, width) < 0)) return -1;
    }
    return at == stop ? 0 : invalid();
}

/* ---- the whole ---- */

/* A JUMP to a JUMP goes where that goes. Chains of them end: none goes back but to a BRANCH. */
static void thread_jumps(SreProgram *p) {
    for (uint32_t i = p->count; i-- > 0;) {
        SreNode *node = &p->nodes[i];
        if (node->op == SRE_NODE_BRANCH)
            for (uint32_t k = 0; k < node->a; k++)
                while (p->nodes[node->branches[k]].op == SRE_NODE_JUMP) node->branches[k] = p->nodes[node->branches[k]].next;
        else if (node->next != SRE_PENDING)
            while (p->nodes[node->next].op == SRE_NODE_JUMP) node->next = p->nodes[node->next].next;
    }
}

static int lower_all(SreLowering *l, size_t length) {
    if (length == 0 || l->code[length - 1] != SRE_SUCCESS || l->groups > SRE_MAX_GROUPS) return invalid();
    uint64_t width = 0;
    if (lower_nested(l, 0, length - 1, &width) < 0 || emit_plain(l, SRE_NODE_SUCCESS, 0) < 0) return -1;
    l->program->min_width = l->odd ? 0 : width;
    thread_jumps(l->program);
    return sre_analyse(l);
}

int sre_lower(SreProgram *program, const uint32_t *code, size_t length, size_t groups) {
    *program = (SreProgram){0};
    SreLowering l = {.program = program, .code = code, .groups = groups};
    int status = lower_all(&l, length);
    heap_free(rt->heap, l.sets);
    heap_free(rt->heap, l.columns);
    if (status < 0) sre_program_drop(program);
    return status;
}
