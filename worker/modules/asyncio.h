/*
 * asyncio: the parts of _asyncio: futures, the tasks that run coroutines, and who is running.
 *
 * Idea. A Task is a Future whose result is what its coroutine returns. One step of a task sends into the coroutine until it yields a
 * future; the task then waits to be called back by it. Everything goes through the loop's call_soon, so the order is the loop's.
 *
 * States: pending -> finished or cancelled, once. Task is the same struct as Future, so that both have their attributes in one place.
 */
#ifndef ATOLL_MODULES_ASYNCIO_H
#define ATOLL_MODULES_ASYNCIO_H

#include "modules/module.h"
#include "objects/str.h"

typedef enum FutureState { FUTURE_PENDING, FUTURE_CANCELLED, FUTURE_FINISHED } FutureState;

typedef struct Future {
    HeapObject head;
    /* references, NULL: none */
    Value loop, callback, callback_context; /* the first callback; the usual only one */
    Value more_callbacks;                   /* list of (callback, context), or NULL */
    Value result, exception, exception_traceback, cancel_message, cancelled_exception, source_traceback;
    /* of a task */
    Value coroutine, name, context, waiter; /* waiter: the future it waits for */
    uint8_t state;
    bool log_traceback, blocking;
    bool must_cancel, log_destroy_pending, is_task;
    int64_t cancels_requested;
    Attrs attrs;
} Future;

enum { FUTURE_FIELDS = 14 };

typedef struct AsyncioState {
    Type *future, *task, *future_iter, *step;
    Value running_loops; /* dict: thread id -> loop */
    Value current_tasks; /* dict: loop -> task */
    Value all_tasks;     /* weakref.WeakSet */
    Value context_name;  /* ("context",) */
    /* of other modules, taken when this one is imported: they may be gone when the last futures die */
    Value cancelled_error, invalid_state_error, copy_context, is_coroutine, future_repr, task_repr,
        extract_stack, policy;
    Value call_soon, get_debug, blocking_name, add_done_callback; /* names */
    uint64_t task_names;
} AsyncioState;

#define ASYNCIO MODULE_STATE(asyncio, AsyncioState)

extern const TypeSpec asyncio_future_spec, asyncio_future_iter_spec, asyncio_task_spec, asyncio_step_spec;

static inline bool asyncio_is_future(Value v) {
    return is_object(v) && value_is_instance(v, ASYNCIO->future);
}
/* Exactly one of ours: nothing of it can be overridden. */
static inline bool asyncio_is_exact(Value v) {
    return is_object(v) && (type_of(v) == ASYNCIO->task || type_of(v) == ASYNCIO->future);
}

/* ---- futures (asyncio_future.c) ---- */

/* __init__; loop NULL or None: the current one. 0, -1. */
int future_init(Future *f, Value loop_or_null);
void future_drop_fields(Future *f);
Value future_raise_invalid(const char *message); /* InvalidStateError; NULL */
/* loop.call_soon(callback[, arg], context=context). 0, -1. */
int loop_call_soon(Value loop, Value callback, Value arg_or_null, Value context_or_null);
int future_add_callback(Future *f, Value callback, Value context_or_null);
/* Makes a pending one done. 0, -1. */
int future_set_result(Future *f, Value result);
int future_set_exception(Future *f, Value exception);
/* 1 cancelled now, 0 it was done, -1 raised. */
int future_cancel(Future *f, Value message_or_null);
/* The result, new; or NULL with its exception, or InvalidStateError, raised. */
Value future_result(Future *f);
/* The CancelledError of a cancelled one, new. */
Value future_cancelled_error(Future *f);
/* Tells the loop of something wrong about v: message and, if given, exception. Errors are shown and dropped. */
void future_tell_loop(Future *f, const char *key, const char *message, Value exception_or_null);

/* ---- tasks (asyncio_task.c) ---- */

bool task_finalize(Future *f);
/* any_future.cancel(msg=message): 1, 0, -1. */
int asyncio_cancel(Value future, Value message_or_null);
int asyncio_enter_task(Value loop, Value task);
int asyncio_leave_task(Value loop, Value task);
int asyncio_register_task(Value task);

/* ---- the module (m_asyncio.c) ---- */

Value asyncio_running_loop_borrow(void); /* of this thread, or NULL (nothing raised) */
Value asyncio_current_loop(void);        /* running, or the policy's. New */

#endif
