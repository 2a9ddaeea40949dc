/*
 * error: raising, asking for and taking the pending exception.
 *
 * Idea. At most one exception is pending in a thread: a normalised instance in thread->pending. A function that fails leaves it
 * there and returns NULL (or -1). Whoever handles it takes it out. thread->handled is the stack of exceptions being handled
 * (by except blocks, generators save theirs): a raise links the innermost one as __context__.
 */
#ifndef ATOLL_OBJECTS_ERROR_H
#define ATOLL_OBJECTS_ERROR_H

#include "objects/object.h"

/* One frame of the handled-exception stack; generators own one each. */
typedef struct Handled {
    Value exception; /* instance, or NULL when this level handles none */
    struct Handled *previous;
} Handled;

typedef struct Thread {
    Value pending;    /* exception instance or NULL */
    Handled *handled; /* top of the stack */
    Handled handled_base;
    uint32_t depth;              /* Python frames + guarded native recursion, against rt->recursion_limit */
    uint32_t depth_extra;        /* head-room while a RecursionError is being handled */
    char *stack_limit;           /* lowest address native recursion may reach */
    void *frames;                /* frame stack's newest chunk: vm/frame.h */
    void *frame;                 /* innermost frame: struct Frame * */
    char *frame_top, *frame_end; /* free part of that chunk */
    int64_t fuel_left;           /* work until the next look at the fuel account: vm/breaker.c */
    int64_t fuel_step;           /* what fuel_left started from */
    struct Thread *next, *previous;
    uint64_t id;
    Value context; /* contextvars.Context or NULL */
    Value async_gen_hooks[2];
    Value trace, profile;
    Value async_exception; /* to raise at the next safe point */
    Value repr_active;     /* list of objects in repr, or NULL */
    int32_t critical;      /* > 0: no collection, no switch */
    uint64_t coroutine_origin_depth;
    int32_t tracing;         /* > 0: a trace or profile function is running, which is not traced itself */
    const char *trace_event; /* what it is told of; NULL: none runs */
    void *traced_frame;      /* and of which frame */
    void *start;             /* what a started thread runs: vm/thread.c */
    void *leave;             /* jmp_buf * of a started thread: where it goes when the GIL is closed to it */
    uint32_t death_depth;    /* the heap's count for this C stack, while another thread has the GIL */
} Thread;

/*
 * Formats: %s C string (UTF-8), %.200s, %c, %d, %i, %u, %ld, %lu, %lld, %llu, %zd, %zu, %x, %p, %% as printf;
 * %R repr of a Value, %A ascii, %S str of a Value, %U a str Value, %T the type's name of a Value, %K the same but None for None,
 * %N the name of a Type *.
 */
Value raise_error(TypeId exception, const char *format, ...); /* always NULL */
int raise_int(TypeId exception, const char *format, ...);     /* always -1 */
Value raise_type(Type *exception, const char *format, ...);   /* always NULL */
Value raise_value(Value exception);            /* an instance; borrowed; sets its context; always NULL */
Value raise_with(TypeId exception, Value arg); /* exception(arg): KeyError(key); arg borrowed; always NULL */
Value raise_no_memory(void);                   /* MemoryError without allocating; always NULL */
Value raise_attribute_error(Value object,
                            Value name); /* "'T' object has no attribute 'n'" with name and obj set */
int raise_cannot_set(Value object,
                     Value name); /* the same of setting or deleting: without name and obj; always -1 */
Value raise_name_error(TypeId exception, const char *format,
                       Value name); /* NameError, UnboundLocalError with name set */
Value raise_stop_iteration(Value value_or_null);
Value raise_os_error(int errno_value, Value filename_or_null); /* the subclass that errno selects */

static inline bool error_pending(void);
bool error_matches(TypeId exception);      /* pending and an instance of it */
Value error_take(void);                    /* the pending instance, new; none pending any more */
Value error_borrow(void);                  /* or NULL */
void error_restore_steal(Value exception); /* makes it pending as it is (context untouched) */
void error_clear(void);
/* If pending and an instance of `exception`: drops it and returns true. */
bool error_swallow(TypeId exception);
/* Keeps the pending error as __context__ of a new one that the caller raised meanwhile. */
void error_chain_steal(Value earlier);
/* Same message prefixed/replaced, keeping cause: "X raised from earlier" as CPython's _PyErr_FormatFromCause. */
Value raise_from_pending(TypeId exception, const char *format, ...);
/* Hands the pending error of a finalizer or callback to sys.unraisablehook, which prints "Exception ignored in: ..." with its
 * traceback to sys.stderr. */
void error_unraisable(Value where_or_null, const char *message_or_null);
/* What the original sys.unraisablehook does; errors are dropped. */
void error_write_unraisable(Value e, Value where, Value message);

/* Warns as warnings.warn would; 0, -1 when the filter turns it into an exception. */
int raise_warning(TypeId category, int stack_level, const char *format, ...);

/* Guards native recursion: 0, or -1 with RecursionError "maximum recursion depth exceeded<where>". Pairs with leave. */
int recursion_enter(const char *where);
static inline void recursion_leave(void);

/* True when native code on this object is already in progress in this thread (repr of cycles). -1 raised. */
int repr_enter(Value v);
void repr_leave(Value v);

#define THREAD (rt->thread)
static inline bool error_pending(void) { return THREAD->pending != NULL; }
static inline void recursion_leave(void) { THREAD->depth--; }
/* For native code that calls itself through slots (iterators over iterators): true, with RecursionError raised, when little of
 * the C stack is left. Cheaper than recursion_enter, and needs no leave. */
static inline bool stack_is_low(void) {
    if (__builtin_expect((char *)__builtin_frame_address(0) > THREAD->stack_limit, 1)) return false;
    raise_error(T_RecursionError, "maximum recursion depth exceeded");
    return true;
}

#endif
