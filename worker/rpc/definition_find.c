/* definition_find: the statement or lambda in a parsed text from which a code object came. See definition.h.
 */
#include "rpc/definition.h"

#include "base/vector.h"
#include "compile/compile.h"
#include "objects/error.h"
#include "objects/str.h"

/* ---- the tree of a text ---- */

void source_tree_drop(SourceTree *tree) {
    if (!tree->source) return;
    bump_drop(&tree->bump);
    CLEAR_FIELD(tree->source);
    tree->mod = NULL;
}

/* 0, -1 raised. A text that was compiled once parses again; if not, tree->mod stays NULL. */
static int tree_of(SourceTree *tree, Value source) {
    if (tree->source == source) return 0;
    source_tree_drop(tree);
    size_t n;
    const char *text = str_wtf8(source, &n);
    if (!text) return -1;
    BumpAllocator allocator = compile_allocator();
    bump_init(&tree->bump, &allocator);
    tree->source = incref(source);
    tree->mod =
        parse_source(text, n, "<definition>", PARSE_EXEC, PARSE_SOURCE_IS_STR, &tree->bump, &tree->err);
    if (!tree->mod && tree->err.kind == SYNTAX_MEMORY_ERROR) return raise_no_memory(), -1;
    return 0;
}

/* ---- walking over all nodes ---- */

typedef enum NodeClass { NODE_STMT, NODE_EXPR, NODE_PATTERN, NODE_TYPE_PARAM } NodeClass;

typedef struct NodeRef {
    const void *node;
    NodeClass category;
} NodeRef;

typedef struct Walk {
    VECTOR(NodeRef) todo;
    bool no_memory;
} Walk;

static void add_node(Walk *w, const void *node, NodeClass category) {
    if (node && !vector_push(&w->todo, ((NodeRef){node, category}))) w->no_memory = true;
}

#define ADD_EACH(sequence, add)                                                                              \
    do {                                                                                                     \
        for (int32_t i_ = 0; i_ < (sequence).count; i_++) add(w, (sequence).items[i_]);                      \
    } while (0)
#define ADD_STMT(x)           add_node(w, x, NODE_STMT)
#define ADD_EXPR(x)           add_node(w, x, NODE_EXPR)
#define ADD_OPT_EXPR(x)       add_node(w, x, NODE_EXPR)
#define ADD_PATTERN(x)        add_node(w, x, NODE_PATTERN)
#define ADD_OPT_PATTERN(x)    add_node(w, x, NODE_PATTERN)
#define ADD_STMTS(x)          ADD_EACH(x, add_stmt)
#define ADD_EXPRS(x)          ADD_EACH(x, add_expr)
#define ADD_PATTERNS(x)       ADD_EACH(x, add_pattern)
#define ADD_TYPE_PARAMS(x)    ADD_EACH(x, add_type_param)
#define ADD_ARGUMENTS(x)      add_arguments(w, x)
#define ADD_OPT_ARG(x)        add_arg(w, x)
#define ADD_ARGS(x)           ADD_EACH(x, add_arg)
#define ADD_KEYWORDS(x)       ADD_EACH(x, add_keyword)
#define ADD_WITHITEMS(x)      ADD_EACH(x, add_withitem)
#define ADD_COMPREHENSIONS(x) ADD_EACH(x, add_comprehension)
#define ADD_HANDLERS(x)       ADD_EACH(x, add_ExceptHandler)
#define ADD_MATCH_CASES(x)    ADD_EACH(x, add_match_case)
#define ADD_ALIASES(x)        (void)0
#define ADD_NAME(x)           (void)0
#define ADD_OPT_NAME(x)       (void)0
#define ADD_NAMES(x)          (void)0
#define ADD_TEXT(x)           (void)0
#define ADD_OPT_TEXT(x)       (void)0
#define ADD_TYPE_IGNORES(x)   (void)0
#define ADD_CMPOPS(x)         (void)0
#define ADD_CONSTANT(x)       (void)0
#define ADD_INT(x)            (void)0
#define ADD_CONTEXT(x)        (void)0
#define ADD_OPERATOR(x)       (void)0
#define ADD_UNARYOP(x)        (void)0
#define ADD_BOOLOP(x)         (void)0

static void add_stmt(Walk *w, const AstStmt *x) { ADD_STMT(x); }
static void add_expr(Walk *w, const AstExpr *x) { ADD_EXPR(x); }
static void add_pattern(Walk *w, const AstPattern *x) { ADD_PATTERN(x); }
static void add_type_param(Walk *w, const AstTypeParam *x) { add_node(w, x, NODE_TYPE_PARAM); }
static void add_arguments(Walk *w, const AstArguments *n);
static void add_arg(Walk *w, const AstArg *n);

#define FIELD(Name, TYPE, field) ADD_##TYPE(n->field);
#define PRODUCT(pyname, Name, attributes, fields)                                                            \
    static inline void add_##pyname(Walk *w, const Name *n) {                                                \
        if (!n) return;                                                                                      \
        (void)w;                                                                                             \
        fields                                                                                               \
    }
#include "parse/ast.def"
#undef FIELD

#define OF_MOD        const AstMod
#define OF_STMT       const AstStmt
#define OF_EXPR       const AstExpr
#define OF_PATTERN    const AstPattern
#define OF_TYPE_PARAM const AstTypeParam

static void add_children(Walk *w, AstKind kind, const void *node) {
    switch (kind) {
#define FIELD(Name, TYPE, field) ADD_##TYPE(n->Name.field);
#define NODE(CATEGORY, KIND, Name, fields)                                                                   \
    case CATEGORY##_##KIND: {                                                                                \
        OF_##CATEGORY *n = node;                                                                             \
        (void)n;                                                                                             \
        fields break;                                                                                        \
    }
#include "parse/ast.def"
    default: break;
    }
}

static AstKind kind_of(NodeRef ref) {
    switch (ref.category) {
    case NODE_STMT: return ((const AstStmt *)ref.node)->kind;
    case NODE_EXPR: return ((const AstExpr *)ref.node)->kind;
    case NODE_PATTERN: return ((const AstPattern *)ref.node)->kind;
    default: return ((const AstTypeParam *)ref.node)->kind;
    }
}

/* The first node for which the test is true, in no promised order; its `node` is NULL when there is none. 0,
 * -1 raised. */
static int find_node(const AstMod *mod, bool (*test)(AstKind, const void *, const void *), const void *arg,
                     const void **out) {
    Walk w = {0};
    BumpAllocator allocator = compile_allocator();
    vector_init(&w.todo, &allocator);
    *out = NULL;
    add_children(&w, mod->kind, mod);
    while (!*out && !w.no_memory && w.todo.count) {
        NodeRef ref = vector_pop(&w.todo);
        AstKind kind = kind_of(ref);
        if (test(kind, ref.node, arg)) *out = ref.node;
        else add_children(&w, kind, ref.node);
    }
    vector_free(&w.todo);
    if (w.no_memory) raise_no_memory();
    return w.no_memory ? -1 : 0;
}

/* ---- what a code came from ---- */

static bool name_is(const AstName *name, Value str) {
    size_t n;
    const char *text = str_wtf8(str, &n);
    if (!text) return error_clear(), false;
    return n == name->length && memcmp(text, name->utf8, n) == 0;
}

static int32_t first_line_of(int32_t lineno, const AstExprSeq *decorators) {
    return decorators->count ? decorators->items[0]->lineno : lineno;
}

static bool is_def(AstKind kind, const void *node, const void *arg) {
    const Code *code = arg;
    const AstStmt *s = node;
    if (kind != STMT_FUNCTION_DEF && kind != STMT_ASYNC_FUNCTION_DEF) return false;
    /* Both kinds have the same fields in the same order. */
    int32_t first = first_line_of(s->lineno, &s->FunctionDef.decorator_list);
    return ((uint32_t)first == code->first_line || (uint32_t)s->lineno == code->first_line) &&
           name_is(s->FunctionDef.name, code->name);
}

/* A lambda gives itself away by the place of its body: some instruction of its code (the return) has exactly
 * that. */
static bool is_lambda(AstKind kind, const void *node, const void *arg) {
    const Code *code = arg;
    const AstExpr *e = node;
    if (kind != EXPR_LAMBDA || (uint32_t)e->lineno != code->first_line) return false;
    const AstPos *body = &e->Lambda.body->pos;
    for (uint32_t i = code->instruction_count; i-- > 0;) {
        Position p = code_position(code, i);
        if (p.line == body->lineno && p.column == body->col_offset && p.end_line == body->end_lineno &&
            p.end_column == body->end_col_offset)
            return true;
    }
    return false;
}

static bool is_class(AstKind kind, const void *node, const void *arg) {
    const Code *code = arg;
    const AstStmt *s = node;
    if (kind != STMT_CLASS_DEF) return false;
    int32_t first = first_line_of(s->lineno, &s->ClassDef.decorator_list);
    return ((uint32_t)first == code->first_line || (uint32_t)s->lineno == code->first_line) &&
           name_is(s->ClassDef.name, code->name);
}

/* ---- its text ---- */

static const char *line_start(const SyntaxErrorInfo *err, int32_t line) {
    const char *at = err->source, *end = err->source + err->source_length;
    for (; line > 1 && at; line--) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : NULL;
    }
    return at;
}

/* A class statement begins at the '@' of its first decorator, which stands in front of the expression. */
static void include_decorators(const SyntaxErrorInfo *err, const AstStmt *s, AstPos *pos) {
    if (!s->ClassDef.decorator_list.count) return;
    const AstExpr *first = s->ClassDef.decorator_list.items[0];
    const char *start = line_start(err, first->lineno), *at = start + first->col_offset;
    while (at > start && *at != '@') at--;
    pos->lineno = first->lineno;
    pos->col_offset = (int32_t)(at - start);
}

static int take_text(const SyntaxErrorInfo *err, AstPos pos, Definition *out) {
    const char *first = line_start(err, pos.lineno), *last = line_start(err, pos.end_lineno);
    const char *end = err->source + err->source_length;
    if (!first || !last) return 0;
    first += pos.col_offset;
    last += pos.end_col_offset;
    if (first > last || last > end) return 0;
    out->text = str_from_wtf8(first, (size_t)(last - first));
    out->line = pos.lineno;
    out->column = pos.col_offset;
    return out->text ? 1 : -1;
}

int definition_of_function(SourceTree *tree, const Code *code, Definition *out) {
    const void *found = NULL;
    *out = (Definition){0};
    if (!code->source) return 0;
    if (tree_of(tree, code->source) < 0) return -1;
    bool lambda = str_equal(code->name, NAME(lambda_));
    if (!tree->mod) return 0;
    if (find_node(tree->mod, lambda ? is_lambda : is_def, code, &found) < 0) return -1;
    if (!found) return 0;
    return take_text(&tree->err, lambda ? ((const AstExpr *)found)->pos : ((const AstStmt *)found)->pos, out);
}

typedef struct Around {
    const Code *method;
    Value name;
} Around;

static bool is_class_around(AstKind kind, const void *node, const void *arg) {
    const Around *a = arg;
    const AstStmt *s = node;
    return kind == STMT_CLASS_DEF && (uint32_t)s->lineno <= a->method->first_line &&
           (uint32_t)s->end_lineno >= a->method->first_line && name_is(s->ClassDef.name, a->name);
}

static int find_class(SourceTree *tree, Value source, bool (*test)(AstKind, const void *, const void *),
                      const void *arg, Definition *out) {
    const void *found = NULL;
    *out = (Definition){0};
    if (!source) return 0;
    if (tree_of(tree, source) < 0) return -1;
    if (!tree->mod) return 0;
    if (find_node(tree->mod, test, arg, &found) < 0) return -1;
    if (!found) return 0;
    out->statement = found;
    AstPos pos = out->statement->pos;
    include_decorators(&tree->err, out->statement, &pos);
    return take_text(&tree->err, pos, out);
}

int definition_of_class(SourceTree *tree, const Code *body, Definition *out) {
    return find_class(tree, body->source, is_class, body, out);
}

int definition_of_class_around(SourceTree *tree, const Code *method, Value class_name, Definition *out) {
    return find_class(tree, method->source, is_class_around, &(Around){method, class_name}, out);
}
