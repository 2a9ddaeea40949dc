/* _ast: the classes of the syntax tree, made of ast_rows.c's tables when the module is first imported. */
#include "modules/ast.h"

#include <stdio.h>

#include "objects/dict.h"
#include "objects/int.h"
#include "objects/str.h"

/* ---- ast.AST: fields by position or keyword ---- */

typedef struct AstNode {
    HeapObject head;
    Attrs attrs;
} AstNode;

static Value node_new(Type *t, Value const *args, size_t nargs, Value kwnames) {
    (void)args, (void)nargs, (void)kwnames;
    return value_alloc_tracked(t);
}

static const char *short_name(Value self) {
    const char *name = type_name_of(self), *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

static int set_by_position(Value self, Value fields, Value const *args, size_t nargs) {
    size_t count = fields ? fast_sequence_length(fields) : 0;
    if (nargs > count)
        return raise_int(T_TypeError, "%.400s constructor takes at most %zu positional argument%s",
                         short_name(self), count, count == 1 ? "" : "s");
    for (size_t i = 0; i < nargs; i++)
        if (value_setattr(self, fast_sequence_items(fields)[i], args[i]) < 0) return -1;
    return 0;
}

static int set_by_keyword(Value self, Value fields, Value const *values, size_t nargs, Value kwnames) {
    for (size_t i = 0; kwnames && i < tuple_length(kwnames); i++) {
        Value name = tuple_item_borrow(kwnames, i);
        for (size_t j = 0; j < nargs; j++) {
            int same = value_equal(fast_sequence_items(fields)[j], name);
            if (same < 0) return -1;
            if (same)
                return raise_int(T_TypeError, "%.400s got multiple values for argument %R", short_name(self),
                                 name);
        }
        if (value_setattr(self, name, values[i]) < 0) return -1;
    }
    return 0;
}

static int node_init(Value self, Value const *args, size_t nargs, Value kwnames) {
    Value given, fields = NULL;
    int found = value_getattr_optional(AS_VALUE(type_of(self)), NAME(_fields), &given);
    if (found < 0) return -1;
    if (found) {
        fields = value_fast_sequence(given, "_fields must be a sequence");
        decref(given);
        if (!fields) return -1;
    }
    int status = set_by_position(self, fields, args, nargs);
    if (status == 0) status = set_by_keyword(self, fields, args + nargs, nargs, kwnames);
    xdecref(fields);
    return status;
}

static int node_traverse(HeapObject *o, HeapVisit visit, void *arg) {
    return attrs_traverse((Value)o, visit, arg);
}

static void node_clear(Heap *heap, HeapObject *o) {
    (void)heap;
    attrs_clear((Value)o);
}

static void node_free(Heap *heap, HeapObject *o) {
    heap_untrack(heap, o);
    value_free((Value)o);
}

static Value node_reduce(Value self) {
    Dict *d = attrs_dict_borrow(self);
    return d ? tuple_pack(3, AS_VALUE(type_of(self)), rt->empty_tuple, AS_VALUE(d)) : NULL;
}

static Value node_get_dict(Value self, void *closure) {
    (void)closure;
    Dict *d = attrs_dict_borrow(self);
    return d ? incref(AS_VALUE(d)) : NULL;
}

static int node_set_dict(Value self, Value value, void *closure) {
    (void)closure;
    return value ? attrs_set_dict(self, value) : raise_int(T_TypeError, "cannot delete __dict__");
}

static const NativeMethod node_methods[] = {METHOD_NOARGS("__reduce__", node_reduce, NULL), METHOD_END};
static const GetSet node_getset[] = {{"__dict__", node_get_dict, node_set_dict, NULL, NULL}, {0}};

static const TypeSpec ast_spec = {
    .name = "ast.AST",
    .flags = TYPE_SUBCLASSABLE | TYPE_GC,
    .basic_size = sizeof(AstNode),
    .has_attrs = true,
    .slots = {.traverse = node_traverse,
              .clear = node_clear,
              .free = node_free,
              .new_ = node_new,
              .init = node_init},
    .methods = node_methods,
    .getset = node_getset,
};

/* ---- classes ---- */

static Value names_tuple(const char *const *names, size_t n) {
    Value tuple = tuple_new(n);
    for (size_t i = 0; tuple && i < n; i++) {
        Value name = str_intern_cstr(names[i]);
        if (name) tuple_init_item_steal(tuple, i, name);
        else CLEAR_FIELD(tuple);
    }
    return tuple;
}

static const char *const position_names[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};

/* What a class has in its dict: _fields, __match_args__, and None for what may be left out. New. */
static Value class_dict(Value fields) {
    Value dict = dict_new();
    if (dict &&
        (dict_set(dict, NAME(_fields), fields) < 0 || dict_set(dict, NAME(__match_args__), fields) < 0))
        CLEAR_FIELD(dict);
    return dict;
}

static int add_positions(Value dict, bool positioned) {
    Value names = positioned ? AST->position_names : rt->empty_tuple;
    if (dict_set_cstr(dict, "_attributes", names) < 0) return -1;
    return positioned && (dict_set_cstr(dict, "end_lineno", NONE) < 0 ||
                          dict_set_cstr(dict, "end_col_offset", NONE) < 0)
               ? -1
               : 0;
}

static Type *make_class(const char *name, Type *base, Value dict, const char *doc) {
    char full[64] = "ast.";
    strncat(full, name, sizeof full - 5);
    return type_new_simple(full, AS_VALUE(base), dict, doc);
}

/* An abstract class. */
static Type *make_base(const char *name, bool positioned) {
    Value dict = class_dict(rt->empty_tuple);
    Type *t = dict && add_positions(dict, positioned) == 0 ? make_class(name, AST->ast, dict, NULL) : NULL;
    xdecref(dict);
    return t;
}

static bool is_row_field(int row, const AstFieldRow *field) {
    return field->type != AST_FIELD_TYPE_PARAMS || row == STMT_TYPE_ALIAS;
}

/* "BinOp(expr left, operator op, expr right)" */
static size_t write_doc(int row, char *out, size_t room) {
    const AstNodeRow *r = &ast_rows[row];
    const char *comma = "", *extra = ast_row_extra(row);
    size_t n = (size_t)snprintf(out, room, "%s", r->name);
    for (const AstFieldRow *f = r->fields; f->name; f++) {
        const AstFieldKind *kind = &ast_field_kinds[f->type];
        if (!is_row_field(row, f)) continue;
        const char *mark = kind->list ? "*" : kind->optional || strcmp(f->name, "level") == 0 ? "?" : "";
        n += (size_t)snprintf(out + n, room - n, "%s%s%s %s", *comma ? comma : "(", ast_field_type_name(kind),
                              mark, f->name);
        comma = ", ";
    }
    if (extra) n += (size_t)snprintf(out + n, room - n, ", string? %s", extra);
    if (*comma) n += (size_t)snprintf(out + n, room - n, ")");
    return n;
}

/* The names of _fields; *all: those of the C struct, in the table's order. */
static Value row_fields(int row, Value *all) {
    const char *names[16], *shown[16], *extra = ast_row_extra(row);
    size_t n = 0, visible = 0;
    for (const AstFieldRow *f = ast_rows[row].fields; f->name; f++) {
        names[n++] = f->name;
        if (is_row_field(row, f)) shown[visible++] = f->name;
    }
    if (extra) shown[visible++] = extra;
    *all = names_tuple(names, n);
    return *all ? names_tuple(shown, visible) : NULL;
}

static int add_optional(int row, Value dict) {
    const char *extra = ast_row_extra(row);
    for (const AstFieldRow *f = ast_rows[row].fields; f->name; f++)
        if (ast_field_kinds[f->type].optional && dict_set_cstr(dict, f->name, NONE) < 0) return -1;
    return extra ? dict_set_cstr(dict, extra, NONE) : 0;
}

static int make_row(AstState *state, int row) {
    const AstNodeRow *r = &ast_rows[row];
    char doc[400];
    Value fields = row_fields(row, &state->fields[row]), dict = fields ? class_dict(fields) : NULL;
    write_doc(row, doc, sizeof doc);
    int status = dict ? add_optional(row, dict) : -1;
    if (status == 0 && r->base == AST_BASE_NONE) status = add_positions(dict, r->positioned);
    if (status == 0) {
        state->rows[row] =
            make_class(r->name, r->base == AST_BASE_NONE ? state->ast : state->bases[r->base], dict, doc);
        status =
            state->rows[row] ? dict_set(state->row_of, AS_VALUE(state->rows[row]), small_int_new(row)) : -1;
    }
    xdecref(dict);
    xdecref(fields);
    return status;
}

/* Appends what a base's docstring says of one class; each but the first stands on a line of its own, or all
 * stand on one. False: the docstring has no room, or there is no memory. */
static bool add_alternative(StrBuilder *doc, const char *base, bool first, bool one_line, const char *text) {
    if (first)
        return str_builder_add_cstr(doc, base) == 0 && str_builder_add_cstr(doc, " = ") == 0 &&
               str_builder_add_cstr(doc, text) == 0;
    if (one_line) return str_builder_add_cstr(doc, " | ") == 0 && str_builder_add_cstr(doc, text) == 0;
    return str_builder_add_char(doc, '\n') == 0 && str_builder_add_repeat(doc, ' ', strlen(base) + 1) == 0 &&
           str_builder_add_cstr(doc, "| ") == 0 && str_builder_add_cstr(doc, text) == 0;
}

/* Is the row a class of Python 3.11's? */
static bool is_listed(int row) { return row != STMT_TYPE_ALIAS && ast_rows[row].base != AST_BASE_TYPE_PARAM; }

static int set_doc_steal(Type *t, StrBuilder *doc, bool good) {
    Value text = good ? str_builder_finish(doc) : (str_builder_drop(doc), NULL);
    int status = text ? dict_set(AS_VALUE(t->dict), NAME(__doc__), text) : -1;
    xdecref(text);
    return status;
}

static int document_base(AstState *state, int base) {
    StrBuilder doc = STR_BUILDER_INIT;
    char text[400];
    bool good = true, first = true;
    for (int row = 0; good && row < AST_ROWS; row++) {
        if (ast_rows[row].base != (AstBase)base || !is_listed(row)) continue;
        write_doc(row, text, sizeof text);
        good = add_alternative(&doc, ast_base_names[base], first, false, text);
        first = false;
    }
    return set_doc_steal(state->bases[base], &doc, good);
}

static int document_enum(AstState *state, int type) {
    StrBuilder doc = STR_BUILDER_INIT;
    bool good = true;
    for (int i = 0; good && i < AST_ENUM_MEMBERS && ast_enum_members[type][i]; i++)
        good = add_alternative(&doc, ast_enum_names[type], i == 0, true, ast_enum_members[type][i]);
    return set_doc_steal(state->enums[type], &doc, good);
}

static int make_enum(AstState *state, int type) {
    if (!(state->enums[type] = make_base(ast_enum_names[type], false))) return -1;
    Value dict = class_dict(rt->empty_tuple);
    for (int i = 0; dict && i < AST_ENUM_MEMBERS && ast_enum_members[type][i]; i++) {
        Type *t = make_class(ast_enum_members[type][i], state->enums[type], dict, ast_enum_members[type][i]);
        state->members[type][i] = t;
        state->singletons[type][i] = t ? value_alloc_tracked(t) : NULL;
        if (!state->singletons[type][i]) CLEAR_FIELD(dict);
    }
    xdecref(dict);
    return dict ? 0 : -1;
}

static int make_classes(AstState *state) {
    Value dict;
    state->position_names = names_tuple(position_names, 4);
    state->row_of = state->position_names ? dict_new() : NULL;
    if (!state->row_of || module_ready_type(&state->ast, &ast_spec, NULL) < 0 ||
        !(dict = type_dict_borrow(state->ast) ? AS_VALUE(state->ast->dict) : NULL))
        return -1;
    if (dict_set(dict, NAME(_fields), rt->empty_tuple) < 0 ||
        dict_set(dict, NAME(__match_args__), rt->empty_tuple) < 0 ||
        dict_set_cstr(dict, "_attributes", rt->empty_tuple) < 0)
        return -1;
    for (int base = 0; base < AST_BASES; base++)
        if (!(state->bases[base] =
                  make_base(ast_base_names[base], base != AST_BASE_MOD && base != AST_BASE_IGNORE)))
            return -1;
    for (int row = 0; row < AST_ROWS; row++)
        if (make_row(state, row) < 0) return -1;
    for (int base = 0; base < AST_BASES; base++)
        if (base != AST_BASE_TYPE_PARAM && document_base(state, base) < 0) return -1;
    for (int type = 0; type < AST_ENUMS; type++)
        if (make_enum(state, type) < 0 || document_enum(state, type) < 0) return -1;
    return 0;
}

static int add_type(Value module, const char *name, Type *t) {
    return module_add(module, name, incref(AS_VALUE(t)));
}

static int add_classes(Value module, AstState *state) {
    if (add_type(module, "AST", state->ast) < 0) return -1;
    for (int base = 0; base < AST_BASES; base++)
        if (add_type(module, ast_base_names[base], state->bases[base]) < 0) return -1;
    for (int row = 0; row < AST_ROWS; row++)
        if (add_type(module, ast_rows[row].name, state->rows[row]) < 0) return -1;
    for (int type = 0; type < AST_ENUMS; type++) {
        if (add_type(module, ast_enum_names[type], state->enums[type]) < 0) return -1;
        for (int i = 0; i < AST_ENUM_MEMBERS && ast_enum_members[type][i]; i++)
            if (add_type(module, ast_enum_members[type][i], state->members[type][i]) < 0) return -1;
    }
    return 0;
}

static int ready(Value module) {
    AstState *state = module_state_new(M_ast, sizeof *state);
    if (!state || (!state->made && make_classes(state) < 0)) return -1;
    state->made = true;
    if (add_classes(module, state) < 0) return -1;
    if (module_add_int(module, "PyCF_ONLY_AST", COMPILE_ONLY_AST) < 0 ||
        module_add_int(module, "PyCF_TYPE_COMMENTS", COMPILE_TYPE_COMMENTS) < 0)
        return -1;
    return module_add_int(module, "PyCF_ALLOW_TOP_LEVEL_AWAIT", COMPILE_TOP_LEVEL_AWAIT);
}

const ModuleSpec module_ast = {"_ast", NULL, NULL, ready};
