/*
 * trace: sys.settrace and sys.setprofile. While a function is set BREAK_TRACE stays set, so every poll of the breaker finds
 * out and the thread changes over to eval_traced.
 */
#include "vm/vm_internal.h"

/* Calls the hook; its result, new; NULL: it raised, and both hooks are taken off, as in CPython. */
static Value call_hook(Thread *t, Value hook, Frame *f, const char *event, Value arg) {
    Value frame = frame_object(f), name = frame ? str_intern_cstr(event) : NULL, result = NULL;
    if (name) {
        FrameObject *o = (FrameObject *)frame;
        o->locals_shown = false;
        const char *outer_event = t->trace_event;
        void *outer_frame = t->traced_frame;
        t->trace_event = event;
        t->traced_frame = f;
        t->tracing++;
        incref(hook);
        result = value_call_three(hook, frame, name, arg ? arg : NONE);
        decref(hook);
        t->tracing--;
        t->trace_event = outer_event;
        t->traced_frame = outer_frame;
        if (result && o->locals_shown) frame_locals_to_fast(f);
    }
    if (!result) {
        Value raised = error_take();
        vm_set_trace(NULL);
        error_restore_steal(raised);
    }
    xdecref(name);
    xdecref(frame);
    return result;
}

static Value frame_hook(Frame *f) { return f->bits & FRAME_HAS_OBJECT ? f->object->trace : NULL; }

/* An event for the frame's own trace function, whose result takes its place. */
static int call_frame_hook(Thread *t, Frame *f, const char *event, Value arg) {
    Value hook = frame_hook(f);
    if (!hook || !t->trace) return 0;
    Value result = call_hook(t, hook, f, event, arg);
    if (!result) {
        if (f->bits & FRAME_HAS_OBJECT) CLEAR_FIELD(f->object->trace);
        return -1;
    }
    if (result != NONE) SET_FIELD_STEAL(f->object->trace, result);
    return 0;
}

static int call_profile(Thread *t, Frame *f, const char *event, Value arg) {
    if (!t->profile) return 0;
    Value result = call_hook(t, t->profile, f, event, arg);
    xdecref(result);
    return result ? 0 : -1;
}

int trace_call(Thread *t, Frame *f) {
    if (t->tracing) return 0;
    f->last_line = f->pc[-1].b ? frame_line(f) : -1; /* resumed in the middle of a line */
    if (t->trace) {
        Value result = call_hook(t, t->trace, f, "call", NULL);
        if (!result) return -1;
        if (f->bits & FRAME_HAS_OBJECT && result != NONE) SET_FIELD_STEAL(f->object->trace, result);
        else decref(result); /* what a generator's frame was given stays */
    }
    return call_profile(t, f, "call", NULL);
}

void trace_throw(Thread *t, Frame *f) {
    Value pending = error_take();
    if (trace_call(t, f) < 0) decref(pending);
    else error_restore_steal(pending);
}

int trace_instruction(Thread *t, Frame *f) {
    if (t->tracing || !frame_hook(f) || opcode_base[f->pc[-1].op] == OPCODE_RESUME) return 0;
    FrameObject *o = f->object;
    int line = frame_line(f);
    bool again = opcode_base[f->pc[-1].op] == OPCODE_JUMP_BACKWARD;
    if (o->trace_lines && line > 0 && line != f->last_line) {
        f->last_line = line;
        if (call_frame_hook(t, f, "line", NULL) < 0) return -1;
    }
    if (again) f->last_line = -1; /* the loop's head is a new line even if it is the same */
    if (frame_hook(f) && f->object->trace_opcodes) return call_frame_hook(t, f, "opcode", NULL);
    return 0;
}

int trace_return(Thread *t, Frame *f, Value result) {
    if (t->tracing) return 0;
    Value pending = error_pending() ? error_take() : NULL;
    int status = call_frame_hook(t, f, "return", result);
    if (status == 0) status = call_profile(t, f, "return", result);
    if (pending) {
        if (status < 0) decref(pending);
        else error_restore_steal(pending);
    }
    return status;
}

void trace_exception(Thread *t, Frame *f) {
    if (t->tracing || !frame_hook(f)) return;
    Value e = error_take(), tb = exception_of(e)->traceback;
    Value arg = tuple_pack(3, AS_VALUE(type_of(e)), e, tb ? tb : NONE);
    if (!arg || call_frame_hook(t, f, "exception", arg) < 0) decref(e);
    else error_restore_steal(e);
    xdecref(arg);
}

/* An iterator that has nothing to say but that it is at its end raises no StopIteration; a coroutine always does. */
int trace_sent(Thread *t, Frame *f, Value receiver, Value result) {
    if (t->tracing || !frame_hook(f) || (result == NONE && type_of(receiver)->slots.next)) return 0;
    raise_stop_iteration(result == NONE ? NULL : result);
    trace_exception(t, f);
    return error_swallow(T_StopIteration) ? 0 : -1;
}

int trace_native_call(Thread *t, Frame *f, Value callable, Value first, Value *callee) {
    if (!t->profile || t->tracing) return 0;
    bool unbound = IS_EXACT(callable, method_descriptor);
    if (!unbound && !IS_EXACT(callable, builtin_function)) return 0;
    if (unbound && !first) return 0;
    *callee = unbound ? type_of(callable)->slots.descr_get(callable, first, AS_VALUE(type_of(first)))
                      : incref(callable);
    if (!*callee) return -1;
    if (call_profile(t, f, "c_call", *callee) == 0) return 0;
    CLEAR_FIELD(*callee);
    return -1;
}

Value trace_native_return_steal(Thread *t, Frame *f, Value callee, Value result) {
    Value pending = result ? NULL : error_take();
    if (call_profile(t, f, result ? "c_return" : "c_exception", callee) < 0) {
        xdecref(pending);
        xdecref(result);
        result = NULL;
    } else if (pending) {
        error_restore_steal(pending);
    }
    decref(callee);
    return result;
}

/* Frames that run now were begun by the loop that does not trace; when one ends, its caller goes on in the other. */
static void mark_frames(Thread *t) {
    if (!t->trace && !t->profile) return;
    for (Frame *f = thread_frame(t); f; f = f->back) {
        f->bits |= FRAME_TRACED;
        f->last_line = frame_line(f);
    }
}

static void update_breaker(void) {
    bool any = false;
    for (Thread *t = VM->threads; t; t = t->next) any |= t->trace || t->profile;
    if (any) breaker_set(BREAK_TRACE);
    else breaker_clear(BREAK_TRACE);
}

/* Puts a hook in its place; what was there may run code as it goes, which must not come here again. 0, -1. */
static int install_hook(Value *place, bool *busy, const char *kind, Value function) {
    if (*busy)
        return raise_int(T_RuntimeError,
                         "Cannot install a %s function while another %s function is being installed", kind,
                         kind);
    *busy = true;
    CLEAR_FIELD(*place); /* its __del__ is not traced */
    SET_FIELD_STEAL(*place, function && function != NONE ? incref(function) : NULL);
    *busy = false;
    update_breaker();
    mark_frames(THREAD);
    return 0;
}

int vm_set_trace(Value function) {
    return install_hook(&THREAD->trace, &VM->installing_trace, "trace", function);
}

int vm_set_profile(Value function) {
    return install_hook(&THREAD->profile, &VM->installing_profile, "profile", function);
}
