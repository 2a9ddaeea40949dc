/* asyncio_future: results to come, and what is to be called when they do. */
#include "modules/asyncio.h"

#include <stdio.h>

#include "modules/fields.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/function.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "vm/generator.h"

/* ---- life ---- */

static Value future_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    Future *f = (Future *)value_alloc(type, 0);
    if (!f) return NULL;
    memset(&f->loop, 0, offsetof(Future, attrs) - offsetof(Future, loop));
    f->is_task = type_is_subtype(type, ASYNCIO->task);
    value_track(AS_VALUE(f));
    return AS_VALUE(f);
}

static int future_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    int stop = fields_traverse(o, FUTURE_FIELDS, visit, arg);
    return stop ? stop : attrs_traverse((Value)o, visit, arg);
}

void future_drop_fields(Future *f) { fields_drop(&f->head, FUTURE_FIELDS); }

static void future_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    future_drop_fields((Future *)o);
    attrs_clear((Value)o);
}

static void future_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    future_drop_fields((Future *)o);
    value_free((Value)o);
}

void future_tell_loop(Future *f, const char *key, const char *message, Value exception) {
    Value context = dict_new(), text = context ? str_from_cstr(message) : NULL, done = NULL;
    Value handler = text ? value_getattr_cstr(f->loop, "call_exception_handler") : NULL;
    if (handler && (exception || dict_set_cstr(context, key, AS_VALUE(f)) == 0) &&
        dict_set_cstr(context, "message", text) == 0 &&
        (!exception || (dict_set_cstr(context, "exception", exception) == 0 &&
                        dict_set_cstr(context, key, AS_VALUE(f)) == 0)) &&
        (!f->source_traceback || dict_set_cstr(context, "source_traceback", f->source_traceback) == 0))
        done = value_call_one(handler, context);
    if (!done) error_unraisable(AS_VALUE(f), NULL);
    xdecref(done);
    xdecref(handler);
    xdecref(text);
    xdecref(context);
}

/* An exception that nobody asked for is told of. */
static bool finalize_future(Future *f) {
    if (!f->log_traceback || !f->loop || !f->exception) return false;
    char message[200];
    snprintf(message, sizeof message, "%.100s exception was never retrieved",
             strrchr(type_name_of(AS_VALUE(f)), '.') ? strrchr(type_name_of(AS_VALUE(f)), '.') + 1
                                                     : type_name_of(AS_VALUE(f)));
    f->log_traceback = false;
    future_tell_loop(f, "future", message, f->exception);
    return true;
}

static bool future_finalize(Heap *heap, HeapObject *o) {
    (void)heap;
    Future *f = (Future *)o;
    Value pending = error_pending() ? error_take() : NULL;
    bool ran = f->is_task && task_finalize(f);
    ran = finalize_future(f) || ran;
    if (pending) error_restore_steal(pending);
    return ran;
}

static Value future_del(Value v) {
    future_finalize(rt->heap, &v->head);
    return NONE;
}

/* ---- making ---- */

int future_init(Future *f, Value loop) {
    Value own = loop && loop != NONE ? incref(loop) : asyncio_current_loop();
    if (!own) return -1;
    future_drop_fields(f);
    f->loop = own;
    f->state = FUTURE_PENDING;
    f->log_traceback = f->blocking = f->must_cancel = false;
    Value debug = value_call_method_noargs(f->loop, ASYNCIO->get_debug);
    int on = debug ? value_is_true(debug) : -1;
    xdecref(debug);
    if (on <= 0) return on;
    f->source_traceback = value_call_noargs(ASYNCIO->extract_stack);
    return f->source_traceback ? 0 : -1;
}

static int future_init_slot(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"loop", NULL};
    static const ArgSpec spec = {"Future", names, 1, 0, 0};
    Value out[1];
    if (nargs) return raise_int(T_TypeError, "Future() takes no positional arguments");
    return args_bind(&spec, args, nargs, kwnames, out) ? future_init((Future *)self, out[0]) : -1;
}

static int check_ready(const Future *f) {
    return f->loop ? 0 : raise_int(T_RuntimeError, "Future object is not initialized.");
}

Value future_raise_invalid(const char *message) {
    return raise_type((Type *)ASYNCIO->invalid_state_error, "%s", message);
}

/* ---- callbacks ---- */

int loop_call_soon(Value loop, Value callback, Value arg, Value context) {
    Value self, method = value_get_method(loop, ASYNCIO->call_soon, &self);
    if (!method) return -1;
    Value args[4];
    size_t n = 0;
    if (self) args[n++] = self;
    args[n++] = callback;
    if (arg) args[n++] = arg;
    if (context) args[n] = context;
    Value handle = value_call(method, args, n, context ? ASYNCIO->context_name : NULL);
    decref(method);
    xdecref(handle);
    return handle ? 0 : -1;
}

static int keep_callback(Future *f, Value callback, Value context) {
    if (!f->callback && !f->more_callbacks) {
        f->callback = incref(callback);
        f->callback_context = incref(context);
        return 0;
    }
    Value pair = tuple_pack(2, callback, context);
    if (pair && !f->more_callbacks) f->more_callbacks = list_new(0);
    if (pair && f->more_callbacks) return list_append_steal(f->more_callbacks, pair);
    xdecref(pair);
    return -1;
}

int future_add_callback(Future *f, Value callback, Value context) {
    if (!f->loop) return raise_int(T_RuntimeError, "uninitialized Future object");
    Value own = context && context != NONE ? incref(context) : value_call_noargs(ASYNCIO->copy_context);
    if (!own) return -1;
    int status = f->state == FUTURE_PENDING ? keep_callback(f, callback, own)
                                            : loop_call_soon(f->loop, callback, AS_VALUE(f), own);
    decref(own);
    return status;
}

/* The future is done: its callbacks go to the loop, in order. */
static int schedule_callbacks(Future *f) {
    Value callback = f->callback, context = f->callback_context, more = f->more_callbacks;
    f->callback = f->callback_context = f->more_callbacks = NULL;
    int status = callback ? loop_call_soon(f->loop, callback, AS_VALUE(f), context) : 0;
    for (size_t i = 0; status == 0 && more && i < list_length(more); i++) {
        Value pair = incref(list_item_borrow(more, i));
        status = loop_call_soon(f->loop, tuple_item_borrow(pair, 0), AS_VALUE(f), tuple_item_borrow(pair, 1));
        decref(pair);
    }
    xdecref(callback);
    xdecref(context);
    xdecref(more);
    return status;
}

static Value future_add_done_callback(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"", "context", NULL};
    static const ArgSpec spec = {"add_done_callback", names, 2, 1, 1};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    return future_add_callback((Future *)v, out[0], out[1]) < 0 ? NULL : NONE;
}

/* [(callback, context), ...]: a new list. */
static Value all_callbacks(Future *f) {
    Value list = list_new(0),
          first = list && f->callback ? tuple_pack(2, f->callback, f->callback_context) : NULL;
    if (list && f->callback && (!first || list_append(list, first) < 0)) CLEAR_FIELD(list);
    xdecref(first);
    if (list && f->more_callbacks && list_extend(list, f->more_callbacks) < 0) CLEAR_FIELD(list);
    return list;
}

static Value future_remove_done_callback(Value v, Value callback) {
    Future *f = (Future *)v;
    if (check_ready(f) < 0) return NULL;
    Value all = all_callbacks(f), kept = all ? list_new(0) : NULL;
    size_t removed = 0;
    for (size_t i = 0; kept && i < list_length(all); i++) {
        Value pair = list_item_borrow(all, i);
        int same = value_equal(tuple_item_borrow(pair, 0), callback);
        if (same > 0) removed++;
        if (same < 0 || (!same && list_append(kept, pair) < 0)) CLEAR_FIELD(kept);
    }
    xdecref(all);
    if (!kept) return NULL;
    if (removed) {
        CLEAR_FIELD(f->callback);
        CLEAR_FIELD(f->callback_context);
        SET_FIELD_STEAL(f->more_callbacks, list_length(kept) ? incref(kept) : NULL);
    }
    decref(kept);
    return small_int_new((int64_t)removed);
}

/* ---- results ---- */

int future_set_result(Future *f, Value result) {
    if (check_ready(f) < 0) return -1;
    if (f->state != FUTURE_PENDING) return future_raise_invalid("invalid state"), -1;
    f->result = incref(result);
    f->state = FUTURE_FINISHED;
    return schedule_callbacks(f);
}

int future_set_exception(Future *f, Value exception) {
    if (check_ready(f) < 0) return -1;
    if (f->state != FUTURE_PENDING) return future_raise_invalid("invalid state"), -1;
    Value instance = is_type(exception) && ((Type *)exception)->flags & TYPE_EXCEPTION_SUBCLASS
                         ? value_call_noargs(exception)
                         : incref(exception);
    if (!instance) return -1;
    if (!is_exception(instance)) raise_error(T_TypeError, "invalid exception object");
    else if (type_of(instance) == TYPE(StopIteration))
        raise_error(T_TypeError,
                    "StopIteration interacts badly with generators and cannot be raised into a Future");
    if (error_pending()) return decref(instance), -1;
    f->exception = instance;
    f->exception_traceback = xincref(exception_of(instance)->traceback);
    f->state = FUTURE_FINISHED;
    if (schedule_callbacks(f) < 0) return -1;
    f->log_traceback = true;
    rt->finalizers_seen = true;
    return 0;
}

int future_cancel(Future *f, Value message) {
    f->log_traceback = false;
    if (f->state != FUTURE_PENDING) return 0;
    f->state = FUTURE_CANCELLED;
    SET_FIELD_STEAL(f->cancel_message, message && message != NONE ? incref(message) : NULL);
    return schedule_callbacks(f) < 0 ? -1 : 1;
}

Value future_cancelled_error(Future *f) {
    if (f->cancelled_exception) {
        Value kept = f->cancelled_exception;
        f->cancelled_exception = NULL;
        return kept;
    }
    Value error = ASYNCIO->cancelled_error;
    return f->cancel_message ? value_call_one(error, f->cancel_message) : value_call_noargs(error);
}

static Value raise_cancelled(Future *f) {
    Value e = future_cancelled_error(f);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

/* As it was when it was set: raising it twice does not lengthen its traceback. */
static Value raise_own_exception(Future *f) {
    BaseException *e = exception_of(f->exception);
    SET_FIELD_STEAL(e->traceback, xincref(f->exception_traceback));
    return raise_value(f->exception);
}

Value future_result(Future *f) {
    if (f->state == FUTURE_CANCELLED) return raise_cancelled(f);
    if (f->state != FUTURE_FINISHED) return future_raise_invalid("Result is not set.");
    f->log_traceback = false;
    return f->exception ? raise_own_exception(f) : incref(f->result);
}

static Value raise_uninitialized(void) { return future_raise_invalid("Future object is not initialized."); }

static Value future_result_method(Value v) {
    return ((Future *)v)->loop ? future_result((Future *)v) : raise_uninitialized();
}

static Value future_exception_method(Value v) {
    Future *f = (Future *)v;
    if (!f->loop) return raise_uninitialized();
    if (f->state == FUTURE_CANCELLED) return raise_cancelled(f);
    if (f->state != FUTURE_FINISHED) return future_raise_invalid("Exception is not set.");
    f->log_traceback = false;
    return f->exception ? incref(f->exception) : NONE;
}

static Value future_set_result_method(Value v, Value result) {
    return future_set_result((Future *)v, result) < 0 ? NULL : NONE;
}
static Value future_set_exception_method(Value v, Value e) {
    return future_set_exception((Future *)v, e) < 0 ? NULL : NONE;
}

static Value future_cancel_method(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"msg", NULL};
    static const ArgSpec spec = {"cancel", names, 1, 0, 1};
    Value out[1];
    if (!args_bind(&spec, args, nargs, kwnames, out) || check_ready((Future *)v) < 0) return NULL;
    int done = future_cancel((Future *)v, out[0]);
    return done < 0 ? NULL : BOOL(done);
}

static Value future_cancelled(Value v) {
    return BOOL(((Future *)v)->loop && ((Future *)v)->state == FUTURE_CANCELLED);
}
static Value future_done(Value v) {
    return BOOL(((Future *)v)->loop && ((Future *)v)->state != FUTURE_PENDING);
}
static Value future_get_loop(Value v) {
    return check_ready((Future *)v) < 0 ? NULL : incref(((Future *)v)->loop);
}
static Value future_make_cancelled_error(Value v) { return future_cancelled_error((Future *)v); }

static Value future_repr(Value v) {
    return value_call_one(((Future *)v)->is_task ? ASYNCIO->task_repr : ASYNCIO->future_repr, v);
}

/* ---- attributes ---- */

static Value get_state(Value v, void *closure) {
    (void)closure;
    static const char *const names[] = {"PENDING", "CANCELLED", "FINISHED"};
    return check_ready((Future *)v) < 0 ? NULL : str_intern_cstr(names[((Future *)v)->state]);
}

static Value get_field(Value v, void *closure) {
    Value found = *(Value *)(void *)((char *)v + (uintptr_t)closure);
    return found ? incref(found) : NONE;
}

static int set_cancel_message(Value v, Value message, void *closure) {
    (void)closure;
    if (!message) return raise_int(T_AttributeError, "cannot delete attribute");
    SET_FIELD_STEAL(((Future *)v)->cancel_message, message == NONE ? NULL : incref(message));
    return 0;
}

static Value get_callbacks(Value v, void *closure) {
    (void)closure;
    Future *f = (Future *)v;
    if (check_ready(f) < 0) return NULL;
    return f->callback || f->more_callbacks ? all_callbacks(f) : NONE;
}

static Value get_blocking(Value v, void *closure) {
    (void)closure;
    return BOOL(((Future *)v)->loop && ((Future *)v)->blocking);
}

static int set_blocking(Value v, Value value, void *closure) {
    (void)closure;
    if (check_ready((Future *)v) < 0) return -1;
    if (!value) return raise_int(T_AttributeError, "cannot delete attribute");
    int truth = value_is_true(value);
    if (truth < 0) return -1;
    ((Future *)v)->blocking = truth;
    return 0;
}

static Value get_log_traceback(Value v, void *closure) {
    (void)closure;
    return check_ready((Future *)v) < 0 ? NULL : BOOL(((Future *)v)->log_traceback);
}

static int set_log_traceback(Value v, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_AttributeError, "cannot delete attribute");
    int truth = value_is_true(value);
    if (truth < 0) return -1;
    if (truth) return raise_int(T_ValueError, "_log_traceback can only be set to False");
    ((Future *)v)->log_traceback = false;
    return 0;
}

static Value get_dict(Value v, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(v);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static const GetSet future_getset[] = {
    {"_state", get_state, NULL, NULL, NULL},
    {"_asyncio_future_blocking", get_blocking, set_blocking, NULL, NULL},
    {"_loop", get_field, NULL, NULL, (void *)offsetof(Future, loop)},
    {"_callbacks", get_callbacks, NULL, NULL, NULL},
    {"_result", get_field, NULL, NULL, (void *)offsetof(Future, result)},
    {"_exception", get_field, NULL, NULL, (void *)offsetof(Future, exception)},
    {"_log_traceback", get_log_traceback, set_log_traceback, NULL, NULL},
    {"_source_traceback", get_field, NULL, NULL, (void *)offsetof(Future, source_traceback)},
    {"_cancel_message", get_field, set_cancel_message, NULL, (void *)offsetof(Future, cancel_message)},
    {"__dict__", get_dict, NULL, NULL, NULL},
    {0},
};

/* ---- awaiting ---- */

typedef struct FutureIter {
    HeapObject head;
    Value future; /* NULL: over */
} FutureIter;

FIELDS_LIFE(future_iter, 1)

static Value future_iter_new(Value future) {
    if (check_ready((Future *)future) < 0) return NULL;
    FutureIter *it = (FutureIter *)value_alloc(ASYNCIO->future_iter, 0);
    if (!it) return NULL;
    it->future = incref(future);
    value_track(AS_VALUE(it));
    return AS_VALUE(it);
}

/* First the future itself, for the task to wait for; when it is done, its result. */
static SendResult future_iter_send(Value v, Value sent, Value *result) {
    (void)sent;
    FutureIter *it = (FutureIter *)v;
    Future *f = (Future *)it->future;
    *result = NULL;
    if (!f) return *result = NONE, SEND_RETURNED;
    if (f->state == FUTURE_PENDING) {
        if (!f->blocking) {
            f->blocking = true;
            *result = incref(AS_VALUE(f));
            return SEND_YIELDED;
        }
        raise_error(T_RuntimeError, "await wasn't used with future");
        return SEND_RAISED;
    }
    it->future = NULL;
    *result = future_result(f);
    decref(AS_VALUE(f));
    return *result ? SEND_RETURNED : SEND_RAISED;
}

static Value step_value(SendResult sent, Value result) {
    if (sent != SEND_RETURNED) return result;
    if (result != NONE) raise_stop_iteration(result);
    decref(result);
    return NULL;
}

static Value future_iter_next(Value v) {
    Value result;
    SendResult sent = future_iter_send(v, NONE, &result);
    return step_value(sent, result);
}

static Value future_iter_send_method(Value v, Value arg) {
    Value result;
    SendResult sent = future_iter_send(v, arg, &result);
    if (sent == SEND_RETURNED && result == NONE) return raise_stop_iteration(NULL);
    return step_value(sent, result);
}

static Value future_iter_throw(Value v, Value const *args, size_t nargs) {
    if (!args_count("throw", nargs, 1, 3)) return NULL;
    Value exception = throw_arguments(args, nargs);
    if (!exception) return NULL;
    CLEAR_FIELD(((FutureIter *)v)->future);
    raise_value(exception);
    decref(exception);
    return NULL;
}

static Value future_iter_close(Value v) {
    CLEAR_FIELD(((FutureIter *)v)->future);
    return NONE;
}

static Value future_iter_iter(Value v) { return incref(v); }

static const NativeMethod future_iter_methods[] = {
    METHOD_ONE("send", future_iter_send_method, NULL),
    METHOD_FAST("throw", future_iter_throw, NULL),
    METHOD_NOARGS("close", future_iter_close, NULL),
    METHOD_END,
};

const TypeSpec asyncio_future_iter_spec = {
    .name = "_asyncio.FutureIter",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(FutureIter),
    .slots = {.getattr = object_getattr,
              .traverse = future_iter_traverse,
              .clear = future_iter_clear,
              .free = future_iter_free,
              .iter = future_iter_iter,
              .next = future_iter_next,
              .send = future_iter_send},
    .methods = future_iter_methods,
};

/* ---- the type ---- */

static const NativeMethod future_methods[] = {
    METHOD_NOARGS("result", future_result_method,
                  "result($self, /)\n--\n\nThe result, or the exception raised."),
    METHOD_NOARGS("exception", future_exception_method,
                  "exception($self, /)\n--\n\nThe exception that was set, or None."),
    METHOD_ONE("set_result", future_set_result_method,
               "set_result($self, result, /)\n--\n\nIs done, with a result."),
    METHOD_ONE("set_exception", future_set_exception_method,
               "set_exception($self, exception, /)\n--\n\nIs done, with an exception."),
    METHOD_KW("add_done_callback", future_add_done_callback,
              "add_done_callback($self, fn, /, *, "
              "context=<unrepresentable>)\n--\n\nHas fn(future) called when it is done."),
    METHOD_ONE("remove_done_callback", future_remove_done_callback,
               "remove_done_callback($self, fn, /)\n--\n\nTakes a callback "
               "back; how many there were."),
    METHOD_KW("cancel", future_cancel_method,
              "cancel($self, /, msg=None)\n--\n\nCancels it, unless it is done."),
    METHOD_NOARGS("cancelled", future_cancelled, "cancelled($self, /)\n--\n\nWas it cancelled?"),
    METHOD_NOARGS("done", future_done,
                  "done($self, /)\n--\n\nIs there a result, an exception, or a cancellation?"),
    METHOD_NOARGS("get_loop", future_get_loop, "get_loop($self, /)\n--\n\nThe event loop it belongs to."),
    METHOD_NOARGS("_make_cancelled_error", future_make_cancelled_error, NULL),
    METHOD_NOARGS("__del__", future_del, NULL),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

const TypeSpec asyncio_future_spec = {
    .name = "_asyncio.Future",
    .doc = "A result to come: set once, awaited by any number of coroutines of its event loop.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Future),
    .has_attrs = true,
    .slots = {.traverse = future_traverse,
              .clear = future_clear,
              .finalize = future_finalize,
              .free = future_free,
              .repr = future_repr,
              .iter = future_iter_new,
              .await = future_iter_new,
              .new_ = future_make,
              .init = future_init_slot},
    .methods = future_methods,
    .getset = future_getset,
};
