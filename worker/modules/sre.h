/*
 * sre: what the files of _sre share.
 *
 * A pattern's SRE code (re/_compiler.py makes it: a list of 32-bit words) is checked and lowered to a Program: nodes of one size,
 * each with all that its step needs (sre_lower.c; what may come first at each place: sre_first.c; sets of characters: sre_set.c).
 * sre_run.h is the matcher, included by sre_engine.c for each width of text. sre_pattern.c, sre_sub.c, sre_match.c and
 * sre_scanner.c are the types and methods that Python sees; m_sre.c is the module.
 */
#ifndef ATOLL_MODULES_SRE_H
#define ATOLL_MODULES_SRE_H

#include <limits.h>

#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/object.h"
#include "objects/str.h"

#define SRE_MAGIC 20220615
#define SRE_MAX_REPEAT UINT32_MAX
#define SRE_MAX_GROUPS 1073741823

/* The operators of SRE code, in the order of re/_constants.py. */
typedef enum SreOp {
    SRE_FAILURE, SRE_SUCCESS, SRE_ANY, SRE_ANY_ALL, SRE_ASSERT, SRE_ASSERT_NOT, SRE_AT, SRE_BRANCH, SRE_CATEGORY, SRE_CHARSET,
    SRE_BIGCHARSET, SRE_GROUPREF, SRE_GROUPREF_EXISTS, SRE_IN, SRE_INFO, SRE_JUMP, SRE_LITERAL, SRE_MARK, SRE_MAX_UNTIL,
    SRE_MIN_UNTIL, SRE_NOT_LITERAL, SRE_NEGATE, SRE_RANGE, SRE_REPEAT, SRE_REPEAT_ONE, SRE_SUBPATTERN, SRE_MIN_REPEAT_ONE,
    SRE_ATOMIC_GROUP, SRE_POSSESSIVE_REPEAT, SRE_POSSESSIVE_REPEAT_ONE, SRE_GROUPREF_IGNORE, SRE_IN_IGNORE, SRE_LITERAL_IGNORE,
    SRE_NOT_LITERAL_IGNORE, SRE_GROUPREF_LOC_IGNORE, SRE_IN_LOC_IGNORE, SRE_LITERAL_LOC_IGNORE, SRE_NOT_LITERAL_LOC_IGNORE,
    SRE_GROUPREF_UNI_IGNORE, SRE_IN_UNI_IGNORE, SRE_LITERAL_UNI_IGNORE, SRE_NOT_LITERAL_UNI_IGNORE, SRE_RANGE_UNI_IGNORE
} SreOp;

typedef enum SreAt {
    SRE_AT_BEGINNING, SRE_AT_BEGINNING_LINE, SRE_AT_BEGINNING_STRING, SRE_AT_BOUNDARY, SRE_AT_NON_BOUNDARY, SRE_AT_END,
    SRE_AT_END_LINE, SRE_AT_END_STRING, SRE_AT_LOC_BOUNDARY, SRE_AT_LOC_NON_BOUNDARY, SRE_AT_UNI_BOUNDARY,
    SRE_AT_UNI_NON_BOUNDARY, SRE_AT_COUNT
} SreAt;

/* Each category is followed by its opposite. */
typedef enum SreCategory {
    SRE_DIGIT, SRE_NOT_DIGIT, SRE_SPACE, SRE_NOT_SPACE, SRE_WORD, SRE_NOT_WORD, SRE_LINEBREAK, SRE_NOT_LINEBREAK, SRE_LOC_WORD,
    SRE_LOC_NOT_WORD, SRE_UNI_DIGIT, SRE_UNI_NOT_DIGIT, SRE_UNI_SPACE, SRE_UNI_NOT_SPACE, SRE_UNI_WORD, SRE_UNI_NOT_WORD,
    SRE_UNI_LINEBREAK, SRE_UNI_NOT_LINEBREAK, SRE_CATEGORY_COUNT
} SreCategory;

enum SreInfo { SRE_INFO_PREFIX = 1, SRE_INFO_LITERAL = 2, SRE_INFO_CHARSET = 4 };

enum SreFlags {
    SRE_FLAG_TEMPLATE = 1, SRE_FLAG_IGNORECASE = 2, SRE_FLAG_LOCALE = 4, SRE_FLAG_MULTILINE = 8, SRE_FLAG_DOTALL = 16,
    SRE_FLAG_UNICODE = 32, SRE_FLAG_VERBOSE = 64, SRE_FLAG_DEBUG = 128, SRE_FLAG_ASCII = 256
};

/* ---- characters and sets of them (sre_set.c) ---- */

/* How characters are brought to one case before they are compared. */
typedef enum SreFold { SRE_FOLD_NONE, SRE_FOLD_ASCII, SRE_FOLD_UNICODE, SRE_FOLD_LOCALE } SreFold;

static inline uint32_t sre_lower_ascii(uint32_t c) { return c - 'A' < 26 ? c + 32 : c; }
uint32_t sre_lower_unicode(uint32_t c);
uint32_t sre_upper_unicode(uint32_t c);
uint32_t sre_lower_locale(uint32_t c);
uint32_t sre_upper_locale(uint32_t c);
uint32_t sre_fold(SreFold fold, uint32_t c);
bool sre_category_has(uint32_t category, uint32_t c);

/* The first 256 characters of a set, and what holds for the rest of them and for the end of the text. */
typedef struct SreBits {
    uint64_t words[4];
    bool high; /* some character from 256 on may be in it */
    bool end;  /* of what may come first: nothing need follow */
} SreBits;

typedef enum SreHigh { SRE_HIGH_NONE, SRE_HIGH_ALL, SRE_HIGH_ASK } SreHigh;

/* A set as nodes test it: characters below 256 by one bit of a table, the others as `high` says. */
typedef struct SreSet {
    const uint8_t *table; /* 256 bytes, shared with other sets of the program */
    uint8_t bit;
    uint8_t high; /* SreHigh */
    uint8_t fold;
    bool negated;         /* of a single character */
    const uint32_t *code; /* of a charset up to its FAILURE; NULL: the character `one` */
    uint32_t one;
    uint64_t **pages;     /* ASK: 256 pages of 256 bits, made when first asked for; or NULL */
    SreBits bits;
} SreSet;

bool sre_bits_has(const SreBits *b, uint32_t c);
void sre_bits_join(SreBits *into, const SreBits *b);
bool sre_bits_disjoint(const SreBits *a, const SreBits *b);
extern const SreBits sre_bits_all;
/* Whether the set has c, by its code. */
bool sre_set_ask(const SreSet *set, uint32_t c);
/* The same for c >= 256 of an ASK set, by its pages. */
bool sre_set_has_high(SreSet *set, uint32_t c);
/* high and bits, from code, one, fold, negated. */
void sre_set_resolve(SreSet *set);

/* ---- programs (sre_lower.c, sre_first.c) ---- */

/* A node's step. What its fields mean stands beside it; `next` is a node to go on at, other than the one behind it. */
#define SRE_NODES(X)                                                                                                   \
    X(SUCCESS)                                                                                                         \
    X(FAIL)                                                                                                            \
    X(CHAR)         /* a: the character */                                                                             \
    X(NOT_CHAR)                                                                                                        \
    X(ANY)          /* but a newline */                                                                                \
    X(ANY_ALL)                                                                                                         \
    X(SET)          /* set */                                                                                          \
    X(STRING)       /* a: length; text, table: its bytes, NULL if some character is wider */                          \
    X(MARK)         /* a: number */                                                                                    \
    X(JUMP)                                                                                                            \
    X(BRANCH)       /* a: count; branches; table: masks of one byte (count <= 8) or of eight */                        \
    X(GREEDY)       /* the node behind it, a..b times; next: what follows; table, bit: what may follow, or NULL */     \
    X(POSSESSIVE)                                                                                                      \
    X(LAZY)                                                                                                            \
    X(LOOP)         /* begins loop a */                                                                                \
    X(UNTIL_MAX)    /* a: loop; b: its body; limits; table, bit: what may begin the body */                            \
    X(UNTIL_MIN)                                                                                                       \
    X(ASSERT)       /* a: how far back; next: what follows its END */                                                  \
    X(ASSERT_NOT)                                                                                                      \
    X(ATOMIC)                                                                                                          \
    X(LOOP_ATOMIC)  /* a: loop; limits; the body stands behind it */                                                   \
    X(END)          /* of what node a began: an assertion, atomic group or LOOP_ATOMIC's body; PENDING: early */          \
    X(GROUP_REF)    /* a: group; b: fold */                                                                            \
    X(GROUP_EXISTS) /* a: group; next: otherwise */                                                                    \
    X(AT_BEGINNING)                                                                                                    \
    X(AT_BEGINNING_LINE)                                                                                               \
    X(AT_END)                                                                                                          \
    X(AT_END_LINE)                                                                                                     \
    X(AT_END_STRING)                                                                                                   \
    X(BOUNDARY)     /* set: of word characters; a: 1 if both sides are to differ */

typedef enum SreNodeOp {
#define SRE_NODE(op) SRE_NODE_##op,
    SRE_NODES(SRE_NODE)
#undef SRE_NODE
} SreNodeOp;

#define SRE_PENDING UINT32_MAX /* a `next` not known (yet) */

/* What a table of a GREEDY, LAZY or UNTIL_MAX does not say. */
enum { SRE_MAY_HIGH = 1, SRE_MAY_END = 2, SRE_MAY_ONE = 4 /* only the character `one` */ };

typedef struct SreLimits {
    uint32_t min, max;
} SreLimits;

typedef struct SreNode {
    uint16_t op;
    uint8_t bit;
    uint8_t may; /* of a SET or BOUNDARY: its set's `high` */
    uint32_t next;
    uint32_t a, b;
    const uint8_t *table;
    union {
        SreSet *set;
        const uint32_t *text;
        uint32_t *branches;
        SreLimits limits;
        uint32_t one;
    };
} SreNode;

typedef enum SreSearch {
    SRE_SEARCH_EVERY,  /* a match may begin anywhere */
    SRE_SEARCH_FIRST,  /* ... where a character of `first` stands */
    SRE_SEARCH_PREFIX, /* ... where the text of node `prefix` (CHAR, STRING) stands */
    SRE_SEARCH_START   /* ... at the very beginning alone */
} SreSearch;

typedef struct SreBlock {
    struct SreBlock *next;
} SreBlock;

typedef struct SreProgram {
    SreNode *nodes;
    uint32_t count;
    uint32_t loops;
    uint32_t marks;     /* one more than the highest */
    uint32_t prefix;
    uint64_t min_width;
    uint8_t search;     /* SreSearch */
    uint8_t first_bit, first_may;
    const uint8_t *first;
    SreBlock *blocks;   /* all memory that nodes refer to */
} SreProgram;

/* Checks code and makes a program of it; the code must live as long. 0; -1 raised ("invalid SRE code"). */
int sre_lower(SreProgram *program, const uint32_t *code, size_t length, size_t groups);
void sre_program_drop(SreProgram *program);

/* While a program is made. */
typedef struct SreLowering {
    SreProgram *program;
    const uint32_t *code;
    uint32_t capacity;       /* nodes */
    size_t groups;
    SreSet **sets;           /* found before: the same set is not made twice */
    size_t set_count;
    uint8_t *table;          /* the newest one */
    unsigned table_bits;     /* of it in use */
    struct SreColumn *columns;
    size_t column_count;
    uint32_t copies;         /* nodes made by writing repeated bodies out */
    uint32_t enclosed;       /* assertions and atomic groups around the present place */
    bool odd;                /* SUCCESS stood before an end: widths are not known */
} SreLowering;

/* A bit of a table for these characters; the same for equal ones. 0, -1 raised. */
int sre_column(SreLowering *l, const SreBits *bits, const uint8_t **table, uint8_t *bit);
/* Memory that lives with the program. NULL raised. */
void *sre_program_alloc(SreProgram *program, size_t bytes);
/* Fills tables, masks and the way to search. 0, -1 raised. */
int sre_analyse(SreLowering *l);

/* ---- matching (sre_engine.c) ---- */

typedef struct Pattern {
    HeapObject head;
    Value pattern;    /* str, bytes or other bytes-like, or None */
    Value groupindex; /* dict */
    Value indexgroup; /* tuple */
    uint32_t *code;
    size_t code_length;
    size_t groups;
    int flags;
    int is_bytes;     /* 1, 0; -1: either */
    SreProgram program;
} Pattern;

/* One entry of the backtrack stack. */
typedef struct SreFrame {
    const void *at;
    union {
        uint64_t mask;
        const void *other;
        int64_t count;
        struct {
            int32_t last_mark, last_index;
        };
    };
    uint32_t node; /* or the number of a mark or loop */
    uint32_t kind;
} SreFrame;

typedef struct SreLoop {
    int64_t count;
    const void *last; /* where its present turn began */
} SreLoop;

enum { SRE_FRAMES = 48, SRE_MARKS = 24, SRE_LOOPS = 6 };

/* One text under one pattern: begun by sre_begin, ended by sre_end. */
typedef struct SreState {
    Pattern *pattern; /* borrowed */
    Value string;     /* borrowed */
    const void *beginning, *start, *end, *ptr; /* the text; where to begin and where the match was; endpos; the match's end */
    const void *forbidden; /* an empty match must not end here; NULL: no such place */
    size_t length, pos, endpos; /* characters */
    bool match_all;   /* up to the end or not at all */
    bool is_bytes;
    bool has_buffer;
    uint8_t kind;
    int32_t last_mark, last_index;
    int64_t fuel;     /* steps until the breaker is asked */
    const void **marks;
    SreLoop *loops;
    SreFrame *frames, *frames_end;
    const void *own_marks[SRE_MARKS];
    SreLoop own_loops[SRE_LOOPS];
    SreFrame own_frames[SRE_FRAMES];
    Buffer buffer;
} SreState;

/* Takes string[pos:endpos] (clipped). 0; -1 raised, then there is nothing to end. */
int sre_begin(SreState *s, Pattern *pattern, Value string, ssize_t pos, ssize_t endpos);
void sre_end(SreState *s);
/* From s->start: 1 (start, ptr, marks tell), 0, -1 raised. */
int sre_match(SreState *s);
int sre_search(SreState *s);
/* After a match: the next search goes on behind it. */
static inline void sre_advance(SreState *s) {
    s->forbidden = s->ptr == s->start ? s->ptr : NULL;
    s->start = s->ptr;
}
/* A pointer into the text as an index. */
static inline size_t sre_index(const SreState *s, const void *at) {
    return (size_t)((const char *)at - (const char *)s->beginning) >> (s->kind >> 1);
}
/* Group i's place in the last match: 1; 0 if it took no part; -1 raised (ends before it begins: odd code alone does that). */
int sre_group(const SreState *s, size_t i, size_t *from, size_t *to);

/* ---- what Python sees ---- */

typedef struct SreMatch {
    HeapObject head;
    Value string;
    Pattern *pattern;
    Value regs; /* tuple, when asked for; or NULL */
    size_t pos, endpos;
    ssize_t last_index; /* -1: none */
    size_t groups;      /* the whole match counted */
    ssize_t spans[];    /* from, to of each; -1: took no part */
} SreMatch;

typedef struct SreModule {
    Type *pattern, *match, *scanner;
} SreModule;

#define SRE MODULE_STATE(sre, SreModule)

extern const TypeSpec sre_pattern_spec, sre_match_spec, sre_scanner_spec;

/* _sre.compile(pattern, flags, code, groups, groupindex, indexgroup) */
Value sre_compile(Value module, Value const *args, size_t nargs, Value kwnames);
/* The match that the state found. */
Value sre_match_new(SreState *s);
/* string[from:to] as groups and segments are: exact str or bytes. New. */
Value sre_slice(const SreState *s, size_t from, size_t to);
Value sre_scanner_new(Pattern *pattern, Value string, ssize_t pos, ssize_t endpos);
/* The string and where to look in it: arguments of most methods. False raised. */
typedef struct SreTextArgs {
    Value string;
    ssize_t pos, endpos;
} SreTextArgs;
bool sre_text_args(const char *method, Value const *args, size_t nargs, Value kwnames, SreTextArgs *out);

Value sre_findall(Value self, Value const *args, size_t nargs, Value kwnames);
Value sre_split(Value self, Value const *args, size_t nargs, Value kwnames);
Value sre_sub(Value self, Value const *args, size_t nargs, Value kwnames);
Value sre_subn(Value self, Value const *args, size_t nargs, Value kwnames);

#endif
