/* unwind: finding handlers, raising and matching exceptions, and the traceback type. */
#include "objects/evaluator.h"
#include "vm/vm_internal.h"

/* The last row that begins at or before the unit and reaches past it is the innermost. */
const ExceptionRow *unwind_find(const Code *code, uint32_t unit) {
    const ExceptionRow *rows = code->exception_rows;
    uint32_t low = 0, high = code->exception_row_count;
    while (low < high) { /* rows[0..low) begin at or before it */
        uint32_t middle = (low + high) / 2;
        if (rows[middle].start <= unit) low = middle + 1;
        else high = middle;
    }
    while (low-- > 0)
        if (unit < rows[low].end) return &rows[low];
    return NULL;
}

const ExceptionRow *unwind_handler(const Code *code, uint32_t unit) {
    const ExceptionRow *row = unwind_find(code, unit);
    if (row && type_of(error_borrow()) == TYPE(MemoryError)) rt->memory_errors_met++;
    return row;
}

Value handled_exception(Thread *t) {
    for (Handled *h = t->handled; h; h = h->previous)
        if (h->exception && h->exception != NONE) return h->exception;
    return NULL;
}

Value vm_handled_exception_borrow(void) { return handled_exception(THREAD); }

/* ---- raise ---- */

static int set_cause(Value e, Value cause) {
    Value instance = NULL;
    if (is_exception(cause)) {
        instance = incref(cause);
    } else if (is_type(cause) && (((Type *)cause)->flags & TYPE_EXCEPTION_SUBCLASS)) {
        instance = value_call_noargs(cause);
        if (!instance) return -1;
        if (!is_exception(instance)) {
            raise_error(T_TypeError, "calling %R should have returned an instance of BaseException, not %R",
                        cause, AS_VALUE(type_of(instance)));
            decref(instance);
            return -1;
        }
    } else if (cause != NONE) {
        return raise_int(T_TypeError, "exception causes must derive from BaseException");
    }
    exception_set_cause_steal(e, instance);
    return 0;
}

int unwind_raise(Thread *t, Value exception, Value cause) {
    if (!exception) {
        Value handled = handled_exception(t);
        if (!handled) return raise_error(T_RuntimeError, "No active exception to reraise"), 0;
        error_restore_steal(incref(handled));
        return 1;
    }
    Value e = exception_from_raised(exception);
    if (!e) return 0;
    if (!cause || set_cause(e, cause) == 0) raise_value(e);
    decref(e);
    return 0;
}

/* ---- except ---- */

int unwind_matches(Value exception, Value match) { return exception_matches(exception, match); }

int unwind_match_group(Value exception, Value match_type, Value *match, Value *rest) {
    if (exception_group_split(exception, match_type, match, rest) < 0) return -1;
    if (*match == NONE) *match = NULL;
    return 0;
}

Value unwind_reraise_star(Value original, Value list) { return exception_group_reraise(original, list); }

/* ---- tracebacks ---- */

typedef struct Traceback {
    HeapObject head;
    Value next;  /* Traceback or NULL */
    Value frame; /* FrameObject */
    int lasti;   /* unit */
    int line;    /* computed when asked for: 0 not yet */
} Traceback;

Value traceback_new(Value next, Value frame, int lasti, int line) {
    Traceback *tb = heap_object_new(rt->heap, &TYPE(traceback)->kind, sizeof *tb);
    if (!tb) return raise_no_memory();
    tb->next = xincref(next);
    tb->frame = incref(frame);
    tb->lasti = lasti;
    tb->line = line;
    heap_track(rt->heap, &tb->head);
    return AS_VALUE(tb);
}

int exception_add_traceback(Value exception, Value frame, int lasti, int line) {
    BaseException *e = exception_of(exception);
    Value next = e->traceback == NONE ? NULL : e->traceback;
    Value tb = traceback_new(next, frame, lasti, line);
    if (!tb) return -1;
    SET_FIELD_STEAL(e->traceback, tb);
    return 0;
}

static bool is_import_machinery(const Code *code) {
    return str_equal_cstr(code->filename, "<frozen importlib._bootstrap>") ||
           str_equal_cstr(code->filename, "<frozen importlib._bootstrap_external>");
}

void exception_trim_import(Value exception) {
    BaseException *e = exception_of(exception);
    bool always = type_is_subtype(type_of(exception), TYPE(ImportError)), inside = false;
    Value *previous = &e->traceback, *chunk = previous;
    for (Value tb = e->traceback; tb && tb != NONE;) {
        Value *link = &((Traceback *)tb)->next;
        const Code *code = ((FrameObject *)((Traceback *)tb)->frame)->frame->code;
        bool machinery = is_import_machinery(code);
        if (machinery && !inside) chunk = previous;
        inside = machinery;
        previous = link;
        if (inside && (always || str_equal_cstr(code->name, "_call_with_frames_removed"))) {
            Value rest = xincref(*link), cut = *chunk;
            *chunk = rest;
            xdecref(cut);
            previous = chunk;
        }
        tb = *previous;
    }
}

/* There is no memory for an entry of the traceback: the MemoryError goes on, with the exception as its context. One that says
 * so already, or that no program shall miss, loses the entry instead. */
static Value without_entry_steal(Value exception) {
    Value no_memory = error_take();
    if (IS(exception, MemoryError) || !IS(exception, Exception)) {
        xdecref(no_memory);
        return exception;
    }
    exception_set_context_steal(no_memory, exception);
    return no_memory;
}

void unwind_add_traceback(Frame *f) {
    Value exception = error_take();
    Value frame = frame_object(f);
    if (!frame || exception_add_traceback(exception, frame, frame_unit(f), 0) < 0)
        exception = without_entry_steal(exception);
    xdecref(frame);
    error_restore_steal(exception);
}

void traceback_give_place(Value exception) {
    Frame *f = thread_frame(THREAD);
    if (!f || exception_of(exception)->traceback) return;
    Value frame = frame_object(f);
    if (!frame || exception_add_traceback(exception, frame, frame_unit(f), 0) < 0) error_clear();
    xdecref(frame);
}

static int traceback_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((Traceback *)o)->next);
    VISIT(((Traceback *)o)->frame);
    return 0;
}

static void traceback_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    CLEAR_FIELD(((Traceback *)o)->next);
}

static void traceback_free(Heap *heap, HeapObject *o) {
    Traceback *tb = (Traceback *)o;
    xdecref(tb->next);
    xdecref(tb->frame);
    heap_object_free(heap, o);
}

Value traceback_next_borrow(Value tb) { return ((Traceback *)tb)->next; }
Value traceback_frame_borrow(Value tb) { return ((Traceback *)tb)->frame; }
int traceback_unit(Value tb) { return ((Traceback *)tb)->lasti; }

int traceback_line(Value v) {
    Traceback *tb = (Traceback *)v;
    if (tb->line == 0) {
        const Code *code = ((FrameObject *)tb->frame)->frame->code;
        tb->line = tb->lasti < 0 ? (int)code->first_line : code_line(code, (uint32_t)tb->lasti);
    }
    return tb->line;
}

static Value get_tb_next(Value v, void *closure) {
    (void)closure;
    Value next = traceback_next_borrow(v);
    return next ? incref(next) : NONE;
}

static int set_tb_next(Value v, Value value, void *closure) {
    (void)closure;
    if (!value) return raise_int(T_TypeError, "can't delete tb_next attribute");
    if (value == NONE) {
        CLEAR_FIELD(((Traceback *)v)->next);
        return 0;
    }
    if (!IS_EXACT(value, traceback))
        return raise_int(T_TypeError, "expected traceback object, got '%T'", value);
    for (Value at = value; at; at = traceback_next_borrow(at))
        if (at == v) return raise_int(T_ValueError, "traceback loop detected");
    SET_FIELD_STEAL(((Traceback *)v)->next, incref(value));
    return 0;
}

static Value get_frame(Value v, void *closure) {
    (void)closure;
    return incref(traceback_frame_borrow(v));
}

static Value get_lasti(Value v, void *closure) {
    (void)closure;
    int unit = traceback_unit(v);
    return small_int_new(unit < 0 ? -1 : unit * 2);
}

static Value get_lineno(Value v, void *closure) {
    (void)closure;
    int line = traceback_line(v);
    return line < 0 ? NONE : small_int_new(line);
}

static Value traceback_dir(Value v) {
    (void)v;
    static const char *const names[] = {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"};
    Value list = list_new(0);
    for (size_t i = 0; list && i < 4; i++) {
        Value name = str_from_cstr(names[i]);
        if (!name || list_append_steal(list, name) < 0) CLEAR_FIELD(list);
    }
    return list;
}

/* traceback(tb_next, tb_frame, tb_lasti, tb_lineno) */
static Value traceback_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)type;
    static const char *const names[] = {"tb_next", "tb_frame", "tb_lasti", "tb_lineno", NULL};
    static const ArgSpec spec = {"TracebackType", names, 4, 4, 4};
    Value bound[4];
    int lasti, line;
    if (!args_bind(&spec, args, nargs, kwnames, bound)) return NULL;
    if (!IS_EXACT(bound[1], frame))
        return raise_error(T_TypeError, "TracebackType() argument 'tb_frame' must be frame, not %.50T",
                           bound[1]);
    if (value_as_int(bound[2], &lasti) < 0 || value_as_int(bound[3], &line) < 0) return NULL;
    if (bound[0] != NONE && !IS_EXACT(bound[0], traceback))
        return raise_error(T_TypeError, "expected traceback object or None, got '%T'", bound[0]);
    return traceback_new(bound[0] == NONE ? NULL : bound[0], bound[1], lasti < 0 ? -1 : lasti / 2, line);
}

static const NativeMethod traceback_methods[] = {
    METHOD_NOARGS("__dir__", traceback_dir, NULL),
    METHOD_END,
};

static const GetSet traceback_getset[] = {
    {"tb_next", get_tb_next, set_tb_next, NULL, NULL},
    GETSET_MEMBER("tb_frame", get_frame, NULL),
    GETSET_MEMBER("tb_lasti", get_lasti, NULL),
    GETSET_MEMBER("tb_lineno", get_lineno, NULL),
    {NULL, NULL, NULL, NULL, NULL},
};

const TypeSpec traceback_type_spec = {
    .name = "traceback",
    .doc = "traceback(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nA link of a traceback, from its parts.",
    .flags = TYPE_GC,
    .basic_size = sizeof(Traceback),
    .slots = {.getattr = object_getattr,
              .traverse = traceback_traverse,
              .clear = traceback_clear,
              .free = traceback_free,
              .new_ = traceback_make},
    .methods = traceback_methods,
    .getset = traceback_getset,
};
