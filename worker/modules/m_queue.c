/*
 * _queue: SimpleQueue, an unbounded queue between threads. Its operations need no lock: the GIL is held from
 * the look at the items to taking one, and nothing that runs Python code lies between.
 */
#include <math.h>

#include "modules/module.h"
#include "modules/thread_wait.h"
#include "objects/generic.h"
#include "objects/int.h"
#include "objects/sizes.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* Item i is at items[(first + i) & mask]; the capacity is a power of two. */
typedef struct SimpleQueue {
    HeapObject head;
    Value *items;
    size_t mask, first, length;
} SimpleQueue;

typedef struct QueueState {
    Type *type, *empty;
} QueueState;

#define QUEUE MODULE_STATE(queue, QueueState)

static SimpleQueue *queue_of(Value v) { return (SimpleQueue *)v; }
static bool has_item(Value v) { return queue_of(v)->length > 0; }

/* ---- storage ---- */

static size_t queue_size(const HeapObject *o) { return size_with(o, ((const SimpleQueue *)o)->items); }

static int grow(SimpleQueue *q) {
    size_t old = q->items ? q->mask + 1 : 0, capacity = old ? 2 * old : 8;
    Value *items = heap_calloc(rt->heap, capacity, sizeof *items);
    if (!items) return raise_no_memory(), -1;
    for (size_t i = 0; i < q->length; i++) items[i] = q->items[(q->first + i) & q->mask];
    heap_free(rt->heap, q->items);
    q->items = items;
    q->mask = capacity - 1;
    q->first = 0;
    return 0;
}

static void drop_all(SimpleQueue *q) {
    SimpleQueue old = *q;
    q->items = NULL;
    q->first = q->length = 0;
    for (size_t i = 0; i < old.length; i++) decref(old.items[(old.first + i) & old.mask]);
    heap_free(rt->heap, old.items);
}

/* ---- life ---- */

static Value queue_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (type == QUEUE->type && nargs)
        return raise_error(T_TypeError, "SimpleQueue() takes no positional arguments");
    if (type == QUEUE->type && !args_no_keywords("SimpleQueue", kwnames)) return NULL;
    SimpleQueue *q = (SimpleQueue *)value_alloc(type, 0);
    if (!q) return NULL;
    q->items = NULL;
    q->mask = q->first = q->length = 0;
    value_track(AS_VALUE(q));
    return AS_VALUE(q);
}

static int queue_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    SimpleQueue *q = (SimpleQueue *)(void *)o;
    for (size_t i = 0; i < q->length; i++) VISIT(q->items[(q->first + i) & q->mask]);
    return 0;
}

static void queue_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    drop_all((SimpleQueue *)(void *)o);
}

static void queue_free(Heap *heap, HeapObject *o) {
    queue_clear(heap, o);
    value_free(AS_VALUE(o));
}

/* ---- methods ---- */

static Value put(Value v, Value item) {
    SimpleQueue *q = queue_of(v);
    if ((!q->items || q->length > q->mask) && grow(q) < 0) return NULL;
    q->items[(q->first + q->length++) & q->mask] = incref(item);
    thread_wait_wake(v);
    return NONE;
}

static Value queue_put(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"item", "block", "timeout", NULL};
    static const ArgSpec spec = {"put", names, 3, 1, 3};
    Value out[3];
    return args_bind(&spec, args, nargs, kwnames, out) ? put(v, out[0]) : NULL;
}

static Value queue_put_nowait(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"item", NULL};
    static const ArgSpec spec = {"put_nowait", names, 1, 1, 1};
    Value out[1];
    return args_bind(&spec, args, nargs, kwnames, out) ? put(v, out[0]) : NULL;
}

/* Seconds to wait. 0, -1 raised. */
static int wait_time(Value timeout_or_null, double *seconds) {
    *seconds = INFINITY;
    if (!timeout_or_null || timeout_or_null == NONE) return 0;
    if (is_float(timeout_or_null)) {
        if (value_as_double(timeout_or_null, seconds) < 0) return -1;
        if (isnan(*seconds)) return raise_int(T_ValueError, "Invalid value NaN (not a number)");
    } else {
        int64_t whole;
        if (value_as_i64(timeout_or_null, &whole) < 0) return -1;
        *seconds = (double)whole;
    }
    if (*seconds < 0) return raise_int(T_ValueError, "'timeout' must be a non-negative number");
    if (*seconds >= 9223372036854775808.0)
        return raise_int(T_OverflowError, "timestamp out of range for platform time_t");
    return *seconds > 9223372036.0 ? raise_int(T_OverflowError, "timeout value is too large") : 0;
}

static Value raise_empty(void) {
    Value error = value_call_noargs(AS_VALUE(QUEUE->empty));
    if (error) raise_value(error);
    xdecref(error);
    return NULL;
}

static Value get(Value v, double seconds) {
    int ready = thread_wait_until(v, has_item, seconds);
    if (ready <= 0) return ready < 0 ? NULL : raise_empty();
    SimpleQueue *q = queue_of(v);
    Value item = q->items[q->first];
    q->first = (q->first + 1) & q->mask;
    q->length--;
    return item;
}

static Value queue_get(Value v, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"block", "timeout", NULL};
    static const ArgSpec spec = {"get", names, 2, 0, 2};
    Value out[2];
    double seconds = 0;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int block = out[0] ? value_is_true(out[0]) : 1;
    if (block < 0 || (block && wait_time(out[1], &seconds) < 0)) return NULL;
    return get(v, seconds);
}

static Value queue_get_nowait(Value v, Value const *args, size_t nargs, Value kwnames) {
    (void)args;
    if (nargs || (kwnames && tuple_length(kwnames)))
        return raise_error(T_TypeError, "get_nowait() takes no arguments");
    return get(v, 0);
}

static Value queue_empty(Value v) { return BOOL(!has_item(v)); }
static Value queue_qsize(Value v) { return small_int_new((int64_t)queue_of(v)->length); }

static const NativeMethod queue_methods[] = {
    METHOD_NOARGS("empty", queue_empty,
                  "empty($self, /)\n--\n\nWhether nothing is in it, which may change at once."),
    METHOD_KW("get", queue_get,
              "get($self, /, block=True, timeout=None)\n--\n\nRemove and return an item; wait for one if "
              "asked to, at most so "
              "many seconds."),
    METHOD_KW("get_nowait", queue_get_nowait,
              "get_nowait($self, /)\n--\n\nRemove and return an item if there is one, else raise Empty."),
    METHOD_KW("put", queue_put,
              "put($self, /, item, block=True, timeout=None)\n--\n\nPut the item on the queue, which never "
              "blocks."),
    METHOD_KW("put_nowait", queue_put_nowait,
              "put_nowait($self, /, item)\n--\n\nPut it in; this never waits."),
    METHOD_NOARGS("qsize", queue_qsize,
                  "qsize($self, /)\n--\n\nHow many items are in it, which may change at once."),
    METHOD_CLASS_GETITEM,
    METHOD_END,
};

static const TypeSpec queue_spec = {
    .name = "_queue.SimpleQueue",
    .doc = "SimpleQueue()\n--\n\nA queue that grows as it must; put may interrupt put.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(SimpleQueue),
    .slots = {.traverse = queue_traverse,
              .clear = queue_clear,
              .free = queue_free,
              .size = queue_size,
              .new_ = queue_make},
    .methods = queue_methods,
};

/* ---- the module ---- */

static int queue_ready(Value module) {
    QueueState *s = module_state_new(M_queue, sizeof *s);
    if (!s) return -1;
    if (!s->empty) {
        Value bases = tuple_pack(1, AS_VALUE(TYPE(Exception)));
        s->empty = bases ? type_new_simple("_queue.Empty", bases, NULL, "Nothing is in the queue.") : NULL;
        xdecref(bases);
        if (!s->empty) return -1;
    }
    if (module_make_type(module, &s->type, &queue_spec, NULL) < 0) return -1;
    return module_add(module, "Empty", incref(AS_VALUE(s->empty)));
}

const ModuleSpec module_queue = {
    .name = "_queue",
    .doc = "The queue under the queue module.",
    .ready = queue_ready,
};
