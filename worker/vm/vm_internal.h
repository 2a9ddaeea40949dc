/*
 * vm_internal: what the files of vm/ share: the evaluator's state, its entry points, and the inline caches.
 */
#ifndef ATOLL_VM_INTERNAL_H
#define ATOLL_VM_INTERNAL_H

#include "base/names.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/exception.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/list.h"
#include "objects/object.h"
#include "objects/protocols.h"
#include "objects/set.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/wide_cache.h"
#include "vm/frame.h"
#include "vm/gil.h"
#include "vm/park.h"
#include "vm/opcode.h"
#include "vm/vm.h"

#define LIKELY(x)   __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

/* ---- state (rt->vm) ---- */

typedef struct PendingCall {
    int (*function)(void *arg); /* 0, -1 raised */
    void *arg;
} PendingCall;

enum { PENDING_CALLS = 32 };

typedef struct VmState {
    Gil gil;
    ParkingLot parked;
    Thread *main_thread;
    Thread *threads; /* all, linked by next */
    size_t thread_count;
    uint64_t next_thread_id;
    uint32_t next_code_version, next_function_version;
    PendingCall pending[PENDING_CALLS]; /* under gil.mutex */
    uint32_t pending_first, pending_count;
    Value sources;           /* dict: filename -> source text, for tracebacks */
    LineFinder *line_finder; /* NULL: none */
    bool installing_trace, installing_profile; /* the hook before is going */
    Value retired;           /* list of code objects that functions gave up: running frames may borrow them */
    Value list_append, len, isinstance,
        getattr; /* what CALL's special forms look for; borrowed from builtins, or NULL */
    WideEntry wide[WIDE_ENTRIES];
    Value build_class, import; /* the original builtins.__import__, or NULL until import sets it */
} VmState;

#define VM ((VmState *)rt->vm)

void vm_roots(Heap *heap, HeapVisit visit, void *arg, void *ctx);

/* ---- evaluator (eval.c) ---- */

/* Runs thread->frame, whose bits say RETURN_TO_NATIVE, until it returns or yields. throwing: an exception is pending and is raised
 * at its present unit. The result, new; NULL raised. */
Value eval_run(Thread *t, Frame *frame, bool throwing);
/* The next frame is f. */
static inline void frame_enter(Thread *t, Frame *f) {
    f->back = t->frame;
    t->frame = f;
}
/* One more level of Python calls: 0, -1 with RecursionError. */
static inline int depth_enter(Thread *t) {
    if (LIKELY(++t->depth <= rt->recursion_limit)) return 0;
    t->depth--;
    return recursion_enter("");
}

/* ---- arguments (callargs.c) ---- */

/* Fills the locals of a new frame's `slots` for function f: all arguments borrowed. On failure raises and leaves no value in slots. */
int callargs_bind(Function *f, Code *code, Value *slots, Value const *args, size_t nargs, Value kwnames);

/* ---- code (code_object.c) ---- */

/* From now on each load of a local looks whether it is bound: somebody unbound one from outside, or jumped. Undoes quickening. */
void code_check_locals(Code *code);
/* The instructions as compiled: base opcodes, empty caches; out may be where they are. */
void code_plain_instructions(const Code *code, Instr *out);
/* code(...) and replace() (code_make.c). */
Value code_make(Type *type, Value const *args, size_t nargs, Value kwnames);
Value code_replace(Value v, Value const *args, size_t nargs, Value kwnames);

/* ---- specialization (quicken.c, specialize.c) ---- */

/* Fuses and rewrites a code's instructions; once. */
void quicken_code(Code *code);
/* Called at a base instruction's unit after it warmed up: rewrites `at->op` (and caches) or leaves them. Never raise. */
void specialize_load_global(Frame *f, Instr *at, Value name);
void specialize_store_global(Frame *f, Instr *at, Value name);
void specialize_load_name(Frame *f, Instr *at, Value name);
void specialize_store_name(Frame *f, Instr *at, Value name);
void specialize_load_attr(Instr *at, Value owner, Value name);
void specialize_store_attr(Instr *at, Value owner, Value name);
void specialize_call(Instr *at, Value callable, Value self, size_t nargs);
/* The __init__ of a class that has one in Python and is otherwise made as object is: class_instance_new will do. Or NULL. */
Function *class_plain_init_borrow(Type *t);
void specialize_for_iter(Instr *at, Value iterator);
void specialize_unpack(Instr *at, Value seq, uint32_t n);
void specialize_subscr(Instr *at, Value container, Value key);
void specialize_store_subscr(Instr *at, Value container, Value key);

/* Caches, laid over the units behind an instruction. `counter`: executions left before the next try at specialization. */
#define CACHE_ATTRIBUTES __attribute__((packed, aligned(4)))

typedef struct CACHE_ATTRIBUTES CounterCache {
    uint16_t counter, misses;
} CounterCache;

typedef struct CACHE_ATTRIBUTES GlobalCache {
    uint32_t globals_version, builtins_version;
    uint16_t index, counter;
} GlobalCache;

typedef struct CACHE_ATTRIBUTES AttrCache {
    uint32_t type_version; /* or the version of a module's dict */
    uint16_t index;
    uint16_t counter;
    uint64_t shape;  /* Shape *, or the Type * of LOAD_ATTR_TYPE */
    uint64_t object; /* what was found in the class: borrowed, alive while the version stands */
} AttrCache;

typedef struct CACHE_ATTRIBUTES StoreAttrCache {
    uint32_t type_version;
    uint16_t index;
    uint16_t counter;
    uint64_t shape;
} StoreAttrCache;

typedef struct CACHE_ATTRIBUTES CallCache {
    uint32_t version; /* code's or type's */
    uint16_t counter, misses;
    uint32_t extra;
} CallCache;

typedef struct CACHE_ATTRIBUTES ClassCallCache {
    uint32_t version; /* type's */
    uint64_t init;    /* Function *, borrowed */
} ClassCallCache;

typedef struct CACHE_ATTRIBUTES SubscrCache {
    uint32_t type_version;
    uint64_t function;
} SubscrCache;

_Static_assert(sizeof(GlobalCache) == 3 * sizeof(Instr), "cache sizes are rows of opcodes.def");
_Static_assert(sizeof(AttrCache) == 6 * sizeof(Instr), "");
_Static_assert(sizeof(StoreAttrCache) == 4 * sizeof(Instr), "");
_Static_assert(sizeof(CallCache) == 3 * sizeof(Instr), "");
_Static_assert(sizeof(ClassCallCache) == 3 * sizeof(Instr), "");
_Static_assert(sizeof(SubscrCache) == 3 * sizeof(Instr), "");

/* ---- errors (unwind.c) ---- */

/* The row that covers a unit, innermost; NULL: none. */
const ExceptionRow *unwind_find(const Code *code, uint32_t unit);
/* The same for the pending exception, which goes there. */
const ExceptionRow *unwind_handler(const Code *code, uint32_t unit);
/* Adds the frame to the pending exception's traceback. */
void unwind_add_traceback(Frame *f);
/* RAISE_VARARGS. Borrowed. 1: a re-raise (no new traceback entry), 0: raised. */
int unwind_raise(Thread *t, Value exception_or_null, Value cause_or_null);
/* except CLASS: is `match` allowed, does it match. 1, 0, -1 raised. */
int unwind_matches(Value exception, Value match);
/* except* : both new; *match NULL: none. -1 raised. */
int unwind_match_group(Value exception, Value match_type, Value *match, Value *rest);
Value unwind_reraise_star(Value original, Value list); /* new; None: nothing left */
/* The innermost handled exception, borrowed, or NULL. */
Value handled_exception(Thread *t);
Value traceback_new(Value next_or_null, Value frame, int lasti, int line);
Value traceback_next_borrow(Value tb); /* NULL at the end */
Value traceback_frame_borrow(Value tb);
int traceback_unit(Value tb);
int traceback_line(Value tb);

/* Raises an exception without arguments; always NULL. */
static inline Value raise_bare(TypeId exception) {
    Value e = exception_new(exception, NULL, 0);
    if (!e) return NULL;
    raise_value(e);
    decref(e);
    return NULL;
}
/* ---- small ones used by the evaluator (runtime_ops.c, match.c, import_ops.c) ---- */

int match_class(Value subject, Value type, size_t positional, Value names, Value *attrs); /* 1, 0, -1 */
Value match_keys(Value mapping, Value keys);                                              /* tuple or None */
Value import_from(Value module, Value name);
int import_star(Frame *f, Value module);
Value ops_import(Frame *f, Value name, Value fromlist, Value level);
Value ops_load_name(Frame *f, Value name);
Value ops_load_global(Frame *f, Value name);
int ops_store_name(Frame *f, Value name, Value value);
int ops_delete_name(Frame *f, Value name);
Value ops_load_from_dict_or_globals(Frame *f, Value mapping, Value name);
Value ops_load_class_deref(Frame *f, uint32_t slot, Value mapping);
void ops_raise_unbound(Code *code, uint32_t slot);
/* For UNPACK_SEQUENCE: fills out[0..n) so that out[n - 1] is the first item, new references. */
int ops_unpack(Value v, size_t before, ssize_t after_or_minus_1, Value *out);
Value ops_build_string(Value *pieces, size_t n);
Value ops_format(Value v, uint32_t flags, Value spec);
Value ops_super_attr(Value super, Value cls, Value self, Value name, uint32_t flags, Value *self_out);
Value ops_make_function(Code *code, Dict *globals, uint32_t flags, Value *operands);
int ops_enter(Value manager, bool is_async, Value *exit, Value *result);
Value ops_with_except_start(Value exit, Value exception);
int ops_print_expr(Value v);
Value ops_call_ex(Value callable, Value args, Value kwargs);
int ops_setup_annotations(Frame *f);
Value ops_load_build_class(Frame *f);
Value ops_awaitable(Value v, uint32_t context);
Value ops_aiter(Value v);
Value ops_anext(Value v);
Value ops_yield_from_iter(Frame *f, Value v);
int ops_dict_update(Value dict, Value mapping);
/* kind: TYPE_PARAM's operand; extra: bound, tuple of constraints, or NULL. */
Value ops_type_param(uint32_t kind, Value name, Value extra_or_null);
/* typing.Generic[params] */
Value ops_generic_base(Frame *f, Value params);

/* ---- tracing (trace.c) ---- */

typedef enum TraceEvent { TRACE_CALL, TRACE_EXCEPTION, TRACE_LINE, TRACE_RETURN, TRACE_OPCODE } TraceEvent;
/* May anything be traced in this thread now? */
static inline bool trace_is_on(const Thread *t) { return (t->trace || t->profile) && !t->tracing; }
int trace_call(Thread *t, Frame *f);
int trace_instruction(Thread *t, Frame *f);
int trace_return(Thread *t, Frame *f, Value result_or_null);
void trace_exception(Thread *t, Frame *f);
/* A generator is resumed with the pending exception: a "call". What the hook raises takes the exception's place. */
void trace_throw(Thread *t, Frame *f);
/* An `await` or `yield from` got its result (borrowed): to the hook that is a StopIteration, as in CPython. 0, -1 raised. */
int trace_sent(Thread *t, Frame *f, Value receiver, Value result);
/* "c_call" for a profile function; *callee: what to tell it at the end, new, or NULL: nothing is told. 0, -1 raised. */
int trace_native_call(Thread *t, Frame *f, Value callable, Value first_or_null, Value *callee);
/* "c_return" or "c_exception"; the result, or NULL. */
Value trace_native_return_steal(Thread *t, Frame *f, Value callee, Value result);

#endif
