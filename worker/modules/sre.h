/*
 * sre: the engine under the standard library's `re` package.
 *
 * Idea. re._compiler turns a pattern into a list of codes; sre_program.c checks that list and makes a Program of it, with what
 * the codes do not say: which characters a part can start with, which loops never need to give back what they took. sre_run.h
 * runs a Program on text of one, two or four bytes a character.
 *
 * The matcher does not recurse. What it may have to come back to stands on a stack of Entries: places to go on from, and old
 * values of what was changed since (marks, loop counters). A failure pops entries, putting old values back, until one tells
 * where to go on. Each pop and each turn of a loop is charged as work, so a pattern that explodes can be stopped.
 *
 * The files: sre.h; sre_set.c (characters: categories, case, sets); sre_program.c; sre_run.c with sre_run.h; sre_match.c (Match);
 * sre_scan.c (what Pattern's methods do with a subject); m_sre.c (Pattern and the module).
 */
#ifndef ATOLL_MODULES_SRE_H
#define ATOLL_MODULES_SRE_H

#include "modules/module.h"
#include "objects/bytes.h"

enum { SRE_MAGIC = 20220615 };
#define SRE_NO_LIMIT   UINT32_MAX /* MAXREPEAT */
#define SRE_MAX_GROUPS 1073741823

/* The codes' numbers are re/_constants.py's: the order of these rows. */
#define SRE_CODES(X)                                                                                         \
    X(FAILURE)                                                                                               \
    X(SUCCESS) X(ANY) X(ANY_ALL) X(ASSERT) X(ASSERT_NOT) X(AT) X(BRANCH) X(CATEGORY) X(CHARSET)              \
        X(BIGCHARSET) X(GROUPREF) X(GROUPREF_EXISTS) X(IN) X(INFO) X(JUMP) X(LITERAL) X(MARK) X(MAX_UNTIL)   \
            X(MIN_UNTIL) X(NOT_LITERAL) X(NEGATE) X(RANGE) X(REPEAT) X(REPEAT_ONE) X(SUBPATTERN)             \
                X(MIN_REPEAT_ONE) X(ATOMIC_GROUP) X(POSSESSIVE_REPEAT) X(POSSESSIVE_REPEAT_ONE)              \
                    X(GROUPREF_IGNORE) X(IN_IGNORE) X(LITERAL_IGNORE) X(NOT_LITERAL_IGNORE)                  \
                        X(GROUPREF_LOC_IGNORE) X(IN_LOC_IGNORE) X(LITERAL_LOC_IGNORE)                        \
                            X(NOT_LITERAL_LOC_IGNORE) X(GROUPREF_UNI_IGNORE) X(IN_UNI_IGNORE)                \
                                X(LITERAL_UNI_IGNORE) X(NOT_LITERAL_UNI_IGNORE) X(RANGE_UNI_IGNORE)

typedef enum SreCode {
#define SRE_CODE(name) SRE_##name,
    SRE_CODES(SRE_CODE)
#undef SRE_CODE
        SRE_CODE_COUNT
} SreCode;

typedef enum SreAt {
    AT_BEGINNING,
    AT_BEGINNING_LINE,
    AT_BEGINNING_STRING,
    AT_BOUNDARY,
    AT_NON_BOUNDARY,
    AT_END,
    AT_END_LINE,
    AT_END_STRING,
    AT_LOC_BOUNDARY,
    AT_LOC_NON_BOUNDARY,
    AT_UNI_BOUNDARY,
    AT_UNI_NON_BOUNDARY,
    AT_COUNT
} SreAt;

enum { SRE_CATEGORY_COUNT = 18 };

enum SreFlags { SRE_IGNORECASE = 2, SRE_LOCALE = 4, SRE_UNICODE = 32, SRE_DEBUG = 128, SRE_ASCII = 256 };

/* ---- characters (sre_set.c) ---- */

typedef enum SreCase { CASE_EXACT, CASE_ASCII, CASE_LOCALE, CASE_UNICODE } SreCase;

/* Characters below 256 by bit, the others by the codes, which end in FAILURE. */
typedef struct SreSet {
    const uint32_t *codes;
    SreCase ignore; /* how a character is folded before it is looked up */
    bool wide;      /* some character from 256 on may be in it */
    uint32_t bits[8];
} SreSet;

uint32_t sre_lower(SreCase ignore, uint32_t c);
uint32_t sre_upper_unicode(uint32_t c);
bool sre_is_word(uint32_t c, bool unicode);
bool sre_in_category(uint32_t category, uint32_t c);
/* Length of the checked codes of a set with its FAILURE, or 0 when they are none. */
size_t sre_set_length(const uint32_t *codes, size_t n);
void sre_set_init(SreSet *set, const uint32_t *codes, SreCase ignore);
bool sre_set_wide(const SreSet *set, uint32_t c); /* c >= 256 */

static inline bool sre_bit(const uint32_t bits[8], uint32_t c) { return bits[c >> 5] >> (c & 31) & 1; }

/* ---- programs ---- */

/* One character: how ins.a is to be read. */
typedef enum SreSingle { ONE_CHAR, ONE_NOT_CHAR, ONE_NOT_NEWLINE, ONE_ANY, ONE_SET } SreSingle;

/*
 * op: what its operands mean.
 *   single      a character: `single`, a
 *   text        a literal: text[a .. a + min)
 *   at          a position: SreAt a
 *   mark        the position goes to marks[a]
 *   jump        to
 *   alt         an alternative; first: what it can start with; to: the next one (0: none)
 *   repeat      loop a begins: go to `to`, its until
 *   max_until   turn over: again from `to` or behind, as often as can be; first: of what is behind, body_first: of the body
 *   min_until   the same, as seldom as can be
 *   run         a character repeated, as often as can be; first: of what is behind
 *   run_lazy    as seldom as can be
 *   run_all     as often as can be, giving nothing back
 *   look        look-ahead or, from min characters back, look-behind; ends in look_end; a: its barrier
 *   look_not    the negative one; to: what is behind; ends in look_not_end
 *   atomic      ends in atomic_end
 *   all         possessive loop a of min..max turns; ends in all_end, to: what is behind
 *   group       the text of group a again, folded as `single` says
 *   if_group    go on if group a has matched, else at `to`
 *   success, failure
 */
#define SRE_OPS(X)                                                                                           \
    X(failure)                                                                                               \
    X(success) X(single) X(text) X(at) X(mark) X(jump) X(alt) X(repeat) X(max_until) X(min_until) X(run)     \
        X(run_lazy) X(run_all) X(look) X(look_end) X(look_not) X(look_not_end) X(atomic) X(atomic_end)       \
            X(all) X(all_end) X(group) X(if_group)

typedef enum SreOp {
#define SRE_OP(name) OP_##name,
    SRE_OPS(SRE_OP)
#undef SRE_OP
        SRE_OP_COUNT
} SreOp;

/* Flags of a run: what is behind cannot start with any of the run's characters, so the run gives nothing back. */
enum { RUN_KEEPS_NARROW = 1 /* in text of one byte a character */, RUN_KEEPS_WIDE = 2 };

typedef struct SreIns {
    uint8_t op, single, flags;
    uint32_t a, min, max, to;
    uint32_t first, body_first; /* indices in firsts; 0: anything */
} SreIns;

/* What a part can start with: nothing else is possible, and not the empty text. */
typedef struct SreFirst {
    uint32_t bits[8];
    bool wide; /* any character from 256 on */
} SreFirst;

typedef struct SreProgram {
    SreIns *code;
    uint32_t *codes; /* as given; the sets point into it, text is copied behind it */
    SreSet *sets;
    SreFirst *firsts; /* [0] is unused */
    uint32_t *text;
    uint8_t *text8; /* the same in bytes where it fits */
    uint32_t code_length, codes_length, set_count, first_count, text_length;
    uint32_t loop_count, barrier_count, groups;
    uint32_t first;         /* of the whole pattern; 0: anything or nothing */
    uint32_t prefix_length; /* the pattern starts with text[prefix_start...]; 0: none */
    uint32_t prefix_start;
    bool only_at_start; /* it can match at the beginning of the text alone */
} SreProgram;

/* Takes the codes (a heap block). NULL raised: RuntimeError for codes that re would never make. */
SreProgram *sre_program_new_steal(uint32_t *codes, size_t n, uint32_t groups);
void sre_program_free(SreProgram *program);
size_t sre_program_size(const SreProgram *program); /* bytes of all its blocks */

/* ---- running ---- */

/* A str or a buffer to be searched. */
typedef struct SreSubject {
    Value string;  /* borrowed */
    Buffer buffer; /* owner NULL: none is held */
    const void *data;
    size_t length;
    int kind; /* bytes a character */
    bool is_bytes;
} SreSubject;

typedef struct SreMatcher {
    const SreProgram *program;
    SreSubject subject;
    size_t begin, end;  /* pos and endpos, clipped */
    size_t start, stop; /* where the search begins; after a match: its bounds */
    bool must_advance;  /* an empty match at `start` does not count */
    uint32_t last_index;
    const uint8_t **marks; /* 2 for each group; NULL: not set */
    const uint8_t *few_marks[16];
    void *loops;
    struct SreEntry *stack;
    uint32_t *barriers;
    size_t stack_capacity;
    uint64_t work;
} SreMatcher;

typedef enum SreMode { SRE_MATCH, SRE_FULLMATCH, SRE_SEARCH } SreMode;

/* 0, -1 raised. A matcher may run many times on its subject. */
int sre_matcher_init(SreMatcher *m, const SreProgram *program);
void sre_matcher_drop(SreMatcher *m);
/* Looks for a match from m->start on: 1 (start, stop, marks, last_index are set), 0, -1 raised. */
int sre_run(SreMatcher *m, SreMode mode);
/* Goes on behind the match just found. */
static inline void sre_advance(SreMatcher *m) {
    m->must_advance = m->stop == m->start;
    m->start = m->stop;
}

/* The bounds of a group (from 1) in the match just found; false: it has not matched. */
static inline bool sre_group(const SreMatcher *m, uint32_t group, size_t *from, size_t *to) {
    const uint8_t *a = m->marks[2 * group - 2], *b = m->marks[2 * group - 1];
    if (!a || !b) return false;
    *from = (size_t)(a - (const uint8_t *)m->subject.data) / (size_t)m->subject.kind;
    *to = (size_t)(b - (const uint8_t *)m->subject.data) / (size_t)m->subject.kind;
    return true;
}

/* ---- the module's objects ---- */

typedef struct SreState {
    Type *pattern, *match, *scanner;
} SreState;

#define SRE_STATE MODULE_STATE(sre, SreState)

typedef struct Pattern {
    HeapObject head;
    Value pattern, group_index, index_group; /* str, bytes or None; dict; tuple */
    SreProgram *program;
    uint32_t flags, groups;
    int is_bytes; /* -1: pattern None, any subject */
} Pattern;

/* Text of a subject between two places, as the subject's type has it. New. */
Value sre_slice(const SreSubject *subject, size_t from, size_t to);
/* 0, -1 raised TypeError. Pairs with drop. */
int sre_subject_init(SreSubject *subject, const Pattern *pattern, Value string);
void sre_subject_drop(SreSubject *subject);
/* Matcher and subject, with pos and endpos. 0, -1 raised. Pairs with close. */
int sre_open(SreMatcher *m, Pattern *pattern, Value string, ssize_t pos, ssize_t end);
void sre_close(SreMatcher *m);

/* The match just found. New. */
Value match_new(Pattern *pattern, const SreMatcher *m);
extern const TypeSpec match_spec, scanner_spec;

/* Pattern's methods (sre_scan.c). */
Value pattern_match(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_fullmatch(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_search(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_findall(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_finditer(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_scanner(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_split(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_sub(Value self, Value const *args, size_t nargs, Value kwnames);
Value pattern_subn(Value self, Value const *args, size_t nargs, Value kwnames);

#endif
