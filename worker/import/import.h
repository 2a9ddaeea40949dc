/*
 * import: from a name to a module in sys.modules.
 *
 * Idea. The usual case is done here, natively: a name already in sys.modules; a native module; a frozen one;
 * a source file on sys.path where the host grants files. The protocol that programs see is Python's:
 * sys.meta_path holds three finders that stand for these ways, and what a program adds to sys.meta_path or
 * sys.path_hooks is asked as the language says. importlib itself is a frozen package; it is loaded only when
 * somebody imports it.
 *
 * States of a module being imported: in sys.modules with __spec__._initializing true -> executed, the flag
 * false; or taken out of sys.modules again when its execution raised.
 */
#ifndef ATOLL_IMPORT_IMPORT_H
#define ATOLL_IMPORT_IMPORT_H

#include "objects/function.h"
#include "objects/protocols.h"
#include "objects/object.h"

enum { LOADER_METHODS = 4 };

typedef struct ImportLock ImportLock;
typedef struct ImportWaiter ImportWaiter;

typedef struct ImportState {
    Type *spec_type;
    Type *builtin_importer, *frozen_importer, *path_finder; /* what stands on sys.meta_path */
    Type *source_loader;                  /* stands for importlib's class of that name until that is loaded */
    Type *loader_class;                   /* importlib's own from then on, or NULL */
    Value loader_methods[LOADER_METHODS]; /* what that class had; NULL before */
    ImportLock *locks;                    /* what is being imported (import_lock.h) */
    ImportWaiter *waiters;                /* threads that wait for some of that */
    Value zip_hook, file_hook; /* what stands on sys.path_hooks: passed over here, called by others */
} ImportState;

#define IMPORT ((ImportState *)rt->import_state)

/* sys, the streams, and the finders. 0, -1 raised. Builtins exist. */
int import_boot(void);
/* Imports by absolute name; the module of that name. New. */
Value import_absolute(Value name);
/* importlib.reload is Python; this finds a spec as the import system does: ModuleSpec or None. New. */
Value import_find_spec(Value name, Value path_or_none, Value target_or_none);
/* Makes and runs a spec's module. New. */
Value import_load_spec(Value spec);
/* Sets what the language says every module knows about itself. 0, -1. */
int import_init_module(Value module, Value spec, bool override);

/* ---- specs (spec.c) ---- */

typedef struct ModuleSpecObject {
    HeapObject head;
    bool set_file_attribute, initializing;
    Value uninitialized; /* list of the submodules that are being imported; NULL: none */
    /* NULL: None; cached NULL: to be computed; loader_state of a frozen module: its path, until somebody looks */
    Value name, loader, origin, loader_state, locations, cached;
    Attrs attrs;
} ModuleSpecObject;

extern const TypeSpec import_spec_type_spec;
/* loader NULL: None. locations: NULL, or a list for a package. New. */
Value import_spec_new(Value name, Value loader, Value origin_or_null, Value locations_or_null,
                      bool has_location);
/* Where the compiled form of a file.py would be kept: what __cached__ tells. New. */
Value import_cached_path(const char *file);
static inline bool import_is_native_spec(Value v) { return is_object(v) && type_of(v) == IMPORT->spec_type; }

/* ---- finders and loaders (finder.c, loader.c) ---- */

/* Puts the two on sys.path_hooks. 0, -1. */
int import_boot_hooks(void);

extern const TypeSpec import_builtin_importer_spec, import_frozen_importer_spec, import_path_finder_spec,
    import_source_loader_spec;
/* Packages without a file (namespace.c): what stands for the list of their portions, which it keeps up to date;
 * their loader; forgetting what finders remember. New; NULL raised. 0, -1. */
Value import_namespace_path(Value name, Value portions);
Value import_namespace_loader(Value locations);
int import_invalidate_caches(void);

/* The protocol before specs (legacy.c). What a finder on sys.meta_path, or one of a path entry, finds: a spec or
 * None; loading by a loader that has only load_module. find_module of our own finders: the loader of what
 * find_spec found, which is stolen. New; NULL raised. */
Value import_legacy_spec(Value finder, Value name, Value path);
Value import_legacy_entry_spec(Value finder, Value name);
Value import_legacy_load(Value spec, Value loader, Value name);
Value import_legacy_find_module(const char *finder, Value spec_steal);

/* The three ways. New spec, NONE when not found, NULL raised. */
Value import_find_builtin(Value name);
Value import_find_frozen(Value name);
/* A module in the first place of sys.path that has the name of a frozen one which for CPython is a file of the
 * library: the program's own comes first. */
Value import_find_beside(Value name);
Value import_find_on_path(Value name, Value path); /* path: a list or any iterable; NULL or None: sys.path */
/* The same, but a package of portions is a spec whose locations are their plain list. */
Value import_find_portions(Value name, Value path);

/* Compiled files (cache.c). The code of the path's source as it is, new; NULL: there is none, or raised when it
 * is broken. Keeping one: what stands in the way is no error. */
struct stat;
Value import_cache_load(Value path, const struct stat *source);
/* A compiled file that was moved: the code, and those within it, are of that path. */
void import_rename_code(Code *code, Value path);
void import_cache_store(Value path, const struct stat *source, Value code);

/* Runs a module with a native loader: 1 done, 0: the loader is not ours, -1 raised. */
int import_exec_native(Value loader, Value name, Value module);
/* A module made by the builtin importer for a name. New. */
Value import_create_builtin(Value name);
/* The loader of a source file. New. */
Value import_source_loader_new(Value name, Value path);
/* Is it such a loader, whose methods are what they were: may its module be run natively? */
bool import_is_source_loader(Value loader);
/* importlib's SourceFileLoader is there: loaders are of that class from now on, and those in sys.modules become
 * such. 0, -1 raised. */
int import_adopt_loader_class(Value cls);
/* Gives __main__ a loader that knows the source registered under this filename, for linecache. 0, -1. */
int import_set_main_loader(Value module, Value filename);
/* Runs code in a module's namespace. 0, -1. */
int import_exec_code(Value module, Value code);
/* The code of a file, compiled now. New. */
Value import_code_of_file(Value path);
/* A line of a file that was not registered as a source: of the library, of the job, or granted. New; NULL: it is not to be had. */
Value import_source_line(Value filename, int number);

#endif
