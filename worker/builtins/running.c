/* __build_class__ __import__ breakpoint compile eval exec; open's row */
#include <fcntl.h>
#include <unistd.h>

#include "base/host.h"
#include "builtins/builtins.h"
#include "compile/compile.h"
#include "modules/ast.h"
#include "modules/files.h"
#include "modules/io.h"
#include "modules/module.h"
#include "modules/paths.h"
#include "objects/bytes.h"
#include "objects/dict.h"
#include "objects/str.h"
#include "parse/parse.h"
#include "vm/vm.h"

/* ---- __build_class__ ---- */

/* The bases after __mro_entries__: a new tuple, the same one where nothing changed. */
static Value resolve_bases(Value bases) {
    Value resolved = NULL; /* a list, made at the first base that is replaced */
    for (size_t i = 0; i < tuple_length(bases); i++) {
        Value base = tuple_item_borrow(bases, i), entries_of = NULL;
        if (!is_type(base) && value_getattr_optional(base, NAME(__mro_entries__), &entries_of) < 0)
            goto failed;
        if (!entries_of) {
            if (resolved && list_append(resolved, base) < 0) goto failed;
            continue;
        }
        Value entries = value_call_one(entries_of, bases);
        decref(entries_of);
        if (!entries) goto failed;
        bool good = is_tuple(entries);
        if (!good) raise_error(T_TypeError, "__mro_entries__ must return a tuple");
        if (good && !resolved) resolved = list_from_array(((Tuple *)bases)->items, i);
        good = good && resolved && list_extend(resolved, entries) == 0;
        decref(entries);
        if (!good) goto failed;
    }
    if (!resolved) return incref(bases);
    Value tuple = list_to_tuple(resolved);
    decref(resolved);
    return tuple;
failed:
    xdecref(resolved);
    return NULL;
}

/* Keyword arguments as a dict without `metaclass`, which is taken out (*metaclass new, or NULL). */
static Value class_keywords(Value const *values, Value kwnames, Value *metaclass) {
    *metaclass = NULL;
    Value kwargs = dict_new();
    for (size_t i = 0; kwargs && kwnames && i < tuple_length(kwnames); i++) {
        Value name = tuple_item_borrow(kwnames, i);
        if (str_equal(name, NAME(metaclass))) {
            *metaclass = incref(values[i]);
        } else if (dict_set(kwargs, name, values[i]) < 0) {
            decref(kwargs);
            kwargs = NULL;
        }
    }
    return kwargs;
}

/* The metaclass that counts, new; NULL raised. */
static Value choose_metaclass(Value given, Value bases) {
    Value metaclass = given;
    if (!metaclass)
        metaclass =
            tuple_length(bases) ? AS_VALUE(type_of(tuple_item_borrow(bases, 0))) : AS_VALUE(TYPE(type));
    if (!is_type(metaclass)) return incref(metaclass);
    Type *winner = type_calculate_metaclass((Type *)metaclass, bases);
    return winner ? incref(AS_VALUE(winner)) : NULL;
}

static Value prepare_namespace(Value metaclass, Value name, Value bases, Value kwargs) {
    Value prepare;
    int found = value_getattr_optional(metaclass, NAME(__prepare__), &prepare);
    if (found < 0) return NULL;
    if (!found) return dict_new();
    Value args = tuple_pack(2, name, bases);
    Value ns = args ? value_call_tuple_dict(prepare, args, kwargs) : NULL;
    xdecref(args);
    decref(prepare);
    if (ns && !type_of(ns)->slots.getitem) {
        if (is_type(metaclass))
            raise_error(T_TypeError, "%.200N.__prepare__() must return a mapping, not %.200T",
                        (Type *)metaclass, ns);
        else raise_error(T_TypeError, "<metaclass>.__prepare__() must return a mapping, not %.200T", ns);
        decref(ns);
        return NULL;
    }
    return ns;
}

/* The class statement's __class__ cell must hold the class now. */
static int check_class_cell(Value cell, Value cls, Value name) {
    if (!is_type(cls) || !IS_EXACT(cell, cell)) return 0;
    Value content = ((Cell *)cell)->value;
    if (content == cls) return 0;
    if (!content)
        return raise_int(T_RuntimeError,
                         "__class__ not set defining %.200R as %.200R. Was __classcell__ propagated to "
                         "type.__new__?",
                         name, cls);
    return raise_int(T_TypeError, "__class__ set to %.200R defining %.200R as %.200R", content, name, cls);
}

static Value make_class(Value function, Value name, Value bases, Value original, Value metaclass,
                        Value kwargs) {
    Value ns = prepare_namespace(metaclass, name, bases, kwargs), cell = NULL, cls = NULL, args = NULL;
    if (!ns) return NULL;
    cell = vm_run_class_body((Function *)function, ns);
    if (cell && original != bases && value_setitem(ns, NAME(__orig_bases__), original) < 0) CLEAR_FIELD(cell);
    if (cell) args = tuple_pack(3, name, bases, ns);
    if (args) cls = value_call_tuple_dict(metaclass, args, kwargs);
    if (cls && check_class_cell(cell, cls, name) < 0) CLEAR_FIELD(cls);
    if (cls && is_type(cls) && ((Type *)cls)->flags & TYPE_HEAP && !((Type *)cls)->body)
        ((Type *)cls)->body = incref(function); /* whoever sends the class elsewhere sends its source */
    xdecref(args);
    xdecref(cell);
    decref(ns);
    return cls;
}

static Value builtin_build_class(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    if (nargs < 2) return raise_error(T_TypeError, "__build_class__: not enough arguments");
    if (!IS_EXACT(args[0], function))
        return raise_error(T_TypeError, "__build_class__: func must be a function");
    if (!is_str(args[1])) return raise_error(T_TypeError, "__build_class__: name is not a string");
    Value given = NULL, metaclass = NULL, cls = NULL;
    Value original = tuple_from_array(args + 2, nargs - 2);
    Value bases = original ? resolve_bases(original) : NULL;
    Value kwargs = bases ? class_keywords(args + nargs, kwnames, &given) : NULL;
    if (kwargs) metaclass = choose_metaclass(given, bases);
    if (metaclass) cls = make_class(args[0], args[1], bases, original, metaclass, kwargs);
    xdecref(metaclass);
    xdecref(given);
    xdecref(kwargs);
    xdecref(bases);
    xdecref(original);
    return cls;
}

/* ---- __import__ ---- */

static Value builtin_import(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"name", "globals", "locals", "fromlist", "level", NULL};
    static const ArgSpec spec = {"__import__", names, 5, 1, 5};
    Value out[5];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    int level;
    if (out[4] && value_as_int(out[4], &level) < 0) return NULL;
    if (!is_str(out[0])) return raise_error(T_TypeError, "module name must be a string");
    Dict *globals = out[1] && is_dict(out[1]) ? (Dict *)out[1] : NULL;
    return import_name(out[0], globals, out[3] ? out[3] : rt->empty_tuple,
                       out[4] ? out[4] : small_int_new(0));
}

/* ---- source text ---- */

/* Source seen as bytes: of a str in UTF-8, or of a bytes-like. */
typedef struct SourceText {
    const char *text;
    size_t length;
    uint32_t flags; /* COMPILE_SOURCE_IS_STR */
    Buffer buffer;
    bool has_buffer;
} SourceText;

static int source_text(Value source, const char *function, const char *what, SourceText *out) {
    *out = (SourceText){0};
    if (is_str(source)) {
        out->flags = COMPILE_SOURCE_IS_STR;
        out->text = str_utf8(source, &out->length);
        return out->text ? 0 : -1;
    }
    if (!type_of(source)->slots.get_buffer)
        return raise_int(T_TypeError, "%s() arg 1 must be a %s object", function, what);
    if (buffer_get(source, &out->buffer, false) < 0) return -1;
    out->has_buffer = true;
    out->text = out->buffer.data;
    out->length = out->buffer.length;
    return 0;
}

static void source_text_release(SourceText *s) {
    if (s->has_buffer) buffer_release(&s->buffer);
}

/* __future__ features of the code that calls the built-in function. */
static uint32_t inherited_features(void) {
    const Code *code = vm_current_code_borrow();
    return code ? code->flags & COMPILE_FUTURE_MASK : 0;
}

/* Can lines be read from it, be it granted or the job's own? */
static bool is_file(const char *path) {
    if (*path == '<') return false;
    if (!files_covers(path)) return paths_are_granted() && path_access(AT_FDCWD, path, R_OK, 0) == 0;
    int plain = files_is_plain(path);
    if (plain < 0) error_clear();
    return plain > 0;
}

static Value compile_text(Value source, const char *function, const char *what, Value filename,
                          CompileMode mode, uint32_t flags, int version, int optimize, uint32_t features) {
    SourceText s;
    if (source_text(source, function, what, &s) < 0) return NULL;
    const char *text = s.text;
    size_t n = s.length;
    if (mode == COMPILE_EVAL && strcmp(function, "eval") == 0)
        for (; n && (*text == ' ' || *text == '\t'); text++) n--;
    const char *path = str_utf8(filename, NULL);
    if (!path) error_clear();
    else if (is_file(path)) flags |= COMPILE_FROM_FILE;
    Value code = flags & COMPILE_ONLY_AST
                     ? ast_parse(text, n, filename, mode, flags | s.flags | features, version)
                     : compile_source(text, n, filename, mode, flags | s.flags, optimize, features);
    source_text_release(&s);
    return code;
}

/* ---- compile ---- */

static int compile_mode(Value mode, uint32_t flags, CompileMode *out) {
    if (!is_str(mode))
        return raise_int(T_TypeError, "compile() argument 'mode' must be str, not %.50K", mode);
    if (str_equal_cstr(mode, "exec")) return *out = COMPILE_EXEC, 0;
    if (str_equal_cstr(mode, "eval")) return *out = COMPILE_EVAL, 0;
    if (str_equal_cstr(mode, "single")) return *out = COMPILE_SINGLE, 0;
    if (str_equal_cstr(mode, "func_type"))
        return flags & COMPILE_ONLY_AST
                   ? (*out = COMPILE_FUNCTION_TYPE, 0)
                   : raise_int(T_ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
    return raise_int(T_ValueError, flags & COMPILE_ONLY_AST
                                       ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                                       : "compile() mode must be 'exec', 'eval' or 'single'");
}

/* Of an ast.AST: its code, or itself where a tree is asked for. */
static Value compile_tree(Value tree, Value filename, CompileMode mode, uint32_t flags, int optimize,
                          uint32_t features) {
    return flags & COMPILE_ONLY_AST ? incref(tree)
                                    : ast_compile(tree, filename, mode, flags, optimize, features);
}

static int int_argument(Value v, int fallback, int *out) {
    *out = fallback;
    return v ? value_as_int(v, out) : 0;
}

/* The arguments of compile behind the filename. */
static Value compile_with(Value const *out, Value filename) {
    enum { SOURCE, FILENAME, MODE, FLAGS, DONT_INHERIT, OPTIMIZE, VERSION };
    int flags, optimize, alone, version;
    CompileMode mode = COMPILE_EXEC;
    if (!is_str(out[MODE]))
        return raise_error(T_TypeError, "compile() argument 'mode' must be str, not %.50T", out[MODE]);
    if (int_argument(out[FLAGS], 0, &flags) < 0 ||
        (alone = out[DONT_INHERIT] ? value_is_true(out[DONT_INHERIT]) : 0) < 0 ||
        int_argument(out[OPTIMIZE], -1, &optimize) < 0 || int_argument(out[VERSION], -1, &version) < 0)
        return NULL;
    if ((uint32_t)flags & ~(uint32_t)COMPILE_KNOWN_MASK)
        return raise_error(T_ValueError, "compile(): unrecognised flags");
    if (optimize < -1 || optimize > 2) return raise_error(T_ValueError, "compile(): invalid optimize value");
    if (compile_mode(out[MODE], (uint32_t)flags, &mode) < 0) return NULL;
    if (optimize < 0) optimize = 0;
    uint32_t features = alone ? 0 : inherited_features();
    if (ast_is_node(out[SOURCE]))
        return compile_tree(out[SOURCE], filename, mode, (uint32_t)flags, optimize, features);
    return compile_text(out[SOURCE], "compile", "string, bytes or AST", filename, mode, (uint32_t)flags,
                        version < 0 || !(flags & COMPILE_ONLY_AST) ? PARSE_NEWEST : version, optimize,
                        features);
}

static Value builtin_compile(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"source",   "filename",         "mode", "flags", "dont_inherit",
                                        "optimize", "_feature_version", NULL};
    static const ArgSpec spec = {"compile", names, 7, 3, 6};
    Value out[7];
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    Value filename = module_source_filename(out[1]), code = filename ? compile_with(out, filename) : NULL;
    xdecref(filename);
    return code;
}

/* ---- eval and exec ---- */

typedef struct Namespaces {
    Dict *globals;
    Value locals; /* owned */
} Namespaces;

static int add_builtins(Dict *globals) {
    if (dict_get_str_borrow(AS_VALUE(globals), NAME(__builtins__))) return 0;
    return dict_set(AS_VALUE(globals), NAME(__builtins__), AS_VALUE(vm_builtins_borrow()));
}

static int namespaces(Namespaces *ns, const char *function, Value globals, Value locals) {
    bool is_eval = strcmp(function, "eval") == 0;
    if (globals == NONE) globals = NULL;
    if (locals == NONE) locals = NULL;
    if (is_eval && locals && !type_of(locals)->slots.getitem)
        return raise_int(T_TypeError, "locals must be a mapping");
    if (globals && !is_dict(globals)) {
        if (!is_eval) return raise_int(T_TypeError, "exec() globals must be a dict, not %.100T", globals);
        return raise_int(T_TypeError, type_of(globals)->slots.getitem
                                          ? "globals must be a real dict; try eval(expr, {}, mapping)"
                                          : "globals must be a dict");
    }
    if (locals && !type_of(locals)->slots.getitem)
        return raise_int(T_TypeError, "locals must be a mapping or None, not %.100T", locals);
    ns->globals = globals ? (Dict *)globals : vm_globals_borrow();
    if (!ns->globals) return raise_int(T_SystemError, "globals and locals cannot be NULL");
    ns->locals = locals ? incref(locals) : globals ? incref(globals) : vm_locals();
    if (!ns->locals) return -1;
    if (add_builtins(ns->globals) == 0) return 0;
    CLEAR_FIELD(ns->locals);
    return -1;
}

static int audit_closure(Code *code, Value closure, const char *function) {
    if (closure == NONE) closure = NULL;
    if (!code->free_count) {
        if (closure) return raise_int(T_TypeError, "cannot use a closure with this code object");
        return 0;
    }
    if (strcmp(function, "eval") == 0)
        return raise_int(T_TypeError, "code object passed to eval() may not contain free variables");
    bool good = closure && IS_EXACT(closure, tuple) && tuple_length(closure) == code->free_count;
    for (size_t i = 0; good && i < code->free_count; i++)
        good = IS_EXACT(tuple_item_borrow(closure, i), cell);
    if (good) return 0;
    return raise_int(T_TypeError, "code object requires a closure of exactly length %u", code->free_count);
}

static Value run_source(const char *function, Value source, Namespaces *ns, Value closure) {
    if (IS_EXACT(source, code)) {
        if (audit_closure((Code *)source, closure, function) < 0) return NULL;
        return vm_run_code((Code *)source, ns->globals, ns->locals,
                           closure && closure != NONE ? closure : NULL);
    }
    if (closure && closure != NONE)
        return raise_error(T_TypeError, "closure can only be used when source is a code object");
    Value code = compile_text(source, function, "string, bytes or code", NAME(string_),
                              strcmp(function, "eval") == 0 ? COMPILE_EVAL : COMPILE_EXEC, 0, PARSE_NEWEST, 0,
                              inherited_features());
    Value result = code ? vm_run_code((Code *)code, ns->globals, ns->locals, NULL) : NULL;
    xdecref(code);
    return result;
}

static Value builtin_eval(Value module, Value const *args, size_t nargs) {
    (void)module;
    if (!args_count("eval", nargs, 1, 3)) return NULL;
    Namespaces ns;
    if (namespaces(&ns, "eval", nargs > 1 ? args[1] : NULL, nargs > 2 ? args[2] : NULL) < 0) return NULL;
    Value result = run_source("eval", args[0], &ns, NULL);
    decref(ns.locals);
    return result;
}

static Value builtin_exec(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    static const char *const names[] = {"", "", "", "closure", NULL};
    static const ArgSpec spec = {"exec", names, 4, 1, 3};
    Value out[4];
    Namespaces ns;
    if (!args_bind(&spec, args, nargs, kwnames, out)) return NULL;
    if (namespaces(&ns, "exec", out[1], out[2]) < 0) return NULL;
    Value result = run_source("exec", out[0], &ns, out[3]);
    decref(ns.locals);
    if (!result) return NULL;
    decref(result);
    return NONE;
}

/* ---- what a worker does not offer, said clearly ---- */

static Value builtin_breakpoint(Value module, Value const *args, size_t nargs, Value kwnames) {
    (void)module;
    Value hook = rt->sys_dict ? dict_get_str_borrow(AS_VALUE(rt->sys_dict), NAME(breakpointhook)) : NULL;
    if (!hook) return raise_error(T_RuntimeError, "lost sys.breakpointhook");
    incref(hook);
    Value result = value_call(hook, args, nargs, kwnames);
    decref(hook);
    return result;
}

const NativeMethod builtins_running[] = {
    METHOD_KW("__build_class__", builtin_build_class, "Makes a class: what a class statement calls."),
    METHOD_KW("__import__", builtin_import,
              "__import__($module, /, name, globals=None, locals=None, fromlist=(),\n           "
              "level=0)\n--\n\nImports a module: what an import statement calls. importlib.import_module() "
              "is for programs."),
    METHOD_KW("breakpoint", builtin_breakpoint, "Calls sys.breakpointhook with the same arguments."),
    METHOD_KW("compile", builtin_compile,
              "compile($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, "
              "optimize=-1, *, _feature_version=-1)\n--\n\nMakes a code object of source text."),
    METHOD_FAST("eval", builtin_eval,
                "eval($module, source, globals=None, locals=None, /)\n--\n\nThe value of an expression: "
                "source text or a code object."),
    METHOD_KW("exec", builtin_exec,
              "exec($module, source, globals=None, locals=None, /, *, closure=None)\n--\n\nRuns "
              "statements: source text or a code object."),
    METHOD_END,
};

const NativeMethod builtins_open = METHOD_KW(
    "open", io_open,
    "open($module, /, file, mode='r', buffering=-1, encoding=None,\n     errors=None, newline=None, "
    "closefd=True, opener=None)\n--\n\nOpens a file within the job's grants.");
