#include "rpc/session_env.h"

#include <heap/gc.h>
#include <heap/graph.h>
#include <ipc/read.h>
#include <stdlib.h>

#include "compile/compile.h"
#include "import/import.h"
#include "modules/atexit.h"
#include "modules/tracemalloc.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/weakref.h"
#include "vm/vm.h"

static Value module_borrow(const char *name) {
    Value key = str_intern_cstr(name);
    Value module = key ? dict_get_str_borrow(AS_VALUE(rt->modules), key) : NULL;
    xdecref(key);
    return module;
}

static Value sys_borrow(Value name) { return dict_get_str_borrow(AS_VALUE(rt->sys_dict), name); }

/* ---- the beginning ---- */

static Value argv_list(IpcList argv) {
    Value list = list_new(0);
    IpcReader reader = ipc_list_reader(argv);
    for (uint32_t i = 0; list && i < argv.count; i++) {
        IpcSlice item = {"", 0};
        ipc_read_str(&reader, &item);
        Value text = str_from_utf8(item.ptr, item.len);
        if (!text || list_append_steal(list, text) < 0) {
            decref(list);
            return NULL;
        }
    }
    if (list && argv.count == 0 && list_append(list, rt->empty_str) < 0) CLEAR_FIELD(list);
    return list;
}

static int fill_main(Value module, Value filename) {
    Value dict = AS_VALUE(module_dict(module));
    Value annotations = dict_new(), builtins = annotations ? module_borrow("builtins") : NULL;
    int status = annotations && !error_pending() ? 0 : -1;
    if (status == 0) status = dict_set_cstr(dict, "__annotations__", annotations);
    if (status == 0) status = dict_set(dict, NAME(__builtins__), builtins ? builtins : NONE);
    bool is_file = str_length(filename) && str_read(filename, 0) != '<';
    if (status == 0 && is_file) status = dict_set(dict, NAME(__file__), filename);
    if (status == 0 && is_file) status = dict_set(dict, NAME(__cached__), NONE);
    if (status == 0 && is_file) status = import_set_main_loader(module, filename);
    xdecref(annotations);
    return status;
}

Value session_main(bool keep, Value filename, IpcList argv) {
    Value present = keep ? module_borrow("__main__") : NULL;
    /* A call of an earlier job may have left another name. */
    if (present && dict_set(AS_VALUE(module_dict(present)), NAME(__name__), NAME(__main__)) < 0) return NULL;
    if (present && !argv.count) return incref(present); /* what the session has made of sys.argv stays */
    Value list = argv_list(argv);
    if (!list) return NULL;
    int status = dict_set_cstr(AS_VALUE(rt->sys_dict), "argv", list);
    decref(list);
    if (status < 0) return NULL;
    if (present) return incref(present);
    Value module = module_new(NAME(__main__));
    if (module &&
        (fill_main(module, filename) < 0 || dict_set(AS_VALUE(rt->modules), NAME(__main__), module) < 0)) {
        decref(module);
        return NULL;
    }
    return module;
}

static Value path_list_borrow(void) {
    Value key = str_intern_cstr("path"), path = key ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), key) : NULL;
    xdecref(key);
    return path && is_list(path) ? path : NULL;
}

int session_set_path(const IpcSources *sources) {
    Value path = path_list_borrow();
    if (!path || !sources->root.ptr) return error_pending() ? -1 : 0;
    Value first =
        sources->nameless ? incref(rt->empty_str) : str_from_utf8(sources->root.ptr, sources->root.len);
    bool there = first && list_length(path) &&
                 value_equal(list_item_borrow(path, 0), first) > 0; /* of an earlier job */
    int status = !first ? -1 : there ? 0 : list_insert(path, 0, first);
    xdecref(first);
    return status;
}

int session_register_source(Value filename, IpcSlice source) {
    if (str_length(filename) && str_read(filename, 0) == '<')
        return 0; /* tracebacks show no lines of what is no file */
    Value text = str_from_utf8(source.ptr ? source.ptr : "", source.len);
    if (!text) { /* the compiler says what is wrong with it */
        error_clear();
        return 0;
    }
    int status = vm_register_source(filename, text);
    decref(text);
    return status;
}

/* ---- the end ---- */

/* module.name() if the module was imported; errors are told of the module and dropped. */
static void call_hook(const char *module_name, const char *name) {
    Value module = xincref(module_borrow(module_name)), function = NULL, key = NULL;
    if (module) key = str_intern_cstr(name);
    if (key && value_getattr_optional(module, key, &function) > 0) {
        Value done = value_call_noargs(function);
        if (!done) error_unraisable(module, NULL);
        xdecref(done);
        decref(function);
    }
    xdecref(key);
    xdecref(module);
    if (error_pending()) error_clear();
}

/* v.first.second: new, NULL without error if there is none. */
static Value two_attributes(Value v, const char *first, const char *second) {
    Value inner = v ? value_getattr_cstr(v, first) : NULL,
          found = inner && second ? value_getattr_cstr(inner, second) : xincref(inner);
    xdecref(inner);
    if (error_pending()) error_clear();
    return found;
}

/* threading._shutdown, but so that more jobs may follow: waits for all threads that are no daemons. Such a thread's lock is free
 * when it ends; the main thread's is among them, and is taken all the time. */
static void join_threads(void) {
    Value module = module_borrow("threading");
    Value locks = two_attributes(module, "_shutdown_locks", NULL),
          main = two_attributes(module, "_main_thread", "_tstate_lock");
    Value acquire = locks && main ? str_intern_cstr("acquire") : NULL, lock = NULL;
    while (acquire && value_length(locks) > 0 && (lock = value_call_method_noargs(locks, NAME(pop)))) {
        Value done = lock == main ? NONE : value_call_method_noargs(lock, acquire);
        decref(lock);
        if (!done) break;
        decref(done);
    }
    if (error_pending()) error_clear();
    xdecref(locks && main && acquire ? value_call_method_one(locks, NAME(add), main) : NULL);
    xdecref(acquire);
    xdecref(main);
    xdecref(locks);
    if (error_pending()) error_clear();
}

static int flush_stream(Value name) {
    Value stream = sys_borrow(name);
    if (!stream || stream == NONE) return 0;
    incref(stream);
    Value done = value_call_method_noargs(stream, NAME(flush));
    decref(stream);
    xdecref(done);
    return done ? 0 : -1;
}

/* When no one is left to be given the error. */
static void flush_streams(void) {
    if (flush_stream(NAME(stdout)) < 0) error_unraisable(sys_borrow(NAME(stdout)), NULL);
    if (flush_stream(NAME(stderr)) < 0) error_clear();
}

int session_end(bool keep) {
    Value pending = error_pending() ? error_take() : NULL;
    if (keep) {
        join_threads();
    } else {
        call_hook("threading", "_shutdown");
        atexit_run();
    }
    bool failed = flush_stream(NAME(stdout)) < 0;
    if (failed && !pending) pending = error_take(); /* the first error is the one that is told */
    else if (failed) error_clear(), failed = false;
    if (flush_stream(NAME(stderr)) < 0) error_clear();
    if (!keep) tracemalloc_end();
    if (pending) error_restore_steal(pending);
    return failed ? -1 : 0;
}

/* Sets the names of one kind to None, last defined first dropped or first first as dicts go: in order. */
static void clear_names(Value dict, bool underscored) {
    size_t position = 0;
    Value key, value;
    while (dict_next(dict, &position, &key, &value)) {
        if (value == NONE || !is_str(key) || str_length(key) == 0) continue;
        bool single = str_read(key, 0) == '_' && !(str_length(key) > 1 && str_read(key, 1) == '_');
        if (single != underscored || str_equal(key, NAME(__builtins__))) continue;
        incref(key);
        if (dict_set(dict, key, NONE) < 0) error_clear();
        decref(key);
    }
}

/* What sys has under the name is dropped, which takes no memory. */
static void sys_drop(Value name) {
    if (sys_borrow(name) && dict_set(AS_VALUE(rt->sys_dict), name, NONE) < 0) error_clear();
}

static void drop_last_error(void) {
    sys_drop(NAME(last_type));
    sys_drop(NAME(last_value));
    sys_drop(NAME(last_traceback));
}

void session_teardown(void) {
    Value module = module_borrow("__main__");
    if (!module) return;
    incref(module);
    heap_collect(rt->heap, 2, NULL);
    clear_names(AS_VALUE(module_dict(module)), true);
    clear_names(AS_VALUE(module_dict(module)), false);
    decref(module);
    drop_last_error();
    heap_collect(rt->heap, 2, NULL);
    if (error_pending()) error_clear();
    flush_streams();
}

/* ---- the end of the world ---- */

static int find_begun(HeapObject *o, void *arg) {
    (void)arg;
    Value v = (Value)o;
    return generator_owes_finalizer(v);
}

bool session_owes_finalizers(void) {
    return rt->finalizers_seen || (rt->generators_seen && heap_walk_objects(rt->heap, find_begun, NULL) != 0);
}

/* ---- the order in which finalizers run: CPython's, that is breadth first from `__main__` ---- */

typedef struct Children {
    HeapObject *few[64], **items;
    size_t count, capacity;
    bool full; /* no memory: the order of the rest is of no matter */
} Children;

static int add_child(HeapObject *o, void *arg) {
    Children *c = arg;
    if (!heap_is_tracked(o) || heap_generation_of(o) != 2) return 0;
    if (c->count == c->capacity) {
        HeapObject **more = c->items == c->few ? malloc(2 * c->capacity * sizeof *more)
                                               : realloc(c->items, 2 * c->capacity * sizeof *more);
        if (!more) return c->full = true;
        if (c->items == c->few) memcpy(more, c->few, sizeof c->few);
        c->items = more;
        c->capacity *= 2;
    }
    c->items[c->count++] = o;
    return 0;
}

/* To the end of the young generation, in which a collection keeps the order. */
static void make_young(HeapObject *o) {
    if (heap_generation_of(o) != 2) return;
    heap_untrack(rt->heap, o);
    heap_track(rt->heap, o);
}

/* Everything tracked is of generation 2 before. */
static void order_from(HeapObject *root) {
    HeapGeneration *young = &rt->heap->generations[0];
    Children c = {.items = c.few, .capacity = sizeof c.few / sizeof *c.few};
    if (!heap_is_tracked(root) || young->length) return;
    make_young(root);
    for (uint32_t i = 0; i < young->length && !c.full; i++) {
        c.count = 0;
        heap_referents(heap__at_place(rt->heap, young->places[i]), add_child, &c);
        for (size_t k = 0; k < c.count; k++) make_young(c.items[k]);
    }
    if (c.items != c.few) free(c.items);
}

static void clear_module(Value module) {
    clear_names(AS_VALUE(module_dict(module)), true);
    clear_names(AS_VALUE(module_dict(module)), false);
}

/* Without memory for a weak reference the module cannot be found again later: it is cleared now. */
static void note_module(Value refs, Value module) {
    Value ref = refs ? weakref_new(module, NULL) : NULL;
    if (ref && list_append_steal(refs, ref) == 0) return;
    error_clear();
    clear_module(module);
}

/* sys.modules is emptied: most modules die. Weak references to them; NULL: no memory. */
static Value forget_modules(void) {
    Value modules = AS_VALUE(rt->modules), refs = list_new(0), key, module;
    size_t position = 0;
    if (!refs) error_clear();
    while (dict_next(modules, &position, &key, &module)) {
        if (!is_object(module) || !IS(module, module)) continue;
        if (module_dict(module) == rt->sys_dict || module_dict(module) == rt->builtins) continue;
        incref(key);
        incref(module);
        note_module(refs, module);
        if (dict_set(modules, key, NONE) < 0) error_clear();
        decref(module);
        decref(key);
    }
    return refs;
}

/* Those that something still holds lose what they hold, the last imported first. */
static void clear_modules(Value refs) {
    for (size_t i = list_length(refs); i-- > 0;) {
        Value module = weakref_get_borrow(list_item_borrow(refs, i));
        if (!module) continue;
        incref(module);
        clear_module(module);
        decref(module);
    }
}

void session_exit(void) {
    static const uint16_t sys_names[] = {
        N_path, N_argv, N_ps1, N_ps2, N_path_hooks, N_path_importer_cache, N_meta_path};
    heap_collect(rt->heap, 2, NULL);
    Value main = module_borrow("__main__");
    if (main && IS(main, module)) order_from((HeapObject *)module_dict(main));
    drop_last_error();
    for (size_t i = 0; i < sizeof sys_names / sizeof *sys_names; i++) sys_drop(rt->names[sys_names[i]]);
    Value refs = forget_modules();
    heap_collect(rt->heap, 2, NULL);
    if (refs) clear_modules(refs);
    xdecref(refs);
    heap_collect(rt->heap, 2, NULL);
    if (error_pending()) error_clear();
    flush_streams();
}

void session_print_error_line(Value text) {
    Value stream = sys_borrow(NAME(stderr));
    if (!stream || stream == NONE) return;
    incref(stream);
    Value line = str_format("%U\n", text);
    Value done = line ? value_call_method_one(stream, NAME(write), line) : NULL;
    xdecref(done);
    xdecref(line);
    decref(stream);
    if (error_pending()) error_clear();
}

/* ---- before the first ---- */

static Value define_and_call(Dict *globals, Value filename) {
    static const char source[] = "def f(x):\n    return x + 1\n";
    Value code = compile_source(source, sizeof source - 1, filename, COMPILE_EXEC,
                                COMPILE_SOURCE_IS_STR | COMPILE_FROM_FILE, 0, 0);
    Value ran = code ? vm_run_code((Code *)code, globals, AS_VALUE(globals), NULL) : NULL;
    Value name = ran ? str_from_cstr("f") : NULL;
    Value function = name ? xincref(dict_get_borrow(AS_VALUE(globals), name)) : NULL;
    Value result = function ? value_call_one(function, small_int_new(1)) : NULL;
    xdecref(function);
    xdecref(name);
    xdecref(ran);
    xdecref(code);
    return result;
}

void session_warm_up(void) {
    Value filename = str_from_cstr("<job>"), module = filename ? module_new(NAME(__main__)) : NULL;
    Value result = module ? define_and_call(module_dict(module), filename) : NULL;
    xdecref(result);
    xdecref(module);
    xdecref(filename);
    flush_streams();
    if (error_pending()) error_clear();
}
