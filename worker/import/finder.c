/*
 * finder: the three ways to find a module: native, frozen, in files on a path.
 *
 * The finders are classes with class methods, as Python's BuiltinImporter, FrozenImporter and PathFinder; their instances
 * have nothing of their own. Files are looked for only where the host grants them.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/host.h"
#include "import/frozen.h"
#include "import/import.h"
#include "modules/files.h"
#include "modules/paths.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/slots.h"
#include "objects/str.h"

/* ---- native modules ---- */

/* The name as C sees it; "", which no module is called, for one with a NUL in it. NULL: no memory. */
static const char *text_of_name(Value name) {
    size_t length;
    const char *text = str_wtf8(name, &length);
    return text && strlen(text) != length ? "" : text;
}

Value import_find_builtin(Value name) {
    const char *text = text_of_name(name);
    if (!text) return NULL;
    if (!module_spec_find(text)) return NONE;
    Value origin = str_intern_cstr("built-in");
    Value spec =
        origin ? import_spec_new(name, AS_VALUE(IMPORT->builtin_importer), origin, NULL, false) : NULL;
    xdecref(origin);
    return spec;
}

Value import_create_builtin(Value name) {
    const char *text = str_wtf8(name, NULL);
    const ModuleSpec *found = text ? module_spec_find(text) : NULL;
    if (found) return module_from_spec(found);
    if (text) raise_error(T_ImportError, "%R is not a built-in module", name);
    return NULL;
}

/* ---- frozen modules ---- */

static const FrozenRow *frozen_row_of(Value name) {
    const char *text = text_of_name(name);
    return text && *text ? frozen_find(text) : NULL;
}

/* [directory] of a package's file. New. */
static Value package_locations(const char *file, size_t n) {
    while (n && file[n - 1] != '/') n--;
    Value place = str_from_utf8(file, n ? n - 1 : 0), list = place ? list_from_array(&place, 1) : NULL;
    xdecref(place);
    return list;
}

Value import_find_frozen(Value name) {
    const FrozenRow *row = frozen_row_of(name);
    if (!row) return error_pending() ? NULL : NONE;
    size_t n;
    const char *file = frozen_file(row, &n);
    Value path = str_from_utf8(file, n),
          origin = row->is_nameless ? str_intern_cstr("frozen") : xincref(path);
    Value locations = row->is_package ? package_locations(file, n) : NULL, spec = NULL, loader = NULL;
    if (path && origin && (locations || !row->is_package))
        loader = row->is_nameless ? incref(AS_VALUE(IMPORT->frozen_importer))
                                  : import_source_loader_new(name, path);
    if (loader) spec = import_spec_new(name, loader, origin, locations, !row->is_nameless);
    xdecref(loader);
    xdecref(locations);
    xdecref(origin);
    if (spec && row->is_nameless) ((ModuleSpecObject *)spec)->loader_state = incref(path); /* its __file__ */
    xdecref(path);
    return spec;
}

/* ---- files ---- */

/* 1, 0, -1 raised: among the job's own files, or where files are granted. */
static int is_file(const char *path) {
    struct stat st;
    if (files_covers(path)) return files_is_plain(path);
    return paths_are_granted() && path_stat(AT_FDCWD, path, &st, 0) == 0 && S_ISREG(st.st_mode);
}

static int is_directory(const char *path) {
    struct stat st;
    if (files_covers(path)) return files_is_directory(path);
    return paths_are_granted() && path_stat(AT_FDCWD, path, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

Value import_cached_path(const char *file) {
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    char path[4200];
    int n = snprintf(path, sizeof path, "%.*s__pycache__/%.*s.atoll-311.pyc", (int)(name - file), file,
                     (int)strlen(name) - 3, name);
    return str_from_wtf8(path, (size_t)n < sizeof path ? (size_t)n : sizeof path - 1);
}

/* For a compiled file without its source, importlib's own. New. */
static Value sourceless_loader_new(Value name, Value path) {
    Value cls = module_import_attr("importlib.machinery", "SourcelessFileLoader");
    Value loader = cls ? value_call_two(cls, name, path) : NULL;
    xdecref(cls);
    return loader;
}

/* The spec of a file, source or compiled; directory: of a package, or NULL. New. */
static Value file_spec(Value name, const char *file, const char *directory) {
    Value path = str_from_wtf8(file, strlen(file)), locations = NULL, loader = NULL, spec = NULL;
    if (path && directory) {
        Value place = str_from_wtf8(directory, strlen(directory));
        locations = place ? list_from_array(&place, 1) : NULL;
        xdecref(place);
    }
    bool compiled = file[strlen(file) - 1] == 'c';
    if (path && (locations || !directory))
        loader = compiled ? sourceless_loader_new(name, path) : import_source_loader_new(name, path);
    if (loader) spec = import_spec_new(name, loader, path, locations, true);
    xdecref(loader);
    xdecref(locations);
    xdecref(path);
    return spec;
}

/* directory/tail, made absolute; its length, -1: too long. */
static int join_path(char *path, size_t capacity, const char *directory, const char *tail) {
    char room[2048];
    const char *here = *directory == '/' ? "" : path_cwd(room, sizeof room);
    if (!here) return -1;
    if (here[0] == '/' && !here[1]) here = "";
    while (directory[0] == '.' && (directory[1] == '/' || !directory[1])) directory += directory[1] ? 2 : 1;
    size_t length = strlen(directory);
    while (length > 1 && directory[length - 1] == '/') length--;
    int n = snprintf(path, capacity, "%s%s%.*s%s%s", here, *directory != '/' && length ? "/" : "",
                     (int)length, directory, length == 1 && *directory == '/' ? "" : "/", tail);
    return n < 0 || (size_t)n >= capacity ? -1 : n;
}

/* Is there path.py, or else path.pyc? path, of n bytes, gets the suffix. 1, 0, -1 raised. */
static int find_file(char *path, size_t n) {
    int found = 0;
    for (const char *const *suffix = (const char *const[]){".py", ".pyc", NULL}; !found && *suffix;
         suffix++) {
        strcpy(path + n, *suffix);
        found = is_file(path);
    }
    return found;
}

/* Looks for a module's last part in a directory: a spec; NONE; with *portion set the directory is part of a
 * namespace package. */
static Value find_in_directory(Value name, const char *tail, const char *directory, bool *portion) {
    char path[4096];
    int n = join_path(path, sizeof path - 16, directory, tail);
    if (n < 0) return NONE;
    int found = is_directory(path);
    if (found > 0) {
        char package[4096];
        memcpy(package, path, (size_t)n + 1);
        strcpy(path + n, "/__init__");
        if ((found = find_file(path, (size_t)n + 9)) > 0) return file_spec(name, path, package);
        *portion = true;
    }
    if (found >= 0) found = find_file(path, (size_t)n);
    if (found <= 0) return found < 0 ? NULL : NONE;
    *portion = false;
    return file_spec(name, path, NULL);
}

static bool is_own_hook(Value hook) { return hook == IMPORT->zip_hook || hook == IMPORT->file_hook; }

static bool has_foreign_hook(Value hooks) {
    for (size_t i = 0; hooks && is_list(hooks) && i < list_length(hooks); i++)
        if (!is_own_hook(list_item_borrow(hooks, i))) return true;
    return false;
}

/* The finder that sys.path_hooks have for a path entry, remembered in sys.path_importer_cache; NONE: none.
 * New. */
static Value hook_finder(Value entry, Value hooks) {
    Value cache = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(path_importer_cache)), found = NULL;
    if (cache && is_dict(cache) && dict_find(cache, entry, &found) > 0 && found != NONE) return incref(found);
    if (error_pending()) return NULL;
    Value list = value_to_list(hooks), finder = list ? NONE : NULL;
    for (size_t i = 0; list && i < list_length(list); i++) {
        if (is_own_hook(list_item_borrow(list, i))) continue;
        Value made = value_call_one(list_item_borrow(list, i), entry);
        if (!made && error_swallow(T_ImportError)) continue;
        finder = made;
        break;
    }
    xdecref(list);
    bool remember = finder && finder != NONE && cache && is_dict(cache);
    if (remember && dict_set(cache, entry, finder) < 0) CLEAR_FIELD(finder);
    return finder;
}

/* A file on the path is a zip archive, or nothing; so is what stands below a file. 1, 0, -1 raised. */
static int may_be_archive(Value entry) {
    char path[4096];
    size_t n;
    const char *text = str_wtf8(entry, &n);
    if (!text || !n || n >= sizeof path) return text ? 0 : -1;
    memcpy(path, text, n + 1);
    for (;;) {
        int found = is_file(path), directory = found ? 0 : is_directory(path);
        if (found || directory) return directory > 0 ? 0 : found | directory;
        char *slash = strrchr(path, '/');
        if (!slash || slash == path) return 0;
        *slash = '\0';
    }
}

static Value archive_hooks(void) {
    Value importer = module_import_attr("zipimport", "zipimporter"),
          hooks = importer ? list_from_array(&importer, 1) : NULL;
    xdecref(importer);
    return hooks;
}

static Value find_by_hooks(Value name, Value entry, Value target, bool *decided) {
    *decided = false;
    Value hooks = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(path_hooks)), spec = NONE;
    bool own = has_foreign_hook(hooks);
    int archive = may_be_archive(entry);
    if (archive < 0 || (!own && !archive)) return archive < 0 ? NULL : NONE;
    Value finder = own ? (incref(hooks), hook_finder(entry, hooks)) : NONE;
    if (own) decref(hooks);
    if (finder == NONE && archive) {
        hooks = archive_hooks();
        finder = hooks ? hook_finder(entry, hooks) : NULL;
        xdecref(hooks);
    }
    if (!finder || finder == NONE) return finder;
    *decided = true;
    Value find;
    int found = value_getattr_optional(finder, NAME(find_spec), &find);
    if (found < 0) spec = NULL;
    else spec = found ? value_call_two(find, name, target) : import_legacy_entry_spec(finder, name);
    xdecref(find);
    decref(finder);
    return spec;
}

/* One entry of a path. A spec with loader None is a portion of a namespace: its locations go to *portions. */
static Value find_in_entry(Value name, const char *tail, Value entry, Value portions) {
    bool decided, portion = false;
    if (!is_str(entry)) return NONE;
    Value spec = find_by_hooks(name, entry, NONE, &decided);
    if (!spec || (decided && spec == NONE)) return spec;
    if (spec != NONE) {
        Value loader = value_getattr(spec, NAME(loader));
        if (loader && loader != NONE) return decref(loader), spec;
        Value places = loader ? value_getattr(spec, NAME(submodule_search_locations)) : NULL;
        int status = !places ? -1 : places == NONE ? 0 : list_extend(portions, places);
        xdecref(places);
        decref(spec);
        return status < 0 ? NULL : NONE;
    }
    const char *directory = str_wtf8(entry, NULL);
    if (!directory) return NULL;
    spec = find_in_directory(name, tail, directory, &portion);
    if (spec != NONE || !portion) return spec;
    char path[4096];
    int n = join_path(path, sizeof path, directory, tail);
    Value place = n < 0 ? raise_no_memory() : str_from_wtf8(path, (size_t)n);
    return !place || list_append_steal(portions, place) < 0 ? NULL : NONE;
}

Value import_find_beside(Value name) {
    Value path = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(path));
    const FrozenRow *row = frozen_row_of(name);
    if (!row || row->is_nameless || str_find(name, NAME(dot_), 0, str_length(name), 1) >= 0)
        return error_pending() ? NULL : NONE;
    if (!path || !is_list(path) || !list_length(path)) return NONE;
    const char *text = str_wtf8(name, NULL);
    Value portions = text ? list_new(0) : NULL, entry = incref(list_item_borrow(path, 0));
    Value spec = portions ? find_in_entry(name, text, entry, portions) : NULL;
    decref(entry);
    xdecref(portions);
    return spec;
}

static Value last_part(Value name) {
    ssize_t dot = str_find(name, NAME(dot_), 0, str_length(name), -1);
    return dot < -1 ? NULL : str_slice(name, (size_t)(dot + 1), str_length(name));
}

Value import_find_on_path(Value name, Value path) {
    Value spec = import_find_portions(name, path);
    ModuleSpecObject *s = (ModuleSpecObject *)spec;
    if (!spec || !import_is_native_spec(spec) || s->loader || !s->locations) return spec;
    Value locations = import_namespace_path(name, s->locations);
    if (!locations) return decref(spec), NULL;
    SET_FIELD_STEAL(s->locations, locations);
    return spec;
}

Value import_find_portions(Value name, Value path) {
    if (!path || path == NONE) path = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(path));
    if (!path || path == NONE) return NONE;
    Value tail = last_part(name), entries = tail ? value_to_list(path) : NULL,
          portions = entries ? list_new(0) : NULL;
    const char *text = portions ? text_of_name(tail) : NULL;
    Value spec = text ? NONE : NULL;
    for (size_t i = 0; spec == NONE && *text && i < list_length(entries); i++)
        spec = find_in_entry(name, text, list_item_borrow(entries, i), portions);
    if (spec == NONE && list_length(portions)) spec = import_spec_new(name, NULL, NULL, portions, false);
    xdecref(portions);
    xdecref(entries);
    xdecref(tail);
    return spec;
}

/* ---- path hooks, for programs that ask them (pkgutil does) ---- */

static Value zip_hook(Value module, Value path) {
    (void)module;
    Value importer = module_import_attr("zipimport", "zipimporter");
    Value made = importer ? value_call_one(importer, path) : NULL;
    xdecref(importer);
    return made;
}

static Value file_hook(Value module, Value path) {
    (void)module;
    const char *text = is_str(path) ? str_wtf8(path, NULL) : "";
    int found = !text ? -1 : *text ? is_directory(text) : 1;
    if (found < 0) return NULL;
    if (!found) return raise_error(T_ImportError, "only directories are supported");
    Value finder = module_import_attr("importlib.machinery", "FileFinder");
    Value loader = finder ? module_import_attr("importlib.machinery", "SourceFileLoader") : NULL;
    Value suffix = loader ? str_intern_cstr(".py") : NULL,
          suffixes = suffix ? list_from_array(&suffix, 1) : NULL;
    Value details = suffixes ? tuple_pack(2, loader, suffixes) : NULL;
    Value made = details ? value_call_two(finder, path, details) : NULL;
    Value all[] = {details, suffixes, suffix, loader, finder};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) xdecref(all[i]);
    return made;
}

int import_boot_hooks(void) {
    static const NativeMethod rows[] = {
        METHOD_ONE("zipimporter", zip_hook, "A finder for an archive on the path."),
        METHOD_ONE("path_hook_for_FileFinder", file_hook, "A finder for a directory on the path.")};
    Value hooks = dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(path_hooks));
    IMPORT->zip_hook = native_new(&rows[0], NULL, NULL);
    IMPORT->file_hook = native_new(&rows[1], NULL, NULL);
    if (!hooks || !IMPORT->zip_hook || !IMPORT->file_hook) return -1;
    return list_append(hooks, IMPORT->zip_hook) < 0 ? -1 : list_append(hooks, IMPORT->file_hook);
}

/* ---- the finders as Python sees them ---- */

static bool find_arguments(const char *function, Value const *args, size_t nargs, Value kwnames, Value *out) {
    static const char *const names[] = {"fullname", "path", "target", NULL};
    ArgSpec spec = {function, names, 3, 1, 3};
    if (!args_bind(&spec, args, nargs, kwnames, out)) return false;
    if (is_str(out[0])) return true;
    raise_error(T_TypeError, "module name must be str, not %T", out[0]);
    return false;
}

static Value builtin_find_spec(Value cls, Value const *args, size_t nargs, Value kwnames) {
    (void)cls;
    Value out[3];
    return find_arguments("find_spec", args, nargs, kwnames, out) ? import_find_builtin(out[0]) : NULL;
}

static Value frozen_find_spec(Value cls, Value const *args, size_t nargs, Value kwnames) {
    (void)cls;
    Value out[3];
    if (!find_arguments("find_spec", args, nargs, kwnames, out)) return NULL;
    Value beside = !out[1] || out[1] == NONE ? import_find_beside(out[0]) : NONE;
    if (beside == NONE) return import_find_frozen(out[0]);
    xdecref(beside);
    return beside ? NONE : NULL; /* for PathFinder, whose turn is next */
}

static Value path_find_spec(Value cls, Value const *args, size_t nargs, Value kwnames) {
    (void)cls;
    Value out[3];
    return find_arguments("find_spec", args, nargs, kwnames, out) ? import_find_on_path(out[0], out[1])
                                                                  : NULL;
}

static Value path_get_spec(Value cls, Value const *args, size_t nargs, Value kwnames) {
    (void)cls;
    Value out[3];
    if (!find_arguments("_get_spec", args, nargs, kwnames, out)) return NULL;
    return import_find_portions(out[0], out[1]);
}

static Value builtin_find_module(Value cls, Value const *args, size_t nargs, Value kwnames) {
    return import_legacy_find_module("BuiltinImporter", builtin_find_spec(cls, args, nargs, kwnames));
}

static Value frozen_find_module(Value cls, Value const *args, size_t nargs, Value kwnames) {
    return import_legacy_find_module("FrozenImporter", frozen_find_spec(cls, args, nargs, kwnames));
}

static Value path_find_module(Value cls, Value const *args, size_t nargs, Value kwnames) {
    return import_legacy_find_module("PathFinder", path_find_spec(cls, args, nargs, kwnames));
}

static Value spec_name(Value spec) {
    Value name = value_getattr(spec, NAME(name));
    if (!name || is_str(name)) return name;
    raise_error(T_TypeError, "module name must be str, not %T", name);
    decref(name);
    return NULL;
}

static Value builtin_create_module(Value cls, Value spec) {
    (void)cls;
    Value name = spec_name(spec), module = name ? import_create_builtin(name) : NULL;
    xdecref(name);
    return module;
}

static Value nothing_to_do(Value cls, Value v) {
    (void)cls, (void)v;
    return NONE;
}

static Value frozen_exec_module(Value cls, Value module) {
    Value name = value_getattr(module, NAME(__name__));
    int status = name && is_str(name) ? import_exec_native(cls, name, module) : -1;
    xdecref(name);
    return status < 0 ? NULL : NONE;
}

static Value load_by_spec(Value spec, Value name) {
    if (spec == NONE) return raise_error(T_ImportError, "No module named %R", name);
    Value module = spec ? import_load_spec(spec) : NULL;
    xdecref(spec);
    return module;
}

static Value builtin_load_module(Value cls, Value name) {
    (void)cls;
    return load_by_spec(import_find_builtin(name), name);
}

static Value frozen_load_module(Value cls, Value name) {
    (void)cls;
    return load_by_spec(import_find_frozen(name), name);
}

static Value frozen_get_code(Value cls, Value name) {
    (void)cls;
    const FrozenRow *row = is_str(name) ? frozen_row_of(name) : NULL;
    if (row) return frozen_code(row);
    return error_pending() ? NULL : raise_error(T_ImportError, "No such frozen object named %R", name);
}

static Value frozen_is_package(Value cls, Value name) {
    (void)cls;
    const FrozenRow *row = is_str(name) ? frozen_row_of(name) : NULL;
    if (row) return BOOL(row->is_package);
    return error_pending() ? NULL : raise_error(T_ImportError, "No such frozen object named %R", name);
}

static Value answer_false(Value cls, Value name) {
    (void)cls, (void)name;
    return FALSE;
}

static Value invalidate_caches(Value cls) {
    (void)cls;
    return import_invalidate_caches() < 0 ? NULL : NONE;
}

/* What is installed on the path, as importlib.metadata finds it. */
static Value find_distributions(Value unused, Value const *args, size_t nargs, Value kwnames) {
    (void)unused;
    Value finder = module_import_attr("importlib.metadata", "MetadataPathFinder");
    Value find = finder ? value_getattr_cstr(finder, "find_distributions") : NULL;
    Value found = find ? value_call(find, args, nargs, kwnames) : NULL;
    xdecref(find);
    xdecref(finder);
    return found;
}

#define CLASS_ONE(name, function)                                                                            \
    { name, (void *)(function), NATIVE_ONE, NATIVE_CLASS, NULL }
#define CLASS_KW(name, function)                                                                             \
    { name, (void *)(function), NATIVE_KW, NATIVE_CLASS, NULL }

static const NativeMethod builtin_methods[] = {
    CLASS_KW("find_module", builtin_find_module),
    CLASS_KW("find_spec", builtin_find_spec),
    CLASS_ONE("create_module", builtin_create_module),
    CLASS_ONE("exec_module", nothing_to_do),
    CLASS_ONE("load_module", builtin_load_module),
    CLASS_ONE("get_code", nothing_to_do),
    CLASS_ONE("get_source", nothing_to_do),
    CLASS_ONE("is_package", answer_false),
    METHOD_END,
};

static const NativeMethod frozen_methods[] = {
    CLASS_KW("find_module", frozen_find_module),
    CLASS_KW("find_spec", frozen_find_spec),
    CLASS_ONE("create_module", nothing_to_do),
    CLASS_ONE("exec_module", frozen_exec_module),
    CLASS_ONE("load_module", frozen_load_module),
    CLASS_ONE("get_code", frozen_get_code),
    CLASS_ONE("get_source", nothing_to_do),
    CLASS_ONE("is_package", frozen_is_package),
    METHOD_END,
};

static const NativeMethod path_methods[] = {
    CLASS_KW("find_module", path_find_module),
    CLASS_KW("find_spec", path_find_spec),
    CLASS_KW("_get_spec", path_get_spec),
    {"invalidate_caches", (void *)invalidate_caches, NATIVE_NOARGS, NATIVE_CLASS, NULL},
    {"find_distributions", (void *)find_distributions, NATIVE_KW, NATIVE_STATIC, NULL},
    METHOD_END,
};

typedef struct Finder {
    HeapObject head;
    Attrs attrs;
} Finder;

static int finder_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return attrs_traverse((Value)o, visit, arg);
}
static void finder_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    attrs_clear((Value)o);
}
static void finder_free(Heap *heap, HeapObject *o) {
    (void)heap;
    value_free((Value)o);
}

/* Made as classes in Python are: by object.__new__, without one of their own. */
static int finder_boot(Type *t) {
    t->flags &= ~(uint32_t)TYPE_NOT_INSTANTIABLE;
    t->slots.new_ = object_new;
    return 0;
}

static Value finder_dict(Value self, void *closure) {
    (void)closure;
    return xincref(AS_VALUE(attrs_dict_borrow(self)));
}
static const GetSet finder_getset[] = {{"__dict__", finder_dict, NULL, NULL, NULL}, {0}};

#define FINDER_SPEC(id, python_name, text, method_table)                                                     \
    const TypeSpec import_##id##_spec = {                                                                    \
        .name = python_name,                                                                                 \
        .doc = text,                                                                                         \
        .flags = TYPE_SUBCLASSABLE | TYPE_GC | TYPE_WEAKREFABLE,                                             \
        .basic_size = sizeof(Finder),                                                                        \
        .has_attrs = true,                                                                                   \
        .slots = {.getattr = object_getattr,                                                                 \
                  .setattr = object_setattr,                                                                 \
                  .traverse = finder_traverse,                                                               \
                  .clear = finder_clear,                                                                     \
                  .free = finder_free},                                                                      \
        .methods = method_table,                                                                             \
        .getset = finder_getset,                                                                             \
        .boot = finder_boot,                                                                                 \
    };
FINDER_SPEC(builtin_importer, "_frozen_importlib.BuiltinImporter", "Finds and loads native modules.",
            builtin_methods)
FINDER_SPEC(frozen_importer, "_frozen_importlib.FrozenImporter", "Finds and loads frozen modules.",
            frozen_methods)
FINDER_SPEC(path_finder, "_frozen_importlib_external.PathFinder", "Finds modules in files on a path.",
            path_methods)
