#include "parse/parser.h"

#include "base/utf8.h"
#include "parse/identifier.h"

/* --- tokens --- */

/* Slots behind the capacity: room for errors when memory is out, so that looking one token ahead stays in bounds. */
enum { SPARE_TOKENS = 3 };

void parser_start(Parser *p, ParseContext *ctx) {
    p->ctx = ctx;
    p->tokens = p->inline_tokens;
    p->capacity = PARSER_INLINE_TOKENS - SPARE_TOKENS;
    p->pos = 0;
    p->count = 1;
    p->last_end.lineno = 1;
    p->last_end.col = 0;
    lexer_next(&p->lexer, &p->tokens[0]);
    p->tok = &p->tokens[0];
}

/* Twice the room; when memory is out the tokens end in an error. */
static bool grow_tokens(Parser *p) {
    Token *grown = bump_alloc(p->ctx->bump, sizeof *grown * (p->capacity * 2 + SPARE_TOKENS));
    if (!grown) return syntax_error_memory(p->ctx->err);
    memcpy(grown, p->tokens, sizeof *grown * p->count);
    p->tokens = grown;
    p->capacity *= 2;
    p->tok = &p->tokens[p->pos < p->count ? p->pos : p->count - 1];
    return true;
}

static void end_in_error(Parser *p) {
    uint32_t room = p->capacity + SPARE_TOKENS;
    for (uint32_t i = p->count; i < room; i++) {
        p->tokens[i] = p->tokens[p->count - 1];
        p->tokens[i].kind = TOKEN_ERROR;
    }
    if (p->count + 1 < room) p->count++;
    else if (p->pos == p->count) p->pos--;
}

void parser_fill(Parser *p) {
    if (p->count >= p->capacity && !grow_tokens(p)) {
        end_in_error(p);
        return;
    }
    TokenKind last = (TokenKind)p->tokens[p->count - 1].kind;
    Token *token = &p->tokens[p->count++];
    if (last == TOKEN_ERROR || last == TOKEN_END_MARKER) *token = token[-1];
    else lexer_next(&p->lexer, token);
}

void parser_forget(Parser *p) {
    uint32_t left = p->count - p->pos;
    memmove(p->tokens, p->tokens + p->pos, left * sizeof *p->tokens);
    p->count = left;
    p->pos = 0;
    p->tok = p->tokens;
}

/* --- nodes, sequences, names --- */

void *parser_alloc(Parser *p, size_t size) {
    void *piece = bump_alloc(p->ctx->bump, size);
    if (!piece) syntax_error_memory(p->ctx->err);
    return piece;
}

bool parser_push(Parser *p, void *item) {
    return vector_push(&p->ctx->stack, item) || syntax_error_memory(p->ctx->err);
}

bool parser_take(Parser *p, size_t mark, AstAnySeq *seq) {
    size_t count = p->ctx->stack.count - mark;
    *seq = (AstAnySeq){NULL, (int32_t)count};
    if (!count) return true;
    seq->items = parser_alloc(p, count * sizeof *seq->items);
    if (!seq->items) return false;
    memcpy(seq->items, p->ctx->stack.items + mark, count * sizeof *seq->items);
    p->ctx->stack.count = mark;
    return true;
}

const AstName *parse_name(Parser *p) {
    if (!at(p, TOKEN_NAME)) return NULL;
    const AstName *name =
        identifier_intern(p->ctx->names, p->tok->start, (size_t)(p->tok->end - p->tok->start));
    if (!name) syntax_error_memory(p->ctx->err);
    advance(p);
    return name;
}

/* --- versions and type comments --- */

bool parser_needs(Parser *p, int version, const char *what) {
    if (p->ctx->dialect.version >= version) return true;
    if (p->ctx->err->kind != SYNTAX_OK) return false;
    const Token *last = &p->tokens[p->count - 1];
    size_t length = 0;
    const char *text = syntax_error_line(p->ctx->err, last->lineno, &length);
    char *message = bump_printf(p->ctx->bump, "%s only supported in Python 3.%d and greater", what, version);
    if (!message) return syntax_error_memory(p->ctx->err);
    return syntax_error_set(p->ctx->err, SYNTAX_ERROR, message, last->lineno, last->col + 1, last->end_lineno,
                            last->end_col + 1, text, length);
}

static const AstName *intern_comment(Parser *p, const char *text, size_t length) {
    SyntaxErrorInfo *err = p->ctx->err;
    if (err->bad_utf8 && !utf8_valid(text, length, false, NULL)) {
        syntax_error_set(err, SYNTAX_DECODE_ERROR, NULL, 0, 0, 0, 0, text, length);
        return NULL;
    }
    const AstName *name = ast_name_intern(p->ctx->names, text, length);
    if (!name) syntax_error_memory(err);
    return name;
}

const AstName *parse_type_comment(Parser *p) {
    if (!at(p, TOKEN_TYPE_COMMENT)) return NULL;
    const AstName *text = intern_comment(p, p->tok->start, (size_t)(p->tok->end - p->tok->start));
    advance(p);
    return text;
}

/* --- the whole source --- */

static AstMod *new_mod(Parser *p, AstKind mod_kind) {
    AstMod *mod = parser_alloc(p, sizeof *mod);
    if (!mod) return NULL;
    memset(mod, 0, sizeof *mod);
    mod->kind = (uint8_t)mod_kind;
    mod->names = p->ctx->names;
    return mod;
}

static void note_statement(const Parser *p, const char **statement, int32_t *lineno) {
    *statement = p->lexer.logical_line;
    *lineno = p->lexer.logical_lineno;
}

/* The comments that the lexer noted, in the source's order. */
static bool take_ignores(Parser *p, AstTypeIgnoreSeq *seq) {
    size_t mark = stack_mark(p);
    for (const TypeIgnore *at = p->lexer.ignores; at; at = at->before) {
        AstTypeIgnore *made = parser_alloc(p, sizeof *made);
        if (!made || !parser_push(p, made)) return false;
        *made = (AstTypeIgnore){at->lineno, intern_comment(p, at->tag, at->length)};
        if (!made->tag) return false;
    }
    if (!TAKE(p, mark, seq)) return false;
    for (int32_t i = 0; i < seq->count / 2; i++) {
        AstTypeIgnore *other = seq->items[seq->count - 1 - i];
        seq->items[seq->count - 1 - i] = seq->items[i];
        seq->items[i] = other;
    }
    return true;
}

static AstMod *parse_exec(Parser *p, const char **statement, int32_t *lineno) {
    size_t mark = stack_mark(p);
    while (!at(p, TOKEN_END_MARKER)) {
        note_statement(p, statement, lineno);
        if (!parse_statement(p)) return NULL;
        parser_forget(p);
    }
    AstMod *mod = new_mod(p, MOD_MODULE);
    return mod && TAKE(p, mark, &mod->Module.body) && take_ignores(p, &mod->Module.type_ignores) ? mod : NULL;
}

static AstMod *parse_eval(Parser *p) {
    AstExpr *body = parse_expressions(p);
    if (!body) return NULL;
    while (at(p, TOKEN_NEWLINE)) skip(p);
    if (!at(p, TOKEN_END_MARKER)) return NULL;
    AstMod *mod = new_mod(p, MOD_EXPRESSION);
    if (mod) mod->Expression.body = body;
    return mod;
}

/* What stands between the parentheses of a function's type comment: expressions, then *x, then **y. */
static bool parse_argument_types(Parser *p, AstExprSeq *seq) {
    size_t mark = stack_mark(p);
    int stars = 0;
    if (!at(p, TOKEN_RPAR)) {
        do {
            int here = at(p, TOKEN_STAR) ? 1 : at(p, TOKEN_DOUBLE_STAR) ? 2 : 0;
            if (stars ? here <= stars : here < stars) return false;
            if ((stars = here)) advance(p);
            AstExpr *type = parse_expression(p);
            if (!type || !parser_push(p, type)) return false;
        } while (accept(p, TOKEN_COMMA));
    }
    return TAKE(p, mark, seq);
}

static AstMod *parse_function_type(Parser *p) {
    AstMod *mod = new_mod(p, MOD_FUNCTION_TYPE);
    if (!mod || !accept(p, TOKEN_LPAR) || !parse_argument_types(p, &mod->FunctionType.argtypes)) return NULL;
    if (!accept(p, TOKEN_RPAR) || !accept(p, TOKEN_ARROW)) return NULL;
    mod->FunctionType.returns = parse_expression(p);
    if (!mod->FunctionType.returns) return NULL;
    while (at(p, TOKEN_NEWLINE)) skip(p);
    return at(p, TOKEN_END_MARKER) ? mod : NULL;
}

/* Behind one interactive statement only white space and comments may stand. */
static bool nothing_follows(const char *at_newline, const char *end) {
    for (const char *c = at_newline; c < end; c++) {
        if (*c == '#') {
            c = memchr(c, '\n', (size_t)(end - c));
            if (!c) return true;
        }
        if (*c != ' ' && *c != '\t' && *c != '\n' && *c != '\f') return false;
    }
    return true;
}

static AstMod *parse_single(Parser *p) {
    size_t mark = stack_mark(p);
    if (at(p, TOKEN_NEWLINE)) {
        AstStmt *pass = NEW_STMT(p, start_here(p), PASS, Pass);
        if (!pass || !parser_push(p, pass)) return NULL;
    } else {
        bool is_compound;
        AstStmt *compound = parse_compound(p, &is_compound);
        if (compound ? !parser_push(p, compound) || !at(p, TOKEN_NEWLINE) : is_compound) return NULL;
        /* A simple statement's newline stays the last token taken, so that what follows it is not yet read.
         */
        if (!compound && !parse_simple_statements(p)) return NULL;
    }
    const char *behind = at(p, TOKEN_NEWLINE) ? p->tok->end : p->tokens[p->pos ? p->pos - 1 : 0].end;
    if (!nothing_follows(behind, p->lexer.end)) return NULL;
    AstMod *mod = new_mod(p, MOD_INTERACTIVE);
    return mod && TAKE(p, mark, &mod->Interactive.body) ? mod : NULL;
}

AstMod *parser_module(Parser *p, ParseMode mode, const char **statement, int32_t *lineno) {
    note_statement(p, statement, lineno);
    switch (mode) {
    case PARSE_EXEC: return parse_exec(p, statement, lineno);
    case PARSE_EVAL: return parse_eval(p);
    case PARSE_SINGLE: return parse_single(p);
    case PARSE_FUNCTION_TYPE: return parse_function_type(p);
    }
    return NULL;
}
