/* compile: the entry: future statements, the stages in order, errors and warnings to Python. */
#include "compile/compiler.h"

#include "base/host.h"
#include "objects/bytes.h"
#include "objects/codecs.h"
#include "objects/dict.h"
#include "objects/error.h"
#include "objects/exception.h"
#include "objects/protocols.h"
#include "objects/str.h"
#include "objects/tuple.h"
#include "parse/parse.h"

enum {
    DEPTH_SCALE = 3 /* levels of a tree for each level of sys.setrecursionlimit, as in CPython */,
    STACK_MARGIN = 128 * 1024
};
enum { OFFSET_NONE = INT32_MIN /* an end_offset that is None */ };

/* ---- memory ------------------------------------------------------------------------------------- */

static void *bump_from_heap(void *ctx, size_t size) {
    (void)ctx;
    return heap_alloc(rt->heap, size);
}

static void bump_to_heap(void *ctx, void *block, size_t size) {
    (void)ctx, (void)size;
    heap_free(rt->heap, block);
}

BumpAllocator compile_allocator(void) { return (BumpAllocator){bump_from_heap, bump_to_heap, NULL}; }

/* ---- from __future__ import --------------------------------------------------------------------- */

static const struct {
    const char *name;
    uint32_t flag; /* 0: has long been how things are */
} features[] = {
    {"nested_scopes", 0},
    {"generators", 0},
    {"division", 0},
    {"absolute_import", 0},
    {"with_statement", 0},
    {"print_function", 0},
    {"unicode_literals", 0},
    {"generator_stop", 0},
    {"barry_as_FLUFL", COMPILE_FUTURE_BARRY_AS_BDFL},
    {"annotations", COMPILE_FUTURE_ANNOTATIONS},
};

static bool fail_future(Compiler *c, const AstStmt *s, int32_t offset, const char *format, const char *name) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    syntax_error_at(c->err, SYNTAX_ERROR, &s->pos, format, name);
#pragma GCC diagnostic pop
    c->err->plain_args = true;
    c->err->offset = offset;
    c->err->end_lineno = s->lineno;
    c->err->end_offset = OFFSET_NONE;
    return false;
}

static bool take_features(Compiler *c, const AstStmt *s) {
    for (int32_t i = 0; i < s->ImportFrom.names.count; i++) {
        const char *name = s->ImportFrom.names.items[i]->name->utf8;
        size_t at = 0, count = sizeof features / sizeof *features;
        while (at < count && strcmp(features[at].name, name) != 0) at++;
        if (at < count) c->flags |= features[at].flag;
        else if (strcmp(name, "braces") == 0)
            return fail_future(c, s, s->col_offset + 1, "not a chance", name);
        else return fail_future(c, s, s->col_offset + 1, "future feature %.100s is not defined", name);
    }
    return true;
}

/* They stand at the beginning, behind the docstring alone; one on the line of another statement may be late.
 */
static bool find_future(Compiler *c, const AstMod *mod) {
    if (mod->kind == MOD_EXPRESSION) return true;
    const AstStmtSeq *body = mod->kind == MOD_MODULE ? &mod->Module.body : &mod->Interactive.body;
    bool done = false;
    int32_t previous_line = 0;
    for (int32_t i = docstring_of(body) ? 1 : 0; i < body->count; i++) {
        const AstStmt *s = body->items[i];
        if (done && s->lineno > previous_line) return true;
        previous_line = s->lineno;
        if (s->kind != STMT_IMPORT_FROM || !s->ImportFrom.module ||
            strcmp(s->ImportFrom.module->utf8, "__future__") != 0) {
            done = true;
            continue;
        }
        if (done)
            return fail_future(c, s, s->col_offset,
                               "from __future__ imports must occur at the beginning of the file", "");
        TRY(take_features(c, s));
        c->future_line = s->lineno;
    }
    return true;
}

/* ---- the stages --------------------------------------------------------------------------------- */

static bool generate(Compiler *c) {
    const AstMod *mod = c->mod;
    TRY(unit_enter(c, c->st.module_name, UNIT_MODULE, mod, 1));
    switch ((AstKind)mod->kind) {
    case MOD_EXPRESSION: return visit_expr(c, mod->Expression.body);
    case MOD_INTERACTIVE: return visit_interactive(c, &mod->Interactive.body);
    default: return visit_body(c, &mod->Module.body);
    }
}

static Code *run_stages(Compiler *c) {
    if (!consts_init(&c->consts, c->bump) || !find_future(c, c->mod) || !fold_module(c, c->mod)) return NULL;
    bool deferred = c->flags & COMPILE_FUTURE_ANNOTATIONS;
    if (!symtable_build(&c->st, c->mod, deferred, c->bump, &c->depth, c->err)) return NULL;
    return generate(c) ? assemble(c, c->mod->kind != MOD_EXPRESSION) : NULL;
}

static void drop_compiler(Compiler *c) {
    while (c->unit) unit_leave(c);
    for (uint32_t i = 0; i < c->name_value_capacity; i++) xdecref(c->name_values[i]);
    consts_drop(&c->consts);
}

/* As deep as Python's own recursion may still go, and the C stack. */
static Depth depth_now(SyntaxErrorInfo *err) {
    int levels = (int)rt->recursion_limit - (int)THREAD->depth;
    if (levels < 50) levels = 50;
    return (Depth){0, levels > INT32_MAX / DEPTH_SCALE ? INT32_MAX : levels * DEPTH_SCALE,
                   THREAD->stack_limit ? THREAD->stack_limit + STACK_MARGIN : NULL, err};
}

bool compile_symtable(AstMod *mod, Value filename, uint32_t flags, Bump *bump, SyntaxErrorInfo *err,
                      Symtable *st) {
    Compiler c = {
        .bump = bump, .mod = mod, .names = mod->names, .err = err, .filename = filename, .flags = flags};
    Depth depth = depth_now(err);
    bool built = find_future(&c, mod) &&
                 symtable_build(st, mod, c.flags & COMPILE_FUTURE_ANNOTATIONS, bump, &depth, err);
    if (!built && !error_pending()) compile_raise(err, filename);
    return built;
}

Code *compile_ast(AstMod *mod, Value filename, CompileMode mode, uint32_t flags, int optimize, Bump *bump,
                  SyntaxErrorInfo *err) {
    Compiler c = {.bump = bump,
                  .mod = mod,
                  .names = mod->names,
                  .err = err,
                  .filename = filename,
                  .flags = flags,
                  .optimize = optimize,
                  .mode = mode};
    c.depth = depth_now(err);
    Code *code = run_stages(&c);
    drop_compiler(&c);
    if (!code && !error_pending()) {
        if (!(flags & COMPILE_FROM_FILE))
            err->text = NULL; /* CPython reads the line from the file, and there is none */
        if (err->kind == SYNTAX_OK) raise_no_memory();
        else compile_raise(err, filename);
    }
    return code;
}

static ParseFlags parse_flags(uint32_t flags, CompileMode mode) {
    return (flags & COMPILE_SOURCE_IS_STR ? PARSE_SOURCE_IS_STR : 0) |
           (flags & COMPILE_DONT_IMPLY_DEDENT ? PARSE_DONT_IMPLY_DEDENT : 0) |
           (flags & COMPILE_ALLOW_INCOMPLETE ? PARSE_ALLOW_INCOMPLETE : 0) |
           (flags & COMPILE_FROM_FILE ? PARSE_FROM_FILE : 0) | (flags & COMPILE_SCRIPT ? PARSE_SCRIPT : 0) |
           (flags & COMPILE_TYPE_COMMENTS || mode == COMPILE_FUNCTION_TYPE ? PARSE_TYPE_COMMENTS : 0) |
           (flags & COMPILE_FUTURE_BARRY_AS_BDFL ? PARSE_BARRY_AS_BDFL : 0);
}

Code *compile_parsed(AstMod *mod, Value filename, CompileMode mode, uint32_t flags, int optimize, Bump *bump,
                     SyntaxErrorInfo *err) {
    Code *code = compile_ast(mod, filename, mode, flags, optimize, bump, err);
    if (!err->warnings) return code;
    Value failure = code ? NULL : error_take();
    int status = compile_show_warnings(err, filename);
    if (failure && status == 0) error_restore_steal(failure);
    else xdecref(failure);
    if (status < 0 && code) DECREF(code), code = NULL;
    return code;
}

/* Codes within the code keep the text too: a function or class may have to be sent elsewhere as source. */
static void keep_source(Code *code, Value text) {
    if (!code->source) code->source = incref(text);
    for (size_t i = 0; i < tuple_length(code->consts); i++) {
        Value v = tuple_item_borrow(code->consts, i);
        if (IS_EXACT(v, code) && !((Code *)v)->source) keep_source((Code *)v, text);
    }
}

static bool has_codes(const Code *code) {
    for (size_t i = 0; i < tuple_length(code->consts); i++)
        if (IS_EXACT(tuple_item_borrow(code->consts, i), code)) return true;
    return false;
}

int code_keep_source(Code *code, const SyntaxErrorInfo *err) {
    if (!has_codes(code)) return 0;
    size_t length = err->source_length;
    const char *shown = syntax_error_shown((SyntaxErrorInfo *)err, err->source, &length);
    if (err->kind == SYNTAX_MEMORY_ERROR) return raise_no_memory(), -1;
    Value text = str_from_wtf8(shown, length);
    if (!text) return -1;
    keep_source(code, text);
    decref(text);
    return 0;
}

void code_keep_text(Code *code, Value text) {
    if (text && has_codes(code)) keep_source(code, text);
}

/* A SyntaxError about the source as a whole. */
static Value refuse_source(Value message, Value filename) {
    Value place = message ? tuple_pack(4, filename, small_int_new(0), small_int_new(-1), NONE) : NULL;
    Value args[2] = {message, place}, e = place ? exception_new(T_SyntaxError, args, 2) : NULL;
    if (e) raise_value(e);
    xdecref(e);
    xdecref(place);
    xdecref(message);
    return NULL;
}

/* Source in an encoding that only codecs know: as a str. New; NULL raised. */
static Value decode_source(const char *source, size_t n, const char *encoding, Value filename) {
    Value bytes = bytes_from(source, n), text = bytes ? codec_decode(bytes, encoding, "strict") : NULL;
    xdecref(bytes);
    if (text || error_matches(T_MemoryError) || !error_pending()) return text;
    Value e = error_take();
    refuse_source(value_str(e), filename);
    decref(e);
    return NULL;
}

/* What parse_source reads: the source itself, or its decoded copy in the Bump. NULL raised. */
static const char *readable_source(const char *source, size_t *n, Value filename, uint32_t *flags,
                                   Bump *bump) {
    char encoding[64];
    if (*flags & COMPILE_SOURCE_IS_STR || parse_source_encoding(source, *n, encoding)) return source;
    Value text = decode_source(source, *n, encoding, filename);
    const char *utf8 = text ? str_utf8(text, n) : NULL, *copy = utf8 ? bump_copy(bump, utf8, *n) : NULL;
    if (utf8 && !copy) raise_no_memory();
    xdecref(text);
    *flags |= COMPILE_SOURCE_IS_STR;
    return copy;
}

AstMod *compile_parse(const char *source, size_t n, Value filename, CompileMode mode, uint32_t flags,
                      int version, Bump *bump, SyntaxErrorInfo *err) {
    static const ParseMode modes[] = {PARSE_EXEC, PARSE_EVAL, PARSE_SINGLE, PARSE_EXEC, PARSE_FUNCTION_TYPE};
    const char *name = str_wtf8(filename, NULL),
               *text = name ? readable_source(source, &n, filename, &flags, bump) : NULL;
    if (!text) return NULL;
    AstMod *mod = parse_source_as((ParseDialect){version, rt->int_max_str_digits}, text, n, name, modes[mode],
                                  parse_flags(flags, mode), bump, err);
    if (!mod && compile_show_warnings(err, filename) == 0) compile_raise(err, filename);
    return mod;
}

Value compile_source(const char *source, size_t n, Value filename, CompileMode mode, uint32_t flags,
                     int optimize, uint32_t future_flags) {
    Bump bump;
    SyntaxErrorInfo err;
    BumpAllocator allocator = compile_allocator();
    flags |= future_flags & COMPILE_FUTURE_MASK;
    bump_init(&bump, &allocator);
    AstMod *mod = compile_parse(source, n, filename, mode, flags, PARSE_NEWEST, &bump, &err);
    Code *code =
        mod ? compile_parsed(mod, filename, mode, flags, optimize < 0 ? 0 : optimize, &bump, &err) : NULL;
    if (code && code_keep_source(code, &err) < 0) DECREF(code), code = NULL;
    bump_drop(&bump);
    return AS_VALUE(code);
}

/* ---- errors ------------------------------------------------------------------------------------- */

enum { DETAILS = 6 };

/* filename, lineno, offset, text, end_lineno, end_offset. False raised. Only the text is a new reference. */
static bool error_details(const SyntaxErrorInfo *err, Value filename, Value out[DETAILS]) {
    out[0] = filename;
    out[1] = small_int_new(err->lineno);
    out[2] = small_int_new(err->offset);
    out[3] = err->text ? str_from_wtf8(err->text, err->text_length) : NONE;
    out[4] = small_int_new(err->end_lineno);
    out[5] = err->end_offset == OFFSET_NONE ? NONE : small_int_new(err->end_offset);
    if (err->end_lineno == SYNTAX_NO_POSITION) out[4] = NONE;
    return out[3];
}

static Value exception_with_details(TypeId type, Value message, Value const *details) {
    Value args[2] = {message, tuple_from_array(details, details[4] == NONE ? 4 : DETAILS)};
    Value exception = args[1] ? exception_new(type, args, 2) : NULL;
    xdecref(args[1]);
    return exception;
}

static Value exception_with_attributes(TypeId type, Value message, Value const *details) {
    Value const names[DETAILS] = {NAME(filename), NAME(lineno),     NAME(offset),
                                  NAME(text),     NAME(end_lineno), NAME(end_offset)};
    Value exception = exception_new(type, &message, 1);
    for (int i = 0; exception && i < DETAILS; i++)
        if (value_setattr(exception, names[i], details[i]) < 0) CLEAR_FIELD(exception);
    return exception;
}

static void raise_syntax_error(const SyntaxErrorInfo *err, TypeId type, Value filename) {
    Value details[DETAILS], message = str_from_wtf8(err->message, strlen(err->message));
    if (message && error_details(err, filename, details)) {
        Value exception =
            (err->plain_args ? exception_with_attributes : exception_with_details)(type, message, details);
        if (exception) raise_value(exception);
        xdecref(exception);
        decref(details[3]);
    }
    xdecref(message);
}

Value compile_raise(const SyntaxErrorInfo *err, Value filename) {
    if (error_pending()) return NULL;
    switch (err->kind) {
    case SYNTAX_OK:
    case SYNTAX_MEMORY_ERROR: return raise_no_memory();
    case SYNTAX_VALUE_ERROR: return raise_error(T_ValueError, "%s", err->message);
    case SYNTAX_DECODE_ERROR: return str_from_utf8(err->text, err->text_length); /* which raises */
    case SYNTAX_OVERFLOW_ERROR: return raise_error(T_OverflowError, "%s", err->message);
    case SYNTAX_RECURSION_ERROR: return raise_error(T_RecursionError, "%s", err->message);
    case SYNTAX_ERROR: raise_syntax_error(err, T_SyntaxError, filename); break;
    case SYNTAX_INDENTATION_ERROR: raise_syntax_error(err, T_IndentationError, filename); break;
    case SYNTAX_TAB_ERROR: raise_syntax_error(err, T_TabError, filename); break;
    }
    return NULL;
}

/* ---- warnings ----------------------------------------------------------------------------------- */

/* The module, when it is loaded or (for warnings that are shown by default) can be; NULL without error
 * otherwise. */
static Value warnings_module(bool import) {
    Value module =
        rt->modules && is_dict(rt->modules) ? dict_get_str_borrow(rt->modules, NAME(warnings)) : NULL;
    if (module && module != NONE) return incref(module);
    Value f = import && rt->builtins ? dict_get_str_borrow(AS_VALUE(rt->builtins), NAME(__import__)) : NULL;
    module = f ? value_call_one(f, NAME(warnings)) : NULL;
    if (!module) error_clear();
    return module;
}

static int warn_by_module(Value module, const SyntaxWarningInfo *w, TypeId category, Value filename) {
    Value f = value_getattr_cstr(module, "warn_explicit"), result = NULL;
    Value text = f ? str_from_wtf8(w->message, strlen(w->message)) : NULL;
    if (text) {
        Value args[4] = {text, AS_VALUE(rt->types[category]), filename, small_int_new(w->lineno)};
        result = value_call(f, args, 4, NULL);
    }
    xdecref(f);
    xdecref(text);
    xdecref(result);
    return result ? 0 : -1;
}

static int warn_plainly(const SyntaxWarningInfo *w, Value filename) {
    Value line = str_format("%U:%d: SyntaxWarning: %s\n", filename, (int)w->lineno, w->message);
    size_t n;
    const char *text = line ? str_utf8(line, &n) : NULL;
    if (text && rt->host && rt->host->write) rt->host->write(rt->host->ctx, 2, text, n);
    xdecref(line);
    error_clear();
    return 0;
}

/* A filter that makes errors of warnings makes SyntaxErrors of them, with a place. */
static int as_syntax_error(const SyntaxErrorInfo *err, const SyntaxWarningInfo *w, Value filename) {
    if (!error_swallow(w->kind == SYNTAX_WARNING_SYNTAX ? T_SyntaxWarning : T_DeprecationWarning)) return -1;
    SyntaxErrorInfo info = *err;
    info.message = w->message;
    info.lineno = w->lineno, info.end_lineno = w->end_lineno;
    info.offset = w->offset, info.end_offset = w->end_offset;
    bool is_file = !(str_length(filename) && str_read(filename, 0) == '<');
    info.text = is_file || w->stage != WARNING_BY_COMPILER
                    ? syntax_error_line(err, w->lineno, &info.text_length)
                    : NULL;
    bool newline = info.text && info.text_length && info.text[info.text_length - 1] == '\n';
    if (newline && w->stage == WARNING_BY_LEXER) info.text_length--;
    raise_syntax_error(&info, T_SyntaxError, filename);
    return -1;
}

int compile_show_warnings(const SyntaxErrorInfo *err, Value filename) {
    if (!err->warnings) return 0;
    for (const SyntaxWarningInfo *w = err->warnings; w; w = w->next) {
        bool shown = w->kind == SYNTAX_WARNING_SYNTAX;
        Value module = warnings_module(shown);
        int status = 0;
        if (module)
            status = warn_by_module(module, w, shown ? T_SyntaxWarning : T_DeprecationWarning, filename);
        else if (shown) status = warn_plainly(w, filename);
        xdecref(module);
        if (status < 0) return as_syntax_error(err, w, filename);
    }
    return 0;
}
