/* loader: running a module's code; SourceFileLoader. */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/host.h"
#include "compile/compile.h"
#include "import/frozen.h"
#include "import/import.h"
#include "modules/files.h"
#include "modules/module.h"
#include "modules/paths.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/exception.h"
#include "objects/str.h"
#include "vm/vm.h"

int import_exec_code(Value module, Value code) {
    if (!IS(module, module)) return raise_int(T_TypeError, "expected a module, not %T", module);
    Dict *dict = module_dict(module);
    if (!dict_get_str_borrow(AS_VALUE(dict), NAME(__builtins__)) &&
        dict_set(AS_VALUE(dict), NAME(__builtins__), AS_VALUE(rt->builtins)) < 0)
        return -1;
    Value done = vm_run_code((Code *)code, dict, AS_VALUE(dict), NULL);
    xdecref(done);
    return done ? 0 : -1;
}

/* ---- files ---- */

/* A file's bytes, new; *st (may be NULL) what the system says of it, no file when it is one of the job's. */
static Value read_file(Value path, struct stat *about) {
    const char *text = str_wtf8(path, NULL);
    if (about) about->st_mode = 0;
    if (text && files_covers(text)) return files_read(text, path);
    int fd = text ? path_open(AT_FDCWD, text, O_RDONLY, 0) : -1;
    if (fd < 0) return text ? raise_os_error(errno, path) : NULL;
    struct stat st = {0};
    Value data = descriptor_stat(fd, &st) == 0 ? bytes_new((size_t)st.st_size) : raise_os_error(errno, path);
    size_t have = 0;
    for (ssize_t n = 1; data && n > 0 && have < (size_t)st.st_size; have += (size_t)(n > 0 ? n : 0))
        n = read(fd, bytes_data(data) + have, (size_t)st.st_size - have);
    descriptor_close(fd);
    if (about) *about = st;
    if (data && have < (size_t)st.st_size) { /* it shrank meanwhile */
        Value less = bytes_from(bytes_data(data), have);
        decref(data);
        data = less;
    }
    return data;
}

/* Lines for tracebacks; what cannot be read as UTF-8 the compiler will complain about. */
static int register_source(Value path, Value data) {
    Value text = str_from_utf8((const char *)bytes_data(data), bytes_length(data));
    if (!text) {
        error_clear();
        return 0;
    }
    int status = vm_register_source(path, text);
    decref(text);
    return status;
}

Value import_source_line(Value filename, int number) {
    Value line = frozen_source_line(filename, number);
    if (line || error_pending() || !str_length(filename) || str_read(filename, 0) == '<') return line;
    Value data = read_file(filename, NULL);
    bool known = data && register_source(filename, data) == 0 && vm_source_text_borrow(filename);
    xdecref(data);
    error_clear();
    return known ? vm_source_line(filename, number) : NULL;
}

Value import_code_of_file(Value path) {
    struct stat st;
    Value data = read_file(path, &st), code = NULL;
    if (!data) return NULL;
    const char *text = (const char *)bytes_data(data);
    bool good = register_source(path, data) == 0;
    if (good && S_ISREG(st.st_mode)) code = import_cache_load(path, &st);
    if (code) code_keep_text((Code *)code, vm_source_text_borrow(path));
    if (good && !code && !error_pending()) {
        code = compile_source(text, bytes_length(data), path, COMPILE_EXEC, COMPILE_FROM_FILE, 0, 0);
        if (code && S_ISREG(st.st_mode)) import_cache_store(path, &st, code);
    }
    decref(data);
    return code;
}

/* ---- SourceFileLoader ---- */

typedef struct SourceLoader {
    HeapObject head;
    Value name, path;
    Attrs attrs;
} SourceLoader;

/* The frozen module that is of this name and file, as far as programs see. NULL: none. */
static const FrozenRow *frozen_behind(Value module_name, Value module_path) {
    size_t n, length;
    const char *name = module_name && is_str(module_name) ? str_wtf8(module_name, NULL) : NULL;
    const FrozenRow *row = name ? frozen_find(name) : NULL;
    const char *file = row ? frozen_file(row, &n) : NULL,
               *path = file ? str_wtf8(module_path, &length) : NULL;
    return path && n == length && memcmp(path, file, n) == 0 ? row : NULL;
}

static Value code_of_module(Value name, Value path) {
    const FrozenRow *row = frozen_behind(name, path);
    if (row) return frozen_code(row);
    return error_pending() ? NULL : import_code_of_file(path);
}

static bool check_name(SourceLoader *l, Value const *args, size_t nargs) {
    if (!l->path || !is_str(l->path)) return raise_error(T_ImportError, "loader without a path"), false;
    if (nargs == 0 || args[0] == NONE) return true;
    int same = value_equal(args[0], l->name);
    if (same == 0) raise_error(T_ImportError, "loader for %S cannot handle %S", l->name, args[0]);
    return same > 0;
}

static Value loader_code(const SourceLoader *l) { return code_of_module(l->name, l->path); }

/* Bytes of a path, which may be that of the loader's frozen module. New. */
static Value loader_bytes(const SourceLoader *l, Value path) {
    const FrozenRow *row = str_equal(path, l->path) ? frozen_behind(l->name, l->path) : NULL;
    if (row && row->source_size) return frozen_source(row);
    return error_pending() ? NULL : read_file(path, NULL);
}

/* ---- importlib's class in place of ours ---- */

static const char *const method_names[LOADER_METHODS] = {"exec_module", "get_code", "get_data",
                                                         "source_to_code"};

static Value method_borrow(Type *cls, int i) {
    Value name = str_intern_cstr(method_names[i]), found = name ? type_lookup_borrow(cls, name) : NULL;
    xdecref(name);
    return found;
}

bool import_is_source_loader(Value loader) {
    if (!is_object(loader)) return false;
    if (type_of(loader) != IMPORT->loader_class) return type_of(loader) == IMPORT->source_loader;
    for (int i = 0; i < LOADER_METHODS; i++)
        if (method_borrow(IMPORT->loader_class, i) != IMPORT->loader_methods[i]) return error_clear(), false;
    return true;
}

static Value adopted_loader_code(Value loader) {
    Value name = value_getattr(loader, NAME(name)), path = name ? value_getattr(loader, NAME(path)) : NULL;
    Value code = NULL;
    if (path && is_str(path)) code = code_of_module(name, path);
    else if (path) raise_error(T_TypeError, "path must be str, not %T", path);
    xdecref(path);
    xdecref(name);
    return code;
}

Value import_source_loader_new(Value name, Value path) {
    Value args[2] = {name, path};
    if (!IMPORT->loader_class) return value_call(AS_VALUE(IMPORT->source_loader), args, 2, NULL);
    Value loader = TYPE(object)->slots.new_(IMPORT->loader_class, NULL, 0, NULL);
    if (loader &&
        (value_setattr(loader, NAME(name), name) < 0 || value_setattr(loader, NAME(path), path) < 0))
        CLEAR_FIELD(loader);
    return loader;
}

static bool is_ours(Value loader) {
    return loader && is_object(loader) && type_of(loader) == IMPORT->source_loader &&
           ((SourceLoader *)loader)->path;
}

/* The loader that a module and its spec have becomes one of importlib's. */
static int convert_loader(Value module) {
    Value dict = AS_VALUE(module_dict(module)), spec = dict_get_str_borrow(dict, NAME(__spec__));
    Value own = dict_get_str_borrow(dict, NAME(__loader__));
    ModuleSpecObject *s = spec && import_is_native_spec(spec) ? (ModuleSpecObject *)spec : NULL;
    Value old = s && is_ours(s->loader) ? s->loader : own;
    if (!is_ours(old)) return 0;
    Value made = import_source_loader_new(((SourceLoader *)old)->name, ((SourceLoader *)old)->path);
    if (!made) return -1;
    int status = own == old ? dict_set(dict, NAME(__loader__), made) : 0;
    if (s && s->loader == old) SET_FIELD_STEAL(s->loader, incref(made));
    decref(made);
    return status;
}

int import_adopt_loader_class(Value cls) {
    if (!is_type(cls)) return raise_int(T_TypeError, "a class is wanted, not %T", cls);
    for (int i = 0; i < LOADER_METHODS; i++) {
        Value method = method_borrow((Type *)cls, i);
        if (!method) return error_pending() ? -1 : raise_int(T_AttributeError, "%s", method_names[i]);
        SET_FIELD_STEAL(IMPORT->loader_methods[i], incref(method));
    }
    Type *before = IMPORT->loader_class;
    IMPORT->loader_class = (Type *)incref(cls);
    if (before) decref(AS_VALUE(before));
    Value modules = is_dict(rt->modules) ? dict_values_list(rt->modules) : list_new(0);
    int status = modules ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(modules); i++)
        if (IS(list_item_borrow(modules, i), module)) status = convert_loader(list_item_borrow(modules, i));
    xdecref(modules);
    return status;
}

int import_exec_native(Value loader, Value name, Value module) {
    Value code;
    if (loader == AS_VALUE(IMPORT->builtin_importer)) return 1;
    if (loader == AS_VALUE(IMPORT->frozen_importer)) {
        const char *text = str_wtf8(name, NULL);
        const FrozenRow *row = text ? frozen_find(text) : NULL;
        if (!row) return text ? raise_int(T_ImportError, "No such frozen object named %R", name) : -1;
        code = frozen_code(row);
    } else if (is_object(loader) && type_of(loader) == IMPORT->source_loader) {
        SourceLoader *l = (SourceLoader *)loader;
        code = check_name(l, NULL, 0) ? loader_code(l) : NULL;
    } else if (import_is_source_loader(loader)) {
        code = adopted_loader_code(loader);
    } else {
        return 0;
    }
    int status = code ? import_exec_code(module, code) : -1;
    xdecref(code);
    return status < 0 ? -1 : 1;
}

static Value loader_make(Type *type, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    SourceLoader *l = (SourceLoader *)value_alloc(type, 0);
    if (!l) return NULL;
    l->name = l->path = NULL;
    value_track(AS_VALUE(l));
    return AS_VALUE(l);
}

static int loader_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    static const char *const names[] = {"fullname", "path", NULL};
    static const ArgSpec spec = {"SourceFileLoader.__init__", names, 2, 2, 2};
    SourceLoader *l = (SourceLoader *)self;
    Value out[2];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return -1;
    SET_FIELD_STEAL(l->name, incref(out[0]));
    SET_FIELD_STEAL(l->path, incref(out[1]));
    return 0;
}

static Value loader_get_code(Value self, Value const *args, size_t nargs) {
    SourceLoader *l = (SourceLoader *)self;
    return check_name(l, args, nargs) ? loader_code(l) : NULL;
}

static Value loader_get_filename(Value self, Value const *args, size_t nargs) {
    SourceLoader *l = (SourceLoader *)self;
    return check_name(l, args, nargs) ? incref(l->path) : NULL;
}

static Value loader_get_source(Value self, Value const *args, size_t nargs) {
    SourceLoader *l = (SourceLoader *)self;
    if (!check_name(l, args, nargs)) return NULL;
    Value known = vm_source_text_borrow(l->path);
    if (known) return incref(known);
    Value data = loader_bytes(l, l->path);
    Value text = data ? str_from_utf8((const char *)bytes_data(data), bytes_length(data)) : NULL;
    xdecref(data);
    return text;
}

static Value loader_get_data(Value self, Value path) {
    SourceLoader *l = (SourceLoader *)self;
    if (!is_str(path)) return raise_error(T_TypeError, "path must be str, not %T", path);
    return check_name(l, NULL, 0) ? loader_bytes(l, path) : NULL;
}

static Value loader_get_resource_reader(Value self, Value const *args, size_t nargs) {
    if (!check_name((SourceLoader *)self, args, nargs)) return NULL;
    Value reader = module_import_attr("importlib.readers", "FileReader");
    Value made = reader ? value_call_one(reader, self) : NULL;
    xdecref(reader);
    return made;
}

static Value loader_is_package(Value self, Value const *args, size_t nargs) {
    SourceLoader *l = (SourceLoader *)self;
    if (!check_name(l, args, nargs)) return NULL;
    const char *path = str_wtf8(l->path, NULL), *slash = path ? strrchr(path, '/') : NULL;
    return path ? BOOL(strcmp(slash ? slash + 1 : path, "__init__.py") == 0) : NULL;
}

static Value loader_exec_module(Value self, Value module) {
    Value name = value_getattr(module, NAME(__name__));
    Value code = name ? loader_get_code(self, &name, 1) : NULL;
    int status = code ? import_exec_code(module, code) : -1;
    xdecref(code);
    xdecref(name);
    return status < 0 ? NULL : NONE;
}

static Value loader_create_module(Value self, Value spec) {
    (void)self, (void)spec;
    return NONE;
}

static Value loader_load_module(Value self, Value const *args, size_t nargs) {
    SourceLoader *l = (SourceLoader *)self;
    if (!check_name(l, args, nargs)) return NULL;
    Value spec = import_spec_new(l->name, self, l->path, NULL, true),
          module = spec ? import_load_spec(spec) : NULL;
    xdecref(spec);
    return module;
}

int import_set_main_loader(Value module, Value filename) {
    Value loader = import_source_loader_new(NAME(__main__), filename);
    int status = loader ? dict_set(AS_VALUE(module_dict(module)), NAME(__loader__), loader) : -1;
    xdecref(loader);
    return status;
}

/* As if by class and __dict__. */
static Value loader_compare(Value a, Value b, CompareOp op) {
    if (op != CMP_EQ && op != CMP_NE) return NOT_IMPLEMENTED;
    SourceLoader *x = (SourceLoader *)a, *y = (SourceLoader *)b;
    bool same = type_of(a) == type_of(b) && x->name && y->name && x->path && y->path;
    int equal = same ? value_equal(x->name, y->name) : 0;
    if (equal > 0) equal = value_equal(x->path, y->path);
    return equal < 0 ? NULL : BOOL(equal == (op == CMP_EQ));
}

static Hash loader_hash(Value self) {
    SourceLoader *l = (SourceLoader *)self;
    Hash name = value_hash(l->name ? l->name : NONE);
    Hash path = name == -1 ? -1 : value_hash(l->path ? l->path : NONE);
    return path == -1 ? -1 : name == path ? 0 : (name ^ path) == -1 ? -2 : name ^ path;
}

static int loader_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    VISIT(((SourceLoader *)o)->name);
    VISIT(((SourceLoader *)o)->path);
    return attrs_traverse((Value)o, visit, arg);
}

static void loader_free(Heap *heap, HeapObject *o) {
    (void)heap;
    xdecref(((SourceLoader *)o)->name);
    xdecref(((SourceLoader *)o)->path);
    value_free((Value)o);
}

static const NativeMethod loader_methods[] = {
    METHOD_FAST("get_code", loader_get_code, NULL),
    METHOD_FAST("get_filename", loader_get_filename, NULL),
    METHOD_FAST("get_source", loader_get_source, NULL),
    METHOD_ONE("get_data", loader_get_data, NULL),
    METHOD_FAST("get_resource_reader", loader_get_resource_reader, NULL),
    METHOD_FAST("is_package", loader_is_package, NULL),
    METHOD_ONE("create_module", loader_create_module, NULL),
    METHOD_ONE("exec_module", loader_exec_module, NULL),
    METHOD_FAST("load_module", loader_load_module, NULL),
    METHOD_END,
};

static const Member loader_members[] = {
    {"name", MEMBER_VALUE, offsetof(SourceLoader, name), false, NULL},
    {"path", MEMBER_VALUE, offsetof(SourceLoader, path), false, NULL},
    {0},
};

const TypeSpec import_source_loader_spec = {
    .name = "_frozen_importlib_external.SourceFileLoader",
    .doc = "Loads a module from a file of Python source.",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(SourceLoader),
    .has_attrs = true,
    .slots = {.traverse = loader_traverse,
              .free = loader_free,
              .new_ = loader_make,
              .init = loader_init,
              .compare = loader_compare,
              .hash = loader_hash},
    .methods = loader_methods,
    .members = loader_members,
};
