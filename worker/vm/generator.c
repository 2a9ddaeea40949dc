/* generator: resuming, throwing, closing; and the generator type. See generator.h. */
#include "vm/generator.h"

#include "vm/vm_internal.h"

static const char *kind_name(const Generator *g) {
    Type *t = type_of(AS_VALUE(g));
    return t == TYPE(coroutine) ? "coroutine" : t == TYPE(async_generator) ? "async generator" : "generator";
}

/* ---- life ---- */

/* ((file, line, name), ...) of the frames that make a coroutine, the innermost first. NULL raised. */
static Value origin_of(Frame *f, uint64_t depth) {
    Value rows = list_new(0), origin = NULL;
    for (; rows && f && depth > 0; f = f->back, depth--) {
        Value row = tuple_pack(3, f->code->filename, small_int_new(frame_line(f)), f->code->name);
        if (!row || list_append_steal(rows, row) < 0) CLEAR_FIELD(rows);
    }
    if (rows) origin = list_to_tuple(rows);
    xdecref(rows);
    return origin;
}

Value generator_new(Frame *f) {
    Code *code = f->code;
    Type *type = code->flags & CODE_COROUTINE         ? TYPE(coroutine)
                 : code->flags & CODE_ASYNC_GENERATOR ? TYPE(async_generator)
                                                      : TYPE(generator);
    size_t bytes = offsetof(Generator, frame) + frame_bytes(code);
    uint64_t origin_depth = type == TYPE(coroutine) ? THREAD->coroutine_origin_depth : 0;
    Value origin = origin_depth ? origin_of(f->back, origin_depth) : NULL;
    if (origin_depth && !origin) return NULL;
    Generator *g = heap_object_new(rt->heap, &type->kind, bytes);
    if (!g) {
        xdecref(origin);
        return raise_no_memory();
    }
    g->name = incref(f->function->name);
    g->qualname = incref(f->function->qualname);
    g->code = INCREF(code);
    g->origin_or_finalizer = origin;
    g->handled = (Handled){NULL, NULL};
    g->state = GENERATOR_CREATED;
    g->hooks_called = g->closed = g->running_async = false;
    uint32_t n = code->locals_plus_count;
    g->frame = *f;
    memcpy(g->frame.slots, f->slots, n * sizeof(Value));
    g->frame.sp = g->frame.slots + n;
    g->frame.bits = (f->bits & (FRAME_HAS_OBJECT | FRAME_HAS_LOCALS)) | FRAME_GENERATOR;
    g->frame.back = NULL;
    if (f->bits & FRAME_HAS_OBJECT) f->object->frame = &g->frame;
    rt->generators_seen = true;
    heap_track(rt->heap, &g->head);
    return AS_VALUE(g);
}

void generator_drop_frame(Generator *g) {
    if (!g->frame.function) return;
    g->state = GENERATOR_DONE;
    frame_end(&g->frame);
    g->frame.function = NULL;
}

int generator_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Generator *g = (Generator *)o;
    VISIT(g->code);
    VISIT(g->origin_or_finalizer);
    VISIT(g->handled.exception);
    if (g->state == GENERATOR_CREATED || g->state == GENERATOR_SUSPENDED)
        return frame_traverse_values(&g->frame, visit, arg);
    return 0;
}

void generator_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    Generator *g = (Generator *)o;
    if (g->state == GENERATOR_RUNNING) return;
    generator_drop_frame(g);
    CLEAR_FIELD(g->origin_or_finalizer);
    CLEAR_FIELD(g->handled.exception);
}

void generator_free(Heap *heap, HeapObject *o) {
    Generator *g = (Generator *)o;
    generator_drop_frame(g);
    decref(g->name);
    decref(g->qualname);
    DECREF(g->code);
    xdecref(g->origin_or_finalizer);
    xdecref(g->handled.exception);
    heap_object_free(heap, o);
}

/* ---- resuming ---- */

static SendResult run(Generator *g, Value sent_steal, bool throwing, Value *result) {
    Thread *t = THREAD;
    if (depth_enter(t) < 0) {
        decref(sent_steal);
        return SEND_RAISED;
    }
    (void)INCREF(g);
    generator_begin(t, g, sent_steal, RETURN_TO_NATIVE);
    *result = eval_run(t, &g->frame, throwing);
    t->depth--;
    SendResult sent = !*result ? SEND_RAISED : g->state == GENERATOR_SUSPENDED ? SEND_YIELDED : SEND_RETURNED;
    DECREF(g);
    return sent;
}

static SendResult refuse_running(Generator *g) {
    return raise_int(T_ValueError, "%s already executing", kind_name(g));
}

SendResult generator_send(Generator *g, Value arg, Value *result) {
    *result = NULL;
    if (g->state == GENERATOR_CREATED && arg && arg != NONE)
        return raise_int(T_TypeError, "can't send non-None value to a just-started %s", kind_name(g));
    if (g->state == GENERATOR_RUNNING) return refuse_running(g);
    if (g->state == GENERATOR_DONE) {
        if (is_exact_coroutine(AS_VALUE(g)))
            return raise_int(T_RuntimeError, "cannot reuse already awaited coroutine");
        if (!arg) return SEND_RAISED;
        if (is_exact_async_generator(AS_VALUE(g))) return raise_bare(T_StopAsyncIteration), SEND_RAISED;
        *result = NONE;
        return SEND_RETURNED;
    }
    SendResult sent = run(g, arg ? incref(arg) : NONE, false, result);
    if (sent == SEND_RETURNED && is_exact_async_generator(AS_VALUE(g))) {
        decref(*result);
        *result = NULL;
        return raise_bare(T_StopAsyncIteration), SEND_RAISED;
    }
    return sent;
}

/* At a created one the exception comes up at the def line; a finished one just passes it on. */
SendResult generator_raise(Generator *g, Value *result) {
    *result = NULL;
    if (g->state == GENERATOR_RUNNING) {
        error_clear();
        return refuse_running(g);
    }
    if (g->state == GENERATOR_DONE) {
        if (!is_exact_coroutine(AS_VALUE(g)) || error_matches(T_GeneratorExit)) return SEND_RAISED;
        error_clear();
        return raise_int(T_RuntimeError, "cannot reuse already awaited coroutine");
    }
    SendResult sent = run(g, NONE, true, result);
    if (sent == SEND_RETURNED && is_exact_async_generator(AS_VALUE(g))) {
        decref(*result);
        *result = NULL;
        return raise_bare(T_StopAsyncIteration), SEND_RAISED;
    }
    return sent;
}

int stop_iteration_take(Value *value) {
    *value = NONE;
    if (!error_pending()) return 0;
    if (!error_matches(T_StopIteration)) return -1;
    Value e = error_take();
    Value held = ((BaseException *)e)->fields[0];
    if (held) *value = incref(held);
    decref(e);
    return 0;
}

Value send_result_value(SendResult sent, Value result) {
    if (sent == SEND_YIELDED) return result;
    if (sent == SEND_RETURNED) {
        raise_stop_iteration(result == NONE ? NULL : result);
        decref(result);
    } else if (!error_pending()) {
        raise_stop_iteration(NULL);
    }
    return NULL;
}

SendResult iterator_send(Value iterator, Value v, Value *result) {
    Type *t = type_of(iterator);
    *result = NULL;
    if (t->slots.send) return t->slots.send(iterator, v, result);
    if (v == NONE && t->slots.next) *result = t->slots.next(iterator);
    else *result = value_call_method_one(iterator, NAME(send), v);
    if (*result) return SEND_YIELDED;
    return stop_iteration_take(result) < 0 ? (*result = NULL, SEND_RAISED) : SEND_RETURNED;
}

/* ---- delegation ---- */

/* Suspended inside `yield from` or `await`: RESUME 2 or 3 comes next, and the receiver is on top. */
static bool delegates(const Generator *g) {
    if (g->state != GENERATOR_SUSPENDED) return false;
    const Instr *next = g->frame.pc;
    return opcode_base[next->op] == OPCODE_RESUME && next->b >= 2;
}

Value generator_delegate(Generator *g) { return delegates(g) ? incref(g->frame.sp[-1]) : NULL; }

static int close_iterator(Value iterator) {
    Value closed;
    if (is_exact_generator(iterator) || is_exact_coroutine(iterator)) {
        closed = generator_method_close(iterator);
    } else {
        Value close;
        int found = value_getattr_optional(iterator, NAME(close), &close);
        if (found < 0) error_unraisable(iterator, NULL);
        if (found <= 0) return 0;
        closed = value_call_noargs(close);
        decref(close);
    }
    xdecref(closed);
    return closed ? 0 : -1;
}

/* The sub-iterator is finished: the SEND in front of the YIELD_VALUE jumps to its end, as if it had run. */
static void skip_send(Generator *g) {
    Frame *f = &g->frame;
    decref(*--f->sp);
    const Instr *send = f->pc - 2;
    f->pc += (int)send->b - 1; /* b counts from the unit behind SEND, which is the YIELD_VALUE */
}

/* While a sub-generator is thrown into, its delegating generator counts as running and its frame as the caller's. */
static void lend_frame(Generator *g) {
    Thread *t = THREAD;
    g->state = GENERATOR_RUNNING;
    g->frame.back = t->frame;
    t->frame = &g->frame;
}

static void take_frame_back(Generator *g) {
    THREAD->frame = g->frame.back;
    g->frame.back = NULL;
    g->state = GENERATOR_SUSPENDED;
}

/* What of the generator's own is left to do after a throw() into its sub-iterator. */
typedef enum Thrown {
    THROWN_RAISED,
    THROWN_RETURNED,
    THROWN_YIELDED,
    THROWN_NO_METHOD,
    THROWN_REFUSED
} Thrown;

static Thrown throw_into(Generator *g, Value sub, Value const *args, size_t nargs, bool close_on_exit,
                         Value *result) {
    if (is_exact_generator(sub) || is_exact_coroutine(sub)) {
        lend_frame(g);
        SendResult sent = generator_throw((Generator *)sub, args, nargs, close_on_exit, result);
        take_frame_back(g);
        if (sent == SEND_RAISED && error_pending()) return THROWN_RAISED;
        if (sent == SEND_RAISED) *result = NONE;
        return sent == SEND_YIELDED ? THROWN_YIELDED : THROWN_RETURNED;
    }
    Value throw;
    int found = value_getattr_optional(sub, NAME(throw), &throw);
    if (found < 0) return THROWN_REFUSED;
    if (found == 0) return THROWN_NO_METHOD;
    g->state = GENERATOR_RUNNING;
    *result = value_call(throw, args, nargs, NULL);
    g->state = GENERATOR_SUSPENDED;
    decref(throw);
    if (*result) return THROWN_YIELDED;
    return stop_iteration_take(result) < 0 ? THROWN_RAISED : THROWN_RETURNED;
}

static inline bool is_exception_class(Value v) {
    return is_type(v) && (((Type *)v)->flags & TYPE_EXCEPTION_SUBCLASS);
}

static bool means_generator_exit(Value type) {
    if (is_exception_class(type)) return type_is_subtype((Type *)type, TYPE(GeneratorExit));
    return is_exception(type) && value_is_instance(type, TYPE(GeneratorExit));
}

/* What making the exception raises comes up inside; arguments that make none are the caller's error. */
static SendResult throw_here(Generator *g, Value const *args, size_t nargs, Value *result) {
    bool placed = nargs < 3 || args[2] == NONE || IS_EXACT(args[2], traceback);
    bool made = placed && is_exception_class(args[0]);
    Value e = throw_arguments(args, nargs);
    if (e) error_restore_steal(e);
    else if (!made) return SEND_RAISED;
    return generator_raise(g, result);
}

/* GeneratorExit closes the sub-iterator first, and comes up here then; what closing raises takes its place. */
static SendResult throw_exit(Generator *g, Value sub, Value const *args, size_t nargs, Value *result) {
    g->state = GENERATOR_RUNNING;
    int closed = close_iterator(sub);
    g->state = GENERATOR_SUSPENDED;
    return closed < 0 ? generator_raise(g, result) : throw_here(g, args, nargs, result);
}

SendResult generator_throw(Generator *g, Value const *args, size_t nargs, bool close_on_exit, Value *result) {
    *result = NULL;
    Value sub = generator_delegate(g);
    if (!sub) return throw_here(g, args, nargs, result);
    if (close_on_exit && means_generator_exit(args[0])) {
        SendResult sent = throw_exit(g, sub, args, nargs, result);
        decref(sub);
        return sent;
    }
    Thrown thrown = stack_is_low() ? THROWN_REFUSED : throw_into(g, sub, args, nargs, close_on_exit, result);
    decref(sub);
    switch (thrown) {
    case THROWN_YIELDED: return SEND_YIELDED;
    case THROWN_REFUSED: return SEND_RAISED;
    case THROWN_NO_METHOD: return throw_here(g, args, nargs, result);
    case THROWN_RETURNED: skip_send(g); return run(g, *result, false, result);
    case THROWN_RAISED: skip_send(g); return generator_raise(g, result);
    }
    return SEND_RAISED;
}

Value throw_arguments(Value const *args, size_t nargs) {
    Value type = args[0], value = nargs > 1 ? args[1] : NONE, tb = nargs > 2 ? args[2] : NONE, e;
    if (tb != NONE && !IS_EXACT(tb, traceback))
        return raise_error(T_TypeError, "throw() third argument must be a traceback object");
    if (is_exception_class(type)) {
        if (is_exception(value) && value_is_instance(value, (Type *)type)) e = incref(value);
        else if (value == NONE) e = value_call_noargs(type);
        else if (is_tuple(value)) e = value_call(type, ((Tuple *)value)->items, tuple_length(value), NULL);
        else e = value_call_one(type, value);
        if (e && !is_exception(e)) {
            raise_error(T_TypeError, "calling %R should have returned an instance of BaseException, not %T",
                        type, e);
            decref(e);
            e = NULL;
        }
    } else if (is_exception(type)) {
        if (value != NONE)
            return raise_error(T_TypeError, "instance exception may not have a separate value");
        e = incref(type);
    } else {
        return raise_error(
            T_TypeError, "exceptions must be classes or instances deriving from BaseException, not %T", type);
    }
    if (e && tb != NONE) SET_FIELD_STEAL(((BaseException *)e)->traceback, incref(tb));
    return e;
}

/* ---- methods ---- */

Value generator_method_send(Value v, Value arg) {
    Value result;
    SendResult sent = generator_send((Generator *)v, arg, &result);
    return send_result_value(sent, result);
}

Value generator_method_throw(Value v, Value const *args, size_t nargs) {
    if (!args_count("throw", nargs, 1, 3)) return NULL;
    Value result;
    SendResult sent = generator_throw((Generator *)v, args, nargs, true, &result);
    return send_result_value(sent, result);
}

Value generator_method_close(Value v) {
    Generator *g = (Generator *)v;
    if (g->state == GENERATOR_DONE) return NONE;
    if (g->state == GENERATOR_CREATED) {
        generator_drop_frame(g);
        return NONE;
    }
    /* Nobody inside would see a GeneratorExit. */
    if (g->state == GENERATOR_SUSPENDED && !generator_owes_finalizer(v) && !trace_is_on(THREAD)) {
        generator_drop_frame(g);
        return NONE;
    }
    Value sub = generator_delegate(g), result;
    int closed = 0;
    if (sub) {
        g->state = GENERATOR_RUNNING;
        closed = close_iterator(sub);
        g->state = GENERATOR_SUSPENDED;
        decref(sub);
    }
    if (closed == 0) {
        Value e = exception_new(T_GeneratorExit, NULL, 0);
        if (!e) return NULL;
        raise_value(e);
        decref(e);
    }
    SendResult sent = generator_raise(g, &result);
    xdecref(result);
    if (sent == SEND_YIELDED) return raise_error(T_RuntimeError, "%s ignored GeneratorExit", kind_name(g));
    if (sent == SEND_RETURNED || !error_pending()) return NONE;
    if (error_swallow(T_StopIteration) || error_swallow(T_GeneratorExit)) return NONE;
    return NULL;
}

static bool call_async_finalizer(Generator *g) {
    Value finalizer = g->origin_or_finalizer;
    if (!is_exact_async_generator(AS_VALUE(g)) || !finalizer || finalizer == NONE || g->closed) return false;
    Value done = value_call_one(finalizer, AS_VALUE(g));
    if (!done) error_unraisable(AS_VALUE(g), NULL);
    xdecref(done);
    return true;
}

/* warnings, if it is there, tells where the coroutine was made. */
static void warn_unawaited(Generator *g) {
    Value coroutine = AS_VALUE(g), key = str_intern_cstr("warnings"), function = NULL;
    Value module = key && rt->modules && is_dict(rt->modules) ? dict_get_borrow(rt->modules, key) : NULL;
    xdecref(key);
    if (module && (key = str_intern_cstr("_warn_unawaited_coroutine"))) {
        value_getattr_optional(module, key, &function);
        decref(key);
    }
    bool strict = false;
    Value warned = function ? value_call_one(function, coroutine) : NULL;
    if (error_pending()) {
        strict = error_matches(T_Warning);
        error_unraisable(coroutine, NULL);
    }
    if (!warned && !strict &&
        raise_warning(T_RuntimeWarning, 1, "coroutine '%U' was never awaited", g->qualname) < 0)
        error_unraisable(coroutine, NULL);
    xdecref(warned);
    xdecref(function);
}

void generator_finalize(Value v) {
    Generator *g = (Generator *)v;
    if (g->state == GENERATOR_DONE) return;
    Value pending = error_pending() ? error_take() : NULL;
    if (!call_async_finalizer(g)) {
        if (g->state == GENERATOR_CREATED && is_exact_coroutine(v)) {
            warn_unawaited(g);
        } else {
            Value closed = generator_method_close(v);
            if (!closed) error_unraisable(v, NULL);
            xdecref(closed);
        }
    }
    if (pending) error_restore_steal(pending);
}

bool generator_owes_finalizer(Value v) {
    if (!is_exact_generator(v) && !is_exact_coroutine(v) && !is_exact_async_generator(v)) return false;
    Generator *g = (Generator *)v;
    if (g->state == GENERATOR_CREATED) return is_exact_coroutine(v);
    if (g->state != GENERATOR_SUSPENDED) return false;
    const ExceptionRow *row = unwind_find(g->code, (uint32_t)frame_unit(&g->frame));
    bool handled = row && opcode_base[g->code->instructions[row->target].op] != OPCODE_STOPITERATION_ERROR;
    return handled || delegates(g);
}

bool generator_kind_finalize(Heap *heap, HeapObject *o) {
    (void)heap;
    Generator *g = (Generator *)o;
    if (is_exact_generator(AS_VALUE(g)) && !generator_owes_finalizer(AS_VALUE(g))) return false;
    bool begun = g->state == GENERATOR_SUSPENDED || is_exact_coroutine(AS_VALUE(g)) || g->origin_or_finalizer;
    if (g->state == GENERATOR_DONE || g->state == GENERATOR_RUNNING || !begun) return false;
    generator_finalize(AS_VALUE(g));
    return true;
}

static Value generator_next(Value v) {
    Value result;
    SendResult sent = generator_send((Generator *)v, NULL, &result);
    if (sent != SEND_RETURNED) return result;
    if (result != NONE) raise_stop_iteration(result);
    decref(result);
    return NULL;
}

SendResult generator_slot_send(Value v, Value sent, Value *result) {
    SendResult status = generator_send((Generator *)v, sent, result);
    if (status == SEND_RAISED && !error_pending()) {
        *result = NONE;
        return SEND_RETURNED;
    }
    return status;
}

static Value generator_iter(Value v) { return incref(v); }

Value generator_repr(Value v) {
    return str_format("<%s object %U at %p>", type_name_of(v), ((Generator *)v)->qualname, (void *)v);
}

Value generator_method_del(Value v) {
    generator_finalize(v);
    return NONE;
}

/* ---- attributes ---- */

Value generator_get_name(Value v, void *closure) {
    (void)closure;
    return incref(((Generator *)v)->name);
}

Value generator_get_qualname(Value v, void *closure) {
    (void)closure;
    return incref(((Generator *)v)->qualname);
}

int generator_set_name(Value v, Value value, void *closure) {
    (void)closure;
    if (!value || !is_str(value)) return raise_int(T_TypeError, "__name__ must be set to a string object");
    SET_FIELD_STEAL(((Generator *)v)->name, incref(value));
    return 0;
}

int generator_set_qualname(Value v, Value value, void *closure) {
    (void)closure;
    if (!value || !is_str(value))
        return raise_int(T_TypeError, "__qualname__ must be set to a string object");
    SET_FIELD_STEAL(((Generator *)v)->qualname, incref(value));
    return 0;
}

Value generator_get_frame(Value v, void *closure) {
    (void)closure;
    Generator *g = (Generator *)v;
    return g->state == GENERATOR_DONE ? NONE : frame_object(&g->frame);
}

Value generator_get_running(Value v, void *closure) {
    (void)closure;
    return BOOL(((Generator *)v)->state == GENERATOR_RUNNING);
}

Value generator_get_suspended(Value v, void *closure) {
    (void)closure;
    return BOOL(((Generator *)v)->state == GENERATOR_SUSPENDED);
}

Value generator_get_code(Value v, void *closure) {
    (void)closure;
    return incref(AS_VALUE(((Generator *)v)->code));
}

Value generator_get_delegate(Value v, void *closure) {
    (void)closure;
    Value sub = generator_delegate((Generator *)v);
    return sub ? sub : NONE;
}

static const NativeMethod generator_methods[] = {
    METHOD_ONE("send", generator_method_send,
               "Goes on with a value; gives what is yielded next, or raises StopIteration."),
    METHOD_FAST("throw", generator_method_throw,
                "Raises an exception where it stands; gives what is yielded next, or raises StopIteration."),
    METHOD_NOARGS("close", generator_method_close, "Raises GeneratorExit where it stands, and ends."),
    METHOD_NOARGS("__del__", generator_method_del, NULL),
    METHOD_END,
};

static const GetSet generator_getset[] = {
    {"__name__", generator_get_name, generator_set_name, "name of the generator", NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, "qualified name of the generator", NULL},
    {"gi_yieldfrom", generator_get_delegate, NULL, "what `yield from` waits for, or None", NULL},
    {"gi_running", generator_get_running, NULL, NULL, NULL},
    {"gi_frame", generator_get_frame, NULL, NULL, NULL},
    {"gi_suspended", generator_get_suspended, NULL, NULL, NULL},
    GETSET_MEMBER("gi_code", generator_get_code, NULL),
    {NULL, NULL, NULL, NULL, NULL},
};

const TypeSpec generator_type_spec = {
    .name = "generator",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Generator),
    .item_size = sizeof(Value),
    .slots = {.getattr = object_getattr,
              .traverse = generator_traverse,
              .clear = generator_clear,
              .finalize = generator_kind_finalize,
              .free = generator_free,
              .repr = generator_repr,
              .iter = generator_iter,
              .next = generator_next,
              .send = generator_slot_send},
    .methods = generator_methods,
    .getset = generator_getset,
};
