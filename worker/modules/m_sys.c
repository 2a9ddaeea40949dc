/* sys: what the interpreter is, what it is doing, and the switches of both. */
#include "modules/sys.h"

#include <float.h>
#include <heap/limits.h>
#include <heap/stats.h>
#include <stdio.h>

#include "base/host.h"
#include "modules/io.h"
#include "modules/paths.h"
#include "modules/struct_seq.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/evaluator.h"
#include "objects/exception.h"
#include "objects/float.h"
#include "objects/int.h"
#include "objects/set.h"
#include "objects/str.h"
#include "vm/gil.h"
#include "vm/vm.h"

/* What programs are to take for granted: the language's version, not this program's. */
enum { PYTHON_MAJOR = 3, PYTHON_MINOR = 11, PYTHON_MICRO = 2 };

typedef struct SysState {
    Type *version_info, *hooks, *unraisable;
} SysState;

#define SYS MODULE_STATE(sys, SysState)

/* ---- exceptions ---- */

static Value sys_exception(Value module) {
    (void)module;
    Value e = vm_handled_exception_borrow();
    return e ? incref(e) : NONE;
}

static Value sys_exc_info(Value module) {
    (void)module;
    Value e = vm_handled_exception_borrow();
    if (!e || e == NONE) return tuple_pack(3, NONE, NONE, NONE);
    Value traceback = exception_of(e)->traceback;
    return tuple_pack(3, AS_VALUE(type_of(e)), e, traceback ? traceback : NONE);
}

static int write_stderr(Value text) {
    Value file = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stderr));
    if (!file || file == NONE) return 0;
    incref(file);
    Value done = value_call_method_one(file, NAME(write), text);
    decref(file);
    xdecref(done);
    return done ? 0 : -1;
}

Value sys_excepthook(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("excepthook", nargs, 3, 3)) return NULL;
    if (!is_exception(args[1])) {
        Value text =
            str_format("TypeError: print_exception(): Exception expected for value, %T found\n", args[1]);
        int status = text ? write_stderr(text) : -1;
        xdecref(text);
        return status < 0 ? NULL : NONE;
    }
    BaseException *e = exception_of(args[1]);
    if (!e->traceback && IS_EXACT(args[2], traceback)) e->traceback = incref(args[2]);
    io_flush_stdout();
    Value text = exception_format(args[1]);
    int status = text ? write_stderr(text) : -1;
    xdecref(text);
    return status < 0 ? NULL : NONE;
}

static int remember_last(Value e) {
    Value dict = AS_VALUE(rt->sys_dict), traceback = exception_of(e)->traceback;
    return dict_set(dict, NAME(last_type), AS_VALUE(type_of(e))) < 0 ||
                   dict_set(dict, NAME(last_value), e) < 0 ||
                   dict_set(dict, NAME(last_traceback), traceback ? traceback : NONE) < 0
               ? -1
               : 0;
}

/* The last resort: neither streams nor memory are needed. */
static void show_type_name(Value e) {
    const char *name = type_name_of(e);
    if (!rt->host || !rt->host->write) return;
    rt->host->write(rt->host->ctx, 2, name, strlen(name));
    rt->host->write(rt->host->ctx, 2, "\n", 1);
}

/* The text of an exception straight to the stream: what is left when a hook fails. */
static void show_plainly(const char *head, Value e) {
    if (!e) return; /* memory is so short that there is not even an exception */
    Value line = head ? str_from_cstr(head) : NULL;
    if (line && write_stderr(line) < 0) error_clear();
    xdecref(line);
    Value text = exception_format(e);
    if (!text || write_stderr(text) < 0) show_type_name(e);
    xdecref(text);
    error_clear();
}

void sys_show_uncaught(void) {
    Value e = error_take();
    if (!e) return;
    if (remember_last(e) < 0) error_clear();
    Value hook = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(excepthook)),
          traceback = exception_of(e)->traceback;
    if (!hook) {
        show_plainly("sys.excepthook is missing\n", e);
    } else {
        incref(hook);
        Value done = value_call_three(hook, AS_VALUE(type_of(e)), e, traceback ? traceback : NONE);
        if (!done) {
            Value second = error_take();
            show_plainly("Error in sys.excepthook:\n", second);
            show_plainly("\nOriginal exception was:\n", e);
            xdecref(second);
        }
        xdecref(done);
        decref(hook);
    }
    decref(e);
}

bool sys_has_own_excepthook(void) {
    Value dict = AS_VALUE(rt->sys_dict), key = str_intern_cstr("__excepthook__");
    Value original = key ? dict_get_str_borrow(dict, key) : NULL;
    xdecref(key);
    return dict_get_str_borrow(dict, NAME(excepthook)) != original;
}

static Value sys_exit(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("exit", nargs, 0, 1)) return NULL;
    bool given = nargs && args[0] != NONE,
         many = given && is_tuple(args[0]); /* a tuple gives its items as arguments */
    Value e = value_call(AS_VALUE(TYPE(SystemExit)), many ? ((Tuple *)args[0])->items : args,
                         many ? tuple_length(args[0]) : given, NULL);
    if (e) raise_value(e);
    xdecref(e);
    return NULL;
}

Value unraisable_hook_args(Value e, Value message, Value where) {
    static const char *const fields[] = {"exc_type", "exc_value", "exc_traceback", "err_msg", "object", NULL};
    static const StructSeqSpec spec = {
        "UnraisableHookArgs", "UnraisableHookArgs\n\nType used to pass arguments to sys.unraisablehook.",
        fields, 0, false};
    if (!SYS->unraisable && !(SYS->unraisable = struct_seq_type(&spec))) return NULL;
    Value traceback = exception_of(e)->traceback;
    Value values[] = {incref(AS_VALUE(type_of(e))), incref(e), traceback ? incref(traceback) : NONE,
                      incref(message), incref(where)};
    return struct_seq_new_steal(SYS->unraisable, values);
}

static Value sys_unraisablehook(Value module, Value arg) {
    (void)module;
    if (!SYS->unraisable || type_of(arg) != SYS->unraisable)
        return raise_error(T_TypeError, "sys.unraisablehook argument type must be UnraisableHookArgs");
    Value *items = ((Tuple *)arg)->items;
    if (is_exception(items[1])) error_write_unraisable(items[1], items[4], items[3]);
    return NONE;
}

/* ---- showing values ---- */

static int show(Value v) {
    Value out = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(stdout)), text;
    if (!out || out == NONE) return raise_int(T_RuntimeError, "lost sys.stdout");
    incref(out);
    text = value_repr(v);
    Value done = text ? value_call_method_one(out, NAME(write), text) : NULL;
    if (done) {
        decref(done);
        done = value_call_method_one(out, NAME(write), NAME(newline_));
    }
    xdecref(text);
    decref(out);
    xdecref(done);
    return done ? 0 : -1;
}

static Value sys_displayhook(Value module, Value v) {
    (void)module;
    if (v == NONE) return NONE;
    Value builtins = AS_VALUE(rt->builtins);
    if (dict_set(builtins, NAME(_), NONE) < 0 || show(v) < 0 || dict_set(builtins, NAME(_), v) < 0)
        return NULL;
    return NONE;
}

static Value sys_breakpointhook(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module, (void)args, (void)nargs, (void)kwnames;
    return raise_error(T_RuntimeError,
                       "breakpoint(): a worker has no terminal to debug at; set sys.breakpointhook");
}

/* ---- objects ---- */

static Value sys_intern(Value module, Value s) {
    (void)module;
    if (!is_str(s)) return raise_error(T_TypeError, "intern() argument must be str, not %.50K", s);
    if (type_of(s) != TYPE(str)) return raise_error(T_TypeError, "can't intern %.400T", s);
    return str_intern(s);
}

static Value sys_getrefcount(Value module, Value o) {
    (void)module;
    if (!is_object(o) || heap_is_immortal(&o->head)) return small_int_new(UINT32_MAX);
    return small_int_new(o->head.refcount);
}

static Value size_of(Value o) {
    static const char *const name = "__sizeof__";
    Value key = str_intern_cstr(name), self, method = key ? value_lookup_special(o, key, &self) : NULL,
          size = NULL;
    if (method) size = value_call(method, &self, self != NULL, NULL);
    else if (!error_pending()) raise_error(T_TypeError, "Type %.100T doesn't define __sizeof__", o);
    xdecref(method);
    xdecref(key);
    return size;
}

static Value sys_getsizeof(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"object", "default", NULL};
    static const ArgSpec spec = {"getsizeof", names, 2, 1, 2};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value size = size_of(out[0]);
    if (size && !is_int(size)) {
        raise_error(T_TypeError, "an integer is required");
        CLEAR_FIELD(size);
    }
    ssize_t n = size ? value_as_ssize(size, TYPE(OverflowError)) : -1;
    xdecref(size);
    if (n == -1 && error_pending()) return out[1] && error_swallow(T_TypeError) ? incref(out[1]) : NULL;
    if (n < 0) return raise_error(T_ValueError, "__sizeof__() should return >= 0");
    bool tracked = is_object(out[0]) && (type_of(out[0])->flags & TYPE_GC);
    return small_int_new(
        n + (tracked ? (ssize_t)sizeof(HeapObject *) : 0)); /* its place in a generation's vector */
}

static Value sys_getallocatedblocks(Value module) {
    (void)module;
    HeapStats stats;
    heap_stats(rt->heap, &stats);
    return int_from_u64(stats.blocks_used);
}

/* ---- limits and switches ---- */

static Value sys_getrecursionlimit(Value module) {
    (void)module;
    return small_int_new(rt->recursion_limit);
}

static Value sys_setrecursionlimit(Value module, Value v) {
    (void)module;
    int n;
    if (value_as_int(v, &n) < 0) return NULL;
    if (n < 1) return raise_error(T_ValueError, "recursion limit must be greater or equal than 1");
    if (THREAD->depth >= (uint32_t)n)
        return raise_error(T_RecursionError,
                           "cannot set the recursion limit to %i at the recursion depth %u: the limit is too "
                           "low",
                           n, THREAD->depth);
    uint32_t most = rt->host ? rt->host->recursion_most : 0; /* the job's own limit stays one */
    rt->recursion_limit = most && (uint32_t)n > most ? most : (uint32_t)n;
    return NONE;
}

static Value sys_getswitchinterval(Value module) {
    (void)module;
    return float_new(gil_interval() / 1e6);
}

static Value sys_setswitchinterval(Value module, Value v) {
    (void)module;
    double seconds;
    if (value_as_double(v, &seconds) < 0) return NULL;
    if (!(seconds > 0)) return raise_error(T_ValueError, "switch interval must be strictly positive");
    double us = seconds * 1e6;
    gil_set_interval(us < 1 ? 1 : us > 4e9 ? 4000000000u : (uint32_t)us);
    return NONE;
}

static Value sys_get_int_max_str_digits(Value module) {
    (void)module;
    return small_int_new(rt->int_max_str_digits);
}

static Value sys_set_int_max_str_digits(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"maxdigits", NULL};
    static const ArgSpec spec = {"set_int_max_str_digits", names, 1, 1, 1};
    Value v;
    int n;
    if (!args_bind(&spec, args, nargs, kwnames, &v) || value_as_int(v, &n) < 0) return NULL;
    if (n != 0 && n < 640) return raise_error(T_ValueError, "maxdigits must be 0 or larger than 640");
    rt->int_max_str_digits = n;
    return NONE;
}

static Value sys_settrace(Value module, Value f) {
    (void)module;
    return vm_set_trace(f) < 0 ? NULL : NONE;
}

static Value sys_gettrace(Value module) {
    (void)module;
    return THREAD->trace ? incref(THREAD->trace) : NONE;
}

static Value sys_setprofile(Value module, Value f) {
    (void)module;
    return vm_set_profile(f) < 0 ? NULL : NONE;
}

static Value sys_getprofile(Value module) {
    (void)module;
    return THREAD->profile ? incref(THREAD->profile) : NONE;
}

static Value sys_get_origin_depth(Value module) {
    (void)module;
    return int_from_u64(THREAD->coroutine_origin_depth);
}

static Value sys_set_origin_depth(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"depth", NULL};
    static const ArgSpec spec = {"set_coroutine_origin_tracking_depth", names, 1, 1, 1};
    Value v;
    int n;
    if (!args_bind(&spec, args, nargs, kwnames, &v) || value_as_int(v, &n) < 0) return NULL;
    if (n < 0) return raise_error(T_ValueError, "depth must be >= 0");
    THREAD->coroutine_origin_depth = (uint64_t)n;
    return NONE;
}

static Value sys_set_asyncgen_hooks(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"firstiter", "finalizer", NULL};
    static const ArgSpec spec = {"set_asyncgen_hooks", names, 2, 0, 2};
    static const char *const what[] = {"firstiter", "finalizer"};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    for (int i = 1; i >= 0; i--)
        if (out[i] && out[i] != NONE && !value_is_callable(out[i]))
            return raise_error(T_TypeError, "callable %s expected, got %.50T", what[i], out[i]);
    for (int i = 0; i < 2; i++)
        if (out[i]) SET_FIELD_STEAL(THREAD->async_gen_hooks[i], out[i] == NONE ? NULL : incref(out[i]));
    return NONE;
}

static Value sys_get_asyncgen_hooks(Value module) {
    (void)module;
    static const char *const fields[] = {"firstiter", "finalizer", NULL};
    static const StructSeqSpec spec = {"sys.asyncgen_hooks", NULL, fields, 0, true};
    if (!SYS->hooks && !(SYS->hooks = struct_seq_type(&spec))) return NULL;
    Value *hooks = THREAD->async_gen_hooks;
    Value values[2] = {hooks[0] ? incref(hooks[0]) : NONE, hooks[1] ? incref(hooks[1]) : NONE};
    return struct_seq_new_steal(SYS->hooks, values);
}

/* ---- frames ---- */

static Value sys_getframe(Value module, Value const *args, size_t nargs) {
    (void)module;
    int depth = 0;
    if (!args_count("_getframe", nargs, 0, 1) || (nargs && value_as_int(args[0], &depth) < 0)) return NULL;
    return vm_frame_at(depth < 0 ? 0 : (size_t)depth);
}

static int add_by_thread(Value dict, uint64_t id, Value v) {
    Value key = int_from_u64(id);
    int status = key ? dict_set(dict, key, v) : -1;
    xdecref(key);
    return status;
}

static int add_frame(uint64_t id, Value frame, Value exception, void *dict) {
    (void)exception;
    return frame ? add_by_thread(dict, id, frame) : 0;
}

static int add_exception(uint64_t id, Value frame, Value exception, void *dict) {
    (void)frame;
    Value tb = exception ? AS_VALUE(exception_of(exception)->traceback) : NULL;
    Value info = tuple_pack(3, exception ? AS_VALUE(type_of(exception)) : NONE, exception ? exception : NONE,
                            tb ? tb : NONE);
    int status = info ? add_by_thread(dict, id, info) : -1;
    xdecref(info);
    return status;
}

static Value by_thread(int (*add)(uint64_t, Value, Value, void *)) {
    Value dict = dict_new();
    if (dict && vm_each_thread(add, dict) < 0) CLEAR_FIELD(dict);
    return dict;
}

static Value sys_current_frames(Value module) { return (void)module, by_thread(add_frame); }
static Value sys_current_exceptions(Value module) { return (void)module, by_thread(add_exception); }

static Value sys_call_tracing(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("call_tracing", nargs, 2, 2)) return NULL;
    if (!is_tuple(args[1]))
        return raise_error(T_TypeError, "call_tracing() argument 2 must be tuple, not %.50K", args[1]);
    return value_call_tuple_dict(args[0], args[1], NULL);
}

/* ---- what is fixed ---- */

static Value sys_getdefaultencoding(Value module) {
    (void)module;
    return str_from_cstr("utf-8");
}

static Value sys_getfilesystemencodeerrors(Value module) {
    (void)module;
    return str_from_cstr("surrogateescape");
}

static Value sys_is_finalizing(Value module) {
    (void)module;
    return FALSE;
}

static Value ignore(Value module, Value const *args, size_t nargs) {
    (void)module, (void)args, (void)nargs;
    return NONE;
}

static const NativeMethod sys_functions[] = {
    METHOD_FAST("addaudithook", ignore, "Audit hooks are accepted and never called."),
    METHOD_FAST("audit", ignore, "Does nothing: there are no audit hooks."),
    METHOD_KW("breakpointhook", sys_breakpointhook, "What breakpoint() calls."),
    METHOD_FAST("call_tracing", sys_call_tracing, "Calls a function with a tuple of arguments."),
    METHOD_FAST("_clear_type_cache", ignore, NULL),
    METHOD_NOARGS("_current_frames", sys_current_frames, NULL),
    METHOD_NOARGS(
        "_debugmallocstats", sys_debugmallocstats,
        "_debugmallocstats($module, /)\n--\n\nPrint debug info to stderr about the state of the heap."),
    METHOD_NOARGS("_current_exceptions", sys_current_exceptions, NULL),
    METHOD_ONE("displayhook", sys_displayhook,
               "displayhook($module, object, /)\n--\n\nPrints a value and keeps it as "
               "builtins._"),
    METHOD_NOARGS("exc_info", sys_exc_info,
                  "exc_info($module, /)\n--\n\n(type, value, traceback) of the exception being "
                  "handled."),
    METHOD_NOARGS("exception", sys_exception,
                  "exception($module, /)\n--\n\nThe exception being handled, or None."),
    METHOD_FAST("excepthook", sys_excepthook,
                "excepthook($module, exctype, value, traceback, /)\n--\n\nPrints an exception "
                "with its traceback to sys.stderr."),
    METHOD_FAST("exit", sys_exit,
                "exit($module, status=None, /)\n--\n\nEnds the program by raising SystemExit(status)."),
    METHOD_FAST("_getframe", sys_getframe,
                "_getframe($module, depth=0, /)\n--\n\nA frame of the call stack."),
    METHOD_NOARGS("getallocatedblocks", sys_getallocatedblocks, "Blocks in use in the heap."),
    METHOD_NOARGS("getdefaultencoding", sys_getdefaultencoding, "'utf-8'"),
    METHOD_NOARGS("getfilesystemencoding", sys_getdefaultencoding, "'utf-8'"),
    METHOD_NOARGS("getfilesystemencodeerrors", sys_getfilesystemencodeerrors, "'surrogateescape'"),
    METHOD_NOARGS("getprofile", sys_getprofile, NULL),
    METHOD_NOARGS("gettrace", sys_gettrace, NULL),
    METHOD_NOARGS("getrecursionlimit", sys_getrecursionlimit, NULL),
    METHOD_ONE("getrefcount", sys_getrefcount,
               "getrefcount($module, object, /)\n--\n\nHow many references an object has; the "
               "largest count for values that are not counted."),
    METHOD_KW("getsizeof", sys_getsizeof, "Size of an object in bytes."),
    METHOD_NOARGS("getswitchinterval", sys_getswitchinterval, NULL),
    METHOD_NOARGS("get_asyncgen_hooks", sys_get_asyncgen_hooks, NULL),
    METHOD_NOARGS("get_coroutine_origin_tracking_depth", sys_get_origin_depth, NULL),
    METHOD_NOARGS("get_int_max_str_digits", sys_get_int_max_str_digits, NULL),
    METHOD_ONE("intern", sys_intern,
               "intern($module, string, /)\n--\n\nThe one string that stands for all equal ones."),
    METHOD_NOARGS("is_finalizing", sys_is_finalizing, NULL),
    METHOD_KW("set_asyncgen_hooks", sys_set_asyncgen_hooks, NULL),
    METHOD_KW("set_coroutine_origin_tracking_depth", sys_set_origin_depth, NULL),
    METHOD_KW("set_int_max_str_digits", sys_set_int_max_str_digits, NULL),
    METHOD_ONE("setprofile", sys_setprofile, NULL),
    METHOD_ONE("setrecursionlimit", sys_setrecursionlimit, NULL),
    METHOD_ONE("setswitchinterval", sys_setswitchinterval, NULL),
    METHOD_ONE("settrace", sys_settrace, NULL),
    METHOD_ONE("unraisablehook", sys_unraisablehook, NULL),
    METHOD_END,
};

/* ---- the module's values ---- */

static int put(Value module, const char *name, Value value) { return module_add(module, name, value); }

/* Adds one struct sequence made of values that are stolen. */
static int put_seq(Value module, const char *name, const StructSeqSpec *spec, Value const *values,
                   Type **keep) {
    Type *type = struct_seq_type(spec);
    Value v = type ? struct_seq_new_steal(type, values) : NULL;
    if (keep) *keep = type;
    return put(module, name, v);
}

#define INT(n) small_int_new((int64_t)(n))

static int put_version(Value module) {
    static const char *const fields[] = {"major", "minor", "micro", "releaselevel", "serial", NULL};
    static const StructSeqSpec spec = {"sys.version_info", "The version of the language.", fields, 0, false};
    Value values[] = {INT(PYTHON_MAJOR), INT(PYTHON_MINOR), INT(PYTHON_MICRO), incref(NAME(final)), INT(0)};
    char text[128];
    if (put_seq(module, "version_info", &spec, values, &SYS->version_info) < 0) return -1;
    snprintf(text, sizeof text, "%d.%d.%d (Atoll %s, %s) [GCC %s]", PYTHON_MAJOR, PYTHON_MINOR, PYTHON_MICRO,
             ATOLL_VERSION, __DATE__, __VERSION__);
    if (put(module, "version", str_from_cstr(text)) < 0) return -1;
    return module_add_int(module, "hexversion",
                          PYTHON_MAJOR << 24 | PYTHON_MINOR << 16 | PYTHON_MICRO << 8 | 0xf0);
}

static int put_float_info(Value module) {
    static const char *const fields[] = {"max", "max_exp",  "max_10_exp", "min",   "min_exp", "min_10_exp",
                                         "dig", "mant_dig", "epsilon",    "radix", "rounds",  NULL};
    static const StructSeqSpec spec = {"sys.float_info", "What a float can hold.", fields, 0, false};
    Value values[] = {float_new(DBL_MAX),
                      INT(DBL_MAX_EXP),
                      INT(DBL_MAX_10_EXP),
                      float_new(DBL_MIN),
                      INT(DBL_MIN_EXP),
                      INT(DBL_MIN_10_EXP),
                      INT(DBL_DIG),
                      INT(DBL_MANT_DIG),
                      float_new(DBL_EPSILON),
                      INT(FLT_RADIX),
                      INT(1)};
    return put_seq(module, "float_info", &spec, values, NULL);
}

static int put_int_info(Value module) {
    static const char *const fields[] = {"bits_per_digit", "sizeof_digit", "default_max_str_digits",
                                         "str_digits_check_threshold", NULL};
    static const StructSeqSpec spec = {"sys.int_info", "How ints are held.", fields, 0, false};
    Value values[] = {INT(30), INT(4), INT(4300), INT(640)};
    return put_seq(module, "int_info", &spec, values, NULL);
}

static int put_hash_info(Value module) {
    static const char *const fields[] = {"width",     "modulus",   "inf",       "nan",    "imag",
                                         "algorithm", "hash_bits", "seed_bits", "cutoff", NULL};
    static const StructSeqSpec spec = {"sys.hash_info", "How hashes are made.", fields, 0, false};
    Value values[] = {INT(64),      INT((1ll << 61) - 1),       INT(314159), INT(0),
                      INT(1000003), str_from_cstr("siphash13"), INT(64),     INT(128),
                      INT(0)};
    return put_seq(module, "hash_info", &spec, values, NULL);
}

static int put_thread_info(Value module) {
    static const char *const fields[] = {"name", "lock", "version", NULL};
    static const StructSeqSpec spec = {"sys.thread_info", "How threads are made.", fields, 0, false};
    Value values[] = {str_from_cstr("pthread"), str_from_cstr("mutex+cond"), NONE};
    return put_seq(module, "thread_info", &spec, values, NULL);
}

static int put_flags(Value module) {
    static const char *const fields[] = {"debug",
                                         "inspect",
                                         "interactive",
                                         "optimize",
                                         "dont_write_bytecode",
                                         "no_user_site",
                                         "no_site",
                                         "ignore_environment",
                                         "verbose",
                                         "bytes_warning",
                                         "quiet",
                                         "hash_randomization",
                                         "isolated",
                                         "dev_mode",
                                         "utf8_mode",
                                         "warn_default_encoding",
                                         "safe_path",
                                         "int_max_str_digits",
                                         NULL};
    static const StructSeqSpec spec = {"sys.flags", "The interpreter's options.", fields, 0, false};
    bool random = !(rt->host && rt->host->hash_key_given);
    Value values[] = {INT(0), INT(0), INT(0),      INT(0), INT(1), INT(1), INT(1), INT(1), INT(0),
                      INT(0), INT(0), INT(random), INT(1), FALSE,  INT(1), INT(0), TRUE,   INT(4300)};
    return put_seq(module, "flags", &spec, values, NULL);
}

static int put_implementation(Value module) {
    Value make = AS_VALUE(TYPE(simple_namespace)), ns = value_call(make, NULL, 0, NULL);
    if (!ns) return -1;
    struct {
        const char *name;
        Value value;
    } rows[] = {
        {"name", str_from_cstr("atoll")},
        {"cache_tag", str_from_cstr("atoll-311")},
        {"version", incref(dict_get_str_borrow(AS_VALUE(module_dict(module)), NAME(version_info)))},
        {"hexversion", INT(PYTHON_MAJOR << 24 | PYTHON_MINOR << 16 | PYTHON_MICRO << 8 | 0xf0)},
    };
    int status = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Value key = str_intern_cstr(rows[i].name);
        if (!key || !rows[i].value || value_setattr(ns, key, rows[i].value) < 0) status = -1;
        xdecref(key);
        xdecref(rows[i].value);
    }
    if (status == 0) return put(module, "implementation", ns);
    decref(ns);
    return -1;
}

static int put_builtin_names(Value module) {
    size_t n = 0;
    while (module_name_at(n)) n++;
    Value names = tuple_new(n);
    for (size_t i = 0; names && i < n; i++) {
        Value name = str_intern_cstr(module_name_at(i));
        if (!name) CLEAR_FIELD(names);
        else tuple_init_item_steal(names, i, name);
    }
    return put(module, "builtin_module_names", names);
}

/* The standard library's modules, whether a worker has them or not. */
static const char library_names[] =
    "__future__ _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2 _codecs _codecs_cn "
    "_codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw _collections _collections_abc "
    "_compat_pickle _compression _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm "
    "_decimal _elementtree _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq "
    "_imp _io _json _locale _lsprof _lzma _markupbase _md5 _msi _multibytecodec _multiprocessing _opcode "
    "_operator _osx_support _overlapped _pickle _posixshmem _posixsubprocess _py_abc _pydecimal _pyio "
    "_queue _random _scproxy _sha1 _sha256 _sha3 _sha512 _signal _sitebuiltins _socket _sqlite3 _sre "
    "_ssl _stat _statistics _string _strptime _struct _symtable _thread _threading_local _tkinter "
    "_tokenize _tracemalloc _typing _uuid _warnings _weakref _weakrefset _winapi _zoneinfo abc aifc "
    "antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii bisect "
    "builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys "
    "compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses "
    "dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno "
    "faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt "
    "getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp "
    "importlib inspect io ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox "
    "mailcap marshal math mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt "
    "ntpath nturl2path numbers opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools "
    "pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd py_compile "
    "pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy "
    "sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr socket "
    "socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep "
    "struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios "
    "textwrap this threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty "
    "turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref "
    "webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";

static int put_library_names(Value module) {
    Value set = frozenset_new(NULL);
    for (const char *at = library_names; set && *at;) {
        size_t n = strcspn(at, " ");
        Value name = str_from_ascii(at, n);
        if (!name || set_add(set, name) < 0) CLEAR_FIELD(set);
        xdecref(name);
        at += n + (at[n] == ' ');
    }
    return put(module, "stdlib_module_names", set);
}

static int put_texts(Value module) {
    static const struct {
        const char *name, *text;
    } rows[] = {
        {"byteorder", "little"},
        {"platform", "linux"},
        {"prefix", "/usr"},
        {"exec_prefix", "/usr"},
        {"base_prefix", "/usr"},
        {"base_exec_prefix", "/usr"},
        {"executable", ""},
        {"platlibdir", "lib"},
        {"float_repr_style", "short"},
        {"abiflags", ""},
        {"_framework", ""},
        {"copyright", "Copyright (c) the authors of Atoll."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (module_add_text(module, rows[i].name, rows[i].text) < 0) return -1;
    return 0;
}

static int put_containers(Value module) {
    static const char *const lists[] = {"argv", "orig_argv", "path", "path_hooks", "warnoptions"};
    static const char *const dicts[] = {"path_importer_cache", "_xoptions"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (put(module, lists[i], list_new(0)) < 0) return -1;
    for (size_t i = 0; i < sizeof dicts / sizeof *dicts; i++)
        if (put(module, dicts[i], dict_new()) < 0) return -1;
    return put(module, "modules", incref(rt->modules));
}

/* The hooks under their second names. */
static int put_originals(Value module) {
    static const char *const names[][2] = {{"__displayhook__", "displayhook"},
                                           {"__excepthook__", "excepthook"},
                                           {"__breakpointhook__", "breakpointhook"},
                                           {"__unraisablehook__", "unraisablehook"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (put(module, names[i][0], value_getattr_cstr(module, names[i][1])) < 0) return -1;
    return 0;
}

static int sys_ready(Value module) {
    if (!module_state_new(M_sys, sizeof(SysState))) return -1;
    if (put_version(module) < 0 || put_float_info(module) < 0 || put_int_info(module) < 0 ||
        put_hash_info(module) < 0 || put_thread_info(module) < 0 || put_flags(module) < 0 ||
        put_implementation(module) < 0 || put_builtin_names(module) < 0 || put_library_names(module) < 0 ||
        put_texts(module) < 0 || put_containers(module) < 0 || put_originals(module) < 0)
        return -1;
    if (put(module, "dont_write_bytecode", BOOL(!paths_are_served())) < 0 ||
        put(module, "pycache_prefix", NONE) < 0 || module_add_int(module, "api_version", 1013) < 0 ||
        module_add_int(module, "maxunicode", 0x10ffff) < 0)
        return -1;
    return module_add_int(module, "maxsize", INT64_MAX);
}

const ModuleSpec module_sys = {
    .name = "sys",
    .doc = "What the interpreter is and what it is doing.",
    .functions = sys_functions,
    .ready = sys_ready,
};

int sys_boot(void) {
    Value module = module_from_spec(&module_sys);
    if (!module) return -1;
    rt->sys_dict = module_dict(module);
    incref(AS_VALUE(rt->sys_dict));
    int status = dict_set(rt->modules, NAME(sys), module);
    decref(module);
    return status;
}
