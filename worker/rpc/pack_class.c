/*
 * pack_class: classes: by name where the other side has them, as an attribute of the class around them, by
 * the source of their statement, or, when no statement made them, by name, bases and attributes.
 */
#include "rpc/pack.h"

#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"
#include "objects/tuple.h"

/* All that is written about a class; owned, or NULL. */
typedef struct ClassParts {
    Definition definition;
    Value name, qualname, module, filename; /* borrowed */
    Dict *globals;                          /* borrowed */
    const Code *body;                       /* borrowed, or NULL */
    Value captured, used, attributes;
} ClassParts;

static void parts_drop(ClassParts *c) {
    xdecref(c->definition.text);
    xdecref(c->captured);
    xdecref(c->used);
    xdecref(c->attributes);
}

/* ---- captured variables ---- */

static Value ast_name(const AstExpr *e) { return str_from_wtf8(e->Name.id->utf8, e->Name.id->length); }

/* A name as the statement sees it, but for local variables of functions around it: borrowed, or NULL. */
static Value visible_borrow(const ClassParts *c, Value name) {
    Value found = dict_get_str_borrow(AS_VALUE(c->globals), name);
    return found ? found : dict_get_str_borrow(AS_VALUE(rt->builtins), name);
}

/* If the expression is a name that now means something else, the statement is given its value as a captured
 * variable. */
static int capture_name(ClassParts *c, const AstExpr *e, Value value) {
    if (e->kind != EXPR_NAME) return 0;
    Value name = ast_name(e), here = NULL, cell = NULL;
    int status = name ? dict_find(c->captured, name, &here) : -1;
    if (status == 0 && visible_borrow(c, name) != value) {
        cell = cell_new(value);
        status = cell ? dict_set(c->captured, name, cell) : -1;
    }
    xdecref(cell);
    xdecref(name);
    return status < 0 ? -1 : 0;
}

/* Bases and metaclass may be local variables of a function around the class, which nothing else captured. */
static int capture_header(ClassParts *c, const Type *t) {
    const AstClassDefNode *s = &c->definition.statement->ClassDef;
    bool same_bases = (size_t)s->bases.count == tuple_length(t->bases);
    for (int32_t i = 0; same_bases && i < s->bases.count; i++)
        if (capture_name(c, s->bases.items[i], tuple_item_borrow(t->bases, (size_t)i)) < 0) return -1;
    for (int32_t i = 0; i < s->keywords.count; i++) {
        const AstName *arg = s->keywords.items[i]->arg;
        if (arg && strcmp(arg->utf8, "metaclass") == 0 &&
            capture_name(c, s->keywords.items[i]->value, AS_VALUE(type_of(AS_VALUE(t)))) < 0)
            return -1;
    }
    return 0;
}

/* A decorator that is a local variable of a function around the class is gone. */
static int check_decorators(Packer *p, const ClassParts *c) {
    const AstExprSeq *decorators = &c->definition.statement->ClassDef.decorator_list;
    for (int32_t i = 0; i < decorators->count; i++) {
        const AstExpr *e = decorators->items[i];
        while (e->kind == EXPR_CALL || e->kind == EXPR_ATTRIBUTE)
            e = e->kind == EXPR_CALL ? e->Call.func : e->Attribute.value;
        if (e->kind != EXPR_NAME) continue;
        Value name = ast_name(e), here = NULL;
        int found = name ? dict_find(c->captured, name, &here) : -1;
        int status = found < 0 ? -1 : 0;
        if (found == 0 && !visible_borrow(c, name))
            status =
                pack_refuse(p, "the decorator %U of the class %U is not known any more", name, c->qualname);
        xdecref(name);
        if (status < 0) return -1;
    }
    return 0;
}

/* ---- attributes set later ---- */

static bool is_dunder(Value name) {
    size_t n = str_length(name);
    return n > 4 && str_read(name, 0) == '_' && str_read(name, 1) == '_' && str_read(name, n - 1) == '_' &&
           str_read(name, n - 2) == '_';
}

/* Made by every class statement, or kept elsewhere. */
static bool is_automatic(Value name, Value value) {
    static const char *const names[] = {
        "__dict__",        "__weakref__",    "__module__",     "__qualname__",    "__doc__",
        "__annotations__", "__slots__",      "__orig_bases__", "__parameters__",  "__abstractmethods__",
        "_abc_impl",       "__match_args__", "__classcell__",  "__type_params__", "__static_attributes__"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_equal_cstr(name, names[i])) return true;
    if (str_equal(name, NAME(__hash__)) && value == NONE) return true;
    return is_object(value) && (IS_EXACT(value, member_descriptor) || IS_EXACT(value, getset_descriptor));
}

/* Data may have changed since the statement ran; what else it binds is made again by running it. */
static bool is_data(Value v) {
    if (!is_object(v)) return true;
    switch (type_of(v)->id) {
    case T_int:
    case T_float:
    case T_str:
    case T_bytes:
    case T_list:
    case T_dict:
    case T_set: return true;
    default: return false;
    }
}

/* Whether a plain def in the statement binds the name. */
static bool defined_plainly(const AstStmt *statement, Value name) {
    const AstStmtSeq *body = &statement->ClassDef.body;
    for (int32_t i = 0; i < body->count; i++) {
        const AstStmt *s = body->items[i];
        if ((s->kind == STMT_FUNCTION_DEF || s->kind == STMT_ASYNC_FUNCTION_DEF) &&
            !s->FunctionDef.decorator_list.count && str_equal_cstr(name, s->FunctionDef.name->utf8))
            return true;
    }
    return false;
}

/* Whether the statement gives the name a literal: what is no data now has been assigned later. */
static bool begun_as_literal(const AstStmt *statement, Value name) {
    const AstStmtSeq *body = &statement->ClassDef.body;
    for (int32_t i = body->count; i-- > 0;) {
        const AstStmt *s = body->items[i];
        const AstExpr *target = s->kind == STMT_ASSIGN && s->Assign.targets.count == 1
                                    ? s->Assign.targets.items[0]
                                : s->kind == STMT_ANN_ASSIGN ? s->AnnAssign.target
                                                             : NULL;
        const AstExpr *e = s->kind == STMT_ASSIGN       ? s->Assign.value
                           : s->kind == STMT_ANN_ASSIGN ? s->AnnAssign.value
                                                        : NULL;
        if (!target || !e || target->kind != EXPR_NAME || !str_equal_cstr(name, target->Name.id->utf8))
            continue;
        return e->kind == EXPR_CONSTANT || e->kind == EXPR_LIST || e->kind == EXPR_DICT ||
               e->kind == EXPR_SET || e->kind == EXPR_TUPLE;
    }
    return false;
}

/* A metaclass of one's own gives a class more than its statement does, and will again. */
static bool has_plain_metaclass(const Type *t) {
    Type *metaclass = type_of(AS_VALUE(t));
    return metaclass == TYPE(type) || strcmp(type_name(metaclass), "ABCMeta") == 0;
}

static bool set_later(const ClassParts *c, const Type *t, Value name, Value value) {
    const AstStmt *s = c->definition.statement;
    if (is_automatic(name, value)) return false;
    bool function = is_object(value) && IS_EXACT(value, function);
    if (!c->body) return !is_dunder(name) && is_data(value);
    if (!definition_binds(c->body, name)) {
        if (is_dunder(name) && s->ClassDef.decorator_list.count) return false;
        return is_data(value) || has_plain_metaclass(t);
    }
    if (function && defined_plainly(s, name)) return !pack_code_within(((Function *)value)->code, c->body);
    if (is_dunder(name)) return false;
    return is_data(value) || (!IS_EXACT(value, tuple) && begun_as_literal(s, name));
}

static bool is_enum(Type *t) {
    Value name = str_intern_cstr("_member_map_"), map = name ? type_lookup_borrow(t, name) : NULL;
    xdecref(name);
    if (!name) error_clear();
    return map && is_dict(map);
}

static bool has_own(Type *t, const char *name) {
    Value key = str_intern_cstr(name), value = key ? dict_get_str_borrow(AS_VALUE(t->dict), key) : NULL;
    xdecref(key);
    if (!key) error_clear();
    return value;
}

static bool is_named_tuple(Type *t) {
    return has_own(t, "_fields") && has_own(t, "_field_defaults") && tuple_length(t->bases) == 1;
}

static int collect_attributes(ClassParts *c, Type *t) {
    size_t position = 0;
    if (!(c->attributes = dict_new())) return -1;
    if (is_enum(t) || is_named_tuple(t))
        return 0; /* their members and tables come from running the statement */
    for (Value name, value; dict_next(AS_VALUE(t->dict), &position, &name, &value);)
        if (IS_EXACT(name, str) && set_later(c, t, name, value) && dict_set(c->attributes, name, value) < 0)
            return -1;
    return 0;
}

/* ---- by source ---- */

/* A class made anew by a decorator (dataclass with slots) has lost its statement; one of its methods leads
 * back to it. */
static int find_by_method(Packer *p, Type *t, ClassParts *c) {
    size_t position = 0;
    for (Value name, value; dict_next(AS_VALUE(t->dict), &position, &name, &value);) {
        if (!is_object(value) || !IS_EXACT(value, function) || !((Function *)value)->code->source) continue;
        Function *f = (Function *)value;
        int found = definition_of_class_around(&p->tree, f->code, AS_VALUE(t->name), &c->definition);
        if (!found) continue;
        c->filename = f->code->filename;
        c->globals = f->globals;
        c->captured = pack_captured(f);
        if (found < 0 || !c->captured || dict_delete(c->captured, NAME(__class__)) < 0) return -1;
        return 1;
    }
    return 0;
}

static int find_by_body(Packer *p, Type *t, ClassParts *c) {
    Function *body = t->body && IS_EXACT(t->body, function) ? (Function *)t->body : NULL;
    int found = body ? definition_of_class(&p->tree, body->code, &c->definition) : 0;
    if (found <= 0) return found;
    c->body = body->code;
    c->qualname = body->code->qualname;
    c->name = body->code->name;
    c->filename = body->code->filename;
    c->globals = body->globals;
    return (c->captured = pack_captured(body)) ? 1 : -1;
}

/* The names that the statement uses, decorators and bases included: those of its compiled form. */
static int collect_used(ClassParts *c) {
    DefinitionSource d = {.text = c->definition.text,
                          .filename = c->filename,
                          .name = c->name,
                          .qualname = c->qualname,
                          .line = c->definition.line,
                          .column = c->definition.column,
                          .captured = c->captured,
                          .is_class = true,
                          .future_flags = c->body ? c->body->flags & CODE_FUTURE_ANNOTATIONS : 0};
    Code *code = definition_compile(&d);
    if (!code) return -1;
    c->used = pack_used_globals(code, c->globals);
    DECREF(code);
    return c->used ? 0 : -1;
}

/* 1 everything is known, 0 it has no statement, -1 raised. */
static int class_by_source(Packer *p, Type *t, ClassParts *c) {
    int found = find_by_body(p, t, c);
    if (!found) found = find_by_method(p, t, c);
    if (found <= 0) return found;
    if (capture_header(c, t) < 0 || check_decorators(p, c) < 0) return -1;
    return collect_attributes(c, t) < 0 || collect_used(c) < 0 ? -1 : 1;
}

/* ---- without a statement ---- */

static int copy_attribute(ClassParts *c, Type *t, const char *name) {
    Value key = str_intern_cstr(name), value = key ? dict_get_str_borrow(AS_VALUE(t->dict), key) : NULL;
    int status = !key ? -1 : value ? dict_set(c->attributes, key, value) : 0;
    xdecref(key);
    return status;
}

/* An enum by its members' values, in their order. */
static int enum_values(Packer *p, ClassParts *c, Type *t) {
    Value map_name = str_intern_cstr("_member_map_"),
          map = map_name ? dict_get_str_borrow(AS_VALUE(t->dict), map_name) : NULL;
    xdecref(map_name);
    if (!map || !is_dict(map)) return pack_refuse(p, "the source of the class %U is not known", c->qualname);
    Value members = dict_items_list(map);
    int status = members ? 0 : -1;
    for (size_t i = 0; status == 0 && i < list_length(members); i++) {
        Value pair = list_item_borrow(members, i),
              value = value_getattr_cstr(tuple_item_borrow(pair, 1), "_value_");
        status = value ? dict_set(c->attributes, tuple_item_borrow(pair, 0), value) : -1;
        xdecref(value);
    }
    xdecref(members);
    return status;
}

static int all_attributes(Packer *p, ClassParts *c, Type *t) {
    Type *metaclass = type_calculate_metaclass(TYPE(type), t->bases);
    if (!metaclass) return -1;
    if (metaclass != type_of(AS_VALUE(t)))
        return pack_refuse(p, "the source of the class %U is not known", c->qualname);
    size_t position = 0;
    for (Value name, value; dict_next(AS_VALUE(t->dict), &position, &name, &value);)
        if (IS_EXACT(name, str) && (!is_automatic(name, value) || str_equal(name, NAME(__doc__))) &&
            dict_set(c->attributes, name, value) < 0)
            return -1;
    return 0;
}

static int class_by_value(Packer *p, Type *t, ClassParts *c) {
    if (t->all_slots) return pack_refuse(p, "the source of the class %U is not known", c->qualname);
    if (!(c->attributes = dict_new())) return -1;
    if (is_enum(t)) return enum_values(p, c, t);
    if (is_named_tuple(t))
        return copy_attribute(c, t, "_fields") < 0 || copy_attribute(c, t, "_field_defaults") < 0 ? -1 : 0;
    return all_attributes(p, c, t);
}

/* ---- the node ---- */

static int dict_or_nil(Packer *p, Value dict) {
    return pack_edge_or_nil(p, dict && dict_length(dict) ? dict : NULL);
}

static int write_class(Packer *p, Type *t, const ClassParts *c) {
    bool plain_base = tuple_length(t->bases) == 1 && tuple_item_borrow(t->bases, 0) == AS_VALUE(TYPE(object));
    ipc_graph_node(&p->writer, IPC_K_CLASS, 0);
    if (pack_text(p, c->name) < 0 || pack_text(p, c->qualname) < 0 || pack_text(p, c->module) < 0 ||
        pack_text(p, c->definition.text) < 0 || pack_text(p, c->filename ? c->filename : NAME(empty_)) < 0)
        return -1;
    ipc_graph_int(&p->writer, c->definition.line);
    ipc_graph_int(&p->writer, c->definition.column);
    if (pack_edge_or_nil(p, plain_base ? NULL : t->bases) < 0 || dict_or_nil(p, c->captured) < 0) return -1;
    if (c->used ? pack_edge_as(p, c->used, ROLE_GLOBALS) < 0 : (ipc_graph_nil(&p->writer), false)) return -1;
    return dict_or_nil(p, c->attributes);
}

/* The class around a class, if that one is written by its source and this one is in it. Borrowed, or NULL. */
static Type *outer_borrow(Type *t) {
    Function *body = t->body && IS_EXACT(t->body, function) ? (Function *)t->body : NULL;
    Type *outer = body ? pack_owner_borrow(body) : NULL;
    return outer && dict_get_str_borrow(AS_VALUE(outer->dict), body->code->name) == AS_VALUE(t) ? outer
                                                                                                : NULL;
}

static int pack_own_class(Packer *p, Type *t, Value module) {
    ClassParts c = {.name = AS_VALUE(t->name), .qualname = AS_VALUE(t->qualname), .module = module};
    int status = class_by_source(p, t, &c);
    if (status == 0) status = class_by_value(p, t, &c);
    if (status >= 0) status = write_class(p, t, &c);
    parts_drop(&c);
    return status;
}

int pack_class(Packer *p, Type *t) {
    Value module = type_module(t), qualname = type_qualname(t);
    int status = qualname && !error_pending() ? 0 : -1;
    if (status == 0 && !(t->flags & TYPE_HEAP)) {
        ipc_graph_node(&p->writer, IPC_K_TYPE, 0);
        status = pack_text(p, module ? module : NAME(builtins)) < 0 || pack_text(p, qualname) < 0 ? -1 : 1;
    }
    if (status == 0) status = pack_by_name(p, AS_VALUE(t), module, qualname);
    Type *outer = status == 0 ? outer_borrow(t) : NULL;
    if (outer) status = pack_attribute(p, AS_VALUE(outer), ((Function *)t->body)->code->name);
    else if (status == 0) status = pack_own_class(p, t, module && is_str(module) ? module : NULL);
    xdecref(qualname);
    xdecref(module);
    return status < 0 ? -1 : 0;
}
