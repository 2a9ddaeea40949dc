/*
 * _thread: starting threads, locks, per-thread attributes.
 *
 * Locks are flags that the GIL guards; who must wait sleeps (thread_wait.h) until a release wakes it.
 */
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "modules/module.h"
#include "modules/signal.h"
#include "modules/struct_seq.h"
#include "modules/thread_wait.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/str.h"
#include "vm/gil.h"
#include "vm/vm.h"

typedef struct Lock {
    HeapObject head;
    bool locked;
} Lock;

typedef struct RLock {
    HeapObject head;
    uint64_t owner; /* thread id; 0: free */
    size_t count;
} RLock;

typedef struct Local {
    HeapObject head;
    Value dicts;        /* thread id -> dict */
    Value args, kwargs; /* of the constructor, for each thread's __init__ */
    struct Local *next, *previous;
} Local;

typedef struct ThreadState {
    Type *lock, *rlock, *local, *hook_args;
    size_t stack_size;
    Local *locals;
    Value sentinels; /* dict: thread id -> lock to release at the thread's end */
} ThreadState;

#define STATE MODULE_STATE(thread, ThreadState)

/* ---- waiting ---- */

/* blocking=True, timeout=-1: how long to wait; 0 not at all, INFINITY for ever. 0, -1 raised. */
static int wait_time(const char *function, Value const *args, size_t nargs, Value kwnames, double *out) {
    static const char *const names[] = {"blocking", "timeout", NULL};
    ArgSpec spec = {function, names, 2, 0, 2};
    Value given[2];
    if (!args_bind(&spec, args, nargs, kwnames, given)) return -1;
    int blocking = given[0] ? value_is_true(given[0]) : 1;
    double timeout = -1;
    *out = 0;
    if (blocking < 0) return -1;
    if (given[1] && is_float(given[1])) {
        timeout = float_value(given[1]);
    } else if (given[1]) {
        int64_t whole;
        if (value_as_i64(given[1], &whole) < 0) return -1;
        timeout = (double)whole;
    }
    if (!blocking && timeout != -1)
        return raise_int(T_ValueError, "can't specify a timeout for a non-blocking call");
    if (timeout < 0 && timeout != -1) return raise_int(T_ValueError, "timeout value must be positive");
    if (timeout >= 9223372036.854775)
        return raise_int(T_OverflowError, "timestamp too large to convert to C _PyTime_t");
    if (timeout > 9223372036.0) return raise_int(T_OverflowError, "timeout value is too large");
    *out = !blocking ? 0 : timeout == -1 ? INFINITY : timeout;
    return 0;
}

/* ---- lock ---- */

static Value lock_new(void) {
    Lock *l = (Lock *)value_alloc(STATE->lock, 0);
    if (l) l->locked = false;
    return AS_VALUE(l);
}

static bool lock_is_free(Value v) { return !((Lock *)v)->locked; }

static Value lock_acquire(Value v, Value const *args, size_t nargs, Value kwnames) {
    double seconds;
    if (wait_time("acquire", args, nargs, kwnames, &seconds) < 0) return NULL;
    int free_now = thread_wait_until(v, lock_is_free, seconds);
    if (free_now < 0) return NULL;
    if (free_now) ((Lock *)v)->locked = true;
    return BOOL(free_now);
}

static Value lock_release(Value v) {
    if (!((Lock *)v)->locked) return raise_error(T_RuntimeError, "release unlocked lock");
    ((Lock *)v)->locked = false;
    thread_wait_wake(v);
    return NONE;
}

static Value lock_locked(Value v) { return BOOL(((Lock *)v)->locked); }

static Value lock_enter(Value v) { return lock_acquire(v, NULL, 0, NULL); }

static Value lock_exit(Value v, Value const *args, size_t nargs) {
    return (void)args, (void)nargs, lock_release(v);
}

static Value lock_at_fork(Value v) {
    ((Lock *)v)->locked = false;
    return NONE;
}

static Value lock_repr(Value v) {
    return str_format("<%s %s object at %p>", ((Lock *)v)->locked ? "locked" : "unlocked", type_name_of(v),
                      (void *)v);
}

static const NativeMethod lock_methods[] = {
    METHOD_KW("acquire", lock_acquire,
              "acquire(blocking=True, timeout=-1) -> bool\n\nLocks the lock, waiting for it if asked to."),
    METHOD_KW("acquire_lock", lock_acquire, "acquire(blocking=True, timeout=-1) -> bool"),
    METHOD_NOARGS("release", lock_release, "release()\n\nUnlocks the lock; a waiting thread may go on."),
    METHOD_NOARGS("release_lock", lock_release, "release()"),
    METHOD_NOARGS("locked", lock_locked, "locked() -> bool"),
    METHOD_NOARGS("locked_lock", lock_locked, "locked() -> bool"),
    METHOD_NOARGS("__enter__", lock_enter, NULL),
    METHOD_BARE("__exit__", lock_exit, NULL),
    METHOD_NOARGS("_at_fork_reinit", lock_at_fork, NULL),
    METHOD_END,
};

static const TypeSpec lock_spec = {
    .name = "_thread.lock",
    .doc = "One thread holds it at a time; the others wait.",
    .flags = TYPE_NOT_INSTANTIABLE | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Lock),
    .slots = {.repr = lock_repr},
    .methods = lock_methods,
};

/* ---- re-entrant lock ---- */

static Value rlock_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    if (!args_no_keywords("RLock", kwnames) || !args_count("RLock", nargs, 0, 0)) return NULL;
    (void)args;
    RLock *l = (RLock *)value_alloc(type, 0);
    if (!l) return NULL;
    l->owner = 0;
    l->count = 0;
    if (type->flags & TYPE_GC) value_track(AS_VALUE(l));
    return AS_VALUE(l);
}

static bool rlock_is_free(Value v) { return ((RLock *)v)->owner == 0; }

static Value rlock_acquire(Value v, Value const *args, size_t nargs, Value kwnames) {
    RLock *l = (RLock *)v;
    double seconds;
    if (wait_time("acquire", args, nargs, kwnames, &seconds) < 0) return NULL;
    if (l->owner == THREAD->id) {
        l->count++;
        return TRUE;
    }
    int free_now = thread_wait_until(v, rlock_is_free, seconds);
    if (free_now < 0) return NULL;
    if (free_now) l->owner = THREAD->id, l->count = 1;
    return BOOL(free_now);
}

static Value rlock_release(Value v) {
    RLock *l = (RLock *)v;
    if (l->owner != THREAD->id) return raise_error(T_RuntimeError, "cannot release un-acquired lock");
    if (--l->count == 0) {
        l->owner = 0;
        thread_wait_wake(v);
    }
    return NONE;
}

static Value rlock_enter(Value v) { return rlock_acquire(v, NULL, 0, NULL); }

static Value rlock_exit(Value v, Value const *args, size_t nargs) {
    return (void)args, (void)nargs, rlock_release(v);
}

static Value rlock_is_owned(Value v) { return BOOL(((RLock *)v)->owner == THREAD->id); }

/* For Condition: gives the lock up wholly, and takes it back as it was. */
static Value rlock_release_save(Value v) {
    RLock *l = (RLock *)v;
    if (l->count == 0) return raise_error(T_RuntimeError, "cannot release un-acquired lock");
    Value state[2] = {int_from_u64(l->count), int_from_u64(l->owner)};
    l->owner = 0;
    l->count = 0;
    thread_wait_wake(v);
    return tuple_from_array_steal(state, 2);
}

static Value rlock_acquire_restore(Value v, Value state) {
    RLock *l = (RLock *)v;
    uint64_t count, owner;
    if (!is_tuple(state) || tuple_length(state) != 2 || !int_to_u64(tuple_item_borrow(state, 0), &count) ||
        !int_to_u64(tuple_item_borrow(state, 1), &owner))
        return raise_error(T_TypeError, "_acquire_restore() takes what _release_save() gave");
    if (thread_wait_until(v, rlock_is_free, INFINITY) < 0) return NULL;
    l->owner = owner;
    l->count = count;
    return NONE;
}

static Value rlock_at_fork(Value v) {
    ((RLock *)v)->owner = 0;
    ((RLock *)v)->count = 0;
    return NONE;
}

static Value rlock_repr(Value v) {
    RLock *l = (RLock *)v;
    return str_format("<%s %s object owner=%llu count=%zd at %p>", l->owner ? "locked" : "unlocked",
                      type_name_of(v), (unsigned long long)l->owner, (ssize_t)l->count, (void *)v);
}

static const NativeMethod rlock_methods[] = {
    METHOD_KW("acquire", rlock_acquire, "acquire(blocking=True, timeout=-1) -> bool"),
    METHOD_NOARGS("release", rlock_release, "release()"),
    METHOD_NOARGS("_is_owned", rlock_is_owned, NULL),
    METHOD_NOARGS("_release_save", rlock_release_save, NULL),
    METHOD_ONE("_acquire_restore", rlock_acquire_restore, NULL),
    METHOD_NOARGS("__enter__", rlock_enter, NULL),
    METHOD_BARE("__exit__", rlock_exit, NULL),
    METHOD_NOARGS("_at_fork_reinit", rlock_at_fork, NULL),
    METHOD_END,
};

static void plain_free(Heap *heap, HeapObject *o) { (void)heap, value_free(AS_VALUE(o)); }

static const TypeSpec rlock_spec = {
    .name = "_thread.RLock",
    .flags = TYPE_SUBCLASSABLE | TYPE_WEAKREFABLE,
    .basic_size = sizeof(RLock),
    .slots = {.free = plain_free, .repr = rlock_repr, .new_ = rlock_make},
    .methods = rlock_methods,
};

/* ---- per-thread attributes ---- */

static Value local_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    size_t keywords = kwnames ? tuple_length(kwnames) : 0;
    if (type->slots.init == TYPE(object)->slots.init && nargs + keywords)
        return raise_error(T_TypeError, "Initialization arguments are not supported");
    Value dicts = dict_new(), positional = dicts ? tuple_from_array(args, nargs) : NULL,
          named = positional ? dict_new() : NULL;
    for (size_t i = 0; named && i < keywords; i++)
        if (dict_set(named, tuple_item_borrow(kwnames, i), args[nargs + i]) < 0) CLEAR_FIELD(named);
    Value first = named ? dict_new() : NULL, id = int_from_u64(THREAD->id);
    Local *l = NULL;
    if (first && id && dict_set(dicts, id, first) == 0) l = (Local *)value_alloc(type, 0);
    xdecref(first);
    xdecref(id);
    if (!l) {
        xdecref(dicts);
        xdecref(positional);
        xdecref(named);
        return NULL;
    }
    l->dicts = dicts, l->args = positional, l->kwargs = named;
    l->previous = NULL;
    l->next = STATE->locals;
    if (l->next) l->next->previous = l;
    STATE->locals = l;
    value_track(AS_VALUE(l));
    return AS_VALUE(l);
}

static int local_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    Local *l = (Local *)o;
    VISIT(l->dicts);
    VISIT(l->args);
    VISIT(l->kwargs);
    return 0;
}

static void local_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    dict_clear(((Local *)o)->dicts);
}

static void local_free(Heap *heap, HeapObject *o) {
    (void)heap;
    Local *l = (Local *)o;
    if (l->previous) l->previous->next = l->next;
    else STATE->locals = l->next;
    if (l->next) l->next->previous = l->previous;
    decref(l->dicts);
    decref(l->args);
    decref(l->kwargs);
    value_free(AS_VALUE(l));
}

/* This thread's dict, made and initialised at the first use; borrowed. */
static Value local_dict(Value v) {
    Local *l = (Local *)v;
    Value id = int_from_u64(THREAD->id), dict = NULL;
    if (!id || dict_find(l->dicts, id, &dict) != 0) {
        xdecref(id);
        return dict;
    }
    dict = dict_new();
    int status = dict ? dict_set(l->dicts, id, dict) : -1;
    xdecref(dict);
    if (status == 0 && type_of(v)->slots.init != TYPE(object)->slots.init) {
        Value init = value_getattr(v, NAME(__init__)),
              done = init ? value_call_tuple_dict(init, l->args, l->kwargs) : NULL;
        xdecref(init);
        xdecref(done);
        if (!done) {
            dict_delete(l->dicts, id);
            status = -1;
        }
    }
    decref(id);
    return status == 0 ? dict : NULL;
}

static Value local_getattr(Value v, Value name) {
    Value dict = local_dict(v);
    if (!dict) return NULL;
    if (str_equal(name, NAME(__dict__))) return incref(dict);
    Value descriptor = type_lookup_borrow(type_of(v), name);
    if (descriptor && type_of(descriptor)->slots.descr_set) return object_getattr(v, name);
    Value found = dict_get_str_borrow(dict, name);
    return found ? incref(found) : object_getattr(v, name);
}

static int local_setattr(Value v, Value name, Value value) {
    Value dict = local_dict(v);
    if (!dict) return -1;
    if (str_equal(name, NAME(__dict__)))
        return raise_int(T_AttributeError, "'%.100T' object attribute '__dict__' is read-only", v);
    Value descriptor = type_lookup_borrow(type_of(v), name);
    if (descriptor && type_of(descriptor)->slots.descr_set) return object_setattr(v, name, value);
    if (value) return dict_set(dict, name, value);
    int status = dict_delete(dict, name);
    if (status == 1) raise_cannot_set(v, name);
    return status ? -1 : 0;
}

static const TypeSpec local_spec = {
    .name = "_thread._local",
    .doc = "Thread-local data",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,
    .basic_size = sizeof(Local),
    .slots = {.traverse = local_traverse,
              .clear = local_clear,
              .free = local_free,
              .new_ = local_make,
              .getattr = local_getattr,
              .setattr = local_setattr},
};

/* ---- threads ---- */

typedef struct Start {
    Value function, args, kwargs;
} Start;

/* The thread is over: its attributes go, and who joins it may go on. */
static void forget_thread(void) {
    ThreadState *state = STATE;
    Value id = int_from_u64(THREAD->id);
    for (Local *l = id ? state->locals : NULL; l; l = l->next)
        if (dict_delete(l->dicts, id) < 0) error_clear();
    Value sentinel = id ? dict_pop(state->sentinels, id) : NULL;
    if (sentinel) {
        ((Lock *)sentinel)->locked = false;
        thread_wait_wake(sentinel);
        decref(sentinel);
    }
    xdecref(id);
}

static void run_thread(void *arg) {
    Start *start = arg;
    Value done = value_call_tuple_dict(start->function, start->args, start->kwargs);
    if (!done && !error_swallow(T_SystemExit))
        error_unraisable(start->function, "Exception ignored in thread started by");
    xdecref(done);
    decref(start->function);
    decref(start->args);
    xdecref(start->kwargs);
    heap_free(rt->heap, start);
    forget_thread();
}

static Value start_new_thread(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("start_new_thread", nargs, 2, 3)) return NULL;
    if (!value_is_callable(args[0])) return raise_error(T_TypeError, "first arg must be callable");
    if (!is_tuple(args[1])) return raise_error(T_TypeError, "2nd arg must be a tuple");
    if (nargs > 2 && !is_dict(args[2]))
        return raise_error(T_TypeError, "optional 3rd arg must be a dictionary");
    Start *start = heap_alloc(rt->heap, sizeof *start);
    if (!start) return raise_no_memory();
    *start = (Start){incref(args[0]), incref(args[1]), nargs > 2 ? incref(args[2]) : NULL};
    uint64_t id = thread_start(run_thread, start, STATE->stack_size);
    if (id) return int_from_u64(id);
    decref(start->function);
    decref(start->args);
    xdecref(start->kwargs);
    heap_free(rt->heap, start);
    return NULL;
}

static Value allocate_lock(Value module) { return (void)module, lock_new(); }
static Value get_ident(Value module) { return (void)module, int_from_u64(THREAD->id); }
static Value get_native_id(Value module) { return (void)module, int_from_i64(syscall(SYS_gettid)); }
static Value count_threads(Value module) { return (void)module, small_int_new((int64_t)thread_count() - 1); }

static Value exit_thread(Value module) {
    (void)module;
    Value exception = value_call_noargs(AS_VALUE(TYPE(SystemExit)));
    if (!exception) return NULL;
    raise_value(exception);
    decref(exception);
    return NULL;
}

static Value interrupt_main(Value module, Value const *args, size_t nargs) {
    (void)module;
    int number = SIGINT;
    if (!args_count("interrupt_main", nargs, 0, 1) || (nargs && value_as_int(args[0], &number) < 0))
        return NULL;
    return signal_simulate(number) < 0 ? NULL : NONE;
}

static Value stack_size(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("stack_size", nargs, 0, 1)) return NULL;
    size_t old = STATE->stack_size;
    ssize_t size = nargs ? value_as_ssize(args[0], TYPE(ValueError))
                         : 0; /* asked without a size it goes back to the default */
    if (size == -1 && error_pending()) return NULL;
    if (size < 0) return raise_error(T_ValueError, "size must be 0 or a positive value");
    if (size && size < 32768) return raise_error(T_ValueError, "size not valid: %zd bytes", size);
    STATE->stack_size = (size_t)size;
    return small_int_new((int64_t)old);
}

static Value set_sentinel(Value module) {
    (void)module;
    Value lock = lock_new(), id = int_from_u64(THREAD->id);
    if (!lock || !id || dict_set(STATE->sentinels, id, lock) < 0) CLEAR_FIELD(lock);
    xdecref(id);
    return lock;
}

/* ---- what a thread raised ---- */

static const char *const hook_fields[] = {"exc_type", "exc_value", "exc_traceback", "thread", NULL};
static const StructSeqSpec hook_spec = {"_thread._ExceptHookArgs", "What threading.excepthook is given.",
                                        hook_fields, 0, true};

/* sys.stderr, or else what the thread took it to be when it was made; new. NULL: nowhere, or raised. */
static Value hook_file(Value thread) {
    Value file = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stderr));
    if (file && file != NONE) return incref(file);
    if (thread == NONE) return NULL;
    file = value_getattr_cstr(thread, "_stderr");
    if (file == NONE) CLEAR_FIELD(file);
    return file;
}

/* "Exception in thread NAME:" and the traceback. */
static Value hook_text(Value exception, Value traceback, Value thread) {
    Value name = thread == NONE ? NULL : value_getattr_cstr(thread, "name");
    if (!name) {
        if (error_pending()) error_clear();
        Value id = int_from_u64(THREAD->id);
        name = id ? value_str(id) : NULL;
        xdecref(id);
    }
    if (is_exception(exception) && IS(traceback, traceback))
        SET_FIELD_STEAL(exception_of(exception)->traceback, incref(traceback));
    Value report = is_exception(exception) ? exception_format(exception) : str_from_cstr("");
    Value text = name && report ? str_format("Exception in thread %S:\n%U", name, report) : NULL;
    xdecref(name);
    xdecref(report);
    return text;
}

static Value thread_excepthook(Value module, Value args) {
    (void)module;
    if (type_of(args) != STATE->hook_args)
        return raise_error(T_TypeError, "_thread.excepthook argument type must be ExceptHookArgs");
    Value *given = ((Tuple *)args)->items, thread = given[3];
    if (given[0] == AS_VALUE(TYPE(SystemExit))) return NONE;
    Value file = hook_file(thread);
    if (!file) return error_pending() ? NULL : NONE;
    Value text = hook_text(given[1], given[2], thread);
    Value written = text ? value_call_method_one(file, NAME(write), text) : NULL;
    Value flushed = written ? value_call_method_noargs(file, NAME(flush)) : NULL;
    xdecref(text);
    xdecref(written);
    decref(file);
    return flushed;
}

static const NativeMethod functions[] = {
    METHOD_ONE("_excepthook", thread_excepthook, "Tells of an exception that ended a thread."),
    METHOD_FAST("start_new_thread", start_new_thread,
                "start_new_thread(function, args[, kwargs])\n\nStarts a thread; its number."),
    METHOD_FAST("start_new", start_new_thread, "start_new_thread(function, args[, kwargs])"),
    METHOD_NOARGS("allocate_lock", allocate_lock, "allocate_lock() -> lock object\n\nA new, unlocked lock."),
    METHOD_NOARGS("allocate", allocate_lock, "allocate_lock() -> lock object"),
    METHOD_NOARGS("get_ident", get_ident,
                  "get_ident() -> integer\n\nA number that names the running thread."),
    METHOD_NOARGS("get_native_id", get_native_id,
                  "get_native_id() -> integer\n\nThe kernel's number of the running thread."),
    METHOD_NOARGS("_count", count_threads,
                  "_count() -> integer\n\nHow many threads were started and have not ended."),
    METHOD_NOARGS("exit", exit_thread, "exit()\n\nRaises SystemExit."),
    METHOD_NOARGS("exit_thread", exit_thread, "exit()"),
    METHOD_FAST("interrupt_main", interrupt_main,
                "interrupt_main(signum=signal.SIGINT, /)\n\nKeyboardInterrupt in the main thread."),
    METHOD_BARE("stack_size", stack_size, "stack_size([size]) -> size"),
    METHOD_NOARGS("_set_sentinel", set_sentinel,
                  "_set_sentinel() -> lock\n\nA lock that is released when this thread ends."),
    METHOD_END,
};

static int ready(Value module) {
    ThreadState *state = module_state_new(M_thread, sizeof *state);
    if (!state || (!state->sentinels && !(state->sentinels = dict_new()))) return -1;
    if (module_ready_type(&state->lock, &lock_spec, NULL) < 0 ||
        module_make_type(module, &state->rlock, &rlock_spec, NULL) < 0 ||
        module_make_type(module, &state->local, &local_spec, NULL) < 0)
        return -1;
    if (!state->hook_args && !(state->hook_args = struct_seq_type(&hook_spec))) return -1;
    if (module_add(module, "_ExceptHookArgs", INCREF(AS_VALUE(state->hook_args))) < 0) return -1;
    if (module_add(module, "LockType", INCREF(AS_VALUE(state->lock))) < 0) return -1;
    if (module_add(module, "error", INCREF(AS_VALUE(TYPE(RuntimeError)))) < 0) return -1;
    return module_add(module, "TIMEOUT_MAX", float_new(9223372036.0));
}

const ModuleSpec module_thread = {"_thread", "Threads, locks, and attributes of a thread's own.", functions,
                                  ready};
