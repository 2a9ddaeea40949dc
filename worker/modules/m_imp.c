/* _imp: the import system's native half, as importlib wants it; and _frozen_importlib, importlib's core, run
 * from its frozen code. */
#include "import/frozen.h"
#include "import/import.h"
#include "import/pyc.h"
#include "modules/module.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include <heap/limits.h>

#include "base/siphash.h"

/* ---- the lock: the GIL is enough ---- */

static Value do_nothing(Value module, Value const *args, size_t nargs) {
    (void)module, (void)args, (void)nargs;
    return NONE;
}

static Value lock_held(Value module) {
    (void)module;
    return FALSE;
}

/* ---- native modules ---- */

static const char *name_text(const char *function, Value name) {
    if (is_str(name)) return str_wtf8(name, NULL);
    raise_error(T_TypeError, "%s() argument must be str, not %.50T", function, name);
    return NULL;
}

static Value is_builtin(Value module, Value name) {
    (void)module;
    const char *text = name_text("is_builtin", name);
    if (!text) return NULL;
    bool at_boot = strcmp(text, "sys") == 0 || strcmp(text, "builtins") == 0;
    return small_int_new(at_boot ? -1 : module_spec_find(text) ? 1 : 0);
}

static Value create_builtin(Value module, Value spec) {
    (void)module;
    Value name = value_getattr(spec, NAME(name)), loaded = NULL, made = NULL;
    if (!name) return NULL;
    loaded = is_str(name) && is_dict(rt->modules) ? dict_get_borrow(rt->modules, name) : NULL;
    if (loaded) made = incref(loaded);
    else if (is_str(name)) made = import_create_builtin(name);
    else raise_error(T_TypeError, "name must be str, not %T", name);
    decref(name);
    return made;
}

static Value exec_builtin(Value module, Value made) {
    (void)module, (void)made;
    return small_int_new(0);
}

static Value create_dynamic(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("create_dynamic", nargs, 1, 2)) return NULL;
    (void)args;
    return raise_error(T_ImportError, "extension modules cannot be loaded into a worker");
}

/* ---- frozen modules ---- */

static const FrozenRow *find_row(const char *function, Value name) {
    const char *text = name_text(function, name);
    return text ? frozen_find(text) : NULL;
}

static Value is_frozen(Value module, Value name) {
    (void)module;
    const FrozenRow *row = find_row("is_frozen", name);
    size_t n;
    /* Those of the library that are files for CPython are found all the same. */
    return error_pending() ? NULL : BOOL(row && row->is_nameless && *frozen_file(row, &n) == '/');
}

static Value no_such(Value name) {
    return error_pending() ? NULL : raise_error(T_ImportError, "No such frozen object named %R", name);
}

static Value is_frozen_package(Value module, Value name) {
    (void)module;
    const FrozenRow *row = find_row("is_frozen_package", name);
    return row ? BOOL(row->is_package) : no_such(name);
}

static Value get_frozen_object(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("get_frozen_object", nargs, 1, 2)) return NULL;
    const FrozenRow *row = find_row("get_frozen_object", args[0]);
    return row ? frozen_code(row) : no_such(args[0]);
}

static Value find_frozen(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "withdata", NULL};
    static const ArgSpec spec = {"find_frozen", names, 2, 1, 1};
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    const FrozenRow *row = find_row("find_frozen", out[0]);
    if (!row) return error_pending() ? NULL : NONE;
    return tuple_pack(3, NONE, BOOL(row->is_package), out[0]);
}

static Value frozen_names(Value module) {
    (void)module;
    Value list = list_new(0);
    const FrozenRow *row;
    for (size_t i = 0; list && (row = frozen_row(i)) != NULL; i++) {
        size_t n;
        const char *name = frozen_name(row, &n);
        Value text = str_from_utf8(name, n);
        if (!text || list_append_steal(list, text) < 0) CLEAR_FIELD(list);
    }
    return list;
}

static Value init_frozen(Value module, Value name) {
    (void)module;
    if (!find_row("init_frozen", name)) return error_pending() ? NULL : NONE;
    return import_absolute(name);
}

/* ---- compiled files ---- */

static Value extension_suffixes(Value module) {
    (void)module;
    return list_new(0);
}

static Value source_hash(Value module, Value const *args, size_t nargs) {
    (void)module;
    Buffer b;
    uint64_t key[2] = {0, 0};
    if (!args_count("source_hash", nargs, 2, 2) || value_as_u64(args[0], key) < 0 ||
        buffer_get(args[1], &b, false) < 0)
        return NULL;
    uint64_t hash = siphash13(key, b.data, b.length);
    buffer_release(&b);
    return bytes_from(&hash, sizeof hash);
}

static Value fix_code_filename(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_fix_co_filename", nargs, 2, 2)) return NULL;
    if (!IS_EXACT(args[0], code) || !is_str(args[1]))
        return raise_error(T_TypeError, "_fix_co_filename() takes a code object and a str");
    import_rename_code((Code *)args[0], args[1]);
    return NONE;
}

/* A class of the library that is native in CPython: messages name it with its module. */
static Value name_in_full(Value module, Value cls) {
    (void)module;
    if (!is_type(cls)) return raise_error(T_TypeError, "a class is wanted, not %T", cls);
    Value name = type_full_name((Type *)cls);
    const char *text = name ? str_utf8(name, NULL) : NULL;
    if (!text) {
        xdecref(name);
        return NULL;
    }
    ((Type *)cls)->kind.name = text;
    heap_set_immortal(&name->head);
    return NONE;
}

/* (held, peak): bytes of the heap; a true argument makes what is held the peak, behind that. */
static Value heap_bytes(Value module, Value reset) {
    (void)module;
    Value held = int_from_i64((int64_t)heap_bytes_held(rt->heap)),
          peak = int_from_i64((int64_t)heap_bytes_peak(rt->heap));
    Value pair = held && peak ? tuple_pack(2, held, peak) : NULL;
    xdecref(held);
    xdecref(peak);
    if (pair && reset == TRUE) heap_bytes_peak_reset(rt->heap);
    return pair;
}

static const NativeMethod imp_functions[] = {
    METHOD_FAST("acquire_lock", do_nothing, NULL),
    METHOD_FAST("release_lock", do_nothing, NULL),
    METHOD_NOARGS("lock_held", lock_held, NULL),
    METHOD_ONE("is_builtin", is_builtin, NULL),
    METHOD_ONE("create_builtin", create_builtin, NULL),
    METHOD_ONE("exec_builtin", exec_builtin, NULL),
    METHOD_FAST("create_dynamic", create_dynamic, NULL),
    METHOD_ONE("exec_dynamic", exec_builtin, NULL),
    METHOD_ONE("is_frozen", is_frozen, NULL),
    METHOD_ONE("is_frozen_package", is_frozen_package, NULL),
    METHOD_KW("find_frozen", find_frozen, NULL),
    METHOD_FAST("get_frozen_object", get_frozen_object, NULL),
    METHOD_ONE("init_frozen", init_frozen, NULL),
    METHOD_NOARGS("_frozen_module_names", frozen_names, NULL),
    METHOD_FAST("_override_frozen_modules_for_tests", do_nothing, NULL),
    METHOD_NOARGS("extension_suffixes", extension_suffixes, NULL),
    METHOD_FAST("source_hash", source_hash, NULL),
    METHOD_FAST("_fix_co_filename", fix_code_filename, NULL),
    METHOD_ONE("_name_in_full", name_in_full, NULL),
    METHOD_ONE("_heap_bytes", heap_bytes, NULL),
    METHOD_END,
};

static int imp_ready(Value module) { return module_add_text(module, "check_hash_based_pycs", "default"); }

const ModuleSpec module_imp = {
    .name = "_imp",
    .doc = "The import system's native half.",
    .functions = imp_functions,
    .ready = imp_ready,
};

/* ---- _frozen_importlib: importlib._bootstrap with our own finders and specs in place of its own ---- */

static int run_frozen(Value module, const char *name) {
    const FrozenRow *row = frozen_find(name);
    if (!row) return raise_int(T_ModuleNotFoundError, "No module named '%s'", name);
    Value code = frozen_code(row);
    int status = code ? import_exec_code(module, code) : -1;
    xdecref(code);
    return status;
}

static Value find_and_load(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("_find_and_load", nargs, 1, 2)) return NULL;
    return is_str(args[0]) ? import_absolute(args[0])
                           : raise_error(T_TypeError, "module name must be str, not %T", args[0]);
}

static const NativeMethod find_and_load_row = METHOD_FAST("_find_and_load", find_and_load, NULL);

static int add_imported(Value module, const char *name) {
    return module_add(module, name, module_import(name));
}

static int bootstrap_ready(Value module) {
    if (run_frozen(module, "importlib._bootstrap") < 0) return -1;
    static const char *const modules[] = {"sys", "_imp", "_thread", "_warnings", "_weakref"};
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        if (add_imported(module, modules[i]) < 0) return -1;
    if (module_add(module, "ModuleSpec", incref(AS_VALUE(IMPORT->spec_type))) < 0 ||
        module_add(module, "BuiltinImporter", incref(AS_VALUE(IMPORT->builtin_importer))) < 0 ||
        module_add(module, "FrozenImporter", incref(AS_VALUE(IMPORT->frozen_importer))) < 0)
        return -1;
    return module_add(module, "_find_and_load", native_new(&find_and_load_row, NULL, NULL));
}

const ModuleSpec module_bootstrap = {
    .name = "_frozen_importlib",
    .ready = bootstrap_ready,
};

/* Compiled files are ours alone. */
static int set_magic(Value dict) {
    uint8_t magic[4];
    pyc_magic(magic);
    Value bytes = bytes_from(magic, sizeof magic);
    uint32_t raw =
        (uint32_t)magic[0] | (uint32_t)magic[1] << 8 | (uint32_t)magic[2] << 16 | (uint32_t)magic[3] << 24;
    int status = bytes ? dict_set_cstr(dict, "MAGIC_NUMBER", bytes) : -1;
    xdecref(bytes);
    return status < 0 ? -1 : dict_set_cstr(dict, "_RAW_MAGIC_NUMBER", small_int_new(raw));
}

static int adopt_loader_class(Value module) {
    Value cls = value_getattr_cstr(module, "SourceFileLoader");
    int status = cls ? import_adopt_loader_class(cls) : -1;
    xdecref(cls);
    return status;
}

static int external_ready(Value module) {
    if (run_frozen(module, "importlib._bootstrap_external") < 0) return -1;
    Value bootstrap = module_import("_frozen_importlib"), set = NULL, done = NULL;
    if (bootstrap) set = value_getattr_cstr(module, "_set_bootstrap_module");
    if (set) done = value_call_one(set, bootstrap);
    int status = done ? dict_set_cstr(AS_VALUE(module_dict(bootstrap)), "_bootstrap_external", module) : -1;
    if (status == 0) status = set_magic(AS_VALUE(module_dict(module)));
    if (status == 0) status = adopt_loader_class(module);
    xdecref(done);
    xdecref(set);
    xdecref(bootstrap);
    return status < 0 ? -1 : module_add(module, "PathFinder", incref(AS_VALUE(IMPORT->path_finder)));
}

const ModuleSpec module_bootstrap_external = {
    .name = "_frozen_importlib_external",
    .ready = external_ready,
};
