/*
 * sre: running a Program. The matcher itself stands in sre_run.h, which is read here once for each width of characters.
 */
#include <string.h>

#include "modules/sre.h"

/*
 * What to come back to. A position is a pointer into the text.
 *   choice    go on at instruction n from position a
 *   run       a run that can give back: go on at n from the position before a, not below b
 *   lazy      a run that can take more: from a, not beyond b; n is its instruction
 *   tail      loop `arg` goes on behind: n is its until; b and count are the loop as it was
 *   turn      loop `arg` (lazy) takes another turn from a; likewise
 *   mark      marks[arg] was a, last_index was n
 *   loop      loop `arg` was (n, a)
 *   look      a barrier: a is where it began; failing here fails
 *   look_not  failing here is success: go on at n from a
 *   all       a turn of possessive loop `arg` from a; failing here ends the loop, whose end is n
 */
typedef enum EntryKind {
    E_CHOICE,
    E_RUN,
    E_LAZY,
    E_TAIL,
    E_TURN,
    E_MARK,
    E_LOOP,
    E_LOOK,
    E_LOOK_NOT,
    E_ALL
} EntryKind;

typedef struct SreEntry {
    uint8_t kind;
    uint32_t arg : 24;
    uint32_t n;
    const void *a, *b;
    uint32_t count;
} SreEntry;

typedef struct Loop {
    uint32_t count;   /* turns done */
    const void *last; /* where the present one began */
} Loop;

enum { FIRST_STACK = 64, WORK_STEP = 4096 };

static int grow_stack(SreMatcher *m) {
    size_t capacity = m->stack_capacity ? 2 * m->stack_capacity : FIRST_STACK;
    SreEntry *stack = heap_realloc(rt->heap, m->stack, capacity * sizeof *stack);
    if (!stack) return raise_no_memory(), -1;
    m->stack = stack;
    m->stack_capacity = capacity;
    return 0;
}

int sre_matcher_init(SreMatcher *m, const SreProgram *p) {
    m->program = p;
    m->marks = m->few_marks;
    m->loops = NULL;
    m->stack = NULL;
    m->barriers = NULL;
    m->stack_capacity = 0;
    m->must_advance = false;
    m->work = 0;
    Heap *heap = rt->heap;
    bool ok = grow_stack(m) == 0;
    if (ok && 2 * p->groups > sizeof m->few_marks / sizeof *m->few_marks)
        ok = (m->marks = heap_calloc(heap, 2 * (size_t)p->groups, sizeof *m->marks)) != NULL;
    if (ok && p->loop_count) ok = (m->loops = heap_calloc(heap, p->loop_count, sizeof(Loop))) != NULL;
    if (ok && p->barrier_count + p->loop_count)
        ok = (m->barriers = heap_calloc(heap, p->barrier_count + p->loop_count, sizeof *m->barriers)) != NULL;
    if (ok) return 0;
    if (!error_pending()) raise_no_memory();
    sre_matcher_drop(m);
    return -1;
}

void sre_matcher_drop(SreMatcher *m) {
    Heap *heap = rt->heap;
    if (m->marks != m->few_marks) heap_free(heap, m->marks);
    heap_free(heap, m->loops);
    heap_free(heap, m->stack);
    heap_free(heap, m->barriers);
}

/* Leaves of the entries from `low` on only what puts marks back, and takes the barrier at `low` away. */
static size_t cut(SreMatcher *m, size_t low, size_t height) {
    size_t kept = low;
    if (low == 0) return 0; /* nothing will ever be put back */
    for (size_t i = low + 1; i < height; i++)
        if (m->stack[i].kind == E_MARK) m->stack[kept++] = m->stack[i];
    m->work += height - low;
    return kept;
}

/* Puts all values back that were changed since the barrier at `low` and takes it away. */
static size_t undo(SreMatcher *m, size_t low, size_t height) {
    Loop *loops = m->loops;
    while (height > low) {
        const SreEntry *e = &m->stack[--height];
        switch (e->kind) {
        case E_MARK:
            m->marks[e->arg] = e->a;
            m->last_index = e->n;
            break;
        case E_LOOP: loops[e->arg] = (Loop){e->n, e->a}; break;
        case E_TAIL:
        case E_TURN: loops[e->arg] = (Loop){e->count, e->b}; break;
        default: break;
        }
    }
    return low;
}

static void forget_marks(SreMatcher *m) {
    memset(m->marks, 0, 2 * (size_t)m->program->groups * sizeof *m->marks);
    m->last_index = 0;
}

#define UNIT          uint8_t
#define NAME_OF(name) name##8
#include "modules/sre_run.h"
#undef UNIT
#undef NAME_OF

#define UNIT          uint16_t
#define NAME_OF(name) name##16
#include "modules/sre_run.h"
#undef UNIT
#undef NAME_OF

#define UNIT          uint32_t
#define NAME_OF(name) name##32
#include "modules/sre_run.h"
#undef UNIT
#undef NAME_OF

int sre_run(SreMatcher *m, SreMode mode) {
    int status = m->subject.kind == 1   ? run8(m, mode)
                 : m->subject.kind == 2 ? run16(m, mode)
                                        : run32(m, mode);
    uint64_t work = m->work;
    m->work = 0;
    if (status >= 0 && work_charge(work) < 0) return -1;
    return status;
}
