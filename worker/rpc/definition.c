/* definition: code objects out of the source text of single functions and classes. See definition.h. */
#include "rpc/definition.h"

#include "compile/compile.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/function.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "vm/opcode.h"

enum { LINE_MAX = 1 << 22, COLUMN_MAX = 1 << 16, CODE_NESTING_MAX = 200 };

/* ---- a text in which the definition stands where it stood ---- */

typedef struct Padding {
    size_t newlines, spaces;
    const char *opening,
        *closing; /* what lets the definition be indented, or a lambda go over several lines */
} Padding;

/*
 * A statement that is indented follows an `if 1:` on the line before; a lambda stands in a parenthesis that
 * opens on the line before, or on the first line right before it.
 */
static Padding padding_of(const DefinitionSource *d, bool lambda) {
    size_t line = (size_t)d->line, column = (size_t)d->column;
    if (!lambda) return column ? (Padding){line - 2, column, "if 1:\n", ""} : (Padding){line - 1, 0, "", ""};
    if (line > 1) return (Padding){line - 2, column, "(\n", "\n)"};
    return column ? (Padding){0, column - 1, "", ")"} : (Padding){0, 0, "", ""};
}

/* The blanks in front of the first line: those of a later line where there is one, since tabs and spaces must
 * agree. */
static const char *indentation(const char *text, size_t n, size_t column) {
    const char *end = text + n;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at)));) {
        const char *line = ++at;
        while (at < end && (*at == ' ' || *at == '\t')) at++;
        if ((size_t)(at - line) >= column) return line;
    }
    return NULL;
}

static char *padded_text(const DefinitionSource *d, bool lambda, size_t *length) {
    size_t n;
    const char *text = str_wtf8(d->text, &n);
    if (!text) return NULL;
    Padding p = padding_of(d, lambda);
    bool first_line = lambda && d->line == 1 && d->column > 0;
    size_t opening = strlen(p.opening), closing = strlen(p.closing);
    char *out = heap_alloc(rt->heap, p.newlines + opening + p.spaces + 1 + n + closing + 2), *at = out;
    if (!out) return raise_no_memory(), NULL;
    memset(at, '\n', p.newlines), at += p.newlines;
    memcpy(at, p.opening, opening), at += opening;
    const char *blanks = lambda ? NULL : indentation(text, n, p.spaces);
    if (blanks) memcpy(at, blanks, p.spaces);
    /* No line may begin with blanks here: `____=(` or `((`. */
    else memset(at, first_line ? (p.spaces > 1 ? '_' : '(') : ' ', p.spaces);
    at += p.spaces;
    if (first_line) {
        if (p.spaces > 1) at[-1] = '=';
        *at++ = '(';
    }
    memcpy(at, text, n), at += n;
    memcpy(at, p.closing, closing), at += closing;
    if (first_line && p.spaces == 1) *at++ = ')';
    *at++ = '\n';
    *length = (size_t)(at - out);
    return out;
}

/* ---- the tree around it ---- */

typedef struct Build {
    const DefinitionSource *d;
    Bump bump;
    SyntaxErrorInfo err;
    AstMod *mod;
    AstPos pos; /* for nodes without a text */
    bool lambda;
} Build;

static const AstName *intern_name(Build *b, const char *text, size_t n) {
    return ast_name_intern(b->mod->names, text, n);
}

static AstStmt *new_stmt(Build *b, AstKind kind) {
    AstStmt *s = bump_zalloc(&b->bump, sizeof *s);
    if (!s) return NULL;
    s->kind = (uint8_t)kind;
    s->pos = b->pos;
    return s;
}

/* A body of up to two statements. */
static bool set_body(Build *b, AstStmtSeq *body, AstStmt *first, AstStmt *second) {
    body->items = bump_alloc(&b->bump, 2 * sizeof *body->items);
    if (!body->items || !first) return false;
    body->items[0] = first;
    body->items[1] = second;
    body->count = second ? 2 : 1;
    return true;
}

static AstStmt *new_return(Build *b, AstExpr *value) {
    AstStmt *s = new_stmt(b, STMT_RETURN);
    if (s) s->Return.value = value;
    return s;
}

static AstStmt *return_name(Build *b, const AstName *name) {
    AstExpr *e = bump_zalloc(&b->bump, sizeof *e);
    if (!e) return NULL;
    e->kind = EXPR_NAME;
    e->pos = b->pos;
    e->Name.id = name;
    e->Name.ctx = CONTEXT_LOAD;
    return new_return(b, e);
}

static AstStmt *new_function(Build *b, const AstName *name, AstStmt *first, AstStmt *second) {
    AstStmt *s = new_stmt(b, STMT_FUNCTION_DEF);
    if (!s || !name || !(s->FunctionDef.args = bump_zalloc(&b->bump, sizeof *s->FunctionDef.args)))
        return NULL;
    s->FunctionDef.name = name;
    return set_body(b, &s->FunctionDef.body, first, second) ? s : NULL;
}

static AstStmt *new_class(Build *b, const AstName *name, AstStmt *body) {
    AstStmt *s = new_stmt(b, STMT_CLASS_DEF);
    if (!s || !name) return NULL;
    s->ClassDef.name = name;
    return set_body(b, &s->ClassDef.body, body, NULL) ? s : NULL;
}

/* Around all: a function whose parameters are the captured variables. Within it `inner` is global, so that
 * names go on as at home. */
static AstStmt *new_captured(Build *b, AstStmt *statement, const AstName *inner) {
    size_t count = dict_length(b->d->captured), position = 0;
    AstStmt *global = new_stmt(b, STMT_GLOBAL);
    const AstName **names = bump_alloc(&b->bump, sizeof *names);
    if (!global || !names) return NULL;
    *names = inner;
    global->Global.names = (AstNameSeq){names, 1};
    AstStmt *s = new_function(b, intern_name(b, "_", 1), global, statement);
    if (!s) return NULL;
    AstArgSeq *args = &s->FunctionDef.args->args;
    if (!(args->items = bump_alloc(&b->bump, (count + 1) * sizeof *args->items))) return NULL;
    for (Value key, value; dict_next(b->d->captured, &position, &key, &value);) {
        size_t n;
        const char *text = str_wtf8(key, &n);
        AstArg *arg = bump_zalloc(&b->bump, sizeof *arg);
        if (!text || !arg || !(arg->arg = intern_name(b, text, n))) return NULL;
        arg->pos = b->pos;
        args->items[args->count++] = arg;
    }
    return s;
}

/* The qualified name's parts: names, and for each whether it is a function ("name.<locals>"). */
enum { PARTS_MAX = 64 };

typedef struct Part {
    const char *text;
    size_t length;
    bool function;
} Part;

/* Their number, the last one (the definition itself) not counted; -1: more than there can be. */
static int split_qualname(Value qualname, Part *parts) {
    size_t n;
    const char *text = str_wtf8(qualname, &n), *end = text + n;
    int count = 0;
    if (!text) return -1;
    for (const char *dot; (dot = memchr(text, '.', (size_t)(end - text))); text = dot + 1) {
        if (dot - text == 8 && memcmp(text, "<locals>", 8) == 0) {
            if (count == 0) return -1;
            parts[count - 1].function = true;
        } else {
            if (count == PARTS_MAX || dot == text) return -1;
            parts[count++] = (Part){text, (size_t)(dot - text), false};
        }
    }
    return count;
}

static bool is_captured_level(const Build *b, const Part *parts, int count) {
    return dict_length(b->d->captured) && count && parts[0].length;
}

/* The module's statements replaced: the definition within what its qualified name says. False raised. */
static bool wrap(Build *b, AstStmt *target, const Part *parts, int count) {
    AstStmt *s = target, *after = NULL;
    for (int i = count; i-- > 0;) {
        const AstName *name = intern_name(b, parts[i].text, parts[i].length);
        const AstName *inner = i + 1 < count    ? intern_name(b, parts[i + 1].text, parts[i + 1].length)
                               : b->d->is_class ? target->ClassDef.name
                                                : NULL;
        /* A function around a class (or around classes around it) returns that. */
        bool returns = b->d->is_class && inner;
        for (int k = i + 1; k < count; k++) returns = returns && !parts[k].function;
        after = parts[i].function && returns ? return_name(b, inner) : NULL;
        if (parts[i].function && returns && !after) return raise_no_memory(), false;
        s = parts[i].function ? new_function(b, name, s, after) : new_class(b, name, s);
        if (!s) return raise_no_memory(), false;
    }
    if (is_captured_level(b, parts, count))
        s = new_captured(b, s, intern_name(b, parts[0].text, parts[0].length));
    if (!s || !set_body(b, &b->mod->Module.body, s, NULL))
        return error_pending() ? false : (raise_no_memory(), false);
    return true;
}

/* What the padded text was parsed into: the statement itself, or a lambda, alone or behind `____=`. NULL:
 * something else. */
static AstStmt *parsed_statement(Build *b) {
    AstStmtSeq body = b->mod->Module.body;
    if (body.count != 1) return NULL;
    AstStmt *s = body.items[0];
    if (!b->lambda && b->d->column && s->kind == STMT_IF) {
        if (s->If.body.count != 1) return NULL;
        s = s->If.body.items[0];
    }
    if (!b->lambda) {
        bool function = s->kind == STMT_FUNCTION_DEF || s->kind == STMT_ASYNC_FUNCTION_DEF;
        return (b->d->is_class ? s->kind == STMT_CLASS_DEF : function) ? s : NULL;
    }
    AstExpr *e = s->kind == STMT_EXPR ? s->Expr.value : s->kind == STMT_ASSIGN ? s->Assign.value : NULL;
    if (!e || e->kind != EXPR_LAMBDA) return NULL;
    AstStmt *alone = new_stmt(b, STMT_EXPR);
    if (alone) alone->Expr.value = e;
    return alone;
}

/* ---- the code within the code ---- */

/* The one with this name that is least deep. Borrowed, or NULL. */
static Code *find_code(const Code *in, const char *name, size_t n, int depth) {
    for (size_t i = 0; i < tuple_length(in->consts); i++) {
        Value v = tuple_item_borrow(in->consts, i);
        size_t length;
        const char *text = IS_EXACT(v, code) ? str_wtf8(((Code *)v)->name, &length) : NULL;
        if (text && length == n && memcmp(text, name, n) == 0) return (Code *)v;
    }
    for (size_t i = 0; depth > 0 && i < tuple_length(in->consts); i++) {
        Value v = tuple_item_borrow(in->consts, i);
        Code *found = IS_EXACT(v, code) ? find_code((Code *)v, name, n, depth - 1) : NULL;
        if (found) return found;
    }
    return NULL;
}

/* From the module's code to the wanted one. Borrowed, or NULL. */
static Code *descend(const Build *b, Code *module, const Part *parts, int count) {
    Code *at = module;
    int functions = 0;
    if (is_captured_level(b, parts, count)) at = find_code(at, "_", 1, 0);
    for (int i = 0; i < count; i++)
        if (parts[i].function) functions = i + 1;
    int last = b->d->is_class ? functions : count; /* of a class: the innermost function around it */
    for (int i = 0; at && i < last; i++) at = find_code(at, parts[i].text, parts[i].length, 0);
    if (!at || b->d->is_class) return at;
    size_t n;
    const char *name = str_wtf8(b->d->name, &n);
    return name ? find_code(at, name, n, 2) : NULL;
}

/* What is found under its file's name here is not its text. */
static void mark_received(Code *code) {
    if (code->received) return;
    code->received = true;
    for (size_t i = 0; i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        if (IS_EXACT(v, code)) mark_received((Code *)v);
    }
}

static Code *compile_build(Build *b, const Part *parts, int count) {
    if (!b->mod) return compile_raise(&b->err, b->d->filename), NULL;
    AstStmt *target = parsed_statement(b);
    if (!target) {
        if (!error_pending())
            raise_error(T_ValueError, "the source of %U is not one definition", b->d->qualname);
        return NULL;
    }
    b->pos = target->pos;
    if (!wrap(b, target, parts, count)) return NULL;
    Code *module = compile_ast(b->mod, b->d->filename, COMPILE_EXEC,
                               COMPILE_SOURCE_IS_STR | b->d->future_flags, 0, &b->bump, &b->err);
    if (!module) return NULL;
    Code *code = code_keep_source(module, &b->err) == 0 ? descend(b, module, parts, count) : NULL;
    if (!code && !error_pending())
        raise_error(T_ValueError, "the source of %U does not define it", b->d->qualname);
    if (code) {
        mark_received(code);
        heap_incref(&code->head);
    }
    DECREF(module);
    return code;
}

Code *definition_compile(const DefinitionSource *d) {
    Part parts[PARTS_MAX];
    int count = split_qualname(d->qualname, parts);
    if (count < 0 || d->line < 1 || d->line > LINE_MAX || d->column < 0 || d->column > COLUMN_MAX ||
        (d->line == 1 && d->column && !str_equal(d->name, NAME(lambda_))))
        return raise_error(T_ValueError, "the place of %U is impossible", d->qualname), NULL;
    Build b = {.d = d,
               .lambda = !d->is_class && str_equal(d->name, NAME(lambda_)),
               .pos = {d->line, d->column, d->line, d->column}};
    size_t n;
    char *text = padded_text(d, b.lambda, &n);
    const char *filename = text ? str_wtf8(d->filename, NULL) : NULL;
    Code *code = NULL;
    if (filename) {
        BumpAllocator allocator = compile_allocator();
        bump_init(&b.bump, &allocator);
        b.mod = parse_source(text, n, filename, PARSE_EXEC, PARSE_SOURCE_IS_STR, &b.bump, &b.err);
        code = compile_build(&b, parts, count);
        bump_drop(&b.bump);
    }
    heap_free(rt->heap, text);
    return code;
}

Code *definition_in_module(Dict *globals, Value qualname) {
    Part parts[PARTS_MAX + 1];
    int count = split_qualname(qualname, parts), i = 0;
    size_t n;
    const char *text = str_wtf8(qualname, &n), *dot = text ? memrchr(text, '.', n) : NULL;
    if (count < 1 || !dot) return error_clear(), NULL;
    parts[count++] = (Part){dot + 1, (size_t)(text + n - dot - 1), false};
    Value at = NULL, dict = AS_VALUE(globals);
    for (; i < count && !(at && IS_EXACT(at, function)); i++) {
        Value name = dict ? str_from_utf8(parts[i].text, parts[i].length) : NULL;
        at = name ? dict_get_str_borrow(dict, name) : NULL;
        xdecref(name);
        if (!at || !is_object(at)) return error_clear(), NULL;
        dict = is_type(at) ? AS_VALUE(type_dict_borrow((Type *)at)) : NULL;
    }
    Code *code = at && IS_EXACT(at, function) ? ((Function *)at)->code : NULL;
    for (; code && i < count; i++) code = find_code(code, parts[i].text, parts[i].length, 0);
    return code;
}

/* ---- the global variables a code uses ---- */

static bool uses_global(uint8_t op) {
    return op == OPCODE_LOAD_GLOBAL || op == OPCODE_STORE_GLOBAL || op == OPCODE_DELETE_GLOBAL ||
           op == OPCODE_LOAD_NAME || op == OPCODE_LOAD_FROM_DICT_OR_GLOBALS;
}

static int visit_globals(const Code *code, int (*visit)(Value name, void *arg), void *arg, int depth) {
    uint32_t extended = 0;
    for (uint32_t i = 0; i < code->instruction_count;) {
        const Instr *at = &code->instructions[i];
        uint8_t op = opcode_base[at->op];
        uint32_t operand = extended << 16 | at->b;
        extended = op == OPCODE_EXTENDED_ARG ? operand : 0;
        if (uses_global(op) && operand < tuple_length(code->names)) {
            int status = visit(tuple_item_borrow(code->names, operand), arg);
            if (status) return status;
        }
        i += 1 + opcode_caches[op];
    }
    for (size_t i = 0; depth > 0 && i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        int status = IS_EXACT(v, code) ? visit_globals((Code *)v, visit, arg, depth - 1) : 0;
        if (status) return status;
    }
    return 0;
}

int definition_globals(const Code *code, int (*visit)(Value name, void *arg), void *arg) {
    return visit_globals(code, visit, arg, CODE_NESTING_MAX);
}

bool definition_binds(const Code *body, Value name) {
    uint32_t extended = 0;
    for (uint32_t i = 0; i < body->instruction_count;) {
        const Instr *at = &body->instructions[i];
        uint8_t op = opcode_base[at->op];
        uint32_t operand = extended << 16 | at->b;
        extended = op == OPCODE_EXTENDED_ARG ? operand : 0;
        if (op == OPCODE_STORE_NAME && operand < tuple_length(body->names) &&
            str_equal(tuple_item_borrow(body->names, operand), name))
            return true;
        i += 1 + opcode_caches[op];
    }
    return false;
}
