#include "parse/diagnose.h"

#include "parse/literal.h"
#include "parse/matcher.h"

static Node *match_source(Matcher *m, ParseMode mode) {
    if (m->field) return match_field(m);
    switch (mode) {
    case PARSE_EXEC: return match_file(m);
    case PARSE_EVAL: return match_eval(m);
    case PARSE_SINGLE: return match_interactive(m);
    case PARSE_FUNCTION_TYPE: return match_function_type(m);
    }
    return NULL;
}

/* Whether the lexer met the end of the source, so that more input might help. */
static bool at_end_of_source(const Matcher *m) {
    const Lexer *lexer = &m->lexer;
    return lexer->hit_end &&
           (lexer->error == LEX_OK || lexer->error == LEX_EOF || lexer->error == LEX_MESSAGE);
}

/* Neither match nor rule said what is wrong: it is at the furthest token of the first match. False: whatever
 * follows, this is the error. */
static bool raise_generic(Matcher *m, const Token *last) {
    m->stop = false;
    if (last->kind == TOKEN_INDENT || last->kind == TOKEN_DEDENT) {
        RAISE_INDENTATION(last->kind == TOKEN_INDENT ? "unexpected indent" : "unexpected unindent");
        return false;
    }
    raise_bytes(m, SYNTAX_ERROR, last->lineno, last->col, last->end_lineno, last->end_col, "invalid syntax");
    return true;
}

/* A complaint of the lexer about what follows goes before the error found; so does a bracket opened before
 * the error's line and never closed. Where the lexer has looked at the end of the source, CPython does so only
 * for an error that no rule has found. */
static void check_rest(Matcher *m) {
    if (m->kind == SYNTAX_MEMORY_ERROR || m->raised_by_lexer) return;
    int32_t lineno = m->tokens[m->fill - 1].lineno;
    Token token = m->tokens[m->fill - 1];
    while (token.kind != TOKEN_ERROR && token.kind != TOKEN_END_MARKER) lexer_next(&m->lexer, &token);
    if (token.kind != TOKEN_ERROR) return;
    Lexer *lexer = &m->lexer;
    if (lexer->error == LEX_MESSAGE) {
        matcher_raise_lexer_message(m);
    } else if (lexer->error == LEX_UNDECODABLE) {
        m->kind = SYNTAX_DECODE_ERROR;
        m->text = lexer->error_text;
        m->text_length = lexer->error_text_length;
    } else if (lexer->level && lineno > lexer->brackets[lexer->level - 1].lineno) {
        m->kind = SYNTAX_OK;
        matcher_raise_unclosed(m);
    }
}

/* CPython reads the whole source again, and warns again of the strings that it comes by: those before what is matched
 * here, and, as they are met, those in it. */
static bool repeat_warnings(Matcher *m) {
    SyntaxErrorInfo *err = m->ctx->err;
    SyntaxWarningInfo *const *end = err->warnings_tail;
    for (SyntaxWarningInfo **at = &err->warnings; at != end; at = &(*at)->next) {
        const SyntaxWarningInfo *w = *at;
        AstPos pos = {w->lineno, w->offset - 1, w->end_lineno, w->end_offset - 1};
        if (w->stage != WARNING_BY_PARSER || w->lineno >= m->start_lineno) continue;
        if (!syntax_warning_at(err, w->kind, w->stage, &pos, "%s", w->message)) return matcher_memory(m);
    }
    m->ctx->warned = m->start;
    return true;
}

/* The second pass, with the rules for mistakes; then what is left to say. */
static void find_error(Matcher *m, ParseMode mode) {
    int32_t last = m->fill - 1;
    if (!m->kind && (m->field || repeat_warnings(m))) {
        memset(m->memos, 0, (size_t)m->fill * sizeof *m->memos);
        m->mark = 0;
        m->depth = 0;
        m->invalid = true;
        match_source(m, mode);
        m->invalid = false;
    }
    if (m->kind ? !m->lexer.hit_end : raise_generic(m, &m->tokens[last])) check_rest(m);
}

static void run(Matcher *m, ParseMode mode) {
    Node *matched = match_source(m, mode);
    bool incomplete = at_end_of_source(m);
    if (matched && !m->kind && mode == PARSE_SINGLE && !m->field) {
        RAISE("multiple statements found while compiling a single statement");
        incomplete = false;
    } else if (!matched && incomplete && (m->ctx->flags & PARSE_ALLOW_INCOMPLETE) &&
               m->kind != SYNTAX_MEMORY_ERROR) {
        m->stop = false;
        m->kind = SYNTAX_OK;
        RAISE("incomplete input");
    } else {
        find_error(m, mode);
    }
    if (!m->field) m->ctx->err->incomplete = incomplete;
}

static void report(Matcher *m) {
    SyntaxErrorInfo *err = m->ctx->err;
    if (m->kind == SYNTAX_MEMORY_ERROR || !m->kind) {
        syntax_error_memory(err);
        return;
    }
    syntax_error_set(err, m->kind, m->message, m->lineno, m->offset, m->end_lineno, m->end_offset, m->text,
                     m->text_length);
}

/* The source is the text of err; a field's stands for it while it is matched. */
static void match_text(ParseContext *ctx, ParseMode mode, const char *start, const char *read,
                       const char *end, int32_t lineno, bool field) {
    Matcher *m = bump_zalloc(ctx->bump, sizeof *m);
    Parser *strings = bump_zalloc(ctx->bump, sizeof *strings);
    if (!m || !strings) {
        syntax_error_memory(ctx->err);
        return;
    }
    m->ctx = ctx;
    m->field = field;
    m->start = start;
    m->start_lineno = lineno;
    m->is_eval = mode == PARSE_EVAL;
    m->strings = strings;
    lexer_init(&m->lexer, start, end, lineno, ctx->err);
    m->lexer.interactive = mode == PARSE_SINGLE && !field;
    m->lexer.type_comments = (ctx->flags & PARSE_TYPE_COMMENTS) && !field;
    m->lexer.soft_async = ctx->dialect.version < 7;
    m->lexer.imply_dedent = !(ctx->flags & PARSE_DONT_IMPLY_DEDENT);
    m->lexer.warned = read; /* up to there the parser has warned already */
    strings->ctx = ctx;
    strings->lexer.warned = end;
    run(m, mode);
    report(m);
}

void diagnose(ParseContext *ctx, ParseMode mode, const char *start, const char *read, const char *end,
              int32_t lineno) {
    ctx->depth = 0;
    match_text(ctx, mode, start, read, end, lineno, false);
}

/* CPython 3.11 reads a field's expression as a source of its own, in parentheses, and reports inside that. */
void matcher_bad_field(Matcher *m, const LiteralError *error) {
    ParseContext *ctx = m->ctx;
    SyntaxErrorInfo *err = ctx->err;
    size_t length = (size_t)(error->field_end - error->field_start);
    char *text = bump_zalloc(ctx->bump, length + 2 + 16);
    if (!text || ctx->fstring_depth > 100) {
        matcher_memory(m);
        return;
    }
    memcpy(text, error->field_start, length);
    text[0] = '(';
    text[length] = ')';
    text[length + 1] = '\n';
    const char *source = err->source;
    size_t source_length = err->source_length;
    err->source = text;
    err->source_length = length + 2;
    ctx->fstring_depth++;
    match_text(ctx, PARSE_EXEC, text, text + length + 2, text + length + 2, error->field_lineno, true);
    ctx->fstring_depth--;
    err->source = source;
    err->source_length = source_length;
    m->stop = true;
    m->kind = err->kind;
    m->message = err->message;
    m->lineno = err->lineno;
    m->offset = err->offset;
    m->end_lineno = err->end_lineno;
    m->end_offset = err->end_offset;
    m->text = err->text;
    m->text_length = err->text_length;
    err->kind = SYNTAX_OK;
}
