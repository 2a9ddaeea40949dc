/*
 * generator: generators, coroutines and async generators: a frame that rests in an object between its runs.
 *
 * States. created (not begun) -> running <-> suspended (at a YIELD_VALUE) -> done (the frame's values are gone).
 * A running generator's frame is linked into its thread's frames and its `handled` level into the thread's stack of handled
 * exceptions; both are unlinked when it yields. The evaluator resumes generators of FOR_ITER and SEND itself, by generator_begin;
 * native code does it by generator_send.
 */
#ifndef ATOLL_VM_GENERATOR_H
#define ATOLL_VM_GENERATOR_H

#include "objects/error.h"
#include "vm/frame.h"

typedef enum GeneratorState {
    GENERATOR_CREATED,
    GENERATOR_SUSPENDED,
    GENERATOR_RUNNING,
    GENERATOR_DONE
} GeneratorState;

typedef struct Generator {
    HeapObject head;
    Value name, qualname;
    Code *code;                /* owned */
    Value origin_or_finalizer; /* cr_origin of a coroutine; finalizer hook of an async generator; or NULL */
    Handled handled;
    uint32_t jump; /* of the FOR_ITER or SEND that resumed it: how far when it ends */
    uint8_t state;
    bool hooks_called, closed, running_async; /* of an async generator */
    Frame frame;                              /* locals and stack follow */
} Generator;

static inline Generator *generator_of_frame(Frame *f) {
    return (Generator *)(void *)((char *)f - offsetof(Generator, frame));
}
static inline bool is_exact_generator(Value v) { return is_object(v) && type_of(v) == TYPE(generator); }
static inline bool is_exact_coroutine(Value v) { return is_object(v) && type_of(v) == TYPE(coroutine); }
static inline bool is_exact_async_generator(Value v) {
    return is_object(v) && type_of(v) == TYPE(async_generator);
}

/* RETURN_GENERATOR: a new object of the kind that the code's flags ask for, into which the (stack) frame moves. sp, pc saved.
 * The stack frame's memory is the caller's to pop. NULL raised: then the frame is as it was. */
Value generator_new(Frame *f);

/* Links a created or suspended generator's frame as the innermost one, with the sent value (stolen) on its stack. */
static inline void generator_begin(Thread *t, Generator *g, Value sent_steal, FrameReturn how) {
    Frame *f = &g->frame;
    *f->sp++ = sent_steal;
    f->bits = (f->bits & ~(uint32_t)RETURN_MASK) | how;
    g->state = GENERATOR_RUNNING;
    g->handled.previous = t->handled;
    t->handled = &g->handled;
    f->back = t->frame;
    t->frame = f;
}

/* Unlinks it again: it yielded (GENERATOR_SUSPENDED) or ended (GENERATOR_DONE). */
static inline void generator_leave(Thread *t, Generator *g, GeneratorState state) {
    t->handled = g->handled.previous;
    t->frame = g->frame.back;
    g->handled.previous = NULL;
    g->frame.back = NULL;
    g->state = state;
}

/* After the frame ended: its values go. */
void generator_drop_frame(Generator *g);
/* Finalizer: close, or the async hook, or the "never awaited" warning. Errors are printed. */
void generator_finalize(Value generator);

/* Resumes with a value (NULL: as next() does). *result new. SEND_RAISED may come without an exception when arg is NULL: exhausted. */
SendResult generator_send(Generator *g, Value arg_or_null, Value *result);
/* Resumes with the pending exception raised inside (not passed on to a sub-iterator). */
SendResult generator_raise(Generator *g, Value *result);
/* g.throw with its 1 to 3 arguments: a sub-iterator gets them as they are, and who has none makes the exception.
 * close_on_exit: GeneratorExit closes the sub-iterator instead of being thrown there. */
SendResult generator_throw(Generator *g, Value const *args, size_t nargs, bool close_on_exit, Value *result);
/* The object that it delegates to (yield from, await), new, or NULL. */
Value generator_delegate(Generator *g);
/* Sends to any iterator, as SEND does. */
SendResult iterator_send(Value iterator, Value v, Value *result);
/* If no exception or StopIteration is pending: takes it; *value new. 0; -1 another one is pending. */
int stop_iteration_take(Value *value);
/* (type, value, tb) or an instance, checked as generator.throw does: the instance, new; NULL raised. */
Value throw_arguments(Value const *args, size_t nargs);
/* Turns a send's result into what a `send` method returns: StopIteration(value) when it returned. */
Value send_result_value(SendResult sent, Value result);

Value async_wrapped_new(Value v); /* ASYNC_GEN_WRAP */
Value anext_awaitable_new(Value awaitable, Value fallback);
/* The iterator behind `await v`; context 0 plain, 1 __aenter__, 2 __aexit__ for the message. New. */
Value awaitable_iter(Value v);

/* Rows that the three kinds share (generator.c). */
int generator_traverse(HeapObject *o, HeapVisit visit, void *arg);
void generator_clear(Heap *heap, HeapObject *o);
bool generator_kind_finalize(Heap *heap, HeapObject *o);
void generator_free(Heap *heap, HeapObject *o);
Value generator_repr(Value v);
Value generator_get_name(Value v, void *closure);
Value generator_get_qualname(Value v, void *closure);
int generator_set_name(Value v, Value value, void *closure);
int generator_set_qualname(Value v, Value value, void *closure);
Value generator_get_frame(Value v, void *closure);
Value generator_get_running(Value v, void *closure);
Value generator_get_suspended(Value v, void *closure);
Value generator_get_code(Value v, void *closure);
Value generator_get_delegate(Value v, void *closure);
Value generator_method_send(Value v, Value arg);
Value generator_method_throw(Value v, Value const *args, size_t nargs);
Value generator_method_close(Value v);
Value generator_method_del(Value v);
SendResult generator_slot_send(Value v, Value sent, Value *result);

#endif
