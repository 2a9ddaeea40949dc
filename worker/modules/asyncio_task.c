/* asyncio_task: coroutines run step by step by an event loop. */
#include "modules/asyncio.h"

#include "modules/fields.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/int.h"
#include "vm/generator.h"
#include "vm/vm.h"

static Value task_step(Future *t, Value exception_or_null);

/* ---- what the loop calls: a step, a wakeup ---- */

typedef struct Step {
    HeapObject head;
    Value task, exception; /* exception: to be thrown, or NULL */
} Step;

FIELDS_LIFE(step, 2)

static Value step_new(Future *t, Value exception) {
    Step *s = (Step *)value_alloc(ASYNCIO->step, 0);
    if (!s) return NULL;
    s->task = incref(AS_VALUE(t));
    s->exception = xincref(exception);
    value_track(AS_VALUE(s));
    return AS_VALUE(s);
}

static Value step_call(Value v, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (nargs || (kwnames && tuple_length(kwnames)))
        return raise_error(T_TypeError, "function takes no %s",
                           nargs ? "positional arguments" : "keyword arguments");
    return task_step((Future *)((Step *)v)->task, ((Step *)v)->exception);
}

static Value step_self(Value v, void *closure) {
    (void)closure;
    Value task = ((Step *)v)->task;
    return task ? incref(task) : NONE;
}

static const GetSet step_getset[] = {{"__self__", step_self, NULL, NULL, NULL}, {0}};

const TypeSpec asyncio_step_spec = {
    .name = "TaskStepMethWrapper",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Step),
    .slots = {.getattr = object_getattr,
              .traverse = step_traverse,
              .clear = step_clear,
              .free = step_free,
              .call = step_call},
    .getset = step_getset,
};

/* Has the next step done soon. */
static int call_step_soon(Future *t, Value exception) {
    Value step = step_new(t, exception);
    int status = step ? loop_call_soon(t->loop, step, NULL, t->context) : -1;
    xdecref(step);
    return status;
}

/* The future that the task waits for is done. */
static Value task_wakeup(Value self, Value future) {
    Value result = asyncio_is_exact(future) ? future_result((Future *)future)
                                            : value_call_method_noargs(future, NAME(result));
    if (result) {
        decref(result);
        return task_step((Future *)self, NULL);
    }
    Value exception = error_take(), done = task_step((Future *)self, exception);
    decref(exception);
    return done;
}

static const NativeMethod wakeup_row = METHOD_ONE("task_wakeup", task_wakeup, NULL);

/* ---- who runs ---- */

int asyncio_enter_task(Value loop, Value task) {
    Value current;
    int found = dict_find(ASYNCIO->current_tasks, loop, &current);
    if (found < 0) return -1;
    if (found)
        return raise_int(T_RuntimeError, "Cannot enter into task %R while another task %R is being executed.",
                         task, current);
    return dict_set(ASYNCIO->current_tasks, loop, task);
}

int asyncio_leave_task(Value loop, Value task) {
    Value current;
    int found = dict_find(ASYNCIO->current_tasks, loop, &current);
    if (found < 0) return -1;
    if (!found || current != task)
        return raise_int(T_RuntimeError, "Leaving task %R does not match the current task %R.", task,
                         found ? current : NONE);
    return dict_delete(ASYNCIO->current_tasks, loop) < 0 ? -1 : 0;
}

int asyncio_register_task(Value task) {
    Value done = value_call_method_one(ASYNCIO->all_tasks, NAME(add), task);
    xdecref(done);
    return done ? 0 : -1;
}

/* ---- a step ---- */

int asyncio_cancel(Value future, Value message) {
    Value method = value_getattr_cstr(future, "cancel"), names = method ? str_intern_cstr("msg") : NULL;
    Value keyword = names ? tuple_pack(1, names) : NULL, arg = message ? message : NONE;
    Value done = keyword ? value_call(method, &arg, 0, keyword) : NULL;
    int truth = done ? value_is_true(done) : -1;
    xdecref(done);
    xdecref(keyword);
    xdecref(names);
    xdecref(method);
    return truth;
}

/* Throws an error of the task's own making into its coroutine at the next step. */
static int fail_soon(Future *t, Value message_steal) {
    Value exception = message_steal ? exception_from_text(T_RuntimeError, message_steal) : NULL;
    int status = exception ? call_step_soon(t, exception) : -1;
    xdecref(exception);
    xdecref(message_steal);
    return status;
}

static Value wakeup_of(Future *t) { return native_new(&wakeup_row, AS_VALUE(t), NULL); }

/* Asks an awaited future for a callback, whatever class it is of. */
static int add_wakeup(Future *t, Value future) {
    Value wakeup = wakeup_of(t);
    if (!wakeup) return -1;
    int status;
    if (asyncio_is_exact(future)) {
        ((Future *)future)->blocking = false;
        status = future_add_callback((Future *)future, wakeup, t->context);
    } else {
        status = value_setattr(future, ASYNCIO->blocking_name, FALSE);
        Value method = status == 0 ? value_getattr(future, ASYNCIO->add_done_callback) : NULL;
        Value args[2] = {wakeup, t->context},
              done = method ? value_call(method, args, 1, ASYNCIO->context_name) : NULL;
        status = done ? 0 : -1;
        xdecref(done);
        xdecref(method);
    }
    decref(wakeup);
    return status;
}

static int wait_for(Future *t, Value future) {
    if (add_wakeup(t, future) < 0) return -1;
    SET_FIELD_STEAL(t->waiter, incref(future));
    if (!t->must_cancel) return 0;
    int cancelled = asyncio_cancel(future, t->cancel_message);
    if (cancelled > 0) t->must_cancel = false;
    return cancelled < 0 ? -1 : 0;
}

static Value loop_of(Value future) {
    if (asyncio_is_exact(future)) return incref(((Future *)future)->loop);
    Value get, loop;
    Value name = str_intern_cstr("get_loop");
    int found = name ? value_getattr_optional(future, name, &get) : -1;
    xdecref(name);
    if (found < 0) return NULL;
    if (!found) return value_getattr_cstr(future, "_loop");
    loop = value_call_noargs(get);
    decref(get);
    return loop;
}

static int take_yielded_future(Future *t, Value future, bool blocking) {
    if (future == AS_VALUE(t))
        return fail_soon(t, str_format("Task cannot await on itself: %R", AS_VALUE(t)));
    Value loop = loop_of(future);
    if (!loop) return -1;
    bool foreign = loop != t->loop;
    decref(loop);
    if (foreign)
        return fail_soon(
            t, str_format("Task %R got Future %R attached to a different loop", AS_VALUE(t), future));
    if (blocking) return wait_for(t, future);
    return fail_soon(
        t, str_format("yield was used instead of yield from in task %R with %R", AS_VALUE(t), future));
}

/* What the coroutine yielded: a future to wait for, None to go on soon, or a mistake. */
static int take_yielded(Future *t, Value v) {
    if (v == NONE) return call_step_soon(t, NULL);
    if (asyncio_is_exact(v)) return take_yielded_future(t, v, ((Future *)v)->blocking);
    Value blocking;
    int found = value_getattr_optional(v, ASYNCIO->blocking_name, &blocking);
    if (found < 0) return -1;
    if (found && blocking != NONE) {
        int truth = value_is_true(blocking);
        decref(blocking);
        return truth < 0 ? -1 : take_yielded_future(t, v, truth);
    }
    if (is_exact_generator(v))
        return fail_soon(t,
                         str_format("yield was used instead of yield from for generator in task %R with %R",
                                    AS_VALUE(t), v));
    return fail_soon(t, str_format("Task got bad yield: %R", v));
}

/* The coroutine returned. */
static int take_result(Future *t, Value result) {
    if (!t->must_cancel) return future_set_result(t, result);
    t->must_cancel = false;
    Value message = xincref(t->cancel_message);
    int done = future_cancel(t, message);
    xdecref(message);
    return done < 0 ? -1 : 0;
}

/* The coroutine raised what is pending. */
static int take_exception(Future *t) {
    Value exception = error_take();
    int cancelled = exception_matches(exception, ASYNCIO->cancelled_error), status = -1;
    if (cancelled > 0) {
        SET_FIELD_STEAL(t->cancelled_exception, incref(exception));
        status = future_cancel(t, NULL) < 0 ? -1 : 0;
    } else if (cancelled == 0) {
        status = future_set_exception(t, exception);
    }
    if (status == 0 && (IS(exception, KeyboardInterrupt) || IS(exception, SystemExit))) {
        error_restore_steal(exception);
        return -1;
    }
    decref(exception);
    return status;
}

/* Runs the coroutine until it yields, returns or raises. */
static SendResult resume(Value coroutine, Value exception, Value *result) {
    Type *type = type_of(coroutine);
    if (!exception && type->slots.send) return type->slots.send(coroutine, NONE, result);
    *result = exception ? value_call_method_one(coroutine, NAME(throw), exception)
                        : value_call_method_one(coroutine, NAME(send), NONE);
    if (*result) return SEND_YIELDED;
    if (!error_matches(T_StopIteration)) return SEND_RAISED;
    return stop_iteration_take(result) < 0 ? SEND_RAISED : SEND_RETURNED;
}

static int run_coroutine(Future *t, Value exception) {
    Value result = NULL, coroutine = incref(t->coroutine);
    SendResult sent = resume(coroutine, exception, &result);
    decref(coroutine);
    int status = sent == SEND_RAISED     ? take_exception(t)
                 : sent == SEND_RETURNED ? take_result(t, result)
                                         : take_yielded(t, result);
    if (sent != SEND_RAISED) xdecref(result);
    return status;
}

/* What is to be thrown: a requested cancellation goes before another exception. New or NULL; -1 raised. */
static int pending_cancel(Future *t, Value given, Value *out) {
    *out = xincref(given);
    if (!t->must_cancel) return 0;
    int already = given ? exception_matches(given, ASYNCIO->cancelled_error) : 0;
    t->must_cancel = false;
    if (already == 0) SET_FIELD_STEAL(*out, future_cancelled_error(t));
    return already < 0 || !*out ? -1 : 0;
}

static Value task_step(Future *t, Value given) {
    Value exception;
    if (t->state != FUTURE_PENDING) {
        Value text = str_format("__step(): already done: %R %R", AS_VALUE(t), given ? given : NONE);
        if (text) future_raise_invalid(str_wtf8(text, NULL));
        xdecref(text);
        return NULL;
    }
    if (pending_cancel(t, given, &exception) < 0) return NULL;
    CLEAR_FIELD(t->waiter);
    incref(AS_VALUE(t));
    int status = asyncio_enter_task(t->loop, AS_VALUE(t));
    if (status == 0) {
        status = run_coroutine(t, exception);
        Value pending = error_pending() ? error_take() : NULL;
        if (asyncio_leave_task(t->loop, AS_VALUE(t)) < 0) status = -1;
        if (pending) {
            if (error_pending()) error_clear();
            error_restore_steal(pending);
        }
    }
    xdecref(exception);
    decref(AS_VALUE(t));
    return status < 0 ? NULL : NONE;
}

/* ---- making ---- */

static int is_coroutine(Value v) {
    if (is_exact_coroutine(v)) return 1;
    Value answer = value_call_one(ASYNCIO->is_coroutine, v);
    int truth = answer ? value_is_true(answer) : -1;
    xdecref(answer);
    return truth;
}

static Value name_of(Value given) {
    if (given && given != NONE) return IS_EXACT(given, str) ? incref(given) : value_str(given);
    return str_format("Task-%llu", (unsigned long long)++ASYNCIO->task_names);
}

static Value context_of(Value given) {
    return given && given != NONE ? incref(given) : value_call_noargs(ASYNCIO->copy_context);
}

static int task_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"coro", "loop", "name", "context", NULL};
    static const ArgSpec spec = {"Task", names, 4, 1, 1};
    Value out[4];
    Future *t = (Future *)self;
    if (!args_bind(&spec, args, nargs, kwnames, out) || future_init(t, out[1]) < 0) return -1;
    int coroutine = is_coroutine(out[0]);
    t->log_destroy_pending = false;
    if (coroutine <= 0)
        return coroutine < 0 ? -1 : raise_int(T_TypeError, "a coroutine was expected, got %R", out[0]);
    t->context = context_of(out[3]);
    t->name = t->context ? name_of(out[2]) : NULL;
    if (!t->name) return -1;
    t->coroutine = incref(out[0]);
    t->cancels_requested = 0;
    t->log_destroy_pending = true;
    rt->finalizers_seen = true;
    return call_step_soon(t, NULL) < 0 ? -1 : asyncio_register_task(self);
}

bool task_finalize(Future *t) {
    if (t->state != FUTURE_PENDING || !t->log_destroy_pending || !t->loop) return false;
    future_tell_loop(t, "task", "Task was destroyed but it is pending!", NULL);
    return true;
}

/* ---- methods ---- */

static Value task_cancel(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"msg", NULL};
    static const ArgSpec spec = {"cancel", names, 1, 0, 1};
    Value out[1];
    Future *t = (Future *)v;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    t->log_traceback = false;
    if (t->state != FUTURE_PENDING) return FALSE;
    t->cancels_requested++;
    if (t->waiter) {
        Value waiter = incref(t->waiter);
        int done = asyncio_cancel(waiter, out[0]);
        decref(waiter);
        if (done) return done < 0 ? NULL : TRUE;
    }
    t->must_cancel = true;
    SET_FIELD_STEAL(t->cancel_message, out[0] && out[0] != NONE ? incref(out[0]) : NULL);
    return TRUE;
}

static Value task_cancelling(Value v) { return small_int_new(((Future *)v)->cancels_requested); }

static Value task_uncancel(Value v) {
    Future *t = (Future *)v;
    if (t->cancels_requested > 0) t->cancels_requested--;
    return small_int_new(t->cancels_requested);
}

static Value task_get_name(Value v) { return ((Future *)v)->name ? incref(((Future *)v)->name) : NONE; }
static Value task_get_coro(Value v) {
    return ((Future *)v)->coroutine ? incref(((Future *)v)->coroutine) : NONE;
}

static Value task_set_name(Value v, Value name) {
    Value text = IS_EXACT(name, str) ? incref(name) : value_str(name);
    if (!text) return NULL;
    SET_FIELD_STEAL(((Future *)v)->name, text);
    return NONE;
}

static Value task_set_result(Value v, Value result) {
    (void)v, (void)result;
    return raise_error(T_RuntimeError, "Task does not support set_result operation");
}

static Value task_set_exception(Value v, Value exception) {
    (void)v, (void)exception;
    return raise_error(T_RuntimeError, "Task does not support set_exception operation");
}

static Value task_get_stack(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"limit", NULL};
    static const ArgSpec spec = {"get_stack", names, 1, 0, 0};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value get = module_import_attr("asyncio.base_tasks", "_task_get_stack");
    Value stack = get ? value_call_two(get, v, out[0] ? out[0] : NONE) : NULL;
    xdecref(get);
    return stack;
}

static Value task_print_stack(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"limit", "file", NULL};
    static const ArgSpec spec = {"print_stack", names, 2, 0, 0};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value print = module_import_attr("asyncio.base_tasks", "_task_print_stack");
    Value done = print ? value_call_three(print, v, out[0] ? out[0] : NONE, out[1] ? out[1] : NONE) : NULL;
    xdecref(print);
    return done;
}

static const NativeMethod task_methods[] = {
    METHOD_KW(
        "cancel", task_cancel,
        "cancel($self, /, msg=None)\n--\n\nAsks the task to cancel itself: CancelledError is thrown into "
        "its coroutine."),
    METHOD_NOARGS("cancelling", task_cancelling,
                  "cancelling($self, /)\n--\n\nHow many requests to cancel there are."),
    METHOD_NOARGS("uncancel", task_uncancel,
                  "uncancel($self, /)\n--\n\nTakes one request back; how many are left."),
    METHOD_NOARGS("get_name", task_get_name, "get_name($self, /)\n--\n\n"),
    METHOD_ONE("set_name", task_set_name, "set_name($self, value, /)\n--\n\n"),
    METHOD_NOARGS("get_coro", task_get_coro, "get_coro($self, /)\n--\n\n"),
    METHOD_ONE("set_result", task_set_result, "set_result($self, result, /)\n--\n\n"),
    METHOD_ONE("set_exception", task_set_exception, "set_exception($self, exception, /)\n--\n\n"),
    METHOD_KW("get_stack", task_get_stack,
              "get_stack($self, /, *, limit=None)\n--\n\nThe frames of the task's coroutine."),
    METHOD_KW("print_stack", task_print_stack,
              "print_stack($self, /, *, limit=None, file=None)\n--\n\nPrints them."),
    METHOD_END,
};

static Value get_field(Value v, void *closure) {
    Value found = *(Value *)(void *)((char *)v + (uintptr_t)closure);
    return found ? incref(found) : NONE;
}

static Value get_must_cancel(Value v, void *closure) {
    return (void)closure, BOOL(((Future *)v)->must_cancel);
}
static Value get_log_destroy(Value v, void *closure) {
    return (void)closure, BOOL(((Future *)v)->log_destroy_pending);
}

static int set_log_destroy(Value v, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_AttributeError, "cannot delete attribute");
    int truth = value_is_true(value);
    if (truth < 0) return -1;
    ((Future *)v)->log_destroy_pending = truth;
    return 0;
}

static const GetSet task_getset[] = {
    {"_log_destroy_pending", get_log_destroy, set_log_destroy, NULL, NULL},
    {"_must_cancel", get_must_cancel, NULL, NULL, NULL},
    {"_coro", get_field, NULL, NULL, (void *)offsetof(Future, coroutine)},
    {"_fut_waiter", get_field, NULL, NULL, (void *)offsetof(Future, waiter)},
    {0},
};

const TypeSpec asyncio_task_spec = {
    .name = "_asyncio.Task",
    .doc = "A coroutine that an event loop runs, and the future of its result.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Future),
    .has_attrs = true,
    .slots = {.init = task_init},
    .methods = task_methods,
    .getset = task_getset,
};
