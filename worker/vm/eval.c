/*
 * eval: the loop that runs code.
 *
 * eval_loop.h is compiled twice: eval_fast, with all the specialized and fused opcodes, and eval_traced, which maps each of them
 * to its base and asks the trace hooks before every instruction. All state between instructions lies in frames, so one
 * can hand over to the other: at a poll of the breaker (BREAK_TRACE) the loop returns EVAL_SWITCH and eval_run calls the other.
 */
#include <stdlib.h>

#include "objects/native.h"
#include "objects/pairs.h"
#include "objects/range.h"
#include "objects/seq_iterators.h"
#include "objects/slice.h"
#include "objects/slots.h"
#include "objects/typevar.h"
#include "vm/eval_fast_paths.h"
#include "vm/generator.h"
#include "vm/vm_internal.h"

typedef enum EvalExit { EVAL_DONE, EVAL_SWITCH, EVAL_SWITCH_RAISING } EvalExit;
/* How a loop begins: with the frame's next instruction, with the pending exception as thrown in, or as raised there. */
typedef enum EvalBegin { EVAL_GOING_ON, EVAL_THROWING, EVAL_RAISING } EvalBegin;

/* ---- slow halves of instructions, out of the loop's way ---- */

static bool as_double(Value v, double *out) {
    if (is_small_float(v)) *out = small_float(v);
    else if (is_object(v) && v->head.kind == &TYPE(float)->kind) *out = ((Float *)v)->value;
    else if (is_small_int(v) && small_int(v) <= (INT64_C(1) << 53) && small_int(v) >= -(INT64_C(1) << 53))
        *out = (double)small_int(v);
    else return false;
    return true;
}

/* Operands that the fast paths refused: boxed floats, int with float, and everything else by the protocol. */
static __attribute__((noinline)) Value binary_slow(unsigned op, Value a, Value b) {
    double x, y;
    if ((!is_small_int(a) || !is_small_int(b)) && as_double(a, &x) && as_double(b, &y)) {
        switch (op >= BINARY_OP_COUNT ? op - BINARY_OP_COUNT : op) {
        case OP_ADD: return float_new(x + y);
        case OP_SUBTRACT: return float_new(x - y);
        case OP_MULTIPLY: return float_new(x * y);
        case OP_TRUE_DIVIDE:
            if (y != 0.0) return float_new(x / y);
            break;
        default: break;
        }
    }
    if (op >= BINARY_OP_COUNT) return value_binary_inplace((BinaryOp)(op - BINARY_OP_COUNT), a, b);
    return value_binary((BinaryOp)op, a, b);
}

/* 1, 0, -1 raised; drops the reference. */
static __attribute__((noinline)) int truth_steal(Value v) {
    if (is_small_int(v)) return v != small_int_new(0);
    if (v == NONE) return 0;
    int truth;
    if (!is_object(v)) truth = value_is_true(v);
    else if (v->head.kind == &TYPE(list)->kind) truth = ((List *)v)->length != 0;
    else if (v->head.kind == &TYPE(str)->kind) truth = ((Str *)v)->length != 0;
    else if (v->head.kind == &TYPE(dict)->kind) truth = ((Dict *)v)->length != 0;
    else if (v->head.kind == &TYPE(tuple)->kind) truth = ((Tuple *)v)->length != 0;
    else truth = value_is_true(v);
    decref(v);
    return truth;
}

/* COMPARE_OP after the fast path. */
static __attribute__((noinline)) Value compare_slow(Value a, Value b, CompareOp op) {
    if ((op == CMP_EQ || op == CMP_NE) && is_exact_str(a) && is_exact_str(b))
        return BOOL((a == b || str_equal(a, b)) == (op == CMP_EQ));
    double x, y;
    if (as_double(a, &x) && as_double(b, &y)) {
        unsigned outcome = x < y    ? OUTCOME_LESS
                           : x == y ? OUTCOME_EQUAL
                           : x > y  ? OUTCOME_GREATER
                                    : OUTCOME_UNORDERED;
        return BOOL(compare_outcomes(op) & outcome);
    }
    return value_compare(a, b, op);
}

/* `item in container` with the common containers first. */
static int contains(Value container, Value item) {
    if (is_object(container)) {
        const HeapKind *kind = container->head.kind;
        Value found;
        if (kind == &TYPE(dict)->kind) return dict_find(container, item, &found);
        if (kind == &TYPE(set)->kind) return set_contains(container, item);
    }
    return value_contains(container, item);
}

/* container[key]; the caller has tried list and tuple with a small int. */
static __attribute__((noinline)) Value getitem_slow(Value container, Value key) {
    if (is_object(container) && container->head.kind == &TYPE(dict)->kind) {
        Value found;
        int status = dict_find(container, key, &found);
        if (status > 0) return incref(found);
        return status < 0 ? NULL : raise_with(T_KeyError, key);
    }
    return value_getitem(container, key);
}

/* Start and stop of container[start:stop] as ints within [0, length]. */
static bool slice_bounds(Value start, Value stop, size_t length, size_t *from, size_t *to) {
    int64_t n = (int64_t)length, i = 0, j = n;
    if (start != NONE) {
        if (!is_small_int(start)) return false;
        i = small_int(start);
        i = i < 0 ? (i + n < 0 ? 0 : i + n) : (i > n ? n : i);
    }
    if (stop != NONE) {
        if (!is_small_int(stop)) return false;
        j = small_int(stop);
        j = j < 0 ? (j + n < 0 ? 0 : j + n) : (j > n ? n : j);
    }
    *from = (size_t)i;
    *to = (size_t)(j < i ? i : j);
    return true;
}

static __attribute__((noinline)) Value binary_slice(Value container, Value start, Value stop) {
    size_t from, to;
    if (is_object(container)) {
        const HeapKind *kind = container->head.kind;
        if (kind == &TYPE(list)->kind && slice_bounds(start, stop, ((List *)container)->length, &from, &to))
            return list_slice(container, from, to);
        if (kind == &TYPE(str)->kind && slice_bounds(start, stop, ((Str *)container)->length, &from, &to))
            return str_slice(container, from, to);
        if (kind == &TYPE(tuple)->kind && slice_bounds(start, stop, ((Tuple *)container)->length, &from, &to))
            return tuple_slice(container, from, to);
    }
    Value slice = slice_new(start, stop, NONE);
    if (!slice) return NULL;
    Value result = value_getitem(container, slice);
    decref(slice);
    return result;
}

static int store_slice(Value value, Value container, Value start, Value stop) {
    Value slice = slice_new(start, stop, NONE);
    if (!slice) return -1;
    int status = value_setitem(container, slice, value);
    decref(slice);
    return status;
}

/* super(cls, self).name without making the super object, when nothing is unusual. New; NULL: raised, or do it the long way. */
static Value super_method(Value cls, Value self, Value name) {
    if (!is_type(cls)) return NULL;
    Type *start = type_of(self);
    Tuple *mro = (Tuple *)start->mro;
    size_t i = 0;
    while (i < mro->length && mro->items[i] != cls) i++;
    if (i + 1 >= mro->length) return NULL;
    Type *next = (Type *)mro->items[i + 1];
    /* As many classes behind this one as it has itself: they are the same, in the same order. */
    if (!(start->flags & TYPE_MRO_CUSTOM) && tuple_length(next->mro) == mro->length - i - 1)
        return xincref(type_lookup_borrow(next, name));
    Value found = NULL;
    (void)INCREF(mro); /* a key's __eq__ may assign __bases__ */
    for (i++; i < mro->length && !found; i++) {
        Dict *dict = type_dict_borrow((Type *)mro->items[i]);
        found = dict ? xincref(dict_get_str_borrow(AS_VALUE(dict), name)) : NULL;
        if (!dict || error_pending()) break;
    }
    DECREF(mro);
    return found;
}

/* The exception passes every handler: the program is being ended. */
static bool is_ending(void) {
    return (breaker_bits() & (BREAK_FUEL | BREAK_DEADLINE)) && error_matches(T_KeyboardInterrupt);
}

/* PEP 479: StopIteration must not leave a generator as if it were its end. */
static void convert_stop_iteration(const Code *code) {
    const char *kind = code->flags & CODE_COROUTINE         ? "coroutine"
                       : code->flags & CODE_ASYNC_GENERATOR ? "async generator"
                                                            : "generator";
    if (error_matches(T_StopIteration)) raise_from_pending(T_RuntimeError, "%s raised StopIteration", kind);
    else if ((code->flags & CODE_ASYNC_GENERATOR) && error_matches(T_StopAsyncIteration))
        raise_from_pending(T_RuntimeError, "%s raised StopAsyncIteration", kind);
}

/* Ends the frame of a generator that returned or failed. */
static void generator_end(Thread *t, Generator *g) {
    t->handled = g->handled.previous;
    t->frame = g->frame.back;
    g->handled.previous = NULL;
    g->state = GENERATOR_DONE;
    if (g->handled.exception) CLEAR_FIELD(g->handled.exception);
    frame_end(&g->frame);
    g->frame.back = NULL;
    g->frame.function = NULL;
}

/* A frame for f(self, *args, **kwargs); all borrowed, self and kwargs may be NULL. NULL raised. */
static Frame *frame_for_call_ex(Thread *t, Function *f, Value self, Value args, Value kwargs) {
    size_t nargs = tuple_length(args), nkeywords = kwargs ? dict_length(kwargs) : 0, nself = self != NULL;
    Value const *all = ((Tuple *)args)->items;
    Value *copy = NULL, names = NULL;
    Frame *nf = NULL;
    if (nkeywords || self) {
        copy = heap_alloc(rt->heap, (nself + nargs + nkeywords) * sizeof *copy);
        if (!copy) return raise_no_memory(), NULL;
        if (self) copy[0] = self;
        if (nargs) memcpy(copy + nself, all, nargs * sizeof *copy);
        if (nkeywords && !(names = call_keyword_names(kwargs, copy + nself + nargs))) goto done;
        all = copy;
    }
    nf = frame_push(t, f->code);
    if (!nf) goto done;
    if (callargs_bind(f, f->code, nf->slots, all, nself + nargs, names) < 0) {
        frame_pop(t, nf);
        nf = NULL;
        goto done;
    }
    nf->function = INCREF(f);
done:
    heap_free(rt->heap, copy);
    xdecref(names);
    return nf;
}

/* An instance of a class that class_plain_init_borrow likes; it takes over the caller's reference to the class. NULL raised. */
static inline Value class_instance_new(Type *type) {
    Value self = heap_object_new(rt->heap, &type->kind, type->instance_size);
    if (UNLIKELY(!self)) return raise_no_memory();
    if (type->all_slots) memset(self + 1, 0, type->instance_size - sizeof *self);
    if (type->attrs_offset) {
        Attrs *attrs = (Attrs *)(void *)((char *)self + type->attrs_offset);
        attrs->shape = type->root_shape;
        attrs->values = attrs->inline_values;
    }
    heap_track_new(rt->heap, &self->head);
    return self;
}

/* ---- strings that grow where they stand ---- */

/* The variable that an addition's result is stored in by the instructions behind it. */
typedef struct AppendPlace {
    Value *at;      /* NULL: not one of those that are looked at */
    uint32_t units; /* of the instructions that store */
    bool has_owner; /* the object whose attribute it is lies on the stack below the operands */
} AppendPlace;

/* next: behind the addition; sp: above its operands. */
static __attribute__((noinline)) AppendPlace append_place(Frame *fp, const Instr *next, Value const *sp) {
    const GlobalCache *name = (const void *)(next + 1);
    Dict *globals = frame_globals(fp);
    AppendPlace place = {NULL, 1 + opcode_caches[next->op], false};
    switch (next->op) {
    case OPCODE_STORE_NAME_MODULE:
        if (!frame_is_module(fp, globals)) return place;
        __attribute__((fallthrough));
    case OPCODE_STORE_GLOBAL_MODULE:
        if (globals->version == name->globals_version) place.at = &globals->entries[name->index].value;
        return place;
    case OPCODE_STORE_DEREF: place.at = &((Cell *)fp->slots[next->b])->value; return place;
    case OPCODE_SWAP:
    case OPCODE_SWAP_STORE_ATTR: {
        const Instr *store = next + 1;
        const StoreAttrCache *attr = (const void *)(store + 1);
        Value owner = sp[-3];
        if (next->b != 2 || store->op != OPCODE_STORE_ATTR_SLOT || !is_object(owner)) return place;
        if (type_of(owner)->version != attr->type_version || (uintptr_t)attrs_of(owner)->shape != attr->shape)
            return place;
        return (AppendPlace){&attrs_of(owner)->values[attr->index], 2 + opcode_caches[store->op], true};
    }
    default: return place;
    }
}

/* ---- the two loops ---- */

#define EVAL_NAME eval_fast
#define TRACED    0
#include "vm/eval_loop.h"
#undef EVAL_NAME
#undef TRACED

#define EVAL_NAME eval_traced
#define TRACED    1
#include "vm/eval_loop.h"
#undef EVAL_NAME
#undef TRACED

Value eval_run(Thread *t, Frame *frame, bool throwing) {
    Value result = NULL;
    EvalBegin begin = throwing ? EVAL_THROWING : EVAL_GOING_ON;
    (void)frame;
    for (bool traced = trace_is_on(t);; traced = !traced) {
        EvalExit way = traced ? eval_traced(t, begin, &result) : eval_fast(t, begin, &result);
        if (HEAP_CHECK && way == EVAL_DONE && result && t->pending)
            abort(); /* an error that nobody would see */
        if (way == EVAL_DONE) return result;
        begin = way == EVAL_SWITCH_RAISING ? EVAL_RAISING : EVAL_GOING_ON;
    }
}

/* ---- calls from native code ---- */

static int native_depth_enter(Thread *t) {
    if (UNLIKELY((char *)__builtin_frame_address(0) < t->stack_limit))
        return raise_int(T_RecursionError, "maximum recursion depth exceeded while calling a Python object");
    return depth_enter(t);
}

/* Runs a filled frame that was pushed by this thread; its bits are set to return here. */
static Value run_frame(Thread *t, Frame *nf) {
    nf->bits |= RETURN_TO_NATIVE;
    frame_enter(t, nf);
    Value result = eval_run(t, nf, false);
    t->depth--;
    return result;
}

Value function_call(Value callable, Value const *args, size_t nargs, Value kwnames) {
    Function *f = (Function *)callable;
    Thread *t = THREAD;
    if (native_depth_enter(t) < 0) return NULL;
    Code *code = f->code;
    Frame *nf = frame_push(t, code);
    if (UNLIKELY(!nf)) return t->depth--, NULL;
    if (LIKELY(code->exact_args == nargs + 1 && !kwnames)) {
        for (size_t i = 0; i < nargs; i++) nf->slots[i] = incref(args[i]);
        for (size_t i = nargs; i < code->locals_plus_count; i++) nf->slots[i] = NULL;
    } else if (callargs_bind(f, code, nf->slots, args, nargs, kwnames) < 0) {
        frame_pop(t, nf);
        t->depth--;
        return NULL;
    }
    nf->function = INCREF(f);
    return run_frame(t, nf);
}

static Value run_with_locals(Function *f, Value locals) {
    Thread *t = THREAD;
    if (native_depth_enter(t) < 0) return NULL;
    Frame *nf = frame_push(t, f->code);
    if (!nf) return t->depth--, NULL;
    if (callargs_bind(f, f->code, nf->slots, NULL, 0, NULL) <
        0) { /* exec and class statements can be given any code */
        frame_pop(t, nf);
        t->depth--;
        return NULL;
    }
    nf->function = INCREF(f);
    if (locals) {
        nf->locals = incref(locals);
        nf->bits |= FRAME_HAS_LOCALS;
    }
    return run_frame(t, nf);
}

Value vm_run_class_body(Function *function, Value ns) { return run_with_locals(function, ns); }

Value vm_run_code(Code *code, Dict *globals, Value locals, Value closure) {
    Function *f = (Function *)function_new(code, globals, NULL);
    if (!f) return NULL;
    if (closure) SET_FIELD_STEAL(f->closure, incref(closure));
    /* A function's code is called: it may miss arguments. */
    Value result =
        code->flags & CODE_NEWLOCALS ? function_call(AS_VALUE(f), NULL, 0, NULL) : run_with_locals(f, locals);
    DECREF(f);
    return result;
}
