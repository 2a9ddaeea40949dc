/* _asyncio: the module: which loop runs in a thread, and which task in a loop. */
#include "modules/asyncio.h"

#include "objects/dict.h"
#include "objects/int.h"

/* ---- loops ---- */

Value asyncio_running_loop_borrow(void) {
    Value id = int_from_u64(THREAD->id), loop = id ? dict_get_borrow(ASYNCIO->running_loops, id) : NULL;
    xdecref(id);
    return loop;
}

Value asyncio_current_loop(void) {
    Value running = asyncio_running_loop_borrow();
    if (running) return incref(running);
    AsyncioState *s = ASYNCIO;
    if (!s->policy) s->policy = module_import_attr("asyncio.events", "get_event_loop_policy");
    Value policy = s->policy ? value_call_noargs(s->policy) : NULL;
    Value method = policy ? value_getattr_cstr(policy, "get_event_loop") : NULL,
          loop = method ? value_call_noargs(method) : NULL;
    xdecref(method);
    xdecref(policy);
    return loop;
}

static Value get_event_loop(Value module) { return (void)module, asyncio_current_loop(); }

static Value get_event_loop_at(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"stacklevel", NULL};
    static const ArgSpec spec = {"_get_event_loop", names, 1, 0, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? asyncio_current_loop() : NULL;
}

static Value get_running_loop(Value module) {
    (void)module;
    Value loop = asyncio_running_loop_borrow();
    return loop ? incref(loop) : raise_error(T_RuntimeError, "no running event loop");
}

static Value get_running_loop_or_none(Value module) {
    (void)module;
    Value loop = asyncio_running_loop_borrow();
    return loop ? incref(loop) : NONE;
}

static Value set_running_loop(Value module, Value loop) {
    (void)module;
    Value id = int_from_u64(THREAD->id);
    int status = !id            ? -1
                 : loop == NONE ? dict_delete(ASYNCIO->running_loops, id)
                                : dict_set(ASYNCIO->running_loops, id, loop);
    xdecref(id);
    return status < 0 ? NULL : NONE;
}

/* ---- tasks ---- */

static bool one_task(const char *function, Value const *args, size_t nargs, Value kwnames, Value *task) {
    static const char *const names[] = {"task", NULL};
    ArgSpec spec = {function, names, 1, 1, 1};
    return args_bind(&spec, args, nargs, kwnames, task);
}

static bool loop_and_task(const char *function, Value const *args, size_t nargs, Value kwnames,
                          Value out[2]) {
    static const char *const names[] = {"loop", "task", NULL};
    ArgSpec spec = {function, names, 2, 2, 2};
    return args_bind(&spec, args, nargs, kwnames, out);
}

static Value register_task(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value task;
    return one_task("_register_task", args, nargs, kwnames, &task) && asyncio_register_task(task) == 0 ? NONE
                                                                                                       : NULL;
}

static Value unregister_task(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value task;
    if (!one_task("_unregister_task", args, nargs, kwnames, &task)) return NULL;
    Value discard = value_getattr_cstr(ASYNCIO->all_tasks, "discard"),
          done = discard ? value_call_one(discard, task) : NULL;
    xdecref(discard);
    return done;
}

static Value enter_task(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value out[2];
    return loop_and_task("_enter_task", args, nargs, kwnames, out) && asyncio_enter_task(out[0], out[1]) == 0
               ? NONE
               : NULL;
}

static Value leave_task(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value out[2];
    return loop_and_task("_leave_task", args, nargs, kwnames, out) && asyncio_leave_task(out[0], out[1]) == 0
               ? NONE
               : NULL;
}

static const NativeMethod functions[] = {
    METHOD_NOARGS("get_event_loop", get_event_loop,
                  "get_event_loop($module, /)\n--\n\nThe running event loop, or the policy's."),
    METHOD_KW("_get_event_loop", get_event_loop_at, "_get_event_loop($module, /, stacklevel=3)\n--\n\n"),
    METHOD_NOARGS("get_running_loop", get_running_loop,
                  "get_running_loop($module, /)\n--\n\nThe running event loop; RuntimeError if "
                  "there is none."),
    METHOD_NOARGS("_get_running_loop", get_running_loop_or_none,
                  "_get_running_loop($module, /)\n--\n\nThe running event loop or None."),
    METHOD_ONE("_set_running_loop", set_running_loop,
               "_set_running_loop($module, loop, /)\n--\n\nSets the running event loop."),
    METHOD_KW("_register_task", register_task, "_register_task($module, /, task)\n--\n\n"),
    METHOD_KW("_unregister_task", unregister_task, "_unregister_task($module, /, task)\n--\n\n"),
    METHOD_KW("_enter_task", enter_task, "_enter_task($module, /, loop, task)\n--\n\n"),
    METHOD_KW("_leave_task", leave_task, "_leave_task($module, /, loop, task)\n--\n\n"),
    METHOD_END,
};

/* ---- the module ---- */

static int make_state(AsyncioState *s) {
    Value context = str_intern_cstr("context");
    if (context && !s->context_name) s->context_name = tuple_pack(1, context);
    xdecref(context);
    if (!s->running_loops) s->running_loops = dict_new();
    if (!s->current_tasks) s->current_tasks = dict_new();
    if (!s->call_soon) s->call_soon = str_intern_cstr("call_soon");
    if (!s->get_debug) s->get_debug = str_intern_cstr("get_debug");
    if (!s->blocking_name) s->blocking_name = str_intern_cstr("_asyncio_future_blocking");
    if (!s->add_done_callback) s->add_done_callback = str_intern_cstr("add_done_callback");
    bool good = s->context_name && s->running_loops && s->current_tasks && s->call_soon && s->get_debug &&
                s->blocking_name;
    return good && s->add_done_callback ? 0 : -1;
}

static int take(Value *place, const char *module, const char *attribute) {
    if (!*place) *place = module_import_attr(module, attribute);
    return *place ? 0 : -1;
}

static int take_all(AsyncioState *s) {
    if (take(&s->cancelled_error, "asyncio.exceptions", "CancelledError") < 0 ||
        take(&s->invalid_state_error, "asyncio.exceptions", "InvalidStateError") < 0 ||
        take(&s->copy_context, "contextvars", "copy_context") < 0 ||
        take(&s->extract_stack, "traceback", "extract_stack") < 0 ||
        take(&s->is_coroutine, "asyncio.coroutines", "iscoroutine") < 0 ||
        take(&s->future_repr, "asyncio.base_futures", "_future_repr") < 0)
        return -1;
    return take(&s->task_repr, "asyncio.base_tasks", "_task_repr");
}

static int make_all_tasks(AsyncioState *s) {
    if (s->all_tasks) return 0;
    Value make = module_import_attr("weakref", "WeakSet");
    s->all_tasks = make ? value_call_noargs(make) : NULL;
    xdecref(make);
    return s->all_tasks ? 0 : -1;
}

static int ready(Value module) {
    AsyncioState *s = module_state_new(M_asyncio, sizeof *s);
    if (!s || make_state(s) < 0 || take_all(s) < 0 || make_all_tasks(s) < 0) return -1;
    if (module_make_type(module, &s->future, &asyncio_future_spec, NULL) < 0 ||
        module_make_type(module, &s->task, &asyncio_task_spec, s->future) < 0 ||
        module_ready_type(&s->future_iter, &asyncio_future_iter_spec, NULL) < 0 ||
        module_ready_type(&s->step, &asyncio_step_spec, NULL) < 0)
        return -1;
    if (module_add(module, "_all_tasks", INCREF(s->all_tasks)) < 0) return -1;
    return module_add(module, "_current_tasks", INCREF(s->current_tasks));
}

const ModuleSpec module_asyncio = {"_asyncio", "Futures and tasks, natively.", functions, ready};
