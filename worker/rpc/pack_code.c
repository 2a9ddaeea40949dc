/* pack_code: modules, functions and methods: by name where the other side has them too, else by source and
 * captured values. */
#include "rpc/pack.h"

#include "compile/compile.h"
#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* ---- by name ---- */

/* What a dotted name means in a dict; only class dicts are looked into on the way. Borrowed, or NULL. */
static Value dotted_borrow(Value dict, Value qualname) {
    Value at = NULL;
    for (size_t start = 0, n = str_length(qualname); start <= n;) {
        size_t stop = start;
        while (stop < n && str_read(qualname, stop) != '.') stop++;
        if (stop == start || !dict) return NULL;
        Value part = str_slice(qualname, start, stop);
        if (!part) return error_clear(), NULL;
        at = dict_get_str_borrow(dict, part);
        decref(part);
        dict = at && is_type(at) ? AS_VALUE(type_dict_borrow((Type *)at)) : NULL;
        start = stop + 1;
        if (!at) return NULL;
    }
    return at;
}

/* The job's own module, under either of its names: nobody else can import it. */
static bool is_own_module(Value name) {
    return str_equal(name, NAME(__main__)) || str_equal(name, NAME(__mp_main__));
}

static bool found_by_name(Value v, Value module, Value qualname) {
    if (!module || !qualname || !IS_EXACT(module, str) || !IS_EXACT(qualname, str) || is_own_module(module))
        return false;
    Value m = is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, module) : NULL;
    return m && IS_EXACT(m, module) && dotted_borrow(AS_VALUE(module_dict(m)), qualname) == v;
}

int pack_by_name(Packer *p, Value v, Value module, Value qualname) {
    if (!found_by_name(v, module, qualname)) return 0;
    ipc_graph_node(&p->writer, is_type(v) ? IPC_K_TYPE : IPC_K_GLOBAL, 0);
    return pack_text(p, module) < 0 || pack_text(p, qualname) < 0 ? -1 : 1;
}

int pack_attribute(Packer *p, Value owner, Value name) {
    ipc_graph_node(&p->writer, IPC_K_ATTRIBUTE, 0);
    return pack_edge(p, owner) < 0 || pack_text(p, name) < 0 ? -1 : 0;
}

int pack_module(Packer *p, Value v) {
    Value name = ((Module *)v)->name;
    if (!name || !IS_EXACT(name, str) || is_own_module(name) || !is_dict(rt->modules) ||
        dict_get_str_borrow(rt->modules, name) != v)
        return pack_refuse(p, "the module %R has no copy", name ? name : NONE);
    ipc_graph_node(&p->writer, IPC_K_MODULE, 0);
    return pack_text(p, name);
}

static int method_by_name(Packer *p, Value name, Value self) {
    ipc_graph_node(&p->writer, IPC_K_METHOD, 0);
    return pack_text(p, name) < 0 || pack_edge(p, self) < 0 ? -1 : 0;
}

int pack_native(Packer *p, Value v) {
    Native *n = (Native *)v;
    Value name = str_from_cstr(n->method->name);
    if (!name) return -1;
    int status = n->module ? pack_by_name(p, v, n->module, name) : 0;
    if (status == 0 && n->self && !IS_EXACT(n->self, module))
        status = method_by_name(p, name, n->self) < 0 ? -1 : 1;
    if (status == 0) status = pack_refuse(p, "the function %U is not found by its name", name);
    decref(name);
    return status < 0 ? -1 : 0;
}

int pack_descriptor(Packer *p, Value v) {
    Descriptor *d = (Descriptor *)v;
    Dict *dict = type_dict_borrow(d->type);
    if (!dict) return -1;
    if (dict_get_str_borrow(AS_VALUE(dict), d->name) != v)
        return pack_refuse(p, "%s %s has no copy", pack_article(type_name_of(v)), type_name_of(v));
    return pack_attribute(p, AS_VALUE(d->type), d->name);
}

int pack_method(Packer *p, Value v) {
    Method *m = (Method *)v;
    Value name = NULL, attribute = NULL;
    int found = value_getattr_optional(m->function, NAME(__name__), &name);
    if (found > 0 && IS_EXACT(name, str)) found = value_getattr_optional(m->self, name, &attribute);
    bool same = found > 0 && attribute && IS_EXACT(attribute, method) &&
                ((Method *)attribute)->function == m->function && ((Method *)attribute)->self == m->self;
    int status = found < 0 ? -1 : 0;
    if (status == 0 && same) {
        status = method_by_name(p, name, m->self);
    } else if (status == 0) {
        ipc_graph_node(&p->writer, IPC_K_METHOD, 0);
        status = pack_edge(p, m->function) < 0 || pack_edge(p, m->self) < 0 ? -1 : 0;
    }
    xdecref(attribute);
    xdecref(name);
    return status;
}

/* The module whose globals these are, if it can be imported elsewhere; borrowed, or NULL. */
static Value importable_borrow(const Dict *globals) {
    Value name = dict_get_str_borrow(AS_VALUE(globals), NAME(__name__));
    if (!name || !IS_EXACT(name, str) || is_own_module(name) || !is_dict(rt->modules)) return NULL;
    Value m = dict_get_str_borrow(rt->modules, name);
    return m && IS_EXACT(m, module) && module_dict(m) == globals ? m : NULL;
}

/* ---- globals ---- */

typedef struct Usage {
    Value into;
    Dict *globals;
} Usage;

static int add_used(Value name, void *arg) {
    Usage *u = arg;
    Value value = dict_get_str_borrow(AS_VALUE(u->globals), name);
    if (!value || str_equal(name, NAME(__name__)) || str_equal(name, NAME(__builtins__))) return 0;
    return dict_set(u->into, name, value);
}

Value pack_used_globals(const Code *code, Dict *globals) {
    Usage u = {dict_new(), globals};
    if (!u.into) return NULL;
    Value future = str_from_cstr("<future>"), flags = int_from_i64(code->flags & COMPILE_FUTURE_MASK);
    int status = future && flags ? dict_set(u.into, NAME(empty_), AS_VALUE(globals)) : -1;
    if (status == 0 && (code->flags & COMPILE_FUTURE_MASK)) status = dict_set(u.into, future, flags);
    /* The library's own functions find everything in the module itself, which has a name. */
    if (status == 0 && !importable_borrow(globals)) status = definition_globals(code, add_used, &u);
    xdecref(future);
    xdecref(flags);
    if (status < 0) CLEAR_FIELD(u.into);
    return u.into;
}

int pack_globals(Packer *p, Value dict) {
    ipc_graph_node(&p->writer, IPC_K_DICT, (uint32_t)dict_length(dict));
    size_t position = 0;
    for (Value key, value; dict_next(dict, &position, &key, &value);) {
        bool namespace = str_length(key) == 0;
        if (pack_edge(p, key) < 0 || pack_edge_as(p, value, namespace ? ROLE_NAMESPACE : ROLE_VALUE) < 0)
            return -1;
    }
    return 0;
}

int pack_namespace(Packer *p, Value dict) {
    Value name = dict_get_str_borrow(dict, NAME(__name__));
    bool named = name && IS_EXACT(name, str);
    if (importable_borrow((Dict *)dict)) {
        ipc_graph_node(&p->writer, IPC_K_MODULE, 0);
        return pack_text(p, name);
    }
    ipc_graph_node(&p->writer, IPC_K_DICT, named);
    return named ? pack_attr(p, NAME(__name__), name) : 0;
}

/* ---- functions ---- */

bool pack_code_within(const Code *inner, const Code *outer) {
    for (size_t i = 0; i < tuple_length(outer->consts); i++)
        if (tuple_item_borrow(outer->consts, i) == AS_VALUE(inner)) return true;
    return false;
}

static const Code *body_of(const Type *t) {
    return t->body && IS_EXACT(t->body, function) ? ((Function *)t->body)->code : NULL;
}

/* Through the cell that super() uses, or along the qualified name from the globals. */
static Type *class_around(const Function *f) {
    const Code *code = f->code;
    for (uint32_t i = 0; f->closure && i < code->free_count; i++) {
        Value name = tuple_item_borrow(code->local_names, code->locals_plus_count - code->free_count + i);
        Value content = ((Cell *)tuple_item_borrow(f->closure, i))->value;
        if (str_equal(name, NAME(__class__)) && content && is_type(content)) return (Type *)content;
    }
    ssize_t dot = str_find(code->qualname, NAME(dot_), 0, str_length(code->qualname), -1);
    Value prefix = dot > 0 ? str_slice(code->qualname, 0, (size_t)dot) : NULL;
    Value found = prefix ? dotted_borrow(AS_VALUE(f->globals), prefix) : NULL;
    xdecref(prefix);
    if (error_pending()) error_clear();
    return found && is_type(found) ? (Type *)found : NULL;
}

Type *pack_owner_borrow(const Function *f) {
    Type *t = class_around(f);
    const Code *body = t && (t->flags & TYPE_HEAP) ? body_of(t) : NULL;
    return body && body->source && pack_code_within(f->code, body) ? t : NULL;
}

/* A method as it stands in a class that goes by its own source. 1 written, 0 it is none, -1 raised. */
static int function_of_class(Packer *p, Value v) {
    Function *f = (Function *)v;
    Type *owner = pack_owner_borrow(f);
    Value held = owner ? dict_get_str_borrow(AS_VALUE(owner->dict), f->code->name) : NULL;
    if (!held) return 0;
    bool same = held == v;
    if (!same && IS_EXACT(held, staticmethod)) {
        Value inner = value_getattr(held, NAME(__func__));
        if (!inner) return -1;
        same = inner == v;
        decref(inner);
    }
    return same ? (pack_attribute(p, AS_VALUE(owner), f->code->name) < 0 ? -1 : 1) : 0;
}

Value pack_captured(const Function *f) {
    Value dict = dict_new();
    const Code *code = f->code;
    for (uint32_t i = 0; dict && f->closure && i < code->free_count; i++) {
        Value name = tuple_item_borrow(code->local_names, code->locals_plus_count - code->free_count + i);
        if (dict_set(dict, name, tuple_item_borrow(f->closure, i)) < 0) CLEAR_FIELD(dict);
    }
    return dict;
}

static bool same_text(Value a, Value b) {
    return a == b || (a && b && is_str(a) && is_str(b) && str_equal(a, b));
}

/* __dict__, and what was assigned to the special attributes. */
static Value function_attributes(Function *f) {
    Attrs *a = attrs_of(AS_VALUE(f));
    Value dict = NULL;
    if (attrs_is_dict(a) || a->shape->count) {
        Dict *own = attrs_dict_borrow(AS_VALUE(f));
        dict = own ? dict_copy(AS_VALUE(own)) : NULL;
    } else {
        dict = dict_new();
    }
    Value doc = f->code->doc ? f->code->doc : NONE, now = f->doc ? f->doc : NONE;
    int status = dict ? 0 : -1;
    if (status == 0 && !same_text(f->name, f->code->name)) status = dict_set(dict, NAME(__name__), f->name);
    if (status == 0 && !same_text(f->qualname, f->code->qualname))
        status = dict_set(dict, NAME(__qualname__), f->qualname);
    if (status == 0 && !same_text(doc, now)) status = dict_set(dict, NAME(__doc__), now);
    if (status == 0 && f->type_params && is_tuple(f->type_params) && tuple_length(f->type_params))
        status = dict_set(dict, NAME(__type_params__), f->type_params);
    if (status < 0) CLEAR_FIELD(dict);
    return dict;
}

/* A dict as an edge; nil when it is empty. */
static int dict_or_nil(Packer *p, Value dict) {
    return pack_edge_or_nil(p, dict && is_dict(dict) && dict_length(dict) ? dict : NULL);
}

typedef struct FunctionParts {
    Definition definition;
    Value captured, globals, attributes, annotations;
} FunctionParts;

/* One that a function of an importable module made. */
static bool is_library_function(const Function *f) {
    return importable_borrow(f->globals) && definition_in_module(f->globals, f->code->qualname) == f->code;
}

static int function_parts(Packer *p, Function *f, FunctionParts *parts) {
    int found = definition_of_function(&p->tree, f->code, &parts->definition);
    if (found < 0) return -1;
    if (!found && !is_library_function(f))
        return pack_refuse(p, "the source of the function %U is not known", f->qualname);
    if (!(parts->captured = pack_captured(f)) || !(parts->globals = pack_used_globals(f->code, f->globals)) ||
        !(parts->attributes = function_attributes(f)))
        return -1;
    return f->annotations && !(parts->annotations = value_getattr(AS_VALUE(f), NAME(__annotations__))) ? -1
                                                                                                       : 0;
}

static int write_function(Packer *p, const Function *f, const FunctionParts *parts) {
    const Code *code = f->code;
    ipc_graph_node(&p->writer, IPC_K_FUNCTION, 0);
    if (pack_text(p, code->name) < 0 || pack_text(p, code->qualname) < 0 ||
        pack_text(p, f->module && is_str(f->module) ? f->module : NULL) < 0 ||
        pack_text(p, parts->definition.text) < 0 || pack_text(p, code->filename) < 0)
        return -1;
    ipc_graph_int(&p->writer, parts->definition.line);
    ipc_graph_int(&p->writer, parts->definition.column);
    if (pack_edge_or_nil(p, f->defaults) < 0 || dict_or_nil(p, f->kwdefaults) < 0 ||
        dict_or_nil(p, parts->captured) < 0)
        return -1;
    if (pack_edge_as(p, parts->globals, ROLE_GLOBALS) < 0 || dict_or_nil(p, parts->attributes) < 0) return -1;
    return dict_or_nil(p, parts->annotations);
}

int pack_function(Packer *p, Value v) {
    Function *f = (Function *)v;
    int written = pack_by_name(p, v, f->module, f->qualname);
    if (!written) written = function_of_class(p, v);
    if (written) return written < 0 ? -1 : 0;
    FunctionParts parts = {0};
    int status = function_parts(p, f, &parts);
    if (status == 0) status = write_function(p, f, &parts);
    Value owned[] = {parts.definition.text, parts.captured, parts.globals, parts.attributes,
                     parts.annotations};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++) xdecref(owned[i]);
    return status;
}
