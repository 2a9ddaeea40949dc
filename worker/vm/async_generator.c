/*
 * async_generator: the async generator type and the awaitables of its methods.
 *
 * A `yield` in an async generator hands out an async_generator_wrapped, so that it can be told from what an inner `await`
 * yields to the event loop. The awaitables unwrap it into StopIteration(value), which ends the await.
 */
#include "objects/generic.h"
#include "vm/generator.h"
#include "vm/vm_internal.h"

typedef struct AsyncWrapped {
    HeapObject head;
    Value value;
} AsyncWrapped;

typedef enum AwaitState { AWAIT_INIT, AWAIT_ITER, AWAIT_CLOSED } AwaitState;

/* asend: `value` is what to send. athrow: `value` is a tuple of throw()'s arguments; NULL: aclose. */
typedef struct AsyncAwait {
    HeapObject head;
    Generator *generator;
    Value value;
    AwaitState state;
} AsyncAwait;

static bool is_wrapped(Value v) { return is_object(v) && type_of(v) == TYPE(async_generator_wrapped); }

Value async_wrapped_new(Value v) {
    AsyncWrapped *w = heap_object_new(rt->heap, &TYPE(async_generator_wrapped)->kind, sizeof *w);
    if (!w) return raise_no_memory();
    w->value = incref(v);
    heap_track(rt->heap, &w->head);
    return AS_VALUE(w);
}

static int wrapped_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((AsyncWrapped *)o)->value);
    return 0;
}

static void wrapped_free(Heap *heap, HeapObject *o) {
    xdecref(((AsyncWrapped *)o)->value);
    heap_object_free(heap, o);
}

const TypeSpec async_generator_wrapped_type_spec = {
    .name = "async_generator_wrapped_value",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(AsyncWrapped),
    .slots = {.getattr = object_getattr, .traverse = wrapped_traverse, .free = wrapped_free},
};

/* ---- the common part of asend and athrow ---- */

static Value await_new(TypeId type, Generator *g, Value value) {
    AsyncAwait *a = heap_object_new(rt->heap, &rt->types[type]->kind, sizeof *a);
    if (!a) return raise_no_memory();
    a->generator = INCREF(g);
    a->value = xincref(value);
    a->state = AWAIT_INIT;
    heap_track(rt->heap, &a->head);
    return AS_VALUE(a);
}

static int await_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((AsyncAwait *)o)->generator);
    VISIT(((AsyncAwait *)o)->value);
    return 0;
}

static void await_free(Heap *heap, HeapObject *o) {
    AsyncAwait *a = (AsyncAwait *)o;
    DECREF(a->generator);
    xdecref(a->value);
    heap_object_free(heap, o);
}

static Value await_iter(Value v) { return incref(v); }

static Value await_close(Value v) {
    ((AsyncAwait *)v)->state = AWAIT_CLOSED;
    return NONE;
}

/* A generator's step as seen by the awaiting side: what an inner await yielded, or NULL with StopIteration(value) or an error. */
static Value unwrap(Generator *g, SendResult sent, Value result) {
    if (sent == SEND_YIELDED && !is_wrapped(result)) return result;
    if (sent == SEND_YIELDED) {
        raise_stop_iteration(((AsyncWrapped *)result)->value);
        decref(result);
        g->running_async = false;
        return NULL;
    }
    if (!error_pending()) raise_bare(T_StopAsyncIteration);
    if (error_matches(T_StopAsyncIteration) || error_matches(T_GeneratorExit)) g->closed = true;
    g->running_async = false;
    return NULL;
}

/* ---- asend ---- */

static Value asend_send(Value v, Value arg) {
    AsyncAwait *a = (AsyncAwait *)v;
    Generator *g = a->generator;
    if (a->state == AWAIT_CLOSED)
        return raise_error(T_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
    if (a->state == AWAIT_INIT) {
        if (g->running_async)
            return raise_error(T_RuntimeError, "anext(): asynchronous generator is already running");
        if (arg == NONE) arg = a->value ? a->value : NONE;
        a->state = AWAIT_ITER;
    }
    g->running_async = true;
    Value result;
    SendResult sent = generator_send(g, arg, &result);
    Value out = unwrap(g, sent, result);
    if (!out) a->state = AWAIT_CLOSED;
    return out;
}

static Value asend_next(Value v) { return asend_send(v, NONE); }

static Value asend_throw(Value v, Value const *args, size_t nargs) {
    AsyncAwait *a = (AsyncAwait *)v;
    if (!args_count("throw", nargs, 1, 3)) return NULL;
    if (a->state == AWAIT_CLOSED)
        return raise_error(T_RuntimeError, "cannot reuse already awaited __anext__()/asend()");
    Value result;
    SendResult sent = generator_throw(a->generator, args, nargs, true, &result);
    Value out = unwrap(a->generator, sent, result);
    if (!out) a->state = AWAIT_CLOSED;
    return out;
}

static const NativeMethod asend_methods[] = {
    METHOD_ONE("send", asend_send,
               "Goes on with a value; gives what is yielded next, or raises StopIteration."),
    METHOD_FAST("throw", asend_throw,
                "throw(value)\nthrow(type[,value[,tb]])\n\nraise exception in generator, return next "
                "yielded value or raise StopIteration."),
    METHOD_NOARGS("close", await_close, "Raises GeneratorExit where it stands, and ends."),
    METHOD_END,
};

const TypeSpec async_generator_asend_type_spec = {
    .name = "async_generator_asend",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(AsyncAwait),
    .slots = {.getattr = object_getattr,
              .traverse = await_traverse,
              .free = await_free,
              .iter = await_iter,
              .next = asend_next,
              .await = await_iter},
    .methods = asend_methods,
};

/* ---- athrow, aclose ---- */

static Value ignored_exit(AsyncAwait *a) {
    a->generator->running_async = false;
    a->state = AWAIT_CLOSED;
    return raise_error(T_RuntimeError, "async generator ignored GeneratorExit");
}

/* aclose() is done when the generator is: its StopAsyncIteration or GeneratorExit becomes the await's end. */
static Value athrow_failed(AsyncAwait *a) {
    a->generator->running_async = false;
    a->state = AWAIT_CLOSED;
    if (!a->value && (error_swallow(T_StopAsyncIteration) || error_swallow(T_GeneratorExit)))
        raise_stop_iteration(NULL);
    return NULL;
}

static Value athrow_finish(AsyncAwait *a, SendResult sent, Value result) {
    if (a->value) {
        Value out = unwrap(a->generator, sent, result);
        return out ? out : athrow_failed(a);
    }
    if (sent == SEND_YIELDED && is_wrapped(result)) {
        decref(result);
        return ignored_exit(a);
    }
    if (sent == SEND_YIELDED) return result;
    if (!error_pending()) raise_bare(T_StopAsyncIteration);
    return athrow_failed(a);
}

static Value athrow_begin(AsyncAwait *a, Value arg) {
    Generator *g = a->generator;
    Value result;
    SendResult sent;
    if (g->running_async) {
        a->state = AWAIT_CLOSED;
        return raise_error(T_RuntimeError, a->value ? "athrow(): asynchronous generator is already running"
                                                    : "aclose(): asynchronous generator is already running");
    }
    if (g->closed) {
        a->state = AWAIT_CLOSED;
        return raise_bare(T_StopAsyncIteration);
    }
    if (arg != NONE)
        return raise_error(T_RuntimeError, "can't send non-None value to a just-started coroutine");
    a->state = AWAIT_ITER;
    g->running_async = true;
    if (a->value) {
        sent = generator_throw(g, ((Tuple *)a->value)->items, tuple_length(a->value), false, &result);
    } else {
        g->closed = true;
        Value exit = AS_VALUE(TYPE(GeneratorExit));
        sent = generator_throw(g, &exit, 1, false, &result);
    }
    return athrow_finish(a, sent, result);
}

static Value athrow_send(Value v, Value arg) {
    AsyncAwait *a = (AsyncAwait *)v;
    if (a->state == AWAIT_CLOSED)
        return raise_error(T_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
    if (a->generator->state == GENERATOR_DONE) {
        a->state = AWAIT_CLOSED;
        return raise_stop_iteration(NULL);
    }
    if (a->state == AWAIT_INIT) return athrow_begin(a, arg);
    Value result;
    SendResult sent = generator_send(a->generator, arg, &result);
    if (a->value) return unwrap(a->generator, sent, result);
    return athrow_finish(a, sent, result);
}

static Value athrow_next(Value v) { return athrow_send(v, NONE); }

static Value athrow_throw(Value v, Value const *args, size_t nargs) {
    AsyncAwait *a = (AsyncAwait *)v;
    if (!args_count("throw", nargs, 1, 3)) return NULL;
    if (a->state == AWAIT_CLOSED)
        return raise_error(T_RuntimeError, "cannot reuse already awaited aclose()/athrow()");
    Value result;
    SendResult sent = generator_throw(a->generator, args, nargs, true, &result);
    if (a->value) return unwrap(a->generator, sent, result);
    if (sent == SEND_YIELDED) return is_wrapped(result) ? athrow_finish(a, sent, result) : result;
    if (!error_pending()) raise_bare(T_StopAsyncIteration);
    if (error_swallow(T_StopAsyncIteration) || error_swallow(T_GeneratorExit)) raise_stop_iteration(NULL);
    return NULL; /* it can be awaited again, and is at its end then */
}

static const NativeMethod athrow_methods[] = {
    METHOD_ONE("send", athrow_send,
               "Goes on with a value; gives what is yielded next, or raises StopIteration."),
    METHOD_FAST("throw", athrow_throw,
                "throw(value)\nthrow(type[,value[,tb]])\n\nraise exception in generator, return next "
                "yielded value or raise StopIteration."),
    METHOD_NOARGS("close", await_close, "Raises GeneratorExit where it stands, and ends."),
    METHOD_END,
};

const TypeSpec async_generator_athrow_type_spec = {
    .name = "async_generator_athrow",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(AsyncAwait),
    .slots = {.getattr = object_getattr,
              .traverse = await_traverse,
              .free = await_free,
              .iter = await_iter,
              .next = athrow_next,
              .await = await_iter},
    .methods = athrow_methods,
};

/* ---- the async generator ---- */

/* sys.set_asyncgen_hooks: the first use tells the event loop, which may remember a finalizer. */
static int init_hooks(Generator *g) {
    if (g->hooks_called) return 0;
    g->hooks_called = true;
    Thread *t = THREAD;
    Value first = t->async_gen_hooks[0], finalizer = t->async_gen_hooks[1];
    if (finalizer && finalizer != NONE) SET_FIELD_STEAL(g->origin_or_finalizer, incref(finalizer));
    if (!first || first == NONE) return 0;
    incref(first);
    Value done = value_call_one(first, AS_VALUE(g));
    decref(first);
    xdecref(done);
    return done ? 0 : -1;
}

static Value async_generator_asend(Value v, Value arg) {
    if (init_hooks((Generator *)v) < 0) return NULL;
    return await_new(T_async_generator_asend, (Generator *)v, arg);
}

static Value async_generator_anext(Value v) { return async_generator_asend(v, NONE); }

static Value async_generator_aclose(Value v) {
    if (init_hooks((Generator *)v) < 0) return NULL;
    return await_new(T_async_generator_athrow, (Generator *)v, NULL);
}

static Value async_generator_athrow(Value v, Value const *args, size_t nargs) {
    if (!args_count("athrow", nargs, 1, 3)) return NULL;
    if (init_hooks((Generator *)v) < 0) return NULL;
    Value tuple = tuple_from_array(args, nargs);
    if (!tuple) return NULL;
    Value a = await_new(T_async_generator_athrow, (Generator *)v, tuple);
    decref(tuple);
    return a;
}

static Value async_generator_aiter(Value v) { return incref(v); }

static Value get_running(Value v, void *closure) {
    (void)closure;
    return BOOL(((Generator *)v)->running_async);
}

static const NativeMethod async_generator_methods[] = {
    METHOD_ONE("asend", async_generator_asend,
               "An awaitable that sends a value in and gives what is yielded next."),
    METHOD_FAST("athrow", async_generator_athrow,
                "An awaitable that raises an exception where it stands; gives what is yielded next."),
    METHOD_NOARGS("aclose", async_generator_aclose,
                  "An awaitable that raises GeneratorExit where it stands."),
    METHOD_NOARGS("__del__", generator_method_del, NULL),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const GetSet async_generator_getset[] = {
    {"__name__", generator_get_name, generator_set_name, "name of the async generator", NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, "its name with what it is defined in",
     NULL},
    {"ag_await", generator_get_delegate, NULL, "what it waits for, or None", NULL},
    {"ag_frame", generator_get_frame, NULL, NULL, NULL},
    GETSET_MEMBER("ag_running", get_running, NULL),
    GETSET_MEMBER("ag_code", generator_get_code, NULL),
    {NULL, NULL, NULL, NULL, NULL},
};

const TypeSpec async_generator_type_spec = {
    .name = "async_generator",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Generator),
    .item_size = sizeof(Value),
    .slots = {.getattr = object_getattr,
              .traverse = generator_traverse,
              .clear = generator_clear,
              .finalize = generator_kind_finalize,
              .free = generator_free,
              .repr = generator_repr,
              .aiter = async_generator_aiter,
              .anext = async_generator_anext},
    .methods = async_generator_methods,
    .getset = async_generator_getset,
};

/* ---- anext(iterator, default): awaits, and takes the default when the iterator is at its end ---- */

typedef struct AnextAwaitable {
    HeapObject head;
    Value awaitable, fallback;
} AnextAwaitable;

Value anext_awaitable_new(Value awaitable, Value fallback) {
    AnextAwaitable *a = heap_object_new(rt->heap, &TYPE(anext_awaitable)->kind, sizeof *a);
    if (!a) return raise_no_memory();
    a->awaitable = incref(awaitable);
    a->fallback = incref(fallback);
    heap_track(rt->heap, &a->head);
    return AS_VALUE(a);
}

static int anext_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((AnextAwaitable *)o)->awaitable);
    VISIT(((AnextAwaitable *)o)->fallback);
    return 0;
}

static void anext_free(Heap *heap, HeapObject *o) {
    xdecref(((AnextAwaitable *)o)->awaitable);
    xdecref(((AnextAwaitable *)o)->fallback);
    heap_object_free(heap, o);
}

/* The iterator that does the work: coroutines have no `next`, so theirs is the wrapper of __await__. */
static Value anext_inner(AnextAwaitable *a) {
    Value it = awaitable_iter(a->awaitable);
    if (!it || type_of(it)->slots.next) return it;
    Value wrapper = type_of(it)->slots.await(it);
    decref(it);
    if (wrapper && !value_is_iterator(wrapper)) {
        decref(wrapper);
        return raise_error(T_TypeError, "__await__() returned a non-iterable");
    }
    return wrapper;
}

static Value anext_result(AnextAwaitable *a, Value result) {
    if (!result && error_swallow(T_StopAsyncIteration)) raise_stop_iteration(a->fallback);
    return result;
}

static Value anext_next(Value v) {
    AnextAwaitable *a = (AnextAwaitable *)v;
    Value it = anext_inner(a);
    if (!it) return NULL;
    Value result = type_of(it)->slots.next(it);
    decref(it);
    return anext_result(a, result);
}

static Value anext_forward(Value v, Value name, Value const *args, size_t nargs) {
    AnextAwaitable *a = (AnextAwaitable *)v;
    Value it = anext_inner(a);
    if (!it) return NULL;
    Value result = value_call_method(it, name, args, nargs);
    decref(it);
    return anext_result(a, result);
}

static Value anext_send(Value v, Value arg) { return anext_forward(v, NAME(send), &arg, 1); }
static Value anext_throw(Value v, Value const *args, size_t nargs) {
    return anext_forward(v, NAME(throw), args, nargs);
}
static Value anext_close(Value v) { return anext_forward(v, NAME(close), NULL, 0); }

static const NativeMethod anext_methods[] = {
    METHOD_ONE("send", anext_send, NULL),
    METHOD_FAST("throw", anext_throw, NULL),
    METHOD_NOARGS("close", anext_close, NULL),
    METHOD_END,
};

const TypeSpec anext_awaitable_type_spec = {
    .name = "anext_awaitable",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(AnextAwaitable),
    .slots = {.getattr = object_getattr,
              .traverse = anext_traverse,
              .free = anext_free,
              .iter = await_iter,
              .next = anext_next,
              .await = await_iter},
    .methods = anext_methods,
};
