/*
 * eval_loop: the body of eval_fast and eval_traced; included by eval.c with EVAL_NAME and TRACED defined.
 *
 * Registers: pc (next unit), sp (first free stack slot), fp (frame), consts. At an instruction's code pc is just behind its
 * first unit; caches are skipped at its end (SKIP), so that on an error pc[-1] is still part of it. fp->pc is saved (SAVE) before
 * anything that may run other code, raise or look at frames.
 *
 * Ways out of an instruction: NEXT(); goto error (an exception is pending); goto enter (nf holds a filled new frame whose caller
 * state is saved); goto leave (retval holds the frame's result).
 */
#define LOCAL(i) (fp->slots[i])
#define PUSH(v) (*sp++ = (v))
#define POP() (*--sp)
#define TOP() (sp[-1])
#define PEEK(n) (sp[-(int)(n)])
#define NAME_AT(i) (((Tuple *)fp->code->names)->items[i])
#define SAVE() (fp->pc = pc, fp->sp = sp)
#define SKIP(n) (pc += (n))
#define CACHE(type) ((type *)(void *)pc)
#define IS_KIND(v, id) (is_object(v) && (v)->head.kind == &TYPE(id)->kind)
#define RELOAD() (consts = ((Tuple *)fp->code->consts)->items)

#define OP(name) L_##name:
#if TRACED
#define NEXT()                                                                                                         \
    do {                                                                                                               \
        fp->pc = pc + 1;                                                                                               \
        fp->sp = sp;                                                                                                   \
        if (UNLIKELY(trace_instruction(t, fp) < 0)) {                                                                  \
            pc++;                                                                                                      \
            goto error;                                                                                                \
        }                                                                                                              \
        pc = fp->pc - 1; /* it may have set f_lineno */                                                                \
        sp = fp->sp;                                                                                                   \
        NEXT_QUIET();                                                                                                  \
    } while (0)
#else
#define NEXT() NEXT_QUIET()
#endif
#define NEXT_QUIET()                                                                                                   \
    do {                                                                                                               \
        uint32_t unit_ = *(const uint32_t *)(const void *)pc;                                                          \
        pc++;                                                                                                          \
        oparg = unit_ >> 16;                                                                                           \
        goto *labels[unit_ & 0xff];                                                                                    \
    } while (0)

/* A backward jump: one unit of work, and a look at the breaker while pc still belongs to the jump. */
#define JUMP_BACK(distance)                                                                                            \
    do {                                                                                                               \
        Instr *target_ = pc - (distance);                                                                              \
        if (UNLIKELY(--t->fuel_left < 0 || breaker_bits())) {                                                          \
            poll_target = target_;                                                                                     \
            goto poll;                                                                                                 \
        }                                                                                                              \
        pc = target_;                                                                                                  \
        NEXT();                                                                                                        \
    } while (0)

static __attribute__((noinline)) EvalExit EVAL_NAME(Thread *const t, EvalBegin begin, Value *out) {
    static const void *const labels[256] = {
#define OPCODE(name, cache_units, pops, pushes, operand) [OPCODE_##name] = &&L_##name,
#if TRACED
#define SPECIALIZED(name, base) [OPCODE_##name] = &&L_##base,
#else
#define SPECIALIZED(name, base) [OPCODE_##name] = &&L_##name,
#endif
#include "vm/opcodes.def"
#undef OPCODE
        [OPCODE_COUNT ... 255] = &&L_unknown,
    };
    Frame *fp = t->frame;
    Instr *pc = fp->pc;
    Value *sp = fp->sp;
    Value const *consts;
    uint32_t oparg;
    Value kwnames = NULL;
    Value retval;
    Frame *nf;
    Instr *poll_target;

    RELOAD();
    if (fp->pc == fp->code->instructions) sp = frame_stack(fp);
    if (begin == EVAL_RAISING) goto error;
    if (begin == EVAL_THROWING) {
        if (t->handled->exception && t->handled->exception != NONE) { /* of the generator itself: not its caller's */
            Value thrown = error_take();
            raise_value(thrown);
            decref(thrown);
        }
#if TRACED
        trace_throw(t, fp);
#endif
        goto error;
    }
    NEXT_QUIET();

#include "vm/eval_stack.h"
#include "vm/eval_binary.h"
#include "vm/eval_attr.h"
#include "vm/eval_flow.h"
#include "vm/eval_iter.h"
#include "vm/eval_call.h"
#include "vm/eval_build.h"
#if !TRACED
#include "vm/eval_fused.h"
#endif

    OP(unknown) {
        raise_error(T_SystemError, "unknown opcode %d", (int)pc[-1].op);
        goto error;
    }

poll:
    SAVE();
    if (breaker_poll() < 0) goto error;
    pc = poll_target;
    if (trace_is_on(t) != TRACED) {
        fp->pc = pc;
        fp->last_line = -1;
        return EVAL_SWITCH;
    }
    NEXT();

    /* ---- a new frame begins; fp's pc and sp are saved ---- */
enter:
    nf->back = fp;
    t->frame = nf;
    fp = nf;
    pc = nf->pc;
    sp = frame_stack(nf);
    RELOAD();
#if !TRACED
    if (LIKELY(pc->op == OPCODE_RESUME_QUICK && t->fuel_left > 0 && !breaker_bits())) {
        t->fuel_left--;
        pc++;
    }
#endif
    NEXT_QUIET();

no_frame:
    t->depth--;
    goto error;

    /* ---- a frame ends with retval; its stack is empty ---- */
leave:
#if TRACED
    SAVE();
    if (trace_return(t, fp, retval) < 0) {
        decref(retval);
        goto unwind_frame;
    }
#endif
    if (LIKELY(fp->bits <= RETURN_INIT)) { /* a frame on the stack that nobody else has seen */
        Frame *done = fp;
        Value *slot = done->slots, *end = slot + done->code->locals_plus_count;
        uint32_t way = done->bits;
        fp = done->back;
        t->frame = fp;
        for (; slot < end; slot++) {
            Value v = *slot;
            if (is_object(v) && v) heap_decref(rt->heap, &v->head);
        }
        DECREF(done->function);
        t->frame_top = (char *)done;
        if (way == RETURN_TO_NATIVE) {
            *out = retval;
            return EVAL_DONE;
        }
        t->depth--;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
        if (LIKELY(way == RETURN_TO_PYTHON)) PUSH(retval);
        else if (UNLIKELY(retval != NONE)) goto init_returned;
        NEXT();
    }
    {
        Frame *done = fp;
        uint32_t bits = done->bits, jump = 0;
        SAVE(); /* where it ended is seen in a frame object that outlives it */
        fp = done->back;
        if (bits & FRAME_GENERATOR) {
            Generator *g = generator_of_frame(done);
            jump = g->jump;
            generator_end(t, g);
        } else {
            t->frame = fp;
            frame_end(done);
            frame_pop(t, done);
        }
        if ((bits & RETURN_MASK) == RETURN_TO_NATIVE) {
            *out = retval;
            return EVAL_DONE;
        }
        t->depth--;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
        switch (bits & RETURN_MASK) {
        case RETURN_INIT:
            if (UNLIKELY(retval != NONE)) {
            init_returned:
                raise_error(T_TypeError, "__init__() should return None, not '%T'", retval);
                decref(retval);
                goto error;
            }
            break;
        case RETURN_FOR_ITER: /* pc is behind FOR_ITER's first unit */
            decref(retval);
            decref(POP());
            pc += 1 + jump;
            break;
        case RETURN_SEND: {
            Value receiver = TOP();
#if TRACED
            if (trace_sent(t, fp, receiver, retval) < 0) {
                decref(retval);
                goto error;
            }
#endif
            TOP() = retval;
            decref(receiver);
            pc += jump;
            break;
        }
        default: PUSH(retval); break;
        }
#if !TRACED
        if (UNLIKELY(bits & FRAME_TRACED) && trace_is_on(t)) {
            SAVE();
            fp->last_line = frame_line(fp);
            return EVAL_SWITCH;
        }
#endif
        NEXT();
    }

    /* ---- a generator's frame rests; retval is what it yields ---- */
rest: {
        Generator *g = generator_of_frame(fp);
        SAVE();
        uint32_t how = fp->bits & RETURN_MASK;
#if TRACED
        if (trace_return(t, fp, retval) < 0) {
            decref(retval);
            goto error;
        }
#endif
        generator_leave(t, g, GENERATOR_SUSPENDED);
        if (how == RETURN_TO_NATIVE) {
            *out = retval;
            return EVAL_DONE;
        }
        t->depth--;
        fp = t->frame;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
        if (how == RETURN_FOR_ITER) SKIP(1);
        PUSH(retval);
        NEXT();
    }

    /* ---- an exception is pending; pc[-1] belongs to the instruction that raised ---- */
error:
    fp->pc = pc;
    fp->sp = sp;
    unwind_add_traceback(fp);
#if TRACED
    trace_exception(t, fp);
#endif

unwind: { /* for re-raises: fp->pc says where the exception came from, pc where it was raised again */
        Code *code = fp->code;
        const ExceptionRow *row =
            code->exception_row_count ? unwind_handler(code, (uint32_t)(pc - code->instructions) - 1) : NULL;
        if (row && LIKELY(!is_ending())) {
            Value *base = frame_stack(fp) + (row->depth_lasti >> 1);
            while (sp > base) xdecref(POP());
            if (row->depth_lasti & 1) PUSH(small_int_new(frame_unit(fp)));
            PUSH(error_take());
            pc = code->instructions + row->target;
            NEXT();
        }
        Value *base = frame_stack(fp);
        while (sp > base) xdecref(POP());
    }

#if TRACED
unwind_frame:
#endif
    {
        Frame *done = fp;
        uint32_t bits = done->bits;
        done->sp = frame_stack(done);
#if TRACED
        trace_return(t, done, NULL);
#endif
        fp = done->back;
        if (bits & FRAME_GENERATOR) {
            convert_stop_iteration(done->code);
            Value pending = error_take(); /* the frame's values may run code as they go */
            generator_end(t, generator_of_frame(done));
            error_restore_steal(pending);
        } else {
            Value pending = error_take();
            t->frame = fp;
            frame_end(done);
            frame_pop(t, done);
            error_restore_steal(pending);
        }
        if ((bits & RETURN_MASK) == RETURN_TO_NATIVE) {
            *out = NULL;
            return EVAL_DONE;
        }
        t->depth--;
        pc = fp->pc;
        sp = fp->sp;
        RELOAD();
#if !TRACED
        if (UNLIKELY(bits & FRAME_TRACED) && trace_is_on(t)) return EVAL_SWITCH_RAISING;
#endif
        goto error;
    }
}

#undef OP
#undef NEXT
#undef NEXT_QUIET
#undef JUMP_BACK
#undef JUMP_BACK_WARM
#undef LOCAL
#undef PUSH
#undef POP
#undef TOP
#undef PEEK
#undef NAME_AT
#undef SAVE
#undef SKIP
#undef CACHE
#undef IS_KIND
#undef RELOAD
