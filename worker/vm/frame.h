/*
 * frame: one call of Python code.
 *
 * Idea. A frame is a header, the locals and the value stack in one piece of memory. Ordinary frames lie on the thread's frame
 * stack, which is a chain of chunks: a call takes the next bytes and a return gives them back. A generator's frame lies in
 * the generator. The frame object that Python sees (sys._getframe, tracebacks) is made when asked for; when its frame ends while
 * somebody holds it, the contents move into it.
 *
 * Where `pc` points: at the unit to run next, as of the last save; the instruction that is being run (or called something) is
 * pc[-1] or the cache units in front of it. `sp` is the first free slot as of the last save.
 *
 * Invariants. Stack slots below sp own their values; locals own theirs or are NULL. thread->frame is the innermost running
 * frame and `back` leads to its caller. The values of a running frame are invisible to the collector: they count as references
 * from outside, so what they reach is alive. A suspended generator's and a frame object's own are visited.
 */
#ifndef ATOLL_VM_FRAME_H
#define ATOLL_VM_FRAME_H

#include "objects/code.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/object.h"

/* What becomes of a frame's result: the low byte of `bits`. */
typedef enum FrameReturn {
    RETURN_TO_PYTHON, /* pushed on the caller's stack */
    RETURN_TO_NATIVE, /* eval_run returns it */
    RETURN_INIT, /* __init__ called by a class: must be None; the instance lies on the caller's stack already */
    RETURN_FOR_ITER, /* a generator that a FOR_ITER resumed */
    RETURN_SEND,     /* ... that a SEND resumed */
    RETURN_MASK = 0xff,
    FRAME_CHUNK_FIRST = 1 << 8, /* leaving it leaves the chunk */
    FRAME_HAS_OBJECT = 1 << 9,  /* `object` is set */
    FRAME_HAS_LOCALS = 1 << 10, /* `locals` is set */
    FRAME_GENERATOR = 1 << 11,  /* lies in a generator */
    FRAME_OF_OBJECT = 1 << 12,  /* lies in (belongs to) its frame object */
    FRAME_TRACED = 1 << 13,     /* tracing began while it ran: at its end the other loop may have to go on */
} FrameReturn;

typedef struct FrameObject FrameObject;

typedef struct Frame {
    struct Frame *back; /* caller; NULL for the outermost and for frames at rest */
    Function *function; /* owned: globals, builtins and closure come from it */
    Code *code;         /* the function's, or the one it had at the call (kept alive: vm_retire_code) */
    Instr *pc;
    Value *sp;
    Value
        locals; /* FRAME_HAS_LOCALS: the mapping of module and class code, or a function's f_locals; owned */
    FrameObject *object; /* FRAME_HAS_OBJECT: owned */
    uint32_t bits;       /* 0 for the ordinary call of one Python function by another */
    int32_t last_line;   /* of the last line event, when tracing */
    Value slots[];       /* locals_plus, then the stack */
} Frame;

struct FrameObject {
    HeapObject head;
    Frame *frame; /* running, suspended, or own (FRAME_OF_OBJECT) */
    Value back;   /* caller's frame object once the frame has ended, or NULL */
    Value trace;  /* f_trace or NULL */
    bool trace_lines, trace_opcodes;
    bool locals_shown; /* f_locals was read: what a trace function writes into it is for the locals */
    Frame own;         /* room for the header and the locals, so that taking them over cannot fail */
};

static inline size_t frame_bytes(const Code *code) {
    return sizeof(Frame) + ((size_t)code->locals_plus_count + code->stack_size) * sizeof(Value);
}
static inline Value *frame_stack(Frame *f) { return f->slots + f->code->locals_plus_count; }
static inline Dict *frame_globals(const Frame *f) { return f->function->globals; }
static inline Dict *frame_builtins(const Frame *f) { return f->function->builtins; }
/* The mapping of a frame whose code keeps names in one: the globals, where such code was called as a function. Borrowed. */
static inline Value frame_mapping(Frame *f) {
    if (!(f->bits & FRAME_HAS_LOCALS)) {
        if (f->code->flags & CODE_OPTIMIZED) return NULL;
        f->locals = incref(AS_VALUE(frame_globals(f)));
        f->bits |= FRAME_HAS_LOCALS;
    }
    return f->locals;
}
/* Names of this frame are those of its globals, as in a module's code. */
static inline bool frame_is_module(const Frame *f, const Dict *globals) {
    return (f->bits & FRAME_HAS_LOCALS) && f->locals == AS_VALUE(globals);
}
/* Index of the unit being run; -1 before the first. */
static inline int frame_unit(const Frame *f) { return (int)(f->pc - f->code->instructions) - 1; }
int frame_line(const Frame *f);
static inline Frame *thread_frame(const Thread *t) { return t->frame; }

/* First chunk of a thread's frame stack; 0, -1 out of memory (raised). And its end. */
int frame_stack_init(Thread *t);
void frame_stack_drop(Thread *t);
Frame *frame_push_slow(Thread *t, size_t bytes);
void frame_pop_chunk(Thread *t);

/*
 * Room for a frame of this code: code, pc and bits are set, function and slots are not; it is not thread->frame yet. NULL raised
 * MemoryError.
 */
static inline Frame *frame_push(Thread *t, Code *code) {
    size_t bytes = frame_bytes(code);
    Frame *f = (Frame *)(void *)t->frame_top;
    if (__builtin_expect((size_t)(t->frame_end - t->frame_top) < bytes, 0)) {
        f = frame_push_slow(t, bytes);
        if (!f) return NULL;
    } else {
        t->frame_top += bytes;
        f->bits = 0;
    }
    f->code = code;
    f->pc = code->instructions;
    return f;
}

/* Gives a stack frame's memory back (the last that was pushed). */
static inline void frame_pop(Thread *t, Frame *f) {
    if (__builtin_expect(f->bits & FRAME_CHUNK_FIRST, 0)) frame_pop_chunk(t);
    else t->frame_top = (char *)f;
}

/*
 * Ends a frame's life (not its memory): its frame object takes the contents over if others hold it; else locals, mapping and
 * function are dropped. sp must be saved. The frame must not be thread->frame any more.
 */
void frame_end(Frame *f);
/* Drops locals and stack of a frame at rest: frame.clear(), generators. */
void frame_clear_values(Frame *f);
int frame_traverse_values(Frame *f, HeapVisit visit, void *arg);

/* The frame's object, made now if need be; new, NULL raised. */
Value frame_object(Frame *f);
/* f_locals: the mapping itself for module and class code, else a snapshot dict. New. */
Value frame_locals(Frame *f);
/* Writes a snapshot dict's values back into the locals (after a trace function ran). */
void frame_locals_to_fast(Frame *f);
#endif
