/* importer: the import statement's algorithm. */
#include "import/frozen.h"
#include "import/import.h"
#include "import/import_lock.h"
#include "modules/io.h"
#include "modules/module.h"
#include "modules/sys.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/str.h"
#include "vm/vm.h"

/* ---- sys.modules ---- */

/* Borrowed, NULL when absent; NULL and raised when a strange sys.modules raises. */
static Value loaded_borrow(Value name) {
    return is_dict(rt->modules) ? dict_get_borrow(rt->modules, name) : NULL;
}

static Value raise_not_found(Value name, const char *format, Value a, Value b) {
    Value text = str_format(format, a, b);
    Value e = text ? exception_from_text(T_ModuleNotFoundError, text) : NULL;
    if (e) {
        SET_FIELD_STEAL(exception_of(e)->fields[IMPORT_NAME], incref(name));
        raise_value(e);
        decref(e);
    }
    xdecref(text);
    return NULL;
}

/* ---- specs by way of sys.meta_path ---- */

static Value default_finder_answer(Value finder, Value name, Value path, bool *ours) {
    *ours = true;
    if (finder == AS_VALUE(IMPORT->builtin_importer)) return import_find_builtin(name);
    if (finder == AS_VALUE(IMPORT->frozen_importer)) {
        Value beside = path == NONE ? import_find_beside(name) : NONE;
        return beside == NONE ? import_find_frozen(name) : beside;
    }
    if (finder == AS_VALUE(IMPORT->path_finder)) return import_find_on_path(name, path);
    *ours = false;
    return NULL;
}

static Value ask_finder(Value finder, Value name, Value path, Value target) {
    bool ours;
    Value spec = default_finder_answer(finder, name, path, &ours), find;
    if (ours) return spec;
    int found = value_getattr_optional(finder, NAME(find_spec), &find);
    if (found <= 0) return found < 0 ? NULL : import_legacy_spec(finder, name, path);
    spec = value_call_three(find, name, path, target);
    decref(find);
    return spec;
}

Value import_find_spec(Value name, Value path, Value target) {
    Value meta_path = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(meta_path));
    if (!meta_path || meta_path == NONE)
        return raise_error(T_ImportError, "sys.meta_path is None, Python is likely shutting down");
    incref(meta_path);
    Value finders = value_fast_sequence(meta_path, "sys.meta_path must be a list"),
          spec = finders ? NONE : NULL;
    for (size_t i = 0; finders && spec == NONE && i < fast_sequence_length(finders); i++) {
        Value finder = incref(fast_sequence_items(finders)[i]);
        spec = ask_finder(finder, name, path ? path : NONE, target ? target : NONE);
        decref(finder);
    }
    xdecref(finders);
    decref(meta_path);
    return spec;
}

/* ---- making and running a module ---- */

/* Sets an attribute if it is absent or None, or always. 0, -1. */
static int set_attribute(Value module, Value name, Value value, bool override) {
    if (!override) {
        Value present;
        int found = value_getattr_optional(module, name, &present);
        bool keep = found > 0 && present != NONE;
        xdecref(present);
        if (found < 0) return -1;
        if (keep) return 0;
    }
    if (value_setattr(module, name, value) == 0) return 0;
    return error_swallow(T_AttributeError) ? 0 : -1;
}

static int set_from_spec(Value module, Value spec, Value name, Value spec_name, bool override) {
    Value value = value_getattr(spec, spec_name);
    int status = value ? set_attribute(module, name, value, override) : -1;
    xdecref(value);
    return status;
}

/* A frozen module's path is its spec's raw state. */
static int set_frozen_file(Value module, ModuleSpecObject *spec, bool override) {
    if (spec->loader_state && is_str(spec->loader_state))
        return set_attribute(module, NAME(__file__), spec->loader_state, override);
    Value state = spec->loader_state, file = NULL;
    int found = state ? value_getattr_optional(state, NAME(filename), &file) : 0;
    if (found > 0 && file != NONE) found = set_attribute(module, NAME(__file__), file, override);
    xdecref(file);
    return found < 0 ? -1 : 0;
}

static int set_location(Value module, Value spec, bool override) {
    Value places = value_getattr(spec, NAME(submodule_search_locations));
    if (!places) return -1;
    int status = places == NONE ? 0 : set_attribute(module, NAME(__path__), places, override);
    decref(places);
    Value has = status < 0 ? NULL : value_getattr(spec, NAME(has_location));
    int truth = has ? value_is_true(has) : -1;
    xdecref(has);
    if (truth == 0 && import_is_native_spec(spec) &&
        ((ModuleSpecObject *)spec)->loader == AS_VALUE(IMPORT->frozen_importer))
        return set_frozen_file(module, (ModuleSpecObject *)spec, override);
    if (truth <= 0) return truth;
    if (set_from_spec(module, spec, NAME(__file__), NAME(origin), override) < 0) return -1;
    Value cached = value_getattr(spec, NAME(cached));
    status = !cached ? -1 : cached == NONE ? 0 : set_attribute(module, NAME(__cached__), cached, override);
    xdecref(cached);
    return status;
}

/* A package without a loader is one of portions: it gets importlib's loader for those, and has no file. */
static int set_namespace(Value module, Value spec) {
    ModuleSpecObject *s = (ModuleSpecObject *)spec;
    if (!import_is_native_spec(spec) || (s->loader && s->loader != NONE) || !s->locations ||
        s->locations == NONE)
        return 0;
    Value loader = import_namespace_loader(s->locations);
    if (!loader) return -1;
    SET_FIELD_STEAL(s->loader, loader);
    return value_setattr(module, NAME(__file__), NONE);
}

int import_init_module(Value module, Value spec, bool override) {
    if (set_namespace(module, spec) < 0) return -1;
    if (set_from_spec(module, spec, NAME(__name__), NAME(name), override) < 0 ||
        set_from_spec(module, spec, NAME(__loader__), NAME(loader), override) < 0 ||
        set_from_spec(module, spec, NAME(__package__), NAME(parent), override) < 0 ||
        set_attribute(module, NAME(__spec__), spec, true) < 0)
        return -1;
    return set_location(module, spec, override);
}

/* A namespace package or a loader that makes nothing of its own gets an empty module. New. */
static Value create_module(Value spec, Value loader, Value name) {
    if (loader == AS_VALUE(IMPORT->builtin_importer)) return import_create_builtin(name);
    Value create = NULL, module = NULL;
    bool native =
        loader == NONE || loader == AS_VALUE(IMPORT->frozen_importer) || import_is_source_loader(loader);
    if (!native && value_getattr_optional(loader, NAME(create_module), &create) < 0) return NULL;
    if (create) {
        module = value_call_one(create, spec);
        decref(create);
        if (!module || module != NONE) return module;
    }
    return module_new(name);
}

static int exec_foreign(Value loader, Value module) {
    Value exec = value_getattr(loader, NAME(exec_module));
    Value done = exec ? value_call_one(exec, module) : NULL;
    xdecref(exec);
    xdecref(done);
    return done ? 0 : -1;
}

static int set_initializing(Value spec, bool on) {
    if (import_is_native_spec(spec)) {
        ((ModuleSpecObject *)spec)->initializing = on;
        return 0;
    }
    return value_setattr(spec, NAME(_initializing), BOOL(on));
}

/* Runs the module, which is in sys.modules; takes it out again when that fails. */
static int exec_module(Value spec, Value loader, Value name, Value module) {
    int status = set_initializing(spec, true);
    if (status == 0 && loader != NONE) {
        status = import_exec_native(loader, name, module);
        if (status == 0) status = exec_foreign(loader, module);
        if (status > 0) status = 0;
    }
    Value earlier = status < 0 ? error_take() : NULL;
    if (status < 0 && value_delitem(rt->modules, name) < 0) error_clear();
    if (set_initializing(spec, false) < 0) error_clear();
    if (earlier) error_restore_steal(earlier);
    return status;
}

static int is_old_loader(Value loader) {
    Value exec;
    if (loader == NONE || is_type(loader) || import_is_source_loader(loader)) return 0;
    int found = value_getattr_optional(loader, NAME(exec_module), &exec);
    xdecref(exec);
    return found < 0 ? -1 : !found;
}

Value import_load_spec(Value spec) {
    Value name = value_getattr(spec, NAME(name)), loader = name ? value_getattr(spec, NAME(loader)) : NULL,
          module = NULL;
    int old = loader ? is_old_loader(loader) : -1;
    if (old > 0) {
        module = import_legacy_load(spec, loader, name);
    } else if (old == 0) {
        module = create_module(spec, loader, name);
        if (module && import_init_module(module, spec, false) < 0) CLEAR_FIELD(module);
        if (module &&
            (value_setitem(rt->modules, name, module) < 0 || exec_module(spec, loader, name, module) < 0))
            CLEAR_FIELD(module);
        if (module) { /* it may have put something else in its place, which then goes to the end of
                         sys.modules */
            Value now = value_getitem(rt->modules, name);
            decref(module);
            module = now;
        }
    }
    xdecref(loader);
    xdecref(name);
    return module;
}

/* ---- find and load ---- */

/* Binds a submodule in its parent: in what sys.modules has as that by now. */
static int bind_in_parent(Value child_name, Value module, Value parent_name) {
    Value parent = value_getitem(rt->modules, parent_name);
    if (!parent) return -1;
    int status = value_setattr(parent, child_name, module);
    decref(parent);
    if (status == 0) return 0;
    if (!error_swallow(T_AttributeError)) return -1;
    return raise_warning(T_ImportWarning, 1, "Cannot set an attribute on %R for child module %R", parent_name,
                         child_name);
}

static Value find_and_load(Value name);

/* The parent package (imported now) and its __path__. parent NULL: there is none. 0, -1; 1: the module came
 * with its parent. */
static int load_parent(Value name, ssize_t dot, Value *parent_name, Value *parent, Value *path) {
    *parent_name = str_slice(name, 0, (size_t)dot);
    if (!*parent_name) return -1;
    Value loaded = loaded_borrow(*parent_name);
    *parent = loaded ? incref(loaded) : error_pending() ? NULL : find_and_load(*parent_name);
    if (!*parent) return -1;
    if (loaded_borrow(name)) return 1;
    int found = value_getattr_optional(*parent, NAME(__path__), path);
    if (found > 0) return 0;
    if (found == 0) raise_not_found(name, "No module named %R; %R is not a package", name, *parent_name);
    return -1;
}

/* The parent's spec notes the submodule as long as it is being imported, for the message of circular imports. */
static int note_child(ModuleSpecObject *parent, Value child) {
    if (!parent->uninitialized && !(parent->uninitialized = list_new(0))) return -1;
    return list_append(parent->uninitialized, child);
}

static void forget_child(ModuleSpecObject *parent) {
    Value list = parent->uninitialized;
    ssize_t n = list ? (ssize_t)list_length(list) : 0;
    if (n <= 1 || list_set_slice(list, n - 1, n, NULL) < 0) CLEAR_FIELD(parent->uninitialized);
}

/* The module of a spec that was found below a parent. New. */
static Value load_below(Value spec, Value parent, Value child) {
    Value parent_spec;
    if (value_getattr_optional(parent, NAME(__spec__), &parent_spec) < 0) return NULL;
    bool noted = parent_spec && import_is_native_spec(parent_spec);
    bool failed = noted && note_child((ModuleSpecObject *)parent_spec, child) < 0;
    Value module = failed ? NULL : import_load_spec(spec);
    if (noted && !failed) forget_child((ModuleSpecObject *)parent_spec);
    xdecref(parent_spec);
    return module;
}

static Value find_below(Value name, ssize_t dot, Value parent, Value parent_name, Value path) {
    Value spec = import_find_spec(name, path, NULL);
    if (spec == NONE) return raise_not_found(name, "No module named %R", name, NULL);
    Value child = spec ? str_slice(name, (size_t)dot + 1, str_length(name)) : NULL;
    if (child) str_intern_in_place(&child);
    Value module = child ? load_below(spec, parent, child) : NULL;
    if (module && bind_in_parent(child, module, parent_name) < 0) CLEAR_FIELD(module);
    xdecref(child);
    xdecref(spec);
    return module;
}

static Value load_child(Value name, ssize_t dot) {
    Value parent_name = NULL, parent = NULL, path = NULL, module = NULL;
    int status = load_parent(name, dot, &parent_name, &parent, &path);
    if (status == 1) module = xincref(loaded_borrow(name));
    if (status == 0) module = find_below(name, dot, parent, parent_name, path);
    xdecref(path);
    xdecref(parent);
    xdecref(parent_name);
    return module;
}

static Value load_top(Value name) {
    Value spec = import_find_spec(name, NULL, NULL);
    if (spec == NONE) return raise_not_found(name, "No module named %R", name, NULL);
    Value module = spec ? import_load_spec(spec) : NULL;
    xdecref(spec);
    return module;
}

static Value find_unlocked(Value name) {
    if (recursion_enter(" while importing") < 0) return NULL;
    ssize_t dot = str_find(name, NAME(dot_), 0, str_length(name), -1);
    Value module = dot < -1 ? NULL : dot > 0 ? load_child(name, dot) : load_top(name);
    recursion_leave();
    return module;
}

static Value find_and_load(Value name) {
    if (IMPORT->locks) { /* another thread may be at it */
        if (import_wait(name) < 0) return NULL;
        Value module = loaded_borrow(name);
        if (module && module != NONE) return incref(module);
        if (error_pending()) return NULL;
    }
    ImportLock lock;
    import_lock(&lock, name);
    Value module = find_unlocked(name);
    import_unlock(&lock);
    return module;
}

Value import_absolute(Value name) {
    if (IMPORT->locks && import_wait(name) < 0) return NULL;
    Value module = loaded_borrow(name);
    if (module == NONE) return raise_not_found(name, "import of %U halted; None in sys.modules", name, NULL);
    if (module) return incref(module);
    return error_pending() ? NULL : find_and_load(name);
}

/* ---- relative names ---- */

static Value package_of(Dict *globals) {
    Value dict = AS_VALUE(globals);
    Value package = dict_get_str_borrow(dict, NAME(__package__)),
          spec = dict_get_str_borrow(dict, NAME(__spec__));
    if (package && package != NONE) {
        if (!is_str(package)) return raise_error(T_TypeError, "package must be a string");
        return incref(package);
    }
    if (spec && spec != NONE) {
        Value parent = value_getattr(spec, NAME(parent));
        if (parent && !is_str(parent)) {
            raise_error(T_TypeError, "__spec__.parent must be a string");
            CLEAR_FIELD(parent);
        }
        return parent;
    }
    if (raise_warning(
            T_ImportWarning, 1,
            "can't resolve package from __spec__ or __package__, falling back on __name__ and __path__") < 0)
        return NULL;
    Value name = dict_get_str_borrow(dict, NAME(__name__));
    if (!name) return raise_error(T_KeyError, "'__name__' not in globals");
    if (!is_str(name)) return raise_error(T_TypeError, "__name__ must be a string");
    if (dict_get_str_borrow(dict, NAME(__path__))) return incref(name);
    ssize_t dot = str_find(name, NAME(dot_), 0, str_length(name), -1);
    return dot < -1 ? NULL : str_slice(name, 0, dot < 0 ? 0 : (size_t)dot);
}

/* `level` dots and a name, seen from a module, as an absolute name. New. */
static Value resolve_name(Value name, Dict *globals, int level) {
    if (!globals) return raise_error(T_KeyError, "'__name__' not in globals");
    Value package = package_of(globals);
    if (!package) return NULL;
    size_t end = str_length(package);
    if (end == 0) {
        decref(package);
        return raise_error(T_ImportError, "attempted relative import with no known parent package");
    }
    for (int up = 1; up < level; up++) {
        ssize_t dot = str_find(package, NAME(dot_), 0, end, -1);
        if (dot < 0) {
            decref(package);
            return dot < -1
                       ? NULL
                       : raise_error(T_ImportError, "attempted relative import beyond top-level package");
        }
        end = (size_t)dot;
    }
    Value base = str_slice(package, 0, end);
    decref(package);
    if (!base || str_length(name) == 0) return base;
    Value full = str_format("%U.%U", base, name);
    decref(base);
    return full;
}

/* ---- from-lists ---- */

static int import_submodules(Value module, Value names, bool of_all);

/* Imports module.name where it is no attribute yet and exists. */
static int import_submodule(Value module, Value name) {
    Value present, module_name, full;
    int found = value_getattr_optional(module, name, &present);
    xdecref(present);
    if (found != 0) return found < 0 ? -1 : 0;
    module_name = value_getattr(module, NAME(__name__));
    full = module_name ? str_format("%S.%U", module_name, name) : NULL;
    xdecref(module_name);
    if (full) str_intern_in_place(&full);
    Value sub = full ? import_absolute(full) : NULL;
    int status = sub ? 0 : -1;
    if (!sub && full && error_matches(T_ModuleNotFoundError)) {
        Value missing = exception_of(error_borrow())->fields[IMPORT_NAME];
        if (missing && is_str(missing) && str_equal(missing, full) && loaded_borrow(full) != NONE) {
            error_clear(); /* `from` will say that the name cannot be imported */
            status = 0;
        }
    }
    xdecref(sub);
    xdecref(full);
    return status;
}

static int import_all(Value module) {
    Value all;
    int found = value_getattr_optional(module, NAME(__all__), &all);
    int status = found > 0 ? import_submodules(module, all, true) : found;
    xdecref(all);
    return status;
}

static int import_submodules(Value module, Value names, bool of_all) {
    Value iterator = value_iter(names);
    if (!iterator) return -1;
    int status = 0;
    for (Value name; status == 0 && (name = value_next(iterator)) != NULL; decref(name)) {
        if (!is_str(name)) {
            Value owner = of_all ? value_getattr(module, NAME(__name__)) : NULL;
            if (of_all && owner)
                status = raise_int(T_TypeError, "Item in %S.__all__ must be str, not %T", owner, name);
            else
                status =
                    of_all ? -1 : raise_int(T_TypeError, "Item in ``from list'' must be str, not %T", name);
            xdecref(owner);
        } else if (str_equal_cstr(name, "*")) {
            status = of_all ? 0 : import_all(module);
        } else {
            status = import_submodule(module, name);
        }
    }
    decref(iterator);
    return status < 0 || error_pending() ? -1 : 0;
}

/* `from module import names`: submodules are imported. Steals module. */
static Value with_from_list(Value module, Value names) {
    Value path;
    int package = value_getattr_optional(module, NAME(__path__), &path);
    xdecref(path);
    if (package > 0 && import_submodules(module, names, false) == 0) return module;
    if (package == 0) return module;
    decref(module);
    return NULL;
}

/* `import a.b.c` binds a; `from . import x` with dots gives the package that the dots and the first part
 * name. Steals module. */
static Value first_part(Value module, Value name, Value absolute, int level) {
    size_t n = str_length(name);
    ssize_t dot = str_find(name, NAME(dot_), 0, n, 1);
    if (dot < -1 || n == 0 || dot < 0) {
        if (dot >= -1) return module;
        decref(module);
        return NULL;
    }
    decref(module);
    Value front = level == 0 ? str_slice(name, 0, (size_t)dot)
                             : str_slice(absolute, 0, str_length(absolute) - (n - (size_t)dot));
    if (!front) return NULL;
    Value result = level == 0 ? import_absolute(front) : xincref(loaded_borrow(front));
    if (!result && !error_pending()) raise_error(T_KeyError, "%R not in sys.modules as expected", front);
    decref(front);
    return result;
}

Value import_name(Value name, Dict *globals, Value fromlist, Value level_value) {
    int level = 0;
    if (is_small_int(level_value) ? (level = (int)small_int(level_value), false)
                                  : value_as_int(level_value, &level) < 0)
        return NULL;
    if (level < 0) return raise_error(T_ValueError, "level must be >= 0");
    if (level == 0 && str_length(name) == 0) return raise_error(T_ValueError, "Empty module name");
    Value absolute = level ? resolve_name(name, globals, level) : incref(name);
    if (!absolute) return NULL;
    Value module = import_absolute(absolute);
    int from = module && fromlist != NONE ? value_is_true(fromlist) : 0;
    if (module && from < 0) CLEAR_FIELD(module);
    if (module) module = from ? with_from_list(module, fromlist) : first_part(module, name, absolute, level);
    if (!module) exception_trim_import(error_borrow());
    decref(absolute);
    return module;
}

/* ---- boot ---- */

/* What an imported module would know about itself, for one that was there before importing. */
static int adopt(Value name) {
    Value module = dict_get_str_borrow(rt->modules, name), spec = import_find_builtin(name);
    int status = spec ? import_init_module(module, spec, true) : -1;
    xdecref(spec);
    return status;
}

/* sys._stdlib_dir: where the library that was frozen lay. 0, -1. */
static int set_library_directory(void) {
    const FrozenRow *row = frozen_find("abc");
    size_t n = 0;
    const char *file = row ? frozen_file(row, &n) : "";
    while (n && file[n - 1] != '/') n--;
    Value place = n ? str_from_utf8(file, n - 1) : NONE;
    int status = place ? dict_set_cstr(AS_VALUE(rt->sys_dict), "_stdlib_dir", place) : -1;
    if (n) xdecref(place);
    return status;
}

int import_boot(void) {
    ImportState *s = rt->import_state = heap_alloc_zero(rt->heap, sizeof *s);
    if (!s) return -1;
    vm_set_line_finder(import_source_line);
    if (sys_boot() < 0 || io_boot() < 0) return -1;
    if (module_ready_type(&s->spec_type, &import_spec_type_spec, NULL) < 0 ||
        module_ready_type(&s->builtin_importer, &import_builtin_importer_spec, NULL) < 0 ||
        module_ready_type(&s->frozen_importer, &import_frozen_importer_spec, NULL) < 0 ||
        module_ready_type(&s->path_finder, &import_path_finder_spec, NULL) < 0 ||
        module_ready_type(&s->source_loader, &import_source_loader_spec, NULL) < 0)
        return -1;
    Value finders[] = {AS_VALUE(s->builtin_importer), AS_VALUE(s->frozen_importer), AS_VALUE(s->path_finder)};
    Value list = list_from_array(finders, 3);
    int status = list ? dict_set(AS_VALUE(rt->sys_dict), NAME(meta_path), list) : -1;
    xdecref(list);
    if (status == 0) status = import_boot_hooks();
    if (status == 0) status = set_library_directory();
    return status < 0 || adopt(NAME(sys)) < 0 ? -1 : adopt(NAME(builtins));
}
