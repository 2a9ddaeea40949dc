/* unpack_code: things found by name, functions compiled from their source, classes made by their statement.
 */
#include "rpc/unpack.h"

#include "compile/compile.h"
#include "modules/module.h"
#include "objects/dict.h"
#include "objects/function.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "rpc/definition.h"
#include "vm/vm.h"

/* ---- by name ---- */

/* a.b.c within a module: attributes, but what classes hold is taken as it lies there. New. */
static Value dotted(Value module, Value qualname) {
    Value at = incref(module);
    for (size_t start = 0, n = str_length(qualname); at && start <= n;) {
        size_t stop = start;
        while (stop < n && str_read(qualname, stop) != '.') stop++;
        Value part = str_slice(qualname, start, stop), next = NULL;
        if (part) str_intern_in_place(&part);
        Dict *dict = part && is_type(at) ? type_dict_borrow((Type *)at) : NULL;
        Value held = dict ? dict_get_str_borrow(AS_VALUE(dict), part) : NULL;
        if (part) next = held ? incref(held) : value_getattr(at, part);
        xdecref(part);
        decref(at);
        at = next;
        start = stop + 1;
    }
    return at;
}

/* Built-in types that no module shows: NoneType, function, ... Borrowed, or NULL. */
static Type *hidden_type(Value module, Value qualname) {
    for (int id = 0; id < TYPE_COUNT; id++) {
        Type *t = rt->types[id];
        if (!str_equal_cstr(module, t->module ? t->module : "builtins")) continue;
        Value name = type_qualname(t);
        bool same = name && str_equal(name, qualname);
        xdecref(name);
        if (same) return t;
    }
    return NULL;
}

static Value find_named(IpcGraphKind kind, Value module, Value qualname) {
    const char *name = str_utf8(module, NULL);
    Value m = name ? module_import(name) : NULL;
    if (kind == IPC_K_MODULE) return m;
    Value found = m ? dotted(m, qualname) : NULL;
    xdecref(m);
    if (!found && kind == IPC_K_TYPE && (error_matches(T_AttributeError) || error_matches(T_ImportError))) {
        Type *hidden = hidden_type(module, qualname);
        if (hidden) error_clear();
        return hidden ? incref(AS_VALUE(hidden)) : NULL;
    }
    if (found && kind == IPC_K_TYPE && !is_type(found)) {
        raise_error(T_TypeError, "%U.%U is no class", module, qualname);
        CLEAR_FIELD(found);
    }
    return found;
}

static Value named_value(Unpacker *u, uint32_t node, IpcGraphKind kind) {
    IpcToken tokens[2];
    unpack_fixed(u, node, tokens, kind == IPC_K_MODULE ? 1 : 2);
    Value module = unpack_text(&tokens[0]),
          qualname = module && kind != IPC_K_MODULE ? unpack_text(&tokens[1]) : NULL;
    Value found = module && (qualname || kind == IPC_K_MODULE) ? find_named(kind, module, qualname) : NULL;
    xdecref(module);
    xdecref(qualname);
    return found;
}

/* What a class holds under the name: a function as it is, even behind staticmethod; a member of an enum
 * through the class. */
static Value attribute_of(Value owner, Value name) {
    Value held = is_type(owner) ? type_lookup_borrow((Type *)owner, name) : NULL;
    if (!held || !is_object(held)) return value_getattr(owner, name);
    switch (type_of(held)->id) {
    case T_function:
    case T_method_descriptor:
    case T_classmethod_descriptor:
    case T_wrapper_descriptor:
    case T_getset_descriptor:
    case T_member_descriptor: return incref(held);
    default: return is_type(held) ? incref(held) : value_getattr(owner, name);
    }
}

static int attribute_shell(Unpacker *u, uint32_t node) {
    IpcToken tokens[2];
    Value owner = NULL, name = NULL;
    unpack_fixed(u, node, tokens, 2);
    int found = unpack_edge(u, &tokens[0], &owner);
    if (found > 0 && (name = unpack_text(&tokens[1]))) {
        str_intern_in_place(&name);
        u->values[node] = attribute_of(owner, name);
    }
    if (found > 0 && !u->values[node]) found = -1;
    xdecref(owner);
    xdecref(name);
    return found;
}

int unpack_named_shell(Unpacker *u, uint32_t node) {
    IpcGraphKind kind = ipc_graph_kind(&u->graph, node);
    if (kind == IPC_K_ATTRIBUTE) return attribute_shell(u, node);
    return (u->values[node] = named_value(u, node, kind)) ? 1 : -1;
}

/* ---- what functions and classes have in common ---- */

/* The edges of CLASS and FUNCTION nodes begin alike. */
enum { EDGE_NAME, EDGE_QUALNAME, EDGE_MODULE, EDGE_SOURCE, EDGE_FILENAME, EDGE_LINE, EDGE_COLUMN };
enum { EDGE_BASES = 7, EDGE_CLASS_CAPTURED, EDGE_CLASS_GLOBALS, EDGE_CLASS_ATTRIBUTES, CLASS_EDGES };
enum {
    EDGE_DEFAULTS = 7,
    EDGE_KWDEFAULTS,
    EDGE_CAPTURED,
    EDGE_GLOBALS,
    EDGE_ATTRIBUTES,
    EDGE_ANNOTATIONS,
    FUNCTION_EDGES
};

typedef struct Texts {
    Value name, qualname, module, source, filename; /* owned; module, source: or NULL */
    Value captured;                                 /* dict: name -> cell */
    Dict *globals;                                  /* borrowed: the node of the namespace holds it */
    uint32_t future_flags;
} Texts;

static void texts_drop(Texts *t) {
    xdecref(t->name);
    xdecref(t->qualname);
    xdecref(t->module);
    xdecref(t->source);
    xdecref(t->filename);
    xdecref(t->captured);
}

static int read_captured(Unpacker *u, const IpcToken *token, Texts *t) {
    IpcNode n;
    IpcToken key, value;
    if (!(t->captured = dict_new())) return -1;
    if (token->type != IPC_T_REF) return 0;
    ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
    while (ipc_graph_edge(&n, &key) && ipc_graph_edge(&n, &value)) {
        bool cell = value.type == IPC_T_REF && ipc_graph_kind(&u->graph, (uint32_t)value.uint) == IPC_K_CELL;
        Value name = cell ? unpack_text(&key) : NULL;
        if (!name)
            return error_pending() ? -1 : raise_int(T_TypeError, "a captured variable that is no cell");
        Value held = unpack_shell_borrow(u, (uint32_t)value.uint);
        int status = held ? dict_set(t->captured, name, held) : -1;
        decref(name);
        if (status < 0) return -1;
    }
    return 0;
}

/* The namespace is the value of "": a dict, which may be empty still, or a module. */
static int read_namespace(Unpacker *u, const IpcToken *value, Texts *t) {
    IpcGraphKind kind = value->type == IPC_T_REF ? ipc_graph_kind(&u->graph, (uint32_t)value->uint) : 0;
    uint32_t node = (uint32_t)value->uint;
    if (kind == IPC_K_DICT) {
        Value dict = unpack_shell_borrow(u, node);
        t->globals = (Dict *)dict;
        if (u->states[node] == NODE_DONE) u->states[node] = NODE_NAMESPACE;
        return dict ? 0 : -1;
    }
    if (kind != IPC_K_MODULE) return raise_int(T_TypeError, "globals that are no dict and no module");
    if (!u->values[node] && unpack_named_shell(u, node) < 0) return -1;
    if (!IS_EXACT(u->values[node], module)) return raise_int(T_TypeError, "globals of a module that is none");
    t->globals = module_dict(u->values[node]);
    return 0;
}

static int read_globals(Unpacker *u, const IpcToken *token, Texts *t) {
    IpcNode n;
    IpcToken key, value;
    if (token->type == IPC_T_REF) {
        ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
        while (ipc_graph_edge(&n, &key) && ipc_graph_edge(&n, &value)) {
            if (key.type != IPC_T_STR) continue;
            if (!key.bytes.len && read_namespace(u, &value, t) < 0) return -1;
            if (ipc_slice_is(key.bytes, "<future>") && value.type == IPC_T_UINT)
                t->future_flags = (uint32_t)value.uint & COMPILE_FUTURE_MASK;
        }
    }
    return t->globals ? 0 : raise_int(T_TypeError, "a definition without globals");
}

static int read_texts(Unpacker *u, const IpcToken *tokens, int captured, int globals, Texts *t) {
    *t = (Texts){.name = unpack_text(&tokens[EDGE_NAME])};
    if (!t->name || !(t->qualname = unpack_text(&tokens[EDGE_QUALNAME])) ||
        !(t->filename = unpack_text(&tokens[EDGE_FILENAME])))
        return -1;
    t->module = unpack_text(&tokens[EDGE_MODULE]);
    t->source = unpack_text(&tokens[EDGE_SOURCE]);
    if (error_pending() || read_captured(u, &tokens[captured], t) < 0) return -1;
    return t->source || globals == EDGE_GLOBALS ? read_globals(u, &tokens[globals], t) : 0;
}

/* A machine int from an edge, or -1. */
static int place(const IpcToken *token) {
    return token->type == IPC_T_UINT && token->uint <= INT32_MAX ? (int)token->uint : -1;
}

static Code *compile_texts(const Texts *t, const IpcToken *tokens, bool is_class) {
    DefinitionSource d = {.text = t->source,
                          .filename = t->filename,
                          .name = t->name,
                          .qualname = t->qualname,
                          .line = place(&tokens[EDGE_LINE]),
                          .column = place(&tokens[EDGE_COLUMN]),
                          .future_flags = t->future_flags,
                          .captured = t->captured,
                          .is_class = is_class};
    return definition_compile(&d);
}

/* The cells that a code wants, from the captured variables. New tuple; NULL raised. */
static Value closure_of(const Code *code, Value captured) {
    Value closure = tuple_new(code->free_count);
    for (uint32_t i = 0; closure && i < code->free_count; i++) {
        Value name = tuple_item_borrow(code->local_names, code->locals_plus_count - code->free_count + i),
              cell = NULL;
        if (dict_find(captured, name, &cell) > 0) {
            tuple_init_item_steal(closure, i, incref(cell));
        } else {
            if (!error_pending()) raise_error(T_ValueError, "the captured variable %U is missing", name);
            CLEAR_FIELD(closure);
        }
    }
    return closure;
}

/* A function of the code, without defaults. New. */
static Value function_of(Code *code, const Texts *t) {
    Value closure = code->free_count ? closure_of(code, t->captured) : NULL;
    Value f = closure || !code->free_count ? function_new(code, t->globals, NULL) : NULL;
    if (f) ((Function *)f)->closure = xincref(closure);
    xdecref(closure);
    return f;
}

/* ---- functions ---- */

static Code *code_of_function(const Texts *t, const IpcToken *tokens) {
    if (t->source) return compile_texts(t, tokens, false);
    Code *code = definition_in_module(t->globals, t->qualname);
    if (code) heap_incref(&code->head);
    else if (!error_pending()) raise_error(T_ValueError, "the function %U has no source", t->qualname);
    return code;
}

int unpack_function_shell(Unpacker *u, uint32_t node) {
    IpcToken tokens[FUNCTION_EDGES];
    Texts t;
    unpack_fixed(u, node, tokens, FUNCTION_EDGES);
    Value f = NULL;
    if (read_texts(u, tokens, EDGE_CAPTURED, EDGE_GLOBALS, &t) == 0) {
        Code *code = code_of_function(&t, tokens);
        if (code) f = function_of(code, &t);
        if (code) DECREF(code);
        if (f) SET_FIELD_STEAL(((Function *)f)->module, xincref(t.module));
    } else if (!error_pending()) {
        raise_error(T_ValueError, "a function without a name");
    }
    texts_drop(&t);
    u->values[node] = f;
    return f ? 1 : -1;
}

/* A global of the definition's namespace; those that the namespace has already stay. */
int unpack_set_global(Unpacker *u, uint32_t owner, Value name, Value value) {
    IpcToken tokens[FUNCTION_EDGES];
    Texts t = {0};
    bool function = ipc_graph_kind(&u->graph, owner) == IPC_K_FUNCTION;
    if (!value || !str_length(name) || str_equal_cstr(name, "<future>")) return 0;
    unpack_fixed(u, owner, tokens, function ? FUNCTION_EDGES : CLASS_EDGES);
    if (read_globals(u, &tokens[function ? EDGE_GLOBALS : EDGE_CLASS_GLOBALS], &t) < 0) return -1;
    return dict_set(AS_VALUE(t.globals), name, value);
}

int unpack_set_function_attribute(Unpacker *u, uint32_t owner, Value name, Value value) {
    return value ? value_setattr(u->values[owner], name, value) : 0;
}

/* A tuple or dict field from an edge that has no pending state: 0, -1 raised. */
static int set_field(Unpacker *u, const IpcToken *token, Value *field, bool tuple) {
    Value v;
    if (token->type == IPC_T_NIL) return 0;
    int found = unpack_edge(u, token, &v);
    if (found <= 0)
        return found < 0 ? -1 : raise_int(T_ValueError, "a function that needs itself to be made");
    if (!(tuple ? IS_EXACT(v, tuple) : IS_EXACT(v, dict))) {
        decref(v);
        return raise_int(T_TypeError, "a function's field of the wrong type");
    }
    SET_FIELD_STEAL(*field, v);
    return 0;
}

int unpack_function_fill(Unpacker *u, uint32_t node) {
    IpcToken tokens[FUNCTION_EDGES];
    Function *f = (Function *)u->values[node];
    unpack_fixed(u, node, tokens, FUNCTION_EDGES);
    if (set_field(u, &tokens[EDGE_DEFAULTS], &f->defaults, true) < 0 ||
        set_field(u, &tokens[EDGE_KWDEFAULTS], &f->kwdefaults, false) < 0 ||
        set_field(u, &tokens[EDGE_ANNOTATIONS], &f->annotations, false) < 0)
        return -1;
    f->version = 0;
    if (unpack_pairs(u, node, EDGE_GLOBALS, &tokens[EDGE_GLOBALS], unpack_set_global) < 0) return -1;
    return unpack_pairs(u, node, EDGE_ATTRIBUTES, &tokens[EDGE_ATTRIBUTES], unpack_set_function_attribute);
}

/* ---- classes by their statement ---- */

/* What follows the last "<locals>." of a qualified name, as new str. */
static Value local_path(Value qualname) {
    Value mark = str_from_cstr("<locals>.");
    ssize_t at = mark ? str_find(qualname, mark, 0, str_length(qualname), -1) : -2;
    xdecref(mark);
    if (at == -2) return NULL;
    return at < 0 ? incref(qualname) : str_slice(qualname, (size_t)at + 9, str_length(qualname));
}

/* From the class that the statement made (or one around it, of the same shape as at home) to the wanted one.
 * New. */
static Value class_within(Value outer, Value path) {
    ssize_t dot = str_find(path, NAME(dot_), 0, str_length(path), 1);
    if (dot < 0) return incref(outer);
    Value rest = str_slice(path, (size_t)dot + 1, str_length(path));
    Value found = rest ? dotted(outer, rest) : NULL;
    xdecref(rest);
    return found;
}

static Value run_module_statement(Code *code, const Texts *t, Value path) {
    Value locals = dict_new(), done = locals ? vm_run_code(code, t->globals, locals, NULL) : NULL;
    ssize_t dot = str_find(path, NAME(dot_), 0, str_length(path), 1);
    Value first = done ? (dot < 0 ? incref(path) : str_slice(path, 0, (size_t)dot)) : NULL;
    Value outer = first ? dict_get_str_borrow(locals, first) : NULL;
    if (first && !outer) raise_error(T_ValueError, "the source of %U does not define it", t->qualname);
    Value cls = outer ? class_within(outer, path) : NULL, held = NULL;
    /* As at home the namespace has it, unless it has something else: its methods are found through it when
     * they are sent on. */
    if (cls && (dict_find(AS_VALUE(t->globals), first, &held) < 0 ||
                (!held && dict_set(AS_VALUE(t->globals), first, outer) < 0)))
        CLEAR_FIELD(cls);
    xdecref(first);
    xdecref(done);
    xdecref(locals);
    return cls;
}

static Value run_local_statement(Code *code, const Texts *t, Value path) {
    Value f = function_of(code, t), outer = f ? value_call_noargs(f) : NULL;
    Value cls = outer ? class_within(outer, path) : NULL;
    xdecref(outer);
    xdecref(f);
    return cls;
}

static Value class_by_statement(const Texts *t, const IpcToken *tokens) {
    Code *code = compile_texts(t, tokens, true);
    Value path = code ? local_path(t->qualname) : NULL, cls = NULL;
    if (path)
        cls = code->flags & CODE_OPTIMIZED ? run_local_statement(code, t, path)
                                           : run_module_statement(code, t, path);
    xdecref(path);
    if (code) DECREF(code);
    return cls;
}

/* ---- classes without a statement ---- */

static Value keywords(const char *const *names, Value const *values, size_t n) {
    Value dict = dict_new();
    for (size_t i = 0; dict && i < n; i++)
        if (values[i] && dict_set_cstr(dict, names[i], values[i]) < 0) CLEAR_FIELD(dict);
    return dict;
}

static Value new_named_tuple(const Texts *t, Value fields, Value defaults) {
    static const char *const names[] = {"module", "defaults"};
    Value values = defaults && is_dict(defaults) ? dict_values_list(defaults) : NULL;
    Value kwargs = error_pending() ? NULL : keywords(names, (Value[]){t->module, values}, 2);
    Value make = kwargs ? module_import_attr("collections", "namedtuple") : NULL,
          args = make ? tuple_pack(2, t->name, fields) : NULL;
    Value cls = args ? value_call_tuple_dict(make, args, kwargs) : NULL;
    xdecref(args);
    xdecref(make);
    xdecref(kwargs);
    xdecref(values);
    return cls;
}

static Value new_enum(const Texts *t, Value base, Value attributes) {
    static const char *const names[] = {"module", "qualname"};
    Value members = dict_items_list(attributes),
          kwargs = members ? keywords(names, (Value[]){t->module, t->qualname}, 2) : NULL;
    Value args = kwargs ? tuple_pack(2, t->name, members) : NULL;
    Value cls = args ? value_call_tuple_dict(base, args, kwargs) : NULL;
    xdecref(args);
    xdecref(kwargs);
    xdecref(members);
    return cls;
}

/* metaclass(name, bases, attributes) */
static Value new_plain_class(const Texts *t, Value bases, Value attributes) {
    Type *metaclass = type_calculate_metaclass(TYPE(type), bases);
    int status = metaclass ? 0 : -1;
    if (status == 0 && t->module) status = dict_set(attributes, NAME(__module__), t->module);
    if (status == 0) status = dict_set(attributes, NAME(__qualname__), t->qualname);
    return status == 0 ? value_call_three(AS_VALUE(metaclass), t->name, bases, attributes) : NULL;
}

static bool is_enum(Value base) {
    Value name = str_intern_cstr("_member_map_"),
          map = name && is_type(base) ? type_lookup_borrow((Type *)base, name) : NULL;
    xdecref(name);
    return map && is_dict(map);
}

/* The attributes that exist, as a dict; the others are noted. */
static Value known_attributes(Unpacker *u, uint32_t node, const IpcToken *token) {
    IpcNode n;
    IpcToken key, value;
    Value dict = dict_new();
    if (!dict || token->type != IPC_T_REF) return dict;
    ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
    for (uint64_t i = 0; dict && ipc_graph_edge(&n, &key) && ipc_graph_edge(&n, &value); i++) {
        Value name = unpack_text(&key), v = NULL;
        int found = name ? unpack_edge(u, &value, &v) : -1, status = found < 0 ? -1 : 0;
        if (!name && !error_pending()) raise_error(T_TypeError, "a name that is no str");
        if (found == 0) status = unpack_pending(u, node, EDGE_CLASS_ATTRIBUTES, i, &value);
        if (found > 0) status = dict_set(dict, name, v);
        xdecref(v);
        xdecref(name);
        if (status < 0) CLEAR_FIELD(dict);
    }
    return dict;
}

static Value class_by_parts(Unpacker *u, uint32_t node, const Texts *t, const IpcToken *tokens, Value bases) {
    Value attributes = known_attributes(u, node, &tokens[EDGE_CLASS_ATTRIBUTES]);
    if (!attributes) return NULL;
    Value fields_name = str_intern_cstr("_fields"), defaults_name = str_intern_cstr("_field_defaults"),
          cls = NULL;
    Value fields = fields_name && defaults_name ? dict_get_str_borrow(attributes, fields_name) : NULL;
    size_t n = tuple_length(bases);
    if (n && is_enum(tuple_item_borrow(bases, n - 1)))
        cls = new_enum(t, tuple_item_borrow(bases, n - 1), attributes);
    else if (fields && n == 1 && tuple_item_borrow(bases, 0) == AS_VALUE(TYPE(tuple)))
        cls = new_named_tuple(t, fields, dict_get_str_borrow(attributes, defaults_name));
    else if (!error_pending()) cls = new_plain_class(t, bases, attributes);
    xdecref(fields_name);
    xdecref(defaults_name);
    decref(attributes);
    return cls;
}

/* ---- a class ---- */

/* Past the metaclass: the attributes were set once already. */
int unpack_set_class_attribute(Unpacker *u, uint32_t owner, Value name, Value value) {
    return value ? TYPE(type)->slots.setattr(u->values[owner], name, value) : 0;
}

/* 1 and the bases, new; 0 one does not exist yet; -1 raised. */
static int bases_of(Unpacker *u, const IpcToken *token, Value *out) {
    if (token->type == IPC_T_NIL) return (*out = tuple_pack(1, AS_VALUE(TYPE(object)))) ? 1 : -1;
    IpcNode n;
    IpcToken base;
    ipc_graph_get(&u->graph, (uint32_t)token->uint, &n);
    while (ipc_graph_edge(&n, &base)) /* the tuple may hold None in place of what is not there yet */
        if (base.type == IPC_T_REF && !u->values[base.uint]) return 0;
    return unpack_edge(u, token, out);
}

static Value make_class(Unpacker *u, uint32_t node, const IpcToken *tokens, Value bases) {
    Texts t;
    Value cls = NULL;
    if (read_texts(u, tokens, EDGE_CLASS_CAPTURED, EDGE_CLASS_GLOBALS, &t) == 0) {
        bool ready = !t.source || unpack_pairs(u, node, EDGE_CLASS_GLOBALS, &tokens[EDGE_CLASS_GLOBALS],
                                               unpack_set_global) == 0;
        u->ran |= ready && t.source;
        if (ready)
            cls = t.source ? class_by_statement(&t, tokens) : class_by_parts(u, node, &t, tokens, bases);
        if (cls && !is_type(cls)) {
            raise_error(T_TypeError, "the source of %U gives %T, not a class", t.qualname, cls);
            CLEAR_FIELD(cls);
        }
    } else if (!error_pending()) {
        raise_error(T_ValueError, "a class without a name");
    }
    texts_drop(&t);
    return cls;
}

int unpack_class_fill(Unpacker *u, uint32_t node) {
    IpcToken tokens[CLASS_EDGES];
    Value bases = NULL;
    unpack_fixed(u, node, tokens, CLASS_EDGES);
    int found = bases_of(u, &tokens[EDGE_BASES], &bases);
    if (found <= 0) return found;
    Value cls = make_class(u, node, tokens, bases);
    decref(bases);
    if (!cls) return -1;
    SET_FIELD_STEAL(u->values[node], cls);
    if (tokens[EDGE_SOURCE].type == IPC_T_NIL) return 1;
    return unpack_pairs(u, node, EDGE_CLASS_ATTRIBUTES, &tokens[EDGE_CLASS_ATTRIBUTES],
                        unpack_set_class_attribute) < 0
               ? -1
               : 1;
}

int unpack_restore_definition(Unpacker *u, uint32_t node) {
    IpcToken tokens[FUNCTION_EDGES];
    bool function = ipc_graph_kind(&u->graph, node) == IPC_K_FUNCTION;
    unpack_fixed(u, node, tokens, function ? FUNCTION_EDGES : CLASS_EDGES);
    int globals = function ? EDGE_GLOBALS : EDGE_CLASS_GLOBALS;
    Texts t = {0};
    if (tokens[globals].type == IPC_T_REF && read_globals(u, &tokens[globals], &t) < 0) return -1;
    if (unpack_pairs(u, node, globals, &tokens[globals], unpack_set_global) < 0) return -1;
    if (function || tokens[EDGE_SOURCE].type == IPC_T_NIL) return 0;
    return unpack_pairs(u, node, EDGE_CLASS_ATTRIBUTES, &tokens[EDGE_CLASS_ATTRIBUTES],
                        unpack_set_class_attribute);
}
