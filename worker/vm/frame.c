/* frame: the frame stack, and what frames and frame objects do at their ends. See frame.h. */
#include "vm/frame_jump.h"
#include "vm/generator.h"
#include "vm/vm_internal.h"

/* ---- the stack of chunks ---- */

typedef struct FrameChunk {
    struct FrameChunk *previous;
    char *previous_top, *previous_end;
    size_t bytes;
    char data[];
} FrameChunk;

enum { CHUNK_BYTES = 32 * 1024 };

static FrameChunk *chunk_new(size_t room) {
    size_t bytes = sizeof(FrameChunk) + room;
    if (bytes < CHUNK_BYTES) bytes = CHUNK_BYTES;
    FrameChunk *chunk = heap_alloc(rt->heap, bytes);
    if (chunk) chunk->bytes = bytes;
    return chunk;
}

static void chunk_use(Thread *t, FrameChunk *chunk) {
    chunk->previous = t->frames;
    chunk->previous_top = t->frame_top;
    chunk->previous_end = t->frame_end;
    t->frames = chunk;
    t->frame_top = chunk->data;
    t->frame_end = (char *)chunk + chunk->bytes;
}

int frame_stack_init(Thread *t) {
    FrameChunk *chunk = chunk_new(0);
    if (!chunk) return -1;
    chunk_use(t, chunk);
    return 0;
}

void frame_stack_drop(Thread *t) {
    for (FrameChunk *chunk = t->frames; chunk;) {
        FrameChunk *previous = chunk->previous;
        heap_free(rt->heap, chunk);
        chunk = previous;
    }
    t->frames = NULL;
    t->frame_top = t->frame_end = NULL;
}

Frame *frame_push_slow(Thread *t, size_t bytes) {
    size_t doubled = t->frames ? ((FrameChunk *)t->frames)->bytes * 2 : 0; /* deep recursion: few chunks */
    if (doubled > 16 * CHUNK_BYTES) doubled = 16 * CHUNK_BYTES;
    FrameChunk *chunk = chunk_new(bytes > doubled ? bytes : doubled);
    if (!chunk) return raise_no_memory(), NULL;
    chunk_use(t, chunk);
    Frame *f = (Frame *)(void *)t->frame_top;
    t->frame_top += bytes;
    f->bits = FRAME_CHUNK_FIRST;
    return f;
}

void frame_pop_chunk(Thread *t) {
    FrameChunk *chunk = t->frames;
    t->frames = chunk->previous;
    t->frame_top = chunk->previous_top;
    t->frame_end = chunk->previous_end;
    heap_free(rt->heap, chunk);
}

/* ---- the values of a frame ---- */

void frame_clear_values(Frame *f) {
    Value *base = f->slots, *end = f->sp;
    f->sp = frame_stack(f);
    while (end > f->sp) xdecref(*--end);
    for (uint32_t i = 0; i < f->code->locals_plus_count; i++) {
        Value v = base[i];
        base[i] = NULL;
        xdecref(v);
    }
}

int frame_traverse_values(Frame *f, HeapVisit visit, void *arg) {
    for (Value *v = f->slots; v < f->sp; v++) VISIT(*v);
    VISIT(f->function);
    if (f->bits & FRAME_HAS_LOCALS) VISIT(f->locals);
    return 0;
}

static void move_to_object(Frame *f, FrameObject *o) {
    Frame *own = &o->own;
    uint32_t n = f->code->locals_plus_count;
    while (f->sp > frame_stack(f)) xdecref(*--f->sp);
    *own = *f;
    memcpy(own->slots, f->slots, n * sizeof(Value));
    own->sp = own->slots + n;
    own->bits = (f->bits & FRAME_HAS_LOCALS) | FRAME_OF_OBJECT;
    own->back = NULL;
    own->object = o;
    o->frame = own;
    if (f->back && !o->back) {
        o->back = frame_object(f->back);
        if (!o->back) error_clear();
    }
}

void frame_end(Frame *f) {
    if (f->bits & FRAME_HAS_OBJECT) {
        FrameObject *o = f->object;
        f->bits &= ~(uint32_t)FRAME_HAS_OBJECT;
        if (o->head.refcount > 1) {
            Value pending = error_pending() ? error_take() : NULL;
            move_to_object(f, o);
            if (pending) error_restore_steal(pending);
            DECREF(o);
            return;
        }
        o->frame = NULL;
        DECREF(o);
    }
    frame_clear_values(f);
    if (f->bits & FRAME_HAS_LOCALS) {
        f->bits &= ~(uint32_t)FRAME_HAS_LOCALS;
        decref(f->locals);
    }
    DECREF(f->function);
}

/* ---- line, locals ---- */

int frame_line(const Frame *f) {
    int unit = frame_unit(f);
    return unit < 0 ? (int)f->code->first_line : code_line(f->code, (uint32_t)unit);
}

/* A local's value for f_locals: cells opened; borrowed or NULL. */
static Value local_value_borrow(Frame *f, uint32_t i) {
    Value v = f->slots[i];
    if (v && (f->code->local_kinds[i] & (LOCAL_CELL | LOCAL_FREE)) && is_object(v) &&
        type_of(v) == TYPE(cell))
        return ((Cell *)v)->value;
    return v;
}

static int locals_from_fast(Frame *f, Value mapping) {
    Code *code = f->code;
    bool optimized = code->flags & CODE_OPTIMIZED;
    uint32_t begun = frame_unit(f) < 0 ? 0 : code->locals_plus_count;
    for (uint32_t i = 0; i < begun; i++) {
        if ((code->local_kinds[i] & LOCAL_FREE) && !optimized) continue;
        Value name = tuple_item_borrow(code->local_names, i), v = local_value_borrow(f, i);
        if (v) {
            if (value_setitem(mapping, name, v) < 0) return -1;
        } else if (value_delitem(mapping, name) < 0 && !error_swallow(T_KeyError)) {
            return -1;
        }
    }
    return 0;
}

Value frame_locals(Frame *f) {
    if (!frame_mapping(f)) {
        Value dict = dict_new();
        if (!dict) return NULL;
        f->locals = dict;
        f->bits |= FRAME_HAS_LOCALS;
    }
    if (f->code->locals_plus_count && locals_from_fast(f, f->locals) < 0) return NULL;
    return incref(f->locals);
}

void frame_locals_to_fast(Frame *f) {
    Code *code = f->code;
    bool unbound = false;
    if (!(f->bits & FRAME_HAS_LOCALS) || !(code->flags & CODE_OPTIMIZED)) return;
    for (uint32_t i = 0; i < code->locals_plus_count; i++) {
        Value v = dict_get_borrow(f->locals, tuple_item_borrow(code->local_names, i));
        if (v == local_value_borrow(f, i) || (!v && !(code->local_kinds[i] & LOCAL_PLAIN))) continue;
        bool cell = f->slots[i] && (code->local_kinds[i] & (LOCAL_CELL | LOCAL_FREE)) &&
                    is_object(f->slots[i]) && type_of(f->slots[i]) == TYPE(cell);
        Value *slot = cell ? &((Cell *)f->slots[i])->value : &f->slots[i];
        SET_FIELD_STEAL(*slot, xincref(v));
        unbound |= !v && !cell;
    }
    if (unbound) code_check_locals(code);
}

/* ---- the frame object ---- */

Value frame_object(Frame *f) {
    if (f->bits & (FRAME_HAS_OBJECT | FRAME_OF_OBJECT)) return incref(AS_VALUE(f->object));
    size_t bytes = sizeof(FrameObject) + f->code->locals_plus_count * sizeof(Value);
    FrameObject *o = heap_object_new(rt->heap, &TYPE(frame)->kind, bytes);
    if (!o) return raise_no_memory();
    o->frame = f;
    o->back = o->trace = NULL;
    o->trace_lines = true;
    o->trace_opcodes = o->locals_shown = false;
    heap_track(rt->heap, &o->head);
    f->object = o;
    f->bits |= FRAME_HAS_OBJECT;
    return incref(AS_VALUE(o));
}

static int frame_traverse(HeapObject *object, HeapVisit visit, void *arg) {
    FrameObject *o = (FrameObject *)object;
    VISIT(o->back);
    VISIT(o->trace);
    if (o->frame && (o->frame->bits & FRAME_OF_OBJECT)) return frame_traverse_values(o->frame, visit, arg);
    return 0;
}

static void frame_clear_references(Heap *heap, HeapObject *object) {
    (void)heap;
    FrameObject *o = (FrameObject *)object;
    CLEAR_FIELD(o->trace);
    if (o->frame && (o->frame->bits & FRAME_OF_OBJECT)) frame_clear_values(o->frame);
}

static void frame_free(Heap *heap, HeapObject *object) {
    FrameObject *o = (FrameObject *)object;
    xdecref(o->back);
    xdecref(o->trace);
    if (o->frame && (o->frame->bits & FRAME_OF_OBJECT)) frame_end(o->frame);
    heap_object_free(heap, object);
}

static Frame *frame_of(Value v) { return ((FrameObject *)v)->frame; }

static Value frame_repr(Value v) {
    Frame *f = frame_of(v);
    return str_format("<frame at %p, file %R, line %d, code %U>", (void *)v, f->code->filename, frame_line(f),
                      f->code->name);
}

static Value get_back(Value v, void *closure) {
    (void)closure;
    return vm_frame_back(v);
}

static Value get_code(Value v, void *closure) {
    (void)closure;
    return incref(AS_VALUE(frame_of(v)->code));
}

static Value get_globals(Value v, void *closure) {
    (void)closure;
    return incref(AS_VALUE(frame_globals(frame_of(v))));
}

static Value get_builtins(Value v, void *closure) {
    (void)closure;
    return incref(AS_VALUE(frame_builtins(frame_of(v))));
}

static Value get_locals(Value v, void *closure) {
    (void)closure;
    ((FrameObject *)v)->locals_shown = true;
    return frame_locals(frame_of(v));
}

static Value get_lasti(Value v, void *closure) {
    (void)closure;
    int unit = frame_unit(frame_of(v));
    return small_int_new(unit < 0 ? -1 : unit * 2);
}

static Value get_lineno(Value v, void *closure) {
    (void)closure;
    int line = frame_line(frame_of(v));
    return line < 0 ? NONE : small_int_new(line);
}

/* The frame must wait at the beginning of an instruction for its own trace function. */
static int check_jump(Frame *f, Value trace) {
    const char *event = THREAD->trace_event;
    if (!event || strcmp(event, "call") == 0)
        return raise_int(T_ValueError, "can't jump from the 'call' trace event of a new frame");
    if (strcmp(event, "line") != 0 || f != THREAD->traced_frame)
        return raise_int(T_ValueError, "can only jump from a 'line' trace event");
    return trace ? 0 : raise_int(T_ValueError, "f_lineno can only be set by a trace function");
}

static int set_lineno(Value v, Value value, void *closure) {
    (void)closure;
    int line;
    if (!value) return raise_int(T_AttributeError, "cannot delete attribute");
    if (!is_int(value) || is_bool(value)) return raise_int(T_ValueError, "lineno must be an integer");
    if (check_jump(frame_of(v), ((FrameObject *)v)->trace) < 0) return -1;
    if (value_as_int(value, &line) < 0) {
        error_clear();
        return raise_int(T_ValueError, "lineno out of range");
    }
    return frame_jump(frame_of(v), line);
}

static Value get_trace(Value v, void *closure) {
    (void)closure;
    Value trace = ((FrameObject *)v)->trace;
    return trace ? incref(trace) : NONE;
}

static int set_trace(Value v, Value value, void *closure) {
    (void)closure;
    SET_FIELD_STEAL(((FrameObject *)v)->trace, value && value != NONE ? incref(value) : NULL);
    return 0;
}

static Value frame_method_clear(Value v) {
    Frame *f = frame_of(v);
    if (f->bits & FRAME_GENERATOR) {
        Generator *g = generator_of_frame(f);
        if (g->state == GENERATOR_RUNNING)
            return raise_error(T_RuntimeError, "cannot clear an executing frame");
        generator_finalize(AS_VALUE(g));
        generator_drop_frame(g);
    } else if (!(f->bits & FRAME_OF_OBJECT)) {
        return raise_error(T_RuntimeError, "cannot clear an executing frame");
    }
    frame_clear_references(rt->heap, &v->head);
    return NONE;
}

static const NativeMethod frame_methods[] = {
    METHOD_NOARGS("clear", frame_method_clear, "Gives up what its local names refer to."),
    METHOD_END,
};

static const GetSet frame_getset[] = {
    {"f_back", get_back, NULL, NULL, NULL},
    {"f_code", get_code, NULL, NULL, NULL},
    {"f_globals", get_globals, NULL, NULL, NULL},
    {"f_builtins", get_builtins, NULL, NULL, NULL},
    {"f_locals", get_locals, NULL, NULL, NULL},
    {"f_lasti", get_lasti, NULL, NULL, NULL},
    {"f_lineno", get_lineno, set_lineno, NULL, NULL},
    {"f_trace", get_trace, set_trace, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static const Member frame_members[] = {
    {"f_trace_lines", MEMBER_BOOL, offsetof(FrameObject, trace_lines), false, NULL},
    {"f_trace_opcodes", MEMBER_BOOL, offsetof(FrameObject, trace_opcodes), false, NULL},
    {NULL, 0, 0, false, NULL},
};

const TypeSpec frame_type_spec = {
    .name = "frame",
    .flags = TYPE_GC | TYPE_NOT_INSTANTIABLE,
    .basic_size = sizeof(FrameObject),
    .item_size = sizeof(Value),
    .slots = {.getattr = object_getattr,
              .setattr = object_setattr,
              .traverse = frame_traverse,
              .clear = frame_clear_references,
              .free = frame_free,
              .repr = frame_repr},
    .methods = frame_methods,
    .getset = frame_getset,
    .members = frame_members,
};

/* ---- for others ---- */

Value vm_current_frame(void) {
    Frame *f = thread_frame(THREAD);
    return f ? frame_object(f) : NULL;
}

Code *vm_current_code_borrow(void) {
    Frame *f = thread_frame(THREAD);
    return f ? f->code : NULL;
}

Value vm_frame_at(size_t depth) {
    Frame *f = thread_frame(THREAD);
    while (f && depth-- > 0) f = f->back;
    return f ? frame_object(f) : raise_error(T_ValueError, "call stack is not deep enough");
}

int vm_frame_line(Value frame) { return frame_line(frame_of(frame)); }
Code *vm_frame_code_borrow(Value frame) { return frame_of(frame)->code; }
Value vm_frame_globals_borrow(Value frame) { return AS_VALUE(frame_globals(frame_of(frame))); }

Value vm_frame_back(Value frame) {
    FrameObject *o = (FrameObject *)frame;
    if (o->back) return incref(o->back);
    return o->frame->back ? frame_object(o->frame->back) : NONE;
}
