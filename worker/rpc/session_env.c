#include "rpc/session_env.h"

#include <heap/gc.h>
#include <ipc/read.h>

#include "import/import.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/str.h"
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
    Value list = argv_list(argv);
    if (!list) return NULL;
    int status = dict_set_cstr(AS_VALUE(rt->sys_dict), "argv", list);
    decref(list);
    if (status < 0) return NULL;
    Value present = keep ? module_borrow("__main__") : NULL;
    if (present) return incref(present);
    Value module = module_new(NAME(__main__));
    if (module && (fill_main(module, filename) < 0 || dict_set(AS_VALUE(rt->modules), NAME(__main__), module) < 0)) {
        decref(module);
        return NULL;
    }
    return module;
}

int session_register_source(Value filename, IpcSlice source) {
    if (str_length(filename) && str_read(filename, 0) == '<') return 0; /* tracebacks show no lines of what is no file */
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

/* module.name() if the module was imported; errors are reported and dropped. */
static void call_hook(const char *module_name, const char *name) {
    Value module = module_borrow(module_name), function = NULL, key = NULL;
    if (module) key = str_intern_cstr(name);
    if (key && value_getattr_optional(module, key, &function) > 0) {
        Value done = value_call_noargs(function);
        if (!done) error_unraisable(function, NULL);
        xdecref(done);
        decref(function);
    }
    xdecref(key);
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

int session_end(bool keep) {
    Value pending = error_pending() ? error_take() : NULL;
    if (!keep) {
        call_hook("threading", "_shutdown");
        call_hook("atexit", "_run_exitfuncs");
    }
    bool failed = flush_stream(NAME(stdout)) < 0;
    if (failed && !pending) pending = error_take(); /* the first error is the one that is told */
    else if (failed) error_clear(), failed = false;
    if (flush_stream(NAME(stderr)) < 0) error_clear();
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

void session_teardown(void) {
    Value module = module_borrow("__main__");
    if (!module) return;
    incref(module);
    heap_collect(rt->heap, 2, NULL);
    clear_names(AS_VALUE(module_dict(module)), true);
    clear_names(AS_VALUE(module_dict(module)), false);
    decref(module);
    heap_collect(rt->heap, 2, NULL);
    if (error_pending()) error_clear();
    if (flush_stream(NAME(stdout)) < 0) error_clear();
    if (flush_stream(NAME(stderr)) < 0) error_clear();
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
