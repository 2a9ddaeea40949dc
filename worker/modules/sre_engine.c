/*
 * sre_engine: a text under a pattern: taking it, the backtrack stack, and the matcher for each width of characters.
 *
 * The stack, marks and loop counters lie in the state itself as long as they are few; the stack then goes on in the heap, up to a
 * gigabyte. Work is charged as it is done, so that a pattern that tries without end can be stopped.
 */
#include "base/host.h"
#include "modules/sre.h"
#include "objects/error.h"
#include "vm/vm.h"

enum { FUEL_STEP = 4096 };
#define FRAMES_MAX (((size_t)1 << 30) / sizeof(SreFrame))

/* What a frame remembers. The first three are old values, the last four barriers, those between other ways to go on. */
typedef enum FrameKind {
    FRAME_MARK,        /* node: the mark; at: where it was; last_mark, last_index */
    FRAME_LOOP,        /* node: the loop; at: last; count */
    FRAME_COUNT,       /* node: the loop, whose count was one less; other: last */
    FRAME_BRANCH,      /* mask: branches still to be tried */
    FRAME_GREEDY,      /* at: how far it took; other: what it must take */
    FRAME_LAZY,        /* at: how far it took; other: how far it may */
    FRAME_UNTIL_MAX,   /* what follows is still to be tried; as FRAME_COUNT, but node is a node */
    FRAME_UNTIL_MIN,   /* another turn is still to be tried */
    FRAME_ASSERT,      /* mask: the barrier around */
    FRAME_ASSERT_NOT,
    FRAME_ATOMIC,
    FRAME_LOOP_ATOMIC
} FrameKind;

static int refuel(SreState *s) {
    uint64_t used = (uint64_t)(FUEL_STEP - s->fuel);
    s->fuel = FUEL_STEP;
    return work_charge(used);
}

/* More room behind sp; where sp then is. NULL: no memory. */
static SreFrame *grow_frames(SreState *s, SreFrame *sp) {
    size_t used = (size_t)(sp - s->frames), capacity = 2 * used;
    SreFrame *frames;
    if (capacity > FRAMES_MAX) return NULL;
    if (s->frames == s->own_frames) {
        frames = heap_alloc(rt->heap, capacity * sizeof *frames);
        if (frames) memcpy(frames, s->own_frames, used * sizeof *frames);
    } else {
        frames = heap_realloc(rt->heap, s->frames, capacity * sizeof *frames);
    }
    if (!frames) return NULL;
    s->frames = frames;
    s->frames_end = frames + capacity;
    return frames + used;
}

/* Takes the barrier and all other ways out of [barrier, sp); old values stay. Where the stack then ends. */
static SreFrame *cut_frames(const SreState *s, SreFrame *barrier, SreFrame *sp) {
    SreFrame *to = barrier;
    for (SreFrame *f = barrier + 1; f < sp; f++) {
        if (f->kind == FRAME_UNTIL_MAX) {
            f->kind = FRAME_COUNT;
            f->node = s->pattern->program.nodes[f->node].a;
        }
        if (f->kind <= FRAME_COUNT) *to++ = *f;
    }
    return to;
}

/* Puts back what the frame says. */
static void undo_frame(SreState *s, const SreFrame *f, int32_t *last_mark, int32_t *last_index) {
    SreLoop *loop;
    switch (f->kind) {
    case FRAME_MARK:
        s->marks[f->node] = f->at;
        *last_mark = f->last_mark;
        *last_index = f->last_index;
        break;
    case FRAME_LOOP: s->loops[f->node] = (SreLoop){f->count, f->at}; break;
    case FRAME_COUNT:
    case FRAME_UNTIL_MAX:
        loop = &s->loops[f->kind == FRAME_COUNT ? f->node : s->pattern->program.nodes[f->node].a];
        loop->count--;
        loop->last = f->other;
        break;
    default: break;
    }
}

/* ---- the matcher, by width ---- */

static inline bool is_low(uint32_t c) { return c < 256; }

#define CHAR uint8_t
#define FN(name) name##_1
#include "modules/sre_run.h"

#define CHAR uint16_t
#define FN(name) name##_2
#include "modules/sre_run.h"

#define CHAR uint32_t
#define FN(name) name##_4
#include "modules/sre_run.h"

int sre_match(SreState *s) {
    switch (s->kind) {
    case 1: return run_1(s, s->start);
    case 2: return run_2(s, s->start);
    default: return run_4(s, s->start);
    }
}

int sre_search(SreState *s) {
    switch (s->kind) {
    case 1: return search_1(s);
    case 2: return search_2(s);
    default: return search_4(s);
    }
}

/* ---- texts ---- */

static bool is_contiguous(const Buffer *b) {
    ssize_t step = (ssize_t)b->item_size;
    for (int i = b->dimensions; i-- > 0; step *= b->shape[i])
        if (b->shape[i] > 1 && b->strides[i] != step) return false;
    return true;
}

static int take_buffer(SreState *s, Value string) {
    if (!type_of(string)->slots.get_buffer || buffer_get(string, &s->buffer, false) < 0 || !is_contiguous(&s->buffer)) {
        if (error_pending()) error_clear();
        else if (type_of(string)->slots.get_buffer) buffer_release(&s->buffer);
        return raise_int(T_TypeError, "expected string or bytes-like object, got '%T'", string);
    }
    s->has_buffer = true;
    s->beginning = s->buffer.data;
    s->length = s->buffer.length;
    return 0;
}

static int take_text(SreState *s, Value string) {
    s->has_buffer = false;
    s->is_bytes = !is_str(string);
    s->kind = 1;
    if (!s->is_bytes) {
        s->kind = (uint8_t)str_kind(string);
        s->beginning = str_data(string);
        s->length = str_length(string);
    } else if (is_bytes(string)) {
        s->beginning = bytes_data(string);
        s->length = bytes_length(string);
    } else if (take_buffer(s, string) < 0) {
        return -1;
    }
    if (s->pattern->is_bytes < 0 || s->pattern->is_bytes == s->is_bytes) return 0;
    if (s->has_buffer) buffer_release(&s->buffer);
    return raise_int(T_TypeError, s->is_bytes ? "cannot use a string pattern on a bytes-like object"
                                              : "cannot use a bytes pattern on a string-like object");
}

static size_t clip(ssize_t i, size_t length) { return i < 0 ? 0 : (size_t)i > length ? length : (size_t)i; }

/* Room for marks and loops where the state's own does not do. */
static int take_registers(SreState *s) {
    const SreProgram *p = &s->pattern->program;
    s->marks = s->own_marks;
    s->loops = s->own_loops;
    if (p->marks > SRE_MARKS) s->marks = heap_calloc(rt->heap, p->marks, sizeof *s->marks);
    if (p->loops > SRE_LOOPS) s->loops = heap_calloc(rt->heap, p->loops, sizeof *s->loops);
    if (s->marks && s->loops) return 0;
    sre_end(s);
    return raise_no_memory(), -1;
}

int sre_begin(SreState *s, Pattern *pattern, Value string, ssize_t pos, ssize_t endpos) {
    s->pattern = pattern;
    s->string = string;
    if (take_text(s, string) < 0) return -1;
    s->pos = clip(pos, s->length);
    s->endpos = clip(endpos, s->length);
    s->start = (const char *)s->beginning + s->pos * s->kind;
    s->end = (const char *)s->beginning + s->endpos * s->kind;
    s->forbidden = NULL;
    s->match_all = false;
    s->fuel = FUEL_STEP;
    s->frames = s->own_frames;
    s->frames_end = s->own_frames + SRE_FRAMES;
    return take_registers(s);
}

void sre_end(SreState *s) {
    THREAD->fuel_left -= FUEL_STEP - s->fuel;
    if (s->has_buffer) buffer_release(&s->buffer);
    if (s->frames != s->own_frames) heap_free(rt->heap, s->frames);
    if (s->marks != s->own_marks) heap_free(rt->heap, s->marks);
    if (s->loops != s->own_loops) heap_free(rt->heap, s->loops);
}

int sre_group(const SreState *s, size_t i, size_t *from, size_t *to) {
    int64_t k = 2 * ((int64_t)i - 1);
    if (k + 1 > s->last_mark || !s->marks[k] || !s->marks[k + 1]) return 0;
    *from = sre_index(s, s->marks[k]);
    *to = sre_index(s, s->marks[k + 1]);
    if (*from <= *to) return 1;
    return raise_int(T_SystemError, "The span of capturing group is wrong, please report a bug for the re module.");
}

Value sre_slice(const SreState *s, size_t from, size_t to) {
    if (!s->is_bytes) return str_slice(s->string, from, to);
    if (IS_EXACT(s->string, bytes) && from == 0 && to == s->length) return incref(s->string);
    return bytes_from((const char *)s->beginning + from, to > from ? to - from : 0);
}
