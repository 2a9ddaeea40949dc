/* coroutine: the coroutine type, its __await__ wrapper, and what can be awaited. */
#include "vm/generator.h"
#include "vm/vm_internal.h"

bool generator_is_coroutine(Value v) {
    return is_exact_coroutine(v) ||
           (is_exact_generator(v) && (((Generator *)v)->code->flags & CODE_ITERABLE_COROUTINE));
}

Value awaitable_iter(Value v) {
    if (generator_is_coroutine(v)) return incref(v);
    Type *t = type_of(v);
    if (!t->slots.await) return raise_error(T_TypeError, "object %T can't be used in 'await' expression", v);
    Value it = t->slots.await(v);
    if (!it) return NULL;
    if (generator_is_coroutine(it)) {
        decref(it);
        return raise_error(T_TypeError, "__await__() returned a coroutine");
    }
    if (!value_is_iterator(it)) {
        raise_error(T_TypeError, "__await__() returned non-iterator of type '%T'", it);
        decref(it);
        return NULL;
    }
    return it;
}

Value ops_awaitable(Value v, uint32_t context) {
    Value it = awaitable_iter(v);
    if (!it) {
        if (context && !type_of(v)->slots.await && error_matches(T_TypeError)) {
            error_clear();
            return raise_error(
                T_TypeError, "'async with' received an object from %s that does not implement __await__: %T",
                context == 1 ? "__aenter__" : "__aexit__", v);
        }
        return NULL;
    }
    if (is_exact_coroutine(it)) {
        Value sub = generator_delegate((Generator *)it);
        if (sub) {
            decref(sub);
            decref(it);
            return raise_error(T_RuntimeError, "coroutine is being awaited already");
        }
    }
    return it;
}

/* ---- coroutine ---- */

typedef struct CoroutineWrapper {
    HeapObject head;
    Value coroutine;
} CoroutineWrapper;

static Value coroutine_await(Value v) {
    CoroutineWrapper *w = heap_object_new(rt->heap, &TYPE(coroutine_wrapper)->kind, sizeof *w);
    if (!w) return raise_no_memory();
    w->coroutine = incref(v);
    heap_track(rt->heap, &w->head);
    return AS_VALUE(w);
}

static Value get_origin(Value v, void *closure) {
    (void)closure;
    Value origin = ((Generator *)v)->origin_or_finalizer;
    return origin ? incref(origin) : NONE;
}

static const NativeMethod coroutine_methods[] = {
    METHOD_ONE("send", generator_method_send,
               "Goes on with a value; gives what comes out next, or raises StopIteration."),
    METHOD_FAST("throw", generator_method_throw,
                "Raises an exception where it stands; gives what comes out next, or raises StopIteration."),
    METHOD_NOARGS("close", generator_method_close, "Raises GeneratorExit where it stands, and ends."),
    METHOD_NOARGS("__del__", generator_method_del, NULL),
    METHOD_END,
};

static const GetSet coroutine_getset[] = {
    {"__name__", generator_get_name, generator_set_name, "name of the coroutine", NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, "qualified name of the coroutine", NULL},
    {"cr_await", generator_get_delegate, NULL, "what it waits for, or None", NULL},
    {"cr_running", generator_get_running, NULL, NULL, NULL},
    {"cr_frame", generator_get_frame, NULL, NULL, NULL},
    {"cr_suspended", generator_get_suspended, NULL, NULL, NULL},
    GETSET_MEMBER("cr_code", generator_get_code, NULL),
    GETSET_MEMBER("cr_origin", get_origin, NULL),
    {NULL, NULL, NULL, NULL, NULL},
};

const TypeSpec coroutine_type_spec = {
    .name = "coroutine",
    .flags = TYPE_GC | TYPE_WEAKREFABLE | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(Generator),
    .item_size = sizeof(Value),
    .slots = {.getattr = object_getattr,
              .traverse = generator_traverse,
              .clear = generator_clear,
              .finalize = generator_kind_finalize,
              .free = generator_free,
              .repr = generator_repr,
              .await = coroutine_await,
              .send = generator_slot_send},
    .methods = coroutine_methods,
    .getset = coroutine_getset,
};

/* ---- coroutine_wrapper ---- */

static Value inner(Value v) { return ((CoroutineWrapper *)v)->coroutine; }

static int wrapper_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((CoroutineWrapper *)o)->coroutine);
    return 0;
}

static void wrapper_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    CLEAR_FIELD(((CoroutineWrapper *)o)->coroutine);
}

static void wrapper_free(Heap *heap, HeapObject *o) {
    xdecref(((CoroutineWrapper *)o)->coroutine);
    heap_object_free(heap, o);
}

static Value wrapper_iter(Value v) { return incref(v); }

static SendResult wrapper_slot_send(Value v, Value sent, Value *result) {
    return generator_slot_send(inner(v), sent, result);
}

static Value wrapper_next(Value v) {
    Value result;
    SendResult sent = generator_send((Generator *)inner(v), NONE, &result);
    return send_result_value(sent, result);
}

static Value wrapper_send(Value v, Value arg) { return generator_method_send(inner(v), arg); }
static Value wrapper_throw(Value v, Value const *args, size_t nargs) {
    return generator_method_throw(inner(v), args, nargs);
}
static Value wrapper_close(Value v) { return generator_method_close(inner(v)); }

static const NativeMethod wrapper_methods[] = {
    METHOD_ONE("send", wrapper_send,
               "Goes on with a value; gives what comes out next, or raises StopIteration."),
    METHOD_FAST("throw", wrapper_throw,
                "Raises an exception where it stands; gives what comes out next, or raises StopIteration."),
    METHOD_NOARGS("close", wrapper_close, "Raises GeneratorExit where it stands, and ends."),
    METHOD_END,
};

const TypeSpec coroutine_wrapper_type_spec = {
    .name = "coroutine_wrapper",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(CoroutineWrapper),
    .slots = {.getattr = object_getattr,
              .traverse = wrapper_traverse,
              .clear = wrapper_clear,
              .free = wrapper_free,
              .iter = wrapper_iter,
              .next = wrapper_next,
              .send = wrapper_slot_send},
    .methods = wrapper_methods,
};
